//! Which clause is what is said?
//!
//! Input: a verb of saying or thinking. Output: the words of its complement, however the tree hangs it: a that-clause, an indirect question, a quotation before,
//! behind or on both sides of the verb, coordinated clauses. "She said the army had fired and lost track of nine" is one content; "…, warning that jobs
//! were at risk" goes on speaking and is none of it.
//!
//! Limits: a clause behind ", and" with a subject of its own is left to the narrator.

use variorum_model::{Act, AttributionKind, Deprel, TokenId, Upos};

use super::Reading;
use super::addressees::addressee;
use super::clauses::{Content, is_text, is_writing};
use super::cues::Cue;
use super::grammar::{self, is_led_by, lemma, own_subject, phrase_without, trimmed, union};
use super::lexicon::{Frame, WordClass};

/// A clause as complement: "said that …", and "…," said.
pub(super) fn complement(reading: &Reading, cue: &Cue) -> Option<Content> {
    let parse = reading.parse;
    // "said in a statement that …": the clause may hang on the statement.
    let carrier = parse
        .children_by(cue.head, Deprel::Obl)
        .filter(|&noun| noun > cue.head && cue.row.takes(&Frame::Quote) && is_writing(reading, noun));
    let anchors = std::iter::once(cue.head).chain(cue.words.iter().copied()).chain(carrier);
    let clause = anchors.into_iter().find_map(|anchor| {
        let is_clause = |&child: &TokenId| match parse.token(child).deprel {
            // What a participle says follows it.
            Deprel::Ccomp => child > anchor || parse.token(anchor).tag != "VBG",
            // "asked why it was open": to some parsers the question word is the object.
            Deprel::Obj => {
                child > anchor
                    && matches!(parse.token(child).tag.as_str(), "WRB" | "WP")
                    && parse
                        .children(child)
                        .iter()
                        .any(|&below| parse.token(below).deprel.base() == "advcl" || parse.token(below).deprel.base() == "acl")
            }
            // "asked her if it was true": no condition, but the question.
            Deprel::Advcl => {
                cue.row.act == Act::Ask && child > anchor && is_led_by(parse, child, "if") || is_bare_clause(reading, cue, anchor, child)
            }
            Deprel::Acl if cue.words.contains(&anchor) => true,
            Deprel::Acl => anchor != cue.head && is_led_by(parse, child, "that"),
            _ => false,
        };
        let clauses = || parse.children(anchor).iter().copied().filter(is_clause);
        // Of two, the one that says "that", or that follows with a subject of its own.
        let follows = |&child: &TokenId| child > anchor && own_subject(parse, child).is_some();
        clauses().find(|&child| is_led_by(parse, child, "that")).or_else(|| clauses().find(follows)).or_else(|| clauses().next())
    });
    let clause = clause.or_else(|| told_that(reading, cue)).or_else(|| stolen_clause(reading, cue));
    if let Some(tokens) = quoted_on_both_sides(reading, cue).or_else(|| after_tensed(reading, cue)) {
        return Some(tokens.into());
    }
    if let Some(clause) = clause {
        let tokens = parse.subtree_without(clause, |branch| {
            parse.is_within(cue.head, branch)
                || grammar::outer_verb(parse, branch).is_some() && may_speak(reading, branch)
                || grammar::goes_on_saying(parse, branch) == Some(cue.head)
                || speaks_for_itself(reading, branch)
        });
        let tokens = with_stray_subject(reading, cue, coordinated(reading, cue, tokens));
        return Some(trimmed(parse, tokens).into());
    }
    let speaks = cue.row.takes(&Frame::Complement) || cue.row.takes(&Frame::Quote);
    let beside = parse.children(cue.head).iter().copied().find(|&child| speaks && is_quoted_beside(reading, cue, child));
    beside.map(|clause| phrase_without(parse, clause, cue.head).into())
}

/// "Moss says that scenario is based on a vote": a clause right behind the verb, with a subject of its own and no word that joins it, which the parser took for an adverbial.
fn is_bare_clause(reading: &Reading, cue: &Cue, verb: TokenId, clause: TokenId) -> bool {
    let parse = reading.parse;
    let speaks = cue.row.takes(&Frame::Complement) && verb == cue.head;
    let first = parse.subtree(clause)[0];
    let joined = parse
        .children(clause)
        .iter()
        .any(|&child| child < clause && (parse.token(child).deprel == Deprel::Mark || parse.token(child).tag == "WRB"));
    let tensed = matches!(parse.token(clause).tag.as_str(), "VBD" | "VBZ" | "VBP")
        || parse.child_of(clause, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).is_some();
    speaks && first.0 == verb.0 + 1 && !joined && tensed && own_subject(parse, clause).is_some()
}

/// "said the guns had fired and denied that …": a verb by which somebody may speak, so that it goes on from "said".
fn may_speak(reading: &Reading, verb: TokenId) -> bool {
    let form = reading.doc.slice(reading.parse.token(verb).span).to_lowercase();
    let rows = reading.lexicon.entry(&lemma(reading.parse, verb), &form, WordClass::Verb);
    rows.is_some_and(|(_, rows)| rows.iter().any(|row| row.kind == AttributionKind::Speech))
}

/// "fear that dozens are buried", where the parser gave "fear" a second subject: inside the words it is theirs.
fn with_stray_subject(reading: &Reading, cue: &Cue, tokens: Vec<TokenId>) -> Vec<TokenId> {
    let parse = reading.parse;
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return tokens };
    let subjects = || parse.children(cue.head).iter().copied().filter(|&child| parse.token(child).deprel.is_subject());
    let before = subjects().any(|subject| subject < cue.head);
    let stray = subjects().filter(|&subject| before && cue.head < first && first < subject && subject < last);
    stray.fold(tokens.clone(), |tokens, subject| union(tokens, phrase_without(parse, subject, cue.head)))
}

