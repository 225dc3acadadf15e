//! The grammar of time expressions: one function a construction, tried from the longest kind to the shortest.
//!
//! Each rule looks at the words from position `i` on and gives back a [`Reading`]: what the words denote and how many there are. [`expression`] tries all, takes the
//! longest, and turns it into a [`TimeExpression`].

use jiff::civil::{Date, Weekday};
use variorum_model::{
    DateRange, Deprel, Document, Parse, TimeExpression, TimeKind, TimeValue, TokenId, Upos,
    time::{Direction, PartOf, TimeUnit, season},
};

use super::{lexicon::TimeLexicon, tense};
use crate::quantities::number_at;

/// What the rules look at.
pub(super) struct View<'a> {
    pub(super) lexicon: &'a TimeLexicon,
    pub(super) doc: &'a Document,
    pub(super) parse: &'a Parse,
    /// Lower-cased words up to the end of the sentence.
    pub(super) words: &'a [String],
    /// First word of the sentence.
    pub(super) start: usize,
    /// The last date told before.
    pub(super) anchor: Option<TimeValue>,
    /// Its clock time.
    pub(super) anchor_clock: Option<String>,
}

/// What some words denote.
#[derive(Clone)]
struct Reading {
    value: TimeValue,
    kind: TimeKind,
    clock: Option<String>,
    part: Option<PartOf>,
    len: usize,
}

impl Reading {
    fn date(value: TimeValue, len: usize) -> Self {
        Self { value, kind: TimeKind::Date, clock: None, part: None, len }
    }
}

type Rule = fn(&View, usize) -> Option<Reading>;

/// Constructions; the longest match wins, the earlier of equals.
const RULES: &[Rule] = &[
    iso_date,
    month_day_year,
    day_month_year,
    month_year,
    month_alone,
    year_alone,
    decade,
    weekday_alone,
    counted_back,
    length,
    unit_by_side,
    season_or_quarter,
    deictic,
    same_unit,
    clock_and_date,
    part_of_day,
    holiday,
    set,
    vague,
];

/// The expression that begins at word `i`, and the word after it.
pub(super) fn expression(view: &View, i: usize) -> Option<(TimeExpression, usize)> {
    let (skip, part) = leading_part(view, i);
    let core = longest(view, i + skip).map(|reading| Reading { len: reading.len + skip, part: part.or(reading.part), ..reading });
    let whole =
        if skip > 0 { longest(view, i).filter(|reading| core.as_ref().is_none_or(|core| reading.len >= core.len)).or(core) } else { core };
    let reading = with_clock(view, i, whole?);
    let span = view.parse.tokens[i].span.cover(view.parse.tokens[i + reading.len - 1].span);
    let expression = TimeExpression { span, kind: reading.kind, value: reading.value, clock: reading.clock, part: reading.part };
    Some((expression, i + reading.len))
}

fn longest(view: &View, i: usize) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    for reading in RULES.iter().filter_map(|rule| rule(view, i)) {
        if best.as_ref().is_none_or(|best| reading.len > best.len) {
            best = Some(reading);
        }
    }
    best
}

/// "early", "late", "the end of", "mid-".
fn leading_part(view: &View, i: usize) -> (usize, Option<PartOf>) {
    let from = i + usize::from(word(view, i) == "the");
    match view.words.get(from..).and_then(|words| view.lexicon.modifiers.longest(words)) {
        Some((n, part)) => {
            let mut end = from + n;
            while matches!(word(view, end), "of" | "in" | "-" | "on" | "the") {
                end += 1;
            }
            (end - i, Some(*part))
        }
        None => (0, None),
    }
}

fn word<'a>(view: &'a View, i: usize) -> &'a str {
    view.words.get(i).map_or("", String::as_str)
}

fn token(view: &View, i: usize) -> TokenId {
    debug_assert!(i < view.words.len());
    TokenId(i as u32)
}

