//! Parses texts, one JSON line for each input line (`score.py input language|ner GOLD`): sentences, tokens and names in code points.
//!
//! Usage: `predict [accurate|fast|DIRECTORY] < input.jsonl > predictions.jsonl`; a directory holds other weights than the bundled ones.
//! Says on standard error how long loading took, and parsing alone: nothing of reading lines or writing them.

mod points;

use std::io::{self, BufRead};
use std::path::Path;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use variorum_language::{Language, Profile};
use variorum_model::{Parse, Span};

use crate::points::code_points;

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let name = std::env::args().nth(1).unwrap_or_default();
    let language = match name.parse::<Profile>() {
        Ok(profile) => Language::with_profile(profile),
        Err(_) if name.is_empty() => Language::bundled(),
        Err(_) => Language::load(Path::new(&name))?,
    };
    eprintln!("loaded in {:?}", start.elapsed());
    let (mut parsing, mut n_words) = (Duration::ZERO, 0);
    for line in io::stdin().lock().lines() {
        let input: Input = serde_json::from_str(&line?)?;
        let start = Instant::now();
        let parse = language.parse(&input.text);
        parsing += start.elapsed();
        n_words += parse.tokens.len();
        println!("{}", prediction(&input, &parse));
    }
    eprintln!("{n_words} words in {:.3} s, {:.0} a second", parsing.as_secs_f64(), n_words as f64 / parsing.as_secs_f64());
    Ok(())
}

fn prediction(input: &Input, parse: &Parse) -> Value {
    let offsets: Vec<usize> = code_points(&input.text);
    let points = |span: Span| (offsets[span.start()], offsets[span.end()]);
    let tokens = parse.tokens.iter().map(|token| {
        let (start, end) = points(token.span);
        let head = token.head.map_or(-1, |head| head.index() as i64);
        json!({"start": start, "end": end, "upos": token.upos, "tag": token.tag, "lemma": token.lemma, "head": head, "deprel": token.deprel.base()})
    });
    let mentions = parse.names.iter().filter_map(|name| {
        let (start, end) = points(name.span);
        let kind = name.kind.uner_label()?;
        Some(json!({"start": start, "end": end, "type": kind}))
    });
    json!({
        "id": input.id,
        "sentences": parse.sentences.iter().map(|sentence| points(sentence.span)).collect::<Vec<_>>(),
        "tokens": tokens.collect::<Vec<_>>(),
        "mentions": mentions.collect::<Vec<_>>(),
    })
}
