//! As of when does a figure hold?
//!
//! Input: the number, the word that governs it, the times of its sentence. Output: the time that says when the count held. Example: in "74 people by Monday, up from
//! 50 on Sunday" 74 is as of Monday, 50 of Sunday. When it was said is the attribution's own.
//! Limits: one sentence.

use variorum_model::{AttributionId, Deprel, Parse, Quantity, Span, TimeId, TimeValue, TokenId, Upos};

use super::{Scene, updates};

/// A time under the governing word, else in its clause. When it was said is the attribution's own.
pub(super) fn as_of(scene: &Scene, quantity: &Quantity, governor: TokenId, attribution: Option<AttributionId>) -> Option<TimeId> {
    let parse = scene.parse;
    let dated: Vec<(TimeId, TokenId)> = scene
        .times
        .iter()
        .enumerate()
        .filter(|(_, time)| {
            !matches!(
                time.value,
                TimeValue::Length { .. }
                    | TimeValue::Recurring(_)
                    | TimeValue::PastVague
                    | TimeValue::FutureVague
                    | TimeValue::PresentVague
            )
        })
        .filter(|(_, time)| !time.span.overlaps(quantity.span))
        .filter_map(|(i, time)| parse.head_of_span(time.span).map(|head| (TimeId(i as u32), head)))
        .filter(|(_, head)| parse.token(*head).sentence == parse.token(quantity.number).sentence)
        .filter(|(id, head)| !bounds_a_window(parse, *head) && !is_of_earlier_value(scene, quantity, scene.times[id.index()].span))
        .collect();
    // "up from 23 a day earlier": a time right behind the number is its own.
    let next_word = parse.tokens_in(quantity.span).last().map_or(0, |last| last.0 + 1);
    let behind = dated.iter().find(|(id, _)| {
        updates::from_before(scene, quantity)
            && parse.token_at(scene.times[id.index()].span.start()).is_some_and(|first| first.0 <= next_word + 1 && first.0 >= next_word)
    });
    let under = |top: TokenId| {
        let near = dated.iter().filter(move |(_, head)| parse.is_within(*head, top) && is_of_clause(parse, *head, top));
        near.min_by_key(|(id, head)| {
            (parse.ancestors(*head).take_while(|up| *up != top).count(), distance(scene.times[id.index()].span, quantity.span))
        })
        .map(|(id, _)| *id)
    };
    let clause_top = std::iter::once(governor).chain(parse.ancestors(governor)).find(|&up| matches!(parse.token(up).upos, Upos::Verb));
    let said = attribution.and_then(|id| scene.attributions[id.index()].said);
    behind.map(|(id, _)| *id).or_else(|| under(governor)).or_else(|| clause_top.and_then(under)).filter(|&id| Some(id) != said)
}

/// "since Friday", "until 2030": where the time that is counted begins or ends, not when the count holds.
fn bounds_a_window(parse: &Parse, time: TokenId) -> bool {
    parse.children(time).iter().any(|&child| matches!(parse.token(child).lemma.as_str(), "since" | "until" | "till" | "between"))
}

/// In "74 people by Monday, up from 50 on Sunday", Sunday is of the 50.
fn is_of_earlier_value(scene: &Scene, quantity: &Quantity, time: Span) -> bool {
    let between = |other: &&Quantity| quantity.span.end() <= other.span.start() && other.span.end() <= time.start();
    scene.quantities.iter().filter(between).any(|other| updates::from_before(scene, other))
}

/// Whether a time stands in the clause of a word, and in none below it: "has killed 34 since it came ashore on Friday".
fn is_of_clause(parse: &Parse, time: TokenId, top: TokenId) -> bool {
    let mut path = std::iter::once(time).chain(parse.ancestors(time)).take_while(|&up| up != top);
    path.all(|up| !matches!(parse.token(up).deprel, Deprel::Advcl | Deprel::AclRelcl | Deprel::Ccomp | Deprel::Csubj | Deprel::Parataxis))
}

fn distance(a: Span, b: Span) -> usize {
    a.start().abs_diff(b.end()).min(b.start().abs_diff(a.end()))
}
