//! Drawings of records made by hand, so that they change only when the drawing does.

use jiff::civil::date;
use unicode_width::UnicodeWidthStr;
use variorum_model::{
    Act, Annotations, Attribution, AttributionForm, AttributionId, AttributionKind, Basis, Block, BlockKind, DateRange, Dated, DocumentId,
    Entity, EntityId, EntityKind, EventMention, EventStatus, EventType, Evidence, FigureMention, Hop, HopRole, Mention, MentionId,
    MentionKind, Parse, Place, PlaceId, PlaceKind, PlaceUse, Polarity, Precision, Qualifier, Quantity, QuantityId, QuantityKind, Sentence,
    Span, TimeExpression, TimeId, TimeKind, TimeValue, TokenId,
};

use super::*;

/// The first occurrence of some words.
fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} stands in the text"));
    Span::new(text, start, start + words.len()).unwrap()
}

fn spans(text: &str, pieces: &[&str]) -> Vec<Span> {
    pieces.iter().map(|words| span(text, words)).collect()
}

/// A report of paragraphs, each of which ends its sentences with `. ` or `” `.
fn report(text: &str) -> Annotated {
    let paragraphs = text.split("\n\n").map(|words| span(text, words.trim()));
    let blocks: Vec<Block> = paragraphs.map(|span| Block { span, kind: BlockKind::Paragraph }).collect();
    let mut sentences = Vec::new();
    for block in &blocks {
        let mut start = block.span.start();
        for piece in block.span.of(text).split_inclusive(". ") {
            let whole = Span::new(text, start, start + piece.len()).unwrap();
            sentences.push(Sentence { span: whole.trimmed(text).unwrap(), first: TokenId(0), end: TokenId(0), embedding: Vec::new() });
            start += piece.len();
        }
    }
    let day = DateRange::new(date(2024, 3, 6), date(2024, 3, 6), Precision::Day).unwrap();
    let document = Document {
        id: DocumentId::of(["one"]),
        path: "quay.txt".into(),
        url: None,
        text: text.into(),
        title: None,
        publisher: None,
        byline: None,
        published: Some(Dated { range: day, basis: Basis::Printed }),
        published_evidence: Vec::new(),
        language: None,
        blocks,
        credits: Vec::new(),
    };
    Annotated { document, parse: Parse::new(sentences, Vec::new(), Vec::new()), annotations: Annotations::default() }
}

fn hop(text: &str, name: &str, role: HopRole, cue: &str, words: &str) -> Hop {
    Hop { name: name.into(), role, ..spoken(cue, span(text, words)) }
}

/// Said by nobody who is named.
fn spoken(cue: &str, span: Span) -> Hop {
    let (role, kind) = (HopRole::Speaker, AttributionKind::Speech);
    Hop { entity: None, name: String::new(), role, cue: cue.into(), kind, hedge: None, said: None, span }
}

/// An attribution of these words, spoken by its source.
fn attribution(text: &str, source: &[&str], cue: &[&str], lemma: &str, content: &[&str]) -> Attribution {
    let content = Evidence::new(spans(text, content)).unwrap();
    let words = spans(text, &[source, cue].concat()).into_iter().reduce(Span::cover).unwrap_or_else(|| content.first());
    Attribution {
        source: spans(text, source),
        speaker: None,
        cue: spans(text, cue),
        cue_lemma: lemma.into(),
        verbatim: Vec::new(),
        form: AttributionForm::Indirect,
        kind: AttributionKind::Speech,
        act: Act::Say,
        polarity: Polarity::Positive,
        addressee: None,
        hedge: None,
        said: None,
        within: None,
        chain: vec![Hop { name: source.concat(), ..spoken(lemma, words) }],
        evidence: content.clone(),
        content,
    }
}

