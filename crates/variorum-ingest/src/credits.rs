//! Printed credits to other publishers, and to the makers of pictures.
//!
//! Input: the document with its blocks and publisher. Output: credits sorted by span. "NINGBO, China (Pacific Dispatch) —" at the head of a paragraph credits the whole
//! text to Pacific Dispatch; "Additional reporting by Pacific Dispatch" a part of it; "Photo: Ada Marsh" a picture. What names the document's own
//! publisher is no credit. Limits: persons are told from agencies by the words of their names and by `knowledge/publishers.tsv`.

use variorum_model::{Block, BlockKind, Credit, CreditKind, Document, Span};

use crate::{
    boilerplate::{BOILERPLATE, Cue, Found},
    captions,
    pieces::Bracket,
    publisher::{is_outlet_like, is_own, known},
    words::{ends_sentence, head, is_all_capitals, is_capitalised, is_person_shaped, n_words},
};

/// The credits of a document whose publisher is settled.
pub(crate) fn credits(document: &Document) -> Vec<Credit> {
    let mut credits: Vec<Credit> = document.blocks.iter().flat_map(|block| in_block(document, block)).collect();
    credits.extend(closing_agency(document));
    let named = credits.iter().any(|credit| credit.kind == CreditKind::Text && is_capitalised(&credit.name));
    credits.retain(|credit| credit.kind == CreditKind::Picture || !is_own(document, &credit.name));
    credits.retain(|credit| credit.kind != CreditKind::Text || !named || is_capitalised(&credit.name));
    credits.sort_by_key(|credit| (credit.span, credit.kind));
    credits.dedup_by(|a, b| a.span == b.span);
    credits
}

fn in_block(document: &Document, block: &Block) -> Vec<Credit> {
    let line = document.slice(block.span);
    match block.kind {
        BlockKind::Paragraph => made(document, block, dateline_agency(line), CreditKind::Text).into_iter().collect(),
        BlockKind::Caption => made(document, block, captions::credited(line), CreditKind::Picture).into_iter().collect(),
        BlockKind::Byline => byline_agencies(document, block, line),
        BlockKind::Credit => credit_line(document, block, line),
        _ => Vec::new(),
    }
}

fn made(document: &Document, block: &Block, name: Option<(usize, usize)>, kind: CreditKind) -> Option<Credit> {
    let (start, end) = name?;
    let from = block.span.start();
    let span = Span::new(&document.text, from + start, from + end).ok()?.trimmed(&document.text)?;
    Some(Credit { name: document.slice(span).to_owned(), span, kind })
}

/// "NINGBO, China (Pacific Dispatch) — An explosion …": the name in the bracket.
fn dateline_agency(paragraph: &str) -> Option<(usize, usize)> {
    let (open, close) = dateline_bracket(paragraph)?;
    let name = paragraph[open..close].trim();
    let place = paragraph[..open - 1].trim();
    let agency = known(name).is_some() || is_outlet_like(name) || is_all_capitals(name) || place.is_empty();
    let shouted = place.split([',', ' ']).next().is_some_and(is_all_capitals);
    ((agency || shouted) && is_capitalised(name) && n_words(name) <= 5).then_some((open, close))
}

/// The inside of the bracket (or of the two slashes) of a dateline: short, near the start, after a place in capitals or nothing, with a dash, colon or stop behind.
fn dateline_bracket(paragraph: &str) -> Option<(usize, usize)> {
    const LONGEST: usize = 100;
    let start = head(paragraph, LONGEST);
    let open = start.find(['(', '/'])? + 1;
    let closing = if start[..open].ends_with('(') { ')' } else { '/' };
    let close = open + start[open..].find(closing)?;
    let place = start[..open - 1].trim();
    let mut places = place.split([' ', ',', '/', '.', '-']).filter(|word| !word.is_empty());
    let is_place = places.all(|word| is_capitalised(word) || word.starts_with(|c: char| c.is_ascii_digit()) || word.len() <= 3);
    let behind = paragraph[close + 1..].trim_start();
    let stopped = behind.starts_with(". ") && place.split([',', ' ']).next().is_some_and(is_all_capitals);
    (is_place && (stopped || behind.starts_with(['—', '–', '-', '―', ':', '−']))).then_some((open, close))
}

/// Agencies in a by-line: after the comma, after "and", or the whole line.
fn byline_agencies(document: &Document, block: &Block, line: &str) -> Vec<Credit> {
    let mut credits = Vec::new();
    if let Some(i) = line.rfind(" agencies").filter(|_| line.contains(" and agencies") || line.contains(" with agencies")) {
        credits.extend(made(document, block, Some((i + 1, i + 9)), CreditKind::Part));
    }
    let name_start =
        ["By ", "BY ", "by ", "From ", "Source: "].iter().find_map(|by| line.strip_prefix(by)).map_or(0, |rest| line.len() - rest.len());
    let names = line[name_start..].split([',', '|', '/', '(', ')', ';']).collect::<Vec<_>>();
    let mut at = name_start;
    for name in names {
        let trimmed = name.trim();
        let start = at + (name.len() - name.trim_start().len());
        if is_agency(trimmed) {
            credits.extend(made(document, block, Some((start, start + trimmed.len())), CreditKind::Text));
        }
        at += name.len() + 1;
    }
    credits
}

/// A name of an outlet, or letters in capitals that are no person's.
fn is_agency(name: &str) -> bool {
    let is_section = BOILERPLATE.find(name).iter().any(|found| found.cue == Cue::Section && found.end - found.start == name.len());
    !is_section && is_publisher_shaped(name)
}

fn is_publisher_shaped(name: &str) -> bool {
    is_outlet_like(name) || is_all_capitals(name) && !name.contains(' ') && (2..=6).contains(&name.len())
}

