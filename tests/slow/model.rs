//! The state of the slow model: applications and vacancies in plain lists, everything found by looking through them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use serde_json::{Value, json};

use super::calendar::Instant;
use super::pause::Started;
use super::policy::{Interest, Policy, Reminder};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Queued,
    Notified,
    Referred,
    UnderReview,
    StopListed,
    Inactive,
    Enrolled,
    Closed,
}

impl Stage {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Stage::Queued => "queued",
            Stage::Notified => "notified",
            Stage::Referred => "referred",
            Stage::UnderReview => "under_review",
            Stage::StopListed => "stop_listed",
            Stage::Inactive => "inactive",
            Stage::Enrolled => "enrolled",
            Stage::Closed => "closed",
        }
    }
}

/// A place: the vacancy's index in the list, and the place's in the vacancy.
pub(crate) type Seat = (usize, usize);

#[derive(Clone, Debug)]
pub(crate) struct Application {
    pub(crate) number: String,
    pub(crate) serial: u64,
    pub(crate) applicant: String,
    pub(crate) parents: Vec<String>,
    pub(crate) child: String,
    pub(crate) born: NaiveDate,
    pub(crate) line: i64,
    pub(crate) benefit: Option<String>,
    pub(crate) proved: bool,
    pub(crate) registered_at: Instant,
    pub(crate) stage: Stage,
    pub(crate) reason: Option<&'static str>,
    pub(crate) lapses: u64,
    pub(crate) next_due: Option<Instant>,
    /// When the running period of interest was set.
    pub(crate) interest_since: Instant,
    /// The place of the turn, of the referral, or where the child is enrolled.
    pub(crate) seat: Option<Seat>,
    pub(crate) choose_by: Option<Instant>,
    /// When the turn came, or the stop-list began.
    pub(crate) stage_since: Instant,
    /// The end of the stop-list, or of the time to be restored in.
    pub(crate) until: Option<Instant>,
    /// The live one, or the one enrolled with.
    pub(crate) referral: Option<Referral>,
    /// All numbers that were ever given.
    pub(crate) referrals: Vec<String>,
    pub(crate) extensions: u64,
    pub(crate) times_inactive: u64,
    pub(crate) last_kindergarten: Option<String>,
    /// Which reminders were given, and of which end.
    pub(crate) reminded: Vec<(Reminder, Instant)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Referral {
    /// None of one who was taken over as enrolled, without a place.
    pub(crate) number: Option<String>,
    pub(crate) kindergarten: String,
    pub(crate) issued_at: Instant,
    /// When the end was set: the issue, or the last extension.
    pub(crate) end_since: Instant,
    pub(crate) recall_until: Option<Instant>,
    pub(crate) expires_at: Option<Instant>,
    pub(crate) prove_by: Option<Instant>,
    pub(crate) extensions: u64,
    pub(crate) visited: bool,
    pub(crate) must_accept: bool,
}

impl Application {
    /// O27.
    pub(crate) fn active(&self) -> bool {
        !matches!(self.stage, Stage::Enrolled | Stage::Closed)
    }

    /// The live one: referred or under review.
    pub(crate) fn live(&self) -> Option<&Referral> {
        let live = matches!(self.stage, Stage::Referred | Stage::UnderReview);
        self.referral.as_ref().filter(|_| live)
    }

