//! Words of time, from `knowledge/times.tsv`.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use variorum_model::{
    table::{Row, Table},
    time::{Feast, PartOf, TimeUnit, YearPart},
};

use super::tense::{VerbClass, Verbs};
use crate::{phrases::PhraseTable, quantities::NumberLexicon};

/// Words of time, from `knowledge/times.tsv`, with the number words they are counted by.
#[derive(Debug)]
pub struct TimeLexicon {
    pub(super) months: FxHashMap<&'static str, i8>,
    pub(super) weekdays: FxHashMap<&'static str, i8>,
    /// Season to the first of its three months.
    pub(super) seasons: FxHashMap<&'static str, i8>,
    /// Quarters and halves.
    pub(super) periods: PhraseTable<YearPart>,
    /// Decades in words to their first year.
    pub(super) decades: FxHashMap<&'static str, i16>,
    pub(super) parts_of_day: PhraseTable<&'static str>,
    pub(super) units: FxHashMap<&'static str, (TimeUnit, f64)>,
    /// Units that are no units with a capital: "sec".
    pub(super) small_units: FxHashMap<&'static str, ()>,
    pub(super) deictics: PhraseTable<Deictic>,
    pub(super) vague: PhraseTable<&'static str>,
    pub(super) sets: PhraseTable<&'static str>,
    pub(super) modifiers: PhraseTable<PartOf>,
    /// What is glued to the front of a name of the calendar: "mid".
    pub(super) prefixes: FxHashMap<&'static str, Option<PartOf>>,
    pub(super) holidays: PhraseTable<Holiday>,
    pub(super) verbs: Verbs,
    pub(super) zones: PhraseTable<Zone>,
    /// "a.m.", "p.m."
    pub(super) clock_halves: FxHashMap<&'static str, ()>,
    pub(super) numbers: Arc<NumberLexicon>,
}

/// A word counted from the date of the text.
#[derive(Copy, Clone, Debug)]
pub(super) struct Deictic {
    pub(super) unit: TimeUnit,
    pub(super) offset: i32,
    /// TIMEX3 letters of a part of the day.
    pub(super) clock: Option<&'static str>,
}

/// A time zone as printed.
#[derive(Copy, Clone, Debug)]
pub(super) struct Zone {
    /// From UTC (`+09:00`), or the IANA name where summer time decides; none for "local time".
    pub(super) offset: Option<&'static str>,
    /// Whether its letters are a zone only as capitals: "EAT".
    pub(super) capital: bool,
}

/// A feast, of one day of a month or movable.
#[derive(Copy, Clone, Debug)]
pub(super) enum Holiday {
    Fixed(i8, i8),
    Movable(Feast),
    /// A day of history that goes by its date: "9/11".
    Once(Date),
}

impl TimeLexicon {
    /// The table that ships with the program.
    pub fn bundled(numbers: Arc<NumberLexicon>) -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/times.tsv")).expect("bundled tables are checked by tests");
        let of_kind = |kind: &'static str| table.rows().filter(move |row| row.get("kind") == kind);
        let numbered =
            |kind: &'static str| of_kind(kind).filter_map(|row| Some((row.get("word"), row.get("value").parse().ok()?))).collect();
        Self {
            months: numbered("month"),
            weekdays: numbered("weekday"),
            seasons: of_kind("season").filter_map(season).collect(),
            periods: PhraseTable::new(
                of_kind("quarter").chain(of_kind("half-year")).filter_map(|row| Some((row.get("word"), year_part(row.get("value"))?))),
            ),
            decades: of_kind("decade").filter_map(|row| Some((row.get("word"), row.get("value").parse::<i16>().ok()? * 10))).collect(),
            parts_of_day: PhraseTable::new(of_kind("part-of-day").map(|row| (row.get("word"), row.get("value").trim_start_matches('T')))),
            units: of_kind("unit")
                .filter_map(|row| Some((row.get("word"), (unit(row.get("unit"))?, row.get("offset").parse().unwrap_or(1.0)))))
                .collect(),
            small_units: of_kind("unit").filter(|row| row.get("written") == "small").map(|row| (row.get("word"), ())).collect(),
            deictics: PhraseTable::new(of_kind("deictic").filter_map(|row| Some((row.get("word"), deictic(row)?)))),
            vague: PhraseTable::new(of_kind("vague").map(|row| (row.get("word"), row.get("value")))),
            sets: PhraseTable::new(of_kind("set").map(|row| (row.get("word"), row.get("value")))),
            modifiers: PhraseTable::new(of_kind("modifier").filter_map(|row| Some((row.get("word"), part(row.get("mod"))?)))),
            prefixes: of_kind("prefix").map(|row| (row.get("word"), part(row.get("mod")))).collect(),
            holidays: PhraseTable::new(of_kind("holiday").filter_map(|row| Some((as_tokens(row.get("word")), holiday(row)?)))),
            verbs: verbs(of_kind("verb")),
            clock_halves: of_kind("clock").filter(|row| matches!(row.get("value"), "AM" | "PM")).map(|row| (row.get("word"), ())).collect(),
            zones: PhraseTable::new(of_kind("zone").map(|row| (row.get("word"), zone(row)))),
            numbers,
        }
    }
}

