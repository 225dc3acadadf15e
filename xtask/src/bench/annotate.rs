//! What does each stage of annotate take, beside the parser?
//!
//! Input: parsed documents. Output: for each stage the time of one round over all of them, words a second, and how much of the parser's time that is; then the
//! same for attributions, times and figures together, which are to take less than a quarter of it. Limits: the share is only worth something in a
//! build with `--release`.

use std::time::{Duration, Instant};

use variorum::Annotated;
use variorum_annotate::{Knowledge, Stage, annotate_watched};

use super::milliseconds;

/// The measurement goes on for at least this long.
const LEAST: Duration = Duration::from_secs(1);
/// Who said what, when, how many: less than a quarter of the parser's time.
const BOUNDED: [Stage; 3] = [Stage::Attributions, Stage::Times, Stage::Figures];

/// What one round over the documents takes, stage by stage.
pub(super) fn by_stage(knowledge: &Knowledge, documents: &[Annotated]) -> [Duration; Stage::ALL.len()] {
    let mut stages = [Duration::ZERO; Stage::ALL.len()];
    let (start, mut rounds) = (Instant::now(), 0);
    while start.elapsed() < LEAST {
        for doc in documents {
            let mut last = Instant::now();
            annotate_watched(knowledge, &doc.document, &doc.parse, |stage| {
                stages[stage as usize] += last.elapsed();
                last = Instant::now();
            });
        }
        rounds += 1;
    }
    stages.map(|took| took / rounds)
}

/// One line a stage, and one for those that are bounded together.
pub(super) fn print(stages: &[Duration], n_words: usize, parse: Duration) {
    let share = |took: Duration| 100.0 * took.as_secs_f64() / parse.as_secs_f64();
    for (stage, &took) in Stage::ALL.into_iter().zip(stages) {
        let (name, rate) = (format!("{stage:?}").to_lowercase(), n_words as f64 / took.as_secs_f64());
        println!("  {name:<12} {:>6.1} ms  {rate:>9.0} words/s  {:>5.1} % of parse", milliseconds(took), share(took));
    }
    let together = BOUNDED.iter().map(|&stage| stages[stage as usize]).sum();
    println!("  attributions, times and figures together: {:.1} ms, {:.1} % of parse", milliseconds(together), share(together));
}

#[cfg(test)]
mod tests {
    use variorum::reading::Reading;
    use variorum_model::Parse;

    use super::*;

    #[test]
    fn stages_are_told_in_their_order() {
        let mut reading = Reading::default();
        reading.add("report.txt", b"The dam held.");
        let mut told = Vec::new();
        annotate_watched(&Knowledge::bundled(), &reading.documents[0], &Parse::default(), |stage| told.push(stage));
        assert_eq!(told, Stage::ALL);
    }
}
