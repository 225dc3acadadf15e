//! A small plot of one figure: values against the days they are given for.
//!
//! A point is an exact value, a ring an approximate one; an arrow leaves an open bound upwards (`at least`) or downwards (`up to`); a bar joins the ends of a range.
//! Nothing is drawn of readings without a day or a number, nor of fewer than two.

use variorum_model::{DateRange, Figure, Qualifier, dossier::FigureReading};

use super::{
    super::words,
    sheet::{Sheet, put},
    svg::Axis,
};

const WIDE: f64 = 340.0;
const HIGH: f64 = 190.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 160.0;

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
    let x = (a + b) / 2.0;
    let y = height(point.low.or(point.high).unwrap_or(0.0));
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
    put!(svg, "<text x=\"{:.0}\" y=\"{:.0}\" class=\"tick\">[{}]</text></g>\n", x + 6.0, y + 12.0, point.report);
    svg
}
