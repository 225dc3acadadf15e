//! The words of events, indexed: `knowledge/events.tsv` (what a word names), `knowledge/frames.tsv` (what a governing word does to the
//! event it governs) and `knowledge/kinds.tsv` (what sort of participant a noun names).

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{EventStatus, EventType, Upos, table::Table};

use super::parties::Weights;
use crate::inflection::Inflection;

/// Words that name events and words that govern them.
#[derive(Debug)]
pub struct EventLexicon {
    rows: Vec<Row>,
    /// Rows by word class and the last part of their lemma.
    by_head: FxHashMap<(WordClass, String), Vec<usize>>,
    frames: FxHashMap<(WordClass, String), Vec<Frame>>,
    kinds: FxHashMap<String, Vec<NounKind>>,
    /// By type: where participants stand around a word that the table does not know.
    open: FxHashMap<EventType, Row>,
    /// What speaks for taking part.
    pub(super) parties: Weights,
    inflection: Inflection,
    /// Every word of the tables, for telling a lemma from a misspelt one.
    vocabulary: FxHashSet<String>,
}

/// One sense of one trigger.
#[derive(Debug)]
pub(super) struct Row {
    /// As in the table; with a hyphen, its last part is the head word.
    pub(super) lemma: String,
    pub(super) companions: Vec<Companion>,
    pub(super) kind: EventType,
    pub(super) mode: Option<String>,
    pub(super) actors: Vec<Slot>,
    pub(super) recipients: Vec<Slot>,
    pub(super) contexts: Vec<String>,
    pub(super) status: Option<EventStatus>,
    pub(super) needs: Vec<Need>,
}

/// One word that must stand with the trigger: any of `words`.
#[derive(Debug)]
pub(super) struct Companion {
    pub(super) words: Vec<String>,
    /// Must be a particle, not a preposition with its noun.
    pub(super) particle: bool,
}

/// Where a participant stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Subject,
    Object,
    Indirect,
    /// Subject or object of the complement clause.
    Complement,
    Possessor,
    Modifier,
    /// In a "with", "and" or "between" phrase: an actor as well.
    Partner,
    Oblique(String),
}

/// What one participant must be; the kinds are alternatives.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) subject: bool,
    pub(super) kinds: Vec<NounKind>,
}

/// What sort of thing a participant is, as far as senses ask.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum NounKind {
    Actor,
    Human,
    Official,
    Crowd,
    Armed,
    Court,
    State,
    Organization,
    Document,
    Vehicle,
    Property,
    Place,
    Thing,
    Weapon,
    /// The slot is empty or holds a harmless thing.
    Nobody,
}

/// What a governing word does to the event it governs.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// "intend to", "plans for"
    Planned,
    /// "vow to", "readiness to"
    Promised,
    /// "threaten to"
    Threatened,
    /// "refuse to", "reject"
    Refused,
    /// "deny"
    Denied,
    /// "call for", "urge"
    Requested,
    /// "consider", "suspicion of"
    Possible,
    /// "fail to", "prevent"
    Failed,
    /// "manage to", "continue to": the event itself happens.
    Done,
    /// "hold", "launch", "pay": lends a noun its verb.
    Light,
    /// "take place", "begin": the noun is what happens.
    Happens,
    /// With these words it names no event: "met the demands".
    Nothing,
    /// A noun that names a state rather than a happening: "alliance", "war".
    State,
}

/// One governing word.
#[derive(Debug)]
pub(super) struct Frame {
    /// Any of these must stand with it.
    pub(super) with: Vec<String>,
    pub(super) effect: Effect,
    /// The subject of the governed infinitive is the object, not the subject.
    pub(super) object_control: bool,
}

/// Parts of speech that tables know.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum WordClass {
    Verb,
    Noun,
    Adj,
}

