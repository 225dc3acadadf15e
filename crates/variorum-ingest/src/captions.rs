//! Is a line words about a picture, or the name of who made one?
//!
//! Input: a line and its cues. Output: [`Captionhood`], and the credits printed in it. "Villagers rest in a gymnasium on Tuesday night. Photo: Ada Marsh" is a
//! caption that credits Ada Marsh. Signs are counted: wording that only captions have, a credit at the end, "left" and "right" between commas, a weekday with
//! a verb in the present tense. Limits: without any of these a caption cannot be told from a paragraph.

use crate::{
    boilerplate::{BOILERPLATE, Cue, Found},
    pieces::Bracket,
    publisher::known,
    words::{ends_sentence, is_all_capitals, is_capitalised, is_name_shaped, n_words, tokens},
};

/// What a line is to a picture.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Captionhood {
    /// Words about it, wherever they stand.
    Caption,
    /// Words about it, if they stand above the first paragraph.
    OnTop,
    /// Who made it, and nothing else.
    Credit,
    No,
}

/// Longer lines are running text.
const MOST_WORDS: usize = 90;
/// A maker has no longer name.
const MOST_NAME_WORDS: usize = 7;

/// Counts the signs.
pub(crate) fn captionhood(line: &str, n_words: usize, found: &[Found]) -> Captionhood {
    if n_words > MOST_WORDS {
        return Captionhood::No;
    }
    let starts = |cue: Cue| found.iter().any(|f| f.cue == cue && !line[..f.start].contains(char::is_alphanumeric));
    if starts(Cue::PictureCredit) && is_bare_credit(line, found) {
        return Captionhood::Credit;
    }
    let credit = trailing_sign(line, found);
    let n_inner = found.iter().filter(|f| f.cue == Cue::Caption).count().min(2);
    let signs = 3 * usize::from(starts(Cue::PictureLabel)) + 3 * usize::from(starts(Cue::Caption)) + 2 * n_inner + credit;
    match signs {
        3.. => Captionhood::Caption,
        2 => Captionhood::OnTop,
        _ if is_scene(line, n_words) => Captionhood::OnTop,
        _ => Captionhood::No,
    }
}

/// A credit at the end of the line: three for a labelled one, two for a mere name in brackets.
fn trailing_sign(line: &str, found: &[Found]) -> usize {
    let ends = found.iter().any(|f| f.cue == Cue::PictureCredit && f.start > 0 && !line[f.end..].contains(char::is_alphanumeric));
    let bracket = Bracket::at_end(line);
    let inside = bracket.as_ref().map(Bracket::found).unwrap_or_default();
    match bracket {
        // "(Ada Marsh/Northern Press, file)", "(Fire service handout via Northern Press)"
        Some(ref bracket) if are_makers(bracket.inside) || bracket.inside.contains("handout via ") => 3,
        Some(bracket) if !inside.is_empty() && is_labelled(bracket.inside, &inside) => 3,
        Some(_) if !inside.is_empty() && line.ends_with(']') => 3,
        Some(bracket) if !inside.is_empty() && ends_sentence(bracket.before) => 2,
        _ if ends && !line.starts_with('(') => 3,
        _ if trailing_makers(line).is_some() => 3,
        _ => 0,
    }
}

/// "… in May. NORTHERN PRESS/Ada Marsh/File": where the names after the last sentence begin.
fn trailing_makers(line: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    // "R. Andry" has a stop of its own.
    let starts = line.match_indices(". ").map(|(i, stop)| i + stop.len());
    starts.into_iter().find(|&start| {
        let names = line[start..].trim_end_matches('.');
        names.len() <= LONGEST && (are_makers(names) || known(names.trim()).is_some())
    })
}

/// "NORTHERN PRESS/Ada Marsh", "Ada Marsh/Northern Press, file".
fn are_makers(names: &str) -> bool {
    let is_maker = |name: &str| is_capitalised(name) && is_name_shaped(&name.replace(". ", " "), 4);
    let names = names.split_once(", ").filter(|(_, kept)| is_kept(kept)).map_or(names, |(names, _)| names);
    names.contains('/') && names.split('/').all(|name| is_maker(name.trim()) || is_kept(name))
}

/// "file", "archive": where a picture was taken from.
fn is_kept(word: &str) -> bool {
    matches!(word.trim().to_lowercase().as_str(), "file" | "archive" | "archives" | "library" | "stock" | "pool" | "handout")
}

/// Whether a credit has a word of its kind and not the name alone.
fn is_labelled(inside: &str, found: &[Found]) -> bool {
    let whole = |f: &Found| f.names.iter().map(|(start, end)| end - start).sum::<usize>() + 8 >= inside.trim().len();
    found.iter().any(|f| f.names.is_empty() || !whole(f))
}