/// What a stage prints in a pipe, without the heading of the report.
fn drawn(doc: &Annotated, stage: &str, width: usize) -> String {
    let styled = explain(doc, Some(stage), width);
    let plain = anstream::adapter::strip_str(&styled).to_string();
    let lines = plain.lines().skip(3).map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

#[test]
fn discontinuous_speech_is_one_line() {
    let text = "“It holds,” Ana Prado told the crew on Monday, “for now.”";
    let mut doc = report(text);
    let mut one = attribution(text, &["Ana Prado"], &["told"], "tell", &["It holds", "for now."]);
    one.verbatim = spans(text, &["It holds", "for now."]);
    one.form = AttributionForm::Direct;
    one.said = Some(TimeId(0));
    one.chain[0].said = one.said;
    doc.annotations.times = vec![time(text, "Monday", -2)];
    doc.annotations.attributions = vec![one];
    let expected = "
── attribution · 1
  ══ source  ^^ cue  ── content  ━━ quoted  ~~ hedge  .. when said

¶1
    “It holds,” Ana Prado told the crew on Monday, “for now.”
  a  ┗━━━━━━━┄┄┄═════════┄^^^^┄┄┄┄┄┄┄┄┄┄┄┄┄......┄┄┄━━━━━━━┛

  a document ─speaker→ Ana Prado “told” · Monday 2024-03-04
    say · direct speech
";
    assert_eq!(drawn(&doc, "attribution", 72), expected.trim_start_matches('\n'));
}

#[test]
fn what_stands_in_anothers_words_is_set_in_and_its_chain_runs_on() {
    let text = "CNB reported that Orlov had allegedly warned of delays.";
    let mut doc = report(text);
    let outer = attribution(text, &["CNB"], &["reported"], "report", &["that Orlov had allegedly warned of delays"]);
    let mut inner = attribution(text, &["Orlov"], &["had", "warned"], "warn", &["of delays"]);
    inner.within = Some(AttributionId(0));
    inner.hedge = Some(span(text, "allegedly"));
    inner.chain = vec![
        Hop { role: HopRole::Relay, ..outer.chain[0].clone() },
        Hop { hedge: Some("allegedly".into()), ..hop(text, "Orlov", HopRole::Speaker, "warn", "Orlov had allegedly warned") },
    ];
    doc.annotations.attributions = vec![outer, inner];
    let expected = "
¶1
     CNB reported that Orlov had
  a  ═══ ^^^^^^^^ └─────────────
  └b                   ═════ ^^^
     allegedly warned of delays.
  a  ─────────────────────────┘
  └b ~~~~~~~~~ ^^^^^^ └───────┘

  a  document ─speaker→ CNB
       “reported”
     say · indirect speech
  └b document ─relay→ CNB
       “reported” ─speaker→ Orlov
       “had … warned” (allegedly)
     say · indirect speech
";
    assert!(drawn(&doc, "attribution", 34).ends_with(expected), "{}", drawn(&doc, "attribution", 34));
}

#[test]
fn an_open_link_is_a_question_mark() {
    let text = "It was reported that the dam held. No one said more.";
    let mut doc = report(text);
    doc.annotations.attributions = vec![attribution(text, &[], &["was reported"], "report", &["that the dam held"])];
    assert!(drawn(&doc, "attribution", 72).contains("document ─speaker→ ? “was reported”\n"));
}

#[test]
fn a_quotation_over_paragraphs_is_one_passage_and_what_lies_between_is_left_out() {
    let text = "“The dam held. It always has.\n\n“It will again,” read a note. Rain fell. The hand was Karl Brandt’s.";
    let mut doc = report(text);
    let mut one = attribution(text, &["Karl Brandt"], &[], "say", &["The dam held. It always has.", "It will again"]);
    one.verbatim = one.content.spans().to_vec();
    doc.annotations.attributions = vec![one];
    let expected = "
¶1
    “The dam held. It always has.
  a  ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━
    “It will again,” read a note.
  a ┄━━━━━━━━━━━━┛
    ⋯
    The hand was Karl Brandt’s.
  a              ═══════════

";
    let shown = drawn(&doc, "attribution", 72);
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn nothing_of_a_report_reaches_the_terminal_and_no_line_is_too_wide() {
    let text =
        "漢字\u{202e}\t“It\u{1b}[31m hölds”\r\nsays Ana\u{301} Prado-of-the-very-long-name-that-is-longer-than-any-row-of-forty-columns.";
    let mut doc = report(text);
    let name = &text[text.find("Ana").unwrap()..text.len() - 1];
    doc.annotations.attributions = vec![attribution(text, &[name], &["says"], "say", &["“It\u{1b}[31m hölds”"])];
    doc.annotations.times = vec![time(text, "hölds", 0), time(text, "forty", 1)];
    let prado = actor(&mut doc, name, &[name]);
    doc.annotations.events =
        vec![EventMention { actors: vec![prado], ..event(text, &["“It\u{1b}[31m hölds”"], EventType::Agree, text) }];
    for (stage, width) in ["attribution", "times", "events"].into_iter().flat_map(|stage| [(stage, 40), (stage, 60), (stage, 100)]) {
        let shown = drawn(&doc, stage, width);
        assert!(shown.contains("\u{fffd}") && !shown.contains(['\u{202e}', '\u{1b}', '\t', '\r']), "{shown}");
        assert!(shown.lines().all(|line| line.width() <= width), "{width}: {shown}");
    }
}

// --- times and figures --------------------------------------------------------------------------------------------------

fn time(text: &str, words: &str, days: i32) -> TimeExpression {
    let value = TimeValue::Shift { amount: days, unit: variorum_model::time::TimeUnit::Day };
    TimeExpression { span: span(text, words), kind: TimeKind::Date, value, clock: None, zone: None, part: None }
}

#[test]
fn times_have_their_values_below() {
    let text = "It shut yesterday, and may open in March.";
    let mut doc = report(text);
    let march = DateRange::new(date(2025, 3, 1), date(2025, 3, 31), Precision::Month).unwrap();
    doc.annotations.times =
        vec![time(text, "yesterday", -1), TimeExpression { value: TimeValue::Absolute(march), ..time(text, "March", 0) }];
    let expected = "── times · 2

¶1
  It shut yesterday, and may open in March.
          ┬────────                  ┬────
          DATE 2024-03-05            DATE 2025-03
                                     2025-03-01..2025-03-31
";
    assert_eq!(drawn(&doc, "times", 72), expected);
}

#[test]
fn figures_have_value_measure_and_authority_below() {
    let text = "Police said at least nine people died.";
    let mut doc = report(text);
    doc.annotations.attributions = vec![attribution(text, &["Police"], &["said"], "say", &["at least nine people died"])];
    let number = Quantity {
        span: span(text, "at least nine people"),
        low: Some(9.0),
        high: None,
        qualifier: Qualifier::AtLeast,
        kind: QuantityKind::Count,
        unit: None,
        counted: None,
        number: TokenId(0),
    };
    doc.annotations.quantities = vec![number];
    doc.annotations.figures = vec![FigureMention {
        quantity: QuantityId(0),
        measure: "killed".into(),
        population: Some("people".into()),
        population_lemma: None,
        population_class: None,
        unit: "people".into(),
        place: None,
        as_of: None,
        window: None,
        cumulative: false,
        replaces: None,
        attribution: Some(AttributionId(0)),
        counter: None,
        evidence: Evidence::one(span(text, "at least nine people died")),
    }];
    let expected = "
  Police said at least nine people died.
              ┬───────────────────
              at least 9.. · killed: people
              word of Police
";
    assert!(drawn(&doc, "figures", 72).ends_with(expected), "{}", drawn(&doc, "figures", 72));
}

// --- events -------------------------------------------------------------------------------------------------------------

/// Adds an actor of this name, mentioned at these words.
fn actor(doc: &mut Annotated, name: &str, words: &[&str]) -> EntityId {
    let text = doc.document.text.clone();
    let notes = &mut doc.annotations;
    let entity = EntityId(u32::try_from(notes.entities.len()).unwrap());
    let first = u32::try_from(notes.mentions.len()).unwrap();
    let mention = |span| Mention { span, head: TokenId(0), kind: MentionKind::Name, entity };
    notes.mentions.extend(spans(&text, words).into_iter().map(mention));
    notes.entities.push(Entity {
        name: name.into(),
        kind: EntityKind::Person,
        named: true,
        plural: false,
        gender: None,
        country: None,
        sector: None,
        aliases: Vec::new(),
        roles: Vec::new(),
        members: Vec::new(),
        known_as: None,
        mentions: (first..u32::try_from(notes.mentions.len()).unwrap()).map(MentionId).collect(),
    });
    entity
}

fn event(text: &str, trigger: &[&str], kind: EventType, clause: &str) -> EventMention {
    EventMention {
        trigger: TokenId(0),
        trigger_spans: Evidence::new(spans(text, trigger)).unwrap(),
        lemma: trigger.concat(),
        kind,
        mode: None,
        contexts: Vec::new(),
        status: EventStatus::Occurred,
        actors: Vec::new(),
        recipients: Vec::new(),
        when: None,
        place: None,
        evidence: Evidence::one(span(text, clause)),
        attribution: None,
        rule: trigger.concat(),
    }
}

fn place(text: &str, words: &str, name: &str, country: &str) -> Place {
    let (span, name, country) = (span(text, words), name.into(), Some(country.into()));
    Place { span, name, kind: PlaceKind::City, country, admin: None, lat: None, lon: None, used: PlaceUse::Literal }
}

#[test]
fn events_have_who_when_and_where_under_the_words() {
    let text = "Port police arrested Karl Brandt at Leghorn on Monday, Orlov said.";
    let mut doc = report(text);
    doc.annotations.times = vec![time(text, "Monday", -2)];
    doc.annotations.places = vec![place(text, "Leghorn", "Livorno", "ITA")];
    doc.annotations.attributions =
        vec![attribution(text, &["Orlov"], &["said"], "say", &["Port police arrested Karl Brandt at Leghorn on Monday"])];
    let police = actor(&mut doc, "port police", &["Port police"]);
    let brandt = actor(&mut doc, "Karl Brandt", &["Karl Brandt"]);
    doc.annotations.events = vec![EventMention {
        mode: Some("arrest".into()),
        contexts: vec!["crime".into(), "legal".into()],
        actors: vec![police],
        recipients: vec![brandt],
        when: Some(TimeId(0)),
        place: Some(PlaceId(0)),
        attribution: Some(AttributionId(0)),
        ..event(text, &["arrested"], EventType::Coerce, "Port police arrested Karl Brandt at Leghorn on Monday")
    }];
    let expected = "
── events · 1
  ^^ trigger  ══ who  ── to whom  .. when  ~~ where

¶1
    Port police arrested Karl Brandt at Leghorn on Monday, Orlov said.
  a ═══════════ ^^^^^^^^ ───────────    ~~~~~~~    ......

  a COERCE arrest · occurred · port police → Karl Brandt
    when “Monday” 2024-03-04, by the report's date · where “Leghorn” =
      Livorno, ITA
    word of Orlov · crime, legal · rule arrested
";
    assert_eq!(drawn(&doc, "events", 72), expected.trim_start_matches('\n'));
}

#[test]
fn what_the_text_leaves_open_of_an_event_is_left_open() {
    let text = "Orlov spoke. The dam burst and Brandt was sacked by Orlov.";
    let mut doc = report(text);
    let orlov = actor(&mut doc, "Orlov", &["Orlov"]);
    let brandt = actor(&mut doc, "Brandt", &["Brandt"]);
    let sacked = event(text, &["was", "sacked"], EventType::Office, "Brandt was sacked by");
    doc.annotations.events = vec![
        event(text, &["burst"], EventType::Incident, "The dam burst"),
        EventMention { recipients: vec![brandt], ..sacked.clone() },
        EventMention { actors: vec![orlov], ..sacked },
    ];
    let expected = "
    The dam burst and Brandt was sacked by Orlov.
  a         ^^^^^
  b                   ────── ^^^ ^^^^^^
  c                          ^^^ ^^^^^^

  a INCIDENT · occurred
    the report's own word · rule burst
  b OFFICE · occurred · ? → Brandt
    the report's own word · rule wassacked
  c OFFICE · occurred · Orlov
    the report's own word · rule wassacked
";
    let shown = drawn(&doc, "events", 72);
    assert!(shown.ends_with(expected), "a mention in another sentence is not drawn: {shown}");
}

#[test]
fn asked_for_cases_it_prints_blocks_to_paste() {
    let text = "It shut yesterday.";
    let mut doc = report(text);
    doc.annotations.times = vec![time(text, "yesterday", -1)];
    let block = "```expect times\ntime \"yesterday\" | type DATE | value 2024-03-05 | days 2024-03-05\n```\n";
    assert_eq!(cases(&doc, Some("times")), block);
    assert_eq!(cases(&doc, Some("figures")), "```expect figures\nnothing\n```\n");
    assert!(cases(&doc, None).contains(block) && !cases(&doc, None).contains("expect words"));
}
