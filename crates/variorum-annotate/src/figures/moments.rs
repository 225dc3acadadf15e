//! As of when does a figure hold?
//!
//! Input: the number, the word that governs it, the times of its sentence. Output: the time that says when the count held. Example: in "74 people by Monday, up from
//! 50 on Sunday" 74 is as of Monday, 50 of Sunday. When it was said is the attribution's own, unless the saying is itself a count ("on Sunday it had put the toll at 9").
//!
//! The time right behind the number wins; else the one nearest under the governing verb, then in the clauses that it continues ("struck the port on Friday, killing
//! three").
//! Limits: one sentence.

use variorum_model::{Attribution, AttributionId, Deprel, Parse, Quantity, Span, TimeId, TimeValue, TokenId, Upos};

use super::{Counting, Scene, lemma, updates};

/// A time with its head in the tree.
#[derive(Copy, Clone)]
struct Moment {
    id: TimeId,
    head: TokenId,
    span: Span,
}

/// The time as of which a number holds, if its sentence tells.
pub(super) fn as_of(scene: &Scene, counting: &Counting, governor: TokenId, attribution: Option<AttributionId>) -> Option<TimeId> {
    let quantity = counting.quantity;
    let own = attribution.map(|id| &scene.attributions[id.index()]);
    let counted_then = own.filter(|own| is_count(scene, own)).and_then(|own| own.said);
    let said = |id: TimeId| Some(id) != counted_then && scene.attributions.iter().any(|attribution| is_said_at(scene, attribution, id));
    let moments: Vec<Moment> = moments(scene, quantity);
    let saying = own.is_some_and(|own| own.cue.iter().any(|cue| cue.contains(scene.parse.token(governor).span)));
    let is_own = |id: TimeId| {
        let head = scene.parse.head_of_span(scene.times[id.index()].span).and_then(|time| scene.parse.head(time));
        head == Some(governor) && !saying
    };
    if let Some(own) = moments.iter().find(|moment| is_behind(scene, quantity, counting.base, **moment)) {
        return Some(own.id);
    }
    // "up from 90 cases and four deaths in May": the list of earlier values has one time.
    if let Some(next) = updates::next_of_list(scene, counting.id) {
        let base = next.counted.unwrap_or(next.number);
        return moments.iter().find(|moment| is_behind(scene, next, base, **moment)).map(|moment| moment.id);
    }
    // "34 of his 50 hives", "up from 23": the clause dates the part and the newer value.
    if updates::is_whole(scene, counting.id) || updates::newer_value(scene, counting.id, quantity).is_some() {
        return None;
    }
    let free: Vec<Moment> = moments.into_iter().filter(|moment| !is_of_another(scene, quantity, *moment)).collect();
    let clauses = clauses(scene.parse, governor);
    let found = clauses.iter().find_map(|&clause| nearest_under(scene, &free, clause, quantity.span));
    found.or_else(|| when_clause(scene.parse, &free, governor)).filter(|&id| !said(id) || is_own(id))
}

/// Whether a time is that of a saying: not one that the words said hold themselves, unless nothing is said to have happened.
fn is_said_at(scene: &Scene, attribution: &Attribution, id: TimeId) -> bool {
    let time = scene.times[id.index()].span;
    let inside = attribution.content.spans().iter().any(|content| content.contains(time));
    attribution.said == Some(id) && !inside
}

/// "on Monday it had put the number at 57": so many were counted when it was said.
fn is_count(scene: &Scene, attribution: &Attribution) -> bool {
    let perfect = attribution.cue.iter().flat_map(|cue| scene.parse.tokens_in(*cue)).any(|word| scene.parse.token(word).tag == "VBN");
    perfect && matches!(attribution.cue_lemma.as_str(), "put" | "count" | "place" | "number" | "give" | "estimate")
}

