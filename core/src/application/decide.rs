//! What the rules make of an application: the facts of a chain, one at a time, and what falls due by itself.
//!
//! All of it is pure: given the application as it stands, a fact or nothing comes back.

use super::due::Due;
use super::{Application, Held, Standing};
use crate::event::StartedTerms;
use crate::policy::{Clock, Deadline, LapsedTurnSeat, NonResponse, Reminder, ReminderOf, Start};
use crate::{CloseReason, Fact, Moment, SeatGoes};

impl Application {
    /// Everything that this application will do by itself as it stands, in the order in which one moment
    /// settles it: age limit, then interest, then the rest.
    pub(crate) fn dues<'a>(&'a self, clock: Clock<'a>) -> impl Iterator<Item = (Moment, Due)> + 'a {
        (0..3 + clock.policy.reminders.len()).filter_map(move |nth| self.nth_due(nth, clock))
    }

    /// The age limit, two ends of where it stands, and the reminders of the policy, by number: whoever looks for the
    /// first of them makes no list.
    #[inline(never)]
    fn nth_due(&self, nth: usize, clock: Clock<'_>) -> Option<(Moment, Due)> {
        if let Some(nth) = nth.checked_sub(3) {
            return self.reminder(clock.policy.reminders.get(nth)?, clock);
        }
        let end = |deadline: Option<&Deadline>, due| deadline.map(|deadline| (deadline.at, due));
        let (limited, first, second) = match &self.standing {
            // O22: interest is judged only in the queue.
            Standing::Queued => (true, self.next_due.map(|at| (at, Due::Interest)), None),
            // R40: three working days to choose.
            Standing::Notified { choose_by, .. } => (true, end(Some(choose_by), Due::Turn), None),
            // R47: five working days to come; F18: and as many to prove the benefit, which comes first when both
            // end together. With a referral the age limit waits for the return (O28).
            Standing::Referred { expires_at, prove_by, .. } => {
                let proof = prove_by.as_deref().filter(|_| !self.proved);
                (false, end(proof, Due::Proof), end(expires_at.as_ref(), Due::Referral))
            }
            // O23: the department has no term, and the referral's stands still.
            Standing::UnderReview { .. } => (false, None, None),
            // R48: ten working days in the stop-list.
            Standing::StopListed { until } => (true, end(Some(until), Due::StopList), None),
            // F26: back within its term, or out of the queue.
            Standing::Inactive { until } => (true, end(Some(until), Due::Inactive), None),
            Standing::Enrolled(_) | Standing::Closed { .. } => (false, None, None),
        };
        match nth {
            // O28: at 00:00 of the birthday.
            0 if limited => clock.policy.closes_at(self.child.born).map(|at| (at, Due::AgeLimit)),
            0 => None,
            1 => first,
            _ => second,
        }
    }

    /// When interest will be judged although it is not judged now: on the return to the queue, or at its own
    /// end after that (O22).
    pub(crate) fn interest_after_return(&self, clock: Clock<'_>) -> Option<Moment> {
        let keeps = clock.policy.after_choice_window.application == NonResponse::Keep;
        let back = match &self.standing {
            Standing::Notified { choose_by, .. } if keeps => choose_by.at,
            Standing::StopListed { until } => until.at,
            Standing::Queued
            | Standing::Notified { .. }
            | Standing::Referred { .. }
            | Standing::UnderReview { .. }
            | Standing::Inactive { .. }
            | Standing::Enrolled(_)
            | Standing::Closed { .. } => return None,
        };
        self.next_due.map(|end| end.max(back))
    }

    /// A reminder that is still to be given: once a term, while it runs.
    fn reminder(&self, reminder: &Reminder, clock: Clock<'_>) -> Option<(Moment, Due)> {
        let (until, since) = self.reminded_end(reminder.of)?;
        let given = |given: &super::Reminded| {
            (given.of, given.before, given.until) == (reminder.of, reminder.before, until)
        };
        let at = clock.reminder(until, reminder.before);
        let runs = clock.since.is_none_or(|from| from < until);
        let to_give = runs && since < at && !self.reminded.iter().any(given);
        to_give.then_some((at, Due::Reminder(*reminder)))
    }

    /// The end that a reminder is of, and since when it stands.
    fn reminded_end(&self, of: ReminderOf) -> Option<(Moment, Moment)> {
        let deadline = match (of, &self.standing) {
            (ReminderOf::Interest, _) => {
                let until = self.next_due.filter(|_| self.is_active())?;
                return Some((until, self.interest_since));
            }
            (ReminderOf::Turn, Standing::Notified { choose_by, .. }) => choose_by,
            (ReminderOf::Referral, Standing::Referred { expires_at, .. }) => expires_at.as_ref()?,
            (ReminderOf::Turn | ReminderOf::Referral, _) => return None,
        };
        Some((deadline.at, deadline.start.at))
    }

    /// Whether the deadline used a year of the calendar that is only projected.
    pub(crate) fn projected(&self, due: Due) -> bool {
        let deadline = match (due, &self.standing) {
            (Due::Turn, Standing::Notified { choose_by, .. }) => Some(choose_by),
            (Due::Proof, Standing::Referred { prove_by, .. }) => prove_by.as_deref(),
            (Due::Referral, Standing::Referred { expires_at, .. }) => expires_at.as_ref(),
            (Due::StopList, Standing::StopListed { until })
            | (Due::Inactive, Standing::Inactive { until }) => Some(until),
            (
                Due::AgeLimit
                | Due::Interest
                | Due::Turn
                | Due::Proof
                | Due::Referral
                | Due::StopList
                | Due::Inactive
                | Due::Reminder(_),
                _,
            ) => None,
        };
        deadline.is_some_and(|deadline| deadline.projected)
    }

