//! A register out of its journal: every event is taken in, nothing is decided again.

use std::sync::Arc;

use super::book::Book;
use super::index::Index;
use super::keys::Keys;
use super::{FORMAT, Register};
use crate::application::{Application, Standing};
use crate::error::ErrorCode;
use crate::event::Event;
use crate::vacancy::Place;
use crate::{Calendar, Error, Fact, Moment, Seat};

impl Register {
    /// The register that a journal tells of, with the calendar of Kazakhstan for what comes next.
    ///
    /// # Errors
    /// [`ErrorCode::UnsupportedFormat`] for a journal of a later version; [`ErrorCode::CorruptHistory`] with the
    /// index of the first event that does not follow from those before it (a gap, an unknown application).
    pub fn replay(events: impl IntoIterator<Item = Event>) -> Result<Register, Error> {
        Register::replay_with(events, Calendar::kazakhstan())
    }

    /// The same, with the host's own calendar for what comes next.
    ///
    /// # Errors
    /// As [`Register::replay`].
    pub fn replay_with(
        events: impl IntoIterator<Item = Event>,
        calendar: Calendar,
    ) -> Result<Register, Error> {
        let Journal { book, history, now } = Journal::read(events)?;
        let mut index = Index::of(&book);
        if let Some(now) = now {
            index.queue.ripen(now);
        }
        let keys = Keys::of(&history);
        Ok(Register { book, calendar, index, history, keys, now, last: None })
    }
}

/// What a journal tells, taken in: neither a calendar nor a policy is asked.
pub(super) struct Journal {
    pub(super) book: Book,
    history: Vec<Arc<Event>>,
    now: Option<Moment>,
}

impl Journal {
    pub(super) fn read(events: impl IntoIterator<Item = Event>) -> Result<Journal, Error> {
        let mut events = events.into_iter();
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
        let mut journal = Journal { book, history: vec![Arc::new(opened)], now: None };
        for (event, index) in events.zip(1..) {
            let fits = journal.book.fits(&event, journal.now);
            fits.map_err(|(expected, found)| corrupt(index, expected, found))?;
            journal.book.absorb(&event, &mut ());
            journal.now = event.at.or(journal.now);
            journal.history.push(Arc::new(event));
        }
        Ok(journal)
    }
}

fn corrupt(index: usize, expected: impl Into<String>, found: impl Into<String>) -> Error {
    Error::new(ErrorCode::CorruptHistory, format!("[{index}]"), expected, found)
}

/// What was expected and what was found.
type Misfit = (String, String);

fn misfit<T>(expected: impl Into<String>, found: impl Into<String>) -> Result<T, Misfit> {
    Err((expected.into(), found.into()))
}

impl Book {
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
        match &event.fact {
            Fact::Opened { .. } => return misfit("opened only once", "again"),
            Fact::Registered { application, serial, .. } => {
                if self.holder(application).is_some() {
                    return misfit("a new number", application.to_string());
                }
                if *serial <= self.serial {
                    return misfit(format!("a serial above {}", self.serial), serial.to_string());
                }
                return Ok(());
            }
            Fact::VacancyPublished { vacancy, places, .. } => {
                let next = self.vacancies.len().saturating_add(1);
                if usize::try_from(*vacancy) != Ok(next) || !(1..=999).contains(places) {
                    return misfit(
                        format!("vacancy {next} with 1 to 999 places"),
                        format!("{vacancy}, {places}"),
                    );
                }
                return Ok(());
            }
            Fact::SeatsOpened { vacancy, places, seats } => {
                if usize::from(*places) != seats.len() {
                    return misfit(format!("{places} seats"), seats.len().to_string());
                }
                for place in seats {
                    let seat = Seat { vacancy: *vacancy, place: *place };
                    if self.place(seat).and_then(Place::unoffered).is_none() {
                        return misfit("a place that waits without a turn", format!("{seat:?}"));
                    }
                }
                return Ok(());
            }
            _about_an_application => {}
        }
        let application = event
            .fact
            .application()
            .and_then(|number| self.application(self.holder(number)?))
            .ok_or_else(|| ("an application that exists".to_owned(), "another".to_owned()))?;
        self.fits_application(&event.fact, application)
    }

    fn fits_application(&self, fact: &Fact, application: &Application) -> Result<(), Misfit> {
        let standing = &application.standing;
        let live = |number| application.referral().is_some_and(|live| live.number == number);
        let seat_is = |vacancy: u32, place: u16, wanted: fn(&Place) -> bool| {
            self.place(Seat { vacancy, place }).is_some_and(wanted)
        };
        let fits = match fact {
            Fact::BenefitChanged { .. } | Fact::BenefitProved { .. } | Fact::InterestConfirmed { .. } => {
                application.is_active()
            }
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
            Fact::ReferralIssued { vacancy, place, .. } => {
                matches!(standing, Standing::Queued | Standing::Notified { .. })
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
            Fact::SeatReturned { vacancy, place, .. } => {
                seat_is(*vacancy, *place, |place| matches!(place, Place::Referred { .. }))
            }
            Fact::Departed { .. } => matches!(standing, Standing::Enrolled { .. }),
            Fact::Opened { .. }
            | Fact::Registered { .. }
            | Fact::VacancyPublished { .. }
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
