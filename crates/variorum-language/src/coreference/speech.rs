//! Who speaks where? Quotations and the phrases that their first persons stand for.
//!
//! Input: a text and its parse. Output: [`Speech`]: the quotation of each token, and the head of each quotation's speaker.
//! Limits: a quotation ends with its paragraph; a speaker is found in the sentences that the quotation touches.

use variorum_model::{Deprel, Parse, TokenId, Upos};

/// Quotations of a document, numbered from 1.
pub(crate) struct Speech {
    of: Vec<u32>,
    speakers: Vec<Option<TokenId>>,
}

impl Speech {
    /// Reads the marks paragraph by paragraph.
    pub(crate) fn new(text: &str, parse: &Parse, starts_paragraph: impl Fn(TokenId) -> bool) -> Self {
        let (mut of, mut n, mut inside) = (Vec::with_capacity(parse.tokens.len()), 0, false);
        for id in parse.token_ids() {
            if starts_paragraph(id) {
                inside = false;
            }
            match parse.token(id).span.of(text) {
                "“" | "``" => (n, inside) = (n + 1, true),
                "”" | "''" => inside = false,
                "\"" if inside => inside = false,
                "\"" => (n, inside) = (n + 1, true),
                _ => {}
            }
            of.push(if inside { n } else { 0 });
        }
        let mut speech = Self { of, speakers: vec![None; n as usize + 1] };
        for id in parse.token_ids() {
            let quotation = speech.of[id.index()];
            if quotation != 0 && speech.speakers[quotation as usize].is_none() {
                speech.speakers[quotation as usize] = speech.speaker(parse, id, quotation);
            }
        }
        speech
    }

    /// The quotation that a token stands in; 0 is none.
    pub(crate) fn quotation_of(&self, id: TokenId) -> u32 {
        self.of[id.index()]
    }

    /// The head of the phrase that says a quotation.
    pub(crate) fn speaker_of(&self, quotation: u32) -> Option<TokenId> {
        self.speakers[quotation as usize]
    }

    /// The subject of the verb outside that a word inside is joined to.
    fn speaker(&self, parse: &Parse, id: TokenId, quotation: u32) -> Option<TokenId> {
        let outside = |&other: &TokenId| self.of[other.index()] != quotation;
        let is_verb = |&other: &TokenId| parse.token(other).upos == Upos::Verb;
        let above = parse.head(id).filter(outside).filter(is_verb);
        let beside = || parse.children_by(id, Deprel::Parataxis).find(|other| outside(other) && is_verb(other));
        let verb = above.or_else(beside)?;
        parse.child_of(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).filter(outside)
    }
}
