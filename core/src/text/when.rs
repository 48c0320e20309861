//! Dates, times of day and lengths of time, as each language writes them.

use super::fill::form;
use super::{Key, Texts};
use crate::{Day, Moment, Term, Unit};

impl Texts<'_> {
    /// A date: «2018 жылғы 26 наурыз», «26 марта 2018 г.», "26 March 2018".
    #[must_use]
    pub fn date(self, day: Day) -> String {
        let months = self.say(Key::Months).split('|');
        let month = months.zip(1..).find(|(_, number)| *number == day.month()).map_or("", |(name, _)| name);
        let args =
            [("year", day.year().to_string()), ("month", month.to_owned()), ("day", day.day().to_string())];
        self.fill(Key::Date, &args)
    }

    /// A moment, on the 24-hour clock: «26 марта 2018 г., 18:20:00».
    #[must_use]
    pub fn moment(self, at: Moment) -> String {
        self.timed(Key::Moment, at)
    }

    /// A moment as the portal prints it in every language (R85): `26.03.2018 18:20:00`.
    #[must_use]
    pub fn stamp(self, at: Moment) -> String {
        let day = self.zone.day(at);
        format!("{:02}.{:02}.{:04} {}", day.day(), day.month(), day.year(), self.time(at))
    }

    /// What a deadline lets people do: its last good day, where it ends with a day, or else its last good second.
    /// «до 26 марта 2018 г. включительно» for the half-open `2018-03-27T00:00:00+06:00`.
    #[must_use]
    pub fn until(self, end: Moment) -> String {
        let last = end.plus_seconds(-1);
        if self.begins_a_day(end) {
            self.fill(Key::UntilDay, &[("date", self.date(self.zone.day(last)))])
        } else {
            self.timed(Key::UntilTime, last)
        }
    }

    /// From when something holds: the date alone where it begins with a day.
    #[must_use]
    pub fn from(self, start: Moment) -> String {
        if self.begins_a_day(start) { self.date(self.zone.day(start)) } else { self.moment(start) }
    }

    /// A length of time: «3 жұмыс күні», «3 рабочих дня», "3 working days".
    #[must_use]
    pub fn term(self, term: Term) -> String {
        let noun = match term.unit() {
            Unit::WorkingDays => Key::CountWorkingDays,
            Unit::CalendarDays => Key::CountCalendarDays,
            Unit::Hours => Key::CountHours,
            Unit::Months => Key::CountMonths,
            Unit::Years => Key::CountYears,
        };
        self.counted(noun, term.count().into())
    }

    /// A number of places: «3 орын», «3 места», "3 places".
    #[must_use]
    pub fn places(self, count: u16) -> String {
        self.counted(Key::CountPlaces, count.into())
    }

    /// A number with its noun.
    pub(crate) fn counted(self, noun: Key, count: u64) -> String {
        format!("{count} {}", form(self.language, self.say(noun), count))
    }

    fn begins_a_day(self, at: Moment) -> bool {
        self.zone.midnight(self.zone.day(at)) == at
    }

    fn timed(self, key: Key, at: Moment) -> String {
        self.fill(key, &[("date", self.date(self.zone.day(at))), ("time", self.time(at))])
    }

    fn time(self, at: Moment) -> String {
        let clock = self.zone.clock(at);
        format!("{:02}:{:02}:{:02}", clock / 3600, clock / 60 % 60, clock % 60)
    }
}
