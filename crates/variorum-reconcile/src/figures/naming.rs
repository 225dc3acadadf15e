//! What is a figure called?
//!
//! Input: its readings. Output: the measure that most of them have, and where none of them says it in that word, the words by which they tell it. Examples: "killed"; of two reports
//! that "17 were let go" and "17 walked free" `released (let, walked)`, so that a reader knows what he will find.
//! Limits: two words at most; what only puts or states a number is none.

use std::{collections::BTreeMap, sync::LazyLock};

use rustc_hash::FxHashSet;
use variorum_model::{Deprel, FigureMention, TokenId, Upos, table::Table};

use super::{is_bare, mention, quantity};
use crate::corpus::{Corpus, Local};

/// Words shown beside a measure that no report has.
const MOST_WORDS: usize = 2;

/// The measure of a figure, in the words of its readings where they are others.
pub(super) fn name(corpus: &Corpus, locals: &[Local]) -> String {
    let measure = measure(corpus, locals);
    let stem = stem(&measure);
    let told: Vec<Local> = locals.iter().copied().filter(|&local| !is_bare(mention(corpus, local))).collect();
    let says_it = |&local: &Local| sentence_words(corpus, local).iter().any(|word| word.starts_with(stem));
    if told.is_empty() || locals.iter().any(says_it) {
        return measure;
    }
    let words = most_frequent(told.iter().filter_map(|&local| telling_word(corpus, local)).collect());
    let words: Vec<String> = words.into_iter().take(MOST_WORDS).collect();
    if words.is_empty() || words.iter().any(|word| word.starts_with(stem)) { measure } else { format!("{measure} ({})", words.join(", ")) }
}

/// What most readings count, a word that says what became of those counted before one that only names them.
fn measure(corpus: &Corpus, locals: &[Local]) -> String {
    let mentions = || locals.iter().map(|&local| mention(corpus, local));
    let says = |mention: &&FigureMention| !is_bare(mention) && !matches!(mention.measure.as_str(), "counted" | "amount");
    let of =
        |mentions: Vec<&FigureMention>| most_frequent(mentions.iter().map(|mention| mention.measure.clone()).collect()).into_iter().next();
    of(mentions().filter(says).collect()).or_else(|| of(mentions().collect())).unwrap_or_default()
}

/// Distinct words, the most frequent first, then the first told.
fn most_frequent(words: Vec<String>) -> Vec<String> {
    let mut counts: BTreeMap<&String, (usize, usize)> = BTreeMap::new();
    for (place, word) in words.iter().enumerate() {
        counts.entry(word).or_insert((0, place)).0 += 1;
    }
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, (count, place))| (std::cmp::Reverse(*count), *place));
    ranked.into_iter().map(|(word, _)| word.clone()).collect()
}

/// The part of a measure that its forms share: "hospital" of "hospitalised", "kill" of "killed".
fn stem(measure: &str) -> &str {
    ["ised", "ized", "ed", "en", "ing"].iter().find_map(|end| measure.strip_suffix(end)).filter(|rest| rest.len() > 2).unwrap_or(measure)
}

fn sentence_words(corpus: &Corpus, local: Local) -> Vec<String> {
    let span = mention(corpus, local).evidence.first();
    crate::words::plain_words(corpus.slice(local.doc, span))
}

/// The word that governs the number and says something of it: "treated" of "31 people were treated", "crowd" of "put the crowd at 1,800".
fn telling_word(corpus: &Corpus, local: Local) -> Option<String> {
    let parse = corpus.parse(local.doc);
    let (number, figure) = (quantity(corpus, local).span, mention(corpus, local));
    let head = parse.head_of_span(figure.evidence.first())?;
    // A sum or a share is what it is of; of people and things it is told what became of them.
    let counted = figure.population_lemma.as_deref().filter(|_| quantity(corpus, local).unit.is_none());
    let says = |id: &TokenId| {
        let token = parse.token(*id);
        let lemma = token.lemma.to_lowercase();
        let content = matches!(token.upos, Upos::Verb | Upos::Noun | Upos::Adj) && !number.contains(token.span);
        content && Some(lemma.as_str()) != counted && !silent().contains(lemma.as_str())
    };
    let object = parse.child(head, Deprel::Obj);
    // Above a sum or a share is what has it, above a count some place or body.
    let above = parse.ancestors(head).take(1).filter(|&up| counted.is_none() || parse.token(up).upos != Upos::Noun);
    let word = std::iter::once(head).chain(object).chain(above).find(says)?;
    Some(corpus.slice(local.doc, parse.token(word).span).to_lowercase())
}

/// Words that put or state a number and say nothing of what is counted.
fn silent() -> &'static FxHashSet<&'static str> {
    static SILENT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let table = |text| Table::parse(text).expect("bundled tables are checked by tests");
        let answering = table(include_str!("../../../../knowledge/answering.tsv"));
        let measures = table(include_str!("../../../../knowledge/measures.tsv"));
        // "leave" tells nothing in "left 40 homeless", and all in "40 left".
        let telling: FxHashSet<&str> = measures.rows().filter(|row| !row.get("measure").is_empty()).map(|row| row.get("lemma")).collect();
        let silent = measures.rows().filter(|row| row.get("class") == "silent").map(|row| row.get("lemma"));
        let silent = silent.filter(|lemma| !telling.contains(lemma));
        let putting =
            |row: &variorum_model::table::Row| matches!(row.get("group"), "putting" | "saying" | "knowing" | "giving" | "standing");
        silent.chain(answering.rows().filter(putting).flat_map(|row| row.list("words"))).collect()
    });
    &SILENT
}
