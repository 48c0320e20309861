//! Which days are working days, and what was known about that on which day.

mod bdays_door;
#[cfg(test)]
mod host_tests;
mod kazakhstan;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::mem;
use std::sync::{Arc, OnceLock};

use serde::de::{self, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use self::bdays_door::{Table, Week};
use crate::fields::{FromJson as _, by_serde};
use crate::packed::packed_json;
use crate::sorted::{self, Map, Set};
use crate::switch::{Part, asked};
use crate::written;
use crate::{Day, Error, ErrorCode};

/// A calendar of working days (рабочий день / жұмыс күні), as it was known on one day.
///
/// Terms such as "five working days" are counted by it (F39). Kazakhstan moves rest days by act, during the
/// year, at as little as nine days' notice: a deadline depends on the event **and** on what was known when it
/// was counted. So a calendar is a value with a name, a date and a [`hash`](Calendar::hash), and a newer one
/// is another value.
///
/// It covers 1999-12-01 to 2150-12-31. A year is a *fact* when its days are listed, and *projected*
/// otherwise: then it has Monday to Friday, less the holidays of fixed date in force in it and the days off
/// that the law gives for those on a weekend. Kurban Ait and moved days are not in it: nobody knows them yet.
///
/// It is the **five-day** week. Organisations on a six-day week do not share the moved days, and the portal
/// does not say which week it means (F46): a host that needs another week brings its own calendar.
///
/// Cheap to clone. Two calendars are equal when their hashes are.
///
/// ```
/// use kezek::{Calendar, Day};
/// let calendar = Calendar::kazakhstan();
/// let sunday: Day = "2024-05-05".parse()?;
/// // The day of the event does not count; Monday is the first working day after it.
/// let next = calendar.working_day_after(sunday, 1)?;
/// assert_eq!(next.day, "2024-05-06".parse()?);
/// assert!(!next.projected);
/// // The Saturday before was worked, for the Wednesday after.
/// assert!(calendar.is_working_day("2024-05-04".parse()?)?);
/// # Ok::<(), kezek::Error>(())
/// ```
#[doc(alias = "рабочий день")]
#[doc(alias = "жұмыс күні")]
#[doc(alias = "производственный календарь")]
#[derive(Clone)]
pub struct Calendar(Arc<Known>);

/// What a calendar knows of one year: all that differs from Monday to Friday worked, Saturday and Sunday off.
///
/// ```
/// use kezek::CalendarYear;
/// let year = CalendarYear { off: vec!["2024-05-08".parse()?], on: vec!["2024-05-04".parse()?] };
/// # Ok::<(), kezek::Error>(())
/// ```
#[doc(alias = "перенос выходных")]
#[doc(alias = "демалыс күнін ауыстыру")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// Every day off beside Saturdays and Sundays: holidays, the days observed for them, Kurban Ait, days to
    /// which a rest was moved (перенос / ауыстыру).
    pub off: Vec<Day>,
    /// Every Saturday and Sunday that is worked.
    pub on: Vec<Day>,
}

/// The end of a term in working days (срок в рабочих днях / жұмыс күнімен есептелген мерзім).
#[doc(alias = "срок")]
#[doc(alias = "мерзім")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WorkingDay {
    /// The last day counted.
    pub day: Day,
    /// Whether a day of a projected year was counted: an act may still move this end.
    pub projected: bool,
}

impl Calendar {
    /// The five-day week of Kazakhstan as known on 22 November 2026, `"kz-five-day"`.
    ///
    /// 2014-2026 are facts; 2027 and every other year are projected.
    ///
    /// ```
    /// use kezek::Calendar;
    /// let calendar = Calendar::kazakhstan();
    /// assert!(!calendar.is_projected(2026));
    /// assert!(calendar.is_projected(2027));
    /// ```
    #[must_use]
    pub fn kazakhstan() -> Calendar {
        static BUILT: OnceLock<Calendar> = OnceLock::new();
        BUILT.get_or_init(|| built(kazakhstan::ID, kazakhstan::known_at(), kazakhstan::facts())).clone()
    }

