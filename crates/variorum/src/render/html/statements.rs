//! Who said what to whom, speaker by speaker, in the words quoted, and the way each report came by it.

use std::{cmp::Reverse, collections::BTreeMap, collections::BTreeSet};

use variorum_model::{
    ActorId, AttributionForm, AttributionKind, DocumentId, EntityKind, RoleTense, Statement, Story,
    dossier::{ActorHop, StatementReading},
};

use super::{
    super::words,
    sheet::{Place, Sheet, folded, outlet, places, put, text},
};
use crate::lines::role_text;

/// Speakers, and statements of each, shown; the others are folded.
const OPEN_SPEAKERS: usize = 12;
const OPEN_EACH: usize = 4;
/// Characters of one quotation.
const QUOTE: usize = 320;

pub(super) fn by_speaker(sheet: &Sheet<'_>, story: &Story) -> String {
    let mut speakers: BTreeMap<Option<&ActorId>, Vec<&Statement>> = BTreeMap::new();
    for statement in sheet.dossier.statements.iter().filter(|one| one.story == story.id) {
        speakers.entry(statement.speaker.as_ref()).or_default().push(statement);
    }
    for own in speakers.values_mut() {
        own.sort_by_key(|one| Reverse(weight(one)));
    }
    let mut ordered: Vec<_> = speakers.into_iter().collect();
    ordered.sort_by_key(|(id, own)| Reverse((standing(sheet, *id), own.iter().take(OPEN_EACH).map(|one| weight(one)).sum::<usize>())));
    let shown: Vec<String> = ordered.iter().map(|(id, own)| one_speaker(sheet, *id, own)).collect();
    if shown.is_empty() { String::new() } else { folded(&shown, OPEN_SPEAKERS, "speaker", ("<div class=\"speakers\">\n", "</div>")) }
}

/// Named speakers before unnamed ones, and whoever speaks before those who only pass on.
fn standing(sheet: &Sheet<'_>, id: Option<&ActorId>) -> usize {
    match id.and_then(|id| sheet.actor(id)).map(|actor| actor.kind) {
        Some(EntityKind::Person | EntityKind::State | EntityKind::Organization | EntityKind::PlaceAsActor) => 2,
        Some(_) => 1,
        None => 0,
    }
}

fn documents(statement: &Statement) -> BTreeSet<&DocumentId> {
    statement.readings.iter().map(|reading| &reading.document).collect()
}

fn weight(statement: &Statement) -> usize {
    let quoted = 3 * usize::from(!statement.verbatim.is_empty());
    let spoken = 2 * usize::from(statement.kind == AttributionKind::Speech);
    let full = 3 * usize::from(statement.content.split_whitespace().count() > 3);
    4 * documents(statement).len() + quoted + spoken + full
}

fn one_speaker(sheet: &Sheet<'_>, id: Option<&ActorId>, statements: &[&Statement]) -> String {
    let actor = id.and_then(|id| sheet.actor(id));
    let name = actor.map_or("Unnamed", |actor| &actor.name);
    let now =
        |role: &&variorum_model::dossier::ActorRole| (role.tense != RoleTense::Former, role.evidence.len(), Reverse(role.title.len()));
    let role = actor.and_then(|actor| actor.roles.iter().max_by_key(now));
    let role =
        role.map(|role| format!(" <small>{}</small>", text(&role_text(&role.title, role.of.as_deref(), role.tense)))).unwrap_or_default();
    let entries: Vec<String> = statements.iter().map(|one| entry(sheet, one)).collect();
    let list = folded(&entries, OPEN_EACH, "statement", ("<ul>\n", "</ul>"));
    format!("<section class=\"speaker\"><h3>{}{role}</h3>\n{list}</section>\n", text(name))
}

