//! What do our own marked texts teach about what a number is of, whom it counts, and as of when?
//!
//! Input: files of the corpus. Output: `OUT.jsonl`, a line a text with its words and trees, and for each figure marked in it the words of its number, its measure, the words of its population and of its
//! time; `OUT.f32`, what the trunk makes of each of the words, row by row, from the code that runs. `training/measures.py` reads both. Of words that stand in the text several times the
//! nearest of the number's sentence are meant.

use std::path::{Path, PathBuf};

use serde::Serialize;
use variorum::{Profile, lines::Value};
use variorum_cases::{expect::Expected, place::place};
use variorum_model::Span;

use super::{Trees, words_of, write};
use crate::{
    kept::Kept,
    measure::{Item, word},
};

#[derive(Serialize)]
struct Lesson<'i> {
    #[serde(flatten)]
    trees: Trees<'i>,
    figures: Vec<Figure<'i>>,
}

#[derive(Serialize)]
struct Figure<'i> {
    words: Vec<u32>,
    measure: &'i str,
    /// None where only measures are marked; empty where the text tells of none.
    population: Option<Vec<u32>>,
    as_of: Option<Vec<u32>>,
}

/// Writes the lessons of these files.
pub(crate) fn teach(paths: &[PathBuf], out: &Path, profile: Profile, kept: &Kept) -> Result<(), String> {
    write(paths, out, profile, kept, &["figures", "measures"], lesson)
}

fn lesson(item: &Item, marked: &[Expected]) -> Result<String, String> {
    let whole = item.marked.iter().any(|(stage, _)| stage == "figures");
    let figure = |line| {
        let words = words_of(item, line, "figure")?;
        let near = |field| whole.then(|| nearest(item, line, field, &words));
        Ok(Figure { measure: word(line, "measure").unwrap_or_default(), population: near("population"), as_of: near("as-of"), words })
    };
    let figures = marked.iter().map(figure).collect::<Result<_, String>>()?;
    Ok(serde_json::to_string(&Lesson { trees: Trees::of(item), figures }).expect("lists of numbers and words"))
}

/// The words of a quotation that stand nearest to a number, those of its sentence first.
fn nearest(item: &Item, line: &Expected, field: &str, number: &[u32]) -> Vec<u32> {
    let (parse, text) = (&item.doc.parse, &item.doc.document.text);
    let Some(Value::Quote(words, _)) = line.values(field).and_then(|values| values.first()) else { return Vec::new() };
    let Some(number) = number.first().map(|&word| &parse.tokens[word as usize]) else { return Vec::new() };
    let all = (1..).map_while(|nth| place(text, words, nth));
    let away = |span: &Span| {
        let sentence = parse.sentence_at(span.start());
        (sentence != Some(number.sentence), span.start().abs_diff(number.span.start()))
    };
    let span = all.min_by_key(away);
    span.into_iter().flat_map(|span| parse.token_ids().filter(move |id| span.overlaps(parse.token(*id).span))).map(|id| id.0).collect()
}
