//! Attributions of one text against those marked in it: spans, kind, act, who speaks, the whole chain.

use variorum::lines::{Value, stage_lines};
use variorum_cases::expect::Expected;
use variorum_model::{Attribution, EntityId, Hop};

use super::{Item, Tally, n_shared, paired, word};

/// A marked or found attribution as sets of words.
struct Words {
    source: Vec<usize>,
    cue: Vec<usize>,
    content: Vec<usize>,
}

pub(super) fn count(tally: &mut Tally, item: &Item, marked: &[Expected]) -> Result<(), String> {
    let found = &item.doc.annotations.attributions;
    let gold = marked.iter().map(|line| of_line(item, line)).collect::<Result<Vec<Words>, String>>()?;
    let mine: Vec<Words> = found.iter().map(|attribution| of_record(item, attribution)).collect();
    let fit = |i: usize, j: usize| n_shared(&gold[i].content, &mine[j].content) + 3 * n_shared(&gold[i].cue, &mine[j].cue);
    let pairs = paired(gold.len(), mine.len(), fit);
    let both = |right: usize| (right, gold.len(), mine.len());
    let n_right = |test: &dyn Fn(&Words, &Words) -> bool| {
        pairs.iter().enumerate().filter(|(i, j)| j.is_some_and(|j| test(&gold[*i], &mine[j]))).count()
    };
    let same_or_meeting = |a: &[usize], b: &[usize]| n_shared(a, b) > 0 || (a.is_empty() && b.is_empty());
    type Test<'t> = (&'t str, &'t dyn Fn(&Words, &Words) -> bool);
    let tests: [Test; 5] = [
        ("cue, exact", &|a, b| a.cue == b.cue),
        ("source, exact", &|a, b| a.source == b.source),
        ("content, exact", &|a, b| a.content == b.content),
        ("all three, overlap", &|a, b| {
            same_or_meeting(&a.source, &b.source) && same_or_meeting(&a.cue, &b.cue) && same_or_meeting(&a.content, &b.content)
        }),
        ("all three, exact", &|a, b| a.cue == b.cue && a.source == b.source && a.content == b.content),
    ];
    for (name, test) in tests {
        let (right, marked, found) = both(n_right(test));
        tally.both(&format!("attribution: {name}"), right, marked, found);
    }
    for (i, line) in marked.iter().enumerate() {
        fields(tally, item, line, pairs[i].map(|j| &found[j]));
        spans(tally, item, line, &gold[i], pairs[i].map(|j| (&mine[j], &found[j])));
    }
    let spare = (0..found.len()).filter(|j| !pairs.contains(&Some(*j)));
    spare.for_each(|j| tally.error("attribution: not marked", format!("{}: {}", item.name, written(item, &found[j]))));
    Ok(())
}

fn of_line(item: &Item, line: &Expected) -> Result<Words, String> {
    let words = |field: &str| Ok::<_, String>(item.words(&item.spans(line, field)?.unwrap_or_default()));
    Ok(Words { source: words("source")?, cue: words("cue")?, content: words("content")? })
}

fn of_record(item: &Item, found: &Attribution) -> Words {
    Words { source: item.words(&found.source), cue: item.words(&found.cue), content: item.words(found.content.spans()) }
}

fn spans(tally: &mut Tally, item: &Item, line: &Expected, gold: &Words, found: Option<(&Words, &Attribution)>) {
    let Some((mine, attribution)) = found else {
        return tally.error("attribution: missed", format!("{}: {}", item.name, line.raw));
    };
    let parts = [("source", &gold.source, &mine.source), ("cue", &gold.cue, &mine.cue), ("content", &gold.content, &mine.content)];
    for (name, _, _) in parts.iter().filter(|(_, gold, mine)| gold != mine) {
        tally.error(
            &format!("attribution: {name} cut otherwise"),
            format!("{}: {}\n        found {}", item.name, line.raw, written(item, attribution)),
        );
    }
}

