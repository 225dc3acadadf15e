//! Where is a byte offset, counted in Unicode code points?
//!
//! Input: a text, once. Output: the answer for any byte offset on a character boundary, in constant time: the number of characters before
//! every 64th byte is kept. Example: in `a“b”`, byte 4 is code point 2. Limits: offsets inside a character count the characters begun before them.

/// Distance between kept counts, in bytes.
const STEP: usize = 64;

/// The code points of one text.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Characters that begin before byte `i * STEP`.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// Counts once through the text.
    pub fn new(text: &'t str) -> Self {
        let counts = text.as_bytes().chunks(STEP).scan(0, |n, chunk| {
            *n += begun(chunk);
            Some(*n)
        });
        Self { text, before: std::iter::once(0).chain(counts).collect() }
    }

    /// The code point at a byte offset.
    pub fn at(&self, byte: usize) -> usize {
        let step = byte / STEP;
        self.before[step] + begun(&self.text.as_bytes()[step * STEP..byte])
    }
}

/// Characters that begin in these bytes: all but continuation bytes (RFC 3629).
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_of_a_long_text_counts_as_chars_do() {
        for text in ["", "a", "a“b”", &"é€𝄞x ".repeat(100), &"x".repeat(64), &"x".repeat(65), &"x".repeat(128)] {
            let points = CodePoints::new(text);
            for byte in (0..=text.len()).filter(|&byte| text.is_char_boundary(byte)) {
                assert_eq!(points.at(byte), text[..byte].chars().count(), "byte {byte} of {text:?}");
            }
        }
    }
}
