//! How long does it take to bring very many reports together, and how does that grow?
//!
//! Input: affairs and a number of reports. Output: time and memory of [`reconcile`] for a tenth of the number and for all, and how that stands to the time the parser takes for them.
//! Reports are made from those of the affairs, copy by copy: names, half of the other rare words and numbers are changed letter by letter to others of the same length, the same ones
//! throughout a copy of an affair, so that spans stay right and nothing is parsed again. Each copy of an affair is an affair of its own.
//! Limits: sentences keep the sense that the parser gave the originals, which likens copies more than affairs of the world are.

use std::hash::{Hash, Hasher};

use jiff::ToSpan;
use rustc_hash::FxHasher;
use variorum::{Analyst, Annotated, Profile, reading, reconcile};
use variorum_model::{BlockKind, DateRange, DocumentId, Upos};

use super::{milliseconds, status_megabytes, timed};
use crate::kept::Kept;

/// Part of the reports that the growth is measured from.
const TENTH: usize = 10;

/// Prints the figures.
pub(crate) fn bench_reconcile(paths: &[String], n: usize, profile: Profile, kept: &Kept) -> Result<(), String> {
    let analyst = Analyst::with_profile(profile);
    let mut reading = reading::read(paths);
    reading.documents.retain(|doc| doc.path.contains("/reports/"));
    if reading.documents.is_empty() {
        return Err("nothing to read".into());
    }
    let sample = reading.documents.iter().step_by(reading.documents.len().div_ceil(10));
    let (n_parsed, parsed) = timed(|| sample.map(|doc| analyst.parse(doc).tokens.len()).sum::<usize>());
    let originals: Vec<Annotated> = reading.documents.into_iter().map(|doc| kept.annotate(&analyst, doc)).collect();
    let mut took = Vec::new();
    for n in [n / TENTH, n] {
        let documents: Vec<Annotated> = (0..n).map(|i| varied(&originals[i % originals.len()], i / originals.len())).collect();
        let n_words: usize = documents.iter().map(|doc| doc.parse.tokens.len()).sum();
        let before = status_megabytes("VmRSS:");
        let (dossier, reconciled) = timed(|| reconcile(&documents));
        let language = parsed.mul_f64(n_words as f64 / n_parsed.max(1) as f64);
        println!(
            "{n} reports, {n_words} words: reconcile {:.1} s, {:.3} of the {:.0} s of the parser; {} stories, {} edges; memory {before} MB before, {} MB at its peak",
            milliseconds(reconciled) / 1000.0,
            reconciled.as_secs_f64() / language.as_secs_f64(),
            language.as_secs_f64(),
            dossier.stories.len(),
            dossier.lineage.len(),
            status_megabytes("VmHWM:")
        );
        took.push(reconciled);
    }
    println!("growth from a tenth: {:.1} times", took[1].as_secs_f64() / took[0].as_secs_f64());
    Ok(())
}

/// A report of another affair; the first copy is the original.
fn varied(original: &Annotated, copy: usize) -> Annotated {
    let mut doc = original.clone();
    if copy == 0 {
        return doc;
    }
    let mut text = doc.document.text.clone().into_bytes();
    let tokens = doc.parse.tokens.iter_mut();
    for token in tokens.filter(|token| changes(token.upos, &token.lemma, copy)) {
        let range = token.span.start()..token.span.end();
        let word = String::from_utf8_lossy(&text[range.clone()]).into_owned();
        text[range].copy_from_slice(changed(&word, copy).as_bytes());
        token.lemma = changed(&token.lemma, copy);
    }
    doc.document.text = String::from_utf8(text).expect("only letters of one byte are changed, to such");
    doc.document.id = DocumentId::of([original.document.id.as_str(), &copy.to_string()]);
    doc.document.path = format!("{}#{copy}", original.document.path);
    doc.document.title =
        original.document.title.as_ref().map(|title| title.split(' ').map(|word| changed(word, copy)).collect::<Vec<_>>().join(" "));
    if let Some(dated) = doc.document.published.as_mut() {
        let day = dated.range.earliest().checked_add((copy as i64 * 3).days()).expect("within the calendar");
        dated.range = DateRange::day(day);
    }
    for block in doc.document.blocks.iter_mut().filter(|block| block.kind == BlockKind::Date) {
        block.kind = BlockKind::Marker;
    }
    rename(&mut doc, copy);
    doc
}

/// Names of entities and places, and numbers, as the text has them now.
fn rename(doc: &mut Annotated, copy: usize) {
    let all = |name: &str| name.split(' ').map(|word| changed(word, copy)).collect::<Vec<_>>().join(" ");
    for entity in doc.annotations.entities.iter_mut().filter(|entity| entity.named && entity.known_as.is_none()) {
        entity.name = all(&entity.name);
        entity.aliases = entity.aliases.iter().map(|alias| all(alias)).collect();
    }
    for place in &mut doc.annotations.places {
        place.name = all(&place.name);
    }
    for quantity in &mut doc.annotations.quantities {
        let other = |value: f64| value + (copy % 7) as f64;
        quantity.low = quantity.low.map(other);
        quantity.high = quantity.high.map(other);
    }
}

fn changes(upos: Upos, lemma: &str, copy: usize) -> bool {
    match upos {
        Upos::Propn | Upos::Num => true,
        Upos::Noun | Upos::Verb | Upos::Adj => hashed((lemma, copy)).is_multiple_of(2) && lemma.len() > 4,
        _ => false,
    }
}

/// A word of as many bytes: vowels for vowels, consonants for consonants, digits for digits.
fn changed(word: &str, copy: usize) -> String {
    const KINDS: [&[u8]; 3] = [b"aeiou", b"bcdfghjklmnpqrstvwxyz", b"123456789"];
    let word_hash = hashed((word.to_lowercase(), copy));
    let letter = |(at, c): (usize, char)| {
        let kind = KINDS.iter().find(|kind| c.is_ascii() && kind.contains(&(c.to_ascii_lowercase() as u8)))?;
        let other = char::from(kind[(hashed((word_hash, at)) % kind.len() as u64) as usize]);
        Some(if c.is_ascii_uppercase() { other.to_ascii_uppercase() } else { other })
    };
    word.chars().enumerate().map(|(at, c)| letter((at, c)).unwrap_or(c)).collect()
}

fn hashed(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
