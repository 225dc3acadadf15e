//! The words of a document with their grammar, after Universal Dependencies v2 (English).
//!
//! A [`Parse`] holds sentences, tokens and names in text order. Every sentence is one tree. Navigation lives here, so that stages read like
//! grammar: `parse.child(verb, Deprel::Nsubj)`.

use serde::{Deserialize, Serialize};

use crate::coreference::{ChainId, Mention, MentionForm};
use crate::{NumberSense, Span, Trigger};

/// Index of a token in its document's parse.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TokenId(pub u32);

impl TokenId {
    /// As an index into [`Parse::tokens`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Index of a sentence in its document's parse.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SentenceId(pub u32);

impl SentenceId {
    /// As an index into [`Parse::sentences`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One syntactic word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag, as in the English treebanks' fifth column: `VBD`, `NNPS`, `-LRB-`.
    pub tag: String,
    /// Dictionary form; proper nouns keep their case.
    pub lemma: String,
    /// Syntactic head; none for the root of the sentence.
    pub head: Option<TokenId>,
    /// Relation to the head.
    pub deprel: Deprel,
    /// The sentence it belongs to.
    pub sentence: SentenceId,
}

/// One sentence: consecutive tokens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// From its first token to its last.
    pub span: Span,
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub end: TokenId,
    /// Unit vector of its meaning; cosine of two sentences is their dot product. Empty where not computed.
    pub embedding: Vec<f32>,
}

impl Sentence {
    /// Its tokens' indices in order.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        (self.first.0..self.end.0).map(TokenId)
    }
}

/// A proper name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Its characters.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
    /// First token.
    pub first: TokenId,
    /// One past the last token.
    pub end: TokenId,
}

/// What a name names. The first three are Universal NER v1's (Mayhew et al. 2024, section 3), but for works of people, which it counts as
/// locations; the others are OntoNotes 5's (release notes, section 2.6).
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NameKind {
    /// PER: one person, or a family.
    Person,
    /// ORG: companies, agencies, institutions, teams.
    Organization,
    /// LOC: countries, towns, regions, waters, mountains.
    Location,
    /// FAC: buildings, airports, roads, bridges. UNER's LOC too.
    Facility,
    /// NORP: nationalities, religious and political groups, as nouns or adjectives.
    Group,
    /// EVENT: named wars, storms, games, summits.
    Event,
    /// LAW: named laws and treaties.
    Law,
    /// PRODUCT: vehicles, weapons, devices, foods.
    Product,
    /// WORK, OntoNotes' WORK_OF_ART: titles of books, songs, films.
    Work,
}

impl NameKind {
    /// Every kind with its label, in the standards' order.
    const LABELS: [(Self, &str); 9] = [
        (Self::Person, "PER"),
        (Self::Organization, "ORG"),
        (Self::Location, "LOC"),
        (Self::Facility, "FAC"),
        (Self::Group, "NORP"),
        (Self::Event, "EVENT"),
        (Self::Law, "LAW"),
        (Self::Product, "PRODUCT"),
        (Self::Work, "WORK"),
    ];

    /// The standards' label.
    pub fn label(self) -> &'static str {
        Self::LABELS[self as usize].1
    }

    /// From the standards' label; none for others.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::LABELS.iter().find(|(_, known)| *known == label).map(|(kind, _)| *kind)
    }

    /// Whether something stands there: what Universal NER calls a location.
    pub fn is_place(self) -> bool {
        matches!(self, Self::Location | Self::Facility)
    }

    /// The label in Universal NER's measure, which has three.
    pub fn uner_label(self) -> Option<&'static str> {
        match self {
            Self::Person | Self::Organization | Self::Location => Some(self.label()),
            Self::Facility => Some("LOC"),
            _ => None,
        }
    }
}

/// What a noun phrase refers to, by its head word: the ten entity types of GUM (Zeldes 2017; guidelines at gucorpling.org/gum).
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Referent {
    /// Ideas, statements, quantities, properties.
    Abstract,
    /// Animals, not people.
    Animal,
    /// Happenings: a meeting, a fire, a vote.
    Event,
    /// Things that can be touched.
    Object,
    /// Companies, governments, teams, agencies.
    Organization,
    /// One person or several.
    Person,
    /// Countries, towns, buildings, where they are places.
    Place,
    /// Plants.
    Plant,
    /// Stuff without form: water, gas.
    Substance,
    /// Dates, times, periods.
    Time,
}

