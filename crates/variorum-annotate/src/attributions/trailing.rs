//! Whose words does a participle at the end of a sentence bring?
//!
//! "Moss rejected the notion that the dam was old, arguing that it was safe": the parser hangs "arguing" somewhere inside what is rejected, yet Moss argues. Input: all that is
//! found in a document. Output: the outer contents end before such a participle, and its source is that of the outer.
//!
//! Limits: behind a clause of somebody else ("said Bel had left, saying he was ill") the participle may be Bel's, and stays where it is.

use variorum_model::{AttributionKind, Deprel, TokenId, Upos};

use super::descriptions::is_phrase;
use super::grammar::trimmed;
use super::{Found, Reading};

/// Takes participles of speech that end a content out of it.
pub(super) fn part(reading: &Reading, found: &mut [Found]) {
    for inner in 0..found.len() {
        let Some(comma) = comma_before(reading, &found[inner]) else { continue };
        let outer = (0..found.len()).filter(|&outer| outer != inner && ends_with(reading, &found[outer], &found[inner]));
        let Some(outer) = outer.min_by_key(|&outer| found[outer].head) else { continue };
        let content = std::mem::take(&mut found[outer].content);
        found[outer].content = trimmed(reading.parse, content.into_iter().filter(|&token| token < comma).collect());
        found[inner].source = found[outer].source.clone();
    }
}

/// The comma or dash before a participle that speaks in a clause of its own.
fn comma_before(reading: &Reading, found: &Found) -> Option<TokenId> {
    let parse = reading.parse;
    let speaks = found.row.is_some_and(|row| row.kind == AttributionKind::Speech);
    let clause = !is_phrase(reading, &found.content) && found.content.first().is_some_and(|&first| first > found.head);
    let participle = parse.token(found.head).tag == "VBG" && parse.token(found.head).deprel != Deprel::Amod;
    let first = *found.cue.first()?;
    let before = first.0.checked_sub(1).map(TokenId).filter(|_| speaks && clause && participle)?;
    matches!(reading.doc.slice(parse.token(before).span), "," | "-" | "–" | "—" | "--").then_some(before)
}

/// Whether the participle and its words are the end of what another cue of the sentence reports as a phrase or an aim.
fn ends_with(reading: &Reading, outer: &Found, inner: &Found) -> bool {
    let parse = reading.parse;
    let quoted = reading.quotes.iter().any(|quote| quote.holds(inner.head));
    let here = outer.head < inner.head && parse.token(outer.head).sentence == parse.token(inner.head).sentence && !quoted;
    let before: Vec<TokenId> = outer.content.iter().copied().filter(|&token| token < inner.head).collect();
    let after = outer.content.iter().all(|&token| {
        token <= inner.head || inner.content.contains(&token) || inner.cue.contains(&token) || parse.token(token).upos == Upos::Punct
    });
    let starts = before.first().is_some_and(|&first| outer.head < first);
    here && starts && after && outer.source.is_some() && outer.content.contains(&inner.head) && has_no_clause(reading, outer, &before)
}

/// A noun phrase, or what is to be done: "declined to claim victory".
fn has_no_clause(reading: &Reading, outer: &Found, before: &[TokenId]) -> bool {
    let parse = reading.parse;
    let mut tops =
        before.iter().copied().filter(|&token| parse.head(token).is_none_or(|head| head == outer.head || !before.contains(&head)));
    is_phrase(reading, before) || tops.all(|top| matches!(parse.token(top).deprel.base(), "xcomp" | "punct" | "case" | "mark"))
}
