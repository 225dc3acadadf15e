//! What is said around a cue that stands in it or beside it?
//!
//! `“…,” Bel said.`, `The fire, officials say, is out.`, `As Bel put it, …`: the clause of the cue is set off by commas and its content is the sentence around it. Where commas show
//! that, they are trusted more than the tree: parsers often lose a part of a long sentence before "said".
//!
//! Limits: "When the vote was over, he agreed" must not be read so; what depends on the verb itself is no content.

use variorum_model::{Act, AttributionKind, Deprel, TokenId, Upos};

use super::Reading;
use super::clauses::{Content, is_text};
use super::cues::Cue;
use super::grammar::{is_led_by, is_past_tense, own_subject, phrase_without, trimmed, union, verb_group};
use super::lexicon::{Frame, Slot};
use super::sources::{self, Source};

/// The sentence around a clause that commas set off; none where the cue has a clause or object after it.
pub(super) fn around(reading: &Reading, cue: &Cue, source: Option<&Source>) -> Option<Content> {
    let parse = reading.parse;
    let source = source.filter(|source| own_subject(parse, cue.head).is_none_or(|own| own == source.head))?;
    if !cue.row.takes(&Frame::Complement) || !is_finite_statement(reading, cue, source) {
        return None;
    }
    let first = first_of_clause(reading, cue, source)?;
    let sentence = parse.sentence(parse.token(cue.head).sentence);
    let before: Vec<TokenId> = (start_of_part(reading, sentence.first, first).0..first.0).map(TokenId).collect();
    let has_verb = before.iter().any(|&token| matches!(parse.token(token).upos, Upos::Verb | Upos::Aux));
    if !is_set_off(reading, first, cue.head) || !(has_verb || is_resumed(reading, cue, sentence.end)) || is_adverbial(reading, cue, &before)
    {
        return None;
    }
    let after = (cue.head.0 + 1..sentence.end.0).map(TokenId).skip_while(|&token| !is_text(reading, token, ","));
    let resumed = |token: TokenId| {
        let clause = parse.children(cue.head).iter().copied().find(|&child| parse.token(child).deprel == Deprel::Ccomp && child > cue.head);
        !parse.is_within(token, cue.head) || clause.is_some_and(|clause| parse.is_within(token, clause))
    };
    let after = after.filter(|&token| resumed(token) && !source.tokens.contains(&token));
    let content = union(before, after);
    let content: Vec<TokenId> = content.into_iter().filter(|token| !source.tokens.contains(token)).collect();
    (!content.is_empty()).then(|| trimmed(parse, content).into())
}

/// A tensed verb of a clause of its own, with nothing after it that could be its content.
fn is_finite_statement(reading: &Reading, cue: &Cue, source: &Source) -> bool {
    let parse = reading.parse;
    let token = parse.token(cue.head);
    let set_off = sources::set_off_noun(reading, cue.head).is_some();
    let own = set_off || is_no_relative(reading, cue, source) || !matches!(token.deprel, Deprel::AclRelcl | Deprel::Acl | Deprel::Xcomp);
    let tensed = set_off
        || matches!(token.tag.as_str(), "VBD" | "VBZ" | "VBP")
        || is_past_tense(parse, cue.head)
        || parse.child(cue.head, Deprel::Aux).is_some();
    let linked = parse.children(cue.head).iter().any(|&child| matches!(parse.token(child).deprel, Deprel::Cc | Deprel::Mark));
    let spoken_to = cue.row.addressee.iter().any(|slot| matches!(slot, Slot::Object | Slot::Indirect));
    let has_content = parse.children(cue.head).iter().any(|&child| match parse.token(child).deprel {
        // "At no time, she added, did it happen": a comma after the verb closes the clause.
        Deprel::Ccomp if sources::interrupted_clause(parse, cue.head) == Some(child) => false,
        Deprel::Ccomp => child > cue.head && (!is_text(reading, TokenId(cue.head.0 + 1), ",") || is_led_by(parse, child, "that")),
        Deprel::Xcomp => child > cue.head,
        Deprel::Obj => !spoken_to && child > cue.head && child != source.head,
        _ => false,
    });
    own && tensed && !linked && !has_content
}

/// "The lease is lost, the tenants wrote": what the parser takes for a clause on "lease" has a subject of its own behind a comma and no relative pronoun.
fn is_no_relative(reading: &Reading, cue: &Cue, source: &Source) -> bool {
    let parse = reading.parse;
    let first = source.tokens.first().and_then(|first| first.0.checked_sub(1)).map(TokenId);
    let pronoun = parse.subtree(cue.head).iter().any(|&token| matches!(parse.token(token).tag.as_str(), "WP" | "WDT" | "WP$" | "WRB"));
    parse.token(cue.head).deprel == Deprel::AclRelcl
        && own_subject(parse, cue.head) == Some(source.head)
        && first.is_some_and(|comma| is_text(reading, comma, ","))
        && !pronoun
}

