//! Which cities and subdivisions of the world have a name? Answered from `knowledge/places.bin` as it lies, without reading it in.
//!
//! Input: the packed table, made by [`pack`] (`cargo xtask gazetteer`) from the rows that `knowledge/build/places.py` prints. Output: [`Entry`]s by folded name.
//!
//! The table: a header with the length of each part; an automaton from folded names to a place in the lists; the lists of rows that a name may mean, larger cities first;
//! the rows, nine bytes each; the subdivisions that rows lie in; names that cannot be made from the folded form ("Wilkes-Barre").
//!
//! Limits: coordinates to a ten-thousandth of a degree, populations to some parts in a hundred. No streets, rivers or parks.

use std::collections::BTreeMap;

use fst::{Map, MapBuilder};
use variorum_model::{
    PlaceKind,
    table::{Row, Table, TableError},
};

use super::gazetteer::Entry;
use crate::naming::{fold, is_acronym};

/// The packed table.
#[derive(Debug)]
pub(crate) struct Atlas {
    names: Map<&'static [u8]>,
    lists: &'static [u8],
    rows: &'static [u8],
    /// Three letters of the country, then its offset into `text` and its length, for each subdivision that rows lie in.
    containers: &'static [u8],
    /// Row, offset into `text` and length, by row.
    spelled: &'static [u8],
    text: &'static str,
}

/// A row that a form may mean.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) row: u32,
    how: Written,
}

/// How a form must be written to mean a row: any of some ways, or freely where none is set.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
struct Written(u32);

impl Written {
    const FREELY: Self = Self(0);
    /// "OR" is a state, "or" is another word, "O.R." another abbreviation.
    const CAPITALS: Self = Self(1);
    /// "L.A." is a city, "LA" may be.
    const DOTTED: Self = Self(2);
    /// "Miss." is a state, "Miss" is another word.
    const STOPPED: Self = Self(4);
    const BITS: u32 = 3;

    fn of(form: &str) -> Self {
        match form {
            _ if is_acronym(form) && form.contains('.') => Self(Self::CAPITALS.0 | Self::DOTTED.0),
            _ if is_acronym(form) => Self::CAPITALS,
            _ if form.ends_with('.') => Self::STOPPED,
            _ => Self::FREELY,
        }
    }

    /// The way in which a text has a form.
    fn seen(form: &str) -> Self {
        let capitals = !form.chars().any(char::is_lowercase);
        match form.trim_end_matches('.') {
            bare if capitals && bare.contains('.') => Self::DOTTED,
            _ if capitals => Self::CAPITALS,
            bare if bare.len() < form.len() => Self::STOPPED,
            _ => Self::FREELY,
        }
    }

    /// Either way.
    fn or(self, other: Self) -> Self {
        if self == Self::FREELY || other == Self::FREELY { Self::FREELY } else { Self(self.0 | other.0) }
    }

    fn allows(self, seen: Self) -> bool {
        self == Self::FREELY || self.0 & seen.0 != 0
    }
}

const MAGIC: &[u8; 8] = b"VRPLACE1";
const ROW: usize = 9;
const CONTAINER: usize = 8;
const SPELLED: usize = 7;
const NO_CONTAINER: usize = (1 << 13) - 1;

static PLACES: &[u8] = include_bytes!("../../../../knowledge/places.bin");

impl Atlas {
    /// The table that ships with the program.
    pub(crate) fn bundled() -> Self {
        Self::open(PLACES).expect("shipped with the program")
    }

    fn open(bytes: &'static [u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(MAGIC)?;
        let (lengths, mut rest) = bytes.split_at_checked(6 * 4)?;
        let mut part = |i: usize| {
            let (part, after) = rest.split_at_checked(number(&lengths[4 * i..4 * i + 4]))?;
            rest = after;
            Some(part)
        };
        let (names, lists, rows, containers, spelled, text) = (part(0)?, part(1)?, part(2)?, part(3)?, part(4)?, part(5)?);
        Some(Self { names: Map::new(names).ok()?, lists, rows, containers, spelled, text: std::str::from_utf8(text).ok()? })
    }

    /// Whether some name begins with a folded form.
    pub(crate) fn begins(&self, folded: &str) -> bool {
        self.node(folded).is_some()
    }

    /// The rows that a written form may mean, larger cities first.
    pub(crate) fn named(&self, form: &str) -> Vec<u32> {
        let Some(at) = self.names.get(fold(form)) else { return Vec::new() };
        let (list, seen) = (self.list(at as usize), Written::seen(form));
        // "Pa." is the state rather than the town of Pa.
        let shortens = |named: &Named| seen == Written::STOPPED && named.how != Written::FREELY && named.how.allows(seen);
        let shortened = list.iter().any(shortens);
        let meant = |named: &Named| if shortened { shortens(named) } else { named.how.allows(seen) };
        list.into_iter().filter(meant).map(|named| named.row).collect()
    }