/// The times of the number's sentence that can say when a count held.
fn moments(scene: &Scene, quantity: &Quantity) -> Vec<Moment> {
    let parse = scene.parse;
    let times = scene.times.iter().enumerate().filter(|(_, time)| {
        let vague =
            matches!(time.value, TimeValue::Length { .. } | TimeValue::Recurring(_) | TimeValue::PastVague | TimeValue::FutureVague);
        !vague && !time.span.overlaps(quantity.span)
    });
    let headed =
        times.filter_map(|(i, time)| parse.head_of_span(time.span).map(|head| Moment { id: TimeId(i as u32), head, span: time.span }));
    let here = |moment: &Moment| parse.token(moment.head).sentence == parse.token(quantity.number).sentence;
    headed.filter(|moment| here(moment) && !bounds_a_window(parse, *moment) && !is_of_a_source(scene, moment.span)).collect()
}

/// "since Friday", "until 2030", "between May and July": where the time that is counted begins or ends, not when the count holds.
fn bounds_a_window(parse: &Parse, moment: Moment) -> bool {
    // "more than in January", "up on a year earlier": what it is compared with.
    let opens = |word: TokenId| matches!(lemma(parse, word).as_str(), "since" | "until" | "till" | "between" | "than");
    let led = parse.children(moment.head).iter().any(|&child| opens(child));
    let first = parse.token_at(moment.span.start());
    let second_of_two = parse.token(moment.head).deprel == Deprel::Conj
        && parse.head(moment.head).is_some_and(|head| parse.children(head).iter().any(|&child| opens(child)));
    let before = first.and_then(|first| first.0.checked_sub(1)).map(TokenId);
    let joined = before.filter(|&word| matches!(lemma(parse, word).as_str(), "and" | "to"));
    let between = joined.is_some_and(|joint| {
        (joint.0.saturating_sub(4)..joint.0).map(TokenId).any(|word| matches!(lemma(parse, word).as_str(), "between" | "from"))
    });
    let next = parse.tokens_in(moment.span).last().map(|last| TokenId(last.0 + 1)).filter(|next| next.index() < parse.tokens.len());
    let begins = before.is_some_and(|word| lemma(parse, word) == "from")
        && next.is_some_and(|next| matches!(lemma(parse, next).as_str(), "to" | "until"));
    let back = |n: u32| first.and_then(|first| first.0.checked_sub(n)).map_or(String::new(), |at| lemma(parse, TokenId(at)));
    let compared =
        back(1) == "than" || matches!(back(2).as_str(), "than" | "as") && matches!(back(1).as_str(), "in" | "at" | "on" | "during");
    led || compared || second_of_two || between || begins
}

/// "images taken on 19 November show": the date is of the source.
fn is_of_a_source(scene: &Scene, time: Span) -> bool {
    scene.attributions.iter().any(|attribution| attribution.source.iter().any(|source| source.contains(time)))
}

/// Whether a time stands right behind the number or its noun: "23 a day earlier", "2.9 percent in 2026", "17 boats on Saturday".
fn is_behind(scene: &Scene, quantity: &Quantity, base: TokenId, moment: Moment) -> bool {
    let end = |span: Span| scene.parse.tokens_in(span).last().map_or(0, |last| last.0 + 1);
    let begin = scene.parse.token_at(moment.span.start()).map_or(0, |first| first.0);
    let gap = |from: u32| {
        let from = from + per_unit(scene.parse, from);
        let between = (from..begin.max(from)).map(|i| scene.parse.token(TokenId(i)).upos);
        begin >= from && between.clone().count() <= 1 && between.into_iter().all(|upos| upos == Upos::Adp)
    };
    gap(end(quantity.span)) || gap(end(scene.parse.token(base).span))
}

/// "1,180 a month in July": how many words say per what a number is.
fn per_unit(parse: &Parse, from: u32) -> u32 {
    let word = |at: u32| parse.tokens.get(at as usize).map(|token| token.lemma.to_lowercase());
    let ago = matches!(word(from + 2).as_deref(), Some("earlier" | "early" | "ago" | "later" | "late" | "before" | "previously"));
    if !ago && matches!(word(from).as_deref(), Some("a" | "an" | "per")) { 2 } else { 0 }
}