fn entry(sheet: &Sheet<'_>, statement: &Statement) -> String {
    let to = statement.addressee.as_ref().map(|id| format!(" to {}", text(sheet.name(id)))).unwrap_or_default();
    let said = statement.said.as_ref().map(|when| format!(" <time>{}</time>", words::dates(when.range))).unwrap_or_default();
    format!(
        "<li class=\"rec\" id=\"{}\" data-p=\"{}\"><span class=\"act\">{}</span>{to}{said} {} {}{}</li>\n",
        statement.id,
        sheet.data(evidence(statement)),
        words::does(statement.act, statement.polarity),
        quotation(statement),
        sheet.origins(&statement.origins, &documents(statement), false) + &witnesses(statement),
        chains(sheet, statement),
    )
}

/// How many independent ways there are of knowing that it was said, where there are several.
fn witnesses(statement: &Statement) -> String {
    let (min, max) = (statement.witnesses.min, statement.witnesses.max);
    let shown = format!(" <span class=\"origins\">known through {} witnesses</span>", words::extent(min, max));
    if max > 1 { shown } else { String::new() }
}

fn evidence(statement: &Statement) -> impl Iterator<Item = Place<'_>> {
    statement.readings.iter().flat_map(|reading| places(&reading.document, &reading.evidence))
}

/// Quoted words as such; the report's own words in another kind of marks; other wordings after the first.
fn quotation(statement: &Statement) -> String {
    let bare = |words: &str| text(words::cut(words, QUOTE).trim_matches(['“', '”', '"', '‘', ' ']).trim_end_matches(','));
    let quote = |words: &String| format!("<span class=\"q\">“{}”</span>", bare(words));
    let whole =
        statement.form == AttributionForm::Direct || statement.verbatim.iter().any(|one| 3 * one.len() > 2 * statement.content.len());
    let first = match statement.verbatim.first() {
        Some(words) if whole => quote(words),
        _ => format!("<span class=\"w\">‹{}›</span>", text(&words::cut(&statement.content, QUOTE))),
    };
    let others = statement.verbatim.iter().skip(usize::from(whole)).filter(|one| whole || !statement.content.contains(*one));
    let others: Vec<String> = others.filter(|one| one.split_whitespace().count() > 2).take(4).map(quote).collect();
    if others.is_empty() { first } else { format!("{first} <span class=\"also\">also {}</span>", others.join(", ")) }
}

/// From the root over the relays to the reports that have it that way, one line for each way.
fn chains(sheet: &Sheet<'_>, statement: &Statement) -> String {
    let mut ways: Vec<(Vec<String>, Vec<&StatementReading>)> = Vec::new();
    for reading in &statement.readings {
        let way = way(sheet, &reading.chain);
        match ways.iter_mut().find(|(other, _)| *other == way) {
            Some((_, readings)) => readings.push(reading),
            None => ways.push((way, vec![reading])),
        }
    }
    let mut html = String::new();
    for (way, readings) in &ways {
        let hops: String = way.iter().map(|name| format!("<li>{}</li>", text(name))).collect();
        put!(html, "<ol class=\"chain\" aria-label=\"from the origin to the report\">{hops}<li>{}</li></ol>", outlets(sheet, readings));
    }
    html
}

/// Names from the root on, each once.
fn way(sheet: &Sheet<'_>, chain: &[ActorHop]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for hop in chain.iter().rev() {
        let name = sheet.hop(hop);
        if !names.contains(&name) && !name.trim().is_empty() {
            names.push(name);
        }
    }
    names
}

fn outlets(sheet: &Sheet<'_>, readings: &[&StatementReading]) -> String {
    let mut by_report: BTreeMap<usize, Vec<&StatementReading>> = BTreeMap::new();
    for reading in readings {
        by_report.entry(sheet.number(&reading.document)).or_default().push(reading);
    }
    let one = |readings: &Vec<&StatementReading>| {
        let name = sheet.document(&readings[0].document).map_or("?", outlet);
        let marks = sheet.marks(readings.iter().flat_map(|reading| places(&reading.document, &reading.content)));
        format!("{}{marks}", text(&words::cut(name, 40)))
    };
    by_report.values().map(one).collect::<Vec<_>>().join(", ")
}
