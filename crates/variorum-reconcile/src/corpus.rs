//! The documents of one run in a canonical order, and short ways to what they hold.

use rustc_hash::FxHashMap;
use variorum_model::{
    Annotations, DateRange, Dated, Document, DocumentId, Entity, EntityId, EventMention, Parse, SentenceId, Span, dossier::Citation,
};

use crate::Annotated;

/// Index of a document in the corpus.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DocIx(pub(crate) usize);

/// An annotation of one document: the document, and the index into the list meant.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Local {
    pub(crate) doc: DocIx,
    pub(crate) index: usize,
}

/// Documents sorted by printed date, then id, without repeats.
pub(crate) struct Corpus<'a> {
    documents: Vec<&'a Annotated>,
    by_id: FxHashMap<&'a DocumentId, DocIx>,
}

impl<'a> Corpus<'a> {
    pub(crate) fn new(documents: &'a [Annotated]) -> Self {
        let mut documents: Vec<&Annotated> = documents.iter().collect();
        let key = |a: &Annotated| (a.document.published.map(|dated| (dated.range.earliest(), dated.range.latest())), a.document.id.clone());
        documents.sort_by_cached_key(|a| (a.document.published.is_none(), key(a), a.document.path.clone()));
        documents.dedup_by(|b, a| a.document.id == b.document.id);
        let by_id = documents.iter().enumerate().map(|(i, a)| (&a.document.id, DocIx(i))).collect();
        Self { documents, by_id }
    }

    pub(crate) fn doc_of(&self, id: &DocumentId) -> Option<DocIx> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    pub(crate) fn ids(&self) -> impl DoubleEndedIterator<Item = DocIx> + Clone + use<> {
        (0..self.documents.len()).map(DocIx)
    }

    pub(crate) fn doc(&self, doc: DocIx) -> &'a Document {
        &self.documents[doc.0].document
    }

    pub(crate) fn parse(&self, doc: DocIx) -> &'a Parse {
        &self.documents[doc.0].parse
    }

    pub(crate) fn notes(&self, doc: DocIx) -> &'a Annotations {
        &self.documents[doc.0].annotations
    }

    /// What happens in a document: its events, then what else it dates.
    pub(crate) fn happenings(&self, doc: DocIx) -> impl DoubleEndedIterator<Item = &'a EventMention> + Clone + use<'a> {
        let notes = self.notes(doc);
        notes.events.iter().chain(&notes.dated)
    }

    /// The one of an index into them.
    pub(crate) fn happening(&self, local: Local) -> &'a EventMention {
        let notes = self.notes(local.doc);
        notes.events.get(local.index).unwrap_or_else(|| &notes.dated[local.index - notes.events.len()])
    }

    pub(crate) fn entity(&self, doc: DocIx, id: EntityId) -> &'a Entity {
        &self.notes(doc).entities[id.index()]
    }

    pub(crate) fn slice(&self, doc: DocIx, span: Span) -> &'a str {
        span.of(&self.doc(doc).text)
    }

    pub(crate) fn cite(&self, doc: DocIx, span: Span) -> Citation {
        Citation { document: self.doc(doc).id.clone(), span }
    }

    pub(crate) fn sentence_of(&self, doc: DocIx, span: Span) -> Option<SentenceId> {
        self.parse(doc).sentence_at(span.start())
    }

    /// Cosine of the sentences two spans begin in; 0 where there is no embedding.
    pub(crate) fn similarity(&self, a: (DocIx, Span), b: (DocIx, Span)) -> f32 {
        let embedding = |(doc, span): (DocIx, Span)| self.sentence_of(doc, span).map(|id| &self.parse(doc).sentence(id).embedding);
        match (embedding(a), embedding(b)) {
            (Some(x), Some(y)) if x.len() == y.len() => x.iter().zip(y).map(|(p, q)| p * q).sum(),
            _ => 0.0,
        }
    }

    /// How the outlet is called in our own sentences: the publisher, else the file's name.
    pub(crate) fn outlet(&self, doc: DocIx) -> String {
        let document = self.doc(doc);
        document.publisher.clone().unwrap_or_else(|| document.path.rsplit('/').next().unwrap_or(&document.path).to_owned())
    }
}

/// Publication dates as finally known, by document, and for inferred ones the words they rest on.
pub(crate) struct Published {
    pub(crate) dates: Vec<Option<Dated>>,
    pub(crate) grounds: Vec<Vec<Citation>>,
}

impl Published {
    pub(crate) fn dated(&self, doc: DocIx) -> Option<Dated> {
        self.dates[doc.0]
    }

    pub(crate) fn range(&self, doc: DocIx) -> Option<DateRange> {
        self.dates[doc.0].map(|dated| dated.range)
    }

    /// Whether `a` is surely older than `b`.
    pub(crate) fn before(&self, a: DocIx, b: DocIx) -> bool {
        matches!((self.range(a), self.range(b)), (Some(x), Some(y)) if x.latest() < y.earliest())
    }
}
