//! Which pieces of a report are cited?
//!
//! Input: the spans that records cite, overlapping as they may. Output: pieces, numbered from 1 in text order, cut at the ends of every span and of every
//! block; a span is a run of pieces. So marks never cross. Example: spans 0..5 and 3..8 give pieces 0..3, 3..5, 5..8.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{Document, DocumentId, Dossier, Span};

use super::sheet::{Place, cited, places};

/// What cites a piece; the style tells them apart by line, not by colour alone.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Statement,
    Event,
    Figure,
    Other,
}

/// One letter each, the classes of a mark.
const CLASSES: [&str; 4] = ["s", "e", "f", "o"];

/// A stretch of text within one block that some record cites.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    kinds: [bool; 4],
}

impl Piece {
    pub(super) fn classes(&self) -> String {
        let own: Vec<&str> = CLASSES.iter().zip(self.kinds).filter(|(_, is)| *is).map(|(class, _)| *class).collect();
        own.join(" ")
    }
}

/// The cited pieces of one report.
#[derive(Debug, Default)]
pub(super) struct Passages {
    pub(super) pieces: Vec<Piece>,
}

impl Passages {
    pub(super) fn of(doc: &Document, cited: &[(Span, Kind)]) -> Self {
        let mut cuts: BTreeSet<usize> = doc.blocks.iter().flat_map(|block| [block.span.start(), block.span.end()]).collect();
        let mut turns: BTreeMap<usize, [i64; 4]> = BTreeMap::new();
        for &(span, kind) in cited {
            cuts.extend([span.start(), span.end()]);
            turns.entry(span.start()).or_default()[kind as usize] += 1;
            turns.entry(span.end()).or_default()[kind as usize] -= 1;
        }
        let mut open = [0; 4];
        let mut pieces = Vec::new();
        let cuts: Vec<usize> = cuts.into_iter().collect();
        for pair in cuts.windows(2) {
            for (n, turn) in open.iter_mut().zip(turns.get(&pair[0]).unwrap_or(&[0; 4])) {
                *n += turn;
            }
            if open.iter().any(|&n| n > 0) && doc.block_at(pair[0]).is_some() {
                pieces.push(Piece { start: pair[0], end: pair[1], kinds: open.map(|n| n > 0) });
            }
        }
        Self { pieces }
    }

    /// First and last piece of a span, counted from 1; none where it holds only white space between blocks.
    pub(super) fn range(&self, span: Span) -> Option<(usize, usize)> {
        let first = self.pieces.partition_point(|piece| piece.end <= span.start());
        let last = self.pieces.partition_point(|piece| piece.start < span.end());
        (first < last).then_some((first + 1, last))
    }
}

/// The passages of every report, by number less one.
pub(super) fn collected(dossier: &Dossier, numbers: &BTreeMap<&DocumentId, usize>) -> Vec<Passages> {
    let mut spans: Vec<BTreeSet<(Span, u8)>> = vec![BTreeSet::new(); dossier.documents.len()];
    let mut add = |kind: Kind, place: Place<'_>| {
        if let Some(number) = numbers.get(place.0) {
            spans[number - 1].insert((place.1, kind as u8));
        }
    };
    for reading in dossier.statements.iter().flat_map(|one| &one.readings) {
        places(&reading.document, &reading.evidence).for_each(|place| add(Kind::Statement, place));
    }
    for reading in dossier.events.iter().flat_map(|one| &one.readings) {
        places(&reading.document, &reading.evidence).for_each(|place| add(Kind::Event, place));
    }
    for reading in dossier.figures.iter().flat_map(|one| &one.readings) {
        add(Kind::Figure, (&reading.document, reading.quantity));
    }
    let others =
        dossier.findings.iter().flat_map(|one| cited(&one.evidence)).chain(dossier.lineage.iter().flat_map(|one| cited(&one.evidence)));
    others.for_each(|place| add(Kind::Other, place));
    let kinds = [Kind::Statement, Kind::Event, Kind::Figure, Kind::Other];
    let own = |spans: &BTreeSet<(Span, u8)>| spans.iter().map(|&(span, kind)| (span, kinds[usize::from(kind)])).collect::<Vec<_>>();
    dossier.documents.iter().zip(&spans).map(|(doc, spans)| Passages::of(doc, &own(spans))).collect()
}
