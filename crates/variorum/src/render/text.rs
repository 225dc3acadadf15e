//! The apparatus.

/// The apparatus.
pub fn apparatus(_dossier: &variorum_model::Dossier, _width: usize) -> String {
    String::new()
}
