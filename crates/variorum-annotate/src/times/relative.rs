//! Lengths of time and what is counted from the report or from a date told before.
//!
//! Example: "two days ago", "last year", "the past three weeks", "the same day", "earlier in the year".

use variorum_model::{
    TimeKind, TimeValue, Upos,
    time::{Direction, PartOf, TimeUnit},
};

use super::{
    calendar::{day_month_year, holiday, month, month_day_year, sided},
    view::{Reading, View, side, units_away},
};
use crate::quantities::{Number, number_at};

/// A number and a unit: "two days", "a week", "three-year", "2 1/2 hours"; its words.
pub(super) fn counted_unit(view: &View, i: usize) -> Option<(f64, TimeUnit, usize)> {
    let (amount, n) = amount(view, i)?;
    let mut at = i + n;
    while matches!(view.word(at), "-" | "more" | "full" | "straight" | "consecutive" | "successive" | "of" | "additional") {
        at += 1;
    }
    let (unit, times, len) = unit(view, at).filter(|(_, _, len)| !matches!(view.upos(at + len - 1), Some(Upos::Adj | Upos::Adv)))?;
    let end = at + len;
    // "an hour and a half"
    let half = (view.word(end), view.word(end + 1), view.word(end + 2)) == ("and", "a", "half");
    let (amount, end) = if half { (amount + 0.5, end + 3) } else { (amount, end) };
    Some((amount * times, unit, end - i))
}

/// How many; 0 where it is open.
fn amount(view: &View, i: usize) -> Option<(f64, usize)> {
    match (number(view, i), view.word(i)) {
        (Some(number), _) if number.ordinal => None,
        // "a couple of years" is two of them, as TIMEX3 counts.
        (Some(number), _) if view.rest(i)[..number.len].iter().any(|word| word == "couple") => Some((2.0, number.len)),
        (Some(number), _) => {
            let (part, n) = fraction(view.word(i + number.len));
            Some((number.exact().unwrap_or(0.0) + part, number.len + n))
        }
        (None, "half") if matches!(view.word(i + 1), "a" | "an") => Some((0.5, 2)),
        (None, "couple") => Some((2.0, 1)),
        (None, "a" | "an" | "one" | "another") => Some((1.0, 1)),
        (None, "several" | "few" | "some" | "many") => Some((0.0, 1)),
        _ => None,
    }
}

/// A number; "three quarters" are three of them, where they are no fraction of something.
fn number(view: &View, i: usize) -> Option<Number> {
    let before_quarters = view.word(i + 1) == "quarters" && view.word(i + 2) != "of";
    let words = if before_quarters { view.words.get(i..=i)? } else { view.rest(i) };
    number_at(&view.lexicon.numbers, words)
}

/// "1/2", "¼" behind a number.
fn fraction(word: &str) -> (f64, usize) {
    match word {
        "1/2" | "½" => (0.5, 1),
        "1/4" | "¼" => (0.25, 1),
        "3/4" | "¾" => (0.75, 1),
        _ => (0.0, 0),
    }
}

/// A unit of time at `i`, how many of [`TimeUnit`] one is, and its words: "fiscal years" is one of two words.
pub(super) fn unit(view: &View, i: usize) -> Option<(TimeUnit, f64, usize)> {
    let lemma = |at: usize| view.parse.tokens.get(at).filter(|_| at < view.words.len()).map(|token| token.lemma.to_lowercase());
    let one = |key: &str| view.lexicon.units.get(key).copied();
    // "the SEC" is no second, "This Week" a programme.
    if view.is_name(i) || view.capital(i) && view.lexicon.small_units.contains_key(view.word(i)) {
        return None;
    }
    let pair = lemma(i + 1).and_then(|last| one(&format!("{} {last}", view.word(i))));
    if let Some((unit, times)) = pair {
        return Some((unit, times, 2));
    }
    let (unit, times) = one(view.word(i)).or_else(|| one(&lemma(i)?))?;
    Some((unit, times, 1))
}

