//! What does a passage say is so, and what does it say is not?
//!
//! Input: a span, with the statement it is read of, if any. Output: a [`Claim`]: its denials, and the words of what it asserts.
//! "No bottle was relabelled, at any time": denied are *bottle* and *relabel*; asserted is nothing. Asserted is what no verb above it denies or leaves open.
//! Words are compared by a stem that a noun shares with its verb, and a verb with its repetition: "explosion" and "exploded", "labels" and "relabelled".

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{Act, Deprel, Parse, Span, Statement, TokenId, Upos, table::Table};

use crate::{
    corpus::{Corpus, DocIx},
    words::Weights,
};

/// Sorts of words, from `knowledge/contrasts.tsv`.
pub(crate) struct Sorts(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Sorts {
    pub(crate) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../knowledge/contrasts.tsv")).expect("bundled tables are checked by tests");
        Self(table.rows().map(|row| (row.get("kind"), row.list("lemmas").collect())).collect())
    }

    fn is(&self, kind: &str, lemma: &str) -> bool {
        self.0.get(kind).is_some_and(|lemmas| lemmas.contains(lemma))
    }
}

/// Stems of words, each with what it weighs in nats.
pub(crate) type Words = BTreeMap<String, f64>;

/// What one reading of a statement, or one sentence of a report, says is so and is not.
pub(crate) struct Claim {
    pub(crate) statement: Option<usize>,
    pub(crate) doc: DocIx,
    pub(crate) span: Span,
    pub(crate) denials: Vec<Denial>,
    pub(crate) told: Words,
    /// Of what is told, what was done.
    pub(crate) done: BTreeSet<String>,
    /// To what: the objects of each verb.
    pub(crate) objects: BTreeMap<String, BTreeSet<String>>,
    pub(crate) all: Words,
}

/// One thing that is said not to be so.
pub(crate) struct Denial {
    pub(crate) sort: Sort,
    /// That, and who and what takes part in it.
    pub(crate) words: Words,
    /// Of these, what does not stand outside the denial as its subject.
    pub(crate) focus: BTreeSet<String>,
    /// Of these, what it was not done to.
    pub(crate) objects: BTreeSet<String>,
}

/// What is not so of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Something was not done, by the stem of its verb.
    Undone(String),
    /// Nobody knows of the thing: "heard no siren".
    Unknown,
    /// There is no such thing.
    Absent,
    /// The thing has something not: "have no drones".
    Other,
}

/// Reads a claim.
pub(crate) fn claim(corpus: &Corpus, weights: &Weights, sorts: &Sorts, said: Option<(usize, &Statement)>, doc: DocIx, span: Span) -> Claim {
    let text = Text { parse: corpus.parse(doc), weights, sorts, span };
    let tokens: Vec<TokenId> = text.parse.tokens_in(span).collect();
    let mut denials = Vec::new();
    let mut negated: BTreeSet<TokenId> = BTreeSet::new();
    for &token in tokens.iter().filter(|&&token| is_negator(text.parse, token)) {
        let Some(verb) = predicate(text.parse, token) else { continue };
        negated.insert(verb);
        if !sorts.is("silent", lemma(text.parse, verb)) && !text.is_open(verb) {
            denials.push(text.denial(verb, token));
        }
    }
    // "Denied having raised the level": the whole is denied.
    let denies = said.is_some_and(|(_, statement)| statement.act == Act::Deny);
    let asks = tokens.first().is_some_and(|&first| matches!(text.parse.token(first).tag.as_str(), "WRB" | "WP" | "WDT"));
    let root = || tokens.iter().copied().find(|&token| text.parse.head(token).is_none_or(|head| !tokens.contains(&head)));
    if negated.is_empty()
        && !asks
        && denies
        && let Some(root) = root()
    {
        denials.push(text.denial(root, root));
        negated.extend(tokens.iter().copied().filter(|&token| text.parse.token(token).upos == Upos::Verb));
    }
    let words = |tokens: &mut dyn Iterator<Item = TokenId>| tokens.filter_map(|token| text.word(token)).collect();
    let asserted = || tokens.iter().copied().filter(|&token| text.is_asserted(token, &negated));
    let told = words(&mut asserted());
    let done =
        asserted().filter(|&token| text.parse.token(token).upos == Upos::Verb).filter_map(|token| text.word(token)).map(|(stem, _)| stem);
    let mut objects: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for verb in asserted().filter(|&token| text.parse.token(token).upos == Upos::Verb) {
        if let Some((stem, _)) = text.word(verb) {
            objects.entry(stem).or_default().extend(text.objects(verb));
        }
    }
    let (done, all) = (done.collect(), words(&mut tokens.iter().copied()));
    Claim { statement: said.map(|(index, _)| index), doc, span, denials, told, done, objects, all }
}

