//! What do the words around an actor tell of it: offices, country, sector?
//!
//! "Russian President Pavel Orlov" gives the role `president` of `Russia` and the country `RUS`; "then prime minister" a role formerly held.
//! The table of office holders fills in country and sector where the text is silent, for the day of the document.
//!
//! Limits: a role is what the text prints; the table never adds one, for a role needs evidence.

use jiff::civil::Date;
use variorum_model::{Deprel, EntityKind, Evidence, PlaceKind, Role, RoleTense, Span, TokenId, Upos};

use super::coreference::Gathering;
use super::mentions::{Draft, Reading, Reference};
use super::world::Known;
use crate::naming::fold;

/// Forms of address: no office.
pub(super) const COURTESY: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "sir",
    "dame",
    "lord",
    "lady",
    "madam",
    "dr",
    "comrade",
    "brother",
    "sister",
    "father",
    "mother",
    "predecessor",
];
const FORMER: &[&str] = &["former", "ex", "then", "late", "onetime", "erstwhile", "ousted", "deposed", "retired", "previous"];
const ACTING: &[&str] = &["acting", "interim", "caretaker"];
const INCOMING: &[&str] = &["elect", "designate", "incoming"];

/// ISO 3166 alpha-3 of the state that the words of a mention point to: "South Korean lawmaker", "officials in Seoul", not "ambassador to Poland".
pub(super) fn origin(reading: Reading<'_>, draft: &Draft) -> Option<String> {
    let personal_name = match &draft.reference {
        Reference::Name(form) if matches!(form.kind, EntityKind::Person | EntityKind::Thing) => Some(form.span),
        _ => None,
    };
    let before = possessor_before(reading, draft).into_iter();
    let inside =
        reading.parse.tokens_in(draft.span).take_while(|&token| !matches!(reading.text(token), "to" | "against" | "with" | "near"));
    before
        .chain(inside.filter(|&token| personal_name.is_none_or(|name| !name.contains(reading.parse.token(token).span))))
        .find_map(|token| country_at(reading, token))
}

/// The word before "'s" before a name: "North Korea's CNB".
fn possessor_before(reading: Reading<'_>, draft: &Draft) -> Option<TokenId> {
    let mark = TokenId(draft.core.0.0.checked_sub(1)?);
    let possessor = TokenId(mark.0.checked_sub(1)?);
    let adjacent = matches!(reading.text(mark), "'s" | "’s" | "'" | "’") && reading.parse.token(mark).sentence == draft.sentence;
    adjacent.then_some(possessor)
}

/// The country of an adjective, demonym or place that a token belongs to.
fn country_at(reading: Reading<'_>, token: TokenId) -> Option<String> {
    let sentence = reading.parse.sentence(reading.parse.token(token).sentence);
    let capitalised = crate::naming::is_capitalised(reading.text(token));
    let adjective = reading.world.adjective_at(&reading.doc.text, reading.parse, token, sentence.end).filter(|_| capitalised);
    let place = reading.place_at(reading.parse.token(token).span);
    // "US" is a noun and an adjective, "Georgian" only an adjective: the place decides where there is one, but "North" alone is none.
    place.and_then(|place| place.country.clone()).or_else(|| adjective.map(|(_, state)| state.iso3.clone()))
}

/// The name of the entity that a token refers to, if it is a mention.
pub(super) type Called<'a> = dyn Fn(TokenId) -> Option<String> + 'a;

/// The roles that a document gives an entity, in text order, without repeats.
pub(super) fn roles(reading: Reading<'_>, drafts: &[Draft], gathering: &Gathering, called: &Called<'_>) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    let named = gathering.drafts.iter().any(|&i| matches!(drafts[i].reference, Reference::Name(_)));
    if gathering.kind != EntityKind::Person || !named {
        return roles;
    }
    for &i in &gathering.drafts {
        let Some(role) = role(reading, &drafts[i], gathering, called) else { continue };
        match roles
            .iter_mut()
            .find(|known| known.title == role.title && known.tense == role.tense && (known.of == role.of || role.of.is_none()))
        {
            Some(known) => known.evidence = Evidence::of(role.evidence.first(), known.evidence.spans().iter().copied()),
            None => roles.push(role),
        }
    }
    roles
}

fn role(reading: Reading<'_>, draft: &Draft, gathering: &Gathering, called: &Called<'_>) -> Option<Role> {
    let (first, end) = match &draft.reference {
        Reference::Name(form) => form.title?,
        Reference::Noun(form) if !form.plural && is_office(reading, &form.lemma) => (first_of(reading, draft), TokenId(draft.head.0 + 1)),
        _ => return None,
    };
    let tokens: Vec<TokenId> = (first.0..end.0).map(TokenId).collect();
    let title = title(reading, &tokens);
    let noun = match draft.reference {
        Reference::Noun(_) => draft.head,
        _ => reading
            .parse
            .head_of_span(reading.parse.token(first).span.cover(reading.parse.token(TokenId(end.0 - 1)).span))
            .unwrap_or(TokenId(end.0 - 1)),
    };
    (!title.is_empty() && !COURTESY.contains(&fold(&title).as_str())).then(|| Role {
        title,
        of: body(reading, called, draft, &tokens, noun).or_else(|| of_country(reading, gathering, draft)),
        tense: tense(reading, &tokens, end),
        evidence: Evidence::one(draft.span),
    })
}

