//! The card of an application: where it stands, its numbers, its deadlines.

use serde::Serialize;

use super::View;
use crate::application::Application;
use crate::queue::Standing;
use crate::{ApplicationNumber, ApplicationView, BenefitId, DeadlineView, Error, GroupYear, Person, Stage};

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

impl PositionView {
    fn of(standing: Standing) -> PositionView {
        PositionView {
            number: standing.number,
            in_group_year: standing.in_group_year,
            in_benefit: standing.in_benefit,
        }
    }
}

/// The numbers of one of many applications: see [`View::positions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionRow<'a> {
    /// Whose they are.
    pub application: &'a ApplicationNumber,
    /// Where it stands.
    pub stage: Stage,
    /// Its line.
    pub group_year: GroupYear,
    /// Its benefit.
    pub benefit: Option<&'a BenefitId>,
    /// The numbers.
    pub position: PositionView,
}

impl<'a> PositionRow<'a> {
    fn of(application: &'a Application, standing: Standing) -> PositionRow<'a> {
        PositionRow {
            application: &application.number,
            stage: application.stage(),
            group_year: application.group_year,
            benefit: application.benefit.as_ref(),
            position: PositionView::of(standing),
        }
    }
}

impl<'a> View<'a> {
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
        let holders = self.register.index().of_person(self.register.book(), person).into_iter();
        let own = holders.filter_map(|holder| self.register.application(holder));
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
        let (holder, _) = self.find(number)?;
        let (book, queue) = (self.register.book(), &self.register.index().queue);
        Ok(PositionView::of(queue.standing(holder, |line| book.cycle(line))))
    }

    /// The numbers of every active application (R26), in the order of their serials: what many calls of
    /// [`View::position`] would answer, in one pass over the queue.
    ///
    /// ```
    /// # use kezek::{Action, Child, Policy, Register};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let now = "2018-01-10T09:00:00+06:00".parse()?;
    /// # for n in 1..=2 {
    /// #     let child = Child { iin: format!("p:child-{n}").parse()?, born: "2015-05-02".parse()? };
    /// #     let _ = register.apply(Action::Submit { applicant: "p:parent-1".parse()?, child, benefit: None,
    /// #         documents: None, channel: None, channel_number: None, application: None }, now)?.accepted()?;
    /// # }
    /// // Two children of 2015 were registered.
    /// let rows = register.at(now)?.positions();
    /// assert_eq!(rows[1].application.to_string(), "UO.2018.000002.1");
    /// assert_eq!((rows[1].group_year, rows[1].position.in_group_year), (2015, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn positions(self) -> Vec<PositionRow<'a>> {
        let book = self.register.book();
        let queue = &self.register.index().queue;
        let standings = queue.standings(book.applications.len(), |year| book.cycle(year));
        let all = book.applications.iter().zip(standings);
        let active = all.filter(|(application, _)| application.is_active());
        active.map(|(application, standing)| PositionRow::of(application, standing)).collect()
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

    /// Every deadline of the register, the earliest first: those of every application (as [`View::deadlines`] tells
    /// them), the places that open, the policies that were announced. The first is [`View::next_deadline`]. None while
    /// every clock stands.
    ///
    /// One pass over the applications: for a calendar of the office, and for a host that keeps its own timers.
    ///
    /// ```
    /// # use kezek::{Action, Child, Policy, Register};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let now = "2018-01-10T09:00:00+06:00".parse()?;
    /// let publish = Action::PublishVacancy {
    ///     kindergarten: "bobek".parse()?, group_year: 2015, language: kezek::Language::Kk, kind: None, places: 2,
    /// };
    /// let _ = register.apply(publish, now)?.accepted()?;
    /// let agenda = register.at(now)?.agenda();
    /// assert_eq!(agenda[0].brings, "seats_opened");
    /// assert_eq!(agenda.first(), register.next_deadline().as_ref());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn agenda(self) -> Vec<DeadlineView> {
        self.register.all_upcoming()
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
