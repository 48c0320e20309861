//! One application: where it stands, what the rules answer it ([`decide`]), and how it takes in what
//! happened ([`absorb`]). It knows nothing of other applications or of vacancies.

pub(crate) mod absorb;
pub(crate) mod begin;
pub(crate) mod decide;
pub(crate) mod due;
pub(crate) mod judge;
mod shown;
pub(crate) mod submit;
#[cfg(test)]
mod tests;

pub use due::DeadlineView;
pub use shown::ApplicationView;

use std::sync::Arc;

use serde::Serialize;

use crate::packed::packed;
use crate::policy::Deadline;
use crate::sorted::Few;
use crate::{
    Actor, ApplicationNumber, BenefitId, Channel, Child, CloseReason, GroupYear, Kindergarten, Moment,
    MovedEnd, Person, ReferralNumber, ReminderOf, Seat, Stage, Term,
};

/// An application (заявление / өтініш), R24.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Application {
    pub(crate) number: ApplicationNumber,
    pub(crate) serial: u32,
    pub(crate) applicant: Person,
    /// Linked parents (R06): added, never replaced.
    pub(crate) parents: Few<Person>,
    pub(crate) child: Child,
    pub(crate) group_year: GroupYear,
    pub(crate) benefit: Option<BenefitId>,
    /// The benefit's papers were seen (F18).
    pub(crate) proved: bool,
    pub(crate) documents: u32,
    pub(crate) channel: Option<Channel>,
    #[allow(clippy::box_collection, reason = "few have one: eight bytes instead of 24")]
    pub(crate) channel_number: Option<Box<String>>,
    pub(crate) registered_at: Moment,
    /// When interest must have been confirmed.
    pub(crate) next_due: Option<Moment>,
    /// What set that: the registration or the last confirmation.
    pub(crate) interest_since: Moment,
    /// Referrals that were let expire, over the life of the application (R51, O36).
    pub(crate) lapses: u16,
    /// Extensions over all referrals (O09).
    pub(crate) extensions: u16,
    /// Referrals issued: the last one's ordinal (R84).
    pub(crate) referrals: u16,
    /// How often no answer came (F26).
    pub(crate) inactivations: u16,
    /// Reminders of terms that still run.
    pub(crate) reminded: Few<Reminded>,
    /// A referral that was taken over under its own number.
    pub(crate) foreign: Option<ReferralNumber>,
    /// Where the last referral went: its staff may still look the case up.
    pub(crate) last_kindergarten: Option<Kindergarten>,
    pub(crate) standing: Standing,
}

/// Where an application stands, with exactly the data that is valid there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub(crate) enum Standing {
    Queued,
    Notified {
        /// The place that the turn is for.
        seat: Seat,
        choose_by: Deadline,
    },
    Referred {
        referral: Arc<Referral>,
        /// None once the term no longer runs: after a visit, or after a review.
        expires_at: Option<Deadline>,
        /// F18: until then the benefit is to be proved.
        prove_by: Option<Box<Deadline>>,
        visited: bool,
        /// The department did not confirm a refusal (R76).
        must_accept: bool,
    },
    UnderReview {
        referral: Arc<Referral>,
        visited: bool,
    },
    StopListed {
        until: Deadline,
    },
    /// Did not answer (F26); may come back until then.
    Inactive {
        until: Deadline,
    },
    Enrolled(Arc<Enrolment>),
    Closed {
        reason: CloseReason,
        /// What a departed child had, in case the departure is annulled.
        left: Option<Arc<Enrolment>>,
    },
}

/// A child in a kindergarten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Enrolment {
    /// None where the application was taken over without one.
    pub(crate) referral: Option<ReferralNumber>,
    /// None where it counts no place.
    pub(crate) seat: Option<Seat>,
    pub(crate) kindergarten: Kindergarten,
}

/// A reminder that was given: of what, how long before, and of which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Reminded {
    pub(crate) of: ReminderOf,
    pub(crate) before: Term,
    pub(crate) until: Moment,
}

/// A live referral (направление / жолдама), R46.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Referral {
    pub(crate) number: ReferralNumber,
    pub(crate) seat: Seat,
    pub(crate) kindergarten: Kindergarten,
    pub(crate) issued_at: Moment,
    pub(crate) recall_until: Option<Deadline>,
    /// Extensions of this one (R53).
    pub(crate) extensions: u16,
}

/// What place an application holds, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    Nothing,
    /// A turn is for it.
    Turn(Seat),
    /// A referral is to it.
    Referral(Seat),
}

impl Application {
    /// The ends that run, in the order in which they are moved.
    pub(crate) fn ends(&self) -> Vec<(MovedEnd, Deadline)> {
        let ends = match &self.standing {
            Standing::Notified { choose_by, .. } => vec![(MovedEnd::ChooseBy, Some(*choose_by))],
            Standing::Referred { referral, expires_at, prove_by, .. } => vec![
                (MovedEnd::RecallUntil, referral.recall_until),
                (MovedEnd::ExpiresAt, *expires_at),
                (MovedEnd::ProveBy, prove_by.as_deref().copied()),
            ],
            Standing::UnderReview { referral, .. } => vec![(MovedEnd::RecallUntil, referral.recall_until)],
            Standing::StopListed { until } | Standing::Inactive { until } => {
                vec![(MovedEnd::Until, Some(*until))]
            }
            Standing::Queued | Standing::Enrolled(_) | Standing::Closed { .. } => Vec::new(),
        };
        ends.into_iter().filter_map(|(which, end)| Some((which, end?))).collect()
    }

