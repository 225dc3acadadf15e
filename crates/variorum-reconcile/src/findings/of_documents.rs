//! What do the documents themselves come to?
//!
//! Input: circles of outlets, what a report says of lone voices, and dates taken from siblings. Output: a finding for each.
//! Example: "Outlets have their news from one another, in a circle: Gull Post from Morning Lark, Morning Lark from Gull Post."

use std::collections::BTreeSet;

use variorum_model::{DocumentId, Finding, FindingKind, RecordId, SentenceId, Span, dossier::Citation};

use super::{
    Desk,
    one_voice::OneVoice,
    wording::{date_words, finding, shortened},
};
use crate::{corpus::DocIx, lineage::Circle};

impl Desk<'_, '_> {
    /// Outlets that have their news from one another, hop by hop.
    pub(super) fn circles(&self) -> Vec<Finding> {
        let circle = |circle: &Circle| {
            let name = |actor| self.cast.member(actor).name.clone();
            let hops: Vec<String> = circle.steps.iter().map(|step| format!("{} from {}", name(step.from), name(step.to))).collect();
            let shown = circle.steps.iter().flat_map(|step| &step.evidence);
            let before = shown.clone().filter_map(|citation| self.sentence_before(citation));
            let evidence: Vec<Citation> = shown.chain(&circle.claims).cloned().chain(before).collect();
            let documents: BTreeSet<DocumentId> = evidence.iter().map(|citation| citation.document.clone()).collect();
            let about = RecordId::Document(evidence[0].document.clone());
            let telling = |claim: &&Citation| {
                self.is_running(self.doc(&claim.document), claim.span) && self.is_whole(self.doc(&claim.document), claim.span)
            };
            let claim = circle
                .claims
                .iter()
                .filter(telling)
                .max_by_key(|claim| claim.span.len())
                .map(|claim| format!(" On their word: “{}”.", self.words(&claim.document, claim.span)));
            let text = format!("Outlets have their news from one another, in a circle: {}.{}", hops.join(", "), claim.unwrap_or_default());
            finding(FindingKind::Circular, about, text, documents, evidence, 850)
        };
        self.descent.circles.iter().map(circle).collect()
    }

    /// The sentence before in the same paragraph: it often says what the news is that goes round.
    fn sentence_before(&self, citation: &Citation) -> Option<Citation> {
        let doc = self.doc(&citation.document);
        let id = self.corpus.sentence_of(doc, citation.span)?.0.checked_sub(1)?;
        let span = self.corpus.parse(doc).sentence(SentenceId(id)).span;
        let block = |at: usize| self.corpus.doc(doc).block_at(at).map(|block| block.span);
        (block(span.start()) == block(citation.span.start())).then(|| self.corpus.cite(doc, span))
    }

    /// A report that says itself that one voice stands behind something.
    pub(super) fn one_voice(&self, voice: &OneVoice) -> Finding {
        let outlet = self.corpus.outlet(voice.doc);
        let quoted = |span: Span| format!("“{}”", shortened(self.corpus.slice(voice.doc, span)));
        let about = voice.about.last().map(|&span| format!(", of {}", quoted(span))).unwrap_or_default();
        let text = format!("By the word of {outlet} one voice stands behind it: {}{about}.", quoted(voice.said));
        let evidence = voice.about.iter().chain([&voice.said]).map(|&span| self.corpus.cite(voice.doc, span)).collect();
        let document = self.corpus.doc(voice.doc).id.clone();
        finding(FindingKind::SingleOrigin, RecordId::Document(document.clone()), text, [document], evidence, 610)
    }

    pub(super) fn resolved_date(&self, doc: DocIx) -> Option<Finding> {
        let document = self.corpus.doc(doc);
        let dated = self.published.dated(doc).filter(|_| document.published.is_none())?;
        let grounds = &self.published.grounds[doc.0];
        let quoted: Vec<String> = grounds
            .iter()
            .map(|citation| format!("“{}” ({})", self.words(&citation.document, citation.span), self.outlet(&citation.document)))
            .collect();
        let text = format!("{} prints no date; {} put it at {}.", self.corpus.outlet(doc), quoted.join(", "), date_words(dated.range));
        let mut documents: BTreeSet<DocumentId> = grounds.iter().map(|citation| citation.document.clone()).collect();
        documents.insert(document.id.clone());
        (!grounds.is_empty())
            .then(|| finding(FindingKind::DateResolved, RecordId::Document(document.id.clone()), text, documents, grounds.clone(), 200))
    }
}
