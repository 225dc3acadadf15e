//! Which names of a document name the same one?
//!
//! Input: the drafts. Output: a cluster for each draft that is a name, and what each cluster is.
//! "Han Min Jae", "Han Min-jae", "Han"; "Shunkai Chemical", "Shunkai"; "Central News Bureau", "CNB".
//!
//! A short form goes to the nearest full form before it that has the word as its first or last, so that two people of one surname stay
//! apart; failing that to the first after it (headlines say "Orlov" before the text says "Pavel Orlov").

use rustc_hash::FxHashMap;
use variorum_model::{Deprel, EntityKind, Gender, TokenId};

use super::mentions::{Draft, NameForm, Reading, Reference, is_noun_for_bodies, is_told};
use super::world::Known;
use crate::naming::{fold, is_acronym, squash};

/// Names of one document that name the same one.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) kind: EntityKind,
    pub(super) known: Option<Known>,
    /// Names that no draft prints: the document's own publisher, of which the text says "the Post".
    pub(super) given: Option<String>,
    /// Gender, as titles tell it.
    pub(super) gender: Option<Gender>,
    /// Gender, as the first name makes it likely; where the family name comes first, it misleads.
    pub(super) likely_gender: Option<Gender>,
    words: Vec<String>,
}

/// The clusters, and for each draft that is a name the index of its own.
pub(super) fn clusters(reading: Reading<'_>, drafts: &[Draft]) -> (Vec<Cluster>, Vec<Option<usize>>) {
    let names: Vec<(usize, &NameForm)> = drafts.iter().enumerate().filter_map(|(i, draft)| Some((i, name_of(draft)?))).collect();
    let kinds = kinds(reading, drafts, &names);
    let mut clustering = Clustering { reading, drafts, clusters: Vec::new(), of: vec![None; drafts.len()] };
    clustering.known(&names);
    clustering.outlets();
    clustering.full_forms(&names, &kinds);
    clustering.acronyms(&names);
    clustering.short_forms(&names, &kinds);
    (clustering.clusters, clustering.of)
}

fn name_of(draft: &Draft) -> Option<&NameForm> {
    match &draft.reference {
        Reference::Name(form) => Some(form),
        _ => None,
    }
}

struct Clustering<'a> {
    reading: Reading<'a>,
    drafts: &'a [Draft],
    clusters: Vec<Cluster>,
    of: Vec<Option<usize>>,
}

