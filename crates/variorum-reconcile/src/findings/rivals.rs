//! Where does a report set the numbers of two authorities against each other?
//!
//! Input: the quantities of the reports, with whose word each is. Output: [`Rivalry`]s: two numbers for one thing, and where reports give them.
//! "Drivers say 25,000 marched; police put the crowd at 3,000": the second number leaves out what it counts, for it answers the same question as the first.
//! One of the two must be named so, the other must be the only number of its sort near it, and both must be of one sort and of like size.
//! Limits: numbers that stand far apart, or count in other units, are not compared; what the two leave out is not known.

use std::collections::{BTreeMap, BTreeSet};

use variorum_model::{
    Attribution, Deprel, EntityKind, FigureMention, Parse, Quantity, QuantityKind, SentenceId, Span, TokenId, Upos, dossier::Citation,
};

use super::{corroboration::Scene, disputes::Sorts};
use crate::{actors::ActorIx, contrasts::is_long_ago, corpus::DocIx, stories::Stories, words::plain_words};

/// Sentences between two numbers of one question.
const APART: u32 = 1;
/// Words before a number in which it is said to be the older one.
const LAST: usize = 3;
/// Cosine from which two sentences may be of one thing.
const LIKE: f32 = 0.45;
/// How many times the one may be the other.
const MOST_TIMES: f64 = 10.0;

/// How two numbers for one thing stand to one another.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Two voices differ.
    Against,
    /// The second has taken the place of the first.
    Replaced,
}

/// Two numbers that are given for one thing.
pub(crate) struct Rivalry {
    pub(crate) standing: Standing,
    pub(crate) first: Number,
    pub(crate) second: Number,
    /// Where other reports give one of them on the same word.
    pub(crate) echoes: Vec<Citation>,
}

/// A number with whose word it is.
#[derive(Clone)]
pub(crate) struct Number {
    pub(crate) doc: DocIx,
    pub(crate) span: Span,
    /// The clause in which it stands.
    pub(crate) clause: Span,
    sentence: SentenceId,
    /// Whose word, as printed; none where the report itself counts.
    pub(crate) voice: Option<Voice>,
    low: f64,
    high: f64,
    kind: QuantityKind,
    unit: Option<String>,
    /// What is counted, if that is told.
    counted: Option<String>,
    measure: Option<String>,
    gives: Gives,
    /// Whether it is of what was spoken of before: "puts it at 40".
    takes_up: bool,
    /// Whether it is where a change began: "up from 31".
    from: bool,
}

/// How a number is given.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Gives {
    /// As an answer, without what it counts: "put it at 40", "there were 40".
    Sum,
    /// With what became of those counted, who are left out: "said 40 had marched".
    Rest,
    /// With what it counts.
    Whole,
}

/// Somebody who gives a number.
#[derive(Clone)]
pub(crate) struct Voice {
    pub(crate) actor: Option<ActorIx>,
    pub(crate) name: String,
}

/// Every pair of numbers for one thing, those of the same two numbers in one story as one.
pub(crate) fn rivalries(scene: Scene, stories: &Stories) -> Vec<Rivalry> {
    let reader = Reader { scene, sorts: Sorts::bundled() };
    stories.groups.iter().flat_map(|documents| reader.of_story(documents)).collect()
}

struct Reader<'s, 'c> {
    scene: Scene<'s, 'c>,
    sorts: Sorts,
}

impl Reader<'_, '_> {
    fn of_story(&self, documents: &[DocIx]) -> Vec<Rivalry> {
        let numbers: Vec<Vec<Number>> = documents.iter().map(|&doc| self.numbers(doc)).collect();
        let mut found: BTreeMap<(Standing, u64, u64), Vec<(Number, Number)>> = BTreeMap::new();
        let within = numbers.iter().flat_map(|of_doc| self.pairs(of_doc).into_iter().chain(self.replaced(of_doc)));
        for (standing, x, y) in within {
            let key = (standing, x.low.min(y.low).to_bits(), x.low.max(y.low).to_bits());
            found.entry(key).or_default().push((x.clone(), y.clone()));
        }
        found.into_iter().map(|((standing, ..), pairs)| self.rivalry(standing, &pairs, &numbers)).collect()
    }

