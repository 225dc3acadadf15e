//! Who answers for a number that nobody is said to say?
//!
//! Input: a number in its tree. Output: the subject of a verb of counting, or whose count it is, as a hop. Examples: in "Police recorded 2,118 burglaries" it is the police,
//! in "40 died, by the council's count" the council, in "organisers put the crowd at 40,000, police at 12,000" the police of the 12,000, in "the rebels say 43" the rebels.
//! Words come from `knowledge/answering.tsv`. Who is named aside is found by [`asides`], whose count it is by [`counts`].
//! Limits: one clause; the subject of a verb that only gives ("the survey gave him 46 percent") must be a reckoning itself.

use variorum_model::{AttributionKind, Deprel, Hop, HopRole, Parse, Qualifier, QuantityKind, Span, TokenId, Upos};

use super::{
    Counting, Scene, asides, counts, lemma,
    measure::{Basis, Measured, base},
};

/// Who gives a number, where no saying does; `said` where a saying holds it already.
pub(super) fn counter(scene: &Scene, counting: &Counting, measured: &Measured, said: bool) -> Option<Hop> {
    let told = || gapped(scene, counting).or_else(|| counts::by_count(scene, counting, measured)).or_else(|| put_above(scene, counting));
    let own = || counts::of_count(scene, counting).or_else(|| by_verb(scene, counting, measured)).or_else(|| shown_above(scene, counting));
    told().or_else(own).or_else(|| asides::aside(scene, counting).filter(|_| !said))
}

