//! Which phrases refer, and from where to where do they go?
//!
//! Input: a parse with its trees, and what the network says each word's phrase refers to. Output: [`Phrase`]s in text order, after GUM's entity
//! guidelines: a noun with everything that belongs to it, without the preposition before it and without its appositions; each part of a
//! coordination by itself, and the whole as well.
//!
//! Example: "the mayor of Bergen, Anna Berg, said she" holds `the mayor of Bergen`, `Bergen`, `Anna Berg`, `she`.
//! Limits: phrases are continuous; relative and interrogative pronouns are none.

use std::collections::HashSet;

use variorum_model::{Deprel, MentionForm, Parse, TokenId, Upos};

/// A phrase that refers to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) first: TokenId,
    pub(crate) end: TokenId,
    pub(crate) head: TokenId,
    pub(crate) form: MentionForm,
    /// It is a mention only if it refers to the same as another: coordinations, clauses, nouns before nouns.
    pub(crate) is_optional: bool,
}

/// The phrases of a document, by first token, the longer first.
pub(crate) fn phrases(parse: &Parse) -> Vec<Phrase> {
    let certain: Vec<TokenId> = parse.token_ids().filter(|&id| heads_phrase(parse, id)).collect();
    let optional = optional_heads(parse, &certain);
    let certain = certain.into_iter().map(|head| (head, false));
    let mut heads: Vec<(TokenId, bool)> = certain.chain(optional.into_iter().map(|head| (head, true))).collect();
    heads.sort_unstable();
    let mut phrases: Vec<Phrase> = heads.into_iter().filter_map(|(head, is_optional)| phrase(parse, head, is_optional)).collect();
    let coordinations: Vec<Phrase> = phrases.iter().filter_map(|first| coordination(parse, &phrases, first)).collect();
    phrases.extend(coordinations);
    phrases.sort_by_key(|phrase| (phrase.first, std::cmp::Reverse(phrase.end), phrase.head));
    phrases.dedup_by_key(|phrase| (phrase.first, phrase.end));
    phrases
}

/// Whether a word heads a phrase that refers: the network's word for it, but for what grammar decides.
fn heads_phrase(parse: &Parse, id: TokenId) -> bool {
    let token = parse.token(id);
    match token.tag.as_str() {
        "PRP$" | "PRP" => true,
        "DT" if is_demonstrative(parse, id) => true,
        "WDT" | "WP$" | "EX" | "POS" | "CC" | "IN" | "TO" | "UH" | "RP" => false,
        _ => parse.referent(id).is_some() && token.upos != Upos::Punct,
    }
}

/// "This" and "that" by themselves.
fn is_demonstrative(parse: &Parse, id: TokenId) -> bool {
    let token = parse.token(id);
    token.upos == Upos::Pron && token.tag == "DT" || token.upos == Upos::Det && token.tag == "DT" && token.deprel.is_subject()
}

/// Heads of what is a mention only in company: a clause that "it" announces or that "this" may take up; a noun before a noun that has a name of
/// its own, or that heads a phrase elsewhere. `certain` are the heads of phrases, in order.
fn optional_heads(parse: &Parse, certain: &[TokenId]) -> Vec<TokenId> {
    let known: HashSet<&str> = certain.iter().map(|&id| parse.token(id).lemma.as_str()).collect();
    let mut found: Vec<TokenId> = Vec::new();
    for id in parse.token_ids().filter(|id| certain.binary_search(id).is_err()) {
        let token = parse.token(id);
        let is_verb = matches!(token.upos, Upos::Verb | Upos::Adj | Upos::Noun);
        let takes = match token.deprel {
            Deprel::Compound if matches!(token.upos, Upos::Propn | Upos::Noun) => {
                known.contains(token.lemma.as_str()) || has_own_name(parse, id)
            }
            Deprel::Csubj | Deprel::Ccomp | Deprel::CsubjPass if is_verb => is_announced(parse, id),
            Deprel::Root if is_verb => is_taken_up(parse, id),
            _ => false,
        };
        if takes {
            found.push(id);
        }
    }
    found
}

