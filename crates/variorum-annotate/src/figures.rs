//! Finds what reported quantities count.
use variorum_model::{Attribution, Document, FigureMention, Parse, Place, Quantity, TimeExpression};

use crate::Output;

/// What figures count, from `knowledge/measures.tsv`.
#[derive(Debug)]
pub struct MeasureLexicon {}

impl MeasureLexicon {
    /// The table that ships with the program.
    pub fn bundled() -> Self {
        Self {}
    }
}

/// Finds what reported quantities count. Sorted by quantity.
pub fn figures(
    _lexicon: &MeasureLexicon,
    _doc: &Document,
    _parse: &Parse,
    _quantities: &[Quantity],
    _times: &[TimeExpression],
    _places: &[Place],
    _attributions: &[Attribution],
) -> Output<FigureMention> {
    Vec::new().into()
}
