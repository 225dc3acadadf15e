//! Is a saying or a thought only mentioned beside what its sentence tells?
//!
//! "Rain fell after the deal was announced", "a deputy who has vowed to resign", "in her call for calm", "might think", "set out to show that": such clauses
//! and phrases date, tell apart, imagine or aim. Input: an attribution without quoted words. Output: whether it is such an aside.
//!
//! Limits: what a relative clause without a comma tells for the first time is lost.

use variorum_model::{Act, AttributionKind, Deprel, Parse, TokenId, Upos};

use super::descriptions::{has_clause_with_that, is_phrase, is_relative};
use super::grammar::{is_passive, lemma};
use super::{Found, Reading};

/// Whether an attribution is told in passing.
pub(super) fn is_aside(reading: &Reading, found: &Found) -> bool {
    is_imagined(reading.parse, found)
        || is_condition(reading.parse, found)
        || is_known_event(reading, found)
        || tells_who_is_meant(reading, found)
        || is_occasion(reading, found)
        || is_purpose(reading, found)
}

/// "some may find her dull", "would believe": a thought that might be had is nobody's yet. "Would like" is a wish all the same.
fn is_imagined(parse: &Parse, found: &Found) -> bool {
    let Some(row) = found.row.filter(|row| row.kind != AttributionKind::Speech) else { return false };
    let modal = parse.children(found.head).iter().copied().find(|&child| parse.token(child).tag == "MD");
    let wish = |modal: TokenId| row.act == Act::Hope && lemma(parse, modal) == "would";
    matches!(parse.token(found.head).upos, Upos::Verb | Upos::Aux) && modal.is_some_and(|modal| !wish(modal))
}

/// "if the board refuses a strike": nobody has refused it yet.
fn is_condition(parse: &Parse, found: &Found) -> bool {
    let cue = parse.token(found.head);
    let open = |mark: TokenId| matches!(lemma(parse, mark).as_str(), "if" | "unless" | "whether");
    cue.deprel == Deprel::Advcl && matches!(cue.upos, Upos::Verb | Upos::Aux) && parse.children_by(found.head, Deprel::Mark).any(open)
}

/// "after the deal was announced", "the deal that was announced", "He was criticised": a passive without a speaker that dates something, tells it apart or has no more to tell.
fn is_known_event(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let subordinate = matches!(
        parse.token(found.head).deprel,
        Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl | Deprel::Ccomp | Deprel::Xcomp | Deprel::Csubj
    );
    let words = found.content.iter().filter(|&&token| parse.token(token).upos != Upos::Punct).count();
    let nobody = found.source.is_none() && is_passive(parse, found.head);
    nobody && (words == 1 || subordinate && is_phrase(reading, &found.content))
}

/// "a deputy who has vowed to resign", "the deputy who opposed her": a relative clause without a comma tells one person from others.
fn tells_who_is_meant(reading: &Reading, found: &Found) -> bool {
    let comma = || {
        let pronoun = found.source.as_ref().map(|source| source.head);
        pronoun.and_then(|pronoun| pronoun.0.checked_sub(1)).is_some_and(|before| reading.parse.token(TokenId(before)).tag == ",")
    };
    is_relative(reading, found) && (hangs_by(reading.parse, found, &["xcomp"]) || is_phrase(reading, &found.content)) && !comma()
}

/// "in his call for a strike", "despite their refusal to pay": a noun in an adverbial names the saying as known.
fn is_occasion(reading: &Reading, found: &Found) -> bool {
    let cue = reading.parse.token(found.head);
    matches!(cue.upos, Upos::Noun | Upos::Propn)
        && matches!(cue.deprel.base(), "obl" | "nmod")
        && hangs_by(reading.parse, found, &["nmod", "acl"])
        && !has_clause_with_that(reading, found)
}

/// "hoped to meet him and praise the deal", "drilled to find whether": what is still to be said or found.
fn is_purpose(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let deprel = parse.token(found.head).deprel;
    let finds = found.row.is_some_and(|row| row.kind == AttributionKind::Finding);
    let joined = deprel == Deprel::Conj && parse.head(found.head).is_some_and(|head| is_infinitive(parse, head));
    let hangs = joined || matches!(deprel, Deprel::Advcl | Deprel::Acl | Deprel::Xcomp);
    is_infinitive(parse, found.head) && (finds && hangs || joined && is_phrase(reading, &found.content))
}

fn is_infinitive(parse: &Parse, verb: TokenId) -> bool {
    parse.token(verb).tag == "VB" && parse.child(verb, Deprel::Aux).is_none()
}

/// Whether all of the content hangs on what stands around it by one of these relations.
fn hangs_by(parse: &Parse, found: &Found, relations: &[&str]) -> bool {
    let inside = |head: TokenId| found.content.binary_search(&head).is_ok();
    let words = found.content.iter().copied().filter(|&token| parse.token(token).upos != Upos::Punct);
    words.filter(|&token| !parse.head(token).is_some_and(inside)).all(|top| relations.contains(&parse.token(top).deprel.base()))
}
