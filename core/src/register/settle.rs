//! Settling: everything that fell due, each thing at its own moment.
//!
//! In one moment everything due is settled first, application by application in order of serial, each with its
//! own place; then turns are given; then places open that nobody could be offered. The same order holds after
//! a command.

use std::sync::Arc;

use super::Register;
use crate::event::Trigger;
use crate::policy::Start;
use crate::queue::Turn;
use crate::{Fact, Moment, Seat};

impl Register {
    /// Settles every moment up to `now`, the earliest first.
    pub(super) fn settle(&mut self, now: Moment) {
        while let Some(due) = self.next_due_kept()
            && due <= now
        {
            // What fell due while something held it back is judged now, not in the past.
            let at = self.now.map_or(due, |last| due.max(last));
            self.settle_moment(at, &mut Trigger::Due);
        }
        self.now = Some(now);
    }

    /// Settles one moment; turns and openings are recorded for the trigger.
    pub(super) fn settle_moment(&mut self, at: Moment, by: &mut Trigger) {
        self.now = Some(at);
        while self.book.rules.paused.is_none() {
            // First of all: after a pause there may be one whose moment has passed.
            self.take_up_policy(at);
            self.settle_due(at);
            self.ripen(at);
            self.give_turns(at, by);
            self.open_places(at, by);
            // A term is at least a second long: nothing that has just begun can be due. Only what was late
            // when it was written down is.
            if self.index.dues.first().is_none_or(|(due, _)| at < due) {
                return;
            }
        }
    }

    /// The policies that were announced for this moment or before.
    fn take_up_policy(&mut self, at: Moment) {
        while let Some(next) = self.book.rules.announced.first()
            && next.from <= at
        {
            let fact = Fact::PolicyChanged { policy: Arc::clone(&next.policy), from: next.from };
            self.record(fact, at, &mut Trigger::Due);
        }
    }

    fn settle_due(&mut self, at: Moment) {
        while let Some((due, holder)) = self.index.dues.first()
            && due <= at
        {
            let first = self.application(holder).and_then(|application| {
                let (_, due) = application.dues(self.clock()).find(|(due, _)| *due <= at)?;
                application.fall_due(due)
            });
            let Some(first) = first else { return };
            self.record_chain(holder, first, at, &mut Trigger::Due);
        }
    }

    /// Records a fact about an application and all that it brings about for it.
    pub(super) fn record_chain(&mut self, holder: u32, first: Fact, at: Moment, by: &mut Trigger) {
        let start = Start { at, by_itself: by.by_itself() };
        let Some(held) = self.application(holder).map(crate::application::Application::held) else { return };
        let mut next = Some(first);
        while let Some(fact) = next {
            self.record(fact, at, by);
            next = self.application(holder).and_then(|application| {
                let last = self.history.last()?;
                application.consequence(&last.fact, held, self.clock(), start)
            });
        }
    }

    /// R38: every place that waits without a turn is offered to the first who may be notified.
    fn give_turns(&mut self, at: Moment, by: &mut Trigger) {
        while let Some(Turn { seat, holder, cycle }) =
            self.index.queue.next_turn(|line| self.book.cycle(line), |seat| passed_by(self, seat))
        {
            let start = Start { at, by_itself: by.by_itself() };
            let Some(next) = self.application(holder) else { return };
            let fact = next.called_to(seat, self.clock(), start, cycle);
            self.record(fact, at, by);
        }
    }

    /// Places that nobody could be offered open, one fact a vacancy.
    fn open_places(&mut self, at: Moment, by: &mut Trigger) {
        let seats = self.index.queue.openings(at);
        for seats in seats.chunk_by(|one, other| one.vacancy == other.vacancy) {
            let Some(first) = seats.first() else { continue };
            let places = u16::try_from(seats.len()).unwrap_or(u16::MAX);
            let numbers = seats.iter().map(|seat| seat.place).collect();
            self.record(Fact::SeatsOpened { vacancy: first.vacancy, places, seats: numbers }, at, by);
        }
    }
}

/// Who has passed a place by since it began to wait (O14).
pub(super) fn passed_by(register: &Register, seat: Seat) -> &[u32] {
    register.book.place(seat).and_then(crate::vacancy::Place::unoffered).map_or(&[], |(_, passed)| passed)
}
