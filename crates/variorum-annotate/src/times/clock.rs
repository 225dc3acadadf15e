//! Times of day, alone and with their day.
//!
//! Example: "at 5:20 a.m. on July 11", "Tuesday night", "noon". Without a day of its own a time is of the last day told, else of the report's.

use variorum_model::{
    TimeKind, TimeValue, Upos,
    time::{Direction, TimeUnit},
};

use super::{
    calendar::{day_month_year, iso_date, leads_to_a_date, month_day_year, weekday_alone},
    lexicon::Zone,
    relative::{deictic, same_unit},
    view::{Reading, View},
};
use crate::quantities::number_at;

type Rule = fn(&View, usize) -> Option<Reading>;

/// What may stand behind a time of day: its day.
const DAYS: [Rule; 6] = [month_day_year, day_month_year, weekday_alone, deictic, iso_date, same_unit];

/// "4:52 a.m.", "9.12 pm", "6:40am", "16:52", "10 a.m. local time"; as hours and minutes, with its words.
fn clock(view: &View, i: usize) -> Option<(String, usize)> {
    if let Some(found) = military_clock(view, i) {
        return Some(found);
    }
    let form = view.word(i);
    let figures_end = form.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(form.len());
    let (figures, glued) = form.split_at(figures_end);
    let (hours, minutes) = hours_and_minutes(figures.trim_end_matches('.'))?;
    let (half, mut n) = match half_of_day(glued).or_else(|| glued.is_empty().then(|| half_of_day(view.word(i + 1))).flatten()) {
        Some(half) => (Some(half), 1 + usize::from(glued.is_empty())),
        None if glued.is_empty() && figures.contains(':') => (None, 1),
        None => return None,
    };
    let hours = match half {
        Some(half) if (1..=12).contains(&hours) => hours % 12 + half,
        None if hours < 24 => hours,
        _ => return None,
    };
    n += zone_at(view, i + n).map_or(0, |(words, _)| words);
    Some((minutes.map_or(format!("{hours:02}"), |minutes| format!("{hours:02}:{minutes:02}")), n))
}

/// "1900 GMT", "1430 hours".
fn military_clock(view: &View, i: usize) -> Option<(String, usize)> {
    let (hours, minutes) = view.word(i).split_at_checked(2).filter(|(_, minutes)| minutes.len() == 2)?;
    let zone = zone_at(view, i + 1).map(|(words, _)| 1 + words);
    let len = zone.or_else(|| (view.word(i + 1) == "hours").then_some(2))?;
    let (hours, minutes) =
        (hours.parse().ok().filter(|hours: &u8| *hours < 24)?, minutes.parse().ok().filter(|minutes: &u8| *minutes < 60)?);
    Some((format!("{hours:02}:{minutes:02}"), len))
}

/// "GMT", "local time", "Central European Time", with its number of words.
fn zone_at<'l>(view: &View<'l>, i: usize) -> Option<(usize, &'l Zone)> {
    let words = view.words.get(i..)?;
    view.lexicon.zones.matches(words).find(|(_, zone)| !zone.capital || view.all_capitals(i))
}

/// The zone printed with the hour of an expression of `len` words.
pub(super) fn zone_within(view: &View, i: usize, len: usize) -> Option<String> {
    let zones = (i + 1..i + len).filter_map(|at| zone_at(view, at).filter(|(words, _)| at + words <= i + len));
    zones.filter_map(|(_, zone)| zone.offset).map(str::to_owned).next()
}

fn hours_and_minutes(figures: &str) -> Option<(u8, Option<u8>)> {
    let mut pieces = figures.split([':', '.']);
    let hours = pieces.next()?.parse().ok()?;
    let minutes: Option<u8> = pieces.next().map(|minutes| minutes.parse()).transpose().ok()?;
    minutes.is_none_or(|minutes| minutes <= 59).then_some((hours, minutes))
}

/// Hours to add: none in the morning, twelve after noon.
fn half_of_day(word: &str) -> Option<u8> {
    match word.replace('.', "").as_str() {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    }
}

/// "4 in the morning", "ten o'clock at night", "nine o'clock".
fn spoken_clock(view: &View, i: usize) -> Option<(String, usize)> {
    let number = number_at(&view.lexicon.numbers, view.rest(i)).filter(|number| !number.ordinal)?;
    let hours = number.exact().filter(|hours| (1.0..=12.0).contains(hours) && hours.fract() == 0.0)? as u8;
    let mut at = i + number.len;
    let clock = matches!(view.word(at), "o'clock" | "oclock");
    at += usize::from(clock);
    let (half, end) = match (view.word(at), view.word(at + 1), view.word(at + 2)) {
        ("in", "the", "morning") => (0, at + 3),
        ("in", "the", "afternoon" | "evening") => (12, at + 3),
        ("at", "night", _) if clock => (12, at + 2),
        _ if clock => (0, at),
        _ => return None,
    };
    Some((format!("{:02}", hours % 12 + half), end - i))
}

/// A clock time, alone or before its day: "at 6:40am on Tuesday".
pub(super) fn clock_and_date(view: &View, i: usize) -> Option<Reading> {
    let (clock, n) = clock(view, i).or_else(|| spoken_clock(view, i))?;
    Some(on_its_day(view, clock, i, n))
}

