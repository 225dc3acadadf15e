//! Which pairs of documents are worth aligning?
//!
//! Input: words, quotations, figures and names of all documents. Output: pairs that share enough rare ones. What a few documents share ties each to each; what many share –
//! a wire that a hundred outlets print, a stock phrase – ties a document to the first of them and to those next to it only, so that
//! the number of pairs grows with the number of documents and not with its square. Nothing is concluded from a pair: it is aligned.
//! Limits: a copy of less than seven words in a row is not looked for.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use variorum_model::EntityKind;

use super::running::Texts;
use crate::{
    corpus::{Corpus, DocIx},
    words::plain_words,
};

/// Words in a shingle.
const SHINGLE: usize = 4;
/// Shared shingles from which a pair is aligned, and how many that many documents have are worth one that few have: stock phrases are short, a wire's text is not.
const SHARED_SHINGLES: Enough = Enough { few: 8, many: 24 };
/// Shared facts from which a pair may be a rewrite.
const SHARED_FACTS: Enough = Enough { few: 3, many: 3 };
/// Documents up to which a key ties each to each; and how many it ties a document to beyond that, on either side.
const FEW: usize = 8;
const NEIGHBOURS: usize = 3;

/// How many shared keys are enough, where few documents have each, and where many have.
#[derive(Copy, Clone)]
struct Enough {
    few: u16,
    many: u16,
}

/// A key with a document that has it.
type Place = (u64, u32);

/// Pairs whose own words may have been copied, in order.
pub(super) fn by_words(corpus: &Corpus, texts: &Texts) -> Vec<(DocIx, DocIx)> {
    let shingles = |doc: DocIx| {
        let own: Vec<u32> = texts.of(doc).iter().filter(|word| !word.quoted).map(|word| word.key).collect();
        own.windows(SHINGLE).map(hashed).collect::<Vec<u64>>()
    };
    pairs(corpus.ids().flat_map(|doc| places(doc, shingles(doc))).collect(), SHARED_SHINGLES)
}

/// Pairs that share quotations, figures and names, in order.
pub(super) fn by_facts(corpus: &Corpus) -> Vec<(DocIx, DocIx)> {
    pairs(corpus.ids().flat_map(|doc| places(doc, facts(corpus, doc))).collect(), SHARED_FACTS)
}

fn places(doc: DocIx, keys: Vec<u64>) -> Vec<Place> {
    let doc = u32::try_from(doc.0).expect("fewer documents");
    keys.into_iter().map(|key| (key, doc)).collect()
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Pairs of documents that meet at enough keys. Counted document by document: all pairs at once would be most of a run's memory.
fn pairs(mut places: Vec<Place>, enough: Enough) -> Vec<(DocIx, DocIx)> {
    places.sort_unstable();
    places.dedup();
    let n_docs = places.iter().map(|place| place.1 as usize + 1).max().unwrap_or(0);
    let mut met_by: Vec<Vec<(&[Place], usize)>> = vec![Vec::new(); n_docs];
    for group in places.chunk_by(|x, y| x.0 == y.0).filter(|group| group.len() > 1) {
        group.iter().enumerate().for_each(|(n, place)| met_by[place.1 as usize].push((group, n)));
    }
    let mut pairs: Vec<(DocIx, DocIx)> = Vec::new();
    let mut shared: FxHashMap<u32, u16> = FxHashMap::default();
    for (doc, groups) in met_by.into_iter().enumerate() {
        for (group, n) in groups {
            let worth = if group.len() > FEW { enough.few } else { enough.many };
            for other in tied(group, n) {
                let count = shared.entry(other).or_default();
                *count = count.saturating_add(worth);
            }
        }
        pairs.extend(shared.drain().filter(|(_, n)| *n >= enough.few * enough.many).map(|(other, _)| (DocIx(other as usize), DocIx(doc))));
    }
    pairs.sort_unstable();
    pairs
}

/// Earlier documents of a group that its `n`th is tied to.
fn tied(group: &[Place], n: usize) -> impl Iterator<Item = u32> + '_ {
    let many = group.len() > FEW;
    group[..n].iter().enumerate().filter(move |(i, _)| !many || *i < NEIGHBOURS || n - i <= NEIGHBOURS).map(|(_, place)| place.1)
}

/// What a rewrite cannot change: quotations of four words or more, figures, names of people and bodies.
fn facts(corpus: &Corpus, doc: DocIx) -> Vec<u64> {
    let notes = corpus.notes(doc);
    let quotes = notes.attributions.iter().flat_map(|attribution| &attribution.verbatim);
    let quoted = quotes.flat_map(|&span| {
        let words = plain_words(corpus.slice(doc, span));
        words.windows(4).step_by(4).map(|window| hashed(("quote", window))).collect::<Vec<_>>()
    });
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    let figures = notes.quantities.iter().map(|quantity| hashed(("figure", bits(quantity.low.or(quantity.high)))));
    let named = notes.entities.iter().filter(|entity| entity.named && matches!(entity.kind, EntityKind::Person | EntityKind::Organization));
    let names = named.map(|entity| hashed(("name", plain_words(&entity.name).last())));
    quoted.chain(figures).chain(names).collect()
}
