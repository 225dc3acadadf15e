//! How an event stands: whether it happened, is planned, promised, denied, by tense, modals, negation, conditions and the words that govern it.
//!
//! "Rome refused to say whether it would send boats": `send` stands under "whether" (hypothetical), under "refused" (refused).

use variorum_model::{Deprel, EventStatus, TokenId, Upos};

use super::{
    grammar::{first_conjunct, has_copula, has_word, is_infinitive, is_nominal, mark, preposition},
    lexicon::{Effect, WordClass},
    scene::Scene,
};

/// How many governing words are followed upwards.
const MAX_CLIMB: usize = 8;

/// How the words around a trigger make it stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// "will", "is to"
    pub(super) future: bool,
    /// "may", "could"
    pub(super) possible: bool,
    /// "would", "should", in a question, under "if"
    pub(super) hypothetical: bool,
    /// "will … unless"
    pub(super) conditioned: bool,
    pub(super) negated: bool,
    /// "no official", "none of them": nobody did it.
    pub(super) nobody: bool,
    /// "has detained": told from a later day.
    pub(super) perfect: bool,
    /// A bare purpose ("to help with the search") or a thing left undone ("without signing").
    pub(super) unreal: bool,
    /// Governing words, innermost first.
    pub(super) frames: Vec<Governor>,
}

/// A governing word and what it does.
#[derive(Copy, Clone, Debug)]
pub(super) struct Governor {
    pub(super) token: TokenId,
    pub(super) effect: Effect,
    pub(super) negated: bool,
}

/// Looks at a trigger's own words and climbs to those that govern it.
pub(super) fn standing(scene: &Scene, trigger: TokenId) -> Standing {
    let mut standing = Standing::default();
    read_modality(scene, trigger, &mut standing);
    let mut at = trigger;
    for _ in 0..MAX_CLIMB {
        let Some(head) = scene.parse.head(at) else { break };
        let head = if scene.parse.token(at).deprel == Deprel::Conj { first_conjunct(scene.parse, at, head) } else { head };
        match step(scene, at, head) {
            Step::Same => {
                if shares_auxiliaries(scene, at) {
                    read_modality(scene, head, &mut standing);
                }
            }
            Step::Governed(effect) => {
                standing.frames.push(Governor { token: head, effect, negated: is_negated(scene, head) });
                read_governor(scene, head, &mut standing);
            }
            Step::Condition => {
                standing.hypothetical = true;
                break;
            }
            Step::Purpose => {
                standing.unreal = true;
                break;
            }
            Step::Through => {}
            Step::Free => break,
        }
        at = head;
    }
    standing.hypothetical |= is_question(scene, trigger);
    standing
}

enum Step {
    /// A conjunct: stands as its first conjunct stands.
    Same,
    Governed(Effect),
    /// Under "if", "unless", "whether".
    Condition,
    Purpose,
    /// Nothing said; look further up.
    Through,
    /// Nothing above matters.
    Free,
}

fn step(scene: &Scene, at: TokenId, head: TokenId) -> Step {
    let parse = scene.parse;
    let marker = mark(parse, at);
    let conditional = matches!(marker.as_deref(), Some("if" | "unless" | "whether" | "lest"));
    let effect = effect(scene, head);
    match parse.token(at).deprel {
        Deprel::Conj => Step::Same,
        _ if conditional => Step::Condition,
        Deprel::Advcl | Deprel::Acl | Deprel::Obl if matches!(marker.as_deref(), Some("without" | "instead" | "rather" | "than")) => {
            Step::Purpose
        }
        Deprel::Ccomp
            if effect == Some(Effect::Requested)
                && !is_infinitive(parse, at)
                && !is_subjunctive(scene, at)
                && asks_of_object(scene, head) =>
        {
            Step::Through
        }
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => {
            effect.map_or(if is_infinitive(parse, at) { to_be(scene, head) } else { Step::Through }, Step::Governed)
        }
        Deprel::Acl | Deprel::Advcl if is_infinitive(parse, at) => match effect {
            Some(effect) => Step::Governed(effect),
            // "the first woman to lead": no purpose.
            None if parse.token(at).deprel == Deprel::Acl && !is_abstract(scene, head) => Step::Free,
            None => Step::Purpose,
        },
        Deprel::Acl | Deprel::Advcl if marker.is_some() => match effect {
            Some(effect) if matches!(marker.as_deref(), Some("of" | "from" | "for" | "that" | "on" | "in" | "about" | "against")) => {
                Step::Governed(effect)
            }
            _ => Step::Free,
        },
        Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::NsubjPass | Deprel::Nsubj if is_nominal(parse, at) => {
            nominal_step(scene, at, head, effect)
        }
        _ => Step::Free,
    }
}

