//! Through whom did the words come?
//!
//! An attribution whose cue stands in the content of another is reached through it: in "CNB reported that Han promised aid" the chain of the promise is
//! CNB (relay) ← Han (speaker). "Citing" traces the same content one step further back; an outlet that is told something relays it; "The remarks were
//! reported by CNB" puts CNB before the speakers of the sentence before.

use variorum_model::{Act, AttributionKind, Deprel, EntityId, EntityKind, Hop, HopRole, NameKind, TokenId, Upos};

use super::grammar::{is_nominal, is_passive, lemma, trimmed};
use super::lexicon::WordClass;
use super::sources::{self, Source};
use super::{Found, Reading};

/// Turns "citing Ruan" beside a statement into an attribution of that statement to Ruan.
pub(super) fn trace_citations(reading: &Reading, found: &mut [Found]) {
    for i in 0..found.len() {
        let Some((outer, cited)) = citation(reading, found, i) else { continue };
        let cue = found[i].cue.clone();
        let content: Vec<TokenId> = found[outer].content.iter().copied().filter(|token| !cue.contains(token)).collect();
        let tokens = found[i].content.clone();
        found[i].content = trimmed(reading.parse, content.into_iter().filter(|token| !tokens.contains(token)).collect());
        found[i].source = Some(Source { head: cited, tokens });
        found[i].traces = Some(found[outer].head);
        let inner: Vec<TokenId> = found[i].source.iter().flat_map(|source| source.tokens.clone()).chain(cue).collect();
        if let Some(source) = &mut found[outer].source {
            source.tokens.retain(|token| !inner.contains(token));
            source.tokens = trimmed(reading.parse, std::mem::take(&mut source.tokens));
        }
    }
}

/// Whether a cue is a participle that names where a neighbouring statement comes from; with the statement and the head of the name.
fn citation(reading: &Reading, found: &[Found], i: usize) -> Option<(usize, TokenId)> {
    let parse = reading.parse;
    let this = &found[i];
    let participle = parse.token(this.head).tag == "VBG" && matches!(this.lemma, Some("cite" | "quote"));
    let span = parse.span_of(&this.content).filter(|_| participle)?;
    let cited = parse.head_of_span(span)?;
    let entity = reading.actors.entity_for_phrase(reading.parse, cited).map(|id| reading.actors.entities[id.index()].kind);
    let form = reading.doc.slice(parse.token(cited).span).to_lowercase();
    let speaks = reading.lexicon.entry(&lemma(parse, cited), &form, WordClass::Noun).is_some();
    let named = |base: String| {
        matches!(base.as_str(), "source" | "official" | "entry" | "log" | "document" | "figure" | "data" | "media" | "witness")
    };
    let source_like = entity.is_some_and(|kind| kind != EntityKind::Thing)
        || speaks
        || parse.token(cited).upos == Upos::Propn
        || reading.lexicon.bases(&form).any(named);
    if !source_like || !is_nominal(parse, cited) {
        return None;
    }
    let governor = parse.head(this.head)?;
    let beside = found.iter().position(|outer| outer.head == governor && outer.head != this.head);
    let in_source = || {
        found.iter().position(|outer| {
            outer.head != this.head
                && outer.source.as_ref().is_some_and(|source| source.head == governor || source.tokens.contains(&this.head))
        })
    };
    Some((beside.or_else(in_source)?, cited))
}

/// For each attribution the one in whose content it stands.
pub(super) fn containers(found: &[Found]) -> Vec<Option<usize>> {
    (0..found.len()).map(|i| container(found, i)).collect()
}

fn container(found: &[Found], i: usize) -> Option<usize> {
    let this = &found[i];
    if let Some(outer) = this.traces {
        return found.iter().position(|other| other.head == outer);
    }
    let holds = |outer: &Found| {
        outer.head != this.head
            && outer.content.contains(&this.head)
            && outer.content.len() > this.content.len()
            && !this.content.contains(&outer.head)
    };
    let holding = (0..found.len()).filter(|&j| j != i && holds(&found[j]));
    holding.min_by_key(|&j| (found[j].content.len(), std::cmp::Reverse(found[j].traces.is_some()), j))
}

/// The hops of one attribution alone: an outlet that is told, then the source.
pub(super) fn own_hops(reading: &Reading, found: &Found, speaker: Option<EntityId>, hedge: Option<String>) -> Vec<Hop> {
    let mut hops = Vec::new();
    if let Some(told) = found.addressee.filter(|&told| is_outlet(reading, told)) {
        hops.push(hop_of_phrase(reading, found, told, reading.actors.entity_for_phrase(reading.parse, told)));
    }
    hops.extend(carriers(reading, found));
    let words = found.source.iter().flat_map(|source| source.tokens.iter().copied());
    let tokens = super::grammar::union(words.collect(), found.cue.iter().copied());
    let Some(span) = reading.parse.span_of(&found.cue) else { return hops };
    let printed = found.source.as_ref().and_then(|source| reading.parse.span_of(&source.tokens));
    // Source and cue stand together unless the content lies between.
    let joined = reading.parse.span_of(&tokens).filter(|whole| whole.len() < 200).unwrap_or(span);
    hops.push(Hop {
        entity: speaker,
        name: printed.map_or_else(String::new, |span| reading.doc.slice(span).to_owned()),
        role: role(found),
        cue: super::records::cue_lemma(reading, found),
        hedge,
        span: joined,
    });
    hops
}

