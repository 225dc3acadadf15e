//! Whether the words of a place mean the place, or those who govern from there.

use variorum_model::{Deprel, Parse, PlaceKind, PlaceUse, TokenId};

use super::{Toponym, gazetteer::Entry, locatives::Locatives};

/// Verbs that happen to the ground: their object and passive subject stay places.
const PHYSICAL: &[&str] = &[
    "approach", "attack", "besiege", "bomb", "bombard", "capture", "cross", "damage", "depart", "destroy", "enter", "evacuate", "flee",
    "flood", "hit", "invade", "jolt", "leave", "liberate", "locate", "occupy", "pound", "rattle", "reach", "retake", "rock", "seize",
    "shake", "shell", "situate", "strike", "surround", "tour", "visit",
];

/// Verbs and nouns whose "to" leads to somebody, not somewhere.
const GIVING: &[&str] = &[
    "accuse",
    "aid",
    "ambassador",
    "apologise",
    "apologize",
    "appeal",
    "assistance",
    "belong",
    "commitment",
    "complain",
    "concession",
    "deliver",
    "donate",
    "envoy",
    "give",
    "grant",
    "hand",
    "help",
    "lend",
    "letter",
    "listen",
    "loan",
    "message",
    "offer",
    "pledge",
    "promise",
    "propose",
    "provide",
    "report",
    "respond",
    "response",
    "sell",
    "sale",
    "speak",
    "submit",
    "supply",
    "support",
    "talk",
    "threat",
    "tie",
    "turn",
    "warning",
    "weapon",
];

/// What may come "from" a government.
const RECEIVING: &[&str] = &[
    "aid",
    "approval",
    "assistance",
    "backing",
    "buy",
    "comment",
    "condemnation",
    "criticism",
    "demand",
    "get",
    "guarantee",
    "help",
    "hear",
    "order",
    "permission",
    "pledge",
    "pressure",
    "promise",
    "reaction",
    "receive",
    "request",
    "response",
    "seek",
    "statement",
    "support",
    "threat",
    "warning",
    "win",
];

const SPEAKING: &[&str] = &[
    "accuse",
    "acknowledge",
    "add",
    "admit",
    "agree",
    "announce",
    "approve",
    "argue",
    "ask",
    "call",
    "claim",
    "condemn",
    "confirm",
    "criticise",
    "criticize",
    "decide",
    "declare",
    "demand",
    "denounce",
    "deny",
    "insist",
    "intend",
    "offer",
    "order",
    "plan",
    "pledge",
    "promise",
    "propose",
    "refuse",
    "reject",
    "reply",
    "report",
    "respond",
    "say",
    "sign",
    "tell",
    "threaten",
    "urge",
    "vow",
    "vote",
    "want",
    "warn",
    "welcome",
];

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
        "compound" | "amod" | "det" if words.is_ground(&lemma) => climb(only_ground),
        "compound" | "amod" | "det" => PlaceUse::Modifier,
        "nmod" if token.deprel == Deprel::NmodPoss => possessor(words, &lemma, named),
        "nsubj" | "obl" if matches!(token.deprel, Deprel::NsubjPass | Deprel::OblAgent) => undergoer(token.deprel, &lemma, named),
        "nsubj" => subject(words, parse, up, &lemma, named),
        "obj" | "iobj" => metonymic_if(named.governs && !PHYSICAL.contains(&lemma.as_str())),
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

fn undergoer(deprel: Deprel, verb: &str, named: Named) -> PlaceUse {
    metonymic_if(named.governs && (deprel == Deprel::OblAgent || !PHYSICAL.contains(&verb)))
}

/// A state does what its verb says; a city only where it speaks or decides.
fn subject(words: &Locatives, parse: &Parse, predicate: TokenId, verb: &str, named: Named) -> PlaceUse {
    let is_place = parse.child(predicate, Deprel::Cop).is_some() && words.is_ground(verb);
    metonymic_if(if named.governs { !is_place } else { SPEAKING.contains(&verb) })
}

fn with_preposition(words: &Locatives, parse: &Parse, (head, up): (TokenId, TokenId), above: &str, named: Named, depth: usize) -> PlaceUse {
    let Some(case) = preposition(parse, head) else { return PlaceUse::Literal };
    match case.as_str() {
        "between" | "with" | "against" | "by" | "among" | "versus" | "alongside" | "without" | "about" | "on" | "behind" | "towards"
        | "toward" => metonymic_if(named.governs),
        "for" => metonymic_if(named.governs && !matches!(above, "leave" | "depart" | "head" | "set" | "bind")),
        "to" => metonymic_if(named.governs && GIVING.contains(&above)),
        "from" => metonymic_if(named.governs && RECEIVING.contains(&above)),
        "of" if words.is_ground(above) => of_phrase(words, parse, up, Named { governs: false, country: false }, depth + 1),
        "of" if named.country => PlaceUse::Metonymic,
        "of" => PlaceUse::Modifier,
        "including" | "like" | "as" => of_phrase(words, parse, up, named, depth + 1),
        _ => PlaceUse::Literal,
    }
}

/// The preposition of a phrase; a later part of a coordination shares that of the first.
fn preposition(parse: &Parse, head: TokenId) -> Option<String> {
    parse.child(head, Deprel::Case).map(|case| parse.token(case).lemma.to_lowercase())
}