impl Clustering<'_> {
    fn add(&mut self, kind: EntityKind, known: Option<Known>, words: Vec<String>) -> usize {
        self.clusters.push(Cluster { kind, known, given: None, gender: None, likely_gender: None, words });
        self.clusters.len() - 1
    }

    /// States, institutions and outlets that the tables have.
    fn known(&mut self, names: &[(usize, &NameForm)]) {
        for &(i, form) in names {
            if self.is_own_outlet(form) {
                continue;
            }
            let key = match form.known {
                Some(Known::State(state) | Known::Seat(state)) => Known::State(state),
                Some(Known::Body(body)) => Known::Body(body),
                _ => continue,
            };
            let found = self.clusters.iter().position(|cluster| cluster.known == Some(key));
            let cluster = found.unwrap_or_else(|| self.add(form.kind, Some(key), words(&form.text)));
            self.of[i] = Some(cluster);
        }
    }

    /// "the Observer" in the Mercantile Observer is no other paper of that name.
    fn is_own_outlet(&self, form: &NameForm) -> bool {
        let Some(publisher) = self.reading.doc.publisher.as_deref() else { return false };
        let (whole, part) = (words(publisher), words(&form.text));
        let body = matches!(form.known, Some(Known::Body(_)));
        body && part.len() == 1 && whole.len() > 1 && whole.last() == part.last()
    }

    /// The document's publisher and those it credits: the text speaks of them by a part of their name.
    fn outlets(&mut self) {
        let doc = self.reading.doc;
        let credited = doc.credits.iter().map(|credit| credit.name.as_str());
        for name in doc.publisher.as_deref().into_iter().chain(credited) {
            let (known, all) = (self.reading.world.known(name).into_iter().find(|known| matches!(known, Known::Body(_))), words(name));
            let same = |cluster: &Cluster| cluster.words == all || known.is_some() && cluster.known == known;
            if !all.is_empty() && !self.clusters.iter().any(same) {
                let cluster = self.add(EntityKind::Publisher, known, all);
                self.clusters[cluster].given = Some(name.to_owned());
            }
        }
    }

    fn full_forms(&mut self, names: &[(usize, &NameForm)], kinds: &FxHashMap<String, EntityKind>) {
        let mut longest_first: Vec<(usize, &NameForm, Vec<String>)> = names.iter().map(|&(i, form)| (i, form, words(&form.text))).collect();
        longest_first.sort_by_key(|(i, _, words)| (std::cmp::Reverse(words.len()), *i));
        for (i, form, words) in longest_first {
            if self.of[i].is_some() || words.len() < 2 {
                continue;
            }
            let kind = kind_in(kinds, &form.text, form.kind);
            if kind == EntityKind::Thing && !self.acts(i) {
                continue;
            }
            let same = |cluster: &Cluster| match kind {
                EntityKind::Person => cluster.kind == EntityKind::Person && same_person(&cluster.words, &words),
                _ => cluster.kind != EntityKind::Person && same_body(&cluster.words, &words),
            };
            let found = self.clusters.iter().position(same).or_else(|| self.longer_name(kind, &words));
            let cluster = found.unwrap_or_else(|| self.add(kind, form.known, words));
            self.take(i, form, cluster);
        }
    }

    /// "Civil Defence" after "Catarina Civil Defence": the one body whose name ends in these words.
    fn longer_name(&self, kind: EntityKind, short: &[String]) -> Option<usize> {
        let ends = |cluster: &Cluster| {
            cluster.kind == EntityKind::Organization && cluster.words.len() == short.len() + 1 && cluster.words.ends_with(short)
        };
        let mut longer = (0..self.clusters.len()).filter(|&cluster| kind == EntityKind::Organization && ends(&self.clusters[cluster]));
        longer.next().filter(|_| longer.next().is_none())
    }

    /// What the analyser takes for a place that no table has is an actor only where it acts or is told something.
    fn acts(&self, i: usize) -> bool {
        self.drafts[i].place_in_clause.subject || is_told(self.reading, &self.drafts[i])
    }

    fn take(&mut self, i: usize, form: &NameForm, cluster: usize) {
        self.of[i] = Some(cluster);
        let (gender, likely) = (gender(self.reading, form), likely_gender(self.reading, form));
        let cluster = &mut self.clusters[cluster];
        cluster.likely_gender = cluster.likely_gender.or(likely);
        cluster.gender = cluster.gender.or(gender);
        // A surname alone is the officeholder's only where the document never gives another full name for it.
        let own = !matches!(form.known, Some(Known::Holder(_))) || cluster.words == words(&form.text);
        cluster.known = cluster.known.or(form.known.filter(|_| own));
    }

    /// "International Atomic Energy Agency (IAEA)": the letters in the brackets are the same body, here and later.
    fn acronyms(&mut self, names: &[(usize, &NameForm)]) {
        for pair in names.windows(2) {
            let ((i, full), (j, short)) = (pair[0], pair[1]);
            let text = &self.reading.doc.text;
            let bracketed = full.span.end() <= short.span.start() && text[full.span.end()..short.span.start()].trim() == "(";
            if bracketed && is_acronym(&short.text) && !is_acronym(&full.text) && self.clusters_may_meet(i, j) {
                let Some(cluster) = self.of[i] else { continue };
                let form = fold(&short.text);
                let same: Vec<usize> = names.iter().filter(|(_, other)| fold(&other.text) == form).map(|&(k, _)| k).collect();
                let known = same.iter().find_map(|&k| self.of[k]).and_then(|other| self.clusters[other].known);
                self.clusters[cluster].known = self.clusters[cluster].known.or(known);
                same.into_iter().for_each(|k| self.of[k] = Some(cluster));
            }
        }
    }

    /// A bracketed acronym that the tables give to another known body is no acronym of this one.
    fn clusters_may_meet(&self, i: usize, j: usize) -> bool {
        let known = |i: usize| self.of[i].and_then(|cluster| self.clusters[cluster].known);
        let person = self.of[i].is_some_and(|cluster| self.clusters[cluster].kind == EntityKind::Person);
        !person && (known(i).is_none() || known(j).is_none() || known(i) == known(j))
    }

    fn short_forms(&mut self, names: &[(usize, &NameForm)], kinds: &FxHashMap<String, EntityKind>) {
        for &(i, form) in names {
            if self.of[i].is_some() {
                continue;
            }
            let short = words(&form.text);
            let Some(word) = short.first().cloned().filter(|_| short.len() == 1) else { continue };
            let kind = kind_in(kinds, &form.text, form.kind);
            let fuller = self.fuller(i, form, &word, kind);
            if fuller.is_none() && kind == EntityKind::Thing && !self.acts(i) {
                continue;
            }
            let cluster = fuller.unwrap_or_else(|| {
                let kind = if kind == EntityKind::Thing { EntityKind::PlaceAsActor } else { kind };
                let same = self.clusters.iter().position(|cluster| cluster.words == short && cluster.kind == kind);
                same.unwrap_or_else(|| self.add(kind, form.known, short))
            });
            self.take(i, form, cluster);
        }
    }

    /// The cluster of the full form that a word is short for.
    fn fuller(&self, i: usize, form: &NameForm, word: &str, kind: EntityKind) -> Option<usize> {
        let acronym = is_acronym(&form.text).then(|| fold(&form.text));
        let fits = |cluster: &Cluster| {
            cluster.words.len() > 1
                && match cluster.kind {
                    EntityKind::Person => self.may_be_person(form, cluster, word, kind),
                    EntityKind::State => false,
                    _ => may_be_body(cluster, word, kind, acronym.as_deref()) || self.is_last_word(i, cluster, word),
                }
        };
        let candidates: Vec<usize> = (0..self.clusters.len()).filter(|&cluster| fits(&self.clusters[cluster])).collect();
        let preference = |&cluster: &usize| (self.distance(i, cluster), cluster);
        candidates.into_iter().min_by_key(preference)
    }

    /// "the Front" of "Blue Nile Front".
    fn is_last_word(&self, i: usize, cluster: &Cluster, word: &str) -> bool {
        let article = self.drafts[i].core.0.0.checked_sub(1).is_some_and(|before| self.reading.lemma(TokenId(before)) == "the");
        article && cluster.kind == EntityKind::Organization && cluster.words.last().is_some_and(|last| last == word)
    }

    fn may_be_person(&self, form: &NameForm, cluster: &Cluster, word: &str, kind: EntityKind) -> bool {
        let agrees = match (gender(self.reading, form), cluster.gender) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let (first, last) = (cluster.words.first(), cluster.words.last());
        let surname = last.is_some_and(|last| last == word) || first.is_some_and(|first| first == word);
        agrees && surname && matches!(kind, EntityKind::Person | EntityKind::Thing | EntityKind::Organization)
    }

    /// Forms before count by how far back they stand; forms after are farther than any before.
    fn distance(&self, i: usize, cluster: usize) -> usize {
        let members = (0..self.drafts.len()).filter(|&j| self.of[j] == Some(cluster));
        members.map(|j| if j < i { i - j } else { self.drafts.len() + j }).min().unwrap_or(usize::MAX)
    }
}