    /// The same two numbers, wherever reports set them against each other or give one of them on the same word.
    fn rivalry(&self, standing: Standing, pairs: &[(Number, Number)], numbers: &[Vec<Number>]) -> Rivalry {
        let (first, second) = pairs[0].clone();
        let of = |number: &Number| self.scene.corpus.cite(number.doc, number.clause);
        let again = pairs[1..].iter().flat_map(|(x, y)| [of(x), of(y)]);
        let same = |other: &&Number| {
            let one = |number: &Number| {
                let near = standing == Standing::Replaced
                    && self.scene.corpus.similarity((number.doc, number.span), (other.doc, other.span)) >= LIKE;
                other.doc != number.doc && other.low == number.low && alike(number, other) && (near || self.is_one_voice(number, other))
            };
            one(&first) || one(&second)
        };
        let echoes: BTreeSet<Citation> = again.chain(numbers.iter().flatten().filter(same).map(of)).collect();
        Rivalry { standing, echoes: echoes.into_iter().collect(), first, second }
    }

    fn is_one_voice(&self, x: &Number, y: &Number) -> bool {
        let (Some(p), Some(q)) = (&x.voice, &y.voice) else { return false };
        matches!((p.actor, q.actor), (Some(a), Some(b)) if self.scene.cast.speak_for_one(self.scene.corpus, a, b))
    }

