//! Sentences and first letters, without the program's own parser: what is constructed must not depend on what is measured.

/// Sentences of a paragraph: ended by a stop, behind which a capital or a quotation mark begins the next.
pub(super) fn sentences(paragraph: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    for (i, word) in words.iter().enumerate() {
        current.push(word);
        let core = word.trim_end_matches(['”', '"', ')', '’']);
        let begins = words.get(i + 1).is_none_or(|next| next.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"')));
        let abbreviated = core.len() <= 4 && core.starts_with(char::is_uppercase);
        if core.ends_with(['.', '!', '?']) && begins && !abbreviated {
            found.push(current.join(" "));
            current.clear();
        }
    }
    if !current.is_empty() {
        found.push(current.join(" "));
    }
    found
}

/// The first words, without a comma at the end.
pub(super) fn words_kept(text: &str, n: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= n { text.to_owned() } else { words[..n].join(" ").trim_end_matches([',', ';', ':']).to_owned() }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// With a small letter where the first word is one that names nobody.
pub(super) fn lowered(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    let common = matches!(
        first,
        "The"
            | "A"
            | "An"
            | "It"
            | "He"
            | "She"
            | "They"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "There"
            | "On"
            | "In"
            | "At"
            | "After"
            | "Before"
            | "When"
            | "Since"
            | "By"
            | "During"
            | "For"
            | "Its"
            | "His"
            | "Her"
            | "Their"
            | "More"
            | "About"
            | "Some"
            | "No"
            | "Two"
            | "Three"
            | "Four"
            | "Five"
    );
    if common { first.to_lowercase() + &text[first.len()..] } else { text.to_owned() }
}
