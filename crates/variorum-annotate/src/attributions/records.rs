//! From tokens to records: spans, verbatim words, acts, dates, nesting and chains of what the other parts have found.

use variorum_model::{
    Act, Attribution, AttributionForm, AttributionId, AttributionKind, Deprel, EntityId, Evidence, Hop, HopRole, Span, TimeId, TimeKind,
    TimeValue, TokenId, Upos,
};

use super::grammar::{lemma, own_subject, trimmed, understood_subject};
use super::lexicon::{Frame, Slot, WordClass};
use super::quotes::Quote;
use super::{Found, Reading, acts, chains, relays, sources, speakers};

/// The records, sorted by cue.
pub(super) fn records(reading: &Reading, mut found: Vec<Found>) -> Vec<Attribution> {
    found.iter_mut().for_each(|found| hear(reading, found));
    chains::lift_outlets(reading, &mut found);
    chains::trace_citations(reading, &mut found);
    found.retain(|found| found.content.iter().any(|&token| reading.parse.token(token).upos != Upos::Punct));
    found.sort_by_key(|found| (found.cue.first().copied(), found.head, found.content.first().copied()));
    found.dedup_by_key(|found| found.head);
    let containers = chains::containers(&found);
    let verbatim = verbatim(reading, &found);
    let speakers = speakers::speakers(reading, &found);
    let mut records: Vec<Attribution> =
        (0..found.len()).filter_map(|i| record(reading, &found, i, speakers[i], &verbatim[i], containers[i])).collect();
    // Every kept attribution has a content, a cue and so a record; indices of containers stay valid.
    debug_assert_eq!(records.len(), found.len());
    link(reading, &found, &mut records);
    records
}

/// "The court heard that", "Asked who it was, Bel": the subject is spoken to, by somebody who is not named.
fn hear(reading: &Reading, found: &mut Found) {
    let token = reading.parse.token(found.head);
    let hears = found.lemma == Some("hear") && matches!(token.tag.as_str(), "VBD" | "VBZ" | "VBP");
    let agent = sources::agent(reading.parse, found.head).is_some();
    let participle = matches!(token.tag.as_str(), "VBN" | "VBD") && token.deprel == Deprel::Advcl;
    let asked = found.lemma == Some("ask") && participle && own_subject(reading.parse, found.head).is_none() && !agent;
    if (hears || asked) && found.addressee.is_none() {
        let source = found.source.take().map(|source| source.head);
        found.addressee = source.or_else(|| understood_subject(reading.parse, found.head));
    }
}

/// "ordered an inquiry": what is ordered is not spoken to.
fn is_content(reading: &Reading, found: &Found, head: TokenId) -> bool {
    let to_do = reading
        .parse
        .children(found.head)
        .iter()
        .any(|&child| matches!(reading.parse.token(child).deprel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl));
    let ordered = found.row.is_some_and(|row| matches!(row.act, Act::Order | Act::Demand) && row.addressee.contains(&Slot::Object));
    ordered && !to_do && found.content.contains(&head) && found.head < head
}

fn record(
    reading: &Reading,
    found: &[Found],
    i: usize,
    speaker: Option<EntityId>,
    quotes: &[&Quote],
    within: Option<usize>,
) -> Option<Attribution> {
    let this = &found[i];
    let content = Evidence::new(content_spans(reading, this))?;
    let cue = reading.parse.runs_of(&this.cue);
    let source = this.source.as_ref().map_or_else(Vec::new, |source| source_spans(reading, source));
    let act = acts::act(reading, this, found, speaker);
    let hedge = hedge(reading, this);
    let hedge_text = hedge.map(|span| reading.doc.slice(span).to_owned());
    let said = said(reading, this, found);
    let evidence = Evidence::of(content.first(), content.spans().iter().chain(&cue).chain(&source).copied());
    Some(Attribution {
        speaker,
        cue_lemma: cue_lemma(reading, this),
        verbatim: quotes.iter().map(|quote| without_stop(reading, quote)).collect(),
        form: form(reading, this, quotes),
        kind: acts::kind(reading, this),
        act,
        polarity: acts::polarity(reading, this, act),
        addressee: this
            .addressee
            .or_else(|| relays::spoken_to(reading, this))
            .filter(|&head| !is_content(reading, this, head))
            .and_then(|head| relays::entity(reading, head)),
        hedge,
        said,
        within: within.map(|outer| AttributionId(outer as u32)),
        chain: chains::own_hops(reading, this, speaker, hedge_text, said),
        source,
        cue,
        content,
        evidence,
    })
}

