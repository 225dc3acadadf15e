//! On which side of the report does a bare calendar name lie?
//!
//! "met on Friday" looks back, "will meet on Friday" ahead. The verb that governs the expression decides: auxiliaries, tense, and for infinitives the verb above
//! ("plans to meet on Friday"). Headlines tell the past in the present tense, so a present without more looks back, but for what goes by a timetable ("opens on Friday").
//! What is put off, asked for or wanted lies ahead, whatever the tense of the asking.

use variorum_model::{Deprel, Parse, TokenId, Upos, time::Direction};

/// Verbs whose present tense tells a timetable.
const TIMETABLE: [&str; 12] =
    ["open", "begin", "start", "close", "end", "expire", "resume", "reopen", "premiere", "commence", "conclude", "run"];
/// Verbs that move something to the time told.
const POSTPONES: [&str; 9] = ["postpone", "delay", "put", "adjourn", "extend", "suspend", "defer", "reschedule", "last"];
/// Verbs whose object is still to come.
const WANTS: [&str; 16] = [
    "call", "plan", "schedule", "propose", "invite", "want", "need", "demand", "expect", "hope", "predict", "urge", "set", "ask", "appeal",
    "prepare",
];

/// Direction for an expression headed by `token`.
pub(super) fn direction(parse: &Parse, token: TokenId) -> Direction {
    let Some(verb) = governing_verb(parse, token) else { return Direction::Past };
    if looks_ahead(parse, verb, 0) || is_put_off(parse, token, verb) || is_wanted(parse, token, verb) {
        Direction::Future
    } else {
        Direction::Past
    }
}

fn governing_verb(parse: &Parse, token: TokenId) -> Option<TokenId> {
    std::iter::once(token)
        .chain(parse.ancestors(token))
        .find(|&id| parse.token(id).upos == Upos::Verb || parse.child(id, Deprel::Cop).is_some())
}

fn lemma(parse: &Parse, token: TokenId) -> &str {
    parse.token(token).lemma.as_str()
}

fn looks_ahead(parse: &Parse, verb: TokenId, depth: usize) -> bool {
    let token = parse.token(verb);
    let auxiliaries: Vec<&str> = parse
        .children(verb)
        .iter()
        .filter(|&&child| matches!(parse.token(child).deprel, Deprel::Aux | Deprel::AuxPass))
        .map(|&child| lemma(parse, child))
        .collect();
    if auxiliaries.iter().any(|lemma| matches!(*lemma, "will" | "shall" | "'ll" | "ll" | "wo" | "’ll")) {
        return true;
    }
    if matches!(token.tag.as_str(), "VBD") || auxiliaries.contains(&"have") {
        return false;
    }
    // "said it would send 40 observers by Friday": what was to come when it was said.
    if auxiliaries.iter().any(|lemma| matches!(*lemma, "would" | "may" | "might" | "should" | "must" | "'d" | "’d")) {
        return true;
    }
    let timetable = matches!(token.tag.as_str(), "VBZ" | "VBP") && TIMETABLE.contains(&token.lemma.as_str());
    let infinitive = token.tag == "VB" && parse.children_by(verb, Deprel::Mark).any(|mark| lemma(parse, mark) == "to");
    // "is to meet", "is going to meet", "plans to meet": an infinitive lies ahead unless the verb above it says it is done ("managed to").
    let ahead = infinitive
        && !parse
            .head(verb)
            .is_some_and(|up| matches!(lemma(parse, up), "manage" | "fail" | "continue" | "begin" | "start" | "come" | "help" | "use"));
    // "will open and close on Friday", "Starting on Friday, … will": as the verb it hangs on.
    let hangs = token.tag == "VB" && token.deprel == Deprel::Conj || token.tag == "VBG" && token.deprel == Deprel::Advcl;
    timetable || ahead || hangs && depth < 3 && parse.head(verb).is_some_and(|up| looks_ahead(parse, up, depth + 1))
}

/// "has been put off until Friday".
fn is_put_off(parse: &Parse, token: TokenId, verb: TokenId) -> bool {
    let until = parse.children_by(token, Deprel::Case).any(|case| matches!(lemma(parse, case), "until" | "till" | "to"));
    until && POSTPONES.contains(&lemma(parse, verb))
}

/// "called for a strike on Monday", "wants it withdrawn by Friday".
fn is_wanted(parse: &Parse, token: TokenId, verb: TokenId) -> bool {
    let of_noun = parse.head(token).is_some_and(|head| matches!(parse.token(head).upos, Upos::Noun) && head != verb);
    let wanted = matches!(parse.token(verb).deprel, Deprel::Xcomp | Deprel::Ccomp) && parse.token(verb).tag == "VBN";
    of_noun && WANTS.contains(&lemma(parse, verb)) || wanted && parse.head(verb).is_some_and(|up| WANTS.contains(&lemma(parse, up)))
}
