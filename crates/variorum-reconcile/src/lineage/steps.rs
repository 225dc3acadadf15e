//! Which outlet has its news from which, as the texts tell it?
//!
//! Input: documents. Output: [`Step`]s from an outlet to the one that it has its news from, each with the sentences that tell it.
//! Example: "Its source was a portal, with a link to Gulf Buzz" behind a sentence on the Star: the Star has it from Gulf Buzz. "Each site rests on the other": both.
//! An outlet stands before a word of crediting (`knowledge/crediting.tsv`) and another behind it; a text that speaks of none before speaks of its own publisher where
//! it says who confirms what it prints. Limits: a word of crediting is not told from its other senses; whoever asks for circles is not misled by one such step.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use variorum_model::{
    Attribution, EntityKind, Hop, Mention, MentionKind, NameKind, Parse, SentenceId, Span, TokenId, Upos, dossier::Citation, table::Table,
};

use crate::{
    actors::{ActorIx, Cast},
    corpus::{Corpus, DocIx, Local},
    outlets::{is_outlet, outlet_key},
    words::plain_words,
};

/// Sentences back in which the outlet is named that credits.
const BACK: u32 = 2;
/// Sentences back in which the two outlets are named that rest on one another.
const FAR_BACK: u32 = 8;
/// Verbs by which an outlet tells something.
const TELLING: [&str; 12] = ["report", "write", "say", "publish", "give", "reveal", "announce", "claim", "carry", "repeat", "post", "put"];
/// Letters of a name that is looked for in the text itself.
const SHORTEST_NAME: usize = 4;

/// One outlet has its news from another.
#[derive(Clone)]
pub(crate) struct Step {
    pub(crate) from: ActorIx,
    pub(crate) to: ActorIx,
    /// The sentences that tell or show it.
    pub(crate) evidence: Vec<Citation>,
    /// Whether somebody says so; else a document shows it by citing.
    pub(super) told: bool,
}

/// What is needed to read steps out of a text.
pub(super) struct Reader<'r, 'c> {
    corpus: &'r Corpus<'c>,
    cast: &'r Cast,
    crediting: FxHashMap<&'static str, Crediting>,
    /// Nouns for one outlet: "portal".
    nouns: BTreeSet<&'static str>,
    by_name: FxHashMap<String, ActorIx>,
}

/// How a word of crediting stands between two outlets.
struct Crediting {
    links: BTreeSet<&'static str>,
    turns: bool,
    mutual: bool,
}

/// A place where an outlet is named, in the order of the text.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    span: Span,
    sentence: SentenceId,
    outlet: ActorIx,
}

impl<'r, 'c> Reader<'r, 'c> {
    pub(super) fn new(corpus: &'r Corpus<'c>, cast: &'r Cast) -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/crediting.tsv")).expect("bundled tables are checked by tests");
        let crediting = table.rows().map(|row| {
            let links = row.list("link").collect();
            (row.get("lemma"), Crediting { links, turns: row.get("turns") == "yes", mutual: row.get("mutual") == "yes" })
        });
        let crediting = crediting.collect();
        let lone = Table::parse(include_str!("../../../../knowledge/lone.tsv")).expect("bundled tables are checked by tests");
        let nouns = lone.rows().filter(|row| row.get("kind") == "outlet").flat_map(|row| row.list("lemmas")).collect();
        let outlets = (0..cast.members.len()).map(ActorIx).filter(|&actor| may_report(corpus, cast, actor));
        let by_name = outlets.map(|actor| (outlet_key(&cast.member(actor).name), cast.outlet(actor))).collect();
        Self { corpus, cast, crediting, nouns, by_name }
    }

    /// What a document tells of outlets that have news from one another.
    pub(super) fn told(&self, doc: DocIx) -> Vec<Step> {
        let parse = self.corpus.parse(doc);
        let introduced = self.introduced(doc);
        let places = self.places(doc, &introduced);
        if places.is_empty() {
            return Vec::new();
        }
        let words = || parse.token_ids().filter_map(|id| Some((id, self.crediting.get(parse.token(id).lemma.to_lowercase().as_str())?)));
        // A body of which nothing is known may report, but what is known for it does: both are read.
        let known = |place: &Place| self.surely_reports(place.outlet) || introduced.contains_key(&place.outlet);
        let between = words().flat_map(|word| [self.step(doc, &places, word, |_| true), self.step(doc, &places, word, known)]).flatten();
        let mutual = parse.sentence_ids().flat_map(|sentence| self.mutual(doc, &places, sentence));
        between.chain(mutual).chain(self.passed_on(doc, &places)).chain(self.put_behind(doc, &places)).collect()
    }

