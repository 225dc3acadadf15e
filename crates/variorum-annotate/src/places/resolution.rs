//! Which of its namesakes is a toponym?
//!
//! Input: the toponyms of a document with what the gazetteer knows under their names. Output: one answer for each.
//!
//! - "Paris, Texas": a printed container leaves those that lie in it, for every mention of the name.
//! - Otherwise every name votes for the countries, subdivisions and neighbourhoods that it may lie in, by how likely each of its readings is; every reading is weighed
//!   by its size and by the votes of the other names, a few times over: the villages of one county find one another.
//!
//! Limits: a name has one reading in a document, unless containers are printed; the outlet's home is not asked.

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{Document, Parse, PlaceKind, TokenId};

use super::{Gazetteer, Toponym, gazetteer::Entry};
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
    let (names, name_of) = names(gazetteer, doc, toponyms, &contained);
    let beliefs = beliefs(&names, &spoken_of(gazetteer, doc, parse));
    let likeliest: Vec<Option<u32>> = names.iter().zip(&beliefs).map(|(name, beliefs)| name.likeliest(beliefs)).collect();
    let answer = |(contained, name): (Contained, usize)| match contained {
        Contained::Elsewhere(country) => Resolved { entry: None, country },
        _ => Resolved { entry: likeliest[name], country: None },
    };
    contained.into_iter().zip(name_of).map(answer).collect()
}

// --- containers ---------------------------------------------------------------------------------------------------------

/// What the container that is printed after a toponym says of it.
#[derive(Clone, Debug, PartialEq)]
enum Contained {
    /// No container.
    Open,
    /// It is one of these, and so are the other mentions of the name.
    OneOf(Vec<u32>),
    /// It is one of these here.
    Here(Vec<u32>),
    /// It is none that the gazetteer has.
    Elsewhere(Option<&'static str>),
}

/// From the last toponym to the first, so that "Paris, Lamar County, Texas" is narrowed by a county that the state has narrowed.
fn contained(gazetteer: &Gazetteer, doc: &Document, toponyms: &[Toponym]) -> Vec<Contained> {
    let readings: Vec<Vec<Reading>> = toponyms.iter().map(|toponym| readings(gazetteer, &toponym.candidates)).collect();
    let joints: Vec<Joint> = toponyms.windows(2).map(|pair| Joint::between(doc, &pair[0], &pair[1])).collect();
    let mut contained = vec![Contained::Open; toponyms.len()];
    for i in (0..toponyms.len()).rev() {
        if let Some(peers) = among_peers(&readings, &joints, i) {
            contained[i] = Contained::Here(peers);
        } else if joints.get(i).is_some_and(|&joint| joint == Joint::Comma || joint == Joint::In) {
            let outer = match &contained[i + 1] {
                Contained::OneOf(outer) | Contained::Here(outer) => self::readings(gazetteer, outer),
                _ => readings[i + 1].clone(),
            };
            let holders;
            (contained[i], holders) = by_container(&readings[i], &outer, joints[i]);
            if contained[i + 1] == Contained::Open && !holders.is_empty() {
                contained[i + 1] = Contained::Here(holders);
            }
        }
    }
    contained
}

type Reading = (u32, Entry);

fn readings(gazetteer: &Gazetteer, indices: &[u32]) -> Vec<Reading> {
    indices.iter().map(|&index| (index, gazetteer.entry(index))).collect()
}

fn indices<'r>(readings: impl IntoIterator<Item = &'r Reading>) -> Vec<u32> {
    readings.into_iter().map(|&(index, _)| index).collect()
}

/// What stands between two toponyms.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Joint {
    /// "Paris, Texas", "Paris (Texas"
    Comma,
    /// "Wonsan in North Korea"
    In,
    /// "Georgia and Florida"
    And,
    Apart,
}

impl Joint {
    fn between(doc: &Document, left: &Toponym, right: &Toponym) -> Self {
        match doc.text[left.span.end()..right.span.start()].trim() {
            "," | "(" => Self::Comma,
            "in" | ", in" => Self::In,
            "and" | ", and" | "or" | ", or" | "&" => Self::And,
            _ => Self::Apart,
        }
    }
}

/// "Oregon, Washington and Idaho": in a row of states a name that may be a state is one. Two with a comma are a place and its container.
fn among_peers(readings: &[Vec<Reading>], joints: &[Joint], i: usize) -> Option<Vec<u32>> {
    let states = |i: usize| readings[i].iter().filter(|(_, entry)| is_state(entry));
    let certain =
        |i: usize| readings[i].iter().max_by(|(_, a), (_, b)| size(a).total_cmp(&size(b))).is_some_and(|(_, entry)| is_state(entry));
    let before = i.checked_sub(1).map(|before| joints[before]);
    let after = joints.get(i).copied();
    let beside = |joint: Option<Joint>, other: usize| match joint {
        Some(Joint::And) => certain(other),
        Some(Joint::Comma) => certain(other) && (before.is_some_and(Joint::lists) && after.is_some_and(Joint::lists)),
        _ => false,
    };
    let peers = i.checked_sub(1).is_some_and(|other| beside(before, other)) || beside(after, i + 1);
    let states = indices(states(i));
    (peers && !states.is_empty() && readings[i].len() > states.len()).then_some(states)
}

