//! What type an event has, given how it stands (`DESIGN.md`, "Event types"): promised cooperation is AGREE, threatened force is THREATEN, a
//! refused meeting is REJECT.

use variorum_model::{EventStatus, EventType};

use super::{lexicon::Effect, standing::Standing};

/// Type and status after every transform, with the names of those that fired.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verdict {
    pub(super) kind: EventType,
    pub(super) status: EventStatus,
    pub(super) fired: Vec<&'static str>,
}

/// From the row's own type and status and the standing of the trigger.
pub(super) fn verdict(kind: EventType, fixed: Option<EventStatus>, standing: &Standing) -> Verdict {
    let clause = standing.status();
    // A row's "promised" holds unless the words make it less than that.
    let status = match (fixed, clause) {
        (Some(fixed), EventStatus::Occurred | EventStatus::Planned) => fixed,
        _ => clause,
    };
    let mut verdict = Verdict { kind, status, fired: Vec::new() };
    if standing.nobody {
        verdict.status = EventStatus::Denied;
        verdict.fired.push("nobody");
    } else if standing.negated {
        negate(&mut verdict, standing.future);
    }
    for frame in &standing.frames {
        govern(&mut verdict, frame.effect, frame.negated);
    }
    if fixed.is_none() {
        look_ahead(&mut verdict, standing);
    }
    verdict
}

fn govern(verdict: &mut Verdict, effect: Effect, negated: bool) {
    use EventStatus::{Denied, Occurred, Planned, Possible, Promised, Threatened};
    let real = verdict.status == Occurred;
    match effect {
        Effect::Planned | Effect::Promised if negated => {
            verdict.status = Planned;
            negate(verdict, true);
        }
        Effect::Planned => set(verdict, real, Planned, "planned"),
        Effect::Promised => {
            set(verdict, real || verdict.status == Planned, Promised, "promised");
            // "agreed to withdraw" agrees; only the announcement of a withdrawal by itself concedes.
            if matches!(verdict.kind, EventType::Retreat | EventType::Concede) {
                verdict.kind = EventType::Agree;
            }
        }
        Effect::Threatened if !negated => {
            set(verdict, true, Threatened, "threatened");
            verdict.kind = EventType::Threaten;
        }
        Effect::Refused => {
            verdict.kind = refused(verdict.kind);
            verdict.status = Occurred;
            verdict.fired.push("refused");
        }
        Effect::Denied if !negated => set(verdict, true, Denied, "denied"),
        Effect::Requested => {
            verdict.kind = EventType::Request;
            verdict.status = Occurred;
            verdict.fired.push("requested");
        }
        Effect::Possible => set(verdict, real || verdict.status == Planned, if negated { Denied } else { Possible }, "possible"),
        Effect::Failed if !negated => negate(verdict, verdict.status == Planned),
        Effect::Done if negated => negate(verdict, verdict.status == Planned),
        _ => {}
    }
}

fn set(verdict: &mut Verdict, when: bool, status: EventStatus, name: &'static str) {
    if when {
        verdict.status = status;
        verdict.fired.push(name);
    }
}

/// Negated cooperation is a refusal; negated force to come, a concession; anything else did not happen.
fn negate(verdict: &mut Verdict, future: bool) {
    use EventType::{Agree, Aid, Concede, Consult, Cooperate, Retreat, Sanction, Support};
    if !matches!(verdict.status, EventStatus::Occurred | EventStatus::Planned) {
        return;
    }
    let kind = match verdict.kind {
        Agree | Consult | Support | Concede | Retreat => Some(EventType::Reject),
        Aid | Cooperate => Some(if future { EventType::Reject } else { Sanction }),
        kind if is_material_conflict(kind) && future => Some(Concede),
        _ => None,
    };
    match kind {
        Some(Concede) => (verdict.kind, verdict.status) = (Concede, EventStatus::Promised),
        Some(kind) => (verdict.kind, verdict.status) = (kind, EventStatus::Occurred),
        None => verdict.status = EventStatus::Denied,
    }
    verdict.fired.push("negated");
}

/// What lies ahead is agreed to or threatened, not done.
fn look_ahead(verdict: &mut Verdict, standing: &Standing) {
    if !matches!(verdict.status, EventStatus::Planned | EventStatus::Promised | EventStatus::Threatened) {
        return;
    }
    let kind = ahead(verdict.kind);
    if kind == EventType::Threaten && standing.conditioned {
        verdict.status = EventStatus::Threatened;
    }
    if kind != verdict.kind {
        verdict.kind = kind;
        verdict.fired.push("ahead");
    }
}

/// The type of an act that is only announced.
pub(super) fn ahead(kind: EventType) -> EventType {
    use EventType::{Agree, Aid, Concede, Consult, Cooperate, Retreat, Support, Threaten};
    match kind {
        Consult | Support | Cooperate | Aid => Agree,
        Retreat => Concede,
        kind if is_material_conflict(kind) => Threaten,
        kind => kind,
    }
}

/// The type of a refusal: of force it is a concession, of anything else a rejection.
pub(super) fn refused(kind: EventType) -> EventType {
    if is_material_conflict(kind) { EventType::Concede } else { EventType::Reject }
}

pub(super) fn is_material_conflict(kind: EventType) -> bool {
    use EventType::{Assault, Coerce, Mobilize, Protest, Sanction};
    matches!(kind, Protest | Sanction | Mobilize | Coerce | Assault)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(future: bool, negated: bool) -> Standing {
        Standing { future, negated, ..Standing::default() }
    }

    #[test]
    fn what_lies_ahead_changes_its_type() {
        assert_eq!(verdict(EventType::Aid, None, &standing(true, false)).kind, EventType::Agree);
        assert_eq!(verdict(EventType::Assault, None, &standing(true, false)).kind, EventType::Threaten);
        assert_eq!(verdict(EventType::Retreat, None, &standing(true, false)).kind, EventType::Concede);
    }

    #[test]
    fn negation_refuses_or_denies() {
        assert_eq!(verdict(EventType::Consult, None, &standing(false, true)).kind, EventType::Reject);
        assert_eq!(verdict(EventType::Aid, None, &standing(false, true)).kind, EventType::Sanction);
        assert_eq!(verdict(EventType::Aid, None, &standing(true, true)).kind, EventType::Reject);
        assert_eq!(verdict(EventType::Assault, None, &standing(true, true)).kind, EventType::Concede);
        assert_eq!(verdict(EventType::Incident, None, &standing(false, true)).status, EventStatus::Denied);
    }
}
