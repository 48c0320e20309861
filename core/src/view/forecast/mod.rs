//! When the turn may come (прогноз очереди / кезек болжамы): a range of dates, how often such ranges held in this
//! register, and what both were made from.
//!
//! A line moves when places come to it. They come in waves, most of them when groups are formed in summer, so a
//! mean of places a week tells little. The forecast therefore takes **the places of the last year, given to
//! today's line**. For each day to come it looks 52 weeks back: what came then to the line that was as old then as
//! this one will be (last year's line of children of the same age; this line itself where that one had no
//! places). Those places go to today's line by the rules: the first in the order of service who is old enough
//! on that day (R36) and not blocked (R48). Those who leave the line do so all along it.
//!
//! - A turn that brought its holder back into line (a lapse, a recall) moved nobody and is not counted; a place
//!   that nobody could be offered is, for a longer line would have had it; one that went to a newcomer with a
//!   benefit that is served first is not, for it will again.
//! - The year is one of 52 weeks: it keeps the days of the week, on which offices publish.
//!
//! How good that is, the register knows itself. The same reckoning is made **for the first of each of the last 24
//! months, with what was known then**, for everybody who waited, and compared with the day on which the turn
//! really came. Of the reckonings of a kind (as far ahead; the child still too young or not) the days that hold
//! four of five, a little widened, make the range of the forecast. A case whose wait ended without a turn
//! (withdrawn, a place of free choice) or goes on is neither left out nor taken for a turn: it says that the turn
//! comes later than that.
//!
//! The confidence is not what the range was made to hold but **what such ranges did hold**: in each of those
//! months the ranges are made that would have been told then, and those that the turn came in are counted. "With
//! last year's places your turn comes in August; forecasts like this held in 83 of 100 cases."
//!
//! It does not tell where it does not know: a register younger than a year, fewer than 20 cases, no place that
//! ever came, forecasts that mostly did not hold ([`CannotTell`]). No floats, no chance: equal journals give equal answers everywhere.

mod backtest;
mod misses;
mod reckon;
mod tally;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::mem;

use serde::Serialize;

pub use backtest::{Backtest, BacktestCounts, Calibration, ForecastHorizon, backtest};

use super::View;
use crate::application::{Application, Standing};
use crate::error::ErrorCode;
use crate::queue::{Class, Service};
use crate::register::Book;
use crate::sorted::{self, Map};
use crate::{ApplicationNumber, Day, Error, GroupYear, Moment, Policy, Stage};
use misses::{Case, LEAST, Misses, NoRange};
use reckon::{Rules, Span, Waiter, YEAR};
use tally::{Date, Tally, within};

/// Where fewer of a hundred past forecasts held, nothing is told.
const LEAST_HELD: u8 = 50;

/// When an application's turn may come (когда подойдёт очередь / кезек қашан келеді). Exactly one of `turn` and
/// `cannot_tell` is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[doc(alias = "прогноз", alias = "болжам")]
pub struct Forecast {
    /// Of which application.
    pub application: ApplicationNumber,
    /// As of when.
    pub asked_at: Moment,
    /// How many are served before it as the line stands (`in_group_year` less one, R26).
    pub ahead: u32,
    /// Those of them who wait for a turn; the others have a turn or a referral.
    pub waiting_ahead: u32,
    /// Places of its line in free choice that it could choose now, without waiting (R41); 0 for a child that is
    /// too young or must not choose.
    pub free_now: u32,
    /// When the turn may come.
    pub turn: Option<ForecastTurn>,
    /// Why that is not told.
    pub cannot_tell: Option<CannotTell>,
    /// What it was made from.
    pub basis: ForecastBasis,
}

/// A range of local dates, both good, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ForecastTurn {
    /// The first date; not before the child is old enough (R36).
    pub from: Day,
    /// The last date; before the age limit (R12).
    pub to: Day,
    /// So many of a hundred such forecasts would have held in this register: 50 to 99; 100 when the turn is now.
    pub confidence: u8,
    /// So many past forecasts say so; 0 when the turn is now.
    pub samples: u32,
}

