//! What does a sentence say behind "said" where the parser lost the clause?
//!
//! "Bel says the main goal of the fund is to win" is a frequent shape and is read as such even where a wrong tree hangs the clause elsewhere. Input: a
//! tensed verb or a participle of saying for which the tree shows no content. Output: the words from the verb to the end of the sentence, or to the next verb of the
//! same subject ("…, but conceded"). Only verbs that take both a clause and a quotation are read so, and only where a tensed verb follows.
//!
//! Limits: adverbials between the verb and its clause ("said on Monday the road was open") stay in the content.

use variorum_model::{AttributionKind, Deprel, TokenId, Upos};

use super::Reading;
use super::clauses::{Content, is_text};
use super::cues::Cue;
use super::grammar::{own_subject, trimmed};
use super::lexicon::{Frame, Slot};

/// The words behind a verb of saying, where they hold a clause.
pub(super) fn clause_after(reading: &Reading, cue: &Cue) -> Option<Content> {
    let parse = reading.parse;
    let says = cue.row.kind == AttributionKind::Speech && cue.row.takes(&Frame::Complement) && cue.row.takes(&Frame::Quote);
    if says && parse.token(cue.head).tag == "VBG" {
        return clause_with_that(reading, cue);
    }
    let has_object = parse.child(cue.head, Deprel::Obj).is_some() && cue.lemma != "say";
    if !says
        || has_object
        || cue.row.addressee.contains(&Slot::Object)
        || !is_tensed(reading, cue.head)
        || own_subject(parse, cue.head).is_none()
    {
        return None;
    }
    let end = parse.sentence(parse.token(cue.head).sentence).end;
    let next = parse.children_by(cue.head, Deprel::Conj).find(|&verb| verb > cue.head && own_subject(parse, verb).is_none());
    let end = next.map_or(end, |verb| parse.subtree(verb)[0]);
    let words: Vec<TokenId> = (cue.head.0 + 1..end.0).map(TokenId).collect();
    let opens = words.first().is_some_and(|&first| {
        matches!(parse.token(first).upos, Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Verb | Upos::Num | Upos::Sconj)
    });
    let first_comma = words.iter().position(|&word| is_text(reading, word, ",")).unwrap_or(words.len());
    let has_clause = words[..first_comma].iter().any(|&word| is_tensed(reading, word))
        || words.iter().filter(|&&word| is_tensed(reading, word)).count() > 1;
    (opens && has_clause).then(|| trimmed(parse, words).into())
}

/// "adding that the pier was safe": to the end of the sentence.
fn clause_with_that(reading: &Reading, cue: &Cue) -> Option<Content> {
    let parse = reading.parse;
    let end = parse.sentence(parse.token(cue.head).sentence).end;
    let words: Vec<TokenId> = (cue.head.0 + 1..end.0).map(TokenId).collect();
    let opens = words.first().is_some_and(|&first| is_text(reading, first, "that") && parse.token(first).upos == Upos::Sconj);
    (opens && words.iter().any(|&word| is_tensed(reading, word))).then(|| trimmed(parse, words).into())
}

fn is_tensed(reading: &Reading, token: TokenId) -> bool {
    matches!(reading.parse.token(token).tag.as_str(), "VBD" | "VBZ" | "VBP" | "MD")
}
