//! How much of what was taken from what is found, and how much of what is found is so?
//!
//! Input: the constructed set. Output: precision and recall of edges, by kind, with counts; with `--errors`, those missed and those too many.
//! An edge is right with its two ends and its kind; a wire that is not in the set is right under any name that begins as its own. Edges of *cites* are left out on both sides.

use rayon::prelude::*;
use variorum::{Analyst, Annotated, Dossier, Profile, reading::Reading, reconcile};
use variorum_model::{
    ActorId, DocumentId,
    dossier::{Ancestor, LineageKind},
};

use super::{AFFAIRS, Gold, Set, Source, set};
use crate::kept::Kept;

/// Prints the figures.
pub(crate) fn measure_lineage(n_errors: usize, profile: Profile, kept: &Kept) -> Result<(), String> {
    let set = set(AFFAIRS)?;
    let analyst = Analyst::with_profile(profile);
    let documents =
        set.reports.par_iter().enumerate().map(|(n, report)| annotated(&analyst, kept, n, report)).collect::<Result<Vec<_>, _>>()?;
    let found = edges(&reconcile(&documents));
    println!("{} reports, {} edges in the set, {} found", set.reports.len(), set.gold.len(), found.len());
    for kind in [LineageKind::Republishes, LineageKind::Copies, LineageKind::Rewrites] {
        let of_kind = |edges: &[Gold]| edges.iter().filter(|edge| edge.kind == kind).cloned().collect::<Vec<_>>();
        print(&format!("lineage: {kind:?}").to_lowercase(), &of_kind(&set.gold), &of_kind(&found));
    }
    print("lineage: all", &set.gold, &found);
    let plain = |edges: &[Gold]| edges.iter().map(|edge| Gold { kind: LineageKind::Copies, ..edge.clone() }).collect::<Vec<_>>();
    print("lineage: whatever kind", &plain(&set.gold), &plain(&found));
    let missed = set.gold.iter().filter(|gold| !found.iter().any(|edge| same(gold, edge))).map(|edge| ("missed", edge));
    let wrong = found.iter().filter(|edge| !set.gold.iter().any(|gold| same(gold, edge))).map(|edge| ("too many", edge));
    missed.take(n_errors).chain(wrong.take(n_errors)).for_each(|(what, edge)| println!("{what}: {}", words(&set, edge)));
    Ok(())
}

fn annotated(analyst: &Analyst, kept: &Kept, n: usize, report: &super::Made) -> Result<Annotated, String> {
    let line = serde_json::to_vec(report).expect("keys are strings");
    let mut reading = Reading::default();
    reading.add(&format!("{n}.jsonl"), &line);
    let document = reading.documents.pop().ok_or_else(|| format!("report {n} cannot be read"))?;
    Ok(kept.annotate(analyst, document))
}

/// Found edges in the terms of the set.
fn edges(dossier: &Dossier) -> Vec<Gold> {
    let number = |id: &DocumentId| {
        let path = &dossier.documents.iter().find(|doc| doc.id == *id).expect("edges tie documents of the dossier").path;
        path.split('.').next().and_then(|n| n.parse().ok()).expect("paths are numbers")
    };
    let name = |id: &ActorId| dossier.actors.iter().find(|actor| actor.id == *id).map_or_else(String::new, |actor| actor.name.clone());
    let edge = |edge: &variorum_model::dossier::Lineage| Gold {
        from: number(&edge.from),
        to: match &edge.to {
            Ancestor::Document(id) => Source::Report(number(id)),
            Ancestor::Actor(id) => Source::Wire(name(id)),
        },
        kind: edge.kind,
    };
    dossier.lineage.iter().filter(|edge| edge.kind != LineageKind::Cites).map(edge).collect()
}

fn same(gold: &Gold, found: &Gold) -> bool {
    let to = match (&gold.to, &found.to) {
        (Source::Wire(x), Source::Wire(y)) => x.split(' ').next() == y.split(' ').next(),
        (x, y) => x == y,
    };
    to && gold.from == found.from && gold.kind == found.kind
}

fn print(name: &str, gold: &[Gold], found: &[Gold]) {
    let recalled = gold.iter().filter(|edge| found.iter().any(|other| same(edge, other))).count();
    let right = found.iter().filter(|edge| gold.iter().any(|other| same(other, edge))).count();
    let part = |n: usize, of: usize| if of == 0 { 1.0 } else { n as f64 / of as f64 };
    let (precision, recall) = (part(right, found.len()), part(recalled, gold.len()));
    println!("{name:<24} precision {precision:.3} ({right} of {})  recall {recall:.3} ({recalled} of {})", found.len(), gold.len());
}

fn words(set: &Set, edge: &Gold) -> String {
    let report = |n: usize| format!("{n} ({})", set.reports[n].publisher);
    let to = match &edge.to {
        Source::Report(n) => report(*n),
        Source::Wire(name) => name.clone(),
    };
    format!("{} {:?} {to}", report(edge.from), edge.kind)
}
