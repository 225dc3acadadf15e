//! Whom do the words of a source mean?
//!
//! Mostly what the actor stage says. What it cannot see is settled here, with the attributions in view: a pronoun does not mean somebody whom its own
//! quotation names ("“Rovia has armed them,” it said"); "he" after a speech is its speaker; "the report" of a document that
//! mentions none is the report of the agency that has just been cited; "the statement" says what whoever issued it says.

use variorum_model::{Deprel, Entity, EntityId, EntityKind, Gender, MentionId, MentionKind, TokenId, Upos};

use super::grammar::{antecedent, is_led_by, lemma, own_subject};
use super::lexicon::{Passing, WordClass};
use super::sources::{self, Source};
use super::{Found, Reading, relays};

/// How many sentences back a speaker is looked for.
const REACH: u32 = 4;

/// The speaker of each attribution; `found` in text order.
pub(super) fn speakers(reading: &Reading, found: &[Found]) -> Vec<Option<EntityId>> {
    let mut speakers: Vec<Option<EntityId>> = Vec::with_capacity(found.len());
    for i in 0..found.len() {
        let here = Here { reading, found, before: &speakers, i };
        let speaker = found[i].source.as_ref().and_then(|source| speaker(&here, source));
        speakers.push(speaker);
    }
    speakers
}

/// One attribution with those before it, whose speakers are known.
struct Here<'h, 'r, 'l> {
    reading: &'h Reading<'r>,
    found: &'h [Found<'l>],
    before: &'h [Option<EntityId>],
    i: usize,
}

impl Here<'_, '_, '_> {
    /// The nearest earlier speaker that fits, of attributions not far back.
    fn earlier(&self, reach: u32, fits: impl Fn(EntityId) -> bool) -> Option<EntityId> {
        let sentence = |j: usize| self.reading.parse.token(self.found[j].head).sentence.0;
        let near = (0..self.i).rev().take_while(|&j| sentence(j) + reach >= sentence(self.i));
        near.filter_map(|j| self.before[j]).find(|&entity| fits(entity))
    }

    fn kind(&self, entity: EntityId) -> EntityKind {
        self.reading.actors.entities[entity.index()].kind
    }
}

fn speaker(here: &Here, source: &Source) -> Option<EntityId> {
    let reading = here.reading;
    let known = sources::entity(reading, source);
    let word = lemma(reading.parse, source.head);
    let form = reading.doc.slice(reading.parse.token(source.head).span).to_lowercase();
    if matches!(form.as_str(), "he" | "she" | "it" | "they" | "his" | "her" | "its" | "their") {
        let meant = pronoun(here, source, &form, known);
        return meant.and_then(|meant| issuer(here, meant)).or(meant);
    }
    if let Some(author) = author(reading, source, &word) {
        return Some(author);
    }
    let definite = is_definite(reading, source);
    if definite && reading.lexicon.tells(Passing::Statement, &word) {
        let silent = |entity: EntityId| matches!(here.kind(entity), EntityKind::Thing | EntityKind::Document);
        return known.and_then(|known| issuer(here, known)).or_else(|| here.earlier(REACH, |entity| !silent(entity))).or(known);
    }
    if definite && is_bridging(reading, source, &word, known) {
        let carried = reading.lexicon.tells(Passing::Dispatch, &word) || reading.lexicon.tells(Passing::Outlet, &word);
        let issues = |entity: EntityId| carried && is_medium(reading, entity);
        let named = known.filter(|&known| reading.actors.entities[known.index()].named);
        return named.or_else(|| here.earlier(REACH, issues)).or(known);
    }
    known
}

fn is_medium(reading: &Reading, entity: EntityId) -> bool {
    let entity = &reading.actors.entities[entity.index()];
    entity.kind == EntityKind::Publisher || entity.sector.as_deref() == Some("JRN")
}

