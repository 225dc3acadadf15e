//! Answers of the language core: sentences, words, names, mentions with their chains.

use serde::Serialize;
use variorum_model::{ChainId, MentionForm, Parse, Referent};

use super::{Input, pair};
use variorum::render::points::CodePoints;

#[derive(Serialize)]
struct LanguageLine<'i> {
    id: &'i str,
    sentences: Vec<[usize; 2]>,
    tokens: Vec<TokenLine>,
}

#[derive(Serialize)]
struct TokenLine {
    start: usize,
    end: usize,
    upos: &'static str,
    lemma: String,
    /// -1 for a root.
    head: i64,
    deprel: &'static str,
}

pub(super) fn language<'i>(input: &'i Input, parse: &Parse) -> impl Serialize + 'i {
    let points = CodePoints::new(&input.text);
    let token = |token: &variorum_model::Token| TokenLine {
        start: points.at(token.span.start()),
        end: points.at(token.span.end()),
        upos: token.upos.as_str(),
        lemma: token.lemma.clone(),
        head: token.head.map_or(-1, |head| i64::from(head.0)),
        deprel: token.deprel.as_str(),
    };
    LanguageLine {
        id: &input.id,
        sentences: parse.sentences.iter().map(|sentence| pair(&points, sentence.span)).collect(),
        tokens: parse.tokens.iter().map(token).collect(),
    }
}

#[derive(Serialize)]
struct NerLine<'i> {
    id: &'i str,
    mentions: Vec<NameLine>,
}

#[derive(Serialize)]
struct NameLine {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

pub(super) fn ner<'i>(input: &'i Input, parse: &Parse) -> impl Serialize + 'i {
    let points = CodePoints::new(&input.text);
    let name = |name: &variorum_model::Name| {
        let kind = name.kind.uner_label()?;
        Some(NameLine { start: points.at(name.span.start()), end: points.at(name.span.end()), kind })
    };
    NerLine { id: &input.id, mentions: parse.names.iter().filter_map(name).collect() }
}

#[derive(Serialize)]
struct MentionsLine<'i> {
    id: &'i str,
    mentions: Vec<MentionLine>,
}

#[derive(Serialize)]
struct MentionLine {
    start: usize,
    end: usize,
    head_start: usize,
    head_end: usize,
    kind: Option<Referent>,
    form: MentionForm,
    entity: ChainId,
}

pub(super) fn mentions<'i>(input: &'i Input, parse: &Parse) -> impl Serialize + 'i {
    let points = CodePoints::new(&input.text);
    let line = |mention: &variorum_model::coreference::Mention| {
        let ([start, end], [head_start, head_end]) = (pair(&points, mention.span), pair(&points, parse.token(mention.head).span));
        MentionLine { start, end, head_start, head_end, kind: mention.referent, form: mention.form, entity: mention.chain }
    };
    MentionsLine { id: &input.id, mentions: parse.mentions().iter().map(line).collect() }
}
