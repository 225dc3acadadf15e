//! What do our own marked texts teach about who takes part in an event?
//!
//! Input: files of the corpus. Output: `OUT.jsonl`, a line a text, with each event found in it that answers to a marked one: everybody who may take part in it with his traits, what the network
//! says of him, and which of the marked participants he is. `training/parties.py` reads it. Limits: the network has been taught by most of these texts, so what it says there
//! is no guide to what it is worth. Whether an event is found hangs a little on who takes part by today's table: fitted again from lessons that the new table gives, weights move slightly.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde::Serialize;
use variorum::{Analyst, Profile, lines::Value};
use variorum_annotate::{
    actors::actors,
    events::{Candidate, Considered, considered},
};
use variorum_cases::expect::Expected;

use super::marked;
use crate::{
    kept::Kept,
    measure::{Item, items, names::is_same_somebody, overlapping},
};

#[derive(Serialize)]
struct Text<'i> {
    name: &'i str,
    events: Vec<Lesson>,
}

/// An event that was found and is marked.
#[derive(Serialize)]
struct Lesson {
    /// How many are marked on either side.
    n_actors: usize,
    n_recipients: usize,
    is_meeting: bool,
    candidates: Vec<Somebody>,
}

#[derive(Serialize)]
struct Somebody {
    /// Which of the marked actors he is, and which of the recipients.
    actor: Option<usize>,
    recipient: Option<usize>,
    does: f32,
    undergoes: f32,
    traits: Vec<String>,
}

/// Writes the lessons of these files.
pub(crate) fn teach(paths: &[PathBuf], out: &Path, profile: Profile, kept: &Kept) -> Result<(), String> {
    let analyst = Analyst::with_profile(profile);
    let items = items(&analyst, paths, kept)?;
    let of_events: Vec<(&Item, &Vec<Expected>)> = items.iter().filter_map(|item| Some((item, marked(item, "events")?))).collect();
    let texts = of_events.par_iter().map(|(item, marked)| text(&analyst, item, marked)).collect::<Result<Vec<_>, _>>()?;
    let path = out.with_extension("jsonl");
    let problem = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut file = BufWriter::new(File::create(&path).map_err(problem)?);
    for text in &texts {
        writeln!(file, "{}", serde_json::to_string(text).expect("lists of numbers and words")).map_err(problem)?;
    }
    file.flush().map_err(problem)
}

fn text<'i>(analyst: &Analyst, item: &'i Item, marked: &[Expected]) -> Result<Text<'i>, String> {
    let found = &item.doc.annotations.events;
    let triggers: Vec<Vec<usize>> = found.iter().map(|event| item.words(event.trigger_spans.spans())).collect();
    let pairs = overlapping(&item.marked_words(marked, "trigger")?, &triggers);
    let considered = of_item(analyst, item);
    let both = marked.iter().zip(pairs).filter_map(|(line, found)| Some((line, found?)));
    let lesson = |(line, i): (&Expected, usize)| {
        let considered = considered.iter().find(|considered| considered.trigger == found[i].trigger)?;
        Some(lesson(item, line, considered))
    };
    Ok(Text { name: &item.name, events: both.filter_map(lesson).collect() })
}

fn of_item(analyst: &Analyst, item: &Item) -> Vec<Considered> {
    let (knowledge, doc, parse, notes) = (&analyst.knowledge, &item.doc.document, &item.doc.parse, &item.doc.annotations);
    let actors = actors(&knowledge.world, doc, parse, &notes.places);
    considered(&knowledge.events, doc, parse, &actors, &notes.attributions, &notes.times, &notes.places)
}

fn lesson(item: &Item, line: &Expected, considered: &Considered) -> Lesson {
    let (actors, recipients) = (named(line, "actors"), named(line, "recipients"));
    let somebody = |candidate: &Candidate| {
        let (does, undergoes) = candidate.by_network.unwrap_or_default();
        let [actor, recipient] = [&actors, &recipients].map(|names| which(item, names, candidate, &considered.candidates));
        Somebody { actor, recipient, does, undergoes, traits: candidate.traits.clone() }
    };
    Lesson {
        n_actors: actors.len(),
        n_recipients: recipients.len(),
        is_meeting: considered.is_meeting,
        candidates: considered.candidates.iter().map(somebody).collect(),
    }
}

/// To which of the names somebody answers. The founder of a bank and the bank both answer to "founder of the bank": whoever is told in the other's phrase is not he.
fn which(item: &Item, names: &[&str], somebody: &Candidate, all: &[Candidate]) -> Option<usize> {
    let answers = |candidate: &Candidate, name: &str| is_same_somebody(item, candidate.entity, name);
    let is_outdone = |name: &str| somebody.is_inside() && all.iter().any(|other| !other.is_inside() && answers(other, name));
    names.iter().position(|name| answers(somebody, name) && !is_outdone(name))
}

/// The names that a line gives; `none` is nobody.
fn named<'l>(line: &'l Expected, field: &str) -> Vec<&'l str> {
    let name = |value: &'l Value| match value {
        Value::Quote(name, _) => Some(name.as_str()),
        Value::Word(_) => None,
    };
    line.values(field).unwrap_or_default().iter().filter_map(name).collect()
}
