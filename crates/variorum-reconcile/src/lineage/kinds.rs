//! Do the passages that two texts share make one a copy of the other?
//!
//! Input: the younger document and the passages it shares with the older one. Output: *copies* where runs of words were taken over; *rewrites* where words were changed
//! throughout; else nothing. What is no descent: words of a third party in quotation marks, stock phrases, and a paragraph of background on what was long before.
//! Example: twenty words in a row on yesterday's crash are a copy, twenty on the crash of eleven years ago are not.
//! Limits: background is told by the times it gives; one without a time counts as news.

use std::collections::BTreeSet;

use variorum_model::{SentenceId, TimeKind, dossier::LineageKind};

use super::{alignment::Passage, rewriting::REWRITE_SHARE, running::Texts};
use crate::corpus::{Corpus, DocIx, Published};

/// Words of the older one's own, taken over in runs, from which a text copies; and in one passage.
const COPIED_WORDS: usize = 24;
const COPIED_AT_ONCE: usize = 14;
/// Length of the run that a shared word stands in, on average, from which a text copies; with less, words were changed throughout and it is a rewrite.
const COPIED_RUN: f64 = 20.0;
/// Days before its publication from which a report tells background.
const LONG_BEFORE: i64 = 45;
/// Own words of a passage up to which it may be background.
const BACKGROUND_WORDS: usize = 90;

/// What kinds are told by.
pub(super) struct Kinds<'k, 'd> {
    pub(super) corpus: &'k Corpus<'d>,
    pub(super) published: &'k Published,
    pub(super) texts: &'k Texts,
}

impl Kinds<'_, '_> {
    /// *Copies* or, where the words were changed throughout, *rewrites*; none where the passages make no descent.
    pub(super) fn of_passages(&self, younger: DocIx, passages: &[Passage]) -> Option<LineageKind> {
        let words = self.texts.of(younger);
        let news: Vec<&Passage> = passages.iter().filter(|passage| !self.is_background(younger, passage)).collect();
        let solid: Vec<usize> = news.iter().map(|passage| passage.n_solid(words)).collect();
        let n_solid: usize = solid.iter().sum();
        if n_solid < COPIED_WORDS || solid.iter().all(|n| *n < COPIED_AT_ONCE) {
            return None;
        }
        let runs: Vec<usize> = news.iter().flat_map(|passage| passage.own_runs(words)).collect();
        let usual = runs.iter().map(|run| run * run).sum::<usize>() as f64 / runs.iter().sum::<usize>() as f64;
        // Who takes over some passages and edits them copies; who changes the words of a whole text rewrites.
        let share = runs.iter().sum::<usize>() as f64 / self.texts.n_own(younger).max(1) as f64;
        Some(if usual >= COPIED_RUN || share < REWRITE_SHARE { LineageKind::Copies } else { LineageKind::Rewrites })
    }

    /// Whether a passage tells, as far as it gives times, only of what was long before the report.
    fn is_background(&self, doc: DocIx, passage: &Passage) -> bool {
        let words = &self.texts.of(doc)[passage.here.clone()];
        if passage.n_own(self.texts.of(doc)) > BACKGROUND_WORDS {
            return false;
        }
        let Some(published) = self.published.range(doc) else { return false };
        let sentences: BTreeSet<SentenceId> = words.iter().map(|word| word.sentence).collect();
        let times = self.corpus.notes(doc).times.iter().filter(|time| {
            matches!(time.kind, TimeKind::Date | TimeKind::Time)
                && self.corpus.sentence_of(doc, time.span).is_some_and(|sentence| sentences.contains(&sentence))
        });
        let days: Vec<i64> = times
            .filter_map(|time| time.resolve(Some(published)))
            .map(|range| i64::from((published.earliest() - range.latest()).get_days()))
            .collect();
        !days.is_empty() && days.iter().all(|days| *days >= LONG_BEFORE)
    }
}
