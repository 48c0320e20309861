//! The whole register as bytes, beside its JSON: a third of the size, and read without deciding anything.

use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

use super::Register;
use super::book::{Announced, Book, Rules};
use super::index::Index;
use super::keys::{Done, Keys};
use super::lookup::Lookup;
use crate::application::{Application, Held, Standing};
use crate::error::ErrorCode;
use crate::event::Event;
use crate::packed::{Packed, Packer, Unpacker, packed};
use crate::vacancy::{Place, Vacancy};
use crate::written::json_text;
use crate::{Calendar, Error, Moment};

/// What the bytes begin with; the number of the format follows.
const MAGIC: &[u8] = b"kezek";

/// The format of the bytes: another one whenever a packed type changes.
const FORMAT: u32 = 3;

/// What they end with: the SHA-256 of all before it.
const SUM: usize = 32;

packed!(Rules { policy, announced, calendar, own_calendar, paused, since });
packed!(Announced { from, policy });
packed!(Done { body, events });

impl Register {
    /// The register as bytes: its state, the keys that it has answered, and the events that it keeps
    /// ([`Register::leave_history`] makes them few). [`Register::unpack`] reads them.
    ///
    /// ```
    /// use kezek::{Policy, Register};
    /// let register = Register::new(Policy::named("akmola-2018")?)?;
    /// let again = Register::unpack(&register.pack())?;
    /// assert_eq!(again.digest(), register.digest());
    /// # Ok::<(), kezek::Error>(())
    /// ```
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut to = Packer::default();
        to.bytes(MAGIC);
        FORMAT.pack(&mut to);
        self.now.pack(&mut to);
        self.book.pack(&mut to);
        self.keys.pack(&mut to);
        to.length(self.history.len());
        for event in &self.history {
            to.text(&json_text(event));
        }
        let mut bytes = to.finish();
        let sum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&sum);
        bytes
    }

    /// The register of such bytes, with the calendar of Kazakhstan for what comes next. Nothing is decided and nothing
    /// replayed: the sum at the end says that they are whole.
    ///
    /// # Errors
    /// [`ErrorCode::CorruptHistory`] for bytes that are not whole, with the place where it shows;
    /// [`ErrorCode::UnsupportedFormat`] for those of a later version.
    pub fn unpack(bytes: &[u8]) -> Result<Register, Error> {
        Register::unpack_with(bytes, Calendar::kazakhstan())
    }

    /// The same, with the host's own calendar for what comes next.
    ///
    /// # Errors
    /// As [`Register::unpack`].
    pub fn unpack_with(bytes: &[u8], calendar: Calendar) -> Result<Register, Error> {
        let whole = bytes.len().checked_sub(SUM).and_then(|end| bytes.split_at_checked(end));
        let (content, sum) = whole.filter(|(content, _)| content.starts_with(MAGIC)).ok_or_else(|| {
            Error::new(ErrorCode::CorruptHistory, "", "a packed register", format!("{} bytes", bytes.len()))
        })?;
        let mut from = Unpacker::new(content);
        let format = from.bytes(MAGIC.len()).and_then(|_| from.number());
        if let Some(other) = format.filter(|format| *format != u64::from(FORMAT)) {
            let expected = FORMAT.to_string();
            return Err(Error::new(ErrorCode::UnsupportedFormat, "format", expected, other.to_string()));
        }
        if Sha256::digest(content).as_slice() != sum {
            return Err(Error::new(ErrorCode::CorruptHistory, "sum", "the SHA-256 of the bytes", "another"));
        }
        let read = Register::read_packed(&mut from, calendar)?;
        read.ok_or_else(|| {
            let found = format!("something else before the last {} bytes", from.left());
            Error::new(ErrorCode::CorruptHistory, "", "a register of this version", found)
        })
    }

    fn read_packed(from: &mut Unpacker<'_>, calendar: Calendar) -> Result<Option<Register>, Error> {
        let (Some(now), Some(book), Some(keys)) =
            (Packed::unpack(from), Book::unpack(from), Keys::unpack(from))
        else {
            return Ok(None);
        };
        let Some(history) = kept(from, book.revision).filter(|_| from.is_empty()) else { return Ok(None) };
        let now: Option<Moment> = now;
        let calendar = book.calendar_or(calendar).map_err(|error| error.under("calendar"))?;
        let mut index = Index::of(&book, &calendar);
        if let Some(now) = now {
            index.queue.ripen(now);
        }
        let register = Register {
            book,
            calendar,
            index,
            history,
            keys,
            now,
            last: None,
            room: Vec::new(),
            due: OnceLock::new(),
        };
        Ok(Some(register))
    }
}

