//! Who said what to whom, speaker by speaker, in the words quoted, and the way each report came by it.

use std::collections::BTreeMap;

use variorum_model::{
    ActorId, Statement, Story,
    dossier::{ActorHop, StatementReading},
};

use super::{
    super::{
        statements::{self, First},
        words,
    },
    sheet::{Place, Sheet, folded, outlet, places, put, text},
};

/// Speakers, and statements of each, shown; the others are folded.
const OPEN_SPEAKERS: usize = 12;
const OPEN_EACH: usize = 4;
/// Characters of one quotation.
const QUOTE: usize = 320;

pub(super) fn by_speaker(sheet: &Sheet<'_>, story: &Story) -> String {
    let own = sheet.dossier.statements.iter().filter(|one| one.story == story.id);
    let ordered = statements::by_speaker(own, |id| sheet.actor(id), statements::weight, OPEN_EACH);
    let shown: Vec<String> = ordered.iter().map(|(id, own)| one_speaker(sheet, *id, own)).collect();
    if shown.is_empty() { String::new() } else { folded(&shown, OPEN_SPEAKERS, "speaker", ("<div class=\"speakers\">\n", "</div>")) }
}

fn one_speaker(sheet: &Sheet<'_>, id: Option<&ActorId>, statements: &[&Statement]) -> String {
    let actor = id.and_then(|id| sheet.actor(id));
    let name = actor.map_or("Unnamed", |actor| &actor.name);
    let role = actor.and_then(statements::office).map(|role| format!(" <small>{}</small>", text(&role))).unwrap_or_default();
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
        sheet.origins(&statement.origins, &statements::documents(statement), false) + &witnesses(statement),
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
    let wording = statements::wording(statement, 4);
    let first = match wording.first {
        First::Quoted(words) => quote(words),
        First::Reported(words) => format!("<span class=\"w\">‹{}›</span>", text(&words::cut(words, QUOTE))),
    };
    let others: Vec<String> = wording.others.into_iter().map(quote).collect();
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
