//! Which entities of different documents are one actor?
//!
//! Input: the entities of every document. Output: the [`Cast`]: actors, and for every local entity the actor it is.
//! Example: "DPRK" here and "North Korea" there share a key of the knowledge tables; "Lou Jianfeng" and "Lou Jian-feng" share their letters; "Dr Marsh"
//! is "Helen Marsh" if no other Marsh is in the collection. Unnamed ones ("a senior official") are never one across documents, but who holds an office is the
//! one named person of the story who holds it ([`crate::offices`]).
//! "Daulet Ermekov" and "Daulet Yermekov" are one name in two transliterations (see [`crate::transliteration`]).
//! Limits: a surname alone in another transliteration stays apart.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use variorum_model::{ActorId, Entity, EntityId, EntityKind, dossier::Citation};

use crate::{
    cluster::agglomerate,
    corpus::{Corpus, DocIx, Local},
    offices::Offices,
    outlets::{outlet_key, outlets},
    stories::Stories,
    transliteration::{is_same_part, sound},
};

/// Index of an actor in the cast.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ActorIx(pub(crate) usize);

/// One actor with the local entities it was made from.
pub(crate) struct CastMember {
    pub(crate) id: ActorId,
    pub(crate) name: String,
    pub(crate) kind: EntityKind,
    pub(crate) named: bool,
    pub(crate) plural: bool,
    pub(crate) country: Option<String>,
    pub(crate) sector: Option<String>,
    pub(crate) aliases: Vec<String>,
    pub(crate) locals: Vec<Local>,
    /// Where it is printed outside the running text: credits.
    pub(crate) credits: Vec<Citation>,
}

/// All actors, in the order of their first local entity.
pub(crate) struct Cast {
    pub(crate) members: Vec<CastMember>,
    of: Vec<Vec<ActorIx>>,
    publishers: Vec<Option<ActorIx>>,
    documents: FxHashMap<ActorIx, Vec<DocIx>>,
    outlets: Vec<ActorIx>,
    credited: Vec<Vec<ActorIx>>,
    by_id: FxHashMap<ActorId, ActorIx>,
}

impl Cast {
    pub(crate) fn index_of(&self, id: &ActorId) -> Option<ActorIx> {
        self.by_id.get(id).copied()
    }

    /// The outlet of a document.
    pub(crate) fn publisher(&self, doc: DocIx) -> Option<ActorIx> {
        self.publishers[doc.0].map(|publisher| self.outlet(publisher))
    }

    /// The outlet that an actor is under another name; itself where it is none.
    pub(crate) fn outlet(&self, actor: ActorIx) -> ActorIx {
        self.outlets[actor.0]
    }

    pub(crate) fn publishes(&self, actor: ActorIx) -> bool {
        self.documents.contains_key(&self.outlet(actor))
    }

    /// What an outlet published, in the order of the corpus.
    pub(crate) fn documents_of(&self, outlet: ActorIx) -> &[DocIx] {
        self.documents.get(&outlet).map_or(&[], Vec::as_slice)
    }

    /// Whom a printed credit of a document names.
    pub(crate) fn credited(&self, doc: DocIx, credit: usize) -> Option<ActorIx> {
        self.credited[doc.0].get(credit).copied()
    }

    pub(crate) fn of(&self, doc: DocIx, entity: EntityId) -> ActorIx {
        self.of[doc.0][entity.index()]
    }

    pub(crate) fn member(&self, actor: ActorIx) -> &CastMember {
        &self.members[actor.0]
    }

    /// Whether two actors are one, or one stands for the other: a state and its leader or government. For comparing participants, not for merging.
    pub(crate) fn akin(&self, a: ActorIx, b: ActorIx) -> bool {
        let (x, y) = (self.member(a), self.member(b));
        let official = |m: &CastMember| {
            m.kind == EntityKind::State || m.sector.as_deref().is_some_and(|sector| matches!(sector, "GOV" | "MIL" | "SPY"))
        };
        a == b
            || (x.country.is_some()
                && x.country == y.country
                && official(x)
                && official(y)
                && (x.kind == EntityKind::State || y.kind == EntityKind::State))
    }
}

