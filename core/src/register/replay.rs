//! A register out of its journal: every event is taken in, nothing is decided again.

use std::sync::{Arc, OnceLock};

use super::book::Book;
use super::chain::fits_chain;
use super::index::Index;
use super::keys::Keys;
use super::operate::is_takeable;
use super::{FORMAT, Register};
use crate::application::{Application, Standing};
use crate::error::ErrorCode;
use crate::event::{Event, Imported};
use crate::vacancy::Place;
use crate::{Calendar, Error, Fact, Moment, Seat, Stage, Sum};

impl Register {
    /// The register that a journal tells of, with the calendar of Kazakhstan for what comes next. Events that are shared
    /// (`Arc<Event>`) stay so.
    ///
    /// # Errors
    /// [`ErrorCode::UnsupportedFormat`] for a journal of a later version; [`ErrorCode::CorruptHistory`] with the
    /// index of the first event that does not follow from those before it (a gap, an unknown application).
    pub fn replay(events: impl IntoIterator<Item = impl Into<Arc<Event>>>) -> Result<Register, Error> {
        Register::replay_with(events, Calendar::kazakhstan())
    }

    /// The same, with the host's own calendar for what comes next.
    ///
    /// # Errors
    /// As [`Register::replay`].
    pub fn replay_with(
        events: impl IntoIterator<Item = impl Into<Arc<Event>>>,
        calendar: Calendar,
    ) -> Result<Register, Error> {
        Register::told(&mut events.into_iter().map(Into::into), calendar)
    }

    /// One copy of it, whatever the events stand in.
    fn told(events: &mut dyn Iterator<Item = Arc<Event>>, calendar: Calendar) -> Result<Register, Error> {
        let Journal { book, history, now } = Journal::read(events)?;
        let calendar = book.calendar_or(calendar).map_err(|error| error.under("[0].calendar"))?;
        let mut index = Index::of(&book, &calendar);
        if let Some(now) = now {
            index.queue.ripen(now);
        }
        let keys = Keys::of(&history);
        let (last, room, due) = (None, Vec::new(), OnceLock::new());
        Ok(Register { book, calendar, index, history, keys, now, last, room, due })
    }
}

/// What a journal tells, taken in: neither a calendar nor a policy is asked.
pub(super) struct Journal {
    pub(super) book: Book,
    history: Vec<Arc<Event>>,
    now: Option<Moment>,
}

impl Journal {
    pub(super) fn read(events: &mut dyn Iterator<Item = Arc<Event>>) -> Result<Journal, Error> {
        let opened = events.next().ok_or_else(|| corrupt(0, "the event opened", "no event"))?;
        if let Fact::Opened { format, .. } = opened.fact
            && format != FORMAT
        {
            let found = format.to_string();
            return Err(Error::new(ErrorCode::UnsupportedFormat, "[0].format", FORMAT.to_string(), found));
        }
        if opened.seq != 1 {
            return Err(corrupt(0, "seq 1", format!("seq {}", opened.seq)));
        }
        let book = Book::opened(&opened).ok_or_else(|| corrupt(0, "opened", opened.fact.name()))?;
        if opened.chain.is_some() {
            fits_chain(&opened, Some(&Sum::NOTHING))
                .map_err(|(expected, found)| corrupt(0, expected, found))?;
        }
        let mut journal = Journal { book, history: vec![opened], now: None };
        for (event, index) in events.zip(1..) {
            let before = journal.history.last().and_then(|last| last.chain.as_deref());
            let fits = journal.book.fits(&event, journal.now).and_then(|()| fits_chain(&event, before));
            fits.map_err(|(expected, found)| corrupt(index, expected, found))?;
            journal.book.absorb(&event, &mut ());
            journal.now = event.at.or(journal.now);
            journal.history.push(event);
        }
        Ok(journal)
    }
}

pub(super) fn corrupt(index: usize, expected: impl AsRef<str>, found: impl AsRef<str>) -> Error {
    Error::new(ErrorCode::CorruptHistory, &format!("[{index}]"), expected, found)
}

/// What was expected and what was found.
pub(super) type Misfit = (String, String);

pub(super) fn misfit<T>(expected: impl Into<String>, found: impl Into<String>) -> Result<T, Misfit> {
    Err((expected.into(), found.into()))
}

