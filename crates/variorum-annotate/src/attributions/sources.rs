//! Who is the source of a cue, and which words name it?
//!
//! A verb's source is its agent when passive, its understood subject when active; a noun's its possessor, its "by" or "from" phrase, or whoever
//! makes it ("issued a statement"). The words are the whole noun phrase with appositions and relative clauses, as a reader would mark them.

use variorum_model::{Deprel, EntityId, Parse, TokenId, Upos};

use super::Reading;
use super::grammar::{
    antecedent, has_expletive, is_led_by, is_nominal, is_passive, lemma, own_subject, phrase_without, understood_subject, union,
};
use super::lexicon::{CueRow, Frame, Passing, Slot};

/// The words for who says it.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Head word.
    pub(super) head: TokenId,
    /// All words, sorted.
    pub(super) tokens: Vec<TokenId>,
}

impl Source {
    /// The phrase under `head`, without the branch that holds the cue.
    pub(super) fn at(parse: &Parse, head: TokenId, cue: TokenId) -> Self {
        let head = described(parse, head, cue).unwrap_or(head);
        let mut tokens = phrase_without(parse, head, cue);
        tokens = union(
            tokens,
            parse
                .children(cue)
                .iter()
                .copied()
                .filter(|&name| described(parse, name, cue) == Some(head))
                .flat_map(|name| phrase_without(parse, name, cue)),
        );
        // A phrase stands on one side of its verb; what the parser finds beyond belongs to the content.
        tokens.retain(|&token| (token < cue) == (head < cue) && !is_outer_preposition(parse, token, head));
        Self { head, tokens: super::grammar::trimmed(parse, tokens) }
    }
}

/// "The newspaper Dagstrom reported", where the parser made two subjects of one: the noun that ends right before the name.
fn described(parse: &Parse, name: TokenId, cue: TokenId) -> Option<TokenId> {
    let subject = |token: TokenId| parse.token(token).deprel == Deprel::Nsubj && parse.head(token) == Some(cue);
    let noun = TokenId(name.0.checked_sub(1)?);
    let apart = parse.token(name).upos == Upos::Propn && parse.token(noun).upos == Upos::Noun;
    (apart && subject(name) && subject(noun)).then_some(noun)
}

/// "by", "to", "of" before the phrase, and "’s" after it.
fn is_outer_preposition(parse: &Parse, token: TokenId, head: TokenId) -> bool {
    let up = parse.head(token);
    let outer = parse.token(token).deprel == Deprel::Case && up == Some(head);
    let fixed = parse.token(token).deprel == Deprel::Fixed
        && up.is_some_and(|up| parse.token(up).deprel == Deprel::Case && parse.head(up) == Some(head));
    outer || fixed
}

/// The source of a verb.
pub(super) fn of_verb(reading: &Reading, row: &CueRow, verb: TokenId) -> Option<Source> {
    let parse = reading.parse;
    if let Some(noun) = set_off_noun(reading, verb) {
        return is_possible(parse, noun).then(|| Source::at(parse, noun, verb));
    }
    if let Some(quoted) = quoted_subject(parse, verb) {
        return Some(Source::at(parse, quoted, verb));
    }
    if is_passive(parse, verb) {
        if let Some(agent) = agent(parse, verb) {
            return Some(Source::at(parse, agent, verb));
        }
        if !row.takes(&Frame::PassiveSource) || has_expletive(parse, verb) || !reports_a_person(reading, verb) {
            return None;
        }
    }
    let subject = teller(reading, row, verb)
        .or_else(|| inverted(reading, verb))
        .or_else(|| phrase_after(reading, verb))
        .or_else(|| neighbour_before(reading, verb))
        .or_else(|| claimed_by_content(parse, verb))
        .or_else(|| understood_subject(parse, verb))?;
    let subject = apposed_after_comma(reading, verb, subject).unwrap_or(subject);
    let subject = after_dateline(reading, subject).unwrap_or(subject);
    is_possible(parse, subject).then(|| with_second_subject(reading, verb, Source::at(parse, subject, verb)))
}

