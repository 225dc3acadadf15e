//! Which country and which PLOVER sector do a few words for an actor stand for?
//!
//! Unlike the rest of the stage this reads a bare phrase ("Russian soldiers", "FSB") without a parse, as event coders do.
//! Limits: no grammar; the last word that tells a sector wins.

use jiff::civil::Date;

use super::world::{Known, World};
use crate::naming::fold;

impl World {
    /// Country (ISO 3166 alpha-3, or the table's code for international bodies) and PLOVER sector of a phrase; `context` helps where
    /// the phrase is silent, `day` tells who was in office.
    pub fn actor_code(&self, text: &str, context: &str, day: Option<Date>) -> (Option<String>, Option<String>) {
        let (country, sector) = self.code_of_phrase(text, day);
        let country = country.or_else(|| self.code_of_phrase(context, day).0);
        (country, sector)
    }

    /// "FSB, Russia's security service": the first part decides where it is known, the rest where it is not.
    fn code_of_phrase(&self, text: &str, day: Option<Date>) -> (Option<String>, Option<String>) {
        let (first, rest) = text.split_once([',', ';', '(']).unwrap_or((text, ""));
        let (country, sector) = self.code_of_part(first.trim(), day);
        if rest.trim().is_empty() || country.is_some() && sector.is_some() {
            return (country, sector);
        }
        let described = self.code_of_part(rest.trim(), day);
        (country.or(described.0), sector.or(described.1))
    }

    fn code_of_part(&self, text: &str, day: Option<Date>) -> (Option<String>, Option<String>) {
        match self.known(text).first() {
            Some(Known::State(i)) => return (Some(self.states[*i as usize].iso3.clone()), None),
            Some(Known::Seat(i)) => return (Some(self.states[*i as usize].iso3.clone()), Some("GOV".to_owned())),
            Some(Known::Body(i)) => {
                return (self.country_of_body(*i), self.bodies[*i as usize].sector.clone());
            }
            Some(Known::Holder(_)) => return self.code_of_holder(text, day),
            None => {}
        }
        let former = fold(text).split(' ').any(|word| matches!(word, "former" | "ex" | "retired" | "ousted" | "disgraced"));
        let named = self.sector_of_last_name(text);
        let sector = named.or_else(|| self.sector_of_words(text)).or_else(|| self.sector_inside(text, day));
        let elite = former && matches!(sector.as_deref(), Some("GOV" | "LEG" | "JUD" | "MIL" | "SPY"));
        (self.country_inside(text, day), if elite { Some("ELI".to_owned()) } else { sector })
    }

    fn code_of_holder(&self, name: &str, day: Option<Date>) -> (Option<String>, Option<String>) {
        let offices: Vec<_> = self
            .known(name)
            .into_iter()
            .filter_map(|known| match known {
                Known::Holder(i) => Some(&self.holders[i as usize]),
                _ => None,
            })
            .collect();
        let country = offices.iter().find_map(|office| office.country.clone());
        // An undated question is about the time of the table: whoever left office long before it is asked about as a notable.
        let held = offices.iter().find(|office| day.map_or(office.is_recent(), |day| office.holds(Some(day))));
        let sector = match held {
            Some(office) => self.title_ending(&office.title).and_then(|title| title.sector.clone()),
            None => Some("ELI".to_owned()),
        };
        (country, sector)
    }

    /// The sector of the words of a phrase, the last telling one first; words after "of", "to" and "for" come last.
    pub(super) fn sector_of_words(&self, text: &str) -> Option<String> {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let head = words.iter().position(|word| is_preposition(word)).unwrap_or(words.len());
        let (front, back) = words.split_at(head);
        self.sector_ending(front).or_else(|| self.sector_ending(back))
    }

    fn sector_ending(&self, words: &[&str]) -> Option<String> {
        for end in (1..=words.len()).rev() {
            for start in end.saturating_sub(4)..end {
                let phrase = words[start..end].join(" ");
                if let Some(sector) = self.sector_of_word(&phrase).or_else(|| self.sector_of_word(&singular(&phrase))) {
                    return sector;
                }
            }
        }
        None
    }

    /// The sector of a listed word, itself none where it depends on whose; the outer option is whether it is listed.
    fn sector_of_word(&self, phrase: &str) -> Option<Option<String>> {
        let body = self.sectors.get(phrase).map(|sector| Some(sector.clone()));
        body.or_else(|| self.title(phrase).map(|title| title.sector.clone()))
    }

