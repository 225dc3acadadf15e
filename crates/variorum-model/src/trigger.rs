//! What the network thinks of a word as the name of a happening: how sure it is, of which type, whether it happened, who took part.
//!
//! The parser says no more than that; what becomes an event is for the stage of events to decide, with its tables. Example: of "shelled" in "Rebels shelled the town"
//! it says ASSAULT with .96, occurred with .98, done by "Rebels" with .99.

use serde::{Deserialize, Serialize};

use crate::{EventStatus, EventType, TokenId};

/// A word that may name a happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    /// The word.
    pub token: TokenId,
    /// How likely each type is, the likeliest first; what is missing to 1 is that it names none. Unlikely types are left out.
    pub types: Vec<(EventType, f32)>,
    /// How likely each status is if it names one, the likeliest first. Unlikely ones are left out.
    pub statuses: Vec<(EventStatus, f32)>,
    /// Words of its sentence whose bearers do it, with how likely that is, in text order. Unlikely ones are left out.
    pub doers: Vec<(TokenId, f32)>,
    /// The same for those who undergo it.
    pub undergoers: Vec<(TokenId, f32)>,
}

impl Trigger {
    /// How likely it is that the word names a happening of any type.
    pub fn chance(&self) -> f32 {
        self.types.iter().map(|(_, chance)| chance).sum()
    }

    /// How likely it is that it names one of this type.
    pub fn chance_of(&self, kind: EventType) -> f32 {
        self.types.iter().find(|(known, _)| *known == kind).map_or(0.0, |(_, chance)| *chance)
    }

    /// How likely it is that the bearer of a word does it.
    pub fn does(&self, token: TokenId) -> f32 {
        chance_of(&self.doers, token)
    }

    /// How likely it is that the bearer of a word undergoes it.
    pub fn undergoes(&self, token: TokenId) -> f32 {
        chance_of(&self.undergoers, token)
    }
}

fn chance_of(of: &[(TokenId, f32)], token: TokenId) -> f32 {
    of.iter().find(|(known, _)| *known == token).map_or(0.0, |(_, chance)| *chance)
}
