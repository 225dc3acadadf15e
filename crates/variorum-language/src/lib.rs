//! A small English analyser: raw text to sentences, words, tags, lemmas, trees, names and sentence embeddings, after Universal
//! Dependencies v2. Our own weights, run in this process; no network, no files, no global state.
//!
//! ```
//! use variorum_language::Language;
//! use variorum_model::Deprel;
//!
//! let language = Language::bundled();
//! let text = "The minister resigned on Monday.";
//! let parse = language.parse(text);
//! let verb = parse.root(parse.sentences[0].tokens().next().map(|first| parse.token(first).sentence).unwrap()).unwrap();
//! let subject = parse.child(verb, Deprel::Nsubj).unwrap();
//! assert_eq!(parse.token(verb).lemma, "resign");
//! assert_eq!(parse.token(subject).span.of(text), "minister");
//! ```
//!
//! The way through: [`Tokeniser`] finds words, `windows` packs them, `pieces` spells them, `network` scores them, `decode` reads the
//! scores. `models/CONTRACT.md` says what the network is fed and gives back, and `models/accurate/CARD.md` how well it does.
//!
//! Invariants: words lie in text order, do not overlap and cover every character that is not white space; every sentence is one tree;
//! the same text gives the same parse on any number of threads. Limits: English only; time grows with the text (some thousand words a
//! second), memory does not grow beyond the parse itself.

mod decode;
mod network;
mod pieces;
mod profile;
mod tokenise;
mod trees;
mod windows;

use std::path::Path;

pub use profile::LoadError;
pub use tokenise::Tokeniser;
use variorum_model::{Parse, Span};

use crate::decode::{Growing, Reader};
use crate::network::{Network, Worker};
use crate::pieces::Vocabulary;
use crate::profile::{BUNDLED, Labels, Profile};
use crate::windows::Words;

/// The analyser: weights, vocabulary, labels. Load once, share between threads.
pub struct Language {
    tokeniser: Tokeniser,
    vocabulary: Vocabulary,
    labels: Labels,
    network: Network,
}

impl Language {
    /// The `accurate` profile that ships with the program.
    ///
    /// # Panics
    /// When the program was built without weights; the build warned of it.
    pub fn bundled() -> Self {
        let loaded = BUNDLED.ok_or(LoadError::NotBundled).and_then(Self::of_profile);
        loaded.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Another profile, from its directory: for trying out weights.
    pub fn load(directory: &Path) -> Result<Self, LoadError> {
        Self::of_profile(Profile::read(directory)?)
    }

    fn of_profile(profile: Profile) -> Result<Self, LoadError> {
        let labels = Labels::parse(&profile.labels)?;
        Ok(Self {
            tokeniser: Tokeniser::new(),
            vocabulary: Vocabulary::new(&profile.vocabulary, &labels),
            network: Network::load(profile.encoder, profile.relations)?,
            labels,
        })
    }

    /// Parses a whole text; blank lines end sentences.
    pub fn parse(&self, text: &str) -> Parse {
        self.parse_regions(text, &paragraphs(text))
    }

    /// Parses these stretches of a text, in order; each one's end ends a sentence. Offsets are the text's own.
    ///
    /// # Panics
    /// When the regions are not of this text, or overlap.
    pub fn parse_regions(&self, text: &str, regions: &[Span]) -> Parse {
        assert!(regions.is_sorted_by(|a, b| a.end() <= b.start()), "regions are in order and do not overlap");
        let paragraphs: Vec<Vec<Span>> = regions.iter().map(|region| self.tokeniser.words(text, *region)).collect();
        let words = Words::new(text, &paragraphs, &self.vocabulary);
        if words.len() == 0 {
            return Parse::default();
        }
        Worker::scope(|worker| self.read(&words, worker))
    }

    /// Window by window; a cut window's last sentence is read again in the next.
    fn read(&self, words: &Words, worker: &Worker) -> Parse {
        let reader = Reader { labels: &self.labels, network: &self.network, worker, words };
        let (mut parse, mut at) = (Growing::default(), 0);
        while at < words.len() {
            let window = words.window(at, self.labels.limits.window_pieces);
            let scores = self.network.scores(worker, words.rows(&window, &self.labels));
            at = reader.take(&window, &scores, &mut parse);
        }
        parse.finish()
    }
}

/// The stretches between blank lines.
fn paragraphs(text: &str) -> Vec<Span> {
    let (mut paragraphs, mut start, mut at) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.extend(Span::new(text, start, at).ok());
            start = at + line.len();
        }
        at += line.len();
    }
    paragraphs.extend(Span::new(text, start, at).ok());
    paragraphs
}
