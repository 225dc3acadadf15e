//! The reports themselves, side by side, with every cited piece marked and what is not running text set apart.

use variorum_model::{Block, BlockKind, Document};

use super::{
    super::words,
    passages::Piece,
    sheet::{Sheet, lines, outlet, put, text},
};

pub(super) fn all(sheet: &Sheet<'_>) -> String {
    let reports: String = sheet.dossier.documents.iter().map(|doc| one(sheet, doc)).collect();
    format!(
        "<section id=\"reports\" aria-labelledby=\"reports-h\">\n<h2 id=\"reports-h\">Reports</h2>\n<p class=\"key\"><mark \
         class=\"s\">said</mark> <mark class=\"e\">happened</mark> <mark class=\"f\">counted</mark> <span class=\"boiler\">not running \
         text</span></p>\n<div class=\"columns\">\n{reports}</div>\n</section>\n"
    )
}

fn one(sheet: &Sheet<'_>, doc: &Document) -> String {
    let number = sheet.number(&doc.id);
    let date = match doc.published {
        Some(dated) => format!("{} ({})", words::dates(dated.range), words::basis(dated.basis)),
        None => "no date".into(),
    };
    let url = doc.url.as_deref().map(|url| format!("<br>{}", text(url))).unwrap_or_default();
    let pieces = &sheet.passages[number - 1].pieces;
    let mut n_paragraphs = 0;
    let mut body = String::new();
    for block in &doc.blocks {
        n_paragraphs += usize::from(block.kind == BlockKind::Paragraph);
        body.push_str(&one_block(doc, block, n_paragraphs, &marked(doc, block, number, pieces)));
    }
    format!(
        "<article class=\"report\" id=\"r{number}\" tabindex=\"0\" aria-labelledby=\"r{number}-h\">\n<header><h3 id=\"r{number}-h\"><b>[{number}]</b> \
         {}</h3><p>{date}{url}</p></header>\n{body}</article>\n",
        text(outlet(doc))
    )
}

/// A block with its kind for those who cannot see the difference.
fn one_block(doc: &Document, block: &Block, n_paragraphs: usize, html: &str) -> String {
    let language = doc.language.as_deref().filter(|tag| tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
    let lang = language.filter(|tag| *tag != "en").map(|tag| format!(" lang=\"{tag}\"")).unwrap_or_default();
    let word = block.kind.as_str();
    match block.kind {
        BlockKind::Headline => format!("<p class=\"headline\" dir=\"auto\"{lang}>{html}</p>\n"),
        BlockKind::Paragraph => format!("<p dir=\"auto\"{lang}><span class=\"n\" aria-hidden=\"true\">{n_paragraphs}</span>{html}</p>\n"),
        BlockKind::Caption => format!("<p class=\"caption\" dir=\"auto\"{lang}><span class=\"kind\">{word}</span> {html}</p>\n"),
        _ => format!("<p class=\"boiler\" dir=\"auto\"{lang}><span class=\"kind\">{word}</span> {html}</p>\n"),
    }
}

/// The text of a block with its pieces marked.
fn marked(doc: &Document, block: &Block, number: usize, pieces: &[Piece]) -> String {
    let (start, end) = (block.span.start(), block.span.end());
    let first = pieces.partition_point(|piece| piece.start < start);
    let mut html = String::new();
    let mut at = start;
    for (i, piece) in pieces.iter().enumerate().skip(first).take_while(|(_, piece)| piece.start < end) {
        html.push_str(&lines(&doc.text[at..piece.start]));
        put!(html, "<mark id=\"r{number}-{}\" class=\"{}\">{}</mark>", i + 1, piece.classes(), lines(&doc.text[piece.start..piece.end]));
        at = piece.end;
    }
    html + &lines(&doc.text[at..end])
}
