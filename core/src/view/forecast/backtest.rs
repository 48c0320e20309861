//! How often past forecasts held: a journal is lived through again, and asked each month.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::misses::{Came, came};
use super::tally::{Date, Tally};
use super::{CannotTell, Forecast, Forecaster, day};
use crate::application::Standing;
use crate::register::Book;
use crate::sorted;
use crate::{ApplicationNumber, Day, Error, Event, GroupYear, Moment, Register};

/// How often the forecasts of a journal held. From [`backtest`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Backtest {
    /// The dates on which was asked: the first of each month.
    pub asked_on: Vec<Day>,
    /// All forecasts together.
    pub all: BacktestCounts,
    /// By how far ahead they looked, the nearest first.
    pub horizons: Vec<ForecastHorizon>,
    /// By what they said of themselves.
    pub calibration: Vec<Calibration>,
    /// Why nothing was told, and how often: the `why` of [`CannotTell`].
    pub cannot_tell: BTreeMap<String, u32>,
}

/// What became of forecasts.
///
/// Held, earlier and later are settled: only they say how good the forecasts were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BacktestCounts {
    /// How many were asked for.
    pub asked: u32,
    /// The turn came in the range.
    pub held: u32,
    /// The turn came before the range.
    pub earlier: u32,
    /// The range passed without the turn.
    pub later: u32,
    /// Before the end of the range the wait ended without a turn: withdrawn, closed, or with a place of free
    /// choice, which says nothing of when the turn would have come.
    pub left: u32,
    /// The range is not over at the end of the journal.
    pub open: u32,
    /// Nothing was told.
    pub cannot_tell: u32,
    /// Of the settled ones, so many of a hundred held.
    pub held_percent: Option<u8>,
    /// Half of the ranges had at most so many days.
    pub median_days: Option<u32>,
}

/// Forecasts that looked as far ahead, by the middle of their range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ForecastHorizon {
    /// From so many days ahead.
    pub from_days: u32,
    /// To before so many; none for the last.
    pub to_days: Option<u32>,
    /// What became of them.
    pub counts: BacktestCounts,
}

/// Forecasts that gave themselves the same confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Calibration {
    /// They said at least so many of a hundred.
    pub said_from: u8,
    /// And at most so many.
    pub said_to: u8,
    /// So many of them are settled.
    pub settled: u32,
    /// So many held.
    pub held: u32,
    /// Of a hundred, so many held.
    pub held_percent: u8,
}

/// Replays a journal and says how often its forecasts would have held.
///
/// On the first of each month, at local 00:00, it asks for at most `per_line` of those who wait in each line,
/// evenly along it, **with only what was known then**, and looks later in the journal when the turn came.
///
/// ```
/// # use kezek::{Policy, Register, backtest};
/// let register = Register::new(Policy::named("akmola-2018")?)?;
/// let events = register.events().iter().map(|event| (**event).clone());
/// assert_eq!(backtest(events, 50)?.all.asked, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`Register::replay`].
pub fn backtest(
    events: impl IntoIterator<Item = impl Into<Arc<Event>>>,
    per_line: u32,
) -> Result<Backtest, Error> {
    let register = Register::replay(events)?;
    let asked = past_forecasts(&register, per_line);
    let tally = Tally::of(register.events(), register.policy().zone());
    let until = register.now().map_or(0, |now| register.policy().zone().day(now).epoch());
    Ok(summed_up(&asked, &tally, until))
}

/// A forecast that was made on a date.
pub(super) struct Asked {
    pub(super) on: Date,
    holder: u32,
    pub(super) forecast: Forecast,
}

/// Lives through a journal and asks on the first of each month.
pub(super) fn past_forecasts(register: &Register, per_line: u32) -> Vec<Asked> {
    let zone = register.policy().zone();
    let mut asked = Vec::new();
    let mut events = register.events().iter().peekable();
    let Some(mut book) = events.next().and_then(|opened| Book::opened(opened)) else { return asked };
    let mut tally = Tally::new(zone);
    let (Some(first), Some(last)) = (events.peek().and_then(|event| event.at), register.now()) else {
        return asked;
    };
    let mut month = zone.day(first).plus_months(1);
    month = month.plus_days(1 - i32::try_from(month.day()).unwrap_or(1));
    loop {
        let now = zone.midnight(month);
        if now > last {
            return asked;
        }
        while let Some(event) = events.next_if(|event| event.moment() <= now) {
            tally.take_in(event, &mut book);
        }
        ask_month(&book, &tally, now, month, per_line, &mut asked);
        month = month.plus_months(1);
    }
}

fn ask_month(book: &Book, tally: &Tally, now: Moment, on: Day, per_line: u32, asked: &mut Vec<Asked>) {
    let forecaster = Forecaster::new(book, Cow::Borrowed(tally), now);
    for (holder, number) in sample(book, per_line) {
        if let Ok(forecast) = forecaster.of(number) {
            asked.push(Asked { on: on.epoch(), holder, forecast });
        }
    }
}

