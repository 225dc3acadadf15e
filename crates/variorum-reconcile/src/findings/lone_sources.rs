//! What stands on one source that a reader cannot ask?
//!
//! Input: statements. Output: single origins: what a report has from another outlet that itself names nobody, and what it has from one voice that hides its name.
//! "The Gull Post, citing a clerk, reported that the money had been handed over": one outlet and its unnamed clerk stand behind it, however many repeat it.
//! Limits: whether somebody else has it in other words is not looked for; of an agency whose text a report prints nothing is said here.

use variorum_model::{
    Act, Attribution, DocumentId, EntityKind, Finding, FindingKind, RecordId, SentenceId, Span, Statement, TokenId,
    dossier::{ActorHop, Citation, LineageKind, StatementReading},
};

use super::{
    Desk,
    disputes::Sorts,
    wording::{cite, finding, in_full, shortened},
};
use crate::{actors::ActorIx, corpus::DocIx, lineage::From, outlets::is_outlet};

/// Words from which what somebody says is a claim.
const CLAUSE: usize = 6;

impl Desk<'_, '_> {
    /// A statement of which one unnamed voice, or one outlet that names none, is all that is known.
    pub(super) fn lone_source(&self, sorts: &Sorts, statement: &Statement) -> Option<Finding> {
        let (reading, words) = statement.readings.iter().find_map(|reading| Some((reading, self.claim_of(reading)?)))?;
        let doc = self.doc(&reading.document);
        if self.is_confirmed_behind(doc, words) {
            return None;
        }
        let outlet = self.outlet_cited(doc, &reading.chain);
        let root = reading.chain.last()?;
        let hidden = self.is_unnamed(root) && sorts.tells("hidden", &root.name);
        let source = match outlet {
            Some(outlet) if self.is_unnamed(root) => format!("{}, on the word of {}", self.cast.member(outlet).name, shortened(&root.name)),
            Some(outlet) => self.cast.member(outlet).name.clone(),
            None if hidden => shortened(&root.name),
            None => return None,
        };
        let documents: Vec<DocumentId> = statement.readings.iter().map(|reading| reading.document.clone()).collect();
        let told =
            if documents.len() == 1 { format!("in {}", self.corpus.outlet(doc)) } else { format!("at least {} reports", documents.len()) };
        let text = format!("“{}”: {told}, one origin: {source}.", in_full(self.corpus.slice(doc, self.sentence_around(doc, words))));
        let evidence: Vec<Citation> =
            statement.readings.iter().flat_map(|reading| cite(&reading.document, reading.evidence.spans())).collect();
        let about = RecordId::Statement(statement.id.clone());
        Some(finding(FindingKind::SingleOrigin, about, text, documents, evidence, 595))
    }

    /// The part of a reading that claims something, if any does.
    fn claim_of(&self, reading: &StatementReading) -> Option<Span> {
        let doc = self.doc(&reading.document);
        let parse = self.corpus.parse(doc);
        let long = |span: &Span| parse.tokens_in(*span).count() >= CLAUSE;
        let claim =
            reading.content.spans().iter().copied().filter(long).max_by_key(|span| span.len()).filter(|&span| self.is_whole(doc, span))?;
        let said = &self.corpus.notes(doc).attributions;
        // Words of somebody else who has a name, or that are not said: "did not say how it got them".
        let named = |said: &Attribution| said.speaker.is_some_and(|speaker| self.cast.member(self.cast.of(doc, speaker)).named);
        let quotes =
            said.iter().any(|said| said.content != reading.content && named(said) && said.cue.iter().any(|cue| claim.contains(*cue)));
        let unsaid = said.iter().filter(|said| said.content == reading.content).flat_map(|said| &said.cue).any(|&cue| {
            let negated = |verb: TokenId| {
                parse
                    .children(verb)
                    .iter()
                    .any(|&child| matches!(parse.token(child).lemma.to_lowercase().as_str(), "not" | "n't" | "n’t" | "never"))
            };
            parse.head_of_span(cue).is_some_and(negated)
        });
        (!quotes && !unsaid && !self.is_of_pronoun(doc, claim)).then_some(claim)
    }

    /// "A second clerk confirmed it": whether the report goes on to somebody else who bears it out.
    fn is_confirmed_behind(&self, doc: DocIx, claim: Span) -> bool {
        const NEXT: u32 = 2;
        let Some(here) = self.corpus.sentence_of(doc, claim) else { return false };
        self.corpus.notes(doc).attributions.iter().any(|said| {
            let near = |at: SentenceId| at > here && at.0 <= here.0 + NEXT;
            said.act == Act::Confirm && said.cue.first().and_then(|&cue| self.corpus.sentence_of(doc, cue)).is_some_and(near)
        })
    }

    /// "They had been told nothing": of whom, a reader of the line cannot know; and what a source says of itself is its own.
    fn is_of_pronoun(&self, doc: DocIx, claim: Span) -> bool {
        let parse = self.corpus.parse(doc);
        let subject =
            parse.head_of_span(claim).and_then(|top| parse.children(top).iter().find(|&&child| parse.token(child).deprel.is_subject()));
        subject.is_some_and(|&subject| parse.token(subject).tag == "PRP")
    }

    /// The outlet from which a report has something, with nobody behind it who has a name.
    fn outlet_cited(&self, doc: DocIx, chain: &[ActorHop]) -> Option<ActorIx> {
        let actor = |hop: &ActorHop| hop.actor.as_ref().and_then(|id| self.cast.index_of(id));
        let cited = |hop: &ActorHop| actor(hop).map(|actor| self.cast.outlet(actor)).filter(|&outlet| self.reports_news(outlet));
        let at = chain.iter().position(|hop| cited(hop).is_some())?;
        let outlet = cited(&chain[at])?;
        let behind = &chain[at + 1..];
        let own = self.cast.publisher(doc) == Some(outlet);
        let carries = self.descent.edges_of(doc).any(|edge| {
            edge.kind != LineageKind::Cites
                && match edge.to {
                    From::Actor(actor) => self.cast.outlet(actor) == outlet,
                    From::Doc(other) => self.cast.publisher(other) == Some(outlet),
                }
        });
        (!own && !carries && behind.len() <= 1 && behind.iter().all(|hop| self.is_unnamed(hop))).then_some(outlet)
    }

    fn reports_news(&self, actor: ActorIx) -> bool {
        let member = self.cast.member(actor);
        let in_circle = self.descent.circles.iter().flat_map(|circle| &circle.steps).any(|step| step.from == actor);
        member.named && member.kind != EntityKind::Person && !in_circle && (is_outlet(member) || self.cast.publishes(actor))
    }

    /// Whether a source is one human being without a name.
    fn is_unnamed(&self, hop: &ActorHop) -> bool {
        let member = hop.actor.as_ref().and_then(|id| self.cast.index_of(id)).map(|actor| self.cast.member(actor));
        member.is_some_and(|member| !member.named && member.kind == EntityKind::Person)
    }
}
