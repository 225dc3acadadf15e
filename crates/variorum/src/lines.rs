//! How is a record written on one line, so that a person can read it, and write it?
//!
//! Input: the records of one document, or of a dossier. Output: [`Line`]s of named fields, in the syntax of `cases/README.md`. `explain` prints
//! them, the case runner compares with them, `bless` writes them. Example: `source "the fire service" | cue "according to"`.
//! Limits: embeddings, coordinates beyond one decimal and evidence spans are not written.

use std::fmt;

use variorum_model::{DocumentId, Span};

mod across;
mod single;

pub use across::dossier_lines;
pub use single::{STAGES, stage_lines};
pub(crate) use single::{date, label, role_text};

/// One record, as a case writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// In the stage's order; the first one names the record.
    pub fields: Vec<Field>,
    /// The document it belongs to, for records of one document.
    pub document: Option<DocumentId>,
    /// Where it stands there.
    pub span: Option<Span>,
}

/// A name and a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// One word.
    pub name: String,
    /// None: the record has no value there.
    pub values: Vec<Value>,
    /// What stands between several values: ` + `, or ` ← ` in a chain.
    joiner: &'static str,
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words of a document or a name, in quotation marks, with the number of the occurrence meant, from 1.
    Quote(String, usize),
    /// A keyword, number, date or document.
    Word(String),
}

impl Value {
    /// A name or other text that stands in no certain place.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Quote(collapsed(text.as_ref()), 1)
    }

    /// The words of a span.
    pub fn quote(text: &str, span: Span) -> Self {
        Self::Quote(collapsed(span.of(text)), occurrence(text, span))
    }

    /// A keyword.
    pub fn word(word: impl fmt::Display) -> Self {
        Self::Word(word.to_string())
    }
}

impl Line {
    /// A line that begins with this field.
    fn new(name: impl Into<String>, values: impl Into<Vec<Value>>) -> Self {
        Self { fields: Vec::new(), document: None, span: None }.with(name, values)
    }

    /// With one more field.
    pub fn with(mut self, name: impl Into<String>, values: impl Into<Vec<Value>>) -> Self {
        self.fields.push(Field { name: name.into(), values: values.into(), joiner: " + " });
        self
    }

    /// With a chain.
    fn chain(mut self, name: impl Into<String>, values: Vec<Value>) -> Self {
        self.fields.push(Field { name: name.into(), values, joiner: " ← " });
        self
    }

    /// At this place.
    fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl From<Value> for Vec<Value> {
    fn from(value: Value) -> Self {
        vec![value]
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Quote(text, nth) => {
                write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('|', "\\|"))?;
                if *nth > 1 { write!(f, "#{nth}") } else { Ok(()) }
            }
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.name)?;
        if self.values.is_empty() {
            return f.write_str("none");
        }
        for (i, value) in self.values.iter().enumerate() {
            if i > 0 {
                f.write_str(self.joiner)?;
            }
            write!(f, "{value}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, field) in self.fields.iter().enumerate() {
            if i > 0 {
                f.write_str(" | ")?;
            }
            write!(f, "{field}")?;
        }
        Ok(())
    }
}

/// White space as one space.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Which occurrence of its words a span is, from 1. "he" inside "the" does not count for a span that is whole words.
fn occurrence(text: &str, span: Span) -> usize {
    let words = span.of(text);
    let whole = stands_alone(text, span.start(), span.end());
    let starts = text.char_indices().map(|(start, _)| start).take_while(|&start| start <= span.start());
    starts.filter(|&start| text[start..].starts_with(words) && (!whole || stands_alone(text, start, start + words.len()))).count().max(1)
}

/// Whether no letter or digit of the stretch goes on beyond its ends: "he" does not in "the".
pub fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let inside = |a: Option<char>, b: Option<char>| a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric);
    let cut_before = inside(text[..start].chars().next_back(), text[start..].chars().next());
    let cut_after = inside(text[..end].chars().next_back(), text[end..].chars().next());
    !cut_before && !cut_after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_he_is_not_inside_the() {
        let text = "The man said he knew; the man, he, left.";
        let second = Span::new(text, 31, 33).unwrap();
        assert_eq!(Value::quote(text, second).to_string(), "\"he\"#2");
    }

    #[test]
    fn a_field_without_value_says_none() {
        let line = Line::new("source", vec![]).with("cue", Value::text("it was reported"));
        assert_eq!(line.to_string(), "source none | cue \"it was reported\"");
    }
}
