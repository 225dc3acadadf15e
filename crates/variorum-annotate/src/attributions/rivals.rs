//! Which of two cues owns the words that both claim?
//!
//! "Moss rejected the notion that the dam was old, arguing that it was safe": the parser hangs "arguing" somewhere inside what is rejected, yet Moss argues. "She said she regretted
//! it and promised to leave": two sayings side by side. `“Stop,” Bel said as Moss yelled`: what Bel says is not yelled. Input: all that is found in a document. Output: each outer content
//! ends before words that another cue of the same speaker brings, and no subordinate cue claims the clause it hangs on.
//!
//! Limits: behind a clause of somebody else ("said Bel had left, saying he was ill") the participle may be Bel's, and stays where it is.

use variorum_model::{AttributionKind, Deprel, Parse, TokenId, Upos};

use super::descriptions::is_phrase;
use super::grammar::{is_led_by, lemma, own_subject, trimmed};
use super::sources::Source;
use super::{Found, Reading};

/// Parts the words of cues that claim the same.
pub(super) fn part(reading: &Reading, found: &mut Vec<Found>) {
    give_back_governors(reading, found);
    for inner in 0..found.len() {
        let Some((outer, start)) = spoken_beside(reading, found, inner) else { continue };
        let content = std::mem::take(&mut found[outer].content);
        found[outer].content = trimmed(reading.parse, content.into_iter().filter(|&token| token < start).collect());
        let source = found[outer].source.as_ref().filter(|_| own_subject(reading.parse, found[inner].head).is_none()).cloned();
        found[inner].source = source.or_else(|| found[inner].source.take());
    }
}

/// The cue in whose content another one stands that the same speaker goes on with, and where that one begins.
fn spoken_beside(reading: &Reading, found: &[Found], inner: usize) -> Option<(usize, TokenId)> {
    let speaks = found[inner].row.is_some_and(|row| row.kind == AttributionKind::Speech);
    let quoted = reading.quotes.iter().any(|quote| quote.holds(found[inner].head));
    let holding =
        || (0..found.len()).filter(|&outer| speaks && !quoted && outer != inner && ends_with(reading, &found[outer], &found[inner]));
    let start = |outer: usize| {
        trailing_participle(reading, &found[outer], &found[inner]).or_else(|| coordinated(reading, &found[outer], &found[inner]))
    };
    let outer = holding().min_by_key(|&outer| found[outer].head)?;
    Some((outer, start(outer)?))
}

/// Whether a cue and its words are the end of what another cue of the sentence reports behind it.
fn ends_with(reading: &Reading, outer: &Found, inner: &Found) -> bool {
    let parse = reading.parse;
    let here = outer.head < inner.head && parse.token(outer.head).sentence == parse.token(inner.head).sentence;
    let starts = outer.content.first().is_some_and(|&first| outer.head < first && first < inner.head);
    let mine = |token: TokenId| {
        inner.content.contains(&token) || inner.cue.contains(&token) || inner.addressee.is_some_and(|told| parse.is_within(token, told))
    };
    let after = outer.content.iter().all(|&token| token <= inner.head || mine(token) || parse.token(token).upos == Upos::Punct);
    here && starts && after && outer.source.is_some() && outer.content.contains(&inner.head)
}

// --- participles --------------------------------------------------------------------------------------------------------

/// The comma or dash before a participle that speaks in a clause of its own behind a phrase or an aim.
fn trailing_participle(reading: &Reading, outer: &Found, inner: &Found) -> Option<TokenId> {
    let parse = reading.parse;
    let clause = !is_phrase(reading, &inner.content) && inner.content.first().is_some_and(|&first| first > inner.head);
    let participle = parse.token(inner.head).tag == "VBG" && parse.token(inner.head).deprel != Deprel::Amod;
    let first = *inner.cue.first()?;
    let before = first.0.checked_sub(1).map(TokenId).filter(|_| clause && participle)?;
    let apart = matches!(reading.doc.slice(parse.token(before).span), "," | "-" | "–" | "—" | "--");
    (apart && has_no_clause(reading, outer, inner.head)).then_some(before)
}

