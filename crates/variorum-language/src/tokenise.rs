//! Where are the words? Raw text to words in the manner of the English Universal Dependencies treebanks (EWT 2.x, GUM).
//!
//! Input: a text and a stretch of it. Output: the words' spans in order, without overlap, that cover every character that is not white
//! space. A word may be part of what is written together: clitics (`do` `n't`, `John` `'s`, `can` `not`), the parts of a compound and its
//! hyphens (`long` `-` `term`), a number and its unit (`$` `12` `m`). Affixes keep their hyphen (`non-profit`), abbreviations their full
//! stop (`Lt.`, `U.S.`).
//!
//! ```
//! use variorum_language::Tokeniser;
//! use variorum_model::Span;
//! let text = "They can't pay Lt. Berg's $5m (long-term).";
//! let words = Tokeniser::new().words(text, Span::whole(text).unwrap());
//! let words: Vec<&str> = words.iter().map(|word| word.of(text)).collect();
//! assert_eq!(words.join(" "), "They ca n't pay Lt. Berg 's $ 5 m ( long - term ) .");
//! ```
//!
//! The scanner stands at the start of a word and asks in this order: is it an address or a number ([`PATTERNS`])? an alphabetic word,
//! with what belongs to it ([`Tokeniser::word`])? a run of punctuation? What remains is one character.
//!
//! Limits: a stretch without white space is cut every 256 bytes before it is scanned, so that time stays linear, and beyond 4 kB not scanned
//! at all; contractions without their apostrophe are split only where no other reading is usual (`dont`, not `its`, `ill`).

use std::collections::HashMap;
use std::ops::Range;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;
use variorum_model::{Span, table::Table};

