//! `variorum read PATH…`: reports to a dossier.

use std::{fs, path::Path, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};
use variorum::{Analyst, Annotated, Document, Dossier, reading, reconcile, render};

use super::{Format, Outcome, ReadArguments, complain, print, width};

pub(super) fn run(arguments: &ReadArguments) -> Result<Outcome, String> {
    let reading = reading::read(&arguments.paths);
    reading.problems.iter().for_each(|problem| complain(&problem.to_string()));
    if reading.documents.is_empty() && arguments.store.is_none() {
        return Err("no report could be read".into());
    }
    let annotated = annotate(arguments, reading.documents);
    let dossier = reconcile(&annotated);
    if let Some(path) = &arguments.json {
        write(path, &render::json::dossier(&dossier))?;
    }
    if let Some(path) = &arguments.html {
        write(path, &render::html::page(&dossier))?;
    }
    match arguments.format {
        Format::Text => print(&render::text::apparatus(&dossier, width(arguments.width)))?,
        Format::Json => print(&render::json::dossier(&dossier))?,
    }
    Ok(if is_empty(&dossier) { Outcome::NothingFound } else { Outcome::Done })
}

fn is_empty(dossier: &Dossier) -> bool {
    dossier.events.is_empty() && dossier.statements.is_empty() && dossier.figures.is_empty()
}

/// Annotates with a bar on a terminal.
fn annotate(arguments: &ReadArguments, documents: Vec<Document>) -> Vec<Annotated> {
    if documents.is_empty() {
        return Vec::new();
    }
    let bar = ProgressBar::new(documents.len() as u64).with_style(style());
    bar.enable_steady_tick(Duration::from_millis(200));
    let annotated = Analyst::new().annotate_all(documents, arguments.jobs, || bar.inc(1));
    bar.finish_and_clear();
    annotated
}

/// Indicatif draws on standard error, and only where that is a terminal.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("reading {bar:32} {pos} of {len} reports, {eta} left").expect("the template is well formed")
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}
