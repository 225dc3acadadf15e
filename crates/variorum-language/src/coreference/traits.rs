//! What does a phrase show by itself? Everything that comparing it with others needs, read once.
//!
//! Input: a text, its parse and its phrases. Output: [`Traits`], one for each phrase, with words as numbers so that comparing is cheap.
//! Limits: gender is that of pronouns, titles and given names, so that most nouns have none.

use std::collections::HashMap;

use variorum_model::{Deprel, MentionForm, Parse, Referent, SentenceId, TokenId, Upos, table::Table};

use super::speech::Speech;
use crate::mentions::{Phrase, is_predicate};

/// A word as a number; equal words have equal numbers.
pub(super) type Symbol = u32;

/// What kind of pronoun, or of determiner before a noun.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    None,
    I,
    We,
    You,
    He,
    She,
    It,
    They,
    This,
    These,
    Somebody,
    Other,
}

impl Pronoun {
    pub(super) const N: usize = 12;

    fn of(form: &str) -> Self {
        match form {
            "i" | "me" | "my" | "mine" | "myself" => Self::I,
            "we" | "us" | "our" | "ours" | "ourselves" | "'s" | "’s" => Self::We,
            "you" | "your" | "yours" | "yourself" | "yourselves" | "ya" | "u" | "ye" => Self::You,
            "he" | "him" | "his" | "himself" => Self::He,
            "she" | "her" | "hers" | "herself" => Self::She,
            "it" | "its" | "itself" => Self::It,
            "they" | "them" | "their" | "theirs" | "themselves" | "themself" | "'em" | "em" => Self::They,
            "this" | "that" => Self::This,
            "these" | "those" => Self::These,
            "someone" | "somebody" | "anyone" | "anybody" | "everyone" | "everybody" | "nobody" | "something" | "anything"
            | "everything" | "nothing" | "none" | "one" => Self::Somebody,
            _ => Self::Other,
        }
    }

    /// First or second person: who it is depends on who speaks.
    pub(super) fn is_of_speech(self) -> bool {
        matches!(self, Self::I | Self::We | Self::You)
    }

    pub(super) fn is_of_third_person(self) -> bool {
        matches!(self, Self::He | Self::She | Self::It | Self::They)
    }
}

/// What stands before a noun.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Determiner {
    Bare,
    The,
    A,
    This,
    Possessor,
    Quantity,
    No,
    Number,
}

impl Determiner {
    pub(super) const N: usize = 8;
}

/// How a phrase stands to its governor.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    Object,
    Oblique,
    Modifier,
    Possessor,
    Apposition,
    Root,
    Compound,
    Conjunct,
    Predicate,
    Other,
}

impl Role {
    pub(super) const N: usize = 11;

    fn of(parse: &Parse, head: TokenId) -> Self {
        let deprel = parse.token(head).deprel;
        match deprel.base() {
            "nsubj" | "csubj" => Self::Subject,
            _ if is_predicate(parse, head) && parse.child(head, Deprel::Cop).is_some() => Self::Predicate,
            "obj" | "iobj" => Self::Object,
            "obl" => Self::Oblique,
            _ if deprel == Deprel::NmodPoss => Self::Possessor,
            "nmod" => Self::Modifier,
            "appos" => Self::Apposition,
            "root" | "parataxis" => Self::Root,
            "compound" => Self::Compound,
            "conj" => Self::Conjunct,
            _ => Self::Other,
        }
    }
}

/// Yes, no, or unknown.
pub(super) type Known = Option<bool>;

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
    Neuter,
}

