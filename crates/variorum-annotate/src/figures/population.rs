//! Who or what is counted?
//!
//! Input: a number with its noun, the word that gave the measure, the figures before it. Output: the words of the population without the number, and the lemma of its
//! head. Example: "41 injured mine workers" counts "injured mine workers"; in "12 killed and 30 injured" the noun of 30 is that of 12; in "rents rose 9 percent"
//! what moved is "rents".
//! Limits: relative clauses and phrases of place stay outside.

use variorum_model::{Deprel, FigureMention, Parse, QuantityKind, Span, TokenId, Upos};

use super::{
    Counting, Scene,
    antecedent::{left_out, people_told_of, pronoun},
    is_led_by, judged, lemma,
    measure::{Basis, Measured},
    sized::sized,
};

/// Those counted.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) words: Option<String>,
    pub(super) lemma: Option<String>,
}

/// Who or what is counted, if the text says.
pub(super) fn counted(scene: &Scene, counting: &Counting, measured: &Measured, before: &[FigureMention]) -> Counted {
    let parse = scene.parse;
    let like = left_out(scene, counting, measured, before).map(|index| &before[index]).filter(|like| !is_fate(scene, like));
    let apart = like.is_none_or(|like| measured.of_people && like.population_class.as_deref() != Some("human"));
    let as_like =
        || like.map_or_else(Counted::default, |like| Counted { words: like.population.clone(), lemma: like.population_lemma.clone() });
    if measured.basis == Basis::Comparison && counting.noun.is_none() && like.is_some() {
        return as_like();
    }
    let part = part_named(scene, counting);
    let own = counting.noun.filter(|&noun| !is_whole_of_share(scene, counting, noun));
    let head = part
        .or(own)
        .or_else(|| nominal(scene, counting))
        .or_else(|| sized(scene, counting, measured))
        .or_else(|| numbered(scene, counting, measured))
        .or_else(|| level_of(scene, counting, measured))
        .or_else(|| pronoun(scene, counting, apart))
        .or_else(|| people_told_of(scene, counting).filter(|_| like.is_none()))
        .or_else(|| judged::population(scene, counting, &measured.measure).filter(|_| like.is_none()));
    let words = head.and_then(|head| Some((head, noun_phrase(scene, head, counting.quantity.span)?)));
    words.map_or_else(as_like, |(head, words)| Counted {
        words: Some(words),
        lemma: Some(lemma(parse, part.or(counting.noun).unwrap_or(head))),
    })
}

/// "34 people, nine of them young children": some of those told of are what the noun behind says, whatever the tree hangs it on.
fn part_named(scene: &Scene, counting: &Counting) -> Option<TokenId> {
    let parse = scene.parse;
    let last = parse.tokens_in(counting.quantity.span).last()?;
    let sentence = parse.sentence(parse.token(last).sentence);
    let word = |n: u32| Some(TokenId(last.0 + n)).filter(|word| word.0 < sentence.end.0);
    let of_them = lemma(parse, word(1)?) == "of" && matches!(lemma(parse, word(2)?).as_str(), "they" | "them" | "who" | "whom");
    let described = (3..6).map_while(word).find(|&id| parse.token(id).upos != Upos::Adj)?;
    let next = word(described.0 - last.0 + 1).map(|next| parse.token(next).upos);
    let ends = next.is_none_or(|next| matches!(next, Upos::Punct | Upos::Adp | Upos::Cconj));
    (of_them && ends && parse.token(described).tag == "NNS").then_some(described)
}

/// "three dead, 46 hurt": what became of some names no others.
fn is_fate(scene: &Scene, like: &FigureMention) -> bool {
    let quantity = &scene.quantities[like.quantity.index()];
    let adjective = |word: &str| scene.lexicon.find(word, Upos::Adj, "self", &["human"], &[]).is_some();
    like.population_lemma.as_deref().is_some_and(|word| quantity.counted.is_none() && adjective(word))
}

