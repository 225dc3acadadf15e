//! Where in a text do quoted words stand?
//!
//! Input: a text and words as a case quotes them: white space counts as one space, `…` leaves out a middle, a number tells which occurrence is meant.
//! Output: the span. Example: the second "he" of "the man he knew, he said" is the one after the comma: words inside other words do not count
//! where the same words stand alone.

use variorum::lines::stands_alone;
use variorum_model::Span;

/// The `nth` occurrence, from 1, of words in a text.
pub fn place(text: &str, words: &str, nth: usize) -> Option<Span> {
    let mut parts = words.split('…').map(str::trim);
    let (first, rest): (&str, Vec<&str>) = (parts.next()?, parts.collect());
    let starts = text.char_indices().map(|(start, _)| start);
    let ends: Vec<(usize, usize)> = starts.filter_map(|start| Some((start, matched(text, start, first)?))).collect();
    let alone: Vec<(usize, usize)> = ends.iter().copied().filter(|&(start, end)| stands_alone(text, start, end)).collect();
    let (start, mut end) = *(if alone.is_empty() { &ends } else { &alone }).get(nth.checked_sub(1)?)?;
    for part in rest {
        end = text[end..].char_indices().find_map(|(skipped, _)| matched(text, end + skipped, part))?;
    }
    Span::new(text, start, end).ok()
}

/// Where the words end if they begin here.
fn matched(text: &str, start: usize, words: &str) -> Option<usize> {
    let mut at = start;
    for (i, word) in words.split_whitespace().enumerate() {
        if i > 0 {
            let space = text[at..].len() - text[at..].trim_start().len();
            if space == 0 {
                return None;
            }
            at += space;
        }
        text[at..].starts_with(word).then_some(())?;
        at += word.len();
    }
    (at > start).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &str, nth: usize) -> Option<(usize, usize)> {
        place(text, words, nth).map(|span| (span.start(), span.end()))
    }

    #[test]
    fn words_are_found_by_number_over_line_breaks_and_gaps() {
        let text = "The man he\nknew, he said, was there.";
        assert_eq!(found(text, "he", 2), Some((17, 19)));
        assert_eq!(found(text, "he knew", 1), Some((8, 15)));
        assert_eq!(found(text, "The man … said", 1), Some((0, 24)));
        assert_eq!((found(text, "he", 3), found(text, "she", 1), found(text, "", 1)), (None, None, None));
    }
}
