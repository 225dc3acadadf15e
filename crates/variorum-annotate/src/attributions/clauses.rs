//! What does a cue's clause say that is said, and who says it?
//!
//! Input: one cue. Output: its source, its content and the exact words of the cue, or nothing where the tree shows no content. The frames
//! of the lexicon tell where to look: complement clause, infinitive, object, prepositional phrase, the clause around the cue.
//!
//! "Orlov praised the troops for their courage" → cue "praised", content "the troops for their courage". "Bel called for talks" → cue "called for",
//! content "talks": the preposition belongs to the cue where the object of the preposition is all the content.

use variorum_model::{AttributionKind, Deprel, EntityKind, Parse, TokenId, Upos};

use super::addressees::addressee;
use super::arguments::arguments;
use super::complements::complement;
use super::cues::Cue;
use super::grammar::{antecedent, has_expletive, is_led_by, is_passive, lemma, phrase, phrase_without, trimmed, union, verb_group};
use super::lexicon::{Frame, WordClass};
use super::sources::{self, Source};
use super::{Found, Reading, descriptions, parenthetical, phrases, surface};

/// The attribution a cue makes, if it makes one.
pub(super) fn found<'l>(reading: &Reading, cue: &Cue<'l>) -> Option<Found<'l>> {
    let found = match cue.class {
        WordClass::Verb => verb(reading, cue),
        WordClass::Noun => phrases::noun(reading, cue),
        WordClass::Preposition => phrases::according_to(reading, cue),
        WordClass::Adjective => phrases::adjective(reading, cue),
        WordClass::Adverb => phrases::adverb(reading, cue),
    }?;
    if speaks_of_himself(reading, &found) || is_held_by_a_thing(reading, &found) {
        return None;
    }
    let found = within_its_quote(reading, found);
    let content = without_dateline(reading, with_whole_quotes(reading, &found));
    let has_words = content.iter().any(|&token| reading.parse.token(token).upos != Upos::Punct);
    let found = Found { content, ..found };
    (has_words && !descriptions::only_describes(reading, &found)).then_some(found)
}

/// “I think”, “we are sorry” inside a quotation are its speaker's words, already given to him; "you want" is nobody's.
fn speaks_of_himself(reading: &Reading, found: &Found) -> bool {
    let Some(source) = &found.source else { return false };
    let form = reading.doc.slice(reading.parse.token(source.head).span).to_lowercase();
    let quoted = reading.quotes.iter().any(|quote| quote.holds(found.head) && quote.holds(source.head));
    form == "you" || (quoted && matches!(form.as_str(), "i" | "we" | "our" | "my" | "your" | "me" | "us"))
}

/// Operations aim and bridges need, but they believe and intend nothing.
fn is_held_by_a_thing(reading: &Reading, found: &Found) -> bool {
    let thinks = found.row.is_some_and(|row| matches!(row.kind, AttributionKind::Belief | AttributionKind::Intention));
    let Some(source) = found.source.as_ref().filter(|_| thinks) else { return false };
    let kind = sources::entity(reading, source).map(|id| reading.actors.entities[id.index()].kind);
    let plain_noun = reading.parse.token(antecedent(reading.parse, source.head)).upos == Upos::Noun;
    kind == Some(EntityKind::Thing)
        || (kind.is_none()
            && plain_noun
            && !descriptions::acts(reading, source.head)
            && found.row.is_some_and(|row| row.kind == AttributionKind::Intention))
}

// --- verbs --------------------------------------------------------------------------------------------------------------

/// The content of a verb, and the preposition that goes to the cue when it leads the whole content.
pub(super) struct Content {
    pub(super) tokens: Vec<TokenId>,
    pub(super) preposition: Vec<TokenId>,
}

impl From<Vec<TokenId>> for Content {
    fn from(tokens: Vec<TokenId>) -> Self {
        Self { tokens, preposition: Vec::new() }
    }
}

