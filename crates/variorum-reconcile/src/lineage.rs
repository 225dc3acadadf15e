//! What descends from what: document from document, passage from passage.
//!
//! Input: the corpus with its dates and actors. Output: [`Descent`]: edges with evidence, and for every sentence the passage it was taken from.
//! - *republishes*: a printed credit to another publisher for the whole text.
//! - *copies*: sentences that share long runs of words outside quotation marks, each pair verified by alignment.
//! - *rewrites*: the same quotations and figures and like sentences, in other words.
//! - *cites*: another publisher is a hop of a chain.
//!
//! Shared words inside quotation marks are a third party's and make no copy. Every pair of documents is verified by itself; edges are not closed transitively.

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{
    BlockKind, CreditKind, EntityKind, SentenceId, Span,
    dossier::{Citation, LineageKind},
};

use crate::{
    actors::{ActorIx, Cast},
    corpus::{Corpus, DocIx, Published},
    stories::Stories,
    words::{common_subsequence, plain_words},
};

/// Words in a shingle.
const SHINGLE: usize = 5;
/// Shared words, in order, from which a sentence counts as copied; and as a share of the shorter one.
const COPIED_WORDS: usize = 8;
const COPIED_SHARE: f64 = 0.6;
/// Copied words from which a document copies another.
const COPY_WORDS: usize = 24;
/// Cosine from which two sentences say the same.
const SAME_SENSE: f32 = 0.62;
/// Part of a text with a counterpart, and shared quotations and figures, from which it is a rewrite.
const REWRITE_SHARE: f64 = 0.35;
const REWRITE_FACTS: usize = 3;

/// What a document descends from.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum From {
    Doc(DocIx),
    Actor(ActorIx),
}

/// An edge with its evidence.
pub(crate) struct Edge {
    pub(crate) from: DocIx,
    pub(crate) to: From,
    pub(crate) kind: LineageKind,
    pub(crate) share: Option<f64>,
    pub(crate) evidence: Vec<Citation>,
}

/// All edges, and where sentences come from.
pub(crate) struct Descent {
    pub(crate) edges: Vec<Edge>,
    copied: FxHashMap<(DocIx, SentenceId), (DocIx, SentenceId)>,
}

impl Descent {
    /// The document whose sentence the words at `span` were copied from, followed to its oldest.
    pub(crate) fn source_of(&self, corpus: &Corpus, doc: DocIx, span: Span) -> DocIx {
        let Some(mut at) = corpus.sentence_of(doc, span).map(|sentence| (doc, sentence)) else { return doc };
        let mut seen = FxHashSet::default();
        while let Some(&older) = self.copied.get(&at).filter(|_| seen.insert(at)) {
            at = older;
        }
        at.0
    }

    /// The agency or document whose text this one is as a whole, if a credit says so.
    pub(crate) fn republishes(&self, doc: DocIx) -> Option<From> {
        self.edges.iter().find(|edge| edge.from == doc && edge.kind == LineageKind::Republishes).map(|edge| edge.to)
    }

    /// Whether two documents are tied by descent of any kind but citing.
    pub(crate) fn related(&self, a: DocIx, b: DocIx) -> bool {
        self.edges.iter().any(|edge| {
            edge.kind != LineageKind::Cites && (edge.from, edge.to) == (a, From::Doc(b)) || (edge.from, edge.to) == (b, From::Doc(a))
        })
    }
}

/// Finds all edges.
pub(crate) fn descent(corpus: &Corpus, cast: &Cast, stories: &Stories, published: &Published) -> Descent {
    let mut descent = Descent { edges: republished(corpus, cast), copied: FxHashMap::default() };
    let aligned = aligned_sentences(corpus);
    for pair in stories.pairs() {
        let Some(passages) = aligned.get(&pair) else { continue };
        let words: usize = passages.iter().map(|passage| passage.n_words).sum();
        if words >= COPY_WORDS {
            copy(corpus, published, pair, passages, &mut descent);
        }
    }
    for (a, b) in stories.pairs() {
        if !descent.related(a, b) {
            descent.edges.extend(rewrite(corpus, published, a, b));
        }
    }
    let cited = cited(corpus, cast, published, &descent);
    descent.edges.extend(cited);
    descent.edges.sort_by_key(|x| (x.from, x.kind, x.to));
    descent
}

