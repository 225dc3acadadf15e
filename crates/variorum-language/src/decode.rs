//! What do the scores mean? Scores of a window to sentences, tags, lemmas, trees, names.
//!
//! Input: a document's words, a window of them and its scores. Output: [`Sentence`]s with everything about their words. Each answer is
//! the best that is well formed: trees have one root, names begin with their beginning, only the root is called root.
//!
//! Limits: sentences are decided word by word; a wrong end is not repaired by the tree.

use std::ops::Range;

use variorum_model::{Deprel, Name, NameKind, Parse, Referent, Sentence, SentenceId, Span, Token, TokenId, Upos};

use crate::lemmas::Lemmas;
use crate::network::{Matrix, Network, Scores, Worker};
use crate::profile::{Labels, NameTag};
use crate::trees;
use crate::windows::{Window, Words};

/// A document's parse as it grows, sentence by sentence.
#[derive(Default)]
pub(crate) struct Growing {
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    names: Vec<Name>,
    referents: Vec<Option<Referent>>,
}

impl Growing {
    pub(crate) fn finish(self) -> Parse {
        Parse::new(self.sentences, self.tokens, self.names).with_referents(self.referents)
    }
}

/// Everything needed to read windows of one document.
pub(crate) struct Reader<'a> {
    pub(crate) labels: &'a Labels,
    pub(crate) dictionary: &'a Lemmas,
    pub(crate) network: &'a Network,
    pub(crate) worker: &'a Worker,
    pub(crate) words: &'a Words<'a>,
}

