//! The wording of furniture: what newspapers, agencies and broadcasters write around a text, from `knowledge/boilerplate.tsv`.
//!
//! Input: a line. Output: the cues it matches, with the names they capture. `Photo: Ada Marsh` matches the pattern `Photo : @` of kind
//! `picture-credit` and captures "Ada Marsh". The table explains its own pattern language. Limits: lines of more than [`MOST_TOKENS`] words and marks are
//! running text and match nothing.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use variorum_model::table::Table;

use crate::words::{Token, is_all_capitals, is_capitalised, is_particle, tokens};

/// Longer lines are running text.
const MOST_TOKENS: usize = 120;
const MOST_BYTES: usize = 1500;

macro_rules! cues {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// What a pattern of the table tells of the line that matches it.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Cue { $($(#[$doc])* $variant,)* }

        impl Cue {
            fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

cues! {
    /// An invitation elsewhere.
    Link = "link",
    /// The head of a list of links; the lines under it are links too.
    LinkList = "link-list",
    /// Page furniture, end marks, advertisements.
    Marker = "marker",
    /// Copyright.
    Rights = "rights",
    /// Who made a picture.
    PictureCredit = "picture-credit",
    /// Words before the caption of a picture.
    PictureLabel = "picture-label",
    /// Wording that only captions have.
    Caption = "caption",
    /// Another publisher's text.
    TextCredit = "text-credit",
    /// Another publisher's part of the text.
    PartCredit = "part-credit",
    /// Who made the text, with nothing about other publishers.
    Credit = "credit",
    /// The outlet names itself.
    OwnName = "own-name",
    /// Who wrote it.
    Byline = "byline",
    /// A section of an outlet.
    Section = "section",
    /// A label over a headline.
    Kicker = "kicker",
    /// A correction or update: text of the report.
    Note = "note",
}

/// The table, ready for matching.
#[derive(Default)]
pub(crate) struct Boilerplate {
    /// Patterns that match at the first word of a line, or of a bracket.
    first: Patterns,
    /// Patterns that may begin at any word.
    free: Patterns,
    words: HashMap<&'static str, HashSet<String>>,
}

#[derive(Default)]
struct Patterns {
    /// By the first word in small letters.
    by_word: HashMap<String, Vec<Pattern>>,
    /// Those that begin with a wildcard.
    others: Vec<Pattern>,
}

/// A cue found in a line.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) cue: Cue,
    /// Byte offsets in the line.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The names captured by `@`, as byte offsets in the line.
    pub(crate) names: Vec<(usize, usize)>,
}

struct Pattern {
    cue: Cue,
    position: Position,
    elements: Vec<Element>,
}

#[derive(Copy, Clone, PartialEq, Eq)]
enum Position {
    Whole,
    Start,
    End,
    Any,
    Bracket,
}

enum Element {
    /// One of several words.
    Word(Vec<Word>),
    /// `*`
    AnyTokens,
    /// `_`
    OneToken,
    /// `#`
    Number,
    /// `@`
    Name,
}

/// A word of a pattern: small letters stand for any case, a capital for itself, all capitals for all capitals.
struct Word {
    normal: String,
    capitalised: bool,
    all_capitals: bool,
}

/// A token of a line with its normal form.
struct Normal<'t> {
    token: Token<'t>,
    normal: String,
}

/// The table that ships with the program.
pub(crate) static BOILERPLATE: LazyLock<Boilerplate> =
    LazyLock::new(|| Boilerplate::parse(include_str!("../../../knowledge/boilerplate.tsv")).expect("a test reads the table"));

impl Boilerplate {
    fn parse(text: &'static str) -> Result<Self, String> {
        let mut boilerplate = Self::default();
        for row in Table::parse(text).map_err(|error| error.to_string())?.rows() {
            for pattern in row.list("pattern") {
                boilerplate.add(row.get("kind"), pattern, row.get("position")).map_err(|wrong| format!("line {}: {wrong}", row.line))?;
            }
        }
        Ok(boilerplate)
    }

    fn add(&mut self, kind: &'static str, pattern: &str, position: &str) -> Result<(), String> {
        if position == "word" {
            self.words.entry(kind).or_default().insert(pattern.to_lowercase());
            return Ok(());
        }
        let cue = Cue::from_word(kind).ok_or_else(|| format!("no kind {kind:?}"))?;
        let position = Position::from_word(position).ok_or_else(|| format!("no position {position:?}"))?;
        let patterns = if position.is_free() { &mut self.free } else { &mut self.first };
        let parse = || pattern.split_whitespace().map(Element::parse).collect::<Vec<_>>();
        match parse().first() {
            Some(Element::Word(words)) => {
                for word in words {
                    let pattern = Pattern { cue, position, elements: parse() };
                    patterns.by_word.entry(word.normal.clone()).or_default().push(pattern);
                }
            }
            _ => patterns.others.push(Pattern { cue, position, elements: parse() }),
        }
        Ok(())
    }

    /// Whether a word stands in a word list of the table (`outlet-word`, `date-word`, …).
    pub(crate) fn lists(&self, kind: &str, word: &str) -> bool {
        self.words.get(kind).is_some_and(|words| words.contains(&word.to_lowercase()))
    }

    /// Every match in a line, in the order of their starts.
    pub(crate) fn find(&self, line: &str) -> Vec<Found> {
        self.search(line, |position| position != Position::Bracket)
    }

    /// Matches of the inside of a bracket that ends a line.
    pub(crate) fn find_in_bracket(&self, inside: &str) -> Vec<Found> {
        self.search(inside, |position| position == Position::Bracket)
    }

