//! Dates as reported: never more precise than the words they come from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How precisely a date was reported.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// A clock time on one day.
    Instant,
    /// One day.
    Day,
    /// One week.
    Week,
    /// One month.
    Month,
    /// One quarter or season.
    Quarter,
    /// One year.
    Year,
    /// Ten years.
    Decade,
    /// A stretch with ends of its own.
    Range,
}

/// A closed range of days with the precision it was reported with. `earliest <= latest` always.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DateRange {
    earliest: Date,
    latest: Date,
    precision: Precision,
}

impl DateRange {
    /// None when the ends are reversed.
    pub fn new(earliest: Date, latest: Date, precision: Precision) -> Option<Self> {
        (earliest <= latest).then_some(Self { earliest, latest, precision })
    }

    /// One day.
    pub fn day(date: Date) -> Self {
        Self { earliest: date, latest: date, precision: Precision::Day }
    }

    /// One month of a year; none when there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Self::new(first, first.last_of_month(), Precision::Month)
    }

    /// One year; none outside the calendar's -9999..=9999.
    pub fn year(year: i16) -> Option<Self> {
        Self::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, Precision::Year)
    }

    /// First possible day.
    pub fn earliest(self) -> Date {
        self.earliest
    }

    /// Last possible day.
    pub fn latest(self) -> Date {
        self.latest
    }

    /// How precisely it was reported.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Whether it is one day.
    pub fn is_day(self) -> bool {
        self.earliest == self.latest
    }

    /// Number of days it may lie on; at least one.
    pub fn n_days(self) -> i32 {
        (self.latest - self.earliest).get_days() + 1
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.earliest <= other.earliest && other.latest <= self.latest
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// The days both allow, with the finer precision; none when they are disjoint.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let precision = self.precision.min(other.precision);
        Self::new(self.earliest.max(other.earliest), self.latest.min(other.latest), precision)
    }

    /// The smallest range that covers both.
    pub fn cover(self, other: Self) -> Self {
        let (earliest, latest) = (self.earliest.min(other.earliest), self.latest.max(other.latest));
        let precision = if earliest == latest { self.precision.min(other.precision) } else { Precision::Range };
        Self { earliest, latest, precision }
    }
}

/// How a document's date is known.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Printed in the text as the date of publication.
    Printed,
    /// Given with the text (a JSON field, a `<meta>` element).
    Metadata,
    /// Inferred from dates and weekdays in its own text.
    Text,
    /// Inferred from other documents of the same story.
    Siblings,
}

/// A date with how it is known.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dated {
    /// The days it may be.
    pub range: DateRange,
    /// How it is known.
    pub basis: Basis,
}
