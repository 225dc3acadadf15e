//! Documents, annotations and dossiers in one SQLite file.
//!
//! How are reports kept, so that more can be read beside them later? Input: documents with what was derived from each. Output: the same, byte for byte,
//! and a full-text index over the texts. This is the only crate that knows files on disk and their versions.
//!
//! ```no_run
//! use variorum_store::Store;
//! let store = Store::open("affair.db".as_ref()).unwrap();
//! for hit in store.search("ferry AND harbour", 10).unwrap() {
//!     println!("{}: {}", hit.path, hit.snippet);
//! }
//! ```
//!
//! Documents are never changed. Annotations carry the name of the program that made them, so that another one makes them anew. Limits: one writer at
//! a time; what is derived is kept as JSON, and is not queried column by column.

mod schema;

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use thiserror::Error;
use variorum_model::{Annotations, Document, DocumentId, Parse};

/// One SQLite file.
#[derive(Debug)]
pub struct Store {
    path: String,
    connection: Connection,
}

/// A document with everything derived from it alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The text.
    pub document: Document,
    /// Its words.
    pub parse: Parse,
    /// What it says.
    pub annotations: Annotations,
}

/// A document that holds the words searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its id.
    pub document: String,
    /// Where it was read from.
    pub path: String,
    /// The words in their context, `[`marked`]`.
    pub snippet: String,
}

/// Why a store cannot be used.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Some other file.
    #[error("cannot read store {path:?}: file is not SQLite")]
    NotSqlite {
        /// Where.
        path: String,
    },
    /// A database of another program.
    #[error("cannot read store {path:?}: it is a database of another program")]
    Foreign {
        /// Where.
        path: String,
    },
    /// Made by a later version.
    #[error("cannot read store {path:?}: its format is {found}, this version knows {known}")]
    Newer {
        /// Where.
        path: String,
        /// Its format.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// A record that this version does not understand.
    #[error("cannot read store {path:?}: {what}: {source}")]
    Record {
        /// Where.
        path: String,
        /// Which record.
        what: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// Anything else SQLite says: locked, full, read-only.
    #[error("cannot use store {path:?}: {source}")]
    Sqlite {
        /// Where.
        path: String,
        /// What it says.
        source: rusqlite::Error,
    },
}

impl Store {
    /// Opens a store, or makes a new one where there is no file.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let name = path.display().to_string();
        let connection = Connection::open(path).map_err(|source| failed(&name, source))?;
        schema::prepare(&name, &connection)?;
        Ok(Self { path: name, connection })
    }

    /// Adds documents; one that is there stays as it is, but for the path: the first in order of paths names it, as where all are read at once.
    pub fn add(&mut self, documents: &[Document]) -> Result<(), StoreError> {
        let path = self.path.clone();
        let transaction = self.connection.transaction().map_err(|source| failed(&path, source))?;
        for doc in documents {
            schema::insert(&transaction, doc).map_err(|source| failed(&path, source))?;
        }
        transaction.commit().map_err(|source| failed(&path, source))
    }

    /// The documents that `made_by` has not annotated, in order of their paths.
    pub fn unannotated(&self, made_by: &str) -> Result<Vec<Document>, StoreError> {
        let query =
            "SELECT record, text FROM documents WHERE id NOT IN (SELECT document FROM annotations WHERE made_by = ?1) ORDER BY path, id";
        let rows = self.rows(query, [made_by], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        rows.into_iter().map(|(record, text)| self.document(&record, text)).collect()
    }

    /// Keeps what `made_by` derived from a document, in place of what was derived before.
    pub fn annotate(&mut self, made_by: &str, id: &DocumentId, parse: &Parse, annotations: &Annotations) -> Result<(), StoreError> {
        let query = "INSERT OR REPLACE INTO annotations (document, made_by, parse, annotations) VALUES (?1, ?2, ?3, ?4)";
        let values = params![id.as_str(), made_by, schema::json(parse), schema::json(annotations)];
        self.connection.execute(query, values).map(|_| ()).map_err(|source| failed(&self.path, source))
    }

    /// Every annotated document, in order of their paths.
    pub fn all(&self) -> Result<Vec<Stored>, StoreError> {
        let query = "SELECT record, text, parse, annotations FROM documents JOIN annotations ON document = id ORDER BY path, id";
        let rows = self.rows(query, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?]))?;
        let stored = |[record, text, parse, annotations]: [String; 4]| {
            let document = self.document(&record, text)?;
            let parse = self.record("parse", &parse)?;
            Ok(Stored { document, parse, annotations: self.record("annotations", &annotations)? })
        };
        rows.into_iter().map(stored).collect()
    }

    /// Keeps the dossier of all documents, as JSON.
    pub fn set_dossier(&mut self, json: &str) -> Result<(), StoreError> {
        let query = "INSERT OR REPLACE INTO dossier (id, json) VALUES (1, ?1)";
        self.connection.execute(query, [json]).map(|_| ()).map_err(|source| failed(&self.path, source))
    }

    /// The dossier last kept.
    pub fn dossier(&self) -> Result<Option<String>, StoreError> {
        let row = self.connection.query_row("SELECT json FROM dossier WHERE id = 1", [], |row| row.get(0));
        row.optional().map_err(|source| failed(&self.path, source))
    }

    /// Documents whose title or text matches an FTS5 query, best first.
    pub fn search(&self, query: &str, most: usize) -> Result<Vec<Hit>, StoreError> {
        let sql = "SELECT id, path, snippet(texts, -1, '[', ']', ' … ', 12) FROM texts JOIN documents ON documents.rowid = texts.rowid \
                   WHERE texts MATCH ?1 ORDER BY rank, id LIMIT ?2";
        let hit = |row: &rusqlite::Row<'_>| Ok(Hit { document: row.get(0)?, path: row.get(1)?, snippet: row.get(2)? });
        self.rows(sql, params![query, i64::try_from(most).unwrap_or(i64::MAX)], hit)
    }

    fn rows<T>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let read_all = || -> rusqlite::Result<Vec<T>> {
            let mut statement = self.connection.prepare_cached(query)?;
            statement.query_map(values, read)?.collect()
        };
        read_all().map_err(|source| failed(&self.path, source))
    }

    fn document(&self, record: &str, text: String) -> Result<Document, StoreError> {
        let document: Document = self.record("document", record)?;
        Ok(Document { text, ..document })
    }

    fn record<T: serde::de::DeserializeOwned>(&self, what: &str, json: &str) -> Result<T, StoreError> {
        serde_json::from_str(json).map_err(|source| StoreError::Record { path: self.path.clone(), what: what.into(), source })
    }
}

fn failed(path: &str, source: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    if source.sqlite_error_code() == Some(ErrorCode::NotADatabase) {
        StoreError::NotSqlite { path }
    } else {
        StoreError::Sqlite { path, source }
    }
}
