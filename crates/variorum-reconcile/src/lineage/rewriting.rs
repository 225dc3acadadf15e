//! Does a text tell what another tells, sentence by sentence, in other words?
//!
//! Input: two documents, the younger first. Output: pairs of sentences of the same sense; none where too few of the younger one's sentences have a counterpart, or
//! where the counterparts come in another order. Example: "He insisted that warning sirens sounded in time" beside "'The sirens sounded in time,' the minister told …".
//! A counterpart must be near in sense and have the same rare words, names and figures: sense alone likens any two reports of one affair, words alone likens quotations.
//! Limits: a rewrite that keeps a few facts of a long text is not told from a report of its own on the same facts.

use std::ops::Range;

use super::{
    alignment::{Passage, common},
    running::{Texts, Word},
};
use crate::{
    corpus::{Corpus, DocIx},
    words::{Weights, containment, content_lemmas},
};

/// Cosine from which two sentences are near in sense, and weighted part of the younger one's words that the other must have.
const NEAR_SENSE: f32 = 0.5;
const SAME_WORDS: f64 = 0.3;
/// Part of a text with counterparts from which it is a rewrite; how many there must be; and the part of them in the order of the older text.
pub(super) const REWRITE_SHARE: f64 = 0.36;
const REWRITE_SENTENCES: usize = 3;
const IN_ORDER: f64 = 0.6;
/// Own words from which a sentence is looked at.
const SENTENCE_WORDS: usize = 5;

/// Sentences of the younger text with their counterparts, where they make it a rewrite of the older one.
pub(super) fn counterparts(
    corpus: &Corpus,
    texts: &Texts,
    weights: &Weights,
    ours: &Sentences,
    theirs: &Sentences,
) -> Option<Vec<Passage>> {
    let n_own = |i: usize| ours.all[i].n_own;
    let looked_at = || (0..ours.all.len()).filter(|&i| n_own(i) >= SENTENCE_WORDS);
    let matched: Vec<(usize, usize)> = looked_at().filter_map(|i| Some((i, nearest(corpus, weights, (ours, i), theirs)?))).collect();
    let share = matched.iter().map(|(i, _)| n_own(*i)).sum::<usize>() as f64 / looked_at().map(n_own).sum::<usize>().max(1) as f64;
    let order: Vec<usize> = matched.iter().map(|(_, j)| *j).collect();
    let in_order = longest_rising(&order) as f64 >= IN_ORDER * order.len() as f64;
    let passage = |(i, j): (usize, usize)| {
        let (here, there) = (ours.all[i].words.clone(), theirs.all[j].words.clone());
        Passage { shared: common(texts.of(ours.doc), here.clone(), texts.of(theirs.doc), there.clone()), here, there }
    };
    (share >= REWRITE_SHARE && matched.len() >= REWRITE_SENTENCES && in_order).then(|| matched.into_iter().map(passage).collect())
}

/// The sentences of a running text.
pub(super) struct Sentences {
    doc: DocIx,
    all: Vec<Sentence>,
}

struct Sentence {
    span: variorum_model::Span,
    words: Range<usize>,
    n_own: usize,
    lemmas: Vec<String>,
}

impl Sentences {
    pub(super) fn new(corpus: &Corpus, texts: &Texts, doc: DocIx) -> Self {
        let (parse, mut at, mut all) = (corpus.parse(doc), 0, Vec::new());
        for words in texts.of(doc).chunk_by(|x, y| x.sentence == y.sentence) {
            let span = parse.sentence(words[0].sentence).span;
            all.push(Sentence { span, words: at..at + words.len(), n_own: n_own(words), lemmas: content_lemmas(parse, span) });
            at += words.len();
        }
        Self { doc, all }
    }
}

fn n_own(words: &[Word]) -> usize {
    words.iter().filter(|word| !word.quoted).count()
}

/// The sentence of the same sense with the same words; the nearest of several.
fn nearest(corpus: &Corpus, weights: &Weights, (ours, i): (&Sentences, usize), theirs: &Sentences) -> Option<usize> {
    let here = &ours.all[i];
    let sense = |j: usize| corpus.similarity((ours.doc, here.span), (theirs.doc, theirs.all[j].span));
    let near = (0..theirs.all.len()).map(|j| (sense(j), j)).filter(|(cosine, _)| *cosine >= NEAR_SENSE);
    let same = near.filter(|(_, j)| containment(weights, &here.lemmas, &theirs.all[*j].lemmas) >= SAME_WORDS);
    same.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))).map(|(_, j)| j)
}

/// Length of the longest rising subsequence.
fn longest_rising(values: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &value in values {
        let at = ends.partition_point(|&end| end < value);
        if at == ends.len() {
            ends.push(value);
        } else {
            ends[at] = value;
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rising_values() {
        assert_eq!(longest_rising(&[4, 1, 2, 9, 3, 5]), 4);
        assert_eq!(longest_rising(&[]), 0);
    }
}
