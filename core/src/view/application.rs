//! The card of an application: where it stands, its numbers, its deadlines.

use serde::Serialize;

use super::View;
use crate::application::Application;
use crate::register::member;
use crate::sorted;
use crate::{ApplicationNumber, ApplicationView, DeadlineView, Error, Person, Stage};

/// The numbers of an application (номер очереди / кезек нөмірі), R26. All 0 when it does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PositionView {
    /// City-wide, by registration.
    pub number: u32,
    /// In its group year, in the order of service.
    pub in_group_year: u32,
    /// Among those with the same benefit; 0 without one.
    pub in_benefit: u32,
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
        let holders = self.register.index().of_person(person).to_vec();
        let holders = sorted::by(holders, |holder| (0, *holder));
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
        Ok(self.standing(holder, application))
    }

    /// The numbers of every active application (R26), in the order of their serials: what many calls of
    /// [`View::position`] would answer.
    #[must_use]
    pub fn positions(self) -> Vec<(ApplicationNumber, PositionView)> {
        let active = self.applications().filter(|(_, application)| application.is_active());
        active
            .map(|(holder, application)| (application.number.clone(), self.standing(holder, application)))
            .collect()
    }

    fn standing(self, holder: u32, application: &Application) -> PositionView {
        let member = member(holder, application, self.register.policy());
        let cycle = self.register.book().cycle(application.group_year);
        let standing = self.register.index().queue.standing(&member, cycle);
        PositionView {
            number: standing.number,
            in_group_year: standing.in_group_year,
            in_benefit: standing.in_benefit,
        }
    }

    /// The earliest deadline of all.
    #[must_use]
    pub fn next_deadline(self) -> Option<DeadlineView> {
        self.register.upcoming()
    }

    /// The deadlines of an application, the earliest first.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn deadlines(self, number: &ApplicationNumber) -> Result<Vec<DeadlineView>, Error> {
        let (holder, application) = self.find(number)?;
        self.card_of(holder, application).deadlines(self.now)
    }
}

impl crate::Register {
    /// The earliest moment at which something falls due: sleep until then, and call
    /// [`advance`](crate::Register::advance). Pure.
    #[must_use]
    pub fn next_deadline(&self) -> Option<DeadlineView> {
        self.upcoming()
    }
}