    fn surely_reports(&self, outlet: ActorIx) -> bool {
        is_outlet(self.cast.member(outlet)) || self.cast.publishes(outlet)
    }

    /// "The site wrote that it “had burst, the portal reports”", "gave the same number, “as the portal reports”": who has it is named first, from whom behind.
    fn put_behind(&self, doc: DocIx, places: &[Place]) -> Vec<Step> {
        let parse = self.corpus.parse(doc);
        let verb_of = |place: &Place| {
            let head = parse.head_of_span(place.span)?;
            let verb = parse.head(head).filter(|_| parse.token(head).deprel.is_subject())?;
            (parse.token(verb).upos == Upos::Verb && TELLING.contains(&parse.token(verb).lemma.to_lowercase().as_str())).then_some(verb)
        };
        let ends = |verb: TokenId| {
            let next = TokenId(verb.0 + 1);
            next.index() >= parse.token_ids().count() || parse.token(next).upos == Upos::Punct
        };
        let step = |i: usize| {
            let (to, verb) = (&places[i], verb_of(&places[i])?);
            let from = places[..i]
                .iter()
                .rev()
                .filter(|place| place.sentence == to.sentence)
                .find(|place| place.outlet != to.outlet && verb_of(place).is_some())?;
            let evidence = vec![self.corpus.cite(doc, sentence_around(self.corpus, doc, to.span))];
            ends(verb).then_some(Step { from: from.outlet, to: to.outlet, evidence, told: true })
        };
        (0..places.len()).filter_map(step).collect()
    }

    /// "The site wrote that the driver, the portal reports, had been drunk": the chain of one saying.
    fn passed_on(&self, doc: DocIx, places: &[Place]) -> Vec<Step> {
        let outlet = |hop: &Hop| {
            let actor = self.cast.outlet(self.cast.of(doc, hop.entity?));
            places.iter().any(|place| place.outlet == actor).then_some(actor)
        };
        let of = |said: &Attribution| -> Vec<Step> {
            let evidence = vec![self.corpus.cite(doc, sentence_around(self.corpus, doc, said.evidence.first()))];
            let step = |hops: &[Hop]| Some(Step { from: outlet(&hops[0])?, to: outlet(&hops[1])?, evidence: evidence.clone(), told: true });
            said.chain.windows(2).filter_map(step).collect()
        };
        self.corpus.notes(doc).attributions.iter().flat_map(of).collect()
    }

    /// The outlet before a word of crediting has its news from the one behind it.
    fn step(
        &self,
        doc: DocIx,
        places: &[Place],
        (word, crediting): (TokenId, &Crediting),
        is_from: impl Fn(&Place) -> bool,
    ) -> Option<Step> {
        let parse = self.corpus.parse(doc);
        let (at, sentence) = (parse.token(word).span.start(), parse.token(word).sentence);
        let block = |at: usize| self.corpus.doc(doc).block_at(at).map(|block| block.span);
        let near = |place: &&Place| place.sentence.0 + BACK >= sentence.0 && block(place.span.start()) == block(at);
        let before = places.iter().rev().filter(near).filter(|place| place.span.end() <= at).find(|place| is_from(place));
        let other = |place: &&Place| before.is_none_or(|before| before.outlet != place.outlet);
        let linked = |place: &&Place| match crediting.links.is_empty() {
            true => parse.token(word).upos == Upos::Noun || is_tied(parse, word, place.span),
            false => {
                is_linked(parse, word, place.span, |lemma| crediting.links.contains(lemma))
                    || self.follows(doc, word, place.span, crediting)
            }
        };
        let named = places.iter().filter(|place| place.span.start() > at && place.sentence == sentence).find(other);
        // "Now confirmed by the press": by the one that was named before.
        let unnamed = || {
            let last = places.iter().rev().filter(|place| block(place.span.start()) == block(at) && place.span.end() <= at).find(other);
            last.filter(|_| self.credits_the_press(parse, word, crediting))
        };
        let behind = match named {
            Some(place) => Some(place).filter(linked)?,
            None => unnamed()?,
        };
        let by_another = is_agent(parse, word, behind.span);
        let own = || self.cast.publisher(doc).filter(|&own| by_another && own != behind.outlet);
        let outlet = before.map(|place| place.outlet).or_else(own)?;
        let (from, to) = if crediting.turns && by_another { (behind.outlet, outlet) } else { (outlet, behind.outlet) };
        let spans = before.iter().map(|place| place.span).chain([behind.span]);
        let evidence: BTreeSet<Citation> = spans.map(|span| self.corpus.cite(doc, sentence_around(self.corpus, doc, span))).collect();
        Some(Step { from, to, evidence: evidence.into_iter().collect(), told: true })
    }

