//! What does a file of cases hold? Prose, `document` blocks and `expect` blocks, cut up.
//!
//! Input: Markdown (`cases/README.md` has the syntax). Output: a [`Case`]; put together again, its pieces are the file.
//! A corpus holds many cases in one file, each under a heading of its own: [`items`].

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// A case file, cut up.
pub struct Case {
    /// In order.
    pub documents: Vec<Source>,
    /// Everything in order; put together again it is the file.
    pub pieces: Vec<Piece>,
}

/// A part of a case file.
pub enum Piece {
    /// Anything but an expectation, documents too, with line breaks.
    Prose(String),
    /// An expectation.
    Expect {
        /// Of which stage.
        stage: String,
        /// Its lines.
        body: String,
    },
}

/// One published text.
pub struct Source {
    /// Its name in the case.
    pub id: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

impl Source {
    /// The name of the file it would be.
    pub fn path(&self) -> String {
        let ending = if self.is_record() { "jsonl" } else { "txt" };
        self.attributes.get("path").cloned().unwrap_or_else(|| format!("{}.{ending}", self.id))
    }

    /// What would be in that file.
    pub fn bytes(&self) -> Vec<u8> {
        if !self.is_record() {
            return self.text.clone().into_bytes();
        }
        let mut record: BTreeMap<&str, &str> = self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        record.insert("text", &self.text);
        serde_json::to_vec(&record).expect("strings are JSON")
    }

    /// Whether metadata is given with the text.
    fn is_record(&self) -> bool {
        self.attributes.keys().any(|name| name != "path")
    }
}

/// Adds the Markdown files at or below a path, sorted; `README.md` is prose.
pub fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    entries.sort();
    let wanted = |path: &&PathBuf| path.is_dir() || path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md");
    entries.iter().filter(wanted).try_for_each(|path| collect(path, files))
}

/// The items of a corpus: what stands under each heading of the second level, by that heading.
pub fn items(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let sections =
        text.split("\n## ").enumerate().filter_map(|(i, section)| if i == 0 { section.strip_prefix("## ") } else { Some(section) });
    sections.map(|section| section.split_once('\n').map_or((section.trim(), ""), |(name, body)| (name.trim(), body)))
}

/// Cuts a file up.
pub fn parse(text: &str) -> Result<Case, String> {
    let mut case = Case { documents: Vec::new(), pieces: Vec::new() };
    let mut lines = text.lines().enumerate();
    while let Some((i, line)) = lines.next() {
        let Some(head) = line.strip_prefix("```") else {
            case.prose(&format!("{line}\n"));
            continue;
        };
        let mut body = String::new();
        loop {
            match lines.next() {
                None => return Err(format!("line {}: the block is not closed", i + 1)),
                Some((_, "```")) => break,
                Some((_, inner)) => body.push_str(&format!("{inner}\n")),
            }
        }
        case.block(head, body).map_err(|problem| format!("line {}: {problem}", i + 1))?;
    }
    if case.documents.is_empty() {
        return Err("the case has no document".into());
    }
    Ok(case)
}

impl Case {
    fn prose(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Prose(prose)) => prose.push_str(text),
            _ => self.pieces.push(Piece::Prose(text.into())),
        }
    }

    fn block(&mut self, head: &str, body: String) -> Result<(), String> {
        let (kind, rest) = head.split_once(' ').unwrap_or((head, ""));
        match kind {
            "expect" => self.pieces.push(Piece::Expect { stage: rest.trim().into(), body }),
            "document" => {
                let mut attributes = attributes(rest)?;
                let id = attributes.remove("id").unwrap_or_else(|| format!("d{}", self.documents.len() + 1));
                self.prose(&format!("```{head}\n{body}```\n"));
                self.documents.push(Source { id, attributes, text: body.trim_end_matches('\n').into() });
            }
            other => return Err(format!("a block is `document` or `expect`, not {other:?}")),
        }
        Ok(())
    }
}

/// `id=d1 publisher="Example Wire"`
fn attributes(text: &str) -> Result<BTreeMap<String, String>, String> {
    let (mut found, mut rest) = (BTreeMap::new(), text.trim());
    while !rest.is_empty() {
        let (name, value) = rest.split_once('=').ok_or_else(|| format!("{rest:?} is no name=value"))?;
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or_else(|| format!("{name}: the quotation mark is not closed"))?,
            None => value.split_once(' ').unwrap_or((value, "")),
        };
        found.insert(name.trim().to_owned(), value.to_owned());
        rest = after.trim();
    }
    Ok(found)
}