    fn search(&self, line: &str, wanted: impl Fn(Position) -> bool) -> Vec<Found> {
        if line.len() > MOST_BYTES {
            return Vec::new();
        }
        let all: Vec<Normal<'_>> = tokens(line).into_iter().map(|token| Normal { token, normal: normal(token.text) }).collect();
        if all.len() > MOST_TOKENS {
            return Vec::new();
        }
        let first = all.iter().position(|token| token.token.is_word()).unwrap_or(0);
        let mut found = Vec::new();
        for i in 0..all.len() {
            let leading = self.first.at(&all, i).filter(|_| i <= first);
            let patterns = leading.chain(self.free.at(&all, i)).filter(|pattern| wanted(pattern.position));
            found.extend(patterns.filter_map(|pattern| pattern.at(&all, i)));
        }
        found
    }
}

impl Patterns {
    /// Those that may begin at a token.
    fn at(&self, all: &[Normal<'_>], i: usize) -> impl Iterator<Item = &Pattern> {
        let others = if all[i].token.is_word() { &self.others[..] } else { &[] };
        self.by_word.get(&all[i].normal).into_iter().flatten().chain(others)
    }
}

impl Position {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "whole" => Some(Self::Whole),
            "start" => Some(Self::Start),
            "end" => Some(Self::End),
            "any" => Some(Self::Any),
            "paren" => Some(Self::Bracket),
            _ => None,
        }
    }

    /// Whether the match may begin inside the line.
    fn is_free(self) -> bool {
        matches!(self, Self::End | Self::Any)
    }
}

impl Pattern {
    fn at(&self, all: &[Normal<'_>], start: usize) -> Option<Found> {
        let to_end = matches!(self.position, Position::Whole | Position::End | Position::Bracket);
        let mut names = Vec::new();
        let end = matched(&self.elements, all, start, to_end, &mut names)?;
        let last = all[..end].last()?;
        Some(Found { cue: self.cue, start: all[start].token.start, end: last.token.end(), names })
    }
}

impl Element {
    fn parse(word: &str) -> Self {
        match word {
            "*" => Self::AnyTokens,
            "_" => Self::OneToken,
            "#" => Self::Number,
            "@" => Self::Name,
            _ if word.len() > 1 => Self::Word(word.split('/').map(Word::parse).collect()),
            _ => Self::Word(vec![Word::parse(word)]),
        }
    }
}

/// The index past the match of all elements from token `at`, and the captured names.
fn matched(elements: &[Element], all: &[Normal<'_>], at: usize, to_end: bool, names: &mut Vec<(usize, usize)>) -> Option<usize> {
    let Some((element, rest)) = elements.split_first() else {
        let done = !to_end || all[at..].iter().all(|token| !token.token.is_word());
        return done.then_some(at);
    };
    let token = all.get(at);
    match element {
        Element::AnyTokens => (at..=all.len()).find_map(|next| matched(rest, all, next, to_end, names)),
        Element::OneToken => token.and_then(|_| matched(rest, all, at + 1, to_end, names)),
        Element::Number => token
            .filter(|token| token.token.text.starts_with(|c: char| c.is_ascii_digit()))
            .and_then(|_| matched(rest, all, at + 1, to_end, names)),
        Element::Word(words) => {
            token.filter(|token| words.iter().any(|word| word.fits(token))).and_then(|_| matched(rest, all, at + 1, to_end, names))
        }
        Element::Name => (at + 1..=name_end(all, at)).rev().find_map(|end| {
            let n = names.len();
            names.push((all[at].token.start, all[end - 1].token.end()));
            let found = matched(rest, all, end, to_end, names);
            if found.is_none() {
                names.truncate(n);
            }
            found
        }),
    }
}

/// The index past the longest name that begins at a token: capitalised words, particles, "&" and "/" between.
fn name_end(all: &[Normal<'_>], at: usize) -> usize {
    const MOST_WORDS: usize = 8;
    let mut end = at;
    for (i, token) in all.iter().map(|token| token.token.text).enumerate().skip(at).take(MOST_WORDS) {
        if is_capitalised(token) || token.chars().skip(1).take(2).any(char::is_uppercase) {
            end = i + 1;
        } else if i == at || !(is_particle(token) || matches!(token, "&" | "/" | "." | "-")) {
            break;
        }
    }
    end
}

impl Word {
    fn parse(word: &str) -> Self {
        Self { normal: normal(word), capitalised: is_capitalised(word), all_capitals: is_all_capitals(word) }
    }

    fn fits(&self, token: &Normal<'_>) -> bool {
        self.normal == token.normal
            && (!self.capitalised || is_capitalised(token.token.text))
            && (!self.all_capitals || is_all_capitals(token.token.text))
    }
}

fn normal(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(line: &str) -> Vec<Cue> {
        BOILERPLATE.find(line).into_iter().map(|found| found.cue).collect()
    }

    #[test]
    fn the_table_can_be_read() {
        Boilerplate::parse(include_str!("../../../knowledge/boilerplate.tsv")).unwrap();
    }

    #[test]
    fn names_are_captured() {
        let line = "Photo: Ada Marsh/Northern Press";
        let found = BOILERPLATE.find(line);
        assert!(found.iter().any(|f| f.cue == Cue::PictureCredit && f.names.iter().any(|&(start, end)| &line[start..end] == "Ada Marsh/Northern Press")));
    }

    #[test]
    fn capitals_in_the_table_ask_for_capitals() {
        assert!(cues("[ENDS]").contains(&Cue::Marker));
        assert!(!cues("it ends").contains(&Cue::Marker));
        assert!(cues("Also Read: Bride wins lottery twice").contains(&Cue::Link));
    }
}
