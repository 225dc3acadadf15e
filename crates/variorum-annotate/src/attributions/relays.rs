//! Through whose hands did the words of one attribution come, besides its source?
//!
//! Input: an attribution. Output: hops that stand before the source's own, in the order from the document: the outlet that is told something or in which it
//! is written, the spokesman through whom it is said, whoever published, saw or was passed the document that says it, the agency that quotes.
//!
//! "Bel told Radio Volta that …" → Radio Volta; "According to a cable published by Lantern Files, …" → Lantern Files; "was quoted by CNB as
//! saying" → CNB. The document's own publisher is no hop.
//!
//! Limits: reporters in general are no relay; a body that is neither a person nor a part of a state counts as an outlet when it is told something.

use variorum_model::{AttributionKind, BlockKind, Deprel, EntityId, EntityKind, Hop, HopRole, NameKind, TokenId, Upos};

use super::grammar::{is_led_by, is_passive, lemma, own_subject};
use super::lexicon::Passing;
use super::sources::{self, Source};
use super::{Found, Reading};
use crate::naming::fold;

/// How deep below a cue a phrase may name an outlet: "said in an interview with Halasana".
const DEPTH: usize = 3;

/// The hops of an attribution before its source.
pub(super) fn relays(reading: &Reading, found: &Found) -> Vec<Hop> {
    let told = found.addressee.filter(|&told| is_outlet(reading, told));
    let phrases = told
        .or_else(|| quoting(reading, found))
        .or_else(|| channel(reading, found))
        .or_else(|| medium(reading, found))
        .or_else(|| carrier(reading, found));
    let hop = phrases.filter(|&phrase| !is_own_publisher(reading, phrase)).map(|phrase| hop_of_phrase(reading, found, phrase));
    hop.into_iter().collect()
}

/// The outlet that is spoken to where the cue's own grammar names nobody: "Speaking to the daily Ranní List, she confirmed …".
pub(super) fn spoken_to(reading: &Reading, found: &Found) -> Option<TokenId> {
    let talks = |&phrase: &TokenId| ["to", "with"].iter().any(|word| is_led_by(reading.parse, phrase, word));
    medium(reading, found).filter(talks)
}

/// Whether an attribution tells where or to whom it was said, so that it does not simply go on with what was said before.
pub(super) fn names_occasion(reading: &Reading, found: &Found) -> bool {
    let told = found.addressee.is_some_and(|told| reading.parse.token(told).upos != Upos::Pron);
    let document = |phrase: TokenId| {
        let noun = lemma(reading.parse, phrase);
        reading.lexicon.is_medium(&noun)
            || reading.lexicon.tells(Passing::Statement, &noun)
            || reading.lexicon.tells(Passing::Conversation, &noun)
            || reading.actors.entity_of(phrase).is_some_and(|id| reading.actors.entities[id.index()].kind == EntityKind::Document)
    };
    told || obliques(reading, found).into_iter().any(document) || is_headline(reading, found.head)
}

fn is_headline(reading: &Reading, token: TokenId) -> bool {
    reading.doc.block_at(reading.parse.token(token).span.start()).is_some_and(|block| block.kind == BlockKind::Headline)
}

/// The phrases with prepositions at a cue, outside its content and source.
fn obliques(reading: &Reading, found: &Found) -> Vec<TokenId> {
    let parse = reading.parse;
    let outside =
        |child: &TokenId| !found.content.contains(child) && found.source.as_ref().is_none_or(|source| !source.tokens.contains(child));
    // "According to a cable published by …, the consul wrote": the cable is another's source.
    let other = |child: &TokenId| parse.children_by(*child, Deprel::Case).any(|case| lemma(parse, case).starts_with("accord"));
    let outside = |child: &TokenId| outside(child) && !other(child);
    parse.children(found.head).iter().copied().filter(|child| parse.token(*child).deprel.base() == "obl").filter(outside).collect()
}

// --- outlets ------------------------------------------------------------------------------------------------------------

/// Whether whoever is told something passes it on: a known outlet, one that is called a newspaper or an agency, or a named body that is neither a
/// person nor a part of a state.
fn is_outlet(reading: &Reading, told: TokenId) -> bool {
    let parse = reading.parse;
    let name = parse.name_at(told).map(|name| name.kind);
    let named = matches!(name, Some(NameKind::Organization | NameKind::Work | NameKind::Product));
    let medium = is_called_medium(reading, told);
    match entity(reading, told).map(|id| &reading.actors.entities[id.index()]) {
        Some(entity) if entity.kind == EntityKind::Publisher => true,
        Some(entity) if matches!(entity.kind, EntityKind::Person | EntityKind::State) => false,
        Some(entity) if entity.kind == EntityKind::PlaceAsActor => medium,
        Some(entity) if entity.plural || entity.known_as.is_some() => medium && entity.named,
        Some(entity) => {
            let free = entity.sector.as_deref().is_none_or(|sector| matches!(sector, "JRN" | "BUS" | "CVL"));
            (medium || entity.named && entity.kind == EntityKind::Organization || named) && (medium || free)
        }
        None => medium || named || name == Some(NameKind::Location) && parse.token(told).upos == Upos::Propn,
    }
}

