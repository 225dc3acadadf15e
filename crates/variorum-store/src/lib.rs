//! Documents, annotations and dossiers in one SQLite file.
