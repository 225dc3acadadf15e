//! Which words signal speech and thought, and where their source and content stand: `knowledge/cues.tsv`, `hedges.tsv`, `stances.tsv`, `formulas.tsv`.

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{Act, AttributionKind, Polarity, Upos, table::Table};

use crate::inflection::Inflection;

/// Words that signal speech and thought, from `knowledge/cues.tsv`, `knowledge/hedges.tsv` and `knowledge/stances.tsv`.
#[derive(Debug)]
pub struct CueLexicon {
    rows: FxHashMap<WordClass, Rows>,
    hedges: FxHashMap<&'static str, Vec<Vec<&'static str>>>,
    stances: FxHashMap<&'static str, Evaluation>,
    /// Set phrases and what is done by them, by first word.
    formulas: FxHashMap<&'static str, Vec<(Vec<&'static str>, Act)>>,
    inflection: Inflection,
    /// Words for outlets: "daily", "broadcaster".
    media: FxHashSet<&'static str>,
    passing: FxHashSet<(&'static str, &'static str)>,
}

/// By head word.
type Rows = FxHashMap<&'static str, Vec<CueRow>>;

/// Part of speech of a cue's head word.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum WordClass {
    Verb,
    Noun,
    Preposition,
    Adjective,
    Adverb,
}

/// One cue.
#[derive(Clone, Debug)]
pub(super) struct CueRow {
    /// Alternatives of further words that must stand with the head word; empty for none.
    pub(super) with: Vec<Vec<&'static str>>,
    pub(super) frames: Vec<Frame>,
    pub(super) kind: AttributionKind,
    pub(super) act: Act,
    pub(super) polarity: Polarity,
    /// The reporter or the source does not commit himself: "claimed", "is thought to".
    pub(super) distant: bool,
    pub(super) addressee: Vec<Slot>,
    /// The subject typically passes on another's words.
    pub(super) relay: bool,
}

/// Where the content stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    Clause,
    Complement,
    Infinitive,
    Object,
    Oblique(&'static str),
    ObjectAs,
    ObjectPredicate,
    Quote,
    PassiveContent,
    PassiveSource,
}

/// Where the person spoken to stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Object,
    Indirect,
    Oblique(&'static str),
    /// The object is spoken of, not to.
    TargetObject,
}

/// How a word tells through whose hands words came: the uses that `passing.tsv` explains.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Passing {
    MadeBy,
    PassedBy,
    HeldBy,
    PassedTo,
    Statement,
    Dispatch,
    Outlet,
    Conversation,
    Speaking,
    Evidence,
    Suggest,
    Part,
}

impl Passing {
    fn word(self) -> &'static str {
        match self {
            Self::MadeBy => "made-by",
            Self::PassedBy => "passed-by",
            Self::HeldBy => "held-by",
            Self::PassedTo => "passed-to",
            Self::Statement => "statement",
            Self::Dispatch => "dispatch",
            Self::Outlet => "outlet",
            Self::Conversation => "conversation",
            Self::Speaking => "speaking",
            Self::Evidence => "evidence",
            Self::Suggest => "suggest",
            Self::Part => "part",
        }
    }
}

/// What a word of evaluation tells of the speaker's stance.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// "special", "breakthrough"
    Praise,
    /// "claptrap", "mistake"
    Blame,
    /// "conspire", "unlawful"
    Wrong,
    /// "untrue", "fabricated"
    False,
    /// "strike", "retaliate"
    Harm,
    /// "flood", "collapse"
    Danger,
    /// "grateful"
    Thanks,
    /// "sorry"
    Regret,
    /// "glad", "satisfied"
    Gladness,
    /// "heartbroken", "furious"
    Feeling,
    /// "congratulations"
    Applause,
    /// "hope", "wish"
    Wish,
    /// "fail", "overlook"
    Fault,
    /// "appeal", "resign"
    Step,
    /// "begin", "sail"
    Schedule,
    /// "suspend", "appoint"
    Decree,
    /// "injure", "find"
    Toll,
    /// "negotiate", "surrender"
    Yield,
    /// "respond"
    Answer,
}

