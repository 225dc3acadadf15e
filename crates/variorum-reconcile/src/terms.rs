//! What is a document about, as words that can be weighed against another's?
//!
//! Input: the corpus. Output: for each document its content lemmas with how often they stand in it, those of the lead counting twice; for each lemma how rare it is in
//! English at large, and whether it is a name here. Numbers instead of lemmas, in alphabetical order, so that sums come out the same everywhere.
//! Limits: one word each; "New York" is two.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{TokenId, Upos};

use crate::{
    corpus::{Corpus, DocIx},
    words::Weights,
};

/// Content words at the head of a document that count twice.
const LEAD: usize = 60;

/// Rarity of the name of a day, in nats: one report in seven or eight has it.
const DAY: f64 = 2.0;

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
    /// By term: most of its occurrences are numbers.
    pub(crate) number: Vec<bool>,
}

impl Terms {
    pub(crate) fn of(corpus: &Corpus, weights: &Weights) -> Self {
        let words: Vec<Vec<Word>> = corpus.ids().map(|doc| content(corpus, doc)).collect();
        let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
        for word in words.iter().flatten() {
            let seen = seen.entry(&word.lemma).or_default();
            seen.names += usize::from(word.name);
            seen.times += usize::from(word.time);
            seen.numbers += usize::from(word.number);
            seen.all += 1;
        }
        let number: FxHashMap<&str, Term> = seen.keys().zip(0..).map(|(&lemma, n)| (lemma, Term(n))).collect();
        Self {
            counts: words.iter().map(|words| counts(words, &number)).collect(),
            rarity: seen
                .iter()
                .map(|(lemma, seen)| weights.rarity(lemma).min(if seen.of_the_calendar() { DAY } else { f64::MAX }))
                .collect(),
            number: seen.values().map(|seen| seen.numbers * 2 > seen.all).collect(),
            name: seen.values().map(|seen| seen.names * 2 > seen.all && !seen.of_the_calendar()).collect(),
        }
    }
}

/// How often a lemma stands in the corpus, and as what.
#[derive(Default)]
struct Seen {
    names: usize,
    times: usize,
    numbers: usize,
    all: usize,
}

impl Seen {
    /// Whether it names a day, a month or a feast: every report has one, of whatever affair.
    fn of_the_calendar(&self) -> bool {
        self.names * 2 > self.all && self.times * 2 > self.all
    }
}

/// A content word where it stands.
struct Word {
    /// In lower case.
    lemma: String,
    /// Part of a name.
    name: bool,
    /// Part of a time: "Tuesday", "May".
    time: bool,
    number: bool,
}

/// The content words of a document, in text order.
fn content(corpus: &Corpus, doc: DocIx) -> Vec<Word> {
    let parse = corpus.parse(doc);
    let timed: FxHashSet<TokenId> = corpus.notes(doc).times.iter().flat_map(|time| parse.tokens_in(time.span)).collect();
    let tokens = corpus.doc(doc).content_blocks().flat_map(|block| parse.tokens_in(block.span)).map(|id| (id, parse.token(id)));
    tokens
        .filter(|(_, token)| matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num))
        .map(|(id, token)| Word {
            lemma: token.lemma.to_lowercase(),
            name: token.upos == Upos::Propn,
            time: timed.contains(&id),
            number: token.upos == Upos::Num,
        })
        .collect()
}

fn counts(words: &[Word], number: &FxHashMap<&str, Term>) -> Vector {
    let mut counts: BTreeMap<Term, f64> = BTreeMap::new();
    for (i, word) in words.iter().enumerate() {
        *counts.entry(number[word.lemma.as_str()]).or_default() += if i < LEAD { 2.0 } else { 1.0 };
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
        assert!((dot(&unit(a.clone()), &unit(a)) - 1.0).abs() < 1e-12);
    }
}
