//! Who said what, drawn: the passage, a lane of marks for each attribution under its rows, and below the way the words came.
//!
//! Input: an annotated document and the columns there are. Output: passage after passage. An attribution has a letter, in the margin of its lanes and before its
//! chain; one that stands in another's content is set in below it. Example:
//!
//! ```text
//!      CNB reported that Orlov had warned of delays.
//!   a  ═══ ^^^^^^^^ └──────────────────────────────┘
//!   └b               ═════ ^^^^^^^^^^ └──────────┘
//!
//!   a  document ─relay→ CNB “reported”
//!      report · indirect speech
//!   └b document ─relay→ CNB ─speaker→ Orlov “had warned”
//!      warn · indirect speech
//! ```

use variorum_model::{Attribution, AttributionId, Span};
use variorum_reconcile::Annotated;

use super::{
    super::words,
    lanes::{Lane, Look, legend},
    palette::{BOLD, FAINT},
    passages::{Passage, passages},
    paths, push,
    rows::rows,
};

/// Steps of setting in that are shown; deeper ones stand below each other.
const MOST_STEPS: usize = 6;

/// Draws every attribution of a document.
pub(super) fn draw(out: &mut String, doc: &Annotated, width: usize) {
    let all = &doc.annotations.attributions;
    if all.is_empty() {
        return;
    }
    legend(out, &Look::TOLD, width);
    let spans: Vec<Vec<Span>> = all.iter().map(|one| marked(doc, one)).collect();
    for passage in passages(doc, &spans) {
        one_passage(out, doc, &passage, width);
    }
}

/// Every span that is drawn.
fn marked(doc: &Annotated, one: &Attribution) -> Vec<Span> {
    let parts = [one.source.as_slice(), &one.cue, one.content.spans(), &one.verbatim, one.hedge.as_slice()];
    parts.concat().into_iter().chain(paths::said(doc, one)).collect()
}

fn one_passage(out: &mut String, doc: &Annotated, passage: &Passage, width: usize) {
    let all = &doc.annotations.attributions;
    let names = names(all, &passage.records);
    let lanes: Vec<Lane> = names.iter().map(|(i, _)| Lane::of(&all[*i], paths::said(doc, &all[*i]))).collect();
    let margin = names.iter().map(|(_, name)| name.chars().count()).max().unwrap_or_default() + 1;
    let room = width.saturating_sub(margin + 2);
    push(out, format_args!("\n{FAINT}{}{FAINT:#}\n", words::place_in(&doc.document, passage.stretches[0].span.start())));
    for stretch in &passage.stretches {
        if stretch.after_gap {
            push(out, format_args!("  {:margin$}{FAINT}⋯{FAINT:#}\n", ""));
        }
        for row in rows(&doc.document.text, stretch.span, room) {
            push(out, format_args!("  {:margin$}{}\n", "", row.text));
            for ((_, name), lane) in names.iter().zip(&lanes) {
                if let Some(line) = lane.under(&row) {
                    push(out, format_args!("  {BOLD}{name:margin$}{BOLD:#}{line}\n"));
                }
            }
        }
    }
    push(out, format_args!("\n"));
    for (i, name) in &names {
        push(out, format_args!("{}", paths::path(doc, &all[*i], &format!("  {name:margin$}"), width)));
    }
}

/// The attributions of a passage in the order they are drawn in, each after the one it stands in, with a letter in the margin.
fn names(all: &[Attribution], members: &[usize]) -> Vec<(usize, String)> {
    let mut ordered = Vec::new();
    let inside = |i: usize| all[i].within.map(AttributionId::index).filter(|outer| members.contains(outer));
    members.iter().filter(|&&i| inside(i).is_none()).for_each(|&i| below(i, 0, members, &inside, &mut ordered));
    // Two that each stand in the other are drawn too.
    members.iter().for_each(|&i| below(i, 0, members, &inside, &mut ordered));
    let name = |(n, (i, depth)): (usize, (usize, usize))| match depth.min(MOST_STEPS) {
        0 => (i, letters(n)),
        depth => (i, format!("{}└{}", " ".repeat(depth - 1), letters(n))),
    };
    ordered.into_iter().enumerate().map(name).collect()
}

fn below(i: usize, depth: usize, members: &[usize], inside: &impl Fn(usize) -> Option<usize>, ordered: &mut Vec<(usize, usize)>) {
    if ordered.iter().any(|(drawn, _)| *drawn == i) {
        return;
    }
    ordered.push((i, depth));
    members.iter().filter(|&&j| inside(j) == Some(i)).for_each(|&j| below(j, depth + 1, members, inside, ordered));
}

/// a … z, aa, ab, …
pub(super) fn letters(n: usize) -> String {
    let last = char::from(b'a' + u8::try_from(n % 26).expect("less than 26"));
    if n < 26 { last.to_string() } else { format!("{}{last}", letters(n / 26 - 1)) }
}