/// A word's stance, and the part of speech it has it in: "last" is a matter of schedule as a verb only.
#[derive(Copy, Clone, Debug)]
struct Evaluation {
    stance: Stance,
    class: Option<WordClass>,
}

impl Stance {
    /// Whether it is a speaker's feeling.
    pub(super) fn is_felt(self) -> bool {
        matches!(self, Self::Thanks | Self::Regret | Self::Gladness | Self::Feeling | Self::Applause | Self::Wish)
    }
}

impl CueRow {
    /// Whether the content may stand there.
    pub(super) fn takes(&self, frame: &Frame) -> bool {
        self.frames.contains(frame)
    }
}

impl CueLexicon {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        Self {
            rows: cue_rows(),
            hedges: hedges(),
            stances: stances(),
            formulas: formulas(),
            inflection: Inflection::bundled(),
            media: media(),
            passing: passing(),
        }
    }

    /// The rows of a word, longest `with` first.
    pub(super) fn rows(&self, lemma: &str, class: WordClass) -> &[CueRow] {
        self.rows.get(&class).and_then(|rows| rows.get(lemma)).map_or(&[], Vec::as_slice)
    }

    /// The entry of a word as it stands in the text: by its lemma, else by whatever base form its ending allows. Most
    /// often that is the form itself: "according", "alleged".
    pub(super) fn entry(&self, lemma: &str, form: &str, class: WordClass) -> Option<(&'static str, &[CueRow])> {
        let rows = self.rows.get(&class)?;
        let found = std::iter::once(lemma.to_owned()).chain(self.bases(form)).find_map(|base| rows.get_key_value(base.as_str()));
        found.map(|(&lemma, rows)| (lemma, rows.as_slice()))
    }

    /// The base forms an inflected form may have, the form itself first.
    pub(super) fn bases(&self, form: &str) -> impl Iterator<Item = String> + use<> {
        std::iter::once(form.to_owned()).chain(self.inflection.bases(form))
    }

    /// Phrases of hedging or distance that begin with a word, longest first.
    pub(super) fn hedges(&self, first: &str) -> &[Vec<&'static str>] {
        self.hedges.get(first).map_or(&[], Vec::as_slice)
    }

    /// Set phrases that begin with a word, longest first, with their acts.
    pub(super) fn formulas(&self, first: &str) -> &[(Vec<&'static str>, Act)] {
        self.formulas.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether a noun stands for a search or for what shows what it found: "survey", "footage".
    pub(super) fn is_of_findings(&self, lemma: &str) -> bool {
        self.rows(lemma, WordClass::Noun).iter().any(|row| row.kind == AttributionKind::Finding && matches!(row.act, Act::Show | Act::Find))
    }

    /// Whether a noun stands for an outlet.
    pub(super) fn is_medium(&self, lemma: &str) -> bool {
        self.media.contains(lemma)
    }

    /// Whether a word tells through whose hands words came, in one of the ways of `passing.tsv`.
    pub(super) fn tells(&self, way: Passing, lemma: &str) -> bool {
        self.passing.contains(&(way.word(), lemma))
    }

    /// The stance a word carries, if any.
    pub(super) fn stance(&self, lemma: &str, form: &str, upos: Upos) -> Option<Stance> {
        let fits = |entry: &&Evaluation| entry.class.is_none() || entry.class == WordClass::of(upos);
        // "devastated" is felt, "devastate" does harm: the form as it stands goes first.
        let mut bases = [form.to_owned(), lemma.to_owned()].into_iter().chain(self.bases(form));
        bases.find_map(|base| self.stances.get(base.as_str()).filter(fits)).map(|entry| entry.stance)
    }
}

impl WordClass {
    pub(super) fn of(upos: Upos) -> Option<Self> {
        Some(match upos {
            Upos::Verb | Upos::Aux => Self::Verb,
            Upos::Noun | Upos::Propn => Self::Noun,
            Upos::Adp | Upos::Sconj => Self::Preposition,
            Upos::Adj => Self::Adjective,
            Upos::Adv => Self::Adverb,
            _ => return None,
        })
    }
}

fn cue_rows() -> FxHashMap<WordClass, Rows> {
    let table = Table::parse(include_str!("../../../../knowledge/cues.tsv")).expect("cues.tsv ships with the program and is tested");
    let mut rows: FxHashMap<WordClass, Rows> = FxHashMap::default();
    for row in table.rows() {
        let class = match row.get("pos") {
            "noun" => WordClass::Noun,
            "adp" => WordClass::Preposition,
            "adj" => WordClass::Adjective,
            "adv" => WordClass::Adverb,
            _ => WordClass::Verb,
        };
        rows.entry(class).or_default().entry(row.get("lemma")).or_default().push(CueRow {
            with: row.list("with").map(|words| words.split_whitespace().collect()).collect(),
            frames: row.get("frame").split_whitespace().filter_map(frame).collect(),
            kind: match row.get("kind") {
                "belief" => AttributionKind::Belief,
                "intention" => AttributionKind::Intention,
                "finding" => AttributionKind::Finding,
                _ => AttributionKind::Speech,
            },
            act: act(row.get("act")),
            polarity: if row.get("polarity") == "neg" { Polarity::Negative } else { Polarity::Positive },
            distant: matches!(row.get("strength"), "hedged" | "distancing"),
            addressee: row.list("addressee").filter_map(slot).collect(),
            relay: row.get("relay") == "yes",
        });
    }
    for alternatives in rows.values_mut().flat_map(Rows::values_mut) {
        keep_acts_under_as(alternatives);
        // "that" alone tells no second sense of a verb of speech apart: "noted that" is still speech.
        if alternatives.iter().any(|row| row.with.is_empty() && row.kind == AttributionKind::Speech) {
            alternatives.retain(|row| row.with != [vec!["that"]]);
        }
        alternatives.sort_by_key(|row| std::cmp::Reverse(row.with.iter().map(Vec::len).max().unwrap_or(0)));
    }
    rows
}

/// "Praised it as a duty" is still praise: the row for "praise as" takes over the frame only.
fn keep_acts_under_as(rows: &mut [CueRow]) {
    let Some(plain) = rows.iter().find(|row| row.with.is_empty()).cloned() else { return };
    for row in rows.iter_mut().filter(|row| row.with == [vec!["as"]] && row.act == Act::Describe) {
        (row.act, row.polarity) = (plain.act, plain.polarity);
    }
}

fn frame(word: &'static str) -> Option<Frame> {
    Some(match word {
        "clause" => Frame::Clause,
        "ccomp" => Frame::Complement,
        "xcomp" => Frame::Infinitive,
        "obj" => Frame::Object,
        "obj-as" => Frame::ObjectAs,
        "obj-xcomp" => Frame::ObjectPredicate,
        "quote" => Frame::Quote,
        "passive-content" => Frame::PassiveContent,
        "passive-source" => Frame::PassiveSource,
        _ => Frame::Oblique(word.strip_prefix("obl:")?),
    })
}

fn slot(word: &'static str) -> Option<Slot> {
    Some(match word {
        "obj" => Slot::Object,
        "iobj" => Slot::Indirect,
        "target:obj" => Slot::TargetObject,
        _ => Slot::Oblique(word.strip_prefix("obl:")?),
    })
}

/// The table tells acts apart more finely than the dossier does.
fn act(word: &str) -> Act {
    Act::from_word(word).unwrap_or(match word {
        "advise" | "persuade" => Act::Urge,
        "argue" | "testify" => Act::Claim,
        "complain" | "mock" => Act::Criticise,
        "decide" => Act::Plan,
        "dispute" => Act::Deny,
        "doubt" | "mourn" => Act::Express,
        "fear" => Act::Believe,
        "expect" => Act::Predict,
        "offer" => Act::Propose,
        "refuse" => Act::Reject,
        "reveal" => Act::Announce,
        "support" => Act::Agree,
        "want" => Act::Hope,
        _ => Act::Say,
    })
}

/// Only what puts distance between the writer and the words; certainty and conditions are the content's own.
fn hedges() -> FxHashMap<&'static str, Vec<Vec<&'static str>>> {
    let table = Table::parse(include_str!("../../../../knowledge/hedges.tsv")).expect("hedges.tsv ships with the program and is tested");
    let mut hedges: FxHashMap<_, Vec<Vec<&str>>> = FxHashMap::default();
    for row in table.rows().filter(|row| matches!(row.get("kind"), "hedge" | "distance" | "doubt")) {
        let words: Vec<&str> = row.get("phrase").split_whitespace().collect();
        if let Some(&first) = words.first() {
            hedges.entry(first).or_default().push(words);
        }
    }
    for phrases in hedges.values_mut() {
        phrases.sort_by_key(|words| std::cmp::Reverse(words.len()));
    }
    hedges
}

fn stances() -> FxHashMap<&'static str, Evaluation> {
    let table = Table::parse(include_str!("../../../../knowledge/stances.tsv")).expect("stances.tsv ships with the program and is tested");
    let stance = |word: &str| match word {
        "praise" => Stance::Praise,
        "wrong" => Stance::Wrong,
        "false" => Stance::False,
        "harm" => Stance::Harm,
        "danger" => Stance::Danger,
        "thanks" => Stance::Thanks,
        "regret" => Stance::Regret,
        "gladness" => Stance::Gladness,
        "feeling" => Stance::Feeling,
        "applause" => Stance::Applause,
        "wish" => Stance::Wish,
        "fault" => Stance::Fault,
        "step" => Stance::Step,
        "schedule" => Stance::Schedule,
        "decree" => Stance::Decree,
        "toll" => Stance::Toll,
        "yield" => Stance::Yield,
        "answer" => Stance::Answer,
        _ => Stance::Blame,
    };
    let class = |word: &str| match word {
        "verb" => Some(WordClass::Verb),
        "noun" => Some(WordClass::Noun),
        "adj" => Some(WordClass::Adjective),
        _ => None,
    };
    table.rows().map(|row| (row.get("lemma"), Evaluation { stance: stance(row.get("stance")), class: class(row.get("pos")) })).collect()
}

