//! When a text was published, as far as its own words tell.
//!
//! Input: text and blocks. Output: the days it may be, and the spans that say so. "First published 17 July 2023. Updated 19 July 2023." is 17 to 19 July. Date lines above
//! the text come first, then those below it, then the date of a dateline ("BEIJING, Sept. 4, 2025 (Agency) --"). Where none is printed with its year,
//! the evidence holds what else dates the text (captions, days without a year, notes of amendment), and the range is left to whoever sees
//! the other reports. Limits: a print edition's date is taken for the text's.

use variorum_model::{Basis, Block, BlockKind, DateRange, Dated, Span};

use crate::{
    dates::{Printed, Role, dates_in, is_date_line},
    words::{head, is_all_capitals},
};

/// The date printed in a text, and where.
pub(crate) fn published(text: &str, blocks: &[Block]) -> (Option<Dated>, Vec<Span>) {
    let first = blocks.iter().position(|block| block.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    let last = blocks.iter().rposition(|block| block.kind == BlockKind::Paragraph).map_or(blocks.len(), |i| i + 1);
    let sources = [date_lines(text, &blocks[..first]), date_lines(text, &blocks[last..]), datelines(text, &blocks[first..])];
    let dated = |dates: &Vec<Printed>| dates.iter().any(|date| date.range.is_some());
    let Some(dates) = sources.iter().find(|dates| dated(dates)) else {
        let hints = sources.iter().flatten().map(|date| date.span).chain(hints(text, blocks));
        return (None, sorted(hints));
    };
    let dated = covering(dates).map(|range| Dated { range, basis: Basis::Printed });
    (dated, sorted(dates.iter().filter(|date| date.range.is_some()).map(|date| date.span)))
}

/// Dates of the lines that say when a text was published or who wrote it.
fn date_lines(text: &str, blocks: &[Block]) -> Vec<Printed> {
    let wanted = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Date | BlockKind::Byline | BlockKind::Masthead));
    wanted.flat_map(|block| dates_in(text, block.span)).collect()
}

/// Dates of a dateline at the head of one of the first paragraphs.
fn datelines(text: &str, blocks: &[Block]) -> Vec<Printed> {
    const AMONG_FIRST: usize = 3;
    let paragraphs = blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).take(AMONG_FIRST);
    paragraphs.map(|block| dateline(text, block.span)).find(|dates| !dates.is_empty()).unwrap_or_default()
}

/// "BEIJING, Sept. 4, 2025 (Agency) -- …": what stands before the dash, if its first word is in capitals, or it is but a place and a date: "Oslo, 04/09/2025 (Agency) - …".
fn dateline(text: &str, paragraph: Span) -> Vec<Printed> {
    const LONGEST: usize = 100;
    let start = head(paragraph.of(text), LONGEST);
    let shouted = start.split([',', ' ', '(']).next().is_some_and(is_all_capitals);
    let dash = ["—", "–", "--", " - ", "―", ").", "/."].iter().filter_map(|dash| start.find(dash)).min();
    let line = dash
        .filter(|&dash| shouted || is_date_line(&start[..dash]))
        .and_then(|dash| Span::new(text, paragraph.start(), paragraph.start() + dash).ok());
    line.map(|line| dates_in(text, line)).unwrap_or_default()
}

/// From the first publication to the last update.
fn covering(dates: &[Printed]) -> Option<DateRange> {
    let of = |wanted: fn(Role) -> bool| dates.iter().filter(move |date| wanted(date.role)).filter_map(|date| date.range);
    let first = of(|role| role == Role::Published).next().or_else(|| of(|role| role == Role::Bare).next());
    let updated = of(|role| role == Role::Updated).max_by_key(|range| range.latest());
    match (first, updated) {
        (Some(first), Some(updated)) if updated.earliest() > first.latest() => Some(first.cover(updated)),
        (Some(first), _) => Some(first),
        (None, updated) => updated,
    }
}

/// Dates of captions and of notes about corrections.
fn hints(text: &str, blocks: &[Block]) -> Vec<Span> {
    let notes = blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && is_note(block.span.of(text)));
    let captions = blocks.iter().filter(|block| block.kind == BlockKind::Caption);
    captions.chain(notes).flat_map(|block| dates_in(text, block.span)).map(|date| date.span).collect()
}

fn is_note(line: &str) -> bool {
    use crate::boilerplate::{BOILERPLATE, Cue};
    let start = head(line, 300);
    BOILERPLATE.find(start).iter().any(|found| found.cue == Cue::Note && !start[..found.start].contains(char::is_alphanumeric))
}

fn sorted(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort();
    spans.dedup();
    spans
}
