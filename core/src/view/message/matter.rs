//! Two tables: who is told of each fact, and when the matter of a message is over.

use std::sync::Arc;

use crate::text::Key;
use crate::{Event, Fact, MovedEnd, ReminderOf, View};

/// Who is told of a fact.
#[derive(Clone, Copy)]
pub(super) enum Told {
    Nobody,
    /// The applicant and the linked parents.
    Parents,
    /// They, and the staff of the referral's kindergarten.
    ParentsAndStaff(Key),
    /// They, and the education department.
    ParentsAndDepartment(Key),
}

/// Who is told of a fact, and what an office is told.
pub(super) fn told(fact: &Fact) -> Told {
    match fact {
        // R38: the turn has come. R15, O24: what happens to an application is told to its parents.
        Fact::Registered { .. }
        | Fact::BenefitChanged { .. }
        | Fact::BenefitProved { .. }
        | Fact::BenefitLost { .. }
        | Fact::InterestConfirmed { .. }
        | Fact::ParentLinked { .. }
        | Fact::ParentUnlinked { .. }
        | Fact::TurnCame { .. }
        | Fact::TurnLapsed { .. }
        | Fact::ReminderDue { .. }
        | Fact::MadeInactive { .. }
        | Fact::Restored { .. }
        | Fact::StopListed { .. }
        | Fact::StopListEnded { .. }
        | Fact::Visited { .. }
        | Fact::Enrolled { .. }
        | Fact::Departed { .. }
        | Fact::Closed { .. }
        | Fact::Reinstated { .. }
        | Fact::Corrected { .. }
        | Fact::DeadlineMoved { .. } => Told::Parents,
        // R47: the kindergarten is to expect the child, and until when.
        Fact::ReferralIssued { .. } => Told::ParentsAndStaff(Key::MessageStaffIssued),
        Fact::ReferralExtended { .. } => Told::ParentsAndStaff(Key::MessageStaffExtended),
        // R56, R47: it need not expect it any more.
        Fact::ReferralRecalled { .. } | Fact::ReferralExpired { .. } | Fact::ReferralVoided { .. } => {
            Told::ParentsAndStaff(Key::MessageStaffOver)
        }
        // R74: a refusal awaits its review.
        Fact::Refused { .. } => Told::ParentsAndDepartment(Key::MessageDepartmentRefused),
        // R75, R76: what the department decided binds the kindergarten.
        Fact::RefusalUpheld { .. } => Told::ParentsAndStaff(Key::MessageStaffUpheld),
        Fact::RefusalOverturned { .. } => Told::ParentsAndStaff(Key::MessageStaffMustAccept),
        // An operator's corrections that change the kindergarten's list.
        Fact::EnrolmentVoided { .. } => Told::ParentsAndStaff(Key::MessageStaffEnrolmentVoided),
        Fact::DepartureVoided { .. } => Told::ParentsAndStaff(Key::MessageStaffDepartureVoided),
        // R39: no messages when places are published for free choice.
        Fact::VacancyPublished { .. } | Fact::SeatsOpened { .. } => Told::Nobody,
        // The time to choose and the places to choose from are as they were told.
        Fact::TurnMoved { .. } => Told::Nobody,
        // What a place goes through is no matter of a family.
        Fact::SeatReturned { .. } | Fact::PlacesWithdrawn { .. } => Told::Nobody,
        // Nothing changes for a family whose application is taken over.
        Fact::Imported(_) => Told::Nobody,
        // The whole register's: each family is told of its own end, by `deadline_moved`.
        Fact::Opened { .. }
        | Fact::PolicyAnnounced { .. }
        | Fact::PolicyChanged { .. }
        | Fact::CalendarChanged { .. }
        | Fact::Paused {}
        | Fact::Resumed { .. } => Told::Nobody,
    }
}

