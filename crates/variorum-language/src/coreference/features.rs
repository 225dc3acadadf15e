//! What speaks for and against one phrase referring to the same as an earlier one? The numbers that the scorer reads.
//!
//! Input: the traits of a phrase, of a candidate and of the candidate's chain. Output: one row of numbers, always of the same width; their names
//! come from the same code ([`names`]), so that the two cannot part. The row of "nothing earlier" has only the phrase's own numbers.
//!
//! Numbers lie between 0 and 1 or a little beyond; the scorer brings them to a common scale itself.

use variorum_model::{Deprel, MentionForm, Parse, Referent, TokenId};

use super::chains::Chain;
use super::speech::Speech;
use super::traits::{Determiner, Gender, Known, Pronoun, Role, Traits};

/// Where a row's numbers go.
trait Sheet {
    fn put(&mut self, part: &'static str, name: &str, value: f32);

    fn flag(&mut self, part: &'static str, name: &str, value: bool) {
        self.put(part, name, f32::from(u8::from(value)));
    }

    fn one_of(&mut self, part: &'static str, name: &str, n: usize, index: usize) {
        for i in 0..n {
            self.flag(part, name, i == index);
        }
    }

    fn known(&mut self, part: &'static str, name: &str, value: Known) {
        self.flag(part, name, value == Some(true));
        self.flag(part, name, value == Some(false));
    }

    fn measured(&mut self, part: &'static str, name: &str, value: Option<f32>) {
        self.flag(part, name, value.is_some());
        self.put(part, name, value.unwrap_or(0.0));
    }
}

struct Values<'v>(&'v mut Vec<f32>);

impl Sheet for Values<'_> {
    fn put(&mut self, _: &'static str, _: &str, value: f32) {
        self.0.push(value);
    }
}

struct Names(Vec<String>);

impl Sheet for Names {
    fn put(&mut self, part: &'static str, name: &str, _: f32) {
        let before = self.0.iter().filter(|known| known.split(':').next() == Some(&format!("{part}.{name}"))).count();
        self.0.push(format!("{part}.{name}:{before}"));
    }
}

/// What a row is about beside the pair: counted once for each phrase.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Standing {
    /// Earlier phrases with this head, with these words, that share a word of this name.
    pub(super) n_same_head: u32,
    pub(super) n_same_text: u32,
    pub(super) n_same_name: u32,
    /// Share of pronouns of first and second person among the phrases so far.
    pub(super) speech: f32,
    /// Phrases around this one.
    pub(super) depth: u32,
}

/// How well the network says that two heads go together; none where it was not asked.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Product {
    pub(super) score: Option<f32>,
    /// The same against "nothing earlier".
    pub(super) margin: f32,
    /// How many candidates score better.
    pub(super) rank: u32,
}

/// A candidate as a row sees it.
pub(super) struct Candidate<'a> {
    pub(super) traits: &'a Traits,
    pub(super) standing: Standing,
    pub(super) chain: &'a Chain,
    /// The last and the first mention of its chain.
    pub(super) last: &'a Traits,
    pub(super) first: &'a Traits,
    /// Phrases between.
    pub(super) distance: usize,
    /// Candidates between that nothing excludes, and subjects among them.
    pub(super) n_nearer: u32,
    pub(super) n_nearer_subjects: u32,
    /// Mentions of its chain in this sentence and the two before.
    pub(super) n_recent: usize,
    /// Chains with more mentions among the candidates.
    pub(super) n_larger: u32,
    pub(super) product: Product,
    /// Whether the speakers of both quotations are in one chain.
    pub(super) same_speaker: Known,
    /// Whether this is in the chain of the speaker of the phrase's quotation.
    pub(super) is_speaker: bool,
    /// Whether the phrase is the speaker of the quotation that the candidate stands in.
    pub(super) is_spoken_by: bool,
}

/// What rows of a document have in common.
#[derive(Copy, Clone)]
pub(super) struct Page<'a> {
    pub(super) parse: &'a Parse,
    pub(super) speech: &'a Speech,
}

