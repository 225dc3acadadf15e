//! What does a word beside the name of a place make of it?
//!
//! Input: a lemma. Output: which of the classes of `knowledge/locatives.tsv` and `metonymy.tsv` it belongs to.
//!
//! - "the Kursk **region**" is Kursk's, "**eastern** China" a part of China, "Vancouver **airport**" stands in Vancouver, "Paris **Street**" may be anywhere.
//! - "**shelled** Kyiv" means the ground, "**aid** from Kyiv" the government.
//!
//! Limits: a word has its classes wherever it stands.

use rustc_hash::FxHashSet;
use variorum_model::table::Table;

const METONYMY: &str = include_str!("../../../../knowledge/metonymy.tsv");
const LOCATIVES: &str = include_str!("../../../../knowledge/locatives.tsv");

/// The words by class.
#[derive(Debug)]
pub(super) struct Locatives {
    areas: FxHashSet<&'static str>,
    ranks: FxHashSet<&'static str>,
    ways: FxHashSet<&'static str>,
    parts: FxHashSet<&'static str>,
    sites: FxHashSet<&'static str>,
    grounds: FxHashSet<&'static str>,
    common: FxHashSet<&'static str>,
    done_to_ground: FxHashSet<&'static str>,
    with_addressee: FxHashSet<&'static str>,
    with_origin: FxHashSet<&'static str>,
    deeds: FxHashSet<&'static str>,
}

impl Locatives {
    /// The tables that ship with the program.
    pub(super) fn bundled() -> Self {
        let locatives = Table::parse(LOCATIVES).expect("shipped with the program");
        let class = |class: &str| locatives.rows().filter(|row| row.get("class") == class).map(|row| row.get("word")).collect();
        let metonymy = Table::parse(METONYMY).expect("shipped with the program");
        let use_class = |class: &str| metonymy.rows().filter(|row| row.get("class") == class).map(|row| row.get("lemma")).collect();
        Self {
            areas: class("area"),
            ranks: class("rank"),
            ways: class("way"),
            parts: class("part"),
            sites: class("site"),
            grounds: class("grounds"),
            common: class("word"),
            done_to_ground: use_class("ground"),
            with_addressee: use_class("addressee"),
            with_origin: use_class("origin"),
            deeds: use_class("deed"),
        }
    }

    /// A noun for land or water.
    pub(super) fn is_area(&self, lemma: &str) -> bool {
        self.areas.contains(lemma.to_lowercase().as_str())
    }

    /// A noun for an area that is governed.
    pub(super) fn is_rank(&self, lemma: &str) -> bool {
        self.ranks.contains(lemma.to_lowercase().as_str())
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

    /// What a name in print hardly ever means by itself, given its folded form.
    pub(super) fn is_common(&self, folded: &str) -> bool {
        self.common.contains(folded)
    }

    /// A verb that happens to the ground: its object and passive subject stay places.
    pub(super) fn is_done_to_ground(&self, verb: &str) -> bool {
        self.done_to_ground.contains(verb)
    }

    /// A word whose "to" leads to somebody, not somewhere.
    pub(super) fn has_addressee(&self, lemma: &str) -> bool {
        self.with_addressee.contains(lemma)
    }

    /// What may come "from" a government.
    pub(super) fn has_origin(&self, lemma: &str) -> bool {
        self.with_origin.contains(lemma)
    }

    /// What a town does by those who run it.
    pub(super) fn is_deed(&self, verb: &str) -> bool {
        self.deeds.contains(verb)
    }
}
