//! What is said of those counted?
//!
//! Input: a number with its noun, the tree, the figures before it. Output: the measure and the word that gave it. Example: "600 soldiers killed" is `killed`;
//! "power was restored to 8 districts" `restored`; "put the toll at 40" takes it from "toll".
//!
//! The word right beside a number is asked first (`beside`). Else the tree is climbed from the counted noun: what governs it, its participles, the noun itself, what it is part of. Words come from `knowledge/measures.tsv`; a verb without a row names
//! the measure by its participle, what no verb governs by its noun.
//! Limits: the subject of a transitive verb without a row is only named.

use variorum_model::{Deprel, FigureMention, Parse, QuantityKind, TokenId, Upos};

use super::{
    Counting, Scene,
    beside::position_beside,
    change::{compared, dimension, is_move, level, moves, step},
    is_led_by, lemma, updates,
};

/// A measure and what gave it.
pub(super) struct Measured {
    pub(super) measure: String,
    pub(super) basis: Basis,
    /// The word that governs the number, where it gave the measure or carries it.
    pub(super) governor: Option<TokenId>,
    /// Whether it is said of people only.
    pub(super) of_people: bool,
}

/// What gave a measure.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Basis {
    /// A verb, participle or predicate: the text says what became of those counted.
    Predicate,
    /// A noun: "the toll", "the number of missing".
    Name(TokenId),
    /// The figure before at this index, whose words are left out here.
    Figure(usize),
    /// Only the noun of those counted.
    Counted,
    /// How much more or less there is than before or elsewhere.
    Comparison,
}

/// A word that may tell, and where the counted thing stands under it.
pub(super) struct Position {
    pub(super) word: TokenId,
    pub(super) role: String,
}

/// What is said of those counted, if anything is.
pub(super) fn measure(scene: &Scene, counting: &Counting, before: &[FigureMention]) -> Option<Measured> {
    let newer = updates::newer_value(scene, counting.id, counting.quantity);
    if let Some(index) = newer.and_then(|id| before.iter().rposition(|figure| figure.quantity == id)) {
        return Some(as_figure(before, index));
    }
    let of_noun = |measure: String| Measured { measure, basis: Basis::Counted, governor: None, of_people: false };
    let counted = || by_noun(scene, counting).map(of_noun);
    if updates::is_whole(scene, counting.id) {
        return counting.noun.and_then(|noun| by_modifier(scene, counting, noun)).or_else(counted);
    }
    if let Some(change) = compared(scene, counting) {
        return Some(change);
    }
    if let Some(own) = worth(scene, counting).or_else(|| attributive(scene, counting)) {
        return Some(own);
    }
    let last = before.len().checked_sub(1);
    let elliptic = last.filter(|&last| {
        is_elliptic(scene, counting, &before[last]) && !has_own_verb(scene, counting.base) || is_included(scene, counting, &before[last])
    });
    let beside = position_beside(scene, counting);
    let predicate = beside.as_ref().filter(|position| position.role != "obj").map(|position| position.word);
    beside
        .as_ref()
        .and_then(|position| look_up(scene, counting, counting.base, position))
        // "rose by 4 euros to 231 euros": what it rose to is no rise.
        .or_else(|| by_rows(scene, counting).filter(|found| !is_move(&found.measure) || level(scene, counting).is_none()))
        .or_else(|| put_at(scene, counting))
        .or_else(|| step(scene, counting))
        .or_else(|| level(scene, counting))
        .or_else(|| {
            beside
                .filter(|position| counting.quantity.counted.is_none() && tells(scene, position.word))
                .map(|position| by_verb(scene, position.word))
        })
        .or_else(|| governing_verb(scene, counting).map(|verb| by_verb(scene, verb)))
        .or_else(|| elliptic.map(|index| Measured { governor: predicate, ..as_figure(before, index) }))
        .or_else(counted)
        .or_else(|| last.filter(|&last| updates::is_near(scene, counting.quantity, &before[last])).map(|index| as_figure(before, index)))
        .or_else(|| total(scene, counting).map(|noun| of_total(scene, counting, before, noun)))
        // Of a sum of which nothing is told: that it is one.
        .or_else(|| counting.quantity.unit.as_ref().map(|_| of_noun("amount".to_owned())))
}