/// "Its chairwoman, Ada Quist, said", `“…,” asked the chairwoman, Ada Quist`, where the parser gave the verb two subjects, or an object besides: both name the source.
fn with_second_subject(reading: &Reading, verb: TokenId, source: Source) -> Source {
    let parse = reading.parse;
    let Some(&first) = source.tokens.first() else { return source };
    let inverted = source.head > verb && parse.children_by(verb, Deprel::Ccomp).any(|clause| clause < verb);
    let second = parse.children(verb).iter().copied().find(|&child| {
        let object = inverted && child > verb && matches!(parse.token(child).deprel, Deprel::Obj | Deprel::Iobj);
        child < first && (child < verb) == (source.head < verb) && (parse.token(child).deprel.is_subject() || object)
    });
    let Some(second) = second.filter(|_| interrupted_clause(parse, verb).is_none()) else { return source };
    let phrase = phrase_without(parse, second, verb);
    let gap = phrase.last().map_or(0, |last| last.0 + 1)..first.0;
    if phrase.iter().all(|&token| token < first) && gap.clone().count() < 2 && gap.clone().all(|token| is_comma(reading, token)) {
        let tokens = super::grammar::union(phrase, gap.map(TokenId).chain(source.tokens));
        return Source { tokens, ..source };
    }
    source
}

/// "The driver, Moss said in a letter, had slept": the clause behind the verb that lacks a subject, where the parser gave the verb two.
pub(super) fn interrupted_clause(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let subjects = parse.children(verb).iter().filter(|&&child| parse.token(child).deprel.is_subject() && child < verb).count();
    let finite = |&clause: &TokenId| clause > verb && parse.token(clause).tag != "VB" && own_subject(parse, clause).is_none();
    parse.children_by(verb, Deprel::Ccomp).find(finite).filter(|_| subjects > 1)
}

/// `The doors were shut, a report seen by the paper shows.`: the verb that ends the sentence, which the parser took for a clause or participle of its own subject.
pub(super) fn set_off_noun(reading: &Reading, verb: TokenId) -> Option<TokenId> {
    let parse = reading.parse;
    let token = parse.token(verb);
    let tensed =
        matches!(token.tag.as_str(), "VBD" | "VBZ" | "VBP" | "VBN") && parse.child_of(verb, &[Deprel::Aux, Deprel::AuxPass]).is_none();
    let noun = token.head.filter(|&noun| tensed && noun < verb && is_nominal(parse, noun))?;
    let clause = matches!(token.deprel, Deprel::Acl | Deprel::AclRelcl) && own_subject(parse, verb).is_none();
    let apart = !matches!(parse.token(noun).deprel.base(), "nsubj" | "obj" | "nmod") && parse.head(noun).is_some_and(|head| head < noun);
    let first = parse.subtree(noun)[0];
    let first = if is_comma(reading, first.0) { first } else { TokenId(first.0.checked_sub(1)?) };
    let sentence = parse.sentence(token.sentence);
    let before = (sentence.first.0..first.0).map(TokenId).any(|word| matches!(parse.token(word).upos, Upos::Verb | Upos::Aux));
    let after =
        parse.children(verb).iter().all(|&child| child < verb || matches!(parse.token(child).deprel.base(), "punct" | "obl" | "advmod"));
    let ends = parse.subtree(verb).last().is_some_and(|last| last.0 + 2 >= sentence.end.0);
    (clause && apart && is_comma(reading, first.0) && before && after && ends).then_some(noun)
}

/// "Bel was quoted as saying by CNB that": Bel says, whomever the "by" phrase hangs on.
fn quoted_subject(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let quoted = passive_quotation(parse, verb)?;
    own_subject(parse, quoted).filter(|&subject| is_possible(parse, subject))
}

/// The passive verb in "was quoted as saying".
pub(super) fn passive_quotation(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let saying = parse.token(verb).tag == "VBG" && is_led_by(parse, verb, "as");
    parse.head(verb).filter(|&quoted| saying && is_passive(parse, quoted))
}

