//! By which way did a claim come into each report?
//!
//! Input: a dossier and words. Output: the claims that have these words, each as trees: at the root who said or saw it, or who first printed it; below, who has it from whom,
//! down to every report, oldest first. Example: a minister told an agency; a wire has it from the agency; two papers print the wire, one of them in its own words.
//! A report has a claim from another where the passage or the text descends from it; else from the outlets and speakers that its chain names.
//! Where the way leads back to a report already on it, the tree says so and ends. Limits: each report is shown by one way, the surest.

use std::collections::BTreeSet;

use variorum_model::{
    ActorId, Document, DocumentId, Dossier, Span,
    dossier::{ActorHop, Ancestor, Lineage, LineageKind, Origins, RecordId},
};

/// Part of the words asked for that a reading must have.
const ENOUGH: f64 = 0.6;

/// A claim with the trees of its readings.
#[derive(Debug)]
pub struct Claim<'d> {
    /// The record traced.
    pub record: RecordId,
    /// The words of the reading that has most of those asked for.
    pub words: &'d str,
    /// Origins of what is claimed.
    pub origins: &'d Origins,
    /// What each report has, in the order of the dossier.
    pub readings: Vec<Reading<'d>>,
    /// Oldest first.
    pub roots: Vec<Branch<'d>>,
}

/// What one report has of a claim.
#[derive(Clone, Debug)]
pub struct Reading<'d> {
    /// The report.
    pub document: &'d Document,
    /// Where in it.
    pub spans: Vec<Span>,
    /// On whose word.
    pub chain: &'d [ActorHop],
}

impl<'d> Reading<'d> {
    /// The words from the first of its spans to the last.
    pub fn words(&self) -> &'d str {
        let whole = self.spans.iter().copied().reduce(Span::cover).expect("a reading has evidence");
        whole.of(&self.document.text)
    }
}

/// One place of a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch<'d> {
    /// Who or what.
    pub node: Node<'d>,
    /// How it has the claim from the place above.
    pub how: How,
    /// Who has it from here, oldest first.
    pub branches: Vec<Branch<'d>>,
}

/// Who passes a claim on.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'d> {
    /// A speaker, observer or outlet; by its id where that is known.
    Actor(Option<&'d ActorId>, &'d str),
    /// A report: index of its reading.
    Report(usize),
    /// The way comes back to this report.
    Loop(usize),
}

/// How a claim came from one place to the next.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// It begins here.
    Begins,
    /// By a word of saying or passing on.
    Told(String),
    /// By descent, with the share of the text where known.
    Descends(LineageKind, Option<f64>),
}

/// The claims that have these words, the best match first.
pub fn claims<'d>(dossier: &'d Dossier, words: &str) -> Vec<Claim<'d>> {
    let wanted = plain(words);
    let mut found: Vec<((usize, usize), Claim<'d>)> = Vec::new();
    for (record, origins, readings) in records(dossier) {
        let likeness = |reading: &Reading<'d>| matched(&wanted, &spans_text(reading));
        let best = readings.iter().max_by_key(|reading| likeness(reading)).expect("a record has a reading");
        let score = likeness(best);
        if score.1 as f64 >= ENOUGH * wanted.len().max(1) as f64 {
            let words = best.words();
            found.push(((score.0, score.1), Claim { record, words, origins, roots: Vec::new(), readings }));
        }
    }
    found.sort_by(|(x, a), (y, b)| y.cmp(x).then(b.readings.len().cmp(&a.readings.len())).then(a.record.cmp(&b.record)));
    let mut claims: Vec<Claim<'d>> = Vec::new();
    for (_, claim) in found {
        if !claims.iter().any(|known| tells_no_more(&claim, known)) {
            claims.push(claim);
        }
    }
    for claim in &mut claims {
        claim.roots = trees(dossier, &claim.readings);
    }
    claims
}

