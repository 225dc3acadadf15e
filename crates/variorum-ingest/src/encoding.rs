//! Bytes to characters.
//!
//! Which characters do these bytes write? A byte-order mark decides; then valid UTF-8; then a pattern of zero bytes (UTF-16 without a mark);
//! then what the page declares; then a guess from letter statistics. Text that is UTF-8 but for a few broken bytes stays UTF-8, with U+FFFD where it is broken.
//!
//! `b"caf\xe9"` is decoded as "café". Bytes that are no text at all (pictures, archives, databases) are recognised and refused.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much is looked at to tell what the bytes are.
const SAMPLE: usize = 1 << 16;

/// First bytes of common files that hold no text.
const MAGIC: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"SQLite format 3",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\xd0\xcf\x11\xe0",
    b"OggS",
    b"ID3\x03",
    b"ID3\x04",
    b"BZh9",
    b"\xfd7zXZ",
    b"(\xb5/\xfd",
];

/// The text of the bytes, without a byte-order mark; none when they are not text.
/// `declared` is the label a page gives of itself, such as `windows-1251`.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()).filter(|text| !is_noise(text));
    }
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return None;
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Some(encoding.decode_without_bom_handling(bytes).0.into_owned()).filter(|text| !is_noise(text));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_broken_utf8(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => {
            let encoding = declared.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|&encoding| encoding != UTF_8);
            encoding.unwrap_or_else(|| guess(bytes)).decode_without_bom_handling(bytes).0.into_owned()
        }
    };
    Some(text).filter(|text| !is_noise(text))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Zero bytes at every other place: mostly Latin text in UTF-16 whose mark was lost.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half < 2 {
        return None;
    }
    match (even * 100 / half, odd * 100 / half) {
        (0..5, 40..) => Some(UTF_16LE),
        (40.., 0..5) => Some(UTF_16BE),
        _ => None,
    }
}

/// Valid sequences of several bytes far outnumber the broken ones, which a single-byte encoding would not give by chance.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * bad && good > 0
}

/// More control characters than any text has.
fn is_noise(text: &str) -> bool {
    let (mut control, mut all) = (0_usize, 0_usize);
    for c in text.chars().take(SAMPLE) {
        control += usize::from(c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\x08' | '\x1b' | '\u{85}'));
        all += 1;
    }
    control * 50 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode(b"caf\xe9 au lait, d\xe9j\xe0 vu", None).unwrap(), "café au lait, déjà vu");
        assert_eq!(decode(b"\xef\xbb\xbfBonn", None).unwrap(), "Bonn");
        assert_eq!(decode(b"\xff\xfeB\0o\0n\0n\0", None).unwrap(), "Bonn");
        assert_eq!(decode(b"B\0o\0n\0n\0", None).unwrap(), "Bonn");
        assert_eq!(decode(b"\0B\0o\0n\0n", None).unwrap(), "Bonn");
        assert_eq!(
            decode("Ĺ ď ť \u{201c}x\u{201d}".as_bytes().iter().copied().chain([0xff]).collect::<Vec<_>>().as_slice(), None).unwrap(),
            "Ĺ ď ť “x”\u{fffd}"
        );
        assert_eq!(decode(b"\xcc\xee\xf1\xea\xe2\xe0", Some("windows-1251")).unwrap(), "Москва");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n", None), None);
        assert_eq!(decode(&[0, 1, 2, 3, 0, 0, 0, 9, 8, 7, 1, 1], None), None);
        assert!(decode(b"one stray \0 in a line of text that is long enough to be called a line of text", None).is_some());
    }
}
