//! A web page to the text of its article.
//!
//! Input: the page. Output: a text of one line for each heading, paragraph, list item or caption of the article, what the markup says of each line, and the page's metadata
//! (Open Graph, JSON-LD, `<meta name="author">`). `<h1>Ferry lost</h1><p>It sank.</p>` is "Ferry lost\nIt sank.". Navigation, forms and scripts are no part of
//! the text. Limits: pages that are written by scripts have no text; comment sections inside the article element are read as text.

use std::sync::LazyLock;

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node, Selector};
use serde::Deserialize;
use variorum_model::BlockKind;

use crate::given::{Given, filled};

/// The readable part of a page.
pub(crate) struct Page {
    pub(crate) text: String,
    /// Start of a line, and what its element says; sorted.
    pub(crate) hints: Vec<(usize, BlockKind)>,
    pub(crate) given: Given,
}

/// Whether a page can be read in time that grows with its length: repairing markup in which thousands of elements are never closed takes far longer.
pub(crate) fn is_readable(source: &str) -> bool {
    const MOST_TAGS: usize = 300_000;
    const MOST_OPEN: i64 = 1_000;
    // Unclosed formatting is opened again in every paragraph.
    const MOST_OPEN_FORMATS: i64 = 32;
    let (mut n_tags, mut n_open, mut n_formats) = (0, 0_i64, 0_i64);
    let mut rest = source;
    while let Some(i) = rest.find('<') {
        rest = &rest[i + 1..];
        let step = if rest.starts_with('/') { -1 } else { 1 };
        let name: String =
            rest.trim_start_matches('/').chars().take(12).take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        match name.as_str() {
            "" => continue,
            "script" | "style" if step > 0 => rest = rest.find("</").map_or("", |end| &rest[end..]),
            "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u" => {
                n_formats = (n_formats + step).max(0)
            }
            _ if is_void(&name) => {}
            _ => n_open = (n_open + step).max(0),
        }
        n_tags += 1;
        if n_tags > MOST_TAGS || n_open > MOST_OPEN || n_formats > MOST_OPEN_FORMATS {
            return false;
        }
    }
    true
}

/// Elements without an end, or that end by themselves.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "option"
            | "optgroup"
            | "path"
            | "circle"
            | "rect"
            | "use"
    )
}

/// Reads a page. Broken markup is read as browsers read it.
pub(crate) fn page(source: &str) -> Page {
    let html = Html::parse_document(source);
    let mut writer = Writer::default();
    if let Some(article) = article(&html) {
        if let Some(heading) = select(&html, "h1").find(|heading| !heading.ancestors().any(|node| node.id() == article.id())) {
            writer.element(heading);
            writer.end_line();
        }
        writer.element(article);
        writer.end_line();
    }
    Page { text: writer.text, hints: writer.hints, given: given(&html) }
}

/// Elements that match; the selectors are ours, so that they parse.
fn select<'h>(html: &'h Html, selector: &str) -> impl Iterator<Item = ElementRef<'h>> {
    let selector = Selector::parse(selector).expect("a selector written here");
    html.select(&selector).collect::<Vec<_>>().into_iter()
}

/// The element that holds most of the paragraphs' text, the innermost of equals.
fn article(html: &Html) -> Option<ElementRef<'_>> {
    static PARAGRAPH: LazyLock<Selector> = LazyLock::new(|| Selector::parse("p").expect("a selector written here"));
    const MOST_CANDIDATES: usize = 40;
    let weight =
        |element: &ElementRef<'_>| element.select(&PARAGRAPH).flat_map(|p| p.text().map(str::len).collect::<Vec<_>>()).sum::<usize>();
    let body = select(html, "body").next()?;
    let whole = weight(&body);
    let candidates = select(html, "[itemprop=articleBody], article, main, [role=main]").take(MOST_CANDIDATES);
    let best = candidates.map(|element| (weight(&element), element)).max_by_key(|(weight, _)| *weight);
    match best {
        Some((weight, element)) if weight > 0 && 2 * weight >= whole => Some(element),
        _ => Some(body),
    }
}

/// Writes elements as lines.
#[derive(Default)]
struct Writer {
    text: String,
    hints: Vec<(usize, BlockKind)>,
    line: String,
    hint: Option<BlockKind>,
}

impl Writer {
    /// Walks over the edges of the tree, so that deep nesting takes no stack.
    fn element(&mut self, root: ElementRef<'_>) {
        let mut skipping = None;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) if skipping.is_none() => match node.value() {
                    Node::Text(text) => self.write(text),
                    Node::Element(element) if is_skipped(element.name()) => skipping = Some(node.id()),
                    Node::Element(element) => self.open(element.name()),
                    _ => {}
                },
                Edge::Close(node) if skipping == Some(node.id()) => skipping = None,
                Edge::Close(node) if skipping.is_none() => {
                    if let Node::Element(element) = node.value() {
                        self.close(element.name());
                    }
                }
                _ => {}
            }
        }
    }

    fn open(&mut self, name: &str) {
        if is_line(name) {
            self.end_line();
            self.hint = hint(name).or(self.hint);
        } else if matches!(name, "td" | "th") {
            self.write(" ");
        }
    }

    fn close(&mut self, name: &str) {
        if is_line(name) {
            self.end_line();
            self.hint = None;
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            match c.is_whitespace() {
                true if self.line.is_empty() || self.line.ends_with(' ') => {}
                true => self.line.push(' '),
                false => self.line.push(c),
            }
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim_end();
        if !line.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.hints.extend(self.hint.map(|hint| (self.text.len(), hint)));
            self.text.push_str(line);
        }
        self.line.clear();
    }
}

