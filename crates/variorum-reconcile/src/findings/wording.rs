//! How is a finding worded?
//!
//! Input: what is known. Output: the pieces of our own sentences: a quotation on one line, a day, a range, a list of citations.
//! Example: `shortened` of a long passage is its beginning and "…". Limits: English only.

use std::collections::BTreeSet;

use variorum_model::{
    DateRange, DocumentId, Finding, FindingKind, Precision, RecordId, Span,
    dossier::{Citation, Origins},
};

/// Characters of a quotation in a sentence of ours.
const QUOTE: usize = 110;

pub(super) fn cite(document: &DocumentId, spans: &[Span]) -> Vec<Citation> {
    spans.iter().map(|&span| Citation { document: document.clone(), span }).collect()
}

pub(super) fn finding(
    kind: FindingKind,
    about: RecordId,
    text: String,
    documents: impl IntoIterator<Item = DocumentId>,
    mut evidence: Vec<Citation>,
    weight: u32,
) -> Finding {
    evidence.sort();
    evidence.dedup();
    let documents: BTreeSet<DocumentId> = documents.into_iter().collect();
    Finding { kind, about: vec![about], text, documents: documents.into_iter().collect(), evidence, weight }
}

/// "2", "1–3".
pub(super) fn range_of(origins: &Origins) -> String {
    if origins.min == origins.max { origins.min.to_string() } else { format!("{}–{}", origins.min, origins.max) }
}

pub(super) fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// On one line, cut at a word.
pub(super) fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTE {
        return line;
    }
    let cut: String = line.chars().take(QUOTE).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}

/// A sentence on one line, whole but for one that no reader would finish: with a clause alone a negation or a name is easily lost.
pub(super) fn in_full(text: &str) -> String {
    const LONGEST: usize = 320;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}

/// "3 September 2025", "June 2024", "2024", "3 to 6 September 2025".
pub(super) fn date_words(range: DateRange) -> String {
    let (first, last) = (range.earliest(), range.latest());
    match range.precision() {
        _ if first == last => first.strftime("%-d %B %Y").to_string(),
        Precision::Month => first.strftime("%B %Y").to_string(),
        Precision::Year => first.strftime("%Y").to_string(),
        _ if first.year() == last.year() && first.month() == last.month() => format!("{} to {}", first.day(), last.strftime("%-d %B %Y")),
        _ if first.year() == last.year() => format!("{} to {}", first.strftime("%-d %B"), last.strftime("%-d %B %Y")),
        _ => format!("{} to {}", first.strftime("%-d %B %Y"), last.strftime("%-d %B %Y")),
    }
}

/// A passage on one line, cut on both sides so that a part of it stays.
pub(super) fn around(text: &str, passage: Span, part: Span) -> String {
    let whole = shortened(passage.of(text));
    if !whole.ends_with('…') {
        return whole;
    }
    let room = QUOTE.saturating_sub(part.len()) / 2;
    let kept = |words: String| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, behind) = (&text[passage.start()..part.start()], &text[part.end()..passage.end()]);
    let behind_cut: String = behind.chars().take(room).collect();
    let before_cut: String =
        before.chars().rev().take(2 * room - behind_cut.chars().count().min(room)).collect::<Vec<_>>().into_iter().rev().collect();
    let before = match before_cut.len() < before.len() {
        true => format!("… {}", before_cut.split_once(' ').map_or("", |(_, rest)| rest)),
        false => before.to_owned(),
    };
    let behind = match behind_cut.len() < behind.len() {
        true => format!("{} …", behind_cut.rsplit_once(' ').map_or("", |(rest, _)| rest)),
        false => behind.to_owned(),
    };
    kept(format!("{before}{}{behind}", part.of(text)))
}
