//! What does a speaker hold against others, for them, or against himself?
//!
//! Input: a neutral statement. Output: a denial, accusation, admission, praise, criticism, or what he feels, by the words of evaluation and whom they are said
//! of. "The ministry said no licence had been sold" → deny; “We overlooked the crack” → admit.
//!
//! Limits: blame without a word for it ("they used the truce to bring up guns").

use variorum_model::{Act, Deprel, TokenId, Upos};

use super::grammar::lemma;
use super::lexicon::Stance;
use super::predication::{self, Clause};
use super::statements::Statement;

impl Statement<'_> {
    pub(super) fn denial(&self) -> Option<Act> {
        self.clauses.iter().enumerate().any(|(i, clause)| denies(clause, i == 0)).then_some(Act::Deny)
    }

    /// "He has never set foot in Cyprus", his lawyer said: what never was.
    pub(super) fn distant_denial(&self) -> Option<Act> {
        let never = |clause: &Clause| clause.has(&["never"]) && clause.is_past() && !clause.is_modal() && !clause.is_mental();
        self.any(|clause| never(clause) && clause.is_said_officially()).then_some(Act::Deny)
    }

    /// “Give him my regards, as you conspire against us”.
    pub(super) fn accusation(&self) -> Option<Act> {
        let (blame, wrong) = (self.count(&[Stance::Blame, Stance::False]), self.count(&[Stance::Wrong]));
        let you = self.found.content.iter().any(|&token| lemma(self.reading.parse, token) == "you");
        let blamed = |clause: &Clause| {
            clause.is_second_person() && [Stance::Wrong, Stance::Blame, Stance::Fault].iter().any(|&stance| clause.is_stance(stance))
        };
        let done = |clause: &Clause| clause.is_quoted() && clause.is_deed_of_others() && clause.is_past() && !clause.is_negated();
        (self.any(Clause::is_quoted) && (wrong > 0 && (blame > 0 || you) || self.any(blamed)) || self.any(done)).then_some(Act::Accuse)
    }

    /// "is grateful to the divers", “Hats off to the crew”, "was glad of the ruling": what the speaker feels towards others.
    pub(super) fn feeling(&self) -> Option<Act> {
        // "You are welcome here": no gladness, an invitation.
        if self.any(|clause| clause.is(&["welcome"]) && clause.is_copular() && !clause.is_first_person() && !clause.is_negated()) {
            return Some(Act::Invite);
        }
        let elliptic = |clause: &Clause| clause.is_quoted() && clause.subject().is_none();
        let thanked = |clause: &Clause| clause.is_stance(Stance::Thanks) && !clause.is_second_person();
        let own = |clause: &&Clause| {
            clause.is_of_speaker() || clause.has_bare_it() || clause.is_of_own_side() || elliptic(clause) || thanked(clause)
        };
        self.clauses.iter().filter(own).filter(|clause| !clause.is_negated()).find_map(|clause| {
            clause.words().into_iter().filter(|&token| self.is_felt(clause, token)).find_map(|token| match clause.stance(token)? {
                Stance::Thanks => Some(Act::Thank),
                Stance::Regret => Some(Act::Apologise),
                Stance::Gladness => Some(Act::Welcome),
                Stance::Feeling => Some(Act::Express),
                Stance::Applause => Some(Act::Congratulate),
                Stance::Wish => Some(Act::Hope),
                _ => None,
            })
        })
    }

    /// The predicate or what completes it, no word of a clause further in.
    fn is_felt(&self, clause: &Clause, token: TokenId) -> bool {
        let parse = self.reading.parse;
        token == clause.top
            || parse.head(token) == Some(clause.top)
                && !matches!(parse.token(token).deprel, Deprel::Advcl | Deprel::Ccomp | Deprel::Conj | Deprel::Parataxis)
    }

    /// “We failed these children”, “The mistake was ours”.
    pub(super) fn admission(&self) -> Option<Act> {
        let ours = |clause: &Clause| clause.is(&["ours", "mine", "we", "i", "our", "my"]);
        let wrong = |clause: &Clause| [Stance::Fault, Stance::Wrong].iter().any(|&stance| clause.is_valued(stance));
        let fault = |clause: &Clause| clause.is_past() && wrong(clause) && !clause.is_passive() || clause.is_missed_duty();
        let own =
            |clause: &Clause| clause.is_of_speaker() && (fault(clause) || clause.is_overdone() && clause.is_past() && !clause.is_passive());
        let self_blame =
            |clause: &Clause| clause.is_first_person() && clause.is_copular() && clause.is_stance(Stance::Blame) && clause.is_past();
        let own = |clause: &Clause| own(clause) || self_blame(clause);
        let blamed = |clause: &Clause| ours(clause) && clause.subject().is_some_and(|subject| clause.stance(subject).is_some());
        self.any(|clause| !clause.has(&["not", "never"]) && (own(clause) || blamed(clause))).then_some(Act::Admit)
    }

    /// Praise or blame of others.
    pub(super) fn judgement(&self) -> Option<Act> {
        let praise = self.count(&[Stance::Praise]);
        let (blame, wrong) = (self.count(&[Stance::Blame, Stance::False]), self.count(&[Stance::Wrong]));
        let judging = [Stance::Blame, Stance::Wrong, Stance::Praise, Stance::False];
        let evaluates = |clause: &Clause| judging.iter().any(|&stance| clause.is_valued(stance));
        let headed = self.any(|clause| evaluates(clause) && !clause.is_future());
        match () {
            () if headed && blame + wrong > praise && self.any(|clause| self.is_of_violence(clause)) => Some(Act::Condemn),
            () if headed && blame + wrong > praise => Some(if wrong > 0 { Act::Accuse } else { Act::Criticise }),
            () if headed && praise > blame + wrong => Some(Act::Praise),
            () if blame >= 2 && self.any(Clause::is_quoted) => Some(Act::Criticise),
            () => None,
        }
    }

    /// "The strike on the bakery was cowardly", "this was a cowardly attack": a deed is judged.
    fn is_of_violence(&self, clause: &Clause) -> bool {
        let violent = |token: TokenId| matches!(predication::stance(self.reading, token), Some(Stance::Harm | Stance::Wrong));
        let noun = |token: &TokenId| self.reading.parse.token(*token).upos == Upos::Noun;
        clause.is_copular() && clause.subject().into_iter().chain([clause.top]).filter(noun).any(violent)
    }
}

