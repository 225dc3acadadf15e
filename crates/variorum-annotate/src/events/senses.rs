//! Which row of the table a word stands for where it stands: companions first, then what its participants are.

use variorum_model::{Deprel, EventType, TokenId, Upos};

use super::{
    grammar::{Arguments, arguments, has_word, is_infinitive, preposition},
    judged::is_believed,
    lexicon::{Companion, Need, NounKind, Row, WordClass},
    scene::Scene,
};

/// A word in one of its senses.
#[derive(Clone)]
pub(super) struct Sense<'a> {
    pub(super) trigger: TokenId,
    pub(super) row: &'a Row,
    pub(super) class: WordClass,
    pub(super) arguments: Arguments,
    /// Tokens that matched the row's companions.
    pub(super) companions: Vec<TokenId>,
}

impl Sense<'_> {
    /// Whether the tables know the word, and not only the network.
    pub(super) fn is_of_table(&self) -> bool {
        !self.row.lemma.is_empty()
    }
}

/// The sense of a word, if it names an event here.
pub(super) fn sense<'a>(scene: &Scene<'a>, trigger: TokenId) -> Option<Sense<'a>> {
    let token = scene.parse.token(trigger);
    let class = WordClass::of(token.upos)?;
    let modifies = matches!(
        token.deprel,
        Deprel::Compound | Deprel::Amod | Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Case | Deprel::Flat | Deprel::Fixed
    );
    if modifies || inside_name(scene, trigger) {
        return None;
    }
    let lemma = scene.lemma(trigger);
    if scene.lexicon.is_idle(class, lemma, |word| has_word(scene.parse, trigger, word)) {
        return None;
    }
    let mut arguments: Option<Arguments> = None;
    let mut best: Option<(usize, usize, &Row, Vec<TokenId>)> = None;
    for row in scene.lexicon.rows(class, lemma) {
        let Some(before) = parts_before(scene, trigger, lemma, &row.lemma) else { continue };
        let Some(mut companions) = companions(scene, trigger, &row.companions) else { continue };
        let arguments = arguments.get_or_insert_with(|| self::arguments(scene.lexicon, scene.parse, trigger));
        if !row.needs.iter().all(|need| is_met(scene, row, need, arguments)) {
            continue;
        }
        companions.extend(before);
        // Where nobody is said to have done it, nobody did it.
        let nobody = row.needs.iter().any(|need| need.subject && need.kinds.contains(&NounKind::Nobody));
        let rank = (row.companions.len(), row.needs.len() + usize::from(nobody));
        if best.as_ref().is_none_or(|&(n_companions, n_needs, ..)| rank > (n_companions, n_needs)) {
            best = Some((rank.0, rank.1, row, companions));
        }
    }
    let (_, _, row, companions) = best?;
    Some(Sense { trigger, row, class, arguments: arguments?, companions })
}

/// A word of which the tables know no sense here, but the network believes that it names an event.
pub(super) fn open_sense<'a>(scene: &Scene<'a>, trigger: TokenId) -> Option<Sense<'a>> {
    let opinion = scene.parse.trigger(trigger).filter(|opinion| is_believed(opinion))?;
    sense_of(scene, trigger, opinion.types[0].0)
}

/// A word as the name of an event of a type, unless it only says what was said or names nothing with the words it stands with.
pub(super) fn sense_of<'a>(scene: &Scene<'a>, trigger: TokenId, kind: EventType) -> Option<Sense<'a>> {
    let class = WordClass::of(scene.parse.token(trigger).upos)?;
    if scene.only_says(trigger) || scene.lexicon.is_idle(class, scene.lemma(trigger), |word| has_word(scene.parse, trigger, word)) {
        return None;
    }
    let row = scene.lexicon.open(kind);
    let arguments = arguments(scene.lexicon, scene.parse, trigger);
    Some(Sense { trigger, row, class, arguments, companions: Vec::new() })
}

/// Part of a proper name ("World War II", "the Security Council vote" stays): names are not triggers.
fn inside_name(scene: &Scene, id: TokenId) -> bool {
    scene.parse.token(id).upos == Upos::Noun && scene.parse.name_at(id).is_some_and(|name| name.end.0 - name.first.0 > 1)
}

/// The earlier parts of a hyphenated lemma, which the tokeniser may have written as words of their own; none when they are missing.
fn parts_before(scene: &Scene, trigger: TokenId, lemma: &str, wanted: &str) -> Option<Vec<TokenId>> {
    if lemma == wanted {
        return Some(Vec::new());
    }
    let mut found = Vec::new();
    let mut at = trigger.0;
    for part in wanted.rsplit('-').skip(1) {
        at = at.checked_sub(1)?;
        if scene.parse.token(TokenId(at)).upos == Upos::Punct || scene.parse.token(TokenId(at)).lemma == "-" {
            at = at.checked_sub(1)?;
        }
        let id = TokenId(at);
        if scene.parse.token(id).sentence != scene.parse.token(trigger).sentence || scene.lemma(id) != part {
            return None;
        }
        found.push(id);
    }
    Some(found)
}

/// The tokens that stand for the companions, or none when one is missing.
fn companions(scene: &Scene, trigger: TokenId, wanted: &[Companion]) -> Option<Vec<TokenId>> {
    if wanted.is_empty() {
        return Some(Vec::new());
    }
    let around = around(scene, trigger);
    let mut found = Vec::new();
    for companion in wanted {
        found.extend(around.iter().find_map(|&id| stands_for(scene, id, companion))?);
    }
    Some(found)
}

