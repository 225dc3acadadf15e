//! Questions to the tree that every part of this stage asks: who is the subject, what belongs to the verb group, where does the clause end.

use variorum_model::{Deprel, Parse, TokenId, Upos};

/// The word in lower case, as lemma.
pub(super) fn lemma(parse: &Parse, id: TokenId) -> String {
    parse.token(id).lemma.to_lowercase()
}

/// Whether a verb is passive: a passive auxiliary or subject, an agent, or a bare past participle after its noun.
pub(super) fn is_passive(parse: &Parse, verb: TokenId) -> bool {
    let marked = parse
        .children(verb)
        .iter()
        .any(|&child| matches!(parse.token(child).deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass | Deprel::OblAgent));
    let token = parse.token(verb);
    let bare = token.tag == "VBN"
        && matches!(token.deprel, Deprel::Acl | Deprel::Advcl | Deprel::Amod)
        && !has_auxiliary(parse, verb)
        && !is_past_tense(parse, verb);
    // "Asked about the pier, he left": before its main clause such a form is a participle, whatever the tagger says.
    let fronted = || {
        token.tag == "VBD"
            && token.deprel == Deprel::Advcl
            && token.head.is_some_and(|head| verb < head)
            && own_subject(parse, verb).is_none()
    };
    marked || bare || fronted()
}

/// "…, the board announced": a form with a subject of its own and no auxiliary is a past tense, whatever the tagger says.
pub(super) fn is_past_tense(parse: &Parse, verb: TokenId) -> bool {
    matches!(parse.token(verb).tag.as_str(), "VBD" | "VBN")
        && parse.child(verb, Deprel::Nsubj).is_some()
        && parse.child(verb, Deprel::AuxPass).is_none()
}

fn has_auxiliary(parse: &Parse, verb: TokenId) -> bool {
    parse.children(verb).iter().any(|&child| parse.token(child).deprel == Deprel::Aux)
}

/// The verb's own subject, expletives left out.
pub(super) fn own_subject(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let subjects = parse.children(verb).iter().copied().filter(|&child| parse.token(child).deprel.base() == "nsubj");
    // Where the parser gives two, the nearer one is right more often, unless another clause stands between.
    let nearest = subjects.min_by_key(|&subject| (has_verb_between(parse, subject, verb), subject.0.abs_diff(verb.0)));
    nearest.or_else(|| object_before(parse, verb))
}

/// "said the premier had assured her": an object in the place of a subject that is lacking is the subject.
fn object_before(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let finite = matches!(parse.token(verb).tag.as_str(), "VBD" | "VBZ" | "VBP") || parse.child(verb, Deprel::Aux).is_some();
    let object = parse.children(verb).iter().copied().find(|&child| {
        let token = parse.token(child);
        let noun = is_nominal(parse, child) && !token.tag.starts_with('W') && parse.child(child, Deprel::Case).is_none();
        noun && child < verb && matches!(token.deprel, Deprel::Obj | Deprel::Iobj | Deprel::Xcomp | Deprel::Dislocated | Deprel::Dep)
    })?;
    let last = *parse.subtree(object).iter().rfind(|&&token| token < verb)?;
    let between = (last.0 + 1..verb.0).map(TokenId).all(|token| matches!(parse.token(token).upos, Upos::Aux | Upos::Adv | Upos::Part));
    let active = parse.child(verb, Deprel::AuxPass).is_none();
    (finite && between && active).then_some(object)
}

fn has_verb_between(parse: &Parse, subject: TokenId, verb: TokenId) -> bool {
    let finite = |token: TokenId| matches!(parse.token(token).tag.as_str(), "VBD" | "VBZ" | "VBP") && !parse.is_within(token, subject);
    (subject.0 + 1..verb.0).map(TokenId).any(|token| finite(token) && parse.head(token) != Some(verb))
}

/// Whether "it" or "there" stands in the subject's place.
pub(super) fn has_expletive(parse: &Parse, verb: TokenId) -> bool {
    parse.children(verb).iter().any(|&child| parse.token(child).deprel == Deprel::Expl)
}

