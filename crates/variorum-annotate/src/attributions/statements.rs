//! What does a neutral "said" come to, from the words said?
//!
//! Input: the clauses of a content, and who speaks. Output: the act, found by asking in turn: does it answer, deny, ask of others, undertake, threaten, thank,
//! own up, judge, warn, explain, foretell? What is left tells how things are ("report"), or, in the speaker's own present tense, what he makes of
//! them ("say"). “We will pay them,” the mill said → promise; the mill said three men were hurt → report; “Old men die,” he said → say.
//!
//! Limits: irony and figures of speech; blame without a word for it.

use variorum_model::{Act, AttributionKind, Deprel, EntityId, EntityKind, TokenId, Upos};

use super::grammar::lemma;
use super::lexicon::{CueRow, Stance, WordClass};
use super::predication::{self, Clause, clauses};
use super::{Found, Reading};

/// A statement of one speaker.
pub(super) struct Statement<'r> {
    pub(super) reading: &'r Reading<'r>,
    pub(super) found: &'r Found<'r>,
    all: &'r [Found<'r>],
    pub(super) speaker: Option<EntityId>,
    pub(super) clauses: Vec<Clause<'r>>,
}

/// The act of a cue that names none: the first question that finds one.
pub(super) fn neutral<'r>(reading: &'r Reading<'r>, found: &'r Found<'r>, all: &'r [Found<'r>], speaker: Option<EntityId>) -> Act {
    let statement = Statement { reading, found, all, speaker, clauses: clauses(reading, found, speaker) };
    let questions: &[fn(&Statement<'r>) -> Option<Act>] = &[
        Statement::formula,
        Statement::suggestion,
        Statement::question,
        Statement::answer,
        Statement::performance,
        Statement::refusal,
        Statement::denial,
        Statement::own_plan,
        Statement::told_of_another,
        Statement::accusation,
        Statement::appeal,
        Statement::feeling,
        Statement::undertaking,
        Statement::distant_denial,
        Statement::admission,
        Statement::warning,
        Statement::judgement,
        Statement::estimate,
        Statement::announcement,
        Statement::forecast,
        Statement::explanation,
        Statement::likeness,
        Statement::opinion,
    ];
    questions.iter().find_map(|question| question(&statement)).unwrap_or(Act::Report)
}

/// The act of a cue that says a little more ("announced", "claimed", "stressed"), where the words are plainer still.
pub(super) fn plainer<'r>(reading: &'r Reading<'r>, found: &'r Found<'r>, speaker: Option<EntityId>) -> Option<Act> {
    let statement = Statement { reading, found, all: &[], speaker, clauses: clauses(reading, found, speaker) };
    statement.denial().or_else(|| statement.distant_denial()).or_else(|| statement.requirement()).or_else(|| statement.undertaking())
}

/// Whether what is announced or declared answers a charge: "declared that not one shell had been fired".
pub(super) fn denies<'r>(reading: &'r Reading<'r>, found: &'r Found<'r>, speaker: Option<EntityId>) -> bool {
    let statement = Statement { reading, found, all: &[], speaker, clauses: clauses(reading, found, speaker) };
    statement.denial().is_some()
}

/// Whether what is announced or vowed hurts others, or hangs on their yielding.
pub(super) fn threatens<'r>(reading: &'r Reading<'r>, found: &'r Found<'r>, speaker: Option<EntityId>) -> bool {
    let statement = Statement { reading, found, all: &[], speaker, clauses: clauses(reading, found, speaker) };
    statement.any(|clause| clause.is_stance(Stance::Harm) || statement.is_ultimatum(clause))
}

/// Whether a content says that something is not so.
pub(super) fn is_denial<'r>(reading: &'r Reading<'r>, found: &'r Found<'r>, speaker: Option<EntityId>) -> bool {
    clauses(reading, found, speaker).iter().any(Clause::is_negated)
}

