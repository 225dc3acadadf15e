//! Tables of phrases, matched word by word against a parse; the longest match wins.

use rustc_hash::FxHashMap;
use variorum_model::{Document, Parse};

/// The words of a document as the tables write them: lower case, curly apostrophes straight. Indices are token indices.
pub(crate) fn lower_words(doc: &Document, parse: &Parse) -> Vec<String> {
    parse.tokens.iter().map(|token| token.span.of(&doc.text).replace('’', "'").to_lowercase()).collect()
}

/// Phrases with what they stand for.
#[derive(Debug)]
pub(crate) struct PhraseTable<T> {
    by_first: FxHashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T> PhraseTable<T> {
    pub(crate) fn new(entries: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut by_first: FxHashMap<String, Vec<(Vec<String>, T)>> = FxHashMap::default();
        for (phrase, value) in entries {
            let words = split(phrase.as_ref());
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push((words, value));
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// All phrases that `words` begins with, longest first, with their number of words.
    pub(crate) fn matches<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = (usize, &'a T)> {
        let candidates = words.first().and_then(|first| self.by_first.get(first));
        candidates.into_iter().flatten().filter(|(phrase, _)| words.starts_with(phrase)).map(|(phrase, value)| (phrase.len(), value))
    }

    /// The longest phrase that `words` begins with.
    pub(crate) fn longest<'a>(&'a self, words: &'a [String]) -> Option<(usize, &'a T)> {
        self.matches(words).next()
    }

    /// The longest phrase that `words` ends with.
    pub(crate) fn longest_before<'a>(&'a self, words: &'a [String]) -> Option<(usize, &'a T)> {
        let from = words.len().saturating_sub(6);
        (from..words.len()).find_map(|i| self.matches(&words[i..]).find(|(n, _)| i + n == words.len()))
    }
}

/// Words of a table's phrase as the tokeniser would give them: hyphens stand alone.
fn split(phrase: &str) -> Vec<String> {
    phrase.to_lowercase().replace('-', " - ").split_whitespace().map(str::to_owned).collect()
}
