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
    match task {
        Task::Stories => stories(&reconcile(&documents), inputs, documents.iter().map(|doc| &doc.document.id)),
        _ => coreference(documents, inputs),
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

/// A number for each mention, the same for those of one happening.
fn coreference(documents: Vec<Annotated>, inputs: &[Input]) -> Vec<String> {
    // A mention whose span leaves the text has no number.
    let spans: Vec<Vec<Option<Span>>> =
        inputs.iter().map(|input| input.mentions.iter().map(|points| span_at(&input.text, *points)).collect()).collect();
    let given: Vec<(Annotated, Vec<Span>)> =
        documents.into_iter().zip(&spans).map(|(document, spans)| (document, spans.iter().copied().flatten().collect())).collect();
    let line = |((input, spans), numbers): ((&Input, &Vec<Option<Span>>), Vec<usize>)| {
        let mut numbers = numbers.into_iter();
        let clusters = spans.iter().map(|span| span.and_then(|_| numbers.next()).map(|number| number.to_string())).collect();
        json(&ClustersLine { id: &input.id, clusters })
    };
    inputs.iter().zip(&spans).zip(variorum::coreference(&given)).map(line).collect()
}