/// A span with what its words are judged by.
struct Text<'t> {
    parse: &'t Parse,
    weights: &'t Weights,
    sorts: &'t Sorts,
    span: Span,
}

impl Text<'_> {
    fn denial(&self, verb: TokenId, negator: TokenId) -> Denial {
        let there_is = self.parse.child(verb, Deprel::Expl).is_some() || matches!(lemma(self.parse, verb), "come" | "exist");
        let sort = match self.word(verb).filter(|_| self.parse.token(verb).upos == Upos::Verb) {
            Some((stem, _)) => Sort::Undone(stem),
            None if self.sorts.is("perceive", lemma(self.parse, verb)) => Sort::Unknown,
            None if there_is => Sort::Absent,
            None => Sort::Other,
        };
        Denial { sort, words: self.core(verb), focus: self.in_focus(verb, negator), objects: self.objects(verb) }
    }

    /// What a verb says of whom: itself, its subject and its object, without what says nothing. Of an adjective or a verb that says nothing also what it is said of:
    /// "consistent with an explosion", "looks like a missile".
    fn core(&self, verb: TokenId) -> Words {
        let is_verb = self.says_something(verb);
        let argument = |&child: &TokenId| {
            let token = self.parse.token(child);
            let taken = token.deprel.is_subject()
                || matches!(token.deprel, Deprel::Obj | Deprel::Xcomp)
                || !is_verb && matches!(token.deprel, Deprel::Obl | Deprel::Nmod);
            matches!(token.upos, Upos::Noun | Upos::Adj) && taken
        };
        let arguments = || self.parse.children(verb).iter().copied().filter(argument);
        let of_arguments = arguments().flat_map(|noun| self.parse.children_by(noun, Deprel::Nmod)).filter(|_| !is_verb);
        let predicate = std::iter::once(verb).filter(|_| is_verb || self.parse.token(verb).upos == Upos::Noun);
        predicate.chain(arguments()).chain(of_arguments).filter_map(|token| self.word(token)).collect()
    }

    fn says_something(&self, verb: TokenId) -> bool {
        self.parse.token(verb).upos == Upos::Verb && !self.sorts.is("light", lemma(self.parse, verb))
    }

    /// What a verb is done to: its object, or its subject in the passive.
    fn objects(&self, verb: TokenId) -> BTreeSet<String> {
        let taken = |&child: &TokenId| matches!(self.parse.token(child).deprel, Deprel::Obj | Deprel::NsubjPass);
        let nouns = self.parse.children(verb).iter().copied().filter(taken).filter(|&child| self.parse.token(child).upos == Upos::Noun);
        nouns.filter_map(|noun| self.word(noun)).map(|(stem, _)| stem).collect()
    }

    /// The verb, its object, and the noun that the negator stands with.
    fn in_focus(&self, verb: TokenId, negator: TokenId) -> BTreeSet<String> {
        let parse = self.parse;
        let taken = |deprel| matches!(deprel, Deprel::Obj | Deprel::NsubjPass) || deprel == Deprel::Obl && !self.says_something(verb);
        let object = parse.children(verb).iter().copied().filter(|&child| taken(parse.token(child).deprel));
        let noun = parse.head(negator).filter(|&up| parse.token(up).upos == Upos::Noun);
        std::iter::once(verb).chain(object).chain(noun).filter_map(|token| self.word(token)).map(|(stem, _)| stem).collect()
    }

    /// Whether a word is told as being so: under verbs of which nothing denies one or leaves it open.
    fn is_asserted(&self, token: TokenId, negated: &BTreeSet<TokenId>) -> bool {
        let up = std::iter::once(token).chain(self.parse.ancestors(token)).take_while(|&id| self.span.contains(self.parse.token(id).span));
        let mut verbs = up.filter(|&id| self.parse.token(id).upos == Upos::Verb || negated.contains(&id)).peekable();
        verbs.peek().is_some() && verbs.all(|verb| !negated.contains(&verb) && !self.is_open(verb))
    }

    /// Whether it is left open if what a verb says is so: under "would", "if", "wants".
    fn is_open(&self, verb: TokenId) -> bool {
        let parse = self.parse;
        let opens = |&child: &TokenId| {
            matches!(parse.token(child).deprel, Deprel::Aux | Deprel::Mark) && self.sorts.is("open", lemma(parse, child))
        };
        let above = parse.ancestors(verb).take(2).any(|up| self.sorts.is("open", lemma(parse, up)) && parse.token(up).upos == Upos::Verb);
        parse.children(verb).iter().any(opens) || above
    }

    /// The stem of a word that says something, and its weight.
    fn word(&self, token: TokenId) -> Option<(String, f64)> {
        let lemma = self.parse.token(token).lemma.to_lowercase();
        let content = matches!(self.parse.token(token).upos, Upos::Noun | Upos::Verb | Upos::Adj);
        let says = !["light", "silent", "perceive"].iter().any(|sort| self.sorts.is(sort, &lemma));
        (content && says).then(|| (stem(&lemma), self.weights.of(&lemma)))
    }
}

