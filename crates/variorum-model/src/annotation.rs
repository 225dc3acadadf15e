//! What one document says: the typed output of the stages of `variorum-annotate`.
//!
//! Records are stand-off: they point at spans of the text, and at each other by index into the lists of [`Annotations`].

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, Evidence, Span, TimeExpression, TimeId, TokenId};

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// As an index into its list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

indices! {
    /// Index into [`Annotations::mentions`].
    MentionId;
    /// Index into [`Annotations::entities`].
    EntityId;
    /// Index into [`Annotations::places`].
    PlaceId;
    /// Index into [`Annotations::quantities`].
    QuantityId;
    /// Index into [`Annotations::attributions`].
    AttributionId;
}

impl TimeId {
    /// As an index into [`Annotations::times`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Everything derived from one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Sorted by span.
    pub times: Vec<TimeExpression>,
    /// Sorted by span.
    pub quantities: Vec<Quantity>,
    /// Sorted by span.
    pub places: Vec<Place>,
    /// Sorted by span.
    pub mentions: Vec<Mention>,
    /// In the order of their first mention.
    pub entities: Vec<Entity>,
    /// Sorted by cue span.
    pub attributions: Vec<Attribution>,
    /// Sorted by trigger span.
    pub events: Vec<EventMention>,
    /// What else a day is told of: no events of the ontology, or too little told of them. Sorted by trigger span.
    #[serde(default)]
    pub dated: Vec<EventMention>,
    /// Sorted by quantity span.
    pub figures: Vec<FigureMention>,
    /// What went wrong on the way.
    pub diagnostics: Vec<Diagnostic>,
}

// --- quantities ---------------------------------------------------------------------------------------------------------

/// A number with its bound and unit, as printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// Qualifier, number and unit: "nearly 2,000", "up to nine million", "$12m", "two-and-a-half-hour".
    pub span: Span,
    /// Lower bound; none where open.
    pub low: Option<f64>,
    /// Upper bound; none where open.
    pub high: Option<f64>,
    /// How the number is bounded.
    pub qualifier: Qualifier,
    /// What sort of number.
    pub kind: QuantityKind,
    /// Canonical unit: `percent`, an ISO 4217 code, `metre`, `hour`; none for a count.
    pub unit: Option<String>,
    /// Head word of what is counted or measured: "soldiers" in "nearly 2,000 soldiers"; none where the noun is left out.
    pub counted: Option<TokenId>,
    /// The token of the number itself.
    pub number: TokenId,
}

/// How a number is bounded.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Qualifier {
    /// As printed.
    Exact,
    /// "about", "some", "around"
    About,
    /// "nearly", "almost"
    Nearly,
    /// "at least", "no fewer than"
    AtLeast,
    /// "more than", "over"
    MoreThan,
    /// "up to", "as many as", "fewer than"
    UpTo,
    /// "20 to 30", "dozens"
    Range,
}

/// What sort of number.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuantityKind {
    /// How many of something.
    Count,
    /// How much, in a unit.
    Measure,
    /// Money.
    Money,
    /// A share of a hundred.
    Percent,
    /// "third"
    Ordinal,
    /// A person's age.
    Age,
}

// --- places -------------------------------------------------------------------------------------------------------------

/// A toponym, resolved where it could be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The name.
    pub span: Span,
    /// The gazetteer's name, or the printed one.
    pub name: String,
    /// What kind of place.
    pub kind: PlaceKind,
    /// ISO 3166 alpha-3.
    pub country: Option<String>,
    /// First-order subdivision.
    pub admin: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Whether the words mean the place.
    pub used: PlaceUse,
}

/// What kind of place.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum PlaceKind {
    Site,
    City,
    Region,
    Country,
    Water,
    Unknown,
}

/// Whether the words of a place mean the place.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceUse {
    /// "in Seoul"
    Literal,
    /// "Seoul said": the government.
    Metonymic,
    /// "the Seoul government", "Russian forces": a part of another name or phrase.
    Modifier,
}

// --- actors -------------------------------------------------------------------------------------------------------------

/// A span that names or refers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The whole phrase without its appositions and relative clauses: "South Korean lawmaker Lee Seong-kweun", "officials in Seoul", "he".
    pub span: Span,
    /// The head word.
    pub head: TokenId,
    /// How it refers.
    pub kind: MentionKind,
    /// What it refers to.
    pub entity: EntityId,
}

