//! What does one clause of a content say, of whom, in which tense and mood?
//!
//! Input: the head of a clause inside what somebody said. Output: answers to the questions by which acts are told apart. "We will rebuild it" is future, of
//! the speaker's own side; "the raid never happened" is past and negated; "leave the square" is an imperative.
//!
//! Limits: reported speech turns "will" into "would", so a condition in reported speech may pass for a future.

use variorum_model::{AttributionKind, Deprel, Entity, EntityId, EntityKind, TokenId, Upos};

use super::grammar::{is_led_by, is_passive, lemma, own_subject, understood_subject};
use super::lexicon::{Stance, WordClass};
use super::{Found, Reading};

/// One clause of a content, and who says it.
#[derive(Copy, Clone)]
pub(super) struct Clause<'r> {
    pub(super) reading: &'r Reading<'r>,
    found: &'r Found<'r>,
    speaker: Option<EntityId>,
    /// Its verb or predicate.
    pub(super) top: TokenId,
}

const NEGATIONS: &[&str] = &["not", "never", "n't", "n’t"];

/// The clauses that a content consists of, one a sentence and its coordinated ones, in text order of their sentences.
pub(super) fn clauses<'r>(reading: &'r Reading<'r>, found: &'r Found<'r>, speaker: Option<EntityId>) -> Vec<Clause<'r>> {
    let parse = reading.parse;
    let inside = |token: TokenId| found.content.binary_search(&token).is_ok();
    let is_top = |&token: &TokenId| parse.head(token).is_none_or(|head| !inside(head)) && parse.token(token).upos != Upos::Punct;
    let mut tops: Vec<TokenId> = found.content.iter().copied().filter(is_top).collect();
    for top in tops.clone() {
        let joined = |child: &TokenId| matches!(parse.token(*child).deprel, Deprel::Conj | Deprel::Parataxis) && inside(*child);
        tops.extend(parse.children(top).iter().copied().filter(joined));
    }
    tops.into_iter().map(|top| Clause { reading, found, speaker, top }).collect()
}

impl<'r> Clause<'r> {
    fn lemma(&self, token: TokenId) -> String {
        lemma(self.reading.parse, token)
    }