    /// Numbers of one document that answer one question.
    fn pairs<'n>(&self, numbers: &'n [Number]) -> Vec<(Standing, &'n Number, &'n Number)> {
        let pair = |j: usize| {
            let y = &numbers[j];
            let before = || numbers[..j].iter().filter(|x| self.near(x, y));
            let here = |x: &&Number| x.sentence == y.sentence;
            let mut near: Vec<&Number> = if before().any(|x| here(&x)) { before().filter(here).collect() } else { before().collect() };
            if near.len() > 1 {
                near.retain(|x| x.measure.is_some() && x.measure == y.measure || x.counted.is_some() && x.counted == y.counted);
            }
            let [x] = near.as_slice() else { return None };
            self.standing(x, y).map(|standing| (standing, *x, y))
        };
        (0..numbers.len()).filter_map(pair).collect()
    }

    /// Whether an earlier number may be what a later one is set against: of its sort, and close before it.
    fn near(&self, x: &Number, y: &Number) -> bool {
        x.sentence.0 + APART >= y.sentence.0 && x.kind == y.kind && x.unit == y.unit && self.blocks_meet(x, y)
    }

    fn standing(&self, x: &Number, y: &Number) -> Option<Standing> {
        // One place's count and that of all, and what is counted up to now, are parts and wholes.
        let apart = (x.high < y.low || y.high < x.low) && !self.of_other_places(x, y) && !self.is_so_far(x) && !self.is_so_far(y);
        let like_size = x.low.max(y.low) <= MOST_TIMES * x.low.min(y.low);
        let old = |number: &Number| is_long_ago(self.scene.corpus, self.scene.published, number.doc, number.span);
        let of_one = like_size
            && !self.is_revised(x, y)
            && !x.from
            && !y.from
            && self.is_one_question(x, y)
            && self.voices_differ(x, y)
            && !old(x)
            && !old(y);
        (apart && of_one).then_some(Standing::Against)
    }

    /// "The figure was first put at 40; now it is 31", on nobody's clear word: one and the same may have told both.
    fn is_revised(&self, x: &Number, y: &Number) -> bool {
        let known = |number: &Number| number.voice.as_ref().is_some_and(|voice| voice.actor.is_some_and(|actor| self.speaks(actor)));
        let words = [x, y].map(|number| self.scene.corpus.slice(number.doc, number.clause));
        !(known(x) && known(y)) && words.iter().any(|clause| self.sorts.tells("revising", clause))
    }

    /// Places are not asked for numbers.
    fn speaks(&self, actor: ActorIx) -> bool {
        !matches!(self.scene.cast.member(actor).kind, EntityKind::PlaceAsActor | EntityKind::Thing)
    }

    /// Whether both clauses name places, and none that the other names.
    fn of_other_places(&self, x: &Number, y: &Number) -> bool {
        let named = |number: &Number| -> BTreeSet<String> {
            let places = &self.scene.corpus.notes(number.doc).places;
            places.iter().filter(|place| number.clause.contains(place.span)).map(|place| place.name.clone()).collect()
        };
        let (a, b) = (named(x), named(y));
        x.clause != y.clause && !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
    }

    fn is_so_far(&self, number: &Number) -> bool {
        plain_words(self.scene.corpus.slice(number.doc, number.clause)).windows(2).any(|pair| pair[0] == "so" && pair[1] == "far")
    }

    /// Numbers of one sentence of which one takes the other's place: "40, up from 31", "40, not the 31 announced", "cut from 40 to 31".
    fn replaced<'n>(&self, numbers: &'n [Number]) -> Vec<(Standing, &'n Number, &'n Number)> {
        let pair = |two: &'n [Number]| {
            let [x, y] = two else { return None };
            let between = plain_words(&self.scene.corpus.doc(x.doc).text[x.span.end()..y.span.start().max(x.span.end())]);
            // "Not" or "up from" stands right before the older one.
            let last = between[between.len().saturating_sub(LAST)..].join(" ");
            let newer_first = self.sorts.tells("replacing", &last);
            let changed = || x.from && between.len() <= LAST && between.iter().any(|word| word == "to");
            let like = x.sentence == y.sentence && x.kind == y.kind && (x.unit == y.unit || x.unit.is_none() || y.unit.is_none());
            let apart = x.low != y.low && between.len() <= 12 && self.near(x, y);
            let old = is_long_ago(self.scene.corpus, self.scene.published, x.doc, x.span);
            match like && apart && !old {
                true if newer_first => Some((Standing::Replaced, y, x)),
                true if changed() => Some((Standing::Replaced, x, y)),
                _ => None,
            }
        };
        numbers.windows(2).filter_map(pair).collect()
    }

    /// Whether two numbers answer one question: one of them leaves out what it counts, or what became of it.
    fn is_one_question(&self, x: &Number, y: &Number) -> bool {
        let same_measure = x.measure.is_some() && x.measure == y.measure;
        let like = || self.scene.corpus.similarity((x.doc, x.span), (y.doc, y.span)) >= LIKE;
        match (x.gives, y.gives) {
            (_, Gives::Sum) if x.kind == QuantityKind::Count && x.counted.is_none() && x.gives == Gives::Whole => false,
            (_, Gives::Sum) => x.sentence == y.sentence || same_measure || y.takes_up || self.is_elliptic(y) || like(),
            (Gives::Sum, Gives::Rest) => true,
            (Gives::Sum, Gives::Whole) => x.sentence != y.sentence && (same_measure || like()),
            (_, Gives::Rest) => x.sentence != y.sentence && same_measure,
            _ => false,
        }
    }

    /// "The logbook has 19.": too short to ask a question of its own.
    fn is_elliptic(&self, number: &Number) -> bool {
        const FEW: usize = 7;
        plain_words(self.scene.corpus.slice(number.doc, number.clause)).len() <= FEW
    }

    fn voices_differ(&self, x: &Number, y: &Number) -> bool {
        let Some(b) = &y.voice else { return false };
        let Some(a) = &x.voice else { return true };
        let one = matches!((a.actor, b.actor), (Some(p), Some(q)) if self.scene.cast.speak_for_one(self.scene.corpus, p, q));
        // "Doctors Afield" and "the charity Doctors Afield" are one, and so may be "the police" and "the police chief".
        let names = |name: &str| -> BTreeSet<String> { plain_words(name).into_iter().filter(|word| word.len() > 3).collect() };
        !one && names(&a.name).is_disjoint(&names(&b.name))
    }

    /// Whether both stand in one paragraph, or in two that follow one another.
    fn blocks_meet(&self, x: &Number, y: &Number) -> bool {
        let blocks = &self.scene.corpus.doc(x.doc).blocks;
        let at = |number: &Number| blocks.iter().position(|block| block.span.contains(number.span));
        matches!((at(x), at(y)), (Some(p), Some(q)) if q - p <= 1)
    }

    fn numbers(&self, doc: DocIx) -> Vec<Number> {
        let notes = self.scene.corpus.notes(doc);
        let running = |span: Span| {
            self.scene.corpus.doc(doc).block_at(span.start()).is_some_and(|block| block.kind == variorum_model::BlockKind::Paragraph)
        };
        let mut numbers: Vec<Number> =
            notes.quantities.iter().enumerate().filter(|(_, q)| running(q.span)).filter_map(|(i, q)| self.number(doc, i, q)).collect();
        numbers.sort_by_key(|number| number.span);
        numbers
    }

    fn number(&self, doc: DocIx, index: usize, quantity: &Quantity) -> Option<Number> {
        let (notes, parse) = (self.scene.corpus.notes(doc), self.scene.corpus.parse(doc));
        let sentence = self.scene.corpus.sentence_of(doc, quantity.span)?;
        if matches!(quantity.kind, QuantityKind::Ordinal | QuantityKind::Age) || is_part(parse, quantity) {
            return None;
        }
        // "Has never spoken of more than 71."
        if parse.head_of_span(quantity.span).and_then(|top| parse.head(top)).is_some_and(|verb| is_negated(parse, verb)) {
            return None;
        }
        let figure = notes.figures.iter().find(|figure| figure.quantity.index() == index);
        let low = quantity.low.or(quantity.high).filter(|low| *low > 1.0)?;
        let lemma = |id: TokenId| parse.token(id).lemma.to_lowercase();
        let clause = clause(&self.scene.corpus.doc(doc).text, parse.sentence(sentence).span, quantity.span);
        let (gives, takes_up) = self.gives(parse, quantity);
        Some(Number {
            doc,
            span: quantity.span,
            clause,
            sentence,
            voice: self.voice(doc, clause, quantity, figure),
            low: quantity.low.unwrap_or(0.0).max(if quantity.low.is_none() { 0.0 } else { low }),
            high: quantity.high.unwrap_or(f64::INFINITY),
            kind: quantity.kind,
            unit: quantity.unit.clone(),
            counted: quantity.counted.map(lemma),
            measure: figure.map(|figure| figure.measure.clone()),
            gives,
            takes_up,
            from: word_before(parse, quantity) == "from",
        })
    }

    /// How a number is given, and whether of what was spoken of before: "counted five", "put it at 40", "the figure was 40", "there were 88", "spoke of nine".
    fn gives(&self, parse: &Parse, quantity: &Quantity) -> (Gives, bool) {
        let counts = quantity.kind == QuantityKind::Count && quantity.counted.is_some_and(|noun| noun != quantity.number);
        let Some(top) = parse.head_of_span(quantity.span).filter(|_| !counts) else { return (Gives::Whole, false) };
        let lemma = |id: TokenId| parse.token(id).lemma.to_lowercase();
        let children = |id: TokenId| parse.children(id).iter().copied();
        let of_sum = |id: TokenId| parse.token(id).deprel == Deprel::Expl || lemma(id) == "it" || self.sorts.is("sum", &lemma(id));
        let pronoun = |verb: TokenId| children(verb).any(|child| lemma(child) == "it" && parse.token(child).deprel == Deprel::Obj);
        if parse.child(top, Deprel::Cop).is_some() {
            let subject = children(top)
                .any(|child| (parse.token(child).deprel.is_subject() || parse.token(child).deprel == Deprel::Expl) && of_sum(child));
            return (if subject { Gives::Sum } else { Gives::Whole }, false);
        }
        let Some(head) = parse.head(top) else { return (Gives::Whole, false) };
        let naming =
            |verb: TokenId| parse.token(verb).upos == Upos::Verb && self.sorts.is("naming", &lemma(verb)) && !is_negated(parse, verb);
        let there_are = lemma(head) == "be" && parse.child(head, Deprel::Expl).is_some();
        let by_at = children(top).any(|child| lemma(child) == "at") && parse.ancestors(top).take(3).any(naming);
        let its_figure = parse.token(top).deprel == Deprel::Nmod && self.sorts.is("sum", &lemma(head));
        if there_are || by_at || its_figure || naming(head) && is_given(parse, top, head) {
            return (Gives::Sum, pronoun(head));
        }
        let left_out = quantity.kind == QuantityKind::Count && parse.token(top).deprel.is_subject() && parse.token(head).upos == Upos::Verb;
        (if left_out { Gives::Rest } else { Gives::Whole }, false)
    }

    /// Whose word a number is: the subject of the verb that gives it, else who counted, else who says the sentence or the clause.
    fn voice(&self, doc: DocIx, clause: Span, quantity: &Quantity, figure: Option<&FigureMention>) -> Option<Voice> {
        let notes = self.scene.corpus.notes(doc);
        let hop = |hop: &variorum_model::Hop| {
            let actor = hop.entity.map(|entity| self.scene.cast.of(doc, entity));
            Voice { name: self.called(actor, &hop.name), actor }
        };
        let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<usize>();
        let nearest = || {
            let inside = |said: &&Attribution| said.content.spans().iter().any(|span| span.contains(quantity.span));
            notes.attributions.iter().filter(inside).min_by_key(|said| length(said.content.spans()))
        };
        // "Six hundred marched, the union said; police put it at 350."
        let behind = || {
            let beside = |span: &Span| clause.contains(*span) && span.start() >= quantity.span.end();
            notes.attributions.iter().find(|said| said.cue.iter().any(beside) && said.source.iter().any(beside))
        };
        // "Nine cite the one, four cite the other."
        let is_number = |name: &str| notes.quantities.iter().any(|quantity| self.scene.corpus.slice(doc, quantity.span) == name);
        let counter = || figure.and_then(|figure| figure.counter.as_ref()).map(hop);
        let speaker = || nearest().or_else(behind).and_then(|said| said.chain.last()).map(hop);
        self.giver(doc, clause, quantity)
            .or_else(counter)
            .or_else(speaker)
            .filter(|voice| !voice.name.is_empty() && !is_number(&voice.name))
    }

    /// The subject of the verb that gives a number, or the owner of the number: "the log has 14", "SNAI's count is nine".
    fn giver(&self, doc: DocIx, clause: Span, quantity: &Quantity) -> Option<Voice> {
        let parse = self.scene.corpus.parse(doc);
        let top = parse.head_of_span(quantity.span)?;
        let lemma = |id: TokenId| parse.token(id).lemma.to_lowercase();
        let above = if parse.child(top, Deprel::Cop).is_some() { top } else { parse.head(top)? };
        // "Has not moved from its figure of three."
        let verb = if self.sorts.is("sum", &lemma(above)) { parse.head(above)? } else { above };
        let subject = parse.children(verb).iter().copied().find(|&child| parse.token(child).deprel.is_subject())?;
        let names = parse.token(verb).upos == Upos::Verb && (self.sorts.is("naming", &lemma(verb)) || verb != above);
        let head = if names { subject } else { parse.child(subject, Deprel::NmodPoss)? };
        // "The Star puts it at 40, the Post at 18": the second has a giver of its own; "nine cite the one, four the other".
        let between = |other: &&Quantity| {
            other.span != quantity.span && other.span.start() > parse.token(verb).span.start() && other.span.end() <= quantity.span.start()
        };
        let other_number = self.scene.corpus.notes(doc).quantities.iter().find(between);
        if other_number.is_some_and(|other| other.kind == quantity.kind)
            || parse.token(head).upos == Upos::Num
            || !clause.contains(parse.token(head).span)
        {
            return None;
        }
        let notes = self.scene.corpus.notes(doc);
        let Some(mention) = notes.mentions.iter().find(|mention| mention.head == head) else {
            // A log, a report: things that hold numbers are not always met as actors.
            let inside = |id: TokenId| matches!(parse.token(id).deprel, Deprel::AclRelcl | Deprel::Appos | Deprel::Punct);
            let words = parse
                .span_of(&parse.subtree_without(head, inside))
                .filter(|_| parse.token(head).upos == Upos::Noun && !self.sorts.is("sum", &lemma(head)))?;
            return Some(Voice { name: self.scene.corpus.slice(doc, words).to_owned(), actor: None });
        };
        let actor = self.scene.cast.of(doc, mention.entity);
        Some(Voice { name: self.called(Some(actor), self.scene.corpus.slice(doc, mention.span)), actor: Some(actor) })
    }

    /// As printed, but for a pronoun.
    fn called(&self, actor: Option<ActorIx>, printed: &str) -> String {
        const SHORT: usize = 60;
        let pronoun = matches!(printed.to_lowercase().as_str(), "he" | "she" | "it" | "they" | "who" | "which" | "that" | "we" | "i");
        match actor {
            Some(actor) if pronoun || printed.len() > SHORT => self.scene.cast.member(actor).name.clone(),
            _ if pronoun => String::new(),
            _ => printed.to_owned(),
        }
    }
}

