//! What is known of an entity from the mentions that were gathered so far.
//!
//! Input: mentions, one after another. Output: [`Chain`]s: counts, and the words by which the entity was called.

use super::traits::{Gender, Pronoun, Symbol, Traits};

/// An entity while its mentions are gathered.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// In text order.
    pub(super) mentions: Vec<usize>,
    pub(super) n_names: u32,
    pub(super) n_pronouns: u32,
    /// Male, female, neuter.
    genders: [u32; 3],
    /// Singular, plural.
    numbers: [u32; 2],
    heads: Vec<Symbol>,
    texts: Vec<Symbol>,
    name_words: Vec<Symbol>,
    words: Vec<Symbol>,
    first_persons: u32,
    /// Latest paragraphs in which it was "I", "we", "you" outside quotations.
    spoke: [Vec<u32>; 3],
}

impl Chain {
    pub(super) fn add(&mut self, i: usize, traits: &Traits) {
        self.mentions.push(i);
        if let Some(gender) = traits.gender {
            self.genders[index(gender)] += 1;
        }
        if let Some(plural) = traits.plural {
            self.numbers[usize::from(plural)] += 1;
        }
        if traits.is_pronoun() {
            self.n_pronouns += 1;
            self.first_persons += u32::from(traits.pronoun.is_of_speech());
            if let Some(person) = person(traits.pronoun).filter(|_| traits.quotation == 0) {
                let paragraphs = &mut self.spoke[person];
                paragraphs.retain(|&known| known != traits.paragraph && known + 3 > traits.paragraph);
                paragraphs.push(traits.paragraph);
            }
            return;
        }
        self.n_names += u32::from(traits.is_name());
        note(&mut self.heads, &[traits.head, traits.head_form]);
        note(&mut self.texts, &[traits.text]);
        note(&mut self.name_words, &traits.name);
        note(&mut self.words, &traits.words);
    }

    pub(super) fn len(&self) -> usize {
        self.mentions.len()
    }

    pub(super) fn last(&self) -> usize {
        self.mentions[self.mentions.len() - 1]
    }

    /// Share of the mentions of known gender that have this one; none where none is known.
    pub(super) fn share_of(&self, gender: Gender) -> Option<f32> {
        let n: u32 = self.genders.iter().sum();
        (n > 0).then(|| self.genders[index(gender)] as f32 / n as f32)
    }

    /// Share of plural mentions among those of known number.
    pub(super) fn share_of_plural(&self) -> Option<f32> {
        let n: u32 = self.numbers.iter().sum();
        (n > 0).then(|| self.numbers[1] as f32 / n as f32)
    }

    pub(super) fn n_of_speech(&self) -> u32 {
        self.first_persons
    }

    /// Whether it was "I" (0), "we" (1) or "you" (2) in a paragraph.
    pub(super) fn spoke_as(&self, person: usize, paragraph: Option<u32>) -> bool {
        paragraph.is_some_and(|paragraph| self.spoke[person].contains(&paragraph))
    }

    pub(super) fn has_head(&self, head: Symbol) -> bool {
        self.heads.contains(&head)
    }

    pub(super) fn has_text(&self, text: Symbol) -> bool {
        self.texts.contains(&text)
    }

    /// Share of these words by which the entity was called before.
    pub(super) fn covers(&self, words: &[Symbol]) -> f32 {
        share(words, |word| self.words.contains(word))
    }

    /// Share of the words of a name that the entity's names have.
    pub(super) fn covers_name(&self, name: &[Symbol]) -> f32 {
        share(name, |word| self.name_words.contains(word))
    }
}

fn person(pronoun: Pronoun) -> Option<usize> {
    match pronoun {
        Pronoun::I => Some(0),
        Pronoun::We => Some(1),
        Pronoun::You => Some(2),
        _ => None,
    }
}

fn index(gender: Gender) -> usize {
    match gender {
        Gender::Male => 0,
        Gender::Female => 1,
        Gender::Neuter => 2,
    }
}

fn note(known: &mut Vec<Symbol>, new: &[Symbol]) {
    // Bounded: what an entity was called in its first hundred words does for comparing.
    for symbol in new {
        if known.len() < 100 && !known.contains(symbol) {
            known.push(*symbol);
        }
    }
}

fn share(words: &[Symbol], known: impl Fn(&Symbol) -> bool) -> f32 {
    if words.is_empty() {
        return 0.0;
    }
    words.iter().filter(|word| known(word)).count() as f32 / words.len() as f32
}