fn has_own_name(parse: &Parse, id: TokenId) -> bool {
    parse.name_at(id).is_some_and(|name| name.end.0 == id.0 + 1)
}

/// What comes after "it is hard": "to wash them".
fn is_announced(parse: &Parse, id: TokenId) -> bool {
    parse.head(id).is_some_and(|up| parse.child(up, Deprel::Expl).is_some_and(|it| parse.token(it).tag == "PRP"))
}

/// Whether "this" or "that" stands alone in the next sentence or in another part of this one.
fn is_taken_up(parse: &Parse, id: TokenId) -> bool {
    let sentence = parse.sentence(parse.token(id).sentence);
    let next = parse.tokens.get(sentence.end.index()).map(|token| parse.sentence(token.sentence).end);
    let range = sentence.first.0..next.unwrap_or(sentence.end).0;
    range.map(TokenId).any(|token| is_demonstrative(parse, token))
}

fn phrase(parse: &Parse, head: TokenId, is_optional: bool) -> Option<Phrase> {
    let clausal = is_clause(parse, head);
    let mut tokens = parse.subtree_without(head, |child| match parse.head(child) {
        Some(up) if up == head => is_outside(parse, head, child, clausal),
        _ => !clausal && parse.token(child).deprel == Deprel::Appos,
    });
    // "even with the best preparation": what stands before the preposition is no part of the phrase either.
    let before = parse.children_by(head, Deprel::Case).take_while(|&case| case < head).last();
    tokens.retain(|&id| before.is_none_or(|case| id > case));
    trim(parse, &mut tokens, head);
    let (first, last) = (*tokens.first()?, *tokens.last()?);
    let end = closed(parse, &tokens, TokenId(last.0 + 1));
    Some(Phrase { first, end, head, form: form(parse, head), is_optional })
}

/// One further where a bracket that opens inside closes just behind.
fn closed(parse: &Parse, tokens: &[TokenId], end: TokenId) -> TokenId {
    let n = |tag: &str| tokens.iter().filter(|&&id| parse.token(id).tag == tag).count();
    let closes =
        parse.tokens.get(end.index()).is_some_and(|token| token.tag == "-RRB-" && token.sentence == parse.token(tokens[0]).sentence);
    if closes && n("-LRB-") > n("-RRB-") { TokenId(end.0 + 1) } else { end }
}

/// Takes marks off both ends, and what stands apart from the rest at an end because of a broken tree.
fn trim(parse: &Parse, tokens: &mut Vec<TokenId>, head: TokenId) {
    let is_mark = |id: TokenId| id != head && parse.token(id).upos == Upos::Punct;
    while tokens.last().is_some_and(|&id| is_mark(id)) {
        tokens.pop();
    }
    let n_before = tokens.iter().take_while(|&&id| is_mark(id)).count();
    tokens.drain(..n_before);
}

fn form(parse: &Parse, head: TokenId) -> MentionForm {
    match parse.token(head).upos {
        Upos::Pron | Upos::Det => MentionForm::Pronoun,
        Upos::Propn => MentionForm::Name,
        _ if has_own_name(parse, head) => MentionForm::Name,
        _ => MentionForm::Nominal,
    }
}

/// Whether a phrase is a clause or verb that something later may take up.
fn is_clause(parse: &Parse, head: TokenId) -> bool {
    if matches!(parse.token(head).deprel, Deprel::Root | Deprel::Csubj | Deprel::Ccomp) && parse.child(head, Deprel::Cop).is_some() {
        return parse.referent(head).is_none();
    }
    matches!(parse.token(head).upos, Upos::Verb | Upos::Aux)
        && parse.child_of(head, &[Deprel::Det, Deprel::NmodPoss, Deprel::Amod]).is_none()
}

/// Whether a noun is what its clause says of the subject: "a teacher" after "was".
pub(crate) fn is_predicate(parse: &Parse, head: TokenId) -> bool {
    parse.children(head).iter().any(|&child| parse.token(child).deprel == Deprel::Cop || parse.token(child).deprel.is_subject())
}

