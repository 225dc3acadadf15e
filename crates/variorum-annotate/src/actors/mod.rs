//! Who does a document speak of?
//!
//! Input: a document, its parse and its places. Output: [`Actors`]: mentions (names, nouns, pronouns) and the entities they refer to, with name,
//! kind, country, sector, gender and roles.
//!
//! ```text
//! The leader of the DPRK, Han Min Jae, met Russian President Pavel Orlov. Han told him that Pyongyang …
//!   Han Min Jae     person, PRK, leader of North Korea    ← The leader of the DPRK · Han Min Jae · Han
//!   Pavel Orlov  person, RUS, president of Russia      ← Russian President Pavel Orlov · him
//!   North Korea     state, PRK                            ← the DPRK · Pyongyang
//! ```
//!
//! The steps: [`mentions`] finds phrases, [`variants`] joins names, [`coreference`] joins the rest, [`introductions`] those who are described
//! before they are named, [`roles`] reads titles.
//! Limits: see each step; a place is an actor only where it acts.

mod codes;
mod coreference;
mod introductions;
mod mentions;
mod roles;
mod unlisted;
mod variants;
mod world;

pub use world::World;

use std::collections::BTreeMap;

use jiff::civil::Date;
use variorum_model::{
    Deprel, Diagnostic, Document, Entity, EntityId, EntityKind, Mention, MentionId, MentionKind, Parse, Place, Span, TokenId, Upos,
};

use coreference::Gathering;
use mentions::{Draft, NameForm, Reading, Reference};
use world::Known;

use crate::naming::fold;

/// Mentions and the entities they refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actors {
    /// Sorted by span.
    pub mentions: Vec<Mention>,
    /// In the order of their first mention.
    pub entities: Vec<Entity>,
    /// Bad text is data.
    pub diagnostics: Vec<Diagnostic>,
    /// For each mention, its title and name, or its noun: first token and one past the last. A parser may take any of them for the head.
    cores: Vec<(TokenId, TokenId)>,
}

impl Actors {
    /// The entity whose mention has this head word, or has it in its title or name.
    pub fn entity_of(&self, head: TokenId) -> Option<EntityId> {
        let exact = self.mentions.iter().find(|mention| mention.head == head).map(|mention| mention.entity);
        exact.or_else(|| {
            let around = self.mentions.iter().zip(&self.cores).filter(|(_, (first, end))| *first <= head && head < *end);
            around.min_by_key(|(_, (first, end))| end.0 - first.0).map(|(mention, _)| mention.entity)
        })
    }

    /// The entity whose name, or title and name, begins at a token.
    pub fn named_from(&self, first: TokenId) -> Option<EntityId> {
        let begins = |(mention, core): &(&Mention, &(TokenId, TokenId))| mention.kind == MentionKind::Name && core.0 == first;
        self.mentions.iter().zip(&self.cores).find(begins).map(|(mention, _)| mention.entity)
    }

    /// The mention, with its entity, whose span is the largest inside `span`.
    pub fn within(&self, span: Span) -> Option<&Mention> {
        self.mentions
            .iter()
            .filter(|mention| span.contains(mention.span))
            .max_by_key(|mention| (mention.span.len(), std::cmp::Reverse(mention.span)))
    }

    /// The entity of the noun phrase that a word heads: its own, or that of the name or apposition inside, or of what it counts
    /// ("two of the managers").
    pub fn entity_for_phrase(&self, parse: &Parse, head: TokenId) -> Option<EntityId> {
        self.phrase(parse, head, 0)
    }

    fn phrase(&self, parse: &Parse, head: TokenId, depth: usize) -> Option<EntityId> {
        if let Some(entity) = self.entity_of(head) {
            return Some(entity);
        }
        let inner = |child: &TokenId| matches!(parse.token(*child).deprel, Deprel::Flat | Deprel::Appos | Deprel::NmodDesc);
        let named = parse.children(head).iter().copied().filter(inner).find_map(|child| self.entity_of(child));
        let counts = matches!(parse.token(head).upos, Upos::Num | Upos::Det | Upos::Pron | Upos::Adj);
        let counted = || {
            let of = |child: &TokenId| parse.children_by(*child, Deprel::Case).any(|case| parse.token(case).lemma == "of");
            let part = parse.children_by(head, Deprel::Nmod).find(|child| of(child)).filter(|_| counts && depth < 3)?;
            self.phrase(parse, part, depth + 1)
        };
        named.or_else(counted)
    }

    /// Everybody that a noun phrase names: each part of a coordination, and each member of a group whose members are told.
    pub fn entities_for_phrase(&self, parse: &Parse, head: TokenId) -> Vec<EntityId> {
        let parts = std::iter::once(head).chain(parse.children_by(head, Deprel::Conj));
        let mut found: Vec<EntityId> = Vec::new();
        for entity in parts.filter_map(|part| self.entity_for_phrase(parse, part)) {
            let members = &self.entities[entity.index()].members;
            let all = if members.is_empty() { vec![entity] } else { members.clone() };
            found.extend(all.into_iter().filter(|entity| !found.contains(entity)).collect::<Vec<_>>());
        }
        found
    }
}

