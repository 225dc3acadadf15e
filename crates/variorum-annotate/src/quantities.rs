//! Which numbers does a text print, with what bounds and units?
//!
//! Input: the words of a document. Output: a [`Quantity`] for every number that is no part of a date, sorted by span.
//! Example: "nearly 2,000 soldiers" is `..=2000`, nearly, a count of "soldiers"; "$12m" is 12,000,000 USD; "20 to 30" is a range; "dozens" is 24 and up.
//! Grammar: `qualifier? currency? number (to number)? multiplier? unit? qualifier?`. Words come from `knowledge/numbers.tsv` and `units.tsv`.
//! Limits: "one" as a pronoun is left out by part of speech; a bare "$" is the US dollar unless another dollar is named.

mod glued;

use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::{
    Deprel, Document, Parse, Qualifier, Quantity, QuantityKind, Span, TimeExpression, Token, TokenId, Upos, table::Table,
};

use crate::{
    Output,
    phrases::{PhraseTable, lower_words},
};

/// Number words, qualifiers and units, from `knowledge/numbers.tsv` and `knowledge/units.tsv`.
#[derive(Debug)]
pub struct NumberLexicon {
    pub(crate) numerals: PhraseTable<Numeral>,
    qualifiers: PhraseTable<Qualifier>,
    /// Verbs whose particle is no qualifier, with it: "hand over".
    phrasal: FxHashSet<&'static str>,
    /// Verbs that bound the number behind them, by lemma.
    bounding: FxHashMap<&'static str, Qualifier>,
    /// By symbol or word as written.
    units: PhraseTable<Unit>,
    exact_units: FxHashMap<String, Unit>,
}

/// What a number word is worth.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Numeral {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    pub(crate) sort: NumeralSort,
}

/// How a number word takes part in a number.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum NumeralSort {
    Cardinal,
    Ordinal,
    Fraction,
    Vague,
    Multiplier,
}

#[derive(Clone, Debug)]
struct Unit {
    money: bool,
    percent: bool,
    time: bool,
    name: String,
    factor: f64,
}

impl NumberLexicon {
    /// The tables that ship with the program.
    pub fn bundled() -> Self {
        let numbers = Table::parse(include_str!("../../../knowledge/numbers.tsv")).expect("bundled tables are checked by tests");
        let units = Table::parse(include_str!("../../../knowledge/units.tsv")).expect("bundled tables are checked by tests");
        let number = |cell: &str| cell.parse::<f64>().ok();
        let numerals = numbers.rows().filter_map(|row| {
            let sort = match row.get("kind") {
                "cardinal" => NumeralSort::Cardinal,
                "ordinal" => NumeralSort::Ordinal,
                "fraction" => NumeralSort::Fraction,
                "vague" => NumeralSort::Vague,
                "multiplier" => NumeralSort::Multiplier,
                _ => return None,
            };
            Some((
                row.get("word"),
                Numeral { value: number(row.get("value")), low: number(row.get("low")), high: number(row.get("high")), sort },
            ))
        });
        // Words that open a range ("from", "and") are the grammar's own business.
        let qualifiers = numbers
            .rows()
            .filter(|row| row.get("qualifier") != "range" && row.get("kind") == "qualifier")
            .filter_map(|row| qualifier(row.get("qualifier")).map(|qualifier| (row.get("word"), qualifier)));
        let bounding = numbers.rows().filter(|row| row.get("kind") == "verb");
        let bounding = bounding.filter_map(|row| Some((row.get("word"), qualifier(row.get("qualifier"))?))).collect();
        let phrasal = numbers.rows().filter(|row| row.get("kind") == "phrasal").map(|row| row.get("word")).collect();
        let all_units: Vec<(&str, Unit)> = units
            .rows()
            .flat_map(|row| {
                let money = row.get("dimension") == "money";
                let percent = row.get("dimension") == "percent";
                // Money goes by currency; anything else stays in the unit it was reported in.
                let (name, factor) = if money {
                    (row.get("code"), number(row.get("factor")).unwrap_or(1.0))
                } else {
                    (row.list("unit").next().unwrap_or_default(), 1.0)
                };
                let time = row.get("dimension") == "time";
                let unit = Unit { money, percent, time, name: if percent { "percent" } else { name }.to_owned(), factor };
                row.list("unit").map(move |form| (form, unit.clone())).collect::<Vec<_>>()
            })
            .collect();
        let mut exact_units: FxHashMap<String, Unit> = FxHashMap::default();
        // Marks of inches and feet are quotation marks in news.
        for (form, unit) in all_units.iter().filter(|(form, _)| form.chars().any(|c| c.is_alphanumeric() || !"\"'’”′″".contains(c)))
        {
            exact_units.entry((*form).to_owned()).or_insert_with(|| unit.clone());
        }
        // Symbols of one or two letters count only as written: "m" is a million, "M" a mega-something.
        let words = all_units.into_iter().filter(|(form, _)| form.chars().filter(|c| c.is_alphabetic()).count() > 2);
        let (numerals, qualifiers, units) = (PhraseTable::new(numerals), PhraseTable::new(qualifiers), PhraseTable::new(words));
        Self { numerals, qualifiers, phrasal, bounding, units, exact_units }
    }
}

