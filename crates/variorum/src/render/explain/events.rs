//! What happened, drawn: the passage, a lane of marks for each event under its rows, and below who did it to whom, when, where and on whose word.
//!
//! Input: an annotated document and the columns there are. Output: passage after passage. An event has a letter, in the margin of its lane and before its lines. Example:
//!
//! ```text
//!     Police arrested the captain in Taranto on Monday.
//!   a ══════ ^^^^^^^^ ───────────    ~~~~~~~    ......
//!
//!   a COERCE arrest · occurred · Police → captain
//!     when “Monday” 2024-03-04, by the report's date · where “Taranto”, ITA
//!     the report's own word · legal · rule arrest
//! ```
//!
//! Limits: a participant is marked where the clause names it, else where its sentence does; one that is named further off stands in the lines only.

use textwrap::{Options, WordSplitter};
use variorum_model::{EntityId, EventMention, Span, TimeValue};
use variorum_reconcile::Annotated;

use super::{
    super::{escape, words},
    attributions::letters,
    lanes::{Lane, Look, legend},
    palette::{BOLD, CUE, FAINT, SOURCE, TIME},
    passages::{Passage, passages},
    push,
    rows::rows,
};
use crate::lines::{date, label};

/// Characters of one name in a chain; the whole stands in the passage.
const LONGEST: usize = 48;

/// Draws every event of a document.
pub(super) fn draw(out: &mut String, doc: &Annotated, width: usize) {
    let all = &doc.annotations.events;
    if all.is_empty() {
        return;
    }
    legend(out, &Look::TOLD_OF_EVENTS, width);
    let spans: Vec<Vec<Span>> = all.iter().map(|event| event.trigger_spans.spans().to_vec()).collect();
    for passage in passages(doc, &spans) {
        one_passage(out, doc, &passage, width);
    }
}

fn one_passage(out: &mut String, doc: &Annotated, passage: &Passage, width: usize) {
    let named: Vec<(String, &EventMention)> =
        passage.records.iter().enumerate().map(|(n, &i)| (letters(n), &doc.annotations.events[i])).collect();
    let lanes: Vec<Lane> = named.iter().map(|(_, event)| Lane::of_marks(marks(doc, event))).collect();
    let margin = named.iter().map(|(name, _)| name.len()).max().unwrap_or_default() + 1;
    push(out, format_args!("\n{FAINT}{}{FAINT:#}\n", words::place_in(&doc.document, passage.stretches[0].span.start())));
    for stretch in &passage.stretches {
        if stretch.after_gap {
            push(out, format_args!("  {:margin$}{FAINT}⋯{FAINT:#}\n", ""));
        }
        for row in rows(&doc.document.text, stretch.span, width.saturating_sub(margin + 2)) {
            push(out, format_args!("  {:margin$}{}\n", "", row.text));
            for ((name, _), lane) in named.iter().zip(&lanes) {
                if let Some(line) = lane.under(&row) {
                    push(out, format_args!("  {BOLD}{name:margin$}{BOLD:#}{line}\n"));
                }
            }
        }
    }
    push(out, format_args!("\n"));
    named.iter().for_each(|(name, event)| told(out, doc, event, &format!("  {name:margin$}"), width));
}

/// What is drawn over what, in this order.
fn marks(doc: &Annotated, event: &EventMention) -> Vec<(Look, Span)> {
    let found = &doc.annotations;
    let mark = |look, spans: Vec<Span>| spans.into_iter().map(move |span| (look, span));
    let participants = |ids: &[EntityId]| ids.iter().filter_map(|&id| named_at(doc, event, id)).collect::<Vec<_>>();
    mark(Look::Recipient, participants(&event.recipients))
        .chain(mark(Look::Actor, participants(&event.actors)))
        .chain(mark(Look::Where, event.place.map(|id| found.places[id.index()].span).into_iter().collect()))
        .chain(mark(Look::Day, event.when.map(|id| found.times[id.index()].span).into_iter().collect()))
        .chain(mark(Look::Trigger, event.trigger_spans.spans().to_vec()))
        .collect()
}

