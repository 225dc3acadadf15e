//! Who published the text, and which names are names of outlets.
//!
//! Input: blocks above and below the text, and the web address. Output: the publisher's name. "The Visayas Ledger" above the headline is the publisher; an agency's name
//! under it is a credit. Known outlets are in `knowledge/publishers.tsv`; an unknown one is told by a word such as "Times" or "Tribune" in its name
//! (`outlet-word` in `knowledge/boilerplate.tsv`) or by its place on top. Newsletters, copyrights of others and links do not decide. Limits: a one-word name
//! below the headline that no table knows is taken for furniture.

use std::{collections::HashMap, sync::LazyLock};

use variorum_model::{Block, BlockKind, Document, table::Table};

use crate::{
    boilerplate::{BOILERPLATE, Cue, Found},
    words::{ends_sentence, is_all_capitals, is_capitalised, is_name_shaped, tokens},
};

/// A name of more words is no outlet's.
const MOST_NAME_WORDS: usize = 7;

/// The table of outlets.
struct Outlets {
    /// Any name in normal form to the main ones: several outlets may share a short name.
    names: HashMap<String, Vec<&'static str>>,
    domains: HashMap<&'static str, &'static str>,
}

static OUTLETS: LazyLock<Outlets> =
    LazyLock::new(|| Outlets::parse(include_str!("../../../knowledge/publishers.tsv")).expect("a test reads the table"));

impl Outlets {
    fn parse(text: &'static str) -> Result<Self, variorum_model::table::TableError> {
        let mut outlets = Self { names: HashMap::new(), domains: HashMap::new() };
        for row in Table::parse(text)?.rows() {
            let name = row.get("name");
            // A country in brackets tells outlets of one name apart; nobody prints it.
            let plain = name.split(" (").next().unwrap_or(name);
            let mut aliases: Vec<String> = row.list("aliases").chain([name, plain]).map(normal).collect();
            aliases.sort();
            aliases.dedup();
            for alias in aliases {
                outlets.names.entry(alias).or_default().push(name);
            }
            outlets.domains.extend(row.list("domains").map(|domain| (domain, name)));
        }
        Ok(outlets)
    }
}

/// The table's name of an outlet; none where it knows several of this name, or none.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    match outlets(name) {
        [one] => Some(one),
        _ => None,
    }
}

/// Every outlet of a name.
fn outlets(name: &str) -> &'static [&'static str] {
    const LONGEST: usize = 80;
    let found = (name.len() <= LONGEST).then(|| OUTLETS.names.get(&normal(name))).flatten();
    found.map_or(&[], Vec::as_slice)
}

/// The outlet at a web address: the longest known domain that ends its host.
pub(crate) fn at_address(url: &str) -> Option<&'static str> {
    let host = url.split("://").last()?.split(['/', '?', '#', ':']).next()?.trim_start_matches("www.");
    let tails = std::iter::successors(Some(host), |tail| tail.split_once('.').map(|(_, rest)| rest));
    tails.filter_map(|tail| OUTLETS.domains.get(tail).copied()).next()
}

/// Small letters, no article, no marks.
fn normal(name: &str) -> String {
    let words: Vec<String> = tokens(name).iter().filter(|token| token.is_word()).map(|token| token.text.to_lowercase()).collect();
    let words = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words[..] };
    words.join(" ")
}

/// Whether a line is, by its shape and words, the name of an outlet.
pub(crate) fn is_outlet_like(line: &str) -> bool {
    let line = without_acronym(line);
    if !outlets(line).is_empty() {
        return true;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    // "Review of Politics": what stands before "of" decides.
    let kernel = &words[..words.iter().position(|word| word.eq_ignore_ascii_case("of")).unwrap_or(words.len())];
    let is_short = kernel.iter().filter(|word| !is_article(word)).count() <= 2;
    let lists = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        BOILERPLATE.lists("outlet-word", word) || is_short && BOILERPLATE.lists("outlet-word-short", word)
    };
    let near_end = kernel.len() >= 2 && kernel.iter().rev().take(2).any(|word| is_capitalised(word) && lists(word));
    let opens = words.first().is_some_and(|word| BOILERPLATE.lists("outlet-first-word", word)) && words.iter().any(|word| lists(word));
    is_site(line) || is_name_shaped(line, MOST_NAME_WORDS) && !ends_sentence(line) && words.len() >= 2 && (near_end || opens)
}

/// "Harbour Press Agency (HPA)" without the brackets.
fn without_acronym(line: &str) -> &str {
    let inner = line.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    inner.filter(|(_, acronym)| is_all_capitals(acronym) && !acronym.contains(char::is_whitespace)).map_or(line, |(name, _)| name)
}

/// Whether a line is an outlet's name with its edition or its short name: "Harbour Post — English Edition", "HPA - Harbour Press Agency".
pub(crate) fn is_outlet_with_label(line: &str) -> bool {
    parts(line).is_some_and(|(name, label)| {
        is_outlet_like(name) && label.split_whitespace().any(|word| BOILERPLATE.lists("edition-word", word)) || is_short_for(name, label)
    })
}

