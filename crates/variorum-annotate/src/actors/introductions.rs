//! Who is described before he is named?
//!
//! Input: drafts and their entities. Two habits of news writing are undone: the headline says "minister" before the text names him, and the first
//! sentence says "his lawyer" before the second says "Colette Amara". Output: the same, with description and name joined.
//!
//! ```text
//! Toll rises to 19, minister says / Mines minister Josephat Mwale said …              minister → Josephat Mwale
//! …, his lawyer told a radio station. / Colette Amara said an appeal court …          his lawyer → Colette Amara
//! ```
//!
//! Limits: whoever is named with a title or an apposition was not described before; of a headline's two speakers of one kind the first is taken.

use variorum_model::{BlockKind, Deprel, EntityKind, TokenId};

use super::coreference::{Gathering, is_speech, merge};
use super::mentions::{Draft, Reading, Reference};
use super::world::Calling;
use crate::naming::fold;

/// How many sentences after a headline may say whom it means.
const LEAD: u32 = 4;

/// How many sentences a description stands before its name.
const REACH: u32 = 2;

/// Joins descriptions with the names that come after them.
pub(super) fn join(reading: Reading<'_>, drafts: &[Draft], entities: &mut [Gathering], of: &mut [Option<usize>]) {
    for name in 0..drafts.len() {
        if let Some((described, named)) = described_before(reading, drafts, entities, of, name) {
            merge(entities, of, described, named);
        }
    }
    for i in 0..drafts.len() {
        if let Some((announced, named)) = announced(reading, drafts, entities, of, i) {
            merge(entities, of, announced, named);
        }
    }
}

/// For a person's bare name at its first mention, who speaks: whoever spoke undescribed by name just before.
fn described_before(
    reading: Reading<'_>,
    drafts: &[Draft],
    entities: &[Gathering],
    of: &[Option<usize>],
    name: usize,
) -> Option<(usize, usize)> {
    let named = of[name]?;
    let Reference::Name(form) = &drafts[name].reference else { return None };
    let undescribed = entities[named].nouns.is_empty() && form.title.is_none();
    let unintroduced = entities[named].kind == EntityKind::Person
        && entities[named].known.is_none()
        && fold(&form.text).contains(' ')
        && entities[named].drafts.iter().all(|&i| i >= name || matches!(drafts[i].reference, Reference::Pronoun(_)));
    if !(unintroduced && speaks(reading, &drafts[name]) && !is_headline(reading, &drafts[name])) {
        return None;
    }
    let near = |&i: &usize| drafts[name].sentence.0 - drafts[i].sentence.0 <= REACH;
    for i in (0..name).rev().take_while(near) {
        let Some(entity) = of[i].filter(|_| speaks(reading, &drafts[i]) && drafts[i].sentence != drafts[name].sentence) else { continue };
        let person = &entities[entity];
        let genders = (person.gender.or(person.likely_gender), entities[named].gender.or(entities[named].likely_gender));
        let agrees = !matches!(genders, (Some(a), Some(b)) if a != b);
        let alone = person.kind == EntityKind::Person && !person.plural && !is_named(drafts, person);
        let awaited = undescribed && is_definite(&drafts[i]) || is_lead(reading, drafts, i, name) && promises_a_name(reading, &drafts[i]);
        return (alone && agrees && awaited).then_some((entity, named));
    }
    None
}

/// Whether a description stands in the first sentence of the text, and a name in the next, which opens a paragraph.
fn is_lead(reading: Reading<'_>, drafts: &[Draft], description: usize, name: usize) -> bool {
    let body = |sentence: u32| {
        let start = reading.parse.token(reading.parse.sentences[sentence as usize].first).span.start();
        reading.doc.block_at(start).filter(|block| block.kind == BlockKind::Paragraph).map(|block| block.span)
    };
    let (first, second) = (drafts[description].sentence.0, drafts[name].sentence.0);
    let opens = (0..first).all(|before| body(before).is_none());
    opens && second == first + 1 && body(first).is_some() && body(second) != body(first)
}

/// "a senior lawmaker", "a heart surgeon": an office or trade whose bearer is named next; an "official" or "witness" often stays without a name.
fn promises_a_name(reading: Reading<'_>, draft: &Draft) -> bool {
    let Reference::Noun(form) = &draft.reference else { return false };
    let hidden = reading.parse.children_by(draft.head, Deprel::AclRelcl).next().is_some();
    !form.plural && !hidden && !reading.world.is_called(Calling::Nameless, &form.lemma)
}

