//! Runs every case of `cases/`: Markdown that says what a text should give (`cases/README.md` has the syntax).
//!
//! `cargo test -p variorum --test cases -- WORDS` runs the files whose path contains one of the words. With `VARIORUM_BLESS=1` blocks that fail are
//! rewritten with what comes out (`cargo xtask bless`).

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use rayon::prelude::*;
use variorum::{
    Analyst, Annotated, Dossier,
    lines::{Line, STAGES, Value, dossier_lines, stage_lines},
    reading::Reading,
    reconcile,
};
use variorum_cases::{
    expect,
    file::{self, Case, Piece},
};

/// What became of one file.
struct Outcome {
    path: PathBuf,
    /// What is wrong, in words; empty where all is well.
    complaints: Vec<String>,
    /// The file as it would be with today's answers.
    blessed: Option<String>,
}

fn main() -> ExitCode {
    let filters: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut paths = Vec::new();
    file::collect(&root, &mut paths).expect("the cases are there to read");
    paths.retain(|path| filters.is_empty() || filters.iter().any(|filter| path.to_string_lossy().contains(filter.as_str())));
    let analyst = Analyst::new();
    let outcomes: Vec<Outcome> = paths.par_iter().map(|path| run(&analyst, path)).collect();
    report(&root, &outcomes)
}

fn report(root: &Path, outcomes: &[Outcome]) -> ExitCode {
    let bless = env::var_os("VARIORUM_BLESS").is_some();
    let failed: Vec<&Outcome> = outcomes.iter().filter(|outcome| !outcome.complaints.is_empty()).collect();
    for outcome in &failed {
        println!("\ncases/{}", outcome.path.strip_prefix(root).unwrap_or(&outcome.path).display());
        outcome.complaints.iter().for_each(|complaint| println!("{complaint}"));
        if let (true, Some(blessed)) = (bless, &outcome.blessed) {
            fs::write(&outcome.path, blessed).expect("a case that was read can be written");
            println!("  blessed: read the difference before you commit it");
        }
    }
    println!("\ncases: {} passed, {} failed", outcomes.len() - failed.len(), failed.len());
    if failed.is_empty() || bless { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(analyst: &Analyst, path: &Path) -> Outcome {
    let text = fs::read_to_string(path).expect("a case is a readable file");
    let outcome = |complaints, blessed| Outcome { path: path.to_owned(), complaints, blessed };
    match file::parse(&text) {
        Err(problem) => outcome(vec![format!("  {problem}")], None),
        Ok(case) => {
            let (complaints, blessed) = judge(&Findings::of(analyst, &case), &case);
            outcome(complaints, Some(blessed))
        }
    }
}

/// Compares every block; gives back what is wrong and the file as it would be.
fn judge(findings: &Findings, case: &Case) -> (Vec<String>, String) {
    let (mut complaints, mut blessed) = (findings.problems.clone(), String::new());
    for piece in &case.pieces {
        match piece {
            Piece::Prose(text) => blessed.push_str(text),
            Piece::Expect { stage, body } => {
                let (wrong, body) = one_block(findings, stage, body);
                complaints.extend(wrong);
                blessed.push_str(&format!("```expect {stage}\n{body}```\n"));
            }
        }
    }
    (complaints, blessed)
}

fn one_block(findings: &Findings, stage: &str, body: &str) -> (Option<String>, String) {
    let Some(lines) = findings.lines(stage) else {
        let known: Vec<&str> = STAGES.iter().map(|(name, _)| *name).collect();
        let wrong = format!("  there is no stage {stage:?}; stages are {} and, across documents, {}", known.join(" "), ACROSS.join(" "));
        return (Some(wrong), body.into());
    };
    match expect::Block::parse(body) {
        Err(problem) => (Some(format!("  {stage}: {problem}")), body.into()),
        Ok(block) => match block.compare(&lines) {
            Ok(()) => (None, body.into()),
            Err(wrong) => (Some(format!("  {stage}\n{wrong}")), block.blessed(&lines)),
        },
    }
}

const ACROSS: &[&str] = &["dates", "lineage", "stories", "people", "happenings", "statements", "ledger", "findings"];

/// What the documents of a case give.
struct Findings {
    documents: Vec<(String, Annotated)>,
    dossier: Dossier,
    problems: Vec<String>,
}

impl Findings {
    fn of(analyst: &Analyst, case: &Case) -> Self {
        let (mut documents, mut problems) = (Vec::new(), Vec::new());
        for source in &case.documents {
            let mut reading = Reading::default();
            reading.add(&source.path(), &source.bytes());
            problems.extend(reading.problems.iter().map(|problem| format!("  document {}: {problem}", source.id)));
            documents.extend(reading.documents.into_iter().map(|doc| (source.id.clone(), analyst.annotate(doc))));
        }
        let annotated: Vec<Annotated> = documents.iter().map(|(_, doc)| doc.clone()).collect();
        Self { documents, dossier: reconcile(&annotated), problems }
    }

    /// The lines of a stage, documents by their names in the case.
    fn lines(&self, stage: &str) -> Option<Vec<Line>> {
        let mut lines = Vec::new();
        if let Some(across) = dossier_lines(stage, &self.dossier) {
            lines = across;
        } else {
            for (id, doc) in &self.documents {
                let own = stage_lines(stage, doc)?;
                lines.extend(own.into_iter().map(|line| if self.documents.len() > 1 { line.with("in", Value::word(id)) } else { line }));
            }
        }
        lines.iter_mut().for_each(|line| self.rename(line));
        Some(lines)
    }

    fn rename(&self, line: &mut Line) {
        for field in &mut line.fields {
            field.name = self.named(&field.name);
            for value in &mut field.values {
                if let Value::Word(word) = value {
                    *word = self.named(word);
                }
            }
            if field.name == "in" {
                field.values.sort_by_key(ToString::to_string);
            }
        }
    }

    /// Ids of documents as the case names them.
    fn named(&self, text: &str) -> String {
        self.documents.iter().fold(text.to_owned(), |text, (id, doc)| text.replace(doc.document.id.as_str(), id))
    }
}