/// "corrected the figure to 27", "the tally stood at 61": the noun for a number of what was told before.
fn total(scene: &Scene, counting: &Counting) -> Option<TokenId> {
    let parse = scene.parse;
    let is_total = |noun: &TokenId| matches!(lemma(parse, *noun).as_str(), "figure" | "tally" | "count" | "total" | "number");
    let position = governing(parse, counting.base)?;
    other_arguments(parse, position.word, counting.base).find(is_total)
}

fn of_total(scene: &Scene, counting: &Counting, before: &[FigureMention], noun: TokenId) -> Measured {
    let own = named_by(scene, counting, counting.base, noun).or_else(|| by_modifier(scene, counting, noun));
    if let Some(own) = own {
        return own;
    }
    let measure = before.last().map_or("counted", |last| last.measure.as_str()).to_owned();
    Measured { measure, basis: Basis::Name(noun), governor: None, of_people: false }
}

/// "pumps worth $1.5 million": a value, whatever is done to the pumps.
fn worth(scene: &Scene, counting: &Counting) -> Option<Measured> {
    let first = scene.parse.token_at(counting.quantity.span.start())?;
    let before = first.0.checked_sub(1).map(TokenId).filter(|&word| lemma(scene.parse, word) == "worth")?;
    let money = counting.quantity.kind == QuantityKind::Money;
    money.then(|| Measured { measure: "value".to_owned(), basis: Basis::Predicate, governor: Some(before), of_people: false })
}

/// "an 82-kilometre tunnel": the size of a thing, whatever is done to it.
fn attributive(scene: &Scene, counting: &Counting) -> Option<Measured> {
    let parse = scene.parse;
    let before_noun = matches!(parse.token(counting.base).deprel, Deprel::Compound | Deprel::Amod | Deprel::Nummod);
    let noun = parse.head(counting.base).filter(|_| before_noun && counting.quantity.kind == QuantityKind::Measure)?;
    let outside = !counting.quantity.span.contains(parse.token(noun).span) && parse.token(noun).upos == Upos::Noun;
    let own = by_name(scene, counting, counting.base);
    own.or_else(|| {
        let measure = dimension(scene, counting)?;
        Some(Measured { measure: measure.to_owned(), basis: Basis::Counted, governor: None, of_people: false })
    })
    .filter(|_| outside)
}

fn by_verb(scene: &Scene, word: TokenId) -> Measured {
    Measured { measure: participle(scene, word), basis: Basis::Predicate, governor: Some(word), of_people: false }
}

fn as_figure(before: &[FigureMention], index: usize) -> Measured {
    Measured { measure: before[index].measure.clone(), basis: Basis::Figure(index), governor: None, of_people: false }
}

/// Whether a number without a noun follows a figure of the same sort in its sentence: its noun is left out.
pub(super) fn is_elliptic(scene: &Scene, counting: &Counting, last: &FigureMention) -> bool {
    let other = &scene.quantities[last.quantity.index()];
    let quantity = counting.quantity;
    quantity.counted.is_none() && updates::same_sentence(scene, other, quantity) && other.unit == quantity.unit
}

/// "47 demonstrators, including nine minors", "among them nine minors", "of whom nine were minors": of those before it is said that they are among them.
fn is_included(scene: &Scene, counting: &Counting, last: &FigureMention) -> bool {
    let other = &scene.quantities[last.quantity.index()];
    let first = scene.parse.token_at(counting.quantity.span.start());
    let back = |n: u32| first.and_then(|first| first.0.checked_sub(n)).map_or(String::new(), |at| lemma(scene.parse, TokenId(at)));
    let among = matches!(back(1).as_str(), "they" | "them" | "who" | "whom" | "which") && matches!(back(2).as_str(), "among" | "of");
    updates::same_sentence(scene, other, counting.quantity) && (back(1).starts_with("includ") || among)
}