/// The numbers that all rows of a phrase share.
pub(super) fn own(page: Page<'_>, phrase: (&Traits, Standing)) -> Vec<f32> {
    let mut values = Vec::new();
    of_phrase(page, &mut Values(&mut values), phrase);
    values
}

/// Appends the row of a phrase, of which `own` is known, and a candidate, or of a phrase and nothing earlier.
pub(super) fn row(page: Page<'_>, values: &mut Vec<f32>, traits: &Traits, own: &[f32], candidate: Option<&Candidate<'_>>, none: Product) {
    which(&mut Values(values), candidate);
    values.extend_from_slice(own);
    of_pair(page, &mut Values(values), traits, candidate, none);
}

/// The names of a row's numbers, in order.
pub(super) fn names(page: Page<'_>, phrase: (&Traits, Standing)) -> Vec<String> {
    let mut names = Names(Vec::new());
    which(&mut names, None);
    of_phrase(page, &mut names, phrase);
    of_pair(page, &mut names, phrase.0, None, Product::default());
    names.0
}

fn which(sheet: &mut impl Sheet, candidate: Option<&Candidate<'_>>) {
    sheet.flag("row", "none", candidate.is_none());
}

fn of_phrase(page: Page<'_>, sheet: &mut impl Sheet, phrase: (&Traits, Standing)) {
    describe(page, sheet, "phrase", Some(phrase));
    of_governor(page, sheet, phrase.0);
}

fn of_pair(page: Page<'_>, sheet: &mut impl Sheet, traits: &Traits, candidate: Option<&Candidate<'_>>, none: Product) {
    describe(page, sheet, "candidate", candidate.map(|candidate| (candidate.traits, candidate.standing)));
    of_chain(sheet, traits, candidate);
    of_words(sheet, traits, candidate.map(|candidate| candidate.traits));
    of_agreement(sheet, traits, candidate.map(|candidate| candidate.traits));
    of_place(page, sheet, traits, candidate);
    let product = candidate.map_or(none, |candidate| candidate.product);
    sheet.measured("pair", "product", product.score);
    sheet.put("pair", "margin", product.margin);
    sheet.put("pair", "rank", if product.score.is_some() { closeness(product.rank as usize) } else { 0.0 });
}

/// 1 for 0, falling towards 0.
fn closeness(n: usize) -> f32 {
    1.0 / (1.0 + n as f32)
}

fn logarithm(n: usize) -> f32 {
    (n as f32).ln_1p() / 5.0
}