    /// Whether a link stands right behind a word, and the phrase right behind that, whatever the parser makes of it: "confirmed" – by the Star.
    fn follows(&self, doc: DocIx, word: TokenId, phrase: Span, crediting: &Crediting) -> bool {
        const FEW: usize = 3;
        let between = Span::new(&self.corpus.doc(doc).text, self.corpus.parse(doc).token(word).span.end(), phrase.start());
        let words = between.map(|span| plain_words(self.corpus.slice(doc, span))).unwrap_or_default();
        let linked = words.iter().rev().take(FEW - 1).any(|word| crediting.links.contains(word.as_str()));
        linked && words.len() <= FEW
    }

    /// Whether a word of crediting has "the press", "radio", "a portal" behind its link, and no name.
    fn credits_the_press(&self, parse: &Parse, word: TokenId, crediting: &Crediting) -> bool {
        let lemma = |id: TokenId| parse.token(id).lemma.to_lowercase();
        let press = |noun: TokenId| {
            let is_press =
                matches!(lemma(noun).as_str(), "press" | "media" | "television" | "radio") || self.nouns.contains(lemma(noun).as_str());
            is_press && parse.children(noun).iter().any(|&child| crediting.links.contains(lemma(child).as_str()))
        };
        parse.children(word).iter().any(|&noun| press(noun))
    }

    /// "Each site rests on the other", "they cite one another": the two outlets named last rest on one another.
    fn mutual(&self, doc: DocIx, places: &[Place], sentence: SentenceId) -> Vec<Step> {
        let parse = self.corpus.parse(doc);
        if !tells_of_two(parse, sentence, |lemma| self.crediting.get(lemma).is_some_and(|crediting| crediting.mutual)) {
            return Vec::new();
        }
        let own = self.cast.publisher(doc);
        let near = places.iter().rev().filter(|place| place.sentence <= sentence && place.sentence.0 + FAR_BACK >= sentence.0);
        let mut last: Vec<&Place> = Vec::new();
        for place in near.filter(|place| Some(place.outlet) != own) {
            if last.iter().all(|other| other.outlet != place.outlet) {
                last.push(place);
            }
        }
        let [a, b, ..] = last.as_slice() else { return Vec::new() };
        let spans = [parse.sentence(sentence).span, a.span, b.span];
        let evidence: BTreeSet<Citation> = spans.map(|span| self.corpus.cite(doc, sentence_around(self.corpus, doc, span))).into();
        let step =
            |from: &Place, to: &Place| Step { from: from.outlet, to: to.outlet, evidence: evidence.iter().cloned().collect(), told: true };
        vec![step(a, b), step(b, a)]
    }

    /// Where outlets are named, by whatever mention, where their names stand without one, and where a noun takes one up: "the portal".
    fn places(&self, doc: DocIx, introduced: &BTreeMap<ActorIx, String>) -> Vec<Place> {
        let notes = self.corpus.notes(doc);
        let mentioned = notes.mentions.iter().filter_map(|mention| {
            let actor = self.cast.outlet(self.cast.of(doc, mention.entity));
            let known = || self.by_name.get(&outlet_key(self.corpus.slice(doc, mention.span))).copied();
            let is_outlet = may_report(self.corpus, self.cast, actor) || introduced.contains_key(&actor);
            let outlet = if is_outlet { Some(actor) } else { known() };
            Some(Place { span: mention.span, sentence: self.corpus.sentence_of(doc, mention.span)?, outlet: outlet? })
        });
        let mut places: Vec<Place> = mentioned.collect();
        self.add_names(doc, &mut places);
        self.add_nouns(doc, introduced, &mut places);
        places.sort();
        places
    }

