//! Names of the calendar: days, months, years, decades, weekdays, seasons, feasts.
//!
//! Each rule looks at the words from `i` on. Example: "Thursday, July 20, 2023"; "the summer of 2023"; "mid-1996"; "last Thanksgiving".

use jiff::civil::{Date, Weekday};
use variorum_model::{
    DateRange, Deprel, Precision, TimeValue, Upos,
    time::{Direction, TimeUnit, YearPart, season},
};

use super::{
    lexicon::Holiday,
    view::{Reading, View, absolute, side, units_away},
};
use crate::quantities::number_at;

// --- pieces -------------------------------------------------------------------------------------------------------------

/// A word without what is glued to its front: "mid-November".
fn bare<'a>(view: &'a View, i: usize) -> &'a str {
    let form = view.word(i);
    form.split_once('-')
        .filter(|(front, back)| view.lexicon.prefixes.contains_key(front) && !back.is_empty())
        .map_or(form, |(_, back)| back)
}

pub(super) fn month(view: &View, i: usize) -> Option<i8> {
    if is_short(view, i) {
        return None;
    }
    let form = bare(view, i);
    let named = view.lexicon.months.get(form).or_else(|| view.lexicon.months.get(form.trim_end_matches('.')));
    named.copied().filter(|_| view.capital(i) || form != view.word(i))
}

pub(super) fn weekday(view: &View, i: usize) -> Option<Weekday> {
    if is_short(view, i) {
        return None;
    }
    let form = view.word(i).trim_end_matches('.');
    let plural = form.strip_suffix('s').filter(|_| view.is_plural(i));
    let n = view.lexicon.weekdays.get(form).or_else(|| view.lexicon.weekdays.get(plural?)).filter(|_| view.capital(i))?;
    Weekday::from_monday_one_offset(*n).ok()
}

/// "Sun", "Jan" and "Mar" without a full stop are names of many things; of the calendar only beside another piece of a date.
fn is_short(view: &View, i: usize) -> bool {
    let form = view.word(i);
    let figures = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let after = if view.word(i + 1) == "," { view.word(i + 2) } else { view.word(i + 1) };
    let dated = figures(after)
        || figures(view.before(i))
        || matches!(view.word(i + 1), "-" | "/" | "at")
        || matches!(view.before(i), "on" | "last" | "next" | "-" | "/")
        || view.lexicon.months.contains_key(after);
    form.chars().count() <= 3 && form != "may" && !dated
}

/// "3", "3rd", "03".
fn day(view: &View, i: usize) -> Option<i8> {
    let form = view.word(i);
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|suffix| form.strip_suffix(suffix)).unwrap_or(form);
    figures.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && figures.len() <= 2)
}

/// "eighth" in "March eighth", "the third of May"; "May third-quarter results" are of no third.
fn spelled_day(view: &View, i: usize) -> Option<i8> {
    let number = number_at(&view.lexicon.numbers, view.words.get(i..=i)?).filter(|number| number.ordinal)?;
    let day = number.exact().filter(|day| (1.0..=31.0).contains(day))? as i8;
    (view.word(i + 1) != "-" && view.upos(i + 1) != Some(Upos::Noun)).then_some(day)
}

/// "1997", "mid-1997", "nineteen ninety-seven", "the year two thousand"; with the number of words.
pub(super) fn year(view: &View, i: usize) -> Option<(i16, usize)> {
    let form = bare(view, i);
    let form = form.strip_prefix("fy").unwrap_or(form);
    let figures = form.parse::<i16>().ok().filter(|year| form.len() == 4 && (1000..=2100).contains(year));
    figures.map(|year| (year, 1)).or_else(|| spelled_year(view, i))
}

fn spelled_year(view: &View, i: usize) -> Option<(i16, usize)> {
    if view.word(i).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let whole =
        |words: &[String]| number_at(&view.lexicon.numbers, words).filter(|n| !n.ordinal).and_then(|n| Some((n.exact()? as i16, n.len)));
    if let Some((thousands, n)) = whole(view.rest(i)).filter(|(value, n)| (2000..=2099).contains(value) && *n > 1)
        && view.before(i) == "year"
    {
        return Some((thousands, n));
    }
    let (century, _) = whole(view.words.get(i..=i)?).filter(|(value, _)| (16..=20).contains(value))?;
    let (of_century, n) = whole(view.rest(i + 1)).filter(|(value, _)| (10..=99).contains(value))?;
    (!view.word(i + 1).starts_with(|c: char| c.is_ascii_digit())).then_some((century * 100 + of_century, n + 1))
}