fn formulas() -> FxHashMap<&'static str, Vec<(Vec<&'static str>, Act)>> {
    let table =
        Table::parse(include_str!("../../../../knowledge/formulas.tsv")).expect("formulas.tsv ships with the program and is tested");
    let mut formulas: FxHashMap<_, Vec<(Vec<&str>, Act)>> = FxHashMap::default();
    for row in table.rows() {
        let words: Vec<&str> = row.get("phrase").split_whitespace().collect();
        if let Some(&first) = words.first() {
            formulas.entry(first).or_default().push((words, act(row.get("act"))));
        }
    }
    for phrases in formulas.values_mut() {
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    formulas
}

/// Nouns whose sector is journalism, by their last word.
fn media() -> FxHashSet<&'static str> {
    let table = Table::parse(include_str!("../../../../knowledge/sectors.tsv")).expect("sectors.tsv ships with the program and is tested");
    let head = |phrase: &'static str| phrase.rsplit(' ').next().unwrap_or(phrase);
    table.rows().filter(|row| row.get("sector") == "JRN").map(|row| head(row.get("noun"))).collect()
}

fn passing() -> FxHashSet<(&'static str, &'static str)> {
    let table = Table::parse(include_str!("../../../../knowledge/passing.tsv")).expect("passing.tsv ships with the program and is tested");
    table.rows().map(|row| (row.get("use"), row.get("lemma"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read() {
        let lexicon = CueLexicon::bundled();
        let say = &lexicon.rows("say", WordClass::Verb);
        assert!(say.iter().any(|row| row.with.is_empty() && row.takes(&Frame::Complement)));
        assert_eq!(lexicon.stance("claptrap", "claptrap", Upos::Noun), Some(Stance::Blame));
        assert!(!lexicon.hedges("reportedly").is_empty());
        assert_eq!(lexicon.entry("wrot", "wrote", WordClass::Verb).map(|(lemma, _)| lemma), Some("write"));
        assert_eq!(lexicon.entry("admitte", "admitted", WordClass::Verb).map(|(lemma, _)| lemma), Some("admit"));
    }
}
