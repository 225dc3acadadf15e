//! What do the readings of one statement come to?
//!
//! Input: a statement that several reports have. Output: the one origin behind it or its several witnesses, and its wordings where they differ.
//! Example: "“They came at night” (Anna Berg): at least 2 reports, one origin, known through Example Wire."
//! Limits: of more than two wordings the first two that differ are shown.

use variorum_model::{
    AttributionForm, DocumentId, EntityKind, Finding, FindingKind, RecordId, Span, Statement,
    dossier::{ActorHop, Citation, StatementReading},
};

use super::{
    Desk,
    wording::{cite, finding, range_of, shortened},
};
use crate::{
    corpus::DocIx,
    words::{containment, content_lemmas, is_run_of, plain_words},
};

/// Words from which a quotation tells something though it is no clause: the line of a log, say.
const LONG_QUOTATION: usize = 9;

impl Desk<'_, '_> {
    pub(super) fn statement(&self, statement: &Statement) -> Vec<Finding> {
        let documents: Vec<DocumentId> = statement.readings.iter().map(|reading| reading.document.clone()).collect();
        if documents.len() < 2 {
            return Vec::new();
        }
        let speaker = statement.speaker.as_ref().map_or_else(|| "an unnamed speaker".to_owned(), |id| self.name(id));
        let (doc, words) = self.common_words(statement);
        let content = shortened(self.corpus.slice(doc, words));
        let evidence: Vec<Citation> =
            statement.readings.iter().flat_map(|reading| cite(&reading.document, reading.content.spans())).collect();
        let about = |kind, text, weight| {
            finding(kind, RecordId::Statement(statement.id.clone()), text, documents.iter().cloned(), evidence.clone(), weight)
        };

        let mut findings = Vec::new();
        let n = documents.len();
        // What an outlet or agency says is the word of one, whoever repeats it.
        let of_an_outlet = statement
            .speaker
            .as_ref()
            .and_then(|id| self.cast.index_of(id))
            .is_some_and(|actor| self.cast.member(actor).kind == EntityKind::Publisher);
        let relayed = of_an_outlet || statement.readings.iter().any(|reading| reading.chain.len() > 1) || self.tied(&documents);
        if statement.witnesses.min <= 1
            && relayed
            && self.of_one_voice(statement)
            && let Some((doc, words)) = self.whole_words(statement, (doc, words))
        {
            let n = statement.readings.iter().filter(|reading| self.has_words(reading, (doc, words))).count();
            let (content, through) = (shortened(self.corpus.slice(doc, words)), self.through(statement));
            let sureness = if statement.witnesses.max > 1 { ", as far as they name it" } else { "" };
            let text = format!("“{content}” ({speaker}): at least {n} reports, one origin{through}{sureness}.");
            if n > 1 {
                findings.push(about(FindingKind::SingleOrigin, text, 600 + 10 * n as u32));
            }
        }
        // Two or three words out of context tell a reader nothing.
        let telling = content.split_whitespace().count() >= 4;
        if !telling {
            return findings;
        }
        if statement.witnesses.min > 1 {
            let text =
                format!("“{content}” ({speaker}): one utterance, known through {} independent witnesses.", range_of(&statement.witnesses));
            findings.push(about(FindingKind::Agreement, text, 380 + n as u32));
        }
        if let Some((a, b)) = self.wordings(statement) {
            findings.push(about(FindingKind::Variant, format!("{speaker}, in different words: {a}; {b}."), 300 + n as u32));
        }
        findings
    }

    /// The longest quotation that two reports have; else the longest at all; else the fullest content.
    fn common_words(&self, statement: &Statement) -> (DocIx, Span) {
        let quotes = |reading: &StatementReading| -> Vec<(DocIx, Span)> {
            let doc = self.doc(&reading.document);
            reading.verbatim.iter().map(|&span| (doc, span)).collect()
        };
        let text = |place: &(DocIx, Span)| self.corpus.slice(place.0, place.1);
        let stands_in = |words: &(DocIx, Span), reading: &StatementReading| {
            quotes(reading).iter().any(|whole| is_run_of(&plain_words(text(words)), &plain_words(text(whole))))
        };
        let longest = |places: Vec<(DocIx, Span)>| {
            places.into_iter().max_by(|a, b| text(a).len().cmp(&text(b).len()).then_with(|| text(b).cmp(text(a))))
        };
        let all: Vec<(DocIx, Span)> = statement.readings.iter().flat_map(quotes).collect();
        let shared = all.iter().copied().filter(|words| statement.readings.iter().filter(|reading| stands_in(words, reading)).count() > 1);
        let told = || {
            let places = statement.readings.iter().flat_map(|reading| {
                let doc = self.doc(&reading.document);
                reading.content.spans().iter().map(move |&span| (doc, span))
            });
            longest(places.collect()).expect("content is never empty")
        };
        longest(shared.collect()).or_else(|| longest(all)).unwrap_or_else(told)
    }

    /// Whether a reading has these words, or most of what they say in others: another remark of the same speaker is not the same one.
    fn has_words(&self, reading: &StatementReading, (doc, words): (DocIx, Span)) -> bool {
        const MOST: f64 = 0.4;
        let other = self.doc(&reading.document);
        let own = content_lemmas(self.corpus.parse(doc), words);
        let told: Vec<String> = reading.content.spans().iter().flat_map(|&span| content_lemmas(self.corpus.parse(other), span)).collect();
        let quoted = reading.verbatim.iter().map(|&span| plain_words(self.corpus.slice(other, span)));
        let whole = plain_words(self.corpus.slice(doc, words));
        let shared = quoted.into_iter().any(|part| is_run_of(&part, &whole) || is_run_of(&whole, &part));
        shared || containment(self.weights, &told, &own).max(containment(self.weights, &own, &told)) >= MOST
    }

