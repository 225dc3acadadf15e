//! In which stretch of time was it counted?
//!
//! Input: a number, the word that governs it, the times of its sentence, and the time as of which it holds. Output: where the window opens and closes. Examples:
//! "killed 37 since Tuesday" opens on Tuesday and is still open; "between June and October" has both; "over the past week" and "in the second quarter" open and close with
//! one time. A window that is still open makes the count a total so far; "so far" does so without a window.
//! Limits: one sentence; what has a level and is not counted up (prices, rates, shares) has no window.

use variorum_model::{FigureWindow, Parse, QuantityKind, Span, TimeExpression, TimeId, TimeValue, TokenId, Upos, time::TimeUnit};

use super::{Counting, Scene, lemma, measure::Measured};

/// A time with the words before and behind it.
struct Near<'s> {
    id: TimeId,
    head: TokenId,
    time: &'s TimeExpression,
    /// Of the sentence, by token.
    first: u32,
    end: u32,
}

/// The window of a count, if its clause tells one.
pub(super) fn window(scene: &Scene, counting: &Counting, measured: &Measured, as_of: Option<TimeId>) -> Option<FigureWindow> {
    let verb = || scene.parse.ancestors(counting.base).find(|&up| scene.parse.token(up).upos == Upos::Verb);
    let governor = measured.governor.or_else(verb).unwrap_or(counting.base);
    let mut near = near(scene, counting, governor);
    near.sort_by_key(|near| (distance(near.time.span, counting.quantity.span), near.id));
    let bounds = near.iter().find_map(|time| bounds(scene, &near, time));
    if bounds.is_some() || is_level(counting, measured) {
        return bounds;
    }
    let within =
        near.iter().find(|time| is_within(scene, time) || Some(time.id) == as_of && is_long(&time.time.value) && is_in(scene, time))?;
    let open = is_so_far(scene, within);
    Some(FigureWindow { from: Some(within.id), until: Some(within.id).filter(|_| !open) })
}

/// Whether the clause says "so far", "to date", "thus far".
pub(super) fn so_far(scene: &Scene, counting: &Counting, governor: TokenId) -> bool {
    let sentence = scene.parse.sentence(scene.parse.token(counting.quantity.number).sentence);
    let near = |at: u32| [governor, counting.base].into_iter().any(|word| scene.parse.is_within(TokenId(at), word));
    (sentence.first.0..sentence.end.0.saturating_sub(1)).any(|at| says_so_far(scene.parse, at) && near(at))
}

fn says_so_far(parse: &Parse, at: u32) -> bool {
    let word = |at: u32| parse.tokens.get(at as usize).map(|token| token.lemma.to_lowercase()).unwrap_or_default();
    matches!((word(at).as_str(), word(at + 1).as_str()), ("so" | "thus", "far") | ("to", "date"))
}

/// Times of the sentence under the governing word or the number, without those that compare ("the lowest since 2011").
fn near<'s>(scene: &Scene<'s>, counting: &Counting, governor: TokenId) -> Vec<Near<'s>> {
    let parse = scene.parse;
    let sentence = parse.token(counting.quantity.number).sentence;
    let times: &'s [TimeExpression] = scene.times;
    let placed = times.iter().enumerate().filter_map(|(i, time)| {
        let mut tokens = parse.tokens_in(time.span);
        let first = tokens.next()?;
        let end = tokens.last().unwrap_or(first).0 + 1;
        Some(Near { id: TimeId(i as u32), head: parse.head_of_span(time.span)?, time, first: first.0, end })
    });
    let here = |near: &Near| parse.is_within(near.head, governor) || parse.is_within(near.head, counting.base);
    placed
        .filter(|near| parse.token(near.head).sentence == sentence && here(near) && !is_superlative(parse, near.first))
        .filter(|near| !near.time.span.overlaps(counting.quantity.span))
        .collect()
}