/// A nominal event under a verb or noun: "called for talks", "plans for a visit", "the visit is planned", "denied the attack".
fn nominal_step(scene: &Scene, at: TokenId, head: TokenId, effect: Option<Effect>) -> Step {
    let subject = scene.parse.token(at).deprel == Deprel::Nsubj;
    let phrase = preposition(scene.parse, at);
    let oblique = matches!(scene.parse.token(at).deprel, Deprel::Obl | Deprel::Nmod);
    let governs = match phrase.as_deref() {
        Some("for" | "of") => true,
        Some("to" | "on" | "with" | "against" | "about") => !matches!(effect, Some(Effect::Failed | Effect::Denied)),
        Some(_) => false,
        None => !oblique,
    };
    match effect {
        Some(_) if !governs => Step::Free,
        Some(Effect::Failed) if oblique && phrase.as_deref() != Some("of") => Step::Free,
        // "The talks failed"; but "the attack threatened ..." is no frame of its own subject.
        Some(effect) if subject => {
            if matches!(effect, Effect::Failed) && scene.parse.child(head, Deprel::Obj).is_none() {
                Step::Governed(effect)
            } else {
                Step::Free
            }
        }
        Some(Effect::Done) | None => {
            let adjective = scene.parse.token(head).upos == Upos::Verb
                && scene.lexicon.is(Effect::Light, WordClass::Verb, scene.lemma(head), |word| has_word(scene.parse, head, word));
            if adjective { Step::Through } else { Step::Free }
        }
        Some(Effect::Requested) if scene.parse.token(at).deprel == Deprel::Obl && !matches!(phrase.as_deref(), Some("for" | "to")) => {
            Step::Free
        }
        Some(effect) => Step::Governed(effect),
    }
}

/// "that Rome hand over the tapes"
fn is_subjunctive(scene: &Scene, clause: TokenId) -> bool {
    scene.parse.token(clause).tag == "VB" && scene.parse.child(clause, Deprel::Aux).is_none()
}

/// "told them that it had ended" reports; "told them to end it" asks.
fn asks_of_object(scene: &Scene, head: TokenId) -> bool {
    let class = WordClass::of(scene.parse.token(head).upos);
    let frame = class.and_then(|class| scene.lexicon.frame(class, scene.lemma(head), |word| has_word(scene.parse, head, word)));
    frame.is_some_and(|frame| frame.object_control)
}

/// "The inquiry is to report", "they are to meet".
fn to_be(scene: &Scene, head: TokenId) -> Step {
    if scene.parse.token(head).lemma == "be" { Step::Governed(Effect::Planned) } else { Step::Through }
}

fn is_abstract(scene: &Scene, id: TokenId) -> bool {
    use variorum_model::Referent;
    matches!(scene.parse.referent(id), Some(Referent::Abstract | Referent::Event) | None)
}

/// What a governing word does, particles and prepositions considered.
fn effect(scene: &Scene, head: TokenId) -> Option<Effect> {
    let class = WordClass::of(scene.parse.token(head).upos)?;
    scene.lexicon.frame(class, scene.lemma(head), |word| has_word(scene.parse, head, word)).map(|frame| frame.effect)
}

/// What a trigger does to what it governs, being a governing word itself: "vowed" promises.
pub(super) fn own_effect(scene: &Scene, trigger: TokenId) -> Option<Effect> {
    effect(scene, trigger)
}

/// "met and signed" stand alone; "will meet and sign" share their auxiliary.
fn shares_auxiliaries(scene: &Scene, conjunct: TokenId) -> bool {
    let own = [Deprel::Aux, Deprel::Nsubj, Deprel::NsubjPass];
    scene.parse.child_of(conjunct, &own).is_none() && !matches!(scene.parse.token(conjunct).tag.as_str(), "VBD" | "VBZ" | "VBP")
}

fn read_modality(scene: &Scene, predicate: TokenId, standing: &mut Standing) {
    let parse = scene.parse;
    let mut would = false;
    for &child in parse.children(predicate) {
        let token = parse.token(child);
        match (token.deprel, scene.lemma(child)) {
            (Deprel::Aux, "will" | "shall" | "'ll" | "wo") => {
                // A lemmatiser may give "will" for "would".
                if token.span.of(&scene.doc.text).to_lowercase().contains("would") || token.span.of(&scene.doc.text) == "'d" {
                    would = true
                } else {
                    standing.future = true
                }
            }
            (Deprel::Aux, "would") => would = true,
            (Deprel::Aux, "may" | "might" | "could" | "can") => standing.possible = true,
            (Deprel::Aux, "must" | "should" | "ought") => standing.hypothetical = true,
            (Deprel::Aux, "have") => standing.perfect = true,
            // "The review is to be held"
            (Deprel::Mark, "to") if is_to_be(scene, predicate, child) => standing.future = true,
            (Deprel::Advcl, _) if matches!(mark(parse, child).as_deref(), Some("if" | "unless")) => standing.conditioned = true,
            _ => {}
        }
    }
    match would {
        true if standing.conditioned || !is_reported(scene, predicate) => standing.hypothetical = true,
        true => standing.future = true,
        false => {}
    }
    standing.negated |= is_negated(scene, predicate);
    standing.nobody |= is_done_by_nobody(scene, predicate);
}