/// Every record with its origins and readings.
fn records(dossier: &Dossier) -> Vec<(RecordId, &Origins, Vec<Reading<'_>>)> {
    let document = |id: &DocumentId| dossier.documents.iter().find(|doc| doc.id == *id).expect("readings are of documents of the dossier");
    let reading = |id, spans: &[Span], chain| Reading { document: document(id), spans: spans.to_vec(), chain };
    let statements = dossier.statements.iter().map(|statement| {
        let readings = statement.readings.iter().map(|one| reading(&one.document, one.content.spans(), one.chain.as_slice()));
        (RecordId::Statement(statement.id.clone()), &statement.origins, readings.collect())
    });
    let figures = dossier.figures.iter().map(|figure| {
        let readings = figure.readings.iter().map(|one| reading(&one.document, one.evidence.spans(), one.chain.as_slice()));
        (RecordId::Figure(figure.id.clone()), &figure.origins, readings.collect())
    });
    let events = dossier.events.iter().map(|event| {
        let readings = event.readings.iter().map(|one| reading(&one.document, one.evidence.spans(), one.chain.as_slice()));
        (RecordId::Event(event.id.clone()), &event.origins, readings.collect())
    });
    statements.chain(figures).chain(events).collect()
}

/// Length of the phrase where it stands as a whole, else 0; and how many of its words are there.
fn matched(wanted: &[String], text: &str) -> (usize, usize) {
    let there = plain(text);
    let whole = there.windows(wanted.len().max(1)).any(|window| window == wanted);
    let all: BTreeSet<&String> = there.iter().collect();
    (if whole { wanted.len() } else { 0 }, wanted.iter().filter(|word| all.contains(word)).count())
}

fn plain(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn spans_text(reading: &Reading<'_>) -> String {
    reading.spans.iter().map(|span| span.of(&reading.document.text)).collect::<Vec<_>>().join(" ")
}

/// Whether every reading of a claim stands where another claim has one.
fn tells_no_more(claim: &Claim<'_>, known: &Claim<'_>) -> bool {
    let same =
        |x: &Reading<'_>, y: &Reading<'_>| x.document.id == y.document.id && x.spans.iter().any(|a| y.spans.iter().any(|b| a.overlaps(*b)));
    claim.readings.iter().all(|reading| known.readings.iter().any(|other| same(reading, other)))
}

// --- trees --------------------------------------------------------------------------------------------------------------

type Step<'d> = (Node<'d>, How);

fn trees<'d>(dossier: &'d Dossier, readings: &[Reading<'d>]) -> Vec<Branch<'d>> {
    let ways = Ways { dossier, readings };
    let mut roots = Vec::new();
    for i in 0..readings.len() {
        add(&mut roots, &ways.to(i, &mut Vec::new()));
    }
    sort(&mut roots, readings);
    roots
}

/// The ways by which a claim reached its readings.
struct Ways<'w, 'd> {
    dossier: &'d Dossier,
    readings: &'w [Reading<'d>],
}

