//! Which words of a document signal that somebody speaks or thinks?
//!
//! Input: the parse and the lexicon. Output: a [`Cue`] for each head word whose row matches, in text order: "pointed out" gives `point` with "out".
//! Whether it has a source and a content is for [`super::clauses`] to find.

use variorum_model::{Deprel, Document, Parse, TimeExpression, TokenId, Upos};

use super::grammar::{is_passive, lemma};
use super::lexicon::{CueLexicon, CueRow, WordClass};

/// A word that may signal an attribution.
#[derive(Clone, Debug)]
pub(super) struct Cue<'l> {
    /// Its head word.
    pub(super) head: TokenId,
    /// Base form of the head word, as the lexicon has it.
    pub(super) lemma: &'static str,
    /// Part of speech.
    pub(super) class: WordClass,
    /// The row it matches.
    pub(super) row: &'l CueRow,
    /// The further words the row asks for.
    pub(super) words: Vec<TokenId>,
}

/// Every cue of a document, in text order.
pub(super) fn cues<'l>(lexicon: &'l CueLexicon, doc: &Document, parse: &Parse, times: &[TimeExpression]) -> Vec<Cue<'l>> {
    let found = parse.token_ids().filter_map(|id| cue_at(lexicon, doc, parse, times, id));
    found.collect()
}

fn cue_at<'l>(lexicon: &'l CueLexicon, doc: &Document, parse: &Parse, times: &[TimeExpression], head: TokenId) -> Option<Cue<'l>> {
    let token = parse.token(head);
    if matches!(token.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Flat | Deprel::Fixed | Deprel::Compound) {
        return None;
    }
    let class = if token.deprel == Deprel::Case { WordClass::Preposition } else { WordClass::of(token.upos)? };
    // A participle before a noun describes it: "the alleged killer".
    let class = if class == WordClass::Verb && token.deprel == Deprel::Amod { WordClass::Adjective } else { class };
    let form = doc.slice(token.span).to_lowercase();
    let (lemma, rows) = lexicon.entry(&lemma(parse, head), &form, class)?;
    let matched = rows.iter().filter_map(|row| {
        Some((row, words_with(parse, head, row).filter(|words| !words.iter().any(|&word| leads_time(parse, times, word)))?))
    });
    let (row, words) = matched.rev().max_by_key(|(row, words)| (words.len(), row.with.len()))?;
    Some(Cue { head, lemma, class, row, words })
}

/// "called it a joke on Friday" is no "call on": the preposition dates the call.
fn leads_time(parse: &Parse, times: &[TimeExpression], word: TokenId) -> bool {
    let led = parse.head(word).filter(|_| parse.token(word).deprel == Deprel::Case);
    led.is_some_and(|led| times.iter().any(|time| time.span.contains(parse.token(led).span)))
}

/// The tokens of the longest alternative that stands with the head word; empty for a row that asks for none.
fn words_with(parse: &Parse, head: TokenId, row: &CueRow) -> Option<Vec<TokenId>> {
    if row.with.is_empty() {
        return Some(Vec::new());
    }
    row.with.iter().filter_map(|words| all_words(parse, head, words)).max_by_key(Vec::len)
}

fn all_words(parse: &Parse, head: TokenId, words: &[&str]) -> Option<Vec<TokenId>> {
    let mut found = Vec::new();
    for word in words {
        match *word {
            "that" => {
                parse.child(head, Deprel::Ccomp)?;
            }
            word => found.push(word_below(parse, head, word)?),
        }
    }
    found.sort();
    found.iter().all(|&word| stands_close(parse, head, word, &found)).then_some(found)
}

/// "made it public" and "took a hard line", but not "made a public visit", nor "made threats to the point of …": what describes a noun counts together with the noun only, and a
/// noun behind a preposition together with that.
fn stands_close(parse: &Parse, head: TokenId, word: TokenId, words: &[TokenId]) -> bool {
    let token = parse.token(word);
    let describes = matches!(token.deprel, Deprel::Amod | Deprel::Compound) && token.upos != Upos::Intj && parse.head(word) != Some(head);
    let led = token.upos == Upos::Noun
        && token.deprel == Deprel::Obl
        && parse.child(word, Deprel::Case).is_some_and(|case| !words.contains(&case));
    !(describes && parse.head(word).is_some_and(|noun| !words.contains(&noun)) || led)
}

/// A dependent with this word, or the preposition or modifier of a dependent.
fn word_below(parse: &Parse, head: TokenId, word: &str) -> Option<TokenId> {
    if let Some(particle) = word.strip_prefix("prt:") {
        return parse.children_by(head, Deprel::CompoundPrt).find(|&child| parse.token(child).lemma.eq_ignore_ascii_case(particle));
    }
    let is_word = |id: TokenId| parse.token(id).lemma.eq_ignore_ascii_case(word);
    parse.children(head).iter().find_map(|&child| {
        let relation = parse.token(child).deprel;
        if matches!(relation, Deprel::Ccomp | Deprel::Conj | Deprel::Parataxis | Deprel::Nsubj | Deprel::AclRelcl) {
            return None;
        }
        if relation == Deprel::Mark {
            return None;
        }
        if is_word(child) && relation != Deprel::Advcl {
            return Some(child);
        }
        // "to" marks purpose as well; only a complement counts.
        if word == "to" && !matches!(relation.base(), "xcomp" | "obl" | "nmod") {
            return None;
        }
        let after = |below: TokenId| below > head || matches!(relation, Deprel::Obl) && is_passive(parse, head);
        parse.children(child).iter().copied().find(|&below| is_word(below) && after(below) && is_small_dependent(parse, below, relation))
    })
}

fn is_small_dependent(parse: &Parse, id: TokenId, of: Deprel) -> bool {
    match parse.token(id).deprel {
        Deprel::Case | Deprel::Mark => true,
        Deprel::Amod | Deprel::Compound | Deprel::Det | Deprel::Nmod | Deprel::Fixed => !matches!(of, Deprel::Advcl | Deprel::Xcomp),
        _ => false,
    }
}
