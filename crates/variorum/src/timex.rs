//! What value does TIMEX3 write for an expression of time?
//!
//! Input: an expression and the date of its document. Output: `2025-09-03`, `2025-W36`, `2025-09`, `2025`, `199`, `P2D`, `PT3H`, `PAST_REF`; with a
//! clock, `2025-09-03T16:52` (ISO-TimeML, section 7.2). Example: "on Wednesday" in a report of Thursday 4 September 2025 is `2025-09-03`.
//! Limits: a range without a calendar name of its own is written by its first day.

use variorum_model::{
    DateRange, Precision, TimeExpression, TimeValue,
    time::{TimeUnit, unit_around},
};

/// The value as TIMEX3 writes it.
pub fn value(time: &TimeExpression, reference: Option<DateRange>) -> String {
    let value = undated(&time.value).unwrap_or_else(|| calendar(&time.value, reference));
    match &time.clock {
        Some(clock) if !value.contains('T') => format!("{value}T{clock}"),
        _ => value,
    }
}

/// Values that no calendar is needed for.
fn undated(value: &TimeValue) -> Option<String> {
    Some(match value {
        TimeValue::Length { amount, unit } => length(*amount, *unit),
        TimeValue::Recurring(pattern) => pattern.clone(),
        TimeValue::PastVague => "PAST_REF".into(),
        TimeValue::PresentVague => "PRESENT_REF".into(),
        TimeValue::FutureVague => "FUTURE_REF".into(),
        _ => return None,
    })
}

fn calendar(value: &TimeValue, reference: Option<DateRange>) -> String {
    // "Earlier this year" is the year, with a `mod` of its own.
    let whole = match value {
        TimeValue::PartOfUnit { unit, .. } => reference.and_then(|range| unit_around(range.latest(), *unit)),
        other => other.resolve(reference),
    };
    whole.map_or_else(|| "XXXX-XX-XX".into(), days)
}

/// A range of days by its calendar name.
pub fn days(range: DateRange) -> String {
    let first = range.earliest();
    match range.precision() {
        Precision::Instant | Precision::Day => first.to_string(),
        Precision::Week => week(range),
        Precision::Month => format!("{:04}-{:02}", first.year(), first.month()),
        Precision::Quarter => format!("{:04}-{}", first.year(), quarter(first.month())),
        Precision::Year => format!("{:04}", first.year()),
        Precision::Decade => format!("{:03}", first.year().div_euclid(10)),
        Precision::Range => stretch(range),
    }
}

/// Seasons begin in March, June, September, December; quarters do not.
fn quarter(month: i8) -> String {
    match month {
        3 => "SP".into(),
        6 => "SU".into(),
        9 => "FA".into(),
        12 => "WI".into(),
        _ => format!("Q{}", (month - 1) / 3 + 1),
    }
}

/// The ISO week that holds the middle of the range.
fn week(range: DateRange) -> String {
    let week = range.earliest().saturating_add(jiff::Span::new().days(3)).iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn stretch(range: DateRange) -> String {
    let (first, last) = (range.earliest(), range.latest());
    let n_years = i32::from(last.year()) - i32::from(first.year()) + 1;
    let is_century = first == first.first_of_year() && first.year() % 100 == 0 && n_years == 100;
    if is_century { format!("{:02}", first.year() / 100) } else { first.to_string() }
}

fn length(amount: f64, unit: TimeUnit) -> String {
    let (clock, letter, factor) = match unit {
        TimeUnit::Second => ("T", 'S', 1.0),
        TimeUnit::Minute => ("T", 'M', 1.0),
        TimeUnit::Hour => ("T", 'H', 1.0),
        TimeUnit::Day => ("", 'D', 1.0),
        TimeUnit::Week => ("", 'W', 1.0),
        TimeUnit::Month => ("", 'M', 1.0),
        TimeUnit::Quarter => ("", 'M', 3.0),
        TimeUnit::Year => ("", 'Y', 1.0),
        TimeUnit::Decade => ("", 'Y', 10.0),
        TimeUnit::Century => ("", 'Y', 100.0),
    };
    // An amount that was not told ("for years") is X.
    if amount.is_finite() && amount > 0.0 { format!("P{clock}{}{letter}", amount * factor) } else { format!("P{clock}X{letter}") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};
    use variorum_model::{Span, TimeKind, time::Direction};

    use super::*;

    fn written(value: TimeValue, clock: Option<&str>) -> String {
        let span = Span::whole("Wednesday").unwrap();
        let time = TimeExpression { span, kind: TimeKind::Date, value, clock: clock.map(Into::into), part: None };
        super::value(&time, Some(DateRange::day(date(2025, 9, 4))))
    }

    #[test]
    fn relative_expressions_take_the_documents_date() {
        let on_wednesday = TimeValue::Weekday { weekday: Weekday::Wednesday, direction: Direction::Past };
        assert_eq!(written(on_wednesday.clone(), None), "2025-09-03");
        assert_eq!(written(on_wednesday, Some("MO")), "2025-09-03TMO");
        assert_eq!(written(TimeValue::Shift { amount: 0, unit: TimeUnit::Week }, None), "2025-W36");
        assert_eq!(written(TimeValue::Shift { amount: -1, unit: TimeUnit::Quarter }, None), "2025-Q2");
        assert_eq!(written(TimeValue::PartOfUnit { unit: TimeUnit::Year, before: true }, None), "2025");
    }

    #[test]
    fn lengths_and_vague_times_need_no_calendar() {
        assert_eq!(written(TimeValue::Length { amount: 2.5, unit: TimeUnit::Hour }, None), "PT2.5H");
        assert_eq!(written(TimeValue::Length { amount: 1.0, unit: TimeUnit::Decade }, None), "P10Y");
        assert_eq!(written(TimeValue::PresentVague, None), "PRESENT_REF");
    }
}
