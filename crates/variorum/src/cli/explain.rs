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
    let stage = arguments.stage.as_deref();
    for doc in reading.documents {
        let doc = analyst.annotate(doc);
        let shown = if arguments.cases { explain::cases(&doc, stage) } else { explain::explain(&doc, stage, width(arguments.width)) };
        print(&shown)?;
    }
    Ok(Outcome::Done)
}
