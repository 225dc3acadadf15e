//! How is a pair of passages told?
//!
//! Input: contrasts, changes and corroborations. Output: a finding for each, with both passages and both voices.
//! Example: "“No ransom was paid” (Olga Reiter, in Example Wire) stands against “A ransom was paid on the eve of the raid.” (Northern Post)."

use rustc_hash::FxHashMap;
use variorum_model::{Attribution, DocumentId, Figure, Finding, FindingKind, RecordId, Span, Statement, dossier::Citation};

use super::{
    Desk,
    changes::Change,
    corroboration::{Corroboration, Scene},
    rebuttals::{Rebuttal, hull},
    rivals::{Number, Rivalry, Standing},
    wording::{around, capitalised, cite, finding, in_full, shortened},
};
use crate::{contrasts::Contrast, corpus::DocIx};

/// The first figure that has a reading of a number.
pub(super) type FiguresByNumber<'r> = FxHashMap<(&'r DocumentId, Span), &'r Figure>;

pub(super) fn by_number(figures: &[Figure]) -> FiguresByNumber<'_> {
    let mut index = FiguresByNumber::default();
    for figure in figures {
        for reading in &figure.readings {
            index.entry((&reading.document, reading.quantity)).or_insert(figure);
        }
    }
    index
}

/// The statements that have a reading whose content begins with a span.
pub(super) type StatementsByContent<'r> = FxHashMap<(&'r DocumentId, Span), Vec<&'r Statement>>;

pub(super) fn by_content(statements: &[Statement]) -> StatementsByContent<'_> {
    let mut index = StatementsByContent::default();
    for statement in statements {
        for reading in &statement.readings {
            index.entry((&reading.document, reading.content.first())).or_default().push(statement);
        }
    }
    index
}

impl Desk<'_, '_> {
    /// A denial beside what it denies.
    pub(super) fn contrast(&self, statements: &[Statement], contrast: &Contrast) -> Finding {
        let quoted = |doc: DocIx, span: Span| format!("“{}”", in_full(self.corpus.slice(doc, self.sentence_around(doc, span))));
        let side = |index: usize, doc: DocIx, span: Span| {
            let (voice, outlet) = (self.voice(&statements[index], doc), self.corpus.outlet(doc));
            format!("{} ({voice}, in {outlet})", quoted(doc, span))
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

    /// A claim beside the denial that its report sets behind it.
    pub(super) fn rebuttal(&self, statements: &StatementsByContent, rebuttal: &Rebuttal) -> Finding {
        let doc = rebuttal.doc;
        let said = |i: usize| &self.corpus.notes(doc).attributions[i];
        let (claim, denial) = (said(rebuttal.claim), said(rebuttal.denial));
        let records: Vec<&Statement> = [claim, denial].iter().filter_map(|said| self.statement_of(statements, doc, said)).collect();
        let sentence = |said| self.sentence_around(doc, hull(said));
        let (told, denied) = (sentence(claim), sentence(denial));
        let quoted = |span: Span| format!("“{}”", in_full(self.corpus.slice(doc, span)));
        let outlet = self.corpus.outlet(doc);
        let text = match told == denied {
            true => format!("Said by one and denied by another, in {outlet}: {}.", quoted(told)),
            false => format!("Said by one and denied by another, in {outlet}: {} {}.", quoted(told), quoted(denied)),
        };
        let readings = || records.iter().flat_map(|statement| &statement.readings);
        let here = [claim, denial].into_iter().map(|said| self.corpus.cite(doc, hull(said)));
        let evidence: Vec<Citation> = readings().flat_map(|reading| cite(&reading.document, reading.content.spans())).chain(here).collect();
        let documents: Vec<DocumentId> = evidence.iter().map(|citation| citation.document.clone()).collect();
        let mut about = records.iter().map(|statement| RecordId::Statement(statement.id.clone()));
        let first = about.next().unwrap_or_else(|| RecordId::Document(self.corpus.doc(doc).id.clone()));
        let mut finding = finding(FindingKind::Conflict, first, text, documents, evidence, 915);
        finding.about.extend(about);
        finding
    }

    /// The sentences of which a passage is a part.
    pub(super) fn sentence_around(&self, doc: DocIx, span: Span) -> Span {
        let parse = self.corpus.parse(doc);
        let sentences = parse.sentences.iter().map(|sentence| sentence.span).filter(|sentence| sentence.overlaps(span));
        sentences.reduce(|a, b| a.cover(b)).unwrap_or(span)
    }

    /// The statement that an attribution is a reading of.
    fn statement_of<'s>(&self, statements: &StatementsByContent<'s>, doc: DocIx, said: &Attribution) -> Option<&'s Statement> {
        let id = &self.corpus.doc(doc).id;
        let has =
            |statement: &&Statement| statement.readings.iter().any(|reading| reading.document == *id && reading.content == said.content);
        statements.get(&(id, said.content.first()))?.iter().copied().find(has)
    }

