//! What do the readings of one figure come to?
//!
//! Input: a figure of the ledger. Output: its conflict, its update, its agreements, and the one origin behind it.
//! Example: "Killed: “16” as of 20 May (Steppe Post), then “15” as of 21 May (Example Wire)."
//! Limits: which readings conflict is decided in the ledger (see `figures`).

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{
    DocumentId, Figure, Finding, FindingKind, QuantityKind, RecordId,
    dossier::{FigureReading, FigureRelationKind, Root, RootKind},
};

use super::{
    Desk,
    wording::{capitalised, cite, date_words, finding, shortened},
};
use crate::words::plain_words;

impl Desk<'_, '_> {
    pub(super) fn figure(&self, figure: &Figure) -> Vec<Finding> {
        let subject = match &figure.population {
            Some(population) if !figure.measure.contains(population.as_str()) => {
                format!("{}, “{}”", capitalised(&figure.measure), shortened(population))
            }
            _ => capitalised(&figure.measure),
        };
        let of_kind = |kind: FigureRelationKind| -> BTreeSet<usize> {
            figure.relations.iter().filter(|relation| relation.kind == kind).flat_map(|relation| [relation.a, relation.b]).collect()
        };
        let mut findings = Vec::new();
        let conflicting = of_kind(FigureRelationKind::Conflicts);
        let conflicting = if self.count_one_noun(figure, &conflicting) { conflicting } else { BTreeSet::new() };
        if !conflicting.is_empty() {
            let values = self.values(figure, &conflicting, |reading| self.phrase(reading)).join(" against ");
            findings.push(self.about_figure(figure, FindingKind::Conflict, &conflicting, format!("{subject}: {values}."), 900));
        }
        let updated = stated(figure, of_kind(FigureRelationKind::Updates));
        if updated.len() > 1 {
            let values = self.values(figure, &updated, |reading| self.number(reading)).join(", then ");
            findings.push(self.about_figure(figure, FindingKind::Update, &updated, format!("{subject}: {values}."), 500));
        }
        let contested = |same: &BTreeSet<usize>| !same.is_disjoint(&conflicting);
        for (same, n_origins) in agreeing(figure).into_iter().filter(|(same, _)| !contested(same) && more_than_one(figure, same)) {
            let values = self.values(figure, &same, |reading| self.number(reading)).join(" and ");
            let text = format!("{subject}: {values}, from {n_origins} origins.");
            findings.push(self.about_figure(figure, FindingKind::Agreement, &same, text, 400));
        }
        let documents: BTreeSet<&DocumentId> = figure.readings.iter().map(|reading| &reading.document).collect();
        let all: BTreeSet<usize> = (0..figure.readings.len()).collect();
        // Several values of one origin are an update, and shown as such.
        let one_value = figure.readings.iter().all(|reading| value_of(reading) == value_of(&figure.readings[0]));
        if documents.len() > 1 && figure.origins.max == 1 && one_value && more_than_one(figure, &all) && self.counts_what_matters(figure) {
            let told = self.in_its_words(figure, &subject);
            let text = format!("{told}: at least {} reports, one origin: {}.", documents.len(), self.root_words(&figure.origins));
            findings.push(self.about_figure(figure, FindingKind::SingleOrigin, &all, text, 560));
        }
        findings
    }

    /// Whether all of these readings print a noun for what they count, the same one: bodies are not the dead, and two others none of the first.
    fn count_one_noun(&self, figure: &Figure, readings: &BTreeSet<usize>) -> bool {
        let noun = |&i: &usize| {
            let reading = &figure.readings[i];
            let doc = self.doc(&reading.document);
            let quantity = self.corpus.notes(doc).quantities.iter().find(|quantity| quantity.span == reading.quantity)?;
            let lemma = |id| self.corpus.parse(doc).token(id).lemma.to_lowercase();
            let counted = quantity.counted.map(lemma).or_else(|| quantity.unit.clone())?;
            (!matches!(counted.as_str(), "other" | "another" | "more")).then_some(counted)
        };
        let nouns: BTreeSet<Option<String>> = readings.iter().map(noun).collect();
        nouns.len() == 1 && nouns.iter().all(Option::is_some)
    }

    /// Whether a figure tells what became of people or things, or of money, on somebody's word: how far or how high something is, and how many live there, is anybody's.
    fn counts_what_matters(&self, figure: &Figure) -> bool {
        let reading = &figure.readings[0];
        let doc = self.doc(&reading.document);
        let quantity = self.corpus.notes(doc).quantities.iter().find(|quantity| quantity.span == reading.quantity);
        let counted = quantity.is_some_and(|quantity| matches!(quantity.kind, QuantityKind::Count | QuantityKind::Money));
        let noun = |population: &String| plain_words(population).iter().any(|word| word.starts_with(figure.measure.as_str()));
        let becomes = figure.population.as_ref().is_some_and(|population| !noun(population)) && figure.measure != "people";
        let money = quantity.is_some_and(|quantity| quantity.kind == QuantityKind::Money);
        counted && (becomes || money) && self.rests_on_somebody(&figure.origins)
    }

