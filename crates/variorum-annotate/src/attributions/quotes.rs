//! Which stretches of a document stand between quotation marks?
//!
//! Input: the text, block by block. Output: quotes in text order with what stands between their marks. `“He said ‘go,’ so I went”` gives two, the
//! second inside the first. A quotation whose mark is left open at the end of a paragraph and set again at the start of the next runs
//! on. Apostrophes are told from single marks by what stands around them.
//!
//! Limits: a plural possessive inside single marks ("‘the leaders’ talks’") ends the quotation early.

use variorum_model::{Block, Document, Parse, Span, TokenId};

/// A stretch between quotation marks, in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// With the marks.
    pub(super) outer: Span,
    /// Without the marks.
    pub(super) inner: Span,
    /// Whether it stands inside another.
    pub(super) nested: bool,
    /// Whether it runs on from the end of the block before.
    pub(super) continues: bool,
    /// First token inside.
    pub(super) first: TokenId,
    /// One past the last token inside.
    pub(super) end: TokenId,
}

impl Quote {
    /// The tokens between the marks.
    pub(super) fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        (self.first.0..self.end.0).map(TokenId)
    }

    /// Whether a token stands between the marks.
    pub(super) fn holds(&self, token: TokenId) -> bool {
        self.first <= token && token < self.end
    }
}

/// Every quote of the blocks that may be mined, in text order.
pub(super) fn quotes(doc: &Document, parse: &Parse) -> Vec<Quote> {
    let mut found = Vec::new();
    let mut running_on = None;
    for span in mined(doc) {
        let pairs = Scan::new(&doc.text, span).pairs(running_on);
        running_on = pairs.open;
        found.extend(pairs.closed.into_iter().filter_map(|pair| quote(doc, parse, pair)));
    }
    found.sort_by_key(|quote| (quote.outer.start(), std::cmp::Reverse(quote.outer.end())));
    for i in 1..found.len() {
        found[i].nested = found[..i].iter().any(|before| before.outer.end() >= found[i].outer.end());
    }
    found
}

/// Headlines, paragraphs and captions; the whole text where the document has no blocks.
fn mined(doc: &Document) -> Vec<Span> {
    let spans: Vec<Span> = doc.content_blocks().map(|block: &Block| block.span).collect();
    if doc.blocks.is_empty() { Span::whole(&doc.text).into_iter().collect() } else { spans }
}

fn quote(doc: &Document, parse: &Parse, pair: Pair) -> Option<Quote> {
    let outer = Span::new(&doc.text, pair.start, pair.end).ok()?;
    let inner = Span::new(&doc.text, pair.start + pair.open_len, pair.end - pair.close_len).ok()?.trimmed(&doc.text)?;
    let mut tokens = parse.tokens_in(inner);
    let first = tokens.next()?;
    let end = TokenId(tokens.next_back().unwrap_or(first).0 + 1);
    Some(Quote { outer, inner, nested: false, continues: pair.continues, first, end })
}

/// The families of quotation marks; a mark is closed only by one of its own family.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Family {
    CurlyDouble,
    StraightDouble,
    TwoApostrophes,
    Guillemet,
    Single,
}

#[derive(Debug)]
struct Pair {
    start: usize,
    end: usize,
    open_len: usize,
    close_len: usize,
    continues: bool,
}

struct Pairs {
    closed: Vec<Pair>,
    /// The family of a quotation that the block leaves open.
    open: Option<Family>,
}

struct Open {
    family: Family,
    at: usize,
    len: usize,
    continues: bool,
}

