//! Attributions of one text against those marked in it: spans, kind, act, who speaks, the whole chain.

use variorum::lines::{Line, Value, stage_lines};
use variorum_cases::expect::Expected;
use variorum_model::{Attribution, Hop, HopRole, Span};

use super::{Item, Tally, kinds, n_shared, names::is_named, paired, word};

/// A marked or found attribution as sets of words.
struct Words {
    source: Vec<usize>,
    cue: Vec<usize>,
    content: Vec<usize>,
}

/// An attribution that the program found.
struct Found<'i> {
    record: &'i Attribution,
    /// As `explain` prints it.
    line: Line,
    words: Words,
}

/// A way to compare the words of a marked and a found attribution.
type Test = (&'static str, fn(&Words, &Words) -> bool);

const TESTS: [Test; 5] = [
    ("cue, exact", |a, b| a.cue == b.cue),
    ("source, exact", |a, b| a.source == b.source),
    ("content, exact", |a, b| a.content == b.content),
    ("all three, overlap", |a, b| meet(&a.source, &b.source) && meet(&a.cue, &b.cue) && meet(&a.content, &b.content)),
    ("all three, exact", |a, b| a.cue == b.cue && a.source == b.source && a.content == b.content),
];

pub(super) fn count(tally: &mut Tally, item: &Item, marked: &[Expected]) -> Result<(), String> {
    let gold = marked.iter().map(|line| of_line(item, line)).collect::<Result<Vec<Words>, String>>()?;
    let found = found(item);
    let fit = |i: usize, j: usize| n_shared(&gold[i].content, &found[j].words.content) + 3 * n_shared(&gold[i].cue, &found[j].words.cue);
    let pairs = paired(gold.len(), found.len(), fit);
    for (name, test) in TESTS {
        let right = pairs.iter().enumerate().filter(|(i, j)| j.is_some_and(|j| test(&gold[*i], &found[j].words))).count();
        tally.both(&format!("attribution: {name}"), right, gold.len(), found.len());
    }
    for (i, line) in marked.iter().enumerate() {
        let found = pairs[i].map(|j| &found[j]);
        fields(tally, item, line, found);
        spans(tally, item, line, &gold[i], found);
    }
    let spare = (0..found.len()).filter(|j| !pairs.contains(&Some(*j)));
    spare.for_each(|j| {
        let kind = format!("attribution not marked: {}", shown(&found[j], "kind").unwrap_or_default());
        tally.error("attribution: not marked", kind, format!("{}: {}", item.name, written(item, found[j].record)));
    });
    Ok(())
}

/// Whether two share a word, or both have none.
fn meet(a: &[usize], b: &[usize]) -> bool {
    n_shared(a, b) > 0 || (a.is_empty() && b.is_empty())
}

fn of_line(item: &Item, line: &Expected) -> Result<Words, String> {
    let words = |field: &str| Ok::<_, String>(item.words(&item.spans(line, field)?.unwrap_or_default()));
    Ok(Words { source: words("source")?, cue: words("cue")?, content: words("content")? })
}

fn found(item: &Item) -> Vec<Found<'_>> {
    let lines = stage_lines("attribution", &item.doc).unwrap_or_default();
    let words = |record: &Attribution| Words {
        source: item.words(&record.source),
        cue: item.words(&record.cue),
        content: item.words(record.content.spans()),
    };
    item.doc.annotations.attributions.iter().zip(lines).map(|(record, line)| Found { record, line, words: words(record) }).collect()
}

fn spans(tally: &mut Tally, item: &Item, line: &Expected, gold: &Words, found: Option<&Found>) {
    let Some(found) = found else {
        let kind = format!("attribution missed: {}", word(line, "kind").unwrap_or_default());
        return tally.error("attribution: missed", kind, format!("{}: {}", item.name, line.raw));
    };
    let mine = &found.words;
    let parts = [("source", &gold.source, &mine.source), ("cue", &gold.cue, &mine.cue), ("content", &gold.content, &mine.content)];
    for (name, gold, mine) in parts.into_iter().filter(|(_, gold, mine)| gold != mine) {
        let kind = format!("{name}: {}", kinds::cut(gold, mine));
        tally.error(&format!("attribution: {name} cut otherwise"), kind, beside(item, line, found));
    }
}

