//! Which phrases name or refer to somebody?
//!
//! Input: the parse, its names and the places. Output: [`Draft`]s, mentions whose entity is still to be found, in text order of their heads.
//! "South Korean lawmaker Lee Seong-kweun, who …" gives one draft with the title in its span, and one for "who".
//!
//! Limits: nouns for places and documents are mentions only where they speak or are spoken from, lest every noun become an actor.

use variorum_model::{
    Deprel, Document, EntityKind, Gender, MentionKind, NameKind, Parse, Place, PlaceKind, PlaceUse, SentenceId, Span, TokenId, Upos,
};

use super::{
    unlisted,
    world::{Calling, Known, Nominal, World},
};
use crate::naming::{fold, is_acronym, is_capitalised};

/// What every step here reads.
#[derive(Copy, Clone)]
pub(super) struct Reading<'a> {
    pub(super) world: &'a World,
    pub(super) doc: &'a Document,
    pub(super) parse: &'a Parse,
    pub(super) places: &'a [Place],
}

/// A mention whose entity is still to be found.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) span: Span,
    pub(super) head: TokenId,
    /// Title and name, or the noun: first token and one past the last.
    pub(super) core: (TokenId, TokenId),
    pub(super) sentence: SentenceId,
    pub(super) place_in_clause: PlaceInClause,
    pub(super) reference: Reference,
}

impl Draft {
    pub(super) fn kind(&self) -> MentionKind {
        match self.reference {
            Reference::Name(_) => MentionKind::Name,
            Reference::Noun(_) => MentionKind::Nominal,
            Reference::Pronoun(_) => MentionKind::Pronoun,
        }
    }

    pub(super) fn covers(&self, token: TokenId) -> bool {
        self.core.0 <= token && token < self.core.1
    }
}

/// How a draft refers.
#[derive(Clone, Debug)]
pub(super) enum Reference {
    Name(NameForm),
    Noun(NounForm),
    Pronoun(PronounForm),
}

/// A proper name as printed.
#[derive(Clone, Debug)]
pub(super) struct NameForm {
    /// Without titles and article.
    pub(super) text: String,
    pub(super) span: Span,
    /// What the analyser or the tables take it for.
    pub(super) kind: EntityKind,
    pub(super) known: Option<Known>,
    /// The title before it: first token and one past the last, without the article.
    pub(super) title: Option<(TokenId, TokenId)>,
}

/// A common noun for an actor.
#[derive(Clone, Debug)]
pub(super) struct NounForm {
    /// Lemma of the head.
    pub(super) lemma: String,
    pub(super) nominal: Nominal,
    /// Other content words of the phrase, folded lemmas.
    pub(super) modifiers: Vec<String>,
    pub(super) definite: bool,
    pub(super) possessor: Option<TokenId>,
    pub(super) plural: bool,
    /// "two", "both", "three" before it.
    pub(super) number: Option<u32>,
    /// The subject it is said of: "X is the president".
    pub(super) predicate_of: Option<TokenId>,
}

/// A pronoun that may refer to somebody.
#[derive(Clone, Debug)]
pub(super) struct PronounForm {
    pub(super) gender: Option<Gender>,
    pub(super) plural: bool,
    /// "it", "its": no person.
    pub(super) neuter: bool,
    /// "who", "which": the head of the clause it opens.
    pub(super) antecedent: Option<TokenId>,
    pub(super) possessive: bool,
    pub(super) reflexive: bool,
}

/// Where a phrase stands in its clause.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct PlaceInClause {
    pub(super) subject: bool,
    pub(super) object: bool,
    /// The word it depends on, past any coordination.
    pub(super) governor: Option<TokenId>,
}

const DETERMINERS_OF_THE_KNOWN: &[&str] = &["the", "this", "that", "these", "those", "both", "such"];

impl<'a> Reading<'a> {
    pub(super) fn text(&self, token: TokenId) -> &'a str {
        self.parse.token(token).span.of(&self.doc.text)
    }

    pub(super) fn lemma(&self, token: TokenId) -> String {
        self.parse.token(token).lemma.to_lowercase()
    }

    /// The lemma under which the table of nouns lists a token: the regular singular where that is listed, else the analyser's.
    fn noun_lemma(&self, token: TokenId) -> String {
        let lemma = self.lemma(token);
        let singular = super::codes::singular(&self.text(token).to_lowercase());
        let mended = self.is_plural(token) && self.world.nominal(&singular).is_some();
        if mended { singular } else { lemma }
    }

    pub(super) fn upos(&self, token: TokenId) -> Upos {
        self.parse.token(token).upos
    }

    pub(super) fn slice(&self, first: TokenId, end: TokenId) -> &'a str {
        self.cover(first, end).of(&self.doc.text)
    }

    fn cover(&self, first: TokenId, end: TokenId) -> Span {
        let last = TokenId(end.0.saturating_sub(1).max(first.0));
        self.parse.token(first).span.cover(self.parse.token(last).span)
    }

    pub(super) fn place_at(&self, span: Span) -> Option<&'a Place> {
        let i = self.places.partition_point(|place| place.span.end() <= span.start());
        self.places.get(i).filter(|place| place.span.overlaps(span))
    }

    pub(super) fn is_plural(&self, token: TokenId) -> bool {
        matches!(self.parse.token(token).tag.as_str(), "NNS" | "NNPS")
    }

    /// The grammatical function of a phrase; a later part of a coordination has that of the first.
    fn place_in_clause(&self, head: TokenId) -> PlaceInClause {
        let mut top = head;
        while let (Deprel::Conj, Some(up)) = (self.parse.token(top).deprel, self.parse.head(top)) {
            top = up;
        }
        let deprel = self.parse.token(top).deprel;
        PlaceInClause {
            subject: deprel.is_subject() || deprel == Deprel::OblAgent,
            object: matches!(deprel, Deprel::Obj | Deprel::Iobj),
            governor: self.parse.head(top),
        }
    }
}

