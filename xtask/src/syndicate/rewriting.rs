//! How does an outlet tell another's report in its own words, as far as rules can?
//!
//! Input: the paragraphs of a report. Output: paragraphs that tell the same: other words, clauses and paragraphs in another order, some verbs turned to the passive,
//! sentences cut in two, quotations cut, figures and names kept. Example: "The cabinet ordered an inquiry on Friday, the minister said." becomes "The minister
//! stated that an inquiry was commanded by the cabinet on Friday." Limits: what comes out is constructed and not always good English.

use variorum_model::table::Table;

use super::sentences::{capitalised, lowered, sentences, words_kept};

/// Every so many sentences one is left out.
const LEFT_OUT: usize = 6;
/// Words of a quotation that are kept.
const QUOTED: usize = 9;

/// Tells a report again.
pub(super) fn rewritten(paragraphs: &[String], salt: usize) -> Vec<String> {
    let synonyms = Table::parse(include_str!("synonyms.tsv")).expect("the table is well formed");
    let synonyms: Vec<(&str, &str)> = synonyms.rows().map(|row| (row.get("word"), row.get("other"))).collect();
    let mut n = salt;
    let mut told: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let mut kept = Vec::new();
        for sentence in sentences(paragraph) {
            n += 1;
            if !n.is_multiple_of(LEFT_OUT) {
                kept.push(sentence_anew(&sentence, n, &synonyms));
            }
        }
        if !kept.is_empty() {
            told.push(kept.join(" "));
        }
    }
    swapped(told)
}

fn sentence_anew(sentence: &str, n: usize, synonyms: &[(&str, &str)]) -> String {
    let shorter = cut_quotation(sentence);
    let turned = passive(&shorter).or_else(|| source_first(&shorter)).or_else(|| opening_last(&shorter)).unwrap_or(shorter);
    let split = if n.is_multiple_of(2) { cut_in_two(&turned) } else { turned };
    with_synonyms(&split, synonyms)
}

/// After the lead, each two paragraphs change places.
fn swapped(mut paragraphs: Vec<String>) -> Vec<String> {
    if let Some(rest) = paragraphs.get_mut(1..) {
        rest.chunks_mut(2).for_each(<[String]>::reverse);
    }
    paragraphs
}

/// A quotation keeps its first words.
fn cut_quotation(sentence: &str) -> String {
    let marks = |open: char, close: char| {
        let start = sentence.find(open)? + open.len_utf8();
        let end = start + sentence[start..].find(close)?;
        Some((start, end))
    };
    let Some((start, end)) = marks('“', '”').or_else(|| marks('"', '"')) else { return sentence.to_owned() };
    let kept = words_kept(&sentence[start..end], QUOTED);
    if kept.len() == end - start { sentence.to_owned() } else { format!("{}{kept}{}", &sentence[..start], &sentence[end..]) }
}

/// "…, the minister said." becomes "The minister said that …"; "…, according to the ministry." likewise.
fn source_first(sentence: &str) -> Option<String> {
    let bare = sentence.strip_suffix('.')?;
    let (told, source) = bare.rsplit_once(", ")?;
    if told.contains(['“', '"']) {
        return None;
    }
    if let Some(source) = source.strip_prefix("according to ") {
        return Some(format!("According to {source}, {}.", lowered(told)));
    }
    let who = source.strip_suffix(" said")?;
    (who.split(' ').count() <= 8).then(|| format!("{} said that {}.", capitalised(who), lowered(told)))
}

/// "On Friday the cabinet met." becomes "The cabinet met on Friday."
fn opening_last(sentence: &str) -> Option<String> {
    let bare = sentence.strip_suffix('.')?;
    let (opening, rest) = bare.split_once(", ")?;
    let first = opening.split(' ').next()?;
    let moves = matches!(first, "On" | "In" | "At" | "After" | "Before" | "When" | "Since" | "By" | "During" | "For");
    (moves && !sentence.contains(['“', '"'])).then(|| format!("{} {}.", capitalised(rest), lowered(opening)))
}

/// Verbs whose past is their participle.
const TURNED: &[&str] = &[
    "announced",
    "approved",
    "rejected",
    "declared",
    "ordered",
    "published",
    "sent",
    "detained",
    "arrested",
    "dismissed",
    "appointed",
    "denied",
    "accused",
    "destroyed",
    "damaged",
    "closed",
    "opened",
    "built",
    "held",
    "found",
    "confirmed",
    "released",
    "suspended",
    "blocked",
    "signed",
];

/// "The cabinet ordered an inquiry on Friday." becomes "An inquiry was ordered by the cabinet on Friday."
fn passive(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.strip_suffix('.')?.split(' ').collect();
    let verb = words.iter().position(|word| TURNED.contains(word)).filter(|verb| (1..=6).contains(verb))?;
    let article = *words.get(verb + 1)?;
    let plain = words[..verb]
        .iter()
        .all(|word| !word.ends_with(',') && !matches!(*word, "who" | "which" | "that" | "was" | "were" | "had" | "has" | "have"));
    if !plain || !matches!(article, "a" | "an" | "the" | "its" | "his" | "her" | "their") {
        return None;
    }
    let stops = |word: &&str| matches!(*word, "in" | "on" | "at" | "after" | "for" | "to" | "by" | "with" | "and" | "that" | "of" | "from");
    let end = words[verb + 2..].iter().position(stops).map_or(words.len(), |at| verb + 2 + at);
    let object = words[verb + 1..end].join(" ");
    let subject = lowered(&words[..verb].join(" "));
    (end > verb + 2 && !object.contains(',')).then(|| {
        let rest = words[end..].join(" ");
        format!("{} was {} by {subject}{}{rest}.", capitalised(&object), words[verb], if rest.is_empty() { "" } else { " " })
    })
}

/// A sentence ends where ", and" or ", but" joined two.
fn cut_in_two(sentence: &str) -> String {
    let joint = [", and ", ", but "].iter().find_map(|joint| sentence.split_once(joint));
    match joint {
        Some((first, second)) if !sentence.contains(['“', '"']) && second.split(' ').count() > 5 => {
            format!("{first}. {}", capitalised(second))
        }
        _ => sentence.to_owned(),
    }
}

/// Outside quotation marks.
fn with_synonyms(sentence: &str, synonyms: &[(&str, &str)]) -> String {
    let mut quoted = false;
    let other = |word: &str, quoted: &mut bool| {
        let (core, tail) = word.split_at(word.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
        let inside = *quoted || word.starts_with(['“', '"']);
        *quoted = if word.contains('”') || word.len() > 1 && word.ends_with('"') { false } else { inside };
        let found = synonyms.iter().find(|(known, _)| *known == core).filter(|_| !inside);
        found.map_or_else(|| word.to_owned(), |(_, other)| format!("{other}{tail}"))
    };
    sentence.split(' ').map(|word| other(word, &mut quoted)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_turned() {
        assert_eq!(
            passive("The cabinet ordered an inquiry on Friday.").as_deref(),
            Some("An inquiry was ordered by the cabinet on Friday.")
        );
        assert_eq!(source_first("The dam held, the minister said.").as_deref(), Some("The minister said that the dam held."));
        assert_eq!(opening_last("On Friday, the cabinet met.").as_deref(), Some("The cabinet met on Friday."));
    }
}
