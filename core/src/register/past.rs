//! A register as it was, and what came then: its history taken in once more, and of the indexes only the order.

use std::sync::Arc;

use super::Register;
use super::book::{Book, Rules, Watcher};
use super::index::{member, service};
use crate::application::Application;
use crate::error::ErrorCode;
use crate::queue::{Member, Queue, Standing};
use crate::vacancy::{Place, Vacancy};
use crate::{
    ApplicationNumber, BenefitId, Error, Event, GroupYear, Moment, Policy, Seat, VacancyId, VacancyState,
};

/// A register at a moment that has passed, to be led on event by event.
#[derive(Clone, Debug)]
pub(crate) struct Past {
    book: Book,
    order: Order,
}

/// All active applications in their orders. Nobody in it is ever offered a place.
#[derive(Clone, Debug)]
struct Order {
    queue: Queue,
    policy: Arc<Policy>,
    /// Whether the last event may have changed anybody's numbers.
    moved: bool,
}

impl Register {
    /// The register after everything that happened up to a moment, and the events since, the oldest first.
    pub(crate) fn past(&self, at: Moment) -> Result<(Past, &[Arc<Event>]), Error> {
        let happened = self.history.partition_point(|event| event.moment() <= at);
        let (before, since) = self.history.split_at_checked(happened).unwrap_or((&self.history, &[]));
        let opened = before.split_first().and_then(|(opened, rest)| Some((Book::opened(opened)?, rest)));
        let Some((mut book, rest)) = opened else {
            return Err(Error::new(ErrorCode::CorruptHistory, "[0]", "the event opened", "another"));
        };
        for event in rest {
            book.absorb(event, &mut ());
        }
        Ok((Past { order: Order::of(&book), book }, since))
    }

    /// Whether all that falls due by a moment has been recorded, be it before or after the last one seen.
    pub(crate) fn check_settled_by(&self, field: &str, at: Moment) -> Result<(), Error> {
        match self.next_due() {
            Some(due) if due <= at => {
                let zone = self.policy().zone();
                let expected = format!("before {}, when something is due", due.in_zone(zone));
                Err(Error::new(ErrorCode::NotSettled, field, expected, at.in_zone(zone).to_string()))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl Past {
    /// Takes in the next event. Whether it may have changed anybody's numbers: most events cannot.
    pub(crate) fn take_in(&mut self, event: &Event) -> bool {
        self.order.moved = false;
        self.book.absorb(event, &mut self.order);
        // Another policy orders everything anew.
        if !Arc::ptr_eq(&self.order.policy, &self.book.rules.policy) {
            self.order = Order::of(&self.book);
        }
        self.order.moved
    }

    /// The three numbers of an application (R26); all 0 where it does not count, or is not there yet.
    pub(crate) fn standing(&self, number: &ApplicationNumber) -> Standing {
        let found =
            self.book.holder(number).and_then(|holder| Some((holder, self.book.application(holder)?)));
        let Some((holder, own)) = found.filter(|(_, own)| own.is_active()) else {
            return Standing::default();
        };
        let cycle = self.book.cycle(own.group_year);
        self.order.queue.standing(&member(holder, own, &self.order.policy), cycle)
    }

    /// Whether the application is there.
    pub(crate) fn knows(&self, number: &ApplicationNumber) -> bool {
        self.book.holder(number).is_some()
    }

    #[cfg(test)]
    pub(super) fn book(&self) -> &Book {
        &self.book
    }
}

impl Order {
    fn of(book: &Book) -> Order {
        let policy = Arc::clone(&book.rules.policy);
        let mut queue = Queue::new(service(&policy));
        let active = book.applications.iter().zip(0..).filter(|(application, _)| application.is_active());
        for (application, holder) in active {
            queue.add(&in_order(holder, application, &policy));
        }
        Order { queue, policy, moved: true }
    }
}

/// An active application as the order knows it.
fn in_order<'a>(holder: u32, application: &'a Application, policy: &Policy) -> Member<'a> {
    Member { able: None, ..member(holder, application, policy) }
}

/// All of an application that its place can change with. (Its registration never does.)
fn counted(application: &Application) -> Option<(GroupYear, Option<&BenefitId>)> {
    application.is_active().then_some((application.group_year, application.benefit.as_ref()))
}

impl Watcher for Order {
    fn application(&mut self, holder: u32, old: Option<Application>, new: &Application) {
        if old.as_ref().and_then(counted) == counted(new) {
            return;
        }
        if let Some(old) = old.filter(Application::is_active) {
            self.queue.remove(&in_order(holder, &old, &self.policy));
        }
        if new.is_active() {
            self.queue.add(&in_order(holder, new, &self.policy));
        }
        self.moved = true;
    }

    fn cycle(&mut self, _: GroupYear, _: Option<u32>) {
        self.moved = true;
    }

    // Places, and rules other than the policy, which is looked at afterwards, order nobody.
    fn place(&mut self, _: Seat, _: Place, _: VacancyState, _: &Vacancy) {}
    fn rules(&mut self, _: Rules) {}
    fn opens_later(&mut self, _: VacancyId, _: Vacancy) {}
    fn published(&mut self, _: VacancyId, _: &Vacancy) {}
}
