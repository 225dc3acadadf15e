//! Finds who did what to whom, when and where, and whether it happened.
//!
//! Input: parse, actors, attributions, times, places of one document. Output: one [`EventMention`] for each trigger that tells of a happening,
//! sorted by trigger. "Rome summoned the Albanian envoy on Monday" gives ACCUSE, actor Rome, recipient the envoy, Monday, occurred.
//!
//! The way through, sentence by sentence: `senses` picks the row of `knowledge/events.tsv` that a word stands for, `grammar` finds its
//! arguments through passives, control and relative clauses, `standing` reads whether it happened, `types` turns promised help into AGREE,
//! `happenings` makes one event of several words that tell of one, `judged` weighs what the parser's network thinks of each and adds what the tables do not know,
//! `settings` finds time and place,
//! `parties` weighs who takes part of those whom `candidates` describes. `dated` adds what else the text dates.
//!
//! Limits: one sentence at a time; a time or place told only in another sentence is not taken over. Where the parser was built without the network, words outside the tables are silent.

mod between;
mod candidates;
mod dated;
mod evidence;
mod grammar;
mod happenings;
mod judged;
mod lexicon;
mod parties;
mod scene;
mod senses;
mod settings;
mod standing;
mod types;

use variorum_model::{
    Attribution, AttributionId, Document, EntityId, EventMention, EventStatus, EventType, Parse, Place, PlaceId, Polarity, TimeExpression,
    TimeId, TokenId,
};

pub use between::event_between;
pub use candidates::Candidate;
pub use lexicon::EventLexicon;

use self::{
    candidates::{ByGrammar, candidates},
    happenings::{Happening, happenings},
    lexicon::{Effect, WordClass},
    scene::Scene,
    settings::settings,
};
use crate::{Output, actors::Actors};

/// Finds who did what to whom. Sorted by trigger.
pub fn events(
    lexicon: &EventLexicon,
    doc: &Document,
    parse: &Parse,
    actors: &Actors,
    attributions: &[Attribution],
    times: &[TimeExpression],
    places: &[Place],
) -> Output<EventMention> {
    let scene = Scene::new(lexicon, doc, parse, actors, attributions, times, places);
    let told = told(&scene);
    let mut mentions = mentions(&scene, &told);
    mentions.retain(|(told, mention)| is_kept(&scene, told, mention));
    mentions.into_iter().map(|(_, mention)| mention).collect::<Vec<_>>().into()
}

/// What else the document dates: words that neither tables nor network take for a happening, and happenings of which too little is told, where a day is told of them.
/// They are no events of the ontology; reports of one affair are compared by them. Given the same as [`events`], and its output. Sorted by trigger.
#[expect(clippy::too_many_arguments, reason = "what a stage needs is in its signature")]
pub fn dated(
    lexicon: &EventLexicon,
    doc: &Document,
    parse: &Parse,
    actors: &Actors,
    attributions: &[Attribution],
    times: &[TimeExpression],
    places: &[Place],
    events: &[EventMention],
) -> Vec<EventMention> {
    let scene = Scene::new(lexicon, doc, parse, actors, attributions, times, places);
    let dated = dated::dated(&scene, events);
    mentions(&scene, &dated).into_iter().map(|(_, mention)| mention).filter(|mention| mention.when.is_some()).collect()
}

/// The records of happenings, sorted by trigger.
fn mentions<'t, 'a>(scene: &'a Scene<'a>, told: &'t [Happening<'a>]) -> Vec<(&'t Happening<'a>, EventMention)> {
    let settings = settings(scene, told);
    let record = |told: &'t Happening<'a>| {
        let (when, place) = (settings::when(scene, &settings, told), settings::place(scene, &settings, told));
        (told, mention(scene, told, when, place))
    };
    let mut mentions: Vec<_> = told.iter().map(record).collect();
    mentions.sort_by_key(|(_, mention)| mention.trigger);
    mentions
}

/// For fitting `knowledge/parties.tsv`: everybody who may take part in what happens at a word, and whether it is a meeting, in which everybody acts. Sorted by trigger.
pub struct Considered {
    /// The word.
    pub trigger: TokenId,
    /// Whether recipients are counted as actors.
    pub is_meeting: bool,
    /// Everybody.
    pub candidates: Vec<Candidate>,
}

/// Who may take part in each happening that [`events`] weighs, given the same.
pub fn considered(
    lexicon: &EventLexicon,
    doc: &Document,
    parse: &Parse,
    actors: &Actors,
    attributions: &[Attribution],
    times: &[TimeExpression],
    places: &[Place],
) -> Vec<Considered> {
    let scene = Scene::new(lexicon, doc, parse, actors, attributions, times, places);
    let of_happening = |told: &Happening| {
        let candidates = candidates(&scene, told, &by_grammar(&scene, told));
        Considered { trigger: told.trigger(), is_meeting: is_meeting(told), candidates }
    };
    let mut all: Vec<Considered> = told(&scene).iter().map(of_happening).collect();
    all.sort_by_key(|considered| considered.trigger);
    all
}