impl<'r> Statement<'r> {
    pub(super) fn clause(&self, test: impl Fn(&Clause<'r>) -> bool) -> Option<&Clause<'r>> {
        self.clauses.iter().find(|clause| test(clause))
    }

    pub(super) fn any(&self, test: impl Fn(&Clause<'r>) -> bool) -> bool {
        self.clause(test).is_some()
    }

    pub(super) fn count(&self, wanted: &[Stance]) -> usize {
        let stances = self.found.content.iter().filter_map(|&token| predication::stance(self.reading, token));
        stances.filter(|stance| wanted.contains(stance)).count()
    }

    pub(super) fn first_word(&self) -> Option<String> {
        self.found
            .content
            .iter()
            .find(|&&token| self.reading.parse.token(token).upos != Upos::Punct)
            .map(|&token| lemma(self.reading.parse, token))
    }

    /// “Yes, it is ours”, “That is correct”.
    fn answer(&self) -> Option<Act> {
        let right = |clause: &Clause| {
            let points =
                clause.subject().is_some_and(|subject| matches!(lemma(self.reading.parse, subject).as_str(), "that" | "this" | "it"));
            clause.is_quoted() && points && !clause.is_negated() && clause.is(&["correct", "right", "true", "so", "accurate"])
        };
        let genuine = |clause: &Clause| !clause.is_negated() && (clause.is(&["authentic", "genuine"]) || clause.has(&["indeed"]));
        let yes = matches!(self.first_word().as_deref(), Some("yes" | "yeah"));
        (yes && !self.any(|clause| clause.is_first_person() && clause.is_valued(Stance::Fault))
            || self.clauses.first().is_some_and(right)
            || self.any(genuine))
        .then_some(Act::Confirm)
    }

    /// “Hats off to the crew”, "was out of the question": set phrases do what they do.
    fn formula(&self) -> Option<Act> {
        let parse = self.reading.parse;
        let article = |token: TokenId| matches!(lemma(parse, token).as_str(), "a" | "an" | "the");
        let small = |token: TokenId| parse.token(token).upos == Upos::Punct || article(token) || parse.token(token).tag == "PRP$";
        let kept: Vec<TokenId> = self.found.content.iter().copied().filter(|&token| !small(token)).collect();
        let form = |token: TokenId| self.reading.doc.slice(parse.token(token).span).to_lowercase();
        let is = |token: TokenId, word: &str| lemma(parse, token) == word || form(token) == word;
        (0..kept.len()).find_map(|start| {
            let opens = [lemma(parse, kept[start]), form(kept[start])];
            let formulas = opens.iter().flat_map(|first| self.reading.lexicon.formulas(first));
            let stands = |words: &[&str]| {
                kept.len() >= start + words.len() && words.iter().zip(&kept[start..]).all(|(word, &token)| is(token, word))
            };
            formulas.filter(|(words, _)| stands(words)).max_by_key(|(words, _)| words.len()).map(|&(_, act)| self.softened(act))
        })
    }

    /// “Please leave us alone”: a demand with "please" is a request.
    fn softened(&self, act: Act) -> Act {
        let please = self.found.content.iter().any(|&token| lemma(self.reading.parse, token) == "please");
        if act == Act::Demand && please { Act::Request } else { act }
    }

    /// “Where is my brother?” she said.
    fn question(&self) -> Option<Act> {
        self.clauses.last().is_some_and(Clause::is_asked).then_some(Act::Ask)
    }

    /// “Why not share it,” he suggested; "suggested renaming the square", "floated a statue".
    fn suggestion(&self) -> Option<Act> {
        let suggests = matches!(self.found.lemma, Some("suggest" | "propose"));
        let open = |clause: &Clause| clause.is_quoted() || clause.asks_why() || clause.has_modal(&["should", "could", "might"]);
        let deed = |clause: &Clause| clause.is_bare_gerund() || clause.is_subjunctive();
        let floats = self.found.lemma == Some("float");
        (floats || suggests && self.any(|clause| open(clause) || deed(clause))).then_some(Act::Propose)
    }

    /// “We condemn this attack”, "said it regretted the delay": who says in so many words what he does by saying it.
    fn performance(&self) -> Option<Act> {
        self.clauses.iter().filter(|clause| clause.is_performed()).find_map(|clause| {
            let words: Vec<String> = clause.words().iter().map(|&token| lemma(self.reading.parse, token)).collect();
            let rows = self.reading.lexicon.rows(&lemma(self.reading.parse, clause.top), WordClass::Verb);
            let matched = |row: &&CueRow| {
                row.with.is_empty() || row.with.iter().any(|with| with.iter().all(|word| words.iter().any(|have| have == word)))
            };
            let closest = rows.iter().filter(matched).max_by_key(|row| row.with.iter().map(Vec::len).max())?;
            // "said it expects sales to fall".
            let foretells = closest.act == Act::Predict;
            (foretells || closest.kind == AttributionKind::Speech && is_telling(closest.act)).then_some(closest.act)
        })
    }

    /// "The paper said the minister had offered to resign": whoever tells what another said, thought or felt reports it.
    fn told_of_another(&self) -> Option<Act> {
        let source = |found: &Found| found.source.as_ref().map(|source| source.head);
        let told = |clause: &Clause| self.all.iter().any(|other| other.head == clause.top && source(other) != source(self.found));
        let own = self.any(|clause| clause.is_of_speaker() || clause.is_maxim());
        (!own && self.any(told)).then_some(Act::Report)
    }

    /// Whether the verb governs an infinitive: "has to leave".
    pub(super) fn governs(&self, clause: &Clause) -> bool {
        self.reading.parse.child(clause.top, Deprel::Xcomp).is_some()
    }

    /// People can be asked to do something; rain cannot.
    pub(super) fn is_somebody(&self, clause: &Clause) -> bool {
        let Some(subject) = clause.subject() else { return false };
        let person = matches!(
            lemma(self.reading.parse, subject).as_str(),
            "you" | "they" | "he" | "she" | "everyone" | "everybody" | "anyone" | "nobody"
        );
        let entity = self.reading.actors.entity_of(subject).map(|id| self.reading.actors.entities[id.index()].kind);
        let side = matches!(
            lemma(self.reading.parse, subject).as_str(),
            "side" | "city" | "town" | "village" | "country" | "nation" | "state" | "world" | "society" | "public" | "community" | "region"
        );
        person || side || entity.is_some_and(|kind| !matches!(kind, EntityKind::Thing | EntityKind::Document))
    }

    /// "maybe 2,000 people"; "put the loss at about $20 million", where "put the toll at 22" reports.
    fn estimate(&self) -> Option<Act> {
        let words: &[&str] = if self.found.lemma == Some("put") {
            &["about", "around", "between", "roughly", "nearly", "approximately", "some", "maybe", "perhaps", "probably"]
        } else {
            &["maybe", "perhaps", "probably"]
        };
        if self.any(|clause| {
            clause.has_modal(&["may", "might", "could"])
                && !clause.is_negated()
                && clause.is(&["reach", "exceed", "total", "top", "pass", "cost", "amount", "be", "come"])
                && self.counts(clause)
        }) {
            return Some(Act::Estimate);
        }
        let guessed = self.found.content.iter().any(|&token| words.contains(&lemma(self.reading.parse, token).as_str()));
        let counted = self.found.content.iter().any(|&token| self.reading.parse.token(token).upos == Upos::Num);
        ((guessed || self.any(|clause| self.is_rough_worth(clause))) && counted).then_some(Act::Estimate)
    }

    /// "damage of around 90 million".
    fn is_rough_worth(&self, clause: &Clause) -> bool {
        let words: Vec<String> = clause.words().iter().map(|&word| lemma(self.reading.parse, word)).collect();
        let holds = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        holds(&["about", "around", "roughly", "approximately"]) && holds(&["cost", "damage", "loss", "lose", "total", "worth"])
    }

    /// “It came down like a curtain”.
    fn likeness(&self) -> Option<Act> {
        let like = |clause: &Clause| clause.is_copular() && clause.has(&["like"]);
        self.any(|clause| clause.is_likened() || like(clause)).then_some(Act::Describe)
    }

    fn explanation(&self) -> Option<Act> {
        let guesses = |clause: &Clause| clause.has_modal(&["may", "might", "could"]) && clause.has(&["have"]);
        self.any(|clause| clause.gives_reason() || guesses(clause)).then_some(Act::Explain)
    }

    /// What somebody makes of things, in his own words: no deed, no state, no count, no place.
    fn opinion(&self) -> Option<Act> {
        let generic = |clause: &Clause| clause.has_modal(&["can", "must", "may"]);
        let told = |clause: &Clause| {
            (clause.is_existential() && !clause.is_negated())
                || clause.is_progressive()
                || clause.is_located()
                || clause.is(&["have"])
                || clause.is_past()
                || clause.has_modal(&["could"])
                || self.counts(clause)
        };
        let lived = |clause: &Clause| clause.is_first_person() && !clause.is_mental() || clause.is_plain_quality();
        let opines = |clause: &Clause| clause.is_quoted() && (generic(clause) || !told(clause) && !lived(clause));
        let own_words = |clause: &Clause| clause.is_maxim() || clause.is_fragment() && !self.counts(clause);
        (self.clauses.first().is_some_and(opines) || self.any(own_words) || self.any(Clause::is_question)).then_some(Act::Say)
    }

    pub(super) fn counts(&self, clause: &Clause) -> bool {
        clause.words().iter().any(|&word| self.reading.parse.token(word).upos == Upos::Num)
    }
}

/// Acts that whoever names them performs.
fn is_telling(act: Act) -> bool {
    matches!(
        act,
        Act::Promise
            | Act::Deny
            | Act::Demand
            | Act::Urge
            | Act::Reject
            | Act::Condemn
            | Act::Accuse
            | Act::Thank
            | Act::Apologise
            | Act::Welcome
            | Act::Congratulate
            | Act::Invite
            | Act::Agree
            | Act::Praise
            | Act::Admit
            | Act::Request
            | Act::Propose
            | Act::Warn
    )
}
