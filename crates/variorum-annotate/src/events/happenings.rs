//! From senses to happenings: one event where several words tell of one, with participants as words.
//!
//! "Han held talks with Orlov and vowed to help Moscow": `held` with its companion `talks` is one happening, `vowed` with the `help` it governs
//! another.

use rustc_hash::FxHashMap;
use variorum_model::{Deprel, EventStatus, EventType, SentenceId, TokenId, Upos};

use super::{
    grammar::{arguments, has_word, is_passive, obliques, preposition},
    lexicon::{Effect, NounKind, Slot, WordClass},
    scene::Scene,
    senses::{Sense, open_sense, sense},
    standing::{Standing, noun_status, own_effect, standing},
    types::{Verdict, ahead, is_material_conflict, verdict},
};

/// One happening, as the words of one sentence tell it.
pub(super) struct Happening<'a> {
    pub(super) sense: Sense<'a>,
    pub(super) standing: Standing,
    pub(super) verdict: Verdict,
    /// The type that tables and grammar give it; none where the tables do not know the word.
    pub(super) of_table: Option<EventType>,
    /// The verb that carries a nominal trigger: "held", "took place".
    pub(super) support: Option<TokenId>,
    /// Governing words that are part of the telling.
    pub(super) governors: Vec<TokenId>,
    /// Triggers of what this happening promises, asks for or refuses.
    pub(super) embedded: Vec<TokenId>,
    pub(super) actors: Vec<TokenId>,
    pub(super) recipients: Vec<TokenId>,
    pub(super) lemma: String,
}

impl Happening<'_> {
    pub(super) fn trigger(&self) -> TokenId {
        self.sense.trigger
    }

    /// The row and the transforms that made it.
    pub(super) fn rule(&self, scene: &Scene) -> String {
        let companions: Vec<&str> = self.sense.companions.iter().map(|&id| scene.parse.token(id).lemma.as_str()).collect();
        let words = std::iter::once(self.sense.row.lemma.as_str()).chain(companions).collect::<Vec<_>>().join(" + ");
        let row = match words.as_str() {
            "" => format!("{} by the network", self.sense.row.kind.as_str()),
            words => format!("{words} → {}", self.sense.row.kind.as_str()),
        };
        std::iter::once(row).chain(self.verdict.fired.iter().map(|&fired| fired.to_owned())).collect::<Vec<_>>().join(", ")
    }

    /// Words whose times and places are the happening's own.
    pub(super) fn anchors(&self) -> Vec<TokenId> {
        let mut anchors = vec![self.trigger()];
        anchors.extend(self.support);
        anchors.extend(&self.sense.companions);
        anchors.extend(&self.embedded);
        anchors
    }
}

/// The happenings of a sentence, in the order of their triggers.
pub(super) fn happenings<'a>(scene: &Scene<'a>, sentence: SentenceId) -> Vec<Happening<'a>> {
    let tokens = scene.parse.sentence(sentence).tokens();
    let content = |&id: &TokenId| scene.block(id).is_some_and(|kind| kind.is_content());
    let mut senses: Vec<Sense> = tokens.filter(content).filter_map(|id| sense(scene, id).or_else(|| open_sense(scene, id))).collect();
    // "received a call": a verb that only lends itself to a noun that the tables know needs no sense of its own.
    let lent: Vec<TokenId> = senses.iter().filter(|sense| sense.is_of_table()).filter_map(|sense| support(scene, sense)).collect();
    senses.retain(|sense| sense.is_of_table() || !lent.contains(&sense.trigger));
    let standings: FxHashMap<TokenId, Standing> = senses.iter().map(|sense| (sense.trigger, standing(scene, sense.trigger))).collect();
    let owners = owners(scene, &senses, &standings);
    let telling = senses.iter().filter(|sense| !owners.outermost.contains_key(&sense.trigger) && !standings[&sense.trigger].unreal);
    let told = telling.map(|sense| {
        let owned = senses.iter().filter(|inner| owners.outermost.get(&inner.trigger) == Some(&sense.trigger));
        // What is owned at one remove ("committed to opposing sanctions") is part of the words, not of the sense.
        let (inner, deeper): (Vec<&Sense>, Vec<&Sense>) =
            owned.partition(|inner| owners.direct.get(&inner.trigger) == Some(&sense.trigger));
        let mut told = happening(scene, sense, &standings[&sense.trigger], &inner);
        told.embedded.extend(deeper.iter().map(|deeper| deeper.trigger));
        told
    });
    told.collect()
}

