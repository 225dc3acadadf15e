//! Measures of a stretch of text that need no grammar: how many words, whether it ends as a sentence does, whether it is a name.
//!
//! "Florence Yim" is a name, "rest in the gymnasium" is not; `He left (on Monday.)` ends as a sentence. Limits: names are told by capitals alone,
//! so scripts without them have none.

/// A word, number or mark of a line, with byte offsets into the line.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Token<'t> {
    pub(crate) text: &'t str,
    pub(crate) start: usize,
}

impl Token<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(crate) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }
}

/// Words and marks. Apostrophes, hyphens, stops and ampersands between letters belong to the word: "O'Brien", "news.example", "AT&T".
pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if c.is_alphanumeric() {
            while let Some(&(i, next)) = chars.peek() {
                let after = line[i + next.len_utf8()..].chars().next();
                let joins = is_inner(next) && after.is_some_and(char::is_alphanumeric);
                if !next.is_alphanumeric() && !is_mark_on_letter(next) && !joins {
                    break;
                }
                end = i + next.len_utf8();
                chars.next();
            }
        }
        tokens.push(Token { text: &line[start..end], start });
    }
    tokens
}

fn is_inner(c: char) -> bool {
    matches!(c, '\'' | '’' | '-' | '‑' | '.' | '&' | '@')
}

/// Combining accents, as in decomposed text.
fn is_mark_on_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Words by white space; in scripts that write none, two characters count as one.
pub(crate) fn n_words(text: &str) -> usize {
    let spaced = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let unspaced = text.chars().filter(|&c| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')).count();
    spaced + unspaced / 2
}

/// Whether the last mark, but for quotation marks and brackets, ends a sentence.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '*' | '_');
    // Enough to see past any real run of closing marks, and no more: a line may be the whole of a large file.
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(64))..];
    tail.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔'])
}

/// Begins with a capital.
pub(crate) fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Two or more letters, all capitals.
pub(crate) fn is_all_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !word.contains(char::is_lowercase)
}

/// Small words inside names of people and institutions, of several languages.
pub(crate) fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "of", "the", "for", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "les", "los", "las", "el", "al",
        "bin", "bint", "ibn", "van", "von", "der", "den", "ter", "und", "y", "e", "et", "i", "a", "à",
    ];
    PARTICLES.contains(&word)
}

/// A person's name by its shape: two to four capitalised words, perhaps with particles and initials.
pub(crate) fn is_person_shaped(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = |word: &str| word.chars().all(|c| c.is_alphabetic() || is_mark_on_letter(c) || matches!(c, '.' | '-' | '\'' | '’' | '‑'));
    let n_capitalised = words.iter().filter(|word| is_capitalised(word)).count();
    (2..=5).contains(&words.len())
        && (2..=4).contains(&n_capitalised)
        && words.iter().all(|word| plain(word) && (is_capitalised(word) || is_particle(word)))
        && words.first().is_some_and(|word| {
            is_capitalised(word) && !matches!(word.to_lowercase().as_str(), "the" | "a" | "an" | "in" | "on" | "at" | "for")
        })
        && words.last().is_some_and(|word| is_capitalised(word) && (word.chars().count() > 2 || words.len() == 2))
}

/// A name of any kind by its shape: up to `most` words, all capitalised but particles and "&".
pub(crate) fn is_name_shaped(text: &str, most: usize) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_part = |word: &str| {
        is_capitalised(word)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || is_particle(word)
            || matches!(word, "&" | "and")
            || ["d'", "d’", "l'", "l’", "dell'", "dell’"].iter().any(|elided| word.strip_prefix(elided).is_some_and(is_capitalised))
    };
    (1..=most).contains(&words.len())
        && is_name_start(words[0])
        && words.iter().all(|word| is_part(word))
        && !text.contains(['?', '!', ';', ':', '“', '"'])
        && !text.ends_with('.')
}

/// Names may begin with a small letter before a capital or a figure: "iNews", "24 Horas", "la Repubblica".
fn is_name_start(word: &str) -> bool {
    is_capitalised(word) || word.chars().skip(1).take(2).any(char::is_uppercase) || word.starts_with(|c: char| c.is_ascii_digit())
}

/// Up to `most` bytes from the start, cut at a character.
pub(crate) fn head(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_shape() {
        assert!(is_person_shaped("Florence Yim") && is_person_shaped("ELENA MARCHETTI") && is_person_shaped("J. van der Berg"));
        assert!(!is_person_shaped("Fire in London") && !is_person_shaped("The Long Quiet") && !is_person_shaped("Taranto"));
        assert!(is_name_shaped("La Voce del Canale", 6) && !is_name_shaped("Villagers wait for answers", 6));
    }

    #[test]
    fn sentence_ends() {
        assert!(ends_sentence("He said “no.”") && ends_sentence("Who? ") && !ends_sentence("Ferry sinks off Albania"));
    }
}
