//! What is done by saying it?
//!
//! The cue names the act where it is telling ("vowed", "accused"); where it is neutral ("said", "according to"), the words do ([`statements`]); where it
//! describes ("called"), the words of praise or blame in the description do. "Called the pact a breakthrough" → praise.
//!
//! Limits: irony, and blame without a word for it.

use variorum_model::{Act, AttributionKind, Deprel, EntityId, EntityKind, Polarity, TokenId, Upos};

use super::grammar::{beside_participle, is_led_by, is_passive, lemma, own_subject};
use super::lexicon::{Stance, WordClass};
use super::predication::stance;
use super::{Found, Reading, statements};

/// The act of an attribution, given who speaks.
pub(super) fn act(reading: &Reading, found: &Found, all: &[Found], speaker: Option<EntityId>) -> Act {
    let Some(row) = found.row else { return statements::neutral(reading, found, all, speaker) };
    match row.act {
        Act::Say | Act::Report | Act::Announce if is_shown(reading, found) => Act::Show,
        Act::Ask if is_polite(reading, found) => Act::Request,
        Act::Say | Act::Report if is_negated(reading, found) => Act::Say,
        Act::Say | Act::Report => statements::neutral(reading, found, all, speaker),
        Act::Describe => described(reading, found),
        Act::Claim | Act::Explain => statements::plainer(reading, found, speaker).unwrap_or(row.act),
        Act::Promise | Act::Announce if statements::threatens(reading, found, speaker) => Act::Threaten,
        Act::Announce if statements::denies(reading, found, speaker) => Act::Deny,
        Act::Reject if refuses_to_speak(reading, found) => Act::Say,
        Act::Reject if explains_by_denial(reading, found, all, speaker) => Act::Deny,
        Act::Agree if is_negated(reading, found) => Act::Reject,
        Act::Accuse if is_laid_on_a_thing(reading, found) => Act::Explain,
        Act::Condemn if is_called_wrong(reading, found) => Act::Accuse,
        Act::Hope if row.kind == AttributionKind::Intention => wanted(reading, found),
        act => act,
    }
}

/// Speech, belief, intention or finding: "according to the polls", "footage indicates" tell what was found, though the cue be one of speech.
pub(super) fn kind(reading: &Reading, found: &Found) -> AttributionKind {
    let kind = found.row.map_or(AttributionKind::Speech, |row| row.kind);
    if kind == AttributionKind::Speech && is_shown(reading, found) { AttributionKind::Finding } else { kind }
}

/// Whether what is said comes from a thing that shows or a search that finds.
fn is_shown(reading: &Reading, found: &Found) -> bool {
    let neutral = found.row.is_some_and(|row| matches!(row.act, Act::Say | Act::Report | Act::Announce));
    let telling = matches!(found.lemma, Some("according" | "accord" | "reveal" | "indicate" | "suggest" | "per"));
    let source = found.source.as_ref().map(|source| lemma(reading.parse, source.head));
    neutral && telling && source.is_some_and(|noun| reading.lexicon.is_of_findings(&noun) && !reading.lexicon.is_medium(&noun))
}

/// Asserted or denied: the row's word for it turned round by a negation at the cue.
pub(super) fn polarity(reading: &Reading, found: &Found, act: Act) -> Polarity {
    let withheld = found.row.is_some_and(|row| row.act == Act::Agree);
    let denies = matches!(act, Act::Deny | Act::Reject) && !withheld;
    if denies != is_negated(reading, found) { Polarity::Negative } else { Polarity::Positive }
}

/// "did not say", "declined to say": the saying itself is refused; "refused the offer" says no itself.
pub(super) fn is_negated(reading: &Reading, found: &Found) -> bool {
    let negates = |token: TokenId| match lemma(reading.parse, token).as_str() {
        "not" | "never" | "n't" | "n’t" => true,
        // "found no evidence", but "said no".
        "no" => reading.parse.token(token).deprel == Deprel::Det,
        "decline" | "refuse" => token != found.head,
        _ => false,
    };
    found.cue.iter().any(|&token| negates(token))
}

/// "declined to comment on the arrest" turns nothing down.
fn refuses_to_speak(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    parse.child(found.head, Deprel::Xcomp).is_some_and(|verb| {
        let rows = reading.lexicon.rows(&lemma(parse, verb), WordClass::Verb);
        rows.iter().any(|row| row.with.is_empty() && matches!(row.act, Act::Say | Act::Explain | Act::Announce))
    })
}