/// The numbers of one phrase by itself; zeros where there is none.
fn describe(page: Page<'_>, sheet: &mut impl Sheet, part: &'static str, phrase: Option<(&Traits, Standing)>) {
    const NOWHERE: usize = usize::MAX;
    let of = |index: &dyn Fn(&Traits) -> usize| phrase.map_or(NOWHERE, |(traits, _)| index(traits));
    let is = |test: &dyn Fn(&Traits) -> bool| phrase.is_some_and(|(traits, _)| test(traits));
    let count = |count: &dyn Fn(Standing) -> usize| phrase.map_or(0, |(_, standing)| count(standing));
    sheet.one_of(part, "form", 4, of(&|traits| traits.form() as usize));
    sheet.one_of(part, "pronoun", Pronoun::N, of(&|traits| traits.pronoun as usize));
    sheet.one_of(part, "determiner", Determiner::N, of(&|traits| traits.determiner as usize));
    sheet.one_of(part, "role", Role::N, of(&|traits| traits.role as usize));
    sheet.one_of(part, "referent", 11, of(&|traits| traits.referent.map_or(10, |referent| referent as usize)));
    sheet.known(part, "plural", phrase.and_then(|(traits, _)| traits.plural));
    sheet.one_of(part, "gender", 3, of(&|traits| traits.gender.map_or(3, |gender| gender as usize)));
    sheet.flag(part, "reflexive", is(&|traits| traits.reflexive));
    sheet.put(part, "length", logarithm(phrase.map_or(0, |(traits, _)| traits.n_tokens as usize)));
    sheet.flag(part, "clause", is(&|traits| traits.has_clause));
    sheet.flag(part, "modified", is(&|traits| !traits.modifiers.is_empty()));
    sheet.flag(part, "quoted", is(&|traits| traits.quotation != 0));
    sheet.flag(part, "opening", is(&|traits| traits.sentence.0 == 0));
    sheet.put(part, "early", phrase.map_or(0.0, |(traits, _)| closeness(traits.sentence.index())));
    let leads = is(&|traits| traits.phrase.first == page.parse.sentence(traits.sentence).first);
    sheet.flag(part, "leads", leads);
    sheet.put(part, "commonness", phrase.map_or(0.0, |(traits, _)| traits.commonness));
    sheet.flag(part, "verb", is(&|traits| is_verb(page, traits)));
    sheet.flag(part, "optional", is(&|traits| traits.phrase.is_optional));
    sheet.flag(part, "expletive", is(&|traits| page.parse.token(traits.phrase.head).deprel == Deprel::Expl));
    sheet.one_of(part, "same_head", 3, count(&|standing| (standing.n_same_head as usize).min(3)).wrapping_sub(1));
    sheet.one_of(part, "same_text", 2, count(&|standing| (standing.n_same_text as usize).min(2)).wrapping_sub(1));
    sheet.one_of(part, "same_name", 2, count(&|standing| (standing.n_same_name as usize).min(2)).wrapping_sub(1));
    sheet.put(part, "depth", count(&|standing| standing.depth as usize) as f32 / 3.0);
    sheet.put(part, "speech", phrase.map_or(0.0, |(_, standing)| standing.speech));
}

/// What tells an "it" that stands for nothing, or for a clause: "it seems that", "it is hard to".
fn of_governor(page: Page<'_>, sheet: &mut impl Sheet, traits: &Traits) {
    use variorum_model::Upos;
    let parse = page.parse;
    let is = |test: &dyn Fn(TokenId) -> bool| traits.governor.is_some_and(test);
    let upos = |upos: Upos| move |id: TokenId| parse.token(id).upos == upos;
    sheet.flag("governor", "verb", is(&upos(Upos::Verb)));
    sheet.flag("governor", "adjective", is(&upos(Upos::Adj)));
    sheet.flag("governor", "noun", is(&upos(Upos::Noun)));
    let clause = traits.clause.filter(|_| traits.role != Role::Predicate).unwrap_or(traits.phrase.head);
    let negated = |id: &TokenId| matches!(parse.token(*id).lemma.as_str(), "not" | "n't" | "never" | "no");
    sheet.flag("governor", "negated", parse.children(clause).iter().any(negated));
    sheet.flag("governor", "modal", parse.children_by(clause, Deprel::Aux).any(|id| parse.token(id).tag == "MD"));
    sheet.flag("governor", "asked", parse.token(TokenId(parse.sentence(traits.sentence).end.0 - 1)).lemma == "?");
    sheet.flag("governor", "clause", is(&|id| parse.child_of(id, &[Deprel::Ccomp, Deprel::Csubj, Deprel::CsubjPass]).is_some()));
    sheet.flag("governor", "infinitive", is(&|id| parse.child_of(id, &[Deprel::Xcomp, Deprel::Advcl]).is_some()));
    sheet.flag("governor", "copula", is(&|id| parse.child(id, Deprel::Cop).is_some()));
    sheet.flag("governor", "object", is(&|id| parse.child(id, Deprel::Obj).is_some()));
}

fn is_verb(page: Page<'_>, traits: &Traits) -> bool {
    use variorum_model::Upos;
    matches!(page.parse.token(traits.phrase.head).upos, Upos::Verb | Upos::Aux)
}