/// "Photo: Ada Marsh/Northern Press", and not "Photo: the ferry at the quay".
fn is_bare_credit(line: &str, found: &[Found]) -> bool {
    let whole = found.iter().any(|f| f.cue == Cue::PictureCredit && !line[f.end..].contains(char::is_alphanumeric) && !f.names.is_empty());
    let (label, rest) = line.split_once([':', ',', '©']).unwrap_or((line, ""));
    let credited = tokens(label)
        .iter()
        .any(|token| matches!(token.text.to_lowercase().as_str(), "credit" | "credits" | "source" | "sources" | "courtesy" | "by"));
    n_words(line) <= 3 + MOST_NAME_WORDS && (credited || whole || is_name_shaped(rest.trim().trim_end_matches('.'), MOST_NAME_WORDS))
        || n_words(line) <= 4
}

/// One sentence in the present tense with a day: "Firefighters spray foam at the park on Tuesday."
fn is_scene(line: &str, n_words: usize) -> bool {
    const MOST_SCENE_WORDS: usize = 35;
    const VERB_AMONG_FIRST: usize = 8;
    if n_words > MOST_SCENE_WORDS || line.contains(['“', '"']) {
        return false;
    }
    let words: Vec<_> = tokens(line);
    let says =
        words.iter().any(|token| matches!(token.text, "said" | "says" | "according" | "told" | "was" | "were" | "has" | "have" | "will"));
    // A noun after an article or a verb after "to" is none of the present; a past tense before it rules the sentence.
    let rules = |i: usize| {
        let before = words[i - 1].text.to_lowercase();
        let bound = matches!(
            before.as_str(),
            "to" | "the" | "a" | "an" | "its" | "his" | "her" | "their" | "of" | "for" | "in" | "will" | "would" | "could" | "may"
        );
        !bound && !words[..i].iter().any(|word| word.text.ends_with("ed"))
    };
    let verb = (1..words.len().min(VERB_AMONG_FIRST)).any(|i| BOILERPLATE.lists("scene-verb", words[i].text) && rules(i));
    let dateline = words.first().is_some_and(|word| is_all_capitals(word.text));
    let one = line.trim_end_matches(['.', ')']).matches(". ").count() <= 1;
    verb && one && !says && !dateline && has_day(line)
}

/// A weekday's or month's name.
fn has_day(line: &str) -> bool {
    const DAYS: &[&str] = &[
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "April",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    DAYS.iter().any(|day| line.contains(day))
}

/// Who made the picture, as byte offsets of the name in the line. "File photo" names nobody.
pub(crate) fn credited(line: &str) -> Option<(usize, usize)> {
    let is_nobody = |name: &str| {
        matches!(
            name.to_lowercase().as_str(),
            "file" | "handout" | "supplied" | "archive" | "archives" | "representative" | "representational"
        )
    };
    credit_in(line).filter(|&(start, end)| !is_nobody(line[start..end].trim()))
}

fn credit_in(line: &str) -> Option<(usize, usize)> {
    if let Some(bracket) = Bracket::at_end(line).filter(|bracket| !bracket.found().is_empty()) {
        return maker(bracket.inside, &bracket.found()).map(|(start, end)| (bracket.start + start, bracket.start + end));
    }
    let found: Vec<Found> = BOILERPLATE.find(line).into_iter().filter(|f| f.cue == Cue::PictureCredit).collect();
    let Some(last) = found.iter().map(|f| f.start).max() else {
        return trailing_makers(line).map(|start| (start, line.trim_end_matches('.').len()));
    };
    let found: Vec<Found> = found.into_iter().filter(|f| f.start == last).collect();
    maker(line, &found).filter(|&(start, end)| n_words(&line[start..end]) <= MOST_NAME_WORDS)
}

/// What stands after the label; else the captured names, of the pattern that leaves least to them.
fn maker(line: &str, found: &[Found]) -> Option<(usize, usize)> {
    if let Some(start) = label_end(line, found) {
        return trimmed(line, start, line.trim_end_matches(['.', ')', '*', '_', ' ']).len());
    }
    let captured =
        found.iter().filter(|f| !f.names.is_empty()).min_by_key(|f| f.names.iter().map(|(start, end)| end - start).sum::<usize>())?;
    Some((captured.names[0].0, captured.names[captured.names.len() - 1].1))
}

/// Past the colon, comma, sign or "by" after the label.
fn label_end(line: &str, found: &[Found]) -> Option<usize> {
    let first = found.first()?;
    let rest = &line[first.start..first.end];
    let sign = rest.char_indices().find(|(_, c)| matches!(c, ':' | ',' | '©')).map(|(i, c)| i + c.len_utf8());
    let by = || [" by ", " of "].iter().find_map(|word| rest.find(word).map(|i| i + word.len()));
    sign.or_else(by).map(|cut| first.start + cut)
}

fn trimmed(line: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let name = line.get(start..end)?.trim_start();
    let from = end - name.len();
    (!name.is_empty()).then(|| (from, from + name.trim_end().len()))
}
