//! Lines of what one document says, stage by stage.

use variorum_annotate::times::timex3_value;
use variorum_model::{
    Annotations, AttributionId, Basis, CreditKind, DateRange, Document, EntityId, EntityKind, NameKind, Polarity, Role, RoleTense, Span,
    TimeId,
};
use variorum_reconcile::Annotated;

use super::{Line, Value};

type Lines = fn(&Annotated) -> Vec<Line>;

/// Every stage of one document, in order of work.
pub const STAGES: &[(&str, Lines)] = &[
    ("metadata", metadata),
    ("credits", credits),
    ("blocks", blocks),
    ("sentences", sentences),
    ("words", words),
    ("names", names),
    ("chains", chains),
    ("times", times),
    ("quantities", quantities),
    ("places", places),
    ("actors", actors),
    ("attribution", attributions),
    ("events", events),
    ("dated", dated),
    ("figures", figures),
];

/// The lines of one stage; none where there is no stage of this name.
pub fn stage_lines(stage: &str, doc: &Annotated) -> Option<Vec<Line>> {
    let (_, lines) = STAGES.iter().find(|(name, _)| *name == stage)?;
    let mut lines = lines(doc);
    for line in &mut lines {
        line.document = Some(doc.document.id.clone());
    }
    Some(lines)
}

// --- ingest and language ------------------------------------------------------------------------------------------------

fn metadata(doc: &Annotated) -> Vec<Line> {
    let doc = &doc.document;
    let line = Line::new("document", Value::word(&doc.id))
        .with("publisher", text(doc.publisher.as_ref()))
        .with("title", text(doc.title.as_ref()))
        .with("byline", text(doc.byline.as_ref()))
        .with("published", dates(doc.published.map(|dated| dated.range)))
        .with("basis", word(doc.published.map(|dated| basis(dated.basis))))
        .with("language", word(doc.language.as_ref()));
    vec![line]
}

fn credits(doc: &Annotated) -> Vec<Line> {
    let covers = |kind| match kind {
        CreditKind::Text => "text",
        CreditKind::Part => "part",
        CreditKind::Picture => "picture",
    };
    let line = |credit: &variorum_model::Credit| {
        Line::new("credit", quote(&doc.document, credit.span))
            .with("name", Value::text(&credit.name))
            .with("covers", Value::word(covers(credit.kind)))
            .at(credit.span)
    };
    doc.document.credits.iter().map(line).collect()
}

fn blocks(doc: &Annotated) -> Vec<Line> {
    let line = |block: &variorum_model::Block| Line::new(block.kind.as_str(), quote(&doc.document, block.span)).at(block.span);
    doc.document.blocks.iter().map(line).collect()
}

fn sentences(doc: &Annotated) -> Vec<Line> {
    doc.parse.sentences.iter().map(|sentence| Line::new("sentence", quote(&doc.document, sentence.span)).at(sentence.span)).collect()
}

fn words(doc: &Annotated) -> Vec<Line> {
    let line = |token: &variorum_model::Token| {
        let head = token.head.map(|head| quote(&doc.document, doc.parse.token(head).span));
        Line::new("word", quote(&doc.document, token.span))
            .with("upos", Value::word(token.upos.as_str()))
            .with("lemma", Value::text(&token.lemma))
            .with("head", head.unwrap_or_default())
            .with("deprel", Value::word(token.deprel.as_str()))
            .at(token.span)
    };
    doc.parse.tokens.iter().map(line).collect()
}

fn names(doc: &Annotated) -> Vec<Line> {
    let kind = |kind| match kind {
        NameKind::Person => "person",
        NameKind::Organization => "organization",
        NameKind::Location => "location",
        NameKind::Facility => "facility",
        NameKind::Group => "group",
        NameKind::Event => "event",
        NameKind::Law => "law",
        NameKind::Product => "product",
        NameKind::Work => "work",
    };
    let line = |name: &variorum_model::Name| {
        Line::new("name", quote(&doc.document, name.span)).with("kind", Value::word(kind(name.kind))).at(name.span)
    };
    doc.parse.names.iter().map(line).collect()
}