impl Cast {
    /// Whether two actors are one source, or may be: a body and a person who holds an office of it.
    pub(crate) fn speak_for_one(&self, corpus: &Corpus, a: ActorIx, b: ActorIx) -> bool {
        a == b || self.akin(a, b) || self.holds_office_of(corpus, a, b) || self.holds_office_of(corpus, b, a)
    }

    fn holds_office_of(&self, corpus: &Corpus, person: ActorIx, body: ActorIx) -> bool {
        let (person, body) = (self.member(person), self.member(body));
        if person.kind != EntityKind::Person || body.kind == EntityKind::Person {
            return false;
        }
        let names: Vec<String> = std::iter::once(&body.name).chain(&body.aliases).map(|name| outlet_key(name)).collect();
        let roles = person.locals.iter().flat_map(|local| &corpus.entity(local.doc, EntityId(local.index as u32)).roles);
        roles.filter_map(|role| role.of.as_deref()).any(|of| names.contains(&outlet_key(of)))
    }
}

/// Brings the entities of all documents together.
pub(crate) fn cast(corpus: &Corpus, stories: &Stories) -> Cast {
    let forms = forms(corpus);
    let entity = |i: usize| -> &Entity { corpus.entity(forms[i].locals[0].doc, EntityId(forms[i].locals[0].index as u32)) };
    let name = |i: usize| &forms[i].name;
    let pairs =
        candidate_pairs(&forms, entity).into_iter().map(|(i, j)| (sameness(entity(i), name(i), entity(j), name(j)), i, j)).collect();
    let groups = agglomerate(forms.len(), pairs, 0.5, |i, j| may_be_one(entity(i), name(i), entity(j), name(j)));
    let groups: Vec<Vec<Local>> =
        groups.into_iter().map(|group| group.into_iter().flat_map(|i| forms[i].locals.iter().copied()).collect()).collect();
    let groups = with_offices(corpus, stories, groups);

    let mut of: Vec<Vec<ActorIx>> = corpus.ids().map(|doc| vec![ActorIx(0); corpus.notes(doc).entities.len()]).collect();
    let mut members = Vec::new();
    for mut group in groups {
        group.sort();
        for local in &group {
            of[local.doc.0][local.index] = ActorIx(members.len());
        }
        members.push(member(corpus, group));
    }
    let mut cast = Cast {
        members,
        of,
        publishers: vec![None; corpus.len()],
        documents: FxHashMap::default(),
        outlets: Vec::new(),
        credited: vec![Vec::new(); corpus.len()],
        by_id: FxHashMap::default(),
    };
    add_publishers(corpus, &mut cast);
    cast.outlets = outlets(&cast.members, &cast.publishers.iter().flatten().copied().collect());
    for doc in corpus.ids() {
        if let Some(outlet) = cast.publisher(doc) {
            cast.documents.entry(outlet).or_default().push(doc);
        }
    }
    make_ids_unique(&mut cast.members);
    cast.by_id = cast.members.iter().enumerate().map(|(i, member)| (member.id.clone(), ActorIx(i))).collect();
    cast
}

/// Holders of an office who have no name in their report join the group of the named person of the story who holds it.
fn with_offices(corpus: &Corpus, stories: &Stories, groups: Vec<Vec<Local>>) -> Vec<Vec<Local>> {
    let offices = Offices::bundled();
    let entity = |local: &Local| corpus.entity(local.doc, EntityId(local.index as u32));
    let mut people: Vec<Vec<(usize, Local)>> = vec![Vec::new(); stories.groups.len()];
    for (group, locals) in groups.iter().enumerate() {
        for local in locals.iter().filter(|local| entity(local).named && !entity(local).roles.is_empty()) {
            people[stories.of(local.doc)].push((group, *local));
        }
    }
    let holder = |locals: &[Local]| match locals {
        [one] => offices.holder(entity(one), people[stories.of(one.doc)].iter().map(|(group, local)| (*group, entity(local)))),
        _ => None,
    };
    let holders: Vec<Option<usize>> = groups.iter().map(|locals| holder(locals)).collect();
    let mut joined = groups.clone();
    for (group, holder) in holders.into_iter().enumerate() {
        if let Some(holder) = holder {
            let moved = std::mem::take(&mut joined[group]);
            joined[holder].extend(moved);
        }
    }
    joined.retain(|locals| !locals.is_empty());
    joined
}

