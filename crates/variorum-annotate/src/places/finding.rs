//! Which words are toponyms, and what may they name?
//!
//! Input: a document and its parse. Output: the names of places in order, each with the places that the gazetteer has under it.
//!
//! - "in **Ravenna**": the analyser sees a location; "the **Laurel County** fair": the rank says so; "**Mexico**" in a list: it is large.
//! - "**north-western Syria**", "**Vancouver airport**" are known by the place in them.
//!
//! Limits: a small town that the analyser takes for a person or body is missed.

use rustc_hash::FxHashSet;
use variorum_model::{Document, Name, NameKind, Parse, PlaceKind, Span, TokenId, Upos};

use super::Gazetteer;
use crate::naming::fold;

/// A toponym before it is known which place it names.
#[derive(Clone, Debug)]
pub(super) struct Toponym {
    /// One past its last word.
    pub(super) end: TokenId,
    /// Its topmost word.
    pub(super) head: TokenId,
    pub(super) span: Span,
    /// Stands inside the name of something else: "Bank of England".
    pub(super) inside_name: bool,
    /// What the gazetteer knows under this name, as indices; empty for unknown places.
    pub(super) candidates: Vec<u32>,
    /// The words that the gazetteer knows.
    pub(super) known: Span,
    pub(super) extent: Extent,
}

/// What of the place that the gazetteer knows is meant.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The place.
    Whole,
    /// A part or the surroundings: "eastern China".
    Part,
    /// Something that stands there: "Vancouver airport".
    Site,
}

/// The toponyms of a document, in order.
pub(super) fn toponyms(gazetteer: &Gazetteer, doc: &Document, parse: &Parse) -> Vec<Toponym> {
    let text = Text { gazetteer, doc, parse };
    let mut found = Vec::new();
    for sentence in &parse.sentences {
        let mut at = sentence.first;
        while at < sentence.end {
            match toponym_at(text, at, sentence.end) {
                Some(toponym) => {
                    at = toponym.end;
                    found.push(toponym);
                }
                None => at = TokenId(at.0 + 1),
            }
        }
    }
    forget_strange_sites(text, &mut found);
    found
}

/// A document with what is known of places.
#[derive(Copy, Clone)]
struct Text<'t> {
    gazetteer: &'t Gazetteer,
    doc: &'t Document,
    parse: &'t Parse,
}

impl<'t> Text<'t> {
    fn word(self, token: TokenId) -> &'t str {
        self.parse.token(token).span.of(&self.doc.text)
    }

    /// The longest known name that begins at a token.
    fn longest_at(self, first: TokenId, limit: TokenId) -> Option<(TokenId, Vec<u32>)> {
        self.gazetteer.longest_at(&self.doc.text, self.parse, first, limit)
    }

    /// One past an adjective that begins at a token: "South Korean" is no south.
    fn adjective_end(self, first: TokenId, limit: TokenId) -> Option<TokenId> {
        self.gazetteer.adjective_end(&self.doc.text, self.parse, first, limit)
    }

    fn is_prominent(self, toponym: &Toponym) -> bool {
        self.gazetteer.is_prominent(&toponym.candidates, self.doc.slice(toponym.known))
    }

    fn is_short(self, toponym: &Toponym) -> bool {
        crate::naming::is_acronym(self.doc.slice(toponym.span))
    }
}

/// The toponym that begins at a token.
fn toponym_at(text: Text<'_>, first: TokenId, limit: TokenId) -> Option<Toponym> {
    if is_money(text, first) {
        return None;
    }
    let name = text.parse.name_at(first);
    let found = match name.filter(|name| name.kind.is_place() && name.first == first) {
        Some(name) => located(text, first, name.end, limit),
        None => unlocated(text, first, name, limit),
    }?;
    let candidates = if is_behind_rank(text, first) { regions(text.gazetteer, found.candidates) } else { found.candidates };
    Some(Toponym { candidates, ..found })
}

/// "the state of Washington", "the province of Huelva"
fn is_behind_rank(text: Text<'_>, first: TokenId) -> bool {
    let before = |n: u32| first.0.checked_sub(n).map(|at| text.parse.token(TokenId(at)));
    let is_of = before(1).is_some_and(|word| word.lemma == "of" && word.sentence == text.parse.token(first).sentence);
    is_of && before(2).is_some_and(|word| text.gazetteer.words.is_rank(&word.lemma))
}

/// "US$", "A$"
fn is_money(text: Text<'_>, token: TokenId) -> bool {
    text.word(token).ends_with('$') || text.doc.text[text.parse.token(token).span.end()..].starts_with('$')
}