/// What is found out or shown was observed; what is said, and what is estimated, is spoken.
fn role(found: &Found) -> HopRole {
    match found.row.map(|row| (row.kind, row.act)) {
        Some((AttributionKind::Finding, act)) if act != Act::Estimate => HopRole::Observer,
        _ => HopRole::Speaker,
    }
}

/// Whether whoever is told something passes it on: a known outlet, one that is called a newspaper or an agency, or a named body that is neither a
/// person nor a part of a state.
fn is_outlet(reading: &Reading, told: TokenId) -> bool {
    let parse = reading.parse;
    let around = std::iter::once(told).chain(parse.children(told).iter().copied());
    let medium = around.clone().any(|token| {
        let noun = matches!(parse.token(token).upos, Upos::Noun | Upos::Propn);
        noun && reading.lexicon.is_medium(&lemma(parse, token))
    });
    let named = parse.name_at(told).is_some_and(|name| matches!(name.kind, NameKind::Organization | NameKind::Work | NameKind::Product));
    match reading.actors.entity_for_phrase(parse, told).map(|id| &reading.actors.entities[id.index()]) {
        Some(entity) if entity.kind == EntityKind::Publisher => true,
        Some(entity) if matches!(entity.kind, EntityKind::Person | EntityKind::State | EntityKind::PlaceAsActor) => false,
        Some(entity) if entity.plural || entity.known_as.is_some() => medium && entity.named,
        Some(entity) => (medium || named) && entity.sector.as_deref().is_none_or(|sector| matches!(sector, "JRN" | "MED" | "BUS")),
        None => medium || named,
    }
}

fn hop_of_phrase(reading: &Reading, found: &Found, head: TokenId, entity: Option<EntityId>) -> Hop {
    let source = Source::at(reading.parse, head, found.head);
    let span = reading.parse.span_of(&source.tokens).unwrap_or(reading.parse.token(head).span);
    Hop {
        entity,
        name: reading.doc.slice(span).to_owned(),
        role: HopRole::Relay,
        cue: super::records::cue_lemma(reading, found),
        hedge: None,
        span,
    }
}

/// "said in a report carried by Reuters": the outlet that carries it.
fn carriers(reading: &Reading, found: &Found) -> Vec<Hop> {
    let parse = reading.parse;
    if let Some(hop) = channel(reading, found) {
        return vec![hop];
    }
    let phrases =
        parse.children(found.head).iter().filter(|&&child| parse.token(child).deprel.base() == "obl" && !found.content.contains(&child));
    let verbs = phrases
        .flat_map(|&phrase| parse.children(phrase))
        .filter(|&&verb| parse.token(verb).deprel == Deprel::Acl && is_passive(parse, verb));
    let carried = verbs.filter_map(|&verb| {
        let agent = sources::agent(parse, verb)?;
        let entity = reading.actors.entity_for_phrase(reading.parse, agent)?;
        (reading.actors.entities[entity.index()].kind == EntityKind::Publisher).then(|| hop_of_phrase(reading, found, agent, Some(entity)))
    });
    carried.collect()
}

/// "issued a commentary through CNB, calling …": the outlet it goes through, told at the cue or at the verb it hangs on.
fn channel(reading: &Reading, found: &Found) -> Option<Hop> {
    let parse = reading.parse;
    let governor = parse.head(found.head).filter(|_| matches!(parse.token(found.head).deprel, Deprel::Advcl | Deprel::Conj));
    let above = governor.and_then(|up| parse.head(up)).filter(|_| governor.is_some_and(|up| parse.token(up).deprel == Deprel::Advcl));
    let verbs = [Some(found.head), governor, above].into_iter().flatten();
    let phrases = verbs.flat_map(|verb| {
        parse.children(verb).iter().flat_map(|&child| std::iter::once(child).chain(parse.children(child).iter().copied()))
    });
    let led = |phrase: TokenId| ["through", "via"].iter().any(|word| super::grammar::is_led_by(parse, phrase, word));
    let outlet = phrases.filter(|&phrase| led(phrase) && !found.content.contains(&phrase)).find_map(|phrase| {
        let entity = reading.actors.entity_for_phrase(parse, phrase)?;
        (reading.actors.entities[entity.index()].kind == EntityKind::Publisher).then_some((phrase, entity))
    });
    outlet.map(|(phrase, entity)| hop_of_phrase(reading, found, phrase, Some(entity)))
}

/// For "The remarks were reported by CNB": the attributions of the sentence before, which it relays.
pub(super) fn relayed(reading: &Reading, found: &[Found], i: usize) -> Vec<usize> {
    let parse = reading.parse;
    let this = &found[i];
    let relays = this.source.is_some() && this.row.is_some_and(|row| row.relay);
    let Some(noun) = parse.span_of(&this.content).and_then(|span| parse.head_of_span(span)).filter(|_| relays) else { return Vec::new() };
    let definite = parse.children(noun).iter().any(|&child| {
        matches!(
            lemma(parse, child).as_str(),
            "the" | "this" | "that" | "these" | "those" | "his" | "her" | "he" | "she" | "their" | "they"
        )
    });
    let speech = reading.lexicon.rows(&lemma(parse, noun), WordClass::Noun).iter().any(|row| row.kind == AttributionKind::Speech);
    let small = this.content.iter().filter(|&&token| parse.token(token).upos != Upos::Punct).count() <= 4;
    let Some(before) = parse.token(this.head).sentence.0.checked_sub(1).filter(|_| definite && speech && small) else { return Vec::new() };
    (0..found.len()).filter(|&j| parse.token(found[j].head).sentence.0 == before).collect()
}
