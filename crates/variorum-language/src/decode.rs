//! What do the scores mean? Scores of a window to sentences, tags, lemmas, trees, names.
//!
//! Input: a document's words, a window of them and its scores. Output: [`Sentence`]s with everything about their words. Each answer is
//! the best that is well formed: trees have one root, only the root is called root.
//!
//! Limits: sentences are decided word by word; a wrong end is not repaired by the tree.

use std::ops::Range;

use variorum_model::{Deprel, Parse, Referent, Sentence, SentenceId, Span, Token, TokenId, Upos};

use crate::labels::Labels;
use crate::lemmas::Lemmas;
use crate::names::names;
use crate::network::{Matrix, Scores};
use crate::trees;
use crate::windows::{Window, Words};

/// A document's parse as it grows, sentence by sentence.
pub(crate) struct Growing {
    sentences: Vec<Sentence>,
    pub(crate) tokens: Vec<Token>,
    /// What every word is as a name: a row of [`Labels::names`].
    names: Matrix,
    referents: Vec<Option<Referent>>,
}

impl Growing {
    pub(crate) fn new(labels: &Labels) -> Self {
        let names = Matrix::with_capacity(labels.names.len(), 0);
        Self { sentences: Vec::new(), tokens: Vec::new(), names, referents: Vec::new() }
    }

    pub(crate) fn finish(self, labels: &Labels, text: &str) -> Parse {
        let names = names(&labels.names, self.names, text, &self.sentences, &self.tokens);
        Parse::new(self.sentences, self.tokens, names).with_referents(self.referents)
    }
}

/// Everything needed to read windows of one document.
pub(crate) struct Reader<'a> {
    pub(crate) labels: &'a Labels,
    pub(crate) dictionary: &'a Lemmas,
    pub(crate) words: &'a Words<'a>,
}

/// A window's whole sentences, and within each its words' heads from 1; 0 is the root.
pub(crate) struct Trees {
    sentences: Vec<Range<usize>>,
    heads: Vec<Vec<usize>>,
}

impl Trees {
    /// The word after the last sentence, at which the next window starts.
    pub(crate) fn end(&self, window: &Window) -> usize {
        self.sentences.last().map_or(window.words.end, |sentence| sentence.end)
    }

    /// The words of each sentence.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        self.sentences.iter().cloned()
    }

    /// What `relations.onnx` is asked: a row for every word in these sentences, and one for its head, in text order.
    pub(crate) fn pairs(&self, window: &Window, scores: &Scores) -> (Matrix, Matrix) {
        let n_words = self.end(window) - window.words.start;
        let mut dependents = Matrix::with_capacity(scores.dependents.width(), n_words);
        let mut governors = Matrix::with_capacity(scores.heads.width(), n_words);
        for (sentence, heads) in self.sentences.iter().zip(&self.heads) {
            for (word, &head) in sentence.clone().zip(heads) {
                dependents.push(scores.dependents.row(row(window, word)));
                governors.push(scores.heads.row(if head == 0 { 0 } else { row(window, sentence.start + head - 1) }));
            }
        }
        (dependents, governors)
    }
}