/// The grammar of one document. Trees are trees: every sentence has one root and no cycle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Flat", into = "Flat")]
pub struct Parse {
    /// In text order.
    pub sentences: Vec<Sentence>,
    /// In text order.
    pub tokens: Vec<Token>,
    /// In text order, without overlaps.
    pub names: Vec<Name>,
    referents: Vec<Option<Referent>>,
    mentions: Vec<Mention>,
    chains: Vec<Vec<u32>>,
    children: Vec<Vec<TokenId>>,
    triggers: Option<Vec<Trigger>>,
    numbers: Vec<NumberSense>,
}

/// What is stored of a parse; children are derived.
#[derive(Clone, Serialize, Deserialize)]
struct Flat {
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    names: Vec<Name>,
    #[serde(default)]
    referents: Vec<Option<Referent>>,
    #[serde(default)]
    mentions: Vec<Mention>,
    #[serde(default)]
    triggers: Option<Vec<Trigger>>,
    #[serde(default)]
    numbers: Vec<NumberSense>,
}

impl From<Flat> for Parse {
    fn from(flat: Flat) -> Self {
        let parse = Self::new(flat.sentences, flat.tokens, flat.names).with_referents(flat.referents);
        let parse = parse.with_mentions(flat.mentions);
        Self { triggers: flat.triggers, numbers: flat.numbers, ..parse }
    }
}

impl From<Parse> for Flat {
    fn from(parse: Parse) -> Self {
        let Parse { sentences, tokens, names, referents, mentions, triggers, numbers, .. } = parse;
        Self { sentences, tokens, names, referents, mentions, triggers, numbers }
    }
}

