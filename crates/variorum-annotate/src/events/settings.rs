//! When and where a happening is told to be: the time and place that its own words govern, else those of the clause it belongs to.
//!
//! A time or place that stands with another verb is that verb's: in "Rome said on Monday that police had raided the port of Bari", the raid has
//! the place and, for want of a better day, the day it was told of.

use variorum_model::{
    BlockKind, Deprel, EventStatus, EventType, PlaceId, PlaceKind, PlaceUse, Referent, Span, TimeExpression, TimeId, TimeKind, TimeValue,
    TokenId, Upos,
};

use super::{
    grammar::{first_conjunct, has_copula, is_nominal, preposition},
    happenings::Happening,
    scene::Scene,
};

/// How far a phrase is followed up to the word that governs it.
const MAX_CLIMB: usize = 8;

/// A dateline has names of places before its date, and the name of an agency behind it.
const BEFORE_DATE: usize = 60;
const AFTER_DATE: usize = 40;

/// Which token governs each time and each place.
pub(super) struct Settings {
    times: Vec<Option<TokenId>>,
    places: Vec<Vec<Grip>>,
}

/// A hold of a token on a place: the looser, the farther from "happens there".
#[derive(Copy, Clone)]
struct Grip {
    token: TokenId,
    looseness: u8,
}

pub(super) fn settings(scene: &Scene, told: &[Happening]) -> Settings {
    let stops: Vec<TokenId> = told.iter().flat_map(Happening::anchors).collect();
    Settings {
        times: scene.times.iter().map(|time| governor_of_time(scene, time.span, &stops)).collect(),
        places: scene
            .places
            .iter()
            .map(|place| if place.used == PlaceUse::Metonymic { Vec::new() } else { grips(scene, place.span, &stops) })
            .collect(),
    }
}

// --- times --------------------------------------------------------------------------------------------------------------

/// The word that a time is told of: the nearest stop above it, else the predicate.
pub(super) fn governor_of_time(scene: &Scene, span: Span, stops: &[TokenId]) -> Option<TokenId> {
    let parse = scene.parse;
    let mut at = parse.head_of_span(span)?;
    // "declared an emergency until 1 June": its end, not its day.
    if matches!(preposition(parse, at).as_deref(), Some("until" | "till" | "til")) {
        return None;
    }
    for _ in 0..MAX_CLIMB {
        if !span.contains(parse.token(at).span) && (stops.contains(&at) || !is_nominal(parse, at) && is_predicate(scene, at)) {
            return Some(at);
        }
        let head = parse.head(at)?;
        let loose = matches!(
            parse.token(at).deprel,
            Deprel::Obl
                | Deprel::OblUnmarked
                | Deprel::Advmod
                | Deprel::Nmod
                | Deprel::NmodUnmarked
                | Deprel::Fixed
                | Deprel::Dep
                | Deprel::Parataxis
        );
        let of = preposition(parse, at).as_deref() == Some("of");
        let passes = stops.contains(&head) || !is_nominal(parse, head) || parse.referent(head) == Some(Referent::Time) || loose && !of;
        if !passes {
            return None;
        }
        at = head;
    }
    None
}

fn is_predicate(scene: &Scene, id: TokenId) -> bool {
    matches!(scene.parse.token(id).upos, Upos::Verb | Upos::Aux) || has_copula(scene.parse, id)
}

/// The time of a happening.
pub(super) fn when(scene: &Scene, settings: &Settings, told: &Happening) -> Option<TimeId> {
    let best_at = |anchors: &[TokenId]| {
        let governed =
            (0..scene.times.len()).filter(|&i| settings.times[i].is_some_and(|token| anchors.contains(&token)) && !is_dateline(scene, i));
        governed.filter_map(|i| rank(&scene.times[i]).map(|rank| (rank, i))).min().map(|(_, i)| TimeId(i as u32))
    };
    best_at(&told.anchors())
        .or_else(|| best_at(&[clause_above(scene, told)?]))
        .or_else(|| told.governors.iter().find_map(|&governor| best_at(&[governor])))
        .or_else(|| best_at(&[telling_clause(scene, told)?]))
        .or_else(|| pictured(scene, told))
}

