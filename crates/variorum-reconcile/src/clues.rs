//! Between which days must the publication of an undated document lie?
//!
//! Input: what it says of times, and what dated documents of its story say of the same happenings. Output: [`Clue`]s.
//! Each matched pair is a constraint on the unknown day: resolved against that day, the words must give the date the other document gives. "On Wednesday" of what
//! a sibling dates 3 September means 3 to 9 September, and most likely the first days of these; "on Sunday", ahead, means the days before.
//! Limits: the matches are guesses by type, participants and wording.

use std::collections::BTreeMap;

use jiff::civil::Date;
use variorum_model::{
    Basis, BlockKind, DateRange, EventStatus, Span, TimeExpression, TimeValue,
    dossier::Citation,
    time::{Direction, TimeUnit},
};

use crate::{
    corpus::{Corpus, DocIx, Local},
    dates::later,
    stories::Stories,
    tellings::{Telling, Yardstick, familiar},
};

/// News names a bare weekday of the last days only; further back it adds the date.
const WEEKDAY_REACH: i64 = 6;
/// And mostly of the very last.
const WEEKDAY_LIKELY: i64 = 3;
/// Odds, in nats, from which two event mentions are taken for the same happening, where a date depends on nothing else.
const SAME: f64 = 2.2;
/// The same where the weekday must fit the other's date too: it is a witness.
const SAME_WEEKDAY: f64 = 1.2;
/// The same for other words of time that fit.
const SAME_AND_FITTING: f64 = 1.6;
/// Cosine from which two sentences with fitting days tell of one happening.
const SAME_SENTENCE: f32 = 0.5;
/// Days for which a happening stays news.
const NEWS: i32 = 45;
/// How far after a happening a report of it is looked for.
const HORIZON: i64 = 400;
/// A dateline stands in the first bytes of a paragraph.
const DATELINE: usize = 80;

/// The unknown day is not before `from`, and not after `to` where that is known.
pub(crate) struct Clue {
    pub(crate) from: Date,
    pub(crate) to: Option<Date>,
    /// The last of the days that are likeliest among them.
    pub(crate) likely: Option<Date>,
    pub(crate) basis: Basis,
    pub(crate) grounds: Vec<Citation>,
}

impl Clue {
    /// Whether it only says what the day is not after.
    pub(crate) fn is_limit(&self) -> bool {
        self.from == Date::MIN
    }
}

/// Every clue that the report or a sibling of its story gives.
pub(crate) fn clues(yardstick: &Yardstick, stories: &Stories, doc: DocIx) -> Vec<Clue> {
    let corpus = yardstick.corpus;
    if let Some(clue) = dateline(corpus, stories, doc) {
        return vec![clue];
    }
    let mut clues = own_clues(corpus, doc);
    clues.extend(amended(corpus, doc));
    clues.extend(sibling_clues(yardstick, stories, doc));
    clues.extend(sentence_clues(corpus, stories, doc));
    clues
}

/// Whether words at the head of a text print its own date, and not that of a picture or of an amendment.
fn is_of_dateline(corpus: &Corpus, doc: DocIx, span: Span) -> bool {
    let document = corpus.doc(doc);
    document.block_at(span.start()).is_some_and(|block| {
        block.kind == BlockKind::Date || block.kind == BlockKind::Paragraph && span.start() - block.span.start() < DATELINE
    })
}

/// "ANTANANARIVO, 8 October (Agency) -": a day of the year in which the siblings were published.
fn dateline(corpus: &Corpus, stories: &Stories, doc: DocIx) -> Option<Clue> {
    let printed = corpus.doc(doc).published_evidence.iter().copied().find(|&span| is_of_dateline(corpus, doc, span))?;
    let time = corpus.notes(doc).times.iter().find(|time| time.span.overlaps(printed)).map(|time| time.value.clone());
    let (month, day) = match time {
        Some(TimeValue::MonthDay { month, day: Some(day), .. }) => (month, day),
        Some(_) => return None,
        // A date line is no running text, in which times are read.
        None => month_and_day(corpus.slice(doc, printed))?,
    };
    let nearest = TimeValue::MonthDay { month, day: Some(day), direction: Direction::Nearest };
    let dated = siblings(stories, doc).filter_map(|other| Some((other, corpus.doc(other).published?.range.earliest())));
    let resolved = dated.filter_map(|(other, known)| Some((other, nearest.resolve(Some(DateRange::day(known)))?.earliest(), known)));
    // The year of the sibling that it is nearest to.
    let (sibling, day, _) = resolved.min_by_key(|(_, day, known)| (*day - *known).get_days().abs())?;
    let year = corpus.doc(sibling).published_evidence.first().map(|&span| corpus.cite(sibling, span));
    let grounds = std::iter::once(corpus.cite(doc, printed)).chain(year).collect();
    Some(Clue { from: day, to: Some(day), likely: None, basis: Basis::Siblings, grounds })
}

