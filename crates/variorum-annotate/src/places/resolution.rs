//! Which of its namesakes is a toponym?
//!
//! Input: the toponyms of a document with what the gazetteer knows under their names. Output: one answer for each.
//!
//! - "Paris, Texas": a printed container leaves those that lie in it, for every mention of the name.
//! - Otherwise every name votes for the countries, subdivisions and neighbourhoods that it may lie in, by how likely each of its readings is; every reading is weighed
//!   by its size and by the votes of the other names, a few times over: the villages of one county find one another.
//!   The countries of demonyms and the home of the report have votes too.
//!
//! Limits: a name has one reading in a document, unless containers are printed.

use rustc_hash::FxHashMap;
use variorum_model::{Document, Parse, PlaceKind};

use super::{
    Gazetteer, Toponym,
    containers::{Contained, contained},
    gazetteer::Entry,
    home::Home,
};
use crate::naming::fold;

/// What could be told of a toponym.
#[derive(Copy, Clone, Debug, Default, PartialEq)]
pub(super) struct Resolved {
    /// The gazetteer's entry.
    pub(super) entry: Option<u32>,
    /// The country, where the place itself is not known but its container is printed: "Tangwan, China".
    pub(super) country: Option<&'static str>,
}

/// One answer for each toponym.
pub(super) fn resolve(gazetteer: &Gazetteer, doc: &Document, parse: &Parse, toponyms: &[Toponym]) -> Vec<Resolved> {
    let contained = contained(gazetteer, doc, toponyms);
    let (mut names, name_of) = names(gazetteer, doc, toponyms, &contained);
    let home = gazetteer.homes.home(doc, parse);
    // The publisher's place has its say like one that the text names.
    let seat = home.seats.iter().map(|seat| (seat, gazetteer.named(seat))).find(|(_, bearers)| !bearers.is_empty());
    names.extend(seat.map(|(seat, bearers)| Name { mentions: 1, ..Name::new(&fold(seat), readings(gazetteer, &bearers)) }));
    let beliefs = beliefs(&names, &spoken_of(gazetteer, doc, parse, home));
    let likeliest: Vec<Option<u32>> = names.iter().zip(&beliefs).map(|(name, beliefs)| name.likeliest(beliefs)).collect();
    let answer = |(contained, name): (Contained, usize)| match contained {
        Contained::Elsewhere(country) => Resolved { entry: None, country },
        _ => Resolved { entry: likeliest[name], country: None },
    };
    contained.into_iter().zip(name_of).map(answer).collect()
}

/// A row or table entry that a name may mean.
pub(super) type Reading = (u32, Entry);

/// What a county loses in weight that is printed without its rank: "Houston" is rather the city than Houston County.
const WITHOUT_RANK: f64 = 1.5;

pub(super) fn readings(gazetteer: &Gazetteer, indices: &[u32]) -> Vec<Reading> {
    indices.iter().map(|&index| (index, gazetteer.entry(index))).collect()
}

// --- names --------------------------------------------------------------------------------------------------------------

/// A name of the document with its readings.
#[derive(Debug)]
struct Name {
    readings: Vec<Reading>,
    /// How likely each reading is before the document is known.
    sizes: Vec<f64>,
    mentions: u32,
}

impl Name {
    fn new(folded: &str, readings: Vec<Reading>) -> Self {
        let in_full = |entry: &Entry| entry.name.is_some_and(|name| fold(name) == folded);
        let without_rank = |entry: &Entry| if entry.second_order && !in_full(entry) { WITHOUT_RANK } else { 0.0 };
        let own = |(_, entry): &Reading| size(entry) - without_rank(entry);
        // A seat is as likely as what it is the seat of, and goes before it.
        let behind_seat = |reading: &Reading| {
            let seated = readings.iter().filter(|(_, entry)| is_seat(&reading.1, entry)).map(own).fold(own(reading), f64::max);
            let has_seat = readings.iter().any(|(_, city)| is_seat(city, &reading.1));
            if has_seat { seated - 0.5 } else { seated }
        };
        let sizes = readings.iter().map(behind_seat).collect();
        Self { readings, sizes, mentions: 0 }
    }

