//! How well do two phrases go together? Runs `coreference.onnx` on rows of features.
//!
//! Input: rows of numbers of one width. Output: a score for each row; the highest among the candidates of one phrase is the answer.

use std::borrow::Cow;

use rten_tensor::NdTensor;

use crate::network::{Graph, Worker};
use crate::profile::LoadError;

const FILE: &str = "coreference.onnx";

/// The trained scorer of a profile.
pub(crate) struct Scorer(Graph<1, 1>);

impl Scorer {
    /// For rows of `width` numbers.
    pub(crate) fn load(bytes: Cow<'static, [u8]>, width: usize) -> Result<Self, LoadError> {
        let graph: Graph<1, 1> = Graph::load(FILE, bytes, ["features"], ["scores"])?;
        match graph.input_width() {
            Some(takes) if takes != width => {
                Err(LoadError::Network { file: FILE, reason: format!("it takes {takes} numbers a pair, this program gives {width}") })
            }
            _ => Ok(Self(graph)),
        }
    }

    /// Scores of rows of `width` numbers each.
    pub(crate) fn scores(&self, worker: &Worker, rows: Vec<f32>, width: usize) -> Vec<f32> {
        let rows = NdTensor::from_data([rows.len() / width, width], rows);
        let [scores] = self.0.run(worker, [rows.into()]);
        crate::network::numbers(scores)
    }
}
