//! Do sentences that tell the same lie nearer than others of their affair? `paraphrases.tsv` has invented triples: what one outlet prints,
//! what another prints of the same, and what another prints of something else with much the same words.
//!
//! Limits: embeddings tell what a sentence is about. Look-alikes (denied, of another speaker, with another number) are nearer than paraphrases to
//! the best of teachers, so they are counted here and not asked for: telling them apart is the work of `reconcile`.

use variorum_language::{Language, Profile};
use variorum_model::table::Table;

/// Embeddings of one column: the mean over the sentences that the splitter finds, at length one.
fn embedded(language: &Language, sentences: &[&str]) -> Vec<Vec<f32>> {
    let mean = |text: &&str| {
        let parse = language.parse(text);
        let mut sum: Vec<f32> = Vec::new();
        for sentence in &parse.sentences {
            sum.resize(sentence.embedding.len(), 0.0);
            sum.iter_mut().zip(&sentence.embedding).for_each(|(total, value)| *total += value);
        }
        let length = dot(&sum, &sum).sqrt();
        sum.into_iter().map(|value| value / length).collect()
    };
    sentences.iter().map(mean).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// How often the paraphrase is the nearest of all paraphrases, and how often it is nearer than its look-alike; of how many.
fn found(profile: Profile) -> (usize, usize, usize) {
    let language = Language::with_profile(profile);
    let table = Table::parse(include_str!("paraphrases.tsv")).expect("the table is well formed");
    let column = |name: &str| embedded(&language, &table.rows().map(|row| row.get(name)).collect::<Vec<_>>());
    let (one, other, near) = (column("a"), column("b"), column("near"));
    let nearest = |i: usize| (0..other.len()).max_by(|&x, &y| dot(&one[i], &other[x]).total_cmp(&dot(&one[i], &other[y]))) == Some(i);
    let told_apart = |i: usize| dot(&one[i], &other[i]) > dot(&one[i], &near[i]);
    let count = |holds: &dyn Fn(usize) -> bool| (0..one.len()).filter(|&i| holds(i)).count();
    (count(&nearest), count(&told_apart), one.len())
}

#[test]
fn paraphrases_find_each_other() {
    for (profile, least) in [(Profile::Accurate, 0.97), (Profile::Fast, 0.9)] {
        let (nearest, apart, all) = found(profile);
        println!("{profile:?}: {nearest} of {all} paraphrases are the nearest, {apart} nearer than their look-alike");
        assert!(nearest as f64 >= least * all as f64, "{profile:?}: {nearest} of {all}");
    }
}
