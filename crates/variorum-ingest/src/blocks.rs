//! What each piece of a text is for.
//!
//! Which pieces are headline, masthead, by-line, date, running text, caption, credit, invitation, furniture? Input: text and pieces. Output: one block a piece,
//! sorted, disjoint, together all that is no white space. Two passes: a piece first says what it can say of itself (its wording, length, last
//! mark); then its place decides the rest: above the first paragraph, between paragraphs, below the last.
//!
//! "Reinforcing the alliance" is a cross-head between paragraphs, a link under "Related", and a headline on top. Limits: a caption that neither names the picture
//! nor credits it reads as a paragraph; verse and lists of names read as paragraphs.

use variorum_model::{Block, BlockKind, Span};

use crate::{
    boilerplate::{BOILERPLATE, Cue, Found},
    captions::{self, Captionhood},
    dates::is_date_line,
    pieces::Piece,
    publisher::{is_outlet_like, is_outlet_with_label, staff_of},
    words::{ends_sentence, is_capitalised, is_name_shaped, is_particle, is_person_shaped, n_words, tokens},
};

/// Running text has at least so many words, unless it is one sentence among others.
const LONG: usize = 25;
/// A headline of more words is none.
const LONGEST_HEADLINE: usize = 32;
/// A masthead or section of more words is none.
const LONGEST_MASTHEAD: usize = 6;

/// What a piece says of itself.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Look {
    /// Its wording leaves no doubt.
    Is(BlockKind),
    /// The head of a list of links.
    ListHead,
    /// A by-line if it stands near the headline.
    Byline,
    /// A section of an outlet, or a label over a headline.
    Section,
    Kicker,
    /// A caption if it stands among the first lines.
    CaptionOnTop,
    /// Who made the text, if it stands at the end.
    CreditAtEnd,
    /// An address of mail or web, or wording of invitations, that counts at the end.
    LinkAtEnd,
    /// One or more whole sentences.
    Prose,
    /// Anything else.
    Short,
}

struct Line<'t> {
    span: Span,
    text: &'t str,
    look: Look,
    n_words: usize,
    hint: Option<BlockKind>,
    kind: Option<BlockKind>,
}

/// The blocks of a text. `title` is the headline known from elsewhere.
pub(crate) fn blocks(text: &str, pieces: &[Piece], title: Option<&str>) -> Vec<Block> {
    let mut lines: Vec<Line<'_>> = pieces.iter().map(|piece| line(text, piece)).collect();
    mark_lists(&mut lines);
    mark_captions(text, &mut lines);
    let body = first_paragraph(&lines);
    let end = last_paragraph(&lines).max(body);
    settle_top(&mut lines[..body], title);
    settle_body(&mut lines[body..end]);
    settle_end(&mut lines[end..]);
    lines.iter().map(|line| Block { span: line.span, kind: line.kind.unwrap_or(BlockKind::Paragraph) }).collect()
}

fn line<'t>(text: &'t str, piece: &Piece) -> Line<'t> {
    let line = piece.span.of(text);
    let n_words = n_words(line);
    Line { span: piece.span, text: line, look: look(line, n_words, piece.hint), n_words, hint: piece.hint, kind: None }
}

// --- first pass: the piece by itself ----------------------------------------------------------------------------------------

fn look(line: &str, n_words: usize, hint: Option<BlockKind>) -> Look {
    if !line.contains(char::is_alphanumeric) {
        return Look::Is(BlockKind::Marker);
    }
    if is_breadcrumb(line) || line.starts_with("![") || !line.contains(char::is_alphabetic) && n_words <= 1 && !is_date_line(line) {
        return Look::Is(BlockKind::Marker);
    }
    if let Some(kind @ (BlockKind::Marker | BlockKind::Link | BlockKind::Date | BlockKind::Credit)) = hint {
        return Look::Is(kind);
    }
    let found = BOILERPLATE.find(line);
    let told = worded(line, n_words, &found).or_else(|| pictured(line, n_words, &found, hint));
    told.or_else(|| weakly_worded(line, n_words, &found)).unwrap_or_else(|| plain(line, n_words, hint))
}