/// "Twelve drowned and 31 were missing": a number that is itself what a verb says something of is not measured by the figure before.
fn has_own_verb(scene: &Scene, base: TokenId) -> bool {
    let token = scene.parse.token(base);
    token.deprel.is_subject() && token.upos == Upos::Num && token.head.is_some_and(|head| scene.parse.token(head).upos != Upos::Noun)
}

// --- rows of the table ----------------------------------------------------------------------------------------------------

/// The measure a table row gives, climbing from the counted noun: first what governs it, then what the nouns name.
fn by_rows(scene: &Scene, counting: &Counting) -> Option<Measured> {
    let path = climb(scene, counting);
    // "less than the $90,000 the school had asked for": what something is held against has its own clause.
    let standard = ["than", "of", "from", "against"].iter().any(|word| is_led_by(scene.parse, counting.base, word));
    let own = scene.parse.children_by(counting.base, Deprel::AclRelcl).any(|clause| has_own_subject(scene.parse, clause));
    if let Some(found) = (standard && own).then(|| by_modifier(scene, counting, counting.base)).flatten() {
        return Some(found);
    }
    if counting.quantity.unit.is_some() && counting.noun.is_none() {
        // "paid bribes of 2 million": a sum is what its own noun says before it is what was done to that.
        return path.iter().find_map(|&at| by_predicate(scene, counting, at).or_else(|| by_name(scene, counting, at)));
    }
    let predicate = path.iter().find_map(|&at| by_predicate(scene, counting, at));
    // "a third of the harvest has rotted": a share is not what its whole is called.
    let share = counting.quantity.kind == QuantityKind::Percent;
    let predicate = predicate.or_else(|| governing_verb(scene, counting).filter(|_| share).map(|verb| by_verb(scene, verb)));
    predicate.or_else(|| path.iter().find_map(|&at| by_name(scene, counting, at)))
}

/// A word and those it is a part of: its coordination, its apposition, the word of number whose "of" phrase it is.
fn climb(scene: &Scene, counting: &Counting) -> Vec<TokenId> {
    let parse = scene.parse;
    let numbers = |head: TokenId| {
        let token = parse.token(head);
        let number = token.upos == Upos::Num || counting.quantity.span.contains(token.span);
        number || scene.lexicon.is_silent(&lemma(parse, head), Upos::Noun) || scene.lexicon.class(&lemma(parse, head)) == Some("body")
    };
    // "grain worth $6 million had burned"
    let worth = |at: TokenId| lemma(parse, at) == "worth" || parse.head(at).is_some_and(|head| lemma(parse, head) == "worth");
    let climbs = |at: TokenId| match parse.token(at).deprel {
        _ if worth(at) => true,
        // "killed a family of four"
        Deprel::Nmod if at == counting.base && counting.noun.is_some() && parse.head(at) == counting.noun => true,
        // Who buys a $3 million boat does to the boat what the verb says, and not to the sum.
        Deprel::Compound | Deprel::Amod | Deprel::Nummod if counting.quantity.kind == QuantityKind::Money && at == counting.base => false,
        Deprel::Nmod => {
            let sized = counting.quantity.unit.is_some();
            let of_number = || parse.head(at).is_some_and(|head| sized || numbers(head));
            parse.child(at, Deprel::Case).is_none_or(|case| lemma(parse, case) == "of" && of_number())
        }
        deprel => matches!(
            deprel,
            Deprel::Conj
                | Deprel::NmodDesc
                | Deprel::Appos
                | Deprel::Compound
                | Deprel::Nummod
                | Deprel::Amod
                | Deprel::NmodUnmarked
                | Deprel::Flat
                | Deprel::Advmod
                | Deprel::Dep
        ),
    };
    std::iter::successors(Some(counting.base), |&at| parse.head(at).filter(|_| climbs(at))).take(6).collect()
}

/// What governs a noun, or a participle or adjective on it: "600 soldiers killed", "41 injured people".
fn by_predicate(scene: &Scene, counting: &Counting, at: TokenId) -> Option<Measured> {
    let governed = governing(scene.parse, at).and_then(|position| governed_by(scene, counting, at, &position));
    // "recovered 1,300 looted coins": what is told of them comes before what they are called.
    let told = || governing(scene.parse, at).and_then(|position| telling_verb(scene, &position)).is_some();
    governed.or_else(|| by_modifier(scene, counting, at).filter(|_| !told()))
}

