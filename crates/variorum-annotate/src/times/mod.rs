//! When? Finds expressions of time and what they denote.
//!
//! Input: the words of a document. Output: [`TimeExpression`]s sorted by span, without overlaps.
//! Example: in a report of Thursday, "met on Wednesday" is the day before, "will meet on Friday" the day after; "earlier this year" runs from January to the report;
//! "two days earlier" counts from the last date told. Relative expressions keep how they are relative ([`TimeValue`]), so that they can be resolved again.
//! Types and values follow TIMEX3 (ISO-TimeML section 7). Words come from `knowledge/times.tsv`; the grammar is in [`grammar`], tense in [`tense`].
//! Limits: no events as anchors ("a week after the blast").

mod grammar;
mod lexicon;
mod tense;
mod timex3;

use variorum_model::{Document, Parse, TimeExpression, TimeValue};

pub use lexicon::TimeLexicon;
pub use timex3::timex3_value;

use crate::{Output, phrases::lower_words};

/// Finds expressions of time. Sorted by span, without overlaps.
pub fn times(lexicon: &TimeLexicon, doc: &Document, parse: &Parse) -> Output<TimeExpression> {
    let words = lower_words(doc, parse);
    let mut found: Vec<TimeExpression> = Vec::new();
    for sentence in &parse.sentences {
        let (mut i, end) = (sentence.first.index(), sentence.end.index());
        while i < end {
            // The last date told anchors "the same day" and "two days earlier".
            let last = found.iter().rev().find(|time| datable(&time.value));
            let (anchor, anchor_clock) = (last.map(|time| time.value.clone()), last.and_then(|time| time.clock.clone()));
            let view = grammar::View { lexicon, doc, parse, words: &words[..end], start: sentence.first.index(), anchor, anchor_clock };
            match grammar::expression(&view, i) {
                Some((expression, next)) => {
                    found.push(expression);
                    i = next.max(i + 1);
                }
                None => i += 1,
            }
        }
    }
    found.into()
}

fn datable(value: &TimeValue) -> bool {
    !matches!(
        value,
        TimeValue::Length { .. } | TimeValue::Recurring(_) | TimeValue::PastVague | TimeValue::PresentVague | TimeValue::FutureVague
    )
}
