//! Which earlier value does a figure replace, and is it a running total?
//!
//! Input: quantities in text order, with the words between them. Output: at the newer value, the one it replaces. Example: "41, up from 23 a day earlier" replaces 23.
//! Limits: both values stand in one sentence.

use variorum_model::{FigureMention, Parse, Quantity, QuantityId, TokenId};

use super::{Scene, lemma};

/// Verbs by which a total moves: "the toll rose to 40", "bringing the number to 50".
pub(super) fn is_change(parse: &Parse, verb: TokenId) -> bool {
    parse.token(verb).upos == variorum_model::Upos::Verb
        && matches!(parse.token(verb).lemma.as_str(), "bring" | "rise" | "climb" | "raise" | "reach" | "stand" | "grow" | "mount")
}

/// The quantity this one is said to have been before: "up from 23", told at the earlier value. In "40 cases and 9 deaths, up from 31 cases and 7 deaths" like goes with like.
pub(super) fn newer_value(scene: &Scene, id: QuantityId, quantity: &Quantity) -> Option<QuantityId> {
    if let Some(next) = leads_to(scene, id) {
        return Some(next);
    }
    let list = first_of_list(scene, id)?;
    let noun = |quantity: &Quantity| quantity.counted.map(|noun| lemma(scene.parse, noun));
    let newer = (0..list).rev().take_while(|&index| same_sentence(scene, &scene.quantities[index], quantity));
    let alike = newer.clone().find(|&index| noun(quantity).is_some() && noun(&scene.quantities[index]) == noun(quantity));
    // "112 of 200 seats, down from 131": the part is what had been more.
    let before = newer.into_iter().find(|&index| !is_whole(scene, QuantityId(index as u32))).filter(|_| list == id.index());
    alike.or(before).map(|index| QuantityId(index as u32))
}

/// For the newer value: the one after it that it replaces.
pub(super) fn replaced_by(scene: &Scene, id: QuantityId, quantity: &Quantity) -> Option<QuantityId> {
    if let Some(before) =
        id.index().checked_sub(1).map(|index| QuantityId(index as u32)).filter(|&before| leads_to(scene, before) == Some(id))
    {
        return Some(before);
    }
    let later = (id.index() + 1..scene.quantities.len()).take_while(|&index| same_sentence(scene, quantity, &scene.quantities[index]));
    later.map(|index| QuantityId(index as u32)).find(|&older| newer_value(scene, older, &scene.quantities[older.index()]) == Some(id))
}

/// "from 600 to 1,450": what the first has become.
fn leads_to(scene: &Scene, id: QuantityId) -> Option<QuantityId> {
    let quantity = &scene.quantities[id.index()];
    let next = scene.quantities.get(id.index() + 1).filter(|next| to_before(scene, next) && from_before(scene, quantity))?;
    let end = scene.parse.tokens_in(quantity.span).last()?;
    let begin = scene.parse.token_at(next.span.start())?;
    (begin.0.saturating_sub(end.0) == 2).then_some(QuantityId(id.0 + 1))
}

/// The quantity with which a list of earlier values begins: that after "from", or "not" after a comma.
fn first_of_list(scene: &Scene, id: QuantityId) -> Option<usize> {
    let quantity = &scene.quantities[id.index()];
    if from_before(scene, quantity) || is_corrected(scene, quantity) {
        return Some(id.index());
    }
    let before = id.index().checked_sub(1)?;
    let one = scene.parse.tokens_in(scene.quantities[before].span).last()?;
    let other = scene.parse.token_at(quantity.span.start())?;
    let joined = other.0.saturating_sub(one.0) <= 5 && (one.0..other.0).any(|word| scene.parse.tokens[word as usize].lemma == "and");
    (joined && from_before(scene, &scene.quantities[before])).then_some(before)
}

/// The earlier value that follows another in a list of two.
pub(super) fn next_of_list<'a>(scene: &Scene<'a>, id: QuantityId) -> Option<&'a Quantity> {
    let next = QuantityId(id.0 + 1);
    let follows = next.index() < scene.quantities.len() && first_of_list(scene, next) == Some(id.index());
    follows.then(|| &scene.quantities[next.index()])
}

