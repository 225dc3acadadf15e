//! What words weigh, and how much of one text stands in another.

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{Parse, Span, Upos, table::Table};

/// Content words of a report of middling length.
const REPORT: f64 = 250.0;
/// Occurrences per million words of a lemma that is not listed.
const UNLISTED: f64 = 0.5;

/// How rare lemmas are in English at large, from `knowledge/frequencies.tsv`: a collection of five reports cannot tell by itself.
pub(crate) struct Weights {
    per_million: FxHashMap<&'static str, f64>,
}

impl Weights {
    pub(crate) fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../knowledge/frequencies.tsv")).expect("bundled tables are checked by tests");
        let per_million = table.rows().map(|row| (row.get("lemma"), row.get("per_million").parse().expect("a number"))).collect();
        Self { per_million }
    }

    /// How much it tells that a report holds a lemma at all, in nats: under 1 for "say", 9 for a word that is not listed.
    pub(crate) fn rarity(&self, lemma: &str) -> f64 {
        let per_million = self.per_million.get(lemma).copied().unwrap_or(UNLISTED);
        -(1.0 - (-per_million * REPORT / 1e6).exp()).ln()
    }

    /// Inverse frequency in nats: about 1 for "say", 12 for a word that is not listed.
    pub(crate) fn of(&self, lemma: &str) -> f64 {
        (1e6 / self.per_million.get(lemma).copied().unwrap_or(3.0).max(1.0)).ln().max(0.1)
    }
}

/// Lower-cased lemmas of content words in a span.
pub(crate) fn content_lemmas(parse: &Parse, span: Span) -> Vec<String> {
    let content = |upos| matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num);
    parse.tokens_in(span).map(|id| parse.token(id)).filter(|token| content(token.upos)).map(|token| token.lemma.to_lowercase()).collect()
}

/// Lower-cased words without punctuation, whatever made them.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Weighted share of `a`'s content words that `b` has too, 0..=1.
pub(crate) fn containment(weights: &Weights, a: &[String], b: &[String]) -> f64 {
    let there: FxHashSet<&String> = b.iter().collect();
    let total: f64 = a.iter().map(|word| weights.of(word)).sum();
    let shared: f64 = a.iter().filter(|word| there.contains(word)).map(|word| weights.of(word)).sum();
    if total > 0.0 { shared / total } else { 0.0 }
}

/// Whether the words of `part` stand in `whole` one after the other.
pub(crate) fn is_run_of(part: &[String], whole: &[String]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs() {
        let (part, whole) = (plain_words("of trust"), plain_words("Ones of trust, friendship"));
        assert!(is_run_of(&part, &whole));
        assert!(!is_run_of(&plain_words("trust of"), &whole));
    }
}
