//! Does a report tell what its own reporter saw or was told?
//!
//! Input: a span of a document. Output: whether its sentence is told by the reporter in person: "I counted eleven foundations", "no one this reporter spoke to", "we rang both".
//! Words in quotation marks are somebody else's "I". Limits: a reporter who was there and writes in the third person is not told from one who was not.

use variorum_model::{Span, TokenId};

use crate::corpus::{Corpus, DocIx};

/// Nouns by which a report calls its own reporter, with the words that make them so.
const REPORTERS: &[&str] = &["reporter", "correspondent"];
const OWN: &[&str] = &["this", "our"];

/// Whether a source is the reporter in person: outside quotation marks nobody else is "I".
pub(super) fn is_reporter(source: &str) -> bool {
    matches!(source, "I" | "i" | "We" | "we")
}

/// Whether the sentence of a span is told in person.
pub(super) fn saw_itself(corpus: &Corpus, doc: DocIx, span: Span) -> bool {
    let parse = corpus.parse(doc);
    let Some(sentence) = corpus.sentence_of(doc, span) else { return false };
    let quoted = |token: TokenId| {
        let verbatim = corpus.notes(doc).attributions.iter().flat_map(|attribution| &attribution.verbatim);
        verbatim.clone().any(|quote| quote.contains(parse.token(token).span))
    };
    let in_person = |token: TokenId| {
        let word = parse.token(token);
        let lemma = word.lemma.to_lowercase();
        let speaks = matches!(lemma.as_str(), "i" | "we") && word.deprel.is_subject();
        let is_called = || parse.children(token).iter().any(|&child| OWN.contains(&parse.token(child).lemma.to_lowercase().as_str()));
        speaks || REPORTERS.contains(&lemma.as_str()) && is_called()
    };
    parse.tokens_in(parse.sentence(sentence).span).any(|token| in_person(token) && !quoted(token))
}
