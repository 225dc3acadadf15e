//! When? Finds expressions of time and what they denote.
//!
//! Input: the words of a document. Output: [`TimeExpression`]s sorted by span, without overlaps.
//! Example: in a report of Thursday, "met on Wednesday" is the day before, "will meet on Friday" the day after; "earlier this year" runs from January to the report;
//! "two days earlier" counts from the last date told. Relative expressions keep how they are relative ([`variorum_model::TimeValue`]), so that they can be resolved
//! again. Types and values follow TIMEX3 (ISO-TimeML section 7). Words come from `knowledge/times.tsv`; the grammar is in [`grammar`], tense in [`tense`].
//! Limits: no events as anchors ("a week after the blast"); feasts by the moon are not dated.

mod calendar;
mod clock;
mod grammar;
mod lengths;
mod lexicon;
mod periods;
mod recurring;
mod relative;
mod tense;
mod timex3;
mod vague;
mod view;

use variorum_model::{Document, Parse, TimeExpression, TimeValue, time::TimeUnit};

pub use lexicon::TimeLexicon;
pub use timex3::timex3_value;

use crate::{Output, phrases::lower_words};
use view::{Told, View};

/// Finds expressions of time. Sorted by span, without overlaps.
pub fn times(lexicon: &TimeLexicon, doc: &Document, parse: &Parse) -> Output<TimeExpression> {
    let words = lower_words(doc, parse);
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut told = Told::default();
    for sentence in &parse.sentences {
        let (mut i, start, end) = (sentence.first.index(), sentence.first.index(), sentence.end.index());
        while i < end {
            let view = View { lexicon, doc, parse, words: &words[..end], start, told: &told };
            match grammar::expression(&view, i) {
                Some((expression, next)) => {
                    remember(&mut told, &expression);
                    found.push(expression);
                    i = next.max(i + 1);
                }
                None => i += 1,
            }
        }
    }
    found.into()
}

/// What later expressions are counted from: "the same day", "two days earlier", "the quarter".
fn remember(told: &mut Told, time: &TimeExpression) {
    if is_long_stretch(time) {
        told.compared = None;
    }
    if !grammar::is_datable(time.kind, &time.value) {
        return;
    }
    told.date = Some(time.value.clone());
    if clock::is_day(&time.value) {
        told.day = Some((time.value.clone(), time.clock.clone()));
    }
    if periods::is_reported(&time.value, told.period.as_ref()) {
        told.period = Some(time.value.clone());
    }
    if periods::is_reported(&time.value, None) {
        told.compared = told.period.clone();
    }
}

/// "the first nine months": longer than a quarter.
fn is_long_stretch(time: &TimeExpression) -> bool {
    matches!(time.value, TimeValue::Length { amount, unit: TimeUnit::Month } if amount > 3.0 && amount < 12.0)
}
