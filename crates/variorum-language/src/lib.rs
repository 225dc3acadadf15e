//! A small English analyser: raw text to sentences, words, tags, lemmas, trees, names and sentence embeddings, after Universal
//! Dependencies v2. Our own weights, run in this process; no network, no files, no global state.
//!
//! ```
//! use variorum_language::{Language, Profile, identify};
//! use variorum_model::{Deprel, NameKind};
//!
//! let language = Language::with_profile(Profile::Accurate);
//! let text = "The minister resigned on Monday, Anna Berg said.";
//! let parse = language.parse(text);
//!
//! for sentence in parse.sentence_ids() {
//!     let verb = parse.root(sentence).expect("every sentence has a root");
//!     let subject = parse.child(verb, Deprel::Nsubj).map(|token| parse.token(token).span.of(text));
//!     println!("{:?} {}", subject, parse.token(verb).lemma);
//! }
//! let resigned = parse.tokens.iter().find(|token| token.span.of(text) == "resigned").unwrap();
//! assert_eq!(resigned.lemma, "resign");
//! assert!(parse.names.iter().any(|name| name.kind == NameKind::Person && name.span.of(text) == "Anna Berg"));
//!
//! // What is not English is not parsed; `identify` says what it is.
//! let german = "Die Fähre sank in der Nacht zum Dienstag, nachdem sie mit einem Frachter zusammengestoßen war.";
//! assert_eq!((identify(german), language.parse(german).sentences.len()), (Some("de"), 0));
//! ```
//!
//! A [`Language`] is made once and shared between threads. [`Profile::Fast`] is for archives. Sentences carry embeddings of length one:
//! the dot product of two says how much alike they are in meaning.
//!
//! The way through: [`Tokeniser`] finds words, `windows` packs them, `pieces` spells them, `vectors` looks them up, `network` scores them,
//! `decode` reads the scores, `triggers` finds words that may name happenings, `measures` what numbers are of. `models/CONTRACT.md` says what the network is fed and gives back, and `models/accurate/CARD.md` how well it
//! does.
//!
//! Invariants: words lie in text order, do not overlap and cover every character that is not white space; every sentence is one tree;
//! the same text gives the same parse on any number of threads. Limits: English only; time grows with the text, memory does not grow
//! beyond the parse itself; a stretch of more than 4 kB without white space is cut into words unseen.

mod coreference;
mod decode;
mod identify;
mod labels;
mod lemmas;
mod measures;
mod mentions;
mod names;
mod network;
mod pieces;
mod profile;
mod sentences;
mod tokenise;
mod trees;
mod triggers;
mod vectors;
mod ways;
mod windows;

use std::{ops::Range, path::Path};

pub use coreference::Comparison;
pub use identify::{identify, language_name};
pub use profile::{LoadError, Profile, UnknownProfile};
pub use tokenise::Tokeniser;
use variorum_model::{Parse, Span, TokenId};

use crate::coreference::{Associations, Lexicon, Observe, Resolver, Scorer};
use crate::decode::{Growing, Reader};
use crate::labels::Labels;
use crate::lemmas::Lemmas;
use crate::measures::Gauge;
use crate::network::{Network, Worker, Workers};
use crate::pieces::Vocabulary;
use crate::profile::Weights;
use crate::sentences::Sentence;
use crate::triggers::Finder;
use crate::vectors::WordVectors;
use crate::ways::Ways;
use crate::windows::Words;

/// The analyser: weights, vocabulary, labels. Load once, share between threads.
pub struct Language {
    tokeniser: Tokeniser,
    vocabulary: Vocabulary,
    labels: Labels,
    dictionary: Lemmas,
    network: Network,
    workers: Workers,
    lexicon: Lexicon,
    scorer: Option<Scorer>,
    ways: Ways,
    finder: Option<Finder>,
    gauge: Option<Gauge>,
}

/// What is done to a text, in this order, from the third on window by window. For measuring.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Characters to words.
    Tokenising,
    /// Words to pieces.
    Pieces,
    /// The trunk and all answers about single words.
    Encoder,
    /// Which relation each word has to its head.
    Relations,
    /// Scores to sentences, trees, lemmas, names.
    Decoding,
    /// Which words name happenings, and what numbers are of.
    Sentences,
    /// Which mentions go together.
    Coreference,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 7] =
        [Self::Tokenising, Self::Pieces, Self::Encoder, Self::Relations, Self::Decoding, Self::Sentences, Self::Coreference];
}

/// Is told whenever a stretch of a stage is done.
type Watch<'w> = dyn FnMut(Stage) + Send + 'w;