/// Which triggers are part of another's telling: companions, what a promise promises, what a demand demands.
fn owners(scene: &Scene, senses: &[Sense], standings: &FxHashMap<TokenId, Standing>) -> Owners {
    let is_trigger = |id: TokenId| senses.iter().any(|sense| sense.trigger == id);
    let mut owner = FxHashMap::default();
    for sense in senses {
        for &companion in sense.companions.iter().filter(|&&companion| is_trigger(companion) && companion != sense.trigger) {
            // A participle does not own the noun it modifies unless the noun says what it does: "talks held in Rome".
            owner.entry(companion).or_insert(sense.trigger);
        }
    }
    for sense in senses {
        let governor = standings[&sense.trigger].frames.iter().find(|frame| {
            let speaks =
                matches!(frame.effect, Effect::Promised | Effect::Threatened | Effect::Refused | Effect::Requested | Effect::Planned);
            speaks && is_trigger(frame.token) && frame.token != sense.trigger
        });
        if let Some(governor) = governor {
            owner.entry(sense.trigger).or_insert(governor.token);
        }
        // "The agreement came into effect": a verb that is an event itself needs no other for its noun.
        if let Some(verb) = support(scene, sense).filter(|&verb| is_trigger(verb)) {
            owner.entry(sense.trigger).or_insert(verb);
        }
    }
    // Owners may be owned themselves: the outermost tells.
    let outermost = |mut id: TokenId| {
        for _ in 0..8 {
            match owner.get(&id) {
                Some(&up) if up != id => id = up,
                _ => break,
            }
        }
        id
    };
    let outermost = owner.keys().map(|&id| (id, outermost(id))).filter(|(id, up)| id != up).collect();
    Owners { direct: owner, outermost }
}

/// Owners of triggers that tell nothing by themselves.
struct Owners {
    direct: FxHashMap<TokenId, TokenId>,
    outermost: FxHashMap<TokenId, TokenId>,
}

/// What a sense tells, given how its word stands and what its telling embeds.
pub(super) fn happening<'a>(scene: &Scene<'a>, sense: &Sense<'a>, standing: &Standing, inner: &[&Sense]) -> Happening<'a> {
    let support = support(scene, sense);
    let mut standing = standing.clone();
    if let Some(verb) = support {
        carry(&mut standing, &super::standing::standing(scene, verb));
    }
    let mut verdict = verdict(sense.row.kind, sense.row.status, &standing);
    if sense.class == WordClass::Noun
        && let (EventStatus::Occurred, Some(status)) = (verdict.status, noun_status(scene, sense.trigger))
    {
        verdict.status = status;
        if status == EventStatus::Planned {
            verdict.kind = ahead(verdict.kind);
        }
    }
    if own_effect(scene, sense.trigger) == Some(Effect::Promised)
        && verdict.status == EventStatus::Occurred
        && verdict.kind != EventType::Agree
    {
        // "pledged support" is support in words, "pledged to support" an agreement.
        let to_act = sense.companions.iter().any(|&id| scene.parse.token(id).upos == Upos::Verb);
        verdict.status = EventStatus::Promised;
        if to_act && matches!(verdict.kind, EventType::Support | EventType::Concede | EventType::Aid | EventType::Cooperate) {
            verdict.kind = EventType::Agree;
        }
        verdict.fired.push("promised");
    }
    let mut told = Happening {
        sense: sense.clone(),
        governors: standing.frames.iter().map(|frame| frame.token).collect(),
        standing,
        verdict,
        of_table: None,
        support,
        embedded: Vec::new(),
        actors: Vec::new(),
        recipients: Vec::new(),
        lemma: scene.lemma(sense.trigger).to_owned(),
    };
    place_participants(scene, &mut told);
    for &inner in inner {
        embed(scene, &mut told, inner);
    }
    address(scene, &mut told);
    told.recipients.retain(|id| !told.actors.contains(id));
    told.of_table = Some(told.verdict.kind).filter(|_| told.sense.is_of_table());
    told
}

