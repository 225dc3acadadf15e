//! The pieces of a text that have one function each: lines, hard-wrapped lines joined to their paragraph, and parts of lines.
//!
//! Which stretches of a text are to be told apart? Input: the text. Output: pieces without white space at their ends, sorted, disjoint, together all that
//! is no white space. "Ties grow. (Image credit: Northern Press)" is two pieces. Limits: verse and tables are read as lines.

use variorum_model::{BlockKind, Span};

use crate::{
    boilerplate::{BOILERPLATE, Cue, Found},
    dates::is_date_line,
    publisher::is_outlet_like,
    words::{ends_sentence, head, is_name_shaped, is_person_shaped},
};

/// A stretch of text with one function, not yet told which.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    /// What the markup says of it.
    pub(crate) hint: Option<BlockKind>,
}

impl Piece {
    fn plain(span: Span) -> Self {
        Self { span, hint: None }
    }
}

/// The pieces of bare text; what stands before `start` is metadata.
pub(crate) fn pieces(text: &str, start: usize) -> Vec<Piece> {
    let mut lines = lines(text);
    let body = lines.split_off(lines.partition_point(|line| line.start() < start));
    let metadata = lines.into_iter().flat_map(|line| metadata_parts(text, line));
    metadata.chain(unwrapped(text, &body).into_iter().flat_map(|line| parts(text, Piece::plain(line)))).collect()
}

/// A line of metadata; the title's is headline but for its label.
fn metadata_parts(text: &str, line: Span) -> Vec<Piece> {
    let label = line.of(text).split_once(':').map_or("", |(label, _)| label);
    let cut = line.start() + label.len() + 1;
    let is_title = matches!(label.trim().to_lowercase().as_str(), "title" | "headline");
    let halves =
        is_title.then(|| Some((Span::new(text, line.start(), cut).ok()?, Span::new(text, cut, line.end()).ok()?.trimmed(text)?))).flatten();
    match halves {
        Some((label, title)) => {
            vec![Piece { span: label, hint: Some(BlockKind::Marker) }, Piece { span: title, hint: Some(BlockKind::Headline) }]
        }
        None => vec![Piece { span: line, hint: Some(BlockKind::Marker) }],
    }
}

/// The pieces of text that was made from markup: every line stands for one element, with what the element says of it.
pub(crate) fn marked_pieces(text: &str, hints: &[(usize, BlockKind)]) -> Vec<Piece> {
    let hint = |span: Span| hints.binary_search_by_key(&span.start(), |&(start, _)| start).ok().map(|i| hints[i].1);
    lines(text).into_iter().flat_map(|line| parts(text, Piece { span: line, hint: hint(line) })).collect()
}

/// Every line that is not blank, without white space at its ends.
fn lines(text: &str) -> Vec<Span> {
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split(breaks) {
        let span = Span::new(text, at, at + line.len()).ok();
        lines.extend(span.and_then(|span| span.trimmed(text)));
        // The break that ended this line; past the end of the text after the last.
        at += line.len() + text[at + line.len()..].chars().next().map_or(0, char::len_utf8);
    }
    lines
}

/// Joins the lines of paragraphs that were wrapped at a column.
fn unwrapped(text: &str, lines: &[Span]) -> Vec<Span> {
    let Some(column) = wrap_column(text, lines) else { return lines.to_vec() };
    let mut joined: Vec<Span> = Vec::new();
    let mut last_line = None;
    for &line in lines {
        match (joined.last_mut(), last_line) {
            (Some(paragraph), Some(last)) if goes_on(text, last, line, column) => *paragraph = paragraph.cover(line),
            _ => joined.push(line),
        }
        last_line = Some(line);
    }
    joined
}

/// The column at which the text is wrapped: the longest of the lines that are followed by one beginning with a small letter, when there are many such.
fn wrap_column(text: &str, lines: &[Span]) -> Option<usize> {
    const COLUMNS: std::ops::RangeInclusive<usize> = 35..=130;
    let adjacent: Vec<_> = lines.windows(2).filter(|pair| is_adjacent(text, pair[0], pair[1])).collect();
    let continued: Vec<usize> = adjacent
        .iter()
        .filter(|pair| pair[1].of(text).starts_with(char::is_lowercase) && !ends_sentence(pair[0].of(text)))
        .map(|pair| pair[0].of(text).chars().take(*COLUMNS.end() + 1).count())
        .collect();
    let longest = continued.iter().copied().max()?;
    (continued.len() >= 2 && continued.len() * 4 >= adjacent.len() && COLUMNS.contains(&longest)).then_some(longest)
}

