//! Places of the world by name, from `knowledge/countries.tsv`, `places.tsv` and `regions.tsv`.

use rustc_hash::FxHashSet;
use variorum_model::{Document, Parse, PlaceKind, TokenId, table::Table};

use crate::naming::{Phrases, fold};

/// Places of the world, from `knowledge/countries.tsv`, `places.tsv` and `regions.tsv`.
#[derive(Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    names: Phrases<u32>,
    /// Demonyms and adjectives to ISO 3166 alpha-3: they tell which countries a document speaks of.
    adjectives: Phrases<[u8; 3]>,
    /// People may be called Jordan or Sydney.
    given_names: FxHashSet<String>,
}

/// One place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: PlaceKind,
    pub(super) country: Option<String>,
    pub(super) admin: Option<String>,
    pub(super) lat: Option<f64>,
    pub(super) lon: Option<f64>,
    pub(super) population: f64,
    /// Seat of a national government.
    pub(super) capital: bool,
}

impl Entry {
    /// Whether its name can stand for a government.
    pub(super) fn governs(&self) -> bool {
        self.capital || self.kind == PlaceKind::Country
    }
}

const COUNTRIES: &str = include_str!("../../../../knowledge/countries.tsv");
const PLACES: &str = include_str!("../../../../knowledge/places.tsv");
const GIVEN_NAMES: &str = include_str!("../../../../knowledge/given-names.tsv");
const REGIONS: &str = include_str!("../../../../knowledge/regions.tsv");

