//! The value of an expression as TIMEX3 writes it: `2025-09-03`, `2024-06`, `P2W`, `PRESENT_REF`.

use jiff::civil::Weekday;
use variorum_model::{DateRange, Precision, TimeExpression, TimeKind, TimeValue, time::TimeUnit};

/// The TIMEX3 `value`, given the document's date; `XXXX-XX-XX` where it cannot be resolved.
pub fn timex3_value(time: &TimeExpression, reference: Option<DateRange>) -> String {
    match &time.value {
        TimeValue::Length { amount, unit } => duration(*amount, *unit),
        TimeValue::Recurring(value) => value.clone(),
        TimeValue::PastVague => "PAST_REF".to_owned(),
        TimeValue::PresentVague => "PRESENT_REF".to_owned(),
        TimeValue::FutureVague => "FUTURE_REF".to_owned(),
        value => {
            let whole = match value {
                // "earlier this week" has the value of the week it is a part of.
                TimeValue::PartOfUnit { unit, .. } => &TimeValue::Shift { amount: 0, unit: *unit },
                value => value,
            };
            let Some(range) = whole.resolve(reference) else { return "XXXX-XX-XX".to_owned() };
            let date = calendar(range);
            match &time.clock {
                Some(clock) if time.kind == TimeKind::Time => format!("{date}T{}", clock_value(clock)),
                _ => date,
            }
        }
    }
}

/// The hour with its minutes; noon is an hour.
fn clock_value(clock: &str) -> String {
    match clock {
        "MI" => "12:00".to_owned(),
        hour if hour.len() == 2 && hour.bytes().all(|byte| byte.is_ascii_digit()) => format!("{hour}:00"),
        other => other.to_owned(),
    }
}

fn calendar(range: DateRange) -> String {
    let first = range.earliest();
    match range.precision() {
        Precision::Year => format!("{:04}", first.year()),
        Precision::Month => format!("{:04}-{:02}", first.year(), first.month()),
        Precision::Week => {
            let week = first.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Precision::Quarter if first.month() % 3 == 1 => format!("{:04}-Q{}", first.year(), first.month() / 3 + 1),
        Precision::Quarter => format!("{:04}-{}", first.year(), ["SP", "SU", "FA", "WI"][(first.month() / 3 - 1).clamp(0, 3) as usize]),
        Precision::Decade => format!("{}", first.year().div_euclid(10)),
        Precision::Range if is_weekend(range) => {
            let week = first.iso_week_date();
            format!("{:04}-W{:02}-WE", week.year(), week.week())
        }
        Precision::Range if is_half_year(range) => format!("{:04}-H{}", first.year(), first.month() / 6 + 1),
        Precision::Range if range.n_days() > 366 => format!("{}", first.year().div_euclid(100)),
        Precision::Range if range.n_days() > 31 => format!("{:04}", first.year()),
        Precision::Range if !range.is_day() => format!("{:04}-{:02}", first.year(), first.month()),
        _ => first.to_string(),
    }
}

fn is_weekend(range: DateRange) -> bool {
    range.n_days() == 2 && range.earliest().weekday() == Weekday::Saturday
}

fn is_half_year(range: DateRange) -> bool {
    let (first, last) = (range.earliest(), range.latest());
    first.day() == 1
        && last == last.last_of_month()
        && first.year() == last.year()
        && matches!((first.month(), last.month()), (1, 6) | (7, 12))
}

fn duration(amount: f64, unit: TimeUnit) -> String {
    let n = if amount <= 0.0 { "X".to_owned() } else { amount.to_string() };
    if let Some(in_parts) = with_half(amount, unit) {
        return in_parts;
    }
    match unit {
        TimeUnit::Second => format!("PT{n}S"),
        TimeUnit::Minute => format!("PT{n}M"),
        TimeUnit::Hour => format!("PT{n}H"),
        TimeUnit::Day => format!("P{n}D"),
        TimeUnit::Week => format!("P{n}W"),
        TimeUnit::Weekend => format!("P{n}WE"),
        TimeUnit::Month => format!("P{n}M"),
        TimeUnit::Quarter => format!("P{n}Q"),
        TimeUnit::Year => format!("P{n}Y"),
        // ISO 8601 counts in years; only where there is no count TIMEX3's own letters remain.
        TimeUnit::Decade if amount > 0.0 => format!("P{}Y", amount * 10.0),
        TimeUnit::Century if amount > 0.0 => format!("P{}Y", amount * 100.0),
        TimeUnit::Decade => "PXDE".to_owned(),
        TimeUnit::Century => "PXCE".to_owned(),
    }
}

/// "two and a half years" is two years and six months: ISO 8601 has whole numbers before the last unit.
fn with_half(amount: f64, unit: TimeUnit) -> Option<String> {
    let whole = amount.trunc();
    if amount - whole != 0.5 {
        return None;
    }
    let before = |letter: &str| if whole == 0.0 { String::new() } else { format!("{whole}{letter}") };
    Some(match unit {
        TimeUnit::Minute => format!("PT{}30S", before("M")),
        TimeUnit::Hour => format!("PT{}30M", before("H")),
        TimeUnit::Day => format!("P{}T12H", before("D")),
        TimeUnit::Year => format!("P{}6M", before("Y")),
        _ => return None,
    })
}