    fn tag(&self) -> &'r str {
        &self.reading.parse.token(self.top).tag
    }

    fn upos(&self) -> Upos {
        self.reading.parse.token(self.top).upos
    }

    fn children(&self) -> &'r [TokenId] {
        self.reading.parse.children(self.top)
    }

    /// The words of the clause.
    pub(super) fn words(&self) -> Vec<TokenId> {
        let content = &self.found.content;
        self.reading.parse.subtree(self.top).into_iter().filter(|token| content.binary_search(token).is_ok()).collect()
    }

    /// Whether one of these words depends on the predicate.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.children().iter().any(|&child| words.contains(&self.lemma(child).as_str()))
    }

    /// The word that tells what is done: in "going to fix" the infinitive.
    pub(super) fn deed(&self) -> TokenId {
        let going = self.is(&["go"]) && self.tag() == "VBG";
        self.reading.parse.child(self.top, Deprel::Xcomp).filter(|_| going).unwrap_or(self.top)
    }

    /// Whether the predicate is one of these words.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.lemma(self.top).as_str())
    }

    /// The clause's own subject, or that of the clause it is coordinated with.
    pub(super) fn subject(&self) -> Option<TokenId> {
        let parse = self.reading.parse;
        own_subject(parse, self.top).or_else(|| {
            let head = parse.head(self.top).filter(|_| parse.token(self.top).deprel == Deprel::Conj).unwrap_or(self.top);
            own_subject(parse, head).or_else(|| understood_subject(parse, head))
        })
    }

    /// Whether the words stand between quotation marks, the cue outside.
    pub(super) fn is_quoted(&self) -> bool {
        self.in_quote(self.top)
    }

    /// Words after a colon are the speaker's own, with or without marks.
    fn in_own_words(&self, token: TokenId) -> bool {
        self.in_quote(token) || self.reading.parse.token(self.found.head).upos == Upos::Punct
    }

    fn in_quote(&self, token: TokenId) -> bool {
        self.reading.quotes.iter().any(|quote| quote.holds(token) && !quote.holds(self.found.head))
    }

    /// "I", "we" in the speaker's own mouth.
    pub(super) fn is_first_person(&self) -> bool {
        self.subject().is_some_and(|subject| matches!(self.lemma(subject).as_str(), "i" | "we") && self.in_own_words(subject))
    }

    /// "you" in direct speech.
    pub(super) fn is_second_person(&self) -> bool {
        self.subject().is_some_and(|subject| self.lemma(subject) == "you")
    }

    /// Whether the clause is about the speaker himself or whom he speaks for.
    pub(super) fn is_of_speaker(&self) -> bool {
        let speaks_for = |subject: TokenId| speaks_for(self.reading, self.speaker, self.reading.actors.entity_of(subject));
        let owns = |subject: TokenId| self.employer().is_some_and(|owner| self.reading.actors.entity_of(subject) == Some(owner));
        self.is_first_person()
            || self.subject().is_some_and(|subject| speaks_for(subject) || owns(subject) || self.is_pronoun_of_speaker(subject))
    }

    /// "its lawyer said the guild would appeal": for whom the speaker speaks, by whose he is.
    fn employer(&self) -> Option<EntityId> {
        let owner = self.reading.parse.child(self.found.source.as_ref()?.head, Deprel::NmodPoss)?;
        self.reading.actors.entity_of(owner)
    }

    /// "said it would pay", "said he was grateful": whom a pronoun of reported speech means, unless it is known to mean somebody else.
    fn is_pronoun_of_speaker(&self, subject: TokenId) -> bool {
        let pronoun = matches!(self.lemma(subject).as_str(), "it" | "he" | "she" | "they") && !self.in_quote(subject);
        let entity = self.reading.actors.entity_of(subject).map(|id| &self.reading.actors.entities[id.index()]);
        let other = entity.is_some_and(|entity| entity.named && matches!(entity.kind, EntityKind::Person | EntityKind::State));
        let felt = self.stance(self.top).is_some_and(Stance::is_felt);
        pronoun && !other && (felt || !self.is_passive()) && self.acts_or_feels()
    }

    /// "said it was grateful": an "it" that the parser takes to stand for nothing, though no clause follows that it could stand for.
    pub(super) fn has_bare_it(&self) -> bool {
        let parse = self.reading.parse;
        let it = parse.children_by(self.top, Deprel::Expl).any(|child| self.lemma(child) == "it");
        it && parse.child_of(self.top, &[Deprel::Csubj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl]).is_none()
    }

    /// Things neither pay nor promise: the predicate takes somebody who acts.
    fn acts_or_feels(&self) -> bool {
        self.upos() == Upos::Verb || self.stance(self.top).is_some() || self.is_located()
    }

    /// "his men", "our soldiers", "its pilots", "no soldier of ours".
    ///
    /// "French forces", from a spokesman in Paris: those who serve the country that he speaks for.
    pub(super) fn is_of_own_side(&self) -> bool {
        self.is_owned() || self.serves_the_same()
    }

    fn serves_the_same(&self) -> bool {
        let entities = &self.reading.actors.entities;
        let serves = |entity: &Entity| matches!(entity.sector.as_deref(), Some("GOV" | "MIL" | "COP" | "SPY"));
        let subject = self.subject().and_then(|subject| self.reading.actors.entity_of(subject)).map(|id| &entities[id.index()]);
        let speaker = self.speaker.map(|id| &entities[id.index()]);
        subject.zip(speaker).is_some_and(|(subject, speaker)| {
            let speaks = serves(speaker) || is_spokesperson(speaker);
            subject.country.is_some() && subject.country == speaker.country && serves(subject) && speaks
        })
    }

    /// "the State", from a minister: his own.
    pub(super) fn is_of_state_served(&self) -> bool {
        let entity = |id: EntityId| &self.reading.actors.entities[id.index()];
        let state = self.subject().is_some_and(|subject| matches!(self.lemma(subject).as_str(), "state" | "government"));
        state && self.speaker.map(entity).is_some_and(|speaker| speaker.sector.as_deref() == Some("GOV"))
    }

    /// "there is no bridge any more", "no reason to wait": a lack, or no thing at all.
    pub(super) fn is_lack(&self) -> bool {
        let parse = self.reading.parse;
        let spent = self.words().iter().any(|&token| matches!(self.lemma(token).as_str(), "left" | "more" | "longer" | "leave"));
        let abstract_noun = |noun: TokenId| {
            let for_it = |&child: &TokenId| ["to", "for", "but"].iter().any(|word| is_led_by(parse, child, word));
            parse.child_of(noun, &[Deprel::Acl, Deprel::Ccomp]).is_some()
                || parse.children_by(noun, Deprel::Nmod).any(|child| for_it(&child))
        };
        let noun = self.negative_argument();
        spent || noun.is_none_or(|noun| parse.token(noun).tag != "NN" || abstract_noun(noun))
    }

    fn is_owned(&self) -> bool {
        let parse = self.reading.parse;
        let owner = |token: TokenId| parse.child(token, Deprel::NmodPoss).is_some_and(|owner| parse.token(owner).upos == Upos::Pron);
        self.subject().is_some_and(|subject| owner(subject) || parse.children_by(subject, Deprel::Nmod).any(owner))
    }

    /// "her government would", "its members will": those of the speaker who act for him; whom something is done to does not.
    pub(super) fn is_of_own_people(&self) -> bool {
        let acts = self.subject().and_then(|subject| self.reading.actors.entity_of(subject)).is_some_and(|id| {
            let entity = &self.reading.actors.entities[id.index()];
            matches!(entity.kind, EntityKind::Organization | EntityKind::Group | EntityKind::State)
        });
        self.is_of_own_side() && acts && !self.is_passive()
    }

    /// "not", "never" at the predicate, or "no", "nobody", "nothing", "not one" in its subject or object.
    pub(super) fn is_negated(&self) -> bool {
        let before = |&child: &TokenId| child < self.top && NEGATIONS.contains(&self.lemma(child).as_str());
        self.children().iter().any(before) || self.negative_argument().is_some()
    }

    /// The subject or object that negates the clause: "no licence", "not one tonne", "nobody".
    pub(super) fn negative_argument(&self) -> Option<TokenId> {
        let parse = self.reading.parse;
        let word = |token: TokenId, words: &[&str]| words.contains(&self.lemma(token).as_str());
        let exists = self.is_existential().then_some(self.top);
        let arguments = self.children().iter().copied().filter(|&child| {
            let token = parse.token(child);
            token.deprel.is_subject() || token.deprel == Deprel::Obj
        });
        arguments.chain(exists).find(|&argument| {
            let nothing_but = self
                .words()
                .iter()
                .any(|&token| argument < token && word(token, &["but", "except"]) && parse.token(token).deprel != Deprel::Cc);
            let counted = parse.children(argument).iter().any(|&det| word(det, &["no", "not", "neither"]));
            !nothing_but && (counted || word(argument, &["nobody", "none", "nothing", "noone", "neither"]))
        })
    }

    /// "no licence was sold", "nobody came", "there was no list".
    pub(super) fn has_negative_subject(&self) -> bool {
        self.negative_argument().is_some_and(|argument| self.reading.parse.token(argument).deprel.is_subject() || argument == self.top)
    }

    /// Whether it is said by who answers for something: a body, or somebody of a calling, no bystander.
    pub(super) fn is_said_officially(&self) -> bool {
        let Some(speaker) = self.speaker.map(|speaker| &self.reading.actors.entities[speaker.index()]) else { return false };
        let called = || speaker.sector.as_deref().map_or(!speaker.roles.is_empty(), |sector| !matches!(sector, "CVL" | "JRN" | "ELI"));
        matches!(speaker.kind, EntityKind::State | EntityKind::Organization | EntityKind::PlaceAsActor)
            || called()
            || is_spokesperson(speaker)
    }

    /// "there was no list".
    pub(super) fn is_existential(&self) -> bool {
        self.reading.parse.children_by(self.top, Deprel::Expl).any(|child| self.lemma(child) == "there")
    }

    fn modals(&self) -> impl Iterator<Item = String> {
        let parse = self.reading.parse;
        parse.children_by(self.top, Deprel::Aux).filter(move |&aux| parse.token(aux).tag == "MD").map(move |aux| lemma(parse, aux))
    }

    /// Whether one of these modal verbs goes with the predicate.
    pub(super) fn has_modal(&self, words: &[&str]) -> bool {
        self.modals().any(|modal| words.contains(&modal.as_str()))
    }

    /// "would probably resume".
    pub(super) fn is_guessed(&self) -> bool {
        self.has(&["probably", "likely", "perhaps", "maybe", "possibly", "presumably", "eventually", "surely", "certainly", "inevitably"])
    }

    /// Whether any modal verb goes with it.
    pub(super) fn is_modal(&self) -> bool {
        self.modals().next().is_some()
    }

    /// "will", "would" of reported speech, "going to", "to be sent home" of headlines; not "would have".
    pub(super) fn is_future(&self) -> bool {
        let parse = self.reading.parse;
        let going = self.is(&["go"]) && self.tag() == "VBG" && parse.child(self.top, Deprel::Xcomp).is_some();
        let would = !self.is_quoted() && (self.has_modal(&["would", "’d", "'d"]));
        let modal = (self.has_modal(&["will", "shall", "wo", "’ll", "'ll"]) || would) && !self.has(&["have"]);
        going || modal || self.is_headline_future()
    }

    /// "Banker to be sent home".
    fn is_headline_future(&self) -> bool {
        let parse = self.reading.parse;
        let infinitive = parse.children(self.top).iter().any(|&child| parse.token(child).tag == "TO" && child < self.top);
        let own = own_subject(parse, self.top).is_some();
        infinitive && own && matches!(parse.token(self.top).deprel, Deprel::Ccomp | Deprel::Root | Deprel::Parataxis)
    }

    /// What has been or was.
    pub(super) fn is_past(&self) -> bool {
        matches!(self.tag(), "VBD" | "VBN") || self.has_past_auxiliary()
    }

    fn has_past_auxiliary(&self) -> bool {
        let parse = self.reading.parse;
        let auxiliary = |&child: &TokenId| matches!(parse.token(child).deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        self.children().iter().copied().filter(auxiliary).any(|child| parse.token(child).tag == "VBD" || self.lemma(child) == "have")
    }

    /// "has expelled".
    pub(super) fn is_present_perfect(&self) -> bool {
        let parse = self.reading.parse;
        parse
            .children_by(self.top, Deprel::Aux)
            .any(|aux| self.lemma(aux) == "have" && matches!(parse.token(aux).tag.as_str(), "VBZ" | "VBP"))
    }

    /// "is bailing", "are coming".
    pub(super) fn is_progressive(&self) -> bool {
        self.tag() == "VBG" && self.has(&["be"])
    }

    /// “I am leaving”, "said he was leaving"; “I was leaving” is over.
    pub(super) fn is_under_way(&self) -> bool {
        self.is_progressive() && !(self.is_quoted() && self.is_past())
    }

    /// Whether something is done to the subject.
    pub(super) fn is_passive(&self) -> bool {
        is_passive(self.reading.parse, self.top)
    }

    /// Whether the predicate is a noun or adjective: "is a guess", "is noble".
    pub(super) fn is_copular(&self) -> bool {
        self.reading.parse.child(self.top, Deprel::Cop).is_some()
    }

    /// Whether the predicate is a place or a time: "is here", "is at the gate".
    pub(super) fn is_located(&self) -> bool {
        let parse = self.reading.parse;
        let case =
            parse.child(self.top, Deprel::Case).is_some_and(|case| !matches!(self.lemma(case).as_str(), "about" | "for" | "like" | "of"));
        self.is_copular() && (case || self.upos() == Upos::Adv)
    }

    /// "is full", "is dead": a quality that is seen, no judgement.
    pub(super) fn is_plain_quality(&self) -> bool {
        self.is_copular() && self.upos() == Upos::Adj && self.stance(self.top).is_none() && !self.is_negated()
    }

    /// “They burned the lists”, “the police beat my son”: harm that others did, or that they did to the speaker's own.
    pub(super) fn is_deed_of_others(&self) -> bool {
        let parse = self.reading.parse;
        let Some(subject) = self.subject().filter(|_| !self.is_of_speaker() && !self.is_passive()) else { return false };
        let Some(object) = parse.child(self.top, Deprel::Obj) else { return false };
        let harmful = [Stance::Harm, Stance::Wrong, Stance::Danger].iter().any(|&stance| self.is_stance(stance));
        let owned =
            parse.child(object, Deprel::NmodPoss).is_some_and(|owner| matches!(self.lemma(owner).as_str(), "my" | "our" | "i" | "we"));
        let somebody = parse.token(subject).upos == Upos::Propn
            || self.reading.actors.entity_of(subject).is_some_and(|id| self.reading.actors.entities[id.index()].kind != EntityKind::Thing);
        let own = owned || matches!(self.lemma(object).as_str(), "me" | "us" | "i" | "we");
        harmful && (self.lemma(subject) == "they" || own && somebody)
    }

    /// “Why don't we share it”.
    pub(super) fn asks_why(&self) -> bool {
        self.has(&["why", "how"])
    }

    /// "Release him", "Please let me hear her", "Stay off the wall".
    pub(super) fn is_imperative(&self) -> bool {
        let parse = self.reading.parse;
        let bare = self.upos() == Upos::Verb && matches!(self.tag(), "VB" | "VBP");
        let plain = !self.children().iter().any(|&child| {
            let token = parse.token(child);
            token.deprel.is_subject()
                || token.deprel == Deprel::Expl
                || token.tag == "MD"
                || token.tag == "TO"
                || token.deprel == Deprel::Mark
        });
        let free = matches!(parse.token(self.top).deprel, Deprel::Root | Deprel::Ccomp | Deprel::Parataxis)
            || parse.token(self.top).deprel == Deprel::Conj && self.subject().is_none();
        bare && plain && free
    }

    /// "whether", "if" or a question word before the clause.
    pub(super) fn is_question(&self) -> bool {
        let parse = self.reading.parse;
        parse.children_by(self.top, Deprel::Mark).any(|mark| matches!(self.lemma(mark).as_str(), "whether" | "if"))
    }

    /// A clause under a condition, where these words open one: "if the bombing stops", "unless they go"; "should they stay" is an "if".
    pub(super) fn condition(&self, words: &[&str]) -> Option<TokenId> {
        let parse = self.reading.parse;
        let inverted = |clause: TokenId| {
            let opens = |&aux: &TokenId| self.lemma(aux) == "should" && own_subject(parse, clause).is_some_and(|subject| aux < subject);
            words.contains(&"if") && parse.children_by(clause, Deprel::Aux).any(|aux| opens(&aux))
        };
        parse
            .children_by(self.top, Deprel::Advcl)
            .find(|&clause| words.iter().any(|word| is_led_by(parse, clause, word)) || inverted(clause))
    }

    /// "that every lodger pay on Fridays": a base form after its subject.
    pub(super) fn is_subjunctive(&self) -> bool {
        let parse = self.reading.parse;
        let singular =
            own_subject(parse, self.top).is_some_and(|subject| matches!(parse.token(subject).tag.as_str(), "NN" | "NNP" | "PRP"));
        let free = !self.children().iter().any(|&child| matches!(parse.token(child).deprel, Deprel::Aux) || parse.token(child).tag == "TO");
        matches!(self.tag(), "VB" | "VBP") && singular && free && !self.is_quoted()
    }

    /// “Every generation thinks it is the last”, “Children learn what they see”: of all of a kind, at no time.
    pub(super) fn is_maxim(&self) -> bool {
        let parse = self.reading.parse;
        let Some(subject) = own_subject(parse, self.top) else { return false };
        let any = |det: TokenId| matches!(self.lemma(det).as_str(), "a" | "an" | "any" | "every" | "each" | "no");
        let noun = parse.token(subject).upos == Upos::Noun;
        let bare = noun && parse.child_of(subject, &[Deprel::Det, Deprel::NmodPoss, Deprel::Nummod, Deprel::Amod]).is_none();
        let all = matches!(self.lemma(subject).as_str(), "nobody" | "everybody" | "everyone" | "anyone" | "anybody");
        let kind = bare || all || parse.child(subject, Deprel::Det).is_some_and(any);
        let compared = self.is(&["more", "less"]) && self.is_copular() && !self.is_past();
        self.in_quote(subject) && kind && (compared || matches!(self.tag(), "VBZ" | "VBP")) && !self.is_modal() && !self.is_existential()
    }

    /// "the train was “theoretical”", "both sides remained “fully committed”": his own word for a thing, quoted where the rest is told.
    pub(super) fn is_fragment(&self) -> bool {
        let outside = self.subject().is_some_and(|subject| !self.in_quote(subject));
        let states = self.is_copular()
            && (self.upos() == Upos::Noun || self.stance(self.top).is_some() || self.has(&["as", "like", "fully", "only"]));
        self.is_quoted() && outside && states
    }

    /// "without rain the reservoirs will be empty".
    pub(super) fn lacks_something(&self) -> bool {
        let parse = self.reading.parse;
        parse.children_by(self.top, Deprel::Obl).any(|oblique| oblique < self.top && is_led_by(parse, oblique, "without"))
    }

    /// “came down like a curtain”.
    pub(super) fn is_likened(&self) -> bool {
        let parse = self.reading.parse;
        let likens =
            |&child: &TokenId| matches!(parse.token(child).deprel, Deprel::Obl) && is_led_by(parse, child, "like") && self.in_quote(child);
        self.children().iter().any(likens)
    }

    /// "not one shell": the subject is nobody and no body.
    pub(super) fn is_of_things(&self) -> bool {
        let Some(subject) = self.subject() else { return false };
        let entity = self.reading.actors.entity_of(subject).map(|id| self.reading.actors.entities[id.index()].kind);
        self.reading.parse.token(subject).upos == Upos::Noun && entity.is_none_or(|kind| kind == EntityKind::Thing)
    }

    /// "none of the injuries": the subject counts what befell people.
    pub(super) fn is_of_casualties(&self) -> bool {
        let parse = self.reading.parse;
        let counted = |subject: TokenId| std::iter::once(subject).chain(parse.children_by(subject, Deprel::Nmod));
        self.subject().is_some_and(|subject| counted(subject).any(|noun| listed_stance(self.reading, noun) == Some(Stance::Toll)))
    }

    /// Whether its subject is a report, claim or charge.
    pub(super) fn is_about_a_saying(&self) -> bool {
        self.subject().is_some_and(|subject| {
            let rows = self.reading.lexicon.rows(&self.lemma(subject), WordClass::Noun);
            let counts = matches!(self.lemma(subject).as_str(), "figure" | "number" | "count" | "toll" | "statistic" | "datum" | "data");
            counts || rows.iter().any(|row| row.kind == AttributionKind::Speech)
        })
    }

    /// "because two bearings were cracked", "due to fog".
    pub(super) fn gives_reason(&self) -> bool {
        let parse = self.reading.parse;
        self.children().iter().any(|&child| match parse.token(child).deprel {
            Deprel::Advcl => is_led_by(parse, child, "because") || is_led_by(parse, child, "since") && self.is_now(child),
            Deprel::Obl => is_led_by(parse, child, "because") || is_led_by(parse, child, "due") || is_led_by(parse, child, "owing"),
            _ => false,
        }) || self.is_caused()
    }

    /// "since the ground there is dry": in the present tense no time that began is meant.
    fn is_now(&self, verb: TokenId) -> bool {
        let parse = self.reading.parse;
        let present = |token: TokenId| matches!(parse.token(token).tag.as_str(), "VBZ" | "VBP");
        present(verb) || parse.children_by(verb, Deprel::Cop).any(present)
    }

    /// "was caused by a software error".
    fn is_caused(&self) -> bool {
        self.is(&["cause", "trigger", "spark"]) && self.is_passive() && self.reading.parse.child(self.top, Deprel::OblAgent).is_some()
    }

    /// "We do not know": what goes on in a mind is no deed.
    pub(super) fn is_mental(&self) -> bool {
        self.is(&[
            "know",
            "think",
            "believe",
            "want",
            "expect",
            "see",
            "understand",
            "need",
            "like",
            "feel",
            "hope",
            "care",
            "mind",
            "comment",
            "forget",
            "remember",
            "discuss",
            "speculate",
        ])
    }

    /// Whether what is negated is a deed of the speaker's own side.
    pub(super) fn is_own_deed(&self) -> bool {
        // "had no radio" is no deed.
        let lacks = self.is(&["have", "lack"]);
        (self.is_of_speaker() || self.is_of_own_side()) && !self.is_mental() && !lacks
    }

    /// The stance of a word, by lemma, or by form where the lemmatiser took a participle for a verb; none where it is negated.
    pub(super) fn stance(&self, token: TokenId) -> Option<Stance> {
        stance(self.reading, token)
    }

    /// Whether the clause holds a word of this stance.
    pub(super) fn has_stance(&self, wanted: Stance) -> bool {
        self.words().iter().any(|&token| self.stance(token) == Some(wanted))
    }

    /// Whether the predicate itself is of this stance. What would be done is the same deed where it is negated: "will not run".
    pub(super) fn is_stance(&self, wanted: Stance) -> bool {
        let deed = matches!(wanted, Stance::Yield | Stance::Step | Stance::Schedule | Stance::Decree | Stance::Toll | Stance::Answer);
        let found = if deed { listed_stance(self.reading, self.deed()) } else { self.stance(self.deed()) };
        // "will run out" is no run, "will step down" is a step.
        let parse = self.reading.parse;
        let particle = parse.child(self.deed(), Deprel::CompoundPrt).is_some();
        let beside = |child: TokenId| matches!(parse.token(child).deprel, Deprel::CompoundPrt | Deprel::Advmod) && child > self.deed();
        let joined = parse.children(self.deed()).iter().copied().filter(|&child| beside(child)).find_map(|child| {
            let whole = format!("{}-{}", self.lemma(self.deed()), self.lemma(child));
            self.reading.lexicon.stance(&whole, &whole, Upos::Verb)
        });
        let parted = particle && matches!(wanted, Stance::Step | Stance::Schedule);
        joined.map_or(found == Some(wanted) && !parted, |stance| stance == wanted)
    }

    /// Whether the predicate, its object or what modifies them is of this stance: "had done an extraordinary job".
    pub(super) fn is_valued(&self, wanted: Stance) -> bool {
        let parse = self.reading.parse;
        let core = |token: TokenId| token == self.top || parse.head(token) == Some(self.top) && parse.token(token).deprel == Deprel::Obj;
        let modifies = |token: TokenId| {
            matches!(parse.token(token).deprel, Deprel::Amod | Deprel::Advmod | Deprel::Compound) && parse.head(token).is_some_and(core)
        };
        self.words().into_iter().any(|token| (core(token) || modifies(token)) && self.stance(token) == Some(wanted))
    }

    /// First-person or third-person present or past of reported speech, without auxiliaries: "we condemn it", "said it condemned".
    pub(super) fn is_performed(&self) -> bool {
        let parse = self.reading.parse;
        let simple = parse.child_of(self.top, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).is_none();
        let tense =
            if self.is_quoted() { self.tag() == "VBP" && self.is_first_person() } else { matches!(self.tag(), "VBD" | "VBZ" | "VBP") };
        simple && tense && self.is_of_speaker() && !self.is_negated()
    }

    /// "renaming the square" after "suggested": no subject or auxiliary of its own.
    pub(super) fn is_bare_gerund(&self) -> bool {
        let parse = self.reading.parse;
        self.tag() == "VBG" && own_subject(parse, self.top).is_none() && !self.has(&["be", "have"])
    }

    /// "to face the wall" after "told": no subject of its own.
    pub(super) fn is_bare_infinitive(&self) -> bool {
        let parse = self.reading.parse;
        let to = parse.children(self.top).iter().any(|&child| parse.token(child).tag == "TO" && child < self.top);
        to && own_subject(parse, self.top).is_none()
    }

    /// Whether a question mark ends the quoted words.
    pub(super) fn is_asked(&self) -> bool {
        let quote = self.reading.quotes.iter().find(|quote| quote.holds(self.top) && !quote.holds(self.found.head));
        quote.is_some_and(|quote| self.reading.doc.slice(quote.inner).trim_end_matches([',', ' ']).ends_with('?'))
    }

    /// "reacted too late", "was driving too fast".
    pub(super) fn is_overdone(&self) -> bool {
        let parse = self.reading.parse;
        self.upos() == Upos::Verb
            && self.children().iter().any(|&child| {
                let how = parse.token(child).deprel == Deprel::Advmod;
                how && parse.children_by(child, Deprel::Advmod).any(|degree| self.lemma(degree) == "too")
            })
    }

    /// "should have checked".
    pub(super) fn is_missed_duty(&self) -> bool {
        self.has_modal(&["should"]) && self.has(&["have"])
    }
}

