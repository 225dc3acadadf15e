//! The house is as `ARCHITECTURE.md` draws it: crates import only along the arrows, and every path it names is there.
#![allow(clippy::unwrap_used)] // A helper of a test may fail as a test may.

use std::{collections::BTreeMap, fs, path::PathBuf};

/// Who may import whom; everything may import the model.
const ARROWS: &[(&str, &[&str])] = &[
    ("variorum-model", &[]),
    ("variorum-ingest", &[]),
    ("variorum-language", &[]),
    ("variorum-annotate", &["variorum-language"]),
    ("variorum-reconcile", &[]),
    ("variorum-store", &[]),
    ("variorum", &["variorum-ingest", "variorum-language", "variorum-annotate", "variorum-reconcile", "variorum-store"]),
    ("variorum-cases", &["variorum"]),
];

/// Libraries that one crate alone may know.
const ALONE: &[(&str, &str)] = &[("rusqlite", "variorum-store"), ("rten", "variorum-language"), ("clap", "variorum")];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names in `[dependencies]` of every crate.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let crates = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap());
    crates
        .map(|folder| (folder.file_name().into_string().unwrap(), named(&fs::read_to_string(folder.path().join("Cargo.toml")).unwrap())))
        .collect()
}

fn named(manifest: &str) -> Vec<String> {
    let section = manifest.split("\n[").find(|section| section.starts_with("dependencies]")).unwrap_or_default();
    let lines = section.lines().skip(1).filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split(['.', ' ', '=']).next()).map(str::to_owned).collect()
}

#[test]
fn crates_import_along_the_arrows() {
    for (name, found) in dependencies() {
        let (_, allowed) =
            ARROWS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("crate {name} is not in ARCHITECTURE.md"));
        let ours = found.iter().filter(|dependency| dependency.starts_with("variorum") && *dependency != "variorum-model");
        for dependency in ours {
            assert!(allowed.contains(&dependency.as_str()), "{name} may not import {dependency}: put what they share into variorum-model");
        }
    }
}

#[test]
fn some_libraries_are_known_to_one_crate() {
    for (name, found) in dependencies() {
        for (library, owner) in ALONE {
            assert!(
                name == *owner || !found.iter().any(|dependency| dependency == library),
                "{name} uses {library}, which belongs to {owner}"
            );
        }
    }
}

#[test]
fn paths_named_in_the_documents_exist() {
    for file in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let quoted = text.split('`').skip(1).step_by(2);
        let is_path = |word: &&str| word.contains('/') && !word.contains([' ', '<', '*', '→', ':', '…', '|']);
        for path in quoted.filter(is_path).filter(|path| !path.starts_with("variorum/")) {
            assert!(root().join(path).exists(), "{file} names {path}, which does not exist");
        }
    }
}
