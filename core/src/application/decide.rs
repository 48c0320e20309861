//! What the rules make of an application: the facts of a chain, one at a time, and what falls due by itself.
//!
//! All of it is pure: given the application as it stands, a fact or nothing comes back.

use super::{Application, Held, Standing};
use crate::event::StartedTerms;
use crate::policy::{Clock, LapsedTurnSeat, NonResponse, Start};
use crate::{CloseReason, Fact, Moment, SeatGoes};

/// What an application does by itself, and when, if nothing is commanded before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    AgeLimit,
    Interest,
    Turn,
    Referral,
    StopList,
}

impl Application {
    /// Everything that this application will do by itself as it stands, in the order in which one moment
    /// settles it: age limit, then interest, then the rest.
    pub(crate) fn dues(&self, clock: Clock<'_>) -> impl Iterator<Item = (Moment, Due)> {
        let limit = clock.policy.closes_at(self.child.born);
        self.dues_with_limit(limit)
    }

    /// The same, where the moment of the age limit is known.
    pub(crate) fn dues_with_limit(&self, limit: Option<Moment>) -> impl Iterator<Item = (Moment, Due)> {
        let (limited, rest) = match &self.standing {
            // O22: interest is judged only in the queue.
            Standing::Queued => (true, self.next_due.map(|at| (at, Due::Interest))),
            // R40: three working days to choose.
            Standing::Notified { choose_by, .. } => (true, Some((choose_by.at, Due::Turn))),
            // R47: five working days to come. With a referral the age limit waits for the return (O28).
            Standing::Referred { expires_at, .. } => {
                (false, expires_at.map(|deadline| (deadline.at, Due::Referral)))
            }
            // O23: the department has no term, and the referral's stands still.
            Standing::UnderReview { .. } => (false, None),
            // R48: ten working days in the stop-list.
            Standing::StopListed { until } => (true, Some((until.at, Due::StopList))),
            Standing::Enrolled { .. } | Standing::Closed { .. } => (false, None),
        };
        // O28: at 00:00 of the birthday.
        let age = limit.filter(|_| limited).map(|at| (at, Due::AgeLimit));
        age.into_iter().chain(rest)
    }

    /// Whether the deadline used a year of the calendar that is only projected.
    pub(crate) fn projected(&self, due: Due) -> bool {
        match (due, &self.standing) {
            (Due::Turn, Standing::Notified { choose_by, .. }) => choose_by.projected,
            (Due::Referral, Standing::Referred { expires_at, .. }) => {
                expires_at.is_some_and(|deadline| deadline.projected)
            }
            (Due::StopList, Standing::StopListed { until }) => until.projected,
            (Due::AgeLimit | Due::Interest | Due::Turn | Due::Referral | Due::StopList, _) => false,
        }
    }

    /// The fact that begins what is due.
    pub(crate) fn fall_due(&self, due: Due) -> Option<Fact> {
        let application = self.number.clone();
        Some(match (due, &self.standing) {
            // O28: the child is too old for the service.
            (Due::AgeLimit, _) => Fact::Closed { application, reason: CloseReason::AgeLimit },
            // R33: interest was not confirmed: out of the queue.
            (Due::Interest, _) => Fact::Closed { application, reason: CloseReason::InterestLapsed },
            // R41: nothing was chosen in time.
            (Due::Turn, Standing::Notified { seat, .. }) => {
                Fact::TurnLapsed { application, vacancy: seat.vacancy, place: seat.place }
            }
            // R47: not come within five working days: annulled.
            (Due::Referral, Standing::Referred { referral, .. }) => Fact::ReferralExpired {
                application,
                referral: referral.number,
                lapses: self.lapses.saturating_add(1),
            },
            // R50: the stop-list is over.
            (Due::StopList, Standing::StopListed { .. }) => Fact::StopListEnded { application },
            (
                Due::Turn | Due::Referral | Due::StopList,
                Standing::Queued
                | Standing::Notified { .. }
                | Standing::Referred { .. }
                | Standing::UnderReview { .. }
                | Standing::StopListed { .. }
                | Standing::Enrolled { .. }
                | Standing::Closed { .. },
            ) => return None,
        })
    }