impl WordClass {
    pub(super) fn of(upos: Upos) -> Option<Self> {
        match upos {
            Upos::Verb | Upos::Aux => Some(Self::Verb),
            Upos::Noun => Some(Self::Noun),
            Upos::Adj => Some(Self::Adj),
            _ => None,
        }
    }

    fn from_label(label: &str) -> Option<Self> {
        match label {
            "verb" => Some(Self::Verb),
            "noun" => Some(Self::Noun),
            "adj" => Some(Self::Adj),
            _ => None,
        }
    }
}

impl EventLexicon {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        let rows = rows(include_str!("../../../../knowledge/events.tsv"));
        let mut by_head: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        for (i, (class, row)) in rows.iter().enumerate() {
            let head = row.lemma.rsplit('-').next().unwrap_or(&row.lemma).to_owned();
            by_head.entry((*class, row.lemma.clone())).or_default().push(i);
            if head != row.lemma {
                by_head.entry((*class, head)).or_default().push(i);
            }
        }
        let frames = frames(include_str!("../../../../knowledge/frames.tsv"));
        let kinds = kinds(include_str!("../../../../knowledge/kinds.tsv"), include_str!("../../../../knowledge/nominals.tsv"));
        let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
        let heads = by_head.keys().map(|(_, head)| head.clone()).chain(frames.keys().map(|(_, lemma): &(WordClass, String)| lemma.clone()));
        let companions = rows.iter().flat_map(|row| &row.companions).flat_map(|companion| companion.words.iter().cloned());
        let vocabulary = heads.chain(companions).chain(kinds.keys().cloned()).collect();
        let open = EventType::ALL.iter().map(|&kind| (kind, open_row(kind))).collect();
        Self { rows, by_head, frames, kinds, open, parties: Weights::bundled(), inflection: Inflection::bundled(), vocabulary }
    }

    /// The row of a word that the table does not know, of this type.
    pub(super) fn open(&self, kind: EventType) -> &Row {
        &self.open[&kind]
    }

    /// The lemma of a word, in lower case. Where the tables do not know it, a base form of the word that they do know: lemmatisers err on words
    /// they have not met ("prais").
    pub(super) fn lemma(&self, lemma: &str, form: &str) -> String {
        let lemma = lemma.to_lowercase();
        if self.vocabulary.contains(&lemma) {
            return lemma;
        }
        self.inflection.bases(&form.to_lowercase()).into_iter().find(|base| self.vocabulary.contains(base)).unwrap_or(lemma)
    }

    /// Rows whose lemma is this word, or ends in it after a hyphen.
    pub(super) fn rows(&self, class: WordClass, lemma: &str) -> impl Iterator<Item = &Row> {
        self.by_head.get(&(class, lemma.to_owned())).into_iter().flatten().map(|&i| &self.rows[i])
    }

    /// What a governing word does to the clause or noun it governs, by the words that stand with it.
    pub(super) fn frame(&self, class: WordClass, lemma: &str, has: impl Fn(&str) -> bool) -> Option<&Frame> {
        let frames = self.frames.get(&(class, lemma.to_owned()))?;
        let governing =
            || frames.iter().filter(|frame| !matches!(frame.effect, Effect::Light | Effect::Happens | Effect::State | Effect::Nothing));
        let with = governing().find(|frame| frame.with.iter().any(|word| has(word)));
        with.or_else(|| governing().find(|frame| frame.with.is_empty()))
    }

    /// Whether a word is listed as a light verb, a verb of happening, or a noun of state.
    pub(super) fn is(&self, effect: Effect, class: WordClass, lemma: &str, has: impl Fn(&str) -> bool) -> bool {
        let frames = self.frames.get(&(class, lemma.to_owned())).map_or(&[][..], Vec::as_slice);
        frames.iter().any(|frame| frame.effect == effect && (frame.with.is_empty() || frame.with.iter().any(|word| has(word))))
    }

    /// Whether a trigger names nothing with the words it stands with: "met the demands".
    pub(super) fn is_idle(&self, class: WordClass, lemma: &str, has: impl Fn(&str) -> bool) -> bool {
        self.is(Effect::Nothing, class, lemma, has)
    }

    /// What sorts of participant a noun names.
    pub(super) fn kinds(&self, lemma: &str) -> &[NounKind] {
        self.kinds.get(lemma).map_or(&[], Vec::as_slice)
    }
}

