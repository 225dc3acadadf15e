//! What descends from what, as a picture: reports in order of date, publishers that are not among them above, and how each descends.
//!
//! The kind of descent is told by the dashes and the words on the edge, its share by the width of the stroke.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{
    ActorId, Document, Story,
    dossier::{Ancestor, Lineage, LineageKind},
};

use super::{
    super::words,
    sheet::{Sheet, cited, outlet, put, text},
    svg::{drawing, fits, label, nth, width},
};

const BOX: f64 = 136.0;
const GAP: f64 = 22.0;
const BOX_HIGH: f64 = 66.0;
/// Tops of the publishers' row and of the reports' row.
const PUBLISHERS: f64 = 12.0;
const REPORTS: f64 = 116.0;

/// Where the nodes stand: the middle of each.
struct Nodes<'d> {
    reports: BTreeMap<&'d variorum_model::DocumentId, f64>,
    publishers: BTreeMap<&'d ActorId, f64>,
    wide: f64,
}

pub(super) fn drawn(sheet: &Sheet<'_>, story: &Story) -> String {
    let reports = sheet.documents(story);
    let own: BTreeSet<_> = story.documents.iter().collect();
    let edges: Vec<&Lineage> = sheet.dossier.lineage.iter().filter(|edge| own.contains(&edge.from)).collect();
    if reports.len() < 2 {
        return String::new();
    }
    if edges.is_empty() {
        return "<p>No report here is seen to descend from another, nor to cite one.</p>\n".into();
    }
    let nodes = placed(sheet, &reports, &edges);
    let mut taken = Vec::new();
    // Words after all lines, so that no line strikes them through.
    let lines: String = edges.iter().map(|edge| line(sheet, &nodes, edge)).collect();
    let words: String = edges.iter().map(|edge| words_on(&nodes, edge, &mut taken)).collect();
    let publishers: String = nodes.publishers.iter().map(|(id, x)| publisher(sheet, id, *x)).collect();
    let boxes: String = reports.iter().map(|doc| report(sheet, doc, nodes.reports[&doc.id])).collect();
    let deepest = edges.iter().filter_map(|edge| Some(depth(ends(&nodes, edge)?))).fold(0.0, f64::max);
    let high = REPORTS + BOX_HIGH + 20.0 + deepest * 0.78;
    let title = "Reports in order of date, and what they descend from";
    format!("{}{}{}", drawing(nodes.wide, high, title, &format!("{lines}{words}{publishers}{boxes}")), legend(&edges), list(sheet, &edges))
}

fn placed<'d>(sheet: &Sheet<'d>, reports: &[&'d Document], edges: &[&'d Lineage]) -> Nodes<'d> {
    let middle = |i: usize| GAP + BOX / 2.0 + (BOX + GAP) * nth(i);
    let at: BTreeMap<_, _> = reports.iter().enumerate().map(|(i, doc)| (&doc.id, middle(i))).collect();
    let mut children: BTreeMap<&ActorId, Vec<f64>> = BTreeMap::new();
    for edge in edges {
        if let (Ancestor::Actor(id), Some(x)) = (&edge.to, at.get(&edge.from)) {
            children.entry(id).or_default().push(*x);
        }
    }
    let mean = |xs: &Vec<f64>| xs.iter().sum::<f64>() / nth(xs.len());
    let mut ordered: Vec<(&ActorId, f64)> = children.iter().map(|(id, xs)| (*id, mean(xs))).collect();
    ordered.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(b.0)));
    // Each over the middle of its reports, or as near to it as its neighbour on the left allows.
    let mut right = 0.0;
    for (id, x) in &mut ordered {
        let half = publisher_width(sheet, id) / 2.0;
        *x = x.max(right + GAP + half);
        right = *x + half;
    }
    Nodes { reports: at, publishers: ordered.into_iter().collect(), wide: (middle(reports.len()) - BOX / 2.0).max(right + GAP) }
}

fn publisher_width(sheet: &Sheet<'_>, id: &ActorId) -> f64 {
    width(&words::cut(sheet.name(id), 26)) + 24.0
}

