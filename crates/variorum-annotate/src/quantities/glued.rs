//! Which numbers are written in one with their currency or unit?
//!
//! Input: the words from a place on, as they are printed. Output: the number, its multiplier and its unit, with how many words they take. Examples: "CHF150,000" is 150,000
//! CHF, "31t" 31 tonnes, "Rs500 crore" 500 rupees of which the multiplier follows, "1,200m3" 1,200 cubic metres.
//! Tokenisers cut such strings in many ways ("12 , 400t", "R2 .5"), so that whatever stands there without a space is read as one.
//! Limits: strings that hold a hyphen are names ("T-72") or compounds, and are left to the words.

use variorum_model::{Document, Parse};

use super::{NumberLexicon, NumeralSort, Unit, grouped, scale};

/// A number in one with letters.
pub(super) struct Glued {
    pub(super) value: f64,
    pub(super) unit: Option<Unit>,
    /// How many words it takes.
    pub(super) len: usize,
}

/// The number that the words from `i` to before `end` begin with, where it is written in one with a currency or unit.
pub(super) fn glued_at(lexicon: &NumberLexicon, doc: &Document, parse: &Parse, i: usize, end: usize) -> Option<Glued> {
    let begins = i == 0 || parse.tokens[i - 1].span.end() < parse.tokens[i].span.start() || is_bracket(doc, parse, i - 1);
    let last = (i + 1..end).take_while(|&at| parse.tokens[at - 1].span.end() == parse.tokens[at].span.start()).last().unwrap_or(i);
    let ends = (i..=last.min(i + 6)).rev().filter(|_| begins);
    ends.filter(|&last| is_cut_badly(doc, parse, i, last)).find_map(|last| {
        let text = parse.tokens[i].span.cover(parse.tokens[last].span).of(&doc.text);
        let next = parse.tokens.get(last + 1).filter(|_| last + 1 < end).map_or("", |next| doc.slice(next.span));
        let (value, unit) = read(lexicon, text, next)?;
        Some(Glued { value, unit, len: last + 1 - i })
    })
}

/// Whether a word mixes digits and letters, or the digits stand in more than one word; all else is read word by word.
fn is_cut_badly(doc: &Document, parse: &Parse, first: usize, last: usize) -> bool {
    let words = || (first..=last).map(|at| doc.slice(parse.tokens[at].span));
    let digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let mixed = words().any(|word| digit(word) && word.contains(char::is_alphabetic));
    mixed || words().filter(|word| digit(word)).count() > 1
}

fn is_bracket(doc: &Document, parse: &Parse, at: usize) -> bool {
    matches!(doc.slice(parse.tokens[at].span), "(" | "[" | "“" | "\"" | "‘" | "'")
}

/// "CHF150,000", "31t", "€2.3bn": a currency or a unit, or both, in one with the digits.
fn read(lexicon: &NumberLexicon, text: &str, next: &str) -> Option<(f64, Option<Unit>)> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at(first);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
    let (figures, after) = rest.split_at(end);
    // "came to 71.5t.": the stop of the sentence.
    let after = after.strip_suffix('.').unwrap_or(after);
    let money = |form: &str| lexicon.exact_units.get(form).filter(|unit| unit.money).cloned();
    let currency = if before.is_empty() { None } else { Some(money(before)?) };
    // One letter before digits is a name too ("K2", "R5"), unless a sum follows.
    let multiplies = || {
        let word = [next.to_lowercase()];
        lexicon.numerals.longest(&word).is_some_and(|(_, numeral)| numeral.sort == NumeralSort::Multiplier)
    };
    // "N$4,5 million": a comma before a sum's only decimal.
    let decimal = figures.split_once(',').is_some_and(|(_, rest)| rest.len() < 3) && (scale(after).is_some() || multiplies());
    if figures.ends_with(['.', ',']) || !decimal && !grouped(figures) {
        return None;
    }
    let value: f64 = figures.replace(',', if decimal { "." } else { "" }).parse().ok()?;
    let written = before.chars().any(|c| !c.is_ascii_alphabetic()) || before.len() > 1 || figures.contains(',') || multiplies();
    if after.is_empty() {
        return (written && currency.is_some()).then_some((value, currency));
    }
    if let Some(times) = scale(after).filter(|_| currency.is_some()) {
        return Some((value * times, currency));
    }
    // "1960s" are no seconds.
    let unit = lexicon.exact_units.get(after).filter(|unit| currency.is_none() && after != "s" && !unit.money).cloned()?;
    Some((value, Some(unit)))
}
