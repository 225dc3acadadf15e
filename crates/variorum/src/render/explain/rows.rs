//! Where on the screen does each character of a passage stand?
//!
//! Input: a stretch of a document and the columns there are. Output: rows of text as they are printed, in which a span can be found again. White space
//! is one space, a wide character takes two columns, what a terminal would obey is made visible, a word that is longer than a row is cut. Example:
//! "Ana\tPrado\u{1b}" in 5 columns is "Ana" and "Prado" and "�". Limits: letters of scripts that run from right to left are placed as if they
//! ran from left to right.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;
use variorum_model::Span;

use super::super::escape;

/// One printed row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// As printed.
    pub(super) text: String,
    /// In columns.
    pub(super) width: usize,
    cells: Vec<Cell>,
}

/// A printed character: its bytes in the document, its columns in the row.
#[derive(Clone, Debug)]
struct Cell {
    bytes: Range<usize>,
    columns: Range<usize>,
}

/// A character as a reader counts, ready to be printed.
struct Character {
    bytes: Range<usize>,
    shown: String,
    width: usize,
}

impl Row {
    /// The columns of a span in this row.
    pub(super) fn columns(&self, span: Span) -> Option<Range<usize>> {
        let within = |cell: &&Cell| cell.bytes.start < span.end() && span.start() < cell.bytes.end;
        let first = self.cells.iter().find(within)?;
        let last = self.cells.iter().rfind(within)?;
        Some(first.columns.start..last.columns.end.max(first.columns.start + 1))
    }

    /// The first column of the character that holds this byte.
    pub(super) fn column(&self, offset: usize) -> Option<usize> {
        self.cell(offset).map(|cell| cell.columns.start)
    }

    /// The last column of the character that holds this byte.
    pub(super) fn last_column(&self, offset: usize) -> Option<usize> {
        self.cell(offset).map(|cell| cell.columns.end.max(cell.columns.start + 1) - 1)
    }

    fn cell(&self, offset: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.bytes.contains(&offset))
    }

    fn push(&mut self, character: &Character) {
        let end = self.width + character.width;
        self.cells.push(Cell { bytes: character.bytes.clone(), columns: self.width..end });
        self.text.push_str(&character.shown);
        self.width = end;
    }
}

/// The rows of a stretch of text, none wider than the room there is.
pub(super) fn rows(text: &str, stretch: Span, room: usize) -> Vec<Row> {
    let characters = characters(text, stretch);
    let (mut rows, mut row) = (Vec::new(), Row::default());
    for word in characters.split_inclusive(|character| character.shown == " ") {
        let space = word.last().is_some_and(|last| last.shown == " ");
        let letters = &word[..word.len() - usize::from(space)];
        let width: usize = letters.iter().map(|letter| letter.width).sum();
        if row.width > 0 && row.width + width > room {
            finish(&mut rows, &mut row);
        }
        for letter in letters {
            if row.width > 0 && row.width + letter.width > room {
                finish(&mut rows, &mut row);
            }
            row.push(letter);
        }
        if space && row.width > 0 {
            row.push(&word[letters.len()]);
        }
    }
    finish(&mut rows, &mut row);
    rows
}

/// A row without the space that it was broken at.
fn finish(rows: &mut Vec<Row>, row: &mut Row) {
    let mut done = std::mem::take(row);
    if done.text.ends_with(' ') {
        done.text.pop();
        done.cells.pop();
        done.width -= 1;
    }
    if !done.cells.is_empty() {
        rows.push(done);
    }
}

fn characters(text: &str, stretch: Span) -> Vec<Character> {
    let mut characters: Vec<Character> = Vec::new();
    for (at, cluster) in stretch.of(text).grapheme_indices(true) {
        let bytes = stretch.start() + at..stretch.start() + at + cluster.len();
        if !cluster.chars().all(char::is_whitespace) {
            let shown: String = cluster.chars().map(escape::visible).collect();
            characters.push(Character { bytes, width: shown.width(), shown });
        } else if let Some(space) = characters.last_mut().filter(|last| last.shown == " ") {
            space.bytes.end = bytes.end;
        } else {
            characters.push(Character { bytes, shown: " ".into(), width: 1 });
        }
    }
    characters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str, room: usize) -> Vec<String> {
        rows(text, Span::whole(text).unwrap(), room).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(printed("Ana\t \nPrado shut it", 9), ["Ana Prado", "shut it"]);
        assert_eq!(printed("Llanfairpwllgwyn is far", 8), ["Llanfair", "pwllgwyn", "is far"]);
    }

    #[test]
    fn what_a_terminal_would_obey_is_visible() {
        assert_eq!(printed("a\u{1b}[31mb \u{202e}c\r\n d", 20), ["a\u{fffd}[31mb \u{fffd}c d"]);
    }

    #[test]
    fn spans_are_found_by_columns_and_not_by_bytes() {
        let text = "漢字 says é\u{301} 👩‍👩‍👧 ok";
        let row = rows(text, Span::whole(text).unwrap(), 40).remove(0);
        let columns = |words: &str| {
            let start = text.find(words).unwrap();
            row.columns(Span::new(text, start, start + words.len()).unwrap()).unwrap()
        };
        assert_eq!(columns("漢字"), 0..4);
        assert_eq!(columns("says"), 5..9);
        assert_eq!(columns("é\u{301}"), 10..11);
        assert_eq!(columns("ok"), 15..17);
    }

    #[test]
    fn no_row_is_wider_than_the_room() {
        let text = "漢字漢字漢字 abc 漢字";
        for room in 2..12 {
            assert!(rows(text, Span::whole(text).unwrap(), room).iter().all(|row| row.width <= room), "{room}");
        }
    }
}
