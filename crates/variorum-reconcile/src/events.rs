//! Which event mentions are one happening?
//!
//! Input: event mentions of all documents. Output: events with one reading for each document that tells of it.
//! Two mentions are one when their types, participants, and sentences agree, and their dates and places do not forbid it. The merged event takes the narrowest date and
//! place compatible with the readings; what is incompatible stays in the readings and becomes a finding.
//! Limits: sub-events and their whole are kept apart by type and trigger only.

use std::collections::BTreeSet;

use variorum_model::{
    BlockKind, DateRange, Event, EventId, EventMention, EventStatus, EventType, Evidence, Place, PlaceKind, PlaceUse, SentenceId, StoryId,
    TimeId, TokenId,
    dossier::{EventReading, When, Where},
};

use crate::{
    actors::{ActorIx, Cast, most_common},
    corpus::{Corpus, DocIx, Local, Published},
    familiar::Familiar,
    lineage::Descent,
    origins::{Testimony, hops, origins},
    stories::Stories,
    tellings::{Telling, Yardstick, happenings},
    when::when,
};

/// Odds from which two groups of mentions are one happening, on average over their pairs: a dossier that joins two happenings misleads more than one that tells one twice.
const ONE_EVENT: f64 = 0.1;
/// Days by which two reports of one happening may differ in its date.
const DATE_SLACK: i32 = 2;
/// Days for which a happening is what a headline tells.
const NEWS: i32 = 45;

/// Brings event mentions together, story by story.
pub(crate) fn events(yardstick: &Yardstick, stories: &Stories, published: &Published, descent: &Descent) -> Vec<Event> {
    let Yardstick { corpus, cast, .. } = *yardstick;
    let mut events = Vec::new();
    for (story, documents) in stories.groups.iter().enumerate() {
        let locals: Vec<Local> =
            documents.iter().flat_map(|&doc| (0..corpus.happenings(doc).count()).map(move |index| Local { doc, index })).collect();
        let tellings: Vec<Telling> =
            locals.iter().map(|&local| Telling::of(corpus, cast, local.doc, corpus.happening(local).trigger)).collect();
        let settings: Vec<Setting> = locals.iter().map(|&local| Setting::of(corpus, published, local)).collect();
        let customs = Customs::of(&settings);
        let groups = happenings(
            yardstick,
            &tellings,
            ONE_EVENT,
            |i, j| circumstances(&customs, &settings[i], &settings[j]),
            |i, j| may_be_one(&settings[i], &settings[j]),
        );
        let id = stories.id(corpus, story);
        events.extend(
            groups
                .into_iter()
                .map(|group| event(corpus, cast, published, descent, &id, &group.into_iter().map(|i| locals[i]).collect::<Vec<_>>())),
        );
    }
    events.sort_by(|a, b| {
        let key = |event: &Event| event.when.as_ref().map(|when| (when.range.earliest(), when.range.latest()));
        (key(a).is_none(), key(a), &a.id).cmp(&(key(b).is_none(), key(b), &b.id))
    });
    events
}

/// When and where a happening is told to be, and by whom.
struct Setting<'a> {
    doc: DocIx,
    told: Option<DateRange>,
    event: &'a EventMention,
    when: Option<DateRange>,
    /// Of what is told just before it, where it has no day of its own.
    passage: Option<DateRange>,
    place: Option<&'a Place>,
    is_headline: bool,
}

impl<'a> Setting<'a> {
    fn of(corpus: &Corpus<'a>, published: &Published, local: Local) -> Self {
        let event = corpus.happening(local);
        let range = |id| when(corpus, published, local.doc, id).map(|when| when.range);
        let place = event.place.map(|id| &corpus.notes(local.doc).places[id.index()]);
        let own = event.when.and_then(range);
        let passage = || passage_date(corpus, published, local.doc, event).map(|when| when.range);
        Self {
            doc: local.doc,
            told: published.range(local.doc),
            event,
            when: own,
            passage: own.is_none().then(passage).flatten(),
            is_headline: corpus
                .doc(local.doc)
                .block_at(event.trigger_spans.first().start())
                .is_some_and(|block| block.kind == BlockKind::Headline),
            place: place.filter(|place| place.used == PlaceUse::Literal).or_else(|| only_place(corpus, local.doc, event)),
        }
    }

    fn is_real(&self) -> bool {
        matches!(self.event.status, EventStatus::Occurred | EventStatus::Denied)
    }
}

/// How familiar days and places are in an affair.
struct Customs<'a> {
    days: Vec<DateRange>,
    places: Familiar<&'a str>,
}

