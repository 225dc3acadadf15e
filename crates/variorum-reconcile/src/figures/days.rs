//! As of when does a figure hold that has no day of its own, and over which stretch was it counted?
//!
//! Input: a figure in its report. Output: the day told before it in its sentence or paragraph, else the report's; its window in days. Example: "On Tuesday the republic confirmed an outbreak
//! and said nine had died": the nine are as of Tuesday.
//! Limits: what began or ends on a day is not dated by it.

use variorum_model::{
    FigureWindow, Span, TimeId, TimeValue,
    dossier::{When, Window},
};

use super::quantity;
use crate::{
    corpus::{Corpus, DocIx, Local, Published},
    when::{basis_words, when},
};

/// A window in days. "The past week" ends with the report.
pub(super) fn window(corpus: &Corpus, published: &Published, doc: DocIx, window: FigureWindow) -> Option<Window> {
    if let Some(days) = window.from.and_then(|id| past_length(corpus, published, doc, id)) {
        return Some(days);
    }
    let words = window.times().map(|id| corpus.notes(doc).times[id.index()].span).reduce(|a, b| a.cover(b))?;
    let days = |id: Option<TimeId>| id.and_then(|id| when(corpus, published, doc, id));
    Some(Window { from: days(window.from), until: days(window.until), words: corpus.cite(doc, words) })
}

/// "Over the past week": so long before the report's date, to that date.
fn past_length(corpus: &Corpus, published: &Published, doc: DocIx, id: TimeId) -> Option<Window> {
    let time = &corpus.notes(doc).times[id.index()];
    let TimeValue::Length { amount, unit } = time.value else { return None };
    let report = published.range(doc);
    let back = TimeValue::Distance { amount: -(amount.ceil() as i32), unit };
    let words = corpus.cite(doc, time.span);
    let day = |range| When { range, span: Some(words.clone()), basis: "counted back from the report's date".to_owned() };
    Some(Window { from: back.resolve(report).map(day), until: report.map(day), words: words.clone() })
}

/// The day told before in the sentence, or in the sentence before in the same paragraph, holds for a figure without one.
pub(super) fn passage_day(corpus: &Corpus, published: &Published, local: Local) -> Option<When> {
    let (doc, span) = (local.doc, quantity(corpus, local).span);
    let here = corpus.sentence_of(doc, span)?;
    let block = corpus.doc(doc).block_at(span.start())?.span;
    let before = |at: Span| {
        let near = corpus.sentence_of(doc, at).is_some_and(|there| there == here || there < here && here.0 - there.0 <= 1);
        block.contains(at) && at.end() <= span.start() && near && !bounds_a_stretch(corpus, doc, at)
    };
    let times = corpus.notes(doc).times.iter().enumerate().rev().filter(|(_, time)| before(time.span));
    let days = times.filter_map(|(i, _)| when(corpus, published, doc, TimeId(i as u32)));
    let day = days.into_iter().find(|when| when.range.n_days() <= 4)?;
    Some(When { basis: format!("the passage: {}", day.basis), ..day })
}

/// "since 19 January", "until Friday": where something began or will end is not the day of what is told with it.
fn bounds_a_stretch(corpus: &Corpus, doc: DocIx, time: Span) -> bool {
    let before = corpus.doc(doc).text[..time.start()].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    matches!(before.to_lowercase().as_str(), "since" | "until" | "till" | "from" | "between" | "before" | "after" | "than")
}

/// A figure without a date of its own is of the report's day.
pub(super) fn as_of_report(published: &Published, doc: DocIx) -> Option<When> {
    published.dated(doc).map(|dated| When {
        range: dated.range,
        span: None,
        basis: format!("the report's date ({})", basis_words(dated.basis)),
    })
}
