//! Who goes on speaking after the cue's sentence?
//!
//! `“We ran,” she said. “Nobody knocked.”`: the second quotation has no cue of its own and continues the first. So does the rest of a quotation that the cue
//! interrupts, and a quotation that fills the next paragraph. A quotation that another cue claims does not, nor a few quoted words in a sentence.

use variorum_model::{AttributionKind, TokenId, Upos};

use super::grammar::union;
use super::quotes::Quote;
use super::{Found, Reading};

/// Adds to contents the quotations that continue them.
pub(super) fn extend(reading: &Reading, found: &mut [Found]) {
    for i in 0..reading.quotes.len() {
        let quote = &reading.quotes[i];
        if quote.nested || is_claimed(quote, found) {
            continue;
        }
        if let Some(speaker) = interrupted(reading, quote, found).or_else(|| spoken_before(reading, quote, found)) {
            let content = std::mem::take(&mut found[speaker].content);
            found[speaker].content = union(content, quote.tokens());
        }
    }
}

/// Leaves out what quoted words tell of others' words where nobody is found to speak them: whoever is named inside is not whom the document reports.
pub(super) fn without_unclaimed(reading: &Reading, found: &mut Vec<Found>) {
    // A mark left open in the middle of a paragraph may be a slip of the pen.
    let begins_block =
        |quote: &Quote| reading.doc.block_at(quote.outer.start()).is_some_and(|block| block.span.start() == quote.outer.start());
    let whole = |quote: &Quote| quote.outer.end() > quote.inner.end() || begins_block(quote);
    let unclaimed: Vec<&Quote> = reading.quotes.iter().filter(|quote| !quote.nested && whole(quote) && !is_claimed(quote, found)).collect();
    let inside = |found: &Found, quote: &Quote| {
        let source = found.source.iter().flat_map(|source| &source.tokens);
        std::iter::once(&found.head).chain(source).all(|&token| quote.holds(token))
    };
    found.retain(|found| !unclaimed.iter().any(|quote| inside(found, quote)));
}

/// Whether some cue outside the quotation has it in its content.
pub(super) fn is_claimed(quote: &Quote, found: &[Found]) -> bool {
    found.iter().any(|found| !quote.holds(found.head) && found.content.iter().any(|&token| quote.holds(token)))
}

/// `“First,” Bel said, “second.”`: only the cue and its source stand between.
fn interrupted(reading: &Reading, quote: &Quote, found: &[Found]) -> Option<usize> {
    let before = previous_quote(reading, quote)?;
    let between = || (before.end.0..quote.first.0).map(TokenId);
    found.iter().position(|found| {
        let mine = |token: TokenId| {
            found.cue.contains(&token)
                || found.source.as_ref().is_some_and(|source| source.tokens.contains(&token))
                || reading.parse.token(token).upos == Upos::Punct
                || found.addressee.is_some_and(|told| reading.parse.is_within(token, told))
        };
        found.content.iter().any(|&token| before.holds(token)) && between().any(|token| token == found.head) && between().all(mine)
    })
}

fn previous_quote<'a>(reading: &Reading<'a>, quote: &Quote) -> Option<&'a Quote> {
    reading.quotes.iter().rfind(|before| !before.nested && before.end <= quote.first)
}

/// A quotation of whole sentences right after a sentence in which somebody is said to say something.
fn spoken_before(reading: &Reading, quote: &Quote, found: &[Found]) -> Option<usize> {
    let parse = reading.parse;
    let sentence = parse.token(quote.first).sentence;
    let begins = (parse.sentence(sentence).first.0..quote.first.0).all(|i| parse.token(TokenId(i)).upos == Upos::Punct);
    if !begins || !is_whole_sentences(reading, quote) {
        return None;
    }
    let before = TokenId(parse.sentence(sentence).first.0.checked_sub(1)?);
    let new_paragraph = reading.doc.block_at(parse.token(before).span.start()).map(|block| block.span)
        != reading.doc.block_at(quote.outer.start()).map(|block| block.span);
    let last_sentence = parse.token(before).sentence;
    let speaks = |found: &Found| {
        let here = parse.token(found.head).sentence == last_sentence || found.content.contains(&last_word(reading, before));
        let speech = found.row.is_none_or(|row| row.kind == AttributionKind::Speech);
        let quoted = reading.quotes.iter().any(|quote| !quote.holds(found.head) && found.content.iter().any(|&token| quote.holds(token)));
        let outside = !reading.quotes.iter().any(|quote| quote.holds(found.head));
        here && speech && outside && found.source.is_some() && (quoted || !new_paragraph || fills_paragraph(reading, quote))
    };
    // Whoever has been quoted before others; then the outermost speaker of the sentence, and of equal ones the first.
    let quoted = |found: &Found| {
        found.content.iter().any(|&token| reading.quotes.iter().any(|quote| quote.holds(token) && !quote.holds(found.head)))
    };
    let participle = |found: &Found| parse.token(found.head).tag == "VBG";
    let rank = |&i: &usize| (quoted(&found[i]), !participle(&found[i]), found[i].content.len(), std::cmp::Reverse(found[i].head));
    (0..found.len()).filter(|&i| speaks(&found[i])).max_by_key(rank)
}

/// The last word at or before a token.
fn last_word(reading: &Reading, from: TokenId) -> TokenId {
    (0..=from.0).rev().map(TokenId).find(|&token| reading.parse.token(token).upos != Upos::Punct).unwrap_or(from)
}

/// A paragraph that is one quotation: whoever spoke last goes on, whether his words before were quoted or told.
fn fills_paragraph(reading: &Reading, quote: &Quote) -> bool {
    reading.doc.block_at(quote.outer.start()).is_some_and(|block| block.span.trimmed(&reading.doc.text) == Some(quote.outer))
}

/// Whether a quotation ends where a sentence ends.
fn is_whole_sentences(reading: &Reading, quote: &Quote) -> bool {
    let inner = reading.doc.slice(quote.inner);
    let ends_block = reading.doc.block_at(quote.outer.start()).is_some_and(|block| block.span.end() == quote.outer.end());
    ends_block || inner.ends_with(['.', '?', '!', '…'])
}