impl Reader<'_> {
    /// Where a window's sentences end, and the trees over them.
    pub(crate) fn trees(&self, window: &Window, scores: &Scores) -> Trees {
        let sentences = sentences(self.words, window, |row| scores.ends.row(row)[0] > 0.0);
        let heads = sentences.iter().map(|sentence| tree(window, sentence, scores)).collect();
        Trees { sentences, heads }
    }

    /// What the phrase refers to that the word of a row heads.
    pub(crate) fn referent(&self, scores: &Scores, row: usize) -> Option<Referent> {
        self.labels.referents[best(scores.referents.row(row), |_| true)]
    }

    /// Adds a window's sentences to the parse, given the scores of every word's relation to its head.
    pub(crate) fn take(&self, window: &Window, scores: &Scores, trees: Trees, relations: &Matrix, parse: &mut Growing) {
        let mut at = 0;
        for (sentence, heads) in trees.sentences.into_iter().zip(trees.heads) {
            self.push_sentence(window, &sentence, scores, parse);
            for (i, word) in sentence.clone().enumerate() {
                let token = &mut parse.tokens[word];
                token.head = heads[i].checked_sub(1).map(|head| TokenId((sentence.start + head) as u32));
                token.deprel = self.deprel(heads[i] == 0, relations.row(at));
                at += 1;
            }
        }
    }

    fn deprel(&self, is_root: bool, scores: &[f32]) -> Deprel {
        if is_root {
            return Deprel::Root;
        }
        let labels = &self.labels.deprels;
        labels[best(scores, |i| labels[i] != Deprel::Root)]
    }

    /// Adds a sentence and its words, not yet their heads.
    fn push_sentence(&self, window: &Window, sentence: &Range<usize>, scores: &Scores, parse: &mut Growing) {
        let id = SentenceId(parse.sentences.len() as u32);
        let rows = row(window, sentence.start)..row(window, sentence.end);
        for (word, row) in sentence.clone().zip(rows.clone()) {
            parse.tokens.push(self.token(word, row, scores, id));
            parse.referents.push(self.referent(scores, row));
            parse.names.push(scores.names.row(row));
        }
        let spans = &self.words.spans;
        parse.sentences.push(Sentence {
            span: cover(spans, sentence.clone()),
            first: TokenId(sentence.start as u32),
            end: TokenId(sentence.end as u32),
            embedding: unit_mean(rows.map(|row| scores.similarity.row(row))),
        });
    }

    fn token(&self, word: usize, row: usize, scores: &Scores, sentence: SentenceId) -> Token {
        let span = self.words.spans[word];
        let upos = self.labels.upos.get(best(scores.upos.row(row), |_| true)).copied().unwrap_or(Upos::X);
        Token {
            span,
            upos,
            tag: self.labels.tags[best(scores.tags.row(row), |_| true)].clone(),
            lemma: self.dictionary.lemma(&self.labels.lemma_scripts, scores.lemmas.row(row), span.of(self.words.text), upos),
            head: None,
            deprel: Deprel::Root,
            sentence,
        }
    }
}

/// A window is done for at least one part in so many, so that time grows with the text whatever the network says.
const LEAST_PROGRESS: usize = 8;

/// The row of a word in its window's scores; row 0 is the root.
pub(crate) fn row(window: &Window, word: usize) -> usize {
    word - window.words.start + 1
}

fn cover(spans: &[Span], words: Range<usize>) -> Span {
    spans[words.start].cover(spans[words.end - 1])
}

/// The whole sentences of a window; `ends(row)` says whether one ends after the word of this row. What a cut leaves open at the end is not
/// among them, unless nearly all of the window would be read again.
fn sentences(words: &Words, window: &Window, ends: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let ends = |word: usize| word >= window.words.start && ends(row(window, word));
    let (mut sentences, mut start) = (Vec::new(), window.words.start);
    for word in window.words.clone() {
        let is_last = word + 1 == window.words.end;
        let leant_on = word > start && leans_on_next(words, word - 1);
        let ends_here = ends(word) && !leans_on_next(words, word) || leant_on && ends(word - 1) || marks_end(words, word);
        let closed = words.ends_paragraph(word)
            || !is_last && ends_here
            || is_last && (!window.cut || (start - window.words.start) * LEAST_PROGRESS < window.words.len());
        if closed {
            sentences.push(start..word + 1);
            start = word + 1;
        }
    }
    sentences
}

/// Whether a mark stands between this word and the next that belongs to both their sentences: an opening mark leans on what it opens, a
/// closing mark on what it closes, so that a sentence does not end between them.
fn leans_on_next(words: &Words, word: usize) -> bool {
    if words.ends_paragraph(word) || !words.touches_next(word) {
        return false;
    }
    let stands_free = word == 0 || !words.touches_next(word - 1);
    let closes = words.is_any(word + 1, &["\"", "”", "’", "'", "''", "’’", ")", "]"]) && !words.touches_next(word + 1);
    closes || stands_free && words.is_any(word, &["\"", "“", "‘", "'", "``", "(", "["])
}

