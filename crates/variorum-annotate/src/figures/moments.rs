//! As of when does a figure hold?
//!
//! Input: the number, the word that governs it, the times of its sentence. Output: the time that says when the count held. Example: in "74 people by Monday, up from
//! 50 on Sunday" 74 is as of Monday, 50 of Sunday. When it was said is the attribution's own, unless the saying is itself a count ("on Sunday it had put the toll at 9").
//!
//! The time right behind the number wins; else the one nearest under the governing verb, then in the clauses that it continues ("struck the port on Friday, killing
//! three").
//! Limits: one sentence.

use variorum_model::{Attribution, AttributionId, Deprel, FigureMention, Parse, Quantity, Span, TimeId, TimeValue, TokenId, Upos};

use super::{
    Counting, Scene, judged, lemma,
    measure::{Basis, Measured},
    updates,
};

/// A time with its head in the tree.
#[derive(Copy, Clone)]
struct Moment {
    id: TimeId,
    head: TokenId,
    span: Span,
}

/// The time as of which a number holds, if its sentence tells.
pub(super) fn as_of(
    scene: &Scene,
    counting: &Counting,
    measured: &Measured,
    attribution: Option<AttributionId>,
    before: &[FigureMention],
) -> Option<TimeId> {
    let quantity = counting.quantity;
    let governor = predicate_of(scene.parse, measured.governor.unwrap_or(counting.base));
    let own = attribution.map(|id| &scene.attributions[id.index()]);
    let counted_then = own.filter(|own| is_count(scene, own)).and_then(|own| own.said);
    let told_at = |id: TimeId| is_behind_a_cue(scene, id) || scene.attributions.iter().any(|one| is_said_at(scene, one, id));
    let said = |id: TimeId| Some(id) != counted_then && told_at(id);
    let moments: Vec<Moment> = moments(scene, quantity);
    let saying = own.is_some_and(|own| own.cue.iter().any(|cue| cue.contains(scene.parse.token(governor).span)));
    let is_own = |id: TimeId| {
        let head = scene.parse.head_of_span(scene.times[id.index()].span).and_then(|time| scene.parse.head(time));
        head == Some(governor) && !saying && !is_behind_a_cue(scene, id)
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
    if updates::is_whole(scene, counting.id) {
        return moments.iter().find(|moment| is_of_its_clause(scene, counting, moment)).map(|moment| moment.id);
    }
    if updates::newer_value(scene, counting.id, quantity).is_some() {
        return None;
    }
    let free: Vec<Moment> = moments.into_iter().filter(|moment| !is_of_another(scene, quantity, *moment)).collect();
    let clauses = clauses(scene.parse, governor);
    let around = around(scene, counting, &clauses);
    let found = clauses.iter().find_map(|&clause| nearest_under(scene, &free, clause, quantity.span));
    let found = found.or_else(|| when_clause(scene, governor)).filter(|&id| !said(id) || is_own(id));
    let above = || around.iter().find_map(|&clause| nearest_under(scene, &free, clause, quantity.span)).filter(|&id| !said(id));
    found
        .or_else(|| occasion(scene, &free, &clauses))
        .or_else(above)
        .or_else(|| opening(scene, &free, &clauses).filter(|&id| !said(id)))
        .or_else(|| shared(scene, counting, measured, before))
}

/// "of the 64 drones launched overnight": a whole has the time of its own clause.
fn is_of_its_clause(scene: &Scene, counting: &Counting, moment: &Moment) -> bool {
    let parse = scene.parse;
    let own = |&child: &TokenId| matches!(parse.token(child).deprel, Deprel::Acl | Deprel::AclRelcl) && parse.is_within(moment.head, child);
    counting.noun.is_some_and(|noun| parse.children(noun).iter().any(own))
}

/// The clauses in which what is told of the number stands: "Nine men charged with theft were cleared on Tuesday", "a convoy of 36 trucks arrived on Sunday",
/// "spilled over on Monday in Orta, where five men were shot", "bells tolled on Sunday as 4,000 bowed their heads".
fn around(scene: &Scene, counting: &Counting, clauses: &[TokenId]) -> Vec<TokenId> {
    let parse = scene.parse;
    let top = std::iter::successors(Some(counting.base), |&at| {
        let of = parse.token(at).deprel == Deprel::Nmod && super::is_led_by(parse, at, "of");
        parse.head(at).filter(|&head| of && parse.token(head).upos == Upos::Noun)
    });
    let noun = top.last().unwrap_or(counting.base);
    let predicate = parse.head(noun).filter(|&verb| parse.token(verb).upos == Upos::Verb && parse.token(noun).deprel != Deprel::Nmod);
    let last = clauses.iter().copied().rfind(|&clause| parse.token(clause).upos == Upos::Verb);
    let opens = |clause: TokenId| {
        parse.children(clause).iter().any(|&child| child < clause && matches!(lemma(parse, child).as_str(), "where" | "as" | "while"))
    };
    let outer = last
        .filter(|&clause| opens(clause))
        .filter(|&clause| matches!(parse.token(clause).deprel, Deprel::Advcl | Deprel::AclRelcl | Deprel::AdvclRelcl));
    let outer = outer.and_then(|clause| parse.ancestors(clause).find(|&up| parse.token(up).upos == Upos::Verb));
    predicate.into_iter().chain(outer).filter(|clause| !clauses.contains(clause)).collect()
}

/// "By noon 118 villages lay under water, and 14 camps were full": a time that opens the sentence holds for all that is joined.
fn opening(scene: &Scene, moments: &[Moment], clauses: &[TokenId]) -> Option<TimeId> {
    let parse = scene.parse;
    let joined = |&at: &TokenId| parse.head(at).filter(|_| matches!(parse.token(at).deprel, Deprel::Conj | Deprel::Parataxis));
    let first = clauses.iter().copied().find(|&clause| parse.token(clause).upos == Upos::Verb)?;
    let verb = std::iter::successors(Some(first), joined).take(5).last().filter(|&verb| verb < first)?;
    let begin = parse.sentence(parse.token(verb).sentence).span.start();
    let opens = |moment: &&Moment| moment.head < verb && moment.span.start() <= begin + 12 && parse.head(moment.head) == Some(verb);
    moments.iter().find(opens).map(|moment| moment.id)
}

/// The time that the network is sure of.
pub(super) fn pointed_at(scene: &Scene, counting: &Counting) -> Option<TimeId> {
    let span = scene.parse.token(judged::moment(scene, counting)?).span;
    scene.times.iter().position(|time| time.span.contains(span)).map(|i| TimeId(i as u32))
}

/// "were without power": some trees hang the subject on the preposition.
fn predicate_of(parse: &Parse, word: TokenId) -> TokenId {
    parse.head(word).filter(|_| parse.token(word).deprel == Deprel::Case).unwrap_or(word)
}

/// "officials said on Monday": whatever the tree hangs the time on, it is that of the saying.
fn is_behind_a_cue(scene: &Scene, id: TimeId) -> bool {
    let parse = scene.parse;
    let Some(first) = parse.token_at(scene.times[id.index()].span.start()) else { return false };
    let back = |n: u32| first.0.checked_sub(n).map(TokenId);
    let led = back(1).is_some_and(|word| parse.token(word).upos == Upos::Adp);
    let word = back(if led { 2 } else { 1 });
    let is_cue = |span: Span| scene.attributions.iter().any(|attribution| attribution.cue.iter().any(|cue| cue.contains(span)));
    word.is_some_and(|word| parse.token(word).upos == Upos::Verb && is_cue(parse.token(word).span))
}

/// "were hurt when the roof fell in on Sunday", "laid off after the mill closed in May": the time of what brought it about.
fn occasion(scene: &Scene, moments: &[Moment], clauses: &[TokenId]) -> Option<TimeId> {
    let parse = scene.parse;
    let joined = clauses.iter().flat_map(|&clause| parse.children_by(clause, Deprel::Conj));
    let above = clauses.iter().copied().chain(joined);
    let opens = |child: TokenId| matches!(lemma(parse, child).as_str(), "when" | "after" | "as" | "in");
    // "Ambushed on Sunday, the convoy lost 14 men"
    let leads = |clause: TokenId| parse.token(clause).tag == "VBN" && parse.head(clause).is_some_and(|head| clause < head);
    let tells = |clause: &TokenId| {
        parse.token(*clause).deprel == Deprel::Advcl && leads(*clause)
            || parse.token(*clause).deprel == Deprel::Advcl && parse.children(*clause).iter().any(|&child| opens(child) && child < *clause)
    };
    let told = above.flat_map(|clause| parse.children(clause).iter().copied()).filter(tells).collect::<Vec<_>>();
    told.into_iter().find_map(|clause| moments.iter().find(|moment| parse.is_within(moment.head, clause))).map(|moment| moment.id)
}

/// "killed six soldiers on Sunday; the rebels put the number at 40": a number of the same sort that has no time of its own shares that of the one before it in the
/// sentence, where it has the same measure, or no noun and a verb that goes on from the other's ("60 were hurt on Sunday and 9 died").
/// What had been before ("she had asked for 10 million"), and by how much there is more, do not.
fn shared(scene: &Scene, counting: &Counting, measured: &Measured, before: &[FigureMention]) -> Option<TimeId> {
    let parse = scene.parse;
    let quantity = |figure: &FigureMention| &scene.quantities[figure.quantity.index()];
    let is_older = |figure: &&FigureMention| updates::newer_value(scene, figure.quantity, quantity(figure)).is_some();
    let last = before.iter().rev().find(|figure| !is_older(figure))?;
    let is_had = |aux: TokenId| scene.doc.slice(parse.token(aux).span).eq_ignore_ascii_case("had");
    let earlier = measured.governor.is_some_and(|verb| parse.children_by(verb, Deprel::Aux).any(is_had));
    // "signed up 2,500 last month and intends to train 400"
    let to_come = measured.governor.is_some_and(|verb| {
        parse.token(verb).tag == "VB"
            && parse.children(verb).iter().any(|&child| matches!(lemma(parse, child).as_str(), "to" | "will" | "would"))
    });
    let goes_on = || counting.noun.is_none() && measured.governor.is_some_and(|verb| parse.token(verb).deprel == Deprel::Conj);
    let alike = quantity(last).unit == counting.quantity.unit && (last.measure == measured.measure || goes_on());
    let shares = alike
        && measured.basis != Basis::Comparison
        && !earlier
        && !to_come
        && updates::same_sentence(scene, counting.quantity, quantity(last));
    last.as_of.filter(|_| shares)
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
    // "11 percent on a year earlier"
    let earlier = parse
        .tokens_in(moment.span)
        .last()
        .is_some_and(|last| matches!(lemma(parse, last).as_str(), "earlier" | "early" | "ago" | "before"));
    let compared = earlier && matches!(back(1).as_str(), "on" | "from" | "against" | "with")
        || back(1) == "than"
        || matches!(back(2).as_str(), "than" | "as") && matches!(back(1).as_str(), "in" | "at" | "on" | "during");
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
        let added = token.deprel == Deprel::Advcl && bare
            // "600 whales lay stranded by Friday"
            || token.deprel == Deprel::Xcomp && parse.child(at, Deprel::Mark).is_none()
            || token.deprel == Deprel::Conj && !is_finite_clause(parse, at);
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
fn when_clause(scene: &Scene, governor: TokenId) -> Option<TimeId> {
    let parse = scene.parse;
    let clause = std::iter::once(governor).chain(parse.ancestors(governor)).find(|&up| {
        let when = parse.children(up).iter().any(|&child| lemma(parse, child) == "when" && child < governor);
        when && matches!(parse.token(up).deprel, Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Advcl)
    })?;
    let when = parse.children(clause).iter().copied().find(|&child| lemma(parse, child) == "when")?;
    let begin = parse.token(when).span.start();
    let before = |time: Span| time.end() <= begin && begin - time.end() <= 2;
    scene.times.iter().position(|time| before(time.span)).map(|index| TimeId(index as u32))
}

fn distance(a: Span, b: Span) -> usize {
    a.start().abs_diff(b.end()).min(b.start().abs_diff(a.end()))
}
