//! What happened, in order of time, in the words of one report each.

use std::collections::BTreeSet;

use variorum_model::{
    BlockKind, Document, DocumentId, Event, EventStatus, EventType, Story,
    dossier::{Citation, EventReading},
};

use super::{
    super::words,
    BOLD, FAINT,
    page::{Page, citations},
};

const MOST: usize = 16;
const MOST_UNDATED: usize = 4;
/// Characters of a quoted clause.
const CLAUSE: usize = 190;

pub(super) fn timeline(page: &mut Page<'_>, story: &Story) {
    let mut events: Vec<&Event> =
        page.dossier.events.iter().filter(|event| event.story == story.id && !event.readings.is_empty()).collect();
    if events.is_empty() {
        return;
    }
    page.heading("TIMELINE");
    let n = events.len();
    events.sort_by_key(|event| std::cmp::Reverse(weight(page, event)));
    let happenings = one_a_passage(page, &events);
    let (mut dated, mut undated): (Vec<&Event>, Vec<&Event>) = happenings.into_iter().partition(|event| event.when.is_some());
    dated.truncate(MOST);
    undated.truncate(if dated.is_empty() { MOST } else { MOST_UNDATED });
    dated.sort_by_key(|event| event.when.as_ref().map(|when| (when.range.earliest(), when.range.latest())));
    let mut last = String::new();
    for event in dated.iter().chain(&undated) {
        let date = event.when.as_ref().map_or("undated".into(), |when| words::dates(when.range));
        entry(page, event, if date == last { "" } else { &date });
        last = date;
    }
    page.more(n.saturating_sub(dated.len() + undated.len()), "event", "events");
}

/// Of several events told in one sentence, the weightiest: "collided and sank" is one entry.
fn one_a_passage<'d>(page: &Page<'_>, events: &[&'d Event]) -> Vec<&'d Event> {
    let mut told: Vec<(&DocumentId, usize, usize)> = Vec::new();
    let mut kept = Vec::new();
    for event in events {
        let reading = best(page, event);
        let Some((start, end)) = page.document(&reading.document).map(|doc| sentence(doc, reading)) else { continue };
        let again = told.iter().any(|(id, a, b)| **id == reading.document && start < *b && *a < end);
        if !again {
            told.push((&reading.document, start, end));
            kept.push(*event);
        }
    }
    kept
}

fn documents(event: &Event) -> BTreeSet<&DocumentId> {
    event.readings.iter().map(|reading| &reading.document).collect()
}

/// What is widely told, told first and told fully weighs most.
fn weight(page: &Page<'_>, event: &Event) -> usize {
    let early = event.readings.iter().filter(|reading| rank(page, reading) <= 2).count();
    let told = 3 * documents(event).len() + 2 * early.min(4);
    let full = 2 * usize::from(!event.actors.is_empty()) + usize::from(!event.recipients.is_empty()) + usize::from(event.place.is_some());
    told + full + 2 * usize::from(event.status == EventStatus::Occurred)
}

/// How far down its document a reading stands: 0 in the headline.
fn rank(page: &Page<'_>, reading: &EventReading) -> usize {
    let Some(doc) = page.document(&reading.document) else { return usize::MAX };
    let start = reading.evidence.first().start();
    let above = doc.blocks.iter().take_while(|block| block.span.end() <= start);
    above.filter(|block| block.kind == BlockKind::Paragraph).count()
}

/// The reading that is quoted: a sentence rather than a headline, high up, short enough.
fn best<'d>(page: &Page<'_>, event: &'d Event) -> &'d EventReading {
    let key = |reading: &&EventReading| {
        let doc = page.document(&reading.document);
        let kind = doc.and_then(|doc| doc.block_at(reading.evidence.first().start())).map(|block| block.kind);
        (kind != Some(BlockKind::Paragraph), reading.evidence.first().len() > CLAUSE, rank(page, reading), page.number(&reading.document))
    };
    event.readings.iter().min_by_key(key).expect("an event has readings")
}

fn entry(page: &mut Page<'_>, event: &Event, date: &str) {
    let mut lead = format!("  {date:<12} ");
    if lead.chars().count() > 15 {
        // A date too long for its column has a line of its own.
        page.line(&format!("  {date}"));
        lead = " ".repeat(15);
    }
    let who = participants(page, event);
    let said = clause(page, best(page, event));
    let readings: Vec<&DocumentId> = event.readings.iter().map(|reading| &reading.document).collect();
    let origins = page.origins(&event.origins, &readings);
    let marks = page
        .marks(event.readings.iter().flat_map(|reading| citations(&reading.document, reading.evidence.spans())).collect::<Vec<Citation>>());
    let what = format!("{}{}", kind(event.kind), status(event.status));
    page.paragraph(&lead, &" ".repeat(15), &format!("{BOLD}{who}{BOLD:#}{FAINT}{what}{FAINT:#} ‹{said}› — {origins} {marks}"));
}

fn participants(page: &Page<'_>, event: &Event) -> String {
    let actors = page.names(&event.actors);
    let recipients = page.names(&event.recipients);
    match (actors.is_empty(), recipients.is_empty()) {
        (false, false) => format!("{actors} → {recipients} "),
        (false, true) => format!("{actors} "),
        (true, false) => format!("→ {recipients} "),
        (true, true) => String::new(),
    }
}

fn kind(kind: EventType) -> String {
    kind.as_str().to_lowercase()
}

/// What did not simply happen is always said.
fn status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Occurred => "",
        EventStatus::Planned => ", planned",
        EventStatus::Promised => ", promised",
        EventStatus::Threatened => ", threatened",
        EventStatus::Possible => ", possible",
        EventStatus::Denied => ", denied",
        EventStatus::Hypothetical => ", hypothetical",
    }
}

