//! How many independent origins stand behind a record?
//!
//! Input: the readings of a record with their chains. Output: a range with its roots.
//! An origin is an utterance or an observation. A chain that ends in a named actor goes back to that actor's utterance; a reading without a chain is its publisher's own,
//! unless the passage was copied or the whole text republished, and then it is the older one's. `max` keeps all roots apart; `min` merges what may be the same:
//! unnamed sources with one another and with named ones, and outlets that write in their own voice with any source that somebody names (they may share an unseen wire).
//! Example: two outlets quote one agency and a third asserts the same without a source: 1–2.

use variorum_model::{
    EntityKind, Hop, HopRole, Span,
    dossier::{ActorHop, Origins, Root, RootKind},
};

use crate::{
    actors::{ActorIx, Cast, CastMember},
    corpus::{Corpus, DocIx, Published},
    lineage::{Descent, From},
    when::when,
};

/// One reading, as far as its origin goes.
pub(crate) struct Testimony<'r> {
    pub(crate) doc: DocIx,
    pub(crate) span: Span,
    pub(crate) chain: &'r [ActorHop],
}

/// Where a reading goes back to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Utterance(ActorIx),
    Observation(ActorIx),
    Unnamed(DocIx, ActorIx),
    Outlet(Option<ActorIx>, DocIx),
    Broken(DocIx),
}

/// Chains with the actors of the cast.
pub(crate) fn hops(corpus: &Corpus, cast: &Cast, published: &Published, doc: DocIx, chain: &[Hop]) -> Vec<ActorHop> {
    let hop = |hop: &Hop| ActorHop {
        actor: hop.entity.map(|entity| cast.member(cast.of(doc, entity)).id.clone()),
        name: hop.name.clone(),
        role: hop.role,
        cue: hop.cue.clone(),
        kind: hop.kind,
        hedge: hop.hedge.clone(),
        said: hop.said.and_then(|id| when(corpus, published, doc, id)),
        span: corpus.cite(doc, hop.span),
    };
    chain.iter().map(hop).collect()
}

/// Origins of what is claimed.
pub(crate) fn origins(corpus: &Corpus, cast: &Cast, descent: &Descent, testimonies: &[Testimony]) -> Origins {
    let keys = testimonies.iter().map(|testimony| (key(corpus, cast, descent, testimony), testimony)).collect();
    counted(cast, keys)
}

/// Origins of knowing that something was said: the chain without its speaker.
pub(crate) fn witnesses(corpus: &Corpus, cast: &Cast, descent: &Descent, testimonies: &[Testimony]) -> Origins {
    let relayed: Vec<Testimony> = testimonies
        .iter()
        .map(|testimony| Testimony {
            doc: testimony.doc,
            span: testimony.span,
            chain: &testimony.chain[..testimony.chain.len().saturating_sub(1)],
        })
        .collect();
    origins(corpus, cast, descent, &relayed)
}

/// One utterance by one speaker, however many pass it on; without a speaker who is one and the same everywhere, one to as many as there are independent tellers.
pub(crate) fn utterance(cast: &Cast, speaker: Option<ActorIx>, witnesses: &Origins, testimonies: &[Testimony]) -> Origins {
    let via = via(cast, testimonies.iter());
    let readings = (0..testimonies.len()).collect();
    let one = speaker.is_some_and(|speaker| definite(cast.member(speaker)));
    let kind = if speaker.is_some() { RootKind::Utterance } else { RootKind::Unknown };
    let root = Root { kind, actor: speaker.map(|speaker| cast.member(speaker).id.clone()), readings, via };
    Origins { min: usize::from(speaker.is_some()), max: if one { 1 } else { witnesses.max.max(1) }, roots: vec![root] }
}

fn key(corpus: &Corpus, cast: &Cast, descent: &Descent, testimony: &Testimony) -> Key {
    let source = descent.source_of(corpus, testimony.doc, testimony.span);
    match testimony.chain.last() {
        None => outlet(cast, descent, source),
        Some(root) => match root.actor.as_ref().and_then(|id| cast.index_of(id)) {
            None => Key::Broken(source),
            Some(actor) if root.role == HopRole::Observer => Key::Observation(actor),
            Some(actor) if definite(cast.member(actor)) => Key::Utterance(actor),
            Some(actor) => Key::Unnamed(source, actor),
        },
    }
}

/// Whose own voice a document is: its publisher's, or the one's whose text it reprints.
fn outlet(cast: &Cast, descent: &Descent, doc: DocIx) -> Key {
    match descent.republishes(doc) {
        Some(From::Actor(agency)) => Key::Outlet(Some(agency), doc),
        Some(From::Doc(other)) => Key::Outlet(cast.publisher(other), other),
        None => Key::Outlet(cast.publisher(doc), doc),
    }
}

/// Whether a source is one and the same wherever it is met: a name, or an institution ("the fire service"), not "officials".
fn definite(member: &CastMember) -> bool {
    member.named || member.kind == EntityKind::Organization && !member.plural
}

fn counted(cast: &Cast, keys: Vec<(Key, &Testimony)>) -> Origins {
    let mut distinct: Vec<(Key, Vec<usize>)> = Vec::new();
    for (i, (key, _)) in keys.iter().enumerate() {
        // An outlet met as a publisher is one whichever of its documents speaks.
        match distinct.iter_mut().find(|(other, _)| same(other, key)) {
            Some((_, readings)) => readings.push(i),
            None => distinct.push((key.clone(), vec![i])),
        }
    }
    distinct.sort();
    let certain = distinct.iter().filter(|(key, _)| matches!(key, Key::Utterance(_) | Key::Observation(_))).count();
    let own_voice = distinct.iter().any(|(key, _)| matches!(key, Key::Outlet(..) | Key::Unnamed(..)));
    let roots = distinct.iter().map(|(key, readings)| root(cast, key, readings, &keys)).collect();
    Origins { min: certain.max(usize::from(own_voice)), max: distinct.len(), roots }
}

fn same(a: &Key, b: &Key) -> bool {
    match (a, b) {
        (Key::Outlet(Some(x), _), Key::Outlet(Some(y), _)) => x == y,
        (Key::Outlet(Some(x), _), Key::Utterance(y)) | (Key::Utterance(x), Key::Outlet(Some(y), _)) => x == y,
        _ => a == b,
    }
}

fn root(cast: &Cast, key: &Key, readings: &[usize], keys: &[(Key, &Testimony)]) -> Root {
    let (kind, actor) = match key {
        Key::Utterance(actor) | Key::Unnamed(_, actor) => (RootKind::Utterance, Some(*actor)),
        Key::Observation(actor) => (RootKind::Observation, Some(*actor)),
        Key::Outlet(actor, _) => (RootKind::Publisher, *actor),
        Key::Broken(_) => (RootKind::Unknown, None),
    };
    Root {
        kind,
        actor: actor.map(|actor| cast.member(actor).id.clone()),
        readings: readings.to_vec(),
        via: via(cast, readings.iter().map(|&i| keys[i].1)),
    }
}

/// Actors of the hops before the last, each once, in order.
fn via<'r>(cast: &Cast, testimonies: impl Iterator<Item = &'r Testimony<'r>>) -> Vec<variorum_model::ActorId> {
    let mut via = Vec::new();
    for testimony in testimonies {
        let relays = testimony.chain.iter().rev().skip(1).rev().filter_map(|hop| hop.actor.clone());
        for relay in relays.filter(|id| cast.index_of(id).is_some()) {
            if !via.contains(&relay) {
                via.push(relay);
            }
        }
    }
    via
}
