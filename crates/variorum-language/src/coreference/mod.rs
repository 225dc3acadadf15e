//! Which phrases of a document refer to the same thing?
//!
//! Input: a text and its parse. Output: [`Mention`]s, each with its chain, in text order. Phrases are read from left to right; each is compared
//! with earlier ones and with "nothing earlier", every pair is told to the scorer as a row of numbers, and the best is taken. What is decided
//! is known to the phrases after it: a row tells of the candidate's whole chain.
//!
//! ```text
//! Anna Berg resigned. The mayor said she was tired.     [Anna Berg, The mayor, she]
//! ```
//!
//! Limits: candidates are the latest phrases, and of the older ones those with the same words and those most spoken of, so that time grows
//! with the text and no faster. What nothing decides stays alone. Chains of clauses ("this surprised him") are rough.

mod associations;
mod chains;
mod features;
mod scorer;
mod speech;
mod traits;

use std::collections::HashMap;

use variorum_model::{ChainId, Deprel, MentionForm, Parse, Sentence, SentenceId, Span, Token, TokenId, Upos, coreference::Mention};

pub(crate) use self::associations::Associations;
use self::chains::Chain;
use self::features::{Candidate, Page, Product, Standing};
pub(crate) use self::scorer::Scorer;
use self::speech::Speech;
pub(crate) use self::traits::Lexicon;
use self::traits::{Symbol, Traits};
use crate::mentions::{Phrase, phrases};
use crate::network::Worker;

/// Latest phrases that a phrase is compared with.
const N_RECENT: usize = 50;
/// Older phrases with the same head or a word of the same name.
const N_SIMILAR: usize = 5;
/// Entities most spoken of, each by its latest phrase.
const N_SALIENT: usize = 8;
/// Mentions from which an entity is much spoken of.
const MANY: usize = 3;

/// One phrase, the earlier ones it was compared with, and the numbers that were compared: what the scorer is trained on.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The phrase: first token, one past the last, head.
    pub phrase: (TokenId, TokenId, TokenId),
    /// The same of each earlier phrase; none for "nothing earlier".
    pub candidates: Vec<Option<(TokenId, TokenId, TokenId)>>,
    /// Whether the phrase is a coordination as a whole.
    pub is_whole: bool,
    /// One row for each candidate.
    pub features: Vec<f32>,
    /// The names of a row's numbers.
    pub width: usize,
}

/// Is shown how each phrase was compared with earlier ones.
pub(crate) type Observe<'o> = dyn FnMut(Comparison) + Send + 'o;

impl Comparison {
    /// The names of a row's numbers, in order.
    pub fn names() -> Vec<String> {
        feature_names()
    }
}

/// Everything that resolving a document needs beside its parse.
pub(crate) struct Resolver<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) scorer: Option<&'a Scorer>,
    pub(crate) worker: &'a Worker,
    pub(crate) associations: &'a Associations,
}

impl Resolver<'_> {
    /// The mentions of a document with their chains. `observe` sees every comparison.
    pub(crate) fn mentions(
        &self,
        text: &str,
        parse: &Parse,
        starts_paragraph: impl Fn(TokenId) -> bool + Copy,
        mut observe: Option<&mut Observe<'_>>,
    ) -> Vec<Mention> {
        let speech = Speech::new(text, parse, starts_paragraph);
        let traits = traits::traits(self.lexicon, text, parse, phrases(parse), &speech, starts_paragraph);
        let page = Page { parse, speech: &speech };
        let mut reading = Reading { resolver: self, page, traits: &traits, state: State::default() };
        for i in 0..traits.len() {
            reading.decide(i, observe.as_deref_mut());
        }
        numbered(parse, &traits, &reading.state)
    }
}

/// What is known when the phrases so far are read.
#[derive(Default)]
struct State {
    chains: Vec<Chain>,
    chain_of: Vec<usize>,
    standings: Vec<Standing>,
    by_head: HashMap<Symbol, Vec<usize>>,
    by_text: HashMap<Symbol, u32>,
    by_name: HashMap<Symbol, Vec<usize>>,
    /// Chains of many mentions, the latest last.
    salient: Vec<usize>,
    n_of_speech: u32,
    of_token: HashMap<TokenId, usize>,
}

struct Reading<'a> {
    resolver: &'a Resolver<'a>,
    page: Page<'a>,
    traits: &'a [Traits],
    state: State,
}

