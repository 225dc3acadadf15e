//! `variorum read --store FILE`: reports beside those read before, and all of them together.

use std::{env, fs, path::Path};

use variorum::{Annotated, Document, Dossier, Profile, render};
use variorum_store::{Store, StoreError};

use super::{ReadArguments, read};

/// Adds the documents, annotates what this program has not annotated yet, and puts everything together: the same dossier as reading all at once.
pub(super) fn read(path: &Path, documents: Vec<Document>, arguments: &ReadArguments) -> Result<Dossier, String> {
    let program = program(arguments.profile)?;
    let all = keep(path, &program, documents, arguments).map_err(|error| error.to_string())?;
    let dossier = read::as_of(all, arguments.as_of);
    // What was asked for as of a day is an answer, not the state of the store.
    if arguments.as_of.is_none() {
        let kept = Store::open(path).and_then(|mut store| store.set_dossier(&render::json::dossier(&dossier, arguments.profile)));
        kept.map_err(|error| error.to_string())?;
    }
    Ok(dossier)
}

fn keep(path: &Path, program: &str, documents: Vec<Document>, arguments: &ReadArguments) -> Result<Vec<Annotated>, StoreError> {
    let mut store = Store::open(path)?;
    store.add(&documents)?;
    for doc in read::annotate(arguments, store.unannotated(program)?) {
        store.annotate(program, &doc.document.id, &doc.parse, &doc.annotations)?;
    }
    let annotated = |one: variorum_store::Stored| Annotated { document: one.document, parse: one.parse, annotations: one.annotations };
    Ok(store.all()?.into_iter().map(annotated).collect())
}

/// Names this very program, weights and tables included, and its profile: what another derived is derived anew.
fn program(profile: Profile) -> Result<String, String> {
    let bytes = env::current_exe().and_then(fs::read).map_err(|error| format!("cannot read my own program: {error}"))?;
    Ok(format!("variorum {} {profile} {}", env!("CARGO_PKG_VERSION"), blake3::hash(&bytes).to_hex()))
}
