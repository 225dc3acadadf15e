//! Which word right beside a number says what became of those counted?
//!
//! Input: the words around the number and its noun. Output: the word, with the role that those counted have under it. Example: in "Seven were killed and four
//! captured" the four are what was captured; in "leaving 55 others missing" the 55 are what is left.
//! Parsers often hang elided clauses elsewhere; what stands next to a number is right more often.
//! Limits: one word away, auxiliaries and adverbs passed over.

use variorum_model::{Deprel, Parse, TokenId, Upos};

use super::{Counting, Scene, lemma, measure::Position};

/// "and four captured", "31 were missing", "driven about 14,000 from their homes", "leaving 55 others missing".
pub(super) fn position_beside(scene: &Scene, counting: &Counting) -> Option<Position> {
    let parse = scene.parse;
    let tokens: Vec<TokenId> = parse.tokens_in(counting.quantity.span).collect();
    let (first, last) = (*tokens.first()?, *tokens.last()?);
    match counting.quantity.counted {
        None => predicate_after(parse, first, last).or_else(|| verb_before(scene, first)).or_else(|| fate_after(scene, first, last)),
        // "Forty-seven people are dead", "twelve people drowned"
        Some(noun) => {
            let joined = first.0.checked_sub(1).is_some_and(|before| parse.token(TokenId(before)).upos == Upos::Cconj);
            let finite = |next: &&variorum_model::Token| {
                next.upos == Upos::Aux || matches!(next.tag.as_str(), "VBD" | "VBP" | "VBZ") || joined && next.tag == "VBN"
            };
            let next = parse.tokens.get(noun.index() + 1).filter(finite).filter(|_| last < noun);
            next.and_then(|_| predicate_after(parse, first, noun)).or_else(|| verb_before(scene, first))
        }
    }
}

/// A participle or predicate right after a number that begins a clause, or after its noun.
fn predicate_after(parse: &Parse, first: TokenId, last: TokenId) -> Option<Position> {
    let sentence = parse.sentence(parse.token(first).sentence);
    let begins = parse.token(last).upos == Upos::Noun
        || first == sentence.first
        || matches!(parse.token(TokenId(first.0 - 1)).upos, Upos::Cconj | Upos::Punct | Upos::Sconj)
        || lemma(parse, TokenId(first.0 - 1)) == "with";
    let rest = || (last.0 + 1..sentence.end.0).map(TokenId);
    let passed = |&id: &TokenId| matches!(parse.token(id).upos, Upos::Aux | Upos::Adv) || lemma(parse, id) == "more";
    let word = rest().find(|id| !passed(id))?;
    let between = || rest().take_while(|&id| id < word);
    let auxiliary = between().any(|id| parse.token(id).upos == Upos::Aux);
    let active = auxiliary && !between().any(|id| lemma(parse, id) == "be");
    // "said 31 had died": what has an auxiliary after it is a subject.
    let subject = auxiliary && first > sentence.first && parse.token(TokenId(first.0 - 1)).upos == Upos::Verb;
    if !begins && !subject {
        return None;
    }
    let token = parse.token(word);
    let participle = token.tag == "VBN" || token.tag == "VBD" && !auxiliary;
    let fits = participle
        || token.tag == "VBG"
        || token.upos == Upos::Adj && token.deprel != Deprel::Amod
        || auxiliary && token.upos == Upos::Verb;
    let transitive = token.tag == "VBD" && parse.child(word, Deprel::Obj).is_some();
    let role = if participle && !active && !transitive { "nsubj:pass" } else { "subj" };
    fits.then(|| Position { word, role: role.to_owned() })
}

/// "had taken in 71 wounded": trees that have the particle of a verb for a preposition leave the number alone with what became of those counted.
fn fate_after(scene: &Scene, first: TokenId, last: TokenId) -> Option<Position> {
    let parse = scene.parse;
    let back = |n: u32| first.0.checked_sub(n).map(TokenId);
    let particle = parse.token(back(1)?).upos == Upos::Adp && parse.token(back(2)?).upos == Upos::Verb;
    let word = Some(TokenId(last.0 + 1)).filter(|word| word.index() < parse.tokens.len())?;
    let named = scene.lexicon.find(&lemma(parse, word), Upos::Adj, "self", &["human"], &[]).is_some();
    (particle && named && parse.token(word).upos == Upos::Adj).then(|| Position { word, role: "self".to_owned() })
}

/// The verb right before a number is what was done to so many.
fn verb_before(scene: &Scene, first: TokenId) -> Option<Position> {
    let parse = scene.parse;
    let before = TokenId(first.0.checked_sub(1)?);
    let token = parse.token(before);
    let same = token.sentence == parse.token(first).sentence;
    (same && token.upos == Upos::Verb).then(|| Position { word: before, role: "obj".to_owned() })
}