/// A participle, adjective or relative clause on a noun: "22 stranded whales".
pub(super) fn by_modifier(scene: &Scene, counting: &Counting, at: TokenId) -> Option<Measured> {
    let parse = scene.parse;
    let row = |word: TokenId, role: &str| look_up(scene, counting, at, &Position { word, role: role.to_owned() });
    let modifiers = parse.children(at).iter().copied().filter(|&child| is_modifier(parse, child)).collect::<Vec<_>>();
    modifiers.into_iter().find_map(|modifier| {
        let under = roles_of_modified(parse, modifier).into_iter().find_map(|role| row(modifier, &role));
        under.or_else(|| row(modifier, "self")).or_else(|| row(modifier, "subj").filter(|_| !has_own_subject(parse, modifier)))
    })
}

/// The subject that a noun equals, the noun it is of, or itself: "the turnout was 61%", "an exchange of 180 prisoners", "40 deaths".
fn by_name(scene: &Scene, counting: &Counting, at: TokenId) -> Option<Measured> {
    let parse = scene.parse;
    let row = |word: TokenId, role: &str| look_up(scene, counting, at, &Position { word, role: role.to_owned() });
    let equal = equated(parse, at).and_then(|subject| named_by(scene, counting, at, subject));
    // "five goals in two games" scores no games.
    let apart = counting.noun.is_some() && parse.token(at).deprel == Deprel::Nmod && !is_led_by(parse, at, "of");
    let above = noun_above(parse, at).filter(|_| !apart);
    let deed =
        || above.filter(|_| is_led_by(parse, at, "of")).and_then(|head| row(head, "of").or_else(|| by_gerund(scene, counting, at, head)));
    let part_of = || above.and_then(|head| row(head, "of").or_else(|| row(head, "self")));
    equal.or_else(deed).or_else(|| row(at, "self")).or_else(part_of)
}

/// Verbs by which a count is given: "put the number of people rescued at 172", "gave the dead as 61".
const GIVING: [&str; 8] = ["put", "estimate", "place", "set", "give", "reckon", "count", "fix"];

/// Words between a verb of giving and "at" name the measure, whatever the tree makes of them.
fn put_at(scene: &Scene, counting: &Counting) -> Option<Measured> {
    let parse = scene.parse;
    let first = parse.token_at(counting.quantity.span.start())?;
    let words = |from: u32| {
        (from.saturating_sub(10)..from).rev().map(TokenId).filter(|&id| parse.token(id).sentence == parse.token(first).sentence)
    };
    let at = words(first.0).next().filter(|&word| matches!(lemma(parse, word).as_str(), "at" | "as"))?;
    let verb = words(at.0).find(|&word| parse.token(word).upos == Upos::Verb && GIVING.contains(&lemma(parse, word).as_str()))?;
    let row = |word: TokenId, role: &str| look_up(scene, counting, counting.base, &Position { word, role: role.to_owned() });
    let between = words(at.0).take_while(|&word| word > verb);
    let named = between.filter_map(|word| {
        let found = row(word, "of").or_else(|| row(word, "self")).or_else(|| row(word, "nsubj:pass"));
        found.map(|found| Measured { basis: Basis::Name(word), governor: Some(verb), ..found })
    });
    named.into_iter().next()
}

/// "the cancelling of 63 flights": what the verb in a noun does to its object.
fn by_gerund(scene: &Scene, counting: &Counting, at: TokenId, noun: TokenId) -> Option<Measured> {
    let form = scene.doc.slice(scene.parse.token(noun).span).to_lowercase();
    let verb = form.ends_with("ing").then(|| scene.lexicon.base(&form, &form, Upos::Verb)).filter(|verb| *verb != form)?;
    let companions = companions(scene.parse, noun, at, counting);
    let (measure, of_people) = scene.lexicon.find(&verb, Upos::Verb, "obj", &counting.classes, &companions)?;
    Some(Measured { measure: measure.to_owned(), basis: Basis::Predicate, governor: Some(noun), of_people })
}