fn capital(view: &View, i: usize) -> bool {
    view.parse.tokens.get(i).is_some_and(|token| view.doc.slice(token.span).starts_with(char::is_uppercase))
}

// --- pieces -------------------------------------------------------------------------------------------------------------

fn month(view: &View, i: usize) -> Option<i8> {
    if is_short(view, i) {
        return None;
    }
    let form = word(view, i);
    view.lexicon.months.get(form).or_else(|| view.lexicon.months.get(form.trim_end_matches('.'))).copied().filter(|_| capital(view, i))
}

fn weekday(view: &View, i: usize) -> Option<Weekday> {
    if is_short(view, i) {
        return None;
    }
    let n = view.lexicon.weekdays.get(word(view, i).trim_end_matches('.')).filter(|_| capital(view, i))?;
    Weekday::from_monday_one_offset(*n).ok()
}

/// "Sun", "Jan" and "Mar" without a full stop are names of many things; of the calendar only beside another piece of a date.
fn is_short(view: &View, i: usize) -> bool {
    let form = word(view, i);
    let dated =
        |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || matches!(word, "on" | "last" | "next" | "," | "-" | "/" | "at");
    let before = i.checked_sub(1).filter(|&before| before >= view.start).map(|before| word(view, before)).unwrap_or_default();
    form.chars().count() <= 3 && form != "may" && !dated(before) && !dated(word(view, i + 1))
}

/// "3", "3rd", "03".
fn day(view: &View, i: usize) -> Option<i8> {
    let form = word(view, i);
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|suffix| form.strip_suffix(suffix)).unwrap_or(form);
    figures.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && figures.len() <= 2)
}

fn year(view: &View, i: usize) -> Option<i16> {
    let form = word(view, i);
    form.parse::<i16>().ok().filter(|year| form.len() == 4 && (1000..=2100).contains(year))
}

fn absolute(year: i16, month: i8, day: Option<i8>) -> Option<TimeValue> {
    match day {
        Some(day) => Date::new(year, month, day).ok().map(|date| TimeValue::Absolute(DateRange::day(date))),
        None => DateRange::month(year, month).map(TimeValue::Absolute),
    }
}

/// "last", "next", "this", "past", "coming" before a calendar name.
fn side(word: &str) -> Option<Direction> {
    Some(match word {
        "last" | "past" | "previous" => Direction::Last,
        "next" | "coming" | "upcoming" | "following" => Direction::Next,
        "this" => Direction::This,
        _ => return None,
    })
}

fn direction(view: &View, i: usize) -> Direction {
    tense::direction(view.parse, token(view, i))
}

// --- calendar dates -----------------------------------------------------------------------------------------------------