/// Whether a branch below the head of a phrase is no part of the phrase.
fn is_outside(parse: &Parse, head: TokenId, child: TokenId, clausal: bool) -> bool {
    let token = parse.token(child);
    let after = child > head;
    match token.deprel {
        Deprel::Punct => false,
        Deprel::Case => !(after && token.tag == "POS"),
        Deprel::Cc | Deprel::CcPreconj => !parse.children(head).iter().any(|&other| joins(parse, head, other)),
        Deprel::Conj => !joins(parse, head, child),
        Deprel::Appos
        | Deprel::Parataxis
        | Deprel::Vocative
        | Deprel::Dislocated
        | Deprel::Discourse
        | Deprel::List
        | Deprel::Orphan
        | Deprel::Reparandum => true,
        _ if is_shared(parse, head, child) => true,
        _ if clausal => {
            token.deprel == Deprel::Mark && token.tag != "TO" && !matches!(parse.token(head).deprel, Deprel::Csubj | Deprel::Ccomp)
        }
        Deprel::Dep => after,
        Deprel::Mark | Deprel::Expl | Deprel::Cop | Deprel::Aux | Deprel::AuxPass => true,
        deprel if deprel.is_subject() => true,
        Deprel::Advmod | Deprel::Advcl | Deprel::Obl | Deprel::OblUnmarked | Deprel::Ccomp if is_predicate(parse, head) => true,
        Deprel::Advmod if !after => is_before_determiner(parse, head, child),
        Deprel::Acl => after && parse.token(head).upos == Upos::Propn && follows_comma(parse, child),
        Deprel::Advcl => true,
        _ => false,
    }
}

/// Whether a coordinated part is no phrase of its own and so belongs to the first: "the learning and processing".
fn joins(parse: &Parse, head: TokenId, part: TokenId) -> bool {
    parse.token(part).deprel == Deprel::Conj && !heads_phrase(parse, part) && parse.token(part).upos == parse.token(head).upos
}

/// Whether a branch stands after another part of the coordination and so belongs to all: "gathered there" after "thoughts and information".
fn is_shared(parse: &Parse, head: TokenId, child: TokenId) -> bool {
    let own = |part: &TokenId| parse.token(*part).deprel == Deprel::Conj && !joins(parse, head, *part);
    child > head && parse.children(head).iter().any(|part| *part < child && own(part))
}

/// "Usually" before "a ruler", "not" before "the week before".
fn is_before_determiner(parse: &Parse, head: TokenId, child: TokenId) -> bool {
    parse.children_by(head, Deprel::Det).any(|determiner| child < determiner && determiner < head)
}

fn follows_comma(parse: &Parse, child: TokenId) -> bool {
    let first = parse.subtree(child)[0];
    let is_comma = |id: TokenId| parse.token(id).upos == Upos::Punct && parse.token(id).tag == ",";
    is_comma(first) || first.0 > 0 && is_comma(TokenId(first.0 - 1))
}

/// The whole of a coordination whose first part this is.
fn coordination(parse: &Parse, phrases: &[Phrase], first: &Phrase) -> Option<Phrase> {
    let parts: Vec<&Phrase> = parse
        .children_by(first.head, Deprel::Conj)
        .filter_map(|part| {
            let at = phrases.partition_point(|phrase| phrase.head < part);
            phrases.get(at).filter(|phrase| phrase.head == part)
        })
        .collect();
    let last = parts.last()?;
    let has_conjunction = parts.iter().any(|part| parse.child(part.head, Deprel::Cc).is_some());
    let nominal = !is_clause(parse, first.head);
    (has_conjunction && nominal).then(|| Phrase {
        first: first.first,
        end: last.end.max(first.end),
        head: first.head,
        form: MentionForm::Coordination,
        is_optional: true,
    })
}

#[cfg(test)]
mod tests {
    use variorum_model::{Referent, Sentence, SentenceId, Span, Token};

    use super::*;

