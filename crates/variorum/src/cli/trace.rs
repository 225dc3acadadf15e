//! `variorum trace WORDS PATH…`: the way of one claim from who said it to every report that has it.

use variorum::{reading, render};

use super::{Outcome, TraceArguments, complain, print, read, width};

pub(super) fn run(arguments: &TraceArguments) -> Result<Outcome, String> {
    let reading = reading::read(&arguments.paths);
    reading.problems.iter().for_each(|problem| complain(&problem.to_string()));
    if reading.documents.is_empty() {
        return Err("no report could be read".into());
    }
    let annotated = read::annotated(reading.documents, arguments.profile, arguments.jobs);
    let dossier = read::as_of(annotated, arguments.as_of);
    match render::text::trace(&dossier, &arguments.words, width(arguments.width)) {
        Some(text) => print(&text).map(|()| Outcome::Done),
        None => {
            complain(&format!("no claim in these reports has the words {:?}", arguments.words));
            Ok(Outcome::NothingFound)
        }
    }
}