/// The year behind a mark: ", 2023", "of 2023".
fn year_after(view: &View, i: usize, marks: &[&str]) -> Option<(i16, usize)> {
    let at = i + usize::from(marks.contains(&view.word(i)));
    year(view, at).map(|(year, n)| (year, at + n))
}

/// The side told by "last", "next", "this" or "this coming" at `i`, and the word after it.
pub(super) fn sided(view: &View, i: usize) -> (Option<Direction>, usize) {
    let twice = view.word(i) == "this" && matches!(view.word(i + 1), "coming" | "past");
    let at = i + usize::from(twice);
    let side = side(view.word(at));
    (side, at + usize::from(side.is_some()))
}

// --- dates --------------------------------------------------------------------------------------------------------------

/// "2025-09-03", split at its marks, or as one word.
pub(super) fn iso_date(view: &View, i: usize) -> Option<Reading> {
    let mut text = String::new();
    for n in 0..5 {
        text.push_str(view.word(i + n));
        if text.len() >= 10 {
            let date: Date = text.parse().ok()?;
            return Some(Reading::date(TimeValue::Absolute(DateRange::day(date)), n + 1));
        }
    }
    None
}

/// A weekday and comma before a date: "Thursday, July 20".
fn after_weekday(view: &View, i: usize) -> usize {
    if weekday(view, i).is_none() {
        return i;
    }
    let mut next = i + 1;
    while matches!(view.word(next), "," | "the") {
        next += 1;
    }
    next
}

/// "July 11, 2023", "Thursday, July 20, 2023", "Sept. 3", "last Oct. 23".
pub(super) fn month_day_year(view: &View, i: usize) -> Option<Reading> {
    let (side, first) = sided(view, i);
    let at = after_weekday(view, first);
    let month = month(view, at)?;
    let day = day(view, at + 1).or_else(|| spelled_day(view, at + 1))?;
    dated(view, i, at, (month, day), at + 2, side)
}

/// "4 September 2025", "Thursday, 04 September 2025", "the 3rd of May".
pub(super) fn day_month_year(view: &View, i: usize) -> Option<Reading> {
    let mut at = after_weekday(view, i);
    at += usize::from(view.word(at) == "the");
    let of = usize::from(view.word(at + 1) == "of");
    let day = day(view, at).or_else(|| spelled_day(view, at).filter(|_| of == 1))?;
    let month = month(view, at + 1 + of)?;
    dated(view, i, at + 1 + of, (month, day), at + 2 + of, None)
}

fn dated(view: &View, i: usize, at: usize, (month, day): (i8, i8), next: usize, side: Option<Direction>) -> Option<Reading> {
    if let Some((year, end)) = year_after(view, next, &[","]) {
        return Some(Reading::date(absolute(year, month, Some(day))?, end - i));
    }
    // "on Friday, Oct. 23" is of these days; where no tense tells, and a weekday is named, it is the nearest.
    let direction = side.unwrap_or_else(|| day_direction(view, at));
    Some(Reading::date(TimeValue::MonthDay { month, day: Some(day), direction }, next - i))
}

/// A day of a month without its year is hardly ever more than half a year off, whatever the tense of a clause it may not belong to.
fn day_direction(view: &View, at: usize) -> Direction {
    match view.direction(at) {
        Direction::Future => Direction::Future,
        _ => Direction::Nearest,
    }
}

/// "27" in "27 and 28 April", "25" in "April 24 and 25".
pub(super) fn day_of_list(view: &View, i: usize) -> Option<Reading> {
    let listed = day(view, i)?;
    let joins = |word: &str| matches!(word, "and" | "or" | "to" | "-" | "–");
    let of_month = if joins(view.word(i + 1)) && day(view, i + 2).is_some() {
        month(view, i + 3).map(|month| (month, i + 3))
    } else if joins(view.before(i)) && day(view, i.checked_sub(2)?).is_some() {
        let at = i.checked_sub(3).filter(|&at| at >= view.start)?;
        month(view, at).map(|month| (month, at))
    } else {
        None
    };
    let (month, at) = of_month?;
    let value = match year_after(view, at + 1, &[","]).filter(|_| at > i) {
        Some((year, _)) => absolute(year, month, Some(listed))?,
        None => TimeValue::MonthDay { month, day: Some(listed), direction: day_direction(view, at) },
    };
    Some(Reading::date(value, 1))
}

