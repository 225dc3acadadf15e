//! How long does what take, and how much memory?

mod annotate;
mod language;
mod reconcile;

use std::time::{Duration, Instant};

use variorum::{Analyst, Annotated, Profile, reading, render};

pub(crate) use language::language;
pub(crate) use reconcile::bench_reconcile;

/// Reads the reports once, on one thread, and says what each step took.
pub(crate) fn bench(paths: &[String], profile: Profile) -> Result<(), String> {
    let (analyst, load) = timed(|| Analyst::with_profile(profile));
    let (reading, read) = timed(|| reading::read(paths));
    if reading.documents.is_empty() {
        return Err("nothing to read".into());
    }
    let (parses, parse) = timed(|| reading.documents.iter().map(|doc| analyst.parse(doc)).collect::<Vec<_>>());
    let (documents, annotate) = timed(|| {
        let one = |(document, parse): (variorum::Document, _)| {
            let annotations = variorum_annotate::annotate(&analyst.knowledge, &document, &parse);
            Annotated { document, parse, annotations }
        };
        reading.documents.into_iter().zip(parses).map(one).collect::<Vec<_>>()
    });
    let (dossier, reconciled) = timed(|| variorum::reconcile(&documents));
    let (json, written) = timed(|| render::json::dossier(&dossier, profile));
    let stages = annotate::by_stage(&analyst.knowledge, &documents);
    let n_words: usize = documents.iter().map(|doc| doc.parse.tokens.len()).sum();
    println!("{} documents, {n_words} words, dossier of {} kB, profile {profile}", documents.len(), json.len() / 1000);
    println!("load         {:>8.0} ms", milliseconds(load));
    for (name, took) in [("ingest", read), ("parse", parse), ("annotate", annotate), ("reconcile", reconciled), ("json", written)] {
        println!("{name:<12} {:>8.0} ms  {:>9.0} words/s", milliseconds(took), n_words as f64 / took.as_secs_f64());
        if name == "annotate" {
            annotate::print(&stages, n_words, parse);
        }
    }
    println!("memory       {:>8} MB at its peak", status_megabytes("VmHWM:"));
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A line of the kernel's account of this process in megabytes; a question mark where there is none (Linux only).
fn status_megabytes(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| format!("{:.0}", kilobytes * 1024.0 / 1e6))
}
