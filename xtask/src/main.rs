//! Repository chores, never shipped: `cargo xtask check | bless | predict TASK INPUT.jsonl | bench [PATH…]`.

mod bench;
mod check;
mod predict;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Repository chores")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Format, lints, tests and documentation, as they must be before a commit
    Check,
    /// Fill in the `expect` blocks of cases with today's answers
    Bless {
        /// Only cases whose path contains one of these
        words: Vec<String>,
    },
    /// Print the lines that `score.py` scores
    Predict {
        /// What to predict
        #[arg(value_enum)]
        task: predict::Task,
        /// Made by `score.py input TASK GOLD`
        input: PathBuf,
    },
    /// Measure: time to load, words a second by stage, memory
    Bench {
        /// Reports to read
        #[arg(default_value = "examples/otranto-ferry/reports")]
        paths: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Check => check::check(),
        Chore::Bless { words } => check::bless(&words),
        Chore::Predict { task, input } => predict::predict(task, &input),
        Chore::Bench { paths } => bench::bench(&paths),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
