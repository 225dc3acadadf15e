//! Which way leads through the tree from one word of a sentence to another?
//!
//! Input: the words of a sentence with their heads and relations. Output: for every pair of words the number under which `events.onnx` knows the way: relations up, then
//! relations down, the last with its preposition. Example: in "vowed to strike the port" the way from "strike" to who vowed is `^xcomp nsubj`. What is long or rare is told by its
//! shape alone, so many steps up and so many down. `training/events.py` writes the same ways; the two must agree.

use rustc_hash::FxHashMap;
use variorum_model::{Deprel, Token, TokenId};

/// A longer way is told by its shape.
const TOLD: usize = 4;
/// More steps than this are not counted.
const COUNTED: usize = 5;

/// The ways that have a number.
#[derive(Debug)]
pub(crate) struct Ways(FxHashMap<String, i32>);

impl Ways {
    /// A way's number is its place in the list.
    pub(crate) fn new(ways: &[String]) -> Self {
        Self(ways.iter().cloned().zip(0..).collect())
    }

    /// The way from each word to each, row by row, for the words of one sentence that begins at `first`.
    pub(crate) fn between_all(&self, words: &[Token], first: TokenId) -> Vec<i32> {
        let tree = Tree::new(words, first);
        let pairs = (0..words.len()).flat_map(|from| (0..words.len()).map(move |to| (from, to)));
        pairs.map(|(from, to)| self.number(&tree, from, to)).collect()
    }

    fn number(&self, tree: &Tree<'_>, from: usize, to: usize) -> i32 {
        let Some((up, down)) = tree.steps(from, to) else { return self.known("apart") };
        let told = (up + down <= TOLD).then(|| self.0.get(&tree.told(from, to, up, down)).copied()).flatten();
        told.unwrap_or_else(|| self.known(&format!("{} {}", up.min(COUNTED), down.min(COUNTED))))
    }

    fn known(&self, way: &str) -> i32 {
        self.0.get(way).copied().unwrap_or_default()
    }
}

/// The words of a sentence, each with those above it, itself first.
struct Tree<'w> {
    words: &'w [Token],
    above: Vec<Vec<usize>>,
    prepositions: Vec<Option<&'w str>>,
}

impl<'w> Tree<'w> {
    fn new(words: &'w [Token], first: TokenId) -> Self {
        let head = |word: usize| words[word].head.map(|head| head.index() - first.index());
        let above = (0..words.len()).map(|word| std::iter::successors(Some(word), |&word| head(word)).collect()).collect();
        let mut prepositions = vec![None; words.len()];
        for (i, word) in words.iter().enumerate().rev().filter(|(_, word)| word.deprel == Deprel::Case) {
            head(i).into_iter().for_each(|head| prepositions[head] = Some(word.lemma.as_str()));
        }
        Self { words, above, prepositions }
    }

    /// Steps up and steps down.
    fn steps(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let (from, to) = (&self.above[from], &self.above[to]);
        let shared = from.iter().rev().zip(to.iter().rev()).take_while(|(a, b)| a == b).count();
        (shared > 0).then(|| (from.len() - shared, to.len() - shared))
    }

    fn told(&self, from: usize, to: usize, up: usize, down: usize) -> String {
        let relation = |&word: &usize| self.words[word].deprel.as_str().to_owned();
        let ups = self.above[from][..up].iter().map(|word| format!("^{}", relation(word)));
        let downs = self.above[to][..down].iter().skip(1).rev().map(relation);
        let last = (down > 0).then(|| self.last(to));
        ups.chain(downs).chain(last).collect::<Vec<_>>().join(" ")
    }

    /// The relation of a word to its head, with its preposition where it may have one.
    fn last(&self, word: usize) -> String {
        let relation = self.words[word].deprel.as_str();
        let oblique = matches!(relation.split(':').next(), Some("obl" | "nmod"));
        self.prepositions[word].filter(|_| oblique).map_or_else(|| relation.to_owned(), |preposition| format!("{relation}:{preposition}"))
    }
}

#[cfg(test)]
mod tests {
    use variorum_model::{SentenceId, Span, Upos};

    use super::*;

    /// "They vowed to strike the port with drones": heads by place, the root its own.
    fn sentence() -> Vec<Token> {
        let word = |lemma: &str, head: Option<u32>, deprel: Deprel| Token {
            span: Span::new("x", 0, 1).expect("one letter"),
            upos: Upos::X,
            tag: String::new(),
            lemma: lemma.to_owned(),
            head: head.map(|head| TokenId(head + 10)),
            deprel,
            sentence: SentenceId(0),
        };
        vec![
            word("they", Some(1), Deprel::Nsubj),
            word("vow", None, Deprel::Root),
            word("strike", Some(1), Deprel::Xcomp),
            word("port", Some(2), Deprel::Obj),
            word("with", Some(5), Deprel::Case),
            word("drone", Some(2), Deprel::Obl),
        ]
    }

    #[test]
    fn a_way_goes_up_and_then_down() {
        let words = sentence();
        let known = ["apart", "^xcomp nsubj", "obl:with", "1 1", "0 1", "2 2"].map(str::to_owned);
        let ways = Ways::new(&known);
        let all = ways.between_all(&words, TokenId(10));
        let way = |from: usize, to: usize| known[all[from * words.len() + to] as usize].as_str();
        assert_eq!((way(2, 0), way(2, 5), way(2, 3)), ("^xcomp nsubj", "obl:with", "0 1"));
        assert_eq!((way(3, 5), way(1, 1)), ("1 1", "apart"), "what is rare is told by its shape; a shape that is not known has no number");
    }
}