/// Wording that tells by itself.
fn worded(line: &str, n_words: usize, found: &[Found]) -> Option<Look> {
    let starts = |cue: Cue| found.iter().any(|f| f.cue == cue && is_at_start(line, f));
    let has = |cue: Cue| found.iter().any(|f| f.cue == cue);
    match () {
        () if starts(Cue::Note) && n_words >= 4 && !is_date_line(line) => Some(Look::Is(BlockKind::Paragraph)),
        () if is_date_line(line) => Some(Look::Is(BlockKind::Date)),
        () if has(Cue::Rights) && n_words <= 80 => Some(Look::Is(BlockKind::Credit)),
        () if starts(Cue::Kicker) => Some(Look::Kicker),
        () if starts(Cue::Section) => Some(Look::Section),
        () if starts(Cue::LinkList) => Some(Look::ListHead),
        () if starts(Cue::Marker) && n_words <= 60 => Some(Look::Is(BlockKind::Marker)),
        () if is_row_of_buttons(line) => Some(Look::Is(BlockKind::Link)),
        () if (starts(Cue::TextCredit) || starts(Cue::PartCredit)) && n_words <= 50 => Some(Look::Is(BlockKind::Credit)),
        () if starts(Cue::Credit) && n_words <= 60 => Some(Look::Is(BlockKind::Credit)),
        () => None,
    }
}

/// Words about a picture, or who made it.
fn pictured(line: &str, n_words: usize, found: &[Found], hint: Option<BlockKind>) -> Option<Look> {
    match captions::captionhood(line, n_words, found) {
        Captionhood::Credit => Some(Look::Is(BlockKind::Credit)),
        Captionhood::Caption => Some(Look::Is(BlockKind::Caption)),
        _ if hint == Some(BlockKind::Caption) => Some(Look::Is(BlockKind::Caption)),
        Captionhood::OnTop => Some(Look::CaptionOnTop),
        Captionhood::No => None,
    }
}

/// Wording that tells where the piece stands in the right place or is short enough.
fn weakly_worded(line: &str, n_words: usize, found: &[Found]) -> Option<Look> {
    const LONGEST_LINK: usize = 35;
    const LONGEST_CLOSING: usize = 60;
    let starts = |cue: Cue| found.iter().any(|f| f.cue == cue && is_at_start(line, f));
    let has = |cue: Cue| found.iter().any(|f| f.cue == cue);
    match () {
        () if starts(Cue::Link) && n_words <= LONGEST_LINK => Some(Look::Is(BlockKind::Link)),
        () if starts(Cue::Byline) && n_words <= 25 || is_byline(line) => Some(Look::Byline),
        () if has(Cue::Credit) && n_words <= LONGEST_CLOSING => Some(Look::CreditAtEnd),
        () if (has(Cue::Link) || has_address(line)) && n_words <= LONGEST_CLOSING => Some(Look::LinkAtEnd),
        () => None,
    }
}

fn plain(line: &str, n_words: usize, hint: Option<BlockKind>) -> Look {
    const FEWEST: usize = 3;
    match hint {
        Some(BlockKind::Headline) => Look::Short,
        Some(BlockKind::Paragraph) if n_words >= FEWEST => Look::Prose,
        _ if n_words > LONGEST_HEADLINE || ends_sentence(line) && n_words >= FEWEST && !is_title_case(line) => Look::Prose,
        _ => Look::Short,
    }
}

/// "Home > News > World": the way to the page.
fn is_breadcrumb(line: &str) -> bool {
    const LONGEST: usize = 200;
    let Some(first) = [" > ", " / ", " » ", " › ", " :: ", " >> "].iter().find_map(|mark| line.split_once(mark)).map(|(first, _)| first)
    else {
        return false;
    };
    line.len() <= LONGEST && BOILERPLATE.find(first).iter().any(|found| found.cue == Cue::Section && found.end == first.len())
}

/// Nothing before the match but marks.
fn is_at_start(line: &str, found: &Found) -> bool {
    !line[..found.start].contains(char::is_alphanumeric)
}

