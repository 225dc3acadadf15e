//! What has one report that no other has?
//!
//! Input: all records. Output: for each report its weightiest facts of one report. Example: "Only Example Wire has “the mayor resigned on Friday”."
//! Limits: what was not public when the others were published is left out; how much a fact matters is guessed from who takes part in it.

use std::collections::BTreeMap;

use variorum_model::{DateRange, DocumentId, Event, Figure, Finding, FindingKind, RecordId, Statement, dossier::Citation};

use super::{
    Desk, Records,
    wording::{cite, finding, shortened},
};
use crate::corpus::DocIx;

/// Facts shown for each report as being in no other.
const ONLY_IN: usize = 8;

impl Desk<'_, '_> {
    /// The weightiest facts no other report has, where another could have had them.
    pub(super) fn only_in_one(&self, records: &Records) -> Vec<Finding> {
        if self.corpus.len() < 2 {
            return Vec::new();
        }
        let told = records.events.iter().filter_map(|event| self.event_of_one(event));
        let counted = records.figures.iter().filter_map(|figure| self.figure_of_one(figure));
        let said = records.statements.iter().filter_map(|statement| self.statement_of_one(statement));
        let mut facts: BTreeMap<DocIx, Vec<Fact>> = BTreeMap::new();
        told.chain(counted).chain(said).for_each(|fact| facts.entry(fact.doc).or_default().push(fact));
        facts.into_values().flat_map(|facts| self.only_in(facts)).collect()
    }

    fn event_of_one(&self, event: &Event) -> Option<Fact> {
        let [reading] = event.readings.as_slice() else { return None };
        let people = event.actors.len() + event.recipients.len();
        let weight = 10 * people.min(2) as u32 + if event.when.is_some() { 8 } else { 0 } + if event.place.is_some() { 4 } else { 0 };
        Some(Fact {
            doc: self.doc(&reading.document),
            weight,
            about: RecordId::Event(event.id.clone()),
            words: format!("“{}”", self.words(&reading.document, reading.evidence.first())),
            evidence: cite(&reading.document, reading.evidence.spans()),
            when: event.when.as_ref().map(|when| when.range),
        })
    }

    fn figure_of_one(&self, figure: &Figure) -> Option<Fact> {
        let id = only(figure.readings.iter().map(|reading| &reading.document)).filter(|_| figure.population.is_some())?;
        let reading = &figure.readings[0];
        Some(Fact {
            doc: self.doc(id),
            weight: 18,
            about: RecordId::Figure(figure.id.clone()),
            words: format!("“{}”", self.words(id, reading.evidence.first())),
            evidence: cite(id, reading.evidence.spans()),
            when: reading.as_of.as_ref().map(|when| when.range),
        })
    }

    fn statement_of_one(&self, statement: &Statement) -> Option<Fact> {
        let id = only(statement.readings.iter().map(|reading| &reading.document))?;
        let quoted = statement.verbatim.first().map_or(0, |words| words.split_whitespace().count());
        let speaker = statement.speaker.as_ref().filter(|_| quoted >= 4)?;
        Some(Fact {
            doc: self.doc(id),
            weight: 12 + quoted.min(10) as u32,
            about: RecordId::Statement(statement.id.clone()),
            words: format!("{}: “{}”", self.name(speaker), shortened(&statement.verbatim[0])),
            evidence: cite(id, statement.readings[0].evidence.spans()),
            when: None,
        })
    }

    /// The weightiest facts of one report.
    fn only_in(&self, mut facts: Vec<Fact>) -> Vec<Finding> {
        facts.retain(|fact| self.others_could_know(fact.doc, fact.when));
        facts.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.about.cmp(&b.about)));
        let told = |fact: Fact| {
            let text = format!("Only {} has {}.", self.corpus.outlet(fact.doc), fact.words);
            let document = self.corpus.doc(fact.doc).id.clone();
            finding(FindingKind::OnlyIn, fact.about, text, [document], fact.evidence, 100 + fact.weight)
        };
        facts.into_iter().take(ONLY_IN).map(told).collect()
    }

    /// Whether another document was published when the fact was public: not surely before it, nor surely before this one.
    fn others_could_know(&self, doc: DocIx, when: Option<DateRange>) -> bool {
        let public = when.map(DateRange::latest).or_else(|| self.published.range(doc).map(DateRange::earliest));
        self.corpus.ids().filter(|&other| other != doc).any(|other| match (self.published.range(other), public) {
            (Some(range), Some(public)) => range.latest() >= public,
            _ => true,
        })
    }
}

/// The one document that all are of.
fn only<'d>(mut documents: impl Iterator<Item = &'d DocumentId>) -> Option<&'d DocumentId> {
    let first = documents.next()?;
    documents.all(|other| other == first).then_some(first)
}

/// Something only one report has.
struct Fact {
    doc: DocIx,
    weight: u32,
    about: RecordId,
    words: String,
    evidence: Vec<Citation>,
    /// When it was.
    when: Option<DateRange>,
}
