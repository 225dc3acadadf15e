//! What comes with a text: fields of a JSON line, metadata of a page, front matter.

use serde::Deserialize;

/// Fields known from outside the text. Empty strings count as missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) language: Option<String>,
}

/// One line of a JSON Lines file. Fields of other names are left alone.
#[derive(Debug, Deserialize)]
pub(crate) struct Record {
    pub(crate) text: Option<String>,
    title: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    published: Option<Scalar>,
    byline: Option<Names>,
}

/// A date as text or as seconds since 1970.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Scalar {
    Text(String),
    Number(i64),
}

/// One name or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Many(Vec<String>),
}

impl Record {
    /// The text, if any, and the rest.
    pub(crate) fn into_parts(self) -> (Option<String>, Given) {
        let published = self.published.map(|published| match published {
            Scalar::Text(text) => text,
            Scalar::Number(number) => number.to_string(),
        });
        let byline = self.byline.map(|byline| match byline {
            Names::One(name) => name,
            Names::Many(names) => names.join(", "),
        });
        let given = Given {
            title: filled(self.title),
            url: filled(self.url),
            publisher: filled(self.publisher),
            published: filled(published),
            byline: filled(byline),
            language: None,
        };
        (self.text, given)
    }
}

/// A value without white space at its ends, unless nothing else is in it.
pub(crate) fn filled(value: Option<String>) -> Option<String> {
    value.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|value| !value.is_empty())
}

/// The front matter of a Markdown file: `key: value` lines between two `---`, and the offset past it.
pub(crate) fn front_matter(text: &str) -> Option<(Given, usize)> {
    const LONGEST: usize = 8_000;
    let rest = text.strip_prefix("---")?;
    let start = rest.find('\n').filter(|&i| rest[..i].trim().is_empty())? + 4;
    let close = crate::words::head(&text[start..], LONGEST).find("\n---")? + start;
    let mut given = Given::default();
    for line in text[start..close].lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = filled(Some(value.trim().trim_matches(['"', '\'']).to_owned()));
        match key.trim().to_lowercase().as_str() {
            "title" => given.title = value,
            "url" | "link" | "canonical" => given.url = value,
            "publisher" | "source" | "site" | "outlet" => given.publisher = value,
            "published" | "date" => given.published = value,
            "byline" | "author" | "authors" => given.byline = value,
            "lang" | "language" => given.language = value,
            _ => {}
        }
    }
    let end = text[close + 4..].find('\n').map_or(text.len(), |i| close + 4 + i);
    Some((given, end))
}
