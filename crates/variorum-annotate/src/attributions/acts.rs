//! What is done by saying it?
//!
//! The cue names the act where it is telling ("vowed", "accused"); where it is neutral ("said", "called"), the content does: "will" with the speaker's own
//! side as subject promises, words of praise or blame in a description praise or accuse, "we have never" denies.
//!
//! Limits: irony, and blame without a word for it.

use variorum_model::{Act, AttributionKind, Deprel, EntityId, EntityKind, Polarity, TokenId, Upos};

use super::grammar::{beside_participle, is_led_by, lemma, own_subject, understood_subject};
use super::lexicon::{Stance, WordClass};
use super::{Found, Reading};

/// The act of an attribution, given who speaks.
pub(super) fn act(reading: &Reading, found: &Found, all: &[Found], speaker: Option<EntityId>) -> Act {
    let Some(row) = found.row else { return Act::Say };
    match row.act {
        Act::Reject if rejects_a_claim(reading, found) => Act::Deny,
        Act::Condemn if has_stance(reading, &found.content, Stance::Wrong) => Act::Accuse,
        Act::Describe => described(reading, found).unwrap_or(Act::Describe),
        Act::Say | Act::Announce | Act::Claim | Act::Explain | Act::Report => stated(reading, found, all, speaker).unwrap_or(row.act),
        act => act,
    }
}

/// Asserted or denied: the row's word for it turned round by a negation at the cue.
pub(super) fn polarity(reading: &Reading, found: &Found, act: Act) -> Polarity {
    let denies = matches!(act, Act::Deny | Act::Reject);
    let negates = |token: TokenId| match lemma(reading.parse, token).as_str() {
        "not" | "never" | "n't" | "n’t" => true,
        // "declined to say": the saying is refused; "refused the offer" says no itself.
        "decline" | "refuse" => token != found.head,
        _ => false,
    };
    let negated = found.cue.iter().any(|&token| negates(token));
    if denies != negated { Polarity::Negative } else { Polarity::Positive }
}

/// "dismissed the claims".
fn rejects_a_claim(reading: &Reading, found: &Found) -> bool {
    let parse = reading.parse;
    let head = parse.span_of(&found.content).and_then(|span| parse.head_of_span(span));
    head.filter(|&head| parse.token(head).upos == Upos::Noun).is_some_and(|head| {
        let rows = reading.lexicon.rows(&lemma(parse, head), WordClass::Noun);
        rows.iter().any(|row| matches!(row.act, Act::Claim | Act::Accuse | Act::Report | Act::Say | Act::Propose))
    })
}

fn has_stance(reading: &Reading, content: &[TokenId], wanted: Stance) -> bool {
    stances(reading, content).any(|stance| stance == wanted)
}

/// Stances of the words of a content; negated words count for nothing.
fn stances<'r>(reading: &'r Reading<'r>, content: &'r [TokenId]) -> impl Iterator<Item = Stance> + 'r {
    content.iter().filter(|&&token| !is_negated(reading, token)).filter_map(|&token| stance(reading, token))
}

/// By lemma, or by form where the lemmatiser took a participle for a verb.
fn stance(reading: &Reading, token: TokenId) -> Option<Stance> {
    let form = reading.doc.slice(reading.parse.token(token).span).to_lowercase();
    reading.lexicon.stance(&lemma(reading.parse, token), &form)
}

fn is_negated(reading: &Reading, token: TokenId) -> bool {
    reading
        .parse
        .children(token)
        .iter()
        .any(|&child| matches!(lemma(reading.parse, child).as_str(), "not" | "never" | "no" | "n't" | "n’t"))
}

/// What a description comes to.
fn described(reading: &Reading, found: &Found) -> Option<Act> {
    let count = |wanted: &[Stance]| stances(reading, &found.content).filter(|stance| wanted.contains(stance)).count();
    let (praise, blame) = (count(&[Stance::Praise]), count(&[Stance::Blame, Stance::Wrong]));
    match (praise, blame) {
        (0, 0) => None,
        _ if praise > blame => Some(Act::Praise),
        _ if blame > praise => Some(Act::Accuse),
        _ => None,
    }
}

/// What a neutral "said" comes to, from the words said.
fn stated(reading: &Reading, found: &Found, all: &[Found], speaker: Option<EntityId>) -> Option<Act> {
    if let Some(act) = inherited(reading, found, all) {
        return Some(act);
    }
    let tops = clause_tops(reading, &found.content);
    if tops.iter().any(|&top| denies(reading, found, top, speaker)) {
        return Some(Act::Deny);
    }
    if let Some(&top) = tops.iter().find(|&&top| is_future_of_speaker(reading, found, top, speaker)) {
        let harm = has_stance(reading, &reading.parse.subtree(top), Stance::Harm) || stance(reading, top) == Some(Stance::Harm);
        return Some(if harm { Act::Threaten } else { Act::Promise });
    }
    let blame = |stance: &Stance| matches!(stance, Stance::Blame | Stance::Wrong);
    let n_blame = stances(reading, &found.content).filter(blame).count();
    let quoted = found.content.iter().any(|&token| reading.quotes.iter().any(|quote| quote.holds(token)));
    let you = found.content.iter().any(|&token| lemma(reading.parse, token) == "you");
    let accused = stances(reading, &found.content).any(|stance| stance == Stance::Wrong);
    if quoted && (n_blame >= 2 || (accused && you)) {
        return Some(Act::Accuse);
    }
    // A cue that says more than "said" keeps what it says.
    let top = *tops.first().filter(|_| found.row.is_some_and(|row| row.act == Act::Say))?;
    feeling(reading, found, &tops, speaker)
        .or_else(|| foretold(reading, found, top))
        .or_else(|| states_fact(reading, found, top).then_some(Act::Report))
}