/// Outlets and credited agencies are actors too, met in the running text or not.
fn add_publishers(corpus: &Corpus, cast: &mut Cast) {
    let mut called: FxHashMap<String, ActorIx> = FxHashMap::default();
    for (i, member) in cast.members.iter().enumerate().filter(|(_, member)| member.named && institution(member.kind)) {
        for form in std::iter::once(&member.name).chain(&member.aliases) {
            called.entry(outlet_key(form)).or_insert(ActorIx(i));
        }
    }
    for doc in corpus.ids() {
        let document = corpus.doc(doc);
        if let Some(name) = document.publisher.as_deref() {
            cast.publishers[doc.0] = Some(publisher(cast, &mut called, name));
        }
        for credit in &document.credits {
            let actor = publisher(cast, &mut called, &credit.name);
            cast.members[actor.0].credits.push(corpus.cite(doc, credit.span));
            cast.credited[doc.0].push(actor);
        }
    }
}

fn publisher(cast: &mut Cast, called: &mut FxHashMap<String, ActorIx>, name: &str) -> ActorIx {
    *called.entry(outlet_key(name)).or_insert_with(|| {
        cast.members.push(CastMember {
            id: ActorId::of(["Publisher", name]),
            name: name.to_owned(),
            kind: EntityKind::Publisher,
            named: true,
            plural: false,
            country: None,
            sector: Some("JRN".to_owned()),
            aliases: Vec::new(),
            locals: Vec::new(),
            credits: Vec::new(),
        });
        ActorIx(cast.members.len() - 1)
    })
}

fn make_ids_unique(members: &mut [CastMember]) {
    let mut seen = std::collections::BTreeSet::new();
    for member in members {
        let mut n = 1;
        while !seen.insert(member.id.clone()) {
            n += 1;
            member.id = ActorId::of([&format!("{:?}", member.kind), &member.name, &n.to_string()]);
        }
    }
}

/// A name taken apart for comparing.
struct NameForm {
    /// Lower case, no diacritics, split at anything but letters and digits.
    parts: Vec<String>,
    /// The parts run together: "kimjongun".
    joined: String,
    /// First letters of capitalised words: "IAEA".
    initials: String,
}

impl NameForm {
    fn of(entity: &Entity) -> Self {
        let parts = name_parts(&entity.name);
        let initials = entity.name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
        Self { joined: parts.concat(), parts, initials }
    }
}

pub(crate) fn name_parts(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c) && *c != '\'' && *c != '’').collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

/// Entities that are told apart by nothing: of one kind, name, gender, country and key. Unnamed ones that are not the same everywhere stand alone.
struct Form {
    name: NameForm,
    locals: Vec<Local>,
}

/// The forms of a corpus, in the order in which they are met.
fn forms(corpus: &Corpus) -> Vec<Form> {
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut forms: Vec<Form> = Vec::new();
    for doc in corpus.ids() {
        for (index, entity) in corpus.notes(doc).entities.iter().enumerate() {
            let (local, name) = (Local { doc, index }, NameForm::of(entity));
            let merges = entity.named || entity.known_as.is_some() || generic(entity);
            let mut aliases: Vec<&str> = entity.aliases.iter().map(String::as_str).collect();
            aliases.sort_unstable();
            let alone = (!merges).then_some(local);
            let signature = format!(
                "{:?} {} {} {:?} {:?} {:?} {} {} {aliases:?} {alone:?}",
                entity.kind, entity.named, entity.plural, entity.gender, entity.country, entity.known_as, name.joined, name.initials
            );
            let at = *known.entry(signature).or_insert(forms.len());
            if at == forms.len() {
                forms.push(Form { name, locals: Vec::new() });
            }
            forms[at].locals.push(local);
        }
    }
    forms
}

/// Forms that share a part of a name up to which any two of them are compared. A part that more have tells nothing.
const MOST_NAMESAKES: usize = 400;

