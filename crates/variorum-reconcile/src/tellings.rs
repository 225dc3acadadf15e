//! Do two words of two reports tell of the same happening?
//!
//! Input: tellings, each a word that names a happening, with who does it, who undergoes it, and what else stands with it in the grammar. Output: how likely two are one
//! happening, in nats of odds; and groups of tellings. What is weighed: the words themselves (a rare word seldom names two things in one affair), the parties, the
//! sentences around, for words of saying the speaker. Example: "the quake flattened Varn" and "a temblor that hit the town of Varn".
//! Limits: time and place are weighed by [`crate::events`], which knows them.

use std::collections::BTreeSet;

use variorum_model::{AttributionKind, Deprel, EntityId, EventMention, EventType, Parse, Quantity, QuantityKind, Span, TokenId, Upos};

use crate::{
    actors::{ActorIx, Cast},
    cluster::by_average,
    corpus::{Corpus, DocIx},
    familiar::Familiar,
    naming::{Kinship, Namings},
    words::Weights,
};

/// A word that names a happening, with what the grammar says of it.
pub(crate) struct Telling {
    doc: DocIx,
    token: TokenId,
    /// Lemmas of the words that name it: "hold", "talk".
    words: Vec<String>,
    /// Of the first party, the second, and whatever else is named with it.
    doers: Vec<Party>,
    undergoers: Vec<Party>,
    others: Vec<Party>,
    /// What is counted in its clause: 63 physicists.
    counts: Vec<Count>,
    /// A word of saying.
    speech: bool,
    /// What the stage of events made of the word.
    event: Option<Found>,
}

/// A word that the stage of events found to name a happening.
struct Found {
    kind: EventType,
    mode: Option<String>,
    participants: BTreeSet<ActorIx>,
}

/// A whole number, and the lemma of what it counts.
#[derive(Clone, Debug, PartialEq)]
struct Count {
    number: f64,
    counted: Option<String>,
}

/// Somebody or something that takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Party {
    Actor(ActorIx),
    Name(String),
    Noun(String),
}

impl Party {
    fn is_named(&self) -> bool {
        !matches!(self, Self::Noun(_))
    }
}

/// How two lists of parties go together.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Parties {
    /// One list is empty.
    Untold,
    Shared,
    /// Each has a name, and no name is shared.
    Strangers,
    /// Nouns, none of them shared.
    Unlike,
    /// A name here and a noun there.
    Open,
}

/// What two lists of participants have in common, in nats.
enum Common {
    None,
    /// Each side has a named one that the other lacks.
    BesideOthers(f64),
    Some(f64),
}

/// Odds from which two groups of tellings are one happening, on average over their pairs.
pub(crate) const ONE_HAPPENING: f64 = -0.7;
/// Numbers below this are counted of many things.
const FEW: f64 = 10.0;
/// What it tells that two words and their types have nothing to do with each other, and how rare the day must be that both reports tell for asking all the same.
const UNLIKE_WORDS: f64 = -2.4;
const RARE: f64 = 1.4;
/// No pair of tellings speaks for or against more than this.
pub(crate) const SUREST: f64 = 3.0;

impl Telling {
    /// The word at a token, with its grammar.
    pub(crate) fn of(corpus: &Corpus, cast: &Cast, doc: DocIx, token: TokenId) -> Self {
        let parse = corpus.parse(doc);
        let span = parse.token(token).span;
        let cue = corpus
            .notes(doc)
            .attributions
            .iter()
            .find(|attribution| attribution.kind == AttributionKind::Speech && attribution.cue.iter().any(|cue| cue.contains(span)));
        let party = |word: TokenId| party(corpus, cast, doc, word);
        let event = corpus.happenings(doc).find(|event| event.trigger == token);
        let words = trigger_words(parse, token, event);
        let roles = roles(parse, &words);
        let speaker = cue.and_then(|cue| cue.speaker).and_then(|speaker| named(corpus, cast, doc, speaker));
        let found = |event: &EventMention| Found {
            kind: event.kind,
            mode: event.mode.clone(),
            participants: participants(corpus, cast, doc, event),
        };
        Self {
            event: event.map(found),
            doc,
            token,
            words: words.iter().map(|&word| parse.token(word).lemma.to_lowercase()).collect(),
            doers: speaker.into_iter().chain(roles.doers.into_iter().filter_map(party)).collect(),
            undergoers: roles.undergoers.into_iter().filter_map(party).collect(),
            others: roles.others.into_iter().filter_map(party).collect(),
            counts: event.map(|event| counts(corpus, doc, event)).unwrap_or_default(),
            speech: cue.is_some(),
        }
    }

