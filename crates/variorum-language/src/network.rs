//! What do the networks say about a window? Runs the ONNX graphs of a profile; the only module that knows the neural runtime.
//!
//! Input: the rows of one window. Output: one table of scores for each question, a row a word, row 0 the root.
//!
//! One window at a time, because activations are rounded by the range of the whole input: results depend on nothing but the window. A
//! document keeps one thread from beginning to end, and a thread is kept for the next document.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use rten::{Dimension, Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::NdTensor;

use crate::profile::LoadError;
use crate::vectors::WordVectors;
use crate::windows::Rows;

/// The inputs of `encoder.onnx`, in the order in which they are fed.
const INPUTS: [&str; 3] = ["vectors", "shapes", "first"];

/// The outputs of `encoder.onnx`, in the order of [`Scores`].
const OUTPUTS: [&str; 13] =
    ["upos", "xpos", "lemma", "ends", "names", "kinds", "arcs", "dependents", "heads", "anaphors", "antecedents", "similarity", "states"];

/// Rows of numbers of one width.
#[derive(Debug)]
pub(crate) struct Matrix {
    width: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// Without rows; room for `n_rows`.
    pub(crate) fn with_capacity(width: usize, n_rows: usize) -> Self {
        Self { width, values: Vec::with_capacity(width * n_rows) }
    }

    pub(crate) fn row(&self, i: usize) -> &[f32] {
        &self.values[i * self.width..(i + 1) * self.width]
    }

    pub(crate) fn row_mut(&mut self, i: usize) -> &mut [f32] {
        &mut self.values[i * self.width..(i + 1) * self.width]
    }

    pub(crate) fn push(&mut self, row: &[f32]) {
        debug_assert_eq!(row.len(), self.width, "rows of a matrix are of one width");
        self.values.extend_from_slice(row);
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// So many rows of numbers that stand one after the other.
    pub(crate) fn from_values(values: Vec<f32>, n_rows: usize) -> Self {
        Self { width: values.len() / n_rows.max(1), values }
    }

    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    /// These rows alone.
    pub(crate) fn rows(&self, rows: std::ops::Range<usize>) -> Self {
        Self { width: self.width, values: self.values[rows.start * self.width..rows.end * self.width].to_vec() }
    }
}

/// What the encoder says of a window's words; see `models/CONTRACT.md`.
pub(crate) struct Scores {
    pub(crate) upos: Matrix,
    pub(crate) tags: Matrix,
    pub(crate) lemmas: Matrix,
    /// One column: above 0, a sentence ends after the word.
    pub(crate) ends: Matrix,
    pub(crate) names: Matrix,
    pub(crate) referents: Matrix,
    /// Row dependent, column head.
    pub(crate) arcs: Matrix,
    pub(crate) dependents: Matrix,
    pub(crate) heads: Matrix,
    /// A word as head of a mention that looks back; its product with a row of `antecedents` says how well the two go together.
    pub(crate) anaphors: Matrix,
    pub(crate) antecedents: Matrix,
    pub(crate) similarity: Matrix,
    /// What the trunk makes of a word.
    pub(crate) states: Matrix,
    /// What the table says of a word wherever it stands: the mean of its pieces' vectors.
    pub(crate) meanings: Matrix,
}

/// Threads that have no document; each runs one document at a time.
#[derive(Default)]
pub(crate) struct Workers(Mutex<Vec<Arc<ThreadPool>>>);

/// The thread that runs the networks for one document.
pub(crate) struct Worker(Arc<ThreadPool>);

impl Workers {
    /// Runs `work` for one document apart from the caller's threads, which only wait: a caller on a thread of rayon must not pick up
    /// another document while it waits, or documents would pile up on its stack. All of it runs on the worker's own thread, so that no
    /// window is handed from thread to thread.
    pub(crate) fn run<R: Send>(&self, work: impl FnOnce(&Worker) -> R + Send) -> R {
        let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let worker = Worker(idle.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1))));
        let apart = || worker.0.run(|| work(&worker));
        let done = std::thread::scope(|scope| scope.spawn(apart).join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(worker.0);
        done
    }
}

impl Worker {
    fn options(&self) -> RunOptions {
        RunOptions::default().with_thread_pool(Some(self.0.clone()))
    }
}

/// The graphs of a profile.
pub(crate) struct Network {
    vectors: WordVectors,
    encoder: Graph<3, 13>,
    relations: Graph<2, 1>,
}

/// One ONNX graph with its inputs and outputs by name.
pub(crate) struct Graph<const I: usize, const O: usize> {
    model: Model,
    inputs: [NodeId; I],
    outputs: [NodeId; O],
}

