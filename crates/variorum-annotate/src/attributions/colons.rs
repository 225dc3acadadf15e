//! Who speaks where a colon or dash is all the cue there is?
//!
//! "Bel: no deal without talks", `Ruan: “Never.”`, and in headlines the source at the end, "Toll rises to two - Agency". The side that names the
//! source is a short phrase without a verb whose head is an actor; labels ("Verdict: false") are not actors.

use variorum_model::{AttributionKind, BlockKind, EntityKind, Span, TokenId, Upos};

use super::grammar::{lemma, trimmed};
use super::lexicon::WordClass;
use super::sources::Source;
use super::{Found, Reading, descriptions};

/// Longest source, in words.
const LONGEST_SOURCE: usize = 8;

/// Below a headline, fewer unquoted words behind a colon are a heading or a row of a table ("Bel: wait and see"), without the stop.
const SHORTEST_CONTENT: usize = 4;

/// Attributions by colon or dash that no cue has found.
pub(super) fn found<'l>(reading: &Reading, others: &[Found<'l>]) -> Vec<Found<'l>> {
    let mut found = Vec::new();
    for (span, kind) in stretches(reading) {
        let tokens: Vec<TokenId> = reading.parse.tokens_in(span).collect();
        let by_colon = source_first(reading, &tokens, kind);
        let attribution = by_colon.or_else(|| if kind == BlockKind::Headline { source_last(reading, &tokens) } else { None });
        found.extend(attribution.filter(|new| {
            !others.iter().any(|old| overlap(&old.content, &new.content) > new.content.len() / 2 && !new.content.contains(&old.head))
        }));
    }
    found
}

/// Headlines as they stand; of the rest each sentence up to the end of its block, so that a quotation after the colon is whole.
fn stretches(reading: &Reading) -> Vec<(Span, BlockKind)> {
    let mut stretches = Vec::new();
    for sentence in &reading.parse.sentences {
        let block = reading.doc.block_at(sentence.span.start());
        let kind = block.map_or(BlockKind::Paragraph, |block| block.kind);
        let whole = block.filter(|_| kind == BlockKind::Headline).map_or(sentence.span, |block| block.span);
        if stretches.last() != Some(&(whole, kind)) {
            stretches.push((whole, kind));
        }
    }
    stretches
}

fn overlap(a: &[TokenId], b: &[TokenId]) -> usize {
    a.iter().filter(|token| b.contains(token)).count()
}

fn source_first<'l>(reading: &Reading, tokens: &[TokenId], kind: BlockKind) -> Option<Found<'l>> {
    let colon = tokens.iter().position(|&token| text(reading, token) == ":").filter(|&i| i > 0 && i <= LONGEST_SOURCE)?;
    if is_counted(reading, tokens, colon) {
        return None;
    }
    let source = named(reading, &tokens[..colon])?;
    let after = &tokens[colon + 1..];
    let quoted = reading.quotes.iter().find(|quote| {
        !quote.nested
            && after.first().is_some_and(|&first| quote.outer.start() <= reading.parse.token(first).span.start() && quote.end > first)
    });
    let content: Vec<TokenId> = match quoted {
        Some(quote) => quote.tokens().collect(),
        None if kind == BlockKind::Headline || has_verb(reading, after) && after.len() > SHORTEST_CONTENT => after.to_vec(),
        None => return None,
    };
    made(reading, tokens[colon], source, content)
}

/// "9:52", "Bel: 2,316": a clock time or a score.
fn is_counted(reading: &Reading, tokens: &[TokenId], colon: usize) -> bool {
    let number = |token: &TokenId| text(reading, *token).starts_with(|c: char| c.is_ascii_digit());
    let words = tokens[colon + 1..].iter().filter(|&&token| reading.parse.token(token).upos != Upos::Punct);
    number(&tokens[colon - 1]) && tokens.get(colon + 1).is_some_and(number) || words.clone().count() == 1 && words.clone().all(number)
}

fn source_last<'l>(reading: &Reading, tokens: &[TokenId]) -> Option<Found<'l>> {
    let mark = tokens.iter().rposition(|&token| matches!(text(reading, token), ":" | "-" | "–" | "—"))?;
    let (before, after) = (&tokens[..mark], &tokens[mark + 1..]);
    let hyphen = text(reading, tokens[mark]) != ":" && !is_spaced(reading, tokens[mark]);
    if hyphen || after.is_empty() || after.len() > LONGEST_SOURCE / 2 || !has_verb(reading, before) {
        return None;
    }
    made(reading, tokens[mark], named(reading, after)?, before.to_vec())
}

/// "first-ever" has a hyphen, "two - Agency" a dash.
fn is_spaced(reading: &Reading, mark: TokenId) -> bool {
    let start = reading.parse.token(mark).span.start();
    reading.doc.text[..start].ends_with(char::is_whitespace)
}

fn made<'l>(reading: &Reading, mark: TokenId, source: Source, content: Vec<TokenId>) -> Option<Found<'l>> {
    let content = trimmed(reading.parse, content);
    (!content.is_empty()).then(|| Found {
        head: mark,
        lemma: None,
        row: None,
        cue: vec![mark],
        source: Some(source),
        content,
        addressee: None,
        traces: None,
    })
}

/// A phrase without a verb whose head is an actor.
fn named(reading: &Reading, tokens: &[TokenId]) -> Option<Source> {
    let tokens = trimmed(reading.parse, tokens.to_vec());
    let span = reading.parse.span_of(&tokens)?;
    if has_verb(reading, &tokens) {
        return None;
    }
    let head = reading.parse.head_of_span(span)?;
    let mention = reading.actors.entity_of(head).or_else(|| reading.actors.within(span).map(|mention| mention.entity));
    let speaks = match mention {
        Some(mention) => reading.actors.entities[mention.index()].kind != EntityKind::Thing,
        // "Study: …", "… – ambassador": a noun that names a report or somebody.
        None => finds(reading, head) || descriptions::acts(reading, head),
    };
    speaks.then_some(Source { head, tokens })
}

/// "study", "inquiry": nouns by which a finding is signalled.
fn finds(reading: &Reading, noun: TokenId) -> bool {
    let rows = reading.lexicon.rows(&lemma(reading.parse, noun), WordClass::Noun);
    rows.iter().any(|row| row.kind == AttributionKind::Finding)
}

fn has_verb(reading: &Reading, tokens: &[TokenId]) -> bool {
    tokens.iter().any(|&token| matches!(reading.parse.token(token).upos, Upos::Verb | Upos::Aux))
}

fn text<'a>(reading: &Reading<'a>, token: TokenId) -> &'a str {
    reading.doc.slice(reading.parse.token(token).span)
}