/// "8,140, not 9,020": the second is what was said before.
fn is_corrected(scene: &Scene, quantity: &Quantity) -> bool {
    let first = scene.parse.token_at(quantity.span.start()).map_or(0, |first| first.0);
    let word = |back: u32| first.checked_sub(back).map(|i| scene.parse.tokens[i as usize].lemma.as_str());
    word(1) == Some("not") && matches!(word(2), Some("," | "and"))
}

/// Whether a number is given as what was before: "from 23".
pub(super) fn from_before(scene: &Scene, quantity: &Quantity) -> bool {
    let first = scene.parse.token_at(quantity.span.start());
    let lemma = |at: u32| scene.parse.tokens[at as usize].lemma.as_str();
    // "up from the 3 billion agreed in May"
    let determined = |at: &u32| matches!(lemma(*at), "the" | "its" | "their" | "a" | "an");
    let before = first.and_then(|first| first.0.checked_sub(1)).map(|at| if determined(&at) { at.saturating_sub(1) } else { at });
    before.is_some_and(|before| lemma(before) == "from")
}

/// "fell 14 percent to 212 million": whether a number is where a change leads to.
pub(super) fn to_before(scene: &Scene, quantity: &Quantity) -> bool {
    let first = scene.parse.token_at(quantity.span.start());
    first.and_then(|first| first.0.checked_sub(1)).is_some_and(|before| scene.parse.tokens[before as usize].lemma == "to")
}

/// "Of the 310 workers at the plant, 120 stayed": a whole before its part.
fn opens_with_whole(scene: &Scene, quantity: &Quantity) -> bool {
    let Some(first) = scene.parse.token_at(quantity.span.start()) else { return false };
    let begin = scene.parse.sentence(scene.parse.token(first).sentence).first;
    let opening: Vec<String> = (begin.0..first.0).map(|at| lemma(scene.parse, TokenId(at))).collect();
    matches!(opening.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), ["of", "the" | "its" | "their" | "his" | "her"])
}

/// Whether two numbers stand in one sentence.
pub(super) fn same_sentence(scene: &Scene, a: &Quantity, b: &Quantity) -> bool {
    scene.parse.token(a.number).sentence == scene.parse.token(b.number).sentence
}

/// Whether a figure stands in the sentence of a number or one of the two before, in the same paragraph, and in the same unit.
pub(super) fn is_near(scene: &Scene, quantity: &Quantity, figure: &FigureMention) -> bool {
    let other = &scene.quantities[figure.quantity.index()];
    let sentence = |quantity: &Quantity| scene.parse.token(quantity.number).sentence.index();
    let block = |quantity: &Quantity| scene.doc.block_at(quantity.span.start()).map(|block| block.span);
    quantity.unit == other.unit && block(quantity) == block(other) && sentence(quantity).saturating_sub(sentence(other)) <= 2
}

/// "34 of his 50 hives", "Of the 310 workers, 120 stayed": of the whole is only said that there are so many.
pub(super) fn is_whole(scene: &Scene, id: QuantityId) -> bool {
    if opens_with_whole(scene, &scene.quantities[id.index()]) {
        return true;
    }
    let Some(part) = id.index().checked_sub(1).map(|index| &scene.quantities[index]) else { return false };
    let whole = &scene.quantities[id.index()];
    let last = scene.parse.tokens_in(part.span).last().map_or(0, |last| last.0 + 1);
    let first = scene.parse.token_at(whole.span.start()).map_or(0, |first| first.0);
    let between: Vec<&str> = (last..first).map(|i| scene.parse.tokens[i as usize].lemma.as_str()).collect();
    let links = |words: &[&str]| {
        words.iter().all(|word| matches!(*word, "the" | "its" | "his" | "her" | "their" | "our" | "my" | "all" | "these" | "those"))
    };
    match between.as_slice() {
        ["of", rest @ ..] | ["out", "of", rest @ ..] => links(rest),
        _ => false,
    }
}
