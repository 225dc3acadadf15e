//! Which reports of an affair is the set made from?
//!
//! Input: a folder of reports. Output: the original, the wire's text, and paragraphs that others lend. The original is the first that prints an agency's text; those most
//! like it, and those that share a run of words with one that is used, are left out, for they may descend from it on their own; the wire's text is the longest of the
//! rest, and the remaining ones lend their parts.
//! Limits: an affair of which less than four reports are left gives nothing; who rewrote another of them by hand is not known.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use jiff::{ToSpan, civil::Date};
use variorum::{Document, reading};
use variorum_model::{BlockKind, CreditKind};

use super::sentences::sentences;

/// Reports that are most like the original and left out.
const LIKEST: usize = 2;
/// How many times paragraphs are lent.
pub(super) const PIECES: usize = 5;
/// Characters from which a paragraph is running text.
const PARAGRAPH: usize = 60;

/// What one affair gives.
pub(super) struct Sources {
    pub(super) original: Vec<String>,
    pub(super) wire: Vec<String>,
    pub(super) published: Date,
    pieces: Vec<Vec<String>>,
    headlines: Vec<String>,
}

impl Sources {
    /// None where there are too few reports.
    pub(super) fn of(reports: &Path) -> Result<Option<Self>, String> {
        let reading = reading::read(&[reports.to_string_lossy().into_owned()]);
        let mut texts: Vec<(&Document, Vec<String>)> = reading.documents.iter().map(|doc| (doc, paragraphs(doc))).collect();
        texts.retain(|(_, paragraphs)| paragraphs.len() >= 4);
        let Some(first) = texts.iter().position(|(doc, _)| doc.credits.iter().any(|credit| credit.kind == CreditKind::Text)) else {
            return Ok(None);
        };
        let (doc, original) = texts.remove(first);
        texts.sort_by(|x, y| likeness(&original, &x.1).total_cmp(&likeness(&original, &y.1)).then(x.0.path.cmp(&y.0.path)));
        texts.truncate(texts.len().saturating_sub(LIKEST.max(texts.len() / 3)));
        texts.sort_by_key(|(doc, paragraphs)| (std::cmp::Reverse(length(paragraphs)), doc.path.clone()));
        let mut used = runs(&original);
        texts.retain(|(_, paragraphs)| {
            let own = runs(paragraphs);
            let apart = own.is_disjoint(&used);
            if apart {
                used.extend(own);
            }
            apart
        });
        if texts.len() < 3 {
            return Ok(None);
        }
        let (_, wire) = texts.remove(0);
        let published = doc.published.map_or(jiff::civil::date(2022, 5, 18), |dated| dated.range.earliest());
        let parts = PIECES.div_ceil(texts.len());
        let pieces = (0..parts).flat_map(|part| texts.iter().map(move |(_, paragraphs)| piece(paragraphs, part, parts))).collect();
        let headlines = reading.documents.iter().filter_map(|doc| doc.title.clone()).collect();
        Ok(Some(Self { original, wire, published, pieces, headlines }))
    }

    /// Some days after the original, as it is written in metadata.
    pub(super) fn day(&self, days: i64) -> String {
        self.published.checked_add(days.days()).expect("news is of our time").to_string()
    }

    /// Paragraphs of a report that has nothing to do with the original, each lent once; `n` is below [`PIECES`].
    pub(super) fn lent(&self, n: usize) -> Vec<String> {
        self.pieces[n].clone()
    }

    pub(super) fn headline(&self, n: usize) -> String {
        self.headlines[n % self.headlines.len()].clone()
    }
}

/// Running text without datelines.
fn paragraphs(doc: &Document) -> Vec<String> {
    let blocks = doc.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let texts = blocks.map(|block| without_dateline(doc.slice(block.span)));
    texts
        .filter(|text| text.len() >= PARAGRAPH && !text.starts_with('('))
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

fn without_dateline(paragraph: &str) -> &str {
    const LONGEST: usize = 90;
    let ends = [") — ", ") – ", ") - ", "/. "].iter().filter_map(|end| paragraph.find(end).map(|at| at + end.len()));
    ends.filter(|&at| at <= LONGEST).max().map_or(paragraph, |at| &paragraph[at..])
}

fn length(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(String::len).sum()
}

/// The paragraphs of one of several parts of a report.
fn piece(paragraphs: &[String], part: usize, parts: usize) -> Vec<String> {
    let at = |part: usize| paragraphs.len() * part / parts;
    paragraphs[at(part)..at(part + 1)].to_vec()
}

/// Every so many words in a row.
fn runs(paragraphs: &[String]) -> BTreeSet<Vec<String>> {
    const RUN: usize = 8;
    let plain = |paragraph: &String| -> Vec<String> {
        paragraph.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    paragraphs.iter().flat_map(|paragraph| plain(paragraph).windows(RUN).map(<[String]>::to_vec).collect::<Vec<_>>()).collect()
}

/// Cosine of counts of words of five letters and more.
fn likeness(a: &[String], b: &[String]) -> f64 {
    let (x, y) = (counts(a), counts(b));
    let dot: f64 = x.iter().filter_map(|(word, n)| y.get(word).map(|m| n * m)).sum();
    let norm = |counts: &BTreeMap<String, f64>| counts.values().map(|n| n * n).sum::<f64>().sqrt();
    dot / (norm(&x) * norm(&y)).max(1.0)
}

fn counts(paragraphs: &[String]) -> BTreeMap<String, f64> {
    let mut counts = BTreeMap::new();
    for sentence in paragraphs.iter().flat_map(|paragraph| sentences(paragraph)) {
        for word in sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 5) {
            *counts.entry(word.to_lowercase()).or_insert(0.0) += 1.0;
        }
    }
    counts
}