/// Chains of several mentions, by their first.
fn chains(doc: &Annotated) -> Vec<Line> {
    let line = |id: variorum_model::ChainId| {
        let mentions: Vec<_> = doc.parse.chain(id).collect();
        let first = mentions.first().filter(|_| mentions.len() > 1)?;
        let quotes = mentions.iter().map(|mention| Value::quote(&doc.document.text, mention.span)).collect::<Vec<_>>();
        let kind = first.referent.map(|kind| Value::word(format!("{kind:?}").to_lowercase()));
        Some(Line::new("chain", quotes).with("kind", kind.map(Vec::from).unwrap_or_default()).at(first.span))
    };
    doc.parse.chain_ids().filter_map(line).collect()
}

// --- annotate -----------------------------------------------------------------------------------------------------------

fn times(doc: &Annotated) -> Vec<Line> {
    let reference = doc.document.published.map(|dated| dated.range);
    let line = |time: &variorum_model::TimeExpression| {
        Line::new("time", quote(&doc.document, time.span))
            .with("type", Value::word(label(&time.kind)))
            .with("value", Value::word(timex3_value(time, reference)))
            .with("days", dates(time.resolve(reference)))
            .with("part", word(time.part.map(|part| label(&part))))
            .with("clock", word(time.clock.as_ref()))
            .with("zone", word(time.zone.as_ref()))
            .at(time.span)
    };
    doc.annotations.times.iter().map(line).collect()
}

fn quantities(doc: &Annotated) -> Vec<Line> {
    let line = |quantity: &variorum_model::Quantity| {
        let counted = quantity.counted.map(|token| quote(&doc.document, doc.parse.token(token).span));
        Line::new("quantity", quote(&doc.document, quantity.span))
            .with("value", Value::word(amount(quantity.low, quantity.high)))
            .with("qualifier", Value::word(label(&quantity.qualifier)))
            .with("kind", Value::word(label(&quantity.kind)))
            .with("unit", word(quantity.unit.as_ref()))
            .with("counts", counted.unwrap_or_default())
            .at(quantity.span)
    };
    doc.annotations.quantities.iter().map(line).collect()
}

fn places(doc: &Annotated) -> Vec<Line> {
    let line = |place: &variorum_model::Place| {
        let at = place.lat.zip(place.lon).map(|(lat, lon)| format!("{lat:.1},{lon:.1}"));
        Line::new("place", quote(&doc.document, place.span))
            .with("name", Value::text(&place.name))
            .with("kind", Value::word(label(&place.kind)))
            .with("country", word(place.country.as_ref()))
            .with("used", Value::word(label(&place.used)))
            .with("at", word(at))
            .at(place.span)
    };
    doc.annotations.places.iter().map(line).collect()
}

fn actors(doc: &Annotated) -> Vec<Line> {
    let line = |entity: &variorum_model::Entity| {
        let mentions: Vec<Span> = entity.mentions.iter().map(|id| doc.annotations.mentions[id.index()].span).collect();
        let line = Line::new("actor", Value::text(&entity.name))
            .with("kind", Value::word(label(&entity.kind)))
            .with("country", word(entity.country.as_ref()))
            .with("sector", word(entity.sector.as_ref()))
            .with("roles", roles(&entity.roles))
            .with("mentions", quotes(&doc.document, &mentions))
            .with("aliases", texts(&entity.aliases))
            .with("known", text(entity.known_as.as_ref()))
            .with("gender", word(entity.gender.map(|gender| label(&gender))));
        match mentions.first() {
            Some(&first) => line.at(first),
            None => line,
        }
    };
    doc.annotations.entities.iter().filter(|entity| entity.kind != EntityKind::Thing).map(line).collect()
}

fn roles(roles: &[Role]) -> Vec<Value> {
    roles.iter().map(|role| Value::text(role_text(&role.title, role.of.as_deref(), role.tense))).collect()
}

