//! Is an entity the one that a line of the corpus names?
//!
//! Input: an entity found, and the words of the line. Output: whether any of its names, forms or mentions is those words, case, marks and articles aside.
//! Example: "a diplomat" is "a diplomat who asked not to be named". Limits: two who share a name are one.

use variorum_model::EntityId;

use super::Item;

/// Whether somebody is called so: in the text, or in full. A description may be cut: "a diplomat" for "a diplomat who asked not to be named".
pub(super) fn is_named(item: &Item, entity: Option<EntityId>, printed: &str, wanted: &str) -> bool {
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

/// Whether a participant is the one named, with or without title, nationality or what is said of him: "Foreign Minister Orvik" is "Lena Orvik" where the text calls
/// her so, "police" is "Norwegian police".
pub(crate) fn is_same_somebody(item: &Item, entity: EntityId, wanted: &str) -> bool {
    let found = &item.doc.annotations;
    let entity_record = &found.entities[entity.index()];
    let wanted_words = plain(wanted);
    let is_end = |short: &str, long: &str| short.len() > 3 && long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
    let mentions = entity_record.mentions.iter().map(|id| plain(found.mentions[id.index()].span.of(item.text())));
    let names = mentions.chain([plain(&entity_record.name)]);
    is_named(item, Some(entity), "", wanted) || names.into_iter().any(|name| is_end(&name, &wanted_words) || is_end(&wanted_words, &name))
}
