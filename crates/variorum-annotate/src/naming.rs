//! When are two written forms the same name?
//!
//! Names are compared after [`fold`]: without case, accents, full stops and apostrophes, every hyphen a space. [`Phrases`] finds the longest
//! known form that begins at a word.
//!
//! ```
//! use variorum_annotate::naming::{fold, squash};
//! assert_eq!(fold("Han Min-jae"), fold("HAN Min Jae"));
//! assert_eq!(fold("U.S."), "us");
//! assert_eq!(squash("Qian Mei-lin"), squash("Qian Meilin"));
//! ```
//!
//! Limits: transliterations ("Sergey", "Sergei") are different forms unless a table lists both.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use variorum_model::{Parse, TokenId, Upos};

/// The form of a name under which its spellings meet: lower case, no accents, stops or apostrophes, single spaces.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)) {
        match c {
            '.' | '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => {}
            '&' => push_word(&mut folded, "and"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => push_space(&mut folded),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn push_space(folded: &mut String) {
    if !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

fn push_word(folded: &mut String, word: &str) {
    push_space(folded);
    folded.push_str(word);
    folded.push(' ');
}

/// [`fold`] without its spaces, for names that are cut into words in several ways: "Mei-lin", "Meilin".
pub fn squash(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// Whether a form is written in capitals only ("WHO", "U.S."), so that the same letters in lower case are another word.
pub fn is_acronym(form: &str) -> bool {
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters) && form.chars().all(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '.' | '-' | '&'))
}

/// Whether a form begins like a name.
pub fn is_capitalised(form: &str) -> bool {
    form.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Known forms with what they may stand for, in the order they were added.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    forms: FxHashMap<String, Vec<Known<T>>>,
    first_words: FxHashSet<String>,
    longest: usize,
}

#[derive(Clone, Debug)]
struct Known<T> {
    value: T,
    acronym: bool,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { forms: FxHashMap::default(), first_words: FxHashSet::default(), longest: 0 }
    }
}

impl<T: Copy + PartialEq> Phrases<T> {
    /// Adds a form; forms without a letter or digit are left out.
    pub fn insert(&mut self, form: &str, value: T) {
        let folded = fold(form);
        let Some(first) = folded.split(' ').next().filter(|word| !word.is_empty()) else { return };
        self.first_words.insert(first.to_owned());
        self.longest = self.longest.max(folded.split(' ').count());
        let known = self.forms.entry(folded).or_default();
        let acronym = is_acronym(form);
        match known.iter_mut().find(|known| known.value == value) {
            Some(known) => known.acronym &= acronym,
            None => known.push(Known { value, acronym }),
        }
    }

    /// What a written form may stand for.
    pub fn get(&self, form: &str) -> Vec<T> {
        let lower = form.chars().any(char::is_lowercase);
        let known = self.forms.get(&fold(form)).into_iter().flatten();
        known.filter(|known| !(known.acronym && lower)).map(|known| known.value).collect()
    }

    /// The first thing a written form may stand for.
    pub fn first(&self, form: &str) -> Option<T> {
        self.get(form).first().copied()
    }

    /// The longest known form that begins at a token and ends before `limit`, with what it may stand for.
    pub fn longest_at(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<(TokenId, Vec<T>)> {
        let start = parse.token(first).span.start();
        let near = &text[start..text.floor_char_boundary(start + LONGEST_WORD)];
        let written = near.split(|c: char| c.is_whitespace() || is_dash(c)).next().unwrap_or_default();
        // "People's Republic" begins with a word of two tokens, "Russia's" with a word and a mark.
        let known = |word: &str| fold(word).split(' ').next().is_some_and(|word| self.first_words.contains(word));
        if !known(written) && !known(parse.token(first).span.of(text)) {
            return None;
        }
        let mut found = None;
        for end in first.0 + 1..=limit.0.min(first.0 + 2 * self.longest as u32 + 2) {
            let form = &text[start..parse.token(TokenId(end - 1)).span.end()];
            if fold(form).split(' ').count() > self.longest {
                break;
            }
            let values = self.get(form);
            if !values.is_empty() && parse.token(TokenId(end - 1)).upos != Upos::Punct {
                found = Some((TokenId(end), values));
            }
        }
        found
    }
}

/// Bytes of a word that are looked at; no first word of a form is as long, and a stretch without white space may be the whole text.
const LONGEST_WORD: usize = 200;

/// Whether a character joins words like a hyphen.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        assert_eq!(fold("Côte d’Ivoire"), "cote divoire");
        assert_eq!(fold("Recep Tayyip Erdoğan"), "recep tayyip erdogan");
        assert_eq!(fold(" — "), "");
    }

    #[test]
    fn an_acronym_is_not_the_word_of_its_letters() {
        let mut phrases = Phrases::default();
        phrases.insert("US", 1);
        assert_eq!(phrases.get("U.S."), [1]);
        assert!(phrases.get("us").is_empty());
    }
}
