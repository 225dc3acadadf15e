//! Of whom is a number that has no noun?
//!
//! Input: a number, the word that gave the measure, the figures before it. Output: the figure before whose noun it shares, or the noun that its pronoun stands for. Examples: in
//! "12 killed and 30 injured" the 30 share the noun of the 12; in "31 of them were treated" the noun is what "them" takes up.
//! Limits: bare numbers look two sentences back at most.

use variorum_model::{Deprel, FigureMention, Parse, QuantityKind, SentenceId, TokenId, Upos, coreference::MentionForm};

use super::{
    Counting, Scene, is_led_by, lemma,
    measure::{Basis, Measured, is_elliptic},
    updates,
};

/// The figure whose noun is left out: "One worker was missing and 11 hurt", "22 of them were", "51 votes to 49".
pub(super) fn left_out(scene: &Scene, counting: &Counting, measured: &Measured, before: &[FigureMention]) -> Option<usize> {
    let last = before.len().checked_sub(1)?;
    if measured.basis == Basis::Comparison {
        return updates::same_sentence(scene, &scene.quantities[before[last].quantity.index()], counting.quantity).then_some(last);
    }
    // "€1,180 in July, up from €1,095": the same is measured.
    if let Basis::Figure(index) = measured.basis {
        return Some(index);
    }
    // "46 percent of the vote and her rival 39 percent"
    if counting.quantity.unit.is_some() {
        let share = counting.quantity.kind == QuantityKind::Percent && counting.quantity.counted.is_none();
        return (share
            && updates::same_sentence(scene, &scene.quantities[before[last].quantity.index()], counting.quantity)
            && before[last].unit == "percent")
            .then_some(last);
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

/// The last figure of people in the sentence or the two before: in "infected 310 people in six provinces and killed 11 of them" the 310.
fn people_before(scene: &Scene, counting: &Counting, before: &[FigureMention]) -> Option<usize> {
    let near = |figure: &FigureMention| updates::is_near(scene, counting.quantity, figure);
    before.iter().rposition(|figure| near(figure) && figure.population_class.as_deref() == Some("human"))
}

/// "31 of them", "of whom 48 were children": what the pronoun takes up; `apart` where no figure before can be meant.
pub(super) fn pronoun(scene: &Scene, counting: &Counting, apart: bool) -> Option<TokenId> {
    let parse = scene.parse;
    let of = |&of: &TokenId| is_led_by(parse, of, "of") && parse.token(of).upos == Upos::Pron;
    let pronoun = parse.children_by(counting.quantity.number, Deprel::Nmod).find(of)?;
    relative_to(parse, pronoun).or_else(|| taken_up(parse, pronoun).filter(|_| apart))
}

/// "nine of whom": the noun that the clause is added to.
fn relative_to(parse: &Parse, pronoun: TokenId) -> Option<TokenId> {
    let relative = matches!(lemma(parse, pronoun).as_str(), "who" | "whom" | "which");
    let clause = parse.ancestors(pronoun).find(|&up| matches!(parse.token(up).deprel, Deprel::AclRelcl | Deprel::Acl));
    clause.filter(|_| relative).and_then(|clause| parse.head(clause)).filter(|&noun| parse.token(noun).upos == Upos::Noun)
}

/// The nearest noun before that the pronoun's chain holds.
fn taken_up(parse: &Parse, pronoun: TokenId) -> Option<TokenId> {
    let chain = parse.mention_headed_by(pronoun)?.chain;
    let nouns = parse.chain(chain).filter(|mention| mention.head < pronoun && mention.form == MentionForm::Nominal);
    nouns.map(|mention| mention.head).rfind(|&noun| parse.token(noun).tag == "NNS")
}

/// "Inmates broke out of the jail. Some 140 got away": the subject of the sentence before, where a number without a noun does or undergoes something.
pub(super) fn people_told_of(scene: &Scene, counting: &Counting) -> Option<TokenId> {
    let parse = scene.parse;
    let quantity = counting.quantity;
    let number = parse.token(quantity.number);
    let bare = counting.noun.is_none() && quantity.unit.is_none() && quantity.counted.is_none();
    let verb = parse.head(quantity.number).filter(|&verb| parse.token(verb).upos == Upos::Verb)?;
    let argument = number.deprel.is_subject() || number.deprel == Deprel::Obj;
    let human = |noun: &TokenId| parse.token(*noun).tag == "NNS" && scene.lexicon.class(&lemma(parse, *noun)) == Some("human");
    let before = number.sentence.index().checked_sub(1).map(|index| SentenceId(index as u32))?;
    let root = parse.root(before)?;
    let subject = parse.child_of(root, &[Deprel::NsubjPass, Deprel::Nsubj]).filter(human)?;
    let block = |at: TokenId| scene.doc.block_at(parse.token(at).span.start()).map(|block| block.span);
    (bare && argument && block(subject) == block(verb) && !speaks(scene, subject)).then_some(subject)
}

fn speaks(scene: &Scene, noun: TokenId) -> bool {
    let span = scene.parse.token(noun).span;
    scene.attributions.iter().any(|one| one.source.iter().any(|source| source.contains(span)))
}
