//! What days does a time of a document mean, now that the document's own date is known?
//!
//! Input: a time expression, and the dates that [`crate::dates`] settled. Output: days, with the words they come from and how they are known. "on Monday" in a report
//! of Wednesday, 6 March 2024 is 4 March, "relative to the report's date (printed)". Limits: a date that hangs on an unknown one stays unknown.

use variorum_model::{Basis, TimeId, TimeValue, dossier::When};

use crate::corpus::{Corpus, DocIx, Published};

/// What a time expression of a document means, now that the document's date is known.
pub(crate) fn when(corpus: &Corpus, published: &Published, doc: DocIx, id: TimeId) -> Option<When> {
    let time = &corpus.notes(doc).times[id.index()];
    let range = time.resolve(published.range(doc))?;
    let basis = match (&time.value, published.dated(doc)) {
        (TimeValue::Absolute(_), _) => "printed".to_owned(),
        (_, Some(dated)) => format!("relative to the report's date ({})", basis_words(dated.basis)),
        (_, None) => "relative".to_owned(),
    };
    Some(When { range, span: Some(corpus.cite(doc, time.span)), basis })
}

/// How a publication date is known, in words.
pub(crate) fn basis_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Printed => "printed",
        Basis::Metadata => "metadata",
        Basis::Text => "inferred from its text",
        Basis::Siblings => "inferred from its siblings",
    }
}
