//! The types of Variorum and nothing else: no I/O, no regular expressions, no clock.
//!
//! A [`Document`] is immutable text. Everything derived from it points back at it with [`Span`]s: a [`Parse`] of its words, the
//! [`Annotations`] of one document, and the [`Dossier`] of many. Words mean what `DESIGN.md` says they mean.

pub mod annotation;
pub mod coreference;
pub mod date;
pub mod document;
pub mod dossier;
pub mod ids;
pub mod number;
pub mod parse;
pub mod span;
pub mod table;
pub mod time;
pub mod trigger;

pub use annotation::{
    Act, Annotations, Attribution, AttributionForm, AttributionId, AttributionKind, Entity, EntityId, EntityKind, EventMention,
    EventStatus, EventType, FigureMention, FigureWindow, Gender, Hop, HopRole, Mention, MentionId, MentionKind, Place, PlaceId, PlaceKind,
    PlaceUse, Polarity, Qualifier, Quantity, QuantityId, QuantityKind, Role, RoleTense,
};
pub use coreference::{ChainId, MentionForm};
pub use date::{Basis, DateRange, Dated, Precision};
pub use document::{Block, BlockKind, Credit, CreditKind, Diagnostic, Document};
pub use dossier::{Actor, Dossier, Event, Figure, Finding, FindingKind, RecordId, Statement, Story};
pub use ids::{ActorId, DocumentId, EventId, FigureId, StatementId, StoryId};
pub use number::NumberSense;
pub use parse::{Deprel, Name, NameKind, Parse, Referent, Sentence, SentenceId, Token, TokenId, Upos};
pub use span::{Evidence, Span, SpanError};
pub use time::{TimeExpression, TimeId, TimeKind, TimeValue};
pub use trigger::Trigger;