/// Who looks on while a text is read.
struct Watchers<'a, 'w> {
    watch: &'a mut Watch<'w>,
    /// Is shown how each phrase was compared with earlier ones.
    observe: Option<&'a mut Observe<'w>>,
    /// Takes what the trunk makes of each word.
    states: Option<&'a mut Vec<f32>>,
}

impl Language {
    /// The profile [`Profile::Accurate`] that ships with the program.
    ///
    /// # Panics
    /// When the program was built without weights; the build warned of it.
    pub fn bundled() -> Self {
        Self::with_profile(Profile::default())
    }

    /// A profile that ships with the program.
    ///
    /// # Panics
    /// When the program was built without weights; the build warned of it.
    pub fn with_profile(profile: Profile) -> Self {
        let loaded = Weights::bundled(profile).and_then(Self::of_weights);
        loaded.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Other weights, from a profile's directory, beside which `vocab.txt` and `words.bin` lie: for trying them out.
    pub fn load(directory: &Path) -> Result<Self, LoadError> {
        Self::of_weights(Weights::read(directory)?)
    }

    fn of_weights(weights: Weights) -> Result<Self, LoadError> {
        let labels = Labels::parse(&weights.labels)?;
        let vocabulary = Vocabulary::new(weights.vocabulary, &labels);
        let vectors = WordVectors::new(weights.words, vocabulary.len())?;
        Ok(Self {
            tokeniser: Tokeniser::new(),
            dictionary: Lemmas::bundled(),
            network: Network::load(vectors, weights.encoder, weights.relations)?,
            workers: Workers::default(),
            lexicon: Lexicon::bundled(),
            scorer: weights.coreference.map(|bytes| Scorer::load(bytes, Comparison::names().len())).transpose()?,
            ways: Ways::new(&labels.ways),
            finder: weights.events.map(|bytes| Finder::load(bytes, &labels.ways)).transpose()?,
            gauge: weights.measures.map(|bytes| Gauge::load(bytes, &labels.measures)).transpose()?,
            vocabulary,
            labels,
        })
    }

    /// Parses a whole text; blank lines end sentences. A text in another language than English gives a parse without sentences:
    /// [`identify()`] says which it is. Where the language cannot be told, the text is read.
    pub fn parse(&self, text: &str) -> Parse {
        if identify(text).is_some_and(|tag| tag != identify::ENGLISH) {
            return Parse::default();
        }
        self.parse_regions(text, &paragraphs(text))
    }

    /// Parses these stretches of a text, in order, whatever their language; each one's end ends a sentence. Offsets are the text's own.
    ///
    /// # Panics
    /// When the regions are not of this text, or overlap.
    pub fn parse_regions(&self, text: &str, regions: &[Span]) -> Parse {
        self.parse_watched(text, regions, &mut |_| ())
    }

    /// As [`Self::parse_regions`]; `watch` is told whenever a stretch of a stage is done, so that a caller with a clock can measure.
    ///
    /// # Panics
    /// When the regions are not of this text, or overlap.
    pub fn parse_watched(&self, text: &str, regions: &[Span], watch: &mut Watch<'_>) -> Parse {
        self.parse_regions_with(text, regions, Watchers { watch, observe: None, states: None })
    }

    /// What the network that finds events is fed: for each word of these stretches what the trunk makes of it, and its vector in the table. For training.
    ///
    /// # Panics
    /// When the regions are not of this text, or overlap.
    pub fn states(&self, text: &str, regions: &[Span]) -> Vec<f32> {
        let mut states = Vec::new();
        self.parse_regions_with(text, regions, Watchers { watch: &mut |_| (), observe: None, states: Some(&mut states) });
        states
    }

    /// As [`Self::parse_watched`]; `observe` is shown how each phrase was compared with earlier ones: for training, and for asking why.
    ///
    /// # Panics
    /// When the regions are not of this text, or overlap.
    pub fn parse_observed(&self, text: &str, regions: &[Span], watch: &mut Watch<'_>, observe: &mut Observe<'_>) -> Parse {
        self.parse_regions_with(text, regions, Watchers { watch, observe: Some(observe), states: None })
    }

    fn parse_regions_with(&self, text: &str, regions: &[Span], watchers: Watchers<'_, '_>) -> Parse {
        assert!(regions.is_sorted_by(|a, b| a.end() <= b.start()), "regions are in order and do not overlap");
        let paragraphs: Vec<Vec<Span>> = regions.iter().map(|region| self.tokeniser.words(text, *region)).collect();
        (watchers.watch)(Stage::Tokenising);
        let words = Words::new(text, &paragraphs, &self.vocabulary);
        (watchers.watch)(Stage::Pieces);
        if words.len() == 0 {
            return Parse::default();
        }
        self.workers.run(|worker| self.read(&words, worker, watchers))
    }

    /// Window by window; a cut window's last sentence is read again in the next.
    fn read(&self, words: &Words, worker: &Worker, watchers: Watchers<'_, '_>) -> Parse {
        let Watchers { watch, observe, mut states } = watchers;
        let reader = Reader { labels: &self.labels, dictionary: &self.dictionary, words };
        let (mut parse, mut at) = (Growing::new(&self.labels), 0);
        let (mut associations, mut triggers, mut numbers) = (Associations::default(), Vec::new(), Vec::new());
        while at < words.len() {
            let window = words.window(at, self.labels.limits.window_pieces);
            let scores = self.network.scores(worker, words.rows(&window, &self.labels));
            watch(Stage::Encoder);
            let trees = reader.trees(&window, &scores);
            at = trees.end(&window);
            if let Some(states) = &mut states {
                for row in (window.words.start..at).map(|word| decode::row(&window, word)) {
                    states.extend([scores.states.row(row), scores.meanings.row(row)].concat());
                }
            }
            let (dependents, heads) = trees.pairs(&window, &scores);
            watch(Stage::Decoding);
            let relations = self.network.relations(worker, dependents, heads);
            watch(Stage::Relations);
            let heads_phrase = |row: usize| reader.referent(&scores, row).is_some();
            associations.take(window.words.start, window.words.start..at, &scores.anaphors, &scores.antecedents, heads_phrase);
            let sentences: Vec<Range<usize>> = trees.sentences().collect();
            reader.take(&window, &scores, trees, &relations, &mut parse);
            watch(Stage::Decoding);
            for range in sentences {
                let sentence = Sentence::new(&self.ways, &window, &scores, &parse.tokens, range);
                triggers.extend(self.finder.iter().flat_map(|finder| finder.triggers(worker, &sentence)));
                numbers.extend(self.gauge.iter().flat_map(|gauge| gauge.senses(worker, &sentence)));
            }
            watch(Stage::Sentences);
        }
        let starts_paragraph = |id: TokenId| id.0 == 0 || words.ends_paragraph(id.index() - 1);
        let parse = parse.finish(&self.labels, words.text);
        let resolver = Resolver { lexicon: &self.lexicon, scorer: self.scorer.as_ref(), worker, associations: &associations };
        let mentions = resolver.mentions(words.text, &parse, starts_paragraph, observe);
        watch(Stage::Coreference);
        let parse = parse.with_mentions(mentions).with_numbers(numbers);
        if self.finder.is_some() { parse.with_triggers(triggers) } else { parse }
    }
}

/// The stretches between blank lines: what [`Language::parse`] reads.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let (mut paragraphs, mut start, mut at) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.extend(Span::new(text, start, at).ok());
            start = at + line.len();
        }
        at += line.len();
    }
    paragraphs.extend(Span::new(text, start, at).ok());
    paragraphs
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use variorum_model::Referent;

    use super::*;

    /// One of the worked examples that `training/export.py` writes beside the weights.
    #[derive(Deserialize)]
    struct Example {
        text: String,
        words: Vec<(usize, usize)>,
        pieces: Vec<i32>,
        shapes: Vec<i32>,
        first: Vec<i32>,
        answers: Answers,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Answers {
        upos: Vec<String>,
        xpos: Vec<String>,
        lemma: Vec<String>,
        name: Vec<String>,
        kind: Vec<String>,
        ends: Vec<bool>,
        head: Vec<i64>,
        deprel: Vec<String>,
    }

    fn examples(profile: Profile) -> Vec<Example> {
        let json = match profile {
            Profile::Accurate => include_str!("../../../models/accurate/vectors.json"),
            Profile::Fast => include_str!("../../../models/fast/vectors.json"),
        };
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_examples_of_the_contract_come_out_the_same() {
        for profile in Profile::ALL {
            let language = Language { dictionary: Lemmas::default(), ..Language::with_profile(profile) };
            examples(profile).into_iter().for_each(|example| compare(&language, example));
        }
    }

    fn compare(language: &Language, example: Example) {
        let text = &example.text;
        let words: Vec<Span> = example.words.iter().map(|&(start, end)| Span::new(text, start, end).unwrap()).collect();
        let inside = |paragraph: Span| words.iter().copied().filter(|&word| paragraph.contains(word)).collect();
        let paragraphs: Vec<Vec<Span>> = paragraphs(text).into_iter().map(inside).collect();
        let words = Words::new(text, &paragraphs, &language.vocabulary);
        let rows = words.rows(&words.window(0, language.labels.limits.window_pieces), &language.labels);
        assert_eq!((rows.pieces, rows.shapes, rows.first), (example.pieces, example.shapes, example.first));
        let parse =
            language.workers.run(|worker| language.read(&words, worker, Watchers { watch: &mut |_| (), observe: None, states: None }));
        assert_eq!(answers(&parse), example.answers);
    }

    fn answers(parse: &Parse) -> Answers {
        let each = |answer: &dyn Fn(&variorum_model::Token) -> String| parse.tokens.iter().map(answer).collect();
        let last = |id| parse.sentences.iter().any(|sentence| sentence.tokens().next_back() == Some(id));
        let referent = |kind: Referent| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned();
        Answers {
            upos: each(&|token| token.upos.as_str().to_owned()),
            xpos: each(&|token| token.tag.clone()),
            lemma: each(&|token| token.lemma.clone()),
            name: parse.token_ids().map(|id| name_label(parse, id)).collect(),
            kind: parse.token_ids().map(|id| parse.referent(id).map_or("none".to_owned(), referent)).collect(),
            ends: parse.token_ids().map(last).collect(),
            head: parse.tokens.iter().map(|token| token.head.map_or(-1, |head| head.index() as i64)).collect(),
            deprel: each(&|token| token.deprel.as_str().to_owned()),
        }
    }

    fn name_label(parse: &Parse, id: variorum_model::TokenId) -> String {
        let Some(name) = parse.name_at(id) else { return "O".to_owned() };
        let kind = name.kind.label();
        format!("{}-{kind}", if name.first == id { "B" } else { "I" })
    }

    #[test]
    fn any_text_has_a_parse() {
        let language = Language::bundled();
        let long = "buffalo ".repeat(400) + "\u{202e}שלום\u{0}👩‍🚒" + &"x".repeat(3000);
        for text in ["", " \n\n\t ", ".", "\u{0}\u{1}\u{feff}", "日本語のテキスト。", "…\n\n…", &long] {
            let parse = language.parse(text);
            assert_eq!(parse.tokens.is_empty(), text.trim().is_empty());
            check(&parse);
        }
    }

    /// Sentences tile the tokens, and each is one tree.
    fn check(parse: &Parse) {
        let mut at = 0;
        for sentence in &parse.sentences {
            assert_eq!(sentence.first.index(), at);
            at = sentence.end.index();
            let head = |id: variorum_model::TokenId| parse.head(id).map_or(0, |head| head.index() + 1 - sentence.first.index());
            assert!(trees::tests::is_tree(&sentence.tokens().map(head).collect::<Vec<_>>()));
        }
        assert_eq!(at, parse.tokens.len());
        let order = |mention: &variorum_model::coreference::Mention| (mention.first, std::cmp::Reverse(mention.end));
        assert!(parse.mentions().is_sorted_by_key(order));
        for mention in parse.mentions() {
            assert!(mention.first <= mention.head && mention.head < mention.end && mention.end.index() <= parse.tokens.len());
            assert!(parse.chain(mention.chain).any(|other| other == mention));
        }
        assert!(parse.chain_ids().all(|id| parse.chain(id).next().is_some()));
    }

    #[test]
    fn a_text_has_chains() {
        let text = "A ferry sank off the coast on Monday. Divers searched the ferry.";
        let parse = Language::bundled().parse(text);
        let chain = |word: &str| {
            let token = parse.token_at(text.find(word).unwrap()).unwrap();
            parse.chain(parse.mention_headed_by(token).unwrap().chain).map(|mention| mention.span.of(text)).collect::<Vec<_>>()
        };
        assert_eq!(chain("ferry"), ["A ferry", "the ferry"]);
        assert_eq!(chain("Monday"), ["Monday"]);
        let copy: Parse = serde_json::from_str(&serde_json::to_string(&parse).unwrap()).unwrap();
        assert_eq!(copy.mentions(), parse.mentions());
    }

    #[test]
    fn a_document_reads_the_same_from_any_thread() {
        let language = Language::bundled();
        let text = "Talks resumed in Oslo on Monday. The envoy did not attend.\n\nNobody was hurt, officials said.";
        let alone = language.parse(text);
        let parses = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| language.parse(text))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(parses.iter().all(|parse| *parse == alone));
    }

    #[test]
    fn regions_keep_apart_and_keep_their_offsets() {
        let text = "Fire kills 12 | Two are hurt";
        let regions = [Span::new(text, 0, 13).unwrap(), Span::new(text, 16, 28).unwrap()];
        let parse = Language::bundled().parse_regions(text, &regions);
        assert_eq!(parse.sentences.iter().map(|s| s.span.of(text)).collect::<Vec<_>>(), ["Fire kills 12", "Two are hurt"]);
    }

    #[test]
    fn a_missing_profile_names_its_file() {
        let error = Language::load(Path::new("/nowhere")).err().unwrap().to_string();
        assert!(error.contains("/nowhere/encoder.onnx"), "{error}");
    }
}
