//! What is a document about, as words that can be weighed against another's?
//!
//! Input: the corpus. Output: for each document its content lemmas with how often they stand in it, those of the lead counting twice; for each lemma how rare it is in
//! English at large, and whether it is a name here. Numbers instead of lemmas, in alphabetical order, so that sums come out the same everywhere.
//! Limits: one word each; "New York" is two.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use variorum_model::Upos;

use crate::{corpus::Corpus, words::Weights};

/// Content words at the head of a document that count twice.
const LEAD: usize = 60;

/// A lemma of the corpus; lower ones come first in the alphabet.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Term(pub(crate) u32);

impl Term {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Terms with a weight, sorted by term.
pub(crate) type Vector = Vec<(Term, f64)>;

/// The documents as counts of terms.
pub(crate) struct Terms {
    /// By document.
    pub(crate) counts: Vec<Vector>,
    /// By term: nats, see [`Weights::rarity`].
    pub(crate) rarity: Vec<f64>,
    /// By term: most of its occurrences are names.
    pub(crate) name: Vec<bool>,
}

impl Terms {
    pub(crate) fn of(corpus: &Corpus, weights: &Weights) -> Self {
        let words: Vec<Vec<(String, bool)>> = corpus.ids().map(|doc| content(corpus, doc)).collect();
        // How often as a name, how often at all.
        let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (lemma, name) in words.iter().flatten() {
            let tally = seen.entry(lemma).or_default();
            tally.0 += usize::from(*name);
            tally.1 += 1;
        }
        let number: FxHashMap<&str, Term> = seen.keys().zip(0..).map(|(&lemma, n)| (lemma, Term(n))).collect();
        Self {
            counts: words.iter().map(|words| counts(words, &number)).collect(),
            rarity: seen.keys().map(|lemma| weights.rarity(lemma)).collect(),
            name: seen.values().map(|(names, all)| names * 2 > *all).collect(),
        }
    }
}

/// Lower-cased lemmas of the content words of a document, in text order, and whether each is part of a name.
fn content(corpus: &Corpus, doc: crate::corpus::DocIx) -> Vec<(String, bool)> {
    let parse = corpus.parse(doc);
    let tokens = corpus.doc(doc).content_blocks().flat_map(|block| parse.tokens_in(block.span)).map(|id| parse.token(id));
    tokens
        .filter(|token| matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num))
        .map(|token| (token.lemma.to_lowercase(), token.upos == Upos::Propn))
        .collect()
}

fn counts(words: &[(String, bool)], number: &FxHashMap<&str, Term>) -> Vector {
    let mut counts: BTreeMap<Term, f64> = BTreeMap::new();
    for (i, (lemma, _)) in words.iter().enumerate() {
        *counts.entry(number[lemma.as_str()]).or_default() += if i < LEAD { 2.0 } else { 1.0 };
    }
    counts.into_iter().collect()
}

/// A vector of length 1 in the same direction; nothing stays nothing.
pub(crate) fn unit(mut vector: Vector) -> Vector {
    let norm = dot(&vector, &vector).sqrt();
    if norm > 0.0 {
        vector.iter_mut().for_each(|(_, weight)| *weight /= norm);
    }
    vector
}

/// The inner product of two sorted vectors.
pub(crate) fn dot(a: &[(Term, f64)], b: &[(Term, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// The sum of two sorted vectors.
pub(crate) fn plus(a: &[(Term, f64)], b: &[(Term, f64)]) -> Vector {
    let mut sum: Vector = Vec::with_capacity(a.len() + b.len());
    sum.extend_from_slice(a);
    sum.extend_from_slice(b);
    sum.sort_by_key(|(term, _)| *term);
    sum.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_add_and_multiply_by_term() {
        let (a, b) = (vec![(Term(0), 1.0), (Term(2), 2.0)], vec![(Term(2), 3.0), (Term(5), 4.0)]);
        assert_eq!(dot(&a, &b), 6.0);
        assert_eq!(plus(&a, &b), [(Term(0), 1.0), (Term(2), 5.0), (Term(5), 4.0)]);
        assert_eq!(dot(&unit(a.clone()), &unit(a)), 1.0);
    }
}
