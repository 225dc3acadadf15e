//! Writes how phrases of texts compare with earlier ones, for `training/coreference.py`: the same code as at run time, chains as they were decided.
//!
//! Usage: `pairs OUT DIRECTORY < input.jsonl` (lines of `score.py input language GOLD`; weights of `DIRECTORY`).
//! `OUT.jsonl` has a line a document: `{"id","phrases":[{"start","end","head_start","head_end","whole","candidates":[index|null]}]}` in code points, the
//! candidates being indices of earlier phrases of the line; `OUT.f16` has their rows of half-precision numbers one after another; `OUT.names` their names.

mod points;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use serde_json::json;
use variorum_language::{Comparison, Language, Stage, paragraphs};
use variorum_model::{Parse, TokenId};

use crate::points::code_points;

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, out, directory] = &arguments[..] else { return Err("usage: pairs OUT DIRECTORY < input.jsonl".into()) };
    let language = Language::load(Path::new(directory))?;
    let mut lines = BufWriter::new(File::create(format!("{out}.jsonl"))?);
    let mut numbers = BufWriter::new(File::create(format!("{out}.f16"))?);
    std::fs::write(format!("{out}.names"), Comparison::names().join("\n"))?;
    let (start, mut resolving, mut n_words) = (Instant::now(), std::time::Duration::ZERO, 0);
    for line in io::stdin().lock().lines() {
        let input: Input = serde_json::from_str(&line?)?;
        let regions = paragraphs(&input.text);
        let mut comparisons: Vec<Comparison> = Vec::new();
        let mut observe = |comparison| comparisons.push(comparison);
        let (mut spent, mut since) = (std::time::Duration::ZERO, Instant::now());
        let mut watch = |stage| {
            if stage == Stage::Coreference {
                spent += since.elapsed();
            }
            since = Instant::now();
        };
        let parse = language.parse_observed(&input.text, &regions, &mut watch, &mut observe);
        (resolving, n_words) = (resolving + spent, n_words + parse.tokens.len());
        for comparison in &comparisons {
            let halves: Vec<u8> = comparison.features.iter().flat_map(|&value| half(value).to_le_bytes()).collect();
            numbers.write_all(&halves)?;
        }
        writeln!(lines, "{}", document(&input, &parse, &comparisons))?;
    }
    let reading = start.elapsed() - resolving;
    eprintln!("{n_words} words; {reading:.1?} beside coreference, {resolving:.1?} in it");
    Ok(())
}

fn document(input: &Input, parse: &Parse, comparisons: &[Comparison]) -> serde_json::Value {
    let offsets = code_points(&input.text);
    let mut known: HashMap<(TokenId, TokenId, TokenId), usize> = HashMap::new();
    let mut phrases = Vec::new();
    for comparison in comparisons {
        let candidates: Vec<Option<usize>> =
            comparison.candidates.iter().map(|candidate| candidate.and_then(|place| known.get(&place).copied())).collect();
        let (first, end, head) = comparison.phrase;
        known.insert(comparison.phrase, phrases.len());
        let whole = parse.token(first).span.cover(parse.token(TokenId(end.0 - 1)).span);
        let head = parse.token(head).span;
        phrases.push(json!({
            "start": offsets[whole.start()], "end": offsets[whole.end()], "head_start": offsets[head.start()], "head_end": offsets[head.end()],
            "whole": comparison.is_whole, "candidates": candidates,
        }));
    }
    let mentions = parse.mentions().iter().map(|mention| {
        let head = parse.token(mention.head).span;
        json!({
            "start": offsets[mention.span.start()], "end": offsets[mention.span.end()],
            "head_start": offsets[head.start()], "head_end": offsets[head.end()],
            "kind": mention.referent, "form": mention.form, "entity": mention.chain,
        })
    });
    let mentions: Vec<_> = mentions.collect();
    json!({"id": input.id, "phrases": phrases, "mentions": mentions})
}

/// IEEE half precision, rounded to nearest; the numbers here are small.
fn half(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = ((bits >> 16) & 0x8000) as u16;
    let exponent = ((bits >> 23) & 0xff) as i32 - 127 + 15;
    let mantissa = (bits >> 13) as u16 & 0x3ff;
    match exponent {
        ..=0 => sign,
        1..=30 => sign | ((exponent as u16) << 10 | mantissa).saturating_add((bits >> 12 & 1) as u16),
        _ => sign | 0x7bff,
    }
}