impl View<'_> {
    /// Whether the matter of an event is over: by what happened to the application since, or by the time. The
    /// register is settled at this moment, so that an end that has passed is an event too.
    pub(super) fn is_over(self, event: &Event, later: &[Arc<Event>]) -> bool {
        let since = |ends: &dyn Fn(&Fact) -> bool| {
            let mut own = later
                .iter()
                .map(|later| &later.fact)
                .filter(|later| later.application() == event.fact.application());
            own.any(ends)
        };
        match &event.fact {
            // Facts that stay true.
            Fact::Registered { .. }
            | Fact::InterestConfirmed { .. }
            | Fact::ReferralRecalled { .. }
            | Fact::ReferralExpired { .. }
            | Fact::ReferralVoided { .. }
            | Fact::RefusalUpheld { .. } => false,
            // R40: chosen, lapsed, passed, or out of the queue.
            Fact::TurnCame { .. } => since(&ends_turn),
            // R42: another turn has come, or it cost the place in the queue after all.
            Fact::TurnLapsed { .. } => since(&|later| {
                is_closed(later)
                    || matches!(
                        later,
                        Fact::TurnCame { .. } | Fact::MadeInactive { .. } | Fact::ReferralIssued { .. }
                    )
            }),
            // R46: the referral is live no more, or the family has come.
            Fact::ReferralIssued { .. } | Fact::EnrolmentVoided { .. } => since(&ends_coming),
            // O09: another extension says another day.
            Fact::ReferralExtended { .. } => {
                since(&|later| ends_coming(later) || matches!(later, Fact::ReferralExtended { .. }))
            }
            // O25: what the visit was for is decided.
            Fact::Visited { .. } => {
                since(&|later| ends_referral(later) || matches!(later, Fact::Refused { .. }))
            }
            // R74: the department has decided, or there is nothing to decide.
            Fact::Refused { .. } => {
                since(&|later| ends_referral(later) || matches!(later, Fact::RefusalOverturned { .. }))
            }
            // R76: the child is accepted, or does not come.
            Fact::RefusalOverturned { .. } => since(&ends_referral),
            // R49, R50: the stop-list is over.
            Fact::StopListed { .. } => since(&ends_stop_list),
            // R50: a referral is there, or can be had no more.
            Fact::StopListEnded { .. } => since(&|later| {
                is_closed(later) || matches!(later, Fact::StopListed { .. } | Fact::ReferralIssued { .. })
            }),
            // F26: back in the queue, or out of it.
            Fact::MadeInactive { .. } => since(&ends_inactivity),
            Fact::Restored { .. } => {
                since(&|later| is_closed(later) || matches!(later, Fact::MadeInactive { .. }))
            }
            // A fact that stays true, until an operator takes it back.
            Fact::Enrolled { .. } => since(&|later| matches!(later, Fact::EnrolmentVoided { .. })),
            Fact::Departed { .. } => since(&|later| matches!(later, Fact::DepartureVoided { .. })),
            Fact::Closed { .. } => {
                since(&|later| matches!(later, Fact::Reinstated { .. } | Fact::DepartureVoided { .. }))
            }
            Fact::Reinstated { .. } | Fact::DepartureVoided { .. } => since(&is_closed),
            // R27, F18: another benefit, or none, since.
            Fact::BenefitChanged { .. }
            | Fact::BenefitProved { .. }
            | Fact::BenefitLost { .. }
            | Fact::Corrected { .. } => since(&|later| {
                matches!(
                    later,
                    Fact::BenefitChanged { .. } | Fact::BenefitLost { .. } | Fact::Corrected { .. }
                )
            }),
            // R06: the same parent's link was taken back, or made again.
            Fact::ParentLinked { parent, .. } => since(
                &|later| matches!(later, Fact::ParentUnlinked { parent: other, .. } if *other == *parent),
            ),
            Fact::ParentUnlinked { parent, .. } => {
                since(&|later| matches!(later, Fact::ParentLinked { parent: other, .. } if *other == *parent))
            }
            // O24: its end has passed, was met or was moved.
            Fact::ReminderDue { of, until, .. } => *until <= self.now || since(&|later| met(*of, later)),
            Fact::DeadlineMoved { of, to, .. } => {
                *to <= self.now || since(&|later| ends(*of, later) || moved(*of, later))
            }
            // Nobody is told.
            Fact::Opened { .. }
            | Fact::VacancyPublished { .. }
            | Fact::SeatsOpened { .. }
            | Fact::TurnMoved { .. }
            | Fact::SeatReturned { .. }
            | Fact::Imported(_)
            | Fact::PlacesWithdrawn { .. }
            | Fact::PolicyAnnounced { .. }
            | Fact::PolicyChanged { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. } => false,
        }
    }
}

