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
    /// What units measure, by the unit's first name.
    dimensions: FxHashMap<&'static str, &'static str>,
    silent: FxHashSet<(&'static str, &'static str)>,
    /// Words by which somebody answers for a number, by group.
    answering: FxHashMap<&'static str, FxHashSet<&'static str>>,
    participles: FxHashMap<&'static str, &'static str>,
    /// Verbs by their irregular participles.
    bases: FxHashMap<&'static str, &'static str>,
    /// Measures that only people and animals have.
    of_people: FxHashSet<&'static str>,
    /// Every measure that a row gives.
    measures: FxHashSet<&'static str>,
    /// Names of the closed list of measures by words that say more.
    coarser: FxHashMap<&'static str, &'static str>,
}

#[derive(Debug)]
struct Row {
    /// Groups of which one word each must be among the companions.
    with: Vec<Vec<&'static str>>,
    measure: &'static str,
    roles: Vec<&'static str>,
    classes: Vec<&'static str>,
}

/// Classes of so many nouns that the table has but some: a noun that it does not know may be one of them, and so may a number without a noun.
const OPEN: [&str; 10] = ["animal", "document", "event", "human", "organization", "place", "product", "property", "vehicle", "weapon"];

impl Row {
    /// Whether the row takes a noun without a class, or a number without a noun.
    fn is_of_unclassed(&self) -> bool {
        self.classes.iter().any(|class| OPEN.contains(class))
    }
}

/// Class of words that say nothing of what became of those counted.
const SILENT: &str = "silent";

impl MeasureLexicon {
    /// The table that ships with the program.
    pub fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/measures.tsv")).expect("bundled tables are checked by tests");
        let (mut rows, mut classes, mut silent) = (FxHashMap::<_, Vec<Row>>::default(), FxHashMap::default(), FxHashSet::default());
        for row in table.rows() {
            let key = (row.get("lemma"), row.get("pos"));
            match row.get("measure") {
                "" if row.get("class") == SILENT => _ = silent.insert(key),
                "" => _ = classes.entry(row.get("lemma")).or_insert_with(|| row.get("class")),
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
        let measures = rows.values().flatten().map(|row| row.measure).collect();
        let participles = irregular().map(|(form, lemma)| (lemma, form)).collect();
        Self {
            rows,
            classes,
            dimensions: dimensions(),
            silent,
            answering: answering(),
            participles,
            bases: irregular().collect(),
            measures,
            of_people: of_people(),
            coarser: coarser(),
        }
    }

    /// The class of what a unit measures: `length`, `mass`, `speed`.
    pub(super) fn dimension(&self, unit: &str) -> Option<&'static str> {
        self.dimensions.get(unit).copied()
    }

    /// The class of a counted noun: `human`, `weapon`, `property`.
    pub(super) fn class(&self, lemma: &str) -> Option<&'static str> {
        self.classes.get(lemma).copied()
    }

    /// The measure that a governing word gives to what stands in a role under it, and whether it is one of people.
    pub(super) fn find(
        &self,
        lemma: &str,
        upos: Upos,
        role: &str,
        classes: &[&str],
        companions: &[String],
    ) -> Option<(&'static str, bool)> {
        let rows = self.rows.get(&(lemma, part_of_speech(upos)))?;
        let stands = |row: &&Row| {
            let beside = |group: &Vec<&str>| group.iter().any(|word| companions.iter().any(|companion| companion == word));
            row.roles.contains(&role) && row.with.iter().all(beside)
        };
        let of_class = |row: &&Row| row.classes.is_empty() || classes.iter().any(|class| row.classes.contains(class));
        // "half of the herd has died": a share is of anything.
        let open = classes.is_empty() || classes == ["percent"];
        let fits = |row: &&Row| stands(row) && (of_class(row) || classes.is_empty() && row.is_of_unclassed());
        let found = rows.iter().find(fits).or_else(|| rows.iter().find(|row| open && stands(row) && row.is_of_unclassed()));
        found.map(|row| (row.measure, row.classes.contains(&"human")))
    }

    /// Whether things of these classes can have a measure: no fire is opposed, no lorry injured.
    pub(super) fn suits(&self, measure: &str, classes: &[&str]) -> bool {
        const THINGS: [&str; 10] = ["vehicle", "weapon", "product", "property", "area", "length", "mass", "volume", "power", "speed"];
        !self.of_people.contains(measure) || !classes.iter().any(|class| THINGS.contains(class))
    }

    /// Whether a row gives this measure.
    pub(super) fn is_measure(&self, word: &str) -> bool {
        self.measures.contains(word)
    }

    /// The name in the closed list of measures (`corpus/measures.md`) for one of the table's words: `injured` for `wounded`.
    pub(super) fn listed<'w>(&self, measure: &'w str) -> &'w str {
        self.coarser.get(measure).copied().unwrap_or(measure)
    }

    /// Whether a word tells nothing of what became of those counted: "be", "report", "number".
    pub(super) fn is_silent(&self, lemma: &str, upos: Upos) -> bool {
        self.silent.contains(&(lemma, part_of_speech(upos)))
    }

    /// Whether a word is in a group of `knowledge/answering.tsv`: "record" is in `counting`, "survey" in `reckoning`.
    pub(super) fn answers(&self, group: &str, lemma: &str) -> bool {
        self.answering.get(group).is_some_and(|words| words.contains(lemma))
    }

    /// A verb's past participle, from its lemma: "restored", "driven", "shipped".
    pub(super) fn participle(&self, lemma: &str) -> String {
        if let Some(form) = self.participles.get(lemma) {
            return (*form).to_owned();
        }
        match lemma.as_bytes() {
            [.., b'e'] => format!("{lemma}d"),
            [.., before, b'y'] if !b"aeiou".contains(before) => format!("{}ied", &lemma[..lemma.len() - 1]),
            _ if doubles(lemma) => format!("{lemma}{}ed", &lemma[lemma.len() - 1..]),
            _ => format!("{lemma}ed"),
        }
    }

    /// The word's base form, in lower case: the lemma, unless no row knows it and the form as printed leads to a verb that rows know ("burnt", "fined").
    pub(super) fn base(&self, lemma: &str, form: &str, upos: Upos) -> String {
        let lemma = lemma.to_lowercase();
        let known = |word: &str| {
            let key = (word, part_of_speech(upos));
            self.rows.keys().any(|row| *row == key) || self.silent.iter().any(|row| *row == key)
        };
        if upos != Upos::Verb || known(&lemma) {
            return lemma;
        }
        let form = form.to_lowercase();
        let irregular = self.bases.get(form.as_str()).map(|base| (*base).to_owned());
        irregular.into_iter().chain(regular_bases(&form)).find(|base| known(base)).unwrap_or(lemma)
    }
}

