//! How do other collections of events weigh and number this one?
//!
//! Input: an event, or a country. Output: PLOVER's quad and intensity, the CAMEO code, the Correlates of War number of the state. Example: CONSULT by phone has quad 1,
//! intensity 1.5 and code 041. The tables are `knowledge/plover.tsv`, `cameo.tsv` and `cow.tsv`. Limits: the map goes from CAMEO, which is finer, to PLOVER; where several
//! codes fit an event equally well, it gets the code that stands above them all, and none where there is no such code of its type.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use variorum_model::{Event, EventType, table::Table};

/// The tables.
pub(super) struct Codes {
    weights: HashMap<(EventType, &'static str), Weight>,
    cameo: Vec<Cameo>,
    states: BTreeMap<&'static str, &'static str>,
}

/// As the manual of PLOVER prints it.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) struct Weight {
    pub(super) quad: &'static str,
    pub(super) intensity: &'static str,
}

/// One code with what it has become.
struct Cameo {
    /// Empty where CAMEO has none.
    code: &'static str,
    kind: EventType,
    mode: &'static str,
    contexts: Vec<&'static str>,
}

impl Codes {
    /// What ships with the program.
    pub(super) fn bundled() -> Self {
        let kind = |label| EventType::from_label(label).expect("bundled tables are checked by tests");
        let plover = table(include_str!("../../../../../knowledge/plover.tsv"));
        let weight = |row: variorum_model::table::Row<'_, 'static>| {
            ((kind(row.get("type")), row.get("mode")), Weight { quad: row.get("quad"), intensity: row.get("intensity") })
        };
        let cameo = table(include_str!("../../../../../knowledge/cameo.tsv"));
        let code = |row: variorum_model::table::Row<'_, 'static>| Cameo {
            code: row.get("code"),
            kind: kind(row.get("type")),
            mode: row.get("mode"),
            contexts: row.list("contexts").collect(),
        };
        let states = table(include_str!("../../../../../knowledge/cow.tsv"));
        Self {
            weights: plover.rows().map(weight).collect(),
            cameo: cameo.rows().map(code).collect(),
            states: states.rows().map(|row| (row.get("iso3"), row.get("cow"))).collect(),
        }
    }

    /// Of the mode where it has its own, else of the type; none of types that are ours.
    pub(super) fn weight(&self, event: &Event) -> Option<Weight> {
        let of = |mode| self.weights.get(&(event.kind, mode)).copied();
        event.mode.as_deref().and_then(of).or_else(|| of(""))
    }

    /// The code that fits the mode and most contexts.
    pub(super) fn cameo(&self, event: &Event) -> Option<&'static str> {
        let own = event.mode.as_deref().unwrap_or_default();
        let of = |mode: &str| self.cameo.iter().filter(|row| row.kind == event.kind && row.mode == mode).collect::<Vec<_>>();
        let mut rows = of(own);
        if rows.is_empty() {
            // Of a mode that the map does not know, only the family is certain.
            rows = of("").into_iter().filter(|row| row.is_general()).collect();
        }
        let best = rows.iter().map(|row| row.fit(&event.contexts)).max()?;
        let alike: Vec<&str> = rows.iter().filter(|row| row.fit(&event.contexts) == best).map(|row| row.code).collect();
        let above = |row: &&Cameo| row.kind == event.kind && alike.iter().all(|code| code.starts_with(row.family()));
        let code = self.cameo.iter().filter(above).max_by_key(|row| row.family().len())?.code;
        Some(code).filter(|code| !code.is_empty())
    }

    /// The number of a state, by its code of ISO 3166.
    pub(super) fn state(&self, iso3: &str) -> Option<&'static str> {
        self.states.get(iso3).copied()
    }
}

impl Cameo {
    /// Contexts in common, then general codes, then few contexts that the event has not.
    fn fit(&self, contexts: &[String]) -> (usize, bool, Reverse<usize>) {
        let shared = self.contexts.iter().filter(|context| contexts.iter().any(|other| other == *context)).count();
        (shared, self.is_general(), Reverse(self.contexts.len() - shared))
    }

