//! The arguments of a predicate, whatever its voice and wherever the tree hides them: passives, coordination, control, participles and
//! relative clauses.
//!
//! "Han, who was received by Orlov, vowed to help": `received` has the logical subject Orlov and the object Han; `help` has the subject Han.

use variorum_model::{Deprel, NameKind, Parse, TokenId, Upos};

use super::lexicon::{EventLexicon, WordClass};

/// How far subjects are sought through chained clauses; longer chains are parser errors.
const MAX_DEPTH: usize = 6;

/// Who and what stands where around a predicate: head words, coordination opened, relative pronouns replaced by their antecedents.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    /// Of the deed: the by-agent of a passive.
    pub(super) subjects: Vec<TokenId>,
    /// Of the deed: the subject of a passive.
    pub(super) objects: Vec<TokenId>,
    pub(super) indirect: Vec<TokenId>,
    /// With their prepositions.
    pub(super) obliques: Vec<(String, TokenId)>,
    pub(super) complements: Vec<TokenId>,
    pub(super) possessors: Vec<TokenId>,
    /// Names, nouns and adjectives before a noun.
    pub(super) modifiers: Vec<TokenId>,
    pub(super) passive: bool,
}

/// Everything around a predicate.
pub(super) fn arguments(lexicon: &EventLexicon, parse: &Parse, predicate: TokenId) -> Arguments {
    let passive = is_passive(parse, predicate);
    let surface = surface_subjects(lexicon, parse, predicate, 0);
    let own = |deprel| expanded(parse, parse.children_by(predicate, deprel));
    let agents = || {
        let by = parse.children_by(predicate, Deprel::Obl).filter(|&child| preposition(parse, child).as_deref() == Some("by"));
        expanded(parse, parse.children_by(predicate, Deprel::OblAgent).chain(by))
    };
    let (subjects, objects) = match passive {
        true => (agents(), surface),
        false => (surface, objects(parse, predicate)),
    };
    Arguments {
        subjects,
        objects,
        indirect: own(Deprel::Iobj),
        obliques: obliques(parse, predicate),
        complements: parse.children(predicate).iter().copied().filter(|&child| is_complement(parse, child)).collect(),
        possessors: own(Deprel::NmodPoss),
        modifiers: modifiers(parse, predicate),
        passive,
    }
}

fn is_complement(parse: &Parse, id: TokenId) -> bool {
    matches!(parse.token(id).deprel, Deprel::Xcomp | Deprel::Ccomp)
}

/// Phrases with a preposition below a predicate, each conjunct by itself.
pub(super) fn obliques(parse: &Parse, predicate: TokenId) -> Vec<(String, TokenId)> {
    let mut found = Vec::new();
    for &child in parse.children(predicate) {
        if matches!(parse.token(child).deprel, Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::Advcl | Deprel::Acl)
            && is_nominal(parse, child)
            && let Some(word) = preposition(parse, child)
        {
            found.extend(expanded(parse, [child].into_iter()).into_iter().map(|id| (word.clone(), id)));
        }
    }
    found
}

/// Names, nouns and adjectives before a noun that may name a doer: "Israeli", "Shunkai" in "the Shunkai plant explosion".
fn modifiers(parse: &Parse, noun: TokenId) -> Vec<TokenId> {
    let before = |&child: &TokenId| {
        matches!(parse.token(child).deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodDesc | Deprel::Nmod)
            && preposition(parse, child).is_none()
    };
    expanded(parse, parse.children(noun).iter().copied().filter(before))
}

/// The preposition of a phrase, as a lemma; "because of" for fixed ones.
pub(super) fn preposition(parse: &Parse, id: TokenId) -> Option<String> {
    let case = parse
        .children(id)
        .iter()
        .copied()
        .find(|&child| parse.token(child).deprel == Deprel::Case && parse.token(child).upos != Upos::Part)?;
    let mut word = parse.token(case).lemma.to_lowercase();
    for fixed in parse.children_by(case, Deprel::Fixed) {
        word.push(' ');
        word.push_str(&parse.token(fixed).lemma.to_lowercase());
    }
    Some(word)
}