/// The two sides of a dash or bar.
fn parts(line: &str) -> Option<(&str, &str)> {
    [" | ", " – ", " — ", " - ", " • "].iter().filter_map(|bar| line.split_once(bar)).min_by_key(|(name, _)| name.len())
}

/// "HPA" before "Harbour Press Agency".
fn is_short_for(name: &str, label: &str) -> bool {
    is_all_capitals(name) && !name.contains(char::is_whitespace) && is_outlet_like(label) && is_same(name, label)
}

fn is_article(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "the" | "la" | "le" | "el" | "il" | "die" | "der" | "das" | "al")
}

/// "news.example"
fn is_site(line: &str) -> bool {
    let top = line.rsplit_once('.').filter(|(name, _)| !name.is_empty() && !line.contains(char::is_whitespace));
    top.is_some_and(|(_, top)| (2..=4).contains(&top.len()) && top.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// The outlet of "By Harbour Daily Staff" or "Harbour Newsdesk"; an empty name where the line has only the words for staff; none where it is not about staff.
pub(crate) fn staff_of(line: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    if line.len() > LONGEST || ends_sentence(line) {
        return None;
    }
    let line = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by ")).unwrap_or(line).trim();
    let line = line
        .find(" and ")
        .filter(|&i| line[i..].to_lowercase().ends_with("agencies") || line[i..].ends_with("wires"))
        .map_or(line, |i| &line[..i]);
    let desk = |word: &str| BOILERPLATE.lists("desk-word", word.trim_matches(|c: char| !c.is_alphanumeric()));
    let mut name = line;
    while let Some(last) = name.split_whitespace().last().filter(|word| desk(word)) {
        name = name[..name.len() - last.len()].trim_end();
    }
    let stripped = name.len() < line.len();
    let reads =
        name.split_whitespace().all(|word| is_capitalised(word) || word.chars().any(char::is_uppercase)) && !name.contains([',', ':', '-']);
    (stripped && reads && name.split_whitespace().count() <= 4).then_some(name)
}

/// The name without a slogan, section, place or address: "Harbour Post | World" and "Harbour Post, Oslo" are "Harbour Post".
fn bare(line: &str) -> &str {
    let name = match parts(line).filter(|(name, _)| !name.is_empty()) {
        Some((name, label)) if is_short_for(name, label) => label,
        Some((name, _)) => name,
        None => line,
    };
    let name = without_acronym(name);
    let placed = name.split_once(", ").filter(|(outlet, place)| is_outlet_like(outlet) && is_name_shaped(place, 3));
    placed.map_or(name, |(outlet, _)| outlet).trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '*' | '#' | '[' | ']' | '_'))
}

/// Whether a line that no word tells of may yet be an outlet's name by its place on top.
fn may_be_name(line: &str) -> bool {
    is_name_shaped(line, MOST_NAME_WORDS) && !line.contains(|c: char| c.is_ascii_digit() || c == ',')
}

/// "Published in Harbour Post, May 3rd"
fn own_name(line: &str) -> Option<&str> {
    let found = BOILERPLATE.find(line).into_iter().find(|found| found.cue == Cue::OwnName)?;
    let &(start, end) = found.names.first()?;
    Some(&line[start..end])
}

/// "has not been edited by NewsPlus staff": the outlet that prints it.
fn unedited_by(line: &str) -> Option<&str> {
    let rest = &line[line.find("edited by ").filter(|&i| line[..i].contains(" not "))? + "edited by ".len()..];
    let end = rest.find(['.', ',', ')', ';']).or_else(|| rest.find(" and ")).unwrap_or(rest.len());
    let end = rest[..end].find(" and ").unwrap_or(end);
    let name = rest[..end].trim().trim_start_matches("the ");
    let name = staff_of(name).filter(|name| !name.is_empty()).unwrap_or(name);
    may_be_name(name).then_some(name)
}

