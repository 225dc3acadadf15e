//! Which documents on one topic are of one affair, and which only of one that looks like it?
//!
//! Input: documents that share rare words. Output: affairs. Two earthquakes share "quake", "magnitude", and "rubble"; what nearly every report of the one has and no
//! report of the other, the names of places and people above all, tells them apart. So a topic is halved along the words that divide it, and each half again;
//! halves are one affair if what they have in common outweighs what each has to itself. A long affair told in episodes keeps its principals, and stays one.
//! Limits: an affair of fewer than three reports is not told from its look-alike.

use rustc_hash::FxHashMap;

use crate::terms::{Term, Terms, Vector, dot, unit};

/// Reports that an affair needs to be told from another.
const FEWEST: usize = 3;
/// Up to how many documents a topic whose halves are one affair is not halved further.
const SURVEYED: usize = 24;
/// Share of what is common in what is common and what divides, from which large parts are one affair.
const ENOUGH: f64 = 0.58;
/// How much less is enough for parts of one report: chance gives a few reports much that others have not.
const DOUBT: f64 = 1.0;
/// What a common noun or verb weighs against a name.
const COMMON: f64 = 0.3;
/// Nats of rarity that count as much as any more.
const RARE: f64 = 9.0;
/// Rounds in which documents change to the half that they are more like; few need five.
const ROUNDS: usize = 20;
/// Stray documents set aside before a topic counts as one affair.
const STRAYS: usize = 6;

/// Splits a topic into affairs, each sorted.
pub(crate) fn affairs(terms: &Terms, topic: Vec<usize>) -> Vec<Vec<usize>> {
    let mut parts: Vec<(Vec<usize>, Vector)> =
        pieces(terms, topic).into_iter().map(|part| (coverage(terms, &part), part)).map(|(c, p)| (p, c)).collect();
    while let Some((i, j)) = closest(terms, &parts) {
        let (part, _) = parts.remove(j);
        parts[i].0.extend(part);
        parts[i].1 = coverage(terms, &parts[i].0);
    }
    parts
        .into_iter()
        .map(|(mut part, _)| {
            part.sort_unstable();
            part
        })
        .collect()
}

/// Halves as long as the halves are different affairs, or the topic is too large to see.
fn pieces(terms: &Terms, topic: Vec<usize>) -> Vec<Vec<usize>> {
    let Some((a, b)) = halves(terms, &topic) else { return vec![topic] };
    if topic.len() <= SURVEYED && surplus(terms, (&a, &coverage(terms, &a)), (&b, &coverage(terms, &b))) >= 0.0 {
        return vec![topic];
    }
    let mut pieces = pieces(terms, a);
    pieces.extend(self::pieces(terms, b));
    pieces
}

/// The two pieces that are one affair most surely; none where all are different ones.
fn closest(terms: &Terms, parts: &[(Vec<usize>, Vector)]) -> Option<(usize, usize)> {
    let pairs = (0..parts.len()).flat_map(|i| (i + 1..parts.len()).map(move |j| (i, j)));
    let scored = pairs.map(|(i, j)| (surplus(terms, (&parts[i].0, &parts[i].1), (&parts[j].0, &parts[j].1)), i, j));
    scored.filter(|pair| pair.0 >= 0.0).max_by(|x, y| x.0.total_cmp(&y.0).then((y.1, y.2).cmp(&(x.1, x.2)))).map(|(_, i, j)| (i, j))
}

/// Share of the documents that hold each term.
fn coverage(terms: &Terms, part: &[usize]) -> Vector {
    let mut held: Vec<Term> = part.iter().flat_map(|&doc| terms.counts[doc].iter().map(|(term, _)| *term)).collect();
    held.sort_unstable();
    held.chunk_by(|x, y| x == y).map(|run| (run[0], run.len() as f64 / part.len() as f64)).collect()
}

/// By how much two parts are more of one affair than they need to be: the smaller a part, the less it can tell. Negative for two affairs.
fn surplus(terms: &Terms, (a, x): (&[usize], &Vector), (b, y): (&[usize], &Vector)) -> f64 {
    let weight = |term: Term| {
        let rare = terms.rarity[term.index()].min(RARE) / RARE;
        rare * rare * if terms.name[term.index()] { 1.0 } else { COMMON }
    };
    let (mut common, mut ours, mut theirs) = (0.0, 0.0, 0.0);
    for (term, p, q) in side_by_side(x, y) {
        // A word of one document in all tells nothing about many.
        if p * a.len() as f64 + q * b.len() as f64 > 1.5 {
            common += weight(term) * p.min(q).powi(2);
            ours += weight(term) * (p - q).max(0.0).powi(2);
            theirs += weight(term) * (q - p).max(0.0).powi(2);
        }
    }
    let unity = if common > 0.0 { common / (common + (ours * theirs).sqrt()) } else { 0.0 };
    unity - (ENOUGH - DOUBT / a.len().min(b.len()) as f64)
}

