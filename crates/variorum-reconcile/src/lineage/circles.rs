//! Do outlets rest on one another in a circle?
//!
//! Input: what documents cite, and what they tell of who has what from whom. Output: circles of two to four outlets, each step with the words that show it.
//! Example: "Caspian Digest reported a second dam, crediting Eurasia Insider. Eurasia Insider has the same article, which credits Caspian Digest."
//! A step is told by a text (see `steps`), or shown where a document cites an outlet for something.
//! Two documents that cite one another make a circle only if it is for like things.
//! Limits: a circle whose steps are told in different affairs is not looked for; of circles through the same outlets the first found is given.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{Attribution, SentenceId, Span, dossier::Citation};

use super::{
    From,
    edge::Edge,
    steps::{Reader, Step, joined, may_report, sentence_around},
};
use crate::{
    actors::{ActorIx, Cast},
    corpus::{Corpus, DocIx},
    outlets::is_outlet,
    words::{Weights, containment, content_lemmas},
};

/// Outlets a circle may have.
const LONGEST: usize = 4;
/// Words from which what somebody says is a claim and no scrap of one.
const CLAUSE: usize = 5;
/// Sentences before a step that may tell what it is about.
const BEFORE: u32 = 2;
/// Weighted part of the words that two steps must share to be about like things.
const LIKE_THINGS: f64 = 0.25;

/// Outlets each of which has its news from the next, and the last from the first.
pub(crate) struct Circle {
    pub(crate) steps: Vec<Step>,
    /// What documents have on the word of one of them.
    pub(crate) claims: Vec<Citation>,
}

/// Every circle, in the order of its outlets.
pub(super) fn circles(corpus: &Corpus, cast: &Cast, weights: &Weights, edges: &[Edge]) -> Vec<Circle> {
    let reader = Reader::new(corpus, cast);
    let told = corpus.ids().flat_map(|doc| reader.told(doc));
    let shown = edges.iter().filter_map(|edge| shown(corpus, cast, edge)).chain(corpus.ids().flat_map(|doc| cited(corpus, cast, doc)));
    let steps = joined(told.chain(shown));
    let mut next: BTreeMap<ActorIx, Vec<ActorIx>> = BTreeMap::new();
    for &(from, to) in steps.keys() {
        next.entry(from).or_default().push(to);
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for &start in next.keys() {
        for path in rounds(start, &next) {
            let around = || path.iter().zip(path.iter().cycle().skip(1));
            let steps = around().map(|(&from, &to)| steps[&(from, to)].clone()).collect();
            let circle = Circle { steps, claims: claims(corpus, cast, &path) };
            let outlets =
                || circle.steps.iter().all(|step| is_outlet(cast.member(step.to)) || cast.publishes(step.to) || reports(&circle, step.to));
            if seen.insert(path.iter().copied().collect::<BTreeSet<_>>()) && outlets() && is_of_one_thing(corpus, weights, &circle) {
                found.push(circle);
            }
        }
    }
    without_detours(found)
}

/// Without circles that hold two outlets of a shorter one: the same under another name, or with a detour.
fn without_detours(found: Vec<Circle>) -> Vec<Circle> {
    let outlets = |circle: &Circle| -> BTreeSet<ActorIx> { circle.steps.iter().map(|step| step.from).collect() };
    let sets: Vec<BTreeSet<ActorIx>> = found.iter().map(outlets).collect();
    let detour = |set: &BTreeSet<ActorIx>| sets.iter().any(|other| other.len() < set.len() && other.intersection(set).count() > 1);
    found.into_iter().zip(&sets).filter(|(_, set)| !detour(set)).map(|(circle, _)| circle).collect()
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

/// What documents say on the word of an outlet of the circle, as far as it has no document here that says it itself; what names one of them is about the circle.
fn claims(corpus: &Corpus, cast: &Cast, circle: &[ActorIx]) -> Vec<Citation> {
    let of_circle = |doc: DocIx, attribution: &Attribution| {
        let outlet = attribution.speaker.map(|speaker| cast.outlet(cast.of(doc, speaker)));
        outlet.is_some_and(|outlet| circle.contains(&outlet) && !cast.publishes(outlet))
    };
    let names_one = |words: &str| circle.iter().any(|&outlet| words.contains(cast.member(outlet).name.as_str()));
    let of_doc = |doc: DocIx| {
        let said = corpus.notes(doc).attributions.iter().filter(move |attribution| of_circle(doc, attribution));
        let longest = said.filter_map(|attribution| attribution.content.spans().iter().copied().max_by_key(|span| span.len()));
        let told = longest.filter(move |&span| corpus.parse(doc).tokens_in(span).count() >= CLAUSE);
        told.filter(move |&span| !names_one(corpus.slice(doc, span))).map(move |span| corpus.cite(doc, span))
    };
    corpus.ids().flat_map(of_doc).collect()
}

/// Whether texts tell both that a body has news from another and that another has news from it: then it reports, whatever it is called.
fn reports(circle: &Circle, body: ActorIx) -> bool {
    circle.steps.iter().filter(|step| step.from == body || step.to == body).all(|step| step.told)
}

/// Steps that somebody tells as such need no likeness: they are told of one thing.
fn is_of_one_thing(corpus: &Corpus, weights: &Weights, circle: &Circle) -> bool {
    // What it is about may be told in the sentences before.
    let lemmas = |citation: &Citation, before: u32| {
        let doc = corpus.doc_of(&citation.document)?;
        let id = corpus.sentence_of(doc, citation.span)?;
        let parse = corpus.parse(doc);
        let block = |span: Span| corpus.doc(doc).block_at(span.start()).map(|block| block.span);
        let sentences = (id.0.saturating_sub(before)..=id.0).map(|id| parse.sentence(SentenceId(id)).span);
        let here: Vec<Span> = sentences.filter(|&span| block(span) == block(citation.span)).collect();
        Some(here.into_iter().flat_map(|span| content_lemmas(parse, span)).collect::<Vec<String>>())
    };
    let alike = |x: &Step, y: &Step| {
        let before = if x.told || y.told { BEFORE } else { 0 };
        let of = |step: &Step| -> Vec<Vec<String>> { step.evidence.iter().filter_map(|citation| lemmas(citation, before)).collect() };
        let (p, q) = (of(x), of(y));
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

/// What a document says on the word of somebody who may be an outlet: it counts only for things that are alike.
fn cited(corpus: &Corpus, cast: &Cast, doc: DocIx) -> Vec<Step> {
    let Some(from) = cast.publisher(doc) else { return Vec::new() };
    let step = |attribution: &Attribution| {
        let to = cast.outlet(cast.of(doc, attribution.speaker?));
        let evidence = vec![corpus.cite(doc, sentence_around(corpus, doc, attribution.evidence.first()))];
        may_report(corpus, cast, to).then_some(Step { from, to, evidence, told: false })
    };
    corpus.notes(doc).attributions.iter().filter_map(step).collect()
}