/// The sentence the trigger stands in; of a long one, what is around the trigger.
fn clause(page: &Page<'_>, reading: &EventReading) -> String {
    let Some(doc) = page.document(&reading.document) else { return String::new() };
    let (start, end) = sentence(doc, reading);
    let sentence = &doc.text[start..end];
    if sentence.chars().count() <= CLAUSE {
        return page.safe(sentence);
    }
    // A few words before the trigger, the rest after it.
    let trigger = reading.trigger.first().start().max(start);
    let lead: usize = doc.text[start..trigger].chars().rev().take(CLAUSE / 3).map(char::len_utf8).sum();
    let from = if trigger - lead == start {
        start
    } else {
        doc.text[trigger - lead..trigger].find(' ').map_or(trigger, |at| trigger - lead + at + 1)
    };
    let dots = if from == start { "" } else { "… " };
    format!("{dots}{}", words::cut(&page.safe(&doc.text[from..end]), CLAUSE))
}

/// Byte offsets of the sentence around the trigger, within its block. For showing only: cut at a stop after a word of some length and before a capital.
fn sentence(doc: &Document, reading: &EventReading) -> (usize, usize) {
    let trigger = reading.trigger.first();
    let block = doc.block_at(trigger.start()).map_or(trigger, |block| block.span);
    let text = doc.slice(block);
    let ends = text
        .char_indices()
        .filter(|&(at, c)| matches!(c, '.' | '?' | '!') && is_end(text, at))
        .map(|(at, c)| block.start() + at + c.len_utf8());
    let (mut start, mut end) = (block.start(), block.end());
    for at in ends {
        if at <= trigger.start() {
            start = at;
        } else {
            // A closing quotation mark belongs to what it closes.
            end = at
                + doc.text[at..block.end()].chars().take_while(|c| matches!(c, '"' | '”' | '’' | ')')).map(char::len_utf8).sum::<usize>();
            break;
        }
    }
    let skipped =
        doc.text[start..end].chars().take_while(|c| c.is_whitespace() || matches!(c, '”' | '’')).map(char::len_utf8).sum::<usize>();
    (start + skipped, end)
}

fn is_end(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let mut after = text[at + 1..].chars().skip_while(|c| matches!(c, '"' | '”' | '’' | ')'));
    let follows = after.next().is_none_or(char::is_whitespace) && after.find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase());
    follows && (word.chars().count() > 3 || word.chars().all(|c| c.is_ascii_digit()) || word.chars().all(char::is_lowercase))
}
