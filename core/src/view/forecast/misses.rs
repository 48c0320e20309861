//! How far past reckonings were from what came: the range of a forecast, and its confidence.

use std::collections::BTreeMap;

use super::reckon::{Rules, Span, YEAR};
use super::tally::{Date, Step};
use crate::Day;

/// Reckonings of so many months back are looked at.
const MONTHS_BACK: u32 = 24;
/// With fewer turns that came in cases like this, nothing is told.
pub(super) const LEAST: u32 = 20;
/// A range holds at least so many of a hundred past cases.
const SHARE: u64 = 80;
/// Shares are counted in parts of this.
const WHOLE: u64 = 1_000_000_000;

/// Reckonings that are alike: how far ahead, and whether the age decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    ahead: u8,
    by_age: bool,
}

impl Kind {
    /// Of a turn reckoned for a date, for one who is able from a date on.
    pub(super) fn of(start: Date, turn: Date, able: Date) -> Kind {
        let bounds = [14, 61, 122, 183, 274, 365, 548];
        let ahead = bounds.iter().zip(1_u8..).filter(|(bound, _)| turn - start > **bound);
        Kind { ahead: ahead.map(|(_, n)| n).max().unwrap_or_default(), by_age: able > start }
    }
}

/// By how many days a turn came later than reckoned, or at least so many where it has not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Miss {
    days: Date,
    /// It has not come (yet): the wait ended otherwise, or goes on.
    not_come: bool,
}

/// What the past says of reckonings of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// Turns came so many days later than reckoned (or earlier: below 0).
    Days { from: Date, to: Date, percent: u8, samples: u32 },
    /// Too few came.
    Thin { samples: u32 },
    /// Too many have not come for an end to be told.
    Open,
}

/// The misses of past reckonings, by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Misses(BTreeMap<Kind, Vec<Miss>>);

impl Misses {
    /// Reckons every line on the first of each month anew, with what was known then, and compares.
    pub(super) fn of(rules: Rules<'_>, today: Day) -> Misses {
        let mut misses = Misses::default();
        let Some(began) = rules.tally.began else { return misses };
        let first = today.plus_days(1 - i32::try_from(today.day()).unwrap_or(1));
        let months = (0..MONTHS_BACK).map(|months| first.minus_months(months).epoch());
        for start in months.take_while(|start| *start >= began + YEAR) {
            misses.look(rules, start, today.epoch());
        }
        for all in misses.0.values_mut() {
            all.sort_unstable();
        }
        misses
    }

    fn look(&mut self, rules: Rules<'_>, start: Date, today: Date) {
        let span = Span { start, known: start };
        for (line, waiters) in rules.waiting(start) {
            for (waiter, turn) in waiters.iter().zip(rules.reckon(line, &waiters, span)) {
                let Some(turn) = turn.filter(|turn| *turn < waiter.too_old) else { continue };
                let ended = rules.tally.life(waiter.holder).and_then(|life| life.ended(start));
                let (end, step) = ended.unwrap_or((today, Step::Waits(None)));
                let miss = Miss { days: end - turn, not_come: step != Step::Turn };
                self.0.entry(Kind::of(start, turn, waiter.able)).or_default().push(miss);
            }
        }
    }

    /// The shortest range of days that holds its share of the past cases of a kind.
    ///
    /// A case whose turn has not come counts as one that will come later, as all later ones do (the
    /// product-limit estimate of Kaplan and Meier, in whole parts).
    pub(super) fn range(&self, kind: Kind) -> Range {
        let all = self.0.get(&kind).map(Vec::as_slice).unwrap_or_default();
        let samples = u32::try_from(all.iter().filter(|miss| !miss.not_come).count()).unwrap_or(u32::MAX);
        if samples < LEAST {
            return Range::Thin { samples };
        }
        match shortest(&weighed(all)) {
            Some((from, to, share)) => {
                let percent = u8::try_from(share.saturating_mul(100) / WHOLE).unwrap_or(100).min(99);
                Range::Days { from, to, percent, samples }
            }
            None => Range::Open,
        }
    }
}

/// The share of each miss, the earliest first.
fn weighed(misses: &[Miss]) -> Vec<(Date, u64)> {
    let mut rest = WHOLE;
    let mut count = u64::try_from(misses.len()).unwrap_or(u64::MAX);
    let mut shares: Vec<(Date, u64)> = Vec::new();
    for miss in misses {
        if !miss.not_come {
            let share = rest / count.max(1);
            rest = rest.saturating_sub(share);
            match shares.last_mut() {
                Some((days, all)) if *days == miss.days => *all = all.saturating_add(share),
                Some(_) | None => shares.push((miss.days, share)),
            }
        }
        count = count.saturating_sub(1);
    }
    shares
}

/// The shortest range that holds [`SHARE`], the earlier of two; and what it holds.
fn shortest(shares: &[(Date, u64)]) -> Option<(Date, Date, u64)> {
    let wanted = WHOLE / 100 * SHARE;
    let (mut first, mut held) = (0, 0_u64);
    let mut best: Option<(Date, Date, u64)> = None;
    for (to, share) in shares {
        held = held.saturating_add(*share);
        while let Some((from, share)) = shares.get(first)
            && held >= wanted
        {
            if best.is_none_or(|(low, high, _)| to - from < high - low) {
                best = Some((*from, *to, held));
            }
            held = held.saturating_sub(*share);
            first += 1;
        }
    }
    best
}