/// "2025-09-03", "03/09/2025" split at its marks, or as one word.
fn iso_date(view: &View, i: usize) -> Option<Reading> {
    let mut text = String::new();
    for n in 0..5 {
        text.push_str(word(view, i + n));
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
    while matches!(word(view, next), "," | "the") {
        next += 1;
    }
    next
}

/// "July 11, 2023", "Thursday, July 20, 2023", "Sept. 3".
fn month_day_year(view: &View, i: usize) -> Option<Reading> {
    let at = after_weekday(view, i);
    let month = month(view, at)?;
    let day = day(view, at + 1)?;
    let comma = usize::from(word(view, at + 2) == ",");
    match year(view, at + 2 + comma) {
        Some(year) => Some(Reading::date(absolute(year, month, Some(day))?, at + 3 + comma - i)),
        None => Some(Reading::date(TimeValue::MonthDay { month, day: Some(day), direction: direction(view, at) }, at + 2 - i)),
    }
}

/// "4 September 2025", "Thursday, 04 September 2025", "the 3rd of May".
fn day_month_year(view: &View, i: usize) -> Option<Reading> {
    let mut at = after_weekday(view, i);
    at += usize::from(word(view, at) == "the");
    let day = day(view, at)?;
    let of = usize::from(word(view, at + 1) == "of");
    let month = month(view, at + 1 + of)?;
    let next = at + 2 + of;
    let comma = usize::from(word(view, next) == ",");
    match year(view, next + comma) {
        Some(year) => Some(Reading::date(absolute(year, month, Some(day))?, next + comma + 1 - i)),
        None => Some(Reading::date(TimeValue::MonthDay { month, day: Some(day), direction: direction(view, at) }, next - i)),
    }
}

/// "June 2024", "June of 2024", "June last year".
fn month_year(view: &View, i: usize) -> Option<Reading> {
    let month = month(view, i)?;
    let skip = usize::from(matches!(word(view, i + 1), "of" | ","));
    if let Some(year) = year(view, i + 1 + skip) {
        return Some(Reading::date(absolute(year, month, None)?, 2 + skip));
    }
    let direction = side(word(view, i + 1 + skip)).filter(|_| word(view, i + 2 + skip) == "year")?;
    let years = TimeValue::Shift {
        amount: match direction {
            Direction::Last => -1,
            Direction::Next => 1,
            _ => 0,
        },
        unit: TimeUnit::Year,
    };
    // The month of that year: the whole year's start, moved on.
    let value = TimeValue::RelativeTo { other: Box::new(years), amount: i32::from(month) - 1, unit: TimeUnit::Month };
    Some(Reading::date(value, 3 + skip))
}

/// "in June", "last June", "this May"; words that are also others need a preposition or side before them.
fn month_alone(view: &View, i: usize) -> Option<Reading> {
    let (at, side) = match side(word(view, i)) {
        Some(side) => (i + 1, Some(side)),
        None => (i, None),
    };
    let month = month(view, at)?;
    let doubtful = matches!(word(view, at), "may" | "march" | "mar" | "sept" | "dec");
    let before = at.checked_sub(1).filter(|&before| before >= view.start).map(|before| word(view, before)).unwrap_or_default();
    let led = side.is_some()
        || matches!(
            before,
            "in" | "since"
                | "of"
                | "by"
                | "until"
                | "till"
                | "from"
                | "to"
                | "early"
                | "late"
                | "mid"
                | "-"
                | "during"
                | "for"
                | "through"
                | "after"
                | "before"
                | "and"
                | "every"
                | "last"
                | "between"
        );
    let noun = view.parse.token(token(view, at)).upos == Upos::Propn;
    (if doubtful { led && noun } else { led || noun }).then(|| {
        let direction = side.unwrap_or_else(|| direction(view, at));
        Reading::date(TimeValue::MonthDay { month, day: None, direction }, at + 1 - i)
    })
}

/// "in 2024", "the 2020 prospectus"; no count of things.
fn year_alone(view: &View, i: usize) -> Option<Reading> {
    let n = year(view, i).filter(|year| (1800..=2100).contains(year))?;
    let id = token(view, i);
    let counts = view.parse.token(id).deprel == Deprel::Nummod
        && view.parse.head(id).is_some_and(|head| matches!(view.parse.token(head).tag.as_str(), "NNS" | "NNPS"));
    let before = i.checked_sub(1).filter(|&before| before >= view.start).map(|before| word(view, before)).unwrap_or_default();
    let led = matches!(
        before,
        "in" | "since" | "by" | "until" | "from" | "during" | "of" | "before" | "after" | "the" | "early" | "late" | "mid" | "year"
    );
    let money = before.chars().all(|c| !c.is_alphanumeric()) && matches!(before, "$" | "€" | "£" | "¥" | "#");
    (!money && (!counts || led)).then(|| DateRange::year(n).map(|range| Reading::date(TimeValue::Absolute(range), 1))).flatten()
}

/// "the 1990s", "the 90s".
fn decade(view: &View, i: usize) -> Option<Reading> {
    let form = word(view, i);
    let figures = form.strip_suffix("'s").or_else(|| form.strip_suffix('s'))?.trim_start_matches('\'');
    let first: i16 = match (figures.len(), figures.parse::<i16>().ok()?) {
        (4, year) if year % 10 == 0 => year,
        (2, year) if year % 10 == 0 => 1900 + year,
        _ => return None,
    };
    let years = DateRange::new(Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?, variorum_model::Precision::Decade)?;
    Some(Reading::date(TimeValue::Absolute(years), 1))
}

/// "Wednesday", "last Wednesday", "next Friday".
fn weekday_alone(view: &View, i: usize) -> Option<Reading> {
    let (at, side) = match side(word(view, i)) {
        Some(side) => (i + 1, Some(side)),
        None => (i, None),
    };
    let weekday = weekday(view, at)?;
    let direction = match side {
        Some(Direction::This) | None => direction(view, at),
        Some(side) => side,
    };
    Some(Reading::date(TimeValue::Weekday { weekday, direction }, at + 1 - i))
}

// --- counted and relative -----------------------------------------------------------------------------------------------

/// A number and a unit: "two days", "a week", "three-year"; its words.
fn counted_unit(view: &View, i: usize) -> Option<(f64, TimeUnit, usize)> {
    let (amount, n) = match (number_at(&view.lexicon.numbers, &view.words[i.min(view.words.len())..]), word(view, i)) {
        (Some(number), _) if number.ordinal => return None,
        (Some(number), _) => (number.exact().unwrap_or(0.0), number.len),
        (None, "a" | "an" | "one") => (1.0, 1),
        (None, "several" | "few" | "some" | "many") => (0.0, 1),
        _ => return None,
    };
    let mut at = i + n;
    while matches!(word(view, at), "-" | "more" | "full" | "straight" | "consecutive" | "of") {
        at += 1;
    }
    let (unit, times) = unit(view, at).filter(|_| !matches!(view.parse.tokens[at].upos, Upos::Adj | Upos::Adv))?;
    Some((amount * times, unit, at + 1 - i))
}

fn unit(view: &View, i: usize) -> Option<(TimeUnit, f64)> {
    let lemma = view.parse.tokens.get(i).filter(|_| i < view.words.len()).map(|token| token.lemma.to_lowercase())?;
    view.lexicon.units.get(word(view, i)).or_else(|| view.lexicon.units.get(lemma.as_str())).copied()
}

/// "two days ago", "three weeks earlier", "in three months", "a day after".
fn counted_back(view: &View, i: usize) -> Option<Reading> {
    let ahead = usize::from(word(view, i) == "in");
    let (amount, unit, n) = counted_unit(view, i + ahead)?;
    let whole = amount.round() as i32;
    if ahead == 1 {
        let future = direction(view, i) == Direction::Future && whole > 0;
        return future.then(|| Reading::date(TimeValue::Distance { amount: whole, unit }, n + 1));
    }
    let vague = whole == 0;
    let value = match word(view, i + n) {
        "ago" if vague => TimeValue::PastVague,
        "ago" => TimeValue::Distance { amount: -whole, unit },
        "earlier" | "previously" | "before" if vague => TimeValue::PastVague,
        "earlier" | "previously" => from_anchor(view, -whole, unit),
        "before" if ends_phrase(view, i + n + 1) => from_anchor(view, -whole, unit),
        "later" | "afterwards" | "after" if vague => TimeValue::FutureVague,
        "later" | "afterwards" => from_anchor(view, whole, unit),
        "after" if ends_phrase(view, i + n + 1) => from_anchor(view, whole, unit),
        _ => return None,
    };
    Some(Reading::date(value, n + 1))
}

fn ends_phrase(view: &View, i: usize) -> bool {
    matches!(word(view, i), "" | "," | "." | ";" | ")" | "—" | "–" | "and" | "but")
}

/// Counted from the last date told, else from the date of the text.
fn from_anchor(view: &View, amount: i32, unit: TimeUnit) -> TimeValue {
    match &view.anchor {
        Some(anchor) => TimeValue::RelativeTo { other: Box::new(anchor.clone()), amount, unit },
        None => TimeValue::Distance { amount, unit },
    }
}

/// "two and a half hours", "13 days", "decades"; ages are none.
fn length(view: &View, i: usize) -> Option<Reading> {
    if is_rate(view, i) {
        return None;
    }
    let reading =
        |amount, unit, len| Reading { value: TimeValue::Length { amount, unit }, kind: TimeKind::Duration, clock: None, part: None, len };
    if let Some((amount, unit, n)) = counted_unit(view, i) {
        let rest: Vec<&str> = (i + n..i + n + 2).map(|at| word(view, at)).filter(|word| *word != "-").collect();
        let age = matches!(rest.first(), Some(&("old" | "olds")));
        return (!age).then(|| reading(amount, unit, n));
    }
    // "the past two weeks", "the last three years"
    let at = i + usize::from(word(view, i) == "the");
    if matches!(word(view, at), "past" | "last" | "next" | "coming" | "previous" | "first" | "recent")
        && let Some((amount, unit, n)) = counted_unit(view, at + 1)
    {
        return Some(reading(amount, unit, at + 1 + n - i));
    }
    let plural = view.parse.tokens.get(i).is_some_and(|token| token.tag == "NNS");
    unit(view, i).filter(|(unit, _)| plural && *unit != TimeUnit::Second).map(|(unit, _)| reading(0.0, unit, 1))
}

/// "last year", "this week", "earlier this month", "later this year".
fn unit_by_side(view: &View, i: usize) -> Option<Reading> {
    let narrowing = match word(view, i) {
        "earlier" => Some(true),
        "later" => Some(false),
        _ => None,
    };
    let at = i + usize::from(narrowing.is_some());
    if let Some(reading) = current_unit(view, i) {
        return Some(reading);
    }
    let direction = side(word(view, at))?;
    let (unit, _) = unit(view, at + 1).filter(|(unit, _)| !matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour))?;
    let singular = view.parse.tokens[at + 1].tag != "NNS";
    let len = at + 2 - i;
    let value = match (direction, narrowing) {
        (Direction::This, Some(before)) => TimeValue::PartOfUnit { unit, before },
        (Direction::This, None) => TimeValue::Shift { amount: 0, unit },
        (Direction::Last, _) => TimeValue::Shift { amount: -1, unit },
        (Direction::Next, _) if word(view, at) == "following" => from_anchor(view, 1, unit),
        _ => TimeValue::Shift { amount: 1, unit },
    };
    singular.then(|| Reading::date(value, len))
}

