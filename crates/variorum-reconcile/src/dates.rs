//! When was an undated document published?
//!
//! Input: clues (see [`crate::clues`]): days between which the unknown day must lie. Output: a range of days with its basis and the words it rests on.
//! Example: "met on Wednesday" here, "met on September 3, 2025" there: this one was published from 3 September 2025 to 6 September.
//! A day in the report's own dateline decides; else the clue that most others allow, narrowed by those. A happening that is over bounds the day from below, the
//! date of an amendment from above; "this week" and "earlier this year" keep it inside the unit.
//! "07/04/2022" is the seventh of April or the fourth of July, whichever is nearer to the siblings.
//! Limits: the matches are guesses by type, participants and wording; the range is a range for that reason.

use jiff::{Span as Gap, civil::Date};
use variorum_model::{
    Basis, DateRange, Dated, Precision,
    dossier::Citation,
    time::{TimeUnit, unit_around},
};

use crate::{
    clues::{Clue, clues, loose_bounds, own_days, told_in_passing},
    corpus::{Corpus, DocIx, Published},
    stories::Stories,
    tellings::Yardstick,
};

/// Without any other bound, an undated report is taken to be of the weeks after the freshest thing it tells.
const FRESHNESS: i64 = 28;

/// Dates for all documents, and for the inferred ones the words they rest on.
pub(crate) fn publication_dates(yardstick: &Yardstick, stories: &Stories) -> Published {
    let corpus = yardstick.corpus;
    let mut published =
        Published { dates: corpus.ids().map(|doc| corpus.doc(doc).published).collect(), grounds: vec![Vec::new(); corpus.len()] };
    let certain = published.dates.clone();
    for doc in corpus.ids() {
        if let Some(day) = certain[doc.0].and_then(|dated| nearer_reading(dated.range, &certain, stories, doc)) {
            published.dates[doc.0] = Some(Dated { range: DateRange::day(day), basis: Basis::Printed });
        }
    }
    for doc in corpus.ids().filter(|doc| corpus.doc(*doc).published.is_none()) {
        let mut clues = clues(yardstick, stories, doc);
        if !clues.iter().any(|clue| clue.to.is_some() && !clue.is_limit()) {
            clues.extend(told_in_passing(corpus, stories, doc));
        }
        if let Some((dated, grounds)) = weigh(&clues, &loose_bounds(corpus, doc)) {
            let (dated, grounds) = after_own_days(corpus, doc, dated, grounds);
            published.dates[doc.0] = Some(dated);
            published.grounds[doc.0] = grounds;
        }
    }
    published
}

/// Of a date in figures that may be read two ways, the reading that is nearer to what the siblings have, where it is nearer by weeks.
fn nearer_reading(range: DateRange, certain: &[Option<Dated>], stories: &Stories, doc: DocIx) -> Option<Date> {
    const NEARER: i32 = 14;
    let (first, last) = (range.earliest(), range.latest());
    let swapped = first.year() == last.year() && first.month() == last.day() && first.day() == last.month() && first != last;
    let siblings = stories.groups[stories.of(doc)].iter().filter(|&&other| other != doc).filter_map(|other| certain[other.0]);
    let known: Vec<Date> = siblings.filter(|dated| dated.range.is_day()).map(|dated| dated.range.earliest()).collect();
    let distance = |day: Date| known.iter().map(|&other| (other - day).get_days().abs()).min();
    let (near, far) = distance(first).zip(distance(last)).filter(|_| swapped)?;
    match near.cmp(&far) {
        std::cmp::Ordering::Less if far - near >= NEARER => Some(first),
        std::cmp::Ordering::Greater if near - far >= NEARER => Some(last),
        _ => None,
    }
}

/// What a report tells of a day of the range, by its date, was past when it was told.
fn after_own_days(corpus: &Corpus, doc: DocIx, dated: Dated, mut grounds: Vec<Citation>) -> (Dated, Vec<Citation>) {
    let within =
        own_days(corpus, doc, dated.range).into_iter().filter(|(day, _)| *day >= dated.range.earliest() && *day < dated.range.latest());
    let Some((day, words)) = within.max_by_key(|(day, _)| *day) else { return (dated, grounds) };
    let Some(range) = later(day, 1).and_then(|from| between(from, dated.range.latest())) else { return (dated, grounds) };
    grounds.push(words);
    (Dated { range, ..dated }, grounds)
}

/// Of the clues that bound both ways the report's own, then the one most others allow, then the tightest, narrowed by those; without one, the latest lower bound.
fn weigh(clues: &[Clue], units: &[TimeUnit]) -> Option<(Dated, Vec<Citation>)> {
    let both = clues.iter().filter(|clue| !clue.is_limit()).filter_map(|clue| clue.to.map(|to| ((to - clue.from).get_days(), clue, to)));
    let allowed =
        |clue: &Clue, to: Date| clues.iter().filter(|other| other.from <= to && other.to.is_none_or(|end| end >= clue.from)).count();
    // A day that the report itself prints, with a weekday that falls on it, is its own word.
    let main = both.min_by_key(|(width, clue, to)| (clue.basis != Basis::Text, std::cmp::Reverse(allowed(clue, *to)), *width, clue.from));
    let (first, to) = match main {
        Some((_, clue, to)) => (clue, Some(to)),
        None => (clues.iter().filter(|clue| !clue.is_limit()).max_by_key(|clue| clue.from)?, None),
    };
    let lower = clues
        .iter()
        .filter(|clue| clue.from >= first.from && to.is_none_or(|to| clue.from <= to))
        .max_by_key(|clue| clue.from)
        .unwrap_or(first);
    let upper = clues.iter().filter_map(|clue| clue.to.map(|to| (to, clue))).filter(|(to, _)| *to >= lower.from).min_by_key(|(to, _)| *to);
    let unit_end = units.iter().filter_map(|&unit| unit_around(lower.from, unit)).map(DateRange::latest).min();
    let likely = lower.likely.filter(|likely| *likely >= lower.from);
    let to = [upper.map(|(to, _)| to), unit_end, likely].into_iter().flatten().min().or_else(|| later(lower.from, FRESHNESS))?;
    let mut used = vec![first];
    used.extend(
        [Some(lower), upper.map(|(_, clue)| clue).filter(|clue| clue.is_limit())]
            .into_iter()
            .flatten()
            .filter(|clue| !std::ptr::eq(*clue, first)),
    );
    let basis = if used.iter().any(|clue| clue.basis == Basis::Siblings) { Basis::Siblings } else { Basis::Text };
    let mut seen = std::collections::BTreeSet::new();
    let mut grounds: Vec<Citation> = used.iter().flat_map(|clue| clue.grounds.iter().cloned()).collect();
    grounds.retain(|citation| seen.insert(citation.clone()));
    between(lower.from, to).map(|range| (Dated { range, basis }, grounds))
}

fn between(from: Date, to: Date) -> Option<DateRange> {
    DateRange::new(from, to, if from == to { Precision::Day } else { Precision::Range })
}

/// So many days on.
pub(crate) fn later(day: Date, n: i64) -> Option<Date> {
    day.checked_add(Gap::new().try_days(n).ok()?).ok()
}
