//! Who said what to whom, speaker by speaker, in the words quoted.

use variorum_model::{Act, ActorId, DocumentId, Statement, Story, dossier::Citation};

use super::{
    super::{
        statements::{self, First},
        words,
    },
    BOLD, FAINT,
    page::{Page, citations},
};

const MOST_SPEAKERS: usize = 10;
const MOST_EACH: usize = 3;
/// Characters of one quotation.
const QUOTE: usize = 220;

pub(super) fn by_speaker(page: &mut Page<'_>, story: &Story) {
    let all: Vec<&Statement> = page.dossier.statements.iter().filter(|statement| statement.story == story.id).collect();
    if all.is_empty() {
        return;
    }
    page.heading("WHO SAID WHAT");
    let speakers = statements::by_speaker(all.iter().copied(), |id| page.actor(id), weight, MOST_EACH);
    let mut shown = 0;
    for (speaker, statements) in speakers.iter().take(MOST_SPEAKERS) {
        shown += one_speaker(page, *speaker, statements);
    }
    page.more(all.len().saturating_sub(shown), "statement", "statements");
}

/// In a short list what binds, opposes or blames comes first, and a few words that are quoted are a statement too.
fn weight(statement: &Statement) -> usize {
    let act = match statement.act {
        Act::Accuse | Act::Deny | Act::Threaten | Act::Promise | Act::Demand | Act::Reject | Act::Admit | Act::Warn | Act::Order => 3,
        Act::Say | Act::Report | Act::Describe | Act::Know | Act::Believe => 0,
        _ => 1,
    };
    let short_but_quoted = !statement.verbatim.is_empty() && !statements::is_full(statement);
    statements::weight(statement) + act + 3 * usize::from(short_but_quoted)
}

fn one_speaker(page: &mut Page<'_>, speaker: Option<&ActorId>, statements: &[&Statement]) -> usize {
    let name = speaker.map_or("Unnamed".into(), |id| page.name(id));
    let role = speaker.and_then(|id| page.actor(id)).and_then(statements::office);
    let role = role.map(|role| format!(", {}", page.safe(&role))).unwrap_or_default();
    page.paragraph("  ", "    ", &format!("{BOLD}{name}{BOLD:#}{role}"));
    let shown = statements.len().min(MOST_EACH);
    for statement in &statements[..shown] {
        entry(page, statement);
    }
    shown
}

fn entry(page: &mut Page<'_>, statement: &Statement) {
    let does = words::does(statement.act, statement.polarity);
    let to = statement.addressee.as_ref().map(|id| format!(" to {}", page.name(id))).unwrap_or_default();
    let said = statement.said.as_ref().map(|when| format!(" {FAINT}({}){FAINT:#}", words::dates(when.range))).unwrap_or_default();
    let readings: Vec<&DocumentId> = statement.readings.iter().map(|reading| &reading.document).collect();
    let origins = page.origins(&statement.origins, &readings);
    let marks = page.marks(
        statement.readings.iter().flat_map(|reading| citations(&reading.document, reading.content.spans())).collect::<Vec<Citation>>(),
    );
    let quoted = quotation(page, statement);
    page.paragraph("    · ", "      ", &format!("{does}{to}{said}: {quoted} — {origins} {marks}"));
}

/// Quoted words as such; the report's own words in another kind of marks; other wordings after the first.
fn quotation(page: &Page<'_>, statement: &Statement) -> String {
    let quote = |text: &String| format!("“{}”", words::cut(page.safe(text).trim_matches(['“', '”', '"']).trim_end_matches(','), QUOTE));
    let wording = statements::wording(statement, 2);
    let first = match wording.first {
        First::Quoted(words) => quote(words),
        First::Reported(words) => format!("‹{}›", words::cut(&page.safe(words), QUOTE)),
    };
    let others: Vec<String> = wording.others.into_iter().map(quote).collect();
    if others.is_empty() { first } else { format!("{first}; also {}", others.join(", ")) }
}
