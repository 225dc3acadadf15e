//! How do the rooms fit together?
//!
//! Input: documents. Output: documents with everything derived from each alone; [`variorum_reconcile::reconcile`] brings them together.
//! Example: `reconcile(&Analyst::new().annotate_all(documents, jobs, || ()))`. Threads change the speed and nothing else.
//! Limits: weights and tables are loaded once per analyst, which takes most of the time on short input.

use std::num::NonZeroUsize;

use rayon::prelude::*;
use variorum_annotate::Knowledge;
use variorum_language::Language;
use variorum_model::{Document, Parse, Span};
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
    /// What ships with the program.
    pub fn new() -> Self {
        let (language, knowledge) = rayon::join(Language::bundled, Knowledge::bundled);
        Self { language, knowledge }
    }

    /// Words and trees of the blocks that may be mined.
    pub fn parse(&self, document: &Document) -> Parse {
        let regions: Vec<Span> = document.content_blocks().map(|block| block.span).collect();
        if regions.is_empty() { Parse::default() } else { self.language.parse_regions(&document.text, &regions) }
    }

    /// Everything one document says.
    ///
    /// # Panics
    /// Where a stage broke an invariant: that is our mistake, whatever the text.
    pub fn annotate(&self, document: Document) -> Annotated {
        let parse = self.parse(&document);
        let annotations = variorum_annotate::annotate(&self.knowledge, &document, &parse);
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

impl Default for Analyst {
    fn default() -> Self {
        Self::new()
    }
}
