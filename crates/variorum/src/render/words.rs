//! How are dates, numbers, origins and acts said in plain words?
//!
//! Input: values of a dossier. Output: short English, the same on the terminal and on the page: `3–5 Sep 2025`, `at least 9`, `2–3 origins: CNB, Reuters`.
//! Limits: English only; dates without their week day.

use jiff::civil::Date;
use variorum_model::{Act, Basis, BlockKind, DateRange, Document, Polarity, Precision, Qualifier, dossier::FigureReading};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `3 Sep 2025`, `3–5 Sep 2025`, `30 Aug – 2 Sep 2025`, `Sep 2025`, `2025`.
pub fn dates(range: DateRange) -> String {
    let (a, b) = (range.earliest(), range.latest());
    match range.precision() {
        _ if a == b => day(a),
        Precision::Month => format!("{} {}", month(a), a.year()),
        Precision::Year => a.year().to_string(),
        Precision::Decade => format!("the {}s", a.year()),
        _ if (a.year(), a.month()) == (b.year(), b.month()) => format!("{}–{}", a.day(), day(b)),
        _ if a.year() == b.year() => format!("{} {} – {}", a.day(), month(a), day(b)),
        _ => format!("{} – {}", day(a), day(b)),
    }
}

/// The stretch of time a figure was counted in: "since 1 Jan 2024", "Jun 2024 to Oct 2024", "in 2023"; "so far" where it is a total without one.
pub fn window(reading: &FigureReading) -> Option<String> {
    let Some(window) = &reading.window else { return reading.cumulative.then(|| "so far".to_owned()) };
    match (&window.from, &window.until) {
        (Some(from), Some(until)) if from.range == until.range => Some(format!("in {}", dates(from.range))),
        (Some(from), Some(until)) => Some(format!("{} to {}", dates(from.range), dates(until.range))),
        (Some(from), None) => Some(format!("since {}", dates(from.range))),
        (None, Some(until)) => Some(format!("until {}", dates(until.range))),
        (None, None) => None,
    }
}

fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

fn month(date: Date) -> &'static str {
    MONTHS[usize::try_from(date.month() - 1).expect("months are 1..=12")]
}

/// How a document's date is known.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Printed => "printed",
        Basis::Metadata => "from metadata",
        Basis::Text => "inferred from its text",
        Basis::Siblings => "inferred from other reports",
    }
}

/// `at least 9`, `about 55`, `20–30`, `12.5 %`, `3,000,000 EUR`.
pub fn amount(low: Option<f64>, high: Option<f64>, qualifier: Qualifier, unit: Option<&str>) -> String {
    let number = match (low, high) {
        (Some(low), Some(high)) if low != high => format!("{}–{}", number(low), number(high)),
        (low, high) => low.or(high).map_or("?".into(), number),
    };
    let word = match qualifier {
        Qualifier::Exact | Qualifier::Range => "",
        Qualifier::About => "about ",
        Qualifier::Nearly => "nearly ",
        Qualifier::AtLeast => "at least ",
        Qualifier::MoreThan => "more than ",
        Qualifier::UpTo => "up to ",
    };
    format!("{word}{number}{}", unit.map(printed_unit).unwrap_or_default())
}

/// Only units that a reader cannot guess from what is counted.
fn printed_unit(unit: &str) -> String {
    let is_currency = unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase());
    match unit {
        "percent" => " %".into(),
        _ if is_currency => format!(" {unit}"),
        _ => String::new(),
    }
}

/// Whether a unit measures, and does not count what the figure's population names.
pub fn is_measuring(unit: &str) -> bool {
    const MEASURES: &[&str] =
        &["second", "minute", "hour", "day", "week", "month", "year", "metre", "kilometre", "mile", "tonne", "kilogram", "litre"];
    MEASURES.contains(&unit)
}

/// With commas between thousands, and no more decimals than are there.
pub fn number(value: f64) -> String {
    let plain = value.to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{decimals}")
}

/// `1 report`, `3 reports`.
pub fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// `2`, `2–3`.
pub fn extent(min: usize, max: usize) -> String {
    if min == max { min.to_string() } else { format!("{min}–{max}") }
}

/// What a speaker does: "denies", "says", "does not promise".
pub fn does(act: Act, polarity: Polarity) -> String {
    match (act, polarity) {
        (Act::Deny, _) => "denies".into(),
        // To reject is to say no; where the rejecting itself is negated, its polarity is positive.
        (Act::Reject, Polarity::Negative) => "rejects".into(),
        (Act::Reject, Polarity::Positive) => "does not reject".into(),
        (act, Polarity::Negative) => format!("does not {}", act.as_str()),
        (act, Polarity::Positive) => third_person(act.as_str()),
    }
}

fn third_person(verb: &str) -> String {
    let hisses = ["s", "sh", "ch", "x"].iter().any(|end| verb.ends_with(end));
    match verb.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{verb}{}", if hisses { "es" } else { "s" }),
    }
}

/// Where in a document an offset stands, as a reader counts: `¶5`, `headline`, `caption`.
pub fn place_in(doc: &Document, offset: usize) -> String {
    let at = doc.blocks.partition_point(|block| block.span.end() <= offset);
    let Some(block) = doc.blocks.get(at) else { return "end".into() };
    let of_kind = |kind: BlockKind| doc.blocks[..=at].iter().filter(|block| block.kind == kind).count();
    match block.kind {
        BlockKind::Paragraph => format!("¶{}", of_kind(BlockKind::Paragraph)),
        kind if of_kind(kind) == 1 => kind.as_str().into(),
        kind => format!("{} {}", kind.as_str(), of_kind(kind)),
    }
}

/// The first words of a text that fit, and whether that is all of it.
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.into();
    }
    let head: String = text.chars().take(most).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(words, _)| words);
    format!("{} …", head.trim_end_matches([',', ';', ':', '.', '–', '—', ' ']))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ranges_share_what_they_can() {
        let range = |a, b| dates(DateRange::new(a, b, Precision::Range).unwrap());
        assert_eq!(range(date(2025, 9, 3), date(2025, 9, 5)), "3–5 Sep 2025");
        assert_eq!(range(date(2025, 8, 30), date(2025, 9, 2)), "30 Aug – 2 Sep 2025");
        assert_eq!(range(date(2024, 12, 30), date(2025, 1, 2)), "30 Dec 2024 – 2 Jan 2025");
    }

    #[test]
    fn bounds_are_said() {
        assert_eq!(amount(Some(9.0), None, Qualifier::AtLeast, Some("person")), "at least 9");
        assert_eq!(amount(None, Some(2000.0), Qualifier::Nearly, None), "nearly 2,000");
        assert_eq!(amount(Some(20.0), Some(30.0), Qualifier::Range, None), "20–30");
        assert_eq!(amount(Some(71.4), Some(71.4), Qualifier::Exact, Some("percent")), "71.4 %");
        assert_eq!(number(1_234_567.25), "1,234,567.25");
    }

    #[test]
    fn verbs_agree() {
        assert_eq!(does(Act::Deny, Polarity::Positive), "denies");
        assert_eq!(does(Act::Promise, Polarity::Negative), "does not promise");
        assert_eq!(does(Act::Say, Polarity::Negative), "does not say");
        assert_eq!(does(Act::Reject, Polarity::Negative), "rejects");
        assert_eq!(does(Act::Say, Polarity::Positive), "says");
        assert_eq!(third_person("express"), "expresses");
    }
}