/// Whether a line continues the one above: that one is full, so that the next word would not have fitted.
fn goes_on(text: &str, above: Span, line: Span, column: usize) -> bool {
    let (up, down) = (above.of(text), line.of(text));
    if !is_adjacent(text, above, line) || up.len() > 8 * column || is_set_apart(up) || is_set_apart(down) {
        return false;
    }
    let indented = column_of(text, line) > column_of(text, above);
    let next_word = down.split_whitespace().next().map_or(0, |word| word.chars().count());
    let width = up.chars().count();
    let full = width + 1 + next_word > column - column / 8;
    !indented && (full || down.starts_with(char::is_lowercase) && width > column / 2 && !ends_sentence(up))
}

/// Lines that stand for themselves whatever their length.
fn is_set_apart(line: &str) -> bool {
    let itemised = line.starts_with(['#', '•', '*', '|', '>', '·', '▪']) || ["- ", "– ", "— "].iter().any(|dash| line.starts_with(dash));
    itemised || is_date_line(line) || !line.contains(char::is_alphanumeric) || {
        let found = BOILERPLATE.find(line);
        found
            .iter()
            .any(|f| matches!(f.cue, Cue::Marker | Cue::Link | Cue::LinkList | Cue::Byline) && f.start == 0 && f.end + 1 >= line.len())
    }
}

/// No blank line between.
fn is_adjacent(text: &str, above: Span, line: Span) -> bool {
    let between = &text[above.end()..line.start()];
    between.len() < 64 && between.replace("\r\n", "\n").chars().filter(|c| matches!(c, '\n' | '\r')).count() == 1
}

/// How far a line is indented.
fn column_of(text: &str, line: Span) -> usize {
    text[..line.start()].chars().rev().take(64).take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')).count()
}

/// Parts of one line with functions of their own.
fn parts(text: &str, piece: Piece) -> Vec<Piece> {
    let line = piece.span.of(text);
    let cuts = heading_mark(line)
        .map(|cut| vec![(cut, Some(BlockKind::Headline))])
        .or_else(|| trailing_credit(line).map(|cut| vec![(cut, Some(BlockKind::Credit))]))
        .or_else(|| trailing_link(line).map(|cut| vec![(cut, Some(BlockKind::Link))]))
        .or_else(|| columns(line));
    let Some(cuts) = cuts else { return vec![piece] };
    let first_hint = match cuts[0].1 {
        Some(BlockKind::Headline) => Some(BlockKind::Marker),
        Some(BlockKind::Credit) if line[..cuts[0].0].len() < 400 => Some(BlockKind::Caption),
        _ => piece.hint,
    };
    let ends = cuts.iter().map(|&(cut, _)| cut).chain([line.len()]);
    let starts = std::iter::once((0, first_hint)).chain(cuts.iter().copied());
    let part = |((start, hint), end): ((usize, Option<BlockKind>), usize)| {
        let span = Span::new(text, piece.span.start() + start, piece.span.start() + end).ok()?.trimmed(text)?;
        Some(Piece { span, hint })
    };
    starts.zip(ends).filter_map(part).collect()
}

/// "## Heading" in Markdown: where the words begin.
fn heading_mark(line: &str) -> Option<usize> {
    let n = line.bytes().take_while(|&byte| byte == b'#').count();
    ((1..=6).contains(&n) && line[n..].starts_with(' ') && line[n..].contains(char::is_alphanumeric)).then_some(n)
}

/// "… three nations. (Image Credits: Northern Press)": where the bracket begins.
fn trailing_credit(line: &str) -> Option<usize> {
    let bracket = Bracket::at_end(line)?;
    let labelled = bracket.inside.contains(':') && !bracket.found().is_empty();
    (labelled && ends_sentence(bracket.before)).then_some(bracket.before.len())
}

/// "… he said. READ NEXT: Ferry lost": where the invitation begins.
fn trailing_link(line: &str) -> Option<usize> {
    const LONGEST: usize = 220;
    const LONGEST_LEAD: usize = 24;
    let from = line.ceil_char_boundary(line.len().saturating_sub(LONGEST));
    let is_invitation = |tail: &str| {
        tail.starts_with(char::is_uppercase)
            && head(tail, LONGEST_LEAD).contains(':')
            && BOILERPLATE.find(tail).iter().any(|found| found.cue == Cue::Link && found.start == 0)
    };
    let gaps = line[from..].char_indices().filter(|(_, c)| c.is_whitespace()).map(|(i, c)| from + i + c.len_utf8());
    gaps.filter(|&cut| cut < line.len() && ends_sentence(&line[..cut])).find(|&cut| is_invitation(&line[cut..]))
}

