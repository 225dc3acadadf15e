//! Whose is a quotation that a clause leads up to, or that a misread verb follows?
//!
//! `Bel struck a cooler note: “…”` has no word of speech: the subject of the clause before the colon speaks. `“…,” vowed harbour boss Bel.` has one, which the
//! parser takes for a participle beside the name. Input: quotations that no attribution holds. Output: attributions for those led up to by somebody.
//!
//! Limits: "here is what everybody quotes: …" names nobody, and stays unclaimed.

use variorum_model::{AttributionKind, Deprel, EntityKind, TokenId, Upos};

use super::continuation::is_claimed;
use super::grammar::{is_nominal, own_subject, trimmed};
use super::lexicon::{CueRow, Frame, WordClass};
use super::quotes::Quote;
use super::sources::Source;
use super::{Found, Reading};

/// Fewer quoted words are a name or a catchword.
const SHORTEST: usize = 4;

/// Attributions for quotations that stand in no content.
pub(super) fn found<'l>(reading: &Reading<'l>, others: &[Found<'l>]) -> Vec<Found<'l>> {
    let whole = |quote: &&Quote| !quote.nested && !quote.continues && quote.tokens().count() > SHORTEST && holds_verb(reading, quote);
    let unclaimed = reading.quotes.iter().filter(whole).filter(|quote| !is_claimed(quote, others));
    unclaimed.filter_map(|quote| followed(reading, quote).or_else(|| led_up_to(reading, quote))).collect()
}

fn holds_verb(reading: &Reading, quote: &Quote) -> bool {
    quote.tokens().any(|token| matches!(reading.parse.token(token).upos, Upos::Verb | Upos::Aux))
}

/// `Bel struck a cooler note: “…”`
fn led_up_to<'l>(reading: &Reading<'l>, quote: &Quote) -> Option<Found<'l>> {
    let parse = reading.parse;
    let text = |token: TokenId| reading.doc.slice(parse.token(token).span);
    let opens = (0..quote.first.0).rev().map(TokenId).find(|&token| parse.token(token).span.end() <= quote.outer.start())?;
    let first = parse.sentence(parse.token(opens).sentence).first;
    let before: Vec<TokenId> = (first.0..opens.0).map(TokenId).collect();
    let head = parse.span_of(&before).filter(|_| text(opens) == ":").and_then(|span| parse.head_of_span(span))?;
    let subject = own_subject(parse, head).filter(|&subject| parse.token(head).upos == Upos::Verb && subject < head)?;
    let source = Source::at(parse, subject, head);
    is_somebody(reading, subject).then(|| Found {
        head: opens,
        lemma: None,
        row: None,
        cue: vec![opens],
        source: Some(source),
        content: trimmed(parse, quote.tokens().collect()),
        addressee: None,
        traces: None,
    })
}

/// Somebody who may speak: no thing, and nobody in particular.
fn is_somebody(reading: &Reading, subject: TokenId) -> bool {
    let entity = reading.actors.entity_of(subject).map(|id| &reading.actors.entities[id.index()]);
    let everybody =
        matches!(reading.parse.token(subject).lemma.as_str(), "everybody" | "everyone" | "nobody" | "anyone" | "somebody" | "someone");
    !everybody && entity.is_some_and(|entity| !matches!(entity.kind, EntityKind::Thing))
}

/// `“…,” vowed harbour boss Bel.`: the verb was taken for a participle beside the noun behind it.
fn followed<'l>(reading: &Reading<'l>, quote: &Quote) -> Option<Found<'l>> {
    let parse = reading.parse;
    let verb = (quote.end.0..parse.tokens.len() as u32).map(TokenId).find(|&token| parse.token(token).span.start() >= quote.outer.end())?;
    let comma = reading.doc.slice(quote.inner).ends_with([',', '!', '?']);
    let participle = matches!(parse.token(verb).tag.as_str(), "VBN" | "VBD") && parse.token(verb).deprel.base() == "amod";
    let noun = parse.head(verb).filter(|&noun| comma && participle && noun > verb && is_nominal(parse, noun))?;
    let name = std::iter::successors(Some(noun), |&at| parse.head(at).filter(|&up| up > at && is_name_of(reading, at))).last()?;
    let (lemma, row) = saying_row(reading, verb)?;
    let tokens = parse.subtree(name).into_iter().filter(|&token| token > verb && parse.token(token).upos != Upos::Punct).collect();
    Some(Found {
        head: verb,
        lemma: Some(lemma),
        row: Some(row),
        cue: vec![verb],
        source: Some(Source { head: name, tokens: trimmed(parse, tokens) }),
        content: trimmed(parse, quote.tokens().collect()),
        addressee: None,
        traces: None,
    })
}

/// "boss" in "harbour boss Bel".
fn is_name_of(reading: &Reading, noun: TokenId) -> bool {
    matches!(reading.parse.token(noun).deprel.base(), "nmod" | "compound" | "flat" | "appos")
        && !matches!(reading.parse.token(noun).deprel, Deprel::Nmod)
}

/// The plain row of a verb that takes quotations.
fn saying_row<'l>(reading: &Reading<'l>, verb: TokenId) -> Option<(&'static str, &'l CueRow)> {
    let token = reading.parse.token(verb);
    let form = reading.doc.slice(token.span).to_lowercase();
    let (lemma, rows) = reading.lexicon.entry(&token.lemma.to_lowercase(), &form, WordClass::Verb)?;
    let speaks = |row: &&CueRow| row.with.is_empty() && row.kind == AttributionKind::Speech && row.takes(&Frame::Quote);
    rows.iter().find(speaks).map(|row| (lemma, row))
}