/// "June 2024", "June of 2024", "June last year", "January nineteen ninety-seven".
pub(super) fn month_year(view: &View, i: usize) -> Option<Reading> {
    let month = month(view, i)?;
    if let Some((year, end)) = year_after(view, i + 1, &["of", ","]) {
        return Some(Reading::date(absolute(year, month, None)?, end - i));
    }
    let at = i + 1 + usize::from(matches!(view.word(i + 1), "of" | ","));
    let amount = units_away(side(view.word(at)).filter(|_| view.word(at + 1) == "year")?);
    let year = Box::new(TimeValue::Shift { amount, unit: TimeUnit::Year });
    Some(Reading::date(TimeValue::InYear { part: YearPart::Month(month), year }, at + 2 - i))
}

/// "in June", "last June", "this May"; words that are also others need a preposition or side before them.
pub(super) fn month_alone(view: &View, i: usize) -> Option<Reading> {
    let (side, at) = sided(view, i);
    let month = month(view, at)?;
    let doubtful = matches!(view.word(at), "may" | "march" | "mar" | "sept" | "dec");
    let led = side.is_some() || leads_to_a_date(view, at) || before_its_noun(view, at);
    let noun = view.upos(at) == Some(Upos::Propn);
    // "in March and April 2012"
    let joined = matches!(view.word(at + 1), "and" | "or" | "to" | "-" | "–" | "through" | "until") && self::month(view, at + 2).is_some();
    if let Some((year, _)) = joined.then(|| year_after(view, at + 3, &[","])).flatten() {
        return Some(Reading::date(absolute(year, month, None)?, at + 1 - i));
    }
    (if doubtful { led && noun } else { led || noun }).then(|| {
        let direction = side.unwrap_or_else(|| view.direction(at));
        Reading::date(TimeValue::MonthDay { month, day: None, direction }, at + 1 - i)
    })
}

/// "the March summit", and no name of a person or a body.
fn before_its_noun(view: &View, i: usize) -> bool {
    let id = view.token(i);
    let of_noun =
        view.parse.token(id).deprel == Deprel::Compound && view.upos(i + 1).is_some_and(|upos| matches!(upos, Upos::Noun | Upos::Adj));
    of_noun && view.before(i) == "the" && view.parse.name_at(id).is_none()
}

/// After a preposition, a conjunction or a word for a part of a time.
pub(super) fn leads_to_a_date(view: &View, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|&before| before >= view.start) else { return false };
    matches!(view.upos(before), Some(Upos::Adp | Upos::Sconj | Upos::Cconj)) || is_part_word(view, before) || view.word(before) == "every"
}

fn is_part_word(view: &View, i: usize) -> bool {
    view.word(i) == "-" || view.lexicon.modifiers.longest(view.rest(i)).is_some_and(|(n, _)| n == 1)
}

/// "in 2024", "fiscal 1990", "the 2020 prospectus"; no count of things.
pub(super) fn year_alone(view: &View, i: usize) -> Option<Reading> {
    let at = i + usize::from(matches!(view.word(i), "fiscal" | "financial"));
    let (n, len) = year(view, at).filter(|(year, _)| (1800..=2100).contains(year))?;
    let id = view.token(at);
    let counts = view.parse.token(id).deprel == Deprel::Nummod
        && view.parse.head(id).is_some_and(|head| matches!(view.parse.token(head).tag.as_str(), "NNS" | "NNPS"));
    let before = view.before(at);
    let led = at > i || leads_to_a_date(view, at) || matches!(before, "the" | "year") || view.is_possessed(at);
    let money = matches!(before, "$" | "€" | "£" | "¥" | "#");
    let model = is_model_year(view, at);
    let range = DateRange::year(n).filter(|_| !money && !model && (!counts || led))?;
    Some(Reading::date(TimeValue::Absolute(range), at + len - i))
}

/// "his 1987 Chevrolet": of the name of a make, and a possessor stands before.
fn is_model_year(view: &View, i: usize) -> bool {
    view.is_possessed(i) && view.parse.head(view.token(i)).is_some_and(|head| view.parse.token(head).upos == Upos::Propn)
}

/// "the 1990s", "the 90s", "the nineties", "mid-1990s".
pub(super) fn decade(view: &View, i: usize) -> Option<Reading> {
    let form = bare(view, i);
    let listed = view.lexicon.decades.get(form).filter(|_| form.starts_with(|c: char| c.is_alphabetic()) && view.before(i) == "the");
    let first = listed.copied().or_else(|| decade_in_figures(form))?;
    // "in his 30s": an age.
    let age = form.len() <= 4 && view.is_possessed(i);
    let years = DateRange::new(Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?, Precision::Decade)?;
    (!age).then(|| Reading::date(TimeValue::Absolute(years), 1))
}

