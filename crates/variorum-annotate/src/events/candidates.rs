//! Whom may a happening have for its actors and recipients, and what is to be said of each?
//!
//! Input: a happening and whom the grammar finds around it. Output: everybody whom the sentence speaks of or the grammar finds, each with traits: what the grammar says, the way through the tree from the trigger to him, how far off, what he is.
//! "Rome agreed to hand the boats to Tirana": from `hand` the way to Rome is `Xcomp/Nsubj`. Limits: whom only another sentence names is none, unless the grammar finds him.

use variorum_model::{Deprel, EntityId, SentenceId, TokenId, Trigger, Upos};

use super::{grammar::preposition, happenings::Happening, judged::opinion, lexicon::WordClass, scene::Scene};

/// Chances beyond these are as good as never and always.
const NEVER: f32 = 0.005;
/// What the network says of nobody, in log-odds: `NEVER`.
pub(super) const NOBODY: f32 = -5.293_305;

/// The trait of being told in the phrase of another.
const INSIDE: &str = "inside";

/// Whom the grammar finds on either side.
pub(super) struct ByGrammar {
    pub(super) actors: Vec<EntityId>,
    pub(super) recipients: Vec<EntityId>,
}

/// Somebody who may take part.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub entity: EntityId,
    /// What is to be said of him, single traits and pairs of them: the rows of `knowledge/parties.tsv`.
    pub traits: Vec<String>,
    /// What the network thinks of his doing it and of his undergoing it, in log-odds: 0 for both where the sentence does not speak of him. None where it was not asked.
    pub by_network: Option<(f32, f32)>,
}

impl Candidate {
    /// Whether he is told in the phrase of another who may take part, as the bank in "the founder of the bank".
    pub fn is_inside(&self) -> bool {
        self.traits.iter().any(|own| own == INSIDE)
    }
}

/// Everybody who may take part, in the order of their first words.
pub(super) fn candidates(scene: &Scene, told: &Happening, by_grammar: &ByGrammar) -> Vec<Candidate> {
    let here = spoken_of(scene, scene.parse.token(told.trigger()).sentence);
    let mut all: Vec<EntityId> = Vec::new();
    for &entity in by_grammar.actors.iter().chain(&by_grammar.recipients).chain(here.iter().map(|(_, entity)| entity)) {
        if !all.contains(&entity) {
            all.push(entity);
        }
    }
    let all: Vec<Bearer> = all.into_iter().map(|entity| Bearer::new(scene, told, entity, &here)).collect();
    let described = all.iter().map(|own| {
        let traits = traits(scene, told, by_grammar, own, &all);
        Candidate { entity: own.entity, traits, by_network: opinion(scene, told).map(|opinion| by_network(opinion, &own.words)) }
    });
    described.collect()
}

/// Somebody and how the sentence speaks of him.
struct Bearer {
    entity: EntityId,
    words: Vec<TokenId>,
    /// That of his words which is nearest to the trigger in the tree; none where the sentence does not speak of him.
    nearest: Option<Nearest>,
}

/// A word with the way to it from the trigger.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Nearest {
    steps: usize,
    way: String,
    word: TokenId,
}

impl Bearer {
    fn new(scene: &Scene, told: &Happening, entity: EntityId, here: &[(TokenId, EntityId)]) -> Self {
        let words: Vec<TokenId> = here.iter().filter(|(_, other)| *other == entity).map(|(word, _)| *word).collect();
        let ways = words.iter().map(|&word| {
            let (steps, way) = way_to(scene, told.trigger(), word);
            Nearest { steps, way, word }
        });
        let nearest = ways.min();
        Self { entity, words, nearest }
    }
}

/// Everybody of whom a sentence speaks, with the words.
fn spoken_of(scene: &Scene, sentence: SentenceId) -> Vec<(TokenId, EntityId)> {
    let somebody = |word: TokenId| scene.entity_at(word).filter(|&entity| scene.may_take_part(entity)).map(|entity| (word, entity));
    scene.parse.sentence(sentence).tokens().filter_map(somebody).collect()
}

fn by_network(opinion: &Trigger, words: &[TokenId]) -> (f32, f32) {
    let likeliest = |of: fn(&Trigger, TokenId) -> f32| words.iter().map(|&word| of(opinion, word)).reduce(f32::max).map_or(0.0, log_odds);
    (likeliest(Trigger::does), likeliest(Trigger::undergoes))
}

fn log_odds(chance: f32) -> f32 {
    let chance = chance.clamp(NEVER, 1.0 - NEVER);
    (chance / (1.0 - chance)).ln()
}

/// What is to be said of somebody, single traits and pairs of them.
fn traits(scene: &Scene, told: &Happening, by_grammar: &ByGrammar, own: &Bearer, all: &[Bearer]) -> Vec<String> {
    let grammar = match own.entity {
        entity if by_grammar.actors.contains(&entity) => "grammar:actor",
        entity if by_grammar.recipients.contains(&entity) => "grammar:recipient",
        _ => "grammar:none",
    };
    let class = match told.sense.class {
        WordClass::Verb => "class:verb",
        WordClass::Noun => "class:noun",
        WordClass::Adj => "class:adj",
    };
    let kind = format!("type:{}", told.verdict.kind.as_str());
    let sense = if told.sense.is_of_table() { "sense:table" } else { "sense:open" };
    let mut traits = vec![grammar.to_owned(), class.to_owned(), kind.clone(), sense.to_owned()];
    traits.extend([class, &kind, sense].map(|other| format!("{grammar} {other}")));
    for number in [format!("actors:{}", by_grammar.actors.len().min(2)), format!("recipients:{}", by_grammar.recipients.len().min(2))] {
        traits.push(format!("{number} {grammar} {kind}"));
        traits.extend(crossed(number, &[grammar, &kind]));
    }
    for single in own_traits(scene, told, own) {
        traits.extend(crossed(single, &[grammar, &kind]));
    }
    let lemma = format!("lemma:{}", scene.lemma(told.trigger()));
    traits.extend(crossed(lemma.clone(), &[grammar]));
    if let Some(nearest) = &own.nearest {
        let (way, label) = (format!("way:{}", nearest.way), format!("as:{}", label(scene, top(scene, nearest.word))));
        for company in company(scene, told, nearest, own.entity, all) {
            traits.extend(crossed(company, &[grammar, class, &kind, &way, &label]));
        }
        traits.extend(crossed(way, &[grammar, class, &kind, &lemma]));
        traits.extend(crossed(label, &[&kind, &lemma]));
    }
    traits
}

