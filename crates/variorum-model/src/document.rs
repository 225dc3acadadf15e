//! One published text by one publisher, and what stands where in it.

use serde::{Deserialize, Serialize};

use crate::{Dated, DocumentId, Span};

/// One published text by one publisher; immutable once made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Hash of publisher, title and text.
    pub id: DocumentId,
    /// Where it was read from, as the user wrote it; `-` for standard input; `PATH#N` for line N of a JSON Lines file.
    pub path: String,
    /// The web address, where given.
    pub url: Option<String>,
    /// The whole text, boilerplate included.
    pub text: String,
    /// The headline, from metadata or the headline block.
    pub title: Option<String>,
    /// The outlet that published it.
    pub publisher: Option<String>,
    /// Who wrote it, as printed.
    pub byline: Option<String>,
    /// When it was published, as far as the document alone tells.
    pub published: Option<Dated>,
    /// Where the text tells of its own date (the printed line, a caption), for the reader to open.
    pub published_evidence: Vec<Span>,
    /// BCP 47 primary tag of its language (`en`), where it could be told.
    pub language: Option<String>,
    /// What the text consists of, in order, without overlaps; together they hold every character but white space.
    pub blocks: Vec<Block>,
    /// Credits to other publishers that cover the document or a part: datelines, agency by-lines, "supplied by".
    pub credits: Vec<Credit>,
}

impl Document {
    /// The spans that may be mined: headline, paragraphs and captions, in order.
    pub fn content_blocks(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind.is_content())
    }

    /// The block that holds a byte offset.
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        let i = self.blocks.partition_point(|block| block.span.end() <= offset);
        self.blocks.get(i).filter(|block| block.span.contains_offset(offset))
    }

    /// The text of a span of this document.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

/// A stretch of text with one function.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands, without white space at its ends.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block of text is for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The title, or a standfirst or cross-head under it.
    Headline,
    /// The name of the publisher or section above the text.
    Masthead,
    /// Who wrote it.
    Byline,
    /// When it was published.
    Date,
    /// Running text.
    Paragraph,
    /// Words about a picture.
    Caption,
    /// Who made or supplied picture or text.
    Credit,
    /// An invitation elsewhere: related stories, newsletters, sharing.
    Link,
    /// Page furniture, end marks, advertisements.
    Marker,
}

impl BlockKind {
    /// Whether records may be taken from it.
    pub fn is_content(self) -> bool {
        matches!(self, Self::Headline | Self::Paragraph | Self::Caption)
    }

    /// The word for it in files and on screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Masthead => "masthead",
            Self::Byline => "byline",
            Self::Date => "date",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::Credit => "credit",
            Self::Link => "link",
            Self::Marker => "marker",
        }
    }
}

/// A printed credit to another publisher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The publisher's name, as printed.
    pub name: String,
    /// Where it is printed.
    pub span: Span,
    /// What the credit covers.
    pub kind: CreditKind,
}

/// What a credit covers.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CreditKind {
    /// The whole text is another publisher's: by-line, dateline "CITY (Agency) —", "supplied by".
    Text,
    /// A part of the text, unsaid which: "additional reporting by", "with agencies".
    Part,
    /// A picture.
    Picture,
}

/// Something a reader of the results should know about one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Where in the document, if at one place.
    pub span: Option<Span>,
    /// What is the matter, as a sentence without a final stop.
    pub message: String,
}