fn pronoun(here: &Here, source: &Source, form: &str, known: Option<EntityId>) -> Option<EntityId> {
    let reading = here.reading;
    let passing = relays::relays(reading, &here.found[here.i]);
    // "In a statement carried by CNB, it accused": not CNB.
    let foreign =
        |entity: EntityId| !names_itself(reading, &here.found[here.i], entity) && !passing.iter().any(|hop| hop.entity == Some(entity));
    let fitting = |entity: EntityId| fits(reading, form, entity) && foreign(entity);
    let named = |entity: EntityId| reading.actors.entities[entity.index()].named;
    // A gender guessed from a name is weaker than the order of speech: "Wu said …. “…,” she said."
    let gendered = matches!(form, "he" | "she");
    let named_person = |entity: EntityId| gendered && named(entity) && here.kind(entity) == EntityKind::Person && foreign(entity);
    let chained = || chained(reading, source.head).filter(|&id| fitting(id));
    here.earlier(1, fitting)
        .or_else(|| known.filter(|&entity| fitting(entity)))
        .or_else(|| subject_before(reading, source.head).filter(|&entity| fitting(entity)))
        .or_else(|| here.earlier(REACH, |entity| fitting(entity) && named(entity)))
        .or_else(|| here.earlier(1, named_person))
        .or_else(|| here.earlier(REACH, fitting))
        .or_else(chained)
        .or(known.filter(|&entity| foreign(entity)))
}

/// "The delegation gave another account. In a statement carried by CNB, it accused …": whom the sentence before is about.
fn subject_before(reading: &Reading, pronoun: TokenId) -> Option<EntityId> {
    let parse = reading.parse;
    let sentence = parse.sentence(parse.token(pronoun).sentence);
    let before = parse.sentence(parse.token(TokenId(sentence.first.0.checked_sub(1)?)).sentence);
    let root = (before.first.0..before.end.0).map(TokenId).find(|&token| parse.token(token).deprel == Deprel::Root)?;
    reading.actors.entity_for_phrase(parse, own_subject(parse, root)?)
}

/// For a statement that somebody is said to have made something known in ("In a statement, the ministry accused …"), whoever did.
fn issuer(here: &Here, statement: EntityId) -> Option<EntityId> {
    let (reading, parse) = (here.reading, here.reading.parse);
    let entity = &reading.actors.entities[statement.index()];
    let mentions =
        entity.mentions.iter().map(|id| &reading.actors.mentions[id.index()]).filter(|mention| mention.kind == MentionKind::Nominal);
    let heads: Vec<TokenId> = mentions.map(|mention| mention.head).collect();
    let states = heads.iter().any(|&head| reading.lexicon.tells(Passing::Statement, &lemma(parse, head)));
    if entity.kind != EntityKind::Document || entity.named || !states {
        return None;
    }
    let made_in = |j: &usize| {
        let found = &here.found[*j];
        heads.iter().any(|&head| parse.is_within(head, found.head) && !found.content.contains(&head))
    };
    let owner = || {
        heads
            .iter()
            .filter_map(|&head| parse.child(head, Deprel::NmodPoss))
            .find_map(|owner| reading.actors.entity_for_phrase(parse, owner))
    };
    let speakers = (0..here.i).rev().filter(made_in).filter_map(|j| here.before[j]);
    speakers.into_iter().find(|&speaker| speaker != statement).or_else(owner)
}

/// "an audit by the consultancy", "estimates from the grain association": who made what is said to show or say.
fn author(reading: &Reading, source: &Source, word: &str) -> Option<EntityId> {
    let parse = reading.parse;
    if parse.token(source.head).upos != Upos::Noun || reading.lexicon.rows(word, WordClass::Noun).is_empty() {
        return None;
    }
    let maker = |&child: &TokenId| ["by", "from"].iter().any(|word| is_led_by(parse, child, word));
    let making = |&clause: &TokenId| reading.lexicon.tells(Passing::MadeBy, &lemma(parse, clause));
    let made = parse.children_by(source.head, Deprel::Acl).filter(making).filter_map(|made| sources::agent(parse, made));
    let makers = parse.children_by(source.head, Deprel::Nmod).filter(maker).chain(made);
    makers
        .filter_map(|maker| reading.actors.entity_for_phrase(parse, maker))
        .find(|id| !matches!(reading.actors.entities[id.index()].kind, EntityKind::Thing | EntityKind::Document))
}