fn qualifier(label: &str) -> Option<Qualifier> {
    Some(match label {
        "about" => Qualifier::About,
        "nearly" => Qualifier::Nearly,
        "at-least" => Qualifier::AtLeast,
        "more-than" => Qualifier::MoreThan,
        "up-to" => Qualifier::UpTo,
        "range" => Qualifier::Range,
        "exact" => Qualifier::Exact,
        _ => return None,
    })
}

/// A bare number read from words: its value or bounds, and how many words it takes.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) len: usize,
    pub(crate) ordinal: bool,
    /// Offset of the word that bears the number in the tree.
    main: usize,
}

impl Number {
    fn of(value: f64, len: usize) -> Self {
        Self { low: Some(value), high: Some(value), len, ordinal: false, main: 0 }
    }

    pub(crate) fn exact(self) -> Option<f64> {
        self.low.filter(|_| self.low == self.high)
    }
}

/// Reads a number at the start of `words`: digits or words, with multipliers and "and a half".
pub(crate) fn number_at(lexicon: &NumberLexicon, words: &[String]) -> Option<Number> {
    let number = digits_at(words).or_else(|| spelled_at(lexicon, words))?;
    let mut number = multiplied(lexicon, words, 0, number);
    if let Some(n) = half_at(&words[number.len..]) {
        number.low = number.low.map(|low| low + 0.5);
        number.high = number.high.map(|high| high + 0.5);
        number.len += n;
        // "two and a half million"
        number = multiplied(lexicon, words, 0, number);
    }
    Some(number)
}

/// The number that begins at word `i`, times the multipliers that follow it: "30 million", "3 crore".
fn multiplied(lexicon: &NumberLexicon, words: &[String], i: usize, mut number: Number) -> Number {
    while let Some((n, numeral)) = words.get(i + number.len..).and_then(|rest| lexicon.numerals.longest(rest)) {
        let Some(times) = numeral.value.filter(|_| numeral.sort == NumeralSort::Multiplier) else { break };
        number.low = number.low.map(|low| low * times);
        number.high = number.high.map(|high| high * times);
        number.len += n;
    }
    number
}

/// "a quarter of a million", "three-quarters of a billion"
fn part_of_a_sum(lexicon: &NumberLexicon, words: &[String]) -> Option<Number> {
    let (n, numeral) = lexicon.numerals.longest(words).filter(|(_, numeral)| numeral.sort == NumeralSort::Fraction)?;
    let of = words.get(n..n + 3).filter(|of| of[0] == "of" && matches!(of[1].as_str(), "a" | "one"))?;
    let (_, times) = lexicon.numerals.longest(&of[2..]).filter(|(_, times)| times.sort == NumeralSort::Multiplier)?;
    Some(Number { main: n + 2, ..Number::of(numeral.value? * times.value?, n + 3) })
}

/// "12m high": the letter is a unit where a dimension follows.
fn is_in_metres(doc: &Document, parse: &Parse, words: &[String], i: usize, end: usize) -> bool {
    let millions = end > i + 1 && doc.slice(parse.tokens[end - 1].span) == "m" || end == i + 1 && words[i].ends_with('m');
    let dimension = ["high", "long", "wide", "deep", "tall", "thick", "across", "above", "below"];
    millions && words.get(end).is_some_and(|next| dimension.contains(&next.as_str()))
}

/// "2,000", "85m", "3.5", "41st".
fn digits_at(words: &[String]) -> Option<Number> {
    let word = words.first()?;
    let end = word.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(word.len());
    let (figures, suffix) = word.split_at(end);
    if !figures.starts_with(|c: char| c.is_ascii_digit()) || figures.ends_with('.') || !grouped(figures) {
        return None;
    }
    let first: f64 = figures.replace(',', "").parse().ok()?;
    let (value, len) = if suffix.is_empty() && figures.len() <= 3 { spaced_thousands(first, words) } else { (first, 1) };
    let (times, ordinal) = match suffix {
        "" => (1.0, false),
        "st" | "nd" | "rd" | "th" => (1.0, true),
        _ => (scale(suffix)?, false),
    };
    Some(Number { low: Some(value * times), high: Some(value * times), len, ordinal, main: 0 })
}

