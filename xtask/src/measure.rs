//! What does the program make of our own marked texts?
//!
//! Input: files of the corpus (`corpus/README.md`). Output: for attributions, events, figures and times how many of those marked were found, and how many of
//! those found were marked, with counts; for each field how often it is right; with `--kinds`, the commonest kinds of mistakes; with
//! `--errors`, mistakes one by one. What was not found is wrong in every field. Example: `cargo xtask measure corpus/tuning --kinds 10 --errors 5`.

mod attributions;
mod events;
mod figures;
mod kinds;
mod measures;
pub(crate) mod names;
mod tally;
mod times;

use std::{fs, path::PathBuf};

use rayon::prelude::*;
use variorum::{
    Analyst, Annotated, Profile,
    lines::{Line, Value},
    reading::Reading,
};
use variorum_cases::{
    expect::Expected,
    file::{self, Piece},
    place::place,
};
use variorum_model::Span;

use self::tally::Tally;
use crate::kept::Kept;

/// A text of the corpus with what is marked in it and what the program found.
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) doc: Annotated,
    /// By stage; a stage that is not marked is not measured.
    pub(crate) marked: Vec<(String, Vec<Expected>)>,
}

/// Prints the figures of these files.
pub(crate) fn measure(paths: &[PathBuf], (n_kinds, n_errors): (usize, usize), profile: Profile, kept: &Kept) -> Result<(), String> {
    let items = items(&Analyst::with_profile(profile), paths, kept)?;
    let mut tally = Tally::default();
    for item in &items {
        for (stage, marked) in &item.marked {
            match stage.as_str() {
                "events" => events::count(&mut tally, item, marked)?,
                "attribution" => attributions::count(&mut tally, item, marked)?,
                "figures" => figures::count(&mut tally, item, marked)?,
                "measures" => figures::count_measures(&mut tally, item, marked)?,
                "times" => times::count(&mut tally, item, marked)?,
                other => return Err(format!("{}: the corpus has no stage {other:?}", item.name)),
            }
        }
    }
    println!("{} texts", items.len());
    tally.print(n_kinds, n_errors);
    Ok(())
}

/// The texts of these files and folders, in order.
pub(crate) fn items(analyst: &Analyst, paths: &[PathBuf], kept: &Kept) -> Result<Vec<Item>, String> {
    let mut files = Vec::new();
    paths.iter().try_for_each(|path| file::collect(path, &mut files)).map_err(|error| error.to_string())?;
    let texts = files.iter().map(|path| fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display())));
    let texts = texts.collect::<Result<Vec<String>, String>>()?;
    let sections: Vec<(&str, &str)> = texts.iter().flat_map(|text| file::items(text)).collect();
    sections.par_iter().map(|(name, body)| item(analyst, kept, name, body)).collect()
}

fn item(analyst: &Analyst, kept: &Kept, name: &str, body: &str) -> Result<Item, String> {
    let problem = |problem: String| format!("{name}: {problem}");
    let case = file::parse(body).map_err(problem)?;
    let [source] = &case.documents[..] else { return Err(problem("an item of the corpus is one document".into())) };
    let mut reading = Reading::default();
    reading.add(&source.path(), &source.bytes());
    let document = reading.documents.pop().ok_or_else(|| problem("the document cannot be read".into()))?;
    let mut marked = Vec::new();
    for piece in case.pieces {
        if let Piece::Expect { stage, body } = piece {
            let lines = body.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "nothing" && !line.starts_with('#'));
            marked.push((stage, lines.map(Expected::parse).collect::<Result<_, _>>().map_err(problem)?));
        }
    }
    Ok(Item { name: name.to_owned(), doc: kept.annotate(analyst, document), marked })
}

impl Item {
    fn text(&self) -> &str {
        &self.doc.document.text
    }

    /// Where the quotations of a field stand; none where the line does not give it.
    pub(crate) fn spans(&self, line: &Expected, field: &str) -> Result<Option<Vec<Span>>, String> {
        let Some(values) = line.values(field) else { return Ok(None) };
        let span = |value: &Value| match value {
            Value::Quote(words, nth) => {
                place(self.text(), words, *nth).ok_or_else(|| format!("{}: {value} does not stand in the text", self.name))
            }
            Value::Word(word) => Err(format!("{}: {field} wants a quotation, not {word}", self.name)),
        };
        values.iter().map(span).collect::<Result<_, _>>().map(Some)
    }

    /// The words of a quotation that each line gives.
    pub(crate) fn marked_words(&self, marked: &[Expected], field: &str) -> Result<Vec<Vec<usize>>, String> {
        marked.iter().map(|line| Ok(self.words(&self.spans(line, field)?.unwrap_or_default()))).collect()
    }

    /// The words that each record found stands at.
    fn found_words(&self, found: &[Line]) -> Vec<Vec<usize>> {
        found.iter().map(|line| self.words(line.span.as_slice())).collect()
    }

    /// The words of spans, by where they begin: what counts when spans are compared.
    pub(crate) fn words(&self, spans: &[Span]) -> Vec<usize> {
        let text = self.text();
        let mut words: Vec<usize> = Vec::new();
        for span in spans {
            let mut in_word = false;
            for (at, c) in span.of(text).char_indices() {
                if c.is_alphanumeric() && !in_word {
                    words.push(span.start() + at);
                }
                in_word = c.is_alphanumeric();
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// The first value of a field as plain words.
pub(crate) fn word<'l>(line: &'l Expected, field: &str) -> Option<&'l str> {
    match line.values(field)?.first()? {
        Value::Quote(word, _) | Value::Word(word) => Some(word),
    }
}

/// How many words two sorted lists share.
fn n_shared(a: &[usize], b: &[usize]) -> usize {
    a.iter().filter(|word| b.binary_search(word).is_ok()).count()
}

/// Pairs by how many words two records share.
pub(crate) fn overlapping(gold: &[Vec<usize>], mine: &[Vec<usize>]) -> Vec<Option<usize>> {
    paired(gold.len(), mine.len(), |i, j| n_shared(&gold[i], &mine[j]))
}

/// Pairs marked and found records, those that fit best first: for each marked one, its find. `fit` is 0 where the two have nothing in common.
fn paired(n_marked: usize, n_found: usize, fit: impl Fn(usize, usize) -> usize) -> Vec<Option<usize>> {
    let all = (0..n_marked).flat_map(|i| (0..n_found).map(move |j| (i, j)));
    let mut pairs: Vec<(usize, usize, usize)> = all.map(|(i, j)| (fit(i, j), i, j)).filter(|pair| pair.0 > 0).collect();
    pairs.sort_by_key(|&(fit, i, j)| (std::cmp::Reverse(fit), i, j));
    let (mut of, mut taken) = (vec![None; n_marked], vec![false; n_found]);
    for (_, i, j) in pairs {
        if of[i].is_none() && !taken[j] {
            (of[i], taken[j]) = (Some(j), true);
        }
    }
    of
}
