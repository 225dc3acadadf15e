//! Reads several reports of one affair and shows who says what, on whose word.
//!
//! This crate wires the rooms and owns input and output: [`reading`] finds documents on disk, [`Analyst`] derives what each says alone,
//! [`reconcile`] what they say together, [`render`] shows it. A program of three lines:
//!
//! ```no_run
//! use variorum::{Analyst, reading, reconcile};
//! let reports = reading::read(&["examples/otranto-ferry/reports".into()]);
//! let dossier = reconcile(&Analyst::new().annotate_all(reports.documents, None, || ()));
//! ```

pub mod analyst;
pub mod invariants;
pub mod lines;
pub mod reading;
pub mod render;
pub mod trace;

pub use analyst::Analyst;
pub use variorum_language::Profile;
pub use variorum_model::{Document, Dossier};
pub use variorum_reconcile::{Annotated, coreference, reconcile};
