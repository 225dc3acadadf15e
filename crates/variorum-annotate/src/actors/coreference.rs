//! Which mentions refer to the same one?
//!
//! Input: drafts and the clusters of their names. Output: [`Gathering`]s, one for each entity, and the entity of each draft.
//! Drafts are read in text order. A definite noun goes to the latest entity that fits it by kind, number, country, words and office; a
//! pronoun to the best of the last sentences by gender, number and grammatical function; an indefinite noun opens an entity of its own.
//!
//! Limits: what nothing decides stays apart: an unresolved pronoun is no mention, an unresolved noun an entity of its own. Pronouns that point
//! forward are not resolved.

use rustc_hash::FxHashSet;
use variorum_model::{Deprel, EntityKind, Gender, TokenId};

use super::mentions::{Draft, NounForm, PronounForm, Reading, Reference, is_noun_for_bodies, is_told};
use super::roles;
use super::variants::Cluster;
use super::world::{Calling, Known};
use crate::naming::fold;

/// An entity while its mentions are gathered.
#[derive(Clone, Debug)]
pub(super) struct Gathering {
    /// Indices of its drafts, in text order.
    pub(super) drafts: Vec<usize>,
    pub(super) kind: EntityKind,
    pub(super) known: Option<Known>,
    pub(super) given: Option<String>,
    pub(super) plural: bool,
    pub(super) gender: Option<Gender>,
    /// What its first name makes likely; a pronoun overrides it.
    pub(super) likely_gender: Option<Gender>,
    /// Country as told so far.
    pub(super) country: Option<String>,
    pub(super) members: Vec<usize>,
    /// Folded words of its names and nouns.
    pub(super) words: FxHashSet<String>,
    /// Lemmas of the nouns and titles that were said of it.
    pub(super) nouns: FxHashSet<String>,
    /// What is known of its office: "president" of somebody in the table of office holders.
    office: Option<String>,
}

impl Gathering {
    fn new(kind: EntityKind, known: Option<Known>) -> Self {
        Self {
            drafts: Vec::new(),
            kind,
            known,
            given: None,
            plural: false,
            gender: None,
            likely_gender: None,
            country: None,
            members: Vec::new(),
            words: FxHashSet::default(),
            nouns: FxHashSet::default(),
            office: None,
        }
    }
}

/// The entities, and the entity of each draft; none for a draft that refers to nothing that could be told.
pub(super) fn resolve(
    reading: Reading<'_>,
    drafts: &[Draft],
    clusters: &[Cluster],
    cluster_of: &[Option<usize>],
) -> (Vec<Gathering>, Vec<Option<usize>>) {
    let entities = clusters.iter().map(|cluster| of_cluster(reading, cluster)).collect();
    let mut resolver = Resolver { reading, drafts, entities, of: vec![None; drafts.len()], quoted: quoted(reading) };
    for (i, draft) in drafts.iter().enumerate() {
        let entity = match &draft.reference {
            Reference::Name(_) => cluster_of[i],
            Reference::Noun(form) => resolver.noun(i, form, cluster_of),
            Reference::Pronoun(form) => resolver.announced(i, form, cluster_of).or_else(|| resolver.pronoun(i, form)),
        };
        if let Some(entity) = entity {
            resolver.gather(i, entity);
        }
    }
    (resolver.entities, resolver.of)
}

fn of_cluster(reading: Reading<'_>, cluster: &Cluster) -> Gathering {
    let mut gathering = Gathering::new(cluster.kind, cluster.known);
    gathering.gender = cluster.gender;
    gathering.likely_gender = cluster.likely_gender;
    gathering.given = cluster.given.clone();
    match cluster.known {
        Some(Known::State(i) | Known::Seat(i)) => gathering.country = Some(reading.world.states[i as usize].iso3.clone()),
        Some(Known::Body(i)) => {
            let body = &reading.world.bodies[i as usize];
            gathering.country = body.country.clone();
            gathering.words.extend(fold(&body.name).split(' ').map(str::to_owned));
            gathering.words.extend(fold(&body.sort).split(' ').map(str::to_owned));
        }
        Some(Known::Holder(i)) => {
            let holder = &reading.world.holders[i as usize];
            gathering.country = holder.country.clone();
            gathering.office = Some(fold(&holder.title));
        }
        None => {}
    }
    gathering
}

struct Resolver<'a> {
    reading: Reading<'a>,
    drafts: &'a [Draft],
    entities: Vec<Gathering>,
    of: Vec<Option<usize>>,
    /// For each token, whether it stands between quotation marks.
    quoted: Vec<bool>,
}