fn is_modifier(parse: &Parse, child: TokenId) -> bool {
    matches!(parse.token(child).deprel, Deprel::Acl | Deprel::Amod | Deprel::AclRelcl)
}

/// Where a noun may stand under a participle or a relative clause on it: "the money the agency had asked for".
fn roles_of_modified(parse: &Parse, modifier: TokenId) -> Vec<String> {
    let token = parse.token(modifier);
    let active_clause = token.deprel == Deprel::AclRelcl && parse.child(modifier, Deprel::AuxPass).is_none();
    if active_clause && has_own_subject(parse, modifier) {
        let next = parse.tokens.get(modifier.index() + 1).filter(|next| next.upos == Upos::Adp);
        let stranded = next.map(|next| format!("obl:{}", next.lemma.to_lowercase()));
        return stranded.into_iter().chain(["obj".to_owned()]).collect();
    }
    vec![if token.tag == "VBG" || active_clause { "subj" } else { "nsubj:pass" }.to_owned()]
}

/// Whether a relative clause has a subject that is not its noun: "the jars the firm recalled", not "the man who fled".
fn has_own_subject(parse: &Parse, clause: TokenId) -> bool {
    let relative = |id: TokenId| matches!(lemma(parse, id).as_str(), "who" | "that" | "which" | "whom");
    let subject = parse.child_of(clause, &[Deprel::Nsubj, Deprel::NsubjPass]);
    parse.token(clause).deprel == Deprel::AclRelcl && subject.is_some_and(|subject| !relative(subject))
}

/// "The concentration was 0.31 milligrams": the subject of a predicate noun names the measure. Where the tree has no subject, the noun right before "was".
fn equated(parse: &Parse, at: TokenId) -> Option<TokenId> {
    let copula = parse.child(at, Deprel::Cop)?;
    let before = copula.0.checked_sub(1).map(TokenId).filter(|&id| parse.token(id).upos == Upos::Noun);
    parse.child_of(at, &[Deprel::Nsubj, Deprel::NsubjOuter]).or(before)
}

fn noun_above(parse: &Parse, at: TokenId) -> Option<TokenId> {
    let token = parse.token(at);
    token.head.filter(|&head| match token.deprel {
        Deprel::Nmod | Deprel::NmodDesc | Deprel::Compound | Deprel::Appos | Deprel::Nummod | Deprel::Dep => true,
        Deprel::Obl => parse.token(head).upos != Upos::Verb,
        _ => false,
    })
}

fn look_up(scene: &Scene, counting: &Counting, at: TokenId, position: &Position) -> Option<Measured> {
    let parse = scene.parse;
    let word = parse.token(position.word);
    let lemma = base(scene, position.word);
    let companions = companions(parse, position.word, at, counting);
    let find = |role: &str| scene.lexicon.find(&lemma, word.upos, role, &counting.classes, &companions);
    // "were hurt" is an adjective to one reader and a passive to another.
    let role = if word.upos == Upos::Adj && position.role == "nsubj:pass" { "subj" } else { position.role.as_str() };
    let noun = matches!(word.upos, Upos::Noun | Upos::Propn) && !matches!(position.role.as_str(), "subj" | "nsubj:pass");
    let names = noun || matches!(position.role.as_str(), "of" | "self");
    let basis = if names { Basis::Name(position.word) } else { Basis::Predicate };
    // "Two trams overturned" has no auxiliary: what the verb does to its subject comes first, where the table has both.
    let bare = position.role == "nsubj:pass" && parse.child(position.word, Deprel::AuxPass).is_none();
    let active = || find("subj").filter(|_| bare && word.upos == Upos::Verb);
    let found = if bare && word.tag == "VBD" { active().or_else(|| find(role)) } else { find(role).or_else(active) };
    found.map(|(measure, of_people)| Measured { measure: measure.to_owned(), basis, governor: Some(position.word), of_people })
}

