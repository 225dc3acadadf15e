//! Prints what each line of a file is for: `cargo run -p variorum-ingest --example blocks FILE…`

use std::{env, fs, io};

use variorum_ingest::{Origin, documents};
use variorum_model::Document;

fn main() -> io::Result<()> {
    for path in env::args().skip(1) {
        let bytes = fs::read(&path)?;
        for document in documents(&Origin::at(path), &bytes) {
            match document {
                Ok(document) => print(&document),
                Err(error) => println!("{error}"),
            }
        }
    }
    Ok(())
}

fn print(document: &Document) {
    println!("=== {}", document.path);
    println!(
        "title {:?}\npublisher {:?}\nbyline {:?}\nlanguage {:?}",
        document.title, document.publisher, document.byline, document.language
    );
    let range = document
        .published
        .map(|dated| format!("{}..{} {:?} {:?}", dated.range.earliest(), dated.range.latest(), dated.range.precision(), dated.basis));
    let evidence: Vec<&str> = document.published_evidence.iter().map(|&span| document.slice(span)).collect();
    println!("published {} by {evidence:?}", range.as_deref().unwrap_or("unknown"));
    for credit in &document.credits {
        println!("credit {:?} {:?}", credit.kind, credit.name);
    }
    for block in &document.blocks {
        let line: String = document.slice(block.span).escape_debug().take(110).collect();
        println!("{:>9}  {line}", block.kind.as_str());
    }
}