/// The stance of a word; negated words count for nothing.
pub(super) fn stance(reading: &Reading, token: TokenId) -> Option<Stance> {
    let negated = |&child: &TokenId| matches!(lemma(reading.parse, child).as_str(), "not" | "never" | "no" | "n't" | "n’t");
    if reading.parse.children(token).iter().any(negated) {
        return None;
    }
    listed_stance(reading, token)
}

pub(super) fn listed_stance(reading: &Reading, token: TokenId) -> Option<Stance> {
    let form = reading.doc.slice(reading.parse.token(token).span).to_lowercase();
    reading.lexicon.stance(&lemma(reading.parse, token), &form, reading.parse.token(token).upos)
}

/// Whether the speaker is the subject, or holds an office of it: a leader speaks for his state, a spokesman for his firm.
fn speaks_for(reading: &Reading, speaker: Option<EntityId>, subject: Option<EntityId>) -> bool {
    let (Some(speaker), Some(subject)) = (speaker, subject) else { return false };
    if speaker == subject {
        return true;
    }
    let (speaker, subject) = (&reading.actors.entities[speaker.index()], &reading.actors.entities[subject.index()]);
    let same_country = subject.kind == EntityKind::State && subject.country.is_some() && subject.country == speaker.country;
    let of_subject =
        |of: &str| of.eq_ignore_ascii_case(&subject.name) || subject.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(of));
    // "the company" of a spokeswoman of Shunkai.
    let office = speaker.roles.iter().any(|role| role.of.as_deref().is_some_and(of_subject));
    // "the firm" of its managing director.
    let colleague = !speaker.roles.is_empty() && speaker.sector.is_some() && speaker.sector == subject.sector;
    same_country || office || ((is_spokesperson(speaker) || colleague) && subject.kind == EntityKind::Organization)
}

