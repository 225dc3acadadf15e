//! What a reader wants to be told: conflicts, circles, single origins, updates, variants, agreements, resolved dates, and what only one report says.
//!
//! Input: the reconciled records. Output: findings, what would change a reader's mind first. Each is one plain sentence in our own voice; the wording of reports stands
//! inside quotation marks only, and nothing is called true or false.

mod changes;
mod corroboration;
mod one_voice;

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{
    Act, AttributionForm, DateRange, DocumentId, EntityKind, Event, Figure, Finding, FindingKind, Precision, RecordId, Span, Statement,
    TokenId, Upos,
    dossier::{ActorHop, Citation, EventReading, FigureReading, FigureRelationKind, Origins, Root, RootKind, StatementReading},
};

use self::{
    changes::{Change, changes},
    corroboration::{Corroboration, Scene, corroborations},
    one_voice::{OneVoice, one_voices},
};
use crate::{
    actors::Cast,
    cluster::{agglomerate, all_pairs},
    contrasts::{Contrast, contrasts},
    corpus::{Corpus, DocIx, Published},
    lineage::{Circle, Descent},
    stories::Stories,
    words::{Weights, containment, content_lemmas, is_run_of, plain_words},
};

/// Facts shown for each report as being in no other.
const ONLY_IN: usize = 8;
/// Likeness of sense and words from which two quotations of one speaker may be one utterance in two translations.
const TRANSLATION: f64 = 0.64;
/// Characters of a quotation in a sentence of ours.
const QUOTE: usize = 110;

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
    findings.extend(
        contrasts(corpus, stories, published, weights, records.statements)
            .iter()
            .map(|contrast| desk.contrast(records.statements, contrast)),
    );
    let scene = Scene { corpus, cast, published, descent, weights };
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
    findings
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

    // --- figures --------------------------------------------------------------------------------------------------------

    fn figure(&self, figure: &Figure) -> Vec<Finding> {
        let subject = match &figure.population {
            Some(population) if !figure.measure.contains(population.as_str()) => {
                format!("{}, “{}”", capitalised(&figure.measure), shortened(population))
            }
            _ => capitalised(&figure.measure),
        };
        let of_kind = |kind: FigureRelationKind| -> BTreeSet<usize> {
            figure.relations.iter().filter(|relation| relation.kind == kind).flat_map(|relation| [relation.a, relation.b]).collect()
        };
        let mut findings = Vec::new();
        let conflicting = of_kind(FigureRelationKind::Conflicts);
        if !conflicting.is_empty() {
            let values = self.values(figure, &conflicting, |reading| self.phrase(reading)).join(" against ");
            findings.push(self.about_figure(figure, FindingKind::Conflict, &conflicting, format!("{subject}: {values}."), 900));
        }
        let updated = stated(figure, of_kind(FigureRelationKind::Updates));
        if updated.len() > 1 {
            let values = self.values(figure, &updated, |reading| self.number(reading)).join(", then ");
            findings.push(self.about_figure(figure, FindingKind::Update, &updated, format!("{subject}: {values}."), 500));
        }
        let contested = |same: &BTreeSet<usize>| !same.is_disjoint(&conflicting);
        for (same, n_origins) in agreeing(figure).into_iter().filter(|(same, _)| !contested(same) && more_than_one(figure, same)) {
            let values = self.values(figure, &same, |reading| self.number(reading)).join(" and ");
            let text = format!("{subject}: {values}, from {n_origins} origins.");
            findings.push(self.about_figure(figure, FindingKind::Agreement, &same, text, 400));
        }
        let documents: BTreeSet<&DocumentId> = figure.readings.iter().map(|reading| &reading.document).collect();
        let all: BTreeSet<usize> = (0..figure.readings.len()).collect();
        // Several values of one origin are an update, and shown as such.
        let one_value = figure.readings.iter().all(|reading| value_of(reading) == value_of(&figure.readings[0]));
        if documents.len() > 1 && figure.origins.max == 1 && one_value && more_than_one(figure, &all) {
            let told = self.in_its_words(figure, &subject);
            let text = format!("{told}: {} reports, one origin: {}.", documents.len(), self.root_words(&figure.origins));
            findings.push(self.about_figure(figure, FindingKind::SingleOrigin, &all, text, 600));
        }
        findings
    }

    /// A figure as one of its reports puts it; our own word for what it counts only where that would be too long.
    fn in_its_words(&self, figure: &Figure, subject: &str) -> String {
        let phrased = figure.readings.iter().find(|reading| self.phrase(reading) != self.number(reading));
        match phrased {
            Some(reading) => format!("“{}” ({})", self.phrase(reading), self.authority(reading)),
            None => format!("{subject}: “{}” ({})", self.number(&figure.readings[0]), self.authority(&figure.readings[0])),
        }
    }

    /// Each distinct value once, in as-of order: the number as printed, as of when, on whose word, where; two who give it are named.
    fn values(&self, figure: &Figure, indices: &BTreeSet<usize>, printed: impl Fn(&FigureReading) -> String) -> Vec<String> {
        let mut by_value: Vec<(Value, Vec<&FigureReading>)> = Vec::new();
        for reading in indices.iter().map(|&i| &figure.readings[i]) {
            match by_value.iter_mut().find(|(value, _)| *value == value_of(reading)) {
                Some((_, readings)) => readings.push(reading),
                None => by_value.push((value_of(reading), vec![reading])),
            }
        }
        let told = |readings: &[&FigureReading]| {
            let as_of = readings[0].as_of.as_ref().map(|when| format!(" as of {}", date_words(when.range))).unwrap_or_default();
            let first = self.authority(readings[0]);
            let voice = |reading: &FigureReading| reading.chain.last().and_then(|hop| hop.actor.clone());
            let second = readings.iter().find(|other| voice(other) != voice(readings[0]) && other.document != readings[0].document);
            let second = second.map(|other| format!("; {}", self.authority(other))).unwrap_or_default();
            format!("“{}”{as_of} ({first}{second})", printed(readings[0]))
        };
        by_value.iter().map(|(_, readings)| told(readings)).collect()
    }

    fn number(&self, reading: &FigureReading) -> String {
        self.words(&reading.document, reading.quantity)
    }

    /// The number with the words that say of what, where they are few: "four … did not sign" is not "four signed".
    fn phrase(&self, reading: &FigureReading) -> String {
        const FEW: usize = 70;
        let whole = reading.evidence.first();
        if whole.len() <= FEW && whole.contains(reading.quantity) { self.words(&reading.document, whole) } else { self.number(reading) }
    }

    fn authority(&self, reading: &FigureReading) -> String {
        let outlet = self.outlet(&reading.document);
        match reading.chain.last() {
            Some(hop) if !hop.name.is_empty() => format!("{}, in {outlet}", self.called(hop)),
            _ => outlet,
        }
    }

    /// As the report calls somebody, but for a pronoun.
    fn called(&self, hop: &ActorHop) -> String {
        let pronoun = matches!(
            hop.name.to_lowercase().as_str(),
            "he" | "she" | "it" | "they" | "who" | "which" | "that" | "one" | "we" | "his" | "her" | "their" | "its"
        );
        hop.actor.as_ref().filter(|_| pronoun).map_or_else(|| hop.name.clone(), |id| self.name(id))
    }

    fn about_figure(&self, figure: &Figure, kind: FindingKind, indices: &BTreeSet<usize>, text: String, weight: u32) -> Finding {
        let readings: Vec<&FigureReading> = indices.iter().map(|&i| &figure.readings[i]).collect();
        let evidence = readings.iter().flat_map(|reading| cite(&reading.document, reading.evidence.spans())).collect();
        finding(kind, RecordId::Figure(figure.id.clone()), text, readings.iter().map(|reading| reading.document.clone()), evidence, weight)
    }

    // --- events ---------------------------------------------------------------------------------------------------------

    fn event(&self, event: &Event) -> Vec<Finding> {
        let mut findings = Vec::new();
        let told = self.event_words(event);
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
        if told.is_none() || name.split_whitespace().count() < 4 {
            return findings;
        }
        if n > 1 && event.origins.max == 1 {
            let text = format!("{}: {n} reports, one origin: {}.", capitalised(&name), self.root_words(&event.origins));
            findings.push(self.about_event(event, FindingKind::SingleOrigin, &readings, text, 560 + n as u32));
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
        // A weekday is of the week that somebody thinks of; a date is a date.
        let printed = when.span.as_ref().is_some_and(|words| self.corpus.slice(doc, words.span).contains(|c: char| c.is_ascii_digit()));
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
    fn event_words(&self, event: &Event) -> Option<String> {
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
            (subject && parse.token(verb).lemma != "say").then_some((words.len(), reading.document.clone(), words))
        };
        let (_, document, words) = event.readings.iter().filter_map(clause).min()?;
        Some(format!("“{}”", self.words(&document, words)))
    }

    fn about_event(&self, event: &Event, kind: FindingKind, readings: &[&EventReading], text: String, weight: u32) -> Finding {
        let when = |reading: &EventReading| reading.when.as_ref().and_then(|when| when.span.clone());
        let evidence = readings
            .iter()
            .flat_map(|reading| cite(&reading.document, reading.evidence.spans()).into_iter().chain(when(reading)))
            .collect();
        finding(kind, RecordId::Event(event.id.clone()), text, readings.iter().map(|reading| reading.document.clone()), evidence, weight)
    }

    // --- statements -----------------------------------------------------------------------------------------------------

    fn statement(&self, statement: &Statement) -> Vec<Finding> {
        let documents: Vec<DocumentId> = statement.readings.iter().map(|reading| reading.document.clone()).collect();
        if documents.len() < 2 {
            return Vec::new();
        }
        let speaker = statement.speaker.as_ref().map_or_else(|| "an unnamed speaker".to_owned(), |id| self.name(id));
        let content = shortened(&self.common_words(statement));
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
        // Two or three words out of context tell a reader nothing.
        let telling = content.split_whitespace().count() >= 4;
        if !telling {
            return findings;
        }
        if statement.witnesses.min <= 1 && relayed {
            let through = self.through(statement);
            let sureness = if statement.witnesses.max > 1 { ", as far as they name it" } else { "" };
            let text = format!("“{content}” ({speaker}): {n} reports, one origin{through}{sureness}.");
            findings.push(about(FindingKind::SingleOrigin, text, 600 + 10 * n as u32));
        } else if statement.witnesses.min > 1 {
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
    fn common_words(&self, statement: &Statement) -> String {
        let quotes = |reading: &StatementReading| -> Vec<&str> {
            reading.verbatim.iter().map(|&span| self.corpus.slice(self.doc(&reading.document), span)).collect()
        };
        let stands_in = |words: &str, reading: &StatementReading| {
            quotes(reading).iter().any(|whole| is_run_of(&plain_words(words), &plain_words(whole)))
        };
        let shared = statement
            .readings
            .iter()
            .flat_map(quotes)
            .filter(|words| statement.readings.iter().filter(|reading| stands_in(words, reading)).count() > 1);
        let longest = shared.max_by(|a, b| a.len().cmp(&b.len()).then(b.cmp(a)));
        let told = || statement.content.split(" … ").max_by_key(|part| part.len()).unwrap_or_default().to_owned();
        longest.map(str::to_owned).or_else(|| statement.verbatim.first().cloned()).unwrap_or_else(told)
    }

    /// A denial beside what it denies.
    fn contrast(&self, statements: &[Statement], contrast: &Contrast) -> Finding {
        let quoted = |doc: DocIx, span: Span| format!("“{}”", shortened(self.corpus.slice(doc, span)));
        let side = |index: usize, doc: DocIx, span: Span| {
            let (voice, outlet) = (self.voice(&statements[index], doc), self.corpus.outlet(doc));
            match says_no(self.corpus.slice(doc, span)) {
                false if statements[index].act == Act::Deny => format!("{}, denied ({voice}, in {outlet}),", quoted(doc, span)),
                _ => format!("{} ({voice}, in {outlet})", quoted(doc, span)),
            }
        };
        let (denying, doc, span) = contrast.denied;
        let told = match contrast.told {
            (Some(index), doc, span) => side(index, doc, span),
            (None, doc, span) => format!("{} ({})", quoted(doc, span), self.corpus.outlet(doc)),
        };
        let text = format!("{} stands against {told}.", side(denying, doc, span));
        let both = || std::iter::once(denying).chain(contrast.told.0).map(|index| &statements[index]);
        let readings = || both().flat_map(|statement| &statement.readings);
        let own = contrast.told.0.is_none().then(|| self.corpus.cite(contrast.told.1, contrast.told.2));
        let documents = readings().map(|reading| reading.document.clone()).chain(own.iter().map(|citation| citation.document.clone()));
        let evidence = readings().flat_map(|reading| cite(&reading.document, reading.content.spans())).chain(own.clone()).collect();
        let about = RecordId::Statement(statements[denying].id.clone());
        let mut finding = finding(FindingKind::Conflict, about, text, documents, evidence, 920);
        finding.about.extend(both().skip(1).map(|statement| RecordId::Statement(statement.id.clone())));
        finding
    }

    /// What somebody said before beside what he says now.
    fn change(&self, statements: &[Statement], change: &Change) -> Finding {
        let quoted =
            |(_, doc, span): (usize, DocIx, Span)| format!("“{}” ({})", shortened(self.corpus.slice(doc, span)), self.corpus.outlet(doc));
        let speaker = self.voice(&statements[change.now.0], change.now.1);
        let text = format!("{}, before: {}; now: {}.", capitalised(&speaker), quoted(change.before), quoted(change.now));
        let places = [change.before, change.now];
        let evidence = places.iter().map(|&(_, doc, span)| self.corpus.cite(doc, span)).collect();
        let documents = places.map(|(_, doc, _)| self.corpus.doc(doc).id.clone());
        let about = places.map(|(index, _, _)| RecordId::Statement(statements[index].id.clone()));
        let mut finding = finding(FindingKind::Update, about[1].clone(), text, documents, evidence, 520);
        finding.about.push(about[0].clone());
        finding
    }

    /// Two reports that tell one thing without having it from one another.
    fn corroboration(&self, scene: Scene, pair: &Corroboration) -> Finding {
        let told = |(doc, span): (DocIx, Span)| {
            let voice =
                scene.voices((doc, span)).first().map(|&actor| format!("{}, in ", self.cast.member(actor).name)).unwrap_or_default();
            format!("“{}” ({voice}{})", shortened(self.corpus.slice(doc, span)), self.corpus.outlet(doc))
        };
        let places = [pair.a, pair.b];
        let text = format!(
            "Told in two reports of which neither has it from the other, as far as they show: {} and {}.",
            told(pair.a),
            told(pair.b)
        );
        let evidence = places.iter().map(|&(doc, span)| self.corpus.cite(doc, span)).collect();
        let documents = places.map(|(doc, _)| self.corpus.doc(doc).id.clone());
        let about = RecordId::Document(documents[0].clone());
        finding(FindingKind::Agreement, about, text, documents, evidence, 385)
    }

    /// Who speaks: a name, else the words by which the report at hand describes him.
    fn voice(&self, statement: &Statement, doc: DocIx) -> String {
        let named = statement.speaker.as_ref().filter(|id| self.cast.index_of(id).is_some_and(|actor| self.cast.member(actor).named));
        let id = &self.corpus.doc(doc).id;
        let described = || statement.readings.iter().find(|reading| reading.document == *id)?.chain.last().map(|hop| self.called(hop));
        named.map(|id| self.name(id)).or_else(described).unwrap_or_else(|| "an unnamed speaker".to_owned())
    }

    /// What one speaker is quoted with in one report and in quite other words in another, as translations are.
    fn translations(&self, statements: &[Statement]) -> Vec<Finding> {
        let mut by_speaker: BTreeMap<_, Vec<&Statement>> = BTreeMap::new();
        for statement in statements.iter().filter(|statement| statement.speaker.is_some() && !statement.verbatim.is_empty()) {
            by_speaker.entry((&statement.story, &statement.speaker)).or_default().push(statement);
        }
        by_speaker.values().flat_map(|quoted| self.translations_among(quoted)).collect()
    }

    /// The same among what one speaker is quoted with in one story.
    fn translations_among(&self, quoted: &[&Statement]) -> Vec<Finding> {
        let score = |a: &Statement, b: &Statement| {
            let docs = |statement: &Statement| -> BTreeSet<DocumentId> {
                statement.readings.iter().map(|reading| reading.document.clone()).collect()
            };
            let days_differ = matches!((&a.said, &b.said), (Some(p), Some(q)) if !p.range.overlaps(q.range));
            if days_differ || !docs(a).is_disjoint(&docs(b)) {
                return 0.0;
            }
            let place = |reading: &StatementReading| {
                (self.doc(&reading.document), reading.verbatim.first().copied().unwrap_or(reading.content.first()))
            };
            let (x, y) = (place(&a.readings[0]), place(&b.readings[0]));
            let lemmas = |(doc, span): (DocIx, Span)| content_lemmas(self.corpus.parse(doc), span);
            let (p, q) = (lemmas(x), lemmas(y));
            let words = (containment(self.weights, &p, &q) + containment(self.weights, &q, &p)) / 2.0;
            f64::from(self.corpus.similarity(x, y)) + 0.4 * words
        };
        let groups = agglomerate(quoted.len(), all_pairs(quoted.len(), |i, j| score(quoted[i], quoted[j])), TRANSLATION, |i, j| {
            score(quoted[i], quoted[j]) >= TRANSLATION
        });
        groups
            .into_iter()
            .filter(|group| group.len() > 1)
            .map(|group| self.translation(&group.iter().map(|&i| quoted[i]).collect::<Vec<_>>()))
            .collect()
    }

    fn translation(&self, variants: &[&Statement]) -> Finding {
        let wording =
            |statement: &&Statement| format!("“{}” ({})", shortened(&statement.verbatim[0]), self.outlet(&statement.readings[0].document));
        let speaker = variants[0].speaker.as_ref().map(|id| self.name(id)).unwrap_or_default();
        let text = format!("{speaker}, perhaps once, in different words: {}.", variants.iter().map(wording).collect::<Vec<_>>().join("; "));
        let readings = || variants.iter().flat_map(|statement| &statement.readings);
        let evidence = readings().flat_map(|reading| cite(&reading.document, reading.content.spans())).collect();
        let about = RecordId::Statement(variants[0].id.clone());
        let mut finding = finding(FindingKind::Variant, about, text, readings().map(|reading| reading.document.clone()), evidence, 310);
        finding.about.extend(variants[1..].iter().map(|statement| RecordId::Statement(statement.id.clone())));
        finding
    }

    fn name(&self, id: &variorum_model::ActorId) -> String {
        self.cast.index_of(id).map_or_else(|| id.to_string(), |actor| self.cast.member(actor).name.clone())
    }

    /// Whether any of these documents descends from another of them or both from one outlet's text.
    fn tied(&self, documents: &[DocumentId]) -> bool {
        let docs: Vec<DocIx> = documents.iter().map(|id| self.doc(id)).collect();
        docs.iter().enumerate().any(|(i, &a)| docs[i + 1..].iter().any(|&b| self.descent.related(a, b)))
    }

    fn through(&self, statement: &Statement) -> String {
        let mut relays: Vec<String> = Vec::new();
        for hop in statement.readings.iter().flat_map(|reading| relays_of(&reading.chain)) {
            let name = hop.actor.as_ref().map_or_else(|| hop.name.clone(), |id| self.name(id));
            if !relays.contains(&name) {
                relays.push(name);
            }
        }
        if relays.is_empty() { String::new() } else { format!(", known through {}", relays.join(" and ")) }
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

    // --- documents ------------------------------------------------------------------------------------------------------

    /// Outlets that have their news from one another, hop by hop.
    fn circles(&self) -> Vec<Finding> {
        let circle = |circle: &Circle| {
            let name = |actor| self.cast.member(actor).name.clone();
            let hops: Vec<String> = circle.steps.iter().map(|step| format!("{} from {}", name(step.from), name(step.to))).collect();
            let shown = circle.steps.iter().flat_map(|step| &step.evidence);
            let evidence: Vec<Citation> = shown.chain(&circle.claims).cloned().collect();
            let documents: BTreeSet<DocumentId> = evidence.iter().map(|citation| citation.document.clone()).collect();
            let about = RecordId::Document(evidence[0].document.clone());
            let claim = circle
                .claims
                .iter()
                .max_by_key(|claim| claim.span.len())
                .map(|claim| format!(" On their word: “{}”.", self.words(&claim.document, claim.span)));
            let text = format!("Outlets have their news from one another, in a circle: {}.{}", hops.join(", "), claim.unwrap_or_default());
            finding(FindingKind::Circular, about, text, documents, evidence, 850)
        };
        self.descent.circles.iter().map(circle).collect()
    }

    /// A report that says itself that one voice stands behind something.
    fn one_voice(&self, voice: &OneVoice) -> Finding {
        let outlet = self.corpus.outlet(voice.doc);
        let quoted = |span: Span| format!("“{}”", shortened(self.corpus.slice(voice.doc, span)));
        let about = voice.about.last().map(|&span| format!(", of {}", quoted(span))).unwrap_or_default();
        let text = format!("By the word of {outlet} one voice stands behind it: {}{about}.", quoted(voice.said));
        let evidence = voice.about.iter().chain([&voice.said]).map(|&span| self.corpus.cite(voice.doc, span)).collect();
        let document = self.corpus.doc(voice.doc).id.clone();
        finding(FindingKind::SingleOrigin, RecordId::Document(document.clone()), text, [document], evidence, 610)
    }

    fn resolved_date(&self, doc: DocIx) -> Option<Finding> {
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

    /// The weightiest facts no other report has, where another could have had them.
    fn only_in_one(&self, records: &Records) -> Vec<Finding> {
        if self.corpus.len() < 2 {
            return Vec::new();
        }
        let told = records.events.iter().filter_map(|event| self.event_of_one(event));
        let counted = records.figures.iter().filter_map(|figure| self.figure_of_one(figure));
        let said = records.statements.iter().filter_map(|statement| self.statement_of_one(statement));
        let mut facts: BTreeMap<DocIx, Vec<Fact>> = BTreeMap::new();
        told.chain(counted).chain(said).for_each(|fact| facts.entry(fact.doc).or_default().push(fact));
        facts.into_values().flat_map(|facts| self.only_in(facts)).collect()
    }

    fn event_of_one(&self, event: &Event) -> Option<Fact> {
        let [reading] = event.readings.as_slice() else { return None };
        let people = event.actors.len() + event.recipients.len();
        let weight = 10 * people.min(2) as u32 + if event.when.is_some() { 8 } else { 0 } + if event.place.is_some() { 4 } else { 0 };
        Some(Fact {
            doc: self.doc(&reading.document),
            weight,
            about: RecordId::Event(event.id.clone()),
            words: format!("“{}”", self.words(&reading.document, reading.evidence.first())),
            evidence: cite(&reading.document, reading.evidence.spans()),
            when: event.when.as_ref().map(|when| when.range),
        })
    }

    fn figure_of_one(&self, figure: &Figure) -> Option<Fact> {
        let id = only(figure.readings.iter().map(|reading| &reading.document)).filter(|_| figure.population.is_some())?;
        let reading = &figure.readings[0];
        Some(Fact {
            doc: self.doc(id),
            weight: 18,
            about: RecordId::Figure(figure.id.clone()),
            words: format!("“{}”", self.words(id, reading.evidence.first())),
            evidence: cite(id, reading.evidence.spans()),
            when: reading.as_of.as_ref().map(|when| when.range),
        })
    }

    fn statement_of_one(&self, statement: &Statement) -> Option<Fact> {
        let id = only(statement.readings.iter().map(|reading| &reading.document))?;
        let quoted = statement.verbatim.first().map_or(0, |words| words.split_whitespace().count());
        let speaker = statement.speaker.as_ref().filter(|_| quoted >= 4)?;
        Some(Fact {
            doc: self.doc(id),
            weight: 12 + quoted.min(10) as u32,
            about: RecordId::Statement(statement.id.clone()),
            words: format!("{}: “{}”", self.name(speaker), shortened(&statement.verbatim[0])),
            evidence: cite(id, statement.readings[0].evidence.spans()),
            when: None,
        })
    }

    /// The weightiest facts of one report.
    fn only_in(&self, mut facts: Vec<Fact>) -> Vec<Finding> {
        facts.retain(|fact| self.others_could_know(fact.doc, fact.when));
        facts.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.about.cmp(&b.about)));
        let told = |fact: Fact| {
            let text = format!("Only {} has {}.", self.corpus.outlet(fact.doc), fact.words);
            let document = self.corpus.doc(fact.doc).id.clone();
            finding(FindingKind::OnlyIn, fact.about, text, [document], fact.evidence, 100 + fact.weight)
        };
        facts.into_iter().take(ONLY_IN).map(told).collect()
    }

    /// Whether another document was published when the fact was public: not surely before it, nor surely before this one.
    fn others_could_know(&self, doc: DocIx, when: Option<DateRange>) -> bool {
        let public = when.map(DateRange::latest).or_else(|| self.published.range(doc).map(DateRange::earliest));
        self.corpus.ids().filter(|&other| other != doc).any(|other| match (self.published.range(other), public) {
            (Some(range), Some(public)) => range.latest() >= public,
            _ => true,
        })
    }

    fn root_words(&self, origins: &Origins) -> String {
        let names: Vec<String> = origins.roots.iter().filter_map(|root| root.actor.as_ref()).map(|id| self.name(id)).collect();
        let via: BTreeSet<String> = origins.roots.iter().flat_map(|root| &root.via).map(|id| self.name(id)).collect();
        let names = if names.is_empty() { "unnamed".to_owned() } else { names.join(", ") };
        if via.is_empty() { names } else { format!("{names}, known through {}", via.into_iter().collect::<Vec<_>>().join(" and ")) }
    }
}

/// The one document that all are of.
fn only<'d>(mut documents: impl Iterator<Item = &'d DocumentId>) -> Option<&'d DocumentId> {
    let first = documents.next()?;
    documents.all(|other| other == first).then_some(first)
}

