//! A dictionary beside the network: what the training corpora know, the network need not guess.
//!
//! A form that was seen with this part of speech has the lemma it was seen with. For others the network's scripts are tried from the best down, and the first that
//! makes a word the corpora know as a lemma wins: "wounded" is "wound", not "wounde".

use std::collections::{HashMap, HashSet};

use variorum_model::{Upos, table::Table};

use crate::profile::LemmaScript;

/// Scripts looked at before the best one is taken after all.
const TRIES: usize = 4;

/// Word forms and lemmas of the training corpora, from `models/lemmas.tsv`.
#[derive(Debug)]
pub(crate) struct Lemmas {
    by_form: HashMap<(&'static str, Upos), &'static str>,
    known: HashSet<(&'static str, Upos)>,
}

impl Lemmas {
    pub(crate) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../models/lemmas.tsv")).expect("bundled tables are checked by tests");
        let by_form: HashMap<(&str, Upos), &str> = table.rows().map(|row| ((row.get("form"), Upos::from_label(row.get("upos"))), row.get("lemma"))).collect();
        let known = by_form.iter().map(|((_, upos), lemma)| (*lemma, *upos)).collect();
        Self { by_form, known }
    }

    /// The lemma of a word, given the network's scores of the scripts.
    pub(crate) fn lemma(&self, scripts: &[LemmaScript], scores: &[f32], word: &str, upos: Upos) -> String {
        let form = word.to_lowercase();
        if let Some(lemma) = self.by_form.get(&(form.as_str(), upos)) {
            return (*lemma).to_owned();
        }
        let mut order: Vec<usize> = (0..scripts.len().min(scores.len())).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        let fitting: Vec<String> = order.into_iter().filter_map(|i| scripts[i].apply(word)).take(TRIES).collect();
        let open = matches!(upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv);
        let familiar = fitting.iter().find(|lemma| open && self.known.contains(&(lemma.as_str(), upos)));
        familiar.or(fitting.first()).cloned().unwrap_or(form)
    }
}
