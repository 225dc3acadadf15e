//! Does a cue report what somebody says, or only describe him?
//!
//! "Bel accused the yard of neglect" reports; "rivals promising upheaval", "the urge to oppose the plan", "a focus on jobs" describe people and aims
//! whom nobody heard. Input: an attribution. Output: whether it only describes. What has a clause or a quotation for its content always reports.
//!
//! Limits: what a phrase as content reports of somebody unnamed is lost: "people calling for calm".

use variorum_model::{Act, AttributionKind, Deprel, EntityKind, TokenId, Upos};

use super::grammar::{antecedent, is_led_by, is_nominal, is_passive, lemma};
use super::lexicon::WordClass;
use super::sources;
use super::{Found, Reading};

/// Whether an attribution only describes its source.
pub(super) fn only_describes(reading: &Reading, found: &Found) -> bool {
    if wants_no_name(reading, found) {
        return true;
    }
    if is_quoted(reading, found) || !is_phrase(reading, &found.content) {
        return false;
    }
    let parse = reading.parse;
    let cue = parse.token(found.head);
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
    infinitive || (modifies || noun) && !is_somebody(reading, found, source)
}

/// "an official who asked not to be named", "speaking on condition of anonymity": how a source is named, not what it says of the affair.
fn wants_no_name(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let is_word = |token: TokenId, words: &[&str]| words.contains(&lemma(parse, token).as_str());
    let unnamed =
        found.content.iter().any(|&token| is_word(token, &["name", "identify", "quote"]) && parse.token(token).upos == Upos::Verb);
    let negated = found.content.iter().any(|&token| is_word(token, &["not", "n't"]));
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
fn is_phrase(reading: &Reading, content: &[TokenId]) -> bool {
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
