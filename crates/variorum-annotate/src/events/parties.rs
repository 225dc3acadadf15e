//! Who of those who may take part in a happening does, and on which side?
//!
//! Input: a happening, whom the grammar finds around it, and what the parser's network thinks. Output: actors and recipients.
//! Everybody is weighed by his traits (`candidates`) and by the network; `knowledge/parties.tsv` has what each trait speaks for, and what the evidence weighs as a whole.
//! In "The boats were handed to Tirana by Rome" the way `/Obl:by` speaks for Rome's acting, `/Obl:to` for Tirana's undergoing.
//!
//! Limits: everybody is decided on by himself; of the others only the network's favourite for a side is weighed against him.

use rustc_hash::FxHashMap;
use variorum_model::{EntityId, table::Table};

use super::{
    candidates::{ByGrammar, Candidate, NOBODY, candidates},
    happenings::Happening,
    scene::Scene,
};

/// How sure one must be of a participant.
const SURE: f32 = 0.4;

/// What speaks for taking part as an actor and as a recipient.
type Pair = (f32, f32);

/// What each trait speaks for, and what the evidence weighs as a whole.
#[derive(Debug)]
pub(super) struct Weights {
    traits: FxHashMap<String, Pair>,
    constant: Pair,
    /// The weight of the traits' sum beside the network's word.
    sum: Pair,
    /// The weights of what the network says of the same side, and of the other.
    own: Pair,
    other: Pair,
    /// The weight of what it says of the strongest rival for the side.
    rival: Pair,
}

impl Weights {
    pub(super) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/parties.tsv")).expect("the bundled table of parties is well-formed");
        let number = |text: &str| text.parse::<f32>().expect("a weight of parties.tsv is a number");
        let rows = table.rows().map(|row| (row.get("trait").to_owned(), (number(row.get("actor")), number(row.get("recipient")))));
        let traits: FxHashMap<String, Pair> = rows.collect();
        let weighed = |name: &str| *traits.get(name).unwrap_or_else(|| panic!("parties.tsv has no row {name:?}"));
        let [constant, sum, own, other, rival] =
            ["constant", "traits", "own", "other", "rival"].map(|part| weighed(&format!("weigh:{part}")));
        Self { traits, constant, sum, own, other, rival }
    }

    /// How likely one of them acts, and undergoes.
    fn chances(&self, all: &[Candidate], i: usize) -> Pair {
        let (does, undergoes) = self.of(&all[i].traits);
        let Some((doing, undergoing)) = all[i].by_network else { return (chance(does), chance(undergoes)) };
        let rivals = || all.iter().enumerate().filter(|(j, _)| *j != i).filter_map(|(_, other)| other.by_network);
        let (doer, undergoer) = rivals().reduce(|a, b| (a.0.max(b.0), a.1.max(b.1))).unwrap_or((NOBODY, NOBODY));
        let acts = self.constant.0 + self.sum.0 * does + self.own.0 * doing + self.other.0 * undergoing + self.rival.0 * doer;
        let suffers = self.constant.1 + self.sum.1 * undergoes + self.own.1 * undergoing + self.other.1 * doing + self.rival.1 * undergoer;
        (chance(acts), chance(suffers))
    }

    fn of(&self, traits: &[String]) -> Pair {
        let known = std::iter::once("constant").chain(traits.iter().map(String::as_str)).filter_map(|own| self.traits.get(own));
        known.fold((0.0, 0.0), |sum, weight| (sum.0 + weight.0, sum.1 + weight.1))
    }
}

/// Actors and recipients.
pub(super) fn parties(scene: &Scene, told: &Happening, by_grammar: &ByGrammar) -> (Vec<EntityId>, Vec<EntityId>) {
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    let all = candidates(scene, told, by_grammar);
    for (i, somebody) in all.iter().enumerate() {
        let (does, undergoes) = scene.lexicon.parties.chances(&all, i);
        if does.max(undergoes) >= SURE {
            if does >= undergoes { &mut actors } else { &mut recipients }.push(somebody.entity);
        }
    }
    (actors, recipients)
}

fn chance(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}
