//! Did the stages keep their promises?
//!
//! Input: one annotated document. Output: the first broken promise, if any: spans lie in the text and on character boundaries, references
//! resolve, trees are trees. Checked once after annotation, so that everything later may slice and index without asking.
//! Example: an event whose actor is entity 7 of 7 is refused. Limits: order within lists is not checked.

use thiserror::Error;
use variorum_model::{Annotations, Attribution, Document, EventMention, FigureMention, FigureWindow, Parse, Span};
use variorum_reconcile::Annotated;

/// A promise a stage broke.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Broken {
    /// A span is not one of this text.
    #[error("{stage} gave {start}..{end}, which is no span of the text: {why}")]
    Span {
        /// Who gave it.
        stage: &'static str,
        /// First offset.
        start: usize,
        /// Offset past the last.
        end: usize,
        /// In words.
        why: String,
    },
    /// An index leaves its list.
    #[error("{stage} refers to {list} {index}, and there are {len}")]
    Reference {
        /// Who refers.
        stage: &'static str,
        /// To what.
        list: &'static str,
        /// Which.
        index: usize,
        /// Out of how many.
        len: usize,
    },
    /// Following heads from this token never ends.
    #[error("the tree of token {token} has a cycle")]
    Cycle {
        /// Its index.
        token: usize,
    },
}

/// The first broken promise.
pub fn check(doc: &Annotated) -> Result<(), Broken> {
    let (text, found) = (doc.document.text.as_str(), &doc.annotations);
    document(&doc.document)?;
    parse(text, &doc.parse)?;
    for quantity in &found.quantities {
        span("quantities", text, quantity.span)?;
        tokens("quantities", &doc.parse, quantity.counted.iter().chain([&quantity.number]).map(|token| token.index()))?;
    }
    spans("times", text, found.times.iter().map(|time| time.span))?;
    spans("places", text, found.places.iter().map(|place| place.span))?;
    actors(text, &doc.parse, found)?;
    found.attributions.iter().try_for_each(|attribution| one_attribution(text, found, attribution))?;
    found.events.iter().chain(&found.dated).try_for_each(|event| one_event(text, &doc.parse, found, event))?;
    found.figures.iter().try_for_each(|figure| one_figure(text, found, figure))?;
    spans("diagnostics", text, found.diagnostics.iter().filter_map(|diagnostic| diagnostic.span))
}

fn document(doc: &Document) -> Result<(), Broken> {
    spans("blocks", &doc.text, doc.blocks.iter().map(|block| block.span))?;
    spans("credits", &doc.text, doc.credits.iter().map(|credit| credit.span))?;
    spans("dates", &doc.text, doc.published_evidence.iter().copied())
}

fn parse(text: &str, parse: &Parse) -> Result<(), Broken> {
    spans("sentences", text, parse.sentences.iter().map(|sentence| sentence.span))?;
    spans("words", text, parse.tokens.iter().map(|token| token.span))?;
    spans("names", text, parse.names.iter().map(|name| name.span))?;
    tokens("heads", parse, parse.tokens.iter().filter_map(|token| token.head).map(|head| head.index()))?;
    for (i, token) in parse.tokens.iter().enumerate() {
        reference("words", "sentence", token.sentence.index(), parse.sentences.len())?;
        let n_steps = std::iter::successors(token.head, |&up| parse.head(up)).take(parse.tokens.len() + 1).count();
        if n_steps > parse.tokens.len() {
            return Err(Broken::Cycle { token: i });
        }
    }
    Ok(())
}

fn actors(text: &str, parse: &Parse, found: &Annotations) -> Result<(), Broken> {
    for mention in &found.mentions {
        span("actors", text, mention.span)?;
        tokens("actors", parse, [mention.head.index()])?;
        reference("actors", "entity", mention.entity.index(), found.entities.len())?;
    }
    for entity in &found.entities {
        references("actors", "mention", entity.mentions.iter().map(|id| id.index()), found.mentions.len())?;
        spans("actors", text, entity.roles.iter().flat_map(|role| role.evidence.spans().iter().copied()))?;
    }
    Ok(())
}

fn one_attribution(text: &str, found: &Annotations, attribution: &Attribution) -> Result<(), Broken> {
    let stage = "attribution";
    let words = [&attribution.source, &attribution.cue, &attribution.verbatim].into_iter().flatten();
    spans(stage, text, words.copied())?;
    spans(stage, text, attribution.content.spans().iter().chain(attribution.evidence.spans()).copied())?;
    spans(stage, text, attribution.chain.iter().map(|hop| hop.span).chain(attribution.hedge))?;
    let people = [attribution.speaker, attribution.addressee].into_iter().flatten();
    let people = people.chain(attribution.chain.iter().filter_map(|hop| hop.entity));
    references(stage, "entity", people.map(|id| id.index()), found.entities.len())?;
    references(stage, "time", attribution.said.iter().map(|id| id.index()), found.times.len())?;
    references(stage, "attribution", attribution.within.iter().map(|id| id.index()), found.attributions.len())
}

fn one_event(text: &str, parse: &Parse, found: &Annotations, event: &EventMention) -> Result<(), Broken> {
    let stage = "events";
    tokens(stage, parse, [event.trigger.index()])?;
    spans(stage, text, event.evidence.spans().iter().chain(event.trigger_spans.spans()).copied())?;
    references(stage, "entity", event.actors.iter().chain(&event.recipients).map(|id| id.index()), found.entities.len())?;
    references(stage, "time", event.when.iter().map(|id| id.index()), found.times.len())?;
    references(stage, "place", event.place.iter().map(|id| id.index()), found.places.len())?;
    references(stage, "attribution", event.attribution.iter().map(|id| id.index()), found.attributions.len())
}

fn one_figure(text: &str, found: &Annotations, figure: &FigureMention) -> Result<(), Broken> {
    let stage = "figures";
    spans(stage, text, figure.evidence.spans().iter().copied().chain(figure.counter.iter().map(|hop| hop.span)))?;
    let times = figure.as_of.into_iter().chain(figure.window.iter().flat_map(FigureWindow::times));
    let quantities = [Some(figure.quantity), figure.replaces].into_iter().flatten();
    references(stage, "quantity", quantities.map(|id| id.index()), found.quantities.len())?;
    references(stage, "time", times.map(|id| id.index()), found.times.len())?;
    references(stage, "place", figure.place.iter().map(|id| id.index()), found.places.len())?;
    references(stage, "attribution", figure.attribution.iter().map(|id| id.index()), found.attributions.len())
}

fn spans(stage: &'static str, text: &str, spans: impl IntoIterator<Item = Span>) -> Result<(), Broken> {
    spans.into_iter().try_for_each(|found| span(stage, text, found))
}

fn span(stage: &'static str, text: &str, span: Span) -> Result<(), Broken> {
    let (start, end) = (span.start(), span.end());
    Span::new(text, start, end).map(|_| ()).map_err(|error| Broken::Span { stage, start, end, why: error.to_string() })
}

fn tokens(stage: &'static str, parse: &Parse, indices: impl IntoIterator<Item = usize>) -> Result<(), Broken> {
    references(stage, "token", indices, parse.tokens.len())
}

fn references(stage: &'static str, list: &'static str, indices: impl IntoIterator<Item = usize>, len: usize) -> Result<(), Broken> {
    indices.into_iter().try_for_each(|index| reference(stage, list, index, len))
}

fn reference(stage: &'static str, list: &'static str, index: usize, len: usize) -> Result<(), Broken> {
    if index < len { Ok(()) } else { Err(Broken::Reference { stage, list, index, len }) }
}