/// Why no date is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CannotTell {
    /// It waits for no turn: it has a referral or a place, or is closed.
    NotInQueue {
        /// Where it stands.
        stage: Stage,
    },
    /// No turn can come before it is confirmed again (F26).
    Inactive {},
    /// Every clock stands.
    Paused {},
    /// The register has not seen a whole year.
    YoungRegister {
        /// The date of its first event, if there was one.
        since: Option<Day>,
    },
    /// In the last year no place came to its line, nor to those that were as old as it will be.
    NoPlacesSeen {},
    /// With last year's places the turn does not come in the years that can be reckoned, or past reckonings of
    /// this kind have mostly not come true yet.
    TooFar {},
    /// With last year's places the turn would not come before the child is too old (R12).
    TooOldBefore {
        /// The first date that is too late.
        limit: Day,
    },
    /// Forecasts would mostly not have held in this register.
    Unsteady {
        /// So many of a hundred would have.
        held_percent: u8,
    },
    /// Too few turns came in cases like this, or too few forecasts of the past are settled.
    ThinData {
        /// So many.
        samples: u32,
        /// So many would be enough.
        needed: u32,
    },
}

/// What a forecast was made from: the last 52 weeks of the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ForecastBasis {
    /// The line.
    pub line: GroupYear,
    /// The line whose last year stands for this one's next.
    pub precedent: GroupYear,
    /// From that date on (later where the register is younger).
    pub since: Day,
    /// To that date, itself included.
    pub until: Day,
    /// Turns that came in the line.
    pub turns: u32,
    /// Those who left it without a turn.
    pub left: u32,
    /// Those who joined it.
    pub joined: u32,
    /// Turns and referrals that led back into the line.
    pub lapsed: u32,
    /// Places that were published for it.
    pub places: u32,
}

/// Forecasts for any number of applications of a register at one moment. From [`View::forecaster`].
///
/// Making it reads the whole journal and reckons the lines; asking it costs next to nothing.
#[derive(Clone, Debug)]
pub struct Forecaster<'a> {
    book: &'a Book,
    tally: Cow<'a, Tally>,
    misses: Misses,
    now: Moment,
    /// By holder.
    standings: Vec<Standings>,
}

/// Where an application stands in its line, and what is reckoned for it.
#[derive(Clone, Copy, Debug, Default)]
struct Standings {
    ahead: u32,
    waiting_ahead: u32,
    reckoned: Option<Reckoned>,
}

/// One who waits, and when its turn would come.
#[derive(Clone, Copy, Debug)]
struct Reckoned {
    waiter: Waiter,
    turn: Option<Date>,
}

impl<'a> View<'a> {
    /// When the turn of an application may come. For many applications make one [`View::forecaster`].
    ///
    /// ```
    /// # use kezek::{Action, CannotTell, Child, Policy, Register};
    /// # let mut register = Register::new(Policy::named("akmola-2018")?)?;
    /// # let child = Child { iin: "p:child-1".parse()?, born: "2015-05-02".parse()? };
    /// # let submit = Action::Submit { applicant: "p:parent-1".parse()?, child, benefit: None, documents: None,
    /// #     channel: None, channel_number: None, application: None };
    /// let now = "2018-01-10T09:00:00+06:00".parse()?;
    /// let _ = register.apply(submit, now)?.accepted()?;
    /// let forecast = register.at(now)?.forecast(&"UO.2018.000001.1".parse()?)?;
    /// let since = Some("2018-01-10".parse()?);
    /// assert_eq!(forecast.cannot_tell, Some(CannotTell::YoungRegister { since }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn forecast(self, number: &ApplicationNumber) -> Result<Forecast, Error> {
        let (_, _) = self.find(number)?;
        self.forecaster()?.of(number)
    }

    /// What answers forecasts at this moment.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound) at `events` where the host keeps them.
    pub fn forecaster(self) -> Result<Forecaster<'a>, Error> {
        let tally = Tally::of(self.register.whole_history()?, self.register.policy().zone());
        Ok(Forecaster::new(self.register.book(), Cow::Owned(tally), self.now))
    }
}