/// All drafts in text order.
pub(super) fn drafts(reading: Reading<'_>) -> Vec<Draft> {
    let mut drafts = names(reading);
    drafts.extend(demonyms(reading, &drafts));
    let bodies = last_words_of_bodies(reading, &drafts);
    let nouns = reading.parse.token_ids().filter(|&token| !drafts.iter().any(|draft| draft.covers(token)));
    let read = |token| short_noun(reading, &bodies, token).or_else(|| noun(reading, token)).or_else(|| counted(reading, token));
    let nouns: Vec<Draft> = nouns.filter_map(read).collect();
    drafts.extend(nouns);
    drafts.extend(reading.parse.token_ids().filter_map(|token| pronoun(reading, token)));
    drafts.sort_by_key(|draft| (draft.core, draft.span));
    drafts
}

// --- names --------------------------------------------------------------------------------------------------------------

/// A name before the phrase around it is known.
struct Found {
    first: TokenId,
    end: TokenId,
    kind: EntityKind,
    known: Option<Known>,
}

fn names(reading: Reading<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for sentence in &reading.parse.sentences {
        let mut at = sentence.first;
        while at < sentence.end {
            if let Some(end) = reading.world.title_of_at(&reading.doc.text, reading.parse, at, sentence.end) {
                at = end;
                continue;
            }
            let found = name_at(reading, at, sentence.end);
            let next = found.as_ref().map_or(at.0 + 1, |found| found.end.0.max(at.0 + 1));
            if let Some(found) = found {
                drafts.extend(name_phrase(reading, found));
            }
            at = TokenId(next);
        }
    }
    drafts
}

/// The name that begins at a token: the longer of what the tables know and what the analyser found.
fn name_at(reading: Reading<'_>, first: TokenId, limit: TokenId) -> Option<Found> {
    // Names of groups are adjectives or plurals, which the tables and the nouns answer for.
    let name = reading.parse.name_at(first).filter(|name| name.kind != NameKind::Group);
    let name_end = name.map(|name| with_possessed(reading, with_flat(reading, name.first, name.end), limit));
    let starts = name.filter(|name| name.first == first);
    if name.is_some() && starts.is_none() && !name.is_some_and(|name| only_article(reading, name.first, first)) {
        return None;
    }
    let proper = matches!(reading.upos(first), Upos::Propn | Upos::Adj | Upos::Noun) || name.is_some();
    let known = if proper && is_capitalised(reading.text(first)) {
        reading.world.known_at(&reading.doc.text, reading.parse, first, limit)
    } else {
        None
    };
    // A common word that opens a sentence is no name for being one elsewhere: only whole phrases count where the analyser sees none.
    let known = known.filter(|&(end, _)| name.is_some() || reading.upos(first) == Upos::Propn || end.0 > first.0 + 1);
    let known_end = known.as_ref().map_or(first, |&(end, _)| end);
    match name {
        Some(name) if name_end > Some(known_end) => analysed(reading, first, name_end.unwrap_or(name.end), name.kind),
        None if continues(reading, first, known_end, limit) => None,
        None if known.is_none() => described_name(reading, first, limit),
        _ => known.and_then(|(end, known)| tabled(reading, first, end, name.map(|name| name.kind), &known)),
    }
}

/// "the weekly Hoof", "the charity Water Without Walls": what is written like a name behind "the" and a noun for bodies is one, though the analyser sees none.
fn described_name(reading: Reading<'_>, first: TokenId, limit: TokenId) -> Option<Found> {
    let noun = TokenId(first.0.checked_sub(1)?);
    let sentence = reading.parse.token(first).sentence;
    let common = reading.parse.token(noun).sentence == sentence && reading.text(noun).chars().all(char::is_lowercase);
    let linked = matches!(
        reading.parse.token(first).deprel,
        Deprel::Appos | Deprel::Flat | Deprel::Compound | Deprel::NmodDesc | Deprel::Nsubj | Deprel::Obj | Deprel::Iobj | Deprel::Obl
    );
    let fits =
        reading.upos(first) == Upos::Propn && is_capitalised(reading.text(first)) && linked && reading.parse.name_at(first).is_none();
    if !(fits && common && is_noun_for_bodies(reading, &reading.lemma(noun)) && !reading.is_plural(noun)) {
        return None;
    }
    let proper = |token: &TokenId| is_capitalised(reading.text(*token)) && reading.upos(*token) != Upos::Num;
    let n_words = (first.0..limit.0).map(TokenId).take_while(proper).count();
    Some(Found { first, end: TokenId(first.0 + n_words as u32), kind: EntityKind::Organization, known: None })
}

/// Where a name ends that the analyser cut short: "Pavel" before its flat part "Orlov", "Kosta" before "Lines".
fn with_flat(reading: Reading<'_>, first: TokenId, end: TokenId) -> TokenId {
    let flat = |token: TokenId| {
        let token = reading.parse.tokens.get(token.index())?;
        let part = token.deprel == Deprel::Flat && token.head.is_some_and(|head| (first..end).contains(&head));
        let word = token.span.of(&reading.doc.text);
        let firm = token.sentence == reading.parse.token(first).sentence
            && is_capitalised(word)
            && super::variants::ends_company_name(&fold(word));
        (part && token.upos == Upos::Propn || firm).then_some(())
    };
    let more = (end.0..).map(TokenId).take_while(|&token| flat(token).is_some()).count();
    TokenId(end.0 + more as u32)
}

/// "Zhenhai District People's Hospital", which the analyser cuts before the mark.
fn with_possessed(reading: Reading<'_>, end: TokenId, limit: TokenId) -> TokenId {
    let plural = matches!(
        reading.lemma(TokenId(end.0 - 1)).as_str(),
        "people" | "child" | "children" | "woman" | "women" | "man" | "worker" | "workers" | "citizen" | "veteran" | "farmer"
    );
    if !plural || end >= limit || !matches!(reading.text(end), "'s" | "’s" | "'" | "’") {
        return end;
    }
    let run =
        (end.0 + 1..limit.0).map(TokenId).take_while(|&token| reading.upos(token) == Upos::Propn && is_capitalised(reading.text(token)));
    let body =
        |token: &TokenId| reading.world.nominal(&reading.lemma(*token)).is_some_and(|nominal| nominal.kind == EntityKind::Organization);
    run.last().filter(body).map_or(end, |last| TokenId(last.0 + 1))
}

