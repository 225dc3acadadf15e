//! Which words tell what a figure counts?
//!
//! Input: `knowledge/measures.tsv` and the participles of `knowledge/irregular.tsv`. Output: for a governing word, the role of the counted thing under it and the
//! words that stand with it, the measure. Example: `kill`, verb, `nsubj:pass` is `killed`; `toll`, noun, `of` too.
//! Where no row speaks, a verb's own participle names the measure ("restored"), unless its row says that it tells nothing ("be", "report").

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{Upos, table::Table};

/// What figures count, from `knowledge/measures.tsv`.
#[derive(Debug)]
pub struct MeasureLexicon {
    rows: FxHashMap<(&'static str, &'static str), Vec<Row>>,
    classes: FxHashMap<&'static str, &'static str>,
    silent: FxHashSet<(&'static str, &'static str)>,
    participles: FxHashMap<&'static str, &'static str>,
}

#[derive(Debug)]
struct Row {
    /// Groups of which one word each must be among the companions.
    with: Vec<Vec<&'static str>>,
    measure: &'static str,
    roles: Vec<&'static str>,
    classes: Vec<&'static str>,
}

/// In the column `measure`: the word says nothing of what became of those counted.
const SILENT: &str = "-";

impl MeasureLexicon {
    /// The table that ships with the program.
    pub fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/measures.tsv")).expect("bundled tables are checked by tests");
        let (mut rows, mut classes, mut silent) = (FxHashMap::<_, Vec<Row>>::default(), FxHashMap::default(), FxHashSet::default());
        for row in table.rows() {
            let key = (row.get("lemma"), row.get("pos"));
            match row.get("measure") {
                "" => _ = classes.entry(row.get("lemma")).or_insert_with(|| row.get("class")),
                SILENT => _ = silent.insert(key),
                measure => rows.entry(key).or_default().push(Row {
                    with: row.get("with").split_whitespace().map(|group| group.split('|').collect()).collect(),
                    measure,
                    roles: row.list("role").collect(),
                    classes: row.list("class").collect(),
                }),
            }
        }
        // The row with the most companions speaks first, then the one that asks for a class.
        let rank = |row: &Row| std::cmp::Reverse((row.with.len(), !row.classes.is_empty()));
        rows.values_mut().for_each(|rows| rows.sort_by_key(rank));
        Self { rows, classes, silent, participles: participles() }
    }

    /// The class of a counted noun: `human`, `weapon`, `property`.
    pub(super) fn class(&self, lemma: &str) -> Option<&'static str> {
        self.classes.get(lemma).copied()
    }

    /// The measure that a governing word gives to what stands in a role under it.
    pub(super) fn find(&self, lemma: &str, upos: Upos, role: &str, class: Option<&str>, companions: &[String]) -> Option<&'static str> {
        let rows = self.rows.get(&(lemma, part_of_speech(upos)))?;
        let fits = |row: &&Row| {
            row.roles.contains(&role)
                && row.with.iter().all(|group| group.iter().any(|word| companions.iter().any(|companion| companion == word)))
                && (row.classes.is_empty() || class.is_none_or(|class| row.classes.contains(&class)))
        };
        rows.iter().find(fits).map(|row| row.measure)
    }

    /// Whether a word tells nothing of what became of those counted: "be", "report", "number".
    pub(super) fn is_silent(&self, lemma: &str, upos: Upos) -> bool {
        self.silent.contains(&(lemma, part_of_speech(upos)))
    }

    /// A verb's past participle, from its lemma: "restored", "driven", "shipped".
    pub(super) fn participle(&self, lemma: &str) -> String {
        if let Some(form) = self.participles.get(lemma) {
            return (*form).to_owned();
        }
        match lemma.as_bytes() {
            [.., b'e'] => format!("{lemma}d"),
            [.., before, b'y'] if !b"aeiou".contains(before) => format!("{}ied", &lemma[..lemma.len() - 1]),
            _ => format!("{lemma}ed"),
        }
    }
}

fn participles() -> FxHashMap<&'static str, &'static str> {
    let table = Table::parse(include_str!("../../../../knowledge/irregular.tsv")).expect("bundled tables are checked by tests");
    table.rows().filter(|row| row.get("participle") == "yes").map(|row| (row.get("lemma"), row.get("form"))).collect()
}

fn part_of_speech(upos: Upos) -> &'static str {
    match upos {
        Upos::Verb | Upos::Aux => "verb",
        Upos::Adj => "adj",
        _ => "noun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participles_are_regular_where_no_row_says_otherwise() {
        let lexicon = MeasureLexicon::bundled();
        for (lemma, participle) in [("restore", "restored"), ("drive", "driven"), ("ship", "shipped"), ("bury", "buried"), ("cut", "cut")] {
            assert_eq!(lexicon.participle(lemma), participle);
        }
    }
}