/// What happens in a document, as tables, grammar and network have it.
fn told<'a>(scene: &'a Scene<'a>) -> Vec<Happening<'a>> {
    let mut told: Vec<Happening> = scene.parse.sentence_ids().flat_map(|sentence| happenings(scene, sentence)).collect();
    told.retain(|told| !judged::is_doubted(scene, told));
    told.iter_mut().for_each(|told| judged::weigh(scene, told));
    told
}

/// Whether enough is told of a happening.
fn is_kept(scene: &Scene, told: &Happening, mention: &EventMention) -> bool {
    let believed = judged::opinion(scene, told).is_some_and(judged::is_believed);
    believed || is_told(scene, told, mention.actors.len(), mention.recipients.len(), mention.when.is_some(), mention.place.is_some())
}

/// The record of a happening.
fn mention(scene: &Scene, told: &Happening, when: Option<TimeId>, place: Option<PlaceId>) -> EventMention {
    let (mut actors, mut recipients) = parties::parties(scene, told, &by_grammar(scene, told));
    if is_meeting(told) {
        actors.append(&mut recipients);
    }
    let attribution = attribution(scene, told);
    let mut status = told.verdict.status;
    let denied = attribution.is_some_and(|id| scene.attributions[id.index()].polarity == Polarity::Negative);
    if denied && status == EventStatus::Occurred {
        status = EventStatus::Denied;
    }
    EventMention {
        trigger: told.trigger(),
        trigger_spans: evidence::trigger_spans(scene, told),
        lemma: told.lemma.clone(),
        kind: told.verdict.kind,
        mode: told.sense.row.mode.clone().filter(|_| told.verdict.kind == told.sense.row.kind),
        contexts: told.sense.row.contexts.clone(),
        status,
        actors,
        recipients,
        when,
        place,
        evidence: evidence::clause(scene, told, when, place),
        attribution,
        rule: told.rule(scene),
    }
}

fn by_grammar(scene: &Scene, told: &Happening) -> ByGrammar {
    let actors = participants(scene, &told.actors, &[]);
    let recipients = participants(scene, &told.recipients, &actors);
    ByGrammar { actors, recipients }
}

/// Everybody in a meeting acts, unless one visits the other.
fn is_meeting(told: &Happening) -> bool {
    told.verdict.kind == EventType::Consult && told.sense.row.mode.as_deref() != Some("visit")
}

fn participants(scene: &Scene, tokens: &[TokenId], taken: &[EntityId]) -> Vec<EntityId> {
    let mut found: Vec<EntityId> = Vec::new();
    for entity in tokens.iter().flat_map(|&token| scene.participants(token)) {
        if !found.contains(&entity) && !taken.contains(&entity) {
            found.push(entity);
        }
    }
    found
}

/// The innermost attribution in whose content the trigger stands.
fn attribution(scene: &Scene, told: &Happening) -> Option<AttributionId> {
    let trigger = scene.parse.token(told.trigger()).span;
    let size = |attribution: &Attribution| attribution.content.spans().iter().map(|span| span.len()).sum::<usize>();
    let holding = scene.attributions.iter().enumerate().filter(|(_, attribution)| {
        attribution.content.spans().iter().any(|content| content.contains(trigger))
            && attribution.cue.iter().all(|cue| !cue.overlaps(trigger))
    });
    holding.min_by_key(|(_, attribution)| size(attribution)).map(|(i, _)| AttributionId(i as u32))
}

/// Whether enough is told to make a record: somebody who acts or undergoes; for a noun also a verb, time, place or second participant.
fn is_told(scene: &Scene, told: &Happening, n_actors: usize, n_recipients: usize, dated: bool, placed: bool) -> bool {
    let n = n_actors + n_recipients;
    let impersonal = matches!(told.sense.row.kind, EventType::Incident | EventType::Step | EventType::Office);
    let set = dated || placed;
    let named = !told.sense.arguments.subjects.is_empty() || !told.sense.arguments.objects.is_empty();
    if told.verdict.status == EventStatus::Hypothetical && n == 0 {
        return false;
    }
    match told.sense.class {
        // "a pact signed last year"
        WordClass::Verb if set && !told.sense.companions.is_empty() && named => true,
        WordClass::Verb | WordClass::Adj => n > 0 || impersonal && (named || set),
        WordClass::Noun => {
            let lemma = scene.lemma(told.trigger());
            let state = scene.lexicon.is(Effect::State, WordClass::Noun, lemma, |_| false);
            let carried = told.support.is_some();
            match told.sense.row.kind {
                _ if state => carried && n > 0 || n_recipients > 0 && dated,
                EventType::Incident => set || carried || n > 0 || scene.parse.token(told.trigger()).tag == "NN",
                EventType::Step | EventType::Office => n > 0 && (set || carried || n > 1) || dated && carried,
                EventType::Consult if set && is_definite(scene, told.trigger()) => true,
                _ => n > 1 || n > 0 && (set || carried || told.sense.row.kind == EventType::Consult) || carried && set,
            }
        }
    }
}

/// "the meeting", "their talks"
fn is_definite(scene: &Scene, noun: TokenId) -> bool {
    use variorum_model::Deprel;
    let parse = scene.parse;
    let pointing = |det| matches!(scene.lemma(det), "the" | "this" | "that" | "these" | "those");
    parse.child(noun, Deprel::NmodPoss).is_some() || parse.children_by(noun, Deprel::Det).any(pointing)
}