/// "By Ada Marsh | 3 July 2023 | 5 min read": where each column and each bar begins, when every column has a function of its own.
fn columns(line: &str) -> Option<Vec<(usize, Option<BlockKind>)>> {
    const LONGEST: usize = 200;
    let is_bar = |c: char| matches!(c, '|' | '•' | '·' | '‧' | '▪');
    if line.len() > LONGEST || !line.trim_matches(is_bar).contains(is_bar) || is_date_line(line) {
        return None;
    }
    let mut cuts = Vec::new();
    let mut kinds = Vec::new();
    let mut at = 0;
    for column in line.split(is_bar) {
        if !column.trim().is_empty() {
            let kind = column_kind(column.trim())?;
            kinds.push(kind);
            cuts.push((at, Some(kind)));
        }
        at += column.len();
        if let Some(bar) = line[at..].chars().next() {
            cuts.push((at, Some(BlockKind::Marker)));
            at += bar.len_utf8();
        }
    }
    let varied = kinds.iter().any(|&kind| kind != BlockKind::Masthead);
    (varied && cuts.len() > 2).then(|| cuts.split_off(1))
}

fn column_kind(column: &str) -> Option<BlockKind> {
    let cues: Vec<Cue> = BOILERPLATE.find(column).iter().filter(|found| found.start == 0).map(|found| found.cue).collect();
    match () {
        () if is_date_line(column) => Some(BlockKind::Date),
        () if cues.contains(&Cue::Byline) || is_person_shaped(column) && !is_outlet_like(column) => Some(BlockKind::Byline),
        () if column.contains('@') && !column.contains(' ') => Some(BlockKind::Link),
        () if cues.iter().any(|cue| matches!(cue, Cue::Link | Cue::Marker)) => Some(BlockKind::Link),
        () if cues.iter().any(|cue| matches!(cue, Cue::Section | Cue::Kicker)) => Some(BlockKind::Masthead),
        () if is_name_shaped(column, 5) => Some(BlockKind::Masthead),
        () => None,
    }
}

/// A bracket that ends a line.
pub(crate) struct Bracket<'t> {
    pub(crate) before: &'t str,
    pub(crate) inside: &'t str,
    /// Where the inside begins in the line.
    pub(crate) start: usize,
}

impl<'t> Bracket<'t> {
    pub(crate) fn at_end(line: &'t str) -> Option<Self> {
        const LONGEST: usize = 160;
        let body = line.trim_end_matches('.').strip_suffix([')', ']'])?;
        let open = body.rfind(['(', '['])?;
        let inside = &body[open + 1..];
        (inside.len() <= LONGEST && !inside.trim().is_empty()).then(|| Self { before: body[..open].trim_end(), inside, start: open + 1 })
    }

    /// What the table knows of the inside.
    pub(crate) fn found(&self) -> Vec<Found> {
        BOILERPLATE.find_in_bracket(self.inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        pieces(text, 0).into_iter().map(|piece| piece.span.of(text)).collect()
    }

    #[test]
    fn wrapped_paragraphs_are_joined() {
        let text = "FERRY LOST\n\nA ferry sank in the strait early on Tuesday after it was struck by\na freighter whose officers, the coast guard said, had not seen it.\nNine people died and many more are missing, among them the\ncaptain.\n  A second ship came to help, but it was too late for most of the\npassengers.\n\nENDS\n";
        assert_eq!(split(text).len(), 4);
        assert!(split(text)[1].ends_with("captain.") && split(text)[2].starts_with("A second"));
    }

    #[test]
    fn a_line_a_paragraph_stays() {
        let text = "One headline here\r\nFirst paragraph, which is long enough.\r\nsecond begins small\r\n";
        assert_eq!(split(text), ["One headline here", "First paragraph, which is long enough.", "second begins small"]);
    }

    #[test]
    fn lines_are_cut_where_functions_change() {
        assert_eq!(split("Ties grow. (Image Credits: Northern Press)"), ["Ties grow.", "(Image Credits: Northern Press)"]);
        assert_eq!(split("He left. Also Read: Star weds"), ["He left.", "Also Read: Star weds"]);
        assert_eq!(split("By Ada Marsh | World | July 3, 2023"), ["By Ada Marsh", "|", "World", "|", "July 3, 2023"]);
        assert_eq!(split("## What next"), ["##", "What next"]);
        assert_eq!(split("July 11, 2023 | 6:48 PM"), ["July 11, 2023 | 6:48 PM"]);
    }
}
