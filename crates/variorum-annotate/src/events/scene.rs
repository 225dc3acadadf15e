//! What the stage looks at: one document's parse with its actors, places and times, indexed for questions about single tokens.

use rustc_hash::FxHashMap;
use variorum_model::{
    Act, Attribution, AttributionKind, BlockKind, Deprel, Document, Entity, EntityId, EntityKind, EventType, Parse, Place, PlaceId,
    PlaceKind, PlaceUse, Referent, Span, TimeExpression, TokenId, Upos,
};

use super::{
    grammar::{expanded, preposition},
    lexicon::{EventLexicon, NounKind, WordClass},
};
use crate::actors::Actors;

/// Everything an event is read from.
pub(super) struct Scene<'a> {
    pub(super) lexicon: &'a EventLexicon,
    pub(super) doc: &'a Document,
    pub(super) parse: &'a Parse,
    pub(super) actors: &'a Actors,
    pub(super) attributions: &'a [Attribution],
    pub(super) times: &'a [TimeExpression],
    pub(super) places: &'a [Place],
    lemmas: Vec<String>,
    /// By token: the entity whose phrase it heads.
    by_head: Vec<Option<EntityId>>,
    states: FxHashMap<&'a str, EntityId>,
    place_at: FxHashMap<TokenId, PlaceId>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        lexicon: &'a EventLexicon,
        doc: &'a Document,
        parse: &'a Parse,
        actors: &'a Actors,
        attributions: &'a [Attribution],
        times: &'a [TimeExpression],
        places: &'a [Place],
    ) -> Self {
        let lemmas = parse.tokens.iter().map(|token| lexicon.lemma(&token.lemma, token.span.of(&doc.text))).collect();
        let known = |entity: &EntityId| entity.index() < actors.entities.len();
        let by_head = parse.token_ids().map(|id| actors.entity_of(id).filter(known)).collect();
        let mut states = FxHashMap::default();
        for (i, entity) in actors.entities.iter().enumerate() {
            if let (EntityKind::State, Some(country)) = (entity.kind, &entity.country) {
                states.entry(country.as_str()).or_insert(EntityId(i as u32));
            }
        }
        let mut place_at = FxHashMap::default();
        for (i, place) in places.iter().enumerate() {
            for token in parse.tokens_in(place.span) {
                place_at.insert(token, PlaceId(i as u32));
            }
        }
        Self { lexicon, doc, parse, actors, attributions, times, places, lemmas, by_head, states, place_at }
    }

    pub(super) fn entity(&self, id: EntityId) -> &'a Entity {
        &self.actors.entities[id.index()]
    }

    /// Whether an entity is somebody.
    pub(super) fn may_take_part(&self, id: EntityId) -> bool {
        is_actor(self.entity(id).kind)
    }

    /// The kind of block a token stands in.
    pub(super) fn block(&self, id: TokenId) -> Option<BlockKind> {
        self.doc.block_at(self.parse.token(id).span.start()).map(|block| block.kind)
    }

    /// The lemma as the tables write it.
    pub(super) fn lemma(&self, id: TokenId) -> &str {
        &self.lemmas[id.index()]
    }

    /// Whether a token is part of a time.
    pub(super) fn is_time(&self, id: TokenId) -> bool {
        self.times.iter().any(|time| time.span.contains(self.parse.token(id).span))
    }

    /// The place a token names.
    pub(super) fn place(&self, id: TokenId) -> Option<(PlaceId, &'a Place)> {
        self.place_at.get(&id).map(|&place| (place, &self.places[place.index()]))
    }

    /// The entity whose phrase this token heads, whatever its kind.
    pub(super) fn entity_at(&self, id: TokenId) -> Option<EntityId> {
        self.by_head[id.index()]
    }

    /// Who a noun phrase stands for: its own entity, a group's members, or where it names a thing, those the phrase belongs to:
    /// Drin Lines for "the licence of Drin Lines".
    pub(super) fn participants(&self, id: TokenId) -> Vec<EntityId> {
        self.participants_within(id, 0)
    }

    fn participants_within(&self, id: TokenId, depth: usize) -> Vec<EntityId> {
        if let Some(entity) = self.entity_at(id).filter(|&entity| is_actor(self.entity(entity).kind) && !self.names_event(id, entity)) {
            let members = &self.entity(entity).members;
            return if members.is_empty() { vec![entity] } else { members.clone() };
        }
        if let Some((_, place)) = self.place(id)
            // A country that is attacked is meant as one that acts, though it is named as a place.
            && (place.used == PlaceUse::Modifier || depth == 0)
            && place.kind == PlaceKind::Country
            && let Some(&state) = place.country.as_deref().and_then(|country| self.states.get(country))
        {
            return vec![state];
        }
        if depth > 1 || self.parse.token(id).upos == Upos::Pron {
            return Vec::new();
        }
        let owners = [Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodDesc, Deprel::Nmod, Deprel::Appos];
        for owner in owners {
            let below = expanded(self.parse, self.parse.children_by(id, owner).filter(|&child| is_owner(self.parse, child)));
            let found: Vec<EntityId> = below.into_iter().flat_map(|child| self.participants_within(child, depth + 1)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// "joint patrols with Italy" is no participant, whatever it was taken for.
    fn names_event(&self, id: TokenId, entity: EntityId) -> bool {
        let kinds = self.lexicon.kinds(self.lemma(id));
        let noun = self.parse.token(id).upos == Upos::Noun && !kinds.contains(&NounKind::Human) && !kinds.contains(&NounKind::Actor);
        noun && !self.entity(entity).named && self.lexicon.rows(WordClass::Noun, self.lemma(id)).next().is_some()
    }

    /// Whether what a token stands for is of a kind. Unknown words are things.
    pub(super) fn is_kind(&self, id: TokenId, kind: NounKind) -> bool {
        let entity = self.entity_at(id).map(|entity| self.entity(entity));
        let lemma = self.lemma(id);
        let listed = |kind| self.lexicon.kinds(lemma).contains(&kind) || self.named_kind(id, kind);
        let entity_is = |kinds: &[EntityKind]| entity.is_some_and(|entity| kinds.contains(&entity.kind));
        let unknown = entity.is_none_or(|entity| entity.kind == EntityKind::Thing);
        let referent = |wanted: &[Referent]| unknown && self.parse.referent(id).is_some_and(|found| wanted.contains(&found));
        let sector = |wanted: &[&str]| entity.and_then(|entity| entity.sector.as_deref()).is_some_and(|sector| wanted.contains(&sector));
        match kind {
            NounKind::Human if listed(NounKind::Vehicle) => false,
            NounKind::Human => {
                entity_is(&[EntityKind::Person, EntityKind::Group])
                    || unknown && listed(kind)
                    || referent(&[Referent::Person])
                    || is_personal(self.parse, id)
            }
            NounKind::Actor => {
                entity.is_some_and(|entity| is_actor(entity.kind))
                    || unknown && listed(kind)
                    || referent(&[Referent::Person, Referent::Organization])
                    || is_personal(self.parse, id)
                    || self.is_named_actor(id)
            }
            NounKind::Official => {
                listed(kind)
                    || entity.is_some_and(|entity| !entity.roles.is_empty())
                    || sector(&["GOV"]) && entity_is(&[EntityKind::Person])
            }
            NounKind::Crowd => {
                listed(kind)
                    || entity.is_some_and(|entity| entity.kind == EntityKind::Group || entity.kind == EntityKind::Person && entity.plural)
            }
            NounKind::Armed => listed(kind) || sector(&["MIL", "REB", "COP", "UAF", "PRM", "TER"]),
            NounKind::Court => listed(kind) || sector(&["JUD"]),
            NounKind::State => {
                entity_is(&[EntityKind::State]) || unknown && self.place(id).is_some_and(|(_, place)| place.used == PlaceUse::Metonymic)
            }
            NounKind::Organization => {
                entity_is(&[EntityKind::Organization, EntityKind::Publisher])
                    || unknown && listed(kind)
                    || referent(&[Referent::Organization])
            }
            NounKind::Document => listed(kind) || entity_is(&[EntityKind::Document]),
            // "detained it": a pronoun for nobody knows what.
            NounKind::Vehicle => listed(kind) || unknown && self.parse.token(id).upos == Upos::Pron && lemma == "it",
            NounKind::Property => listed(kind) || referent(&[Referent::Object]),
            NounKind::Place => listed(kind) || self.place(id).is_some() || referent(&[Referent::Place]),
            NounKind::Thing => !self.is_kind(id, NounKind::Actor) && !self.is_kind(id, NounKind::State),
            NounKind::Weapon => listed(kind),
            NounKind::Nobody => self.is_kind(id, NounKind::Thing) && !listed(NounKind::Weapon) && !self.names_attack(id),
        }
    }

    /// Whether a name stands elsewhere with a noun of the kind: "the freighter Corvina" makes "the Corvina" a vehicle.
    fn named_kind(&self, id: TokenId, kind: NounKind) -> bool {
        let nouns = |token: TokenId| self.lexicon.kinds(self.lemma(token)).contains(&kind);
        let around = |head: TokenId| {
            let beside = [Deprel::Compound, Deprel::Appos, Deprel::Flat, Deprel::NmodDesc];
            self.parse.children(head).iter().copied().any(|child| beside.contains(&self.parse.token(child).deprel) && nouns(child))
                || beside.contains(&self.parse.token(head).deprel) && self.parse.head(head).is_some_and(nouns)
        };
        if self.parse.token(id).upos != Upos::Propn && self.parse.token(id).upos != Upos::Pron {
            return self.parse.token(id).upos == Upos::Noun
                && self.parse.children_by(id, Deprel::Nmod).any(|child| nouns(id) && nouns(child));
        }
        let same = |token: TokenId| match self.entity_at(id) {
            Some(entity) => self.entity_at(token) == Some(entity),
            None => self.parse.token(token).upos == Upos::Propn && self.parse.token(token).lemma == self.parse.token(id).lemma,
        };
        self.parse.token_ids().any(|token| same(token) && (nouns(token) || around(token)))
    }

    /// "the strike", "the attack": a thing behind which somebody stands.
    fn names_attack(&self, id: TokenId) -> bool {
        let plain = self.lexicon.rows(WordClass::Noun, self.lemma(id)).find(|row| row.companions.is_empty());
        plain.is_some_and(|row| row.kind == EventType::Assault)
    }

    fn is_named_actor(&self, id: TokenId) -> bool {
        use variorum_model::NameKind;
        self.entity_at(id).is_none()
            && self.parse.name_at(id).is_some_and(|name| matches!(name.kind, NameKind::Person | NameKind::Organization))
            || self.place(id).is_some_and(|(_, place)| place.used == PlaceUse::Metonymic)
    }

    /// "reported", "said": a cue of plain saying is no happening.
    pub(super) fn only_says(&self, id: TokenId) -> bool {
        let word = self.parse.token(id).span;
        let plain = |attribution: &&Attribution| {
            attribution.kind == AttributionKind::Speech
                && matches!(attribution.act, Act::Say | Act::Report | Act::Estimate | Act::Explain | Act::Describe | Act::Predict)
        };
        self.attributions.iter().filter(plain).any(|attribution| attribution.cue.iter().any(|cue| cue.contains(word)))
    }

    /// Whether a word tells of somebody's words in quotation marks.
    pub(super) fn quotes(&self, id: TokenId) -> bool {
        let word = self.parse.token(id).span;
        let quoting = |attribution: &&Attribution| !attribution.verbatim.is_empty();
        self.attributions.iter().filter(quoting).any(|attribution| attribution.cue.iter().any(|cue| cue.contains(word)))
    }

    /// Whether a token belongs to the words that name the source of an attribution whose content holds `trigger`.
    pub(super) fn is_source_of(&self, id: TokenId, trigger: TokenId) -> bool {
        let (here, there) = (self.parse.token(id).span, self.parse.token(trigger).span);
        let holds = |spans: &[Span], span: Span| spans.iter().any(|outer| outer.contains(span));
        self.attributions.iter().any(|attribution| holds(&attribution.source, here) && holds(attribution.content.spans(), there))
    }
}

/// Kinds that may be participants of the dossier.
fn is_actor(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Document | EntityKind::Thing)
}

fn is_personal(parse: &Parse, id: TokenId) -> bool {
    let token = parse.token(id);
    token.upos == Upos::Pron
        && matches!(
            token.lemma.to_lowercase().as_str(),
            "he" | "she" | "i" | "we" | "you" | "who" | "they" | "someone" | "somebody" | "everyone" | "anyone" | "nobody"
        )
}

/// "of", "with", "between" phrases and bare modifiers own a thing; "in" phrases only locate it.
fn is_owner(parse: &Parse, id: TokenId) -> bool {
    match preposition(parse, id).as_deref() {
        None => true,
        Some(word) => matches!(word, "of" | "with" | "between" | "among" | "by" | "from" | "against" | "for" | "'s"),
    }
}
