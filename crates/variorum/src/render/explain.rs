//! What did each stage add to one document?
//!
//! Input: an annotated document. Output: for each stage, the passages it found something in, with its marks drawn over the words: attributions as lanes and
//! chains, events as lanes with who, when and where, times and figures with their values, others as records below. A stage that added nothing says "no change". Asked for cases, the records
//! alone, in the syntax of `cases/README.md`: what is printed can be pasted into a case.
//! Limits: letters that run from right to left are marked as if they ran from left to right.

mod attributions;
mod events;
mod labels;
mod lanes;
mod palette;
mod passages;
mod paths;
mod records;
mod rows;
mod trees;
mod values;

#[cfg(test)]
mod tests;

use std::fmt::Write;

use anstyle::Style;
use variorum_model::Document;
use variorum_reconcile::Annotated;

use self::palette::{FAINT, HEADING};
use super::{escape, words};
use crate::lines::{Line, STAGES, stage_lines};

/// Stages that are shown on demand only, because they say something about every word.
const LONG: &[&str] = &["words", "sentences", "chains"];

/// The names a stage can be asked for by.
pub fn stages() -> impl Iterator<Item = &'static str> {
    STAGES.iter().map(|(name, _)| *name).chain(["parse"])
}

/// What one stage added, or every stage.
pub fn explain(doc: &Annotated, stage: Option<&str>, width: usize) -> String {
    let mut out = String::new();
    title(&mut out, &doc.document, width);
    match stage {
        Some("parse") => trees::draw(&mut out, doc),
        Some(stage) => one(&mut out, doc, stage, width),
        None => STAGES.iter().filter(|(name, _)| !LONG.contains(name)).for_each(|(name, _)| one(&mut out, doc, name, width)),
    }
    diagnostics(&mut out, doc, stage.is_none());
    if stage.is_none() {
        push(&mut out, format_args!("\n{FAINT}--stage parse shows words and trees, --stage sentences the cuts{FAINT:#}\n"));
    }
    out
}

/// The records of one stage, or of every stage, as blocks of a case.
pub fn cases(doc: &Annotated, stage: Option<&str>) -> String {
    let mut out = String::new();
    let asked = |name: &&str| match stage {
        // A case writes trees word by word.
        Some("parse") => *name == "words",
        Some(stage) => *name == stage,
        None => !LONG.contains(name),
    };
    for name in STAGES.iter().map(|(name, _)| *name).filter(asked) {
        records::block(&mut out, name, &stage_lines(name, doc).unwrap_or_default());
    }
    out
}

fn push(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("a string can always be written to");
}

fn title(out: &mut String, doc: &Document, width: usize) {
    let title = doc.title.as_deref().unwrap_or("(no title)");
    push(out, format_args!("{HEADING}{}{HEADING:#}\n", textwrap::fill(&escape::line(title), width)));
    push(out, format_args!("{FAINT}{} · {}{FAINT:#}\n", escape::line(&doc.path), doc.id));
}

fn one(out: &mut String, doc: &Annotated, stage: &str, width: usize) {
    let lines = stage_lines(stage, doc).unwrap_or_default();
    let count = if lines.is_empty() { "no change".into() } else { lines.len().to_string() };
    push(out, format_args!("\n{HEADING}── {stage} · {count}{HEADING:#}\n"));
    match stage {
        "metadata" => lines.iter().for_each(|line| column(out, line)),
        "blocks" => blocks(out, &doc.document, width),
        "sentences" | "words" | "chains" => lines.iter().for_each(|line| records::wrapped(out, line, "  ", width)),
        "attribution" => attributions::draw(out, doc, width),
        "events" => events::draw(out, doc, width),
        "names" | "times" | "quantities" | "places" | "figures" => values::draw(out, doc, stage, &lines, width),
        _ => records::draw(out, doc, &lines, width),
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
