//! Which actors are one outlet, under a long name here and a short one there?
//!
//! Input: the actors, and which of them publish. Output: for each actor the outlet it is; itself where it is no other one. "Meridian", "Meridian News Service" and
//! "the Meridian agency" are one wire; "the Mirror" is the Windhoek Mirror where no other Mirror is met; "ATTA" is the "Ala-Too Telegraph Agency (ATTA)".
//! The actors stay apart, for the texts name them so; who asks where words come from asks for the outlet.
//! Limits: two wires of one name in two countries are taken for one.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use variorum_model::{EntityKind, table::Table};

use crate::actors::{ActorIx, CastMember, name_parts};

/// For each actor the outlet it is.
pub(crate) fn outlets(members: &[CastMember], publishing: &FxHashSet<ActorIx>) -> Vec<ActorIx> {
    let kinds = kind_words();
    let bearers = bearers(members, publishing, &kinds);
    let short_names = by_last_word(&bearers);
    let outlet = |i: usize| {
        let member = &members[i];
        if !member.named || !(is_outlet(member) || member.kind == EntityKind::Organization) {
            return ActorIx(i);
        }
        let whole = forms(&member.name, &kinds).into_iter().find_map(|form| bearers.get(&form));
        let short = || short_names.get(&outlet_key(&member.name)).and_then(Option::as_ref);
        whole.or_else(short).copied().unwrap_or(ActorIx(i))
    };
    (0..members.len()).map(outlet).collect()
}

/// Whether an actor reports news for a living.
pub(crate) fn is_outlet(member: &CastMember) -> bool {
    member.named && (member.kind == EntityKind::Publisher || member.sector.as_deref() == Some("JRN"))
}

/// For each name of an outlet who bears it: one that publishes a document before others, then one with a plain name, then the first.
fn bearers(members: &[CastMember], publishing: &FxHashSet<ActorIx>, kinds: &FxHashSet<&str>) -> BTreeMap<String, ActorIx> {
    let rank = |actor: &ActorIx| (!publishing.contains(actor), members[actor.0].name.contains('/'), *actor);
    let mut bearers: BTreeMap<String, ActorIx> = BTreeMap::new();
    for actor in (0..members.len()).map(ActorIx).filter(|actor| publishing.contains(actor) || is_outlet(&members[actor.0])) {
        for form in forms(&members[actor.0].name, kinds) {
            let bearer = bearers.entry(form).or_insert(actor);
            *bearer = std::cmp::min_by_key(*bearer, actor, rank);
        }
    }
    bearers
}

/// Last words of names of several words, with the outlet where it is the only one.
fn by_last_word(bearers: &BTreeMap<String, ActorIx>) -> BTreeMap<String, Option<ActorIx>> {
    let mut of: BTreeMap<String, Option<ActorIx>> = BTreeMap::new();
    for (form, &bearer) in bearers {
        if let Some((_, last)) = form.rsplit_once(' ') {
            of.entry(last.to_owned()).and_modify(|only| *only = only.filter(|&other| other == bearer)).or_insert(Some(bearer));
        }
    }
    of
}

/// An outlet's name in lower case without its article.
pub(crate) fn outlet_key(name: &str) -> String {
    let parts = name_parts(name);
    parts[usize::from(parts.len() > 1 && parts[0] == "the")..].join(" ")
}

/// What an outlet may be called: its name, what stands in brackets or beside a stroke, each without the words for what it is.
fn forms(name: &str, kinds: &FxHashSet<&str>) -> Vec<String> {
    let pieces = name.split(['(', ')', '/']).map(outlet_key).filter(|piece| !piece.is_empty());
    pieces.map(|piece| without_kind(&piece, kinds)).collect()
}

/// "meridian" of "meridian news service"; a name that says nothing but what it is stays whole.
fn without_kind(key: &str, kinds: &FxHashSet<&str>) -> String {
    let words: Vec<&str> = key.split(' ').collect();
    let n_kept = words.iter().rposition(|word| !kinds.contains(word)).map_or(words.len(), |last| last + 1);
    words[..n_kept].join(" ")
}

/// Words by which the press is called: "news", "agency", "wire".
fn kind_words() -> FxHashSet<&'static str> {
    let table = Table::parse(include_str!("../../../knowledge/sectors.tsv")).expect("bundled tables are checked by tests");
    table.rows().filter(|row| row.get("sector") == "JRN").flat_map(|row| row.get("noun").split(' ')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wire_is_one_under_its_names() {
        let kinds = kind_words();
        let forms = |name: &str| forms(name, &kinds);
        for name in ["Meridian", "Meridian News Service", "the Meridian agency", "Meridian Newswire"] {
            assert_eq!(forms(name), ["meridian"], "{name}");
        }
        assert_eq!(forms("Ala-Too Telegraph Agency (ATTA)"), ["ala too telegraph", "atta"]);
        assert_eq!(forms("News Agency"), ["news agency"]);
    }
}
