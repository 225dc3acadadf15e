//! Do the words of a place mean the place, or those who govern from there?
//!
//! Input: a toponym in its sentence, and what the gazetteer has of it. Output: its use.
//!
//! - "shelled **Kyiv**" is literal; "aid from **Kyiv**", "**Kyiv** said" are metonymic; "the **Kyiv** mayor" is a modifier.
//!
//! Limits: a phrase has the use that its own words give it; what a whole text makes of it is not asked.

use variorum_model::{Deprel, Parse, PlaceKind, PlaceUse, TokenId};

use super::{Toponym, gazetteer::Entry, locatives::Locatives};

/// How a toponym is used.
pub(super) fn usage(words: &Locatives, parse: &Parse, toponym: &Toponym, entry: Option<&Entry>) -> PlaceUse {
    if toponym.inside_name {
        return PlaceUse::Modifier;
    }
    let governs = entry.is_some_and(Entry::governs);
    let country = entry.is_some_and(|entry| entry.kind == PlaceKind::Country);
    of_phrase(words, parse, toponym.head, Named { governs, country }, 0)
}

/// What matters of the place for its use.
#[derive(Copy, Clone)]
struct Named {
    governs: bool,
    country: bool,
}

/// How a noun phrase is used, given what its name is. Climbs while the phrase is a part of one with the same use; `depth` bounds the climb.
fn of_phrase(words: &Locatives, parse: &Parse, head: TokenId, named: Named, depth: usize) -> PlaceUse {
    let token = parse.token(head);
    let Some(up) = token.head.filter(|_| depth < 8) else { return PlaceUse::Literal };
    let above = parse.token(up);
    let lemma = above.lemma.to_lowercase();
    let climb = |named| of_phrase(words, parse, up, named, depth + 1);
    let only_ground = Named { governs: false, country: false };
    match token.deprel.base() {
        "flat" | "fixed" | "goeswith" | "appos" | "conj" | "list" => climb(named),
        "compound" | "amod" | "det" if words.is_ground(&lemma) || words.is_site(&lemma) => climb(only_ground),
        "compound" | "amod" | "det" => PlaceUse::Modifier,
        "nmod" if token.deprel == Deprel::NmodPoss => possessor(words, &lemma, named),
        "nsubj" | "obl" if matches!(token.deprel, Deprel::NsubjPass | Deprel::OblAgent) => undergoer(words, token.deprel, &lemma, named),
        "nsubj" => subject(words, parse, up, &lemma, named),
        "obj" | "iobj" => metonymic_if(named.governs && !words.is_done_to_ground(&lemma)),
        "obl" | "nmod" => with_preposition(words, parse, (head, up), &lemma, named, depth),
        _ => PlaceUse::Literal,
    }
}

fn metonymic_if(condition: bool) -> PlaceUse {
    if condition { PlaceUse::Metonymic } else { PlaceUse::Literal }
}

/// "Moscow's acknowledgment" is the government's, "Moscow's outskirts" the city's.
fn possessor(words: &Locatives, possessed: &str, named: Named) -> PlaceUse {
    match named.governs {
        _ if words.is_ground(possessed) => PlaceUse::Literal,
        true => PlaceUse::Metonymic,
        false => PlaceUse::Modifier,
    }
}

fn undergoer(words: &Locatives, deprel: Deprel, verb: &str, named: Named) -> PlaceUse {
    metonymic_if(named.governs && (deprel == Deprel::OblAgent || !words.is_done_to_ground(verb)))
}

/// A state does what its verb says; a city only where it speaks or decides.
fn subject(words: &Locatives, parse: &Parse, predicate: TokenId, verb: &str, named: Named) -> PlaceUse {
    let is_place = parse.child(predicate, Deprel::Cop).is_some() && words.is_ground(verb);
    metonymic_if(if named.governs { !is_place } else { words.is_deed(verb) })
}

fn with_preposition(words: &Locatives, parse: &Parse, (head, up): (TokenId, TokenId), above: &str, named: Named, depth: usize) -> PlaceUse {
    let Some(case) = preposition(parse, head) else { return PlaceUse::Literal };
    match case.as_str() {
        "between" | "with" | "against" | "by" | "among" | "versus" | "alongside" | "without" | "about" | "on" | "behind" | "towards"
        | "toward" => metonymic_if(named.governs),
        "for" => metonymic_if(named.governs && !matches!(above, "leave" | "depart" | "head" | "set" | "bind")),
        "to" => metonymic_if(named.governs && words.has_addressee(above)),
        "from" => metonymic_if(named.governs && words.has_origin(above)),
        "of" if words.is_ground(above) || words.is_site(above) || words.is_grounds(above) => {
            of_phrase(words, parse, up, Named { governs: false, country: false }, depth + 1)
        }
        "of" if named.country => PlaceUse::Metonymic,
        "of" => PlaceUse::Modifier,
        // One is "in" a country; what is done "at" it is done to it.
        "at" => metonymic_if(named.country),
        "including" | "like" | "as" => of_phrase(words, parse, up, named, depth + 1),
        _ => PlaceUse::Literal,
    }
}

/// The preposition of a phrase; a later part of a coordination shares that of the first.
fn preposition(parse: &Parse, head: TokenId) -> Option<String> {
    parse.child(head, Deprel::Case).map(|case| parse.token(case).lemma.to_lowercase())
}