/// The words between the marks without the comma that the sentence around them set there; a fragment without its full stop as well.
fn without_stop(reading: &Reading, quote: &Quote) -> Span {
    let text = reading.doc.slice(quote.inner);
    let is_sentence = text.starts_with(char::is_uppercase);
    let kept = text
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';') || (c == '.' && !is_sentence && !text.ends_with("...")));
    Span::new(&reading.doc.text, quote.inner.start(), quote.inner.start() + kept.len()).unwrap_or(quote.inner)
}

/// Lemma of the cue's head word; the mark itself for a colon.
pub(super) fn cue_lemma(reading: &Reading, found: &Found) -> String {
    let mark = || reading.doc.slice(reading.parse.token(found.head).span).to_owned();
    found.lemma.map_or_else(mark, str::to_owned)
}

/// Puts the hops of what an attribution is reached through before its own.
fn link(reading: &Reading, found: &[Found], records: &mut [Attribution]) {
    let continued = chains::continued(reading, found, records);
    nest(reading, found, records);
    for (i, before) in continued.into_iter().enumerate() {
        // Earlier ones are complete: a speech is continued from the text before it.
        let Some(before) = before else { continue };
        let mut passed: Vec<Hop> = records[before].chain.clone();
        passed.pop();
        let inside: Vec<usize> = (0..records.len()).filter(|&j| chains::outermost(records, j) == i).collect();
        inside.into_iter().for_each(|j| lead_with(&mut records[j].chain, &passed));
    }
    // What is told citing another has the other's chain: whoever cites only passes it on.
    for i in 0..found.len() {
        if let Some(cited) = found.iter().position(|other| other.traces == Some(found[i].head)) {
            records[i].chain = records[cited].chain.clone();
        }
    }
}

/// The chain of each attribution through those it stands in, and through whoever relays a whole sentence.
fn nest(reading: &Reading, found: &[Found], records: &mut [Attribution]) {
    let own: Vec<Vec<Hop>> = records.iter().map(|record| record.chain.clone()).collect();
    let relayed: Vec<Vec<usize>> = (0..found.len()).map(|i| chains::relayed(reading, found, i)).collect();
    for i in 0..records.len() {
        let mut chain = own[i].clone();
        let mut at = i;
        // Containers are strictly larger, so the way up ends; the bound guards against two that trace each other.
        for _ in 0..records.len() {
            let Some(outer) = records[at].within.map(AttributionId::index).filter(|&outer| outer != i) else { break };
            // "The court heard that": nobody is told of through whom.
            if found[outer].lemma != Some("hear") {
                lead_with(&mut chain, &own[outer]);
            }
            at = outer;
        }
        if let Some(relay) = (0..found.len()).find(|&j| relayed[j].contains(&at)) {
            lead_with(&mut chain, &own[relay]);
        }
        records[i].chain = chain;
    }
}

/// Puts hops before a chain, as relays. Whoever quotes himself is one hop.
fn lead_with(chain: &mut Vec<Hop>, outer: &[Hop]) {
    chain.splice(0..0, outer.iter().cloned().map(|hop| Hop { role: HopRole::Relay, ..hop }));
    let mut kept: Vec<Hop> = Vec::new();
    for hop in chain.drain(..) {
        if kept.last().is_some_and(|last| last.entity.is_some() && last.entity == hop.entity) {
            kept.pop();
        }
        kept.push(hop);
    }
    *chain = kept;
}

/// The words of a source as spans; punctuation does not part them. "Radio Sel, citing two officials, said": whom it cites is no part of its name.
fn source_spans(reading: &Reading, source: &sources::Source) -> Vec<Span> {
    let parse = reading.parse;
    let cites = |token: TokenId| {
        let form = reading.doc.slice(parse.token(token).span).to_lowercase();
        let rows = || reading.lexicon.entry(&lemma(parse, token), &form, WordClass::Verb).map_or(&[][..], |(_, rows)| rows);
        parse.token(token).tag == "VBG"
            && parse.head(token).is_some_and(|head| source.tokens.contains(&head))
            && rows().iter().any(|row| row.relay && row.takes(&Frame::Object))
    };
    let cited: Vec<TokenId> = source.tokens.iter().copied().filter(|&token| cites(token)).flat_map(|token| parse.subtree(token)).collect();
    let tokens: Vec<TokenId> = source.tokens.iter().copied().filter(|token| !cited.contains(token)).collect();
    bridged(reading, &trimmed(parse, tokens))
}

