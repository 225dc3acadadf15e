//! What do the readings of one event come to?
//!
//! Input: an event. Output: the day on which reports differ, the one origin behind it, or its several.
//! Example: "When “the bank was closed” happened: 3 May 2024 (Example Wire) against 5 May 2024 (Northern Post)."
//! Limits: only days that reports print in the sentence of the event itself are set against one another.

use variorum_model::{
    DateRange, Event, Finding, FindingKind, RecordId, Span, TimeExpression, TimeValue, TokenId, Upos, dossier::EventReading,
};

use super::{
    Desk,
    wording::{capitalised, cite, date_words, finding, range_of, shortened},
};
use crate::{contrasts::is_long_ago, corpus::DocIx};

impl Desk<'_, '_> {
    pub(super) fn event(&self, event: &Event) -> Vec<Finding> {
        let mut findings = Vec::new();
        let place = self.event_words(event);
        let told = place.map(|(doc, span)| format!("“{}”", shortened(self.corpus.slice(doc, span))));
        let name =
            told.clone().unwrap_or_else(|| format!("“{}”", self.words(&event.readings[0].document, event.readings[0].evidence.first())));
        if let Some((a, b)) = disagreeing(&event.readings, |x, y| {
            // A sentence that was taken over brings its weekday with it.
            let taken = self.descent.related(self.doc(&x.document), self.doc(&y.document));
            !taken && matches!((self.own_day(x), self.own_day(y)), (Some(p), Some(q)) if !p.overlaps(q))
        }) {
            let when = |reading: &EventReading| reading.when.as_ref().map(|when| date_words(when.range)).unwrap_or_default();
            let text = format!(
                "When {name} happened: {} ({}) against {} ({}).",
                when(a),
                self.outlet(&a.document),
                when(b),
                self.outlet(&b.document)
            );
            findings.push(self.about_event(event, FindingKind::Conflict, &[a, b], text, 880));
        }
        let readings: Vec<&EventReading> = event.readings.iter().collect();
        let n = readings.len();
        // "In the disaster": words that tell nothing by themselves.
        let Some((doc, words)) = place.filter(|_| name.split_whitespace().count() >= 4) else { return findings };
        let matters = || self.is_whole(doc, words) && !is_long_ago(self.corpus, self.published, doc, words);
        if n > 1 && event.origins.max == 1 && self.rests_on_somebody(&event.origins) && matters() {
            let text = format!("{}: at least {n} reports, one origin: {}.", capitalised(&name), self.root_words(&event.origins));
            findings.push(self.about_event(event, FindingKind::SingleOrigin, &readings, text, 590 + n as u32));
        }
        if n > 1 && event.origins.min > 1 {
            let text = format!("{}: told by {n} reports from {} origins.", capitalised(&name), range_of(&event.origins));
            findings.push(self.about_event(event, FindingKind::Agreement, &readings, text, 390 + n as u32));
        }
        findings
    }

    /// The day that a report tells in the sentence of the happening itself, and not in its surroundings.
    fn own_day(&self, reading: &EventReading) -> Option<DateRange> {
        let when = reading.when.as_ref()?;
        let doc = self.doc(&reading.document);
        let sentence = |span| self.corpus.sentence_of(doc, span);
        let told = when.span.as_ref().and_then(|words| sentence(words.span))?;
        let one_sentence = reading.trigger.spans().iter().all(|&span| sentence(span) == Some(told));
        let of_report = when.span.as_ref().is_some_and(|words| self.is_dateline(doc, words.span));
        // A weekday is of the week that somebody thinks of, an hour of a day told elsewhere; a date is a date.
        let names_the_day =
            |time: &&TimeExpression| matches!(time.value, TimeValue::Absolute(_) | TimeValue::MonthDay { day: Some(_), .. });
        let words = when.span.as_ref().map(|words| words.span);
        let printed = self.corpus.notes(doc).times.iter().find(|time| Some(time.span) == words).is_some_and(|time| names_the_day(&time));
        (one_sentence && printed && !of_report && when.range.is_day()).then_some(when.range)
    }

    /// Whether a day stands in the line of place and day that opens a report: "LAGOS, Feb 14 (Wire) – ".
    fn is_dateline(&self, doc: DocIx, day: Span) -> bool {
        const LONGEST: usize = 40;
        let Some(sentence) = self.corpus.sentence_of(doc, day).map(|id| self.corpus.parse(doc).sentence(id).span) else { return false };
        let text = &self.corpus.doc(doc).text[..sentence.end()];
        let opens = day.start() - sentence.start() <= LONGEST;
        let behind: String = text[day.end()..].chars().take(LONGEST).collect();
        opens && [" - ", " – ", " — ", "/ "].iter().any(|dash| behind.contains(dash))
    }

    /// The shortest clause by which a report tells it, none where no report tells it in a clause.
    fn event_words(&self, event: &Event) -> Option<(DocIx, Span)> {
        let clause = |reading: &EventReading| {
            let doc = self.doc(&reading.document);
            let parse = self.corpus.parse(doc);
            let verb = parse.head_of_span(reading.trigger.first()).filter(|&id| parse.token(id).upos == Upos::Verb)?;
            let words = reading.evidence.spans().iter().copied().find(|span| span.contains(reading.trigger.first()))?;
            // "Who broke off the talks", "said the minister": a clause of another one.
            let tells = |child: TokenId| {
                parse.token(child).deprel.is_subject() && !matches!(parse.token(child).lemma.as_str(), "who" | "which" | "that")
            };
            let subject = parse.children(verb).iter().any(|&child| tells(child) && words.contains(parse.token(child).span));
            (subject && parse.token(verb).lemma != "say" && self.is_running(doc, words)).then_some((words.len(), doc, words))
        };
        event.readings.iter().filter_map(clause).min().map(|(_, doc, words)| (doc, words))
    }

    fn about_event(&self, event: &Event, kind: FindingKind, readings: &[&EventReading], text: String, weight: u32) -> Finding {
        let when = |reading: &EventReading| reading.when.as_ref().and_then(|when| when.span.clone());
        let evidence = readings
            .iter()
            .flat_map(|reading| cite(&reading.document, reading.evidence.spans()).into_iter().chain(when(reading)))
            .collect();
        finding(kind, RecordId::Event(event.id.clone()), text, readings.iter().map(|reading| reading.document.clone()), evidence, weight)
    }
}

fn disagreeing(readings: &[EventReading], differ: impl Fn(&EventReading, &EventReading) -> bool) -> Option<(&EventReading, &EventReading)> {
    (0..readings.len()).flat_map(|i| (i + 1..readings.len()).map(move |j| (&readings[i], &readings[j]))).find(|(x, y)| differ(x, y))
}