fn republished(corpus: &Corpus, cast: &Cast) -> Vec<Edge> {
    let credits = corpus.ids().flat_map(|doc| corpus.doc(doc).credits.iter().enumerate().map(move |(i, credit)| (doc, i, credit)));
    let mut edges: Vec<Edge> = Vec::new();
    for (doc, i, credit) in credits.filter(|(_, _, credit)| credit.kind == CreditKind::Text) {
        let Some(agency) = cast.credited(doc, i).filter(|&agency| cast.publisher(doc) != Some(agency)) else { continue };
        let evidence = corpus.cite(doc, credit.span);
        match edges.iter_mut().find(|edge| edge.from == doc && edge.to == From::Actor(agency)) {
            Some(edge) => edge.evidence.push(evidence),
            None => edges.push(Edge {
                from: doc,
                to: From::Actor(agency),
                kind: LineageKind::Republishes,
                share: None,
                evidence: vec![evidence],
            }),
        }
    }
    edges
}

/// One pair of sentences with the same words.
struct Passage {
    a: SentenceId,
    b: SentenceId,
    n_words: usize,
}

/// Sentences of different documents that share a shingle outside quotation marks and, aligned, most of their words.
fn aligned_sentences(corpus: &Corpus) -> FxHashMap<(DocIx, DocIx), Vec<Passage>> {
    let own: Vec<Vec<Vec<String>>> =
        corpus.ids().map(|doc| corpus.parse(doc).sentence_ids().map(|id| unquoted_words(corpus, doc, id)).collect()).collect();
    let mut by_shingle: FxHashMap<&[String], Vec<(DocIx, usize)>> = FxHashMap::default();
    for doc in corpus.ids() {
        for (i, words) in own[doc.0].iter().enumerate() {
            for shingle in words.windows(SHINGLE) {
                by_shingle.entry(shingle).or_default().push((doc, i));
            }
        }
    }
    let mut candidates: Vec<((DocIx, usize), (DocIx, usize))> = by_shingle
        .values()
        .flat_map(|places| places.iter().enumerate().flat_map(move |(n, &x)| places[n + 1..].iter().map(move |&y| (x.min(y), x.max(y)))))
        .filter(|(x, y)| x.0 != y.0)
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut aligned: FxHashMap<(DocIx, DocIx), Vec<Passage>> = FxHashMap::default();
    for ((a, i), (b, j)) in candidates {
        let (x, y) = (&own[a.0][i], &own[b.0][j]);
        let n_words = common_subsequence(x, y);
        if n_words >= COPIED_WORDS && n_words as f64 >= COPIED_SHARE * x.len().min(y.len()) as f64 {
            aligned.entry((a, b)).or_default().push(Passage { a: SentenceId(i as u32), b: SentenceId(j as u32), n_words });
        }
    }
    aligned
}

/// Words of a sentence of running text without what stands in quotation marks.
fn unquoted_words(corpus: &Corpus, doc: DocIx, id: SentenceId) -> Vec<String> {
    let span = corpus.parse(doc).sentence(id).span;
    let running = corpus.doc(doc).block_at(span.start()).is_some_and(|block| block.kind == BlockKind::Paragraph);
    if !running {
        return Vec::new();
    }
    let quoted: Vec<Span> = corpus.notes(doc).attributions.iter().flat_map(|attribution| attribution.verbatim.iter().copied()).collect();
    let outside = corpus
        .parse(doc)
        .tokens_in(span)
        .map(|token| corpus.parse(doc).token(token).span)
        .filter(|token| !quoted.iter().any(|quote| quote.contains(*token)));
    outside.flat_map(|token| plain_words(corpus.slice(doc, token))).collect()
}

fn n_words(corpus: &Corpus, doc: DocIx) -> usize {
    corpus.parse(doc).sentence_ids().map(|id| unquoted_words(corpus, doc, id).len()).sum::<usize>().max(1)
}

/// Records a copy: the younger from the older; undated, the one that is contained from the one that has more.
fn copy(corpus: &Corpus, published: &Published, (a, b): (DocIx, DocIx), passages: &[Passage], descent: &mut Descent) {
    let words: usize = passages.iter().map(|passage| passage.n_words).sum();
    let share = |doc| (words as f64 / n_words(corpus, doc) as f64).min(1.0);
    let younger = younger_of(published, a, b).unwrap_or_else(|| {
        let credits_text = |doc: DocIx| corpus.doc(doc).credits.iter().any(|credit| credit.kind == CreditKind::Text);
        match (credits_text(a), credits_text(b)) {
            (true, false) => b,
            (false, true) => a,
            _ if share(a) > share(b) => a,
            _ => b,
        }
    });
    let older = if younger == a { b } else { a };
    let mut evidence = Vec::new();
    for passage in passages {
        let (here, there) = if younger == a { (passage.a, passage.b) } else { (passage.b, passage.a) };
        descent.copied.entry((younger, here)).or_insert((older, there));
        evidence.push(corpus.cite(younger, corpus.parse(younger).sentence(here).span));
        evidence.push(corpus.cite(older, corpus.parse(older).sentence(there).span));
    }
    descent.edges.push(Edge { from: younger, to: From::Doc(older), kind: LineageKind::Copies, share: Some(share(younger)), evidence });
}

