//! What recurs: TIMEX3's SET.
//!
//! Example: "daily", "every week", "each Tuesday", "80 people a day". Speeds ("an hour" behind a measure) and names of papers are none.

use variorum_model::{TimeExpression, TimeKind, TimeValue, Upos, time::TimeUnit};

use super::{
    calendar::recurring_weekday,
    lengths::{counted_unit, is_rate, unit},
    timex3_value,
    view::{Reading, View},
};

fn recurring(value: String, len: usize) -> Reading {
    Reading::new(TimeKind::Set, TimeValue::Recurring(value), len)
}

/// "daily", "every week", "each year", "Mondays".
pub(super) fn set(view: &View, i: usize) -> Option<Reading> {
    if let Some((weekday, n)) = recurring_weekday(view, i) {
        return Some(recurring(format!("XXXX-WXX-{}", weekday.to_monday_one_offset()), n));
    }
    if let Some(every) = every(view, i) {
        return Some(every);
    }
    let (n, value) = view.lexicon.sets.longest(view.rest(i))?;
    if is_rate(view, i) || is_something_else(view, i, n) || is_one(view, i) {
        return None;
    }
    Some(recurring((*value).to_owned(), n))
}

/// "every week", "each July".
fn every(view: &View, i: usize) -> Option<Reading> {
    if !matches!(view.word(i), "every" | "each") {
        return None;
    }
    if let Some(month) = super::calendar::month(view, i + 1) {
        return Some(recurring(format!("XXXX-{month:02}"), 2));
    }
    let counted = counted_unit(view, i + 1).map(|(amount, unit, n)| (unit, amount, n));
    let (unit, amount, n) = counted.or_else(|| unit(view, i + 1))?;
    let period = TimeExpression {
        span: view.parse.tokens[i].span,
        kind: TimeKind::Set,
        value: TimeValue::Length { amount, unit },
        clock: None,
        zone: None,
        part: None,
    };
    Some(recurring(timex3_value(&period, None), n + 1))
}

/// "lasted a year": one of them, not each; "80 people a day", "$2 million a year" are rates.
fn is_one(view: &View, i: usize) -> bool {
    if !matches!(view.word(i), "a" | "an") {
        return false;
    }
    let of_quantity = i > view.start
        && (matches!(view.upos(i - 1), Some(Upos::Noun | Upos::Num | Upos::Sym | Upos::Propn))
            || matches!(view.before(i), "once" | "twice"));
    let short = unit(view, i + 1).is_none_or(|(unit, _, _)| unit < TimeUnit::Day);
    let bound = view.word(i + 2) == "-" || matches!(view.word(i + 2), "ago" | "earlier" | "later" | "before" | "after" | "of");
    !of_quantity || short || bound
}

/// "the daily Quad", "a second ferry": an outlet, a number in order.
fn is_something_else(view: &View, i: usize, n: usize) -> bool {
    let last = i + n - 1;
    let named_next = view.upos(i + n) == Some(Upos::Propn) && view.capital(i + n);
    let outlet = n == 1 && (matches!(view.upos(last), Some(Upos::Noun | Upos::Propn)) || named_next);
    let ordinal = view.word(last) == "second" && view.upos(last) == Some(Upos::Adj);
    outlet || ordinal
}
