//! What do our own marked texts teach the network about events?
//!
//! Input: files of the corpus. Output: `OUT.jsonl`, a line a text with its words, its mentions, the events marked in it and those that the tables found, all by token;
//! `OUT.f32`, what the trunk makes of each of these words, row by row, from the code that runs. `training/events.py` reads both. A marked participant is every entity
//! of the text that answers to the name. Limits: a participant who is no mention of the text is lost, and counted as `lost`.

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

#[derive(Serialize)]
struct Lesson<'i> {
    name: &'i str,
    words: Vec<&'i str>,
    tags: Vec<&'i str>,
    heads: Vec<Option<u32>>,
    /// Relations to the heads, and lemmas.
    rels: Vec<&'i str>,
    lemmas: Vec<&'i str>,
    /// The sentence of each word.
    sentences: Vec<u32>,
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

/// Writes the lessons of these files.
pub(crate) fn teach(paths: &[PathBuf], out: &Path, profile: Profile, kept: &Kept) -> Result<(), String> {
    let analyst = Analyst::with_profile(profile);
    let items = items(&analyst, paths, kept)?;
    let of_events: Vec<(&Item, &Vec<Expected>)> = items.iter().filter_map(|item| Some((item, marked(item)?))).collect();
    let states: Vec<Vec<f32>> = of_events.par_iter().map(|(item, _)| analyst.states(&item.doc.document)).collect();
    let file = |ending: &str| {
        let path = out.with_extension(ending);
        File::create(&path).map(BufWriter::new).map_err(|error| format!("{}: {error}", path.display()))
    };
    let (mut lines, mut numbers) = (file("jsonl")?, file("f32")?);
    for ((item, marked), states) in of_events.into_iter().zip(states) {
        let lesson = serde_json::to_string(&lesson(item, marked)?).expect("lists of numbers and words");
        writeln!(lines, "{lesson}").map_err(|error| error.to_string())?;
        let bytes: Vec<u8> = states.iter().flat_map(|number| number.to_le_bytes()).collect();
        numbers.write_all(&bytes).map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn marked(item: &Item) -> Option<&Vec<Expected>> {
    item.marked.iter().find(|(stage, _)| stage == "events").map(|(_, marked)| marked)
}

fn lesson<'i>(item: &'i Item, marked: &'i [Expected]) -> Result<Lesson<'i>, String> {
    let (parse, notes, text) = (&item.doc.parse, &item.doc.annotations, &item.doc.document.text);
    let ids = |entities: &[EntityId]| entities.iter().map(|id| id.0).collect();
    Ok(Lesson {
        name: &item.name,
        words: parse.tokens.iter().map(|token| token.span.of(text)).collect(),
        tags: parse.tokens.iter().map(|token| token.upos.as_str()).collect(),
        heads: parse.tokens.iter().map(|token| token.head.map(|head| head.0)).collect(),
        rels: parse.tokens.iter().map(|token| token.deprel.as_str()).collect(),
        lemmas: parse.tokens.iter().map(|token| token.lemma.as_str()).collect(),
        sentences: parse.tokens.iter().map(|token| token.sentence.0).collect(),
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
    })
}

fn of_line<'i>(item: &'i Item, line: &'i Expected) -> Result<Marked<'i>, String> {
    let spans: Vec<Span> = item.spans(line, "trigger")?.unwrap_or_default();
    let trigger = item.doc.parse.token_ids().filter(|id| spans.iter().any(|span| span.overlaps(item.doc.parse.token(*id).span)));
    let (actors, lost) = participants(item, line, "actors");
    let (recipients, also_lost) = participants(item, line, "recipients");
    let label = |field| word(line, field).ok_or_else(|| format!("{}: no {field} in {}", item.name, line.raw));
    Ok(Marked {
        trigger: trigger.map(|id| id.0).collect(),
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