/// "September 7", "7 Sept"
fn month_and_day(words: &str) -> Option<(i8, i8)> {
    let words = words.replace(['.', ','], " ").replace("Sept ", "Sep ");
    let read = |format: &&str| jiff::fmt::strtime::parse(format, words.trim()).ok();
    let read = ["%B %d", "%d %B", "%b %d", "%d %b"].iter().find_map(read)?;
    Some((read.month()?, read.day()?))
}

/// A note that the text was amended on a day: it was there before.
fn amended(corpus: &Corpus, doc: DocIx) -> Option<Clue> {
    let document = corpus.doc(doc);
    let noted = document.published_evidence.iter().filter(|span| {
        let block = document.block_at(span.start());
        block.is_some_and(|block| block.kind == BlockKind::Paragraph) && !is_of_first_paragraph(corpus, doc, **span)
    });
    let day = |span: &Span| {
        let time = corpus.notes(doc).times.iter().find(|time| time.span.overlaps(*span))?;
        match time.value {
            TimeValue::Absolute(range) if range.is_day() => Some((range.earliest(), *span)),
            _ => None,
        }
    };
    let (to, words) = noted.filter_map(day).min()?;
    Some(Clue { from: Date::MIN, to: Some(to), likely: None, basis: Basis::Text, grounds: vec![corpus.cite(doc, words)] })
}

fn is_of_first_paragraph(corpus: &Corpus, doc: DocIx, span: Span) -> bool {
    let mut paragraphs = corpus.doc(doc).blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    paragraphs.next().is_some_and(|block| block.span.contains(span))
}

fn siblings(stories: &Stories, doc: DocIx) -> impl Iterator<Item = DocIx> + Clone {
    stories.groups[stories.of(doc)].iter().copied().filter(move |&other| other != doc)
}

/// Times that the text sets into the past or the present: not those of what is still to come.
fn told<'a>(corpus: &Corpus<'a>, doc: DocIx) -> Vec<&'a TimeExpression> {
    let notes = corpus.notes(doc);
    let ahead: Vec<usize> = notes
        .events
        .iter()
        .filter(|event| event.status != EventStatus::Occurred)
        .filter_map(|event| event.when)
        .map(|id| id.index())
        .collect();
    let running = |time: &TimeExpression| {
        match corpus.doc(doc).block_at(time.span.start()).map(|block| block.kind) {
            // The day of a picture is no date of the report, but of what it shows.
            Some(BlockKind::Caption) => true,
            Some(BlockKind::Paragraph) => !corpus.doc(doc).published_evidence.iter().any(|span| span.overlaps(time.span)),
            _ => false,
        }
    };
    notes.times.iter().enumerate().filter(|(i, time)| running(time) && !ahead.contains(i)).map(|(_, time)| time).collect()
}

/// "On a Sunday afternoon": any of many, which no report fresh from it would say.
fn is_any(corpus: &Corpus, doc: DocIx, time: &TimeExpression) -> bool {
    let weekday = matches!(time.value, TimeValue::Weekday { .. });
    let open = |word: &str| matches!(word.to_lowercase().as_str(), "a" | "an" | "one" | "some" | "any");
    let parse = corpus.parse(doc);
    let first = parse.tokens_in(time.span).next();
    let before = first.and_then(|token| token.index().checked_sub(1)).and_then(|at| parse.tokens.get(at));
    weekday && (first.map(|token| parse.token(token)).into_iter().chain(before)).any(|token| open(&token.lemma))
}

/// Days the document itself names for what has happened, and weekdays that fall on such a day.
fn own_clues(corpus: &Corpus, doc: DocIx) -> Vec<Clue> {
    let days = told(corpus, doc).into_iter().filter_map(|time| match &time.value {
        TimeValue::Absolute(range) if range.is_day() => Some((range.earliest(), time)),
        _ => None,
    });
    let Some((last, time)) = days.max_by_key(|(day, time)| (*day, std::cmp::Reverse(time.span))) else { return Vec::new() };
    let same_day = |time: &&TimeExpression| matches!(&time.value, TimeValue::Weekday { weekday, .. } if *weekday == last.weekday());
    let weekday = corpus.notes(doc).times.iter().find(same_day);
    let grounds = std::iter::once(time).chain(weekday).map(|time| corpus.cite(doc, time.span)).collect();
    let to = weekday.and_then(|_| later(last, WEEKDAY_LIKELY));
    vec![Clue { from: last, to, likely: None, basis: Basis::Text, grounds }]
}