/// The clause in which a number stands: between semicolons, colons and dashes of its sentence.
fn clause(text: &str, sentence: Span, number: Span) -> Span {
    const ENDS: [&str; 4] = [";", ": ", " – ", " — "];
    let before = ENDS.iter().filter_map(|end| Some(sentence.start() + text[sentence.start()..number.start()].rfind(end)? + end.len()));
    let behind = ENDS.iter().filter_map(|end| Some(number.end() + text[number.end()..sentence.end()].find(end)?));
    let (start, end) = (before.max().unwrap_or(sentence.start()), behind.min().unwrap_or(sentence.end()));
    let start = start + (text[start..number.start()].len() - text[start..number.start()].trim_start().len());
    Span::new(text, start, end).unwrap_or(sentence)
}

/// Whether two numbers may count one thing.
fn alike(x: &Number, y: &Number) -> bool {
    let same = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    x.kind == y.kind && x.unit == y.unit && (same(&x.counted, &y.counted) || x.measure.is_some() && x.measure == y.measure)
}

/// Whether a number is what a verb gives: its object, or what stands with it by "of", "at", "on", "by", "to".
fn is_given(parse: &Parse, top: TokenId, verb: TokenId) -> bool {
    let by = parse.child(top, Deprel::Case).map(|case| parse.token(case).lemma.to_lowercase());
    let linked = by.is_none_or(|by| matches!(by.as_str(), "of" | "at" | "on" | "upon" | "by" | "to"));
    let clauses = parse.children(verb).iter().filter(|&&child| matches!(parse.token(child).deprel, Deprel::Ccomp | Deprel::Xcomp)).count();
    let alone = parse.token(top).deprel != Deprel::Ccomp || clauses == 1;
    linked && alone && !parse.token(top).deprel.is_subject()
}

