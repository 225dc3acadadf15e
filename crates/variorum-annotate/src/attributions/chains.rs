//! Through whom did the words come?
//!
//! An attribution whose cue stands in the content of another is reached through it: in "CNB reported that Han promised aid" the chain of the promise is
//! CNB (relay) ← Han (speaker). "Citing" traces the same content one step further back; an outlet that is told something relays it; "The remarks were
//! reported by CNB" puts CNB before the speakers of the sentence before.

use variorum_model::{Act, Attribution, AttributionId, AttributionKind, EntityId, EntityKind, Hop, HopRole, TimeId, TokenId, Upos};

use super::grammar::{antecedent, is_nominal, lemma, trimmed, union};
use super::lexicon::{Passing, WordClass};
use super::sources::Source;
use super::{Found, Reading, acts, relays};

/// How many sentences on a speech is taken to go on through the same hands.
const CONTINUES: u32 = 2;

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

/// "She said aid would come, according to CNB": an outlet at the end is whom the saying is known from, though the parser drew it into what is said.
pub(super) fn lift_outlets(reading: &Reading, found: &mut [Found]) {
    for outlet in 0..found.len() {
        let Some(saying) = said_inside(reading, found, outlet) else { continue };
        let words = |found: &Found| {
            let source = found.source.iter().flat_map(|source| source.tokens.clone()).collect();
            union(source, found.cue.iter().copied())
        };
        let (own, inner) = (words(&found[outlet]), words(&found[saying]));
        found[saying].content.retain(|token| !own.contains(token));
        found[saying].content = trimmed(reading.parse, std::mem::take(&mut found[saying].content));
        found[outlet].content = union(inner, found[saying].content.iter().copied());
    }
}

