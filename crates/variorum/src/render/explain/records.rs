//! How is a record written below the passage it stands in, and how is it copied into a case?
//!
//! Input: the lines of a stage. Output: passages with brackets around the spans that lie in them and the records below; or, for copying, a block of `cases/README.md`
//! with one line a record. Limits: a record is shown in the passage where it begins, even where it runs on.

use textwrap::Options;
use variorum_model::{Document, Span};
use variorum_reconcile::Annotated;

use super::{
    super::escape,
    palette::BOLD,
    passages::{Passage, passages},
    push,
};
use crate::lines::{Field, Line};

/// Passages with their records, then records that stand nowhere.
pub(super) fn draw(out: &mut String, doc: &Annotated, lines: &[Line], width: usize) {
    let spans: Vec<Vec<Span>> = lines.iter().map(|line| Vec::from(line.span.as_slice())).collect();
    for passage in passages(doc, &spans) {
        let records: Vec<&Line> = passage.records.iter().map(|&i| &lines[i]).collect();
        let marks: Vec<Span> = records.iter().filter_map(|line| line.span).collect();
        let options = Options::new(width).initial_indent("  ").subsequent_indent("  ");
        push(out, format_args!("{}\n", textwrap::fill(&marked(&doc.document, &passage, marks), options)));
        records.iter().for_each(|line| wrapped(out, line, "      ", width));
    }
    lines.iter().filter(|line| line.span.is_none()).for_each(|line| wrapped(out, line, "      ", width));
}

/// The passage with brackets around the spans that lie in it, the first of those that overlap.
fn marked(doc: &Document, passage: &Passage, mut marks: Vec<Span>) -> String {
    marks.sort();
    let stretches = passage.stretches.iter().map(|stretch| {
        let (mut shown, mut at) = (String::new(), stretch.span.start());
        for mark in marks.iter().filter(|&&mark| stretch.span.contains(mark) && stretch.span != mark) {
            if mark.start() >= at {
                push(&mut shown, format_args!("{}[{}]", &doc.text[at..mark.start()], doc.slice(*mark)));
                at = mark.end();
            }
        }
        shown + &doc.text[at..stretch.span.end()]
    });
    escape::line(&stretches.collect::<Vec<_>>().join(" "))
}

/// One record over as many rows as it takes.
pub(super) fn wrapped(out: &mut String, line: &Line, indent: &str, width: usize) {
    let further = format!("{indent}  ");
    let options = Options::new(width).initial_indent(indent).subsequent_indent(&further);
    let shown = textwrap::fill(&plain(line), options);
    let (head, rest) = shown.split_at(shown.find(" | ").unwrap_or(shown.len()));
    push(out, format_args!("{BOLD}{head}{BOLD:#}{rest}\n"));
}

/// The block of a case that expects just these records.
pub(super) fn block(out: &mut String, stage: &str, lines: &[Line]) {
    let records: String = lines.iter().map(|line| plain(line) + "\n").collect();
    push(out, format_args!("```expect {stage}\n{}```\n", if lines.is_empty() { "nothing\n" } else { &records }));
}

/// One record on one line, without the fields that have no value.
fn plain(line: &Line) -> String {
    let mut fields = line.fields.iter();
    let first = fields.next().map(Field::to_string).unwrap_or_default();
    let rest: String = fields.filter(|field| !field.values.is_empty()).map(|field| format!(" | {field}")).collect();
    escape::line(&format!("{first}{rest}"))
}
