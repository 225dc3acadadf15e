//! Which documents could be of one affair at all?
//!
//! Input: the documents' terms. Output: groups of documents that share rare words, and for each document its vector of them. Near-linear in the number of documents:
//! candidates come from lists of the documents that hold a telling term, and a group is compared through the sum of its vectors.
//! Example: all reports of two earthquakes are one group; [`crate::affairs`] tells them apart.
//! Limits: an affair whose reports share no rare word falls to pieces.

use rustc_hash::FxHashMap;

use crate::terms::{Term, Terms, Vector, dot, plus, unit};

/// Mean cosine from which two groups are one.
const ONE_TOPIC: f64 = 0.12;
/// Rarity of a number, in nats: tolls and sums change from one report of an affair to the next.
const NUMBER: f64 = 4.0;
/// Terms of a document by which it is looked for.
const TELLING: usize = 40;
/// Documents before and after it that a document is compared with on the list of a term.
const REACH: usize = 32;
/// Candidates of a document that are compared in full.
const NEAREST: usize = 24;

/// Every document's terms by how much they tell, a vector of length 1.
pub(crate) fn vectors(terms: &Terms) -> Vec<Vector> {
    let rarity = |term: Term| terms.rarity[term.index()].clamp(0.05, if terms.number[term.index()] { NUMBER } else { f64::MAX });
    let weight = |&(term, n): &(Term, f64)| (term, (1.0 + n.ln()) * rarity(term).powi(2));
    terms.counts.iter().map(|counts| unit(counts.iter().map(weight).collect())).collect()
}

/// Groups documents, each group sorted, groups by their first document.
pub(crate) fn topics(vectors: &[Vector]) -> Vec<Vec<usize>> {
    let mut edges: Vec<(f64, usize, usize)> =
        candidates(vectors).into_iter().map(|(i, j)| (dot(&vectors[i], &vectors[j]), i, j)).filter(|edge| edge.0 >= ONE_TOPIC).collect();
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut group_of: Vec<usize> = (0..vectors.len()).collect();
    let mut groups: Vec<(Vec<usize>, Vector)> = vectors.iter().enumerate().map(|(i, vector)| (vec![i], vector.clone())).collect();
    for (_, i, j) in edges {
        let (a, b) = (group_of[i].min(group_of[j]), group_of[i].max(group_of[j]));
        let n_pairs = (groups[a].0.len() * groups[b].0.len()) as f64;
        if a == b || dot(&groups[a].1, &groups[b].1) < ONE_TOPIC * n_pairs {
            continue;
        }
        let (members, sum) = std::mem::take(&mut groups[b]);
        members.iter().for_each(|&member| group_of[member] = a);
        groups[a].1 = plus(&groups[a].1, &sum);
        groups[a].0.extend(members);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_iter().map(|(members, _)| members).filter(|members| !members.is_empty()).collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

/// Pairs of documents that share telling terms: of each document the nearest by those terms alone.
fn candidates(vectors: &[Vector]) -> Vec<(usize, usize)> {
    let mut holders: FxHashMap<Term, Vec<(usize, f64)>> = FxHashMap::default();
    // Where a document stands on the list of each of its terms.
    let mut places: Vec<Vec<(Term, usize)>> = Vec::with_capacity(vectors.len());
    for (i, vector) in vectors.iter().enumerate() {
        let mut here = Vec::with_capacity(TELLING);
        for (term, weight) in telling(vector) {
            let list = holders.entry(term).or_default();
            here.push((term, list.len()));
            list.push((i, weight));
        }
        here.sort_unstable();
        places.push(here);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut near: FxHashMap<usize, f64> = FxHashMap::default();
    for (i, places) in places.iter().enumerate() {
        for (term, n) in places {
            let list = &holders[term];
            let weight = list[*n].1;
            let around = n.saturating_sub(REACH)..list.len().min(n + 1 + REACH);
            for &(j, other) in list[around].iter().filter(|(j, _)| *j != i) {
                *near.entry(j).or_default() += weight * other;
            }
        }
        pairs.extend(nearest(i, near.drain().collect()));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The terms of a vector that weigh most.
fn telling(vector: &Vector) -> Vec<(Term, f64)> {
    let mut terms = vector.clone();
    terms.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    terms.truncate(TELLING);
    terms
}

fn nearest(i: usize, mut others: Vec<(usize, f64)>) -> impl Iterator<Item = (usize, usize)> {
    others.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    others.into_iter().take(NEAREST).map(move |(j, _)| (i.min(j), i.max(j)))
}