/// What may come after a pattern's match, so that it counts.
enum Then {
    Anything,
    /// The end, or a character that is no letter, no digit and none of these.
    NoneOf(&'static str),
}

use Then::{Anything, NoneOf};

/// What stands at the start of a word and is told by its shape alone; the first that matches wins. `^` is added; white space never occurs.
const PATTERNS: &[(&str, &str, Then)] = &[
    ("address of the web", r#"(?i:https?|ftp|file|mailto|doi):(?://)?[^<>"“”|]*[^<>"“”|.,;:!?'’)\]]"#, Anything),
    ("address of the web", r#"(?i:www)\.[^<>"“”|]*[^<>"“”|.,;:!?'’)\]]"#, Anything),
    ("address of mail", r"[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}_](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?", Anything),
    (
        "name of a site",
        r#"(?i:[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|gov|mil|info|biz|tv|uk|de|eu|fr|ru|cn|jp)(?:\.(?:au|br|cn|hk|in|jp|kr|nz|sg|tr|tw|uk|za))?)(?:/(?:[^<>"“”|]*[^<>"“”|.,;:!?'’)\]])?)?"#,
        NoneOf(""),
    ),
    (
        "name of a file",
        r"(?:[\p{L}\p{N}_#][\p{L}\p{N}_#.-]*)?\.(?i:docx?|xlsx?|pptx?|pdf|txt|html?|jpe?g|gif|png|zip|exe|csv|url)",
        NoneOf(""),
    ),
    ("handle, tag", r"[@#][\p{L}_][\p{L}\p{N}_]*", Anything),
    ("emoticon", r"[:;=]['’]?[-o^]?(?:[()]+|[DPp*/\\|])", NoneOf("/")),
    ("emoticon", r"<3+|\^_*\^|:['’]-?\(", Anything),
    ("currency", r"(?:US|CA|AU|NZ|HK|[UACSR])?\$+|\p{Sc}", Anything),
    ("telephone number", r"(?:\+?\d{1,4}[-./])*\d{3}[-.]\d{4}", NoneOf("")),
    ("telephone number", r"\+\d[\d-]*", NoneOf(".")),
    ("number of three parts and more, zip code", r"\d+(?:-\d+){2,}|\d{5}-\d{4}", NoneOf("-")),
    ("date, fraction", r"\d{1,4}(?:/\d{1,4}){1,2}", NoneOf("/")),
    ("ordinal, decade", r"\d[\d,]*(?i:st|nd|rd|th|s)", NoneOf("")),
    ("year with a cut start", r"['’]\d\ds?", NoneOf("'’")),
    ("decade with an apostrophe", r"\d*0['’]s", NoneOf("")),
    ("number", r"\d+(?:[.,:]\d+)*", NoneOf("")),
    ("number", r"\.\d+", NoneOf("")),
    ("letters with full stops", r"(?:\p{L}\.){2,}", NoneOf("")),
    ("letters with full stops", r"(?:\p{Lu}\.)+\p{Lu}", NoneOf("")),
    ("letters with full stops", r"\p{Lu}\p{Ll}?\.(?:\p{Lu}\p{Ll}{0,2}\.)+", NoneOf("")),
    ("name with full stops", r"\p{Ll}{2,}(?:\.\p{Ll}{2,}){2,}", NoneOf("")),
    ("single letters joined", r"\p{L}&\p{L}", NoneOf("&")),
    ("single letters with a slash", r"\p{L}/\p{L}", NoneOf("/")),
];

/// A number that may have a unit written at it.
const NUMBER: &str = r"\d+(?:[.,:]\d+)*";

/// Letters that may be a unit.
const UNIT: &str = r"\p{L}+(?:\.\p{L}|/\p{L})?";

/// Letters and digits with what may stand inside a word: an apostrophe, a hiding asterisk, an ampersand between capitals.
const WORD: &str = r"[\p{L}\p{N}\p{M}_]+(?:(?:['’ʼ`´]|\*+)[\p{L}\p{M}]+|&\p{Lu}+)*";

/// A row of initials inside a compound: `anti-U.S.`
const LETTERS_WITH_STOPS: &str = r"(?:\p{Lu}\.){2,}";

/// What is cut off the end of a word, longest first.
const CLITIC: &str = r"(?i)(?:n['’ʼ`´]t|['’ʼ`´](?:s|m|d|ll|re|ve))$";

/// Longer stretches without white space are cut here, in bytes, before they are scanned: some addresses are as long.
const LONGEST_CHUNK: usize = 256;

/// Still longer ones are no language, and not scanned: each cut is a word.
const LONGEST_STRETCH: usize = 4096;

/// A word of more bytes than this is a cut of such a stretch, or might be; cuts fall between characters.
pub(crate) const LONGEST_WORD: usize = LONGEST_CHUNK - 4;

/// Finds words. Building it compiles its patterns; make one and share it.
pub struct Tokeniser {
    patterns: Vec<Regex>,
    /// All of the patterns in one: whether it is worth asking them one by one.
    any_pattern: Regex,
    number: Regex,
    unit: Regex,
    word: Regex,
    letters_with_stops: Regex,
    clitic: Regex,
    known: HashMap<&'static str, HashMap<String, Vec<usize>>>,
    /// Forms that are one word as they stand, the longest first.
    whole: Vec<String>,
}

impl Default for Tokeniser {
    fn default() -> Self {
        Self::new()
    }
}

impl Tokeniser {
    /// With the words of `knowledge/words.tsv`.
    pub fn new() -> Self {
        let compile = |pattern: &str| Regex::new(&format!("^(?:{pattern})")).expect("the patterns are fixed and tested");
        let any: Vec<&str> = PATTERNS.iter().map(|(_, pattern, _)| *pattern).collect();
        let known = known_words();
        let mut whole: Vec<String> = known["whole"].keys().cloned().collect();
        whole.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        Self {
            patterns: PATTERNS.iter().map(|(_, pattern, _)| compile(pattern)).collect(),
            any_pattern: compile(&any.join("|")),
            number: compile(NUMBER),
            unit: compile(UNIT),
            word: compile(WORD),
            letters_with_stops: compile(LETTERS_WITH_STOPS),
            clitic: Regex::new(CLITIC).expect("the pattern is fixed and tested"),
            known,
            whole,
        }
    }

    /// The words of one stretch of a text.
    pub fn words(&self, text: &str, region: Span) -> Vec<Span> {
        let mut words = Vec::new();
        let mut push = |start, end| words.push(Span::new(text, start, end).expect("pieces of a chunk are not empty"));
        let mut chunks = chunks(text, region).peekable();
        while let Some(chunk) = chunks.next() {
            if chunk.is_endless {
                push(chunk.range.start, chunk.range.end);
                continue;
            }
            let next = chunks.peek().map(|next| &text[next.range.clone()]);
            for word in self.split(&text[chunk.range.clone()], Context { next }) {
                push(chunk.range.start + word.start, chunk.range.start + word.end);
            }
        }
        words
    }

    /// The words of a stretch without white space.
    fn split(&self, chunk: &str, context: Context) -> Vec<Range<usize>> {
        let (mut words, mut at) = (Vec::new(), 0);
        while at < chunk.len() {
            let length = self.length(&chunk[at..], chunk[..at].chars().next_back(), context);
            self.push_parts(chunk, at..at + length, &mut words);
            at += length;
        }
        words
    }

    /// Bytes of the word at the start of `rest`, clitics still on it; at least one character.
    fn length(&self, rest: &str, before: Option<char>, context: Context) -> usize {
        if let Some(length) = self.clitic_alone(rest, before.is_none()) {
            return length;
        }
        let shaped = self.number_before_unit(rest).or_else(|| self.shaped(rest));
        shaped.or_else(|| self.word(rest, before, context)).unwrap_or_else(|| run(rest))
    }

    fn shaped(&self, rest: &str) -> Option<usize> {
        if !self.any_pattern.is_match(rest) {
            return None;
        }
        let counts = |end: usize, then: &Then| match then {
            Anything => true,
            NoneOf(others) => !rest[end..].starts_with(|c: char| c.is_alphanumeric() || others.contains(c)),
        };
        let mut ends = self.patterns.iter().zip(PATTERNS).filter_map(|(regex, (_, _, then))| Some((regex.find(rest)?.end(), then)));
        ends.find(|(end, then)| counts(*end, then)).map(|(end, _)| end)
    }

    /// `'s` after a word that has ended already (`U.S.` `'s`), and words that begin with an apostrophe (`'em`).
    fn clitic_alone(&self, rest: &str, starts_chunk: bool) -> Option<usize> {
        let apostrophe = rest.chars().next().filter(|&c| is_apostrophe(c))?;
        let letters = rest[apostrophe.len_utf8()..].find(|c: char| !c.is_alphabetic()).map_or(rest.len(), |n| n + apostrophe.len_utf8());
        let plain = format!("'{}", &rest[apostrophe.len_utf8()..letters]);
        let ends = !rest[letters..].starts_with(is_apostrophe);
        let clitic = self.clitic.is_match(&plain) && (!starts_chunk || ends && letters == rest.len());
        (clitic || ends && (self.knows("cut-start", &plain) || self.knows("parts", &plain))).then_some(letters)
    }

    fn number_before_unit(&self, rest: &str) -> Option<usize> {
        let number = self.number.find(rest)?.end();
        let unit = self.unit.find(&rest[number..])?;
        let ends = !rest[number + unit.end()..].starts_with(char::is_alphanumeric);
        (ends && self.knows("unit", unit.as_str())).then_some(number)
    }

    /// An alphabetic word with the hyphens and the full stop that belong to it.
    fn word(&self, rest: &str, before: Option<char>, context: Context) -> Option<usize> {
        let whole = self.whole.iter().find(|whole| starts_with_word(rest, whole));
        if let Some(whole) = whole {
            return Some(whole.len());
        }
        let mut end = self.word.find(rest)?.end();
        let mut last = &rest[..end];
        let part = |after| self.letters_with_stops.find(after).or_else(|| self.word.find(after));
        while let Some(part) = rest[end..].strip_prefix('-').and_then(part) {
            if before == Some('-') || !self.keeps_hyphen(last, part.as_str(), &rest[end + 1 + part.end()..]) {
                break;
            }
            last = part.as_str();
            end += 1 + part.end();
        }
        let after = &rest[end..];
        let is_stump = self.knows("prefix", last) || last.chars().count() <= 2 && !last.contains(char::is_numeric);
        if after == "-" && context.next.is_some() && before.is_none() && is_stump {
            return Some(end + 1);
        }
        Some(if after.starts_with('.') && self.keeps_stop(&rest[..end], &after[1..], context) { end + 1 } else { end })
    }

    /// Whether `before-part` is one word; `after` is what follows the two.
    fn keeps_hyphen(&self, before: &str, part: &str, after: &str) -> bool {
        let is_phrase = after.starts_with('-') && FUNCTION_WORDS.contains(&part.to_lowercase().as_str());
        let is_name = is_acronym(before) && !is_acronym(part);
        let has_prefix = self.knows("prefix", before) && !is_phrase && !is_name;
        has_prefix || self.knows("suffix", part) && !after.starts_with('-')
    }

    /// Whether the full stop after `word` belongs to it; `after` is the rest of its chunk.
    fn keeps_stop(&self, word: &str, after: &str, context: Context) -> bool {
        if after.starts_with('.') {
            return false;
        }
        let following = after.chars().next().or_else(|| context.next?.chars().next());
        let Some(following) = following else { return false };
        let opens = |c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | ')' | ']');
        let is_title = word.starts_with(char::is_uppercase) && !(is_acronym(word) && word.len() > 2);
        if self.knows("abbreviation", word) || is_title && self.knows("capitalised", word) {
            return true;
        }
        if self.knows("before-digit", word) && (following == ',' || after.is_empty() && following.is_numeric()) {
            return true;
        }
        if self.knows("before-lower", word) {
            return !opens(following);
        }
        is_initial(word) && (following.is_uppercase() || matches!(following, '-' | ',' | ';'))
    }

    /// A word as its parts: `don't` is two.
    fn push_parts(&self, chunk: &str, word: Range<usize>, words: &mut Vec<Range<usize>>) {
        let text = &chunk[word.clone()];
        let mut start = word.start;
        if let Some(seams) = self.known["parts"].get(&text.to_lowercase()) {
            for seam in seams {
                words.push(start..word.start + seam);
                start = word.start + seam;
            }
            words.push(start..word.end);
            return;
        }
        let is_address = text.contains(['/', '@']);
        let clitic = self.clitic.find(text).filter(|clitic| clitic.start() > 0 && !is_address);
        match clitic {
            Some(clitic) => {
                self.push_parts(chunk, word.start..word.start + clitic.start(), words);
                words.push(word.start + clitic.start()..word.end);
            }
            None => words.push(word),
        }
    }

    fn knows(&self, kind: &str, word: &str) -> bool {
        let forms = &self.known[kind];
        forms.contains_key(word) || forms.contains_key(&word.to_lowercase())
    }
}

/// What follows a chunk in its stretch.
#[derive(Copy, Clone)]
struct Context<'t> {
    next: Option<&'t str>,
}

/// Words that make a hyphened row a phrase: `over-the-counter` is no `over-` something.
const FUNCTION_WORDS: &[&str] = &["the", "a", "an", "and", "of", "to", "in", "on", "for", "or", "by", "at", "up", "out"];

/// `knowledge/words.tsv`: kind → form → byte offsets of the seams.
fn known_words() -> HashMap<&'static str, HashMap<String, Vec<usize>>> {
    let table = Table::parse(include_str!("../../../knowledge/words.tsv")).expect("the table is tested");
    let mut known: HashMap<_, HashMap<_, _>> = HashMap::new();
    for row in table.rows() {
        for form in row.list("forms") {
            let parts: Vec<&str> = form.split('+').collect();
            let seams = parts.iter().scan(0, |at, part| {
                *at += part.len();
                Some(*at)
            });
            known.entry(row.get("kind")).or_default().insert(parts.concat(), seams.take(parts.len() - 1).collect());
        }
    }
    known
}

