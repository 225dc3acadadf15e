//! One self-contained page of a dossier: what do these reports say, on whose word, and where does it stand?
//!
//! Input: a dossier. Output: an HTML page with its style and script inside, nothing from elsewhere: findings, timeline, lineage, statements, figures,
//! and the reports with every cited passage marked. Each line of the apparatus carries the marks of its passages as plain links; the script only
//! lights them all at once and steps through them. Example: `<li class="rec" data-p="2-7-8">` is borne out by pieces 7 to 8 of report 2.
//! Limits: English labels; the map of places is not drawn.

mod events;
mod figures;
mod findings;
mod lineage;
mod passages;
mod plot;
mod reports;
mod sheet;
mod statements;
mod svg;
mod timeline;

use variorum_model::{Dossier, Story};

use super::words;
use sheet::Sheet;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");
/// Shown under the reports, and what the script fills.
const BAR: &str = include_str!("html/bar.html");

/// The page.
pub fn page(dossier: &Dossier) -> String {
    let sheet = Sheet::new(dossier);
    let title = dossier.stories.first().map_or("Reports".into(), |story| sheet::text(&story.title));
    let apparatus: String = dossier.stories.iter().enumerate().map(|(i, story)| one_story(&sheet, story, i + 1)).collect();
    let apparatus = if apparatus.is_empty() { "<p>No story was found in these reports.</p>".into() } else { apparatus };
    let reports = reports::all(&sheet);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, \
         initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{title} · Variorum</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<a class=\"skip\" href=\"#reports\">To the reports</a>\n<main>\n{}{apparatus}{}</main>\n{reports}{BAR}<script>\n\
         {SCRIPT}</script>\n</body>\n</html>\n",
        contents(dossier),
        colophon(),
    )
}

/// Where there are several stories, a list of them.
fn contents(dossier: &Dossier) -> String {
    if dossier.stories.len() < 2 {
        return String::new();
    }
    let entry = |(i, story): (usize, &Story)| {
        format!(
            "<li><a href=\"#y{}\">{}</a> <small>{}</small></li>\n",
            i + 1,
            sheet::text(&story.title),
            words::count(story.documents.len(), "report")
        )
    };
    let entries: String = dossier.stories.iter().enumerate().map(entry).collect();
    format!("<nav class=\"stories\" aria-label=\"Stories\"><h2>{} stories</h2><ol>\n{entries}</ol></nav>\n", dossier.stories.len())
}

fn one_story(sheet: &Sheet<'_>, story: &Story, number: usize) -> String {
    let parts = [
        ("findings", "Findings", findings::by_kind(sheet, story, number)),
        ("timeline", "Timeline", timeline::drawn(sheet, story)),
        ("lineage", "Lineage", lineage::drawn(sheet, story)),
        ("statements", "Who said what", statements::by_speaker(sheet, story)),
        ("figures", "Figures", figures::ledger(sheet, story)),
        ("events", "Events", events::table(sheet, story)),
    ];
    let shown: Vec<_> = parts.iter().filter(|(_, _, body)| !body.is_empty()).collect();
    let links: String = shown.iter().map(|(id, title, _)| format!("<a href=\"#y{number}-{id}\">{title}</a> ")).collect();
    let section = |(id, title, body): &&(&str, &str, String)| {
        format!(
            "<section id=\"y{number}-{id}\" aria-labelledby=\"y{number}-{id}-h\">\n<h2 id=\"y{number}-{id}-h\">{title}</h2>\n{body}</section>\n"
        )
    };
    let sections: String = shown.iter().map(section).collect();
    let nav = format!("<nav class=\"parts\" aria-label=\"Parts of this story\">{links}<a href=\"#reports\">Reports</a></nav>");
    format!("<article class=\"story\" id=\"y{number}\">\n{}{nav}\n{sections}</article>\n", header(story))
}

/// Title, period, and how many of the reports add something of their own.
fn header(story: &Story) -> String {
    let period = story.period.map(|period| format!("<span>{}</span>", words::dates(period))).unwrap_or_default();
    let n = story.documents.len();
    let independent = if n > 1 { format!("<span>{} of them independent</span>", story.n_independent) } else { String::new() };
    let facts = format!("{period}<span>{}</span>{independent}", words::count(n, "report"));
    format!(
        "<header>\n<p class=\"kicker\">Variorum</p>\n<h1>{}</h1>\n<p class=\"facts\">{facts}</p>\n</header>\n",
        sheet::text(&story.title)
    )
}

/// How the page is to be read.
fn colophon() -> String {
    "<footer class=\"colophon\"><p><a href=\"#reports\">[2 ¶5]</a> is report 2, paragraph 5. <span class=\"q\">“…”</span> are words quoted from \
     the speaker, <span class=\"w\">‹…›</span> words of the report. An origin is an utterance or an observation, not an article; “1–2 origins” \
     means that the reports do not tell whether two are the same. This page shows who says so, never what is true.</p></footer>\n"
        .into()
}

#[cfg(test)]
mod tests;
