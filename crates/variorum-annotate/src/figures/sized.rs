//! Of what is something so long, so dear, so many percent more?
//!
//! Input: a number with a unit and no noun, and the word that gave the measure. Output: the noun that has this size, price or change. Examples: "rents rose 9 percent" of "rents";
//! "a bridge, 340 metres long" of "bridge"; "the lake stands at 18 metres" of "lake"; "$3 million in cash" of "cash".
//! Limits: sums that are paid, promised or lost are of nothing, but for what they are paid in.

use variorum_model::{Deprel, Parse, PlaceUse, QuantityKind, TokenId, Upos};

use super::{
    Counting, Scene, is_led_by, lemma,
    measure::{Basis, Measured},
};

/// What a measure in units is of, where it does not stand with it.
pub(super) fn sized(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    moved(scene, counting, measured)
        .or_else(|| extended(scene, counting, measured))
        .or_else(|| priced(scene, counting, measured))
        .or_else(|| paid_in(scene, counting))
}

/// "a bridge, 340 metres long", "a sinkhole 35 metres across", "a swarm covering 60 square kilometres", "the river stood at 4 metres".
fn extended(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    let parse = scene.parse;
    let base = counting.base;
    let dimension = scene.lexicon.dimension(counting.quantity.unit.as_deref()?)?;
    let size = matches!(dimension, "length" | "area" | "speed" | "mass" | "concentration" | "power" | "volume");
    if !size || measured.measure == "distance" || counting.quantity.counted.is_some() {
        return None;
    }
    let head = parse.head(base)?;
    let thing = |noun: TokenId| Some(noun).filter(|&noun| is_thing(scene, noun));
    match parse.token(head).upos {
        // "four metres high"
        Upos::Adj => bearer(parse, head).and_then(thing),
        Upos::Noun if parse.token(base).deprel == Deprel::Appos && head < base => thing(head),
        Upos::Verb if parse.token(head).tag == "VBG" && parse.token(head).deprel == Deprel::Acl => {
            parse.head(head).filter(|_| parse.token(base).deprel == Deprel::Obj).and_then(thing)
        }
        Upos::Verb => {
            let level = ["at", "to", "by"].iter().any(|word| is_led_by(parse, base, word));
            let transitive = parse.child(head, Deprel::Obj).is_some_and(|object| object != base);
            let told = level && !transitive || scene.lexicon.is_silent(&lemma(parse, head), Upos::Verb) || is_step(measured);
            subject(parse, head).filter(|_| told).map(|noun| antecedent_of(parse, noun)).and_then(thing)
        }
        _ => None,
    }
}

/// What an adjective is said of.
fn bearer(parse: &Parse, adjective: TokenId) -> Option<TokenId> {
    let outer = |&at: &TokenId| parse.head(at).filter(|_| parse.token(at).deprel == Deprel::Conj);
    std::iter::successors(Some(adjective), outer).take(4).find_map(|at| match parse.token(at).deprel {
        Deprel::Amod | Deprel::Acl => parse.head(at),
        _ => parse.child_of(at, &[Deprel::Nsubj, Deprel::NsubjPass]),
    })
}

/// "the river, which stood at 4 metres"
fn antecedent_of(parse: &Parse, subject: TokenId) -> TokenId {
    let relative = matches!(lemma(parse, subject).as_str(), "which" | "that");
    let clause = parse.ancestors(subject).find(|&up| parse.token(up).deprel == Deprel::AclRelcl).filter(|_| relative);
    clause.and_then(|clause| parse.head(clause)).unwrap_or(subject)
}

fn is_step(measured: &Measured) -> bool {
    matches!(measured.measure.as_str(), "increased" | "decreased")
}

