//! Embeds the weights of `models`: the tables that all profiles share once, and each profile's files. Without them the crate still builds,
//! says so, and cannot read.

use std::path::{Path, PathBuf};
use std::{env, fs};

const SHARED: [&str; 2] = ["vocab.txt", "words.bin"];
const PROFILES: [(&str, &str); 2] = [("accurate", "Accurate"), ("fast", "Fast")];
const FILES: [&str; 3] = ["encoder.onnx", "relations.onnx", "labels.json"];
/// Weights may be without these, with what is then lost.
const OPTIONAL: [(&str, &str); 3] = [
    ("coreference.onnx", "finds no coreference"),
    ("events.onnx", "knows events from its tables alone"),
    ("measures.onnx", "knows from its tables alone what numbers are of"),
];

fn main() {
    let crate_dir = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let models = crate_dir.join("../../models");
    let shared = lacking(&models, &SHARED).is_empty();
    let arms: Vec<String> = PROFILES
        .iter()
        .map(|(name, variant)| {
            let directory = models.join(name);
            let complete = lacking(&directory, &FILES).is_empty() && shared;
            let optional = OPTIONAL.map(|(file, _)| Some(file).filter(|file| lacking(&directory, &[file]).is_empty()));
            format!("Profile::{variant} => {},", if complete { weights(&directory, optional) } else { "None".to_owned() })
        })
        .collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("bundled.rs");
    fs::write(out, source(&models, shared, &arms)).expect("OUT_DIR can be written");
}

/// Which of these files are not there; the build says so, and runs again when they change.
fn lacking<'f>(directory: &Path, files: &[&'f str]) -> Vec<&'f str> {
    files.iter().for_each(|file| println!("cargo::rerun-if-changed={}", directory.join(file).display()));
    let lacking: Vec<&str> = files.iter().copied().filter(|file| !directory.join(file).is_file()).collect();
    if !lacking.is_empty() {
        let name = directory.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let loss = OPTIONAL.iter().find(|(file, _)| lacking == [*file]).map_or("cannot read text", |(_, loss)| loss);
        let list = lacking.join(", ");
        println!("cargo::warning={name} lacks {list}: this build {loss}. Check the repository out whole, or run training/ (README there).");
    }
    lacking
}

/// The expression that gives a complete profile's files.
fn weights(directory: &Path, optional: [Option<&str>; 3]) -> String {
    let bytes = |file: &str| format!("Cow::Borrowed(include_bytes!({:?}))", directory.join(file));
    let [encoder, relations] = ["encoder.onnx", "relations.onnx"].map(bytes);
    let [coreference, events, measures] =
        optional.map(|file| file.map_or_else(|| "None".to_owned(), |file| format!("Some({})", bytes(file))));
    let labels = format!("Cow::Borrowed(include_str!({:?}))", directory.join("labels.json"));
    format!(
        "Some(Weights {{ encoder: {encoder}, relations: {relations}, coreference: {coreference}, events: {events}, \
         measures: {measures}, labels: {labels}, \
         vocabulary: Cow::Borrowed(VOCABULARY), words: Cow::Borrowed(WORDS) }})"
    )
}

/// The shared tables, each embedded once, and the function that gives a profile's weights.
fn source(models: &Path, shared: bool, arms: &[String]) -> String {
    let tables = if shared {
        let [vocabulary, words] = SHARED.map(|file| models.join(file));
        format!("const VOCABULARY: &str = include_str!({vocabulary:?});\nstatic WORDS: &[u8] = include_bytes!({words:?});\n")
    } else {
        String::new()
    };
    let arms = arms.concat();
    format!(
        "{tables}/// The weights this build carries.\nfn bundled(profile: Profile) -> Option<Weights> {{\n    match profile {{ {arms} }}\n}}\n"
    )
}
