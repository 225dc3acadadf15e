//! Which words name places, which places are they, and do the words mean the place?
//!
//! Input: a document and its parse. Output: one [`Place`] for each toponym, resolved to coordinates where the gazetteer has it, with its use.
//!
//! - "in **Pyongyang**" is literal; "relations between **Moscow** and **Pyongyang**", "**Moscow** said" are metonymic: a government;
//!   "the **Seoul** government" is a modifier: a part of another phrase.
//! - "Paris, Texas": a container after a comma decides among namesakes; otherwise size and what else the document speaks of do.
//!
//! Limits: hamlets, streets and most rivers are not in the gazetteer; they keep their printed name, without coordinates.

mod atlas;
mod containers;
mod finding;
mod gazetteer;
mod home;
mod locatives;
mod resolution;
mod usage;

pub(crate) use atlas::Atlas;
pub use atlas::pack;
pub use gazetteer::Gazetteer;

use variorum_model::{Document, Parse, Place, PlaceKind, PlaceUse};

use crate::{Output, naming::fold};
use finding::{Extent, Toponym};
use gazetteer::Entry;

/// Finds and resolves the names of places. Sorted by span.
pub fn places(gazetteer: &Gazetteer, doc: &Document, parse: &Parse) -> Output<Place> {
    let toponyms = finding::toponyms(gazetteer, doc, parse);
    let resolved = resolution::resolve(gazetteer, doc, parse, &toponyms);
    let place = |(toponym, at): (&Toponym, &resolution::Resolved)| {
        let entry = at.entry.map(|i| gazetteer.entry(i));
        let used =
            if opens_dateline(doc, toponym) { PlaceUse::Literal } else { usage::usage(&gazetteer.words, parse, toponym, entry.as_ref()) };
        place(doc, toponym, entry, at, used)
    };
    toponyms.iter().zip(&resolved).map(place).collect::<Vec<_>>().into()
}

/// "NINGBO, China (Agency) —": a name in capitals that opens a paragraph is where the report comes from.
fn opens_dateline(doc: &Document, toponym: &Toponym) -> bool {
    let name = doc.slice(toponym.span);
    let opens = doc.text[..toponym.span.start()].trim_end_matches(' ').chars().next_back().is_none_or(|c| c == '\n');
    let after = doc.text[toponym.span.end()..].trim_start_matches(' ').chars().next();
    opens
        && name.chars().count() > 3
        && !name.chars().any(char::is_lowercase)
        && after.is_some_and(|c| matches!(c, ',' | '(' | '/') || crate::naming::is_dash(c))
}

fn place(doc: &Document, toponym: &Toponym, entry: Option<Entry>, at: &resolution::Resolved, used: PlaceUse) -> Place {
    let printed = doc.slice(toponym.span);
    let whole = entry.filter(|_| toponym.extent == Extent::Whole);
    Place {
        span: toponym.span,
        name: whole.map_or_else(|| printed.to_owned(), |entry| name(&entry, printed)),
        kind: entry.map_or(PlaceKind::Unknown, |entry| kind(&entry, toponym.extent)),
        country: entry.and_then(|entry| entry.country).or(at.country).map(str::to_owned),
        admin: entry.and_then(|entry| entry.admin).map(str::to_owned),
        lat: entry.and_then(|entry| entry.at).map(|(lat, _)| lat),
        lon: entry.and_then(|entry| entry.at).map(|(_, lon)| lon),
        used,
    }
}

/// How precisely a place is known: eastern China is a region, Vancouver airport a site whose city is known.
fn kind(entry: &Entry, extent: Extent) -> PlaceKind {
    match extent {
        Extent::Whole => entry.kind,
        Extent::Part if entry.kind == PlaceKind::Country => PlaceKind::Region,
        Extent::Part => entry.kind,
        Extent::Site => PlaceKind::Site,
    }
}

/// The gazetteer's name; one without a spelling of its own is written as usual, however it is printed.
fn name(entry: &Entry, printed: &str) -> String {
    entry.name.map_or_else(|| atlas::titled(&fold(printed)), str::to_owned)
}
