//! The register (книга учёта / есепке алу кітабы): one settlement's queue, the only mutable object.
//!
//! Every call first settles what fell due, each thing at its own moment ([`settle`]), then judges the command
//! ([`judge`]) and carries it out ([`act`]): each yields one fact at a time, and [`book`] takes it in.

mod act;
mod agenda;
mod book;
#[cfg(test)]
mod bytes_tests;
mod chain;
mod correct;
mod dues;
mod follow;
mod index;
mod judge;
mod keys;
mod lookup;
mod operate;
mod pack;
mod past;
#[cfg(test)]
mod past_tests;
mod replay;
#[cfg(test)]
mod replay_tests;
#[cfg(test)]
mod rollback_tests;
mod rules;
mod settle;
mod snapshot;
mod undo;

use std::sync::{Arc, OnceLock};

pub(crate) use book::{Book, Rules, Watcher};
pub use chain::verify;
use index::Index;
pub(crate) use index::member;
use keys::Keys;
pub use snapshot::Snapshot;
use undo::{Live, Undo};

use crate::application::Application;
use crate::error::ErrorCode;
use crate::event::{CalendarStamp, Cause, Event, Trigger};
use crate::policy::Clock;
use crate::{Calendar, Command, Denial, DenialReason, Error, Fact, Moment, Outcome, Policy, Sum};

/// The format of the journal and of the snapshot that this version writes.
const FORMAT: u32 = 1;

/// The queue of one settlement (R04).
///
/// Time is always an argument. A call with a `now` first settles everything that fell due up to it, each thing
/// at its own moment; then a command is judged and, if nothing stands against it, done.
///
/// ```
/// use kezek::{Action, Child, Command, Day, Policy, Register};
/// let mut register = Register::new(Policy::named("akmola-2018")?)?;
/// let submit = Action::Submit {
///     applicant: "p:parent-1".parse()?,
///     child: Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? },
///     benefit: None, documents: None, channel: None, channel_number: None, application: None,
/// };
/// let outcome = register.apply(submit, "2018-01-10T09:00:00+06:00".parse()?)?;
/// let events = outcome.accepted()?;
/// assert_eq!(events[0].fact.name(), "registered");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[doc(alias = "книга учёта", alias = "есепке алу кітабы")]
pub struct Register {
    book: Book,
    calendar: Calendar,
    index: Index,
    history: Vec<Arc<Event>>,
    keys: Keys,
    now: Option<Moment>,
    last: Option<LastOutcome>,
    /// Room for what the next outcome changes, so that not every one asks for its own.
    room: Vec<Undo>,
    /// When something falls due next, once that was asked: every view asks it, and only a change changes it.
    due: OnceLock<Option<Moment>>,
}

/// What the last outcome changed, so that it can be taken back.
#[derive(Clone, Debug)]
struct LastOutcome {
    undo: Vec<Undo>,
    history: usize,
    now: Option<Moment>,
    serial: u32,
    revision: u64,
    calendar: Calendar,
}

/// How a register is opened: its policy, and what a host may set beside it.
#[derive(Clone, Debug)]
pub struct Opening {
    policy: Policy,
    name: String,
    prefix: String,
    calendar: Option<Calendar>,
    chained: bool,
}

impl Opening {
    /// A register under a policy, with the calendar of Kazakhstan and the prefix `UO`.
    #[must_use]
    pub fn new(policy: Policy) -> Opening {
        Opening {
            policy,
            name: "register".to_owned(),
            prefix: "UO".to_owned(),
            calendar: None,
            chained: false,
        }
    }