/// "was glad of the ruling", "we thank the divers": words by which a speaker tells what he feels towards others.
fn feeling(reading: &Reading, found: &Found, tops: &[TokenId], speaker: Option<EntityId>) -> Option<Act> {
    let own = |top: TokenId| {
        let subject = subject_of_conjunct(reading, top)?;
        let first_person = matches!(lemma(reading.parse, subject).as_str(), "i" | "we") && in_quote(reading, found, subject);
        let same = speaker.is_some() && reading.actors.entity_of(subject) == speaker;
        let pronoun = matches!(lemma(reading.parse, subject).as_str(), "it" | "he" | "she" | "they") && !in_quote(reading, found, subject);
        (first_person || same || pronoun).then_some(top)
    };
    tops.iter().filter_map(|&top| own(top)).find_map(|top| {
        let rows =
            [WordClass::Verb, WordClass::Adjective].into_iter().flat_map(|class| reading.lexicon.rows(&lemma(reading.parse, top), class));
        rows.map(|row| row.act)
            .find(|act| matches!(act, Act::Thank | Act::Welcome | Act::Apologise | Act::Congratulate | Act::Hope | Act::Praise))
    })
}

/// "The banker will be extradited", "repairs would cost more": what others will do, or what will happen.
fn foretold(reading: &Reading, found: &Found, top: TokenId) -> Option<Act> {
    let parse = reading.parse;
    let quoted = in_quote(reading, found, top);
    let future = has_child(reading, top, &["will", "shall", "’ll", "'ll"]) || (!quoted && has_child(reading, top, &["would"]));
    let condition = parse.children_by(top, Deprel::Advcl).any(|clause| is_led_by(parse, clause, "if"));
    let somebody = subject_of_conjunct(reading, top).is_some_and(|subject| !matches!(lemma(parse, subject).as_str(), "i" | "we" | "you"));
    (future && somebody && !condition && !has_child(reading, top, &["have"])).then_some(Act::Predict)
}

/// Whether a clause tells what happened or how many, rather than what somebody makes of it: a verb of doing in the past, or a number with what it counts;
/// no word of evaluation, no "should", nothing of the speaker's own mind.
fn states_fact(reading: &Reading, found: &Found, top: TokenId) -> bool {
    let parse = reading.parse;
    if found.row.is_none_or(|row| row.kind != AttributionKind::Speech) || stances(reading, &found.content).next().is_some() {
        return false;
    }
    let token = parse.token(top);
    let modal = parse.children_by(top, Deprel::Aux).any(|aux| parse.token(aux).tag == "MD");
    let first_person =
        subject_of_conjunct(reading, top).is_some_and(|subject| matches!(lemma(parse, subject).as_str(), "i" | "we" | "you"));
    let question = parse.children_by(top, Deprel::Mark).any(|mark| matches!(lemma(parse, mark).as_str(), "whether" | "if"));
    if modal || first_person || question || is_mental(reading, top) {
        return false;
    }
    let verb = token.upos == Upos::Verb && parse.child(top, Deprel::Cop).is_none();
    let past = matches!(token.tag.as_str(), "VBD" | "VBN")
        || has_child(reading, top, &["have"])
        || token.tag == "VBG" && has_child(reading, top, &["be"]);
    let counts = parse.subtree(top).iter().any(|&word| parse.token(word).upos == Upos::Num);
    (verb && past) || counts && token.upos != Upos::Adj
}

/// "dismissed the claims, saying that …": the participle explains the act of its clause.
fn inherited(reading: &Reading, found: &Found, all: &[Found]) -> Option<Act> {
    let token = reading.parse.token(found.head);
    let governor = beside_participle(reading.parse, found.head).or(token.head);
    let head = governor.filter(|_| token.deprel == Deprel::Advcl && token.tag == "VBG")?;
    let outer = all.iter().find(|other| other.head == head)?;
    let act = outer.row?.act;
    match act {
        Act::Reject if rejects_a_claim(reading, outer) => Some(Act::Deny),
        Act::Reject | Act::Deny => Some(act),
        _ => None,
    }
}