    /// A host's own calendar: another week, or what was known on another day.
    ///
    /// The listed years are facts: all that is off and on in them (see [`CalendarYear`]), so that a year can be
    /// said as it was known on any day. Every other year is projected by the law of Kazakhstan. Nothing else is
    /// taken over from [`kazakhstan`](Calendar::kazakhstan).
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Malformed`], with a path such as `years.2026.off[3]`: an id that has not 1-64 characters,
    /// a year outside 2000-2150, a date of another year, a day twice in a list or in both, more than 200
    /// days off (ours: a term must come to an end).
    ///
    /// ```
    /// use kezek::{Calendar, CalendarYear};
    /// // On 6 June 2024 Kurban Ait was still expected on Monday the 17th.
    /// let year = CalendarYear { off: vec!["2024-06-17".parse()?], on: vec![] };
    /// let before = Calendar::new("before", "2024-06-06".parse()?, [(2024, year)].into())?;
    /// let event = "2024-06-12".parse()?;
    /// assert_eq!(before.working_day_after(event, 3)?.day, "2024-06-18".parse()?);
    /// assert_eq!(Calendar::kazakhstan().working_day_after(event, 3)?.day, "2024-06-17".parse()?);
    /// # Ok::<(), kezek::Error>(())
    /// ```
    pub fn new(id: &str, known_at: Day, years: BTreeMap<i32, CalendarYear>) -> Result<Calendar, Error> {
        Calendar::of(id, known_at, years.into_iter().collect())
    }

    fn of(id: &str, known_at: Day, years: Map<i32, CalendarYear>) -> Result<Calendar, Error> {
        let length = id.chars().count();
        if !(1..=64).contains(&length) {
            return Err(Error::malformed("id", "1 to 64 characters", format!("{length} characters")));
        }
        for (year, days) in years.iter() {
            check(year, days).map_err(|error| error.under(&format!("years.{year}")))?;
        }
        Ok(built(id, known_at, years))
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.0.content.id
    }

    /// The day whose knowledge it holds.
    #[must_use]
    pub fn known_at(&self) -> Day {
        self.0.content.known_at
    }

    /// This calendar, with the listed years of another in place of its own: as known at the other's date.
    pub(crate) fn with_years_of(&self, change: &Calendar) -> Result<Calendar, Error> {
        let mut years = self.0.content.years.clone();
        for (year, days) in change.0.content.years.iter() {
            years.insert(year, days.clone());
        }
        Calendar::of(self.id(), change.known_at(), years)
    }

    /// This calendar with the years that it lists from one to another, and no others.
    pub(crate) fn within(&self, first: i32, last: i32) -> Calendar {
        let years = self.0.content.years.iter().filter(|(year, _)| (first..=last).contains(year));
        let years = years.map(|(year, days)| (year, days.clone())).collect();
        built(self.id(), self.known_at(), years)
    }

    /// SHA-256, in 64 hexadecimal digits, of the calendar as JSON: `id`, `known_at` and the listed years,
    /// keys and days in order, without spaces (RFC 8785), which is how it is serialized.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.0.hash
    }

    /// Whether a year is projected, not known.
    #[must_use]
    pub fn is_projected(&self, year: i32) -> bool {
        asked(Part::Calendar);
        !self.0.content.years.contains(year)
    }

    /// Whether a day is a working day (F39).
    ///
    /// # Errors
    ///
    /// [`ErrorCode::OutsideCalendar`] for a day before 1999-12-01 or after 2150-12-31.
    ///
    /// ```
    /// use kezek::Calendar;
    /// let calendar = Calendar::kazakhstan();
    /// assert!(calendar.is_working_day("2018-12-29".parse()?)?, "a Saturday, worked for the 31st");
    /// assert!(!calendar.is_working_day("2018-12-31".parse()?)?);
    /// assert!(calendar.is_working_day("2151-01-01".parse()?).is_err());
    /// # Ok::<(), kezek::Error>(())
    /// ```
    pub fn is_working_day(&self, day: Day) -> Result<bool, Error> {
        // The first day of the coverage has none before it to compare with.
        let before = self.table().through(day.plus_days(-1)).unwrap_or(0);
        Ok(self.through(day)? > before)
    }

    /// The `n`-th working day strictly after `day` (F39): the day of the event does not count (O03), worked
    /// or not.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Malformed`] when `n` is 0; [`ErrorCode::OutsideCalendar`] when `day` or the answer lies
    /// before 1999-12-01 or after 2150-12-31.
    ///
    /// ```
    /// use kezek::Calendar;
    /// // From Friday 16 March 2018: 19, 20, then Nauryz and a weekend, then 26 March.
    /// let end = Calendar::kazakhstan().working_day_after("2018-03-16".parse()?, 3)?;
    /// assert_eq!(end.day, "2018-03-26".parse()?);
    /// # Ok::<(), kezek::Error>(())
    /// ```
    pub fn working_day_after(&self, day: Day, n: u16) -> Result<WorkingDay, Error> {
        if n == 0 {
            return Err(Error::malformed("", "at least 1 working day", "0"));
        }
        self.through(day)?;
        let found = self.table().after(day, n);
        let last = found.ok_or_else(|| outside(format!("{day} and {n} working days more")))?;
        let mut years = day.plus_days(1).year()..=last.year();
        Ok(WorkingDay { day: last, projected: years.any(|year| self.is_projected(year)) })
    }

    /// How many working days lie after one day, through another; none when `through` is not later.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::OutsideCalendar`] when either day lies before 1999-12-01 or after 2150-12-31.
    ///
    /// ```
    /// use kezek::Calendar;
    /// let calendar = Calendar::kazakhstan();
    /// assert_eq!(calendar.working_days_between("2018-03-16".parse()?, "2018-03-26".parse()?)?, 3);
    /// # Ok::<(), kezek::Error>(())
    /// ```
    pub fn working_days_between(&self, after: Day, through: Day) -> Result<u32, Error> {
        let before = self.through(after)?;
        Ok(u32::from(self.through(through)?.saturating_sub(before)))
    }

    fn through(&self, day: Day) -> Result<u16, Error> {
        self.table().through(day).ok_or_else(|| outside(day.to_string()))
    }

    fn table(&self) -> &Table {
        asked(Part::Calendar);
        self.0.table.get_or_init(|| Table::of(&Week::of(&self.0.content.years)))
    }
}

