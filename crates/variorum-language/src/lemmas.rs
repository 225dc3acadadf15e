//! Which dictionary form does a word have? What the training corpora know, the network need not guess.
//!
//! Input: a word, its part of speech, the network's scores of the lemma scripts. Output: its lemma. A form that the corpora have with this
//! part of speech has the lemma it has there. For others the scripts are tried from the best down, and the first that makes a word the
//! corpora know as a lemma wins.
//!
//! Example: the network would strip `wounded` to `wounde`; `wound` is its second guess and a known verb.
//! Limits: nouns, verbs, adjectives and adverbs only; a form with two lemmas of one part of speech (`found`) has its commoner one.

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{Upos, table::Table};

use crate::labels::LemmaScript;

/// Fitting scripts looked at before the best one is taken after all.
const TRIES: usize = 4;

/// Word forms and lemmas of the training corpora. The default knows none.
#[derive(Debug, Default)]
pub(crate) struct Lemmas {
    by_form: FxHashMap<(&'static str, Upos), &'static str>,
    known: FxHashSet<(&'static str, Upos)>,
}

impl Lemmas {
    /// Those of `models/lemmas.tsv`.
    pub(crate) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../models/lemmas.tsv")).expect("bundled tables are checked by tests");
        let entries = table.rows().map(|row| ((row.get("form"), Upos::from_label(row.get("upos"))), row.get("lemma")));
        let by_form: FxHashMap<(&str, Upos), &str> = entries.collect();
        let known = by_form.iter().map(|((_, upos), lemma)| (*lemma, *upos)).collect();
        Self { by_form, known }
    }

    /// The lemma of a word, given the network's scores of the scripts; lower case if no script fits.
    pub(crate) fn lemma(&self, scripts: &[LemmaScript], scores: &[f32], word: &str, upos: Upos) -> String {
        let form = word.to_lowercase();
        if let Some(lemma) = self.by_form.get(&(form.as_str(), upos)) {
            return (*lemma).to_owned();
        }
        let is_open = matches!(upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv);
        let n_tries = if is_open { TRIES } else { 1 };
        let fitting: Vec<String> =
            best_first(&scores[..scores.len().min(scripts.len())]).filter_map(|i| scripts[i].apply(word)).take(n_tries).collect();
        let familiar = fitting.iter().find(|lemma| is_open && self.known.contains(&(lemma.as_str(), upos)));
        familiar.or(fitting.first()).cloned().unwrap_or(form)
    }
}

/// The indices of these scores from the highest down, the first of equals first. Few are asked for, so that each is looked for anew.
fn best_first(scores: &[f32]) -> impl Iterator<Item = usize> {
    let after = |before: Option<usize>| {
        let comes_later = |i: usize| before.is_none_or(|b| scores[i].total_cmp(&scores[b]).then(b.cmp(&i)).is_lt());
        (0..scores.len()).filter(|&i| comes_later(i)).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
    };
    std::iter::successors(after(None), move |&i| after(Some(i)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(strip: usize, append: &str) -> LemmaScript {
        serde_json::from_value(serde_json::json!({"case": "lower", "strip": strip, "append": append})).unwrap()
    }

    #[test]
    fn scores_are_tried_from_the_best_down() {
        assert_eq!(best_first(&[0.5, 2.0, f32::NEG_INFINITY, 2.0, 1.0]).collect::<Vec<_>>(), [1, 3, 4, 0, 2]);
        assert_eq!(best_first(&[]).count(), 0);
    }

    #[test]
    fn the_dictionary_comes_before_the_network() {
        let lemmas = Lemmas::bundled();
        let scripts = [script(1, ""), script(0, ""), script(2, "")];
        assert_eq!(lemmas.lemma(&scripts, &[1.0, 0.0, 0.5], "told", Upos::Verb), "tell");
        assert_eq!(lemmas.lemma(&scripts, &[1.0, 0.0, 0.5], "Xyzzyed", Upos::Verb), "xyzzye");
        assert_eq!(Lemmas::default().lemma(&scripts, &[1.0, 0.0, 0.5], "told", Upos::Verb), "tol");
    }
}
