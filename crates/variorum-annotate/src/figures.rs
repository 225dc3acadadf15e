//! What do reported quantities count?
//!
//! Input: quantities, with the trees they stand in. Output: a [`FigureMention`] for every quantity that measures something, sorted by quantity.
//! Example: in "around 600 DPRK soldiers have been killed" the measure is `killed` (passive subject of "kill"), the population "DPRK soldiers"; in "the toll rose to 40"
//! the measure comes from the subject of "rise".
//! The tree is climbed from the counted noun: first what governs it, then the noun itself, then what it is part of. Words come from `knowledge/measures.tsv`; what no
//! row explains keeps its noun as measure. Small bare counts without a measure ("two sides") are left out.
//! Limits: totals are told from new counts only by verbs of change.

use rustc_hash::FxHashMap;
use variorum_model::{
    Attribution, AttributionId, Deprel, Document, Evidence, FigureMention, Parse, Place, PlaceId, PlaceUse, Quantity, QuantityId,
    QuantityKind, Span, TimeExpression, TimeId, TimeValue, TokenId, Upos, table::Table,
};

use crate::Output;

/// What figures count, from `knowledge/measures.tsv`.
#[derive(Debug)]
pub struct MeasureLexicon {
    rows: FxHashMap<(&'static str, &'static str), Vec<Row>>,
    classes: FxHashMap<&'static str, &'static str>,
}

#[derive(Debug)]
struct Row {
    /// Groups of which one word each must be among the dependents.
    with: Vec<Vec<&'static str>>,
    measure: &'static str,
    roles: Vec<&'static str>,
    classes: Vec<&'static str>,
}

impl MeasureLexicon {
    /// The table that ships with the program.
    pub fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../knowledge/measures.tsv")).expect("bundled tables are checked by tests");
        let mut rows: FxHashMap<(&str, &str), Vec<Row>> = FxHashMap::default();
        let mut classes = FxHashMap::default();
        for row in table.rows() {
            if row.get("measure").is_empty() {
                classes.entry(row.get("lemma")).or_insert_with(|| row.get("class"));
                continue;
            }
            let with = row.get("with").split_whitespace().map(|group| group.split('|').collect()).collect();
            rows.entry((row.get("lemma"), row.get("pos"))).or_default().push(Row {
                with,
                measure: row.get("measure"),
                roles: row.list("role").collect(),
                classes: row.list("class").collect(),
            });
        }
        // The row with the most companions speaks first.
        rows.values_mut().for_each(|rows| rows.sort_by_key(|row| std::cmp::Reverse(row.with.len())));
        Self { rows, classes }
    }

    fn class(&self, lemma: &str) -> Option<&'static str> {
        self.classes.get(lemma).copied()
    }

    fn find(&self, lemma: &str, upos: Upos, role: &str, class: Option<&str>, companions: &[String]) -> Option<&'static str> {
        let pos = match upos {
            Upos::Verb | Upos::Aux => "verb",
            Upos::Adj => "adj",
            _ => "noun",
        };
        let rows = self.rows.get(&(lemma, pos))?;
        let fits = |row: &&Row| {
            row.roles.contains(&role)
                && row.with.iter().all(|group| group.iter().any(|word| companions.iter().any(|companion| companion == word)))
                && (row.classes.is_empty() || class.is_none_or(|class| row.classes.contains(&class)))
        };
        rows.iter().find(fits).map(|row| row.measure)
    }
}

/// What a figure is seen with.
struct Scene<'a> {
    lexicon: &'a MeasureLexicon,
    doc: &'a Document,
    parse: &'a Parse,
    quantities: &'a [Quantity],
    times: &'a [TimeExpression],
    places: &'a [Place],
    attributions: &'a [Attribution],
}

/// Finds what reported quantities count. Sorted by quantity.
pub fn figures(
    lexicon: &MeasureLexicon,
    doc: &Document,
    parse: &Parse,
    quantities: &[Quantity],
    times: &[TimeExpression],
    places: &[Place],
    attributions: &[Attribution],
) -> Output<FigureMention> {
    let scene = Scene { lexicon, doc, parse, quantities, times, places, attributions };
    let mut found: Vec<FigureMention> = Vec::new();
    for (i, quantity) in quantities.iter().enumerate() {
        if matches!(quantity.kind, QuantityKind::Ordinal | QuantityKind::Age) {
            continue;
        }
        let figure = figure(&scene, QuantityId(i as u32), quantity, found.last());
        found.extend(figure);
    }
    found.into()
}