    fn everybody(&self) -> Vec<Party> {
        [&self.doers, &self.undergoers, &self.others].into_iter().flatten().cloned().collect()
    }

    fn sentence(&self, corpus: &Corpus) -> (DocIx, Span) {
        (self.doc, corpus.parse(self.doc).token(self.token).span)
    }
}

/// What is counted in the clause of a happening.
fn counts(corpus: &Corpus, doc: DocIx, event: &EventMention) -> Vec<Count> {
    let inside = |quantity: &&Quantity| event.evidence.spans().iter().any(|span| span.contains(quantity.span));
    let count = |quantity: &Quantity| {
        // "the first helicopter": there is one only.
        let told = match quantity.kind {
            QuantityKind::Count => quantity.low.is_some_and(|low| low > 1.0),
            QuantityKind::Ordinal => quantity.counted.is_some(),
            _ => false,
        };
        let number = quantity.low.filter(|_| told && quantity.low == quantity.high)?;
        Some(Count { number, counted: quantity.counted.map(|noun| corpus.parse(doc).token(noun).lemma.to_lowercase()) })
    };
    corpus.notes(doc).quantities.iter().filter(inside).filter_map(count).collect()
}

/// Words that tell what takes part.
#[derive(Default)]
struct Roles {
    doers: Vec<TokenId>,
    undergoers: Vec<TokenId>,
    others: Vec<TokenId>,
}

/// The word itself, then the content words that name the happening with it.
fn trigger_words(parse: &Parse, token: TokenId, event: Option<&EventMention>) -> Vec<TokenId> {
    let names = |id: &TokenId| {
        let word = parse.token(*id);
        *id != token && word.deprel != Deprel::Compound && matches!(word.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn)
    };
    let others = event.into_iter().flat_map(|event| event.trigger_spans.spans()).flat_map(|&span| parse.tokens_in(span)).filter(names);
    std::iter::once(token).chain(others).collect()
}

/// The parties of all words that name one happening: of "held" and of "talks".
fn roles(parse: &Parse, words: &[TokenId]) -> Roles {
    let mut roles = Roles::default();
    words.iter().for_each(|&word| add_roles(parse, word, &mut roles));
    for list in [&mut roles.doers, &mut roles.undergoers, &mut roles.others] {
        list.retain(|party| !words.contains(party));
    }
    roles
}

fn add_roles(parse: &Parse, token: TokenId, roles: &mut Roles) {
    let noun = matches!(parse.token(token).upos, Upos::Noun | Upos::Propn);
    for &child in parse.children(token) {
        let list = match parse.token(child).deprel {
            Deprel::NsubjPass | Deprel::Obj => &mut roles.undergoers,
            Deprel::Nsubj if !noun => &mut roles.doers,
            Deprel::OblAgent | Deprel::NmodPoss => &mut roles.doers,
            Deprel::Nmod => match preposition(parse, child) {
                Some("of") => &mut roles.undergoers,
                Some("by") => &mut roles.doers,
                _ => &mut roles.others,
            },
            Deprel::Nsubj | Deprel::Iobj | Deprel::Obl | Deprel::Compound => &mut roles.others,
            Deprel::Amod if parse.token(child).upos == Upos::Propn => &mut roles.others,
            _ => continue,
        };
        list.push(child);
        list.extend(parse.children_by(child, Deprel::Conj).filter(|&other| matches!(parse.token(other).upos, Upos::Noun | Upos::Propn)));
    }
    if !noun && roles.doers.is_empty() {
        borrowed(parse, token, roles);
    }
}

fn preposition(parse: &Parse, noun: TokenId) -> Option<&str> {
    parse.child(noun, Deprel::Case).map(|case| parse.token(case).lemma.as_str())
}

