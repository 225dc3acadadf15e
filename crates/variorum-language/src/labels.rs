//! What do the networks' outputs mean? `labels.json` of a profile, read into types.
//!
//! Input: its text. Output: [`Labels`], each list in the order of the network's outputs.
//! Limits: files of another format number are refused, not guessed at; an unknown kind of name is no name.

use serde::Deserialize;
use variorum_model::{Deprel, NameKind, Referent, Upos};

use crate::profile::LoadError;

/// The `format` of `labels.json` that this code reads.
const FORMAT: &str = "variorum/labels/2";

/// `labels.json`, read into types: each list is in the order of the network's outputs.
#[derive(Debug)]
pub(crate) struct Labels {
    pub(crate) upos: Vec<Upos>,
    pub(crate) tags: Vec<String>,
    pub(crate) lemma_scripts: Vec<LemmaScript>,
    pub(crate) names: Vec<NameTag>,
    pub(crate) referents: Vec<Option<Referent>>,
    pub(crate) deprels: Vec<Deprel>,
    /// Ways through the tree that `events.onnx` and `measures.onnx` know; none where the profile has no such networks.
    pub(crate) ways: Vec<String>,
    /// Measures that `measures.onnx` knows; none where the profile has no such network.
    pub(crate) measures: Vec<String>,
    pub(crate) limits: Limits,
    pub(crate) special: Special,
}

/// How long things may be.
#[derive(Debug, Deserialize)]
pub(crate) struct Limits {
    pub(crate) pieces_per_word: usize,
    pub(crate) window_pieces: usize,
}

/// Ids of the pieces that stand for no letters.
#[derive(Debug, Deserialize)]
pub(crate) struct Special {
    pub(crate) unk: i32,
    pub(crate) cls: i32,
    pub(crate) sep: i32,
}

/// From a word to its dictionary form.
#[derive(Debug, Deserialize)]
pub(crate) struct LemmaScript {
    case: Case,
    strip: usize,
    append: String,
}

#[derive(Copy, Clone, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Case {
    Keep,
    Lower,
    Title,
}

impl LemmaScript {
    /// None where the script does not fit the word: too much to strip, or nothing left.
    pub(crate) fn apply(&self, word: &str) -> Option<String> {
        let cased = match self.case {
            Case::Keep => word.to_owned(),
            Case::Lower => word.to_lowercase(),
            Case::Title => titled(word),
        };
        let n_kept = cased.chars().count().checked_sub(self.strip)?;
        let lemma: String = cased.chars().take(n_kept).chain(self.append.chars()).collect();
        (!lemma.is_empty()).then_some(lemma)
    }
}

fn titled(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &letters.as_str().to_lowercase()
}

/// Where in a name a word stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum NameTag {
    Outside,
    Begin(NameKind),
    Inside(NameKind),
}

impl NameTag {
    /// From `O`, `B-PER`, `I-LOC`, …; an unknown label is outside.
    fn from_label(label: &str) -> Self {
        match label.split_once('-') {
            Some(("B", kind)) => NameKind::from_label(kind).map_or(Self::Outside, Self::Begin),
            Some(("I", kind)) => NameKind::from_label(kind).map_or(Self::Outside, Self::Inside),
            _ => Self::Outside,
        }
    }

    /// Whether this tag may come after `before`.
    pub(crate) fn may_follow(self, before: Option<Self>) -> bool {
        let Self::Inside(kind) = self else { return true };
        before == Some(Self::Begin(kind)) || before == Some(Self::Inside(kind))
    }
}

/// `labels.json` as it is written.
#[derive(Deserialize)]
struct Written {
    format: String,
    upos: Vec<String>,
    xpos: Vec<String>,
    lemma: Vec<LemmaScript>,
    names: Vec<String>,
    kinds: Vec<String>,
    deprels: Vec<String>,
    #[serde(default)]
    ways: Vec<String>,
    #[serde(default)]
    measures: Vec<String>,
    limits: Limits,
    special: Special,
}

impl Labels {
    /// Reads `labels.json`.
    pub(crate) fn parse(json: &str) -> Result<Self, LoadError> {
        let written: Written = serde_json::from_str(json)?;
        if written.format != FORMAT {
            return Err(LoadError::Format { found: written.format, wanted: FORMAT });
        }
        Ok(Self {
            upos: written.upos.iter().map(|label| Upos::from_label(label)).collect(),
            tags: written.xpos,
            lemma_scripts: written.lemma,
            names: written.names.iter().map(|label| NameTag::from_label(label)).collect(),
            referents: written.kinds.iter().map(|label| serde_json::from_value(label.as_str().into()).ok()).collect(),
            deprels: written.deprels.iter().map(|label| Deprel::from_label(label)).collect(),
            ways: written.ways,
            measures: written.measures,
            limits: written.limits,
            special: written.special,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(case: Case, strip: usize, append: &str) -> LemmaScript {
        LemmaScript { case, strip, append: append.to_owned() }
    }

    #[test]
    fn scripts_make_lemmas() {
        assert_eq!(script(Case::Lower, 3, "y").apply("Parties").as_deref(), Some("party"));
        assert_eq!(script(Case::Title, 0, "").apply("ÉLYSÉE").as_deref(), Some("Élysée"));
        assert_eq!(script(Case::Keep, 4, "").apply("was"), None);
        assert_eq!(script(Case::Lower, 3, "").apply("was"), None);
        assert_eq!(script(Case::Lower, 3, "be").apply("was").as_deref(), Some("be"));
    }

    #[test]
    fn labels_of_another_format_are_refused() {
        let json = r#"{"format": "other/9", "upos": [], "xpos": [], "lemma": [], "names": [], "kinds": [], "deprels": [],
            "limits": {"pieces_per_word": 12, "window_pieces": 200}, "special": {"unk": 1, "cls": 2, "sep": 3}}"#;
        assert!(matches!(Labels::parse(json), Err(LoadError::Format { found, .. }) if found == "other/9"));
    }
}
