//! What the network thinks a number is of, whom it counts, and as of when.
//!
//! The parser says no more than that; what becomes a figure is for the stage of figures to decide, with its tables. Example: of "nine" in "nine never got up again" it says `killed` with .9.

use serde::{Deserialize, Serialize};

use crate::TokenId;

/// A word that is a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberSense {
    /// The word.
    pub token: TokenId,
    /// How likely each measure is, the likeliest first: names of the closed list of `corpus/measures.md`. Unlikely ones are left out.
    pub measures: Vec<(String, f32)>,
    /// How likely each word of its sentence heads the population, the likeliest first; the number itself: the sentence tells of none. Unlikely ones are left out.
    pub counted: Vec<(TokenId, f32)>,
    /// The same for the time as of which it holds.
    pub moments: Vec<(TokenId, f32)>,
}

impl NumberSense {
    /// How likely one of them is.
    pub fn chance_of(&self, measure: &str) -> f32 {
        self.measures.iter().find(|(known, _)| known == measure).map_or(0.0, |(_, chance)| *chance)
    }
}
