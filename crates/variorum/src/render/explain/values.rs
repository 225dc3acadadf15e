//! What are times and figures worth? Their words underlined, type and value below.
//!
//! Input: an annotated document and the columns there are. Output: passage after passage. Of a time: its type, its value, the days from the earliest to the latest where
//! the value does not say them. Of a figure: value and qualifier, measure and population, place, as-of date, authority, what it replaces. Example: under "at least
//! nine people", `at least 9..` and `killed: people`. Limits: other stages whose records are one span show their fields by name.

use variorum_model::{FigureMention, Qualifier, Span};
use variorum_reconcile::Annotated;

use super::{
    super::{escape, words},
    labels::{Hung, under},
    palette::FAINT,
    passages::{Passage, passages},
    push,
    rows::{Row, rows},
};
use crate::lines::{Field, Line, Value, label};

/// A span and what is said of it.
struct Told {
    span: Span,
    facts: Vec<String>,
}

/// Draws the records of a stage, one span each.
pub(super) fn draw(out: &mut String, doc: &Annotated, stage: &str, lines: &[Line], width: usize) {
    let facts = |(i, line): (usize, &Line)| match stage {
        "times" => time(line),
        "figures" => figure(doc, &doc.annotations.figures[i], line),
        _ => line.fields.iter().skip(1).filter(|field| !field.values.is_empty()).map(fact).collect(),
    };
    let told: Vec<Told> =
        lines.iter().enumerate().filter_map(|(i, line)| line.span.map(|span| Told { span, facts: facts((i, line)) })).collect();
    let spans: Vec<Vec<Span>> = told.iter().map(|told| vec![told.span]).collect();
    for passage in passages(doc, &spans) {
        one_passage(out, doc, &passage, &told, width);
    }
}

fn one_passage(out: &mut String, doc: &Annotated, passage: &Passage, told: &[Told], width: usize) {
    push(out, format_args!("\n{FAINT}{}{FAINT:#}\n", words::place_in(&doc.document, passage.stretches[0].span.start())));
    // Labels hang to the right of where their words begin, and need room there.
    let room = width.saturating_sub(2);
    let narrower = room - (room / 3).min(26);
    for row in passage.stretches.iter().flat_map(|stretch| rows(&doc.document.text, stretch.span, narrower)) {
        push(out, format_args!("  {}\n", row.text));
        let hung = hung(&row, passage.records.iter().map(|&i| &told[i]));
        if !hung.is_empty() {
            under(&hung, room).iter().for_each(|line| push(out, format_args!("  {line}\n")));
        }
    }
}

/// The marks of a row from left to right, those that begin in it with their labels.
fn hung<'t>(row: &Row, told: impl Iterator<Item = &'t Told>) -> Vec<Hung> {
    let mark = |told: &Told| {
        let columns = row.columns(told.span)?;
        let begins = row.column(told.span.start()).is_some();
        Some(Hung { columns, facts: if begins { told.facts.clone() } else { Vec::new() } })
    };
    let mut marks: Vec<Hung> = told.filter_map(mark).collect();
    marks.sort_by_key(|mark| mark.columns.start);
    marks
}

// --- facts --------------------------------------------------------------------------------------------------------------

/// `DATE 2024-10`, `2024-10-01..2024-10-31`
fn time(line: &Line) -> Vec<String> {
    let value = |name: &str| line.field(name).and_then(|field| field.values.first()).map(shown);
    let (kind, written) = (value("type").unwrap_or_default(), value("value").unwrap_or_default());
    let days = value("days").filter(|days| !written.starts_with(days.as_str()));
    let part = value("part").map(|part| format!("part {part}"));
    [Some(format!("{kind} {written}")), part, days].into_iter().flatten().collect()
}

fn figure(doc: &Annotated, figure: &FigureMention, line: &Line) -> Vec<String> {
    let quantity = &doc.annotations.quantities[figure.quantity.index()];
    let values = |name: &str| line.field(name).map(|field| field.values.iter().map(shown).collect::<Vec<_>>().join(" … "));
    let given = |name: &str| values(name).filter(|shown| !shown.is_empty());
    let unit = quantity.unit.as_ref().map(|unit| format!(" {}", escape::line(unit))).unwrap_or_default();
    let bound = !matches!(quantity.qualifier, Qualifier::Exact | Qualifier::Range);
    let qualifier = if bound { label(&quantity.qualifier).replace('-', " ") + " " } else { String::new() };
    // "many" has no bound on either side.
    let value = given("value").map_or("?".to_owned(), |value| if value == ".." { "?".to_owned() } else { value });
    let measure = given("measure").unwrap_or_default();
    let counted = given("population").filter(|population| *population != measure).map(|population| format!(": {population}"));
    let days = figure.as_of.and_then(|id| doc.annotations.times[id.index()].resolve(doc.document.published.map(|dated| dated.range)));
    let days = days.map(|days| format!(" {}", crate::lines::date(days))).unwrap_or_default();
    let facts = [
        Some(format!("{qualifier}{value}{unit}")),
        Some(format!("{measure}{}", counted.unwrap_or_default())),
        window((given("from"), given("until")), figure.cumulative),
        given("place").map(|place| format!("in {place}")),
        given("as-of").map(|as_of| format!("as of {as_of}{days}")),
        given("attributed").map(|who| format!("word of {who}")),
        given("replaces").map(|old| format!("replaces {old}")),
    ];
    facts.into_iter().flatten().collect()
}

/// `total since January`, `counted June to October`, `total so far`
fn window(bounds: (Option<String>, Option<String>), cumulative: bool) -> Option<String> {
    match bounds {
        (Some(from), None) => Some(format!("total since {from}")),
        (Some(from), Some(until)) if from == until => Some(format!("counted within {from}")),
        (Some(from), Some(until)) => Some(format!("counted {from} to {until}")),
        (None, Some(until)) => Some(format!("counted until {until}")),
        (None, None) => cumulative.then(|| "total so far".to_owned()),
    }
}

/// A field by its name, without quotation marks: the words stand above.
fn fact(field: &Field) -> String {
    let values: Vec<String> = field.values.iter().map(shown).collect();
    format!("{} {}", field.name, values.join(" + "))
}

fn shown(value: &Value) -> String {
    let (Value::Quote(words, _) | Value::Word(words)) = value;
    escape::line(words)
}
