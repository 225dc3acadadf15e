//! Figures of one text against those marked in it: value, measure, population, as-of date, authority.

use std::sync::LazyLock;

use variorum::lines::{Line, Value, stage_lines};
use variorum_cases::expect::Expected;
use variorum_model::{Span, table::Table};

use super::{Item, Tally, kinds, n_shared, overlapping, word};

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
        ("measure", Some(wanted)) => wanted == mine || same_measure(wanted, mine, word(line, "population").unwrap_or_default()),
        (_, Some(wanted)) => wanted == mine,
    }
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

/// Words that say what is measured, by their stems, with their measures in `knowledge/measures.tsv`.
static MEASURES: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
    let table = Table::parse(include_str!("../../../knowledge/measures.tsv")).expect("bundled tables are checked by tests");
    let rows = table.rows().filter(|row| !row.get("measure").is_empty());
    rows.map(|row| (stem(row.get("lemma")), row.get("measure"))).collect()
});

/// Whether two words stand for one measure: forms of one word, or one that the table gives that measure ("recalled" is "withdrawn" there). A word that the
/// table does not know says only what became of those counted; then their own noun is the measure, and is compared as the population.
fn same_measure(word: &str, measure: &str, counted: &str) -> bool {
    let mut known = MEASURES.iter().filter(|(lemma, known)| *lemma == stem(word) || *known == word).peekable();
    let unknown = known.peek().is_none();
    stem(word) == stem(measure) || known.any(|(_, known)| *known == measure) || unknown && stem(&head(counted)) == stem(measure)
}

/// "expelled" and "expel": endings are off, doubled letters count once.
fn stem(word: &str) -> String {
    let cut = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")).unwrap_or(word).trim_end_matches(['e', 's']);
    let mut letters: Vec<char> = cut.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// The last word before any preposition, without its plural ending.
fn head(phrase: &str) -> String {
    let words = phrase.split_whitespace().take_while(|word| !matches!(*word, "of" | "in" | "from" | "with" | "who" | "at" | "on" | "aged"));
    words.last().unwrap_or_default().trim_end_matches('s').to_lowercase()
}
