//! What readers see: the register as it is committed, never more. The writer has a register of its own, which may
//! be ahead while its transaction runs.

use kezek::{Error, Event, Register};

use super::Index;

/// The committed register, and where to find in it what views ask for.
pub(crate) struct Readers {
    /// The register.
    pub(crate) register: Register,
    /// Its events by application.
    pub(crate) index: Index,
}

impl Readers {
    /// Of a register at rest.
    pub(super) fn of(register: Register) -> Readers {
        let mut index = Index::default();
        register.events().iter().for_each(|event| index.take(event));
        Readers { register, index }
    }

    /// Takes in what was committed.
    pub(super) fn follow(&mut self, events: Vec<Event>) -> Result<(), Error> {
        let before = self.register.events().len();
        self.register.follow(events)?;
        let new = self.register.events().iter().skip(before);
        new.for_each(|event| self.index.take(event));
        Ok(())
    }

    /// An event by its place in the journal.
    pub(crate) fn event(&self, seq: u64) -> Option<&Event> {
        let place = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.register.events().get(place).map(AsRef::as_ref)
    }
}
