//! How far past reckonings were from what came: the range of a forecast, and its confidence.

use std::ops::RangeInclusive;

use super::reckon::{Rules, Span, YEAR};
use super::tally::{Date, Step};
use crate::Day;
use crate::sorted::{self, Map};

/// Reckonings of so many months back are looked at.
const MONTHS_BACK: u32 = 24;
/// Of each line and month at most so many, evenly along the line.
const PER_LINE: usize = 200;
/// With fewer cases nothing is told.
pub(super) const LEAST: u32 = 20;
/// The shares of past cases that came before a range and by its end, in a hundred: it holds four of five.
const BEFORE: u64 = 10;
/// See [`BEFORE`].
const BY_THE_END: u64 = 90;
/// Shares are counted in parts of this.
const WHOLE: u64 = 1_000_000_000;

/// Reckonings that are alike: how far ahead, and whether the child is still too young.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    ahead: u8,
    young: bool,
}

/// A turn that was reckoned on a date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) on: Date,
    pub(super) turn: Date,
    /// The child is old enough from then on, and too old from then on.
    pub(super) able: Date,
    pub(super) too_old: Date,
}

/// A case of the past, and what ended the wait.
#[derive(Clone, Copy, Debug)]
struct Past {
    case: Case,
    ended: Option<(Date, Step)>,
}

/// By how many days a turn came later than reckoned, or at least so many where it has not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Miss {
    days: Date,
    /// It has not come (yet): the wait ended otherwise, or goes on.
    not_come: bool,
}

/// By how many days turns of a kind came later than reckoned: from, to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spread {
    Days(Date, Date),
    /// Too few came: so many.
    Thin(u32),
    /// Too many have not come for an end to be told.
    Open,
}

/// What became of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// The turn came in it.
    InRange,
    /// The turn came before it.
    Earlier,
    /// It passed without the turn.
    Later,
    /// The wait ended without a turn before it was over: that says nothing of when the turn would have come.
    Left,
    /// It is not over.
    Open,
}

/// Why no range is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRange {
    /// So few cases.
    Thin(u32),
    /// Too many turns of this kind have not come.
    Open,
    /// The range begins when the child is too old.
    TooOld,
}

/// What the past says: how far reckonings were off, by kind, and how often ranges made of that held.
#[derive(Clone, Debug, Default)]
pub(super) struct Misses {
    spreads: Map<Kind, Spread>,
    /// Ranges of the past that are settled, and those of them that held.
    pub(super) settled: u32,
    held: u32,
}

impl Case {
    fn kind(self) -> Kind {
        let bounds = [31, 92, 183];
        let beyond = bounds.iter().zip(1..).filter(|(bound, _)| self.turn - self.on > **bound);
        Kind { ahead: beyond.map(|(_, n)| n).max().unwrap_or_default(), young: self.able > self.on }
    }

    /// Three days and a sixteenth of the way ahead: the cases of a month and line share one fate, so they lie
    /// closer together than the years do.
    fn margin(self) -> Date {
        3 + (self.turn - self.on).max(0) / 16
    }
}

impl Misses {
    /// Reckons every line on the first of each month anew, with what was known then, and compares; then makes
    /// the ranges that would have been told in each of these months, and counts those that held.
    pub(super) fn of(rules: Rules<'_>, today: Day) -> Misses {
        let Some(began) = rules.tally.began else { return Misses::default() };
        let first = today.plus_days(1 - i32::try_from(today.day()).unwrap_or(1));
        let months = (0..MONTHS_BACK).map(|months| first.minus_months(months).epoch());
        let mut months: Vec<Date> = months.take_while(|start| *start >= began + YEAR).collect();
        months.reverse();
        let known = today.epoch() + 1;
        let mut misses = Misses::default();
        let mut past: Vec<Past> = Vec::new();
        for month in months {
            let then = spreads(&past, month);
            let cases = cases(rules, month);
            for one in &cases {
                if let Ok(range) = range(&then, one.case) {
                    misses.settle(came(&range, one.ended.filter(|(end, _)| *end < known), known - 1));
                }
            }
            past.extend(cases);
        }
        misses.spreads = spreads(&past, known);
        misses
    }

    fn settle(&mut self, came: Came) {
        match came {
            Came::InRange => {
                self.settled += 1;
                self.held += 1;
            }
            Came::Earlier | Came::Later => self.settled += 1,
            Came::Left | Came::Open => {}
        }
    }

