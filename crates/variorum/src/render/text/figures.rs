//! The ledger of figures: value by value, on whose authority, as of when, and how one stands to the one before it.

use std::{cmp::Reverse, collections::BTreeSet};

use unicode_width::UnicodeWidthStr;
use variorum_model::{
    DocumentId, Figure, Story,
    dossier::{FigureReading, FigureRelationKind},
};

use super::{
    super::words,
    BOLD, FAINT,
    page::{Page, citations},
};

const MOST: usize = 9;
const MOST_ROWS: usize = 7;
/// Characters of a value with what it counts.
const WIDEST: usize = 36;

/// Readings that say the same.
struct Row<'d> {
    date: String,
    value: String,
    authority: Option<String>,
    window: Option<String>,
    sign: &'static str,
    readings: Vec<&'d FigureReading>,
}

pub(super) fn ledger(page: &mut Page<'_>, story: &Story) {
    let mut figures: Vec<&Figure> = page.dossier.figures.iter().filter(|figure| figure.story == story.id).collect();
    if figures.is_empty() {
        return;
    }
    page.heading("FIGURES");
    let n = figures.len();
    figures.sort_by_key(|figure| Reverse(weight(figure)));
    figures.truncate(MOST);
    for figure in &figures {
        one_figure(page, figure);
    }
    page.more(n.saturating_sub(MOST), "figure", "figures");
    page.paragraph("  ", "  ", &format!("{FAINT}→ changed since · ≠ conflicts · = agrees · ⊂ other scope{FAINT:#}"));
}

/// What several reports give, and what they give differently, comes first.
fn weight(figure: &Figure) -> usize {
    let documents: BTreeSet<&DocumentId> = figure.readings.iter().map(|reading| &reading.document).collect();
    let differs = |kind| matches!(kind, FigureRelationKind::Conflicts | FigureRelationKind::Updates);
    let tension = figure.relations.iter().filter(|relation| differs(relation.kind)).count();
    4 * documents.len()
        + 3 * tension.min(5)
        + figure.readings.len()
        + 2 * usize::from(!figure.readings.iter().all(|one| one.chain.is_empty()))
}

fn one_figure(page: &mut Page<'_>, figure: &Figure) {
    let rows = rows(page, figure);
    let place = figure.place.as_ref().map(|place| format!(", {}", page.safe(place))).unwrap_or_default();
    let population = figure
        .population
        .as_ref()
        .filter(|one| **one != figure.measure)
        .map(|one| format!(": {}", words::cut(&page.safe(one), 2 * WIDEST)));
    let measure = page.safe(&figure.measure);
    page.paragraph("  ", "    ", &format!("{BOLD}{measure}{BOLD:#}{}{place}", population.unwrap_or_default()));
    let date_width = rows.iter().map(|row| row.date.width()).max().unwrap_or(0);
    let value_width = rows.iter().map(|row| row.value.width()).max().unwrap_or(0);
    for row in rows.iter().take(MOST_ROWS) {
        let lead = format!("    {} {}  {}  ", row.sign, padded(&row.date, date_width), padded(&row.value, value_width));
        let authority = row.authority.clone().unwrap_or_else(|| format!("{FAINT}no authority named{FAINT:#}"));
        let spans: Vec<_> =
            row.readings.iter().flat_map(|one| citations(&one.document, std::slice::from_ref(&one.quantity)).collect::<Vec<_>>()).collect();
        let marks = page.marks(spans);
        let window = row.window.as_ref().map(|window| format!(" {FAINT}({window}){FAINT:#}")).unwrap_or_default();
        page.paragraph(&lead, &" ".repeat(lead.width()), &format!("{authority}{window} {marks}"));
    }
    page.more(rows.len().saturating_sub(MOST_ROWS), "value", "values");
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Readings in their order; neighbours that say the same on the same word are one row.
fn rows<'d>(page: &Page<'_>, figure: &'d Figure) -> Vec<Row<'d>> {
    let mut rows: Vec<Row<'d>> = Vec::new();
    for (i, reading) in figure.readings.iter().enumerate() {
        let date = reading.as_of.as_ref().map(|when| words::dates(when.range)).unwrap_or_default();
        let value = value(page, figure, reading);
        let authority = page.authority(&reading.chain);
        let window = words::window(reading);
        let same = |row: &&mut Row| (&row.date, &row.value, &row.authority, &row.window) == (&date, &value, &authority, &window);
        match rows.iter_mut().find(same) {
            Some(row) => row.readings.push(reading),
            None => rows.push(Row { date, value, authority, window, sign: sign(figure, i), readings: vec![reading] }),
        }
    }
    rows
}

/// The number; words such as "many" as they are printed.
fn value(page: &Page<'_>, figure: &Figure, reading: &FigureReading) -> String {
    if reading.low.or(reading.high).is_none() {
        let printed = page.document(&reading.document).map(|doc| page.safe(doc.slice(reading.quantity)));
        return format!("‹{}›", printed.unwrap_or_default());
    }
    let value = words::amount(reading.low, reading.high, reading.qualifier, Some(&figure.unit));
    let unit = if words::is_measuring(&figure.unit) { format!(" {}s", figure.unit) } else { String::new() };
    let population = reading.population.as_ref().filter(|one| figure.population.as_ref() != Some(*one)).map(|one| format!(" {one}"));
    words::cut(&page.safe(&format!("{value}{unit}{}", population.unwrap_or_default())), WIDEST)
}

/// How a reading stands to those before it; the gravest relation wins.
fn sign(figure: &Figure, reading: usize) -> &'static str {
    let before = figure.relations.iter().filter(|relation| relation.a.max(relation.b) == reading);
    let kinds: BTreeSet<u8> = before.map(|relation| gravity(relation.kind)).collect();
    ["≠", "→", "⊂", "=", "="].get(kinds.first().map_or(usize::MAX, |&kind| usize::from(kind))).copied().unwrap_or(" ")
}

fn gravity(kind: FigureRelationKind) -> u8 {
    match kind {
        FigureRelationKind::Conflicts => 0,
        FigureRelationKind::Updates => 1,
        FigureRelationKind::OtherScope => 2,
        FigureRelationKind::Agrees => 3,
        FigureRelationKind::Restates => 4,
    }
}
