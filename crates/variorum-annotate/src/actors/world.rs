//! What is known of actors before a document is read: states, institutions, publishers, titles, office holders, given names, nouns for actors.

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{EntityKind, Gender, Parse, TokenId, table::Table};

use crate::{
    naming::{Phrases, fold},
    places::Atlas,
};

/// States, organisations, publishers, titles, office holders, from the tables of `knowledge/`.
#[derive(Debug)]
pub struct World {
    pub(super) states: Vec<State>,
    pub(super) bodies: Vec<Body>,
    pub(super) holders: Vec<Holder>,
    /// Names of states, seats, bodies and office holders.
    known: Phrases<Known>,
    /// Adjectives and demonyms to states.
    adjectives: Phrases<u32>,
    titles: Phrases<u32>,
    title_rows: Vec<Title>,
    nominals: FxHashMap<String, Nominal>,
    callings: FxHashSet<(&'static str, &'static str)>,
    given: FxHashMap<String, Option<Gender>>,
    /// Nouns for bodies and groups to PLOVER sectors, folded.
    pub(super) sectors: FxHashMap<String, String>,
    /// Cities tell states: "Shanghai authorities" are China's.
    atlas: Atlas,
}

/// What a name is known to stand for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// A state by its own name; index into `states`.
    State(u32),
    /// A state by its capital or seat of government.
    Seat(u32),
    /// An institution or publisher; index into `bodies`.
    Body(u32),
    /// Somebody who holds or held an office; index into `holders`.
    Holder(u32),
}

/// A country.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    pub(super) iso3: String,
    pub(super) name: String,
    /// Its other names; those of its seats are not among them.
    pub(super) aliases: Vec<String>,
}

/// An institution or publisher.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Body {
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    /// The table's word for what it is: "company", "agency".
    pub(super) sort: String,
    pub(super) kind: EntityKind,
    pub(super) sector: Option<String>,
    pub(super) country: Option<String>,
    /// The circle of states whose body it is: "UNO", "EUR".
    pub(super) family: Option<String>,
}

/// Somebody in office from one day to another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Holder {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) country: Option<String>,
    from: Option<Date>,
    to: Option<Date>,
}

impl Holder {
    /// Whether the office is held, or was within the last few years, as far as the table knows.
    pub(super) fn is_recent(&self) -> bool {
        self.to.is_none_or(|to| to.year() >= 2021)
    }

    /// Whether the office is held on a day; where either is unknown, it may be.
    pub(super) fn holds(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to))
    }
}

/// An office or function.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Title {
    pub(super) name: String,
    pub(super) sector: Option<String>,
}

/// What a common noun for actors stands for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Nominal {
    pub(super) kind: EntityKind,
    /// Stands for several people even in the singular: "police", "family".
    pub(super) collective: bool,
}

/// How a word of `callings.tsv` ties a phrase to a name.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Calling {
    Body,
    Outlet,
    Group,
    Agency,
    Naming,
    Giving,
    SpeechTo,
    Speaking,
    Nameless,
    OnAir,
}

impl Calling {
    fn word(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Outlet => "outlet",
            Self::Group => "group",
            Self::Agency => "agency",
            Self::Naming => "naming",
            Self::Giving => "giving",
            Self::SpeechTo => "speech-to",
            Self::Speaking => "speaking",
            Self::Nameless => "nameless",
            Self::OnAir => "on-air",
        }
    }
}

const COUNTRIES: &str = include_str!("../../../../knowledge/countries.tsv");
const ORGANIZATIONS: &str = include_str!("../../../../knowledge/organizations.tsv");
const PUBLISHERS: &str = include_str!("../../../../knowledge/publishers.tsv");
const TITLES: &str = include_str!("../../../../knowledge/titles.tsv");
const HOLDERS: &str = include_str!("../../../../knowledge/holders.tsv");
const GIVEN_NAMES: &str = include_str!("../../../../knowledge/given-names.tsv");
const SECTORS: &str = include_str!("../../../../knowledge/sectors.tsv");
const NOMINALS: &str = include_str!("../../../../knowledge/nominals.tsv");
const CALLINGS: &str = include_str!("../../../../knowledge/callings.tsv");