/// "the quarter", "the latest quarter", "the week": the one that is spoken of, else that of the report.
fn current_unit(view: &View, i: usize) -> Option<Reading> {
    let at = i + 1 + usize::from(matches!(word(view, i + 1), "latest" | "current" | "fiscal"));
    let (unit, _) = unit(view, at).filter(|(unit, _)| matches!(unit, TimeUnit::Week | TimeUnit::Quarter | TimeUnit::Year))?;
    let bare = word(view, i) == "the" && view.parse.tokens[at].tag == "NN" && !matches!(word(view, at + 1), "of" | "-" | "'s" | "’s");
    let wanted = unit == TimeUnit::Quarter || at > i + 1 || ends_phrase(view, at + 1);
    let anchor = view.anchor.clone().filter(|_| unit == TimeUnit::Quarter && word(view, i + 1) != "latest");
    let value = match anchor {
        Some(other) => TimeValue::RelativeTo { other: Box::new(other), amount: 0, unit },
        None => TimeValue::Shift { amount: 0, unit },
    };
    (bare && wanted).then(|| Reading::date(value, at + 1 - i))
}

/// "last fall", "the summer of 2023", "the third quarter of 2024", "Q3".
fn season_or_quarter(view: &View, i: usize) -> Option<Reading> {
    let mut at = i + usize::from(word(view, i) == "the");
    let side = side(word(view, at));
    at += usize::from(side.is_some());
    let of_year = |next: usize| {
        year(view, next + usize::from(word(view, next) == "of")).map(|year| (year, next + usize::from(word(view, next) == "of") + 1))
    };
    if let Some(&month) = view.lexicon.seasons.get(word(view, at)) {
        if let Some((year, end)) = of_year(at + 1) {
            return Some(Reading::date(TimeValue::Absolute(season(year, month)?), end - i));
        }
        let led =
            side.is_some() || at > i || at > view.start && matches!(word(view, at - 1), "in" | "since" | "by" | "until" | "early" | "late");
        let noun = view.parse.tokens[at].upos == Upos::Noun || view.parse.tokens[at].upos == Upos::Propn;
        return (led && noun)
            .then(|| Reading::date(TimeValue::Season { month, direction: side.unwrap_or_else(|| direction(view, at)) }, at + 1 - i));
    }
    let (n, quarter) = view.words.get(at..).and_then(|words| view.lexicon.quarters.longest(words))?;
    let first_month = (quarter - 1) * 3 + 1;
    let quarter_of = |year: i16| {
        let first = Date::new(year, first_month, 1).ok()?;
        DateRange::new(first, Date::new(year, first_month + 2, 1).ok()?.last_of_month(), variorum_model::Precision::Quarter)
    };
    match of_year(at + n) {
        Some((year, end)) => Some(Reading::date(TimeValue::Absolute(quarter_of(year)?), end - i)),
        None => {
            let start = TimeValue::MonthDay { month: first_month, day: None, direction: direction(view, at) };
            Some(Reading::date(TimeValue::RelativeTo { other: Box::new(start), amount: 0, unit: TimeUnit::Quarter }, at + n - i))
        }
    }
}