/// Who does what the verb tells: its subject, or that of the verb it hangs on (coordination, participles, infinitives).
///
/// "vowed to fight, calling it a duty" → the subject of "vowed"; "asked Bel to call" → "Bel"; "a report saying" → "a report".
pub(super) fn understood_subject(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let mut at = verb;
    for _ in 0..12 {
        if let Some(subject) = own_subject(parse, at) {
            return Some(subject);
        }
        if has_expletive(parse, at) {
            return None;
        }
        if let Some(outer) = outer_verb(parse, at) {
            at = outer;
            continue;
        }
        let head = parse.head(at)?;
        // "quoted Bel as saying": Bel says.
        if parse.token(at).tag == "VBG"
            && is_led_by(parse, at, "as")
            && let Some(object) = parse.child(head, Deprel::Obj)
        {
            return Some(object);
        }
        if let Some(verb) = beside_participle(parse, at).filter(|_| at == verb) {
            return own_subject(parse, verb);
        }
        if let Some(outer) = goes_on_saying(parse, at).filter(|_| at == verb) {
            at = outer;
            continue;
        }
        if promises(parse, at, head) {
            at = parse.head(head)?;
            continue;
        }
        if let Some(relative) = relative_before(parse, at) {
            return Some(relative);
        }
        if let Some(subject) = phrase_after_that(parse, at) {
            return Some(subject);
        }
        match parse.token(at).deprel {
            Deprel::Xcomp => match parse.child(head, Deprel::Obj) {
                // An object of the governing verb controls the infinitive, unless it stands in a set phrase of it.
                Some(object) if object < at && controls(parse, object) => return Some(object),
                _ => at = head,
            },
            Deprel::Ccomp if stolen_subject(parse, at, head).is_some() => return stolen_subject(parse, at, head),
            Deprel::Conj | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis => {
                if is_nominal(parse, head) && own_subject(parse, head).is_none() && parse.token(at).deprel != Deprel::Conj {
                    return Some(head);
                }
                at = head;
            }
            // "Papers reported the guild had left": a tensed form is no participle, whatever the parser makes of it.
            Deprel::Acl if matches!(parse.token(at).tag.as_str(), "VBG" | "VBD" | "VBZ" | "VBP") => return Some(head),
            Deprel::Acl => return governor_subject(parse, head),
            Deprel::AclRelcl => return Some(head),
            _ => return None,
        }
    }
    None
}

/// "said …, to which the board replied, adding that …": the participle goes with the clause right before it, where that has a subject of its own.
pub(super) fn beside_participle(parse: &Parse, participle: TokenId) -> Option<TokenId> {
    let head = parse.head(participle)?;
    let late = parse.token(participle).deprel == Deprel::Advcl && parse.token(participle).tag == "VBG" && head < participle;
    let between = (head.0 + 1..participle.0).map(TokenId).filter(|_| late);
    between.rev().find(|&token| {
        let word = parse.token(token);
        let clause = word.deprel == Deprel::AclRelcl && matches!(word.tag.as_str(), "VBD" | "VBZ" | "VBP");
        let ends = parse.subtree(token).last().is_some_and(|last| last.0 + 2 >= participle.0 && *last < participle);
        let named = own_subject(parse, token).is_some_and(|subject| matches!(parse.token(subject).upos, Upos::Propn | Upos::Noun));
        clause && ends && named
    })
}

/// "The yard said it could not deliver, warning that jobs were at risk": a participle with a clause of its own, behind the comma that ends a reported
/// clause, goes on with the words of whoever reported: the verb that governs the clause.
pub(super) fn goes_on_saying(parse: &Parse, participle: TokenId) -> Option<TokenId> {
    let token = parse.token(participle);
    let speaks =
        token.tag == "VBG" && matches!(token.deprel, Deprel::Advcl | Deprel::Parataxis) && parse.child(participle, Deprel::Ccomp).is_some();
    let clause = token.head.filter(|&head| speaks && head < participle && parse.token(head).deprel == Deprel::Ccomp)?;
    let before = participle.0.checked_sub(1).map(TokenId).filter(|&before| parse.token(before).tag == ",");
    parse.head(clause).filter(|&verb| before.is_some() && verb < clause && parse.token(verb).upos == Upos::Verb)
}

/// "Bel pledged that Rovia would fight, calling it a duty": who pledges calls it so.
fn promises(parse: &Parse, participle: TokenId, clause: TokenId) -> bool {
    let modal = parse.children(clause).iter().any(|&child| parse.token(child).tag == "MD");
    let governed = parse.token(clause).deprel == Deprel::Ccomp && parse.head(clause).is_some_and(|up| parse.token(up).upos == Upos::Verb);
    parse.token(participle).tag == "VBG" && parse.token(participle).deprel == Deprel::Advcl && clause < participle && modal && governed
}

