//! One claim's way from who said it to every report that has it.

use variorum_model::{
    Dossier,
    dossier::{FindingKind, LineageKind},
};

use super::{super::words, BOLD, FAINT, page::Page};
use crate::trace::{Branch, Claim, How, Node, claims};

/// Claims shown in full, and characters of a report's words.
const MOST_CLAIMS: usize = 3;
const WORDS: usize = 110;

/// The trees of the claims that have these words; none where no claim has them.
pub fn trace(dossier: &Dossier, asked: &str, width: usize) -> Option<String> {
    let claims = claims(dossier, asked);
    if claims.is_empty() {
        return None;
    }
    let mut page = Page::new(dossier, width);
    for (i, claim) in claims.iter().take(MOST_CLAIMS).enumerate() {
        if i > 0 {
            page.blank();
        }
        one_claim(&mut page, claim);
    }
    page.more(claims.len().saturating_sub(MOST_CLAIMS), "claim with these words", "claims with these words");
    circles(&mut page, &claims);
    Some(page.finish())
}

fn one_claim(page: &mut Page<'_>, claim: &Claim<'_>) {
    let shown = words::cut(&page.safe(claim.words), WORDS);
    page.paragraph("", "", &format!("{BOLD}‹{shown}›{BOLD:#}"));
    let documents: Vec<_> = claim.readings.iter().map(|reading| &reading.document.id).collect();
    let origins = page.origins(claim.origins, &documents);
    page.line(&format!("{FAINT}{origins}{FAINT:#}"));
    for (i, root) in claim.roots.iter().enumerate() {
        branch(page, claim, root, "", i + 1 == claim.roots.len());
    }
}

fn branch(page: &mut Page<'_>, claim: &Claim<'_>, at: &Branch<'_>, margin: &str, is_last: bool) {
    let (first, rest) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
    let below = format!("{margin}{rest}");
    page.paragraph(&format!("{margin}{first}"), &format!("{below}  "), &line(page, claim, at));
    for (i, next) in at.branches.iter().enumerate() {
        branch(page, claim, next, &below, i + 1 == at.branches.len());
    }
}

/// `[2] Steppe Post, 20 May 2022 · copies 20 % · ‹…›`.
fn line(page: &Page<'_>, claim: &Claim<'_>, at: &Branch<'_>) -> String {
    let how = how(&at.how).map(|how| format!(" · {how}")).unwrap_or_default();
    match &at.node {
        Node::Actor(id, name) => {
            let name = id.map_or_else(|| page.safe(name), |id| page.name(id));
            format!("{BOLD}{}{BOLD:#}{how}", if name.is_empty() { "unnamed".to_owned() } else { name })
        }
        Node::Loop(i) => format!("↺ back to {}", report(page, claim, *i)),
        Node::Report(i) => {
            let reading = &claim.readings[*i];
            let said = words::cut(&page.safe(reading.words()), WORDS);
            format!("{}{how} · {FAINT}‹{said}›{FAINT:#}", report(page, claim, *i))
        }
    }
}

fn report(page: &Page<'_>, claim: &Claim<'_>, i: usize) -> String {
    let doc = claim.readings[i].document;
    let name = page.publisher(&doc.id).unwrap_or_else(|| page.safe(doc.path.rsplit('/').next().unwrap_or(&doc.path)));
    let date = doc.published.map_or("no date".to_owned(), |dated| words::dates(dated.range));
    format!("[{}] {name}, {date}", page.number(&doc.id))
}

fn how(how: &How) -> Option<String> {
    let of = |share: &Option<f64>| share.map(|share| format!(" {:.0} %", share * 100.0)).unwrap_or_default();
    match how {
        How::Begins => None,
        How::Told(cue) => (!cue.is_empty()).then(|| format!("“{cue}”")),
        How::Descends(LineageKind::Republishes, share) => Some(format!("republishes{}", of(share))),
        How::Descends(LineageKind::Copies, share) => Some(format!("copies{}", of(share))),
        How::Descends(LineageKind::Rewrites, share) => Some(format!("rewrites{}", of(share))),
        How::Descends(LineageKind::Cites, _) => Some("cites".to_owned()),
    }
}

/// Circles that the claims' reports tell of or are in.
fn circles(page: &mut Page<'_>, claims: &[Claim<'_>]) {
    let traced = |document: &_| claims.iter().take(MOST_CLAIMS).any(|claim| claim.readings.iter().any(|one| one.document.id == *document));
    let dossier = page.dossier;
    let found = dossier.findings.iter().filter(|finding| finding.kind == FindingKind::Circular && finding.documents.iter().any(traced));
    for finding in found {
        let text = page.safe(&finding.text);
        page.blank();
        page.paragraph("↺ ", "  ", &text);
    }
}
