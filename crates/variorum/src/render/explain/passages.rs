//! Which sentences are shown together?
//!
//! Input: for each record the spans it stands at. Output: passages, each a few sentences with the records that stand in them. Sentences that one record
//! ties together (a quotation that runs on, a speaker named in the next sentence) are one passage. Example: of `"It holds." "It has to," said Ada.`
//! as one attribution, both sentences. Limits: what stands outside any sentence is shown with its block.

use variorum_model::{Document, Parse, SentenceId, Span};
use variorum_reconcile::Annotated;

/// Sentences with the records that stand in them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Passage {
    /// In text order.
    pub(super) stretches: Vec<Stretch>,
    /// Indices of records, rising.
    pub(super) records: Vec<usize>,
}

/// Neighbouring sentences of one block.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) span: Span,
    /// Whether sentences are left out before it.
    pub(super) after_gap: bool,
}

/// Where something stands: a sentence, or a stretch outside all of them. In text order.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    span: Span,
    sentence: Option<u32>,
}

/// Passages in text order; a record without a span is in none.
pub(super) fn passages(doc: &Annotated, records: &[Vec<Span>]) -> Vec<Passage> {
    let mut groups: Vec<(Vec<Piece>, Vec<usize>)> = Vec::new();
    for (record, spans) in records.iter().enumerate().filter(|(_, spans)| !spans.is_empty()) {
        let mut pieces: Vec<Piece> = spans.iter().flat_map(|&span| pieces(doc, span)).collect();
        let mut members = vec![record];
        let (tied, apart) = groups.into_iter().partition(|(group, _)| group.iter().any(|piece| pieces.contains(piece)));
        groups = apart;
        for (group, others) in tied as Vec<(Vec<Piece>, Vec<usize>)> {
            pieces.extend(group);
            members.extend(others);
        }
        pieces.sort();
        pieces.dedup();
        members.sort_unstable();
        groups.push((pieces, members));
    }
    groups.sort();
    groups.into_iter().map(|(pieces, records)| Passage { stretches: stretches(&doc.document, &pieces), records }).collect()
}

/// The sentences a span runs over, or its block.
fn pieces(doc: &Annotated, span: Span) -> Vec<Piece> {
    let parse: &Parse = &doc.parse;
    let first = parse.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    let over = parse.sentences[first..].iter().take_while(|sentence| sentence.span.start() < span.end()).count();
    let ids = (first..first + over).map(|i| SentenceId(u32::try_from(i).expect("sentences are counted in 32 bits")));
    let found: Vec<Piece> = ids.map(|id| Piece { span: parse.sentence(id).span, sentence: Some(id.0) }).collect();
    if found.is_empty() {
        let block = doc.document.block_at(span.start()).map(|block| block.span);
        return vec![Piece { span: block.filter(|block| block.contains(span)).unwrap_or(span), sentence: None }];
    }
    found
}

fn stretches(doc: &Document, pieces: &[Piece]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut before: Option<u32> = None;
    for piece in pieces {
        let next = before.is_some() && piece.sentence == before.map(|id| id + 1);
        match stretches.last_mut() {
            Some(last) if next && same_block(doc, last.span, piece.span) => last.span = last.span.cover(piece.span),
            last => {
                let after_gap = last.is_some() && !next;
                stretches.push(Stretch { span: piece.span, after_gap });
            }
        }
        before = piece.sentence;
    }
    stretches
}

fn same_block(doc: &Document, a: Span, b: Span) -> bool {
    doc.block_at(a.start()).is_some_and(|block| block.span.contains(b))
}
