//! How is a text not parsed again when only a later stage has changed?
//!
//! Input: a document. Output: what [`Analyst::annotate`] makes of it, with the parse taken from a folder where an earlier run left it. The parser takes most of
//! the time; with kept parses a run after a change of the later stages takes seconds. Limits: the folder has to be emptied by hand when
//! the weights or the language crate change, so published figures are measured without it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use variorum::{Analyst, Annotated, Document, Profile};
use variorum_model::Parse;

/// Where parses are kept; nowhere unless a folder is named.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept(Option<PathBuf>);

impl Kept {
    /// Parses of one profile in this folder.
    pub(crate) fn new(folder: Option<&Path>, profile: Profile) -> Result<Self, String> {
        let folder = folder.map(|folder| folder.join(profile.to_string()));
        if let Some(folder) = &folder {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        Ok(Self(folder))
    }

    /// Everything one document says.
    pub(crate) fn annotate(&self, analyst: &Analyst, document: Document) -> Annotated {
        let parse = self.parse(analyst, &document);
        analyst.annotate_parsed(document, parse)
    }

    fn parse(&self, analyst: &Analyst, document: &Document) -> Parse {
        let Some(folder) = &self.0 else { return analyst.parse(document) };
        let path = folder.join(format!("{}.json", document.id));
        let kept = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        kept.unwrap_or_else(|| {
            let parse = analyst.parse(document);
            let bytes = serde_json::to_vec(&parse).expect("a parse has no map with keys that are not text");
            // Parses that cannot be kept are made again.
            if let Err(error) = fs::write(&path, bytes) {
                eprintln!("xtask: {}: {error}", path.display());
            }
            parse
        })
    }
}