/// At most so many of those who wait in each line, evenly along it.
fn sample(book: &Book, per_line: u32) -> Vec<(u32, &ApplicationNumber)> {
    let mut lines: BTreeMap<GroupYear, Vec<_>> = BTreeMap::new();
    for (application, holder) in book.applications.iter().zip(0..) {
        if let Standing::Queued | Standing::StopListed { .. } = &application.standing {
            let key = (application.registered_at, holder);
            lines.entry(application.group_year).or_default().push((key, &application.number));
        }
    }
    let wanted = usize::try_from(per_line).unwrap_or(usize::MAX).max(1);
    let mut chosen = Vec::new();
    for line in lines.into_values() {
        let line = sorted::by(line, |((at, holder), _): &((Moment, u32), _)| (at.unix(), *holder));
        let step = line.len().div_ceil(wanted).max(1);
        chosen.extend(line.into_iter().step_by(step).map(|((_, holder), number)| (holder, number)));
    }
    chosen
}

/// The bounds of the horizons, in days.
const HORIZONS: [u32; 6] = [0, 31, 92, 183, 366, 549];
/// The bounds of what forecasts say of themselves.
const SAID: [(u8, u8); 4] = [(50, 69), (70, 79), (80, 89), (90, 100)];

fn summed_up(asked: &[Asked], tally: &Tally, until: Date) -> Backtest {
    let mut sums = BTreeMap::<u32, Sum>::new();
    let mut all = Sum::default();
    let mut said = [(0_u32, 0_u32); SAID.len()];
    let mut why: BTreeMap<String, u32> = BTreeMap::new();
    let mut dates: Vec<Day> = asked.iter().map(|asked| day(asked.on)).collect();
    dates.dedup();
    for one in asked {
        let Some(turn) = one.forecast.turn else {
            all.counts.asked += 1;
            all.counts.cannot_tell += 1;
            if let Some(reason) = one.forecast.cannot_tell {
                *why.entry(reason.name().to_owned()).or_default() += 1;
            }
            continue;
        };
        let ended = tally.life(one.holder).and_then(|life| life.ended(one.on));
        let came = came(&(turn.from.epoch()..=turn.to.epoch()), ended, until);
        let width = u32::try_from(turn.to.epoch() - turn.from.epoch() + 1).unwrap_or_default();
        let middle = u32::try_from((turn.from.epoch() + turn.to.epoch()) / 2 - one.on).unwrap_or_default();
        let horizon = HORIZONS.iter().rev().find(|from| **from <= middle).copied().unwrap_or_default();
        all.add(came, width);
        sums.entry(horizon).or_default().add(came, width);
        let row = SAID.iter().position(|(from, to)| (*from..=*to).contains(&turn.confidence));
        if let Some((settled, held)) = row.and_then(|row| said.get_mut(row)) {
            *settled += u32::from(matches!(came, Came::InRange | Came::Earlier | Came::Later));
            *held += u32::from(came == Came::InRange);
        }
    }
    let horizons = HORIZONS.iter().zip(1..).filter_map(|(from, next)| {
        let counts = sums.remove(from)?.done();
        Some(ForecastHorizon { from_days: *from, to_days: HORIZONS.get(next).copied(), counts })
    });
    let calibration = SAID.iter().zip(said).filter_map(|((said_from, said_to), (settled, held))| {
        let held_percent = percent(held, settled)?;
        Some(Calibration { said_from: *said_from, said_to: *said_to, settled, held, held_percent })
    });
    Backtest {
        asked_on: dates,
        horizons: horizons.collect(),
        calibration: calibration.collect(),
        all: all.done(),
        cannot_tell: why,
    }
}

/// Counts, and the lengths of the ranges.
#[derive(Default)]
struct Sum {
    counts: BacktestCounts,
    widths: Vec<u32>,
}

impl Sum {
    fn add(&mut self, came: Came, width: u32) {
        self.widths.push(width);
        self.counts.asked += 1;
        let count = match came {
            Came::InRange => &mut self.counts.held,
            Came::Earlier => &mut self.counts.earlier,
            Came::Later => &mut self.counts.later,
            Came::Left => &mut self.counts.left,
            Came::Open => &mut self.counts.open,
        };
        *count += 1;
    }

    fn done(mut self) -> BacktestCounts {
        self.widths.sort_unstable();
        let BacktestCounts { held, earlier, later, .. } = self.counts;
        self.counts.held_percent = percent(held, held + earlier + later);
        self.counts.median_days = self.widths.get(self.widths.len() / 2).copied();
        self.counts
    }
}

/// Whole parts of a hundred; none of nothing.
fn percent(part: u32, whole: u32) -> Option<u8> {
    u8::try_from((u64::from(part) * 100).checked_div(u64::from(whole))?).ok()
}

impl CannotTell {
    /// Its name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            CannotTell::NotInQueue { .. } => "not_in_queue",
            CannotTell::Inactive {} => "inactive",
            CannotTell::Paused {} => "paused",
            CannotTell::YoungRegister { .. } => "young_register",
            CannotTell::NoPlacesSeen {} => "no_places_seen",
            CannotTell::TooFar {} => "too_far",
            CannotTell::TooOldBefore { .. } => "too_old_before",
            CannotTell::ThinData { .. } => "thin_data",
            CannotTell::Unsteady { .. } => "unsteady",
        }
    }
}
