//! The one rule that each fact follows.

use super::{Fact, MovedEnd};
use crate::{CloseReason, Rule};

impl Fact {
    /// The one rule that each fact follows.
    pub(crate) fn rule(&self) -> Rule {
        match self {
            Fact::Opened { .. } => Rule::r(4),
            Fact::Registered { .. } => Rule::r(20),
            Fact::BenefitChanged { .. } => Rule::r(27),
            Fact::BenefitProved { .. } => Rule::f(18),
            Fact::InterestConfirmed { .. } => Rule::r(31),
            Fact::ParentLinked { .. } => Rule::r(6),
            Fact::VacancyPublished { .. } => Rule::r(60),
            Fact::TurnCame { .. } => Rule::r(38),
            Fact::TurnLapsed { .. } => Rule::r(42),
            Fact::SeatsOpened { .. } => Rule::r(41),
            Fact::TurnMoved { .. } => Rule::o(31),
            Fact::SeatReturned { .. } => Rule::o(13),
            Fact::ReferralIssued { .. } => Rule::r(44),
            Fact::ReferralExtended { .. } => Rule::r(53),
            Fact::ReferralRecalled { .. } => Rule::r(56),
            Fact::ReferralExpired { unproved: true, .. } | Fact::BenefitLost { .. } => Rule::f(18),
            Fact::ReferralExpired { unproved: false, .. } => Rule::r(47),
            Fact::ReminderDue { .. } => Rule::o(24),
            Fact::MadeInactive { .. } | Fact::Restored { .. } => Rule::f(26),
            Fact::StopListed { .. } => Rule::r(48),
            Fact::StopListEnded { .. } => Rule::r(50),
            Fact::Visited { .. } => Rule::o(25),
            Fact::Refused { .. } => Rule::r(74),
            Fact::RefusalUpheld { .. } => Rule::r(75),
            Fact::RefusalOverturned { .. } => Rule::r(76),
            Fact::Enrolled { .. } => Rule::r(71),
            Fact::Departed { .. } => Rule::r(78),
            Fact::Closed { reason, .. } => match reason {
                CloseReason::Withdrawn => Rule::r(28),
                CloseReason::InterestLapsed => Rule::r(33),
                CloseReason::ReferralsLapsed => Rule::r(51),
                CloseReason::RefusalUpheld => Rule::r(75),
                CloseReason::AgeLimit => Rule::o(28),
                CloseReason::NoAnswer => Rule::f(28),
                CloseReason::Departed => Rule::r(78),
                CloseReason::Moved => Rule::r(4),
            },
            // Ours: corrections in the open; the nearest rule is the one that they set aside or serve.
            Fact::Imported(_) => Rule::r(24),
            Fact::Reinstated { .. } => Rule::o(10),
            Fact::ReferralVoided { .. } => Rule::o(12),
            Fact::EnrolmentVoided { .. } => Rule::r(71),
            Fact::DepartureVoided { .. } => Rule::r(78),
            Fact::PlacesWithdrawn { .. } => Rule::f(9),
            Fact::ParentUnlinked { .. } => Rule::r(6),
            Fact::Corrected { .. } => Rule::o(29),
            Fact::PolicyAnnounced { .. } | Fact::PolicyChanged { .. } => Rule::f(19),
            Fact::CalendarChanged { .. } => Rule::f(39),
            Fact::Paused {} | Fact::Resumed { .. } => Rule::o(22),
            Fact::DeadlineMoved { of, .. } => match of {
                MovedEnd::ChooseBy => Rule::r(40),
                MovedEnd::RecallUntil => Rule::r(56),
                MovedEnd::ProveBy => Rule::f(18),
                MovedEnd::ExpiresAt => Rule::r(47),
                MovedEnd::Until => Rule::r(48),
            },
        }
    }
}
