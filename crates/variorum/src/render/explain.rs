//! What did each stage add to one document?
//!
//! Input: an annotated document. Output: for each stage, the passages it found something in, with its marks drawn over the words and its
//! records below, in the syntax of `cases/README.md`: what is printed can be pasted into a case. A stage that added nothing says "no change".
//! Limits: a record is drawn in the passage where it begins, even where it runs on.

use std::fmt::Write;

use anstyle::{AnsiColor, Color, Style};
use variorum_model::{Document, Parse, SentenceId, Span, TokenId};
use variorum_reconcile::Annotated;

use super::{escape, words};
use crate::lines::{Line, STAGES, stage_lines};

/// Stages that are shown on demand only, because they say something about every word.
const LONG: &[&str] = &["words", "sentences", "chains"];
const HEADING: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));
const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// The names a stage can be asked for by.
pub fn stages() -> impl Iterator<Item = &'static str> {
    STAGES.iter().map(|(name, _)| *name).chain(["parse"])
}

/// What one stage added, or every stage.
pub fn explain(doc: &Annotated, stage: Option<&str>, width: usize) -> String {
    let mut out = String::new();
    title(&mut out, &doc.document);
    match stage {
        Some("parse") => trees(&mut out, doc),
        Some(stage) => one(&mut out, doc, stage, width),
        None => STAGES.iter().filter(|(name, _)| !LONG.contains(name)).for_each(|(name, _)| one(&mut out, doc, name, width)),
    }
    diagnostics(&mut out, doc, stage.is_none());
    if stage.is_none() {
        push(&mut out, format_args!("\n{FAINT}--stage parse shows words and trees, --stage sentences the cuts{FAINT:#}\n"));
    }
    out
}

fn push(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("a string can always be written to");
}

fn title(out: &mut String, doc: &Document) {
    let title = doc.title.as_deref().unwrap_or("(no title)");
    push(out, format_args!("{HEADING}{}{HEADING:#}\n{FAINT}{} · {}{FAINT:#}\n", escape::line(title), escape::line(&doc.path), doc.id));
}

fn one(out: &mut String, doc: &Annotated, stage: &str, width: usize) {
    let lines = stage_lines(stage, doc).unwrap_or_default();
    let count = if lines.is_empty() { "no change".into() } else { lines.len().to_string() };
    push(out, format_args!("\n{HEADING}── {stage} · {count}{HEADING:#}\n"));
    match stage {
        "metadata" => lines.iter().for_each(|line| column(out, line)),
        "blocks" => blocks(out, &doc.document, width),
        "sentences" | "words" | "chains" => lines.iter().for_each(|line| record(out, line, "  ", width)),
        _ => over_the_text(out, doc, &lines, width),
    }
}

/// One field a row.
fn column(out: &mut String, line: &Line) {
    for field in line.fields.iter().filter(|field| !field.values.is_empty()) {
        let shown = field.to_string();
        let (name, value) = shown.split_once(' ').unwrap_or((&shown, ""));
        push(out, format_args!("  {FAINT}{name:<10}{FAINT:#} {}\n", escape::line(value)));
    }
}

fn blocks(out: &mut String, doc: &Document, width: usize) {
    for block in &doc.blocks {
        let faint = if block.kind.is_content() { Style::new() } else { FAINT };
        let place = words::place_in(doc, block.span.start());
        let number = if place.starts_with('¶') { place } else { String::new() };
        let lead = format!("  {number:>4}  {:<10}  ", block.kind.as_str());
        push(out, format_args!("{lead}{faint}{}{faint:#}\n", cut(&escape::line(doc.slice(block.span)), width.saturating_sub(20).max(30))));
    }
}

/// The first characters of a long text.
fn cut(text: &str, room: usize) -> String {
    if text.chars().count() <= room { text.into() } else { text.chars().take(room.saturating_sub(1)).chain(['…']).collect() }
}

