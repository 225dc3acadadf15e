//! Which columns has an event, and what stands in each?
//!
//! Input: an event with its dossier at hand. Output: the values of a cell; none where it is not known. The columns are POLECAT's forty (Halterman et al. 2023), in its
//! order and with its names, then ours. Example: the cell of "Actor Country" for Italy and Albania has `ITA` and `ALB`. Limits: a dossier knows no titles of persons beyond
//! their offices, no district of a place, and no identifiers of Wikipedia and GeoNames; an event without its own place has none.

use std::collections::BTreeSet;

use variorum_model::{
    Actor, ActorId, Document, EntityKind, PlaceKind,
    dossier::{EventReading, Where},
};

use super::{super::statements::office, Entry};
use crate::lines::{date, label};

type Cell = fn(&Entry<'_>) -> Vec<String>;

/// Name and content of every column.
pub(super) const COLUMNS: &[(&str, Cell)] = &[
    ("Event ID", |e| vec![e.event.id.to_string()]),
    ("Event Date", |e| some(e.event.when.as_ref().map(|when| date(when.range)))),
    ("Event Type", |e| vec![e.event.kind.as_str().to_owned()]),
    ("Event Mode", |e| some(e.event.mode.clone())),
    ("Intensity", |e| some(e.sheet.codes.weight(e.event).map(|weight| weight.intensity.to_owned()))),
    ("Quad Code", |e| some(e.sheet.codes.weight(e.event).map(|weight| weight.quad.to_owned()))),
    ("Contexts", |e| e.event.contexts.clone()),
    ("Actor Name", |e| of(e, &e.event.actors, name)),
    ("Actor Country", |e| of(e, &e.event.actors, country)),
    ("Actor COW", |e| of(e, &e.event.actors, cow)),
    ("Primary Actor Sector", |e| of(e, &e.event.actors, sector)),
    ("Actor Sectors", |e| sectors(e, &e.event.actors)),
    ("Actor Title", |e| of(e, &e.event.actors, title)),
    ("Actor Name Raw", |e| of(e, &e.event.actors, printed)),
    ("Wikipedia Actor ID", unknown),
    ("Recipient Name", |e| of(e, &e.event.recipients, name)),
    ("Recipient Country", |e| of(e, &e.event.recipients, country)),
    ("Recipient COW", |e| of(e, &e.event.recipients, cow)),
    ("Primary Recipient Sector", |e| of(e, &e.event.recipients, sector)),
    ("Recipient Sectors", |e| sectors(e, &e.event.recipients)),
    ("Recipient Title", |e| of(e, &e.event.recipients, title)),
    ("Recipient Name Raw", |e| of(e, &e.event.recipients, printed)),
    ("Wikipedia Recipient ID", unknown),
    ("Placename", |e| place(e, |place| Some(place.name.clone()))),
    ("City", |e| place(e, |place| (place.kind == PlaceKind::City).then(|| place.name.clone()))),
    ("District", unknown),
    ("Province", |e| place(e, |place| (place.kind == PlaceKind::Region).then(|| place.name.clone()))),
    ("Country", |e| place(e, |place| place.country.clone())),
    ("Latitude", |e| place(e, |place| place.lat.map(degrees))),
    ("Longitude", |e| place(e, |place| place.lon.map(degrees))),
    ("GeoNames ID", unknown),
    ("Raw Placename", |e| some(e.event.place.as_ref().map(|place| e.sheet.words(&place.span)))),
    ("Feature Type", |e| place(e, |place| (place.kind != PlaceKind::Unknown).then(|| label(&place.kind)))),
    ("Source", |e| documents(e, |doc| doc.publisher.clone())),
    ("Publication Date", |e| documents(e, |doc| doc.published.map(|dated| date(dated.range)))),
    ("Story People", |e| mentioned(e, &[EntityKind::Person])),
    ("Story Organizations", |e| mentioned(e, &[EntityKind::Organization, EntityKind::Publisher])),
    ("Story Locations", |e| mentioned(e, &[EntityKind::State, EntityKind::PlaceAsActor])),
    ("Language", |e| documents(e, |doc| doc.language.clone())),
    ("Version", |_| vec![concat!("variorum ", env!("CARGO_PKG_VERSION")).to_owned()]),
    ("CAMEO", |e| some(e.sheet.codes.cameo(e.event).map(str::to_owned))),
    ("Status", |e| vec![label(&e.event.status)]),
    ("Speaker", speakers),
    ("Origins Min", |e| vec![e.event.origins.min.to_string()]),
    ("Origins Max", |e| vec![e.event.origins.max.to_string()]),
    ("Documents", |e| documents(e, |doc| Some(doc.id.to_string()))),
    ("Offsets", offsets),
    ("Quote", quote),
];

fn unknown(_: &Entry<'_>) -> Vec<String> {
    Vec::new()
}

fn some(value: Option<String>) -> Vec<String> {
    value.into_iter().collect()
}

// --- participants -------------------------------------------------------------------------------------------------------

/// A value for each participant, empty where unknown, so that the cells of a row can be read side by side.
fn of(entry: &Entry<'_>, ids: &[ActorId], value: fn(&Entry<'_>, &Actor) -> Option<String>) -> Vec<String> {
    let actors = ids.iter().map(|id| entry.sheet.actors.get(id));
    actors.map(|actor| actor.and_then(|actor| value(entry, actor)).unwrap_or_default()).collect()
}

