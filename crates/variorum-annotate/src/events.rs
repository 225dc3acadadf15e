//! Finds who did what to whom.
use variorum_model::{Attribution, Document, EventMention, Parse, Place, TimeExpression};

use crate::{Output, actors::Actors};

/// Words that name events, from `knowledge/events.tsv`.
#[derive(Debug)]
pub struct EventLexicon {}

impl EventLexicon {
    /// The table that ships with the program.
    pub fn bundled() -> Self {
        Self {}
    }
}

/// Finds who did what to whom. Sorted by trigger.
pub fn events(
    _lexicon: &EventLexicon,
    _doc: &Document,
    _parse: &Parse,
    _actors: &Actors,
    _attributions: &[Attribution],
    _times: &[TimeExpression],
    _places: &[Place],
) -> Output<EventMention> {
    Vec::new().into()
}