/// Where the clause begins: at its subject, or at the verb where the subject follows. None where more than the subject stands between.
fn first_of_clause(reading: &Reading, cue: &Cue, source: &Source) -> Option<TokenId> {
    let group = verb_group(reading.parse, cue.head);
    let (&first, &last) = (group.first()?, source.tokens.last()?);
    if source.head > cue.head {
        return Some(first);
    }
    let between = (last.0 + 1..first.0).map(TokenId).filter(|&token| !is_text(reading, token, ",")).count();
    let near = source
        .tokens
        .iter()
        .rev()
        .copied()
        .zip(source.tokens.iter().rev().skip(1).copied())
        .take_while(|(right, left)| left.0 + 1 == right.0);
    let start = near.last().map_or(last, |(_, left)| left);
    (between <= 1).then_some(start)
}

/// Content begins after a semicolon that stands before it outside quotation marks.
fn start_of_part(reading: &Reading, sentence: TokenId, clause: TokenId) -> TokenId {
    let quoted = |token: TokenId| reading.quotes.iter().any(|quote| quote.holds(token));
    let semicolon = (sentence.0..clause.0).rev().map(TokenId).find(|&token| is_text(reading, token, ";") && !quoted(token));
    semicolon.map_or(sentence, |token| TokenId(token.0 + 1))
}

/// "At no time, she added, did it happen": the sentence goes on after the clause.
fn is_resumed(reading: &Reading, cue: &Cue, end: TokenId) -> bool {
    let parse = reading.parse;
    let mut after = (cue.head.0 + 1..end.0).map(TokenId).skip_while(|&token| !is_text(reading, token, ","));
    after.next().is_some() && after.any(|token| matches!(parse.token(token).upos, Upos::Verb | Upos::Aux))
}

/// Whether all that stands before is an adverbial or argument of the verb itself.
fn is_adverbial(reading: &Reading, cue: &Cue, before: &[TokenId]) -> bool {
    let parse = reading.parse;
    let mut tops = before
        .iter()
        .copied()
        .filter(|&token| parse.token(token).upos != Upos::Punct && parse.head(token).is_none_or(|head| !before.contains(&head)));
    let depends = |top: TokenId| {
        let adverbial =
            matches!(parse.token(top).deprel.base(), "advcl" | "obl" | "advmod" | "discourse" | "cc" | "mark" | "aux" | "vocative");
        parse.head(top).is_some_and(|head| parse.is_within(head, cue.head)) && adverbial
    };
    tops.all(depends)
}

/// `…, Bel said`, `as Bel said`: the cue hangs below what is said.
pub(super) fn host(reading: &Reading, cue: &Cue) -> Option<Content> {
    let parse = reading.parse;
    if !(cue.row.takes(&Frame::Complement) || cue.row.takes(&Frame::Quote) || cue.row.takes(&Frame::Clause)) {
        return None;
    }
    // A verb with an object of its own has its content there: "the two sides held talks".
    if parse.child(cue.head, Deprel::Obj).is_some() && !cue.row.addressee.contains(&Slot::Object) {
        return None;
    }
    let head = parse.head(cue.head)?;
    let as_clause = is_as_clause(reading, cue);
    if parse.token(cue.head).deprel != Deprel::Parataxis && !as_clause {
        return None;
    }
    let first = parse.subtree(cue.head).into_iter().find(|&token| parse.token(token).upos != Upos::Punct)?;
    (as_clause || is_set_off(reading, first, cue.head)).then(|| phrase_without(parse, head, cue.head).into())
}

/// "as Bel said", "as reported by the Aftonpost": a verb that takes clauses, and has none of its own. In "ran as the crowd cheered", "as he continued to climb" the word tells when.
fn is_as_clause(reading: &Reading, cue: &Cue) -> bool {
    let parse = reading.parse;
    let own = |&child: &TokenId| {
        matches!(parse.token(child).deprel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::Advcl) && child > cue.head
    };
    // "as required by law" tells nothing.
    let tells = cue.row.kind == AttributionKind::Speech && matches!(cue.row.act, Act::Say | Act::Report | Act::Announce | Act::Describe);
    parse.token(cue.head).deprel == Deprel::Advcl
        && is_led_by(parse, cue.head, "as")
        && (own_subject(parse, cue.head).is_some() || tells && sources::agent(parse, cue.head).is_some())
        && cue.row.takes(&Frame::Complement)
        && !parse.children(cue.head).iter().any(own)
}