/// "That did not satisfy villagers who gathered and demanded that …": "that" demands nothing, whoever gathered does.
fn relative_before(parse: &Parse, conjunct: TokenId) -> Option<TokenId> {
    let head = parse.head(conjunct).filter(|_| parse.token(conjunct).deprel == Deprel::Conj)?;
    own_subject(parse, head).filter(|&subject| parse.token(subject).upos == Upos::Pron && parse.token(subject).tag == "DT")?;
    let between = (head.0 + 1..conjunct.0).rev().map(TokenId);
    let relative = between.into_iter().find(|&token| parse.token(token).deprel == Deprel::AclRelcl)?;
    own_subject(parse, relative).filter(|&subject| lemma(parse, subject) == "who")
}

/// "stated that North Korea views": the noun between "that" and a verb to which the parser gave no subject.
fn phrase_after_that(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let mark = parse.child(verb, Deprel::Mark).filter(|&mark| mark < verb && lemma(parse, mark) == "that")?;
    let between: Vec<TokenId> = (mark.0 + 1..verb.0).map(TokenId).collect();
    let nominal =
        |&token: &TokenId| matches!(parse.token(token).upos, Upos::Propn | Upos::Noun | Upos::Det | Upos::Adj | Upos::Num | Upos::Pron);
    between.last().copied().filter(|&last| is_nominal(parse, last) && between.iter().all(nominal))
}

/// "Horn invited Moss, the report said": a parser that gives "said" both subjects leaves "invited" without.
fn stolen_subject(parse: &Parse, clause: TokenId, head: TokenId) -> Option<TokenId> {
    let own = own_subject(parse, head);
    parse
        .children(head)
        .iter()
        .copied()
        .find(|&child| parse.token(child).deprel.base() == "nsubj" && child < clause && clause < head && Some(child) != own)
}

/// For "She said he had been hurt and denied that …", where the parser coordinates "denied" with "hurt": the verb it belongs to. A past tense
/// without auxiliary does not go on from a clause with one.
pub(super) fn outer_verb(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let token = parse.token(verb);
    // "had been hurt and denied that": a passive takes no such clause, so the form is a past tense.
    let active = |clause: TokenId| token.tag == "VBN" && parse.child(verb, Deprel::Ccomp).is_some() && is_passive(parse, clause);
    let past = |clause: TokenId| token.tag == "VBD" || active(clause);
    let clause = token.head.filter(|&clause| token.deprel == Deprel::Conj && past(clause) && !has_auxiliary(parse, verb))?;
    let outer = parse.head(clause).filter(|_| parse.token(clause).deprel == Deprel::Ccomp && clause < verb)?;
    let differs = has_auxiliary(parse, clause) || parse.child(clause, Deprel::Cop).is_some() || parse.token(clause).tag != "VBD";
    let compound = differs && own_subject(parse, verb).is_none();
    (compound && outer < clause && parse.token(outer).tag == "VBD").then_some(outer)
}

/// A person or body as object can act; "made a vow to …" has a thing.
fn controls(parse: &Parse, object: TokenId) -> bool {
    matches!(parse.token(object).upos, Upos::Propn | Upos::Pron | Upos::Noun)
}

/// "made a decision to say": whoever made it, or whose it is.
fn governor_subject(parse: &Parse, noun: TokenId) -> Option<TokenId> {
    let owner = parse.child(noun, Deprel::NmodPoss);
    owner.or_else(|| parse.head(noun).filter(|&up| parse.token(up).upos == Upos::Verb).and_then(|up| understood_subject(parse, up)))
}

