//! To whom is it said?
//!
//! Input: a cue. Output: the head of the phrase for whoever is spoken to, where the row of the cue says it stands: "told | the council", "urged by letter | drivers".
//!
//! Limits: an addressee carried on from the sentence before is not looked for.

use variorum_model::{AttributionKind, Deprel, TokenId, Upos};

use super::Reading;
use super::cues::Cue;
use super::grammar::{antecedent, is_led_by, is_passive, own_subject};
use super::lexicon::Slot;

/// The head of the phrase for whoever is spoken to.
pub(super) fn addressee(reading: &Reading, cue: &Cue) -> Option<TokenId> {
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
