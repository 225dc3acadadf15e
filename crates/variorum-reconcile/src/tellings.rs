//! Do two words of two reports tell of the same happening?
//!
//! Input: tellings, each a word that names a happening, with who does it, who undergoes it, and what else stands with it in the grammar. Output: how likely two are one
//! happening, in nats of odds; and groups of tellings. What is weighed: the words themselves (a rare word seldom names two things in one affair), the parties, the
//! sentences around, for words of saying the speaker. Example: "the quake flattened Varn" and "a temblor that hit the town of Varn".
//! Limits: time and place are weighed by [`crate::events`], which knows them.

use variorum_model::{AttributionKind, Deprel, EntityId, Parse, Span, TokenId, Upos};

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
}

/// Somebody or something that takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Party {
    Actor(ActorIx),
    Name(String),
    Noun(String),
}

/// How two lists of parties go together.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Parties {
    /// One list is empty.
    Untold,
    Shared,
    /// Each has a name, and no name is shared.
    Strangers,
    /// Nouns that differ, or a name here and a noun there.
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
        Self {
            doc,
            token,
            lemma: parse.token(token).lemma.to_lowercase(),
            doers: speaker.into_iter().chain(roles.doers.into_iter().filter_map(party)).collect(),
            undergoers: roles.undergoers.into_iter().filter_map(party).collect(),
            others: roles.others.into_iter().filter_map(party).collect(),
            speech: cue.is_some(),
        }
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

/// Who or what a word stands for; none for a pronoun that leads nowhere.
fn party(corpus: &Corpus, cast: &Cast, doc: DocIx, word: TokenId) -> Option<Party> {
    let token = corpus.parse(doc).token(word);
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
    let has_name = |list: &[Party]| list.iter().any(|party| !matches!(party, Party::Noun(_)));
    if a.is_empty() || b.is_empty() {
        Parties::Untold
    } else if a.iter().any(|x| b.iter().any(|y| one_party(cast, x, y))) {
        Parties::Shared
    } else if has_name(a) && has_name(b) {
        Parties::Strangers
    } else {
        Parties::Open
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

/// Odds, in nats, that two tellings of one affair are of one happening; none where their words have nothing to do with each other.
pub(crate) fn likeness(corpus: &Corpus, cast: &Cast, namings: &Namings, weights: &Weights, a: &Telling, b: &Telling) -> Option<f64> {
    let words = match namings.kinship(&a.lemma, &b.lemma)? {
        Kinship::Same => 1.0,
        Kinship::Root => 0.5,
        Kinship::Meaning => -0.6,
    };
    let rarity = weights.rarity(&a.lemma).min(weights.rarity(&b.lemma));
    let rare = (0.3 * (rarity - 3.0)).min(0.9);
    let doers = parties(cast, &a.doers, &b.doers);
    let weigh = |parties: Parties, shared: f64, strangers: f64| match parties {
        Parties::Shared => shared,
        Parties::Strangers => strangers,
        Parties::Open | Parties::Untold => 0.0,
    };
    let parties = weigh(doers, 0.5, -0.5)
        + weigh(parties(cast, &a.undergoers, &b.undergoers), 1.0, -1.6)
        + weigh(parties(cast, &a.others, &b.others), 0.5, -0.6);
    let sense = f64::from(corpus.similarity(a.sentence(corpus), b.sentence(corpus)));
    // Much is said in an affair, by few more than once in the same words.
    let said = if a.speech || b.speech { weigh(doers, -0.3, -1.8) + if doers == Parties::Shared { 0.0 } else { -1.8 } } else { 0.0 };
    // One sentence seldom names a happening twice.
    let beside = a.doc == b.doc && corpus.parse(a.doc).token(a.token).sentence == corpus.parse(b.doc).token(b.token).sentence;
    Some(words + rare + parties + 3.0 * (sense - 0.64) + said - if beside { 0.5 } else { 0.0 })
}

/// Groups tellings of one affair by happening.
pub(crate) fn happenings(corpus: &Corpus, cast: &Cast, namings: &Namings, weights: &Weights, tellings: &[Telling]) -> Vec<Vec<usize>> {
    let pairs = (0..tellings.len()).flat_map(|i| (i + 1..tellings.len()).map(move |j| (i, j)));
    let scored = pairs.filter_map(|(i, j)| {
        let odds = likeness(corpus, cast, namings, weights, &tellings[i], &tellings[j])?;
        Some((odds.clamp(-SUREST, SUREST), i, j))
    });
    by_average(tellings.len(), scored.collect(), -SUREST, ONE_HAPPENING)
}

/// The word that a span names a happening with: the head of its words.
pub(crate) fn head_word(parse: &Parse, span: Span) -> Option<TokenId> {
    let inside = |id: TokenId| parse.token(id).span.overlaps(span);
    let outward = |&id: &TokenId| parse.token(id).head.is_none_or(|head| !inside(head));
    parse.tokens_in(span).find(outward).or_else(|| parse.tokens_in(span).next())
}

/// Numbers for given spans, document by document: spans of one number name one happening.
pub(crate) fn numbered(corpus: &Corpus, cast: &Cast, stories: &[Vec<DocIx>], weights: &Weights, spans: &[Vec<Span>]) -> Vec<Vec<usize>> {
    let namings = Namings::bundled();
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
        for group in happenings(corpus, cast, &namings, weights, &tellings) {
            for member in group {
                let (doc, n) = places[at[member]];
                numbers[doc.0][n] = next;
            }
            next += 1;
        }
    }
    numbers
}
