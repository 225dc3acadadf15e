//! Lines of what several documents say together.

use std::collections::BTreeSet;

use variorum_model::{
    ActorId, DocumentId, Dossier,
    dossier::{Ancestor, Event, Figure, FigureReading, Finding, Origins, RootKind, Statement, Window},
};

use super::{
    Line, Value,
    single::{amount, basis, date, dates, label, role_text, text, texts, word},
};

/// The lines of one kind of record across documents; none where there is no kind of this name.
pub fn dossier_lines(kind: &str, dossier: &Dossier) -> Option<Vec<Line>> {
    Some(match kind {
        "dates" => documents(dossier),
        "lineage" => lineage(dossier),
        "stories" => stories(dossier),
        "people" => people(dossier),
        "happenings" => dossier.events.iter().map(|event| happening(dossier, event)).collect(),
        "statements" => dossier.statements.iter().map(|statement| said(dossier, statement)).collect(),
        "ledger" => dossier.figures.iter().map(|figure| ledger(dossier, figure)).collect(),
        "findings" => dossier.findings.iter().map(finding).collect(),
        _ => return None,
    })
}

fn documents(dossier: &Dossier) -> Vec<Line> {
    let line = |doc: &variorum_model::Document| {
        Line::new("document", Value::word(&doc.id))
            .with("published", dates(doc.published.map(|dated| dated.range)))
            .with("basis", word(doc.published.map(|dated| basis(dated.basis))))
    };
    dossier.documents.iter().map(line).collect()
}

fn lineage(dossier: &Dossier) -> Vec<Line> {
    let line = |edge: &variorum_model::dossier::Lineage| {
        let to = match &edge.to {
            Ancestor::Document(id) => id.to_string(),
            Ancestor::Actor(id) => Value::text(name(dossier, id)).to_string(),
        };
        let edge_words = format!("{} {to}", label(&edge.kind));
        Line::new(edge.from.as_str(), Value::Word(edge_words)).with("share", word(edge.share.map(|share| (share * 10.0).round() * 10.0)))
    };
    dossier.lineage.iter().map(line).collect()
}

fn stories(dossier: &Dossier) -> Vec<Line> {
    let line = |story: &variorum_model::dossier::Story| {
        Line::new("story", story.documents.iter().map(Value::word).collect::<Vec<_>>())
            .with("title", Value::text(&story.title))
            .with("period", dates(story.period))
            .with("independent", Value::word(story.n_independent))
    };
    dossier.stories.iter().map(line).collect()
}

fn people(dossier: &Dossier) -> Vec<Line> {
    let line = |actor: &variorum_model::dossier::Actor| {
        let roles = actor.roles.iter().map(|role| Value::text(role_text(&role.title, role.of.as_deref(), role.tense)));
        Line::new("actor", Value::text(&actor.name))
            .with("kind", Value::Word(label(&actor.kind)))
            .with("country", word(actor.country.as_ref()))
            .with("sector", word(actor.sector.as_ref()))
            .with("aliases", texts(&actor.aliases))
            .with("roles", roles.collect::<Vec<_>>())
            .with("in", documents_of(actor.mentions.iter().map(|mention| &mention.document)))
    };
    dossier.actors.iter().map(line).collect()
}

fn happening(dossier: &Dossier, event: &Event) -> Line {
    let line = Line::new("event", Value::word(event.kind.as_str()))
        .with("lemma", Value::text(&event.lemma))
        .with("status", Value::Word(label(&event.status)))
        .with("actors", names(dossier, &event.actors))
        .with("recipients", names(dossier, &event.recipients))
        .with("when", dates(event.when.as_ref().map(|when| when.range)))
        .with("where", text(event.place.as_ref().map(|place| &place.name)));
    behind(line, dossier, &event.origins).with("in", documents_of(event.readings.iter().map(|reading| &reading.document)))
}

fn said(dossier: &Dossier, statement: &Statement) -> Line {
    let line = Line::new("speaker", names(dossier, statement.speaker.as_slice()))
        .with("act", Value::word(statement.act.as_str()))
        .with("form", Value::Word(label(&statement.form)))
        .with("content", Value::text(&statement.content))
        .with("verbatim", texts(&statement.verbatim))
        .with("addressee", names(dossier, statement.addressee.as_slice()))
        .with("said", dates(statement.said.as_ref().map(|when| when.range)));
    behind(line, dossier, &statement.origins).with("in", documents_of(statement.readings.iter().map(|reading| &reading.document)))
}

fn ledger(dossier: &Dossier, figure: &Figure) -> Line {
    let values = figure.readings.iter().map(|reading| Value::Word(amount(reading.low, reading.high)));
    let days = |reading: &FigureReading| reading.as_of.as_ref().map_or("none".into(), |when| date(when.range));
    let window = |reading: &FigureReading| reading.window.as_ref().map_or("none".into(), stretch);
    let cumulative = |reading: &FigureReading| Value::word(if reading.cumulative { "yes" } else { "no" });
    let line = Line::new("figure", Value::word(&figure.measure))
        .with("population", text(figure.population.as_ref()))
        .with("unit", Value::word(&figure.unit))
        .with("place", text(figure.place.as_ref()))
        .with("values", values.collect::<Vec<_>>())
        .with("as-of", figure.readings.iter().map(|reading| Value::Word(days(reading))).collect::<Vec<_>>())
        .with("cumulative", figure.readings.iter().map(cumulative).collect::<Vec<_>>())
        .with("window", figure.readings.iter().map(|reading| Value::Word(window(reading))).collect::<Vec<_>>())
        .with("relations", figure.relations.iter().map(|relation| Value::Word(label(&relation.kind))).collect::<Vec<_>>());
    behind(line, dossier, &figure.origins).with("in", documents_of(figure.readings.iter().map(|reading| &reading.document)))
}

/// `2024-01-01..2024-06-30`; an open side is left out.
fn stretch(window: &Window) -> String {
    let opens = window.from.as_ref().map(|when| when.range.earliest().to_string()).unwrap_or_default();
    let closes = window.until.as_ref().map(|when| when.range.latest().to_string()).unwrap_or_default();
    format!("{opens}..{closes}")
}

fn finding(finding: &Finding) -> Line {
    Line::new("finding", Value::Word(label(&finding.kind)))
        .with("text", Value::text(&finding.text))
        .with("in", documents_of(&finding.documents))
}

// --- values -------------------------------------------------------------------------------------------------------------

fn behind(line: Line, dossier: &Dossier, origins: &Origins) -> Line {
    let range = if origins.min == origins.max { origins.min.to_string() } else { format!("{}..{}", origins.min, origins.max) };
    let root = |root: &variorum_model::dossier::Root| match (&root.actor, root.kind) {
        (Some(actor), _) => Value::text(name(dossier, actor)),
        (None, RootKind::Publisher) => Value::word("publisher"),
        (None, _) => Value::word("unknown"),
    };
    line.with("origins", Value::Word(range)).with("roots", origins.roots.iter().map(root).collect::<Vec<_>>())
}

fn names(dossier: &Dossier, ids: &[ActorId]) -> Vec<Value> {
    ids.iter().map(|id| Value::text(name(dossier, id))).collect()
}

fn name<'d>(dossier: &'d Dossier, id: &ActorId) -> &'d str {
    dossier.actors.iter().find(|actor| actor.id == *id).map_or("?", |actor| &actor.name)
}

fn documents_of<'a>(documents: impl IntoIterator<Item = &'a DocumentId>) -> Vec<Value> {
    documents.into_iter().collect::<BTreeSet<_>>().into_iter().map(Value::word).collect()
}