fn younger_of(published: &Published, a: DocIx, b: DocIx) -> Option<DocIx> {
    if published.before(a, b) {
        Some(b)
    } else if published.before(b, a) {
        Some(a)
    } else {
        None
    }
}

/// The same quotations and figures, and sentences of the same sense, in other words.
fn rewrite(corpus: &Corpus, published: &Published, a: DocIx, b: DocIx) -> Option<Edge> {
    let younger = younger_of(published, a, b)
        .unwrap_or_else(|| if corpus.doc(a).published.is_none() && corpus.doc(b).published.is_some() { a } else { b });
    let older = if younger == a { b } else { a };
    let facts = facts_of(corpus, younger).intersection(&facts_of(corpus, older)).count();
    if facts < REWRITE_FACTS {
        return None;
    }
    let sentences: Vec<(SentenceId, usize)> =
        corpus.parse(younger).sentence_ids().map(|id| (id, unquoted_words(corpus, younger, id).len())).filter(|(_, n)| *n >= 5).collect();
    let total: usize = sentences.iter().map(|(_, n)| n).sum();
    let counterpart = |id: SentenceId| {
        let span = corpus.parse(younger).sentence(id).span;
        let others =
            corpus.parse(older).sentences.iter().map(|other| (corpus.similarity((younger, span), (older, other.span)), other.span));
        others.max_by(|x, y| x.0.total_cmp(&y.0)).filter(|(cosine, _)| *cosine >= SAME_SENSE).map(|(_, other)| (span, other))
    };
    let matched: Vec<((Span, Span), usize)> = sentences.iter().filter_map(|(id, n)| counterpart(*id).map(|spans| (spans, *n))).collect();
    let share = matched.iter().map(|(_, n)| n).sum::<usize>() as f64 / total.max(1) as f64;
    (share >= REWRITE_SHARE).then(|| Edge {
        from: younger,
        to: From::Doc(older),
        kind: LineageKind::Rewrites,
        share: Some(share),
        evidence: matched.iter().flat_map(|((here, there), _)| [corpus.cite(younger, *here), corpus.cite(older, *there)]).collect(),
    })
}

/// Quotations of four words or more and figures with what they measure: what a rewrite cannot change.
fn facts_of(corpus: &Corpus, doc: DocIx) -> std::collections::BTreeSet<String> {
    let notes = corpus.notes(doc);
    let quotes = notes
        .attributions
        .iter()
        .flat_map(|attribution| &attribution.verbatim)
        .map(|span| plain_words(corpus.slice(doc, *span)))
        .filter(|words| words.len() >= 4);
    let figures = notes.figures.iter().map(|figure| (figure, &notes.quantities[figure.quantity.index()]));
    quotes
        .map(|words| words.join(" "))
        .chain(figures.map(|(figure, quantity)| format!("{} {:?} {:?}", figure.measure, quantity.low, quantity.high)))
        .collect()
}

/// Citations of publishers in chains, one edge a publisher.
fn cited(corpus: &Corpus, cast: &Cast, published: &Published, descent: &Descent) -> Vec<Edge> {
    let mut edges: Vec<Edge> = Vec::new();
    for doc in corpus.ids() {
        let hops = corpus.notes(doc).attributions.iter().flat_map(|attribution| &attribution.chain);
        for hop in hops {
            let Some(actor) = hop.entity.map(|entity| cast.of(doc, entity)) else { continue };
            if cast.member(actor).kind != EntityKind::Publisher || cast.publisher(doc) == Some(actor) {
                continue;
            }
            let sibling = corpus.ids().find(|&other| other != doc && cast.publisher(other) == Some(actor) && !published.before(doc, other));
            let to = sibling.map_or(From::Actor(actor), From::Doc);
            if descent.edges.iter().any(|edge| edge.from == doc && edge.to == to) {
                continue;
            }
            let evidence = corpus.cite(doc, hop.span);
            match edges.iter_mut().find(|edge| edge.from == doc && edge.to == to) {
                Some(edge) if edge.evidence.contains(&evidence) => {}
                Some(edge) => edge.evidence.push(evidence),
                None => edges.push(Edge { from: doc, to, kind: LineageKind::Cites, share: None, evidence: vec![evidence] }),
            }
        }
    }
    edges
}
