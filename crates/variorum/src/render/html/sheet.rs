//! What the parts of the page share: safe text, names, and the marks that lead to passages.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{
    Actor, ActorId, Document, DocumentId, Dossier, Evidence, RecordId, Span, Story,
    dossier::{ActorHop, Citation, Origins, RootKind},
};

use super::{
    super::words,
    passages::{Passages, collected},
};

/// Appends to a string as `write!` does.
macro_rules! put {
    ($html:expr, $($arg:tt)*) => {{
        use std::fmt::Write as _;
        write!($html, $($arg)*).expect("writing to a string cannot fail")
    }};
}
pub(super) use put;

/// A span and the document it stands in.
pub(super) type Place<'d> = (&'d DocumentId, Span);

/// What the parts of the page share.
pub(super) struct Sheet<'d> {
    pub(super) dossier: &'d Dossier,
    /// By number less one.
    pub(super) passages: Vec<Passages>,
    numbers: BTreeMap<&'d DocumentId, usize>,
    actors: BTreeMap<&'d ActorId, &'d Actor>,
    /// Ids of the records that the page shows.
    records: BTreeSet<&'d str>,
}

impl<'d> Sheet<'d> {
    pub(super) fn new(dossier: &'d Dossier) -> Self {
        let numbers: BTreeMap<_, _> = dossier.documents.iter().enumerate().map(|(i, doc)| (&doc.id, i + 1)).collect();
        let passages = collected(dossier, &numbers);
        let stories: BTreeSet<_> = dossier.stories.iter().map(|story| &story.id).collect();
        let statements = dossier.statements.iter().filter(|one| stories.contains(&one.story)).map(|one| one.id.as_str());
        let events = dossier.events.iter().filter(|one| stories.contains(&one.story)).map(|one| one.id.as_str());
        let figures = dossier.figures.iter().filter(|one| stories.contains(&one.story)).map(|one| one.id.as_str());
        let records = statements.chain(events).chain(figures).collect();
        Self { dossier, passages, numbers, actors: dossier.actors.iter().map(|actor| (&actor.id, actor)).collect(), records }
    }

    // --- who ---

    pub(super) fn number(&self, id: &DocumentId) -> usize {
        self.numbers.get(id).copied().unwrap_or(0)
    }

