//! Who said what to whom, speaker by speaker, in the words quoted.

use std::{cmp::Reverse, collections::BTreeSet};

use variorum_model::{
    Act, ActorId, AttributionForm, AttributionKind, DocumentId, EntityKind, RoleTense, Statement, Story,
    dossier::{ActorRole, Citation},
};

use super::{
    super::words,
    BOLD, FAINT,
    page::{Page, citations},
};
use crate::lines::role_text;

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
    let speakers = grouped(page, &all);
    let mut shown = 0;
    for (speaker, statements) in speakers.iter().take(MOST_SPEAKERS) {
        shown += one_speaker(page, speaker.as_ref(), statements);
    }
    page.more(all.len().saturating_sub(shown), "statement", "statements");
}

/// Speakers with their statements, weightiest first on both levels.
fn grouped<'d>(page: &Page<'_>, all: &[&'d Statement]) -> Vec<(Option<ActorId>, Vec<&'d Statement>)> {
    let ids: BTreeSet<Option<ActorId>> = all.iter().map(|statement| statement.speaker.clone()).collect();
    let mut speakers: Vec<(Option<ActorId>, Vec<&Statement>)> = Vec::new();
    for id in ids {
        let mut own: Vec<&Statement> = all.iter().copied().filter(|statement| statement.speaker == id).collect();
        own.sort_by_key(|statement| Reverse(weight(statement)));
        speakers.push((id, own));
    }
    speakers
        .sort_by_key(|(id, own)| Reverse((standing(page, id.as_ref()), own.iter().take(MOST_EACH).map(|one| weight(one)).sum::<usize>())));
    speakers
}

/// Named speakers before unnamed ones, and whoever reports before those who only pass on.
fn standing(page: &Page<'_>, id: Option<&ActorId>) -> usize {
    match id.and_then(|id| page.actor(id)).map(|actor| actor.kind) {
        Some(EntityKind::Person | EntityKind::State | EntityKind::Organization | EntityKind::PlaceAsActor) => 2,
        Some(_) => 1,
        None => 0,
    }
}

fn documents(statement: &Statement) -> BTreeSet<&DocumentId> {
    statement.readings.iter().map(|reading| &reading.document).collect()
}

fn weight(statement: &Statement) -> usize {
    let act = match statement.act {
        Act::Accuse | Act::Deny | Act::Threaten | Act::Promise | Act::Demand | Act::Reject | Act::Admit | Act::Warn | Act::Order => 3,
        Act::Say | Act::Report | Act::Describe | Act::Know | Act::Believe => 0,
        _ => 1,
    };
    let quoted = 3 * usize::from(!statement.verbatim.is_empty());
    let spoken = 2 * usize::from(statement.kind == AttributionKind::Speech);
    // Two words that are not quoted are seldom a statement.
    let full = 3 * usize::from(statement.content.split_whitespace().count() > 3 || !statement.verbatim.is_empty());
    4 * documents(statement).len() + act + quoted + spoken + full
}

fn one_speaker(page: &mut Page<'_>, speaker: Option<&ActorId>, statements: &[&Statement]) -> usize {
    let name = speaker.map_or("Unnamed".into(), |id| page.name(id));
    let role = speaker.and_then(|id| page.actor(id)).and_then(|actor| role(&actor.roles));
    let role = role.map(|role| format!(", {}", page.safe(&role))).unwrap_or_default();
    page.paragraph("  ", "    ", &format!("{BOLD}{name}{BOLD:#}{role}"));
    let shown = statements.len().min(MOST_EACH);
    for statement in &statements[..shown] {
        entry(page, statement);
    }
    shown
}

/// The office most often given.
fn role(roles: &[ActorRole]) -> Option<String> {
    let now = |role: &&ActorRole| (role.tense != RoleTense::Former, role.evidence.len(), Reverse(role.title.len()));
    roles.iter().max_by_key(now).map(|role| role_text(&role.title, role.of.as_deref(), role.tense))
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
    let whole =
        statement.form == AttributionForm::Direct || statement.verbatim.iter().any(|words| 3 * words.len() > 2 * statement.content.len());
    let first = match statement.verbatim.first() {
        Some(words) if whole => quote(words),
        _ => format!("‹{}›", words::cut(&page.safe(&statement.content), QUOTE)),
    };
    let others = statement.verbatim.iter().skip(usize::from(whole)).filter(|words| whole || !statement.content.contains(*words));
    let others: Vec<String> = others.filter(|words| words.split_whitespace().count() > 2).take(2).map(quote).collect();
    if others.is_empty() { first } else { format!("{first}; also {}", others.join(", ")) }
}
