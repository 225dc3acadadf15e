//! One document to its annotations: one module a stage, wired by [`pipeline`].
//!
//! Stages are pure and total. Each takes what it knows first (a lexicon), then the document and its parse, then what earlier stages found.

pub mod actors;
pub mod attributions;
pub mod events;
pub mod figures;
mod inflection;
pub mod knowledge;
pub mod naming;
mod phrases;
pub mod pipeline;
pub mod places;
pub mod quantities;
pub mod times;

pub use knowledge::Knowledge;
pub use pipeline::{Stage, annotate, annotate_watched};

use variorum_model::Diagnostic;

/// What a stage gives back: its records, and what a reader should know about how they were got.
#[derive(Clone, Debug, PartialEq)]
pub struct Output<T> {
    /// Sorted as the stage documents.
    pub records: Vec<T>,
    /// Bad text is data.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> From<Vec<T>> for Output<T> {
    fn from(records: Vec<T>) -> Self {
        Self { records, diagnostics: Vec::new() }
    }
}
