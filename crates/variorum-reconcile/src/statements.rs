//! Which attributions are one utterance?
//!
//! Input: attributions of all documents. Output: statements with one reading for each document that carries it.
//! Two attributions of one speaker are one utterance when the quoted words of one run inside the other's, or when their contents share their rare words and sense.
//! A long quotation identifies an utterance even where one report names the speaker and the other only describes him.
//! Limits: translations of one sentence into quite different words meet only by sense and day.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use variorum_model::{
    Attribution, AttributionForm, AttributionKind, DateRange, EntityKind, Evidence, MentionKind, Span, Statement, StatementId, StoryId,
    dossier::{StatementReading, When},
};

use crate::{
    actors::{ActorIx, Cast, CastMember, most_common},
    cluster::{agglomerate, all_pairs},
    corpus::{Corpus, DocIx, Local, Published},
    lineage::Descent,
    origins::{Testimony, hops, utterance, witnesses},
    outlets::outlet_key,
    stories::Stories,
    when::when,
    words::{Weights, containment, content_lemmas, is_run_of, plain_words},
};

/// Score from which two attributions are one utterance.
const ONE_UTTERANCE: f64 = 0.62;
/// Score below which no two attributions of one utterance may be.
const OTHER_UTTERANCE: f64 = 0.4;
/// What two different quotations need of each other's content words to be one utterance all the same (a translation, another cut).
const OTHER_WORDS: f64 = 0.35;
/// Quoted words that identify an utterance whoever is named for it.
const TELLING_QUOTE: usize = 5;
/// Quoted words that do so where one report only describes the speaker, or gives another day.
const SHORT_QUOTE: usize = 3;
/// Days between two reports from which two quotations without a word in common are two utterances, though they are alike.
const FAR_APART: i32 = 10;
/// What descriptions that fit lack to be a name.
const STRANGER: f64 = 0.03;

/// What is compared of one attribution.
struct Form {
    local: Local,
    speaker: Option<ActorIx>,
    quotes: Vec<Vec<String>>,
    lemmas: Vec<String>,
    /// Numbers in it, as bits.
    numbers: BTreeSet<(Option<u64>, Option<u64>)>,
    said: Option<When>,
    /// When its report was published.
    reported: Option<DateRange>,
}

/// Brings attributions together, story by story.
pub(crate) fn statements(
    corpus: &Corpus,
    cast: &Cast,
    stories: &Stories,
    published: &Published,
    descent: &Descent,
    weights: &Weights,
) -> Vec<Statement> {
    let descriptions = descriptions(corpus, cast);
    let mut statements = Vec::new();
    for (story, documents) in stories.groups.iter().enumerate() {
        let forms: Vec<Form> = documents.iter().flat_map(|&doc| forms(corpus, cast, published, doc)).collect();
        let score = |i: usize, j: usize| likeness(corpus, cast, &descriptions, weights, &forms[i], &forms[j]);
        let groups = agglomerate(forms.len(), all_pairs(forms.len(), score), ONE_UTTERANCE, |i, j| {
            may_be_one(cast, &descriptions, &forms[i], &forms[j]) && (score(i, j) >= OTHER_UTTERANCE || parts_of_one(&forms[i], &forms[j]))
        });
        let id = stories.id(corpus, story);
        statements.extend(
            groups
                .iter()
                .map(|group| statement(corpus, cast, published, descent, &id, &group.iter().map(|&i| &forms[i]).collect::<Vec<_>>())),
        );
    }
    statements.sort_by(|a, b| {
        let key = |s: &Statement| (s.speaker.clone(), s.said.as_ref().map(|when| when.range), s.id.clone());
        key(a).cmp(&key(b))
    });
    statements
}

