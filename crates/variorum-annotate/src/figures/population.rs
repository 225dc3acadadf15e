//! Who or what is counted?
//!
//! Input: a number with its noun, the word that gave the measure, the figures before it. Output: the words of the population without the number, and the lemma of its
//! head. Example: "41 injured mine workers" counts "injured mine workers"; in "12 killed and 30 injured" the noun of 30 is that of 12; in "rents rose 9 percent"
//! what moved is "rents".
//! Limits: relative clauses and phrases of place stay outside.

use variorum_model::{Deprel, FigureMention, Parse, QuantityKind, Span, TokenId, Upos};

use super::{
    Counting, Scene, is_led_by, lemma,
    measure::{Measured, is_elliptic},
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
    let head = counting.noun.or_else(|| moved(scene, counting, measured.governor));
    let words = head.and_then(|head| noun_phrase(scene, head, counting.quantity.span));
    if words.is_none() && counting.quantity.unit.is_none() && !measured.governor.is_some_and(|verb| updates::is_change(parse, verb)) {
        // "One worker was missing and 11 hurt": the noun left out is the one before.
        let last = before.last().filter(|last| is_elliptic(scene, counting, last));
        return last.map_or_else(Counted::default, |last| Counted {
            words: last.population.clone(),
            lemma: last.population_lemma.clone(),
        });
    }
    Counted { words, lemma: counting.noun.map(|noun| lemma(parse, noun)) }
}

/// "Rents rose 9 percent": what moves by a share is what the share is of.
fn moved(scene: &Scene, counting: &Counting, governor: Option<TokenId>) -> Option<TokenId> {
    let parse = scene.parse;
    let quantity = counting.quantity;
    let verb = governor.filter(|&verb| quantity.kind == QuantityKind::Percent && parse.token(verb).upos == Upos::Verb)?;
    let subject = parse.child_of(verb, &[Deprel::Nsubj, Deprel::NsubjPass])?;
    (parse.token(subject).upos == Upos::Noun && !quantity.span.contains(parse.token(subject).span)).then_some(subject)
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
    if child < head { before && parse.token(child).upos != Upos::Adv } else { name || deprel == Deprel::Nmod && is_led_by(parse, child, "of") }
}
