//! How does a word look to the network? Word pieces of BERT's uncased scheme, and a shape id that keeps what lower-casing loses.
//!
//! Input: one word. Output: ids of the vocabulary's pieces; a shape from 1 to 16. `models/CONTRACT.md` defines both.
//!
//! Example: with `summit` in the vocabulary, `Summit` after a blank is one piece of shape 12.
//! Limits: scripts that the vocabulary leaves out become the unknown piece.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::labels::Labels;
use crate::tokenise::LONGEST_WORD;

/// Parts longer than this many characters are not looked up.
const LONGEST_PART: usize = 100;

/// The word pieces and what a word may take of them.
pub(crate) struct Vocabulary {
    /// Pieces that begin a part, and those that go on, without their `##`.
    initial: Pieces,
    continuing: Pieces,
    n_pieces: usize,
    unknown: i32,
    limit: usize,
}

/// Letters to ids.
#[derive(Default)]
struct Pieces {
    ids: FxHashMap<Cow<'static, str>, i32>,
    /// Bytes of the longest.
    longest: usize,
}

impl Pieces {
    fn insert(&mut self, letters: Cow<'static, str>, id: i32) {
        self.longest = self.longest.max(letters.len());
        self.ids.insert(letters, id);
    }

    /// The longest piece at the start of some letters: its length and its id.
    fn longest_at(&self, letters: &str) -> Option<(usize, i32)> {
        let mut end = letters.floor_char_boundary(self.longest);
        while end > 0 {
            if let Some(&id) = self.ids.get(&letters[..end]) {
                return Some((end, id));
            }
            end = letters.floor_char_boundary(end - 1);
        }
        None
    }
}

impl Vocabulary {
    /// From `vocab.txt`: a piece's line number from 0 is its id.
    pub(crate) fn new(text: Cow<'static, str>, labels: &Labels) -> Self {
        let lines: Vec<Cow<'static, str>> = match text {
            Cow::Borrowed(text) => text.lines().map(Cow::Borrowed).collect(),
            Cow::Owned(text) => text.lines().map(|line| Cow::Owned(line.to_owned())).collect(),
        };
        let n_pieces = lines.len();
        let (mut initial, mut continuing) = (Pieces::default(), Pieces::default());
        initial.ids.reserve(n_pieces);
        for (id, piece) in lines.into_iter().enumerate() {
            match &piece {
                Cow::Borrowed(letters) if letters.starts_with("##") => continuing.insert(Cow::Borrowed(&letters[2..]), id as i32),
                Cow::Owned(letters) if letters.starts_with("##") => continuing.insert(Cow::Owned(letters[2..].to_owned()), id as i32),
                _ => initial.insert(piece, id as i32),
            }
        }
        Self { initial, continuing, n_pieces, unknown: labels.special.unk, limit: labels.limits.pieces_per_word }
    }

    /// Lines of `vocab.txt`.
    pub(crate) fn len(&self) -> usize {
        self.n_pieces
    }

    /// Adds the ids of a word's pieces: at least one, at most the contract's limit.
    pub(crate) fn push_pieces(&self, word: &str, pieces: &mut Vec<i32>) {
        let start = pieces.len();
        // Most words are one part that is ASCII; what is cut off an endless stretch is none.
        if word.len() > LONGEST_WORD {
            pieces.push(self.unknown);
        } else if word.bytes().all(|byte| byte.is_ascii_lowercase())
            || word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_punctuation())
        {
            self.push_part(word, pieces);
        } else if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            self.push_part(&word.to_ascii_lowercase(), pieces);
        } else {
            for part in parts(word) {
                if pieces.len() - start >= self.limit {
                    break;
                }
                self.push_part(&part, pieces);
            }
        }
        if pieces.len() == start {
            pieces.push(self.unknown);
        }
        pieces.truncate(start + self.limit);
    }

    /// Greedy longest match from the left; unknown when it does not reach the end.
    fn push_part(&self, part: &str, pieces: &mut Vec<i32>) {
        let start = pieces.len();
        if part.len() > LONGEST_PART && part.chars().count() > LONGEST_PART {
            pieces.push(self.unknown);
            return;
        }
        let mut at = 0;
        while at < part.len() {
            let table = if at == 0 { &self.initial } else { &self.continuing };
            let Some((length, id)) = table.longest_at(&part[at..]) else {
                pieces.truncate(start);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(id);
            at += length;
        }
    }
}

/// The stretches of a word that are looked up: lower case without accents; punctuation and ideographs stand alone.
fn parts(word: &str) -> Vec<String> {
    let kept = |c: &char| !matches!(c.general_category(), GeneralCategory::Control | GeneralCategory::Format) && *c != '\u{fffd}';
    let bare = |c: &char| c.general_category() != GeneralCategory::NonspacingMark;
    let plain = word.chars().filter(kept).nfd().filter(bare).flat_map(char::to_lowercase);
    let (mut parts, mut open): (Vec<String>, bool) = (Vec::new(), false);
    for c in plain {
        if c.is_whitespace() {
            open = false;
        } else if is_punctuation(c) || is_ideograph(c) {
            parts.push(c.to_string());
            open = false;
        } else if open {
            parts.last_mut().expect("an open part was pushed").push(c);
        } else {
            parts.push(c.to_string());
            open = true;
        }
    }
    parts
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The blocks that BERT's tokeniser calls Chinese characters.
fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2A6DF | 0x2A700..=0x2CEAF | 0x2F800..=0x2FA1F)
}

/// The shape id of a word; never 0, which is for what is no word.
pub(crate) fn shape(word: &str, space_before: bool) -> i32 {
    class(word) + if space_before { 8 } else { 0 }
}

fn class(word: &str) -> i32 {
    let is_letter = |c: &char| c.is_alphabetic() && !c.is_numeric();
    let letters: Vec<char> = word.chars().filter(is_letter).collect();
    let n_upper = letters.iter().filter(|c| c.is_uppercase()).count();
    if word.contains(char::is_numeric) {
        return if letters.is_empty() { 5 } else { 6 };
    }
    match (letters.len(), n_upper) {
        (0, _) => 7,
        (_, 0) => 1,
        (1, 1) => 2,
        (n, m) if n == m => 3,
        (_, 1) if letters[0].is_uppercase() => 4,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_those_of_the_contract() {
        let table = [
            ("summit", true, 9),
            ("summit", false, 1),
            ("I", true, 10),
            ("U.S.", true, 11),
            ("Monday", true, 12),
            ("2025", false, 5),
            ("3rd", true, 14),
            ("“", true, 15),
            (",", false, 7),
            ("n't", false, 1),
            ("McDonald", true, 16),
            ("'s", false, 1),
            ("Élysée", true, 12),
            ("d'Estaing", true, 16),
        ];
        for (word, space, id) in table {
            assert_eq!(shape(word, space), id, "{word}");
        }
    }

    #[test]
    fn parts_are_plain_and_stand_apart() {
        assert_eq!(parts("Élysée’s"), ["elysee", "’", "s"]);
        assert_eq!(parts("\u{200d}\u{7}"), Vec::<String>::new());
        assert_eq!(parts("東京A"), ["東", "京", "a"]);
    }
}
