//! How long answers took.

use std::time::{Duration, Instant};

/// Answers of one kind.
#[derive(Default)]
pub(crate) struct Figures {
    /// In microseconds.
    took: Vec<u64>,
    errors: usize,
}

/// What is said of them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Row {
    /// Good answers.
    pub(crate) count: usize,
    /// Those a second.
    pub(crate) rate: f64,
    /// Milliseconds of the one in the middle.
    pub(crate) median: f64,
    /// Milliseconds that 99 of a hundred do not pass.
    pub(crate) p99: f64,
    /// Milliseconds of the longest.
    pub(crate) longest: f64,
    /// Answers that were not what they should be.
    pub(crate) errors: usize,
}

impl Figures {
    /// An answer came, good or bad.
    pub(crate) fn take(&mut self, began: Instant, good: bool) {
        if good {
            self.add(began.elapsed());
        } else {
            self.errors += 1;
        }
    }

    /// A good one took so long.
    pub(crate) fn add(&mut self, took: Duration) {
        self.took.push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    /// Something was not as it should be.
    pub(crate) fn fail(&mut self) {
        self.errors += 1;
    }

    /// Those of somebody else, too.
    pub(crate) fn join(&mut self, other: Figures) {
        self.took.extend(other.took);
        self.errors += other.errors;
    }

    /// What is said of them, when all that took so long.
    pub(crate) fn row(mut self, during: Duration) -> Row {
        self.took.sort_unstable();
        let count = self.took.len();
        let at = |hundredth: usize| self.took.get((count * hundredth / 100).min(count.saturating_sub(1)));
        Row {
            count,
            rate: f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / during.as_secs_f64(),
            median: milliseconds(at(50)),
            p99: milliseconds(at(99)),
            longest: milliseconds(self.took.last()),
            errors: self.errors,
        }
    }
}

fn milliseconds(micros: Option<&u64>) -> f64 {
    let micros = micros.copied().and_then(|micros| u32::try_from(micros).ok()).unwrap_or(0);
    f64::from(micros) / 1_000.0
}
