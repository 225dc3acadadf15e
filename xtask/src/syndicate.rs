//! A set of reports of which it is known what was taken from what: constructed by script, and no news.
//!
//! Input: affairs (folders with `reports/`). Output: reports with the edges between them, or two files, `reports.jsonl` and `gold.jsonl`. From each affair one report
//! is the original and one the text of a wire that is not in the set; those least like them lend paragraphs of their own. Made of these:
//! - whole reprints: with a credit (*republishes*), without one, trimmed, respelled and with a date for a weekday (*copies*), two of the wire;
//! - partial reprints: some paragraphs, as they are or shortened and cut, among others (*copies*); with a credit that names the wire, of the wire;
//! - rewrites by rule (*rewrites*);
//! - quotations alone, background alone: no edge.
//!
//! Limits: rules do not write as people do; *cites* is not in the set, for the originals cite on their own.

mod edits;
mod measure;
mod rewriting;
mod sentences;
mod sources;

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;
use variorum_model::dossier::LineageKind;

use self::{edits::Edition, sources::Sources};
pub(crate) use measure::measure_lineage;

/// A constructed report.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Made {
    pub(crate) title: String,
    pub(crate) publisher: String,
    pub(crate) published: String,
    pub(crate) text: String,
}

/// What one report was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Gold {
    /// Number of the report, from 0.
    pub(crate) from: usize,
    pub(crate) to: Source,
    pub(crate) kind: LineageKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Source {
    Report(usize),
    Wire(String),
}

/// Reports and what is known of them.
#[derive(Debug, Default)]
pub(crate) struct Set {
    pub(crate) reports: Vec<Made>,
    pub(crate) gold: Vec<Gold>,
}

/// Where affairs are kept.
pub(crate) const AFFAIRS: &[&str] = &["cases/affairs", "examples"];

/// Writes the set into a folder.
pub(crate) fn syndicate(out: &Path) -> Result<(), String> {
    let set = set(AFFAIRS)?;
    fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let lines = |lines: Vec<String>, name: &str| {
        let path = out.join(name);
        fs::write(&path, lines.concat()).map_err(|error| format!("{}: {error}", path.display()))
    };
    let line = |value: Result<String, serde_json::Error>| value.expect("keys are strings") + "\n";
    lines(set.reports.iter().map(|report| line(serde_json::to_string(report))).collect(), "reports.jsonl")?;
    lines(set.gold.iter().map(|gold| line(serde_json::to_string(gold))).collect(), "gold.jsonl")?;
    println!("{} reports, {} edges", set.reports.len(), set.gold.len());
    Ok(())
}

/// Makes the set from every affair below these folders.
pub(crate) fn set(folders: &[&str]) -> Result<Set, String> {
    let mut set = Set::default();
    for (n, affair) in affairs(folders)?.iter().enumerate() {
        if let Some(sources) = Sources::of(affair)? {
            add_affair(&mut set, n, &sources);
        }
    }
    Ok(set)
}

fn affairs(folders: &[&str]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for folder in folders {
        let entries = fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))?;
        found.extend(entries.filter_map(Result::ok).map(|entry| entry.path().join("reports")).filter(|path| path.is_dir()));
    }
    found.sort();
    Ok(found)
}

/// Towns and kinds of papers: invented outlets are called after one of each.
const TOWNS: &[&str] = &[
    "Alderbrook",
    "Brackwater",
    "Carrowmoor",
    "Dunmere",
    "Eastlow",
    "Farnholt",
    "Greyford",
    "Hartsea",
    "Ivelby",
    "Kestrel Bay",
    "Lynmouth",
];
const PAPERS: &[&str] =
    &["Post", "Herald", "Courier", "Tribune", "Chronicle", "Gazette", "Sentinel", "Observer", "Telegraph", "Examiner", "Argus"];
const WIRES: &[&str] = &["Halcyon News Agency", "Transmarine Newswire", "Overland Press Agency", "Pole Star News Service"];

fn add_affair(set: &mut Set, n: usize, sources: &Sources) {
    let outlet = |i: usize| format!("{} {}", TOWNS[(n * 3 + i) % TOWNS.len()], PAPERS[(n + i * 2 + i / TOWNS.len()) % PAPERS.len()]);
    let wire = WIRES[n % WIRES.len()].to_owned();
    let day = |days: i64| sources.day(days);
    let mut add = |i: usize, days: i64, paragraphs: Vec<String>, gold: Option<(Source, LineageKind)>| {
        let from = set.reports.len();
        let title = sources.headline(i);
        set.reports.push(Made { title, publisher: outlet(i), published: day(days), text: paragraphs.join("\n\n") });
        set.gold.extend(gold.map(|(to, kind)| Gold { from, to, kind }));
        from
    };
    let edition = Edition { day: sources.published };
    let (original, wired) = (&sources.original, &sources.wire);
    let first = add(0, 0, original.clone(), None);
    let of_first = |kind| Some((Source::Report(first), kind));
    let of_wire = |kind| Some((Source::Wire(wire.clone()), kind));

    // Whole reprints.
    add(1, (n % 2) as i64, edits::credited(edits::trimmed(original, 1), &outlet(0), n), of_first(LineageKind::Republishes));
    add(2, 1, edition.respelled(&edits::trimmed(original, 2)), of_first(LineageKind::Copies));
    add(3, 0, edits::credited(wired.clone(), &wire, 0), of_wire(LineageKind::Republishes));
    add(4, 0, edits::credited(edits::trimmed(wired, 1), &wire, 1), of_wire(LineageKind::Republishes));
    // Partial reprints.
    let with_part = edits::among(&sources.lent(0), &edits::some(wired, n, 3));
    add(5, 1, edits::credited_in_part(with_part, &wire), of_wire(LineageKind::Copies));
    add(6, 1, edits::among(&sources.lent(1), &edits::some(original, n + 1, 3)), of_first(LineageKind::Copies));
    add(7, 2, edits::among(&sources.lent(2), &edits::shortened(&edits::some(original, n, 4))), of_first(LineageKind::Copies));
    // Rewrites, of one half each.
    let (head, tail) = original.split_at(original.len().div_ceil(2));
    add(8, 1, rewriting::rewritten(head, n), of_first(LineageKind::Rewrites));
    add(9, 2, rewriting::rewritten(tail, n + 3), of_first(LineageKind::Rewrites));
    // What is no descent.
    add(10, 1, edits::among(&sources.lent(3), &edits::quotations(original)), None);
    if let Some(background) = edits::background(original, sources.published) {
        add(11, 1, edits::among(&sources.lent(4), &[background]), None);
    }
}
