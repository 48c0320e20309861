//! What every way of keeping a queue is asked for.

use crate::Fault;

/// Places that were published.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Published {
    /// The number of the vacancy.
    pub(crate) vacancy: u64,
    /// The last event that belongs to it, where there is a journal.
    pub(crate) revision: u64,
}

/// A family, and when its child was born.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Family {
    pub(crate) number: usize,
    pub(crate) year: u64,
    pub(crate) month: usize,
    pub(crate) day: usize,
}

impl Family {
    /// One of a group year; the days of birth go round.
    pub(crate) fn of(number: usize, year: u64) -> Family {
        Family { number, year, month: 1 + number % 12, day: 1 + number % 28 }
    }
}

/// A queue that is kept in some way. Where something is not done as it should be, the answer is none.
pub(crate) trait Way: Send + Sync + 'static {
    /// A family registers; the serial of its application.
    fn register(&self, family: Family) -> impl Future<Output = Option<u64>> + Send;

    /// Everybody has registered: what is made ready before they look.
    fn ready(&self) -> impl Future<Output = Result<(), Fault>> + Send {
        async { Ok(()) }
    }

    /// Places are published, and as many families called as wait.
    fn publish(
        &self,
        number: usize,
        year: u64,
        places: usize,
    ) -> impl Future<Output = Option<Published>> + Send;

    /// Somebody asks for a place in the queue.
    fn position(&self, serial: u64) -> impl Future<Output = Option<()>> + Send;

    /// Somebody asks for all about an application.
    fn dossier(&self, serial: u64) -> impl Future<Output = Option<()>> + Send;

    /// A family takes the place that is free; false where another was first.
    fn choose(&self, family: Family, serial: u64, vacancy: u64) -> impl Future<Output = Option<bool>> + Send;

    /// A family leaves the queue.
    fn leave(&self, family: Family, serial: u64) -> impl Future<Output = Option<()>> + Send;

    /// The addresses of these applications' streams, where there are any.
    fn streams(&self, _serials: &[u64]) -> Vec<String> {
        Vec::new()
    }

    /// What it takes of the memory, in megabytes, where that can be told.
    fn memory(&self) -> impl Future<Output = Option<u64>> + Send;

    /// Counts what must hold at the end, from what is on the disk; in words what was counted.
    fn judge(self, expected: Expected) -> impl Future<Output = Result<String, Fault>> + Send;
}

/// What was done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    /// Families that registered, those of the rush among them.
    pub(crate) families: u64,
    /// Places that were published, those of the rush among them.
    pub(crate) places: u64,
    /// Children who have a place: called by a publication, or first in the rush.
    pub(crate) placed: u64,
}

impl Expected {
    /// Whether what was found is what was done.
    pub(crate) fn judged(self, found: Expected) -> Result<String, Fault> {
        let same = (self.families, self.places, self.placed) == (found.families, found.places, found.placed);
        if !same {
            return Err(format!("what is on the disk is {found:?}, what was done is {self:?}").into());
        }
        Ok(format!(
            "{} families, {} places, {} children with a place; no place twice, no child with two",
            found.families, found.places, found.placed
        ))
    }
}
