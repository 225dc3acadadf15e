//! Which event stands between two given phrases of a sentence: for measuring against sets that give actor and recipient.

use variorum_model::{Annotations, Document, EventType, Parse, Span, TokenId, Trigger};

use super::{
    happenings::{Happening, happenings},
    judged::{likeliest, opinion},
    lexicon::EventLexicon,
    scene::Scene,
};
use crate::actors::Actors;

/// The type of the event that `actor` does to `recipient`, the two being spans of one text; none where no event joins them.
///
/// An event whose own participants are the two wins; then one that has either of them; then one that stands on the way between them in
/// the tree. INCIDENT, OFFICE and STEP are left out: they are not done to anybody. Where the tables find none, the network's likeliest is given.
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
    let pair = Pair { actor: parse.head_of_span(actor)?, recipient: parse.head_of_span(recipient)? };
    let told: Vec<Happening> = parse.sentence_ids().flat_map(|sentence| happenings(&scene, sentence)).collect();
    // Where the tables know a word, its sense names the type more surely than the network: asked of a pair, there is no doubt that something happened.
    let known = told.iter().filter(|told| told.of_table.is_some_and(is_done_to_somebody));
    let best = known.max_by_key(|told| (fit(&scene, told, &pair), std::cmp::Reverse(told.trigger())));
    best.map_or_else(|| likeliest_between(parse, &pair), |told| told.of_table)
}

/// What the network's belief that a happening joins the two adds to what the grammar says, which reaches 300.
const BELIEF: f32 = 100.0;

/// The two that are given, by their head words.
struct Pair {
    actor: TokenId,
    recipient: TokenId,
}

fn is_done_to_somebody(kind: EventType) -> bool {
    !matches!(kind, EventType::Incident | EventType::Office | EventType::Step)
}

/// What the network holds likeliest of the word that most likely joins the two.
fn likeliest_between(parse: &Parse, pair: &Pair) -> Option<EventType> {
    let joins = |trigger: &Trigger| trigger.chance() * (0.2 + trigger.does(pair.actor) + trigger.undergoes(pair.recipient));
    let best = parse.triggers()?.iter().max_by(|a, b| joins(a).total_cmp(&joins(b)).then(b.token.cmp(&a.token)))?;
    Some(likeliest(best, None, is_done_to_somebody))
}

/// How well a happening joins the two.
fn fit(scene: &Scene, told: &Happening, pair: &Pair) -> i32 {
    let Pair { actor, recipient } = *pair;
    let parse = scene.parse;
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
    let believed = opinion(scene, told).map_or(0.0, |opinion| opinion.chance() + opinion.does(actor) + opinion.undergoes(recipient));
    20 * (does + undergoes) + 30 * above(actor) + 30 * above(recipient) - depth + (BELIEF * believed) as i32
}