impl<'a> Forecaster<'a> {
    fn new(book: &'a Book, tally: Cow<'a, Tally>, now: Moment) -> Forecaster<'a> {
        let policy = &*book.rules.policy;
        let rules = Rules { tally: &tally, policy };
        let misses = Misses::of(rules, policy.zone().day(now));
        let standings = standings(book, rules, now);
        Forecaster { book, tally, misses, now, standings }
    }

    /// When the turn of an application may come.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`](crate::ErrorCode::NotFound).
    pub fn of(&self, number: &ApplicationNumber) -> Result<Forecast, Error> {
        let found = self.book.holder(number);
        let found = found.and_then(|holder| Some((holder, self.book.application(holder)?)));
        let (holder, application) = found.ok_or_else(|| {
            let expected = "one that is in the register";
            Error::new(ErrorCode::NotFound, "application", expected, number.to_string())
        })?;
        let stood = usize::try_from(holder).ok().and_then(|at| self.standings.get(at));
        let stood = stood.copied().unwrap_or_default();
        let (turn, cannot_tell) = match self.turn(application, stood) {
            Ok(turn) => (Some(turn), None),
            Err(why) => (None, Some(why)),
        };
        Ok(Forecast {
            application: application.number.clone(),
            asked_at: self.now,
            ahead: stood.ahead,
            waiting_ahead: stood.waiting_ahead,
            free_now: self.free_now(application),
            turn,
            cannot_tell,
            basis: self.basis(application.group_year),
        })
    }

    fn policy(&self) -> &Policy {
        &self.book.rules.policy
    }

    fn today(&self) -> Day {
        self.policy().zone().day(self.now)
    }

    fn turn(&self, application: &Application, stood: Standings) -> Result<ForecastTurn, CannotTell> {
        let today = self.today();
        match &application.standing {
            // R38: the turn has come.
            Standing::Notified { .. } => {
                return Ok(ForecastTurn { from: today, to: today, confidence: 100, samples: 0 });
            }
            Standing::Queued | Standing::StopListed { .. } => {}
            // F26: offered nothing until it is restored.
            Standing::Inactive { .. } => return Err(CannotTell::Inactive {}),
            Standing::Referred { .. }
            | Standing::UnderReview { .. }
            | Standing::Enrolled(_)
            | Standing::Closed { .. } => {
                return Err(CannotTell::NotInQueue { stage: application.stage() });
            }
        }
        if self.book.rules.paused.is_some() {
            return Err(CannotTell::Paused {});
        }
        let began = self.tally.began;
        if began.is_none_or(|began| today.epoch() < began + YEAR) {
            return Err(CannotTell::YoungRegister { since: began.map(day) });
        }
        let Some(Reckoned { waiter, turn }) = stood.reckoned else { return Err(CannotTell::NoPlacesSeen {}) };
        let Waiter { able, too_old, .. } = waiter;
        let limit = CannotTell::TooOldBefore { limit: day(too_old) };
        let turn = match turn {
            Some(turn) if turn < too_old => turn,
            Some(_) => return Err(limit),
            None if !self.sees_places(application.group_year) => return Err(CannotTell::NoPlacesSeen {}),
            None if too_old <= self.span().end() => return Err(limit),
            None => return Err(CannotTell::TooFar {}),
        };
        let range = self.misses.range(Case { on: today.epoch(), turn, able, too_old });
        let range = range.map_err(|no| match no {
            NoRange::Thin(samples) => CannotTell::ThinData { samples, needed: LEAST },
            NoRange::Open => CannotTell::TooFar {},
            NoRange::TooOld => limit,
        })?;
        let (confidence, samples) = (self.misses.held_percent(), self.misses.settled);
        if confidence < LEAST_HELD {
            return Err(CannotTell::Unsteady { held_percent: confidence });
        }
        Ok(ForecastTurn { from: day(*range.start()), to: day(*range.end()), confidence, samples })
    }

    fn sees_places(&self, line: GroupYear) -> bool {
        let rules = Rules { tally: &self.tally, policy: self.policy() };
        rules.sees_places(line, self.span())
    }

    fn span(&self) -> Span {
        span(self.today())
    }

    /// R35, R41: open places, for one who is old enough and in line or notified.
    fn free_now(&self, application: &Application) -> u32 {
        let may = match &application.standing {
            Standing::Queued | Standing::Notified { .. } => self.book.rules.paused.is_none(),
            Standing::Referred { .. }
            | Standing::UnderReview { .. }
            | Standing::StopListed { .. }
            | Standing::Inactive { .. }
            | Standing::Enrolled(_)
            | Standing::Closed { .. } => false,
        };
        let born = application.child.born;
        let ages = self.policy().old_enough_at(born)..self.policy().too_old_at(born);
        if !may || !ages.contains(&self.now) {
            return 0;
        }
        let own = self.book.vacancies.iter().filter(|vacancy| vacancy.group_year == application.group_year);
        own.map(|vacancy| u32::from(vacancy.counts().open)).sum()
    }

    fn basis(&self, line: GroupYear) -> ForecastBasis {
        let today = self.today().epoch();
        let since = self.tally.began.map_or(today, |began| began.max(today - YEAR));
        let rules = Rules { tally: &self.tally, policy: self.policy() };
        let mut basis = ForecastBasis {
            line,
            precedent: rules.precedent(line, 1, self.span()),
            since: day(since),
            until: day(today),
            turns: 0,
            left: 0,
            joined: 0,
            lapsed: 0,
            places: 0,
        };
        if let Some(flow) = self.tally.lines.get(line) {
            let count = |days: &[Date]| count(within(days, since, today + 1).len());
            let turns = flow.places_in(since, today + 1).iter().filter(|offer| offer.holder.is_some());
            let places = flow.published.iter().filter(|(at, _)| (since..=today).contains(at));
            basis.turns = self::count(turns.count());
            basis.left = count(&flow.left);
            basis.joined = count(&flow.joined);
            basis.lapsed = count(&flow.lapsed);
            basis.places = places.map(|(_, places)| u32::from(*places)).sum();
        }
        basis
    }
}

