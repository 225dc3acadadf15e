//! Which places of the world have the name that stands at a word?
//!
//! Input: a text, its parse, a word. Output: the longest name that begins there, and the places it may mean.
//!
//! - "York, Pennsylvania" at "York": the city in England, the one in Pennsylvania, some more, larger ones first.
//!
//! Limits: what the tables lack keeps its printed name.

use rustc_hash::FxHashSet;
use variorum_model::{
    Document, Parse, PlaceKind, TokenId, Upos,
    table::{Row, Table},
};

use super::{atlas::Atlas, home::Homes, locatives::Locatives};
use crate::naming::{Phrases, fold};

/// Places of the world: states, waters and parts of the world from the tables of `knowledge/`, cities and subdivisions from the packed [`Atlas`].
#[derive(Debug)]
pub struct Gazetteer {
    /// From the tables; the rows of the atlas are counted on from here.
    entries: Vec<Entry>,
    names: Phrases<u32>,
    atlas: Atlas,
    /// Demonyms and adjectives to ISO 3166 alpha-3: they tell which countries a document speaks of.
    adjectives: Phrases<&'static str>,
    /// People may be called Jordan or Sydney.
    given_names: FxHashSet<String>,
    /// Words beside a name.
    pub(super) words: Locatives,
    pub(super) homes: Homes,
}

/// One place.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Its name; none where the printed name is its name.
    pub(crate) name: Option<&'static str>,
    pub(crate) kind: PlaceKind,
    /// A county or another part of a first-order subdivision.
    pub(crate) second_order: bool,
    /// ISO 3166 alpha-3.
    pub(crate) country: Option<&'static str>,
    /// First-order subdivision that it lies in.
    pub(crate) admin: Option<&'static str>,
    /// Degrees north and east.
    pub(crate) at: Option<(f64, f64)>,
    pub(crate) population: f64,
    /// Seat of a national government.
    pub(crate) capital: bool,
}

impl Entry {
    /// Whether its name can stand for a government.
    pub(super) fn governs(&self) -> bool {
        self.capital || self.kind == PlaceKind::Country
    }

    /// Kilometres to another place, roughly; none where one of them has no coordinates.
    pub(super) fn distance(&self, other: &Self) -> Option<f64> {
        let ((lat, lon), (other_lat, other_lon)) = (self.at?, other.at?);
        let east = (lon - other_lon + 540.0).rem_euclid(360.0) - 180.0;
        let narrowed = east * ((lat + other_lat) / 2.0).to_radians().cos();
        Some(KILOMETRES_A_DEGREE * (lat - other_lat).hypot(narrowed))
    }

    /// Whether two tables have the same place.
    fn is_same(&self, other: &Self) -> bool {
        let one_country = self.country.is_none() || other.country.is_none() || self.country == other.country;
        self.kind == other.kind && one_country && self.distance(other).is_some_and(|distance| distance < 80.0)
    }
}

const KILOMETRES_A_DEGREE: f64 = 111.2;

const COUNTRIES: &str = include_str!("../../../../knowledge/countries.tsv");
const AREAS: &str = include_str!("../../../../knowledge/areas.tsv");
const GIVEN_NAMES: &str = include_str!("../../../../knowledge/given-names.tsv");
const REGIONS: &str = include_str!("../../../../knowledge/regions.tsv");

