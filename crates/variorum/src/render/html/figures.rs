//! The ledger of figures: value by value, on whose authority, as of when, how each stands to those before it; and a plot of those that moved.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use variorum_model::{
    DocumentId, Figure, Story,
    dossier::{ActorHop, FigureReading, FigureRelationKind},
};

use super::{
    super::words,
    plot,
    sheet::{Place, Sheet, folded, places, put, text},
};

/// Figures shown; the others are folded.
const OPEN: usize = 10;

pub(super) fn ledger(sheet: &Sheet<'_>, story: &Story) -> String {
    let mut own: Vec<&Figure> = sheet.dossier.figures.iter().filter(|one| one.story == story.id && !one.readings.is_empty()).collect();
    own.sort_by_key(|figure| Reverse(weight(figure)));
    let shown: Vec<String> = own.iter().map(|figure| one(sheet, figure)).collect();
    if shown.is_empty() {
        return String::new();
    }
    let key = "<p class=\"key\">→ changed since an earlier value · ≠ conflicts · = agrees · ⊂ other scope · ↑ at least · ↓ at most</p>\n";
    format!("{}{key}", folded(&shown, OPEN, "figure", ("<div class=\"figures\">\n", "</div>")))
}

fn documents(figure: &Figure) -> BTreeSet<&DocumentId> {
    figure.readings.iter().map(|reading| &reading.document).collect()
}

/// What several reports give, and what they give differently, comes first.
fn weight(figure: &Figure) -> usize {
    let differs = |kind| matches!(kind, FigureRelationKind::Conflicts | FigureRelationKind::Updates);
    let tension = figure.relations.iter().filter(|relation| differs(relation.kind)).count();
    let attributed = figure.readings.iter().any(|one| !one.chain.is_empty());
    4 * documents(figure).len() + 3 * tension.min(5) + figure.readings.len() + 2 * usize::from(attributed)
}

fn one(sheet: &Sheet<'_>, figure: &Figure) -> String {
    let population = figure.population.as_ref().filter(|one| **one != figure.measure);
    let population = population.map(|one| format!(" <span class=\"w\">{}</span>", text(&words::cut(one, 90)))).unwrap_or_default();
    let place = figure.place.as_ref().map(|place| format!(", {}", text(place))).unwrap_or_default();
    let all = figure.readings.iter().flat_map(reading_places);
    format!(
        "<section class=\"figure\"><h3 class=\"rec\" id=\"{}\" data-p=\"{}\">{}{population}{place} {}</h3>\n<div class=\"pair\">{}{}</div></section>\n",
        figure.id,
        sheet.data(all),
        text(&figure.measure),
        sheet.origins(&figure.origins, &documents(figure), true),
        rows(sheet, figure),
        plot::drawn(sheet, figure),
    )
}

fn reading_places(reading: &FigureReading) -> impl Iterator<Item = Place<'_>> {
    places(&reading.document, &reading.evidence).chain([(&reading.document, reading.quantity)])
}

/// What a row shows before its marks: readings that say the same are one row.
type Row = (String, String, String);

fn rows(sheet: &Sheet<'_>, figure: &Figure) -> String {
    let signs = signs(figure);
    let mut rows: Vec<(Row, usize, Vec<&FigureReading>)> = Vec::new();
    let mut seen: BTreeMap<Row, usize> = BTreeMap::new();
    for (i, reading) in figure.readings.iter().enumerate() {
        let date = reading.as_of.as_ref().map(|when| words::dates(when.range)).unwrap_or_default();
        let window = words::window(reading).map(|window| format!(" <span class=\"w\">({window})</span>")).unwrap_or_default();
        let row = (date, value(sheet, figure, reading) + &window, authority(sheet, &reading.chain));
        let at = *seen.entry(row.clone()).or_insert(rows.len());
        if at == rows.len() { rows.push((row, i, vec![reading])) } else { rows[at].2.push(reading) }
    }
    let mut html = String::from(
        "<table class=\"ledger\"><thead><tr><th scope=\"col\"><span class=\"sr\">Relation</span></th><th scope=\"col\">As of</th><th \
         scope=\"col\">Value</th><th scope=\"col\">Authority</th></tr></thead><tbody>\n",
    );
    for ((date, value, authority), i, readings) in &rows {
        let (sign, why) = signs[*i];
        let data = sheet.data(readings.iter().flat_map(|one| reading_places(one)));
        let marks = sheet.marks(readings.iter().map(|one| (&one.document, one.quantity)));
        put!(html, "<tr class=\"rec\" data-p=\"{data}\"><td title=\"{}\">{sign}</td><td>{date}</td>", text(why));
        put!(html, "<td class=\"value\">{value}</td><td>{authority}{marks}</td></tr>\n");
    }
    html + "</tbody></table>"
}

/// The value in plain words; where the report gives no number, its own words.
fn value(sheet: &Sheet<'_>, figure: &Figure, reading: &FigureReading) -> String {
    if let (None, None, Some(doc)) = (reading.low, reading.high, sheet.document(&reading.document)) {
        return format!("<span class=\"w\">‹{}›</span>", text(doc.slice(reading.quantity)));
    }
    let value = words::amount(reading.low, reading.high, reading.qualifier, Some(&figure.unit));
    let unit = if words::is_measuring(&figure.unit) { format!(" {}s", figure.unit) } else { String::new() };
    let population = reading.population.as_ref().filter(|one| figure.population.as_ref() != Some(*one));
    let population = population.map(|one| format!(" <span class=\"w\">{}</span>", text(&words::cut(one, 60)))).unwrap_or_default();
    format!("<b>{}</b>{population}", text(&format!("{value}{unit}")))
}

/// The root, and those it passed through.
fn authority(sheet: &Sheet<'_>, chain: &[ActorHop]) -> String {
    let Some((root, relays)) = chain.split_last() else { return "<i>no authority named</i>".into() };
    let root = sheet.hop(root);
    let mut via: Vec<String> = relays.iter().map(|hop| sheet.hop(hop)).filter(|name| *name != root).collect();
    via.dedup();
    let via = if via.is_empty() { String::new() } else { format!(" <small>via {}</small>", text(&via.join(", "))) };
    let root = if root.trim().is_empty() { "<i>unnamed</i>".into() } else { text(&root) };
    format!("{root}{via}")
}

/// How each reading stands to those before it; the gravest relation wins.
fn signs(figure: &Figure) -> Vec<(&'static str, &str)> {
    let mut gravest: Vec<(u8, &'static str, &str)> = vec![(u8::MAX, "", ""); figure.readings.len()];
    for relation in &figure.relations {
        let (rank, sign) = match relation.kind {
            FigureRelationKind::Conflicts => (0, "≠"),
            FigureRelationKind::Updates => (1, "→"),
            FigureRelationKind::OtherScope => (2, "⊂"),
            FigureRelationKind::Agrees | FigureRelationKind::Restates => (3, "="),
        };
        if let Some(slot) = gravest.get_mut(relation.a.max(relation.b)).filter(|slot| rank < slot.0) {
            *slot = (rank, sign, &relation.why);
        }
    }
    gravest.into_iter().map(|(_, sign, why)| (sign, why)).collect()
}
