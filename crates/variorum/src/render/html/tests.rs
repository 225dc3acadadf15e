use std::collections::BTreeSet;

use variorum_model::{
    Act, ActorId, AttributionForm, AttributionKind, Block, BlockKind, Document, DocumentId, Dossier, Evidence, Polarity, Span, Statement,
    StatementId, Story, StoryId,
    dossier::{Origins, StatementReading},
};

use super::*;

const TEXT: &str = "Dam <holds>\n\n\"It & we\u{202e} hold,\" said <b>Ada</b>.\n\nShare this";

fn span(start: usize, end: usize) -> Span {
    Span::new(TEXT, start, end).unwrap()
}

fn document() -> Document {
    let block = |kind, words: &str| {
        let start = TEXT.find(words).unwrap();
        Block { span: span(start, start + words.len()), kind }
    };
    Document {
        id: DocumentId::of(["one"]),
        path: "a/<x>.txt".into(),
        url: Some("javascript:alert('x')".into()),
        text: TEXT.into(),
        title: None,
        publisher: None,
        byline: None,
        published: None,
        published_evidence: Vec::new(),
        language: Some("x\" onclick=\"".into()),
        blocks: vec![
            block(BlockKind::Headline, "Dam <holds>"),
            block(BlockKind::Paragraph, "\"It & we\u{202e} hold,\" said <b>Ada</b>."),
            block(BlockKind::Link, "Share this"),
        ],
        credits: Vec::new(),
    }
}

/// Statements whose evidence overlaps, crosses blocks, and lies between blocks.
fn dossier(spans: &[(usize, usize)]) -> Dossier {
    let story = StoryId::of(["s"]);
    let doc = document();
    let statement = |(i, &(a, b)): (usize, &(usize, usize))| Statement {
        id: StatementId::of([i.to_string()]),
        story: story.clone(),
        speaker: (i > 0).then(|| ActorId::of(["nobody known"])),
        addressee: None,
        act: Act::Say,
        kind: AttributionKind::Speech,
        polarity: Polarity::Positive,
        form: AttributionForm::Direct,
        content: span(a, b).of(TEXT).into(),
        verbatim: vec![span(a, b).of(TEXT).into()],
        said: None,
        readings: vec![StatementReading {
            document: doc.id.clone(),
            evidence: Evidence::one(span(a, b)),
            content: Evidence::one(span(a, b)),
            verbatim: Vec::new(),
            chain: Vec::new(),
            form: AttributionForm::Direct,
            said: None,
        }],
        origins: Origins::default(),
        witnesses: Origins::default(),
    };
    let statements = spans.iter().enumerate().map(statement).collect();
    let title = "<script>alert(1)</script>".into();
    let stories =
        vec![Story { id: story.clone(), title, documents: vec![doc.id.clone()], events: Vec::new(), period: None, n_independent: 1 }];
    Dossier { documents: vec![doc], stories, statements, ..Dossier::default() }
}

fn all_of<'h>(html: &'h str, before: &str) -> Vec<&'h str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_word_of_a_report_becomes_markup() {
    let html = page(&dossier(&[(13, 40)]));
    assert!(!html.contains("<script>alert") && !html.contains("<b>Ada") && !html.contains("onclick=\"\"") && !html.contains('\u{202e}'));
    assert!(!html.contains("href=\"javascript"));
    assert!(html.contains("⟨U+202E⟩") && html.contains("&lt;script&gt;alert(1)"));
}

#[test]
fn overlapping_spans_are_cut_into_marks_that_do_not_cross() {
    let html = page(&dossier(&[(0, 6), (4, 11), (5, 20), (11, 13), (0, TEXT.len())]));
    let reports = &html[html.find("<div class=\"columns\"").unwrap()..html.find("<div id=\"bar\"").unwrap()];
    let mut open = 0;
    for tag in reports.split('<').filter(|tag| tag.starts_with("mark id") || tag.starts_with("/mark") || tag.starts_with("/p")) {
        open += if tag.starts_with("mark") {
            1
        } else if tag.starts_with("/mark") {
            -1
        } else {
            0
        };
        assert!((0..=1).contains(&open) && (open == 0 || !tag.starts_with("/p")), "marks cross at <{tag}");
    }
    let bare: String = reports.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
    assert!(bare.contains("Dam &lt;holds&gt;"), "marks add or lose text: {bare}");
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_given_once() {
    let html = page(&dossier(&[(0, 6), (4, 11), (11, 13), (13, 30)]));
    let ids = all_of(&html, " id=\"");
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "ids given twice: {ids:?}");
    for link in all_of(&html, "href=\"#") {
        assert!(known.contains(link), "#{link} leads nowhere");
    }
    for token in all_of(&html, "data-p=\"").iter().flat_map(|tokens| tokens.split_whitespace()) {
        let mut parts = token.split('-');
        let report = parts.next().unwrap();
        assert!(parts.all(|piece| known.contains(format!("r{report}-{piece}").as_str())), "{token} leads nowhere");
    }
}

#[test]
fn an_empty_dossier_is_a_page() {
    assert!(page(&Dossier::default()).contains("No story"));
}
