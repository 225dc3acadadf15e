//! How do labels hang under the words they belong to without crossing each other?
//!
//! Input: the columns of each mark of a row with what is to be said of it, and the columns there are. Output: lines to print under the row: the marks,
//! and the labels below their first columns; where two would touch, the one on the left hangs lower. Example:
//!
//! ```text
//!   on Tuesday at 01:25
//!      ┬──────    ┬────
//!      │          TIME 2024-10-08T01:25
//!      DATE 2024-10-08
//! ```
//!
//! Limits: a label is at least as wide as what the row leaves free on its right, so rows have to be shorter than the page.

use std::ops::Range;

use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

use super::palette::{BOLD, FAINT, TIME};

/// Labels are no wider, where they can be broken.
const WIDEST: usize = 44;

/// A mark under some columns of a row, and what hangs from it; nothing where its label hangs in another row.
#[derive(Clone, Debug)]
pub(super) struct Hung {
    pub(super) columns: Range<usize>,
    pub(super) facts: Vec<String>,
}

/// A label on its place.
struct Placed {
    column: usize,
    top: usize,
    lines: Vec<String>,
}

/// The lines under a row; the marks from left to right.
pub(super) fn under(hung: &[Hung], room: usize) -> Vec<String> {
    let labels = placed(hung, room);
    let depth = labels.iter().map(|label| label.top + label.lines.len()).max().unwrap_or_default();
    std::iter::once(marks(hung)).chain((0..depth).map(|level| line(&labels, level))).collect()
}

fn marks(hung: &[Hung]) -> String {
    let width = hung.iter().map(|mark| mark.columns.end).max().unwrap_or_default();
    let mut signs = vec![' '; width];
    for mark in hung {
        signs[mark.columns.clone()].fill('─');
        if !mark.facts.is_empty() {
            signs[mark.columns.start] = '┬';
        }
    }
    format!("{TIME}{}{TIME:#}", signs.into_iter().collect::<String>())
}

/// Labels from the right to the left, each as high as those on its right allow.
fn placed(hung: &[Hung], room: usize) -> Vec<Placed> {
    let mut labels: Vec<Placed> = Vec::new();
    for mark in hung.iter().rev().filter(|mark| !mark.facts.is_empty()) {
        let column = mark.columns.start;
        let lines = broken(&mark.facts, room.saturating_sub(column).max(1));
        let width = lines.iter().map(|line| line.width()).max().unwrap_or_default();
        let in_the_way = labels.iter().filter(|right| column + width + 2 > right.column);
        let top = in_the_way.map(|right| right.top + right.lines.len()).max().unwrap_or_default();
        labels.push(Placed { column, top, lines });
    }
    labels.reverse();
    labels
}

/// Facts on as few lines as they fit on.
fn broken(facts: &[String], room: usize) -> Vec<String> {
    let options = Options::new(room.min(WIDEST)).word_splitter(WordSplitter::NoHyphenation);
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(last) if last.width() + 3 + fact.width() <= room.min(WIDEST) => last.push_str(&format!(" · {fact}")),
            _ => lines.extend(textwrap::wrap(fact, &options).into_iter().map(std::borrow::Cow::into_owned)),
        }
    }
    lines
}

/// What the labels have on one level: a line of theirs, or the string they hang on.
fn line(labels: &[Placed], level: usize) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for label in labels {
        let shown = match level.checked_sub(label.top) {
            None => format!("{FAINT}│{FAINT:#}"),
            Some(0) => format!("{BOLD}{}{BOLD:#}", label.lines[0]),
            Some(i) if i < label.lines.len() => label.lines[i].clone(),
            Some(_) => continue,
        };
        // Two marks that begin together hang on one string.
        if label.column >= at {
            out.push_str(&" ".repeat(label.column - at));
            at = label.column + level.checked_sub(label.top).map_or(1, |i| label.lines[i].width());
            out.push_str(&shown);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hung(marks: &[(Range<usize>, &str)], room: usize) -> String {
        let mark = |(columns, facts): &(Range<usize>, &str)| Hung {
            columns: columns.clone(),
            facts: facts.split('|').filter(|fact| !fact.is_empty()).map(str::to_owned).collect(),
        };
        let lines = under(&marks.iter().map(mark).collect::<Vec<_>>(), room);
        let plain = lines.iter().map(|line| anstream::adapter::strip_str(line).to_string());
        plain.map(|line| format!("{}\n", line.trim_end())).collect()
    }

    #[test]
    fn labels_stand_beside_each_other_where_there_is_room() {
        assert_eq!(hung(&[(0..3, "DATE"), (8..12, "TIME")], 40), "┬──     ┬───\nDATE    TIME\n");
    }

    #[test]
    fn the_left_one_hangs_lower_where_there_is_none() {
        let expected = "┬──  ┬─── ┬\n│    │    C\n│    BBBBBB\n│    b\nAAAAAAA\n";
        assert_eq!(hung(&[(0..3, "AAAAAAA"), (5..9, "BBBBBB|b"), (10..11, "C")], 11), expected);
    }

    #[test]
    fn a_mark_that_began_in_the_row_before_has_no_label() {
        assert_eq!(hung(&[(0..3, ""), (8..12, "TIME")], 40), "───     ┬───\n        TIME\n");
    }

    #[test]
    fn a_long_label_is_broken() {
        assert_eq!(hung(&[(2..4, "as of Tuesday 2024-10-08")], 12), "  ┬─\n  as of\n  Tuesday\n  2024-10-08\n");
    }
}
