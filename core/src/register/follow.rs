//! Several writers on one journal: taking in what another one wrote.

use std::sync::Arc;

use super::Register;
use super::chain::fits_chain;
use super::index::Index;
use crate::error::ErrorCode;
use crate::{Error, Event};

impl Register {
    /// Takes in the events that another writer has added to the journal: all of them, or none. Nothing is decided
    /// again. Afterwards [`Register::rollback`] takes them back. The last moment is then that of the last event,
    /// also where this register has looked at the clock since: what falls due after it does so at its own moment.
    ///
    /// A writer that lost a race (its `expected_revision` is stale, or its own append failed and was rolled back)
    /// reads what is new, follows it, and asks again.
    ///
    /// ```
    /// use kezek::{Action, Language, Policy, Register};
    /// let mut one = Register::new(Policy::named("akmola-2018")?)?;
    /// let mut other = one.clone();
    /// let publish = Action::PublishVacancy {
    ///     kindergarten: "bobek".parse()?, group_year: 2015, language: Language::Kk, places: 1, kind: None,
    /// };
    /// let events = one.apply(publish, "2018-01-15T09:00:00+06:00".parse()?)?.accepted()?;
    /// other.follow(events)?;
    /// assert_eq!(one.digest(), other.digest());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::CorruptHistory`] with the index of the first event that does not follow from what is there: a
    /// gap, an event that is there already, one about what does not exist. Nothing has changed then.
    pub fn follow(&mut self, events: impl IntoIterator<Item = impl Into<Arc<Event>>>) -> Result<(), Error> {
        self.take_on(&mut events.into_iter().map(Into::into))
    }

    /// One copy of it, whatever the events stand in.
    fn take_on(&mut self, events: &mut dyn Iterator<Item = Arc<Event>>) -> Result<(), Error> {
        let before = self.last.take();
        self.start();
        let (began, seen) = (self.history.len(), self.now);
        for (index, event) in events.enumerate() {
            // Whoever only looked at the clock since holds nobody up.
            let last = self.history.last().and_then(|last| last.at);
            let fits = self.book.fits(&event, last).and_then(|()| fits_chain(&event, self.chain()));
            if let Err((expected, found)) = fits {
                let _ = self.rollback();
                self.last = before;
                return Err(Error::new(ErrorCode::CorruptHistory, &format!("[{index}]"), expected, found));
            }
            self.take_in(&event);
            self.now = event.at.or(self.now);
            self.history.push(event);
        }
        if let Some(now) = self.now {
            // Another writer's clock may be behind: then somebody is too young again.
            if seen.is_some_and(|seen| now < seen) {
                self.index = Index::of(&self.book, &self.calendar);
            }
            self.ripen(now);
        }
        self.keys.grow(&self.history, began);
        Ok(())
    }
}
