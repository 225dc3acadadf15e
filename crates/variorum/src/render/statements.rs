//! In which order are statements shown, and in whose words?
//!
//! Input: the statements of a story. Output: speakers with their statements, weightiest first on both levels; the words of one statement, those quoted told
//! from those reported; the office of a speaker. Both the terminal and the page ask here, and only write differently. Example: a minister's quoted promise
//! that three reports have comes before an unnamed official's remark in one. Limits: weights are counts of what can be counted, not of what matters.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use variorum_model::{Actor, ActorId, AttributionForm, AttributionKind, DocumentId, EntityKind, RoleTense, Statement, dossier::ActorRole};

use crate::lines::role_text;

/// A speaker, none where unnamed, with what he said.
pub(super) type Speaker<'d> = (Option<&'d ActorId>, Vec<&'d Statement>);

/// The words of a statement.
pub(super) struct Wording<'s> {
    pub(super) first: First<'s>,
    /// Further quoted words, those of more than two.
    pub(super) others: Vec<&'s String>,
}

/// What a statement is shown by.
pub(super) enum First<'s> {
    /// Its speaker's words.
    Quoted(&'s String),
    /// A report's.
    Reported(&'s str),
}

/// Speakers with their statements; a speaker weighs as much as the first `n_first` of them.
pub(super) fn by_speaker<'d>(
    statements: impl Iterator<Item = &'d Statement>,
    actor: impl Fn(&ActorId) -> Option<&'d Actor>,
    weight: impl Fn(&Statement) -> usize,
    n_first: usize,
) -> Vec<Speaker<'d>> {
    let mut speakers: BTreeMap<Option<&ActorId>, Vec<&Statement>> = BTreeMap::new();
    for statement in statements {
        speakers.entry(statement.speaker.as_ref()).or_default().push(statement);
    }
    for own in speakers.values_mut() {
        own.sort_by_key(|statement| Reverse(weight(statement)));
    }
    let mut ordered: Vec<Speaker> = speakers.into_iter().collect();
    let first = |own: &[&Statement]| own.iter().take(n_first).map(|statement| weight(statement)).sum::<usize>();
    ordered.sort_by_key(|(id, own)| Reverse((standing(id.and_then(&actor)), first(own))));
    ordered
}

/// Named speakers before unnamed ones, and whoever speaks before those who only pass on.
fn standing(actor: Option<&Actor>) -> usize {
    match actor.map(|actor| actor.kind) {
        Some(EntityKind::Person | EntityKind::State | EntityKind::Organization | EntityKind::PlaceAsActor) => 2,
        Some(_) => 1,
        None => 0,
    }
}

/// Many reports, quoted words, speech rather than thought, and more than a few words weigh.
pub(super) fn weight(statement: &Statement) -> usize {
    let quoted = 3 * usize::from(!statement.verbatim.is_empty());
    let spoken = 2 * usize::from(statement.kind == AttributionKind::Speech);
    let full = 3 * usize::from(is_full(statement));
    4 * documents(statement).len() + quoted + spoken + full
}

/// Whether it is more than a few words, which are seldom a statement.
pub(super) fn is_full(statement: &Statement) -> bool {
    statement.content.split_whitespace().count() > 3
}

/// The reports that have it.
pub(super) fn documents(statement: &Statement) -> BTreeSet<&DocumentId> {
    statement.readings.iter().map(|reading| &reading.document).collect()
}

/// The office most often given, in words.
pub(super) fn office(actor: &Actor) -> Option<String> {
    let now = |role: &&ActorRole| (role.tense != RoleTense::Former, role.evidence.len(), Reverse(role.title.len()));
    actor.roles.iter().max_by_key(now).map(|role| role_text(&role.title, role.of.as_deref(), role.tense))
}

/// Quoted words first where they are most of it; other wordings after the first, `n_others` at most.
pub(super) fn wording(statement: &Statement, n_others: usize) -> Wording<'_> {
    let (content, verbatim) = (&statement.content, &statement.verbatim);
    let whole = statement.form == AttributionForm::Direct || verbatim.iter().any(|words| 3 * words.len() > 2 * content.len());
    let first = match verbatim.first() {
        Some(words) if whole => First::Quoted(words),
        _ => First::Reported(content),
    };
    let others = verbatim.iter().skip(usize::from(whole)).filter(|words| whole || !content.contains(*words));
    Wording { first, others: others.filter(|words| words.split_whitespace().count() > 2).take(n_others).collect() }
}
