//! What did a person write down of a text? Cases that must hold (`cases/README.md`), and a corpus to measure with (`corpus/README.md`): Markdown
//! that quotes a text and says what should be found in it.
//!
//! For tests and chores; the program does not need it.

pub mod expect;
pub mod file;
pub mod place;