/// What a letter behind digits multiplies them by: "85m", "3bn".
fn scale(suffix: &str) -> Option<f64> {
    Some(match suffix {
        "k" => 1e3,
        "m" | "mn" | "mln" => 1e6,
        "b" | "bn" | "bln" => 1e9,
        "tn" | "trn" => 1e12,
        _ => return None,
    })
}

/// "8 000", "1 250 000": groups of three behind a space; how many words.
fn spaced_thousands(first: f64, words: &[String]) -> (f64, usize) {
    let groups = words[1..].iter().take_while(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit()));
    groups.fold((first, 1), |(value, len), group| (value * 1000.0 + group.parse::<f64>().unwrap_or(0.0), len + 1))
}

/// Commas only before groups of three; at most one point. "4.52" is a number, "25.07.2023" none.
fn grouped(figures: &str) -> bool {
    let whole = figures.split('.').next().unwrap_or_default();
    figures.matches('.').count() <= 1 && whole.split(',').skip(1).all(|group| group.len() == 3)
}

/// "forty-one", "two hundred and six", "a dozen", "dozens".
fn spelled_at(lexicon: &NumberLexicon, words: &[String]) -> Option<Number> {
    let (mut i, mut total, mut current, mut tens, mut ordinal) = (0, 0.0, None::<f64>, false, false);
    loop {
        let rest = words.get(i..)?;
        let Some((n, numeral)) = lexicon.numerals.longest(rest) else { break };
        match (numeral.sort, numeral.value) {
            (NumeralSort::Cardinal | NumeralSort::Ordinal, Some(value)) => {
                if current.is_some() && !(tens && value < 10.0) && !(current.is_some_and(|c| c >= 100.0) && value < 100.0) {
                    break;
                }
                current = Some(current.unwrap_or(0.0) + value);
                tens = value >= 20.0 && value % 10.0 == 0.0 && value < 100.0;
                ordinal = numeral.sort == NumeralSort::Ordinal;
            }
            (NumeralSort::Multiplier, Some(times)) if current.is_some() && times < 1000.0 => current = current.map(|c| c * times),
            (NumeralSort::Multiplier, Some(times)) if current.is_some() => {
                total += current.take().unwrap_or(1.0) * times;
                current = Some(0.0);
                tens = false;
            }
            (NumeralSort::Vague, _) if i == 0 => {
                return Some(Number {
                    low: numeral.low.or(numeral.value),
                    high: numeral.high.or(numeral.value),
                    len: n,
                    ordinal: false,
                    main: n - 1,
                });
            }
            (NumeralSort::Multiplier, _) if i == 0 && words.first().is_some_and(|word| word.len() > 2) => return None,
            _ => break,
        }
        i += n;
        if ordinal {
            break;
        }
        // A hyphen or "and" goes on only if a number word follows.
        let joint =
            words.get(i).is_some_and(|word| word == "-" && tens || word == "and" && current.is_some_and(|c| c == 0.0 || c >= 100.0));
        let goes_on = words
            .get(i + 1..)
            .and_then(|rest| lexicon.numerals.longest(rest))
            .is_some_and(|(_, numeral)| matches!(numeral.sort, NumeralSort::Cardinal | NumeralSort::Ordinal));
        i += usize::from(joint && goes_on);
    }
    let value = total + current?;
    Some(Number { low: Some(value), high: Some(value), len: i, ordinal, main: i - 1 })
}

/// "and a half", "-and-a-half".
fn half_at(words: &[String]) -> Option<usize> {
    let plain = words.iter().take(6).position(|word| word == "half")?;
    let between: Vec<&str> = words[..plain].iter().map(String::as_str).filter(|word| *word != "-").collect();
    (between == ["and", "a"]).then_some(plain + 1)
}

/// Finds numbers with their bounds and units; those that are part of a date are left out. Sorted by span.
pub fn quantities(lexicon: &NumberLexicon, doc: &Document, parse: &Parse, times: &[TimeExpression]) -> Output<Quantity> {
    let words = lower_words(doc, parse);
    let mut found = Vec::new();
    for sentence in &parse.sentences {
        let (mut i, end) = (sentence.first.index(), sentence.end.index());
        while i < end {
            let dated = times.iter().any(|time| time.span.contains(parse.tokens[i].span) && !is_length(time));
            match (!dated).then(|| quantity_at(lexicon, doc, parse, &words[..end], i, sentence.first.index())).flatten() {
                Some((quantity, next)) => {
                    found.push(quantity);
                    i = next.max(i + 1);
                }
                None => i += 1,
            }
        }
    }
    share_units(parse, &mut found);
    found.into()
}

