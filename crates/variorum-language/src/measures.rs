//! What is a number of, whom does it count, and as of when? Runs `measures.onnx` on one sentence.
//!
//! Input: a [`Sentence`]. Output: a [`NumberSense`] for each word of it that is a number: names of the closed list of measures (`corpus/measures.md`), words that may head the population, words that may head
//! the time, with their chances. Example: in "Shells tore
//! into the market; nine never got up again" of "nine" `killed` .9. Limits: one sentence at a time: "The figure stood at nine" says little.

use std::borrow::Cow;

use variorum_model::{NumberSense, Token, TokenId, Upos};

use crate::network::{Graph, Matrix, Worker, numbers};
use crate::profile::LoadError;
use crate::sentences::{INPUTS, Sentence, ranked, softmax};

const FILE: &str = "measures.onnx";

/// Below this what a measure gets is not worth keeping.
const WORTH: f32 = 0.01;
/// The same for what a word gets.
const WORTH_OF_WORD: f32 = 0.03;
/// Nouns that are numbers by themselves.
const NUMBER_NOUNS: [&str; 9] = ["dozen", "score", "hundred", "thousand", "million", "billion", "trillion", "crore", "lakh"];

/// The trained network of a profile.
pub(crate) struct Gauge {
    graph: Graph<3, 3>,
    measures: Vec<String>,
}

impl Gauge {
    pub(crate) fn load(bytes: Cow<'static, [u8]>, measures: &[String]) -> Result<Self, LoadError> {
        let graph = Graph::load(FILE, bytes, INPUTS, ["measures", "counted", "moments"])?;
        if measures.is_empty() {
            return Err(LoadError::Network { file: FILE, reason: "labels.json does not name the measures that it knows".to_owned() });
        }
        Ok(Self { graph, measures: measures.to_vec() })
    }

    /// What the numbers of a sentence are of, in text order.
    pub(crate) fn senses(&self, worker: &Worker, sentence: &Sentence) -> Vec<NumberSense> {
        let places: Vec<usize> = (0..sentence.words.len()).filter(|&i| is_number(&sentence.words[i])).collect();
        if places.is_empty() {
            return Vec::new();
        }
        let n_words = sentence.words.len();
        let [measures, counted, moments] =
            self.graph.run(worker, sentence.inputs()).map(|values| Matrix::from_values(numbers(values), n_words));
        let words: Vec<TokenId> = (0..n_words).map(|i| sentence.word(i)).collect();
        let sense = |i: usize| NumberSense {
            token: words[i],
            measures: ranked(&softmax(measures.row(i)), &self.measures, WORTH),
            counted: ranked(&softmax(counted.row(i)), &words, WORTH_OF_WORD),
            moments: ranked(&softmax(moments.row(i)), &words, WORTH_OF_WORD),
        };
        places.into_iter().map(sense).collect()
    }
}

fn is_number(word: &Token) -> bool {
    word.upos == Upos::Num || word.upos == Upos::Noun && NUMBER_NOUNS.contains(&word.lemma.as_str())
}