/// Demands are made of those who shall act, promises and threats concern those whom the announced act concerns.
fn address(scene: &Scene, told: &mut Happening) {
    let known = told.recipients.iter().any(|&id| !scene.participants(id).is_empty());
    let speaks = matches!(own_effect(scene, told.trigger()), Some(Effect::Requested | Effect::Promised | Effect::Threatened));
    if known || !speaks || told.sense.class != WordClass::Verb {
        return;
    }
    for complement in told.sense.arguments.complements.clone() {
        let inner = arguments(scene.lexicon, scene.parse, complement);
        let phrases = inner.obliques.into_iter().filter(|(word, _)| matches!(word.as_str(), "with" | "from" | "to" | "against" | "of"));
        let pledges = own_effect(scene, told.trigger()) == Some(Effect::Promised);
        // "promised that his country would help": both are bound.
        let doers = if pledges { &mut told.actors } else { &mut told.recipients };
        doers.extend(inner.subjects);
        let all = inner.objects.into_iter().chain(inner.indirect).chain(phrases.map(|(_, id)| id));
        let all: Vec<TokenId> = all.filter(|id| !told.actors.contains(id)).collect();
        told.recipients.extend(all);
    }
    told.actors = distinct(std::mem::take(&mut told.actors));
    told.recipients = distinct(std::mem::take(&mut told.recipients));
}

/// What the verb of a nominal trigger says of its standing holds for the noun.
fn carry(noun: &mut Standing, verb: &Standing) {
    noun.future |= verb.future;
    noun.possible |= verb.possible;
    noun.hypothetical |= verb.hypothetical;
    noun.conditioned |= verb.conditioned;
    noun.negated |= verb.negated;
    noun.nobody |= verb.nobody;
    noun.perfect |= verb.perfect;
    noun.frames
        .extend(verb.frames.iter().copied().filter(|frame| noun.frames.iter().all(|own| own.token != frame.token)).collect::<Vec<_>>());
}

/// The verb that lends itself to a noun: "held talks", "the talks took place", "an operation launched by".
fn support(scene: &Scene, sense: &Sense) -> Option<TokenId> {
    if sense.class != WordClass::Noun {
        return None;
    }
    let parse = scene.parse;
    let noun = sense.trigger;
    let is =
        |verb: TokenId, effect: Effect| scene.lexicon.is(effect, WordClass::Verb, scene.lemma(verb), |word| has_word(parse, verb, word));
    let participle = || parse.children_by(noun, Deprel::Acl).find(|&verb| is_passive(parse, verb) && is(verb, Effect::Light));
    let Some(head) = parse.head(noun) else { return participle() };
    let passive = is_passive(parse, head);
    match parse.token(noun).deprel {
        Deprel::Obj if is(head, Effect::Light) => Some(head),
        Deprel::NsubjPass if is(head, Effect::Light) => Some(head),
        Deprel::Nsubj
            if !passive && is(head, Effect::Happens) && parse.child(head, Deprel::Obj).is_none_or(|_| has_word(parse, head, "place")) =>
        {
            Some(head)
        }
        Deprel::Obl if preposition(parse, noun).is_some_and(|word| word == "in") && is(head, Effect::Light) => Some(head),
        _ => participle(),
    }
}