/// "yesterday", "this morning", "last night".
fn deictic(view: &View, i: usize) -> Option<Reading> {
    let (n, deictic) = view.lexicon.deictics.longest(&view.words[i..])?;
    let value = TimeValue::Shift { amount: deictic.offset, unit: deictic.unit };
    let kind = if deictic.clock.is_some() { TimeKind::Time } else { TimeKind::Date };
    Some(Reading { value, kind, clock: deictic.clock.map(str::to_owned), part: None, len: n })
}

/// "the same day", "that day", "the day before", "the following day".
fn same_unit(view: &View, i: usize) -> Option<Reading> {
    let (amount, at) = match (word(view, i), word(view, i + 1)) {
        ("the", "same") => (0, i + 2),
        ("that", _) => (0, i + 1),
        ("the", "following" | "next") => (1, i + 2),
        ("the", "previous" | "preceding") => (-1, i + 2),
        ("the", _) => match word(view, i + 2) {
            "before" if ends_phrase(view, i + 3) => (-1, i + 1),
            "after" if ends_phrase(view, i + 3) => (1, i + 1),
            _ => return None,
        },
        _ => return None,
    };
    let (unit, _) = unit(view, at).filter(|_| view.parse.tokens[at].tag == "NN")?;
    let trailing = usize::from(at == i + 1 && matches!(word(view, at + 1), "before" | "after") && amount != 0);
    view.anchor.as_ref()?;
    let (value, kind) = match part_of_day_word(view, at) {
        Some(_) => return None,
        None => (from_anchor(view, amount, unit), TimeKind::Date),
    };
    Some(Reading { value, kind, clock: None, part: None, len: at + 1 + trailing - i })
}

