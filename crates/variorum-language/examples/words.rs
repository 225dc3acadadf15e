//! Splits texts into words, one JSON line for each input line (`score.py input language GOLD`), for measuring the tokeniser alone.

use std::io::{self, BufRead};

use serde::Deserialize;
use serde_json::json;
use variorum_language::Tokeniser;
use variorum_model::Span;

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
        let (mut byte, mut n) = (0, 0);
        let mut points = |to: usize| {
            n += text[byte..to].chars().count();
            byte = to;
            n
        };
        let tokens: Vec<_> = words.iter().map(|word| json!({"start": points(word.start()), "end": points(word.end())})).collect();
        println!("{}", json!({"id": id, "tokens": tokens}));
    }
    Ok(())
}