/// The speech whose content holds "according to" an outlet at its end.
fn said_inside(reading: &Reading, found: &[Found], outlet: usize) -> Option<usize> {
    let this = &found[outlet];
    let source = this
        .source
        .as_ref()
        .filter(|source| this.lemma.is_some_and(|lemma| lemma.starts_with("accord")) && relays::is_surely_outlet(reading, source.head))?;
    let holds = |other: &Found| {
        let spoken = other.source.is_some() && other.row.is_some_and(|row| row.kind == AttributionKind::Speech);
        let last = other.content.iter().copied().rfind(|&token| reading.parse.token(token).upos != Upos::Punct);
        spoken && other.head < this.head && other.content.contains(&this.head) && last.is_some_and(|last| source.tokens.contains(&last))
    };
    (0..found.len()).filter(|&i| i != outlet && holds(&found[i])).min_by_key(|&i| found[i].head)
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
        || reading.lexicon.tells(Passing::Part, &lemma(parse, cited))
        || parse.token(cited).upos == Upos::Propn
        || reading.lexicon.bases(&form).any(named);
    if !source_like || !is_nominal(parse, cited) {
        return None;
    }
    if let Some(reporting) = reporting_before(reading, found, this.head) {
        return Some((reporting, cited));
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

/// "…, the daily reports, citing a draft": the cue right before the participle, with no verb between, wherever the parser hung the participle.
fn reporting_before(reading: &Reading, found: &[Found], participle: TokenId) -> Option<usize> {
    let parse = reading.parse;
    let same_sentence = |other: &Found| parse.token(other.head).sentence == parse.token(participle).sentence;
    let speaks = |other: &Found| other.source.is_some() && other.row.is_some_and(|row| row.kind == AttributionKind::Speech);
    let verb_between =
        |other: &Found| (other.head.0 + 1..participle.0).any(|i| matches!(parse.token(TokenId(i)).upos, Upos::Verb | Upos::Aux));
    let near = |other: &Found| other.head < participle && participle.0 - other.head.0 <= 6 && !verb_between(other);
    (0..found.len()).find(|&i| same_sentence(&found[i]) && speaks(&found[i]) && near(&found[i]))
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

/// The hops of one attribution alone: those who passed it on, then the source.
pub(super) fn own_hops(
    reading: &Reading,
    found: &Found,
    speaker: Option<EntityId>,
    hedge: Option<String>,
    said: Option<TimeId>,
) -> Vec<Hop> {
    let mut hops = relays::relays(reading, found);
    let words = found.source.iter().flat_map(|source| source.tokens.iter().copied());
    let tokens = union(words.collect(), found.cue.iter().copied());
    let Some(span) = reading.parse.span_of(&found.cue) else { return hops };
    let printed = found.source.as_ref().and_then(|source| reading.parse.span_of(&source.tokens));
    // Source and cue stand together unless the content lies between.
    let joined = reading.parse.span_of(&tokens).filter(|whole| whole.len() < 200).unwrap_or(span);
    hops.push(Hop {
        entity: speaker,
        name: printed.map_or_else(String::new, |span| reading.doc.slice(span).to_owned()),
        role: role(reading, found, speaker),
        cue: super::records::cue_lemma(reading, found),
        kind: acts::kind(reading, found),
        hedge,
        said,
        span: joined,
    });
    hops
}

/// What is found out or shown was observed, and so is what instruments, counts and pictures tell; what is said, and what is estimated, is spoken.
fn role(reading: &Reading, found: &Found, speaker: Option<EntityId>) -> HopRole {
    let finds = found.row.is_some_and(|row| row.kind == AttributionKind::Finding && row.act != Act::Estimate);
    let noun = found.source.as_ref().map(|source| lemma(reading.parse, antecedent(reading.parse, source.head)));
    let evidence = noun.is_some_and(|noun| reading.lexicon.tells(Passing::Evidence, &noun));
    let document = speaker.is_some_and(|id| reading.actors.entities[id.index()].kind == EntityKind::Document);
    let suggests = found.lemma.is_some_and(|lemma| reading.lexicon.tells(Passing::Suggest, lemma));
    if finds || evidence || document && suggests { HopRole::Observer } else { HopRole::Speaker }
}

/// The attributions through which each came to the document without saying so again: "Bel told CNB …. He added …" came through CNB as well.
///
/// Of each attribution that stands in no other, the last one before it of the same speaker, where that one was passed on and this one tells nothing of the kind.
pub(super) fn continued(reading: &Reading, found: &[Found], records: &[Attribution]) -> Vec<Option<usize>> {
    (0..records.len()).map(|i| continued_from(reading, found, records, i)).collect()
}

fn continued_from(reading: &Reading, found: &[Found], records: &[Attribution], i: usize) -> Option<usize> {
    let alone = records[i].within.is_none() && records[i].chain.len() == 1;
    let speaker = records[i].speaker.filter(|_| alone && goes_on(reading, &found[i], &records[i]))?;
    let sentence = |j: usize| reading.parse.token(found[j].head).sentence.0;
    let before = (0..i).rev().take_while(|&j| sentence(j) + CONTINUES >= sentence(i));
    let same = before.into_iter().find(|&j| records[j].speaker == Some(speaker))?;
    let inside = |j: usize| outermost(records, j) == i;
    (!inside(same) && !relays::names_occasion(reading, &found[i])).then_some(same)
}

/// "said", "added": who denies or accuses may do so elsewhere; what is not said came through nobody. A document that was passed on has all it says from there.
fn goes_on(reading: &Reading, found: &Found, record: &Attribution) -> bool {
    let document = record.speaker.is_some_and(|id| reading.actors.entities[id.index()].kind == EntityKind::Document);
    let noun = found.source.as_ref().map(|source| lemma(reading.parse, source.head));
    let document = document || noun.is_some_and(|noun| reading.lexicon.tells(Passing::Statement, &noun));
    let plain = found.row.is_none_or(|row| row.act == Act::Say);
    document || plain && !acts::is_negated(reading, found)
}

/// The attribution that holds all others around one.
pub(super) fn outermost(records: &[Attribution], i: usize) -> usize {
    let mut at = i;
    for _ in 0..records.len() {
        match records[at].within.map(AttributionId::index).filter(|&outer| outer != at) {
            Some(outer) => at = outer,
            None => break,
        }
    }
    at
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