    /// Outlets that a text introduces as such, with the noun for it: "the portal Gull Post", "a second site, Kite Online", "Heron Times, a newspaper".
    fn introduced(&self, doc: DocIx) -> BTreeMap<ActorIx, String> {
        const NEAR: usize = 7;
        let (parse, notes) = (self.corpus.parse(doc), self.corpus.notes(doc));
        let word = |id: TokenId| parse.token(id);
        let noun = |id: TokenId| {
            let token = word(id);
            Some(token.lemma.to_lowercase()).filter(|lemma| token.upos == Upos::Noun && self.nouns.contains(lemma.as_str()))
        };
        let of = |mention: &Mention| {
            let sentence = parse.sentence(self.corpus.sentence_of(doc, mention.span)?).span;
            let inside = || parse.tokens_in(mention.span).take_while(|&id| word(id).upos != Upos::Propn).find_map(noun);
            let before: Vec<TokenId> = parse.tokens_in(sentence).filter(|&id| word(id).span.end() <= mention.span.start()).collect();
            let behind: Vec<TokenId> = parse.tokens_in(sentence).filter(|&id| word(id).span.start() >= mention.span.end()).collect();
            let ahead = || before.iter().rev().find(|&&id| word(id).upos != Upos::Punct).copied().and_then(noun);
            let apposed = || {
                let (comma, rest) = behind.split_first()?;
                let opens = word(*comma).lemma == "," && rest.first().is_some_and(|&id| matches!(word(id).upos, Upos::Det | Upos::Adj));
                rest.iter().take(NEAR).take_while(|&&id| word(id).upos != Upos::Punct && opens).find_map(|&id| noun(id))
            };
            let noun = inside().or_else(ahead).or_else(apposed)?;
            Some((self.cast.outlet(self.cast.of(doc, mention.entity)), noun))
        };
        notes.mentions.iter().filter(|mention| mention.kind == MentionKind::Name).filter_map(of).collect()
    }

    /// Places where the text has the name of an outlet that it mentions elsewhere, or its last word: "the Monitor".
    fn add_names(&self, doc: DocIx, places: &mut Vec<Place>) {
        let (parse, text) = (self.corpus.parse(doc), &self.corpus.doc(doc).text);
        let named: BTreeSet<ActorIx> = places.iter().map(|place| place.outlet).collect();
        let names = named.iter().flat_map(|&outlet| {
            let member = self.cast.member(outlet);
            let last = member.name.rsplit_once(' ').map(|(_, last)| last).filter(|last| last.starts_with(char::is_uppercase));
            let short = last.into_iter().flat_map(|last| [format!("the {last}"), format!("The {last}")]);
            std::iter::once(&member.name).chain(&member.aliases).cloned().chain(short).map(move |name| (name, outlet))
        });
        for (name, outlet) in names.filter(|(name, _)| name.len() >= SHORTEST_NAME) {
            let whole =
                |at: usize| !text[..at].ends_with(char::is_alphanumeric) && !text[at + name.len()..].starts_with(char::is_alphanumeric);
            for (at, _) in text.match_indices(name.as_str()).filter(|(at, _)| whole(*at)) {
                let span = Span::new(text, at, at + name.len()).expect("a match lies on characters");
                let place = parse.sentence_at(at).map(|sentence| Place { span, sentence, outlet });
                let new = place.filter(|place| places.iter().all(|other| !other.span.overlaps(place.span)));
                places.extend(new);
            }
        }
    }

    /// Places where "the portal" takes up the outlet that was last introduced as one.
    fn add_nouns(&self, doc: DocIx, introduced: &BTreeMap<ActorIx, String>, places: &mut Vec<Place>) {
        let parse = self.corpus.parse(doc);
        let definite = |id: TokenId| {
            parse.children(id).iter().any(|&child| matches!(parse.token(child).lemma.to_lowercase().as_str(), "the" | "that"))
        };
        let taken_up = |id: TokenId| {
            let token = parse.token(id);
            let lemma = token.lemma.to_lowercase();
            let last =
                places.iter().filter(|place| place.span.end() <= token.span.start() && introduced.get(&place.outlet) == Some(&lemma));
            let outlet = last.max_by_key(|place| place.span).filter(|_| token.upos == Upos::Noun && definite(id))?.outlet;
            let free = places.iter().all(|place| !place.span.overlaps(token.span));
            free.then_some(Place { span: token.span, sentence: token.sentence, outlet })
        };
        let new: Vec<Place> = parse.token_ids().filter_map(taken_up).collect();
        places.extend(new);
    }
}