/// What a phrase shows by itself.
#[derive(Clone, Debug)]
pub(super) struct Traits {
    pub(super) phrase: Phrase,
    pub(super) referent: Option<Referent>,
    pub(super) pronoun: Pronoun,
    pub(super) reflexive: bool,
    pub(super) determiner: Determiner,
    pub(super) role: Role,
    pub(super) plural: Known,
    pub(super) gender: Option<Gender>,
    pub(super) sentence: SentenceId,
    pub(super) paragraph: u32,
    /// The word that the phrase depends on, past a coordination.
    pub(super) governor: Option<TokenId>,
    /// The nearest verb or predicate above.
    pub(super) clause: Option<TokenId>,
    /// Lemma of the head, lower case.
    pub(super) head: Symbol,
    /// The head as written, lower case.
    pub(super) head_form: Symbol,
    /// How common the head is in general: thousandths of a million words, logarithmic; 0 is rare.
    pub(super) commonness: f32,
    /// All words without a determiner at the start, lower case, as one.
    pub(super) text: Symbol,
    /// Content words, lower case lemmas, sorted.
    pub(super) words: Vec<Symbol>,
    /// Words of the name, without titles, in order as written, lower case; empty for others.
    pub(super) name: Vec<Symbol>,
    /// Those of them that belong to the head itself: "Bank" of "Bank of Norway".
    pub(super) core: Vec<Symbol>,
    /// First letters of the capitalised words of the name, if at least two.
    pub(super) initials: Option<Symbol>,
    /// Adjectives, nouns and numbers that narrow the head down, lower case lemmas, sorted.
    pub(super) modifiers: Vec<Symbol>,
    /// Numbers among them.
    pub(super) numbers: Vec<Symbol>,
    pub(super) has_clause: bool,
    pub(super) n_tokens: u32,
    /// The quotation it stands in; 0 is none.
    pub(super) quotation: u32,
}

impl Traits {
    pub(super) fn form(&self) -> MentionForm {
        self.phrase.form
    }

    pub(super) fn is_pronoun(&self) -> bool {
        self.phrase.form == MentionForm::Pronoun
    }

    pub(super) fn is_name(&self) -> bool {
        self.phrase.form == MentionForm::Name
    }

    /// Whether it refers to somebody: known for some pronouns and for kinds of referent.
    pub(super) fn is_person(&self) -> Known {
        match self.pronoun {
            Pronoun::I | Pronoun::You | Pronoun::We | Pronoun::He | Pronoun::She => return Some(true),
            Pronoun::It => return Some(false),
            _ => {}
        }
        self.referent.map(|referent| referent == Referent::Person)
    }

    pub(super) fn contains(&self, other: &Self) -> bool {
        self.phrase.first <= other.phrase.first && other.phrase.end <= self.phrase.end
    }
}

/// Numbers the words of one document.
#[derive(Default)]
struct Symbols(HashMap<String, Symbol>);

impl Symbols {
    fn of(&mut self, word: &str) -> Symbol {
        if let Some(&known) = self.0.get(word) {
            return known;
        }
        let next = self.0.len() as Symbol;
        self.0.insert(word.to_owned(), next);
        next
    }
}

/// What is known of words beyond the document.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    genders: HashMap<&'static str, Gender>,
    per_million: HashMap<&'static str, f32>,
}

impl Lexicon {
    /// From the tables of `knowledge/`.
    pub(crate) fn bundled() -> Self {
        let names = Table::parse(include_str!("../../../../knowledge/given-names.tsv")).expect("bundled tables are checked by tests");
        let nouns = Table::parse(include_str!("../../../../knowledge/genders.tsv")).expect("bundled tables are checked by tests");
        let words = Table::parse(include_str!("../../../../knowledge/frequencies.tsv")).expect("bundled tables are checked by tests");
        let gender = |text: &str| match text {
            "f" => Some(Gender::Female),
            "m" => Some(Gender::Male),
            _ => None,
        };
        let of_names = names.rows().filter_map(|row| Some((row.get("name"), gender(row.get("gender"))?)));
        let of_nouns = nouns.rows().filter_map(|row| Some((row.get("word"), gender(row.get("gender"))?)));
        let per_million = words.rows().filter_map(|row| Some((row.get("lemma"), row.get("per_million").parse().ok()?)));
        Self { genders: of_names.chain(of_nouns).collect(), per_million: per_million.collect() }
    }

    fn commonness(&self, lemma: &str) -> f32 {
        self.per_million.get(lemma).map_or(0.0, |count: &f32| count.ln_1p() / 10.0)
    }
}

/// The traits of all phrases. `starts_paragraph` says whether a paragraph begins with a token.
pub(super) fn traits(
    lexicon: &Lexicon,
    text: &str,
    parse: &Parse,
    phrases: Vec<Phrase>,
    speech: &Speech,
    starts_paragraph: impl Fn(TokenId) -> bool,
) -> Vec<Traits> {
    let mut paragraph = 0;
    let mut paragraphs: Vec<u32> = Vec::with_capacity(parse.sentences.len());
    for sentence in &parse.sentences {
        paragraph += u32::from(starts_paragraph(sentence.first));
        paragraphs.push(paragraph);
    }
    let mut reading = Reading { lexicon, text, parse, symbols: Symbols::default() };
    phrases
        .into_iter()
        .map(|phrase| {
            let sentence = parse.token(phrase.head).sentence;
            reading.traits(phrase, paragraphs[sentence.index()], speech)
        })
        .collect()
}

