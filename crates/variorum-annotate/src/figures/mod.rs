//! What do reported quantities count?
//!
//! Input: quantities, with the trees they stand in. Output: a [`FigureMention`] for every quantity that measures something, sorted by quantity.
//! Example: in "around 600 DPRK soldiers have been killed" the measure is `killed` (passive subject of "kill"), the population "DPRK soldiers"; in "the toll rose to 40"
//! the measure comes from the subject of "rise".
//!
//! The way: [`selection`] leaves out numbers that only say who is meant; [`measure`] reads what is said of those counted, with the words of [`lexicon`]
//! and the word right [`beside`] the number;
//! [`population`] reads who they are; [`updates`] which earlier value is replaced; [`moments`] as of when; [`windows`] in which stretch of time; [`authority`] on whose word, [`counters`] by whose count.
//!
//! Limits: totals are told from new counts only by verbs of change.

mod antecedent;
mod asides;
mod authority;
mod beside;
mod change;
mod counters;
mod counts;
mod judged;
mod lexicon;
mod measure;
mod moments;
mod population;
mod selection;
mod sized;
mod updates;
mod windows;

use variorum_model::{
    Attribution, Deprel, Document, Evidence, FigureMention, Parse, Place, PlaceId, PlaceUse, Quantity, QuantityId, QuantityKind, Span,
    TimeExpression, TokenId, Upos,
};

pub use lexicon::MeasureLexicon;

use crate::{Output, actors::Actors};

use measure::{Basis, Measured};

/// What a figure is seen with.
struct Scene<'a> {
    lexicon: &'a MeasureLexicon,
    doc: &'a Document,
    parse: &'a Parse,
    quantities: &'a [Quantity],
    times: &'a [TimeExpression],
    places: &'a [Place],
    actors: &'a Actors,
    attributions: &'a [Attribution],
}

/// What earlier stages found, that figures are made of.
pub struct Earlier<'a> {
    /// The numbers.
    pub quantities: &'a [Quantity],
    /// Times, for as-of dates and windows.
    pub times: &'a [TimeExpression],
    /// Places inside the clauses of figures.
    pub places: &'a [Place],
    /// Who counts.
    pub actors: &'a Actors,
    /// On whose word.
    pub attributions: &'a [Attribution],
}

/// A quantity with the words it stands with.
struct Counting<'a> {
    id: QuantityId,
    quantity: &'a Quantity,
    /// The counted noun; else the head of the number with its unit.
    base: TokenId,
    /// The noun that names those counted, where the text has one at this number.
    noun: Option<TokenId>,
    /// What sort of thing: the noun's class in `knowledge/measures.tsv`, what the unit measures.
    classes: Vec<&'static str>,
}

/// Finds what reported quantities count. Sorted by quantity.
pub fn figures(lexicon: &MeasureLexicon, doc: &Document, parse: &Parse, earlier: &Earlier) -> Output<FigureMention> {
    let Earlier { quantities, times, places, actors, attributions } = *earlier;
    let scene = Scene { lexicon, doc, parse, quantities, times, places, actors, attributions };
    let mut found: Vec<FigureMention> = Vec::new();
    for (i, quantity) in quantities.iter().enumerate().filter(|(_, quantity)| selection::measures(quantity)) {
        let figure = figure(&scene, &counting(&scene, QuantityId(i as u32), quantity), &found);
        found.extend(figure);
    }
    found.into()
}

fn counting<'a>(scene: &Scene, id: QuantityId, quantity: &'a Quantity) -> Counting<'a> {
    let parse = scene.parse;
    let base = quantity.counted.or_else(|| parse.head_of_span(quantity.span)).unwrap_or(quantity.number);
    // "400 tonnes of explosives": what is measured is what the phrase is of. "12 of the 15 deans" shares its noun with the whole.
    let of_phrase = |noun: &TokenId| parse.children_by(*noun, Deprel::Case).any(|case| parse.token(case).lemma == "of");
    let whole = QuantityId(id.0 + 1);
    let of_whole = scene.quantities.get(whole.index()).filter(|_| updates::is_whole(scene, whole)).and_then(|whole| whole.counted);
    let noun = quantity.counted.filter(|noun| quantity.unit.is_none() || of_phrase(noun)).or(of_whole);
    let noun = noun.or_else(|| predicated(parse, quantity)).or_else(|| body_of(scene, quantity));
    let of_unit = match quantity.kind {
        QuantityKind::Money => Some("money"),
        QuantityKind::Percent => Some("percent"),
        QuantityKind::Measure => quantity.unit.as_deref().and_then(|unit| scene.lexicon.dimension(unit)),
        _ => None,
    };
    let of_noun = noun.and_then(|noun| scene.lexicon.class(&lemma(parse, noun)));
    let classes = of_unit.into_iter().chain(of_noun).collect();
    Counting { id, quantity, base, noun, classes }
}