/// Kind, act, speaker, addressee, chain, each where the line gives it.
fn fields(tally: &mut Tally, item: &Item, line: &Expected, found: Option<&Found>) {
    let record = found.map(|found| found.record);
    let mut judge = |field: &str, right: bool, kind: &dyn Fn() -> String| {
        tally.share(&format!("attribution: {field}"), right);
        if let (false, Some(found)) = (right, found) {
            tally.error(&format!("attribution: {field} wrong"), kind(), beside(item, line, found));
        }
    };
    for field in ["kind", "act", "form"] {
        if let Some(wanted) = word(line, field) {
            let mine = found.and_then(|found| shown(found, field));
            judge(field, mine == Some(wanted), &|| kinds::label(field, wanted, mine));
        }
    }
    if let Some(wanted) = word(line, "speaker") {
        let printed = |found: &Attribution| found.source.iter().map(|span| span.of(item.text())).collect::<Vec<_>>().join(" ");
        let right = record.is_some_and(|found| is_named(item, found.speaker, &printed(found), wanted));
        judge("speaker resolved", right, &|| kinds::value("speaker", true, record.is_some_and(|found| found.speaker.is_some())));
    }
    if let Some(wanted) = word(line, "addressee") {
        let mine = record.and_then(|found| found.addressee);
        judge("addressee", mine.is_some_and(|id| is_named(item, Some(id), "", wanted)), &|| {
            kinds::value("addressee", true, mine.is_some())
        });
    }
    if let Some(wanted) = line.values("chain") {
        let (hops, roles) = (record.map_or(&[][..], |found| &found.chain), line.values("roles"));
        judge("chain fully right", found.is_some() && is_chain(item, hops, wanted, roles), &|| chain_kind(hops, wanted, roles));
    }
}

/// A field of a record as `explain` prints it.
fn shown<'f>(found: &'f Found, field: &str) -> Option<&'f str> {
    let (Value::Quote(word, _) | Value::Word(word)) = found.line.field(field)?.values.first()?;
    Some(word)
}

/// What is marked, and what was found, one below the other.
fn beside(item: &Item, line: &Expected, found: &Found) -> String {
    format!("{}: {}\n        found {}", item.name, line.raw, written(item, found.record))
}

/// What is wrong with a chain: its length, else the first role that differs, else somebody in it.
fn chain_kind(hops: &[Hop], names: &[Value], roles: Option<&[Value]>) -> String {
    if hops.len() != names.len() {
        return format!("chain: {} hops → {}", names.len(), hops.len());
    }
    let mut roles = roles.unwrap_or_default().iter().zip(hops).map(|(wanted, hop)| (wanted.to_string(), role(hop.role)));
    match roles.find(|(wanted, mine)| wanted != mine) {
        Some((wanted, mine)) => kinds::label("role", &wanted, Some(mine)),
        None => "chain: somebody else".to_owned(),
    }
}

fn role(role: HopRole) -> &'static str {
    match role {
        HopRole::Speaker => "speaker",
        HopRole::Relay => "relay",
        HopRole::Observer => "observer",
        HopRole::Publisher => "publisher",
    }
}

fn is_chain(item: &Item, hops: &[Hop], names: &[Value], roles: Option<&[Value]>) -> bool {
    let fits = |(hop, name): (&Hop, &Value)| matches!(name, Value::Quote(name, _) if is_named(item, hop.entity, &hop.name, name));
    let same_roles = roles.is_none_or(|roles| {
        roles.len() == hops.len()
            && hops.iter().zip(roles).all(|(hop, wanted)| matches!(wanted, Value::Word(word) if role(hop.role) == word))
    });
    hops.len() == names.len() && hops.iter().zip(names).all(fits) && same_roles
}

fn written(item: &Item, found: &Attribution) -> String {
    let slice = |spans: &[Span]| spans.iter().map(|span| span.of(item.text())).collect::<Vec<_>>().join(" + ").replace('\n', " ");
    let chain = found.chain.iter().map(|hop| {
        let name = hop.entity.map_or(hop.name.as_str(), |id| item.doc.annotations.entities[id.index()].name.as_str());
        format!("{name} ({:?})", hop.role)
    });
    format!(
        "source {:?} | cue {:?} | content {:?} | kind {:?} | act {} | addressee {:?} | chain {}",
        slice(&found.source),
        slice(&found.cue),
        slice(found.content.spans()),
        found.kind,
        found.act.as_str(),
        found.addressee.map(|id| item.doc.annotations.entities[id.index()].name.as_str()),
        chain.collect::<Vec<_>>().join(" ← "),
    )
}
