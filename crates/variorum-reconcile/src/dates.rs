//! When was an undated document published?
//!
//! Input: what it says of times, and what dated documents of its story say of the same happenings. Output: a range of days with its basis.
//! Example: "met on Wednesday" here, "met on September 3, 2025" there: this one was published from 3 September 2025 to 6 September.
//! Each matched pair is a constraint on the unknown day: resolved against that day, the words must give the date the other document gives. A happening that is
//! over bounds it from below; "this week" and "earlier this year" keep it inside the unit.
//! Limits: the matches are guesses by type, participants and wording; the range is a range for that reason.

use jiff::{Span as Gap, civil::Date};
use variorum_model::{
    Basis, BlockKind, DateRange, Dated, EventStatus, Precision, TimeExpression, TimeValue,
    dossier::Citation,
    time::{TimeUnit, unit_around},
};

use crate::{
    actors::Cast,
    corpus::{Corpus, DocIx, Local, Published},
    events::likeness,
    stories::Stories,
};

/// News names a bare weekday of the last few days only; further back it adds the date.
const WEEKDAY_REACH: i64 = 3;
/// Without any other bound, an undated report is taken to be of the weeks after the freshest thing it tells.
const FRESHNESS: i64 = 28;
/// Likeness from which two event mentions are taken for the same happening, where a date depends on nothing else.
const SAME: f64 = 0.7;
/// The same where the weekday must fit the other's date too: it is a witness.
const SAME_WEEKDAY: f64 = 0.5;
/// The same for other words of time that fit.
const SAME_AND_FITTING: f64 = 0.6;
/// Cosine from which two sentences with fitting days tell of one happening.
const SAME_SENTENCE: f32 = 0.5;
/// Days for which a happening stays news.
const NEWS: i32 = 45;
/// How far after a happening a report of it is looked for.
const HORIZON: i64 = 400;

/// Dates for all documents, and for the inferred ones the words they rest on.
pub(crate) fn publication_dates(corpus: &Corpus, cast: &Cast, stories: &Stories) -> Published {
    let mut published =
        Published { dates: corpus.ids().map(|doc| corpus.doc(doc).published).collect(), grounds: vec![Vec::new(); corpus.len()] };
    for doc in corpus.ids().filter(|doc| corpus.doc(*doc).published.is_none()) {
        let mut clues = own_clues(corpus, doc);
        clues.extend(sibling_clues(corpus, cast, stories, doc));
        clues.extend(sentence_clues(corpus, stories, doc));
        if let Some((dated, grounds)) = weigh(&clues, &loose_bounds(corpus, doc)) {
            published.dates[doc.0] = Some(dated);
            published.grounds[doc.0] = grounds;
        }
    }
    published
}

/// The unknown day is not before `from`, and not after `to` where that is known.
struct Clue {
    from: Date,
    to: Option<Date>,
    basis: Basis,
    grounds: Vec<Citation>,
}

/// Days the document itself names for what has happened, and weekdays that fall on such a day.
fn own_clues(corpus: &Corpus, doc: DocIx) -> Vec<Clue> {
    let notes = corpus.notes(doc);
    let ahead: Vec<usize> = notes
        .events
        .iter()
        .filter(|event| event.status != EventStatus::Occurred)
        .filter_map(|event| event.when)
        .map(|id| id.index())
        .collect();
    let running = |time: &TimeExpression| {
        corpus.doc(doc).block_at(time.span.start()).is_some_and(|block| matches!(block.kind, BlockKind::Caption | BlockKind::Paragraph))
    };
    let days: Vec<(Date, &TimeExpression)> = notes
        .times
        .iter()
        .enumerate()
        .filter(|(i, time)| running(time) && !ahead.contains(i))
        .filter_map(|(_, time)| match &time.value {
            TimeValue::Absolute(range) if range.is_day() => Some((range.earliest(), time)),
            _ => None,
        })
        .collect();
    let Some(&(last, time)) = days.iter().max_by_key(|(day, time)| (*day, std::cmp::Reverse(time.span))) else { return Vec::new() };
    let weekday = notes.times.iter().find(|time| matches!(&time.value, TimeValue::Weekday { weekday, .. } if *weekday == last.weekday()));
    let grounds = std::iter::once(time).chain(weekday).map(|time| corpus.cite(doc, time.span)).collect();
    vec![Clue { from: last, to: weekday.and_then(|_| later(last, WEEKDAY_REACH)), basis: Basis::Text, grounds }]
}