/// Whether a phrase is surely an outlet: known, or called one.
pub(super) fn is_surely_outlet(reading: &Reading, phrase: TokenId) -> bool {
    let publishes = entity(reading, phrase).is_some_and(|id| reading.actors.entities[id.index()].kind == EntityKind::Publisher);
    let named = || {
        let own = reading.parse.token(phrase).upos == Upos::Propn;
        own || reading.actors.named_from(TokenId(phrase.0 + 1)).is_some()
            || entity(reading, phrase).is_some_and(|id| reading.actors.entities[id.index()].named)
    };
    publishes || is_called_medium(reading, phrase) && named()
}

/// "the daily Aamu", "Radio Volta": a noun for outlets in the phrase.
fn is_called_medium(reading: &Reading, head: TokenId) -> bool {
    let parse = reading.parse;
    let inner = |child: &TokenId| matches!(parse.token(*child).deprel.base(), "compound" | "flat" | "appos" | "amod" | "nmod");
    let around = std::iter::once(head).chain(parse.children(head).iter().copied().filter(inner));
    let title = head
        .0
        .checked_sub(1)
        .map(TokenId)
        .filter(|&before| parse.token(head).upos == Upos::Propn && parse.token(before).upos != Upos::Propn);
    around.chain(title).any(|token| {
        let word = matches!(parse.token(token).upos, Upos::Noun | Upos::Propn | Upos::Adj);
        let same = parse.token(token).sentence == parse.token(head).sentence;
        word && same && (reading.lexicon.is_medium(&lemma(parse, token)) || reading.lexicon.tells(Passing::Outlet, &lemma(parse, token)))
    })
}

/// Whom a phrase means: its own entity, or that of the name right behind its noun.
pub(super) fn entity(reading: &Reading, phrase: TokenId) -> Option<EntityId> {
    let actors = reading.actors;
    actors.entity_for_phrase(reading.parse, phrase).or_else(|| actors.named_from(TokenId(phrase.0 + 1)))
}

/// "told the Ledger" in the Pacific Ledger, "seen by this newspaper": no hop of its own.
fn is_own_publisher(reading: &Reading, phrase: TokenId) -> bool {
    let this = |child: &TokenId| matches!(lemma(reading.parse, *child).as_str(), "this" | "our");
    if reading.parse.children(phrase).iter().any(this) {
        return true;
    }
    let Some(publisher) = reading.doc.publisher.as_deref() else { return false };
    let bare = |name: &str| fold(name).strip_prefix("the ").map_or_else(|| fold(name), str::to_owned);
    let whole = bare(publisher);
    let called = entity(reading, phrase).map(|id| &reading.actors.entities[id.index()]).map(|entity| {
        let mentions = entity.mentions.iter().map(|id| reading.doc.slice(reading.actors.mentions[id.index()].span).to_owned());
        std::iter::once(entity.name.clone()).chain(mentions).collect::<Vec<_>>()
    });
    let printed = reading.doc.slice(reading.parse.token(phrase).span).to_owned();
    let part = |name: String| {
        let name = bare(&name);
        whole == name || whole.ends_with(&format!(" {name}")) || whole.starts_with(&format!("{name} "))
    };
    called.unwrap_or_else(|| vec![printed]).into_iter().any(part)
}

fn hop_of_phrase(reading: &Reading, found: &Found, head: TokenId) -> Hop {
    let source = Source::at(reading.parse, head, found.head);
    let span = reading.parse.span_of(&source.tokens).unwrap_or(reading.parse.token(head).span);
    Hop {
        entity: entity(reading, head),
        name: reading.doc.slice(span).to_owned(),
        role: HopRole::Relay,
        cue: super::records::cue_lemma(reading, found),
        kind: AttributionKind::Speech,
        hedge: None,
        said: None,
        span,
    }
}

// --- where the words went through ------------------------------------------------------------------------------------------

/// "was quoted as saying by CNB": the agent of either verb.
fn quoting(reading: &Reading, found: &Found) -> Option<TokenId> {
    let quoted = sources::passive_quotation(reading.parse, found.head)?;
    let led = |verb: TokenId| reading.parse.children(verb).iter().copied().find(|&child| is_led_by(reading.parse, child, "by"));
    sources::agent(reading.parse, quoted).or_else(|| led(found.head)).or_else(|| led(quoted))
}

