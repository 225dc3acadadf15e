//! Who counted?
//!
//! Input: a number in its tree. Output: the subject of a verb of counting, or whose count it is, as a hop. Examples: in "Police recorded 2,118 burglaries" it is the police,
//! in "40 died, by the council's count" the council, in "organisers put the crowd at 40,000, police at 12,000" the police of the 12,000.
//! Nobody is said to say these numbers, so they are no attributions; who gives them answers for them all the same.
//! Limits: one clause; the subject of a verb that only gives ("the survey gave him 46 percent") must be a reckoning itself.

use variorum_model::{AttributionKind, Deprel, Hop, HopRole, Parse, Span, TokenId, Upos};

use super::{
    Counting, Scene, is_led_by, lemma,
    measure::{Measured, base},
};

/// Nouns for a count, as in "by the council's count".
const COUNTS: [&str; 9] = ["count", "tally", "estimate", "reckoning", "calculation", "figure", "number", "projection", "poll"];

/// Who gives a number, where no saying does.
pub(super) fn counter(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<Hop> {
    gapped(scene, counting).or_else(|| by_count(scene, counting, measured)).or_else(|| by_verb(scene, counting))
}

/// "Police recorded 2,118 burglaries": the subject of the nearest verb above the number.
fn by_verb(scene: &Scene, counting: &Counting) -> Option<Hop> {
    let parse = scene.parse;
    let verb = parse.ancestors(counting.base).find(|&up| parse.token(up).upos == Upos::Verb)?;
    let word = base(scene, verb);
    let active = parse.child(verb, Deprel::AuxPass).is_none() && parse.token(verb).deprel != Deprel::Acl;
    let subject = subject(parse, verb).filter(|_| active)?;
    // "A lawyers' group puts the number at 300", "had spoken of 12 dead"
    let put = PUTTING.contains(&word.as_str()) && is_led_by_word(scene, counting, &["at", "as"])
        || matches!(word.as_str(), "speak" | "talk") && is_led_by_word(scene, counting, &["of"]);
    let revised = || {
        let total =
            parse.child(verb, Deprel::Obj).filter(|&noun| COUNTS.contains(&lemma(parse, noun).as_str()) || lemma(parse, noun) == "toll");
        REVISING.contains(&word.as_str()) && is_led_by_word(scene, counting, &["to", "from"]) && total.is_some()
    };
    let is_source = put || revised() || scene.lexicon.is_counting(&word) || scene.lexicon.is_giving(&word) && is_reckoning(scene, subject);
    let counted = counting.quantity.span.contains(parse.token(subject).span) || subject == counting.base;
    (is_source && !counted && !is_cue(scene, verb)).then(|| hop(scene, subject, verb, word))
}

/// Verbs by which somebody puts a number at so many.
const PUTTING: [&str; 4] = ["put", "estimate", "reckon", "give"];

/// Verbs by which somebody changes a number he has given.
const REVISING: [&str; 8] = ["lower", "raise", "revise", "correct", "update", "adjust", "amend", "increase"];

/// Whether the number stands right behind one of these words.
fn is_led_by_word(scene: &Scene, counting: &Counting, words: &[&str]) -> bool {
    let first = scene.parse.token_at(counting.quantity.span.start());
    let before = first.and_then(|first| first.0.checked_sub(1)).map(|before| lemma(scene.parse, TokenId(before)));
    before.is_some_and(|before| words.contains(&before.as_str()))
}

/// A verb's subject, or that of the verb it goes on from; "the ministry, which had spoken of 12" is the ministry.
fn subject(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let outer = |&at: &TokenId| parse.head(at).filter(|_| matches!(parse.token(at).deprel, Deprel::Conj | Deprel::Xcomp));
    let (at, subject) = std::iter::successors(Some(verb), outer).take(4).find_map(|at| Some((at, parse.child(at, Deprel::Nsubj)?)))?;
    let relative = parse.token(at).deprel == Deprel::AclRelcl && matches!(lemma(parse, subject).as_str(), "who" | "which" | "that");
    if relative { parse.head(at) } else { Some(subject) }
}

/// "a survey by the institute", "the exit poll", "the draft budget": what gives numbers as people say them.
fn is_reckoning(scene: &Scene, noun: TokenId) -> bool {
    scene.lexicon.is_reckoning(&lemma(scene.parse, noun))
}

/// An attribution that has the verb for its cue gives the number already.
fn is_cue(scene: &Scene, verb: TokenId) -> bool {
    let span = scene.parse.token(verb).span;
    scene.attributions.iter().any(|one| !one.source.is_empty() && one.cue.iter().any(|cue| cue.contains(span)))
}

/// "by the council's count", "by the estimate of the analyst": whose count it is.
fn by_count(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<Hop> {
    let parse = scene.parse;
    let top = parse.ancestors(counting.base).find(|&up| parse.token(up).upos == Upos::Verb).or(measured.governor)?;
    let under = |&at: &TokenId| parse.is_within(at, top) && COUNTS.contains(&lemma(parse, at).as_str()) && is_led_by(parse, at, "by");
    let sentence = parse.sentence(parse.token(top).sentence);
    let count = (sentence.first.0..sentence.end.0).map(TokenId).find(under)?;
    let owner = parse
        .child(count, Deprel::NmodPoss)
        .or_else(|| parse.children_by(count, Deprel::Nmod).find(|&of| is_led_by(parse, of, "of") || is_led_by(parse, of, "by")))?;
    Some(hop(scene, owner, count, lemma(parse, count)))
}

/// "Organisers put the march at 60,000, police at about 25,000": who stands before an "at" whose verb is left out.
fn gapped(scene: &Scene, counting: &Counting) -> Option<Hop> {
    let parse = scene.parse;
    let first = parse.token_at(counting.quantity.span.start())?;
    let back = |n: u32| first.0.checked_sub(n).map(TokenId).filter(|&word| parse.token(word).sentence == parse.token(first).sentence);
    let at = back(1).filter(|&word| lemma(parse, word) == "at")?;
    let who = back(2).filter(|&word| matches!(parse.token(word).upos, Upos::Noun | Upos::Propn))?;
    let opens = (who.0.saturating_sub(5)..who.0).rev().map(TokenId).find(|&word| !is_of_name(parse, word))?;
    let begins = matches!(parse.token(opens).upos, Upos::Punct | Upos::Cconj);
    let verb = (0..opens.0).rev().map(TokenId).take(20).find(|&word| parse.token(word).upos == Upos::Verb)?;
    let put = matches!(lemma(parse, verb).as_str(), "put" | "estimate" | "place" | "reckon");
    (begins && put).then(|| hop(scene, who, at, lemma(parse, verb)))
}

fn is_of_name(parse: &Parse, word: TokenId) -> bool {
    matches!(parse.token(word).upos, Upos::Noun | Upos::Propn | Upos::Det | Upos::Adj)
}

fn hop(scene: &Scene, who: TokenId, cue: TokenId, word: String) -> Hop {
    let span = phrase(scene, who);
    Hop {
        entity: scene.actors.entity_for_phrase(scene.parse, who),
        name: scene.doc.slice(span).to_owned(),
        role: if scene.lexicon.is_counting(&word) { HopRole::Observer } else { HopRole::Speaker },
        cue: word,
        kind: AttributionKind::Finding,
        hedge: None,
        said: None,
        span: span.cover(scene.parse.token(cue).span),
    }
}

/// A noun with what describes it, without clauses.
fn phrase(scene: &Scene, noun: TokenId) -> Span {
    let parse = scene.parse;
    let cut = |child: TokenId| {
        let deprel = parse.token(child).deprel;
        parse.head(child) == Some(noun)
            && matches!(deprel, Deprel::AclRelcl | Deprel::Acl | Deprel::Appos | Deprel::Conj | Deprel::Case | Deprel::Punct)
    };
    let spans = parse.runs_of(&parse.subtree_without(noun, cut));
    let own = parse.token(noun).span;
    spans.into_iter().find(|span| span.contains(own)).unwrap_or(own)
}