/// Lemmas among a word's dependents and their modifiers, and right behind the number, for `with`; the counted noun is none of them.
fn companions(parse: &Parse, word: TokenId, at: TokenId, counting: &Counting) -> Vec<String> {
    let children = |of: TokenId| parse.children(of).iter().copied();
    let below = children(word).flat_map(|child| std::iter::once(child).chain(children(child)).chain(children(child).flat_map(children)));
    let end = parse.tokens_in(counting.quantity.span).last().map_or(at, |last| last.max(at));
    let behind = (end.0 + 1..end.0 + 4).map(TokenId).take_while(|id| id.index() < parse.tokens.len());
    let near = below.chain(behind).filter(|&id| id != at && id != counting.base);
    near.map(|id| lemma(parse, id)).collect()
}

fn governed_by(scene: &Scene, counting: &Counting, at: TokenId, position: &Position) -> Option<Measured> {
    let parse = scene.parse;
    let row = |word: TokenId, role: &str| look_up(scene, counting, at, &Position { word, role: role.to_owned() });
    if let Some(found) = look_up(scene, counting, at, position) {
        return Some(found);
    }
    let (head, role) = (position.word, position.role.as_str());
    // "were missing and 11 people injured", "have been found dead": predicates beside or under the verb.
    let argument = matches!(role, "subj" | "nsubj:pass" | "obj");
    // "recovered 1,300 coins and returned 450": a verb that tells needs none.
    let told = tells(scene, head) && role != "subj";
    // "declared 900 ballots void and ordered a new vote": so does one with an object of its own.
    let own_object = |child: TokenId| role == "obj" && parse.child(child, Deprel::Obj).is_some();
    let joined = |child: TokenId| parse.token(child).deprel == Deprel::Conj;
    let fits = |child: TokenId| argument && is_predicate_beside(parse, child) && !(joined(child) && (told || own_object(child)));
    let beside = parse.children(head).iter().copied().filter(|&child| fits(child));
    let by_predicate = beside
        .into_iter()
        .find_map(|predicate| row(predicate, role).or_else(|| row(predicate, "subj")).or_else(|| row(predicate, "nsubj:pass")));
    by_predicate.or_else(|| {
        let named = other_arguments(parse, head, at).find_map(|argument| named_by(scene, counting, at, argument));
        let carried = role.starts_with("obl") || role == "obj";
        // "The blast blew out 120 windows": what a verb tells of its object is not told by its subject.
        // "Tests confirmed 33 cases": nor is what has a noun of its own.
        // "The dead include four children": what includes them says what they are.
        let includes = matches!(base(scene, head).as_str(), "include" | "comprise" | "number");
        let own = role == "obj" && (tells(scene, head) || counting.noun.is_some()) && !includes;
        let carries = carried && !own || moves(scene, head);
        named
            .filter(|_| carries && (includes || !counting.classes.contains(&"human")))
            .map(|named| Measured { governor: Some(head), ..named })
    })
}

/// The measure that a noun names, or the noun it is of: "the toll", "the number of missing", "the number of people killed".
pub(super) fn named_by(scene: &Scene, counting: &Counting, at: TokenId, noun: TokenId) -> Option<Measured> {
    let parse = scene.parse;
    let row = |word: TokenId, role: &str| look_up(scene, counting, at, &Position { word, role: role.to_owned() });
    let self_or_of = |word: TokenId| {
        row(word, "of").or_else(|| row(word, "self")).or_else(|| row(word, "subj").filter(|_| parse.token(word).upos == Upos::Adj))
    };
    let name = |word: TokenId| self_or_of(word).map(|named| Measured { basis: Basis::Name(word), ..named });
    let participle = |of: TokenId| {
        let modifiers = parse.children(of).iter().copied().filter(|&child| is_modifier(parse, child)).collect::<Vec<_>>();
        let found =
            modifiers.into_iter().find_map(|modifier| roles_of_modified(parse, modifier).into_iter().find_map(|role| row(modifier, &role)));
        found.map(|found| Measured { basis: Basis::Name(of), ..found })
    };
    name(noun).or_else(|| parse.children_by(noun, Deprel::Nmod).filter(|&of| of != at).find_map(|of| name(of).or_else(|| participle(of))))
}

