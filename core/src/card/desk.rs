//! What concerns no application yet: a registration, and a publication. For portals that keep their own rows.

use std::sync::Arc;

use super::{Called, Card, CardOutcome, Effect, Line, LinePlaces, Rules, check_revision};
use crate::application::Application;
use crate::application::begin::registration;
use crate::application::submit::{Others, judge_submit};
use crate::command::About;
use crate::error::ErrorCode;
use crate::event::Trigger;
use crate::vacancy::{judge_publish, publication};
use crate::{
    ApplicationNumber, Calendar, Command, Denial, DenialReason, Error, Fact, Moment, Outcome, Policy,
    VacancyId,
};

/// R80: serials have six digits.
const LAST_SERIAL: u32 = 999_999;

/// The desk at which applications and free places come in, for a portal that keeps its own rows: the register's
/// own rules, for what has no card yet.
///
/// ```
/// use kezek::{Action, Child, Desk, Policy, Registration};
/// let desk = Desk::new(Policy::named("akmola-2018")?);
/// let submit = Action::Submit {
///     applicant: "p:parent-1".parse()?,
///     child: Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? },
///     benefit: None, documents: None, channel: None, channel_number: None, application: None,
/// };
/// // The portal's rows say that no application has the number, and that the child is in no queue.
/// let known = Registration { serial: 1, taken: None, active: None };
/// let filed = desk.submit(submit, &known, "2018-01-10T09:00:00+06:00".parse()?)?;
/// assert_eq!(filed.outcome.accepted()?[0].fact.name(), "registered");
/// assert_eq!(filed.card.ok_or("a card")?.application().application.to_string(), "UO.2018.000001.1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Desk {
    rules: Rules,
    prefix: String,
    revision: u64,
}

/// What a portal's rows say about a registration.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The next serial, 1 to 999,999.
    pub serial: u32,
    /// The application that has the number which the command asks for (R80, R82); none where it asks for none. A
    /// serial whose own number ([`Desk::number`]) is taken is skipped.
    pub taken: Option<ApplicationNumber>,
    /// The child's active application (O27).
    pub active: Option<ApplicationNumber>,
}

/// What the desk answers to a registration.
#[derive(Clone, Debug)]
#[must_use = "a denial is an answer, not an error: look at the outcome"]
pub struct Filed {
    /// What happened, or what stood against it.
    pub outcome: Outcome,
    /// The card of the new application; none where it was denied.
    pub card: Option<Card>,
    /// What the host changes in its other rows.
    pub effects: Vec<Effect>,
}

impl Desk {
    /// A desk under a policy, with the calendar of Kazakhstan and the prefix `UO`.
    #[must_use]
    pub fn new(policy: Policy) -> Desk {
        let (policy, calendar) = (Arc::new(policy), Calendar::kazakhstan());
        Desk {
            rules: Rules { policy, calendar, since: None, paused: false },
            prefix: "UO".to_owned(),
            revision: 0,
        }
    }

    /// Numbers its events after the last one of the host's journal.
    #[must_use]
    pub fn after(self, revision: u64) -> Desk {
        Desk { revision, ..self }
    }

    /// With the host's own calendar; its id is the policy's.
    #[must_use]
    pub fn calendar(mut self, calendar: Calendar) -> Desk {
        self.rules.calendar = calendar;
        self
    }

    /// With another prefix of the numbers that it gives (R80, R81).
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Desk {
        Desk { prefix: prefix.into(), ..self }
    }

    /// Whether every clock of the settlement stands: nothing is taken in then.
    #[must_use]
    pub fn paused(mut self, paused: bool) -> Desk {
        self.rules.paused = paused;
        self
    }

    /// The number that an application with this serial gets (R80).
    #[must_use]
    pub fn number(&self, serial: u32, now: Moment) -> ApplicationNumber {
        ApplicationNumber::of(&self.prefix, self.rules.clock().day(now).year(), serial)
    }