/// Whether a word is a noun, name or pronoun.
pub(super) fn is_nominal(parse: &Parse, id: TokenId) -> bool {
    matches!(parse.token(id).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

/// What a relative pronoun stands for; the word itself otherwise.
pub(super) fn antecedent(parse: &Parse, id: TokenId) -> TokenId {
    let relative = matches!(lemma(parse, id).as_str(), "who" | "which" | "that" | "whom") && parse.token(id).upos == Upos::Pron;
    if !relative {
        return id;
    }
    let clause = parse.ancestors(id).find(|&up| parse.token(up).deprel == Deprel::AclRelcl);
    clause.and_then(|verb| parse.head(verb)).unwrap_or(id)
}

/// The preposition or subordinator of a phrase.
pub(super) fn preposition(parse: &Parse, phrase: TokenId) -> Option<TokenId> {
    parse.children(phrase).iter().copied().find(|&child| matches!(parse.token(child).deprel, Deprel::Case | Deprel::Mark))
}

/// Whether a phrase is introduced by this preposition or subordinator.
pub(super) fn is_led_by(parse: &Parse, phrase: TokenId, word: &str) -> bool {
    parse.children(phrase).iter().any(|&child| {
        matches!(parse.token(child).deprel, Deprel::Case | Deprel::Mark | Deprel::Advmod) && child < phrase && lemma(parse, child) == word
    })
}

/// Auxiliaries, negation, adverbs and particles that form one group with a verb, and the verb.
pub(super) fn verb_group(parse: &Parse, verb: TokenId) -> Vec<TokenId> {
    let mut group = vec![verb];
    for &child in parse.children(verb) {
        let token = parse.token(child);
        let belongs = match token.deprel {
            Deprel::Aux | Deprel::AuxPass | Deprel::CompoundPrt => true,
            Deprel::Advmod => {
                token.upos != Upos::Sconj
                    && is_plain_adverb(parse, child)
                    && (child < verb || child.0 == verb.0 + 1 && is_of_manner(parse, child))
            }
            // "vowed to ask": the marker of the infinitive goes with its verb.
            Deprel::Mark => parse.token(verb).tag == "VB" && child.0 + 1 == verb.0 && lemma(parse, child) == "to",
            _ => false,
        };
        if belongs {
            group.push(child);
        }
    }
    group.sort();
    adjoining(parse, group, verb)
}

/// "said quietly": how it is said, no part of what is said.
fn is_of_manner(parse: &Parse, id: TokenId) -> bool {
    lemma(parse, id).ends_with("ly")
}

/// "also", "not", "repeatedly"; question words belong elsewhere.
fn is_plain_adverb(parse: &Parse, id: TokenId) -> bool {
    let word = lemma(parse, id);
    parse.children(id).is_empty() && !matches!(word.as_str(), "when" | "where" | "how" | "why" | "however" | "meanwhile" | "moreover")
}

/// Cuts off what stands apart from the verb before it: "On Monday, however, he said".
fn adjoining(parse: &Parse, group: Vec<TokenId>, verb: TokenId) -> Vec<TokenId> {
    let mut first = verb;
    for &token in group.iter().rev().filter(|&&token| token < verb) {
        let gap: Vec<TokenId> = (token.0 + 1..first.0).map(TokenId).collect();
        // Inversion ("has he said") leaves the subject between.
        if gap.iter().any(|&between| parse.token(between).upos == Upos::Punct) {
            break;
        }
        if !gap.is_empty() && parse.token(token).deprel == Deprel::Advmod {
            break;
        }
        first = token;
    }
    group.into_iter().filter(|&token| token >= first).collect()
}

/// The subtree of a phrase, without the branch that holds `but`, and without punctuation at its ends.
pub(super) fn phrase_without(parse: &Parse, top: TokenId, but: TokenId) -> Vec<TokenId> {
    trimmed(parse, parse.subtree_without(top, |branch| parse.is_within(but, branch)))
}

/// The subtree of a phrase without punctuation at its ends.
pub(super) fn phrase(parse: &Parse, top: TokenId) -> Vec<TokenId> {
    trimmed(parse, parse.subtree(top))
}

/// Tokens without punctuation at the ends; a bracket whose partner stands inside stays.
pub(super) fn trimmed(parse: &Parse, mut tokens: Vec<TokenId>) -> Vec<TokenId> {
    let is_word = |&token: &TokenId| parse.token(token).upos != Upos::Punct;
    let Some(first) = tokens.iter().position(is_word) else { return Vec::new() };
    let last = tokens.iter().rposition(is_word).unwrap_or(first);
    let tag = |i: usize| tokens.get(i).map(|&token| parse.token(token).tag.as_str());
    let opened = tokens[first..=last].iter().filter(|&&token| parse.token(token).tag == "-LRB-").count();
    let closed = tokens[first..=last].iter().filter(|&&token| parse.token(token).tag == "-RRB-").count();
    let last = if opened > closed && tag(last + 1) == Some("-RRB-") { last + 1 } else { last };
    tokens.truncate(last + 1);
    tokens.split_off(first)
}

/// Both lists together, sorted, without repeats.
pub(super) fn union(mut a: Vec<TokenId>, b: impl IntoIterator<Item = TokenId>) -> Vec<TokenId> {
    a.extend(b);
    a.sort();
    a.dedup();
    a
}

/// The clause a word stands in, climbed to the top of its sentence where no reported clause or coordination stops it.
pub(super) fn whole_clause(parse: &Parse, from: TokenId) -> TokenId {
    let mut top = from;
    while let Some(head) = parse.head(top) {
        if matches!(parse.token(top).deprel, Deprel::Parataxis | Deprel::Ccomp | Deprel::AclRelcl | Deprel::CsubjOuter) {
            break;
        }
        top = head;
    }
    top
}
