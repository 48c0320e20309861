//! What falls due next, and why.

use super::Register;
use super::settle::passed_by;
use crate::application::decide::Due;
use crate::{ApplicationNumber, Moment, Rule};

/// A deadline: a moment at which the register will record something if nothing is commanded before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upcoming {
    pub(crate) at: Moment,
    pub(crate) rule: Rule,
    pub(crate) application: Option<ApplicationNumber>,
    /// A year of the calendar that is only projected was counted.
    pub(crate) projected: bool,
    /// The fact that will be recorded.
    pub(crate) brings: &'static str,
}

impl Due {
    /// The rule that sets the deadline.
    pub(crate) fn rule(self) -> Rule {
        match self {
            Due::AgeLimit => Rule::o(28),
            Due::Interest => Rule::r(31),
            Due::Turn => Rule::r(40),
            Due::Referral => Rule::r(47),
            Due::StopList => Rule::r(48),
            Due::Proof => Rule::f(18),
            Due::Inactive => Rule::f(26),
            Due::Reminder(_) => Rule::o(24),
        }
    }

    /// The fact that it brings.
    pub(crate) fn brings(self) -> &'static str {
        match self {
            Due::AgeLimit | Due::Interest | Due::Inactive => "closed",
            Due::Turn => "turn_lapsed",
            Due::Referral | Due::Proof => "referral_expired",
            Due::Reminder(_) => "reminder_due",
            Due::StopList => "stop_list_ended",
        }
    }
}

impl Register {
    /// The earliest moment at which something falls due.
    pub(super) fn next_due(&self) -> Option<Moment> {
        if self.book.rules.paused.is_some() {
            return None;
        }
        let policy = self.book.rules.announced.first().map(|next| next.from);
        let own = self.index.next_due().map(|(at, _)| at);
        let opening = self.index.queue.next_opening().map(|(at, _)| at);
        let birthday = self.index.queue.next_birthday(|seat| passed_by(self, seat)).map(|(at, _)| at);
        [policy, own, opening, birthday].into_iter().flatten().min()
    }

    /// The earliest deadline of all: in one moment those of applications first, then birthdays, then places.
    pub(crate) fn upcoming(&self) -> Option<Upcoming> {
        if self.book.rules.paused.is_some() {
            return None;
        }
        let policy = self.book.rules.announced.first().map(|next| Upcoming {
            at: next.from,
            rule: Rule::f(19),
            application: None,
            projected: false,
            brings: "policy_changed",
        });
        let own = self.index.next_due().and_then(|(at, holder)| {
            let application = self.application(holder)?;
            let (_, due) = application.dues(self.clock()).find(|(due, _)| *due <= at)?;
            self.upcoming_of(holder, at, due)
        });
        let birthday = self
            .index
            .queue
            .next_birthday(|seat| passed_by(self, seat))
            .and_then(|(at, holder)| Some(birthday(at, &self.application(holder)?.number)));
        let opening = self.index.queue.next_opening().map(|(at, seat)| {
            let vacancy = self.book.vacancy(seat.vacancy);
            let projected = vacancy.is_some_and(|vacancy| vacancy.opens_at.projected);
            Upcoming { at, rule: Rule::r(41), application: None, projected, brings: "seats_opened" }
        });
        // `min_by_key` keeps the first of equals.
        [policy, own, birthday, opening].into_iter().flatten().min_by_key(|upcoming| upcoming.at)
    }

    pub(crate) fn upcoming_of(&self, holder: u32, at: Moment, due: Due) -> Option<Upcoming> {
        let application = self.application(holder)?;
        Some(Upcoming {
            at,
            rule: due.rule(),
            application: Some(application.number.clone()),
            projected: application.projected(due),
            brings: due.brings(),
        })
    }

    /// The birthday that brings this application a turn, while a place waits that it could then be offered.
    pub(crate) fn birthday_of(&self, holder: u32) -> Option<Upcoming> {
        let application = self.application(holder)?;
        let (at, _) = super::member(holder, application, self.policy()).able?;
        let waits = || {
            let queue = &self.index.queue;
            queue.could_be_offered(application.group_year, holder, at, |seat| passed_by(self, seat))
        };
        let ahead = self.now.is_none_or(|now| now < at);
        (ahead && waits()).then(|| birthday(at, &application.number))
    }
}

fn birthday(at: Moment, number: &ApplicationNumber) -> Upcoming {
    let application = Some(number.clone());
    Upcoming { at, rule: Rule::r(36), application, projected: false, brings: "turn_came" }
}
