//! Where does a report itself say that one voice stands behind what others repeat?
//!
//! Input: the sentences of a report. Output: those that say so, each with the sentences before it that tell what it is about.
//! "No other newspaper has spoken to the witness"; "all of them rest on one officer"; "every paper took it from our pages"; "behind both there was one message".
//! Limits: it is not checked; the report's word for it is shown.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{Deprel, Parse, SentenceId, Span, TokenId, table::Table};

use crate::{
    contrasts::running_sentences,
    corpus::{Corpus, DocIx},
};

/// Sentences before it that tell what it is about.
const BEFORE: usize = 3;

/// Words from which a sentence tells what something is about.
const FEWEST_WORDS: usize = 6;

/// Sorts of words, from `knowledge/lone.tsv`.
pub(crate) struct Sorts(BTreeMap<&'static str, BTreeSet<&'static str>>);

/// A sentence that says that one voice stands behind something, and what it is about.
pub(crate) struct OneVoice {
    pub(crate) doc: DocIx,
    pub(crate) said: Span,
    pub(crate) about: Vec<Span>,
}

impl Sorts {
    pub(crate) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/lone.tsv")).expect("bundled tables are checked by tests");
        Self(table.rows().map(|row| (row.get("kind"), row.list("lemmas").collect())).collect())
    }

    fn is(&self, kind: &str, lemma: &str) -> bool {
        self.0.get(kind).is_some_and(|lemmas| lemmas.contains(lemma.to_lowercase().as_str()))
    }
}

/// What a report says of the kind, in order.
pub(crate) fn one_voices(corpus: &Corpus, sorts: &Sorts, doc: DocIx) -> Vec<OneVoice> {
    let reader = Reader { parse: corpus.parse(doc), sorts };
    let sentences: Vec<Span> = running_sentences(corpus, doc).collect();
    let block = |span: Span| corpus.doc(doc).block_at(span.start()).map(|block| block.span);
    let context = |i: usize| -> Vec<Span> {
        let near = sentences[..i].iter().rev().take(BEFORE).take_while(|&&before| block(before) == block(sentences[i]));
        near.copied().filter(|&span| corpus.parse(doc).tokens_in(span).count() >= FEWEST_WORDS).collect()
    };
    let said = |&i: &usize| {
        let here = corpus.sentence_of(doc, sentences[i]);
        let of_press = context(i).into_iter().take(1).chain([sentences[i]]).any(|span| reader.speaks_of_press(span));
        // What somebody else is quoted with is no word of the report's.
        let verbatim = corpus.notes(doc).attributions.iter().flat_map(|attribution| &attribution.verbatim);
        let quoted = verbatim.clone().any(|quote| quote.overlaps(sentences[i]));
        here.is_some_and(|sentence| of_press && !quoted && reader.tells(sentence))
    };
    let said: Vec<usize> = (0..sentences.len()).filter(said).collect();
    // What goes on from the sentence before says it of the same thing.
    let first = |&i: &usize| i == 0 || !said.contains(&(i - 1));
    said.iter().copied().filter(first).map(|i| OneVoice { doc, said: sentences[i], about: context(i) }).collect()
}

struct Reader<'r> {
    parse: &'r Parse,
    sorts: &'r Sorts,
}

impl Reader<'_> {
    fn tells(&self, sentence: SentenceId) -> bool {
        let tokens: Vec<TokenId> = self.parse.tokens_in(self.parse.sentence(sentence).span).collect();
        tokens.iter().any(|&id| {
            self.rests_on_one(id) || self.no_other(id) || self.nobody_else(id) || self.taken_from_us(id) || self.behind_all(id, &tokens)
        })
    }

    fn speaks_of_press(&self, span: Span) -> bool {
        self.parse.tokens_in(span).any(|id| self.sorts.is("press", self.lemma(id)))
    }

    fn lemma(&self, id: TokenId) -> &str {
        self.parse.token(id).lemma.as_str()
    }

    fn has(&self, id: TokenId, is: impl Fn(&str) -> bool) -> bool {
        self.parse.children(id).iter().any(|&child| is(self.lemma(child).to_lowercase().as_str()))
    }

    /// "All of them rest on one commissioner."
    fn rests_on_one(&self, id: TokenId) -> bool {
        let one =
            |&noun: &TokenId| self.has(noun, |lemma| self.sorts.is("on", lemma)) && self.has(noun, |lemma| self.sorts.is("one", lemma));
        self.sorts.is("rest", self.lemma(id)) && self.parse.children(id).iter().any(one)
    }

    /// "No other publication has spoken to him."
    fn no_other(&self, id: TokenId) -> bool {
        let subject = self.parse.token(id).deprel.is_subject();
        subject && self.sorts.is("press", self.lemma(id)) && self.has(id, |lemma| lemma == "no") && self.has(id, |lemma| lemma == "other")
    }

    /// "Whom nobody else has found."
    fn nobody_else(&self, id: TokenId) -> bool {
        let nobody = matches!(self.lemma(id).to_lowercase().as_str(), "nobody" | "none" | "one" | "no-one");
        let none = nobody && (self.lemma(id) != "one" || self.has(id, |lemma| lemma == "no"));
        let finds = self.parse.head(id).is_some_and(|verb| self.sorts.is("find", self.lemma(verb)));
        none && finds && self.parse.token(id).deprel.is_subject() && self.has(id, |lemma| lemma == "else")
    }

    /// "Every newspaper took it from our pages."
    fn taken_from_us(&self, id: TokenId) -> bool {
        let ours = |&noun: &TokenId| {
            self.sorts.is("ours", self.lemma(noun))
                && self.has(noun, |lemma| lemma == "from")
                && self.has(noun, |lemma| matches!(lemma, "our" | "we" | "this"))
        };
        self.sorts.is("take", self.lemma(id)) && self.parse.children(id).iter().any(ours)
    }

    /// "Behind both there was one officer."
    fn behind_all(&self, id: TokenId, sentence: &[TokenId]) -> bool {
        let behind = self.lemma(id).eq_ignore_ascii_case("behind")
            && self
                .parse
                .head(id)
                .is_some_and(|all| matches!(self.lemma(all).to_lowercase().as_str(), "both" | "all" | "they" | "them" | "it"));
        let one = |&noun: &TokenId| {
            matches!(self.parse.token(noun).deprel, Deprel::Nsubj | Deprel::Obj | Deprel::Root)
                && self.has(noun, |lemma| self.sorts.is("one", lemma))
        };
        behind && sentence.iter().any(one)
    }
}
