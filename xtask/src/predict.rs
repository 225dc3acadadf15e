//! What does the program answer where others have marked what is right?
//!
//! Input: lines that `score.py input` made, gold stripped. Output: the lines that `score.py score` scores, from the same code as `variorum read`. Offsets are
//! code points. Example: `{"id":"1","mentions":[{"start":0,"end":4,"type":"PER"}]}`. A task with nothing to say answers with empty lists.

use std::{collections::BTreeMap, fs, io::Write, path::Path};

use clap::ValueEnum;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use variorum::{Analyst, Annotated, Document, Dossier, Profile, reading::Reading, reconcile, render::points::CodePoints};
use variorum_annotate::{events::event_between, times::timex3_value};
use variorum_model::{Block, BlockKind, ChainId, DocumentId, EventType, MentionForm, Parse, PlaceUse, Referent, Span};

use crate::kept::Kept;

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Task {
    Language,
    Ner,
    /// Phrases that refer, with their chains: scored by `training/score_coreference.py`
    Mentions,
    Attribution,
    Time,
    Events,
    Actors,
    Places,
    Stories,
    Coreference,
}

/// One line of input; each task fills in some of it.
#[derive(Debug, Deserialize)]
struct Input {
    id: String,
    text: String,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    context: Option<String>,
    #[serde(default)]
    actor: Option<[usize; 2]>,
    #[serde(default)]
    recipient: Option<[usize; 2]>,
    #[serde(default)]
    mentions: Vec<[usize; 2]>,
}

/// Predicts line by line, in parallel where lines stand alone.
pub(crate) fn predict(task: Task, path: &Path, profile: Profile, kept: &Kept) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let parse = |(i, line): (usize, &str)| serde_json::from_str::<Input>(line).map_err(|error| format!("line {}: {error}", i + 1));
    let inputs = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(parse).collect::<Result<Vec<_>, _>>()?;
    let analyst = Analyst::with_profile(profile);
    let lines: Vec<String> = match task {
        Task::Stories | Task::Coreference => together(task, &analyst, &inputs, kept),
        _ => inputs.par_iter().map(|input| alone(task, &analyst, input, kept)).collect(),
    };
    let mut out = std::io::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{line}")).map_err(|error| error.to_string())
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("keys are strings and numbers are finite")
}

fn alone(task: Task, analyst: &Analyst, input: &Input, kept: &Kept) -> String {
    match task {
        Task::Language => json(&language(input, &analyst.language.parse(&input.text))),
        Task::Ner => json(&ner(input, &analyst.language.parse(&input.text))),
        Task::Mentions => json(&mentions(input, &analyst.language.parse(&input.text))),
        Task::Attribution => json(&attribution(input, &annotated(analyst, input, kept))),
        Task::Time => json(&time(input, &annotated(analyst, input, kept))),
        Task::Places => json(&places(input, &annotated(analyst, input, kept))),
        Task::Events => json(&event(analyst, input, &kept.annotate(analyst, plain(input)))),
        Task::Actors => json(&actor(analyst, input)),
        Task::Stories | Task::Coreference => unreachable!("answered together"),
    }
}

// --- documents ----------------------------------------------------------------------------------------------------------

fn annotated(analyst: &Analyst, input: &Input, kept: &Kept) -> Annotated {
    kept.annotate(analyst, ingested(input).unwrap_or_else(|| plain(input)))
}

/// Through ingest, as a line of JSON; none where it does not keep the text.
fn ingested(input: &Input) -> Option<Document> {
    #[derive(Serialize)]
    struct Record<'i> {
        text: &'i str,
        publisher: Option<&'i str>,
        published: Option<&'i str>,
    }
    let record = json(&Record { text: &input.text, publisher: input.publisher.as_deref(), published: input.date.as_deref() });
    let mut reading = Reading::default();
    reading.add(&format!("{}.jsonl", input.id), record.as_bytes());
    reading.documents.pop().filter(|doc| doc.text == input.text)
}