fn is_predicate_beside(parse: &Parse, child: TokenId) -> bool {
    let own_subject = parse.children(child).iter().any(|&below| parse.token(below).deprel.is_subject());
    matches!(parse.token(child).deprel, Deprel::Xcomp | Deprel::Conj) && !own_subject
}

/// "the toll rose to 40", "bringing the number of dead to two", "put the loss at 85 million": the other argument names the measure.
fn other_arguments(parse: &Parse, verb: TokenId, at: TokenId) -> impl Iterator<Item = TokenId> + '_ {
    let is_argument = |child: TokenId| parse.token(child).deprel.is_subject() || parse.token(child).deprel == Deprel::Obj;
    // "expects turnout to pass 70%": the object of the outer verb is what passes.
    let outer = parse.head(verb).filter(|_| parse.token(verb).deprel == Deprel::Xcomp);
    let verbs = std::iter::once(verb).chain(outer);
    let arguments = verbs.flat_map(|verb| parse.children(verb).iter().copied());
    arguments.filter(move |&child| child != at && is_argument(child))
}

/// What a noun stands under, and as what: "subj", "obj", "nsubj:pass", "obl:by". In "found lead in 12 wells" the wells stand under the verb, as its object is theirs.
fn governing(parse: &Parse, at: TokenId) -> Option<Position> {
    let word = parse.head(at)?;
    if parse.token(at).deprel == Deprel::Nmod {
        let case = parse.child(at, Deprel::Case).filter(|&case| matches!(lemma(parse, case).as_str(), "in" | "from" | "at" | "to"))?;
        let verb = parse.head(word).filter(|_| matches!(parse.token(word).deprel, Deprel::Obj | Deprel::NsubjPass))?;
        return Some(Position { word: verb, role: format!("obl:{}", lemma(parse, case)) });
    }
    let role = match parse.token(at).deprel {
        Deprel::Nsubj | Deprel::NsubjOuter => "subj".to_owned(),
        Deprel::NsubjPass => "nsubj:pass".to_owned(),
        Deprel::Obj | Deprel::Iobj => match preposition_of_object(parse, at) {
            Some(case) => format!("obl:{}", lemma(parse, case)),
            None => "obj".to_owned(),
        },
        Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked => match parse.child(at, Deprel::Case) {
            Some(case) => format!("obl:{}", lemma(parse, case)),
            None => "obj".to_owned(),
        },
        _ => return None,
    };
    Some(Position { word, role })
}

/// "sank to 212,000": some trees have the level as an object, though a preposition leads it; in "seized up to 40" it is of the number.
fn preposition_of_object(parse: &Parse, at: TokenId) -> Option<TokenId> {
    let case = parse.child(at, Deprel::Case).filter(|&case| matches!(lemma(parse, case).as_str(), "to" | "from" | "by" | "at"))?;
    let of_number = case.0.checked_sub(1).is_some_and(|before| matches!(lemma(parse, TokenId(before)).as_str(), "up" | "close"));
    (!of_number).then_some(case)
}

// --- verbs without a row --------------------------------------------------------------------------------------------------

/// The verb whose participle says what became of those counted: its object, passive subject, or the subject of an intransitive.
fn governing_verb(scene: &Scene, counting: &Counting) -> Option<TokenId> {
    climb(scene, counting).into_iter().find_map(|at| {
        let participle = scene.parse.children_by(at, Deprel::Acl).find(|&acl| scene.parse.token(acl).tag == "VBN");
        let participle = participle.or_else(|| {
            let undergone = |&clause: &TokenId| {
                has_own_subject(scene.parse, clause) && scene.parse.child(clause, Deprel::Obj).is_none()
                    || scene.parse.child(clause, Deprel::AuxPass).is_some()
            };
            scene.parse.children_by(at, Deprel::AclRelcl).find(undergone)
        });
        let governing = governing(scene.parse, at).and_then(|position| telling_verb(scene, &position));
        governing.or(participle.filter(|&verb| tells(scene, verb)))
    })
}

