//! Which quantities are figures, and which only say who is meant?
//!
//! Input: quantities, and what is said of those counted. Output: yes or no. Example: "the two leaders" counts nobody; "two leaders were arrested" does.
//! Ordinals, ages, stretches of time, numbers of sources and words without bounds ("most", "many") are no figures.

use variorum_model::{Deprel, Parse, Quantity, QuantityKind, TokenId};

use super::{
    Counting, Scene, lemma,
    measure::{Basis, Measured},
};

/// Whether a quantity can be a figure at all.
pub(super) fn measures(quantity: &Quantity) -> bool {
    let bounded = quantity.low.is_some() || quantity.high.is_some();
    bounded && !matches!(quantity.kind, QuantityKind::Ordinal | QuantityKind::Age)
}

/// "the two leaders", "one man", "two officials said": a small count that says who is meant, not how many.
pub(super) fn only_names(scene: &Scene, counting: &Counting, measured: &Measured) -> bool {
    let quantity = counting.quantity;
    let at_most = |most: f64| quantity.kind == QuantityKind::Count && quantity.high.is_some_and(|high| high <= most);
    // Stretches of time are the times' own, but for the length of an event ("a two-hour meeting").
    let timed =
        quantity.unit.as_deref().is_some_and(|unit| scene.lexicon.dimension(unit) == Some("time")) && measured.measure != "duration";
    if timed || is_emphasis(scene, quantity) {
        return true;
    }
    at_most(3.0) && is_definite(scene.parse, counting)
        || at_most(1.0) && measured.basis == Basis::Counted
        || at_most(5.0) && speaks(scene, counting.base)
}

/// "not one of them", "a single shot": nobody is counted.
fn is_emphasis(scene: &Scene, quantity: &Quantity) -> bool {
    let words = scene.doc.slice(quantity.span).to_lowercase();
    let before = scene.parse.token_at(quantity.span.start()).and_then(|first| first.0.checked_sub(1));
    let negated = before.is_some_and(|before| matches!(scene.parse.tokens[before as usize].lemma.as_str(), "not" | "Not"));
    words.starts_with("a single") || words == "one" && negated
}

/// "the two", "both", "his three"; "two of the buses" says how many.
fn is_definite(parse: &Parse, counting: &Counting) -> bool {
    let (noun, number) = (counting.base, counting.quantity.number);
    let fixed = |child: TokenId| {
        matches!(parse.token(child).lemma.as_str(), "the" | "these" | "those" | "both") || parse.token(child).deprel == Deprel::NmodPoss
    };
    let of_part = parse.children_by(noun, Deprel::Case).any(|case| lemma(parse, case) == "of" && case > number);
    lemma(parse, number) == "both" || !of_part && parse.children(noun).iter().any(|&child| fixed(child))
}

/// Whether those counted are a source of what is said, or are in its description: "two officials said", "the paper, quoting two officials, said".
fn speaks(scene: &Scene, noun: TokenId) -> bool {
    let span = scene.parse.token(noun).span;
    scene.attributions.iter().any(|attribution| attribution.source.iter().any(|source| source.contains(span)))
}
