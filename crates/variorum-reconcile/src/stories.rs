//! Which documents are about the same affair?
//!
//! Input: the corpus. Output: groups of documents. Two documents are of one affair when their rare words and names agree: cosine of lemma vectors
//! weighted by how rare a lemma is in English, with the headline and the first paragraphs counting twice.
//! Limits: look-alike affairs (two earthquakes) are told apart by names alone.

use rustc_hash::FxHashMap;
use variorum_model::StoryId;

use crate::{
    cluster::{agglomerate, all_pairs},
    corpus::{Corpus, DocIx},
    words::{Weights, content_lemmas},
};

/// Cosine from which two documents are of one affair.
const ONE_AFFAIR: f64 = 0.22;
/// Cosine below which no two documents of a group may be.
const OTHER_AFFAIR: f64 = 0.10;
/// Words at the head of a document that count twice.
const LEAD: usize = 60;

/// Documents by affair.
pub(crate) struct Stories {
    /// Sorted by first document.
    pub(crate) groups: Vec<Vec<DocIx>>,
    of: Vec<usize>,
    likeness: Vec<Vec<f64>>,
}

impl Stories {
    /// Index of the story a document belongs to.
    pub(crate) fn of(&self, doc: DocIx) -> usize {
        self.of[doc.0]
    }

    /// The story's name: a hash of its documents.
    pub(crate) fn id(&self, corpus: &Corpus, story: usize) -> StoryId {
        StoryId::of(self.groups[story].iter().map(|&doc| corpus.doc(doc).id.as_str()))
    }

    /// Every pair of documents of one story, in order.
    pub(crate) fn pairs(&self) -> Vec<(DocIx, DocIx)> {
        self.groups
            .iter()
            .flat_map(|group| group.iter().enumerate().flat_map(move |(n, &a)| group[n + 1..].iter().map(move |&b| (a, b))))
            .collect()
    }

    /// The document most like the others of its story, of those preferred where there are any.
    pub(crate) fn central(&self, story: usize, preferred: impl Fn(DocIx) -> bool) -> DocIx {
        let group = &self.groups[story];
        let nearness = |doc: DocIx| group.iter().map(|other| self.likeness[doc.0][other.0]).sum::<f64>();
        *group
            .iter()
            .max_by(|a, b| preferred(**a).cmp(&preferred(**b)).then(nearness(**a).total_cmp(&nearness(**b))).then(b.cmp(a)))
            .expect("a story has a document")
    }
}

/// Groups the documents of a corpus.
pub(crate) fn stories(corpus: &Corpus, weights: &Weights) -> Stories {
    let vectors: Vec<FxHashMap<String, f64>> = corpus.ids().map(|doc| vector(corpus, weights, doc)).collect();
    let n = corpus.len();
    let mut likeness = vec![vec![1.0; n]; n];
    for (score, i, j) in all_pairs(n, |i, j| cosine(&vectors[i], &vectors[j])) {
        likeness[i][j] = score;
        likeness[j][i] = score;
    }
    let groups = agglomerate(n, all_pairs(n, |i, j| likeness[i][j]), ONE_AFFAIR, |i, j| likeness[i][j] >= OTHER_AFFAIR);
    let mut of = vec![0; n];
    for (story, group) in groups.iter().enumerate() {
        for &doc in group {
            of[doc] = story;
        }
    }
    Stories { groups: groups.into_iter().map(|group| group.into_iter().map(DocIx).collect()).collect(), of, likeness }
}

/// A unit vector of lemma weights.
fn vector(corpus: &Corpus, weights: &Weights, doc: DocIx) -> FxHashMap<String, f64> {
    let mut counts: FxHashMap<String, f64> = FxHashMap::default();
    let lemmas = corpus.doc(doc).content_blocks().flat_map(|block| content_lemmas(corpus.parse(doc), block.span));
    for (i, lemma) in lemmas.enumerate() {
        *counts.entry(lemma).or_default() += if i < LEAD { 2.0 } else { 1.0 };
    }
    let mut vector: FxHashMap<String, f64> = counts
        .into_iter()
        .map(|(lemma, n)| (1.0 + n.ln(), lemma))
        .map(|(tf, lemma)| (tf * weights.of(&lemma).powi(2), lemma))
        .map(|(w, lemma)| (lemma, w))
        .collect();
    // Summed in a fixed order: floating-point sums depend on it.
    let mut squares: Vec<f64> = vector.values().map(|w| w * w).collect();
    squares.sort_by(f64::total_cmp);
    let norm = squares.iter().sum::<f64>().sqrt();
    if norm > 0.0 {
        vector.values_mut().for_each(|w| *w /= norm);
    }
    vector
}

fn cosine(a: &FxHashMap<String, f64>, b: &FxHashMap<String, f64>) -> f64 {
    let mut products: Vec<f64> = a.iter().filter_map(|(lemma, w)| b.get(lemma).map(|v| w * v)).collect();
    products.sort_by(f64::total_cmp);
    products.iter().sum()
}