fn telling_verb(scene: &Scene, position: &Position) -> Option<TokenId> {
    let parse = scene.parse;
    let verb = position.word;
    let is_subject = position.role == "subj";
    let transitive = parse.child_of(verb, &[Deprel::Obj, Deprel::Ccomp]).is_some();
    let undergoes = matches!(position.role.as_str(), "obj" | "nsubj:pass" | "obl:by") || is_subject && !transitive;
    if !undergoes {
        return None;
    }
    if tells(scene, verb) {
        return Some(verb);
    }
    // "are thought to have been moved": the verb that tells hangs on one that does not.
    let below = parse.child(verb, Deprel::Xcomp)?;
    // "declared 900 ballots invalid"
    if parse.token(below).upos == Upos::Adj && !scene.lexicon.is_silent(&base(scene, below), Upos::Adj) {
        return Some(below);
    }
    (tells(scene, below) && parse.child(below, Deprel::Obj).is_none()).then_some(below)
}

fn tells(scene: &Scene, word: TokenId) -> bool {
    let token = scene.parse.token(word);
    // "were varnished" is an adjective to some readers.
    let participle = token.upos == Upos::Adj && scene.doc.slice(token.span).ends_with("ed");
    (token.upos == Upos::Verb || participle) && !scene.lexicon.is_silent(&base(scene, word), token.upos)
}

/// A verb's participle: the form as printed where it is one, else from the lemma.
fn participle(scene: &Scene, verb: TokenId) -> String {
    let token = scene.parse.token(verb);
    let form = scene.doc.slice(token.span).to_lowercase();
    if token.tag == "VBN" || token.upos == Upos::Adj || form.ends_with("ed") { form } else { scene.lexicon.participle(&base(scene, verb)) }
}

/// A word's base form, as the tables have it.
pub(super) fn base(scene: &Scene, word: TokenId) -> String {
    let token = scene.parse.token(word);
    scene.lexicon.base(&token.lemma, scene.doc.slice(token.span), token.upos)
}

// --- nouns ------------------------------------------------------------------------------------------------------------------

/// What no verb tells is named by its noun: money and shares by what they belong to, counts by the counted.
fn by_noun(scene: &Scene, counting: &Counting) -> Option<String> {
    let parse = scene.parse;
    let quantity = counting.quantity;
    if let Some(noun) = quantity.counted {
        return Some(scene.doc.slice(parse.token(noun).span).to_lowercase());
    }
    quantity.unit.as_ref()?;
    let base = counting.base;
    if quantity.kind == QuantityKind::Money {
        // "the $3 billion dam", "$71 a barrel"
        if matches!(parse.token(base).deprel, Deprel::Compound | Deprel::Nummod | Deprel::Amod) {
            return Some("cost".to_owned());
        }
        if is_per_unit(parse, counting) {
            return Some("price".to_owned());
        }
    }
    // "assets grew to £9.8bn": what is so much.
    let subject = || {
        let position = governing(parse, base).filter(|position| position.role != "obl:at")?;
        let thing = |id: &TokenId| {
            let class = scene.lexicon.class(&lemma(parse, *id));
            parse.token(*id).upos == Upos::Noun && !matches!(class, Some("human" | "organization"))
        };
        other_arguments(parse, position.word, base).find(thing)
    };
    let outside = |id: &TokenId| !quantity.span.contains(parse.token(*id).span);
    let names = |id: &TokenId| parse.token(*id).upos == Upos::Noun || tells(scene, *id);
    let up = || parse.ancestors(base).take(3).filter(outside).find(names);
    let named = equated(parse, base).or_else(subject).or_else(up)?;
    // "The total stands at 1.9 billion": of what was told before.
    let verb = parse.token(named).upos == Upos::Verb;
    let name = || if verb { participle(scene, named) } else { lemma(parse, named) };
    (verb || !scene.lexicon.is_silent(&lemma(parse, named), Upos::Noun)).then(name)
}

/// "$71 a barrel", "€2.40 per tonne"
fn is_per_unit(parse: &Parse, counting: &Counting) -> bool {
    let next = parse.tokens_in(counting.quantity.span).last().map(|last| TokenId(last.0 + 1));
    let next = next.filter(|next| next.index() < parse.tokens.len());
    next.is_some_and(|next| matches!(lemma(parse, next).as_str(), "a" | "an" | "per" | "each" | "apiece"))
}
