//! Expressions of time, after TIMEX3 (Pustejovsky et al. 2010, ISO-TimeML section 7).
//!
//! A relative expression ("on Wednesday", "last year") keeps *how* it is relative, so that it can be resolved again when the document's date
//! becomes better known: an undated report takes its date from its siblings, and its weekdays with it. When the reference is a range,
//! so is the value.
//!
//! ```
//! use jiff::civil::{Weekday, date};
//! use variorum_model::{DateRange, time::{Direction, TimeValue}};
//! let on_wednesday = TimeValue::Weekday { weekday: Weekday::Wednesday, direction: Direction::Past };
//! let thursday = DateRange::day(date(2025, 9, 4));
//! assert_eq!(on_wednesday.resolve(Some(thursday)), Some(DateRange::day(date(2025, 9, 3))));
//! assert_eq!(on_wednesday.resolve(None), None);
//! ```

use jiff::{
    Span as Gap,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};

use crate::{DateRange, Precision, Span};

/// Index of a time expression in its document's annotations.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TimeId(pub u32);

/// One expression of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeExpression {
    /// Its words, without a preposition: "Wednesday", "June 2024", "two years earlier".
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// What it denotes.
    pub value: TimeValue,
    /// A clock time within the day, as TIMEX3 writes it after the `T`: `16:52`, `MO`, `NI`.
    pub clock: Option<String>,
    /// The time zone printed with the clock time: an offset from UTC (`+09:00`), or the IANA name where summer time decides ("5 p.m. ET": `America/New_York`).
    /// TIMEX3 values of news leave it out, and so does [`Self::clock`].
    #[serde(default)]
    pub zone: Option<String>,
    /// Whether only a part of the value is meant: "early 2024", "the end of May".
    pub part: Option<PartOf>,
}

impl TimeExpression {
    /// The days meant, given the document's date.
    pub fn resolve(&self, reference: Option<DateRange>) -> Option<DateRange> {
        self.value.resolve(reference)
    }
}

/// TIMEX3 type.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimeKind {
    /// A calendar time of a day or more.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// TIMEX3 `mod`: START, MID, END.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum PartOf {
    /// "early", "the beginning of"
    Start,
    /// "mid", "the middle of"
    Mid,
    /// "late", "the end of"
    End,
}

/// A calendar unit.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// On which side of the reference a calendar name lies.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// The latest one that is not after the reference: past tense, news about what happened.
    Past,
    /// The first one that is not before the reference: "will meet on Friday".
    Future,
    /// The one strictly before the present week, month or year: "last June".
    Last,
    /// The one strictly after: "next June".
    Next,
    /// The one in the present week, month or year: "this June".
    This,
    /// The one closest to the reference, before or after, where no tense tells: "payable Dec. 15". News tells more of what was, so that one ahead has to be
    /// closer by half.
    Nearest,
}

/// A named part of a year.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum YearPart {
    /// 1..=12
    Month(i8),
    /// 1..=4
    Quarter(i8),
    /// 1 or 2.
    Half(i8),
}

impl YearPart {
    /// Its days in a year; none for a number out of bounds.
    pub fn of(self, year: i16) -> Option<DateRange> {
        match self {
            Self::Month(month) => DateRange::month(year, month),
            Self::Quarter(quarter) => months(Date::new(year, quarter * 3 - 2, 1).ok()?, 3, Precision::Quarter),
            Self::Half(half) => months(Date::new(year, half * 6 - 5, 1).ok()?, 6, Precision::Range),
        }
    }
}

/// A feast that is not bound to one day of one month.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Feast {
    /// Days after Easter Sunday of the Gregorian calendar; negative for before.
    Easter(i16),
    /// Days after Easter Sunday of the Julian calendar.
    OrthodoxEaster(i16),
    /// "The fourth Thursday of November", with days after it.
    NthWeekday {
        /// 1..=12
        month: i8,
        /// Monday 1.
        weekday: i8,
        /// 1..=5, or -1 for the last.
        nth: i8,
        /// Days after that day.
        plus: i16,
    },
}

