//! What goes into a store comes out of it, and what is no store is refused in plain words.
#![allow(clippy::unwrap_used)] // A helper of a test may fail as a test may.

use std::{fs, path::PathBuf};

use variorum_model::{Annotations, Block, BlockKind, Document, DocumentId, Parse, Place, PlaceKind, PlaceUse, Span};
use variorum_store::Store;

fn fresh(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", path.display()));
    }
    path
}

fn document(path: &str, text: &str) -> Document {
    Document {
        id: DocumentId::of([text]),
        path: path.into(),
        url: None,
        text: text.into(),
        title: Some("Ferry lost".into()),
        publisher: None,
        byline: None,
        published: None,
        published_evidence: Vec::new(),
        language: None,
        blocks: vec![Block { span: Span::whole(text).unwrap(), kind: BlockKind::Paragraph }],
        credits: Vec::new(),
    }
}

#[test]
fn what_goes_in_comes_out() {
    let path = fresh("round.db");
    let mut doc = document("b.txt", "A ferry sank off Vlorë.");
    let span = Span::whole(&doc.text).unwrap();
    let place = Place {
        span,
        name: "Vlorë".into(),
        kind: PlaceKind::City,
        country: None,
        admin: None,
        lat: Some(0.1 + 0.2),
        lon: Some(-1.0 / 3.0),
        used: PlaceUse::Literal,
    };
    let annotations = Annotations { places: vec![place], ..Annotations::default() };
    let mut store = Store::open(&path).unwrap();
    store.add(&[doc.clone(), doc.clone()]).unwrap();
    assert_eq!(store.unannotated("one").unwrap(), [doc.clone()], "twice the same document is one");
    store.annotate("one", &doc.id, &Parse::default(), &annotations).unwrap();
    assert!(store.unannotated("one").unwrap().is_empty());
    assert_eq!(store.unannotated("two").unwrap().len(), 1, "another program makes them anew");
    drop(store);

    let mut store = Store::open(&path).unwrap();
    let all = store.all().unwrap();
    assert_eq!((all.len(), &all[0].document, &all[0].annotations), (1, &doc, &annotations));
    doc.path = "a.txt".into();
    store.add(&[doc]).unwrap();
    assert_eq!(store.unannotated("one").unwrap()[0].path, "a.txt", "the first path names it, as where all are read at once");
    store.set_dossier("{}").unwrap();
    assert_eq!(store.dossier().unwrap().as_deref(), Some("{}"));
}

#[test]
fn texts_are_searched() {
    let mut store = Store::open(&fresh("search.db")).unwrap();
    store.add(&[document("a.txt", "A ferry sank off Vlorë."), document("b.txt", "Prices rose.")]).unwrap();
    let hits = store.search("vlore", 10).unwrap();
    assert_eq!(hits.len(), 1);
    assert!(hits[0].snippet.contains("[Vlorë]"), "{}", hits[0].snippet);
}

#[test]
fn other_files_are_refused() {
    let path = fresh("notes.txt");
    fs::write(&path, "these are notes, and long enough to be looked at as a header of a database would be: 0123456789".repeat(4)).unwrap();
    let error = Store::open(&path).unwrap_err().to_string();
    assert!(error.ends_with("file is not SQLite"), "{error}");

    let path = fresh("foreign.db");
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE songs (name TEXT)").unwrap();
    let error = Store::open(&path).unwrap_err().to_string();
    assert!(error.ends_with("it is a database of another program"), "{error}");
}