    /// The likeliest reading. Ties go to the order of the gazetteer, which is by size.
    fn likeliest(&self, beliefs: &[f64]) -> Option<u32> {
        let mut best: Option<(f64, u32)> = None;
        for (&(index, _), &belief) in self.readings.iter().zip(beliefs) {
            if best.is_none_or(|(least, _)| belief > least) {
                best = Some((belief, index));
            }
        }
        best.map(|(_, index)| index)
    }
}

/// The names of a document, and which of them each toponym is. One with a container speaks for all mentions of the name that have none.
fn names(gazetteer: &Gazetteer, doc: &Document, toponyms: &[Toponym], contained: &[Contained]) -> (Vec<Name>, Vec<usize>) {
    let folded: Vec<String> = toponyms.iter().map(|toponym| fold(doc.slice(toponym.known))).collect();
    let mut narrowed: FxHashMap<&str, &Vec<u32>> = FxHashMap::default();
    for (name, contained) in folded.iter().zip(contained) {
        if let Contained::OneOf(readings) = contained {
            narrowed.entry(name).or_insert(readings);
        }
    }
    let mut names: Vec<Name> = Vec::new();
    let mut known: FxHashMap<(&str, &Vec<u32>), usize> = FxHashMap::default();
    let mut name_of = Vec::new();
    for ((toponym, name), contained) in toponyms.iter().zip(&folded).zip(contained) {
        let readings = match contained {
            Contained::OneOf(readings) | Contained::Here(readings) => readings,
            _ => narrowed.get(name.as_str()).copied().unwrap_or(&toponym.candidates),
        };
        let at = *known.entry((name, readings)).or_insert_with(|| {
            names.push(Name::new(name, self::readings(gazetteer, readings)));
            names.len() - 1
        });
        names[at].mentions += 1;
        name_of.push(at);
    }
    (names, name_of)
}

// --- votes --------------------------------------------------------------------------------------------------------------

/// How much a document speaks of countries, of their subdivisions, and of neighbourhoods.
#[derive(Clone, Debug, Default)]
struct Votes {
    countries: FxHashMap<&'static str, f64>,
    /// Words that are usual in a country.
    home: FxHashMap<&'static str, f64>,
    admins: FxHashMap<(&'static str, &'static str), f64>,
    cells: FxHashMap<(i32, i32), f64>,
}

impl Votes {
    fn add(&mut self, entry: &Entry, weight: f64) {
        let Some(country) = entry.country else { return };
        *self.countries.entry(country).or_default() += weight;
        if let Some(admin) = admin(entry) {
            *self.admins.entry((country, admin)).or_default() += weight;
        }
        if let Some(cell) = cell(entry) {
            *self.cells.entry(cell).or_default() += weight;
        }
    }

    fn country(&self, entry: &Entry) -> f64 {
        entry.country.and_then(|country| self.countries.get(country)).copied().unwrap_or_default()
    }

    fn home(&self, entry: &Entry) -> f64 {
        entry.country.and_then(|country| self.home.get(country)).copied().unwrap_or_default()
    }

    fn admin(&self, entry: &Entry) -> f64 {
        let key = entry.country.zip(admin(entry));
        key.and_then(|key| self.admins.get(&key)).copied().unwrap_or_default()
    }

    /// Votes for the cell of a place and for those around it.
    fn near(&self, entry: &Entry) -> f64 {
        let Some((row, column)) = cell(entry) else { return 0.0 };
        let around = (-1..=1).flat_map(|down| (-1..=1).map(move |right| (row + down, column + right)));
        around.filter_map(|cell| self.cells.get(&cell)).sum()
    }
}

/// The first-order subdivision that a place is or lies in.
fn admin(entry: &Entry) -> Option<&'static str> {
    let first_order = entry.kind == PlaceKind::Region && !entry.second_order;
    if first_order { entry.name } else { entry.admin }
}

/// The square of about fifty kilometres in which a place lies, unless it is larger.
fn cell(entry: &Entry) -> Option<(i32, i32)> {
    let small = entry.kind == PlaceKind::City || entry.kind == PlaceKind::Site || entry.second_order;
    let (lat, lon) = entry.at.filter(|_| small)?;
    let row = (lat / CELL).floor();
    let narrowed = ((row + 0.5) * CELL).to_radians().cos();
    Some((row as i32, (lon * narrowed / CELL).floor() as i32))
}