impl Feast {
    /// Its day in a year; none where that year has no such day.
    pub fn of(self, year: i16) -> Option<DateRange> {
        let (day, plus) = match self {
            Self::Easter(plus) => (easter(year)?, plus),
            Self::OrthodoxEaster(plus) => (orthodox_easter(year)?, plus),
            Self::NthWeekday { month, weekday, nth, plus } => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                (Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?, plus)
            }
        };
        day.checked_add(Gap::new().try_days(i64::from(plus)).ok()?).ok().map(DateRange::day)
    }
}

/// What an expression denotes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TimeValue {
    /// Days named outright: "3 September 2025", "2024", "the 1990s".
    Absolute(DateRange),
    /// A whole unit counted from the reference: "yesterday" is -1 day, "this week" 0 weeks, "last year" -1 year.
    Shift {
        /// How many units; negative for the past.
        amount: i32,
        /// The unit, which is also the precision of the result.
        unit: TimeUnit,
    },
    /// A distance from the reference, as precise as its unit: "two days ago", "in three months".
    Distance {
        /// How many units; negative for the past.
        amount: i32,
        /// The unit counted.
        unit: TimeUnit,
    },
    /// A day of the week.
    Weekday {
        /// Which day.
        #[serde(with = "iso_weekday")]
        weekday: Weekday,
        /// On which side.
        direction: Direction,
    },
    /// A month, or a day in it, without its year.
    MonthDay {
        /// 1..=12
        month: i8,
        /// 1..=31, or the whole month.
        day: Option<i8>,
        /// On which side.
        direction: Direction,
    },
    /// A season (northern), three months from the first of `month`.
    Season {
        /// 3, 6, 9 or 12.
        month: i8,
        /// On which side.
        direction: Direction,
    },
    /// A quarter or half without its year: "the third quarter". A report of results comes after the period, so one that is over for less than three months
    /// may still be ahead of its report.
    Period {
        /// Which.
        part: YearPart,
        /// On which side.
        direction: Direction,
    },
    /// A part of a year told by other words: "June last year", "last year's third quarter".
    InYear {
        /// Which part.
        part: YearPart,
        /// Something in that year.
        year: Box<TimeValue>,
    },
    /// A movable feast: "Easter", "Thanksgiving".
    Feast {
        /// Which.
        feast: Feast,
        /// On which side.
        direction: Direction,
    },
    /// From the start of the unit to the reference ("earlier this year"), or from the reference to its end ("later this month").
    PartOfUnit {
        /// The unit the reference lies in.
        unit: TimeUnit,
        /// Before the reference, or after.
        before: bool,
    },
    /// A length of time.
    Length {
        /// How many units.
        amount: f64,
        /// The unit.
        unit: TimeUnit,
    },
    /// Recurring, as TIMEX3 writes it: `P1D`, `XXXX-WXX-2`.
    Recurring(String),
    /// PAST_REF: "recently", "in the past".
    PastVague,
    /// PRESENT_REF: "now", "currently".
    PresentVague,
    /// FUTURE_REF: "soon", "in the future".
    FutureVague,
    /// Relative to another time of the text, found by the stage: "the same day", "two days earlier" after a dated sentence.
    RelativeTo {
        /// The other expression.
        other: Box<TimeValue>,
        /// How many units after it; negative for before.
        amount: i32,
        /// The unit counted.
        unit: TimeUnit,
    },
}

impl TimeValue {
    /// The days meant, given the date of the document; none where the reference is needed and missing, or nothing is datable.
    pub fn resolve(&self, reference: Option<DateRange>) -> Option<DateRange> {
        match self {
            Self::Absolute(range) => Some(*range),
            Self::RelativeTo { other, amount, unit } => {
                let range = other.resolve(reference)?;
                // "fell in the third quarter from 133 million a year earlier": a quarter again.
                let period = matches!(range.precision(), Precision::Quarter | Precision::Range) && *unit == TimeUnit::Year;
                if period { moved_by_years(range, *amount) } else { over(range, |day| distance(day, *amount, *unit)) }
            }
            Self::Length { .. } | Self::Recurring(_) | Self::PastVague | Self::PresentVague | Self::FutureVague => None,
            Self::PartOfUnit { unit, before } => part_of_unit(reference?, *unit, *before),
            Self::Shift { amount, unit } => over(reference?, |day| shift(day, *amount, *unit)),
            Self::Distance { amount, unit } => over(reference?, |day| distance(day, *amount, *unit)),
            Self::Weekday { weekday, direction } => over(reference?, |day| named_weekday(day, *weekday, *direction)),
            Self::MonthDay { month, day, direction } => over(reference?, |today| {
                let from = if day.is_some() { day_ahead_from(today, *direction)? } else { today };
                named(from, *direction, |year| month_day(year, *month, *day))
            }),
            Self::Season { month, direction } => over(reference?, |today| named_season(today, *month, *direction)),
            Self::Period { part, direction } => {
                over(reference?, |today| named(reporting_day(today, *direction)?, *direction, |year| part.of(year)))
            }
            Self::InYear { part, year } => over(year.resolve(reference)?, |day| part.of(day.year())),
            Self::Feast { feast, direction } => over(reference?, |today| named(today, *direction, |year| feast.of(year))),
        }
    }
}

