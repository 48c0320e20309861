//! The reckoning: today's line, served with the places of a year ago.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::mem;

use super::tally::{Date, Flow, Lane, Offer, Step, Tally, within};
use crate::queue::{Class, Service};
use crate::sorted::{self, Map};
use crate::{Day, GroupYear, Moment, Policy};

/// 52 weeks: a year that keeps the days of the week, on which offices publish.
pub(super) const YEAR: Date = 364;
/// So many years ahead are reckoned: longer than from birth to the age of choice, and a year in line.
const YEARS_AHEAD: u8 = 4;

/// One who waits in a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiter {
    pub(super) holder: u32,
    /// The first date on which it may be notified: R36, R48.
    pub(super) able: Date,
    /// The first date on which it is too old (R12).
    pub(super) too_old: Date,
}

/// Those of each class in a line, with their registration.
type Lanes = Map<Class, Vec<(Moment, Waiter)>>;

/// The rules that a reckoning goes by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules<'a> {
    pub(super) tally: &'a Tally,
    pub(super) policy: &'a Policy,
}

/// From which day a line is reckoned, and before which day everything is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: Date,
    pub(super) known: Date,
}

impl Span {
    /// The first date that is not reckoned any more.
    pub(super) fn end(self) -> Date {
        self.start + Date::from(YEARS_AHEAD) * YEAR
    }
}

/// What happens in a line that is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    /// A place comes to it.
    Place,
    /// Somebody leaves it, from anywhere.
    Leaves,
}

impl<'a> Rules<'a> {
    /// Everybody who waited before a date, by lines, in the order of service (shares from the first phase).
    pub(super) fn waiting(self, before: Date) -> Vec<(GroupYear, Vec<Waiter>)> {
        let mut lanes: Map<GroupYear, Lanes> = Map::default();
        for (life, holder) in self.tally.lives.iter().zip(0..) {
            let Some((Step::Waits(blocked), lane)) = life.before(before) else { continue };
            let class = Class::of(lane.benefit.as_ref(), self.policy);
            let waiter = self.waiter(holder, lane.born, blocked);
            lanes.or_default(lane.line).or_default(class).push((life.registered_at, waiter));
        }
        let line = |(year, mut lanes): (GroupYear, Lanes)| {
            for lane in lanes.values_mut() {
                *lane = sorted::by(mem::take(lane), |(at, waiter)| (at.unix(), waiter.holder));
            }
            let order = self.service().arrange(0, lanes);
            (year, order.into_iter().map(|(_, waiter)| waiter).collect())
        };
        lanes.into_iter().map(line).collect()
    }

    /// One who waits for a child born on a day, blocked until a date where that is said.
    pub(super) fn waiter(self, holder: u32, born: Day, blocked: Option<Date>) -> Waiter {
        let zone = self.policy.zone();
        let old_enough = zone.day(self.policy.old_enough_at(born)).epoch();
        let too_old = zone.day(self.policy.too_old_at(born)).epoch();
        Waiter { holder, able: blocked.map_or(old_enough, |until| until.max(old_enough)), too_old }
    }

    fn service(self) -> Service {
        Service::of(self.policy)
    }