    /// What a fact brings about next for the same application, which has taken it in. `held` is the place that
    /// it held when the chain began.
    pub(crate) fn consequence(
        &self,
        last: &Fact,
        held: Held,
        clock: Clock<'_>,
        start: Start,
    ) -> Option<Fact> {
        let policy = clock.policy;
        let application = || self.number.clone();
        let returned = |to: SeatGoes| match held {
            Held::Referral(seat) => Some(Fact::SeatReturned {
                vacancy: seat.vacancy,
                place: seat.place,
                to,
                given_back_by: application(),
            }),
            // A turn only frees its place: the register offers it on.
            Held::Turn(_) | Held::Nothing => None,
        };
        let opened = || match (held, policy.after_choice_window.seat) {
            // R41: the place is open to all of the group year.
            (Held::Turn(seat), LapsedTurnSeat::FreeChoice) => {
                Some(Fact::SeatsOpened { vacancy: seat.vacancy, places: 1, seats: vec![seat.place] })
            }
            // F28: it is offered to the next in line.
            (Held::Turn(_), LapsedTurnSeat::NextInLine) => None,
            (Held::Referral(_) | Held::Nothing, _) => None,
        };
        match last {
            Fact::TurnLapsed { .. } => match policy.after_choice_window.application {
                // R42: he stays in the queue, with his number.
                NonResponse::Keep | NonResponse::Inactive { .. } => opened(),
                // F28: no answer, no place in the queue.
                NonResponse::Close => {
                    Some(Fact::Closed { application: application(), reason: CloseReason::NoAnswer })
                }
            },
            Fact::ReferralExpired { lapses, .. } => {
                // R51: the second lapse costs the place in the queue; no stop-list then (O17).
                if policy.lapses_to_removal.is_some_and(|limit| *lapses >= limit.get()) {
                    let reason = CloseReason::ReferralsLapsed;
                    return Some(Fact::Closed { application: application(), reason });
                }
                // R48: the first one, ten working days in the stop-list.
                match policy.stop_list_term {
                    Some(term) => {
                        let until = clock.end(term, start);
                        Some(Fact::StopListed {
                            application: application(),
                            until: until.at,
                            terms: StartedTerms { until: Some(term), ..StartedTerms::default() },
                            projected: until.projected,
                        })
                    }
                    None => returned(policy.returned_seat.lapse),
                }
            }
            // O13: the place of a lapsed referral.
            Fact::StopListed { .. } => returned(policy.returned_seat.lapse),
            // O12, O13: a recall costs nothing, and the place goes on.
            Fact::ReferralRecalled { .. } => returned(policy.returned_seat.recall),
            // R75: the queue is not restored.
            Fact::RefusalUpheld { .. } => {
                Some(Fact::Closed { application: application(), reason: CloseReason::RefusalUpheld })
            }
            // R78: the place stays filled until staff publish a new one (R79).
            Fact::Departed { .. } => {
                Some(Fact::Closed { application: application(), reason: CloseReason::Departed })
            }
            Fact::Closed { reason, .. } => match reason {
                CloseReason::ReferralsLapsed => returned(policy.returned_seat.lapse),
                CloseReason::RefusalUpheld => returned(policy.returned_seat.refusal),
                CloseReason::NoAnswer => opened(),
                // A withdrawal with a referral gives the place back as a recall does.
                CloseReason::Withdrawn => returned(policy.returned_seat.recall),
                CloseReason::InterestLapsed
                | CloseReason::AgeLimit
                | CloseReason::Departed
                | CloseReason::Moved => None,
            },
            Fact::Opened { .. }
            | Fact::Registered { .. }
            | Fact::BenefitChanged { .. }
            | Fact::BenefitProved { .. }
            | Fact::InterestConfirmed { .. }
            | Fact::ParentLinked { .. }
            | Fact::VacancyPublished { .. }
            | Fact::TurnCame { .. }
            | Fact::SeatsOpened { .. }
            | Fact::TurnMoved { .. }
            | Fact::SeatReturned { .. }
            | Fact::ReferralIssued { .. }
            | Fact::ReferralExtended { .. }
            | Fact::StopListEnded { .. }
            | Fact::Visited { .. }
            | Fact::Refused { .. }
            | Fact::RefusalOverturned { .. }
            | Fact::Enrolled { .. } => None,
        }
    }
}
