//! What a reader wants to be told: conflicts, circles, single origins, updates, variants, agreements, resolved dates, and what only one report says.
//!
//! Input: the reconciled records. Output: findings, what would change a reader's mind first. Each is one plain sentence in our own voice; the wording of reports stands
//! inside quotation marks only, and nothing is called true or false.

mod changes;
mod corroboration;
mod disputes;
mod lone_sources;
mod of_documents;
mod of_events;
mod of_figures;
mod of_statements;
mod one_voice;
mod only_in;
mod pairs;
mod rebuttals;
mod rivals;
mod translations;
mod wording;
mod worth;

use std::collections::BTreeSet;

use variorum_model::{
    DocumentId, Event, Figure, Finding, FindingKind, Span, Statement,
    dossier::{ActorHop, Citation, Origins},
};

use self::{
    changes::changes,
    corroboration::{Scene, corroborations},
    one_voice::one_voices,
    rebuttals::rebuttals,
    rivals::rivalries,
    wording::shortened,
};
use crate::{
    actors::Cast,
    contrasts::contrasts,
    corpus::{Corpus, DocIx, Published},
    lineage::Descent,
    stories::Stories,
    words::Weights,
};

/// The records findings are made from.
pub(crate) struct Records<'r> {
    pub(crate) events: &'r [Event],
    pub(crate) statements: &'r [Statement],
    pub(crate) figures: &'r [Figure],
}

struct Desk<'a, 'r> {
    corpus: &'r Corpus<'a>,
    cast: &'r Cast,
    published: &'r Published,
    descent: &'r Descent,
    weights: &'r Weights,
}

/// Everything worth telling, weightiest first.
pub(crate) fn findings(
    corpus: &Corpus,
    cast: &Cast,
    stories: &Stories,
    published: &Published,
    descent: &Descent,
    weights: &Weights,
    records: &Records,
) -> Vec<Finding> {
    let desk = Desk { corpus, cast, published, descent, weights };
    let mut findings = Vec::new();
    findings.extend(records.figures.iter().flat_map(|figure| desk.figure(figure)));
    findings.extend(records.events.iter().flat_map(|event| desk.event(event)));
    findings.extend(records.statements.iter().flat_map(|statement| desk.statement(statement)));
    let sorts = disputes::Sorts::bundled();
    findings.extend(records.statements.iter().filter_map(|statement| desk.lone_source(&sorts, statement)));
    findings.extend(
        contrasts(corpus, stories, published, weights, records.statements)
            .iter()
            .map(|contrast| desk.contrast(records.statements, contrast)),
    );
    let scene = Scene { corpus, cast, published, descent, weights };
    let (figures, statements) = (pairs::by_number(records.figures), pairs::by_content(records.statements));
    findings.extend(rivalries(scene, stories).iter().map(|rivalry| desk.rivalry(&figures, rivalry)));
    findings.extend(corpus.ids().flat_map(|doc| rebuttals(scene, doc)).map(|rebuttal| desk.rebuttal(&statements, &rebuttal)));
    findings.extend(corroborations(scene, stories).iter().map(|pair| desk.corroboration(scene, pair)));
    findings.extend(changes(scene, records.statements).iter().map(|change| desk.change(records.statements, change)));
    findings.extend(desk.translations(records.statements));
    findings.extend(desk.circles());
    let lone = one_voice::Sorts::bundled();
    findings.extend(corpus.ids().flat_map(|doc| one_voices(corpus, &lone, doc)).map(|voice| desk.one_voice(&voice)));
    findings.extend(corpus.ids().filter_map(|doc| desk.resolved_date(doc)));
    findings.extend(desk.only_in_one(records));
    findings.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.kind.cmp(&b.kind)).then(a.text.cmp(&b.text)));
    findings.dedup_by(|b, a| a.kind == b.kind && a.text == b.text);
    without_repeats(findings)
}

impl Desk<'_, '_> {
    fn doc(&self, id: &DocumentId) -> DocIx {
        self.corpus.doc_of(id).expect("readings are of documents of the corpus")
    }

    fn outlet(&self, id: &DocumentId) -> String {
        self.corpus.outlet(self.doc(id))
    }

    fn words(&self, document: &DocumentId, span: Span) -> String {
        shortened(self.corpus.slice(self.doc(document), span))
    }

    /// As the report calls somebody, but for a pronoun.
    fn called(&self, hop: &ActorHop) -> String {
        let pronoun = matches!(
            hop.name.to_lowercase().as_str(),
            "he" | "she" | "it" | "they" | "who" | "which" | "that" | "one" | "we" | "his" | "her" | "their" | "its"
        );
        hop.actor.as_ref().filter(|_| pronoun).map_or_else(|| hop.name.clone(), |id| self.name(id))
    }

    fn name(&self, id: &variorum_model::ActorId) -> String {
        self.cast.index_of(id).map_or_else(|| id.to_string(), |actor| self.cast.member(actor).name.clone())
    }

    fn root_words(&self, origins: &Origins) -> String {
        let names: Vec<String> = origins.roots.iter().filter_map(|root| root.actor.as_ref()).map(|id| self.name(id)).collect();
        let via: BTreeSet<String> = origins.roots.iter().flat_map(|root| &root.via).map(|id| self.name(id)).collect();
        let names = if names.is_empty() { "unnamed".to_owned() } else { names.join(", ") };
        if via.is_empty() { names } else { format!("{names}, known through {}", via.into_iter().collect::<Vec<_>>().join(" and ")) }
    }
}

/// Without conflicts and single origins that a weightier one shows in most of their reports.
fn without_repeats(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let shown = |other: &Finding| {
            let overlaps = |a: &&Citation| other.evidence.iter().any(|b| a.document == b.document && a.span.overlaps(b.span));
            let there: BTreeSet<&DocumentId> = finding.evidence.iter().filter(overlaps).map(|citation| &citation.document).collect();
            other.kind == finding.kind && 2 * there.len() >= finding.documents.len()
        };
        let once = matches!(finding.kind, FindingKind::SingleOrigin | FindingKind::Conflict);
        if !once || !kept.iter().any(shown) {
            kept.push(finding);
        }
    }
    kept
}
