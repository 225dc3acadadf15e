//! From which words may a printed form be made, where its lemma stands in no table?
//!
//! Input: a form in lower case. Output: base forms it may have, the irregular one first: `wrote` → `write`; `zapped` → `zappe`, `zapp`, `zap`. The tables know which of
//! them is a word. A lemmatiser errs on words it has not met ("denounc"), and the tables are made of just such rare words.
//! Limits: regular endings of verbs, and of nouns as far as they are the same; part of speech is not asked.

use rustc_hash::FxHashMap;
use variorum_model::table::Table;

/// Regular endings and what may stand for them in the base form.
const ENDINGS: &[(&str, &[&str])] =
    &[("ies", &["y"]), ("ied", &["y"]), ("es", &["e", ""]), ("s", &[""]), ("ed", &["e", ""]), ("ing", &["e", ""])];

/// Irregular forms, from `knowledge/irregular.tsv`.
#[derive(Debug)]
pub(crate) struct Inflection {
    irregular: FxHashMap<&'static str, &'static str>,
}

impl Inflection {
    /// The table that ships with the program.
    pub(crate) fn bundled() -> Self {
        let table =
            Table::parse(include_str!("../../../knowledge/irregular.tsv")).expect("irregular.tsv ships with the program and is tested");
        Self { irregular: table.rows().map(|row| (row.get("form"), row.get("lemma"))).collect() }
    }

    /// The base forms an inflected form may have.
    pub(crate) fn bases(&self, form: &str) -> Vec<String> {
        let mut bases: Vec<String> = self.irregular.get(form).map(|&base| base.to_owned()).into_iter().collect();
        for (ending, replacements) in ENDINGS {
            let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.chars().count() > 1) else { continue };
            bases.extend(replacements.iter().map(|replacement| format!("{stem}{replacement}")));
            // "admitted", "planning": the consonant was doubled.
            let mut letters = stem.chars().rev();
            if letters.next() == letters.next() && ending != &"s" {
                bases.extend(stem.char_indices().next_back().map(|(last, _)| stem[..last].to_owned()));
            }
        }
        bases
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irregular_forms_come_first_and_doubled_letters_once() {
        let inflection = Inflection::bundled();
        assert_eq!(inflection.bases("wrote"), ["write"]);
        assert_eq!(inflection.bases("zapped"), ["zappe", "zapp", "zap"]);
        assert_eq!(inflection.bases("denies"), ["deny", "denie", "deni", "denie"]);
    }
}
