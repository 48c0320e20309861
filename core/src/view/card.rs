//! The card of an application: where it stands, its numbers, its deadlines.

use serde::Serialize;

use super::View;
use crate::application::decide::Due;
use crate::application::{Application, Standing};
use crate::register::{Upcoming, member};
use crate::{
    ApplicationNumber, BenefitId, CloseReason, Error, GroupYear, Kindergarten, Moment, Person,
    ReferralNumber, Rule, Stage,
};

/// An application as its parent sees it. What does not apply where it stands is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApplicationView {
    /// Its number.
    pub application: ApplicationNumber,
    /// Where it stands.
    pub stage: Stage,
    /// Why it was closed.
    pub reason: Option<CloseReason>,
    /// The benefit.
    pub benefit: Option<BenefitId>,
    /// Its line.
    pub group_year: GroupYear,
    /// Since when it is in the queue («в очереди с»).
    pub registered_at: Moment,
    /// Referrals that were let expire (R51).
    pub lapses: u16,
    /// The referral: a live one, or the one that it was enrolled with.
    pub referral: Option<ReferralNumber>,
    /// Of this kindergarten.
    pub kindergarten: Option<Kindergarten>,
    /// With a referral: whether the kindergarten must accept the child (R76).
    pub must_accept: Option<bool>,
    /// The first instant that is too late to choose (R40).
    pub choose_by: Option<Moment>,
    /// The first instant that is too late to come (R47).
    pub expires_at: Option<Moment>,
    /// The first instant that is too late to give the referral back (R56).
    pub recall_until: Option<Moment>,
    /// The first instant after the stop-list (R48).
    pub until: Option<Moment>,
    /// The first instant that is too late to confirm interest (R31).
    pub next_due: Option<Moment>,
}

/// The numbers of an application (номер очереди / кезек нөмірі), R26. All 0 when it does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PositionView {
    /// City-wide, by registration.
    pub number: u32,
    /// In its group year, in the order of service.
    pub in_group_year: u32,
    /// Among those with the same benefit; 0 without one.
    pub in_benefit: u32,
}

/// A deadline: a moment at which the register will record something if nothing is commanded before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadlineView {
    /// When.
    pub at: Moment,
    /// The rule that sets it.
    pub rule: Rule,
    /// Whose it is; none for places that open.
    pub application: Option<ApplicationNumber>,
    /// A year of the calendar that is only projected was counted.
    pub projected: bool,
    /// The event that it brings.
    pub brings: &'static str,
}

impl From<Upcoming> for DeadlineView {
    fn from(upcoming: Upcoming) -> DeadlineView {
        let Upcoming { at, rule, application, projected, brings } = upcoming;
        DeadlineView { at, rule, application, projected, brings }
    }
}

impl ApplicationView {
    pub(super) fn of(application: &Application) -> ApplicationView {
        let mut view = ApplicationView {
            application: application.number.clone(),
            stage: application.stage(),
            reason: None,
            benefit: application.benefit.clone(),
            group_year: application.group_year,
            registered_at: application.registered_at,
            lapses: application.lapses,
            referral: application.referral().map(|live| live.number),
            kindergarten: application.referral().map(|live| live.kindergarten.clone()),
            must_accept: None,
            choose_by: None,
            expires_at: None,
            recall_until: None,
            until: None,
            next_due: application.next_due.filter(|_| application.is_active()),
        };
        match &application.standing {
            Standing::Queued | Standing::UnderReview { .. } => {}
            Standing::Notified { choose_by, .. } => view.choose_by = Some(choose_by.at),
            Standing::Referred { referral, expires_at, must_accept, .. } => {
                view.must_accept = Some(*must_accept);
                view.expires_at = expires_at.map(|deadline| deadline.at);
                view.recall_until = referral.recall_until.map(|deadline| deadline.at);
            }
            Standing::StopListed { until } | Standing::Inactive { until } => view.until = Some(until.at),
            Standing::Enrolled(enrolment) => {
                view.referral = enrolment.referral;
                view.kindergarten = Some(enrolment.kindergarten.clone());
            }
            Standing::Closed { reason, .. } => view.reason = Some(*reason),
        }
        view
    }
}

impl View<'_> {
    /// An application.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn application(self, number: &ApplicationNumber) -> Result<ApplicationView, Error> {
        self.find(number).map(|(_, application)| ApplicationView::of(application))
    }

    /// The applications of a person: filed, or linked as a parent (Журнал заявлений / Өтініштер журналы),
    /// R05, R06. The oldest first.
    #[must_use]
    pub fn journal(self, person: &Person) -> Vec<ApplicationView> {
        let mut holders = self.register.index().of_person(person).to_vec();
        holders.sort_unstable();
        let own = holders.iter().filter_map(|holder| self.register.application(*holder));
        own.map(ApplicationView::of).collect()
    }

    /// Closed applications, in the order of their serials (R30).
    #[must_use]
    pub fn archive(self, offset: usize, limit: usize) -> Vec<ApplicationView> {
        let closed = self.applications().map(|(_, application)| application);
        let closed = closed.filter(|application| application.stage() == Stage::Closed);
        super::page(closed.map(ApplicationView::of), offset, limit)
    }

    /// The numbers of an application (R26, R42, O34, F13).
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn position(self, number: &ApplicationNumber) -> Result<PositionView, Error> {
        let (holder, application) = self.find(number)?;
        if !application.is_active() {
            return Ok(PositionView::default());
        }
        let member = member(holder, application, self.register.policy());
        let standing =
            self.register.index().queue.standing(&member, self.register.book().cycle(application.group_year));
        Ok(PositionView {
            number: standing.number,
            in_group_year: standing.in_group_year,
            in_benefit: standing.in_benefit,
        })
    }

    /// The earliest deadline of all.
    #[must_use]
    pub fn next_deadline(self) -> Option<DeadlineView> {
        self.register.upcoming().map(DeadlineView::from)
    }

    /// The deadlines of an application, the earliest first.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn deadlines(self, number: &ApplicationNumber) -> Result<Vec<DeadlineView>, Error> {
        let (holder, application) = self.find(number)?;
        // While every clock stands nothing falls due.
        if self.register.is_paused() {
            return Ok(Vec::new());
        }
        let own = application
            .dues(self.register.clock())
            .chain(application.interest_after_return(self.register.clock()).map(|at| (at, Due::Interest)))
            .filter_map(|(at, due)| self.register.upcoming_of(holder, at, due));
        let mut all: Vec<DeadlineView> =
            own.chain(self.register.birthday_of(holder)).map(DeadlineView::from).collect();
        all.sort_by_key(|deadline| deadline.at);
        Ok(all)
    }
}

impl crate::Register {
    /// The earliest moment at which something falls due: sleep until then, and call
    /// [`advance`](crate::Register::advance). Pure.
    #[must_use]
    pub fn next_deadline(&self) -> Option<DeadlineView> {
        self.upcoming().map(DeadlineView::from)
    }
}
