//! What descends from what: document from document, passage from passage.
//!
//! Input: the corpus with its dates and actors. Output: [`Descent`]: edges with evidence, and for every passage the one it was taken from.
//! - *republishes*: a printed credit to another publisher for the whole text.
//! - *copies*: passages that share long runs of words outside quotation marks, each pair verified by alignment.
//! - *rewrites*: the same quotations and figures and like sentences, in other words.
//! - *cites*: another publisher is a hop of a chain.
//!
//! Example: two outlets print six paragraphs of an agency that is not here: each republishes the agency, and neither copies the other; a third that prints two of the
//! paragraphs without a credit copies one of them.
//! Every pair of documents is verified by itself; edges are not closed transitively. Of several older texts with the same passages a document descends from the
//! one that has most of them, and from a further one only by what the first does not have.

mod alignment;
mod candidates;
mod circles;
mod direction;
mod edge;
mod kinds;
mod rewriting;
mod running;
mod steps;
mod wires;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use rustc_hash::FxHashSet;
use variorum_model::{
    CreditKind, Span,
    dossier::{Change, Citation, LineageKind, SharedPassage},
};

use self::{
    alignment::{Passage, passages},
    direction::Clock,
    kinds::Kinds,
    rewriting::Sentences,
    running::{Texts, Word},
};
pub(crate) use self::{
    circles::Circle,
    edge::{Edge, From},
};
use crate::{
    actors::{ActorIx, Cast},
    corpus::{Corpus, DocIx, Published},
    stories::Stories,
    words::Weights,
};

/// Own words that a further older text must add to be one that a document descends from.
const ADDED_WORDS: usize = 24;
/// Part of a span that must stand in a passage for the span to descend with it.
const SPAN_PART: f64 = 0.6;
/// Part of a text that must stand in a credited outlet's document for that document to be the one that is printed.
const PRINTED_PART: f64 = 0.5;
/// Part of a text from which it is for the most part another one's.
const MOSTLY: f64 = 0.5;

/// A stretch of a document and the stretch of the older one it was taken from.
struct Taken {
    here: Span,
    older: DocIx,
    there: Span,
}

/// All edges, and where passages come from.
pub(crate) struct Descent {
    pub(crate) edges: Vec<Edge>,
    by_document: Vec<Vec<usize>>,
    taken: Vec<Vec<Taken>>,
    /// Outlets that rest on one another.
    pub(crate) circles: Vec<Circle>,
}

impl Descent {
    /// The steps by which the words at `span` came into a document, the next older first: a document and where in it.
    pub(crate) fn ancestry(&self, doc: DocIx, span: Span) -> Vec<(DocIx, Span)> {
        let mut steps: Vec<(DocIx, Span)> = Vec::new();
        let mut at = (doc, span);
        while let Some(older) = self.older(at.0, at.1).filter(|older| older.0 != doc && steps.iter().all(|step| step.0 != older.0)) {
            steps.push(older);
            at = older;
        }
        steps
    }

    /// The document that the words at `span` were taken from, followed to its oldest.
    pub(crate) fn source_of(&self, doc: DocIx, span: Span) -> DocIx {
        self.ancestry(doc, span).last().map_or(doc, |step| step.0)
    }

    /// The document of which this one is a copy or a rewrite for the most part.
    pub(crate) fn mostly_from(&self, doc: DocIx) -> Option<DocIx> {
        self.edges_of(doc).find_map(|edge| match edge.to {
            From::Doc(older) if edge.kind != LineageKind::Cites && edge.share.is_some_and(|share| share >= MOSTLY) => Some(older),
            _ => None,
        })
    }

    /// One step back.
    fn older(&self, doc: DocIx, span: Span) -> Option<(DocIx, Span)> {
        let common = |taken: &&Taken| taken.here.intersection(span).map_or(0, Span::len);
        let best = self.taken[doc.0].iter().max_by_key(|taken| (common(taken), Reverse(taken.here)))?;
        (common(&best) as f64 >= SPAN_PART * span.len() as f64).then_some((best.older, best.there))
    }

    /// The agency or document whose text this one is as a whole, if a credit says so.
    pub(crate) fn republishes(&self, doc: DocIx) -> Option<From> {
        self.edges_of(doc).find(|edge| edge.kind == LineageKind::Republishes).map(|edge| edge.to)
    }

