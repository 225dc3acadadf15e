//! Who of those whom a sentence speaks of takes part in a happening, and on which side?
//!
//! Input: a happening, whom the grammar finds around it, and what the parser's network thinks. Output: actors and recipients.
//! Everybody is described by traits: what the grammar says, the way through the tree from the trigger to him, how far off, what he is. "Rome agreed to hand the boats to
//! Tirana": from `hand` the way to Rome is `Xcomp/Nsubj`. `knowledge/parties.tsv` has what each trait speaks for.
//!
//! Limits: who is not spoken of in the sentence is taken from the grammar alone.

use rustc_hash::FxHashMap;
use variorum_model::{Deprel, EntityId, TokenId, Trigger, table::Table};

use super::{grammar::preposition, happenings::Happening, judged::opinion, lexicon::WordClass, scene::Scene};

/// How sure one must be of a participant.
const SURE: f32 = 0.45;
/// Chances beyond these are as good as never and always.
const NEVER: f32 = 0.005;

/// What the evidence weighs for one side: what the traits say, what the network says of this side, and of the other. Fitted on marked texts that the network was not
/// taught by.
struct Side {
    constant: f32,
    traits: f32,
    own: f32,
    other: f32,
}

const ACTORS: Side = Side { constant: -0.39, traits: 0.78, own: 0.29, other: -0.15 };
const RECIPIENTS: Side = Side { constant: 0.42, traits: 0.84, own: 0.39, other: 0.0 };

/// What each trait speaks for: taking part as an actor, and as a recipient.
#[derive(Debug)]
pub(super) struct Weights(FxHashMap<String, (f32, f32)>);

impl Weights {
    pub(super) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/parties.tsv")).expect("the bundled table of parties is well-formed");
        let number = |text: &str| text.parse::<f32>().expect("a weight of parties.tsv is a number");
        Self(table.rows().map(|row| (row.get("trait").to_owned(), (number(row.get("actor")), number(row.get("recipient"))))).collect())
    }

    fn of(&self, traits: &[String]) -> (f32, f32) {
        let known = std::iter::once("constant").chain(traits.iter().map(String::as_str)).filter_map(|own| self.0.get(own));
        known.fold((0.0, 0.0), |sum, weight| (sum.0 + weight.0, sum.1 + weight.1))
    }
}

/// Whom the grammar finds on either side.
pub(super) struct ByGrammar {
    pub(super) actors: Vec<EntityId>,
    pub(super) recipients: Vec<EntityId>,
}

/// Actors and recipients.
pub(super) fn parties(scene: &Scene, told: &Happening, by_grammar: &ByGrammar) -> (Vec<EntityId>, Vec<EntityId>) {
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    for somebody in candidates(scene, told, by_grammar) {
        let (does, undergoes) = somebody.chances(scene, opinion(scene, told));
        if does.max(undergoes) >= SURE {
            if does >= undergoes { &mut actors } else { &mut recipients }.push(somebody.entity);
        }
    }
    (actors, recipients)
}

/// Somebody who may take part.
struct Candidate {
    entity: EntityId,
    /// By which words of the sentence he is spoken of.
    words: Vec<TokenId>,
    traits: Vec<String>,
}

impl Candidate {
    /// How likely he acts, and undergoes.
    fn chances(&self, scene: &Scene, opinion: Option<&Trigger>) -> (f32, f32) {
        let (does, undergoes) = scene.lexicon.parties.of(&self.traits);
        let Some(opinion) = opinion else { return (chance(does), chance(undergoes)) };
        let likeliest =
            |of: fn(&Trigger, TokenId) -> f32| self.words.iter().map(|&word| of(opinion, word)).reduce(f32::max).map_or(0.0, log_odds);
        let (by_network, against) = (likeliest(Trigger::does), likeliest(Trigger::undergoes));
        let weigh = |side: &Side, said, own, other| chance(side.constant + side.traits * said + side.own * own + side.other * other);
        (weigh(&ACTORS, does, by_network, against), weigh(&RECIPIENTS, undergoes, against, by_network))
    }
}

fn chance(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn log_odds(chance: f32) -> f32 {
    let chance = chance.clamp(NEVER, 1.0 - NEVER);
    (chance / (1.0 - chance)).ln()
}

/// Whom the grammar finds and whom the sentence speaks of.
fn candidates(scene: &Scene, told: &Happening, by_grammar: &ByGrammar) -> Vec<Candidate> {
    let sentence = scene.parse.sentence(scene.parse.token(told.trigger()).sentence);
    let somebody = |word: TokenId| scene.entity_at(word).filter(|&entity| scene.may_take_part(entity)).map(|entity| (word, entity));
    let here: Vec<(TokenId, EntityId)> = sentence.tokens().filter_map(somebody).collect();
    let mut all: Vec<EntityId> = Vec::new();
    for &entity in by_grammar.actors.iter().chain(&by_grammar.recipients).chain(here.iter().map(|(_, entity)| entity)) {
        if !all.contains(&entity) {
            all.push(entity);
        }
    }
    let described = all.into_iter().map(|entity| {
        let words: Vec<TokenId> = here.iter().filter(|(_, other)| *other == entity).map(|(word, _)| *word).collect();
        let traits = traits(scene, told, by_grammar, entity, &words);
        Candidate { entity, words, traits }
    });
    described.collect()
}

/// What is to be said of somebody, single traits and pairs of them.
fn traits(scene: &Scene, told: &Happening, by_grammar: &ByGrammar, entity: EntityId, words: &[TokenId]) -> Vec<String> {
    let grammar = match entity {
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
    for own in own_traits(scene, told, entity, words) {
        traits.extend(crossed(own, &[grammar, &kind]));
    }
    if let Some((way, word)) = way(scene, told, words) {
        traits.extend(crossed(way, &[grammar, class, &kind]));
        traits.extend(crossed(format!("as:{}", label(scene, top(scene, word))), &[&kind]));
    }
    traits
}

/// A trait by itself and with each of the others.
fn crossed(own: String, others: &[&str]) -> Vec<String> {
    let pairs: Vec<String> = others.iter().map(|other| format!("{own} {other}")).collect();
    std::iter::once(own).chain(pairs).collect()
}

/// What he is, and how far off.
fn own_traits(scene: &Scene, told: &Happening, entity: EntityId, words: &[TokenId]) -> Vec<String> {
    let record = scene.entity(entity);
    let mut traits = vec![format!("kind:{:?}", record.kind)];
    traits.extend((!record.named).then(|| "unnamed".to_owned()));
    traits.extend(words.iter().any(|&word| scene.is_source_of(word, told.trigger())).then(|| "source".to_owned()));
    let Some((steps, _, word)) = nearest(scene, told, words) else {
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
    traits.push(format!("word:{:?}", scene.parse.token(word).upos));
    traits
}

fn way(scene: &Scene, told: &Happening, words: &[TokenId]) -> Option<(String, TokenId)> {
    nearest(scene, told, words).map(|(_, way, word)| (format!("way:{way}"), word))
}

/// The word of his that is nearest to the trigger in the tree, with the steps and the way to it.
fn nearest(scene: &Scene, told: &Happening, words: &[TokenId]) -> Option<(usize, String, TokenId)> {
    let ways = words.iter().map(|&word| {
        let (steps, way) = way_to(scene, told.trigger(), word);
        (steps, way, word)
    });
    ways.min()
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