fn objects(parse: &Parse, predicate: TokenId) -> Vec<TokenId> {
    let own = expanded(parse, parse.children_by(predicate, Deprel::Obj).chain(second_subjects(parse, predicate)));
    if !own.is_empty() {
        return own;
    }
    let named: Vec<TokenId> = parse.children_by(predicate, Deprel::Xcomp).filter(|&child| is_person(parse, child)).collect();
    if !named.is_empty() {
        return expanded(parse, named.into_iter());
    }
    if let Some(shared) = shared_object(parse, predicate) {
        return expanded(parse, [shared].into_iter());
    }
    // "the treaty they signed": a relative clause without a pronoun.
    let has_subject = parse.children(predicate).iter().any(|&child| parse.token(child).deprel.is_subject());
    let open = parse.token(predicate).deprel == Deprel::AclRelcl && has_subject && relative_pronoun(parse, predicate).is_none();
    let closed = parse.children(predicate).iter().any(|&child| is_complement(parse, child) || parse.token(child).deprel == Deprel::Cop);
    match parse.head(predicate) {
        Some(head) if open && !closed && !relative_adverb(parse, predicate) => vec![head],
        _ => Vec::new(),
    }
}

/// "called Prime Minister Saari": a person's name is no predicate, though the parser may take it for one.
fn is_person(parse: &Parse, id: TokenId) -> bool {
    parse.name_at(id).is_some_and(|name| name.kind == NameKind::Person)
}

/// A second subject behind a verb that has one before it is an object that the parser mistook.
fn second_subjects(parse: &Parse, predicate: TokenId) -> impl Iterator<Item = TokenId> + '_ {
    let before =
        parse.children_by(predicate, Deprel::Nsubj).any(|child| child < predicate) && parse.child(predicate, Deprel::Cop).is_none();
    parse.children_by(predicate, Deprel::Nsubj).filter(move |&child| before && child > predicate)
}

/// "arrested and charged three men": the object stands with the last verb and belongs to both.
fn shared_object(parse: &Parse, predicate: TokenId) -> Option<TokenId> {
    let next = parse.children_by(predicate, Deprel::Conj).find(|&child| parse.token(child).upos == Upos::Verb)?;
    let between = |&child: &TokenId| {
        child > predicate && child < next && !matches!(parse.token(child).deprel, Deprel::Cc | Deprel::Punct | Deprel::Advmod)
    };
    let apart =
        parse.children(predicate).iter().any(between) || parse.children(next).iter().any(|&child| parse.token(child).deprel.is_subject());
    (!apart).then(|| parse.child(next, Deprel::Obj)).flatten()
}

fn relative_adverb(parse: &Parse, predicate: TokenId) -> bool {
    parse.children(predicate).iter().any(|&child| parse.token(child).tag == "WRB")
}

fn relative_pronoun(parse: &Parse, predicate: TokenId) -> Option<TokenId> {
    parse.children(predicate).iter().copied().find(|&child| is_relative(parse, child))
}

fn is_relative(parse: &Parse, id: TokenId) -> bool {
    matches!(parse.token(id).tag.as_str(), "WDT" | "WP" | "WP$")
}

/// Whether the grammatical subject undergoes the deed.
pub(super) fn is_passive(parse: &Parse, predicate: TokenId) -> bool {
    let has = |deprels: &[Deprel]| parse.child_of(predicate, deprels).is_some();
    if has(&[Deprel::AuxPass, Deprel::NsubjPass, Deprel::CsubjPass, Deprel::OblAgent]) {
        return true;
    }
    let token = parse.token(predicate);
    if token.tag != "VBN" || has(&[Deprel::Aux]) {
        return false;
    }
    match token.deprel {
        Deprel::Acl | Deprel::Amod => true,
        Deprel::Advcl | Deprel::Xcomp | Deprel::Ccomp => !has(&[Deprel::Obj, Deprel::Nsubj]) || token.deprel == Deprel::Xcomp,
        Deprel::Conj => !has(&[Deprel::Nsubj]) && token.head.is_some_and(|head| is_passive(parse, head)),
        // "Three managers held": headlines leave out the auxiliary.
        Deprel::Root | Deprel::Parataxis => {
            has(&[Deprel::Nsubj]) && !has(&[Deprel::Obj, Deprel::Xcomp, Deprel::Ccomp]) && token.deprel == Deprel::Root
        }
        _ => false,
    }
}

