//! How is a dossier written for other programs?
//!
//! Input: a dossier. Output: its JSON, format `variorum/dossier/1`: the field names of `DESIGN.md`, last section, and some more. Offsets are counted in
//! Unicode code points (W3C `TextPositionSelector`), and every span carries its quotation, so that a reader in any language can check it.
//! Example: `{"document": "d-…", "start": 0, "end": 5, "quote": "Forty"}`. Limits: sentence embeddings and words are not written.

use std::collections::BTreeMap;

use serde::Serialize;
use variorum_model::{
    Act, AttributionForm, AttributionKind, Basis, BlockKind, CreditKind, DateRange, Dated, Document, DocumentId, Dossier, EntityKind,
    EventStatus, EventType, Evidence, HopRole, PlaceKind, Polarity, Precision, Qualifier, RoleTense, Span,
    dossier::{
        Actor, ActorHop, ActorRole, Ancestor, Change, Citation, Event, EventReading, Figure, FigureReading, FigureRelationKind, Finding,
        FindingKind, Lineage, LineageKind, Origins, RecordId, Root, RootKind, SharedPassage, Statement, StatementReading, Story, When,
        Where, Window,
    },
};

use super::points::CodePoints;
use crate::Profile;

/// The format written here.
pub const FORMAT: &str = "variorum/dossier/1";

/// The dossier as indented JSON with a line break at its end; `profile` parsed its documents.
pub fn dossier(dossier: &Dossier, profile: Profile) -> String {
    let writer = Writer::new(dossier);
    let mut json =
        serde_json::to_string_pretty(&writer.dossier(dossier, profile)).expect("keys are strings and numbers are finite or null");
    json.push('\n');
    json
}

// --- the shape ----------------------------------------------------------------------------------------------------------

#[derive(Serialize)]
struct DossierJson<'d> {
    format: &'static str,
    generator: GeneratorJson,
    documents: Vec<DocumentJson<'d>>,
    lineage: Vec<LineageJson<'d>>,
    actors: Vec<ActorJson<'d>>,
    stories: Vec<StoryJson<'d>>,
    events: Vec<EventJson<'d>>,
    statements: Vec<StatementJson<'d>>,
    figures: Vec<FigureJson<'d>>,
    findings: Vec<FindingJson<'d>>,
    diagnostics: Vec<DiagnosticJson<'d>>,
}

#[derive(Serialize)]
struct GeneratorJson {
    name: &'static str,
    version: &'static str,
    model: &'static str,
}

#[derive(Serialize)]
struct SpanJson<'d> {
    document: &'d str,
    start: usize,
    end: usize,
    quote: &'d str,
}

#[derive(Serialize)]
struct DateJson<'d> {
    earliest: String,
    latest: String,
    precision: Precision,
    basis: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<SpanJson<'d>>,
}

#[derive(Serialize)]
struct DocumentJson<'d> {
    id: &'d str,
    path: &'d str,
    url: Option<&'d str>,
    title: Option<&'d str>,
    publisher: Option<&'d str>,
    byline: Option<&'d str>,
    published: Option<DateJson<'d>>,
    published_evidence: Vec<SpanJson<'d>>,
    language: Option<&'d str>,
    text: &'d str,
    blocks: Vec<BlockJson>,
    credits: Vec<CreditJson<'d>>,
}

#[derive(Serialize)]
struct BlockJson {
    start: usize,
    end: usize,
    kind: BlockKind,
}

#[derive(Serialize)]
struct CreditJson<'d> {
    name: &'d str,
    covers: CreditKind,
    span: SpanJson<'d>,
}

#[derive(Serialize)]
struct LineageJson<'d> {
    from: &'d str,
    to: &'d str,
    kind: LineageKind,
    share: Option<f64>,
    evidence: Vec<SpanJson<'d>>,
    passages: Vec<PassageJson<'d>>,
}

#[derive(Serialize)]
struct PassageJson<'d> {
    here: SpanJson<'d>,
    there: SpanJson<'d>,
    n_shared: usize,
    changes: Vec<ChangeJson<'d>>,
}

#[derive(Serialize)]
struct ChangeJson<'d> {
    here: Option<SpanJson<'d>>,
    there: Option<SpanJson<'d>>,
}

#[derive(Serialize)]
struct ActorJson<'d> {
    id: &'d str,
    name: &'d str,
    kind: EntityKind,
    country: Option<&'d str>,
    sector: Option<&'d str>,
    aliases: &'d [String],
    roles: Vec<RoleJson<'d>>,
    mentions: Vec<SpanJson<'d>>,
}