fn may_be_body(cluster: &Cluster, word: &str, kind: EntityKind, acronym: Option<&str>) -> bool {
    let initials: String = cluster
        .words
        .iter()
        .filter(|word| !matches!(word.as_str(), "of" | "the" | "and" | "for"))
        .filter_map(|word| word.chars().next())
        .collect();
    let part = cluster.words.first().is_some_and(|first| first == word)
        || cluster.kind == EntityKind::Publisher && cluster.words.last().is_some_and(|last| last == word);
    acronym == Some(initials.as_str()) || part && word.len() > 2 && kind != EntityKind::PlaceAsActor
}

fn words(name: &str) -> Vec<String> {
    fold(name).split(' ').filter(|word| !matches!(*word, "the" | "")).map(str::to_owned).collect()
}

/// "Han Min Jae" and "Han Min-jae"; "Donald J. Trump" and "Donald Trump"; "J. Smith" and "John Smith".
fn same_person(a: &[String], b: &[String]) -> bool {
    if squash(&a.concat()) == squash(&b.concat()) {
        return true;
    }
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let initial = |x: &str, y: &str| x == y || x.len() == 1 && y.starts_with(x) || y.len() == 1 && x.starts_with(y);
    let ends = |x: &[String], y: &[String]| match (x.first(), y.first(), x.last(), y.last()) {
        (Some(first), Some(other), Some(last), Some(end)) => last == end && initial(first, other),
        _ => false,
    };
    let within = short.len() > 1 && long.windows(short.len()).any(|part| part == short);
    within || short.len() > 1 && ends(long, short)
}