    /// The fact that begins what is due.
    pub(crate) fn fall_due(&self, due: Due) -> Option<Fact> {
        let application = self.number.clone();
        Some(match due {
            // O28: the child is too old for the service.
            Due::AgeLimit => Fact::Closed { application, reason: CloseReason::AgeLimit },
            // R33: interest was not confirmed: out of the queue.
            Due::Interest => Fact::Closed { application, reason: CloseReason::InterestLapsed },
            // R41: nothing was chosen in time.
            Due::Turn => {
                let Held::Turn(seat) = self.held() else { return None };
                Fact::TurnLapsed { application, vacancy: seat.vacancy, place: seat.place }
            }
            // F18: the benefit was not proved in time; that counts no lapse.
            Due::Proof => {
                let referral = self.referral()?.number;
                Fact::ReferralExpired { application, referral, lapses: self.lapses, unproved: true }
            }
            // R47, O15: not come within five working days (extended or not): annulled.
            Due::Referral => {
                let (referral, lapses) = (self.referral()?.number, self.lapses.saturating_add(1));
                Fact::ReferralExpired { application, referral, lapses, unproved: false }
            }
            // R50, O10: the stop-list is over; the number was kept, nothing else.
            Due::StopList => Fact::StopListEnded { application },
            // F26: no answer, and not come back.
            Due::Inactive => Fact::Closed { application, reason: CloseReason::NoAnswer },
            // O24: delivery is the host's.
            Due::Reminder(Reminder { of, before }) => {
                let (until, _) = self.reminded_end(of)?;
                Fact::ReminderDue { application, of, before, until }
            }
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
        // R48: ten working days in the stop-list.
        let stop_listed = || match policy.stop_list_term {
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
        };
        match last {
            Fact::TurnLapsed { .. } => match policy.after_choice_window.application {
                // R42: he stays in the queue, with his number.
                NonResponse::Keep => opened(),
                // F26: inactive, so many times.
                NonResponse::Inactive { restore_within, times } if self.inactivations < times.get() => {
                    let until = clock.end(restore_within, start);
                    Some(Fact::MadeInactive {
                        application: application(),
                        until: until.at,
                        terms: StartedTerms { until: Some(restore_within), ..StartedTerms::default() },
                        projected: until.projected,
                    })
                }
                // F28: no answer, no place in the queue.
                NonResponse::Inactive { .. } | NonResponse::Close => {
                    Some(Fact::Closed { application: application(), reason: CloseReason::NoAnswer })
                }
            },
            Fact::MadeInactive { .. } => opened(),
            // F26: confirming interest brings it back.
            Fact::InterestConfirmed { .. } => match &self.standing {
                Standing::Inactive { .. } => Some(Fact::Restored { application: application() }),
                Standing::Queued
                | Standing::Notified { .. }
                | Standing::Referred { .. }
                | Standing::UnderReview { .. }
                | Standing::StopListed { .. }
                | Standing::Enrolled(_)
                | Standing::Closed { .. } => None,
            },
            // F18: the benefit is lost, and the child falls back to the place of its registration.
            Fact::ReferralExpired { unproved: true, .. } => {
                Some(Fact::BenefitLost { application: application() })
            }
            Fact::BenefitLost { .. } => stop_listed(),
            Fact::ReferralExpired { lapses, unproved: false, .. } => {
                // R51: the second lapse costs the place in the queue; no stop-list then (O17).
                if policy.lapses_to_removal.is_some_and(|limit| *lapses >= limit.get()) {
                    let reason = CloseReason::ReferralsLapsed;
                    return Some(Fact::Closed { application: application(), reason });
                }
                stop_listed()
            }
            // O13: the place of a lapsed referral.
            Fact::StopListed { .. } => returned(policy.returned_seat.lapse),
            // O12, O13, R59: a recall costs nothing, and the place goes on.
            Fact::ReferralRecalled { .. } | Fact::ReferralVoided { .. } => {
                returned(policy.returned_seat.recall)
            }
            // R75, O39: the queue is not restored, and no lapse counted.
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
            | Fact::ParentLinked { .. }
            | Fact::VacancyPublished { .. }
            | Fact::TurnCame { .. }
            | Fact::SeatsOpened { .. }
            | Fact::TurnMoved { .. }
            | Fact::SeatReturned { .. }
            | Fact::ReferralIssued { .. }
            | Fact::ReferralExtended { .. }
            | Fact::StopListEnded { .. }
            | Fact::ReminderDue { .. }
            | Fact::Restored { .. }
            | Fact::Visited { .. }
            | Fact::Refused { .. }
            | Fact::RefusalOverturned { .. }
            | Fact::Enrolled { .. }
            | Fact::Imported(_)
            | Fact::Reinstated { .. }
            | Fact::EnrolmentVoided { .. }
            | Fact::DepartureVoided { .. }
            | Fact::PlacesWithdrawn { .. }
            | Fact::ParentUnlinked { .. }
            | Fact::Corrected { .. }
            | Fact::PolicyAnnounced { .. }
            | Fact::PolicyChanged { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. }
            | Fact::DeadlineMoved { .. } => None,
        }
    }
}
