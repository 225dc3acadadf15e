//! What the reports agree on, rest on, change and dispute: findings by what a reader asks.

use std::collections::BTreeSet;

use variorum_model::{Finding, FindingKind, Story};

use super::sheet::{Sheet, cited, folded, put, text};

/// Entries shown of each; the others are folded.
const OPEN: usize = 5;

/// One question a reader asks.
struct Group {
    id: &'static str,
    title: &'static str,
    gloss: &'static str,
    /// With the word for each.
    kinds: &'static [(FindingKind, &'static str)],
}

const GROUPS: &[Group] = &[
    Group {
        id: "agree",
        title: "Told independently",
        gloss: "several origins say the same",
        kinds: &[(FindingKind::Agreement, "agreement")],
    },
    Group {
        id: "one",
        title: "Rests on one voice",
        gloss: "several reports, one origin behind them",
        kinds: &[(FindingKind::Circular, "circular"), (FindingKind::SingleOrigin, "one origin")],
    },
    Group { id: "changed", title: "Changed", gloss: "a later value or position", kinds: &[(FindingKind::Update, "update")] },
    Group {
        id: "differ",
        title: "Told differently",
        gloss: "values or wordings that do not match",
        kinds: &[(FindingKind::Conflict, "conflict"), (FindingKind::Variant, "wording")],
    },
    Group { id: "only", title: "Only one report says", gloss: "no other report here has it", kinds: &[(FindingKind::OnlyIn, "only in")] },
    Group { id: "dates", title: "Dates worked out", gloss: "not printed, but inferred", kinds: &[(FindingKind::DateResolved, "date")] },
];

pub(super) fn by_kind(sheet: &Sheet<'_>, story: &Story, number: usize) -> String {
    let documents: BTreeSet<_> = story.documents.iter().collect();
    let own: Vec<(usize, &Finding)> = sheet
        .dossier
        .findings
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.documents.is_empty() && one.documents.iter().all(|id| documents.contains(id)))
        .collect();
    if own.is_empty() {
        return String::new();
    }
    let (mut tiles, mut lists) = (String::new(), String::new());
    for group in GROUPS {
        let entries: Vec<String> = group.kinds.iter().flat_map(|kind| of_kind(sheet, &own, *kind)).collect();
        let (id, title, gloss, n) = (group.id, group.title, group.gloss, entries.len());
        if n == 0 {
            put!(tiles, "<li class=\"none\"><b>0</b> {title}<small>{gloss}</small></li>\n");
            continue;
        }
        put!(tiles, "<li><a href=\"#y{number}-{id}\"><b>{n}</b> {title}<small>{gloss}</small></a></li>\n");
        put!(lists, "<h3 id=\"y{number}-{id}\">{title} <small>{n}</small></h3>\n");
        lists.push_str(&folded(&entries, OPEN, "finding", ("<ul class=\"findings\">\n", "</ul>")));
    }
    format!("<ul class=\"tiles\">\n{tiles}</ul>\n{lists}")
}

fn of_kind(sheet: &Sheet<'_>, findings: &[(usize, &Finding)], (kind, word): (FindingKind, &str)) -> Vec<String> {
    findings.iter().filter(|(_, finding)| finding.kind == kind).map(|(i, finding)| entry(sheet, *i, finding, word)).collect()
}

fn entry(sheet: &Sheet<'_>, i: usize, finding: &Finding, word: &str) -> String {
    format!(
        "<li class=\"rec {word}\" id=\"n-{}\" data-p=\"{}\"><span class=\"tag\">{word}</span> {}{}{}</li>\n",
        i + 1,
        sheet.data(cited(&finding.evidence)),
        text(&finding.text),
        sheet.marks(cited(&finding.evidence)),
        sheet.about(&finding.about),
    )
}
