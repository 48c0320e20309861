//! How terms run: from the event that starts them to the first instant that is too late.

use serde::{Deserialize, Serialize};

use super::{Interest, InterestBase, OnLimit, Policy, TermEnd};
use crate::packed::packed;
use crate::switch::{Part, asked};
use crate::{Calendar, Day, Error, ErrorCode, Moment, Term, Unit};

/// What starts a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Start {
    /// When.
    pub(crate) at: Moment,
    /// Whether the register does it by itself, because a moment came (O16), and not on a command.
    pub(crate) by_itself: bool,
}

/// How a term in days is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Counted {
    /// Day 1 is the day after that of its start (O03); it ends with its last day (O04).
    FromNextDay,
    /// Day 1 is the day of its start (O16, `first_day_counts`); it ends with its last day (O04).
    FromThatDay,
    /// Day 1 is the day after that of its start; it ends on its last day at the clock time of its start.
    ToSameTime,
}

/// The end of a running term, half-open: the first instant that is too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Deadline {
    pub(crate) at: Moment,
    /// Whether a year of the calendar that is only projected was counted.
    pub(crate) projected: bool,
    /// What set this end.
    pub(crate) start: Start,
    /// The term; none where a date was named instead (an extension, an import).
    pub(crate) term: Option<Term>,
    /// How many days the end has gained by pauses.
    pub(crate) gained: u16,
    /// How it began to be counted, where the policy that holds now would count otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) counted: Option<Counted>,
}

packed!(Start { at, by_itself });
packed!(Deadline { at, projected, start, term, gained, counted });
packed!(enum Counted { 0 => FromNextDay, 1 => FromThatDay, 2 => ToSameTime });

/// A policy and the calendar that it counts by.
#[derive(Clone, Copy)]
pub(crate) struct Clock<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) calendar: &'a Calendar,
    /// Since when the policy holds without a pause: an end that was past by then is no longer reminded of.
    pub(crate) since: Option<Moment>,
}