fn only_article(reading: Reading<'_>, first: TokenId, at: TokenId) -> bool {
    (first.0..at.0).all(|i| reading.upos(TokenId(i)) == Upos::Det)
}

/// Whether proper nouns go on after a known form that no name covers: "London Breed" is not London.
fn continues(reading: Reading<'_>, first: TokenId, end: TokenId, limit: TokenId) -> bool {
    let flat = |i: u32| reading.parse.token(TokenId(i)).deprel == Deprel::Flat;
    end > first && end < limit && flat(end.0)
}

/// A name that the tables know.
fn tabled(reading: Reading<'_>, first: TokenId, end: TokenId, kind: Option<NameKind>, known: &[Known]) -> Option<Found> {
    let found = |kind, known| Some(Found { first, end, kind, known });
    let place = reading.place_at(reading.cover(first, end));
    let governs = known.iter().copied().find(|known| matches!(known, Known::State(_) | Known::Seat(_)));
    let bodies = known.iter().copied().filter(|known| matches!(known, Known::Body(_)));
    let body = bodies.rev().max_by_key(|known| likelihood(reading, *known));
    let holder = reading.world.one_holder(known);
    let acronym = is_acronym(reading.slice(first, end));
    let mistaken = place.is_some() && governs.is_some();
    match (kind, governs, body, holder) {
        (Some(NameKind::Person), _, _, holder) if !acronym && !mistaken => found(EntityKind::Person, holder),
        (_, Some(state), _, _) => match place {
            Some(place) if place.used != PlaceUse::Metonymic && !pairs_states(reading, first, end) => None,
            None if matches!(state, Known::Seat(_)) || kind.is_some() => found(EntityKind::State, Some(state)),
            None => None,
            Some(_) => found(EntityKind::State, Some(state)),
        },
        (_, _, Some(Known::Body(i)), _) if is_of_another_state(reading, first, end, i) => found(EntityKind::Organization, None),
        (_, _, Some(Known::Body(i)), _) => found(reading.world.bodies[i as usize].kind, body),
        (_, _, _, Some(holder)) => found(EntityKind::Person, Some(holder)),
        _ => None,
    }
}

/// "the Russian Security Council": an adjective before the name gives it to another state than the table does.
fn is_of_another_state(reading: Reading<'_>, first: TokenId, end: TokenId, body: u32) -> bool {
    let start = first.0.saturating_sub(2);
    let adjective = (start..first.0).map(TokenId).find_map(|token| {
        let (last, state) = reading.world.adjective_at(&reading.doc.text, reading.parse, token, first)?;
        (last == first && reading.parse.head(token).is_some_and(|head| (first..end).contains(&head))).then_some(state)
    });
    adjective.is_some_and(|state| reading.world.bodies[body as usize].country.as_deref() != Some(state.iso3.as_str()))
}

/// How likely a body of several with one abbreviation is meant: its full name stands in the text, it publishes, its country is spoken of.
fn likelihood(reading: Reading<'_>, known: Known) -> (bool, bool, bool) {
    let Known::Body(i) = known else { return (false, false, false) };
    let body = &reading.world.bodies[i as usize];
    let near = body.country.is_some() && reading.places.iter().any(|place| place.country == body.country);
    (reading.doc.text.contains(&body.name), near, body.kind == EntityKind::Publisher)
}

/// "Russia–North Korea treaty", "US-China talks": states named before a noun as its parties.
fn pairs_states(reading: Reading<'_>, first: TokenId, end: TokenId) -> bool {
    let dash = |token: Option<TokenId>| {
        token
            .filter(|&token| token.index() < reading.parse.tokens.len())
            .is_some_and(|token| reading.text(token).chars().all(crate::naming::is_dash))
    };
    let state = |token: TokenId| token.index() < reading.parse.tokens.len() && reading.place_at(reading.parse.token(token).span).is_some();
    let before = first.0.checked_sub(1).map(TokenId);
    dash(Some(end)) && state(TokenId(end.0 + 1)) || dash(before) && first.0 >= 2 && state(TokenId(first.0 - 2))
}

/// A name that only the analyser found.
fn analysed(reading: Reading<'_>, first: TokenId, end: TokenId, kind: NameKind) -> Option<Found> {
    let first = (first.0..end.0).map(TokenId).find(|&token| reading.upos(token) != Upos::Det)?;
    let (first, end) = without_common_noun(reading, first, end);
    let sentence = reading.parse.sentence(reading.parse.token(first).sentence);
    let adjective = reading.world.adjective_at(&reading.doc.text, reading.parse, first, sentence.end).is_some_and(|(last, _)| last >= end);
    if adjective && !reading.is_plural(first) {
        return None;
    }
    if is_common_elsewhere(reading, first, end) {
        return None;
    }
    let span = reading.cover(first, end);
    let place = reading.place_at(span).filter(|place| place.span == span);
    let kind = match kind {
        NameKind::Person if super::roles::COURTESY.contains(&fold(span.of(&reading.doc.text)).as_str()) => return None,
        NameKind::Person if span.len() < 2 || reading.world.title(span.of(&reading.doc.text)).is_some() => return None,
        NameKind::Person if is_called_body(reading, first) && !reading.parse.token(first).deprel.is_subject() => EntityKind::Organization,
        NameKind::Person => EntityKind::Person,
        NameKind::Organization if place.is_some_and(|place| place.kind != PlaceKind::Unknown) => match place {
            Some(place) if place.used == PlaceUse::Metonymic => EntityKind::PlaceAsActor,
            _ => return None,
        },
        NameKind::Organization if is_described(reading, first, end) => return None,
        NameKind::Organization => EntityKind::Organization,
        NameKind::Work | NameKind::Product if is_called_body(reading, first) => EntityKind::Organization,
        NameKind::Location | NameKind::Facility => match place? {
            // A name that no table has may be anything that speaks; the other mentions of the same form decide.
            Place { kind: PlaceKind::Unknown, .. } => EntityKind::Thing,
            place if place.used == PlaceUse::Metonymic => EntityKind::PlaceAsActor,
            _ => return None,
        },
        NameKind::Group | NameKind::Event | NameKind::Law | NameKind::Product | NameKind::Work => return None,
    };
    let known = reading.world.known(reading.slice(first, end));
    let known = match kind {
        EntityKind::Person => reading.world.one_holder(&known),
        _ => known.into_iter().find(|known| matches!(known, Known::Body(_))),
    };
    Some(Found { first, end, kind, known })
}

