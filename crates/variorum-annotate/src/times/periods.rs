//! The periods that results are reported for: quarters and halves of a year.
//!
//! Example: "profit in the third quarter rose to 12 million from 9 million in the year-earlier quarter": the second is a year before the first, and so is "a year
//! ago" in the sentences that follow. "The quarter", "the latest period" are the one that was told.
//! Limits: quarters are those of the calendar; a fiscal year of its own is not known.

use jiff::civil::Date;
use variorum_model::{
    DateRange, Precision, TimeKind, TimeValue,
    time::{Direction, TimeUnit, YearPart},
};

use super::{
    calendar::{month_day_year, year},
    lengths::{counted_unit, unit},
    view::{Reading, View, side, units_away},
};

/// What a phrase names: a part of the year by its number, or the period that is spoken of.
enum Core {
    Named(YearPart),
    Spoken,
}

/// The year a phrase names.
#[derive(Copy, Clone)]
enum Year {
    Named(i16),
    /// Years from the report's.
    Shift(i32),
    /// One year before the period that is spoken of.
    Earlier,
}

/// "the third quarter", "last year's third quarter", "the 1988 period", "the year-ago quarter", "the quarter ended Sept. 30".
pub(super) fn period(view: &View, i: usize) -> Option<Reading> {
    let mut at = i + usize::from(matches!(view.word(i), "the" | "a"));
    at += usize::from(compares(view.word(at)));
    let (before, next) = year_before(view, at).map_or((None, at), |(year, next)| (Some(year), next));
    let Some((core, end)) = core(view, i, next) else { return comparison(view, i, before, next) };
    let (after, end) = year_behind(view, end).filter(|_| before.is_none()).map_or((None, end), |(year, next)| (Some(year), next));
    let year = before.or(after);
    let value = match core {
        Core::Named(part) => named(view, i, part, year)?,
        Core::Spoken => spoken(view, i, end, year)?,
    };
    Some(Reading::date(value, end - i))
}

/// "year-earlier" before anything else: "the year-earlier loss".
fn comparison(view: &View, i: usize, year: Option<Year>, end: usize) -> Option<Reading> {
    if !matches!(year, Some(Year::Earlier)) {
        return None;
    }
    // "the year-earlier nine months"
    if let Some((amount, unit, n)) = counted_unit(view, end) {
        return Some(Reading::new(TimeKind::Duration, TimeValue::Length { amount, unit }, end + n - i));
    }
    Some(Reading::date(year_earlier(view), end - i))
}

/// "same", "comparable" and the like: the period is told by what stands behind it.
fn compares(word: &str) -> bool {
    matches!(word, "same" | "comparable" | "corresponding" | "full")
}

/// "1988", "fiscal 1990", "last year's", "year-ago" before a period.
fn year_before(view: &View, i: usize) -> Option<(Year, usize)> {
    let fiscal = usize::from(view.word(i) == "fiscal");
    if let Some((year, n)) = year(view, i + fiscal) {
        return Some((Year::Named(year), i + fiscal + n));
    }
    if view.word(i) == "year" && view.word(i + 1) == "-" && matches!(view.word(i + 2), "ago" | "earlier") {
        return Some((Year::Earlier, i + 3));
    }
    let side = side(view.word(i)).filter(|_| view.word(i + 1) == "year" && view.word(i + 2) == "'s")?;
    Some((Year::Shift(units_away(side)), i + 3))
}

/// "of 1988", "last year", "a year ago" behind a period.
fn year_behind(view: &View, i: usize) -> Option<(Year, usize)> {
    let at = i + usize::from(view.word(i) == "of");
    let at = at + usize::from(view.word(at) == "fiscal");
    if let Some((year, n)) = year(view, at) {
        return Some((Year::Named(year), at + n));
    }
    if view.word(at) == "a" && view.word(at + 1) == "year" && matches!(view.word(at + 2), "ago" | "earlier") {
        return Some((Year::Earlier, at + 3));
    }
    if (view.word(at), view.word(at + 1)) == ("the", "year") {
        return Some((Year::Shift(0), at + 2));
    }
    let side = side(view.word(at)).filter(|_| view.word(at + 1) == "year")?;
    Some((Year::Shift(units_away(side)), at + 2))
}

