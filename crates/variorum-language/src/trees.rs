//! Which tree fits the scores of all pairs of words best?
//!
//! Input: for each word of a sentence a score for the root and for every word as its head. Output: one head a word, such that all words
//! hang together, nothing goes in a circle and exactly one word hangs on the root: the tree whose summed log-probability is highest.
//!
//! Example: two words that prefer each other as heads, the first more weakly: the first becomes the root's child.
//! Chu and Liu (1965) and Edmonds (1967) for the tree; one root by a common penalty on the root's edges, large enough that a second one
//! never pays (Stanojević and Cohen 2021, "A root of a problem"). Limits: cubic in a sentence's length where greedy heads make circles.

/// A square of scores: row dependent, column head, node 0 the root.
struct Square {
    n: usize,
    scores: Vec<f64>,
}

impl Square {
    fn new(n: usize, score: impl Fn(usize, usize) -> f64) -> Self {
        let scores = (0..n * n).map(|i| score(i / n, i % n)).collect();
        Self { n, scores }
    }

    fn at(&self, dependent: usize, head: usize) -> f64 {
        self.scores[dependent * self.n + head]
    }
}

/// Stands for "never"; far below any sum of real scores.
const NEVER: f64 = -1e15;

/// The heads of words 1…n from `score(dependent, head)`, both counted from 1, head 0 the root. Entry i is the head of word i + 1.
pub(crate) fn heads(n: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let rows: Vec<Vec<f64>> = (1..=n).map(|dependent| log_softmax(dependent, n, &score)).collect();
    let lowest = rows.iter().flatten().copied().filter(|&s| s > NEVER).fold(0.0, f64::min);
    // Log-probabilities are at most 0, so no exchange of all n heads can win more than this.
    let penalty = 1.0 - lowest * (n as f64 + 1.0);
    let square = Square::new(n + 1, |dependent, head| match (dependent, head) {
        (0, _) => NEVER,
        (d, 0) => rows[d - 1][0] - penalty,
        (d, h) => rows[d - 1][h],
    });
    spanning(&square).split_off(1)
}

/// Log-probabilities of a word's possible heads; itself is none. What is no number counts as very unlikely.
fn log_softmax(dependent: usize, n: usize, score: impl Fn(usize, usize) -> f32) -> Vec<f64> {
    let clean = |s: f32| if s.is_nan() { -1e6 } else { f64::from(s).clamp(-1e6, 1e6) };
    let scores: Vec<f64> = (0..=n).map(|head| if head == dependent { NEVER } else { clean(score(dependent, head)) }).collect();
    let top = scores.iter().copied().fold(NEVER, f64::max);
    let sum: f64 = scores.iter().map(|s| (s - top).exp()).sum();
    scores.iter().map(|&s| if s > NEVER { s - top - sum.ln() } else { NEVER }).collect()
}

/// The best tree over all nodes, by contracting circles: greedy heads; a circle becomes one node, the rest is solved, the circle opened
/// where the solution enters it.
fn spanning(square: &Square) -> Vec<usize> {
    let heads: Vec<usize> = (0..square.n).map(|node| if node == 0 { 0 } else { best_head(square, node) }).collect();
    let Some(circle) = find_circle(&heads) else { return heads };
    let outside: Vec<usize> = (0..square.n).filter(|node| !circle.contains(node)).collect();
    let m = outside.len();
    // For each node outside: the word of the circle that it enters at least cost, and the one it would best hang on.
    let gain = |entry: usize, from: usize| square.at(entry, from) - square.at(entry, heads[entry]);
    let entry: Vec<usize> = outside.iter().map(|&from| best(&circle, |&node| gain(node, from))).collect();
    let exit: Vec<usize> = outside.iter().map(|&to| best(&circle, |&node| square.at(to, node))).collect();
    let small = Square::new(m + 1, |dependent, head| match (dependent == m, head == m) {
        (true, true) => NEVER,
        (true, false) => gain(entry[head], outside[head]),
        (false, true) => square.at(outside[dependent], exit[dependent]),
        (false, false) => square.at(outside[dependent], outside[head]),
    });
    let solved = spanning(&small);
    let mut opened = heads;
    for node in 1..m {
        opened[outside[node]] = if solved[node] == m { exit[node] } else { outside[solved[node]] };
    }
    opened[entry[solved[m]]] = outside[solved[m]];
    opened
}

fn best_head(square: &Square, node: usize) -> usize {
    best(&(0..square.n).filter(|&head| head != node).collect::<Vec<_>>(), |&head| square.at(node, head))
}

/// The first of the candidates with the highest score.
fn best(candidates: &[usize], score: impl Fn(&usize) -> f64) -> usize {
    let mut best = (candidates[0], score(&candidates[0]));
    for candidate in &candidates[1..] {
        let s = score(candidate);
        if s > best.1 {
            best = (*candidate, s);
        }
    }
    best.0
}

/// The nodes of one circle among the heads, if there is any.
fn find_circle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen_from = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen_from[node] == 0 {
            seen_from[node] = start;
            node = heads[node];
        }
        if node != 0 && seen_from[node] == start {
            let onward = std::iter::successors(Some(heads[node]), |&next| (next != node).then(|| heads[next]));
            return Some(onward.collect());
        }
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Whether heads from 1 (0 the root) form one tree with one child of the root.
    pub(crate) fn is_tree(heads: &[usize]) -> bool {
        let reaches_root = |start: usize| {
            let mut node = start;
            for _ in 0..heads.len() {
                node = heads[node - 1];
                if node == 0 {
                    return true;
                }
            }
            false
        };
        heads.iter().filter(|&&head| head == 0).count() == 1 && (1..=heads.len()).all(reaches_root)
    }

    fn total(heads: &[usize], score: &impl Fn(usize, usize) -> f32) -> f64 {
        let n = heads.len();
        heads.iter().enumerate().map(|(i, &head)| log_softmax(i + 1, n, score)[head]).sum()
    }

    /// The best total over all assignments of heads, by trying each.
    fn best_total(n: usize, score: &impl Fn(usize, usize) -> f32) -> f64 {
        let all = (0..(n + 1).pow(n as u32)).map(|code| (0..n).map(|i| code / (n + 1).pow(i as u32) % (n + 1)).collect::<Vec<_>>());
        all.filter(|heads| is_tree(heads)).map(|heads| total(&heads, score)).fold(f64::MIN, f64::max)
    }

    #[test]
    fn a_circle_is_opened_where_it_costs_least() {
        let scores = [[0.0, 0.0, 5.0], [0.0, 9.0, 0.0]];
        assert_eq!(heads(2, |dependent, head| scores[dependent - 1][head]), [0, 1]);
    }

    #[test]
    fn one_word_hangs_on_the_root() {
        assert_eq!(heads(1, |_, _| f32::NAN), [0]);
        assert_eq!(heads(0, |_, _| 0.0), Vec::<usize>::new());
    }

    proptest! {
        #[test]
        fn trees_are_trees(scores in prop::collection::vec(prop::num::f32::ANY, 40 * 41), n in 1usize..40) {
            prop_assert!(is_tree(&heads(n, |dependent, head| scores[(dependent - 1) * 41 + head])));
        }

        #[test]
        fn the_tree_is_the_best(scores in prop::collection::vec(-5f32..5.0, 20), n in 1usize..5) {
            let score = |dependent: usize, head: usize| scores[(dependent - 1) * 5 + head];
            let found = heads(n, score);
            prop_assert!((total(&found, &score) - best_total(n, &score)).abs() < 1e-6, "{found:?}");
        }
    }
}
