//! Which reported quantities are of the same thing, and how do they stand to one another?
//!
//! Input: figures of all documents. Output: the ledger: for each measure and population its readings in as-of order, with typed relations.
//! Only like is compared with like: same measure, unit and population; what two reports tell by one number is one figure too ([`retelling`]). Example: "40 dead" and "the toll rose to 43".
//! Each has a name ([`naming`]), a day for each reading ([`days`]) and relations between them ([`mod@relations`]).
//! Limits: numbers of quite different size are never of one thing.

mod days;
mod naming;
mod relations;
mod retelling;

use std::{collections::BTreeSet, sync::LazyLock};

use rustc_hash::FxHashMap;
use variorum_model::{
    DateRange, EntityKind, Figure, FigureId, FigureMention, Mention, MentionKind, Quantity, QuantityKind, StoryId,
    dossier::{FigureReading, When},
    table::Table,
};

use crate::{
    actors::{ActorIx, Cast},
    cluster::{agglomerate, all_pairs},
    corpus::{Corpus, DocIx, Local, Published},
    lineage::Descent,
    origins::{Testimony, hops, origins},
    stories::Stories,
    when::when,
};

use self::{
    days::{as_of_report, passage_day, window},
    relations::{is_replaced, relations},
};

/// Cosine from which figures of one sort are of one thing; below it, words of the population decide.
const SAME_CONTEXT: f32 = 0.30;

/// Cosine from which bare counts without a measure are of one thing.
const SAME_SENTENCE: f32 = 0.6;

/// Words for the same sort of people or things, from `knowledge/populations.tsv`.
struct Sorts(FxHashMap<&'static str, BTreeSet<&'static str>>);

impl Sorts {
    fn bundled() -> &'static Self {
        static SORTS: LazyLock<Sorts> = LazyLock::new(Sorts::read);
        &SORTS
    }

    fn read() -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/populations.tsv")).expect("bundled tables are checked by tests");
        let mut sorts: FxHashMap<&str, BTreeSet<&str>> = FxHashMap::default();
        for row in table.rows() {
            for lemma in row.list("lemmas") {
                sorts.entry(lemma).or_default().insert(row.get("group"));
            }
        }
        Self(sorts)
    }

    fn alike(&self, a: &str, b: &str) -> bool {
        a == b || matches!((self.0.get(a), self.0.get(b)), (Some(x), Some(y)) if !x.is_disjoint(y))
    }

    fn everybody(&self, lemma: &str) -> bool {
        self.0.get(lemma).is_some_and(|groups| groups.contains("everybody"))
    }
}

/// Brings figures together, story by story.
pub(crate) fn figures(corpus: &Corpus, cast: &Cast, stories: &Stories, published: &Published, descent: &Descent) -> Vec<Figure> {
    let sorts = Sorts::bundled();
    let desk = Desk { corpus, cast, sorts, published };
    let mut figures = Vec::new();
    for (story, documents) in stories.groups.iter().enumerate() {
        let locals: Vec<Local> =
            documents.iter().flat_map(|&doc| (0..corpus.notes(doc).figures.len()).map(move |index| Local { doc, index })).collect();
        let score = |i: usize, j: usize| {
            if comparable(&desk, locals[i], locals[j]) { likeness(&desk, locals[i], locals[j]) } else { 0.0 }
        };
        let groups = agglomerate(locals.len(), all_pairs(locals.len(), score), 0.5, |i, j| comparable(&desk, locals[i], locals[j]));
        let groups = retelling::joined(&desk, &locals, groups);
        let id = stories.id(corpus, story);
        figures.extend(
            groups.into_iter().map(|group| figure(corpus, cast, published, descent, &id, group.into_iter().map(|i| locals[i]).collect())),
        );
    }
    figures.sort_by(|a, b| (&a.measure, &a.population, &a.id).cmp(&(&b.measure, &b.population, &b.id)));
    figures
}

fn mention<'a>(corpus: &Corpus<'a>, local: Local) -> &'a FigureMention {
    &corpus.notes(local.doc).figures[local.index]
}

fn quantity<'a>(corpus: &Corpus<'a>, local: Local) -> &'a Quantity {
    &corpus.notes(local.doc).quantities[mention(corpus, local).quantity.index()]
}

/// What figures are compared with.
#[derive(Copy, Clone)]
struct Desk<'d, 'a> {
    corpus: &'d Corpus<'a>,
    cast: &'d Cast,
    sorts: &'d Sorts,
    published: &'d Published,
}