/// "issued a commentary through CNB, calling …", "said through a spokesman": told at the cue or at the verb it hangs on.
fn channel(reading: &Reading, found: &Found) -> Option<TokenId> {
    let parse = reading.parse;
    let governor = parse.head(found.head).filter(|_| matches!(parse.token(found.head).deprel, Deprel::Advcl | Deprel::Conj));
    let above = governor.and_then(|up| parse.head(up)).filter(|_| governor.is_some_and(|up| parse.token(up).deprel == Deprel::Advcl));
    let verbs = [Some(found.head), governor, above].into_iter().flatten();
    let phrases = verbs.flat_map(|verb| {
        parse.children(verb).iter().flat_map(|&child| std::iter::once(child).chain(parse.children(child).iter().copied()))
    });
    let led = |phrase: TokenId| ["through", "via"].iter().any(|word| is_led_by(parse, phrase, word));
    let somebody = |phrase: TokenId| {
        let kind = entity(reading, phrase).map(|id| reading.actors.entities[id.index()].kind);
        matches!(kind, Some(EntityKind::Publisher | EntityKind::Person | EntityKind::Organization | EntityKind::Group))
    };
    phrases.filter(|&phrase| led(phrase) && !found.content.contains(&phrase)).find(|&phrase| somebody(phrase))
}

/// "wrote in the weekly Prisma", "In an interview with Halasana, …", "Speaking to the daily Ranní List, …": the outlet named in a phrase at the cue.
fn medium(reading: &Reading, found: &Found) -> Option<TokenId> {
    let parse = reading.parse;
    let speaking =
        parse.children_by(found.head, Deprel::Advcl).filter(|&verb| reading.lexicon.tells(Passing::Speaking, &lemma(parse, verb)));
    let led_by = |phrase: TokenId, words: &[&str]| words.iter().any(|word| is_led_by(parse, phrase, word));
    for verb in std::iter::once(found.head).chain(speaking) {
        let spoken_to = verb != found.head;
        let mut phrases: Vec<(TokenId, usize, bool)> = if spoken_to {
            parse.children(verb).iter().map(|&child| (child, 1, true)).collect()
        } else {
            obliques(reading, found).into_iter().map(|phrase| (phrase, 1, false)).collect()
        };
        while let Some((phrase, depth, talking)) = phrases.pop() {
            if found.content.contains(&phrase) {
                continue;
            }
            let talks = talking && led_by(phrase, &["to", "with", "by", "for"]) || led_by(phrase, &["to"]) && depth == 1;
            let outlet = talks && is_outlet(reading, phrase)
                || led_by(phrase, &["to", "with", "in", "on", "by", "for"]) && is_surely_outlet(reading, phrase);
            if outlet {
                return Some(phrase);
            }
            if depth < DEPTH {
                let conversation = reading.lexicon.tells(Passing::Conversation, &lemma(parse, phrase));
                phrases.extend(parse.children_by(phrase, Deprel::Nmod).map(|child| (child, depth + 1, conversation)));
            }
        }
    }
    None
}

/// "a cable published by Lantern Files", "minutes leaked to Opena": who had or passed on the document that the source is, or in which it says so.
fn carrier(reading: &Reading, found: &Found) -> Option<TokenId> {
    let parse = reading.parse;
    let source = found.source.iter().map(|source| source.head);
    let phrases = obliques(reading, found).into_iter().chain(source);
    let nouns = phrases.flat_map(|phrase| std::iter::once(phrase).chain(parse.children_by(phrase, Deprel::Nmod)));
    let clauses = nouns.flat_map(|noun| parse.children_by(noun, Deprel::Acl).chain(parse.children_by(noun, Deprel::AclRelcl)));
    let verbs = clauses.flat_map(|clause| std::iter::once(clause).chain(parse.children_by(clause, Deprel::Conj)));
    verbs.filter(|&verb| parse.token(verb).tag == "VBN" && !found.content.contains(&verb)).find_map(|verb| passed_on(reading, verb))
}

/// Who published, saw, or was passed what a participle modifies.
fn passed_on(reading: &Reading, participle: TokenId) -> Option<TokenId> {
    let parse = reading.parse;
    let verb = lemma(parse, participle);
    let agent = sources::agent(parse, participle).filter(|_| is_passive(parse, participle));
    if let Some(agent) = agent {
        let passes = reading.lexicon.tells(Passing::PassedBy, &verb);
        let holds = reading.lexicon.tells(Passing::HeldBy, &verb) && (is_outlet(reading, agent) || is_own_publisher(reading, agent));
        return (passes || holds).then_some(agent);
    }
    let recipient = |&child: &TokenId| ["to", "with"].iter().any(|word| is_led_by(parse, child, word));
    let passed = reading.lexicon.tells(Passing::PassedTo, &verb) && own_subject(parse, participle).is_none();
    let outlet = |&child: &TokenId| is_outlet(reading, child);
    parse.children(participle).iter().copied().filter(|_| passed).filter(recipient).find(outlet)
}