/// `… to assist Moscow, the official agency reported.`: the parser took the last name of the sentence before for the subject and the agency for its
/// apposition. A clause of its own begins after a comma.
fn apposed_after_comma(reading: &Reading, verb: TokenId, subject: TokenId) -> Option<TokenId> {
    let parse = reading.parse;
    let text = |i: u32| reading.doc.slice(parse.token(TokenId(i)).span);
    let first = parse.subtree(subject).into_iter().find(|&token| parse.token(token).upos != Upos::Punct)?;
    let sentence = parse.sentence(parse.token(verb).sentence);
    let before = (sentence.first.0..first.0).rev().find(|&i| !matches!(text(i), "\"" | "”" | "’" | "'" | "''"))?;
    let runs_on = !matches!(parse.token(TokenId(before)).upos, Upos::Punct | Upos::Cconj | Upos::Sconj | Upos::Adv);
    let content_after = parse.children_by(verb, Deprel::Ccomp).any(|clause| clause > verb);
    let set_beside = parse.token(verb).deprel == Deprel::Parataxis || parse.children_by(verb, Deprel::Ccomp).any(|clause| clause < verb);
    let apposition = parse.children_by(subject, Deprel::Appos).find(|&child| child < verb);
    apposition.filter(|_| subject < verb && runs_on && set_beside && !content_after)
}

/// "KAROBA — The leader said": the place of the dateline, taken for the subject, and the speaker for its apposition.
fn after_dateline(reading: &Reading, subject: TokenId) -> Option<TokenId> {
    let parse = reading.parse;
    let text = |token: TokenId| reading.doc.slice(parse.token(token).span);
    let opens = parse.sentence(parse.token(subject).sentence).first == subject && !text(subject).chars().any(char::is_lowercase);
    let dash = |child: &TokenId| (subject.0 + 1..child.0).any(|i| text(TokenId(i)).chars().all(crate::naming::is_dash));
    parse.children_by(subject, Deprel::Appos).find(dash).filter(|_| opens)
}

/// "Ulla told the newspaper Aftonpost": of two subjects the one before the verb tells, the one behind it is told.
fn teller(reading: &Reading, row: &CueRow, verb: TokenId) -> Option<TokenId> {
    let parse = reading.parse;
    let told = row.addressee.contains(&Slot::Object) && own_subject(parse, verb).is_some_and(|subject| subject > verb);
    parse.children(verb).iter().copied().rfind(|&child| told && parse.token(child).deprel.base() == "nsubj" && child < verb)
}

/// `“…,” added Bel, the minister.`: the subject after the verb, taken for an object.
fn inverted(reading: &Reading, verb: TokenId) -> Option<TokenId> {
    let parse = reading.parse;
    let object = parse.child(verb, Deprel::Obj).filter(|&object| object > verb && own_subject(parse, verb).is_none())?;
    let finite = matches!(parse.token(verb).tag.as_str(), "VBD" | "VBZ" | "VBP");
    let text = |i: u32| reading.doc.slice(parse.token(TokenId(i)).span);
    let before = (0..verb.0).rev().map(text).find(|text| !matches!(*text, "\"" | "”" | "’" | "'" | "''"));
    let first = parse.subtree(object)[0];
    (finite && first.0 == verb.0 + 1 && matches!(before, Some("," | "?" | "!"))).then_some(object)
}

/// `“…,” said the shepherd Hale, who …`: the phrase between the verb and the next mark, whatever the parser hung it on.
fn phrase_after(reading: &Reading, verb: TokenId) -> Option<TokenId> {
    let parse = reading.parse;
    let told = parse.children_by(verb, Deprel::Ccomp).any(|clause| clause < verb) && own_subject(parse, verb).is_none();
    let before = verb.0.checked_sub(1).filter(|&before| told && closes_words(reading, before))?;
    let end = parse.sentence(parse.token(verb).sentence).end.0;
    let phrase: Vec<TokenId> = (verb.0 + 1..end).map(TokenId).take_while(|&token| parse.token(token).upos != Upos::Punct).collect();
    let nominal = |&token: &TokenId| !matches!(parse.token(token).upos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj);
    let opens = phrase
        .first()
        .is_some_and(|&first| matches!(parse.token(first).upos, Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Pron));
    let head = parse.span_of(&phrase).filter(|_| opens && phrase.iter().all(nominal)).and_then(|span| parse.head_of_span(span))?;
    (is_nominal(parse, head) && before < verb.0).then_some(head)
}

