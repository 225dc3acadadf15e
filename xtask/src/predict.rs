//! What does the program answer where others have marked what is right?
//!
//! Input: lines that `score.py input` made, gold stripped. Output: the lines that `score.py score` scores, from the same code as `variorum read`. Offsets are
//! code points. Example: `{"id":"1","mentions":[{"start":0,"end":4,"type":"PER"}]}`. A task with nothing to say answers with empty lists.

mod annotate;
mod language;
mod reconcile;

use std::{fs, io::Write, path::Path};

use clap::ValueEnum;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use variorum::{Analyst, Annotated, Document, Profile, reading::Reading, render::points::CodePoints};
use variorum_model::{Block, BlockKind, DocumentId, Span};

use crate::kept::Kept;

#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Task {
    Language,
    Ner,
    /// Phrases that refer, with their chains: scored by `training/score_coreference.py`
    Mentions,
    Attribution,
    Time,
    /// The type of the event between two given spans
    Events,
    /// Every event of a text with its participants' codes: scored by `training/score_coding.py`
    Coding,
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
        Task::Stories | Task::Coreference => reconcile::together(task, &analyst, &inputs, kept),
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
        Task::Language => json(&language::language(input, &analyst.language.parse(&input.text))),
        Task::Ner => json(&language::ner(input, &analyst.language.parse(&input.text))),
        Task::Mentions => json(&language::mentions(input, &analyst.language.parse(&input.text))),
        Task::Attribution => json(&annotate::attribution(input, &annotated(analyst, input, kept))),
        Task::Time => json(&annotate::time(input, &annotated(analyst, input, kept))),
        Task::Places => json(&annotate::places(input, &annotated(analyst, input, kept))),
        Task::Events => json(&annotate::event(analyst, input, &kept.annotate(analyst, plain(input)))),
        Task::Coding => annotate::coding(input, &annotated(analyst, input, kept)),
        Task::Actors => json(&annotate::actor(analyst, input)),
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