    pub(super) fn document(&self, id: &DocumentId) -> Option<&'d Document> {
        self.numbers.get(id).map(|number| &self.dossier.documents[number - 1])
    }

    pub(super) fn documents(&self, story: &Story) -> Vec<&'d Document> {
        let own: BTreeSet<_> = story.documents.iter().collect();
        self.dossier.documents.iter().filter(|doc| own.contains(&doc.id)).collect()
    }

    pub(super) fn actor(&self, id: &ActorId) -> Option<&'d Actor> {
        self.actors.get(id).copied()
    }

    /// A name as plain text.
    pub(super) fn name(&self, id: &ActorId) -> &'d str {
        self.actor(id).map_or("?", |actor| &actor.name)
    }

    /// `A, B and C` as plain text; of many, the first ones.
    pub(super) fn names(&self, ids: &[ActorId]) -> String {
        let shown = if ids.len() > 4 { 3 } else { ids.len() };
        let names: Vec<&str> = ids.iter().take(shown).map(|id| self.name(id)).collect();
        match names.as_slice() {
            _ if ids.len() > shown => format!("{} and {} others", names.join(", "), ids.len() - shown),
            [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
            all => all.join(", "),
        }
    }

    /// `A → B` as plain text, or whichever there is.
    pub(super) fn participants(&self, actors: &[ActorId], recipients: &[ActorId]) -> String {
        let sides = [self.names(actors), self.names(recipients)];
        match (sides[0].is_empty(), sides[1].is_empty()) {
            (_, true) => sides[0].clone(),
            (true, false) => format!("→ {}", sides[1]),
            (false, false) => sides.join(" → "),
        }
    }

    pub(super) fn hop(&self, hop: &ActorHop) -> String {
        hop.actor.as_ref().map_or_else(|| hop.name.clone(), |id| self.name(id).into())
    }

    // --- where ---

    /// The id of the first piece of a passage, or of its report.
    pub(super) fn anchor(&self, (id, span): Place<'_>) -> String {
        let number = self.number(id);
        match number.checked_sub(1).and_then(|i| self.passages[i].range(span)) {
            Some((first, _)) => format!("r{number}-{first}"),
            None if number > 0 => format!("r{number}"),
            None => "reports".into(),
        }
    }

    /// The passages of a line for the script: `1-4 2-7-9` are piece 4 of report 1, and pieces 7 to 9 of report 2.
    pub(super) fn data<'p>(&self, places: impl IntoIterator<Item = Place<'p>>) -> String {
        let mut ranges = BTreeSet::new();
        for (id, span) in places {
            let number = self.number(id);
            let range = number.checked_sub(1).and_then(|i| self.passages[i].range(span));
            ranges.extend(range.map(|(first, last)| (number, first, last)));
        }
        let token =
            |(n, first, last): &(usize, usize, usize)| if first == last { format!("{n}-{first}") } else { format!("{n}-{first}-{last}") };
        ranges.iter().map(token).collect::<Vec<_>>().join(" ")
    }

    /// `[1 ¶2, ¶4] [3 headline]`, each place a link.
    pub(super) fn marks<'p>(&self, places: impl IntoIterator<Item = Place<'p>>) -> String {
        let mut by_report: BTreeMap<usize, BTreeMap<usize, (String, String)>> = BTreeMap::new();
        for place in places {
            if let Some(doc) = self.document(place.0) {
                let start = place.1.start();
                let block = doc.blocks.partition_point(|block| block.span.end() <= start);
                let mark = || (self.anchor(place), words::place_in(doc, start));
                by_report.entry(self.number(place.0)).or_default().entry(block).or_insert_with(mark);
            }
        }
        let mut html = String::new();
        for (number, blocks) in &by_report {
            let links: Vec<String> = blocks.values().map(|(anchor, place)| format!("<a href=\"#{anchor}\">{place}</a>")).collect();
            put!(html, " <span class=\"m\">[{number} {}]</span>", links.join(", "));
        }
        html
    }

    /// Links to the lines a finding is about.
    pub(super) fn about(&self, records: &[RecordId]) -> String {
        let link = |record: &RecordId| {
            let (id, word) = match record {
                RecordId::Document(id) => return Some(format!("<a href=\"#r{}\">report {0}</a>", self.numbers.get(id)?)),
                RecordId::Event(id) => (id.as_str(), "event"),
                RecordId::Statement(id) => (id.as_str(), "statement"),
                RecordId::Figure(id) => (id.as_str(), "figure"),
            };
            self.records.contains(id).then(|| format!("<a href=\"#{id}\">{word}</a>"))
        };
        let links: Vec<String> = records.iter().filter_map(link).take(6).collect();
        if links.is_empty() { String::new() } else { format!(" <span class=\"about\">see {}</span>", links.join(", ")) }
    }

    /// `2–3 origins`, with their names; the name of a single one where it is asked for.
    pub(super) fn origins(&self, origins: &Origins, documents: &BTreeSet<&DocumentId>, names_one: bool) -> String {
        let name = |root: &variorum_model::dossier::Root| match (&root.actor, root.kind) {
            (Some(actor), _) => Some(self.name(actor)),
            (None, RootKind::Publisher | RootKind::Observation) => self.document(documents.first()?)?.publisher.as_deref(),
            (None, _) => None,
        };
        let names: BTreeSet<&str> = origins.roots.iter().filter_map(name).filter(|_| names_one || origins.max > 1).collect();
        let names = words::cut(&names.into_iter().collect::<Vec<_>>().join(", "), 120);
        let count = match (origins.min, origins.max) {
            (0, 0) => "origin unknown".into(),
            (min, max) => format!("{} origin{}", words::extent(min, max), if max == 1 { "" } else { "s" }),
        };
        let class = if origins.min > 1 { "origins many" } else { "origins" };
        let colon = if names.is_empty() { "" } else { ": " };
        format!("<span class=\"{class}\">{count}<span class=\"roots\">{colon}{}</span></span>", text(&names))
    }
}

/// The outlet's name as plain text, or what else tells the report from others.
pub(super) fn outlet(doc: &Document) -> &str {
    let file = doc.path.rsplit('/').next().unwrap_or(&doc.path);
    doc.publisher.as_deref().unwrap_or(file)
}

/// The places of evidence.
pub(super) fn places<'d>(id: &'d DocumentId, evidence: &'d Evidence) -> impl Iterator<Item = Place<'d>> {
    evidence.spans().iter().map(move |&span| (id, span))
}

/// The places of citations.
pub(super) fn cited(citations: &[Citation]) -> impl Iterator<Item = Place<'_>> {
    citations.iter().map(|citation| (&citation.document, citation.span))
}

/// A list with its first entries open and the others folded.
pub(super) fn folded(entries: &[String], open: usize, noun: &str, wrap: (&str, &str)) -> String {
    let (shown, rest) = entries.split_at(open.min(entries.len()));
    let mut html = format!("{}{}{}\n", wrap.0, shown.concat(), wrap.1);
    if !rest.is_empty() {
        let s = if rest.len() == 1 { "" } else { "s" };
        put!(html, "<details><summary>{} more {noun}{s}</summary>\n{}{}{}</details>\n", rest.len(), wrap.0, rest.concat(), wrap.1);
    }
    html
}

/// Text of a report, safe between tags and in quoted attributes: white space is one space.
pub(super) fn text(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    lines(&words.join(" "))
}

/// The same with white space as it is.
pub(super) fn lines(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\t' => html.push(c),
            _ if is_hidden(c) => put!(html, "⟨U+{:04X}⟩", u32::from(c)),
            _ => html.push(c),
        }
    }
    html
}

/// Whether a character would be invisible or change the direction of others.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