/// Attributions with a speaker or a quotation.
fn forms(corpus: &Corpus, cast: &Cast, published: &Published, doc: DocIx) -> Vec<Form> {
    let notes = corpus.notes(doc);
    let worth =
        notes.attributions.iter().enumerate().filter(|(_, attribution)| attribution.speaker.is_some() || !attribution.verbatim.is_empty());
    worth
        .map(|(index, attribution)| Form {
            local: Local { doc, index },
            speaker: attribution.speaker.map(|entity| cast.of(doc, entity)),
            quotes: attribution
                .verbatim
                .iter()
                .map(|span| plain_words(corpus.slice(doc, *span)))
                .filter(|words| !words.is_empty())
                .collect(),
            lemmas: attribution.content.spans().iter().flat_map(|span| content_lemmas(corpus.parse(doc), *span)).collect(),
            numbers: numbers(corpus, doc, attribution),
            said: attribution.said.and_then(|id| when(corpus, published, doc, id)),
            reported: published.range(doc),
        })
        .collect()
}

/// The counts and amounts that an attribution gives.
fn numbers(corpus: &Corpus, doc: DocIx, attribution: &Attribution) -> BTreeSet<(Option<u64>, Option<u64>)> {
    let given =
        corpus.notes(doc).quantities.iter().filter(|quantity| attribution.content.spans().iter().any(|span| span.contains(quantity.span)));
    given.map(|quantity| (quantity.low.map(f64::to_bits), quantity.high.map(f64::to_bits))).collect()
}

fn attribution<'a>(corpus: &Corpus<'a>, local: Local) -> &'a Attribution {
    &corpus.notes(local.doc).attributions[local.index]
}

fn likeness(corpus: &Corpus, cast: &Cast, descriptions: &Descriptions, weights: &Weights, a: &Form, b: &Form) -> f64 {
    if !may_be_one(cast, descriptions, a, b) {
        return 0.0;
    }
    let shared = shared_quote(a, b);
    if shared >= TELLING_QUOTE {
        return 0.95;
    }
    let alike = described_alike(cast, descriptions, a, b) || descriptions.speak_for_one(a, b);
    match (a.speaker.is_some() && a.speaker == b.speaker, alike) {
        (true, _) if shared >= 2 => 0.85,
        // A few words in quotation marks are the same words if the other report only describes who said them.
        (_, true) if shared >= SHORT_QUOTE => 0.8,
        (true, _) => said_alike(corpus, weights, a, b, shared),
        (_, true) => said_alike(corpus, weights, a, b, shared) - STRANGER,
        _ => 0.0,
    }
}

/// Likeness of what one speaker is told to have said, where no longer quotation decides.
fn said_alike(corpus: &Corpus, weights: &Weights, a: &Form, b: &Form, shared: usize) -> f64 {
    let (x, y) = (attribution(corpus, a.local), attribution(corpus, b.local));
    let sense = f64::from(corpus.similarity((a.local.doc, x.content.first()), (b.local.doc, y.content.first()))).max(0.0);
    let (here, there) = (containment(weights, &a.lemmas, &b.lemmas), containment(weights, &b.lemmas, &a.lemmas));
    let words = here.min(there) * 0.7 + here.max(there) * 0.3;
    let quoted = !a.quotes.is_empty() && !b.quotes.is_empty();
    // Two quotations without a common run are two utterances, unless they say the same.
    if quoted && shared == 0 && (words < OTHER_WORDS || sense < 0.6) {
        return 0.0;
    }
    // One short quoted word says little by itself ("special"), but with like sense or the same act around it, it is the same word.
    let token = if shared == 1 { 0.25 + if x.act == y.act { 0.1 } else { 0.0 } } else { 0.0 };
    // Most of the one's rare words in the other: it is told shorter there.
    let unquoted = a.quotes.is_empty() && b.quotes.is_empty();
    let told_shorter = if unquoted && here.max(there) >= 0.5 && here.min(there) >= 0.3 { 0.08 } else { 0.0 };
    0.5 * sense + 0.5 * words + token + told_shorter
}

