//! Which reports of an affair is the set made from?
//!
//! Input: a folder of reports. Output: the original, the wire's text, and paragraphs that others lend. The original is the longest; those most like it are left out, for
//! they may descend from it on their own; the wire's text is the longest of the rest, and the remaining ones lend their halves.
//! Limits: an affair of less than six reports gives nothing.

use std::{
    collections::BTreeMap,
    path::Path,
};

use jiff::{ToSpan, civil::Date};
use variorum::{Document, reading};
use variorum_model::BlockKind;

use super::sentences::sentences;

/// Reports that are most like the original and left out.
const LIKEST: usize = 2;
/// Characters from which a paragraph is running text.
const PARAGRAPH: usize = 60;

/// What one affair gives.
pub(super) struct Sources {
    pub(super) original: Vec<String>,
    pub(super) wire: Vec<String>,
    pub(super) published: Date,
    halves: Vec<Vec<String>>,
    headlines: Vec<String>,
}

impl Sources {
    /// None where there are too few reports.
    pub(super) fn of(reports: &Path) -> Result<Option<Self>, String> {
        let reading = reading::read(&[reports.to_string_lossy().into_owned()]);
        let mut texts: Vec<(&Document, Vec<String>)> = reading.documents.iter().map(|doc| (doc, paragraphs(doc))).collect();
        texts.retain(|(_, paragraphs)| paragraphs.len() >= 4);
        if texts.len() < LIKEST + 4 {
            return Ok(None);
        }
        texts.sort_by_key(|(doc, paragraphs)| (std::cmp::Reverse(length(paragraphs)), doc.path.clone()));
        let (doc, original) = texts.remove(0);
        texts.sort_by(|x, y| likeness(&original, &x.1).total_cmp(&likeness(&original, &y.1)).then(x.0.path.cmp(&y.0.path)));
        texts.truncate(texts.len() - LIKEST);
        texts.sort_by_key(|(doc, paragraphs)| (std::cmp::Reverse(length(paragraphs)), doc.path.clone()));
        let (_, wire) = texts.remove(0);
        let published = doc.published.map_or(jiff::civil::date(2022, 5, 18), |dated| dated.range.earliest());
        let halves = texts.iter().flat_map(|(_, paragraphs)| halves(paragraphs)).collect();
        let headlines = reading.documents.iter().filter_map(|doc| doc.title.clone()).collect();
        Ok(Some(Self { original, wire, published, halves, headlines }))
    }

    /// Some days after the original, as it is written in metadata.
    pub(super) fn day(&self, days: i64) -> String {
        self.published.checked_add(days.days()).expect("news is of our time").to_string()
    }

    /// Paragraphs of a report that has nothing to do with the original.
    pub(super) fn lent(&self, n: usize) -> Vec<String> {
        self.halves[n % self.halves.len()].clone()
    }

    pub(super) fn headline(&self, n: usize) -> String {
        self.headlines[n % self.headlines.len()].clone()
    }
}

/// Running text without datelines.
fn paragraphs(doc: &Document) -> Vec<String> {
    let blocks = doc.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let texts = blocks.map(|block| without_dateline(doc.slice(block.span)));
    texts.filter(|text| text.len() >= PARAGRAPH && !text.starts_with('(')).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn without_dateline(paragraph: &str) -> &str {
    const LONGEST: usize = 90;
    let ends = [") — ", ") – ", ") - ", "/. "].iter().filter_map(|end| paragraph.find(end).map(|at| at + end.len()));
    ends.filter(|&at| at <= LONGEST).max().map_or(paragraph, |at| &paragraph[at..])
}

fn length(paragraphs: &[String]) -> usize {
    paragraphs.iter().map(String::len).sum()
}

fn halves(paragraphs: &[String]) -> Vec<Vec<String>> {
    let (first, second) = paragraphs.split_at(paragraphs.len().div_ceil(2));
    vec![first.to_vec(), second.to_vec()]
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