    /// The end of that name, to be moved.
    pub(crate) fn end_mut(&mut self, which: MovedEnd) -> Option<&mut Deadline> {
        match (which, &mut self.standing) {
            (MovedEnd::ChooseBy, Standing::Notified { choose_by, .. }) => Some(choose_by),
            (
                MovedEnd::RecallUntil,
                Standing::Referred { referral, .. } | Standing::UnderReview { referral, .. },
            ) => Arc::make_mut(referral).recall_until.as_mut(),
            (MovedEnd::ExpiresAt, Standing::Referred { expires_at, .. }) => expires_at.as_mut(),
            (MovedEnd::ProveBy, Standing::Referred { prove_by, .. }) => prove_by.as_deref_mut(),
            (MovedEnd::Until, Standing::StopListed { until } | Standing::Inactive { until }) => Some(until),
            (
                MovedEnd::ChooseBy
                | MovedEnd::RecallUntil
                | MovedEnd::ProveBy
                | MovedEnd::ExpiresAt
                | MovedEnd::Until,
                _,
            ) => None,
        }
    }

    pub(crate) fn stage(&self) -> Stage {
        match &self.standing {
            Standing::Queued => Stage::Queued,
            Standing::Notified { .. } => Stage::Notified,
            Standing::Referred { .. } => Stage::Referred,
            Standing::UnderReview { .. } => Stage::UnderReview,
            Standing::StopListed { .. } => Stage::StopListed,
            Standing::Inactive { .. } => Stage::Inactive,
            Standing::Enrolled(_) => Stage::Enrolled,
            Standing::Closed { .. } => Stage::Closed,
        }
    }

    pub(crate) fn is_active(&self) -> bool {
        self.stage().is_active()
    }

    /// The live referral, under review too.
    pub(crate) fn referral(&self) -> Option<&Referral> {
        match &self.standing {
            Standing::Referred { referral, .. } | Standing::UnderReview { referral, .. } => Some(referral),
            Standing::Queued
            | Standing::Notified { .. }
            | Standing::StopListed { .. }
            | Standing::Inactive { .. }
            | Standing::Enrolled(_)
            | Standing::Closed { .. } => None,
        }
    }

    /// The place that it holds in the queue.
    pub(crate) fn held(&self) -> Held {
        match &self.standing {
            Standing::Notified { seat, .. } => Held::Turn(*seat),
            Standing::Referred { referral, .. } | Standing::UnderReview { referral, .. } => {
                Held::Referral(referral.seat)
            }
            Standing::Queued
            | Standing::StopListed { .. }
            | Standing::Inactive { .. }
            | Standing::Enrolled(_)
            | Standing::Closed { .. } => Held::Nothing,
        }
    }

    /// Whether the live referral was extended.
    pub(crate) fn extended(&self) -> bool {
        self.referral().is_some_and(|live| live.extensions > 0)
    }

    pub(crate) fn enrolment(&self) -> Option<&Enrolment> {
        if let Standing::Enrolled(enrolment) = &self.standing { Some(enrolment) } else { None }
    }

    /// Whose it is, each once: the applicant and the linked parents.
    pub(crate) fn people(&self) -> impl Iterator<Item = &Person> {
        let linked = self.parents.iter().filter(|parent| **parent != self.applicant);
        std::iter::once(&self.applicant).chain(linked)
    }

    /// R05, R06: the applicant and the linked parents may see it and act for it.
    pub(crate) fn belongs_to(&self, person: &Person) -> bool {
        self.applicant == *person || self.parents.contains(person)
    }

    /// R08, R10: the staff of its referral's kindergarten; without a live one, of the last one's.
    pub(crate) fn is_served_by(&self, actor: &Actor) -> bool {
        match actor {
            Actor::Staff { kindergartens } => {
                self.last_kindergarten.as_ref().is_some_and(|last| kindergartens.contains(last))
            }
            Actor::Applicant { .. } | Actor::Department | Actor::Operator { .. } => false,
        }
    }
}

packed!(Application {
    number,
    serial,
    applicant,
    parents,
    child,
    group_year,
    benefit,
    proved,
    documents,
    channel,
    channel_number,
    registered_at,
    next_due,
    interest_since,
    lapses,
    extensions,
    referrals,
    inactivations,
    reminded,
    foreign,
    last_kindergarten,
    standing,
});
packed!(enum Standing {
    0 => Queued,
    1 => Notified { seat, choose_by },
    2 => Referred { referral, expires_at, prove_by, visited, must_accept },
    3 => UnderReview { referral, visited },
    4 => StopListed { until },
    5 => Inactive { until },
    6 => Enrolled(enrolment),
    7 => Closed { reason, left },
});
packed!(Enrolment { referral, seat, kindergarten });
packed!(Reminded { of, before, until });
packed!(Referral { number, seat, kindergarten, issued_at, recall_until, extensions });
