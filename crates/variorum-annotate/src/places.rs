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
mod gazetteer;
mod home;
mod locatives;
mod resolution;
mod usage;

pub(crate) use atlas::Atlas;
pub use atlas::pack;
pub use gazetteer::Gazetteer;

use std::ops::Range;

use rustc_hash::FxHashSet;
use variorum_model::{Document, NameKind, Parse, Place, PlaceKind, PlaceUse, Span, TokenId, Upos};

use crate::{Output, naming::fold};
use gazetteer::Entry;

/// A toponym before it is known which place it names.
#[derive(Clone, Debug)]
struct Toponym {
    /// One past its last word.
    end: TokenId,
    /// Its topmost word.
    head: TokenId,
    span: Span,
    /// Stands inside the name of something else: "Bank of England".
    inside_name: bool,
    /// What the gazetteer knows under this name, as indices; empty for unknown places.
    candidates: Vec<u32>,
    /// The words that the gazetteer knows.
    known: Span,
    extent: Extent,
}

/// What of the place that the gazetteer knows is meant.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Extent {
    /// The place.
    Whole,
    /// A part or the surroundings: "eastern China".
    Part,
    /// Something that stands there: "Vancouver airport".
    Site,
}

/// Finds and resolves the names of places. Sorted by span.
pub fn places(gazetteer: &Gazetteer, doc: &Document, parse: &Parse) -> Output<Place> {
    let mut toponyms = toponyms(gazetteer, doc, parse);
    forget_strange_sites(gazetteer, doc, parse, &mut toponyms);
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

// --- finding ------------------------------------------------------------------------------------------------------------

fn toponyms(gazetteer: &Gazetteer, doc: &Document, parse: &Parse) -> Vec<Toponym> {
    let mut found = Vec::new();
    for sentence in &parse.sentences {
        let mut at = sentence.first;
        while at < sentence.end {
            match toponym_at(gazetteer, doc, parse, at, sentence.end) {
                Some(toponym) => {
                    at = toponym.end;
                    found.push(toponym);
                }
                None => at = TokenId(at.0 + 1),
            }
        }
    }
    found
}

/// The toponym that begins at a token.
fn toponym_at(gazetteer: &Gazetteer, doc: &Document, parse: &Parse, first: TokenId, limit: TokenId) -> Option<Toponym> {
    let name = parse.name_at(first);
    let word = parse.token(first).span.of(&doc.text);
    // "US$", "A$": money.
    if word.ends_with('$') || doc.text[parse.token(first).span.end()..].starts_with('$') {
        return None;
    }
    if let Some(name) = name.filter(|name| name.kind.is_place() && name.first == first) {
        return located(gazetteer, doc, parse, first, name.end, limit);
    }
    let limit = name.filter(|name| name.kind == NameKind::Person).map_or(limit, |name| name.end.min(limit));
    let upos = parse.token(first).upos;
    if !matches!(upos, Upos::Propn | Upos::Adj | Upos::Noun) || !crate::naming::is_capitalised(word) {
        return None;
    }
    let (end, candidates) = gazetteer.longest_at(&doc.text, parse, first, limit)?;
    // "Democratic Republic of Congo" may begin with an adjective; a single adjective is none.
    if upos != Upos::Propn && end.0 == first.0 + 1 {
        return None;
    }
    if gazetteer.adjective_end(&doc.text, parse, first, limit).is_some_and(|adjective| adjective > end) {
        return None;
    }
    let whole = name.is_some_and(|name| name.first == first && name.end <= end);
    let found = toponym(parse, first, end, candidates)?;
    let prominent = || gazetteer.is_prominent(&found.candidates, doc.slice(found.span));
    let is_place = match name.map(|name| name.kind) {
        Some(kind) if kind.is_place() => true,
        Some(NameKind::Person) => {
            let surely = is_short(doc, &found) || gazetteer.is_no_person(&found.candidates, word);
            whole && surely && prominent()
        }
        Some(_) => prominent() && is_told(gazetteer, doc, &found),
        None => !continues_as_name(parse, first, end) && prominent() && is_told(gazetteer, doc, &found),
    };
    is_place.then_some(Toponym { inside_name: name.is_some() && !whole, ..found })
}

fn is_short(doc: &Document, toponym: &Toponym) -> bool {
    crate::naming::is_acronym(doc.slice(toponym.span))
}

/// "PA" is a state behind a comma only, and a firm, a rank or a time elsewhere; countries are told by themselves.
fn is_told(gazetteer: &Gazetteer, doc: &Document, toponym: &Toponym) -> bool {
    let governs = || toponym.candidates.iter().any(|&index| gazetteer.entry(index).governs());
    !is_short(doc, toponym) || governs() || doc.text[..toponym.span.start()].trim_end().ends_with(',')
}

/// A name that the analyser takes for a location: the gazetteer's longest match from its start, which may go on after it.
fn located(gazetteer: &Gazetteer, doc: &Document, parse: &Parse, first: TokenId, name_end: TokenId, limit: TokenId) -> Option<Toponym> {
    let first = (first.0..name_end.0).map(TokenId).find(|&token| parse.token(token).upos != Upos::Det)?;
    let last = (first.0..name_end.0).map(TokenId).rfind(|&token| parse.token(token).upos != Upos::Punct)?;
    let name_end = TokenId(last.0 + 1);
    let longest = gazetteer.longest_at(&doc.text, parse, first, limit);
    let adjective = gazetteer.adjective_end(&doc.text, parse, first, limit);
    if adjective.is_some_and(|adjective| adjective >= name_end && longest.as_ref().is_none_or(|(end, _)| adjective > *end)) {
        return None;
    }
    let last = &parse.token(last).lemma;
    let is_site = gazetteer.words.is_site(last) || gazetteer.words.is_grounds(last);
    match longest {
        Some((end, candidates)) if end >= name_end => toponym(parse, first, end, candidates),
        // "Kursk Region" is Kursk's; "Springfield Gardens" is not Springfield.
        Some((end, candidates)) if !is_site && (end.0..name_end.0).all(|i| gazetteer.words.is_area(&parse.token(TokenId(i)).lemma)) => {
            toponym(parse, first, end, candidates)?.widened(parse, first, name_end)
        }
        longest => {
            let site = longest.filter(|_| is_site);
            around(gazetteer, doc, parse, first..name_end, site)?.widened(parse, first, name_end)
        }
    }
}

/// What the gazetteer knows within a name that it does not know: "eastern China", "Vancouver International Airport", "Lake Baikal".
fn around(
    gazetteer: &Gazetteer,
    doc: &Document,
    parse: &Parse,
    name: Range<TokenId>,
    site: Option<(TokenId, Vec<u32>)>,
) -> Option<Toponym> {
    if let Some(part) = gazetteer.behind_part(&doc.text, parse, name.start, name.end) {
        let (start, candidates) = part;
        return Some(Toponym { extent: Extent::Part, ..toponym(parse, start, name.end, candidates)? });
    }
    match site {
        Some((end, candidates)) => Some(Toponym { extent: Extent::Site, ..toponym(parse, name.start, end, candidates)? }),
        None => toponym(parse, name.start, name.end, gazetteer.behind_generic(doc, parse, name.start, name.end)),
    }
}

/// A site is where its name says if the document speaks of the place, or if it is large: "Lincoln Library" in a report on Ohio says nothing of Lincoln.
fn forget_strange_sites(gazetteer: &Gazetteer, doc: &Document, parse: &Parse, toponyms: &mut [Toponym]) {
    let spoken_of: FxHashSet<String> =
        toponyms.iter().filter(|toponym| toponym.extent != Extent::Site).map(|toponym| fold(doc.slice(toponym.known))).collect();
    for site in toponyms.iter_mut().filter(|toponym| toponym.extent == Extent::Site) {
        let noun = &parse.token(TokenId(site.end.0 - 1)).lemma;
        let telling = gazetteer.words.is_site(noun) && gazetteer.is_prominent(&site.candidates, doc.slice(site.known));
        if !telling && !spoken_of.contains(&fold(doc.slice(site.known))) {
            site.candidates.clear();
        }
    }
}

fn toponym(parse: &Parse, first: TokenId, end: TokenId, candidates: Vec<u32>) -> Option<Toponym> {
    let span = parse.token(first).span.cover(parse.token(TokenId(end.0.checked_sub(1)?)).span);
    let head = parse.head_of_span(span).unwrap_or(first);
    Some(Toponym { end, head, span, inside_name: false, candidates, known: span, extent: Extent::Whole })
}

impl Toponym {
    /// The same place under a longer name.
    fn widened(self, parse: &Parse, first: TokenId, end: TokenId) -> Option<Self> {
        let long = toponym(parse, first, end, Vec::new())?;
        Some(Self { candidates: self.candidates, known: self.known, extent: self.extent, ..long })
    }
}

/// Whether proper nouns around a match show it to be part of a longer unknown name: "London Breed", "Jordan" in "Michael Jordan".
fn continues_as_name(parse: &Parse, first: TokenId, end: TokenId) -> bool {
    let inside = |token: TokenId| first <= token && token < end;
    let flat = |token: TokenId| parse.token(token).deprel == variorum_model::Deprel::Flat;
    (first.0..end.0).map(TokenId).any(|token| {
        flat(token) && parse.head(token).is_some_and(|head| !inside(head))
            || parse.children(token).iter().any(|&child| !inside(child) && flat(child))
    })
}
