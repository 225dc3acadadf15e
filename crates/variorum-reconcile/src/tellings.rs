//! Do two words of two reports tell of the same happening?
//!
//! Input: tellings, each a word that names a happening, with who does it, who undergoes it, and what else stands with it in the grammar. Output: how likely two are one
//! happening, in nats of odds; and groups of tellings. What is weighed: the words themselves (a rare word seldom names two things in one affair), the parties, the
//! sentences around, for words of saying the speaker. Example: "the quake flattened Varn" and "a temblor that hit the town of Varn".
//! Limits: time and place are weighed by [`crate::events`], which knows them.

use std::collections::BTreeSet;

use variorum_model::{AttributionKind, Deprel, EntityId, EventMention, EventType, Parse, Span, TokenId, Upos};

use crate::{
    actors::{ActorIx, Cast},
    cluster::by_average,
    corpus::{Corpus, DocIx},
    naming::{Kinship, Namings},
    words::Weights,
};

/// A word that names a happening, with what the grammar says of it.
pub(crate) struct Telling {
    doc: DocIx,
    token: TokenId,
    lemma: String,
    /// Of the first party, the second, and whatever else is named with it.
    doers: Vec<Party>,
    undergoers: Vec<Party>,
    others: Vec<Party>,
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

/// Odds from which two groups of tellings are one happening, on average over their pairs.
pub(crate) const ONE_HAPPENING: f64 = -0.7;
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
        let roles = roles(parse, token);
        let speaker = cue.and_then(|cue| cue.speaker).and_then(|speaker| named(corpus, cast, doc, speaker));
        let event = corpus.notes(doc).events.iter().find(|event| event.trigger == token).map(|event| Found {
            kind: event.kind,
            mode: event.mode.clone(),
            participants: participants(corpus, cast, doc, event),
        });
        Self {
            event,
            doc,
            token,
            lemma: parse.token(token).lemma.to_lowercase(),
            doers: speaker.into_iter().chain(roles.doers.into_iter().filter_map(party)).collect(),
            undergoers: roles.undergoers.into_iter().filter_map(party).collect(),
            others: roles.others.into_iter().filter_map(party).collect(),
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

/// Words that tell what takes part.
#[derive(Default)]
struct Roles {
    doers: Vec<TokenId>,
    undergoers: Vec<TokenId>,
    others: Vec<TokenId>,
}

fn roles(parse: &Parse, token: TokenId) -> Roles {
    let mut roles = Roles::default();
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
        borrowed(parse, token, &mut roles);
    }
    roles
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
    pub(crate) weights: &'c Weights,
    pub(crate) namings: Namings,
}

impl Yardstick<'_> {
    /// Odds, in nats, that two tellings of one affair are of one happening; none where neither their words nor their types have to do with each other.
    pub(crate) fn odds(&self, a: &Telling, b: &Telling) -> Option<f64> {
        let words = self.words(a, b)?;
        let rarity = self.weights.rarity(&a.lemma).min(self.weights.rarity(&b.lemma));
        let rare = (0.3 * (rarity - 3.0)).min(0.9);
        let sense = f64::from(self.corpus.similarity(a.sentence(self.corpus), b.sentence(self.corpus)));
        let odds = words + rare + self.roles(a, b) + self.types(a, b) + 3.0 * (sense - 0.64);
        Some(if self.beside(a, b) { odds - 0.5 } else { odds })
    }

    fn words(&self, a: &Telling, b: &Telling) -> Option<f64> {
        match self.namings.kinship(&a.lemma, &b.lemma) {
            Some(Kinship::Same) => Some(1.0),
            Some(Kinship::Root) => Some(0.5),
            Some(Kinship::Meaning) => Some(-0.6),
            None => of_one_sort(a, b).then_some(-1.5),
        }
    }

    /// What the grammar says of who takes part. Much is said in an affair, by few more than once in the same words: there the speaker decides.
    fn roles(&self, a: &Telling, b: &Telling) -> f64 {
        let doers = parties(self.cast, &a.doers, &b.doers);
        let undergoers = parties(self.cast, &a.undergoers, &b.undergoers);
        let others = parties(self.cast, &a.others, &b.others);
        let roles = weigh(doers, 0.5, -0.5, 0.0) + weigh(undergoers, 1.0, -1.6, -0.6) + weigh(others, 0.5, -0.6, 0.0);
        let said = if a.speech || b.speech { -1.8 + weigh(doers, 1.5, -1.8, 0.0) } else { 0.0 };
        // "the breach at Varn", "the breach of the Lusk dam": names in other roles, none of them shared.
        let crossed = [doers, undergoers, others].iter().all(|parties| *parties != Parties::Strangers)
            && parties(self.cast, &a.everybody(), &b.everybody()) == Parties::Strangers;
        roles + said - if crossed { 0.7 } else { 0.0 }
    }

