//! The program as a person meets it: its answers, its complaints, and that nothing but the input decides what it prints.
#![allow(clippy::unwrap_used)] // A helper of a test may fail as a test may.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::Mutex,
};

/// Parsing takes both cores; tests that parse take turns.
static TURN: Mutex<()> = Mutex::new(());

fn variorum(arguments: &[&str]) -> Output {
    let _turn = TURN.lock();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Command::new(env!("CARGO_BIN_EXE_variorum")).args(arguments).current_dir(root).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

const MAYOR: &str = "The Quay Herald\nMayor shuts bridge\n3 May 2024\n\nThe mayor of Lisbon, Ana Prado, closed the old bridge on Friday after 12 \
                     people were hurt. \"It will stay shut,\" she said.\n";
const POLICE: &str = "Quayside News\nPolice count the hurt\n4 May 2024\n\nTwelve people were hurt on the old bridge in Lisbon, police said on Saturday. \
                      Mayor Ana Prado closed it on Friday.\n";

/// Two reports of one affair.
fn reports(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("a.txt"), MAYOR).unwrap();
    fs::write(folder.join("b.txt"), POLICE).unwrap();
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

// --- the same input gives the same answer -------------------------------------------------------------------------------

#[test]
fn threads_and_order_change_nothing() {
    let reports = reports("order");
    let (a, b) = (reports.join("a.txt"), reports.join("b.txt"));
    let one = stdout(&variorum(&["read", text(&a), text(&b), "--jobs", "1", "--format", "json"]));
    let two = stdout(&variorum(&["read", text(&b), text(&a), "--jobs", "2", "--format", "json"]));
    assert!(one.contains("\"variorum/dossier/1\""));
    assert_eq!(one, two);
}

#[test]
fn a_document_given_twice_counts_once() {
    let reports = reports("twice");
    fs::write(reports.join("c.txt"), MAYOR).unwrap();
    let dossier = stdout(&variorum(&["read", text(&reports), "--format", "json"]));
    assert_eq!(dossier.matches("\"published_evidence\"").count(), 2);
}

/// Two reports of one arrest.
const ARREST: &str = "The Quay Herald\nMayor of Lisbon arrested\n3 May 2024\n\nItalian police arrested Ana Prado, the mayor of Lisbon, in Naples on \
                      Friday, a prosecutor said. “I met nobody,” she said.\n";
const RELAYED: &str = "Quayside News\nPolice question mayor\n4 May 2024\n\nItalian police arrested Lisbon mayor Ana Prado in Naples on Friday, the Quay \
                       Herald reported.\n";

#[test]
fn events_are_a_table_that_can_be_read_back() {
    let folder = folder("events");
    fs::write(folder.join("a.txt"), ARREST).unwrap();
    fs::write(folder.join("b.txt"), RELAYED).unwrap();
    let file = folder.join("events.csv");
    let read = || variorum(&["read", text(&folder.join("a.txt")), text(&folder.join("b.txt")), "--events", text(&file)]);
    assert!(read().status.success());
    let written = fs::read_to_string(&file).unwrap();
    read();
    assert_eq!(written, fs::read_to_string(&file).unwrap(), "the same again");

    let mut table = csv::Reader::from_reader(written.as_bytes());
    let header = table.headers().unwrap().clone();
    assert_eq!(header.len(), 48);
    assert_eq!(
        (&header[0], &header[39], &header[40], &header[47]),
        ("Event ID", "Version", "CAMEO", "Quote"),
        "POLECAT's forty, then ours"
    );
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let arrest = rows.iter().find(|row| row[column("Event Mode")] == *"arrest").expect("the arrest is told");
    let cell = |name: &str| &arrest[column(name)];
    assert_eq!([cell("Event Type"), cell("Event Date"), cell("Status")], ["COERCE", "2024-05-03", "occurred"]);
    assert_eq!([cell("Intensity"), cell("Quad Code"), cell("CAMEO")], ["-7", "4", "173"]);
    assert_eq!([cell("Actor Name"), cell("Actor Country"), cell("Actor COW")], ["Italian police", "ITA", "325"]);
    assert_eq!([cell("Recipient Name"), cell("Recipient Title")], ["Ana Prado", "mayor of Lisbon"]);
    assert_eq!([cell("City"), cell("Country"), cell("Wikipedia Actor ID")], ["Naples", "ITA", ""], "what is not known is empty");
    assert_eq!([cell("Source"), cell("Publication Date")], ["The Quay Herald; Quayside News", "2024-05-03; 2024-05-04"]);
    assert!(cell("Speaker").contains("Quay Herald"));
    assert!(cell("Quote").ends_with(quoted(ARREST, cell("Offsets"), cell("Documents")).as_str()), "{arrest:?}");
}

/// What stands at the last of the offsets in the first of the documents.
fn quoted(report: &str, offsets: &str, documents: &str) -> String {
    let first = documents.split("; ").next().unwrap();
    let (_, range) = offsets.split("; ").filter_map(|offset| offset.split_once(':')).filter(|(id, _)| *id == first).last().unwrap();
    let (start, end) = range.split_once('-').unwrap();
    let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
    report.chars().skip(start).take(end - start).collect()
}

#[test]
fn a_table_that_cannot_be_written_is_an_error() {
    let reports = reports("events-nowhere");
    let nowhere = variorum(&["read", text(&reports), "--events", "no-such-folder/events.csv"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(stderr(&nowhere).contains("cannot write no-such-folder/events.csv"), "{}", stderr(&nowhere));
}

#[test]
fn a_store_grows_into_the_same_dossier() {
    let reports = reports("growing");
    let store = folder("store").join("affair.db");
    let [a, b] = ["a.txt", "b.txt"].map(|name| reports.join(name));
    variorum(&["read", text(&b), "--store", text(&store)]);
    let grown = stdout(&variorum(&["read", text(&a), "--store", text(&store), "--format", "json"]));
    let at_once = stdout(&variorum(&["read", text(&a), text(&b), "--format", "json"]));
    assert_eq!(grown, at_once);
    let again = stdout(&variorum(&["read", "--store", text(&store), "--format", "json"]));
    assert_eq!(again, at_once, "what is stored can be read without new reports");
}

#[test]
fn later_reports_are_left_out() {
    let reports = reports("as-of");
    let dossier = stdout(&variorum(&["read", text(&reports), "--as-of", "2024-05-03", "--format", "json"]));
    assert_eq!(dossier.matches("\"published_evidence\"").count(), 1);
    assert!(dossier.contains("Quay Herald"));
}

#[test]
fn a_claim_is_traced_to_its_root() {
    let output = variorum(&["trace", "stay shut", text(&reports("trace"))]);
    let shown = stdout(&output);
    let root = shown.find("Ana Prado").expect("the root is named");
    assert!(root < shown.find("[1]").expect("the report is below its root"), "{shown}");
    let none = variorum(&["trace", "no such words", text(&reports("trace-none"))]);
    assert_eq!(none.status.code(), Some(1), "{}", stderr(&none));
}

// --- what goes wrong is said --------------------------------------------------------------------------------------------

#[test]
fn one_bad_file_loses_nothing_else() {
    let reports = reports("bad");
    fs::write(reports.join("c.jsonl"), "{\"text\": \"The harbour is shut, the mayor said.\"}\n{\"text\": oops}\n").unwrap();
    let picture = reports.join("picture.png");
    fs::write(&picture, [0x89, b'P', b'N', b'G', 0, 0, 0, 0xff]).unwrap();
    let output = variorum(&["read", text(&reports), text(&picture), "--format", "json"]);
    assert!(stderr(&output).contains("line 2"), "{}", stderr(&output));
    assert!(stderr(&output).contains("binary"), "{}", stderr(&output));
    assert_eq!(stdout(&output).matches("\"published_evidence\"").count(), 3);
}

#[test]
fn missing_paths_and_empty_folders_are_errors() {
    let missing = variorum(&["read", "no-such-file.txt"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("no-such-file.txt: there is no such file or folder"));
    let empty = folder("empty");
    let output = variorum(&["read", text(&empty)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("holds no report"));
}

#[test]
fn a_file_that_is_no_store_is_refused() {
    let reports = reports("no-store");
    let output = variorum(&["read", text(&reports), "--store", text(&reports.join("a.txt"))]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("file is not SQLite"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(reports.join("a.txt")).unwrap(), MAYOR, "and left as it is");
}

#[test]
fn nothing_found_is_exit_code_one() {
    let folder = folder("nothing");
    fs::write(folder.join("a.txt"), "Blue.\n").unwrap();
    assert_eq!(variorum(&["read", text(&folder)]).status.code(), Some(1));
}

#[test]
fn standard_input_is_a_file_named_by_a_dash() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(["read", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(MAYOR.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(stdout(&output).contains("\"path\": \"-\""));
}

// --- what is printed ----------------------------------------------------------------------------------------------------

#[test]
fn no_escape_of_a_document_reaches_the_terminal() {
    let folder = folder("escapes");
    fs::write(folder.join("a.txt"), MAYOR.replace("Mayor shuts", "Mayor \u{1b}[31mshuts \u{202e}")).unwrap();
    for arguments in [["read", text(&folder)], ["explain", text(&folder)]] {
        let output = variorum(&arguments);
        assert!(!stdout(&output).contains(['\u{1b}', '\u{202e}']), "piped output is plain text");
    }
}

#[test]
fn lines_fit_the_width() {
    let reports = reports("width");
    for width in [40, 72, 120] {
        let printed = stdout(&variorum(&["read", text(&reports), "--width", &width.to_string()]));
        for line in printed.lines() {
            assert!(line.chars().count() <= width, "{width} columns: {line:?}");
        }
    }
}

#[test]
fn explain_shows_every_stage_and_says_where_nothing_changed() {
    let reports = reports("explain");
    let printed = stdout(&variorum(&["explain", text(&reports.join("a.txt"))]));
    for stage in ["metadata", "blocks", "names", "times", "quantities", "places", "actors", "attribution", "events", "figures"] {
        assert!(printed.contains(&format!("── {stage} · ")), "no {stage}");
    }
    assert!(printed.contains("credits · no change"));
    let printed = stdout(&variorum(&["explain", text(&reports.join("a.txt")), "--stage", "attribution", "--width", "40"]));
    assert!(printed.lines().all(|line| line.starts_with('/') || line.chars().count() <= 40), "{printed}");
    let unknown = variorum(&["explain", text(&reports.join("a.txt")), "--stage", "wishes"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("there is no stage \"wishes\""));
}

#[test]
fn the_readme_names_every_flag() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).unwrap();
    let flags = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        words.filter(|word| word.starts_with("--") && !word.ends_with('-')).map(str::to_owned).collect()
    };
    let commands =
        readme.split("## Commands").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("README.md has a section \"Commands\"");
    let mut known = flags(&stdout(&variorum(&["read", "--help"])));
    known.extend(flags(&stdout(&variorum(&["explain", "--help"]))));
    known.remove("--help");
    let named = flags(commands);
    assert_eq!(known.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new(), "flags that README.md, \"Commands\", does not name");
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "flags that only README.md knows");
}
