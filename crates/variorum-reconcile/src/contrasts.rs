//! Where does one voice deny what another tells?
//!
//! Input: statements with their spans, and the sentences of the reports. Output: [`Contrast`]s: a statement with a denial, and where another voice, or another report in
//! its own, tells what is denied.
//! "Two residents said they had heard no siren" stands against "The sirens sounded in time": what stands under the negation here (siren) is told there as having
//! happened. Where the denial has a verb of its own (not "be", "have", "hear"), that verb must be told there; the thing alone is not enough.
//! The same speaker's other words are a change of mind and no contrast. Limits: a denial is matched by its own words, not by what follows from them.

use std::collections::BTreeMap;

use variorum_model::{Act, BlockKind, Polarity, Span, Statement};

use crate::{
    claims::{Claim, Denial, Sort, Sorts, claim},
    corpus::{Corpus, DocIx, Published},
    stories::Stories,
    when::when,
    words::Weights,
};

/// Weight in nats that the words shared by a denial and a report must have.
const TELLING: f64 = 15.0;
/// The same where a verb is all that is denied, or the thing that there is not.
const TELLING_VERB: f64 = 13.5;
const TELLING_ABSENCE: f64 = 12.0;
/// The same of a single thing.
const TELLING_THING: f64 = 10.0;
/// Cosine below which two sentences are of different things, whatever their words; and where a single word has to decide.
const OTHER_SENSE: f32 = 0.42;
const OTHER_SENSE_OF_A_WORD: f32 = 0.5;
/// The same where the word is a verb with its surroundings, or a thing that nobody knows of.
const OTHER_SENSE_OF_A_VERB: f32 = 0.48;
const OTHER_SENSE_OF_NEWS: f32 = 0.4;
/// Days before its report from which a happening is background and no part of the affair.
const LONG_AGO: i32 = 120;

/// A denial and what it denies.
pub(crate) struct Contrast {
    /// Index of the statement that denies, and where.
    pub(crate) denied: (usize, DocIx, Span),
    /// Index of the statement that tells, or none where a report tells it in its own voice, and where.
    pub(crate) told: (Option<usize>, DocIx, Span),
    /// How much of it is the same.
    pub(crate) weight: f64,
}

impl Contrast {
    /// Of what is as much the same, another document's words tell more than the same one's.
    fn rank(&self) -> (i64, bool) {
        ((self.weight * 1000.0) as i64, self.denied.1 != self.told.1)
    }
}

/// Every denial with the report that says the contrary best, weightiest first.
pub(crate) fn contrasts(
    corpus: &Corpus,
    stories: &Stories,
    published: &Published,
    weights: &Weights,
    statements: &[Statement],
) -> Vec<Contrast> {
    let sorts = Sorts::bundled();
    let told = stories.groups.iter().filter(|group| group.len() > 1).flatten().flat_map(|&doc| told(corpus, weights, &sorts, doc));
    let mut by_story: BTreeMap<usize, Vec<Claim>> = BTreeMap::new();
    for claim in said(corpus, weights, &sorts, statements).chain(told) {
        if !is_long_ago(corpus, published, claim.doc, claim.span) {
            by_story.entry(stories.of(claim.doc)).or_default().push(claim);
        }
    }
    let mut found: BTreeMap<usize, Contrast> = BTreeMap::new();
    for claims in by_story.values() {
        for (index, denier) in claims.iter().filter_map(|claim| Some((claim.statement?, claim))) {
            for report in claims.iter().filter(|report| may_contradict(statements, index, denier, report)) {
                let Some(weight) =
                    denier.denials.iter().filter_map(|denial| opposition(corpus, denier, denial, report)).max_by(f64::total_cmp)
                else {
                    continue;
                };
                let contrast =
                    Contrast { denied: (index, denier.doc, denier.span), told: (report.statement, report.doc, report.span), weight };
                let kept = found.entry(index).or_insert(Contrast { weight: 0.0, ..contrast });
                if contrast.rank() > kept.rank() {
                    *kept = contrast;
                }
            }
        }
    }
    let mut found: Vec<Contrast> = found.into_values().collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then((a.denied.0, a.told).cmp(&(b.denied.0, b.told))));
    found
}

/// What statements say, reading by reading.
fn said(corpus: &Corpus, weights: &Weights, sorts: &Sorts, statements: &[Statement]) -> impl Iterator<Item = Claim> {
    let readings =
        statements.iter().enumerate().flat_map(|(i, statement)| statement.readings.iter().map(move |reading| (i, statement, reading)));
    let places = readings
        .flat_map(|(i, statement, reading)| reading.content.spans().iter().map(move |&span| (i, statement, &reading.document, span)));
    places.filter_map(|(i, statement, document, span)| {
        Some(claim(corpus, weights, sorts, Some((i, statement)), corpus.doc_of(document)?, span))
    })
}

/// What a report tells in its own voice.
fn told(corpus: &Corpus, weights: &Weights, sorts: &Sorts, doc: DocIx) -> impl Iterator<Item = Claim> {
    own_sentences(corpus, doc).into_iter().map(move |span| claim(corpus, weights, sorts, None, doc, span))
}

