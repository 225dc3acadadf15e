//! The phrases of a document that refer, and which of them refer to the same thing.
//!
//! A [`Mention`] is a noun phrase or pronoun, after the guidelines of GUM's entity layer (Zeldes 2017; gucorpling.org/gum): the whole phrase
//! with its relative clauses and prepositional phrases, nested ones too, possessors of their own, appositions beside what they stand to.
//! A [`ChainId`] numbers what it refers to within its document; a mention that nothing decides stands alone in its chain.
//!
//! The actors of `Annotations` have mentions of their own (`variorum_model::Mention`): those of somebody who acts.

use serde::{Deserialize, Serialize};

use crate::{Referent, Span, TokenId};

/// What several mentions of one document refer to: an index in the order of their first mentions.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChainId(pub u32);

impl ChainId {
    /// As an index into the chains of a parse.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A phrase that refers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub end: TokenId,
    /// The head word; of a coordination, that of its first part.
    pub head: TokenId,
    /// Its characters.
    pub span: Span,
    /// How it refers.
    pub form: MentionForm,
    /// What sort of thing it refers to, where known.
    pub referent: Option<Referent>,
    /// What it refers to.
    pub chain: ChainId,
}

/// How a phrase refers.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// By a proper name.
    Name,
    /// By a common noun, a number, or a clause that a later phrase takes up.
    Nominal,
    /// By a pronoun.
    Pronoun,
    /// Several phrases taken together: "Berg and her lawyer".
    Coordination,
}
