//! The finished dossier: everything reconciled, in its final order.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use variorum_model::{
    Actor, ActorId, DateRange, Document, Dossier, EntityKind, Event, EventStatus, Figure, Finding, Precision, Statement, Story, StoryId,
    dossier::{ActorHop, ActorRole, Ancestor, Citation, Lineage, LineageKind},
};

use crate::{
    actors::{Cast, CastMember},
    corpus::{Corpus, DocIx, Published},
    lineage::{Descent, From},
    stories::Stories,
};

/// Share of a text from which a copy or rewrite is not counted as a report of its own.
const MOSTLY: f64 = 0.5;

/// The reconciled records.
pub(crate) struct Parts {
    pub(crate) events: Vec<Event>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) findings: Vec<Finding>,
}

/// Puts the dossier together.
pub(crate) fn assemble(corpus: &Corpus, cast: &Cast, stories: &Stories, published: &Published, descent: &Descent, parts: Parts) -> Dossier {
    let stories = told(corpus, stories, published, descent, &parts.events);
    let lineage = lineage(corpus, cast, descent);
    let needed = referenced(corpus, cast, &parts, &lineage);
    Dossier {
        documents: documents(corpus, published),
        lineage,
        actors: actors(corpus, cast, published, &needed),
        stories,
        diagnostics: diagnostics(corpus),
        events: parts.events,
        statements: parts.statements,
        figures: parts.figures,
        findings: parts.findings,
    }
}

/// By date as finally known, undated last.
fn documents(corpus: &Corpus, published: &Published) -> Vec<Document> {
    in_order(corpus, published).into_iter().map(|doc| Document { published: published.dated(doc), ..corpus.doc(doc).clone() }).collect()
}

fn in_order(corpus: &Corpus, published: &Published) -> Vec<DocIx> {
    let mut docs: Vec<DocIx> = corpus.ids().collect();
    docs.sort_by_key(|&doc| {
        let range = published.range(doc);
        (range.is_none(), range.map(|range| (range.earliest(), range.latest())), corpus.doc(doc).id.clone())
    });
    docs
}

fn lineage(corpus: &Corpus, cast: &Cast, descent: &Descent) -> Vec<Lineage> {
    let ancestor = |to: From| match to {
        From::Doc(doc) => Ancestor::Document(corpus.doc(doc).id.clone()),
        From::Actor(actor) => Ancestor::Actor(cast.member(actor).id.clone()),
    };
    let edge = |edge: &crate::lineage::Edge| Lineage {
        from: corpus.doc(edge.from).id.clone(),
        to: ancestor(edge.to),
        kind: edge.kind,
        share: edge.share.map(|share| (share * 1000.0).round() / 1000.0),
        evidence: edge.evidence.clone(),
        passages: edge.passages.clone(),
    };
    descent.edges.iter().map(edge).collect()
}

/// Actors that a record, a hop, an edge or a masthead names.
fn referenced(corpus: &Corpus, cast: &Cast, parts: &Parts, lineage: &[Lineage]) -> BTreeSet<ActorId> {
    let mut ids: BTreeSet<ActorId> = BTreeSet::new();
    let mut chain = |hops: &[ActorHop]| ids.extend(hops.iter().filter_map(|hop| hop.actor.clone()));
    parts.events.iter().flat_map(|event| &event.readings).for_each(|reading| chain(&reading.chain));
    parts.statements.iter().flat_map(|statement| &statement.readings).for_each(|reading| chain(&reading.chain));
    parts.figures.iter().flat_map(|figure| &figure.readings).for_each(|reading| chain(&reading.chain));
    ids.extend(parts.events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients)).cloned());
    ids.extend(parts.statements.iter().flat_map(|statement| statement.speaker.iter().chain(&statement.addressee)).cloned());
    let origins = parts
        .events
        .iter()
        .map(|x| &x.origins)
        .chain(parts.statements.iter().flat_map(|x| [&x.origins, &x.witnesses]))
        .chain(parts.figures.iter().map(|x| &x.origins));
    ids.extend(origins.flat_map(|origins| &origins.roots).flat_map(|root| root.actor.iter().chain(&root.via)).cloned());
    ids.extend(lineage.iter().filter_map(|edge| match &edge.to {
        Ancestor::Actor(id) => Some(id.clone()),
        Ancestor::Document(_) => None,
    }));
    ids.extend(corpus.ids().filter_map(|doc| cast.publisher(doc)).map(|actor| cast.member(actor).id.clone()));
    ids
}

/// Referenced actors and named ones, those with most mentions first.
fn actors(corpus: &Corpus, cast: &Cast, published: &Published, needed: &BTreeSet<ActorId>) -> Vec<Actor> {
    let worth = |member: &&CastMember| needed.contains(&member.id) || member.named && member.kind != EntityKind::Thing;
    let mut actors: Vec<Actor> = cast.members.iter().filter(worth).map(|member| actor(corpus, published, member)).collect();
    actors.sort_by(|a, b| b.mentions.len().cmp(&a.mentions.len()).then(a.name.cmp(&b.name)).then(a.id.cmp(&b.id)));
    actors
}