/// What the candidate's chain says.
fn of_chain(sheet: &mut impl Sheet, traits: &Traits, candidate: Option<&Candidate<'_>>) {
    let chain = candidate.map(|candidate| candidate.chain);
    let n = chain.map_or(0, Chain::len);
    let measured = |value: &dyn Fn(&Chain) -> f32| chain.map_or(0.0, value);
    sheet.put("chain", "size", logarithm(n));
    sheet.flag("chain", "single", n == 1);
    sheet.flag("chain", "named", chain.is_some_and(|chain| chain.n_names > 0));
    sheet.put("chain", "pronouns", measured(&|chain| chain.n_pronouns as f32 / chain.len() as f32));
    sheet.put("chain", "speech", measured(&|chain| chain.n_of_speech() as f32 / chain.len() as f32));
    let share = |gender: Gender| chain.and_then(|chain| chain.share_of(gender));
    sheet.measured("chain", "gender_agrees", traits.gender.and_then(share));
    sheet.measured("chain", "male", share(Gender::Male));
    sheet.measured("chain", "neuter", share(Gender::Neuter));
    let plural = chain.and_then(Chain::share_of_plural);
    sheet.measured("chain", "number_agrees", traits.plural.and_then(|is| plural.map(|share| if is { share } else { 1.0 - share })));
    let called = chain.filter(|_| !traits.is_pronoun());
    sheet.flag("chain", "head", called.is_some_and(|chain| chain.has_head(traits.head) || chain.has_head(traits.head_form)));
    sheet.flag("chain", "text", called.is_some_and(|chain| chain.has_text(traits.text)));
    sheet.put("chain", "words", called.map_or(0.0, |chain| chain.covers(&traits.words)));
    sheet.put("chain", "modifiers", called.map_or(0.0, |chain| chain.covers(&traits.modifiers)));
    sheet.put("chain", "name", called.map_or(0.0, |chain| chain.covers_name(&traits.name)));
    for person in 0..3 {
        for back in 0..3 {
            let paragraph = traits.paragraph.checked_sub(back);
            sheet.flag("chain", "spoke", chain.is_some_and(|chain| traits.quotation == 0 && chain.spoke_as(person, paragraph)));
        }
    }
    sheet.flag("chain", "last", candidate.is_some_and(|candidate| std::ptr::eq(candidate.traits, candidate.last)));
    let since = candidate.map(|candidate| traits.sentence.0.saturating_sub(candidate.last.sentence.0) as usize);
    sheet.put("chain", "recent", since.map_or(0.0, closeness));
    sheet.put("chain", "since", since.map_or(0.0, logarithm));
    sheet.flag("chain", "opening", candidate.is_some_and(|candidate| candidate.first.sentence.0 == 0));
    sheet.put("chain", "n_recent", candidate.map_or(0.0, |candidate| logarithm(candidate.n_recent)));
    sheet.put("chain", "n_larger", candidate.map_or(0.0, |candidate| closeness(candidate.n_larger as usize)));
}

