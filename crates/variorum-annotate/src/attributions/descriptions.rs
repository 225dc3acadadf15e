//! Does a cue report what somebody says, or only describe him?
//!
//! "Bel accused the yard of neglect" reports; "rivals promising upheaval", "the urge to oppose the plan", "a focus on jobs" describe people and aims
//! whom nobody heard. Input: an attribution. Output: whether it only describes. What has a clause or a quotation for its content always reports.
//!
//! Limits: what a phrase as content reports of somebody unnamed is lost: "people calling for calm".

use variorum_model::{Act, AttributionKind, Deprel, EntityKind, Referent, TokenId, Upos};

use super::grammar::{antecedent, is_led_by, is_nominal, is_passive, lemma};
use super::lexicon::{Frame, WordClass};
use super::{Found, Reading, asides, sources};

/// Leaves out thoughts that a subordinate clause gives as a reason or to tell who is meant ("voters who want change", "because he felt"), unless somebody says so.
pub(super) fn without_motives(reading: &Reading, found: &mut Vec<Found>) {
    let parse = reading.parse;
    let said: Vec<(TokenId, Vec<TokenId>)> = found.iter().map(|found| (found.head, found.content.clone())).collect();
    found.retain(|thought| {
        let thinks = thought.row.is_some_and(|row| matches!(row.kind, AttributionKind::Belief | AttributionKind::Intention));
        let subordinate = matches!(
            parse.token(thought.head).deprel,
            Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl | Deprel::Ccomp | Deprel::Xcomp | Deprel::Csubj
        );
        let told = || said.iter().any(|(head, content)| *head != thought.head && content.binary_search(&thought.head).is_ok());
        // "It turned out that they had opposed the toll": a fact of the writer.
        let below_cue = || parse.head(thought.head).is_some_and(|up| said.iter().any(|(head, _)| *head == up));
        let given = parse.token(thought.head).deprel == Deprel::Ccomp && is_phrase(reading, &thought.content) && !below_cue();
        !(thinks && subordinate || given) || is_quoted(reading, thought) || told()
    });
}

/// Whether an attribution only describes its source.
pub(super) fn only_describes(reading: &Reading, found: &Found) -> bool {
    if wants_no_name(reading, found) || thinks_for_the_writer(reading, found) {
        return true;
    }
    if is_quoted(reading, found) {
        return false;
    }
    if names_an_aim(reading, found) || is_naming(reading, found) || asides::is_aside(reading, found) {
        return true;
    }
    if !is_phrase(reading, &found.content) {
        return false;
    }
    let parse = reading.parse;
    let cue = parse.token(found.head);
    if is_relative(reading, found) && !takes_a_stand(found)
        || is_done_by_a_thing(reading, found)
        || is_no_estimate(reading, found)
        || is_handed_over(reading, found)
        || is_about_a_thing(reading, found)
    {
        return true;
    }
    let finds = found.row.is_some_and(|row| row.kind == AttributionKind::Finding && row.act != Act::Estimate);
    if finds && !found.source.as_ref().is_some_and(|source| is_evidence(reading, source)) {
        return true;
    }
    // "was accused of neglect": nobody is named, yet somebody said it.
    let Some(source) = &found.source else {
        return is_nominal(parse, found.head) || cue.deprel != Deprel::Acl && !is_passive(parse, found.head);
    };
    let modifies = matches!(cue.deprel, Deprel::Acl | Deprel::AclRelcl) && matches!(cue.upos, Upos::Verb | Upos::Aux);
    let infinitive = cue.tag == "VB"
        && is_led_by(parse, found.head, "to")
        && matches!(cue.deprel, Deprel::Xcomp | Deprel::Advcl | Deprel::Acl | Deprel::Csubj);
    let noun = matches!(cue.upos, Upos::Noun | Upos::Propn);
    // "The blog, citing a post by the actress": who cites somebody passes his words on.
    let cites = found.row.is_some_and(|row| row.relay) && cue.tag == "VBG";
    // "Doctors, quoted by state radio, said": how their words came, told where they are.
    let brings =
        found.row.is_some_and(|row| row.relay) && cue.deprel == Deprel::Acl && cue.tag == "VBN" && is_phrase(reading, &found.content);
    infinitive || brings || (modifies && !cites || noun) && !is_somebody(reading, found, source)
}

