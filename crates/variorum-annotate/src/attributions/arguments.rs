//! Which phrases around a verb are what is said?
//!
//! Input: a verb without a clause for its content. Output: the infinitive, object, "as" phrase or prepositional phrases that its row allows: "accused | the
//! yard of neglect", "called for | talks". A preposition that leads the whole content goes to the cue.
//!
//! Limits: a purpose that looks like what is asked ("called him to apologise") is read as asked.

use variorum_model::{Deprel, Parse, TokenId};

use super::addressees::addressee;
use super::clauses::{Content, is_text, is_writing, words_are_content};
use super::cues::Cue;
use super::grammar::{has_expletive, is_led_by, is_passive, lemma, own_subject, phrase, phrase_without, preposition, trimmed, union};
use super::lexicon::{CueRow, Frame, Slot, WordClass};
use super::{Reading, sources};

/// Infinitive, object, "as" phrase, prepositional phrase: whichever the frames of the row allow.
pub(super) fn arguments(reading: &Reading, cue: &Cue) -> Option<Content> {
    let parse = reading.parse;
    let row = cue.row;
    let about = target(reading, cue);
    let mut parts: Vec<TokenId> = Vec::new();
    if let Some(object) = about {
        parts = union(parts, phrase_of_target(reading, cue, object));
    }
    let mut led: Vec<TokenId> = Vec::new();
    let mut has_predicate = false;
    for child in dependents(reading, cue) {
        if cue.words.contains(&child) && parse.token(child).deprel.base() != "obl" {
            continue;
        }
        if is_argument(reading, cue, child, about.is_some()) {
            has_predicate = true;
            parts = union(parts, asked_of(reading, cue, child));
            led.extend(
                preposition(parse, child).filter(|&case| case < child && matches!(parse.token(child).deprel.base(), "obl" | "nmod")),
            );
            parts = union(parts, phrase_without(parse, child, cue.head));
        }
    }
    if let Some(object) = about.filter(|&object| object > cue.head) {
        parts = trailing(reading, cue, object).fold(parts, |parts, phrase| union(parts, phrase_without(parse, phrase, cue.head)));
    }
    if !has_predicate && row.takes(&Frame::ObjectAs) {
        let stray = stray_description(reading, cue, &parts);
        has_predicate = !stray.is_empty();
        parts = union(parts, stray);
    }
    let describes = (row.takes(&Frame::ObjectAs) || row.takes(&Frame::ObjectPredicate)) && !row.takes(&Frame::Object);
    if parts.is_empty() || (describes && !has_predicate) {
        return None;
    }
    // "called for talks": the whole content stands under one preposition, which is then the cue's.
    let only_led = led.len() == 1 && led[0] == parts[0] && !row.takes(&Frame::ObjectAs);
    if only_led {
        parts.remove(0);
        return Some(Content { tokens: trimmed(parse, parts), preposition: led });
    }
    Some(trimmed(parse, parts).into())
}

/// "called for the board to release the books": whoever is to do it, where the parser hung the phrase on "called" and "for" on the deed.
fn asked_of(reading: &Reading, cue: &Cue, deed: TokenId) -> Vec<TokenId> {
    let parse = reading.parse;
    let mark = cue.words.iter().copied().find(|&word| parse.head(word) == Some(deed) && parse.token(word).deprel == Deprel::Mark);
    let doer = |&child: &TokenId| {
        let phrase = matches!(parse.token(child).deprel.base(), "obl" | "obj" | "nsubj") && parse.child(child, Deprel::Case).is_none();
        phrase && mark.is_some_and(|mark| mark < child) && child < deed
    };
    parse
        .children(cue.head)
        .iter()
        .copied()
        .filter(doer)
        .fold(Vec::new(), |words, child| union(words, phrase_without(parse, child, cue.head)))
}

/// "found lead in a third of the milk", "pledged a tenth of her rents to its wardens": what follows the object is told with it, save when and to whom it was said.
fn trailing<'a>(reading: &'a Reading, cue: &'a Cue, object: TokenId) -> impl Iterator<Item = TokenId> + 'a {
    let parse = reading.parse;
    parse.children(cue.head).iter().copied().filter(move |&child| {
        let (dated, told) = (is_dated(reading, child), is_told(parse, cue.row, child));
        let own = cue.words.iter().any(|&word| word == child || parse.head(word) == Some(child));
        parse.token(child).deprel == Deprel::Obl && child > object && !dated && !told && !own && !is_writing(reading, child)
    })
}

