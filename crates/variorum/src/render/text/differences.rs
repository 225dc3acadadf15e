//! Where reports differ, by kind; and what only one of them says.

use std::collections::BTreeSet;

use variorum_model::{Finding, FindingKind, Story};

use super::{super::words, BOLD, page::Page};

/// Kinds in the order a reader wants them, with how many are shown.
const KINDS: &[(FindingKind, &str, usize)] = &[
    (FindingKind::Conflict, "Reports conflict", 8),
    (FindingKind::Circular, "One source behind several reports", 6),
    (FindingKind::Update, "Changed over time", 5),
    (FindingKind::Variant, "Same words, told differently", 5),
    (FindingKind::SingleOrigin, "Resting on one origin", 5),
    (FindingKind::Agreement, "Independent agreement", 5),
    (FindingKind::DateResolved, "Dates worked out", 6),
];
const MOST_ONLY_IN: usize = 8;
/// Characters of one finding; the marks lead to the rest.
const LONGEST: usize = 340;

/// How many findings there are of the kinds that change a reader's mind: `2 conflicts, 5 changes over time`.
pub(super) fn summary(page: &Page<'_>, story: &Story) -> Option<String> {
    let findings = of_story(page, story);
    let named = [
        (FindingKind::Conflict, "conflict"),
        (FindingKind::Circular, "circular report"),
        (FindingKind::Update, "change over time"),
        (FindingKind::Variant, "variant wording"),
        (FindingKind::SingleOrigin, "claim on one origin"),
    ];
    let counted = named.map(|(kind, noun)| (findings.iter().filter(|finding| finding.kind == kind).count(), noun));
    let shown: Vec<String> = counted.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| plural(*n, noun)).collect();
    (!shown.is_empty()).then(|| shown.join(", "))
}

/// The first noun takes the ending: "3 changes over time", "2 claims on one origin".
fn plural(n: usize, noun: &str) -> String {
    match noun.split_once(" o") {
        Some((head, rest)) => format!("{} o{rest}", words::count(n, head)),
        None => words::count(n, noun),
    }
}

pub(super) fn by_kind(page: &mut Page<'_>, story: &Story) {
    let findings = of_story(page, story);
    if findings.iter().all(|finding| finding.kind == FindingKind::OnlyIn) {
        return;
    }
    page.heading("DIFFERENCES");
    for &(kind, title, most) in KINDS {
        let own: Vec<&Finding> = findings.iter().copied().filter(|finding| finding.kind == kind).collect();
        if own.is_empty() {
            continue;
        }
        page.paragraph("  ", "  ", &format!("{BOLD}{title}{BOLD:#}"));
        own.iter().take(most).for_each(|finding| entry(page, finding));
        page.more(own.len().saturating_sub(most), "of this kind", "of this kind");
    }
}

pub(super) fn only_in(page: &mut Page<'_>, story: &Story) {
    let own: Vec<&Finding> = of_story(page, story).into_iter().filter(|finding| finding.kind == FindingKind::OnlyIn).collect();
    if own.is_empty() || story.documents.len() < 2 {
        return;
    }
    page.heading("ONLY IN ONE REPORT");
    own.iter().take(MOST_ONLY_IN).for_each(|finding| entry(page, finding));
    page.more(own.len().saturating_sub(MOST_ONLY_IN), "of this kind", "of this kind");
}

/// Findings all of whose documents belong to the story, weightiest first.
fn of_story<'d>(page: &Page<'d>, story: &Story) -> Vec<&'d Finding> {
    let documents: BTreeSet<_> = story.documents.iter().collect();
    page.dossier.findings.iter().filter(|finding| finding.documents.iter().all(|id| documents.contains(id))).collect()
}

fn entry(page: &mut Page<'_>, finding: &Finding) {
    let text = words::cut(&page.safe(&finding.text), LONGEST);
    let marks = page.marks(finding.evidence.iter().cloned());
    page.paragraph("    · ", "      ", &format!("{text} {marks}"));
}
