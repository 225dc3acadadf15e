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
use super::predication::{self, Clause, clauses, is_authority};
use super::{Found, Reading};

/// A statement of one speaker.
struct Statement<'r> {
    reading: &'r Reading<'r>,
    found: &'r Found<'r>,
    all: &'r [Found<'r>],
    speaker: Option<EntityId>,
    clauses: Vec<Clause<'r>>,
}

/// The act of a cue that names none.
pub(super) fn neutral<'r>(reading: &'r Reading<'r>, found: &'r Found<'r>, all: &'r [Found<'r>], speaker: Option<EntityId>) -> Act {
    let statement = Statement { reading, found, all, speaker, clauses: clauses(reading, found, speaker) };
    let said = statement
        .formula()
        .or_else(|| statement.suggestion())
        .or_else(|| statement.question())
        .or_else(|| statement.answer())
        .or_else(|| statement.performance())
        .or_else(|| statement.denial())
        .or_else(|| statement.own_plan())
        .or_else(|| statement.told_of_another());
    let asked =
        || statement.accusation().or_else(|| statement.appeal()).or_else(|| statement.feeling()).or_else(|| statement.undertaking());
    let judged =
        || statement.distant_denial().or_else(|| statement.admission()).or_else(|| statement.judgement()).or_else(|| statement.warning());
    let foretold = || statement.estimate().or_else(|| statement.announcement()).or_else(|| statement.forecast());
    let made = || statement.explanation().or_else(|| statement.likeness()).or_else(|| statement.opinion());
    said.or_else(asked).or_else(judged).or_else(foretold).or_else(made).unwrap_or(Act::Report)
}