/// What hangs on the verb or on the noun that makes one cue with it: "expressed concern about the pact".
fn dependents(reading: &Reading, cue: &Cue) -> Vec<TokenId> {
    let parse = reading.parse;
    let nouns = cue.words.iter().copied().filter(|&word| parse.token(word).deprel == Deprel::Obj);
    let of_nouns = nouns.flat_map(|noun| parse.children_by(noun, Deprel::Nmod).collect::<Vec<_>>());
    let mut all: Vec<TokenId> = parse.children(cue.head).iter().copied().chain(of_nouns).collect();
    all.sort();
    all
}

/// `described it as a “duty,” vowing …`: the "as" phrase right behind the object, which the parser gave to the next verb.
fn stray_description(reading: &Reading, cue: &Cue, parts: &[TokenId]) -> Vec<TokenId> {
    let parse = reading.parse;
    let next = parts.last().filter(|&&last| last > cue.head).map(|last| TokenId(last.0 + 1));
    let next = next.filter(|&next| next < parse.sentence(parse.token(cue.head).sentence).end && is_text(reading, next, "as"));
    let top = next.and_then(|next| parse.head(next)).filter(|&top| next.is_some_and(|next| next < top));
    top.map_or_else(Vec::new, |top| phrase_without(parse, top, cue.head))
}

/// The thing or person a verb speaks of: its object, or its subject in the passive; with "what they describe as", the pronoun.
fn target(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let verb = cue.head;
    let spoken_to = cue.row.addressee.contains(&Slot::Object);
    let takes_object = [Frame::Object, Frame::ObjectAs, Frame::ObjectPredicate].iter().any(|frame| cue.row.takes(frame))
        || (cue.row.addressee.contains(&Slot::TargetObject) && has_listed_oblique(reading, cue))
        || (cue.row.takes(&Frame::Quote) && !spoken_to && has_quoted_object(reading, cue));
    let infinitive = cue.row.takes(&Frame::Infinitive) && parse.child(verb, Deprel::Xcomp).is_some() && cue.lemma != "tell";
    let content_of_passive = cue.row.takes(&Frame::PassiveContent) && is_passive(parse, verb) && parse.child(verb, Deprel::Xcomp).is_some();
    if !(takes_object || infinitive || content_of_passive) {
        return None;
    }
    if is_passive(parse, verb) {
        // "The road was open, it was announced": what is announced stands around the clause.
        let beside = |subject: TokenId| parse.token(verb).deprel == Deprel::Parataxis && lemma(parse, subject) == "it";
        let subject = own_subject(parse, verb).filter(|&subject| !has_expletive(parse, verb) && !beside(subject));
        let noun = parse.head(verb).filter(|_| matches!(parse.token(verb).deprel, Deprel::Acl));
        let speaks = cue.row.takes(&Frame::PassiveSource) && sources::agent(parse, verb).is_none();
        // "drivers were urged to turn back": they are told, not spoken of.
        let told = spoken_to && parse.child(verb, Deprel::Xcomp).is_some();
        return subject.or(noun).filter(|_| !speaks && !told);
    }
    let object = parse
        .children(verb)
        .iter()
        .copied()
        .find(|&child| parse.token(child).deprel == Deprel::Obj && (!cue.words.contains(&child) || words_are_content(cue)));
    let indirect = || parse.child(verb, Deprel::Iobj).filter(|_| cue.row.addressee.contains(&Slot::TargetObject));
    object.or_else(indirect).or_else(|| described_antecedent(reading, cue))
}

/// "accused Bel of lying", "honoured Bel for her work": the phrase tells that the object is spoken of.
fn has_listed_oblique(reading: &Reading, cue: &Cue) -> bool {
    let led = |child: TokenId| is_listed(reading.parse, cue.row, child);
    // "accused the cabinet of hiding it", where the parser hung the phrase on the cabinet.
    let object = || {
        reading.parse.child(cue.head, Deprel::Obj).is_some_and(|object| {
            let below = reading.parse.children(object).iter().copied();
            below.filter(|&child| matches!(reading.parse.token(child).deprel, Deprel::Acl | Deprel::Nmod)).any(led)
        })
    };
    cue.row.frames.len() == 1 || reading.parse.children(cue.head).iter().any(|&child| led(child)) || object()
}

/// `said “about 1,200”`: a verb that takes a quotation may have quoted words as its object.
fn has_quoted_object(reading: &Reading, cue: &Cue) -> bool {
    let object = reading.parse.child(cue.head, Deprel::Obj);
    object.is_some_and(|object| reading.quotes.iter().any(|quote| !quote.holds(cue.head) && reading.parse.is_within(quote.first, object)))
}