/// Same measure, same unit, populations that may be the same.
fn comparable(desk: &Desk, a: Local, b: Local) -> bool {
    let Desk { corpus, cast, sorts, published } = *desk;
    let (x, y) = (mention(corpus, a), mention(corpus, b));
    let (p, q) = (quantity(corpus, a), quantity(corpus, b));
    // What only its noun names ("two dozen envoys") may be what another report says more of ("24 envoys attended"). People at large may be anybody.
    let same_noun = x.population_lemma == y.population_lemma && x.population_lemma.as_ref().is_some_and(|lemma| !sorts.everybody(lemma));
    let retold = told_by_its_number(sorts, x, p, y, q);
    let measures_agree = x.measure == y.measure || is_bare(x) != is_bare(y) && same_noun || retold;
    if !measures_agree || p.unit != q.unit || p.kind != q.kind {
        return false;
    }
    if is_part(corpus, a) != is_part(corpus, b) {
        return false;
    }
    // Two numbers of one sentence count two things, unless one replaces the other; so do a handful and a multitude.
    let replaces = a.doc == b.doc && (x.replaces == Some(y.quantity) || y.replaces == Some(x.quantity));
    if !replaces && (of_other_size(p, q) || holders_differ(corpus, cast, a, b)) {
        return false;
    }
    if a.doc == b.doc && !replaces && corpus.sentence_of(a.doc, p.span) == corpus.sentence_of(b.doc, q.span) {
        return false;
    }
    // A toll of years ago is background, and no earlier state of today's.
    match (background(corpus, published, a), background(corpus, published, b)) {
        (None, None) => {}
        (Some(p), Some(q)) if p.overlaps(q) => {}
        _ => return false,
    }
    let population = match (&x.population_lemma, &y.population_lemma) {
        (Some(m), Some(n)) => retold || sorts.alike(m, n) && owners_agree(x, y),
        (Some(m), None) | (None, Some(m)) => p.unit.is_some() || sorts.everybody(m),
        (None, None) => true,
    };
    let place = |figure: &FigureMention, doc: DocIx| figure.place.map(|id| corpus.notes(doc).places[id.index()].name.clone());
    let places_differ = matches!((place(x, a.doc), place(y, b.doc)), (Some(p), Some(q)) if p != q);
    population && !(places_differ && corpus.similarity((a.doc, x.evidence.first()), (b.doc, y.evidence.first())) < 0.6)
}

/// Whether people are counted in other words: "24 crew", "24 people on board", "24 sailors". A number that is not round tells, where one report says nothing more of them.
fn told_by_its_number(sorts: &Sorts, x: &FigureMention, p: &Quantity, y: &FigureMention, q: &Quantity) -> bool {
    const FEWEST: f64 = 11.0;
    let human = |figure: &FigureMention| {
        figure.population_class.as_deref() == Some("human")
            || figure.population_lemma.as_deref().is_some_and(|lemma| sorts.everybody(lemma))
    };
    let exact = |quantity: &Quantity| quantity.low.filter(|low| quantity.high == Some(*low) && *low >= FEWEST && low % 10.0 != 0.0);
    human(x) && human(y) && (is_bare(x) || is_bare(y)) && exact(p).is_some() && exact(p) == exact(q)
}

/// Whether a number counts some of those told of before: "eleven of them children", "of whom nine had died".
fn is_part(corpus: &Corpus, local: Local) -> bool {
    let (parse, span) = (corpus.parse(local.doc), quantity(corpus, local).span);
    let Some(sentence) = corpus.sentence_of(local.doc, span).map(|id| parse.sentence(id).span) else { return false };
    let lemmas: Vec<(usize, String)> =
        parse.tokens_in(sentence).map(|id| parse.token(id)).map(|token| (token.span.start(), token.lemma.to_lowercase())).collect();
    let of_them = |pair: &[(usize, String)]| {
        pair[0].1 == "of" && matches!(pair[1].1.as_str(), "they" | "them" | "who" | "whom" | "which" | "these" | "those")
    };
    let (before, behind): (Vec<_>, Vec<_>) = lemmas.into_iter().partition(|(start, _)| *start < span.end());
    let before: Vec<_> = before.into_iter().filter(|(start, _)| *start < span.start()).collect();
    behind.first_chunk::<2>().is_some_and(|pair| of_them(pair)) || before.last_chunk::<2>().is_some_and(|pair| of_them(pair))
}

/// Whether one number is so many times the other that no counting of one thing gives both.
fn of_other_size(p: &Quantity, q: &Quantity) -> bool {
    const MOST_TIMES: f64 = 25.0;
    let size = |quantity: &Quantity| quantity.low.or(quantity.high).unwrap_or(0.0).abs();
    let (few, many) = (size(p).min(size(q)), size(p).max(size(q)));
    few > 0.0 && many / few > MOST_TIMES
}

