//! R12-R24: what stands against putting a child in the queue, at any hour (R21).

use super::judge::{signature, too_old, unknown_benefit};
use crate::policy::Clock;
use crate::{Action, Actor, ApplicationNumber, Command, DenialReason, Moment};

/// What a registration needs to know of the other applications.
#[derive(Clone, Debug, Default)]
pub(crate) struct Others {
    /// The one that has the number which the host asks for.
    pub(crate) taken: Option<ApplicationNumber>,
    /// The child's active one.
    pub(crate) active: Option<ApplicationNumber>,
}

/// Every unmet condition of a `submit`, the main one first.
pub(crate) fn judge_submit(
    command: &Command,
    others: &Others,
    clock: Clock<'_>,
    now: Moment,
) -> Vec<DenialReason> {
    let Action::Submit { applicant, child, benefit, documents, .. } = &command.action else {
        return Vec::new();
    };
    let mut unmet = Vec::new();
    // R05: the applicant files it.
    if let Some(actor) = &command.by
        && !matches!(actor, Actor::Applicant { iin } if iin == applicant)
    {
        unmet.push(DenialReason::NotYours { expected: "the applicant" });
    }
    unmet.extend(signature(command, clock));
    // R80, R82: a number belongs to one application.
    if let Some(taken) = &others.taken {
        unmet.push(DenialReason::NumberTaken { found: taken.to_string() });
    }
    // O27: one active application for a child.
    if let Some(active) = &others.active {
        unmet.push(DenialReason::AlreadyInQueue { found: active.to_string() });
    }
    // R23: from birth on.
    if clock.day(now) < child.born {
        let until = clock.policy.zone().midnight(child.born);
        unmet.push(DenialReason::TooYoung { expected: child.born, found: clock.day(now), until });
    }
    unmet.extend(too_old(child.born, clock, now));
    if let Some(benefit) = benefit
        && !clock.policy.knows_benefit(benefit)
    {
        unmet.push(unknown_benefit(clock, Some(benefit.to_string())));
    }
    // R17: a benefit is declared with documents. What they are worth is a matter of the enrolment (R18).
    if benefit.is_some() && documents.unwrap_or_default() == 0 {
        unmet.push(DenialReason::DocumentsRequired);
    }
    unmet
}