fn verb<'l>(reading: &Reading, cue: &Cue<'l>) -> Option<Found<'l>> {
    let parse = reading.parse;
    let source = sources::of_verb(reading, cue.row, cue.head);
    let stray = source.as_ref().map_or_else(Vec::new, |source| beyond(parse, source, cue.head));
    if is_said_of_source(parse, cue) {
        return None;
    }
    let content = quoted_person(reading, cue)
        .or_else(|| parenthetical::around(reading, cue, source.as_ref()))
        .or_else(|| complement(reading, cue))
        .or_else(|| arguments(reading, cue))
        .or_else(|| parenthetical::host(reading, cue))
        .or_else(|| parenthetical::adjoining_quote(reading, cue, source.as_ref()))
        .or_else(|| parenthetical::next_paragraph(reading, cue, source.as_ref()))
        .or_else(|| reported_saying(reading, cue))
        .or_else(|| surface::clause_after(reading, cue))?;
    let tokens = cue_words(reading, cue, &content);
    let in_source = |token: TokenId| source.as_ref().is_some_and(|source| source.tokens.contains(&token));
    // The parser may have given a subject before the verb to the clause behind it.
    let goes_on = content.tokens.iter().any(|&token| token > cue.head && parse.token(token).upos != Upos::Punct);
    let apart = |source: &Source| !parse.is_within(source.head, cue.head) || goes_on && source.head < cue.head;
    let drawn_in = |token: TokenId| source.as_ref().is_some_and(apart) && in_source(token);
    let mut content_tokens: Vec<TokenId> = content
        .tokens
        .into_iter()
        .filter(|&token| !tokens.contains(&token) && !drawn_in(token) && !is_own_mark(parse, token, cue.head))
        .collect();
    if let (Some(&first), Some(&last)) = (content_tokens.first(), content_tokens.last()) {
        content_tokens = union(content_tokens, stray.into_iter().filter(|&token| first < token && token < last));
    }
    let source = source.filter(|source| !source.tokens.iter().any(|token| content_tokens.contains(token)));
    let worth = source.is_some() || is_sourceless(reading, cue);
    worth.then(|| Found {
        head: cue.head,
        lemma: Some(cue.lemma),
        row: Some(cue.row),
        cue: tokens,
        // "promised an inquiry": what is said is not who is told.
        addressee: addressee(reading, cue).filter(|&told| !content_tokens.iter().all(|&token| parse.is_within(token, told))),
        source,
        content: trimmed(parse, content_tokens),
        traces: None,
    })
}

/// The words of a verb's cue: its group, the words its row asks for, a preposition that leads the whole content, the verbs that carry it along.
fn cue_words(reading: &Reading, cue: &Cue, content: &Content) -> Vec<TokenId> {
    let parse = reading.parse;
    // "as" and "to" open the content of "describe as", "pledge to"; "called for her to resign" is "called for" all the same.
    // "put the toll at 40": a preposition behind the object belongs to the content.
    let between = |word: TokenId| content.tokens.iter().any(|&token| cue.head < token && token < word);
    let opens = |word: TokenId| {
        cue.row.takes(&Frame::ObjectAs)
            || words_are_content(cue)
            || parse.token(word).deprel == Deprel::Mark && lemma(parse, word) != "for"
            || parse.token(word).deprel == Deprel::Case && between(word)
    };
    let of_content = |word: &TokenId| opens(*word) && content.tokens.contains(word);
    let mut tokens = union(verb_group(parse, cue.head), cue.words.iter().copied().filter(|word| !of_content(word)));
    tokens = union(tokens, content.preposition.iter().copied());
    tokens = union(tokens, governing_verbs(parse, cue));
    // "found no evidence": the denial is in the noun.
    let none = cue.words.iter().flat_map(|&word| parse.children_by(word, Deprel::Det)).filter(|&word| lemma(parse, word) == "no");
    tokens = union(tokens, none);
    let carrier = written_in(reading, cue, &tokens);
    tokens = union(tokens, carrier);
    union(tokens, up_to_saying(parse, cue, content))
}

/// "issued a statement saying that": the participle that opens the words goes with the noun, and so does all between.
fn up_to_saying(parse: &Parse, cue: &Cue, content: &Content) -> Vec<TokenId> {
    let participles = cue.words.iter().flat_map(|&noun| parse.children_by(noun, Deprel::Acl));
    let opens = |participle: TokenId| {
        let next = cue.words.last().is_some_and(|last| last.0 + 1 == participle.0);
        let says = matches!(lemma(parse, participle).as_str(), "say" | "state") && parse.token(participle).tag == "VBG";
        next && says && cue.head < participle && content.tokens.iter().all(|&token| parse.is_within(token, participle))
    };
    let saying = participles.into_iter().find(|&participle| opens(participle));
    saying.map_or_else(Vec::new, |participle| (cue.head.0..=participle.0).map(TokenId).collect())
}

/// "Bel was quoted as saying …": the participle is the cue and takes the words of the passive along.
fn is_said_of_source(parse: &Parse, cue: &Cue) -> bool {
    cue.row.takes(&Frame::PassiveSource)
        && is_passive(parse, cue.head)
        && sources::agent(parse, cue.head).is_none()
        && as_saying(parse, cue.head).is_some()
}