/// "two days ago", "three weeks earlier", "in three months", "a day after".
pub(super) fn counted_back(view: &View, i: usize) -> Option<Reading> {
    let ahead = usize::from(view.word(i) == "in");
    let (amount, unit, n) = counted_unit(view, i + ahead)?;
    let whole = amount.round() as i32;
    if ahead == 1 {
        if is_share(view, i + 1, unit) {
            return None;
        }
        let future = view.direction(i) == Direction::Future && whole > 0;
        return future.then(|| Reading::date(TimeValue::Distance { amount: whole, unit }, n + 1));
    }
    let at = i + n + usize::from(view.word(i + n) == "-");
    let vague = whole == 0;
    let value = match view.word(at) {
        "ago" if vague => TimeValue::PastVague,
        "ago" => year_before_period(view, i, whole, unit).unwrap_or(TimeValue::Distance { amount: -whole, unit }),
        "earlier" | "previously" | "before" if vague => TimeValue::PastVague,
        "earlier" | "previously" => year_before_period(view, i, whole, unit).unwrap_or_else(|| view.counted_from_told(-whole, unit)),
        "before" if view.ends_phrase(at + 1) => view.counted_from_told(-whole, unit),
        "later" | "afterwards" | "after" if vague => TimeValue::FutureVague,
        "later" | "afterwards" => view.counted_from_told(whole, unit),
        "after" if view.ends_phrase(at + 1) => view.counted_from_told(whole, unit),
        "hence" if !vague => TimeValue::Distance { amount: whole, unit },
        _ => return None,
    };
    Some(Reading::date(value, at + 1 - i))
}

/// "up from 12 million a year ago" in a report of a quarter compares with the same quarter of the year before.
fn year_before_period(view: &View, i: usize, whole: i32, unit: TimeUnit) -> Option<TimeValue> {
    let period = view.told.compared.clone().filter(|_| (whole, unit) == (1, TimeUnit::Year))?;
    let figure_before = (view.start..i).any(|at| view.upos(at) == Some(Upos::Num));
    let compared = matches!(view.before(i), "than" | "from" | "with" | "to" | "against") || figure_before;
    (compared || i == view.start).then(|| TimeValue::RelativeTo { other: Box::new(period), amount: -1, unit: TimeUnit::Year })
}

/// "two and a half hours", "13 days", "decades"; ages and fractions are none.
pub(super) fn length(view: &View, i: usize) -> Option<Reading> {
    if is_rate(view, i) {
        return None;
    }
    let reading = |amount, unit, len| Reading::new(TimeKind::Duration, TimeValue::Length { amount, unit }, len);
    if let Some((amount, unit, n)) = counted_unit(view, i) {
        let long = if (view.word(i + n), view.word(i + n + 1)) == ("-", "long") { 2 } else { 0 };
        return (!is_age(view, i + n) && !is_share(view, i, unit)).then(|| reading(amount, unit, n + long));
    }
    // "the past two weeks", "the last three years", "the past decade"
    let at = i + usize::from(view.word(i) == "the");
    if matches!(view.word(at), "past" | "last" | "next" | "coming" | "previous" | "first" | "recent") {
        if let Some((amount, unit, n)) = counted_unit(view, at + 1) {
            return Some(reading(amount, unit, at + 1 + n - i));
        }
        let whole = unit(view, at + 1).filter(|_| at > i && view.word(at) == "past" && view.is_singular(at + 1));
        if let Some((unit, times, n)) = whole {
            return Some(reading(times, unit, at + 1 + n - i));
        }
    }
    let plural = view.is_plural(i) && view.before(i) != "-" && !is_age(view, i + 1);
    unit(view, i)
        .filter(|(unit, _, _)| plural && !matches!(unit, TimeUnit::Second | TimeUnit::Quarter))
        .map(|(unit, _, n)| reading(0.0, unit, n))
}

/// "old" behind a number of years.
fn is_age(view: &View, i: usize) -> bool {
    let rest: Vec<&str> = (i..i + 2).map(|at| view.word(at)).filter(|word| *word != "-").collect();
    matches!(rest.first(), Some(&("old" | "olds")))
}

/// "three-quarters of", "a quarter of the food".
fn is_share(view: &View, i: usize, unit: TimeUnit) -> bool {
    unit == TimeUnit::Quarter && (matches!(view.word(i), "a" | "one") || view.word(i) == "three" && view.word(i + 1) == "-")
}

/// "150 kilometres per hour", "130 kilometres an hour": part of the unit.
pub(super) fn is_rate(view: &View, i: usize) -> bool {
    let speed = unit(view, i + 1).is_some_and(|(unit, _, _)| unit <= TimeUnit::Hour);
    speed
        && matches!(view.word(i), "per" | "a" | "an")
        && i >= view.start + 2
        && view.upos(i - 1) == Some(Upos::Noun)
        && view.upos(i - 2) == Some(Upos::Num)
}

/// "day-long", "decades-long".
pub(super) fn long(view: &View, i: usize) -> Option<Reading> {
    let (unit, times, n) = unit(view, i).filter(|_| view.before(i) != "-")?;
    let amount = if view.is_plural(i) { 0.0 } else { times };
    (view.word(i + n) == "-" && view.word(i + n + 1) == "long")
        .then(|| Reading::new(TimeKind::Duration, TimeValue::Length { amount, unit }, n + 2))
}

