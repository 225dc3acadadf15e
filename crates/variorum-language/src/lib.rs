//! A small English analyser: raw text to sentences, words, tags, lemmas, trees, names and sentence embeddings.

use variorum_model::{Parse, Span};

/// The analyser: weights, vocabulary, labels. Load once, share between threads.
pub struct Language {}

impl Language {
    /// The `accurate` profile that ships with the program.
    pub fn bundled() -> Self {
        Self {}
    }

    /// Parses a whole text; blank lines end sentences.
    pub fn parse(&self, text: &str) -> Parse {
        self.parse_regions(text, &[])
    }

    /// Parses these stretches of a text, in order; each one's end ends a sentence. Offsets are the text's own.
    pub fn parse_regions(&self, _text: &str, _regions: &[Span]) -> Parse {
        Parse::default()
    }
}
