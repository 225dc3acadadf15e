//! Which vector stands for a piece of a word? The table that the profiles share, as `words.bin` holds it: one row of 8-bit codes and one
//! scale for each piece.
//!
//! Input: the bytes, ids of pieces. Output: rows of 32-bit numbers. Rows are unpacked when they are asked for, so that what the build
//! embedded stays on disk until it is read. Limits: a table that is not whole is refused when it is opened.

use std::borrow::Cow;

use crate::profile::LoadError;

/// The rows of `words.bin`.
pub(crate) struct WordVectors {
    bytes: Cow<'static, [u8]>,
    n_rows: usize,
    width: usize,
}

/// Bytes before the scales: how many rows, how wide.
const HEADER: usize = 8;

impl WordVectors {
    /// Checks that the table is whole and has a row for each of `n_pieces`.
    pub(crate) fn new(bytes: Cow<'static, [u8]>, n_pieces: usize) -> Result<Self, LoadError> {
        let number = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
        let (Some(n_rows), Some(width)) = (number(0), number(4)) else {
            return Err(LoadError::Words("it is too short to be a table".to_owned()));
        };
        let (n_rows, width) = (n_rows as usize, width as usize);
        let expected = n_rows.checked_mul(4 + width).and_then(|rows| rows.checked_add(HEADER));
        if expected != Some(bytes.len()) {
            return Err(LoadError::Words(format!("{n_rows} rows of {width} do not make {} bytes", bytes.len())));
        }
        if n_rows != n_pieces {
            return Err(LoadError::Words(format!("it has {n_rows} rows, vocab.txt {n_pieces} lines")));
        }
        Ok(Self { bytes, n_rows, width })
    }

    /// Numbers in a row.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The rows of these pieces, one after the other. An id beyond the table has the first row, that of padding.
    pub(crate) fn rows(&self, pieces: &[i32]) -> Vec<f32> {
        let mut rows = Vec::with_capacity(pieces.len() * self.width);
        for &piece in pieces {
            let row = usize::try_from(piece).ok().filter(|&row| row < self.n_rows).unwrap_or(0);
            let scale = self.scale(row);
            let start = HEADER + 4 * self.n_rows + row * self.width;
            rows.extend(self.bytes[start..start + self.width].iter().map(|&code| f32::from(code.cast_signed()) * scale));
        }
        rows
    }

    fn scale(&self, row: usize) -> f32 {
        let start = HEADER + 4 * row;
        let four = self.bytes[start..start + 4].try_into().expect("a range of four is four bytes");
        f32::from_le_bytes(four)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Vec<u8> {
        let numbers = [2u32.to_le_bytes(), 3u32.to_le_bytes(), 0.5f32.to_le_bytes(), 2f32.to_le_bytes()];
        let codes = [1i8, -1, 0, -128, 127, 3].map(i8::cast_unsigned);
        [numbers.concat(), codes.to_vec()].concat()
    }

    #[test]
    fn rows_are_codes_times_scale() {
        let vectors = WordVectors::new(table().into(), 2).unwrap();
        assert_eq!(vectors.rows(&[1, 0, 9, -1]), [-256.0, 254.0, 6.0, 0.5, -0.5, 0.0, 0.5, -0.5, 0.0, 0.5, -0.5, 0.0]);
    }

    #[test]
    fn a_table_that_is_not_whole_is_refused() {
        let mut cut = table();
        cut.pop();
        for (bytes, n_pieces) in [(cut, 2), (table(), 3), (vec![1, 2], 0), (vec![255; 8], 2)] {
            assert!(matches!(WordVectors::new(bytes.into(), n_pieces), Err(LoadError::Words(_))));
        }
    }
}
