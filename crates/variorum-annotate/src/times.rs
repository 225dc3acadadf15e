//! Finds expressions of time.
use variorum_model::{Document, Parse, TimeExpression};

use crate::Output;

/// Words of time, from `knowledge/times.tsv`.
#[derive(Debug)]
pub struct TimeLexicon {}

impl TimeLexicon {
    /// The table that ships with the program.
    pub fn bundled() -> Self {
        Self {}
    }
}

/// Finds expressions of time. Sorted by span, without overlaps.
pub fn times(_lexicon: &TimeLexicon, _doc: &Document, _parse: &Parse) -> Output<TimeExpression> {
    Vec::new().into()
}