impl<'a> Customs<'a> {
    fn of(settings: &[Setting<'a>]) -> Self {
        Self {
            days: settings.iter().filter_map(|setting| setting.when).collect(),
            places: Familiar::of(settings.iter().filter_map(|setting| setting.place).map(|place| place.name.as_str())),
        }
    }

    /// What it tells, in nats, that two happenings are of these days: much where few others are, as of a year long past.
    fn telling(&self, a: DateRange, b: DateRange) -> f64 {
        let surprise = |range: DateRange| {
            let inside =
                |other: DateRange| other.intersection(range).map_or(0.0, |both| f64::from(both.n_days()) / f64::from(other.n_days()));
            let n_others: f64 = self.days.iter().map(|&other| inside(other)).sum();
            (self.days.len() as f64 / n_others.max(1.0)).ln()
        };
        surprise(a).min(surprise(b))
    }
}

/// What agreeing dates and places add: most where few other happenings of the affair are told of them.
fn circumstances(customs: &Customs, a: &Setting, b: &Setting) -> f64 {
    let date = match (a.when, b.when) {
        (Some(x), Some(y)) if x.overlaps(y) => {
            // Of one report it may be the next thing that happened.
            let most = if a.doc == b.doc { 1.0 } else { 2.0 };
            (0.6 * customs.telling(x, y)).clamp(0.3, most)
        }
        (Some(_), Some(_)) => -0.6,
        _ => match (a.when.or(a.passage), b.when.or(b.passage)) {
            (Some(x), Some(y)) if x.overlaps(y) => 0.2,
            (Some(_), Some(_)) => -0.3,
            _ => 0.0,
        },
    };
    let place = match (a.place, b.place) {
        (Some(x), Some(y)) if x.name == y.name => (0.3 * customs.places.telling(&x.name.as_str())).clamp(0.2, 0.8),
        (Some(x), Some(y)) if precise(x) && precise(y) => -0.5,
        _ => 0.0,
    };
    date + place
}

/// Whether what one report announces for a day is what another tells of that day.
fn came_true(a: &Setting, b: &Setting) -> bool {
    let announced = |setting: &Setting| matches!(setting.event.status, EventStatus::Planned | EventStatus::Promised);
    let ((announcement, deed), true) = (if announced(a) { (a, b) } else { (b, a) }, announced(a) != announced(b)) else { return false };
    let near = |range: DateRange| range.n_days() <= 7;
    deed.event.status == EventStatus::Occurred
        && announcement.when.is_some_and(near)
        && deed.when.is_some_and(|day| near(day) && announcement.when.is_some_and(|announced| announced.overlaps(day)))
}

fn precise(place: &Place) -> bool {
    matches!(place.kind, PlaceKind::City | PlaceKind::Site)
}

/// Hard limits: dates further apart than reports of one thing differ, other countries, what happened against what did not yet.
fn may_be_one(a: &Setting, b: &Setting) -> bool {
    if a.is_real() != b.is_real() && !came_true(a, b) {
        return false;
    }
    if let (Some(p), Some(q)) = (a.place, b.place)
        && (p.country.is_some() && q.country.is_some() && p.country != q.country
            || precise(p) && precise(q) && p.name != q.name && a.event.lemma != b.event.lemma)
    {
        return false;
    }
    // No report tells as past what came after it.
    let ahead = |when: DateRange, other: &Setting| a.is_real() && other.told.is_some_and(|told| told.latest() < when.earliest());
    // A headline without a day tells news, and not what the report recalls.
    let recalled = |when: DateRange, other: &Setting| {
        other.is_headline && other.told.is_some_and(|told| (told.earliest() - when.latest()).get_days() > NEWS)
    };
    match (a.when, b.when) {
        (Some(p), None) if ahead(p, b) || recalled(p, b) => false,
        (None, Some(q)) if ahead(q, a) || recalled(q, a) => false,
        (Some(p), Some(q)) => {
            let gap = (q.earliest() - p.latest()).get_days().max((p.earliest() - q.latest()).get_days());
            gap <= if a.doc == b.doc { 0 } else { DATE_SLACK }
        }
        _ => true,
    }
}

fn event(corpus: &Corpus, cast: &Cast, published: &Published, descent: &Descent, story: &StoryId, locals: &[Local]) -> Event {
    let readings = readings(corpus, cast, published, locals);
    let mentions: Vec<&EventMention> = locals.iter().map(|&local| corpus.happening(local)).collect();
    let kind = kind(&mentions);
    let lemma = most_common(mentions.iter().filter(|mention| mention.kind == kind).map(|mention| mention.lemma.clone()))
        .expect("a member has this kind");
    let role = |list: fn(&EventMention) -> &Vec<variorum_model::EntityId>| -> BTreeSet<ActorIx> {
        locals
            .iter()
            .flat_map(|&local| list(corpus.happening(local)).iter().map(move |&entity| (local, entity)))
            .flat_map(|(local, entity)| {
                let members = &corpus.entity(local.doc, entity).members;
                if members.is_empty() {
                    vec![cast.of(local.doc, entity)]
                } else {
                    members.iter().map(|&member| cast.of(local.doc, member)).collect()
                }
            })
            .collect()
    };
    let actors = role(|mention| &mention.actors);
    let recipients: BTreeSet<ActorIx> = role(|mention| &mention.recipients).difference(&actors).copied().collect();
    let ids = |set: &BTreeSet<ActorIx>| set.iter().map(|&actor| cast.member(actor).id.clone()).collect();
    let testimonies: Vec<Testimony> =
        readings.iter().map(|(doc, reading)| Testimony { doc: *doc, span: reading.evidence.first(), chain: &reading.chain }).collect();
    let origins = origins(corpus, cast, descent, &testimonies);
    let readings: Vec<EventReading> = readings.into_iter().map(|(_, reading)| reading).collect();
    let first = &readings[0];
    Event {
        id: EventId::of([kind.as_str(), &lemma, first.document.as_str(), &first.trigger.first().start().to_string()]),
        story: story.clone(),
        kind,
        mode: most_common(mentions.iter().filter(|mention| mention.kind == kind).filter_map(|mention| mention.mode.clone())),
        contexts: mentions.iter().flat_map(|mention| mention.contexts.iter().cloned()).collect::<BTreeSet<_>>().into_iter().collect(),
        status: status(&mentions),
        lemma,
        actors: ids(&actors),
        recipients: ids(&recipients),
        when: narrowest(readings.iter().filter_map(|reading| reading.when.as_ref())),
        place: readings.iter().filter_map(|reading| reading.place.as_ref()).min_by_key(|place| place.kind).cloned(),
        origins,
        readings,
    }
}

/// The type most have; of two the one told more finely.
fn kind(mentions: &[&EventMention]) -> EventType {
    let of = |kind: EventType| mentions.iter().filter(move |mention| mention.kind == kind);
    let key = |kind: &EventType| (of(*kind).count(), of(*kind).filter(|mention| mention.mode.is_some()).count(), std::cmp::Reverse(*kind));
    EventType::ALL.iter().copied().max_by_key(key).expect("there are types")
}

/// What most say, but what somebody tells as done is more than planned.
fn status(mentions: &[&EventMention]) -> EventStatus {
    let most = most_common(mentions.iter().map(|mention| mention.status)).expect("a group has a member");
    let done = mentions.iter().any(|mention| mention.status == EventStatus::Occurred);
    if done && matches!(most, EventStatus::Planned | EventStatus::Promised) { EventStatus::Occurred } else { most }
}

/// One reading for each document: all clauses as evidence, the narrowest date, and the document's own voice where any mention has it.
fn readings(corpus: &Corpus, cast: &Cast, published: &Published, locals: &[Local]) -> Vec<(DocIx, EventReading)> {
    let docs: BTreeSet<DocIx> = locals.iter().map(|local| local.doc).collect();
    docs.into_iter()
        .map(|doc| {
            let mentions: Vec<&EventMention> =
                locals.iter().filter(|local| local.doc == doc).map(|&local| corpus.happening(local)).collect();
            let chains = mentions.iter().map(|mention| mention.attribution.map(|id| &corpus.notes(doc).attributions[id.index()].chain));
            let chain = chains.min_by_key(|chain| chain.map_or(0, |chain| chain.len())).flatten();
            let whens: Vec<When> =
                mentions.iter().filter_map(|mention| mention.when).filter_map(|id| when(corpus, published, doc, id)).collect();
            let when =
                narrowest(whens.iter()).or_else(|| mentions.iter().find_map(|mention| passage_date(corpus, published, doc, mention)));
            let places = mentions.iter().filter_map(|mention| mention.place).map(|id| &corpus.notes(doc).places[id.index()]);
            let spans = |of: fn(&EventMention) -> &Evidence| {
                Evidence::new(mentions.iter().flat_map(|mention| of(mention).spans().iter().copied())).expect("every mention has evidence")
            };
            let reading = EventReading {
                document: corpus.doc(doc).id.clone(),
                evidence: spans(|mention| &mention.evidence),
                trigger: spans(|mention| &mention.trigger_spans),
                chain: chain.map(|chain| hops(corpus, cast, published, doc, chain)).unwrap_or_default(),
                when,
                place: places
                    .filter(|place| place.used == PlaceUse::Literal)
                    .min_by_key(|place| place.kind)
                    .or_else(|| mentions.iter().find_map(|mention| only_place(corpus, doc, mention)))
                    .map(|place| location(corpus, doc, place)),
                status: most_common(mentions.iter().map(|mention| mention.status)).expect("a document of the group has a mention"),
                rule: mentions[0].rule.clone(),
            };
            (doc, reading)
        })
        .collect()
}

/// Sentences back in which a day told still holds for what is told next.
const PASSAGE: u32 = 2;

/// A happening of the past without a time of its own takes the day of the happening told just before it in the same paragraph, or in the lead.
fn passage_date(corpus: &Corpus, published: &Published, doc: DocIx, mention: &EventMention) -> Option<When> {
    let (parse, notes) = (corpus.parse(doc), corpus.notes(doc));
    if mention.status != EventStatus::Occurred || !matches!(parse.token(mention.trigger).tag.as_str(), "VBD" | "VBN") {
        return None;
    }
    let here = parse.token(mention.trigger).sentence;
    let block = |at: usize| corpus.doc(doc).block_at(at).map(|block| block.span);
    let at = parse.token(mention.trigger).span.start();
    let told_before = notes.events.iter().filter(|other| {
        let there = parse.token(other.trigger).sentence;
        let lead = parse.sentence(there).span.start() < parse.sentence(here).span.start() && here.0 < 4;
        other.trigger < mention.trigger
            && other.status == EventStatus::Occurred
            && here.0 - there.0 <= PASSAGE
            && (lead || block(parse.token(other.trigger).span.start()) == block(at))
    });
    let day = |other: &EventMention| other.when.and_then(|id| when(corpus, published, doc, id)).filter(|when| when.range.n_days() <= 4);
    let found = told_before.filter_map(day).next_back().or_else(|| day_just_told(corpus, published, doc, mention.trigger))?;
    Some(When { basis: format!("the passage: {}", found.basis), ..found })
}

/// "On Saturday came the first reward. She named him": a day of the past in the sentence before, of the same paragraph.
fn day_just_told(corpus: &Corpus, published: &Published, doc: DocIx, trigger: TokenId) -> Option<When> {
    let (parse, notes) = (corpus.parse(doc), corpus.notes(doc));
    let here = parse.sentence(parse.token(trigger).sentence).span;
    let block = corpus.doc(doc).block_at(here.start())?.span;
    let before = SentenceId(parse.token(trigger).sentence.0.checked_sub(1)?);
    let there = parse.sentence(before).span;
    let told = published.range(doc)?;
    let past = |when: &When| when.range.n_days() <= 4 && when.range.latest() <= told.latest();
    let inside = notes.times.iter().enumerate().filter(|(_, time)| block.contains(there) && there.contains(time.span));
    inside.filter_map(|(i, _)| when(corpus, published, doc, TimeId(i as u32))).rfind(past)
}

/// The one literal place named in the words of a happening that has none of its own: "police in the port arrested".
fn only_place<'a>(corpus: &Corpus<'a>, doc: DocIx, mention: &EventMention) -> Option<&'a Place> {
    let within = |place: &&Place| place.used == PlaceUse::Literal && mention.evidence.spans().iter().any(|span| span.contains(place.span));
    let mut places = corpus.notes(doc).places.iter().filter(within);
    let first = places.next()?;
    places.all(|other| other.name == first.name).then_some(first)
}

fn location(corpus: &Corpus, doc: DocIx, place: &Place) -> Where {
    // As printed: the gazetteer's spelling is often nobody's in English.
    let name = corpus.slice(doc, place.span).split_whitespace().collect::<Vec<_>>().join(" ");
    Where { name, kind: place.kind, country: place.country.clone(), lat: place.lat, lon: place.lon, span: corpus.cite(doc, place.span) }
}

/// The date most readings allow, narrowed by all that are compatible with it; it keeps the words of the narrowest.
fn narrowest<'w>(whens: impl Iterator<Item = &'w When>) -> Option<When> {
    let whens: Vec<&When> = whens.collect();
    let support = |when: &When| whens.iter().filter(|other| other.range.overlaps(when.range)).count();
    let best = whens
        .iter()
        .max_by(|x, y| support(x).cmp(&support(y)).then(y.range.n_days().cmp(&x.range.n_days())).then(y.range.cmp(&x.range)))?;
    let mut narrowed = (*best).clone();
    for other in &whens {
        if let Some(range) = narrowed.range.intersection(other.range) {
            narrowed.range = range;
        }
    }
    Some(narrowed)
}