/// Of readings that follow one another, those that state a number, where two do: a bound is passed without news.
fn stated(figure: &Figure, indices: BTreeSet<usize>) -> BTreeSet<usize> {
    let exact: BTreeSet<usize> = indices
        .iter()
        .copied()
        .filter(|&i| figure.readings[i].low.is_some() && figure.readings[i].low == figure.readings[i].high)
        .collect();
    let values: BTreeSet<_> = exact.iter().map(|&i| figure.readings[i].low.map(f64::to_bits)).collect();
    if values.len() > 1 { exact } else { indices }
}

/// Both bounds, as bits.
type Value = (Option<u64>, Option<u64>);

fn value_of(reading: &FigureReading) -> Value {
    (reading.low.map(f64::to_bits), reading.high.map(f64::to_bits))
}

/// "One visit": a count of one is mostly grammar.
fn more_than_one(figure: &Figure, indices: &BTreeSet<usize>) -> bool {
    indices.iter().map(|&i| &figure.readings[i]).any(|reading| [reading.low, reading.high].into_iter().flatten().any(|value| value > 1.0))
}

/// Readings with one value that go back to several origins, and to how many.
fn agreeing(figure: &Figure) -> Vec<(BTreeSet<usize>, usize)> {
    let mut by_value: BTreeMap<Value, BTreeSet<usize>> = BTreeMap::new();
    for (i, reading) in figure.readings.iter().enumerate() {
        by_value.entry(value_of(reading)).or_default().insert(i);
    }
    let certain = |root: &Root| matches!(root.kind, RootKind::Utterance | RootKind::Observation);
    let n_origins = |same: &BTreeSet<usize>| {
        let roots = figure.origins.roots.iter().filter(|root| root.readings.iter().any(|i| same.contains(i)));
        let (sure, other): (Vec<&Root>, Vec<&Root>) = roots.partition(|root| certain(root));
        sure.len().max(usize::from(!other.is_empty()))
    };
    by_value.into_values().map(|same| (n_origins(&same), same)).filter(|(n, _)| *n > 1).map(|(n, same)| (same, n)).collect()
}

