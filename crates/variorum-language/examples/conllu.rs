//! Prints the parse of a text as CoNLL-U, with names and referents in the last column: `conllu < report.txt`.

use std::io::{self, Read, Write};

use variorum_language::Language;
use variorum_model::{Parse, Sentence, TokenId};

fn main() -> Result<(), io::Error> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let parse = Language::bundled().parse(&text);
    let mut out = io::stdout().lock();
    for sentence in &parse.sentences {
        writeln!(out, "# text = {}", sentence.span.of(&text).split_whitespace().collect::<Vec<_>>().join(" "))?;
        for id in sentence.tokens() {
            writeln!(out, "{}", line(&text, &parse, sentence, id))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn line(text: &str, parse: &Parse, sentence: &Sentence, id: TokenId) -> String {
    let token = parse.token(id);
    let number = |id: TokenId| id.0 - sentence.first.0 + 1;
    let mut misc = Vec::new();
    if let Some(name) = parse.name_at(id) {
        misc.push(format!("Name={}-{:?}", if name.first == id { 'B' } else { 'I' }, name.kind));
    }
    misc.extend(parse.referent(id).map(|referent| format!("Referent={referent:?}")));
    if !text[token.span.end()..].starts_with(char::is_whitespace) {
        misc.push("SpaceAfter=No".to_owned());
    }
    let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
    let form = token.span.of(text).replace(char::is_control, "_");
    format!(
        "{}\t{form}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{misc}",
        number(id),
        token.lemma,
        token.upos.as_str(),
        token.tag,
        token.head.map_or(0, number),
        token.deprel.as_str()
    )
}
