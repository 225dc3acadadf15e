//! The words by which one voice is set against another.
//!
//! Input: `knowledge/disputes.tsv`. Output: whether a lemma is of a kind, or a text has a wording of it.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::table::Table;

use crate::words::{is_run_of, plain_words};

/// Sorts of words, from `knowledge/disputes.tsv`.
pub(super) struct Sorts(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Sorts {
    pub(super) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/disputes.tsv")).expect("bundled tables are checked by tests");
        Self(table.rows().map(|row| (row.get("kind"), row.list("lemmas").collect())).collect())
    }

    pub(super) fn is(&self, kind: &str, lemma: &str) -> bool {
        self.0.get(kind).is_some_and(|lemmas| lemmas.contains(lemma))
    }

    /// Whether one of the wordings of a kind stands in a text.
    pub(super) fn tells(&self, kind: &str, text: &str) -> bool {
        let words = plain_words(text);
        self.0.get(kind).is_some_and(|wordings| wordings.iter().any(|wording| is_run_of(&plain_words(wording), &words)))
    }
}