// --- time of day --------------------------------------------------------------------------------------------------------

/// "4:52 a.m.", "9.12 pm", "6:40am", "16:52", "10 a.m. local time"; as hours and minutes, with its words.
fn clock(view: &View, i: usize) -> Option<(String, usize)> {
    let form = word(view, i);
    let figures_end = form.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(form.len());
    let (figures, glued) = form.split_at(figures_end);
    let figures = figures.trim_end_matches('.');
    let mut pieces = figures.split([':', '.']);
    let hours: u8 = pieces.next()?.parse().ok()?;
    let minutes: Option<u8> = pieces.next().map(|minutes| minutes.parse()).transpose().ok()?;
    let half = |word: &str| match word.replace('.', "").as_str() {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    };
    let (half, mut n) = match half(glued).or_else(|| glued.is_empty().then(|| half(word(view, i + 1))).flatten()) {
        Some(half) => (Some(half), 1 + usize::from(glued.is_empty())),
        None if glued.is_empty() && figures.contains(':') => (None, 1),
        None => return None,
    };
    let hours = match half {
        Some(half) if (1..=12).contains(&hours) => hours % 12 + half,
        None if hours < 24 => hours,
        _ => return None,
    };
    if minutes.is_some_and(|minutes| minutes > 59) {
        return None;
    }
    if word(view, i + n) == "local" && word(view, i + n + 1) == "time" {
        n += 2;
    } else if view.lexicon.zones.contains_key(word(view, i + n)) && capital(view, i + n) {
        n += 1;
    }
    Some((minutes.map_or(format!("{hours:02}"), |minutes| format!("{hours:02}:{minutes:02}")), n))
}

