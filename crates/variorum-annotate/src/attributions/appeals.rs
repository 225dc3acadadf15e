//! What is asked of others?
//!
//! Input: a neutral statement. Output: a demand, request, order, proposal or urging, by its mood and modal verbs. “Release him” → demand; "people should boil
//! their water" → urge.
//!
//! Limits: wishes clothed as facts ("it is cold in here").

use variorum_model::{Act, Deprel, TokenId};

use super::grammar::{lemma, own_subject};
use super::predication::Clause;
use super::statements::Statement;

impl Statement<'_> {
    /// "that every lodger pay on Fridays".
    pub(super) fn requirement(&self) -> Option<Act> {
        self.any(Clause::is_subjunctive).then_some(Act::Demand)
    }

    /// What is asked of others: “Release him”, "people should boil their water".
    pub(super) fn appeal(&self) -> Option<Act> {
        if self.any(|clause| clause.is_quoted() && clause.is_imperative() && self.has_or_else(clause)) {
            return Some(Act::Threaten);
        }
        if let Some(clause) = self.clause(|clause| clause.is_quoted() && clause.is_imperative()) {
            return Some(self.imperative(clause));
        }
        if self.any(Clause::is_quoted) && self.first_word().as_deref() == Some("please") {
            return Some(Act::Request);
        }
        if self.is_command() && self.any(Clause::is_bare_infinitive) {
            return Some(Act::Order);
        }
        // “We want our money back”, “we need blankets”.
        let told = |clause: &Clause| !clause.is_quoted() && clause.is(&["want"]) && clause.is_of_speaker() && !self.governs(clause);
        if self.any(|clause| told(clause) && !clause.is_negated() && self.has_object(clause)) {
            return Some(Act::Demand);
        }
        let object = |clause: &&Clause| clause.is_quoted() && clause.is_first_person() && !clause.is_negated() && self.has_object(clause);
        if let Some(clause) =
            self.clauses.iter().filter(object).find(|clause| clause.is(&["want", "need"]) && !clause.is_modal() && !clause.is_past())
        {
            return Some(if clause.is(&["want"]) { Act::Demand } else { Act::Request });
        }
        let others = |clause: &Clause| !clause.is_first_person() && !clause.has(&["have"]) && self.is_somebody(clause);
        let asks = |words: &'static [&'static str]| self.any(|clause| others(clause) && (clause.has_modal(words) || clause.is(words)));
        let must = || self.any(|clause| others(clause) && clause.is(&["have"]) && self.governs(clause) && !clause.is_modal());
        let decreed =
            |clause: &Clause| clause.has_modal(&["must"]) && !clause.has(&["have"]) && !clause.is_of_speaker() && !clause.is_copular();
        if self.any(decreed) || asks(&["must"]) || must() && self.any(Clause::is_quoted) {
            return Some(if self.is_command() { Act::Order } else { Act::Demand });
        }
        let needed =
            self.any(|clause| others(clause) && clause.is(&["need"]) && self.governs(clause) && !clause.is_modal() && clause.is_quoted());
        (needed || asks(&["should", "ought"])).then_some(match self.found.lemma {
            Some("suggest" | "propose") => Act::Propose,
            _ if self.is_command() => Act::Order,
            _ => Act::Urge,
        })
    }

    /// “Pay us or the archive goes online”.
    fn has_or_else(&self, clause: &Clause) -> bool {
        let parse = self.reading.parse;
        let alternative =
            |other: TokenId| parse.children_by(other, Deprel::Cc).any(|or| lemma(parse, or) == "or") && own_subject(parse, other).is_some();
        parse.children_by(clause.top, Deprel::Conj).any(alternative)
    }

    fn has_object(&self, clause: &Clause) -> bool {
        self.reading.parse.child(clause.top, Deprel::Obj).is_some()
    }

    /// "shouted that …", "were told that they must …".
    pub(super) fn is_command(&self) -> bool {
        let told = self.found.lemma == Some("tell") && !self.any(Clause::is_quoted);
        told || self.found.lemma.is_some_and(|cue| matches!(cue, "shout" | "yell" | "bark" | "scream" | "bellow" | "roar"))
    }

    fn imperative(&self, clause: &Clause) -> Act {
        let please = clause.words().iter().any(|&token| lemma(self.reading.parse, token) == "please");
        let careful = clause.is(&["mind", "beware", "watch", "avoid", "stay", "keep"]) && !clause.is(&["calm"]);
        match () {
            () if please => Act::Request,
            () if clause.is_negated() => Act::Warn,
            () if careful => Act::Warn,
            () if self.is_command() => Act::Order,
            () => Act::Demand,
        }
    }
}
