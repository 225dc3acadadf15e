//! What do our own marked texts teach the network about events?
//!
//! Input: files of the corpus. Output: `OUT.jsonl`, a line a text with its words, its mentions, the events marked in it and those that the tables found, all by token;
//! `OUT.f32`, what the trunk makes of each of these words, row by row, from the code that runs. `training/events.py` reads both. A marked participant is every entity
//! of the text that answers to the name. Limits: a participant who is no mention of the text is lost, and counted as `lost`.

pub(crate) mod figures;
pub(crate) mod parties;

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde::Serialize;
use variorum::{Analyst, Profile, lines::Value};
use variorum_cases::expect::Expected;
use variorum_model::{EntityId, EventStatus, Span};

use crate::{
    kept::Kept,
    measure::{Item, items, names::is_same_somebody, word},
};

/// The words of a text with their trees.
#[derive(Serialize)]
struct Trees<'i> {
    name: &'i str,
    words: Vec<&'i str>,
    tags: Vec<&'i str>,
    heads: Vec<Option<u32>>,
    /// Relations to the heads, and lemmas.
    rels: Vec<&'i str>,
    lemmas: Vec<&'i str>,
    /// The sentence of each word.
    sentences: Vec<u32>,
}

impl<'i> Trees<'i> {
    fn of(item: &'i Item) -> Self {
        let (parse, text) = (&item.doc.parse, &item.doc.document.text);
        Self {
            name: &item.name,
            words: parse.tokens.iter().map(|token| token.span.of(text)).collect(),
            tags: parse.tokens.iter().map(|token| token.upos.as_str()).collect(),
            heads: parse.tokens.iter().map(|token| token.head.map(|head| head.0)).collect(),
            rels: parse.tokens.iter().map(|token| token.deprel.as_str()).collect(),
            lemmas: parse.tokens.iter().map(|token| token.lemma.as_str()).collect(),
            sentences: parse.tokens.iter().map(|token| token.sentence.0).collect(),
        }
    }
}

#[derive(Serialize)]
struct Lesson<'i> {
    #[serde(flatten)]
    trees: Trees<'i>,
    /// The head word and the entity of each mention.
    mentions: Vec<(u32, u32)>,
    marked: Vec<Marked<'i>>,
    found: Vec<Found>,
}

#[derive(Serialize)]
struct Marked<'i> {
    /// The words of the trigger.
    trigger: Vec<u32>,
    #[serde(rename = "type")]
    kind: &'i str,
    status: &'i str,
    actors: Vec<u32>,
    recipients: Vec<u32>,
    /// Participants who are no entity of the text.
    lost: usize,
}

#[derive(Serialize)]
struct Found {
    trigger: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    status: EventStatus,
    actors: Vec<u32>,
    recipients: Vec<u32>,
}

/// Writes the lessons of these files about events.
pub(crate) fn teach(paths: &[PathBuf], out: &Path, profile: Profile, kept: &Kept) -> Result<(), String> {
    write(paths, out, profile, kept, &["events"], of_events)
}

/// A lesson, as a line of JSON, for each text in which one of these is marked, and what the trunk makes of its words.
fn write(
    paths: &[PathBuf],
    out: &Path,
    profile: Profile,
    kept: &Kept,
    stages: &[&str],
    lesson: fn(&Item, &[Expected]) -> Result<String, String>,
) -> Result<(), String> {
    let analyst = Analyst::with_profile(profile);
    let items = items(&analyst, paths, kept)?;
    // What is taken for another language than English is not read.
    let read = items.iter().filter(|item| !item.doc.parse.tokens.is_empty());
    let marked: Vec<(&Item, &Vec<Expected>)> =
        read.filter_map(|item| Some((item, stages.iter().find_map(|stage| marked(item, stage))?))).collect();
    let states: Vec<Vec<f32>> = marked.par_iter().map(|(item, _)| analyst.states(&item.doc.document)).collect();
    let file = |ending: &str| {
        let path = out.with_extension(ending);
        File::create(&path).map(BufWriter::new).map_err(|error| format!("{}: {error}", path.display()))
    };
    let (mut lines, mut numbers) = (file("jsonl")?, file("f32")?);
    for ((item, marked), states) in marked.into_iter().zip(states) {
        writeln!(lines, "{}", lesson(item, marked)?).map_err(|error| error.to_string())?;
        let bytes: Vec<u8> = states.iter().flat_map(|number| number.to_le_bytes()).collect();
        numbers.write_all(&bytes).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn marked<'i>(item: &'i Item, stage: &str) -> Option<&'i Vec<Expected>> {
    item.marked.iter().find(|(name, _)| name == stage).map(|(_, marked)| marked)
}

fn of_events(item: &Item, marked: &[Expected]) -> Result<String, String> {
    let notes = &item.doc.annotations;
    let ids = |entities: &[EntityId]| entities.iter().map(|id| id.0).collect();
    let lesson = Lesson {
        trees: Trees::of(item),
        mentions: notes.mentions.iter().map(|mention| (mention.head.0, mention.entity.0)).collect(),
        marked: marked.iter().map(|line| of_line(item, line)).collect::<Result<_, _>>()?,
        found: notes
            .events
            .iter()
            .map(|event| Found {
                trigger: event.trigger.0,
                kind: event.kind.as_str(),
                status: event.status,
                actors: ids(&event.actors),
                recipients: ids(&event.recipients),
            })
            .collect(),
    };
    Ok(serde_json::to_string(&lesson).expect("lists of numbers and words"))
}

/// The words that a field of a line marks.
fn words_of(item: &Item, line: &Expected, field: &str) -> Result<Vec<u32>, String> {
    let spans: Vec<Span> = item.spans(line, field)?.unwrap_or_default();
    let marked = item.doc.parse.token_ids().filter(|id| spans.iter().any(|span| span.overlaps(item.doc.parse.token(*id).span)));
    Ok(marked.map(|id| id.0).collect())
}

fn of_line<'i>(item: &'i Item, line: &'i Expected) -> Result<Marked<'i>, String> {
    let (actors, lost) = participants(item, line, "actors");
    let (recipients, also_lost) = participants(item, line, "recipients");
    let label = |field| word(line, field).ok_or_else(|| format!("{}: no {field} in {}", item.name, line.raw));
    Ok(Marked {
        trigger: words_of(item, line, "trigger")?,
        kind: label("type")?,
        status: label("status")?,
        actors,
        recipients,
        lost: lost + also_lost,
    })
}

/// Every entity that answers to a name of the line, and how many names nobody answers to.
fn participants(item: &Item, line: &Expected, field: &str) -> (Vec<u32>, usize) {
    let (mut entities, mut lost) = (Vec::new(), 0);
    for value in line.values(field).unwrap_or_default() {
        let Value::Quote(name, _) = value else { continue };
        let all = (0..item.doc.annotations.entities.len() as u32).filter(|&id| is_same_somebody(item, EntityId(id), name));
        let named: Vec<u32> = all.collect();
        lost += usize::from(named.is_empty());
        entities.extend(named);
    }
    entities.sort_unstable();
    entities.dedup();
    (entities, lost)
}
