//! Finds who is said to have said what.
use variorum_model::{Attribution, Document, Parse, TimeExpression};

use crate::{Output, actors::Actors};

/// Words that signal speech and thought, from `knowledge/cues.tsv` and `knowledge/hedges.tsv`.
#[derive(Debug)]
pub struct CueLexicon {}

impl CueLexicon {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        Self {}
    }
}

/// Finds who is said to have said what. Sorted by cue span.
pub fn attributions(
    _lexicon: &CueLexicon,
    _doc: &Document,
    _parse: &Parse,
    _actors: &Actors,
    _times: &[TimeExpression],
) -> Output<Attribution> {
    Vec::new().into()
}
