//! Dates as newspapers print them.
//!
//! Which days does a line name, and is it a date line, which says when the text was published? Input: a line and its place in the text. Output: the dates
//! in order, each with its role. "First published 17 July 2023. Updated 19 July 2023." holds 17 July (published) and 19 July (updated).
//! Limits: English month names; a day and month without a year is found, but has no range; `03/04/2023` may be March or April, and its range holds
//! both readings, unless a weekday of the line decides.

use jiff::civil::Date;
use variorum_model::{DateRange, Precision, Span};

use crate::{
    boilerplate::BOILERPLATE,
    words::{head, is_all_capitals, is_capitalised, is_particle},
};

/// How much of a line is looked at.
const LONGEST: usize = 400;

/// A date in a text.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Printed {
    /// In the document.
    pub(crate) span: Span,
    /// None where the year is left out.
    pub(crate) range: Option<DateRange>,
    pub(crate) role: Role,
}

/// What a date line says of its date.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Published,
    Updated,
    /// No word but the date.
    Bare,
}

#[derive(Copy, Clone, Debug)]
enum Piece<'t> {
    Number { value: i32, digits: usize },
    Word(&'t str),
    Sign(char),
}

#[derive(Copy, Clone, Debug)]
struct Token<'t> {
    piece: Piece<'t>,
    start: usize,
    end: usize,
}

/// The dates of a line, in order.
pub(crate) fn dates_in(text: &str, span: Span) -> Vec<Printed> {
    let line = head(span.of(text), LONGEST);
    let all = tokens(line);
    let weekday = all.iter().find_map(|token| weekday(token));
    let order = all.iter().find_map(order_of_zone);
    let has_clock = (0..all.len()).any(|i| clock(&all[i..]).is_some());
    let mut dates = Vec::new();
    let (mut i, mut role) = (0, Role::Bare);
    while i < all.len() {
        if let Piece::Word(word) = all[i].piece {
            role = match () {
                () if BOILERPLATE.lists("updated-word", word) => Role::Updated,
                () if BOILERPLATE.lists("published-word", word) && role != Role::Updated => Role::Published,
                () => role,
            };
        }
        if let Some(length) = issue(&all[i..]) {
            i += length;
            continue;
        }
        let Some((length, readings)) = date_at(&all[i..]) else {
            // The minutes of "07:12 May 17" are no day of May.
            i += clock(&all[i..]).unwrap_or(1);
            continue;
        };
        let range = covering(&in_order(readings, order), weekday).map(|range| if has_clock { instant(range) } else { range });
        if let Ok(span) = Span::new(text, span.start() + all[i].start, span.start() + all[i + length - 1].end) {
            dates.push(Printed { span, range, role });
        }
        role = Role::Bare;
        i += length;
    }
    dates
}

/// Whether a line says nothing but when the text was published: dates, clock times, labels, and at most a place.
pub(crate) fn is_date_line(line: &str) -> bool {
    const MOST_WORDS: usize = 30;
    const MOST_PLACE_WORDS: usize = 4;
    let all = tokens(line);
    // A dash says that the text goes on: "NAIROBI, August 21 (Agency) --" is its beginning.
    let goes_on = line.trim_end().ends_with(['-', '–', '—']);
    if goes_on || line.len() > LONGEST || all.len() > 3 * MOST_WORDS {
        return false;
    }
    let (mut i, mut n_dates, mut n_clocks, mut n_labels, mut n_place) = (0, 0, 0, 0, 0);
    while i < all.len() {
        if let Some((length, _)) = date_at(&all[i..]) {
            (i, n_dates) = (i + length, n_dates + 1);
            i += bare_clock(&all[i..]).unwrap_or(0);
        } else if let Some(length) = bracketed_name(&all[i..]).filter(|_| n_dates > 0).or_else(|| issue(&all[i..])) {
            i += length;
        } else if let Some(length) = clock(&all[i..]).or_else(|| ago(&all[i..])) {
            (i, n_clocks) = (i + length, n_clocks + 1);
        } else {
            match all[i].piece {
                Piece::Word(word) if is_label(word) => n_labels += 1,
                Piece::Word(word) if BOILERPLATE.lists("date-word", word) || weekday(&all[i]).is_some() => {}
                Piece::Word(word) if is_capitalised(word) && ends_place(&all[i + 1..]) => n_place += 1,
                Piece::Word(_) | Piece::Number { .. } | Piece::Sign('?' | '“' | '”' | '"') => return false,
                Piece::Sign(_) => {}
            }
            i += 1;
        }
    }
    n_place <= MOST_PLACE_WORDS && (n_dates > 0 || n_clocks > 0 && n_place == 0 && (n_labels > 0 || all.len() <= 8))
}

