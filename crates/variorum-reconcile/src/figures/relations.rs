//! How do the readings of one figure stand to one another?
//!
//! Input: readings in as-of order. Output: a typed relation of each later one to each before it. A later as-of date is an update; bounds that allow each other agree; the same number
//! from the same authority restates; another population is another scope; what is left is a conflict where voices, days, nouns, measures and places leave no doubt that both
//! answer one question, and else another scope too. Example: "at least 500" and "600" agree, the army's 41 and the rebels' 12 of one day conflict.
//! Limits: numbers that one report gives side by side on one word, and a number beside its rounding, are no conflict.

use std::{collections::BTreeSet, sync::LazyLock};

use variorum_model::{
    DateRange, FigureMention, PlaceUse,
    dossier::{FigureReading, FigureRelation, FigureRelationKind},
    table::Table,
};

use super::{Sorts, is_bare, mention, quantity};
use crate::corpus::{Corpus, DocIx, Local, Published};

/// How the readings of a figure stand to one another, each later one to those before.
pub(super) fn relations(corpus: &Corpus, published: &Published, readings: &[(Local, FigureReading)]) -> Vec<FigureRelation> {
    let locals: Vec<Local> = readings.iter().map(|(local, _)| *local).collect();
    static WITHDRAWN: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let wordings = Table::parse(include_str!("../../../../knowledge/contrasts.tsv")).expect("bundled tables are checked by tests");
        wordings.rows().filter(|row| row.get("kind") == "withdrawn").flat_map(|row| row.list("lemmas")).collect()
    });
    let withdrawn = |local: Local| {
        let sentence = corpus.sentence_of(local.doc, quantity(corpus, local).span).map(|id| corpus.parse(local.doc).sentence(id).span);
        sentence.is_some_and(|span| {
            let text = corpus.slice(local.doc, span).to_lowercase();
            WITHDRAWN.iter().any(|words| text.contains(words))
        })
    };
    let sorts = Sorts::bundled();
    let mut relations = Vec::new();
    for (b, (y_local, y)) in readings.iter().enumerate() {
        for (a, (x_local, x)) in readings[..b].iter().enumerate() {
            let replaced = is_replaced(corpus, &locals, *x_local) && !is_replaced(corpus, &locals, *y_local);
            // What an older report gives for a later day than a younger one: the days are not told well enough for one to follow the other.
            let disordered = published.before(y_local.doc, x_local.doc);
            let (kind, why) = match withdrawn(*x_local) || withdrawn(*y_local) {
                true if (x.low, x.high) != (y.low, y.high) => {
                    (FigureRelationKind::OtherScope, "the report takes back what it printed before".to_owned())
                }
                _ => relation(x, y, replaced, disordered),
            };
            let (kind, why) = match kind {
                FigureRelationKind::Conflicts if !of_one_sort(corpus, sorts, *x_local, *y_local) => {
                    (FigureRelationKind::OtherScope, "the nouns or places are not the same".to_owned())
                }
                FigureRelationKind::Conflicts if !told_together(published, x_local.doc, y_local.doc) => {
                    (FigureRelationKind::OtherScope, "counts of one day, told on another".to_owned())
                }
                _ => (kind, why),
            };
            relations.push(FigureRelation { a, b, kind, why });
        }
    }
    relations
}

/// Whether two figures count by like nouns, the same or any words for people at large, and in one place.
fn of_one_sort(corpus: &Corpus, sorts: &Sorts, a: Local, b: Local) -> bool {
    let (x, y) = (mention(corpus, a), mention(corpus, b));
    let everybody = |figure: &FigureMention| figure.population_lemma.as_deref().is_some_and(|lemma| sorts.everybody(lemma));
    // What was joined by its number alone ("let go", "rescued") may have been counted otherwise.
    let of_one_measure = x.measure == y.measure || is_bare(x) != is_bare(y);
    let of_one_noun = x.population_lemma == y.population_lemma || everybody(x) && everybody(y);
    of_one_measure && of_one_noun && places(corpus, a) == places(corpus, b)
}

/// The places that a figure's sentence names: of a town and of its country as many are seldom told.
fn places<'a>(corpus: &Corpus<'a>, local: Local) -> BTreeSet<&'a str> {
    let Some(sentence) = corpus.sentence_of(local.doc, quantity(corpus, local).span) else { return BTreeSet::new() };
    let sentence = corpus.parse(local.doc).sentence(sentence).span;
    let here = corpus.notes(local.doc).places.iter().filter(|place| place.used == PlaceUse::Literal && sentence.contains(place.span));
    here.map(|place| place.name.as_str()).collect()
}

/// Whether two reports are of one day, or nearly: what happened on Sunday is counted again on Tuesday.
fn told_together(published: &Published, a: DocIx, b: DocIx) -> bool {
    let apart = |earlier: DateRange, later: DateRange| (later.earliest() - earlier.latest()).get_days();
    match (published.range(a), published.range(b)) {
        (Some(p), Some(q)) => apart(p, q) <= 1 && apart(q, p) <= 1,
        _ => a == b,
    }
}

/// Whether the report that tells a value tells the one that replaces it too: by its own word the value is out of date.
pub(super) fn is_replaced(corpus: &Corpus, locals: &[Local], local: Local) -> bool {
    let quantity = mention(corpus, local).quantity;
    locals.iter().any(|other| other.doc == local.doc && mention(corpus, *other).replaces == Some(quantity))
}