/// For a bare noun of a headline, whom the first sentences of the text call so, or who speaks first in them.
fn announced(reading: Reading<'_>, drafts: &[Draft], entities: &[Gathering], of: &[Option<usize>], i: usize) -> Option<(usize, usize)> {
    let entity = of[i]?;
    let Reference::Noun(noun) = &drafts[i].reference else { return None };
    let unnamed = !is_named(drafts, &entities[entity]) && entities[entity].drafts.first() == Some(&i);
    let bare = reading.parse.child(drafts[i].head, Deprel::Det).is_none() && !noun.plural && noun.possessor.is_none();
    if !(is_headline(reading, &drafts[i]) && unnamed && bare) {
        return None;
    }
    let lead = (i + 1..drafts.len()).filter(|&j| !is_headline(reading, &drafts[j]));
    let lead: Vec<usize> = lead.take_while(|&j| drafts[j].sentence.0 - drafts[i].sentence.0 <= LEAD).collect();
    let lemma = fold(&noun.lemma);
    let kind = entities[entity].kind;
    let single = |other: usize| !entities[other].plural && entities[other].members.is_empty();
    let of_kind = |other: usize| entities[other].kind == kind && single(other);
    let borne =
        |other: usize| of_kind(other) || reading.world.is_borne_by_bodies(&lemma) && entities[other].kind == EntityKind::Organization;
    let called = |other: usize| {
        let agency = reading.world.is_called(Calling::Agency, &lemma) || lemma == "agency";
        let is_agency = || entities[other].words.iter().any(|word| reading.world.is_called(Calling::Agency, word));
        entities[other].nouns.contains(&lemma)
            || is_said_of(drafts, &entities[other], &lemma)
            || kind != EntityKind::Person && entities[other].words.contains(&lemma)
            || agency && is_agency()
    };
    let same_noun = lead.iter().filter_map(|&j| of[j]).find(|&other| other != entity && borne(other) && called(other));
    let only_there = entities[entity].drafts.iter().all(|&j| is_headline(reading, &drafts[j]));
    let first_speaker = || {
        let speaker = lead.iter().copied().find(|&j| speaks(reading, &drafts[j]) && of[j].is_some())?;
        of[speaker].filter(|&other| only_there && other != entity && of_kind(other) && speaks(reading, &drafts[i]))
    };
    // "Carmaker to close two plants": the firm that the first sentences are about.
    let first_firm = || {
        let business = reading.world.sectors.get(&lemma).is_some_and(|sector| sector == "BUS");
        let otherwise = |other: usize| {
            let body = |noun: &String| reading.world.nominal(noun).is_some_and(|nominal| nominal.kind == EntityKind::Organization);
            entities[other].nouns.iter().any(|noun| *noun != lemma && body(noun))
        };
        let firm = |&other: &usize| {
            let named = entities[other].kind == EntityKind::Organization && is_named(drafts, &entities[other]);
            other != entity && named && !otherwise(other)
        };
        let subject = |&&j: &&usize| business && drafts[j].place_in_clause.subject;
        lead.iter().filter(subject).filter_map(|&j| of[j]).find(firm).filter(|_| kind == EntityKind::Organization)
    };
    same_noun.or_else(first_speaker).or_else(first_firm).map(|named| (entity, named))
}

/// Whether a noun of somebody has a word beside it: "deputy" in "deputy chairman".
fn is_said_of(drafts: &[Draft], entity: &Gathering, word: &str) -> bool {
    let beside =
        |draft: &Draft| matches!(&draft.reference, Reference::Noun(form) if form.modifiers.iter().any(|modifier| modifier == word));
    entity.drafts.iter().any(|&i| beside(&drafts[i]))
}

/// Whether a phrase is the subject of a verb of speech, or leads one that the parser made a participle of it: "Karin Falk, 52, denied taking bribes."
fn speaks(reading: Reading<'_>, draft: &Draft) -> bool {
    let speech = |verb: TokenId| is_speech(&reading.lemma(verb));
    let leads = || {
        let root = reading.parse.token(draft.head).deprel == Deprel::Root && matches!(draft.reference, Reference::Name(_));
        root && reading.parse.children_by(draft.head, Deprel::Acl).any(|verb| speech(verb) && verb > draft.head)
    };
    draft.place_in_clause.subject && draft.place_in_clause.governor.is_some_and(speech) || leads()
}

fn is_headline(reading: Reading<'_>, draft: &Draft) -> bool {
    reading.doc.block_at(draft.span.start()).is_some_and(|block| block.kind == BlockKind::Headline)
}

fn is_named(drafts: &[Draft], entity: &Gathering) -> bool {
    entity.drafts.iter().any(|&i| matches!(drafts[i].reference, Reference::Name(_)))
}

fn is_definite(draft: &Draft) -> bool {
    matches!(&draft.reference, Reference::Noun(form) if form.definite)
}
