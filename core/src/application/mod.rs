//! One application: where it stands, what the rules answer it ([`decide`]), and how it takes in what
//! happened ([`absorb`]). It knows nothing of other applications or of vacancies.

pub(crate) mod absorb;
pub(crate) mod decide;
pub(crate) mod judge;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::policy::Deadline;
use crate::{
    Actor, ApplicationNumber, BenefitId, Channel, Child, CloseReason, GroupYear, Kindergarten, Moment,
    Person, ReferralNumber, Seat, Stage,
};

/// An application (заявление / өтініш), R24.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Application {
    pub(crate) number: ApplicationNumber,
    pub(crate) serial: u32,
    pub(crate) applicant: Person,
    /// Linked parents (R06): added, never replaced.
    pub(crate) parents: Vec<Person>,
    pub(crate) child: Child,
    pub(crate) group_year: GroupYear,
    pub(crate) benefit: Option<BenefitId>,
    /// The benefit's papers were seen (F18).
    pub(crate) proved: bool,
    pub(crate) documents: u32,
    pub(crate) channel: Option<Channel>,
    pub(crate) channel_number: Option<String>,
    pub(crate) registered_at: Moment,
    /// When interest must have been confirmed.
    pub(crate) next_due: Option<Moment>,
    /// Referrals that were let expire (R51).
    pub(crate) lapses: u16,
    /// Extensions over all referrals (O09).
    pub(crate) extensions: u16,
    /// Referrals issued: the last one's ordinal (R84).
    pub(crate) referrals: u16,
    /// Where the last referral went: its staff may still look the case up.
    pub(crate) last_kindergarten: Option<Kindergarten>,
    pub(crate) standing: Standing,
}

/// Where an application stands, with exactly the data that is valid there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub(crate) enum Standing {
    Queued,
    Notified {
        /// The place that the turn is for.
        seat: Seat,
        choose_by: Deadline,
    },
    Referred {
        referral: Referral,
        /// None once the term no longer runs: after a visit, or after a review.
        expires_at: Option<Deadline>,
        visited: bool,
        /// The department did not confirm a refusal (R76).
        must_accept: bool,
    },
    UnderReview {
        referral: Referral,
        visited: bool,
    },
    StopListed {
        until: Deadline,
    },
    Enrolled {
        referral: ReferralNumber,
        seat: Seat,
        kindergarten: Kindergarten,
    },
    Closed {
        reason: CloseReason,
    },
}

/// A live referral (направление / жолдама), R46.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    pub(crate) fn stage(&self) -> Stage {
        match &self.standing {
            Standing::Queued => Stage::Queued,
            Standing::Notified { .. } => Stage::Notified,
            Standing::Referred { .. } => Stage::Referred,
            Standing::UnderReview { .. } => Stage::UnderReview,
            Standing::StopListed { .. } => Stage::StopListed,
            Standing::Enrolled { .. } => Stage::Enrolled,
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
            | Standing::Enrolled { .. }
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
            | Standing::Enrolled { .. }
            | Standing::Closed { .. } => Held::Nothing,
        }
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