/// Whether he is said to speak for somebody: by an office, or, without a name, by what he is called.
fn is_spokesperson(entity: &Entity) -> bool {
    let spokes = |words: &str| words.split(' ').any(|word| word.starts_with("spokes"));
    entity.roles.iter().any(|role| spokes(&role.title)) || !entity.named && spokes(&entity.name)
}

/// Whether somebody decides for others: a state, a body, who holds an office of one, whoever is under arms.
pub(super) fn is_authority(reading: &Reading, found: &Found, speaker: Option<EntityId>) -> bool {
    let Some(speaker) = speaker.map(|speaker| &reading.actors.entities[speaker.index()]) else { return false };
    match speaker.kind {
        EntityKind::State | EntityKind::Organization | EntityKind::PlaceAsActor => true,
        EntityKind::Person | EntityKind::Group => speaker.sector.as_deref().is_some_and(|sector| match sector {
            "GOV" | "COP" | "LEG" => speaker.named || is_definite(reading, found),
            sector => matches!(sector, "MIL" | "SPY" | "REB" | "UAF" | "CRM"),
        }),
        EntityKind::Document => true,
        _ => false,
    }
}

/// "the mayor" holds the office; "an official", "officials" are some of many.
fn is_definite(reading: &Reading, found: &Found) -> bool {
    found.source.as_ref().is_some_and(|source| {
        let the = reading.parse.child(source.head, Deprel::Det).is_some_and(|det| lemma(reading.parse, det) == "the");
        the && reading.parse.token(source.head).tag == "NN"
    })
}
