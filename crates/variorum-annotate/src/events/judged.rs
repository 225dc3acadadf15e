//! What the network thinks of a happening: does it weigh more than the tables say?
//!
//! Input: happenings as the tables and the grammar have them, and the parser's [`Trigger`]s. Output: the same without those that the network hardly believes, with those that
//! it believes in where the tables are silent, and with type and status weighed. Example: the tables do not know "pummelled"; the network says ASSAULT with .91.
//! Tables and grammar have a say in each question, a fixed one; the weights were chosen on `corpus/tuning`. Limits: where the parser was built without the network,
//! the tables decide alone.

use variorum_model::{EventStatus, EventType, Trigger, Upos};

use super::{happenings::Happening, scene::Scene};

/// How sure the network must be of a word that the tables do not know.
const BELIEVED: f32 = 0.7;
/// How likely its first type must be.
const TYPE_OF_OPEN: f32 = 0.5;
/// How sure it must at least be of one that they know.
const DOUBTED: f32 = 0.1;
/// The same of one that they know in a sense of several words.
const DOUBTED_OF_SEVERAL: f32 = 0.06;
/// What the tables' type weighs against the network's, as a factor of its chance.
const TYPE_OF_TABLE: f32 = 40.0;
/// The least chance that a type has which the tables give.
const FLOOR: f32 = 0.02;
/// How sure the network must be of another status than the grammar's.
const STATUS: f32 = 0.85;
/// Whether the network believes in a word that the tables do not know.
pub(super) fn is_believed(opinion: &Trigger) -> bool {
    opinion.chance() >= BELIEVED && opinion.types[0].1 >= TYPE_OF_OPEN
}

/// The network's opinion of a happening: that of the likeliest of its own words.
pub(super) fn opinion<'a>(scene: &Scene<'a>, told: &Happening) -> Option<&'a Trigger> {
    let own = told.anchors().into_iter().chain(told.governors.iter().copied());
    let triggers = own.filter_map(|word| scene.parse.trigger(word));
    triggers.max_by(|a, b| a.chance().total_cmp(&b.chance()).then(b.token.cmp(&a.token)))
}

/// Whether a happening that the tables found is hardly believed.
pub(super) fn is_doubted(scene: &Scene, told: &Happening) -> bool {
    // "Nobody was hurt" names what did not happen, which the network has seldom seen marked.
    // What another "must" do is asked of him by grammar, whatever verb says so.
    let duty = told.sense.companions.iter().any(|&word| scene.parse.token(word).upos == Upos::Aux);
    let real = told.verdict.status != EventStatus::Denied && !duty;
    let doubted = if told.sense.companions.is_empty() { DOUBTED } else { DOUBTED_OF_SEVERAL };
    real && scene.parse.triggers().is_some() && opinion(scene, told).map_or(0.0, |trigger| trigger.chance()) < doubted
}

/// Type and status, weighed.
pub(super) fn weigh(scene: &Scene, told: &mut Happening) {
    let Some(trigger) = opinion(scene, told) else { return };
    // Of one's own will or under pressure: the words around tell it, not the verb.
    let of_table = told.of_table.filter(|_| told.sense.row.mode.as_deref() != Some("resign"));
    let kind = likeliest(trigger, of_table, |_| true);
    if kind != told.verdict.kind {
        told.verdict.kind = kind;
        told.verdict.fired.push("type by the network");
    }
    let sure = trigger.statuses.first().filter(|(_, chance)| *chance >= STATUS).map(|(status, _)| *status);
    // "Police detained nobody": what is negated in so many words did not happen.
    let negated = told.verdict.status == EventStatus::Denied && (told.standing.negated || told.standing.nobody);
    if let Some(status) = sure.filter(|status| *status != told.verdict.status && !(negated && *status == EventStatus::Occurred)) {
        told.verdict.status = status;
        told.verdict.fired.push("status by the network");
    }
}

/// The likeliest type among those that are allowed, the tables' counting for more.
pub(super) fn likeliest(trigger: &Trigger, of_table: Option<EventType>, allowed: impl Fn(EventType) -> bool) -> EventType {
    let weight = |kind: EventType| {
        let chance = trigger.chance_of(kind);
        if of_table == Some(kind) { chance.max(FLOOR) * TYPE_OF_TABLE } else { chance }
    };
    let kinds = EventType::ALL.iter().copied().filter(|&kind| allowed(kind));
    kinds.max_by(|&a, &b| weight(a).total_cmp(&weight(b)).then(b.cmp(&a))).expect("there are types, and every caller allows some")
}
