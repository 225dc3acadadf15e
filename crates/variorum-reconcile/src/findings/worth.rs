//! Is a passage worth a line of its own?
//!
//! Input: a span of a document, or the origins of a record. Output: whether a reader is told something by it.
//! "They sold you" is a clause; "on doors and on bicycles", "after the vote" and "We did not ask whether it" are scraps of one.
//! An origin is worth naming where somebody's word stands behind a claim: that one agency printed what everybody could see says nothing.
//! Limits: a clause that the parser has torn is taken for a scrap.

use variorum_model::{
    BlockKind, Deprel, EntityKind, Span, TokenId, Upos,
    dossier::{Origins, RootKind},
};

use super::Desk;
use crate::{actors::ActorIx, corpus::DocIx};

impl Desk<'_, '_> {
    /// Whether a passage begins with a whole clause: somebody or something of whom something is said, and no loose ends.
    pub(super) fn is_whole(&self, doc: DocIx, span: Span) -> bool {
        let parse = self.corpus.parse(doc);
        let first_sentence = self.corpus.sentence_of(doc, span).map(|id| parse.sentence(id).span);
        let words: Vec<TokenId> = parse
            .tokens_in(span)
            .filter(|&id| first_sentence.is_none_or(|sentence| sentence.contains(parse.token(id).span)))
            .filter(|&id| parse.token(id).upos != Upos::Punct)
            .collect();
        let inside = |id: TokenId| words.contains(&id);
        let tops: Vec<TokenId> = words.iter().copied().filter(|&id| parse.head(id).is_none_or(|head| !inside(head))).collect();
        let ([top], Some(&first)) = (tops.as_slice(), words.first()) else { return false };
        let says = |verb: TokenId| parse.token(verb).upos == Upos::Verb || parse.child(verb, Deprel::Cop).is_some();
        let subject = |verb: TokenId| {
            let is_one = |&child: &TokenId| {
                let token = parse.token(child);
                let relative = matches!(token.lemma.to_lowercase().as_str(), "who" | "which" | "whom");
                inside(child) && !relative && (token.deprel.is_subject() || token.deprel == Deprel::Expl)
            };
            parse.children(verb).iter().any(is_one)
        };
        says(*top) && subject(*top) && !self.hangs(doc, first, *top) && !words.iter().take(3).any(|&id| self.asks(doc, id))
    }

    /// Whether a passage is a part of something before it.
    pub(super) fn is_torn(&self, doc: DocIx, span: Span) -> bool {
        let parse = self.corpus.parse(doc);
        let words: Vec<TokenId> = parse.tokens_in(span).filter(|&id| parse.token(id).upos != Upos::Punct).collect();
        let Some(&first) = words.first() else { return true };
        let top = words.iter().copied().find(|&id| parse.head(id).is_none_or(|head| !words.contains(&head))).unwrap_or(first);
        self.hangs(doc, first, top) || words.iter().take(3).any(|&id| self.asks(doc, id))
    }

    /// Whether a word makes what follows a part of something before it: "after", "and", "most of which".
    fn hangs(&self, doc: DocIx, first: TokenId, top: TokenId) -> bool {
        let parse = self.corpus.parse(doc);
        let token = parse.token(first);
        let joins = token.deprel == Deprel::Mark && parse.head(first) == Some(top) && !token.lemma.eq_ignore_ascii_case("that");
        joins || matches!(token.deprel, Deprel::Cc | Deprel::Reparandum)
    }

    /// "Which", "whom", "what": near the beginning they make a clause a part of another one.
    fn asks(&self, doc: DocIx, word: TokenId) -> bool {
        self.corpus.parse(doc).token(word).tag.starts_with('W')
    }

    /// "Officials", "two traders": nobody in particular.
    pub(super) fn is_crowd(&self, actor: ActorIx) -> bool {
        let member = self.cast.member(actor);
        !member.named && member.plural && member.kind != EntityKind::Organization
    }

    /// Whether it stands in the running text, and not in a headline.
    pub(super) fn is_running(&self, doc: DocIx, span: Span) -> bool {
        self.corpus.doc(doc).block_at(span.start()).is_some_and(|block| block.kind == BlockKind::Paragraph)
    }

    /// Whether one somebody is known to stand behind it: by the word of a text, and not because nobody else is named.
    pub(super) fn rests_on_somebody(&self, origins: &Origins) -> bool {
        let [root] = origins.roots.as_slice() else { return false };
        let actor = root.actor.as_ref().and_then(|id| self.cast.index_of(id));
        let is_place = |actor| matches!(self.cast.member(actor).kind, EntityKind::State | EntityKind::PlaceAsActor);
        matches!(root.kind, RootKind::Utterance | RootKind::Observation)
            && actor.is_some_and(|actor| !is_place(actor) && !self.is_crowd(actor))
    }
}