fn is_closed(fact: &Fact) -> bool {
    matches!(fact, Fact::Closed { .. })
}

/// R40, R41: a turn ends when a place is chosen, when it lapses or is passed, and with the application.
fn ends_turn(fact: &Fact) -> bool {
    is_closed(fact) || matches!(fact, Fact::TurnLapsed { .. } | Fact::ReferralIssued { .. })
}

/// R47, R56, R71, R75: a referral ends when it lapses, is given back or annulled, and when the child is taken in.
fn ends_referral(fact: &Fact) -> bool {
    is_closed(fact)
        || matches!(
            fact,
            Fact::ReferralRecalled { .. }
                | Fact::ReferralExpired { .. }
                | Fact::ReferralVoided { .. }
                | Fact::RefusalUpheld { .. }
                | Fact::Enrolled { .. }
        )
}

/// O25, O23: nobody waits for a family that has come, or that was refused.
fn ends_coming(fact: &Fact) -> bool {
    ends_referral(fact) || matches!(fact, Fact::Visited { .. } | Fact::Refused { .. })
}

/// R49, R50.
fn ends_stop_list(fact: &Fact) -> bool {
    is_closed(fact)
        || matches!(fact, Fact::StopListEnded { .. } | Fact::Reinstated { .. } | Fact::ReferralIssued { .. })
}

/// F26.
fn ends_inactivity(fact: &Fact) -> bool {
    is_closed(fact) || matches!(fact, Fact::Restored { .. } | Fact::ReferralIssued { .. })
}

/// Whether what somebody was reminded of was done, ended otherwise, or has another end now.
fn met(of: ReminderOf, fact: &Fact) -> bool {
    match of {
        // R31; a return to the queue counts as a confirmation, and a child that was taken in has its place.
        ReminderOf::Interest => {
            is_closed(fact)
                || matches!(
                    fact,
                    Fact::InterestConfirmed { .. } | Fact::Reinstated { .. } | Fact::Enrolled { .. }
                )
        }
        ReminderOf::Referral => {
            ends_coming(fact)
                || matches!(fact, Fact::ReferralExtended { .. })
                || moved(MovedEnd::ExpiresAt, fact)
        }
        ReminderOf::Turn => ends_turn(fact) || moved(MovedEnd::ChooseBy, fact),
    }
}

/// Whether a moved end is one no more.
fn ends(of: MovedEnd, fact: &Fact) -> bool {
    match of {
        MovedEnd::ChooseBy => ends_turn(fact),
        // R56: a referral may be given back after a visit, while it is live.
        MovedEnd::RecallUntil => ends_referral(fact),
        MovedEnd::ExpiresAt => ends_coming(fact) || matches!(fact, Fact::ReferralExtended { .. }),
        // F18: a review ends the time to prove the benefit, too.
        MovedEnd::ProveBy => {
            ends_referral(fact)
                || matches!(
                    fact,
                    Fact::BenefitProved { .. } | Fact::BenefitChanged { .. } | Fact::Refused { .. }
                )
        }
        MovedEnd::Until => ends_stop_list(fact) || ends_inactivity(fact),
    }
}

/// Whether an end was moved once more.
fn moved(end: MovedEnd, fact: &Fact) -> bool {
    matches!(fact, Fact::DeadlineMoved { of, .. } if *of == end)
}