/// Whether shares are told of two: "Berg took 50.6 percent", "Lund, 49.4 percent".
fn holders_differ(corpus: &Corpus, cast: &Cast, a: Local, b: Local) -> bool {
    let (p, q) = (quantity(corpus, a), quantity(corpus, b));
    let shares = p.kind == QuantityKind::Percent && q.kind == QuantityKind::Percent;
    shares && matches!((holder(corpus, cast, a), holder(corpus, cast, b)), (Some(x), Some(y)) if x != y)
}

/// Whose number it is: the person named last before it in its sentence, or first behind "for" after it.
fn holder(corpus: &Corpus, cast: &Cast, local: Local) -> Option<ActorIx> {
    let span = quantity(corpus, local).span;
    let sentence = corpus.parse(local.doc).sentence(corpus.sentence_of(local.doc, span)?).span;
    let notes = corpus.notes(local.doc);
    let people = || {
        notes.mentions.iter().filter(|mention| {
            sentence.contains(mention.span)
                && mention.kind == MentionKind::Name
                && notes.entities[mention.entity.index()].kind == EntityKind::Person
        })
    };
    let behind_for = |mention: &&Mention| {
        mention.span.start() > span.end() && corpus.doc(local.doc).text[span.end()..mention.span.start()].trim() == "for"
    };
    let found = people().find(behind_for).or_else(|| people().rfind(|mention| mention.span.end() <= span.start()))?;
    Some(cast.of(local.doc, found.entity))
}

/// Whether both are told as of days that meet.
fn same_day(desk: &Desk, a: Local, b: Local) -> bool {
    const MOST_DAYS: i32 = 3;
    let day = |local: Local| {
        let when = mention(desk.corpus, local).as_of.and_then(|id| when(desk.corpus, desk.published, local.doc, id))?;
        (when.range.n_days() <= MOST_DAYS).then_some(when.range)
    };
    matches!((day(a), day(b)), (Some(p), Some(q)) if p.overlaps(q))
}

/// Days after which a dated figure is history in the report that tells it.
const HISTORY: i32 = 60;

/// The date of a figure that was history when it was told.
fn background(corpus: &Corpus, published: &Published, local: Local) -> Option<DateRange> {
    let own = mention(corpus, local).as_of.and_then(|id| when(corpus, published, local.doc, id))?.range;
    let told = published.range(local.doc)?;
    ((told.earliest() - own.latest()).get_days() > HISTORY).then_some(own)
}

/// Capitalised words of a population name its owner ("Ukrainian soldiers"): where both have one, they must share one.
/// Demonyms and names of one state are not aligned here; a dossier's sentences decide (see [`likeness`]).
fn owners_agree(x: &FigureMention, y: &FigureMention) -> bool {
    let modifiers = |figure: &FigureMention| -> BTreeSet<String> {
        let words = figure.population.as_deref().unwrap_or("").split_whitespace();
        let lemma = figure.population_lemma.as_deref().unwrap_or("");
        words
            .filter(|word| {
                !is_form_of(word, lemma)
                    && word.chars().all(char::is_alphabetic)
                    && word.chars().next().is_some_and(char::is_lowercase)
                    && !FUNCTION.contains(word)
            })
            .map(str::to_owned)
            .collect()
    };
    let (p, q) = (modifiers(x), modifiers(y));
    // "crew members" and "passengers", "dead civilians" and "dead soldiers": one must contain the other's modifiers.
    p.is_subset(&q) || q.is_subset(&p)
}

/// Whether a word is the head of the population itself, in its plural: "persons" of "person", "men" of "man".
fn is_form_of(word: &str, lemma: &str) -> bool {
    let shared = word.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
    shared >= lemma.chars().count().saturating_sub(2).clamp(1, 4)
}

/// Words of a noun phrase that tell nothing of whom it counts.
const FUNCTION: [&str; 12] = ["the", "a", "an", "of", "other", "others", "more", "its", "their", "his", "her", "additional"];

/// Whether the measure is only the noun of those counted: the text does not say what became of them.
fn is_bare(figure: &FigureMention) -> bool {
    figure.population_lemma.as_deref().is_some_and(|lemma| figure.measure.starts_with(lemma))
        || figure.population_class.is_some() && figure.measure == "people"
}

