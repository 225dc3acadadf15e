//! Embeds the weights of `models/accurate`. Without them the crate still builds, says so, and cannot read.

use std::path::{Path, PathBuf};
use std::{env, fs};

const FILES: [&str; 4] = ["encoder.onnx", "relations.onnx", "labels.json", "vocab.txt"];

fn main() {
    let crate_dir = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let models = crate_dir.join("../../models/accurate");
    for file in FILES {
        println!("cargo::rerun-if-changed={}", models.join(file).display());
    }
    let missing: Vec<&str> = FILES.into_iter().filter(|file| !models.join(file).is_file()).collect();
    if !missing.is_empty() {
        let list = missing.join(", ");
        println!(
            "cargo::warning=models/accurate lacks {list}: this build cannot read text. Check the repository out whole, or run training/ (README there)."
        );
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("bundled.rs");
    fs::write(out, bundled(&models, missing.is_empty())).expect("OUT_DIR can be written");
}

/// The source of the one constant: the files' bytes, or none.
fn bundled(models: &Path, complete: bool) -> String {
    let path = |file: &str| format!("{:?}", models.join(file));
    let [encoder, relations, labels, vocabulary] = FILES.map(path);
    let value = if complete {
        format!(
            "Some(Profile {{ encoder: Cow::Borrowed(include_bytes!({encoder})), relations: Cow::Borrowed(include_bytes!({relations})), \
             labels: Cow::Borrowed(include_str!({labels})), vocabulary: Cow::Borrowed(include_str!({vocabulary})) }})"
        )
    } else {
        "None".to_owned()
    };
    format!("/// The weights this build carries.\npub(crate) const BUNDLED: Option<Profile> = {value};\n")
}