/// Part of a stretch without white space, or all of it.
struct Chunk {
    range: Range<usize>,
    /// Whether the stretch is longer than [`LONGEST_STRETCH`].
    is_endless: bool,
}

/// Maximal stretches without white space, cut every [`LONGEST_CHUNK`].
fn chunks(text: &str, region: Span) -> impl Iterator<Item = Chunk> {
    let mut stretches = region.of(text).split(char::is_whitespace);
    // Where the open stretch goes on, and where it and its white space end.
    let (mut at, mut end, mut next, mut is_endless) = (0, 0, region.start(), false);
    std::iter::from_fn(move || {
        while at == end {
            let stretch = stretches.next()?;
            (at, end, is_endless) = (next, next + stretch.len(), stretch.len() > LONGEST_STRETCH);
            next = end + text[end..].chars().next().map_or(0, char::len_utf8);
        }
        let start = at;
        at = if end - start > LONGEST_CHUNK { text.floor_char_boundary(start + LONGEST_CHUNK) } else { end };
        Some(Chunk { range: start..at, is_endless })
    })
}

/// Punctuation that is written in a row counts as one (`...`, `?!`, `----`); anything else is one character as a reader sees it.
fn run(rest: &str) -> usize {
    let first = rest.chars().next().expect("the scanner stops at the end");
    let same = |alike: &dyn Fn(char) -> bool| rest.find(|c| !alike(c)).unwrap_or(rest.len());
    match first {
        '.' | '…' | '!' | '?' => same(&|c| matches!(c, '.' | '…' | '!' | '?')),
        '-' | '_' | '=' | '*' | '~' | '#' | '<' | '>' | '+' | '|' | '^' | '•' | '—' | '–' => same(&|c| c == first),
        '\'' | '`' | '’' | '‘' if rest[first.len_utf8()..].starts_with(matching_quote(first)) => 2 * first.len_utf8(),
        _ => rest.graphemes(true).next().expect("the scanner stops at the end").len(),
    }
}