impl Book {
    /// The calendar for what comes next: the one that an operator made, else the one handed in, by the book's id.
    pub(super) fn calendar_or(&self, calendar: Calendar) -> Result<Calendar, Error> {
        let stamp = &self.rules.calendar;
        if stamp.id != calendar.id() {
            let expected = format!("the calendar {:?}, handed in", stamp.id);
            let found = format!("{:?}", calendar.id());
            return Err(Error::new(ErrorCode::CorruptHistory, "id", expected, found));
        }
        Ok(self.rules.own_calendar.clone().unwrap_or(calendar))
    }

    /// Whether an event may follow: in number, in time, about what exists, in a stage that it can come from.
    pub(super) fn fits(&self, event: &Event, now: Option<Moment>) -> Result<(), Misfit> {
        let next = self.revision.saturating_add(1);
        if event.seq != next {
            return misfit(format!("seq {next}"), format!("seq {}", event.seq));
        }
        match (event.at, now) {
            (None, _) => return misfit("an instant in at", "null"),
            (Some(at), Some(now)) if at < now => return misfit(format!("at {now} or later"), at.to_string()),
            (Some(_), _) => {}
        }
        let Some(number) = event.fact.application() else { return self.fits_places(&event.fact) };
        match (&event.fact, self.holder(number).and_then(|holder| self.application(holder))) {
            (Fact::Registered { .. } | Fact::Imported(_), Some(_)) => {
                misfit("a new number", number.to_string())
            }
            (Fact::Registered { serial, .. }, None) => self.fits_serial(*serial),
            (Fact::Imported(imported), None) => {
                self.fits_serial(imported.serial)?;
                self.fits_import(imported, event)
            }
            (_, None) => misfit("an application that exists", number.to_string()),
            (fact, Some(application)) => self.fits_application(fact, application),
        }
    }

    fn fits_serial(&self, serial: u32) -> Result<(), Misfit> {
        if serial <= self.serial {
            return misfit(format!("a serial above {}", self.serial), serial.to_string());
        }
        Ok(())
    }

    fn fits_import(&self, imported: &Imported, event: &Event) -> Result<(), Misfit> {
        if Application::imported(imported, event).is_none() {
            return misfit("an import with what its stage needs", format!("{:?}", imported.stage));
        }
        if (imported.vacancy, imported.place) == (None, None) {
            return Ok(());
        }
        let is_turn = imported.stage == Stage::Notified;
        let wanted = |place: &Place| if is_turn { place.unoffered().is_some() } else { is_takeable(place) };
        let seat = imported.vacancy.zip(imported.place).map(|(vacancy, place)| Seat { vacancy, place });
        let vacancy = seat.and_then(|seat| self.vacancy(seat.vacancy));
        let is_there =
            vacancy.is_some_and(|vacancy| imported.kindergarten.as_ref() == Some(&vacancy.kindergarten));
        if !(is_there && seat.and_then(|seat| self.place(seat)).is_some_and(wanted)) {
            let found = format!("vacancy {:?}, place {:?}", imported.vacancy, imported.place);
            return misfit("a free place of the kindergarten that is named", found);
        }
        Ok(())
    }

    /// Facts that are about no application.
    fn fits_places(&self, fact: &Fact) -> Result<(), Misfit> {
        if let Fact::Opened { .. } = fact {
            return misfit("opened only once", "again");
        }
        if let Fact::VacancyPublished { vacancy, places, .. } = fact {
            let next = self.vacancies.len().saturating_add(1);
            if usize::try_from(*vacancy) != Ok(next) || !(1..=999).contains(places) {
                return misfit(
                    format!("vacancy {next} with 1 to 999 places"),
                    format!("{vacancy}, {places}"),
                );
            }
        }
        if let Fact::PlacesWithdrawn { vacancy, seats, .. } = fact {
            for place in seats {
                let seat = Seat { vacancy: *vacancy, place: *place };
                if !self.place(seat).is_some_and(is_takeable) {
                    return misfit("a free place", format!("{seat:?}"));
                }
            }
        }
        if let Fact::SeatsOpened { vacancy, places, seats } = fact {
            if usize::from(*places) != seats.len() {
                return misfit(format!("{places} seats"), seats.len().to_string());
            }
            for place in seats {
                let seat = Seat { vacancy: *vacancy, place: *place };
                if self.place(seat).and_then(Place::unoffered).is_none() {
                    return misfit("a place that waits without a turn", format!("{seat:?}"));
                }
            }
        }
        Ok(())
    }

