//! What does the network read at once? Consecutive words of one document, whole paragraphs where they fit.
//!
//! Input: the words of a document. Output: [`Window`]s of at most `limits.window_pieces` pieces, and their input rows.
//!
//! Where a paragraph is longer than a window it is cut between words; the reader feeds the last sentence of the cut window again at the
//! start of the next, because its end was not yet seen. Limits: nothing beyond that sentence is seen twice.

use std::ops::Range;

use variorum_model::Span;

use crate::labels::Labels;
use crate::pieces::{Vocabulary, shape};

/// A document's words as the network needs them.
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    pub(crate) spans: Vec<Span>,
    /// Whether a paragraph begins with the word.
    breaks: Vec<bool>,
    /// The pieces of all words, and where each word's end.
    pieces: Vec<i32>,
    ends: Vec<usize>,
}

/// Consecutive words; `cut` when they end inside a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) words: Range<usize>,
    pub(crate) cut: bool,
}

/// A window as rows of numbers: one entry a piece, `first` one entry a word with the root.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) pieces: Vec<i32>,
    pub(crate) shapes: Vec<i32>,
    pub(crate) first: Vec<i32>,
}

impl<'t> Words<'t> {
    /// From the words of each paragraph.
    pub(crate) fn new(text: &'t str, paragraphs: &[Vec<Span>], vocabulary: &Vocabulary) -> Self {
        let spans = paragraphs.concat();
        let starts = |words: &Vec<Span>| (0..words.len()).map(|i| i == 0).collect::<Vec<_>>();
        let breaks = paragraphs.iter().flat_map(starts).collect();
        let (mut pieces, mut ends) = (Vec::new(), Vec::new());
        for span in &spans {
            vocabulary.push_pieces(span.of(text), &mut pieces);
            ends.push(pieces.len());
        }
        Self { text, spans, breaks, pieces, ends }
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether a paragraph ends after this word.
    pub(crate) fn ends_paragraph(&self, word: usize) -> bool {
        self.breaks.get(word + 1).copied().unwrap_or(true)
    }

    /// Whether nothing stands between this word and the next.
    pub(crate) fn touches_next(&self, word: usize) -> bool {
        self.spans.get(word + 1).is_some_and(|next| next.start() == self.spans[word].end())
    }

    /// Whether a word is one of these.
    pub(crate) fn is_any(&self, word: usize, forms: &[&str]) -> bool {
        forms.contains(&self.spans[word].of(self.text))
    }

    /// The window that starts at this word: at least one word, as many as fit; back to the last paragraph's end if there is one.
    pub(crate) fn window(&self, start: usize, limit: usize) -> Window {
        let (mut end, mut size, mut last_break) = (start, 2, None);
        while end < self.len() {
            let is_break = end > start && self.breaks[end];
            let more = self.pieces(end).len() + usize::from(is_break);
            if end > start && size + more > limit {
                break;
            }
            if is_break {
                last_break = Some(end);
            }
            size += more;
            end += 1;
        }
        let whole = |end: usize| self.ends_paragraph(end - 1);
        let end = last_break.filter(|_| !whole(end)).unwrap_or(end);
        Window { words: start..end, cut: !whole(end) }
    }

    /// `[CLS]`, the pieces of the words with `[SEP]` between paragraphs, `[SEP]`.
    pub(crate) fn rows(&self, window: &Window, labels: &Labels) -> Rows {
        let mut rows = Rows { pieces: vec![labels.special.cls], shapes: vec![0], first: vec![0] };
        for word in window.words.clone() {
            if word > window.words.start && self.breaks[word] {
                rows.pieces.push(labels.special.sep);
                rows.shapes.push(0);
            }
            rows.first.push(rows.pieces.len() as i32);
            rows.pieces.extend(self.pieces(word));
            rows.shapes.resize(rows.pieces.len(), self.shape(word));
        }
        rows.pieces.push(labels.special.sep);
        rows.shapes.push(0);
        rows
    }

    fn pieces(&self, word: usize) -> &[i32] {
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.pieces[start..self.ends[word]]
    }

    fn shape(&self, word: usize) -> i32 {
        let span = self.spans[word];
        let space_before = self.text[..span.start()].chars().next_back().is_none_or(char::is_whitespace);
        shape(span.of(self.text), space_before)
    }
}