/// "VARN, Feb. 14 (Wire) -": the day of the report, not of what it tells. It stands behind a name in capitals that opens a paragraph, and before a dash.
pub(super) fn is_dateline(scene: &Scene, time: usize) -> bool {
    let span = scene.times[time].span;
    let Some(block) = scene.doc.block_at(span.start()).filter(|block| block.kind == BlockKind::Paragraph) else { return false };
    let before = &scene.doc.text[block.span.start()..span.start()];
    let opening = before.split([',', ' ', '(']).next().unwrap_or_default();
    let shouted = opening.chars().count() > 3 && !opening.chars().any(char::is_lowercase);
    let after: String = scene.doc.text[span.end()..block.span.end()].chars().take(AFTER_DATE).collect();
    shouted && before.chars().count() <= BEFORE_DATE && ["—", "–", "--", " - ", "―", ")."].iter().any(|dash| after.contains(dash))
}

/// Better expressions first; lengths, recurrences and "recently" are no dates.
pub(super) fn rank(time: &TimeExpression) -> Option<u8> {
    match (&time.kind, &time.value) {
        (_, TimeValue::PastVague | TimeValue::PresentVague | TimeValue::FutureVague) => None,
        (_, TimeValue::Length { .. } | TimeValue::Recurring(_)) => None,
        (TimeKind::Date, _) => Some(0),
        (TimeKind::Time, _) => Some(1),
        _ => None,
    }
}

/// The clause whose time a happening shares: that of a nominal subject, of the first conjunct, of the sentence a participle hangs on.
fn clause_above(scene: &Scene, told: &Happening) -> Option<TokenId> {
    let parse = scene.parse;
    let top = told.support.unwrap_or(told.trigger());
    let head = parse.head(top)?;
    let shared = match parse.token(top).deprel {
        Deprel::Nsubj | Deprel::NsubjPass if is_nominal(parse, top) => true,
        Deprel::Obl | Deprel::Nmod if is_nominal(parse, top) => {
            matches!(preposition(parse, top).as_deref(), Some("in" | "during" | "at" | "by" | "with" | "on"))
        }
        Deprel::Conj => !told.standing.future && first_conjunct(parse, top, head) == head,
        Deprel::Advcl => matches!(parse.token(top).tag.as_str(), "VBG" | "VBN") && !told.standing.future,
        _ => false,
    };
    (shared && is_predicate(scene, head)).then_some(head)
}

/// "said on 14 July that they had detained a man": nothing nearer is told than the day of the telling.
fn telling_clause(scene: &Scene, told: &Happening) -> Option<TokenId> {
    let parse = scene.parse;
    let top = std::iter::once(told.trigger())
        .chain(parse.ancestors(told.trigger()))
        .find(|&up| !matches!(parse.token(up).deprel, Deprel::Conj))?;
    // To refuse or to threaten is itself to say so.
    let said = matches!(told.verdict.kind, EventType::Reject | EventType::Threaten) || told.verdict.status == EventStatus::Promised;
    let reported = (told.standing.perfect || said) && parse.token(top).deprel == Deprel::Ccomp;
    reported.then(|| parse.head(top)).flatten()
}

/// In a caption, the day the picture was taken.
fn pictured(scene: &Scene, told: &Happening) -> Option<TimeId> {
    if scene.block(told.trigger()) != Some(BlockKind::Caption) {
        return None;
    }
    let block = scene.doc.block_at(scene.parse.token(told.trigger()).span.start())?.span;
    let inside = scene.times.iter().enumerate().filter(|(_, time)| block.contains(time.span));
    inside.filter_map(|(i, time)| rank(time).map(|rank| (rank, i))).min().map(|(_, i)| TimeId(i as u32))
}

// --- places -------------------------------------------------------------------------------------------------------------

