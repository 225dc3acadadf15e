//! The grammar of time expressions: all rules in one table, the longest match wins.
//!
//! Each rule looks at the words from position `i` on and gives back a [`Reading`]: what the words denote and how many there are. [`expression`] tries all, takes the
//! longest, and turns it into a [`TimeExpression`].

use variorum_model::{TimeExpression, TimeKind, TimeValue, time::PartOf};

use super::{
    calendar::{
        century, day_month_year, day_of_list, decade, holiday, iso_date, month_alone, month_day_year, month_year, season_of_year,
        weekday_alone, year_alone,
    },
    clock::{clock_and_date, is_day, part_of_day, part_of_that_day, with_clock, zone_within},
    lengths::{length, long},
    periods::period,
    recurring::set,
    relative::{
        counted_back, deictic, elided_unit, end_of_unit, led_unit, part_of_the_unit, same_unit, the_unit, the_weekend, unit_by_side,
        vague_units, week_of,
    },
    vague::vague,
    view::{Reading, View},
};

type Rule = fn(&View, usize) -> Option<Reading>;

/// Constructions; the longest match wins, the earlier of equals.
const RULES: &[Rule] = &[
    iso_date,
    month_day_year,
    day_month_year,
    day_of_list,
    month_year,
    month_alone,
    year_alone,
    decade,
    century,
    weekday_alone,
    set,
    counted_back,
    length,
    long,
    period,
    unit_by_side,
    part_of_the_unit,
    the_unit,
    the_weekend,
    week_of,
    end_of_unit,
    elided_unit,
    season_of_year,
    deictic,
    same_unit,
    clock_and_date,
    part_of_that_day,
    part_of_day,
    holiday,
    vague_units,
    vague,
];

/// The expression that begins at word `i`, and the word after it.
pub(super) fn expression(view: &View, i: usize) -> Option<(TimeExpression, usize)> {
    let whole = longest(view, i);
    let led = led(view, i).filter(|led| whole.as_ref().is_none_or(|whole| led.len > whole.len));
    let reading = with_clock(view, i, led.or(whole)?);
    let span = view.parse.tokens[i].span.cover(view.parse.tokens[i + reading.len - 1].span);
    let part = reading.part.or_else(|| glued_part(view, i));
    let zone = reading.clock.as_ref().and_then(|_| zone_within(view, i, reading.len));
    let expression = TimeExpression { span, kind: reading.kind, value: reading.value, clock: reading.clock, zone, part };
    Some((expression, i + reading.len))
}

fn longest(view: &View, i: usize) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    for reading in RULES.iter().filter_map(|rule| rule(view, i)) {
        if best.as_ref().is_none_or(|best| reading.len > best.len) {
            best = Some(reading);
        }
    }
    best
}

/// A reading behind a word for a part of it: "early 2024", "the end of the month", "earlier Friday".
fn led(view: &View, i: usize) -> Option<Reading> {
    let (skip, part) = leading_part(view, i).or_else(|| part_of_a_day(view, i))?;
    let core = longest(view, i + skip).or_else(|| led_unit(view, i + skip))?;
    // "the early hours" are a part of the day, and no length.
    let dated = if part.is_some() { core.kind != TimeKind::Duration } else { is_day(&core.value) };
    dated.then(|| Reading { len: core.len + skip, part: part.or(core.part), ..core })
}

/// "early", "late", "the end of", "mid-".
fn leading_part(view: &View, i: usize) -> Option<(usize, Option<PartOf>)> {
    let from = i + usize::from(view.word(i) == "the");
    let (n, part) = view.words.get(from..).and_then(|words| view.lexicon.modifiers.longest(words))?;
    let mut end = from + n;
    while matches!(view.word(end), "of" | "in" | "-" | "on" | "the") {
        end += 1;
    }
    Some((end - i, Some(*part)))
}

/// "earlier Friday", "later on Monday": still that day.
fn part_of_a_day(view: &View, i: usize) -> Option<(usize, Option<PartOf>)> {
    let narrowed = matches!(view.word(i), "earlier" | "later") && view.upos(i + 1).is_some();
    narrowed.then(|| (1 + usize::from(view.word(i + 1) == "on"), None))
}

/// "mid-November" in one word.
fn glued_part(view: &View, i: usize) -> Option<PartOf> {
    view.word(i).split_once('-').and_then(|(front, _)| view.lexicon.prefixes.get(front).copied().flatten())
}

/// Whether an expression can be counted from: a length, a recurrence and "recently" cannot.
pub(super) fn is_datable(kind: TimeKind, value: &TimeValue) -> bool {
    let dateless = matches!(
        value,
        TimeValue::Length { .. } | TimeValue::Recurring(_) | TimeValue::PastVague | TimeValue::PresentVague | TimeValue::FutureVague
    );
    matches!(kind, TimeKind::Date | TimeKind::Time) && !dateless
}
