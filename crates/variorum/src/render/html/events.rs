//! The table of events: date, type, who to whom, whether it happened, where, in which words, on how many origins.

use std::collections::BTreeSet;

use variorum_model::{BlockKind, DocumentId, Event, EventStatus, Story, dossier::EventReading};

use super::{
    super::words,
    sheet::{Place, Sheet, folded, places, text},
};

/// Rows shown; the others are folded.
const OPEN: usize = 30;
/// Characters of a quoted clause.
const CLAUSE: usize = 180;

pub(super) fn table(sheet: &Sheet<'_>, story: &Story) -> String {
    let own = sheet.dossier.events.iter().filter(|event| event.story == story.id && !event.readings.is_empty());
    let rows: Vec<String> = own.map(|event| row(sheet, event)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let head = "<table class=\"events\"><thead><tr><th scope=\"col\">Date</th><th scope=\"col\">Type</th><th scope=\"col\">Who</th><th \
                scope=\"col\">Status</th><th scope=\"col\">Place</th><th scope=\"col\">In the words of the reports</th></tr></thead><tbody>\n";
    folded(&rows, OPEN, "event", (head, "</tbody></table>"))
}

fn row(sheet: &Sheet<'_>, event: &Event) -> String {
    let date = event.when.as_ref().map_or("undated".into(), |when| words::dates(when.range));
    let mode = event.mode.as_ref().map(|mode| format!(" <small>{}</small>", text(mode))).unwrap_or_default();
    let place = event.place.as_ref().map(|place| text(&place.name)).unwrap_or_default();
    format!(
        "<tr class=\"rec\" id=\"{}\" data-p=\"{}\"><td data-l=\"Date\">{date}</td><td data-l=\"Type\">{}{mode}</td><td data-l=\"Who\">{}</td><td \
         data-l=\"Status\">{}</td><td data-l=\"Place\">{place}</td><td data-l=\"Words\"><span class=\"w\">‹{}›</span> {}{}</td></tr>\n",
        event.id,
        sheet.data(evidence(event)),
        event.kind.as_str().to_lowercase(),
        text(&sheet.participants(&event.actors, &event.recipients)),
        status(event.status),
        text(&clause(sheet, event)),
        sheet.origins(&event.origins, &documents(event), true),
        sheet.marks(evidence(event)),
    )
}

pub(super) fn status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Occurred => "occurred",
        EventStatus::Planned => "planned",
        EventStatus::Promised => "promised",
        EventStatus::Threatened => "threatened",
        EventStatus::Possible => "possible",
        EventStatus::Denied => "denied",
        EventStatus::Hypothetical => "hypothetical",
    }
}

pub(super) fn documents(event: &Event) -> BTreeSet<&DocumentId> {
    event.readings.iter().map(|reading| &reading.document).collect()
}

pub(super) fn evidence(event: &Event) -> impl Iterator<Item = Place<'_>> {
    event.readings.iter().flat_map(|reading| places(&reading.document, &reading.evidence))
}

/// `consult: A → B`, or the words of a report where nobody is named.
pub(super) fn summary(sheet: &Sheet<'_>, event: &Event) -> String {
    let who = sheet.participants(&event.actors, &event.recipients);
    let kind = event.kind.as_str().to_lowercase();
    let told = if who.is_empty() { format!("‹{}›", words::cut(&clause(sheet, event), 70)) } else { who };
    match event.status {
        EventStatus::Occurred => format!("{kind}: {told}"),
        other => format!("{kind}, {}: {told}", status(other)),
    }
}

/// A sentence rather than a headline, and one that is short enough.
fn clause(sheet: &Sheet<'_>, event: &Event) -> String {
    let key = |reading: &&EventReading| {
        let first = reading.evidence.first();
        let kind = sheet.document(&reading.document).and_then(|doc| doc.block_at(first.start())).map(|block| block.kind);
        (kind != Some(BlockKind::Paragraph), first.len() > CLAUSE, sheet.number(&reading.document))
    };
    let Some(reading) = event.readings.iter().min_by_key(key) else { return String::new() };
    let Some(doc) = sheet.document(&reading.document) else { return String::new() };
    let pieces: Vec<&str> = reading.evidence.spans().iter().map(|&span| doc.slice(span)).collect();
    words::cut(&pieces.join(" … "), CLAUSE)
}