fn figure(scene: &Scene, id: QuantityId, quantity: &Quantity, before: Option<&FigureMention>) -> Option<FigureMention> {
    let parse = scene.parse;
    let base = quantity.counted.or_else(|| parse.head_of_span(quantity.span)).unwrap_or(quantity.number);
    // "400 tonnes of explosives": what is measured is what the phrase is of.
    let of_phrase = |noun: &TokenId| parse.children_by(*noun, Deprel::Case).any(|case| parse.token(case).lemma == "of");
    let population_head = quantity.counted.filter(|noun| quantity.unit.is_none() || of_phrase(noun));
    let mut lemma = population_head.map(|token| parse.token(token).lemma.to_lowercase());
    let class = match quantity.kind {
        QuantityKind::Money => Some("money"),
        QuantityKind::Percent => Some("percent"),
        _ => lemma.as_deref().and_then(|lemma| scene.lexicon.class(lemma)),
    };
    let earlier = earlier_value(scene, id, quantity);
    let explained = explain(scene, base, class);
    let (measure, governor) =
        match (&explained, before.filter(|before| earlier == Some(before.quantity) || elliptic(scene, quantity, before))) {
            (_, Some(before)) if earlier.is_some() || explained.is_none() && !has_own_verb(scene, base) => (before.measure.clone(), None),
            (Some((measure, governor)), _) => ((*measure).to_owned(), Some(*governor)),
            (None, _) => (fallback(scene, quantity)?, None),
        };
    if quantity.kind == QuantityKind::Count
        && small(quantity)
        && governor.is_none_or(|governor| governor == base)
        && only_names(parse, base, &measure)
    {
        return None;
    }
    let mut population =
        population_head.or_else(|| changed(scene, quantity, governor)).and_then(|head| noun_phrase(scene, head, quantity.span));
    // "One worker was missing and 11 hurt": the noun left out is the one before.
    if let Some(before) = before
        .filter(|before| population.is_none() && quantity.unit.is_none() && elliptic(scene, quantity, before) && before.quantity != id)
        .filter(|_| !governor.is_some_and(|verb| is_change(parse, verb)))
    {
        population = before.population.clone();
        lemma = before.population_lemma.clone();
    }
    let clause = clause(scene, quantity, base, governor);
    let attribution = enclosing(scene.attributions, quantity.span);
    Some(FigureMention {
        quantity: id,
        unit: quantity.unit.clone().or_else(|| lemma.clone()).unwrap_or_else(|| "count".to_owned()),
        population_class: lemma.as_deref().and_then(|lemma| scene.lexicon.class(lemma)).map(str::to_owned),
        population,
        population_lemma: lemma,
        place: place(scene, clause),
        as_of: as_of(scene, quantity, governor.unwrap_or(base), attribution),
        cumulative: governor.is_some_and(|verb| is_change(parse, verb)),
        replaces: None,
        attribution,
        evidence: Evidence::one(clause),
        measure,
    })
    .map(|figure| FigureMention { replaces: replaced_by(scene, id, quantity), ..figure })
}

/// "Twelve drowned and 31 were missing": a number that is itself what a verb says something of is not measured by the figure before.
fn has_own_verb(scene: &Scene, base: TokenId) -> bool {
    let token = scene.parse.token(base);
    token.deprel.is_subject() && token.upos == Upos::Num && token.head.is_some_and(|head| scene.parse.token(head).upos != Upos::Noun)
}

// --- the measure --------------------------------------------------------------------------------------------------------