impl Reading<'_> {
    fn decide(&mut self, i: usize, observe: Option<&mut Observe<'_>>) {
        let standing = self.standing(i);
        let candidates = self.candidates(i);
        let chain = match self.best(i, standing, &candidates, observe) {
            Some(candidate) => self.state.chain_of[candidate],
            None => self.open(),
        };
        self.gather(i, standing, chain);
    }

    fn open(&mut self) -> usize {
        self.state.chains.push(Chain::default());
        self.state.chains.len() - 1
    }

    fn gather(&mut self, i: usize, standing: Standing, chain: usize) {
        let (traits, state) = (&self.traits[i], &mut self.state);
        state.chains[chain].add(i, traits);
        state.chain_of.push(chain);
        state.standings.push(standing);
        if state.chains[chain].len() >= MANY {
            state.salient.retain(|&known| known != chain);
            state.salient.push(chain);
            if state.salient.len() > N_SALIENT {
                state.salient.remove(0);
            }
        }
        state.n_of_speech += u32::from(traits.pronoun.is_of_speech());
        if traits.form() != MentionForm::Coordination {
            state.of_token.insert(traits.phrase.head, i);
        }
        if !traits.is_pronoun() {
            state.by_head.entry(traits.head).or_default().push(i);
            *state.by_text.entry(traits.text).or_default() += 1;
            for &word in &traits.name {
                state.by_name.entry(word).or_default().push(i);
            }
            if let Some(initials) = traits.initials {
                state.by_name.entry(initials).or_default().push(i);
            }
        }
    }

    fn standing(&self, i: usize) -> Standing {
        let (traits, state) = (&self.traits[i], &self.state);
        let depth = (0..i).rev().take(N_RECENT).take_while(|&j| self.traits[j].sentence == traits.sentence);
        Standing {
            n_same_head: if traits.is_pronoun() { 0 } else { state.by_head.get(&traits.head).map_or(0, |known| known.len() as u32) },
            n_same_text: if traits.is_pronoun() { 0 } else { state.by_text.get(&traits.text).copied().unwrap_or(0) },
            n_same_name: traits.name.iter().filter_map(|word| state.by_name.get(word)).map(|known| known.len() as u32).max().unwrap_or(0),
            speech: state.n_of_speech as f32 / (i.max(1)) as f32,
            depth: depth.filter(|&j| self.traits[j].contains(traits)).count() as u32,
        }
    }

    /// Earlier phrases to compare with, the latest first.
    fn candidates(&self, i: usize) -> Vec<usize> {
        let (traits, state) = (&self.traits[i], &self.state);
        let mut found: Vec<usize> = (i.saturating_sub(N_RECENT)..i).collect();
        if !traits.is_pronoun() {
            let similar = state.by_head.get(&traits.head).into_iter();
            let similar = similar.chain(traits.name.iter().chain(&traits.initials).filter_map(|word| state.by_name.get(word)));
            for known in similar {
                found.extend(known.iter().rev().take(N_SIMILAR).chain(known.first()));
            }
        }
        found.extend(state.salient.iter().map(|&chain| state.chains[chain].last()));
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.dedup();
        found.retain(|&other| !features::are_counted_apart(traits, &self.traits[other]));
        found
    }

    /// The candidate that a phrase refers back to.
    fn best(&self, i: usize, standing: Standing, candidates: &[usize], observe: Option<&mut Observe<'_>>) -> Option<usize> {
        let (features, width) = self.rows(i, standing, candidates);
        if let Some(observe) = observe {
            observe(self.comparison(i, candidates, features.clone(), width));
        }
        let scorer = self.resolver.scorer.filter(|_| !candidates.is_empty())?;
        self.best_chain(candidates, &scorer.scores(self.resolver.worker, features, width))
    }

    /// One row for "nothing earlier" and one for each candidate; their width.
    fn rows(&self, i: usize, standing: Standing, candidates: &[usize]) -> (Vec<f32>, usize) {
        let mut rows = Vec::new();
        let traits = &self.traits[i];
        let own = features::own(self.page, (traits, standing));
        let products = self.products(i, candidates);
        let none = Product { score: self.resolver.associations.product(traits.phrase.head, None), margin: 0.0, rank: 0 };
        features::row(self.page, &mut rows, traits, &own, None, none);
        let width = rows.len();
        rows.reserve(width * candidates.len());
        let (mut n_nearer, mut n_nearer_subjects) = (0, 0);
        for (&j, product) in candidates.iter().zip(products) {
            let n_larger = candidates.iter().filter(|&&other| self.chain(other).len() > self.chain(j).len()).count() as u32;
            let candidate = Candidate { n_nearer, n_nearer_subjects, n_larger, product, ..self.candidate(i, j) };
            features::row(self.page, &mut rows, traits, &own, Some(&candidate), none);
            let may_be = features::may_be_same(traits, &self.traits[j]);
            n_nearer += u32::from(may_be);
            n_nearer_subjects += u32::from(may_be && self.traits[j].role == traits::Role::Subject);
        }
        (rows, width)
    }

    fn comparison(&self, i: usize, candidates: &[usize], features: Vec<f32>, width: usize) -> Comparison {
        let place = |i: usize| (self.traits[i].phrase.first, self.traits[i].phrase.end, self.traits[i].phrase.head);
        Comparison {
            phrase: place(i),
            is_whole: self.traits[i].form() == MentionForm::Coordination,
            candidates: std::iter::once(None).chain(candidates.iter().map(|&j| Some(place(j)))).collect(),
            features,
            width,
        }
    }

    /// The latest candidate of the chain whose candidates have most of the scores' weight together, as in training; none where nothing earlier has more.
    fn best_chain(&self, candidates: &[usize], scores: &[f32]) -> Option<usize> {
        let (none, scores) = scores.split_first()?;
        let top = scores.iter().copied().fold(*none, f32::max);
        // By latest candidate, so that the first of equals is the latest.
        let mut weights: Vec<(usize, usize, f32)> = Vec::new();
        for (&candidate, score) in candidates.iter().zip(scores) {
            let chain = self.state.chain_of[candidate];
            let weight = (score - top).exp();
            match weights.iter_mut().find(|(known, _, _)| *known == chain) {
                Some((_, _, sum)) => *sum += weight,
                None => weights.push((chain, candidate, weight)),
            }
        }
        let best = weights.into_iter().reduce(|best, next| if next.2 > best.2 { next } else { best })?;
        (best.2 > (none - top).exp()).then_some(best.1)
    }

    fn chain(&self, i: usize) -> &Chain {
        &self.state.chains[self.state.chain_of[i]]
    }

    fn products(&self, i: usize, candidates: &[usize]) -> Vec<Product> {
        let head = self.traits[i].phrase.head;
        let ask = |head, other| self.resolver.associations.product(head, other);
        let none = ask(head, None).unwrap_or(0.0);
        let scores: Vec<Option<f32>> = candidates.iter().map(|&j| ask(head, Some(self.traits[j].phrase.head))).collect();
        let rank = |score: f32| scores.iter().flatten().filter(|&&other| other > score).count() as u32;
        let product = |score: &Option<f32>| match score {
            None => Product::default(),
            Some(value) => Product { score: Some(*value), margin: value - none, rank: rank(*value) },
        };
        scores.iter().map(product).collect()
    }

    /// What a row needs of a candidate, but for what depends on the other candidates.
    fn candidate(&self, i: usize, j: usize) -> Candidate<'_> {
        let (a, b) = (&self.traits[i], &self.traits[j]);
        let chain = self.chain(j);
        let chain_of_head = |head: TokenId| self.state.of_token.get(&head).map(|&known| self.state.chain_of[known]);
        let speaker = |traits: &Traits| self.page.speech.speaker_of(traits.quotation).filter(|_| traits.quotation != 0);
        let (speaker_a, speaker_b) = (speaker(a), speaker(b));
        let same_chain = |a: TokenId, b: TokenId| match (chain_of_head(a), chain_of_head(b)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        Candidate {
            traits: b,
            standing: self.state.standings[j],
            chain,
            last: &self.traits[chain.last()],
            first: &self.traits[chain.mentions[0]],
            distance: i - j,
            n_nearer: 0,
            n_nearer_subjects: 0,
            n_larger: 0,
            product: Product::default(),
            n_recent: chain.mentions.iter().rev().take_while(|&&known| self.traits[known].sentence.0 + 2 >= a.sentence.0).take(50).count(),
            same_speaker: speaker_a.zip(speaker_b).map(|(a, b)| a == b || same_chain(a, b)),
            is_speaker: speaker_a.is_some_and(|speaker| speaker == b.phrase.head || chain_of_head(speaker) == Some(self.state.chain_of[j])),
            is_spoken_by: speaker_b == Some(a.phrase.head),
        }
    }
}