    /// Two numbers that are given for one thing.
    pub(super) fn rivalry(&self, figures: &FiguresByNumber, rivalry: &Rivalry) -> Finding {
        let (first, second) = (&rivalry.first, &rivalry.second);
        let evidence: Vec<Citation> = [first, second]
            .map(|number| self.corpus.cite(number.doc, number.clause))
            .into_iter()
            .chain(rivalry.echoes.iter().cloned())
            .collect();
        let documents: Vec<DocumentId> = evidence.iter().map(|citation| citation.document.clone()).collect();
        let mut about = [first, second].into_iter().filter_map(|number| self.figure_of(figures, number));
        let one = about.next().unwrap_or_else(|| RecordId::Document(self.corpus.doc(first.doc).id.clone()));
        let other = about.next().filter(|other| *other != one);
        let (kind, weight) = match rivalry.standing {
            Standing::Against => (FindingKind::Conflict, 905),
            Standing::Replaced => (FindingKind::Update, 510),
        };
        let mut finding = finding(kind, one, self.rivalry_words(rivalry), documents, evidence, weight);
        finding.about.extend(other);
        finding
    }

    fn rivalry_words(&self, rivalry: &Rivalry) -> String {
        let (first, second) = (&rivalry.first, &rivalry.second);
        let outlet = self.corpus.outlet(first.doc);
        let text = &self.corpus.doc(first.doc).text;
        let sentence = |number: &Number| self.sentence_around(number.doc, number.clause);
        let told = |number: &Number| format!("“{}”", in_full(self.corpus.slice(number.doc, sentence(number))));
        let whole = || around(text, first.clause.cover(second.clause), first.span.cover(second.span));
        match rivalry.standing {
            Standing::Replaced => format!("One number instead of another, in {outlet}: “{}”.", whole()),
            Standing::Against if sentence(first) == sentence(second) => format!("Two numbers, in {outlet}: {}.", told(first)),
            Standing::Against => format!("Two numbers, in {outlet}: {} against {}.", told(first), told(second)),
        }
    }

    /// The figure that a number is a reading of.
    fn figure_of(&self, figures: &FiguresByNumber, number: &Number) -> Option<RecordId> {
        figures.get(&(&self.corpus.doc(number.doc).id, number.span)).map(|figure| RecordId::Figure(figure.id.clone()))
    }

    /// What somebody said before beside what he says now.
    pub(super) fn change(&self, statements: &[Statement], change: &Change) -> Finding {
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
    pub(super) fn corroboration(&self, scene: Scene, pair: &Corroboration) -> Finding {
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
    pub(super) fn voice(&self, statement: &Statement, doc: DocIx) -> String {
        let named = statement.speaker.as_ref().filter(|id| self.cast.index_of(id).is_some_and(|actor| self.cast.member(actor).named));
        let id = &self.corpus.doc(doc).id;
        let described = || statement.readings.iter().find(|reading| reading.document == *id)?.chain.last().map(|hop| self.called(hop));
        named.map(|id| self.name(id)).or_else(described).unwrap_or_else(|| "an unnamed speaker".to_owned())
    }
}