impl Parse {
    /// Takes sentences, tokens and names in text order and indexes the trees.
    pub fn new(sentences: Vec<Sentence>, tokens: Vec<Token>, names: Vec<Name>) -> Self {
        let mut children = vec![Vec::new(); tokens.len()];
        for (i, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[head.index()].push(TokenId(i as u32));
            }
        }
        Self {
            sentences,
            tokens,
            names,
            referents: Vec::new(),
            mentions: Vec::new(),
            chains: Vec::new(),
            children,
            triggers: None,
            numbers: Vec::new(),
        }
    }

    /// The same with what each token's phrase refers to, token by token.
    pub fn with_referents(self, referents: Vec<Option<Referent>>) -> Self {
        Self { referents, ..self }
    }

    /// The same with its mentions, in text order.
    pub fn with_mentions(self, mentions: Vec<Mention>) -> Self {
        let mut chains: Vec<Vec<u32>> = Vec::new();
        for (i, mention) in mentions.iter().enumerate() {
            if chains.len() <= mention.chain.index() {
                chains.resize(mention.chain.index() + 1, Vec::new());
            }
            chains[mention.chain.index()].push(i as u32);
        }
        Self { mentions, chains, ..self }
    }

    /// The same with the words that may name happenings, in text order.
    pub fn with_triggers(self, triggers: Vec<Trigger>) -> Self {
        Self { triggers: Some(triggers), ..self }
    }

    /// The words that may name happenings, in text order; none where the network was not asked.
    pub fn triggers(&self) -> Option<&[Trigger]> {
        self.triggers.as_deref()
    }

    /// What the network thinks of a word as the name of a happening; none where it is nearly sure that it names none.
    pub fn trigger(&self, token: TokenId) -> Option<&Trigger> {
        let triggers = self.triggers()?;
        triggers.binary_search_by_key(&token, |trigger| trigger.token).ok().map(|i| &triggers[i])
    }

    /// The same with what its numbers are thought to be of, in text order.
    pub fn with_numbers(self, numbers: Vec<NumberSense>) -> Self {
        Self { numbers, ..self }
    }

    /// What the network thinks a number is of; none where the word is no number, or the network was not asked.
    pub fn number(&self, token: TokenId) -> Option<&NumberSense> {
        self.numbers.binary_search_by_key(&token, |number| number.token).ok().map(|i| &self.numbers[i])
    }

    /// The phrases that refer, by first token, the longer first.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The mention that this token heads by itself, not as the first part of a coordination.
    pub fn mention_headed_by(&self, id: TokenId) -> Option<&Mention> {
        // A phrase begins at most a sentence before its head.
        let from = self.mentions.partition_point(|mention| mention.first < self.sentence(self.token(id).sentence).first);
        let near = self.mentions[from..].iter().take_while(|mention| mention.first <= id);
        near.filter(|mention| mention.head == id && mention.form != MentionForm::Coordination).last()
    }

    /// The mentions of one chain, in text order.
    pub fn chain(&self, id: ChainId) -> impl DoubleEndedIterator<Item = &Mention> {
        self.chains.get(id.index()).into_iter().flatten().map(|&i| &self.mentions[i as usize])
    }

    /// All chains in the order of their first mentions, those of one mention too.
    pub fn chain_ids(&self) -> impl DoubleEndedIterator<Item = ChainId> + use<> {
        (0..self.chains.len() as u32).map(ChainId)
    }

    /// What the noun phrase or pronoun refers to that this token heads; none where it heads none, or nothing is known.
    pub fn referent(&self, id: TokenId) -> Option<Referent> {
        self.referents.get(id.index()).copied().flatten()
    }

    /// The token.
    pub fn token(&self, id: TokenId) -> &Token {
        &self.tokens[id.index()]
    }

    /// The sentence.
    pub fn sentence(&self, id: SentenceId) -> &Sentence {
        &self.sentences[id.index()]
    }

    /// All tokens' indices in order.
    pub fn token_ids(&self) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        (0..self.tokens.len() as u32).map(TokenId)
    }

    /// All sentences' indices in order.
    pub fn sentence_ids(&self) -> impl DoubleEndedIterator<Item = SentenceId> + use<> {
        (0..self.sentences.len() as u32).map(SentenceId)
    }

    /// Direct dependents, in text order.
    pub fn children(&self, id: TokenId) -> &[TokenId] {
        &self.children[id.index()]
    }

    /// Direct dependents with this relation (subtypes are relations of their own), in text order.
    pub fn children_by(&self, id: TokenId, deprel: Deprel) -> impl Iterator<Item = TokenId> + '_ {
        self.children(id).iter().copied().filter(move |&child| self.token(child).deprel == deprel)
    }

    /// The first direct dependent with this relation.
    pub fn child(&self, id: TokenId, deprel: Deprel) -> Option<TokenId> {
        self.children_by(id, deprel).next()
    }

    /// The first direct dependent with any of these relations.
    pub fn child_of(&self, id: TokenId, deprels: &[Deprel]) -> Option<TokenId> {
        self.children(id).iter().copied().find(|&child| deprels.contains(&self.token(child).deprel))
    }

    /// The syntactic head.
    pub fn head(&self, id: TokenId) -> Option<TokenId> {
        self.token(id).head
    }

    /// From the head of a token up to the root.
    pub fn ancestors(&self, id: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        std::iter::successors(self.head(id), |&up| self.head(up))
    }

    /// The root of a sentence.
    pub fn root(&self, id: SentenceId) -> Option<TokenId> {
        self.sentence(id).tokens().find(|&token| self.token(token).head.is_none())
    }

    /// A token and all below it, in text order.
    pub fn subtree(&self, id: TokenId) -> Vec<TokenId> {
        self.subtree_without(id, |_| false)
    }

    /// A token and all below it, leaving out the branches whose top `cut` names; `id` itself is always kept.
    pub fn subtree_without(&self, id: TokenId, cut: impl Fn(TokenId) -> bool) -> Vec<TokenId> {
        let (mut found, mut open) = (vec![id], vec![id]);
        while let Some(top) = open.pop() {
            for &child in self.children(top) {
                if !cut(child) {
                    found.push(child);
                    open.push(child);
                }
            }
        }
        found.sort();
        found
    }

    /// From the first character of a token's subtree to its last.
    pub fn subtree_span(&self, id: TokenId) -> Span {
        let tokens = self.subtree(id);
        self.token(tokens[0]).span.cover(self.token(tokens[tokens.len() - 1]).span)
    }

    /// The smallest span over these tokens; none for no tokens.
    pub fn span_of(&self, tokens: &[TokenId]) -> Option<Span> {
        let spans = tokens.iter().map(|&token| self.token(token).span);
        spans.reduce(Span::cover)
    }

    /// Maximal runs of neighbouring tokens as spans, in text order; for discontinuous phrases. `tokens` must be sorted.
    pub fn runs_of(&self, tokens: &[TokenId]) -> Vec<Span> {
        let mut runs: Vec<Span> = Vec::new();
        for (i, &token) in tokens.iter().enumerate() {
            let span = self.token(token).span;
            match runs.last_mut() {
                Some(last) if tokens[i - 1].0 + 1 == token.0 => *last = last.cover(span),
                _ => runs.push(span),
            }
        }
        runs
    }

    /// Whether `id` stands below `top` or is it.
    pub fn is_within(&self, id: TokenId, top: TokenId) -> bool {
        id == top || self.ancestors(id).any(|up| up == top)
    }

    /// The tokens that lie wholly in a span, in order.
    pub fn tokens_in(&self, span: Span) -> impl DoubleEndedIterator<Item = TokenId> + use<> {
        let first = self.tokens.partition_point(|token| token.span.start() < span.start());
        let end = self.tokens.partition_point(|token| token.span.end() <= span.end());
        (first as u32..end.max(first) as u32).map(TokenId)
    }

    /// The token that holds a byte offset.
    pub fn token_at(&self, offset: usize) -> Option<TokenId> {
        let i = self.tokens.partition_point(|token| token.span.end() <= offset);
        self.tokens.get(i).filter(|token| token.span.contains_offset(offset)).map(|_| TokenId(i as u32))
    }

    /// The sentence that holds a byte offset.
    pub fn sentence_at(&self, offset: usize) -> Option<SentenceId> {
        let i = self.sentences.partition_point(|sentence| sentence.span.end() <= offset);
        self.sentences.get(i).filter(|sentence| sentence.span.contains_offset(offset)).map(|_| SentenceId(i as u32))
    }

    /// The topmost token of a span: the one whose head lies outside. The first such where there are several.
    pub fn head_of_span(&self, span: Span) -> Option<TokenId> {
        let inside = |token: TokenId| span.contains(self.token(token).span);
        self.tokens_in(span).find(|&token| self.head(token).is_none_or(|head| !inside(head)) && self.token(token).upos != Upos::Punct)
    }

    /// The name that covers a token.
    pub fn name_at(&self, id: TokenId) -> Option<&Name> {
        let i = self.names.partition_point(|name| name.end <= id);
        self.names.get(i).filter(|name| name.first <= id)
    }
}

macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident, other $other:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[allow(missing_docs)] // The variants are the standard's own labels.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $(#[serde(rename = $text)] $variant),* }

        impl $name {
            /// Every member, in the standard's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The standard's label.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// From the standard's label; an unknown subtype falls back to its base, anything else to the catch-all.
            pub fn from_label(label: &str) -> Self {
                match label {
                    $($text => Self::$variant,)*
                    _ => label.split_once(':').map_or(Self::$other, |(base, _)| Self::from_label(base)),
                }
            }
        }
    };
}

closed_set! {
    /// Universal part of speech.
    Upos, other X {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN", Num = "NUM",
        Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

closed_set! {
    /// Universal dependency relation with the English treebanks' subtypes.
    Deprel, other Dep {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux",
        AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound",
        CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det",
        DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root",
        Vocative = "vocative", Xcomp = "xcomp",
    }
}

impl Deprel {
    /// The universal relation without its subtype, as a label.
    pub fn base(self) -> &'static str {
        self.as_str().split(':').next().expect("split yields at least one part")
    }

    /// Subject of any kind: active, passive, clausal.
    pub fn is_subject(self) -> bool {
        matches!(self.base(), "nsubj" | "csubj")
    }
}