/// "By Ada Marsh, Northern Press, in Oslo", "From Bo Lind in Oslo": only names, particles and words of office.
fn is_byline(line: &str) -> bool {
    const LONGEST: usize = 180;
    let forms = [("By ", 2), ("BY ", 2), ("By: ", 2), ("From ", 3)];
    let form = forms.iter().find_map(|&(by, fewest)| line.strip_prefix(by).map(|names| (names, fewest)));
    let Some((names, fewest)) = form.filter(|_| line.len() <= LONGEST) else { return false };
    let words: Vec<&str> = tokens(names).into_iter().filter(|token| token.is_word()).map(|token| token.text).collect();
    let is_part = |word: &str| is_capitalised(word) || is_particle(word) || BOILERPLATE.lists("role-word", word);
    let n_names = words.iter().filter(|word| is_capitalised(word)).count();
    words.first().is_some_and(|word| is_capitalised(word))
        && n_names >= fewest
        && words.iter().all(|word| is_part(word))
        && !names.ends_with(['.', '!', '?'])
}

/// "Share   Print   Comments (14)"
fn is_row_of_buttons(line: &str) -> bool {
    const LONGEST: usize = 160;
    if line.len() > LONGEST {
        return false;
    }
    let words: Vec<&str> = tokens(line).into_iter().filter(|token| token.is_word()).map(|token| token.text).collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    words.iter().any(|word| BOILERPLATE.lists("button-word", word))
        && words.iter().all(|word| is_number(word) || BOILERPLATE.lists("furniture-word", word))
}

/// A mail or web address.
fn has_address(line: &str) -> bool {
    line.split_whitespace().take(80).any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.") || word.contains('@') && word.contains('.')
    })
}

/// Nearly every word of four letters or more begins with a capital: "Bride Wins Lottery Twice!"
fn is_title_case(line: &str) -> bool {
    const LONGEST: usize = 200;
    if line.len() > LONGEST {
        return false;
    }
    let long: Vec<&str> = line.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 4).collect();
    let n_capitals =
        long.iter().filter(|word| word.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(char::is_uppercase)).count();
    long.len() >= 3 && n_capitals * 10 >= long.len() * 9
}