/// What dated siblings say of the same happenings.
fn sibling_clues(corpus: &Corpus, cast: &Cast, stories: &Stories, doc: DocIx) -> Vec<Clue> {
    let mut clues = Vec::new();
    for (index, event) in corpus.notes(doc).events.iter().enumerate().filter(|(_, event)| event.status == EventStatus::Occurred) {
        let here = Local { doc, index };
        let dated = stories.groups[stories.of(doc)].iter().filter(|&&other| other != doc).flat_map(|&other| dated_events(corpus, other));
        let own = event.when.map(|id| &corpus.notes(doc).times[id.index()]).filter(|own| !matches!(own.value, TimeValue::Absolute(_)));
        let near = own.is_some_and(|own| !reaches_far(&own.value));
        let found = dated.filter(|(there, range, _)| !near || is_news(corpus, there.doc, *range)).filter_map(|(there, range, time)| {
            let fitting = own.map(|own| fitting_days(own, range));
            let enough = match own.map(|own| &own.value) {
                Some(TimeValue::Weekday { .. }) => SAME_WEEKDAY,
                Some(_) => SAME_AND_FITTING,
                None => SAME,
            };
            let alike = likeness(corpus, cast, here, there);
            (alike >= enough && fitting != Some(None)).then_some((alike, there, range, time, fitting.flatten()))
        });
        let Some((_, there, range, time, fitting)) = found.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))) else { continue };
        let words = own.map_or(event.trigger_spans.first(), |own| own.span);
        let grounds = vec![corpus.cite(doc, words), corpus.cite(there.doc, time.span)];
        match fitting {
            Some((from, to)) => clues.push(Clue { from, to: Some(to), basis: Basis::Siblings, grounds }),
            None if range.is_day() && event.when.is_none() => {
                clues.push(Clue { from: range.earliest(), to: None, basis: Basis::Siblings, grounds })
            }
            None => {}
        }
    }
    clues
}

/// The same from whole sentences: a weekday here, a day there, and the two sentences of one sense.
fn sentence_clues(corpus: &Corpus, stories: &Stories, doc: DocIx) -> Vec<Clue> {
    let siblings = || stories.groups[stories.of(doc)].iter().copied().filter(move |&other| other != doc);
    let mut clues = Vec::new();
    for own in corpus.notes(doc).times.iter().filter(|time| matches!(time.value, TimeValue::Weekday { .. })) {
        let days = siblings().flat_map(|other| {
            let reference = corpus.doc(other).published.map(|dated| dated.range);
            corpus.notes(other).times.iter().filter_map(move |time| {
                time.resolve(reference).filter(|range| range.is_day() && is_news(corpus, other, *range)).map(|range| (other, range, time))
            })
        });
        let alike = days.map(|(other, range, time)| (corpus.similarity((doc, own.span), (other, time.span)), other, range, time));
        let fitting = alike
            .filter(|found| found.0 >= SAME_SENTENCE)
            .filter_map(|(sense, other, range, time)| fitting_days(own, range).map(|bounds| (sense, other, time, bounds)));
        if let Some((_, other, time, (from, to))) = fitting.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))) {
            let grounds = vec![corpus.cite(doc, own.span), corpus.cite(other, time.span)];
            clues.push(Clue { from, to: Some(to), basis: Basis::Siblings, grounds });
        }
    }
    clues
}

/// Words that may mean what is long past: "last year", "three years ago".
fn reaches_far(value: &TimeValue) -> bool {
    use TimeUnit::{Century, Decade, Year};
    matches!(
        value,
        TimeValue::Shift { unit: Year | Decade | Century, .. }
            | TimeValue::Distance { unit: Year | Decade | Century, .. }
            | TimeValue::PartOfUnit { .. }
    )
}

/// Whether a happening was fresh when the document told it.
fn is_news(corpus: &Corpus, doc: DocIx, range: DateRange) -> bool {
    corpus.doc(doc).published.is_none_or(|dated| (dated.range.earliest() - range.latest()).get_days() <= NEWS)
}

/// Events of a document that it dates to a month or better, with its own printed date as reference.
fn dated_events<'a>(corpus: &Corpus<'a>, doc: DocIx) -> Vec<(Local, DateRange, &'a TimeExpression)> {
    let notes = corpus.notes(doc);
    let reference = corpus.doc(doc).published.map(|dated| dated.range);
    notes
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| event.status == EventStatus::Occurred)
        .filter_map(|(index, event)| event.when.map(|id| (index, &notes.times[id.index()])))
        .filter_map(|(index, time)| time.resolve(reference).map(|range| (Local { doc, index }, range, time)))
        .filter(|(_, range, _)| range.n_days() <= 31)
        .collect()
}