impl Resolver<'_> {
    /// Adds a draft to an entity, and what it tells of it.
    fn gather(&mut self, i: usize, entity: usize) {
        self.of[i] = Some(entity);
        let (reading, draft) = (self.reading, &self.drafts[i]);
        let origin = roles::origin(reading, draft);
        let gathering = &mut self.entities[entity];
        gathering.drafts.push(i);
        match &draft.reference {
            Reference::Name(form) => {
                gathering.words.extend(fold(&form.text).split(' ').map(str::to_owned));
                if let Some((first, end)) = form.title {
                    gathering.nouns.extend((first.0..end.0).map(|t| fold(&reading.lemma(TokenId(t)))));
                }
            }
            Reference::Noun(form) => {
                gathering.words.extend(form.modifiers.iter().cloned());
                gathering.words.insert(fold(&form.lemma));
                gathering.nouns.insert(fold(&form.lemma));
                gathering.plural |= form.plural;
            }
            Reference::Pronoun(form) => {
                gathering.gender = gathering.gender.or(form.gender.filter(|_| gathering.kind == EntityKind::Person))
            }
        }
        if gathering.country.is_none() && !matches!(draft.reference, Reference::Pronoun(_)) {
            gathering.country = origin;
        }
    }

    fn open(&mut self, form: &NounForm) -> usize {
        let plural_people = form.plural && form.nominal.kind == EntityKind::Person;
        let kind = if plural_people { EntityKind::Group } else { form.nominal.kind };
        let mut gathering = Gathering::new(kind, None);
        gathering.plural = form.plural;
        self.entities.push(gathering);
        self.entities.len() - 1
    }

    /// The entity whose draft, before `limit`, has this token in its name, title or noun.
    fn at(&self, token: TokenId, limit: usize) -> Option<usize> {
        self.drafts[..limit]
            .iter()
            .enumerate()
            .rev()
            .find(|(i, draft)| draft.covers(token) && self.of[*i].is_some())
            .and_then(|(i, _)| self.of[i])
    }

    /// How many sentences back a draft stands.
    fn sentences_back(&self, from: usize, to: usize) -> u32 {
        self.drafts[from].sentence.0.saturating_sub(self.drafts[to].sentence.0)
    }

    fn last_draft(&self, entity: usize) -> Option<usize> {
        self.entities[entity].drafts.last().copied()
    }

    // --- nouns ----------------------------------------------------------------------------------------------------------

    fn noun(&mut self, i: usize, form: &NounForm, cluster_of: &[Option<usize>]) -> Option<usize> {
        if let Some(subject) = form.predicate_of {
            return self.at(subject, i).filter(|&entity| self.may_be(entity, form));
        }
        if let Some(entity) = self.apposition(i, form, cluster_of).or_else(|| self.named_beside(i, form, cluster_of)) {
            self.adopt(i, form, entity);
            return Some(entity);
        }
        if let Some(group) = self.set_of(i, form).or_else(|| self.pair_of_people(i, form)) {
            return Some(group);
        }
        if let Some(entity) = self.possessed_country(i, form).or_else(|| self.possessed_body(i, form, cluster_of)) {
            return Some(entity);
        }
        let found = if form.definite { self.antecedent(i, form) } else { self.same_description(i, form) };
        found.or_else(|| Some(self.open(form)))
    }

    /// "The ambassador, Charles Whitlow," after "its ambassador": who was only described before is the one now named.
    fn adopt(&mut self, i: usize, form: &NounForm, entity: usize) {
        let Some(earlier) = self.antecedent(i, form).filter(|&earlier| form.definite && earlier != entity) else { return };
        let named = self.entities[earlier].drafts.iter().any(|&j| matches!(self.drafts[j].reference, Reference::Name(_)));
        let same_noun = self.entities[earlier].nouns.contains(&fold(&form.lemma));
        if !named && same_noun && self.entities[earlier].known.is_none() {
            merge(&mut self.entities, &mut self.of, earlier, entity);
        }
    }

    /// "a baker named Idun Foss", "a vendor who gave her name only as Rosa", also behind an apposition ("One witness, a baker named …").
    fn named_beside(&self, i: usize, form: &NounForm, cluster_of: &[Option<usize>]) -> Option<usize> {
        let (parse, head) = (self.reading.parse, self.drafts[i].head);
        let nouns = std::iter::once(head).chain(parse.children_by(head, Deprel::Appos));
        let clauses = nouns.flat_map(|noun| parse.children(noun)).filter(|&&child| parse.token(child).deprel.base() == "acl");
        let naming = clauses.copied().filter(|&clause| self.gives_a_name(clause));
        naming.flat_map(|clause| parse.subtree(clause)).find_map(|token| {
            let by = parse.children_by(token, Deprel::Case).any(|case| self.reading.lemma(case) == "by");
            let named = |draft: &Draft| draft.head == token && matches!(draft.reference, Reference::Name(_)) && !by;
            let j = self.drafts.iter().position(named)?;
            cluster_of[j].filter(|&entity| self.may_be(entity, form) || form.nominal.kind == EntityKind::Group)
        })
    }

    fn gives_a_name(&self, clause: TokenId) -> bool {
        let (reading, verb) = (self.reading, self.reading.lemma(clause));
        let says_name = || reading.parse.subtree(clause).into_iter().any(|token| reading.lemma(token) == "name");
        reading.world.is_called(Calling::Naming, &verb) || reading.world.is_called(Calling::Giving, &verb) && says_name()
    }

    /// Whether a group is called by a noun for a body ("the team") rather than for people ("residents").
    fn is_body_of_people(&self, entity: usize) -> bool {
        let nouns = &self.entities[entity].nouns;
        nouns
            .iter()
            .any(|noun| noun != "people" && self.reading.world.nominal(noun).is_some_and(|nominal| nominal.kind == EntityKind::Group))
    }

    /// Whether an entity can be what a noun says, by kind and number.
    fn may_be(&self, entity: usize, form: &NounForm) -> bool {
        let gathering = &self.entities[entity];
        let body =
            matches!(gathering.kind, EntityKind::Organization | EntityKind::Publisher | EntityKind::State | EntityKind::PlaceAsActor);
        if body && gathering.members.is_empty() && self.reading.world.is_borne_by_bodies(&form.lemma) {
            return true;
        }
        match (form.nominal.kind, gathering.kind) {
            (EntityKind::Person, EntityKind::Person) => !form.plural,
            (EntityKind::Person, EntityKind::Group) | (EntityKind::Group, EntityKind::Group) => form.plural,
            (EntityKind::Group, EntityKind::Organization | EntityKind::Publisher) => true,
            (EntityKind::Organization, EntityKind::Group) => self.is_body_of_people(entity),
            (EntityKind::Organization, EntityKind::Organization | EntityKind::Publisher) => !form.plural || gathering.plural,
            (EntityKind::State, EntityKind::State) => !form.plural || gathering.plural,
            (wanted, found) => wanted == found,
        }
    }

    /// "Qian Meilin, a spokeswoman for the company"; "the leader of the DPRK, Han Min Jae".
    fn apposition(&self, i: usize, form: &NounForm, cluster_of: &[Option<usize>]) -> Option<usize> {
        let (parse, head) = (self.reading.parse, self.drafts[i].head);
        let near = |governor: &TokenId| {
            let span = parse.token(*governor).span.cover(parse.token(head).span);
            let listed = parse.child(head, Deprel::Cc).is_some_and(|cc| cc < head);
            let between = span.of(&self.reading.doc.text);
            // "KAROBA — The leader": a dateline is nobody.
            let dateline = parse.sentence(parse.token(head).sentence).first == *governor && between.contains(['—', '–']);
            !listed && !dateline && !between.contains([';', ':'])
        };
        let governor = parse.head(head).filter(|_| matches!(parse.token(head).deprel, Deprel::Appos | Deprel::NmodDesc)).filter(near);
        let before = governor.and_then(|governor| self.at(governor, i)).or_else(|| self.after_comma(i));
        let named = || {
            let named = parse.children_by(head, Deprel::Appos).find_map(|child| {
                let j = self.drafts.iter().position(|draft| draft.covers(child) && matches!(draft.reference, Reference::Name(_)))?;
                cluster_of[j].filter(|&entity| self.may_be(entity, form))
            });
            named.or_else(|| self.name_after_comma(i, cluster_of).filter(|&entity| self.may_be(entity, form)))
        };
        before.filter(|&entity| self.may_be(entity, form)).or_else(named)
    }

    /// The entity named just before ", a spokeswoman for the company,".
    fn after_comma(&self, i: usize) -> Option<usize> {
        let (draft, text) = (&self.drafts[i], &self.reading.doc.text);
        let subject_of_verb = draft.place_in_clause.subject && self.reading.parse.token(draft.head).deprel != Deprel::Conj;
        let j = (0..i).rev().find(|&j| self.drafts[j].span.end() <= draft.span.start())?;
        let name = &self.drafts[j];
        let between = text[name.span.end()..draft.span.start()].trim();
        let closes = text[draft.span.end()..].trim_start().starts_with([',', '.', ')']);
        let listed = self.reading.parse.children_by(name.head, Deprel::Conj).next().is_some()
            || self.reading.parse.token(draft.head).deprel == Deprel::Conj;
        let adjacent = between == "," && closes && matches!(name.reference, Reference::Name(_)) && name.sentence == draft.sentence;
        self.of[j].filter(|_| adjacent && !listed && !subject_of_verb)
    }

    /// The entity of the name in "the headmaster, Ding Bo,".
    fn name_after_comma(&self, i: usize, cluster_of: &[Option<usize>]) -> Option<usize> {
        let (draft, text) = (&self.drafts[i], &self.reading.doc.text);
        let (j, name) = self.drafts.iter().enumerate().skip(i + 1).find(|(_, other)| other.span.start() >= draft.span.end())?;
        let between = text[draft.span.end()..name.span.start()].trim();
        let closes = text[name.span.end()..].trim_start().starts_with([',', '.', ')', '(']);
        let definite = matches!(&draft.reference, Reference::Noun(form) if !form.plural);
        let named = cluster_of[j].is_some_and(|cluster| {
            self.entities[cluster].kind == EntityKind::Person || is_noun_for_bodies(self.reading, &self.reading.lemma(draft.head))
        });
        cluster_of[j].filter(|_| between == "," && closes && definite && named && name.sentence == draft.sentence)
    }

    /// "the two leaders", "both countries": the latest so many that fit.
    fn set_of(&mut self, i: usize, form: &NounForm) -> Option<usize> {
        let number = form.number.filter(|_| form.definite && form.plural)? as usize;
        let mut members: Vec<usize> = Vec::new();
        if form.nominal.kind == EntityKind::State {
            return self.states_around(i, number).map(|members| self.group_of(members));
        }
        let single = |kind| if kind == EntityKind::Group { EntityKind::Person } else { kind };
        let wanted = single(form.nominal.kind);
        for j in (0..i).rev().take_while(|&j| self.sentences_back(i, j) <= 3) {
            if let Some(entity) = self.of[j] {
                let gathering = &self.entities[entity];
                if single(gathering.kind) == wanted && !gathering.plural && gathering.members.is_empty() && !members.contains(&entity) {
                    members.push(entity);
                }
            }
            if members.len() == number {
                break;
            }
        }
        (members.len() == number).then(|| self.group_of(members))
    }

    /// "the leaders" after "Han and Orlov".
    fn pair_of_people(&mut self, i: usize, form: &NounForm) -> Option<usize> {
        let bare = form.modifiers.is_empty() && form.possessor.is_none() && form.number.is_none();
        let people = form.definite && form.plural && bare && form.nominal.kind == EntityKind::Person;
        let govern = self.reading.world.title(&form.lemma).is_some_and(|title| title.sector.as_deref() == Some("GOV"));
        if !(people && govern) {
            return None;
        }
        let pair = self.coordinated(i)?;
        let persons = pair.iter().all(|&entity| self.entities[entity].kind == EntityKind::Person);
        persons.then(|| self.group_of(pair))
    }

    /// The states that the last sentences speak of most, by name or by the people who come from them.
    fn states_around(&self, i: usize, number: usize) -> Option<Vec<usize>> {
        let mut weights: Vec<(f64, usize)> = Vec::new();
        for j in (0..i).rev().take_while(|&j| self.sentences_back(i, j) <= 3) {
            let Some(gathering) = self.of[j].map(|entity| &self.entities[entity]) else { continue };
            let same =
                |entity: &Gathering| entity.kind == EntityKind::State && entity.known.is_some() && entity.country == gathering.country;
            let state = if gathering.country.is_some() { self.entities.iter().position(same) } else { None };
            let Some(state) = state else { continue };
            let weight =
                if self.drafts[j].place_in_clause.subject { 1.2 } else { 1.0 } / (1.0 + 0.2 * f64::from(self.sentences_back(i, j)));
            match weights.iter_mut().find(|(_, known)| *known == state) {
                Some((sum, _)) => *sum += weight,
                None => weights.push((weight, state)),
            }
        }
        // The sort is stable: of two alike, the later mentioned comes first.
        weights.sort_by(|a, b| b.0.total_cmp(&a.0));
        (weights.len() >= number).then(|| weights[..number].iter().map(|&(_, state)| state).collect())
    }

    /// The group with these members, opened where there is none yet.
    fn group_of(&mut self, mut members: Vec<usize>) -> usize {
        members.sort_unstable();
        if let Some(found) = self.entities.iter().position(|entity| entity.members == members) {
            return found;
        }
        let mut group = Gathering::new(EntityKind::Group, None);
        group.plural = true;
        group.members = members;
        self.entities.push(group);
        self.entities.len() - 1
    }

    /// "his country": the state of the one who has it.
    fn possessed_country(&mut self, i: usize, form: &NounForm) -> Option<usize> {
        let possessor = form.possessor.filter(|_| form.nominal.kind == EntityKind::State && !form.plural)?;
        let owner = self.pronoun_before(i, possessor).or_else(|| self.at(possessor, i))?;
        let country = self.entities[owner].country.clone()?;
        let state = self.reading.world.states.iter().position(|state| state.iso3 == country)?;
        let known = Some(Known::State(state as u32));
        let found = self.entities.iter().position(|entity| entity.known == known);
        Some(found.unwrap_or_else(|| {
            let mut gathering = Gathering::new(EntityKind::State, known);
            gathering.country = Some(country);
            self.entities.push(gathering);
            self.entities.len() - 1
        }))
    }

    /// "his party" of "the leader of the Greens": the body whose officer he is.
    fn possessed_body(&mut self, i: usize, form: &NounForm, cluster_of: &[Option<usize>]) -> Option<usize> {
        let possessor =
            form.possessor.filter(|_| form.nominal.kind == EntityKind::Organization && !form.plural && form.modifiers.is_empty())?;
        let owner = self.pronoun_before(i, possessor)?;
        let (parse, reading) = (self.reading.parse, self.reading);
        let offices = self.entities[owner].drafts.iter().filter(|&&j| matches!(self.drafts[j].reference, Reference::Noun(_)));
        let of_office = offices.flat_map(|&j| parse.children(self.drafts[j].head)).filter(|&&child| {
            let token = parse.token(child);
            let of = parse.children_by(child, Deprel::Case).any(|case| matches!(reading.lemma(case).as_str(), "of" | "for" | "at"));
            token.deprel == Deprel::NmodPoss || token.deprel == Deprel::Nmod && of
        });
        let bodies = of_office.filter_map(|&body| {
            let j = self.drafts.iter().position(|draft| draft.covers(body))?;
            cluster_of[j].or(self.of[j])
        });
        let fits =
            |body: &usize| *body != owner && matches!(self.entities[*body].kind, EntityKind::Organization) && self.may_be(*body, form);
        bodies.into_iter().find(fits)
    }

    /// Drafts are sorted by their first word, so that a possessive pronoun may stand just before or after its noun's draft.
    fn pronoun_before(&mut self, i: usize, possessor: TokenId) -> Option<usize> {
        let j = self.drafts.iter().position(|draft| draft.head == possessor)?;
        match &self.drafts[j].reference {
            Reference::Pronoun(form) if self.of[j].is_none() && j > i => self.pronoun(i, form),
            _ => self.of[j],
        }
    }

    /// The latest entity that a definite noun can go back to.
    fn antecedent(&self, i: usize, form: &NounForm) -> Option<usize> {
        let country = roles::origin(self.reading, &self.drafts[i]);
        let fits = |entity: &usize| {
            let gathering = &self.entities[*entity];
            let agrees = country.is_none() || gathering.country.is_none() || gathering.country == country;
            let owned = form.possessor.is_some() && country.is_none();
            agrees
                && !owned
                && self.last_draft(*entity).is_some()
                && self.may_be(*entity, form)
                && self.said_of(*entity, form, country.is_some())
        };
        let score = |entity: usize| self.strength(entity, form) + self.salience(i, entity);
        (0..self.entities.len())
            .filter(fits)
            .max_by(|&a, &b| score(a).total_cmp(&score(b)).then(self.last_draft(a).cmp(&self.last_draft(b))))
    }

    /// Whether what is known of an entity lets it be called by a noun.
    fn said_of(&self, entity: usize, form: &NounForm, same_country: bool) -> bool {
        let gathering = &self.entities[entity];
        let lemma = fold(&form.lemma);
        let modifiers = || form.modifiers.iter().all(|word| gathering.words.contains(word) || self.is_light(word));
        match gathering.kind {
            EntityKind::Person => {
                let office = gathering.office.as_deref().is_some_and(|office| office.split(' ').any(|word| word == lemma));
                let same =
                    gathering.nouns.contains(&lemma) || office || self.is_leader(entity, &lemma) || self.is_generic_person(entity, &lemma);
                same && (same_country
                    || modifiers()
                    || gathering.nouns.contains(&lemma)
                        && form.modifiers.iter().all(|word| gathering.nouns.contains(word) || self.is_light(word)))
            }
            _ => {
                let called = gathering.words.contains(&lemma) || gathering.nouns.contains(&lemma);
                let light = || form.modifiers.iter().all(|word| gathering.nouns.contains(word));
                (called || self.is_generic_body(entity, &lemma)) && (modifiers() || light())
            }
        }
    }

    /// An exact noun is better than a general one.
    fn strength(&self, entity: usize, form: &NounForm) -> f64 {
        let lemma = fold(&form.lemma);
        let gathering = &self.entities[entity];
        let exact = gathering.nouns.contains(&lemma) || gathering.words.contains(&lemma);
        if exact { 2.0 } else { 0.0 }
    }

    /// How much an entity is in mind: mentioned lately, often, as a subject, and not only inside the name of something else.
    fn salience(&self, i: usize, entity: usize) -> f64 {
        let drafts = &self.entities[entity].drafts;
        let modifier = |draft: &Draft| matches!(self.reading.parse.token(draft.head).deprel, Deprel::Compound | Deprel::Amod);
        let recent = drafts.iter().rev().copied().find(|&j| !modifier(&self.drafts[j]));
        let Some(last) = recent else { return -3.0 };
        let subject = if self.drafts[last].place_in_clause.subject { 0.8 } else { 0.0 };
        subject + 0.2 * drafts.len().min(5) as f64 - 0.5 * f64::from(self.sentences_back(i, last).min(12))
    }

    /// Words that do not set one bearer of a noun apart from another: adjectives of place, age, quality.
    fn is_light(&self, word: &str) -> bool {
        let world = self.reading.world;
        world.iso3_of(word).is_some()
            || matches!(
                word,
                "local"
                    | "state"
                    | "official"
                    | "new"
                    | "same"
                    | "provincial"
                    | "national"
                    | "regional"
                    | "federal"
                    | "city"
                    | "late"
                    | "young"
                    | "old"
                    | "top"
                    | "whole"
            )
    }

    /// "the leader" of a president, a prime minister, a king.
    fn is_leader(&self, entity: usize, lemma: &str) -> bool {
        let heads = ["president", "premier", "chancellor", "king", "queen", "emir", "leader", "minister", "ruler", "emperor"];
        let gathering = &self.entities[entity];
        let office = gathering.office.as_deref().unwrap_or_default();
        lemma == "leader" && heads.iter().any(|head| gathering.nouns.contains(*head) || office.split(' ').any(|word| word == *head))
    }

    /// "the man", "the official", of anybody with a fitting gender or office.
    fn is_generic_person(&self, entity: usize, lemma: &str) -> bool {
        let gathering = &self.entities[entity];
        let recent = self
            .last_draft(entity)
            .is_some_and(|last| self.of.iter().rposition(Option::is_some).is_some_and(|now| self.sentences_back(now, last) <= 2));
        let officeholder = || {
            gathering.nouns.iter().any(|noun| self.reading.world.title(noun).is_some_and(|title| title.sector.as_deref() == Some("GOV")))
        };
        recent
            && match lemma {
                "man" => gathering.gender.or(gathering.likely_gender) == Some(Gender::Male),
                "woman" => gathering.gender.or(gathering.likely_gender) == Some(Gender::Female),
                "official" => officeholder(),
                _ => false,
            }
    }

    /// "the agency" of a news agency, "the company" of a firm.
    fn is_generic_body(&self, entity: usize, lemma: &str) -> bool {
        let gathering = &self.entities[entity];
        let body = match gathering.known {
            Some(Known::Body(i)) => Some(&self.reading.world.bodies[i as usize]),
            _ => None,
        };
        let business = body.is_none_or(|body| body.sector.as_deref() == Some("BUS"));
        let named = gathering.drafts.iter().any(|&i| matches!(self.drafts[i].reference, Reference::Name(_)));
        let told = gathering
            .words
            .union(&gathering.nouns)
            .any(|word| word != lemma && self.reading.world.nominal(word).is_some_and(|nominal| nominal.kind == EntityKind::Organization));
        let last_words = || gathering.drafts.iter().filter_map(|&i| self.last_word_of_name(i));
        let has_last = |calling| last_words().any(|word| self.reading.world.is_called(calling, &word));
        if gathering.kind == EntityKind::Organization && named {
            match lemma {
                "group" | "organisation" | "organization" if has_last(Calling::Group) => return true,
                "agency" if has_last(Calling::Agency) => return true,
                _ => {}
            }
        }
        match lemma {
            _ if self.reading.world.sectors.get(lemma).is_some_and(|sector| sector == "BUS") && !matches!(lemma, "group") => {
                let told = told || drafts_are_told(gathering.drafts.iter().map(|&i| &self.drafts[i]), self.reading);
                named && gathering.kind == EntityKind::Organization && business && !told && !gathering.plural
            }
            "company" | "firm" | "group" | "operator" | "manufacturer" | "business" => {
                named && gathering.kind == EntityKind::Organization && business && !told && !gathering.plural
            }
            "newspaper" | "paper" | "outlet" | "daily" | "site" | "website" | "broadcaster" | "publication" => {
                let called =
                    || gathering.nouns.iter().any(|noun| self.reading.world.sectors.get(noun).is_some_and(|sector| sector == "JRN"));
                let on_air = |word: &String| self.reading.world.is_called(Calling::OnAir, word);
                let printed = lemma == "broadcaster" || !gathering.words.union(&gathering.nouns).any(on_air);
                printed
                    && (gathering.kind == EntityKind::Publisher || lemma != "broadcaster" && named && called())
                    && body.is_none_or(|body| body.sort != "agency")
            }
            "organisation" | "organization" | "body" | "bloc" | "alliance" | "institution" => {
                body.is_some() && gathering.kind == EntityKind::Organization && !business
            }
            "agency" => body.is_some_and(|body| body.sort.contains("agency")),
            _ => false,
        }
    }

    fn last_word_of_name(&self, i: usize) -> Option<String> {
        match &self.drafts[i].reference {
            Reference::Name(form) => fold(&form.text).rsplit(' ').next().map(str::to_owned),
            _ => None,
        }
    }

    /// The same words again: "fire officials" and "fire officials".
    fn same_description(&self, i: usize, form: &NounForm) -> Option<usize> {
        let text = |j: usize| fold(self.drafts[j].span.of(&self.reading.doc.text));
        let own = text(i);
        let bare = !own.starts_with("a ") && !own.starts_with("an ") && !own.starts_with("another ") && form.number.is_none();
        let tellable = own.contains(' ') && !own.chars().any(|c| c.is_ascii_digit());
        let same = |entity: &usize| {
            let nouns = self.entities[*entity].drafts.iter().filter(|&&j| matches!(self.drafts[j].reference, Reference::Noun(_)));
            self.may_be(*entity, form) && nouns.into_iter().any(|&j| text(j).trim_start_matches("the ") == own)
        };
        if !(bare && tellable) {
            return None;
        }
        (0..self.entities.len()).filter(same).max_by_key(|&entity| self.last_draft(entity))
    }

    // --- pronouns -------------------------------------------------------------------------------------------------------

    /// "In his speech, Orlov said": a pronoun in a phrase before the subject, which is a name, points forward to it.
    fn announced(&self, i: usize, form: &PronounForm, cluster_of: &[Option<usize>]) -> Option<usize> {
        let (parse, head) = (self.reading.parse, self.drafts[i].head);
        if form.antecedent.is_some() || form.reflexive {
            return None;
        }
        let branch =
            std::iter::once(head).chain(parse.ancestors(head)).find(|&up| matches!(parse.token(up).deprel.base(), "obl" | "advcl"))?;
        let subject = parse.child(parse.head(branch)?, Deprel::Nsubj).filter(|&subject| subject > head)?;
        let opens = parse.subtree(branch).first().copied() == Some(parse.sentence(parse.token(head).sentence).first);
        let j = (i + 1..self.drafts.len())
            .find(|&j| self.drafts[j].covers(subject) && matches!(self.drafts[j].reference, Reference::Name(_)))?;
        cluster_of[j].filter(|&entity| opens && self.agrees(entity, form))
    }

    fn pronoun(&mut self, i: usize, form: &PronounForm) -> Option<usize> {
        if let Some(noun) = form.antecedent {
            return self.at(noun, i).filter(|&entity| !(form.neuter && self.entities[entity].kind == EntityKind::Person));
        }
        if form.neuter && !form.possessive && !self.acts(i) {
            return None;
        }
        if form.plural
            && let Some(pair) = self.coordinated(i)
        {
            return Some(self.group_of(pair));
        }
        let scored = (0..self.entities.len())
            .filter(|&entity| self.agrees(entity, form))
            .filter_map(|entity| Some((self.score(i, entity, form)?, entity)));
        let mut scored: Vec<(f64, usize)> = scored.collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let best = scored.first().copied()?;
        let contested = scored.get(1).is_some_and(|second| best.0 - second.0 < 0.25);
        let least = if form.neuter { 3.0 } else { 1.0 };
        (!contested && best.0 >= least).then_some(best.1)
    }

    /// "it said", not "it is", "it was found": only what acts is likely to be somebody.
    fn acts(&self, i: usize) -> bool {
        let parse = self.reading.parse;
        let verb = self.drafts[i].place_in_clause.governor.filter(|&verb| parse.token(verb).upos == variorum_model::Upos::Verb);
        let subject = self.drafts[i].place_in_clause.subject;
        subject && verb.is_some_and(|verb| parse.child_of(verb, &[Deprel::AuxPass, Deprel::Cop]).is_none())
    }

    fn agrees(&self, entity: usize, form: &PronounForm) -> bool {
        let gathering = &self.entities[entity];
        match form.gender {
            Some(gender) => gathering.kind == EntityKind::Person && gathering.gender.is_none_or(|known| known == gender),
            None if form.neuter => {
                let body = matches!(
                    gathering.kind,
                    EntityKind::State | EntityKind::Organization | EntityKind::Publisher | EntityKind::Document | EntityKind::PlaceAsActor
                );
                body && !gathering.plural
                    || gathering.kind == EntityKind::Group && gathering.members.is_empty() && self.is_body_of_people(entity)
            }
            None => gathering.plural || matches!(gathering.kind, EntityKind::Group),
        }
    }

    /// The best of an entity's recent mentions as what a pronoun goes back to; none where none may be.
    fn score(&self, i: usize, entity: usize, form: &PronounForm) -> Option<f64> {
        let gathering = &self.entities[entity];
        let reach = if form.gender.is_some() { 3 } else { 1 };
        let recent = gathering.drafts.iter().rev().copied().filter(|&j| j < i).take_while(|&j| self.sentences_back(i, j) <= reach);
        let best = recent.filter_map(|j| self.score_of(i, j, form)).max_by(f64::total_cmp)?;
        let familiar = 0.1 * gathering.drafts.len().min(5) as f64;
        let gendered = match (form.gender, gathering.gender.or(gathering.likely_gender)) {
            (Some(wanted), Some(known)) if wanted == known => 0.6,
            (Some(_), Some(_)) => -0.6,
            _ => 0.0,
        };
        Some(best + familiar + gendered)
    }

    fn score_of(&self, i: usize, j: usize, form: &PronounForm) -> Option<f64> {
        let (pronoun, mention) = (&self.drafts[i], &self.drafts[j]);
        let (here, there) = (pronoun.place_in_clause, mention.place_in_clause);
        let same_clause = here.governor.is_some() && here.governor == there.governor;
        let apart = self.speaks_the_quotation_of(i, j) || self.governs_the_clause_of(i, j);
        if same_clause && !form.possessive && !form.reflexive || form.reflexive && !same_clause || apart {
            return None;
        }
        let inside_its_phrase = pronoun.span.overlaps(mention.span);
        let nobody = self.reading.parse.child(mention.head, Deprel::Det).is_some_and(|det| self.reading.lemma(det) == "no");
        if inside_its_phrase || nobody {
            return None;
        }
        let back = self.sentences_back(i, j);
        let mut score = [3.0, 2.2, 1.2, 0.5][back.min(3) as usize];
        score += if there.subject {
            1.5
        } else if there.object {
            0.5
        } else {
            0.0
        };
        score += if here.subject == there.subject { 0.4 } else { 0.0 };
        score += if matches!(mention.reference, Reference::Name(_)) { 0.3 } else { 0.0 };
        score += if back == 0 && self.commands(there.governor, pronoun.head) { 1.0 } else { 0.0 };
        score -= if self.reading.parse.token(mention.head).deprel == Deprel::NmodPoss { 0.4 } else { 0.0 };
        let speech = |draft: &Draft| {
            draft.place_in_clause.subject && draft.place_in_clause.governor.is_some_and(|verb| is_speech(&self.reading.lemma(verb)))
        };
        score += if speech(pronoun) && speech(mention) { 1.0 } else { 0.0 };
        Some(score)
    }

    /// Whether a verb stands above a token: the subject of "said" is near to the pronouns of what is said.
    fn commands(&self, verb: Option<TokenId>, token: TokenId) -> bool {
        verb.is_some_and(|verb| self.reading.parse.is_within(token, verb))
    }

    /// "He will come," Han said: who speaks a quotation is not its "he".
    fn speaks_the_quotation_of(&self, i: usize, j: usize) -> bool {
        let (pronoun, mention) = (&self.drafts[i], &self.drafts[j]);
        let quoted = |token: TokenId| self.quoted.get(token.index()).copied().unwrap_or_default();
        let speaks = mention.place_in_clause.governor.is_some_and(|verb| is_speech(&self.reading.lemma(verb)));
        quoted(pronoun.head) && !quoted(mention.head) && mention.place_in_clause.subject && speaks && pronoun.sentence == mention.sentence
    }

    /// "Han will come," he said: a pronoun is nobody whom the clause that its verb governs names (Chomsky 1981, principle C).
    fn governs_the_clause_of(&self, i: usize, j: usize) -> bool {
        let (pronoun, mention) = (&self.drafts[i], &self.drafts[j]);
        let Some(verb) = pronoun.place_in_clause.governor.filter(|_| pronoun.place_in_clause.subject) else { return false };
        let parse = self.reading.parse;
        let mut up = std::iter::successors(Some(mention.head), |&id| parse.head(id));
        up.find(|&id| parse.head(id) == Some(verb)).is_some_and(|below| parse.token(below).deprel == Deprel::Ccomp)
    }

    /// "Han and Orlov" just before "they": two people or two states in one coordination, in this sentence or the one before.
    fn coordinated(&self, i: usize) -> Option<Vec<usize>> {
        for j in (0..i).rev().take_while(|&j| self.sentences_back(i, j) <= 1) {
            let Some(entity) = self.of[j] else { continue };
            let gathering = &self.entities[entity];
            if gathering.plural && gathering.members.is_empty() {
                return None;
            }
            let parse = self.reading.parse;
            let head = self.drafts[j].head;
            let partner = parse.head(head).filter(|_| parse.token(head).deprel == Deprel::Conj).and_then(|first| self.at(first, j));
            if let Some(other) =
                partner.filter(|&other| other != entity && self.entities[other].kind == gathering.kind && !self.entities[other].plural)
                && matches!(gathering.kind, EntityKind::Person | EntityKind::State)
            {
                return Some(vec![other, entity]);
            }
        }
        None
    }
}

