//! Which quantities are figures, and which only say who is meant?
//!
//! Input: quantities, and what is said of those counted. Output: yes or no. Example: "the two leaders" counts nobody; "two leaders were arrested" does.
//! Ordinals, ages, stretches of time, numbers of sources and words without bounds ("most", "many") are no figures.

use variorum_model::{Deprel, Parse, Qualifier, Quantity, QuantityKind, TokenId, Upos};

use super::{
    Counting, Scene, is_led_by, lemma,
    measure::{Basis, Measured},
    updates,
};

/// Whether a quantity can be a figure at all.
pub(super) fn measures(quantity: &Quantity) -> bool {
    let bounded = quantity.low.is_some() || quantity.high.is_some();
    // "several", "a few"
    let vague = quantity.qualifier == Qualifier::Range && quantity.high.is_none() && quantity.low.is_some_and(|low| low <= 3.0);
    bounded && !vague && !matches!(quantity.kind, QuantityKind::Ordinal | QuantityKind::Age)
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

/// "gondola number 7", "flight 417", "day 12": which one is meant. "a girl of six" has an age.
pub(super) fn is_label(scene: &Scene, counting: &Counting) -> bool {
    let parse = scene.parse;
    let quantity = counting.quantity;
    let whole = quantity.low == quantity.high && quantity.low.is_some_and(|value| value.fract() == 0.0);
    let bare = quantity.kind == QuantityKind::Count && quantity.counted.is_none() && quantity.qualifier == Qualifier::Exact && whole;
    let head = parse.head(quantity.number).filter(|_| bare);
    let first = parse.token_at(quantity.span.start());
    let digits = scene.doc.slice(quantity.span).starts_with(|c: char| c.is_ascii_digit());
    let beside = head
        .zip(first)
        .is_some_and(|(head, first)| digits && head.0 + 1 == first.0 && is_singular(parse, head) && !names_measure(scene, head));
    // "The Reds won 31 seats, the Blues 22"
    let gapped = scene
        .quantities
        .iter()
        .any(|other| other.span.end() < quantity.span.start() && other.counted.is_some() && updates::same_sentence(scene, other, quantity));
    let aged = head.is_some_and(|head| is_led_by(parse, quantity.number, "of") && is_singular(parse, head) && is_person(scene, head));
    // "The displaced now number 165,000": nothing is the hundredth of its sort, of what is written with a comma.
    let many = scene.doc.slice(quantity.span).contains(',');
    beside && !gapped && !many || aged || is_clock(scene, quantity)
}

/// "at 15.32": a time of day that has no noun.
fn is_clock(scene: &Scene, quantity: &Quantity) -> bool {
    let words = scene.doc.slice(quantity.span);
    let part = |part: &str, under: u32| part.len() == 2 && part.parse::<u32>().is_ok_and(|number| number < under);
    let timed = words.split_once('.').is_some_and(|(hour, minute)| part(hour, 24) && part(minute, 60));
    timed && quantity.unit.is_none() && quantity.counted.is_none() && is_led_by(scene.parse, quantity.number, "at")
}

fn is_singular(parse: &Parse, noun: TokenId) -> bool {
    matches!(parse.token(noun).tag.as_str(), "NN" | "NNP")
}

fn names_measure(scene: &Scene, noun: TokenId) -> bool {
    let word = lemma(scene.parse, noun);
    ["of", "self"].iter().any(|role| scene.lexicon.find(&word, Upos::Noun, role, &[], &[]).is_some())
}

/// A human being and no body of them.
fn is_person(scene: &Scene, noun: TokenId) -> bool {
    let word = lemma(scene.parse, noun);
    scene.lexicon.class(&word) == Some("human")
        && !matches!(word.as_str(), "family" | "crew" | "couple" | "squad" | "gang" | "household" | "party" | "team" | "crowd" | "group")
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
