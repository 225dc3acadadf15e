//! Where do the words of one text stand in another, and which of them were changed?
//!
//! Input: the words of two texts. Output: passages: stretches of both, with the words they share in order. "on Tuesday three men were held" and "three
//! people were held on 4 March" share "three … were held". A passage goes on across sentences, so that a sentence cut in two is one passage, and passages may come in another order.
//! Method: runs of three words that both have, made as long as they go, the longest first and each word used once; runs that follow one another closely in both
//! texts are one passage, and between them the words in common are looked for.
//! Limits: a passage in which every third word was changed is not seen as one.

use std::ops::Range;

use super::running::Word;

/// Words that begin a run.
const SEED: usize = 3;
/// Places in the other text up to which a seed is followed.
const SEED_PLACES: usize = 6;
/// Changed words, on each side, over which a passage goes on.
const GAP: usize = 8;
/// Passages back that a run may still continue.
const OPEN: usize = 3;
/// Own words from which a passage is one, and the share of the shorter side that is common.
const SHARED_WORDS: usize = 8;
const SHARED_PART: f64 = 0.5;
/// Words in a row from which they were taken over and not met by chance.
const SOLID_RUN: usize = 5;

/// A stretch of two texts with the same words.
#[derive(Clone, Debug)]
pub(crate) struct Passage {
    /// Words of the one text.
    pub(crate) here: Range<usize>,
    /// Words of the other.
    pub(crate) there: Range<usize>,
    /// The words in common, in order.
    pub(crate) shared: Vec<(usize, usize)>,
}

impl Passage {
    /// Common words outside quotation marks.
    pub(crate) fn n_own(&self, here: &[Word]) -> usize {
        self.shared.iter().filter(|(i, _)| !here[*i].quoted).count()
    }

    /// Common own words that stand in a row of several.
    pub(crate) fn n_solid(&self, here: &[Word]) -> usize {
        self.runs(here).filter(|run| run.0 >= SOLID_RUN).map(|run| run.1).sum()
    }

    /// Own words in a row, run by run.
    pub(crate) fn own_runs(&self, here: &[Word]) -> impl Iterator<Item = usize> {
        self.runs(here).map(|run| run.1)
    }

    /// Words in a row, and how many of them are own ones.
    fn runs(&self, here: &[Word]) -> impl Iterator<Item = (usize, usize)> {
        let runs = self.shared.chunk_by(|x, y| (x.0 + 1, x.1 + 1) == (y.0, y.1));
        runs.map(|run| (run.len(), run.iter().filter(|(i, _)| !here[*i].quoted).count()))
    }

    /// The same passage seen from the other text.
    pub(crate) fn turned(self) -> Self {
        Self { here: self.there, there: self.here, shared: self.shared.into_iter().map(|(i, j)| (j, i)).collect() }
    }
}

/// Passages of `a` that stand in `b`, in the order of `a`.
pub(crate) fn passages(a: &[Word], b: &[Word]) -> Vec<Passage> {
    let mut open: Vec<Passage> = Vec::new();
    for run in runs(a, b) {
        let from = open.len().saturating_sub(OPEN);
        match open[from..].iter_mut().rev().find(|passage| follows(passage, run)) {
            Some(passage) => extend(passage, run, a, b),
            None => open.push(begin(run)),
        }
    }
    let enough = |passage: &Passage| {
        let shorter = passage.here.len().min(passage.there.len());
        passage.n_own(a) >= SHARED_WORDS && passage.shared.len() as f64 >= SHARED_PART * shorter as f64
    };
    open.retain(enough);
    open
}

/// The same words in a row: where in the one text, where in the other, how many.
#[derive(Copy, Clone, Debug)]
struct Run {
    i: usize,
    j: usize,
    len: usize,
}

/// Runs in the order of `a`, none overlapping another in either text.
fn runs(a: &[Word], b: &[Word]) -> Vec<Run> {
    let mut found = all_runs(a, b);
    found.sort_by_key(|run| (std::cmp::Reverse(run.len), run.i, run.j));
    let (mut used_here, mut used_there) = (vec![false; a.len()], vec![false; b.len()]);
    let mut kept = Vec::new();
    for run in found {
        for piece in free_pieces(run, &used_here, &used_there) {
            used_here[piece.i..piece.i + piece.len].fill(true);
            used_there[piece.j..piece.j + piece.len].fill(true);
            kept.push(piece);
        }
    }
    kept.sort_by_key(|run| run.i);
    kept
}

