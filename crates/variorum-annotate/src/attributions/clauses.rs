//! What does a cue's clause say that is said, and who says it?
//!
//! Input: one cue. Output: its source, its content and the exact words of the cue, or nothing where the tree shows no content. The frames
//! of the lexicon tell where to look: complement clause, infinitive, object, prepositional phrase, the clause around the cue.
//!
//! "Orlov praised the troops for their courage" → cue "praised", content "the troops for their courage". "Bel called for talks" → cue "called for",
//! content "talks": the preposition belongs to the cue where the object of the preposition is all the content.

use variorum_model::{Act, AttributionKind, Deprel, EntityKind, Parse, TokenId, Upos};

use super::cues::Cue;
use super::grammar::{
    self, antecedent, has_expletive, is_led_by, is_passive, lemma, own_subject, phrase, phrase_without, preposition, trimmed, union,
    verb_group,
};
use super::lexicon::{Frame, Slot, WordClass};
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
            && !descriptions::acts(reading, source)
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
        .or_else(|| reported_saying(reading, cue))
        .or_else(|| surface::clause_after(reading, cue))?;
    // "as" and "to" open the content of "describe as", "pledge to".
    // "put the toll at 40": a preposition behind the object belongs to the content.
    let between = |word: TokenId| content.tokens.iter().any(|&token| cue.head < token && token < word);
    let opens = |word: TokenId| {
        cue.row.takes(&Frame::ObjectAs)
            || words_are_content(cue)
            || parse.token(word).deprel == Deprel::Mark
            || parse.token(word).deprel == Deprel::Case && between(word)
    };
    let of_content = |word: &TokenId| opens(*word) && content.tokens.contains(word);
    let mut tokens = union(verb_group(parse, cue.head), cue.words.iter().copied().filter(|word| !of_content(word)));
    tokens = union(tokens, content.preposition);
    tokens = union(tokens, governing_verbs(parse, cue));
    // "found no evidence": the denial is in the noun.
    let none = cue.words.iter().flat_map(|&word| parse.children_by(word, Deprel::Det)).filter(|&word| lemma(parse, word) == "no");
    tokens = union(tokens, none);
    let carrier = written_in(reading, cue, &tokens);
    tokens = union(tokens, carrier);
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
        addressee: addressee(reading, cue),
        source,
        content: trimmed(parse, content_tokens),
        traces: None,
    })
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
fn words_are_content(cue: &Cue) -> bool {
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
fn is_writing(reading: &Reading, noun: TokenId) -> bool {
    let kind = reading.actors.entity_for_phrase(reading.parse, noun).map(|id| reading.actors.entities[id.index()].kind);
    kind == Some(EntityKind::Document) && !reading.lexicon.rows(&lemma(reading.parse, noun), WordClass::Noun).is_empty()
}

/// A clause as complement: "said that …", and "…," said.
fn complement(reading: &Reading, cue: &Cue) -> Option<Content> {
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
            Deprel::Advcl => cue.row.act == Act::Ask && child > anchor && is_led_by(parse, child, "if"),
            Deprel::Acl if cue.words.contains(&anchor) => true,
            Deprel::Acl => anchor != cue.head && is_led_by(parse, child, "that"),
            _ => false,
        };
        let clauses = || parse.children(anchor).iter().copied().filter(is_clause);
        // Of two, the one that says "that", or that follows with a subject of its own.
        let follows = |&child: &TokenId| child > anchor && own_subject(parse, child).is_some();
        clauses().find(|&child| is_led_by(parse, child, "that")).or_else(|| clauses().find(follows)).or_else(|| clauses().next())
    });
    let clause = clause.or_else(|| told_that(reading, cue));
    if let Some(tokens) = quoted_on_both_sides(reading, cue) {
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

/// "said the guns had fired and denied that …": a verb by which somebody may speak, so that it goes on from "said".
fn may_speak(reading: &Reading, verb: TokenId) -> bool {
    let form = reading.doc.slice(reading.parse.token(verb).span).to_lowercase();
    reading.lexicon.entry(&lemma(reading.parse, verb), &form, WordClass::Verb).is_some()
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
    both.then(|| trimmed(parse, tokens))
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

pub(super) fn is_text(reading: &Reading, token: TokenId, text: &str) -> bool {
    reading.doc.slice(reading.parse.token(token).span) == text
}

/// Infinitive, object, "as" phrase, prepositional phrase: whichever the frames of the row allow.
fn arguments(reading: &Reading, cue: &Cue) -> Option<Content> {
    let parse = reading.parse;
    let row = cue.row;
    let about = target(reading, cue);
    let mut parts: Vec<TokenId> = Vec::new();
    if let Some(object) = about {
        parts = union(parts, phrase_of_target(reading, cue, object));
    }
    let mut led: Vec<TokenId> = Vec::new();
    let mut has_predicate = false;
    for child in dependents(reading, cue) {
        if cue.words.contains(&child) && parse.token(child).deprel.base() != "obl" {
            continue;
        }
        if is_argument(reading, cue, child, about.is_some()) {
            has_predicate = true;
            led.extend(
                preposition(parse, child).filter(|&case| case < child && matches!(parse.token(child).deprel.base(), "obl" | "nmod")),
            );
            parts = union(parts, phrase_without(parse, child, cue.head));
        }
    }
    if let Some(object) = about.filter(|&object| object > cue.head) {
        parts = trailing(reading, cue, object).fold(parts, |parts, phrase| union(parts, phrase_without(parse, phrase, cue.head)));
    }
    if !has_predicate && row.takes(&Frame::ObjectAs) {
        let stray = stray_description(reading, cue, &parts);
        has_predicate = !stray.is_empty();
        parts = union(parts, stray);
    }
    let describes = (row.takes(&Frame::ObjectAs) || row.takes(&Frame::ObjectPredicate)) && !row.takes(&Frame::Object);
    if parts.is_empty() || (describes && !has_predicate) {
        return None;
    }
    // "called for talks": the whole content stands under one preposition, which is then the cue's.
    let only_led = led.len() == 1 && led[0] == parts[0] && !row.takes(&Frame::ObjectAs);
    if only_led {
        parts.remove(0);
        return Some(Content { tokens: trimmed(parse, parts), preposition: led });
    }
    Some(trimmed(parse, parts).into())
}

/// "found lead in a third of the milk", "pledged a tenth of her rents to its wardens": what follows the object is told with it, save when and to whom it was said.
fn trailing<'a>(reading: &'a Reading, cue: &'a Cue, object: TokenId) -> impl Iterator<Item = TokenId> + 'a {
    let parse = reading.parse;
    parse.children(cue.head).iter().copied().filter(move |&child| {
        let dated = reading.times.iter().any(|time| time.span.contains(parse.token(child).span));
        let told = cue.row.addressee.iter().any(|slot| matches!(slot, Slot::Oblique(word) if is_led_by(parse, child, word)));
        let own = cue.words.iter().any(|&word| word == child || parse.head(word) == Some(child));
        parse.token(child).deprel == Deprel::Obl && child > object && !dated && !told && !own && !is_writing(reading, child)
    })
}

/// What hangs on the verb or on the noun that makes one cue with it: "expressed concern about the pact".
fn dependents(reading: &Reading, cue: &Cue) -> Vec<TokenId> {
    let parse = reading.parse;
    let nouns = cue.words.iter().copied().filter(|&word| parse.token(word).deprel == Deprel::Obj);
    let of_nouns = nouns.flat_map(|noun| parse.children_by(noun, Deprel::Nmod).collect::<Vec<_>>());
    let mut all: Vec<TokenId> = parse.children(cue.head).iter().copied().chain(of_nouns).collect();
    all.sort();
    all
}

/// `described it as a “duty,” vowing …`: the "as" phrase right behind the object, which the parser gave to the next verb.
fn stray_description(reading: &Reading, cue: &Cue, parts: &[TokenId]) -> Vec<TokenId> {
    let parse = reading.parse;
    let next = parts.last().filter(|&&last| last > cue.head).map(|last| TokenId(last.0 + 1));
    let next = next.filter(|&next| next < parse.sentence(parse.token(cue.head).sentence).end && is_text(reading, next, "as"));
    let top = next.and_then(|next| parse.head(next)).filter(|&top| next.is_some_and(|next| next < top));
    top.map_or_else(Vec::new, |top| phrase_without(parse, top, cue.head))
}

/// The thing or person a verb speaks of: its object, or its subject in the passive; with "what they describe as", the pronoun.
fn target(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let verb = cue.head;
    let spoken_to = cue.row.addressee.contains(&Slot::Object);
    let takes_object = [Frame::Object, Frame::ObjectAs, Frame::ObjectPredicate].iter().any(|frame| cue.row.takes(frame))
        || (cue.row.addressee.contains(&Slot::TargetObject) && has_listed_oblique(reading, cue))
        || (cue.row.takes(&Frame::Quote) && !spoken_to && has_quoted_object(reading, cue));
    let infinitive = cue.row.takes(&Frame::Infinitive) && parse.child(verb, Deprel::Xcomp).is_some() && cue.lemma != "tell";
    let content_of_passive = cue.row.takes(&Frame::PassiveContent) && is_passive(parse, verb) && parse.child(verb, Deprel::Xcomp).is_some();
    if !(takes_object || infinitive || content_of_passive) {
        return None;
    }
    if is_passive(parse, verb) {
        let subject = own_subject(parse, verb).filter(|_| !has_expletive(parse, verb));
        let noun = parse.head(verb).filter(|_| matches!(parse.token(verb).deprel, Deprel::Acl));
        let speaks = cue.row.takes(&Frame::PassiveSource) && sources::agent(parse, verb).is_none();
        // "drivers were urged to turn back": they are told, not spoken of.
        let told = spoken_to && parse.child(verb, Deprel::Xcomp).is_some();
        return subject.or(noun).filter(|_| !speaks && !told);
    }
    let object = parse
        .children(verb)
        .iter()
        .copied()
        .find(|&child| parse.token(child).deprel == Deprel::Obj && (!cue.words.contains(&child) || words_are_content(cue)));
    let indirect = || parse.child(verb, Deprel::Iobj).filter(|_| cue.row.addressee.contains(&Slot::TargetObject));
    object.or_else(indirect).or_else(|| described_antecedent(reading, cue))
}

/// "accused Bel of lying", "honoured Bel for her work": the phrase tells that the object is spoken of.
fn has_listed_oblique(reading: &Reading, cue: &Cue) -> bool {
    let led =
        |child: TokenId| cue.row.frames.iter().any(|frame| matches!(frame, Frame::Oblique(word) if is_led_by(reading.parse, child, word)));
    // "accused the cabinet of hiding it", where the parser hung the phrase on the cabinet.
    let object = || {
        reading.parse.child(cue.head, Deprel::Obj).is_some_and(|object| {
            let below = reading.parse.children(object).iter().copied();
            below.filter(|&child| matches!(reading.parse.token(child).deprel, Deprel::Acl | Deprel::Nmod)).any(led)
        })
    };
    cue.row.frames.len() == 1 || reading.parse.children(cue.head).iter().any(|&child| led(child)) || object()
}

/// `said “about 1,200”`: a verb that takes a quotation may have quoted words as its object.
fn has_quoted_object(reading: &Reading, cue: &Cue) -> bool {
    let object = reading.parse.child(cue.head, Deprel::Obj);
    object.is_some_and(|object| reading.quotes.iter().any(|quote| !quote.holds(cue.head) && reading.parse.is_within(quote.first, object)))
}

/// "what it describes as aggression", "the treaty Bel called a mistake": the antecedent is what is spoken of.
fn described_antecedent(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let describes = cue.row.takes(&Frame::ObjectAs) || cue.row.takes(&Frame::ObjectPredicate);
    (describes && parse.token(cue.head).deprel == Deprel::AclRelcl).then(|| parse.head(cue.head)).flatten()
}

fn phrase_of_target(reading: &Reading, cue: &Cue, target: TokenId) -> Vec<TokenId> {
    let parse = reading.parse;
    if parse.is_within(cue.head, target) {
        // Of the phrase around the cue only what precedes it.
        return phrase_without(parse, target, cue.head)
            .into_iter()
            .filter(|&token| token < cue.head && !is_case_of(parse, token, target))
            .collect();
    }
    phrase(parse, target)
}

fn is_case_of(parse: &Parse, token: TokenId, head: TokenId) -> bool {
    parse.head(token) == Some(head) && parse.token(token).deprel == Deprel::Case
}

/// Whether a dependent of the verb belongs to the content.
fn is_argument(reading: &Reading, cue: &Cue, child: TokenId, has_target: bool) -> bool {
    let parse = reading.parse;
    let row = cue.row;
    match parse.token(child).deprel {
        Deprel::Xcomp => {
            let listed = row.frames.iter().any(|frame| matches!(frame, Frame::Oblique(word) if is_led_by(parse, child, word)));
            let predicate = row.takes(&Frame::ObjectPredicate) || row.takes(&Frame::ObjectAs) || listed;
            let passive_content = row.takes(&Frame::PassiveContent) && is_passive(parse, cue.head);
            (row.takes(&Frame::Infinitive) && !(row.takes(&Frame::PassiveSource) && is_cue_participle(reading, child)))
                || predicate
                || passive_content
                || (has_target && is_led_by(parse, child, "as"))
        }
        // "begged the firemen to save it": some parsers call that a purpose.
        Deprel::Advcl if is_led_by(parse, child, "to") && cue.row.takes(&Frame::Infinitive) && child > cue.head => {
            addressee(reading, cue).is_some()
        }
        Deprel::Advcl | Deprel::Obl | Deprel::OblUnmarked | Deprel::Nmod => {
            let listed = row.frames.iter().any(|frame| matches!(frame, Frame::Oblique(word) if is_led_by(parse, child, word)));
            let spoken_to = row.addressee.iter().any(|slot| matches!(slot, Slot::Oblique(word) if is_led_by(parse, child, word)));
            let described = is_led_by(parse, child, "as")
                && (row.takes(&Frame::ObjectAs) || cue.words.iter().any(|&word| parse.head(word) == Some(child)));
            let by_word = cue.words.iter().any(|&word| parse.head(word) == Some(child) && parse.token(word).deprel == Deprel::Case);
            // "agreed on Tuesday": a time is nothing one agrees on.
            let dated = reading.times.iter().any(|time| time.span.contains(parse.token(child).span));
            (listed && !spoken_to && !dated) || (described && has_target) || by_word
        }
        _ => false,
    }
}

/// "was quoted saying": the participle is a cue of its own.
fn is_cue_participle(reading: &Reading, child: TokenId) -> bool {
    let token = reading.parse.token(child);
    token.tag == "VBG" && !reading.lexicon.rows(&lemma(reading.parse, child), WordClass::Verb).is_empty()
}

// --- addressees and quotes ----------------------------------------------------------------------------------------------

fn addressee(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let stands = |slot: &Slot, child: TokenId| match slot {
        Slot::Object => matches!(parse.token(child).deprel, Deprel::Obj | Deprel::Iobj),
        Slot::Indirect => parse.token(child).deprel == Deprel::Iobj,
        Slot::Oblique(word) => parse.token(child).deprel.base() == "obl" && is_led_by(parse, child, word),
        Slot::TargetObject => false,
    };
    let subject = own_subject(parse, cue.head);
    let told = parse
        .children(cue.head)
        .iter()
        .copied()
        .find(|&child| Some(child) != subject && cue.row.addressee.iter().any(|slot| stands(slot, child)));
    let told = told.filter(|_| !is_passive(parse, cue.head));
    // "was told that", "urged by Bel": the passive subject is spoken to.
    let passive = || own_subject(parse, cue.head).filter(|_| is_passive(parse, cue.head) && cue.row.addressee.contains(&Slot::Object));
    let beside = told_beside(reading, cue);
    let named = beside.filter(|&head| reading.actors.entity_of(head).is_some_and(|id| reading.actors.entities[id.index()].named));
    let told = named.or(told).or_else(passive).or(beside).or_else(|| told_through(reading, cue));
    told.map(|head| antecedent(parse, head))
}

/// "said in an interview with Halasana", "wrote in a letter to the regulator": whom the talk or the letter is with or to.
fn told_through(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let means = parse.children(cue.head).iter().copied().filter(|&child| {
        let by_way_of = ["in", "during", "by", "through", "at"].iter().any(|word| is_led_by(parse, child, word));
        parse.token(child).deprel.base() == "obl" && by_way_of
    });
    let partner = |means: TokenId| {
        parse.children_by(means, Deprel::Nmod).find(|&with| is_led_by(parse, with, "with") || is_led_by(parse, with, "to"))
    };
    let speaks = cue.row.kind == AttributionKind::Speech;
    means.filter(|_| speaks).find_map(partner).filter(|&partner| reading.actors.entity_for_phrase(parse, partner).is_some())
}

/// `told the broadcaster RTV.`: the phrase right after the verb, where the parser hung it elsewhere.
fn told_beside(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let parse = reading.parse;
    let end = parse.sentence(parse.token(cue.head).sentence).end;
    let in_phrase = |token: &TokenId| {
        matches!(parse.token(*token).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Det | Upos::Part)
            && parse.token(*token).deprel != Deprel::Mark
    };
    let begins_anew = |token: &TokenId| token.0 > cue.head.0 + 1 && parse.token(*token).upos == Upos::Det;
    let phrase: Vec<TokenId> = (cue.head.0 + 1..end.0).map(TokenId).take_while(|token| in_phrase(token) && !begins_anew(token)).collect();
    let span = parse.span_of(&phrase).filter(|_| cue.row.addressee.contains(&Slot::Object) && cue.lemma == "tell")?;
    let named = reading.actors.within(span).map(|mention| mention.head);
    named.or_else(|| parse.head_of_span(span))
}

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
