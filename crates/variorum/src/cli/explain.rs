//! `variorum explain FILE`: what each stage added to one document.

use variorum::{Analyst, reading, render::explain};

use super::{ExplainArguments, Outcome, complain, print, width};

pub(super) fn run(arguments: &ExplainArguments) -> Result<Outcome, String> {
    if let Some(stage) = &arguments.stage
        && !explain::stages().any(|name| name == stage)
    {
        let known: Vec<&str> = explain::stages().collect();
        return Err(format!("there is no stage {stage:?}; stages are {}", known.join(", ")));
    }
    let reading = reading::read(std::slice::from_ref(&arguments.file));
    reading.problems.iter().for_each(|problem| complain(&problem.to_string()));
    if reading.documents.is_empty() {
        return Err(format!("nothing to explain in {}", arguments.file));
    }
    let analyst = Analyst::with_profile(arguments.profile);
    for doc in reading.documents {
        print(&explain::explain(&analyst.annotate(doc), arguments.stage.as_deref(), width(arguments.width)))?;
    }
    Ok(Outcome::Done)
}