impl Clock<'_> {
    pub(crate) fn day(self, at: Moment) -> Day {
        self.policy.day(at)
    }

    /// Whether time may go on from the last moment to `now`.
    ///
    /// # Errors
    /// [`ErrorCode::OutsideCalendar`], [`ErrorCode::ClockMovedBack`].
    pub(crate) fn check(self, now: Moment, last: Option<Moment>) -> Result<(), Error> {
        let zone = self.policy.zone();
        let found = || now.in_zone(zone).to_string();
        if !(2000..=2100).contains(&zone.day(now).year()) {
            return Err(Error::new(ErrorCode::OutsideCalendar, "now", "the years 2000 to 2100", found()));
        }
        match last {
            Some(last) if now < last => {
                let expected = format!("{} or later", last.in_zone(zone));
                Err(Error::new(ErrorCode::ClockMovedBack, "now", expected, found()))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The end of a term that starts so.
    pub(crate) fn end(self, term: Term, start: Start) -> Deadline {
        let counted = self.policy.counted(term.unit(), start);
        let (at, projected) = self.counted_on(term.unit(), u32::from(term.count()), start, counted);
        Deadline { at, projected, start, term: Some(term), gained: 0, counted: None }
    }

    /// So many units from a start.
    fn counted_on(self, unit: Unit, count: u32, start: Start, counted: Counted) -> (Moment, bool) {
        let day = self.day(start.at);
        let dated = match counted {
            Counted::FromNextDay | Counted::ToSameTime => day,
            Counted::FromThatDay => day.plus_days(-1),
        };
        self.run(unit, count, start.at, dated, counted)
    }

    /// So many units after an event at an instant that is dated on a day; the next one is day 1.
    fn run(self, unit: Unit, count: u32, at: Moment, dated: Day, counted: Counted) -> (Moment, bool) {
        asked(Part::Policy);
        let days = i32::try_from(count).unwrap_or(i32::MAX);
        let (last, projected) = match unit {
            // O18, O19: elapsed time, the last second included.
            Unit::Hours => return (at.plus_seconds(i64::from(count) * 3600 + 1), false),
            Unit::WorkingDays => self.working_day(dated, count),
            Unit::CalendarDays => (dated.plus_days(days), false),
            // F30: the same day number, or the last day of a shorter month.
            Unit::Months => (dated.plus_months(count), false),
            Unit::Years => (dated.plus_months(count.saturating_mul(12)), false),
        };
        (self.closing(last, at, counted), projected)
    }

    fn working_day(self, dated: Day, count: u32) -> (Day, bool) {
        let counted = u16::try_from(count).ok().and_then(|n| self.calendar.working_day_after(dated, n).ok());
        match counted {
            Some(found) => (found.day, found.projected),
            // Further than any calendar reaches (no `now` that a register takes leads here): seven days a five.
            None => (Day::from_epoch(i64::from(dated.epoch()) + i64::from(count) * 7 / 5), true),
        }
    }

    /// The first instant that is too late when `last` is the last good day (O04).
    pub(crate) fn after(self, last: Day, start: Moment) -> Moment {
        self.closing(last, start, self.policy.usual())
    }

    /// The same of a term that is counted so.
    fn closing(self, last: Day, start: Moment, counted: Counted) -> Moment {
        asked(Part::Policy);
        match counted {
            Counted::FromNextDay | Counted::FromThatDay => self.policy.zone.midnight(last.plus_days(1)),
            Counted::ToSameTime => self.policy.zone.moment(last, self.policy.zone.clock(start)),
        }
    }

    /// The same end after a pause. A term in days gains the days that the pause touched, one in hours the time
    /// that passed; months and years gain nothing. `unit` is what an end without a term is counted in.
    pub(crate) fn after_pause(self, end: Deadline, unit: Unit, from: Moment, to: Moment) -> Deadline {
        let unit = end.term.map_or(unit, Term::unit);
        let touched = (self.day(from), self.day(to.plus_seconds(-1)));
        let days = match unit {
            Unit::Hours => {
                let passed = to.unix().saturating_sub(from.unix());
                return Deadline { at: end.at.plus_seconds(passed), ..end };
            }
            Unit::WorkingDays => {
                self.calendar.working_days_between(touched.0.plus_days(-1), touched.1).unwrap_or_default()
            }
            Unit::CalendarDays => {
                u32::try_from(touched.1.epoch().saturating_sub(touched.0.epoch()).saturating_add(1))
                    .unwrap_or_default()
            }
            Unit::Months | Unit::Years => 0,
        };
        if days == 0 || to <= from {
            return end;
        }
        let counted = self.policy.counted_of(&end);
        let (at, projected) = self.run(unit, days, end.at, self.last_day(end.at, counted), counted);
        let gained = end.gained.saturating_add(u16::try_from(days).unwrap_or(u16::MAX));
        Deadline { at, projected: end.projected || projected, gained, ..end }
    }

    /// The same end by this calendar: later where it makes the term longer, never earlier.
    pub(crate) fn recounted(self, end: Deadline) -> Deadline {
        let Some(term) = end.term.filter(|term| term.unit() == Unit::WorkingDays) else { return end };
        let count = u32::from(term.count()).saturating_add(u32::from(end.gained));
        let counted = self.policy.counted_of(&end);
        let (at, projected) = self.counted_on(term.unit(), count, end.start, counted);
        if at > end.at { Deadline { at, projected, ..end } } else { end }
    }

    /// The last day on which a term that ends at `end` is still good.
    pub(crate) fn last_good_day(self, end: Moment) -> Day {
        self.last_day(end, self.policy.usual())
    }

    fn last_day(self, end: Moment, counted: Counted) -> Day {
        match counted {
            Counted::FromNextDay | Counted::FromThatDay => self.day(end.plus_seconds(-1)),
            Counted::ToSameTime => self.day(end),
        }
    }

    /// The latest end that a term counted from the last good day of another, or from a day, may give.
    pub(crate) fn latest(self, max: Term, base: Day, start: Moment) -> Moment {
        let base_end = self.after(base, start);
        self.run(max.unit(), u32::from(max.count()), base_end, base, self.policy.usual()).0
    }

    /// When somebody is reminded of an end: at 00:00 of the day that lies so long before the last good day.
    pub(crate) fn reminder(self, end: Moment, before: Term) -> Moment {
        let last = self.last_good_day(end);
        let count = i32::from(before.count());
        let day = match before.unit() {
            Unit::Hours => self.day(end.plus_seconds(-1 - i64::from(count) * 3600)),
            Unit::CalendarDays => last.plus_days(-count),
            Unit::Months => last.minus_months(u32::from(before.count())),
            Unit::Years => last.minus_months(u32::from(before.count()) * 12),
            Unit::WorkingDays => {
                let works = |day: &Day| self.calendar.is_working_day(*day).unwrap_or(true);
                let mut days = (1..).map(|back| last.plus_days(-back)).filter(works);
                days.nth(usize::from(before.count() - 1)).unwrap_or(last)
            }
        };
        self.policy.zone.midnight(day)
    }

    /// R31: when interest must first have been confirmed.
    pub(crate) fn interest_from(self, registered: Moment) -> Option<Moment> {
        asked(Part::Policy);
        Some(match self.policy.interest? {
            Interest::Every { every, counted_from: _ } => self.period(every, 1, registered),
            Interest::Yearly { yearly_by } => self.yearly(yearly_by, registered, 1),
        })
    }

    /// What a confirmation moves that to: it counts for the period that is running, whatever was missed
    /// (O20, O21).
    pub(crate) fn interest_after(self, registered: Moment, confirmed: Moment) -> Option<Moment> {
        asked(Part::Policy);
        Some(match self.policy.interest? {
            Interest::Every { every, counted_from: InterestBase::Registration } => {
                let running = self.running_period(every, registered, confirmed);
                self.period(every, running.saturating_add(1), registered)
            }
            Interest::Every { every, counted_from: InterestBase::Confirmation } => {
                self.period(every, 1, confirmed)
            }
            Interest::Yearly { yearly_by } => self.yearly(yearly_by, confirmed, 2),
        })
    }

    /// The end of the period that runs: for an application that is taken over.
    pub(crate) fn interest_running(self, registered: Moment, now: Moment) -> Option<Moment> {
        Some(match self.policy.interest? {
            Interest::Every { every, counted_from: _ } => {
                self.period(every, self.running_period(every, registered, now), registered)
            }
            Interest::Yearly { yearly_by } => self.yearly(yearly_by, now, 1),
        })
    }

    /// The end of the n-th period since an instant; counted from it, so that it never drifts.
    fn period(self, every: Term, n: u32, since: Moment) -> Moment {
        let count = u32::from(every.count()).saturating_mul(n);
        self.run(every.unit(), count, since, self.day(since), self.policy.usual()).0
    }

    /// The number of the first period that ends after `now`.
    fn running_period(self, every: Term, since: Moment, now: Moment) -> u32 {
        let (mut low, mut high) = (1_u32, 2_u32);
        while self.period(every, high, since) <= now && high < u32::MAX / 2 {
            low = high;
            high = high.saturating_mul(2);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if self.period(every, middle, since) > now {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// The n-th such day after an instant, at local 00:00 (F22).
    fn yearly(self, by: super::MonthDay, after: Moment, n: i32) -> Moment {
        let year = self.day(after).year();
        let midnight = |year: i32| self.policy.zone.midnight(by.of_year(year));
        let first = if midnight(year) > after { year } else { year + 1 };
        midnight(first + n - 1)
    }
}

impl Policy {
    /// O03: the day of the event does not count, unless the policy says so. O16: what happens by itself at local
    /// 00:00:00 belongs to the day that has just ended, so that the day that begins is day 1.
    fn counted(&self, unit: Unit, start: Start) -> Counted {
        let first_counts =
            self.terms.first_day_counts && matches!(unit, Unit::WorkingDays | Unit::CalendarDays);
        let belongs_before = || start.by_itself && self.zone.clock(start.at) == 0;
        match self.terms.end {
            TermEnd::EndOfDay if first_counts || belongs_before() => Counted::FromThatDay,
            TermEnd::EndOfDay | TermEnd::SameTime => self.usual(),
        }
    }

    /// How the days after a day are counted.
    fn usual(&self) -> Counted {
        match self.terms.end {
            TermEnd::EndOfDay => Counted::FromNextDay,
            TermEnd::SameTime => Counted::ToSameTime,
        }
    }

    /// How a running term is counted; this policy holds.
    fn counted_of(&self, end: &Deadline) -> Counted {
        let unit = end.term.map_or(Unit::Months, Term::unit);
        end.counted.unwrap_or_else(|| self.counted(unit, end.start))
    }

    /// The same end when this policy has followed another: a running term is counted as it began.
    pub(crate) fn took_over(&self, end: Deadline, from: &Policy) -> Deadline {
        let began = from.counted_of(&end);
        let here = self.counted_of(&Deadline { counted: None, ..end });
        Deadline { counted: Some(began).filter(|began| *began != here), ..end }
    }

    /// The local date at a moment.
    pub(crate) fn day(&self, at: Moment) -> Day {
        asked(Part::Policy);
        self.zone.day(at)
    }

    /// R36: the moment from which a child born on a day may be given a place.
    pub(crate) fn old_enough_at(&self, born: Day) -> Moment {
        self.reaches(born, self.age.choose_from)
    }

    /// R12: the moment from which it is too old.
    pub(crate) fn too_old_at(&self, born: Day) -> Moment {
        self.reaches(born, self.age.until)
    }

    /// O28: the moment at which the age limit closes its application.
    pub(crate) fn closes_at(&self, born: Day) -> Option<Moment> {
        asked(Part::Policy);
        match self.age.on_reaching_limit {
            OnLimit::Close => Some(self.too_old_at(born)),
            OnLimit::Keep => None,
        }
    }

    /// O28: the moment from which it is too old although its application stays.
    pub(crate) fn stays_too_old_from(&self, born: Day) -> Option<Moment> {
        match self.age.on_reaching_limit {
            OnLimit::Close => None,
            OnLimit::Keep => Some(self.too_old_at(born)),
        }
    }

    /// Local 00:00 of the birthday.
    fn reaches(&self, born: Day, age: Term) -> Moment {
        asked(Part::Policy);
        self.zone.midnight(born.birthday(age.months().unwrap_or_default()))
    }
}
