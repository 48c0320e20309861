//! The facts with which what people do begins: what a command that nothing stands against makes of an
//! application, how it is called, and the referral that it is given. Pure.

use super::due::Due;
use super::{Application, Standing};
use crate::event::StartedTerms;
use crate::policy::{Clock, Start};
use crate::{
    Action, ApplicationNumber, CloseReason, Fact, GroupYear, Kindergarten, Moment, ReferralNumber, Seat,
};

/// O29: the birth year.
pub(crate) fn group_year_of(born: crate::Day) -> GroupYear {
    u16::try_from(born.year()).unwrap_or_default()
}

/// R20: a registered application is in the queue at once.
pub(crate) fn registration(
    action: &Action,
    number: ApplicationNumber,
    serial: u32,
    clock: Clock<'_>,
    now: Moment,
) -> Option<Fact> {
    let Action::Submit { applicant, child, benefit, documents, channel, channel_number, application: _ } =
        action
    else {
        return None;
    };
    Some(Fact::Registered {
        application: number,
        serial,
        applicant: applicant.clone(),
        child: child.clone(),
        group_year: group_year_of(child.born),
        benefit: benefit.clone(),
        documents: documents.unwrap_or_default(),
        channel: *channel,
        channel_number: channel_number.clone(),
        registered_at: now,
        next_due: clock.interest_from(now),
        // F35: a mismatch is a warning.
        birth_date_differs: child.iin.differs_from(child.born),
    })
}

impl Application {
    /// The fact with which a command on this application begins; a choice begins with
    /// [`Application::referred_to`].
    pub(crate) fn first_fact(&self, action: &Action, clock: Clock<'_>, now: Moment) -> Option<Fact> {
        let application = self.number.clone();
        let referral = || self.referral().map(|live| live.number);
        Some(match action {
            // R27.
            Action::ChangeBenefit { benefit, documents, .. } => Fact::BenefitChanged {
                application,
                benefit: benefit.clone(),
                documents: documents.unwrap_or_default(),
            },
            // R31, O20, O21: it counts for the period that is running.
            Action::ConfirmInterest { .. } => Fact::InterestConfirmed {
                application,
                next_due: clock.interest_after(self.registered_at, now),
            },
            // R06.
            Action::LinkParent { parent, .. } => Fact::ParentLinked { application, parent: parent.clone() },
            // R28.
            Action::Withdraw { .. } => Fact::Closed { application, reason: CloseReason::Withdrawn },
            // As if the turn lapsed now.
            Action::PassTurn { .. } => self.fall_due(Due::Turn)?,
            // R53: the new last good day.
            Action::ExtendReferral { until, reason, .. } => Fact::ReferralExtended {
                application,
                referral: referral()?,
                reason: reason.clone(),
                expires_at: clock.after(*until, self.referral()?.issued_at),
            },
            // R56.
            Action::RecallReferral { reason, .. } => {
                Fact::ReferralRecalled { application, referral: referral()?, reason: reason.clone() }
            }
            // O25.
            Action::RecordVisit { .. } => Fact::Visited { application, referral: referral()? },
            // F18.
            Action::ProveBenefit { .. } => Fact::BenefitProved { application },
            // R71.
            Action::Accept { .. } => self.enrolled()?,
            // R73, R74.
            Action::Refuse { reason, .. } => {
                Fact::Refused { application, referral: referral()?, reason: reason.clone() }
            }
            // R75.
            Action::UpholdRefusal { .. } => Fact::RefusalUpheld { application, referral: referral()? },
            // R76.
            Action::OverturnRefusal { .. } => Fact::RefusalOverturned { application, referral: referral()? },
            // R78.
            Action::MarkDeparture { date, reason, .. } => self.departed(*date, reason)?,
            Action::Submit { .. }
            | Action::PublishVacancy { .. }
            | Action::Choose { .. }
            | Action::Operate(_) => return None,
        })
    }

    /// R38: the turn has come, for a place; the window runs from the notification (O41).
    pub(crate) fn called_to(&self, seat: Seat, clock: Clock<'_>, start: Start, cycle: Option<u32>) -> Fact {
        let window = clock.policy.choice_window;
        let choose_by = clock.end(window, start);
        Fact::TurnCame {
            application: self.number.clone(),
            vacancy: seat.vacancy,
            place: seat.place,
            choose_by: choose_by.at,
            terms: StartedTerms { choose_by: Some(window), ..StartedTerms::default() },
            projected: choose_by.projected,
            cycle,
        }
    }

    /// R44: a referral to a place, issued now.
    pub(crate) fn referred_to(
        &self,
        seat: Seat,
        kindergarten: &Kindergarten,
        referral: ReferralNumber,
        clock: Clock<'_>,
        now: Moment,
    ) -> Fact {
        let start = Start { at: now, by_itself: false };
        let expires_at = clock.end(clock.policy.referral_term, start);
        let recall_until = clock.policy.recall_window.map(|window| clock.end(window, start));
        // F18: the benefit is to be proved within a term of the issue.
        let to_prove = self.benefit.as_ref().filter(|_| !self.proved);
        let prove_within =
            to_prove.and_then(|id| clock.policy.benefit(id)).and_then(|benefit| benefit.prove_within);
        let prove_by = prove_within.map(|term| clock.end(term, start));
        let ends = [Some(expires_at), recall_until, prove_by];
        Fact::ReferralIssued {
            application: self.number.clone(),
            referral,
            vacancy: seat.vacancy,
            place: seat.place,
            kindergarten: kindergarten.clone(),
            recall_until: recall_until.map(|until| until.at),
            expires_at: expires_at.at,
            prove_by: prove_by.map(|until| until.at),
            terms: StartedTerms {
                expires_at: Some(clock.policy.referral_term),
                recall_until: clock.policy.recall_window,
                prove_by: prove_within,
                ..StartedTerms::default()
            },
            projected: ends.iter().flatten().any(|end| end.projected),
        }
    }

    fn enrolled(&self) -> Option<Fact> {
        let live = self.referral()?;
        Some(Fact::Enrolled {
            application: self.number.clone(),
            referral: live.number,
            kindergarten: live.kindergarten.clone(),
        })
    }

    fn departed(&self, date: crate::Day, reason: &crate::Reason) -> Option<Fact> {
        let Standing::Enrolled(enrolment) = &self.standing else { return None };
        Some(Fact::Departed {
            application: self.number.clone(),
            referral: enrolment.referral,
            kindergarten: enrolment.kindergarten.clone(),
            date,
            reason: reason.clone(),
        })
    }
}