/// "We have never issued it", "his men carried no firearms", "is not authentic", "the raid never happened", "no licence had been sold", "the story is a lie".
///
/// That something is not or was not done by others denies it as the first thing said, by who answers for it; later on it tells what happened.
fn denies(clause: &Clause, comes_first: bool) -> bool {
    let genuine = clause.is(&["true", "authentic", "genuine", "real", "correct", "accurate"]);
    let future = clause.has_modal(&["will", "would", "shall", "can", "could", "may", "must", "should"]);
    let negated = clause.is_negated();
    let past = clause.is_past() || clause.has(&["do"]);
    let answers = comes_first && clause.is_said_officially();
    let happened = clause.is(&["happen", "exist", "occur"]) || clause.is_existential() && answers;
    // "Nobody was hurt" is news; "no licence was sold", "not one shell was fired" answer a charge.
    let harmless = clause.is_stance(Stance::Harm) && clause.is_passive() && !clause.is_of_things();
    let news = clause.is_stance(Stance::Toll) || harmless || clause.is_stance(Stance::Feeling) || clause.is_of_casualties();
    let undone = clause.has_negative_subject() && !news && comes_first && (clause.is_passive() || answers);
    // "The account was wrong": of what somebody says, wrong is untrue.
    let misstated = clause.is(&["wrong", "mistaken", "misleading"]) && clause.is_about_a_saying() && !negated;
    let innocent = clause.is(&["innocent"]) && clause.is_of_speaker() && !negated;
    let false_charge = clause.is_stance(Stance::False) && clause.subject().is_some() && !negated;
    if clause.is_quoted() && (clause.is_imperative() || clause.asks_why()) {
        return false;
    }
    // “There is no bid”, of who would have made it.
    let absent = clause.is_quoted() && clause.is_existential() && answers && negated && !clause.is_past() && !future && !clause.is_lack();
    (negated && genuine)
        || absent
        || false_charge
        || misstated
        || innocent
        || (negated && past && !future && (clause.is_own_deed() && !news || happened || undone))
}