/// "from 18,000 to 31,500 francs", "sold for 380 pesos and now go for 700": a unit that is said once in a sentence is that of both.
fn share_units(parse: &Parse, found: &mut [Quantity]) {
    for i in 1..found.len() {
        let (first, second) = (&found[i - 1], &found[i]);
        if parse.token(first.number).sentence != parse.token(second.number).sentence {
            continue;
        }
        if is_bare(parse, first, Some(second.span)) && second.unit.is_some() && leads_to(parse, first, second) {
            (found[i - 1].unit, found[i - 1].kind, found[i - 1].counted) = (second.unit.clone(), second.kind, None);
        } else if first.kind == QuantityKind::Money && is_bare(parse, second, None) && is_a_sum(parse, second) {
            (found[i].unit, found[i].kind) = (first.unit.clone(), first.kind);
        }
    }
}

/// A number of which neither noun nor unit is said, but for the unit that another has.
fn is_bare(parse: &Parse, quantity: &Quantity, other: Option<Span>) -> bool {
    let borrowed = |noun: TokenId| other.is_some_and(|other| other.contains(parse.token(noun).span));
    quantity.kind == QuantityKind::Count && quantity.unit.is_none() && quantity.counted.is_none_or(borrowed)
}

/// Whether "to" is all that stands between.
fn leads_to(parse: &Parse, first: &Quantity, second: &Quantity) -> bool {
    let end = parse.tokens_in(first.span).last().map_or(0, |last| last.index() + 1);
    let begin = parse.token_at(second.span.start()).map_or(0, TokenId::index);
    begin == end + 1 && parse.tokens[end].lemma == "to"
}

/// Whether a bare number can be money: it does nothing itself, and is too big for a score or share.
fn is_a_sum(parse: &Parse, quantity: &Quantity) -> bool {
    let token = parse.token(quantity.number);
    let next = parse.tokens_in(quantity.span).last().and_then(|last| parse.tokens.get(last.index() + 1));
    let named =
        next.is_some_and(|next| matches!(next.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Verb | Upos::Aux) || next.lemma == "of");
    let before = parse.token_at(quantity.span.start()).and_then(|first| first.index().checked_sub(1)).map(|at| &parse.tokens[at]);
    let placed = before
        .is_some_and(|before| matches!(before.lemma.as_str(), "for" | "to" | "from" | "," | "and" | "at" | "than" | "claim"))
        || before.is_some_and(|before| before.upos == Upos::Verb);
    let large = quantity.low.or(quantity.high).is_some_and(|value| value >= 100.0);
    large && placed && !named && !token.deprel.is_subject()
}

fn is_length(time: &TimeExpression) -> bool {
    matches!(time.value, variorum_model::TimeValue::Length { .. })
}

/// The quantity whose number begins at word `i`, and the word after it.
fn quantity_at(
    lexicon: &NumberLexicon,
    doc: &Document,
    parse: &Parse,
    words: &[String],
    i: usize,
    start: usize,
) -> Option<(Quantity, usize)> {
    let upos = parse.tokens[i].upos;
    let glued = glued::glued_at(lexicon, doc, parse, i, words.len());
    let named = matches!(upos, Upos::Pron | Upos::Propn) && !words[i].starts_with(|c: char| c.is_ascii_digit());
    if named && glued.is_none() || inside_word(doc, parse, i) {
        return None;
    }
    let sum = part_of_a_sum(lexicon, &words[i..]);
    let fraction = fraction_at(lexicon, &words[i..]).filter(|_| sum.is_none());
    let share = fraction.is_some();
    let (mut number, own_unit) = match glued {
        Some(glued) => (multiplied(lexicon, words, i, Number::of(glued.value, glued.len)), glued.unit),
        None => (fraction.or(sum).or_else(|| number_at(lexicon, &words[i..]))?, None),
    };
    let mut end = i + number.len;
    let in_metres = own_unit.is_none() && is_in_metres(doc, parse, words, i, end);
    if in_metres {
        number = Number { low: number.low.map(|low| low / 1e6), high: number.high.map(|high| high / 1e6), ..number };
    }
    let own_unit = own_unit.or_else(|| in_metres.then(|| lexicon.exact_units.get("m").cloned()).flatten());
    // An article or "no" is a number only as a part of one: "a dozen". "No more than 20" bounds another.
    if number.len == 1 && !share && (upos == Upos::Det || words[i] == "no") {
        return None;
    }
    let mut range = None;
    if let Some((second, next)) = second_bound(lexicon, parse, words, start, i, end) {
        range = Some(());
        // "20 to 30 million": the multiplier of the second counts for both.
        let scale = match (number.high, second.low) {
            (Some(a), Some(b)) if a < 1000.0 && b >= 1000.0 && b / a > 900.0 => 10f64.powi(3 * ((b.log10() / 3.0).floor() as i32)),
            _ => 1.0,
        };
        number.low = number.low.map(|low| low * scale);
        number.high = second.high;
        end = next;
    }
    let before = currency_before(lexicon, doc, parse, i, start).filter(|_| own_unit.is_none());
    let below_zero = before.is_none() && is_below_zero(doc, parse, words, i, start);
    let first = before.as_ref().map_or(i - usize::from(below_zero), |(at, _)| *at);
    let after = unit_after(lexicon, doc, parse, words, end);
    let (unit, unit_end) = match (before, after) {
        _ if own_unit.is_some() => (own_unit, end),
        (Some((_, unit)), _) => (Some(unit), end),
        (None, Some((unit, next))) => (Some(unit), next),
        (None, None) if share => (Some(Unit { money: false, percent: true, time: false, name: "percent".to_owned(), factor: 1.0 }), end),
        (None, None) => (None, end),
    };
    // "handed over 60 prisoners" hands over no more than 60.
    let particle = is_particle(lexicon, parse, words, first, start);
    let (qualifier, q_first, q_end) = qualified(lexicon, words, if particle { first } else { start }, first, unit_end);
    let main = TokenId((i + number.main.min(number.len - 1)) as u32);
    let kind = kind_of(parse, words, &number, unit.as_ref(), main, end);
    let factor = unit.as_ref().map_or(1.0, |unit| unit.factor) * if below_zero { -1.0 } else { 1.0 };
    let span = parse.tokens[q_first].span.cover(parse.tokens[q_end - 1].span);
    let counted = counted_noun(parse, main, q_end.saturating_sub(1)).filter(|noun| !span.contains(parse.token(*noun).span));
    // "passed 12 laws" bounds nothing.
    let qualifier = qualifier.or_else(|| bounding_verb(lexicon, parse, q_first, start).filter(|_| unit.is_some() || counted.is_none()));
    let (low, high, qualifier) = bounds(number, qualifier, range.is_some());
    let quantity = Quantity {
        span,
        low: low.map(|x| rounded(x * factor)),
        high: high.map(|x| rounded(x * factor)),
        qualifier,
        kind,
        unit: unit.map(|unit| unit.name),
        counted,
        number: main,
    };
    Some((quantity, q_end))
}

