//! Who is somebody though no table lists the noun?
//!
//! Input: a word that heads a phrase. Output: what it stands for, or none. "told **the tower**" is whoever sits in it, "**two beekeepers** drowned" are people by what the
//! analyser takes the word for and by its ending, "**three of his comrades**", "**hundreds** marched" are people counted.
//!
//! Limits: only phrases that act, undergo or own are asked about; the analyser alone, which takes many an unknown word for somebody, is not believed.

use variorum_model::{Deprel, EntityKind, Referent, TokenId, Upos};

use super::{
    mentions::{Reading, is_spoken_to},
    world::Nominal,
};

/// Endings of words for people, as in "beekeeper", "violinist", "trainee".
const PERSONAL: &[&str] = &["er", "or", "ist", "ian", "man", "woman", "person", "ee", "ant", "ent", "eer", "mate", "goer"];
/// Words that count people, beside figures.
const COUNTS: &[&str] = &["hundred", "thousand", "dozen", "score", "ten", "other"];
/// What befell those who are called by it: "the wounded".
const BEFALLEN: &[&str] = &["dead", "injured", "wounded", "hurt", "missing", "displaced", "homeless", "bereaved", "sick"];

/// What a noun stands for that no table lists.
pub(super) fn somebody(reading: Reading<'_>, head: TokenId) -> Option<Nominal> {
    let plural = reading.is_plural(head);
    let kind = if plural { EntityKind::Group } else { EntityKind::Person };
    let common = reading.upos(head) == Upos::Noun;
    (common && (is_spoken_to(reading, head) || is_person_by_word(reading, head) && takes_part(reading, head)))
        .then_some(Nominal { kind, collective: false })
}

fn is_person_by_word(reading: Reading<'_>, head: TokenId) -> bool {
    let word = super::codes::singular(&reading.text(head).to_lowercase());
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending));
    ends(&["man", "woman", "goer"]) || reading.parse.referent(head) == Some(Referent::Person) && ends(PERSONAL)
}

/// Whether a word alone counts people: "two were hurt", "hundreds of miners", "the wounded".
pub(super) fn counts_people(reading: Reading<'_>, head: TokenId) -> bool {
    let lemma = reading.lemma(head);
    let counts = match reading.upos(head) {
        Upos::Num => !matches!(lemma.as_str(), "one" | "1"),
        Upos::Noun => COUNTS.contains(&lemma.as_str()) && reading.is_plural(head),
        Upos::Adj | Upos::Verb => BEFALLEN.contains(&lemma.as_str()) || lemma == "other",
        _ => false,
    };
    let people = reading.parse.referent(head) == Some(Referent::Person);
    counts && people && takes_part(reading, head)
}

/// Whether a phrase acts, undergoes or owns, and is not only a part of another noun.
fn takes_part(reading: Reading<'_>, head: TokenId) -> bool {
    let mut top = head;
    while let (Deprel::Conj, Some(up)) = (reading.parse.token(top).deprel, reading.parse.head(top)) {
        top = up;
    }
    let deprel = reading.parse.token(top).deprel;
    deprel.is_subject() || matches!(deprel, Deprel::Obj | Deprel::Iobj | Deprel::OblAgent | Deprel::Obl | Deprel::Nmod | Deprel::NmodPoss)
}
