//! What time it is, and whether that may be believed.
//!
//! A register settles everything up to the `now` that it is told, for good. A wall clock that is set a year ahead
//! would so make every family's terms lapse. So the wall clock is held against a steady one, which nobody can set:
//! where the two part by more than two minutes, nothing is written until they agree again.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use kezek::Moment;

/// So far, in seconds, may the wall clock part from the steady one.
const TOLERANCE: i64 = 120;

/// Where the time comes from.
pub(crate) enum Source {
    /// The machine's clock.
    System,
    /// The machine's clock, so many seconds shifted: the demo lives in its town's year.
    Shifted(i64),
    /// A file, for tests: an instant, and in a second line the seconds of the steady clock. Without a second line
    /// the machine's steady clock runs beside it.
    File(PathBuf),
}

/// The process's clock.
pub(crate) struct Clock {
    source: Source,
    began: Instant,
    /// Wall clock minus steady clock, at the start.
    apart: i64,
    /// The last good reading.
    last: Mutex<Moment>,
    /// The database's clock minus ours, in seconds, when that was last compared.
    database: AtomicI64,
}

/// A reading.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Time {
    /// It may be believed.
    Good(Moment),
    /// The clock has leapt by so many seconds, or cannot be read.
    Leapt(i64),
}

impl Clock {
    /// A clock that is right at this moment.
    pub(crate) fn new(source: Source) -> Result<Clock, String> {
        let mut clock = Clock {
            source,
            began: Instant::now(),
            apart: 0,
            last: Mutex::new(Moment::from_unix(0)),
            database: AtomicI64::new(0),
        };
        let (wall, steady) = clock.readings()?;
        clock.apart = wall.saturating_sub(steady);
        clock.last = Mutex::new(Moment::from_unix(wall));
        Ok(clock)
    }

    /// What time it is.
    pub(crate) fn read(&self) -> Time {
        let Ok((wall, steady)) = self.readings() else { return Time::Leapt(i64::MAX) };
        let leap = wall.saturating_sub(steady).saturating_sub(self.apart);
        let database = self.database.load(Ordering::Relaxed);
        match [leap, database].into_iter().find(|apart| apart.saturating_abs() > TOLERANCE) {
            Some(apart) => Time::Leapt(apart),
            None => {
                let now = Moment::from_unix(wall);
                if let Ok(mut last) = self.last.lock() {
                    *last = now;
                }
                Time::Good(now)
            }
        }
    }

    /// The last moment that could be believed: to answer questions by.
    pub(crate) fn believed(&self) -> Moment {
        match self.read() {
            Time::Good(now) => now,
            Time::Leapt(_) => self.last.lock().map_or(Moment::from_unix(0), |last| *last),
        }
    }

    /// Whether it is a file.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self.source, Source::File(_))
    }

    /// Takes note of a database's clock. A shifted clock, or one in a file, is never that of a database.
    pub(crate) fn compare(&self, database: i64) {
        if let (Source::System, Ok((wall, _))) = (&self.source, self.readings()) {
            self.database.store(database.saturating_sub(wall), Ordering::Relaxed);
        }
    }

    /// The wall clock and the steady one, in seconds.
    fn readings(&self) -> Result<(i64, i64), String> {
        let steady = seconds(self.began.elapsed().as_secs());
        let wall = || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?;
            Ok::<_, String>(seconds(since.as_secs()))
        };
        match &self.source {
            Source::System => Ok((wall()?, steady)),
            Source::Shifted(by) => Ok((wall()?.saturating_add(*by), steady)),
            Source::File(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| format!("the clock: {error}"))?;
                let mut lines = text.lines().map(str::trim);
                let now: Moment = lines
                    .next()
                    .unwrap_or_default()
                    .parse()
                    .map_err(|error: kezek::Error| error.to_string())?;
                let steady = match lines.next().filter(|line| !line.is_empty()) {
                    None => steady,
                    Some(line) => line.parse().map_err(|_| "the steady clock is no number".to_owned())?,
                };
                Ok((now.unix(), steady))
            }
        }
    }
}

fn seconds(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
