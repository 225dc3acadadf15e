//! The apparatus: what would a reporter want to know of these reports, in two minutes?
//!
//! Input: a dossier and a width in columns. Output, for each story: the reports and what they descend from; the timeline; who said what to whom; the
//! figures on their authority; differences by kind; what only one report says. Every line ends in marks such as `[2 ¶5]`: report 2, paragraph 5.
//! Styles are ANSI escapes, to be stripped where there is no terminal; none of them carries meaning alone.
//! Limits: lists are ranked and cut; the whole is in the JSON.

mod differences;
mod figures;
mod page;
mod reports;
mod statements;
mod timeline;
mod trace;

use anstyle::{AnsiColor, Color, Style};
use variorum_model::{Dossier, Story};

use super::words;
use page::Page;
pub use trace::trace;

const HEADING: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));
const BOLD: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
/// Stories shown in full; of the others, the titles.
const MOST_STORIES: usize = 8;

/// The apparatus of a dossier.
pub fn apparatus(dossier: &Dossier, width: usize) -> String {
    let mut page = Page::new(dossier, width);
    if dossier.stories.is_empty() {
        page.line("No story was found in these reports.");
        reports::table(&mut page, &dossier.documents.iter().collect::<Vec<_>>());
    }
    for (i, story) in dossier.stories.iter().take(MOST_STORIES).enumerate() {
        if i > 0 {
            page.blank();
        }
        one_story(&mut page, story);
    }
    other_stories(&mut page, dossier.stories.get(MOST_STORIES..).unwrap_or_default());
    legend(&mut page);
    page.finish()
}

fn one_story(page: &mut Page<'_>, story: &Story) {
    title(page, story);
    let documents: Vec<_> = page.dossier.documents.iter().filter(|doc| story.documents.contains(&doc.id)).collect();
    reports::table(page, &documents);
    timeline::timeline(page, story);
    statements::by_speaker(page, story);
    figures::ledger(page, story);
    differences::by_kind(page, story);
    differences::only_in(page, story);
}

fn title(page: &mut Page<'_>, story: &Story) {
    let rule = "━".repeat(page.width);
    page.raw(&format!("{HEADING}{rule}{HEADING:#}\n"));
    let shown = page.safe(&story.title);
    page.paragraph("", "", &format!("{BOLD}{shown}{BOLD:#}"));
    let n = story.documents.len();
    let period = story.period.map(words::dates);
    let independent = (n > 1).then(|| format!("{} of them independent", story.n_independent));
    let facts: Vec<String> = [period, Some(words::count(n, "report")), independent].into_iter().flatten().collect();
    page.paragraph("", "", &facts.join(" · "));
    if let Some(summary) = differences::summary(page, story) {
        page.paragraph("", "", &summary);
    }
    page.raw(&format!("{HEADING}{rule}{HEADING:#}\n"));
}

fn other_stories(page: &mut Page<'_>, others: &[Story]) {
    if others.is_empty() {
        return;
    }
    page.heading("OTHER STORIES");
    for story in others.iter().take(20) {
        let marks: String = story.documents.iter().map(|id| format!(" [{}]", page.number(id))).collect();
        let title = page.safe(&story.title);
        page.paragraph("  ", "    ", &format!("{title}{marks}"));
    }
    page.more(others.len().saturating_sub(20), "story", "stories");
}

fn legend(page: &mut Page<'_>) {
    page.blank();
    let text = "[2 ¶5] report 2, paragraph 5 · “…” words quoted from the speaker · ‹…› words of the report · an origin is an utterance or an \
                observation, not an article · Variorum shows who says so, never what is true";
    page.paragraph("", "", &format!("{FAINT}{text}{FAINT:#}"));
}