/// "people who know say it is late", where the parser gave "people" to the clause below "say".
fn claimed_by_content(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let finite = matches!(parse.token(verb).tag.as_str(), "VBD" | "VBZ" | "VBP");
    let clause = parse.child(verb, Deprel::Ccomp).filter(|&clause| finite && clause > verb && own_subject(parse, verb).is_none())?;
    parse.children(clause).iter().copied().rfind(|&child| parse.token(child).deprel.base() == "nsubj" && child < verb)
}

/// `…, the official agency CNB reported.`, `…, Peru's ombudsman, Ana Ruiz, said.`: the phrase behind the last comma, or behind the last but two, of a verb
/// without a subject, where the parser drew the phrase into the clause before it.
fn neighbour_before(reading: &Reading, verb: TokenId) -> Option<TokenId> {
    let parse = reading.parse;
    let token = parse.token(verb);
    let beside = matches!(token.deprel, Deprel::Parataxis | Deprel::Conj | Deprel::Advcl | Deprel::Acl);
    let told_before = parse.children_by(verb, Deprel::Ccomp).any(|clause| clause < verb);
    let finite = matches!(token.tag.as_str(), "VBD" | "VBZ" | "VBP");
    if own_subject(parse, verb).is_some() || !finite || !(beside || told_before) {
        return None;
    }
    phrase_before(reading, verb.0)
}

/// The head of the noun phrase that ends before a token and begins behind a comma, over an apposition between commas.
fn phrase_before(reading: &Reading, end: u32) -> Option<TokenId> {
    let parse = reading.parse;
    let first = parse.sentence(parse.token(TokenId(end)).sentence).first.0;
    let stretch = |end: u32| {
        let comma = (first..end).rev().find(|&i| parse.token(TokenId(i)).upos == Upos::Punct)?;
        let tokens: Vec<TokenId> = (comma + 1..end).map(TokenId).collect();
        let verbal = |token: &TokenId| matches!(parse.token(*token).upos, Upos::Verb | Upos::Aux | Upos::Cconj | Upos::Sconj);
        let nominal =
            tokens.last().is_some_and(|&last| is_nominal(parse, last)) && !tokens.iter().any(verbal) && closes_words(reading, comma);
        let head = parse.span_of(&tokens).filter(|_| nominal).and_then(|span| parse.head_of_span(span))?;
        Some((head, comma))
    };
    if end > first && is_comma(reading, end - 1) {
        let (name, comma) = stretch(end - 1)?;
        let (described, before) = stretch(comma)?;
        let apposed = parse.token(name).deprel == Deprel::Appos && parse.head(name).is_some_and(|of| before < of.0 && of.0 < comma);
        return apposed.then_some(described);
    }
    stretch(end).map(|(head, _)| head)
}

/// A comma, or the mark that closes a quotation behind one.
fn closes_words(reading: &Reading, token: u32) -> bool {
    is_comma(reading, token) || reading.quotes.iter().any(|quote| quote.end.0 == token) && token > 0 && is_comma(reading, token - 1)
}

fn is_comma(reading: &Reading, token: u32) -> bool {
    reading.doc.slice(reading.parse.token(TokenId(token)).span) == ","
}

/// "He was quoted as saying": the subject speaks; "the number was reported": it does not.
fn reports_a_person(reading: &Reading, verb: TokenId) -> bool {
    own_subject(reading.parse, verb).is_some_and(|subject| {
        let entity = reading.actors.entity_of(antecedent(reading.parse, subject));
        let person = entity.map(|id| &reading.actors.entities[id.0 as usize]).is_some_and(|entity| {
            use variorum_model::EntityKind::{Document, Group, Organization, Person, PlaceAsActor, Publisher, State};
            matches!(entity.kind, Person | State | Organization | Group | Publisher | PlaceAsActor | Document)
        });
        person || reading.parse.children(verb).iter().any(|&child| is_led_by(reading.parse, child, "as"))
    })
}

/// The agent of a passive verb.
pub(super) fn agent(parse: &Parse, verb: TokenId) -> Option<TokenId> {
    let by = |&child: &TokenId| {
        let token = parse.token(child);
        token.deprel == Deprel::OblAgent || (token.deprel.base() == "obl" && is_led_by(parse, child, "by") && is_nominal(parse, child))
    };
    let led = |child: &TokenId| by(child) && is_led_by(parse, *child, "by");
    parse.children(verb).iter().copied().find(led).or_else(|| parse.children(verb).iter().copied().find(by))
}