/// The act of a cue that says a little more ("announced", "claimed", "stressed"), where the words are plainer still.
pub(super) fn plainer<'r>(reading: &'r Reading<'r>, found: &'r Found<'r>, speaker: Option<EntityId>) -> Option<Act> {
    let statement = Statement { reading, found, all: &[], speaker, clauses: clauses(reading, found, speaker) };
    statement.denial().or_else(|| statement.distant_denial()).or_else(|| statement.requirement()).or_else(|| statement.undertaking())
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
    fn clause(&self, test: impl Fn(&Clause<'r>) -> bool) -> Option<&Clause<'r>> {
        self.clauses.iter().find(|clause| test(clause))
    }

    fn any(&self, test: impl Fn(&Clause<'r>) -> bool) -> bool {
        self.clause(test).is_some()
    }

    fn count(&self, wanted: &[Stance]) -> usize {
        let stances = self.found.content.iter().filter_map(|&token| predication::stance(self.reading, token));
        stances.filter(|stance| wanted.contains(stance)).count()
    }

    fn first_word(&self) -> Option<String> {
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
        let small = |token: TokenId| matches!(parse.token(token).upos, Upos::Punct | Upos::Det) || parse.token(token).tag == "PRP$";
        let kept: Vec<TokenId> = self.found.content.iter().copied().filter(|&token| !small(token)).collect();
        let form = |token: TokenId| self.reading.doc.slice(parse.token(token).span).to_lowercase();
        let is = |token: TokenId, word: &str| lemma(parse, token) == word || form(token) == word;
        (0..kept.len()).find_map(|start| {
            let opens = [lemma(parse, kept[start]), form(kept[start])];
            let formulas = opens.iter().flat_map(|first| self.reading.lexicon.formulas(first));
            let stands = |words: &[&str]| {
                kept.len() >= start + words.len() && words.iter().zip(&kept[start..]).all(|(word, &token)| is(token, word))
            };
            formulas.filter(|(words, _)| stands(words)).max_by_key(|(words, _)| words.len()).map(|&(_, act)| act)
        })
    }

    /// “Where is my brother?” she said.
    fn question(&self) -> Option<Act> {
        self.clauses.last().is_some_and(Clause::is_asked).then_some(Act::Ask)
    }

    /// “Why not share it,” he suggested.
    fn suggestion(&self) -> Option<Act> {
        let suggests = matches!(self.found.lemma, Some("suggest" | "propose"));
        let open = |clause: &Clause| clause.is_quoted() || clause.asks_why() || clause.has_modal(&["should", "could", "might"]);
        (suggests && self.any(open)).then_some(Act::Propose)
    }

    /// “We condemn this attack”, "said it regretted the delay": who says in so many words what he does by saying it.
    fn performance(&self) -> Option<Act> {
        self.clauses.iter().filter(|clause| clause.is_performed()).find_map(|clause| {
            let words: Vec<String> = clause.words().iter().map(|&token| lemma(self.reading.parse, token)).collect();
            let rows = self.reading.lexicon.rows(&lemma(self.reading.parse, clause.top), WordClass::Verb);
            let matched = |row: &&CueRow| {
                row.with.is_empty() || row.with.iter().any(|with| with.iter().all(|word| words.iter().any(|have| have == word)))
            };
            rows.iter().find(matched).filter(|row| row.kind == AttributionKind::Speech && is_telling(row.act)).map(|row| row.act)
        })
    }

    fn denial(&self) -> Option<Act> {
        self.any(denies).then_some(Act::Deny)
    }

    /// "The paper said the minister had offered to resign": whoever tells what another said, thought or felt reports it.
    fn told_of_another(&self) -> Option<Act> {
        let source = |found: &Found| found.source.as_ref().map(|source| source.head);
        let told = |clause: &Clause| self.all.iter().any(|other| other.head == clause.top && source(other) != source(self.found));
        let own = self.any(Clause::is_of_speaker);
        (!own && self.any(told)).then_some(Act::Report)
    }

    /// "South Korea plans to add 45 products", from its ministry.
    fn own_plan(&self) -> Option<Act> {
        let plans = |clause: &Clause| clause.is(&["plan", "intend", "aim", "decide"]) && self.governs(clause) && !clause.is_negated();
        let relays = self.speaker.is_some_and(|speaker| self.reading.actors.entities[speaker.index()].kind == EntityKind::Document);
        let decides = is_authority(self.reading, self.found, self.speaker) && !relays;
        let own = |clause: &Clause| clause.is_of_speaker() || decides && self.is_state(clause);
        self.any(|clause| plans(clause) && own(clause)).then_some(Act::Announce)
    }

    fn is_state(&self, clause: &Clause) -> bool {
        let entity = clause.subject().and_then(|subject| self.reading.actors.entity_of(subject));
        entity.is_some_and(|id| self.reading.actors.entities[id.index()].kind == EntityKind::State)
    }

    /// "He has never set foot in Cyprus", his lawyer said: what never was.
    fn distant_denial(&self) -> Option<Act> {
        let never = |clause: &Clause| clause.has(&["never"]) && clause.is_past() && !clause.is_modal() && !clause.is_mental();
        self.any(|clause| never(clause) && clause.is_said_officially()).then_some(Act::Deny)
    }

    /// "that every lodger pay on Fridays".
    fn requirement(&self) -> Option<Act> {
        self.any(Clause::is_subjunctive).then_some(Act::Demand)
    }

    /// “Give him my regards, as you conspire against us”.
    fn accusation(&self) -> Option<Act> {
        let (blame, wrong) = (self.count(&[Stance::Blame, Stance::False]), self.count(&[Stance::Wrong]));
        let you = self.found.content.iter().any(|&token| lemma(self.reading.parse, token) == "you");
        let blamed = |clause: &Clause| {
            clause.is_second_person() && [Stance::Wrong, Stance::Blame, Stance::Fault].iter().any(|&stance| clause.is_stance(stance))
        };
        (self.any(Clause::is_quoted) && (wrong > 0 && (blame > 0 || you) || self.any(blamed))).then_some(Act::Accuse)
    }

    /// What is asked of others: “Release him”, "people should boil their water".
    fn appeal(&self) -> Option<Act> {
        if let Some(clause) = self.clause(|clause| clause.is_quoted() && clause.is_imperative()) {
            return Some(self.imperative(clause));
        }
        if self.is_command() && self.any(Clause::is_bare_infinitive) {
            return Some(Act::Order);
        }
        // “We want our money back”, “we need blankets”.
        let object = |clause: &&Clause| clause.is_quoted() && clause.is_first_person() && !clause.is_negated() && self.has_object(clause);
        if let Some(clause) =
            self.clauses.iter().filter(object).find(|clause| clause.is(&["want", "need"]) && !clause.is_modal() && !clause.is_past())
        {
            return Some(if clause.is(&["want"]) { Act::Demand } else { Act::Request });
        }
        let others = |clause: &Clause| !clause.is_first_person() && !clause.has(&["have"]) && self.is_somebody(clause);
        let asks = |words: &'static [&'static str]| self.any(|clause| others(clause) && (clause.has_modal(words) || clause.is(words)));
        let must = || self.any(|clause| others(clause) && clause.is(&["have", "need"]) && self.governs(clause) && !clause.is_modal());
        let decreed =
            |clause: &Clause| clause.has_modal(&["must"]) && !clause.has(&["have"]) && !clause.is_of_speaker() && !clause.is_copular();
        if self.any(decreed) || asks(&["must"]) || must() && self.any(Clause::is_quoted) {
            return Some(if self.is_command() { Act::Order } else { Act::Demand });
        }
        asks(&["should", "ought"]).then_some(match self.found.lemma {
            Some("suggest" | "propose") => Act::Propose,
            _ if self.is_command() => Act::Order,
            _ => Act::Urge,
        })
    }

    fn has_object(&self, clause: &Clause) -> bool {
        self.reading.parse.child(clause.top, Deprel::Obj).is_some()
    }

    /// Whether the verb governs an infinitive: "has to leave".
    fn governs(&self, clause: &Clause) -> bool {
        self.reading.parse.child(clause.top, Deprel::Xcomp).is_some()
    }

    /// "too thin to walk on".
    fn has_infinitive(&self, clause: &Clause) -> bool {
        let parse = self.reading.parse;
        clause.words().iter().any(|&token| parse.token(token).tag == "TO" && clause.top < token)
    }

    /// "shouted that …", "were told that they must …".
    fn is_command(&self) -> bool {
        let told = self.found.lemma == Some("tell") && !self.any(Clause::is_quoted);
        told || self.found.lemma.is_some_and(|cue| matches!(cue, "shout" | "yell" | "bark" | "scream" | "bellow" | "roar"))
    }

    /// People can be asked to do something; rain cannot.
    fn is_somebody(&self, clause: &Clause) -> bool {
        let Some(subject) = clause.subject() else { return false };
        let person = matches!(
            lemma(self.reading.parse, subject).as_str(),
            "you" | "they" | "he" | "she" | "everyone" | "everybody" | "anyone" | "nobody"
        );
        let entity = self.reading.actors.entity_of(subject).map(|id| self.reading.actors.entities[id.index()].kind);
        let side = lemma(self.reading.parse, subject) == "side";
        person || side || entity.is_some_and(|kind| !matches!(kind, EntityKind::Thing | EntityKind::Document))
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

    /// What the speaker's own side will do.
    fn undertaking(&self) -> Option<Act> {
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
            () if settled && !clause.is_first_person() => Some(Act::Announce),
            () if copular => None,
            () => Some(Act::Promise),
        }
    }

    /// "nobody will lose a job".
    fn is_of_people(&self, clause: &Clause) -> bool {
        clause.subject().is_some_and(|subject| matches!(lemma(self.reading.parse, subject).as_str(), "nobody" | "no-one" | "one" | "none"))
            || self.is_somebody(clause)
    }

    /// "… if the roster is not withdrawn", "unless they leave", "not one tonne until the blockade ends".
    fn is_ultimatum(&self, clause: &Clause) -> bool {
        let refused = |condition: TokenId| {
            self.reading
                .parse
                .children(condition)
                .iter()
                .any(|&child| matches!(lemma(self.reading.parse, child).as_str(), "not" | "n't" | "n’t"))
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

    /// "is grateful to the divers", “Hats off to the crew”, "was glad of the ruling": what the speaker feels towards others.
    fn feeling(&self) -> Option<Act> {
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
    fn admission(&self) -> Option<Act> {
        let ours = |clause: &Clause| clause.is(&["ours", "mine", "we", "i", "our", "my"]);
        let wrong = |clause: &Clause| [Stance::Fault, Stance::Wrong].iter().any(|&stance| clause.is_valued(stance));
        let fault = |clause: &Clause| clause.is_past() && wrong(clause) && !clause.is_passive() || clause.is_missed_duty();
        let own = |clause: &Clause| clause.is_of_speaker() && fault(clause);
        let blamed = |clause: &Clause| ours(clause) && clause.subject().is_some_and(|subject| clause.stance(subject).is_some());
        self.any(|clause| !clause.has(&["not", "never"]) && (own(clause) || blamed(clause))).then_some(Act::Admit)
    }

    /// Praise or blame of others.
    fn judgement(&self) -> Option<Act> {
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

    /// "could cost lives", "the ice is too thin to walk on".
    fn warning(&self) -> Option<Act> {
        let dangerous = |clause: &Clause| clause.has_stance(Stance::Danger) || clause.has_stance(Stance::Harm);
        let may = |clause: &Clause| clause.has_modal(&["may", "might", "could"]) && !clause.has(&["have"]);
        let too = |clause: &Clause| clause.has(&["too"]) && clause.is_copular() && !clause.is_past() && self.has_infinitive(clause);
        let exposed =
            |clause: &Clause| clause.is_stance(Stance::Danger) && clause.is_copular() && (!clause.is_past() || clause.is_located());
        let otherwise =
            |clause: &Clause| clause.is_future() && !clause.is_of_speaker() && !clause.is_negated() && self.is_ultimatum(clause);
        let warns = |clause: &Clause| may(clause) && dangerous(clause) || too(clause) || exposed(clause);
        self.any(|clause| !clause.is_negated() && warns(clause) || otherwise(clause)).then_some(Act::Warn)
    }

    /// What an authority has settled for others: "14 ports would be enlarged", "an inquiry would end by 30 April", "the vote has been postponed".
    fn announcement(&self) -> Option<Act> {
        let authority = is_authority(self.reading, self.found, self.speaker);
        let perfect = |clause: &Clause| clause.is_present_perfect() || clause.has(&["have"]) && clause.is_of_speaker();
        let decreed = |clause: &Clause| clause.is_stance(Stance::Decree) && perfect(clause) && !clause.is_negated();
        let stepped = |clause: &Clause| {
            clause.is_stance(Stance::Step) && clause.is_of_speaker() && (clause.is_present_perfect() || clause.is_progressive())
        };
        if authority && self.any(decreed) || self.any(stepped) {
            return Some(Act::Announce);
        }
        let clause = self.clause(|clause| clause.is_future() && !clause.is_mental())?;
        let settled =
            clause.is_passive() || clause.is_stance(Stance::Schedule) || clause.is_stance(Stance::Step) || clause.is_existential();
        match () {
            () if self.is_ultimatum(clause) && clause.is_negated() => Some(Act::Threaten),
            () if !authority || self.is_relayed() => None,
            () if clause.is_stance(Stance::Harm) => Some(Act::Threaten),
            () if clause.is_passive() && clause.condition(&["if"]).is_some() => Some(Act::Promise),
            () if settled => Some(Act::Announce),
            () => None,
        }
    }

    /// What an outlet reports it has from others, and decides nothing by it.
    fn is_relayed(&self) -> bool {
        let publisher = self.speaker.is_some_and(|speaker| self.reading.actors.entities[speaker.index()].kind == EntityKind::Publisher);
        publisher || self.found.lemma == Some("report")
    }

    fn forecast(&self) -> Option<Act> {
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
        (guessed && counted).then_some(Act::Estimate)
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
        (self.clauses.first().is_some_and(opines) || self.any(Clause::is_question)).then_some(Act::Say)
    }

    fn counts(&self, clause: &Clause) -> bool {
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

/// "We have never issued it", "his men carried no firearms", "is not authentic", "the raid never happened", "no licence had been sold", "the story is a lie".
fn denies(clause: &Clause) -> bool {
    let genuine = clause.is(&["true", "authentic", "genuine", "real", "correct", "accurate"]);
    let future = clause.has_modal(&["will", "would", "shall", "can", "could", "may", "must", "should"]);
    let negated = clause.is_negated();
    let past = clause.is_past() || clause.has(&["do"]);
    let happened = clause.is(&["happen", "exist", "occur"]) || clause.is_existential();
    // "Nobody was hurt" is news; "no licence was sold" answers a charge.
    let news = clause.is_stance(Stance::Toll) || clause.is_stance(Stance::Harm) || clause.is_stance(Stance::Feeling);
    let undone = clause.has_negative_subject() && !news && (clause.is_passive() || clause.is_said_officially());
    let innocent = clause.is(&["innocent"]) && clause.is_of_speaker() && !negated;
    let false_charge = clause.is_stance(Stance::False) && clause.subject().is_some() && !negated;
    if clause.is_quoted() && (clause.is_imperative() || clause.asks_why()) {
        return false;
    }
    (negated && genuine)
        || false_charge
        || innocent
        || (negated && past && !future && (clause.is_own_deed() && !news || happened || undone))
}