/// "its lowest number since 2011", "for the first time since May": how long nothing like it has been, not what was counted.
fn is_superlative(parse: &Parse, first: u32) -> bool {
    let before = (first.saturating_sub(5)..first).map(|at| parse.token(TokenId(at)));
    let mut since = false;
    before.rev().any(|token| {
        since |= token.lemma.eq_ignore_ascii_case("since");
        since && (matches!(token.tag.as_str(), "JJS" | "RBS") || token.lemma.eq_ignore_ascii_case("first"))
    })
}

/// "since January", "between June and October", "from Monday to Thursday", "through September".
fn bounds(scene: &Scene, near: &[Near], time: &Near) -> Option<FigureWindow> {
    let next = || near.iter().find(|other| other.first == time.end + 1);
    let before = word_before(scene, time.first);
    let joint = word_before(scene, time.end + 1);
    match (before.as_str(), joint.as_str()) {
        ("since", _) => Some(FigureWindow { from: Some(time.id), until: None }),
        ("between", "and") | ("from", "to" | "until" | "till" | "through") => {
            next().map(|close| FigureWindow { from: Some(time.id), until: Some(close.id) })
        }
        ("through", _) if !opens_before(scene, near, time) => Some(FigureWindow { from: None, until: Some(time.id) }),
        _ => None,
    }
}

/// "from May through July": July closes the window that May opens.
fn opens_before(scene: &Scene, near: &[Near], time: &Near) -> bool {
    near.iter().any(|other| other.end + 1 == time.first && word_before(scene, other.first) == "from")
}

/// The word before a token, in lower case, as lemma.
fn word_before(scene: &Scene, at: u32) -> String {
    at.checked_sub(1)
        .filter(|&before| scene.parse.tokens.len() > before as usize)
        .map_or(String::new(), |before| lemma(scene.parse, TokenId(before)))
}

/// "over the past week", "in the last three months": a length that ends with the report.
fn is_within(scene: &Scene, near: &Near) -> bool {
    let ends_now = || {
        let words = scene.parse.tokens_in(near.time.span).map(|word| lemma(scene.parse, word));
        words.into_iter().any(|word| matches!(word.as_str(), "past" | "last" | "previous" | "preceding"))
    };
    matches!(near.time.value, TimeValue::Length { .. }) && is_in(scene, near) && ends_now()
}

/// Whether what happened happened inside a time: not "by the end of the year", "until May", "as of June".
fn is_in(scene: &Scene, near: &Near) -> bool {
    !matches!(word_before(scene, near.first).as_str(), "by" | "until" | "till" | "of" | "from" | "before" | "after" | "at" | "than")
}

/// "so far this year", "this year so far"
fn is_so_far(scene: &Scene, near: &Near) -> bool {
    let before = near.first.checked_sub(2).is_some_and(|at| says_so_far(scene.parse, at));
    before || says_so_far(scene.parse, near.end)
}

/// Whether a time is longer than a day.
fn is_long(value: &TimeValue) -> bool {
    let long = |unit: &TimeUnit| !matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day);
    match value {
        TimeValue::Absolute(range) => range.n_days() > 1,
        TimeValue::Shift { unit, .. } | TimeValue::PartOfUnit { unit, .. } => long(unit),
        TimeValue::MonthDay { day, .. } => day.is_none(),
        TimeValue::Season { .. } | TimeValue::Period { .. } | TimeValue::InYear { .. } => true,
        TimeValue::RelativeTo { other, .. } => is_long(other),
        _ => false,
    }
}

/// Prices, rates and sizes are at a level; they are not counted up over a time.
fn is_level(counting: &Counting, measured: &Measured) -> bool {
    let sized = counting.quantity.unit.is_some() && counting.quantity.kind == QuantityKind::Measure;
    let grown = matches!(
        measured.measure.as_str(),
        "rainfall" | "produced" | "harvested" | "exported" | "imported" | "sold" | "burned" | "seized" | "distance"
    );
    counting.quantity.kind == QuantityKind::Percent
        || sized && !grown
        || matches!(
            measured.measure.as_str(),
            "price" | "rate" | "value" | "owed" | "living" | "unemployed" | "owned" | "employed" | "limit"
        )
}

fn distance(a: Span, b: Span) -> usize {
    a.start().abs_diff(b.end()).min(b.start().abs_diff(a.end()))
}