/// How a mention refers.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionKind {
    /// By a proper name.
    Name,
    /// By a common noun.
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// What several mentions of one document refer to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// The fullest form in the document, without titles: "Boris Gromov"; for unnamed ones the description: "officials in Seoul".
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Whether it has a proper name anywhere in the document.
    pub named: bool,
    /// Whether it is several.
    pub plural: bool,
    /// Of a person, where told or known.
    pub gender: Option<Gender>,
    /// ISO 3166 alpha-3 of its state.
    pub country: Option<String>,
    /// PLOVER sector code: `GOV`, `MIL`, `JRN`.
    pub sector: Option<String>,
    /// Other forms met in the document or known from the tables for what was met: "DPRK", "Pyongyang".
    pub aliases: Vec<String>,
    /// Offices and functions, as the text gives them.
    pub roles: Vec<Role>,
    /// Of a group, those it is known to consist of: Han and Orlov for "the two leaders". Empty where untold.
    #[serde(default)]
    pub members: Vec<EntityId>,
    /// Canonical key in the knowledge tables (`country:PRK`, `organization:World Health Organization`, `publisher:Reuters`); equal keys are the same actor everywhere.
    pub known_as: Option<String>,
    /// In text order.
    pub mentions: Vec<MentionId>,
}

/// What an entity is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// One human being.
    Person,
    /// A country acting or acted on, by whatever name: "Pyongyang", "North Korea", "the Kremlin".
    State,
    /// An institution.
    Organization,
    /// Several people with no institution.
    Group,
    /// An outlet or agency.
    Publisher,
    /// A place below the state that acts: "the city", "Texas".
    PlaceAsActor,
    /// A memo, filing, law, or study that "says" things.
    Document,
    /// Anything else a phrase refers to; never an actor of the dossier by itself.
    Thing,
}

/// Grammatical gender of a person, as the text gives it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Gender {
    Female,
    Male,
}

/// An office or function held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// As printed, lower case where a common noun: "foreign minister".
    pub title: String,
    /// Of which body or state, as printed or as resolved: "Russia".
    pub of: Option<String>,
    /// Whether held when the document was published.
    pub tense: RoleTense,
    /// Where the text says so.
    pub evidence: Evidence,
}

/// Whether a role is held at the time of the report.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleTense {
    /// No word to the contrary.
    Current,
    /// "former", "ex-", "then"
    Former,
    /// "acting", "interim"
    Acting,
    /// "designate", "-elect", "incoming"
    Incoming,
}

// --- attributions -------------------------------------------------------------------------------------------------------

/// Who is said to have said what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The words that name the source, possibly none ("It was reported that …").
    pub source: Vec<Span>,
    /// Who that is.
    pub speaker: Option<EntityId>,
    /// The signalling words; never none, unless the attribution continues the one before it (a quotation of several sentences).
    pub cue: Vec<Span>,
    /// Lemma of the head of the cue.
    pub cue_lemma: String,
    /// What is said, without quotation marks at its ends; several spans where discontinuous.
    pub content: Evidence,
    /// The quoted stretches inside the content, without the marks.
    pub verbatim: Vec<Span>,
    /// How it is said.
    pub form: AttributionForm,
    /// Speech or thought.
    pub kind: AttributionKind,
    /// What is done by saying it.
    pub act: Act,
    /// Whether the content is asserted or denied.
    pub polarity: Polarity,
    /// To whom.
    pub addressee: Option<EntityId>,
    /// Words of distance or doubt.
    pub hedge: Option<Span>,
    /// When it was said, where the clause of the cue tells.
    pub said: Option<TimeId>,
    /// The attribution in whose content this one stands.
    pub within: Option<AttributionId>,
    /// From the document to the root: first hop nearest the document, last the source of this attribution.
    pub chain: Vec<Hop>,
    /// Cue, source and content together.
    pub evidence: Evidence,
}

/// How something is said.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributionForm {
    /// The content is wholly quoted.
    Direct,
    /// Partly quoted.
    Mixed,
    /// In the reporter's words.
    Indirect,
}

/// Speech kept apart from thought.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributionKind {
    /// Said or written.
    Speech,
    /// Believed, felt.
    Belief,
    /// Wanted, planned.
    Intention,
    /// Found out, shown.
    Finding,
}