    /// Whether two documents are tied by descent of any kind but citing.
    pub(crate) fn related(&self, a: DocIx, b: DocIx) -> bool {
        let descends = |x: DocIx, y: DocIx| self.edges_of(x).any(|edge| edge.kind != LineageKind::Cites && edge.to == From::Doc(y));
        descends(a, b) || descends(b, a)
    }

    /// What a document descends from.
    pub(crate) fn edges_of(&self, doc: DocIx) -> impl Iterator<Item = &Edge> {
        self.by_document[doc.0].iter().map(|&i| &self.edges[i])
    }
}

/// Finds all edges.
pub(crate) fn descent(corpus: &Corpus, cast: &Cast, stories: &Stories, published: &Published, weights: &Weights) -> Descent {
    let texts = running::texts(corpus);
    let scene = Scene { corpus, cast, stories, published, texts: &texts, weights };
    let mut links = scene.copies();
    links.extend(scene.rewrites(&links));
    let chosen = scene.chosen(links);
    let edges = scene.edges(&chosen);
    let mut taken: Vec<Vec<Taken>> = corpus.ids().map(|_| Vec::new()).collect();
    for link in &chosen {
        taken[link.younger.0].extend(scene.taken(link));
    }
    let mut by_document: Vec<Vec<usize>> = corpus.ids().map(|_| Vec::new()).collect();
    for (i, edge) in edges.iter().enumerate() {
        by_document[edge.from.0].push(i);
    }
    let circles = circles::circles(corpus, cast, weights, &edges);
    Descent { edges, by_document, taken, circles }
}

/// A younger and an older document with the passages they share.
struct Link {
    younger: DocIx,
    older: DocIx,
    kind: LineageKind,
    /// Seen from the younger.
    passages: Vec<Passage>,
}

/// What links are found with.
struct Scene<'s, 'd> {
    corpus: &'s Corpus<'d>,
    cast: &'s Cast,
    stories: &'s Stories,
    published: &'s Published,
    texts: &'s Texts,
    weights: &'s Weights,
}

impl Scene<'_, '_> {
    // --- pairs ----------------------------------------------------------------------------------------------------------

    fn copies(&self) -> Vec<Link> {
        let kinds = Kinds { corpus: self.corpus, published: self.published, texts: self.texts };
        let link = |(a, b): (DocIx, DocIx)| {
            let shared = passages(self.texts.of(a), self.texts.of(b));
            let (younger, older, shared) = self.directed(a, b, shared);
            kinds.of_passages(younger, &shared).map(|kind| Link { younger, older, kind, passages: shared })
        };
        candidates::by_words(self.corpus, self.texts).into_iter().filter_map(link).collect()
    }

    /// Within a story, for who tells the same tells of one affair.
    fn rewrites(&self, copies: &[Link]) -> Vec<Link> {
        let tied: FxHashSet<(DocIx, DocIx)> =
            copies.iter().map(|link| (link.younger.min(link.older), link.younger.max(link.older))).collect();
        let worth = |pair: &(DocIx, DocIx)| self.stories.of(pair.0) == self.stories.of(pair.1) && !tied.contains(pair);
        let pairs: Vec<(DocIx, DocIx)> = candidates::by_facts(self.corpus).into_iter().filter(worth).collect();
        let docs: BTreeSet<DocIx> = pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect();
        let sentences: BTreeMap<DocIx, Sentences> =
            docs.into_iter().map(|doc| (doc, Sentences::new(self.corpus, self.texts, doc))).collect();
        let link = |(a, b): (DocIx, DocIx)| {
            let (younger, older, _) = self.directed(a, b, Vec::new());
            let passages = rewriting::counterparts(self.corpus, self.texts, self.weights, &sentences[&younger], &sentences[&older])?;
            Some(Link { younger, older, kind: LineageKind::Rewrites, passages })
        };
        pairs.into_iter().filter_map(link).collect()
    }