/// "it", "there" and question words are nobody, unless they stand for somebody.
fn is_possible(parse: &Parse, subject: TokenId) -> bool {
    let token = parse.token(subject);
    let question = matches!(lemma(parse, subject).as_str(), "what" | "whatever" | "there");
    !question
        && (is_nominal(parse, subject)
            || matches!(token.upos, Upos::Det | Upos::Adj)
            || parse.children_by(subject, Deprel::Nummod).next().is_some())
}

/// The source of a noun.
pub(super) fn of_noun(parse: &Parse, row: &CueRow, noun: TokenId) -> Option<Source> {
    let led = |word: &str| {
        parse.children(noun).iter().copied().find(|&child| parse.token(child).deprel.base() == "nmod" && is_led_by(parse, child, word))
    };
    let owner = parse.child(noun, Deprel::NmodPoss);
    let of = || led("of").filter(|_| !row.takes(&Frame::Oblique("of")));
    if let Some(found) = owner.or_else(|| led("by")).or_else(|| led("from")).or_else(of) {
        return Some(Source::at(parse, found, noun));
    }
    // "issued a denial", "has no plans to": who does it.
    let governor = parse.head(noun).filter(|_| matches!(parse.token(noun).deprel, Deprel::Obj))?;
    let makes = matches!(
        lemma(parse, governor).as_str(),
        "make"
            | "issue"
            | "give"
            | "have"
            | "offer"
            | "express"
            | "release"
            | "voice"
            | "deliver"
            | "send"
            | "publish"
            | "face"
            | "raise"
            | "repeat"
            | "renew"
            | "reiterate"
            | "drop"
            | "hold"
            | "share"
            | "level"
            | "lodge"
            | "file"
            | "put"
            | "post"
            | "write"
            | "read"
            | "use"
    );
    let subject = understood_subject(parse, governor).filter(|&subject| makes && is_possible(parse, subject))?;
    Some(Source::at(parse, subject, noun))
}

/// The source of an adjective: the subject of its clause.
pub(super) fn of_adjective(parse: &Parse, adjective: TokenId) -> Option<Source> {
    let subject = understood_subject(parse, adjective)?;
    is_possible(parse, subject).then(|| Source::at(parse, subject, adjective))
}

/// Who the words of a source mean; of a coordination the group that consists of its parts, where the text speaks of one.
pub(super) fn entity(reading: &Reading, source: &Source) -> Option<EntityId> {
    let parse = reading.parse;
    let head = antecedent(parse, source.head);
    let parts = reading.actors.entities_for_phrase(parse, head);
    let several = parts.len() > 1;
    let group =
        reading.actors.entities.iter().position(|entity| {
            several && entity.members.len() == parts.len() && entity.members.iter().all(|member| parts.contains(member))
        });
    let group = group.map(|i| EntityId(i as u32));
    group
        .or_else(|| reading.actors.entity_for_phrase(parse, head))
        .or_else(|| reading.actors.entity_for_phrase(parse, source.head))
        .or_else(|| whole_of_part(reading, head))
        .or_else(|| named_beside(reading, head))
}

/// "the daily Aamu", "the observatory Paz Abierta": the name right after a noun that no table knows.
fn named_beside(reading: &Reading, head: TokenId) -> Option<EntityId> {
    let next = TokenId(head.0 + 1);
    let described = matches!(reading.parse.token(head).upos, Upos::Noun | Upos::Adj) && next.index() < reading.parse.tokens.len();
    reading.actors.named_from(next).filter(|_| described && reading.parse.token(next).sentence == reading.parse.token(head).sentence)
}

/// "an entry in the log", "a page of the report": what is written in a part is said by the whole.
fn whole_of_part(reading: &Reading, head: TokenId) -> Option<EntityId> {
    let parse = reading.parse;
    let part = reading.lexicon.tells(Passing::Part, &lemma(parse, head));
    let whole = |&child: &TokenId| ["of", "in", "from"].iter().any(|word| is_led_by(parse, child, word));
    parse.children_by(head, Deprel::Nmod).filter(|_| part).filter(whole).find_map(|child| reading.actors.entity_for_phrase(parse, child))
}
