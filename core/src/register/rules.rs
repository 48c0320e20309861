//! Changing the rules of a running register: other policies, other working days, and standing still.

use std::sync::Arc;

use super::Register;
use crate::application::Application;
use crate::error::ErrorCode;
use crate::event::{CalendarStamp, LaterOpening, MovedEnd, Trigger};
use crate::policy::{Clock, Deadline, NonResponse};
use crate::{Calendar, Error, Fact, Moment, Policy, Stage, Unit};

impl Register {
    /// A policy may follow another in the same zone, by the same calendar, from now or later.
    pub(super) fn possible_policy(&self, policy: &Policy, from: Moment, now: Moment) -> Result<(), Error> {
        let zone = self.policy().zone();
        if policy.zone() != zone {
            let found = policy.zone().to_string();
            return Err(Error::new(ErrorCode::InvalidPolicy, "zone", zone.to_string(), found));
        }
        if policy.calendar() != self.calendar().id() {
            let (expected, found) = (self.calendar().id(), policy.calendar());
            return Err(Error::new(ErrorCode::InvalidPolicy, "calendar", expected, found));
        }
        if from < now {
            let expected = format!("{} or later", now.in_zone(zone));
            return Err(Error::malformed("from", expected, from.in_zone(zone).to_string()));
        }
        Ok(())
    }

    /// This register as it would be if a policy held from now on.
    pub(crate) fn under(&self, policy: &Policy, now: Moment) -> Result<Register, Error> {
        self.possible_policy(policy, now, now)?;
        let mut then = self.clone();
        let mut by = Trigger::Command { first: None, envelope: None, overrides: true };
        then.start();
        then.change_policy(policy, now, now, &mut by);
        then.settle_moment(now, &mut by);
        Ok(then)
    }

    /// Running terms keep their end; counts and order follow the new policy.
    pub(super) fn change_policy(&mut self, policy: &Policy, from: Moment, now: Moment, by: &mut Trigger) {
        let policy = Arc::new(policy.clone());
        let fact = if from <= now {
            Fact::PolicyChanged { policy, from }
        } else {
            Fact::PolicyAnnounced { policy, from }
        };
        self.record(fact, now, by);
    }

    /// The calendar with the years that are named in place of its own.
    pub(super) fn changed_calendar(&self, change: &Calendar) -> Result<Calendar, Error> {
        if change.id() != self.calendar().id() {
            let (expected, found) = (self.calendar().id(), change.id());
            return Err(Error::malformed("calendar.id", format!("{expected:?}"), format!("{found:?}")));
        }
        self.calendar().with_years_of(change)
    }

    /// The years that are named change; a running term gets longer where that makes it, never shorter.
    pub(super) fn change_calendar(&mut self, change: &Calendar, now: Moment, by: &mut Trigger) {
        let Ok(calendar) = self.changed_calendar(change) else { return };
        let clock = Clock { calendar: &calendar, ..self.clock() };
        let recount = |end: Deadline, _: Unit| clock.recounted(end);
        let (ends, vacancies) = (self.moved_ends(now, recount), self.moved_openings(now, recount));
        let stamp = CalendarStamp {
            id: calendar.id().to_owned(),
            known_at: calendar.known_at(),
            hash: calendar.hash().to_owned(),
        };
        self.record(Fact::CalendarChanged { calendar, stamp, vacancies }, now, by);
        self.move_ends(ends, now, by);
    }

    /// Each running term in days gains the days that the pause touched, one in hours the time that passed.
    pub(super) fn resume(&mut self, now: Moment, by: &mut Trigger) {
        let Some(paused) = self.book.rules.paused else { return };
        let clock = self.clock();
        let shift = |end: Deadline, unit: Unit| clock.after_pause(end, unit, paused, now);
        let (ends, vacancies) = (self.moved_ends(paused, shift), self.moved_openings(paused, shift));
        self.record(Fact::Resumed { vacancies }, now, by);
        self.move_ends(ends, now, by);
    }

    /// The ends that run at a moment and that a change makes later, by application.
    fn moved_ends(
        &self,
        running_at: Moment,
        change: impl Fn(Deadline, Unit) -> Deadline,
    ) -> Vec<(u32, MovedEnd, Deadline, Deadline)> {
        let mut moved = Vec::new();
        for (application, holder) in self.book.applications.iter().zip(0..) {
            for (which, end) in application.ends() {
                let later = change(end, self.unit_of(which, application));
                if running_at < end.at && end.at < later.at {
                    moved.push((holder, which, end, later));
                }
            }
        }
        moved
    }

    /// What an end without a term is counted in: as the policy counts such ends.
    fn unit_of(&self, which: MovedEnd, application: &Application) -> Unit {
        let policy = self.policy();
        let term = match which {
            MovedEnd::ChooseBy => Some(policy.choice_window),
            MovedEnd::RecallUntil => policy.recall_window,
            MovedEnd::ProveBy => None,
            // An extension names a day, counted as its limit is.
            MovedEnd::ExpiresAt if application.extended() => policy.extension.map(|extension| extension.max),
            MovedEnd::ExpiresAt => Some(policy.referral_term),
            MovedEnd::Until if application.stage() == Stage::Inactive => {
                match policy.after_choice_window.application {
                    NonResponse::Inactive { restore_within, .. } => Some(restore_within),
                    NonResponse::Keep | NonResponse::Close => None,
                }
            }
            MovedEnd::Until => policy.stop_list_term,
        };
        term.map_or(Unit::WorkingDays, crate::Term::unit)
    }

    fn moved_openings(
        &self,
        running_at: Moment,
        change: impl Fn(Deadline, Unit) -> Deadline,
    ) -> Vec<LaterOpening> {
        let unit = self.policy().choice_window.unit();
        let openings = self.book.vacancies.iter().zip(1..).filter_map(|(published, vacancy)| {
            let end = published.opens_at;
            let later = change(end, unit);
            let moved = published.waiting() > 0 && running_at < end.at && end.at < later.at;
            moved.then_some(LaterOpening { vacancy, opens_at: later.at, gained: later.gained })
        });
        openings.collect()
    }

    fn move_ends(&mut self, ends: Vec<(u32, MovedEnd, Deadline, Deadline)>, now: Moment, by: &mut Trigger) {
        for (holder, of, from, to) in ends {
            let Some(application) = self.application(holder).map(|moved| moved.number.clone()) else {
                continue;
            };
            let fact = Fact::DeadlineMoved {
                application,
                of,
                from: from.at,
                to: to.at,
                gained: to.gained,
                projected: to.projected,
            };
            self.record(fact, now, by);
        }
    }
}
