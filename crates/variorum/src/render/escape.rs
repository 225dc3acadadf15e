//! What of a document is safe to show?
//!
//! Input: any text. Output: the text with control and direction-changing characters made visible, so that no report can repaint a terminal
//! or reverse what a reader sees. Example: `"a\u{202e}b"` becomes `a�b`. Limits: look-alike letters are left as they are.

/// White space as one space, control and bidi characters as U+FFFD.
pub fn line(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(|word| word.chars().map(visible).collect()).collect();
    words.join(" ")
}

/// The same with line breaks kept.
pub fn lines(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

/// One character, or U+FFFD for one that a terminal would obey.
pub fn visible(c: char) -> char {
    let bidi = matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if bidi || c.is_control() { '\u{fffd}' } else { c }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_escape_reaches_the_terminal() {
        assert_eq!(super::line("a\u{1b}[31m b\u{202e}\n c"), "a\u{fffd}[31m b\u{fffd} c");
    }
}