#[derive(Serialize)]
struct RoleJson<'d> {
    title: &'d str,
    of: Option<&'d str>,
    tense: RoleTense,
    earliest: Option<String>,
    latest: Option<String>,
    evidence: Vec<SpanJson<'d>>,
}

#[derive(Serialize)]
struct StoryJson<'d> {
    id: &'d str,
    title: &'d str,
    documents: Vec<&'d str>,
    events: Vec<&'d str>,
    period: Option<DateJson<'d>>,
    independent: usize,
}

#[derive(Serialize)]
struct HopJson<'d> {
    actor: Option<&'d str>,
    name: &'d str,
    role: HopRole,
    cue: &'d str,
    kind: AttributionKind,
    hedge: Option<&'d str>,
    said: Option<DateJson<'d>>,
    span: SpanJson<'d>,
}

#[derive(Serialize)]
struct OriginsJson<'d> {
    min: usize,
    max: usize,
    roots: Vec<RootJson<'d>>,
}

#[derive(Serialize)]
struct RootJson<'d> {
    kind: RootKind,
    actor: Option<&'d str>,
    readings: &'d [usize],
    via: Vec<&'d str>,
}

#[derive(Serialize)]
struct WhereJson<'d> {
    name: &'d str,
    kind: PlaceKind,
    country: Option<&'d str>,
    lat: Option<f64>,
    lon: Option<f64>,
    span: SpanJson<'d>,
}

#[derive(Serialize)]
struct EventJson<'d> {
    id: &'d str,
    story: &'d str,
    #[serde(rename = "type")]
    kind: EventType,
    mode: Option<&'d str>,
    contexts: &'d [String],
    status: EventStatus,
    lemma: &'d str,
    actors: Vec<&'d str>,
    recipients: Vec<&'d str>,
    when: Option<DateJson<'d>>,
    #[serde(rename = "where")]
    place: Option<WhereJson<'d>>,
    readings: Vec<EventReadingJson<'d>>,
    origins: OriginsJson<'d>,
}

#[derive(Serialize)]
struct EventReadingJson<'d> {
    document: &'d str,
    evidence: Vec<SpanJson<'d>>,
    trigger: Vec<SpanJson<'d>>,
    chain: Vec<HopJson<'d>>,
    when: Option<DateJson<'d>>,
    #[serde(rename = "where")]
    place: Option<WhereJson<'d>>,
    status: EventStatus,
    rule: &'d str,
}

#[derive(Serialize)]
struct StatementJson<'d> {
    id: &'d str,
    story: &'d str,
    speaker: Option<&'d str>,
    addressee: Option<&'d str>,
    act: Act,
    kind: AttributionKind,
    polarity: Polarity,
    form: AttributionForm,
    content: &'d str,
    verbatim: &'d [String],
    said: Option<DateJson<'d>>,
    readings: Vec<StatementReadingJson<'d>>,
    origins: OriginsJson<'d>,
    witnesses: OriginsJson<'d>,
}

#[derive(Serialize)]
struct StatementReadingJson<'d> {
    document: &'d str,
    evidence: Vec<SpanJson<'d>>,
    content: Vec<SpanJson<'d>>,
    verbatim: Vec<SpanJson<'d>>,
    form: AttributionForm,
    said: Option<DateJson<'d>>,
    chain: Vec<HopJson<'d>>,
}

#[derive(Serialize)]
struct FigureJson<'d> {
    id: &'d str,
    story: &'d str,
    measure: &'d str,
    population: Option<&'d str>,
    unit: &'d str,
    place: Option<&'d str>,
    readings: Vec<FigureReadingJson<'d>>,
    relations: Vec<RelationJson<'d>>,
    origins: OriginsJson<'d>,
}

#[derive(Serialize)]
struct FigureReadingJson<'d> {
    document: &'d str,
    evidence: Vec<SpanJson<'d>>,
    quantity: SpanJson<'d>,
    low: Option<f64>,
    high: Option<f64>,
    qualifier: Qualifier,
    population: Option<&'d str>,
    as_of: Option<DateJson<'d>>,
    cumulative: bool,
    window: Option<WindowJson<'d>>,
    chain: Vec<HopJson<'d>>,
}

#[derive(Serialize)]
struct WindowJson<'d> {
    from: Option<DateJson<'d>>,
    until: Option<DateJson<'d>>,
    words: SpanJson<'d>,
}