/// Possessive endings stand alone, as the tokeniser gives them.
fn as_tokens(phrase: &str) -> String {
    phrase.replace("'s ", " 's ").replace("s' ", "s ' ")
}

fn verbs<'a>(rows: impl Iterator<Item = Row<'a, 'static>>) -> Verbs {
    let mut verbs = Verbs::default();
    for row in rows {
        for class in row.list("value").filter_map(VerbClass::from_label) {
            verbs.add(row.get("word"), class);
        }
    }
    verbs
}

fn season(row: Row<'_, 'static>) -> Option<(&'static str, i8)> {
    let first_month = match row.get("value") {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        "WI" => 12,
        _ => return None,
    };
    Some((row.get("word"), first_month))
}

fn year_part(code: &str) -> Option<YearPart> {
    let (sort, n) = code.split_at_checked(1)?;
    match sort {
        "Q" => n.parse().ok().map(YearPart::Quarter),
        "H" => n.parse().ok().map(YearPart::Half),
        _ => None,
    }
}

fn zone(row: Row<'_, 'static>) -> Zone {
    Zone { offset: row.opt("offset"), capital: row.get("written") == "capital" }
}

fn deictic(row: Row<'_, 'static>) -> Option<Deictic> {
    let clock = row.opt("value").filter(|value| value.len() == 2 && !value.starts_with('Q'));
    Some(Deictic { unit: unit(row.get("unit"))?, offset: row.get("offset").parse().ok()?, clock })
}

/// `12-25`, `easter` with days after it, `11-nth-4-4+1`: the day after the fourth Thursday.
fn holiday(row: Row) -> Option<Holiday> {
    let plus: i16 = row.get("offset").parse().unwrap_or(0);
    match row.get("value") {
        "easter" => Some(Holiday::Movable(Feast::Easter(plus))),
        "orthodox-easter" => Some(Holiday::Movable(Feast::OrthodoxEaster(plus))),
        value if value.contains("-nth-") => {
            let (day, plus) = value.split_once('+').map_or((value, 0), |(day, plus)| (day, plus.parse().unwrap_or(0)));
            let mut pieces = day.split('-').filter(|piece| *piece != "nth");
            let (month, weekday, nth) = (pieces.next()?.parse().ok()?, pieces.next()?.parse().ok()?, pieces.next()?);
            let nth = if nth == "last" { -1 } else { nth.parse().ok()? };
            Some(Holiday::Movable(Feast::NthWeekday { month, weekday, nth, plus }))
        }
        value if value.len() == 10 => value.parse().ok().map(Holiday::Once),
        value => {
            let (month, day) = value.split_once('-')?;
            Some(Holiday::Fixed(month.parse().ok()?, day.parse().ok()?))
        }
    }
}

fn unit(code: &str) -> Option<TimeUnit> {
    Some(match code {
        "TS" => TimeUnit::Second,
        "TM" => TimeUnit::Minute,
        "TH" => TimeUnit::Hour,
        "D" => TimeUnit::Day,
        "W" => TimeUnit::Week,
        "WE" => TimeUnit::Weekend,
        "M" => TimeUnit::Month,
        "Q" => TimeUnit::Quarter,
        "Y" | "FY" => TimeUnit::Year,
        "DE" => TimeUnit::Decade,
        "CE" => TimeUnit::Century,
        _ => return None,
    })
}

fn part(code: &str) -> Option<PartOf> {
    Some(match code {
        "START" => PartOf::Start,
        "MID" => PartOf::Mid,
        "END" => PartOf::End,
        _ => return None,
    })
}