    /// The younger first, and the passages seen from it.
    fn directed(&self, a: DocIx, b: DocIx, passages: Vec<Passage>) -> (DocIx, DocIx, Vec<Passage>) {
        let clock = Clock { corpus: self.corpus, cast: self.cast, published: self.published };
        let n_shared: usize = passages.iter().map(|passage| passage.shared.len()).sum();
        let part = |doc: DocIx| n_shared as f64 / self.texts.of(doc).len().max(1) as f64;
        if clock.is_younger(a, b, (part(a), part(b))) {
            (a, b, passages)
        } else {
            (b, a, passages.into_iter().map(Passage::turned).collect())
        }
    }

    // --- choice ---------------------------------------------------------------------------------------------------------

    /// For each document the older ones that it descends from: the one that has most of its words, then those that add to it.
    fn chosen(&self, links: Vec<Link>) -> Vec<Link> {
        let tied: FxHashSet<(DocIx, DocIx)> = links.iter().map(|link| (link.younger, link.older)).collect();
        let mut by_younger: Vec<Vec<Link>> = self.corpus.ids().map(|_| Vec::new()).collect();
        for link in links {
            by_younger[link.younger.0].push(link);
        }
        by_younger.into_iter().flat_map(|links| self.sufficient(links, &tied)).collect()
    }

    /// Of two older texts that have as much, the one that the other descends from.
    fn sufficient(&self, mut links: Vec<Link>, tied: &FxHashSet<(DocIx, DocIx)>) -> Vec<Link> {
        let n_below = |link: &Link, all: &[Link]| all.iter().filter(|other| tied.contains(&(other.older, link.older))).count();
        let mut covered: FxHashSet<usize> = FxHashSet::default();
        let mut chosen = Vec::new();
        loop {
            let added = |link: &Link| link.own_words(self.texts.of(link.younger)).filter(|word| !covered.contains(word)).count();
            let rank = |link: &Link| (added(link), n_below(link, &links), Reverse(link.kind), Reverse(link.older));
            let Some((best, (n_added, ..))) = links.iter().map(rank).enumerate().max_by_key(|(_, rank)| *rank) else { return chosen };
            if n_added < ADDED_WORDS {
                return chosen;
            }
            let link = links.swap_remove(best);
            covered.extend(link.own_words(self.texts.of(link.younger)));
            chosen.push(link);
        }
    }

    // --- edges ----------------------------------------------------------------------------------------------------------

    fn edges(&self, links: &[Link]) -> Vec<Edge> {
        let mut of: Vec<Vec<&Link>> = self.corpus.ids().map(|_| Vec::new()).collect();
        for link in links {
            of[link.younger.0].push(link);
        }
        let mut edges: Vec<Edge> = Vec::new();
        for doc in self.corpus.ids() {
            let mut own = self.republished(doc, &of[doc.0]);
            for link in &of[doc.0] {
                let edge = self.linked(link).filter(|edge| own.iter().all(|known| known.to != edge.to));
                own.extend(edge);
            }
            own.extend(self.cited(doc, &own));
            own.sort_by_key(|edge| (edge.kind, edge.to));
            edges.extend(own);
        }
        edges
    }

    /// Credits for the whole text: to the outlet's document where it is here and has the words, else to the outlet.
    fn republished(&self, doc: DocIx, links: &[&Link]) -> Vec<Edge> {
        let edge = |(agency, evidence): wires::Named| {
            let printed = links.iter().find(|link| self.cast.publisher(link.older) == Some(agency) && self.share(link) >= PRINTED_PART);
            Edge {
                from: doc,
                to: printed.map_or(From::Actor(agency), |link| From::Doc(link.older)),
                kind: LineageKind::Republishes,
                share: printed.map(|link| self.share(link)),
                evidence: evidence.into_iter().chain(printed.into_iter().flat_map(|link| self.evidence(link))).collect(),
                passages: printed.map(|link| self.shared(link)).unwrap_or_default(),
            }
        };
        wires::credited(self.corpus, self.cast, doc, CreditKind::Text).into_iter().map(edge).collect()
    }

    /// The edge of a link; none where both texts are one wire's, for then neither descends from the other.
    fn linked(&self, link: &Link) -> Option<Edge> {
        let wire = |doc: DocIx| self.wires(doc, CreditKind::Text).first().copied();
        let to = match wire(link.older) {
            Some(_) if wire(link.younger) == wire(link.older) => return None,
            Some(agency) if self.published.before(link.younger, link.older) => From::Actor(agency),
            Some(agency) if self.wires(link.younger, CreditKind::Part).contains(&agency) => From::Actor(agency),
            _ => From::Doc(link.older),
        };
        Some(Edge {
            from: link.younger,
            to,
            kind: link.kind,
            share: Some(self.share(link)),
            evidence: self.evidence(link),
            passages: self.shared(link),
        })
    }