#[derive(Serialize)]
struct RelationJson<'d> {
    a: usize,
    b: usize,
    kind: FigureRelationKind,
    why: &'d str,
}

#[derive(Serialize)]
struct FindingJson<'d> {
    kind: FindingKind,
    about: Vec<&'d str>,
    text: &'d str,
    documents: Vec<&'d str>,
    evidence: Vec<SpanJson<'d>>,
}

#[derive(Serialize)]
struct DiagnosticJson<'d> {
    document: &'d str,
    start: Option<usize>,
    end: Option<usize>,
    message: &'d str,
}

// --- from the dossier ---------------------------------------------------------------------------------------------------

/// What writing a span needs of its document.
struct Writer<'d> {
    documents: BTreeMap<&'d DocumentId, (&'d Document, CodePoints<'d>)>,
}

impl<'d> Writer<'d> {
    fn new(dossier: &'d Dossier) -> Self {
        let entry = |doc: &'d Document| (&doc.id, (doc, CodePoints::new(&doc.text)));
        Self { documents: dossier.documents.iter().map(entry).collect() }
    }

    fn dossier(&self, dossier: &'d Dossier, profile: Profile) -> DossierJson<'d> {
        DossierJson {
            format: FORMAT,
            generator: GeneratorJson { name: "variorum", version: env!("CARGO_PKG_VERSION"), model: profile.name() },
            documents: dossier.documents.iter().map(|doc| self.document(doc)).collect(),
            lineage: dossier.lineage.iter().map(|edge| self.lineage(edge)).collect(),
            actors: dossier.actors.iter().map(|actor| self.actor(actor)).collect(),
            stories: dossier.stories.iter().map(story).collect(),
            events: dossier.events.iter().map(|event| self.event(event)).collect(),
            statements: dossier.statements.iter().map(|statement| self.statement(statement)).collect(),
            figures: dossier.figures.iter().map(|figure| self.figure(figure)).collect(),
            findings: dossier.findings.iter().map(|finding| self.finding(finding)).collect(),
            diagnostics: dossier.diagnostics.iter().map(|(id, diagnostic)| self.diagnostic(id, diagnostic)).collect(),
        }
    }

    // --- places in texts ---

    fn span(&self, id: &DocumentId, span: Span) -> SpanJson<'d> {
        let (doc, points) = &self.documents[id];
        SpanJson { document: doc.id.as_str(), start: points.at(span.start()), end: points.at(span.end()), quote: span.of(&doc.text) }
    }

