//! Figures of one text against those marked in it: value, measure, population, as-of date, authority.

use variorum::lines::{Line, Value, stage_lines};
use variorum_cases::expect::Expected;
use variorum_model::Span;

use super::{
    Item, Tally, kinds,
    measures::{self, head},
    n_shared, overlapping, word,
};

/// Fields that make a figure right together.
const WHOLE: [&str; 5] = ["value", "measure", "population", "as-of", "attributed"];

pub(super) fn count(tally: &mut Tally, item: &Item, marked: &[Expected]) -> Result<(), String> {
    let found = stage_lines("figures", &item.doc).unwrap_or_default();
    let pairs = overlapping(&item.marked_words(marked, "figure")?, &item.found_words(&found));
    tally.both("figures: found", pairs.iter().flatten().count(), marked.len(), found.len());
    for (i, line) in marked.iter().enumerate() {
        let found = pairs[i].map(|j| &found[j]);
        let mut whole = found.is_some();
        // Every figure we find has a measure, so a line that marks none asks for none.
        let asked = WHOLE.iter().copied().filter(|field| *field != "measure" || word(line, field).is_some());
        for field in asked {
            let right = found.is_some_and(|found| is_right(item, line, found, field));
            tally.share(&format!("figures: {field}"), right);
            whole &= right;
            if let (false, Some(found)) = (right, found) {
                let mine = found.field(field).is_some_and(|field| !field.values.is_empty());
                let kind = kinds::value(&format!("figure, {field}"), word(line, field).is_some(), mine);
                tally.error(&format!("figures: {field} wrong"), kind, format!("{}: {}\n        found {found}", item.name, line.raw));
            }
        }
        tally.share("figures: all of these right", whole);
        if found.is_none() {
            tally.error("figures: missed", "figure missed".to_owned(), format!("{}: {}", item.name, line.raw));
        }
    }
    let spare = (0..found.len()).filter(|j| !pairs.contains(&Some(*j)));
    spare.for_each(|j| tally.error("figures: not marked", "figure not marked".to_owned(), format!("{}: {}", item.name, found[j])));
    Ok(())
}

/// The same where nothing but measures is marked.
pub(super) fn count_measures(tally: &mut Tally, item: &Item, marked: &[Expected]) -> Result<(), String> {
    let found = stage_lines("figures", &item.doc).unwrap_or_default();
    let pairs = overlapping(&item.marked_words(marked, "figure")?, &item.found_words(&found));
    for (line, found) in marked.iter().zip(&pairs).map(|(line, pair)| (line, pair.map(|j| &found[j]))) {
        let right = found.is_some_and(|found| is_right(item, line, found, "measure"));
        tally.share("measures, by themselves", right);
        if let (false, Some(found)) = (right, found) {
            let mine = found.field("measure").is_some();
            let kind = kinds::value("measure by itself", word(line, "measure").is_some(), mine);
            tally.error("measures wrong", kind, format!("{}: {}\n        found {found}", item.name, line.raw));
        }
    }
    Ok(())
}

/// A field that the line leaves out has no value.
fn is_right(item: &Item, line: &Expected, found: &Line, field: &str) -> bool {
    let values = found.field(field).map_or(&[][..], |field| &field.values);
    let wanted = word(line, field);
    let Some(Value::Quote(mine, _) | Value::Word(mine)) = values.first() else { return wanted.is_none() };
    match (field, wanted) {
        (_, None) => false,
        // Descriptions may be longer or shorter; their heads agree.
        ("population", Some(wanted)) => head(wanted) == head(mine),
        ("as-of" | "attributed", Some(_)) => meets(item, line, values, field),
        ("measure", Some(wanted)) => measures::same((wanted, counted(line)), (mine, counted_by(found))),
        (_, Some(wanted)) => wanted == mine,
    }
}

fn counted(line: &Expected) -> &str {
    word(line, "population").unwrap_or_default()
}

fn counted_by(found: &Line) -> &str {
    let value = found.field("population").and_then(|field| field.values.first());
    value.map_or("", |(Value::Quote(words, _) | Value::Word(words))| words)
}

fn meets(item: &Item, line: &Expected, values: &[Value], field: &str) -> bool {
    let place = |value: &Value| match value {
        Value::Quote(words, nth) => variorum_cases::place::place(item.text(), words, *nth),
        Value::Word(_) => None,
    };
    let mine: Vec<Span> = values.iter().filter_map(place).collect();
    let gold = item.spans(line, field).ok().flatten().unwrap_or_default();
    n_shared(&item.words(&gold), &item.words(&mine)) > 0
}
