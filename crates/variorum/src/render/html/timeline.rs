//! When did it happen, and when was it reported? A drawing: a row for each event at its date, the reports beneath.
//!
//! Days that are not known exactly are bars. What lies before or after the story's period is folded to the sides, out of scale.

use std::collections::BTreeSet;

use jiff::ToSpan;
use variorum_model::{DateRange, Document, Event, EventStatus, Story};

use super::{
    super::words,
    events::{documents, evidence, summary},
    sheet::{Sheet, put, text},
    svg::{Axis, drawing, label, nth, width},
};

/// Rows drawn; every event is in the table.
const MOST: usize = 36;
const WIDE: f64 = 960.0;
const ROW: f64 = 22.0;
/// Width of what is folded to the left, and to the right.
const FOLD: f64 = 132.0;

pub(super) fn drawn(sheet: &Sheet<'_>, story: &Story) -> String {
    let reports = sheet.documents(story);
    let events = chosen(sheet, story);
    let Some(period) = period(story, &reports, &events) else { return String::new() };
    let (before, rest): (Vec<_>, Vec<_>) = events.iter().partition(|(range, _)| range.latest() < period.earliest());
    let (after, within): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(range, _)| range.earliest() > period.latest());
    let axis = Axis {
        start: period.earliest(),
        end: period.latest(),
        from: if before.is_empty() { 16.0 } else { FOLD },
        to: if after.is_empty() { WIDE - 16.0 } else { WIDE - FOLD },
    };
    let ordered: Vec<_> = before.iter().chain(&within).chain(&after).copied().collect();
    let rows: String =
        ordered.iter().enumerate().map(|(i, (range, event))| row(sheet, &axis, 26.0 + ROW * nth(i), *range, event)).collect();
    let base = 26.0 + ROW * nth(ordered.len());
    let (published, bottom) = published(sheet, &axis, base, &reports);
    let frame = frame(&axis, base, !before.is_empty(), !after.is_empty());
    let n = sheet.dossier.events.iter().filter(|event| event.story == story.id).count();
    let more = if n > ordered.len() {
        format!("<p class=\"note\">{} of {n} events are drawn; all are in the table.</p>", ordered.len())
    } else {
        String::new()
    };
    let key = "<p class=\"key\">● happened · ○ planned or promised · ◌ possible · △ threatened · × denied · a bar: some day within</p>";
    let key = if ordered.is_empty() { "" } else { key };
    format!("{}{key}{more}\n", drawing(WIDE, bottom + 8.0, "Events at their dates, reports beneath", &format!("{frame}{rows}{published}")))
}

/// The story's days with some room at both ends.
fn period(story: &Story, reports: &[&Document], events: &[(DateRange, &Event)]) -> Option<DateRange> {
    let of_reports = reports.iter().filter_map(|doc| doc.published).map(|dated| dated.range).reduce(DateRange::cover);
    let own = story.period.into_iter().chain(of_reports).reduce(DateRange::cover);
    let all = own.or_else(|| events.iter().map(|(range, _)| *range).reduce(DateRange::cover))?;
    let room = (all.n_days() / 24).max(1);
    let (earliest, latest) = (all.earliest().checked_sub(room.days()).ok()?, all.latest().checked_add(room.days()).ok()?);
    DateRange::new(earliest, latest, all.precision())
}

/// The dated events that weigh most, in order of time.
fn chosen<'d>(sheet: &Sheet<'d>, story: &Story) -> Vec<(DateRange, &'d Event)> {
    let own = sheet.dossier.events.iter().filter(|event| event.story == story.id && !event.readings.is_empty());
    let mut dated: Vec<(DateRange, &Event)> = own.filter_map(|event| Some((event.when.as_ref()?.range, event))).collect();
    dated.sort_by_key(|(_, event)| std::cmp::Reverse(weight(event)));
    let mut told = BTreeSet::new();
    dated.retain(|(_, event)| told.insert(evidence(event).next()));
    dated.truncate(MOST);
    dated.sort_by_key(|(range, event)| (range.earliest(), range.latest(), &event.id));
    dated
}

/// What is widely and fully told.
fn weight(event: &Event) -> usize {
    let full = 2 * usize::from(!event.actors.is_empty()) + usize::from(!event.recipients.is_empty()) + usize::from(event.place.is_some());
    3 * documents(event).len() + full + 2 * usize::from(event.status == EventStatus::Occurred)
}

/// Vertical lines of the calendar, and of the folds.
fn frame(axis: &Axis, base: f64, before: bool, after: bool) -> String {
    let mut svg = String::new();
    for (date, word) in axis.ticks(9) {
        let x = axis.at(date);
        put!(svg, "<line x1=\"{x:.0}\" x2=\"{x:.0}\" y1=\"20\" y2=\"{base:.0}\" class=\"grid\"/>");
        put!(svg, "<text x=\"{x:.0}\" y=\"14\" class=\"tick mid\">{word}</text>\n");
    }
    for (is, x, shown) in [(before, axis.from, "earlier"), (after, axis.to, "later")] {
        if is {
            let at = if shown == "earlier" { 14.0 } else { x + 6.0 };
            put!(svg, "<line x1=\"{x:.0}\" x2=\"{x:.0}\" y1=\"4\" y2=\"{base:.0}\" class=\"fold\"/>");
            put!(svg, "<text x=\"{at:.0}\" y=\"14\" class=\"tick\">{shown}</text>\n");
        }
    }
    svg + &format!("<line x1=\"{:.0}\" x2=\"{:.0}\" y1=\"{base:.0}\" y2=\"{base:.0}\" class=\"axis\"/>\n", axis.from, axis.to)
}

