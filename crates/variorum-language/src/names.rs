//! Which words are names, and of what? Scores of single words to the names of a document.
//!
//! Input: the scores of all words of a document, its sentences and words with their heads. Output: [`Name`]s in text order, never across a
//! sentence's end. A name is as a rule one thing throughout a document, so what its proper nouns seem to be in each place is drawn towards what
//! they seem to be in all of them: "Murphy filed for bankruptcy" tells what "Murphy" is where nothing else does.
//!
//! Limits: two things of one name in a document are drawn towards each other too, though not so far that clear places give way.

use std::collections::HashMap;
use std::ops::Range;

use variorum_model::{Deprel, Name, NameKind, Sentence, Token, TokenId, Upos};

use crate::decode::best;
use crate::labels::NameTag;
use crate::network::Matrix;

/// How far a proper noun is drawn towards the document's mean of it: 0 not at all, 1 wholly. Chosen on the dev part of UNER English-EWT.
const DRAWN: f32 = 0.5;

/// The names of a document. `scores`: a row of `labels` for each of its `tokens`.
pub(crate) fn names(labels: &[NameTag], mut scores: Matrix, text: &str, sentences: &[Sentence], tokens: &[Token]) -> Vec<Name> {
    let groups = Groups::new(labels);
    draw_together(&groups, &mut scores, text, tokens);
    let mut names = Vec::new();
    for sentence in sentences {
        let rows = sentence.first.index()..sentence.end.index();
        let tags = name_tags(labels, rows.clone().map(|row| scores.row(row)));
        for (range, kind) in tidy(spelled(&tags).collect(), &tokens[rows.clone()]) {
            let (first, end) = (rows.start + range.start, rows.start + range.end);
            let span = tokens[first].span.cover(tokens[end - 1].span);
            names.push(Name { span, kind, first: TokenId(first as u32), end: TokenId(end as u32) });
        }
    }
    names
}

/// Tags by what they say a word is, whether it begins or continues it.
struct Groups {
    of: Vec<usize>,
    n: usize,
}

impl Groups {
    fn new(labels: &[NameTag]) -> Self {
        let mut known: Vec<Option<NameKind>> = Vec::new();
        let kind = |tag: &NameTag| if let NameTag::Begin(kind) | NameTag::Inside(kind) = tag { Some(*kind) } else { None };
        let mut group = |tag| {
            let kind = kind(tag);
            known.iter().position(|&other| other == kind).unwrap_or_else(|| {
                known.push(kind);
                known.len() - 1
            })
        };
        let of = labels.iter().map(&mut group).collect();
        Self { of, n: known.len() }
    }

    /// Logarithms of how likely a word is each of the kinds.
    fn likelihoods(&self, scores: &[f32]) -> Vec<f32> {
        let top = scores.iter().copied().fold(f32::MIN, f32::max);
        let mut sums = vec![f32::MIN_POSITIVE; self.n];
        for (&group, score) in self.of.iter().zip(scores) {
            sums[group] += (score - top).exp();
        }
        let total: f32 = sums.iter().sum();
        sums.iter().map(|sum| (sum / total).ln()).collect()
    }
}

/// Adds to the scores of each proper noun what the same word elsewhere says of its kind.
fn draw_together(groups: &Groups, scores: &mut Matrix, text: &str, tokens: &[Token]) {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (row, token) in tokens.iter().enumerate().filter(|(_, token)| token.upos == Upos::Propn) {
        places.entry(token.span.of(text).to_lowercase()).or_default().push(row);
    }
    for rows in places.values().filter(|rows| rows.len() > 1) {
        let likelihoods: Vec<Vec<f32>> = rows.iter().map(|&row| groups.likelihoods(scores.row(row))).collect();
        let mean: Vec<f32> = (0..groups.n).map(|group| likelihoods.iter().map(|of| of[group]).sum::<f32>() / rows.len() as f32).collect();
        for (&row, own) in rows.iter().zip(&likelihoods) {
            for (score, &group) in scores.row_mut(row).iter_mut().zip(&groups.of) {
                *score += DRAWN * (mean[group] - own[group]);
            }
        }
    }
}

