//! Time expressions of one text against those marked in it: span, type, value.

use variorum::lines::stage_lines;
use variorum_cases::expect::Expected;

use super::{Item, Tally, overlapping, word};

pub(super) fn count(tally: &mut Tally, item: &Item, marked: &[Expected]) -> Result<(), String> {
    let found = stage_lines("times", &item.doc).unwrap_or_default();
    let (gold, mine) = (item.marked_words(marked, "time")?, item.found_words(&found));
    let pairs = overlapping(&gold, &mine);
    // TimeML writes the 1990s as 199 or 199X.
    let same = |i: usize, j: usize, field: &str| {
        let value = found[j].field(field).and_then(|field| field.values.first()).map(ToString::to_string);
        value.as_deref().map(|value| value.trim_matches('"')) == word(&marked[i], field).map(|value| value.trim_end_matches('X'))
    };
    let n = |test: &dyn Fn(usize, usize) -> bool| pairs.iter().enumerate().filter(|(i, j)| j.is_some_and(|j| test(*i, j))).count();
    tally.both("times: span, overlap", n(&|_, _| true), gold.len(), mine.len());
    tally.both("times: span, exact", n(&|i, j| gold[i] == mine[j]), gold.len(), mine.len());
    tally.both("times: type", n(&|i, j| same(i, j, "type")), gold.len(), mine.len());
    tally.both("times: value", n(&|i, j| same(i, j, "value")), gold.len(), mine.len());
    for (i, line) in marked.iter().enumerate() {
        match pairs[i] {
            None => tally.error("times: missed", format!("{}: {}", item.name, line.raw)),
            Some(j) if !same(i, j, "value") => {
                tally.error("times: value wrong", format!("{}: {}\n        found {}", item.name, line.raw, found[j]));
            }
            Some(_) => {}
        }
    }
    let spare = (0..found.len()).filter(|j| !pairs.contains(&Some(*j)));
    spare.for_each(|j| tally.error("times: not marked", format!("{}: {}", item.name, found[j])));
    Ok(())
}
