//! Which event stands between two given phrases of a sentence: for measuring against sets that give actor and recipient.

use variorum_model::{Annotations, Document, EventType, Parse, Span, TokenId};

use super::{
    happenings::{Happening, happenings},
    lexicon::EventLexicon,
    scene::Scene,
};
use crate::actors::Actors;

/// The type of the event that `actor` does to `recipient`, the two being spans of one text; none where no event joins them.
///
/// An event whose own participants are the two wins; then one that has either of them; then one that stands on the way between them in
/// the tree. INCIDENT, OFFICE and STEP are left out: they are not done to anybody.
pub fn event_between(
    lexicon: &EventLexicon,
    doc: &Document,
    parse: &Parse,
    annotations: &Annotations,
    actor: Span,
    recipient: Span,
) -> Option<EventType> {
    let mut actors = Actors::default();
    (actors.mentions, actors.entities) = (annotations.mentions.clone(), annotations.entities.clone());
    let scene = Scene::new(lexicon, doc, parse, &actors, &annotations.attributions, &annotations.times, &annotations.places);
    let (actor, recipient) = (parse.head_of_span(actor)?, parse.head_of_span(recipient)?);
    let told: Vec<Happening> = parse.sentence_ids().flat_map(|sentence| happenings(&scene, sentence)).collect();
    let of_theirs = told.iter().filter(|told| !matches!(told.verdict.kind, EventType::Incident | EventType::Office | EventType::Step));
    of_theirs.max_by_key(|told| (fit(parse, told, actor, recipient), std::cmp::Reverse(told.trigger()))).map(|told| told.verdict.kind)
}

/// How well a happening joins the two.
fn fit(parse: &Parse, told: &Happening, actor: TokenId, recipient: TokenId) -> i32 {
    let near = |ids: &[TokenId], id: TokenId| ids.iter().any(|&other| parse.is_within(id, other) || parse.is_within(other, id));
    let both = [told.actors.clone(), told.recipients.clone()].concat();
    let does = if near(&told.actors, actor) {
        6
    } else if near(&both, actor) {
        4
    } else {
        0
    };
    let undergoes = if near(&told.recipients, recipient) {
        6
    } else if near(&both, recipient) {
        4
    } else {
        0
    };
    let above = |id: TokenId| i32::from(parse.is_within(id, told.trigger()));
    let depth = parse.ancestors(told.trigger()).count().min(20) as i32;
    20 * (does + undergoes) + 30 * above(actor) + 30 * above(recipient) - depth
}