/// The subject of the verb that this one hangs on ("came to see"), or the noun that it describes ("a man who shot", "a man shot").
fn borrowed(parse: &Parse, token: TokenId, roles: &mut Roles) {
    let passive = parse.child_of(token, &[Deprel::AuxPass]).is_some() || parse.token(token).tag == "VBN";
    let mut here = token;
    for _ in 0..4 {
        let Some(head) = parse.token(here).head else { return };
        match parse.token(here).deprel {
            Deprel::Acl | Deprel::AclRelcl if passive => return roles.undergoers.push(head),
            Deprel::Acl | Deprel::AclRelcl => return roles.doers.push(head),
            Deprel::Xcomp | Deprel::Conj | Deprel::Advcl => {
                if let Some(subject) = parse.child_of(head, &[Deprel::Nsubj, Deprel::NsubjPass]) {
                    return if passive { roles.undergoers.push(subject) } else { roles.doers.push(subject) };
                }
                here = head;
            }
            _ => return,
        }
    }
}

/// Who or what a word stands for; none for a pronoun that leads nowhere, and for a time.
fn party(corpus: &Corpus, cast: &Cast, doc: DocIx, word: TokenId) -> Option<Party> {
    let token = corpus.parse(doc).token(word);
    if corpus.notes(doc).times.iter().any(|time| time.span.contains(token.span)) {
        return None;
    }
    let entity = corpus.notes(doc).mentions.iter().find(|mention| mention.head == word).map(|mention| mention.entity);
    if let Some(party) = entity.and_then(|entity| named(corpus, cast, doc, entity)) {
        return Some(party);
    }
    match token.upos {
        Upos::Pron | Upos::Det => None,
        Upos::Propn => Some(Party::Name(token.lemma.to_lowercase())),
        _ => Some(Party::Noun(token.lemma.to_lowercase())),
    }
}

fn named(corpus: &Corpus, cast: &Cast, doc: DocIx, entity: EntityId) -> Option<Party> {
    corpus.entity(doc, entity).named.then(|| Party::Actor(cast.of(doc, entity)))
}

/// How two lists go together.
fn parties(cast: &Cast, a: &[Party], b: &[Party]) -> Parties {
    let has_name = |list: &[Party]| list.iter().any(Party::is_named);
    if a.is_empty() || b.is_empty() {
        Parties::Untold
    } else if a.iter().any(|x| b.iter().any(|y| one_party(cast, x, y))) {
        Parties::Shared
    } else if has_name(a) && has_name(b) {
        Parties::Strangers
    } else if has_name(a) || has_name(b) {
        Parties::Open
    } else {
        Parties::Unlike
    }
}

fn one_party(cast: &Cast, a: &Party, b: &Party) -> bool {
    match (a, b) {
        (Party::Actor(x), Party::Actor(y)) => cast.akin(*x, *y),
        (Party::Actor(actor), Party::Name(name)) | (Party::Name(name), Party::Actor(actor)) => {
            cast.member(*actor).name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|part| part == name)
        }
        _ => a == b,
    }
}

/// Actors and recipients, groups opened into the members they are known to have.
pub(crate) fn participants(corpus: &Corpus, cast: &Cast, doc: DocIx, event: &EventMention) -> BTreeSet<ActorIx> {
    let of = |entity: &EntityId| {
        let members = &corpus.entity(doc, *entity).members;
        if members.is_empty() { vec![cast.of(doc, *entity)] } else { members.iter().map(|member| cast.of(doc, *member)).collect() }
    };
    event.actors.iter().chain(&event.recipients).flat_map(of).collect()
}

/// What tellings are compared with.
pub(crate) struct Yardstick<'c> {
    pub(crate) corpus: &'c Corpus<'c>,
    pub(crate) cast: &'c Cast,
    weights: &'c Weights,
    namings: Namings,
}

impl<'c> Yardstick<'c> {
    pub(crate) fn new(corpus: &'c Corpus<'c>, cast: &'c Cast, weights: &'c Weights) -> Self {
        Self { corpus, cast, weights, namings: Namings::bundled() }
    }

