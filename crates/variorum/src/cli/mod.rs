//! What was asked for? Arguments and exit codes; each command is a module.

mod explain;
mod read;
mod stored;
mod trace;

use std::{num::NonZeroUsize, path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use variorum::Profile;

/// Reads several reports of one affair and shows who says what, on whose word.
#[derive(Debug, Parser)]
#[command(name = "variorum", version, max_term_width = 110)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read reports and print the apparatus: who said what, where reports agree, differ or copy one another
    Read(ReadArguments),
    /// Trace a claim: who said it, and by which way it came into each report, oldest first
    Trace(TraceArguments),
    /// Show what each stage added to one document, over the text
    Explain(ExplainArguments),
}

/// What `read` is given.
#[derive(Debug, clap::Args)]
struct ReadArguments {
    /// Files, folders (.txt .md .jsonl .html), and - for standard input
    #[arg(value_name = "PATH", required_unless_present = "store")]
    paths: Vec<String>,
    /// Write the dossier as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the dossier as one self-contained page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write the events as CSV, one a row, in POLECAT's columns and ours
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Add the reports to those in this file, and read all of them together
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// Consider only what may have been published by this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How carefully to parse: accurate, or fast (several times as fast, a few points less accurate)
    #[arg(long, value_name = "NAME", default_value_t)]
    profile: Profile,
    /// Threads to use [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Columns to print in [default: the terminal's, or 100]
    #[arg(long, value_name = "N")]
    width: Option<usize>,
}

/// What `trace` is given.
#[derive(Debug, clap::Args)]
struct TraceArguments {
    /// Words of the claim, in quotation marks
    #[arg(value_name = "WORDS")]
    words: String,
    /// Files, folders (.txt .md .jsonl .html), and - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<String>,
    /// Consider only what may have been published by this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// How carefully to parse: accurate, or fast (several times as fast, a few points less accurate)
    #[arg(long, value_name = "NAME", default_value_t)]
    profile: Profile,
    /// Threads to use [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Columns to print in [default: the terminal's, or 100]
    #[arg(long, value_name = "N")]
    width: Option<usize>,
}

/// What `explain` is given.
#[derive(Debug, clap::Args)]
struct ExplainArguments {
    /// The file; - for standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// One stage only: metadata credits blocks sentences words parse names chains times quantities places actors attribution events figures
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    /// Print the records as blocks that can be pasted into a case, instead of drawing them
    #[arg(long)]
    cases: bool,
    /// How carefully to parse: accurate, or fast (several times as fast, a few points less accurate)
    #[arg(long, value_name = "NAME", default_value_t)]
    profile: Profile,
    /// Columns to print in [default: the terminal's, or 100]
    #[arg(long, value_name = "N")]
    width: Option<usize>,
}

#[derive(Copy, Clone, Debug, ValueEnum)]
enum Format {
    /// For a person
    Text,
    /// The dossier
    Json,
}

/// What is left to tell the shell.
#[derive(Copy, Clone, Debug)]
enum Outcome {
    Done,
    NothingFound,
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::from(1),
        Err(message) => {
            complain(&message);
            ExitCode::from(2)
        }
    }
}

/// Tells standard error what is wrong.
fn complain(message: &str) {
    anstream::eprintln!("variorum: {}", variorum::render::escape::lines(message));
}

/// Writes to standard output; a reader that closes its end has seen enough.
fn print(text: &str) -> Result<(), String> {
    use std::io::{ErrorKind, Write};
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("cannot write to standard output: {error}")),
        _ => Ok(()),
    }
}

/// Columns to print in.
fn width(asked: Option<usize>) -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    asked.or(terminal).unwrap_or(100).clamp(40, 160)
}
