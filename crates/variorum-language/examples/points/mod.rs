//! Byte offsets as the scoring scripts count: in code points.

/// For every byte offset of a text the number of characters that begin before it.
pub(crate) fn code_points(text: &str) -> Vec<usize> {
    let mut counts = Vec::with_capacity(text.len() + 1);
    for (n, c) in text.chars().enumerate() {
        counts.resize(counts.len() + c.len_utf8(), n);
    }
    counts.push(text.chars().count());
    counts
}
