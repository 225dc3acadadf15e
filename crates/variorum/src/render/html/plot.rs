//! A small plot of one figure: values against the days they are given for.
//!
//! A point is an exact value, a ring an approximate one; an arrow leaves an open bound upwards (`at least`) or downwards (`up to`); a bar joins the ends of a range.
//! Nothing is drawn of readings without a day or a number, nor of fewer than two.

use std::collections::BTreeSet;

use variorum_model::{DateRange, Figure, Qualifier, dossier::FigureReading};

use super::{
    super::words,
    sheet::{Sheet, put},
    svg::{Axis, width},
};

const WIDE: f64 = 340.0;
const HIGH: f64 = 156.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 126.0;

/// One reading that can be drawn.
struct Point {
    when: DateRange,
    low: Option<f64>,
    high: Option<f64>,
    qualifier: Qualifier,
    report: usize,
}

impl Point {
    fn of(sheet: &Sheet<'_>, reading: &FigureReading) -> Option<Self> {
        let (low, high) = (reading.low.filter(|n| n.is_finite()), reading.high.filter(|n| n.is_finite()));
        low.or(high)?;
        Some(Self { when: reading.as_of.as_ref()?.range, low, high, qualifier: reading.qualifier, report: sheet.number(&reading.document) })
    }

    fn middle(&self, axis: &Axis, height: &impl Fn(f64) -> f64) -> (f64, f64) {
        let x = (axis.at(self.when.earliest()) + axis.at(self.when.latest())) / 2.0;
        (x, height(self.low.or(self.high).unwrap_or(0.0)))
    }
}

pub(super) fn drawn(sheet: &Sheet<'_>, figure: &Figure) -> String {
    let points: Vec<Point> = figure.readings.iter().filter_map(|reading| Point::of(sheet, reading)).collect();
    let all = points.iter().map(|point| point.when).reduce(DateRange::cover);
    let values: Vec<f64> = points.iter().flat_map(|point| [point.low, point.high]).flatten().collect();
    let (Some(all), true) = (all, points.len() > 1) else { return String::new() };
    let top = values.iter().copied().fold(0.0, f64::max);
    let bottom = values.iter().copied().fold(0.0, f64::min);
    let axis = Axis { start: all.earliest(), end: all.latest(), from: 58.0, to: WIDE - 26.0 };
    let height = |value: f64| BOTTOM - (BOTTOM - TOP) * (value - bottom) / (top - bottom).max(f64::MIN_POSITIVE);
    let mut svg = grid(&axis, &[bottom, (bottom + top) / 2.0, top].map(|value| (value, height(value))));
    for point in &points {
        svg.push_str(&one(&axis, point, &height));
    }
    svg.push_str(&numbers(&axis, &points, &height));
    format!(
        "<svg class=\"plot\" viewBox=\"0 0 {WIDE:.0} {HIGH:.0}\" role=\"img\" aria-label=\"{} values against their dates, as in the table\">{svg}</svg>",
        points.len()
    )
}

fn grid(axis: &Axis, heights: &[(f64, f64)]) -> String {
    let mut svg = String::new();
    for (value, y) in heights {
        put!(svg, "<line x1=\"50\" x2=\"{:.0}\" y1=\"{y:.0}\" y2=\"{y:.0}\" class=\"grid\"/>", WIDE - 10.0);
        let shown = if value.abs() < 10.0 { format!("{value:.1}").trim_end_matches(".0").to_owned() } else { words::number(value.round()) };
        put!(svg, "<text x=\"46\" y=\"{:.0}\" class=\"tick end\">{shown}</text>\n", y + 4.0);
    }
    for (date, word) in axis.ticks(4) {
        put!(svg, "<text x=\"{:.0}\" y=\"{:.0}\" class=\"tick mid\">{word}</text>\n", axis.at(date), HIGH - 10.0);
    }
    svg
}

fn one(axis: &Axis, point: &Point, height: &impl Fn(f64) -> f64) -> String {
    let (a, b) = (axis.at(point.when.earliest()), axis.at(point.when.latest()));
    let (x, y) = point.middle(axis, height);
    let mut svg = String::from("<g class=\"point\">");
    if b - a > 4.0 {
        put!(svg, "<line x1=\"{a:.0}\" x2=\"{b:.0}\" y1=\"{y:.0}\" y2=\"{y:.0}\" class=\"span\"/>");
    }
    match (point.low, point.high) {
        (Some(_), None) => put!(svg, "<path d=\"M{x:.0} {y:.0}v-18m-4 5l4 -5l4 5\" class=\"bound\"/>"),
        (None, Some(_)) => put!(svg, "<path d=\"M{x:.0} {y:.0}v18m-4 -5l4 5l4 -5\" class=\"bound\"/>"),
        (Some(low), Some(high)) if low != high => {
            put!(svg, "<path d=\"M{:.0} {y:.0}h8m-4 0V{:.0}m-4 0h8\" class=\"bound\"/>", x - 4.0, height(high));
        }
        _ => {}
    }
    let class = if point.qualifier == Qualifier::About { "ring" } else { "dot" };
    put!(svg, "<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"4\" class=\"{class}\"/>");
    svg + "</g>\n"
}

/// The reports' numbers beside their points; those of points that lie together share one place.
fn numbers(axis: &Axis, points: &[Point], height: &impl Fn(f64) -> f64) -> String {
    let mut places: Vec<(f64, f64, BTreeSet<usize>)> = Vec::new();
    for point in points {
        let (x, y) = point.middle(axis, height);
        match places.iter_mut().find(|(a, b, _)| (x - a).abs() < 26.0 && (y - b).abs() < 12.0) {
            Some((_, _, reports)) => _ = reports.insert(point.report),
            None => places.push((x, y, BTreeSet::from([point.report]))),
        }
    }
    let number = |(x, y, reports): &(f64, f64, BTreeSet<usize>)| {
        let shown = format!("[{}]", reports.iter().map(usize::to_string).collect::<Vec<_>>().join(", "));
        let (at, class) = if x + 8.0 + width(&shown) > WIDE { (x - 7.0, "tick end") } else { (x + 7.0, "tick") };
        format!("<text x=\"{at:.0}\" y=\"{:.0}\" class=\"{class}\">{shown}</text>\n", y + 13.0)
    };
    places.iter().map(number).collect()
}