/// A parenthetical clause stands after a comma, a dash or a closing mark; after a semicolon or colon begins another sentence.
fn is_set_off(reading: &Reading, first: TokenId, cue: TokenId) -> bool {
    let parse = reading.parse;
    let sentence = parse.sentence(parse.token(cue).sentence);
    if first == sentence.first {
        return true;
    }
    let before = (sentence.first.0..first.0).rev().map(TokenId).find(|&token| !is_mark(reading, token));
    let text = before.map(|token| reading.doc.slice(parse.token(token).span));
    matches!(text, Some("," | "—" | "–" | "-" | "--" | "?" | "!" | "…"))
        || reading.quotes.iter().any(|quote| quote.end == first || quote.end.0 + 1 == first.0)
}

fn is_mark(reading: &Reading, token: TokenId) -> bool {
    matches!(reading.doc.slice(reading.parse.token(token).span), "\"" | "”" | "’" | "'" | "''" | "“" | "‘")
}

/// A quotation right before or after the clause of the cue, which the sentence splitter or the parser took away from it.
pub(super) fn adjoining_quote(reading: &Reading, cue: &Cue, source: Option<&Source>) -> Option<Content> {
    let parse = reading.parse;
    if !(cue.row.takes(&Frame::Complement) || cue.row.takes(&Frame::Quote)) {
        return None;
    }
    let source = source?;
    let first = source.tokens.first().copied().unwrap_or(cue.head).min(cue.head);
    let outside = || reading.quotes.iter().filter(|quote| !quote.nested && !quote.holds(cue.head));
    // In `“…,” Bel said, smiling`, the quotation is said, and what a participle says follows it.
    let participle = parse.token(cue.head).tag == "VBG" && own_subject(parse, cue.head).is_none();
    let before = outside().find(|quote| {
        !participle
            && quote.end <= first
            && (quote.end.0..first.0).all(|i| parse.token(TokenId(i)).upos == Upos::Punct)
            && !is_stop_between(reading, quote.outer.end(), first)
    });
    let after = || {
        let sentence = parse.sentence(parse.token(cue.head).sentence);
        outside().find(|quote| {
            quote.first > cue.head
                && quote.first <= sentence.end
                && has_lead_in(reading, quote.outer.start())
                && !(cue.head.0 + 1..quote.first.0).any(|i| matches!(parse.token(TokenId(i)).upos, Upos::Verb))
        })
    };
    before.or_else(after).map(|quote| trimmed(parse, quote.tokens().collect()).into())
}

/// A full stop after the closing mark ends the quotation's sentence: `"No". He said more.`
fn is_stop_between(reading: &Reading, end: usize, first: TokenId) -> bool {
    let start = reading.parse.token(first).span.start();
    reading.doc.text.get(end..start).is_none_or(|between| between.contains(['.', '\n', ';']))
}

/// Whether a comma or colon stands before an opening mark.
fn has_lead_in(reading: &Reading, at: usize) -> bool {
    reading.doc.text[..at].trim_end().ends_with([',', ':'])
}

/// `Bel said:` at the end of a paragraph: the next paragraph is what is said, whether quotation marks close it or not.
pub(super) fn next_paragraph(reading: &Reading, cue: &Cue, source: Option<&Source>) -> Option<Content> {
    let parse = reading.parse;
    let speaks = cue.row.kind == AttributionKind::Speech && cue.row.takes(&Frame::Quote);
    let sentence = parse.sentence(parse.token(cue.head).sentence);
    let last = sentence.end.0.checked_sub(1).map(TokenId).filter(|&last| speaks && is_text(reading, last, ":"))?;
    let (own, next) = (source.filter(|source| source.head < last)?, sentence.end);
    let between = (cue.head.0 + 1..last.0).map(TokenId).any(|token| parse.token(token).upos == Upos::Verb);
    if between || own.head > cue.head || next.index() >= parse.tokens.len() {
        return None;
    }
    let block = |token: TokenId| reading.doc.block_at(parse.token(token).span.start()).map(|block| block.span);
    let paragraph = block(next).filter(|&paragraph| block(last) != Some(paragraph))?;
    let tokens = parse.token_ids().skip(next.index()).take_while(|&token| paragraph.contains(parse.token(token).span));
    Some(trimmed(parse, tokens.collect()).into())
}