/// The measure a table row gives, and the word that gave it, climbing from the counted noun.
fn explain(scene: &Scene, base: TokenId, class: Option<&str>) -> Option<(&'static str, TokenId)> {
    let mut at = base;
    for _ in 0..6 {
        if let Some(found) = explain_at(scene, at, class) {
            return Some(found);
        }
        let token = scene.parse.token(at);
        let climbs = matches!(
            token.deprel,
            Deprel::Conj
                | Deprel::Nmod
                | Deprel::NmodDesc
                | Deprel::Appos
                | Deprel::Compound
                | Deprel::Nummod
                | Deprel::Amod
                | Deprel::NmodUnmarked
                | Deprel::Flat
                | Deprel::Advmod
                | Deprel::Dep
        );
        at = token.head.filter(|_| climbs)?;
    }
    None
}

fn explain_at(scene: &Scene, at: TokenId, class: Option<&str>) -> Option<(&'static str, TokenId)> {
    let parse = scene.parse;
    let token = parse.token(at);
    let lookup = |word: TokenId, role: &str| {
        let found = parse.token(word);
        // "were hurt" is an adjective to one reader and a passive to another.
        let role = if found.upos == Upos::Adj && role == "nsubj:pass" { "subj" } else { role };
        scene
            .lexicon
            .find(&found.lemma.to_lowercase(), found.upos, role, class, &companions(parse, word, at))
            .map(|measure| (measure, word))
    };
    // A participle or adjective on the noun: "600 soldiers killed", "41 injured people".
    let modifiers = parse
        .children(at)
        .iter()
        .copied()
        .filter(|&child| matches!(parse.token(child).deprel, Deprel::Acl | Deprel::Amod | Deprel::AclRelcl));
    for modifier in modifiers {
        let role = if parse.token(modifier).tag == "VBG"
            || parse.token(modifier).deprel == Deprel::AclRelcl && parse.child(modifier, Deprel::AuxPass).is_none()
        {
            "subj"
        } else {
            "nsubj:pass"
        };
        if let Some(found) = lookup(modifier, role).or_else(|| lookup(modifier, "self")).or_else(|| lookup(modifier, "subj")) {
            return Some(found);
        }
    }
    let governed = token.head.and_then(|head| {
        let role = role_of(parse, at, token.deprel)?;
        governed_by(scene, at, head, role, class, &lookup)
    });
    // "The concentration was 0.31 milligrams": the subject of a predicate noun names the measure.
    let equated = || {
        let subject = parse.child(at, Deprel::Cop).and_then(|_| parse.child_of(at, &[Deprel::Nsubj, Deprel::NsubjOuter]))?;
        lookup(subject, "self").or_else(|| lookup(subject, "of"))
    };
    let governed = governed.or_else(equated);
    governed.or_else(|| lookup(at, "self")).or_else(|| {
        let head = token.head.filter(|_| {
            matches!(token.deprel, Deprel::Nmod | Deprel::NmodDesc | Deprel::Compound | Deprel::Appos | Deprel::Nummod | Deprel::Dep)
        })?;
        lookup(head, "of").or_else(|| lookup(head, "self"))
    })
}

