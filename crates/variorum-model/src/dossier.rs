//! Everything derived from one set of documents.
//!
//! Records keep the readings they were made from: who said what, where, and on whose word, is never merged away. Spans are byte offsets here;
//! the JSON form (`DESIGN.md`, last section) is written at the edge.

use serde::{Deserialize, Serialize};

use crate::{
    Act, ActorId, AttributionForm, AttributionKind, DateRange, Diagnostic, Document, DocumentId, EventId, EventStatus, EventType, Evidence,
    FigureId, HopRole, PlaceKind, Polarity, Qualifier, RoleTense, Span, StatementId, StoryId,
};

/// Everything derived from one set of documents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// Sorted by date, then id. `published` is the final one, siblings considered.
    pub documents: Vec<Document>,
    /// What descends from what.
    pub lineage: Vec<Lineage>,
    /// By number of mentions, most first.
    pub actors: Vec<Actor>,
    /// By number of documents, most first.
    pub stories: Vec<Story>,
    /// In order of time, undated last.
    pub events: Vec<Event>,
    /// By speaker, then by time.
    pub statements: Vec<Statement>,
    /// By measure, then by as-of date.
    pub figures: Vec<Figure>,
    /// What would change a reader's mind first.
    pub findings: Vec<Finding>,
    /// What went wrong, by document.
    pub diagnostics: Vec<(DocumentId, Diagnostic)>,
}

/// A span of a named document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// Which document.
    pub document: DocumentId,
    /// Where in it.
    pub span: Span,
}

/// An edge of descent: `from` descends from `to`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lineage {
    /// The younger.
    pub from: DocumentId,
    /// The older.
    pub to: Ancestor,
    /// How.
    pub kind: LineageKind,
    /// Part of `from`'s running text that descends, 0..=1; none where it cannot be told.
    pub share: Option<f64>,
    /// Passages on both sides, or the credit.
    pub evidence: Vec<Citation>,
    /// The passages with what was changed in them; of a rewrite the sentences with their counterparts.
    #[serde(default)]
    pub passages: Vec<SharedPassage>,
}

/// A passage of a document beside the older one it was taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedPassage {
    /// In the younger document.
    pub here: Citation,
    /// In the older one, or in another copy of what it was taken from.
    pub there: Citation,
    /// Words that both have, in order.
    pub n_shared: usize,
    /// Words that differ between those in common.
    pub changes: Vec<Change>,
}

/// Words of one side where the other has others, or none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// In the younger document.
    pub here: Option<Span>,
    /// In the older one.
    pub there: Option<Span>,
}

/// What a document descends from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ancestor {
    /// A document of this dossier.
    Document(DocumentId),
    /// A publisher none of whose documents here is the one.
    Actor(ActorId),
}

/// How a document descends (`DESIGN.md`, "Origins and lineage").
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum LineageKind {
    Republishes,
    Copies,
    Rewrites,
    Cites,
}

/// An entity across documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Hash of its name and kind.
    pub id: ActorId,
    /// Fullest form met.
    pub name: String,
    /// What it is.
    pub kind: crate::EntityKind,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// PLOVER sector code.
    pub sector: Option<String>,
    /// Other forms met, and known ones of what was met.
    pub aliases: Vec<String>,
    /// Offices and functions by date.
    pub roles: Vec<ActorRole>,
    /// Every mention.
    pub mentions: Vec<Citation>,
}

/// An office held, as reported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActorRole {
    /// As printed.
    pub title: String,
    /// Of which body or state.
    pub of: Option<String>,
    /// Held when reported, or not.
    pub tense: RoleTense,
    /// First and last day it is reported of.
    pub seen: Option<DateRange>,
    /// Where the texts say so.
    pub evidence: Vec<Citation>,
}

/// Documents about the same affair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Hash of its documents.
    pub id: StoryId,
    /// The headline of the most central document.
    pub title: String,
    /// In order of date.
    pub documents: Vec<DocumentId>,
    /// In order of time.
    pub events: Vec<EventId>,
    /// From the first dated event of the news to the last document.
    pub period: Option<DateRange>,
    /// How many documents add something that descends from no other.
    pub n_independent: usize,
}

/// One link of a chain, across documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActorHop {
    /// Who, where resolved.
    pub actor: Option<ActorId>,
    /// As printed.
    pub name: String,
    /// What it does.
    pub role: HopRole,
    /// Lemma of the signalling word.
    pub cue: String,
    /// Class of that word.
    pub kind: AttributionKind,
    /// Words of distance.
    pub hedge: Option<String>,
    /// When it was said or passed on, where told.
    pub said: Option<When>,
    /// The words.
    pub span: Citation,
}

/// How many independent origins stand behind a record: at least `min`, at most `max`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origins {
    /// Possibly-same roots merged.
    pub min: usize,
    /// Possibly-same roots kept apart.
    pub max: usize,
    /// The roots.
    pub roots: Vec<Root>,
}

/// One root of a record's readings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Root {
    /// What sort of root.
    pub kind: RootKind,
    /// Who.
    pub actor: Option<ActorId>,
    /// Indices of the readings that go back to it.
    pub readings: Vec<usize>,
    /// Relays on the way.
    pub via: Vec<ActorId>,
}

/// What sort of root.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RootKind {
    /// Somebody said it.
    Utterance,
    /// Somebody saw it.
    Observation,
    /// A publisher says it in its own voice.
    Publisher,
    /// The chain breaks off.
    Unknown,
}

/// Where something happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Where {
    /// The gazetteer's name, or the printed one.
    pub name: String,
    /// What kind of place.
    pub kind: PlaceKind,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Where the text says so.
    pub span: Citation,
}