/// INVARIANT (a calendar is legal): its content has passed [`check`]. Kept by [`Calendar::new`].
struct Known {
    content: Content,
    hash: String,
    /// Made at the first question: a calendar that is only carried along costs nothing.
    table: OnceLock<Table>,
}

/// The calendar as it is written. The fields stand in the order of their names, for the hash.
#[derive(Serialize)]
struct Content {
    id: String,
    known_at: Day,
    years: Map<i32, CalendarYear>,
}

fn built(id: &str, known_at: Day, mut years: Map<i32, CalendarYear>) -> Calendar {
    for year in years.values_mut() {
        for days in [&mut year.off, &mut year.on] {
            *days = sorted::by(mem::take(days), |day| (day.epoch().into(), 0));
        }
    }
    let content = Content { id: id.to_owned(), known_at, years };
    let hash = format!("{:x}", Sha256::digest(written::json_text(&content)));
    Calendar(Arc::new(Known { content, hash, table: OnceLock::new() }))
}

/// An ordinary year has some 247 working days: with so many taken away a term still comes to an end.
const MOST_OFF: usize = 200;

fn check(year: i32, listed: &CalendarYear) -> Result<(), Error> {
    if !(2000..=2150).contains(&year) {
        return Err(Error::malformed("", "a year from 2000 to 2150", year.to_string()));
    }
    let mut seen = Set::default();
    for (name, list) in [("off", &listed.off), ("on", &listed.on)] {
        for (at, day) in list.iter().enumerate() {
            let fault =
                |expected: String| Error::malformed(&format!("{name}[{at}]"), expected, day.to_string());
            if day.year() != year {
                return Err(fault(format!("a day of {year}")));
            }
            if seen.insert(*day, ()).is_some() {
                return Err(fault("a day that is not listed yet".to_owned()));
            }
        }
    }
    if listed.off.len() > MOST_OFF {
        let found = format!("{} days", listed.off.len());
        return Err(Error::malformed("off", format!("at most {MOST_OFF} days"), found));
    }
    Ok(())
}

fn outside(found: String) -> Error {
    let covered = format!("a day from {} to {}", bdays_door::first(), bdays_door::last());
    Error::new(ErrorCode::OutsideCalendar, "", covered, found)
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Calendar) -> bool {
        self.hash() == other.hash()
    }
}

impl Eq for Calendar {}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Calendar({:?}, known at {}, {})", self.id(), self.known_at(), self.hash())
    }
}

impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.content.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Calendar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Calendar, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, rename = "Calendar")]
        struct Written {
            id: String,
            known_at: Day,
            #[serde(deserialize_with = "read_years")]
            years: Map<i32, CalendarYear>,
        }
        let Written { id, known_at, years } = Written::deserialize(from)?;
        Calendar::of(&id, known_at, years).map_err(de::Error::custom)
    }
}

by_serde!(Calendar);
packed_json!(Calendar, Calendar::of_json);

/// Years are read as the strings that they are in JSON: serde reads no numeric keys inside a tagged command,
/// and a map would take the last of two equal keys.
fn read_years<'de, D: Deserializer<'de>>(from: D) -> Result<Map<i32, CalendarYear>, D::Error> {
    struct Years;

    impl<'de> Visitor<'de> for Years {
        type Value = Map<i32, CalendarYear>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("years such as {\"2026\": {\"off\": [], \"on\": []}}")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut years = Map::default();
            while let Some(key) = map.next_key::<String>()? {
                let digits = key.len() == 4 && key.bytes().all(|byte| byte.is_ascii_digit());
                let year = key.parse().ok().filter(|_| digits);
                let year = year.ok_or_else(|| de::Error::invalid_value(Unexpected::Str(&key), &"a year"))?;
                if years.insert(year, map.next_value()?).is_some() {
                    return Err(de::Error::custom(format_args!("the year {year} is there twice")));
                }
            }
            Ok(years)
        }
    }

    from.deserialize_map(Years)
}
