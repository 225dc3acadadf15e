//! Events of one text against those marked in it: trigger, type, participants, status.
//!
//! A marked and a found event are one where their triggers share a word. Type, participants and status are judged of those found; whether
//! all three are right, of all that are marked. Participants are compared without titles and nationalities (`names`).

use variorum::lines::{Line, Value, stage_lines};
use variorum_cases::expect::Expected;
use variorum_model::{EntityId, EventMention};

use super::{Item, Tally, kinds, names::is_same_somebody, overlapping, word};

/// An event that the program found.
struct Found<'i> {
    record: &'i EventMention,
    /// As `explain` prints it.
    line: Line,
}

pub(super) fn count(tally: &mut Tally, item: &Item, marked: &[Expected]) -> Result<(), String> {
    let lines = stage_lines("events", &item.doc).unwrap_or_default();
    let found: Vec<Found> = item.doc.annotations.events.iter().zip(lines).map(|(record, line)| Found { record, line }).collect();
    let triggers: Vec<Vec<usize>> = found.iter().map(|found| item.words(found.record.trigger_spans.spans())).collect();
    let pairs = overlapping(&item.marked_words(marked, "trigger")?, &triggers);
    tally.both("events: found", pairs.iter().flatten().count(), marked.len(), found.len());
    let typed = pairs.iter().zip(marked).filter(|(j, line)| j.is_some_and(|j| is_type(&found[j], line))).count();
    tally.both("events: found with their type", typed, marked.len(), found.len());
    for (i, line) in marked.iter().enumerate() {
        match pairs[i].map(|j| &found[j]) {
            Some(found) => fields(tally, item, line, found),
            None => {
                tally.share("events: all right, of those marked", false);
                let kind = format!("event missed: {}", word(line, "type").unwrap_or_default());
                tally.error("events: missed", kind, format!("{}: {}", item.name, line.raw));
            }
        }
    }
    for (_, spare) in found.iter().enumerate().filter(|(j, _)| !pairs.contains(&Some(*j))) {
        let kind = format!("event not marked: {}", spare.record.kind.as_str());
        tally.error("events: not marked", kind, format!("{}: {}", item.name, spare.line));
    }
    Ok(())
}

fn is_type(found: &Found, line: &Expected) -> bool {
    word(line, "type") == Some(found.record.kind.as_str())
}

/// Type, participants and status of an event that was found.
fn fields(tally: &mut Tally, item: &Item, line: &Expected, found: &Found) {
    let mut judge = |field: &str, right: bool, kind: String| {
        tally.share(&format!("events: {field}, of those found"), right);
        if !right {
            let beside = format!("{}: {}\n        found {}", item.name, line.raw, found.line);
            tally.error(&format!("events: {field} wrong"), kind, beside);
        }
        right
    };
    let mine = |field: &str| found.line.field(field).and_then(|field| field.values.first()).map(ToString::to_string);
    let label = |field: &str| kinds::label(field, word(line, field).unwrap_or("none"), mine(field).as_deref());
    let typed = judge("type", is_type(found, line), label("type"));
    let status = judge("status", word(line, "status") == mine("status").as_deref(), label("status"));
    let (actors, recipients) = (line.values("actors").unwrap_or_default(), line.values("recipients").unwrap_or_default());
    let actors = (named(actors), &found.record.actors[..]);
    let recipients = (named(recipients), &found.record.recipients[..]);
    let kind = [("actors", &actors), ("recipients", &recipients)].map(|(name, list)| difference(item, name, list));
    let kind: Vec<String> = kind.into_iter().flatten().collect();
    let participants = judge("participants", kind.is_empty(), kind.first().cloned().unwrap_or_default());
    tally.share("events: all right, of those marked", typed && status && participants);
}

/// The names that a line gives; `none` is nobody.
fn named(values: &[Value]) -> Vec<&str> {
    values
        .iter()
        .filter_map(|value| match value {
            Value::Quote(name, _) => Some(name.as_str()),
            Value::Word(_) => None,
        })
        .collect()
}

/// How a list of participants differs from the one marked; none where it is the same.
fn difference(item: &Item, name: &str, (wanted, mine): &(Vec<&str>, &[EntityId])) -> Option<String> {
    let is = |wanted: &str, id: EntityId| is_same_somebody(item, id, wanted);
    let missed = wanted.iter().filter(|&&wanted| !mine.iter().any(|&id| is(wanted, id))).count();
    let spare = mine.iter().filter(|&&id| !wanted.iter().any(|&wanted| is(wanted, id))).count();
    let how = match (missed, spare) {
        (0, 0) => return None,
        (_, 0) => "missed",
        (0, _) => "one too many",
        _ => "somebody else",
    };
    Some(format!("{name}: {how}"))
}