/// Whether weeks lie between two reports of which none says when it was said.
fn far_apart(a: &Form, b: &Form) -> bool {
    let days = match (a.reported, b.reported) {
        (Some(x), Some(y)) if x.earliest() > y.latest() => (x.earliest() - y.latest()).get_days(),
        (Some(x), Some(y)) => (y.earliest() - x.latest()).get_days(),
        _ => 0,
    };
    days > FAR_APART && (a.said.is_none() || b.said.is_none())
}

/// Whether two quotations may be cuts of one longer one: a third form that holds both decides.
fn parts_of_one(a: &Form, b: &Form) -> bool {
    !a.quotes.is_empty() && !b.quotes.is_empty()
}

/// Whether one is only described, in words that fit the other: "the minister" beside a minister's name, "a nurse" beside "a nurse at the health post".
fn described_alike(cast: &Cast, descriptions: &Descriptions, a: &Form, b: &Form) -> bool {
    let (Some(x), Some(y)) = (a.speaker, b.speaker) else { return false };
    let fit = || !descriptions.of[&x].called.is_disjoint(&descriptions.of[&y].called);
    x != y && !(cast.member(x).named && cast.member(y).named) && fit()
}

/// How each speaker is described, anywhere in the run.
struct Descriptions {
    of: FxHashMap<ActorIx, Description>,
}

struct Description {
    /// The heads of his nominal mentions and of his titles.
    called: BTreeSet<String>,
    /// The bodies he holds an office of, as compared.
    serves: BTreeSet<String>,
    /// Its own names, as compared; none for people and states.
    names: BTreeSet<String>,
}

impl Descriptions {
    /// Whether one is a body and the other holds an office of it: the network chief of a firm, and the firm.
    fn speak_for_one(&self, a: &Form, b: &Form) -> bool {
        let (Some(x), Some(y)) = (a.speaker.map(|x| &self.of[&x]), b.speaker.map(|y| &self.of[&y])) else { return false };
        !x.serves.is_disjoint(&y.names) || !y.serves.is_disjoint(&x.names)
    }
}

fn descriptions(corpus: &Corpus, cast: &Cast) -> Descriptions {
    let spoken = corpus.ids().flat_map(|doc| {
        let speakers = corpus.notes(doc).attributions.iter().filter_map(|attribution| attribution.speaker);
        speakers.map(move |speaker| cast.of(doc, speaker))
    });
    let speakers: BTreeSet<ActorIx> = spoken.collect();
    Descriptions { of: speakers.into_iter().map(|speaker| (speaker, description(corpus, cast.member(speaker)))).collect() }
}

fn description(corpus: &Corpus, member: &CastMember) -> Description {
    let roles = member.locals.iter().flat_map(|local| corpus.notes(local.doc).entities[local.index].roles.iter());
    let own = (member.named && member.kind == EntityKind::Organization).then(|| std::iter::once(&member.name).chain(&member.aliases));
    Description {
        called: called(corpus, member),
        serves: roles.filter_map(|role| role.of.as_deref()).map(outlet_key).collect(),
        names: own.into_iter().flatten().map(|name| outlet_key(name)).collect(),
    }
}

fn called(corpus: &Corpus, member: &CastMember) -> BTreeSet<String> {
    let mentions = member.locals.iter().flat_map(|local| {
        let notes = corpus.notes(local.doc);
        notes.entities[local.index].mentions.iter().map(move |id| (local.doc, &notes.mentions[id.index()]))
    });
    let nominal = mentions.filter(|(_, mention)| mention.kind == MentionKind::Nominal);
    let titles = member.locals.iter().flat_map(|local| corpus.notes(local.doc).entities[local.index].roles.iter());
    let last = |title: &str| title.split(" of ").next().and_then(|title| title.split_whitespace().last()).map(str::to_lowercase);
    nominal
        .map(|(doc, mention)| corpus.parse(doc).token(mention.head).lemma.to_lowercase())
        .chain(titles.filter_map(|role| last(&role.title)))
        .collect()
}