/// The day that follows ("on Tuesday", "Tuesday", ", July 11"), else the last day told, else the report's.
fn on_its_day(view: &View, clock: String, i: usize, n: usize) -> Reading {
    let behind = behind_other_hours(view, i, i + n);
    let mut at = behind.unwrap_or(i + n);
    while matches!(view.word(at), "on" | "," | "of") {
        at += 1;
    }
    let day = DAYS.iter().filter_map(|rule| (at < view.words.len()).then(|| rule(view, at)).flatten()).max_by_key(|reading| reading.len);
    let (value, len) = match day {
        Some(day) if behind.is_some() => (put_off(view, i, day.value), n),
        Some(day) => {
            // "the early hours of Sunday morning"
            let again = part_of_day_word(view, at + day.len).map_or(0, |(n, _)| n);
            (put_off(view, i, day.value), at + day.len + again - i)
        }
        None => (day_told(view, i, &clock), n),
    };
    Reading { clock: Some(clock), ..Reading::new(TimeKind::Time, value, len) }
}

/// The word behind another hour of the same day: "between 3 a.m. and 6 a.m. on Monday", "9 p.m. (2000 GMT) on Monday".
fn behind_other_hours(view: &View, i: usize, at: usize) -> Option<usize> {
    let other = |at: usize| clock(view, at).map(|(_, n)| at + n);
    match view.word(at) {
        "and" | "to" | "-" | "–" => other(at + 1),
        "(" => other(at + 1).filter(|&end| view.word(end) == ")").map(|end| end + 1),
        ")" if view.before(i) == "(" => Some(at + 1),
        _ => None,
    }
}

/// "extended until 9 a.m. Tuesday": the preposition stands before the hour, not before the day.
fn put_off(view: &View, i: usize, value: TimeValue) -> TimeValue {
    match value {
        TimeValue::Weekday { weekday, .. } if view.direction(i) == Direction::Future => {
            TimeValue::Weekday { weekday, direction: Direction::Future }
        }
        value => value,
    }
}

fn day_told(view: &View, i: usize, clock: &str) -> TimeValue {
    let Some((day, before)) = &view.told.day else { return TimeValue::Shift { amount: 0, unit: TimeUnit::Day } };
    // A tale goes forward: 1:25 a.m. after 9:40 p.m. is of the next day; "9 p.m. (2000 GMT)" tells the same hour again.
    let past_midnight =
        view.before(i) != "(" && before.as_deref().is_some_and(|before| is_digits(before) && is_digits(clock) && clock < before);
    TimeValue::RelativeTo { other: Box::new(day.clone()), amount: i32::from(past_midnight), unit: TimeUnit::Day }
}

fn is_digits(clock: &str) -> bool {
    clock.starts_with(|c: char| c.is_ascii_digit())
}

fn part_of_day_word(view: &View, i: usize) -> Option<(usize, &'static str)> {
    view.words.get(i..).and_then(|words| view.lexicon.parts_of_day.longest(words)).map(|(n, part)| (n, *part))
}

/// "before dawn on Tuesday", "noon", "midnight", "mid-afternoon yesterday".
pub(super) fn part_of_day(view: &View, i: usize) -> Option<Reading> {
    let (n, part) = part_of_day_word(view, i)?;
    let reading = on_its_day(view, part.to_owned(), i, n);
    let led = leads_to_a_date(view, i) || matches!(view.before(i), "the" | "mid");
    (reading.len > n || led && view.upos(i) == Some(Upos::Noun)).then_some(reading)
}

/// "Tuesday night", "July 11 at 5:20 a.m.", "Wednesday, 6pm", "the next morning".
pub(super) fn with_clock(view: &View, i: usize, reading: Reading) -> Reading {
    if reading.clock.is_some() || reading.kind != TimeKind::Date || !is_day(&reading.value) {
        return reading;
    }
    if let Some((n, part)) = part_of_day_word(view, i + reading.len) {
        return Reading { kind: TimeKind::Time, clock: Some(part.to_owned()), len: reading.len + n, ..reading };
    }
    let at = i + reading.len + usize::from(matches!(view.word(i + reading.len), "at" | "," | "|"));
    match (at < view.words.len()).then(|| clock(view, at)).flatten() {
        Some((clock, n)) => Reading { kind: TimeKind::Time, clock: Some(clock), len: at + n - i, ..reading },
        None => reading,
    }
}

/// "the next morning", "that night", "the same evening".
pub(super) fn part_of_that_day(view: &View, i: usize) -> Option<Reading> {
    let (amount, at) = match (view.word(i), view.word(i + 1)) {
        ("the" | "that", "same") => (0, i + 2),
        ("that", _) => (0, i + 1),
        ("the", "next" | "following") => (1, i + 2),
        ("the", "previous") => (-1, i + 2),
        _ => return None,
    };
    let (n, part) = part_of_day_word(view, at)?;
    let (day, _) = view.told.day.as_ref()?;
    let value = TimeValue::RelativeTo { other: Box::new(day.clone()), amount, unit: TimeUnit::Day };
    Some(Reading { clock: Some(part.to_owned()), ..Reading::new(TimeKind::Time, value, at + n - i) })
}

/// Whether a value is one day of the calendar.
pub(super) fn is_day(value: &TimeValue) -> bool {
    match value {
        TimeValue::Absolute(range) => range.is_day(),
        TimeValue::Shift { unit, .. } | TimeValue::Distance { unit, .. } => *unit == TimeUnit::Day,
        TimeValue::MonthDay { day, .. } => day.is_some(),
        TimeValue::Weekday { .. } | TimeValue::Feast { .. } => true,
        TimeValue::RelativeTo { other, unit, .. } => *unit <= TimeUnit::Day && is_day(other),
        _ => false,
    }
}
