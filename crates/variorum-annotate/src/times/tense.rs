//! On which side of the report does a bare calendar name lie?
//!
//! "met on Friday" looks back, "will meet on Friday" ahead. The verb that governs the expression decides: auxiliaries, tense, and for infinitives the verb above
//! ("plans to meet on Friday"). What is put off, planned, asked for or due lies ahead, whatever the tense of the asking. Headlines and captions tell the past in the
//! present tense; in running text a present with a day of its own goes by a timetable ("opens on Friday", "meets the minister on Monday").
//! Output: past, future, or nearest where nothing tells. Classes of verbs come from `knowledge/times.tsv`.

use rustc_hash::FxHashMap;
use variorum_model::{Deprel, Parse, TokenId, Upos, time::Direction};

/// What a verb (or a word that stands for one) says of the time told beside it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum VerbClass {
    /// Its present tense tells a timetable: "opens".
    Timetable,
    /// Its present tense in running text does so too: "meets the minister on Monday"; a headline tells the past by it.
    Appointment,
    /// Moves something to the time told: "postponed until".
    Postpone,
    /// The time is that of what is planned: "scheduled a vote".
    Plan,
    /// The time behind "for" is that of what is fixed: "set for Friday".
    Fix,
    /// The time of its object is still to come: "called for a strike".
    Want,
    /// Its infinitive is done: "managed to".
    Achieve,
    /// What it is said of is still to come: "due", "payable".
    Due,
}

/// Classes of verbs by lemma.
#[derive(Debug, Default)]
pub(super) struct Verbs(FxHashMap<&'static str, Vec<VerbClass>>);

impl Verbs {
    pub(super) fn add(&mut self, lemma: &'static str, class: VerbClass) {
        self.0.entry(lemma).or_default().push(class);
    }

    fn is(&self, parse: &Parse, token: TokenId, class: VerbClass) -> bool {
        self.0.get(lemma(parse, token)).is_some_and(|classes| classes.contains(&class))
    }
}

impl VerbClass {
    pub(super) fn from_label(label: &str) -> Option<Self> {
        Some(match label {
            "timetable" => Self::Timetable,
            "appointment" => Self::Appointment,
            "postpone" => Self::Postpone,
            "plan" => Self::Plan,
            "fix" => Self::Fix,
            "want" => Self::Want,
            "achieve" => Self::Achieve,
            "due" => Self::Due,
            _ => return None,
        })
    }
}

/// Direction of the clause a time stands in, whatever noun it belongs to: "would run out of cash in the fourth quarter".
pub(super) fn of_clause(scene: &Scene, token: TokenId) -> Direction {
    scene.governing_verb(token).map_or(Direction::Nearest, |verb| scene.tense(verb, 0))
}

/// Direction for an expression headed by `token`.
pub(super) fn direction(scene: &Scene, token: TokenId) -> Direction {
    let Some(verb) = scene.governing_verb(token) else { return scene.without_verb(token) };
    if scene.is_led_by(token, verb, &["since"]) {
        return Direction::Past;
    }
    // "had been due to open on Monday": it was to be, and is no more.
    let once_ahead = scene.is_due(token, verb) || scene.is_put_off(token, verb) || scene.is_planned(token, verb);
    if once_ahead && !scene.has_auxiliary(verb, "have", "VBD") {
        return Direction::Future;
    }
    match scene.tense(verb, 0) {
        // "promised elections in October"
        Direction::Past if scene.wants(verb) => Direction::Nearest,
        // "met to discuss Wednesday's ruling", "could be traced to a wedding in December": the time of a noun is not that of the verb above it.
        _ if scene.is_of_noun(token, verb) && !scene.is_finite_future(verb) => Direction::Nearest,
        // "sees prices fall by autumn", "is closed until Monday"
        Direction::Nearest if scene.is_led_by(token, verb, &["by", "until", "till", "from", "before"]) => Direction::Future,
        direction => direction,
    }
}

/// What decides.
pub(super) struct Scene<'a> {
    pub(super) verbs: &'a Verbs,
    pub(super) parse: &'a Parse,
    /// Text that is neither headline nor caption.
    pub(super) running: bool,
}

fn lemma(parse: &Parse, token: TokenId) -> &str {
    parse.token(token).lemma.as_str()
}