/// One event: its days, its sign, and who does what beside it, where there is room.
fn row(sheet: &Sheet<'_>, axis: &Axis, y: f64, range: DateRange, event: &Event) -> String {
    let outside = range.latest() < axis.start || range.earliest() > axis.end;
    let (a, b) = match (range.latest() < axis.start, range.earliest() > axis.end) {
        (true, _) => (20.0, 20.0),
        (_, true) => (axis.to + 14.0, axis.to + 14.0),
        _ => (axis.at(range.earliest()), axis.at(range.latest())),
    };
    let date = words::dates(range);
    let shown = if outside { format!("{date}: {}", summary(sheet, event)) } else { summary(sheet, event) };
    let sign = if b - a > 4.0 { bar(event.status, a, b, y) } else { sign(event.status, a, y) };
    let (left, right) = (a - 10.0, WIDE - b - 14.0);
    let needed = width(&shown).min(WIDE / 3.0);
    let words = match () {
        () if right >= needed => label(b + 10.0, y + 4.0, "on", &shown, right),
        () if left >= needed => label(left, y + 4.0, "on end", &shown, left),
        // No room beside a long bar: over it.
        () => label(a + 12.0, y + 4.0, "on", &shown, WIDE - a - 12.0),
    };
    format!(
        "<a href=\"#{}\" class=\"rec\" data-p=\"{}\"><title>{date}: {}</title>{sign}{words}</a>\n",
        event.id,
        sheet.data(evidence(event)),
        text(&summary(sheet, event)),
    )
}

/// The days on one of which it happened, and its sign at their beginning unless it simply happened.
fn bar(status: EventStatus, a: f64, b: f64, y: f64) -> String {
    let sign = if status == EventStatus::Occurred { String::new() } else { sign(status, a, y) };
    format!("<rect x=\"{a:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"6\" rx=\"3\" class=\"spread\"/>{sign}", y - 3.0, b - a)
}

/// Shapes tell what happened from what did not.
fn sign(status: EventStatus, x: f64, y: f64) -> String {
    match status {
        EventStatus::Occurred => format!("<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"5\" class=\"dot\"/>"),
        EventStatus::Planned | EventStatus::Promised => format!("<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"5\" class=\"ring\"/>"),
        EventStatus::Possible | EventStatus::Hypothetical => format!("<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"5\" class=\"ring maybe\"/>"),
        EventStatus::Threatened => format!("<path d=\"M{x:.0} {:.0}l5 9h-10z\" class=\"ring\"/>", y - 5.0),
        EventStatus::Denied => format!("<path d=\"M{:.0} {:.0}l8 8m0 -8l-8 8\" class=\"cross\"/>", x - 4.0, y - 4.0),
    }
}

/// The reports' dates under the axis, and where the drawing ends.
fn published(sheet: &Sheet<'_>, axis: &Axis, base: f64, reports: &[&Document]) -> (String, f64) {
    let mut svg = String::new();
    // Per lane, where its last number ends.
    let mut lanes: Vec<f64> = Vec::new();
    for doc in reports {
        let Some(dated) = doc.published else { continue };
        let (a, b) = (axis.at(dated.range.earliest()), axis.at(dated.range.latest()));
        let number = format!("[{}]", sheet.number(&doc.id));
        let left = a.min((a + b) / 2.0 - width(&number) / 2.0);
        let lane = lanes.iter().position(|end| *end < left).unwrap_or(lanes.len());
        let end = b.max((a + b) / 2.0 + width(&number) / 2.0) + 2.0;
        if lane == lanes.len() {
            lanes.push(end)
        } else {
            lanes[lane] = end
        }
        put!(svg, "{}", report(sheet, doc, (a, b), base + 20.0 * nth(lane), &number));
    }
    let undated: Vec<String> =
        reports.iter().filter(|doc| doc.published.is_none()).map(|doc| format!("[{}]", sheet.number(&doc.id))).collect();
    let bottom = base + 20.0 * nth(lanes.len()) + 8.0;
    if undated.is_empty() {
        return (svg, bottom);
    }
    put!(svg, "{}", label(axis.from, bottom + 12.0, "tick", &format!("no date: {}", undated.join(" ")), WIDE - axis.from));
    (svg, bottom + 18.0)
}

fn report(sheet: &Sheet<'_>, doc: &Document, (a, b): (f64, f64), y: f64, number: &str) -> String {
    let shape = if b - a > 4.0 {
        format!("<rect x=\"{a:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"4\" class=\"spread\"/>", y + 3.0, b - a)
    } else {
        format!("<line x1=\"{a:.0}\" x2=\"{a:.0}\" y1=\"{y:.0}\" y2=\"{:.0}\" class=\"stem\"/>", y + 6.0)
    };
    let (x, below) = ((a + b) / 2.0, y + 17.0);
    let name = text(super::sheet::outlet(doc));
    format!(
        "<a href=\"#r{}\"><title>{name}</title>{shape}<text x=\"{x:.0}\" y=\"{below:.0}\" class=\"tick mid\">{number}</text></a>\n",
        sheet.number(&doc.id)
    )
}
