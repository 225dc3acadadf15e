//! Which reports tell one thing without having it from one another?
//!
//! Input: the sentences of the reports of one story. Output: [`Corroboration`]s: two sentences of different reports that tell the same happening, each on another's word.
//! "The ferry was detained in Bari over its fire doors" in one report and "inspectors in Bari detained it over six fire doors" in another: two tellers, unless a text
//! descends from the other or from what both print. Both must tell as done what one verb says, with other words in common, and be alike in sense.
//! Limits: what is told in quite other words is not met; whether both tellers have read one unseen agency is not known.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{DateRange, Span, TimeId, dossier::LineageKind};

use crate::{
    actors::{ActorIx, Cast},
    claims::{Claim, Sorts, claim},
    contrasts::{is_long_ago, running_sentences},
    corpus::{Corpus, DocIx, Published},
    lineage::{Descent, From},
    stories::Stories,
    when::when,
    words::{Weights, is_run_of, plain_words},
};

/// Cosine below which two sentences are of different things.
const OTHER_SENSE: f32 = 0.6;
/// Weight in nats of the words that both must have.
const TELLING: f64 = 24.0;
/// Part of the shorter one's words that the other must have.
const MUCH: f64 = 0.45;

/// Two sentences that tell one thing.
pub(crate) struct Corroboration {
    pub(crate) a: (DocIx, Span),
    pub(crate) b: (DocIx, Span),
    /// How much of it is the same.
    pub(crate) weight: f64,
}

/// What findings across reports are judged by.
#[derive(Copy, Clone)]
pub(crate) struct Scene<'s, 'c> {
    pub(crate) corpus: &'s Corpus<'c>,
    pub(crate) cast: &'s Cast,
    pub(crate) published: &'s Published,
    pub(crate) descent: &'s Descent,
    pub(crate) weights: &'s Weights,
}

/// For each sentence the one of another report that tells most of the same, the surest first, each sentence once.
pub(crate) fn corroborations(scene: Scene, stories: &Stories) -> Vec<Corroboration> {
    let sorts = Sorts::bundled();
    let told = |doc: DocIx| -> Vec<Claim> {
        let sentences = running_sentences(scene.corpus, doc).filter(|&span| !is_long_ago(scene.corpus, scene.published, doc, span));
        let claims = sentences.map(|span| claim(scene.corpus, scene.weights, &sorts, None, doc, span));
        claims.filter(|claim| claim.denials.is_empty()).collect()
    };
    let several = stories.groups.iter().filter(|group| group.len() > 1);
    let mut found: Vec<Corroboration> =
        several.flat_map(|group| scene.among(&group.iter().flat_map(|&doc| told(doc)).collect::<Vec<_>>())).collect();
    found.sort_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut taken: BTreeSet<(DocIx, Span)> = BTreeSet::new();
    found.retain(|pair| {
        let new = !taken.contains(&pair.a) && !taken.contains(&pair.b);
        if new {
            taken.extend([pair.a, pair.b]);
        }
        new
    });
    found
}

