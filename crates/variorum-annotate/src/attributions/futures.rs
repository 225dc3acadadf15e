//! Who says what of the future?
//!
//! Input: a neutral statement. Output: a promise, threat, refusal, announcement, warning or forecast, by whose future it is, whether an authority has settled
//! it, and whether it does harm. "The mill said it would pay" → promise; "the ministry said the tunnel would be reopened" → announce.
//!
//! Limits: an outlet's own plans count as what it reports of others.

use variorum_model::{Act, Deprel, EntityKind, TokenId};

use super::grammar::lemma;
use super::lexicon::{Stance, WordClass};
use super::predication::{self, Clause, is_authority};
use super::statements::Statement;

impl Statement<'_> {
    /// "South Korea plans to add 45 products", from its ministry.
    pub(super) fn own_plan(&self) -> Option<Act> {
        let plans = |clause: &Clause| clause.is(&["plan", "intend", "aim", "decide"]) && self.governs(clause) && !clause.is_negated();
        let relays = self.speaker.is_some_and(|speaker| self.reading.actors.entities[speaker.index()].kind == EntityKind::Document);
        let decides = is_authority(self.reading, self.found, self.speaker) && !relays && !self.is_relayed();
        let own = |clause: &Clause| clause.is_of_speaker() || decides && self.is_state(clause);
        self.any(|clause| plans(clause) && own(clause)).then_some(Act::Announce)
    }

    fn is_state(&self, clause: &Clause) -> bool {
        let entity = clause.subject().and_then(|subject| self.reading.actors.entity_of(subject));
        entity.is_some_and(|id| self.reading.actors.entities[id.index()].kind == EntityKind::State)
    }

    /// “We do not negotiate with kidnappers”, “There will be no talks under fire”, "said it could not accept the terms": a no to what is wanted of the speaker.
    pub(super) fn refusal(&self) -> Option<Act> {
        let consent = |clause: &Clause| {
            !clause.is_copular()
                && (clause.is_stance(Stance::Yield)
                    || lemma(self.reading.parse, clause.deed()) == "sign"
                    || self.is_cue_of(clause, &[Act::Agree]))
        };
        let open = |clause: &Clause| !clause.is_past() && !clause.has_modal(&["may", "might"]);
        let refuses = |clause: &Clause| {
            let own = clause.is_of_speaker() || clause.is_of_own_side() || clause.is_of_state_served();
            let now = clause.is_quoted() || clause.is_modal();
            own && now && open(clause) && clause.is_negated() && consent(clause)
        };
        let yields = |noun: TokenId| predication::listed_stance(self.reading, noun) == Some(Stance::Yield);
        let no_talks = |clause: &Clause| clause.is_existential() && clause.is_future() && clause.negative_argument().is_some_and(yields);
        self.any(|clause| refuses(clause) || no_talks(clause)).then_some(Act::Reject)
    }

    /// What the speaker's own side will do.
    pub(super) fn undertaking(&self) -> Option<Act> {
        let own = |clause: &Clause| clause.is_of_speaker() || clause.is_of_own_people();
        if self.any(|clause| {
            clause.is_future()
                && clause.has_negative_subject()
                && clause.is_said_officially()
                && !clause.is_existential()
                && self.is_of_people(clause)
        }) {
            return Some(Act::Promise);
        }
        // "assured him that the boiler would be replaced".
        if self.found.lemma == Some("assure") && self.any(Clause::is_future) {
            return Some(Act::Promise);
        }
        let clause = self.clause(|clause| clause.is_future() && own(clause) && !clause.is_mental())?;
        let consent = self.is_cue_of(clause, &[Act::Agree]);
        let scheduled = |stance: Stance| clause.is_stance(stance) && !clause.is_negated() && !self.governs(clause);
        let settled = clause.is_stance(Stance::Step) || scheduled(Stance::Schedule) || scheduled(Stance::Decree);
        let copular = clause.is_copular() && !clause.is(&["ready", "back", "home", "there"]) && !clause.is_located();
        let threatens = clause.has_stance(Stance::Harm) || self.is_ultimatum(clause);
        match () {
            () if clause.is_negated() && (consent || clause.is_stance(Stance::Yield)) => Some(Act::Reject),
            () if threatens => Some(Act::Threaten),
            () if consent => Some(Act::Agree),
            () if clause.is_stance(Stance::Step) && !clause.is_negated() && !self.governs(clause) => Some(Act::Announce),
            () if settled && !clause.is_first_person() && clause.condition(&["if"]).is_none() => Some(Act::Announce),
            () if copular => None,
            () => Some(Act::Promise),
        }
    }

    /// "nobody will lose a job".
    fn is_of_people(&self, clause: &Clause) -> bool {
        clause.subject().is_some_and(|subject| matches!(lemma(self.reading.parse, subject).as_str(), "nobody" | "no-one" | "one" | "none"))
            || self.is_somebody(clause)
    }

    /// "… if the roster is not withdrawn", "if they come again", "unless they leave", "not one tonne until the blockade ends".
    pub(super) fn is_ultimatum(&self, clause: &Clause) -> bool {
        let refused = |condition: TokenId| {
            let parse = self.reading.parse;
            let again = |word: &str| matches!(word, "again" | "still" | "ever") && !clause.is_passive();
            let defied = |word: &str| matches!(word, "not" | "n't" | "n’t" | "nothing" | "nobody" | "never") || again(word);
            parse.children(condition).iter().any(|&child| defied(&lemma(parse, child)))
        };
        clause.condition(&["unless"]).is_some()
            || clause.condition(&["if"]).is_some() && clause.is_stance(Stance::Answer)
            || clause.condition(&["if"]).is_some_and(refused)
            || clause.is_negated() && clause.condition(&["until", "unless"]).is_some()
    }

    /// Whether the lexicon gives the predicate one of these acts.
    fn is_cue_of(&self, clause: &Clause, acts: &[Act]) -> bool {
        let word = lemma(self.reading.parse, clause.deed());
        let class = WordClass::of(self.reading.parse.token(clause.deed()).upos);
        let rows = class.into_iter().flat_map(|class| self.reading.lexicon.rows(&word, class));
        rows.filter(|row| row.with.len() != 1).any(|row| acts.contains(&row.act))
    }

    /// "could cost lives", "the ice is too thin to walk on".
    pub(super) fn warning(&self) -> Option<Act> {
        let dangerous = |clause: &Clause| clause.has_stance(Stance::Danger) || clause.has_stance(Stance::Harm);
        let may = |clause: &Clause| clause.has_modal(&["may", "might", "could"]) && !clause.has(&["have"]);
        let too = |clause: &Clause| clause.has(&["too"]) && clause.is_copular() && !clause.is_past() && self.has_infinitive(clause);
        let exposed =
            |clause: &Clause| clause.is_stance(Stance::Danger) && clause.is_copular() && (!clause.is_past() || clause.is_located());
        let otherwise = |clause: &Clause| {
            clause.is_future() && !clause.is_of_speaker() && !clause.is_negated() && (self.is_ultimatum(clause) || clause.lacks_something())
        };
        let dire = |clause: &Clause| {
            clause.is_future()
                && !self.counts(clause)
                && clause.is_stance(Stance::Danger)
                && (!clause.is_of_speaker() || clause.is_quoted())
        };
        let warns =
            |clause: &Clause| may(clause) && dangerous(clause) || too(clause) || exposed(clause) || dire(clause) || self.is_at_risk(clause);
        self.any(|clause| !clause.is_negated() && warns(clause) || otherwise(clause)).then_some(Act::Warn)
    }

    /// “There is a danger of famine”, "the lender risked collapse".
    fn is_at_risk(&self, clause: &Clause) -> bool {
        let parse = self.reading.parse;
        let perils = |token: TokenId| matches!(lemma(parse, token).as_str(), "danger" | "risk" | "threat" | "peril");
        let exists = clause.is_existential() && (perils(clause.top) || clause.subject().is_some_and(perils));
        let evil = |object: TokenId| matches!(predication::stance(self.reading, object), Some(Stance::Danger | Stance::Harm));
        exists || clause.is(&["risk", "face"]) && parse.child(clause.top, Deprel::Obj).is_some_and(evil)
    }

    /// "too thin to walk on".
    fn has_infinitive(&self, clause: &Clause) -> bool {
        let parse = self.reading.parse;
        clause.words().iter().any(|&token| parse.token(token).tag == "TO" && clause.top < token)
    }

    /// What an authority has settled for others: "14 ports would be enlarged", "an inquiry would end by 30 April", "the vote has been postponed".
    pub(super) fn announcement(&self) -> Option<Act> {
        let authority = is_authority(self.reading, self.found, self.speaker);
        let perfect = |clause: &Clause| clause.is_present_perfect() || clause.has(&["have"]) && clause.is_of_speaker();
        let decreed = |clause: &Clause| clause.is_stance(Stance::Decree) && perfect(clause) && !clause.is_negated();
        let stepped = |clause: &Clause| {
            clause.is_stance(Stance::Step) && clause.is_of_speaker() && (clause.is_present_perfect() || clause.is_under_way())
        };
        if authority && self.any(decreed) || self.any(stepped) {
            return Some(Act::Announce);
        }
        let clause = self.clause(|clause| clause.is_future() && !clause.is_mental())?;
        let settled =
            clause.is_passive() || clause.is_stance(Stance::Schedule) || clause.is_stance(Stance::Step) || clause.is_existential();
        match () {
            () if self.is_ultimatum(clause) && clause.is_negated() => Some(Act::Threaten),
            () if !authority || self.is_relayed() || clause.is_guessed() => None,
            () if clause.is_stance(Stance::Harm) => Some(Act::Threaten),
            () if clause.is_passive() && clause.condition(&["if"]).is_some() => Some(Act::Promise),
            () if settled => Some(Act::Announce),
            () => None,
        }
    }

    /// What an outlet reports it has from others, and decides nothing by it.
    pub(super) fn is_relayed(&self) -> bool {
        let publisher = self.speaker.is_some_and(|speaker| self.reading.actors.entities[speaker.index()].kind == EntityKind::Publisher);
        publisher || self.found.lemma == Some("report")
    }

    pub(super) fn forecast(&self) -> Option<Act> {
        let somebody = |clause: &Clause| !clause.is_first_person() && !clause.is_second_person();
        let conditional = |clause: &Clause| clause.condition(&["if"]).is_some() && clause.has_modal(&["would"]);
        let should = |clause: &Clause| clause.has_modal(&["should"]) && !clause.has(&["have"]) && !self.is_somebody(clause);
        let could = |clause: &Clause| clause.has_modal(&["may", "might", "could"]) && !clause.has(&["have"]) && !clause.is_passive();
        let possible =
            |clause: &Clause| could(clause) && !clause.is_negated() && !clause.is_of_speaker() && !clause.is_stance(Stance::Toll);
        let foretells =
            |clause: &Clause| (clause.is_future() || possible(clause)) && somebody(clause) && !conditional(clause) || should(clause);
        let likely = |clause: &Clause| clause.is(&["likely", "unlikely", "bound", "poised"]) && self.governs(clause);
        (!self.is_relayed() && self.any(|clause| foretells(clause) || likely(clause))).then_some(Act::Predict)
    }
}