    fn node(&self, folded: &str) -> Option<()> {
        let automaton = self.names.as_fst();
        let mut node = automaton.root();
        for &byte in folded.as_bytes() {
            node = automaton.node(node.transition_addr(node.find_input(byte)?));
        }
        Some(())
    }

    fn list(&self, at: usize) -> Vec<Named> {
        let mut bytes = self.lists[at..].iter();
        let mut next = || variable(&mut bytes);
        let length = next();
        let mut row = 0;
        (0..length)
            .map(|_| {
                let step = next();
                row += step >> Written::BITS;
                Named { row, how: Written(step & ((1 << Written::BITS) - 1)) }
            })
            .collect()
    }

    /// One row; its name where the folded form does not tell it.
    pub(crate) fn entry(&self, row: u32) -> Entry {
        let bytes = &self.rows[row as usize * ROW..][..ROW];
        let packed = number(&bytes[7..9]);
        let (country, admin) = self.container(packed & NO_CONTAINER);
        let class = packed >> 13;
        Entry {
            name: self.spelled(row),
            kind: if class == 0 { PlaceKind::City } else { PlaceKind::Region },
            second_order: class == 2,
            country,
            admin,
            at: Some((degrees(&bytes[0..3]), degrees(&bytes[3..6]))),
            population: people(bytes[6]),
            capital: false,
        }
    }

    fn container(&self, i: usize) -> (Option<&'static str>, Option<&'static str>) {
        let bytes = &self.containers[i * CONTAINER..][..CONTAINER];
        let (at, length) = (number(&bytes[3..7]), usize::from(bytes[7]));
        (std::str::from_utf8(&bytes[..3]).ok(), Some(&self.text[at..at + length]).filter(|name| !name.is_empty()))
    }

    fn spelled(&self, row: u32) -> Option<&'static str> {
        let key = |i: usize| number(&self.spelled[i * SPELLED..][..3]);
        let (mut low, mut high) = (0, self.spelled.len() / SPELLED);
        while low < high {
            let middle = low + (high - low) / 2;
            if key(middle) < row as usize { low = middle + 1 } else { high = middle }
        }
        let found = low < self.spelled.len() / SPELLED && key(low) == row as usize;
        let bytes = found.then(|| &self.spelled[low * SPELLED..][..SPELLED])?;
        let at = number(&bytes[3..6]);
        Some(&self.text[at..at + usize::from(bytes[6])])
    }
}

/// A folded form as a name is usually written.
pub(crate) fn titled(folded: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    folded.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

// --- numbers ------------------------------------------------------------------------------------------------------------

/// A number of up to four bytes, smallest first.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte))
}

fn put(bytes: &mut Vec<u8>, number: usize, length: usize) {
    assert!(length == 8 || number < 1 << (8 * length), "{number} has more than {length} bytes");
    bytes.extend_from_slice(&number.to_le_bytes()[..length]);
}

/// A number of any length, seven bits a byte.
fn variable<'b>(bytes: &mut impl Iterator<Item = &'b u8>) -> u32 {
    let (mut number, mut shift) = (0, 0);
    for &byte in bytes {
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
        shift += 7;
    }
    number
}

