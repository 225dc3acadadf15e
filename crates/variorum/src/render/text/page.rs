//! A page of text under way: wrapping, headings, marks, and what numbers and names stand for.

use std::collections::{BTreeMap, BTreeSet};

use textwrap::{Options, WordSplitter};
use variorum_model::{
    Actor, ActorId, Document, DocumentId, Dossier, Span,
    dossier::{ActorHop, Citation, Origins, Root, RootKind},
};

use super::{super::escape, super::words, FAINT, HEADING};

/// Marks of more documents than this are counted.
const MOST_MARKS: usize = 6;
/// Stands for a space that must not be broken, until the line is wrapped.
const TIED: char = '\u{a0}';

/// A page of text under way.
pub(super) struct Page<'d> {
    /// What is shown.
    pub(super) dossier: &'d Dossier,
    /// In columns.
    pub(super) width: usize,
    documents: BTreeMap<&'d DocumentId, (usize, &'d Document)>,
    actors: BTreeMap<&'d ActorId, &'d Actor>,
    out: String,
}

impl<'d> Page<'d> {
    pub(super) fn new(dossier: &'d Dossier, width: usize) -> Self {
        let documents = dossier.documents.iter().enumerate().map(|(i, doc)| (&doc.id, (i + 1, doc))).collect();
        let actors = dossier.actors.iter().map(|actor| (&actor.id, actor)).collect();
        Self { dossier, width, documents, actors, out: String::new() }
    }

    /// The text, with no line longer than the page and none ending in white space.
    pub(super) fn finish(self) -> String {
        self.out.replace(TIED, " ")
    }

    // --- writing ---

    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    pub(super) fn line(&mut self, text: &str) {
        self.paragraph("", "", text);
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.out.push_str(&format!("\n{HEADING}{text}{HEADING:#}\n"));
    }

    /// Wrapped text, its first line after `first`, the others after `rest`.
    pub(super) fn paragraph(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(self.width).initial_indent(first).subsequent_indent(rest).word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// What a cut list leaves out.
    pub(super) fn more(&mut self, n: usize, one: &str, several: &str) {
        if n > 0 {
            let noun = if n == 1 { one } else { several };
            self.out.push_str(&format!("  {FAINT}and {n} more {noun} (see --json){FAINT:#}\n"));
        }
    }

    // --- reading ---

    /// Text of a document or a name, safe to print.
    pub(super) fn safe(&self, text: &str) -> String {
        escape::line(text)
    }

    pub(super) fn number(&self, id: &DocumentId) -> usize {
        self.documents.get(id).map_or(0, |(number, _)| *number)
    }

    pub(super) fn document(&self, id: &DocumentId) -> Option<&'d Document> {
        self.documents.get(id).map(|(_, doc)| *doc)
    }

    pub(super) fn actor(&self, id: &ActorId) -> Option<&'d Actor> {
        self.actors.get(id).copied()
    }

    pub(super) fn name(&self, id: &ActorId) -> String {
        self.actor(id).map_or("?".into(), |actor| escape::line(&actor.name))
    }

    /// `A, B and C`; of many, the first ones.
    pub(super) fn names(&self, ids: &[ActorId]) -> String {
        let names: Vec<String> = ids.iter().map(|id| self.name(id)).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [a, b] => format!("{a} and {b}"),
            [a, b, c] => format!("{a}, {b} and {c}"),
            [a, b, others @ ..] => format!("{a}, {b} and {} others", others.len()),
        }
    }

    /// `[1 ¶2, ¶4] [3 headline]`, faint, each mark in one piece.
    pub(super) fn marks(&self, citations: impl IntoIterator<Item = Citation>) -> String {
        let mut places: BTreeMap<usize, BTreeMap<usize, String>> = BTreeMap::new();
        for citation in citations {
            if let Some((number, doc)) = self.documents.get(&citation.document) {
                let start = citation.span.start();
                let block = doc.blocks.partition_point(|block| block.span.end() <= start);
                places.entry(*number).or_default().insert(block, words::place_in(doc, start));
            }
        }
        let mark = |(number, blocks): (&usize, &BTreeMap<usize, String>)| {
            let shown: Vec<&str> = blocks.values().map(String::as_str).take(3).collect();
            let more = if blocks.len() > 3 { " …" } else { "" };
            format!("[{number} {}{more}]", shown.join(", ")).replace(' ', &TIED.to_string())
        };
        let mut shown: Vec<String> = places.iter().take(MOST_MARKS).map(mark).collect();
        if places.len() > MOST_MARKS {
            shown.push(format!("+{}", places.len() - MOST_MARKS));
        }
        if shown.is_empty() { String::new() } else { format!("{FAINT}{}{FAINT:#}", shown.join(" ")) }
    }

    /// `3 reports, 1 origin: CNB`; for one report on one person's word, just `origin: CNB`. `readings` are the documents of the record's readings.
    pub(super) fn origins(&self, origins: &Origins, readings: &[&DocumentId]) -> String {
        let n = readings.iter().collect::<BTreeSet<_>>().len();
        let roots: BTreeSet<String> = origins.roots.iter().filter_map(|root| self.root(root, readings)).collect();
        let shown: Vec<String> = roots.iter().take(3).cloned().collect();
        let more = if roots.len() > 3 { " …" } else { "" };
        let names = if shown.is_empty() { String::new() } else { format!(": {}{more}", shown.join(", ")) };
        match (n, origins.min, origins.max) {
            (_, 0, 0) => format!("{}, origin unknown", words::count(n, "report")),
            (1, 1, 1) if names.is_empty() => "origin unnamed".into(),
            (1, 1, 1) => format!("origin{names}"),
            (n, min, max) => {
                format!("{}, {} origin{}{names}", words::count(n, "report"), words::extent(min, max), if max == 1 { "" } else { "s" })
            }
        }
    }

    /// Who a root is; a publisher speaks for itself, if need be by the number of its report.
    fn root(&self, root: &Root, readings: &[&DocumentId]) -> Option<String> {
        if let Some(actor) = &root.actor {
            return Some(self.name(actor));
        }
        let own = matches!(root.kind, RootKind::Publisher | RootKind::Observation);
        let document = *readings.get(*root.readings.first()?)?;
        own.then(|| self.publisher(document).unwrap_or_else(|| format!("[{}]", self.number(document))))
    }

    /// The outlet's name.
    pub(super) fn publisher(&self, id: &DocumentId) -> Option<String> {
        self.document(id)?.publisher.as_ref().map(|name| escape::line(name))
    }

    /// On whose word a document has it: the root, and those it passed through.
    pub(super) fn authority(&self, chain: &[ActorHop]) -> Option<String> {
        let name = |hop: &ActorHop| match &hop.actor {
            Some(id) => self.name(id),
            None => escape::line(&hop.name),
        };
        let (root, relays) = chain.split_last()?;
        let root = Some(name(root)).filter(|name| !name.is_empty()).unwrap_or("unnamed".into());
        let mut via: Vec<String> = relays.iter().map(name).filter(|relay| *relay != root && !relay.is_empty()).collect();
        via.dedup();
        Some(if via.is_empty() { root } else { format!("{root} (via {})", via.join(", ")) })
    }
}

/// The spans of one document as citations.
pub(super) fn citations<'a>(document: &'a DocumentId, spans: &'a [Span]) -> impl Iterator<Item = Citation> + 'a {
    spans.iter().map(|&span| Citation { document: document.clone(), span })
}