/// "former foreign minister of Russia"
pub(crate) fn role_text(title: &str, of: Option<&str>, tense: RoleTense) -> String {
    let tense = match tense {
        RoleTense::Current => "",
        RoleTense::Former => "former ",
        RoleTense::Acting => "acting ",
        RoleTense::Incoming => "incoming ",
    };
    let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
    format!("{tense}{title}{of}")
}

fn attributions(doc: &Annotated) -> Vec<Line> {
    doc.annotations.attributions.iter().map(|attribution| attribution_line(doc, attribution)).collect()
}

fn attribution_line(doc: &Annotated, attribution: &variorum_model::Attribution) -> Line {
    let (document, found) = (&doc.document, &doc.annotations);
    let within = attribution.within.and_then(|id| found.attributions.get(id.index()));
    let polarity = if attribution.polarity == Polarity::Negative { "negative" } else { "positive" };
    Line::new("source", quotes(document, &attribution.source))
        .with("cue", quotes(document, &attribution.cue))
        .with("content", quotes(document, attribution.content.spans()))
        .with("act", Value::word(attribution.act.as_str()))
        .with("form", Value::word(label(&attribution.form)))
        .with("kind", Value::word(label(&attribution.kind)))
        .with("polarity", Value::word(polarity))
        .with("speaker", entities(found, attribution.speaker.as_slice()))
        .with("addressee", entities(found, attribution.addressee.as_slice()))
        .with("hedge", attribution.hedge.map(|span| quote(document, span)).unwrap_or_default())
        .with("verbatim", quotes(document, &attribution.verbatim))
        .with("said", time(doc, attribution.said))
        .chain("chain", attribution.chain.iter().map(|hop| Value::text(&hop.name)).collect())
        .chain("roles", attribution.chain.iter().map(|hop| Value::word(label(&hop.role))).collect())
        .chain("classes", attribution.chain.iter().map(|hop| Value::word(label(&hop.kind))).collect())
        .chain("dates", attribution.chain.iter().map(|hop| hop_date(doc, hop)).collect())
        .with("within", within.map(|outer| quotes(document, &outer.cue)).unwrap_or_default())
        .with("lemma", Value::text(&attribution.cue_lemma))
        .at(attribution.evidence.first())
}

fn hop_date(doc: &Annotated, hop: &variorum_model::Hop) -> Value {
    let told = time(doc, hop.said).pop();
    told.unwrap_or_else(|| Value::word("none"))
}

fn events(doc: &Annotated) -> Vec<Line> {
    happenings(doc, &doc.annotations.events)
}

fn dated(doc: &Annotated) -> Vec<Line> {
    happenings(doc, &doc.annotations.dated)
}

fn happenings(doc: &Annotated, told: &[variorum_model::EventMention]) -> Vec<Line> {
    let (document, found) = (&doc.document, &doc.annotations);
    let line = |event: &variorum_model::EventMention| {
        let place = event.place.and_then(|id| found.places.get(id.index()));
        Line::new("trigger", quotes(document, event.trigger_spans.spans()))
            .with("type", Value::word(event.kind.as_str()))
            .with("status", Value::word(label(&event.status)))
            .with("actors", entities(found, &event.actors))
            .with("recipients", entities(found, &event.recipients))
            .with("when", time(doc, event.when))
            .with("where", place.map(|place| quote(document, place.span)).unwrap_or_default())
            .with("mode", word(event.mode.as_ref()))
            .with("contexts", event.contexts.iter().map(Value::word).collect::<Vec<_>>())
            .with("attributed", attributed(doc, event.attribution))
            .with("lemma", Value::text(&event.lemma))
            .with("rule", Value::text(&event.rule))
            .at(event.trigger_spans.first())
    };
    told.iter().map(line).collect()
}