// --- records over the passage they stand in -------------------------------------------------------------------------------

fn over_the_text(out: &mut String, doc: &Annotated, lines: &[Line], width: usize) {
    for (place, records) in by_passage(doc, lines) {
        if let Some(place) = place {
            let spans: Vec<Span> = records.iter().filter_map(|line| line.span).collect();
            let options = textwrap::Options::new(width).initial_indent("  ").subsequent_indent("  ");
            push(out, format_args!("{}\n", textwrap::fill(&marked(&doc.document, place, &spans), options)));
        }
        records.iter().for_each(|line| record(out, line, "      ", width));
    }
}

/// Records that begin in one passage, passages in text order.
fn by_passage<'l>(doc: &Annotated, lines: &'l [Line]) -> Vec<(Option<Span>, Vec<&'l Line>)> {
    let mut placed: Vec<(Option<Span>, &Line)> = lines.iter().map(|line| (line.span.map(|span| passage(doc, span)), line)).collect();
    placed.sort_by_key(|(place, line)| (*place, line.span));
    let mut passages: Vec<(Option<Span>, Vec<&Line>)> = Vec::new();
    for (place, line) in placed {
        match passages.last_mut() {
            Some((last, records)) if *last == place => records.push(line),
            _ => passages.push((place, vec![line])),
        }
    }
    passages
}

/// The sentence a span begins in, or its block.
fn passage(doc: &Annotated, span: Span) -> Span {
    let sentence = doc.parse.sentence_at(span.start()).map(|id| doc.parse.sentence(id).span);
    sentence.or_else(|| doc.document.block_at(span.start()).map(|block| block.span)).unwrap_or(span)
}

/// The passage with brackets around the spans that lie in it, the first of those that overlap.
fn marked(doc: &Document, passage: Span, spans: &[Span]) -> String {
    let mut marks: Vec<Span> = spans.iter().copied().filter(|&span| passage.contains(span) && span != passage).collect();
    marks.sort();
    let (mut shown, mut at) = (String::new(), passage.start());
    for mark in marks {
        if mark.start() >= at {
            push(&mut shown, format_args!("{}[{}]", &doc.text[at..mark.start()], doc.slice(mark)));
            at = mark.end();
        }
    }
    shown.push_str(&doc.text[at..passage.end()]);
    escape::line(&shown)
}

/// One record, without the fields that have no value.
fn record(out: &mut String, line: &Line, indent: &str, width: usize) {
    let mut fields = line.fields.iter();
    let first = fields.next().map(ToString::to_string).unwrap_or_default();
    let rest: String = fields.filter(|field| !field.values.is_empty()).map(|field| format!(" | {field}")).collect();
    let further = format!("{indent}  ");
    let options = textwrap::Options::new(width).initial_indent(indent).subsequent_indent(&further);
    let shown = textwrap::fill(&escape::line(&format!("{first}{rest}")), options);
    let (head, rest) = shown.split_at(shown.find(" | ").unwrap_or(shown.len()));
    push(out, format_args!("{BOLD}{head}{BOLD:#}{rest}\n"));
}

// --- trees --------------------------------------------------------------------------------------------------------------

fn trees(out: &mut String, doc: &Annotated) {
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

// --- what went wrong ----------------------------------------------------------------------------------------------------

fn diagnostics(out: &mut String, doc: &Annotated, always: bool) {
    let found = &doc.annotations.diagnostics;
    if found.is_empty() && !always {
        return;
    }
    let count = if found.is_empty() { "none".into() } else { found.len().to_string() };
    push(out, format_args!("\n{HEADING}── diagnostics · {count}{HEADING:#}\n"));
    for diagnostic in found {
        let place = diagnostic.span.map(|span| format!(": \"{}\"", cut(&escape::line(doc.document.slice(span)), 60)));
        push(out, format_args!("  {}{}\n", escape::line(&diagnostic.message), place.unwrap_or_default()));
    }
}
