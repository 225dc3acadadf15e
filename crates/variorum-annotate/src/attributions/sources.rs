//! Who is the source of a cue, and which words name it?
//!
//! A verb's source is its agent when passive, its understood subject when active; a noun's its possessor, its "by" or "from" phrase, or whoever
//! makes it ("issued a statement"). The words are the whole noun phrase with appositions and relative clauses, as a reader would mark them.

use variorum_model::{Deprel, EntityId, Parse, TokenId, Upos};

use super::Reading;
use super::grammar::{
    antecedent, has_expletive, is_led_by, is_nominal, is_passive, lemma, own_subject, phrase_without, understood_subject,
};
use super::lexicon::{CueRow, Frame};

/// The words for who says it.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Head word.
    pub(super) head: TokenId,
    /// All words, sorted.
    pub(super) tokens: Vec<TokenId>,
}

impl Source {
    /// The phrase under `head`, without the branch that holds the cue.
    pub(super) fn at(parse: &Parse, head: TokenId, cue: TokenId) -> Self {
        let mut tokens = phrase_without(parse, head, cue);
        tokens.retain(|&token| !is_outer_preposition(parse, token, head));
        Self { head, tokens: super::grammar::trimmed(parse, tokens) }
    }
}

/// "by", "to", "of" before the phrase, and "’s" after it.
fn is_outer_preposition(parse: &Parse, token: TokenId, head: TokenId) -> bool {
    let up = parse.head(token);
    let outer = parse.token(token).deprel == Deprel::Case && up == Some(head);
    let fixed = parse.token(token).deprel == Deprel::Fixed
        && up.is_some_and(|up| parse.token(up).deprel == Deprel::Case && parse.head(up) == Some(head));
    outer || fixed
}

/// The source of a verb.
pub(super) fn of_verb(reading: &Reading, row: &CueRow, verb: TokenId) -> Option<Source> {
    let parse = reading.parse;
    if is_passive(parse, verb) {
        if let Some(agent) = agent(parse, verb) {
            return Some(Source::at(parse, agent, verb));
        }
        if !row.takes(&Frame::PassiveSource) || has_expletive(parse, verb) || !reports_a_person(reading, verb) {
            return None;
        }
    }
    let subject = understood_subject(parse, verb)?;
    is_possible(parse, subject).then(|| Source::at(parse, subject, verb))
}

/// "He was quoted as saying": the subject speaks; "the number was reported": it does not.
fn reports_a_person(reading: &Reading, verb: TokenId) -> bool {
    own_subject(reading.parse, verb).is_some_and(|subject| {
        let entity = reading.actors.entity_of(antecedent(reading.parse, subject));
        let person = entity.map(|id| &reading.actors.entities[id.0 as usize]).is_some_and(|entity| {
            use variorum_model::EntityKind::{Document, Group, Organization, Person, PlaceAsActor, Publisher, State};
            matches!(entity.kind, Person | State | Organization | Group | Publisher | PlaceAsActor | Document)
        });
        person || reading.parse.children(verb).iter().any(|&child| is_led_by(reading.parse, child, "as"))
    })
}

/// The agent of a passive verb.
pub(super) fn agent(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let by = |&child: &TokenId| {
        let token = parse.token(child);
        token.deprel == Deprel::OblAgent || (token.deprel.base() == "obl" && is_led_by(parse, child, "by") && is_nominal(parse, child))
    };
    parse.children(verb).iter().copied().find(by)
}

/// "it", "there" and question words are nobody, unless they stand for somebody.
fn is_possible(parse: &Parse, subject: TokenId) -> bool {
    let token = parse.token(subject);
    let question = matches!(lemma(parse, subject).as_str(), "what" | "whatever" | "there");
    !question && (is_nominal(parse, subject) || token.upos == Upos::Det || token.upos == Upos::Adj)
}

/// The source of a noun.
pub(super) fn of_noun(parse: &Parse, row: &CueRow, noun: TokenId) -> Option<Source> {
    let led = |word: &str| {
        parse.children(noun).iter().copied().find(|&child| parse.token(child).deprel.base() == "nmod" && is_led_by(parse, child, word))
    };
    let owner = parse.child(noun, Deprel::NmodPoss);
    let of = || led("of").filter(|_| !row.takes(&Frame::Oblique("of")));
    if let Some(found) = owner.or_else(|| led("by")).or_else(|| led("from")).or_else(of) {
        return Some(Source::at(parse, found, noun));
    }
    // "issued a denial", "has no plans to": who does it.
    let governor = parse.head(noun).filter(|_| matches!(parse.token(noun).deprel, Deprel::Obj))?;
    let makes = matches!(
        lemma(parse, governor).as_str(),
        "make"
            | "issue"
            | "give"
            | "have"
            | "offer"
            | "express"
            | "release"
            | "voice"
            | "deliver"
            | "send"
            | "publish"
            | "face"
            | "raise"
            | "repeat"
            | "renew"
            | "reiterate"
            | "drop"
            | "hold"
            | "share"
            | "level"
            | "lodge"
            | "file"
            | "put"
            | "post"
            | "write"
            | "read"
            | "use"
    );
    let subject = understood_subject(parse, governor).filter(|&subject| makes && is_possible(parse, subject))?;
    Some(Source::at(parse, subject, noun))
}

/// The source of an adjective: the subject of its clause.
pub(super) fn of_adjective(parse: &Parse, adjective: TokenId) -> Option<Source> {
    let subject = understood_subject(parse, adjective)?;
    is_possible(parse, subject).then(|| Source::at(parse, subject, adjective))
}

/// Who the words of a source mean.
pub(super) fn entity(reading: &Reading, source: &Source) -> Option<EntityId> {
    let head = antecedent(reading.parse, source.head);
    let by_head = reading.actors.entity_of(head).or_else(|| reading.actors.entity_of(source.head));
    by_head.or_else(|| {
        let span = reading.parse.span_of(&source.tokens)?;
        let mention = reading.actors.within(span)?;
        // A name inside the phrase is not the phrase: "a friend of Bel".
        let apposed = parse_apposed(reading.parse, mention.head, source.head);
        apposed.then_some(mention.entity)
    })
}

/// Whether a mention's head is the head of the phrase or named beside it.
fn parse_apposed(parse: &Parse, mention: TokenId, head: TokenId) -> bool {
    mention == head
        || (parse.head(mention) == Some(head)
            && matches!(parse.token(mention).deprel, Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::NmodDesc))
        || (parse.head(head) == Some(mention) && matches!(parse.token(head).deprel, Deprel::Flat | Deprel::Compound | Deprel::Appos))
}