    fn is_general(&self) -> bool {
        self.code.ends_with('0')
    }

    /// What the codes below it begin with.
    fn family(&self) -> &'static str {
        self.code.strip_suffix('0').unwrap_or(self.code)
    }
}

fn table(text: &'static str) -> Table<'static> {
    Table::parse(text).expect("bundled tables are checked by tests")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use variorum_model::{EventId, EventStatus, StoryId, dossier::Origins};

    use super::*;

    fn event(kind: EventType, mode: &str, contexts: &[&str]) -> Event {
        Event {
            id: EventId::of(["one"]),
            story: StoryId::of(["one"]),
            kind,
            mode: (!mode.is_empty()).then(|| mode.to_owned()),
            contexts: contexts.iter().map(|&context| context.to_owned()).collect(),
            status: EventStatus::Occurred,
            lemma: String::new(),
            actors: Vec::new(),
            recipients: Vec::new(),
            when: None,
            place: None,
            readings: Vec::new(),
            origins: Origins::default(),
        }
    }

    #[test]
    fn codes_fit_mode_and_contexts() {
        use EventType::{Accuse, Agree, Assault, Coerce, Consult, Incident, Protest, Sanction, Threaten};
        let codes = Codes::bundled();
        let code = |kind, mode, contexts: &[&str]| codes.cameo(&event(kind, mode, contexts)).unwrap_or_default();
        assert_eq!(code(Consult, "phone", &[]), "041");
        assert_eq!(code(Coerce, "arrest", &["legal", "crime"]), "173");
        assert_eq!(code(Assault, "", &["military"]), "190");
        assert_eq!(code(Consult, "visit", &["diplomatic"]), "040", "to visit and to host are one mode");
        assert_eq!(code(Agree, "", &["economic"]), "030", "several codes fit, and this one stands above them");
        assert_eq!(code(Threaten, "violence", &["military"]), "138");
        assert_eq!(code(Protest, "strike", &[]), "140", "a mode that the map does not know");
        assert_eq!(code(Sanction, "convict", &["legal"]), "", "a mode that CAMEO has no code for");
        assert_eq!(code(Accuse, "", &[]), "", "nothing stands above accusing and investigating");
        assert_eq!(code(Incident, "fire", &[]), "", "a type of ours");
    }

    #[test]
    fn a_mode_without_a_weight_weighs_as_its_type() {
        let codes = Codes::bundled();
        let weight = |kind, mode| codes.weight(&event(kind, mode, &[])).map(|weight| (weight.quad, weight.intensity));
        assert_eq!(weight(EventType::Consult, "phone"), Some(("1", "1.5")));
        assert_eq!(weight(EventType::Coerce, "ban"), weight(EventType::Coerce, ""));
        assert_eq!(weight(EventType::Step, "law"), None);
    }

    #[test]
    fn tables_are_whole() {
        let codes = Codes::bundled();
        let ours = [EventType::Incident, EventType::Office, EventType::Step];
        for kind in EventType::ALL {
            assert_eq!(codes.weight(&event(*kind, "", &[])).is_none(), ours.contains(kind), "{kind:?}");
        }
        assert!(codes.weights.values().all(|weight| weight.intensity.parse::<f64>().is_ok() && "1234".contains(weight.quad)));
        let triggers = table(include_str!("../../../../../knowledge/events.tsv"));
        let modes: BTreeSet<(&str, &str)> = triggers.rows().map(|row| (row.get("type"), row.get("mode"))).collect();
        for row in &codes.cameo {
            assert!(
                row.mode.is_empty() || modes.contains(&(row.kind.as_str(), row.mode)),
                "{} has an unknown mode {:?}",
                row.code,
                row.mode
            );
        }
        let countries = table(include_str!("../../../../../knowledge/countries.tsv"));
        let known: BTreeSet<&str> = countries.rows().map(|row| row.get("iso3")).collect();
        assert!(codes.states.len() > 190 && codes.states.keys().all(|iso3| known.contains(iso3)));
    }
}