    /// With a name, such as the settlement's.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Opening {
        Opening { name: name.into(), ..self }
    }

    /// With another prefix of the numbers that it gives (R80, R81).
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Opening {
        Opening { prefix: prefix.into(), ..self }
    }

    /// With the host's own calendar; its id is the policy's.
    #[must_use]
    pub fn calendar(self, calendar: Calendar) -> Opening {
        Opening { calendar: Some(calendar), ..self }
    }

    /// Its journal can be proved: each event carries the SHA-256 of the link before it and of itself (`chain`), and
    /// [`verify`](crate::verify) names the first one that was touched. An event takes a few microseconds more; not the usual.
    #[must_use]
    pub fn chained(self) -> Opening {
        Opening { chained: true, ..self }
    }

    /// Opens the register.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidPolicy`] at `calendar` where no calendar of the policy's id is known;
    /// [`ErrorCode::Malformed`] for a prefix that leaves no room for a number.
    pub fn open(self) -> Result<Register, Error> {
        let calendar = self.calendar.unwrap_or_else(Calendar::kazakhstan);
        if calendar.id() != self.policy.calendar() {
            let expected = format!("{:?}", calendar.id());
            let found = format!("{:?}", self.policy.calendar());
            return Err(Error::new(ErrorCode::InvalidPolicy, "calendar", expected, found));
        }
        let room = self.prefix.chars().count();
        if !(1..=40).contains(&room) {
            return Err(Error::malformed("prefix", "1 to 40 characters", format!("{room} characters")));
        }
        let fact = Fact::Opened {
            format: FORMAT,
            register: self.name,
            policy: Arc::new(self.policy),
            calendar: CalendarStamp {
                id: calendar.id().to_owned(),
                known_at: calendar.known_at(),
                hash: calendar.hash().to_owned(),
            },
            prefix: self.prefix,
        };
        let rule = fact.rule();
        let opened = Event {
            seq: 1,
            at: None,
            fact,
            rule,
            cause: Cause::Command,
            command: Some(1),
            overrides: false,
            envelope: None,
            chain: None,
        };
        let opened = if self.chained { chain::linked(opened, &Sum::NOTHING) } else { opened };
        Register::begin(opened, calendar)
    }
}

impl Register {
    /// An empty register under a policy; see [`Opening`] for what else can be set.
    ///
    /// # Errors
    /// As [`Opening::open`].
    pub fn new(policy: Policy) -> Result<Register, Error> {
        Opening::new(policy).open()
    }

    fn begin(opened: Event, calendar: Calendar) -> Result<Register, Error> {
        let book = Book::opened(&opened)
            .ok_or_else(|| Error::new(ErrorCode::CorruptHistory, "[0]", "opened", opened.fact.name()))?;
        Ok(Register {
            index: Index::new(&book.rules.policy),
            book,
            calendar,
            history: vec![Arc::new(opened)],
            keys: Keys::default(),
            now: None,
            last: None,
            room: Vec::new(),
            due: OnceLock::new(),
        })
    }

    /// Settles what fell due up to `now`, then does a command or denies it.
    ///
    /// A denied command changes nothing beyond what had fallen due. A command whose `key` was done before is
    /// answered with the same outcome, and nothing is settled.
    ///
    /// # Errors
    /// Nothing at all has changed then: [`ErrorCode::KeyConflict`], [`ErrorCode::StaleRevision`],
    /// [`ErrorCode::OutsideCalendar`], [`ErrorCode::ClockMovedBack`], [`ErrorCode::NumbersExhausted`].
    pub fn apply(&mut self, command: impl Into<Command>, now: Moment) -> Result<Outcome, Error> {
        let command = command.into();
        let body = command.body();
        self.apply_with_body(&command, body, now)
    }

    /// The same, where the body that a key stands for is known.
    pub(crate) fn apply_with_body(
        &mut self,
        command: &Command,
        body: Option<String>,
        now: Moment,
    ) -> Result<Outcome, Error> {
        if let Some(done) = self.answered_now(command.key.as_deref(), body.as_deref())? {
            return Ok(done);
        }
        self.well_formed(command, now)?;
        self.check_revision(command)?;
        self.check_clock(now)?;
        let before = self.last.take();
        self.start();
        let began = self.history.len();
        self.settle(now);
        let denials = match self.judge(command, now) {
            Ok(case) => {
                if let Err(error) = self.possible(command, case, now) {
                    // Nothing at all has changed: what fell due is taken back too.
                    let _ = self.rollback();
                    self.last = before;
                    return Err(error);
                }
                let settled = self.history.len().saturating_sub(began);
                self.act(command, case, Trigger::of(command, body, settled), now);
                self.remember(command, began);
                Vec::new()
            }
            Err(reasons) => self.denials(reasons),
        };
        self.make_room(before);
        Ok(Outcome { events: self.since(began), denials })
    }

    /// The outcome of a command that was done under this key: the last outcome from now on, and an empty one to
    /// take back.
    pub(crate) fn answered_now(
        &mut self,
        key: Option<&str>,
        body: Option<&str>,
    ) -> Result<Option<Outcome>, Error> {
        let done = self.answered(key, body)?;
        if done.is_some() {
            self.start();
        }
        Ok(done)
    }

    /// Settles what fell due up to `now`.
    ///
    /// # Errors
    /// [`ErrorCode::OutsideCalendar`], [`ErrorCode::ClockMovedBack`]; nothing has changed then.
    pub fn advance(&mut self, now: Moment) -> Result<Outcome, Error> {
        self.check_clock(now)?;
        self.start();
        let began = self.history.len();
        self.settle(now);
        Ok(Outcome { events: self.since(began), denials: Vec::new() })
    }