fn core(view: &View, i: usize, at: usize) -> Option<(Core, usize)> {
    // "the last quarter" is the fourth one of a year that is told, else the latest.
    let latest = |n: usize| view.word(at) == "last" && at + n <= view.words.len() && year_behind(view, at + n).is_none();
    if let Some((n, part)) = view.lexicon.periods.longest(view.rest(at)).filter(|(n, _)| !latest(*n)) {
        return Some((Core::Named(*part), at + n));
    }
    let told = at > i || view.word(i) == "this";
    let at = at + usize::from(matches!(view.word(at), "latest" | "current" | "this"));
    let quarter = unit(view, at).is_some_and(|(unit, _, _)| unit == TimeUnit::Quarter);
    let period = view.word(at) == "period" && at > i + 1;
    let whole = view.is_singular(at) && !matches!(view.word(at + 1), "of" | "-")
        || view.word(at + 1) == "of" && year_behind(view, at + 1).is_some();
    (told && whole && (quarter || period)).then_some((Core::Spoken, at + 1))
}

fn named(view: &View, i: usize, part: YearPart, year: Option<Year>) -> Option<TimeValue> {
    Some(match year {
        Some(Year::Named(year)) => TimeValue::Absolute(part.of(year)?),
        Some(Year::Shift(amount)) => TimeValue::InYear { part, year: Box::new(TimeValue::Shift { amount, unit: TimeUnit::Year }) },
        Some(Year::Earlier) => a_year_before(TimeValue::Period { part, direction: Direction::Past }),
        // The first half of what? Of a match, or of a year that is not told.
        None if matches!(part, YearPart::Half(_)) && view.told.period.is_none() => return None,
        None => TimeValue::Period { part, direction: side_of_period(view, i) },
    })
}

/// Results are told of a quarter that is over, unless the clause says that it is to come.
fn side_of_period(view: &View, i: usize) -> Direction {
    match view.direction_of_clause(i) {
        Direction::Future => Direction::Future,
        _ => Direction::Past,
    }
}

/// "the quarter", "the latest period", "the 1988 quarter", "the same period last year".
fn spoken(view: &View, i: usize, end: usize, year: Option<Year>) -> Option<TimeValue> {
    let of_report = |amount| TimeValue::Shift { amount, unit: TimeUnit::Quarter };
    Some(match year {
        Some(Year::Earlier | Year::Shift(-1)) => view.told.period.clone().map_or_else(|| year_earlier(view), a_year_before),
        Some(Year::Shift(0)) => view.told.period.clone()?,
        Some(Year::Shift(_)) => return None,
        Some(Year::Named(year)) => in_year(view.told.period.as_ref(), year)?,
        None if compares(view.word(i + 1)) => return None,
        None if matches!(view.word(end - 2), "this" | "current") => of_report(0),
        None => match (ended(view, end), &view.told.period) {
            (Some(ended), _) => ended,
            (None, Some(told)) => told.clone(),
            (None, None) if view.word(end - 1) == "period" => return None,
            (None, None) if view.direction(end - 1) == Direction::Future => of_report(0),
            (None, None) => of_report(-1),
        },
    })
}

/// "the quarter ended Sept. 30": the one that day lies in.
fn ended(view: &View, end: usize) -> Option<TimeValue> {
    let day = matches!(view.word(end), "ended" | "ending").then(|| month_day_year(view, end + 1)).flatten()?;
    Some(TimeValue::RelativeTo { other: Box::new(day.value), amount: 0, unit: TimeUnit::Quarter })
}

fn in_year(told: Option<&TimeValue>, year: i16) -> Option<TimeValue> {
    let range = match told {
        Some(TimeValue::Period { part, .. }) => part.of(year),
        Some(TimeValue::Absolute(range)) if range.precision() == Precision::Quarter => {
            let first = Date::new(year, range.earliest().month(), 1).ok()?;
            YearPart::Quarter((first.month() + 2) / 3).of(year)
        }
        _ => DateRange::year(year),
    };
    range.map(TimeValue::Absolute)
}

fn year_earlier(view: &View) -> TimeValue {
    view.told.compared.clone().map_or(TimeValue::Shift { amount: -1, unit: TimeUnit::Year }, a_year_before)
}

fn a_year_before(period: TimeValue) -> TimeValue {
    TimeValue::RelativeTo { other: Box::new(period), amount: -1, unit: TimeUnit::Year }
}

/// Whether a value is a period that results are reported for, and not one that it is compared with.
pub(super) fn is_reported(value: &TimeValue, told: Option<&TimeValue>) -> bool {
    match value {
        TimeValue::Period { direction, .. } => *direction != Direction::Future || told.is_none(),
        TimeValue::Absolute(range) => range.precision() == Precision::Quarter && range.earliest().month() % 3 == 1 && told.is_none(),
        TimeValue::RelativeTo { amount: 0, unit: TimeUnit::Quarter, .. } => told.is_none(),
        _ => false,
    }
}
