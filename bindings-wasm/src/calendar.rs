//! Working days and terms on their own.

use std::collections::BTreeMap;

use kezek::{CalendarYear, Day};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::edge::{Thrown, at, malformed, parsed, text, typed, value};

/// A calendar of working days, as it was known on one day.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Calendar(kezek::Calendar);

impl Calendar {
    #[cfg(feature = "register")]
    pub(crate) fn of(core: kezek::Calendar) -> Calendar {
        Calendar(core)
    }

    pub(crate) fn core(&self) -> kezek::Calendar {
        self.0.clone()
    }
}

#[wasm_bindgen]
impl Calendar {
    /// The five-day week of Kazakhstan.
    #[must_use]
    pub fn kazakhstan() -> Calendar {
        Calendar(kezek::Calendar::kazakhstan())
    }

    /// A calendar out of JSON: `id`, `known_at`, `years`.
    ///
    /// # Errors
    /// `malformed`, with a path such as `years.2026.off[3]`.
    pub fn read(given: &str) -> Result<Calendar, Thrown> {
        let mut given: Map<String, Value> = typed(value(given, "")?, "")?;
        let mut need = |key: &str| given.remove(key).ok_or_else(|| malformed(key, "this field", "nothing"));
        let (id, known_at): (String, Day) =
            (typed(need("id")?, "id")?, typed(need("known_at")?, "known_at")?);
        let years: Map<String, Value> = typed(need("years")?, "years")?;
        if let Some(key) = given.keys().next() {
            return Err(malformed(key, "no field of this name", "one"));
        }
        let mut listed: BTreeMap<i32, CalendarYear> = BTreeMap::new();
        for (year, days) in years {
            let path = format!("years.{year}");
            let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
            let number = year.parse().ok().filter(|_| digits);
            let number = number.ok_or_else(|| malformed(&path, "a year", "something else"))?;
            let days = CalendarYear::from_json(days).map_err(|error| at(&path, &error))?;
            listed.insert(number, days);
        }
        Ok(Calendar(kezek::Calendar::new(&id, known_at, listed)?))
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> String {
        self.0.id().to_owned()
    }

    /// The day whose knowledge it holds.
    #[must_use]
    pub fn known_at(&self) -> String {
        self.0.known_at().to_string()
    }

    /// SHA-256 of its canonical JSON.
    #[must_use]
    pub fn hash(&self) -> String {
        self.0.hash().to_owned()
    }

    /// Whether a year is projected, not known.
    #[must_use]
    pub fn is_projected(&self, year: i32) -> bool {
        self.0.is_projected(year)
    }

    /// Whether a date is a working day.
    ///
    /// # Errors
    /// `malformed`, `outside_calendar`.
    pub fn is_working_day(&self, date: &str) -> Result<bool, Thrown> {
        Ok(self.0.is_working_day(parsed(date, "date")?)?)
    }

    /// The `n`-th working day after a date, JSON: `day`, `projected`.
    ///
    /// # Errors
    /// `malformed`, `outside_calendar`.
    pub fn working_day_after(&self, date: &str, n: u16) -> Result<String, Thrown> {
        let end = self.0.working_day_after(parsed(date, "date")?, n)?;
        Ok(format!("{{\"day\":\"{}\",\"projected\":{}}}", end.day, end.projected))
    }

    /// How many working days lie after one date, through another.
    ///
    /// # Errors
    /// `malformed`, `outside_calendar`.
    pub fn working_days_between(&self, after: &str, through: &str) -> Result<u32, Thrown> {
        Ok(self.0.working_days_between(parsed(after, "after")?, parsed(through, "through")?)?)
    }

    /// `working_day_after` of many dates, without what is projected.
    ///
    /// # Errors
    /// As that, with the index of the first date that is none or not covered.
    pub fn add_working_days(&self, dates: Vec<String>, n: u16) -> Result<Vec<String>, Thrown> {
        let end = |(index, date): (usize, String)| {
            let path = format!("dates[{index}]");
            let end = self.0.working_day_after(parsed(&date, &path)?, n);
            end.map(|end| end.day.to_string()).map_err(|error| at(&path, &error))
        };
        dates.into_iter().enumerate().map(end).collect()
    }

    /// As on the wire, JSON.
    #[must_use]
    pub fn json(&self) -> String {
        text(kezek::Zone::Almaty, &self.0)
    }
}