/// "the observatory Paz Abierta", "the film blog Celluloid Attic": what looks like a person or a work behind a noun that only bodies bear.
fn is_called_body(reading: Reading<'_>, first: TokenId) -> bool {
    let Some(noun) = first.0.checked_sub(1).map(TokenId) else { return false };
    let lemma = reading.lemma(noun);
    let article = noun.0.checked_sub(1).is_some_and(|before| !matches!(reading.upos(TokenId(before)), Upos::Verb | Upos::Aux));
    let person =
        reading.world.nominal(&lemma).is_some_and(|nominal| nominal.kind == EntityKind::Person) || reading.world.title(&lemma).is_some();
    let common = reading.upos(noun) == Upos::Noun && !reading.is_plural(noun) && is_noun_for_bodies(reading, &lemma) && !person;
    common && article
}

/// "broadcaster CBV", "TKA agency": the noun for outlets in small letters is no part of the name.
fn without_common_noun(reading: Reading<'_>, first: TokenId, end: TokenId) -> (TokenId, TokenId) {
    let common = |token: u32| {
        let text = reading.text(TokenId(token));
        text.chars().all(char::is_lowercase) && is_outlet_noun(reading, &reading.lemma(TokenId(token)))
    };
    let name = |i: u32| is_capitalised(reading.text(TokenId(i)));
    let first = if end.0 > first.0 + 1 && common(first.0) && name(first.0 + 1) { TokenId(first.0 + 1) } else { first };
    let acronym = end.0 == first.0 + 2 && is_acronym(reading.text(first));
    let end = if acronym && common(end.0 - 1) { TokenId(end.0 - 1) } else { end };
    (first, end)
}

/// "agency", "newspaper", "channel".
fn is_outlet_noun(reading: Reading<'_>, lemma: &str) -> bool {
    lemma == "agency"
        || reading.world.sectors.get(lemma).is_some_and(|sector| sector == "JRN")
        || reading.world.is_called(Calling::Outlet, lemma)
}

/// "Acrylonitrile" at the head of a sentence, when the text has "acrylonitrile" elsewhere.
fn is_common_elsewhere(reading: Reading<'_>, first: TokenId, end: TokenId) -> bool {
    let opens = reading.parse.sentence(reading.parse.token(first).sentence).first == first;
    let lower = reading.text(first).to_lowercase();
    opens && end.0 == first.0 + 1 && lower != reading.text(first) && reading.parse.token_ids().any(|token| reading.text(token) == lower)
}

/// "Ningbo fire service": the name of a place with common nouns, which the nouns' own rule reads.
fn is_described(reading: Reading<'_>, first: TokenId, end: TokenId) -> bool {
    let common = |i: u32| !is_capitalised(reading.text(TokenId(i)));
    let place = reading.place_at(reading.parse.token(first).span);
    place.is_some_and(|place| {
        (first.0..end.0).any(common) && (first.0..end.0).all(|i| common(i) || place.span.contains(reading.parse.token(TokenId(i)).span))
    })
}

/// The phrase around a name: titles before it, a describing noun around it.
fn name_phrase(reading: Reading<'_>, found: Found) -> Option<Draft> {
    let (title_in_name, first) = inner_title(reading, &found);
    let before = title_before(reading, found.first, found.end, found.kind);
    let title = before.map(|start| (start, first)).or(title_in_name.map(|start| (start, first)));
    let (noun_after, end) = noun_after(reading, &found);
    let start = title.map_or(first, |(start, _)| start);
    let name_span = reading.cover(first, found.end);
    let core = (start, end);
    let whole = reading.cover(core.0, core.1);
    let head = noun_after.or_else(|| reading.parse.head_of_span(whole)).unwrap_or(first);
    let span = with_article(reading, core.0).map_or(whole, |article| article.cover(whole));
    let form = NameForm { text: name_text(name_span.of(&reading.doc.text)), span: name_span, kind: found.kind, known: found.known, title };
    Some(Draft {
        span,
        head,
        core,
        sentence: reading.parse.token(head).sentence,
        place_in_clause: reading.place_in_clause(head),
        reference: Reference::Name(form),
    })
}