/// "a third of its water", "half the valley": a share of a hundred, where what it is a share of follows.
fn fraction_at(lexicon: &NumberLexicon, words: &[String]) -> Option<Number> {
    let (n, numeral) = lexicon.numerals.longest(words).filter(|(_, numeral)| numeral.sort == NumeralSort::Fraction)?;
    let whole = ["of", "the", "its", "his", "her", "their", "our", "all"];
    let given = words[0] == "half" || n > 1;
    let follows = words.get(n).is_some_and(|next| whole.contains(&next.as_str())) || words[n - 1] == "of";
    let percent = numeral.value.map(|share| rounded(share * 100.0)).filter(|&percent| given && follows && percent < 100.0);
    percent.map(|percent| Number { low: Some(percent), high: Some(percent), len: n, ordinal: false, main: n - 1 })
}

/// Figures inside a name or address: "G20", "T-207", "No. 2", "Covid-19", "B-52"; and what a rate is reckoned on: "9.4 per 100,000".
fn inside_word(doc: &Document, parse: &Parse, i: usize) -> bool {
    let token = &parse.tokens[i];
    let glued = i > 0 && parse.tokens[i - 1].span.end() == token.span.start();
    let hyphen =
        glued && doc.slice(parse.tokens[i - 1].span) == "-" && i > 1 && parse.tokens[i - 2].span.end() == parse.tokens[i - 1].span.start();
    let letters_before =
        hyphen && doc.slice(parse.tokens[i - 2].span).chars().all(char::is_alphabetic) && parse.tokens[i - 2].upos != Upos::Num;
    let number_word = i > 0
        && matches!(
            doc.slice(parse.tokens[i - 1].span),
            "No" | "No." | "Nos." | "no." | "#" | "№" | "Article" | "Flight" | "Route" | "Highway" | "Channel" | "Chapter" | "per"
        );
    letters_before || number_word
}

