//! Which quotations of one speaker may be one utterance in two translations?
//!
//! Input: the statements of a story. Output: variants: one speaker quoted with quite other words that mean the same.
//! Example: "such as happens one time in a century" beside "of a kind we see once in a hundred years".
//! Limits: two like utterances of one day are taken for one; the sentence says "perhaps".

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{DocumentId, Finding, FindingKind, RecordId, Span, Statement, dossier::StatementReading};

use super::{
    Desk,
    wording::{cite, finding, shortened},
};
use crate::{
    cluster::{agglomerate, all_pairs},
    corpus::DocIx,
    words::{containment, content_lemmas},
};

/// Likeness of sense and words from which two quotations of one speaker may be one utterance in two translations.
const TRANSLATION: f64 = 0.64;

impl Desk<'_, '_> {
    /// What one speaker is quoted with in one report and in quite other words in another, as translations are.
    pub(super) fn translations(&self, statements: &[Statement]) -> Vec<Finding> {
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
}
