//! The dossier as JSON.

/// The dossier.
pub fn dossier(_dossier: &variorum_model::Dossier) -> String {
    "{}".into()
}
