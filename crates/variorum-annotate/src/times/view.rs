//! What the rules of the grammar look at, and what they give back.

use jiff::civil::Date;
use variorum_model::{
    BlockKind, DateRange, Document, Parse, TimeKind, TimeValue, TokenId, Upos,
    time::{Direction, PartOf, TimeUnit},
};

use super::{clock::is_day, lexicon::TimeLexicon, tense};

/// The words of one sentence, with what the text told before.
pub(super) struct View<'a> {
    pub(super) lexicon: &'a TimeLexicon,
    pub(super) doc: &'a Document,
    pub(super) parse: &'a Parse,
    /// Lower-cased words of the document up to the end of the sentence.
    pub(super) words: &'a [String],
    /// First word of the sentence.
    pub(super) start: usize,
    pub(super) told: &'a Told,
}

/// Times told before, which others are counted from.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The last date.
    pub(super) date: Option<TimeValue>,
    /// The last one day, with its clock time.
    pub(super) day: Option<(TimeValue, Option<String>)>,
    /// The quarter or half whose results are reported.
    pub(super) period: Option<TimeValue>,
    /// The same, unless a longer stretch was reported since ("in the first nine months"): what "a year earlier" compares with.
    pub(super) compared: Option<TimeValue>,
}

/// What some words denote.
#[derive(Clone)]
pub(super) struct Reading {
    pub(super) value: TimeValue,
    pub(super) kind: TimeKind,
    pub(super) clock: Option<String>,
    pub(super) part: Option<PartOf>,
    pub(super) len: usize,
}

impl Reading {
    pub(super) fn new(kind: TimeKind, value: TimeValue, len: usize) -> Self {
        Self { value, kind, clock: None, part: None, len }
    }

    pub(super) fn date(value: TimeValue, len: usize) -> Self {
        Self::new(TimeKind::Date, value, len)
    }
}

