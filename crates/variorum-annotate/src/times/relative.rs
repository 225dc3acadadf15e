//! What is counted from the report or from a date told before.
//!
//! Example: "two days ago", "last year", "the same day", "earlier in the year".

use variorum_model::{
    TimeKind, TimeValue, Upos,
    time::{Direction, PartOf, TimeUnit},
};

use super::{
    calendar::{day_month_year, holiday, month, month_day_year, sided},
    lengths::{counted_unit, is_share, unit},
    view::{Reading, View, side, units_away},
};

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
    let singular = view.is_singular(behind + n - 1)
        && !(article == 1 && view.word(at) == "last" && !matches!(unit, TimeUnit::Week | TimeUnit::Quarter));
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