    /// The range of a reckoned turn.
    pub(super) fn range(&self, case: Case) -> Result<RangeInclusive<Date>, NoRange> {
        let range = range(&self.spreads, case)?;
        if self.settled < LEAST { Err(NoRange::Thin(self.settled)) } else { Ok(range) }
    }

    /// Of a hundred past ranges so many held.
    pub(super) fn held_percent(&self) -> u8 {
        let percent = u64::from(self.held).saturating_mul(100).checked_div(u64::from(self.settled));
        percent.and_then(|percent| u8::try_from(percent).ok()).unwrap_or_default().min(99)
    }
}

/// Everybody whose turn could be reckoned on a date, with what ended the wait.
fn cases(rules: Rules<'_>, on: Date) -> Vec<Past> {
    let mut cases = Vec::new();
    for (line, waiters) in rules.waiting(on) {
        let turns = rules.reckon(line, &waiters, Span { start: on, known: on });
        let step = waiters.len().div_ceil(PER_LINE).max(1);
        for (waiter, turn) in waiters.iter().zip(turns).step_by(step) {
            let Some(turn) = turn.filter(|turn| *turn < waiter.too_old) else { continue };
            let ended = rules.tally.life(waiter.holder).and_then(|life| life.ended(on));
            let case = Case { on, turn, able: waiter.able, too_old: waiter.too_old };
            cases.push(Past { case, ended });
        }
    }
    cases
}

/// How far off the reckonings of each kind were, as was known before a date.
fn spreads(past: &[Past], known: Date) -> Map<Kind, Spread> {
    let mut kinds: Map<Kind, Vec<Miss>> = Map::default();
    for Past { case, ended } in past {
        let (end, step) = ended.filter(|(end, _)| *end < known).unwrap_or((known - 1, Step::Waits(None)));
        let miss = Miss { days: end - case.turn, not_come: step != Step::Turn };
        kinds.or_default(case.kind()).push(miss);
    }
    kinds.into_iter().map(|(kind, misses)| (kind, spread(misses))).collect()
}

/// The range that leaves one of ten cases before it and one after.
///
/// A case whose turn has not come counts as one that will come later, as all later ones do (the product-limit
/// estimate of Kaplan and Meier, in whole parts).
fn spread(misses: Vec<Miss>) -> Spread {
    let came = misses.iter().filter(|miss| !miss.not_come).count();
    let came = u32::try_from(came).unwrap_or(u32::MAX);
    if came < LEAST {
        return Spread::Thin(came);
    }
    let misses = sorted::by(misses, |miss| (miss.days.into(), miss.not_come.into()));
    let mut rest = WHOLE;
    let mut from = None;
    for (miss, count) in misses.iter().zip((1..=misses.len()).rev()) {
        if miss.not_come {
            continue;
        }
        rest = rest.saturating_sub(rest / u64::try_from(count).unwrap_or(u64::MAX));
        if from.is_none() && WHOLE - rest > WHOLE / 100 * BEFORE {
            from = Some(miss.days);
        }
        if WHOLE - rest >= WHOLE / 100 * BY_THE_END {
            return Spread::Days(from.unwrap_or(miss.days), miss.days);
        }
    }
    Spread::Open
}

/// The range of a reckoned turn: not before it can come, and before the age limit.
fn range(spreads: &Map<Kind, Spread>, case: Case) -> Result<RangeInclusive<Date>, NoRange> {
    let (from, to) = match spreads.get(case.kind()) {
        Some(Spread::Days(from, to)) => (*from, *to),
        Some(Spread::Thin(came)) => return Err(NoRange::Thin(*came)),
        Some(Spread::Open) => return Err(NoRange::Open),
        None => return Err(NoRange::Thin(0)),
    };
    let first = (case.turn + from - case.margin()).max(case.able).max(case.on);
    if first >= case.too_old {
        return Err(NoRange::TooOld);
    }
    let last = (case.turn + to + case.margin()).min(case.too_old - 1).max(first);
    Ok(first..=last)
}

/// What became of a range, where the last day that is known is `until`.
pub(super) fn came(range: &RangeInclusive<Date>, ended: Option<(Date, Step)>, until: Date) -> Came {
    match ended {
        Some((at, _)) if at > *range.end() => Came::Later,
        Some((at, Step::Turn)) if at < *range.start() => Came::Earlier,
        Some((_, Step::Turn)) => Came::InRange,
        Some((_, Step::Waits(_) | Step::Referred | Step::Inactive | Step::Out)) => Came::Left,
        None if until > *range.end() => Came::Later,
        None => Came::Open,
    }
}
