//! What else does a text date, though neither tables nor network take it for a happening?
//!
//! Input: the scene, and the events already found. Output: one happening for each word that a day is told of and that tells of none yet: of the tables' words those that were
//! doubted or of which too little is told, then any other verb or noun of a happening. "The ship left Karlskrona on Tuesday": `left`, a STEP unless the network has an opinion.
//! "In 1987 a mudslide cost 31 lives" tells of the mudslide, which has that day already.
//! Limits: what only says ("said on Tuesday"), supposes or denies is left out.

use variorum_model::{Deprel, EventMention, EventStatus, EventType, Referent, TokenId, Upos};

use super::{
    grammar::has_copula,
    happenings::{Happening, happening, happenings},
    judged,
    scene::Scene,
    senses::sense_of,
    settings::{governor_of_time, is_dateline, rank},
    standing::standing,
};

/// Happenings beyond the events already found, each dated in its own words.
pub(super) fn dated<'a>(scene: &'a Scene<'a>, events: &[EventMention]) -> Vec<Happening<'a>> {
    let found = |word: TokenId| {
        let span = scene.parse.token(word).span;
        events.iter().any(|event| event.trigger == word || event.trigger_spans.spans().iter().any(|trigger| trigger.contains(span)))
    };
    let mut told: Vec<Happening> = scene.parse.sentence_ids().flat_map(|sentence| happenings(scene, sentence)).collect();
    told.retain(|told| !found(told.trigger()));
    let mut stops: Vec<TokenId> = events.iter().map(|event| event.trigger).chain(told.iter().flat_map(Happening::anchors)).collect();
    stops.extend(scene.parse.token_ids().filter(|&word| names_happening(scene, word)));
    let governors = dated_words(scene, &stops);
    told.retain(|told| told.anchors().iter().any(|word| governors.contains(word)));
    told.iter_mut().for_each(|told| judged::weigh(scene, told));
    let taken: Vec<TokenId> = told.iter().flat_map(Happening::anchors).collect();
    let open = governors.into_iter().filter(|&word| !found(word) && !taken.contains(&word));
    let tells_of_another = |word: TokenId| {
        let mut subjects = scene.parse.children(word).iter().filter(|&&child| scene.parse.token(child).deprel.is_subject());
        subjects.any(|&subject| found(subject))
    };
    told.extend(open.filter(|&word| !tells_of_another(word)).filter_map(|word| open_happening(scene, word)));
    told.retain(|told| !told.standing.unreal && !matches!(told.verdict.status, EventStatus::Hypothetical | EventStatus::Denied));
    told
}

/// Words that a day is told of, in text order.
fn dated_words(scene: &Scene, stops: &[TokenId]) -> Vec<TokenId> {
    let days = scene.times.iter().enumerate().filter(|(i, time)| rank(time).is_some() && !is_dateline(scene, *i));
    let mut words: Vec<TokenId> = days.filter_map(|(_, time)| governor_of_time(scene, time.span, stops)).collect();
    words.sort();
    words.dedup();
    words
}

/// "the march", "a run": a noun that stands for a happening, and not before another noun.
fn names_happening(scene: &Scene, word: TokenId) -> bool {
    let token = scene.parse.token(word);
    token.upos == Upos::Noun
        && !matches!(token.deprel, Deprel::Compound | Deprel::Amod)
        && scene.parse.referent(word) == Some(Referent::Event)
}

/// A word that neither tables nor network know, as a happening.
fn open_happening<'a>(scene: &Scene<'a>, word: TokenId) -> Option<Happening<'a>> {
    let content = scene.block(word).is_some_and(|kind| kind.is_content());
    let verb = scene.parse.token(word).upos == Upos::Verb && !has_copula_of_state(scene, word);
    if !content || scene.quotes(word) || !(verb || names_happening(scene, word)) {
        return None;
    }
    let kind = scene.parse.trigger(word).and_then(|opinion| opinion.types.first()).map_or(EventType::Step, |(kind, _)| *kind);
    let sense = sense_of(scene, word, kind)?;
    let somebody = !sense.arguments.subjects.is_empty() || !sense.arguments.objects.is_empty();
    (somebody || !verb).then(|| happening(scene, &sense, &standing(scene, word), &[]))
}

/// "was closed to traffic": a participle with a copula tells a state.
fn has_copula_of_state(scene: &Scene, word: TokenId) -> bool {
    scene.parse.child(word, Deprel::Cop).is_some() && has_copula(scene.parse, word)
}
