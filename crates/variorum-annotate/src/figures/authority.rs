//! On whose word does a figure stand?
//!
//! Input: the number with the word that governs it, the attributions. Output: the innermost attribution whose content holds it. Example: in "The agency, citing the
//! mayor, said 40 had died" it is what the mayor said.
//! What is no saying of the figure is passed over: cues without a source ("reportedly"), and verbs that did to those counted what the measure says ("the
//! hospital admitted 40").
//! Limits: an attribution that is not found cannot be given.

use variorum_model::{Act, Attribution, AttributionId, AttributionKind, Span, TokenId};

use super::{
    Counting, Scene,
    measure::{Basis, Measured},
};

/// The innermost attribution of the number; where the content of none reaches it, that of the words it depends on.
pub(super) fn authority(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<AttributionId> {
    let own = innermost(scene, measured, counting.quantity.number);
    // "said it had shot down 31 drones and lost nine others": a content cut short still governs what hangs on it.
    own.or_else(|| scene.parse.ancestors(counting.quantity.number).find_map(|up| innermost(scene, measured, up)))
        .or_else(|| aside(scene, counting.quantity.number))
        .or_else(|| joined(scene, counting.quantity.number))
        .or_else(|| continued(scene, counting.quantity.number))
}

/// "says that nobody noticed, and that the cable carried 15 percent": what a second "that" adds is said as well.
fn joined(scene: &Scene, number: TokenId) -> Option<AttributionId> {
    let (token, text) = (scene.parse.token(number), &scene.doc.text);
    let sentence = scene.parse.sentence(token.sentence).span;
    let goes_on = |one: &Attribution| {
        let end =
            one.content.spans().iter().map(|span| span.end()).filter(|end| *end <= token.span.start() && sentence.start() < *end).max();
        let between = end.and_then(|end| text.get(end..token.span.start()));
        between.is_some_and(|between| between.trim_start_matches([',', ' ']).starts_with("and that ") && !between.contains([';', '"', '“']))
    };
    scene.attributions.iter().position(|one| !one.source.is_empty() && goes_on(one)).map(|index| AttributionId(index as u32))
}

/// "Nine workers perished, the mayor told local radio. Another 23 were being treated for burns.": whoever was named in the sentence before goes on.
fn continued(scene: &Scene, number: TokenId) -> Option<AttributionId> {
    let id = scene.parse.token(number).sentence;
    let here = scene.parse.sentence(id).span;
    let before = scene.parse.sentence(variorum_model::SentenceId(id.0.checked_sub(1)?)).span;
    if scene.doc.text[before.end()..here.start()].contains('\n') || !takes_up(scene, number) {
        return None;
    }
    let inside = |one: &Attribution, span: Span| one.cue.iter().chain(&one.source).any(|words| span.contains(*words));
    if scene.attributions.iter().any(|one| inside(one, here)) {
        return None;
    }
    let told = |one: &&(usize, &Attribution)| {
        matches!(one.1.kind, AttributionKind::Speech | AttributionKind::Finding)
            && one.1.within.is_none()
            && !one.1.source.is_empty()
            && inside(one.1, before)
    };
    let all: Vec<_> = scene.attributions.iter().enumerate().collect();
    all.iter().rfind(told).map(|(index, _)| AttributionId(*index as u32))
}

/// "A train hit a lorry, hurting 27; the driver fled, officials said.", "it lost 1,900 tonnes, the captain said, fouling 27 kilometres", "40 had fled, she said; more would": who is
/// named aside answers for the whole sentence, however little of it the tree hangs on his verb.
fn aside(scene: &Scene, number: TokenId) -> Option<AttributionId> {
    let sentence = scene.parse.sentence(scene.parse.token(number).sentence).span;
    let at = scene.parse.token(number).span;
    let found = scene.attributions.iter().position(|one| {
        let told = matches!(one.kind, AttributionKind::Speech | AttributionKind::Finding) && one.within.is_none();
        let here = one.cue.iter().chain(&one.source).all(|span| sentence.contains(*span));
        told && here && !one.source.is_empty() && reaches(scene, one, at, sentence)
    });
    found.map(|index| AttributionId(index as u32))
}

/// Whether an attribution stands aside, between commas or at the end of its sentence, and the number in what it breaks off.
fn reaches(scene: &Scene, one: &Attribution, number: Span, sentence: Span) -> bool {
    let words = || one.source.iter().chain(&one.cue);
    let (Some(begin), Some(end)) = (words().map(|span| span.start()).min(), words().map(|span| span.end()).max()) else { return false };
    let rest = &scene.doc.text[end..sentence.end().max(end)];
    let tail = rest.find([',', ';', '.', '—']).map(|stop| &rest[..stop]);
    let Some(tail) = tail.filter(|tail| tail.split_whitespace().count() <= 5) else { return false };
    let stop = end + tail.len();
    let speaks_on = one.content.spans().iter().any(|content| end <= content.start() && content.start() < stop);
    let breaks_off = scene.doc.text[..begin].trim_end().ends_with(',');
    let between = scene.doc.text.get(stop..number.start()).unwrap_or_default();
    let after = between.starts_with(',') && !between.contains([';', ':', '“', '"']);
    // "moved on, where, a worker noted, most houses had no roof": in the middle of a clause an aside answers for that clause.
    let before = || {
        let closes = rest[tail.len()..].starts_with(['.', ';']);
        let told_before = one.content.spans().iter().any(|content| content.start() < begin);
        let apart = scene.doc.text.get(number.end()..begin).is_some_and(|between| between.contains(';'));
        number.end() <= begin && (closes || told_before) && (!apart || rest[tail.len()..].starts_with('.'))
    };
    breaks_off && !speaks_on && (after || before())
}

fn innermost(scene: &Scene, measured: &Measured, word: TokenId) -> Option<AttributionId> {
    let span = scene.parse.token(word).span;
    let holds = |attribution: &Attribution| attribution.content.spans().iter().any(|content| content.contains(span));
    let speaks = |attribution: &Attribution| !attribution.source.is_empty() && !is_deed(scene, attribution, measured);
    let candidates = scene.attributions.iter().enumerate().filter(|(_, attribution)| holds(attribution) && speaks(attribution));
    let width = |attribution: &Attribution| attribution.content.spans().iter().map(|span| span.len()).sum::<usize>();
    let rank = |attribution: &Attribution| (std::cmp::Reverse(depth(scene, attribution)), !is_root(attribution), width(attribution));
    candidates.min_by_key(|(i, attribution)| (rank(attribution), *i)).map(|(i, _)| AttributionId(i as u32))
}

/// In how many others an attribution stands.
fn depth(scene: &Scene, attribution: &Attribution) -> usize {
    let outer = |attribution: &&Attribution| attribution.within.map(|id| &scene.attributions[id.index()]);
    std::iter::successors(Some(attribution), outer).take(scene.attributions.len()).count()
}

/// Whether the source is the last hop of the chain: in "X, citing Y, said" that of "citing" is.
fn is_root(attribution: &Attribution) -> bool {
    attribution.chain.last().is_some_and(|hop| attribution.source.iter().any(|source| hop.span.overlaps(*source)))
}

/// Whether the cue is the deed itself: "recalled 22,000 jars" and "ordered 300 residents out" say nothing of a number, as "promised 20 doctors" does.
fn is_deed(scene: &Scene, attribution: &Attribution, measured: &Measured) -> bool {
    let of_a_saying = matches!(
        attribution.act,
        Act::Promise | Act::Propose | Act::Demand | Act::Request | Act::Predict | Act::Estimate | Act::Hope | Act::Plan
    );
    let governor = measured.governor.filter(|_| measured.basis == Basis::Predicate).map(|word| scene.parse.token(word).span);
    !of_a_saying && governor.is_some_and(|governor| attribution.cue.iter().any(|cue| cue.contains(governor)))
}

/// "Another 23", "the number of deaths": the number goes on from one told before.
fn takes_up(scene: &Scene, number: TokenId) -> bool {
    let parse = scene.parse;
    let sentence = parse.sentence(parse.token(number).sentence);
    let words = (sentence.first.0..number.0).map(TokenId).collect::<Vec<_>>();
    let before = number.0.checked_sub(1).map(TokenId);
    let further = before.is_some_and(|word| matches!(parse.token(word).lemma.to_lowercase().as_str(), "another" | "further"));
    let total = words
        .iter()
        .any(|&word| parse.token(word).deprel.is_subject() && scene.lexicon.answers("count", &parse.token(word).lemma.to_lowercase()));
    further || total || sums_up(scene, number)
}

/// "That makes 236 people", "They bring the number of dead to 60".
fn sums_up(scene: &Scene, number: TokenId) -> bool {
    let parse = scene.parse;
    let sentence = parse.sentence(parse.token(number).sentence);
    let first = &parse.token(sentence.first);
    let verb = parse.head(sentence.first).filter(|_| first.deprel.is_subject() && sentence.first < number);
    let pronoun = matches!(first.lemma.to_lowercase().as_str(), "that" | "this" | "they" | "these" | "those" | "it");
    pronoun && verb.is_some_and(|verb| scene.lexicon.answers("summing", &parse.token(verb).lemma.to_lowercase()))
}