/// The publisher of a text whose blocks are known, from its own words.
pub(crate) fn printed(text: &str, blocks: &[Block]) -> Option<String> {
    let headline = blocks.iter().position(|block| block.kind == BlockKind::Headline).unwrap_or(0);
    let body = blocks.iter().position(|block| block.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    let of_kind = |kind: BlockKind, range: std::ops::Range<usize>| {
        blocks[range].iter().filter(move |block| block.kind == kind).map(|block| bare(block.span.of(text)))
    };
    let above = || of_kind(BlockKind::Masthead, 0..headline.min(body)).filter(|line| !is_section(line));
    let below = || of_kind(BlockKind::Masthead, headline.min(body)..body).filter(|line| !is_section(line));
    let named = above()
        .find(|line| is_outlet_like(line))
        .or_else(|| above().find(|line| may_be_name(line)))
        .or_else(|| below().find(|line| is_outlet_like(line)));
    let staff = || of_kind(BlockKind::Byline, 0..body).filter_map(staff_of).find(|name| !name.is_empty());
    let agency = || of_kind(BlockKind::Byline, 0..body).find(|line| is_outlet_like(line) && !line.starts_with("By "));
    let editor = || blocks.iter().filter(|block| block.kind == BlockKind::Credit).find_map(|block| unedited_by(block.span.of(text)));
    let itself = || blocks.iter().filter(|block| block.kind == BlockKind::Date).find_map(|block| own_name(block.span.of(text)));
    let owner = || blocks.iter().filter(|block| block.kind == BlockKind::Credit).find_map(|block| owner(block.span.of(text)));
    let name = named.or_else(staff).or_else(itself).or_else(editor).or_else(agency).or_else(owner)?;
    Some(known(name).map_or_else(|| name.to_owned(), str::to_owned))
}

/// The name of a section or a label, even if an outlet is called so too ("Focus", "Life").
fn is_section(line: &str) -> bool {
    let whole = |found: &Found| matches!(found.cue, Cue::Section | Cue::Kicker) && found.start == 0 && found.end == line.len();
    BOILERPLATE.find(line).iter().any(whole)
}

/// The owner of the rights, unless the text is printed by another's leave.
fn owner(line: &str) -> Option<&str> {
    let small = line.to_lowercase();
    let lent = ["permission", "reprint", "republish", "syndicat", "distribut", "licen"].iter().any(|word| small.contains(word));
    let rest = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_rights = line.starts_with('©') || small.starts_with("copyright") || small.starts_with("(c)");
    if lent || !is_rights {
        return None;
    }
    let rest = rest.trim_start_matches("Copyright").trim_start_matches(|c: char| !c.is_alphabetic());
    let end = rest.find([',', '.', '|', ';']).unwrap_or(rest.len());
    let name = rest[..end].trim().trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let name = name.find(" All ").or_else(|| name.find(" all ")).map_or(name, |i| &name[..i]);
    is_name_shaped(name, MOST_NAME_WORDS).then_some(name)
}

/// Whether two names are one outlet's: equal, an acronym, or the shorter form of the other.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    let same_known = outlets(a).iter().any(|name| outlets(b).contains(name));
    let (a_normal, b_normal) = (normal(a), normal(b));
    let contains = |long: &str, short: &str| !short.is_empty() && format!(" {long} ").contains(&format!(" {short} "));
    let acronym = |short: &str, long: &str| is_all_capitals(short) && initials(long).contains(&short.to_lowercase()) && long.contains(' ');
    same_known || contains(&a_normal, &b_normal) || contains(&b_normal, &a_normal) || acronym(a, b) || acronym(b, a)
}

fn initials(name: &str) -> String {
    tokens(name)
        .iter()
        .filter(|token| token.is_word())
        // "d'Information" counts by its noun.
        .filter_map(|token| token.text.chars().find(|c| c.is_uppercase()).filter(|_| is_capitalised(without_elision(token.text))))
        .flat_map(char::to_lowercase)
        .collect()
}

/// "d'Information" without its article.
fn without_elision(word: &str) -> &str {
    word.split_once(['\'', '’'])
        .filter(|(article, _)| matches!(*article, "d" | "l" | "dell" | "all" | "dall"))
        .map_or(word, |(_, noun)| noun)
}

/// Whether the document's own publisher bears the name.
pub(crate) fn is_own(document: &Document, name: &str) -> bool {
    document.publisher.as_deref().is_some_and(|publisher| is_same(publisher, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        Outlets::parse(include_str!("../../../knowledge/publishers.tsv")).unwrap();
        assert_eq!(at_address("https://www.reuters.com/world/a-1"), Some("Reuters"));
    }

    #[test]
    fn outlets_are_told_by_their_words() {
        for name in [
            "The Visayas Ledger",
            "Harbour City Post",
            "VeriLens Daily",
            "Baltic & Far East Shipping Herald",
            "La Voce del Canale",
            "examples.org",
            "Iran Press TV",
        ] {
            assert!(is_outlet_like(name), "{name}");
        }
        for line in [
            "Rosalind Achebe",
            "Washington Post Sues Government",
            "President Addresses the Nation",
            "Police Arrest Union Leader",
            "Ferry sinks off Albania",
            "Related topics",
            "He reads the Times.",
        ] {
            assert!(!is_outlet_like(line), "{line}");
        }
    }

    #[test]
    fn staff_is_an_outlets() {
        assert_eq!(staff_of("By WorldLine Daily Staff"), Some("WorldLine Daily"));
        assert_eq!(staff_of("GlobeScope Newsdesk"), Some("GlobeScope"));
        assert_eq!(staff_of("Staff Writer"), Some(""));
        assert_eq!(staff_of("By Harbour Staff and News Agencies"), Some("Harbour"));
        assert_eq!(staff_of("Ada Marsh"), None);
    }

    #[test]
    fn one_outlet_has_several_names() {
        assert!(
            is_same("IPA", "Ionian Press Agency") && is_same("Meridian", "Meridian News Service") && is_same("The Ledger", "the ledger")
        );
        assert!(!is_same("Pacific Dispatch", "The Visayas Ledger"));
    }
}