fn put_variable(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

const HALF_TURN: f64 = 180.0;
const PARTS: f64 = 10_000.0;

fn degrees(bytes: &[u8]) -> f64 {
    number(bytes) as f64 / PARTS - HALF_TURN
}

fn put_degrees(bytes: &mut Vec<u8>, degrees: f64) {
    put(bytes, ((degrees + HALF_TURN) * PARTS).round() as usize, 3);
}

const STEPS_A_FACTOR: f64 = 14.0;

fn people(byte: u8) -> f64 {
    (f64::from(byte) / STEPS_A_FACTOR).exp_m1().round()
}

fn put_people(bytes: &mut Vec<u8>, people: f64) {
    bytes.push((people.ln_1p() * STEPS_A_FACTOR).round() as u8);
}

// --- packing ------------------------------------------------------------------------------------------------------------

/// Packs the rows that `knowledge/build/places.py` prints.
///
/// # Errors
/// When the text is no table.
pub fn pack(table: &str) -> Result<Vec<u8>, TableError> {
    let table = Table::parse(table)?;
    let mut packing = Packing::default();
    for row in table.rows() {
        packing.add(&row);
    }
    Ok(packing.finish())
}

#[derive(Default)]
struct Packing {
    n_rows: u32,
    rows: Vec<u8>,
    /// By country and subdivision.
    containers: BTreeMap<(String, String), usize>,
    container_bytes: Vec<u8>,
    spelled: Vec<u8>,
    text: String,
    names: BTreeMap<String, Vec<Named>>,
}

impl Packing {
    fn add(&mut self, row: &Row<'_, '_>) {
        let name = row.get("name");
        self.spell(name, row.list("aliases").next().is_some() || row.get("kind") != "city");
        for form in std::iter::once(name).chain(row.list("aliases")) {
            let named = Named { row: self.n_rows, how: Written::of(form) };
            let known = self.names.entry(fold(form)).or_default();
            match known.last_mut().filter(|last| last.row == named.row) {
                Some(last) => last.how = last.how.or(named.how),
                None => known.push(named),
            }
        }
        let class = match row.get("kind") {
            "city" => 0,
            "region" => 1,
            _ => 2,
        };
        let container = self.container(row.get("country"), row.get("admin"));
        let cell = |column: &str| row.get(column).parse::<f64>().unwrap_or_default();
        put_degrees(&mut self.rows, cell("lat"));
        put_degrees(&mut self.rows, cell("lon"));
        put_people(&mut self.rows, cell("population"));
        put(&mut self.rows, class << 13 | container, 2);
        self.n_rows += 1;
    }

    fn spell(&mut self, name: &str, always: bool) {
        if always || titled(&fold(name)) != name {
            put(&mut self.spelled, self.n_rows as usize, 3);
            put(&mut self.spelled, self.text.len(), 3);
            put(&mut self.spelled, name.len(), 1);
            self.text.push_str(name);
        }
    }

    fn container(&mut self, country: &str, admin: &str) -> usize {
        let next = self.containers.len();
        assert!(next < NO_CONTAINER, "too many subdivisions for thirteen bits");
        let key = (country.to_owned(), admin.to_owned());
        *self.containers.entry(key).or_insert_with(|| {
            self.container_bytes.extend_from_slice(&country.as_bytes()[..3]);
            put(&mut self.container_bytes, self.text.len(), 4);
            put(&mut self.container_bytes, admin.len(), 1);
            self.text.push_str(admin);
            next
        })
    }

    fn finish(self) -> Vec<u8> {
        let mut lists = Vec::new();
        let mut names = MapBuilder::memory();
        for (name, rows) in self.names.iter().filter(|(name, _)| !name.is_empty()) {
            names.insert(name, lists.len() as u64).expect("a sorted map has its keys in order");
            put_list(&mut lists, rows);
        }
        let names = names.into_inner().expect("memory does not fail");
        let parts = [&names, &lists, &self.rows, &self.container_bytes, &self.spelled, self.text.as_bytes()];
        let mut bytes = MAGIC.to_vec();
        parts.iter().for_each(|part| put(&mut bytes, part.len(), 4));
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }
}

fn put_list(lists: &mut Vec<u8>, rows: &[Named]) {
    put_variable(lists, rows.len() as u32);
    let mut last = 0;
    for named in rows {
        put_variable(lists, (named.row - last) << Written::BITS | named.how.0);
        last = named.row;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "name\taliases\tkind\tcountry\tadmin\tlat\tlon\tpopulation
Arden\t\tcity\tUSA\tOhio\t40.123\t-82.5\t20000
Ville-d’Est\tEast Town|ET\tcity\tFRA\t\t48\t2.25\t900
Arden\t\tcity\tGBR\tEngland\t52\t-1.5\t700
Ohio\tOH|Oh.\tregion\tUSA\t\t40.3\t-82.8\t9000000
";

    fn atlas() -> Atlas {
        Atlas::open(Box::leak(pack(TABLE).unwrap().into_boxed_slice())).unwrap()
    }

    #[test]
    fn rows_come_back_as_they_were_packed() {
        let atlas = atlas();
        let rows = atlas.named("ARDEN");
        assert_eq!(rows, [0, 2]);
        let entry = atlas.entry(rows[0]);
        assert_eq!((entry.kind, entry.country, entry.admin, entry.name), (PlaceKind::City, Some("USA"), Some("Ohio"), None));
        assert!(entry.at.is_some_and(|(lat, lon)| (lat - 40.123).abs() < 1e-4 && (lon + 82.5).abs() < 1e-4));
        assert!((entry.population - 20_000.0).abs() < 1_000.0);
    }

    #[test]
    fn the_shipped_table_is_whole() {
        let atlas = Atlas::bundled();
        for row in 0..(atlas.rows.len() / ROW) as u32 {
            let entry = atlas.entry(row);
            assert!(entry.at.is_some_and(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0), "row {row} lies nowhere");
            assert!(entry.country.is_some_and(|country| country.len() == 3), "row {row} is in no country");
            assert!(entry.kind == PlaceKind::City || entry.name.is_some(), "row {row} contains others and needs a name");
        }
    }

    #[test]
    fn names_are_found_by_alias_and_keep_their_spelling() {
        let atlas = atlas();
        assert_eq!(atlas.entry(atlas.named("East Town")[0]).name, Some("Ville-d’Est"));
        assert_eq!(atlas.named("ET"), [1]);
        assert!(atlas.named("et").is_empty(), "an acronym in lower case is a word");
        assert_eq!([atlas.named("Oh."), atlas.named("OH"), atlas.named("Oh")], [vec![3], vec![3], vec![]]);
        assert!(atlas.begins("east t") && !atlas.begins("west"));
    }
}
