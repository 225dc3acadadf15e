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
}

/// "A train hit a lorry, hurting 27; the driver fled, officials said.", "it lost 1,900 tonnes, the captain said, fouling 27 kilometres": who is named aside answers for the whole
/// sentence, however little of it the tree hangs on his verb.
fn aside(scene: &Scene, number: TokenId) -> Option<AttributionId> {
    let sentence = scene.parse.sentence(scene.parse.token(number).sentence).span;
    let at = scene.parse.token(number).span;
    let found = scene.attributions.iter().position(|one| {
        let told = matches!(one.kind, AttributionKind::Speech | AttributionKind::Finding) && !one.source.is_empty() && one.within.is_none();
        let (Some(cue), Some(content)) = (one.cue.first(), one.content.spans().last()) else { return false };
        let named = one.source.iter().chain(&one.cue).map(|span| span.end()).max().unwrap_or_default();
        let behind = sentence.contains(*cue) && sentence.contains(*content) && content.end() <= cue.start();
        told && behind && if at.end() <= cue.start() { closes(scene, named, sentence) } else { goes_on(scene, named, at) }
    });
    found.map(|index| AttributionId(index as u32))
}

/// Whether nothing but a short phrase follows to the end of the sentence: "said on Monday."
fn closes(scene: &Scene, from: usize, sentence: Span) -> bool {
    let rest = &scene.doc.text[from..sentence.end().max(from)];
    !rest.contains([',', ';', ':']) && rest.split_whitespace().count() <= 6
}

/// Whether a comma closes the aside, and the sentence goes on to the number without another break.
fn goes_on(scene: &Scene, from: usize, number: Span) -> bool {
    let between = &scene.doc.text[from..number.start().max(from)];
    between.starts_with(',') && !between.contains([';', ':', '“', '"'])
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
