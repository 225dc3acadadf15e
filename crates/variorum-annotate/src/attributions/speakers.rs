//! Whom do the words of a source mean?
//!
//! Mostly what the actor stage says. Three things it cannot see are settled here, with the attributions in view: a pronoun does not mean somebody whom its own
//! quotation names ("“Rovia has armed them,” it said"); "he" after a speech is its speaker; "the report" of a document that
//! mentions none is the report of the agency that has just been cited.

use variorum_model::{Deprel, EntityId, EntityKind, Gender, MentionKind, TokenId, Upos};

use super::grammar::{antecedent, is_led_by, lemma};
use super::lexicon::WordClass;
use super::sources::{self, Source};
use super::{Found, Reading};

/// How many sentences back a speaker is looked for.
const REACH: u32 = 4;

/// The speaker of each attribution; `found` in text order.
pub(super) fn speakers(reading: &Reading, found: &[Found]) -> Vec<Option<EntityId>> {
    let mut speakers: Vec<Option<EntityId>> = Vec::with_capacity(found.len());
    for i in 0..found.len() {
        let speaker = found[i].source.as_ref().and_then(|source| speaker(reading, found, &speakers, i, source));
        speakers.push(speaker);
    }
    speakers
}

fn speaker(reading: &Reading, found: &[Found], before: &[Option<EntityId>], i: usize, source: &Source) -> Option<EntityId> {
    let known = sources::entity(reading, source);
    let word = lemma(reading.parse, source.head);
    let form = reading.doc.slice(reading.parse.token(source.head).span).to_lowercase();
    if matches!(form.as_str(), "he" | "she" | "it" | "they" | "his" | "her" | "its" | "their") {
        let trusted = known.filter(|&entity| !names_itself(reading, &found[i], entity) && fits(reading, &form, entity));
        let fitting = |entity: EntityId| fits(reading, &form, entity) && !names_itself(reading, &found[i], entity);
        let entity = |id: EntityId| &reading.actors.entities[id.index()];
        // A gender guessed from a name is weaker than the order of speech: "Wu said …. “…,” she said."
        let named_person =
            |id: EntityId| entity(id).named && entity(id).kind == EntityKind::Person && !names_itself(reading, &found[i], id);
        let gendered = matches!(form.as_str(), "he" | "she");
        return trusted
            .or_else(|| earlier(reading, found, before, i, REACH, |id| fitting(id) && entity(id).named))
            .or_else(|| earlier(reading, found, before, i, 1, |id| gendered && named_person(id)))
            .or_else(|| earlier(reading, found, before, i, REACH, fitting))
            .or_else(|| chained(reading, source.head).filter(|&id| fitting(id)))
            .or(known);
    }
    if let Some(author) = author(reading, source, &word) {
        return Some(author);
    }
    if is_bridging_document(reading, source, &word, known) {
        let issues = |entity: EntityId| {
            let kind = reading.actors.entities[entity.index()].kind;
            let carried = matches!(
                word.as_str(),
                "report"
                    | "dispatch"
                    | "bulletin"
                    | "broadcast"
                    | "article"
                    | "despatch"
                    | "agency"
                    | "newspaper"
                    | "paper"
                    | "broadcaster"
                    | "channel"
            );
            let medium = kind == EntityKind::Publisher || reading.actors.entities[entity.index()].sector.as_deref() == Some("MED");
            if carried { medium } else { !matches!(kind, EntityKind::Thing | EntityKind::Document) }
        };
        return earlier(reading, found, before, i, REACH, issues).or(known);
    }
    known
}

/// "an audit by the consultancy", "estimates from the grain association": who made what is said to show or say.
fn author(reading: &Reading, source: &Source, word: &str) -> Option<EntityId> {
    let parse = reading.parse;
    if parse.token(source.head).upos != Upos::Noun || reading.lexicon.rows(word, WordClass::Noun).is_empty() {
        return None;
    }
    let maker = |&child: &TokenId| ["by", "from"].iter().any(|word| is_led_by(parse, child, word));
    let made = parse.children_by(source.head, Deprel::Acl).filter_map(|made| sources::agent(parse, made));
    let makers = parse.children_by(source.head, Deprel::Nmod).filter(maker).chain(made);
    makers
        .filter_map(|maker| reading.actors.entity_for_phrase(parse, maker))
        .find(|id| !matches!(reading.actors.entities[id.index()].kind, EntityKind::Thing | EntityKind::Document))
}

/// Somebody named whom the parser's chain of mentions ties to a word.
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

/// The nearest earlier speaker that fits, of attributions not far back.
fn earlier(
    reading: &Reading,
    found: &[Found],
    before: &[Option<EntityId>],
    i: usize,
    reach: u32,
    fits: impl Fn(EntityId) -> bool,
) -> Option<EntityId> {
    let sentence = |j: usize| reading.parse.token(found[j].head).sentence.0;
    let near = (0..i).rev().take_while(|&j| sentence(j) + reach >= sentence(i));
    near.filter_map(|j| before[j]).find(|&entity| fits(entity))
}

fn fits(reading: &Reading, pronoun: &str, entity: EntityId) -> bool {
    let entity = &reading.actors.entities[entity.index()];
    let person = entity.kind == EntityKind::Person;
    match pronoun {
        "he" | "his" => person && entity.gender != Some(Gender::Female),
        "she" | "her" => person && entity.gender != Some(Gender::Male),
        "it" | "its" => !person && !entity.plural && entity.kind != EntityKind::Thing,
        _ => entity.plural || entity.kind == EntityKind::Group,
    }
}

/// "the report", "the statement": a definite noun for words, of something not mentioned before.
fn is_bridging_document(reading: &Reading, source: &Source, word: &str, known: Option<EntityId>) -> bool {
    let parse = reading.parse;
    let head = antecedent(parse, source.head);
    let definite = parse.children(head).iter().any(|&child| matches!(lemma(parse, child).as_str(), "the" | "this" | "that"));
    let plain = source.tokens.iter().filter(|&&token: &&TokenId| parse.token(token).upos != Upos::Punct).count() <= 2;
    let utterance = matches!(
        word,
        "report"
            | "dispatch"
            | "despatch"
            | "bulletin"
            | "broadcast"
            | "article"
            | "statement"
            | "commentary"
            | "communique"
            | "announcement"
            | "message"
    ) && !reading.lexicon.rows(word, WordClass::Noun).is_empty();
    let outlet = matches!(word, "agency" | "newspaper" | "paper" | "broadcaster" | "channel");
    let new = known.is_none_or(|entity| {
        let first = reading.actors.entities[entity.index()].mentions.first();
        first.is_none_or(|first| reading.actors.mentions[first.index()].head == head)
    });
    definite && plain && (outlet || (utterance && new))
}