/// "Has never spoken of more than 71".
fn is_negated(parse: &Parse, verb: TokenId) -> bool {
    let no = |child: TokenId| child < verb && matches!(parse.token(child).lemma.to_lowercase().as_str(), "not" | "n't" | "n’t" | "never");
    parse.token(verb).upos == Upos::Verb && parse.children(verb).iter().any(|&child| no(child))
}

/// "Three of them", "two more", "another nine": of a number that stands elsewhere.
fn is_part(parse: &Parse, quantity: &Quantity) -> bool {
    let n_tokens = parse.token_ids().count();
    let word = |id: u32| {
        let id = Some(TokenId(id)).filter(|id| id.index() < n_tokens);
        id.map(|id| parse.token(id).lemma.to_lowercase()).unwrap_or_default()
    };
    let last = parse.tokens_in(quantity.span).next_back().unwrap_or(quantity.number).0;
    let before = word_before(parse, quantity);
    let of_them = word(last + 1) == "of"
        && matches!(word(last + 2).as_str(), "they" | "them" | "who" | "whom" | "which" | "these" | "those" | "the" | "it");
    of_them
        || matches!(word(last + 1).as_str(), "more" | "other" | "others" | "fewer" | "less")
        || matches!(before.as_str(), "another" | "other" | "further")
}

/// The word before a number and what qualifies it.
fn word_before(parse: &Parse, quantity: &Quantity) -> String {
    let first = parse.tokens_in(quantity.span).next().unwrap_or(quantity.number);
    let before = |id: TokenId| id.0.checked_sub(1).map(|id| (TokenId(id), parse.token(TokenId(id)).lemma.to_lowercase()));
    let article = |word: &(TokenId, String)| matches!(word.1.as_str(), "the" | "a" | "an");
    let word = before(first);
    let word = word.clone().filter(|word| !article(word)).or_else(|| before(word?.0));
    word.map(|(_, lemma)| lemma).unwrap_or_default()
}