/// The same days of another year.
fn moved_by_years(range: DateRange, amount: i32) -> Option<DateRange> {
    let moved = |date: Date| date.checked_add(Gap::new().try_years(i64::from(amount)).ok()?).ok();
    DateRange::new(moved(range.earliest())?, moved(range.latest())?, range.precision())
}

/// Resolves against both ends of a reference range and covers what lies between, keeping the precision of one reading.
fn over(reference: DateRange, resolve: impl Fn(Date) -> Option<DateRange>) -> Option<DateRange> {
    let (first, last) = (resolve(reference.earliest())?, resolve(reference.latest())?);
    if first == last {
        return Some(first);
    }
    DateRange::new(first.earliest().min(last.earliest()), first.latest().max(last.latest()), first.precision())
}

fn part_of_unit(reference: DateRange, unit: TimeUnit, before: bool) -> Option<DateRange> {
    let whole = over(reference, |day| unit_around(day, unit))?;
    match before {
        true => DateRange::new(whole.earliest(), reference.latest(), Precision::Range),
        false => DateRange::new(reference.earliest(), whole.latest(), Precision::Range),
    }
}

fn shift(day: Date, amount: i32, unit: TimeUnit) -> Option<DateRange> {
    unit_around(moved(day, amount, unit)?, unit)
}

/// A distance in days is one day; in weeks or more it is only as precise as the unit.
fn distance(day: Date, amount: i32, unit: TimeUnit) -> Option<DateRange> {
    let there = moved(day, amount, unit)?;
    match unit {
        _ if amount == 0 => unit_around(day, unit),
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day => Some(DateRange::day(there)),
        TimeUnit::Week => {
            DateRange::new(there.checked_sub(Gap::new().days(3)).ok()?, there.checked_add(Gap::new().days(3)).ok()?, Precision::Week)
        }
        _ => unit_around(there, unit),
    }
}

fn moved(day: Date, amount: i32, unit: TimeUnit) -> Option<Date> {
    let n = i64::from(amount);
    let gap = match unit {
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return Some(day),
        TimeUnit::Day => Gap::new().try_days(n),
        TimeUnit::Week | TimeUnit::Weekend => Gap::new().try_weeks(n),
        TimeUnit::Month => Gap::new().try_months(n),
        TimeUnit::Quarter => Gap::new().try_months(3 * n),
        TimeUnit::Year => Gap::new().try_years(n),
        TimeUnit::Decade => Gap::new().try_years(10 * n),
        TimeUnit::Century => Gap::new().try_years(100 * n),
    };
    day.checked_add(gap.ok()?).ok()
}

/// The calendar unit a day lies in. Weeks run from Monday (ISO 8601).
pub fn unit_around(day: Date, unit: TimeUnit) -> Option<DateRange> {
    let years =
        |first: i16, n: i16, precision| DateRange::new(Date::new(first, 1, 1).ok()?, Date::new(first + n - 1, 12, 31).ok()?, precision);
    match unit {
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day => Some(DateRange::day(day)),
        TimeUnit::Week => {
            let monday = day.checked_sub(Gap::new().days(i64::from(day.weekday().to_monday_zero_offset()))).ok()?;
            DateRange::new(monday, monday.checked_add(Gap::new().days(6)).ok()?, Precision::Week)
        }
        TimeUnit::Weekend => {
            let sunday = unit_around(day, TimeUnit::Week)?.latest();
            DateRange::new(sunday.yesterday().ok()?, sunday, Precision::Range)
        }
        TimeUnit::Month => DateRange::month(day.year(), day.month()),
        TimeUnit::Quarter => YearPart::Quarter((day.month() - 1) / 3 + 1).of(day.year()),
        TimeUnit::Year => DateRange::year(day.year()),
        TimeUnit::Decade => years(day.year().div_euclid(10) * 10, 10, Precision::Decade),
        TimeUnit::Century => years(day.year().div_euclid(100) * 100, 100, Precision::Range),
    }
}