/// Elements that hold no text of the article.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "nav"
            | "form"
            | "button"
            | "select"
            | "svg"
            | "iframe"
            | "object"
            | "video"
            | "audio"
            | "canvas"
            | "math"
            | "head"
            | "dialog"
    )
}

/// Elements that begin and end a line.
fn is_line(name: &str) -> bool {
    hint(name).is_some()
        || matches!(
            name,
            "div"
                | "section"
                | "article"
                | "main"
                | "header"
                | "footer"
                | "aside"
                | "ul"
                | "ol"
                | "li"
                | "dl"
                | "dt"
                | "dd"
                | "tr"
                | "table"
                | "figure"
                | "br"
                | "hr"
                | "pre"
                | "address"
                | "body"
                | "time"
                | "details"
                | "summary"
        )
}

fn hint(name: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Headline),
        "p" | "blockquote" => Some(BlockKind::Paragraph),
        "figcaption" => Some(BlockKind::Caption),
        _ => None,
    }
}

// --- metadata ---------------------------------------------------------------------------------------------------------------

fn given(html: &Html) -> Given {
    let meta = |names: &[&str]| names.iter().find_map(|name| meta(html, name));
    let ld = linked_data(html);
    let attribute = |selector: &str, name: &str| select(html, selector).find_map(|element| element.value().attr(name).map(str::to_owned));
    let title = || select(html, "h1").next().map(|heading| heading.text().collect::<String>());
    Given {
        title: filled(ld.headline).or_else(|| meta(&["og:title", "twitter:title"])).or_else(|| filled(title())),
        url: meta(&["og:url"]).or_else(|| filled(attribute("link[rel=canonical]", "href"))),
        publisher: filled(ld.publisher.and_then(Agent::name))
            .or_else(|| meta(&["og:site_name", "application-name", "publisher", "dc.publisher"])),
        published: filled(ld.published)
            .or_else(|| {
                meta(&[
                    "article:published_time",
                    "datePublished",
                    "date",
                    "dc.date",
                    "pubdate",
                    "publish-date",
                    "parsely-pub-date",
                    "sailthru.date",
                ])
            })
            .or_else(|| filled(attribute("time[datetime]", "datetime"))),
        byline: filled(ld.author.and_then(Agent::name))
            .or_else(|| meta(&["author", "article:author", "byl", "dc.creator"]).filter(|name| !name.contains("://"))),
        language: filled(attribute("html[lang]", "lang")),
    }
}

fn meta(html: &Html, name: &str) -> Option<String> {
    let named = |element: &ElementRef<'_>| {
        ["property", "name", "itemprop"].iter().any(|key| element.value().attr(key).is_some_and(|value| value.eq_ignore_ascii_case(name)))
    };
    filled(select(html, "meta[content]").find(named).and_then(|element| element.value().attr("content").map(str::to_owned)))
}

/// What schema.org's vocabulary says of an article.
#[derive(Debug, Default, Deserialize)]
struct LinkedData {
    headline: Option<String>,
    #[serde(rename = "datePublished")]
    published: Option<String>,
    author: Option<Agent>,
    publisher: Option<Agent>,
}

/// A person or organization, in the shapes pages give them.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Agent {
    Name(String),
    Thing { name: Option<String> },
    Several(Vec<Agent>),
}

impl Agent {
    fn name(self) -> Option<String> {
        match self {
            Self::Name(name) => Some(name).filter(|name| !name.contains("://")),
            Self::Thing { name } => name,
            Self::Several(agents) => Some(agents.into_iter().filter_map(Self::name).collect::<Vec<_>>().join(", ")),
        }
    }
}

/// The blocks of JSON-LD come as one thing, a list, or a graph.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Graph {
    Things(Vec<LinkedData>),
    Nested {
        #[serde(rename = "@graph")]
        things: Vec<LinkedData>,
    },
    Thing(LinkedData),
}

/// The thing with a headline; else nothing.
fn linked_data(html: &Html) -> LinkedData {
    let scripts = select(html, "script[type='application/ld+json']").map(|script| script.text().collect::<String>());
    let graphs = scripts.filter_map(|json| serde_json::from_str::<Graph>(json.trim()).ok());
    let things = graphs.flat_map(|graph| match graph {
        Graph::Things(things) | Graph::Nested { things } => things,
        Graph::Thing(thing) => vec![thing],
    });
    things.into_iter().find(|thing| thing.headline.is_some()).unwrap_or_default()
}

/// The encoding a page declares of itself, looked for in its first bytes.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let value = &start[start.find("charset=")? + "charset=".len()..];
    let label: String =
        value.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    Some(label).filter(|label| !label.is_empty())
}
