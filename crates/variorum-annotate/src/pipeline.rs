//! The stages in order: one straight-line function, typed output to typed input.

use variorum_model::{Annotations, Document, Parse};

use crate::{Knowledge, actors, attributions, events, figures, places, quantities, times};

/// Everything one document says.
pub fn annotate(knowledge: &Knowledge, doc: &Document, parse: &Parse) -> Annotations {
    let times = times::times(&knowledge.times, doc, parse);
    let quantities = quantities::quantities(&knowledge.numbers, doc, parse, &times.records);
    let places = places::places(&knowledge.gazetteer, doc, parse);
    let actors = actors::actors(&knowledge.world, doc, parse, &places.records);
    let attributions = attributions::attributions(&knowledge.cues, doc, parse, &actors, &times.records);
    let events = events::events(&knowledge.events, doc, parse, &actors, &attributions.records, &times.records, &places.records);
    let figures =
        figures::figures(&knowledge.measures, doc, parse, &quantities.records, &times.records, &places.records, &attributions.records);

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
        figures: figures.records,
        diagnostics: diagnostics.concat(),
    }
}