/// A text that is one paragraph, whatever it looks like.
fn plain(input: &Input) -> Document {
    let whole = Span::whole(&input.text).and_then(|span| span.trimmed(&input.text));
    Document {
        id: DocumentId::of([&input.id, &input.text]),
        path: input.id.clone(),
        url: None,
        text: input.text.clone(),
        title: None,
        publisher: None,
        byline: None,
        published: None,
        published_evidence: Vec::new(),
        language: None,
        blocks: whole.map(|span| Block { span, kind: BlockKind::Paragraph }).into_iter().collect(),
        credits: Vec::new(),
    }
}

/// The bytes that stand at code points of a text; none where they leave it.
fn span_at(text: &str, [start, end]: [usize; 2]) -> Option<Span> {
    let byte = |point: usize| text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(point);
    Span::new(text, byte(start)?, byte(end)?).ok()
}

fn pair(points: &CodePoints<'_>, span: Span) -> [usize; 2] {
    [points.at(span.start()), points.at(span.end())]
}

// --- language -----------------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct LanguageLine<'i> {
    id: &'i str,
    sentences: Vec<[usize; 2]>,
    tokens: Vec<TokenLine>,
}

#[derive(Serialize)]
struct TokenLine {
    start: usize,
    end: usize,
    upos: &'static str,
    lemma: String,
    /// -1 for a root.
    head: i64,
    deprel: &'static str,
}

fn language<'i>(input: &'i Input, parse: &Parse) -> LanguageLine<'i> {
    let points = CodePoints::new(&input.text);
    let token = |token: &variorum_model::Token| TokenLine {
        start: points.at(token.span.start()),
        end: points.at(token.span.end()),
        upos: token.upos.as_str(),
        lemma: token.lemma.clone(),
        head: token.head.map_or(-1, |head| i64::from(head.0)),
        deprel: token.deprel.as_str(),
    };
    LanguageLine {
        id: &input.id,
        sentences: parse.sentences.iter().map(|sentence| pair(&points, sentence.span)).collect(),
        tokens: parse.tokens.iter().map(token).collect(),
    }
}

#[derive(Serialize)]
struct NerLine<'i> {
    id: &'i str,
    mentions: Vec<NameLine>,
}

#[derive(Serialize)]
struct NameLine {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

fn ner<'i>(input: &'i Input, parse: &Parse) -> NerLine<'i> {
    let points = CodePoints::new(&input.text);
    let name = |name: &variorum_model::Name| {
        let kind = name.kind.uner_label()?;
        Some(NameLine { start: points.at(name.span.start()), end: points.at(name.span.end()), kind })
    };
    NerLine { id: &input.id, mentions: parse.names.iter().filter_map(name).collect() }
}

#[derive(Serialize)]
struct MentionsLine<'i> {
    id: &'i str,
    mentions: Vec<MentionLine>,
}

#[derive(Serialize)]
struct MentionLine {
    start: usize,
    end: usize,
    head_start: usize,
    head_end: usize,
    kind: Option<Referent>,
    form: MentionForm,
    entity: ChainId,
}

fn mentions<'i>(input: &'i Input, parse: &Parse) -> MentionsLine<'i> {
    let points = CodePoints::new(&input.text);
    let line = |mention: &variorum_model::coreference::Mention| {
        let ([start, end], [head_start, head_end]) = (pair(&points, mention.span), pair(&points, parse.token(mention.head).span));
        MentionLine { start, end, head_start, head_end, kind: mention.referent, form: mention.form, entity: mention.chain }
    };
    MentionsLine { id: &input.id, mentions: parse.mentions().iter().map(line).collect() }
}

// --- annotate -----------------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct AttributionLine<'i> {
    id: &'i str,
    attributions: Vec<AttributionSpans>,
}

#[derive(Serialize)]
struct AttributionSpans {
    source: Vec<[usize; 2]>,
    cue: Vec<[usize; 2]>,
    content: Vec<[usize; 2]>,
}