    /// What the stage of events adds: the type, and participants that it found beyond the clause.
    fn types(&self, a: &Telling, b: &Telling) -> f64 {
        let (Some(x), Some(y)) = (&a.event, &b.event) else { return 0.0 };
        let kind = if x.kind == y.kind { 0.2 } else { -0.3 };
        kind + match overlap(self.cast, &x.participants, &y.participants) {
            _ if x.participants.is_empty() || y.participants.is_empty() => 0.0,
            // Two in common are better than one.
            Some(share) => share * if x.participants.len().min(y.participants.len()) > 1 { 0.8 } else { 0.4 },
            None => -1.0,
        }
    }

    /// Whether both stand in one sentence, which seldom names a happening twice.
    fn beside(&self, a: &Telling, b: &Telling) -> bool {
        let sentence = |telling: &Telling| self.corpus.parse(telling.doc).token(telling.token).sentence;
        a.doc == b.doc && sentence(a) == sentence(b)
    }
}

fn weigh(parties: Parties, shared: f64, strangers: f64, unlike: f64) -> f64 {
    match parties {
        Parties::Shared => shared,
        Parties::Strangers => strangers,
        Parties::Unlike => unlike,
        Parties::Open | Parties::Untold => 0.0,
    }
}

/// Whether two words have one type and a mode that says what is done: two visits. A meeting is a visit, talks, a summit.
fn of_one_sort(a: &Telling, b: &Telling) -> bool {
    let (Some(x), Some(y)) = (&a.event, &b.event) else { return false };
    x.kind == y.kind && (x.mode == y.mode && x.mode.is_some() || x.kind == EventType::Consult)
}

/// Share of the smaller party that the other has too; none where nobody is common, or where each has a named one the other lacks.
pub(crate) fn overlap(cast: &Cast, p: &BTreeSet<ActorIx>, q: &BTreeSet<ActorIx>) -> Option<f64> {
    let (few, many) = if p.len() <= q.len() { (p, q) } else { (q, p) };
    let counterpart = |actor: &ActorIx, others: &BTreeSet<ActorIx>| {
        if others.contains(actor) {
            1.0
        } else if others.iter().any(|other| cast.akin(*actor, *other)) {
            0.8
        } else {
            0.0
        }
    };
    let met: f64 = few.iter().map(|actor| counterpart(actor, many)).sum();
    let stranger = |ours: &BTreeSet<ActorIx>, theirs: &BTreeSet<ActorIx>| {
        ours.iter().any(|actor| cast.member(*actor).named && counterpart(actor, theirs) == 0.0)
    };
    (met > 0.0 && !(stranger(few, many) && stranger(many, few))).then(|| met / few.len() as f64)
}

/// Groups tellings of one affair by happening, given what more speaks for a pair, and which pairs cannot be one.
pub(crate) fn happenings(
    yardstick: &Yardstick,
    tellings: &[Telling],
    enough: f64,
    more: impl Fn(usize, usize) -> f64,
    compatible: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let pairs = (0..tellings.len()).flat_map(|i| (i + 1..tellings.len()).map(move |j| (i, j)));
    let scored = pairs.filter_map(|(i, j)| {
        let odds = yardstick.odds(&tellings[i], &tellings[j])? + more(i, j);
        Some((odds.clamp(-SUREST, SUREST), i, j))
    });
    by_average(tellings.len(), scored.collect(), -SUREST, enough, compatible)
}

/// The word that a span names a happening with: the head of its words.
pub(crate) fn head_word(parse: &Parse, span: Span) -> Option<TokenId> {
    let inside = |id: TokenId| parse.token(id).span.overlaps(span);
    let outward = |&id: &TokenId| parse.token(id).head.is_none_or(|head| !inside(head));
    parse.tokens_in(span).find(outward).or_else(|| parse.tokens_in(span).next())
}

/// Numbers for given spans, document by document: spans of one number name one happening.
pub(crate) fn numbered(corpus: &Corpus, cast: &Cast, stories: &[Vec<DocIx>], weights: &Weights, spans: &[Vec<Span>]) -> Vec<Vec<usize>> {
    let yardstick = Yardstick { corpus, cast, weights, namings: Namings::bundled() };
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
        for group in happenings(&yardstick, &tellings, ONE_HAPPENING, |_, _| 0.0, |_, _| true) {
            for member in group {
                let (doc, n) = places[at[member]];
                numbers[doc.0][n] = next;
            }
            next += 1;
        }
    }
    numbers
}
