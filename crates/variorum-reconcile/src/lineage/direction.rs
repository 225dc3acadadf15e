//! Of two texts with the same passages, which is the younger?
//!
//! Input: two documents that are tied. Output: the younger and the older. In this order: what the printed dates say; who names or credits the other's outlet; who prints
//! an agency's text as such, for that is the older; whose date range lies later; which is contained in the other all but whole; and last the order of the corpus.
//! Example: of two reports of one day with the same six paragraphs, the one that says "(Meridian) —" is the older.
//! Limits: hours of publication are not known.

use variorum_model::CreditKind;

use crate::{
    actors::Cast,
    corpus::{Corpus, DocIx, Published},
};

/// Part of a text from which it is contained in another, and by how much it must be more so than the other.
const CONTAINED: f64 = 0.85;
const MORE_CONTAINED: f64 = 0.1;

/// What tells the direction.
pub(super) struct Clock<'c, 'd> {
    pub(super) corpus: &'c Corpus<'d>,
    pub(super) cast: &'c Cast,
    pub(super) published: &'c Published,
}

impl Clock<'_, '_> {
    /// Whether `a` is the younger; `shares` are the parts of `a` and of `b` that stand in the other.
    pub(super) fn is_younger(&self, a: DocIx, b: DocIx, shares: (f64, f64)) -> bool {
        let signs = [
            self.by_date(a, b),
            either(self.names_outlet_of(a, b), self.names_outlet_of(b, a)),
            either(self.is_agency_text(b), self.is_agency_text(a)),
            self.by_range(a, b),
            either(contained(shares.0, shares.1), contained(shares.1, shares.0)),
        ];
        signs.into_iter().flatten().next().unwrap_or(a > b)
    }

    fn by_date(&self, a: DocIx, b: DocIx) -> Option<bool> {
        either(self.published.before(b, a), self.published.before(a, b))
    }

    /// Ranges that overlap, of which one begins and ends later than the other; a text without any date is younger than a dated one.
    fn by_range(&self, a: DocIx, b: DocIx) -> Option<bool> {
        let (Some(x), Some(y)) = (self.published.range(a), self.published.range(b)) else {
            return either(self.published.range(a).is_none(), self.published.range(b).is_none());
        };
        let later = |p: variorum_model::DateRange, q: variorum_model::DateRange| {
            p.earliest() >= q.earliest() && p.latest() >= q.latest() && (p.earliest(), p.latest()) != (q.earliest(), q.latest())
        };
        either(later(x, y), later(y, x))
    }

    /// Whether `a` credits or cites the outlet of `b`.
    fn names_outlet_of(&self, a: DocIx, b: DocIx) -> bool {
        let Some(outlet) = self.cast.publisher(b).filter(|&outlet| self.cast.publisher(a) != Some(outlet)) else { return false };
        let credited = (0..self.corpus.doc(a).credits.len())
            .any(|i| self.cast.credited(a, i).is_some_and(|credited| self.cast.outlet(credited) == outlet));
        let hops = self.corpus.notes(a).attributions.iter().flat_map(|attribution| &attribution.chain);
        credited || hops.filter_map(|hop| hop.entity).any(|entity| self.cast.outlet(self.cast.of(a, entity)) == outlet)
    }

    fn is_agency_text(&self, doc: DocIx) -> bool {
        self.corpus.doc(doc).credits.iter().any(|credit| credit.kind == CreditKind::Text)
    }
}

/// What a sign says that may speak for either side.
fn either(for_first: bool, for_second: bool) -> Option<bool> {
    (for_first != for_second).then_some(for_first)
}

fn contained(part: f64, other: f64) -> bool {
    part >= CONTAINED && part >= other + MORE_CONTAINED
}