/// Whether a noun for a person tells an office or function, rather than age, sex or a relation.
fn is_office(reading: Reading<'_>, lemma: &str) -> bool {
    let relation =
        ["man", "woman", "person", "boy", "girl", "child", "friend", "ally", "victim", "resident", "survivor", "witness", "member"];
    !relation.contains(&lemma) && (reading.world.title_ending(lemma).is_some() || reading.world.nominal(lemma).is_some())
}

fn first_of(reading: Reading<'_>, draft: &Draft) -> TokenId {
    reading.parse.tokens_in(draft.span).next().unwrap_or(draft.head)
}

/// The words of a title without articles, countries, possessors and words of time: "deputy chief", "security official".
fn title(reading: Reading<'_>, tokens: &[TokenId]) -> String {
    let (mut words, mut skip_to) = (Vec::new(), TokenId(0));
    let start = tokens.iter().rposition(|&token| matches!(reading.text(token), "'s" | "’s")).map_or(0, |at| at + 1);
    // A listed title stays whole: "minister of foreign affairs".
    let listed = listed_title(reading, tokens, start);
    for (i, &token) in tokens.iter().enumerate().skip(start) {
        if listed.is_some_and(|listed| i >= listed) && !is_of_time(reading, token) {
            words.push(reading.text(token).to_lowercase());
            continue;
        }
        let sentence = reading.parse.sentence(reading.parse.token(token).sentence);
        if token < skip_to || matches!(reading.parse.token(token).upos, Upos::Det | Upos::Punct | Upos::Pron | Upos::Num) {
            continue;
        }
        if let Some((end, _)) = reading.world.adjective_at(&reading.doc.text, reading.parse, token, sentence.end) {
            skip_to = end;
        } else if is_of_time(reading, token)
            || crate::naming::is_acronym(reading.text(token))
            || reading.place_at(reading.parse.token(token).span).is_some()
            || in_name(reading, token)
        {
            continue;
        } else {
            words.push(reading.text(token).to_lowercase());
        }
    }
    words.join(" ")
}

/// Where among the tokens the longest listed title begins that ends with them.
fn listed_title(reading: Reading<'_>, tokens: &[TokenId], start: usize) -> Option<usize> {
    let end = TokenId(tokens.last()?.0 + 1);
    (start..tokens.len()).find(|&i| reading.world.title(reading.slice(tokens[i], end)).is_some())
}

fn is_of_time(reading: Reading<'_>, token: TokenId) -> bool {
    let word = fold(reading.text(token));
    [FORMER, ACTING, INCOMING].iter().any(|words| words.contains(&word.as_str()))
}

fn in_name(reading: Reading<'_>, token: TokenId) -> bool {
    reading.parse.name_at(token).is_some_and(|name| name.kind == variorum_model::NameKind::Organization)
}

fn tense(reading: Reading<'_>, tokens: &[TokenId], end: TokenId) -> RoleTense {
    let before = tokens.first().and_then(|first| first.0.checked_sub(1)).map(TokenId);
    let after = (end.index() + 1 < reading.parse.tokens.len()).then_some([end, TokenId(end.0 + 1)]);
    let near = before.into_iter().chain(tokens.iter().copied());
    let words: Vec<String> = near.map(|token| fold(reading.text(token))).collect();
    let suffix =
        after.filter(|[dash, _]| reading.text(*dash).chars().all(crate::naming::is_dash)).map(|[_, word]| fold(reading.text(word)));
    let any = |list: &[&str]| words.iter().chain(&suffix).any(|word| list.contains(&word.as_str()));
    match () {
        () if any(FORMER) => RoleTense::Former,
        () if any(ACTING) => RoleTense::Acting,
        () if any(INCOMING) => RoleTense::Incoming,
        () => RoleTense::Current,
    }
}

