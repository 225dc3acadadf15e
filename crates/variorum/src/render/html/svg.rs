//! Small pieces of drawing: whole-number coordinates, text that fits, ticks of a calendar.

use jiff::{ToSpan, civil::Date};

use super::{super::words, sheet::text};

/// Pixels of one average character of the drawings' type; a little generous, as fonts differ.
pub(super) const CHARACTER: f64 = 6.4;

/// Text at a place, cut to a width.
pub(super) fn label(x: f64, y: f64, class: &str, shown: &str, width: f64) -> String {
    format!("<text x=\"{x:.0}\" y=\"{y:.0}\" class=\"{class}\">{}</text>", text(&words::cut(shown, fits(width))))
}

/// Characters that fit a width.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Widths are small and positive.
pub(super) fn fits(width: f64) -> usize {
    (width / CHARACTER).max(3.0) as usize
}

/// Width of a text as drawn, at most.
pub(super) fn width(shown: &str) -> f64 {
    f64::from(u32::try_from(shown.chars().count()).unwrap_or(u32::MAX)) * CHARACTER
}

/// A row or column number as a coordinate.
pub(super) fn nth(i: usize) -> f64 {
    f64::from(u32::try_from(i).unwrap_or(u32::MAX))
}

/// Days from one date to another.
pub(super) fn days(from: Date, to: Date) -> f64 {
    f64::from((to - from).get_days())
}

/// A drawing that scrolls sideways rather than shrink on a narrow screen.
pub(super) fn drawing(wide: f64, high: f64, title: &str, body: &str) -> String {
    format!(
        "<div class=\"drawing\" role=\"region\" tabindex=\"0\" aria-label=\"{title}\"><svg viewBox=\"0 0 {wide:.0} {high:.0}\" width=\"{wide:.0}\" \
         height=\"{high:.0}\" role=\"group\" aria-label=\"{title}\">\n{body}</svg></div>\n"
    )
}

/// Where days stand across a drawing.
pub(super) struct Axis {
    pub(super) start: Date,
    pub(super) end: Date,
    /// Pixels of its two ends.
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Axis {
    /// The middle of a day, held within the axis.
    pub(super) fn at(&self, date: Date) -> f64 {
        let all = days(self.start, self.end) + 1.0;
        let x = self.from + (self.to - self.from) * (days(self.start, date) + 0.5) / all;
        x.clamp(self.from, self.to)
    }

    /// At most `most` marks of a calendar, with their words.
    pub(super) fn ticks(&self, most: usize) -> Vec<(Date, String)> {
        let by_days = [1, 2, 7, 14].into_iter().map(|n| (n.days(), false));
        let by_months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].into_iter().map(|n: i32| (n.months(), true));
        let all = by_days.chain(by_months).map(|(step, is_months)| self.stepped(step, is_months, most));
        all.flatten().next().unwrap_or_default()
    }

    /// None where there are too many.
    fn stepped(&self, step: jiff::Span, is_months: bool, most: usize) -> Option<Vec<(Date, String)>> {
        let mut date = if is_months { self.start.first_of_month() } else { self.start };
        if step.get_months() >= 12 {
            date = date.first_of_year();
        }
        let mut ticks = Vec::new();
        while date <= self.end {
            if date >= self.start {
                ticks.push((date, tick(date, step)));
            }
            if ticks.len() > most {
                return None;
            }
            date = date.checked_add(step).ok()?;
        }
        (!ticks.is_empty()).then_some(ticks)
    }
}

/// `8 Oct`, `Oct 2024`, `2024`.
fn tick(date: Date, step: jiff::Span) -> String {
    let day = words::dates(variorum_model::DateRange::day(date));
    let mut parts = day.splitn(3, ' ');
    let (number, month, year) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    match step.get_months() {
        0 => format!("{number} {month}"),
        1..12 => format!("{month} {year}"),
        _ => year.into(),
    }
}
