//! What do outlets do to a text that they take over?
//!
//! Input: paragraphs. Output: paragraphs. Example: "on Friday" becomes "on 20 May" and "centre" becomes "center".

use jiff::{ToSpan, civil::Date};

use super::sentences::{capitalised, sentences};

/// Ends without its last paragraphs, but never without all.
pub(super) fn trimmed(paragraphs: &[String], n: usize) -> Vec<String> {
    paragraphs[..paragraphs.len().saturating_sub(n).max(3.min(paragraphs.len()))].to_vec()
}

/// Names where the whole text comes from, in one of the ways of the trade.
pub(super) fn credited(mut paragraphs: Vec<String>, outlet: &str, manner: usize) -> Vec<String> {
    match manner % 3 {
        0 => {
            if let Some(first) = paragraphs.first_mut() {
                *first = format!("({outlet}) — {first}");
            }
        }
        1 => paragraphs.push(format!("Source: {outlet}")),
        _ => paragraphs.push(format!("This article first appeared in the {outlet}.")),
    }
    paragraphs
}

/// Names where some of it comes from.
pub(super) fn credited_in_part(mut paragraphs: Vec<String>, outlet: &str) -> Vec<String> {
    paragraphs.push(format!("Additional reporting by {outlet}"));
    paragraphs
}

/// Some paragraphs in a row, the first not the lead.
pub(super) fn some(paragraphs: &[String], n: usize, count: usize) -> Vec<String> {
    let last = paragraphs.len().saturating_sub(count).max(1);
    let start = 1 + n % last;
    paragraphs[start.min(paragraphs.len() - 1)..(start + count).min(paragraphs.len())].to_vec()
}

/// Set after the first paragraph of another text.
pub(super) fn among(host: &[String], taken: &[String]) -> Vec<String> {
    let (head, tail) = host.split_at(1.min(host.len()));
    [head, taken, tail].concat()
}

/// Every third sentence left out, clauses behind "which" cut off, sentences cut in two.
pub(super) fn shortened(paragraphs: &[String]) -> Vec<String> {
    let shorter = |paragraph: &String| {
        let all = sentences(paragraph);
        let kept = all.iter().enumerate().filter(|(i, _)| all.len() < 3 || i % 3 != 2);
        kept.map(|(_, sentence)| cut(sentence)).collect::<Vec<_>>().join(" ")
    };
    paragraphs.iter().map(shorter).collect()
}

fn cut(sentence: &str) -> String {
    let quotes = sentence.contains(['“', '"']);
    let n_words = |text: &str| text.split(' ').count();
    match (sentence.split_once(", and "), sentence.split_once(", which ")) {
        (Some((first, second)), _) if n_words(second) > 5 && !quotes => format!("{first}. {}", capitalised(second)),
        (None, Some((first, _))) if n_words(first) > 8 && !quotes => format!("{first}."),
        _ => sentence.to_owned(),
    }
}

/// The quotations of a text, each told anew.
pub(super) fn quotations(paragraphs: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for paragraph in paragraphs {
        let quotation = between(paragraph, '“', '”').or_else(|| between(paragraph, '"', '"'));
        if let Some(words) = quotation.filter(|words| words.split(' ').count() >= 6) {
            let lead =
                ["Somebody who was there put it so: ", "These words went around: ", "What stays in the ear is this: "][found.len() % 3];
            found.push(format!("{lead}“{}.”", capitalised(words.trim_end_matches(['.', ',']))));
        }
    }
    found.truncate(3);
    found
}

/// A sentence on what was years before, if there is one.
pub(super) fn background(paragraphs: &[String], published: Date) -> Option<String> {
    let past = |word: &str| {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
        digits.len() == 4 && digits.parse::<i16>().is_ok_and(|year| (1900..published.year()).contains(&year))
    };
    let all = paragraphs.iter().flat_map(|paragraph| sentences(paragraph));
    all.filter(|sentence| !sentence.contains(['“', '"']) && (12..=45).contains(&sentence.split(' ').count()))
        .find(|sentence| sentence.split(' ').any(past))
}

fn between(text: &str, open: char, close: char) -> Option<&str> {
    let start = text.find(open)? + open.len_utf8();
    let end = start + text[start..].find(close)?;
    Some(&text[start..end])
}

/// How a later outlet prints a text of this day.
pub(super) struct Edition {
    pub(super) day: Date,
}

/// British and American spellings.
const SPELLINGS: &[(&str, &str)] = &[
    ("centre", "center"),
    ("metres", "meters"),
    ("metre", "meter"),
    ("kilometres", "kilometers"),
    ("labour", "labor"),
    ("harbour", "harbor"),
    ("defence", "defense"),
    ("organised", "organized"),
    ("travelled", "traveled"),
    ("litres", "liters"),
    ("programme", "program"),
    ("colour", "color"),
];

impl Edition {
    /// Spelled as across the ocean, with dates for weekdays.
    pub(super) fn respelled(&self, paragraphs: &[String]) -> Vec<String> {
        let american = paragraphs.iter().any(|paragraph| SPELLINGS.iter().any(|(_, american)| has_word(paragraph, american)));
        let respelled = |word: &str| {
            let (core, tail) = word.split_at(word.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
            let found = SPELLINGS.iter().find(|(british, other)| core == *if american { other } else { british });
            found.map_or_else(|| word.to_owned(), |(british, other)| format!("{}{tail}", if american { british } else { other }))
        };
        paragraphs.iter().map(|paragraph| self.dated(&paragraph.split(' ').map(respelled).collect::<Vec<_>>().join(" "))).collect()
    }

    /// "on Friday" as the last Friday's date.
    fn dated(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for back in 0..7 {
            let day = self.day.checked_sub(i64::from(back).days()).expect("news is of our time");
            text = text.replace(&day.strftime("on %A").to_string(), &day.strftime("on %-d %B").to_string());
        }
        text
    }
}

fn has_word(text: &str, wanted: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| word == wanted)
}