/// One line, single spaces.
fn name_text(printed: &str) -> String {
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The article or possessor before a phrase.
fn with_article(reading: Reading<'_>, first: TokenId) -> Option<Span> {
    let before = TokenId(first.0.checked_sub(1)?);
    let token = reading.parse.token(before);
    let article = matches!(reading.lemma(before).as_str(), "the" | "a" | "an" | "this");
    (token.sentence == reading.parse.token(first).sentence && article).then_some(token.span)
}

/// Titles that the analyser counts to a person's name: "President Orlov".
fn inner_title(reading: Reading<'_>, found: &Found) -> (Option<TokenId>, TokenId) {
    if found.kind != EntityKind::Person {
        return (None, found.first);
    }
    let longest =
        (found.first.0 + 1..found.end.0).rev().map(TokenId).find(|&end| reading.world.title(reading.slice(found.first, end)).is_some());
    longest.map_or((None, found.first), |end| (Some(found.first), end))
}

/// Where the title before a name begins: "top Russian security official" before "Boris Gromov".
fn title_before(reading: Reading<'_>, name: TokenId, end: TokenId, kind: EntityKind) -> Option<TokenId> {
    let sentence = reading.parse.token(name).sentence;
    let noun = TokenId(name.0.checked_sub(1)?);
    let listed = (noun.0.saturating_sub(6)..=noun.0).map(TokenId).find(|&first| {
        kind == EntityKind::Person
            && reading.parse.token(first).sentence == sentence
            && reading.world.title_of_at(&reading.doc.text, reading.parse, first, name) == Some(name)
    });
    if let Some(first) = listed {
        return Some(with_modifiers(reading, first, end));
    }
    let suffixed = matches!(reading.lemma(noun).as_str(), "elect" | "designate")
        && noun.0 >= 2
        && reading.text(TokenId(noun.0 - 1)).chars().all(crate::naming::is_dash);
    let noun = if suffixed { TokenId(noun.0 - 2) } else { noun };
    let describes = reading.parse.token(noun).sentence == sentence && is_title_noun(reading, noun, kind);
    if !describes {
        return None;
    }
    Some(with_modifiers(reading, noun, end))
}

/// Where the adjectives and nouns before a title begin; `end` is one past the name.
fn with_modifiers(reading: Reading<'_>, title: TokenId, end: TokenId) -> TokenId {
    let sentence = reading.parse.token(title).sentence;
    let mut start = title;
    while let Some(before) = start.0.checked_sub(1).map(TokenId) {
        let token = reading.parse.token(before);
        let modifies = token.head.is_some_and(|head| start <= head && head < end);
        let hyphen = reading.text(before).chars().all(crate::naming::is_dash) && start > before;
        let fits = matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn) && modifies && token.deprel != Deprel::NmodPoss || hyphen;
        if token.sentence != sentence || !fits {
            break;
        }
        start = before;
    }
    start
}

/// Whether a noun before a name can be its title: singular, and for the same kind of actor. "The daily Aamu": the analyser may call the noun an adjective.
fn is_title_noun(reading: Reading<'_>, noun: TokenId, kind: EntityKind) -> bool {
    let lemma = reading.lemma(noun);
    let outlet = reading.world.is_called(Calling::Outlet, &lemma);
    let rank = || is_capitalised(reading.text(noun)) && reading.world.title(reading.text(noun)).is_some();
    let nominal_word = matches!(reading.upos(noun), Upos::Noun | Upos::Propn) || reading.upos(noun) == Upos::Adj && (outlet || rank());
    if !nominal_word || reading.is_plural(noun) || reading.place_at(reading.parse.token(noun).span).is_some() {
        return false;
    }
    let nominal = reading.world.nominal(&lemma);
    let person =
        nominal.is_some_and(|nominal| nominal.kind == EntityKind::Person) || reading.world.title_ending(reading.text(noun)).is_some();
    match kind {
        EntityKind::Person => person,
        EntityKind::Organization | EntityKind::Publisher => is_noun_for_bodies(reading, &lemma),
        EntityKind::Thing => person || is_noun_for_bodies(reading, &lemma),
        _ => false,
    }
}

/// Whether a noun stands for bodies, or is one of those by which bodies are called as people are.
pub(super) fn is_noun_for_bodies(reading: Reading<'_>, lemma: &str) -> bool {
    let body = |nominal: Nominal| nominal.kind == EntityKind::Organization || nominal.kind == EntityKind::Group && !nominal.collective;
    reading.world.nominal(lemma).is_some_and(body)
        || reading.world.is_borne_by_bodies(lemma)
        || reading.world.is_called(Calling::Group, lemma)
}

/// "Xinhua news agency": the noun that ends the phrase of an outlet's name, and one past the phrase's last token.
fn noun_after(reading: Reading<'_>, found: &Found) -> (Option<TokenId>, TokenId) {
    let none = (None, found.end);
    let name_head = reading.parse.head_of_span(reading.cover(found.first, found.end)).unwrap_or(found.first);
    let Some(noun) = reading.parse.head(name_head).filter(|&noun| noun >= found.end && noun.0 < found.end.0 + 3) else { return none };
    let publisher = found.kind == EntityKind::Publisher
        || found.kind == EntityKind::Organization
            && is_outlet_noun(reading, &reading.lemma(noun))
            && is_acronym(reading.slice(found.first, found.end));
    let describes = matches!(reading.parse.token(name_head).deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Nmod)
        && reading.upos(noun) == Upos::Noun
        && !reading.is_plural(noun)
        && publisher
        && reading.world.nominal(&reading.lemma(noun)).is_some_and(|nominal| nominal.kind == EntityKind::Organization);
    if describes { (Some(noun), TokenId(noun.0 + 1)) } else { none }
}

// --- nouns --------------------------------------------------------------------------------------------------------------

/// "Russians", "the Houthis": a people as a group.
fn demonyms(reading: Reading<'_>, taken: &[Draft]) -> Vec<Draft> {
    let candidates = reading.parse.token_ids().filter(|&token| reading.is_plural(token) && reading.upos(token) == Upos::Propn);
    let free = candidates.filter(|&token| !taken.iter().any(|draft| draft.covers(token)) && !is_modifier(reading, token));
    free.filter_map(|token| {
        let sentence = reading.parse.sentence(reading.parse.token(token).sentence);
        reading.world.adjective_at(&reading.doc.text, reading.parse, token, sentence.end)?;
        let nominal = Nominal { kind: EntityKind::Group, collective: true };
        Some(noun_draft(reading, token, reading.lemma(token), nominal, token))
    })
    .collect()
}

/// The last words of the names of bodies, and the nouns before them: "front" of "Blue Nile Front", "group" of "the group Clean Money".
fn last_words_of_bodies(reading: Reading<'_>, names: &[Draft]) -> Vec<String> {
    let words = |draft: &Draft| match &draft.reference {
        Reference::Name(form) if form.kind == EntityKind::Organization => {
            let last = fold(&form.text).rsplit_once(' ').map(|(_, last)| last.to_owned());
            let title = form.title.map(|(_, end)| fold(&reading.lemma(TokenId(end.0 - 1))));
            last.into_iter().chain(title).collect()
        }
        _ => Vec::new(),
    };
    names.iter().flat_map(words).collect()
}

