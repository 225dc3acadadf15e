//! Finds numbers with their bounds and units.
use variorum_model::{Document, Parse, Quantity, TimeExpression};

use crate::Output;

/// Number words, qualifiers and units, from `knowledge/numbers.tsv` and `knowledge/units.tsv`.
#[derive(Debug)]
pub struct NumberLexicon {}

impl NumberLexicon {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        Self {}
    }
}

/// Finds numbers with their bounds and units; those that are part of a date are left out. Sorted by span.
pub fn quantities(_lexicon: &NumberLexicon, _doc: &Document, _parse: &Parse, _times: &[TimeExpression]) -> Output<Quantity> {
    Vec::new().into()
}
