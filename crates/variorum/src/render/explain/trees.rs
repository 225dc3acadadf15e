//! What does the parser make of the sentences?
//!
//! Input: an annotated document. Output: each sentence with its words in the order of the text, set in by their depth, so that a phrase stands in one
//! block; tags, relation and head beside them. Limits: twelve steps of depth are shown.

use variorum_model::{Document, Parse, SentenceId, TokenId};
use variorum_reconcile::Annotated;

use super::{
    super::escape,
    palette::{BOLD, FAINT, HEADING},
    push,
};

pub(super) fn draw(out: &mut String, doc: &Annotated) {
    let n = doc.parse.sentences.len();
    push(out, format_args!("\n{HEADING}── parse · {} sentences, {} words{HEADING:#}\n", n, doc.parse.tokens.len()));
    for id in doc.parse.sentence_ids() {
        let sentence = doc.parse.sentence(id);
        push(out, format_args!("\n{BOLD}{}{BOLD:#}\n", escape::line(doc.document.slice(sentence.span))));
        tree(out, &doc.document, &doc.parse, id);
    }
}

/// Words in the order of the text, indented by their depth, so that a phrase stands in one block.
fn tree(out: &mut String, doc: &Document, parse: &Parse, sentence: SentenceId) {
    for id in parse.sentence(sentence).tokens() {
        let token = parse.token(id);
        let depth = parse.ancestors(id).take(12).count();
        let form = format!("{}{}", "· ".repeat(depth), escape::line(doc.slice(token.span)));
        let (upos, tag, deprel, head) = (token.upos.as_str(), &token.tag, token.deprel.as_str(), head(doc, parse, id));
        push(out, format_args!("  {FAINT}{:>4}{FAINT:#} {form:<36} {upos:<6}{FAINT}{tag:<6}{FAINT:#} {deprel:<14} {head}\n", id.0));
    }
}

/// Head, lemma where it differs, and the name the word is part of.
fn head(doc: &Document, parse: &Parse, id: TokenId) -> String {
    let token = parse.token(id);
    let head = token.head.map(|head| format!("← {} {}", head.0, escape::line(doc.slice(parse.token(head).span))));
    let lemma = (token.lemma != doc.slice(token.span)).then(|| format!("  ({})", escape::line(&token.lemma)));
    let name = parse.name_at(id).map(|name| format!("  ‹{:?}›", name.kind));
    [head, lemma, name].into_iter().flatten().collect()
}