/// "the Front", "the service": the bare last word of a body's name, where it acts or is written like a name.
fn short_noun(reading: Reading<'_>, bodies: &[String], head: TokenId) -> Option<Draft> {
    let lemma = reading.lemma(head);
    let noun = matches!(reading.upos(head), Upos::Noun | Upos::Propn) && !is_modifier(reading, head) && !reading.is_plural(head);
    let bare = matches!(reading.parse.children(head), [only] if reading.lemma(*only) == "the");
    let stands_out = reading.place_in_clause(head).subject || is_capitalised(reading.text(head));
    let known = reading.world.nominal(&lemma).is_some_and(|nominal| nominal.kind == EntityKind::Organization);
    let of_group = || bodies.iter().any(|word| reading.world.is_called(Calling::Group, word));
    let general = || matches!(lemma.as_str(), "group" | "organisation" | "organization") && of_group();
    let short = noun && bare && stands_out && !known && (bodies.contains(&fold(&lemma)) || general());
    let nominal = Nominal { kind: EntityKind::Organization, collective: false };
    short.then(|| noun_draft(reading, head, lemma, nominal, head))
}

/// "Two were hurt", "hundreds of miners": people who are only counted.
fn counted(reading: Reading<'_>, head: TokenId) -> Option<Draft> {
    let people = Nominal { kind: EntityKind::Group, collective: false };
    unlisted::counts_people(reading, head).then(|| noun_draft(reading, head, reading.lemma(head), people, head))
}

/// "told the tower", "urged coastal districts to close": whoever is spoken to is somebody, whatever the noun.
pub(super) fn is_spoken_to(reading: Reading<'_>, head: TokenId) -> bool {
    let at = reading.place_in_clause(head);
    let Some(verb) = at.governor.filter(|&verb| at.object && reading.upos(verb) == Upos::Verb) else { return false };
    let addresses = verb < head && reading.world.is_called(Calling::SpeechTo, &reading.lemma(verb));
    // "called the raid a crime" speaks to nobody.
    let told = || reading.parse.child_of(verb, &[Deprel::Ccomp, Deprel::Xcomp]).is_some_and(|clause| reading.upos(clause) == Upos::Verb);
    let says = reading.world.is_called(Calling::Speaking, &reading.lemma(verb));
    addresses || says && (reading.parse.token(head).deprel == Deprel::Iobj || told())
}

/// "told the paper", "confirmed to the paper": a noun for a text by which an outlet is called.
fn is_told_outlet(reading: Reading<'_>, head: TokenId) -> bool {
    let outlet = reading.world.is_called(Calling::Outlet, &reading.lemma(head));
    let definite = reading.parse.child(head, Deprel::Det).is_some_and(|det| reading.lemma(det) == "the");
    let to = reading.parse.children_by(head, Deprel::Case).any(|case| reading.lemma(case) == "to");
    let verb = reading.parse.head(head).filter(|_| to && reading.parse.token(head).deprel == Deprel::Obl);
    let addressed = verb.is_some_and(|verb| reading.world.is_called(Calling::Speaking, &reading.lemma(verb)));
    outlet && definite && (addressed || is_spoken_to(reading, head))
}

/// Whether a name stands right after "told", with no more than its article and title between.
pub(super) fn is_told(reading: Reading<'_>, draft: &Draft) -> bool {
    let before = |token: TokenId| token.0.checked_sub(1).map(TokenId);
    let article =
        |token: &TokenId| matches!(reading.upos(*token), Upos::Det | Upos::Adj) && reading.parse.token(*token).sentence == draft.sentence;
    let mut at = before(draft.core.0);
    while let Some(token) = at.filter(article) {
        at = before(token);
    }
    at.is_some_and(|verb| reading.parse.token(verb).sentence == draft.sentence && reading.lemma(verb) == "tell")
}

/// Whether a token is a part of the noun phrase of another token.
fn is_modifier(reading: Reading<'_>, token: TokenId) -> bool {
    let part = matches!(
        reading.parse.token(token).deprel,
        Deprel::Compound | Deprel::Flat | Deprel::Fixed | Deprel::Goeswith | Deprel::Amod | Deprel::NmodUnmarked | Deprel::OblUnmarked
    );
    part && reading.parse.head(token).is_some_and(|head| reading.upos(head) != Upos::Verb)
}

fn noun(reading: Reading<'_>, head: TokenId) -> Option<Draft> {
    if !matches!(reading.upos(head), Upos::Noun | Upos::Propn) || is_modifier(reading, head) || is_part_of_name(reading, head) {
        return None;
    }
    let (first, nominal) = nominal_of(reading, head).or_else(|| Some((head, unlisted::somebody(reading, head)?)))?;
    let wanted = match nominal.kind {
        EntityKind::PlaceAsActor | EntityKind::Document => speaks(reading, head, nominal.kind) || is_told_outlet(reading, head),
        EntityKind::Thing => false,
        _ => !is_as_phrase(reading, head) && !is_mass_noun(reading, head, nominal) && !is_whereabouts(reading, head, nominal),
    };
    wanted.then(|| noun_draft(reading, head, reading.noun_lemma(head), nominal, first))
}

/// Whether the analyser has the token inside a name of a work, an event or a place: no actor.
fn is_part_of_name(reading: Reading<'_>, head: TokenId) -> bool {
    reading.parse.name_at(head).is_some_and(|name| !matches!(name.kind, NameKind::Person | NameKind::Organization | NameKind::Group))
}

/// "served as president" tells a role, not somebody.
fn is_as_phrase(reading: Reading<'_>, head: TokenId) -> bool {
    reading.parse.children_by(head, Deprel::Case).any(|case| reading.lemma(case) == "as")
}

