//! Do outlets rest on one another in a circle?
//!
//! Input: what documents cite, and what they tell of who has what from whom. Output: circles of two to four outlets, each step with the words that show it.
//! Example: "Caspian Digest reported a second dam, crediting Eurasia Insider. Eurasia Insider has the same article, which credits Caspian Digest."
//! A step is told where an outlet stands before a word of crediting and another behind it, or shown where a document cites an outlet for something.
//! Two documents that cite one another make a circle only if it is for like things.
//! Limits: a circle whose steps are told in different affairs is not looked for; of circles through the same outlets the first found is given.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;
use variorum_model::{EntityKind, SentenceId, Span, dossier::Citation, table::Table};

use super::{From, edge::Edge};
use crate::{
    actors::{ActorIx, Cast},
    corpus::{Corpus, DocIx},
    outlets::is_outlet,
    words::{Weights, containment, content_lemmas},
};

/// Outlets a circle may have.
const LONGEST: usize = 4;
/// Sentences back in which the outlet is named that credits.
const BACK: u32 = 2;
/// Weighted part of the words that two steps must share to be about like things.
const LIKE_THINGS: f64 = 0.25;

/// Outlets each of which has its news from the next, and the last from the first.
pub(crate) struct Circle {
    pub(crate) steps: Vec<Step>,
}

/// One outlet has its news from another.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) from: ActorIx,
    pub(crate) to: ActorIx,
    /// The sentences that tell or show it.
    pub(crate) evidence: Vec<Citation>,
    told: bool,
}

