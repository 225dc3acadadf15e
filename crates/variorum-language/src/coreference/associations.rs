//! How well does the network think that two words' phrases go together?
//!
//! Input: window by window, each word's vector as one that looks back and as one that is looked back to. Output: dot products, asked for pair by
//! pair. The network learnt them within windows; across windows they are as good as its vectors are.
//!
//! Limits: words that head no phrase in the network's opinion are not kept, and vectors are kept in eight bits: a long text stays small.

use std::ops::Range;

use variorum_model::TokenId;

use crate::network::Matrix;

/// The vectors of a document's words that head phrases.
#[derive(Default)]
pub(crate) struct Associations {
    /// The kept vectors' index of each word.
    of_word: Vec<Option<u32>>,
    anaphors: Rounded,
    antecedents: Rounded,
    /// The product of each kept word with "nothing earlier".
    nothing: Vec<f32>,
}

impl Associations {
    /// Adds words of a window that starts at `start`: the next of the document. `keeps` says of a row whether its word heads a phrase.
    pub(crate) fn take(
        &mut self,
        start: usize,
        words: Range<usize>,
        anaphors: &Matrix,
        antecedents: &Matrix,
        keeps: impl Fn(usize) -> bool,
    ) {
        debug_assert_eq!(self.of_word.len(), words.start, "windows come in order");
        for word in words {
            let row = word - start + 1;
            let kept = keeps(row);
            self.of_word.push(kept.then_some(self.nothing.len() as u32));
            if kept {
                self.anaphors.push(anaphors.row(row));
                self.antecedents.push(antecedents.row(row));
                self.nothing.push(anaphors.row(row).iter().zip(antecedents.row(0)).map(|(a, b)| a * b).sum());
            }
        }
    }

    /// How well the phrase of one head refers back to that of another, or to nothing earlier; none where the network was not asked.
    pub(super) fn product(&self, anaphor: TokenId, antecedent: Option<TokenId>) -> Option<f32> {
        let anaphor = self.index(anaphor)?;
        match antecedent {
            None => Some(self.nothing[anaphor]),
            Some(antecedent) => Some(self.anaphors.dot(anaphor, &self.antecedents, self.index(antecedent)?)),
        }
    }

    fn index(&self, word: TokenId) -> Option<usize> {
        self.of_word.get(word.index()).copied().flatten().map(|index| index as usize)
    }
}

/// Vectors in eight bits, each with its scale.
#[derive(Default)]
struct Rounded {
    width: usize,
    codes: Vec<i8>,
    scales: Vec<f32>,
}

impl Rounded {
    fn push(&mut self, vector: &[f32]) {
        self.width = vector.len();
        let largest = vector.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        self.codes.extend(vector.iter().map(|value| (value / scale).round() as i8));
        self.scales.push(scale);
    }

    fn dot(&self, i: usize, other: &Self, j: usize) -> f32 {
        let row = |of: &Self, i: usize| i * of.width..(i + 1) * of.width;
        let pairs = self.codes[row(self, i)].iter().zip(&other.codes[row(other, j)]);
        let sum: i32 = pairs.map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
        sum as f32 * self.scales[i] * other.scales[j]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_vectors_nearly() {
        let matrix = |rows: &[[f32; 2]]| {
            let mut matrix = Matrix::with_capacity(2, rows.len());
            rows.iter().for_each(|row| matrix.push(row));
            matrix
        };
        let (anaphors, antecedents) = (matrix(&[[0.0, 0.0], [1.0, 2.0], [3.0, -1.0]]), matrix(&[[1.0, 1.0], [0.5, 0.5], [2.0, 0.0]]));
        let mut associations = Associations::default();
        associations.take(0, 0..2, &anaphors, &antecedents, |_| true);
        let near = |found: Option<f32>, expected: f32| assert!((found.unwrap() - expected).abs() < 0.05, "{found:?} is not {expected}");
        near(associations.product(TokenId(1), Some(TokenId(0))), 1.0);
        near(associations.product(TokenId(1), None), 2.0);
        assert_eq!(associations.product(TokenId(5), None), None);
    }
}