fn figures(doc: &Annotated) -> Vec<Line> {
    let (document, found) = (&doc.document, &doc.annotations);
    let line = |figure: &variorum_model::FigureMention| {
        let quantity = &found.quantities[figure.quantity.index()];
        let place = figure.place.and_then(|id| found.places.get(id.index()));
        let replaces = figure.replaces.and_then(|id| found.quantities.get(id.index()));
        Line::new("figure", quote(document, quantity.span))
            .with("value", Value::word(amount(quantity.low, quantity.high)))
            .with("measure", Value::word(&figure.measure))
            .with("population", text(figure.population.as_ref()))
            .with("unit", Value::word(&figure.unit))
            .with("place", place.map(|place| quote(document, place.span)).unwrap_or_default())
            .with("as-of", time(doc, figure.as_of))
            .with("cumulative", Value::word(if figure.cumulative { "yes" } else { "no" }))
            .with("from", time(doc, figure.window.and_then(|window| window.from)))
            .with("until", time(doc, figure.window.and_then(|window| window.until)))
            .with("replaces", replaces.map(|old| quote(document, old.span)).unwrap_or_default())
            .with("attributed", answering(doc, figure))
            .at(quantity.span)
    };
    found.figures.iter().map(line).collect()
}

// --- values -------------------------------------------------------------------------------------------------------------

fn quote(doc: &Document, span: Span) -> Vec<Value> {
    vec![Value::quote(&doc.text, span)]
}

fn quotes(doc: &Document, spans: &[Span]) -> Vec<Value> {
    spans.iter().map(|&span| Value::quote(&doc.text, span)).collect()
}

fn entities(found: &Annotations, ids: &[EntityId]) -> Vec<Value> {
    ids.iter().map(|id| Value::text(&found.entities[id.index()].name)).collect()
}

fn time(doc: &Annotated, id: Option<TimeId>) -> Vec<Value> {
    id.map(|id| quote(&doc.document, doc.annotations.times[id.index()].span)).unwrap_or_default()
}

/// Who counted, else the source of the attribution.
fn answering(doc: &Annotated, figure: &variorum_model::FigureMention) -> Vec<Value> {
    match &figure.counter {
        Some(counter) => quote(&doc.document, named_in(doc, counter)),
        None => attributed(doc, figure.attribution),
    }
}

/// The words of a hop's name, without its cue.
fn named_in(doc: &Annotated, hop: &variorum_model::Hop) -> Span {
    let at = hop.span.of(&doc.document.text).find(&hop.name).unwrap_or_default() + hop.span.start();
    Span::new(&doc.document.text, at, at + hop.name.len()).unwrap_or(hop.span)
}

/// The source of an attribution, or its cue where the source is left out.
fn attributed(doc: &Annotated, id: Option<AttributionId>) -> Vec<Value> {
    let Some(attribution) = id.map(|id| &doc.annotations.attributions[id.index()]) else { return Vec::new() };
    let words = if attribution.source.is_empty() { &attribution.cue } else { &attribution.source };
    quotes(&doc.document, words)
}

pub(super) fn text<T: AsRef<str>>(text: Option<T>) -> Vec<Value> {
    text.map(Value::text).into_iter().collect()
}

pub(super) fn texts<T: AsRef<str>>(texts: &[T]) -> Vec<Value> {
    texts.iter().map(Value::text).collect()
}

pub(super) fn word<T: ToString>(word: Option<T>) -> Vec<Value> {
    word.map(|word| Value::Word(word.to_string())).into_iter().collect()
}

pub(super) fn dates(range: Option<DateRange>) -> Vec<Value> {
    word(range.map(date))
}

/// `2024-03-05`, or `2024-03-01..2024-03-31`.
pub(crate) fn date(range: DateRange) -> String {
    if range.is_day() { range.earliest().to_string() } else { format!("{}..{}", range.earliest(), range.latest()) }
}

pub(super) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Printed => "printed",
        Basis::Metadata => "metadata",
        Basis::Text => "text",
        Basis::Siblings => "siblings",
    }
}

/// `40`, `20..30`, `500..`, `..2000`.
pub(super) fn amount(low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => format!("{}..{}", low.map(|n| n.to_string()).unwrap_or_default(), high.map(|n| n.to_string()).unwrap_or_default()),
    }
}

/// The one word an enumeration is written with in files.
pub(crate) fn label<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("an enumeration of words is a JSON string").trim_matches('"').to_owned()
}