/// Something only one report has.
struct Fact {
    doc: DocIx,
    weight: u32,
    about: RecordId,
    words: String,
    evidence: Vec<Citation>,
    /// When it was.
    when: Option<DateRange>,
}

fn relays_of(chain: &[ActorHop]) -> &[ActorHop] {
    &chain[..chain.len().saturating_sub(1)]
}

/// Whether words say themselves that something is not so; else it is the word of denial before them that does.
fn says_no(words: &str) -> bool {
    const NO: [&str; 10] = ["no", "not", "never", "none", "nobody", "nothing", "neither", "nor", "without", "false"];
    let words = words.to_lowercase();
    words.contains("n't") || words.contains("n’t") || plain_words(&words).iter().any(|word| NO.contains(&word.as_str()))
}

fn disagreeing(readings: &[EventReading], differ: impl Fn(&EventReading, &EventReading) -> bool) -> Option<(&EventReading, &EventReading)> {
    (0..readings.len()).flat_map(|i| (i + 1..readings.len()).map(move |j| (&readings[i], &readings[j]))).find(|(x, y)| differ(x, y))
}

fn cite(document: &DocumentId, spans: &[Span]) -> Vec<Citation> {
    spans.iter().map(|&span| Citation { document: document.clone(), span }).collect()
}

