//! Which figures of other measures are one figure in other words?
//!
//! Input: the figures of a story in groups of one measure. Output: the groups, joined where two reports tell one number of the same things: "14 hostages were freed" and "fourteen
//! hostages recovered their liberty", "31 people unaccounted for" and "31 could not be found". The number itself tells: the more digits it has, the less else is asked.
//! Limits: only equal numbers are joined, and a group of several values only with a group of one.

use variorum_model::{FigureMention, Quantity};

use super::{Desk, background, holders_differ, is_part, mention, quantity};
use crate::corpus::Local;

/// Joins what two reports tell by one number, surest first.
pub(super) fn joined(desk: &Desk, locals: &[Local], mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for j in 0..locals.len() {
        for i in 0..j {
            pairs.extend(likeness(desk, locals[i], locals[j]).map(|likeness| (likeness, i, j)));
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (likeness, i, j) in pairs {
        let place = |groups: &[Vec<usize>], member: usize| groups.iter().position(|group| group.contains(&member));
        let (Some(a), Some(b)) = (place(&groups, i), place(&groups, j)) else { continue };
        if a != b && may_join(desk, locals, &groups[a], &groups[b]) {
            let moved = groups.remove(a.max(b));
            groups[a.min(b)].extend(moved);
        } else if a != b && likeness >= SURE {
            move_one(desk, locals, &mut groups, (a, i), (b, j));
        }
    }
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

/// How alike sentences must be for a number to leave others of its measure.
const SURE: f32 = 0.45;

/// Of two groups of several values, a member that no other report of its own group bears out goes to the group whose number it tells.
fn move_one(desk: &Desk, locals: &[Local], groups: &mut [Vec<usize>], (a, i): (usize, usize), (b, j): (usize, usize)) {
    let value = |i: usize| (quantity(desk.corpus, locals[i]).low, quantity(desk.corpus, locals[i]).high);
    let alone = |group: &[usize], member: usize| group.iter().all(|&other| other == member || value(other) != value(member));
    let (from, to, member) = if alone(&groups[a], i) { (a, b, i) } else { (b, a, j) };
    if alone(&groups[from], member) && may_join(desk, locals, &[member], &groups[to]) {
        groups[from].retain(|&other| other != member);
        groups[to].push(member);
    }
}

/// How alike the sentences are in which two reports give one number of things of one sort, where that suffices.
fn likeness(desk: &Desk, a: Local, b: Local) -> Option<f32> {
    let corpus = desk.corpus;
    let (x, y) = (mention(corpus, a), mention(corpus, b));
    let (p, q) = (quantity(corpus, a), quantity(corpus, b));
    let one_number = (p.low, p.high) == (q.low, q.high) && p.unit == q.unit && p.kind == q.kind;
    let printed = is_printed(desk, a) && is_printed(desk, b);
    let apart = is_part(corpus, a) != is_part(corpus, b) || holders_differ(corpus, desk.cast, a, b);
    if a.doc == b.doc || !one_number || !printed || apart || !same_sort(desk, x, y) {
        return None;
    }
    let of_one_time = match (background(corpus, desk.published, a), background(corpus, desk.published, b)) {
        (Some(p), Some(q)) => p.overlaps(q),
        (None, None) => true,
        _ => false,
    };
    let sense = corpus.similarity((a.doc, x.evidence.first()), (b.doc, y.evidence.first()));
    (of_one_time && sense >= least(p)).then_some(sense)
}

/// Whether a number is told and not only hinted at: "dozens" are many things.
fn is_printed(desk: &Desk, local: Local) -> bool {
    let quantity = quantity(desk.corpus, local);
    let digits = desk.corpus.slice(local.doc, quantity.span).contains(|c: char| c.is_ascii_digit());
    quantity.low.is_some() && (digits || quantity.high == quantity.low)
}

/// How alike sentences must be: "2,316" is hardly told of two things, "two" of many.
fn least(quantity: &Quantity) -> f32 {
    const FEW: f64 = 11.0;
    let value = quantity.low.unwrap_or(0.0).abs();
    let mut digits = value;
    while digits >= 10.0 && digits % 10.0 == 0.0 {
        digits /= 10.0;
    }
    match (value, digits) {
        (value, _) if value < FEW => 0.6,
        (_, digits) if digits < FEW => 0.45,
        (_, digits) if digits < 100.0 => 0.35,
        _ => 0.25,
    }
}

/// Whether two numbers may count the same things: sums of one currency, or nouns for one sort, or one that has none.
fn same_sort(desk: &Desk, x: &FigureMention, y: &FigureMention) -> bool {
    match (&x.population_lemma, &y.population_lemma) {
        (Some(m), Some(n)) => {
            let human = |figure: &FigureMention| figure.population_class.as_deref() == Some("human");
            desk.sorts.alike(m, n) || human(x) && human(y)
        }
        _ => true,
    }
}

/// Whether two groups are not both of several values, and no report tells their number of two things.
fn may_join(desk: &Desk, locals: &[Local], a: &[usize], b: &[usize]) -> bool {
    let value = |&i: &usize| (quantity(desk.corpus, locals[i]).low, quantity(desk.corpus, locals[i]).high);
    let of_one = |group: &[usize]| group.iter().all(|member| value(member) == value(&group[0]));
    let two_things = a.iter().any(|i| b.iter().any(|j| locals[*i].doc == locals[*j].doc && value(i) == value(j)));
    (of_one(a) || of_one(b)) && !two_things
}