/// "20 to 30", "20-30", "between 20 and 30".
fn second_bound(lexicon: &NumberLexicon, parse: &Parse, words: &[String], start: usize, i: usize, end: usize) -> Option<(Number, usize)> {
    let at = i;
    let symbol = i > start && lexicon.exact_units.get(&words[i - 1]).is_some_and(|unit| unit.money);
    let i = i - usize::from(symbol);
    let opener = i > start && matches!(words[i - 1].as_str(), "between" | "from");
    let joint = match words.get(end).map(String::as_str) {
        Some("to" | "–" | "-" | "—") => true,
        Some("and") => opener && words[i - 1] == "between",
        _ => false,
    };
    // "between €60m and €80m": the currency may be said again.
    let symbol = words.get(end + 1).and_then(|word| lexicon.exact_units.get(word)).is_some_and(|unit| unit.money);
    let from = end + 1 + usize::from(symbol);
    let second = joint.then(|| words.get(from..)).flatten().and_then(|rest| number_at(lexicon, rest))?;
    let first = number_at(lexicon, &words[at..])?;
    // "rose by 410 to 13,900": a step and a level.
    let step = i > start && words[i - 1] == "by" && first.high.zip(second.low).is_some_and(|(step, level)| level > 3.0 * step);
    if step || words.get(end).is_some_and(|word| word == "to") && is_change_from(parse, words, start, i) {
        return None;
    }
    // "voted 61 to 38" is no range.
    if first.low.zip(second.high).is_some_and(|(low, high)| high <= low && high >= 1.0 && second.high < first.high) {
        return None;
    }
    // "paid £75,000 to a": an article is no upper bound.
    (!matches!(words[from].as_str(), "a" | "an") || second.len > 1).then_some((second, from + second.len))
}

/// "has grown from 600 to 1,450": what was and what is, no range; "prices range from 3 to 5" is one.
fn is_change_from(parse: &Parse, words: &[String], start: usize, i: usize) -> bool {
    let before = (start..i.saturating_sub(1)).rev().find(|&at| parse.tokens[at].upos != Upos::Adv);
    let from = i > start && words[i - 1] == "from";
    let spans = |lemma: &str| matches!(lemma, "range" | "vary" | "span" | "stretch" | "extend" | "run" | "differ" | "be" | "age");
    // "goes from 3 to 5" is one, "has gone from 3 to 5" none.
    let goes = |at: usize| parse.tokens[at].lemma == "go" && matches!(parse.tokens[at].tag.as_str(), "VB" | "VBP" | "VBZ");
    from && before.is_some_and(|at| parse.tokens[at].upos == Upos::Verb && !spans(&parse.tokens[at].lemma) && !goes(at))
}

/// "minus 8", "-12": the sign belongs to the number, where it is no dash of a range or compound.
fn is_below_zero(doc: &Document, parse: &Parse, words: &[String], i: usize, start: usize) -> bool {
    let Some(sign) = i.checked_sub(1).filter(|&sign| sign >= start) else { return false };
    let glued = parse.tokens[sign].span.end() == parse.tokens[i].span.start();
    let free = sign == 0 || parse.tokens[sign - 1].span.end() < parse.tokens[sign].span.start();
    words[sign] == "minus" || matches!(doc.slice(parse.tokens[sign].span), "-" | "−" | "–") && glued && free
}

/// A currency symbol or name right before the number: "$12m", "Yuan 85m".
fn currency_before(lexicon: &NumberLexicon, doc: &Document, parse: &Parse, i: usize, start: usize) -> Option<(usize, Unit)> {
    let at = i.checked_sub(1).filter(|&at| at >= start)?;
    // "won 47 seats"
    if matches!(parse.tokens[at].upos, Upos::Verb | Upos::Aux) {
        return None;
    }
    let text = |from: usize| Span::cover(parse.tokens[from].span, parse.tokens[at].span).of(&doc.text);
    let lookup = |form: &str| {
        lexicon.exact_units.get(form).or_else(|| lexicon.exact_units.get(&form.to_lowercase())).filter(|unit| unit.money).cloned()
    };
    let two = at.checked_sub(1).filter(|&from| from >= start).and_then(|from| lookup(text(from)).map(|unit| (from, unit)));
    two.or_else(|| lookup(text(at)).map(|unit| (at, unit)))
}

/// A unit right after the number, over a hyphen too: "85 million yuan", "900 metres", "22%".
fn unit_after(lexicon: &NumberLexicon, doc: &Document, parse: &Parse, words: &[String], end: usize) -> Option<(Unit, usize)> {
    let at = end + usize::from(words.get(end).is_some_and(|word| word == "-"));
    // "61 in 2020": a preposition is no inch.
    let token = parse.tokens.get(at).filter(|token| at < words.len() && token.upos != Upos::Adp)?;
    // "Swiss francs", "kilometres per hour": tables have the singular.
    let near = &words[at..words.len().min(at + 4)];
    let singular = |i: usize| near[i].strip_suffix('s').unwrap_or(&near[i]).to_owned();
    let one_singular = (0..near.len()).map(|i| [&near[..i], &[singular(i)], &near[i + 1..]].concat());
    let forms = std::iter::once(near.to_vec()).chain(one_singular);
    // "120 day labourers": more than one day would be days.
    if at == end && is_bare_time(lexicon, near) && end > 0 && words[end - 1] != "1" && words[end - 1] != "one" {
        return None;
    }
    if let Some(found) = slashed(lexicon, doc, parse, at, words.len()) {
        return Some(found);
    }
    if let Some((n, unit)) =
        forms.filter_map(|form| lexicon.units.longest(&form).map(|(n, unit)| (n, unit.clone()))).max_by_key(|found| found.0)
    {
        return Some((unit, at + n));
    }
    let exact = lexicon.exact_units.get(doc.slice(token.span)).or_else(|| lexicon.exact_units.get(&token.lemma.to_lowercase()));
    exact.cloned().map(|unit| (unit, at + 1))
}