    fn spans(&self, id: &DocumentId, spans: &[Span]) -> Vec<SpanJson<'d>> {
        spans.iter().map(|&span| self.span(id, span)).collect()
    }

    fn evidence(&self, id: &DocumentId, evidence: &Evidence) -> Vec<SpanJson<'d>> {
        self.spans(id, evidence.spans())
    }

    fn citations(&self, citations: &[Citation]) -> Vec<SpanJson<'d>> {
        citations.iter().map(|citation| self.span(&citation.document, citation.span)).collect()
    }

    fn when(&self, when: &'d When) -> DateJson<'d> {
        let span = when.span.as_ref().map(|citation| self.span(&citation.document, citation.span));
        DateJson { span, ..date(when.range, &when.basis) }
    }

    fn place(&self, place: &'d Where) -> WhereJson<'d> {
        WhereJson {
            name: &place.name,
            kind: place.kind,
            country: place.country.as_deref(),
            lat: place.lat,
            lon: place.lon,
            span: self.span(&place.span.document, place.span.span),
        }
    }

    fn chain(&self, chain: &'d [ActorHop]) -> Vec<HopJson<'d>> {
        let hop = |hop: &'d ActorHop| HopJson {
            actor: hop.actor.as_ref().map(|id| id.as_str()),
            name: &hop.name,
            role: hop.role,
            cue: &hop.cue,
            kind: hop.kind,
            hedge: hop.hedge.as_deref(),
            said: hop.said.as_ref().map(|when| self.when(when)),
            span: self.span(&hop.span.document, hop.span.span),
        };
        chain.iter().map(hop).collect()
    }

    // --- records ---

    fn document(&self, doc: &'d Document) -> DocumentJson<'d> {
        let (_, points) = &self.documents[&doc.id];
        let block = |block: &variorum_model::Block| BlockJson {
            start: points.at(block.span.start()),
            end: points.at(block.span.end()),
            kind: block.kind,
        };
        let credit = |credit: &'d variorum_model::Credit| CreditJson {
            name: &credit.name,
            covers: credit.kind,
            span: self.span(&doc.id, credit.span),
        };
        DocumentJson {
            id: doc.id.as_str(),
            path: &doc.path,
            url: doc.url.as_deref(),
            title: doc.title.as_deref(),
            publisher: doc.publisher.as_deref(),
            byline: doc.byline.as_deref(),
            published: doc.published.map(published),
            published_evidence: self.spans(&doc.id, &doc.published_evidence),
            language: doc.language.as_deref(),
            text: &doc.text,
            blocks: doc.blocks.iter().map(block).collect(),
            credits: doc.credits.iter().map(credit).collect(),
        }
    }

    fn lineage(&self, edge: &'d Lineage) -> LineageJson<'d> {
        let to = match &edge.to {
            Ancestor::Document(id) => id.as_str(),
            Ancestor::Actor(id) => id.as_str(),
        };
        LineageJson {
            from: edge.from.as_str(),
            to,
            kind: edge.kind,
            share: edge.share,
            evidence: self.citations(&edge.evidence),
            passages: edge.passages.iter().map(|passage| self.passage(passage)).collect(),
        }
    }

    fn passage(&self, passage: &'d SharedPassage) -> PassageJson<'d> {
        let side = |citation: &Citation, span: Option<Span>| span.map(|span| self.span(&citation.document, span));
        let change = |change: &Change| ChangeJson { here: side(&passage.here, change.here), there: side(&passage.there, change.there) };
        PassageJson {
            here: self.span(&passage.here.document, passage.here.span),
            there: self.span(&passage.there.document, passage.there.span),
            n_shared: passage.n_shared,
            changes: passage.changes.iter().map(change).collect(),
        }
    }

    fn actor(&self, actor: &'d Actor) -> ActorJson<'d> {
        let role = |role: &'d ActorRole| RoleJson {
            title: &role.title,
            of: role.of.as_deref(),
            tense: role.tense,
            earliest: role.seen.map(|seen| seen.earliest().to_string()),
            latest: role.seen.map(|seen| seen.latest().to_string()),
            evidence: self.citations(&role.evidence),
        };
        ActorJson {
            id: actor.id.as_str(),
            name: &actor.name,
            kind: actor.kind,
            country: actor.country.as_deref(),
            sector: actor.sector.as_deref(),
            aliases: &actor.aliases,
            roles: actor.roles.iter().map(role).collect(),
            mentions: self.citations(&actor.mentions),
        }
    }

    fn event(&self, event: &'d Event) -> EventJson<'d> {
        EventJson {
            id: event.id.as_str(),
            story: event.story.as_str(),
            kind: event.kind,
            mode: event.mode.as_deref(),
            contexts: &event.contexts,
            status: event.status,
            lemma: &event.lemma,
            actors: event.actors.iter().map(|id| id.as_str()).collect(),
            recipients: event.recipients.iter().map(|id| id.as_str()).collect(),
            when: event.when.as_ref().map(|when| self.when(when)),
            place: event.place.as_ref().map(|place| self.place(place)),
            readings: event.readings.iter().map(|reading| self.event_reading(reading)).collect(),
            origins: origins(&event.origins),
        }
    }

    fn event_reading(&self, reading: &'d EventReading) -> EventReadingJson<'d> {
        EventReadingJson {
            document: reading.document.as_str(),
            evidence: self.evidence(&reading.document, &reading.evidence),
            trigger: self.evidence(&reading.document, &reading.trigger),
            chain: self.chain(&reading.chain),
            when: reading.when.as_ref().map(|when| self.when(when)),
            place: reading.place.as_ref().map(|place| self.place(place)),
            status: reading.status,
            rule: &reading.rule,
        }
    }

    fn statement(&self, statement: &'d Statement) -> StatementJson<'d> {
        StatementJson {
            id: statement.id.as_str(),
            story: statement.story.as_str(),
            speaker: statement.speaker.as_ref().map(|id| id.as_str()),
            addressee: statement.addressee.as_ref().map(|id| id.as_str()),
            act: statement.act,
            kind: statement.kind,
            polarity: statement.polarity,
            form: statement.form,
            content: &statement.content,
            verbatim: &statement.verbatim,
            said: statement.said.as_ref().map(|when| self.when(when)),
            readings: statement.readings.iter().map(|reading| self.statement_reading(reading)).collect(),
            origins: origins(&statement.origins),
            witnesses: origins(&statement.witnesses),
        }
    }

    fn statement_reading(&self, reading: &'d StatementReading) -> StatementReadingJson<'d> {
        StatementReadingJson {
            document: reading.document.as_str(),
            evidence: self.evidence(&reading.document, &reading.evidence),
            content: self.evidence(&reading.document, &reading.content),
            verbatim: self.spans(&reading.document, &reading.verbatim),
            form: reading.form,
            said: reading.said.as_ref().map(|when| self.when(when)),
            chain: self.chain(&reading.chain),
        }
    }

    fn figure(&self, figure: &'d Figure) -> FigureJson<'d> {
        let relation = |relation: &'d variorum_model::dossier::FigureRelation| RelationJson {
            a: relation.a,
            b: relation.b,
            kind: relation.kind,
            why: &relation.why,
        };
        FigureJson {
            id: figure.id.as_str(),
            story: figure.story.as_str(),
            measure: &figure.measure,
            population: figure.population.as_deref(),
            unit: &figure.unit,
            place: figure.place.as_deref(),
            readings: figure.readings.iter().map(|reading| self.figure_reading(reading)).collect(),
            relations: figure.relations.iter().map(relation).collect(),
            origins: origins(&figure.origins),
        }
    }

    fn figure_reading(&self, reading: &'d FigureReading) -> FigureReadingJson<'d> {
        FigureReadingJson {
            document: reading.document.as_str(),
            evidence: self.evidence(&reading.document, &reading.evidence),
            quantity: self.span(&reading.document, reading.quantity),
            low: reading.low,
            high: reading.high,
            qualifier: reading.qualifier,
            population: reading.population.as_deref(),
            as_of: reading.as_of.as_ref().map(|when| self.when(when)),
            cumulative: reading.cumulative,
            window: reading.window.as_ref().map(|window| self.window(window)),
            chain: self.chain(&reading.chain),
        }
    }

    fn window(&self, window: &'d Window) -> WindowJson<'d> {
        WindowJson {
            from: window.from.as_ref().map(|when| self.when(when)),
            until: window.until.as_ref().map(|when| self.when(when)),
            words: self.span(&window.words.document, window.words.span),
        }
    }

    fn finding(&self, finding: &'d Finding) -> FindingJson<'d> {
        let about = |record: &'d RecordId| match record {
            RecordId::Document(id) => id.as_str(),
            RecordId::Event(id) => id.as_str(),
            RecordId::Statement(id) => id.as_str(),
            RecordId::Figure(id) => id.as_str(),
        };
        FindingJson {
            kind: finding.kind,
            about: finding.about.iter().map(about).collect(),
            text: &finding.text,
            documents: finding.documents.iter().map(|id| id.as_str()).collect(),
            evidence: self.citations(&finding.evidence),
        }
    }

    fn diagnostic(&self, id: &'d DocumentId, diagnostic: &'d variorum_model::Diagnostic) -> DiagnosticJson<'d> {
        let span = diagnostic.span.map(|span| self.span(id, span));
        DiagnosticJson {
            document: id.as_str(),
            start: span.as_ref().map(|span| span.start),
            end: span.as_ref().map(|span| span.end),
            message: &diagnostic.message,
        }
    }
}

fn date(range: DateRange, basis: &str) -> DateJson<'_> {
    DateJson { earliest: range.earliest().to_string(), latest: range.latest().to_string(), precision: range.precision(), basis, span: None }
}

fn published(dated: Dated) -> DateJson<'static> {
    let basis = match dated.basis {
        Basis::Printed => "printed",
        Basis::Metadata => "metadata",
        Basis::Text => "text",
        Basis::Siblings => "siblings",
    };
    date(dated.range, basis)
}

fn story(story: &Story) -> StoryJson<'_> {
    StoryJson {
        id: story.id.as_str(),
        title: &story.title,
        documents: story.documents.iter().map(|id| id.as_str()).collect(),
        events: story.events.iter().map(|id| id.as_str()).collect(),
        period: story.period.map(|range| date(range, "events and documents")),
        independent: story.n_independent,
    }
}

fn origins(origins: &Origins) -> OriginsJson<'_> {
    OriginsJson { min: origins.min, max: origins.max, roots: origins.roots.iter().map(root).collect() }
}

fn root(root: &Root) -> RootJson<'_> {
    RootJson {
        kind: root.kind,
        actor: root.actor.as_ref().map(|id| id.as_str()),
        readings: &root.readings,
        via: root.via.iter().map(|id| id.as_str()).collect(),
    }
}
