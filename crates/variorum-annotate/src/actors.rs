//! Finds who a document speaks of: mentions, and the entities they refer to.
use variorum_model::{Diagnostic, Document, Entity, EntityId, Mention, Parse, Place, Span, TokenId};

/// States, organisations, publishers, titles, office holders, from the tables of `knowledge/`.
#[derive(Debug)]
pub struct World {}

impl World {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        Self {}
    }
}

/// Mentions and the entities they refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actors {
    /// Sorted by span.
    pub mentions: Vec<Mention>,
    /// In the order of their first mention.
    pub entities: Vec<Entity>,
    /// Bad text is data.
    pub diagnostics: Vec<Diagnostic>,
}

impl Actors {
    /// The entity whose mention has this head word.
    pub fn entity_of(&self, head: TokenId) -> Option<EntityId> {
        self.mentions.iter().find(|mention| mention.head == head).map(|mention| mention.entity)
    }

    /// The mention, with its entity, whose span is the largest inside `span`.
    pub fn within(&self, span: Span) -> Option<&Mention> {
        self.mentions
            .iter()
            .filter(|mention| span.contains(mention.span))
            .max_by_key(|mention| (mention.span.len(), std::cmp::Reverse(mention.span)))
    }
}

/// Finds mentions and resolves them within the document.
pub fn actors(_world: &World, _doc: &Document, _parse: &Parse, _places: &[Place]) -> Actors {
    Actors::default()
}