/// Heads of the clauses that a content consists of, one a sentence and its coordinated ones.
fn clause_tops(reading: &Reading, content: &[TokenId]) -> Vec<TokenId> {
    let parse = reading.parse;
    let is_top = |&token: &TokenId| parse.head(token).is_none_or(|head| !content.contains(&head)) && parse.token(token).upos != Upos::Punct;
    let mut tops: Vec<TokenId> = content.iter().copied().filter(is_top).collect();
    for top in tops.clone() {
        tops.extend(
            parse.children(top).iter().copied().filter(|&child| parse.token(child).deprel == Deprel::Conj && content.contains(&child)),
        );
    }
    tops
}

fn has_child(reading: &Reading, top: TokenId, words: &[&str]) -> bool {
    reading.parse.children(top).iter().any(|&child| words.contains(&lemma(reading.parse, child).as_str()))
}

/// "We have never issued it", "his men carried no firearms", "is not authentic": one's own deed, or the truth of a thing, negated.
fn denies(reading: &Reading, found: &Found, top: TokenId, speaker: Option<EntityId>) -> bool {
    let parse = reading.parse;
    let Some(subject) = own_subject(parse, top) else { return false };
    let none = |child: TokenId| {
        let argument = parse.token(child).deprel.is_subject() || parse.token(child).deprel == Deprel::Obj;
        let word = |token: TokenId, words: &[&str]| words.contains(&lemma(parse, token).as_str());
        argument
            && (word(child, &["nobody", "none", "nothing", "noone"]) || parse.children(child).iter().any(|&det| word(det, &["no", "not"])))
    };
    let negated = has_child(reading, top, &["not", "never", "n't", "n’t"]) || parse.children(top).iter().any(|&child| none(child));
    let past = parse.token(top).tag == "VBD" || parse.token(top).tag == "VBN" || has_child(reading, top, &["do", "have"]);
    let future = has_child(reading, top, &["will", "would", "shall", "can", "could", "may", "must", "should"]);
    let own = matches!(lemma(parse, subject).as_str(), "i" | "we") && in_quote(reading, found, subject)
        || speaks_for(reading, speaker, reading.actors.entity_of(subject))
        || is_own_side(reading, subject);
    let genuine = matches!(lemma(parse, top).as_str(), "true" | "authentic" | "genuine" | "real" | "correct" | "accurate");
    (past && !future && negated && own && !is_mental(reading, top)) || (negated && genuine)
}

/// "his men", "our soldiers", "its pilots", "no soldier of ours".
fn is_own_side(reading: &Reading, subject: TokenId) -> bool {
    let parse = reading.parse;
    let owner = |token: TokenId| parse.child(token, Deprel::NmodPoss).is_some_and(|owner| parse.token(owner).upos == Upos::Pron);
    owner(subject) || parse.children_by(subject, Deprel::Nmod).any(owner)
}

/// "We do not know" denies nothing.
fn is_mental(reading: &Reading, verb: TokenId) -> bool {
    matches!(
        lemma(reading.parse, verb).as_str(),
        "know" | "think" | "believe" | "want" | "expect" | "see" | "understand" | "need" | "like" | "feel" | "hope" | "care" | "mind"
    )
}

fn in_quote(reading: &Reading, found: &Found, token: TokenId) -> bool {
    reading.quotes.iter().any(|quote| quote.holds(token) && !quote.holds(found.head))
}

/// "will", "would", "going to" with the speaker, or whom he speaks for, as subject.
fn is_future_of_speaker(reading: &Reading, found: &Found, top: TokenId, speaker: Option<EntityId>) -> bool {
    let parse = reading.parse;
    let going = lemma(parse, top) == "go" && parse.child(top, Deprel::Xcomp).is_some() && parse.token(top).tag == "VBG";
    // "I would" sets a condition; reported speech turns "will" into "would".
    let quoted = in_quote(reading, found, top);
    let future = has_child(reading, top, &["will", "shall", "’ll", "'ll"]) || (!quoted && has_child(reading, top, &["would", "’d", "'d"]));
    let modal = future && !has_child(reading, top, &["have"]);
    let negated = has_child(reading, top, &["not", "never", "n't", "n’t"]);
    let Some(subject) = subject_of_conjunct(reading, top).filter(|_| (going || modal) && !negated) else { return false };
    // "would be possible" is a condition, no undertaking.
    if parse.child(top, Deprel::Cop).is_some() && lemma(parse, top) != "ready" {
        return false;
    }
    let first_person = matches!(lemma(parse, subject).as_str(), "i" | "we") && in_quote(reading, found, subject);
    first_person || speaks_for(reading, speaker, reading.actors.entity_of(subject))
}

/// A clause's own subject, or that of the clause it is coordinated with.
fn subject_of_conjunct(reading: &Reading, top: TokenId) -> Option<TokenId> {
    own_subject(reading.parse, top).or_else(|| {
        let head = reading.parse.head(top).filter(|_| reading.parse.token(top).deprel == Deprel::Conj).unwrap_or(top);
        own_subject(reading.parse, head).or_else(|| understood_subject(reading.parse, head))
    })
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
    let spokesperson = speaker.roles.iter().any(|role| role.title.contains("spokes"));
    same_country || office || (spokesperson && subject.kind == EntityKind::Organization)
}
