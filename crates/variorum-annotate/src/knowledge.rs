//! What the stages know of the world and of words: the tables of `knowledge/`, indexed by each stage for its own use.

use std::sync::Arc;

use crate::{
    actors::World, attributions::CueLexicon, events::EventLexicon, figures::MeasureLexicon, places::Gazetteer, quantities::NumberLexicon,
    times::TimeLexicon,
};

/// Every table, indexed. Built once, shared by all threads.
#[derive(Debug)]
pub struct Knowledge {
    /// Words of time.
    pub times: TimeLexicon,
    /// Number words, qualifiers, units.
    pub numbers: Arc<NumberLexicon>,
    /// Countries, cities, regions, waters.
    pub gazetteer: Gazetteer,
    /// States, organisations, publishers, titles, office holders.
    pub world: World,
    /// Words that signal speech and thought.
    pub cues: CueLexicon,
    /// Words that name events.
    pub events: EventLexicon,
    /// What figures count.
    pub measures: MeasureLexicon,
}

impl Knowledge {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        let numbers = Arc::new(NumberLexicon::bundled());
        Self {
            times: TimeLexicon::bundled(numbers.clone()),
            numbers,
            gazetteer: Gazetteer::bundled(),
            world: World::bundled(),
            cues: CueLexicon::bundled(),
            events: EventLexicon::bundled(),
            measures: MeasureLexicon::bundled(),
        }
    }
}
