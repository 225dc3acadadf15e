//! Annotations of many documents to one dossier.
//!
//! Input: documents, each with its parse and annotations. Output: a [`Dossier`], the same for any order of the input.
//! Readings are referenced, never merged away: what each document says, and on whose word, survives.
//!
//! [`reconcile`] is one straight line: actors, stories, dates, lineage, then events, statements and figures with their origins, then findings.

mod actors;
mod clues;
mod affairs;
mod cluster;
mod corpus;
mod dates;
mod dossier;
mod events;
mod figures;
mod findings;
mod lineage;
mod origins;
mod statements;
mod stories;
mod transliteration;
mod terms;
mod topics;
mod when;
mod words;

use variorum_model::{Annotations, Document, Dossier, Parse};

use crate::{corpus::Corpus, words::Weights};

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
    let cast = actors::cast(&corpus);
    let stories = stories::stories(&corpus, &weights);
    let published = dates::publication_dates(&corpus, &cast, &stories);
    let descent = lineage::descent(&corpus, &cast, &stories, &published);
    let events = events::events(&corpus, &cast, &stories, &published, &descent);
    let statements = statements::statements(&corpus, &cast, &stories, &published, &descent, &weights);
    let figures = figures::figures(&corpus, &cast, &stories, &published, &descent);
    let records = findings::Records { events: &events, statements: &statements, figures: &figures };
    let findings = findings::findings(&corpus, &cast, &published, &descent, &records);
    dossier::assemble(&corpus, &cast, &stories, &published, &descent, dossier::Parts { events, statements, figures, findings })
}