/// A clock time, alone or before its day: "at 6:40am on Tuesday".
fn clock_and_date(view: &View, i: usize) -> Option<Reading> {
    let (clock, n) = clock(view, i)?;
    Some(on_its_day(view, clock, i, n))
}

/// The day that follows ("on Tuesday", "Tuesday", ", July 11"), else the last day told in the sentence's text, else the report's.
fn on_its_day(view: &View, clock: String, i: usize, n: usize) -> Reading {
    let mut at = i + n;
    while matches!(word(view, at), "on" | "," | "of") {
        at += 1;
    }
    let days: [Rule; 5] = [month_day_year, day_month_year, weekday_alone, deictic, iso_date];
    let day = days.iter().filter_map(|rule| (at < view.words.len()).then(|| rule(view, at)).flatten()).max_by_key(|reading| reading.len);
    match day {
        Some(day) => Reading { value: day.value, kind: TimeKind::Time, clock: Some(clock), part: None, len: at + day.len - i },
        None => {
            let value = match &view.anchor {
                Some(anchor) => {
                    // A tale goes forward: 1:25 a.m. after 9:40 p.m. is of the next day.
                    let past_midnight = view
                        .anchor_clock
                        .as_deref()
                        .is_some_and(|before| is_digits(before) && is_digits(&clock) && clock.as_str() < before);
                    TimeValue::RelativeTo { other: Box::new(anchor.clone()), amount: i32::from(past_midnight), unit: TimeUnit::Day }
                }
                None => TimeValue::Shift { amount: 0, unit: TimeUnit::Day },
            };
            Reading { value, kind: TimeKind::Time, clock: Some(clock), part: None, len: n }
        }
    }
}

fn is_digits(clock: &str) -> bool {
    clock.starts_with(|c: char| c.is_ascii_digit())
}

fn part_of_day_word(view: &View, i: usize) -> Option<(usize, &'static str)> {
    view.words.get(i..).and_then(|words| view.lexicon.parts_of_day.longest(words)).map(|(n, part)| (n, *part))
}

/// "before dawn on Tuesday", "noon", "midnight".
fn part_of_day(view: &View, i: usize) -> Option<Reading> {
    let (n, part) = part_of_day_word(view, i)?;
    let reading = on_its_day(view, part.to_owned(), i, n);
    let led = i > view.start
        && matches!(
            word(view, i - 1),
            "at" | "by" | "before" | "until" | "after" | "since" | "around" | "in" | "the" | "about" | "to" | "from"
        );
    (reading.len > n || led && view.parse.tokens[i].upos == Upos::Noun).then_some(reading)
}