/// Finds mentions and resolves them within the document.
pub fn actors(world: &World, doc: &Document, parse: &Parse, places: &[Place]) -> Actors {
    let reading = Reading { world, doc, parse, places };
    let drafts = mentions::drafts(reading);
    let (clusters, cluster_of) = variants::clusters(reading, &drafts);
    let (mut gatherings, mut entity_of) = coreference::resolve(reading, &drafts, &clusters, &cluster_of);
    introductions::join(reading, &drafts, &mut gatherings, &mut entity_of);
    assemble(reading, &drafts, &gatherings, &entity_of)
}

/// Numbers mentions and entities, and describes each entity.
fn assemble(reading: Reading<'_>, drafts: &[Draft], gatherings: &[Gathering], entity_of: &[Option<usize>]) -> Actors {
    let mut by_span: Vec<usize> = (0..drafts.len()).filter(|&i| entity_of[i].is_some()).collect();
    by_span.sort_by_key(|&i| (drafts[i].span, drafts[i].head));
    let mut order: BTreeMap<usize, EntityId> = BTreeMap::new();
    let mut sequence: Vec<usize> = Vec::new();
    for gathering in
        by_span.iter().filter_map(|&i| entity_of[i]).flat_map(|i| std::iter::once(i).chain(gatherings[i].members.iter().copied()))
    {
        order.entry(gathering).or_insert_with(|| {
            sequence.push(gathering);
            EntityId(sequence.len() as u32 - 1)
        });
    }
    let mut actors = Actors::default();
    for &i in &by_span {
        let Some(&entity) = entity_of[i].and_then(|gathering| order.get(&gathering)) else { continue };
        actors.mentions.push(Mention { span: drafts[i].span, head: drafts[i].head, kind: drafts[i].kind(), entity });
        actors.cores.push(drafts[i].core);
    }
    let called = |token: TokenId| {
        let i = (0..drafts.len()).find(|&i| drafts[i].covers(token) && entity_of[i].is_some())?;
        entity_of[i].map(|gathering| name(reading, drafts, &gatherings[gathering]))
    };
    actors.entities = sequence.iter().map(|&i| entity(reading, drafts, &gatherings[i], &order, &called)).collect();
    name_groups(&mut actors.entities);
    for (i, mention) in actors.mentions.iter().enumerate() {
        actors.entities[mention.entity.index()].mentions.push(MentionId(i as u32));
    }
    actors
}

/// A group whose members are told is called by them: "Han Min Jae and Pavel Orlov".
fn name_groups(entities: &mut [Entity]) {
    for i in 0..entities.len() {
        let members: Vec<String> = entities[i].members.iter().map(|member| entities[member.index()].name.clone()).collect();
        if let Some((last, others)) = members.split_last().filter(|(_, others)| !others.is_empty()) {
            entities[i].name = format!("{} and {last}", others.join(", "));
        }
    }
}

fn entity(
    reading: Reading<'_>,
    drafts: &[Draft],
    gathering: &Gathering,
    order: &BTreeMap<usize, EntityId>,
    called: &roles::Called<'_>,
) -> Entity {
    let roles = roles::roles(reading, drafts, gathering, called);
    let day = reading.doc.published.filter(|published| published.range.is_day()).map(|published| published.range.earliest());
    let name = name(reading, drafts, gathering);
    Entity {
        aliases: aliases(reading, drafts, gathering, &name),
        kind: gathering.kind,
        named: is_named(reading, drafts, gathering),
        plural: gathering.plural,
        gender: gathering.gender.or(gathering.likely_gender),
        country: country(reading, gathering, &roles),
        sector: sector(reading, drafts, gathering, &roles, day),
        known_as: known_as(reading, gathering),
        members: gathering.members.iter().filter_map(|member| order.get(member).copied()).collect(),
        mentions: Vec::new(),
        roles,
        name,
    }
}

fn sector(
    reading: Reading<'_>,
    drafts: &[Draft],
    gathering: &Gathering,
    roles: &[variorum_model::Role],
    day: Option<Date>,
) -> Option<String> {
    if gathering.kind == EntityKind::Publisher {
        return Some("JRN".to_owned());
    }
    roles::sector(reading, drafts, gathering, roles, day)
}

fn country(reading: Reading<'_>, gathering: &Gathering, roles: &[variorum_model::Role]) -> Option<String> {
    let of_role = || roles.iter().filter_map(|role| role.of.as_deref()).find_map(|of| reading.world.iso3_of(of));
    gathering.country.clone().or_else(of_role)
}