/// The participle in "quoted Bel as saying".
fn as_saying(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    parse.children(verb).iter().copied().find(|&child| parse.token(child).tag == "VBG" && is_led_by(parse, child, "as"))
}

/// "The agency quoted Bel as saying …": person, participle and the words, wherever they stand, are what the agency reports.
fn quoted_person(reading: &Reading, cue: &Cue) -> Option<Content> {
    let parse = reading.parse;
    let saying = as_saying(parse, cue.head).filter(|_| cue.row.takes(&Frame::PassiveSource))?;
    let mut tokens = phrase(parse, saying);
    if let Some(person) = parse.child(cue.head, Deprel::Obj) {
        tokens = union(tokens, phrase(parse, person));
    }
    if let Some(words) = complement(reading, cue) {
        tokens = union(tokens, words.tokens);
    }
    Some(tokens.into())
}

/// In `“…,” the agency quoted Bel as saying`, the words hang on "quoted"; they are what Bel says.
fn reported_saying(reading: &Reading, cue: &Cue) -> Option<Content> {
    let parse = reading.parse;
    let head = parse.head(cue.head).filter(|_| parse.token(cue.head).tag == "VBG" && is_led_by(parse, cue.head, "as"))?;
    let clause = parse.child(head, Deprel::Ccomp).filter(|&clause| clause < head)?;
    Some(phrase_without(parse, clause, cue.head).into())
}

/// "citing sources", "issued a statement": the noun the row asks for is itself what is cited or issued.
pub(super) fn words_are_content(cue: &Cue) -> bool {
    cue.row.frames == [Frame::Object]
}

fn is_own_mark(parse: &Parse, token: TokenId, verb: TokenId) -> bool {
    parse.token(token).deprel == Deprel::Mark && parse.head(token) == Some(verb)
}

/// What the parser hung on the source from the other side of the verb.
fn beyond(parse: &Parse, source: &Source, verb: TokenId) -> Vec<TokenId> {
    let stray = parse.subtree_without(source.head, |branch| parse.is_within(verb, branch));
    stray.into_iter().filter(|&token| (token < verb) != (source.head < verb)).collect()
}

/// "It was reported that", "is believed to": nobody is named, but somebody is meant.
fn is_sourceless(reading: &Reading, cue: &Cue) -> bool {
    is_passive(reading.parse, cue.head) || has_expletive(reading.parse, cue.head)
}

/// "went on to say", "declined to say": verbs that only carry the cue along, or keep it from being said, are part of it.
fn governing_verbs(parse: &Parse, cue: &Cue) -> Vec<TokenId> {
    let carries = |verb: TokenId| {
        matches!(
            lemma(parse, verb).as_str(),
            "go" | "continue" | "begin" | "start" | "seem" | "appear" | "proceed" | "use" | "happen" | "come" | "decline" | "refuse"
        )
    };
    let saying = |head: TokenId| is_passive(parse, head) && as_saying(parse, head) == Some(cue.head);
    let xcomp = parse.token(cue.head).deprel == Deprel::Xcomp;
    let head = parse.head(cue.head).filter(|&head| (xcomp && carries(head)) || saying(head));
    if let Some(head) = head.filter(|&head| saying(head)) {
        let first = verb_group(parse, head)[0];
        return (first.0..cue.head.0).map(TokenId).filter(|&token| parse.token(token).upos != Upos::Punct).collect();
    }
    head.map_or_else(Vec::new, |head| (head.0..cue.head.0).map(TokenId).filter(|&token| parse.token(token).upos != Upos::Punct).collect())
}

/// "said in a statement": the writing that carries the words is part of how it is said, right behind the verb and without a closer description.
fn written_in(reading: &Reading, cue: &Cue, group: &[TokenId]) -> Vec<TokenId> {
    let parse = reading.parse;
    let next = group.last().map(|last| TokenId(last.0 + 1));
    let carries = |&noun: &TokenId| {
        let tokens = parse.subtree_without(noun, |branch| parse.token(branch).deprel == Deprel::Acl);
        let described = tokens.iter().any(|&token| parse.token(token).upos == Upos::Verb || parse.token(token).upos == Upos::Propn);
        let indefinite = parse.child(noun, Deprel::Det).is_some_and(|article| matches!(lemma(parse, article).as_str(), "a" | "an"));
        let alone = tokens.first().copied() == next && !described && tokens.len() < 6;
        alone && is_led_by(parse, noun, "in") && indefinite && is_writing(reading, noun)
    };
    let speaks = cue.row.kind == AttributionKind::Speech && cue.row.takes(&Frame::Quote);
    let noun = parse.children_by(cue.head, Deprel::Obl).find(|noun| speaks && carries(noun));
    noun.map_or_else(Vec::new, |noun| trimmed(parse, parse.subtree_without(noun, |branch| parse.token(branch).deprel == Deprel::Acl)))
}