fn table(text: &'static str) -> Table<'static> {
    Table::parse(text).expect("shipped with the program")
}

impl World {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        let mut world = Self {
            states: Vec::new(),
            bodies: Vec::new(),
            holders: Vec::new(),
            known: Phrases::default(),
            adjectives: Phrases::default(),
            titles: Phrases::default(),
            title_rows: Vec::new(),
            nominals: nominals(),
            callings: table(CALLINGS).rows().map(|row| (row.get("use"), row.get("lemma"))).collect(),
            given: given_names(),
            sectors: table(SECTORS).rows().map(|row| (fold(row.get("noun")), row.get("sector").to_owned())).collect(),
            atlas: Atlas::bundled(),
        };
        world.add_states();
        world.add_bodies(&table(ORGANIZATIONS), false);
        world.add_bodies(&table(PUBLISHERS), true);
        world.add_titles();
        world.add_holders();
        world
    }

    fn add_states(&mut self) {
        for row in table(COUNTRIES).rows() {
            let index = self.states.len() as u32;
            let names = || std::iter::once(row.get("name")).chain(row.list("aliases"));
            names().for_each(|form| self.known.insert(form, Known::State(index)));
            // "National Palace, Lima" would need its city near; many states have a National Palace.
            let metonyms = row.list("metonyms").filter(|form| !form.contains(','));
            row.list("capital").chain(metonyms).for_each(|form| self.known.insert(form, Known::Seat(index)));
            row.list("adjectives").chain(row.list("people")).for_each(|form| self.adjectives.insert(form, index));
            self.states.push(State {
                iso3: row.get("iso3").to_owned(),
                name: row.get("name").to_owned(),
                aliases: row.list("aliases").map(str::to_owned).collect(),
            });
        }
    }

    fn add_bodies(&mut self, bodies: &Table<'static>, publishers: bool) {
        for row in bodies.rows() {
            let index = self.bodies.len() as u32;
            let names = std::iter::once(row.get("name")).chain(row.list("aliases"));
            names.for_each(|form| self.known.insert(form, Known::Body(index)));
            let (country, family): (Vec<&str>, Vec<&str>) = row.opt("country").into_iter().partition(|code| self.state(code).is_some());
            self.bodies.push(Body {
                name: row.get("name").to_owned(),
                aliases: row.list("aliases").map(str::to_owned).collect(),
                sort: row.get("kind").to_lowercase(),
                kind: if publishers { EntityKind::Publisher } else { EntityKind::Organization },
                sector: if publishers { Some("JRN".to_owned()) } else { row.opt("sector").map(str::to_owned) },
                country: country.first().map(|&code| code.to_owned()),
                family: family.first().map(|&code| code.to_owned()),
            });
        }
    }

    fn add_titles(&mut self) {
        for row in table(TITLES).rows() {
            let index = self.title_rows.len() as u32;
            std::iter::once(row.get("title")).chain(row.list("variants")).for_each(|form| self.titles.insert(&form.to_lowercase(), index));
            self.title_rows.push(Title { name: row.get("title").to_owned(), sector: row.opt("sector").map(str::to_owned) });
        }
    }

    fn add_holders(&mut self) {
        for row in table(HOLDERS).rows() {
            let index = self.holders.len() as u32;
            std::iter::once(row.get("name")).chain(row.list("aliases")).for_each(|form| self.known.insert(form, Known::Holder(index)));
            let holder = Holder {
                name: row.get("name").to_owned(),
                title: row.get("title").to_owned(),
                country: self.iso3_of(row.get("of")),
                from: date(row.get("from"), false),
                to: date(row.get("to"), true),
            };
            self.holders.push(holder);
        }
    }

    // --- looking up -----------------------------------------------------------------------------------------------------

    /// What a form stands for, states first.
    pub(super) fn known(&self, form: &str) -> Vec<Known> {
        let bare = form.strip_prefix("the ").or_else(|| form.strip_prefix("The ")).unwrap_or(form);
        self.known.get(bare)
    }

    /// The office holder among several readings of a name, unless the name is that of several people.
    pub(super) fn one_holder(&self, known: &[Known]) -> Option<Known> {
        let holders = || {
            known.iter().filter_map(|known| match known {
                Known::Holder(i) => Some(*i),
                _ => None,
            })
        };
        let first = holders().next()?;
        let name = &self.holders[first as usize].name;
        holders().all(|i| self.holders[i as usize].name == *name).then_some(Known::Holder(first))
    }

    /// The longest known name that begins at a token and ends before `limit`.
    pub(super) fn known_at(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<(TokenId, Vec<Known>)> {
        self.known.longest_at(text, parse, first, limit)
    }

    /// The state of an adjective or demonym that begins at a token.
    pub(super) fn adjective_at(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<(TokenId, &State)> {
        let (end, states) = self.adjectives.longest_at(text, parse, first, limit)?;
        Some((end, &self.states[*states.first()? as usize]))
    }

    /// One past a title with "of" that begins at a token: "Minister of Foreign Affairs", whose end is the name of a journal elsewhere.
    pub(super) fn title_of_at(&self, text: &str, parse: &Parse, first: TokenId, limit: TokenId) -> Option<TokenId> {
        let (end, _) = self.titles.longest_at(text, parse, first, limit)?;
        let inside = (first.0..end.0).any(|i| parse.token(TokenId(i)).lemma == "of");
        inside.then_some(end)
    }

    /// The title that is written so: "Foreign Minister".
    pub(super) fn title(&self, form: &str) -> Option<&Title> {
        self.titles.first(&form.to_lowercase()).map(|i| &self.title_rows[i as usize])
    }

    /// The title that ends a phrase: "security official" in "top security official". Tries the longest ending first.
    pub(super) fn title_ending(&self, phrase: &str) -> Option<&Title> {
        let folded = fold(phrase);
        let words: Vec<&str> = folded.split(' ').collect();
        (0..words.len()).find_map(|i| self.title(&words[i..].join(" ")))
    }

    /// The gender that a printed title tells: "spokeswoman", though the office be that of a spokesman; "Señora" by what it is a variant of.
    pub(super) fn gender_told(&self, printed: &str) -> Option<Gender> {
        let title = self.title_ending(printed)?;
        let office = title.name.ends_with("man") || title.name.ends_with("woman");
        gender_of_title(printed).or_else(|| gender_of_title(&title.name).filter(|_| !office))
    }

    /// What a common noun or noun compound stands for, by its lemmas.
    pub(super) fn nominal(&self, lemmas: &str) -> Option<Nominal> {
        self.nominals.get(&lemmas.to_lowercase()).copied()
    }

    /// Whether bodies are called by a noun as people are: "the operator, Telmada"; "the film blog Celluloid Attic".
    pub(super) fn is_borne_by_bodies(&self, lemma: &str) -> bool {
        self.is_called(Calling::Body, lemma) || self.is_called(Calling::Outlet, lemma)
    }

    /// Whether a word has a use in calling somebody.
    pub(super) fn is_called(&self, calling: Calling, lemma: &str) -> bool {
        self.callings.contains(&(calling.word(), lemma))
    }

    /// The gender a given name tells; the outer option is whether it is a known given name at all.
    pub(super) fn given_name(&self, name: &str) -> Option<Option<Gender>> {
        self.given.get(&fold(name)).copied()
    }

    /// The state of an adjective or demonym.
    pub(super) fn adjective(&self, form: &str) -> Option<String> {
        self.adjectives.first(form).filter(|_| crate::naming::is_capitalised(form)).map(|i| self.states[i as usize].iso3.clone())
    }

    /// The state of a large city.
    pub(super) fn city(&self, name: &str) -> Option<&State> {
        let bearers = self.atlas.named(name).into_iter().map(|row| self.atlas.entry(row));
        let largest = bearers.max_by(|a, b| a.population.total_cmp(&b.population))?;
        self.state(largest.country.filter(|_| largest.population >= 100_000.0)?)
    }

    pub(super) fn state(&self, iso3: &str) -> Option<&State> {
        self.states.iter().find(|state| state.iso3 == iso3)
    }

    /// ISO 3166 alpha-3 of a country given by code or name.
    pub(super) fn iso3_of(&self, country: &str) -> Option<String> {
        if let Some(state) = self.state(country) {
            return Some(state.iso3.clone());
        }
        self.known(country).into_iter().find_map(|known| match known {
            Known::State(i) | Known::Seat(i) => Some(self.states[i as usize].iso3.clone()),
            Known::Body(i) => self.bodies[i as usize].country.clone(),
            Known::Holder(_) => None,
        })
    }
}

fn nominals() -> FxHashMap<String, Nominal> {
    let row = |row: variorum_model::table::Row<'_, 'static>| {
        let kind = match row.get("kind") {
            "person" => EntityKind::Person,
            "group" => EntityKind::Group,
            "organization" => EntityKind::Organization,
            "state" => EntityKind::State,
            "place" => EntityKind::PlaceAsActor,
            "document" => EntityKind::Document,
            _ => EntityKind::Thing,
        };
        (row.get("lemma").to_lowercase(), Nominal { kind, collective: row.get("plural-group") == "yes" && kind != EntityKind::Person })
    };
    table(NOMINALS).rows().map(row).collect()
}

fn given_names() -> FxHashMap<String, Option<Gender>> {
    let mut names: FxHashMap<String, Option<Gender>> = FxHashMap::default();
    for row in table(GIVEN_NAMES).rows() {
        let gender = match row.get("gender").chars().next() {
            Some('f' | 'F') => Some(Gender::Female),
            Some('m' | 'M') => Some(Gender::Male),
            _ => None,
        };
        // A name that is a woman's here and a man's there tells nothing.
        names.entry(fold(row.get("name"))).and_modify(|known| *known = known.filter(|_| *known == gender)).or_insert(gender);
    }
    names
}

fn gender_of_title(title: &str) -> Option<Gender> {
    let last = fold(title);
    match last.rsplit(' ').next().unwrap_or_default() {
        "mr" | "king" | "prince" | "duke" | "sir" | "lord" | "father" | "brother" | "pope" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "queen" | "princess" | "duchess" | "lady" | "madam" | "dame" | "sister" => Some(Gender::Female),
        word if word.ends_with("woman") => Some(Gender::Female),
        word if word.len() > 5 && word.ends_with("man") => Some(Gender::Male),
        _ => None,
    }
}

/// A year, month or day as the tables write it; the last day of it where `end`.
fn date(cell: &str, end: bool) -> Option<Date> {
    let mut parts = cell.split('-');
    let year: i16 = parts.next()?.trim().parse().ok()?;
    let month = parts.next().and_then(|part| part.parse().ok());
    let day = parts.next().and_then(|part| part.parse().ok());
    let first = Date::new(year, month.unwrap_or(if end { 12 } else { 1 }), 1).ok()?;
    match day {
        Some(day) => Date::new(year, first.month(), day).ok(),
        None => Some(if end { first.last_of_month() } else { first }),
    }
}