/// Somebody whom the parser's chain of mentions ties to a word, named if there is one.
fn chained(reading: &Reading, head: TokenId) -> Option<EntityId> {
    let chain = reading.parse.mention_headed_by(head)?.chain;
    let entities = reading.parse.chain(chain).filter(|mention| mention.head < head).map(|mention| mention.head);
    let entities: Vec<EntityId> = entities.filter_map(|head| reading.actors.entity_for_phrase(reading.parse, head)).collect();
    let somebody = |id: &&EntityId| !matches!(reading.actors.entities[id.index()].kind, EntityKind::Thing);
    let named = entities.iter().rev().find(|id| reading.actors.entities[id.index()].named);
    named.or_else(|| entities.iter().rev().find(somebody)).copied()
}

/// Whether the quoted words of an attribution name an entity, which then is hardly the one who says them.
fn names_itself(reading: &Reading, found: &Found, entity: EntityId) -> bool {
    reading.actors.entities[entity.index()].mentions.iter().any(|id| {
        let mention = &reading.actors.mentions[id.index()];
        let quoted = reading.quotes.iter().any(|quote| quote.holds(mention.head) && !quote.holds(found.head));
        mention.kind != MentionKind::Pronoun && quoted && found.content.contains(&mention.head)
    })
}

fn fits(reading: &Reading, pronoun: &str, entity: EntityId) -> bool {
    let entity = &reading.actors.entities[entity.index()];
    let person = entity.kind == EntityKind::Person;
    match pronoun {
        "he" | "his" => person && entity.gender != Some(Gender::Female),
        "she" | "her" => person && entity.gender != Some(Gender::Male),
        "it" | "its" => !person && entity.kind != EntityKind::Thing && (!entity.plural || is_one_body(reading, entity)),
        _ => entity.plural || entity.kind == EntityKind::Group,
    }
}

/// "the delegation", "the crew": several people, called by a noun in the singular.
fn is_one_body(reading: &Reading, entity: &Entity) -> bool {
    let singular = |id: &MentionId| {
        let mention = &reading.actors.mentions[id.index()];
        mention.kind == MentionKind::Nominal && matches!(reading.parse.token(mention.head).tag.as_str(), "NN" | "NNP")
    };
    entity.kind == EntityKind::Group && entity.members.is_empty() && entity.mentions.iter().any(singular)
}

/// "the report", "that paper": a definite noun with nothing that tells more.
fn is_definite(reading: &Reading, source: &Source) -> bool {
    let parse = reading.parse;
    let head = antecedent(parse, source.head);
    let definite = parse.children(head).iter().any(|&child| matches!(lemma(parse, child).as_str(), "the" | "this" | "that"));
    let plain = source.tokens.iter().filter(|&&token: &&TokenId| parse.token(token).upos != Upos::Punct).count() <= 2;
    definite && plain
}

/// Whether a definite noun for an outlet, or for words that were not mentioned before, points to an outlet that has been cited.
fn is_bridging(reading: &Reading, source: &Source, word: &str, known: Option<EntityId>) -> bool {
    let head = antecedent(reading.parse, source.head);
    let first = |entity: EntityId| reading.actors.entities[entity.index()].mentions.first();
    let new = known.is_none_or(|entity| first(entity).is_none_or(|first| reading.actors.mentions[first.index()].head == head));
    reading.lexicon.tells(Passing::Dispatch, word) && new || reading.lexicon.tells(Passing::Outlet, word)
}
