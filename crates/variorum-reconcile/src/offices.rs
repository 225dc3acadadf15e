//! Who is "the Premier" of a report that never names him?
//!
//! Input: entities of the documents of one story. Output: for an unnamed holder of an office, the one named person of the story who holds it: "the Premier" is
//! Octavio Larrea where another report has "Prime Minister Octavio Larrea"; "the former farm minister" is not the farm minister; "the minister" is nobody where the
//! story has two of them.
//! Limits: an office that changes hands within a story, where only one of the two is named.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use variorum_model::{Entity, EntityKind, table::Table};

/// Words of a description that say no more than that the office is that of the place in question.
const OF_THE_PLACE: [&str; 11] =
    ["country", "state", "nation", "national", "federal", "regional", "region", "provincial", "province", "local", "city"];
/// Words that take a description out of the office, or hold it otherwise.
const UNLIKE: [&str; 9] = ["former", "ex", "deputy", "vice", "acting", "interim", "outgoing", "late", "designate"];

/// An office: "minister" of "transport".
#[derive(Debug, PartialEq, Eq)]
struct Office {
    title: &'static str,
    /// Whether it is that of a head of state or government.
    highest: bool,
    /// The other words that say which.
    which: BTreeSet<String>,
}

/// The titles of people who hold an office, with their variants.
pub(crate) struct Offices {
    /// By each form, without articles: the title and its level.
    titles: FxHashMap<String, (&'static str, &'static str)>,
}

impl Offices {
    pub(crate) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../knowledge/titles.tsv")).expect("bundled tables are checked by tests");
        let held = table.rows().filter(|row| !matches!(row.get("level"), "person" | "member"));
        let forms = held.flat_map(|row| {
            let variants = row.get("variants").split('|').filter(|variant| !variant.is_empty());
            std::iter::once(row.get("title")).chain(variants).map(move |form| (words(form).join(" "), (row.get("title"), row.get("level"))))
        });
        Self { titles: forms.collect() }
    }

    /// Which of the named people an unnamed one is: the only one who holds his office.
    pub(crate) fn holder<'e>(&self, unnamed: &Entity, named: impl Iterator<Item = (usize, &'e Entity)>) -> Option<usize> {
        let sought = self.described(unnamed)?;
        let holders: BTreeSet<usize> = named.filter(|(_, person)| self.holds(person, unnamed, &sought)).map(|(group, _)| group).collect();
        (holders.len() == 1).then(|| holders.into_iter().next()).flatten()
    }

    /// The office by which somebody without a name is called, where it is said of one person: "the Premier", not "a premier", not "their governor".
    fn described(&self, entity: &Entity) -> Option<Office> {
        let title = || self.titles.contains_key(&words(&entity.name).join(" "));
        // "The Premier", with a capital, is easily taken for a body; "the governor's office" is one.
        let definite = match entity.kind {
            EntityKind::Person => !entity.named,
            EntityKind::Organization => title(),
            _ => false,
        };
        let first = entity.name.split(' ').next()?.to_lowercase();
        let open = matches!(
            first.as_str(),
            "a" | "an" | "one" | "another" | "some" | "any" | "every" | "no" | "my" | "our" | "your" | "his" | "her" | "its" | "their"
        );
        if definite && !entity.plural && !open { self.office(&entity.name, None) } else { None }
    }

    fn holds(&self, person: &Entity, unnamed: &Entity, sought: &Office) -> bool {
        let differ = |p: &Option<String>, q: &Option<String>| p.is_some() && q.is_some() && p != q;
        let suits = person.kind == EntityKind::Person
            && person.named
            && !differ(&person.country, &unnamed.country)
            && !(person.gender.is_some() && unnamed.gender.is_some() && person.gender != unnamed.gender);
        let held: Vec<Office> = person.roles.iter().filter_map(|role| self.office(&role.title, role.of.as_deref())).collect();
        // A prime minister is not "the minister", though a report may once call her so.
        let above = held.iter().any(|office| office.highest) && !sought.highest;
        suits && !above && held.iter().any(|held| answers(sought, held))
    }

    /// "transport minister" and "Minister of Transport" are one office.
    fn office(&self, title: &str, of: Option<&str>) -> Option<Office> {
        let words = words(&of.map_or_else(|| title.to_owned(), |of| format!("{title} of {of}")));
        let longest = (1..=words.len()).rev().find_map(|length| {
            words.windows(length).enumerate().rev().find_map(|(at, window)| Some((at, length, self.titles.get(window.join(" ").as_str())?)))
        });
        let (at, length, &(title, level)) = longest?;
        // "transport minister" is a minister of transport, a prime minister no minister of that kind.
        let plain = title.split(' ').next_back().and_then(|last| self.titles.get(last)).filter(|(_, plain)| *plain == level);
        let title = plain.map_or(title, |(plain, _)| plain);
        let own = words[at..at + length].iter().filter(|word| plain.is_some() && title != word.as_str());
        let others = words[..at].iter().chain(&words[at + length..]).chain(own).cloned();
        Some(Office { title, highest: level.starts_with("head-of"), which: others.filter(|word| !is_small(word)).collect() })
    }
}

/// Whether the office held is the one sought, which may be called by fewer words.
fn answers(sought: &Office, held: &Office) -> bool {
    let unlike = |office: &Office| -> BTreeSet<&str> { UNLIKE.into_iter().filter(|word| office.which.contains(*word)).collect() };
    let said = |word: &&String| !OF_THE_PLACE.contains(&word.as_str());
    sought.title == held.title && unlike(sought) == unlike(held) && sought.which.iter().filter(said).all(|word| held.which.contains(word))
}

fn is_small(word: &str) -> bool {
    matches!(word, "of" | "for" | "in" | "at" | "and" | "to")
}

/// Lower case, without possessives and articles: "the commission's chairman" → commission, chairman.
fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace('’', "'").replace("'s", "");
    plain.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !matches!(*word, "" | "the")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(sought: &str, held: &str, of: Option<&str>) -> bool {
        let offices = Offices::bundled();
        offices.office(sought, None).zip(offices.office(held, of)).is_some_and(|(sought, held)| answers(&sought, &held))
    }

    #[test]
    fn one_office_in_other_words() {
        assert!(answered("Premier", "prime minister", None));
        assert!(answered("head of government", "the president", Some("Council of Ministers")));
        assert!(answered("country's transport minister", "minister of transport", None));
        assert!(answered("minister", "interior minister", None));
        assert!(answered("governor of the Bank of Portugal", "governor", Some("Bank of Portugal")));
    }

    #[test]
    fn other_offices() {
        assert!(!answered("minister", "prime minister", None));
        assert!(!answered("transport minister", "interior minister", None));
        assert!(!answered("former minister", "minister", None));
        assert!(!answered("trader", "trader", None));
    }
}
