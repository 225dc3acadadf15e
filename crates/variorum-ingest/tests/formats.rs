//! Formats, encodings and errors, as the command line meets them.

use std::time::{Duration, Instant};

use variorum_ingest::{IngestError, Origin, documents};
use variorum_model::{Basis, BlockKind, Document};

fn read(path: &str, bytes: &[u8]) -> Document {
    documents(&Origin::at(path), bytes).remove(0).expect("the bytes hold a document")
}

#[test]
fn a_bad_line_of_json_loses_no_other() {
    let lines = "{\"text\": \"It sank.\", \"title\": \"Ferry lost\", \"published\": \"2024-05-03T10:00:00Z\", \"publisher\": \"Harbour Ledger\", \"byline\": \"Ada Marsh\"}\n{bad\n\n{\"title\": \"No text\"}\n{\"text\": \"It rose.\"}\n";
    let read = documents(&Origin::at("a.jsonl"), lines.as_bytes());
    assert_eq!(read.len(), 4);
    let first = read[0].as_ref().unwrap();
    assert_eq!(
        (first.path.as_str(), first.publisher.as_deref(), first.byline.as_deref()),
        ("a.jsonl#1", Some("Harbour Ledger"), Some("Ada Marsh"))
    );
    assert_eq!(first.published.unwrap().basis, Basis::Metadata);
    assert!(matches!(read[1], Err(IngestError::Json { line: 2, .. })));
    assert!(matches!(read[2], Err(IngestError::NoText { line: 4, .. })));
    assert_eq!(read[3].as_ref().unwrap().path, "a.jsonl#5");
    assert!(read[1].as_ref().unwrap_err().to_string().starts_with("a.jsonl: line 2: "));
}

#[test]
fn json_in_other_shapes() {
    assert_eq!(documents(&Origin::at("a.json"), b"[{\"text\": \"It sank.\"}, {\"text\": \"It rose.\"}]").len(), 2);
    assert_eq!(
        read("a.json", b"{\n  \"text\": \"It sank.\",\n  \"published\": 1720000000\n}").published.unwrap().range.earliest().to_string(),
        "2024-07-03"
    );
    assert_eq!(read("-", b"{\"text\": \"It sank.\"}\n").text, "It sank.");
}

#[test]
fn a_web_page_is_read() {
    let page = r#"<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Ferry lost | Ledger</title>
        <meta property="og:site_name" content="Harbour Ledger"><meta name="author" content="Ada Marsh">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry lost off the cape", "datePublished": "2024-05-03T10:00:00+02:00", "author": [{"name": "Ada Marsh"}, {"name": "Bo Lind"}]}</script></head>
        <body><nav><a href="/">Home</a> <a>World</a></nav><article><h1>Ferry lost off the cape</h1>
        <figure><img src="a.jpg"><figcaption>The quay on Friday. Photo: Cy Dorn</figcaption></figure>
        <p>A ferry sank off the cape on Friday,
           the coast guard said.</p><p>Forty people were <b>hurt</b>.</p><h2>The search</h2><p>Boats are out.</p>
        <p>Related: <a>Star weds</a></p></article><footer>© Harbour Ledger</footer></body></html>"#;
    let document = read("a.html", page.as_bytes());
    let kinds: Vec<_> = document.blocks.iter().map(|block| (block.kind, document.slice(block.span))).collect();
    assert_eq!(kinds[0], (BlockKind::Headline, "Ferry lost off the cape"));
    assert_eq!(kinds[1].0, BlockKind::Caption);
    assert_eq!(kinds[2], (BlockKind::Paragraph, "A ferry sank off the cape on Friday, the coast guard said."));
    assert_eq!(kinds[3], (BlockKind::Paragraph, "Forty people were hurt."));
    assert_eq!(kinds[4], (BlockKind::Headline, "The search"));
    assert_eq!(kinds[6], (BlockKind::Link, "Related: Star weds"));
    assert_eq!(document.publisher.as_deref(), Some("Harbour Ledger"));
    assert_eq!(document.byline.as_deref(), Some("Ada Marsh, Bo Lind"));
    assert_eq!(document.published.unwrap().range.earliest().to_string(), "2024-05-03");
}

#[test]
fn errors_name_the_file() {
    let error = |bytes: &[u8]| documents(&Origin::at("a.txt"), bytes).remove(0).unwrap_err();
    assert!(matches!(error(b" \r\n"), IngestError::Empty { .. }));
    assert!(matches!(error(b""), IngestError::Empty { .. }));
    assert!(matches!(error(b"%PDF-1.7 \x00"), IngestError::Binary { .. }));
    assert_eq!(error(b"\x89PNG\r\n").to_string(), "a.txt: the file is binary, not text");
}

#[test]
fn text_is_kept_as_decoded() {
    let text = "Ferry lost\r\n\r\nIt sank\tin the night, a caf\u{e9} owner said. \u{202e}\r\n";
    assert_eq!(read("a.txt", text.as_bytes()).text, text);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read("a.txt", &[b"\xff\xfe".as_slice(), &utf16].concat()).text, text);
}

#[test]
fn front_matter_is_metadata() {
    let document = read("a.md", b"---\ntitle: \"Ferry lost\"\ndate: 2024-05-03\nauthor: Ada Marsh\n---\n\n# Ferry lost\n\nA ferry sank off the cape on Friday, the coast guard said.\n");
    assert_eq!((document.title.as_deref(), document.byline.as_deref()), (Some("Ferry lost"), Some("Ada Marsh")));
    assert_eq!(document.published.unwrap().basis, Basis::Metadata);
    assert_eq!(document.blocks[0].kind, BlockKind::Marker);
}

/// Large and odd input takes time in proportion to its length. The bound is generous: the tests run unoptimised, beside others.
#[test]
fn time_is_bounded() {
    let inputs: [(&str, String); 9] = [
        ("a.txt", "word ".repeat(1_000_000)),
        ("a.txt", "x".repeat(2_000_000)),
        ("a.txt", ")".repeat(2_000_000)),
        ("a.txt", "He left. ".repeat(1_000_000)),
        ("a.txt", "By A\n".repeat(50_000)),
        ("a.txt", "a (b: c)\nthe end of this line goes on\n".repeat(15_000)),
        ("a.html", "<div><b><p>".repeat(20_000)),
        ("a.html", "<div><b>a</b><p>b<i>c</i></div>".repeat(10_000)),
        ("a.jsonl", "{\"text\":\"a\"}\n".repeat(5_000)),
    ];
    for (path, text) in &inputs {
        let start = Instant::now();
        drop(documents(&Origin::at(*path), text.as_bytes()));
        assert!(start.elapsed() < Duration::from_secs(60), "{:?} for {path} {:?}…", start.elapsed(), &text[..12]);
        eprintln!("{:?} {path} {:?}", start.elapsed(), &text[..11]);
    }
}