    fn wires(&self, doc: DocIx, kind: CreditKind) -> Vec<ActorIx> {
        wires::credited(self.corpus, self.cast, doc, kind).into_iter().map(|(agency, _)| agency).collect()
    }

    /// Citations of publishers in chains, one edge a publisher: to its document where one is here that may be older.
    fn cited(&self, doc: DocIx, known: &[Edge]) -> Vec<Edge> {
        let edge = |(actor, evidence): wires::Named| {
            let documents = self.cast.documents_of(actor).iter().copied();
            let sibling = documents.into_iter().find(|&other| other != doc && !self.published.before(doc, other));
            Edge {
                from: doc,
                to: sibling.map_or(From::Actor(actor), From::Doc),
                kind: LineageKind::Cites,
                share: None,
                evidence,
                passages: Vec::new(),
            }
        };
        let edges = wires::cited(self.corpus, self.cast, doc).into_iter().map(edge);
        edges.filter(|edge| known.iter().all(|other| other.to != edge.to)).collect()
    }

    // --- passages -------------------------------------------------------------------------------------------------------

    /// Part of the younger text that stands in the older one.
    fn share(&self, link: &Link) -> f64 {
        let words = self.texts.of(link.younger);
        (link.own_words(words).count() as f64 / self.texts.n_own(link.younger).max(1) as f64).min(1.0)
    }

    fn evidence(&self, link: &Link) -> Vec<Citation> {
        let pair = |taken: Taken| [self.corpus.cite(link.younger, taken.here), self.corpus.cite(link.older, taken.there)];
        self.taken(link).into_iter().flat_map(pair).collect()
    }

    fn taken(&self, link: &Link) -> Vec<Taken> {
        let (here, there) = (self.texts.of(link.younger), self.texts.of(link.older));
        let taken = |passage: &Passage| {
            Some(Taken { here: span_of(&here[passage.here.clone()])?, older: link.older, there: span_of(&there[passage.there.clone()])? })
        };
        link.passages.iter().filter_map(taken).collect()
    }

    fn shared(&self, link: &Link) -> Vec<SharedPassage> {
        let (here, there) = (self.texts.of(link.younger), self.texts.of(link.older));
        let shared = |(passage, taken): (&Passage, Taken)| SharedPassage {
            here: self.corpus.cite(link.younger, taken.here),
            there: self.corpus.cite(link.older, taken.there),
            n_shared: passage.shared.len(),
            changes: changes(passage, here, there),
        };
        link.passages.iter().zip(self.taken(link)).map(shared).collect()
    }
}

fn span_of(words: &[Word]) -> Option<Span> {
    Some(words.first()?.span.cover(words.last()?.span))
}

/// What stands between the words in common.
fn changes(passage: &Passage, here: &[Word], there: &[Word]) -> Vec<Change> {
    let before = (passage.here.start, passage.there.start);
    let ends = passage.shared.iter().map(|&(i, j)| (i + 1, j + 1));
    let starts = passage.shared.iter().copied().chain([(passage.here.end, passage.there.end)]);
    let gaps = std::iter::once(before).chain(ends).zip(starts);
    let change = |((i, j), (k, l)): ((usize, usize), (usize, usize))| Change { here: span_of(&here[i..k]), there: span_of(&there[j..l]) };
    gaps.map(change).filter(|change| change.here.is_some() || change.there.is_some()).collect()
}

impl Link {
    /// Places of the younger one's own words that descend: of a copy those that are the same, of a rewrite all of its sentences.
    fn own_words<'l>(&'l self, words: &'l [Word]) -> Box<dyn Iterator<Item = usize> + 'l> {
        let places: Box<dyn Iterator<Item = usize>> = match self.kind {
            LineageKind::Rewrites => Box::new(self.passages.iter().flat_map(|passage| passage.here.clone())),
            _ => Box::new(self.passages.iter().flat_map(|passage| passage.shared.iter().map(|pair| pair.0))),
        };
        Box::new(places.filter(|&i| !words[i].quoted))
    }
}