/// Single quotation marks in a pair stand for a double one.
fn matching_quote(first: char) -> &'static [char] {
    match first {
        '\'' => &['\''],
        '`' => &['`'],
        _ => &['’', '‘'],
    }
}

fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '´')
}

/// One capital that is a name's initial more often than a word.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|c| c.is_uppercase() && c != 'I') && letters.next().is_none()
}

fn starts_with_word(rest: &str, word: &str) -> bool {
    let Some(head) = rest.get(..word.len()) else { return false };
    head.eq_ignore_ascii_case(word) && !rest[word.len()..].starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static TOKENISER: LazyLock<Tokeniser> = LazyLock::new(Tokeniser::new);

    fn words(text: &str) -> Vec<Span> {
        Span::whole(text).map(|all| TOKENISER.words(text, all)).unwrap_or_default()
    }

    fn split(text: &str) -> String {
        let words = words(text);
        words.iter().map(|word| word.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_those_of_the_treebanks() {
        let table = [
            ("She didn't say they'd've cannot gonna", "She did n't say they 'd 've can not gon na"),
            ("Norway's U.S.'s workers' '90s 1980s", "Norway 's U.S. 's workers ' '90s 1980s"),
            ("a long-term non-profit US-based F-16 e-mail", "a long - term non-profit US - based F - 16 e-mail"),
            ("“We will,” said Lt. Gen. J. Berg of Acme Inc., No. 5.", "“ We will , ” said Lt. Gen. J. Berg of Acme Inc. , No. 5 ."),
            ("the U.S. In the U.S.", "the U.S. In the U.S."),
            ("He said no. Then etc. The end, etc., and so on etc.", "He said no . Then etc . The end , etc. , and so on etc ."),
            ("$12m US$4.5bn €3 50% 5km 7:30pm 3rd", "$ 12 m US$ 4.5 bn € 3 50 % 5 km 7:30 pm 3rd"),
            ("11/28/2000 9/11 3-0 1969-1970 713-853-3989", "11/28/2000 9/11 3 - 0 1969 - 1970 713-853-3989"),
            ("and/or (see www.example.org/a?b=c).", "and / or ( see www.example.org/a?b=c ) ."),
            ("Write to a.b@example.org, @handle #tag #1 :-)", "Write to a.b@example.org , @handle #tag # 1 :-)"),
            ("So... what?! -- yes—no … 👩‍🚒🇳🇴", "So ... what ?! -- yes — no … 👩‍🚒 🇳🇴"),
            ("'normal' 'em Sha'lan's O'Brien AT&T", "' normal ' 'em Sha'lan 's O'Brien AT&T"),
            ("anti-U.S. U.S.-led co-op. MR. BERG the SEC. Then gen. it", "anti-U.S. U.S. - led co-op . MR. BERG the SEC . Then gen . it"),
            ("over-the-counter once-in-a-generation pre-war", "over - the - counter once - in - a - generation pre-war"),
        ];
        for (text, words) in table {
            assert_eq!(split(text), words, "{text}");
        }
    }

    #[test]
    fn very_long_stretches_are_cut() {
        for text in ["ab-".repeat(100_000), "'".repeat(100_000), "é😀".repeat(100_000), "http://".repeat(300)] {
            let words = words(&text);
            assert!(words.iter().all(|word| word.len() <= LONGEST_CHUNK));
            assert!(words.len() < 2 * text.len() / LONGEST_CHUNK || text.len() <= LONGEST_STRETCH);
            assert_eq!(words.iter().map(|word| word.len()).sum::<usize>(), text.len());
        }
    }

    proptest! {
        #[test]
        fn words_cover_what_is_not_white_space(text in r#"(\PC|[ .,'’a-zA-Z0-9$/@:"()-]|[\u{0}-\u{20}]|n't|U\.S\.|https://){0,60}"#) {
            let words = words(&text);
            prop_assert!(words.is_sorted_by(|a, b| a.end() <= b.start()));
            let covered: String = words.iter().map(|word| word.of(&text)).collect();
            prop_assert_eq!(covered, text.split_whitespace().collect::<String>());
        }
    }
}