/// Those of a word by itself.
fn feature_names() -> Vec<String> {
    let text = "x";
    let span = Span::whole(text).expect("the text is not empty");
    let (first, end, sentence) = (TokenId(0), TokenId(1), SentenceId(0));
    let noun = Token { span, upos: Upos::Noun, tag: "NN".into(), lemma: text.into(), head: None, deprel: Deprel::Root, sentence };
    let parse = Parse::new(vec![Sentence { span, first, end, embedding: Vec::new() }], vec![noun], Vec::new());
    let phrase = Phrase { first, end, head: first, form: MentionForm::Nominal, is_optional: false };
    let speech = Speech::new(text, &parse, |_| false);
    let traits = traits::traits(&Lexicon::default(), text, &parse, vec![phrase], &speech, |_| false);
    features::names(Page { parse: &parse, speech: &speech }, (&traits[0], Standing::default()))
}

/// Numbers the chains by their first mentions. Coordinations and clauses that nothing refers to are no mentions.
fn numbered(parse: &Parse, traits: &[Traits], state: &State) -> Vec<Mention> {
    let mut numbers: HashMap<usize, ChainId> = HashMap::new();
    let mut mentions = Vec::new();
    for (traits, chain) in traits.iter().zip(&state.chain_of) {
        let phrase = &traits.phrase;
        if state.chains[*chain].len() == 1 && phrase.is_optional {
            continue;
        }
        let next = ChainId(numbers.len() as u32);
        let first = parse.token(phrase.first).span;
        let last = parse.token(TokenId(phrase.end.0 - 1)).span;
        mentions.push(Mention {
            first: phrase.first,
            end: phrase.end,
            head: phrase.head,
            span: first.cover(last),
            form: phrase.form,
            referent: parse.referent(phrase.head),
            chain: *numbers.entry(*chain).or_insert(next),
        });
    }
    mentions
}