impl Gazetteer {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        let given_names = Table::parse(GIVEN_NAMES).expect("shipped with the program").rows().map(|row| fold(row.get("name"))).collect();
        let mut gazetteer = Self { entries: Vec::new(), names: Phrases::default(), adjectives: Phrases::default(), given_names };
        gazetteer.add_countries();
        gazetteer.add_places();
        gazetteer.add_regions();
        gazetteer
    }

    pub(super) fn entry(&self, index: u32) -> &Entry {
        &self.entries[index as usize]
    }

    /// The longest known name that begins at a token and ends before `limit`.
    pub(super) fn longest_at(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<(TokenId, Vec<u32>)> {
        self.names.longest_at(text, parse, first, limit)
    }

    /// What is known under the name that follows a generic word: "Lake Baikal", "the Republic of Moldova" when only the end is listed.
    pub(super) fn behind_generic(&self, doc: &Document, parse: &Parse, first: TokenId, end: TokenId) -> Vec<u32> {
        let generic = |token: TokenId| {
            let token = parse.token(token);
            super::usage::is_place_noun(&token.lemma) && !is_common_word(&token.lemma) || matches!(token.lemma.as_str(), "of" | "the" | "-")
        };
        let named = (first.0..end.0).map(TokenId).find(|&token| !generic(token));
        let Some(start) = named.filter(|&start| start > first) else { return Vec::new() };
        self.longest_at(&doc.text, parse, start, end).filter(|&(last, _)| last == end).map(|(_, found)| found).unwrap_or_default()
    }

    /// Whether a name is a country or large city, so that it is one even where the analyser takes it for an organisation.
    pub(super) fn is_prominent(&self, candidates: &[u32]) -> bool {
        candidates.iter().any(|&i| self.entry(i).governs() || self.entry(i).population >= 100_000.0)
    }

    /// Whether a name is a country or capital that nobody is called by, so that it is no person even where the analyser takes it for one.
    pub(super) fn is_no_person(&self, candidates: &[u32], word: &str) -> bool {
        candidates.iter().any(|&i| self.entry(i).governs()) && !self.given_names.contains(&fold(word))
    }

    /// The country of a demonym or adjective that begins at a token.
    pub(super) fn adjective_at(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<String> {
        let (_, codes) = self.adjectives.longest_at(text, parse, first, limit)?;
        let code = codes.first()?;
        Some(String::from_utf8_lossy(code).into_owned())
    }

    /// One past the last token of an adjective: "South Korean" is no south.
    pub(super) fn adjective_end(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<TokenId> {
        self.adjectives.longest_at(text, parse, first, limit).map(|(end, _)| end)
    }

    fn add(&mut self, entry: Entry, forms: impl IntoIterator<Item = &'static str>) {
        let index = self.entries.len() as u32;
        self.names.insert(&entry.name, index);
        forms.into_iter().for_each(|form| self.names.insert(form, index));
        self.entries.push(entry);
    }

    fn add_countries(&mut self) {
        for row in Table::parse(COUNTRIES).expect("shipped with the program").rows() {
            let iso3 = row.get("iso3");
            let country = Entry {
                name: row.get("name").to_owned(),
                kind: PlaceKind::Country,
                country: Some(iso3.to_owned()),
                admin: None,
                lat: row.opt("lat").and_then(number),
                lon: row.opt("lon").and_then(number),
                population: 1e9,
                capital: false,
            };
            self.add(country, row.list("aliases"));
            if let Ok(code) = <[u8; 3]>::try_from(iso3.as_bytes()) {
                row.list("adjectives").chain(row.list("people")).for_each(|form| self.adjectives.insert(form, code));
            }
            let mut capitals = row.list("capital");
            if let Some(name) = capitals.next() {
                let capital = Entry {
                    name: name.to_owned(),
                    kind: PlaceKind::City,
                    country: Some(iso3.to_owned()),
                    admin: None,
                    lat: row.opt("capital_lat").and_then(number),
                    lon: row.opt("capital_lon").and_then(number),
                    population: 1e6,
                    capital: true,
                };
                self.add(capital, capitals);
            }
        }
    }

    fn add_places(&mut self) {
        for row in Table::parse(PLACES).expect("shipped with the program").rows() {
            let place = Entry {
                name: row.get("name").to_owned(),
                kind: kind(row.get("kind")),
                country: row.opt("country").map(str::to_owned),
                admin: row.opt("admin").map(str::to_owned),
                lat: row.opt("lat").and_then(number),
                lon: row.opt("lon").and_then(number),
                population: row.opt("population").and_then(number).unwrap_or_default(),
                capital: false,
            };
            if is_common_word(&place.name) {
                continue;
            }
            match self.known_capital(&place) {
                Some(index) => self.complete_capital(index, place, row.list("aliases")),
                None => self.add(place, row.list("aliases")),
            }
        }
    }

    fn known_capital(&self, place: &Entry) -> Option<u32> {
        let same = |index: &u32| {
            let entry = self.entry(*index);
            entry.capital && entry.country == place.country && place.kind == PlaceKind::City
        };
        self.names.get(&place.name).into_iter().find(same)
    }

    fn complete_capital(&mut self, index: u32, place: Entry, aliases: impl Iterator<Item = &'static str>) {
        let capital = &mut self.entries[index as usize];
        capital.admin = place.admin;
        capital.population = capital.population.max(place.population);
        capital.lat = capital.lat.or(place.lat);
        capital.lon = capital.lon.or(place.lon);
        aliases.for_each(|alias| self.names.insert(alias, index));
    }

    fn add_regions(&mut self) {
        for row in Table::parse(REGIONS).expect("shipped with the program").rows() {
            let region = Entry {
                name: row.get("name").to_owned(),
                kind: PlaceKind::Region,
                country: None,
                admin: None,
                lat: None,
                lon: None,
                population: 1e7,
                capital: false,
            };
            if self.names.get(&region.name).is_empty() {
                self.add(region, row.list("aliases"));
            }
        }
    }
}

/// Subdivisions that are called by a point of the compass and towns that are called like a month say nothing without their country.
fn is_common_word(name: &str) -> bool {
    let points = ["north", "south", "east", "west", "central", "centre", "center", "northern", "southern", "eastern", "western"];
    let between = ["northeast", "northwest", "southeast", "southwest"];
    let words = ["march", "may", "of", "university", "union", "police", "bank", "man", "free", "gulf", "channel", "region", "highway"];
    let folded = fold(name);
    points.iter().chain(&between).chain(&words).any(|word| *word == folded)
}

fn number(cell: &str) -> Option<f64> {
    cell.parse().ok()
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