fn place_participants(scene: &Scene, told: &mut Happening) {
    let parse = scene.parse;
    let row = told.sense.row;
    let mut actors: Vec<TokenId> = row.actors.iter().flat_map(|slot| in_slot(scene, told, slot)).collect();
    let mut recipients: Vec<TokenId> = Vec::new();
    for slot in &row.recipients {
        let found = in_slot(scene, told, slot);
        if *slot == Slot::Partner { actors.extend(found) } else { recipients.extend(found) }
    }
    if row.recipients == [Slot::Partner] && row.actors.contains(&Slot::Subject) {
        // "met her counterpart": whom one meets is a partner without "with".
        let others = told.sense.arguments.objects.iter().copied().filter(|id| !told.sense.companions.contains(id));
        actors.extend(others.filter(|&id| scene.is_kind(id, NounKind::Actor)));
    }
    let befalls = row.kind == EventType::Incident && told.sense.class == WordClass::Verb && row.recipients.contains(&Slot::Object);
    if befalls && recipients.is_empty() {
        // "Two workers died": the undergoer is the subject.
        recipients.extend(&told.sense.arguments.subjects);
    }
    // "during talks with Orlov": whoever did it then was the other side. A visit is paid by its owner alone.
    let alone = actors.is_empty()
        || actors.len() == 1 && row.mode.as_deref() != Some("visit") && parse.child(told.trigger(), Deprel::Nmod).is_some();
    if sits_together(told) && alone {
        actors.extend(attenders(scene, told.trigger()));
    }
    if let Some(verb) = told.support
        && sits_together(told)
    {
        // "received a call from her counterpart"
        let phrases = obliques(parse, verb).into_iter().filter(|(word, _)| matches!(word.as_str(), "from" | "to"));
        actors.extend(phrases.map(|(_, id)| id));
    }
    if let Some(verb) = told.support
        && !row.actors.is_empty()
        && parse.token(told.trigger()).deprel != Deprel::Nsubj
    {
        actors.extend(arguments(scene.lexicon, parse, verb).subjects);
    }
    // Of an appointment's two possible owners the one it befalls is meant, unless another is named: "the minister's appointment by the king".
    let shared: Vec<TokenId> = actors.iter().copied().filter(|id| recipients.contains(id)).collect();
    if recipients.len() > shared.len() {
        recipients.retain(|id| !shared.contains(id))
    } else {
        actors.retain(|id| !shared.contains(id))
    }
    let said = |id: &TokenId| !scene.is_source_of(*id, told.trigger());
    recipients.retain(said);
    (told.actors, told.recipients) = (distinct(actors), distinct(recipients));
}

/// A meeting noun, whose participants all act.
fn sits_together(told: &Happening) -> bool {
    told.sense.class == WordClass::Noun && told.sense.row.kind == EventType::Consult
}

/// "In a meeting in Beijing, Han described ...": those who speak in it sit in it.
fn attenders(scene: &Scene, meeting: TokenId) -> Vec<TokenId> {
    let during = matches!(preposition(scene.parse, meeting).as_deref(), Some("in" | "during" | "at" | "after" | "following" | "before"));
    match (scene.parse.token(meeting).deprel, scene.parse.head(meeting)) {
        (Deprel::Obl, Some(verb)) if during => arguments(scene.lexicon, scene.parse, verb).subjects,
        _ => Vec::new(),
    }
}

fn distinct(mut ids: Vec<TokenId>) -> Vec<TokenId> {
    ids.sort();
    ids.dedup();
    ids
}