/// Pairs that share a key, a whole name, a first or last part, or an acronym.
fn candidate_pairs<'e>(forms: &[Form], entity: impl Fn(usize) -> &'e Entity) -> Vec<(usize, usize)> {
    let mut blocks: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, form) in forms.iter().enumerate() {
        for key in keys(entity(i), &form.name) {
            blocks.entry(key).or_default().push(i);
        }
    }
    let mut pairs: Vec<(usize, usize)> = blocks
        .values()
        .filter(|block| block.len() <= MOST_NAMESAKES)
        .flat_map(|block| block.iter().enumerate().flat_map(move |(n, &i)| block[n + 1..].iter().map(move |&j| (i.min(j), i.max(j)))))
        .filter(|(i, j)| i != j)
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn keys(entity: &Entity, name: &NameForm) -> Vec<String> {
    let mut keys: Vec<String> = vec![format!("name {}", name.joined)];
    keys.extend(entity.known_as.iter().map(|key| format!("key {key}")));
    if entity.named {
        keys.extend(name.parts.first().into_iter().chain(name.parts.last()).map(|part| format!("part {part}")));
        keys.push(format!("sound {}", name.parts.iter().map(|part| sound(part)).collect::<Vec<_>>().join(" ")));
        keys.push(format!("initials {}", if name.initials.len() > 2 { name.initials.to_lowercase() } else { name.joined.clone() }));
        keys.extend(entity.aliases.iter().map(|alias| format!("name {}", name_parts(alias).concat())));
    }
    keys.sort();
    keys.dedup();
    keys
}

/// How sure it is that two entities are one, 0..=1.
fn sameness(a: &Entity, x: &NameForm, b: &Entity, y: &NameForm) -> f64 {
    if !may_be_one(a, x, b, y) {
        return 0.0;
    }
    if a.known_as.is_some() && a.known_as == b.known_as {
        return 1.0;
    }
    if x.joined == y.joined {
        return if a.named && b.named { 0.95 } else { 0.6 };
    }
    if !(a.named && b.named) {
        return 0.0;
    }
    let alias_of = |e: &Entity, name: &NameForm| e.aliases.iter().any(|alias| name_parts(alias).concat() == name.joined);
    if alias_of(a, y) || alias_of(b, x) {
        return 0.9;
    }
    match (a.kind, b.kind) {
        (EntityKind::Person, EntityKind::Person) => short_form(&x.parts, &y.parts),
        _ if x.initials.len() > 2 && x.initials.to_lowercase() == y.joined
            || y.initials.len() > 2 && y.initials.to_lowercase() == x.joined =>
        {
            0.8
        }
        _ => 0.0,
    }
}

/// "Marsh" of "Helen Marsh", "Han" of "Han Min Jae", "Helen Marsh" of "Helen R. Marsh".
fn short_form(x: &[String], y: &[String]) -> f64 {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let ends_alike = short.first() == long.first() && short.last() == long.last();
    match short.len() {
        0 => 0.0,
        1 if long.last() == short.first() => 0.7,
        1 if long.first() == short.first() => 0.55,
        1 => 0.0,
        _ if ends_alike && short.iter().all(|part| long.contains(part)) => 0.85,
        _ if short.last() == long.last()
            && short.len() == long.len()
            && short.iter().zip(long).all(|(p, q)| p == q || initial_of(p, q)) =>
        {
            0.8
        }
        _ if short.len() == long.len() && short.iter().zip(long).all(|(p, q)| is_same_part(p, q)) => 0.75,
        // "Octavio Larrea" of "Octavio Larrea Bustíos": a second surname, or what stands between a first and a last name.
        _ if long.starts_with(short) => 0.7,
        _ => 0.0,
    }
}

fn initial_of(a: &str, b: &str) -> bool {
    (a.chars().count() == 1 || b.chars().count() == 1) && a.chars().next() == b.chars().next()
}

