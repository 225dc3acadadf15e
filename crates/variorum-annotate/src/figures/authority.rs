//! On whose word does a figure stand?
//!
//! Input: the span of the number, the attributions. Output: the narrowest attribution whose content holds it. Example: in "The agency said the mayor had
//! counted 40 dead" it is what the mayor counted.
//! Limits: an attribution that is not found cannot be given.

use variorum_model::{Attribution, AttributionId, Span};

use super::Scene;

/// The narrowest attribution whose content holds the number.
pub(super) fn authority(scene: &Scene, span: Span) -> Option<AttributionId> {
    let holds = |attribution: &Attribution| attribution.content.spans().iter().any(|content| content.contains(span));
    let width = |attribution: &Attribution| attribution.content.spans().iter().map(|span| span.len()).sum::<usize>();
    let found = scene
        .attributions
        .iter()
        .enumerate()
        .filter(|(_, attribution)| holds(attribution))
        .min_by_key(|(i, attribution)| (width(attribution), *i));
    found.map(|(i, _)| AttributionId(i as u32))
}