    /// Odds, in nats, that two tellings of one affair are of one happening; none where neither their words nor their types have to do with each other.
    pub(crate) fn odds(&self, familiar: &Familiar<ActorIx>, a: &Telling, b: &Telling) -> Option<f64> {
        self.words(a, b).map(|words| words + self.beyond_words(familiar, a, b))
    }

    /// What everything but the words that name the two says.
    fn beyond_words(&self, familiar: &Familiar<ActorIx>, a: &Telling, b: &Telling) -> f64 {
        let sense = f64::from(self.corpus.similarity(a.sentence(self.corpus), b.sentence(self.corpus)));
        let odds = shared_count(a, b) + self.roles(a, b) + self.types(familiar, a, b) + 3.0 * (sense - 0.64);
        if self.beside(a, b) { odds - 0.5 } else { odds }
    }

    /// What the words that name the two say: the nearest of them decides, and a rare one tells more.
    fn words(&self, a: &Telling, b: &Telling) -> Option<f64> {
        let pairs = a.words.iter().flat_map(|x| b.words.iter().map(move |y| (x, y)));
        pairs.filter_map(|(x, y)| self.word(x, y)).chain(of_one_sort(a, b)).max_by(f64::total_cmp)
    }

    fn word(&self, a: &str, b: &str) -> Option<f64> {
        let kinship = match self.namings.kinship(a, b)? {
            Kinship::Same => 1.0,
            Kinship::Root => 0.5,
            Kinship::Meaning => -0.6,
        };
        let rarity = self.weights.rarity(a).min(self.weights.rarity(b));
        Some(kinship + (0.3 * (rarity - 3.0)).min(0.9))
    }

    /// What the grammar says of who takes part. Much is said in an affair, by few more than once in the same words: there the speaker decides.
    fn roles(&self, a: &Telling, b: &Telling) -> f64 {
        let doers = parties(self.cast, &a.doers, &b.doers);
        let undergoers = parties(self.cast, &a.undergoers, &b.undergoers);
        let others = parties(self.cast, &a.others, &b.others);
        let roles = weigh(doers, 0.5, -0.5, 0.0) + weigh(undergoers, 1.0, -1.6, -0.6) + weigh(others, 0.5, -0.6, 0.0);
        let deeds = a.event.is_some() && b.event.is_some();
        let said = if (a.speech || b.speech) && !deeds { -1.8 + weigh(doers, 1.5, -1.8, 0.0) } else { 0.0 };
        // "the breach at Varn", "the breach of the Lusk dam": names in other roles, none of them shared.
        let crossed = [doers, undergoers, others].iter().all(|parties| *parties != Parties::Strangers)
            && parties(self.cast, &a.everybody(), &b.everybody()) == Parties::Strangers;
        // "the dam burst", "the collapse of the dam", "the dam collapse".
        let elsewhere = [doers, undergoers, others].iter().all(|parties| *parties != Parties::Shared) && share_a_noun(a, b);
        roles + said - if crossed { 0.7 } else { 0.0 } + if elsewhere { 0.7 } else { 0.0 }
    }

    /// What the stage of events adds: the type, and participants that it found beyond the clause.
    fn types(&self, familiar: &Familiar<ActorIx>, a: &Telling, b: &Telling) -> f64 {
        let (Some(x), Some(y)) = (&a.event, &b.event) else { return 0.0 };
        let kind = if x.kind == y.kind { 0.2 } else { -0.3 };
        if x.participants.is_empty() || y.participants.is_empty() {
            return kind;
        }
        kind + match self.common(familiar, &x.participants, &y.participants) {
            Common::Some(nats) => nats.min(1.2),
            // Who meets is named in full; who arrests, or on whose word, is not.
            Common::BesideOthers(_) if is_mutual(x.kind) && is_mutual(y.kind) => -1.0,
            Common::BesideOthers(nats) => 0.6 * nats.min(1.2) - 0.3,
            Common::None if self.is_named(&x.participants) && self.is_named(&y.participants) => -1.0,
            Common::None => -0.1,
        }
    }