/// Kind, act, speaker, addressee, chain, each where the line gives it.
fn fields(tally: &mut Tally, item: &Item, line: &Expected, found: Option<&Attribution>) {
    let mut judge = |field: &str, right: bool| {
        tally.share(&format!("attribution: {field}"), right);
        if let (false, Some(found)) = (right, found) {
            tally.error(
                &format!("attribution: {field} wrong"),
                format!("{}: {}\n        found {}", item.name, line.raw, written(item, found)),
            );
        }
    };
    let label = |field: &str| found.and_then(|found| shown(item, found, field));
    for field in ["kind", "act", "form"] {
        if let Some(wanted) = word(line, field) {
            judge(field, label(field).as_deref() == Some(wanted));
        }
    }
    if let Some(wanted) = word(line, "speaker") {
        let printed = |found: &Attribution| found.source.iter().map(|span| span.of(item.text())).collect::<Vec<_>>().join(" ");
        judge("speaker resolved", found.is_some_and(|found| is_named(item, found.speaker, &printed(found), wanted)));
    }
    if let Some(wanted) = word(line, "addressee") {
        judge("addressee", found.and_then(|found| found.addressee).is_some_and(|id| is_named(item, Some(id), "", wanted)));
    }
    if let Some(wanted) = line.values("chain") {
        judge("chain fully right", found.is_some_and(|found| is_chain(item, &found.chain, wanted, line.values("roles"))));
    }
}

/// A field of a record as `explain` prints it.
fn shown(item: &Item, found: &Attribution, field: &str) -> Option<String> {
    let place = item.doc.annotations.attributions.iter().position(|other| std::ptr::eq(other, found))?;
    let lines = stage_lines("attribution", &item.doc)?;
    let (Value::Quote(word, _) | Value::Word(word)) = lines[place].field(field)?.values.first()?;
    Some(word.clone())
}

fn is_chain(item: &Item, hops: &[Hop], names: &[Value], roles: Option<&[Value]>) -> bool {
    let role = |hop: &Hop| serde_json::to_value(hop.role).ok().and_then(|role| role.as_str().map(str::to_owned));
    let fits = |(hop, name): (&Hop, &Value)| matches!(name, Value::Quote(name, _) if is_named(item, hop.entity, &hop.name, name));
    let same_roles = roles.is_none_or(|roles| {
        roles.len() == hops.len()
            && hops.iter().zip(roles).all(|(hop, wanted)| matches!(wanted, Value::Word(word) if role(hop).as_ref() == Some(word)))
    });
    hops.len() == names.len() && hops.iter().zip(names).all(fits) && same_roles
}

/// Whether somebody is called so: in the text, or in full. A description may be cut: "a diplomat" for "a diplomat who asked not to be named".
fn is_named(item: &Item, entity: Option<EntityId>, printed: &str, wanted: &str) -> bool {
    let found = &item.doc.annotations;
    let entity = entity.map(|id| &found.entities[id.index()]);
    let mut names: Vec<String> = vec![plain(printed)];
    if let Some(entity) = entity {
        names.push(plain(&entity.name));
        names.extend(entity.aliases.iter().map(|alias| plain(alias)));
        names.extend(entity.mentions.iter().map(|id| plain(found.mentions[id.index()].span.of(item.text()))));
    }
    let wanted = plain(wanted);
    let is_start = |short: &str, long: &str| short.len() > 4 && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    names.iter().any(|name| !name.is_empty() && (*name == wanted || is_start(name, &wanted) || is_start(&wanted, name)))
}

/// Lower case, without articles at the start and marks.
fn plain(name: &str) -> String {
    let words: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() || c == '’' || c == '\'' { c } else { ' ' }).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    let start = usize::from(words.len() > 1 && matches!(words[0], "the" | "a" | "an"));
    words[start..].join(" ")
}

fn written(item: &Item, found: &Attribution) -> String {
    let slice =
        |spans: &[variorum_model::Span]| spans.iter().map(|span| span.of(item.text())).collect::<Vec<_>>().join(" + ").replace('\n', " ");
    let chain = found.chain.iter().map(|hop| {
        let name = hop.entity.map_or(hop.name.as_str(), |id| item.doc.annotations.entities[id.index()].name.as_str());
        format!("{name} ({:?})", hop.role)
    });
    format!(
        "source {:?} | cue {:?} | content {:?} | kind {:?} | act {} | chain {}",
        slice(&found.source),
        slice(&found.cue),
        slice(found.content.spans()),
        found.kind,
        found.act.as_str(),
        chain.collect::<Vec<_>>().join(" ← "),
    )
}
