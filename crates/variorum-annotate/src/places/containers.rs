//! What do the places printed around a toponym say of it?
//!
//! Input: the toponyms of a document with their readings. Output: for each the readings that its container, or the row it stands in, leaves.
//!
//! - "Paris, Lamar County, Texas": the state leaves one of four counties, the county one of twenty cities.
//! - "Oregon, Washington and Idaho": a state among states.
//!
//! Limits: "Atlanta and Washington" is no row of states.

use variorum_model::{Document, PlaceKind};

use super::{
    Gazetteer, Toponym,
    gazetteer::Entry,
    resolution::{Reading, readings, size},
};

/// What the container that is printed after a toponym says of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Contained {
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
pub(super) fn contained(gazetteer: &Gazetteer, doc: &Document, toponyms: &[Toponym]) -> Vec<Contained> {
    let all: Vec<Vec<Reading>> = toponyms.iter().map(|toponym| readings(gazetteer, &toponym.candidates)).collect();
    let joints: Vec<Joint> = toponyms.windows(2).map(|pair| Joint::between(doc, &pair[0], &pair[1])).collect();
    let mut contained = vec![Contained::Open; toponyms.len()];
    for i in (0..toponyms.len()).rev() {
        if let Some(peers) = among_peers(&all, &joints, i) {
            contained[i] = Contained::Here(peers);
        } else if joints.get(i).is_some_and(|&joint| joint == Joint::Comma || joint == Joint::In) {
            let outer = match &contained[i + 1] {
                Contained::OneOf(outer) | Contained::Here(outer) => readings(gazetteer, outer),
                _ => all[i + 1].clone(),
            };
            let holders;
            (contained[i], holders) = by_container(&all[i], &outer, joints[i]);
            if contained[i + 1] == Contained::Open && !holders.is_empty() {
                contained[i + 1] = Contained::Here(holders);
            }
        }
    }
    contained
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

/// "Oregon, Washington and Idaho", "Niger, Nigeria and Togo": in a row of states or of countries a name that may be one is one. Two with a comma are a place and its
/// container.
fn among_peers(readings: &[Vec<Reading>], joints: &[Joint], i: usize) -> Option<Vec<u32>> {
    among(readings, joints, i, |entry| entry.kind == PlaceKind::Country).or_else(|| among(readings, joints, i, is_state))
}

fn among(readings: &[Vec<Reading>], joints: &[Joint], i: usize, is_peer: fn(&Entry) -> bool) -> Option<Vec<u32>> {
    let certain = |i: usize| likeliest(&readings[i]).is_some_and(is_peer);
    let before = i.checked_sub(1).map(|before| joints[before]);
    let after = joints.get(i).copied();
    let beside = |joint: Option<Joint>, other: usize| match joint {
        Some(Joint::And) => certain(other),
        Some(Joint::Comma) => certain(other) && (before.is_some_and(Joint::lists) && after.is_some_and(Joint::lists)),
        _ => false,
    };
    let beside_peers = i.checked_sub(1).is_some_and(|other| beside(before, other)) || beside(after, i + 1);
    let peers = indices(readings[i].iter().filter(|(_, entry)| is_peer(entry)));
    (beside_peers && !peers.is_empty() && readings[i].len() > peers.len()).then_some(peers)
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
    let among_countries = is_country(inner) && is_country(outer);
    let fits = |inner: &Entry| !among_countries || is_state(inner);
    let inside = indices(inner.iter().filter(|(_, entry)| fits(entry) && outer.iter().any(|(_, outer)| contains(outer, entry))));
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

/// Whether a name is rather a country's than anybody else's: in "China, Japan and Ukraine" none is a town of the next.
fn is_country(readings: &[Reading]) -> bool {
    likeliest(readings).is_some_and(|entry| entry.kind == PlaceKind::Country)
}

fn likeliest(readings: &[Reading]) -> Option<&Entry> {
    readings.iter().map(|(_, entry)| entry).max_by(|a, b| size(a).total_cmp(&size(b)))
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
