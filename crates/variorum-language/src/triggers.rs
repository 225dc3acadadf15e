//! Which words name happenings, and who takes part in them? Runs `events.onnx` on one sentence.
//!
//! Input: for each word of a sentence what the trunk makes of it, its vector in the table, and its place in the tree. Output: a [`Trigger`] for each word that may name a happening, as
//! probabilities. Example: "Rebels shelled the town" gives "shelled", ASSAULT .96, done by "Rebels". Limits: one sentence at a time, and no word elsewhere takes part.

use std::borrow::Cow;

use rten_tensor::NdTensor;
use variorum_model::{EventStatus, EventType, Token, TokenId, Trigger};

use crate::network::{Graph, Matrix, Worker, numbers};
use crate::profile::LoadError;
use crate::ways::Ways;

const FILE: &str = "events.onnx";

/// Below this, what a word, type or status gets is not worth keeping, nor below the other what a participant gets.
const WORTH: f32 = 0.03;
const WORTH_OF_PARTICIPANT: f32 = 0.1;

/// The trained network of a profile.
pub(crate) struct Finder {
    graph: Graph<3, 4>,
    ways: Ways,
}

impl Finder {
    pub(crate) fn load(bytes: Cow<'static, [u8]>, ways: &[String]) -> Result<Self, LoadError> {
        let graph = Graph::load(FILE, bytes, ["states", "meanings", "paths"], ["types", "statuses", "doers", "undergoers"])?;
        if ways.is_empty() {
            return Err(LoadError::Network {
                file: FILE,
                reason: "labels.json does not name the ways through the tree that it knows".to_owned(),
            });
        }
        Ok(Self { graph, ways: Ways::new(ways) })
    }

    /// The triggers of a sentence whose first word is `first`; a row for each of its words.
    pub(crate) fn triggers(&self, worker: &Worker, states: Matrix, meanings: Matrix, words: &[Token], first: TokenId) -> Vec<Trigger> {
        let n_words = words.len();
        let tensor = |matrix: Matrix| NdTensor::from_data([1, n_words, matrix.width()], matrix.into_values());
        let paths = NdTensor::from_data([1, n_words, n_words], self.ways.between_all(words, first));
        let inputs = [tensor(states).into(), tensor(meanings).into(), paths.into()];
        let answers = self.graph.run(worker, inputs).map(numbers);
        let [types, statuses, doers, undergoers] = answers.map(|values| Matrix::from_values(values, n_words));
        let word = |i: usize| TokenId(first.0 + i as u32);
        let trigger = |i: usize| {
            // Column 0 of the types is that the word names no happening.
            let types = ranked(&softmax(types.row(i))[1..], EventType::ALL);
            let chance: f32 = types.iter().map(|(_, chance)| chance).sum();
            (chance >= WORTH).then(|| Trigger {
                token: word(i),
                types,
                statuses: ranked(&softmax(statuses.row(i)), &EventStatus::ALL),
                doers: participants(doers.row(i), word),
                undergoers: participants(undergoers.row(i), word),
            })
        };
        (0..n_words).filter_map(trigger).collect()
    }
}

/// Labels with their chances, the likeliest first.
fn ranked<L: Copy>(chances: &[f32], labels: &[L]) -> Vec<(L, f32)> {
    let mut ranked: Vec<(L, f32)> = labels.iter().copied().zip(chances.iter().copied()).filter(|(_, chance)| *chance >= WORTH).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked
}

fn participants(scores: &[f32], word: impl Fn(usize) -> TokenId) -> Vec<(TokenId, f32)> {
    let chances = scores.iter().map(|score| 1.0 / (1.0 + (-score).exp())).enumerate();
    chances.filter(|(_, chance)| *chance >= WORTH_OF_PARTICIPANT).map(|(i, chance)| (word(i), chance)).collect()
}

fn softmax(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}
