//! Where does one voice deny what another tells?
//!
//! Input: statements with their spans. Output: [`Contrast`]s: a statement with a denial, and the one that tells what is denied.
//! "Two residents said they had heard no siren" stands against "The sirens sounded in time": what stands under the negation here (hear, siren) is told there as having
//! happened. Only what is asserted counts on the other side: not what may be, was wanted, or is denied there too. The same speaker's other words are a change of
//! mind and no contrast. Limits: a denial is matched by its own words, not by what follows from them.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{Act, Deprel, Parse, Polarity, Span, Statement, TokenId, Upos, table::Table};

use crate::{
    corpus::{Corpus, DocIx},
    words::Weights,
};

/// Weight in nats that the words shared by a denial and a report must have.
const TELLING: f64 = 15.0;
/// The same of a single word that is nearly all that is denied.
const TELLING_WORD: f64 = 10.0;
/// Cosine below which two sentences are of different things, whatever their words; and where a single word has to decide.
const OTHER_SENSE: f32 = 0.35;
const OTHER_SENSE_OF_A_WORD: f32 = 0.5;

/// A denial and what it denies.
pub(crate) struct Contrast {
    /// Index of the statement that denies, and where.
    pub(crate) denied: (usize, DocIx, Span),
    /// Index of the statement that tells, and where.
    pub(crate) told: (usize, DocIx, Span),
    /// How much of it is the same.
    pub(crate) weight: f64,
}

/// Sorts of words, from `knowledge/contrasts.tsv`.
struct Sorts(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Sorts {
    fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../knowledge/contrasts.tsv")).expect("bundled tables are checked by tests");
        Self(table.rows().map(|row| (row.get("kind"), row.list("lemmas").collect())).collect())
    }

    fn is(&self, kind: &str, lemma: &str) -> bool {
        self.0.get(kind).is_some_and(|lemmas| lemmas.contains(lemma))
    }
}

/// What one reading of a statement says is so, and what it says is not.
struct Claim {
    statement: usize,
    doc: DocIx,
    span: Span,
    denied: BTreeSet<String>,
    /// Of what is denied, that which does not stand outside the denial as its subject.
    focus: BTreeSet<String>,
    told: BTreeSet<String>,
    all: BTreeSet<String>,
}

/// Every denial with the report that says the contrary best, weightiest first.
pub(crate) fn contrasts(corpus: &Corpus, weights: &Weights, statements: &[Statement]) -> Vec<Contrast> {
    let sorts = Sorts::bundled();
    let claims: Vec<Claim> = statements
        .iter()
        .enumerate()
        .flat_map(|(i, statement)| statement.readings.iter().map(move |reading| (i, statement, reading)))
        .flat_map(|(i, statement, reading)| reading.content.spans().iter().map(move |&span| (i, statement, &reading.document, span)))
        .filter_map(|(i, statement, document, span)| Some(claim(corpus, &sorts, i, statement, corpus.doc_of(document)?, span)))
        .collect();
    let mut by_story: BTreeMap<_, Vec<&Claim>> = BTreeMap::new();
    claims.iter().for_each(|claim| by_story.entry(&statements[claim.statement].story).or_default().push(claim));
    let mut found: BTreeMap<usize, Contrast> = BTreeMap::new();
    for denial in claims.iter().filter(|claim| !claim.denied.is_empty()) {
        let told = by_story[&statements[denial.statement].story].iter().copied();
        for report in told.filter(|report| may_contradict(&statements[denial.statement], &statements[report.statement])) {
            let Some(weight) = opposition(corpus, weights, denial, report) else { continue };
            let contrast =
                Contrast { denied: (denial.statement, denial.doc, denial.span), told: (report.statement, report.doc, report.span), weight };
            let kept = found.entry(denial.statement).or_insert(Contrast { weight: 0.0, ..contrast });
            if weight > kept.weight {
                *kept = contrast;
            }
        }
    }
    let mut found: Vec<Contrast> = found.into_values().collect();
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then((a.denied.0, a.told.0).cmp(&(b.denied.0, b.told.0))));
    found
}

/// Two voices of one story.
fn may_contradict(a: &Statement, b: &Statement) -> bool {
    a.id != b.id && a.story == b.story && (a.speaker != b.speaker || a.speaker.is_none())
}

/// Weight of what one denies and the other tells; none where it does not suffice.
fn opposition(corpus: &Corpus, weights: &Weights, denial: &Claim, report: &Claim) -> Option<f64> {
    let core: Vec<&String> = denial.denied.intersection(&report.told).collect();
    let around = denial.all.intersection(&report.all).filter(|word| !denial.denied.contains(*word));
    let core_weight: f64 = core.iter().map(|word| weights.of(word)).sum();
    let weight = core_weight + 0.5 * around.map(|word| weights.of(word)).sum::<f64>();
    let sense = corpus.similarity((denial.doc, denial.span), (report.doc, report.span));
    let enough = match core.as_slice() {
        [] => false,
        [word] => denial.focus.contains(*word) && denial.denied.len() <= 2 && core_weight >= TELLING_WORD && sense >= OTHER_SENSE_OF_A_WORD,
        _ => weight >= TELLING && core.len() * 2 >= denial.denied.len() && sense >= OTHER_SENSE,
    };
    // What one sentence says of itself is no contrast.
    let apart = denial.doc != report.doc || corpus.sentence_of(denial.doc, denial.span) != corpus.sentence_of(report.doc, report.span);
    (enough && apart).then_some(weight)
}

