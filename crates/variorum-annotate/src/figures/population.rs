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
    let head = counting.noun.or_else(|| moved(scene, counting, measured)).or_else(|| numbered(scene, counting, measured));
    if let Some(words) = head.and_then(|head| noun_phrase(scene, head, counting.quantity.span)) {
        return Counted { words: Some(words), lemma: head.map(|noun| lemma(parse, noun)) };
    }
    let like = left_out(scene, counting, measured, before).map(|index| &before[index]);
    like.map_or_else(Counted::default, |like| Counted { words: like.population.clone(), lemma: like.population_lemma.clone() })
}

/// The figure whose noun is left out: "One worker was missing and 11 hurt", "22 of them were", "A further 17 are in hospital".
fn left_out(scene: &Scene, counting: &Counting, measured: &Measured, before: &[FigureMention]) -> Option<usize> {
    if counting.quantity.unit.is_some() {
        return None;
    }
    let last = before.len().checked_sub(1)?;
    match measured.basis {
        Basis::Figure(index) => Some(index),
        Basis::Predicate => (is_elliptic(scene, counting, &before[last]) || updates::is_near(scene, counting.quantity, &before[last])).then_some(last),
        Basis::Name(_) | Basis::Counted => None,
    }
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

/// "Rents rose 9 percent", "cut spending by 2 percent": what moves by a share is what the share is of.
fn moved(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    let parse = scene.parse;
    let quantity = counting.quantity;
    let verb = measured.governor.filter(|&verb| quantity.unit.is_some() && parse.token(verb).upos == Upos::Verb)?;
    let arguments = [Deprel::Obj, Deprel::NsubjPass, Deprel::Nsubj].into_iter().find_map(|deprel| {
        parse.children_by(verb, deprel).find(|&child| !quantity.span.contains(parse.token(child).span) && child != counting.base)
    });
    let thing = |&argument: &TokenId| {
        parse.token(argument).upos == Upos::Noun
            && scene.lexicon.class(&lemma(parse, argument)) != Some("human")
            && measured.basis != Basis::Name(argument)
    };
    arguments.filter(thing).filter(|_| quantity.kind == QuantityKind::Percent || measured.basis == Basis::Predicate)
}

/// The counted noun with its modifiers and its "of" phrase, without the number, clauses and what follows.
fn noun_phrase(scene: &Scene, head: TokenId, number: Span) -> Option<String> {
    let parse = scene.parse;
    let cut = |child: TokenId| {
        parse.head(child) == Some(head) && !belongs(parse, child, head) || number.contains(parse.token(child).span)
    };
    let spans = parse.runs_of(&parse.subtree_without(head, cut));
    let words: Vec<&str> = spans.iter().map(|span| scene.doc.slice(*span)).collect();
    Some(words.join(" ")).filter(|words| !words.is_empty())
}

fn belongs(parse: &Parse, child: TokenId, head: TokenId) -> bool {
    let deprel = parse.token(child).deprel;
    let before = matches!(
        deprel,
        Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss | Deprel::NmodDesc | Deprel::Flat | Deprel::Advmod
    );
    let name = matches!(deprel, Deprel::Flat | Deprel::Compound);
    // A clause that the tree takes for a part of the noun stays outside.
    if child < head { before && parse.token(child).upos != Upos::Adv } else { name || deprel == Deprel::Nmod && is_led_by(parse, child, "of") }
}
