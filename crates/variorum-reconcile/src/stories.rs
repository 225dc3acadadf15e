//! Which documents are about the same affair?
//!
//! Input: the corpus. Output: groups of documents, the same for any order in which the documents came. Documents that share rare words are a topic ([`crate::topics`]);
//! a topic of several affairs that look alike falls apart along what each has to itself ([`crate::affairs`]).
//! Limits: by words alone; two affairs of the same people in the same place are one.

use variorum_model::StoryId;

use crate::{
    affairs::affairs,
    corpus::{Corpus, DocIx},
    terms::{Terms, Vector, dot, plus},
    topics::{topics, vectors},
    words::Weights,
};

/// Documents by affair.
pub(crate) struct Stories {
    /// Sorted by first document.
    pub(crate) groups: Vec<Vec<DocIx>>,
    of: Vec<usize>,
    vectors: Vec<Vector>,
}

impl Stories {
    /// Index of the story a document belongs to.
    pub(crate) fn of(&self, doc: DocIx) -> usize {
        self.of[doc.0]
    }

    /// The story's name: a hash of its documents.
    pub(crate) fn id(&self, corpus: &Corpus, story: usize) -> StoryId {
        StoryId::of(self.groups[story].iter().map(|&doc| corpus.doc(doc).id.as_str()))
    }

    /// The document most like the others of its story, of those preferred where there are any.
    pub(crate) fn central(&self, story: usize, preferred: impl Fn(DocIx) -> bool) -> DocIx {
        let group = &self.groups[story];
        let sum = group.iter().fold(Vector::new(), |sum, doc| plus(&sum, &self.vectors[doc.0]));
        let nearness = |doc: DocIx| dot(&sum, &self.vectors[doc.0]);
        *group
            .iter()
            .max_by(|a, b| preferred(**a).cmp(&preferred(**b)).then(nearness(**a).total_cmp(&nearness(**b))).then(b.cmp(a)))
            .expect("a story has a document")
    }
}

/// Groups the documents of a corpus.
pub(crate) fn stories(corpus: &Corpus, weights: &Weights) -> Stories {
    let terms = Terms::of(corpus, weights);
    let vectors = vectors(&terms);
    let mut groups: Vec<Vec<usize>> = topics(&vectors).into_iter().flat_map(|topic| affairs(&terms, topic)).collect();
    groups.sort();
    let mut of = vec![0; corpus.len()];
    for (story, group) in groups.iter().enumerate() {
        for &doc in group {
            of[doc] = story;
        }
    }
    Stories { groups: groups.into_iter().map(|group| group.into_iter().map(DocIx).collect()).collect(), of, vectors }
}
