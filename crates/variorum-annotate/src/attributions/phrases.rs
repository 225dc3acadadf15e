//! Nouns, prepositions, adjectives and adverbs that signal an attribution.
//!
//! "Bel's claim that …", "According to Bel, …", "is confident that …", "reportedly". Input: one cue. Output: source, content and the words of the
//! cue. A preposition that leads the whole content of a noun belongs to the cue: "calls for | an end to the war".

use variorum_model::{Deprel, EntityKind, TokenId, Upos};

use super::arguments::is_listed;
use super::clauses::is_text;
use super::cues::Cue;
use super::grammar::{is_led_by, phrase, phrase_without, preposition, trimmed, union, whole_clause};
use super::lexicon::Frame;
use super::sources::{self, Source};
use super::{Found, Reading};

/// "Bel's claim that …", "calls for an end to …".
pub(super) fn noun<'l>(reading: &Reading, cue: &Cue<'l>) -> Option<Found<'l>> {
    let parse = reading.parse;
    if cue.row.takes(&Frame::Clause) {
        return in_the_words_of(reading, cue);
    }
    let source = sources::of_noun(parse, cue.row, cue.head);
    let mut preposition_of = Vec::new();
    let clause = parse.children(cue.head).iter().copied().find(|&child| is_content_of_noun(reading, cue, child));
    let content = if let Some(clause) = clause {
        phrase(parse, clause)
    } else {
        let child = parse.children(cue.head).iter().copied().find(|&child| is_phrase_of_noun(reading, cue, child))?;
        preposition_of.extend(preposition(parse, child));
        phrase(parse, child).into_iter().filter(|token| !preposition_of.contains(token)).collect()
    };
    if source.is_none() && clause.is_none_or(|clause| !is_led_by(parse, clause, "that")) {
        return None;
    }
    let source = source.filter(|source| !source.tokens.iter().any(|token| content.contains(token)));
    let cue_tokens = union(union(vec![cue.head], cue.words.iter().copied()), preposition_of);
    Some(Found {
        head: cue.head,
        lemma: Some(cue.lemma),
        row: Some(cue.row),
        cue: cue_tokens,
        source,
        content: trimmed(parse, content),
        addressee: None,
        traces: None,
    })
}

fn is_content_of_noun(reading: &Reading, cue: &Cue, child: TokenId) -> bool {
    let parse = reading.parse;
    let infinitive = || cue.row.takes(&Frame::Infinitive) && is_led_by(parse, child, "to");
    match parse.token(child).deprel {
        Deprel::Ccomp => true,
        Deprel::Acl => (cue.row.takes(&Frame::Complement) && is_led_by(parse, child, "that")) || infinitive(),
        Deprel::Xcomp => infinitive(),
        _ => false,
    }
}

fn is_phrase_of_noun(reading: &Reading, cue: &Cue, child: TokenId) -> bool {
    let relation = reading.parse.token(child).deprel;
    let listed = || is_listed(reading.parse, cue.row, child);
    matches!(relation.base(), "nmod" | "obl" | "acl") && listed()
}

/// "in the words of Bel", "in Bel's view": the phrase is the cue, the clause around it the content.
fn in_the_words_of<'l>(reading: &Reading, cue: &Cue<'l>) -> Option<Found<'l>> {
    let parse = reading.parse;
    let source = sources::of_noun(parse, cue.row, cue.head)?;
    let head = parse.head(cue.head).filter(|_| parse.token(cue.head).deprel.base() == "obl")?;
    let content = phrase_without(parse, whole_clause(parse, head), cue.head);
    let cue_tokens = union(vec![cue.head], cue.words.iter().copied());
    Some(Found {
        head: cue.head,
        lemma: Some(cue.lemma),
        row: Some(cue.row),
        cue: cue_tokens,
        source: Some(source),
        content,
        addressee: None,
        traces: None,
    })
}

/// "According to Bel, …": the phrase under the preposition is the source, the clause around it the content.
pub(super) fn according_to<'l>(reading: &Reading, cue: &Cue<'l>) -> Option<Found<'l>> {
    let parse = reading.parse;
    if !cue.row.takes(&Frame::Clause) {
        return None;
    }
    let named = parse.head(cue.head).filter(|&named| cue.head < named && parse.token(named).upos != Upos::Verb)?;
    let fixed = parse.children(cue.head).iter().copied().filter(|&child| parse.token(child).deprel == Deprel::Fixed);
    let beside = parse.children(named).iter().copied().filter(|&child| parse.token(child).deprel == Deprel::Case && child < named);
    let cue_tokens = union(union(vec![cue.head], fixed), union(beside.collect(), cue.words.iter().copied()));
    let mut source = Source::at(parse, named, cue.head);
    source.tokens.retain(|token| !cue_tokens.contains(token));
    let head = parse.head(named)?;
    if is_rate(reading, cue, named) {
        return None;
    }
    let content = if is_parenthetical(reading, named) { rest_of_sentence(reading, named) } else { phrase_without(parse, head, named) };
    Some(Found {
        head: cue.head,
        lemma: Some(cue.lemma),
        row: Some(cue.row),
        cue: cue_tokens,
        source: Some(source).filter(|source| !source.tokens.is_empty()),
        content,
        addressee: None,
        traces: None,
    })
}