fn governed_by(
    scene: &Scene,
    at: TokenId,
    head: TokenId,
    role: String,
    class: Option<&str>,
    lookup: &impl Fn(TokenId, &str) -> Option<(&'static str, TokenId)>,
) -> Option<(&'static str, TokenId)> {
    let parse = scene.parse;
    if let Some(found) = lookup(head, &role) {
        return Some(found);
    }
    // "were missing and 11 people injured", "have been found dead": predicates beside or under the verb.
    if matches!(role.as_str(), "subj" | "nsubj:pass" | "obj") {
        let beside =
            parse.children(head).iter().copied().filter(|&child| {
                matches!(parse.token(child).deprel, Deprel::Xcomp | Deprel::Conj) && parse.token(child).head == Some(head)
            });
        for predicate in beside {
            let own_subject = parse.children(predicate).iter().any(|&child| parse.token(child).deprel.is_subject());
            if let Some(found) = (!own_subject)
                .then(|| lookup(predicate, &role).or_else(|| lookup(predicate, "subj")).or_else(|| lookup(predicate, "nsubj:pass")))
                .flatten()
            {
                return Some(found);
            }
        }
    }
    // "the toll rose to 40", "bringing the number of dead to two", "put the loss at 85 million": the other argument names the measure.
    let carried = role.starts_with("obl") || role == "obj";
    let arguments = parse
        .children(head)
        .iter()
        .copied()
        .filter(|&child| child != at && (parse.token(child).deprel.is_subject() || parse.token(child).deprel == Deprel::Obj));
    let naming = arguments.filter(|_| carried && class != Some("human")).find_map(|argument| {
        let named = lookup(argument, "of").or_else(|| lookup(argument, "self"));
        named.or_else(|| parse.children_by(argument, Deprel::Nmod).find_map(|of| lookup(of, "self").or_else(|| lookup(of, "of"))))
    });
    naming.map(|(measure, _)| (measure, head))
}

/// How the tables call the place of a noun under its head.
fn role_of(parse: &Parse, at: TokenId, deprel: Deprel) -> Option<String> {
    Some(match deprel {
        Deprel::Nsubj | Deprel::NsubjOuter => "subj".to_owned(),
        Deprel::NsubjPass => "nsubj:pass".to_owned(),
        Deprel::Obj | Deprel::Iobj => "obj".to_owned(),
        Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked => match parse.child(at, Deprel::Case) {
            Some(case) => format!("obl:{}", parse.token(case).lemma),
            None => "obj".to_owned(),
        },
        _ => return None,
    })
}

/// Lemmas among a word's dependents and their modifiers, for `with`; the counted noun is none of them.
fn companions(parse: &Parse, word: TokenId, counted: TokenId) -> Vec<String> {
    let near = parse.children(word).iter().copied().flat_map(|child| std::iter::once(child).chain(parse.children(child).iter().copied()));
    let near = near.filter(|&id| id != counted);
    near.map(|id| parse.token(id).lemma.to_lowercase()).collect()
}

/// What no row explains is named by its noun: money and shares by what they belong to, counts by the counted.
fn fallback(scene: &Scene, quantity: &Quantity) -> Option<String> {
    let parse = scene.parse;
    match quantity.counted {
        Some(noun) if !(small(quantity) && quantity.kind == QuantityKind::Count) => {
            Some(scene.doc.slice(parse.token(noun).span).to_lowercase())
        }
        // A stretch of time that no row explains is told by the times.
        None if quantity.unit.as_deref().is_some_and(|unit| !is_time(unit)) => {
            let base = parse.head_of_span(quantity.span).unwrap_or(quantity.number);
            let subject = parse.child(base, Deprel::Cop).and_then(|_| parse.child(base, Deprel::Nsubj));
            if let Some(subject) = subject {
                return Some(parse.token(subject).lemma.to_lowercase());
            }
            let up = parse
                .ancestors(base)
                .take(3)
                .find(|&id| matches!(parse.token(id).upos, Upos::Noun | Upos::Verb) && !quantity.span.contains(parse.token(id).span))?;
            Some(parse.token(up).lemma.to_lowercase())
        }
        _ => None,
    }
}

/// "the two leaders", "three countries": a small count that says who is meant, not how many. The measure is the noun over again, or the noun is definite.
fn only_names(parse: &Parse, noun: TokenId, measure: &str) -> bool {
    let definite = parse.children(noun).iter().any(|&child| {
        matches!(parse.token(child).lemma.as_str(), "the" | "these" | "those" | "both") || parse.token(child).deprel == Deprel::NmodPoss
    });
    let head: String = parse.token(noun).lemma.to_lowercase().chars().take(4).collect();
    definite || measure.starts_with(&head)
}

/// At most three.
fn small(quantity: &Quantity) -> bool {
    quantity.high.is_some_and(|high| high <= 3.0)
}

/// Verbs by which a total moves: "the toll rose to 40", "bringing the number to 50".
fn is_change(parse: &Parse, verb: TokenId) -> bool {
    matches!(parse.token(verb).lemma.as_str(), "bring" | "rise" | "climb" | "raise" | "reach" | "stand" | "grow" | "mount")
}

fn is_time(unit: &str) -> bool {
    matches!(unit, "second" | "minute" | "hour" | "day" | "week" | "fortnight" | "month" | "year" | "decade" | "century")
}

/// "Rents rose 9 percent": what moves by a share is what the share is of.
fn changed(scene: &Scene, quantity: &Quantity, governor: Option<TokenId>) -> Option<TokenId> {
    let parse = scene.parse;
    let verb = governor.filter(|&verb| quantity.kind == QuantityKind::Percent && parse.token(verb).upos == Upos::Verb)?;
    let subject = parse.child_of(verb, &[Deprel::Nsubj, Deprel::NsubjPass])?;
    (parse.token(subject).upos == Upos::Noun && !quantity.span.contains(parse.token(subject).span)).then_some(subject)
}

// --- relations to other quantities --------------------------------------------------------------------------------------

/// The quantity this one is said to have been before: "up from 23", told at the earlier value.
fn earlier_value(scene: &Scene, id: QuantityId, quantity: &Quantity) -> Option<QuantityId> {
    let index = id.index().checked_sub(1)?;
    let main = &scene.quantities[index];
    (from_before(scene, quantity) && same_sentence(scene, main, quantity)).then_some(QuantityId(index as u32))
}

/// For the newer value: the one after it that it replaces.
fn replaced_by(scene: &Scene, id: QuantityId, quantity: &Quantity) -> Option<QuantityId> {
    let next = scene.quantities.get(id.index() + 1)?;
    (from_before(scene, next) && same_sentence(scene, quantity, next)).then_some(QuantityId(id.0 + 1))
}

fn from_before(scene: &Scene, quantity: &Quantity) -> bool {
    let first = scene.parse.token_at(quantity.span.start());
    first.and_then(|first| first.0.checked_sub(1)).is_some_and(|before| scene.parse.tokens[before as usize].lemma == "from")
}

fn same_sentence(scene: &Scene, a: &Quantity, b: &Quantity) -> bool {
    scene.parse.token(a.number).sentence == scene.parse.token(b.number).sentence
}

/// A number without a noun right after another figure: its noun is left out.
fn elliptic(scene: &Scene, quantity: &Quantity, before: &FigureMention) -> bool {
    let other = &scene.quantities[before.quantity.index()];
    quantity.counted.is_none() && same_sentence(scene, other, quantity) && other.unit == quantity.unit
}

// --- circumstances ------------------------------------------------------------------------------------------------------

/// The counted noun with its modifiers, without the number, relative clauses and appositions.
fn noun_phrase(scene: &Scene, head: TokenId, number: Span) -> Option<String> {
    let parse = scene.parse;
    let leave_out = |child: TokenId| {
        let token = parse.token(child);
        matches!(
            token.deprel,
            Deprel::AclRelcl
                | Deprel::Acl
                | Deprel::Appos
                | Deprel::Punct
                | Deprel::Conj
                | Deprel::Cc
                | Deprel::Det
                | Deprel::DetPredet
                | Deprel::Case
                | Deprel::Parataxis
                | Deprel::Nummod
                | Deprel::Cop
                | Deprel::Aux
                | Deprel::AuxPass
        ) || token.deprel.is_subject()
            || number.contains(token.span)
            || parse.children_by(child, Deprel::Case).any(|case| parse.token(case).lemma == "accord")
            || matches!(
                token.deprel,
                Deprel::Advmod | Deprel::Advcl | Deprel::Obl | Deprel::Mark | Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj
            )
    };
    let cut = |child: TokenId| parse.head(child) == Some(head) && leave_out(child) || number.contains(parse.token(child).span);
    let spans = parse.runs_of(&parse.subtree_without(head, cut));
    let words: Vec<&str> = spans.iter().map(|span| scene.doc.slice(*span)).collect();
    Some(words.join(" ")).filter(|words| !words.is_empty())
}

/// Number, noun and governing word together.
fn clause(scene: &Scene, quantity: &Quantity, base: TokenId, governor: Option<TokenId>) -> Span {
    let noun = scene.parse.token(base).span.cover(quantity.span);
    let whole = governor.map_or(noun, |governor| noun.cover(scene.parse.token(governor).span));
    let sentence = scene.parse.sentence(scene.parse.token(base).sentence).span;
    whole.intersection(sentence).unwrap_or(quantity.span)
}

/// The narrowest attribution whose content holds the number.
fn enclosing(attributions: &[Attribution], span: Span) -> Option<AttributionId> {
    let holds = |attribution: &Attribution| attribution.content.spans().iter().any(|content| content.contains(span));
    let width = |attribution: &Attribution| attribution.content.spans().iter().map(|span| span.len()).sum::<usize>();
    let found = attributions
        .iter()
        .enumerate()
        .filter(|(_, attribution)| holds(attribution))
        .min_by_key(|(i, attribution)| (width(attribution), *i));
    found.map(|(i, _)| AttributionId(i as u32))
}

/// A time under the governing word, else in its clause. When it was said is the attribution's own.
fn as_of(scene: &Scene, quantity: &Quantity, governor: TokenId, attribution: Option<AttributionId>) -> Option<TimeId> {
    let parse = scene.parse;
    let dated: Vec<(TimeId, TokenId)> = scene
        .times
        .iter()
        .enumerate()
        .filter(|(_, time)| {
            !matches!(
                time.value,
                TimeValue::Length { .. }
                    | TimeValue::Recurring(_)
                    | TimeValue::PastVague
                    | TimeValue::FutureVague
                    | TimeValue::PresentVague
            )
        })
        .filter(|(_, time)| !time.span.overlaps(quantity.span))
        .filter_map(|(i, time)| parse.head_of_span(time.span).map(|head| (TimeId(i as u32), head)))
        .filter(|(_, head)| parse.token(*head).sentence == parse.token(quantity.number).sentence)
        .filter(|(id, head)| !bounds_a_window(parse, *head) && !is_of_earlier_value(scene, quantity, scene.times[id.index()].span))
        .collect();
    // "up from 23 a day earlier": a time right behind the number is its own.
    let next_word = parse.tokens_in(quantity.span).last().map_or(0, |last| last.0 + 1);
    let behind = dated.iter().find(|(id, _)| {
        from_before(scene, quantity)
            && parse.token_at(scene.times[id.index()].span.start()).is_some_and(|first| first.0 <= next_word + 1 && first.0 >= next_word)
    });
    let under = |top: TokenId| {
        let near = dated.iter().filter(move |(_, head)| parse.is_within(*head, top) && is_of_clause(parse, *head, top));
        near.min_by_key(|(id, head)| {
            (parse.ancestors(*head).take_while(|up| *up != top).count(), distance(scene.times[id.index()].span, quantity.span))
        })
        .map(|(id, _)| *id)
    };
    let clause_top = std::iter::once(governor).chain(parse.ancestors(governor)).find(|&up| matches!(parse.token(up).upos, Upos::Verb));
    let said = attribution.and_then(|id| scene.attributions[id.index()].said);
    behind.map(|(id, _)| *id).or_else(|| under(governor)).or_else(|| clause_top.and_then(under)).filter(|&id| Some(id) != said)
}

/// "since Friday", "until 2030": where the time that is counted begins or ends, not when the count holds.
fn bounds_a_window(parse: &Parse, time: TokenId) -> bool {
    parse.children(time).iter().any(|&child| matches!(parse.token(child).lemma.as_str(), "since" | "until" | "till" | "between"))
}

/// In "74 people by Monday, up from 50 on Sunday", Sunday is of the 50.
fn is_of_earlier_value(scene: &Scene, quantity: &Quantity, time: Span) -> bool {
    let between = |other: &&Quantity| quantity.span.end() <= other.span.start() && other.span.end() <= time.start();
    scene.quantities.iter().filter(between).any(|other| from_before(scene, other))
}

/// Whether a time stands in the clause of a word, and in none below it: "has killed 34 since it came ashore on Friday".
fn is_of_clause(parse: &Parse, time: TokenId, top: TokenId) -> bool {
    let mut path = std::iter::once(time).chain(parse.ancestors(time)).take_while(|&up| up != top);
    path.all(|up| !matches!(parse.token(up).deprel, Deprel::Advcl | Deprel::AclRelcl | Deprel::Ccomp | Deprel::Csubj | Deprel::Parataxis))
}

fn distance(a: Span, b: Span) -> usize {
    a.start().abs_diff(b.end()).min(b.start().abs_diff(a.end()))
}

/// A literal place inside the clause.
fn place(scene: &Scene, clause: Span) -> Option<PlaceId> {
    let inside = scene.places.iter().enumerate().filter(|(_, place)| place.used == PlaceUse::Literal && clause.contains(place.span));
    inside.map(|(i, _)| PlaceId(i as u32)).next()
}