/// "Bel says the plan is late and he wants it stopped": a clause that goes on without a comma is reported with the one before it, where the parser hung it on "says".
fn coordinated(reading: &Reading, cue: &Cue, tokens: Vec<TokenId>) -> Vec<TokenId> {
    let parse = reading.parse;
    let Some(&last) = tokens.last().filter(|&&last| last > cue.head) else { return tokens };
    let goes_on = |&clause: &TokenId| {
        let first = parse.subtree(clause)[0];
        first.0 == last.0 + 1 && parse.token(first).deprel == Deprel::Cc && own_subject(parse, clause).is_some()
    };
    let next = parse.children_by(cue.head, Deprel::Conj).find(goes_on);
    next.map_or(tokens.clone(), |clause| union(tokens, phrase_without(parse, clause, cue.head)))
}

/// "confirmed to the paper that he had": a clause that the parser hung on whoever is told. A relative clause has "that" for its subject or object.
fn told_that(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let told = addressee(reading, cue).filter(|&told| told > cue.head && cue.row.takes(&Frame::Complement))?;
    let marked = |&child: &TokenId| parse.children_by(child, Deprel::Mark).any(|mark| lemma(parse, mark) == "that");
    parse.children(told).iter().copied().filter(|&child| parse.token(child).deprel.base() == "acl").find(marked)
}

/// "After Moss said that it was late, Bel left": the clause behind "that" right behind the verb, which the parser hung on another verb.
fn stolen_clause(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let next = TokenId(cue.head.0 + 1);
    let within = next < parse.sentence(parse.token(cue.head).sentence).end && cue.row.takes(&Frame::Complement);
    let that = within && parse.token(next).deprel == Deprel::Mark && lemma(parse, next) == "that";
    let clause = that.then(|| parse.head(next)).flatten()?;
    (clause > next && !parse.is_within(cue.head, clause) && parse.subtree(clause)[0] >= next).then_some(clause)
}

/// "Papers reported the guild had left": the parser made the last verb the root, and "reported" a participle on the first of its two subjects.
fn after_tensed(reading: &Reading, cue: &Cue) -> Option<Vec<TokenId>> {
    let parse = reading.parse;
    let token = parse.token(cue.head);
    let tensed = matches!(token.tag.as_str(), "VBD" | "VBZ" | "VBP") && token.deprel == Deprel::Acl && cue.row.takes(&Frame::Complement);
    let noun = token.head.filter(|&noun| tensed && parse.token(noun).deprel.is_subject() && noun < cue.head)?;
    let verb = parse.head(noun).filter(|&verb| cue.head < verb)?;
    let second = parse.children(verb).iter().any(|&child| parse.token(child).deprel.is_subject() && cue.head < child && child < verb);
    let words = parse.subtree_without(verb, |branch| branch == noun).into_iter().filter(|&word| cue.head < word);
    second.then(|| trimmed(parse, words.collect()))
}

/// "…, while Bel praised the pact": a contrasting clause with a speaker of its own is no part of what another says.
fn speaks_for_itself(reading: &Reading, clause: TokenId) -> bool {
    let parse = reading.parse;
    let contrasts = ["while", "whereas", "as"].iter().any(|word| is_led_by(parse, clause, word));
    let form = reading.doc.slice(parse.token(clause).span).to_lowercase();
    let speaks = || {
        reading
            .lexicon
            .entry(&lemma(parse, clause), &form, WordClass::Verb)
            .is_some_and(|(_, rows)| rows.iter().any(|row| row.kind == AttributionKind::Speech))
    };
    let named = || own_subject(parse, clause).is_some_and(|subject| parse.token(subject).upos == Upos::Propn);
    parse.token(clause).deprel == Deprel::Advcl && contrasts && named() && speaks()
}

/// `“First,” he said. “Second.”` in one sentence: both quotations.
fn quoted_on_both_sides(reading: &Reading, cue: &Cue) -> Option<Vec<TokenId>> {
    let parse = reading.parse;
    let quoted = |token: TokenId| reading.quotes.iter().any(|quote| quote.holds(token) && !quote.holds(cue.head));
    let clauses: Vec<TokenId> = parse.children_by(cue.head, Deprel::Ccomp).filter(|&child| quoted(child)).collect();
    let both = clauses.iter().any(|&clause| clause < cue.head) && clauses.iter().any(|&clause| clause > cue.head);
    let tokens = clauses.iter().fold(Vec::new(), |tokens, &clause| union(tokens, phrase_without(parse, clause, cue.head)));
    // What a participle says follows it.
    (both && parse.token(cue.head).tag != "VBG").then(|| trimmed(parse, tokens))
}

/// `said: "…"`: some parsers hang the words beside the verb instead of below it.
fn is_quoted_beside(reading: &Reading, cue: &Cue, child: TokenId) -> bool {
    let parse = reading.parse;
    if !matches!(parse.token(child).deprel, Deprel::Parataxis | Deprel::Dep | Deprel::Dislocated) || own_subject(parse, cue.head).is_none()
    {
        return false;
    }
    let first = parse.subtree(child)[0];
    let quoted = reading.quotes.iter().any(|quote| quote.holds(child) && !quote.holds(cue.head));
    let after_colon = child > cue.head && (cue.head.0..first.0).any(|i| is_text(reading, TokenId(i), ":"));
    quoted || after_colon
}