/// Whether a sentence ends after this word by its marks alone: a full stop, perhaps with the quotation it closes, before a capital or a
/// quotation that opens with one. Had the sentence gone on, as in `,” she said`, a comma would stand there. A stop that belongs to an abbreviation is
/// no word of its own. The training corpora hold to it in 12,628 of 12,705 places before a capital, and in 260 of 266 at a quotation.
fn marks_end(words: &Words, word: usize) -> bool {
    let is_mark = |word: usize| words.is_any(word, &["\"", "“", "”", "’’", "''"]);
    let is_capital = |word: usize| words.spans.get(word).is_some_and(|span| span.of(words.text).starts_with(char::is_uppercase));
    if words.ends_paragraph(word) || words.touches_next(word) {
        return false;
    }
    let opens_next = is_mark(word + 1) && words.touches_next(word + 1) && is_capital(word + 2);
    if words.is_any(word, &["."]) {
        return opens_next || is_capital(word + 1) && !is_short(words, word);
    }
    let closes = is_mark(word) || words.is_any(word, &["’", "'"]);
    word > 0 && closes && words.is_any(word - 1, &["."]) && words.touches_next(word - 1) && (opens_next || is_capital(word + 1))
}

/// "1." at the head of a list's item, "v." between the parties of a case: what stands before the stop is no word.
fn is_short(words: &Words, stop: usize) -> bool {
    let Some(before) = stop.checked_sub(1) else { return true };
    let form = words.spans[before].of(words.text);
    let opens_paragraph = before == 0 || words.ends_paragraph(before - 1);
    form.chars().count() == 1 && form.chars().all(char::is_alphabetic) || opens_paragraph && form.chars().all(char::is_numeric)
}

/// Heads within a sentence, from 1; 0 is the root.
fn tree(window: &Window, sentence: &Range<usize>, scores: &Scores) -> Vec<usize> {
    let base = row(window, sentence.start) - 1;
    trees::heads(sentence.len(), |dependent, head| scores.arcs.row(base + dependent)[if head == 0 { 0 } else { base + head }])
}

/// The index of the highest score among those that are allowed; the first of equals, 0 if none is allowed.
pub(crate) fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = None;
    for (i, &score) in scores.iter().enumerate() {
        if allowed(i) && best.is_none_or(|(_, top)| score > top) {
            best = Some((i, score));
        }
    }
    best.map_or(0, |(i, _)| i)
}