/// A name that the analyser does not take for a location, or not from here on.
fn unlocated(text: Text<'_>, first: TokenId, name: Option<&Name>, limit: TokenId) -> Option<Toponym> {
    let limit = name.filter(|name| name.kind == NameKind::Person).map_or(limit, |name| name.end.min(limit));
    let upos = text.parse.token(first).upos;
    if !matches!(upos, Upos::Propn | Upos::Adj | Upos::Noun) || !crate::naming::is_capitalised(text.word(first)) {
        return None;
    }
    let (end, candidates) = text.longest_at(first, limit)?;
    // "Democratic Republic of Congo" may begin with an adjective; a single adjective is none.
    let adjective =
        upos != Upos::Propn && end.0 == first.0 + 1 || text.adjective_end(first, limit).is_some_and(|adjective| adjective > end);
    let found = toponym(text.parse, first, end, candidates).filter(|_| !adjective)?;
    let whole = name.is_some_and(|name| name.first == first && name.end <= end);
    let is_place = match name.map(|name| name.kind) {
        Some(kind) if kind.is_place() => true,
        Some(NameKind::Person) => whole && is_no_person(text, first, &found) && text.is_prominent(&found),
        Some(_) => text.is_prominent(&found) && is_told(text, &found),
        None => !continues_as_name(text.parse, first, end) && text.is_prominent(&found) && is_told(text, &found),
    };
    is_place.then_some(Toponym { inside_name: name.is_some() && !whole, ..found })
}

fn is_no_person(text: Text<'_>, first: TokenId, toponym: &Toponym) -> bool {
    text.is_short(toponym) || text.gazetteer.is_no_person(&toponym.candidates, text.word(first))
}

/// "PA" is a state behind a comma only, and a firm, a rank or a time elsewhere; countries and "N.Y." are told by themselves.
fn is_told(text: Text<'_>, toponym: &Toponym) -> bool {
    let governs = || toponym.candidates.iter().any(|&index| text.gazetteer.entry(index).governs());
    let dotted = || text.doc.slice(toponym.span).trim_end_matches('.').contains('.');
    !text.is_short(toponym) || dotted() || governs() || text.doc.text[..toponym.span.start()].trim_end().ends_with(',')
}

/// A name that the analyser takes for a location: the gazetteer's longest match from its start, which may go on after it.
fn located(text: Text<'_>, first: TokenId, name_end: TokenId, limit: TokenId) -> Option<Toponym> {
    let first = (first.0..name_end.0).map(TokenId).find(|&token| text.parse.token(token).upos != Upos::Det)?;
    let last = (first.0..name_end.0).map(TokenId).rfind(|&token| text.parse.token(token).upos != Upos::Punct)?;
    let name_end = TokenId(last.0 + 1);
    let longest = text.longest_at(first, limit);
    let adjective = text.adjective_end(first, limit);
    if adjective.is_some_and(|adjective| adjective >= name_end && longest.as_ref().is_none_or(|(end, _)| adjective > *end)) {
        return None;
    }
    let words = &text.gazetteer.words;
    let is_site = words.is_site(&text.parse.token(last).lemma) || words.is_grounds(&text.parse.token(last).lemma);
    let only_areas_from = |end: TokenId| (end.0..name_end.0).all(|i| words.is_area(&text.parse.token(TokenId(i)).lemma));
    match longest {
        Some((end, candidates)) if end >= name_end => toponym(text.parse, first, end, candidates),
        // "Kursk Region" is Kursk's; "Springfield Gardens" is not Springfield.
        Some((end, candidates)) if !is_site && only_areas_from(end) => {
            let ranked = words.is_rank(&text.parse.token(last).lemma);
            let candidates = if ranked { regions(text.gazetteer, candidates) } else { candidates };
            toponym(text.parse, first, end, candidates)?.widened(text.parse, first, name_end)
        }
        longest => around(text, first, name_end, longest.filter(|_| is_site))?.widened(text.parse, first, name_end),
    }
}

/// "Kursk Region", "the region of Kursk" is the region, where there is one.
fn regions(gazetteer: &Gazetteer, candidates: Vec<u32>) -> Vec<u32> {
    let regions: Vec<u32> = candidates.iter().copied().filter(|&index| gazetteer.entry(index).kind == PlaceKind::Region).collect();
    if regions.is_empty() { candidates } else { regions }
}

/// What the gazetteer knows within a name that it does not know: "eastern China", "Vancouver International Airport", "Lake Baikal".
fn around(text: Text<'_>, first: TokenId, end: TokenId, site: Option<(TokenId, Vec<u32>)>) -> Option<Toponym> {
    if let Some((start, candidates)) = text.gazetteer.behind_part(&text.doc.text, text.parse, first, end) {
        return Some(Toponym { extent: Extent::Part, ..toponym(text.parse, start, end, candidates)? });
    }
    match site {
        Some((end, candidates)) => Some(Toponym { extent: Extent::Site, ..toponym(text.parse, first, end, candidates)? }),
        None => toponym(text.parse, first, end, text.gazetteer.behind_generic(text.doc, text.parse, first, end)),
    }
}

/// A site is where its name says if the document speaks of the place, or if it is large: "Lincoln Library" in a report on Ohio says nothing of Lincoln.
fn forget_strange_sites(text: Text<'_>, toponyms: &mut [Toponym]) {
    let known = |toponym: &Toponym| fold(text.doc.slice(toponym.known));
    let spoken_of: FxHashSet<String> = toponyms.iter().filter(|toponym| toponym.extent != Extent::Site).map(known).collect();
    for site in toponyms.iter_mut().filter(|toponym| toponym.extent == Extent::Site) {
        let noun = &text.parse.token(TokenId(site.end.0 - 1)).lemma;
        let telling = text.gazetteer.words.is_site(noun) && text.is_prominent(site);
        if !telling && !spoken_of.contains(&known(site)) {
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