/// A statement, a letter: a document that says things.
pub(super) fn is_writing(reading: &Reading, noun: TokenId) -> bool {
    let kind = reading.actors.entity_for_phrase(reading.parse, noun).map(|id| reading.actors.entities[id.index()].kind);
    kind == Some(EntityKind::Document) && !reading.lexicon.rows(&lemma(reading.parse, noun), WordClass::Noun).is_empty()
}

pub(super) fn is_text(reading: &Reading, token: TokenId, text: &str) -> bool {
    reading.doc.slice(reading.parse.token(token).span) == text
}

// --- quotes and datelines -----------------------------------------------------------------------------------------------

/// "PORT SEL, Norland (Agency) — ": the line before the dash tells where the report was written, and is nobody's words.
fn without_dateline(reading: &Reading, content: Vec<TokenId>) -> Vec<TokenId> {
    let parse = reading.parse;
    let Some(&first) = content.first() else { return content };
    let start = parse.token(first).span.start();
    let opens_block = reading.doc.block_at(start).is_some_and(|block| block.span.start() == start);
    let dash = content.iter().take(16).position(|&token| matches!(reading.doc.slice(parse.token(token).span), "—" | "–" | "--" | "-"));
    let Some(dash) = dash.filter(|_| opens_block) else { return content };
    let head = &content[..dash];
    let capital = reading.doc.slice(parse.token(first).span).chars().all(|c| !c.is_lowercase());
    let verb = head.iter().any(|&token| matches!(parse.token(token).upos, Upos::Verb | Upos::Aux));
    if capital && !verb { trimmed(parse, content[dash + 1..].to_vec()) } else { content }
}

/// A cue inside a quotation has its content there too.
fn within_its_quote<'l>(reading: &Reading, mut found: Found<'l>) -> Found<'l> {
    let around = reading.quotes.iter().filter(|quote| quote.holds(found.head)).min_by_key(|quote| quote.inner.len());
    if let Some(quote) = around {
        found.content.retain(|&token| quote.holds(token));
        found.content = trimmed(reading.parse, found.content);
        if found.source.as_ref().is_some_and(|source| !source.tokens.iter().all(|&token| quote.holds(token))) {
            // Words outside the marks name the source only where the quotation begins with the verb: X would “say no”.
            let begins = quote.first == found.cue[0] || quote.first == found.head;
            found.source = found.source.filter(|_| begins);
        }
    }
    found
}

/// Of a direct quotation, what the parser hung on it from outside the marks is dropped.
fn only_quoted(reading: &Reading, found: &Found) -> Vec<TokenId> {
    let parse = reading.parse;
    let quotes: Vec<_> = reading.quotes.iter().filter(|quote| !quote.nested && !quote.holds(found.head)).collect();
    let quoted = |token: TokenId| quotes.iter().any(|quote| quote.holds(token));
    let mut words = found.content.iter().copied().filter(|&token| parse.token(token).upos != Upos::Punct);
    let top = found.content.iter().copied().find(|&token| parse.head(token).is_none_or(|head| !found.content.contains(&head)));
    let speech = found.row.is_some_and(|row| row.takes(&Frame::Quote));
    let direct = speech && as_saying(parse, found.head).is_none() && words.next().is_some_and(quoted) && top.is_some_and(quoted);
    found.content.iter().copied().filter(|&token| !direct || quoted(token)).collect()
}

/// A quotation that the content reaches into belongs to it whole, over sentence ends: the parser sees one sentence at a time.
fn with_whole_quotes(reading: &Reading, found: &Found) -> Vec<TokenId> {
    let mut content = only_quoted(reading, found);
    for quote in reading.quotes.iter().filter(|quote| !quote.holds(found.head)) {
        let reaches = content.iter().any(|&token| quote.holds(token) && reading.parse.token(token).upos != Upos::Punct);
        let clear = !found.cue.iter().any(|&token| quote.holds(token))
            && !found.source.as_ref().is_some_and(|source| source.tokens.iter().any(|&token| quote.holds(token)));
        if reaches && clear {
            content = union(content, quote.tokens());
        }
    }
    let taken = |token: &TokenId| found.cue.contains(token) || found.source.as_ref().is_some_and(|source| source.tokens.contains(token));
    content.retain(|token| !taken(token));
    content
}
