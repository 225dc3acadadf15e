//! Who or what is counted?
//!
//! Input: a number with its noun, the word that gave the measure, the figures before it. Output: the words of the population without the number, and the lemma of its
//! head. Example: "41 injured mine workers" counts "injured mine workers"; in "12 killed and 30 injured" the noun of 30 is that of 12; in "rents rose 9 percent"
//! what moved is "rents".
//! Limits: relative clauses and phrases of place stay outside.

use variorum_model::{Deprel, FigureMention, Parse, QuantityKind, Span, TokenId, Upos};

use super::{
    Counting, Scene, is_led_by, lemma,
    measure::{Basis, Measured, is_elliptic},
    updates,
};

/// Those counted.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) words: Option<String>,
    pub(super) lemma: Option<String>,
}

/// Who or what is counted, if the text says.
pub(super) fn counted(scene: &Scene, counting: &Counting, measured: &Measured, before: &[FigureMention]) -> Counted {
    let parse = scene.parse;
    if measured.basis == Basis::Comparison
        && let Some(like) = left_out(scene, counting, measured, before).map(|index| &before[index]).filter(|_| counting.noun.is_none())
    {
        return Counted { words: like.population.clone(), lemma: like.population_lemma.clone() };
    }
    let shared = counting.noun.filter(|&noun| !is_whole_of_share(scene, counting, noun));
    let head = shared.or_else(|| moved(scene, counting, measured)).or_else(|| numbered(scene, counting, measured));
    if let Some(words) = head.and_then(|head| noun_phrase(scene, head, counting.quantity.span)) {
        return Counted { words: Some(words), lemma: counting.noun.or(head).map(|noun| lemma(parse, noun)) };
    }
    if let Some(words) =
        level_of(scene, counting, measured).and_then(|noun| Some((noun, noun_phrase(scene, noun, counting.quantity.span)?)))
    {
        return Counted { lemma: Some(lemma(parse, words.0)), words: Some(words.1) };
    }
    let like = left_out(scene, counting, measured, before).map(|index| &before[index]);
    like.map_or_else(Counted::default, |like| Counted { words: like.population.clone(), lemma: like.population_lemma.clone() })
}

/// "34 percent of the vote", "12 percent of their money": the share is of no population.
fn is_whole_of_share(scene: &Scene, counting: &Counting, noun: TokenId) -> bool {
    let class = scene.lexicon.class(&lemma(scene.parse, noun));
    counting.quantity.kind == QuantityKind::Percent && matches!(class, Some("votes" | "money" | "percent"))
}

/// The figure whose noun is left out: "One worker was missing and 11 hurt", "22 of them were", "51 votes to 49".
fn left_out(scene: &Scene, counting: &Counting, measured: &Measured, before: &[FigureMention]) -> Option<usize> {
    let last = before.len().checked_sub(1)?;
    if measured.basis == Basis::Comparison {
        return updates::same_sentence(scene, &scene.quantities[before[last].quantity.index()], counting.quantity).then_some(last);
    }
    if counting.quantity.unit.is_some() {
        return None;
    }
    let counted_before = scene.quantities[before[last].quantity.index()].counted;
    let near = || is_elliptic(scene, counting, &before[last]) || updates::is_near(scene, counting.quantity, &before[last]);
    match measured.basis {
        Basis::Figure(index) => Some(index),
        Basis::Predicate if measured.of_people => people_before(scene, counting, before).or_else(|| near().then_some(last)),
        Basis::Predicate => near().then_some(last),
        Basis::Name(noun) => (counted_before == Some(noun)).then_some(last),
        Basis::Counted | Basis::Comparison => None,
    }
}

/// What is so much or so many, where it is more than the measure's own name: "the rent was 900", "road deaths fell to 184"; not "turnout", "the toll".
fn level_of(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    let Basis::Name(noun) = measured.basis else { return None };
    let token = scene.parse.token(noun);
    let outside = !counting.quantity.span.contains(token.span) && noun != counting.base && counting.noun.is_none();
    let of_move = measured.governor.is_some_and(|verb| verb != noun && token.head == Some(verb) && token.deprel == Deprel::Obj);
    let argument = token.deprel.is_subject() || of_move;
    let kept = matches!(measured.measure.as_str(), "price" | "rate" | "limit" | "permitted" | "harvested" | "requested" | "enrolled");
    let plural = token.tag == "NNS" && counting.quantity.unit.is_none();
    let moved = matches!(measured.measure.as_str(), "increased" | "decreased") && !is_bare_measure(scene, noun);
    (outside && argument && (moved || plural || kept || measured.measure == lemma(scene.parse, noun) && !is_bare_measure(scene, noun)))
        .then_some(noun)
}

/// A noun that the table knows as a measure of its own: "turnout", "growth".
fn is_bare_measure(scene: &Scene, noun: TokenId) -> bool {
    let word = lemma(scene.parse, noun);
    ["percent", "human", "length", "money"].iter().any(|class| scene.lexicon.find(&word, Upos::Noun, "of", &[class], &[]).is_some())
}

/// The last figure of people in the sentence or the two before: in "infected 310 people in six provinces and killed 11 of them" the 310.
fn people_before(scene: &Scene, counting: &Counting, before: &[FigureMention]) -> Option<usize> {
    let near = |figure: &FigureMention| updates::is_near(scene, counting.quantity, figure);
    before.iter().rposition(|figure| near(figure) && figure.population_class.as_deref() == Some("human"))
}

/// "The number of cholera cases was 8,140": what the number is of.
fn numbered(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    let Basis::Name(noun) = measured.basis else { return None };
    let parse = scene.parse;
    let token = parse.token(noun);
    let of_number = token.deprel == Deprel::Nmod && is_led_by(parse, noun, "of") && token.upos == Upos::Noun;
    let outside = !counting.quantity.span.contains(token.span) && noun != counting.base;
    (of_number && outside && counting.quantity.unit.is_none()).then_some(noun)
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
    let human = scene.lexicon.class(&word) == Some("human");
    scene.parse.token(noun).tag.starts_with("NN") && !human && !dimension && named(&"money").is_none()
}

/// The counted noun with its modifiers and its "of" phrase, without the number, clauses and what follows.
fn noun_phrase(scene: &Scene, head: TokenId, number: Span) -> Option<String> {
    let parse = scene.parse;
    let cut = |child: TokenId| parse.head(child) == Some(head) && !belongs(parse, child, head) || number.contains(parse.token(child).span);
    let spans = parse.runs_of(&parse.subtree_without(head, cut));
    let words: Vec<&str> = spans.iter().map(|span| scene.doc.slice(*span)).collect();
    Some(words.join(" ")).filter(|words| !words.is_empty())
}

/// "tubs of yoghurt"; "cases as of Friday" are no cases of Friday.
fn is_of_phrase(parse: &Parse, child: TokenId, head: TokenId) -> bool {
    let of = |case: TokenId| lemma(parse, case) == "of" && case.0 == head.0 + 1;
    parse.token(child).deprel == Deprel::Nmod && parse.children_by(child, Deprel::Case).any(of)
}

fn belongs(parse: &Parse, child: TokenId, head: TokenId) -> bool {
    let deprel = parse.token(child).deprel;
    let before = matches!(
        deprel,
        Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss | Deprel::NmodDesc | Deprel::Flat | Deprel::Advmod
    );
    let name = matches!(deprel, Deprel::Flat | Deprel::Compound);
    // A clause that the tree takes for a part of the noun stays outside.
    if child < head { before && parse.token(child).upos != Upos::Adv } else { name || is_of_phrase(parse, child, head) }
}
