//! Words of time, from `knowledge/times.tsv`.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use variorum_model::{
    table::Table,
    time::{PartOf, TimeUnit},
};

use crate::{phrases::PhraseTable, quantities::NumberLexicon};

/// Words of time, from `knowledge/times.tsv`, with the number words they are counted by.
#[derive(Debug)]
pub struct TimeLexicon {
    pub(super) months: FxHashMap<&'static str, i8>,
    pub(super) weekdays: FxHashMap<&'static str, i8>,
    /// Season to the first of its three months.
    pub(super) seasons: FxHashMap<&'static str, i8>,
    pub(super) quarters: PhraseTable<i8>,
    pub(super) parts_of_day: PhraseTable<&'static str>,
    pub(super) units: FxHashMap<&'static str, (TimeUnit, f64)>,
    pub(super) deictics: PhraseTable<Deictic>,
    pub(super) vague: PhraseTable<&'static str>,
    pub(super) sets: PhraseTable<&'static str>,
    pub(super) modifiers: PhraseTable<PartOf>,
    pub(super) holidays: PhraseTable<(i8, i8)>,
    pub(super) zones: FxHashMap<&'static str, ()>,
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

impl TimeLexicon {
    /// The table that ships with the program.
    pub fn bundled(numbers: Arc<NumberLexicon>) -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/times.tsv")).expect("bundled tables are checked by tests");
        let of_kind = |kind: &'static str| table.rows().filter(move |row| row.get("kind") == kind);
        let numbered =
            |kind: &'static str| of_kind(kind).filter_map(|row| Some((row.get("word"), row.get("value").parse().ok()?))).collect();
        let season = |row: variorum_model::table::Row<'_, 'static>| {
            Some((
                row.get("word"),
                match row.get("value") {
                    "SP" => 3,
                    "SU" => 6,
                    "FA" => 9,
                    "WI" => 12,
                    _ => return None,
                },
            ))
        };
        Self {
            months: numbered("month"),
            weekdays: numbered("weekday"),
            seasons: of_kind("season").filter_map(season).collect(),
            quarters: PhraseTable::new(
                of_kind("quarter").filter_map(|row| Some((row.get("word"), row.get("value").strip_prefix('Q')?.parse().ok()?))),
            ),
            parts_of_day: PhraseTable::new(of_kind("part-of-day").map(|row| (row.get("word"), row.get("value").trim_start_matches('T')))),
            units: of_kind("unit")
                .filter_map(|row| Some((row.get("word"), (unit(row.get("unit"))?, row.get("offset").parse().unwrap_or(1.0)))))
                .collect(),
            deictics: PhraseTable::new(of_kind("deictic").filter_map(|row| {
                Some((
                    row.get("word"),
                    Deictic {
                        unit: unit(row.get("unit"))?,
                        offset: row.get("offset").parse().ok()?,
                        clock: row.opt("value").filter(|value| value.len() == 2 && !value.starts_with('Q')),
                    },
                ))
            })),
            vague: PhraseTable::new(of_kind("vague").map(|row| (row.get("word"), row.get("value")))),
            sets: PhraseTable::new(of_kind("set").map(|row| (row.get("word"), row.get("value")))),
            modifiers: PhraseTable::new(of_kind("modifier").filter_map(|row| Some((row.get("word"), part(row.get("mod"))?)))),
            holidays: PhraseTable::new(of_kind("holiday").filter_map(|row| {
                let (month, day) = row.get("value").split_once('-')?;
                Some((row.get("word"), (month.parse().ok()?, day.parse().ok()?)))
            })),
            zones: of_kind("zone").map(|row| (row.get("word"), ())).collect(),
            numbers,
        }
    }
}

fn unit(code: &str) -> Option<TimeUnit> {
    Some(match code {
        "TS" => TimeUnit::Second,
        "TM" => TimeUnit::Minute,
        "TH" => TimeUnit::Hour,
        "D" => TimeUnit::Day,
        "W" | "WE" => TimeUnit::Week,
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