/// Whether somebody is only ever told things, as outlets are.
fn drafts_are_told<'d>(mut drafts: impl Iterator<Item = &'d Draft>, reading: Reading<'_>) -> bool {
    drafts.all(|draft| is_told(reading, draft))
}

/// Makes two entities one: whatever was gathered of the one belongs to the other.
pub(super) fn merge(entities: &mut [Gathering], of: &mut [Option<usize>], from: usize, into: usize) {
    let moved = std::mem::take(&mut entities[from].drafts);
    of.iter_mut().filter(|entity| **entity == Some(from)).for_each(|entity| *entity = Some(into));
    for members in entities.iter_mut().map(|entity| &mut entity.members) {
        members.iter_mut().filter(|member| **member == from).for_each(|member| *member = into);
    }
    let (words, nouns) = (std::mem::take(&mut entities[from].words), std::mem::take(&mut entities[from].nouns));
    let (gender, country) = (entities[from].gender, entities[from].country.take());
    let whole = &mut entities[into];
    whole.drafts.extend(moved);
    whole.drafts.sort_unstable();
    whole.words.extend(words);
    whole.nouns.extend(nouns);
    whole.gender = whole.gender.or(gender);
    whole.country = whole.country.take().or(country);
}

pub(super) fn is_speech(lemma: &str) -> bool {
    matches!(
        lemma,
        "say"
            | "add"
            | "tell"
            | "state"
            | "claim"
            | "announce"
            | "report"
            | "warn"
            | "note"
            | "argue"
            | "insist"
            | "write"
            | "declare"
            | "explain"
            | "confirm"
            | "deny"
            | "promise"
            | "pledge"
            | "vow"
            | "reply"
            | "ask"
            | "describe"
            | "call"
            | "praise"
            | "urge"
            | "emphasize"
            | "emphasise"
            | "stress"
            | "acknowledge"
    )
}

/// For each token, whether it stands between quotation marks; a paragraph's end closes what is open.
fn quoted(reading: Reading<'_>) -> Vec<bool> {
    let (mut inside, mut quoted, mut last_end) = (false, Vec::with_capacity(reading.parse.tokens.len()), 0);
    for token in &reading.parse.tokens {
        if reading.doc.text.get(last_end..token.span.start()).is_some_and(|gap| gap.contains('\n')) {
            inside = false;
        }
        last_end = token.span.end();
        match token.span.of(&reading.doc.text) {
            "“" | "«" | "``" => inside = true,
            "”" | "»" | "''" => inside = false,
            "\"" => inside = !inside,
            _ => {}
        }
        quoted.push(inside);
    }
    quoted
}