/// The words that hold a place, innermost first.
fn grips(scene: &Scene, span: Span, stops: &[TokenId]) -> Vec<Grip> {
    let parse = scene.parse;
    let mut found = Vec::new();
    let Some(mut at) = parse.head_of_span(span) else { return found };
    let mut located = false;
    for _ in 0..MAX_CLIMB {
        let Some(head) = parse.head(at) else { break };
        let word = preposition(parse, at);
        let locative = word.as_deref().is_some_and(is_locative);
        let link = parse.token(at).deprel;
        located |= locative;
        let looseness = match link {
            Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked if locative => 0,
            Deprel::Obl | Deprel::Nmod if word.as_deref() == Some("to") => 3,
            Deprel::Obl | Deprel::Nmod | Deprel::NmodDesc if located => 1,
            Deprel::Compound | Deprel::NmodPoss | Deprel::Amod | Deprel::NmodDesc if stops.contains(&head) => 2,
            // "the bombing of Brod"
            Deprel::Nmod if stops.contains(&head) && word.as_deref().is_none_or(|word| word == "of") => 2,
            Deprel::Obj => 3,
            Deprel::Nsubj | Deprel::NsubjPass if located => 4,
            Deprel::Nmod
            | Deprel::NmodDesc
            | Deprel::Compound
            | Deprel::NmodPoss
            | Deprel::Appos
            | Deprel::Flat
            | Deprel::Conj
            | Deprel::Dep
            | Deprel::Advmod
            | Deprel::Fixed => 9,
            _ => break,
        };
        let looseness = if link == Deprel::Obj && located { 2 } else { looseness };
        if stops.contains(&head) || is_predicate(scene, head) {
            found.push(Grip { token: head, looseness });
            if !is_nominal(parse, head) {
                break;
            }
        } else if preposition(parse, head).as_deref() != Some("at")
            && matches!(parse.referent(head), Some(Referent::Event | Referent::Abstract | Referent::Time))
        {
            // "in its war in Ukraine": the war is there.
            break;
        }
        at = head;
    }
    found
}

fn is_locative(word: &str) -> bool {
    matches!(
        word,
        "in" | "at"
            | "near"
            | "outside"
            | "off"
            | "inside"
            | "within"
            | "around"
            | "across"
            | "along"
            | "on"
            | "over"
            | "above"
            | "throughout"
            | "through"
            | "beside"
            | "north"
            | "south"
            | "east"
            | "west"
            | "under"
            | "opposite"
    )
}

/// The place of a happening.
pub(super) fn place(scene: &Scene, settings: &Settings, told: &Happening) -> Option<PlaceId> {
    let visit = told.sense.row.mode.as_deref() == Some("visit");
    let spoken = matches!(
        told.verdict.kind,
        EventType::Agree
            | EventType::Support
            | EventType::Accuse
            | EventType::Reject
            | EventType::Request
            | EventType::Threaten
            | EventType::Concede
    );
    let incident = told.sense.row.kind == EventType::Incident;
    let best_at = |anchors: &[TokenId], strict: bool| {
        let mut best: Option<(u8, bool, usize)> = None;
        for (i, place) in scene.places.iter().enumerate() {
            for grip in settings.places[i].iter().filter(|grip| anchors.contains(&grip.token)) {
                let allowed = match grip.looseness {
                    0 | 1 => place.used == PlaceUse::Literal,
                    2 => {
                        !strict
                            && !spoken
                            && !matches!(place.kind, PlaceKind::Unknown | PlaceKind::Site)
                            && (place.used == PlaceUse::Literal || place.kind != PlaceKind::Country)
                    }
                    3 => visit && place.used == PlaceUse::Literal,
                    4 => !strict && incident && place.used == PlaceUse::Literal,
                    _ => false,
                };
                let key = (grip.looseness, place.kind == PlaceKind::Country, i);
                if allowed && best.is_none_or(|best| key < best) {
                    best = Some(key);
                }
            }
        }
        best.map(|(.., i)| PlaceId(i as u32))
    };
    best_at(&told.anchors(), false)
        .or_else(|| where_clause(scene, told))
        .or_else(|| best_at(&[clause_above(scene, told)?], true))
        .or_else(|| pictured_place(scene, told))
}

/// "Wonsan, where the two sides held talks"
fn where_clause(scene: &Scene, told: &Happening) -> Option<PlaceId> {
    let parse = scene.parse;
    let top = told.support.unwrap_or(told.trigger());
    let clause = parse.token(top).deprel == Deprel::AclRelcl && parse.children(top).iter().any(|&child| scene.lemma(child) == "where");
    let head = parse.head(top).filter(|_| clause)?;
    scene.place(head).or_else(|| parse.children(head).iter().find_map(|&child| scene.place(child))).map(|(id, _)| id)
}

fn pictured_place(scene: &Scene, told: &Happening) -> Option<PlaceId> {
    let caption = scene.block(told.trigger()) == Some(BlockKind::Caption);
    let sentence = scene.parse.sentence(scene.parse.token(told.trigger()).sentence).span;
    let after = scene.parse.token(told.trigger()).span.end();
    let inside =
        scene.places.iter().enumerate().filter(|(_, place)| caption && sentence.contains(place.span) && place.used == PlaceUse::Literal);
    inside.min_by_key(|(_, place)| (place.span.start() < after, place.span.start())).map(|(i, _)| PlaceId(i as u32))
}