fn likeness(desk: &Desk, a: Local, b: Local) -> f64 {
    let corpus = desk.corpus;
    let (x, y) = (mention(corpus, a), mention(corpus, b));
    let sense = corpus.similarity((a.doc, x.evidence.first()), (b.doc, y.evidence.first()));
    let values = (quantity(corpus, a).low, quantity(corpus, a).high) == (quantity(corpus, b).low, quantity(corpus, b).high);
    // Bare counts ("236 people") are of one thing only in sentences of one sense.
    if (is_bare(x) || is_bare(y)) && sense < SAME_SENTENCE && !values {
        return 0.0;
    }
    let same_lemma = x.population_lemma == y.population_lemma;
    let everybody = |figure: &FigureMention| figure.population_lemma.as_deref().is_some_and(|lemma| desk.sorts.everybody(lemma));
    // The dead of one affair, whichever word stands for people.
    let at_large = x.measure == y.measure && !is_bare(x) && everybody(x) && everybody(y);
    f64::from(sense).max(0.0) * 0.5
        + if sense >= SAME_CONTEXT { 0.25 } else { 0.0 }
        + if values { 0.35 } else { 0.0 }
        + if same_lemma || at_large { 0.1 } else { 0.0 }
        + if at_large { 0.05 } else { 0.0 }
        + if at_large && same_day(desk, a, b) { 0.25 } else { 0.0 }
}

fn figure(corpus: &Corpus, cast: &Cast, published: &Published, descent: &Descent, story: &StoryId, locals: Vec<Local>) -> Figure {
    let mut readings: Vec<(Local, FigureReading)> = locals.iter().map(|&local| (local, reading(corpus, cast, published, local))).collect();
    // What another value replaces comes before all others of its day, though it is told after it: "140, up from 85".
    readings.sort_by_key(|(local, reading)| {
        let days = reading.as_of.as_ref().map(|when| (when.range.latest(), when.range.earliest()));
        (days, !is_replaced(corpus, &locals, *local), *local)
    });
    let testimonies: Vec<Testimony> =
        readings.iter().map(|(local, reading)| Testimony { doc: local.doc, span: reading.quantity, chain: &reading.chain }).collect();
    let origins = origins(corpus, cast, descent, &testimonies);
    let mentions: Vec<&FigureMention> = locals.iter().map(|&local| mention(corpus, local)).collect();
    let relations = relations(corpus, published, &readings);
    let measure = naming::name(corpus, &locals);
    let readings: Vec<FigureReading> = readings.into_iter().map(|(_, reading)| reading).collect();
    Figure {
        id: FigureId::of([measure.as_str(), readings[0].document.as_str(), &readings[0].quantity.start().to_string()]),
        story: story.clone(),
        measure,
        population: population(&mentions),
        unit: mentions[0].unit.clone(),
        place: locals
            .iter()
            .find_map(|&local| mention(corpus, local).place.map(|id| corpus.notes(local.doc).places[id.index()].name.clone())),
        relations,
        origins,
        readings,
    }
}

/// The fullest wording: most words, then the most frequent.
fn population(mentions: &[&FigureMention]) -> Option<String> {
    let wordings = || mentions.iter().filter_map(|mention| mention.population.as_ref());
    let rank = |wording: &String| (wording.split_whitespace().count(), wordings().filter(|other| *other == wording).count());
    wordings().max_by(|a, b| rank(a).cmp(&rank(b)).then(b.cmp(a))).cloned()
}

fn reading(corpus: &Corpus, cast: &Cast, published: &Published, local: Local) -> FigureReading {
    let (figure, quantity) = (mention(corpus, local), quantity(corpus, local));
    let doc = local.doc;
    let told_by = figure.attribution.map_or(&[][..], |id| &corpus.notes(doc).attributions[id.index()].chain);
    let mut chain = hops(corpus, cast, published, doc, told_by);
    chain.extend(hops(corpus, cast, published, doc, figure.counter.as_slice()));
    // What is told without a date holds when it was said.
    let said = figure.attribution.and_then(|id| corpus.notes(doc).attributions[id.index()].said);
    let told = |when: &When| published.range(doc).is_none_or(|report| when.range.earliest() <= report.latest());
    let said = said.and_then(|id| when(corpus, published, doc, id)).filter(told);
    let window = figure.window.and_then(|one| window(corpus, published, doc, one));
    // "11 deaths until the evening of Wednesday": what was counted until a day holds on that day.
    let counted_until = || window.as_ref()?.until.clone().filter(told);
    let own = figure.as_of.and_then(|id| when(corpus, published, doc, id)).or_else(counted_until).or(said);
    FigureReading {
        document: corpus.doc(doc).id.clone(),
        evidence: figure.evidence.clone(),
        quantity: quantity.span,
        low: quantity.low,
        high: quantity.high,
        qualifier: quantity.qualifier,
        population: figure.population.clone(),
        // Nothing was counted or said after the report that tells it; a plan may name its own day.
        as_of: own.or_else(|| passage_day(corpus, published, local).filter(told)).or_else(|| as_of_report(published, doc)),
        cumulative: figure.cumulative,
        window,
        chain,
    }
}