/// "We believe", "I want" outside quotation marks: the writer himself, whose own voice is no attribution.
fn thinks_for_the_writer(reading: &Reading, found: &Found) -> bool {
    let thinks = found.row.is_some_and(|row| row.kind != AttributionKind::Speech);
    let quoted = reading.quotes.iter().any(|quote| quote.holds(found.head));
    let first_person = |source: &sources::Source| matches!(lemma(reading.parse, source.head).as_str(), "i" | "we" | "my" | "our");
    thinks && !quoted && found.source.as_ref().is_some_and(first_person)
}

/// "her bid to win", "the plan for a port", "a sign that": a noun for an aim or a thought, or for a saying whose words are only named. "His claim that …" reports.
fn names_an_aim(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    if !matches!(parse.token(found.head).upos, Upos::Noun | Upos::Propn) || found.row.is_some_and(|row| row.takes(&Frame::Clause)) {
        return false;
    }
    let says = found.row.is_some_and(|row| row.kind == AttributionKind::Speech);
    let believes = found.row.is_some_and(|row| row.kind == AttributionKind::Belief) && found.source.is_some();
    if found.content.first().is_some_and(|&first| lemma(parse, first) == "that") || has_clause_with_that(reading, found) {
        // "on the grounds that", "with the promise that": nobody is named, and nothing is told of the saying.
        let told = matches!(parse.token(found.head).deprel.base(), "nsubj" | "obj" | "root" | "ccomp" | "conj");
        return !(says || believes) || found.source.is_none() && !told;
    }
    // "the guild's call for a strike": a saying that does something to others.
    let binds =
        takes_a_stand(found) || found.row.is_some_and(|row| matches!(row.act, Act::Promise | Act::Request | Act::Propose | Act::Threaten));
    !says || !binds
}

pub(super) fn has_clause_with_that(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    parse
        .children(found.head)
        .iter()
        .any(|&child| matches!(parse.token(child).deprel, Deprel::Acl | Deprel::Ccomp) && is_led_by(parse, child, "that"))
}

/// "a group called Citizens for Calm": a participle that gives a thing its name, and no speaker.
fn is_naming(reading: &Reading, found: &Found) -> bool {
    let cue = reading.parse.token(found.head);
    let names = found.row.is_some_and(|row| row.takes(&Frame::ObjectPredicate));
    let participle = cue.deprel == Deprel::Acl && matches!(cue.upos, Upos::Verb | Upos::Aux);
    found.source.is_none() && participle && (names || is_phrase(reading, &found.content))
}

/// "who endorsed him", "that offers help": a relative clause, which tells which person or thing is meant.
pub(super) fn is_relative(reading: &Reading, found: &Found) -> bool {
    let pronoun = |source: &sources::Source| matches!(lemma(reading.parse, source.head).as_str(), "who" | "which" | "that");
    found.source.as_ref().is_some_and(pronoun)
}

/// "the race lays bare old quarrels": things speak in clauses or quotations if at all, unless they are made of words.
fn is_done_by_a_thing(reading: &Reading, found: &Found) -> bool {
    let Some(source) = &found.source else { return false };
    let kind = sources::entity(reading, source).map(|id| reading.actors.entities[id.index()].kind);
    let noun = reading.parse.token(antecedent(reading.parse, source.head)).upos == Upos::Noun;
    let thing = kind == Some(EntityKind::Thing) || kind.is_none() && noun && !acts(reading, source.head);
    thing && !is_evidence(reading, source)
}

/// Whether the language core takes the phrase for a person or a body: "the heiress", "all nine tenants".
pub(super) fn acts(reading: &Reading, noun: TokenId) -> bool {
    matches!(reading.parse.referent(antecedent(reading.parse, noun)), Some(Referent::Person | Referent::Organization))
}

/// "puts him at odds": who estimates gives a number.
fn is_no_estimate(reading: &Reading, found: &Found) -> bool {
    let estimates = found.row.is_some_and(|row| row.act == Act::Estimate || row.takes(&Frame::Oblique("at")) && row.distant);
    estimates && !found.content.iter().any(|&token| reading.parse.token(token).upos == Upos::Num)
}

/// "offers sandwiches": things are offered without a word; talks, a plan or a sum are put in words.
fn is_handed_over(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let Some(row) = found.row.filter(|row| row.act == Act::Propose) else { return false };
    let object = parse.children_by(found.head, Deprel::Obj).find(|object| found.content.contains(object));
    let in_words = |&noun: &TokenId| {
        let said = !reading.lexicon.rows(&lemma(parse, noun), WordClass::Noun).is_empty();
        said || found.content.iter().any(|&token| parse.token(token).upos == Upos::Num)
    };
    row.with.is_empty() && object.is_some_and(|object| !in_words(&object))
}

