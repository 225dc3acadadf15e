//! Where something stands in a document's text.
//!
//! A [`Span`] is a half-open range of byte offsets into UTF-8 text, on character boundaries, never empty. It is checked once, when it
//! is made; after that, slicing the same text with it cannot fail.
//!
//! ```
//! use variorum_model::Span;
//! let text = "Forty were hurt";
//! let span = Span::new(text, 0, 5).unwrap();
//! assert_eq!(span.of(text), "Forty");
//! assert!(Span::new(text, 5, 5).is_err());
//! ```

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A half-open, non-empty range of byte offsets into one document's text, on character boundaries.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: usize,
    end: usize,
}

/// Why two offsets are not a span of a text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SpanError {
    /// The range holds no character.
    #[error("span {start}..{end} is empty or reversed")]
    Empty {
        /// First offset.
        start: usize,
        /// Offset past the last.
        end: usize,
    },
    /// The range leaves the text.
    #[error("span {start}..{end} leaves a text of {len} bytes")]
    OutOfBounds {
        /// First offset.
        start: usize,
        /// Offset past the last.
        end: usize,
        /// Length of the text in bytes.
        len: usize,
    },
    /// An end lies inside a character.
    #[error("span {start}..{end} cuts a character")]
    NotOnBoundary {
        /// First offset.
        start: usize,
        /// Offset past the last.
        end: usize,
    },
}

impl Span {
    /// Checks the offsets against the text they are meant for.
    pub fn new(text: &str, start: usize, end: usize) -> Result<Self, SpanError> {
        if start >= end {
            return Err(SpanError::Empty { start, end });
        }
        if end > text.len() {
            return Err(SpanError::OutOfBounds { start, end, len: text.len() });
        }
        if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
            return Err(SpanError::NotOnBoundary { start, end });
        }
        Ok(Self { start, end })
    }

    /// The whole of a text, unless it is empty.
    pub fn whole(text: &str) -> Option<Self> {
        Self::new(text, 0, text.len()).ok()
    }

    /// First byte offset.
    pub fn start(self) -> usize {
        self.start
    }

    /// Byte offset past the last.
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes; never zero.
    #[allow(clippy::len_without_is_empty)] // A span is never empty.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// The text it covers. Panics when `text` is not the text the span was made for.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub fn contains_offset(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The shared part, if any.
    pub fn intersection(self, other: Self) -> Option<Self> {
        self.overlaps(other).then(|| Self { start: self.start.max(other.start), end: self.end.min(other.end) })
    }

    /// The same span without white space at its ends; none when nothing else is left.
    pub fn trimmed(self, text: &str) -> Option<Self> {
        let slice = self.of(text);
        let start = self.start + (slice.len() - slice.trim_start().len());
        let end = self.start + slice.trim_end().len();
        Self::new(text, start, end).ok()
    }
}

/// One or more spans that bear a record out: never none, sorted, without repeats.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Span>", into = "Vec<Span>")]
pub struct Evidence(Vec<Span>);

impl Evidence {
    /// Evidence of one span.
    pub fn one(span: Span) -> Self {
        Self(vec![span])
    }

    /// Evidence of a first span and any number of others.
    pub fn of(first: Span, others: impl IntoIterator<Item = Span>) -> Self {
        let mut spans = vec![first];
        spans.extend(others);
        spans.sort();
        spans.dedup();
        Self(spans)
    }

    /// None when there are no spans.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Option<Self> {
        let mut spans = spans.into_iter();
        spans.next().map(|first| Self::of(first, spans))
    }

    /// The spans, sorted.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// The first span in text order.
    pub fn first(&self) -> Span {
        self.0[0]
    }
}

impl TryFrom<Vec<Span>> for Evidence {
    type Error = &'static str;

    fn try_from(spans: Vec<Span>) -> Result<Self, Self::Error> {
        Self::new(spans).ok_or("evidence without a span")
    }
}

impl From<Evidence> for Vec<Span> {
    fn from(evidence: Evidence) -> Self {
        evidence.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_checked_where_it_is_made() {
        let text = "a“b”";
        assert_eq!(Span::new(text, 0, 2), Err(SpanError::NotOnBoundary { start: 0, end: 2 }));
        assert_eq!(Span::new(text, 0, 99), Err(SpanError::OutOfBounds { start: 0, end: 99, len: 8 }));
        assert_eq!(Span::new(text, 1, 4).unwrap().of(text), "“");
    }

    #[test]
    fn trimming_keeps_the_words() {
        let text = "  said \n";
        assert_eq!(Span::whole(text).unwrap().trimmed(text).unwrap().of(text), "said");
        assert_eq!(Span::whole("  ").unwrap().trimmed("  "), None);
    }

    #[test]
    fn evidence_is_never_empty() {
        assert_eq!(Evidence::new([]), None);
    }
}