/// "of whom 48 were children": those counted are what is said of them.
fn predicated(parse: &Parse, quantity: &Quantity) -> Option<TokenId> {
    let number = parse.token(quantity.number);
    let noun = number.head.filter(|_| number.deprel.is_subject() && quantity.unit.is_none())?;
    let equal = parse.child(noun, Deprel::Cop).is_some();
    (equal && parse.token(noun).tag == "NNS").then_some(noun)
}

/// "a family of four", "the crew of 21": those counted are the body's.
fn body_of(scene: &Scene, quantity: &Quantity) -> Option<TokenId> {
    let parse = scene.parse;
    let of = parse.token(quantity.number).deprel == Deprel::Nmod && is_led_by(parse, quantity.number, "of");
    let head = parse.head(quantity.number).filter(|_| of && quantity.unit.is_none() && quantity.counted.is_none())?;
    matches!(lemma(parse, head).as_str(), "family" | "crew" | "couple" | "squad" | "gang" | "household" | "party").then_some(head)
}

fn figure(scene: &Scene, counting: &Counting, before: &[FigureMention]) -> Option<FigureMention> {
    let quantity = counting.quantity;
    let told = measure::measure(scene, counting, before).or_else(|| untold(scene, counting))?;
    let measured = judged::judged(scene, counting, told);
    if selection::only_names(scene, counting, &measured) || selection::is_label(scene, counting) {
        return None;
    }
    let counted = population::counted(scene, counting, &measured, before);
    let clause = clause(scene, quantity, counting.base, measured.governor);
    let attribution = authority::authority(scene, counting, &measured);
    let governor = measured.governor.unwrap_or(counting.base);
    let told = moments::as_of(scene, counting, &measured, attribution, before);
    let window = windows::window(scene, counting, &measured, told);
    let as_of = told.or_else(|| moments::pointed_at(scene, counting).filter(|_| window.is_none()));
    let open = window.is_some_and(|window| window.until.is_none()) || windows::so_far(scene, counting, governor);
    Some(FigureMention {
        quantity: counting.id,
        unit: quantity.unit.clone().or_else(|| counted.lemma.clone()).unwrap_or_else(|| "count".to_owned()),
        population_class: counted.lemma.as_deref().and_then(|lemma| scene.lexicon.class(lemma)).map(str::to_owned),
        population: counted.words,
        population_lemma: counted.lemma,
        place: place(scene, clause),
        as_of,
        cumulative: open || measured.governor.is_some_and(|verb| updates::is_change(scene.parse, verb)),
        window,
        replaces: updates::replaced_by(scene, counting.id, quantity),
        attribution,
        counter: counters::counter(scene, counting, &measured, attribution.is_some()),
        evidence: Evidence::one(clause),
        measure: measured.measure,
    })
}

/// "There were six of them", "some 140 got away", "put it at 58": a number that is an argument counts something, even where no word says what became of it.
fn untold(scene: &Scene, counting: &Counting) -> Option<Measured> {
    let parse = scene.parse;
    let (number, quantity) = (parse.token(counting.base), counting.quantity);
    let argument =
        number.deprel.is_subject() || matches!(number.deprel, Deprel::Obj | Deprel::Root | Deprel::Conj | Deprel::Appos | Deprel::Xcomp);
    let put =
        number.deprel == Deprel::Obl && ["at", "as", "to", "of", "from", "by"].iter().any(|word| is_led_by(parse, counting.base, word));
    let governor = parse.ancestors(counting.base).find(|&up| parse.token(up).upos == Upos::Verb);
    (quantity.kind == QuantityKind::Count && (argument || put)).then(|| Measured {
        measure: "counted".to_owned(),
        basis: Basis::Counted,
        governor,
        of_people: false,
    })
}

/// Number, noun and governing word together.
fn clause(scene: &Scene, quantity: &Quantity, base: TokenId, governor: Option<TokenId>) -> Span {
    let noun = scene.parse.token(base).span.cover(quantity.span);
    let whole = governor.map_or(noun, |governor| noun.cover(scene.parse.token(governor).span));
    let sentence = scene.parse.sentence(scene.parse.token(base).sentence).span;
    whole.intersection(sentence).unwrap_or(quantity.span)
}

/// A literal place inside the clause.
fn place(scene: &Scene, clause: Span) -> Option<PlaceId> {
    let inside = scene.places.iter().enumerate().filter(|(_, place)| place.used == PlaceUse::Literal && clause.contains(place.span));
    inside.map(|(i, _)| PlaceId(i as u32)).next()
}

/// The word in lower case, as lemma.
fn lemma(parse: &Parse, id: TokenId) -> String {
    parse.token(id).lemma.to_lowercase()
}

/// Whether a phrase is introduced by this preposition.
fn is_led_by(parse: &Parse, phrase: TokenId, word: &str) -> bool {
    parse.child(phrase, Deprel::Case).is_some_and(|case| lemma(parse, case) == word)
}