impl<'d> Ways<'_, 'd> {
    /// From the root to a reading; `path` holds the readings it is on the way to.
    fn to(&self, i: usize, path: &mut Vec<usize>) -> Vec<Step<'d>> {
        if path.contains(&i) {
            return vec![(Node::Loop(i), How::Begins)];
        }
        path.push(i);
        if let Some((older, how)) = self.descends(i).or_else(|| self.cites(i)) {
            let mut way = self.to(older, path);
            way.push((Node::Report(i), how));
            return way;
        }
        self.by_chain(i)
    }

    /// The reading whose passage, or whose text, this one has.
    fn descends(&self, i: usize) -> Option<(usize, How)> {
        let reading = &self.readings[i];
        let edges = || self.edges(i).filter(|edge| edge.kind != LineageKind::Cites);
        let of = |id: &DocumentId| self.readings.iter().position(|other| other.document.id == *id).filter(|&j| j != i);
        let has = |edge: &&Lineage| {
            let overlaps = |span: Span| reading.spans.iter().any(|own| own.overlaps(span));
            edge.passages.iter().find(|passage| overlaps(passage.here.span)).and_then(|passage| of(&passage.there.document))
        };
        let passage = edges().find_map(|edge| Some((has(&edge)?, How::Descends(edge.kind, edge.share))));
        let whole = || {
            edges().filter(|edge| edge.share.is_some_and(|share| share >= 0.5)).find_map(|edge| match &edge.to {
                Ancestor::Document(id) => Some((of(id)?, How::Descends(edge.kind, edge.share))),
                Ancestor::Actor(_) => None,
            })
        };
        passage.or_else(whole)
    }

    /// The reading of an outlet that the chain names.
    fn cites(&self, i: usize) -> Option<(usize, How)> {
        let cited = self.edges(i).filter(|edge| edge.kind == LineageKind::Cites).filter_map(|edge| match &edge.to {
            Ancestor::Document(id) => Some((id, edge)),
            Ancestor::Actor(_) => None,
        });
        let of_chain = |edge: &Lineage| {
            let in_chain = |span: Span| self.readings[i].chain.iter().any(|hop| hop.span.span.overlaps(span));
            edge.evidence.iter().any(|citation| in_chain(citation.span))
        };
        cited.filter(|(_, edge)| of_chain(edge)).find_map(|(id, edge)| {
            let j = self.readings.iter().position(|other| other.document.id == *id)?;
            Some((j, How::Descends(edge.kind, None)))
        })
    }

    /// Root, relays, a wire whose text it is, and the report.
    fn by_chain(&self, i: usize) -> Vec<Step<'d>> {
        let reading = &self.readings[i];
        let mut way: Vec<Step<'d>> = Vec::new();
        let mut told = How::Begins;
        for hop in reading.chain.iter().rev() {
            let node = Node::Actor(hop.actor.as_ref(), &hop.name);
            if way.iter().all(|step| step.0 != node) {
                way.push((node, told));
            }
            told = How::Told(hop.cue.clone());
        }
        let wire = self.edges(i).find_map(|edge| match &edge.to {
            Ancestor::Actor(id) if edge.kind == LineageKind::Republishes => Some((id, edge)),
            _ => None,
        });
        if let Some((id, edge)) = wire {
            way.push((Node::Actor(Some(id), ""), told));
            told = How::Descends(edge.kind, edge.share);
        }
        way.push((Node::Report(i), told));
        way
    }

    fn edges(&self, i: usize) -> impl Iterator<Item = &'d Lineage> {
        let id = &self.readings[i].document.id;
        self.dossier.lineage.iter().filter(move |edge| edge.from == *id)
    }
}

fn add<'d>(branches: &mut Vec<Branch<'d>>, way: &[Step<'d>]) {
    let Some(((node, how), rest)) = way.split_first() else { return };
    let at = branches.iter().position(|branch| branch.node.is_same(node)).unwrap_or_else(|| {
        branches.push(Branch { node: node.clone(), how: how.clone(), branches: Vec::new() });
        branches.len() - 1
    });
    add(&mut branches[at].branches, rest);
}

impl Node<'_> {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Actor(Some(a), _), Self::Actor(Some(b), _)) => a == b,
            _ => self == other,
        }
    }
}

fn sort(branches: &mut [Branch<'_>], readings: &[Reading<'_>]) {
    for branch in branches.iter_mut() {
        sort(&mut branch.branches, readings);
    }
    branches.sort_by_key(|branch| oldest(branch, readings));
}

/// The first day a report at or below this place may be of, undated ones last, then its number.
fn oldest(branch: &Branch<'_>, readings: &[Reading<'_>]) -> (bool, Option<jiff::civil::Date>, usize) {
    let own = match branch.node {
        Node::Report(i) | Node::Loop(i) => {
            let day = readings[i].document.published.map(|dated| dated.range.earliest());
            Some((day.is_none(), day, i))
        }
        Node::Actor(..) => None,
    };
    let below = branch.branches.iter().map(|one| oldest(one, readings)).min();
    own.into_iter().chain(below).min().unwrap_or((true, None, usize::MAX))
}