impl Gazetteer {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        let given_names = Table::parse(GIVEN_NAMES).expect("shipped with the program").rows().map(|row| fold(row.get("name"))).collect();
        let mut gazetteer = Self {
            entries: Vec::new(),
            names: Phrases::default(),
            atlas: Atlas::bundled(),
            adjectives: Phrases::default(),
            given_names,
            words: Locatives::bundled(),
            homes: Homes::bundled(),
        };
        gazetteer.add_countries();
        gazetteer.add_areas();
        gazetteer.add_regions();
        gazetteer
    }

    pub(super) fn entry(&self, index: u32) -> Entry {
        match self.entries.get(index as usize) {
            Some(entry) => *entry,
            None => self.atlas.entry(index - self.entries.len() as u32),
        }
    }

    /// The longest known name that begins at a token and ends before `limit`.
    pub(super) fn longest_at(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<(TokenId, Vec<u32>)> {
        let ours = self.names.longest_at(text, parse, first, limit);
        match (ours, self.longest_packed(text, parse, first, limit)) {
            (Some((end, ours)), Some((packed_end, packed))) if end == packed_end => Some((end, self.merged(ours, packed))),
            (Some(ours), Some(packed)) => Some(if ours.0 > packed.0 { ours } else { packed }),
            (ours, packed) => ours.or(packed),
        }
    }

    fn longest_packed(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<(TokenId, Vec<u32>)> {
        let start = parse.token(first).span.start();
        let mut found = None;
        for end in first.0 + 1..=limit.0 {
            let bare = parse.token(TokenId(end - 1)).span.end();
            let form = &text[start..bare + usize::from(text[bare..].starts_with('.'))];
            if !self.atlas.begins(&fold(form)) {
                break;
            }
            let rows = self.atlas.named(form);
            let last = parse.token(TokenId(end - 1));
            // "Peru's" is not Perus.
            let is_name = last.upos != Upos::Punct && last.tag != "POS" && !self.words.is_common(&fold(form));
            if is_name && !rows.is_empty() {
                found = Some((TokenId(end), rows.into_iter().map(|row| row + self.entries.len() as u32).collect()));
            }
        }
        found
    }

    /// Both lists, without the cities of the atlas that the tables have too.
    fn merged(&self, ours: Vec<u32>, packed: Vec<u32>) -> Vec<u32> {
        let known = |row: &u32| ours.iter().any(|&index| self.entry(index).is_same(&self.entry(*row)));
        let new: Vec<u32> = packed.into_iter().filter(|row| !known(row)).collect();
        ours.into_iter().chain(new).collect()
    }

    /// What is known under the name that follows a generic word: "Lake Baikal", "the Republic of Moldova" when only the end is listed.
    pub(super) fn behind_generic(&self, doc: &Document, parse: &Parse, first: TokenId, end: TokenId) -> Vec<u32> {
        let generic = |token: TokenId| {
            let token = parse.token(token);
            self.words.is_ground(&token.lemma) && !self.words.is_common(&fold(&token.lemma))
                || matches!(token.lemma.as_str(), "of" | "the" | "-")
        };
        let named = (first.0..end.0).map(TokenId).find(|&token| !generic(token));
        let Some(start) = named.filter(|&start| start > first) else { return Vec::new() };
        self.longest_at(&doc.text, parse, start, end).filter(|&(last, _)| last == end).map(|(_, found)| found).unwrap_or_default()
    }

    /// What is known under the name that follows words for a part: "north-western Syria", and where it begins.
    pub(super) fn behind_part(&self, text: &str, parse: &Parse, first: TokenId, end: TokenId) -> Option<(TokenId, Vec<u32>)> {
        let part = |&token: &TokenId| self.words.is_part(&parse.token(token).lemma);
        let start = (first.0..end.0).map(TokenId).find(|token| !part(token) && parse.token(*token).upos != Upos::Punct)?;
        let (last, candidates) = self.longest_at(text, parse, start, end).filter(|_| start > first)?;
        (last == end).then_some((start, candidates))
    }

    /// What a name written by itself may mean.
    pub(super) fn named(&self, name: &str) -> Vec<u32> {
        let packed = self.atlas.named(name).into_iter().map(|row| row + self.entries.len() as u32);
        self.merged(self.names.get(name), packed.collect())
    }

    /// Whether a name is a country, large city or subdivision, so that it is one even where the analyser takes it for an organisation. A county must be named in full:
    /// "King" is hardly King County.
    pub(super) fn is_prominent(&self, candidates: &[u32], form: &str) -> bool {
        let folded = fold(form);
        let ranked = folded.split(' ').next_back().is_some_and(|word| self.words.is_area(word)) && folded.contains(' ');
        let in_full = |entry: Entry| entry.name.is_some_and(|name| fold(name) == folded);
        let large = |entry: Entry| entry.population >= 100_000.0;
        let prominent = |entry: Entry| match entry.second_order {
            true => (large(entry) || ranked) && in_full(entry),
            false => entry.governs() || large(entry),
        };
        candidates.iter().any(|&i| prominent(self.entry(i)))
    }

    /// Whether a name is a country or capital that nobody is called by, so that it is no person even where the analyser takes it for one.
    pub(super) fn is_no_person(&self, candidates: &[u32], word: &str) -> bool {
        candidates.iter().any(|&i| self.entry(i).governs()) && !self.given_names.contains(&fold(word))
    }

    /// The country of a demonym or adjective that begins at a token.
    pub(super) fn adjective_at(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<&'static str> {
        let (_, codes) = self.adjectives.longest_at(text, parse, first, limit)?;
        codes.first().copied()
    }

    /// One past the last token of an adjective: "South Korean" is no south.
    pub(super) fn adjective_end(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<TokenId> {
        self.adjectives.longest_at(text, parse, first, limit).map(|(end, _)| end)
    }

    fn add(&mut self, entry: Entry, forms: impl IntoIterator<Item = &'static str>) {
        let index = self.entries.len() as u32;
        entry.name.into_iter().chain(forms).for_each(|form| self.names.insert(form, index));
        self.entries.push(entry);
    }

    fn add_countries(&mut self) {
        for row in Table::parse(COUNTRIES).expect("shipped with the program").rows() {
            let iso3 = row.get("iso3");
            let named = Entry { name: Some(row.get("name")), country: Some(iso3), ..NOWHERE };
            self.add(Entry { kind: PlaceKind::Country, at: point(&row, "lat", "lon"), population: 1e9, ..named }, row.list("aliases"));
            row.list("adjectives").chain(row.list("people")).for_each(|form| self.adjectives.insert(form, iso3));
            let mut capitals = row.list("capital");
            if let Some(name) = capitals.next() {
                let at = point(&row, "capital_lat", "capital_lon");
                let capital = Entry { name: Some(name), kind: PlaceKind::City, at, population: 1e6, capital: true, ..named };
                self.add(self.completed(capital), capitals);
            }
        }
    }

    /// A capital with what the atlas knows of it.
    fn completed(&self, capital: Entry) -> Entry {
        let rows = capital.name.map(|name| self.atlas.named(name)).unwrap_or_default();
        let same = rows.into_iter().map(|row| self.atlas.entry(row)).find(|entry| entry.is_same(&capital));
        same.map_or(capital, |same| Entry { admin: same.admin, population: capital.population.max(same.population), ..capital })
    }

    fn add_areas(&mut self) {
        for row in Table::parse(AREAS).expect("shipped with the program").rows() {
            let (name, at) = (Some(row.get("name")), point(&row, "lat", "lon"));
            self.add(Entry { name, kind: kind(row.get("kind")), country: row.opt("country"), at, ..NOWHERE }, row.list("aliases"));
        }
    }

    fn add_regions(&mut self) {
        for row in Table::parse(REGIONS).expect("shipped with the program").rows() {
            if self.names.get(row.get("name")).is_empty() {
                self.add(Entry { name: Some(row.get("name")), kind: PlaceKind::Region, population: 1e7, ..NOWHERE }, row.list("aliases"));
            }
        }
    }
}

/// Of which nothing is known.
const NOWHERE: Entry = Entry {
    name: None,
    kind: PlaceKind::Unknown,
    second_order: false,
    country: None,
    admin: None,
    at: None,
    population: 0.0,
    capital: false,
};

fn point(row: &Row<'_, '_>, lat: &str, lon: &str) -> Option<(f64, f64)> {
    Some((row.opt(lat)?.parse().ok()?, row.opt(lon)?.parse().ok()?))
}

fn kind(word: &str) -> PlaceKind {
    match fold(word).as_str() {
        "city" | "town" | "village" | "capital" => PlaceKind::City,
        "region" | "state" | "province" | "admin" | "district" | "county" | "oblast" | "area" | "peninsula" | "island" => PlaceKind::Region,
        "water" | "sea" | "strait" | "river" | "lake" | "ocean" | "gulf" => PlaceKind::Water,
        "country" => PlaceKind::Country,
        "site" | "building" | "base" | "plant" | "airport" | "crossing" => PlaceKind::Site,
        _ => PlaceKind::Unknown,
    }
}