/// The tokens of a companion that ends at a word, or none: "cease-fire" may be one token or three.
fn stands_for(scene: &Scene, id: TokenId, companion: &Companion) -> Option<Vec<TokenId>> {
    if companion.particle && scene.parse.token(id).deprel != Deprel::CompoundPrt {
        return None;
    }
    // "according to" is no accord.
    if scene.parse.token(id).deprel == Deprel::Case && scene.parse.token(id).upos == Upos::Verb {
        return None;
    }
    // "held in March" is no march.
    if scene.is_time(id) {
        return None;
    }
    let lemma = scene.lemma(id);
    if companion.words.iter().any(|word| word == lemma || british(word) == british(lemma)) {
        return Some(vec![id]);
    }
    let last_part = |word: &&String| word.rsplit_once('-').is_some_and(|(_, last)| last == lemma);
    let mut parts = companion.words.iter().filter(last_part).find_map(|word| parts_before(scene, id, lemma, word))?;
    parts.insert(0, id);
    Some(parts)
}

/// Spellings that differ by one letter are one word here.
fn british(word: &str) -> String {
    word.replace("licence", "license").replace("defence", "defense")
}

/// Dependents of a trigger, the small words and modifiers of those, and the noun that a participle or relative clause modifies.
fn around(scene: &Scene, trigger: TokenId) -> Vec<TokenId> {
    let parse = scene.parse;
    let near = |id: TokenId| {
        let small = [
            Deprel::Case,
            Deprel::Mark,
            Deprel::Amod,
            Deprel::Compound,
            Deprel::NmodDesc,
            Deprel::Advmod,
            Deprel::Conj,
            Deprel::Nummod,
            Deprel::Flat,
        ];
        let clause = matches!(parse.token(id).deprel, Deprel::Advcl | Deprel::Conj | Deprel::AclRelcl | Deprel::Parataxis);
        let below = parse.children(id).iter().copied().filter(move |&child| !clause && small.contains(&parse.token(child).deprel));
        // "barred the ships from its ports": the phrase may hang on the object.
        let object = matches!(parse.token(id).deprel, Deprel::Obj | Deprel::NsubjPass);
        let phrases = parse.children_by(id, Deprel::Nmod).chain(parse.children_by(id, Deprel::Obl));
        let hanging = phrases.filter(move |&child| {
            object
                && match preposition(parse, child).as_deref() {
                    Some("from" | "into" | "to" | "against" | "under") => true,
                    // "supplied most of the tents", "94 % of the grain"
                    Some("of") => matches!(parse.token(id).upos, Upos::Num | Upos::Sym | Upos::Adj | Upos::Det | Upos::Pron),
                    _ => false,
                }
        });
        let hanging = hanging.flat_map(|child| std::iter::once(child).chain(parse.children_by(child, Deprel::Case)));
        std::iter::once(id).chain(below).chain(hanging).chain(duty(scene, id))
    };
    let own = |&&child: &&TokenId| {
        let token = parse.token(child);
        let joined = token.deprel == Deprel::Conj && token.upos == Upos::Verb;
        let aside = token.deprel == Deprel::Advcl && !is_infinitive(parse, child);
        !matches!(token.deprel, Deprel::Punct | Deprel::Parataxis) && !joined && !aside
    };
    let mut found: Vec<TokenId> = parse.children(trigger).iter().filter(own).flat_map(|&child| near(child)).collect();
    // "charged him with spying": of a clause on the side only the preposition belongs to the verb.
    let gerunds = parse.children_by(trigger, Deprel::Advcl).filter(|&child| parse.token(child).tag == "VBG");
    found.extend(gerunds.filter_map(|child| parse.child_of(child, &[Deprel::Mark, Deprel::Case])));
    if matches!(parse.token(trigger).deprel, Deprel::Acl | Deprel::AclRelcl) {
        found.extend(parse.head(trigger).into_iter().flat_map(near).filter(|&id| id != trigger));
    }
    found
}

/// "said that Rome must pay": what is told of another as a duty is asked of him. What "we" or "it" must do is asked of nobody.
fn duty(scene: &Scene, clause: TokenId) -> Option<TokenId> {
    let parse = scene.parse;
    let told = matches!(parse.token(clause).deprel, Deprel::Ccomp | Deprel::Parataxis);
    let of_another = || {
        let mut subjects = parse.children(clause).iter().filter(|&&child| parse.token(child).deprel.is_subject());
        subjects.any(|&child| !scene.participants(child).is_empty() && parse.token(child).upos != Upos::Pron)
    };
    let must = parse.children_by(clause, Deprel::Aux).find(|&child| matches!(scene.lemma(child), "must" | "ought"));
    must.filter(|_| told && of_another())
}

/// An absent subject may be anything, an absent object is nothing. What merely befalls somebody ("two were drowned") has its subject in the
/// place of the object when the verb is passive.
fn is_met(scene: &Scene, row: &Row, need: &Need, arguments: &Arguments) -> bool {
    let nobody = need.kinds.contains(&NounKind::Nobody);
    let befalls = !nobody && row.kind == EventType::Incident && arguments.passive && arguments.subjects.is_empty();
    let slot = if need.subject && !befalls { &arguments.subjects } else { &arguments.objects };
    match slot.is_empty() {
        true => need.subject || nobody,
        false if nobody && !need.subject => false,
        false => slot.iter().any(|&id| need.kinds.iter().any(|&kind| scene.is_kind(id, kind))),
    }
}
