//! The stages in order: one straight-line function, typed output to typed input.
//!
//! Whoever measures is told when each stage is done; to everybody else that costs nothing.

use variorum_model::{Annotations, Document, Parse};

use crate::{Knowledge, actors, attributions, events, figures, places, quantities, times};

/// What is done to a document, in this order. For measuring.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Each is the module of its name.
pub enum Stage {
    Times,
    Quantities,
    Places,
    Actors,
    Attributions,
    Events,
    Figures,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 7] = [Self::Times, Self::Quantities, Self::Places, Self::Actors, Self::Attributions, Self::Events, Self::Figures];
}

/// Everything one document says.
pub fn annotate(knowledge: &Knowledge, doc: &Document, parse: &Parse) -> Annotations {
    annotate_watched(knowledge, doc, parse, |_| {})
}

/// The same; `done` is told whenever a stage is done.
pub fn annotate_watched(knowledge: &Knowledge, doc: &Document, parse: &Parse, mut done: impl FnMut(Stage)) -> Annotations {
    let times = times::times(&knowledge.times, doc, parse);
    done(Stage::Times);
    let quantities = quantities::quantities(&knowledge.numbers, doc, parse, &times.records);
    done(Stage::Quantities);
    let places = places::places(&knowledge.gazetteer, doc, parse);
    done(Stage::Places);
    let actors = actors::actors(&knowledge.world, doc, parse, &places.records);
    done(Stage::Actors);
    let attributions = attributions::attributions(&knowledge.cues, doc, parse, &actors, &times.records);
    done(Stage::Attributions);
    let events = events::events(&knowledge.events, doc, parse, &actors, &attributions.records, &times.records, &places.records);
    let dated =
        events::dated(&knowledge.events, doc, parse, &actors, &attributions.records, &times.records, &places.records, &events.records);
    done(Stage::Events);
    let earlier = figures::Earlier {
        quantities: &quantities.records,
        times: &times.records,
        places: &places.records,
        actors: &actors,
        attributions: &attributions.records,
    };
    let figures = figures::figures(&knowledge.measures, doc, parse, &earlier);
    done(Stage::Figures);

    let diagnostics = [
        times.diagnostics,
        quantities.diagnostics,
        places.diagnostics,
        actors.diagnostics,
        attributions.diagnostics,
        events.diagnostics,
        figures.diagnostics,
    ];
    Annotations {
        times: times.records,
        quantities: quantities.records,
        places: places.records,
        mentions: actors.mentions,
        entities: actors.entities,
        attributions: attributions.records,
        events: events.records,
        dated,
        figures: figures.records,
        diagnostics: diagnostics.concat(),
    }
}