macro_rules! acts {
    ($($variant:ident = $text:literal),* $(,)?) => {
        /// What is done by saying something.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs)] // The variants are plain verbs.
        pub enum Act { $(#[serde(rename = $text)] $variant),* }

        impl Act {
            /// Every act.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// From the word for it.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

acts! {
    Report = "report", Say = "say", Promise = "promise", Praise = "praise", Accuse = "accuse", Deny = "deny", Warn = "warn", Threaten = "threaten",
    Demand = "demand", Request = "request", Estimate = "estimate", Express = "express", Invite = "invite", Congratulate = "congratulate",
    Announce = "announce", Claim = "claim", Confirm = "confirm", Admit = "admit", Reject = "reject", Urge = "urge", Thank = "thank",
    Apologise = "apologise", Predict = "predict", Explain = "explain", Ask = "ask", Propose = "propose", Agree = "agree", Condemn = "condemn",
    Order = "order", Describe = "describe", Criticise = "criticise", Welcome = "welcome", Hope = "hope", Believe = "believe", Know = "know",
    Plan = "plan", Show = "show", Find = "find",
}

/// Asserted or denied.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Polarity {
    Positive,
    Negative,
}

/// One link of attribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// Who passes it on or says it.
    pub entity: Option<EntityId>,
    /// As printed.
    pub name: String,
    /// What it does with it.
    pub role: HopRole,
    /// Lemma of the signalling word.
    pub cue: String,
    /// Class of that word: whether it is said, believed, wanted or found.
    pub kind: AttributionKind,
    /// Words of distance, as printed.
    pub hedge: Option<String>,
    /// When it was said or passed on, where that is told beside its own cue.
    pub said: Option<TimeId>,
    /// The words of source and cue.
    pub span: Span,
}

/// What a hop does.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HopRole {
    /// Utters it.
    Speaker,
    /// Passes on what another said.
    Relay,
    /// Saw or measured it.
    Observer,
    /// Publishes it.
    Publisher,
}

// --- events -------------------------------------------------------------------------------------------------------------

/// One trigger in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventMention {
    /// The head word of the trigger.
    pub trigger: TokenId,
    /// Words of the trigger: "held … talks".
    pub trigger_spans: Evidence,
    /// Lemma by which events of one kind are compared: "meet", "talk".
    pub lemma: String,
    /// PLOVER, or one of our three.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Whether it happened, as told.
    pub status: EventStatus,
    /// Who does it.
    pub actors: Vec<EntityId>,
    /// Who undergoes it.
    pub recipients: Vec<EntityId>,
    /// When, as told nearest.
    pub when: Option<TimeId>,
    /// Where, as told nearest.
    pub place: Option<PlaceId>,
    /// The clause.
    pub evidence: Evidence,
    /// The attribution in whose content it stands.
    pub attribution: Option<AttributionId>,
    /// The row or rule that produced it, for `explain`.
    pub rule: String,
}

macro_rules! event_types {
    ($($variant:ident = $text:literal),* $(,)?) => {
        /// PLOVER event types, and INCIDENT, OFFICE, STEP of our own (`DESIGN.md`, "Event types").
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs)] // Defined by the ontology.
        pub enum EventType { $(#[serde(rename = $text)] $variant),* }

        impl EventType {
            /// Every type.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The ontology's label.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// From the ontology's label.
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

event_types! {
    Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE", Cooperate = "COOPERATE", Aid = "AID", Retreat = "RETREAT",
    Request = "REQUEST", Accuse = "ACCUSE", Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST", Sanction = "SANCTION",
    Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT", Incident = "INCIDENT", Office = "OFFICE", Step = "STEP",
}

/// Whether an event happened, as told.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // The words are DESIGN.md's.
pub enum EventStatus {
    Occurred,
    Planned,
    Promised,
    Threatened,
    Possible,
    Denied,
    Hypothetical,
}

impl EventStatus {
    /// Every status.
    pub const ALL: [Self; 7] =
        [Self::Occurred, Self::Planned, Self::Promised, Self::Threatened, Self::Possible, Self::Denied, Self::Hypothetical];
}

// --- figures ------------------------------------------------------------------------------------------------------------

/// A reported quantity with what it counts, in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureMention {
    /// The number.
    pub quantity: QuantityId,
    /// What is measured: `killed`, `evacuated`, `loss`, or the counted noun's lemma where the tables have no measure for it.
    pub measure: String,
    /// Who or what is counted, as printed without the number: "DPRK soldiers".
    pub population: Option<String>,
    /// Lemma of the head of the population: `soldier`.
    pub population_lemma: Option<String>,
    /// Class of the population in `knowledge/measures.tsv`: `human`, `weapon`, `property`.
    #[serde(default)]
    pub population_class: Option<String>,
    /// Canonical unit; for counts the population's lemma.
    pub unit: String,
    /// Where, if the clause tells.
    pub place: Option<PlaceId>,
    /// As of when, if the clause tells.
    pub as_of: Option<TimeId>,
    /// Whether the words give it as a total so far ("bringing the toll to", "since Tuesday"), told from new ones.
    pub cumulative: bool,
    /// The stretch of time in which it was counted, if the clause tells.
    #[serde(default)]
    pub window: Option<FigureWindow>,
    /// The earlier value it replaces, if the words say so: "up from 23".
    pub replaces: Option<QuantityId>,
    /// The attribution in whose content it stands.
    pub attribution: Option<AttributionId>,
    /// Who counted, where that is told beside any saying: "police recorded 40", "by the council's count".
    #[serde(default)]
    pub counter: Option<Hop>,
    /// The clause.
    pub evidence: Evidence,
}

/// The stretch of time in which something was counted. One time may open and close it: "over the past week".
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureWindow {
    /// Where it opens: "since January", "between June and October".
    pub from: Option<TimeId>,
    /// Where it closes; none where it was still open when the count was told.
    pub until: Option<TimeId>,
}

impl FigureWindow {
    /// The times that bound it.
    pub fn times(&self) -> impl Iterator<Item = TimeId> {
        self.from.into_iter().chain(self.until)
    }
}
