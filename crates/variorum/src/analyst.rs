//! How do the rooms fit together?
//!
//! Input: documents. Output: documents with everything derived from each alone; [`variorum_reconcile::reconcile`] brings them together.
//! Example: `reconcile(&Analyst::new().annotate_all(documents, jobs, || ()))`. Threads change the speed and nothing else.
//! Limits: weights and tables are loaded once per analyst, which takes most of the time on short input.

use std::num::NonZeroUsize;

use rayon::prelude::*;
use variorum_annotate::Knowledge;
use variorum_language::{Language, Profile, language_name};
use variorum_model::{Annotations, Diagnostic, Document, Parse, Span};
use variorum_reconcile::Annotated;

use crate::invariants;

/// Weights and tables, loaded once, shared by all threads.
pub struct Analyst {
    /// The parser.
    pub language: Language,
    /// The tables.
    pub knowledge: Knowledge,
}

impl Analyst {
    /// What ships with the program, in its accurate profile.
    pub fn new() -> Self {
        Self::with_profile(Profile::default())
    }

    /// What ships with the program, in a profile of its parser.
    pub fn with_profile(profile: Profile) -> Self {
        let (language, knowledge) = rayon::join(|| Language::with_profile(profile), Knowledge::bundled);
        Self { language, knowledge }
    }

    /// Words and trees of the blocks that may be mined; none of a document in another language than English.
    pub fn parse(&self, document: &Document) -> Parse {
        let regions: Vec<Span> = document.content_blocks().map(|block| block.span).collect();
        if regions.is_empty() || other_language(document).is_some() {
            Parse::default()
        } else {
            self.language.parse_regions(&document.text, &regions)
        }
    }

    /// Everything one document says.
    ///
    /// # Panics
    /// Where a stage broke an invariant: that is our mistake, whatever the text.
    pub fn annotate(&self, document: Document) -> Annotated {
        let parse = self.parse(&document);
        let annotations = match other_language(&document) {
            Some(language) => unread(language),
            None => variorum_annotate::annotate(&self.knowledge, &document, &parse),
        };
        let annotated = Annotated { document, parse, annotations };
        if let Err(broken) = invariants::check(&annotated) {
            panic!("{}: {broken}", annotated.document.path);
        }
        annotated
    }

    /// Everything each of these documents says, in their order. `done` is called after each, from any thread.
    pub fn annotate_all(&self, documents: Vec<Document>, jobs: Option<NonZeroUsize>, done: impl Fn() + Sync) -> Vec<Annotated> {
        let threads = jobs.map_or(0, NonZeroUsize::get);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("the system grants a thread");
        let one = |document| {
            let annotated = self.annotate(document);
            done();
            annotated
        };
        pool.install(|| documents.into_par_iter().map(one).collect())
    }
}

/// The tag of a document's language, where it is another than the one that is read.
fn other_language(document: &Document) -> Option<&str> {
    document.language.as_deref().filter(|tag| *tag != "en")
}

/// What is said of a document in another language: which, and no more.
fn unread(tag: &str) -> Annotations {
    let name = language_name(tag).map_or_else(|| format!("a language tagged {tag:?}"), |name| format!("{name} ({tag})"));
    let message = format!("the text is in {name}, not in English; it is not analysed");
    Annotations { diagnostics: vec![Diagnostic { span: None, message }], ..Annotations::default() }
}

impl Default for Analyst {
    fn default() -> Self {
        Self::new()
    }
}