/// "dismissed the claims, saying that no ship had been delayed": to say why is to deny.
fn explains_by_denial(reading: &Reading, found: &Found, all: &[Found], speaker: Option<EntityId>) -> bool {
    let adds = |other: &&Found| {
        let token = reading.parse.token(other.head);
        let governor = beside_participle(reading.parse, other.head).or(token.head);
        token.deprel == Deprel::Advcl && token.tag == "VBG" && governor == Some(found.head)
    };
    all.iter().find(adds).is_some_and(|other| statements::is_denial(reading, other, speaker))
}

/// "condemned the pact as “unlawful”".
fn is_called_wrong(reading: &Reading, found: &Found) -> bool {
    found.content.iter().any(|&token| stance(reading, token) == Some(Stance::Wrong) && is_led_by(reading.parse, token, "as"))
}

/// "blamed the delay on a swan", "laid the blame on a missing bolt": a cause that cannot answer for itself.
fn is_laid_on_a_thing(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let answers = |token: TokenId| {
        let kind = reading.actors.entity_of(token).map(|id| reading.actors.entities[id.index()].kind);
        parse.token(token).upos != Upos::Noun || kind.is_some_and(|kind| !matches!(kind, EntityKind::Thing | EntityKind::Document))
    };
    let blames = matches!(found.lemma, Some("blame" | "lay" | "pin" | "put"));
    let mut own = parse.children(found.head).iter().flat_map(|&child| std::iter::once(child).chain(parse.children(child).iter().copied()));
    let on = |token: &TokenId| matches!(parse.token(*token).deprel, Deprel::Obl | Deprel::Nmod) && is_led_by(parse, *token, "on");
    blames && own.find(on).is_some_and(|culprit| !answers(culprit))
}

/// “Could you please send blankets”, he asked.
fn is_polite(reading: &Reading, found: &Found) -> bool {
    found.content.iter().any(|&token| lemma(reading.parse, token) == "please")
}

/// Whoever wants to do something plans it; whoever wants it of others demands it.
fn wanted(reading: &Reading, found: &Found) -> Act {
    let parse = reading.parse;
    if parse.child(found.head, Deprel::Obj).is_some() || parse.child(found.head, Deprel::Ccomp).is_some() { Act::Demand } else { Act::Plan }
}

/// What a description comes to: of a deed or thing that is wrong, condemnation; of somebody, accusation.
fn described(reading: &Reading, found: &Found) -> Act {
    let stances: Vec<Stance> = found.content.iter().filter_map(|&token| stance(reading, token)).collect();
    let count = |wanted: &[Stance]| stances.iter().filter(|stance| wanted.contains(stance)).count();
    let (praise, blame) = (count(&[Stance::Praise]), count(&[Stance::Blame, Stance::Danger, Stance::Fault]));
    let (untrue, wrong) = (count(&[Stance::False]), count(&[Stance::Wrong]));
    match () {
        () if praise > blame + untrue + wrong => Act::Praise,
        () if praise > 0 && praise == blame + untrue + wrong => Act::Describe,
        () if wrong > 0 && is_of_somebody(reading, found) => Act::Accuse,
        () if wrong > 0 => Act::Condemn,
        () if untrue > 0 => Act::Deny,
        () if blame > 0 || is_called_names(reading, found) => Act::Criticise,
        () => Act::Describe,
    }
}

/// Who or what is described: "called **him** a liar".
fn described_thing(reading: &Reading, found: &Found) -> Option<TokenId> {
    let parse = reading.parse;
    let passive = || own_subject(parse, found.head).filter(|_| is_passive(parse, found.head));
    parse.child(found.head, Deprel::Obj).or_else(passive)
}

fn is_of_somebody(reading: &Reading, found: &Found) -> bool {
    let Some(thing) = described_thing(reading, found) else { return false };
    let pronoun = matches!(lemma(reading.parse, thing).as_str(), "he" | "she" | "they" | "you" | "him" | "her" | "them");
    let kind = reading.actors.entity_of(thing).map(|id| reading.actors.entities[id.index()].kind);
    pronoun || kind.is_some_and(|kind| !matches!(kind, EntityKind::Thing | EntityKind::Document))
}

/// "called her “the ash woman”": what a name between quotation marks says is seldom kind; "the largest in our history" measures.
fn is_called_names(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let names = found.lemma.is_some_and(|cue| matches!(cue, "call" | "brand" | "dub" | "label" | "deride" | "liken"));
    let quoted: Vec<TokenId> = found
        .content
        .iter()
        .copied()
        .filter(|&token| reading.quotes.iter().any(|quote| quote.holds(token) && !quote.holds(found.head)))
        .collect();
    let noun = quoted.iter().any(|&token| parse.token(token).upos == Upos::Noun);
    let measures = quoted.iter().any(|&token| matches!(parse.token(token).tag.as_str(), "JJS" | "RBS"));
    names && noun && !measures
}
