//! How are the marks of one record drawn under a row of text?
//!
//! Input: a row and a lane of marks, of an attribution or an event. Output: one line of underlines, as wide as the row at most; none where nothing of the record stands in the row. What is
//! said is one line from its first character to its last, dotted where other words stand between; source and cue are drawn over it. Example:
//!
//! ```text
//!   “It holds,” Ana Prado said, “for now.”
//!   ┗━━━━━━━━━┄┄═════════┄^^^^┄┄━━━━━━━━━┛
//! ```

use anstyle::Style;
use textwrap::Options;
use variorum_model::{Attribution, Span};

use super::{palette, push, rows::Row};

/// What a mark says of its words; what is drawn over what, in this order.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Between,
    Content,
    Quoted,
    When,
    Hedge,
    Source,
    Cue,
    Recipient,
    Actor,
    Where,
    Day,
    Trigger,
}

/// The marks of one record.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    marks: Vec<(Look, Span)>,
    /// First and last byte of what is said; none where nothing is said.
    ends: Option<(usize, usize)>,
}

impl Look {
    /// Every look of an event.
    pub(super) const TOLD_OF_EVENTS: [Self; 5] = [Self::Trigger, Self::Actor, Self::Recipient, Self::Day, Self::Where];

    /// Every look of an attribution that a reader has to be told.
    pub(super) const TOLD: [Self; 6] = [Self::Source, Self::Cue, Self::Content, Self::Quoted, Self::Hedge, Self::When];

    pub(super) fn sign(self) -> char {
        match self {
            Self::Between => '┄',
            Self::Content | Self::Recipient => '─',
            Self::Quoted => '━',
            Self::When | Self::Day => '.',
            Self::Hedge | Self::Where => '~',
            Self::Source | Self::Actor => '═',
            Self::Cue | Self::Trigger => '^',
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Between => "goes on",
            Self::Content => "content",
            Self::Quoted => "quoted",
            Self::When => "when said",
            Self::Hedge => "hedge",
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Recipient => "to whom",
            Self::Actor => "who",
            Self::Where => "where",
            Self::Day => "when",
            Self::Trigger => "trigger",
        }
    }

    pub(super) fn style(self) -> Style {
        match self {
            Self::Between => palette::FAINT,
            Self::Content | Self::Quoted | Self::Recipient => palette::CONTENT,
            Self::When | Self::Day => palette::TIME,
            Self::Hedge | Self::Where => palette::DISTANCE,
            Self::Source | Self::Actor => palette::SOURCE,
            Self::Cue | Self::Trigger => palette::CUE,
        }
    }

    /// The sign where what is said begins or ends.
    fn end(self, begins: bool) -> Option<char> {
        match (self, begins) {
            (Self::Content, true) => Some('└'),
            (Self::Content, false) => Some('┘'),
            (Self::Quoted, true) => Some('┗'),
            (Self::Quoted, false) => Some('┛'),
            _ => None,
        }
    }
}

/// Tells a reader what the signs mean.
pub(super) fn legend(out: &mut String, looks: &[Look], width: usize) {
    let told: Vec<String> = looks.iter().map(|look| format!("{s}{1}{1}{s:#} {0}", look.name(), look.sign(), s = look.style())).collect();
    let options = Options::new(width).initial_indent("  ").subsequent_indent("  ");
    push(out, format_args!("{}\n", textwrap::fill(&told.join("  "), options)));
}

impl Lane {
    /// The marks of an attribution; `said` is where the text tells when.
    pub(super) fn of(attribution: &Attribution, said: Option<Span>) -> Self {
        let content = attribution.content.spans();
        let whole = content.iter().copied().reduce(Span::cover).expect("evidence is never empty");
        let mut marks = vec![(Look::Between, whole)];
        let mut mark = |look, spans: &[Span]| marks.extend(spans.iter().map(|&span| (look, span)));
        mark(Look::Content, content);
        mark(Look::Quoted, &attribution.verbatim);
        mark(Look::When, said.as_slice());
        mark(Look::Hedge, attribution.hedge.as_slice());
        mark(Look::Source, &attribution.source);
        mark(Look::Cue, &attribution.cue);
        Self { marks, ends: Some((whole.start(), whole.end() - 1)) }
    }

    /// Marks without anything said; later ones are drawn over earlier ones.
    pub(super) fn of_marks(marks: Vec<(Look, Span)>) -> Self {
        Self { marks, ends: None }
    }

    /// The line under a row.
    pub(super) fn under(&self, row: &Row) -> Option<String> {
        let mut signs: Vec<Option<(Look, char)>> = vec![None; row.width + 1];
        for &(look, span) in &self.marks {
            if let Some(columns) = row.columns(span) {
                signs[columns].fill(Some((look, look.sign())));
            }
        }
        // A single character is no line that could have two ends.
        let first = self.ends.and_then(|(first, _)| row.column(first));
        let last = self.ends.and_then(|(_, last)| row.last_column(last));
        for (column, begins) in [(first, true), (last, false)].into_iter().filter(|_| first.is_none() || first != last) {
            if let Some((look, sign)) = column.and_then(|column| signs[column].as_mut()) {
                *sign = look.end(begins).unwrap_or(*sign);
            }
        }
        signs.iter().any(Option::is_some).then(|| painted(&signs))
    }
}

/// The signs with their colours, one sequence for a run of one look.
fn painted(signs: &[Option<(Look, char)>]) -> String {
    let n = signs.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let mut line = String::new();
    for run in signs[..n].chunk_by(|a, b| a.map(|(look, _)| look) == b.map(|(look, _)| look)) {
        let shown: String = run.iter().map(|sign| sign.map_or(' ', |(_, sign)| sign)).collect();
        match run[0] {
            None => line.push_str(&shown),
            Some((look, _)) => line.push_str(&format!("{style}{shown}{style:#}", style = look.style())),
        }
    }
    line
}
