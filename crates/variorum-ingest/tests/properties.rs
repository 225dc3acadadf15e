//! Whatever the bytes: no panic, and blocks that are sorted, disjoint, and hold every character but white space.

use proptest::prelude::*;
use variorum_ingest::{Origin, documents};
use variorum_model::Document;

fn assert_sound(document: &Document) {
    let text = &document.text;
    let mut at = 0;
    for block in &document.blocks {
        assert!(block.span.start() >= at, "blocks overlap at {at} in {text:?}");
        assert!(text[at..block.span.start()].chars().all(char::is_whitespace), "lost {:?} of {text:?}", &text[at..block.span.start()]);
        assert_eq!(block.span.trimmed(text), Some(block.span), "white space at the ends in {text:?}");
        at = block.span.end();
    }
    assert!(text[at..].chars().all(char::is_whitespace), "lost the end of {text:?}");
    for span in document.published_evidence.iter().chain(document.credits.iter().map(|credit| &credit.span)) {
        assert!(document.slice(*span).trim() == document.slice(*span));
    }
}

fn check(path: &str, bytes: &[u8]) {
    for document in documents(&Origin::at(path), bytes).into_iter().flatten() {
        assert_sound(&document);
    }
}

/// Lines as newspapers have them, and as nobody has.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,80}",
        "(By |From |Photo: |Related: |Updated |© |# |- |\\| )?[A-Z][a-zé’]{0,9}( [A-Za-z“”(),./|•0-9]{1,9}){0,30}[.)”?!:]?",
        "[0-9]{1,4}[./ -]([0-9]{1,2}|July|Sept\\.|May)[./ ,-]{1,2}[0-9]{1,4}( [0-9]{1,2}:[0-9]{2} ?(p\\.m\\.|GMT|\\+05:30)?)?",
        "[A-Z]{2,8}, [A-Z][a-z]{2,6} [0-9]{1,2} \\([A-Z][a-z]{1,8}\\) [—–-]{1,2} [a-z ]{0,60}\\. \\([A-Za-z: /]{0,20}\\)",
        Just("Related topics".to_owned()),
        Just("\u{202e}\u{feff}\0\u{1b}[31m".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), path in "[a-z]{1,3}(\\.txt|\\.md|\\.html|\\.jsonl|)") {
        check(&path, &bytes);
    }

    #[test]
    fn any_lines(lines in prop::collection::vec(line(), 0..12), ending in "\n|\r\n|\r|\n\n|\u{2028}") {
        check("a.txt", lines.join(&ending).as_bytes());
        check("a.md", lines.join(&ending).as_bytes());
    }

    #[test]
    fn any_markup(parts in prop::collection::vec("</?(p|div|h1|h2|article|a|b|table|td|li|figcaption|script|time|br)[ >]|[a-zA-Z&;. ]{0,30}|<!--|-->", 0..40)) {
        check("a.html", parts.concat().as_bytes());
    }
}