/// "the cause of justice", "relations of trust": a singular without article, number or modifier that does nothing is no actor.
fn is_mass_noun(reading: Reading<'_>, head: TokenId, nominal: Nominal) -> bool {
    let bare = reading
        .parse
        .children(head)
        .iter()
        .all(|&child| !matches!(reading.parse.token(child).deprel.base(), "det" | "amod" | "compound" | "nummod" | "nmod" | "cop"));
    let at = reading.place_in_clause(head);
    let apposed = matches!(reading.parse.token(head).deprel, Deprel::Appos | Deprel::NmodDesc | Deprel::Root);
    let people = nominal.kind == EntityKind::Group && nominal.collective;
    bare && !at.subject && !apposed && !people && !reading.is_plural(head) && !is_spoken_to(reading, head)
}

/// "were moved to schools": an institution that is only where something happens.
fn is_whereabouts(reading: Reading<'_>, head: TokenId, nominal: Nominal) -> bool {
    let local = reading.parse.children_by(head, Deprel::Case).any(|case| {
        matches!(reading.lemma(case).as_str(), "in" | "at" | "to" | "into" | "near" | "outside" | "inside" | "around" | "across")
    });
    let known = reading.parse.child(head, Deprel::Det).is_some_and(|det| DETERMINERS_OF_THE_KNOWN.contains(&reading.lemma(det).as_str()));
    let owned = reading.parse.children(head).iter().any(|&child| reading.upos(child) == Upos::Propn);
    nominal.kind == EntityKind::Organization && local && !known && !owned && reading.parse.token(head).deprel.base() == "obl"
}

/// What the longest listed noun compound that ends at `head` stands for, and where it begins.
fn nominal_of(reading: Reading<'_>, head: TokenId) -> Option<(TokenId, Nominal)> {
    let sentence = reading.parse.sentence(reading.parse.token(head).sentence);
    let start = head.0.saturating_sub(2).max(sentence.first.0);
    let lemmas = |first: u32, last: u32| (first..=last).map(|i| reading.noun_lemma(TokenId(i))).collect::<Vec<_>>().join(" ");
    let inside = head.0 >= sentence.first.0 + 2 && reading.lemma(TokenId(head.0 - 1)) == "of";
    if inside && reading.world.nominal(&lemmas(head.0 - 2, head.0)).is_some() {
        return None;
    }
    let with_of = (head.0 + 2 < sentence.end.0 && reading.lemma(TokenId(head.0 + 1)) == "of").then(|| lemmas(head.0, head.0 + 2));
    if let Some(nominal) = with_of.and_then(|lemmas| reading.world.nominal(&lemmas)) {
        return Some((head, nominal));
    }
    let compound =
        (start..=head.0).map(TokenId).find_map(|first| reading.world.nominal(&lemmas(first.0, head.0)).map(|nominal| (first, nominal)));
    let person = Nominal { kind: EntityKind::Person, collective: false };
    compound.or_else(|| reading.world.title(&reading.lemma(head)).map(|_| (head, person)))
}

/// Whether a document or place is said to speak: subject of a verb of speech, or behind "according to", "citing".
fn speaks(reading: Reading<'_>, head: TokenId, kind: EntityKind) -> bool {
    let at = reading.place_in_clause(head);
    let verb = at.governor.filter(|&verb| reading.upos(verb) == Upos::Verb);
    let speech = verb.is_some_and(|verb| reading.world.is_called(Calling::Speaking, &reading.lemma(verb)));
    let clause = verb.is_some_and(|verb| reading.parse.child(verb, Deprel::Ccomp).is_some());
    let prepositions: Vec<String> = reading.parse.children_by(head, Deprel::Case).map(|case| reading.lemma(case)).collect();
    let according = prepositions.iter().any(|word| matches!(word.as_str(), "accord" | "according" | "per"));
    let source = prepositions.iter().any(|word| matches!(word.as_str(), "in" | "by" | "from" | "via" | "on" | "through" | "to")) && speech;
    match kind {
        EntityKind::Document => {
            at.subject && (speech || clause)
                || according
                || source
                || at.object && verb.is_some_and(|verb| matches!(reading.lemma(verb).as_str(), "cite" | "quote"))
        }
        _ => at.subject && (speech || clause) || according,
    }
}

fn noun_draft(reading: Reading<'_>, head: TokenId, lemma: String, nominal: Nominal, first: TokenId) -> Draft {
    let span = phrase(reading, head);
    let modifiers =
        reading.parse.tokens_in(span).filter(|&token| token != head && matches!(reading.upos(token), Upos::Noun | Upos::Propn | Upos::Adj));
    let children = |deprel| reading.parse.child(head, deprel);
    let determiner = children(Deprel::Det).or(children(Deprel::DetPredet)).map(|det| reading.lemma(det));
    let possessor = children(Deprel::NmodPoss);
    let form = NounForm {
        modifiers: modifiers.map(|token| fold(&reading.lemma(token))).collect(),
        // "State media said", "Police said": no article is needed for what there is only one of.
        definite: possessor.is_some()
            || determiner.is_none()
                && nominal.collective
                && !matches!(nominal.kind, EntityKind::Person)
                && (first < head || !reading.is_plural(head))
            || determiner.as_deref().is_some_and(|word| DETERMINERS_OF_THE_KNOWN.contains(&word)),
        possessor,
        plural: reading.is_plural(head) || nominal.kind == EntityKind::Group,
        number: small_number(reading, head, determiner.as_deref()),
        predicate_of: predicate_of(reading, head),
        lemma,
        nominal,
    };
    Draft {
        span,
        head,
        core: (first, TokenId(head.0 + 1)),
        sentence: reading.parse.token(head).sentence,
        place_in_clause: reading.place_in_clause(head),
        reference: Reference::Noun(form),
    }
}

