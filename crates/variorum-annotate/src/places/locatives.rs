//! Does a word beside the name of a place leave it that place, or make another of it?
//!
//! Input: a lemma. Output: which of the classes of `knowledge/locatives.tsv` it belongs to.
//!
//! - "the Kursk **region**" is Kursk's, "**eastern** China" a part of China, "Vancouver **airport**" stands in Vancouver, "Paris **Street**" may be anywhere.

use rustc_hash::FxHashSet;
use variorum_model::table::Table;

const LOCATIVES: &str = include_str!("../../../../knowledge/locatives.tsv");

/// The words by class.
#[derive(Debug)]
pub(super) struct Locatives {
    areas: FxHashSet<&'static str>,
    ways: FxHashSet<&'static str>,
    parts: FxHashSet<&'static str>,
    sites: FxHashSet<&'static str>,
    grounds: FxHashSet<&'static str>,
}

impl Locatives {
    /// The table that ships with the program.
    pub(super) fn bundled() -> Self {
        let table = Table::parse(LOCATIVES).expect("shipped with the program");
        let class = |class: &str| table.rows().filter(|row| row.get("class") == class).map(|row| row.get("word")).collect();
        Self { areas: class("area"), ways: class("way"), parts: class("part"), sites: class("site"), grounds: class("grounds") }
    }

    /// A noun for land or water.
    pub(super) fn is_area(&self, lemma: &str) -> bool {
        self.areas.contains(lemma.to_lowercase().as_str())
    }

    /// A noun for land, water or a way: what it is said of is a place.
    pub(super) fn is_ground(&self, lemma: &str) -> bool {
        self.is_area(lemma) || self.ways.contains(lemma.to_lowercase().as_str())
    }

    /// A word for a part or the surroundings of what follows.
    pub(super) fn is_part(&self, lemma: &str) -> bool {
        self.parts.contains(lemma.to_lowercase().as_str())
    }

    /// A noun for something that is called after the place where it stands.
    pub(super) fn is_site(&self, lemma: &str) -> bool {
        self.sites.contains(lemma.to_lowercase().as_str())
    }

    /// A noun for something that is as often called after something else.
    pub(super) fn is_grounds(&self, lemma: &str) -> bool {
        self.grounds.contains(lemma.to_lowercase().as_str())
    }
}