fn names_fate(scene: &Scene, word: &str) -> bool {
    scene.lexicon.find(word, Upos::Noun, "self", &["human"], &[]).is_some()
}

/// "three dead and 46 wounded", "three of the wounded": those counted are named by what became of them.
fn nominal(scene: &Scene, counting: &Counting) -> Option<TokenId> {
    let parse = scene.parse;
    let last = parse.tokens_in(counting.quantity.span).last()?;
    let form = |word: TokenId| scene.doc.slice(parse.token(word).span).to_lowercase();
    let names = |&word: &TokenId| names_fate(scene, &form(word)) && matches!(parse.token(word).tag.as_str(), "JJ" | "VBN");
    let of = parse.children_by(counting.quantity.number, Deprel::Nmod).find(|&of| is_led_by(parse, of, "of"));
    if let Some(of) = of.filter(names) {
        return Some(of);
    }
    let word = Some(TokenId(last.0 + 1)).filter(|word| word.index() < parse.tokens.len()).filter(names)?;
    let before_noun = parse.tokens.get(word.index() + 1).is_some_and(|next| matches!(next.upos, Upos::Noun | Upos::Propn));
    let governs = parse.is_within(counting.quantity.number, word) && !is_clause(parse, word);
    // Some trees hang number and word on one verb, others the word on the number.
    let number = parse.token(counting.quantity.number);
    let argument = number.deprel.is_subject() || number.deprel == Deprel::Obj;
    let predicated = number.head == parse.head(word) && argument || parse.token(word).deprel == Deprel::Orphan;
    ((governs || predicated) && !before_noun && counting.quantity.counted.is_none()).then_some(word)
}

/// Whether a word is a predicate, or goes on from one.
fn is_clause(parse: &Parse, word: TokenId) -> bool {
    let token = parse.token(word);
    let with_subject =
        parse.children(word).iter().any(|&child| parse.token(child).deprel.is_subject() || parse.token(child).deprel == Deprel::Aux);
    let goes_on = token.deprel == Deprel::Conj && parse.head(word).is_some_and(|head| parse.token(head).upos == Upos::Verb);
    with_subject || goes_on
}

/// "34 percent of the vote", "12 percent of their money": the share is of no population.
fn is_whole_of_share(scene: &Scene, counting: &Counting, noun: TokenId) -> bool {
    let class = scene.lexicon.class(&lemma(scene.parse, noun));
    counting.quantity.kind == QuantityKind::Percent && matches!(class, Some("votes" | "money" | "percent"))
}

/// What is so much or so many, where it is more than the measure's own name: "the rent was 900", "road deaths fell to 184"; not "turnout", "the toll".
fn level_of(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    let Basis::Name(noun) = measured.basis else { return None };
    let token = scene.parse.token(noun);
    let outside = !counting.quantity.span.contains(token.span) && noun != counting.base && counting.noun.is_none();
    let of_move = measured.governor.is_some_and(|verb| verb != noun && token.head == Some(verb) && token.deprel == Deprel::Obj);
    let argument = token.deprel.is_subject() || of_move;
    let kept = matches!(measured.measure.as_str(), "price" | "rate" | "limit" | "permitted" | "harvested" | "requested" | "enrolled");
    let plural = token.tag == "NNS" && counting.quantity.unit.is_none();
    let moved = matches!(measured.measure.as_str(), "increased" | "decreased") && !is_bare_measure(scene, noun);
    (outside && argument && (moved || plural || kept || measured.measure == lemma(scene.parse, noun) && !is_bare_measure(scene, noun)))
        .then_some(noun)
}

/// A noun that the table knows as a measure of its own: "turnout", "growth".
fn is_bare_measure(scene: &Scene, noun: TokenId) -> bool {
    let word = lemma(scene.parse, noun);
    ["percent", "human", "length", "money"].iter().any(|class| scene.lexicon.find(&word, Upos::Noun, "of", &[class], &[]).is_some())
}

