//! Running terms that get longer: after a pause, and under a new calendar (wire.md 2, `pause`, `change_calendar`).

use serde_json::{Value, json};

use super::calendar::{Ends, Instant, Term, plus};
use super::model::{Model, Place, Stage, rfc};
use super::policy::NoAnswer;

/// What an end belongs to: an application by its serial, or a vacancy by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Application(u64),
    Vacancy(usize),
}

/// How a running end came about.
#[derive(Clone, Debug)]
pub(crate) struct Started {
    owner: Owner,
    /// The field that holds the end.
    field: &'static str,
    since: Instant,
    /// None for an extension: a named day, counted as the limit of extensions is.
    term: Option<Term>,
    ends: Ends,
    by_itself: bool,
    /// The working days that pauses have added.
    gained: u32,
}

impl Model {
    /// Starts a term and remembers how; answers its end.
    pub(crate) fn start(&mut self, owner: Owner, field: &'static str, at: Instant, term: Term) -> Instant {
        self.forget(owner, field);
        let (ends, by_itself) = (self.policy.ends, self.cause == "due");
        self.started.push(Started { owner, field, since: at, term: Some(term), ends, by_itself, gained: 0 });
        self.end(at, term)
    }

    /// An end that a person named.
    pub(crate) fn named(&mut self, owner: Owner, field: &'static str, at: Instant) {
        self.forget(owner, field);
        let ends = self.policy.ends;
        self.started.push(Started { owner, field, since: at, term: None, ends, by_itself: false, gained: 0 });
    }

    fn forget(&mut self, owner: Owner, field: &str) {
        self.started.retain(|started| (started.owner, started.field) != (owner, field));
    }

    fn started(&mut self, owner: Owner, field: &str) -> Option<&mut Started> {
        self.started.iter_mut().find(|started| (started.owner, started.field) == (owner, field))
    }

    /// All ends that run: whose, which field, until when.
    fn running(&self) -> Vec<(Owner, &'static str, Instant)> {
        let mut running = Vec::new();
        for one in &self.applications {
            let mut add = |field, end: Option<Instant>| {
                running.extend(end.map(|end| (Owner::Application(one.serial), field, end)));
            };
            match one.stage {
                Stage::Notified => add("choose_by", one.choose_by),
                Stage::Referred | Stage::UnderReview => {
                    let referral = one.live().expect("a live referral");
                    add("recall_until", referral.recall_until);
                    add("expires_at", referral.expires_at);
                    add("prove_by", referral.prove_by);
                }
                Stage::StopListed | Stage::Inactive => add("until", one.until),
                Stage::Queued | Stage::Enrolled | Stage::Closed => {}
            }
        }
        for (index, vacancy) in self.vacancies.iter().enumerate() {
            running.push((Owner::Vacancy(index), "opens_at", vacancy.opens_at));
        }
        running
    }

    fn write_end(&mut self, owner: Owner, field: &str, end: Instant) {
        match owner {
            Owner::Application(serial) => {
                let who = self.by_serial(serial);
                let one = &mut self.applications[who];
                match field {
                    "choose_by" => one.choose_by = Some(end),
                    "until" => one.until = Some(end),
                    "expires_at" => one.live_mut().expires_at = Some(end),
                    "recall_until" => one.live_mut().recall_until = Some(end),
                    _ => one.live_mut().prove_by = Some(end),
                }
            }
            Owner::Vacancy(index) => {
                let vacancy = &mut self.vacancies[index];
                let before = vacancy.opens_at;
                vacancy.opens_at = end;
                for place in &mut vacancy.places {
                    // A place that came back waits for nothing.
                    if let Place::Waiting { opens_at, .. } = place
                        && *opens_at == before
                    {
                        *opens_at = end;
                    }
                }
            }
        }
    }

    fn move_end(&mut self, owner: Owner, field: &'static str, from: Instant, to: Instant, now: Instant) {
        self.write_end(owner, field, to);
        if let Owner::Application(serial) = owner {
            let who = self.by_serial(serial);
            self.record_of(
                now,
                "deadline_moved",
                who,
                json!({"of": field, "from": rfc(from), "to": rfc(to)}),
            );
        }
    }