fn named_weekday(today: Date, weekday: Weekday, direction: Direction) -> Option<DateRange> {
    let back = i64::from(weekday.until(today.weekday()));
    let ahead = i64::from(today.weekday().until(weekday));
    let days = match direction {
        Direction::Past => -back,
        Direction::Future => ahead,
        Direction::Nearest => {
            if back <= ahead {
                -back
            } else {
                ahead
            }
        }
        Direction::Last => -(if back == 0 { 7 } else { back }),
        Direction::Next => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Direction::This => i64::from(weekday.to_monday_zero_offset()) - i64::from(today.weekday().to_monday_zero_offset()),
    };
    Some(DateRange::day(today.checked_add(Gap::new().days(days)).ok()?))
}

fn month_day(year: i16, month: i8, day: Option<i8>) -> Option<DateRange> {
    match day {
        Some(day) => Date::new(year, month, day).ok().map(DateRange::day),
        None => DateRange::month(year, month),
    }
}

/// What comes once a year, on the side meant.
fn named(today: Date, direction: Direction, in_year: impl Fn(i16) -> Option<DateRange>) -> Option<DateRange> {
    let this = in_year(today.year());
    let year = match direction {
        Direction::Nearest => return nearest(today, in_year),
        Direction::This => today.year(),
        Direction::Past if this.is_none_or(|range| range.earliest() <= today) => today.year(),
        Direction::Past => today.year() - 1,
        Direction::Future if this.is_none_or(|range| range.latest() >= today) => today.year(),
        Direction::Future => today.year() + 1,
        Direction::Last if this.is_some_and(|range| range.latest() < today) => today.year(),
        Direction::Last => today.year() - 1,
        Direction::Next if this.is_some_and(|range| range.earliest() > today) => today.year(),
        Direction::Next => today.year() + 1,
    };
    in_year(year)
}

fn nearest(today: Date, in_year: impl Fn(i16) -> Option<DateRange>) -> Option<DateRange> {
    let gap = |range: &DateRange| (3 * (range.earliest() - today).get_days()).max(2 * (today - range.latest()).get_days()).max(0);
    [today.year(), today.year() - 1, today.year() + 1].into_iter().filter_map(in_year).min_by_key(gap)
}

/// The day from which a day that lies ahead is looked for: "to be returned by 14 January" the day after is not said of the next year.
fn day_ahead_from(today: Date, direction: Direction) -> Option<Date> {
    if direction == Direction::Future { today.checked_sub(Gap::new().months(2)).ok() } else { Some(today) }
}

/// The day from which a quarter that lies ahead is looked for: one that ended within three months is still to be reported.
fn reporting_day(today: Date, direction: Direction) -> Option<Date> {
    if direction == Direction::Future { today.checked_sub(Gap::new().months(3)).ok() } else { Some(today) }
}

fn named_season(today: Date, month: i8, direction: Direction) -> Option<DateRange> {
    named(today, direction, |year| season(year, month))
}

/// Three months from the first of `month`; winter runs into the next year.
pub fn season(year: i16, month: i8) -> Option<DateRange> {
    months(Date::new(year, month, 1).ok()?, 3, Precision::Quarter)
}

fn months(first: Date, n: i64, precision: Precision) -> Option<DateRange> {
    DateRange::new(first, first.checked_add(Gap::new().months(n - 1)).ok()?.last_of_month(), precision)
}

/// Easter Sunday by the rule of Meeus, Jones and Butcher (Meeus, *Astronomical Algorithms*, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, of_century) = (y % 19, y / 100, y % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let n = epact + to_sunday - 7 * late + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Easter Sunday of the Julian calendar, as a day of the Gregorian one (Meeus, chapter 8).
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let moon = (19 * (y % 19) + 15) % 30;
    let to_sunday = (2 * (y % 4) + 4 * (y % 7) - moon + 34) % 7;
    let n = moon + to_sunday + 114;
    let julian = Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    julian.checked_add(Gap::new().days(i64::from(y / 100 - y / 400 - 2))).ok()
}

