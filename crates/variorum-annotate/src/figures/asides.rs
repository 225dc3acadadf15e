//! Who is named aside of a number, by a word that no attribution has for its cue?
//!
//! Input: a number in its sentence. Output: the subject of the aside, as a hop. Examples: "Exports reached $17 billion last year, a research institute calculated, up from $7 billion",
//! "Since May 640 nurses have resigned, an internal staffing table shows."
//! Limits: the aside stands behind the number, between commas or at the end of its sentence.

use variorum_model::{Deprel, Hop, TokenId, Upos};

use super::{
    Counting, Scene,
    counters::{hop, is_reckoning, subject},
    measure::base,
};

/// Words that may stand between an aside's verb and its end: "the owner confirmed on Monday".
const TAIL: usize = 5;

/// The subject of the first aside of the number's sentence that tells what comes before it.
pub(super) fn aside(scene: &Scene, counting: &Counting) -> Option<Hop> {
    let parse = scene.parse;
    let sentence = parse.sentence(parse.token(counting.base).sentence);
    let verbs = (counting.base.0..sentence.end.0).map(TokenId).filter(|&word| matches!(parse.token(word).upos, Upos::Verb));
    verbs.filter(|&verb| tells(scene, verb)).find_map(|verb| {
        let who = subject(parse, verb).filter(|&who| who < verb && who > counting.base)?;
        (is_answering(scene, verb, who) && stands_apart(scene, who, verb)).then(|| hop(scene, who, verb))
    })
}

/// A finite verb with nothing of its own to tell.
fn tells(scene: &Scene, verb: TokenId) -> bool {
    let parse = scene.parse;
    let finite = matches!(parse.token(verb).tag.as_str(), "VBD" | "VBZ" | "VBP");
    let own = parse
        .children(verb)
        .iter()
        .any(|&child| child > verb && matches!(parse.token(child).deprel, Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp));
    finite && !own
}

fn is_answering(scene: &Scene, verb: TokenId, who: TokenId) -> bool {
    let word = base(scene, verb);
    let is = |group: &str| scene.lexicon.answers(group, &word);
    is("counting")
        || is("saying")
        || is("putting")
        || is("giving") && (is_reckoning(scene, who) || scene.actors.entity_for_phrase(scene.parse, who).is_some())
}

/// Whether a comma opens the phrase of whoever tells, and a stop comes soon behind the verb.
fn stands_apart(scene: &Scene, who: TokenId, verb: TokenId) -> bool {
    let parse = scene.parse;
    let sentence = parse.sentence(parse.token(verb).sentence);
    let first = parse.subtree(who).into_iter().filter(|&word| word <= who).min().unwrap_or(who);
    let opens = first.0.checked_sub(1).is_some_and(|before| parse.token(TokenId(before)).upos == Upos::Punct);
    let behind = (verb.0 + 1..sentence.end.0).map(TokenId).take(TAIL + 1);
    let closes = behind.into_iter().any(|word| parse.token(word).upos == Upos::Punct);
    opens && (closes || verb.0 + 1 >= sentence.end.0)
}