/// Whether somebody reports news, as far as is known. What is named as a body of no known sphere, and no person, may.
pub(super) fn may_report(corpus: &Corpus, cast: &Cast, actor: ActorIx) -> bool {
    let member = cast.member(actor);
    let person = |local: &Local| {
        let (parse, notes) = (corpus.parse(local.doc), corpus.notes(local.doc));
        let entity = &notes.entities[local.index];
        let names = || entity.mentions.iter().filter_map(|id| parse.name_at(notes.mentions[id.index()].head));
        !entity.roles.is_empty() || names().any(|name| name.kind == NameKind::Person)
    };
    let unknown = member.named && member.kind == EntityKind::Organization && member.sector.is_none();
    is_outlet(member) && member.kind != EntityKind::Person || cast.publishes(actor) || unknown && !member.locals.iter().any(person)
}

/// Whether a phrase hangs on a word by one of the prepositions, itself or inside a larger phrase: "taken from a message that the Star posted".
fn is_linked(parse: &Parse, word: TokenId, phrase: Span, is_link: impl Fn(&str) -> bool) -> bool {
    let Some(head) = parse.head_of_span(phrase) else { return false };
    let marked = |noun: TokenId| parse.children(noun).iter().any(|&child| is_link(parse.token(child).lemma.to_lowercase().as_str()));
    let up: Vec<TokenId> = std::iter::once(head).chain(parse.ancestors(head)).take_while(|&id| id != word).collect();
    parse.is_within(head, word) && up.into_iter().any(marked)
}

/// Whether a phrase belongs to a word of crediting or the word to the phrase: "crediting the Star", "its source was the Star"; not "asked not to be named, told the Star".
fn is_tied(parse: &Parse, word: TokenId, phrase: Span) -> bool {
    parse.head_of_span(phrase).is_some_and(|head| parse.is_within(head, word) || parse.is_within(word, head))
}

/// Whether a phrase names who does what a passive verb tells: "confirmed by the Star".
fn is_agent(parse: &Parse, word: TokenId, phrase: Span) -> bool {
    let head = parse.head_of_span(phrase);
    let by = |head: TokenId| parse.children(head).iter().any(|&child| parse.token(child).lemma.eq_ignore_ascii_case("by"));
    head.is_some_and(|head| parse.head(head) == Some(word) && by(head))
}

/// Whether a sentence tells of two that do something of a kind to one another: "each rests on the other", "they credit each other", "relies on the other".
fn tells_of_two(parse: &Parse, sentence: SentenceId, is_crediting: impl Fn(&str) -> bool) -> bool {
    let lemmas: Vec<String> = parse.tokens_in(parse.sentence(sentence).span).map(|id| parse.token(id).lemma.to_lowercase()).collect();
    let pair = |a: &str, b: &str| lemmas.windows(2).position(|two| two[0] == a && two[1] == b);
    let each = || lemmas.iter().any(|lemma| matches!(lemma.as_str(), "each" | "either"));
    let other = pair("each", "other").or_else(|| pair("one", "another")).or_else(|| pair("the", "other").filter(|_| each()));
    other.is_some_and(|at| lemmas[..at].iter().any(|lemma| is_crediting(lemma)))
}

pub(super) fn sentence_around(corpus: &Corpus, doc: DocIx, span: Span) -> Span {
    corpus.sentence_of(doc, span).map_or(span, |id| corpus.parse(doc).sentence(id).span)
}

/// Steps through the same two outlets as one.
pub(super) fn joined(steps: impl Iterator<Item = Step>) -> BTreeMap<(ActorIx, ActorIx), Step> {
    let mut joined: BTreeMap<(ActorIx, ActorIx), Step> = BTreeMap::new();
    for step in steps.filter(|step| step.from != step.to) {
        match joined.get_mut(&(step.from, step.to)) {
            Some(known) => {
                known.evidence.extend(step.evidence);
                known.told |= step.told;
            }
            None => drop(joined.insert((step.from, step.to), step)),
        }
    }
    joined
}
