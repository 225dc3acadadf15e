//! Splits texts into words, one JSON line for each input line (`score.py input language GOLD`), for measuring the tokeniser alone.

mod points;

use std::io::{self, BufRead};

use serde::Deserialize;
use serde_json::json;
use variorum_language::Tokeniser;
use variorum_model::Span;

use crate::points::code_points;

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tokeniser = Tokeniser::new();
    for line in io::stdin().lock().lines() {
        let Input { id, text } = serde_json::from_str(&line?)?;
        let words = Span::whole(&text).map(|all| tokeniser.words(&text, all)).unwrap_or_default();
        let offsets = code_points(&text);
        let tokens: Vec<_> = words.iter().map(|word| json!({"start": offsets[word.start()], "end": offsets[word.end()]})).collect();
        println!("{}", json!({"id": id, "tokens": tokens}));
    }
    Ok(())
}