/// Weekdays are stored as ISO 8601 numbers, Monday 1.
mod iso_weekday {
    use jiff::civil::Weekday;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature.
    pub(super) fn serialize<S: Serializer>(weekday: &Weekday, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i8(weekday.to_monday_one_offset())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Weekday, D::Error> {
        Weekday::from_monday_one_offset(i8::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn on(year: i16, month: i8, day: i8) -> Option<DateRange> {
        Some(DateRange::day(date(year, month, day)))
    }

    #[test]
    fn last_year_is_as_precise_as_a_year() {
        let value = TimeValue::Shift { amount: -1, unit: TimeUnit::Year };
        assert_eq!(value.resolve(on(2025, 9, 4)), DateRange::year(2024));
    }

    #[test]
    fn a_range_of_reference_gives_a_range_of_values() {
        let value = TimeValue::Shift { amount: -1, unit: TimeUnit::Day };
        let reference = DateRange::new(date(2025, 9, 3), date(2025, 9, 5), Precision::Range);
        let range = value.resolve(reference).unwrap();
        assert_eq!((range.earliest(), range.latest()), (date(2025, 9, 2), date(2025, 9, 4)));
    }

    #[test]
    fn months_without_a_year_look_back_or_ahead() {
        let july = |direction| TimeValue::MonthDay { month: 7, day: None, direction };
        assert_eq!(july(Direction::Past).resolve(on(2025, 9, 4)), DateRange::month(2025, 7));
        assert_eq!(july(Direction::Past).resolve(on(2025, 6, 4)), DateRange::month(2024, 7));
        assert_eq!(july(Direction::Future).resolve(on(2025, 9, 4)), DateRange::month(2026, 7));
    }

    #[test]
    fn a_day_without_its_year_is_the_nearest_where_no_tense_tells() {
        let december = TimeValue::MonthDay { month: 12, day: Some(15), direction: Direction::Nearest };
        assert_eq!(december.resolve(on(2025, 10, 26)), on(2025, 12, 15));
        assert_eq!(december.resolve(on(2026, 2, 1)), on(2025, 12, 15));
    }

    #[test]
    fn feasts_move() {
        let days = [2024, 2025, 2026]
            .map(|year| (Feast::Easter(0).of(year).unwrap().earliest(), Feast::OrthodoxEaster(0).of(year).unwrap().earliest()));
        assert_eq!(days[0], (date(2024, 3, 31), date(2024, 5, 5)));
        assert_eq!(days[1], (date(2025, 4, 20), date(2025, 4, 20)));
        assert_eq!(days[2], (date(2026, 4, 5), date(2026, 4, 12)));
        let thanksgiving = Feast::NthWeekday { month: 11, weekday: 4, nth: 4, plus: 0 };
        assert_eq!(thanksgiving.of(1999), on(1999, 11, 25));
    }

    #[test]
    fn a_quarter_just_over_is_the_one_to_be_reported() {
        let third = TimeValue::Period { part: YearPart::Quarter(3), direction: Direction::Future };
        assert_eq!(third.resolve(on(2025, 10, 26)), YearPart::Quarter(3).of(2025));
        assert_eq!(third.resolve(on(2026, 2, 26)), YearPart::Quarter(3).of(2026));
    }

    #[test]
    fn june_last_year_is_one_month() {
        let june = TimeValue::InYear { part: YearPart::Month(6), year: Box::new(TimeValue::Shift { amount: -1, unit: TimeUnit::Year }) };
        assert_eq!(june.resolve(on(2025, 9, 4)), DateRange::month(2024, 6));
    }

    #[test]
    fn weekdays_by_direction() {
        let friday = |direction| TimeValue::Weekday { weekday: Weekday::Friday, direction };
        assert_eq!(friday(Direction::Past).resolve(on(2025, 9, 4)), on(2025, 8, 29));
        assert_eq!(friday(Direction::Future).resolve(on(2025, 9, 4)), on(2025, 9, 5));
        assert_eq!(friday(Direction::Past).resolve(on(2025, 9, 5)), on(2025, 9, 5));
        assert_eq!(friday(Direction::Last).resolve(on(2025, 9, 5)), on(2025, 8, 29));
    }
}
