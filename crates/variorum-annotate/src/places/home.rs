//! Where is a report at home?
//!
//! Input: a document and its parse. Output: how much speaks for each country, and the places that its publisher is called after or sits in.
//!
//! - "a **sheriff**'s deputy", "the **school district**": the United States; "**gardaí**": Ireland; a page under `.ca`: Canada.
//! - The Boston Globe sits in Boston; the Marlow Herald, of which no table knows, is called after some Marlow.
//!
//! Limits: agencies report from everywhere, so they have no home; a page under `.com` neither.

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{Document, Parse, TokenId, table::Table};

use crate::naming::{Phrases, fold};

const COUNTRIES: &str = include_str!("../../../../knowledge/countries.tsv");
const CUSTOMS: &str = include_str!("../../../../knowledge/customs.tsv");
const PUBLISHERS: &str = include_str!("../../../../knowledge/publishers.tsv");

/// What tells of a home.
#[derive(Debug)]
pub(super) struct Homes {
    /// Words to the countries in which they are usual.
    customs: Phrases<&'static str>,
    /// Folded names of publishers, but for agencies, to country and city.
    publishers: FxHashMap<String, Seat>,
    /// Top-level domains to countries.
    domains: FxHashMap<String, &'static str>,
}

#[derive(Copy, Clone, Debug)]
struct Seat {
    country: &'static str,
    city: Option<&'static str>,
}

/// Where a report seems to be at home.
#[derive(Debug, Default)]
pub(super) struct Home {
    /// By code of the country, how much speaks for it.
    pub(super) countries: FxHashMap<&'static str, f64>,
    /// Names under which the place of its publisher may be found, the first the best.
    pub(super) seats: Vec<String>,
}

impl Homes {
    /// The tables that ship with the program.
    pub(super) fn bundled() -> Self {
        let table = |text| Table::parse(text).expect("shipped with the program");
        let mut customs = Phrases::default();
        for row in table(CUSTOMS).rows() {
            row.list("countries").for_each(|country| customs.insert(row.get("form"), country));
        }
        let mut publishers = FxHashMap::default();
        for row in table(PUBLISHERS).rows().filter(|row| row.get("kind") != "agency") {
            let Some(country) = row.opt("country") else { continue };
            publishers.entry(fold(row.get("name"))).or_insert(Seat { country, city: row.opt("city") });
        }
        let domain = |iso2: &str| if iso2 == "GB" { "uk".to_owned() } else { iso2.to_lowercase() };
        let domains = table(COUNTRIES).rows().filter_map(|row| Some((domain(row.opt("iso2")?), row.get("iso3")))).collect();
        Self { customs, publishers, domains }
    }

    /// Where a report seems to be at home.
    pub(super) fn home(&self, doc: &Document, parse: &Parse) -> Home {
        let mut home = Home::default();
        self.add_customs(doc, parse, &mut home);
        if let Some(country) = doc.url.as_deref().and_then(top_level_domain).and_then(|domain| self.domains.get(domain)) {
            home.add(country, FIRM);
        }
        match doc.publisher.as_deref().map(|name| (name, self.publishers.get(&fold(name)))) {
            Some((_, Some(seat))) => {
                home.add(seat.country, FIRM);
                home.seats.extend(seat.city.map(str::to_owned));
            }
            Some((name, None)) => home.seats = beginnings(name),
            None => {}
        }
        home
    }

    /// Each word counts once: a report on one sheriff is no more at home for naming him often.
    fn add_customs(&self, doc: &Document, parse: &Parse, home: &mut Home) {
        let mut said: FxHashSet<String> = FxHashSet::default();
        for sentence in &parse.sentences {
            for token in sentence.tokens() {
                let Some((end, countries)) = self.customs.longest_at(&doc.text, parse, token, sentence.end) else { continue };
                let form = parse.token(token).span.cover(parse.token(TokenId(end.0 - 1)).span).of(&doc.text);
                if said.insert(fold(form)) {
                    let share = 1.0 / countries.len() as f64;
                    countries.into_iter().for_each(|country| home.add(country, share));
                }
            }
        }
    }
}

/// As much as two words.
const FIRM: f64 = 2.0;

impl Home {
    fn add(&mut self, country: &'static str, weight: f64) {
        *self.countries.entry(country).or_default() += weight;
    }
}

fn top_level_domain(url: &str) -> Option<&str> {
    let host = url.split("://").last()?.split(['/', '?', '#', ':']).next()?;
    host.rsplit_once('.').map(|(_, domain)| domain)
}

/// What a publisher may be called after: its first words, without the last.
fn beginnings(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.strip_prefix("The ").unwrap_or(name).split_whitespace().collect();
    (1..words.len()).rev().map(|n| words[..n].join(" ")).collect()
}