/// The mention nearest to the trigger, of those in the clause or else in its sentence.
fn named_at(doc: &Annotated, event: &EventMention, id: EntityId) -> Option<Span> {
    let trigger = event.trigger_spans.first();
    let sentence = doc.parse.sentences.iter().map(|sentence| sentence.span).find(|sentence| sentence.overlaps(trigger));
    let mentions = doc.annotations.entities[id.index()].mentions.iter().map(|id| doc.annotations.mentions[id.index()].span);
    let near = mentions.filter(|mention| sentence.is_none_or(|sentence| sentence.contains(*mention)));
    let outside = |mention: Span| !event.evidence.spans().iter().any(|clause| clause.contains(mention));
    near.min_by_key(|mention| (outside(*mention), mention.start().abs_diff(trigger.start())))
}

// --- lines --------------------------------------------------------------------------------------------------------------

/// What it is and who took part; when and where; on whose word and by which rule.
fn told(out: &mut String, doc: &Annotated, event: &EventMention, margin: &str, width: usize) {
    let blank = " ".repeat(margin.chars().count());
    let further = format!("{blank}  ");
    let mut wrapped = |first: &str, parts: Vec<Option<String>>| {
        let options = Options::new(width).initial_indent(first).subsequent_indent(&further).word_splitter(WordSplitter::NoHyphenation);
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        if !text.is_empty() {
            push(out, format_args!("{}\n", textwrap::fill(&text, options)));
        }
    };
    let mode = event.mode.as_ref().map(|mode| format!(" {mode}")).unwrap_or_default();
    let kind = format!("{CUE}{}{mode}{CUE:#}", event.kind.as_str());
    wrapped(&format!("{BOLD}{margin}{BOLD:#}"), vec![Some(kind), Some(label(&event.status)), who(doc, event)]);
    wrapped(&blank, vec![when(doc, event), place(doc, event)]);
    let contexts = (!event.contexts.is_empty()).then(|| event.contexts.join(", "));
    let rule = (!event.rule.is_empty()).then(|| format!("{FAINT}rule {}{FAINT:#}", escape::line(&event.rule)));
    wrapped(&blank, vec![Some(word(doc, event)), contexts, rule]);
}

/// `Police → captain`; a question mark where the text leaves one side open, nothing where it leaves both.
fn who(doc: &Annotated, event: &EventMention) -> Option<String> {
    let names = |ids: &[EntityId]| {
        let names: Vec<String> = ids.iter().map(|id| escape::line(&doc.annotations.entities[id.index()].name)).collect();
        names.join(" + ")
    };
    let (actors, recipients) = (names(&event.actors), names(&event.recipients));
    let actors = if actors.is_empty() { "?".to_owned() } else { format!("{SOURCE}{actors}{SOURCE:#}") };
    match (event.actors.is_empty(), recipients.is_empty()) {
        (true, true) => None,
        (false, true) => Some(actors),
        (_, false) => Some(format!("{actors} → {recipients}")),
    }
}

/// `when “Monday” 2024-03-04, by the report's date`
fn when(doc: &Annotated, event: &EventMention) -> Option<String> {
    let time = &doc.annotations.times[event.when?.index()];
    let printed = escape::line(doc.document.slice(time.span));
    let (days, basis) = match (time.resolve(doc.document.published.map(|dated| dated.range)), &time.value) {
        (None, _) => (String::new(), "no date known"),
        (Some(days), TimeValue::Absolute(_)) => (format!(" {}", date(days)), "as printed"),
        (Some(days), _) => (format!(" {}", date(days)), "by the report's date"),
    };
    Some(format!("when “{printed}”{TIME}{days}{TIME:#}, {basis}"))
}

/// `where “Leghorn” = Livorno, ITA`
fn place(doc: &Annotated, event: &EventMention) -> Option<String> {
    let place = &doc.annotations.places[event.place?.index()];
    let (printed, name) = (escape::line(doc.document.slice(place.span)), escape::line(&place.name));
    let known = if printed == name { String::new() } else { format!(" = {name}") };
    let country = place.country.as_ref().map(|country| format!(", {country}")).unwrap_or_default();
    Some(format!("where “{printed}”{known}{country}"))
}

/// The chain from the document to the root.
fn word(doc: &Annotated, event: &EventMention) -> String {
    let Some(attribution) = event.attribution.map(|id| &doc.annotations.attributions[id.index()]) else {
        return "the report's own word".to_owned();
    };
    let names = attribution
        .chain
        .iter()
        .map(|hop| if hop.name.is_empty() { "?".to_owned() } else { words::cut(&escape::line(&hop.name), LONGEST) });
    let names: Vec<String> = names.collect();
    format!("word of {}", if names.is_empty() { "?".to_owned() } else { names.join(" → ") })
}
