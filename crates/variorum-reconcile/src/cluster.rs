//! Groups of things that are the same: greedy agglomeration from the surest pair down.
//!
//! A pair is joined only if every member of one group may stand with every member of the other, so that one bad link cannot chain two affairs together.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BinaryHeap},
};

/// Groups `0..n`. `pairs` are candidate links with their score; those below `threshold` are not considered. Groups come out sorted by first member.
pub(crate) fn agglomerate(
    n: usize,
    mut pairs: Vec<(f64, usize, usize)>,
    threshold: f64,
    compatible: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    pairs.retain(|pair| pair.0 >= threshold);
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut group_of: Vec<usize> = (0..n).collect();
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    for (_, i, j) in pairs {
        let (a, b) = (group_of[i].min(group_of[j]), group_of[i].max(group_of[j]));
        if a == b || !groups[a].iter().all(|&x| groups[b].iter().all(|&y| compatible(x, y))) {
            continue;
        }
        let moved = std::mem::take(&mut groups[b]);
        for &member in &moved {
            group_of[member] = a;
        }
        groups[a].extend(moved);
    }
    groups.retain(|group| !group.is_empty());
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    groups
}

/// Groups `0..n` from the surest pair of groups down, as long as the mean over all pairs between two groups reaches `threshold`. Pairs that are not given count
/// as `absent`. Groups with a pair that is not compatible stay apart. Groups come out sorted by first member.
pub(crate) fn by_average(
    n: usize,
    pairs: Vec<(f64, usize, usize)>,
    absent: f64,
    threshold: f64,
    compatible: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    // What the given pairs between two groups add up to above `absent`.
    let mut links: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); n];
    for (score, i, j) in pairs {
        links[i].insert(j, score - absent);
        links[j].insert(i, score - absent);
    }
    let mean = |groups: &[Vec<usize>], sum: f64, a: usize, b: usize| absent + sum / (groups[a].len() * groups[b].len()) as f64;
    let offer = |groups: &[Vec<usize>], sum: f64, a: usize, b: usize| Offer { mean: mean(groups, sum, a, b), a: a.min(b), b: a.max(b) };
    let mut offers: BinaryHeap<Offer> = links
        .iter()
        .enumerate()
        .flat_map(|(a, links)| links.iter().map(move |(&b, &sum)| (a, b, sum)))
        .map(|(a, b, sum)| offer(&groups, sum, a, b))
        .collect();
    while let Some(best) = offers.pop() {
        let current = links[best.a].get(&best.b).map(|&sum| mean(&groups, sum, best.a, best.b));
        if best.mean < threshold {
            break;
        }
        // An offer made before either group grew.
        if current != Some(best.mean) {
            continue;
        }
        if !groups[best.a].iter().all(|&x| groups[best.b].iter().all(|&y| compatible(x, y))) {
            // Whatever the two become part of stays apart as well.
            links[best.a].insert(best.b, f64::NEG_INFINITY);
            links[best.b].insert(best.a, f64::NEG_INFINITY);
            continue;
        }
        let moved = std::mem::take(&mut groups[best.b]);
        groups[best.a].extend(moved);
        for (other, sum) in std::mem::take(&mut links[best.b]) {
            links[other].remove(&best.b);
            if other != best.a {
                *links[best.a].entry(other).or_default() += sum;
            }
        }
        for (other, sum) in links[best.a].clone() {
            links[other].insert(best.a, sum);
            offers.push(offer(&groups, sum, best.a, other));
        }
    }
    groups.retain(|group| !group.is_empty());
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

/// Two groups that might become one, the surest and then the first greatest.
struct Offer {
    mean: f64,
    a: usize,
    b: usize,
}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then((other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Offer {}

/// Every pair of `0..n` with the score a function gives it.
pub(crate) fn all_pairs(n: usize, score: impl Fn(usize, usize) -> f64) -> Vec<(f64, usize, usize)> {
    (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).map(|(i, j)| (score(i, j), i, j)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incompatible_member_keeps_groups_apart() {
        let pairs = vec![(0.9, 0, 1), (0.8, 1, 2)];
        let groups = agglomerate(3, pairs, 0.5, |x, y| (x, y) != (0, 2) && (y, x) != (0, 2));
        assert_eq!(groups, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn groups_join_by_what_all_their_pairs_say() {
        let pairs = vec![(0.9, 0, 1), (0.8, 1, 2), (-0.9, 0, 2), (0.7, 3, 4)];
        assert_eq!(by_average(5, pairs.clone(), -1.0, 0.0, |_, _| true), [vec![0, 1], vec![2], vec![3, 4]]);
        assert_eq!(by_average(5, pairs, -1.0, -0.1, |_, _| true), [vec![0, 1, 2], vec![3, 4]]);
        assert_eq!(by_average(2, vec![(0.9, 0, 1)], -1.0, 0.0, |_, _| false), [vec![0], vec![1]]);
    }
}
