//! Where rules and tables leave it open: what does the network say of a number?
//!
//! Input: what tables and rules say of a number, and what `measures.onnx` thinks of it. Output: the measure; the word that heads the population; the word that heads the time. Example: "Avalanche
//! rescuers dug two of them out alive": no row knows "dig out", the network says `rescued`. What a row says weighs as so many nats beside the network's chances; a word that no row
//! knows weighs little. Limits: where the tables find no measure at all there is no figure, whatever the network thinks.
//!
//! The weights were chosen on 350 items of `corpus/tuning/figures-k.md`, with a network that had not been taught by them.

use variorum_model::{NumberSense, QuantityKind, TokenId};

use super::{
    Counting, Scene,
    measure::{Basis, Measured},
    updates,
};

/// Chance of what the network does not name.
const UNNAMED: f32 = 0.01;
/// Chance from which the network outweighs a row, and what no row says; nats that a word weighs that no row knows, and that a noun does of which nothing is said.
const SURE_OF_ROW: f32 = 0.5;
const SURE: f32 = 0.3;
const UNKNOWN: f32 = -1.0;
const BARE: f32 = 0.5;
/// The measure of what is merely there.
const COUNTED: &str = "counted";
/// Chance from which the network's word for the population is taken.
const SURE_OF_POPULATION: f32 = 0.5;
/// Chance from which its word for the time is, where rules find none.
const SURE_OF_TIME: f32 = 0.9;

/// The measure that tables and network together speak for.
pub(super) fn judged(scene: &Scene, counting: &Counting, told: Measured) -> Measured {
    let Some(sense) = scene.parse.number(counting.quantity.number).filter(|_| is_taught(scene, counting)) else { return told };
    let ours = name(scene, counting, &told);
    let chance = sense.chance_of(ours).max(UNNAMED);
    let (weight, least) = match ours {
        COUNTED => (BARE, SURE),
        _ if scene.lexicon.is_measure(&told.measure) => (weight(told.basis), SURE_OF_ROW),
        _ => (UNKNOWN, SURE),
    };
    let mut fitting = sense.measures.iter().filter(|(measure, _)| scene.lexicon.suits(measure, &counting.classes));
    match fitting.next() {
        Some((best, other)) if best != ours && *other >= least && other.ln() > chance.ln() + weight => {
            Measured { measure: best.clone(), ..told }
        }
        _ => told,
    }
}

/// The network has seen no durations, and the whole of which a number is a part is what its noun says.
fn is_taught(scene: &Scene, counting: &Counting) -> bool {
    let of_time = counting.quantity.unit.as_deref().and_then(|unit| scene.lexicon.dimension(unit)) == Some("time");
    !of_time && !updates::is_whole(scene, counting.id)
}

/// The word of the number's sentence that heads the population, where no noun stands with the number and the network is sure of one. A sum is of what the rules say: hands do not agree on what
/// it is for.
pub(super) fn population(scene: &Scene, counting: &Counting, measure: &str) -> Option<TokenId> {
    let open = counting.noun.is_none() && counting.quantity.counted.is_none() && counting.quantity.kind != QuantityKind::Money;
    let is_number = |word: &TokenId| scene.quantities.iter().any(|other| other.span.contains(scene.parse.token(*word).span));
    // "put the injured at 140"
    let is_name = |word: &TokenId| scene.lexicon.listed(&scene.doc.slice(scene.parse.token(*word).span).to_lowercase()) == measure;
    pointed(scene, counting, |sense| &sense.counted, SURE_OF_POPULATION).filter(|word| open && !is_number(word) && !is_name(word))
}

/// The same for the time as of which the number holds.
pub(super) fn moment(scene: &Scene, counting: &Counting) -> Option<TokenId> {
    pointed(scene, counting, |sense| &sense.moments, SURE_OF_TIME)
}

/// None also where the network is sure that the sentence tells of none: it points at the number itself.
fn pointed(scene: &Scene, counting: &Counting, of: fn(&NumberSense) -> &Vec<(TokenId, f32)>, sure: f32) -> Option<TokenId> {
    let number = counting.quantity.number;
    let (word, chance) = *of(scene.parse.number(number)?).first()?;
    (chance >= sure && word != number).then_some(word)
}

/// What the tables' answer is called in the closed list of measures.
fn name<'m>(scene: &Scene, counting: &Counting, told: &'m Measured) -> &'m str {
    let counted = counting.quantity.counted.map(|noun| scene.doc.slice(scene.parse.token(noun).span).to_lowercase());
    let bare = told.basis == Basis::Counted && counted.as_deref() == Some(told.measure.as_str());
    if bare { COUNTED } else { scene.lexicon.listed(&told.measure) }
}

/// Nats that an answer of the tables weighs beside the network's.
fn weight(basis: Basis) -> f32 {
    match basis {
        Basis::Predicate | Basis::Name(_) => 2.5,
        Basis::Counted => 2.0,
        Basis::Figure(_) => 1.0,
        Basis::Comparison => 4.0,
    }
}
