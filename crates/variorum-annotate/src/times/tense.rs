//! On which side of the report does a bare calendar name lie?
//!
//! "met on Friday" looks back, "will meet on Friday" ahead. The verb that governs the expression decides: auxiliaries, tense, and for infinitives the verb above
//! ("plans to meet on Friday"). Headlines tell the past in the present tense, so a present without more looks back.

use variorum_model::{Deprel, Parse, TokenId, Upos, time::Direction};

/// Direction for an expression headed by `token`.
pub(super) fn direction(parse: &Parse, token: TokenId) -> Direction {
    let Some(verb) = governing_verb(parse, token) else { return Direction::Past };
    if looks_ahead(parse, verb) { Direction::Future } else { Direction::Past }
}

fn governing_verb(parse: &Parse, token: TokenId) -> Option<TokenId> {
    std::iter::once(token)
        .chain(parse.ancestors(token))
        .find(|&id| parse.token(id).upos == Upos::Verb || parse.child(id, Deprel::Cop).is_some())
}

fn looks_ahead(parse: &Parse, verb: TokenId) -> bool {
    let token = parse.token(verb);
    let auxiliaries: Vec<&str> = parse
        .children(verb)
        .iter()
        .filter(|&&child| matches!(parse.token(child).deprel, Deprel::Aux | Deprel::AuxPass))
        .map(|&child| parse.token(child).lemma.as_str())
        .collect();
    if auxiliaries.iter().any(|lemma| matches!(*lemma, "will" | "shall" | "'ll" | "ll" | "wo")) {
        return true;
    }
    if matches!(token.tag.as_str(), "VBD") || auxiliaries.contains(&"have") {
        return false;
    }
    let infinitive = token.tag == "VB" && parse.children_by(verb, Deprel::Mark).any(|mark| parse.token(mark).lemma == "to");
    // "is to meet", "is going to meet", "plans to meet": an infinitive lies ahead unless the verb above it says it is done ("managed to").
    infinitive
        && !parse.head(verb).is_some_and(|up| {
            matches!(parse.token(up).lemma.as_str(), "manage" | "fail" | "continue" | "begin" | "start" | "come" | "help" | "use")
        })
}