impl Reader<'_> {
    /// Adds a window's sentences to the parse; gives the word at which the next window starts.
    pub(crate) fn take(&self, window: &Window, scores: &Scores, parse: &mut Growing) -> usize {
        let sentences = sentences(self.words, window, |row| scores.ends.row(row)[0] > 0.0);
        let heads: Vec<Vec<usize>> = sentences.iter().map(|sentence| tree(window, sentence, scores)).collect();
        let relations = self.relations(window, &sentences, &heads, scores);
        let next = sentences.last().map_or(window.words.end, |sentence| sentence.end);
        let mut at = 0;
        for (sentence, heads) in sentences.into_iter().zip(heads) {
            self.push_sentence(window, &sentence, scores, parse);
            for (i, word) in sentence.clone().enumerate() {
                let token = &mut parse.tokens[word];
                token.head = heads[i].checked_sub(1).map(|head| TokenId((sentence.start + head) as u32));
                token.deprel = self.deprel(heads[i] == 0, relations.row(at));
                at += 1;
            }
            self.push_names(window, &sentence, scores, parse);
        }
        next
    }

    /// Scores of the relation of every word in these sentences to its head, in text order.
    fn relations(&self, window: &Window, sentences: &[Range<usize>], heads: &[Vec<usize>], scores: &Scores) -> Matrix {
        let (mut dependent_rows, mut head_rows) = (Matrix::new(scores.dependents.width()), Matrix::new(scores.heads.width()));
        for (sentence, heads) in sentences.iter().zip(heads) {
            for (word, head) in sentence.clone().zip(heads) {
                dependent_rows.push(scores.dependents.row(row(window, word)));
                head_rows.push(scores.heads.row(if *head == 0 { 0 } else { row(window, sentence.start + head - 1) }));
            }
        }
        self.network.relations(self.worker, dependent_rows, head_rows)
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
            parse.referents.push(self.labels.referents[best(scores.referents.row(row), |_| true)]);
        }
        let spans = &self.words.spans;
        parse.sentences.push(Sentence {
            span: cover(spans, sentence.clone()),
            first: TokenId(sentence.start as u32),
            end: TokenId(sentence.end as u32),
            embedding: unit_mean(rows.map(|row| scores.similarity.row(row))),
        });
    }

    /// Adds a sentence's names; its words have their heads by now.
    fn push_names(&self, window: &Window, sentence: &Range<usize>, scores: &Scores, parse: &mut Growing) {
        let rows = row(window, sentence.start)..row(window, sentence.end);
        let tags = name_tags(&self.labels.names, rows.map(|row| scores.names.row(row)));
        for (range, kind) in tidy(names(&tags).collect(), &parse.tokens[sentence.clone()]) {
            let (first, end) = (sentence.start + range.start, sentence.start + range.end);
            let span = cover(&self.words.spans, first..end);
            parse.names.push(Name { span, kind, first: TokenId(first as u32), end: TokenId(end as u32) });
        }
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

/// The row of a word in its window's scores; row 0 is the root.
fn row(window: &Window, word: usize) -> usize {
    word - window.words.start + 1
}

fn cover(spans: &[Span], words: Range<usize>) -> Span {
    spans[words.start].cover(spans[words.end - 1])
}

/// The whole sentences of a window; `ends(row)` says whether one ends after the word of this row. What a cut leaves open at the end is not
/// among them, unless there is nothing else.
fn sentences(words: &Words, window: &Window, ends: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let ends = |word: usize| word >= window.words.start && ends(row(window, word));
    let (mut sentences, mut start) = (Vec::new(), window.words.start);
    for word in window.words.clone() {
        let is_last = word + 1 == window.words.end;
        let leant_on = word > start && leans_on_next(words, word - 1);
        let ends_here = ends(word) && !leans_on_next(words, word) || leant_on && ends(word - 1) || marks_end(words, word);
        let closed = words.ends_paragraph(word) || !is_last && ends_here || is_last && (!window.cut || sentences.is_empty());
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
/// quotation that opens with one. Had the sentence gone on, as in `,” she said`, a comma would stand there. The corpora hold to it in 260
/// of 266 places, but straight marks leave the network unsure.
fn marks_end(words: &Words, word: usize) -> bool {
    let is_mark = |word: usize| words.is_any(word, &["\"", "“", "”", "’’", "''"]);
    let is_capital = |word: usize| words.spans.get(word).is_some_and(|span| span.of(words.text).starts_with(char::is_uppercase));
    if words.ends_paragraph(word) || words.touches_next(word) {
        return false;
    }
    let opens_next = is_mark(word + 1) && words.touches_next(word + 1) && is_capital(word + 2);
    if words.is_any(word, &["."]) {
        return opens_next;
    }
    word > 0 && is_mark(word) && words.is_any(word - 1, &["."]) && words.touches_next(word - 1) && (opens_next || is_capital(word + 1))
}

/// Heads within a sentence, from 1; 0 is the root.
fn tree(window: &Window, sentence: &Range<usize>, scores: &Scores) -> Vec<usize> {
    let base = row(window, sentence.start) - 1;
    trees::heads(sentence.len(), |dependent, head| scores.arcs.row(base + dependent)[if head == 0 { 0 } else { base + head }])
}

/// The index of the highest score among those that are allowed; the first of equals, 0 if none is allowed.
fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = None;
    for (i, &score) in scores.iter().enumerate() {
        if allowed(i) && best.is_none_or(|(_, top)| score > top) {
            best = Some((i, score));
        }
    }
    best.map_or(0, |(i, _)| i)
}

/// The best row of tags in which a name is continued only by its own kind (Viterbi).
fn name_tags<'s>(labels: &[NameTag], rows: impl Iterator<Item = &'s [f32]>) -> Vec<NameTag> {
    let mut paths: Option<Vec<f32>> = None;
    let mut back: Vec<Vec<usize>> = Vec::new();
    for scores in rows {
        let from = |label: usize| match &paths {
            None => (0, if labels[label].may_follow(None) { 0.0 } else { f32::MIN }),
            Some(totals) => {
                let before = best(totals, |i| labels[label].may_follow(Some(labels[i])));
                (before, totals[before])
            }
        };
        let steps: Vec<(usize, f32)> = (0..labels.len()).map(from).collect();
        paths = Some(steps.iter().zip(scores).map(|((_, total), score)| total + score).collect());
        back.push(steps.into_iter().map(|(before, _)| before).collect());
    }
    let Some(totals) = paths else { return Vec::new() };
    let mut label = best(&totals, |_| true);
    let mut tags = Vec::new();
    for before in back.iter().rev() {
        tags.push(labels[label]);
        label = before[label];
    }
    tags.reverse();
    tags
}

/// The names that a row of tags spells.
fn names(tags: &[NameTag]) -> impl Iterator<Item = (Range<usize>, NameKind)> {
    let begins = tags.iter().enumerate().filter_map(|(i, tag)| if let NameTag::Begin(kind) = tag { Some((i, *kind)) } else { None });
    begins.map(|(start, kind)| {
        let n_inside = tags[start + 1..].iter().take_while(|tag| **tag == NameTag::Inside(kind)).count();
        (start..start + 1 + n_inside, kind)
    })
}

/// Names as grammar allows them. A preposition ends none: what follows it belongs to the name (`City of` `Bergen`), or it is left out. A
/// title is no part of a person's name (Universal NER marks 264 of 293 so), and an address names nobody.
fn tidy(names: Vec<(Range<usize>, NameKind)>, tokens: &[Token]) -> Vec<(Range<usize>, NameKind)> {
    let mut tidied: Vec<(Range<usize>, NameKind)> = Vec::new();
    for (range, kind) in names {
        match tidied.last_mut() {
            Some((last, _)) if last.end == range.start && tokens[last.end - 1].upos == Upos::Adp => last.end = range.end,
            _ => tidied.push((range, kind)),
        }
    }
    for (range, kind) in &mut tidied {
        while range.len() > 1 && tokens[range.end - 1].upos == Upos::Adp {
            range.end -= 1;
        }
        while range.start < range.end && *kind == NameKind::Person && tokens[range.start].deprel == Deprel::NmodDesc {
            range.start += 1;
        }
    }
    tidied.retain(|(range, _)| tokens[range.clone()].iter().any(|token| token.tag != "ADD"));
    tidied
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
    use super::*;

    const LABELS: [NameTag; 3] = [NameTag::Outside, NameTag::Begin(NameKind::Person), NameTag::Inside(NameKind::Person)];

    #[test]
    fn a_name_begins_with_its_beginning() {
        let scores = [[0.0, 1.0, 3.0], [0.0, 0.0, 4.0], [5.0, 0.0, 0.0]];
        let tags = name_tags(&LABELS, scores.iter().map(|row| &row[..]));
        assert_eq!(tags, [LABELS[1], LABELS[2], LABELS[0]]);
        assert_eq!(names(&tags).collect::<Vec<_>>(), [(0..2, NameKind::Person)]);
    }

    fn token(upos: Upos, tag: &str, deprel: Deprel) -> Token {
        let span = Span::new("x", 0, 1).unwrap();
        Token { span, upos, tag: tag.to_owned(), lemma: String::new(), head: None, deprel, sentence: SentenceId(0) }
    }

    #[test]
    fn names_have_no_title_and_no_loose_end() {
        let name = token(Upos::Propn, "NNP", Deprel::Nsubj);
        let (title, of) = (token(Upos::Propn, "NNP", Deprel::NmodDesc), token(Upos::Adp, "IN", Deprel::Case));
        let address = token(Upos::X, "ADD", Deprel::Appos);
        let tokens = [title, name.clone(), name.clone(), of, name, address];
        let titles = vec![(0..1, NameKind::Person), (1..2, NameKind::Person)];
        assert_eq!(tidy(titles, &tokens), [(1..2, NameKind::Person)]);
        let found = vec![(0..2, NameKind::Person), (2..4, NameKind::Organization), (4..5, NameKind::Location), (5..6, NameKind::Person)];
        assert_eq!(tidy(found, &tokens), [(1..2, NameKind::Person), (2..5, NameKind::Organization)]);
    }

    #[test]
    fn embeddings_have_length_one() {
        assert_eq!(unit_mean([&[3.0, 0.0][..], &[3.0, 8.0]].into_iter()), [0.6, 0.8]);
        assert_eq!(unit_mean([&[0.0][..]].into_iter()), [0.0]);
    }
}
