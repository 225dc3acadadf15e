//! By how much is there more or less, and to what level has something moved?
//!
//! Input: a number in its tree. Output: the measure of a difference ("800 tonnes more than in May" is `increased`) or of a level: in "visits sank to 212,000" and
//! "wheat rose by 4 euros to 231 euros" what has moved gives its own name, or its price.
//! Limits: a level needs its subject or object in the same clause.

use variorum_model::{Deprel, QuantityKind, TokenId, Upos};

use super::{
    Counting, Scene, is_led_by, lemma,
    measure::{Basis, Measured, base, by_modifier, named_by},
};

/// "800 tonnes more than in May", "6 percent fewer than", "up 11 percent on the year": a difference, whatever the clause is about.
pub(super) fn compared(scene: &Scene, counting: &Counting) -> Option<Measured> {
    let parse = scene.parse;
    let tokens: Vec<TokenId> = parse.tokens_in(counting.quantity.span).collect();
    let (first, last) = (*tokens.first()?, *tokens.last()?);
    let sentence = parse.sentence(parse.token(first).sentence);
    let word = |at: u32| (at < sentence.end.0).then(|| scene.doc.slice(parse.token(TokenId(at)).span).to_lowercase());
    // "4 rupees a kilogram more on Tuesday than in May"
    let per_unit = matches!(word(last.0 + 1).as_deref(), Some("a" | "an" | "per"));
    let next = if per_unit { last.0 + 3 } else { last.0 + 1 };
    let than = (next + 1..next + 6).any(|at| word(at).as_deref() == Some("than"));
    let percent = counting.quantity.kind == QuantityKind::Percent;
    let before = first.0.checked_sub(1).filter(|&at| at >= sentence.first.0).and_then(word);
    let apart = first.0.checked_sub(2).is_none_or(|at| at < sentence.first.0 || parse.tokens[at as usize].upos != Upos::Verb);
    let against = matches!(word(last.0 + 1).as_deref(), Some("on" | "from" | "compared" | "year" | "," | "."));
    let measure = match (word(next).as_deref(), before.as_deref()) {
        (Some("above" | "over"), _) if percent => "increased",
        (Some("below" | "under"), _) if percent => "decreased",
        (Some("more" | "higher" | "longer" | "greater" | "above" | "heavier" | "larger" | "bigger" | "dearer"), _) if than || percent => {
            "increased"
        }
        (Some("fewer" | "less" | "lower" | "smaller" | "shorter" | "below" | "lighter" | "cheaper"), _) if than || percent => "decreased",
        (_, Some("up")) if against && apart => "increased",
        (_, Some("down")) if against && apart => "decreased",
        _ => return None,
    };
    let governor = parse.ancestors(counting.base).find(|&up| parse.token(up).upos == Upos::Verb);
    Some(Measured { measure: measure.to_owned(), basis: Basis::Comparison, governor, of_people: false })
}

/// "Enrolment rose by 410": a step up or down.
pub(super) fn step(scene: &Scene, counting: &Counting) -> Option<Measured> {
    let parse = scene.parse;
    let verb = parse.head(counting.base).filter(|_| is_led_by(parse, counting.base, "by"))?;
    let measure = moved(scene, verb)?;
    let basis = mover(scene, verb, counting.base).map_or(Basis::Predicate, Basis::Name);
    Some(Measured { measure: measure.to_owned(), basis, governor: Some(verb), of_people: false })
}

/// "Visits sank to 212,000", "wheat rose by 4 euros to 231 euros": what has moved to a level is measured by its own
/// name, goods by their price.
pub(super) fn level(scene: &Scene, counting: &Counting) -> Option<Measured> {
    let parse = scene.parse;
    let base = counting.base;
    if counting.noun.is_some() {
        return None;
    }
    let first = parse.token_at(counting.quantity.span.start()).and_then(|first| first.0.checked_sub(1)).map(TokenId);
    let led = |word: &str| first.is_some_and(|first| lemma(parse, first) == word) || is_led_by(parse, base, word);
    let verb = parse.ancestors(base).take(3).find(|&up| parse.token(up).upos == Upos::Verb)?;
    let reaches = ["to", "at", "from"].into_iter().any(led) && moved(scene, verb).is_some();
    let noun = mover(scene, verb, base).filter(|_| reaches)?;
    let named = by_modifier(scene, counting, noun).or_else(|| named_by(scene, counting, base, noun)).map(|named| named.measure);
    Some(Measured {
        measure: named.unwrap_or_else(|| own_name(scene, counting, noun)),
        basis: Basis::Name(noun),
        governor: Some(verb),
        of_people: false,
    })
}

/// Sums are prices of what has moved; else its own name is the measure.
fn own_name(scene: &Scene, counting: &Counting, noun: TokenId) -> String {
    match counting.quantity.kind {
        QuantityKind::Money => "price".to_owned(),
        // "the river rose to 6 metres"
        QuantityKind::Measure if dimension(scene, counting) == Some("length") => "height".to_owned(),
        _ => lemma(scene.parse, noun),
    }
}

/// The size that a unit measures, by its name in the list of measures.
pub(super) fn dimension(scene: &Scene, counting: &Counting) -> Option<&'static str> {
    match scene.lexicon.dimension(counting.quantity.unit.as_deref()?)? {
        "mass" => Some("weight"),
        size @ ("length" | "area" | "speed" | "temperature" | "volume" | "power" | "magnitude" | "concentration") => Some(size),
        _ => None,
    }
}

/// What a verb moves: its object, else its subject; of "the number of jobless" what it is a number of.
fn mover(scene: &Scene, verb: TokenId, base: TokenId) -> Option<TokenId> {
    let parse = scene.parse;
    let is_number = |noun: TokenId| scene.quantities.iter().any(|quantity| quantity.span.contains(parse.token(noun).span));
    let thing = |&noun: &TokenId| parse.token(noun).upos == Upos::Noun && noun != base && !is_number(noun);
    let arguments = [Deprel::NsubjPass, Deprel::Obj, Deprel::Nsubj];
    let noun = arguments.into_iter().find_map(|deprel| parse.children_by(verb, deprel).find(thing))?;
    if !scene.lexicon.is_silent(&lemma(parse, noun), Upos::Noun) {
        return Some(noun);
    }
    let of = parse.children_by(noun, Deprel::Nmod).find(|&of| is_led_by(parse, of, "of"));
    of.or(Some(noun).filter(|&noun| parse.token(noun).tag == "NNS"))
}

/// Whether a measure is one of more or less.
pub(super) fn is_move(measure: &str) -> bool {
    matches!(measure, "increased" | "decreased")
}

/// Whether a verb tells of more or less: "rise", "widen".
pub(super) fn moves(scene: &Scene, verb: TokenId) -> bool {
    moved(scene, verb).is_some()
}

/// Of a verb that tells of more or less, which: "rise", "sink", "widen".
fn moved(scene: &Scene, verb: TokenId) -> Option<&'static str> {
    let of = |role| scene.lexicon.find(&base(scene, verb), Upos::Verb, role, &["percent"], &[]).map(|(measure, _)| measure);
    ["obl:by", "subj", "obj"].into_iter().filter_map(of).find(|measure| is_move(measure))
}