/// Hard limits: kinds, genders, countries, and full names that differ.
fn may_be_one(a: &Entity, x: &NameForm, b: &Entity, y: &NameForm) -> bool {
    let differ = |p: &Option<String>, q: &Option<String>| p.is_some() && q.is_some() && p != q;
    // A gender is often but guessed from a first name: it does not part two whole names that are the same.
    let whole = x.parts.len() > 1 && x.joined == y.joined;
    if differ(&a.known_as, &b.known_as) || !whole && a.gender.is_some() && b.gender.is_some() && a.gender != b.gender {
        return false;
    }
    if a.known_as.is_some() && a.known_as == b.known_as {
        return true;
    }
    if a.kind != b.kind && !(institution(a.kind) && institution(b.kind)) {
        return false;
    }
    if !a.named || !b.named {
        return !a.named && !b.named && generic(a) && generic(b) && x.joined == y.joined && !differ(&a.country, &b.country);
    }
    if a.kind == EntityKind::Person {
        return x.parts.len() < 2 || y.parts.len() < 2 || x.joined == y.joined || short_form(&x.parts, &y.parts) > 0.0;
    }
    !differ(&a.country, &b.country)
}

fn institution(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organization | EntityKind::Publisher | EntityKind::State | EntityKind::PlaceAsActor)
}

/// Unnamed, but the same wherever the affair is told: "villagers", "the fire service"; not "an official".
fn generic(entity: &Entity) -> bool {
    matches!(entity.kind, EntityKind::Organization | EntityKind::State) || (entity.kind == EntityKind::Group && entity.plural)
}

fn member(corpus: &Corpus, locals: Vec<Local>) -> CastMember {
    let entities: Vec<&Entity> = locals.iter().map(|local| &corpus.notes(local.doc).entities[local.index]).collect();
    let first = entities[0];
    let named = entities.iter().any(|e| e.named);
    let kind = most_common(entities.iter().filter(|e| e.named == named).map(|e| e.kind)).unwrap_or(first.kind);
    // The fullest form: the most parts, then the most frequent, then the alphabet's first.
    let mut forms: FxHashMap<&str, usize> = FxHashMap::default();
    for e in entities.iter().filter(|e| e.named == named) {
        *forms.entry(&e.name).or_default() += e.mentions.len();
    }
    let fullness = |name: &str| if kind == EntityKind::Person { name_parts(name).len() } else { 1 };
    let name = forms
        .iter()
        .max_by(|x, y| (fullness(x.0), x.1).cmp(&(fullness(y.0), y.1)).then(y.0.cmp(x.0)))
        .map_or(&*first.name, |x| x.0)
        .to_owned();
    let mut aliases: Vec<String> =
        entities.iter().flat_map(|e| e.aliases.iter().cloned().chain([e.name.clone()])).filter(|alias| *alias != name).collect();
    aliases.sort();
    aliases.dedup();
    let id = match (&entities.iter().find_map(|e| e.known_as.clone()), named || locals.len() > 1) {
        (Some(key), _) => ActorId::of([key.as_str()]),
        (None, true) => ActorId::of([&format!("{kind:?}"), &name]),
        (None, false) => ActorId::of([&format!("{kind:?}"), &name, corpus.doc(locals[0].doc).id.as_str(), &locals[0].index.to_string()]),
    };
    CastMember {
        id,
        kind,
        named,
        plural: entities.iter().all(|e| e.plural),
        country: most_common(entities.iter().filter_map(|e| e.country.clone())),
        sector: most_common(entities.iter().filter_map(|e| e.sector.clone())),
        name,
        aliases,
        locals,
        credits: Vec::new(),
    }
}

/// The most frequent value; the smallest of several.
pub(crate) fn most_common<T: Ord + std::hash::Hash + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: std::collections::BTreeMap<T, usize> = std::collections::BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let top = counts.values().copied().max()?;
    counts.into_iter().find(|(_, n)| *n == top).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_of_names() {
        let form = |a: &str, b: &str| short_form(&name_parts(a), &name_parts(b));
        assert!(form("Marsh", "Helen Marsh") > form("Helen", "Helen Marsh"));
        assert!(form("H. Marsh", "Helen Marsh") > 0.5);
        assert_eq!(form("Anna Marsh", "Helen Marsh"), 0.0);
        assert!(form("Helen Marsh", "Helen Marsh Odell") > 0.5);
        assert_eq!(name_parts("Lou Jian-feng").concat(), name_parts("Lou Jianfeng").concat());
    }
}
