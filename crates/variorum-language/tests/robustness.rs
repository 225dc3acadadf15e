//! No text is too strange: seeded mixtures of what goes wrong in the world are parsed for real, and what comes out is well formed.
#![allow(clippy::unwrap_used)] // A helper of a test may fail as a test may.

use std::sync::LazyLock;

use variorum_language::{Language, Profile};
use variorum_model::{Parse, Span};

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::with_profile(Profile::Fast));

/// Texts that are made of these.
const PARTS: &[&str] = &[
    "The ferry sank off the cape. ",
    "“We will see,” she said, ",
    "Lt. Gen. J. Berg’s U.S. ",
    "MINISTER RESIGNS ",
    "and then ",
    "$5.3m ",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    ".",
    "''",
    "(((",
    "…!?",
    "-",
    "👩‍🚒",
    "🇳🇴",
    "e\u{301}\u{301}",
    "שלום ",
    "\u{202e}",
    "\u{200d}",
    "\u{0}",
    "\u{1b}[31m",
    "\u{feff}",
    "\\ud800",
    "&#xD800;",
    "東京",
    "ﷺ",
    "İ",
    "ß",
    "https://example.org/a?b=c",
    "a",
];

/// A text of `n` parts, the same for the same seed.
fn mixture(mut seed: u64, n: usize) -> String {
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        PARTS[(seed >> 33) as usize % PARTS.len()]
    };
    (0..n).map(|_| next()).collect()
}

fn parse(text: &str) -> Parse {
    Span::whole(text).map(|all| LANGUAGE.parse_regions(text, &[all])).unwrap_or_default()
}

/// Words cover what is not white space, sentences tile the words, each is one tree, names lie in sentences.
fn check(text: &str, parse: &Parse) {
    let covered: String = parse.tokens.iter().map(|token| token.span.of(text)).collect();
    assert_eq!(covered, text.split_whitespace().collect::<String>(), "{text:?}");
    assert!(parse.tokens.is_sorted_by(|a, b| a.span.end() <= b.span.start()));
    let mut at = 0;
    for sentence in &parse.sentences {
        assert_eq!(sentence.first.index(), at);
        at = sentence.end.index();
        assert_eq!(sentence.tokens().filter(|&token| parse.head(token).is_none()).count(), 1);
        let reaches_root = |token| parse.ancestors(token).take(sentence.tokens().count()).all(|up| sentence.tokens().any(|id| id == up));
        let is_tree =
            |token| reaches_root(token) && parse.ancestors(token).take(sentence.tokens().count()).count() < sentence.tokens().count();
        assert!(sentence.tokens().all(is_tree), "{text:?}");
    }
    assert_eq!(at, parse.tokens.len());
    for name in &parse.names {
        assert!(parse.sentences.iter().any(|sentence| sentence.span.contains(name.span)));
    }
}

#[test]
fn mixtures_have_parses() {
    for seed in 0..60 {
        let text = mixture(seed, 40);
        check(&text, &parse(&text));
    }
}

#[test]
fn long_lines_have_parses() {
    let sentence = "the boats of the coast guard and the crews that they had seen off the cape ";
    for text in
        ["a".repeat(300_000), "'".repeat(300_000), " ".repeat(300_000), "👩‍🚒".repeat(30_000), sentence.repeat(40), sentence.to_uppercase()]
    {
        check(&text, &parse(&text));
    }
}

#[test]
fn another_language_has_no_sentences() {
    let text = "Паром затонул в ночь на вторник, сообщили в министерстве. Двенадцать человек пострадали.";
    assert!(LANGUAGE.parse(text).sentences.is_empty());
    assert!(!LANGUAGE.parse("The ferry sank.").sentences.is_empty());
}

#[test]
fn time_grows_with_the_text() {
    // Words read by the network are counted, not seconds: each once, or twice where a window is cut.
    let text = "the boats of the coast guard and the crews that they had seen off the cape ".repeat(200);
    let mut n_windows = 0;
    let whole = Span::whole(&text).unwrap();
    let parse = LANGUAGE.parse_watched(&text, &[whole], &mut |stage| n_windows += usize::from(stage == variorum_language::Stage::Encoder));
    assert!(n_windows * 100 < parse.tokens.len() * 8, "{n_windows} windows for {} words", parse.tokens.len());
}