/// From today on, with everything known that has happened.
fn span(today: Day) -> Span {
    Span { start: today.epoch(), known: today.epoch() + 1 }
}

/// An application and its holder.
type Holding<'a> = (u32, &'a Application);

/// Where every active application stands, line by line in the order of service, and when its turn would come.
fn standings(book: &Book, rules: Rules<'_>, now: Moment) -> Vec<Standings> {
    let mut lines: Map<GroupYear, Map<Class, Vec<Holding<'_>>>> = Map::default();
    for (application, holder) in book.applications.iter().zip(0..) {
        if application.is_active() {
            let class = Class::of(application.benefit.as_ref(), rules.policy);
            lines.or_default(application.group_year).or_default(class).push((holder, application));
        }
    }
    let zone = rules.policy.zone();
    let mut all = vec![Standings::default(); book.applications.len()];
    for (line, mut lanes) in lines {
        for lane in lanes.values_mut() {
            *lane = sorted::by(mem::take(lane), |(holder, application)| {
                (application.registered_at.unix(), *holder)
            });
        }
        let order = Service::of(rules.policy).arrange(book.cycle(line), lanes);
        let waiter = |(holder, application): &Holding<'_>| match &application.standing {
            Standing::Queued => Some(rules.waiter(*holder, application.child.born, None)),
            Standing::StopListed { until } => {
                let until = zone.day(until.at).epoch();
                Some(rules.waiter(*holder, application.child.born, Some(until)))
            }
            Standing::Notified { .. }
            | Standing::Referred { .. }
            | Standing::UnderReview { .. }
            | Standing::Inactive { .. }
            | Standing::Enrolled(_)
            | Standing::Closed { .. } => None,
        };
        let waiters: Vec<Waiter> = order.iter().filter_map(waiter).collect();
        let turns = rules.reckon(line, &waiters, span(zone.day(now)));
        let mut reckoned = waiters.into_iter().zip(turns).peekable();
        let mut waiting_ahead = 0;
        for ((holder, _), ahead) in order.iter().zip(0..) {
            let own = reckoned.next_if(|(waiter, _)| waiter.holder == *holder);
            let own = own.map(|(waiter, turn)| Reckoned { waiter, turn });
            if let Some(standings) = usize::try_from(*holder).ok().and_then(|at| all.get_mut(at)) {
                *standings = Standings { ahead, waiting_ahead, reckoned: own };
            }
            waiting_ahead += u32::from(own.is_some());
        }
    }
    all
}

fn day(date: Date) -> Day {
    Day::from_epoch(i64::from(date))
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