/// Words of the longest quotation of one that runs inside a quotation of the other.
fn shared_quote(a: &Form, b: &Form) -> usize {
    let runs = |x: &[Vec<String>], y: &[Vec<String>]| {
        x.iter().filter(|part| y.iter().any(|whole| is_run_of(part, whole))).map(Vec::len).max().unwrap_or(0)
    };
    runs(&a.quotes, &b.quotes).max(runs(&b.quotes, &a.quotes))
}

/// Hard limits: two named speakers that are not one, unless a telling quotation says that one of them was mistaken; days that differ.
fn may_be_one(cast: &Cast, descriptions: &Descriptions, a: &Form, b: &Form) -> bool {
    let shared = shared_quote(a, b);
    if let (Some(x), Some(y)) = (a.speaker, b.speaker)
        && x != y
    {
        let (p, q) = (cast.member(x), cast.member(y));
        let described = !p.named || !q.named || cast.akin(x, y) || descriptions.speak_for_one(a, b);
        if !described && shared < TELLING_QUOTE {
            return false;
        }
    }
    let quoted = !a.quotes.is_empty() && !b.quotes.is_empty();
    // Who gives few of the other's numbers tells of another count; what is quoted in other words weeks later was said again.
    let fewest = a.numbers.len().min(b.numbers.len());
    let other_numbers = fewest > 0 && 2 * a.numbers.intersection(&b.numbers).count() <= fewest;
    if shared < SHORT_QUOTE && other_numbers || shared == 0 && quoted && far_apart(a, b) {
        return false;
    }
    match (&a.said, &b.said) {
        (Some(x), Some(y)) => x.range.overlaps(y.range) || shared >= SHORT_QUOTE,
        _ => true,
    }
}

fn statement(corpus: &Corpus, cast: &Cast, published: &Published, descent: &Descent, story: &StoryId, forms: &[&Form]) -> Statement {
    let readings = readings(corpus, cast, published, forms);
    let testimonies: Vec<Testimony> =
        readings.iter().map(|(doc, reading)| Testimony { doc: *doc, span: reading.content.first(), chain: &reading.chain }).collect();
    let speaker = speaker(cast, forms);
    let witnesses = witnesses(corpus, cast, descent, &testimonies);
    let origins = utterance(cast, speaker, &witnesses, &testimonies);
    let attributions: Vec<&Attribution> = forms.iter().map(|form| attribution(corpus, form.local)).collect();
    let lead = lead(corpus, forms);
    let readings: Vec<StatementReading> = readings.into_iter().map(|(_, reading)| reading).collect();
    Statement {
        id: StatementId::of([
            readings[0].document.as_str(),
            &readings[0].content.first().start().to_string(),
            attributions[0].cue_lemma.as_str(),
        ]),
        story: story.clone(),
        speaker: speaker.map(|speaker| cast.member(speaker).id.clone()),
        addressee: forms
            .iter()
            .zip(&attributions)
            .find_map(|(form, a)| a.addressee.map(|entity| cast.member(cast.of(form.local.doc, entity)).id.clone())),
        act: act(&attributions),
        kind: most_common(attributions.iter().map(|a| a.kind)).unwrap_or(AttributionKind::Speech),
        polarity: attribution(corpus, lead.local).polarity,
        form: attributions.iter().map(|a| a.form).min().unwrap_or(AttributionForm::Indirect),
        content: words_of(corpus, lead.local.doc, attribution(corpus, lead.local).content.spans()),
        verbatim: wordings(corpus, forms),
        said: forms.iter().find_map(|form| form.said.clone()),
        witnesses,
        origins,
        readings,
    }
}

/// The most telling act: "report" and "say" only where nothing else is known.
fn act(attributions: &[&Attribution]) -> variorum_model::Act {
    use variorum_model::Act::{Report, Say};
    let telling = attributions.iter().map(|a| a.act).filter(|act| !matches!(act, Report | Say));
    most_common(telling).unwrap_or(attributions[0].act)
}