fn claim(corpus: &Corpus, sorts: &Sorts, index: usize, statement: &Statement, doc: DocIx, span: Span) -> Claim {
    let parse = corpus.parse(doc);
    let tokens: Vec<TokenId> = parse.tokens_in(span).collect();
    let (mut denied, mut focus) = (BTreeSet::new(), BTreeSet::new());
    let mut negated: BTreeSet<TokenId> = BTreeSet::new();
    for &token in tokens.iter().filter(|&&token| is_negator(parse, token)) {
        let Some(verb) = predicate(parse, token) else { continue };
        negated.insert(verb);
        if !sorts.is("silent", lemma(parse, verb)) && !is_open(parse, sorts, verb) {
            denied.extend(core(parse, sorts, verb));
            focus.extend(in_focus(parse, sorts, verb, token));
        }
    }
    // "Denied having raised the level": the whole is denied.
    let asks = tokens.first().is_some_and(|&first| matches!(parse.token(first).tag.as_str(), "WRB" | "WP" | "WDT"));
    let root = || tokens.iter().copied().find(|&token| parse.head(token).is_none_or(|head| !tokens.contains(&head)));
    if negated.is_empty()
        && !asks
        && (statement.polarity == Polarity::Negative || statement.act == Act::Deny)
        && let Some(root) = root()
    {
        denied.extend(core(parse, sorts, root));
        focus.extend(in_focus(parse, sorts, root, root));
        negated.extend(tokens.iter().copied().filter(|&token| parse.token(token).upos == Upos::Verb));
    }
    let told =
        tokens.iter().filter(|&&token| is_asserted(parse, sorts, token, &negated)).filter_map(|&token| stem(parse, sorts, token)).collect();
    let all = tokens.iter().filter_map(|&token| stem(parse, sorts, token)).collect();
    Claim { statement: index, doc, span, denied, focus, told, all }
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

/// The verb (or noun with a copula) that a negator denies; none for "not only" and for what another denial has turned round ("went unanswered").
fn predicate(parse: &Parse, negator: TokenId) -> Option<TokenId> {
    let up = parse.head(negator)?;
    if matches!(lemma(parse, up), "only" | "just" | "yet" | "least") {
        return None;
    }
    let verb = std::iter::once(up).chain(parse.ancestors(up)).take(3).find(|&id| parse.token(id).upos == Upos::Verb).unwrap_or(up);
    let undone = |&child: &TokenId| parse.token(child).upos == Upos::Adj && lemma(parse, child).starts_with("un");
    // "The rowers who are not suspended": which are meant is no claim.
    let restricts = matches!(parse.token(verb).deprel, Deprel::Acl | Deprel::AclRelcl);
    (!restricts && !parse.children(verb).iter().any(undone)).then_some(verb)
}

/// What a verb says of whom: itself, its subject and its object, without what says nothing.
fn core(parse: &Parse, sorts: &Sorts, verb: TokenId) -> BTreeSet<String> {
    let argument = |&child: &TokenId| {
        let token = parse.token(child);
        matches!(token.upos, Upos::Noun | Upos::Adj) && (token.deprel.is_subject() || matches!(token.deprel, Deprel::Obj | Deprel::Xcomp))
    };
    std::iter::once(verb)
        .chain(parse.children(verb).iter().copied().filter(argument))
        .filter_map(|token| stem(parse, sorts, token))
        .collect()
}

/// The verb, its object, and the noun that the negator stands with.
fn in_focus(parse: &Parse, sorts: &Sorts, verb: TokenId, negator: TokenId) -> BTreeSet<String> {
    let object = parse.children(verb).iter().copied().filter(|&child| matches!(parse.token(child).deprel, Deprel::Obj | Deprel::NsubjPass));
    let noun = parse.head(negator).filter(|&up| parse.token(up).upos == Upos::Noun);
    std::iter::once(verb).chain(object).chain(noun).filter_map(|token| stem(parse, sorts, token)).collect()
}

/// Whether a word is told as being so: under a verb that nothing denies or leaves open.
fn is_asserted(parse: &Parse, sorts: &Sorts, token: TokenId, negated: &BTreeSet<TokenId>) -> bool {
    let verb = std::iter::once(token).chain(parse.ancestors(token)).find(|&id| parse.token(id).upos == Upos::Verb);
    verb.is_some_and(|verb| !negated.contains(&verb) && !is_open(parse, sorts, verb))
}

/// Whether it is left open if what a verb says is so: under "would", "if", "wants".
fn is_open(parse: &Parse, sorts: &Sorts, verb: TokenId) -> bool {
    let marks = |verb: TokenId| {
        parse
            .children(verb)
            .iter()
            .any(|&child| matches!(parse.token(child).deprel, Deprel::Aux | Deprel::Mark) && sorts.is("open", lemma(parse, child)))
    };
    let above = parse.ancestors(verb).take(2).any(|up| sorts.is("open", lemma(parse, up)) && parse.token(up).upos == Upos::Verb);
    marks(verb) || above
}

/// The word in a form that its noun and verb, and its repetition, share: "relabelled" and "labels" are "label".
fn stem(parse: &Parse, sorts: &Sorts, token: TokenId) -> Option<String> {
    const SHORTEST: usize = 4;
    let lemma = parse.token(token).lemma.to_lowercase();
    let content = matches!(parse.token(token).upos, Upos::Noun | Upos::Verb | Upos::Adj);
    let again = lemma.strip_prefix("re").filter(|rest| rest.len() > SHORTEST && !rest.starts_with(['a', 'e', 'i', 'o', 'u']));
    let plain = again.unwrap_or(&lemma).trim_end_matches("led").to_owned();
    (content && !sorts.is("light", &lemma) && !sorts.is("silent", &lemma)).then_some(plain)
}