/// A noun phrase, or what is to be done: "declined to claim victory".
fn has_no_clause(reading: &Reading, outer: &Found, end: TokenId) -> bool {
    let parse = reading.parse;
    let before: Vec<TokenId> = outer.content.iter().copied().filter(|&token| token < end).collect();
    let mut tops =
        before.iter().copied().filter(|&token| parse.head(token).is_none_or(|head| head == outer.head || !before.contains(&head)));
    is_phrase(reading, &before) || tops.all(|top| matches!(parse.token(top).deprel.base(), "xcomp" | "punct" | "case" | "mark"))
}

// --- coordination -------------------------------------------------------------------------------------------------------

/// Where "and promised to leave" begins behind "said she regretted it": the speaker is the subject of both, or the verbs do not match in tense.
fn coordinated(reading: &Reading, outer: &Found, inner: &Found) -> Option<TokenId> {
    let parse = reading.parse;
    let first = parse.head(inner.head).filter(|&first| parse.token(inner.head).deprel == Deprel::Conj && first != outer.head)?;
    let same =
        !is_finite(parse, first) || own_subject(parse, first).is_some_and(|subject| stands_for(parse, subject, outer.source.as_ref()));
    let own = own_subject(parse, inner.head).is_none_or(|subject| stands_for(parse, subject, outer.source.as_ref()));
    let link = parse.child(inner.head, Deprel::Cc).filter(|&link| link < inner.head)?;
    (is_finite(parse, inner.head) && outer.content.contains(&first) && same && own).then_some(link)
}

fn is_finite(parse: &Parse, verb: TokenId) -> bool {
    matches!(parse.token(verb).tag.as_str(), "VBD" | "VBZ" | "VBP")
        || parse.child(verb, Deprel::Aux).is_some_and(|aux| parse.token(aux).tag != "MD")
}

/// A pronoun, or the same name as the speaker's.
fn stands_for(parse: &Parse, subject: TokenId, source: Option<&Source>) -> bool {
    let word = lemma(parse, subject);
    matches!(word.as_str(), "he" | "she" | "they" | "it") || source.is_some_and(|source| lemma(parse, source.head) == word)
}

// --- subordination ------------------------------------------------------------------------------------------------------

/// Takes from a cue the clause on which it hangs where that clause itself reports; what has no words left reports nothing.
fn give_back_governors(reading: &Reading, found: &mut Vec<Found>) {
    let parse = reading.parse;
    let reports = |found: &Found| {
        found.source.is_some() && found.row.is_some_and(|row| row.kind == AttributionKind::Speech) && is_finite(parse, found.head)
    };
    let governors: Vec<TokenId> = found.iter().filter(|found| reports(found)).map(|found| found.head).collect();
    for found in found.iter_mut().filter(|found| is_adverbial(parse, found)) {
        let claimed =
            governors.iter().any(|&head| head != found.head && found.content.contains(&head) && parse.is_within(found.head, head));
        let own: Vec<TokenId> = found.content.iter().copied().filter(|&token| parse.is_within(token, found.head)).collect();
        if claimed && !(own.is_empty() && confirms(reading, found.head)) {
            found.content = trimmed(parse, own);
        }
    }
    found.retain(|found| found.content.iter().any(|&token| parse.token(token).upos != Upos::Punct));
}

/// "…, as Moss confirmed": the clause has nothing else to confirm, and no words of its own follow.
fn confirms(reading: &Reading, verb: TokenId) -> bool {
    let parse = reading.parse;
    let end = parse.sentence(parse.token(verb).sentence).end;
    let quoted = reading.quotes.iter().any(|quote| verb < quote.first && quote.first < end);
    is_led_by(parse, verb, "as") && !quoted
}

/// A clause or phrase beside what its sentence tells: "as Moss yelled", "half joking", "in his response". "As Moss reported" passes the sentence on.
fn is_adverbial(parse: &Parse, found: &Found) -> bool {
    let token = parse.token(found.head);
    let passes_on = found.row.is_some_and(|row| row.relay) || token.upos == Upos::Adp;
    let clause = token.deprel.base() == "advcl" && own_subject(parse, found.head).is_some();
    !passes_on && (clause || matches!(token.deprel.base(), "acl" | "obl" | "nmod"))
}