/// "Shunkai Chemical" and "Shunkai Chemical Co".
fn same_body(a: &[String], b: &[String]) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    a == b || short.len() > 1 && long.starts_with(short) && long.len() <= short.len() + 2
}

/// What the title of a form tells.
fn gender(reading: Reading<'_>, form: &NameForm) -> Option<Gender> {
    let (first, end) = form.title?;
    reading.world.gender_told(reading.slice(first, end))
}

/// What the first name of a full form makes likely.
fn likely_gender(reading: Reading<'_>, form: &NameForm) -> Option<Gender> {
    let words = words(&form.text);
    let given = words.first().filter(|_| words.len() > 1)?;
    reading.world.given_name(given)?
}

// --- kinds --------------------------------------------------------------------------------------------------------------

/// What each form is, by the majority of its mentions and by its own words.
fn kinds(reading: Reading<'_>, drafts: &[Draft], names: &[(usize, &NameForm)]) -> FxHashMap<String, EntityKind> {
    let mut votes: FxHashMap<String, FxHashMap<EntityKind, u32>> = FxHashMap::default();
    for &(i, form) in names {
        let form_votes = votes.entry(fold(&form.text)).or_default();
        for (kind, weight) in evidence(reading, &drafts[i], form) {
            *form_votes.entry(kind).or_default() += weight;
        }
    }
    let order = [EntityKind::Person, EntityKind::Organization, EntityKind::Publisher, EntityKind::PlaceAsActor, EntityKind::Thing];
    let winner = |votes: &FxHashMap<EntityKind, u32>| {
        let rank =
            |kind: &EntityKind| (votes.get(kind).copied().unwrap_or_default(), std::cmp::Reverse(order.iter().position(|k| k == kind)));
        order.into_iter().max_by_key(rank).unwrap_or(EntityKind::Thing)
    };
    votes.iter().map(|(form, votes)| (form.clone(), winner(votes))).collect()
}

/// Words that end the names of companies.
const COMPANY_WORDS: &[&str] = &[
    "ag",
    "airlines",
    "airways",
    "automotive",
    "aviation",
    "bank",
    "bhd",
    "brothers",
    "capital",
    "chemical",
    "chemicals",
    "co",
    "company",
    "consulting",
    "corp",
    "corporation",
    "electric",
    "electronics",
    "energy",
    "engineering",
    "enterprises",
    "entertainment",
    "ferries",
    "foods",
    "gas",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "industries",
    "insurance",
    "international",
    "labs",
    "line",
    "lines",
    "llc",
    "logistics",
    "ltd",
    "marine",
    "materials",
    "media",
    "mining",
    "motor",
    "motors",
    "oil",
    "partners",
    "petroleum",
    "pharma",
    "pharmaceuticals",
    "plc",
    "power",
    "railways",
    "resources",
    "shipping",
    "software",
    "solutions",
    "spa",
    "steel",
    "studios",
    "systems",
    "technologies",
    "technology",
    "telecom",
    "ventures",
    "works",
];