/// "71km/h", "30 mg/l": a unit over another, which tokenisers cut at the stroke.
fn slashed(lexicon: &NumberLexicon, doc: &Document, parse: &Parse, at: usize, end: usize) -> Option<(Unit, usize)> {
    let parts = parse.tokens.get(at..at + 3).filter(|_| at + 3 <= end)?;
    let whole = parts[0].span.cover(parts[2].span);
    let in_one = doc.slice(parts[1].span) == "/" && whole.len() == parts.iter().map(|part| part.span.len()).sum::<usize>();
    let text = doc.slice(whole);
    let word = [text.to_lowercase()];
    let unit = lexicon.exact_units.get(text).or_else(|| lexicon.units.longest(&word).map(|(_, unit)| unit));
    unit.filter(|_| in_one).map(|unit| (unit.clone(), at + 3))
}

/// A unit of time in the singular with a word behind it.
fn is_bare_time(lexicon: &NumberLexicon, near: &[String]) -> bool {
    let singular = near[0].len() > 2 && lexicon.units.longest(&near[..1]).is_some_and(|(_, unit)| unit.time) && !near[0].ends_with('s');
    singular && near.get(1).is_some_and(|next| next.chars().all(char::is_alphabetic))
}

/// A qualifier before the number or after it, with the words it takes.
fn qualified(lexicon: &NumberLexicon, words: &[String], start: usize, first: usize, end: usize) -> (Option<Qualifier>, usize, usize) {
    if let Some((n, qualifier)) = lexicon.qualifiers.longest_before(&words[start..first]) {
        return (Some(*qualifier), first - n, end);
    }
    let after =
        words.get(end..).and_then(|rest| lexicon.qualifiers.longest(rest)).filter(|_| words.get(end).is_some_and(|word| word == "or"));
    match after {
        Some((n, qualifier)) => (Some(*qualifier), first, end + n),
        None => (None, first, end),
    }
}

/// Whether the word before a number belongs to the verb before it.
fn is_particle(lexicon: &NumberLexicon, parse: &Parse, words: &[String], first: usize, start: usize) -> bool {
    let Some(word) = first.checked_sub(1).filter(|&word| word >= start) else { return false };
    let verb = word.checked_sub(1).filter(|&verb| verb >= start);
    let phrasal = verb.is_some_and(|verb| lexicon.phrasal.contains(format!("{} {}", parse.tokens[verb].lemma, words[word]).as_str()));
    phrasal || parse.tokens[word].deprel == Deprel::CompoundPrt
}

/// "turnout to pass 70%": the verb right before the number says that it is more.
fn bounding_verb(lexicon: &NumberLexicon, parse: &Parse, first: usize, start: usize) -> Option<Qualifier> {
    let before = first.checked_sub(1).filter(|&before| before >= start && parse.tokens[before].upos == Upos::Verb)?;
    lexicon.bounding.get(parse.tokens[before].lemma.as_str()).copied()
}

fn bounds(number: Number, qualifier: Option<Qualifier>, range: bool) -> (Option<f64>, Option<f64>, Qualifier) {
    let (low, high) = (number.low, number.high);
    match qualifier {
        Some(Qualifier::AtLeast) => (low, None, Qualifier::AtLeast),
        Some(Qualifier::MoreThan) => (low, None, Qualifier::MoreThan),
        Some(Qualifier::UpTo) => (None, high, Qualifier::UpTo),
        Some(Qualifier::Nearly) => (None, high, Qualifier::Nearly),
        Some(Qualifier::About) if !range => (low, high, Qualifier::About),
        _ if range || low != high => (low, high, Qualifier::Range),
        _ => (low, high, Qualifier::Exact),
    }
}