/// How he stands to the others of whom the sentence speaks: who of them is nearer, who hangs on the trigger itself, whether he is told in another's phrase.
fn company(scene: &Scene, told: &Happening, nearest: &Nearest, entity: EntityId, all: &[Bearer]) -> Vec<String> {
    let others = || all.iter().filter(|other| other.entity != entity);
    let nearer = others().filter(|other| other.nearest.as_ref().is_some_and(|other| other.steps < nearest.steps)).count();
    let mut traits = vec![format!("nearer:{}", nearer.min(3))];
    let mut beside: Vec<String> = others()
        .filter_map(|other| other.nearest.as_ref())
        .filter(|other| other.steps == 1)
        .map(|other| format!("beside:{}", other.way))
        .collect();
    beside.sort();
    beside.dedup();
    traits.extend(beside);
    let holds = |word: TokenId| others().any(|other| other.words.contains(&word));
    let above = |word: &TokenId| *word == told.trigger() || scene.parse.ancestors(told.trigger()).any(|other| other == *word);
    let inside = scene.parse.ancestors(top(scene, nearest.word)).take_while(|word| !above(word)).any(holds);
    traits.extend(inside.then(|| INSIDE.to_owned()));
    traits
}

/// A trait by itself and with each of the others.
fn crossed(own: String, others: &[&str]) -> Vec<String> {
    let pairs: Vec<String> = others.iter().map(|other| format!("{own} {other}")).collect();
    std::iter::once(own).chain(pairs).collect()
}

/// What he is, and how far off.
fn own_traits(scene: &Scene, told: &Happening, own: &Bearer) -> Vec<String> {
    let record = scene.entity(own.entity);
    let mut traits = vec![format!("kind:{:?}", record.kind)];
    traits.extend((!record.named).then(|| "unnamed".to_owned()));
    traits.push(format!("spoken-of:{}", record.mentions.len().min(4)));
    traits.extend(record.sector.as_ref().map(|sector| format!("sector:{sector}")));
    traits.extend(own.words.iter().any(|&word| scene.is_source_of(word, told.trigger())).then(|| "source".to_owned()));
    let Some(&Nearest { steps, word, .. }) = own.nearest.as_ref() else {
        traits.push("elsewhere".to_owned());
        return traits;
    };
    let distance = match word.0.abs_diff(told.trigger().0) {
        0..=2 => "2",
        3..=5 => "5",
        6..=10 => "10",
        11..=20 => "20",
        _ => "far",
    };
    traits.push(format!("steps:{}", steps.min(6)));
    traits.push(format!("{}:{distance}", if word < told.trigger() { "before" } else { "after" }));
    let upos = scene.parse.token(word).upos;
    traits.push(format!("word:{upos:?}"));
    traits.extend((upos == Upos::Noun).then(|| format!("noun:{}", scene.lemma(word))));
    traits
}

/// The way through the tree from a trigger to a word: upwards, "/", downwards. Of long ways only the ends are told.
fn way_to(scene: &Scene, trigger: TokenId, word: TokenId) -> (usize, String) {
    let upwards = |id: TokenId| std::iter::once(id).chain(scene.parse.ancestors(id)).collect::<Vec<TokenId>>();
    let (up, down) = (upwards(trigger), upwards(top(scene, word)));
    let meet = up.iter().enumerate().find_map(|(i, id)| down.iter().position(|other| other == id).map(|j| (i, j)));
    let Some((i, j)) = meet else { return (up.len() + down.len(), "apart".to_owned()) };
    let ups: Vec<String> = up[..i].iter().map(|&id| label(scene, id)).collect();
    let downs: Vec<String> = down[..j].iter().rev().map(|&id| label(scene, id)).collect();
    (i + j, format!("{}/{}", ends(&ups), ends(&downs)))
}

fn ends(parts: &[String]) -> String {
    match parts {
        [first, _, .., last] => format!("{first}>..>{last}"),
        _ => parts.join(">"),
    }
}

/// The relation of a word to its head, with its preposition.
fn label(scene: &Scene, id: TokenId) -> String {
    let deprel = scene.parse.token(id).deprel;
    match preposition(scene.parse, id) {
        Some(word) if matches!(deprel.base(), "obl" | "nmod") => format!("{}:{word}", deprel.base()),
        _ => format!("{deprel:?}"),
    }
}

/// The word that stands in the sentence for a phrase: the first of a coordination, the head of a name or title.
fn top(scene: &Scene, word: TokenId) -> TokenId {
    let part = |id: TokenId| {
        let up = scene.parse.head(id)?;
        match scene.parse.token(id).deprel {
            Deprel::Conj => Some(up),
            Deprel::Flat | Deprel::Appos | Deprel::Compound | Deprel::NmodDesc => scene.entity_at(up).map(|_| up),
            _ => None,
        }
    };
    std::iter::successors(Some(word), |&id| part(id)).last().unwrap_or(word)
}
