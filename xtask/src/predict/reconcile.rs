//! Answers that need all texts together: stories, and events across documents.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use variorum::{Analyst, Annotated, Dossier, reconcile};
use variorum_model::{DocumentId, Span};

use super::{Input, Task, annotated, json, span_at};
use crate::kept::Kept;

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

pub(super) fn together(task: Task, analyst: &Analyst, inputs: &[Input], kept: &Kept) -> Vec<String> {
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