    /// What stands against a command: nothing, or every unmet condition. It changes nothing.
    ///
    /// # Errors
    /// As [`Register::apply`], and [`ErrorCode::NotSettled`] while something is due by `now`.
    pub fn check(&self, command: impl Into<Command>, now: Moment) -> Result<Vec<Denial>, Error> {
        let command = command.into();
        let body = command.body();
        if self.answered(command.key.as_deref(), body.as_deref())?.is_some() {
            return Ok(Vec::new());
        }
        self.check_unanswered(&command, now)
    }

    pub(crate) fn check_unanswered(&self, command: &Command, now: Moment) -> Result<Vec<Denial>, Error> {
        self.well_formed(command, now)?;
        self.check_revision(command)?;
        self.check_settled(now)?;
        match self.judge(command, now) {
            Ok(case) => self.possible(command, case, now).map(|()| Vec::new()),
            Err(reasons) => Ok(self.denials(reasons)),
        }
    }

    /// Takes back the last outcome exactly: the host's transaction failed. `false` when there is none to take
    /// back (it was taken back already, or the register has just been opened, replayed or restored).
    #[must_use]
    pub fn rollback(&mut self) -> bool {
        let Some(last) = self.last.take() else { return false };
        let anew = last.undo.iter().any(|undo| matches!(undo, Undo::Rules(_)));
        for undo in last.undo.into_iter().rev() {
            self.index.take_back(undo, &mut self.book, &self.calendar);
        }
        self.calendar = last.calendar;
        if anew {
            self.index = Index::of(&self.book, &self.calendar);
        }
        self.history.truncate(last.history);
        self.keys.forget_after(last.revision);
        // What was followed may have been the rest of an outcome whose first part stays.
        self.keys.grow(&self.history, last.history);
        self.book.revision = last.revision;
        self.book.serial = last.serial;
        self.now = last.now;
        // Whoever was changed back stands as one who has just come: time decides anew who is old enough.
        self.index.queue.unripen();
        self.ripen(self.now.unwrap_or(Moment::from_unix(i64::MIN)));
        true
    }

