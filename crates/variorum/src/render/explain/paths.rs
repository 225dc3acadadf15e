//! On whose word is it? The chain of an attribution as a path from the document to the root, and its labels in few words.
//!
//! Input: an attribution. Output: lines such as `document ─relay→ CNB ─speaker→ Orlov “had warned” (reportedly) · Monday 2024-03-04`: for each hop its role, who it is,
//! the cue, words of distance, and when. `?` stands where the text leaves open who it was. Limits: of a hop whose words are no attribution's, the cue is given by its
//! lemma.

use textwrap::{Options, WordSplitter};
use variorum_model::{Attribution, EntityId, Hop, Polarity, Span};
use variorum_reconcile::Annotated;

use super::{
    super::{escape, words},
    lanes::Look,
    palette::{BOLD, FAINT, SOURCE},
};
use crate::lines::{date, label};

/// Characters of one name; the whole stands in the passage.
const LONGEST: usize = 60;

/// Where the text tells when it was said.
pub(super) fn said(doc: &Annotated, one: &Attribution) -> Option<Span> {
    one.said.map(|id| doc.annotations.times[id.index()].span)
}

/// The path and the labels, behind a margin.
pub(super) fn path(doc: &Annotated, one: &Attribution, margin: &str, width: usize) -> String {
    let hops: String = one.chain.iter().enumerate().map(|(i, hop)| step(doc, one, i, hop)).collect();
    let hops = if one.chain.is_empty() { arrow("") + "?" } else { hops };
    let blank = " ".repeat(margin.chars().count());
    let further = format!("{blank}  ");
    let options = Options::new(width).subsequent_indent(&further).word_splitter(WordSplitter::NoHyphenation);
    let wrapped = |text: &str, first: &str| textwrap::fill(text, options.clone().initial_indent(first));
    let path = wrapped(&format!("{FAINT}document{FAINT:#}{hops}"), &format!("{BOLD}{margin}{BOLD:#}"));
    let labels = wrapped(&format!("{FAINT}{}{FAINT:#}", labels(doc, one)), &blank);
    format!("{path}\n{labels}\n")
}

fn arrow(role: &str) -> String {
    format!(" {FAINT}─{role}→{FAINT:#} ")
}

/// One hop with all that is known of it.
fn step(doc: &Annotated, one: &Attribution, i: usize, hop: &Hop) -> String {
    let told_by = told_by(doc, one, hop);
    let cue = match told_by {
        Some(told_by) => printed(doc, &told_by.cue),
        // An outlet that is told something has no cue of its own.
        None if one.chain.get(i + 1).is_some_and(|next| next.cue == hop.cue) => String::new(),
        None => escape::line(&hop.cue),
    };
    let cue = if cue.is_empty() { cue } else { format!(" {style}“{cue}”{style:#}", style = Look::Cue.style()) };
    let hedge = hop.hedge.as_ref().map(|hedge| format!(" {style}({}){style:#}", escape::line(hedge), style = Look::Hedge.style()));
    let when = when(doc, hop).map(|when| format!(" {style}· {when}{style:#}", style = Look::When.style()));
    let who = who(doc, hop);
    format!("{}{SOURCE}{who}{SOURCE:#}{cue}{}{}", arrow(&label(&hop.role)), hedge.unwrap_or_default(), when.unwrap_or_default())
}

/// The attribution whose source and cue a hop is: this one, or another of the document.
fn told_by<'d>(doc: &'d Annotated, one: &'d Attribution, hop: &Hop) -> Option<&'d Attribution> {
    let own = |other: &&Attribution| other.cue_lemma == hop.cue && other.cue.iter().any(|cue| cue.overlaps(hop.span));
    Some(one).filter(own).or_else(|| doc.annotations.attributions.iter().find(own))
}

/// As printed, and in full where that says more.
fn who(doc: &Annotated, hop: &Hop) -> String {
    let printed = words::cut(&escape::line(&hop.name), LONGEST);
    let full = hop.entity.map(|id| name(doc, id)).unwrap_or_default();
    let known = full.is_empty() || printed.to_lowercase().contains(&full.to_lowercase());
    match (printed.is_empty(), known) {
        (true, true) => "?".into(),
        (true, false) => full,
        (false, true) => printed,
        (false, false) => format!("{printed} = {full}"),
    }
}

fn name(doc: &Annotated, id: EntityId) -> String {
    escape::line(&doc.annotations.entities[id.index()].name)
}

fn printed(doc: &Annotated, spans: &[Span]) -> String {
    let words: Vec<String> = spans.iter().map(|&span| escape::line(doc.document.slice(span))).collect();
    words.join(" … ")
}

/// The printed words, and the days they mean.
fn when(doc: &Annotated, hop: &Hop) -> Option<String> {
    let time = &doc.annotations.times[hop.said?.index()];
    let words = escape::line(doc.document.slice(time.span));
    let days = time.resolve(doc.document.published.map(|dated| dated.range));
    Some(days.map_or(words.clone(), |days| format!("{words} {}", date(days))))
}

/// Act, form, kind, polarity, addressee.
fn labels(doc: &Annotated, one: &Attribution) -> String {
    let negative = (one.polarity == Polarity::Negative).then(|| "negative".to_owned());
    let to = one.addressee.map(|id| format!("to {}", name(doc, id)));
    let manner = format!("{} {}", label(&one.form), label(&one.kind));
    [Some(one.act.as_str().to_owned()), Some(manner), negative, to].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