impl Joint {
    fn lists(self) -> bool {
        matches!(self, Self::Comma | Self::And)
    }
}

fn is_state(entry: &Entry) -> bool {
    entry.kind == PlaceKind::Region && !entry.second_order && entry.country.is_some()
}

/// What "Paris, Texas", "Wonsan in North Korea" and "Taixing, Jiangsu" say of their first name; and the readings of the second that hold it.
fn by_container(inner: &[Reading], outer: &[Reading], joint: Joint) -> (Contained, Vec<u32>) {
    let inside = indices(inner.iter().filter(|(_, entry)| outer.iter().any(|(_, outer)| contains(outer, entry))));
    if !inside.is_empty() {
        let holders = outer.iter().filter(|(_, outer)| inner.iter().any(|(_, entry)| contains(outer, entry)));
        return (Contained::OneOf(inside), indices(holders));
    }
    let Some((_, first)) = outer.first() else { return (Contained::Open, Vec::new()) };
    let contains_anything = first.kind == PlaceKind::Country || is_state(first);
    let known = inner.iter().any(|(_, entry)| entry.governs() || entry.kind != PlaceKind::City || entry.population > LARGE);
    let elsewhere = contains_anything && !known && joint == Joint::Comma;
    (if elsewhere { Contained::Elsewhere(first.country) } else { Contained::Open }, Vec::new())
}

/// People of a city that is spoken of beside states and countries that it does not lie in.
const LARGE: f64 = 500_000.0;

fn contains(outer: &Entry, inner: &Entry) -> bool {
    let one_country = outer.country.is_none() || outer.country == inner.country;
    match outer.kind {
        PlaceKind::Country => inner.kind != PlaceKind::Country && inner.country.is_some() && one_country,
        PlaceKind::Region if outer.second_order => {
            !inner.second_order && one_country && outer.distance(inner).is_some_and(|distance| distance < COUNTY)
        }
        PlaceKind::Region => one_country && inner.admin.is_some_and(|admin| outer.name.is_some_and(|name| name == admin)),
        _ => false,
    }
}

/// Kilometres within which a town may lie from the middle of its county.
const COUNTY: f64 = 60.0;

// --- names --------------------------------------------------------------------------------------------------------------

/// A name of the document with its readings.
#[derive(Debug)]
struct Name {
    readings: Vec<Reading>,
    mentions: u32,
}

impl Name {
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
            names.push(Name { readings: self::readings(gazetteer, readings), mentions: 0 });
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

/// The countries that a document speaks of by demonyms and adjectives, and those where it is at home by the words it uses.
fn spoken_of(gazetteer: &Gazetteer, doc: &Document, parse: &Parse) -> Votes {
    let mut votes = Votes::default();
    let mut said: FxHashSet<String> = FxHashSet::default();
    for sentence in &parse.sentences {
        for token in sentence.tokens() {
            if let Some(country) = gazetteer.adjective_at(&doc.text, parse, token, sentence.end) {
                *votes.countries.entry(country).or_default() += 1.0;
            }
            if let Some((end, countries)) = gazetteer.custom_at(&doc.text, parse, token, sentence.end) {
                let form = parse.token(token).span.cover(parse.token(TokenId(end.0 - 1)).span).of(&doc.text);
                if said.insert(fold(form)) {
                    let share = 1.0 / countries.len() as f64;
                    countries.into_iter().for_each(|country| *votes.home.entry(country).or_default() += share);
                }
            }
        }
    }
    votes
}

// --- weighing -----------------------------------------------------------------------------------------------------------

/// How likely each reading of each name is.
fn beliefs(names: &[Name], spoken_of: &Votes) -> Vec<Vec<f64>> {
    let mut beliefs: Vec<Vec<f64>> = names.iter().map(|name| shares(name.readings.iter().map(|(_, entry)| size(entry)))).collect();
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
    let weight = |entry: &Entry| {
        let of = |votes: f64, factor: f64, most: f64| (factor * votes.max(0.0).ln_1p()).min(most);
        size(entry)
            + of(votes.country(entry), 1.5, 3.0)
            + of(votes.home(entry), 1.5, 2.5)
            + of(votes.admin(entry), 2.0, 4.0)
            + of(votes.near(entry), 2.5, 4.0)
    };
    let shares = shares(name.readings.iter().map(|(_, entry)| weight(entry)));
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

/// How likely a place is to be spoken of, before the document is known: the order of magnitude of its people, or as much.
fn size(entry: &Entry) -> f64 {
    match entry.kind {
        PlaceKind::Country => 9.0,
        PlaceKind::Region if entry.second_order => (entry.population + 10.0).log10() - 0.5,
        PlaceKind::Region => 7.0,
        PlaceKind::Water => 5.0,
        _ => (entry.population + 10.0).log10() + if entry.capital { 1.0 } else { 0.0 },
    }
}
