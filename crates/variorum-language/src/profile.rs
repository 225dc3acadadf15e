//! Which weights? A profile is a small directory of files beside two tables that all profiles share (`models/CONTRACT.md`).
//!
//! Input: a profile's name or its directory. Output: the bytes of its files. What the build embedded is borrowed, never copied.
//! Limits: what the bytes mean is decided by those who read them.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use thiserror::Error;

include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// How much care is taken: two sets of weights that answer the same questions.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Six layers. For reading reports.
    #[default]
    Accurate,
    /// Three layers, taught by the six: several times as fast, a few points less accurate. For archives.
    Fast,
}

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Accurate, Self::Fast];

    /// As it is written in a command.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accurate => "accurate",
            Self::Fast => "fast",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that names no profile.
#[derive(Debug, Error)]
#[error("there is no profile {0:?}; profiles are accurate and fast")]
pub struct UnknownProfile(String);

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, UnknownProfile> {
        Self::ALL.into_iter().find(|profile| profile.name() == name).ok_or_else(|| UnknownProfile(name.to_owned()))
    }
}

/// Why weights cannot be used.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The build found no weights to embed.
    #[error(
        "this build carries no weights of profile {0}: models/ was incomplete when it was made; check the repository out whole and build again"
    )]
    NotBundled(Profile),
    /// A file of the profile cannot be read.
    #[error("cannot read {path:?}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// `labels.json` is not what this program reads.
    #[error("cannot understand labels.json: {0}")]
    Labels(#[from] serde_json::Error),
    /// `labels.json` is of another format.
    #[error("labels.json has format {found:?}, this program reads {wanted:?}")]
    Format {
        /// What it says.
        found: String,
        /// What this program reads.
        wanted: &'static str,
    },
    /// `words.bin` is not a table of as many rows as `vocab.txt` has lines.
    #[error("cannot use words.bin: {0}")]
    Words(String),
    /// A network cannot be loaded or does not have the contract's inputs and outputs.
    #[error("cannot load {file}: {reason}")]
    Network {
        /// Its file name in the profile.
        file: &'static str,
        /// What the runtime says.
        reason: String,
    },
}

/// The files of a profile and the shared tables, in memory.
pub(crate) struct Weights {
    pub(crate) encoder: Cow<'static, [u8]>,
    pub(crate) relations: Cow<'static, [u8]>,
    /// Without it no mention is brought together with another.
    pub(crate) coreference: Option<Cow<'static, [u8]>>,
    /// Without it no word is thought to name a happening.
    pub(crate) events: Option<Cow<'static, [u8]>>,
    /// Without it nothing is thought of what a number is of.
    pub(crate) measures: Option<Cow<'static, [u8]>>,
    pub(crate) labels: Cow<'static, str>,
    pub(crate) vocabulary: Cow<'static, str>,
    pub(crate) words: Cow<'static, [u8]>,
}

impl Weights {
    /// What this build carries.
    pub(crate) fn bundled(profile: Profile) -> Result<Self, LoadError> {
        bundled(profile).ok_or(LoadError::NotBundled(profile))
    }

    /// Reads the files of a directory, and the shared tables beside it.
    pub(crate) fn read(directory: &Path) -> Result<Self, LoadError> {
        let shared = directory.parent().unwrap_or(directory);
        Ok(Self {
            encoder: bytes(&directory.join("encoder.onnx"))?,
            relations: bytes(&directory.join("relations.onnx"))?,
            coreference: optional(&directory.join("coreference.onnx"))?,
            events: optional(&directory.join("events.onnx"))?,
            measures: optional(&directory.join("measures.onnx"))?,
            labels: text(&directory.join("labels.json"))?,
            vocabulary: text(&shared.join("vocab.txt"))?,
            words: bytes(&shared.join("words.bin"))?,
        })
    }
}

fn bytes(path: &Path) -> Result<Cow<'static, [u8]>, LoadError> {
    std::fs::read(path).map(Cow::Owned).map_err(|source| LoadError::Read { path: path.to_owned(), source })
}

fn text(path: &Path) -> Result<Cow<'static, str>, LoadError> {
    std::fs::read_to_string(path).map(Cow::Owned).map_err(|source| LoadError::Read { path: path.to_owned(), source })
}

/// None where there is no such file.
fn optional(path: &Path) -> Result<Option<Cow<'static, [u8]>>, LoadError> {
    if path.exists() { bytes(path).map(Some) } else { Ok(None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_called_by_their_names() {
        assert!(Profile::ALL.into_iter().all(|profile| profile.name().parse::<Profile>().unwrap() == profile));
        assert!("quick".parse::<Profile>().unwrap_err().to_string().contains("accurate and fast"));
    }
}
