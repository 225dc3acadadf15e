//! Annotations of many documents to one dossier.
//!
//! Input: documents, each with its parse and annotations. Output: a [`Dossier`], the same for any order of the input.
//! Readings are referenced, never merged away: what each document says, and on whose word, survives.
//!
//! [`reconcile`] is one straight line: actors, stories, dates, lineage, then events, statements and figures with their origins, then findings.

mod actors;
mod affairs;
mod claims;
mod clues;
mod cluster;
mod contrasts;
mod corpus;
mod dates;
mod dossier;
mod events;
mod familiar;
mod figures;
mod findings;
mod lineage;
mod naming;
mod offices;
mod origins;
mod outlets;
mod statements;
mod stories;
mod tellings;
mod terms;
mod topics;
mod transliteration;
mod when;
mod words;

use std::collections::BTreeMap;

use variorum_model::{Annotations, Document, DocumentId, Dossier, Parse, Span};

use crate::{corpus::Corpus, tellings::Yardstick, words::Weights};

/// One document with everything derived from it alone.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The text.
    pub document: Document,
    /// Its words.
    pub parse: Parse,
    /// What it says.
    pub annotations: Annotations,
}

/// Brings documents together. The order of `documents` does not matter; a document given twice counts once.
pub fn reconcile(documents: &[Annotated]) -> Dossier {
    let weights = Weights::bundled();
    let corpus = Corpus::new(documents);
    let stories = stories::stories(&corpus, &weights);
    let cast = actors::cast(&corpus, &stories);
    let yardstick = Yardstick::new(&corpus, &cast, &weights);
    let published = dates::publication_dates(&yardstick, &stories);
    let descent = lineage::descent(&corpus, &cast, &stories, &published, &weights);
    let events = events::events(&yardstick, &stories, &published, &descent);
    let statements = statements::statements(&corpus, &cast, &stories, &published, &descent, &weights);
    let figures = figures::figures(&corpus, &cast, &stories, &published, &descent);
    let records = findings::Records { events: &events, statements: &statements, figures: &figures };
    let findings = findings::findings(&corpus, &cast, &stories, &published, &descent, &weights, &records);
    dossier::assemble(&corpus, &cast, &stories, &published, &descent, dossier::Parts { events, statements, figures, findings })
}

/// Which given words of several documents name one happening: the likeness that brings the events of a dossier together, asked about spans from elsewhere. Documents
/// come with their spans; the answer is in the order of `documents`, a number for each span, equal for one happening.
pub fn coreference(documents: &[(Annotated, Vec<Span>)]) -> Vec<Vec<usize>> {
    let annotated: Vec<Annotated> = documents.iter().map(|(document, _)| document.clone()).collect();
    let by_id: BTreeMap<&DocumentId, &Vec<Span>> = documents.iter().map(|(annotated, spans)| (&annotated.document.id, spans)).collect();
    let weights = Weights::bundled();
    let corpus = Corpus::new(&annotated);
    let stories = stories::stories(&corpus, &weights);
    let cast = actors::cast(&corpus, &stories);
    let spans: Vec<Vec<Span>> = corpus.ids().map(|doc| by_id[&corpus.doc(doc).id].clone()).collect();
    let numbers = tellings::numbered(&Yardstick::new(&corpus, &cast, &weights), &stories.groups, &spans);
    let order: BTreeMap<&DocumentId, usize> = corpus.ids().map(|doc| (&corpus.doc(doc).id, doc.0)).collect();
    documents.iter().map(|(annotated, _)| numbers[order[&annotated.document.id]].clone()).collect()
}