/// The mean of the rows at length 1; zeros stay zeros.
fn unit_mean<'s>(rows: impl Iterator<Item = &'s [f32]>) -> Vec<f32> {
    let mut sum: Vec<f32> = Vec::new();
    for row in rows {
        sum.resize(row.len(), 0.0);
        sum.iter_mut().zip(row).for_each(|(total, value)| *total += value);
    }
    let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        sum.iter_mut().for_each(|value| *value /= length);
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pieces::Vocabulary;
    use crate::profile::{Profile, Weights};
    use crate::tokenise::Tokeniser;

    /// Numbers of any kind, the same for the same seed.
    struct Numbers(u64);

    impl Numbers {
        fn next(&mut self) -> f32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let bits = (self.0 >> 32) as u32;
            if bits.is_multiple_of(7) { f32::from_bits(bits) } else { (bits % 2001) as f32 / 100.0 - 10.0 }
        }

        fn matrix(&mut self, n_rows: usize, width: usize) -> Matrix {
            let mut matrix = Matrix::with_capacity(width, n_rows);
            (0..n_rows).for_each(|_| matrix.push(&(0..width).map(|_| self.next()).collect::<Vec<_>>()));
            matrix
        }

        /// `bias` is added to what says where sentences end.
        fn scores(&mut self, labels: &Labels, n: usize, bias: f32) -> Scores {
            let mut ends = Matrix::with_capacity(1, n);
            (0..n).for_each(|_| ends.push(&[self.next() + bias]));
            Scores {
                upos: self.matrix(n, labels.upos.len()),
                tags: self.matrix(n, labels.tags.len()),
                lemmas: self.matrix(n, labels.lemma_scripts.len()),
                ends,
                names: self.matrix(n, labels.names.len()),
                referents: self.matrix(n, labels.referents.len()),
                arcs: self.matrix(n, n),
                dependents: self.matrix(n, 2),
                heads: self.matrix(n, 2),
                anaphors: self.matrix(n, 2),
                antecedents: self.matrix(n, 2),
                states: self.matrix(n, 2),
                meanings: self.matrix(n, 2),
                similarity: self.matrix(n, 4),
            }
        }
    }

    /// What a network that knows nothing makes of a text.
    fn parse_at_random(text: &str, seed: u64, bias: f32) -> Parse {
        let labels = Labels::parse(&Weights::bundled(Profile::Fast).unwrap().labels).unwrap();
        let vocabulary = Vocabulary::new("[PAD]\n[UNK]\na\n##b\n.".into(), &labels);
        let dictionary = Lemmas::default();
        let found = Span::whole(text).map(|all| Tokeniser::new().words(text, all)).unwrap_or_default();
        let words = Words::new(text, &[found], &vocabulary);
        let reader = Reader { labels: &labels, dictionary: &dictionary, words: &words };
        let (mut numbers, mut parse, mut at) = (Numbers(seed), Growing::new(&labels), 0);
        while at < words.len() {
            let window = words.window(at, 40);
            let scores = numbers.scores(&labels, window.words.len() + 1, bias);
            let trees = reader.trees(&window, &scores);
            assert!((trees.end(&window) - at) * LEAST_PROGRESS >= window.words.len(), "windows move on");
            at = trees.end(&window);
            let relations = numbers.matrix(window.words.len(), labels.deprels.len());
            reader.take(&window, &scores, trees, &relations, &mut parse);
        }
        parse.finish(&labels, text)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_the_scores_the_parse_is_well_formed(
            text in r#"([a-z]{1,6} ?|[A-Z][a-z]* |[.,!?“”"'()] ?|\PC){0,120}"#,
            seed in any::<u64>(),
            bias in prop::sample::select(vec![-12f32, 0.0, 12.0]),
        ) {
            let parse = parse_at_random(&text, seed, bias);
            let covered: String = parse.tokens.iter().map(|token| token.span.of(&text)).collect();
            prop_assert_eq!(covered, text.split_whitespace().collect::<String>());
            let mut at = 0;
            for (i, sentence) in parse.sentences.iter().enumerate() {
                prop_assert_eq!(sentence.first.index(), at);
                at = sentence.end.index();
                let head = |id: TokenId| parse.head(id).map_or(0, |head| head.index() + 1 - sentence.first.index());
                prop_assert!(trees::tests::is_tree(&sentence.tokens().map(head).collect::<Vec<_>>()));
                for token in sentence.tokens().map(|id| parse.token(id)) {
                    prop_assert_eq!((token.head.is_none(), token.sentence.index()), (token.deprel == Deprel::Root, i));
                    prop_assert!(!token.lemma.is_empty() && sentence.span.contains(token.span));
                }
            }
            prop_assert_eq!(at, parse.tokens.len());
            prop_assert!(parse.names.is_sorted_by(|a, b| a.end <= b.first));
            for name in &parse.names {
                prop_assert!(name.first < name.end && parse.token(name.first).sentence == parse.token(TokenId(name.end.0 - 1)).sentence);
            }
        }
    }

    #[test]
    fn embeddings_have_length_one() {
        assert_eq!(unit_mean([&[3.0, 0.0][..], &[3.0, 8.0]].into_iter()), [0.6, 0.8]);
        assert_eq!(unit_mean([&[0.0][..]].into_iter()), [0.0]);
    }
}
