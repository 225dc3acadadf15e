//! How are the events of a dossier handed to whoever counts events?
//!
//! Input: a dossier. Output: CSV (RFC 4180) with one row an event of every story, in the dossier's order, and the columns of POLECAT, then ours
//! ([`columns`]). Several values of one cell are joined by `; `; those of participants and of reports stand in one order in all columns, empty
//! ones included. Example: `e-5f…,2024-10-10,COERCE,arrest,-7,4,crime; legal,police,…`.
//! Limits: white space is one space and what a terminal would obey is made visible; a cell that a spreadsheet would take for a formula has an apostrophe before it.

mod codes;
mod columns;

use std::collections::BTreeMap;

use variorum_model::{Actor, ActorId, Document, DocumentId, Dossier, Event, Span, dossier::Citation};

use self::{codes::Codes, columns::COLUMNS};
use super::{escape, points::CodePoints};

/// The events of a dossier as CSV, header first.
pub fn events(dossier: &Dossier) -> String {
    let sheet = Sheet::new(dossier);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let in_memory = "memory can be written to, and every row has every column";
    writer.write_record(COLUMNS.iter().map(|(name, _)| name)).expect(in_memory);
    for event in &dossier.events {
        let entry = Entry { sheet: &sheet, event };
        writer.write_record(COLUMNS.iter().map(|(_, values)| cell(&values(&entry)))).expect(in_memory);
    }
    String::from_utf8(writer.into_inner().expect(in_memory)).expect("all cells are text")
}

/// What columns are filled from.
struct Sheet<'d> {
    documents: BTreeMap<&'d DocumentId, (&'d Document, CodePoints<'d>)>,
    actors: BTreeMap<&'d ActorId, &'d Actor>,
    codes: Codes,
}

/// One event with everything around it.
struct Entry<'s> {
    sheet: &'s Sheet<'s>,
    event: &'s Event,
}

impl<'d> Sheet<'d> {
    fn new(dossier: &'d Dossier) -> Self {
        let document = |doc: &'d Document| (&doc.id, (doc, CodePoints::new(&doc.text)));
        Self {
            documents: dossier.documents.iter().map(document).collect(),
            actors: dossier.actors.iter().map(|actor| (&actor.id, actor)).collect(),
            codes: Codes::bundled(),
        }
    }

    fn document(&self, id: &DocumentId) -> &'d Document {
        self.documents[id].0
    }

    /// As printed there.
    fn words(&self, at: &Citation) -> String {
        self.document(&at.document).slice(at.span).to_owned()
    }

    fn offsets(&self, id: &DocumentId, span: Span) -> String {
        let points = &self.documents[id].1;
        format!("{id}:{}-{}", points.at(span.start()), points.at(span.end()))
    }
}

/// Values side by side; nothing where none is known.
fn cell(values: &[String]) -> String {
    if values.iter().all(String::is_empty) {
        return String::new();
    }
    let shown: Vec<String> = values.iter().map(|value| escape::line(value)).collect();
    let joined = shown.join("; ");
    let formula = joined.starts_with(['=', '+', '-', '@']) && joined.parse::<f64>().is_err();
    if formula { format!("'{joined}") } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_polecats_and_ours() {
        assert_eq!(COLUMNS.len(), 48);
        assert_eq!(events(&Dossier::default()).lines().count(), 1, "a header alone");
    }

    #[test]
    fn cells_are_safe_and_keep_their_places() {
        let cell = |values: &[&str]| cell(&values.iter().map(|&value| value.to_owned()).collect::<Vec<_>>());
        assert_eq!(cell(&["ITA", "", "ALB"]), "ITA; ; ALB");
        assert_eq!(cell(&["", ""]), "");
        assert_eq!(cell(&["-7.5"]), "-7.5");
        assert_eq!(cell(&["=HYPERLINK(0)"]), "'=HYPERLINK(0)");
        assert_eq!(cell(&["a\u{1b}[31m\n b"]), "a\u{fffd}[31m b");
    }
}