fn lemma(parse: &Parse, token: TokenId) -> &str {
    parse.token(token).lemma.as_str()
}

fn is_negator(parse: &Parse, token: TokenId) -> bool {
    matches!(
        lemma(parse, token).to_lowercase().as_str(),
        "no" | "not" | "n't" | "n’t" | "never" | "nobody" | "none" | "nothing" | "neither"
    )
}

/// The verb (or noun or adjective with a copula) that a negator denies; none for "not only" and for what another denial has turned round ("went unanswered").
fn predicate(parse: &Parse, negator: TokenId) -> Option<TokenId> {
    let up = parse.head(negator)?;
    if matches!(lemma(parse, up), "only" | "just" | "yet" | "least") {
        return None;
    }
    let verb = std::iter::once(up).chain(parse.ancestors(up)).take(3).find(|&id| parse.token(id).upos == Upos::Verb).unwrap_or(up);
    let predicate = if parse.token(negator).deprel == Deprel::Advmod && parse.child(up, Deprel::Cop).is_some() { up } else { verb };
    let undone = |&child: &TokenId| parse.token(child).upos == Upos::Adj && lemma(parse, child).starts_with("un");
    // "The rowers who are not suspended": which are meant is no claim.
    let restricts = matches!(parse.token(predicate).deprel, Deprel::Acl | Deprel::AclRelcl);
    (!restricts && !parse.children(predicate).iter().any(undone)).then_some(predicate)
}

/// The word in a form that its noun and verb, and its repetition, share: "relabelled" and "labels" are "label", "explosion" and "explode" are "explo".
fn stem(lemma: &str) -> String {
    const SHORTEST: usize = 4;
    let long_enough = |rest: &&str| rest.chars().count() >= SHORTEST;
    let again = lemma.strip_prefix("re").filter(|rest| rest.len() > SHORTEST && !rest.starts_with(['a', 'e', 'i', 'o', 'u']));
    let plain = again.unwrap_or(lemma).trim_end_matches("led");
    let without = |word: &str, ends: &[&str]| {
        let cut = ends.iter().find_map(|end| word.strip_suffix(end).filter(long_enough));
        cut.unwrap_or(word).to_owned()
    };
    let twice = plain.chars().rev().take(2).collect::<Vec<_>>();
    let plain = if twice.len() == 2 && twice[0] == twice[1] { &plain[..plain.len() - twice[0].len_utf8()] } else { plain };
    without(
        &without(plain, &["ation", "ition", "tion", "sion", "ment", "ance", "ence", "ing", "ure", "al"]),
        &["ate", "ite", "de", "te", "e", "d", "t"],
    )
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn nouns_and_verbs_share_a_stem() {
        let pairs = [
            ("explosion", "explode"),
            ("evacuation", "evacuate"),
            ("suspension", "suspend"),
            ("approval", "approve"),
            ("departure", "depart"),
        ];
        for (noun, verb) in pairs {
            assert_eq!(stem(noun), stem(verb));
        }
        assert_eq!(stem("relabel"), stem("label"));
    }
}