    pub(crate) fn live_mut(&mut self) -> &mut Referral {
        self.referral.as_mut().expect("a referral")
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// For the turn: whose it is, who passed it by since it last began to wait, and when it opens if nobody can be
    /// offered it.
    Waiting {
        turn: Option<u64>,
        passed_by: Vec<u64>,
        opens_at: Instant,
    },
    Open,
    Referred,
    Filled,
    Gone,
}

#[derive(Clone, Debug)]
pub(crate) struct Vacancy {
    pub(crate) kindergarten: String,
    pub(crate) kind: String,
    pub(crate) line: i64,
    pub(crate) language: String,
    pub(crate) published_at: Instant,
    pub(crate) opens_at: Instant,
    pub(crate) places: Vec<Place>,
    /// R67: `waiting` while a place waits, else `free_choice` while one is open, else what it was last.
    pub(crate) state: &'static str,
}

/// A fault that may be put into the model, to show that it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    WorkingSaturdaysForgotten,
    RecallEndsASecondEarly,
    GiverIsAskedAgain,
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) policy: Policy,
    pub(crate) prefix: String,
    pub(crate) now: Option<Instant>,
    pub(crate) applications: Vec<Application>,
    pub(crate) vacancies: Vec<Vacancy>,
    /// Where the cycle of shares stands in each line.
    pub(crate) cycles: BTreeMap<i64, usize>,
    pub(crate) last_serial: u64,
    /// Since when every clock stands.
    pub(crate) paused: Option<Instant>,
    /// How the running ends came about.
    pub(crate) started: Vec<Started>,
    /// Policies to come, in the order in which they were announced: from when, and which.
    pub(crate) announced: Vec<(Instant, Policy)>,
    /// Everything that happened, `opened` left out.
    pub(crate) events: Vec<Value>,
    pub(crate) keys: Vec<(String, Value, Vec<Value>)>,
    /// `due` or `command`: what brings about what is recorded now.
    pub(crate) cause: &'static str,
    /// Whether an operator's command does.
    pub(crate) by_operator: bool,
    pub(crate) fault: Option<Fault>,
}

impl Model {
    pub(crate) fn new(policy: &Value, prefix: &str, fault: Option<Fault>) -> Model {
        let mut policy = Policy::read(policy);
        if fault == Some(Fault::WorkingSaturdaysForgotten) {
            policy.calendar.forget_working_weekends();
        }
        Model {
            policy,
            prefix: prefix.to_owned(),
            now: None,
            applications: Vec::new(),
            vacancies: Vec::new(),
            cycles: BTreeMap::new(),
            last_serial: 0,
            paused: None,
            started: Vec::new(),
            announced: Vec::new(),
            events: Vec::new(),
            keys: Vec::new(),
            cause: "due",
            by_operator: false,
            fault,
        }
    }

    /// Records what happened: `type`, `at`, `cause` and the given fields.
    pub(crate) fn record(&mut self, at: Instant, kind: &str, fields: Value) {
        let mut event = json!({"type": kind, "at": rfc(at), "cause": self.cause});
        let object = event.as_object_mut().expect("an object");
        object.extend(fields.as_object().expect("fields").clone());
        if self.by_operator && self.cause == "command" {
            object.insert("override".into(), json!(true));
        }
        self.events.push(event);
    }

    /// Records what happened to an application.
    pub(crate) fn record_of(&mut self, at: Instant, kind: &str, who: usize, mut fields: Value) {
        fields["application"] = json!(self.applications[who].number);
        self.record(at, kind, fields);
    }

    pub(crate) fn end(&self, start: Instant, term: super::calendar::Term) -> Instant {
        self.policy.calendar.end(start, term, self.policy.ends, self.cause == "due")
    }

    pub(crate) fn place(&self, (vacancy, place): Seat) -> &Place {
        &self.vacancies[vacancy].places[place]
    }

    pub(crate) fn set(&mut self, (vacancy, place): Seat, new: Place) {
        let vacancy = &mut self.vacancies[vacancy];
        vacancy.places[place] = new;
        if vacancy.count_waiting() > 0 {
            vacancy.state = "waiting";
        } else if vacancy.count_open() > 0 {
            vacancy.state = "free_choice";
        }
    }

    pub(crate) fn by_serial(&self, serial: u64) -> usize {
        self.applications.iter().position(|one| one.serial == serial).expect("a serial")
    }

    /// R82: У is U, О is O.
    pub(crate) fn by_number(&self, number: &str) -> Option<usize> {
        self.applications.iter().position(|one| same_number(&one.number) == same_number(number))
    }

