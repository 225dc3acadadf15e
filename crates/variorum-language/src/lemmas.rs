//! Which dictionary form does a word have? What the training corpora know, the network need not guess.
//!
//! Input: a word, its part of speech, the network's scores of the lemma scripts. Output: its lemma. A form that the corpora have with this
//! part of speech has the lemma it has there. For others the scripts are tried from the best down, then the regular endings; the first that makes a word
//! from which the form is regularly made, and which the corpora know as a lemma or else the vocabulary as a word, wins.
//!
//! Example: the network would strip `wounded` to `wounde`; `wound` is its second guess and a known verb. `miners` is no form of `mine`.
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
    /// Whole words of the vocabulary of word pieces.
    words: FxHashSet<&'static str>,
}

impl Lemmas {
    /// Those of `models/lemmas.tsv`.
    pub(crate) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../models/lemmas.tsv")).expect("bundled tables are checked by tests");
        let entries = table.rows().map(|row| ((row.get("form"), Upos::from_label(row.get("upos"))), row.get("lemma")));
        let by_form: FxHashMap<(&str, Upos), &str> = entries.collect();
        let known = by_form.iter().map(|((_, upos), lemma)| (*lemma, *upos)).collect();
        let words =
            include_str!("../../../models/vocab.txt").lines().filter(|piece| piece.len() > 2 && piece.chars().all(char::is_alphabetic));
        Self { by_form, known, words: words.collect() }
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
        if !is_open {
            return fitting.into_iter().next().unwrap_or(form);
        }
        let bases = regular_bases(&form, upos);
        let regular = || fitting.iter().filter(|lemma| **lemma == form || bases.contains(lemma)).chain(&bases);
        let is_lemma = |lemma: &&String| self.known.contains(&(lemma.as_str(), upos));
        let is_word = |lemma: &&String| self.words.contains(lemma.as_str());
        let familiar = regular().find(is_lemma).or_else(|| regular().find(is_word)).or_else(|| fitting.iter().find(is_lemma));
        familiar.or(fitting.first()).cloned().unwrap_or(form)
    }
}

/// Words from which a form is made by a regular ending: `miners` → `miner`, `planned` → `planne`, `plann`, `plan`.
fn regular_bases(form: &str, upos: Upos) -> Vec<String> {
    const NOUN: &[(&str, &[&str])] = &[("ies", &["y"]), ("ves", &["f", "fe"]), ("s", &[""]), ("es", &[""])];
    const VERB: &[(&str, &[&str])] =
        &[("ies", &["y"]), ("ied", &["y"]), ("ing", &["", "e"]), ("ed", &["", "e"]), ("s", &[""]), ("es", &[""])];
    let endings = match upos {
        Upos::Noun => NOUN,
        Upos::Verb => VERB,
        _ => &[],
    };
    let mut bases = Vec::new();
    for (ending, instead) in endings {
        let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.chars().count() > 1) else { continue };
        bases.extend(instead.iter().map(|letters| format!("{stem}{letters}")));
        let mut letters = stem.chars().rev();
        let (last, before) = (letters.next(), letters.next());
        if upos == Upos::Verb && last == before && !ending.ends_with('s') {
            bases.push(letters.rev().chain(before).collect());
        }
    }
    bases
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
        assert_eq!(lemmas.lemma(&scripts, &[0.5, 0.0, 1.0], "miners", Upos::Noun), "miner");
        assert_eq!(lemmas.lemma(&scripts, &[1.0, 0.0, 0.5], "drowned", Upos::Verb), "drown");
        assert_eq!(regular_bases("planned", Upos::Verb), ["plann", "planne", "plan"]);
        assert_eq!(Lemmas::default().lemma(&scripts, &[1.0, 0.0, 0.5], "told", Upos::Verb), "tol");
    }
}
