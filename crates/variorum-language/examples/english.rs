//! The parser alone: who does what in a text, with the words that say so. `english [accurate|fast] < text.txt`

use std::io::{self, Read};

use variorum_language::{Language, Profile, identify, language_name};
use variorum_model::Deprel;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let profile = std::env::args().nth(1).map_or(Ok(Profile::default()), |name| name.parse())?;
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let language = Language::with_profile(profile);
    let parse = language.parse(&text);
    if parse.sentences.is_empty() {
        let told = identify(&text).and_then(language_name).unwrap_or("no language that can be told");
        println!("nothing to read: {told}");
    }
    for verb in parse.sentence_ids().filter_map(|sentence| parse.root(sentence)) {
        let phrase = |deprel| parse.child(verb, deprel).map_or("-", |token| parse.subtree_span(token).of(&text));
        println!("{} | {} | {}", phrase(Deprel::Nsubj), parse.token(verb).lemma, phrase(Deprel::Obj));
    }
    for name in &parse.names {
        println!("{:?}: {}", name.kind, name.span.of(&text));
    }
    Ok(())
}