    /// The `seq` of the last event.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.book.revision
    }

    /// The last moment that the register has seen; none before the first.
    #[must_use]
    pub fn now(&self) -> Option<Moment> {
        self.now
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.book.rules.policy
    }

    /// The calendar in force.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Every event that the register keeps, the oldest first: all of them, unless the host has taken them over
    /// ([`Register::leave_history`]).
    #[must_use]
    pub fn events(&self) -> &[Arc<Event>] {
        &self.history
    }

    /// Gives all events to the host that keeps them itself, but for the last one, which stays here too. A register
    /// of years is then its state alone, and so is what [`Register::pack`] makes of it. The views that tell of the
    /// past (`history`, `documents`, `messages`, `explain_position`, `forecast`, `overrides`, `referral`) and the
    /// repetition of an older command by its key answer from then on with [`ErrorCode::NotFound`] at `events`: the
    /// host asks them of a register that it replays. [`Register::rollback`] has nothing to take back.
    ///
    /// ```
    /// use kezek::{Action, Language, Policy, Register};
    /// let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// let publish = Action::PublishVacancy {
    ///     kindergarten: "bobek".parse()?, group_year: 2015, language: Language::Kk, places: 1, kind: None,
    /// };
    /// let _ = register.apply(publish, "2018-01-15T09:00:00+06:00".parse()?)?.accepted()?;
    /// let told = register.leave_history();
    /// assert_eq!((told.len(), register.events().len(), register.revision()), (2, 1, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn leave_history(&mut self) -> Vec<Arc<Event>> {
        self.last = None;
        let last = self.history.last().cloned();
        std::mem::replace(&mut self.history, last.into_iter().collect())
    }

    /// The events after the one with this `seq`, the oldest first: 0 for all of them.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] at `events` where the host keeps some of them.
    pub fn events_after(&self, seq: u64) -> Result<&[Arc<Event>], Error> {
        if seq >= self.revision() {
            return Ok(&[]);
        }
        self.kept(seq.saturating_add(1), self.revision())
    }

    /// Every event since the opening.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] where the host keeps them.
    pub(crate) fn whole_history(&self) -> Result<&[Arc<Event>], Error> {
        self.kept(1, self.revision())
    }

    /// The events from one `seq` to another.
    pub(crate) fn kept(&self, first: u64, last: u64) -> Result<&[Arc<Event>], Error> {
        let begins = self.history.first().map_or(0, |event| event.seq);
        let place = |seq: u64| usize::try_from(seq.checked_sub(begins)?).ok();
        let range = place(first).zip(place(last)).and_then(|(first, last)| self.history.get(first..=last));
        range.ok_or_else(|| {
            let found = format!("those from seq {begins} on: the host keeps the rest");
            Error::new(ErrorCode::NotFound, "events", format!("the events from seq {first} on"), found)
        })
    }

    /// Whether every clock stands.
    pub(crate) fn is_paused(&self) -> bool {
        self.book.rules.paused.is_some()
    }

    pub(crate) fn clock(&self) -> Clock<'_> {
        Clock { policy: &self.book.rules.policy, calendar: &self.calendar, since: self.book.rules.since }
    }

    pub(crate) fn book(&self) -> &Book {
        &self.book
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    pub(crate) fn application(&self, holder: u32) -> Option<&Application> {
        self.book.application(holder)
    }

    /// Begins an outcome: what it changes can be taken back.
    fn start(&mut self) {
        let mut undo = match self.last.take() {
            Some(before) => before.undo,
            None => std::mem::take(&mut self.room),
        };
        undo.clear();
        self.index.queue.stays();
        self.last = Some(LastOutcome {
            undo,
            history: self.history.len(),
            now: self.now,
            serial: self.book.serial,
            revision: self.book.revision,
            calendar: self.calendar.clone(),
        });
    }

    /// An outcome that is no longer taken back leaves its room.
    fn make_room(&mut self, before: Option<LastOutcome>) {
        if let Some(LastOutcome { mut undo, .. }) = before {
            undo.clear();
            self.room = undo;
        }
    }

    fn since(&self, began: usize) -> Vec<Arc<Event>> {
        self.history.get(began..).map(<[_]>::to_vec).unwrap_or_default()
    }

    /// Writes a fact down and takes it in: the one place where the register changes.
    fn record(&mut self, fact: Fact, at: Moment, by: &mut Trigger) {
        let event = by.event(self.book.revision.saturating_add(1), at, fact);
        let event = match self.chain() {
            Some(before) => chain::linked(event, before),
            None => event,
        };
        self.take_in(&event);
        self.history.push(Arc::new(event));
    }

    fn take_in(&mut self, event: &Event) {
        self.due.take();
        let policy = Arc::clone(&self.book.rules.policy);
        let mut nowhere = Vec::new();
        let undo = self.last.as_mut().map_or(&mut nowhere, |last| &mut last.undo);
        let clock = Clock { policy: &policy, calendar: &self.calendar, since: self.book.rules.since };
        let mut live = Live { index: &mut self.index, undo, clock };
        self.book.absorb(event, &mut live);
        self.follow_rules(&event.fact);
    }

    /// Time goes on: those who have come of age may be notified.
    fn ripen(&mut self, now: Moment) {
        self.due.take();
        self.index.queue.ripen(now);
    }

    /// Other rules order, and date, everything anew.
    fn follow_rules(&mut self, fact: &Fact) {
        if let Fact::CalendarChanged { calendar, .. } = fact {
            self.calendar = calendar.clone();
        }
        if let Fact::CalendarChanged { .. } | Fact::PolicyChanged { .. } | Fact::Resumed { .. } = fact {
            self.index = Index::of(&self.book, &self.calendar);
        }
    }

    pub(crate) fn denials(&self, reasons: Vec<DenialReason>) -> Vec<Denial> {
        let policy: Arc<str> = self.book.rules.policy.name().into();
        let name = |reason: DenialReason| Denial { rule: reason.rule(), policy: Arc::clone(&policy), reason };
        reasons.into_iter().map(name).collect()
    }

    fn check_revision(&self, command: &Command) -> Result<(), Error> {
        match command.expected_revision {
            Some(expected) if expected != self.revision() => {
                let found = format!("revision {}", self.revision());
                let expected = format!("revision {expected}");
                Err(Error::new(ErrorCode::StaleRevision, "expected_revision", expected, found))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn check_clock(&self, now: Moment) -> Result<(), Error> {
        self.clock().check(now, self.now)
    }

    /// Whether the register may be asked at that moment.
    pub(crate) fn check_settled(&self, now: Moment) -> Result<(), Error> {
        self.check_clock(now)?;
        match self.next_due() {
            Some(due) if due <= now => {
                let zone = self.policy().zone();
                let expected = format!("advance({})", now.in_zone(zone));
                let found = format!("something due at {}", due.in_zone(zone));
                Err(Error::new(ErrorCode::NotSettled, "now", expected, found))
            }
            Some(_) | None => Ok(()),
        }
    }
}
