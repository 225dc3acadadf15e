//! Groups of things that are the same: greedy agglomeration from the surest pair down.
//!
//! A pair is joined only if every member of one group may stand with every member of the other, so that one bad link cannot chain two affairs together.

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
}