/// The lines under the head of a list are links, up to the next running text.
fn mark_lists(lines: &mut [Line<'_>]) {
    let mut in_list = false;
    for line in lines {
        let is_item = matches!(line.look, Look::Short | Look::Section | Look::Kicker | Look::Byline | Look::CaptionOnTop | Look::LinkAtEnd)
            || line.look == Look::Prose
                && line.n_words <= 20
                && (!line.text.ends_with(['.', '”', '"', '’', '\'']) || line.n_words <= 8 && !line.text.contains('.'))
            || line.look == Look::Is(BlockKind::Date);
        match line.look {
            Look::ListHead => {
                in_list = true;
                line.kind = Some(BlockKind::Link);
            }
            _ if in_list && is_item => line.kind = Some(BlockKind::Link),
            Look::Is(BlockKind::Link | BlockKind::Marker) => {}
            _ => in_list = false,
        }
    }
}

/// A short line right over the name of who made a picture, or under the bare words "Image caption", is about the picture.
fn mark_captions(text: &str, lines: &mut [Line<'_>]) {
    const MOST_WORDS: usize = 40;
    const FEWEST_IN_HEADLINE: usize = 5;
    let mut titled = false;
    for i in 1..lines.len() {
        let [above, line] = &mut lines[i - 1..=i] else { continue };
        let label = above.look == Look::Is(BlockKind::Caption) && above.n_words <= 3 && above.text.trim_end().ends_with([',', ':']);
        let is_open =
            above.kind.is_none() && matches!(above.look, Look::Short | Look::CaptionOnTop) && (3..=MOST_WORDS).contains(&above.n_words);
        let touching = text[above.span.end()..line.span.start()].matches('\n').count() <= 1;
        if label && line.n_words <= MOST_WORDS && line.kind.is_none() {
            line.kind = Some(BlockKind::Caption);
        } else if titled && touching && is_open && line.look == Look::Is(BlockKind::Credit) && is_picture_credit(line.text) {
            above.kind = Some(BlockKind::Caption);
        }
        titled |= above.n_words >= FEWEST_IN_HEADLINE && matches!(above.look, Look::Short | Look::Prose);
    }
}

fn is_picture_credit(line: &str) -> bool {
    let found = BOILERPLATE.find(line);
    let starts = |cue: Cue| found.iter().any(|f| f.cue == cue && is_at_start(line, f));
    starts(Cue::PictureCredit) && !starts(Cue::TextCredit)
}

// --- second pass: the place ---------------------------------------------------------------------------------------------------

/// Where running text begins: the first prose that is not a standfirst, which has a by-line, a date or a rule under it and a headline above.
fn first_paragraph(lines: &[Line<'_>]) -> usize {
    let is_prose = |line: &Line<'_>| line.kind.is_none() && line.look == Look::Prose;
    let is_head = |line: &Line<'_>| {
        line.look == Look::Byline
            || line.look == Look::Is(BlockKind::Date)
            || line.look == Look::Is(BlockKind::Marker) && is_rule(line.text)
    };
    let prose: Vec<usize> = (0..lines.len()).filter(|&i| is_prose(&lines[i])).collect();
    let mut seen_head = false;
    let mut from = 0;
    for (n, &i) in prose.iter().enumerate() {
        let next = prose.get(n + 1).copied().unwrap_or(i);
        seen_head |= lines[from..i].iter().any(|line| matches!(line.look, Look::Byline | Look::Is(BlockKind::Date)));
        let titled = lines[..i].iter().any(|line| line.look == Look::Short);
        let standfirst = titled && !seen_head && n < 3 && lines[i].n_words <= 60 && lines[i + 1..next.max(i + 1)].iter().any(is_head);
        if !standfirst {
            return i;
        }
        from = i;
    }
    prose.first().copied().unwrap_or_else(|| fallback_paragraph(lines))
}

/// A text without one whole sentence: its longest line stands for the text, unless it is a mere headline.
fn fallback_paragraph(lines: &[Line<'_>]) -> usize {
    let longest = (0..lines.len()).filter(|&i| lines[i].kind.is_none()).max_by_key(|&i| (lines[i].n_words, usize::MAX - i));
    longest.filter(|&i| lines[i].n_words >= LONG).unwrap_or(lines.len())
}

/// Past the last running text that is no closing formula.
fn last_paragraph(lines: &[Line<'_>]) -> usize {
    let is_text = |line: &Line<'_>| line.kind.is_none() && matches!(line.look, Look::Prose | Look::Is(BlockKind::Paragraph));
    lines.iter().rposition(is_text).map_or(0, |i| i + 1)
}

fn is_rule(line: &str) -> bool {
    !line.contains(char::is_alphanumeric)
}

/// Above the text: masthead, section, label, headline, standfirst, by-line, date, caption.
fn settle_top(lines: &mut [Line<'_>], title: Option<&str>) {
    let headline = headline(lines, title);
    let named = headline.is_some_and(|headline| lines[..headline].iter().any(|line| line.look == Look::Short && line.kind.is_none()));
    for (i, line) in lines.iter_mut().enumerate() {
        if line.kind.is_some() && Some(i) != headline {
            continue;
        }
        let above = headline.is_none_or(|headline| i < headline);
        line.kind = Some(match line.look {
            _ if Some(i) == headline => BlockKind::Headline,
            Look::Is(kind) => kind,
            Look::Byline => BlockKind::Byline,
            Look::Short if is_item(line.text) && line.n_words >= 3 => BlockKind::Paragraph,
            Look::Section | Look::Kicker if is_outlet_like(line.text) => BlockKind::Masthead,
            Look::Section => BlockKind::Masthead,
            Look::Kicker => BlockKind::Marker,
            Look::CaptionOnTop => BlockKind::Caption,
            Look::ListHead | Look::LinkAtEnd if line.n_words <= 15 => BlockKind::Link,
            Look::Prose => BlockKind::Headline,
            _ if line.hint == Some(BlockKind::Headline) => BlockKind::Headline,
            _ if above => above_headline(line),
            _ => below_headline(line, named),
        });
    }
}

/// The first line that can be one: of five words or more; else the longest that is no name of an outlet.
fn headline(lines: &[Line<'_>], title: Option<&str>) -> Option<usize> {
    const FEWEST: usize = 5;
    let known = |line: &Line<'_>| title.is_some_and(|title| line.text.trim().eq_ignore_ascii_case(title.trim()));
    let marked = |line: &Line<'_>| line.hint == Some(BlockKind::Headline) && matches!(line.look, Look::Short | Look::Prose);
    let can = |line: &Line<'_>| {
        matches!(line.look, Look::Short | Look::Prose | Look::LinkAtEnd) && line.kind.is_none() && staff_of(line.text).is_none()
    };
    let telling = |line: &Line<'_>| can(line) && line.n_words >= FEWEST && line.n_words <= LONGEST_HEADLINE && !is_masthead_shaped(line);
    let brief = |line: &Line<'_>| can(line) && !is_outlet_like(line.text);
    let find = |test: &dyn Fn(&Line<'_>) -> bool| lines.iter().position(test);
    let outlet = lines.iter().position(|line| can(line) && is_masthead_shaped(line));
    // Under an outlet's name three words are enough: "The Long Quiet".
    let first_under = || {
        let outlet = outlet.filter(|&outlet| find(&telling).is_none_or(|i| outlet < i))?;
        let i = outlet + 1 + lines[outlet + 1..].iter().position(|line| can(line) && line.n_words >= 2 && !has_digit(line.text))?;
        let line = &lines[i];
        (line.n_words >= 3 && brief(line) && !is_names(line.text)).then_some(i)
    };
    let longest_brief = || (0..lines.len()).filter(|&i| brief(&lines[i])).max_by_key(|&i| (lines[i].n_words, lines.len() - i));
    // "WATCH: Volcano erupts" on top is the headline: a text does not begin with an invitation elsewhere.
    let teaser = |line: &Line<'_>| line.look == Look::Is(BlockKind::Link) && line.n_words >= FEWEST;
    find(&known)
        .or_else(|| find(&marked))
        .or_else(first_under)
        .or_else(|| find(&telling))
        .or_else(longest_brief)
        .or_else(|| find(&teaser).filter(|&i| i == 0))
}

fn has_digit(line: &str) -> bool {
    line.contains(|c: char| c.is_ascii_digit())
}

fn is_masthead_shaped(line: &Line<'_>) -> bool {
    line.n_words <= LONGEST_MASTHEAD && (is_outlet_like(line.text) || is_outlet_with_label(line.text))
}

fn above_headline(line: &Line<'_>) -> BlockKind {
    if line.n_words <= LONGEST_MASTHEAD && !ends_sentence(line.text) { BlockKind::Masthead } else { BlockKind::Headline }
}

/// A name under the headline is an outlet's (that of the agency, when the publisher has been `named` above) or a writer's; more words are a standfirst.
fn below_headline(line: &Line<'_>, named: bool) -> BlockKind {
    match () {
        () if staff_of(line.text).is_some() => BlockKind::Byline,
        () if is_outlet_like(line.text) && !named => BlockKind::Masthead,
        () if is_outlet_like(line.text) => BlockKind::Byline,
        () if is_person_shaped(line.text) || is_names(line.text) => BlockKind::Byline,
        () if is_writer_in_place(line.text) => BlockKind::Byline,
        // "Washington CNB —": a dateline on a line of its own.
        () if line.n_words <= 5 && line.text.ends_with(['—', '–', '-']) => BlockKind::Marker,
        () if is_name_shaped(line.text, 2) || line.n_words <= 1 => BlockKind::Marker,
        () => BlockKind::Headline,
    }
}

/// "Ada Marsh in Oslo"
fn is_writer_in_place(line: &str) -> bool {
    line.split_once(" in ").is_some_and(|(names, place)| is_names(names) && is_name_shaped(place, 4))
}

/// "Ada Marsh, Bo Lind and Cy Dorn"
fn is_names(line: &str) -> bool {
    const LONGEST: usize = 120;
    let joined = line.replace(" and ", ",").replace(" & ", ",");
    line.len() <= LONGEST && joined.split(',').filter(|name| !name.trim().is_empty()).all(|name| is_person_shaped(name.trim()))
}

/// Between the paragraphs: cross-heads, captions, advertisements, lists.
fn settle_body(lines: &mut [Line<'_>]) {
    let is_open = |line: &Line<'_>| line.kind.is_none() && line.look == Look::Short;
    let runs: Vec<usize> = (0..lines.len()).map(|i| run_length(lines, i, is_open)).collect();
    for (line, run) in lines.iter_mut().zip(runs) {
        if line.kind.is_some() {
            continue;
        }
        line.kind = Some(match line.look {
            // A date alone among paragraphs heads an entry of a chronicle; a clock time does not say anything.
            Look::Is(BlockKind::Date) => BlockKind::Date,
            Look::Is(kind) => kind,
            Look::ListHead => BlockKind::Link,
            Look::Byline if line.n_words <= 6 && !ends_sentence(line.text) => BlockKind::Byline,
            Look::LinkAtEnd if line.n_words <= 15 => BlockKind::Link,
            Look::Prose if is_short_question(line) => BlockKind::Headline,
            Look::Prose | Look::CaptionOnTop | Look::CreditAtEnd | Look::Byline | Look::LinkAtEnd => BlockKind::Paragraph,
            Look::Section | Look::Kicker => BlockKind::Headline,
            Look::Short if is_cross_head(line, run) => BlockKind::Headline,
            Look::Short => BlockKind::Paragraph,
        });
    }
}

/// "Why is it so bad?" between paragraphs is a cross-head.
fn is_short_question(line: &Line<'_>) -> bool {
    const MOST_WORDS: usize = 8;
    line.n_words <= MOST_WORDS && line.text.ends_with('?') && !line.text.starts_with(['“', '"', '‘', '\''])
}

/// How many open lines stand together.
fn run_length(lines: &[Line<'_>], i: usize, is_open: impl Fn(&Line<'_>) -> bool) -> usize {
    const ENOUGH: usize = 4;
    let back = lines[..i].iter().rev().take(ENOUGH).take_while(|line| is_open(line)).count();
    back + lines[i..].iter().take(ENOUGH).take_while(|line| is_open(line)).count()
}

/// A short line that stands alone, or nearly; not "Verdict: false", a bullet, or the beginning of a list.
fn is_cross_head(line: &Line<'_>, run: usize) -> bool {
    const LONGEST: usize = 16;
    const MOST_IN_A_ROW: usize = 2;
    let labelled = line.text.split_once(':').is_some_and(|(label, rest)| !label.contains(' ') && !rest.trim().is_empty());
    let numbers = line.text.chars().filter(|c| c.is_ascii_digit()).count() * 3 > line.text.chars().count();
    let marked = line.hint == Some(BlockKind::Headline);
    let opens = !line.text.starts_with(char::is_lowercase) && !line.text.ends_with([':', ',', ';', ')']);
    marked || line.n_words <= LONGEST && run <= MOST_IN_A_ROW && opens && !labelled && !is_item(line.text) && !numbers
}

/// A paragraph below the text that begins with the writer's name tells who that is: "Ada Marsh teaches law in Oslo."
pub(crate) fn mark_biography(text: &str, blocks: &mut [Block], byline: Option<&str>) {
    const MOST_WORDS: usize = 60;
    let Some(name) =
        byline.map(|byline| byline.split([',', '|']).next().unwrap_or(byline)).map(|name| name.split(" in ").next().unwrap_or(name).trim())
    else {
        return;
    };
    let Some(last) = blocks.iter().rposition(|block| block.kind == BlockKind::Paragraph) else { return };
    let line = blocks[last].span.of(text);
    let told =
        line.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')) && !["said", "told"].iter().any(|word| line.contains(word));
    if last > 0 && is_person_shaped(name) && told && n_words(line) <= MOST_WORDS {
        blocks[last].kind = BlockKind::Credit;
    }
}

/// Begins with a dash, bullet or bar.
fn is_item(line: &str) -> bool {
    line.starts_with(['-', '–', '•', '*', '·', '▪', '>', '|'])
}

/// Below the text: credits, links, furniture.
fn settle_end(lines: &mut [Line<'_>]) {
    for line in lines.iter_mut().filter(|line| line.kind.is_none()) {
        line.kind = Some(match line.look {
            Look::Is(kind) => kind,
            Look::CreditAtEnd => BlockKind::Credit,
            Look::ListHead | Look::LinkAtEnd | Look::Section | Look::Kicker => BlockKind::Link,
            Look::Byline => BlockKind::Byline,
            Look::CaptionOnTop | Look::Prose => BlockKind::Paragraph,
            Look::Short if line.n_words >= LONG => BlockKind::Paragraph,
            Look::Short if is_outlet_like(line.text) || is_names(line.text) => BlockKind::Credit,
            Look::Short if line.n_words >= 3 => BlockKind::Link,
            Look::Short => BlockKind::Marker,
        });
    }
}