impl Scene<'_, '_> {
    /// Pairs of one story: only sentences with a verb in common are compared.
    fn among(&self, claims: &[Claim]) -> Vec<Corroboration> {
        let mut by_deed: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, claim) in claims.iter().enumerate() {
            claim.done.iter().for_each(|deed| by_deed.entry(deed).or_default().push(i));
        }
        let pairs = by_deed.values().flat_map(|those| those.iter().flat_map(move |&i| those.iter().map(move |&j| (i, j))));
        let pairs: BTreeSet<(usize, usize)> = pairs.filter(|&(i, j)| i < j && claims[i].doc != claims[j].doc).collect();
        pairs.into_iter().filter_map(|(i, j)| self.corroboration(&claims[i], &claims[j])).collect()
    }

    fn corroboration(&self, x: &Claim, y: &Claim) -> Option<Corroboration> {
        let weight: f64 = x.told.iter().filter(|(word, _)| y.told.contains_key(*word)).map(|(_, weight)| weight).sum();
        let whole = |claim: &Claim| claim.all.values().sum::<f64>();
        let (a, b) = ((x.doc, x.span), (y.doc, y.span));
        let alike = weight >= TELLING && weight >= MUCH * whole(x).min(whole(y)) && self.corpus.similarity(a, b) >= OTHER_SENSE;
        (alike && self.days_allow(a, b) && self.numbers_allow(a, b) && !self.share_a_quotation(a, b) && self.are_two(a, b))
            .then_some(Corroboration { a, b, weight })
    }

    /// One utterance is one telling, whoever prints it.
    fn share_a_quotation(&self, a: (DocIx, Span), b: (DocIx, Span)) -> bool {
        const SHORTEST: usize = 3;
        let quotes = |(doc, span): (DocIx, Span)| -> Vec<Vec<String>> {
            let verbatim = self.corpus.notes(doc).attributions.iter().flat_map(|attribution| &attribution.verbatim);
            let here = verbatim.filter(|quote| span.overlaps(**quote)).map(|&quote| plain_words(self.corpus.slice(doc, quote)));
            here.filter(|words| words.len() >= SHORTEST).collect()
        };
        let (p, q) = (quotes(a), quotes(b));
        p.iter().any(|x| q.iter().any(|y| is_run_of(x, y) || is_run_of(y, x)))
    }

    /// Whether the days that both give may be one.
    fn days_allow(&self, a: (DocIx, Span), b: (DocIx, Span)) -> bool {
        let days = |(doc, span): (DocIx, Span)| -> Vec<DateRange> {
            let times = self.corpus.notes(doc).times.iter().enumerate().filter(|(_, time)| span.contains(time.span));
            times.filter_map(|(i, _)| when(self.corpus, self.published, doc, TimeId(i as u32))).map(|when| when.range).collect()
        };
        let (p, q) = (days(a), days(b));
        p.is_empty() || q.is_empty() || p.iter().any(|x| q.iter().any(|y| x.overlaps(*y)))
    }

    /// Whether the two have it from different tellers, as far as the texts show.
    fn are_two(&self, a: (DocIx, Span), b: (DocIx, Span)) -> bool {
        let outlets_differ = self.cast.publisher(a.0).is_none_or(|outlet| self.cast.publisher(b.0) != Some(outlet));
        let source = |(doc, span): (DocIx, Span)| {
            let oldest = self.descent.source_of(doc, span);
            (self.descent.republishes(oldest).is_none()).then_some(oldest)
        };
        let texts_differ = match (source(a), source(b)) {
            (Some(x), Some(y)) => x != y,
            // Two agency texts are two where the agencies are.
            (None, None) => {
                self.descent.republishes(self.descent.source_of(a.0, a.1)) != self.descent.republishes(self.descent.source_of(b.0, b.1))
            }
            _ => true,
        };
        let (p, q) = (self.voices(a), self.voices(b));
        let of_other =
            |voices: &[ActorIx], doc: DocIx| voices.iter().any(|&voice| self.cast.publisher(doc) == Some(self.cast.outlet(voice)));
        let voices_differ =
            !p.iter().any(|&x| q.iter().any(|&y| self.cast.speak_for_one(self.corpus, x, y))) && !of_other(&p, b.0) && !of_other(&q, a.0);
        outlets_differ && texts_differ && voices_differ && !self.descent.related(a.0, b.0) && !self.share_an_agency(a.0, b.0)
    }

    /// Whether both have text of an agency that is not here.
    fn share_an_agency(&self, a: DocIx, b: DocIx) -> bool {
        let agencies = |doc: DocIx| -> BTreeSet<From> {
            self.descent.edges_of(doc).filter(|edge| edge.kind != LineageKind::Cites).map(|edge| edge.to).collect()
        };
        !agencies(a).is_disjoint(&agencies(b))
    }

    /// Whether most of the numbers that the one gives are the other's too.
    fn numbers_allow(&self, a: (DocIx, Span), b: (DocIx, Span)) -> bool {
        let numbers = |(doc, span): (DocIx, Span)| -> BTreeSet<(Option<u64>, Option<u64>)> {
            let given = self.corpus.notes(doc).quantities.iter().filter(|quantity| span.contains(quantity.span));
            given.map(|quantity| (quantity.low.map(f64::to_bits), quantity.high.map(f64::to_bits))).collect()
        };
        let (p, q) = (numbers(a), numbers(b));
        p.is_empty() || q.is_empty() || 2 * p.intersection(&q).count() > p.len().min(q.len())
    }

    /// On whose word a sentence is told, where it is not the report's own.
    pub(crate) fn voices(&self, (doc, span): (DocIx, Span)) -> Vec<ActorIx> {
        let notes = self.corpus.notes(doc);
        let said = notes.attributions.iter().filter(|attribution| attribution.evidence.spans().iter().any(|part| part.overlaps(span)));
        said.flat_map(|attribution| &attribution.chain).filter_map(|hop| hop.entity).map(|entity| self.cast.of(doc, entity)).collect()
    }
}
