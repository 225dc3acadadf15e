//! Where does a report let one voice deny what another has just said?
//!
//! Input: the attributions of a report, in order. Output: [`Rebuttal`]s: a claim and the denial right behind it.
//! "A captain said that a gun had stood behind the stalls. The movement denied that there had been any weapon"; "two aides say he was told; her office said that no such
//! talk took place"; "… was among the dead, one official said; another said he was not".
//! A denial takes up the claim by its place: it follows at once and says "no such", "that", "it was not", or it shares its words.
//! Limits: a denial of something that stands further off is left to `contrasts`, which goes by words alone.

use variorum_model::{Act, Attribution, AttributionForm, Deprel, Parse, Span, TokenId, Upos};

use super::{corroboration::Scene, disputes::Sorts};
use crate::{
    contrasts::{asserts, is_long_ago},
    corpus::DocIx,
    words::{containment, content_lemmas, plain_words},
};

/// Sentences between a claim and its denial.
const APART: u32 = 1;
/// Words from which what somebody says is a claim.
const CLAUSE: usize = 5;
/// Part of the words of the shorter one that the other must have, where nothing else ties a denial to the claim, and the same of the sense.
const SHARED: f64 = 0.4;
const SAME_SENSE: f32 = 0.6;

/// A claim, and the denial behind it, by their attributions.
pub(crate) struct Rebuttal {
    pub(crate) doc: DocIx,
    pub(crate) claim: usize,
    pub(crate) denial: usize,
}

/// Every rebuttal of a document, in order.
pub(crate) fn rebuttals(scene: Scene, doc: DocIx) -> Vec<Rebuttal> {
    let reader = Reader { scene, sorts: Sorts::bundled(), doc, parse: scene.corpus.parse(doc) };
    let said = &scene.corpus.notes(doc).attributions;
    let denied = |denial: usize| {
        let tie = reader.tie(&said[denial])?;
        let claim = (0..said.len()).filter(|&claim| reader.precedes(&said[claim], &said[denial])).max_by_key(|&i| hull(&said[i]).end())?;
        reader.answers(&said[claim], &said[denial], tie).then_some(Rebuttal { doc, claim, denial })
    };
    (0..said.len()).filter_map(denied).collect()
}

/// From the first word of an attribution to its last.
pub(crate) fn hull(said: &Attribution) -> Span {
    let spans = said.evidence.spans();
    spans.iter().copied().reduce(|a, b| a.cover(b)).expect("evidence is never empty")
}

/// How a denial takes up what it denies.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Tie {
    /// By its place: "no such thing", "denied it", "said he was not".
    Place,
    /// By its words only.
    Words,
}

struct Reader<'s, 'c> {
    scene: Scene<'s, 'c>,
    sorts: Sorts,
    doc: DocIx,
    parse: &'s Parse,
}

impl Reader<'_, '_> {
    /// How something said denies something, if it does.
    fn tie(&self, said: &Attribution) -> Option<Tie> {
        let words: Vec<TokenId> = said.content.spans().iter().flat_map(|&span| self.parse.tokens_in(span)).collect();
        let lemmas: Vec<String> = words.iter().map(|&id| self.parse.token(id).lemma.to_lowercase()).collect();
        let no_such = lemmas.windows(3).any(|run| run[0] == "no" && run[1] == "such" && self.sorts.is("deed", &run[2]));
        let denies = said.act == Act::Deny || self.sorts.is("denying", &said.cue_lemma);
        if self.is_qualified(said) {
            return None;
        }
        if no_such || self.is_cut_short(&words) || denies && self.is_anaphoric(&words) || self.dismisses(said, &lemmas) {
            return Some(Tie::Place);
        }
        denies.then_some(Tie::Words)
    }

    /// "Neither confirmed nor denied it", "has denied it as well": no denial, or one among others of something that stands further off.
    fn is_qualified(&self, said: &Attribution) -> bool {
        let corpus = self.scene.corpus;
        let cues = said.cue.iter().copied().reduce(|a, b| a.cover(b)).unwrap_or_else(|| hull(said));
        let Some(sentence) = corpus.sentence_of(self.doc, cues).map(|id| self.parse.sentence(id).span) else { return false };
        let text = &corpus.doc(self.doc).text;
        let words = |from: usize, to: usize| format!(" {} ", plain_words(&text[from..to.max(from)]).join(" "));
        let (before, behind) = (words(sentence.start(), cues.start()), words(cues.end(), sentence.end()));
        let around = [" neither ", " nor "].iter().any(|word| before.contains(word));
        around || [" as well ", " too ", " nor "].iter().any(|word| behind.ends_with(word)) || before.ends_with(" also ")
    }

