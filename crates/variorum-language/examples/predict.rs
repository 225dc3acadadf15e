//! Parses texts, one JSON line for each input line (`score.py input language|ner GOLD`): sentences, tokens and names in code points.
//!
//! Usage: `predict < input.jsonl > predictions.jsonl`, or `predict DIRECTORY < …` for other weights than the bundled ones.

use std::io::{self, BufRead};
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use serde_json::{Value, json};
use variorum_language::Language;
use variorum_model::{Parse, Span};

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let language = match std::env::args().nth(1) {
        Some(directory) => Language::load(Path::new(&directory))?,
        None => Language::bundled(),
    };
    eprintln!("loaded in {:?}", start.elapsed());
    let (start, mut n_words) = (Instant::now(), 0);
    for line in io::stdin().lock().lines() {
        let input: Input = serde_json::from_str(&line?)?;
        let parse = language.parse(&input.text);
        n_words += parse.tokens.len();
        println!("{}", prediction(&input, &parse));
    }
    eprintln!("{n_words} words, {:.0} a second", n_words as f64 / start.elapsed().as_secs_f64());
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

/// For every byte offset of a text the number of characters that begin before it.
fn code_points(text: &str) -> Vec<usize> {
    let mut counts = Vec::with_capacity(text.len() + 1);
    for (n, c) in text.chars().enumerate() {
        counts.resize(counts.len() + c.len_utf8(), n);
    }
    counts.push(text.chars().count());
    counts
}
