//! What kind of mistake is it?
//!
//! Input: what is marked and what was found. Output: a few words in which mistakes of one sort are alike, to be counted over a whole corpus: for labels both of
//! them, for spans how they are cut, for values of times how precise they are. Examples: `act: report → say`, `cue: shorter than marked`, `day → week`.

use super::n_shared;

/// How the words of a span found differ from those marked.
pub(super) fn cut(marked: &[usize], found: &[usize]) -> &'static str {
    let shared = n_shared(marked, found);
    match (marked.len(), found.len()) {
        (0, _) => "found, none is marked",
        (_, 0) => "none found",
        _ if shared == 0 => "other words",
        (_, n) if n == shared => "shorter than marked",
        (n, _) if n == shared => "longer than marked",
        _ => "cut elsewhere",
    }
}

/// One label for another.
pub(super) fn label(field: &str, marked: &str, found: Option<&str>) -> String {
    format!("{field}: {marked} → {}", found.unwrap_or("none"))
}

/// A value where another is marked, or where only one of the two has any.
pub(super) fn value(field: &str, marked: bool, found: bool) -> String {
    let how = match (marked, found) {
        (true, true) => "another than marked",
        (true, false) => "none found",
        (false, _) => "found, none is marked",
    };
    format!("{field}: {how}")
}

/// How precise a TIMEX3 value is.
pub(super) fn precision(value: &str) -> &'static str {
    let date = value.split('T').next().unwrap_or_default();
    let is_part = |mark: &str| date.get(4..).is_some_and(|rest| rest.starts_with(mark));
    match value {
        _ if value.ends_with("_REF") => "vague",
        _ if value.starts_with('P') => "length",
        _ if value.starts_with("XXXX-WXX") => "weekly",
        "XXXX-XX-XX" => "unresolved",
        _ if value.starts_with('T') || date.len() < value.len() => "time of day",
        _ if is_part("-W") => "week",
        _ if is_part("-Q") => "quarter",
        _ if is_part("-S") || is_part("-F") || is_part("-H") => "season or half",
        _ => match date.len() {
            2 => "century",
            3 => "decade",
            4 => "year",
            7 => "month",
            10 => "day",
            _ => "other",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_compared_by_their_words() {
        assert_eq!(cut(&[1, 2, 3], &[2, 3]), "shorter than marked");
        assert_eq!(cut(&[1], &[1, 2]), "longer than marked");
        assert_eq!(cut(&[1, 2], &[2, 3]), "cut elsewhere");
        assert_eq!(cut(&[1], &[2]), "other words");
        assert_eq!((cut(&[], &[2]), cut(&[1], &[])), ("found, none is marked", "none found"));
    }

    #[test]
    fn values_of_times_are_as_precise_as_they_are_long() {
        let values = ["2024", "2024-05", "2024-05-03", "2024-W20", "2024-Q1", "2024-05-03T14:00", "PT40M", "PAST_REF", "199", "XXXX-WXX-1"];
        let expected = ["year", "month", "day", "week", "quarter", "time of day", "length", "vague", "decade", "weekly"];
        assert_eq!(values.map(precision), expected);
    }
}
