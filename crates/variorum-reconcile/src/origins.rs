//! How many independent origins stand behind a record?
//!
//! Input: the readings of a record with their chains. Output: a range with its roots.
//! An origin is an utterance or an observation. A chain that ends in a named actor goes back to that actor's utterance, one that ends in an outlet to what that outlet's own
//! report here goes back to; a reading without a chain is its publisher's own, unless the passage or the text as a whole descends from another document: then it is
//! that one's. What a reporter saw – told in the first person – is an observation of the outlet's. Outlets that lead back to one another have no origin that is known.
//! `max` keeps all roots apart; `min` merges what may be the same: unnamed sources with one another and with named ones, a body with who speaks for it, and
//! outlets that write in their own voice with any source that somebody names (they may share an unseen wire).
//! Example: two outlets quote one agency and a third asserts the same without a source: 1–2.

mod own_eyes;

use variorum_model::{
    EntityKind, Hop, HopRole, Span,
    dossier::{ActorHop, Origins, Root, RootKind},
};

use self::own_eyes::{is_reporter, saw_itself};
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
    Circle,
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
    let scene = Scene { corpus, cast, descent, testimonies };
    let keys = testimonies.iter().enumerate().map(|(i, testimony)| (scene.key(i, &mut Vec::new()), testimony)).collect();
    counted(corpus, cast, keys)
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

/// The readings of one record with what they are traced by.
struct Scene<'s, 'd, 'r> {
    corpus: &'s Corpus<'d>,
    cast: &'s Cast,
    descent: &'s Descent,
    testimonies: &'s [Testimony<'r>],
}

impl Scene<'_, '_, '_> {
    /// Where a reading goes back to; `path` holds the readings on the way to it.
    fn key(&self, i: usize, path: &mut Vec<usize>) -> Key {
        if path.contains(&i) {
            return Key::Circle;
        }
        path.push(i);
        let own = self.own_key(&self.testimonies[i]);
        let older = match own {
            Key::Utterance(actor) => self.report_of(i, actor),
            Key::Observation(_) => None,
            _ => self.older_reading(i),
        };
        older.map_or(own, |j| self.key(j, path))
    }

    /// What the reading itself tells.
    fn own_key(&self, testimony: &Testimony) -> Key {
        let root = testimony.chain.last();
        let actor = root.and_then(|root| root.actor.as_ref()).and_then(|id| self.cast.index_of(id)).map(|actor| self.cast.outlet(actor));
        match (root, actor) {
            (None, _) => self.own_voice(testimony),
            (Some(root), _) if is_reporter(&root.name) => self.own_voice(testimony),
            (Some(_), None) => Key::Broken(testimony.doc),
            (Some(root), Some(actor)) if definite(self.cast.member(actor)) => {
                if root.role == HopRole::Observer {
                    Key::Observation(actor)
                } else {
                    Key::Utterance(actor)
                }
            }
            (Some(_), Some(actor)) => Key::Unnamed(self.descent.source_of(testimony.doc, testimony.span), actor),
        }
    }

    /// Whose own voice a passage is: its publisher's, or the one's whose text it is.
    fn own_voice(&self, testimony: &Testimony) -> Key {
        let source = self.descent.source_of(testimony.doc, testimony.span);
        let outlet = match self.descent.republishes(source) {
            Some(From::Actor(agency)) => (Some(agency), source),
            Some(From::Doc(other)) => (self.cast.publisher(other), other),
            None => (self.cast.publisher(source), source),
        };
        match outlet.0 {
            Some(outlet) if source == testimony.doc && saw_itself(self.corpus, testimony.doc, testimony.span) => Key::Observation(outlet),
            _ => Key::Outlet(outlet.0, outlet.1),
        }
    }

    /// The reading that this one's words, or its text for the most part, were taken from.
    fn older_reading(&self, i: usize) -> Option<usize> {
        let testimony = &self.testimonies[i];
        let sentence = |doc: DocIx, span: Span| self.corpus.sentence_of(doc, span);
        let passage = self.descent.ancestry(testimony.doc, testimony.span).into_iter().find_map(|(doc, span)| {
            let tells =
                |other: &Testimony| other.doc == doc && (other.span.overlaps(span) || sentence(doc, other.span) == sentence(doc, span));
            self.testimonies.iter().position(tells)
        });
        let whole = || self.descent.mostly_from(testimony.doc).and_then(|doc| self.testimonies.iter().position(|other| other.doc == doc));
        passage.or_else(whole).filter(|&j| j != i)
    }

    /// The reading of a document that this outlet published, where the reading itself is another outlet's.
    fn report_of(&self, i: usize, outlet: ActorIx) -> Option<usize> {
        let of_outlet = |doc: DocIx| self.cast.publisher(doc) == Some(outlet);
        let own = of_outlet(self.testimonies[i].doc);
        self.testimonies.iter().position(|other| of_outlet(other.doc)).filter(|_| !own)
    }
}

/// Whether a source is one and the same wherever it is met: a name, or an institution ("the fire service"), not "officials".
fn definite(member: &CastMember) -> bool {
    member.named || member.kind == EntityKind::Organization && !member.plural
}

fn counted(corpus: &Corpus, cast: &Cast, keys: Vec<(Key, &Testimony)>) -> Origins {
    let mut distinct: Vec<(Key, Vec<usize>)> = Vec::new();
    for (i, (key, _)) in keys.iter().enumerate() {
        // An outlet met as a publisher is one whichever of its documents speaks.
        match distinct.iter_mut().find(|(other, _)| same(other, key)) {
            Some((_, readings)) => readings.push(i),
            None => distinct.push((key.clone(), vec![i])),
        }
    }
    distinct.sort();
    let own_voice = distinct.iter().any(|(key, _)| matches!(key, Key::Outlet(..) | Key::Unnamed(..)));
    let certain = certain(corpus, cast, distinct.iter().map(|(key, _)| key));
    let roots = distinct.iter().map(|(key, readings)| root(cast, key, readings, &keys)).collect();
    Origins { min: certain.max(usize::from(own_voice)), max: distinct.len(), roots }
}

/// How many roots are surely not one another: a body and who speaks for it may be.
fn certain<'k>(corpus: &Corpus, cast: &Cast, keys: impl Iterator<Item = &'k Key>) -> usize {
    let (mut speakers, mut observers): (Vec<ActorIx>, Vec<ActorIx>) = (Vec::new(), Vec::new());
    for key in keys {
        match key {
            Key::Utterance(actor) if !speakers.iter().any(|&other| cast.speak_for_one(corpus, other, *actor)) => speakers.push(*actor),
            Key::Observation(actor) => observers.push(*actor),
            _ => {}
        }
    }
    speakers.len() + observers.len()
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
        Key::Broken(_) | Key::Circle => (RootKind::Unknown, None),
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
