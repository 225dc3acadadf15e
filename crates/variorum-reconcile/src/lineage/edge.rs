//! What an edge of descent is.

use variorum_model::dossier::{Citation, LineageKind, SharedPassage};

use crate::{actors::ActorIx, corpus::DocIx};

/// What a document descends from.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum From {
    Doc(DocIx),
    Actor(ActorIx),
}

/// An edge with its evidence.
pub(crate) struct Edge {
    pub(crate) from: DocIx,
    pub(crate) to: From,
    pub(crate) kind: LineageKind,
    pub(crate) share: Option<f64>,
    pub(crate) evidence: Vec<Citation>,
    pub(crate) passages: Vec<SharedPassage>,
}