/// The events that were kept: at least one, the last of them the book's last.
fn kept(from: &mut Unpacker<'_>, revision: u64) -> Option<Vec<Arc<Event>>> {
    let count = from.length()?;
    let mut history = Vec::with_capacity(count);
    for _ in 0..count {
        let event = Event::from_json(serde_json::from_str(from.text()?).ok()?).ok()?;
        history.push(Arc::new(event));
    }
    let first = revision.checked_sub(u64::try_from(count).ok()?)?;
    let in_step = history.iter().zip(first + 1..).all(|(event, seq)| event.seq == seq);
    (in_step && count > 0).then_some(history)
}

impl Packed for Book {
    fn pack(&self, to: &mut Packer) {
        let Book {
            format,
            name,
            rules,
            prefix,
            revision,
            serial,
            applications,
            vacancies,
            cycles,
            numbers: _,
        } = self;
        format.pack(to);
        name.pack(to);
        rules.pack(to);
        prefix.pack(to);
        revision.pack(to);
        serial.pack(to);
        applications.pack(to);
        vacancies.pack(to);
        cycles.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Book> {
        let mut book = Book {
            format: Packed::unpack(from)?,
            name: Packed::unpack(from)?,
            rules: Packed::unpack(from)?,
            prefix: Packed::unpack(from)?,
            revision: Packed::unpack(from)?,
            serial: Packed::unpack(from)?,
            applications: Packed::unpack(from)?,
            vacancies: Packed::unpack(from)?,
            cycles: Packed::unpack(from)?,
            numbers: Lookup::default(),
        };
        let applications = std::mem::take(&mut book.applications);
        for (application, holder) in applications.iter().zip(0..) {
            book.list(holder, application);
        }
        book.applications = applications;
        book.is_sound().then_some(book)
    }
}

impl Book {
    /// What every register keeps (wire.md 3), whoever made the bytes: each number once, in the order of serials; a place that
    /// is held, and a holder who is named, exist; the counts of a vacancy are those of its places.
    fn is_sound(&self) -> bool {
        let serials = || self.applications.iter().map(|application| application.serial);
        let in_order = serials().zip(serials().skip(1)).all(|(one, next)| one < next);
        let first = |(holder, own): (u32, &Application)| self.holder(&own.number) == Some(holder);
        (0..).zip(&self.applications).all(first)
            && in_order
            && serials().next_back().is_none_or(|last| last <= self.serial)
            && self.applications.iter().all(|application| self.holds_a_place(application))
            && self.vacancies.iter().all(|vacancy| self.is_kept(vacancy))
    }

    /// (A place and the one who holds it may name others: another writer's outcome may have been followed in part, and its
    /// rest sets both right. Who left comes back to the place when the departure is annulled.)
    fn holds_a_place(&self, application: &Application) -> bool {
        let left =
            if let Standing::Closed { left, .. } = &application.standing { left.as_deref() } else { None };
        let seat = match application.held() {
            Held::Turn(seat) | Held::Referral(seat) => Some(seat),
            Held::Nothing => application.enrolment().or(left).and_then(|enrolment| enrolment.seat),
        };
        seat.is_none_or(|seat| self.place(seat).is_some())
    }

    fn is_kept(&self, vacancy: &Vacancy) -> bool {
        let counts = vacancy.counts();
        let known = |holder: &u32| self.application(*holder).is_some();
        let of_known = |(_, what): (u16, &Place)| match what {
            Place::Waiting { turn, passed_by, .. } => turn.iter().chain(passed_by).all(known),
            Place::Referred { by } | Place::Filled { by } => known(by),
            Place::Open | Place::Gone => true,
        };
        (vacancy.waiting(), vacancy.open()) == (counts.waiting, counts.open) && vacancy.places().all(of_known)
    }
}

impl Packed for (u64, u64) {
    fn pack(&self, to: &mut Packer) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<(u64, u64)> {
        Some((u64::unpack(from)?, u64::unpack(from)?))
    }
}

#[cfg(test)]
#[path = "pack_tests.rs"]
mod tests;