/// The named speaker that most documents have, a person before the outlet that passes it on; else the described one that most have.
fn speaker(cast: &Cast, forms: &[&Form]) -> Option<ActorIx> {
    let of = |wanted: &dyn Fn(&CastMember) -> bool| {
        let mut once: Vec<(DocIx, ActorIx)> =
            forms.iter().filter_map(|form| form.speaker.map(|speaker| (form.local.doc, speaker))).collect();
        once.sort_unstable();
        once.dedup();
        most_common(once.into_iter().map(|(_, speaker)| speaker).filter(|&speaker| wanted(cast.member(speaker))))
    };
    of(&|member| member.named && member.kind != EntityKind::Publisher).or_else(|| of(&|member| member.named)).or_else(|| of(&|_| true))
}

/// The attribution with the most quoted words, then the longest content.
fn lead<'f>(corpus: &Corpus, forms: &[&'f Form]) -> &'f Form {
    let fullness = |form: &Form| {
        let quoted: usize = form.quotes.iter().map(Vec::len).sum();
        let content: usize = attribution(corpus, form.local).content.spans().iter().map(|span| span.len()).sum();
        (quoted, content)
    };
    forms.iter().max_by(|a, b| fullness(a).cmp(&fullness(b)).then(b.local.cmp(&a.local))).expect("a group has a member")
}

fn words_of(corpus: &Corpus, doc: DocIx, spans: &[Span]) -> String {
    spans.iter().map(|span| corpus.slice(doc, *span)).collect::<Vec<_>>().join(" … ")
}

/// Every quoted wording, longest first, without those that are part of a longer one.
fn wordings(corpus: &Corpus, forms: &[&Form]) -> Vec<String> {
    let mut all: Vec<(Vec<String>, &str)> = forms
        .iter()
        .flat_map(|form| attribution(corpus, form.local).verbatim.iter().map(|span| corpus.slice(form.local.doc, *span)))
        .map(|text| (plain_words(text), text))
        .filter(|(words, _)| !words.is_empty())
        .collect();
    all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    let mut kept: Vec<(Vec<String>, &str)> = Vec::new();
    for (words, text) in all {
        if !kept.iter().any(|(longer, _)| is_run_of(&words, longer)) {
            kept.push((words, text));
        }
    }
    kept.into_iter().map(|(_, text)| text.to_owned()).collect()
}

/// One reading for each document.
fn readings(corpus: &Corpus, cast: &Cast, published: &Published, forms: &[&Form]) -> Vec<(DocIx, StatementReading)> {
    let docs: BTreeSet<DocIx> = forms.iter().map(|form| form.local.doc).collect();
    docs.into_iter()
        .map(|doc| {
            let here: Vec<&Attribution> =
                forms.iter().filter(|form| form.local.doc == doc).map(|form| attribution(corpus, form.local)).collect();
            let longest = here.iter().max_by_key(|a| a.chain.len()).expect("a document of the group has an attribution");
            let spans = |of: fn(&Attribution) -> &Evidence| {
                Evidence::new(here.iter().flat_map(|a| of(a).spans().iter().copied())).expect("every attribution has evidence")
            };
            let mut verbatim: Vec<Span> = here.iter().flat_map(|a| a.verbatim.iter().copied()).collect();
            verbatim.sort();
            verbatim.dedup();
            let reading = StatementReading {
                document: corpus.doc(doc).id.clone(),
                evidence: spans(|a| &a.evidence),
                content: spans(|a| &a.content),
                verbatim,
                chain: hops(corpus, cast, published, doc, &longest.chain),
                form: here.iter().map(|a| a.form).min().unwrap_or(AttributionForm::Indirect),
                said: forms.iter().filter(|form| form.local.doc == doc).find_map(|form| form.said.clone()),
            };
            (doc, reading)
        })
        .collect()
}