/// The best row of tags in which a name is continued only by its own kind (Viterbi).
fn name_tags<'s>(labels: &[NameTag], rows: impl Iterator<Item = &'s [f32]>) -> Vec<NameTag> {
    let n = labels.len();
    // Which tags may stand before one: any, or for the inside of a name its own beginning and inside.
    let before: Vec<Option<Vec<usize>>> = labels
        .iter()
        .map(|tag| matches!(tag, NameTag::Inside(_)).then(|| (0..n).filter(|&i| tag.may_follow(Some(labels[i]))).collect()))
        .collect();
    let mut totals: Vec<f32> = labels.iter().map(|tag| if tag.may_follow(None) { 0.0 } else { f32::MIN }).collect();
    // Row by row the tag before each tag on its best path; the first row's are not read.
    let mut back: Vec<usize> = Vec::new();
    for scores in rows {
        let is_first = back.is_empty();
        let any = best(&totals, |_| true);
        let from = |label: usize| match &before[label] {
            _ if is_first => label,
            None => any,
            Some(allowed) => allowed.iter().copied().reduce(|a, b| if totals[b] > totals[a] { b } else { a }).unwrap_or(any),
        };
        let start = back.len();
        back.extend((0..n).map(from));
        totals = (0..n).map(|label| totals[back[start + label]] + scores[label]).collect();
    }
    let mut label = best(&totals, |_| true);
    let mut tags: Vec<NameTag> = Vec::with_capacity(back.len() / n.max(1));
    for row in back.chunks_exact(n.max(1)).rev() {
        tags.push(labels[label]);
        label = row[label];
    }
    tags.reverse();
    tags
}

/// The names that a row of tags spells.
fn spelled(tags: &[NameTag]) -> impl Iterator<Item = (Range<usize>, NameKind)> {
    let begins = tags.iter().enumerate().filter_map(|(i, tag)| if let NameTag::Begin(kind) = tag { Some((i, *kind)) } else { None });
    begins.map(|(start, kind)| {
        let n_inside = tags[start + 1..].iter().take_while(|tag| **tag == NameTag::Inside(kind)).count();
        (start..start + 1 + n_inside, kind)
    })
}

/// Names as grammar allows them. A preposition ends none: what follows it belongs to the name (`City of` `Bergen`), or it is left out. A
/// title is no part of a person's name (Universal NER marks 264 of 293 so), quotation marks are no part of a work's, and an address names nobody.
fn tidy(names: Vec<(Range<usize>, NameKind)>, tokens: &[Token]) -> Vec<(Range<usize>, NameKind)> {
    let mut tidied: Vec<(Range<usize>, NameKind)> = Vec::new();
    for (range, kind) in names {
        match tidied.last_mut() {
            Some((last, _)) if last.end == range.start && tokens[last.end - 1].upos == Upos::Adp => last.end = range.end,
            _ => tidied.push((range, kind)),
        }
    }
    for (range, kind) in &mut tidied {
        let ends_loosely = |token: &Token| token.upos == Upos::Adp || is_mark(token);
        while range.len() > 1 && ends_loosely(&tokens[range.end - 1]) {
            range.end -= 1;
        }
        while range.len() > 1 && is_mark(&tokens[range.start]) {
            range.start += 1;
        }
        while range.start < range.end && *kind == NameKind::Person && tokens[range.start].deprel == Deprel::NmodDesc {
            range.start += 1;
        }
    }
    tidied.retain(|(range, _)| tokens[range.clone()].iter().any(|token| token.tag != "ADD"));
    tidied
}

/// Quotation marks around a name are not part of it.
fn is_mark(token: &Token) -> bool {
    matches!(token.tag.as_str(), "``" | "''")
}

#[cfg(test)]
mod tests {
    use variorum_model::{SentenceId, Span};

    use super::*;

    const LABELS: [NameTag; 3] = [NameTag::Outside, NameTag::Begin(NameKind::Person), NameTag::Inside(NameKind::Person)];

    #[test]
    fn a_name_begins_with_its_beginning() {
        let scores = [[0.0, 1.0, 3.0], [0.0, 0.0, 4.0], [5.0, 0.0, 0.0]];
        let tags = name_tags(&LABELS, scores.iter().map(|row| &row[..]));
        assert_eq!(tags, [LABELS[1], LABELS[2], LABELS[0]]);
        assert_eq!(spelled(&tags).collect::<Vec<_>>(), [(0..2, NameKind::Person)]);
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
    fn a_name_in_doubt_is_what_it_is_elsewhere() {
        let labels = [NameTag::Outside, NameTag::Begin(NameKind::Person), NameTag::Begin(NameKind::Organization)];
        let text = "Murphy Murphy murphy";
        let proper = |start: usize| Token { span: Span::new(text, start, start + 6).unwrap(), ..token(Upos::Propn, "NNP", Deprel::Root) };
        let tokens = [proper(0), proper(7), Token { upos: Upos::Noun, ..proper(14) }];
        let sentence = Sentence { span: Span::whole(text).unwrap(), first: TokenId(0), end: TokenId(3), embedding: Vec::new() };
        let mut scores = Matrix::with_capacity(3, 3);
        [[0.0, 0.4, 0.2], [0.0, 0.0, 6.0], [0.0, 0.4, 0.2]].iter().for_each(|row| scores.push(row));
        let kinds: Vec<NameKind> = names(&labels, scores, text, &[sentence], &tokens).into_iter().map(|name| name.kind).collect();
        assert_eq!(kinds, [NameKind::Organization, NameKind::Organization, NameKind::Person]);
    }
}