fn kind_of(parse: &Parse, words: &[String], number: &Number, unit: Option<&Unit>, main: TokenId, end: usize) -> QuantityKind {
    let age = words.get(end..).is_some_and(|rest| {
        let plain: Vec<&str> = rest.iter().take(5).map(String::as_str).filter(|word| *word != "-").take(2).collect();
        matches!(plain.as_slice(), ["year" | "years" | "month" | "months", "old" | "olds", ..])
    });
    let aged = main.index().saturating_sub(3)..main.index();
    let age = age || words.get(aged).is_some_and(|before| before.iter().any(|word| word == "aged"));
    // "Anna Berg, 58,", "the caretaker, 63,"
    let one = |token: &Token| token.upos == Upos::Propn || token.tag == "NN" && number.exact().is_some_and(|n| n > 9.0);
    let name_before = main.index() > 1 && one(&parse.tokens[main.index() - 2]);
    let apposed = name_before
        && unit.is_none()
        && number.exact().is_some_and(|n| (1.0..=120.0).contains(&n) && n.fract() == 0.0)
        && between_commas(words, main.index(), end);
    match unit {
        _ if age || apposed => QuantityKind::Age,
        Some(unit) if unit.money => QuantityKind::Money,
        Some(unit) if unit.percent => QuantityKind::Percent,
        Some(_) => QuantityKind::Measure,
        None if number.ordinal => QuantityKind::Ordinal,
        None => QuantityKind::Count,
    }
}

/// "Wu Caihong, 58, who …".
fn between_commas(words: &[String], i: usize, end: usize) -> bool {
    i > 0 && words[i - 1] == "," && words.get(end).is_none_or(|word| matches!(word.as_str(), "," | "." | ";" | ")"))
}

/// The noun the number stands with: its head by `nummod`, the noun of "dozens of people", else none.
fn counted_noun(parse: &Parse, number: TokenId, last: usize) -> Option<TokenId> {
    let token = parse.token(number);
    let noun = |id: TokenId| matches!(parse.token(id).upos, Upos::Noun | Upos::Propn);
    let of_phrase = |id: TokenId| {
        parse.children(id).iter().copied().find(|&child| {
            noun(child) && child.index() > last && parse.children_by(child, Deprel::Case).any(|case| parse.token(case).lemma == "of")
        })
    };
    if let Some(noun) = of_phrase(number) {
        return Some(noun);
    }
    let mut head = token.head?;
    // "nine million rounds": the number may hang on the multiplier.
    if parse.token(head).upos == Upos::Num || head.index() <= last && parse.token(head).deprel == Deprel::Nummod {
        head = parse.head(head)?;
    }
    let modifies = matches!(
        token.deprel,
        Deprel::Nummod
            | Deprel::DetPredet
            | Deprel::Det
            | Deprel::Compound
            | Deprel::Amod
            | Deprel::Advmod
            | Deprel::NmodUnmarked
            | Deprel::Nmod
    );
    if number < head && head.index() <= last {
        return of_phrase(head).or_else(|| Some(head).filter(|_| modifies && noun(head)));
    }
    // A noun before the number is not counted by it: "Room 5", "Anna Berg, 58".
    (modifies && noun(head) && head > number).then_some(head).or_else(|| noun_after(parse, number, TokenId(last as u32), head))
}

/// "87 confirmed measles cases": where the number hangs on a modifier, the noun of the run of words that follows it.
fn noun_after(parse: &Parse, number: TokenId, last: TokenId, head: TokenId) -> Option<TokenId> {
    let modifier = |id: TokenId| {
        let token = parse.token(id);
        matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn) || matches!(token.deprel, Deprel::Amod | Deprel::Compound)
    };
    let sentence = parse.token(last).sentence;
    let run =
        (last.0 + 1..last.0 + 5).map(TokenId).take_while(|id| parse.tokens.get(id.index()).is_some_and(|token| token.sentence == sentence));
    let run: Vec<TokenId> = run.take_while(|&id| modifier(id)).collect();
    let noun = run.iter().copied().rfind(|&id| parse.token(id).upos == Upos::Noun)?;
    let together = run.contains(&head) && (head == noun || parse.head(head) == Some(noun)) || parse.is_within(noun, number);
    together.then_some(noun)
}

/// Twelve significant digits: 4.2 × 0.001 prints as it should.
fn rounded(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<f64>, Option<f64>, usize)> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        number_at(&NumberLexicon::bundled(), &words).map(|number| (number.low, number.high, number.len))
    }

    #[test]
    fn numbers_in_words_and_figures() {
        assert_eq!(read("2,000 soldiers"), Some((Some(2000.0), Some(2000.0), 1)));
        assert_eq!(read("forty - one people"), Some((Some(41.0), Some(41.0), 3)));
        assert_eq!(read("nine million rounds"), Some((Some(9e6), Some(9e6), 2)));
        assert_eq!(read("two hundred and six"), Some((Some(206.0), Some(206.0), 4)));
        assert_eq!(read("two - and - a - half - hour"), Some((Some(2.5), Some(2.5), 7)));
        assert_eq!(read("85m yuan"), Some((Some(85e6), Some(85e6), 1)));
        assert_eq!(read("dozens of people").map(|n| (n.0, n.1)), Some((Some(24.0), None)));
        assert_eq!(read("25.07.2023"), None);
    }
}