/// "a loaf costs 85 dinars", "each of the drones costs $20,000", "rose by 4 euros to 231"
fn priced(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    let parse = scene.parse;
    let dear = matches!(measured.measure.as_str(), "price" | "cost" | "increased" | "decreased");
    let verb = parse.head(counting.base).filter(|&head| parse.token(head).upos == Upos::Verb);
    let verb = verb.filter(|_| counting.quantity.kind == QuantityKind::Money && dear)?;
    // "The league put the rent at €1,180": who gives a number has no price.
    let gives = parse.child_of(verb, &[Deprel::Obj, Deprel::Ccomp, Deprel::NsubjPass]).is_some_and(|object| object != counting.base);
    let noun = subject(parse, verb).filter(|_| !gives).map(|noun| antecedent_of(parse, noun))?;
    let of = || parse.children_by(noun, Deprel::Nmod).find(|&of| is_led_by(parse, of, "of"));
    let named = if lemma(parse, noun) == "each" { of() } else { Some(noun) };
    named.filter(|&noun| is_thing(scene, noun))
}

/// "$3 million in cash", "damages of $2 million in lost wages"
fn paid_in(scene: &Scene, counting: &Counting) -> Option<TokenId> {
    let parse = scene.parse;
    let last = parse.tokens_in(counting.quantity.span).last().filter(|_| counting.quantity.kind == QuantityKind::Money)?;
    let sentence = parse.sentence(parse.token(last).sentence);
    let word = |n: u32| Some(TokenId(last.0 + n)).filter(|word| word.0 < sentence.end.0);
    let led = word(1).is_some_and(|word| lemma(parse, word) == "in");
    let first = word(2).filter(|_| led)?;
    let noun = std::iter::once(first)
        .chain(parse.ancestors(first).take(1))
        .find(|&noun| matches!(parse.token(noun).tag.as_str(), "NN" | "NNS"))?;
    let near = noun >= first && noun.0 <= last.0 + 4;
    let bare =
        !parse.children(noun).iter().any(|&child| matches!(parse.token(child).deprel, Deprel::Det | Deprel::NmodPoss | Deprel::Nummod));
    let timed = scene.times.iter().any(|time| time.span.contains(parse.token(noun).span));
    let placed = scene.places.iter().any(|place| place.span.contains(parse.token(noun).span));
    (near && bare && !timed && !placed).then_some(noun)
}

/// What a measure in units is of, where it does not stand with it: "rents rose 9 percent", "the parcel weighs 2 kilograms", "repairs that cost 9 million".
fn moved(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    let parse = scene.parse;
    let quantity = counting.quantity;
    quantity.unit.as_ref()?;
    let verb = measured.governor.filter(|&verb| parse.token(verb).upos == Upos::Verb);
    let step = is_led_by(parse, counting.base, "by") && matches!(measured.measure.as_str(), "increased" | "decreased");
    let found = match quantity.kind {
        // "the glacier shrank by 900 metres"
        _ if step && quantity.kind != QuantityKind::Percent => verb.and_then(|verb| argument(scene, counting, measured, verb)),
        QuantityKind::Percent => verb
            .filter(|&verb| changes(scene, counting, measured, verb))
            .and_then(|verb| argument(scene, counting, measured, verb))
            .or_else(|| changed_in(parse, counting.base, measured)),
        QuantityKind::Money => antecedent(parse, verb).or_else(|| valued(parse, counting, verb)),
        _ => verb
            .filter(|&verb| scene.lexicon.is_silent(&lemma(parse, verb), Upos::Verb) && !is_led_by(parse, counting.base, "at"))
            .and_then(|verb| subject(parse, verb)),
    };
    let share = quantity.kind == QuantityKind::Percent;
    found.filter(|&noun| share || is_thing(scene, noun)).or_else(|| {
        let above = noun_above(parse, counting.base).filter(|_| quantity.counted.is_none());
        above.filter(|&noun| is_thing(scene, noun) && measured.basis != Basis::Name(noun))
    })
}

/// Whether a verb says how much of something there is or has become; "58 percent oppose the plan" does not.
fn changes(scene: &Scene, counting: &Counting, measured: &Measured, verb: TokenId) -> bool {
    let moves = matches!(measured.measure.as_str(), "increased" | "decreased" | "growth" | "predicted" | "rate");
    let subject = scene.parse.token(counting.base).deprel.is_subject();
    let told = matches!(measured.measure.as_str(), "favoured" | "voted" | "won");
    !subject && !told && (moves || scene.lexicon.is_silent(&lemma(scene.parse, verb), Upos::Verb))
}