/// Whether a folded word ends the names of companies: "Lines".
pub(super) fn ends_company_name(word: &str) -> bool {
    COMPANY_WORDS.contains(&word)
}

fn evidence(reading: Reading<'_>, draft: &Draft, form: &NameForm) -> Vec<(EntityKind, u32)> {
    let mut evidence = vec![(form.kind, if form.kind == EntityKind::Thing { 1 } else { 2 })];
    let words = words(&form.text);
    if words.len() > 1 && words.last().is_some_and(|word| COMPANY_WORDS.contains(&word.as_str())) {
        evidence.push((EntityKind::Organization, 6));
    }
    let nominal = |word: &str| reading.world.nominal(word).map(|nominal| nominal.kind);
    if words.len() > 1
        && words.last().and_then(|word| nominal(word)).is_some_and(|kind| matches!(kind, EntityKind::Organization | EntityKind::Group))
    {
        evidence.push((EntityKind::Organization, 6));
    }
    if words.len() > 1 && words.len() < 5 && words.first().is_some_and(|word| reading.world.given_name(word).is_some()) {
        evidence.push((EntityKind::Person, 3));
    }
    if let Some((_, end)) = form.title {
        let noun = TokenId(end.0.saturating_sub(1));
        let person = nominal(&reading.lemma(noun)) == Some(EntityKind::Person) && form.kind != EntityKind::Organization;
        let body = is_noun_for_bodies(reading, &reading.lemma(noun)) && !person;
        evidence.push((if body { EntityKind::Organization } else { EntityKind::Person }, 5));
    }
    if form.kind == EntityKind::Thing && is_told(reading, draft) {
        evidence.push((EntityKind::Organization, 3));
    }
    // "The Ellis Examiner": nobody's name stands behind an article.
    let article = form.span.start() > draft.span.start()
        && draft.core.0.0.checked_sub(1).is_some_and(|before| reading.lemma(TokenId(before)) == "the");
    if form.kind == EntityKind::Person && article && form.title.is_none() && words.len() > 1 {
        evidence.push((EntityKind::Organization, 4));
    }
    if employs(reading, draft) {
        evidence.push((EntityKind::Organization, 5));
    }
    let after = reading.doc.text[form.span.end()..].trim_start_matches([',', ' ']);
    if after.starts_with("which ") {
        evidence.push((EntityKind::Organization, 4));
    }
    if is_person_like(reading, draft) || after.starts_with("who ") {
        evidence.push((EntityKind::Person, 3));
    }
    evidence
}

/// "the chairman of Shunkai", "a spokeswoman for Shunkai": who has officers is a body.
fn employs(reading: Reading<'_>, draft: &Draft) -> bool {
    let token = reading.parse.token(draft.head);
    let officer = token.head.filter(|_| token.deprel == Deprel::Nmod).map(|head| reading.lemma(head));
    let case = reading.parse.children_by(draft.head, Deprel::Case).any(|case| matches!(reading.lemma(case).as_str(), "of" | "for" | "at"));
    case && officer.is_some_and(|officer| {
        matches!(officer.as_str(), "chief" | "head" | "director" | "founder" | "owner" | "employee" | "official")
            || reading.world.title(&officer).is_some_and(|title| title.sector.as_deref() == Some("BUS"))
    })
}

/// Whether an apposition of a person's noun follows.
fn is_person_like(reading: Reading<'_>, draft: &Draft) -> bool {
    let appositions = reading.parse.children_by(draft.head, Deprel::Appos);
    let mut lemmas = appositions.map(|token| reading.lemma(token));
    lemmas.any(|lemma| reading.world.nominal(&lemma).is_some_and(|nominal| nominal.kind == EntityKind::Person))
}

fn kind_in(kinds: &FxHashMap<String, EntityKind>, form: &str, otherwise: EntityKind) -> EntityKind {
    kinds.get(&fold(form)).copied().unwrap_or(otherwise)
}
