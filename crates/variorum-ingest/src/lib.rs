//! Bytes to documents.
//!
//! What is in these bytes, who published it and when, and what is each line for? Input: bytes and where they come from. Output: [`Document`]s whose text is
//! the bytes as decoded (for web pages: the article's lines), never changed afterwards, with blocks, publisher, by-line, date and credits.
//!
//! ```
//! use variorum_ingest::{Origin, documents};
//! use variorum_model::BlockKind;
//! let text = "The Harbour Ledger\nFerry lost off the cape in the night\n3 May 2024\n\nA ferry sank off the cape on Friday, the coast guard said.\n\nRead next: Star weds";
//! let document = documents(&Origin::at("ferry.txt"), text.as_bytes()).remove(0).unwrap();
//! assert_eq!(document.publisher.as_deref(), Some("The Harbour Ledger"));
//! assert_eq!(document.title.as_deref(), Some("Ferry lost off the cape in the night"));
//! assert_eq!(document.published.unwrap().range.earliest().to_string(), "2024-05-03");
//! assert_eq!(document.blocks.last().unwrap().kind, BlockKind::Link);
//! ```
//!
//! The way through: [`encoding`](self) → format (JSON Lines, HTML, plain text) → pieces → blocks → publisher, date, by-line, credits.
//! Limits: no PDF, no word processor's files, no pages written by scripts; what furniture looks like is known for English.

mod blocks;
mod boilerplate;
mod captions;
mod credits;
mod dates;
mod encoding;
mod given;
mod html;
mod pieces;
mod published;
mod publisher;
mod words;

use thiserror::Error;
use variorum_model::{Basis, Block, BlockKind, Dated, Document, DocumentId};

use crate::{
    given::{Given, Record},
    pieces::Piece,
};

/// What the caller knows of the bytes.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Where they came from, as the user wrote it; `-` for standard input. Its extension tells the format; without one the bytes do.
    pub path: String,
}