fn decade_in_figures(form: &str) -> Option<i16> {
    let figures = form.strip_suffix("'s").or_else(|| form.strip_suffix('s'))?.trim_start_matches('\'');
    match (figures.len(), figures.parse::<i16>().ok()?) {
        (4, year) if year % 10 == 0 => Some(year),
        (2, year) if year % 10 == 0 => Some(1900 + year),
        _ => None,
    }
}

/// "the 20th century".
pub(super) fn century(view: &View, i: usize) -> Option<Reading> {
    let at = i + usize::from(view.word(i) == "the");
    let ordinal = number_at(&view.lexicon.numbers, view.rest(at)).filter(|number| number.ordinal)?;
    let next = at + ordinal.len + usize::from(view.word(at + ordinal.len) == "-");
    let n = ordinal.exact().filter(|n| (1.0..=21.0).contains(n) && view.word(next) == "century")? as i16;
    let years = DateRange::new(Date::new((n - 1) * 100, 1, 1).ok()?, Date::new(n * 100 - 1, 12, 31).ok()?, Precision::Range)?;
    Some(Reading::date(TimeValue::Absolute(years), next + 1 - i))
}

/// "Wednesday", "last Wednesday", "next Friday", "the previous Friday".
pub(super) fn weekday_alone(view: &View, i: usize) -> Option<Reading> {
    let article = usize::from(view.word(i) == "the");
    let (side, at) = sided(view, i + article);
    let weekday = weekday(view, at).filter(|_| !view.is_plural(at) && (article == 0 || side.is_some()))?;
    let direction = match side {
        Some(Direction::This) | None => weekday_direction(view, at),
        Some(side) => side,
    };
    Some(Reading::date(TimeValue::Weekday { weekday, direction }, at + 1 - i))
}

/// News looks back where no tense tells.
fn weekday_direction(view: &View, at: usize) -> Direction {
    match view.direction(at) {
        Direction::Nearest => Direction::Past,
        told => told,
    }
}

/// "last fall", "the summer of 2023", "the winter of nineteen ninety-four".
pub(super) fn season_of_year(view: &View, i: usize) -> Option<Reading> {
    let (side, at) = sided(view, i + usize::from(view.word(i) == "the"));
    let month = *view.lexicon.seasons.get(view.word(at))?;
    if let Some((year, end)) = year_after(view, at + 1, &["of"]) {
        return Some(Reading::date(TimeValue::Absolute(season(year, month)?), end - i));
    }
    let led = side.is_some() || at > i || leads_to_a_date(view, at);
    let noun = matches!(view.upos(at), Some(Upos::Noun | Upos::Propn));
    let direction = || side.unwrap_or_else(|| view.direction(at));
    (led && noun).then(|| Reading::date(TimeValue::Season { month, direction: direction() }, at + 1 - i))
}

/// "Christmas", "New Year's Day 2024", "last Thanksgiving".
pub(super) fn holiday(view: &View, i: usize) -> Option<Reading> {
    let (side, at) = sided(view, i);
    let (n, holiday) = view
        .lexicon
        .holidays
        .longest(view.rest(at))
        .filter(|_| !view.doc.slice(view.parse.tokens[at].span).starts_with(char::is_lowercase))?;
    if let Some((year, end)) = year_after(view, at + n, &[","]) {
        let day = match *holiday {
            Holiday::Once(_) => return None,
            Holiday::Fixed(month, day) => absolute(year, month, Some(day))?,
            Holiday::Movable(feast) => TimeValue::Absolute(feast.of(year)?),
        };
        return Some(Reading::date(day, end - i));
    }
    let direction = side.unwrap_or_else(|| day_direction(view, at + n - 1));
    let value = match *holiday {
        Holiday::Once(day) => TimeValue::Absolute(DateRange::day(day)),
        Holiday::Fixed(month, day) => TimeValue::MonthDay { month, day: Some(day), direction },
        Holiday::Movable(feast) => TimeValue::Feast { feast, direction },
    };
    Some(Reading::date(value, at + n - i))
}

/// "Mondays", "on Tuesday nights": what recurs.
pub(super) fn recurring_weekday(view: &View, i: usize) -> Option<(Weekday, usize)> {
    let every = usize::from(matches!(view.word(i), "every" | "each"));
    let weekday = weekday(view, i + every).filter(|_| every == 1 || view.is_plural(i))?;
    Some((weekday, every + 1))
}