/// "last year", "this week", "earlier this month", "the current fiscal year", "the full year".
pub(super) fn unit_by_side(view: &View, i: usize) -> Option<Reading> {
    let narrowing = narrowing(view.word(i));
    let article = usize::from(narrowing.is_none() && view.word(i) == "the");
    let at = i + usize::from(narrowing.is_some()) + article;
    let (told, behind) = sided(view, at);
    let latest = article == 1 && view.word(at) == "latest";
    let direction = told.or_else(|| latest.then_some(Direction::Last))?;
    let behind = behind.max(at + 1);
    let (unit, _, n) = unit(view, behind).filter(|(unit, _, _)| *unit >= TimeUnit::Day)?;
    let singular = view.is_singular(behind + n - 1) && !(article == 1 && view.word(at) == "last" && unit != TimeUnit::Week);
    let value = match (direction, narrowing) {
        (Direction::This, Some(before)) => TimeValue::PartOfUnit { unit, before },
        (Direction::Next, _) if view.word(at) == "following" => view.counted_from_told(1, unit),
        _ => TimeValue::Shift { amount: units_away(direction), unit },
    };
    singular.then(|| Reading::date(value, behind + n - i))
}

/// "earlier" and "later" before a unit: the part before the report, or after.
fn narrowing(word: &str) -> Option<bool> {
    match word {
        "earlier" => Some(true),
        "later" => Some(false),
        _ => None,
    }
}

/// "earlier in the year", "later in the day".
pub(super) fn part_of_the_unit(view: &View, i: usize) -> Option<Reading> {
    let before = narrowing(view.word(i)).filter(|_| (view.word(i + 1), view.word(i + 2)) == ("in", "the"))?;
    let (unit, _, n) = unit(view, i + 3).filter(|(unit, _, _)| *unit >= TimeUnit::Day && view.is_singular(i + 3))?;
    let value = match (&view.told.day, unit) {
        (Some((day, _)), TimeUnit::Day) => day.clone(),
        _ => TimeValue::PartOfUnit { unit, before },
    };
    Some(Reading::date(value, 3 + n))
}

/// "the month" behind "the end of", "late in".
pub(super) fn led_unit(view: &View, i: usize) -> Option<Reading> {
    let (unit, _, n) = unit(view, i).filter(|(unit, _, _)| *unit >= TimeUnit::Day && view.is_singular(i))?;
    let whole = view.before(i) == "the" && !matches!(view.word(i + n), "of" | "-");
    whole.then(|| Reading::date(TimeValue::Shift { amount: 0, unit }, n))
}

/// "the week", "the full year", "the fiscal year": that of the report; with its last day told, one year long.
pub(super) fn the_unit(view: &View, i: usize) -> Option<Reading> {
    if view.word(i) != "the" {
        return None;
    }
    let full = usize::from(view.word(i + 1) == "full");
    let (unit, _, n) = unit(view, i + 1 + full).filter(|(unit, _, _)| matches!(unit, TimeUnit::Week | TimeUnit::Year))?;
    let next = i + 1 + full + n;
    if !view.is_singular(next - 1) || matches!(view.word(next), "of" | "-") {
        return None;
    }
    let ended = matches!(view.word(next), "ended" | "ending") || view.word(next) == "to" && month(view, next + 1).is_some();
    if unit == TimeUnit::Year && ended {
        return Some(Reading::new(TimeKind::Duration, TimeValue::Length { amount: 1.0, unit }, next - i));
    }
    let whole = full == 1 || n == 2 || view.ends_phrase(next);
    whole.then(|| Reading::date(TimeValue::Shift { amount: 0, unit }, next - i))
}

/// "the weekend": the one just over, or the one ahead.
pub(super) fn the_weekend(view: &View, i: usize) -> Option<Reading> {
    let weekend = unit(view, i + 1).is_some_and(|(unit, _, _)| unit == TimeUnit::Weekend);
    if view.word(i) != "the" || !weekend || !view.is_singular(i + 1) {
        return None;
    }
    let direction = if view.direction(i + 1) == Direction::Future { Direction::Future } else { Direction::Past };
    let saturday = Box::new(TimeValue::Weekday { weekday: jiff::civil::Weekday::Saturday, direction });
    Some(Reading::date(TimeValue::RelativeTo { other: saturday, amount: 0, unit: TimeUnit::Weekend }, 2))
}