fn actor(corpus: &Corpus, published: &Published, member: &CastMember) -> Actor {
    let mut mentions: Vec<Citation> = member.credits.clone();
    let mut roles: Vec<ActorRole> = Vec::new();
    for local in &member.locals {
        let notes = corpus.notes(local.doc);
        let entity = &notes.entities[local.index];
        mentions.extend(entity.mentions.iter().map(|id| corpus.cite(local.doc, notes.mentions[id.index()].span)));
        for role in &entity.roles {
            let evidence = role.evidence.spans().iter().map(|&span| corpus.cite(local.doc, span));
            let seen = published.range(local.doc);
            match roles.iter_mut().find(|known| known.title == role.title && known.of == role.of && known.tense == role.tense) {
                Some(known) => {
                    known.evidence.extend(evidence);
                    known.seen = match (known.seen, seen) {
                        (Some(x), Some(y)) => Some(x.cover(y)),
                        (x, y) => x.or(y),
                    };
                }
                None => roles.push(ActorRole {
                    title: role.title.clone(),
                    of: role.of.clone(),
                    tense: role.tense,
                    seen,
                    evidence: evidence.collect(),
                }),
            }
        }
    }
    mentions.sort();
    mentions.dedup();
    roles.sort_by(|a, b| b.evidence.len().cmp(&a.evidence.len()).then(a.title.cmp(&b.title)).then(a.of.cmp(&b.of)));
    Actor {
        id: member.id.clone(),
        name: member.name.clone(),
        kind: member.kind,
        country: member.country.clone(),
        sector: member.sector.clone(),
        aliases: member.aliases.clone(),
        roles,
        mentions,
    }
}

fn told(corpus: &Corpus, stories: &Stories, published: &Published, descent: &Descent, events: &[Event]) -> Vec<Story> {
    let mut documents: Vec<Vec<DocIx>> = vec![Vec::new(); stories.groups.len()];
    for doc in in_order(corpus, published) {
        documents[stories.of(doc)].push(doc);
    }
    let mut by_story: FxHashMap<&StoryId, Vec<&Event>> = FxHashMap::default();
    for event in events {
        by_story.entry(&event.story).or_default().push(event);
    }
    let one = |(story, docs): (usize, Vec<DocIx>)| {
        let id = stories.id(corpus, story);
        let central = stories.central(story, |doc| corpus.doc(doc).title.is_some());
        let of_story = by_story.get(&id).map_or(&[][..], Vec::as_slice);
        Story {
            title: corpus.doc(central).title.clone().unwrap_or_else(|| opening(corpus, central)),
            period: period(published, &docs, of_story),
            n_independent: independent(&docs, descent),
            events: of_story.iter().map(|event| event.id.clone()).collect(),
            documents: docs.iter().map(|&doc| corpus.doc(doc).id.clone()).collect(),
            id,
        }
    };
    let mut told: Vec<Story> = documents.into_iter().enumerate().map(one).collect();
    told.sort_by(|a, b| b.documents.len().cmp(&a.documents.len()).then(a.id.cmp(&b.id)));
    told
}

/// The first sentence of a report without a headline.
fn opening(corpus: &Corpus, doc: DocIx) -> String {
    let paragraph = corpus.doc(doc).blocks.iter().find(|block| block.kind == variorum_model::BlockKind::Paragraph);
    let sentence = paragraph.and_then(|block| corpus.sentence_of(doc, block.span)).map(|id| corpus.parse(doc).sentence(id).span);
    sentence.map_or_else(|| corpus.doc(doc).path.clone(), |span| corpus.slice(doc, span).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// From the first dated happening within two months of the first report to the last report.
fn period(published: &Published, docs: &[DocIx], events: &[&Event]) -> Option<DateRange> {
    let first = docs.iter().filter_map(|&doc| published.range(doc)).map(DateRange::earliest).min()?;
    let last = docs.iter().filter_map(|&doc| published.range(doc)).map(DateRange::latest).max()?;
    let recent = |range: &DateRange| range.n_days() <= 31 && (first - range.earliest()).get_days() <= 62;
    let begun = events
        .iter()
        .filter(|event| event.status == EventStatus::Occurred)
        .filter_map(|event| event.when.as_ref())
        .map(|when| when.range)
        .filter(recent);
    let start = begun.map(DateRange::earliest).min().map_or(first, |day| day.min(first));
    DateRange::new(start, last, Precision::Range)
}

/// Documents that are not, for the most part, another one's text; reprints of one agency count once.
fn independent(docs: &[DocIx], descent: &Descent) -> usize {
    let mut roots: BTreeSet<(bool, From)> = BTreeSet::new();
    for &doc in docs {
        let mostly = descent.edges_of(doc).find(|edge| match edge.kind {
            LineageKind::Republishes => true,
            LineageKind::Copies | LineageKind::Rewrites => edge.share.is_some_and(|share| share >= MOSTLY),
            LineageKind::Cites => false,
        });
        match mostly.map(|edge| edge.to) {
            Some(From::Doc(other)) if docs.contains(&other) => {}
            Some(ancestor) => {
                roots.insert((true, ancestor));
            }
            None => {
                roots.insert((false, From::Doc(doc)));
            }
        }
    }
    roots.len()
}

fn diagnostics(corpus: &Corpus) -> Vec<(variorum_model::DocumentId, variorum_model::Diagnostic)> {
    corpus
        .ids()
        .flat_map(|doc| corpus.notes(doc).diagnostics.iter().map(move |diagnostic| (corpus.doc(doc).id.clone(), diagnostic.clone())))
        .collect()
}