/// How the words of both compare.
fn of_words(sheet: &mut impl Sheet, a: &Traits, b: Option<&Traits>) {
    let both = b.filter(|b| !a.is_pronoun() && !b.is_pronoun());
    let is = |test: &dyn Fn(&Traits) -> bool| both.is_some_and(test);
    let value = |value: &dyn Fn(&Traits) -> f32| both.map_or(0.0, value);
    sheet.flag("words", "head", is(&|b| a.head == b.head));
    sheet.flag("words", "head_form", is(&|b| a.head_form == b.head_form));
    sheet.put("words", "head_common", value(&|b| if a.head == b.head { a.commonness } else { 0.0 }));
    sheet.flag("words", "text", is(&|b| a.text == b.text));
    sheet.put("words", "a_in_b", value(&|b| part(&a.words, &b.words)));
    sheet.put("words", "b_in_a", value(&|b| part(&b.words, &a.words)));
    let same_head = |b: &Traits| a.head == b.head;
    sheet.flag("words", "modifiers_same", is(&|b| same_head(b) && a.modifiers == b.modifiers));
    sheet.put("words", "modifiers_new", value(&|b| if same_head(b) { missing(&a.modifiers, &b.modifiers) } else { 0.0 }));
    sheet.put("words", "modifiers_lost", value(&|b| if same_head(b) { missing(&b.modifiers, &a.modifiers) } else { 0.0 }));
    let apart = |b: &Traits| same_head(b) && missing(&a.modifiers, &b.modifiers) > 0.0 && missing(&b.modifiers, &a.modifiers) > 0.0;
    sheet.flag("words", "modifiers_apart", is(&apart));
    sheet.flag("words", "head_among", is(&|b| !same_head(b) && b.words.binary_search(&a.head).is_ok()));
    sheet.flag("words", "among_head", is(&|b| !same_head(b) && a.words.binary_search(&b.head).is_ok()));
    sheet.flag("words", "determiners", is(&|b| same_head(b) && a.determiner == b.determiner));
    let names = both.filter(|b| a.is_name() && b.is_name() && !a.name.is_empty() && !b.name.is_empty());
    let name = |test: &dyn Fn(&Traits) -> bool| names.is_some_and(test);
    sheet.flag("name", "both", names.is_some());
    sheet.flag("name", "same", name(&|b| a.name == b.name));
    sheet.flag("name", "last", name(&|b| a.name.last() == b.name.last()));
    sheet.flag("name", "first", name(&|b| a.name.first() == b.name.first()));
    sheet.flag("name", "a_in_b", name(&|b| a.name.iter().all(|word| b.name.contains(word))));
    sheet.flag("name", "b_in_a", name(&|b| b.name.iter().all(|word| a.name.contains(word))));
    sheet.flag("name", "core_same", name(&|b| a.core == b.core));
    sheet.flag("name", "head_in_core", name(&|b| b.core.contains(&a.head_form) || a.core.contains(&b.head_form)));
    sheet.flag("name", "none", name(&|b| b.name.iter().all(|word| !a.name.contains(word))));
    sheet.flag(
        "name",
        "apart",
        name(&|b| a.name.iter().any(|word| !b.name.contains(word)) && b.name.iter().any(|word| !a.name.contains(word))),
    );
    let spells = |short: &Traits, long: &Traits| short.name.len() == 1 && long.initials == Some(short.name[0]);
    sheet.flag("name", "acronym", name(&|b| spells(a, b) || spells(b, a)));
}

/// Share of the words of `a` that `b` has.
fn part(a: &[u32], b: &[u32]) -> f32 {
    if a.is_empty() { 0.0 } else { 1.0 - missing(a, b) }
}

/// Share of the words of sorted `a` that sorted `b` does not have.
fn missing(a: &[u32], b: &[u32]) -> f32 {
    if a.is_empty() {
        return 0.0;
    }
    a.iter().filter(|word| b.binary_search(word).is_err()).count() as f32 / a.len() as f32
}

/// Whether two numbers of the same are told: "twelve sailors", "three sailors". That excludes for certain that both are the same.
pub(super) fn are_counted_apart(a: &Traits, b: &Traits) -> bool {
    a.head == b.head && !a.numbers.is_empty() && !b.numbers.is_empty() && a.numbers != b.numbers
}

/// Whether anything excludes that both are the same.
pub(super) fn may_be_same(a: &Traits, b: &Traits) -> bool {
    agrees(a.plural, b.plural) != Some(false)
        && agrees(a.gender, b.gender) != Some(false)
        && agrees(a.is_person(), b.is_person()) != Some(false)
        && !a.contains(b)
        && !b.contains(a)
}

fn agrees<T: PartialEq>(a: Option<T>, b: Option<T>) -> Known {
    Some(a? == b?)
}

