//! Repository chores, never shipped: `cargo xtask check | bless | predict TASK INPUT.jsonl | measure [PATH…] | teach OUT [PATH…] | syndicate OUT |
//! measure-lineage | bench [language] [PATH…] | bench-reconcile [PATH…] | gazetteer TABLE PACKED`.

mod bench;
mod check;
mod kept;
mod measure;
mod predict;
mod syndicate;
mod teach;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use variorum::Profile;

use self::kept::Kept;

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
        /// accurate or fast
        #[arg(long, default_value_t)]
        profile: Profile,
        /// Keep parses in this folder, for runs after a change of the later stages
        #[arg(long, value_name = "FOLDER")]
        keep_parses: Option<PathBuf>,
    },
    /// Score what the program makes of our own marked texts: attributions, chains, speakers, figures, times
    Measure {
        /// Files or folders of the corpus
        #[arg(default_value = "corpus/held-out")]
        paths: Vec<PathBuf>,
        /// How many kinds of mistakes to print with their counts, the most frequent ones over all stages
        #[arg(long, value_name = "N", default_value_t = 0)]
        kinds: usize,
        /// How many mistakes of each group to print
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
        /// accurate or fast
        #[arg(long, default_value_t)]
        profile: Profile,
        /// Keep parses in this folder, for runs after a change of the later stages
        #[arg(long, value_name = "FOLDER")]
        keep_parses: Option<PathBuf>,
    },
    /// Write what our own marked texts teach about events, for `training/events.py`
    Teach {
        /// Two files: OUT.jsonl, OUT.f32
        out: PathBuf,
        /// Only OUT.jsonl: what they teach about who takes part, for `training/parties.py`
        #[arg(long)]
        parties: bool,
        /// What they teach about what numbers are of, for `training/measures.py`
        #[arg(long, conflicts_with = "parties")]
        figures: bool,
        /// Files or folders of the corpus
        #[arg(default_value = "corpus/tuning")]
        paths: Vec<PathBuf>,
        /// accurate or fast
        #[arg(long, default_value_t)]
        profile: Profile,
        /// Keep parses in this folder, for runs after a change of the later stages
        #[arg(long, value_name = "FOLDER")]
        keep_parses: Option<PathBuf>,
    },
    /// Write reports of which it is known what was taken from what, made from the affairs: OUT/reports.jsonl, OUT/gold.jsonl
    Syndicate {
        /// A folder
        out: PathBuf,
    },
    /// Score the lineage of those reports
    MeasureLineage {
        /// How many missed edges, and how many too many, to print
        #[arg(long, value_name = "N", default_value_t = 0)]
        errors: usize,
        /// accurate or fast
        #[arg(long, default_value_t)]
        profile: Profile,
        /// Keep parses in this folder, for runs after a change of the later stages
        #[arg(long, value_name = "FOLDER")]
        keep_parses: Option<PathBuf>,
    },
    /// Measure: time to load, words a second by stage, memory
    Bench {
        /// `language` measures the parser alone, in both profiles unless one is named; then the reports to read
        #[arg(default_value = "examples/otranto-ferry/reports")]
        paths: Vec<String>,
        /// accurate or fast
        #[arg(long)]
        profile: Option<Profile>,
    },
    /// Measure how long it takes to bring many reports together, made from those of affairs
    BenchReconcile {
        /// How many
        #[arg(long, default_value_t = 10_000)]
        reports: usize,
        /// Folders of reports
        #[arg(default_values = syndicate::AFFAIRS)]
        paths: Vec<String>,
        /// accurate or fast
        #[arg(long, default_value_t)]
        profile: Profile,
        /// Keep parses in this folder, for runs after a change of the later stages
        #[arg(long, value_name = "FOLDER")]
        keep_parses: Option<PathBuf>,
    },
    /// Pack the table that knowledge/build/places.py prints
    Gazetteer {
        /// The table
        table: PathBuf,
        /// knowledge/places.bin
        packed: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Check => check::check(),
        Chore::Bless { words } => check::bless(&words),
        Chore::Predict { task, input, profile, keep_parses } => {
            Kept::new(keep_parses.as_deref(), profile).and_then(|kept| predict::predict(task, &input, profile, &kept))
        }
        Chore::Measure { paths, kinds, errors, profile, keep_parses } => {
            Kept::new(keep_parses.as_deref(), profile).and_then(|kept| measure::measure(&paths, (kinds, errors), profile, &kept))
        }
        Chore::Teach { out, parties, figures, paths, profile, keep_parses } => {
            let teach = match (parties, figures) {
                (true, _) => teach::parties::teach,
                (_, true) => teach::figures::teach,
                _ => teach::teach,
            };
            Kept::new(keep_parses.as_deref(), profile).and_then(|kept| teach(&paths, &out, profile, &kept))
        }
        Chore::Syndicate { out } => syndicate::syndicate(&out),
        Chore::MeasureLineage { errors, profile, keep_parses } => {
            Kept::new(keep_parses.as_deref(), profile).and_then(|kept| syndicate::measure_lineage(errors, profile, &kept))
        }
        Chore::Bench { paths, profile } => match paths.split_first() {
            Some((what, [])) if what == "language" => bench::language(&["examples/otranto-ferry/reports".to_owned()], profile),
            Some((what, reports)) if what == "language" => bench::language(reports, profile),
            _ => bench::bench(&paths, profile.unwrap_or_default()),
        },
        Chore::BenchReconcile { reports, paths, profile, keep_parses } => {
            Kept::new(keep_parses.as_deref(), profile).and_then(|kept| bench::bench_reconcile(&paths, reports, profile, &kept))
        }
        Chore::Gazetteer { table, packed } => gazetteer(&table, &packed),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn gazetteer(table: &Path, packed: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(table).map_err(|error| format!("cannot read {}: {error}", table.display()))?;
    let bytes = variorum_annotate::places::pack(&text).map_err(|error| format!("{}: {error}", table.display()))?;
    std::fs::write(packed, bytes).map_err(|error| format!("cannot write {}: {error}", packed.display()))
}
