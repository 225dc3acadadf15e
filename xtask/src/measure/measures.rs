//! Is it the same measure?
//!
//! Input: the word marked, the program's word, the counted noun as marked and as the program has it. Output: yes or no. Example: `injured` is marked and the program says `wounded`, a finer word for it
//! in `knowledge/finer-measures.tsv`: the same.
//! A marked name of the list there is compared strictly. Another word is one of the marking hand's own: it is the same measure where the words are forms of one
//! word, or `knowledge/measures.tsv` gives them one measure.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use variorum_model::table::Table;

/// Whether a marked word and the program's stand for one measure.
pub(super) fn same((marked, counted): (&str, &str), (mine, mine_counted): (&str, &str)) -> bool {
    if !LIST.names.contains(marked) {
        return marked == mine || same_in_table(marked, mine, counted);
    }
    // The program names bare counts by what is counted: "provinces".
    let bare = !LIST.names.contains(mine) && stem(mine) == stem(&head(mine_counted));
    if bare { marked == "counted" } else { LIST.name_of(mine) == marked }
}

/// The last word before any preposition, without its plural ending.
pub(super) fn head(phrase: &str) -> String {
    let words = phrase.split_whitespace().take_while(|word| !matches!(*word, "of" | "in" | "from" | "with" | "who" | "at" | "on" | "aged"));
    words.last().unwrap_or_default().trim_end_matches('s').to_lowercase()
}

/// The closed list of measures.
struct List {
    names: BTreeSet<&'static str>,
    /// Words that say more than a name of the list, with that name.
    finer: BTreeMap<&'static str, &'static str>,
}

impl List {
    fn bundled() -> Self {
        let finer = Table::parse(include_str!("../../../knowledge/finer-measures.tsv")).expect("bundled tables are checked by tests");
        let finer = finer.rows().map(|row| (row.get("word"), row.get("measure"))).collect();
        Self { names: names(include_str!("../../../corpus/measures.md")).collect(), finer }
    }

    fn name_of<'w>(&self, word: &'w str) -> &'w str {
        self.finer.get(word).copied().unwrap_or(word)
    }
}

static LIST: LazyLock<List> = LazyLock::new(List::bundled);

/// First cells of the tables in a text, without heads and rules.
fn names(text: &'static str) -> impl Iterator<Item = &'static str> {
    let cells = text.lines().filter_map(|line| Some(line.strip_prefix("| ")?.split_once(" | ")?.0));
    cells.filter(|name| *name != "measure")
}

/// Words that say what is measured, by their stems, with their measures in `knowledge/measures.tsv`.
static TABLE: LazyLock<Vec<(String, &str)>> = LazyLock::new(|| {
    let table = Table::parse(include_str!("../../../knowledge/measures.tsv")).expect("bundled tables are checked by tests");
    let rows = table.rows().filter(|row| !row.get("measure").is_empty());
    rows.map(|row| (stem(row.get("lemma")), row.get("measure"))).collect()
});

/// Forms of one word, or words to which the table gives one measure. A word that the table does not know says only what became of those counted; then their own
/// noun is the measure, and is compared as the population.
fn same_in_table(word: &str, measure: &str, counted: &str) -> bool {
    let mut known = TABLE.iter().filter(|(lemma, known)| *lemma == stem(word) || *known == word).peekable();
    let unknown = known.peek().is_none();
    stem(word) == stem(measure) || known.any(|(_, known)| *known == measure) || unknown && stem(&head(counted)) == stem(measure)
}

/// "expelled" and "expel": endings are off, doubled letters count once.
fn stem(word: &str) -> String {
    let cut = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")).unwrap_or(word).trim_end_matches(['e', 's']);
    let mut letters: Vec<char> = cut.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_names_are_compared_strictly() {
        assert!(same(("injured", ""), ("wounded", "")) && same(("killed", ""), ("killed", "")));
        assert!(!same(("injured", ""), ("killed", "")) && !same(("rescued", ""), ("saved", "")));
        assert!(same(("counted", "six provinces"), ("provinces", "provinces")));
    }

    #[test]
    fn other_words_are_compared_by_the_table() {
        assert!(same(("varnished", "doors"), ("varnish", "")) && same(("varnished", "doors"), ("doors", "doors")));
        assert!(!same(("varnished", "doors"), ("killed", "doors")));
    }
}