fn known_as(reading: Reading<'_>, gathering: &Gathering) -> Option<String> {
    let world = reading.world;
    Some(match gathering.known? {
        Known::State(i) | Known::Seat(i) => format!("country:{}", world.states[i as usize].iso3),
        Known::Body(i) => {
            let body = &world.bodies[i as usize];
            let kind = if body.kind == EntityKind::Publisher { "publisher" } else { "organization" };
            format!("{kind}:{}", body.name)
        }
        Known::Holder(i) => format!("person:{}", world.holders[i as usize].name),
    })
}

// --- names --------------------------------------------------------------------------------------------------------------

fn forms<'a>(drafts: &'a [Draft], gathering: &'a Gathering) -> impl Iterator<Item = &'a NameForm> {
    gathering.drafts.iter().filter_map(|&i| match &drafts[i].reference {
        Reference::Name(form) => Some(form),
        _ => None,
    })
}

/// Whether it has a proper name: one of its own, or that of its place before its noun ("Ningbo fire service").
fn is_named(reading: Reading<'_>, drafts: &[Draft], gathering: &Gathering) -> bool {
    let by_place = |&i: &usize| {
        let before = drafts[i].core.0.0.checked_sub(1).map(TokenId);
        let compound =
            |token: TokenId| reading.parse.token(token).upos == Upos::Propn && reading.parse.token(token).deprel == Deprel::Compound;
        matches!(drafts[i].reference, Reference::Noun(_)) && before.is_some_and(compound)
    };
    forms(drafts, gathering).next().is_some() || gathering.kind == EntityKind::Organization && gathering.drafts.iter().any(by_place)
}

/// The fullest form without titles; a state by its common name; an unnamed one by its first description.
fn name(reading: Reading<'_>, drafts: &[Draft], gathering: &Gathering) -> String {
    if let Some(Known::State(i) | Known::Seat(i)) = gathering.known {
        return reading.world.states[i as usize].name.clone();
    }
    if let Some(given) = &gathering.given {
        return given.clone();
    }
    let fullest = forms(drafts, gathering)
        .map(|form| form.text.as_str())
        .reduce(|best, form| if fullness(form) > fullness(best) { form } else { best });
    let described =
        || gathering.drafts.iter().find(|&&i| matches!(drafts[i].reference, Reference::Noun(_))).map(|&i| description(reading, &drafts[i]));
    match fullest {
        Some(name) => name.to_owned(),
        None => described().unwrap_or_else(|| "unnamed".to_owned()),
    }
}

fn fullness(form: &str) -> (usize, usize) {
    (fold(form).split(' ').count(), form.len())
}

/// The words of a mention without "the", the first in lower case unless it is a name.
fn description(reading: Reading<'_>, draft: &Draft) -> String {
    let words = draft.span.of(&reading.doc.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let body = matches!(&draft.reference, Reference::Noun(form) if form.nominal.kind == EntityKind::Organization);
    let leading: &[&str] = if body { &["the ", "his ", "her ", "its ", "their "] } else { &["the "] };
    let article = leading.iter().find(|word| words.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    let bare = &words[article.map_or(0, |word| word.len())..];
    let start = draft.span.start() + draft.span.of(&reading.doc.text).len().saturating_sub(bare.len());
    let first = reading.parse.tokens_in(draft.span).find(|&token| reading.parse.token(token).span.start() >= start);
    let proper = first.is_none_or(|token| matches!(reading.parse.token(token).upos, Upos::Propn) || is_adjective_of_state(reading, token));
    // "Monitoring Group": a noun in capitals keeps the whole a name.
    let proper = proper || first != Some(draft.head) && crate::naming::is_capitalised(reading.text(draft.head));
    let mut letters = bare.chars();
    match letters.next() {
        Some(initial) if !proper => initial.to_lowercase().chain(letters).collect(),
        _ => bare.to_owned(),
    }
}

fn is_adjective_of_state(reading: Reading<'_>, token: TokenId) -> bool {
    let sentence = reading.parse.sentence(reading.parse.token(token).sentence);
    reading.world.adjective_at(&reading.doc.text, reading.parse, token, sentence.end).is_some()
}

/// Other forms met, then those that the tables know for it; without the name itself.
fn aliases(reading: Reading<'_>, drafts: &[Draft], gathering: &Gathering, name: &str) -> Vec<String> {
    let met = forms(drafts, gathering).map(|form| form.text.clone());
    let tabled: Vec<String> = match gathering.known {
        Some(Known::State(i) | Known::Seat(i)) => reading.world.states[i as usize].aliases.clone(),
        Some(Known::Body(i)) => {
            let body = &reading.world.bodies[i as usize];
            std::iter::once(body.name.clone()).chain(body.aliases.iter().cloned()).collect()
        }
        _ => Vec::new(),
    };
    let mut aliases: Vec<String> = Vec::new();
    for form in met.chain(tabled) {
        if form != name && !aliases.contains(&form) {
            aliases.push(form);
        }
    }
    aliases
}