/// The middles of an edge's ends.
fn ends(nodes: &Nodes<'_>, edge: &Lineage) -> Option<(f64, f64, bool)> {
    let from = *nodes.reports.get(&edge.from)?;
    match &edge.to {
        Ancestor::Document(id) => Some((from, *nodes.reports.get(id)?, true)),
        Ancestor::Actor(id) => Some((from, *nodes.publishers.get(id)?, false)),
    }
}

/// How far an arc between reports hangs down.
fn depth((from, to, hangs): (f64, f64, bool)) -> f64 {
    if hangs { 26.0 + 5.5 * (from - to).abs().sqrt() } else { 0.0 }
}

/// A curve by its four points.
type Curve = [(f64, f64); 4];

/// From the younger to the older.
fn curve((from, to, hangs): (f64, f64, bool)) -> Curve {
    let foot = REPORTS + BOX_HIGH;
    let low = foot + depth((from, to, hangs));
    let rim = PUBLISHERS + 30.0;
    let middle = (REPORTS + rim) / 2.0;
    if hangs { [(from, foot), (from, low), (to, low), (to, foot)] } else { [(from, REPORTS), (from, middle), (to, middle), (to, rim)] }
}

/// A point of a curve, `t` of the way along it (de Casteljau).
fn along(curve: Curve, t: f64) -> (f64, f64) {
    let mix = |a: (f64, f64), b: (f64, f64)| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    let [a, b, c, d] = curve;
    let (ab, bc, cd) = (mix(a, b), mix(b, c), mix(c, d));
    mix(mix(ab, bc), mix(bc, cd))
}

/// The first place along the curve whose words cover no others; `taken` holds the middles and widths of those.
fn free(curve: Curve, wide: f64, taken: &mut Vec<(f64, f64, f64)>) -> (f64, f64) {
    let places = [0.5, 0.62, 0.38, 0.72, 0.28, 0.82, 0.18, 0.9].map(|t| along(curve, t));
    let covers = |(x, y): (f64, f64)| taken.iter().any(|(a, b, other)| (x - a).abs() < (wide + other) / 2.0 && (y - b).abs() < 14.0);
    let place = places.into_iter().find(|place| !covers(*place)).unwrap_or(places[0]);
    taken.push((place.0, place.1, wide));
    place
}

fn line(sheet: &Sheet<'_>, nodes: &Nodes<'_>, edge: &Lineage) -> String {
    let Some(ends) = ends(nodes, edge) else { return String::new() };
    let stroke = 1.5 + 6.0 * edge.share.unwrap_or(0.0).clamp(0.0, 1.0);
    let [a, b, c, d] = curve(ends).map(|(x, y)| format!("{x:.0} {y:.0}"));
    let first = edge.evidence.first();
    format!(
        "<a href=\"#{}\" class=\"rec edge {}\" data-p=\"{}\"><title>[{}] {}{}</title><path d=\"M{a}C{b} {c} {d}\" \
         stroke-width=\"{stroke:.1}\"/><path d=\"M{d}l-5 9h10z\" class=\"head\"/></a>\n",
        first.map_or(format!("r{}", sheet.number(&edge.from)), |first| sheet.anchor((&first.document, first.span))),
        verb(edge.kind),
        sheet.data(cited(&edge.evidence)),
        sheet.number(&edge.from),
        verb(edge.kind),
        share(edge),
    )
}

fn words_on(nodes: &Nodes<'_>, edge: &Lineage, taken: &mut Vec<(f64, f64, f64)>) -> String {
    let Some(ends) = ends(nodes, edge) else { return String::new() };
    let words = format!("{}{}", verb(edge.kind), share(edge));
    let (x, y) = free(curve(ends), width(&words), taken);
    format!("<text x=\"{x:.0}\" y=\"{:.0}\" class=\"mid on words\">{words}</text>\n", y + 4.0)
}

fn publisher(sheet: &Sheet<'_>, id: &ActorId, x: f64) -> String {
    let name = words::cut(sheet.name(id), 26);
    let wide = publisher_width(sheet, id);
    format!(
        "<g class=\"publisher\"><rect x=\"{:.0}\" y=\"{PUBLISHERS:.0}\" width=\"{wide:.0}\" height=\"30\" rx=\"15\"/><text x=\"{x:.0}\" y=\"{:.0}\" \
         class=\"mid\">{}</text></g>\n",
        x - wide / 2.0,
        PUBLISHERS + 19.0,
        text(&name)
    )
}