impl<const I: usize, const O: usize> Graph<I, O> {
    pub(crate) fn load(file: &'static str, bytes: Cow<'static, [u8]>, inputs: [&str; I], outputs: [&str; O]) -> Result<Self, LoadError> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let loaded = match bytes {
            Cow::Borrowed(bytes) => options.load_static_slice(bytes),
            Cow::Owned(bytes) => options.load(bytes),
        };
        let model = loaded.map_err(|error| LoadError::Network { file, reason: error.to_string() })?;
        let find = |name: &str| model.node_id(name).map_err(|error| LoadError::Network { file, reason: error.to_string() });
        let ids = |names: &[&str]| names.iter().map(|name| find(name)).collect::<Result<Vec<_>, _>>();
        let (inputs, outputs) = (ids(&inputs)?, ids(&outputs)?);
        let counted = "as many ids as names";
        Ok(Self { inputs: inputs.try_into().expect(counted), outputs: outputs.try_into().expect(counted), model })
    }

    /// How many columns the first input has, if the graph fixes it.
    pub(crate) fn input_width(&self) -> Option<usize> {
        match self.model.node_info(self.inputs[0])?.shape()?.last()? {
            Dimension::Fixed(width) => Some(*width),
            Dimension::Symbolic(_) => None,
        }
    }

    pub(crate) fn run(&self, worker: &Worker, inputs: [ValueOrView; I]) -> [Value; O] {
        let inputs = self.inputs.into_iter().zip(inputs).collect();
        self.model.run_n(inputs, self.outputs, Some(worker.options())).expect("graphs accept every window that keeps the contract")
    }
}

impl Network {
    pub(crate) fn load(vectors: WordVectors, encoder: Cow<'static, [u8]>, relations: Cow<'static, [u8]>) -> Result<Self, LoadError> {
        Ok(Self {
            vectors,
            encoder: Graph::load("encoder.onnx", encoder, INPUTS, OUTPUTS)?,
            relations: Graph::load("relations.onnx", relations, ["dependent", "head"], ["relations"])?,
        })
    }

    /// Scores of one window.
    pub(crate) fn scores(&self, worker: &Worker, rows: Rows) -> Scores {
        let (n_pieces, n_words) = (rows.pieces.len(), rows.first.len());
        let vectors = self.vectors.rows(&rows.pieces);
        let meanings = meanings(&rows, &vectors, self.vectors.width());
        let vectors = NdTensor::from_data([1, n_pieces, self.vectors.width()], vectors);
        let line = |values: Vec<i32>| NdTensor::from_data([1, values.len()], values);
        let inputs = [vectors.into(), line(rows.shapes).into(), line(rows.first).into()];
        let outputs = self.encoder.run(worker, inputs).map(|value| matrix(value, n_words));
        let [upos, tags, lemmas, ends, names, referents, arcs, dependents, heads, anaphors, antecedents, similarity, states] = outputs;
        Scores { upos, tags, lemmas, ends, names, referents, arcs, dependents, heads, anaphors, antecedents, similarity, states, meanings }
    }

    /// Scores of the relations of dependents to their heads, row by row.
    pub(crate) fn relations(&self, worker: &Worker, dependents: Matrix, heads: Matrix) -> Matrix {
        let n = dependents.n_rows();
        let tensor = |matrix: Matrix| NdTensor::from_data([n, matrix.width], matrix.values);
        let [relations] = self.relations.run(worker, [tensor(dependents).into(), tensor(heads).into()]);
        matrix(relations, n)
    }
}

/// A row for each word: the mean of the vectors of its pieces. The root's is that of `[CLS]`.
fn meanings(rows: &Rows, vectors: &[f32], width: usize) -> Matrix {
    let mut meanings = Matrix::with_capacity(width, rows.first.len());
    for (i, &first) in rows.first.iter().enumerate() {
        let next = rows.first.get(i + 1).map_or(rows.pieces.len(), |&next| next as usize);
        // A separator before the next word is no piece of this one; its shape is 0, as is the root's.
        let pieces = (first as usize..next).filter(|&piece| piece == first as usize || rows.shapes[piece] != 0);
        let n_pieces = pieces.clone().count() as f32;
        let mut mean = vec![0.0; width];
        pieces.for_each(|piece| mean.iter_mut().zip(&vectors[piece * width..]).for_each(|(sum, value)| *sum += value / n_pieces));
        meanings.push(&mean);
    }
    meanings
}

/// An output as rows; the batch of one falls away.
fn matrix(value: Value, n_rows: usize) -> Matrix {
    Matrix::from_values(numbers(value), n_rows)
}

/// An output's numbers, row by row.
pub(crate) fn numbers(value: Value) -> Vec<f32> {
    match value {
        Value::FloatTensor(tensor) => tensor.into_data(),
        _ => unreachable!("the contract's outputs are float32"),
    }
}