/// Where participants most often stand: subject and owner act, object and phrases undergo, partners act together.
fn open_row(kind: EventType) -> Row {
    use EventType::{Agree, Consult, Cooperate, Incident};
    let oblique = |word: &str| Slot::Oblique(word.to_owned());
    let together = matches!(kind, Agree | Consult | Cooperate);
    let undergoers = vec![Slot::Object, Slot::Indirect, oblique("against"), oblique("to"), oblique("from"), oblique("for"), oblique("of")];
    Row {
        lemma: String::new(),
        companions: Vec::new(),
        kind,
        mode: None,
        actors: if kind == Incident { Vec::new() } else { vec![Slot::Subject, Slot::Possessor, Slot::Modifier, oblique("by")] },
        recipients: if together { vec![Slot::Partner, Slot::Object] } else { undergoers },
        contexts: Vec::new(),
        status: None,
        needs: Vec::new(),
    }
}

fn rows(text: &str) -> Vec<(WordClass, Row)> {
    let table = Table::parse(text).expect("the bundled table of events is well-formed");
    let rows = table.rows().map(|row| {
        let cell = |column| row.opt(column).map(str::to_owned);
        let class = WordClass::from_label(row.get("pos")).unwrap_or_else(|| panic!("events.tsv line {}: part of speech", row.line));
        let parsed = Row {
            lemma: row.get("lemma").to_owned(),
            companions: row.get("with").split_whitespace().map(companion).collect(),
            kind: EventType::from_label(row.get("type")).unwrap_or_else(|| panic!("events.tsv line {}: type", row.line)),
            mode: cell("mode"),
            actors: row.list("actor").filter_map(slot).collect(),
            recipients: row.list("recipient").filter_map(slot).collect(),
            contexts: row.list("contexts").map(str::to_owned).collect(),
            status: row.opt("status").and_then(status),
            needs: needs(row.list("needs")),
        };
        (class, parsed)
    });
    rows.collect()
}

fn companion(text: &str) -> Companion {
    let particle = text.starts_with("prt:");
    Companion { words: text.trim_start_matches("prt:").split('|').map(str::to_owned).collect(), particle }
}

fn slot(text: &str) -> Option<Slot> {
    Some(match text {
        "subj" => Slot::Subject,
        "obj" => Slot::Object,
        "iobj" => Slot::Indirect,
        "xcomp" => Slot::Complement,
        "poss" => Slot::Possessor,
        "mod" => Slot::Modifier,
        "with" => Slot::Partner,
        _ => Slot::Oblique(text.strip_prefix("obl:")?.to_owned()),
    })
}

fn status(text: &str) -> Option<EventStatus> {
    Some(match text {
        "occurred" => EventStatus::Occurred,
        "planned" => EventStatus::Planned,
        "promised" => EventStatus::Promised,
        "threatened" => EventStatus::Threatened,
        "possible" => EventStatus::Possible,
        "denied" => EventStatus::Denied,
        "hypothetical" => EventStatus::Hypothetical,
        _ => return None,
    })
}

/// Alternatives for one slot are one need; the slots are needed together.
fn needs<'t>(labels: impl Iterator<Item = &'t str>) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for label in labels {
        let Some((kind, slot)) = label.rsplit_once('-') else { continue };
        let (Some(kind), subject) = (noun_kind(kind), slot == "subject") else { continue };
        match needs.iter_mut().find(|need| need.subject == subject) {
            Some(need) => need.kinds.push(kind),
            None => needs.push(Need { subject, kinds: vec![kind] }),
        }
    }
    needs
}

