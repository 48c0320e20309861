//! R12-R24: what stands against putting a child in the queue, at any hour (R21).

use super::judge::{not_born, signature, too_old, undocumented, unknown_benefit};
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
        unmet.push(DenialReason::NotYours { expected: "the applicant".into() });
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
    unmet.extend(not_born(child.born, clock.policy, now));
    unmet.extend(too_old(child.born, clock.policy, now));
    if let Some(benefit) = benefit
        && !clock.policy.knows_benefit(benefit)
    {
        unmet.push(unknown_benefit(clock.policy, Some(benefit.to_string())));
    }
    unmet.extend(undocumented(benefit.is_some(), *documents));
    unmet
}
