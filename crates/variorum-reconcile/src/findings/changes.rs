//! Where does a report say that somebody now speaks otherwise than before?
//!
//! Input: the statements across reports. Output: [`Change`]s: a statement that its report marks as new, and the speaker's older one that is most like it in sense.
//! "The minister, who for a week had spoken of bandits, now says that the men were guards" stands beside "Bandits did this, the minister said" of the week before.
//! New is what is said "now", and what follows a sentence that tells of a changed account (`knowledge/contrasts.tsv`, kinds `changing` and `stand`).
//! Limits: what changed is shown, not worked out; a change that no report remarks on is not found.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{Attribution, Deprel, SentenceId, Span, Statement, TokenId, dossier::StatementReading, table::Table};

use super::corroboration::Scene;
use crate::{
    corpus::DocIx,
    words::{containment, content_lemmas, plain_words},
};

/// Cosine below which what somebody said before is of another thing.
const OTHER_SENSE: f32 = 0.3;

/// Words from which what somebody says tells something.
const CLAUSE: usize = 4;

/// What somebody said before, and says now: the statement and where.
pub(crate) struct Change {
    pub(crate) before: (usize, DocIx, Span),
    pub(crate) now: (usize, DocIx, Span),
}

/// Words of change, from `knowledge/contrasts.tsv`.
struct Sorts(BTreeMap<&'static str, BTreeSet<&'static str>>);

impl Sorts {
    fn bundled() -> Self {
        let table = Table::parse(include_str!("../../../../knowledge/contrasts.tsv")).expect("bundled tables are checked by tests");
        Self(table.rows().map(|row| (row.get("kind"), row.list("lemmas").collect())).collect())
    }

    fn is(&self, kind: &str, lemma: &str) -> bool {
        self.0.get(kind).is_some_and(|lemmas| lemmas.contains(lemma))
    }
}

/// Every statement that its report marks as new, with the older one.
pub(crate) fn changes(scene: Scene, statements: &[Statement]) -> Vec<Change> {
    let sorts = Sorts::bundled();
    let mut by_speaker: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, statement) in statements.iter().enumerate().filter(|(_, statement)| statement.speaker.is_some()) {
        by_speaker.entry((&statement.story, &statement.speaker)).or_default().push(i);
    }
    let told = by_speaker.values().filter(|said| said.len() > 1).flat_map(|said| said.iter().map(move |&i| (said, i)));
    told.filter_map(|(said, i)| change(scene, &sorts, statements, said, i)).collect()
}

fn change(scene: Scene, sorts: &Sorts, statements: &[Statement], said: &[usize], i: usize) -> Option<Change> {
    let place = |i: usize| {
        let longest = |reading: &StatementReading| reading.content.spans().iter().copied().max_by_key(|span| span.len());
        let clause = move |doc: DocIx, span: &Span| scene.corpus.parse(doc).tokens_in(*span).count() >= CLAUSE;
        statements[i].readings.iter().filter_map(move |reading| {
            let doc = scene.corpus.doc_of(&reading.document)?;
            Some((i, doc, longest(reading).filter(|span| clause(doc, span))?))
        })
    };
    let now = place(i).find(|&(_, doc, span)| is_new(scene, sorts, doc, span))?;
    let older =
        said.iter().filter(|&&other| other != i).flat_map(|&other| place(other)).filter(|before| scene.published.before(before.1, now.1));
    // The report that remarks on it often has a word of what was said before: "who had spoken of bandits".
    let remark = scene
        .corpus
        .sentence_of(now.1, now.2)
        .map(|id| content_lemmas(scene.corpus.parse(now.1), scene.corpus.parse(now.1).sentence(id).span));
    let alike = |before: &(usize, DocIx, Span)| {
        let words = content_lemmas(scene.corpus.parse(before.1), before.2);
        let taken_up = remark.as_ref().map_or(0.0, |remark| containment(scene.weights, &words, remark));
        scene.corpus.similarity((before.1, before.2), (now.1, now.2)) + taken_up as f32
    };
    let before = older.filter(|before| alike(before) >= OTHER_SENSE).max_by(|a, b| alike(a).total_cmp(&alike(b)).then(b.cmp(a)))?;
    // What a third report has of both is one thing told at length.
    let apart = statements[i].readings.iter().all(|reading| scene.corpus.doc_of(&reading.document) != Some(before.1));
    apart.then_some(Change { before, now })
}

/// Whether a report marks what it quotes at a place as said otherwise than before.
fn is_new(scene: Scene, sorts: &Sorts, doc: DocIx, content: Span) -> bool {
    let parse = scene.corpus.parse(doc);
    let here = scene.corpus.notes(doc).attributions.iter().filter(|attribution| attribution.content.spans().contains(&content));
    let now = |attribution: &Attribution| {
        let active = |&verb: &TokenId| parse.child(verb, Deprel::AuxPass).is_none();
        let verbs = attribution.cue.iter().filter_map(|&cue| parse.head_of_span(cue)).filter(active);
        verbs.flat_map(|verb| parse.children_by(verb, Deprel::Advmod)).any(|child| parse.token(child).lemma.eq_ignore_ascii_case("now"))
    };
    here.clone().any(now) || is_no_longer(scene, doc, content) || follows_a_change(scene, sorts, doc, content)
}

/// "Said that she no longer suspected him."
fn is_no_longer(scene: Scene, doc: DocIx, content: Span) -> bool {
    const NEAR: usize = 5;
    let words = plain_words(scene.corpus.slice(doc, content));
    words.windows(2).take(NEAR).any(|pair| pair[0] == "no" && pair[1] == "longer")
}

/// Whether the sentence before, in the same paragraph, tells that somebody changed his account.
fn follows_a_change(scene: Scene, sorts: &Sorts, doc: DocIx, content: Span) -> bool {
    let parse = scene.corpus.parse(doc);
    let block = |at: usize| scene.corpus.doc(doc).block_at(at).map(|block| block.span);
    let before = scene.corpus.sentence_of(doc, content).and_then(|id| id.0.checked_sub(1)).map(|id| parse.sentence(SentenceId(id)).span);
    before.filter(|span| block(span.start()) == block(content.start())).is_some_and(|span| {
        // "It sounds different now."
        let lemmas: Vec<String> = parse.tokens_in(span).map(|id| parse.token(id).lemma.to_lowercase()).collect();
        let otherwise =
            lemmas.windows(2).any(|pair| matches!(pair[0].as_str(), "different" | "differently" | "otherwise") && pair[1] == "now");
        otherwise
            || parse.tokens_in(span).any(|verb| {
                let taken = |&child: &TokenId| {
                    matches!(parse.token(child).deprel, Deprel::Obj | Deprel::NsubjPass)
                        && sorts.is("stand", &parse.token(child).lemma.to_lowercase())
                };
                sorts.is("changing", &parse.token(verb).lemma.to_lowercase()) && parse.children(verb).iter().any(taken)
            })
    })
}
