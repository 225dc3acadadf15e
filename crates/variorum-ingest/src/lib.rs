//! Bytes to documents.

use thiserror::Error;
use variorum_model::Document;

/// What the caller knows of the bytes.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Where they came from, as the user wrote it.
    pub path: String,
}

/// Why bytes hold no document.
#[derive(Debug, Error)]
pub enum IngestError {
    /// Nothing but white space.
    #[error("{path}: the file is empty")]
    Empty {
        /// Where.
        path: String,
    },
}

/// Documents of one file, and what is wrong with the rest of it: a bad line of JSON does not lose the others.
pub fn documents(_origin: &Origin, _bytes: &[u8]) -> Vec<Result<Document, IngestError>> {
    Vec::new()
}
