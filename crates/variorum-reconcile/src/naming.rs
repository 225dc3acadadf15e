//! Can two words name one happening?
//!
//! Input: two lemmas. Output: how they are akin. "quake" and "quake" are the same word, "negotiate" and "negotiation" of one root, "quake" and "temblor" stand in one row
//! of `knowledge/namings.tsv`, "quake" and "election" have nothing to do with each other. Limits: one word each; roots are what is left without a suffix.

use rustc_hash::FxHashMap;
use variorum_model::table::Table;

/// How two words for a happening are akin, the nearest first.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kinship {
    Same,
    Root,
    Meaning,
}

/// Which words name one kind of happening.
pub(crate) struct Namings {
    rows: FxHashMap<&'static str, Vec<usize>>,
}

impl Namings {
    pub(crate) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../knowledge/namings.tsv")).expect("bundled tables are checked by tests");
        let mut rows: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
        for (n, row) in table.rows().enumerate() {
            row.list("words").for_each(|word| rows.entry(word).or_default().push(n));
        }
        Self { rows }
    }

    /// How two lower-cased lemmas are akin; none where they are not.
    pub(crate) fn kinship(&self, a: &str, b: &str) -> Option<Kinship> {
        let share_a_row = || self.rows.get(a).is_some_and(|x| self.rows.get(b).is_some_and(|y| x.iter().any(|row| y.contains(row))));
        if a == b {
            Some(Kinship::Same)
        } else if a.len() > 3 && b.len() > 3 && root(a) == root(b) {
            Some(Kinship::Root)
        } else {
            share_a_row().then_some(Kinship::Meaning)
        }
    }
}

/// Endings by which verbs become nouns, the longer first.
const SUFFIXES: [&str; 26] = [
    "ization", "isation", "ation", "ition", "ment", "ance", "ence", "ings", "ing", "tion", "sion", "ion", "ers", "er", "ors", "or", "ure",
    "al", "age", "ed", "es", "ate", "s", "y", "e", "d",
];

/// What is left of a word without its ending: "negoti" of "negotiate" and "negotiation".
fn root(word: &str) -> String {
    let stripped = SUFFIXES.iter().filter_map(|suffix| word.strip_suffix(suffix)).find(|rest| rest.chars().count() >= 4).unwrap_or(word);
    let mut letters: Vec<char> = stripped.strip_suffix('e').unwrap_or(stripped).chars().collect();
    if letters.len() > 3 && letters[letters.len() - 1] == letters[letters.len() - 2] {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_root_and_of_one_meaning() {
        let namings = Namings::bundled();
        for (verb, noun) in
            [("negotiate", "negotiation"), ("announce", "announcement"), ("arrive", "arrival"), ("shoot", "shooting"), ("stop", "stoppage")]
        {
            assert_eq!(namings.kinship(verb, noun), Some(Kinship::Root), "{verb} {noun}");
        }
        assert_eq!(namings.kinship("quake", "temblor"), Some(Kinship::Meaning));
        assert_eq!(namings.kinship("quake", "quake"), Some(Kinship::Same));
        assert_eq!(namings.kinship("quake", "election"), None);
    }
}
