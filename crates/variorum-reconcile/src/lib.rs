//! Annotations of many documents to one dossier.

use variorum_model::{Annotations, Document, Dossier, Parse};

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

/// Brings documents together. The order of `documents` does not matter.
pub fn reconcile(_documents: &[Annotated]) -> Dossier {
    Dossier::default()
}