/// "Police recorded 2,118 burglaries": the subject of the nearest verb above the number.
fn by_verb(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<Hop> {
    let parse = scene.parse;
    let verb = parse.ancestors(counting.base).find(|&up| parse.token(up).upos == Upos::Verb)?;
    let active = parse.child(verb, Deprel::AuxPass).is_none() && parse.token(verb).deprel != Deprel::Acl;
    let subject = subject(parse, verb).filter(|_| active)?;
    let counted = counting.quantity.span.contains(parse.token(subject).span) || subject == counting.base;
    let is_source = answers(scene, counting, measured, verb) || gives(scene, verb, subject);
    (is_source && !counted && !is_cue(scene, verb)).then(|| hop(scene, subject, verb))
}

/// "It put the number of people rescued at 172": the tree may hang the number on what became of those counted.
fn put_above(scene: &Scene, counting: &Counting) -> Option<Hop> {
    let parse = scene.parse;
    let at = stands_behind(scene, counting, &["at", "as"]);
    let puts = |&up: &TokenId| parse.token(up).upos == Upos::Verb && scene.lexicon.answers("putting", &base(scene, up));
    let verb = parse.ancestors(counting.base).filter(|_| at).find(puts).filter(|&verb| !is_cue(scene, verb))?;
    let active = parse.child(verb, Deprel::AuxPass).is_none() && parse.token(verb).deprel != Deprel::Acl;
    subject(parse, verb).filter(|_| active).map(|subject| hop(scene, subject, verb))
}

/// "The laboratory's accounts show 52 million rupees received": papers give what clauses under their verb tell.
fn shown_above(scene: &Scene, counting: &Counting) -> Option<Hop> {
    let parse = scene.parse;
    let verbs = parse.ancestors(counting.base).filter(|&up| parse.token(up).upos == Upos::Verb).take(3);
    let shown = |verb: TokenId| {
        let subject = parse.child(verb, Deprel::Nsubj).filter(|&subject| subject < counting.base)?;
        (gives(scene, verb, subject) && !is_cue(scene, verb)).then(|| hop(scene, subject, verb))
    };
    verbs.into_iter().find_map(shown)
}

/// Whether whoever does what a verb says gives the number.
fn answers(scene: &Scene, counting: &Counting, measured: &Measured, verb: TokenId) -> bool {
    let word = base(scene, verb);
    let is = |group: &str| scene.lexicon.answers(group, &word);
    let behind = |words: &[&str]| stands_behind(scene, counting, words);
    // "The hospital admitted 40": what was done to those counted is no saying.
    let deed = measured.basis == Basis::Predicate && measured.governor == Some(verb) && scene.lexicon.is_measure(&measured.measure);
    is("counting")
        || is("putting") && behind(&["at", "as"])
        || is("knowing") && behind(&["of"])
        || is("reaching") && behind(&["at", "on"]) && is_person_or_body(scene, verb)
        || is("revising") && behind(&["to", "from"]) && has_total(scene, verb)
        || is("saying") && is_object(scene.parse, counting, verb) && !deed
        || word == "have" && (is_of_reports(scene, counting) || is_bare(scene, counting, verb))
}

/// "The survey gave him 46 percent", "the accounts show 52 million".
fn gives(scene: &Scene, verb: TokenId, subject: TokenId) -> bool {
    scene.lexicon.answers("giving", &base(scene, verb)) && is_reckoning(scene, subject)
}

/// "Its toll came to 40": only who counts arrives at a number by himself.
fn is_person_or_body(scene: &Scene, verb: TokenId) -> bool {
    let subject = subject(scene.parse, verb);
    subject.is_some_and(|subject| scene.actors.entity_for_phrase(scene.parse, subject).is_some() || is_reckoning(scene, subject))
}

/// "corrected the figure to nine": what is revised is a number.
fn has_total(scene: &Scene, verb: TokenId) -> bool {
    scene.parse.child(verb, Deprel::Obj).is_some_and(|noun| scene.lexicon.answers("count", &lemma(scene.parse, noun)))
}

/// Whether the number, or its noun, is what a verb says.
fn is_object(parse: &Parse, counting: &Counting, verb: TokenId) -> bool {
    let token = parse.token(counting.base);
    token.head == Some(verb) && matches!(token.deprel, Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp | Deprel::Obl) && counting.base > verb
}

/// "has reports of 12 fires", "has the names of 300 people": what somebody has of them.
fn is_of_reports(scene: &Scene, counting: &Counting) -> bool {
    let parse = scene.parse;
    let head = parse.head(counting.base).filter(|_| stands_behind(scene, counting, &["of"]));
    head.is_some_and(|noun| {
        matches!(lemma(parse, noun).as_str(), "report" | "record" | "word" | "name" | "news" | "list" | "count" | "knowledge")
    })
}

/// "The mission has at least 34": who has a bound without a noun has it in his lists; "the village has 84" has them.
fn is_bare(scene: &Scene, counting: &Counting, verb: TokenId) -> bool {
    let quantity = counting.quantity;
    let count = quantity.kind == QuantityKind::Count && quantity.unit.is_none() && quantity.counted.is_none();
    count && quantity.qualifier == Qualifier::AtLeast && is_object(scene.parse, counting, verb)
}

/// Whether the number stands right behind one of these words, or what qualifies it does.
fn stands_behind(scene: &Scene, counting: &Counting, words: &[&str]) -> bool {
    let first = scene.parse.token_at(counting.quantity.span.start());
    let before = first.and_then(|first| first.0.checked_sub(1)).map(|before| lemma(scene.parse, TokenId(before)));
    before.is_some_and(|before| words.contains(&before.as_str()))
}

/// A verb's subject, or that of the verb it goes on from; "the ministry, which had spoken of 12" is the ministry.
pub(super) fn subject(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let outer = |&at: &TokenId| parse.head(at).filter(|_| matches!(parse.token(at).deprel, Deprel::Conj | Deprel::Xcomp));
    let (at, subject) = std::iter::successors(Some(verb), outer)
        .take(4)
        .find_map(|at| Some((at, parse.child_of(at, &[Deprel::Nsubj, Deprel::Dislocated])?)))?;
    let relative = parse.token(at).deprel == Deprel::AclRelcl && matches!(lemma(parse, subject).as_str(), "who" | "which" | "that");
    if relative { parse.head(at) } else { Some(subject) }
}

/// "a survey by the institute", "the exit poll", "the draft budget": what gives numbers as people say them.
pub(super) fn is_reckoning(scene: &Scene, noun: TokenId) -> bool {
    scene.lexicon.answers("reckoning", &lemma(scene.parse, noun))
}

/// An attribution that has the verb for its cue gives the number already.
fn is_cue(scene: &Scene, verb: TokenId) -> bool {
    let span = scene.parse.token(verb).span;
    scene.attributions.iter().any(|one| !one.source.is_empty() && one.cue.iter().any(|cue| cue.contains(span)))
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
    let put = scene.lexicon.answers("putting", &lemma(parse, verb));
    (begins && put).then(|| hop(scene, who, at))
}

fn is_of_name(parse: &Parse, word: TokenId) -> bool {
    matches!(parse.token(word).upos, Upos::Noun | Upos::Propn | Upos::Det | Upos::Adj)
}

/// The hop of somebody who gives a number by a word.
pub(super) fn hop(scene: &Scene, who: TokenId, cue: TokenId) -> Hop {
    let (span, word) = (phrase(scene, who), base(scene, cue));
    Hop {
        entity: scene.actors.entity_for_phrase(scene.parse, who),
        name: scene.doc.slice(span).to_owned(),
        role: if scene.lexicon.answers("counting", &word) { HopRole::Observer } else { HopRole::Speaker },
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