/// Number, gender, kind, person.
fn of_agreement(sheet: &mut impl Sheet, a: &Traits, b: Option<&Traits>) {
    sheet.known("agreement", "plural", b.and_then(|b| agrees(a.plural, b.plural)));
    sheet.known("agreement", "gender", b.and_then(|b| agrees(a.gender, b.gender)));
    sheet.known("agreement", "person", b.and_then(|b| agrees(a.is_person(), b.is_person())));
    sheet.known("agreement", "referent", b.and_then(|b| agrees(a.referent, b.referent)));
    let is_body = |traits: &Traits| matches!(traits.referent, Some(Referent::Organization | Referent::Place));
    sheet.flag("agreement", "bodies", b.is_some_and(|b| is_body(a) && is_body(b)));
    let both = b.filter(|b| a.is_pronoun() && b.is_pronoun());
    sheet.flag("agreement", "pronouns", both.is_some());
    sheet.flag("agreement", "same_pronoun", both.is_some_and(|b| a.pronoun == b.pronoun));
    let of_speech = |b: &Traits| a.pronoun.is_of_speech() && b.pronoun.is_of_speech();
    sheet.flag("agreement", "other_of_speech", both.is_some_and(|b| of_speech(b) && a.pronoun != b.pronoun));
    let third = |b: &Traits| a.pronoun.is_of_third_person() && b.pronoun.is_of_third_person();
    sheet.flag("agreement", "other_of_third", both.is_some_and(|b| third(b) && a.pronoun != b.pronoun));
    let mixed = |b: &Traits| {
        a.pronoun.is_of_third_person() && b.pronoun.is_of_speech() || a.pronoun.is_of_speech() && b.pronoun.is_of_third_person()
    };
    sheet.flag("agreement", "mixed", b.is_some_and(mixed));
    sheet.flag("agreement", "may_be_same", b.is_some_and(|b| may_be_same(a, b)));
}