    /// "He was not", "it did not": what is denied is left out.
    fn is_cut_short(&self, words: &[TokenId]) -> bool {
        let words: Vec<TokenId> = words.iter().copied().filter(|&id| self.parse.token(id).upos != Upos::Punct).collect();
        let Some((&last, before)) = words.split_last() else { return false };
        let negated = matches!(self.parse.token(last).lemma.to_lowercase().as_str(), "not" | "n't" | "n’t");
        negated && !before.is_empty() && before.len() <= 4 && before.iter().any(|&id| self.parse.token(id).upos == Upos::Aux)
    }

    /// "It", "that", "the report": nothing but what was said before.
    fn is_anaphoric(&self, words: &[TokenId]) -> bool {
        let takes_up = |id: TokenId| {
            let lemma = self.parse.token(id).lemma.to_lowercase();
            matches!(lemma.as_str(), "it" | "that" | "this" | "they" | "them" | "so") || self.sorts.is("claim", &lemma)
        };
        let content =
            |&id: &TokenId| matches!(self.parse.token(id).upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Pron | Upos::Adj | Upos::Num);
        let mut told = words.iter().copied().filter(content).peekable();
        told.peek().is_some() && told.all(takes_up)
    }

    /// "Called the report pure fiction", "said the story was false".
    fn dismisses(&self, said: &Attribution, lemmas: &[String]) -> bool {
        const FEW: usize = 8;
        let cue = said.cue.iter().filter_map(|&cue| self.parse.head_of_span(cue));
        let object = |verb: TokenId| self.parse.child(verb, Deprel::Obj);
        let takes_up = |noun: TokenId| {
            let lemma = self.parse.token(noun).lemma.to_lowercase();
            self.sorts.is("claim", &lemma) || matches!(lemma.as_str(), "it" | "that" | "this")
        };
        let of_claim =
            cue.filter_map(object).any(takes_up) || lemmas.first().is_some_and(|first| matches!(first.as_str(), "that" | "this" | "it"));
        lemmas.len() <= FEW && lemmas.iter().any(|lemma| self.sorts.is("dismissing", lemma)) && of_claim
    }

    /// Whether something is said right before something else, by another voice, in the same passage.
    fn precedes(&self, claim: &Attribution, denial: &Attribution) -> bool {
        let corpus = self.scene.corpus;
        let (p, q) = (hull(claim), hull(denial));
        let sentences = |a: Span, b: Span| matches!((corpus.sentence_of(self.doc, a), corpus.sentence_of(self.doc, b)), (Some(x), Some(y)) if x.0 + APART >= y.0);
        let last_word = Span::new(&corpus.doc(self.doc).text, p.end().saturating_sub(1), p.end()).unwrap_or(p);
        p.end() <= q.start() && sentences(last_word, q) && self.block(p) + 1 >= self.block(q)
    }

    fn block(&self, span: Span) -> usize {
        self.scene.corpus.doc(self.doc).blocks.iter().position(|block| block.span.contains(span)).unwrap_or(usize::MAX - 1)
    }

    fn answers(&self, claim: &Attribution, denial: &Attribution, tie: Tie) -> bool {
        let corpus = self.scene.corpus;
        let actor = |said: &Attribution| said.speaker.map(|speaker| self.scene.cast.of(self.doc, speaker));
        let two = match (actor(claim), actor(denial)) {
            (Some(x), Some(y)) => !self.scene.cast.speak_for_one(corpus, x, y),
            (_, None) => false,
            (None, _) => true,
        };
        let content =
            |said: &Attribution| said.content.spans().iter().copied().max_by_key(|span| span.len()).expect("content is never empty");
        let (p, q) = (content(claim), content(denial));
        let (x, y) = (content_lemmas(self.parse, p), content_lemmas(self.parse, q));
        let weights = self.scene.weights;
        let shared = containment(weights, &x, &y).max(containment(weights, &y, &x));
        let of_one = tie == Tie::Place || shared >= SHARED || corpus.similarity((self.doc, p), (self.doc, q)) >= SAME_SENSE;
        let told = self.parse.tokens_in(p).count() >= CLAUSE && asserts(claim.act) && !self.sorts.is("denying", &claim.cue_lemma);
        // Of the quotations of a paragraph, which is meant by "it" in the next one is not told.
        let running = tie == Tie::Place && claim.form == AttributionForm::Direct && self.block(hull(claim)) != self.block(hull(denial));
        two && of_one && told && !running && !is_long_ago(corpus, self.scene.published, self.doc, p)
    }
}