fn predicate_of(reading: Reading<'_>, head: TokenId) -> Option<TokenId> {
    if reading.parse.child(head, Deprel::Cop).is_some() {
        return reading.parse.child(head, Deprel::Nsubj);
    }
    let verb = reading.parse.head(head).filter(|_| reading.parse.token(head).deprel == Deprel::Xcomp)?;
    matches!(reading.lemma(verb).as_str(), "become" | "remain" | "stay").then(|| reading.parse.child(verb, Deprel::Nsubj)).flatten()
}

fn small_number(reading: Reading<'_>, head: TokenId, determiner: Option<&str>) -> Option<u32> {
    if determiner == Some("both") {
        return Some(2);
    }
    let number = reading.parse.child(head, Deprel::Nummod)?;
    match reading.lemma(number).as_str() {
        "two" | "2" => Some(2),
        "three" | "3" => Some(3),
        "four" | "4" => Some(4),
        "five" | "5" => Some(5),
        _ => None,
    }
}

/// The noun phrase of a head without appositions, clauses and coordination: "officials in Seoul".
fn phrase(reading: Reading<'_>, head: TokenId) -> Span {
    let parse = reading.parse;
    let tokens = parse.subtree_without(head, |token| {
        let own = parse.head(token) == Some(head);
        let deprel = parse.token(token).deprel;
        let clause = matches!(deprel.base(), "appos" | "acl" | "advcl" | "parataxis" | "list" | "discourse" | "dislocated");
        let breaks = matches!(reading.text(token), "," | ";" | "(" | ")");
        clause || breaks || own && !belongs_to_phrase(reading, head, token)
    });
    let at = tokens.binary_search(&head).unwrap_or_default();
    let (mut first, mut last) = (at, at);
    while first > 0 && adjacent(reading, tokens[first - 1], tokens[first]) {
        first -= 1;
    }
    while last + 1 < tokens.len() && adjacent(reading, tokens[last], tokens[last + 1]) {
        last += 1;
    }
    let at_least = |i: usize| tokens.get(i + 1).is_some_and(|&next| reading.lemma(next) == "least");
    let light = |i: usize| matches!(reading.upos(tokens[i]), Upos::Adp | Upos::Cconj | Upos::Punct | Upos::Det) && !at_least(i);
    while first < at && light(first) && reading.upos(tokens[first]) != Upos::Det {
        first += 1;
    }
    while last > at && light(last) {
        last -= 1;
    }
    reading.cover(tokens[first], TokenId(tokens[last].0 + 1))
}

fn belongs_to_phrase(reading: Reading<'_>, head: TokenId, child: TokenId) -> bool {
    match reading.parse.token(child).deprel.base() {
        "nmod" if child < head => true,
        "nmod" => follows_closely(reading, child),
        "det" | "amod" | "compound" | "nummod" | "flat" | "fixed" | "goeswith" => true,
        _ => false,
    }
}

/// Whether a phrase after the noun belongs to its name or description, rather than telling when or how.
fn follows_closely(reading: Reading<'_>, child: TokenId) -> bool {
    let prepositions: Vec<String> = reading.parse.children_by(child, Deprel::Case).map(|case| reading.lemma(case)).collect();
    let close = ["of", "in", "for", "at", "from", "to", "near", "with", "against", "within", "inside", "outside", "among", "behind"];
    prepositions.len() == 1 && close.contains(&prepositions[0].as_str()) && reading.upos(child) != Upos::Num
}

/// Whether two tokens of a phrase stand side by side, or with nothing but hyphens and quotation marks between them.
fn adjacent(reading: Reading<'_>, a: TokenId, b: TokenId) -> bool {
    (a.0 + 1..b.0)
        .all(|i| reading.upos(TokenId(i)) == Upos::Punct && !matches!(reading.text(TokenId(i)), "," | ";" | ":" | "(" | ")" | "—" | "–"))
}

// --- pronouns -----------------------------------------------------------------------------------------------------------

fn pronoun(reading: Reading<'_>, token: TokenId) -> Option<Draft> {
    let form = pronoun_form(reading, token)?;
    Some(Draft {
        span: reading.parse.token(token).span,
        head: token,
        core: (token, TokenId(token.0 + 1)),
        sentence: reading.parse.token(token).sentence,
        place_in_clause: reading.place_in_clause(token),
        reference: Reference::Pronoun(form),
    })
}

fn pronoun_form(reading: Reading<'_>, token: TokenId) -> Option<PronounForm> {
    use Gender::{Female, Male};
    if !matches!(reading.upos(token), Upos::Pron | Upos::Det | Upos::Sconj) || reading.parse.token(token).deprel == Deprel::Expl {
        return None;
    }
    let word = reading.text(token).to_lowercase();
    let (gender, plural, neuter) = match word.as_str() {
        "he" | "him" | "his" | "himself" => (Some(Male), false, false),
        "she" | "her" | "hers" | "herself" => (Some(Female), false, false),
        "it" | "its" | "itself" => (None, false, true),
        "they" | "them" | "their" | "theirs" | "themselves" => (None, true, false),
        "which" => (None, false, true),
        "who" | "whom" | "whose" | "that" => (None, false, false),
        _ => return None,
    };
    let relative = matches!(word.as_str(), "who" | "whom" | "whose" | "which" | "that");
    let antecedent = if relative { relative_antecedent(reading, token) } else { None };
    if relative && antecedent.is_none() {
        return None;
    }
    Some(PronounForm {
        gender,
        plural,
        neuter,
        antecedent,
        possessive: reading.parse.token(token).deprel == Deprel::NmodPoss,
        reflexive: word.ends_with("self") || word.ends_with("selves"),
    })
}

/// The noun that the relative clause of a pronoun stands after.
fn relative_antecedent(reading: Reading<'_>, token: TokenId) -> Option<TokenId> {
    if reading.parse.token(token).deprel == Deprel::Mark {
        return None;
    }
    let clause = reading.parse.ancestors(token).find(|&up| matches!(reading.parse.token(up).deprel, Deprel::AclRelcl | Deprel::Acl))?;
    reading.parse.head(clause).filter(|&noun| noun < token)
}