    /// What shared participants tell: one that is in all of an affair's news tells little, two tell more than one.
    fn common(&self, familiar: &Familiar<ActorIx>, p: &BTreeSet<ActorIx>, q: &BTreeSet<ActorIx>) -> Common {
        let (few, many) = if p.len() <= q.len() { (p, q) } else { (q, p) };
        let counterpart = |actor: ActorIx, others: &BTreeSet<ActorIx>| {
            others.contains(&actor) || others.iter().any(|&other| self.cast.akin(actor, other))
        };
        let stranger = |ours: &BTreeSet<ActorIx>, theirs: &BTreeSet<ActorIx>| {
            ours.iter().any(|&actor| self.cast.member(actor).named && !counterpart(actor, theirs))
        };
        if !few.iter().any(|&actor| counterpart(actor, many)) {
            return Common::None;
        }
        let weight = |actor: &ActorIx| {
            if many.contains(actor) {
                return Some(familiar.telling(actor));
            }
            let akin = many.iter().filter(|other| self.cast.akin(*actor, **other));
            akin.map(|other| 0.8 * familiar.telling(other).min(familiar.telling(actor))).max_by(f64::total_cmp)
        };
        let nats = few.iter().filter_map(weight).map(|nats| 0.25 * nats).sum();
        if stranger(few, many) && stranger(many, few) { Common::BesideOthers(nats) } else { Common::Some(nats) }
    }

    fn is_named(&self, participants: &BTreeSet<ActorIx>) -> bool {
        participants.iter().any(|&actor| self.cast.member(actor).named)
    }

    /// Whether both stand in one sentence, which seldom names a happening twice.
    fn beside(&self, a: &Telling, b: &Telling) -> bool {
        let sentence = |telling: &Telling| self.corpus.parse(telling.doc).token(telling.token).sentence;
        a.doc == b.doc && sentence(a) == sentence(b)
    }
}

/// Whether a noun or name that takes part here takes part there, or is one of the words that name the happening: "shoot down the plane".
fn share_a_noun(a: &Telling, b: &Telling) -> bool {
    let within = |party: &Party, other: &Telling| match party {
        Party::Actor(_) => false,
        Party::Name(word) | Party::Noun(word) => other.words.contains(word) || other.everybody().contains(party),
    };
    a.everybody().iter().any(|party| within(party, b)) || b.everybody().iter().any(|party| within(party, a))
}

/// What it tells that the same number of the same is counted in both: "63 physicists demanded", "that 63 physicists asked for". Few are counted often.
fn shared_count(a: &Telling, b: &Telling) -> f64 {
    let pairs = a.counts.iter().flat_map(|x| b.counts.iter().map(move |y| (x, y)));
    let telling =
        pairs.filter(|(x, y)| x.number == y.number).map(|(x, y)| match (x.counted == y.counted && x.counted.is_some(), x.number) {
            (true, FEW..) => 1.2,
            (true, _) => 0.5,
            (false, FEW..) => 0.6,
            (false, _) => 0.0,
        });
    telling.fold(0.0, f64::max)
}

fn weigh(parties: Parties, shared: f64, strangers: f64, unlike: f64) -> f64 {
    match parties {
        Parties::Shared => shared,
        Parties::Strangers => strangers,
        Parties::Unlike => unlike,
        Parties::Open | Parties::Untold => 0.0,
    }
}

/// What it tells that two words without kinship have one type or types by which one happening is told. Of one type and a mode that says what is done they are two
/// visits; a meeting is a visit, talks, a summit.
fn of_one_sort(a: &Telling, b: &Telling) -> Option<f64> {
    let (Some(x), Some(y)) = (&a.event, &b.event) else { return None };
    let one_kind = x.mode == y.mode && x.mode.is_some() || x.kind == EventType::Consult;
    match (x.kind == y.kind, one_kind) {
        (true, true) => Some(-0.9),
        (true, false) => Some(-1.3),
        (false, _) => near_types(x.kind, y.kind).then_some(-1.8),
    }
}

fn is_mutual(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Agree | EventType::Cooperate | EventType::Support)
}

