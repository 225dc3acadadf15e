//! `cargo xtask bench language`: words a second of the parser alone, by stage, profile and number of threads.
//!
//! Each profile is measured in a process of its own, so that load time and memory are those of a program that has just started.

use std::{
    env,
    process::Command,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use variorum::{Document, Profile, reading};
use variorum_language::{Language, Stage};
use variorum_model::Span;

use super::{milliseconds, status_megabytes, timed};

/// Each measurement goes on for at least this long.
const LEAST: Duration = Duration::from_secs(3);

/// Measures one profile here, or each in a process of its own.
pub(crate) fn language(paths: &[String], profile: Option<Profile>) -> Result<(), String> {
    match profile {
        Some(profile) => measure(paths, profile),
        None => Profile::ALL.into_iter().try_for_each(|profile| apart(paths, profile)),
    }
}

fn apart(paths: &[String], profile: Profile) -> Result<(), String> {
    let program = env::current_exe().map_err(|error| format!("cannot find my own program: {error}"))?;
    let status = Command::new(program).args(["bench", "language", "--profile", profile.name()]).args(paths).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("profile {profile} was not measured")),
        Err(error) => Err(format!("cannot start my own program: {error}")),
    }
}

fn measure(paths: &[String], profile: Profile) -> Result<(), String> {
    let (language, load) = timed(|| Language::with_profile(profile));
    let memory = status_megabytes("VmRSS:");
    let texts: Vec<Text> = reading::read(paths).documents.into_iter().map(Text::of).collect();
    let n_words: usize = texts.iter().map(|text| text.parse(&language)).sum();
    if n_words == 0 {
        return Err("nothing to read".into());
    }
    println!("{profile}: {} documents, {n_words} words; loaded in {:.0} ms, then {memory} MB", texts.len(), milliseconds(load));
    let (stages, rounds) = by_stage(&language, &texts);
    for (stage, took) in Stage::ALL.into_iter().zip(stages) {
        let name = format!("{stage:?}").to_lowercase();
        let rate = if took.is_zero() { "-".to_owned() } else { format!("{:.0}", (n_words * rounds) as f64 / took.as_secs_f64()) };
        println!("  {name:<12} {:>8.0} ms {rate:>10} words/s", milliseconds(took / rounds as u32));
    }
    let alone = words_a_second(&language, &texts, 1);
    let together = words_a_second(&language, &texts, 2);
    println!("  one thread   {alone:>22.0} words/s");
    println!("  two threads  {together:>22.0} words/s, {:.2} times as many", together / alone);
    println!("  memory       {:>19} MB at its peak", status_megabytes("VmHWM:"));
    Ok(())
}

/// What is parsed of a document.
struct Text {
    text: String,
    regions: Vec<Span>,
}

impl Text {
    fn of(document: Document) -> Self {
        Self { regions: document.content_blocks().map(|block| block.span).collect(), text: document.text }
    }

    /// The number of words found.
    fn parse(&self, language: &Language) -> usize {
        language.parse_regions(&self.text, &self.regions).tokens.len()
    }
}

/// Time in each stage, of all rounds, and how many rounds there were.
fn by_stage(language: &Language, texts: &[Text]) -> ([Duration; Stage::ALL.len()], usize) {
    let mut stages = [Duration::ZERO; Stage::ALL.len()];
    let (start, mut rounds) = (Instant::now(), 0);
    while start.elapsed() < LEAST {
        for text in texts {
            let mut last = Instant::now();
            let mut watch = |stage| {
                stages[stage as usize] += last.elapsed();
                last = Instant::now();
            };
            language.parse_watched(&text.text, &text.regions, &mut watch);
        }
        rounds += 1;
    }
    (stages, rounds)
}

/// All texts again and again, each on the next free thread.
fn words_a_second(language: &Language, texts: &[Text], n_threads: usize) -> f64 {
    let (next, n_words, start) = (AtomicUsize::new(0), AtomicUsize::new(0), Instant::now());
    let work = || {
        while start.elapsed() < LEAST {
            let text = &texts[next.fetch_add(1, Ordering::Relaxed) % texts.len()];
            n_words.fetch_add(text.parse(language), Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| (0..n_threads).for_each(|_| drop(scope.spawn(work))));
    n_words.into_inner() as f64 / start.elapsed().as_secs_f64()
}
