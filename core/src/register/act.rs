//! Doing a command that nothing stands against: its first fact, what that brings about, and then whatever has
//! become due, turns and openings at the same moment.

use super::Register;
use super::judge::Case;
use crate::application::begin::registration;
use crate::application::{Application, Held};
use crate::error::ErrorCode;
use crate::event::Trigger;
use crate::vacancy::{Place, Vacancy, publication};
use crate::{Action, ApplicationNumber, Command, Error, Fact, Moment, ReferralNumber, Seat, VacancyId};

/// Serials have six digits, referrals two (R80, R84).
const LAST_SERIAL: u32 = 999_999;
const LAST_REFERRAL: u16 = 99;

impl Register {
    pub(super) fn act(&mut self, command: &Command, case: Case, mut by: Trigger, now: Moment) {
        match case {
            Case::Registration => {
                if let Some(fact) = self.registered(&command.action, now) {
                    self.record(fact, now, &mut by);
                }
            }
            Case::Publication => {
                if let Some(fact) = self.published(&command.action, now) {
                    self.record(fact, now, &mut by);
                }
            }
            Case::Choice(holder, vacancy) => self.choose(holder, vacancy, now, &mut by),
            Case::Operation(holder) => {
                if let Action::Operate(operation) = &command.action {
                    self.operate(&operation.deed, holder, now, &mut by);
                }
            }
            Case::Application(holder) => {
                let case = self.application(holder);
                let first = case.and_then(|case| case.first_fact(&command.action, self.clock(), now));
                if let Some(first) = first {
                    self.record_chain(holder, first, now, &mut by);
                }
            }
        }
        self.settle_moment(now, &mut by);
    }

    /// What may stand in the way of a command although no rule does: errors, which change nothing.
    pub(super) fn possible(&self, command: &Command, case: Case, now: Moment) -> Result<(), Error> {
        match (case, &command.action) {
            (Case::Registration, Action::Submit { application, .. }) => {
                // Not more numbers can be taken than there are applications: mostly one is left without looking.
                let taken = u32::try_from(self.book.applications.len()).unwrap_or(u32::MAX);
                if self.book.serial.saturating_add(taken) < LAST_SERIAL {
                    return Ok(());
                }
                self.next_number(application.as_ref(), now).map(|_| ())
            }
            (Case::Choice(holder, _), _) => match self.application(holder) {
                Some(application) => self.next_referral(application).map(|_| ()),
                None => Ok(()),
            },
            (Case::Operation(holder), Action::Operate(operation)) => {
                self.possible_operation(&operation.deed, holder, now)
            }
            (Case::Registration | Case::Publication | Case::Application(_) | Case::Operation(_), _) => Ok(()),
        }
    }

    fn registered(&self, action: &Action, now: Moment) -> Option<Fact> {
        let Action::Submit { application, .. } = action else { return None };
        let (number, serial) = self.next_number(application.as_ref(), now).ok()?;
        registration(action, number, serial, self.clock(), now)
    }

    /// The host's number, or the register's own (R80); a serial whose number is taken is skipped.
    pub(super) fn next_number(
        &self,
        own: Option<&ApplicationNumber>,
        now: Moment,
    ) -> Result<(ApplicationNumber, u32), Error> {
        let year = self.clock().day(now).year();
        let mut serial = self.book.serial.saturating_add(1);
        while serial <= LAST_SERIAL {
            let number = match own {
                Some(number) => return Ok((number.clone(), serial)),
                None => ApplicationNumber::of(&self.book.prefix, year, serial),
            };
            if self.book.holder(&number).is_none() {
                return Ok((number, serial));
            }
            serial = serial.saturating_add(1);
        }
        Err(Error::new(
            ErrorCode::NumbersExhausted,
            "application",
            "a serial up to 999999",
            serial.to_string(),
        ))
    }

    fn published(&self, action: &Action, now: Moment) -> Option<Fact> {
        let last = VacancyId::try_from(self.book.vacancies.len()).unwrap_or(VacancyId::MAX);
        publication(action, last.saturating_add(1), self.clock(), now)
    }

    /// R44: choosing issues the referral at once.
    fn choose(&mut self, holder: u32, vacancy: VacancyId, now: Moment, by: &mut Trigger) {
        let turn = match self.application(holder).map(Application::held) {
            Some(Held::Turn(seat)) => Some(seat),
            Some(Held::Referral(_) | Held::Nothing) | None => None,
        };
        let published = self.book.vacancy(vacancy);
        let Some((place, displaced)) =
            published.and_then(|published| place_to_take(published, vacancy, turn))
        else {
            return;
        };
        self.issue_at(holder, Seat { vacancy, place }, now, by);
        // The turn whose place was taken is from now on for the place that this one's was for.
        if let (Some(displaced), Some(own)) = (displaced.and_then(|other| self.application(other)), turn) {
            let application = displaced.number.clone();
            self.record(Fact::TurnMoved { application, vacancy: own.vacancy, place: own.place }, now, by);
        }
    }

    /// Issues a referral to a place.
    pub(super) fn issue_at(&mut self, holder: u32, seat: Seat, now: Moment, by: &mut Trigger) {
        let (Some(application), Some(vacancy)) = (self.application(holder), self.book.vacancy(seat.vacancy))
        else {
            return;
        };
        let Ok(referral) = self.next_referral(application) else { return };
        let fact = application.referred_to(seat, &vacancy.kindergarten, referral, self.clock(), now);
        self.record(fact, now, by);
    }

    /// R84: the serial and the ordinal; one that was taken over under that number is skipped.
    pub(crate) fn next_referral(&self, application: &Application) -> Result<ReferralNumber, Error> {
        self.referral_after(application.serial, application.referrals)
    }

    /// The first referral number of a serial, after so many, that was not taken over.
    pub(super) fn referral_after(&self, serial: u32, issued: u16) -> Result<ReferralNumber, Error> {
        let mut ordinals = issued.saturating_add(1)..=LAST_REFERRAL;
        let number = |ordinal: u16| ReferralNumber::of(serial, u32::from(ordinal));
        ordinals
            .find(|ordinal| self.index.of_foreign(&self.book, number(*ordinal)).is_none())
            .map(number)
            .ok_or_else(|| {
                let found = format!("the referral {}", u32::from(issued) + 1);
                Error::new(
                    ErrorCode::NumbersExhausted,
                    "referral",
                    "99 of one application at the most",
                    found,
                )
            })
    }
}

/// Which place a choice takes, and whose turn was for it.
///
/// With a turn: his own turn's, then one that no turn is for, then the first in order of places, else an open
/// one. Without: an open one.
fn place_to_take(vacancy: &Vacancy, id: VacancyId, turn: Option<Seat>) -> Option<(u16, Option<u32>)> {
    let open =
        || vacancy.places().find(|(_, place)| **place == Place::Open).map(|(number, _)| (number, None));
    let Some(own) = turn else { return open() };
    let waiting = || {
        vacancy.places().filter_map(|(number, place)| match place {
            Place::Waiting { turn, .. } => Some((number, *turn)),
            Place::Open | Place::Referred { .. } | Place::Filled { .. } | Place::Gone => None,
        })
    };
    if own.vacancy == id && waiting().any(|(number, _)| number == own.place) {
        return Some((own.place, None));
    }
    waiting().find(|(_, turn)| turn.is_none()).or_else(|| waiting().next()).or_else(open)
}