    /// A sentence of words `form/UPOS/TAG/head/deprel`, heads from 1; `!` before a word whose phrase refers.
    fn parse(words: &str) -> (String, Parse) {
        let (mut text, mut tokens, mut referents) = (String::new(), Vec::new(), Vec::new());
        for word in words.split_whitespace() {
            referents.push(word.starts_with('!').then_some(Referent::Person));
            let fields: Vec<&str> = word.trim_start_matches('!').split('/').collect();
            text += if text.is_empty() { "" } else { " " };
            let start = text.len();
            text += fields[0];
            tokens.push((start, fields));
        }
        let token = |(start, fields): &(usize, Vec<&str>)| Token {
            span: Span::new(&text, *start, start + fields[0].len()).unwrap(),
            upos: Upos::from_label(fields[1]),
            tag: fields[2].to_owned(),
            lemma: fields[0].to_lowercase(),
            head: fields[3].parse::<u32>().unwrap().checked_sub(1).map(TokenId),
            deprel: Deprel::from_label(fields[4]),
            sentence: SentenceId(0),
        };
        let tokens: Vec<Token> = tokens.iter().map(token).collect();
        let span = Span::whole(&text).unwrap();
        let sentence = Sentence { span, first: TokenId(0), end: TokenId(tokens.len() as u32), embedding: Vec::new() };
        let parse = Parse::new(vec![sentence], tokens, Vec::new()).with_referents(referents);
        (text, parse)
    }

    fn found(words: &str) -> Vec<String> {
        let (text, parse) = parse(words);
        let span = |phrase: Phrase| parse.token(phrase.first).span.cover(parse.token(TokenId(phrase.end.0 - 1)).span);
        phrases(&parse).into_iter().map(|phrase| span(phrase).of(&text).to_owned()).collect()
    }

    #[test]
    fn a_phrase_has_its_modifiers_and_not_its_preposition() {
        let words = "with/ADP/IN/3/case the/DET/DT/3/det !mayor/NOUN/NN/7/obl of/ADP/IN/5/case !Bergen/PROPN/NNP/3/nmod she/PRON/PRP/7/nsubj \
                     spoke/VERB/VBD/0/root";
        assert_eq!(found(words), ["the mayor of Bergen", "Bergen", "she"]);
    }

    #[test]
    fn appositions_stand_by_themselves() {
        let words =
            "the/DET/DT/2/det !mayor/NOUN/NN/6/nsubj ,/PUNCT/,/4/punct !Anna/PROPN/NNP/2/appos ,/PUNCT/,/4/punct resigned/VERB/VBD/0/root";
        assert_eq!(found(words), ["the mayor", "Anna"]);
    }

    #[test]
    fn parts_of_a_coordination_and_the_whole_are_phrases() {
        let words = "!Berg/PROPN/NNP/5/nsubj and/CCONJ/CC/4/cc her/PRON/PRP$/4/nmod:poss !lawyer/NOUN/NN/1/conj left/VERB/VBD/0/root";
        assert_eq!(found(words), ["Berg and her lawyer", "Berg", "her lawyer", "her"]);
    }

    #[test]
    fn a_predicate_has_no_subject_and_no_copula() {
        let words =
            "Berg/PROPN/NNP/4/nsubj was/AUX/VBD/4/cop a/DET/DT/4/det !lawyer/NOUN/NN/0/root in/ADP/IN/6/case !Oslo/PROPN/NNP/4/nmod";
        assert_eq!(found(words), ["a lawyer in Oslo", "Oslo"]);
    }

    #[test]
    fn adverbs_before_the_preposition_stay_outside() {
        let words =
            "even/ADV/RB/4/advmod with/ADP/IN/4/case the/DET/DT/4/det !plan/NOUN/NN/6/obl they/PRON/PRP/6/nsubj failed/VERB/VBD/0/root";
        assert_eq!(found(words), ["the plan", "they"]);
    }

    #[test]
    fn it_announces_a_clause() {
        let words = "it/PRON/PRP/3/expl is/AUX/VBZ/3/cop hard/ADJ/JJ/0/root to/PART/TO/5/mark leave/VERB/VB/3/csubj";
        assert_eq!(found(words), ["it", "to leave"]);
    }
}
