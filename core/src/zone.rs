//! The seven time zones of Kazakhstan (F37, F38).
//!
//! An own table of two transitions instead of a time zone database: that would cost 923 KB of WebAssembly,
//! or an environment variable in every user's build, and a machine with old data gets Almaty wrong from
//! March 2024. A test proves the table against chrono-tz for every quarter of an hour of 2014-2027.
//! Right from 31 October 2004 (the end of summer time) on; earlier instants are written with the offset of that day.

use std::fmt;
use std::str::FromStr;

use crate::{Day, Error, Moment};

/// A time zone of a register (часовой пояс / уақыт белдеуі), by its IANA name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// `Asia/Almaty`: Astana, Almaty, Akmola and the east; +06, since 1 March 2024 +05.
    Almaty,
    /// `Asia/Qostanay`: as Almaty.
    Qostanay,
    /// `Asia/Qyzylorda`: +06, since 21 December 2018 +05.
    Qyzylorda,
    /// `Asia/Aqtobe`: +05.
    Aqtobe,
    /// `Asia/Aqtau`: +05.
    Aqtau,
    /// `Asia/Atyrau`: +05.
    Atyrau,
    /// `Asia/Oral`: +05.
    Oral,
}

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// 2024-02-29T18:00:00Z: the clocks of Almaty and Qostanay went from 24:00 to 23:00.
const EAST_2024: i64 = 1_709_229_600;
/// 2018-12-20T18:00:00Z: the clocks of Qyzylorda went from 24:00 to 23:00.
const QYZYLORDA_2018: i64 = 1_545_328_800;

impl Zone {
    /// All of them.
    pub const ALL: [Zone; 7] =
        [Zone::Almaty, Zone::Qostanay, Zone::Qyzylorda, Zone::Aqtobe, Zone::Aqtau, Zone::Atyrau, Zone::Oral];

    /// The IANA name, `"Asia/Almaty"`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Zone::Almaty => "Asia/Almaty",
            Zone::Qostanay => "Asia/Qostanay",
            Zone::Qyzylorda => "Asia/Qyzylorda",
            Zone::Aqtobe => "Asia/Aqtobe",
            Zone::Aqtau => "Asia/Aqtau",
            Zone::Atyrau => "Asia/Atyrau",
            Zone::Oral => "Asia/Oral",
        }
    }

    /// When this zone's clocks went back from +06 to +05; `None` where they have always shown +05.
    fn went_back(self) -> Option<i64> {
        match self {
            Zone::Almaty | Zone::Qostanay => Some(EAST_2024),
            Zone::Qyzylorda => Some(QYZYLORDA_2018),
            Zone::Aqtobe | Zone::Aqtau | Zone::Atyrau | Zone::Oral => None,
        }
    }

    /// Seconds east of Greenwich at that moment.
    #[must_use]
    pub fn offset(self, at: Moment) -> i32 {
        match self.went_back() {
            Some(change) if at.unix() < change => 6 * 3600,
            Some(_) | None => 5 * 3600,
        }
    }

    /// Runs `write`; the moments that it serializes are written as this zone's clocks show them. (serde alone
    /// writes them in UTC; [`Register::write`](crate::Register::write) writes JSON in the register's zone.)
    ///
    /// ```
    /// use kezek::{Moment, Zone};
    /// let at: Moment = "2018-03-16T12:20:00Z".parse()?;
    /// let written = Zone::Almaty.writing(|| serde_json::to_value(at)).unwrap_or_default();
    /// assert_eq!(written, "2018-03-16T18:20:00+06:00");
    /// # Ok::<(), kezek::Error>(())
    /// ```
    pub fn writing<T>(self, write: impl FnOnce() -> T) -> T {
        crate::moment::writing_in(self, write)
    }

    fn local(self, at: Moment) -> i64 {
        at.unix().saturating_add(i64::from(self.offset(at)))
    }

    /// The local date of a moment.
    #[must_use]
    pub fn day(self, at: Moment) -> Day {
        Day::from_epoch(self.local(at).div_euclid(DAY))
    }

    /// Seconds since local 00:00, as the clock shows them (0 to 86,399).
    #[must_use]
    pub fn clock(self, at: Moment) -> i64 {
        self.local(at).rem_euclid(DAY)
    }

    /// The moment at which a day's clock shows so many seconds since 00:00. Of a clock time that comes
    /// twice (F38) the later one; no clock time is ever skipped.
    #[must_use]
    pub fn moment(self, day: Day, clock: i64) -> Moment {
        let local = i64::from(day.epoch()).saturating_mul(DAY).saturating_add(clock);
        let late = local.saturating_sub(5 * HOUR);
        match self.went_back() {
            Some(change) if late < change => Moment::from_unix(local.saturating_sub(6 * HOUR)),
            Some(_) | None => Moment::from_unix(late),
        }
    }

    /// Local 00:00:00 of a day: its first instant.
    #[must_use]
    pub fn midnight(self, day: Day) -> Moment {
        self.moment(day, 0)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = Error;

    fn from_str(name: &str) -> Result<Zone, Error> {
        Zone::ALL.into_iter().find(|zone| zone.name() == name).ok_or_else(|| {
            let known: Vec<_> = Zone::ALL.iter().map(|zone| zone.name()).collect();
            Error::malformed("", format!("one of {}", known.join(", ")), format!("{name:?}"))
        })
    }
}

#[cfg(test)]
#[path = "zone_tests.rs"]
mod tests;