/// Types by which one happening is told: a death is an assault or an accident, talks end in an agreement.
fn near_types(a: EventType, b: EventType) -> bool {
    use EventType::{
        Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Incident, Office, Protest, Reject, Request, Retreat, Sanction,
        Step, Support, Threaten,
    };
    const NEAR: &[(EventType, EventType)] = &[
        (Accuse, Reject),
        (Accuse, Step),
        (Agree, Aid),
        (Agree, Consult),
        (Agree, Cooperate),
        (Agree, Support),
        (Aid, Cooperate),
        (Assault, Coerce),
        (Assault, Incident),
        (Assault, Protest),
        (Coerce, Sanction),
        (Coerce, Step),
        (Concede, Retreat),
        (Consult, Cooperate),
        (Consult, Step),
        (Consult, Support),
        (Cooperate, Support),
        (Office, Retreat),
        (Office, Sanction),
        (Office, Step),
        (Office, Support),
        (Reject, Sanction),
        (Reject, Step),
        (Request, Step),
        (Request, Support),
        (Request, Threaten),
        (Sanction, Step),
        (Step, Support),
    ];
    NEAR.contains(&(a.min(b), a.max(b)))
}

/// Groups tellings of one affair by happening, given what more speaks for a pair, and which pairs cannot be one.
pub(crate) fn happenings(
    yardstick: &Yardstick,
    tellings: &[Telling],
    enough: f64,
    more: impl Fn(usize, usize) -> f64,
    compatible: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let familiar = familiar(tellings);
    let pairs = (0..tellings.len()).flat_map(|i| (i + 1..tellings.len()).map(move |j| (i, j)));
    let scored = pairs.filter_map(|(i, j)| {
        let more = more(i, j);
        let apart = || (more >= RARE && tellings[i].doc != tellings[j].doc).then_some(UNLIKE_WORDS);
        let words = yardstick.words(&tellings[i], &tellings[j]).or_else(apart)?;
        let odds = words + yardstick.beyond_words(&familiar, &tellings[i], &tellings[j]) + more;
        Some((odds.clamp(-SUREST, SUREST), i, j))
    });
    by_average(tellings.len(), scored.collect(), -SUREST, enough, compatible)
}

/// How often each participant is told of.
pub(crate) fn familiar<'t>(tellings: impl IntoIterator<Item = &'t Telling>) -> Familiar<ActorIx> {
    let found = tellings.into_iter().filter_map(|telling| telling.event.as_ref());
    Familiar::of(found.flat_map(|event| event.participants.iter().copied()))
}

/// The word that a span names a happening with: the head of its words.
pub(crate) fn head_word(parse: &Parse, span: Span) -> Option<TokenId> {
    let inside = |id: TokenId| parse.token(id).span.overlaps(span);
    let outward = |&id: &TokenId| parse.token(id).head.is_none_or(|head| !inside(head));
    parse.tokens_in(span).find(outward).or_else(|| parse.tokens_in(span).next())
}

/// Numbers for given spans, document by document: spans of one number name one happening.
pub(crate) fn numbered(yardstick: &Yardstick, stories: &[Vec<DocIx>], spans: &[Vec<Span>]) -> Vec<Vec<usize>> {
    let Yardstick { corpus, cast, .. } = *yardstick;
    let mut numbers: Vec<Vec<usize>> = spans.iter().map(|spans| vec![0; spans.len()]).collect();
    let mut next = 0;
    for story in stories {
        let places: Vec<(DocIx, usize)> = story.iter().flat_map(|&doc| (0..spans[doc.0].len()).map(move |n| (doc, n))).collect();
        let mut worded: Vec<(usize, Telling)> = Vec::new();
        for (at, &(doc, n)) in places.iter().enumerate() {
            match head_word(corpus.parse(doc), spans[doc.0][n]) {
                Some(token) => worded.push((at, Telling::of(corpus, cast, doc, token))),
                None => {
                    numbers[doc.0][n] = next;
                    next += 1;
                }
            }
        }
        let (at, tellings): (Vec<usize>, Vec<Telling>) = worded.into_iter().unzip();
        for group in happenings(yardstick, &tellings, ONE_HAPPENING, |_, _| 0.0, |_, _| true) {
            for member in group {
                let (doc, n) = places[at[member]];
                numbers[doc.0][n] = next;
            }
            next += 1;
        }
    }
    numbers
}