/// Days named by their date for what has happened, once the unknown day is known to lie in a range.
pub(crate) fn own_days(corpus: &Corpus, doc: DocIx, published: DateRange) -> Vec<(Date, Citation)> {
    let past = told(corpus, doc).into_iter().filter(|time| {
        matches!(time.value, TimeValue::MonthDay { day: Some(_), direction, .. } if !matches!(direction, Direction::Future | Direction::Next))
    });
    let day = |time: &TimeExpression| {
        time.resolve(Some(DateRange::day(published.latest()))).map(|range| (range.earliest(), corpus.cite(doc, time.span)))
    };
    past.filter_map(day).collect()
}

/// "After last month's siege": the report tells in passing what its siblings report, so its month is the one after the days that most of them tell of.
pub(crate) fn told_in_passing(corpus: &Corpus, stories: &Stories, doc: DocIx) -> Option<Clue> {
    let back = |time: &&TimeExpression| matches!(time.value, TimeValue::Shift { amount: -1, unit: TimeUnit::Week | TimeUnit::Month });
    // "Last week" is often said of what came after; "last year" of what came long before, so that it is no witness at all.
    let is_week = |time: &TimeExpression| matches!(time.value, TimeValue::Shift { unit: TimeUnit::Week, .. });
    let own = told(corpus, doc).into_iter().filter(back).min_by_key(|time| (is_week(time), time.span))?;
    let mut tellers: BTreeMap<Date, BTreeMap<DocIx, Span>> = BTreeMap::new();
    for other in siblings(stories, doc) {
        for (_, range, time) in
            dated_events(corpus, other).into_iter().filter(|(_, range, _)| range.is_day() && is_news(corpus, other, *range))
        {
            tellers.entry(range.earliest()).or_default().entry(other).or_insert(time.span);
        }
    }
    let (day, by) = tellers.into_iter().max_by_key(|(day, by)| (by.len(), std::cmp::Reverse(*day)))?;
    let (from, to) = fitting_days(own, DateRange::day(day))?;
    let (other, words) = by.into_iter().next()?;
    let grounds = vec![corpus.cite(doc, own.span), corpus.cite(other, words)];
    Some(Clue { from, to: Some(to), likely: None, basis: Basis::Siblings, grounds })
}

/// What dated siblings say of the same happenings.
fn sibling_clues(yardstick: &Yardstick, stories: &Stories, doc: DocIx) -> Vec<Clue> {
    let Yardstick { corpus, cast, .. } = *yardstick;
    let telling = |local: Local| Telling::of(corpus, cast, local.doc, corpus.notes(local.doc).events[local.index].trigger);
    let dated = siblings(stories, doc).flat_map(|other| dated_events(corpus, other));
    let dated: Vec<(Telling, Local, DateRange, &TimeExpression)> =
        dated.map(|(there, range, time)| (telling(there), there, range, time)).collect();
    let familiar = familiar(dated.iter().map(|(telling, ..)| telling));
    let mut clues = Vec::new();
    for (index, event) in corpus.notes(doc).events.iter().enumerate().filter(|(_, event)| event.status == EventStatus::Occurred) {
        let here = telling(Local { doc, index });
        let own = event.when.map(|id| &corpus.notes(doc).times[id.index()]).filter(|own| !matches!(own.value, TimeValue::Absolute(_)));
        let own = own.filter(|own| !is_any(corpus, doc, own));
        let near = own.is_some_and(|own| !reaches_far(&own.value));
        let fresh = dated.iter().filter(|(_, there, range, _)| !near || is_news(corpus, there.doc, *range));
        let found = fresh.filter_map(|(telling, there, range, time)| {
            let (there, range) = (*there, *range);
            let fitting = own.map(|own| fitting_days(own, range));
            let enough = match own.map(|own| &own.value) {
                Some(TimeValue::Weekday { .. }) => SAME_WEEKDAY,
                // "Last year" fits too much to be a witness.
                Some(value) if !reaches_far(value) => SAME_AND_FITTING,
                _ => SAME,
            };
            let alike = yardstick.odds(&familiar, &here, telling)?;
            (alike >= enough && fitting != Some(None)).then_some((alike, there, range, time, fitting.flatten()))
        });
        let Some((_, there, range, time, fitting)) = found.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))) else { continue };
        let words = own.map_or(event.trigger_spans.first(), |own| own.span);
        let grounds = vec![corpus.cite(doc, words), corpus.cite(there.doc, time.span)];
        match fitting {
            Some((from, to)) => {
                let likely = own.and_then(|own| likely(own, range));
                clues.push(Clue { from, to: Some(to), likely, basis: Basis::Siblings, grounds })
            }
            None if range.is_day() && event.when.is_none() => {
                clues.push(Clue { from: range.earliest(), to: None, likely: None, basis: Basis::Siblings, grounds })
            }
            None => {}
        }
    }
    clues
}

