//! What comes with a text: fields of a JSON line, metadata of a page, front matter.

use serde::Deserialize;

use crate::words::head;

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

/// Lines before a text that name its metadata.
#[derive(Clone, Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) given: Given,
    /// Offset past them.
    pub(crate) end: usize,
}

/// The front matter of a Markdown file (`key: value` lines between two `---`), or at least two such lines on top of a plain one ("Headline: …", "Date: …").
pub(crate) fn front_matter(text: &str) -> FrontMatter {
    fenced(text).or_else(|| labelled(text)).unwrap_or_default()
}

fn fenced(text: &str) -> Option<FrontMatter> {
    const LONGEST: usize = 8_000;
    let rest = text.strip_prefix("---")?;
    let start = rest.find('\n').filter(|&i| rest[..i].trim().is_empty())? + 4;
    let close = head(&text[start..], LONGEST).find("\n---")? + start;
    let mut matter = FrontMatter { given: Given::default(), end: text[close + 4..].find('\n').map_or(text.len(), |i| close + 4 + i) };
    for line in text[start..close].lines() {
        matter.given.set(line);
    }
    Some(matter)
}

fn labelled(text: &str) -> Option<FrontMatter> {
    const FEWEST: usize = 2;
    let mut matter = FrontMatter::default();
    let mut n = 0;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        if !(blank && n == 0 || matter.given.set(line)) {
            break;
        }
        matter.end += line.len();
        n += usize::from(!blank);
    }
    (n >= FEWEST).then_some(matter)
}

impl Given {
    /// Reads one `key: value` line; false where the key is not known or the value is missing.
    fn set(&mut self, line: &str) -> bool {
        const LONGEST: usize = 400;
        let Some((key, value)) = line.split_once(':').filter(|_| line.len() <= LONGEST) else { return false };
        let field = match key.trim().to_lowercase().as_str() {
            "title" | "headline" => &mut self.title,
            "url" | "link" | "canonical" => &mut self.url,
            "publisher" | "source" | "site" | "outlet" | "newspaper" | "publication" => &mut self.publisher,
            "published" | "date" | "publication date" | "pubdate" => &mut self.published,
            "byline" | "author" | "authors" | "by" => &mut self.byline,
            "lang" | "language" => &mut self.language,
            _ => return false,
        };
        *field = filled(Some(value.trim().trim_matches(['"', '\'']).to_owned()));
        field.is_some()
    }
}