/// "07.10", ", 07.10" right after a date, where it can be nothing else: how many tokens.
fn bare_clock(all: &[Token<'_>]) -> Option<usize> {
    let comma = usize::from(all.first().and_then(sign) == Some(','));
    let all = &all[comma..];
    let [hour, dot, minute, ..] = all else { return None };
    let is_clock = matches!(hour.piece, Piece::Number { value: 0..24, digits: 1..=2 })
        && sign(dot) == Some('.')
        && matches!(minute.piece, Piece::Number { value: 0..60, digits: 2 })
        // "12.05.2024" is another date.
        && all.get(4).is_none_or(|year| number(year).is_none() || sign(&all[3]) != Some('.'));
    is_clock.then_some(comma + 3)
}

/// "Issue of", "No. 39/2017", "Vol. 12": which issue was printed; how many tokens.
fn issue(all: &[Token<'_>]) -> Option<usize> {
    const COUNTERS: [&str; 6] = ["issue", "edition", "no", "nr", "vol", "volume"];
    all.first().filter(|token| is_word(token, &COUNTERS))?;
    let mut i = 1 + usize::from(all.get(1).is_some_and(|token| sign(token) == Some('.') || is_word(token, &["of", "for"])));
    if all.get(i).is_some_and(|token| number(token).is_some()) && date_at(&all[i..]).is_none() {
        i += 1;
        // "39/2017", but not "42 / 22 October".
        let glued = |at: usize| all.get(at).is_some_and(|token| token.start == all[at - 1].end);
        let year = all.get(i).and_then(sign) == Some('/') && glued(i) && glued(i + 1) && number(&all[i + 1]).is_some();
        i += 2 * usize::from(year);
    }
    (i > 1).then_some(i)
}

/// "(Meridian News)": who sent it, in brackets after the date of a dateline; how many tokens.
fn bracketed_name(all: &[Token<'_>]) -> Option<usize> {
    const MOST_WORDS: usize = 5;
    let close = all.iter().position(|token| sign(token) == Some(')')).filter(|_| sign(&all[0]) == Some('('))?;
    let is_part = |token: &Token<'_>| match token.piece {
        Piece::Word(word) => is_capitalised(word) || is_particle(word),
        Piece::Sign(c) => matches!(c, '-' | '/' | '&' | '\'' | '’'),
        Piece::Number { .. } => false,
    };
    (2..=MOST_WORDS + 1).contains(&close).then_some(close + 1).filter(|_| all[1..close].iter().all(is_part))
}

/// After a place stand more of its name, a comma, or nothing: "Brindisi, 3 May", and not "Taken on 3 May".
fn ends_place(rest: &[Token<'_>]) -> bool {
    match rest.first().map(|token| token.piece) {
        Some(Piece::Word(word)) => is_capitalised(word) && weekday(&rest[0]).is_none() && month(&rest[0]).is_none(),
        Some(Piece::Sign(c)) => c == ',' || c == ':' && rest.len() > 1 || matches!(c, '\'' | '’' | '-') && rest.len() > 1,
        Some(Piece::Number { .. }) => date_at(rest).is_some() || clock(rest).is_some(),
        None => true,
    }
}

/// A date given as metadata: any printed form, a month, a year, or seconds since 1970.
pub(crate) fn given(text: &str) -> Option<DateRange> {
    let text = text.trim();
    let span = Span::whole(text)?;
    if let Some(printed) = dates_in(text, span).into_iter().find_map(|date| date.range) {
        return Some(printed);
    }
    let number: i64 = text.parse().ok()?;
    match text.len() {
        4 => DateRange::year(i16::try_from(number).ok()?),
        9..=10 => since_1970(number),
        12..=13 => since_1970(number / 1000),
        8 => day(number as i32 / 10_000, number as i32 / 100 % 100, number as i32 % 100).map(DateRange::day),
        _ => None,
    }
}

fn since_1970(seconds: i64) -> Option<DateRange> {
    let day = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
    DateRange::new(day, day, Precision::Instant)
}

fn is_label(word: &str) -> bool {
    BOILERPLATE.lists("published-word", word) || BOILERPLATE.lists("updated-word", word)
}

fn instant(range: DateRange) -> DateRange {
    let precision = if range.is_day() { Precision::Instant } else { range.precision() };
    DateRange::new(range.earliest(), range.latest(), precision).unwrap_or(range)
}

/// Which of day and month a country prints first.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// Clocks of the United States and the Philippines go with the month first, those of other zones with the day; Greenwich says nothing.
fn order_of_zone(token: &Token<'_>) -> Option<Order> {
    let Piece::Word(word) = token.piece else { return None };
    let month_first = ["ET", "EST", "EDT", "CT", "CDT", "MT", "MST", "MDT", "PT", "PST", "PDT", "AKST", "AKDT", "HST", "PHT"];
    let everywhere = ["GMT", "UTC", "CST", "AM", "PM"];
    match () {
        () if month_first.contains(&word) => Some(Order::MonthFirst),
        () if is_zone(word) && !everywhere.contains(&word) => Some(Order::DayFirst),
        () => None,
    }
}

/// The reading of two that the order asks for; `numeric` gives the one with the day first as the first.
fn in_order(readings: Vec<DateRange>, order: Option<Order>) -> Vec<DateRange> {
    match (readings.as_slice(), order) {
        (&[day_first, _], Some(Order::DayFirst)) => vec![day_first],
        (&[_, month_first], Some(Order::MonthFirst)) => vec![month_first],
        _ => readings,
    }
}

/// One reading is a day or month; two are a range that holds both, unless the weekday fits only one.
fn covering(readings: &[DateRange], weekday: Option<jiff::civil::Weekday>) -> Option<DateRange> {
    let mut fitting = readings.iter().filter(|range| weekday.is_some_and(|weekday| range.earliest().weekday() == weekday));
    match (readings, fitting.next(), fitting.next()) {
        ([_, _, ..], Some(&range), None) => Some(range),
        _ => readings.iter().copied().reduce(DateRange::cover),
    }
}

/// A date that begins at the first token: how many tokens, and its readings (none where the year is left out).
fn date_at(all: &[Token<'_>]) -> Option<(usize, Vec<DateRange>)> {
    match all.first()?.piece {
        Piece::Number { digits: 4, .. } => year_first(all).or_else(|| han(all)),
        Piece::Number { .. } => day_month(all).or_else(|| numeric(all)),
        Piece::Word(_) => month_day(all),
        Piece::Sign(_) => None,
    }
}

/// `2023-07-11`, `2023/07/11`, `2023-07`, with or without a clock time joined by `T`.
fn year_first(all: &[Token<'_>]) -> Option<(usize, Vec<DateRange>)> {
    let [year, first, month, ..] = all else { return None };
    let separator = sign(first).filter(|c| matches!(c, '-' | '/' | '.' | '‑'))?;
    let (year, month) = (number(year)?, number(month)?);
    if let [_, _, _, second, date, ..] = all
        && sign(second) == Some(separator)
        && let Some(range) = number(date).and_then(|date| day(year, month, date))
    {
        let joined = all.get(5).is_some_and(|token| is_word(token, &["t"]) && token.start == all[4].end);
        let time = if joined { clock(&all[6..]).map_or(0, |length| 1 + length) } else { 0 };
        return Some((5 + time, vec![DateRange::day(range)]));
    }
    (separator == '-' && (1000..2200).contains(&year))
        .then(|| DateRange::month(year as i16, month as i8))
        .flatten()
        .map(|range| (3, vec![range]))
}

/// `2023年7月11日`
fn han(all: &[Token<'_>]) -> Option<(usize, Vec<DateRange>)> {
    let [year, a, month, b, date, c, ..] = all else { return None };
    let written = matches!((a.piece, b.piece, c.piece), (Piece::Word("年"), Piece::Word("月"), Piece::Word("日")));
    let range = day(number(year)?, number(month)?, number(date)?)?;
    written.then(|| (6, vec![DateRange::day(range)]))
}

/// `11 July 2023`, `11th of July, 2023`, `12-Jul-2023`, `11 July`.
fn day_month(all: &[Token<'_>]) -> Option<(usize, Vec<DateRange>)> {
    let date = number(&all[0])?;
    let mut i = 1;
    i += usize::from(all.get(i).is_some_and(|token| is_word(token, &["st", "nd", "rd", "th"])));
    i += usize::from(all.get(i).is_some_and(|token| is_word(token, &["of"]) || sign(token) == Some('-')));
    let month = month(all.get(i)?)?;
    i += 1;
    let plain = i;
    i += all[i..].iter().take(2).take_while(|token| matches!(sign(token), Some('.' | ',' | '-'))).count();
    match all.get(i).and_then(year) {
        Some(year) => day(year, month, date).map(|date| (i + 1, vec![DateRange::day(date)])),
        None => (1..=31).contains(&date).then(|| (plain, Vec::new())),
    }
}

/// `July 11, 2023`, `Sept. 4 2025`, `July 11`, `July 2023`.
fn month_day(all: &[Token<'_>]) -> Option<(usize, Vec<DateRange>)> {
    let month = month(&all[0])?;
    let mut i = 1;
    i += usize::from(all.get(i).and_then(sign) == Some('.'));
    if let Some(year) = all.get(i + usize::from(all.get(i).and_then(sign) == Some(','))).and_then(year) {
        let length = i + 1 + usize::from(all.get(i).and_then(sign) == Some(','));
        return DateRange::month(year as i16, month as i8).map(|range| (length, vec![range]));
    }
    let Piece::Number { value: date, digits: 1..=2 } = all.get(i)?.piece else { return None };
    // "May 9:30" is no date.
    if !(1..=31).contains(&date) || clock(&all[i..]).is_some() {
        return None;
    }
    i += 1;
    i += usize::from(all.get(i).is_some_and(|token| is_word(token, &["st", "nd", "rd", "th"])));
    let plain = i;
    i += all[i..].iter().take(2).take_while(|token| matches!(sign(token), Some('.' | ','))).count();
    match all.get(i).and_then(year) {
        Some(year) => day(year, month, date).map(|date| (i + 1, vec![DateRange::day(date)])),
        None => Some((plain, Vec::new())),
    }
}

/// `25.07.2023`, `25/7/2023`, `7-25-23`. With dots the day comes first everywhere; else both orders are read.
fn numeric(all: &[Token<'_>]) -> Option<(usize, Vec<DateRange>)> {
    let [a, first, b, second, year, ..] = all else { return None };
    let separator = sign(first).filter(|c| matches!(c, '.' | '/' | '-'))?;
    let apart = all[..5].windows(2).any(|pair| pair[0].end != pair[1].start);
    if sign(second) != Some(separator) || apart {
        return None;
    }
    let year = match year.piece {
        Piece::Number { value, digits: 4 } => value,
        Piece::Number { value, digits: 2 } => 2000 + value,
        _ => return None,
    };
    let (a, b) = (number(a)?, number(b)?);
    let orders = if separator == '.' { vec![day(year, b, a)] } else { vec![day(year, b, a), day(year, a, b)] };
    let mut readings: Vec<DateRange> = orders.into_iter().flatten().map(DateRange::day).collect();
    readings.dedup();
    (!readings.is_empty()).then_some((5, readings))
}

/// A clock time: `18:10:05Z`, `6.48 p.m.`, `9am`, `1410 GMT`, with its zone's offset; how many tokens.
fn clock(all: &[Token<'_>]) -> Option<usize> {
    let Piece::Number { value: hour, digits } = all.first()?.piece else { return None };
    let mut i = 1;
    let hours = all.get(1).filter(|token| is_word(token, &["h"]) && token.start == all[0].end).map(|_| 'h');
    let colon = hours.or_else(|| all.get(1).and_then(sign).filter(|c| matches!(c, ':' | '.')));
    if colon.is_some() && matches!(all.get(2).map(|token| token.piece), Some(Piece::Number { value: 0..60, digits: 2 })) {
        i = 3;
        while all.get(i).and_then(sign).is_some_and(|c| matches!(c, ':' | '.'))
            && all.get(i + 1).is_some_and(|token| number(token).is_some())
        {
            i += 2;
        }
    }
    let half = half_day(&all[i..]);
    let zone = digits == 4 && all.get(1).is_some_and(|token| is_word(token, &["gmt", "utc", "hrs", "hours", "ist", "et", "local"]));
    let dotted = i > 1 && colon == Some('.') && all.get(i).is_some_and(|token| matches!(token.piece, Piece::Word(word) if is_zone(word)));
    let is_clock = hour < 24 && digits <= 2 && (i > 1 && matches!(colon, Some(':' | 'h')) || dotted || half > 0) || zone && hour < 2400;
    if !is_clock {
        return None;
    }
    i += half;
    i += all.get(i..).and_then(offset_zone).unwrap_or(0);
    // An offset from Greenwich: "+05:30".
    if matches!(all.get(i).and_then(sign), Some('+' | '-' | '−'))
        && all.get(i + 1).is_some_and(|token| token.start == all[i].end && number(token).is_some())
    {
        i += 2;
        i += 2 * usize::from(all.get(i).and_then(sign) == Some(':') && all.get(i + 1).is_some_and(|token| number(token).is_some()));
    }
    Some(i)
}

/// "(GMT+8)", "UTC+2": how many tokens.
fn offset_zone(all: &[Token<'_>]) -> Option<usize> {
    let open = usize::from(all.first().and_then(sign) == Some('('));
    let [zone, plus, hours, ..] = all.get(open..)? else { return None };
    let is_zone = is_word(zone, &["gmt", "utc"]) && matches!(sign(plus), Some('+' | '-' | '−')) && number(hours).is_some_and(|n| n < 15);
    let closed = open == 0 || all.get(open + 3).and_then(sign) == Some(')');
    (is_zone && closed).then_some(3 + 2 * open)
}

/// "CEST"
fn is_zone(word: &str) -> bool {
    word.len() >= 3 && is_all_capitals(word) && BOILERPLATE.lists("date-word", word)
}

/// "pm", "p.m.": how many tokens.
fn half_day(all: &[Token<'_>]) -> usize {
    match all {
        [a, ..] if is_word(a, &["am", "pm", "noon"]) => 1,
        [a, stop, m, last, ..] if is_word(a, &["a", "p"]) && sign(stop) == Some('.') && is_word(m, &["m"]) && sign(last) == Some('.') => 4,
        [a, stop, m, ..] if is_word(a, &["a", "p"]) && sign(stop) == Some('.') && is_word(m, &["m"]) => 3,
        _ => 0,
    }
}

/// "2 hours ago", "5 min read", "page 1": how many tokens.
fn ago(all: &[Token<'_>]) -> Option<usize> {
    if let [page, n, ..] = all
        && is_word(page, &["page"])
        && number(n).is_some()
    {
        return Some(2);
    }
    let [n, unit, last, ..] = all else { return None };
    number(n)?;
    let units = [
        "second", "seconds", "min", "mins", "minute", "minutes", "hour", "hours", "hr", "hrs", "h", "day", "days", "d", "week", "weeks",
        "month", "months",
    ];
    (is_word(unit, &units) && is_word(last, &["ago", "read"])).then_some(3)
}

fn day(year: i32, month: i32, day: i32) -> Option<Date> {
    const YEARS: std::ops::Range<i32> = 1500..2200;
    let plausible = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    plausible.then(|| Date::new(year as i16, month as i8, day as i8).ok()).flatten()
}

fn year(token: &Token<'_>) -> Option<i32> {
    match token.piece {
        Piece::Number { value: value @ 1500..2200, digits: 4 } => Some(value),
        _ => None,
    }
}

fn number(token: &Token<'_>) -> Option<i32> {
    match token.piece {
        Piece::Number { value, .. } => Some(value),
        _ => None,
    }
}

fn sign(token: &Token<'_>) -> Option<char> {
    match token.piece {
        Piece::Sign(c) => Some(c),
        _ => None,
    }
}

fn is_word(token: &Token<'_>, words: &[&str]) -> bool {
    matches!(token.piece, Piece::Word(word) if words.iter().any(|w| word.eq_ignore_ascii_case(w)))
}

/// Month names of English, and their abbreviations. "may" and "march" in small letters are verbs.
fn month(token: &Token<'_>) -> Option<i32> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let Piece::Word(word) = token.piece else { return None };
    let small = word.to_lowercase();
    let long_enough = word.len() >= 3 && is_capitalised(word) && (word.len() <= 4 || MONTHS.contains(&small.as_str()));
    let i = MONTHS.iter().position(|month| month.starts_with(&small))?;
    long_enough.then_some(i as i32 + 1)
}

fn weekday(token: &Token<'_>) -> Option<jiff::civil::Weekday> {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let Piece::Word(word) = token.piece else { return None };
    match word.to_lowercase().as_str() {
        "monday" | "mon" => Some(Monday),
        "tuesday" | "tue" | "tues" => Some(Tuesday),
        "wednesday" | "wed" => Some(Wednesday),
        "thursday" | "thu" | "thur" | "thurs" => Some(Thursday),
        "friday" | "fri" => Some(Friday),
        "saturday" | "sat" => Some(Saturday),
        "sunday" | "sun" => Some(Sunday),
        _ => None,
    }
}

/// Numbers, words and signs; a number ends where letters begin. Numbers too long to be part of a date count as words.
fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut all = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let same = |next: char| if c.is_ascii_digit() { next.is_ascii_digit() } else { next.is_alphabetic() && c.is_alphabetic() };
        while let Some(&(i, _)) = chars.peek().filter(|(_, next)| same(*next)) {
            let (_, next) = chars.next().expect("peeked");
            end = i + next.len_utf8();
        }
        let after_month = all.last().is_some_and(|token| month(token).is_some());
        if c.is_ascii_digit() && after_month && (5..=6).contains(&(end - start)) {
            // "12 May 202412 May 2024": a page that repeats its date.
            let year = Piece::Number { value: line[start..start + 4].parse().unwrap_or(0), digits: 4 };
            let day = Piece::Number { value: line[start + 4..end].parse().unwrap_or(0), digits: end - start - 4 };
            all.push(Token { piece: year, start, end: start + 4 });
            all.push(Token { piece: day, start: start + 4, end });
            continue;
        }
        let slice = &line[start..end];
        let piece = match c {
            '0'..='9' if slice.len() <= 4 => Piece::Number { value: slice.parse().unwrap_or(0), digits: slice.len() },
            _ if c.is_alphanumeric() => Piece::Word(slice),
            _ => Piece::Sign(c),
        };
        all.push(Token { piece, start, end });
    }
    all
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn ranges(line: &str) -> Vec<(Date, Date)> {
        let dates = dates_in(line, Span::whole(line).unwrap());
        dates.into_iter().filter_map(|printed| printed.range).map(|range| (range.earliest(), range.latest())).collect()
    }

    #[test]
    fn every_common_form_is_read() {
        let eleventh = date(2023, 7, 11);
        for line in [
            "Tuesday, 11 July 2023 6:10 PM",
            "July 11, 2023 | 6:48 PM",
            "Published: 9:40pm, 11 Jul, 2023",
            "Updated 11:20 GMT, July 11, 2023",
            "11.07.2023 09:14",
            "2023-07-11T10:00:05.000+05:30",
            "2023/07/11",
            "11th of July 2023",
            "7月11日 2023年7月11日",
            "Jul. 11, 2023, 6:48 a.m. ET",
            "Brindisi, Tuesday 11 July 2023",
            "All News 07:12 July 11, 2023",
            "By the editors: Tue, 11 Jul 2023 18:10:00 GMT",
        ] {
            assert_eq!(ranges(line), [(eleventh, eleventh)], "{line}");
        }
        assert_eq!(ranges("11/07/2023"), [(eleventh, date(2023, 11, 7))]);
        assert_eq!(ranges("11/07/2023 06:55 EAT"), [(eleventh, eleventh)]);
        assert_eq!(ranges("07/11/2023 06:55 EDT"), [(eleventh, eleventh)]);
        assert_eq!(ranges("Issue 42 / 11 July 2023"), [(eleventh, eleventh)]);
        assert_eq!(ranges("Wed 7/12/2023"), [(date(2023, 7, 12), date(2023, 7, 12))]);
        assert_eq!(ranges("25/07/2023"), [(date(2023, 7, 25), date(2023, 7, 25))]);
        assert_eq!(ranges("No. 30/2023 - 11 July 2023"), [(eleventh, eleventh)]);
        assert_eq!(ranges("July 2023"), [(date(2023, 7, 1), date(2023, 7, 31))]);
        assert_eq!(ranges("It may 2 of 30 may 2023 march on"), []);
    }

    #[test]
    fn date_lines_are_told_from_sentences() {
        for line in [
            "Thursday, 04 September 2025 6:10 PM",
            "Oct. 8, 2024 | Updated 3:12 p.m.",
            "First published 17 July 2023. Updated 19 July 2023.",
            "2 hours ago",
            "4 September",
            "Updated 10:32 GMT",
            "Published 11:20 IST 3 May 2024 5 min read",
            "First published 3 May 2024 07.10 | Last updated 3 May 2024 21.30",
            "3 May 2024, 07h15",
            "Published 3 May 2024, 08.30",
            "03/05/2024 08:40 (GMT+8)",
            "Port-Ostry, 03/05/2024 (Meridian)",
            "N'Dola, 3 May 2024 (NBP)",
            "Issue of 3 May 2024",
            "No. 18/2024 - 3 May 2024",
            "Vol. 12, Issue 4, 3 May 2024",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        assert!(!is_date_line("PORT OSTRY, May 3 (Meridian) --"), "a dateline opens its text");
        for line in [
            "On 11 July 2023 the tank blew up",
            "Correction 27 October: six",
            "1.34: weak voice, channel 16",
            "12 dead in July 2023",
            "Taken on June 4, 2025",
            "No. 18 of 20 was hurt on 3 May 2024",
        ] {
            assert!(!is_date_line(line), "{line}");
        }
    }

    #[test]
    fn given_dates_may_be_vague() {
        assert_eq!(given("2024-03"), DateRange::month(2024, 3));
        assert_eq!(given("2024"), DateRange::year(2024));
        assert_eq!(given("1720000000").unwrap().earliest(), date(2024, 7, 3));
        assert_eq!(given("soon"), None);
    }
}