/// Runs of tokens, joined over punctuation and marks between them.
fn bridged(reading: &Reading, tokens: &[TokenId]) -> Vec<Span> {
    let mut runs: Vec<(TokenId, TokenId)> = Vec::new();
    for &token in tokens {
        match runs.last_mut() {
            Some((_, last)) if (last.0 + 1..token.0).all(|i| reading.parse.token(TokenId(i)).upos == Upos::Punct) => *last = token,
            _ => runs.push((token, token)),
        }
    }
    let span = |(first, last): (TokenId, TokenId)| reading.parse.token(first).span.cover(reading.parse.token(last).span);
    runs.into_iter().map(span).collect()
}

/// The content as spans without commas and quotation marks at their ends; the mark that ends a quoted sentence stays.
fn content_spans(reading: &Reading, found: &Found) -> Vec<Span> {
    let mut spans = Vec::new();
    for run in token_runs(reading, &found.content) {
        let words = trimmed(reading.parse, run.clone());
        let Some(span) = reading.parse.span_of(&words) else { continue };
        spans.push(with_marks(reading, with_final_mark(reading, found, span)));
    }
    spans
}

/// Runs of a content, joined over punctuation that stands between, never over the cue.
fn token_runs(reading: &Reading, tokens: &[TokenId]) -> Vec<Vec<TokenId>> {
    let mut runs: Vec<Vec<TokenId>> = Vec::new();
    for &token in tokens {
        let joins = runs.last().and_then(|run| run.last()).is_some_and(|last| {
            (last.0 + 1..token.0).all(|i| reading.parse.token(TokenId(i)).upos == Upos::Punct) && same_block(reading, *last, token)
        });
        match runs.last_mut() {
            Some(run) if joins => run.push(token),
            _ => runs.push(vec![token]),
        }
    }
    runs
}

fn same_block(reading: &Reading, a: TokenId, b: TokenId) -> bool {
    let block = |token: TokenId| reading.doc.block_at(reading.parse.token(token).span.start()).map(|block| block.span);
    block(a) == block(b)
}

/// Inside a quotation the stop, question or exclamation mark is the speaker's.
fn with_final_mark(reading: &Reading, found: &Found, span: Span) -> Span {
    let quote = reading.quotes.iter().find(|quote| quote.inner.contains(span) && !quote.holds(found.head));
    let Some(quote) = quote else { return span };
    let rest = &reading.doc.text[span.end()..quote.inner.end()];
    let keeps = !rest.is_empty() && rest.chars().all(|c| ".?!…".contains(c));
    if keeps { span.cover(quote.inner) } else { span }
}

/// A mark at one end stays when its partner stands inside: would “fully support”.
fn with_marks(reading: &Reading, span: Span) -> Span {
    let mut span = span;
    for quote in reading.quotes {
        let whole = quote.inner.contains(span);
        let inside = span.contains(quote.inner)
            || (span.overlaps(quote.inner) && quote.inner.end() >= span.end() && quote.inner.start() > span.start());
        let words_end = reading.doc.slice(quote.inner).trim_end_matches([',', '.', ';', ' ']).len() + quote.inner.start();
        if !whole && inside && span.end() >= words_end {
            span = span.cover(quote.outer);
        }
    }
    span
}

fn form(reading: &Reading, found: &Found, quotes: &[&Quote]) -> AttributionForm {
    let words = || found.content.iter().filter(|&&token| reading.parse.token(token).upos != Upos::Punct);
    let quoted = |token: &TokenId| quotes.iter().any(|quote| quote.holds(*token));
    if quotes.is_empty() {
        AttributionForm::Indirect
    } else if words().all(quoted) {
        AttributionForm::Direct
    } else {
        AttributionForm::Mixed
    }
}

/// Each outer quotation goes to the innermost attribution that holds it; one that begins with the cue itself, to that attribution.
fn verbatim<'q>(reading: &Reading<'q>, found: &[Found]) -> Vec<Vec<&'q Quote>> {
    let mut owned: Vec<Vec<&Quote>> = vec![Vec::new(); found.len()];
    for quote in reading.quotes.iter().filter(|quote| !quote.nested) {
        if let Some(owner) = owner(reading, quote, found) {
            owned[owner].push(quote);
        }
    }
    // Inside a quotation, what it quotes in turn belongs to the cue inside.
    for quote in reading.quotes.iter().filter(|quote| quote.nested) {
        let around =
            |found: &Found| reading.quotes.iter().any(|outer| !outer.nested && outer.holds(found.head) && outer.holds(quote.first));
        let inner = (0..found.len()).filter(|&i| around(&found[i]) && holds_words(reading, &found[i], quote));
        if let Some(owner) = inner.min_by_key(|&i| found[i].content.len()) {
            owned[owner].push(quote);
        }
    }
    owned
}

