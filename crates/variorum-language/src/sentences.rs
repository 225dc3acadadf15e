//! What do the networks get that read one sentence at a time?
//!
//! Input: the scores of a window and the trees made of them. Output: a [`Sentence`]: for each of its words what the trunk makes of it and its vector in the table, and the way through
//! the tree from each word to each. `events.onnx` and `measures.onnx` are both fed with it.

use std::ops::Range;

use rten::ValueOrView;
use rten_tensor::NdTensor;
use variorum_model::{Token, TokenId};

use crate::decode;
use crate::network::{Matrix, Scores};
use crate::ways::Ways;
use crate::windows::Window;

/// The inputs of such a network, in the order in which they are fed.
pub(crate) const INPUTS: [&str; 3] = ["states", "meanings", "paths"];

/// One sentence, ready to be read.
pub(crate) struct Sentence<'w> {
    /// Its words.
    pub(crate) words: &'w [Token],
    first: TokenId,
    states: Matrix,
    meanings: Matrix,
    paths: Vec<i32>,
}

impl<'w> Sentence<'w> {
    /// The words of this range of the document, which lie in the window; `tokens` are the document's.
    pub(crate) fn new(ways: &Ways, window: &Window, scores: &Scores, tokens: &'w [Token], range: Range<usize>) -> Self {
        let rows = decode::row(window, range.start)..decode::row(window, range.end);
        let (words, first) = (&tokens[range.clone()], TokenId(range.start as u32));
        Self {
            words,
            first,
            states: scores.states.rows(rows.clone()),
            meanings: scores.meanings.rows(rows),
            paths: ways.between_all(words, first),
        }
    }

    /// The document's number of a word.
    pub(crate) fn word(&self, i: usize) -> TokenId {
        TokenId(self.first.0 + i as u32)
    }

    /// As a network takes it.
    pub(crate) fn inputs(&self) -> [ValueOrView<'_>; 3] {
        let n_words = self.words.len();
        let tensor = |matrix: &Matrix| NdTensor::from_data([1, n_words, matrix.width()], matrix.values().to_vec());
        let paths = NdTensor::from_data([1, n_words, n_words], self.paths.clone());
        [tensor(&self.states).into(), tensor(&self.meanings).into(), paths.into()]
    }
}

/// Scores to chances that add up to 1.
pub(crate) fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// Labels with their chances, the likeliest first, without the unlikely.
pub(crate) fn ranked<L: Clone>(chances: &[f32], labels: &[L], worth: f32) -> Vec<(L, f32)> {
    let mut ranked: Vec<(L, f32)> = labels.iter().cloned().zip(chances.iter().copied()).filter(|(_, chance)| *chance >= worth).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked
}