/// Every circle, in the order of its outlets.
pub(super) fn circles(corpus: &Corpus, cast: &Cast, weights: &Weights, edges: &[Edge]) -> Vec<Circle> {
    let crediting = crediting_words();
    let mut steps: BTreeMap<(ActorIx, ActorIx), Step> = BTreeMap::new();
    let told = corpus.ids().flat_map(|doc| told(corpus, cast, &crediting, doc));
    for step in told.chain(edges.iter().filter_map(|edge| shown(corpus, cast, edge))) {
        match steps.get_mut(&(step.from, step.to)) {
            Some(known) => {
                known.evidence.extend(step.evidence);
                known.told |= step.told;
            }
            None => drop(steps.insert((step.from, step.to), step)),
        }
    }
    let mut next: BTreeMap<ActorIx, Vec<ActorIx>> = BTreeMap::new();
    for &(from, to) in steps.keys() {
        next.entry(from).or_default().push(to);
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for &start in next.keys() {
        for path in rounds(start, &next) {
            let around = || path.iter().zip(path.iter().cycle().skip(1));
            let circle = Circle { steps: around().map(|(&from, &to)| steps[&(from, to)].clone()).collect() };
            if seen.insert(path.iter().copied().collect::<BTreeSet<_>>()) && is_of_one_thing(corpus, weights, &circle) {
                found.push(circle);
            }
        }
    }
    found
}

/// Ways from an outlet back to itself that meet no outlet before it in the order of the cast: each circle is found from its first outlet.
fn rounds(start: ActorIx, next: &BTreeMap<ActorIx, Vec<ActorIx>>) -> Vec<Vec<ActorIx>> {
    let (mut paths, mut closed) = (vec![vec![start]], Vec::new());
    for _ in 0..LONGEST {
        let mut longer = Vec::new();
        for path in paths {
            for &to in next.get(path.last().expect("paths begin with the start")).into_iter().flatten() {
                if to == start {
                    closed.push(path.clone());
                } else if to > start && !path.contains(&to) {
                    longer.push(path.iter().copied().chain([to]).collect());
                }
            }
        }
        paths = longer;
    }
    closed
}

/// Steps that somebody tells as such need no likeness: they are told of one thing.
fn is_of_one_thing(corpus: &Corpus, weights: &Weights, circle: &Circle) -> bool {
    let lemmas = |citation: &Citation| {
        let doc = corpus.doc_of(&citation.document)?;
        let span = corpus.sentence_of(doc, citation.span).map(|id| corpus.parse(doc).sentence(id).span)?;
        Some(content_lemmas(corpus.parse(doc), span))
    };
    let alike = |x: &Step, y: &Step| {
        let (p, q): (Vec<_>, Vec<_>) = (x.evidence.iter().filter_map(lemmas).collect(), y.evidence.iter().filter_map(lemmas).collect());
        p.iter().any(|a| q.iter().any(|b| containment(weights, a, b).max(containment(weights, b, a)) >= LIKE_THINGS))
    };
    circle.steps.len() > 1 && circle.steps.iter().zip(circle.steps.iter().cycle().skip(1)).all(|(x, y)| x.told && y.told || alike(x, y))
}

/// A document cites another outlet.
fn shown(corpus: &Corpus, cast: &Cast, edge: &Edge) -> Option<Step> {
    if edge.kind != variorum_model::dossier::LineageKind::Cites {
        return None;
    }
    let to = match edge.to {
        From::Actor(outlet) => outlet,
        From::Doc(doc) => cast.publisher(doc)?,
    };
    let evidence = edge.evidence.iter().map(|citation| corpus.cite(edge.from, sentence_around(corpus, edge.from, citation.span))).collect();
    Some(Step { from: cast.publisher(edge.from)?, to, evidence, told: false })
}

fn sentence_around(corpus: &Corpus, doc: DocIx, span: Span) -> Span {
    corpus.sentence_of(doc, span).map_or(span, |id| corpus.parse(doc).sentence(id).span)
}

/// What a document tells of outlets that have news from one another.
fn told(corpus: &Corpus, cast: &Cast, crediting: &FxHashSet<&str>, doc: DocIx) -> Vec<Step> {
    let parse = corpus.parse(doc);
    let outlets = mentioned_outlets(corpus, cast, doc);
    if outlets.len() < 2 {
        return Vec::new();
    }
    let mut steps: Vec<Step> = Vec::new();
    for token in parse.token_ids().filter(|&id| crediting.contains(parse.token(id).lemma.to_lowercase().as_str())) {
        let (at, sentence) = (parse.token(token).span.start(), parse.token(token).sentence);
        let block = corpus.doc(doc).block_at(at).map(|block| block.span);
        let near = |place: &&(Span, SentenceId, ActorIx)| {
            place.1.0 + BACK >= sentence.0 && corpus.doc(doc).block_at(place.0.start()).map(|block| block.span) == block
        };
        let Some(credited) = outlets.iter().find(|place| place.0.start() > at && place.1 == sentence) else { continue };
        let Some(crediting) = outlets.iter().rev().filter(near).find(|place| place.0.end() <= at && place.2 != credited.2) else {
            continue;
        };
        let evidence = [sentence_around(corpus, doc, crediting.0), sentence_around(corpus, doc, credited.0)];
        let evidence: BTreeSet<Citation> = evidence.into_iter().map(|span| corpus.cite(doc, span)).collect();
        steps.push(Step { from: crediting.2, to: credited.2, evidence: evidence.into_iter().collect(), told: true });
    }
    steps
}

/// Outlets with the places where they are named, in order. What is named as a body of no known sphere may be one.
fn mentioned_outlets(corpus: &Corpus, cast: &Cast, doc: DocIx) -> Vec<(Span, SentenceId, ActorIx)> {
    let may_report = |actor: ActorIx| {
        let member = cast.member(actor);
        is_outlet(member) || cast.publishes(actor) || member.named && member.kind == EntityKind::Organization && member.sector.is_none()
    };
    let mentions = corpus.notes(doc).mentions.iter().filter_map(|mention| {
        let outlet = cast.outlet(cast.of(doc, mention.entity));
        Some((mention.span, corpus.sentence_of(doc, mention.span)?, outlet)).filter(|_| may_report(outlet))
    });
    let mut places: Vec<_> = mentions.collect();
    places.sort();
    places
}

fn crediting_words() -> FxHashSet<&'static str> {
    let table = Table::parse(include_str!("../../../../knowledge/crediting.tsv")).expect("bundled tables are checked by tests");
    table.rows().map(|row| row.get("lemma")).collect()
}