/// The same from whole sentences: a weekday here, a day there, and the two sentences of one sense.
fn sentence_clues(corpus: &Corpus, stories: &Stories, doc: DocIx) -> Vec<Clue> {
    let mut clues = Vec::new();
    let weekdays = corpus.notes(doc).times.iter().filter(|time| matches!(time.value, TimeValue::Weekday { .. }));
    for own in weekdays.filter(|time| !is_any(corpus, doc, time)) {
        let days = siblings(stories, doc).flat_map(|other| {
            let reference = corpus.doc(other).published.map(|dated| dated.range);
            corpus.notes(other).times.iter().filter_map(move |time| {
                time.resolve(reference).filter(|range| range.is_day() && is_news(corpus, other, *range)).map(|range| (other, range, time))
            })
        });
        let alike = days.map(|(other, range, time)| (corpus.similarity((doc, own.span), (other, time.span)), other, range, time));
        let fitting = alike
            .filter(|found| found.0 >= SAME_SENTENCE)
            .filter_map(|(sense, other, range, time)| fitting_days(own, range).map(|bounds| (sense, other, time, (bounds, range))));
        if let Some((_, other, time, ((from, to), range))) = fitting.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1))) {
            let grounds = vec![corpus.cite(doc, own.span), corpus.cite(other, time.span)];
            clues.push(Clue { from, to: Some(to), likely: likely(own, range), basis: Basis::Siblings, grounds });
        }
    }
    clues
}

/// The last of the likeliest days of words for what is past.
fn likely(time: &TimeExpression, range: DateRange) -> Option<Date> {
    matches!(time.value, TimeValue::Weekday { .. }).then(|| later(range.latest(), WEEKDAY_LIKELY)).flatten()
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
    // "On Sunday" of what is still to come is said before it.
    let (back, reach) = if matches!(time.value, TimeValue::Weekday { .. }) { (WEEKDAY_REACH, WEEKDAY_REACH) } else { (0, HORIZON) };
    let days = (-back..=reach + i64::from(range.n_days()) - 1).filter_map(|n| later(range.earliest(), n));
    let mut fitting = days.filter(|&day| time.resolve(Some(DateRange::day(day))).is_some_and(|meant| meant.overlaps(range)));
    let first = fitting.next()?;
    Some((first, fitting.next_back().unwrap_or(first)))
}

/// Units the unknown day shares with the happenings told: "this week", "earlier this year".
pub(crate) fn loose_bounds(corpus: &Corpus, doc: DocIx) -> Vec<TimeUnit> {
    let units = corpus.notes(doc).times.iter().filter_map(|time| match time.value {
        TimeValue::Shift { amount: 0, unit } | TimeValue::PartOfUnit { unit, before: true } => Some(unit),
        _ => None,
    });
    units.filter(|unit| matches!(unit, TimeUnit::Week | TimeUnit::Month | TimeUnit::Year)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, date};
    use variorum_model::TimeKind;

    use super::*;

    fn expression(value: TimeValue) -> TimeExpression {
        TimeExpression { span: Span::whole("x").unwrap(), kind: TimeKind::Date, value, clock: None, zone: None, part: None }
    }

    #[test]
    fn a_weekday_beside_a_date_bounds_both_ways() {
        let wednesday = expression(TimeValue::Weekday { weekday: Weekday::Wednesday, direction: Direction::Past });
        let meeting = DateRange::day(date(2025, 9, 3));
        assert_eq!(fitting_days(&wednesday, meeting), Some((date(2025, 9, 3), date(2025, 9, 9))));
    }

    #[test]
    fn last_month_means_any_day_of_the_next() {
        let last_month = expression(TimeValue::Shift { amount: -1, unit: TimeUnit::Month });
        let blast = DateRange::day(date(2023, 7, 11));
        assert_eq!(fitting_days(&last_month, blast), Some((date(2023, 8, 1), date(2023, 8, 31))));
    }
}