/// "per cubic metre": only an actor is a source behind "per".
fn is_rate(reading: &Reading, cue: &Cue, named: TokenId) -> bool {
    let kind = reading.actors.entity_for_phrase(reading.parse, named).map(|id| reading.actors.entities[id.index()].kind);
    cue.lemma == "per" && kind.is_none_or(|kind| kind == EntityKind::Thing)
}

/// All of the sentence but the phrase: what stands before a phrase at its end, from the last semicolon; what follows one at its start.
fn rest_of_sentence(reading: &Reading, named: TokenId) -> Vec<TokenId> {
    let parse = reading.parse;
    let phrase = parse.subtree(named);
    let sentence = parse.sentence(parse.token(named).sentence);
    let (Some(&first), Some(&last)) = (phrase.first(), phrase.last()) else { return Vec::new() };
    let quoted = |token: TokenId| reading.quotes.iter().any(|quote| quote.holds(token));
    let semicolon = (sentence.first.0..first.0).map(TokenId).rfind(|&token| is_text(reading, token, ";") && !quoted(token));
    let start = semicolon.map_or(sentence.first.0, |token| token.0 + 1);
    let tokens = (start..first.0).chain(last.0 + 1..sentence.end.0).map(TokenId).filter(|token| !phrase.contains(token));
    trimmed(parse, tokens.collect())
}

/// Whether a phrase begins or ends its sentence behind a comma, so that it speaks of the whole of it.
fn is_parenthetical(reading: &Reading, phrase_head: TokenId) -> bool {
    let parse = reading.parse;
    let sentence = parse.sentence(parse.token(phrase_head).sentence);
    let tokens = parse.subtree(phrase_head);
    let is_word = |token: TokenId| parse.token(token).upos != Upos::Punct;
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return false };
    let starts = (sentence.first.0..first.0).map(TokenId).all(|token| !is_word(token));
    let ends = (last.0 + 1..sentence.end.0).map(TokenId).all(|token| !is_word(token));
    let comma = is_text(reading, first, ",") || first.0.checked_sub(1).is_some_and(|before| is_text(reading, TokenId(before), ","));
    starts || (ends && (comma || reading.quotes.iter().any(|quote| quote.end <= first && quote.end.0 + 2 > first.0)))
}

/// "is confident that", "reluctant to".
pub(super) fn adjective<'l>(reading: &Reading, cue: &Cue<'l>) -> Option<Found<'l>> {
    let parse = reading.parse;
    if cue.row.takes(&Frame::Clause) || parse.token(cue.head).deprel == Deprel::Amod {
        return None;
    }
    let source = sources::of_adjective(parse, cue.head)?;
    let mut led = Vec::new();
    let child = parse.children(cue.head).iter().copied().find(|&child| is_content_of_adjective(reading, cue, child))?;
    if parse.token(child).deprel.base() == "obl" {
        led.extend(preposition(parse, child));
    }
    let content: Vec<TokenId> = phrase(parse, child).into_iter().filter(|token| !led.contains(token)).collect();
    let copula = parse.children(cue.head).iter().copied().filter(|&child| matches!(parse.token(child).deprel, Deprel::Cop | Deprel::Aux));
    let negation =
        parse.children(cue.head).iter().copied().filter(|&child| parse.token(child).deprel == Deprel::Advmod && child < cue.head);
    let cue_tokens = union(union(copula.collect(), negation), std::iter::once(cue.head).chain(led).chain(cue.words.iter().copied()));
    let source = (!source.tokens.iter().any(|token| content.contains(token))).then_some(source)?;
    Some(Found {
        head: cue.head,
        lemma: Some(cue.lemma),
        row: Some(cue.row),
        cue: cue_tokens,
        source: Some(source),
        content,
        addressee: None,
        traces: None,
    })
}

fn is_content_of_adjective(reading: &Reading, cue: &Cue, child: TokenId) -> bool {
    let parse = reading.parse;
    match parse.token(child).deprel {
        Deprel::Ccomp => true,
        Deprel::Xcomp | Deprel::Advcl if is_led_by(parse, child, "to") => cue.row.takes(&Frame::Infinitive),
        Deprel::Advcl if is_led_by(parse, child, "that") => true,
        Deprel::Obl | Deprel::Advcl => is_listed(parse, cue.row, child),
        _ => false,
    }
}

/// "reportedly": nobody is named; the clause is the content.
pub(super) fn adverb<'l>(reading: &Reading, cue: &Cue<'l>) -> Option<Found<'l>> {
    let parse = reading.parse;
    if !(cue.row.takes(&Frame::Clause) && cue.row.distant && parse.token(cue.head).deprel == Deprel::Advmod) {
        return None;
    }
    let head = parse.head(cue.head).filter(|&head| matches!(parse.token(head).upos, Upos::Verb | Upos::Adj | Upos::Noun))?;
    let content = phrase_without(parse, head, cue.head);
    Some(Found {
        head: cue.head,
        lemma: Some(cue.lemma),
        row: Some(cue.row),
        cue: vec![cue.head],
        source: None,
        content,
        addressee: None,
        traces: None,
    })
}
