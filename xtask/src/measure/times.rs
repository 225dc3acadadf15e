//! Time expressions of one text against those marked in it: span, type, value.

use variorum::lines::{Line, Value, stage_lines};
use variorum_cases::expect::Expected;

use super::{Item, Tally, kinds, overlapping, word};

pub(super) fn count(tally: &mut Tally, item: &Item, marked: &[Expected]) -> Result<(), String> {
    let found = stage_lines("times", &item.doc).unwrap_or_default();
    let (gold, mine) = (item.marked_words(marked, "time")?, item.found_words(&found));
    let pairs = overlapping(&gold, &mine);
    let same = |i: usize, j: usize, field: &str| wanted(&marked[i], field) == Some(mine_of(&found[j], field));
    let n = |test: &dyn Fn(usize, usize) -> bool| pairs.iter().enumerate().filter(|(i, j)| j.is_some_and(|j| test(*i, j))).count();
    tally.both("times: span, overlap", n(&|_, _| true), gold.len(), mine.len());
    tally.both("times: span, exact", n(&|i, j| gold[i] == mine[j]), gold.len(), mine.len());
    tally.both("times: type", n(&|i, j| same(i, j, "type")), gold.len(), mine.len());
    tally.both("times: value", n(&|i, j| same(i, j, "value")), gold.len(), mine.len());
    for (i, line) in marked.iter().enumerate() {
        match pairs[i] {
            None => {
                let kind = format!("time missed: {}", precision(word(line, "value")));
                tally.error("times: missed", kind, format!("{}: {}", item.name, line.raw));
            }
            Some(j) if !same(i, j, "value") => {
                let (marked, mine) = (precision(word(line, "value")), precision(Some(mine_of(&found[j], "value"))));
                let mine = if marked == mine { format!("another {mine}") } else { mine.to_owned() };
                let what = format!("{}: {}\n        found {}", item.name, line.raw, found[j]);
                tally.error("times: value wrong", kinds::label("time", marked, Some(&mine)), what);
            }
            Some(_) => {}
        }
    }
    for line in (0..found.len()).filter(|j| !pairs.contains(&Some(*j))).map(|j| &found[j]) {
        let kind = format!("time not marked: {}", precision(Some(mine_of(line, "value"))));
        tally.error("times: not marked", kind, format!("{}: {line}", item.name));
    }
    Ok(())
}

/// As marked; TimeML writes the 1990s as 199 or 199X.
fn wanted<'l>(line: &'l Expected, field: &str) -> Option<&'l str> {
    word(line, field).map(|value| value.trim_end_matches('X'))
}

fn mine_of<'l>(line: &'l Line, field: &str) -> &'l str {
    let value = line.field(field).and_then(|field| field.values.first());
    value.map_or("", |(Value::Quote(word, _) | Value::Word(word))| word)
}

fn precision(value: Option<&str>) -> &'static str {
    value.map_or("none", kinds::precision)
}