/// The words in a slot of a happening, its companions' and its verb's phrases included: "held talks with Orlov".
fn in_slot(scene: &Scene, told: &Happening, slot: &Slot) -> Vec<TokenId> {
    let arguments = &told.sense.arguments;
    let phrases = || {
        let mut found = arguments.obliques.clone();
        let carriers = told.sense.companions.iter().copied().chain(told.support);
        found.extend(carriers.filter(|&id| id != told.trigger()).flat_map(|id| obliques(scene.parse, id)));
        found
    };
    match slot {
        Slot::Subject => arguments.subjects.clone(),
        Slot::Object => arguments
            .objects
            .iter()
            .copied()
            .filter(|id| !told.sense.companions.contains(id) || !scene.participants(*id).is_empty())
            .collect(),
        Slot::Indirect => arguments.indirect.clone(),
        Slot::Possessor => arguments.possessors.clone(),
        Slot::Modifier => arguments.modifiers.clone(),
        Slot::Partner => {
            phrases().into_iter().filter(|(word, _)| matches!(word.as_str(), "with" | "between" | "alongside")).map(|(_, id)| id).collect()
        }
        Slot::Oblique(wanted) => {
            phrases().into_iter().filter(|(word, id)| word == wanted && !only_locates(scene, word, *id)).map(|(_, id)| id).collect()
        }
        Slot::Complement => arguments.complements.iter().flat_map(|&id| complement_participants(scene, told, id)).collect(),
    }
}

/// A place where something happens undergoes nothing.
fn only_locates(scene: &Scene, word: &str, id: TokenId) -> bool {
    use variorum_model::PlaceUse;
    matches!(word, "in" | "at" | "near" | "along" | "over" | "toward" | "into")
        && scene.place(id).is_some_and(|(_, place)| place.used == PlaceUse::Literal)
}

fn complement_participants(scene: &Scene, told: &Happening, complement: TokenId) -> Vec<TokenId> {
    let inner = arguments(scene.lexicon, scene.parse, complement);
    let all = inner.subjects.into_iter().chain(inner.objects).chain(inner.indirect);
    all.filter(|id| !told.sense.arguments.subjects.contains(id)).collect()
}

/// Takes what a happening promises, refuses or asks for into it: its undergoers, its type where that decides.
fn embed(scene: &Scene, told: &mut Happening, inner: &Sense) {
    let asks = matches!(own_effect(scene, told.trigger()), Some(Effect::Requested));
    let companion = told.sense.companions.contains(&inner.trigger) && inner.class == WordClass::Noun;
    told.embedded.push(inner.trigger);
    if inner.class == WordClass::Noun || !companion {
        told.lemma = scene.lemma(inner.trigger).to_owned();
    }
    let mut act = Happening {
        sense: inner.clone(),
        standing: Standing::default(),
        verdict: Verdict { kind: inner.row.kind, status: EventStatus::Occurred, fired: Vec::new() },
        of_table: None,
        support: None,
        governors: Vec::new(),
        embedded: Vec::new(),
        actors: Vec::new(),
        recipients: Vec::new(),
        lemma: String::new(),
    };
    place_participants(scene, &mut act);
    match told.verdict.kind {
        _ if asks => {
            let others: Vec<TokenId> = act.actors.iter().copied().filter(|id| !told.actors.contains(id)).collect();
            told.recipients.extend(others);
        }
        EventType::Reject | EventType::Threaten | EventType::Request => {}
        _ => told.actors.extend(act.actors.iter().copied()),
    }
    told.recipients.extend(act.recipients);
    if !companion {
        told.verdict.kind = promised(told.verdict.kind, inner.row.kind);
    }
    (told.actors, told.recipients) = (distinct(std::mem::take(&mut told.actors)), distinct(std::mem::take(&mut told.recipients)));
}

/// A promise of force threatens, a promise to refuse refuses; any other is an agreement.
fn promised(frame: EventType, act: EventType) -> EventType {
    match frame {
        EventType::Agree if is_material_conflict(act) => EventType::Threaten,

        EventType::Agree if act == EventType::Reject => EventType::Reject,
        frame => frame,
    }
}