/// Sentences of running text that nobody else is said to say.
fn own_sentences(corpus: &Corpus, doc: DocIx) -> Vec<Span> {
    let attributed = |span: Span| {
        let mut said = corpus.notes(doc).attributions.iter().flat_map(|attribution| attribution.evidence.spans());
        said.any(|other| other.overlaps(span))
    };
    running_sentences(corpus, doc).filter(|&span| !attributed(span)).collect()
}

/// Sentences of running text, in order.
pub(crate) fn running_sentences(corpus: &Corpus, doc: DocIx) -> impl Iterator<Item = Span> {
    let (document, parse) = (corpus.doc(doc), corpus.parse(doc));
    let sentences = parse.sentence_ids().map(|id| parse.sentence(id).span);
    sentences.filter(|span| document.block_at(span.start()).is_some_and(|block| block.kind == BlockKind::Paragraph))
}

/// Whether the sentence of a passage gives a day long before its report.
pub(crate) fn is_long_ago(corpus: &Corpus, published: &Published, doc: DocIx, span: Span) -> bool {
    let (Some(report), Some(sentence)) = (published.range(doc), corpus.sentence_of(doc, span)) else { return false };
    let sentence = corpus.parse(doc).sentence(sentence).span;
    let times = corpus.notes(doc).times.iter().enumerate().filter(|(_, time)| sentence.contains(time.span));
    let mut days = times.filter_map(|(i, _)| when(corpus, published, doc, variorum_model::TimeId(i as u32)));
    days.any(|when| (report.earliest() - when.range.latest()).get_days() > LONG_AGO)
}

/// Whether something is said to be so, and not asked, wanted, asked of others or denied.
pub(crate) fn asserts(act: Act) -> bool {
    use Act::{Accuse, Announce, Claim, Confirm, Describe, Estimate, Explain, Find, Report, Say, Show, Warn};
    matches!(act, Report | Say | Claim | Accuse | Show | Find | Estimate | Confirm | Explain | Describe | Announce | Warn)
}

/// Two voices of one story: not the same speaker, and no report against what it quotes itself.
fn may_contradict(statements: &[Statement], denying: usize, denier: &Claim, report: &Claim) -> bool {
    let a = &statements[denying];
    match report.statement.map(|telling| &statements[telling]) {
        // What is asked for, wanted or refused is not told as being so.
        Some(b) => a.id != b.id && (a.speaker != b.speaker || a.speaker.is_none()) && asserts(b.act) && b.polarity == Polarity::Positive,
        None => denier.doc != report.doc,
    }
}

/// Whether what was not done and what was done are done to one thing, as far as both say: who did not sign the treaty may have signed the register.
fn is_done_to_the_same(denial: &Denial, report: &Claim, act: &str) -> bool {
    let there = report.objects.get(act).filter(|objects| !objects.is_empty());
    denial.objects.is_empty() || there.is_none_or(|there| !there.is_disjoint(&denial.objects))
}

/// Weight of what one denies and the other tells; none where it does not suffice.
fn opposition(corpus: &Corpus, denier: &Claim, denial: &Denial, report: &Claim) -> Option<f64> {
    if matches!(&denial.sort, Sort::Undone(act) if !report.told.contains_key(act) || !is_done_to_the_same(denial, report, act)) {
        return None;
    }
    let core: Vec<(&String, f64)> =
        denial.words.iter().filter(|(word, _)| report.told.contains_key(*word)).map(|(word, weight)| (word, *weight)).collect();
    let core_weight: f64 = core.iter().map(|(_, weight)| weight).sum();
    let around = denier.all.iter().filter(|(word, _)| report.all.contains_key(*word) && !denial.words.contains_key(*word));
    let weight = core_weight + 0.5 * around.map(|(_, weight)| weight).sum::<f64>();
    let sense = corpus.similarity((denier.doc, denier.span), (report.doc, report.span));
    let nearly_all = |word: &String| denial.focus.contains(word) && denial.words.len() <= 2;
    let enough = match (core.as_slice(), &denial.sort) {
        ([], _) => false,
        ([_], Sort::Undone(_)) => weight >= TELLING_VERB && sense >= OTHER_SENSE_OF_A_VERB,
        ([(word, _)], Sort::Absent) if weight >= TELLING_ABSENCE => nearly_all(word) && sense >= OTHER_SENSE_OF_A_WORD,
        ([(word, _)], Sort::Unknown) => nearly_all(word) && core_weight >= TELLING_THING && sense >= OTHER_SENSE_OF_NEWS,
        ([(word, _)], _) => nearly_all(word) && core_weight >= TELLING_THING && sense >= OTHER_SENSE_OF_A_WORD,
        _ => weight >= TELLING && core.len() * 2 >= denial.words.len() && sense >= OTHER_SENSE,
    };
    // What one sentence says of itself is no contrast.
    let apart = denier.doc != report.doc || corpus.sentence_of(denier.doc, denier.span) != corpus.sentence_of(report.doc, report.span);
    (enough && apart).then_some(weight)
}
