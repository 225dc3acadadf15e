//! Who speaks in a transcript?
//!
//! "OBEL: I do. We believe it is lost." A block that begins with a short label and a colon is a turn where the document has several such blocks: labels that
//! come back, or labels in capitals. Input: the blocks. Output: one attribution a turn; its content runs to the next turn, over further paragraphs. Ordinary
//! reports, where one paragraph begins with "Update:", have no turns.
//!
//! Limits: a turn ends with the last block of the document where nothing marks its end.

use rustc_hash::FxHashMap;
use variorum_model::{Block, BlockKind, TokenId, Upos};

use super::grammar::trimmed;
use super::sources::Source;
use super::{Found, Reading};

/// Longest label, in words.
const LONGEST_LABEL: usize = 5;
/// So many turns make a transcript.
const FEWEST_TURNS: usize = 4;

/// A block that begins with a label.
struct Turn {
    label: Vec<TokenId>,
    colon: TokenId,
}

/// One attribution a turn; none where the document is no transcript.
pub(super) fn found<'l>(reading: &Reading) -> Vec<Found<'l>> {
    let blocks: Vec<&Block> = reading.doc.content_blocks().collect();
    let turns = of_transcript(reading, blocks.iter().map(|block| turn(reading, block)).collect());
    let n_turns = turns.iter().flatten().count();
    if n_turns < FEWEST_TURNS {
        return Vec::new();
    }
    let mut found: Vec<Found> = Vec::new();
    for (block, turn) in blocks.iter().zip(turns) {
        let tokens = reading.parse.tokens_in(block.span);
        match turn {
            Some(turn) => found.push(opened(reading, turn, tokens.collect())),
            None if matches!(block.kind, BlockKind::Paragraph) => {
                if let Some(open) = found.last_mut() {
                    open.content.extend(tokens);
                }
            }
            None => {}
        }
    }
    found.iter_mut().for_each(|turn| turn.content = trimmed(reading.parse, std::mem::take(&mut turn.content)));
    found.retain(|turn| !turn.content.is_empty());
    found
}

/// The turns that the others confirm: labels that come back, and labels in capitals.
fn of_transcript(reading: &Reading, mut turns: Vec<Option<Turn>>) -> Vec<Option<Turn>> {
    let text = |turn: &Turn| reading.parse.span_of(&turn.label).map(|span| reading.doc.slice(span).to_owned());
    let mut times: FxHashMap<String, usize> = FxHashMap::default();
    turns.iter().flatten().filter_map(text).for_each(|label| *times.entry(label).or_default() += 1);
    let confirmed = |turn: &Turn| text(turn).is_some_and(|label| times[&label] > 1 || label.len() > 1 && label == label.to_uppercase());
    turns.iter_mut().for_each(|turn| *turn = turn.take().filter(confirmed));
    turns
}

fn turn(reading: &Reading, block: &Block) -> Option<Turn> {
    let parse = reading.parse;
    let first: Vec<TokenId> = parse.tokens_in(block.span).take(LONGEST_LABEL + 1).collect();
    let at = first.iter().position(|&token| reading.doc.slice(parse.token(token).span) == ":")?;
    let label = first[..at].to_vec();
    let verbal = label.iter().any(|&token| matches!(parse.token(token).upos, Upos::Aux | Upos::Punct) || parse.token(token).tag == "VBD");
    let capital = label.first().is_some_and(|&token| reading.doc.slice(parse.token(token).span).starts_with(char::is_uppercase));
    (capital && !verbal && matches!(block.kind, BlockKind::Paragraph)).then_some(Turn { label, colon: first[at] })
}

fn opened<'l>(reading: &Reading, turn: Turn, tokens: Vec<TokenId>) -> Found<'l> {
    let head = reading.parse.span_of(&turn.label).and_then(|span| reading.parse.head_of_span(span)).unwrap_or(turn.label[0]);
    Found {
        head: turn.colon,
        lemma: None,
        row: None,
        cue: vec![turn.colon],
        source: Some(Source { head, tokens: turn.label }),
        content: tokens.into_iter().filter(|&token| token > turn.colon).collect(),
        addressee: None,
        traces: None,
    }
}
