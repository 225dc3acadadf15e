//! How is what was found shown? As text for a terminal, as JSON, as a table of events, as a page; and, for one document, stage by stage.

pub mod csv;
pub mod escape;
pub mod explain;
pub mod html;
pub mod json;
pub mod points;
mod statements;
pub mod text;
pub mod words;