impl Origin {
    /// Bytes of a file.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: path.into() }
    }
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
    /// A picture, an archive, a program, a PDF.
    #[error("{path}: the file is binary, not text")]
    Binary {
        /// Where.
        path: String,
    },
    /// A web page larger than any article.
    #[error("{path}: the page has {bytes} bytes, more than the {most} that are read")]
    TooLarge {
        /// Where.
        path: String,
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// A web page whose elements are never closed, by the thousand.
    #[error("{path}: the markup of the page is broken beyond repair")]
    BrokenMarkup {
        /// Where.
        path: String,
    },
    /// A line that is not a JSON object with the right fields.
    #[error("{path}: line {line}: {source}")]
    Json {
        /// Where.
        path: String,
        /// From 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A JSON object with no text in it.
    #[error("{path}: line {line}: the record has no \"text\"")]
    NoText {
        /// Where.
        path: String,
        /// From 1.
        line: usize,
    },
}

/// Larger pages are not articles, and broken ones of that size take long to repair.
const MOST_HTML: usize = 16 << 20;

/// Documents of one file, and what is wrong with the rest of it: a bad line of JSON does not lose the others.
pub fn documents(origin: &Origin, bytes: &[u8]) -> Vec<Result<Document, IngestError>> {
    let path = origin.path.as_str();
    let format = Format::of(path, bytes);
    let declared = if format == Format::Html { html::declared_encoding(bytes) } else { None };
    let Some(text) = encoding::decode(bytes, declared.as_deref()) else {
        return vec![Err(IngestError::Binary { path: path.to_owned() })];
    };
    if text.trim().is_empty() {
        return vec![Err(IngestError::Empty { path: path.to_owned() })];
    }
    match format {
        Format::Plain => vec![plain(path, text)],
        Format::Html => vec![web_page(path, &text)],
        Format::JsonLines => json_lines(path, &text),
    }
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Format {
    Plain,
    Html,
    JsonLines,
}

impl Format {
    /// By extension; without a known one, by the first characters.
    fn of(path: &str, bytes: &[u8]) -> Self {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        match name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
            Some("txt" | "md" | "markdown" | "text") => Self::Plain,
            Some("jsonl" | "ndjson" | "json") => Self::JsonLines,
            Some("html" | "htm" | "xhtml") => Self::Html,
            _ => Self::sniffed(bytes),
        }
    }

    fn sniffed(bytes: &[u8]) -> Self {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start_matches('\u{feff}').trim_start().to_lowercase();
        match () {
            () if start.starts_with("<!doctype html") || start.starts_with("<html") => Self::Html,
            () if start.starts_with('{') && start.contains('"') => Self::JsonLines,
            () => Self::Plain,
        }
    }
}

fn plain(path: &str, text: String) -> Result<Document, IngestError> {
    let matter = given::front_matter(&text);
    let pieces = pieces::pieces(&text, matter.end);
    document(path, text, &pieces, matter.given)
}

fn web_page(path: &str, source: &str) -> Result<Document, IngestError> {
    if source.len() > MOST_HTML {
        return Err(IngestError::TooLarge { path: path.to_owned(), bytes: source.len(), most: MOST_HTML });
    }
    if !html::is_readable(source) {
        return Err(IngestError::BrokenMarkup { path: path.to_owned() });
    }
    let page = html::page(source);
    let pieces = pieces::marked_pieces(&page.text, &page.hints);
    document(path, page.text, &pieces, page.given)
}

/// One document a line; a file that is one array or one object over several lines is read too.
fn json_lines(path: &str, text: &str) -> Vec<Result<Document, IngestError>> {
    if let Some(records) = whole_json(text) {
        return records.into_iter().enumerate().map(|(i, record)| json_document(path, i + 1, record)).collect();
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(i, line): (usize, &str)| match serde_json::from_str::<Record>(line.trim_start_matches('\u{feff}')) {
        Ok(record) => json_document(path, i + 1, record),
        Err(source) => Err(IngestError::Json { path: path.to_owned(), line: i + 1, source }),
    };
    lines.map(read).collect()
}

/// An array of records, or one record written over several lines.
fn whole_json(text: &str) -> Option<Vec<Record>> {
    let text = text.trim();
    let spread = text.starts_with('{') && text.lines().next().is_some_and(|line| serde_json::from_str::<Record>(line).is_err());
    match () {
        () if text.starts_with('[') => serde_json::from_str(text).ok(),
        () if spread => serde_json::from_str(text).ok().map(|record| vec![record]),
        () => None,
    }
}

fn json_document(path: &str, line: usize, record: Record) -> Result<Document, IngestError> {
    let (text, given) = record.into_parts();
    let text = text.filter(|text| !text.trim().is_empty()).ok_or_else(|| IngestError::NoText { path: path.to_owned(), line })?;
    let pieces = pieces::pieces(&text, 0);
    document(&format!("{path}#{line}"), text, &pieces, given)
}

/// Puts a document together from its text and what came with it.
fn document(path: &str, text: String, pieces: &[Piece], given: Given) -> Result<Document, IngestError> {
    if text.trim().is_empty() {
        return Err(IngestError::Empty { path: path.to_owned() });
    }
    let mut blocks = blocks::blocks(&text, pieces, given.title.as_deref());
    let byline = given.byline.or_else(|| byline(&text, &blocks));
    blocks::mark_biography(&text, &mut blocks, byline.as_deref());
    let (printed, mut published_evidence) = published::published(&text, &blocks);
    let metadata = given.published.as_deref().and_then(dates::given).map(|range| Dated { range, basis: Basis::Metadata });
    if metadata.is_some() && printed.is_none() {
        // What merely hints at a date does not bear out one that is given.
        published_evidence.clear();
    }
    let named = given.publisher.map(|name| publisher::known(&name).map_or(name, str::to_owned));
    let mut document = Document {
        id: DocumentId::of([""]),
        path: path.to_owned(),
        publisher: named
            .or_else(|| given.url.as_deref().and_then(publisher::at_address).map(str::to_owned))
            .or_else(|| publisher::printed(&text, &blocks)),
        url: given.url,
        title: given.title.or_else(|| headline(&text, &blocks)),
        byline,
        published: metadata.or(printed),
        published_evidence,
        language: given.language.map(|tag| primary(&tag)),
        blocks,
        credits: Vec::new(),
        text,
    };
    document.id = DocumentId::of([document.publisher.as_deref().unwrap_or(""), document.title.as_deref().unwrap_or(""), &document.text]);
    document.credits = credits::credits(&document);
    Ok(document)
}

/// The first headline above the first paragraph.
fn headline(text: &str, blocks: &[Block]) -> Option<String> {
    let above = blocks.iter().take_while(|block| block.kind != BlockKind::Paragraph);
    above.into_iter().find(|block| block.kind == BlockKind::Headline).map(|block| one_line(block.span.of(text)))
}

/// The first by-line, without its "By".
fn byline(text: &str, blocks: &[Block]) -> Option<String> {
    let line = one_line(blocks.iter().find(|block| block.kind == BlockKind::Byline)?.span.of(text));
    let by = ["By: ", "By ", "BY ", "by ", "From ", "Written by ", "Words by ", "Posted by: ", "Posted by ", "Author: "];
    let name = by.iter().find_map(|by| line.strip_prefix(by)).unwrap_or(&line);
    Some(name.trim().to_owned())
}

/// On one line, without a bullet or the marks of emphasis.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches(['*', '_', '•', ' ']).to_owned()
}

/// `en-GB` is `en`.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase()
}