/// First and last day from which the words mean a day of `range`; for words that depend on the day.
fn fitting_days(time: &TimeExpression, range: DateRange) -> Option<(Date, Date)> {
    // Words for the last days need a day to be matched with.
    let recent = matches!(
        time.value,
        TimeValue::Weekday { .. }
            | TimeValue::Shift { unit: TimeUnit::Day | TimeUnit::Week | TimeUnit::Weekend, .. }
            | TimeValue::RelativeTo { unit: TimeUnit::Weekend, .. }
    );
    if matches!(time.value, TimeValue::Absolute(_)) || recent && !range.is_day() {
        return None;
    }
    let reach = if matches!(time.value, TimeValue::Weekday { .. }) { WEEKDAY_REACH } else { HORIZON };
    let days = (0..reach + i64::from(range.n_days())).filter_map(|n| later(range.earliest(), n));
    let mut fitting = days.filter(|&day| time.resolve(Some(DateRange::day(day))).is_some_and(|meant| meant.overlaps(range)));
    let first = fitting.next()?;
    Some((first, fitting.next_back().unwrap_or(first)))
}

/// Units the unknown day shares with the happenings told: "this week", "earlier this year".
fn loose_bounds(corpus: &Corpus, doc: DocIx) -> Vec<TimeUnit> {
    let units = corpus.notes(doc).times.iter().filter_map(|time| match time.value {
        TimeValue::Shift { amount: 0, unit } | TimeValue::PartOfUnit { unit, before: true } => Some(unit),
        _ => None,
    });
    units.filter(|unit| matches!(unit, TimeUnit::Week | TimeUnit::Month | TimeUnit::Year)).collect()
}

/// Of the clues that bound both ways the report's own, then the one most others allow, then the tightest, narrowed by those; without one, the latest lower bound.
fn weigh(clues: &[Clue], units: &[TimeUnit]) -> Option<(Dated, Vec<Citation>)> {
    let both = clues.iter().filter_map(|clue| clue.to.map(|to| ((to - clue.from).get_days(), clue, to)));
    let allowed =
        |clue: &Clue, to: Date| clues.iter().filter(|other| other.from <= to && other.to.is_none_or(|end| end >= clue.from)).count();
    // A day that the report itself prints, with a weekday that falls on it, is its own word.
    let main = both.min_by_key(|(width, clue, to)| (clue.basis != Basis::Text, std::cmp::Reverse(allowed(clue, *to)), *width, clue.from));
    let (first, to) = match main {
        Some((_, clue, to)) => (clue, Some(to)),
        None => (clues.iter().max_by_key(|clue| clue.from)?, None),
    };
    let lower = clues
        .iter()
        .filter(|clue| clue.from >= first.from && to.is_none_or(|to| clue.from <= to))
        .max_by_key(|clue| clue.from)
        .unwrap_or(first);
    let upper = clues.iter().filter_map(|clue| clue.to).filter(|to| *to >= lower.from).min();
    let unit_end = units.iter().filter_map(|&unit| unit_around(lower.from, unit)).map(DateRange::latest).min();
    let to = [upper, unit_end].into_iter().flatten().min().or_else(|| later(lower.from, FRESHNESS))?;
    let used = if std::ptr::eq(first, lower) { vec![first] } else { vec![first, lower] };
    let basis = if used.iter().any(|clue| clue.basis == Basis::Siblings) { Basis::Siblings } else { Basis::Text };
    let precision = if lower.from == to { Precision::Day } else { Precision::Range };
    let mut seen = std::collections::BTreeSet::new();
    let mut grounds: Vec<Citation> = used.iter().flat_map(|clue| clue.grounds.iter().cloned()).collect();
    grounds.retain(|citation| seen.insert(citation.clone()));
    DateRange::new(lower.from, to, precision).map(|range| (Dated { range, basis }, grounds))
}

fn later(day: Date, n: i64) -> Option<Date> {
    day.checked_add(Gap::new().try_days(n).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};
    use variorum_model::{Span, TimeKind, time::Direction};

    use super::*;

    fn expression(value: TimeValue) -> TimeExpression {
        TimeExpression { span: Span::whole("x").unwrap(), kind: TimeKind::Date, value, clock: None, zone: None, part: None }
    }

    #[test]
    fn a_weekday_beside_a_date_bounds_both_ways() {
        let wednesday = expression(TimeValue::Weekday { weekday: Weekday::Wednesday, direction: Direction::Past });
        let meeting = DateRange::day(date(2025, 9, 3));
        assert_eq!(fitting_days(&wednesday, meeting), Some((date(2025, 9, 3), date(2025, 9, 6))));
    }

    #[test]
    fn last_month_means_any_day_of_the_next() {
        let last_month = expression(TimeValue::Shift { amount: -1, unit: TimeUnit::Month });
        let blast = DateRange::day(date(2023, 7, 11));
        assert_eq!(fitting_days(&last_month, blast), Some((date(2023, 8, 1), date(2023, 8, 31))));
    }
}