/// Whether a form of "be" stands before the "to" of a predicate.
fn is_to_be(scene: &Scene, predicate: TokenId, to: TokenId) -> bool {
    let auxiliaries = [Deprel::Aux, Deprel::AuxPass];
    let mut before = scene.parse.children(predicate).iter().filter(|&&child| child < to);
    before.any(|&child| auxiliaries.contains(&scene.parse.token(child).deprel) && scene.lemma(child) == "be")
}

/// Modals and negation of a governing word pass to what it governs.
fn read_governor(scene: &Scene, governor: TokenId, standing: &mut Standing) {
    let mut above = Standing::default();
    read_modality(scene, governor, &mut above);
    standing.possible |= above.possible;
    standing.hypothetical |= above.hypothetical;
    standing.conditioned |= above.conditioned;
}

/// "said it would send": the future of the past, not a supposition.
fn is_reported(scene: &Scene, predicate: TokenId) -> bool {
    let span = scene.parse.token(predicate).span;
    let content = scene.attributions.iter().any(|attribution| attribution.content.spans().iter().any(|content| content.contains(span)));
    content
        || std::iter::once(predicate)
            .chain(scene.parse.ancestors(predicate))
            .any(|up| matches!(scene.parse.token(up).deprel, Deprel::Ccomp | Deprel::Parataxis))
}

/// "not", "never", "no longer": with the predicate or its auxiliaries; "no" with its object.
pub(super) fn is_negated(scene: &Scene, predicate: TokenId) -> bool {
    let parse = scene.parse;
    let negative =
        |id: TokenId| matches!(scene.lemma(id), "not" | "n't" | "never" | "no" | "neither" | "nothing" | "nobody" | "none" | "nowhere");
    parse.children(predicate).iter().copied().any(|child| {
        let token = parse.token(child);
        let determined = || parse.children_by(child, Deprel::Det).any(negative);
        match token.deprel {
            Deprel::Advmod | Deprel::Det | Deprel::Aux | Deprel::CcPreconj => negative(child),
            // "At no time did it exceed the limit."
            Deprel::Obl => determined() && matches!(scene.lemma(child), "time" | "point" | "way" | "circumstance" | "stage" | "moment"),
            Deprel::Obj => token.upos != Upos::Propn && (negative(child) || determined()),
            _ => false,
        }
    })
}

/// "No one was hurt", "none of the crew", "neither side".
fn is_done_by_nobody(scene: &Scene, predicate: TokenId) -> bool {
    let parse = scene.parse;
    let negative = |id: TokenId| matches!(scene.lemma(id), "no" | "nobody" | "none" | "neither" | "nothing" | "no-one");
    let determined = |id: TokenId| {
        let mut below = parse.children(id).iter().copied();
        below.any(|low| matches!(parse.token(low).deprel, Deprel::Det | Deprel::CcPreconj) && negative(low))
    };
    let mut subjects = parse.children(predicate).iter().copied().filter(|&child| parse.token(child).deprel.is_subject());
    subjects.any(|child| negative(child) || determined(child))
}

/// Ends in a question mark and is not somebody's quoted question elsewhere in the sentence.
fn is_question(scene: &Scene, trigger: TokenId) -> bool {
    let sentence = scene.parse.sentence(scene.parse.token(trigger).sentence);
    let last = sentence.tokens().rev().find(|&id| !matches!(scene.parse.token(id).span.of(&scene.doc.text), "\"" | "”" | "'" | "’" | ")"));
    last.is_some_and(|id| scene.parse.token(id).span.of(&scene.doc.text).contains('?'))
}

impl Standing {
    /// Status by the words of the clause itself, governing words left out.
    pub(super) fn status(&self) -> EventStatus {
        match () {
            () if self.hypothetical => EventStatus::Hypothetical,
            () if self.possible => EventStatus::Possible,
            () if self.future => EventStatus::Planned,
            () => EventStatus::Occurred,
        }
    }
}

/// Whether a noun's phrase says itself that the thing is no more than an idea: "no talks", "a possible visit".
pub(super) fn noun_status(scene: &Scene, noun: TokenId) -> Option<EventStatus> {
    let parse = scene.parse;
    if parse.children_by(noun, Deprel::Det).any(|child| scene.lemma(child) == "no") && !has_copula(parse, noun) {
        return Some(EventStatus::Denied);
    }
    parse.children_by(noun, Deprel::Amod).find_map(|child| match scene.lemma(child) {
        "possible" | "potential" | "suspected" | "alleged" | "feared" => Some(EventStatus::Possible),
        "planned" | "upcoming" | "forthcoming" | "scheduled" | "proposed" | "future" | "next" | "expected" | "promised" => {
            Some(EventStatus::Planned)
        }
        "hypothetical" | "imaginary" => Some(EventStatus::Hypothetical),
        _ => None,
    })
}