/// Grammatical subjects, through coordination, control and modification.
pub(super) fn surface_subjects(lexicon: &EventLexicon, parse: &Parse, predicate: TokenId, depth: usize) -> Vec<TokenId> {
    let subjects = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
    let second: Vec<TokenId> = second_subjects(parse, predicate).collect();
    let is_own = |child: &TokenId| subjects.contains(&parse.token(*child).deprel) && !second.contains(child);
    let own = expanded(parse, parse.children(predicate).iter().copied().filter(is_own));
    let Some(head) = parse.head(predicate) else { return own };
    if !own.is_empty() || depth > MAX_DEPTH {
        return own;
    }
    let of_head = || surface_subjects(lexicon, parse, head, depth + 1);
    let nominal_head = is_nominal(parse, head) && !has_copula(parse, head);
    match parse.token(predicate).deprel {
        Deprel::Conj if nominal_head && parse.token(predicate).upos == Upos::Verb => Vec::new(),
        Deprel::Conj => surface_subjects(lexicon, parse, first_conjunct(parse, predicate, head), depth + 1),
        Deprel::Xcomp => controllers(lexicon, parse, head, depth),
        Deprel::Ccomp if is_infinitive(parse, predicate) => controllers(lexicon, parse, head, depth),
        // "the picture shows them meeting"
        Deprel::Ccomp if parse.token(predicate).tag == "VBG" => controllers_by_object(lexicon, parse, head, depth),
        Deprel::Advcl | Deprel::Obl | Deprel::AdvclRelcl if nominal_head => expanded(parse, [head].into_iter()),
        Deprel::Advcl => match mark(parse, predicate).as_deref() {
            Some("of" | "from" | "for" | "into") if !is_passive(parse, head) => controllers_by_object(lexicon, parse, head, depth),
            _ => of_head(),
        },
        Deprel::Obl if parse.token(predicate).tag == "VBG" => of_head(),
        Deprel::AclRelcl if !relative_adverb(parse, predicate) => expanded(parse, [head].into_iter()),
        Deprel::Acl if mark(parse, predicate).is_some() => noun_controllers(lexicon, parse, head, depth),
        Deprel::Acl | Deprel::Amod => expanded(parse, [head].into_iter()),
        _ => Vec::new(),
    }
}

/// The verb a conjunct goes with. "She said they had called and accused them": a simple past after a perfect goes with the verb of saying,
/// wherever the parser hung it.
pub(super) fn first_conjunct(parse: &Parse, conjunct: TokenId, head: TokenId) -> TokenId {
    let perfect = parse.children_by(head, Deprel::Aux).any(|aux| parse.token(aux).lemma == "have");
    let simple = parse.token(conjunct).tag == "VBD" && parse.child(conjunct, Deprel::Aux).is_none();
    match (parse.token(head).deprel, parse.head(head)) {
        (Deprel::Ccomp, Some(teller)) if perfect && simple && parse.token(teller).tag == "VBD" => teller,
        _ => head,
    }
}

/// Who does what the complement of `head` says: its object in "urged Rome to leave", its subject in "vowed to leave" and "Rome was urged to leave".
fn controllers(lexicon: &EventLexicon, parse: &Parse, head: TokenId, depth: usize) -> Vec<TokenId> {
    if is_nominal(parse, head) && !has_copula(parse, head) {
        return noun_controllers(lexicon, parse, head, depth);
    }
    let token = parse.token(head);
    let frame = WordClass::of(token.upos).and_then(|class| lexicon.frame(class, &token.lemma, |word| has_word(parse, head, word)));
    match frame.is_some_and(|frame| !frame.object_control) || is_passive(parse, head) {
        true => surface_subjects(lexicon, parse, head, depth + 1),
        false => controllers_by_object(lexicon, parse, head, depth),
    }
}

fn controllers_by_object(lexicon: &EventLexicon, parse: &Parse, head: TokenId, depth: usize) -> Vec<TokenId> {
    let object = expanded(
        parse,
        parse.children(head).iter().copied().filter(|&child| matches!(parse.token(child).deprel, Deprel::Obj | Deprel::Iobj)),
    );
    match object.is_empty() {
        true => surface_subjects(lexicon, parse, head, depth + 1),
        false => object,
    }
}