/// "year-end", "the end of the year", "month's end".
pub(super) fn end_of_unit(view: &View, i: usize) -> Option<Reading> {
    let (unit, _, n) = unit(view, i).filter(|(unit, _, n)| *unit >= TimeUnit::Week && view.is_singular(i + n - 1))?;
    let at = i + n + usize::from(matches!(view.word(i + n), "-" | "'s"));
    let amount = if view.before(i) == "since" { -1 } else { 0 };
    let reading = Reading { part: Some(PartOf::End), ..Reading::date(TimeValue::Shift { amount, unit }, at + 1 - i) };
    (view.word(at) == "end").then_some(reading)
}

/// "recent years", "coming months", "future quarters": no count, no bounds.
pub(super) fn vague_units(view: &View, i: usize) -> Option<Reading> {
    let value = match view.word(i) {
        "recent" | "past" | "previous" => TimeValue::PastVague,
        "coming" | "future" | "upcoming" => TimeValue::FutureVague,
        _ => return None,
    };
    let (_, _, n) = unit(view, i + 1).filter(|(unit, _, n)| *unit >= TimeUnit::Day && view.is_plural(i + n))?;
    Some(Reading::date(value, n + 1))
}

/// "the week of March 6", "Easter week".
pub(super) fn week_of(view: &View, i: usize) -> Option<Reading> {
    let is_week = |at: usize| unit(view, at).is_some_and(|(unit, _, _)| unit == TimeUnit::Week) && view.is_singular(at);
    let (day, len) = if view.word(i) == "the" && is_week(i + 1) && view.word(i + 2) == "of" {
        let day = month_day_year(view, i + 3).or_else(|| day_month_year(view, i + 3))?;
        (day.value, day.len + 3)
    } else {
        let feast = holiday(view, i).filter(|feast| is_week(i + feast.len))?;
        (feast.value, feast.len + 1)
    };
    Some(Reading::date(TimeValue::RelativeTo { other: Box::new(day), amount: 0, unit: TimeUnit::Week }, len))
}

/// "yesterday", "this morning", "last night", "earlier Friday".
pub(super) fn deictic(view: &View, i: usize) -> Option<Reading> {
    let (n, deictic) = view.lexicon.deictics.longest(view.rest(i)).filter(|(n, _)| !view.is_name(i + n - 1))?;
    // The night of "overnight" is the one before the report, but for what is to come.
    let ahead = view.word(i) == "overnight" && view.direction(i) == Direction::Future;
    let amount = if ahead { 0 } else { deictic.offset };
    let kind = if deictic.clock.is_some() { TimeKind::Time } else { TimeKind::Date };
    let value = TimeValue::Shift { amount, unit: deictic.unit };
    Some(Reading { clock: deictic.clock.map(str::to_owned), ..Reading::new(kind, value, n) })
}

/// "next" in "this year and next", "last" in "twice as much this year as last".
pub(super) fn elided_unit(view: &View, i: usize) -> Option<Reading> {
    let amount = units_away(side(view.word(i)).filter(|side| *side != Direction::This)?);
    let joined = matches!(view.before(i), "and" | "or" | "than" | "as" | "to" | "from") && view.back(i, 3) == "this";
    let (unit, _, _) = joined.then(|| unit(view, i - 2)).flatten()?;
    (unit >= TimeUnit::Day && view.ends_phrase(i + 1)).then(|| Reading::date(TimeValue::Shift { amount, unit }, 1))
}

/// "the same day", "that day", "the day before", "the following day".
pub(super) fn same_unit(view: &View, i: usize) -> Option<Reading> {
    let earlier = usize::from(narrowing(view.word(i)).is_some());
    let (amount, at) = match (view.word(i + earlier), view.word(i + earlier + 1)) {
        ("the", "same") | ("that", "same") => (0, i + earlier + 2),
        ("that", _) => (0, i + earlier + 1),
        ("the", "following" | "next") => (1, i + 2),
        ("the", "previous" | "preceding") => (-1, i + 2),
        ("the", _) if matches!(view.word(i + 2), "before" | "after") && view.ends_phrase(i + 3) => {
            (if view.word(i + 2) == "before" { -1 } else { 1 }, i + 1)
        }
        _ => return None,
    };
    let (unit, _, n) = unit(view, at).filter(|_| view.is_singular(at))?;
    let trailing = usize::from(at == i + 1 && amount != 0);
    view.told.date.as_ref()?;
    let value = match &view.told.day {
        Some((day, _)) if unit == TimeUnit::Day && amount == 0 => day.clone(),
        _ => view.counted_from_told(amount, unit),
    };
    Some(Reading::date(value, at + n + trailing - i))
}