    /// Those words if they are a clause, else the longest that some report has.
    fn whole_words(&self, statement: &Statement, words: (DocIx, Span)) -> Option<(DocIx, Span)> {
        let told = statement.readings.iter().flat_map(|reading| {
            let doc = self.doc(&reading.document);
            reading.content.spans().iter().map(move |&span| (doc, span))
        });
        let whole = |&(doc, span): &(DocIx, Span)| self.is_whole(doc, span);
        let long = |&(doc, span): &(DocIx, Span)| {
            let id = &self.corpus.doc(doc).id;
            let quoted = statement.readings.iter().any(|reading| reading.document == *id && reading.verbatim.contains(&span));
            quoted && self.corpus.parse(doc).tokens_in(span).count() >= LONG_QUOTATION && !self.is_torn(doc, span)
        };
        Some(words)
            .filter(|place| whole(place) || long(place))
            .or_else(|| told.filter(whole).max_by_key(|&(doc, span)| (span.len(), doc, span)))
    }

    /// Whether one somebody says it: no two people of whom reports name one and the other, and no "officials" at large.
    fn of_one_voice(&self, statement: &Statement) -> bool {
        let Some(speaker) = statement.speaker.as_ref().and_then(|id| self.cast.index_of(id)) else { return true };
        let person = |actor| self.cast.member(actor).named && self.cast.member(actor).kind == EntityKind::Person;
        let mut voices = statement.readings.iter().filter_map(|reading| self.cast.index_of(reading.chain.last()?.actor.as_ref()?));
        let agree = voices.all(|voice| voice == speaker || !person(voice) || !person(speaker));
        agree && !self.is_crowd(speaker)
    }

    /// Whether any of these documents descends from another of them or both from one outlet's text.
    fn tied(&self, documents: &[DocumentId]) -> bool {
        let docs: Vec<DocIx> = documents.iter().map(|id| self.doc(id)).collect();
        docs.iter().enumerate().any(|(i, &a)| docs[i + 1..].iter().any(|&b| self.descent.related(a, b)))
    }

    /// Who passed it on, where that is one or two.
    fn through(&self, statement: &Statement) -> String {
        const FEW: usize = 2;
        let mut relays: Vec<String> = Vec::new();
        for hop in statement.readings.iter().flat_map(|reading| relays_of(&reading.chain)) {
            let name = hop.actor.as_ref().map_or_else(|| hop.name.clone(), |id| self.name(id));
            let known = hop.actor.as_ref().and_then(|id| self.cast.index_of(id)).map(|actor| self.cast.member(actor));
            let speaks = hop.actor.is_some() && hop.actor == statement.speaker;
            let somebody = known.is_some_and(|member| member.named || !member.plural);
            if !speaks && somebody && !name.is_empty() && !relays.contains(&name) {
                relays.push(name);
            }
        }
        if relays.is_empty() || relays.len() > FEW { String::new() } else { format!(", known through {}", relays.join(" and ")) }
    }

    /// Two readings that give the utterance in different words, each as printed, with its outlet.
    fn wordings(&self, statement: &Statement) -> Option<(String, String)> {
        let shown = |i: usize| {
            let reading = &statement.readings[i];
            let spans = if reading.verbatim.is_empty() { reading.content.spans() } else { &reading.verbatim };
            let longest = spans.iter().max_by_key(|span| span.len()).expect("content is never empty");
            let manner = if reading.verbatim.is_empty() { "in paraphrase " } else { "" };
            (
                plain_words(self.corpus.slice(self.doc(&reading.document), *longest)),
                format!("{manner}“{}” ({})", self.words(&reading.document, *longest), self.outlet(&reading.document)),
            )
        };
        let all: Vec<(Vec<String>, String)> = (0..statement.readings.len()).map(shown).collect();
        let quoted = |i: usize| statement.readings[i].form != AttributionForm::Indirect;
        for i in 0..all.len() {
            for j in i + 1..all.len() {
                let same = is_run_of(&all[i].0, &all[j].0) || is_run_of(&all[j].0, &all[i].0);
                if !same && (quoted(i) || quoted(j)) {
                    return Some((all[i].1.clone(), all[j].1.clone()));
                }
            }
        }
        // The same quoted words, set into different sentences.
        let content =
            |i: usize| plain_words(self.corpus.slice(self.doc(&statement.readings[i].document), statement.readings[i].content.first()));
        let (i, j) = (0..all.len()).flat_map(|i| (i + 1..all.len()).map(move |j| (i, j))).find(|&(i, j)| {
            let (x, y) = (content(i), content(j));
            quoted(i) && quoted(j) && !is_run_of(&x, &y) && !is_run_of(&y, &x)
        })?;
        let whole = |i: usize| {
            let reading = &statement.readings[i];
            format!("“{}” ({})", self.words(&reading.document, reading.content.first()), self.outlet(&reading.document))
        };
        Some((whole(i), whole(j)))
    }
}

fn relays_of(chain: &[ActorHop]) -> &[ActorHop] {
    &chain[..chain.len().saturating_sub(1)]
}