struct Reading<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    parse: &'a Parse,
    symbols: Symbols,
}

impl Reading<'_> {
    fn lower(&self, id: TokenId) -> String {
        self.parse.token(id).span.of(self.text).to_lowercase()
    }

    fn lemma(&self, id: TokenId) -> String {
        self.parse.token(id).lemma.to_lowercase()
    }

    fn symbol_of_lemma(&mut self, id: TokenId) -> Symbol {
        let lemma = self.lemma(id);
        self.symbols.of(&lemma)
    }

    fn traits(&mut self, phrase: Phrase, paragraph: u32, speech: &Speech) -> Traits {
        let parse = self.parse;
        let head = phrase.head;
        let token = parse.token(head);
        let form = self.lower(head);
        let pronoun = if phrase.form == MentionForm::Pronoun { Pronoun::of(&form) } else { Pronoun::None };
        let referent = parse.referent(head).filter(|_| !matches!(pronoun, Pronoun::He | Pronoun::She | Pronoun::I));
        let ids: Vec<TokenId> = (phrase.first.0..phrase.end.0).map(TokenId).collect();
        let name = self.name(&phrase);
        let mut modifiers: Vec<TokenId> = Vec::new();
        for &child in parse.children(head) {
            let narrows =
                matches!(parse.token(child).deprel, Deprel::Amod | Deprel::Compound | Deprel::Nummod | Deprel::Nmod | Deprel::NmodPoss);
            if narrows && ids.contains(&child) && parse.token(child).upos != Upos::Pron {
                modifiers.push(child);
            }
        }
        let numbers = modifiers.iter().copied().filter(|&id| parse.token(id).upos == Upos::Num).collect::<Vec<_>>();
        let numbers = self.sorted(&numbers);
        let modifiers = self.sorted(&modifiers);
        let content = |id: &TokenId| {
            matches!(parse.token(*id).upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb | Upos::X)
                && parse.token(*id).tag != "POS"
        };
        let words = self.sorted(&ids.iter().copied().filter(content).collect::<Vec<_>>());
        let bare = ids.iter().skip_while(|&&id| matches!(parse.token(id).upos, Upos::Det) && id != head);
        let spelled = bare.filter(|&&id| parse.token(id).tag != "POS").map(|&id| self.lower(id)).collect::<Vec<_>>().join(" ");
        let head_symbol = self.symbol_of_lemma(head);
        Traits {
            referent: if phrase.form == MentionForm::Coordination { referent.or(parse.referent(head)) } else { referent },
            pronoun,
            reflexive: form.ends_with("self") || form.ends_with("selves"),
            determiner: self.determiner(head, &phrase),
            role: Role::of(parse, head),
            plural: self.plural(&phrase, pronoun),
            gender: self.gender(&phrase, pronoun, &name),
            sentence: token.sentence,
            paragraph,
            governor: governor(parse, head),
            clause: parse.ancestors(head).find(|&up| is_clausal(parse, up)),
            head: head_symbol,
            head_form: self.symbols.of(&form),
            commonness: self.lexicon.commonness(&self.lemma(head)),
            text: self.symbols.of(&spelled),
            words,
            initials: self.initials(&name),
            core: name
                .iter()
                .filter(|&&id| self.is_core(head, id))
                .map(|&id| self.lower(id))
                .collect::<Vec<_>>()
                .iter()
                .map(|word| self.symbols.of(word))
                .collect(),
            name: name.into_iter().map(|id| self.lower(id)).collect::<Vec<_>>().iter().map(|word| self.symbols.of(word)).collect(),
            modifiers,
            numbers,
            has_clause: parse.child_of(head, &[Deprel::AclRelcl, Deprel::Acl]).is_some(),
            n_tokens: phrase.end.0 - phrase.first.0,
            quotation: speech.quotation_of(head),
            phrase,
        }
    }

    fn sorted(&mut self, ids: &[TokenId]) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = ids.iter().map(|&id| self.symbol_of_lemma(id)).collect();
        symbols.sort_unstable();
        symbols.dedup();
        symbols
    }

    /// The words of the name at the head: the analyser's name, else the run of proper nouns.
    fn name(&self, phrase: &Phrase) -> Vec<TokenId> {
        if phrase.form != MentionForm::Name {
            return Vec::new();
        }
        let inside = |id: &TokenId| phrase.first <= *id && *id < phrase.end;
        if let Some(name) = self.parse.name_at(phrase.head) {
            return (name.first.0..name.end.0).map(TokenId).filter(inside).collect();
        }
        let head = phrase.head;
        let joined =
            |id: TokenId| self.parse.head(id) == Some(head) && matches!(self.parse.token(id).deprel, Deprel::Flat | Deprel::Compound);
        let proper = |id: TokenId| id == head || joined(id) && self.parse.token(id).upos == Upos::Propn;
        (phrase.first.0..phrase.end.0).map(TokenId).filter(|&id| proper(id)).collect()
    }

    fn is_core(&self, head: TokenId, id: TokenId) -> bool {
        let joined = |up: TokenId| matches!(self.parse.token(up).deprel, Deprel::Flat | Deprel::Compound);
        id == head || self.parse.head(id) == Some(head) && joined(id)
    }

    fn initials(&mut self, name: &[TokenId]) -> Option<Symbol> {
        let letters: String =
            name.iter().filter_map(|&id| self.parse.token(id).span.of(self.text).chars().next().filter(|c| c.is_uppercase())).collect();
        (letters.chars().count() > 1).then(|| self.symbols.of(&letters.to_lowercase()))
    }

    fn determiner(&self, head: TokenId, phrase: &Phrase) -> Determiner {
        let parse = self.parse;
        let mut found = Determiner::Bare;
        for &child in parse.children(head) {
            if child < phrase.first || child >= phrase.end {
                continue;
            }
            match parse.token(child).deprel {
                Deprel::NmodPoss => return Determiner::Possessor,
                Deprel::Det | Deprel::DetPredet => {
                    found = match self.lower(child).as_str() {
                        "the" => Determiner::The,
                        "a" | "an" => Determiner::A,
                        "this" | "that" | "these" | "those" | "such" => Determiner::This,
                        "no" | "neither" => Determiner::No,
                        _ => Determiner::Quantity,
                    }
                }
                Deprel::Nummod if found == Determiner::Bare => found = Determiner::Number,
                _ => {}
            }
        }
        found
    }

    fn plural(&self, phrase: &Phrase, pronoun: Pronoun) -> Known {
        match pronoun {
            Pronoun::They | Pronoun::We | Pronoun::These => return Some(true),
            Pronoun::I | Pronoun::He | Pronoun::She | Pronoun::It | Pronoun::This => return Some(false),
            _ => {}
        }
        if phrase.form == MentionForm::Coordination {
            return Some(true);
        }
        match self.parse.token(phrase.head).tag.as_str() {
            "NNS" | "NNPS" => Some(true),
            "NN" | "NNP" => Some(false),
            _ => None,
        }
    }

    fn gender(&self, phrase: &Phrase, pronoun: Pronoun, name: &[TokenId]) -> Option<Gender> {
        match pronoun {
            Pronoun::He => return Some(Gender::Male),
            Pronoun::She => return Some(Gender::Female),
            Pronoun::It => return Some(Gender::Neuter),
            Pronoun::None => {}
            _ => return None,
        }
        if phrase.form == MentionForm::Coordination {
            return None;
        }
        match self.parse.referent(phrase.head) {
            Some(Referent::Person | Referent::Animal) | None => {}
            Some(_) => return Some(Gender::Neuter),
        }
        let known = |word: &str| self.lexicon.genders.get(word).copied();
        let titles = self.parse.children(phrase.head).iter().filter(|&&id| self.parse.token(id).deprel == Deprel::NmodDesc);
        let by_title = titles.copied().find_map(|id| known(&self.lower(id)));
        let written = |id: TokenId| self.parse.token(id).span.of(self.text);
        let given = name.iter().copied().filter(|_| name.len() > 1 || phrase.form == MentionForm::Name);
        by_title.or_else(|| known(&self.lemma(phrase.head))).or_else(|| given.take(2).find_map(|id| known(written(id))))
    }
}

fn is_clausal(parse: &Parse, id: TokenId) -> bool {
    matches!(parse.token(id).upos, Upos::Verb | Upos::Aux) || is_predicate(parse, id)
}

fn governor(parse: &Parse, head: TokenId) -> Option<TokenId> {
    let mut at = head;
    while parse.token(at).deprel == Deprel::Conj {
        at = parse.head(at)?;
    }
    parse.head(at)
}