    /// In days: the days that the pause touched; in hours: the time that passed; in months: nothing.
    pub(crate) fn resume(&mut self, now: Instant) {
        let paused = self.paused.take().expect("a pause");
        self.record(now, "resumed", json!({}));
        let calendar = self.policy.calendar.clone();
        // An end at 00:00:00 does not touch the day that begins, and a pause of no length touches none.
        let last = if now > paused { calendar.day(now - 1) } else { plus(calendar.day(paused), -1) };
        let touched: Vec<_> =
            (0..).map(|days| plus(calendar.day(paused), days)).take_while(|day| *day <= last).collect();
        let count = |days: usize| u32::try_from(days).expect("a count");
        let any = count(touched.len());
        let working = count(touched.iter().filter(|day| calendar.works(**day)).count());
        for (owner, field, end) in self.running() {
            if end <= paused {
                continue;
            }
            let usual = self.usual(owner, field);
            let ends = self.policy.ends;
            let (term, ends) = match self.started(owner, field) {
                Some(started) => {
                    if matches!(started.term, Some(Term::WorkingDays(_))) {
                        started.gained += working;
                    }
                    (started.term.or(usual), started.ends)
                }
                None => (usual, ends),
            };
            let later = |gain: Term| {
                let day = calendar.last_day(calendar.last_good_day(end, ends), gain);
                calendar.end_of(day, end, ends)
            };
            let to = match term {
                Some(Term::WorkingDays(_)) if working > 0 => later(Term::WorkingDays(working)),
                Some(Term::CalendarDays(_)) if any > 0 => later(Term::CalendarDays(any)),
                Some(Term::Hours(_)) => end + (now - paused),
                _ => end,
            };
            if to != end {
                self.move_end(owner, field, end, to, now);
            }
        }
    }

    /// How the policy counts an end for which no term is known: an extension as its limit.
    fn usual(&self, owner: Owner, field: &str) -> Option<Term> {
        let Owner::Application(serial) = owner else { return Some(self.policy.choice_window) };
        let one = &self.applications[self.by_serial(serial)];
        match field {
            "choose_by" => Some(self.policy.choice_window),
            "expires_at" if one.live().is_some_and(|referral| referral.extensions > 0) => {
                self.policy.extension.as_ref().map(|extension| extension.max)
            }
            "expires_at" => Some(self.policy.referral_term),
            "recall_until" => self.policy.recall_window,
            "until" if one.stage == Stage::StopListed => self.policy.stop_list_term,
            "until" => match self.policy.no_answer {
                NoAnswer::Inactive { within, .. } => Some(within),
                NoAnswer::Keep | NoAnswer::Close => None,
            },
            _ => None,
        }
    }

    /// Each running term in working days that gets longer is moved; none gets shorter.
    pub(crate) fn change_calendar(&mut self, command: &Value, now: Instant) {
        for (year, days) in command["calendar"]["years"].as_object().expect("years") {
            let read = |key: &str| {
                let days = days[key].as_array().into_iter().flatten();
                days.map(super::commands::date).collect::<Vec<_>>()
            };
            self.policy.calendar.list(year.parse().expect("a year"), &read("off"), &read("on"));
        }
        self.record(now, "calendar_changed", json!({}));
        for (owner, field, end) in self.running() {
            let Some(started) = self.started(owner, field).cloned() else { continue };
            let Some(term @ Term::WorkingDays(_)) = started.term else { continue };
            if end <= now {
                continue;
            }
            let calendar = &self.policy.calendar;
            let counted = calendar.end(started.since, term, started.ends, started.by_itself);
            let last = calendar.last_good_day(counted, started.ends);
            let last = calendar.last_day(last, Term::WorkingDays(started.gained));
            let to = calendar.end_of(last, counted, started.ends);
            if to > end {
                self.move_end(owner, field, end, to, now);
            }
        }
    }
}