/// Terms of either vector with what each gives them.
fn side_by_side(x: &Vector, y: &Vector) -> Vec<(Term, f64, f64)> {
    let mut both: Vec<(Term, f64, f64)> =
        x.iter().map(|&(term, p)| (term, p, 0.0)).chain(y.iter().map(|&(term, q)| (term, 0.0, q))).collect();
    both.sort_by_key(|(term, ..)| *term);
    both.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.2 += next.2;
        }
        same
    });
    both
}

/// Two halves of enough reports each, strays with the half they are more like; none where there are none.
fn halves(terms: &Terms, topic: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
    let (mut core, mut strays) = (topic.to_vec(), Vec::new());
    for _ in 0..STRAYS {
        if core.len() < 2 * FEWEST {
            return None;
        }
        let (a, b) = halved(terms, &core);
        let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
        if few.is_empty() {
            return None;
        }
        if few.len() >= FEWEST {
            return Some(rejoined(terms, topic, (few, many), strays));
        }
        strays.extend(few);
        core = many;
    }
    None
}

fn rejoined(terms: &Terms, topic: &[usize], (few, many): (Vec<usize>, Vec<usize>), strays: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
    let vectors = dividing(terms, topic);
    let vector = |doc: usize| &vectors[topic.binary_search(&doc).expect("a part of the topic")];
    let nearness = |doc: usize, half: &[usize]| half.iter().map(|&other| dot(vector(doc), vector(other))).sum::<f64>() / half.len() as f64;
    let (mut a, mut b) = (few.clone(), many.clone());
    for doc in strays {
        if nearness(doc, &few) >= nearness(doc, &many) { a.push(doc) } else { b.push(doc) }
    }
    a.sort_unstable();
    b.sort_unstable();
    (a, b)
}

/// Documents by the terms that some of these documents have and others have not; vectors of length 1.
fn dividing(terms: &Terms, topic: &[usize]) -> Vec<Vector> {
    let n = topic.len() as f64;
    let holding: FxHashMap<Term, f64> = coverage(terms, topic).into_iter().map(|(term, share)| (term, (share * n).round())).collect();
    let weight = |&(term, count): &(Term, f64)| {
        let rare = terms.rarity[term.index()].min(RARE);
        (term, (1.0 + count.ln()) * ((n + 0.5) / holding[&term]).ln() * rare)
    };
    let several = |(term, _): &&(Term, f64)| holding[term] > 1.0;
    topic.iter().map(|&doc| unit(terms.counts[doc].iter().filter(several).map(weight).collect())).collect()
}

/// Two halves around the two documents that are furthest apart; each document then goes to the half it is more like.
fn halved(terms: &Terms, topic: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let vectors = dividing(terms, topic);
    let furthest = |from: &Sum| {
        (0..topic.len())
            .min_by(|&i, &j| from.dot(&vectors[i]).total_cmp(&from.dot(&vectors[j])).then(i.cmp(&j)))
            .expect("a topic has documents")
    };
    let first = furthest(&Sum::of(vectors.iter()));
    let from_first = Sum::of([&vectors[first]]);
    let from_second = Sum::of([&vectors[furthest(&from_first)]]);
    let mut of_first: Vec<bool> = vectors.iter().map(|vector| from_first.dot(vector) >= from_second.dot(vector)).collect();
    for _ in 0..ROUNDS {
        let moved = settled(&vectors, &of_first);
        if moved == of_first {
            break;
        }
        of_first = moved;
    }
    let half = |wanted: bool| topic.iter().zip(&of_first).filter(|(_, of)| **of == wanted).map(|(doc, _)| *doc).collect();
    (half(true), half(false))
}

/// Where each document belongs by its mean likeness to the others of either half.
fn settled(vectors: &[Vector], of_first: &[bool]) -> Vec<bool> {
    let half = |wanted: bool| vectors.iter().zip(of_first).filter(move |(_, of)| **of == wanted).map(|(vector, _)| vector);
    let (first, second) = (half(true).count(), half(false).count());
    if first == 0 || second == 0 {
        return of_first.to_vec();
    }
    let (sum_first, sum_second) = (Sum::of(half(true)), Sum::of(half(false)));
    let mean = |sum: &Sum, vector: &Vector, n: usize, own: bool| {
        let itself = if own { dot(vector, vector) } else { 0.0 };
        (sum.dot(vector) - itself) / (n - usize::from(own)).max(1) as f64
    };
    let nearer_first = |(vector, &of): (&Vector, &bool)| mean(&sum_first, vector, first, of) >= mean(&sum_second, vector, second, !of);
    vectors.iter().zip(of_first).map(nearer_first).collect()
}

/// The sum of some vectors. A map, for a list of all terms of the corpus would cost each topic what the whole run is long.
struct Sum(FxHashMap<Term, f64>);

impl Sum {
    fn of<'v>(vectors: impl IntoIterator<Item = &'v Vector>) -> Self {
        let mut sum: FxHashMap<Term, f64> = FxHashMap::default();
        for &(term, weight) in vectors.into_iter().flatten() {
            *sum.entry(term).or_default() += weight;
        }
        Self(sum)
    }

    fn dot(&self, vector: &Vector) -> f64 {
        vector.iter().map(|(term, weight)| self.0.get(term).map_or(0.0, |sum| sum * weight)).sum()
    }
}