/// "their plan to meet", "Rome announced plans to send boats": the possessor of the noun, else the subject of its verb.
fn noun_controllers(lexicon: &EventLexicon, parse: &Parse, noun: TokenId, depth: usize) -> Vec<TokenId> {
    let possessors = expanded(parse, parse.children_by(noun, Deprel::NmodPoss));
    if !possessors.is_empty() {
        return possessors;
    }
    let of =
        parse.children_by(noun, Deprel::Nmod).filter(|&child| matches!(preposition(parse, child).as_deref(), Some("of" | "by" | "from")));
    let of = expanded(parse, of);
    if !of.is_empty() {
        return of;
    }
    match (parse.token(noun).deprel, parse.head(noun)) {
        // "held him on suspicion of spying"
        (Deprel::Obl, Some(head)) if !is_nominal(parse, head) && !is_passive(parse, head) => {
            controllers_by_object(lexicon, parse, head, depth)
        }
        (Deprel::Obj | Deprel::Obl | Deprel::Xcomp | Deprel::Nmod, Some(head)) if !is_nominal(parse, head) => {
            surface_subjects(lexicon, parse, head, depth + 1)
        }
        _ => Vec::new(),
    }
}

/// Tokens with their nominal conjuncts, relative pronouns replaced by what they stand for.
pub(super) fn expanded(parse: &Parse, ids: impl Iterator<Item = TokenId>) -> Vec<TokenId> {
    let mut found = Vec::new();
    for id in ids {
        let id = antecedent(parse, id);
        let mut open = vec![id];
        while let Some(top) = open.pop() {
            if !found.contains(&top) {
                found.push(top);
                open.extend(parse.children_by(top, Deprel::Conj).filter(|&conjunct| is_nominal(parse, conjunct)));
            }
        }
    }
    found.sort();
    found
}

/// What a relative pronoun stands for; any other token itself.
fn antecedent(parse: &Parse, id: TokenId) -> TokenId {
    if !is_relative(parse, id) {
        return id;
    }
    let clause = std::iter::once(id).chain(parse.ancestors(id)).find(|&up| parse.token(up).deprel == Deprel::AclRelcl);
    clause.and_then(|clause| parse.head(clause)).unwrap_or(id)
}

/// Heads a noun phrase, or is one word that stands for one.
pub(super) fn is_nominal(parse: &Parse, id: TokenId) -> bool {
    matches!(parse.token(id).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Det | Upos::Sym | Upos::X)
}

/// Is a predicate through a copula: "is ready".
pub(super) fn has_copula(parse: &Parse, id: TokenId) -> bool {
    parse.child_of(id, &[Deprel::Cop, Deprel::Nsubj, Deprel::NsubjOuter]).is_some()
}

/// "to leave", "to be left".
pub(super) fn is_infinitive(parse: &Parse, id: TokenId) -> bool {
    mark(parse, id).as_deref() == Some("to") && parse.child_of(id, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none()
}

/// The subordinating word of a clause, as a lemma: "to", "that", "if".
pub(super) fn mark(parse: &Parse, id: TokenId) -> Option<String> {
    let marks = [Deprel::Mark, Deprel::Case];
    let mark = parse.children(id).iter().copied().find(|&child| marks.contains(&parse.token(child).deprel))?;
    Some(parse.token(mark).lemma.to_lowercase())
}

/// Whether a word stands with a governing word: particle, preposition of a dependent, or object.
pub(super) fn has_word(parse: &Parse, id: TokenId, word: &str) -> bool {
    let below = |&child: &TokenId| {
        parse.token(child).lemma == word
            || parse
                .children(child)
                .iter()
                .any(|&low| parse.token(low).lemma == word && matches!(parse.token(low).deprel, Deprel::Case | Deprel::Mark))
    };
    if word == "predicate:" {
        // "called it normal"
        let predicate = |&child: &TokenId| parse.token(child).deprel == Deprel::Xcomp && parse.token(child).upos != Upos::Verb;
        return parse.child(id, Deprel::Obj).is_some() && parse.children(id).iter().any(predicate);
    }
    parse.children(id).iter().any(below)
}

/// Whether a token starts a clause of its own.
pub(super) fn is_clause(parse: &Parse, id: TokenId) -> bool {
    let token = parse.token(id);
    match token.deprel {
        Deprel::Ccomp
        | Deprel::Advcl
        | Deprel::Acl
        | Deprel::AclRelcl
        | Deprel::AdvclRelcl
        | Deprel::Parataxis
        | Deprel::Csubj
        | Deprel::CsubjPass => true,
        Deprel::Conj => matches!(token.upos, Upos::Verb | Upos::Aux) || has_copula(parse, id),
        _ => false,
    }
}