/// Degrees.
const CELL: f64 = 0.5;

/// The countries that a document speaks of by demonyms and adjectives, and those where it is at home.
fn spoken_of(gazetteer: &Gazetteer, doc: &Document, parse: &Parse, home: Home) -> Votes {
    let mut votes = Votes { home: home.countries, ..Votes::default() };
    for sentence in &parse.sentences {
        for token in sentence.tokens() {
            if let Some(country) = gazetteer.adjective_at(&doc.text, parse, token, sentence.end) {
                *votes.countries.entry(country).or_default() += 1.0;
            }
        }
    }
    votes
}

// --- weighing -----------------------------------------------------------------------------------------------------------

/// How likely each reading of each name is.
fn beliefs(names: &[Name], spoken_of: &Votes) -> Vec<Vec<f64>> {
    let mut beliefs: Vec<Vec<f64>> = names.iter().map(|name| shares(name.sizes.iter().copied())).collect();
    for _ in 0..ROUNDS {
        let mut votes = spoken_of.clone();
        names.iter().zip(&beliefs).for_each(|(name, beliefs)| vote(&mut votes, name, beliefs, 1.0));
        beliefs = names.iter().zip(&beliefs).map(|(name, beliefs)| weighed(name, beliefs, &mut votes)).collect();
    }
    beliefs
}

const ROUNDS: usize = 4;

fn vote(votes: &mut Votes, name: &Name, beliefs: &[f64], sign: f64) {
    let weight = sign * (1.0 + 0.5 * f64::from(name.mentions).ln());
    name.readings.iter().zip(beliefs).for_each(|((_, entry), belief)| votes.add(entry, weight * belief));
}

/// The readings of a name weighed by size and by the votes of the other names.
fn weighed(name: &Name, beliefs: &[f64], votes: &mut Votes) -> Vec<f64> {
    vote(votes, name, beliefs, -1.0);
    let weight = |(entry, size): (&Entry, &f64)| {
        let of = |votes: f64, factor: f64, most: f64| (factor * votes.max(0.0).ln_1p()).min(most);
        size + of(votes.country(entry), 1.5, 3.0)
            + of(votes.home(entry), 1.5, 2.5)
            + of(votes.admin(entry), 2.0, 4.0)
            + of(votes.near(entry), 2.5, 4.0)
    };
    let shares = shares(name.readings.iter().map(|(_, entry)| entry).zip(&name.sizes).map(weight));
    vote(votes, name, beliefs, 1.0);
    shares
}

/// By how much, as a power of e, one more in weight makes a reading likelier.
const STEEPNESS: f64 = 1.5;

/// Weights as shares of one.
fn shares(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    let weights: Vec<f64> = weights.collect();
    let most = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts: Vec<f64> = weights.iter().map(|weight| ((weight - most) * STEEPNESS).exp()).collect();
    let sum: f64 = parts.iter().sum();
    parts.into_iter().map(|part| part / sum).collect()
}

/// Whether a city is what a subdivision of its name hardly goes beyond: "Brindisi" is the city rather than its province, "Quebec" the province.
fn is_seat(city: &Entry, subdivision: &Entry) -> bool {
    let near = || city.distance(subdivision).is_some_and(|distance| distance < 120.0);
    let pair = city.kind == PlaceKind::City && subdivision.kind == PlaceKind::Region;
    pair && city.population > 20_000.0 && city.country == subdivision.country && near()
}

/// How likely a place is to be spoken of, before the document is known: the order of magnitude of its people, or as much.
pub(super) fn size(entry: &Entry) -> f64 {
    match entry.kind {
        PlaceKind::Country => 9.5,
        PlaceKind::Region if entry.second_order => (entry.population + 10.0).log10() - 0.5,
        PlaceKind::Region => 7.0,
        PlaceKind::Water => 8.0,
        PlaceKind::Site => 5.5,
        _ => (entry.population + 10.0).log10() + if entry.capital { 1.0 } else { 0.0 },
    }
}