/// Distance, grammar between the two, and who speaks.
fn of_place(page: Page<'_>, sheet: &mut impl Sheet, a: &Traits, candidate: Option<&Candidate<'_>>) {
    let b = candidate.map(|candidate| candidate.traits);
    let is = |test: &dyn Fn(&Traits) -> bool| b.is_some_and(test);
    let sentences = b.map(|b| a.sentence.0.abs_diff(b.sentence.0) as usize);
    let bucket = |n: usize| match n {
        0..=3 => n,
        4..=6 => 4,
        7..=12 => 5,
        13..=30 => 6,
        _ => 7,
    };
    sheet.one_of("place", "sentences", 8, sentences.map_or(usize::MAX, bucket));
    sheet.put("place", "sentences_log", sentences.map_or(0.0, logarithm));
    sheet.put("place", "between", candidate.map_or(0.0, |candidate| logarithm(candidate.distance)));
    sheet.put("place", "near", candidate.map_or(0.0, |candidate| closeness(candidate.distance)));
    sheet.put("place", "n_nearer", candidate.map_or(0.0, |candidate| closeness(candidate.n_nearer as usize)));
    sheet.put("place", "n_nearer_subjects", candidate.map_or(0.0, |candidate| closeness(candidate.n_nearer_subjects as usize)));
    sheet.flag("place", "nearest", candidate.is_some_and(|candidate| candidate.n_nearer == 0));
    let tokens = b.map(|b| (a.phrase.head.0.abs_diff(b.phrase.head.0)) as usize);
    sheet.put("place", "tokens", tokens.map_or(0.0, closeness));
    sheet.one_of("place", "paragraphs", 4, b.map_or(usize::MAX, |b| (a.paragraph.abs_diff(b.paragraph) as usize).min(3)));
    sheet.flag("place", "b_contains", is(&|b| b.contains(a)));
    sheet.flag("place", "a_contains", is(&|b| a.contains(b)));
    sheet.flag(
        "place",
        "same_governor",
        is(&|b| a.governor.is_some() && a.governor == b.governor && a.role != Role::Possessor && b.role != Role::Possessor),
    );
    let lemma = |id: Option<TokenId>| id.map(|id| page.parse.token(id).lemma.as_str());
    sheet.flag(
        "place",
        "governors_alike",
        is(&|b| a.governor != b.governor && lemma(a.governor).is_some() && lemma(a.governor) == lemma(b.governor)),
    );
    sheet.flag("place", "same_clause", is(&|b| a.clause.is_some() && a.clause == b.clause));
    sheet.flag(
        "place",
        "subject_of_clause",
        is(&|b| b.role == Role::Subject && a.clause.is_some() && b.governor == a.clause && b.phrase.head != a.phrase.head),
    );
    sheet.flag(
        "place",
        "subject_above",
        is(&|b| b.role == Role::Subject && is_below(page.parse, a.phrase.head, b.governor) && b.governor != a.clause),
    );
    sheet.flag("place", "apposition", is(&|b| is_apposition(page.parse, a, b)));
    sheet.flag(
        "place",
        "predicate",
        is(&|b| is_said_of(page.parse, a.phrase.head, b.phrase.head) || is_said_of(page.parse, b.phrase.head, a.phrase.head)),
    );
    let announced = |a: &Traits, b: &Traits| {
        page.parse.token(a.phrase.head).deprel == Deprel::Expl && page.parse.head(a.phrase.head) == page.parse.head(b.phrase.head)
    };
    sheet.flag("place", "announced", is(&|b| announced(b, a)));
    sheet.flag("place", "coordinated", is(&|b| are_coordinated(page.parse, a, b)));
    sheet.flag(
        "place",
        "part_of_coordination",
        is(&|b| (b.form() == MentionForm::Coordination) != (a.form() == MentionForm::Coordination) && (a.contains(b) || b.contains(a))),
    );
    sheet.flag("place", "same_role", is(&|b| a.role == b.role));
    sheet.flag("place", "both_subjects", is(&|b| a.role == Role::Subject && b.role == Role::Subject));
    sheet.flag("place", "possessor_of_a", is(&|b| b.role == Role::Possessor && page.parse.head(b.phrase.head) == Some(a.phrase.head)));
    sheet.flag("speech", "both_quoted", is(&|b| a.quotation != 0 && b.quotation != 0));
    sheet.flag("speech", "same_quotation", is(&|b| a.quotation != 0 && a.quotation == b.quotation));
    sheet.flag("speech", "one_quoted", is(&|b| (a.quotation != 0) != (b.quotation != 0)));
    sheet.known("speech", "same_speaker", candidate.and_then(|candidate| candidate.same_speaker));
    sheet.flag("speech", "is_speaker", candidate.is_some_and(|candidate| candidate.is_speaker));
    sheet.flag("speech", "is_spoken_by", candidate.is_some_and(|candidate| candidate.is_spoken_by));
    sheet.flag("speech", "has_speaker", a.quotation != 0 && page.speech.speaker_of(a.quotation).is_some());
    let odd = |b: &Traits| a.paragraph.abs_diff(b.paragraph) % 2 == 1;
    sheet.flag("speech", "other_turn", is(&odd));
}

fn is_below(parse: &Parse, id: TokenId, top: Option<TokenId>) -> bool {
    top.is_some_and(|top| parse.token(top).sentence == parse.token(id).sentence && parse.ancestors(id).any(|up| up == top))
}

fn is_apposition(parse: &Parse, a: &Traits, b: &Traits) -> bool {
    let to = |a: TokenId, b: TokenId| parse.token(a).deprel == Deprel::Appos && parse.head(a) == Some(b);
    to(a.phrase.head, b.phrase.head) || to(b.phrase.head, a.phrase.head)
}

/// Whether `noun` is what its clause says of `subject`: "Berg is a lawyer", "became a lawyer".
fn is_said_of(parse: &Parse, noun: TokenId, subject: TokenId) -> bool {
    let deprel = parse.token(subject).deprel;
    if !deprel.is_subject() {
        return false;
    }
    let above = parse.head(subject);
    above == Some(noun) || parse.token(noun).deprel == Deprel::Xcomp && above.is_some() && parse.head(noun) == above
}

fn are_coordinated(parse: &Parse, a: &Traits, b: &Traits) -> bool {
    let top = |id: TokenId| if parse.token(id).deprel == Deprel::Conj { parse.head(id) } else { Some(id) };
    a.phrase.head != b.phrase.head && top(a.phrase.head) == top(b.phrase.head)
}
