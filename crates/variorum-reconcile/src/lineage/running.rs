//! Which words does each document tell in its running text, in a form in which spellings do not matter?
//!
//! Input: the corpus. Output: for every document its words in order, as numbers that are equal where words are: "centre" and "center", "thirteen" and "13".
//! Words inside quotation marks are marked: they are a third party's. Captions, headlines and furniture are left out.
//! Limits: spellings are told by their endings, so that "tire" and "tyre" stay two words.

use rustc_hash::FxHashMap;
use variorum_model::{BlockKind, SentenceId, Span, table::Table};

use crate::corpus::{Corpus, DocIx};

/// One word of a running text.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Word {
    /// Equal where two words are the same.
    pub(crate) key: u32,
    pub(crate) sentence: SentenceId,
    pub(crate) span: Span,
    /// Whether it stands inside quotation marks.
    pub(crate) quoted: bool,
}

/// The words of all documents.
pub(crate) struct Texts {
    docs: Vec<Vec<Word>>,
}

impl Texts {
    pub(crate) fn of(&self, doc: DocIx) -> &[Word] {
        &self.docs[doc.0]
    }

    /// Words of a document's own, outside quotation marks.
    pub(crate) fn n_own(&self, doc: DocIx) -> usize {
        self.of(doc).iter().filter(|word| !word.quoted).count()
    }
}

/// Takes the words of every document.
pub(crate) fn texts(corpus: &Corpus) -> Texts {
    let mut keys = Keys { numbers: cardinals(), known: FxHashMap::default() };
    Texts { docs: corpus.ids().map(|doc| words(corpus, doc, &mut keys)).collect() }
}

fn words(corpus: &Corpus, doc: DocIx, keys: &mut Keys) -> Vec<Word> {
    let parse = corpus.parse(doc);
    let quoted = quoted(corpus, doc);
    let mut words = Vec::new();
    for sentence in parse.sentence_ids() {
        let span = parse.sentence(sentence).span;
        if corpus.doc(doc).block_at(span.start()).is_none_or(|block| block.kind != BlockKind::Paragraph) {
            continue;
        }
        for word in word_spans(&corpus.doc(doc).text, span) {
            let at = quoted.partition_point(|quote| quote.end() <= word.start());
            let inside = quoted.get(at).is_some_and(|quote| quote.contains(word));
            words.push(Word { key: keys.of(corpus.slice(doc, word)), sentence, span: word, quoted: inside });
        }
    }
    words
}

/// Stretches of letters and digits.
fn word_spans(text: &str, within: Span) -> impl Iterator<Item = Span> + '_ {
    let pieces = within.of(text).split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty());
    pieces.map(move |piece| {
        let start = within.start() + (piece.as_ptr() as usize - within.of(text).as_ptr() as usize);
        Span::new(text, start, start + piece.len()).expect("a piece of a text stands in it")
    })
}

/// What stands in quotation marks, in order: what attributions have as such, and what a pair of marks in one paragraph encloses.
fn quoted(corpus: &Corpus, doc: DocIx) -> Vec<Span> {
    let mut spans: Vec<Span> = corpus.notes(doc).attributions.iter().flat_map(|attribution| attribution.verbatim.iter().copied()).collect();
    for block in corpus.doc(doc).blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        spans.extend(between_marks(&corpus.doc(doc).text, block.span));
    }
    spans.sort();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.end() >= span.start() => *last = last.cover(span),
            _ => joined.push(span),
        }
    }
    joined
}

/// A quotation that its paragraph does not close runs to the paragraph's end.
fn between_marks(text: &str, block: Span) -> Vec<Span> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, mark) in block.of(text).char_indices().map(|(at, mark)| (block.start() + at, mark)) {
        match (mark, open) {
            ('“' | '„' | '«', None) | ('"', None) => open = Some(at + mark.len_utf8()),
            ('”' | '»' | '"', Some(start)) => {
                found.extend(Span::new(text, start, at));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.and_then(|start| Span::new(text, start, block.end()).ok()));
    found
}

/// Numbers for words, given in the order in which they are first met.
struct Keys {
    numbers: FxHashMap<&'static str, &'static str>,
    known: FxHashMap<String, u32>,
}

impl Keys {
    fn of(&mut self, word: &str) -> u32 {
        let word = spelled(&word.to_lowercase());
        let word = self.numbers.get(word.as_str()).map_or(word, |digits| (*digits).to_owned());
        let next = u32::try_from(self.known.len()).expect("a language has fewer words");
        *self.known.entry(word).or_insert(next)
    }
}

/// Number words of one word with their digits.
fn cardinals() -> FxHashMap<&'static str, &'static str> {
    let table = Table::parse(include_str!("../../../../knowledge/numbers.tsv")).expect("bundled tables are checked by tests");
    table.rows().filter(|row| row.get("kind") == "cardinal").map(|row| (row.get("word"), row.get("value"))).collect()
}

/// Endings that British and American English write differently, and the one they are compared by.
const SPELLINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("isations", "izations"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("our", "or"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("tre", "ter"),
    ("tres", "ters"),
    ("bre", "ber"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("llers", "lers"),
    ("fence", "fense"),
    ("cence", "cense"),
    ("gramme", "gram"),
    ("grammes", "grams"),
];

fn spelled(word: &str) -> String {
    let ending = SPELLINGS.iter().find(|(british, _)| word.len() > british.len() + 1 && word.ends_with(british));
    ending.map_or_else(|| word.to_owned(), |(british, american)| format!("{}{american}", &word[..word.len() - british.len()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_two_countries_are_one() {
        for (british, american) in [("centre", "center"), ("organised", "organized"), ("labour", "labor"), ("travelled", "traveled")] {
            assert_eq!(spelled(british), spelled(american));
        }
    }

    #[test]
    fn an_open_quotation_ends_with_its_paragraph() {
        let text = "He said “it rained and";
        let found = between_marks(text, Span::whole(text).unwrap());
        assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), ["it rained and"]);
    }
}