/// Whether another number stands between, of which the time is: in "74 by Monday, up from 50 on Sunday" Sunday is of the 50.
fn is_of_another(scene: &Scene, quantity: &Quantity, moment: Moment) -> bool {
    let others = scene.quantities.iter().filter(|other| other.span != quantity.span);
    let between = |other: &&Quantity| quantity.span.end() <= other.span.start() && other.span.end() <= moment.span.start();
    // "fell 14 percent to 212 million in May": a step and the level it leads to have one time.
    let level = |other: &Quantity| updates::to_before(scene, other);
    let claimed = |other: &Quantity| {
        !level(other)
            && (updates::from_before(scene, other)
                || is_behind(scene, other, other.counted.unwrap_or(other.number), moment) && other.unit.is_some())
    };
    others.filter(between).any(claimed)
        || scene
            .quantities
            .iter()
            .any(|other| other.span != quantity.span && updates::from_before(scene, other) && is_behind(scene, other, other.number, moment))
}

/// The governing word, its verb, and the clauses that verb continues: its first conjunct, the clause a participle is added to.
fn clauses(parse: &Parse, governor: TokenId) -> Vec<TokenId> {
    let verb = std::iter::once(governor).chain(parse.ancestors(governor)).find(|&up| parse.token(up).upos == Upos::Verb);
    let continues = |&at: &TokenId| {
        let token = parse.token(at);
        let bare = token.tag == "VBG" && parse.child(at, Deprel::Mark).is_none();
        let added = token.deprel == Deprel::Advcl && bare || token.deprel == Deprel::Conj && !is_finite_clause(parse, at);
        token.head.filter(|&head| added && head < at)
    };
    std::iter::once(governor).chain(std::iter::successors(verb, continues).take(4)).collect()
}

/// A conjunct with a subject or auxiliary of its own has its own time.
fn is_finite_clause(parse: &Parse, verb: TokenId) -> bool {
    let own = |child: &TokenId| parse.token(*child).deprel.is_subject() || matches!(parse.token(*child).deprel, Deprel::Aux | Deprel::Cop);
    parse.children(verb).iter().any(own)
}

fn nearest_under(scene: &Scene, moments: &[Moment], clause: TokenId, number: Span) -> Option<TimeId> {
    let parse = scene.parse;
    let under = moments.iter().filter(|moment| parse.is_within(moment.head, clause) && is_of_clause(parse, moment.head, clause));
    let steps = |moment: &Moment| parse.ancestors(moment.head).take_while(|&up| up != clause).count();
    under.min_by_key(|moment| (steps(moment), distance(moment.span, number))).map(|moment| moment.id)
}

/// Whether a time stands in the clause of a word, and in none below or beside it: "has killed 34 since it came ashore on Friday".
fn is_of_clause(parse: &Parse, time: TokenId, top: TokenId) -> bool {
    let mut path = std::iter::once(time).chain(parse.ancestors(time)).take_while(|&up| up != top);
    path.all(|up| {
        let below = matches!(
            parse.token(up).deprel,
            Deprel::Acl | Deprel::Advcl | Deprel::AclRelcl | Deprel::Ccomp | Deprel::Csubj | Deprel::Parataxis | Deprel::AdvclRelcl
        );
        let beside = parse.token(up).deprel == Deprel::Conj && is_finite_clause(parse, up);
        !below && !beside
    })
}

/// "in 1998, when a leak killed 4": the time that the clause explains.
fn when_clause(parse: &Parse, moments: &[Moment], governor: TokenId) -> Option<TimeId> {
    let clause = std::iter::once(governor).chain(parse.ancestors(governor)).find(|&up| {
        let when = parse.children(up).iter().any(|&child| lemma(parse, child) == "when" && child < governor);
        when && matches!(parse.token(up).deprel, Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Advcl)
    })?;
    let when = parse.children(clause).iter().copied().find(|&child| lemma(parse, child) == "when")?;
    let before =
        |moment: &&Moment| moment.span.end() <= parse.token(when).span.start() && parse.token(when).span.start() - moment.span.end() <= 2;
    moments.iter().find(before).map(|moment| moment.id)
}

fn distance(a: Span, b: Span) -> usize {
    a.start().abs_diff(b.end()).min(b.start().abs_diff(a.end()))
}