    /// A figure as one of its reports puts it; our own word for what it counts only where that would be too long.
    pub(super) fn in_its_words(&self, figure: &Figure, subject: &str) -> String {
        let phrased = figure.readings.iter().find(|reading| self.phrase(reading) != self.number(reading));
        match phrased {
            Some(reading) => format!("“{}” ({})", self.phrase(reading), self.authority(reading)),
            None => format!("{subject}: “{}” ({})", self.number(&figure.readings[0]), self.authority(&figure.readings[0])),
        }
    }

    /// Each distinct value once, in as-of order: the number as printed, as of when, on whose word, where; two who give it are named.
    fn values(&self, figure: &Figure, indices: &BTreeSet<usize>, printed: impl Fn(&FigureReading) -> String) -> Vec<String> {
        let mut by_value: Vec<(Value, Vec<&FigureReading>)> = Vec::new();
        for reading in indices.iter().map(|&i| &figure.readings[i]) {
            match by_value.iter_mut().find(|(value, _)| *value == value_of(reading)) {
                Some((_, readings)) => readings.push(reading),
                None => by_value.push((value_of(reading), vec![reading])),
            }
        }
        let told = |readings: &[&FigureReading]| {
            let as_of = readings[0].as_of.as_ref().map(|when| format!(" as of {}", date_words(when.range))).unwrap_or_default();
            let first = self.authority(readings[0]);
            let voice = |reading: &FigureReading| reading.chain.last().and_then(|hop| hop.actor.clone());
            let second = readings.iter().find(|other| voice(other) != voice(readings[0]) && other.document != readings[0].document);
            let second = second.map(|other| format!("; {}", self.authority(other))).unwrap_or_default();
            format!("“{}”{as_of} ({first}{second})", printed(readings[0]))
        };
        by_value.iter().map(|(_, readings)| told(readings)).collect()
    }

    fn number(&self, reading: &FigureReading) -> String {
        self.words(&reading.document, reading.quantity)
    }

    /// The number with the words that say of what, where they are few: "four … did not sign" is not "four signed".
    fn phrase(&self, reading: &FigureReading) -> String {
        const FEW: usize = 70;
        let whole = reading.evidence.first();
        if whole.len() <= FEW && whole.contains(reading.quantity) { self.words(&reading.document, whole) } else { self.number(reading) }
    }

    pub(super) fn authority(&self, reading: &FigureReading) -> String {
        let outlet = self.outlet(&reading.document);
        match reading.chain.last() {
            Some(hop) if !hop.name.is_empty() => format!("{}, in {outlet}", self.called(hop)),
            _ => outlet,
        }
    }

    fn about_figure(&self, figure: &Figure, kind: FindingKind, indices: &BTreeSet<usize>, text: String, weight: u32) -> Finding {
        let readings: Vec<&FigureReading> = indices.iter().map(|&i| &figure.readings[i]).collect();
        let evidence = readings.iter().flat_map(|reading| cite(&reading.document, reading.evidence.spans())).collect();
        finding(kind, RecordId::Figure(figure.id.clone()), text, readings.iter().map(|reading| reading.document.clone()), evidence, weight)
    }
}

/// Of readings that follow one another, those that state a number, where two do: a bound is passed without news.
fn stated(figure: &Figure, indices: BTreeSet<usize>) -> BTreeSet<usize> {
    let exact: BTreeSet<usize> = indices
        .iter()
        .copied()
        .filter(|&i| figure.readings[i].low.is_some() && figure.readings[i].low == figure.readings[i].high)
        .collect();
    let values: BTreeSet<_> = exact.iter().map(|&i| figure.readings[i].low.map(f64::to_bits)).collect();
    if values.len() > 1 { exact } else { indices }
}

/// Both bounds, as bits.
type Value = (Option<u64>, Option<u64>);

fn value_of(reading: &FigureReading) -> Value {
    (reading.low.map(f64::to_bits), reading.high.map(f64::to_bits))
}

/// "One visit": a count of one is mostly grammar.
fn more_than_one(figure: &Figure, indices: &BTreeSet<usize>) -> bool {
    indices.iter().map(|&i| &figure.readings[i]).any(|reading| [reading.low, reading.high].into_iter().flatten().any(|value| value > 1.0))
}

/// Readings with one value that go back to several origins, and to how many.
fn agreeing(figure: &Figure) -> Vec<(BTreeSet<usize>, usize)> {
    let mut by_value: BTreeMap<Value, BTreeSet<usize>> = BTreeMap::new();
    for (i, reading) in figure.readings.iter().enumerate() {
        by_value.entry(value_of(reading)).or_default().insert(i);
    }
    let certain = |root: &Root| matches!(root.kind, RootKind::Utterance | RootKind::Observation);
    let n_origins = |same: &BTreeSet<usize>| {
        let roots = figure.origins.roots.iter().filter(|root| root.readings.iter().any(|i| same.contains(i)));
        let (sure, other): (Vec<&Root>, Vec<&Root>) = roots.partition(|root| certain(root));
        sure.len().max(usize::from(!other.is_empty()))
    };
    by_value.into_values().map(|same| (n_origins(&same), same)).filter(|(n, _)| *n > 1).map(|(n, same)| (same, n)).collect()
}
