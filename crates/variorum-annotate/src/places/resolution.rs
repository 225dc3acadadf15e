//! Which of its namesakes a toponym is.

use rustc_hash::FxHashMap;
use variorum_model::{Document, Parse, PlaceKind};

use super::{Gazetteer, Toponym, gazetteer::Entry};
use crate::naming::fold;

/// What could be told of a toponym.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Resolved {
    /// The gazetteer's entry.
    pub(super) entry: Option<u32>,
    /// The country, where the place itself is not known but its container is printed: "Tangwan, China".
    pub(super) country: Option<String>,
}

/// How often the document speaks of a country, and of each first-order subdivision.
#[derive(Debug, Default)]
struct Context {
    countries: FxHashMap<String, f64>,
    admins: FxHashMap<String, f64>,
}

/// One answer for each toponym. A name means the same place throughout a document, unless a container says otherwise.
pub(super) fn resolve(gazetteer: &Gazetteer, doc: &Document, parse: &Parse, toponyms: &[Toponym]) -> Vec<Resolved> {
    let context = context(gazetteer, doc, parse, toponyms);
    let context = context.with_guesses(gazetteer, toponyms);
    let contained: Vec<Option<Resolved>> = (0..toponyms.len()).map(|i| by_container(gazetteer, doc, toponyms, i)).collect();
    let mut by_name: FxHashMap<String, Resolved> = FxHashMap::default();
    for (toponym, resolved) in toponyms.iter().zip(&contained) {
        if let Some(resolved) = resolved {
            by_name.entry(fold(doc.slice(toponym.span))).or_insert_with(|| resolved.clone());
        }
    }
    let each = toponyms.iter().zip(contained);
    each.map(|(toponym, contained)| {
        contained
            .or_else(|| by_name.get(&fold(doc.slice(toponym.span))).cloned())
            .unwrap_or_else(|| Resolved { entry: best(gazetteer, &context, &toponym.candidates), country: None })
    })
    .collect()
}

fn context(gazetteer: &Gazetteer, doc: &Document, parse: &Parse, toponyms: &[Toponym]) -> Context {
    let mut context = Context::default();
    for toponym in toponyms {
        if let Some(&first) = toponym.candidates.first() {
            let entry = gazetteer.entry(first);
            // "Georgia" tells nothing of Georgia while it may be the state.
            let region = |&other: &u32| gazetteer.entry(other).kind == PlaceKind::Region;
            let certain = toponym.candidates.len() == 1 || entry.kind == PlaceKind::Country && !toponym.candidates.iter().any(region);
            context.add(entry, if certain { 1.0 } else { 0.0 });
        }
    }
    for sentence in &parse.sentences {
        for token in sentence.tokens() {
            if let Some(country) = gazetteer.adjective_at(&doc.text, parse, token, sentence.end) {
                *context.countries.entry(country).or_default() += 1.0;
            }
        }
    }
    context
}

impl Context {
    /// Counts each ambiguous name as half a vote for its likeliest reading: the towns of one neighbourhood support one another.
    fn with_guesses(mut self, gazetteer: &Gazetteer, toponyms: &[Toponym]) -> Self {
        let ambiguous = toponyms.iter().filter(|toponym| toponym.candidates.len() > 1);
        let guesses: Vec<u32> = ambiguous.filter_map(|toponym| best(gazetteer, &self, &toponym.candidates)).collect();
        for entry in guesses.into_iter().map(|guess| gazetteer.entry(guess)).filter(|entry| entry.kind != PlaceKind::Country) {
            self.add(entry, 0.5);
        }
        self
    }

    fn add(&mut self, entry: &Entry, weight: f64) {
        if let Some(country) = &entry.country {
            *self.countries.entry(country.clone()).or_default() += weight;
        }
        let admin = if entry.kind == PlaceKind::Region { Some(&entry.name) } else { entry.admin.as_ref() };
        if let Some(admin) = admin {
            *self.admins.entry(fold(admin)).or_default() += weight;
        }
    }
}

/// The best candidate by size, and by how much the document speaks of its surroundings. Ties go to the table's order.
fn best(gazetteer: &Gazetteer, context: &Context, candidates: &[u32]) -> Option<u32> {
    let mut best: Option<(f64, u32)> = None;
    for &candidate in candidates {
        let score = score(context, gazetteer.entry(candidate));
        if best.is_none_or(|(least, _)| score > least) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn score(context: &Context, entry: &Entry) -> f64 {
    let size = match entry.kind {
        PlaceKind::Country => 9.5,
        PlaceKind::Region => 6.5,
        PlaceKind::Water => 5.0,
        _ => (entry.population + 10.0).log10() + if entry.capital { 1.0 } else { 0.0 },
    };
    let votes = |of: &FxHashMap<String, f64>, key: Option<String>| key.and_then(|key| of.get(&key).copied()).unwrap_or_default();
    let country = votes(&context.countries, entry.country.clone());
    let own = if entry.kind == PlaceKind::Region { Some(entry.name.as_str()) } else { entry.admin.as_deref() };
    let admin = votes(&context.admins, own.map(fold));
    size + (1.5 * (1.0 + country).ln()).min(3.0) + (3.0 * (1.0 + admin).ln()).min(4.5)
}

/// What "Paris, Texas", "Wonsan in North Korea" and "Taixing, Jiangsu" say of their first name.
fn by_container(gazetteer: &Gazetteer, doc: &Document, toponyms: &[Toponym], i: usize) -> Option<Resolved> {
    let (toponym, container) = (&toponyms[i], toponyms.get(i + 1)?);
    let between = &doc.text[toponym.span.end()..container.span.start()];
    if !matches!(between.trim(), "," | "in" | ", in" | "(") || container.candidates.is_empty() {
        return None;
    }
    let holds = |inner: &Entry| container.candidates.iter().any(|&outer| contains(gazetteer.entry(outer), inner));
    let inside = toponym.candidates.iter().copied().filter(|&candidate| holds(gazetteer.entry(candidate)));
    let largest = inside.max_by(|&a, &b| gazetteer.entry(a).population.total_cmp(&gazetteer.entry(b).population));
    if largest.is_some() {
        return Some(Resolved { entry: largest, country: None });
    }
    let outer = gazetteer.entry(container.candidates[0]);
    let elsewhere = toponym
        .candidates
        .iter()
        .any(|&candidate| gazetteer.entry(candidate).governs() || gazetteer.entry(candidate).kind != PlaceKind::City);
    let contains_anything = matches!(outer.kind, PlaceKind::Country | PlaceKind::Region);
    (contains_anything && !elsewhere && between.trim() != "in").then(|| Resolved { entry: None, country: outer.country.clone() })
}

fn contains(outer: &Entry, inner: &Entry) -> bool {
    match outer.kind {
        PlaceKind::Country => inner.kind != PlaceKind::Country && inner.country.is_some() && inner.country == outer.country,
        PlaceKind::Region => inner.admin.as_deref().is_some_and(|admin| fold(admin) == fold(&outer.name)),
        _ => false,
    }
}