/// Verbs of which a form may regularly be made: "fined" → "fin", "fine".
fn regular_bases(form: &str) -> impl Iterator<Item = String> + use<'_> {
    let stems = ["ed", "ing"].into_iter().filter_map(|ending| form.strip_suffix(ending));
    let shorter = |stem: &str| stem.char_indices().last().map_or("", |(at, _)| &stem[..at]).to_owned();
    stems.flat_map(move |stem| [stem.to_owned(), format!("{stem}e"), shorter(stem)])
}

/// "cap", "plan": one vowel before one last consonant, in a word of one syllable.
fn doubles(lemma: &str) -> bool {
    let is_vowel = |letter: u8| b"aeiou".contains(&letter);
    let one_syllable = lemma.bytes().filter(|&letter| is_vowel(letter)).count() == 1;
    matches!(lemma.as_bytes(), [.., vowel, last] if is_vowel(*vowel) && !is_vowel(*last) && !b"wxy".contains(last)) && one_syllable
}

fn dimensions() -> FxHashMap<&'static str, &'static str> {
    let table = Table::parse(include_str!("../../../../knowledge/units.tsv")).expect("bundled tables are checked by tests");
    table.rows().filter_map(|row| Some((row.list("unit").next()?, row.get("dimension")))).collect()
}

fn answering() -> FxHashMap<&'static str, FxHashSet<&'static str>> {
    let table = Table::parse(include_str!("../../../../knowledge/answering.tsv")).expect("bundled tables are checked by tests");
    table.rows().map(|row| (row.get("group"), row.list("words").collect())).collect()
}

fn of_people() -> FxHashSet<&'static str> {
    let table = Table::parse(include_str!("../../../../knowledge/measures-of-people.tsv")).expect("bundled tables are checked by tests");
    table.rows().map(|row| row.get("measure")).collect()
}

fn coarser() -> FxHashMap<&'static str, &'static str> {
    let table = Table::parse(include_str!("../../../../knowledge/finer-measures.tsv")).expect("bundled tables are checked by tests");
    table.rows().map(|row| (row.get("word"), row.get("measure"))).collect()
}

/// Irregular past participles with their verbs.
fn irregular() -> impl Iterator<Item = (&'static str, &'static str)> {
    let table = Table::parse(include_str!("../../../../knowledge/irregular.tsv")).expect("bundled tables are checked by tests");
    let rows: Vec<_> = table.rows().filter(|row| row.get("participle") == "yes").map(|row| (row.get("form"), row.get("lemma"))).collect();
    rows.into_iter()
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
        for (lemma, participle) in
            [("restore", "restored"), ("drive", "driven"), ("ship", "shipped"), ("bury", "buried"), ("cut", "cut"), ("cap", "capped")]
        {
            assert_eq!(lexicon.participle(lemma), participle);
        }
    }
}