/// How a later reading (in as-of order) stands to an earlier one, which may have been replaced in its own report.
fn relation(x: &FigureReading, y: &FigureReading, replaced: bool, disordered: bool) -> (FigureRelationKind, String) {
    let authority = |reading: &FigureReading| reading.chain.last().and_then(|hop| hop.actor.clone());
    let same_value = (x.low, x.high) == (y.low, y.high);
    let later = matches!((&x.as_of, &y.as_of), (Some(p), Some(q)) if p.range.latest() < q.range.earliest());
    // One report gives a day of its own to both, or to neither.
    let own_days = x.document != y.document || explicit(x) && explicit(y);
    let dated_apart = later && !disordered && own_days;
    if replaced && !same_value {
        (FigureRelationKind::Updates, "the report says that the earlier value has been replaced".to_owned())
    } else if same_value && authority(x) == authority(y) {
        (FigureRelationKind::Restates, "the same value on the same authority".to_owned())
    } else if same_value {
        (FigureRelationKind::Agrees, "the same value".to_owned())
    } else if windows_differ(x, y) {
        (FigureRelationKind::OtherScope, "counted in another stretch of time".to_owned())
    } else if dated_apart {
        (FigureRelationKind::Updates, "a later as-of date".to_owned())
    } else if allow_each_other(x, y) {
        (FigureRelationKind::Agrees, "the bounds allow each other".to_owned())
    } else if is_rounding(x, y) {
        (FigureRelationKind::Agrees, "one is the other, rounded".to_owned())
    } else if other_scope(x, y) {
        (FigureRelationKind::OtherScope, "another population".to_owned())
    } else if side_by_side(x, y) {
        (FigureRelationKind::OtherScope, "one report gives both, on one word".to_owned())
    } else if answers_one_question(x, y) {
        (FigureRelationKind::Conflicts, "other values for the same time and population".to_owned())
    } else {
        (FigureRelationKind::OtherScope, "the reports do not tell that both are of one time and population".to_owned())
    }
}

/// Whether two values are surely of one time: two voices of one report, or as of days that both reports give, or of two authorities on one day. A toll that
/// rises from one report to the next contradicts nobody.
fn answers_one_question(x: &FigureReading, y: &FigureReading) -> bool {
    let authority = |reading: &FigureReading| reading.chain.last().and_then(|hop| hop.actor.clone());
    let two_voices = matches!((authority(x), authority(y)), (Some(p), Some(q)) if p != q);
    let one_day =
        matches!((&x.as_of, &y.as_of), (Some(p), Some(q)) if p.range.overlaps(q.range) && p.range.n_days() <= 3 && q.range.n_days() <= 3);
    let one_report = x.document == y.document;
    one_report && two_voices || one_day && (explicit(x) && explicit(y) || two_voices && !one_report)
}

/// Whether both were counted in stretches that are closed and not the same: what is new in May is no update of what was new in April.
fn windows_differ(x: &FigureReading, y: &FigureReading) -> bool {
    let days = |reading: &FigureReading| {
        let window = reading.window.as_ref()?;
        Some((window.from.as_ref()?.range.earliest(), window.until.as_ref()?.range.latest()))
    };
    matches!((days(x), days(y)), (Some(p), Some(q)) if p != q)
}

fn explicit(reading: &FigureReading) -> bool {
    reading.as_of.as_ref().is_some_and(|when| when.span.is_some())
}

/// Whether some number satisfies both; "about" and "nearly" allow a tenth.
fn allow_each_other(x: &FigureReading, y: &FigureReading) -> bool {
    use variorum_model::Qualifier::{About, Nearly};
    let slack = |reading: &FigureReading| if matches!(reading.qualifier, About | Nearly) { 0.1 } else { 0.0 };
    let bounds = |reading: &FigureReading| {
        let (low, high) = match (reading.low, reading.high) {
            (None, Some(high)) if reading.qualifier == Nearly => (high * 0.85, high),
            (low, high) => (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)),
        };
        (low * (1.0 - slack(reading)), high * (1.0 + slack(reading)))
    };
    let ((a, b), (c, d)) = (bounds(x), bounds(y));
    a <= d && c <= b
}

/// "Half a million" of 510,000: equal to the digits that the rounder one prints. Small numbers are counted, not rounded.
fn is_rounding(x: &FigureReading, y: &FigureReading) -> bool {
    const FEWEST: f64 = 1000.0;
    let exact = |reading: &FigureReading| reading.low.filter(|low| reading.high == Some(*low) && *low >= FEWEST);
    let rounded_to = |value: f64, model: f64| {
        let mut unit = 10f64.powf(model.log10().floor());
        while (model / unit).fract().abs() > 1e-9 && unit > 1.0 {
            unit /= 10.0;
        }
        ((value / unit).round() * unit - model).abs() < unit * 1e-6
    };
    matches!((exact(x), exact(y)), (Some(p), Some(q)) if rounded_to(p, q) || rounded_to(q, p))
}

/// Whether one report gives both without saying that two say so: they count two things, whatever they are.
fn side_by_side(x: &FigureReading, y: &FigureReading) -> bool {
    let source = |reading: &FigureReading| reading.chain.last().map(|hop| (hop.actor.clone(), hop.name.clone()));
    // A number alone takes its noun from what stands around it, which is often another's.
    let alone = [x, y].iter().any(|reading| reading.evidence.spans() == [reading.quantity]);
    x.document == y.document
        && (alone || !matches!((source(x), source(y)), (Some(p), Some(q)) if p.0 != q.0 || p.0.is_none() && p.1 != q.1))
}

/// Populations in words of which one says more than the other.
fn other_scope(x: &FigureReading, y: &FigureReading) -> bool {
    let words = |reading: &FigureReading| -> BTreeSet<String> {
        crate::words::plain_words(reading.population.as_deref().unwrap_or("")).into_iter().collect()
    };
    let (p, q) = (words(x), words(y));
    p != q && !p.is_empty() && !q.is_empty() && (p.is_subset(&q) || q.is_subset(&p))
}
