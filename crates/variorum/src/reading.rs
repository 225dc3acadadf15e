//! Which documents do these paths hold?
//!
//! Input: files, folders and `-`, as the user wrote them. Output: documents, each once, in the order of their paths; and what could not be read,
//! so that one bad file loses nothing else. Example: a folder gives its `.txt`, `.md`, `.jsonl` and `.html` files, sorted, sub-folders too.
//! Limits: a file named outright is read whatever its ending; nothing is fetched.

use std::{
    collections::BTreeSet,
    fs, io,
    io::Read,
    path::{MAIN_SEPARATOR, Path},
};

use thiserror::Error;
use variorum_ingest::{IngestError, Origin};
use variorum_model::Document;

/// Endings of the files that are looked for in folders.
pub const ENDINGS: &[&str] = &["txt", "md", "jsonl", "ndjson", "html", "htm"];

/// What paths hold.
#[derive(Debug, Default)]
pub struct Reading {
    /// Each once.
    pub documents: Vec<Document>,
    /// What could not be read, in order.
    pub problems: Vec<ReadError>,
}

/// Why something could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Nothing is there.
    #[error("{path}: there is no such file or folder")]
    Missing {
        /// Where.
        path: String,
    },
    /// A folder without a report.
    #[error("{path}: the folder holds no report (looked for .{})", ENDINGS.join(", ."))]
    EmptyFolder {
        /// Where.
        path: String,
    },
    /// The system says no.
    #[error("{path}: cannot be read: {source}")]
    System {
        /// Where.
        path: String,
        /// What it says.
        source: io::Error,
    },
    /// The bytes hold no document.
    #[error(transparent)]
    Ingest(#[from] IngestError),
}

/// Reads every path; standard input is read where a path is `-`.
pub fn read(paths: &[String]) -> Reading {
    let mut reading = Reading::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        match files(path) {
            Ok(files) => files.iter().filter(|file| seen.insert((*file).clone())).for_each(|file| reading.add_file(file)),
            Err(problem) => reading.problems.push(problem),
        }
    }
    reading.documents = distinct(std::mem::take(&mut reading.documents));
    reading
}

/// Each document once, in the order of their paths: the same text read twice is one document.
pub fn distinct(mut documents: Vec<Document>) -> Vec<Document> {
    documents.sort_by(|a, b| (&a.path, &a.id).cmp(&(&b.path, &b.id)));
    let mut seen = BTreeSet::new();
    documents.retain(|doc| seen.insert(doc.id.clone()));
    documents
}

impl Reading {
    fn add_file(&mut self, path: &str) {
        match bytes(path) {
            Ok(bytes) => self.add(path, &bytes),
            Err(source) => self.problems.push(ReadError::System { path: path.into(), source }),
        }
    }

    /// Adds the documents these bytes hold.
    pub fn add(&mut self, path: &str, bytes: &[u8]) {
        for document in variorum_ingest::documents(&Origin { path: path.into() }, bytes) {
            match document {
                Ok(document) => self.documents.push(told(document)),
                Err(error) => self.problems.push(error.into()),
            }
        }
    }
}

/// With its language: what the text tells goes before what the file says of itself.
fn told(document: Document) -> Document {
    let language = variorum_language::identify(&document.text).map(str::to_owned).or(document.language);
    Document { language, ..document }
}

fn bytes(path: &str) -> io::Result<Vec<u8>> {
    if path != "-" {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files a path stands for.
fn files(path: &str) -> Result<Vec<String>, ReadError> {
    if path == "-" {
        return Ok(vec![path.into()]);
    }
    let metadata = fs::metadata(path).map_err(|source| unreadable(path, source))?;
    if !metadata.is_dir() {
        return Ok(vec![path.into()]);
    }
    let mut found = Vec::new();
    walk(Path::new(path), &mut found).map_err(|source| unreadable(path, source))?;
    if found.is_empty() { Err(ReadError::EmptyFolder { path: path.into() }) } else { Ok(found) }
}

fn unreadable(path: &str, source: io::Error) -> ReadError {
    let path = path.to_owned();
    if source.kind() == io::ErrorKind::NotFound { ReadError::Missing { path } } else { ReadError::System { path, source } }
}

/// Files below a folder in sorted order; hidden ones and links to folders are left out, so that the walk ends.
fn walk(folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            walk(&path, found)?;
        } else if is_report(&path) {
            // Written with `/` everywhere, so that a dossier does not depend on the system.
            found.push(path.to_string_lossy().replace(MAIN_SEPARATOR, "/"));
        }
    }
    Ok(())
}

fn is_report(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    path.is_file() && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}
