//! Whose count is a number?
//!
//! Input: a number in its tree. Output: the owner of the count that it is, as a hop. Examples: in "40 died, by the council's count" the council, in "the agency's tally stands at 63
//! dead and four missing" the agency.
//! Limits: the count's owner stands with it.

use variorum_model::{Deprel, Hop, TokenId, Upos};

use super::{
    Counting, Scene,
    counters::hop,
    is_led_by, lemma,
    measure::{Measured, base},
};

/// "by the council's count", "by the estimate of the analyst", "by the customs count", "in its own sample count".
pub(super) fn by_count(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<Hop> {
    let parse = scene.parse;
    let top = parse.ancestors(counting.base).find(|&up| parse.token(up).upos == Upos::Verb).or(measured.governor);
    // "49 fell ill by the ministry's count, and nine died"
    let joined = |&at: &TokenId| parse.head(at).filter(|_| parse.token(at).deprel == Deprel::Conj);
    let first = top.filter(|_| counting.quantity.unit.is_none()).and_then(|top| std::iter::successors(Some(top), joined).take(4).last());
    let sentence = parse.sentence(parse.token(counting.base).sentence);
    let end = parse.tokens_in(counting.quantity.span).last().map_or(counting.base, |last| last);
    let under = |at: TokenId| {
        top.is_some_and(|top| parse.is_within(at, top))
            || at > end && at.0 - end.0 <= NEAR
            || at < end && first.is_some_and(|first| parse.is_within(at, first))
    };
    let is_count = |&at: &TokenId| under(at) && scene.lexicon.answers("count", &lemma(parse, at)) && is_his(scene, at);
    let counts = (sentence.first.0..sentence.end.0).map(TokenId).filter(is_count);
    let count = counts.min_by_key(|at| at.0.abs_diff(end.0))?;
    Some(hop(scene, owner(scene, count)?, count))
}

/// Whether a phrase says by whose count something is so.
fn is_his(scene: &Scene, count: TokenId) -> bool {
    let parse = scene.parse;
    is_led_by(parse, count, "by") || is_led_by(parse, count, "in") && parse.child(count, Deprel::NmodPoss).is_some()
}

/// Tokens behind a number within which "by its count" is of that number, wherever the tree hangs it.
const NEAR: u32 = 8;

/// "The agency's consolidated count stands at 63 dead", "Its own tally of fires went up from seven to nine": the count is what has the number.
pub(super) fn of_count(scene: &Scene, counting: &Counting) -> Option<Hop> {
    let parse = scene.parse;
    let verb = std::iter::once(counting.base)
        .chain(parse.ancestors(counting.base))
        .find(|&up| parse.children(up).iter().any(|&child| parse.token(child).deprel.is_subject()))?;
    let subject = parse.child_of(verb, &[Deprel::Nsubj, Deprel::NsubjOuter])?;
    let equated = parse.child(verb, Deprel::Cop).is_some();
    let stands = equated || scene.lexicon.answers("standing", &base(scene, verb));
    let is_count = scene.lexicon.answers("count", &lemma(parse, subject));
    (stands && is_count && subject < counting.base).then(|| owner(scene, subject)).flatten().map(|owner| hop(scene, owner, subject))
}

/// Who made a count: whose it is, or whom it is of or by.
fn owner(scene: &Scene, count: TokenId) -> Option<TokenId> {
    let parse = scene.parse;
    // "By the estimate of the analyst" it is his, "the number of people" is not theirs.
    let made_by = |of: &TokenId| {
        let who = scene.actors.entity_for_phrase(parse, *of).is_some();
        let his = is_led_by(parse, count, "by") && is_led_by(parse, *of, "of");
        who && (his || is_led_by(parse, *of, "by") || is_led_by(parse, *of, "from"))
    };
    // "the customs count"
    let before = |&child: &TokenId| {
        let token = parse.token(child);
        let whose = is_body(scene, child) || is_led_by(parse, count, "by") && parse.child(count, Deprel::Det).is_some();
        token.deprel == Deprel::Compound && matches!(token.upos, Upos::Noun | Upos::Propn) && whose
    };
    // "the balance communicated by the commander"
    let told_by = || {
        let told = parse.children_by(count, Deprel::Acl).find(|&acl| parse.token(acl).tag == "VBN")?;
        parse.children(told).iter().copied().find(|&by| is_led_by(parse, by, "by"))
    };
    parse
        .child(count, Deprel::NmodPoss)
        .or_else(|| parse.children_by(count, Deprel::Nmod).find(made_by))
        .or_else(|| parse.children(count).iter().copied().find(before))
        .or_else(told_by)
}

fn is_body(scene: &Scene, noun: TokenId) -> bool {
    let class = scene.lexicon.class(&lemma(scene.parse, noun));
    scene.actors.entity_for_phrase(scene.parse, noun).is_some() || matches!(class, Some("human" | "organization"))
}