/// "what it describes as aggression", "the treaty Bel called a mistake": the antecedent is what is spoken of.
fn described_antecedent(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let describes = cue.row.takes(&Frame::ObjectAs) || cue.row.takes(&Frame::ObjectPredicate);
    (describes && parse.token(cue.head).deprel == Deprel::AclRelcl).then(|| parse.head(cue.head)).flatten()
}

fn phrase_of_target(reading: &Reading, cue: &Cue, target: TokenId) -> Vec<TokenId> {
    let parse = reading.parse;
    if parse.is_within(cue.head, target) {
        // Of the phrase around the cue only what precedes it.
        return phrase_without(parse, target, cue.head)
            .into_iter()
            .filter(|&token| token < cue.head && !is_case_of(parse, token, target))
            .collect();
    }
    phrase(parse, target)
}

fn is_case_of(parse: &Parse, token: TokenId, head: TokenId) -> bool {
    parse.head(token) == Some(head) && parse.token(token).deprel == Deprel::Case
}

/// Whether a dependent of the verb belongs to the content.
fn is_argument(reading: &Reading, cue: &Cue, child: TokenId, has_target: bool) -> bool {
    let parse = reading.parse;
    let row = cue.row;
    match parse.token(child).deprel {
        Deprel::Xcomp => {
            let listed = is_listed(parse, row, child);
            let predicate = row.takes(&Frame::ObjectPredicate) || row.takes(&Frame::ObjectAs) || listed;
            let passive_content = row.takes(&Frame::PassiveContent) && is_passive(parse, cue.head);
            (row.takes(&Frame::Infinitive) && !(row.takes(&Frame::PassiveSource) && is_cue_participle(reading, child)))
                || predicate
                || passive_content
                || (has_target && is_led_by(parse, child, "as"))
        }
        // "begged the firemen to save it": some parsers call that a purpose.
        Deprel::Advcl if is_led_by(parse, child, "to") && cue.row.takes(&Frame::Infinitive) && child > cue.head => {
            addressee(reading, cue).is_some() || leads_deed(parse, cue, child)
        }
        Deprel::Advcl | Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod => {
            let listed = is_listed(parse, row, child);
            let spoken_to = is_told(parse, row, child);
            let described = is_led_by(parse, child, "as")
                && (row.takes(&Frame::ObjectAs) || cue.words.iter().any(|&word| parse.head(word) == Some(child)));
            let by_word = cue.words.iter().any(|&word| parse.head(word) == Some(child) && parse.token(word).deprel == Deprel::Case);
            // "agreed on Tuesday": a time is nothing one agrees on.
            let dated = is_dated(reading, child);
            (listed && !spoken_to && !dated) || (described && has_target) || by_word || leads_deed(parse, cue, child)
        }
        _ => false,
    }
}

/// "called for ending the strike", "for the board to go": what is to be done behind the "for" of the cue, which some parsers call an adverbial.
fn leads_deed(parse: &Parse, cue: &Cue, deed: TokenId) -> bool {
    let leads = |&word: &TokenId| parse.token(word).deprel == Deprel::Mark && parse.head(word) == Some(deed);
    cue.words.iter().any(|word| leads(word) && lemma(parse, *word) == "for")
}

/// Whether a phrase is led by a preposition that the row lists.
pub(super) fn is_listed(parse: &Parse, row: &CueRow, phrase: TokenId) -> bool {
    row.frames.iter().any(|frame| matches!(frame, Frame::Oblique(word) if is_led_by(parse, phrase, word)))
}

/// Whether the preposition of a phrase leads whoever is spoken to.
fn is_told(parse: &Parse, row: &CueRow, phrase: TokenId) -> bool {
    row.addressee.iter().any(|slot| matches!(slot, Slot::Oblique(word) if is_led_by(parse, phrase, word)))
}

/// Whether a phrase is a time.
fn is_dated(reading: &Reading, phrase: TokenId) -> bool {
    reading.times.iter().any(|time| time.span.contains(reading.parse.token(phrase).span))
}

/// "was quoted saying": the participle is a cue of its own.
fn is_cue_participle(reading: &Reading, child: TokenId) -> bool {
    let token = reading.parse.token(child);
    token.tag == "VBG" && !reading.lexicon.rows(&lemma(reading.parse, child), WordClass::Verb).is_empty()
}