impl Scene<'_> {
    fn governing_verb(&self, token: TokenId) -> Option<TokenId> {
        let verb = std::iter::once(token)
            .chain(self.parse.ancestors(token))
            .find(|&id| self.parse.token(id).upos == Upos::Verb || self.parse.child(id, Deprel::Cop).is_some())?;
        Some(self.saying_before(token, verb).unwrap_or(verb))
    }

    /// "said on Monday he would resign": what stands before the subject of a clause without "that" is of the verb above it.
    fn saying_before(&self, token: TokenId, verb: TokenId) -> Option<TokenId> {
        let told = self.parse.token(verb).deprel == Deprel::Ccomp && self.parse.child(verb, Deprel::Mark).is_none();
        let above = self.parse.head(verb).filter(|&above| told && above < token && self.parse.token(above).upos == Upos::Verb)?;
        let first_subject = self.parse.children(verb).iter().find(|&&child| self.parse.token(child).deprel.is_subject())?;
        (token < *first_subject && token.0 - above.0 <= 3).then_some(above)
    }

    fn without_verb(&self, token: TokenId) -> Direction {
        let due = self.parse.ancestors(token).any(|up| self.verbs.is(self.parse, up, VerbClass::Due));
        if due { Direction::Future } else { Direction::Nearest }
    }

    fn auxiliaries(&self, verb: TokenId) -> Vec<TokenId> {
        let is_auxiliary = |child: &TokenId| matches!(self.parse.token(*child).deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        self.parse.children(verb).iter().copied().filter(is_auxiliary).collect()
    }

    fn tense(&self, verb: TokenId, depth: usize) -> Direction {
        let auxiliaries = self.auxiliaries(verb);
        let tag = |id: TokenId| self.parse.token(id).tag.as_str();
        let perfect = auxiliaries.iter().any(|&aux| lemma(self.parse, aux) == "have");
        if self.is_finite_future(verb) {
            return Direction::Future;
        }
        let past = tag(verb) == "VBD" || perfect || auxiliaries.iter().any(|&aux| tag(aux) == "VBD");
        let modal = auxiliaries.iter().any(|&aux| tag(aux) == "MD");
        let does = auxiliaries.iter().any(|&aux| matches!(tag(aux), "VBZ" | "VBP"));
        match tag(verb) {
            // "could not be reached on Wednesday"
            _ if modal && self.could_not(verb, &auxiliaries) => Direction::Past,
            // "said it would send 40 observers by Friday": what was to come when it was said.
            _ if modal && !perfect => Direction::Future,
            _ if past => Direction::Past,
            "VB" if self.has_to(verb) => self.infinitive(verb, depth),
            "VBZ" | "VBP" => self.present(verb),
            "VB" if does => self.present(verb),
            // "the year ended Jan. 31", "products introduced in April"
            "VBN" if auxiliaries.is_empty() && self.parse.token(verb).deprel == Deprel::Acl => Direction::Past,
            "VB" | "VBG" if depth < 3 => self.as_above(verb, depth),
            _ => Direction::Nearest,
        }
    }

    fn is_finite_future(&self, verb: TokenId) -> bool {
        self.auxiliaries(verb).iter().any(|&aux| matches!(lemma(self.parse, aux), "will" | "shall" | "'ll" | "ll" | "wo" | "’ll"))
    }

    fn has_auxiliary(&self, verb: TokenId, wanted: &str, tag: &str) -> bool {
        self.auxiliaries(verb).iter().any(|&aux| lemma(self.parse, aux) == wanted && self.parse.token(aux).tag == tag)
    }

    fn could_not(&self, verb: TokenId, auxiliaries: &[TokenId]) -> bool {
        let could = auxiliaries.iter().any(|&aux| matches!(lemma(self.parse, aux), "could" | "can"));
        let subjects = self.parse.children(verb).iter().filter(|&&child| self.parse.token(child).deprel.is_subject());
        let negators = subjects.flat_map(|&subject| self.parse.children(subject)).chain(self.parse.children(verb));
        could && negators.into_iter().any(|&id| matches!(lemma(self.parse, id), "not" | "n't" | "never" | "neither" | "no"))
    }

    fn has_to(&self, verb: TokenId) -> bool {
        self.parse.children_by(verb, Deprel::Mark).any(|mark| lemma(self.parse, mark) == "to")
    }

    /// "is to meet", "plans to meet": ahead, unless the verb above says that it is done ("managed to"), or it is the aim of something past.
    fn infinitive(&self, verb: TokenId, depth: usize) -> Direction {
        let Some(up) = self.parse.head(verb) else { return Direction::Future };
        let achieved = self.verbs.is(self.parse, up, VerbClass::Achieve);
        let in_order =
            self.parse.children(up).iter().any(|&child| matches!(lemma(self.parse, child), "first" | "second" | "third" | "last" | "only"));
        if achieved || self.parse.token(verb).deprel == Deprel::Acl && in_order { self.as_above(verb, depth) } else { Direction::Future }
    }

    fn present(&self, verb: TokenId) -> Direction {
        let timetable = self.verbs.is(self.parse, verb, VerbClass::Timetable);
        let appointment = self.running && self.verbs.is(self.parse, verb, VerbClass::Appointment);
        let conditional =
            self.parse.children_by(verb, Deprel::Mark).any(|mark| matches!(lemma(self.parse, mark), "if" | "unless" | "until" | "once"));
        if timetable || appointment || conditional { Direction::Future } else { Direction::Nearest }
    }

    /// "will open and close on Friday", "Starting on Friday, … will": as the verb it hangs on.
    fn as_above(&self, verb: TokenId, depth: usize) -> Direction {
        let above = self.parse.head(verb).and_then(|head| self.governing_verb(head));
        above.map_or(Direction::Nearest, |above| self.tense(above, depth + 1))
    }

    /// "due on Friday", "the deadline of Friday": said of by a word between the time and its verb.
    fn is_due(&self, token: TokenId, verb: TokenId) -> bool {
        let between = self.parse.ancestors(token).take_while(|&up| up != verb).chain([verb]);
        let due = |id: TokenId| self.verbs.is(self.parse, id, VerbClass::Due);
        // "is due to visit on Thursday": "due" hangs on the verb.
        between.into_iter().any(due) || self.parse.children_by(verb, Deprel::Advmod).any(due)
    }

    /// "has been put off until Friday", "until 9 a.m. Friday", "set for Friday".
    fn is_put_off(&self, token: TokenId, verb: TokenId) -> bool {
        let is = |class| self.verbs.is(self.parse, verb, class);
        is(VerbClass::Postpone) && self.is_led_by(token, verb, &["until", "till", "to", "through"])
            || is(VerbClass::Fix) && self.is_led_by(token, verb, &["for"])
            || is(VerbClass::Want) && self.is_led_by(token, verb, &["from", "by", "before"])
    }

    fn is_led_by(&self, token: TokenId, verb: TokenId, prepositions: &[&str]) -> bool {
        let nominals = self.parse.ancestors(token).take_while(|&up| up != verb);
        std::iter::once(token)
            .chain(nominals)
            .any(|id| self.parse.children_by(id, Deprel::Case).any(|case| prepositions.contains(&lemma(self.parse, case))))
    }

    /// "scheduled a vote on Monday", "called for a strike on Monday", "wants it withdrawn by Friday".
    fn is_planned(&self, token: TokenId, verb: TokenId) -> bool {
        if self.verbs.is(self.parse, verb, VerbClass::Plan) && self.parse.child(verb, Deprel::Ccomp).is_none() {
            return true;
        }
        let wanted = matches!(self.parse.token(verb).deprel, Deprel::Xcomp | Deprel::Ccomp) && self.parse.token(verb).tag == "VBN";
        // "has called for a strike on Monday": the perfect has no day of its own.
        let perfect = self.has_auxiliary(verb, "have", "VBZ") || self.has_auxiliary(verb, "have", "VBP");
        // "the council on Monday declared a strike": what stands before the verb is when it was declared.
        let of_object = token > verb && self.is_of_noun(token, verb);
        (perfect || of_object) && self.wants(verb) || wanted && self.parse.head(verb).is_some_and(|up| self.wants(up))
    }

    fn wants(&self, verb: TokenId) -> bool {
        self.verbs.is(self.parse, verb, VerbClass::Want)
    }

    fn is_of_noun(&self, token: TokenId, verb: TokenId) -> bool {
        self.parse.head(token).is_some_and(|head| head != verb && self.parse.token(head).upos == Upos::Noun)
    }
}