fn attribution<'i>(input: &'i Input, doc: &Annotated) -> AttributionLine<'i> {
    let points = CodePoints::new(&input.text);
    let spans = |spans: &[Span]| spans.iter().map(|&span| pair(&points, span)).collect();
    let one = |found: &variorum_model::Attribution| AttributionSpans {
        source: spans(&found.source),
        cue: spans(&found.cue),
        content: spans(found.content.spans()),
    };
    // The gold annotators marked no attribution inside the content of another.
    let outermost = doc.annotations.attributions.iter().filter(|found| found.within.is_none());
    AttributionLine { id: &input.id, attributions: outermost.map(one).collect() }
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

fn time<'i>(input: &'i Input, doc: &Annotated) -> TimesLine<'i> {
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
fn places<'i>(input: &'i Input, doc: &Annotated) -> PlacesLine<'i> {
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
fn event<'i>(analyst: &Analyst, input: &'i Input, doc: &Annotated) -> EventLine<'i> {
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

fn actor<'i>(analyst: &Analyst, input: &'i Input) -> ActorLine<'i> {
    let written = |date: &str| date.get(..10).and_then(|date| date.parse().ok()).or_else(|| Date::strptime("%d %B %Y", date).ok());
    let day = input.date.as_deref().and_then(written);
    let (country, sector) = analyst.knowledge.world.actor_code(&input.text, input.context.as_deref().unwrap_or_default(), day);
    ActorLine { id: &input.id, country, sector }
}

// --- reconcile ----------------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct StoryLine<'i> {
    id: &'i str,
    story: String,
}

#[derive(Serialize)]
struct ClustersLine<'i> {
    id: &'i str,
    clusters: Vec<Option<String>>,
}

fn together(task: Task, analyst: &Analyst, inputs: &[Input], kept: &Kept) -> Vec<String> {
    let documents: Vec<Annotated> = inputs.par_iter().map(|input| annotated(analyst, input, kept)).collect();
    let dossier = reconcile(&documents);
    let ids = documents.iter().map(|doc| &doc.document.id);
    match task {
        Task::Stories => stories(&dossier, inputs, ids),
        _ => coreference(&dossier, inputs, ids),
    }
}

fn stories<'d>(dossier: &Dossier, inputs: &[Input], ids: impl Iterator<Item = &'d DocumentId>) -> Vec<String> {
    let by_document: BTreeMap<_, _> =
        dossier.stories.iter().flat_map(|story| story.documents.iter().map(move |id| (id, &story.id))).collect();
    let line = |(input, id): (&Input, &DocumentId)| {
        let story = by_document.get(id).map_or_else(|| format!("none:{}", input.id), ToString::to_string);
        json(&StoryLine { id: &input.id, story })
    };
    inputs.iter().zip(ids).map(line).collect()
}

/// The event whose trigger stands where the mention is.
fn coreference<'d>(dossier: &Dossier, inputs: &[Input], ids: impl Iterator<Item = &'d DocumentId>) -> Vec<String> {
    let mut triggers: BTreeMap<&DocumentId, Vec<(Span, &str)>> = BTreeMap::new();
    for event in &dossier.events {
        for reading in &event.readings {
            let spans = reading.trigger.spans().iter().map(|&span| (span, event.id.as_str()));
            triggers.entry(&reading.document).or_default().extend(spans);
        }
    }
    let line = |(input, id): (&Input, &DocumentId)| {
        let found = triggers.get(id).map(Vec::as_slice).unwrap_or_default();
        let label = |&points: &[usize; 2]| {
            let mention = span_at(&input.text, points)?;
            found.iter().find(|(span, _)| span.overlaps(mention)).map(|(_, event)| (*event).to_owned())
        };
        json(&ClustersLine { id: &input.id, clusters: input.mentions.iter().map(label).collect() })
    };
    inputs.iter().zip(ids).map(line).collect()
}