/// The body or state of an office, from "of", "for", "at" after it or from a possessor or name before it.
fn body(reading: Reading<'_>, called: &Called<'_>, draft: &Draft, tokens: &[TokenId], noun: TokenId) -> Option<String> {
    let of = reading.parse.children_by(noun, Deprel::Nmod).find(|&child| {
        child > noun
            && !tokens.contains(&child)
            && reading.parse.children_by(child, Deprel::Case).any(|case| matches!(reading.text(case), "of" | "for" | "at" | "in"))
    });
    let possessor = || reading.parse.child(noun, Deprel::NmodPoss);
    let named = || {
        tokens
            .iter()
            .copied()
            .take(listed_title(reading, tokens, 0).unwrap_or(tokens.len()))
            .find(|&token| in_name(reading, token) && country_at(reading, token).is_none())
    };
    let before = || possessor_before(reading, draft).filter(|&token| in_name(reading, token));
    let top = of.or_else(possessor).or_else(named).or_else(before)?;
    let state = reading.place_at(reading.parse.token(top).span).filter(|place| place.kind == PlaceKind::Country);
    if let Some(state) = state.and_then(|place| reading.world.state(place.country.as_deref()?)) {
        return Some(state.name.clone());
    }
    if let Some(name) = called(top).filter(|_| !draft.covers(top)) {
        return Some(name);
    }
    if reading.parse.token(top).upos == Upos::Pron {
        return None;
    }
    let span = match reading.parse.name_at(top) {
        Some(name) => name.span,
        None => without_ends(reading, top)?,
    };
    let printed = span.of(&reading.doc.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let state = reading.world.iso3_of(&printed).and_then(|iso3| reading.world.state(&iso3));
    Some(state.filter(|_| is_state_name(reading, &printed)).map_or(printed, |state| state.name.clone()))
}

fn is_state_name(reading: Reading<'_>, printed: &str) -> bool {
    reading.world.known(printed).iter().any(|known| matches!(known, Known::State(_)))
}

/// A phrase without its article, preposition and clauses.
fn without_ends(reading: Reading<'_>, head: TokenId) -> Option<Span> {
    let parse = reading.parse;
    let tokens = parse.subtree_without(head, |token| {
        let light =
            matches!(parse.token(token).deprel.base(), "case" | "det" | "punct" | "acl" | "appos" | "conj" | "cc" | "parataxis" | "advcl");
        light && parse.head(token) == Some(head)
    });
    parse.span_of(&tokens)
}

fn of_country(reading: Reading<'_>, gathering: &Gathering, draft: &Draft) -> Option<String> {
    let iso3 = origin(reading, draft).filter(|iso3| gathering.country.is_none() || gathering.country.as_ref() == Some(iso3))?;
    reading.world.state(&iso3).map(|state| state.name.clone())
}

/// PLOVER sector code of an entity: from its office, its body, its noun.
pub(super) fn sector(reading: Reading<'_>, drafts: &[Draft], gathering: &Gathering, roles: &[Role], day: Option<Date>) -> Option<String> {
    match gathering.known {
        Some(Known::Body(i)) => return reading.world.bodies[i as usize].sector.clone(),
        Some(Known::State(_) | Known::Seat(_)) => return None,
        Some(Known::Holder(i)) if roles.is_empty() => {
            let first = &reading.world.holders[i as usize];
            let offices = || reading.world.holders.iter().filter(|holder| holder.name == first.name);
            let holder = offices().find(|holder| holder.holds(day)).unwrap_or(first);
            let sector = reading.world.title_ending(&holder.title).and_then(|title| title.sector.clone());
            return if holder.holds(day) { sector } else { Some("ELI".to_owned()) };
        }
        _ => {}
    }
    of_roles(reading, roles).or_else(|| of_words(reading, drafts, gathering))
}

/// A former office makes an elite.
fn of_roles(reading: Reading<'_>, roles: &[Role]) -> Option<String> {
    let sector = |role: &Role| {
        let of = role.of.as_deref().and_then(|of| sector_of_body(reading, of));
        let own = reading.world.title_ending(&role.title).and_then(|title| title.sector.clone());
        let sector = own.or(of)?;
        let government = matches!(sector.as_str(), "GOV" | "LEG" | "JUD" | "MIL");
        Some(if role.tense == RoleTense::Former && government { "ELI".to_owned() } else { sector })
    };
    let current = roles.iter().filter(|role| role.tense != RoleTense::Former);
    current.chain(roles.iter().filter(|role| role.tense == RoleTense::Former)).find_map(sector)
}

fn sector_of_body(reading: Reading<'_>, name: &str) -> Option<String> {
    let known = reading.world.known(name).into_iter().find_map(|known| match known {
        Known::Body(i) => reading.world.bodies[i as usize].sector.clone(),
        _ => None,
    });
    known.or_else(|| reading.world.sector_of_words(name))
}

/// "soldiers", "Ministry of Defence", "fire service".
fn of_words(reading: Reading<'_>, drafts: &[Draft], gathering: &Gathering) -> Option<String> {
    if matches!(gathering.kind, EntityKind::State | EntityKind::Document | EntityKind::Publisher) {
        return None;
    }
    gathering.drafts.iter().find_map(|&i| match &drafts[i].reference {
        Reference::Name(form) if gathering.kind != EntityKind::Person => reading.world.sector_of_words(&form.text),
        Reference::Noun(_) => {
            let lemmas: Vec<String> =
                (drafts[i].core.0.0.saturating_sub(1)..=drafts[i].head.0).map(|t| reading.lemma(TokenId(t))).collect();
            reading.world.sector_of_words(&lemmas.join(" "))
        }
        _ => None,
    })
}
