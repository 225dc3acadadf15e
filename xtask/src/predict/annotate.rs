//! Answers of the stages of annotation: attributions, times, places, events, actors.

use jiff::civil::Date;
use serde::Serialize;
use variorum::{Analyst, Annotated, render::points::CodePoints};
use variorum_annotate::{events::event_between, times::timex3_value};
use variorum_model::{Act, AttributionKind, EventMention, EventStatus, EventType, PlaceUse, Span};

use super::{Input, pair, span_at};

#[derive(Serialize)]
struct AttributionLine<'i> {
    id: &'i str,
    attributions: Vec<AttributionSpans<'i>>,
    /// Those inside the content of another, of which the gold annotators marked none.
    nested: Vec<AttributionSpans<'i>>,
}

#[derive(Serialize)]
struct AttributionSpans<'d> {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
    /// For reading errors by kind; no gold set has these.
    lemma: &'d str,
    kind: AttributionKind,
    act: Act,
}

pub(super) fn attribution<'i>(input: &'i Input, doc: &'i Annotated) -> impl Serialize + 'i {
    let points = CodePoints::new(&input.text);
    let spans = |spans: &[Span]| spans.iter().map(|&span| pair(&points, span)).collect();
    let one = |found: &'i variorum_model::Attribution| AttributionSpans {
        source: spans(&found.source),
        cue: spans(&found.cue),
        content: spans(found.content.spans()),
        lemma: &found.cue_lemma,
        kind: found.kind,
        act: found.act,
    };
    let (nested, outermost): (Vec<_>, Vec<_>) = doc.annotations.attributions.iter().partition(|found| found.within.is_some());
    let all = |found: Vec<&'i variorum_model::Attribution>| found.into_iter().map(one).collect();
    AttributionLine { id: &input.id, attributions: all(outermost), nested: all(nested) }
}

#[derive(Serialize)]
struct TimesLine<'i> {
    id: &'i str,
    times: Vec<TimeLine>,
}

#[derive(Serialize)]
struct TimeLine {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: variorum_model::TimeKind,
    value: String,
}

pub(super) fn time<'i>(input: &'i Input, doc: &Annotated) -> impl Serialize + 'i {
    let points = CodePoints::new(&input.text);
    let reference = doc.document.published.map(|dated| dated.range);
    let one = |time: &variorum_model::TimeExpression| TimeLine {
        start: points.at(time.span.start()),
        end: points.at(time.span.end()),
        kind: time.kind,
        value: timex3_value(time, reference),
    };
    TimesLine { id: &input.id, times: doc.annotations.times.iter().map(one).collect() }
}

#[derive(Serialize)]
struct PlacesLine<'i> {
    id: &'i str,
    places: Vec<PlaceLine>,
}

#[derive(Serialize)]
struct PlaceLine {
    start: usize,
    end: usize,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// Every toponym, however it is used: the gold sets mark them all.
pub(super) fn places<'i>(input: &'i Input, doc: &Annotated) -> impl Serialize + 'i {
    let points = CodePoints::new(&input.text);
    let one = |place: &variorum_model::Place| PlaceLine {
        start: points.at(place.span.start()),
        end: points.at(place.span.end()),
        // One without the other is no point on a map.
        lat: place.lat.filter(|_| place.lon.is_some()),
        lon: place.lon.filter(|_| place.lat.is_some()),
    };
    let is_place = |place: &&variorum_model::Place| matches!(place.used, PlaceUse::Literal | PlaceUse::Metonymic | PlaceUse::Modifier);
    PlacesLine { id: &input.id, places: doc.annotations.places.iter().filter(is_place).map(one).collect() }
}

#[derive(Serialize)]
struct EventLine<'i> {
    id: &'i str,
    event: Option<&'static str>,
}

/// The event between the two that are given; where only one of them stands in the text, the event that has that one.
pub(super) fn event<'i>(analyst: &Analyst, input: &'i Input, doc: &Annotated) -> impl Serialize + 'i {
    let given = |points: Option<[usize; 2]>| points.and_then(|points| span_at(&input.text, points));
    let (actor, recipient) = (given(input.actor), given(input.recipient));
    let pair = actor.or(recipient).zip(recipient.or(actor));
    let between =
        |(actor, recipient)| event_between(&analyst.knowledge.events, &doc.document, &doc.parse, &doc.annotations, actor, recipient);
    EventLine { id: &input.id, event: pair.and_then(between).map(EventType::as_str) }
}

#[derive(Serialize)]
struct ActorLine<'i> {
    id: &'i str,
    country: Option<String>,
    sector: Option<String>,
}

pub(super) fn actor<'i>(analyst: &Analyst, input: &'i Input) -> impl Serialize + 'i {
    let written = |date: &str| date.get(..10).and_then(|date| date.parse().ok()).or_else(|| Date::strptime("%d %B %Y", date).ok());
    let day = input.date.as_deref().and_then(written);
    let (country, sector) = analyst.knowledge.world.actor_code(&input.text, input.context.as_deref().unwrap_or_default(), day);
    ActorLine { id: &input.id, country, sector }
}

#[derive(Serialize)]
struct CodingLine<'i> {
    id: &'i str,
    events: Vec<CodedEvent<'i>>,
}

#[derive(Serialize)]
struct CodedEvent<'d> {
    #[serde(rename = "type")]
    kind: &'static str,
    status: EventStatus,
    trigger: &'d str,
    actors: Vec<CodedActor<'d>>,
    recipients: Vec<CodedActor<'d>>,
}

/// A participant as coders write him: country (ISO 3166) and sector (PLOVER).
#[derive(Serialize)]
struct CodedActor<'d> {
    name: &'d str,
    country: Option<&'d str>,
    sector: Option<&'d str>,
}

/// Every event of the text with its participants' codes.
pub(super) fn coding(input: &Input, doc: &Annotated) -> String {
    let coded = |&id: &variorum_model::EntityId| {
        let entity = &doc.annotations.entities[id.index()];
        CodedActor { name: &entity.name, country: entity.country.as_deref(), sector: entity.sector.as_deref() }
    };
    let event = |event: &EventMention| CodedEvent {
        kind: event.kind.as_str(),
        status: event.status,
        trigger: event.trigger_spans.first().of(&doc.document.text),
        actors: event.actors.iter().map(coded).collect(),
        recipients: event.recipients.iter().map(coded).collect(),
    };
    super::json(&CodingLine { id: &input.id, events: doc.annotations.events.iter().map(event).collect() })
}