fn name(_: &Entry<'_>, actor: &Actor) -> Option<String> {
    Some(actor.name.clone())
}

fn country(_: &Entry<'_>, actor: &Actor) -> Option<String> {
    actor.country.clone()
}

fn cow(entry: &Entry<'_>, actor: &Actor) -> Option<String> {
    entry.sheet.codes.state(actor.country.as_ref()?).map(str::to_owned)
}

fn sector(_: &Entry<'_>, actor: &Actor) -> Option<String> {
    actor.sector.clone()
}

fn title(_: &Entry<'_>, actor: &Actor) -> Option<String> {
    office(actor)
}

/// The first words for it in what is told of the event.
fn printed(entry: &Entry<'_>, actor: &Actor) -> Option<String> {
    entry.event.readings.iter().find_map(|reading| {
        let inside = actor.mentions.iter().filter(|mention| {
            mention.document == reading.document && reading.evidence.spans().iter().any(|clause| clause.contains(mention.span))
        });
        inside.min().map(|mention| entry.sheet.words(mention))
    })
}

/// Every sector met, each once.
fn sectors(entry: &Entry<'_>, ids: &[ActorId]) -> Vec<String> {
    let met: BTreeSet<String> = of(entry, ids, sector).into_iter().filter(|sector| !sector.is_empty()).collect();
    met.into_iter().collect()
}

// --- place and reports --------------------------------------------------------------------------------------------------

fn place(entry: &Entry<'_>, value: impl Fn(&Where) -> Option<String>) -> Vec<String> {
    some(entry.event.place.as_ref().and_then(value))
}

/// To some ten metres, which is more than a gazetteer knows.
fn degrees(value: f64) -> String {
    ((value * 1e4).round() / 1e4).to_string()
}

/// A value for each report that tells of it.
fn documents(entry: &Entry<'_>, value: impl Fn(&Document) -> Option<String>) -> Vec<String> {
    entry.event.readings.iter().map(|reading| value(entry.sheet.document(&reading.document)).unwrap_or_default()).collect()
}

/// Whoever of these kinds has a name and is mentioned in one of those reports.
fn mentioned(entry: &Entry<'_>, kinds: &[EntityKind]) -> Vec<String> {
    let told = |actor: &Actor| {
        actor.mentions.iter().any(|mention| entry.event.readings.iter().any(|reading| reading.document == mention.document))
    };
    let named = |actor: &Actor| actor.name.starts_with(char::is_uppercase);
    let met = entry.sheet.actors.values().filter(|actor| kinds.contains(&actor.kind) && named(actor) && told(actor));
    met.map(|actor| actor.name.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whose word it is: the roots of its readings, by name, or as printed where the text leaves open who that is.
fn speakers(entry: &Entry<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for root in &entry.event.origins.roots {
        let known = root.actor.as_ref().and_then(|id| entry.sheet.actors.get(id)).map(|actor| actor.name.clone());
        let hop = || root.readings.first().and_then(|&i| entry.event.readings[i].chain.last()).map(|hop| hop.name.clone());
        let name = known.or_else(hop).unwrap_or_default();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// `document:start-end`, as the dossier's JSON counts.
fn offsets(entry: &Entry<'_>) -> Vec<String> {
    let of = |reading: &EventReading| {
        let spans = reading.evidence.spans().to_vec();
        spans.into_iter().map(|span| entry.sheet.offsets(&reading.document, span)).collect::<Vec<_>>()
    };
    entry.event.readings.iter().flat_map(of).collect()
}

/// The words of the first report, at its offsets.
fn quote(entry: &Entry<'_>) -> Vec<String> {
    let first = &entry.event.readings[0];
    let doc = entry.sheet.document(&first.document);
    let pieces: Vec<&str> = first.evidence.spans().iter().map(|&span| doc.slice(span)).collect();
    vec![pieces.join(" … ")]
}