fn noun_kind(label: &str) -> Option<NounKind> {
    Some(match label {
        "actor" => NounKind::Actor,
        "human" => NounKind::Human,
        "official" => NounKind::Official,
        "crowd" => NounKind::Crowd,
        "armed" => NounKind::Armed,
        "court" => NounKind::Court,
        "state" => NounKind::State,
        "organization" => NounKind::Organization,
        "document" => NounKind::Document,
        "vehicle" => NounKind::Vehicle,
        "property" => NounKind::Property,
        "place" => NounKind::Place,
        "thing" => NounKind::Thing,
        "weapon" => NounKind::Weapon,
        "nobody" => NounKind::Nobody,
        _ => return None,
    })
}

fn frames(text: &str) -> FxHashMap<(WordClass, String), Vec<Frame>> {
    let table = Table::parse(text).expect("the bundled table of frames is well-formed");
    let mut frames: FxHashMap<_, Vec<Frame>> = FxHashMap::default();
    for row in table.rows() {
        let class = WordClass::from_label(row.get("pos")).unwrap_or_else(|| panic!("frames.tsv line {}: part of speech", row.line));
        let effect = effect(row.get("effect")).unwrap_or_else(|| panic!("frames.tsv line {}: effect", row.line));
        let frame = Frame { with: row.list("with").map(str::to_owned).collect(), effect, object_control: row.get("control") == "obj" };
        frames.entry((class, row.get("lemma").to_owned())).or_default().push(frame);
    }
    frames
}

fn effect(label: &str) -> Option<Effect> {
    Some(match label {
        "planned" => Effect::Planned,
        "promised" => Effect::Promised,
        "threatened" => Effect::Threatened,
        "refused" => Effect::Refused,
        "denied" => Effect::Denied,
        "requested" => Effect::Requested,
        "possible" => Effect::Possible,
        "failed" => Effect::Failed,
        "done" => Effect::Done,
        "light" => Effect::Light,
        "happens" => Effect::Happens,
        "state" => Effect::State,
        "nothing" => Effect::Nothing,
        _ => return None,
    })
}

/// Kinds by noun, from their own table and from the nouns that stand for actors.
fn kinds(own: &str, nominals: &str) -> FxHashMap<String, Vec<NounKind>> {
    let mut kinds: FxHashMap<String, Vec<NounKind>> = FxHashMap::default();
    let table = Table::parse(own).expect("the bundled table of kinds is well-formed");
    for row in table.rows() {
        let kind = noun_kind(row.get("kind")).unwrap_or_else(|| panic!("kinds.tsv line {}: kind", row.line));
        for lemma in row.list("lemmas") {
            kinds.entry(lemma.to_owned()).or_default().push(kind);
        }
    }
    let table = Table::parse(nominals).expect("the bundled table of nominals is well-formed");
    for row in table.rows() {
        let found: &[NounKind] = match row.get("kind") {
            "person" | "group" => &[NounKind::Human, NounKind::Actor],
            "organization" => &[NounKind::Organization, NounKind::Actor],
            "state" => &[NounKind::State, NounKind::Actor],
            "document" => &[NounKind::Document],
            "place" => &[NounKind::Place],
            _ => &[],
        };
        kinds.entry(row.get("lemma").to_owned()).or_default().extend(found);
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_tables_are_read_whole() {
        let lexicon = EventLexicon::bundled();
        assert!(lexicon.rows(WordClass::Verb, "meet").any(|row| row.kind == EventType::Consult && row.companions.is_empty()));
        assert!(lexicon.rows(WordClass::Noun, "attack").any(|row| row.lemma == "attack"));
        assert_eq!(lexicon.frame(WordClass::Verb, "intend", |_| false).map(|frame| frame.effect), Some(Effect::Planned));
        assert!(lexicon.kinds("ferry").contains(&NounKind::Vehicle));
        assert!(lexicon.kinds("protester").contains(&NounKind::Human));
    }
}
