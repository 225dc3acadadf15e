//! The reports of a story: mark, publisher, date and how it is known, and what the report descends from.

use unicode_width::UnicodeWidthStr;
use variorum_model::{
    Document,
    dossier::{Ancestor, Lineage, LineageKind},
};

use super::{super::words, BOLD, FAINT, page::Page};

/// Publishers' names wider than this are cut.
const WIDEST: usize = 34;
const MOST: usize = 40;

pub(super) fn table(page: &mut Page<'_>, documents: &[&Document]) {
    page.heading("REPORTS");
    let names: Vec<String> = documents.iter().map(|doc| who(page, doc)).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (doc, name) in documents.iter().zip(names).take(MOST) {
        let mark = format!("[{}]", page.number(&doc.id));
        let pad = " ".repeat(widest - name.width());
        let lead = format!("{mark:>5} {BOLD}{name}{BOLD:#}{pad}  ");
        let facts: Vec<String> = std::iter::once(date(doc)).chain(descent(page, doc)).collect();
        page.paragraph(&lead, &" ".repeat(8 + widest), &facts.join(" · "));
    }
    page.more(documents.len().saturating_sub(MOST), "report", "reports");
}

/// The publisher, or what else tells the report from others.
fn who(page: &Page<'_>, doc: &Document) -> String {
    let file = doc.path.rsplit('/').next().unwrap_or(&doc.path);
    let name = doc.publisher.clone().unwrap_or_else(|| format!("({file})"));
    words::cut(&page.safe(&name), WIDEST)
}

fn date(doc: &Document) -> String {
    match doc.published {
        Some(dated) => format!("{} {FAINT}({}){FAINT:#}", words::dates(dated.range), words::basis(dated.basis)),
        None => format!("{FAINT}no date{FAINT:#}"),
    }
}

/// `copies [3] (85 %)`, `republishes Meridian`, `cites CNB and TASS`.
fn descent(page: &Page<'_>, doc: &Document) -> Vec<String> {
    let edges: Vec<&Lineage> = page.dossier.lineage.iter().filter(|edge| edge.from == doc.id).collect();
    let kinds = [LineageKind::Republishes, LineageKind::Copies, LineageKind::Rewrites, LineageKind::Cites];
    kinds.into_iter().filter_map(|kind| of_kind(page, &edges, kind)).collect()
}

fn of_kind(page: &Page<'_>, edges: &[&Lineage], kind: LineageKind) -> Option<String> {
    let mut ancestors: Vec<String> = Vec::new();
    for edge in edges.iter().filter(|edge| edge.kind == kind) {
        let name = ancestor(page, edge);
        if !ancestors.contains(&name) {
            ancestors.push(name);
        }
    }
    let verb = match kind {
        LineageKind::Republishes => "republishes",
        LineageKind::Copies => "copies",
        LineageKind::Rewrites => "rewrites",
        LineageKind::Cites => "cites",
    };
    let more = if ancestors.len() > 4 { " …" } else { "" };
    ancestors.truncate(4);
    (!ancestors.is_empty()).then(|| format!("{verb} {}{more}", ancestors.join(", ")))
}

fn ancestor(page: &Page<'_>, edge: &Lineage) -> String {
    let share = edge.share.filter(|&share| share >= 0.005).map(|share| format!(" ({:.0} %)", share * 100.0));
    match &edge.to {
        Ancestor::Document(id) => format!("[{}]{}", page.number(id), share.unwrap_or_default()),
        Ancestor::Actor(id) => page.name(id),
    }
}