    /// Parts of a phrase that are known names: "a former **White House** official", "President **Kassym-Jomart Tokayev**".
    fn parts<'t>(&self, text: &'t str) -> Vec<(&'t str, Known)> {
        let words: Vec<(usize, &str)> = words_with_offsets(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = (at + 1..=words.len().min(at + 8)).rev().find_map(|end| {
                let (last, word) = words[end - 1];
                let part = &text[words[at].0..last + word.len()];
                let named = crate::naming::is_capitalised(part);
                self.known(part).first().filter(|_| named).map(|known| (part, *known, end))
            });
            match longest {
                Some((part, known, end)) => {
                    found.push((part, known));
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// "Kurdish-led **Syrian Democratic Forces**": a body's name that ends the phrase outweighs the words it is made of.
    fn sector_of_last_name(&self, text: &str) -> Option<String> {
        match self.parts(text).last()? {
            (part, Known::Body(i)) if text.strip_suffix(part).is_some_and(|front| !front.split(' ').any(is_preposition)) => {
                self.bodies[*i as usize].sector.clone()
            }
            _ => None,
        }
    }

    /// The state of a body, or the circle of states that it serves.
    fn country_of_body(&self, body: u32) -> Option<String> {
        let body = &self.bodies[body as usize];
        let international = || body.sector.clone().filter(|sector| sector == "IGO");
        body.country.clone().or_else(|| body.family.clone()).or_else(international)
    }

    fn sector_inside(&self, text: &str, day: Option<Date>) -> Option<String> {
        self.parts(text).into_iter().rev().find_map(|(part, known)| match known {
            Known::Body(i) => self.bodies[i as usize].sector.clone(),
            Known::Holder(_) => self.code_of_holder(part, day).1,
            _ => None,
        })
    }

    fn country_inside(&self, text: &str, day: Option<Date>) -> Option<String> {
        let adjective = words_with_offsets(text).into_iter().find_map(|(at, word)| {
            let two = words_with_offsets(&text[at..]).get(1).map(|(next, second)| &text[at..at + next + second.len()]);
            two.and_then(|two| self.adjective(two)).or_else(|| self.adjective(word))
        });
        let named = || {
            self.parts(text).into_iter().find_map(|(part, known)| match known {
                Known::State(i) | Known::Seat(i) => Some(self.states[i as usize].iso3.clone()),
                Known::Body(i) => self.country_of_body(i),
                Known::Holder(_) => self.code_of_holder(part, day).0,
            })
        };
        adjective.or_else(named).or_else(|| self.country_of_city_inside(text))
    }

    /// "**Shanghai** authorities", "the mayor of **Lyon**"; a phrase of nothing but names is somebody's, and its words are no cities.
    fn country_of_city_inside(&self, text: &str) -> Option<String> {
        let words: Vec<&str> = text.split_whitespace().map(bare).collect();
        let describes = words.iter().any(|word| crate::naming::is_capitalised(word) && self.sector_ending(&[&fold(word)]).is_some());
        let common = words.iter().any(|word| !crate::naming::is_capitalised(word));
        let longest = |at: usize| (at + 1..=words.len().min(at + 3)).rev().find_map(|end| self.city(&words[at..end].join(" ")));
        let city = || (0..words.len()).filter(|&at| crate::naming::is_capitalised(words[at])).find_map(longest);
        let whole = || self.city(text);
        if describes || common { city() } else { whole() }.map(|state| state.iso3.clone())
    }
}

fn is_preposition(word: &str) -> bool {
    matches!(word, "of" | "to" | "for" | "in" | "at")
}

/// Words with their byte offsets; "Russia’s" is the word "Russia".
fn words_with_offsets(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || crate::naming::is_dash(c)) {
        let word = piece.trim_end_matches(|c: char| c.is_whitespace() || crate::naming::is_dash(c));
        let bare = bare(word);
        if !bare.is_empty() {
            words.push((at, bare));
        }
        at += piece.len();
    }
    words
}

fn bare(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// A plural's likely singular: the tables list singulars.
pub(super) fn singular(phrase: &str) -> String {
    match phrase {
        p if p.ends_with("eves") => format!("{}f", &p[..p.len() - 3]),
        p if p.ends_with("ies") => format!("{}y", &p[..p.len() - 3]),
        p if p.ends_with("men") => format!("{}man", &p[..p.len() - 3]),
        p if p.ends_with("sses") || p.ends_with("xes") || p.ends_with("ches") => p[..p.len() - 2].to_owned(),
        p if p.ends_with('s') && !p.ends_with("ss") => p[..p.len() - 1].to_owned(),
        p => p.to_owned(),
    }
}