    fn fits_application(&self, fact: &Fact, application: &Application) -> Result<(), Misfit> {
        let standing = &application.standing;
        let live = |number| application.referral().is_some_and(|live| live.number == number);
        let seat_is = |vacancy: u32, place: u16, wanted: fn(&Place) -> bool| {
            self.place(Seat { vacancy, place }).is_some_and(wanted)
        };
        let fits = match fact {
            Fact::BenefitChanged { .. }
            | Fact::BenefitProved { .. }
            | Fact::ReminderDue { .. }
            | Fact::InterestConfirmed { .. } => application.is_active(),
            Fact::ParentLinked { .. } | Fact::Closed { .. } => !matches!(standing, Standing::Closed { .. }),
            Fact::TurnCame { vacancy, place, .. } => {
                matches!(standing, Standing::Queued)
                    && seat_is(*vacancy, *place, |place| place.unoffered().is_some())
            }
            Fact::TurnMoved { vacancy, place, .. } => {
                matches!(standing, Standing::Notified { .. })
                    && seat_is(*vacancy, *place, |place| place.unoffered().is_some())
            }
            Fact::TurnLapsed { vacancy, place, .. } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                matches!(standing, Standing::Notified { seat: own, .. } if *own == seat)
            }
            Fact::ReferralIssued { vacancy, place, kindergarten, .. } => {
                let published = self.vacancy(*vacancy);
                let there = published.is_some_and(|published| published.kindergarten == *kindergarten);
                there
                    && matches!(
                        standing,
                        Standing::Queued
                            | Standing::Notified { .. }
                            | Standing::StopListed { .. }
                            | Standing::Inactive { .. }
                    )
                    && seat_is(*vacancy, *place, |place| matches!(place, Place::Waiting { .. } | Place::Open))
            }
            Fact::ReferralExtended { referral, .. }
            | Fact::ReferralRecalled { referral, .. }
            | Fact::ReferralExpired { referral, .. }
            | Fact::Visited { referral, .. }
            | Fact::Refused { referral, .. }
            | Fact::Enrolled { referral, .. } => {
                matches!(standing, Standing::Referred { .. }) && live(*referral)
            }
            Fact::RefusalUpheld { referral, .. } | Fact::RefusalOverturned { referral, .. } => {
                matches!(standing, Standing::UnderReview { .. }) && live(*referral)
            }
            Fact::StopListed { .. } => matches!(standing, Standing::Queued),
            Fact::StopListEnded { .. } => matches!(standing, Standing::StopListed { .. }),
            Fact::BenefitLost { .. } | Fact::MadeInactive { .. } => matches!(standing, Standing::Queued),
            Fact::Restored { .. } => matches!(standing, Standing::Inactive { .. }),
            Fact::SeatReturned { vacancy, place, .. } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                let own = self.holder(&application.number);
                let given_up = application.referral().is_none_or(|live| live.seat != seat);
                let is_own = matches!(self.place(seat), Some(Place::Referred { by }) if Some(*by) == own);
                given_up && is_own
            }
            Fact::Departed { .. } => matches!(standing, Standing::Enrolled(_)),
            Fact::Reinstated { .. } => {
                matches!(standing, Standing::Closed { .. } | Standing::StopListed { .. })
            }
            Fact::ReferralVoided { .. } => application.referral().is_some(),
            Fact::EnrolmentVoided { .. } => application.enrolment().is_some_and(|own| own.seat.is_some()),
            Fact::DepartureVoided { .. } => matches!(standing, Standing::Closed { left: Some(_), .. }),
            Fact::ParentUnlinked { .. } => !application.parents.is_empty(),
            Fact::Corrected { .. } => application.is_active(),
            Fact::DeadlineMoved { of, .. } => application.ends().iter().any(|(which, _)| which == of),
            Fact::Opened { .. }
            | Fact::Registered { .. }
            | Fact::Imported(_)
            | Fact::VacancyPublished { .. }
            | Fact::PlacesWithdrawn { .. }
            | Fact::PolicyAnnounced { .. }
            | Fact::PolicyChanged { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. }
            | Fact::SeatsOpened { .. } => true,
        };
        if fits {
            return Ok(());
        }
        misfit(
            format!("an application that {} can follow", fact.name()),
            format!("one that is {:?}", application.stage()),
        )
    }
}
