//! What falls due next, and why.

use std::sync::OnceLock;

use super::Register;
use super::settle::passed_by;
use crate::sorted::{self, Set};
use crate::{DeadlineView, Moment, Rule, VacancyId};

impl Register {
    /// The earliest moment at which something falls due.
    pub(super) fn next_due(&self) -> Option<Moment> {
        let due = *self.due.get_or_init(|| self.found_due());
        debug_assert_eq!(due, self.found_due(), "what falls due changed, and nobody said so");
        due
    }

    /// The same, where the register may be changed: what is found is kept without a lock.
    pub(super) fn next_due_kept(&mut self) -> Option<Moment> {
        if self.due.get_mut().is_none() {
            self.due = OnceLock::from(self.found_due());
        }
        self.next_due()
    }

    fn found_due(&self) -> Option<Moment> {
        if self.book.rules.paused.is_some() {
            return None;
        }
        let policy = self.book.rules.announced.first().map(|next| next.from);
        let own = self.index.dues.first().map(|(at, _)| at);
        let opening = self.index.queue.next_opening().map(|(at, _)| at);
        let first = [policy, own, opening].into_iter().flatten().min()?;
        // A birthday makes a turn only while a place waits, and that one opens some day.
        let birthday = self.index.queue.next_birthday_by(first, |seat| passed_by(self, seat));
        Some(birthday.unwrap_or(first))
    }

    /// The earliest deadline of all: in one moment those of applications first, then birthdays, then places.
    pub(crate) fn upcoming(&self) -> Option<DeadlineView> {
        if self.book.rules.paused.is_some() {
            return None;
        }
        let policy = self.book.rules.announced.first().map(|next| policy_changes(next.from));
        let own = self.index.dues.first().and_then(|(at, holder)| {
            let application = self.application(holder)?;
            let (_, due) = application.dues(self.clock()).find(|(due, _)| *due <= at)?;
            Some(application.deadline(at, due))
        });
        let birthday = self
            .index
            .queue
            .next_birthday(|seat| passed_by(self, seat))
            .and_then(|(at, holder)| Some(DeadlineView::birthday(at, &self.application(holder)?.number)));
        let opening = self.index.queue.next_opening().map(|(at, seat)| self.seats_open(at, seat.vacancy));
        // `min_by_key` keeps the first of equals.
        [policy, own, birthday, opening].into_iter().flatten().min_by_key(|upcoming| upcoming.at)
    }

    /// Every deadline of all, the earliest first; those of one moment in the order of [`Register::upcoming`].
    pub(crate) fn all_upcoming(&self) -> Vec<DeadlineView> {
        if self.book.rules.paused.is_some() {
            return Vec::new();
        }
        let clock = self.clock();
        let policies = self.book.rules.announced.iter().map(|next| policy_changes(next.from));
        let own = self.book.applications.iter().flat_map(|application| application.deadlines(clock));
        let birthdays = self.index.queue.birthdays(|seat| passed_by(self, seat)).collect();
        let birthdays = sorted::by(birthdays, |(at, holder): &(Moment, u32)| (at.unix(), *holder));
        let birthdays = birthdays.into_iter().filter_map(|(at, holder)| {
            self.application(holder).map(|application| DeadlineView::birthday(at, &application.number))
        });
        // A vacancy's places that open in one moment are one event.
        let openings = self.index.queue.to_open().map(|(at, seat)| ((at, seat.vacancy), ()));
        let openings: Set<_> = openings.collect();
        let openings = openings.into_iter().map(|((at, vacancy), ())| self.seats_open(at, vacancy));
        let mut all: Vec<DeadlineView> = Vec::new();
        all.extend(policies);
        all.extend(own);
        all.extend(birthdays);
        all.extend(openings);
        // Those of one moment keep their order.
        sorted::by(all, |upcoming| (upcoming.at.unix(), 0))
    }

    fn seats_open(&self, at: Moment, vacancy: VacancyId) -> DeadlineView {
        let projected = self.book.vacancy(vacancy).is_some_and(|vacancy| vacancy.opens_at.projected);
        DeadlineView { at, rule: Rule::r(41), application: None, projected, brings: "seats_opened" }
    }

    /// The first moment at which something of anybody else falls due: another application's deadline or
    /// birthday, places that open, a policy that was announced.
    pub(crate) fn next_of_others(&self, holder: u32) -> Option<Moment> {
        if self.book.rules.paused.is_some() {
            return None;
        }
        let policy = self.book.rules.announced.first().map(|next| next.from);
        let others = self.index.dues.first_but(holder);
        let opening = self.index.queue.next_opening().map(|(at, _)| at);
        let birthday = self.index.queue.next_birthday_but(Some(holder), |seat| passed_by(self, seat));
        [policy, others, opening, birthday.map(|(at, _)| at)].into_iter().flatten().min()
    }
}

fn policy_changes(at: Moment) -> DeadlineView {
    DeadlineView { at, rule: Rule::f(19), application: None, projected: false, brings: "policy_changed" }
}
