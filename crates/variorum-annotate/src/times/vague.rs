//! Times that no calendar holds: "now", "recently", "in the future".

use variorum_model::{TimeValue, Upos, time::Direction};

use super::{
    lengths::{counted_unit, unit},
    view::{Reading, View},
};

/// "now", "recently", "soon"; a word before a unit of time is that unit's.
pub(super) fn vague(view: &View, i: usize) -> Option<Reading> {
    let (n, value) = view.lexicon.vague.longest(view.rest(i))?;
    let next = i + n;
    // "in the past two months", "the past year" are lengths.
    let of_unit = unit(view, next).is_some() && matches!(view.word(next - 1), "past" | "future" | "recent");
    if counted_unit(view, next).is_some() || of_unit {
        return None;
    }
    // "as soon as", "soon after the vote": measured from what follows; "soon became": from what was told.
    let measured = n == 1
        && (view.direction_of_clause(i) == Direction::Past
            || view.before(i) == "as"
            || view.upos(next).is_some_and(|upos| matches!(upos, Upos::Adp | Upos::Sconj)));
    let value = match *value {
        "PAST_REF" if view.word(i) == "past" && view.upos(i) == Some(Upos::Adp) => return None,
        "PAST_REF" => TimeValue::PastVague,
        "PRESENT_REF" => TimeValue::PresentVague,
        "FUTURE_REF" if measured => return None,
        "FUTURE_REF" => TimeValue::FutureVague,
        _ => return None,
    };
    Some(Reading::date(value, n))
}