    /// The end of the first period of interest (R31, F22).
    pub(crate) fn first_due(&self, registered_at: Instant) -> Option<Instant> {
        match &self.policy.interest {
            None => None,
            Some(Interest::FromRegistration(every) | Interest::FromConfirmation(every)) => {
                Some(self.period_end(registered_at, *every, 1))
            }
            Some(Interest::YearlyBy(month, day)) => Some(self.yearly(registered_at, *month, *day)),
        }
    }

    /// The end of the period after the one that ends at a moment.
    pub(crate) fn due_of_next_period(&self, registered_at: Instant, end: Instant) -> Option<Instant> {
        match &self.policy.interest {
            None => None,
            Some(Interest::FromRegistration(every) | Interest::FromConfirmation(every)) => {
                (1..).map(|n| self.period_end(registered_at, *every, n)).find(|other| *other > end)
            }
            Some(Interest::YearlyBy(month, day)) => Some(self.yearly(end, *month, *day)),
        }
    }

    /// What `next_due` becomes when interest is confirmed (O20, O21).
    pub(crate) fn due_after_confirming(&self, who: usize, now: Instant) -> Option<Instant> {
        let registered_at = self.applications[who].registered_at;
        match &self.policy.interest {
            None => None,
            // The end of the period after the one that is running.
            Some(Interest::FromRegistration(every)) => {
                let running = (1..).find(|n| self.period_end(registered_at, *every, *n) > now);
                running.map(|running| self.period_end(registered_at, *every, running + 1))
            }
            Some(Interest::FromConfirmation(every)) => Some(self.period_end(now, *every, 1)),
            // The next such date but one.
            Some(Interest::YearlyBy(month, day)) => {
                Some(self.yearly(self.yearly(now, *month, *day), *month, *day))
            }
        }
    }

    /// The end of the n-th period, each counted from the start, so that it never drifts (F30).
    pub(crate) fn period_end(&self, start: Instant, every: super::calendar::Term, n: u32) -> Instant {
        use super::calendar::Term;
        let calendar = &self.policy.calendar;
        let term = match every {
            Term::WorkingDays(count) => Term::WorkingDays(count * n),
            Term::CalendarDays(count) => Term::CalendarDays(count * n),
            Term::Hours(count) => Term::Hours(count * n),
            Term::Months(count) => Term::Months(count * n),
        };
        // No event starts these terms (interest is not among the `terms` of one): the first day never counts.
        let ends = super::calendar::Ends { first_day_counts: false, ..self.policy.ends };
        calendar.end(start, term, ends, false)
    }

    /// The first 00:00 of that date after an instant.
    fn yearly(&self, after: Instant, month: u32, day: u32) -> Instant {
        use chrono::Datelike;
        let calendar = &self.policy.calendar;
        let year = calendar.day(after).year();
        let midnights = (year..).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
        midnights.map(|day| calendar.midnight(day)).find(|at| *at > after).expect("a year with that date")
    }

    /// Under the age of choice (R36).
    pub(crate) fn too_young(&self, who: usize, at: Instant) -> bool {
        self.policy.calendar.reaches(self.applications[who].born, self.policy.choose_from) > at
    }

    /// At the age limit or over it (O28).
    pub(crate) fn too_old(&self, born: NaiveDate, at: Instant) -> bool {
        self.policy.calendar.reaches(born, self.policy.until) <= at
    }
}

impl Vacancy {
    pub(crate) fn count_waiting(&self) -> usize {
        self.places.iter().filter(|place| matches!(place, Place::Waiting { .. })).count()
    }

    pub(crate) fn count_open(&self) -> usize {
        self.places.iter().filter(|place| **place == Place::Open).count()
    }
}

pub(crate) fn same_number(number: &str) -> String {
    number.replace('У', "U").replace('О', "O")
}

pub(crate) fn rfc(at: Instant) -> String {
    DateTime::from_timestamp(at, 0).expect("an instant").to_rfc3339()
}

pub(crate) fn rfc_or_null(at: Option<Instant>) -> Value {
    at.map_or(Value::Null, |at| json!(rfc(at)))
}