    /// Puts a child in the queue, or denies it (R12-R24).
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`] for another command, or serial 0; [`ErrorCode::StaleRevision`];
    /// [`ErrorCode::OutsideCalendar`]; [`ErrorCode::NumbersExhausted`] for serial 1,000,000.
    pub fn submit(
        &self,
        command: impl Into<Command>,
        known: &Registration,
        now: Moment,
    ) -> Result<Filed, Error> {
        let command = command.into();
        let About::Registration(asked, _) = command.action.about() else {
            return Err(Error::malformed("type", "submit", command.action.name()));
        };
        self.check_revision(&command)?;
        let clock = self.rules.clock();
        clock.check(now, None)?;
        if known.serial == 0 {
            return Err(Error::malformed("serial", "1 to 999999", "0"));
        }
        let others = Others { taken: known.taken.clone(), active: known.active.clone() };
        let denials = self.denials(judge_submit(&command, &others, clock, now));
        if denials.is_empty() && known.serial > LAST_SERIAL {
            let expected = "a serial up to 999999";
            let found = known.serial.to_string();
            return Err(Error::new(ErrorCode::NumbersExhausted, "application", expected, found));
        }
        let number = asked.cloned().unwrap_or_else(|| self.number(known.serial, now));
        let fact = registration(&command.action, number, known.serial, clock, now);
        let new = fact.as_ref().and_then(Application::registered);
        match (fact, new) {
            (Some(fact), Some(new)) if denials.is_empty() => Ok(self.filed(fact, new, &command, now)),
            (_, _) => {
                let outcome = Outcome { events: Vec::new(), denials };
                Ok(Filed { outcome, card: None, effects: Vec::new() })
            }
        }
    }

    fn filed(&self, fact: Fact, new: Application, command: &Command, now: Moment) -> Filed {
        let line = Line {
            enrolled_with: None,
            next_referral: new.next_referral(),
            places: LinePlaces::default(),
            offers: Vec::new(),
            cycle: 0,
        };
        let event = Arc::new(Trigger::of(command, command.body(), 0).event(self.next(), now, fact));
        let card = Card::new(new, line, self.rules.clone(), (event.seq, Some(now), None));
        // What is late when it is written down falls due at once.
        let CardOutcome { outcome, card, mut effects } = card.begun(now);
        let call = Effect::LineToCall { group_year: card.application().group_year };
        effects.retain(|effect| *effect != call);
        effects.push(call);
        let events = std::iter::once(event).chain(outcome.events).collect();
        Filed { outcome: Outcome { events, denials: Vec::new() }, card: Some(card), effects }
    }

    /// Publishes places, or denies it (R60-R68): `vacancy` is the number that they get. They wait for those
    /// whose turn it is; call the line.
    ///
    /// # Errors
    /// As [`Desk::submit`], but for the serials.
    pub fn publish(
        &self,
        command: impl Into<Command>,
        vacancy: VacancyId,
        now: Moment,
    ) -> Result<Outcome, Error> {
        let command = command.into();
        let About::Publication = command.action.about() else {
            return Err(Error::malformed("type", "publish_vacancy", command.action.name()));
        };
        self.check_revision(&command)?;
        let clock = self.rules.clock();
        clock.check(now, None)?;
        let denials = self.denials(judge_publish(&command, clock, now));
        let fact = publication(&command.action, vacancy, clock, now).filter(|_| denials.is_empty());
        let event = fact.map(|fact| Trigger::of(&command, command.body(), 0).event(self.next(), now, fact));
        Ok(Outcome { events: event.into_iter().map(Arc::new).collect(), denials })
    }

    /// Opens places that nobody can be offered (R41): those of one vacancy, in their order.
    ///
    /// # Errors
    /// [`ErrorCode::Malformed`] without any; [`ErrorCode::OutsideCalendar`].
    pub fn open(
        &self,
        vacancy: VacancyId,
        seats: Vec<u16>,
        now: Moment,
        by: Called,
    ) -> Result<Outcome, Error> {
        if seats.is_empty() {
            return Err(Error::malformed("seats", "at least one place", "none"));
        }
        self.rules.clock().check(now, None)?;
        let places = u16::try_from(seats.len()).unwrap_or(u16::MAX);
        let fact = Fact::SeatsOpened { vacancy, places, seats };
        let event = by.trigger().event(self.next(), now, fact);
        Ok(Outcome { events: vec![Arc::new(event)], denials: Vec::new() })
    }

    /// What stands against a command; while every clock stands that first.
    fn denials(&self, reasons: Vec<DenialReason>) -> Vec<Denial> {
        let paused = self.rules.paused.then_some(DenialReason::Paused);
        self.rules.denials(paused.into_iter().chain(reasons).collect())
    }

    fn check_revision(&self, command: &Command) -> Result<(), Error> {
        check_revision(command, self.revision)
    }

    fn next(&self) -> u64 {
        self.revision.saturating_add(1)
    }
}