/// "recalled 3,000 lamps": what can be touched is no news, whatever else the verb means; who takes a stand may take it against a bridge.
fn is_about_a_thing(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let tells = found.row.is_some_and(|row| {
        row.kind == AttributionKind::Speech && row.with.is_empty() && !row.distant && matches!(row.act, Act::Report | Act::Say)
    });
    let object = parse.children_by(found.head, Deprel::Obj).find(|object| found.content.contains(object));
    let touched = |object: TokenId| {
        let said = !reading.lexicon.rows(&lemma(parse, object), WordClass::Noun).is_empty();
        !said && matches!(parse.referent(object), Some(Referent::Object | Referent::Substance | Referent::Animal | Referent::Plant))
    };
    tells && object.is_some_and(touched)
}

/// Accusing, denying, praising: a stand in the affair, wherever it is told.
fn takes_a_stand(found: &Found) -> bool {
    let stands = |act: Act| {
        matches!(
            act,
            Act::Accuse | Act::Criticise | Act::Condemn | Act::Reject | Act::Deny | Act::Warn | Act::Praise | Act::Demand | Act::Urge
        )
    };
    found.row.is_some_and(|row| stands(row.act))
}

/// "an official who asked not to be named", "speaking on condition of anonymity": how a source is named, not what it says of the affair.
fn wants_no_name(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let is_word = |token: TokenId, words: &[&str]| words.contains(&lemma(parse, token).as_str());
    let unnamed =
        found.content.iter().any(|&token| is_word(token, &["name", "identify", "quote"]) && parse.token(token).upos == Upos::Verb);
    // "asked not to be named", "declined to be named", "did not want to be named".
    let negated = found.content.iter().chain(&found.cue).any(|&token| is_word(token, &["not", "n't", "decline", "refuse"]));
    let anonymous = found.content.iter().any(|&token| is_word(token, &["anonymity"]));
    let about_source = matches!(parse.token(found.head).deprel, Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl);
    about_source && found.content.len() < 8 && (unnamed && negated || anonymous)
}

/// Photographs, surveys, reports: what shows things, as people only show them to one another.
fn is_evidence(reading: &Reading, source: &sources::Source) -> bool {
    let parse = reading.parse;
    let kind = sources::entity(reading, source).map(|id| reading.actors.entities[id.index()].kind);
    let noun = lemma(parse, antecedent(parse, source.head));
    let reports = reading
        .lexicon
        .rows(&noun, WordClass::Noun)
        .iter()
        .any(|row| matches!(row.kind, AttributionKind::Finding | AttributionKind::Speech));
    kind == Some(EntityKind::Document)
        || reports
        || parse.children_by(source.head, Deprel::Compound).any(|part| reading.lexicon.is_medium(&lemma(parse, part)))
}

fn is_quoted(reading: &Reading, found: &Found) -> bool {
    reading.quotes.iter().any(|quote| found.content.iter().any(|&token| quote.holds(token)))
}

/// Whether the content is a noun phrase: an object, what a preposition leads, the subject of a passive.
pub(super) fn is_phrase(reading: &Reading, content: &[TokenId]) -> bool {
    let parse = reading.parse;
    let mut tops = content.iter().copied().filter(|&token| parse.head(token).is_none_or(|head| content.binary_search(&head).is_err()));
    tops.all(|top| {
        let token = parse.token(top);
        let clause =
            matches!(token.deprel.base(), "ccomp" | "csubj" | "xcomp" | "acl" | "advcl" | "parataxis" | "root") || token.upos == Upos::Verb;
        !clause
    })
}

/// A person, a body or a group with a name, or whoever a pronoun stands for.
fn is_somebody(reading: &Reading, found: &Found, source: &sources::Source) -> bool {
    let parse = reading.parse;
    let head = antecedent(parse, source.head);
    let kind = sources::entity(reading, source).map(|id| reading.actors.entities[id.index()].kind);
    let named = parse.token(head).upos == Upos::Propn || parse.token(source.head).upos == Upos::Pron && found.head > source.head;
    named
        || matches!(
            kind,
            Some(EntityKind::Person | EntityKind::Organization | EntityKind::State | EntityKind::Publisher | EntityKind::PlaceAsActor)
        )
}
