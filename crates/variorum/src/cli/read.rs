//! `variorum read PATH…`: reports to a dossier.

use std::{fs, num::NonZeroUsize, path::Path, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use variorum::{Analyst, Annotated, Document, Dossier, Profile, reading, reconcile, render};

use super::{Format, Outcome, ReadArguments, complain, print, stored, width};

pub(super) fn run(arguments: &ReadArguments) -> Result<Outcome, String> {
    let reading = reading::read(&arguments.paths);
    reading.problems.iter().for_each(|problem| complain(&problem.to_string()));
    if reading.documents.is_empty() && !arguments.paths.is_empty() {
        return Err("no report could be read".into());
    }
    let dossier = match &arguments.store {
        Some(path) => stored::read(path, reading.documents, arguments)?,
        None => as_of(annotate(arguments, reading.documents), arguments.as_of),
    };
    if let Some(path) = &arguments.json {
        write(path, &render::json::dossier(&dossier, arguments.profile))?;
    }
    if let Some(path) = &arguments.html {
        write(path, &render::html::page(&dossier))?;
    }
    if let Some(path) = &arguments.events {
        write(path, &render::csv::events(&dossier))?;
    }
    match arguments.format {
        Format::Text => print(&render::text::apparatus(&dossier, width(arguments.width)))?,
        Format::Json => print(&render::json::dossier(&dossier, arguments.profile))?,
    }
    Ok(if is_empty(&dossier) { Outcome::NothingFound } else { Outcome::Done })
}

fn is_empty(dossier: &Dossier) -> bool {
    dossier.events.is_empty() && dossier.statements.is_empty() && dossier.figures.is_empty()
}

/// Annotates as the arguments say.
pub(super) fn annotate(arguments: &ReadArguments, documents: Vec<Document>) -> Vec<Annotated> {
    annotated(documents, arguments.profile, arguments.jobs)
}

/// Annotates with a bar on a terminal.
pub(super) fn annotated(documents: Vec<Document>, profile: Profile, jobs: Option<NonZeroUsize>) -> Vec<Annotated> {
    if documents.is_empty() {
        return Vec::new();
    }
    let bar = ProgressBar::new(documents.len() as u64).with_style(style());
    bar.enable_steady_tick(Duration::from_millis(200));
    let annotated = Analyst::with_profile(profile).annotate_all(documents, jobs, || bar.inc(1));
    bar.finish_and_clear();
    annotated
}

/// Indicatif draws on standard error, and only where that is a terminal.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("reading {bar:32} {pos} of {len} reports, {eta} left").expect("the template is well formed")
}

/// The dossier of what may have been published by a day. Reports are dated with the help of all, and then put together without the later ones.
pub(super) fn as_of(documents: Vec<Annotated>, day: Option<Date>) -> Dossier {
    let whole = reconcile(&documents);
    let Some(day) = day else { return whole };
    let later = |doc: &&Document| doc.published.is_some_and(|dated| dated.range.earliest() > day);
    let later: Vec<_> = whole.documents.iter().filter(later).map(|doc| doc.id.clone()).collect();
    let n_undated = whole.documents.iter().filter(|doc| doc.published.is_none()).count();
    if n_undated > 0 {
        complain(&format!("no date is known of {}, which may be later than {day}", render::words::count(n_undated, "report")));
    }
    let kept: Vec<Annotated> = documents.into_iter().filter(|doc| !later.contains(&doc.document.id)).collect();
    reconcile(&kept)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
