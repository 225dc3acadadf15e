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

/// Bytes of one document that are analysed. No report is as long; what is keeps a reader waiting for hours, and is told so instead.
const MOST_BYTES: usize = 500_000;

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
        let regions = regions(document);
        if regions.is_empty() || other_language(document).is_some() {
            Parse::default()
        } else {
            self.language.parse_regions(&document.text, &regions)
        }
    }

    /// What the parser's trunk makes of each word of the blocks that may be mined, row by row: for training what reads it.
    pub fn states(&self, document: &Document) -> Vec<f32> {
        self.language.states(&document.text, &regions(document))
    }

    /// Everything one document says.
    ///
    /// # Panics
    /// Where a stage broke an invariant: that is our mistake, whatever the text.
    pub fn annotate(&self, document: Document) -> Annotated {
        let parse = self.parse(&document);
        self.annotate_parsed(document, parse)
    }

    /// Everything one document says, from the parse that [`Analyst::parse`] made of it.
    ///
    /// # Panics
    /// Where a stage broke an invariant: that is our mistake, whatever the text.
    pub fn annotate_parsed(&self, document: Document, parse: Parse) -> Annotated {
        let mut annotations = match other_language(&document) {
            Some(language) => unread(language),
            None => variorum_annotate::annotate(&self.knowledge, &document, &parse),
        };
        annotations.diagnostics.extend(too_long(&document));
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

/// The blocks that may be mined, the first [`MOST_BYTES`] of them.
fn regions(document: &Document) -> Vec<Span> {
    let (mut regions, mut left) = (Vec::new(), MOST_BYTES);
    for block in document.content_blocks() {
        let (start, end) = (block.span.start(), block.span.end());
        let cut = if end - start > left { document.text.floor_char_boundary(start + left) } else { end };
        // A word that the cut goes through is left out.
        let cut = if cut < end { document.text[start..cut].rfind(char::is_whitespace).map_or(cut, |space| start + space) } else { cut };
        regions.extend(Span::new(&document.text, start, cut));
        left -= cut - start;
        if cut < end {
            break;
        }
    }
    regions
}

/// Says so where a document is not read to its end.
fn too_long(document: &Document) -> Option<Diagnostic> {
    let n_bytes: usize = document.content_blocks().map(|block| block.span.len()).sum();
    let message = format!("the text is longer than {MOST_BYTES} bytes; what comes after them is not analysed");
    (n_bytes > MOST_BYTES && other_language(document).is_none()).then_some(Diagnostic { span: None, message })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Reading;

    fn document(text: &str) -> Document {
        let mut reading = Reading::default();
        reading.add("report.txt", text.as_bytes());
        reading.documents.remove(0)
    }

    #[test]
    fn another_language_is_named_and_not_analysed() {
        let text = "Fähre sinkt vor dem Kap\n\nDie Fähre sank in der Nacht zum Dienstag, nachdem sie mit einem Frachter zusammengestoßen war, \
                    teilte das Ministerium mit. Zwölf Menschen wurden verletzt, niemand kam ums Leben.";
        let annotated = Analyst::with_profile(Profile::Fast).annotate(document(text));
        assert_eq!(annotated.document.language.as_deref(), Some("de"));
        assert!(annotated.parse.sentences.is_empty());
        let messages: Vec<&str> = annotated.annotations.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(messages, ["the text is in German (de), not in English; it is not analysed"]);
    }

    #[test]
    fn what_is_too_long_is_cut_between_words() {
        let long = document(&"The ferry sank off the cape. ".repeat(30_000));
        let regions = regions(&long);
        let n_bytes: usize = regions.iter().map(|region| region.len()).sum();
        assert!(n_bytes <= MOST_BYTES && n_bytes > MOST_BYTES - 100);
        assert!(long.text[regions.last().unwrap().end()..].starts_with(char::is_whitespace));
        assert!(too_long(&long).is_some() && too_long(&document("The ferry sank off the cape.")).is_none());
    }
}
