//! The tables, and the version of their shape.

use rusqlite::{Connection, params};
use variorum_model::Document;

use crate::{StoreError, failed};

/// Raised with every change of shape; older shapes are brought up to date when they are opened.
const FORMAT: i64 = 1;
/// "Vari", so that no other program's database is taken for ours.
const APPLICATION: i64 = 0x5661_7269;

const TABLES: &str = "
CREATE TABLE format (version INTEGER NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    record TEXT NOT NULL -- the rest, as JSON
);
CREATE TABLE annotations (
    document TEXT PRIMARY KEY REFERENCES documents (id),
    made_by TEXT NOT NULL,
    parse TEXT NOT NULL,
    annotations TEXT NOT NULL
);
CREATE TABLE dossier (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL);
CREATE VIRTUAL TABLE texts USING fts5 (title, text, content = 'documents', content_rowid = 'rowid', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
    INSERT INTO texts (rowid, title, text) VALUES (new.rowid, new.title, new.text);
END;
";

/// Makes the tables of a new file, or checks those of an old one.
pub(crate) fn prepare(path: &str, connection: &Connection) -> Result<(), StoreError> {
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0)).map_err(|source| failed(path, source));
    let n_tables = number("SELECT count(*) FROM sqlite_master")?;
    if n_tables == 0 {
        return create(connection).map_err(|source| failed(path, source));
    }
    if number("PRAGMA application_id")? != APPLICATION {
        return Err(StoreError::Foreign { path: path.into() });
    }
    match number("SELECT version FROM format")? {
        found if found > FORMAT => Err(StoreError::Newer { path: path.into(), found, known: FORMAT }),
        _ => Ok(()),
    }
}

fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.execute_batch(&format!(
        "BEGIN; PRAGMA application_id = {APPLICATION}; {TABLES} INSERT INTO format (version) VALUES ({FORMAT}); COMMIT;"
    ))
}

/// Adds a document. Where its path comes before the one that is there, path and metadata are replaced, and annotations made anew.
pub(crate) fn insert(connection: &Connection, doc: &Document) -> rusqlite::Result<()> {
    let record = json(&Document { text: String::new(), ..doc.clone() });
    let renamed = connection
        .execute("UPDATE documents SET path = ?2, record = ?3 WHERE id = ?1 AND path > ?2", params![doc.id.as_str(), doc.path, record])?;
    if renamed > 0 {
        connection.execute("DELETE FROM annotations WHERE document = ?1", [doc.id.as_str()])?;
    }
    connection.execute(
        "INSERT INTO documents (id, path, title, text, record) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
        params![doc.id.as_str(), doc.path, doc.title.as_deref().unwrap_or_default(), doc.text, record],
    )?;
    Ok(())
}

pub(crate) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("keys are strings")
}