/// "The number of cholera cases was 8,140": what the number is of.
fn numbered(scene: &Scene, counting: &Counting, measured: &Measured) -> Option<TokenId> {
    let Basis::Name(noun) = measured.basis else { return None };
    let parse = scene.parse;
    let token = parse.token(noun);
    let of_number = token.deprel == Deprel::Nmod && is_led_by(parse, noun, "of") && token.upos == Upos::Noun;
    let outside = !counting.quantity.span.contains(token.span) && noun != counting.base;
    (of_number && outside && counting.quantity.unit.is_none()).then_some(noun)
}

/// The counted noun with its modifiers and its "of" phrase, without the number, clauses and what follows.
fn noun_phrase(scene: &Scene, head: TokenId, number: Span) -> Option<String> {
    let parse = scene.parse;
    let joined = joined(scene, head);
    let belongs = |child: TokenId| belongs(parse, child, head) || joined.is_some_and(|last| child > head && child <= last);
    let cut = |child: TokenId| parse.head(child) == Some(head) && !belongs(child) || number.contains(parse.token(child).span);
    let spans = parse.runs_of(&parse.subtree_without(head, cut));
    let words: Vec<&str> = spans.iter().map(|span| scene.doc.slice(*span)).collect();
    Some(words.join(" ")).filter(|words| !words.is_empty())
}

/// "women and children", "flour, rice and tinned tuna": the last of bare nouns in a row that are counted together.
fn joined(scene: &Scene, head: TokenId) -> Option<TokenId> {
    let parse = scene.parse;
    let plural = |noun: TokenId| parse.token(noun).tag == parse.token(head).tag && matches!(parse.token(noun).tag.as_str(), "NN" | "NNS");
    let numbered = |noun: TokenId| scene.quantities.iter().any(|quantity| parse.is_within(quantity.number, noun));
    let bare = |noun: TokenId| {
        let closed = |&child: &TokenId| {
            let before = child < noun;
            let kept = matches!(parse.token(child).deprel, Deprel::Amod | Deprel::Compound | Deprel::Cc | Deprel::Punct);
            before && kept || !before && matches!(parse.token(child).deprel, Deprel::Punct | Deprel::Nmod | Deprel::AclRelcl | Deprel::Acl)
        };
        plural(noun) && !numbered(noun) && parse.children(noun).iter().all(closed)
    };
    let conjuncts: Vec<TokenId> = parse.children_by(head, Deprel::Conj).filter(|&noun| noun > head).collect();
    let last = *conjuncts.last()?;
    let adjoins = parse.children(last).iter().any(|&child| parse.token(child).deprel == Deprel::Cc && child > head);
    let own: Vec<TokenId> = (head.0 + 1..last.0).map(TokenId).collect();
    let run = own.iter().all(|&word| conjuncts.iter().any(|&noun| parse.is_within(word, noun)));
    (adjoins && run && conjuncts.iter().all(|&noun| bare(noun))).then_some(last)
}

/// "tubs of yoghurt"; "cases as of Friday" are no cases of Friday.
fn is_of_phrase(parse: &Parse, child: TokenId, head: TokenId) -> bool {
    let of = |case: TokenId| lemma(parse, case) == "of" && case.0 == head.0 + 1;
    parse.token(child).deprel == Deprel::Nmod && parse.children_by(child, Deprel::Case).any(of)
}

fn belongs(parse: &Parse, child: TokenId, head: TokenId) -> bool {
    let deprel = parse.token(child).deprel;
    let before = matches!(
        deprel,
        Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::NmodPoss | Deprel::NmodDesc | Deprel::Flat | Deprel::Advmod
    );
    let name = matches!(deprel, Deprel::Flat | Deprel::Compound);
    // A clause that the tree takes for a part of the noun stays outside.
    if child < head { before && parse.token(child).upos != Upos::Adv } else { name || is_of_phrase(parse, child, head) }
}