/// "Tuesday night", "July 11 at 5:20 a.m.", "Wednesday, 6pm".
fn with_clock(view: &View, i: usize, reading: Reading) -> Reading {
    let one_day = !matches!(
        reading.value,
        TimeValue::Length { .. }
            | TimeValue::Recurring(_)
            | TimeValue::Shift { unit: TimeUnit::Week | TimeUnit::Month | TimeUnit::Year, .. }
            | TimeValue::PartOfUnit { .. }
    );
    if reading.clock.is_some()
        || reading.kind != TimeKind::Date
        || !one_day
        || matches!(reading.value, TimeValue::PastVague | TimeValue::PresentVague | TimeValue::FutureVague)
    {
        return reading;
    }
    if let Some((n, part)) = part_of_day_word(view, i + reading.len) {
        return Reading { kind: TimeKind::Time, clock: Some(part.to_owned()), len: reading.len + n, ..reading };
    }
    let at = i + reading.len + usize::from(matches!(word(view, i + reading.len), "at" | "," | "|"));
    match (at < view.words.len()).then(|| clock(view, at)).flatten() {
        Some((clock, n)) => Reading { kind: TimeKind::Time, clock: Some(clock), len: at + n - i, ..reading },
        None => reading,
    }
}

// --- others -------------------------------------------------------------------------------------------------------------

/// "Christmas", "New Year's Day 2024".
fn holiday(view: &View, i: usize) -> Option<Reading> {
    let (n, &(month, day)) = view.lexicon.holidays.longest(&view.words[i..]).filter(|_| capital(view, i))?;
    match year(view, i + n) {
        Some(year) => Some(Reading::date(absolute(year, month, Some(day))?, n + 1)),
        None => Some(Reading::date(TimeValue::MonthDay { month, day: Some(day), direction: direction(view, i) }, n)),
    }
}

/// "daily", "every week", "each year".
fn set(view: &View, i: usize) -> Option<Reading> {
    let set = |value: String, len| Reading { value: TimeValue::Recurring(value), kind: TimeKind::Set, clock: None, part: None, len };
    if matches!(word(view, i), "every" | "each") {
        if let Some(weekday) = weekday(view, i + 1) {
            return Some(set(format!("XXXX-WXX-{}", weekday.to_monday_one_offset()), 2));
        }
        let (unit, _) = unit(view, i + 1)?;
        let period = TimeExpression {
            span: view.parse.tokens[i].span,
            kind: TimeKind::Set,
            value: TimeValue::Length { amount: 1.0, unit },
            clock: None,
            part: None,
        };
        return Some(set(super::timex3_value(&period, None), 2));
    }
    let (n, value) = view.lexicon.sets.longest(&view.words[i..])?;
    if is_rate(view, i) || is_something_else(view, i, n) {
        return None;
    }
    Some(set((*value).to_owned(), n))
}

/// "150 kilometres per hour", "130 kilometres an hour": part of the unit.
fn is_rate(view: &View, i: usize) -> bool {
    let upos = |at: usize| view.parse.tokens[at].upos;
    i >= view.start + 2 && matches!(word(view, i), "per" | "a" | "an") && upos(i - 1) == Upos::Noun && upos(i - 2) == Upos::Num
}

/// "the daily Quad", "a second ferry": an outlet, a number in order.
fn is_something_else(view: &View, i: usize, n: usize) -> bool {
    let last = &view.parse.tokens[i + n - 1];
    let outlet = n == 1 && matches!(last.upos, Upos::Noun | Upos::Propn);
    let ordinal = word(view, i + n - 1) == "second" && last.upos == Upos::Adj;
    outlet || ordinal
}

/// "now", "recently", "in recent years".
fn vague(view: &View, i: usize) -> Option<Reading> {
    let (n, value) = view.lexicon.vague.longest(&view.words[i..])?;
    // "in the past two months" is a length.
    if word(view, i + n - 1) == "past" && counted_unit(view, i + n).is_some() {
        return None;
    }
    let value = match *value {
        "PAST_REF" => TimeValue::PastVague,
        "PRESENT_REF" => TimeValue::PresentVague,
        "FUTURE_REF" => TimeValue::FutureVague,
        _ => return None,
    };
    Some(Reading::date(value, n))
}
