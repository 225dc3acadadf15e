//! Who is said to have said what?
//!
//! Input: a document, its parse, its actors and times. Output: [`Attribution`]s with source, cue, content, act and chain, sorted by cue. "CNB reported that
//! Han pledged to “fully support” Russia" gives two: CNB's report, and inside it Han's promise with the chain CNB ← Han.
//!
//! The way: [`quotes`] pairs quotation marks; [`cues`] finds signalling words; [`clauses`] reads the source ([`sources`]), the content
//! ([`complements`], [`arguments`], [`surface`]) and whoever is told ([`addressees`]) of each from the tree, [`descriptions`] and [`asides`] leave out what reports nothing, [`rivals`] parts what two cues claim; [`colons`] adds "X: …", [`introductions`] clauses that lead up to a quotation, [`transcripts`] turns of speech; [`continuation`] gives quotations that run over
//! sentences to their speaker; [`fragments`] does so for quoted words that no cue claims; [`speakers`] tells whom the words of a source mean; [`relays`] through
//! whose hands they came; [`chains`] nests; [`acts`] tells what is done by saying it, where the cue is neutral with [`statements`], which reads [`futures`],
//! [`appeals`] and [`judgements`] clause by clause ([`predication`]).
//!
//! Limits: cases/attribution/README.md.

mod acts;
mod addressees;
mod appeals;
mod arguments;
mod asides;
mod chains;
mod clauses;
mod colons;
mod complements;
mod continuation;
mod cues;
mod descriptions;
mod fragments;
mod futures;
mod grammar;
mod introductions;
mod judgements;
mod lexicon;
mod parenthetical;
mod phrases;
mod predication;
mod quotes;
mod records;
mod relays;
mod rivals;
mod sources;
mod speakers;
mod statements;
mod surface;
mod transcripts;

use variorum_model::{Attribution, AttributionId, Document, Parse, Span, TimeExpression, TokenId};

pub use lexicon::CueLexicon;

use crate::{Output, actors::Actors};
use lexicon::CueRow;
use quotes::Quote;
use sources::Source;

/// What every part of the stage reads.
struct Reading<'a> {
    lexicon: &'a CueLexicon,
    doc: &'a Document,
    parse: &'a Parse,
    actors: &'a Actors,
    times: &'a [TimeExpression],
    quotes: &'a [Quote],
}

/// An attribution in terms of tokens, before it becomes a record.
#[derive(Clone, Debug)]
struct Found<'l> {
    /// Head word of the cue.
    head: TokenId,
    /// Base form of the head word; none for a colon or a dash.
    lemma: Option<&'static str>,
    /// What the lexicon tells of it; none for a colon or a dash.
    row: Option<&'l CueRow>,
    /// The words of the cue, sorted.
    cue: Vec<TokenId>,
    /// Who.
    source: Option<Source>,
    /// What, sorted.
    content: Vec<TokenId>,
    /// Head of the phrase for the person spoken to.
    addressee: Option<TokenId>,
    /// The attribution whose content this one traces further back: "Bel said, citing Ruan, that …".
    traces: Option<TokenId>,
}

/// Finds who is said to have said what. Sorted by cue span.
pub fn attributions(lexicon: &CueLexicon, doc: &Document, parse: &Parse, actors: &Actors, times: &[TimeExpression]) -> Output<Attribution> {
    let quotes = quotes::quotes(doc, parse);
    let reading = Reading { lexicon, doc, parse, actors, times, quotes: &quotes };
    let cues = cues::cues(lexicon, doc, parse, times);
    let mut found: Vec<Found> = cues.iter().filter_map(|cue| clauses::found(&reading, cue)).collect();
    within_other_cues(&mut found);
    rivals::part(&reading, &mut found);
    descriptions::without_motives(&reading, &mut found);
    let turns = transcripts::found(&reading);
    let by_colon = colons::found(&reading, &found);
    found.extend(by_colon.into_iter().filter(|colon| !turns.iter().any(|turn| turn.head == colon.head)));
    found.extend(turns);
    found.extend(introductions::found(&reading, &found));
    continuation::extend(&reading, &mut found);
    found.extend(fragments::found(&reading, &found));
    continuation::without_unclaimed(&reading, &mut found);
    records::records(&reading, found).into()
}

/// "expressed readiness" is one cue; the noun makes no second.
fn within_other_cues(found: &mut Vec<Found>) {
    let cues: Vec<(TokenId, Vec<TokenId>)> = found.iter().map(|found| (found.head, found.cue.clone())).collect();
    found.retain(|found| !cues.iter().any(|(head, cue)| *head != found.head && cue.contains(&found.head)));
}

/// The innermost attribution whose content holds a span: the smallest content, and of equal ones the one traced furthest back.
pub fn governing(attributions: &[Attribution], span: Span) -> Option<AttributionId> {
    let holds = |attribution: &Attribution| attribution.content.spans().iter().any(|content| content.contains(span));
    let size = |attribution: &Attribution| attribution.content.spans().iter().map(|content| content.len()).sum::<usize>();
    let holding = attributions.iter().enumerate().filter(|(_, attribution)| holds(attribution));
    let innermost = holding.min_by_key(|(_, attribution)| (size(attribution), std::cmp::Reverse(attribution.chain.len())));
    innermost.map(|(i, _)| AttributionId(i as u32))
}