/// One pass over the characters of a block.
struct Scan<'t> {
    text: &'t str,
    end: usize,
    at: usize,
    start: usize,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, span: Span) -> Self {
        Self { text, end: span.end(), at: span.start(), start: span.start() }
    }

    fn pairs(mut self, running_on: Option<Family>) -> Pairs {
        let mut closed: Vec<Pair> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        while self.at < self.end {
            let Some((family, len, side)) = self.mark(&open) else {
                self.at += self.rest().chars().next().map_or(1, char::len_utf8);
                continue;
            };
            match side {
                Side::Open => {
                    let continues = self.at == self.start && running_on == Some(family);
                    open.push(Open { family, at: self.at, len, continues });
                }
                Side::Close => {
                    if let Some(i) = open.iter().rposition(|mark| mark.family == family) {
                        let mark = open.swap_remove(i);
                        open.truncate(i);
                        closed.push(Pair {
                            start: mark.at,
                            end: self.at + len,
                            open_len: mark.len,
                            close_len: len,
                            continues: mark.continues,
                        });
                    }
                }
            }
            self.at += len;
        }
        self.leave_open(open, closed)
    }

    /// A mark still open at the end of a block runs to that end, if it is one that paragraphs are quoted with.
    fn leave_open(&self, open: Vec<Open>, mut closed: Vec<Pair>) -> Pairs {
        let Some(mark) = open.into_iter().find(|mark| mark.family != Family::Single) else { return Pairs { closed, open: None } };
        let inside_closed = closed.iter().any(|pair| pair.start > mark.at);
        let family = mark.family;
        if !inside_closed || mark.continues || mark.at == self.start {
            closed.retain(|pair| pair.start < mark.at || family != Family::StraightDouble);
            closed.push(Pair { start: mark.at, end: self.end, open_len: mark.len, close_len: 0, continues: mark.continues });
        }
        Pairs { closed, open: Some(family) }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    /// The quotation mark at this place, if there is one.
    fn mark(&self, open: &[Open]) -> Option<(Family, usize, Side)> {
        let rest = self.rest();
        let c = rest.chars().next()?;
        let is_open = |family| open.iter().any(|mark| mark.family == family);
        Some(match c {
            // „So“ quote some, “so” others.
            '“' if self.opened_low(open) => (Family::CurlyDouble, c.len_utf8(), Side::Close),
            '“' | '„' => (Family::CurlyDouble, c.len_utf8(), Side::Open),
            '”' if is_open(Family::CurlyDouble) => (Family::CurlyDouble, c.len_utf8(), Side::Close),
            // What one keyboard opened another may close.
            '”' if is_open(Family::StraightDouble) => (Family::StraightDouble, c.len_utf8(), Side::Close),
            '"' if !is_open(Family::StraightDouble) && is_open(Family::CurlyDouble) && self.straight_side(1, true) == Side::Close => {
                (Family::CurlyDouble, 1, Side::Close)
            }
            // Some outlets set the closing mark on both sides.
            '”' => (Family::CurlyDouble, c.len_utf8(), Side::Open),
            '«' => (Family::Guillemet, c.len_utf8(), Side::Open),
            '»' => (Family::Guillemet, c.len_utf8(), Side::Close),
            '"' => (Family::StraightDouble, 1, self.straight_side(1, is_open(Family::StraightDouble))),
            '`' if rest.starts_with("``") => (Family::TwoApostrophes, 2, Side::Open),
            '\'' if rest.starts_with("''") => (Family::TwoApostrophes, 2, self.straight_side(2, is_open(Family::TwoApostrophes))),
            '‘' | '\'' | '’' if is_open(Family::Single) && c != '‘' && self.may_close_single(c.len_utf8()) => {
                (Family::Single, c.len_utf8(), Side::Close)
            }
            '‘' | '\'' if !is_open(Family::Single) && self.opens_single(c.len_utf8()) => (Family::Single, c.len_utf8(), Side::Open),
            _ => return None,
        })
    }

    /// Whether the curly quotation that stands open began with a low mark.
    fn opened_low(&self, open: &[Open]) -> bool {
        open.iter().rfind(|mark| mark.family == Family::CurlyDouble).is_some_and(|mark| self.text[mark.at..].starts_with('„'))
    }

    /// A straight mark opens after a space and before a word, closes otherwise; where neither side tells, it closes what is open.
    fn straight_side(&self, len: usize, is_open: bool) -> Side {
        let before = self.before();
        let after = self.text[self.at + len..self.end].chars().next();
        let free_before = before.is_none_or(|c| c.is_whitespace() || "([{—–-/“‘".contains(c));
        let free_after = after.is_none_or(char::is_whitespace);
        match (free_before, free_after) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ if is_open => Side::Close,
            _ => Side::Open,
        }
    }

    fn before(&self) -> Option<char> {
        self.text[self.start..self.at].chars().next_back()
    }

    /// A single mark opens after a space and before a word, when a mark that may close it follows.
    fn opens_single(&self, len: usize) -> bool {
        let after = &self.text[self.at + len..self.end];
        let free_before = self.before().is_none_or(|c| c.is_whitespace() || "([{—–-“\"".contains(c));
        let starts_word = after.chars().next().is_some_and(|c| !c.is_whitespace() && !"'’.,;:!?)".contains(c));
        free_before && starts_word && !is_elision(after) && self.closing_follows(after)
    }

    fn closing_follows(&self, after: &str) -> bool {
        after.char_indices().any(|(i, c)| {
            let next = after[i + c.len_utf8()..].chars().next();
            matches!(c, '\'' | '’') && i > 0 && next.is_none_or(|c| !c.is_alphanumeric()) && !after[..i].ends_with(char::is_whitespace)
        })
    }

    fn may_close_single(&self, len: usize) -> bool {
        let after = self.text[self.at + len..self.end].chars().next();
        after.is_none_or(|c| !c.is_alphanumeric()) && self.before().is_some_and(|c| !c.is_whitespace())
    }
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

/// "’90s", "’em": an apostrophe that stands for left-out letters at the start of a word.
fn is_elision(after: &str) -> bool {
    let word: String = after.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let decade = word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_digit());
    decade || matches!(word.as_str(), "em" | "til" | "tis" | "twas" | "cause" | "bout" | "n" | "cos")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<String> {
        let span = Span::whole(text).unwrap();
        let pairs = Scan::new(text, span).pairs(None);
        let mut closed: Vec<_> =
            pairs.closed.iter().map(|p| (p.start, text[p.start + p.open_len..p.end - p.close_len].to_string())).collect();
        closed.sort();
        closed.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn curly_and_straight_marks() {
        assert_eq!(inner("“It’s on,” she said. \"Good.\""), ["It’s on,", "Good."]);
        assert_eq!(inner("a \"brave\" (\"new\") world"), ["brave", "new"]);
        assert_eq!(inner("„We stay,“ he said. “Why?”"), ["We stay,", "Why?"]);
        assert_eq!(inner("''We go,'' he said, ``now''"), ["We go,", "now"]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(inner("the leaders' talks in the '90s and Kim's vow"), Vec::<String>::new());
        assert_eq!(inner("vows to 'fully support' Rovia as Bel hails 'special' ties"), ["fully support", "special"]);
        assert_eq!(inner("‘We ran’: villagers’ wait"), ["We ran"]);
    }

    #[test]
    fn a_quote_inside_a_quote() {
        assert_eq!(inner("“He said ‘go,’ so I went,” she said"), ["He said ‘go,’ so I went,", "go,"]);
    }

    #[test]
    fn an_open_mark_runs_to_the_end_of_its_paragraph() {
        assert_eq!(inner("“First paragraph."), ["First paragraph."]);
    }

    #[test]
    fn hostile_text_is_survived() {
        for text in ["\"", "''", "‘", "“”", "\"\"\"", "'a'b'c'", "”“"] {
            inner(text);
        }
    }
}