fn owner(reading: &Reading, quote: &Quote, found: &[Found]) -> Option<usize> {
    let outside = |i: &usize| !quote.holds(found[*i].head);
    let holding = (0..found.len()).filter(outside).filter(|&i| holds_words(reading, &found[i], quote));
    // Words are spoken: where somebody is said to think something in quotation marks, the marks are those of whoever says so.
    let speaks = |i: usize| found[i].row.is_none_or(|row| row.kind == AttributionKind::Speech);
    let innermost = holding.min_by_key(|&i| (!speaks(i), found[i].content.len(), std::cmp::Reverse(found[i].traces.is_some())));
    innermost.or_else(|| {
        (0..found.len()).find(|&i| {
            let source = found[i].source.as_ref();
            quote.holds(found[i].head) && source.is_some_and(|source| source.tokens.iter().all(|&token| !quote.holds(token)))
        })
    })
}

fn holds_words(reading: &Reading, found: &Found, quote: &Quote) -> bool {
    quote.tokens().filter(|&token| reading.parse.token(token).upos != Upos::Punct).all(|token| found.content.binary_search(&token).is_ok())
}

/// The time told in the clause of the cue, outside source and content, and outside what is said beside it ("thanked him and said she would run in March").
fn said(reading: &Reading, found: &Found, all: &[Found]) -> Option<TimeId> {
    let parse = reading.parse;
    let beside = |token: TokenId| all.iter().any(|other| other.content.contains(&token) && !other.content.contains(&found.head));
    let taken = |token: TokenId| beside(token) || found.source.as_ref().is_some_and(|source| source.tokens.contains(&token));
    let i = reading.times.iter().position(|time| {
        let vague = matches!(time.value, TimeValue::PastVague | TimeValue::PresentVague | TimeValue::FutureVague);
        let dated = matches!(time.kind, TimeKind::Date | TimeKind::Time) && !vague;
        let head = parse.head_of_span(time.span).filter(|_| dated);
        head.is_some_and(|head| {
            let path = || std::iter::once(head).chain(parse.ancestors(head)).take_while(|&up| up != found.head);
            parse.is_within(head, found.head) && head != found.head && !path().any(taken)
        })
    })?;
    Some(TimeId(i as u32))
}

/// Words of distance at the cue: a hedging phrase, or the cue itself where it is one ("claimed").
fn hedge(reading: &Reading, found: &Found) -> Option<Span> {
    let parse = reading.parse;
    let beside = parse.children(found.head).iter().copied().filter(|child| !found.content.contains(child));
    let of_content = found.content.iter().copied().filter(|&token| {
        let adverb = parse.token(token).upos == Upos::Adv;
        adverb && parse.head(token).is_some_and(|head| parse.head(head).is_none_or(|up| !found.content.contains(&up)))
    });
    let phrase = found.cue.iter().copied().chain(beside).chain(of_content).find_map(|token| hedge_at(reading, token));
    let distant = found.row.is_some_and(|row| row.distant);
    phrase.or_else(|| distant.then(|| parse.token(found.head).span))
}

fn hedge_at(reading: &Reading, first: TokenId) -> Option<Span> {
    let start = reading.parse.token(first).span.start();
    let rest = &reading.doc.text[start..];
    let word = reading.doc.slice(reading.parse.token(first).span).to_lowercase();
    reading.lexicon.hedges(&word).iter().filter(|phrase| phrase.len() > 1 || reading.parse.token(first).upos != Upos::Aux).find_map(
        |phrase| {
            let mut words = rest.split_whitespace();
            let matches = phrase
                .iter()
                .all(|&wanted| words.next().is_some_and(|word| word.trim_end_matches([',', '.']).eq_ignore_ascii_case(wanted)));
            let last = (first.0 + phrase.len() as u32 - 1).min(reading.parse.tokens.len() as u32 - 1);
            matches.then(|| reading.parse.token(first).span.cover(reading.parse.token(TokenId(last)).span))
        },
    )
}
