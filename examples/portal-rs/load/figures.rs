//! How long answers took.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Answers of one kind.
#[derive(Default)]
pub(crate) struct Figures {
    /// In microseconds.
    took: Vec<u64>,
    errors: usize,
}

impl Figures {
    /// An answer came, good or bad.
    pub(crate) fn take(&mut self, began: Instant, good: bool) {
        if good {
            self.took.push(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX));
        } else {
            self.errors += 1;
        }
    }

    /// Those of somebody else, too.
    pub(crate) fn join(&mut self, other: Figures) {
        self.took.extend(other.took);
        self.errors += other.errors;
    }

    /// Median, 99th of a hundred, longest, and how many a second.
    pub(crate) fn told(mut self, what: &str, during: Duration) -> String {
        self.took.sort_unstable();
        let count = self.took.len();
        let at = |hundredth: usize| self.took.get((count * hundredth / 100).min(count.saturating_sub(1)));
        let milliseconds = |micros: Option<&u64>| {
            let micros = micros.copied().and_then(|micros| u32::try_from(micros).ok()).unwrap_or(0);
            f64::from(micros) / 1_000.0
        };
        let rate = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / during.as_secs_f64();
        let mut line = String::new();
        let _ = writeln!(
            line,
            "{what}: {count} in {:.1} s, {rate:.0} a second, median {:.2} ms, p99 {:.2} ms, longest {:.1} ms, {} errors",
            during.as_secs_f64(),
            milliseconds(at(50)),
            milliseconds(at(99)),
            milliseconds(self.took.last()),
            self.errors,
        );
        line
    }
}
