//! Which words name happenings, and who takes part in them? Runs `events.onnx` on one sentence.
//!
//! Input: a [`Sentence`]. Output: a [`Trigger`] for each word that may name a happening, as
//! probabilities. Example: "Rebels shelled the town" gives "shelled", ASSAULT .96, done by "Rebels". Limits: one sentence at a time, and no word elsewhere takes part.

use std::borrow::Cow;

use variorum_model::{EventStatus, EventType, TokenId, Trigger};

use crate::network::{Graph, Matrix, Worker, numbers};
use crate::profile::LoadError;
use crate::sentences::{INPUTS, Sentence, ranked, softmax};

const FILE: &str = "events.onnx";

/// Below this, what a word, type or status gets is not worth keeping, nor below the other what a participant gets.
const WORTH: f32 = 0.03;
const WORTH_OF_PARTICIPANT: f32 = 0.1;

/// The trained network of a profile.
pub(crate) struct Finder {
    graph: Graph<3, 4>,
}

impl Finder {
    pub(crate) fn load(bytes: Cow<'static, [u8]>, ways: &[String]) -> Result<Self, LoadError> {
        let graph = Graph::load(FILE, bytes, INPUTS, ["types", "statuses", "doers", "undergoers"])?;
        if ways.is_empty() {
            return Err(LoadError::Network {
                file: FILE,
                reason: "labels.json does not name the ways through the tree that it knows".to_owned(),
            });
        }
        Ok(Self { graph })
    }

    /// The triggers of a sentence.
    pub(crate) fn triggers(&self, worker: &Worker, sentence: &Sentence) -> Vec<Trigger> {
        let n_words = sentence.words.len();
        let answers = self.graph.run(worker, sentence.inputs()).map(numbers);
        let [types, statuses, doers, undergoers] = answers.map(|values| Matrix::from_values(values, n_words));
        let trigger = |i: usize| {
            // Column 0 of the types is that the word names no happening.
            let types = ranked(&softmax(types.row(i))[1..], EventType::ALL, WORTH);
            let chance: f32 = types.iter().map(|(_, chance)| chance).sum();
            (chance >= WORTH).then(|| Trigger {
                token: sentence.word(i),
                types,
                statuses: ranked(&softmax(statuses.row(i)), &EventStatus::ALL, WORTH),
                doers: participants(doers.row(i), |i| sentence.word(i)),
                undergoers: participants(undergoers.row(i), |i| sentence.word(i)),
            })
        };
        (0..n_words).filter_map(trigger).collect()
    }
}

fn participants(scores: &[f32], word: impl Fn(usize) -> TokenId) -> Vec<(TokenId, f32)> {
    let chances = scores.iter().map(|score| 1.0 / (1.0 + (-score).exp())).enumerate();
    chances.filter(|(_, chance)| *chance >= WORTH_OF_PARTICIPANT).map(|(i, chance)| (word(i), chance)).collect()
}
