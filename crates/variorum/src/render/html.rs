//! One self-contained page of a dossier.
use variorum_model::Dossier;

/// The page.
pub fn page(dossier: &Dossier) -> String {
    format!("<!doctype html><meta charset=\"utf-8\"><title>Variorum</title><p>{} documents", dossier.documents.len())
}