/// A date with the words it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct When {
    /// The days.
    pub range: DateRange,
    /// The words; none where it is the document's own date.
    pub span: Option<Citation>,
    /// How it is known, in words: "printed", "relative to a printed date", "from its siblings".
    pub basis: String,
}

/// A happening across documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Hash of its readings.
    pub id: EventId,
    /// The story it belongs to.
    pub story: StoryId,
    /// PLOVER or ours.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// As most readings have it.
    pub status: EventStatus,
    /// Lemma of its trigger.
    pub lemma: String,
    /// Who did it.
    pub actors: Vec<ActorId>,
    /// Who underwent it.
    pub recipients: Vec<ActorId>,
    /// The narrowest date compatible with the readings.
    pub when: Option<When>,
    /// The narrowest place compatible with the readings.
    pub place: Option<Where>,
    /// Never none.
    pub readings: Vec<EventReading>,
    /// Who stands behind it.
    pub origins: Origins,
}

/// One document's version of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventReading {
    /// Which document.
    pub document: DocumentId,
    /// Where.
    pub evidence: Evidence,
    /// The trigger itself.
    pub trigger: Evidence,
    /// On whose word.
    pub chain: Vec<ActorHop>,
    /// When, as this document has it.
    pub when: Option<When>,
    /// Where, as this document has it.
    pub place: Option<Where>,
    /// Whether it happened, as this document has it.
    pub status: EventStatus,
    /// The row or rule that produced it.
    pub rule: String,
}

/// An utterance across documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Hash of its readings.
    pub id: StatementId,
    /// The story it belongs to.
    pub story: StoryId,
    /// Who said it.
    pub speaker: Option<ActorId>,
    /// To whom.
    pub addressee: Option<ActorId>,
    /// What was done by saying it.
    pub act: Act,
    /// Speech or thought.
    pub kind: AttributionKind,
    /// Asserted or denied.
    pub polarity: Polarity,
    /// The most literal form any document gives.
    pub form: AttributionForm,
    /// The fullest content any document gives.
    pub content: String,
    /// Every quoted wording, longest first, without those that are part of a longer one.
    pub verbatim: Vec<String>,
    /// When it was said.
    pub said: Option<When>,
    /// Never none.
    pub readings: Vec<StatementReading>,
    /// Origins of what was said: one utterance is one origin, however many pass it on.
    pub origins: Origins,
    /// Origins of knowing that it was said: independent witnesses and relays of the utterance.
    pub witnesses: Origins,
}

/// One document's version of a statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatementReading {
    /// Which document.
    pub document: DocumentId,
    /// Source, cue and content.
    pub evidence: Evidence,
    /// What is said.
    pub content: Evidence,
    /// The quoted stretches.
    pub verbatim: Vec<Span>,
    /// On whose word.
    pub chain: Vec<ActorHop>,
    /// Direct, mixed, indirect.
    pub form: AttributionForm,
    /// When, as this document has it.
    pub said: Option<When>,
}

/// A reported quantity across documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Hash of its readings.
    pub id: FigureId,
    /// The story it belongs to.
    pub story: StoryId,
    /// What is measured.
    pub measure: String,
    /// Who or what is counted.
    pub population: Option<String>,
    /// Canonical unit.
    pub unit: String,
    /// Where.
    pub place: Option<String>,
    /// In as-of order; never none.
    pub readings: Vec<FigureReading>,
    /// How the readings stand to one another.
    pub relations: Vec<FigureRelation>,
    /// Who stands behind it.
    pub origins: Origins,
}

/// One document's version of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureReading {
    /// Which document.
    pub document: DocumentId,
    /// The clause.
    pub evidence: Evidence,
    /// The number itself.
    pub quantity: Span,
    /// Lower bound; none where open.
    pub low: Option<f64>,
    /// Upper bound; none where open.
    pub high: Option<f64>,
    /// How it is bounded.
    pub qualifier: Qualifier,
    /// Who or what is counted, as this document has it.
    pub population: Option<String>,
    /// As of when.
    pub as_of: Option<When>,
    /// Whether it is told as a total so far, not as new.
    #[serde(default)]
    pub cumulative: bool,
    /// The stretch of time in which it was counted.
    #[serde(default)]
    pub window: Option<Window>,
    /// On whose word.
    pub chain: Vec<ActorHop>,
}

/// A stretch of time with the words that bound it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Where it opens; none where the text leaves that open, or its words have no date.
    pub from: Option<When>,
    /// Where it closes.
    pub until: Option<When>,
    /// The words, from the first that bound it to the last.
    pub words: Citation,
}

/// How two readings of a figure stand to one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureRelation {
    /// Index of the first reading.
    pub a: usize,
    /// Index of the second.
    pub b: usize,
    /// How.
    pub kind: FigureRelationKind,
    /// Why, in a clause.
    pub why: String,
}

/// How two readings of a figure stand to one another (`DESIGN.md`, "Typed differences").
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum FigureRelationKind {
    Restates,
    Updates,
    Agrees,
    Conflicts,
    OtherScope,
}

/// Something a reader wants to be told about several readings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What sort.
    pub kind: FindingKind,
    /// The records it is about.
    pub about: Vec<RecordId>,
    /// One plain sentence in our own voice; wording of reports only inside quotation marks.
    pub text: String,
    /// The documents concerned.
    pub documents: Vec<DocumentId>,
    /// Never none.
    pub evidence: Vec<Citation>,
    /// Larger comes first.
    pub weight: u32,
}

/// What sort of finding.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum FindingKind {
    Conflict,
    Circular,
    SingleOrigin,
    Update,
    Variant,
    Agreement,
    DateResolved,
    OnlyIn,
}

/// Any record that findings speak about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum RecordId {
    Document(DocumentId),
    Event(EventId),
    Statement(StatementId),
    Figure(FigureId),
}