fn all_runs(a: &[Word], b: &[Word]) -> Vec<Run> {
    let seed = |words: &[Word]| [words[0].key, words[1].key, words[2].key];
    let mut places: Vec<([u32; SEED], usize)> = b.windows(SEED).map(seed).zip(0..).collect();
    places.sort_unstable();
    let mut found = Vec::new();
    for (i, here) in a.windows(SEED).map(seed).enumerate() {
        let first = places.partition_point(|place| place.0 < here);
        for &(_, j) in places[first..].iter().take(SEED_PLACES).take_while(|place| place.0 == here) {
            let goes_back = i > 0 && j > 0 && a[i - 1].key == b[j - 1].key;
            if !goes_back {
                let len = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x.key == y.key).count();
                found.push(Run { i, j, len });
            }
        }
    }
    found
}

/// What is left of a run beside the words that longer ones have taken.
fn free_pieces(run: Run, used_here: &[bool], used_there: &[bool]) -> Vec<Run> {
    let free: Vec<bool> = (0..run.len).map(|n| !used_here[run.i + n] && !used_there[run.j + n]).collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    for stretch in free.chunk_by(|x, y| x == y) {
        if stretch[0] && stretch.len() >= SEED {
            pieces.push(Run { i: run.i + at, j: run.j + at, len: stretch.len() });
        }
        at += stretch.len();
    }
    pieces
}

fn follows(passage: &Passage, run: Run) -> bool {
    let near = |end: usize, start: usize| (end..=end + GAP).contains(&start);
    near(passage.here.end, run.i) && near(passage.there.end, run.j)
}

fn begin(run: Run) -> Passage {
    Passage { here: run.i..run.i + run.len, there: run.j..run.j + run.len, shared: (0..run.len).map(|n| (run.i + n, run.j + n)).collect() }
}

/// Goes on over changed words, among which some may be the same.
fn extend(passage: &mut Passage, run: Run, a: &[Word], b: &[Word]) {
    passage.shared.extend(common(a, passage.here.end..run.i, b, passage.there.end..run.j));
    passage.shared.extend((0..run.len).map(|n| (run.i + n, run.j + n)));
    passage.here.end = run.i + run.len;
    passage.there.end = run.j + run.len;
}

/// A longest common subsequence of two short stretches.
pub(crate) fn common(a: &[Word], here: Range<usize>, b: &[Word], there: Range<usize>) -> Vec<(usize, usize)> {
    let (n, m) = (here.len(), there.len());
    let same = |x: usize, y: usize| a[here.start + x].key == b[there.start + y].key;
    // length[x][y]: of what is common to the stretches from x and from y on.
    let mut length = vec![vec![0usize; m + 1]; n + 1];
    for x in (0..n).rev() {
        for y in (0..m).rev() {
            length[x][y] = if same(x, y) { length[x + 1][y + 1] + 1 } else { length[x + 1][y].max(length[x][y + 1]) };
        }
    }
    let (mut x, mut y, mut found) = (0, 0, Vec::new());
    while x < n && y < m {
        if same(x, y) {
            found.push((here.start + x, there.start + y));
            (x, y) = (x + 1, y + 1);
        } else if length[x + 1][y] >= length[x][y + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use variorum_model::{SentenceId, Span};

    use super::*;

    fn words(text: &str) -> Vec<Word> {
        let key = |word: &str| word.bytes().fold(7u32, |key, byte| key.wrapping_mul(31).wrapping_add(u32::from(byte)));
        let span = Span::whole("x").unwrap();
        text.split(' ').map(|word| Word { key: key(word), sentence: SentenceId(0), span, quoted: false }).collect()
    }

    #[test]
    fn a_passage_goes_on_over_changed_words() {
        let a = words("the train left the rails near the town on monday and spilled acid into the river");
        let b = words("yesterday the train left the rails near the town on 4 march and spilled much acid into the river");
        let found = passages(&a, &b);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].here.clone(), found[0].there.clone(), found[0].shared.len()), (0..16, 1..19, 15));
    }

    #[test]
    fn passages_may_change_places() {
        let a = words("one two three four five six seven eight nine a b c d e f g h i");
        let b = words("a b c d e f g h i and then again one two three four five six seven eight nine");
        assert_eq!(passages(&a, &b).len(), 2);
    }

    #[test]
    fn chance_words_are_no_passage() {
        let a = words("he said on monday that he would not come");
        let b = words("she said on monday that it rained at last in the north of the land");
        assert!(passages(&a, &b).is_empty());
    }
}
