//! Whose are quoted words that no cue has claimed?
//!
//! Words between marks inside a narrated sentence belong to whoever the nearest word of speech above them belongs to: in `opened the hall with a “promise kept”, Bel boasting of it`
//! nobody; in `reaffirming the two sides’ “steadfast will”` the subject of "reaffirming". Titles, nicknames and scare quotes stand under no such word and
//! stay unclaimed.

use variorum_model::TokenId;

use super::continuation::is_claimed;
use super::grammar::{trimmed, verb_group};
use super::lexicon::{CueRow, WordClass};
use super::quotes::Quote;
use super::sources;
use super::{Found, Reading};

/// Attributions for quoted words that stand in no content.
pub(super) fn found<'l>(reading: &Reading<'l>, others: &[Found<'l>]) -> Vec<Found<'l>> {
    let unclaimed = reading.quotes.iter().filter(|quote| !quote.nested && !is_claimed(quote, others));
    unclaimed.filter(|quote| !holds_cue_of_outsider(quote, others)).filter_map(|quote| fragment(reading, quote)).collect()
}

/// `Bel “praised the troops”`: the cue itself is quoted, its attribution takes the words.
fn holds_cue_of_outsider(quote: &Quote, others: &[Found]) -> bool {
    others.iter().any(|found| {
        quote.holds(found.head) && found.source.as_ref().is_some_and(|source| source.tokens.iter().all(|&token| !quote.holds(token)))
    })
}

fn fragment<'l>(reading: &Reading<'l>, quote: &Quote) -> Option<Found<'l>> {
    let parse = reading.parse;
    let top = parse.head_of_span(quote.inner)?;
    let (head, (lemma, row)) = parse.ancestors(top).filter(|&up| !quote.holds(up)).find_map(|up| Some((up, speech_row(reading, up)?)))?;
    let source = sources::of_verb(reading, row, head)?;
    let clear = !source.tokens.iter().any(|&token| quote.holds(token));
    clear.then(|| Found {
        head,
        lemma: Some(lemma),
        row: Some(row),
        cue: verb_group(parse, head),
        source: Some(source),
        content: argument(reading, quote, top, head),
        addressee: None,
        traces: None,
    })
}

/// The plain row of a verb of speech or thought.
fn speech_row<'l>(reading: &Reading<'l>, id: TokenId) -> Option<(&'static str, &'l CueRow)> {
    let token = reading.parse.token(id);
    let class = WordClass::of(token.upos).filter(|&class| class == WordClass::Verb)?;
    let form = reading.doc.slice(token.span).to_lowercase();
    let (lemma, rows) = reading.lexicon.entry(&token.lemma.to_lowercase(), &form, class)?;
    rows.iter().find(|row| row.with.is_empty()).map(|row| (lemma, row))
}

/// The argument of the verb in which the words stand; the words alone when that argument is no small phrase.
fn argument(reading: &Reading, quote: &Quote, top: TokenId, verb: TokenId) -> Vec<TokenId> {
    let parse = reading.parse;
    let path = std::iter::once(top).chain(parse.ancestors(top)).take_while(|&up| up != verb);
    let child = path.last().unwrap_or(top);
    let whole = trimmed(parse, parse.subtree(child));
    if whole.contains(&verb) { trimmed(parse, quote.tokens().collect()) } else { whole }
}
