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

/// Words in a shingle, and shared shingles from which a pair is aligned.
const SHINGLE: usize = 4;
const SHARED_SHINGLES: u16 = 4;
/// Shared facts from which a pair may be a rewrite.
const SHARED_FACTS: u16 = 3;
/// Documents up to which a key ties each to each; and how many it ties a document to beyond that, on either side.
const FEW: usize = 8;
const NEIGHBOURS: usize = 3;

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

/// Pairs of documents that meet at `enough` keys.
fn pairs(mut places: Vec<Place>, enough: u16) -> Vec<(DocIx, DocIx)> {
    places.sort_unstable();
    places.dedup();
    let mut shared: FxHashMap<(u32, u32), u16> = FxHashMap::default();
    for group in places.chunk_by(|x, y| x.0 == y.0) {
        for (n, &(_, b)) in group.iter().enumerate() {
            let tied = |i: usize| group.len() <= FEW || i < NEIGHBOURS || n - i <= NEIGHBOURS;
            for &(_, a) in group[..n].iter().enumerate().filter(|(i, _)| tied(*i)).map(|(_, place)| place) {
                let count = shared.entry((a, b)).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    let mut pairs: Vec<(DocIx, DocIx)> =
        shared.into_iter().filter(|(_, n)| *n >= enough).map(|((a, b), _)| (DocIx(a as usize), DocIx(b as usize))).collect();
    pairs.sort_unstable();
    pairs
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
