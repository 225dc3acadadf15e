//! The words that bear an event out: the clause of its trigger without the clauses of other events.

use variorum_model::{Deprel, Evidence, PlaceId, TimeId, TokenId, Upos};

use super::{grammar::is_clause, happenings::Happening, scene::Scene};

/// Gaps of so many tokens between pieces of evidence are closed.
const SMALL_GAP: u32 = 2;

/// The trigger's own words: "held … talks".
pub(super) fn trigger_spans(scene: &Scene, told: &Happening) -> Evidence {
    let parse = scene.parse;
    let small = |&&id: &&TokenId| {
        matches!(parse.token(id).deprel, Deprel::CompoundPrt | Deprel::Obj | Deprel::Xcomp | Deprel::Amod | Deprel::Compound)
            || told.embedded.contains(&id)
    };
    let mut tokens: Vec<TokenId> = told.sense.companions.iter().filter(small).copied().collect();
    tokens.push(told.trigger());
    tokens.extend(told.support);
    tokens.extend(parse.children_by(told.trigger(), Deprel::CompoundPrt));
    tokens.extend(&told.embedded);
    tokens.sort();
    tokens.dedup();
    Evidence::new(parse.runs_of(&tokens)).unwrap_or_else(|| Evidence::one(parse.token(told.trigger()).span))
}

/// The clause: trigger, arguments, time and place.
pub(super) fn clause(scene: &Scene, told: &Happening, when: Option<TimeId>, place: Option<PlaceId>) -> Evidence {
    let parse = scene.parse;
    let mut keep: Vec<TokenId> = told.anchors();
    keep.extend(&told.governors);
    let path = |id: TokenId| keep.iter().any(|&kept| parse.is_within(kept, id));
    let top =
        keep.iter().copied().chain(std::iter::once(told.trigger())).min_by_key(|&id| parse.ancestors(id).count()).unwrap_or(told.trigger());
    let mut tokens = parse.subtree_without(top, |child| is_clause(parse, child) && !path(child));
    for &participant in told.actors.iter().chain(&told.recipients) {
        tokens.extend(parse.subtree_without(participant, |child| is_clause(parse, child) || parse.token(child).deprel == Deprel::Conj));
    }
    tokens.extend(when.into_iter().flat_map(|id| parse.tokens_in(scene.times[id.index()].span)));
    tokens.extend(place.into_iter().flat_map(|id| parse.tokens_in(scene.places[id.index()].span)));
    let sentence = parse.token(told.trigger()).sentence;
    tokens.sort();
    tokens.dedup();
    let block = scene.doc.block_at(parse.token(told.trigger()).span.start()).map(|block| block.span);
    tokens.retain(|&id| parse.token(id).sentence == sentence || block.is_some_and(|block| block.contains(parse.token(id).span)));
    Evidence::new(runs(scene, &tokens)).unwrap_or_else(|| Evidence::one(parse.token(told.trigger()).span))
}

/// Runs of tokens with small gaps closed and punctuation cut from their ends.
fn runs(scene: &Scene, tokens: &[TokenId]) -> Vec<variorum_model::Span> {
    let mut runs: Vec<(TokenId, TokenId)> = Vec::new();
    for &id in tokens {
        match runs.last_mut() {
            Some((_, last)) if id.0 - last.0 <= SMALL_GAP => *last = id,
            _ => runs.push((id, id)),
        }
    }
    let bare = |id: &TokenId| scene.parse.token(*id).upos != Upos::Punct;
    let trimmed = runs.into_iter().filter_map(|(first, last)| {
        let mut ids = (first.0..=last.0).map(TokenId);
        let first = ids.find(bare)?;
        let last = (first.0..=last.0).rev().map(TokenId).find(bare).unwrap_or(first);
        Some(scene.parse.token(first).span.cover(scene.parse.token(last).span))
    });
    trimmed.collect()
}
