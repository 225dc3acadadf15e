//! Lengths of time: how many of which unit.
//!
//! Example: "two and a half hours", "the past three weeks", "decades", "a day-long strike". Ages, speeds and shares ("three-quarters of the rice") are none.

use variorum_model::{TimeKind, TimeValue, Upos, time::TimeUnit};

use super::view::{Reading, View};
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
pub(super) fn is_share(view: &View, i: usize, unit: TimeUnit) -> bool {
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
