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

/// Groups `0..n` from the surest pair of groups down, as long as what their pairs say reaches `threshold`: halfway between the mean of all and the best of them. Pairs
/// that are not given count as `absent`. Groups with a pair that is not compatible stay apart. Groups come out sorted by first member.
pub(crate) fn by_average(
    n: usize,
    pairs: Vec<(f64, usize, usize)>,
    absent: f64,
    threshold: f64,
    compatible: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let mut links: Vec<BTreeMap<usize, Link>> = vec![BTreeMap::new(); n];
    for (score, i, j) in pairs {
        let link = Link { above: score - absent, best: score };
        links[i].insert(j, link);
        links[j].insert(i, link);
    }
    let strength = |groups: &[Vec<usize>], link: Link, a: usize, b: usize| {
        let mean = absent + link.above / (groups[a].len() * groups[b].len()) as f64;
        (1.0 - OF_BEST) * mean + OF_BEST * link.best
    };
    let offer =
        |groups: &[Vec<usize>], link: Link, a: usize, b: usize| Offer { strength: strength(groups, link, a, b), a: a.min(b), b: a.max(b) };
    let mut offers: BinaryHeap<Offer> = links
        .iter()
        .enumerate()
        .flat_map(|(a, links)| links.iter().map(move |(&b, &link)| (a, b, link)))
        .map(|(a, b, link)| offer(&groups, link, a, b))
        .collect();
    while let Some(best) = offers.pop() {
        let current = links[best.a].get(&best.b).map(|&link| strength(&groups, link, best.a, best.b));
        if best.strength < threshold {
            break;
        }
        // An offer made before either group grew.
        if current != Some(best.strength) {
            continue;
        }
        if !groups[best.a].iter().all(|&x| groups[best.b].iter().all(|&y| compatible(x, y))) {
            // Whatever the two become part of stays apart as well.
            links[best.a].insert(best.b, Link::NEVER);
            links[best.b].insert(best.a, Link::NEVER);
            continue;
        }
        let moved = std::mem::take(&mut groups[best.b]);
        groups[best.a].extend(moved);
        for (other, link) in std::mem::take(&mut links[best.b]) {
            links[other].remove(&best.b);
            if other != best.a {
                let ours = links[best.a].get(&other).copied();
                links[best.a].insert(other, ours.map_or(link, |ours| ours.and(link)));
            }
        }
        for (other, link) in links[best.a].clone() {
            links[other].insert(best.a, link);
            offers.push(offer(&groups, link, best.a, other));
        }
    }
    groups.retain(|group| !group.is_empty());
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

/// What the best pair of two groups weighs against the mean of all: a headline that tells little does not speak against what the text below it says.
const OF_BEST: f64 = 0.3;

/// What the given pairs between two groups say.
#[derive(Copy, Clone)]
struct Link {
    /// What they add up to above `absent`.
    above: f64,
    best: f64,
}

impl Link {
    const NEVER: Self = Self { above: f64::NEG_INFINITY, best: f64::NEG_INFINITY };

    /// Between one group and the two that become one.
    fn and(self, other: Self) -> Self {
        let never = self.best == f64::NEG_INFINITY || other.best == f64::NEG_INFINITY;
        if never { Self::NEVER } else { Self { above: self.above + other.above, best: self.best.max(other.best) } }
    }
}

/// Two groups that might become one, the surest and then the first greatest.
struct Offer {
    strength: f64,
    a: usize,
    b: usize,
}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.strength.total_cmp(&other.strength).then((other.a, other.b).cmp(&(self.a, self.b)))
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
        assert_eq!(by_average(5, pairs.clone(), -1.0, 0.3, |_, _| true), [vec![0, 1], vec![2], vec![3, 4]]);
        assert_eq!(by_average(5, pairs, -1.0, -0.1, |_, _| true), [vec![0, 1, 2], vec![3, 4]]);
        assert_eq!(by_average(2, vec![(0.9, 0, 1)], -1.0, 0.0, |_, _| false), [vec![0], vec![1]]);
    }
}
