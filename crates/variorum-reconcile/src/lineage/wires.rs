//! Which agencies and outlets do documents name as where their words come from?
//!
//! Input: credits and chains. Output: for each document the outlets whose text it prints as a whole, those it takes parts from, and those it cites; they need not be among
//! the documents. Example: "BISHKEK (Meridian) —" names Meridian for the whole; "with agencies" names nobody. Limits: a credit that covers a part does not say which.

use variorum_model::{CreditKind, EntityKind, HopRole, dossier::Citation};

use crate::{
    actors::{ActorIx, Cast},
    corpus::{Corpus, DocIx},
    outlets::is_outlet,
};

/// An outlet with where it is named.
pub(super) type Named = (ActorIx, Vec<Citation>);

/// Outlets a document credits, other than its own, each once: for the whole text, or for a part.
pub(super) fn credited(corpus: &Corpus, cast: &Cast, doc: DocIx, kind: CreditKind) -> Vec<Named> {
    let credits = corpus.doc(doc).credits.iter().enumerate().filter(|(_, credit)| credit.kind == kind);
    gathered(cast, doc, credits.filter_map(|(i, credit)| Some((cast.credited(doc, i)?, corpus.cite(doc, credit.span)))))
}

/// Outlets that chains of a document name for what others said or saw, other than its own.
pub(super) fn cited(corpus: &Corpus, cast: &Cast, doc: DocIx) -> Vec<Named> {
    let reports = |actor: ActorIx, role: HopRole| {
        let member = cast.member(actor);
        member.kind == EntityKind::Publisher
            || role != HopRole::Speaker && is_outlet(member)
            || cast.outlet(actor) != actor
            || cast.publishes(actor)
    };
    let hops = corpus.notes(doc).attributions.iter().flat_map(|attribution| &attribution.chain);
    let named = hops.filter_map(|hop| Some((cast.of(doc, hop.entity?), hop)));
    gathered(cast, doc, named.filter(|(actor, hop)| reports(*actor, hop.role)).map(|(actor, hop)| (actor, corpus.cite(doc, hop.span))))
}

/// By outlet, the document's own left out.
fn gathered(cast: &Cast, doc: DocIx, named: impl Iterator<Item = (ActorIx, Citation)>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for (actor, citation) in named {
        let outlet = cast.outlet(actor);
        match found.iter_mut().find(|(known, _)| *known == outlet) {
            _ if cast.publisher(doc) == Some(outlet) => {}
            Some((_, evidence)) if evidence.contains(&citation) => {}
            Some((_, evidence)) => evidence.push(citation),
            None => found.push((outlet, vec![citation])),
        }
    }
    found
}