    /// When the turn of each in a line comes if the places come as they came a year ago; none when it does not.
    ///
    /// Places go to the first who is able on their day. Those who leave do so all along the line: one who has
    /// left takes no place any more, but what is reckoned for him still holds for one who stood there and stayed.
    pub(super) fn reckon(self, line: GroupYear, waiters: &[Waiter], span: Span) -> Vec<Option<Date>> {
        let mut turns: Vec<Option<Date>> = vec![None; waiters.len()];
        let mut young: BinaryHeap<Reverse<(Date, usize)>> =
            waiters.iter().enumerate().map(|(at, waiter)| Reverse((waiter.able, at))).collect();
        let mut ready: BinaryHeap<Reverse<usize>> = BinaryHeap::new();
        // Those who would take a place.
        let mut staying = vec![true; waiters.len()];
        let mut all_left = false;
        let mut left: u64 = 0;
        for (day, happens) in self.year_after_year(line, span) {
            while let Some(Reverse((able, at))) = young.peek().copied()
                && able <= day
            {
                young.pop();
                ready.push(Reverse(at));
            }
            match happens {
                Happens::Place => {
                    while let Some(Reverse(at)) = ready.pop() {
                        if let Some(turn) = turns.get_mut(at) {
                            *turn = Some(day);
                        }
                        if leave(&mut staying, at) {
                            break;
                        }
                    }
                }
                Happens::Leaves if all_left => {}
                Happens::Leaves => {
                    left += 1;
                    let from = spread(left, waiters.len());
                    all_left = !(from..waiters.len()).chain(0..from).any(|at| leave(&mut staying, at));
                }
            }
            if ready.is_empty() && young.is_empty() {
                break;
            }
        }
        turns
    }

    /// What the coming years bring to a line, day by day: what the last one brought to the line that was as old then.
    fn year_after_year(self, line: GroupYear, span: Span) -> Vec<(Date, Happens)> {
        let mut all = Vec::new();
        for years in 1..=YEARS_AHEAD {
            let shift = Date::from(years) * YEAR;
            let Some(source) = self.source(line, years, span) else { continue };
            let (from, to) = (span.start - YEAR, span.start);
            let places = source.places_in(from, to).iter().filter(|offer| self.counts(offer, span));
            all.extend(places.map(|offer| (offer.day + shift, Happens::Place)));
            all.extend(within(&source.left, from, to).iter().map(|day| (day + shift, Happens::Leaves)));
        }
        sorted::by(all, |(day, happens)| ((*day).into(), (*happens == Happens::Leaves).into()))
    }

    /// The line that shows what comes to this one in so many years: the one that was as old in the last year, or
    /// itself where no place came to that one.
    pub(super) fn precedent(self, line: GroupYear, years: u8, span: Span) -> GroupYear {
        let older = line.saturating_sub(GroupYear::from(years));
        let has_places = |line: GroupYear| {
            let flow = self.tally.lines.get(line);
            flow.is_some_and(|flow| !flow.places_in(span.start - YEAR, span.start).is_empty())
        };
        if has_places(older) { older } else { line }
    }

    /// Whether any place can be reckoned for a line.
    pub(super) fn sees_places(self, line: GroupYear, span: Span) -> bool {
        self.year_after_year(line, span).iter().any(|(_, happens)| *happens == Happens::Place)
    }

    fn source(self, line: GroupYear, years: u8, span: Span) -> Option<&'a Flow> {
        self.tally.lines.get(self.precedent(line, years, span))
    }

    /// Whether a place moved its line, as far as was known: whoever had it did not come back, nor was he put
    /// before those who waited already.
    fn counts(self, offer: &Offer, span: Span) -> bool {
        let stayed = offer.back.is_none_or(|back| back >= span.known);
        let went_ahead = offer.holder.and_then(|holder| self.tally.life(holder)).is_some_and(|life| {
            let favoured = |lane: &Lane| match self.service() {
                Service::Shares { .. } => Class::of(lane.benefit.as_ref(), self.policy) < Class::ORDINARY,
                Service::Classes => {
                    Class::of(lane.benefit.as_ref(), self.policy) != Class::of(None, self.policy)
                }
            };
            life.joined >= span.start - YEAR
                && life.before(offer.day + 1).is_some_and(|(_, lane)| favoured(lane))
        });
        stayed && !went_ahead
    }
}

/// One who was staying leaves; whether he was.
fn leave(staying: &mut [bool], at: usize) -> bool {
    staying.get_mut(at).is_some_and(mem::take)
}

/// The n-th of points that lie evenly in `0..length`, however many there are (steps of the golden section, in parts
/// of 65,536).
fn spread(n: u64, length: usize) -> usize {
    let part = n.wrapping_mul(40_503) % 65_536;
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    usize::try_from(part.saturating_mul(length) / 65_536).unwrap_or(usize::MAX)
}