fn report(sheet: &Sheet<'_>, doc: &Document, x: f64) -> String {
    let number = sheet.number(&doc.id);
    let (left, date) = (x - BOX / 2.0, doc.published.map_or("no date".into(), |dated| words::dates(dated.range)));
    let mut svg = format!("<a href=\"#r{number}\" class=\"node\"><title>{}</title>", text(outlet(doc)));
    put!(svg, "<rect x=\"{left:.0}\" y=\"{REPORTS:.0}\" width=\"{BOX:.0}\" height=\"{BOX_HIGH:.0}\" rx=\"4\"/>");
    for (i, words) in two_lines(&format!("[{number}] {}", outlet(doc)), fits(BOX - 30.0)).iter().enumerate() {
        svg.push_str(&label(left + 8.0, REPORTS + 19.0 + 16.0 * nth(i), "", words, BOX - 30.0));
    }
    put!(svg, "{}</a>\n", label(left + 8.0, REPORTS + 57.0, "tick", &date, BOX));
    svg
}

/// As many words as fit, and the rest.
fn two_lines(words: &str, most: usize) -> Vec<String> {
    let (mut first, mut rest) = (String::new(), String::new());
    for word in words.split_whitespace() {
        let fits = rest.is_empty() && (first.is_empty() || first.chars().count() + 1 + word.chars().count() <= most);
        let line = if fits { &mut first } else { &mut rest };
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    vec![first, rest].into_iter().filter(|line| !line.is_empty()).collect()
}

fn verb(kind: LineageKind) -> &'static str {
    match kind {
        LineageKind::Republishes => "republishes",
        LineageKind::Copies => "copies",
        LineageKind::Rewrites => "rewrites",
        LineageKind::Cites => "cites",
    }
}

fn share(edge: &Lineage) -> String {
    edge.share.filter(|&share| share >= 0.005).map(|share| format!(" {:.0} %", share * 100.0)).unwrap_or_default()
}

/// The kinds met, drawn as they are.
fn legend(edges: &[&Lineage]) -> String {
    let kinds: BTreeSet<LineageKind> = edges.iter().map(|edge| edge.kind).collect();
    let gloss = |kind| match kind {
        LineageKind::Republishes => "prints another publisher's name over the text",
        LineageKind::Copies => "the same words",
        LineageKind::Rewrites => "the same facts and quotations in other words",
        LineageKind::Cites => "names it as a source",
    };
    let entry = |kind: &LineageKind| {
        let word = verb(*kind);
        format!(
            "<span class=\"edge {word}\"><svg width=\"36\" height=\"8\" aria-hidden=\"true\"><path d=\"M0 4H36\" stroke-width=\"2.5\"/></svg> {word}: {}</span> ",
            gloss(*kind)
        )
    };
    let entries: String = kinds.iter().map(entry).collect();
    format!("<p class=\"key\">{entries}The wider the line, the larger the part of the report.</p>\n")
}

/// The same in words, for those who cannot see the picture.
fn list(sheet: &Sheet<'_>, edges: &[&Lineage]) -> String {
    let entry = |edge: &&Lineage| {
        let number = sheet.number(&edge.from);
        let name = sheet.document(&edge.from).map_or("?", outlet);
        let ancestor = match &edge.to {
            Ancestor::Document(id) => format!("[{}] {}", sheet.number(id), text(sheet.document(id).map_or("?", outlet))),
            Ancestor::Actor(id) => text(sheet.name(id)),
        };
        let (data, marks) = (sheet.data(cited(&edge.evidence)), sheet.marks(cited(&edge.evidence)));
        format!("<li class=\"rec\" data-p=\"{data}\">[{number}] {} {} {ancestor}{}{marks}</li>\n", text(name), verb(edge.kind), share(edge))
    };
    let entries: String = edges.iter().map(entry).collect();
    format!("<details><summary>The same in words</summary>\n<ul class=\"findings\">\n{entries}</ul></details>\n")
}