impl View<'_> {
    /// The word at `i`, lower case; empty behind the sentence.
    pub(super) fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", String::as_str)
    }

    /// The word before `i` in the sentence; empty before its first.
    pub(super) fn before(&self, i: usize) -> &str {
        self.back(i, 1)
    }

    /// The word `n` before `i` in the sentence; empty before its first.
    pub(super) fn back(&self, i: usize, n: usize) -> &str {
        i.checked_sub(n).filter(|&before| before >= self.start).map_or("", |before| self.word(before))
    }

    pub(super) fn rest(&self, i: usize) -> &[String] {
        self.words.get(i..).unwrap_or_default()
    }

    pub(super) fn token(&self, i: usize) -> TokenId {
        debug_assert!(i < self.words.len());
        TokenId(i as u32)
    }

    pub(super) fn upos(&self, i: usize) -> Option<Upos> {
        self.parse.tokens.get(i).filter(|_| i < self.words.len()).map(|token| token.upos)
    }

    pub(super) fn is_plural(&self, i: usize) -> bool {
        self.parse.tokens.get(i).is_some_and(|token| matches!(token.tag.as_str(), "NNS" | "NNPS"))
    }

    pub(super) fn is_singular(&self, i: usize) -> bool {
        self.parse.tokens.get(i).is_some_and(|token| token.tag == "NN")
    }

    /// Behind "his", "their", "the company's".
    pub(super) fn is_possessed(&self, i: usize) -> bool {
        i > self.start && matches!(self.parse.tokens[i - 1].tag.as_str(), "PRP$" | "POS")
    }

    pub(super) fn capital(&self, i: usize) -> bool {
        self.parse.tokens.get(i).is_some_and(|token| self.doc.slice(token.span).starts_with(char::is_uppercase))
    }

    /// Whether the word is letters of an abbreviation: "EAT".
    pub(super) fn all_capitals(&self, i: usize) -> bool {
        self.parse.tokens.get(i).is_some_and(|token| self.doc.slice(token.span).chars().all(|c| c.is_ascii_uppercase()))
    }

    /// A common word written and read as a name: "Today" in the name of a paper.
    pub(super) fn is_name(&self, i: usize) -> bool {
        i > self.start && self.capital(i) && self.upos(i) == Some(Upos::Propn)
    }

    /// On which side of the report a name of the calendar at `i` lies.
    pub(super) fn direction(&self, i: usize) -> Direction {
        // "as early as Tuesday", "as recently as Tuesday".
        if self.before(i) == "as" && self.back(i, 3) == "as" {
            return if matches!(self.back(i, 2), "early" | "soon") { Direction::Future } else { Direction::Past };
        }
        // "ahead of Sunday's vote"
        if self.before(i) == "of" && self.back(i, 2) == "ahead" || self.before(i) == "the" && self.back(i, 3) == "ahead" {
            return Direction::Future;
        }
        tense::direction(&self.scene(i), self.head_of_time(i))
    }

    /// On which side the clause lies that the name at `i` stands in.
    pub(super) fn direction_of_clause(&self, i: usize) -> Direction {
        tense::of_clause(&self.scene(i), self.head_of_time(i))
    }

    fn scene(&self, i: usize) -> tense::Scene<'_> {
        let running = self.doc.block_at(self.parse.tokens[i].span.start()).is_none_or(|block| block.kind == BlockKind::Paragraph);
        tense::Scene { verbs: &self.lexicon.verbs, parse: self.parse, running }
    }

    /// "Sunday night", "4 September", "9 a.m. Tuesday": the word of the expression that hangs on the rest of the clause.
    fn head_of_time(&self, i: usize) -> TokenId {
        let lexicon = self.lexicon;
        let of_time = |id: &TokenId| {
            let words = &self.words[id.index()..=id.index()];
            let form = words[0].as_str();
            let named = lexicon.months.contains_key(form) || lexicon.weekdays.contains_key(form);
            named || lexicon.parts_of_day.longest(words).is_some() || lexicon.clock_halves.contains_key(form)
        };
        let near = |id: &TokenId| id.index() < self.words.len() && id.index().abs_diff(i) <= 4;
        self.parse.ancestors(self.token(i)).take_while(|id| near(id) && of_time(id)).last().unwrap_or(self.token(i))
    }

    /// Counted from the last date told, else from the report.
    pub(super) fn counted_from_told(&self, amount: i32, unit: TimeUnit) -> TimeValue {
        match &self.told.date {
            // "up from 12 a year earlier … from 9 a year earlier": both count from the same date.
            Some(TimeValue::RelativeTo { other, amount: before, unit: of }) if amount != 0 && (*before, *of) == (amount, unit) => {
                TimeValue::RelativeTo { other: other.clone(), amount, unit }
            }
            // "up from 64 a week earlier": the same weekday.
            Some(other) if unit == TimeUnit::Week && amount.abs() == 1 && is_day(other) => {
                TimeValue::RelativeTo { other: Box::new(other.clone()), amount: 7 * amount, unit: TimeUnit::Day }
            }
            Some(other) => TimeValue::RelativeTo { other: Box::new(other.clone()), amount, unit },
            None => TimeValue::Distance { amount, unit },
        }
    }

    /// Whether the phrase is over before `i`: at a mark, a conjunction or the end.
    pub(super) fn ends_phrase(&self, i: usize) -> bool {
        self.upos(i).is_none_or(|upos| matches!(upos, Upos::Punct | Upos::Cconj)) && self.word(i) != "-"
    }
}

/// "last", "next", "this" before a name of the calendar or a unit.
pub(super) fn side(word: &str) -> Option<Direction> {
    Some(match word {
        "last" | "past" | "previous" => Direction::Last,
        "next" | "coming" | "upcoming" | "following" => Direction::Next,
        "this" | "current" => Direction::This,
        _ => return None,
    })
}

/// Units away from the present one: -1, 0, 1.
pub(super) fn units_away(direction: Direction) -> i32 {
    match direction {
        Direction::Last => -1,
        Direction::Next => 1,
        _ => 0,
    }
}

pub(super) fn absolute(year: i16, month: i8, day: Option<i8>) -> Option<TimeValue> {
    match day {
        Some(day) => Date::new(year, month, day).ok().map(|date| TimeValue::Absolute(DateRange::day(date))),
        None => DateRange::month(year, month).map(TimeValue::Absolute),
    }
}