/// A block that is a credit as a whole.
fn credit_line(document: &Document, block: &Block, line: &str) -> Vec<Credit> {
    let found = BOILERPLATE.find(line);
    let kind = |cue: Cue| found.iter().filter(|f| f.cue == cue).max_by_key(|f| f.end - f.start);
    if let Some(f) = kind(Cue::PartCredit) {
        return outlets_in(line, f).into_iter().filter_map(|name| made(document, block, Some(name), CreditKind::Part)).collect();
    }
    if let Some(f) = kind(Cue::TextCredit) {
        // "Text: Inkar Seitova" tells who wrote it, as a by-line does.
        let wrote = |(start, end): &(usize, usize)| is_person_shaped(&line[*start..*end]) && !is_outlet_like(&line[*start..*end]);
        let is_byline = ["text:", "story:", "words:"].iter().any(|label| line.to_lowercase().starts_with(label));
        let name = supplier(line, f).filter(|name| !(is_byline && wrote(name)));
        return made(document, block, name, CreditKind::Text).into_iter().collect();
    }
    if kind(Cue::Rights).is_some() {
        // A company may own its papers; only a text printed by leave, or an outlet that is known, is another's.
        let lent = ["permission", "eprint", "epublish", "istribut", "yndicat"].iter().any(|word| line.contains(word));
        let names = outlets_in(line, &Found { cue: Cue::Rights, start: 0, end: line.len(), names: Vec::new() });
        let name = names.into_iter().find(|&(start, end)| lent || known(&line[start..end]).is_some());
        return made(document, block, name, CreditKind::Text).into_iter().collect();
    }
    if kind(Cue::Credit).is_some() {
        return Vec::new();
    }
    let name = captions::credited(line).or_else(|| is_agency(line).then_some((0, line.len())));
    let kind = if is_agency(line) && captions::credited(line).is_none() { CreditKind::Text } else { CreditKind::Picture };
    made(document, block, name, kind).into_iter().collect()
}

/// Names of outlets in a line: runs of capitalised words that are no person's.
fn outlets_in(line: &str, found: &Found) -> Vec<(usize, usize)> {
    let mut names = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    let from = if found.cue == Cue::Rights { 0 } else { found.start };
    for token in crate::words::tokens(&line[from..]) {
        let (start, end) = (from + token.start, from + token.end());
        let digits = token.text.starts_with(|c: char| c.is_ascii_digit());
        let part = token.is_word()
            && !digits
            && (is_capitalised(token.text) || run.is_some() && matches!(token.text, "of" | "de" | "del" | "du" | "da" | "la"));
        match (part || run.is_some() && token.text == "&", &mut run) {
            (true, Some(name)) => name.1 = end,
            (true, None) => run = Some((start, end)),
            (false, _) => names.extend(run.take()),
        }
    }
    names.extend(run);
    let plain = |&(start, end): &(usize, usize)| {
        let name = &line[start..end];
        let person = is_person_shaped(name) && !is_outlet_like(name);
        let label = matches!(
            name,
            "Copyright" | "All" | "Reprinted" | "Additional" | "With" | "The" | "Inputs" | "This" | "Used" | "In" | "Reserved"
        );
        !label && !person && (is_agency(name) || known(name).is_some() || !name.contains(' ') && found.cue == Cue::PartCredit)
    };
    names.into_iter().filter(plain).collect()
}

/// Who supplied the text: the name captured, or what stands after "by", "on" or "from".
fn supplier(line: &str, found: &Found) -> Option<(usize, usize)> {
    // "… and has not been edited by" names the publisher, not the supplier.
    let line = line.find("not been edited by").or_else(|| line.find("not edited by")).map_or(line, |cut| &line[..cut]);
    if let Some(&name) = found.names.first() {
        return Some(name);
    }
    let outlets = outlets_in(line, found);
    if let Some(&name) = outlets.first() {
        return Some(name);
    }
    let starts = [" by ", " from ", " on ", " in "].iter().filter_map(|word| line.find(word).map(|i| i + word.len()));
    let start = starts.min()?;
    let rest = &line[start..];
    let end = rest.find([',', '.', ';']).or_else(|| rest.find(" and ")).unwrap_or(rest.len());
    let end = rest[..end].find(" and ").unwrap_or(end);
    (n_words(&rest[..end]) <= 6).then_some((start, start + end))
}

/// "… he added. (ANI)" or a last line "Reuters": the agency's name after the text.
fn closing_agency(document: &Document) -> Option<Credit> {
    let last = document.blocks.iter().rfind(|block| block.kind == BlockKind::Paragraph)?;
    let line = document.slice(last.span);
    let bracket = Bracket::at_end(line).filter(|bracket| ends_sentence(bracket.before) || bracket.before.is_empty())?;
    let name = bracket.inside.trim();
    let agency = is_agency(name) || name.split('/').all(|part| is_agency(part.trim()));
    let end = bracket.start + bracket.inside.len();
    made(document, last, agency.then_some((bracket.start, end)), CreditKind::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_name_the_agency() {
        let name = |line: &'static str| dateline_agency(line).map(|(start, end)| &line[start..end]);
        assert_eq!(name("NINGBO, China (Pacific Dispatch) — An explosion"), Some("Pacific Dispatch"));
        assert_eq!(name("TIRANA, October 10 (IPA) – Flags"), Some("IPA"));
        assert_eq!(name("(Reuters) - Oil fell"), Some("Reuters"));
        assert_eq!(name("BEIJING, Sept. 4, 2025 (Xinhua) -- Leaders"), Some("Xinhua"));
        assert_eq!(name("The bank (BoE) said"), None);
        assert_eq!(name("The drill (on Monday) — a first"), None);
    }
}