/// What a verb of change moves: its object, else its subject; not a noun that named the measure, nor another number.
fn argument(scene: &Scene, counting: &Counting, measured: &Measured, verb: TokenId) -> Option<TokenId> {
    let parse = scene.parse;
    let fits = |&noun: &TokenId| {
        let span = parse.token(noun).span;
        let number = scene.quantities.iter().any(|quantity| quantity.span.contains(span));
        let human = matches!(scene.lexicon.class(&lemma(parse, noun)), Some("human" | "organization"));
        noun != counting.base
            && measured.basis != Basis::Name(noun)
            && matches!(parse.token(noun).tag.as_str(), "NN" | "NNS")
            && !number
            && !human
    };
    let object = [Deprel::Obj, Deprel::NsubjPass].into_iter().find_map(|deprel| parse.children_by(verb, deprel).find(fits));
    object.or_else(|| subject(parse, verb).filter(fits))
}

/// A verb's subject, or that of the verb it goes on from: "runs to 412 pages and weighs 2 kilograms".
fn subject(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let outer = |&at: &TokenId| parse.head(at).filter(|_| parse.token(at).deprel == Deprel::Conj);
    std::iter::successors(Some(verb), outer).take(4).find_map(|at| parse.child_of(at, &[Deprel::NsubjPass, Deprel::Nsubj]))
}

/// "a 12% fall in coffee exports"
fn changed_in(parse: &Parse, base: TokenId, measured: &Measured) -> Option<TokenId> {
    let Basis::Name(noun) = measured.basis else { return None };
    let moves = matches!(measured.measure.as_str(), "increased" | "decreased");
    let of = |&of: &TokenId| noun < of && of != base && (is_led_by(parse, of, "in") || is_led_by(parse, of, "of"));
    parse.children_by(noun, Deprel::Nmod).find(of).filter(|&of| moves && parse.token(of).upos == Upos::Noun)
}

/// "repairs that took six weeks and cost 9 million"
fn antecedent(parse: &Parse, verb: Option<TokenId>) -> Option<TokenId> {
    let outer = |&at: &TokenId| parse.head(at).filter(|_| parse.token(at).deprel == Deprel::Conj);
    let relative = std::iter::successors(verb, outer).take(4).find(|&at| parse.token(at).deprel == Deprel::AclRelcl)?;
    parse.head(relative)
}

/// "estimate the repair at $30 million", "put the value of the collection at"
fn valued(parse: &Parse, counting: &Counting, verb: Option<TokenId>) -> Option<TokenId> {
    let object = parse.child(verb?, Deprel::Obj).filter(|_| is_led_by(parse, counting.base, "at"))?;
    parse.children_by(object, Deprel::Nmod).find(|&of| is_led_by(parse, of, "of")).or(Some(object))
}

/// "the €3 billion dam", "waves of up to 7 metres"
fn noun_above(parse: &Parse, base: TokenId) -> Option<TokenId> {
    let of = parse.token(base).deprel == Deprel::Nmod && is_led_by(parse, base, "of");
    let compound = matches!(parse.token(base).deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodDesc);
    parse.head(base).filter(|&head| (of || compound) && parse.token(head).upos == Upos::Noun)
}

/// A thing that has a size or price; people, and nouns that only name the measure ("cost", "height"), have none.
fn is_thing(scene: &Scene, noun: TokenId) -> bool {
    let word = lemma(scene.parse, noun);
    let named = |class: &&str| scene.lexicon.find(&word, Upos::Noun, "of", &[class], &[]);
    let dimension = ["speed", "length", "mass"].iter().find_map(named).is_some_and(|(measure, _)| measure == word);
    let human = matches!(scene.lexicon.class(&word), Some("human" | "organization"));
    let placed = scene.places.iter().any(|place| place.used == PlaceUse::Literal && place.span.contains(scene.parse.token(noun).span));
    scene.parse.token(noun).tag.starts_with("NN") && !placed && !human && !dimension && named(&"money").is_none()
}