fn finding(
    kind: FindingKind,
    about: RecordId,
    text: String,
    documents: impl IntoIterator<Item = DocumentId>,
    mut evidence: Vec<Citation>,
    weight: u32,
) -> Finding {
    evidence.sort();
    evidence.dedup();
    let documents: BTreeSet<DocumentId> = documents.into_iter().collect();
    Finding { kind, about: vec![about], text, documents: documents.into_iter().collect(), evidence, weight }
}

/// "2", "1–3".
fn range_of(origins: &Origins) -> String {
    if origins.min == origins.max { origins.min.to_string() } else { format!("{}–{}", origins.min, origins.max) }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// On one line, cut at a word.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTE {
        return line;
    }
    let cut: String = line.chars().take(QUOTE).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}

/// "3 September 2025", "June 2024", "2024", "3 to 6 September 2025".
pub(crate) fn date_words(range: DateRange) -> String {
    let (first, last) = (range.earliest(), range.latest());
    match range.precision() {
        _ if first == last => first.strftime("%-d %B %Y").to_string(),
        Precision::Month => first.strftime("%B %Y").to_string(),
        Precision::Year => first.strftime("%Y").to_string(),
        _ if first.year() == last.year() && first.month() == last.month() => format!("{} to {}", first.day(), last.strftime("%-d %B %Y")),
        _ if first.year() == last.year() => format!("{} to {}", first.strftime("%-d %B"), last.strftime("%-d %B %Y")),
        _ => format!("{} to {}", first.strftime("%-d %B %Y"), last.strftime("%-d %B %Y")),
    }
}
