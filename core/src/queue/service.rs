//! In which order the classes of a line are served (O30).

use crate::policy::Order;
use crate::sorted::Map;
use crate::{BenefitId, Policy, Tier};

/// What puts an application before others of its line: the lower is served first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Class(pub(crate) u16);

impl Class {
    /// Everybody, where classes make no difference.
    pub(crate) const ALL: Class = Class(0);
    /// F11: before everybody else.
    pub(crate) const OUT_OF_TURN: Class = Class(0);
    /// F11: served in the `benefit` slots of the cycle.
    pub(crate) const BENEFIT: Class = Class(1);
    /// Served in the `ordinary` slots.
    pub(crate) const ORDINARY: Class = Class(2);
    /// Those whom a list of categories does not name.
    pub(crate) const LAST: Class = Class(u16::MAX);

    /// O30, F11: what a benefit does to the order.
    pub(crate) fn of(benefit: Option<&BenefitId>, policy: &Policy) -> Class {
        let benefit = benefit.and_then(|id| policy.benefit(id));
        let tier = benefit.map_or(Tier::Listed, |benefit| benefit.tier);
        match (policy.order, tier) {
            (Order::Registration {}, _) => Class::ALL,
            (Order::BenefitShares { .. }, Tier::OutOfTurn) => Class::OUT_OF_TURN,
            (Order::BenefitShares { .. }, Tier::Priority) => Class::BENEFIT,
            (Order::BenefitShares { .. }, Tier::Listed) => Class::ORDINARY,
            (Order::Categories {}, Tier::Listed) => Class::LAST,
            (Order::Categories {}, Tier::OutOfTurn | Tier::Priority) => {
                benefit.and_then(|benefit| benefit.rank).map_or(Class::LAST, Class)
            }
        }
    }
}

/// How a line is served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Service {
    /// Class after class; inside one by registration.
    #[default]
    Classes,
    /// F11, F14: out of turn first, then so many with a benefit, so many ordinary ones, and again.
    Shares { benefit: u16, ordinary: u16 },
}

impl Service {
    /// How a policy serves its lines.
    pub(crate) fn of(policy: &Policy) -> Service {
        match policy.order {
            Order::Registration {} | Order::Categories {} => Service::Classes,
            Order::BenefitShares { benefit, ordinary } => {
                Service::Shares { benefit: benefit.get(), ordinary: ordinary.get() }
            }
        }
    }

    /// Where the cycle stands after a turn for a class, if that moves it: a turn out of turn does not, nor one
    /// that the slot was not for.
    pub(crate) fn cycle_after(self, class: Class, phase: u32) -> Option<u32> {
        match self {
            Service::Classes => None,
            Service::Shares { benefit, ordinary } => {
                let cycle = Cycle::at(benefit, ordinary, phase);
                (cycle.slot() == class).then(|| cycle.next())
            }
        }
    }

    /// The members of every class, each class by registration, in the order of service from a phase.
    pub(crate) fn arrange<T>(self, phase: u32, mut lanes: Map<Class, Vec<T>>) -> Vec<T> {
        let Service::Shares { benefit, ordinary } = self else {
            return lanes.into_iter().flat_map(|(_, lane)| lane).collect();
        };
        let mut order = lanes.remove(Class::OUT_OF_TURN).unwrap_or_default();
        let mut with_benefit = lanes.remove(Class::BENEFIT).unwrap_or_default().into_iter().peekable();
        let mut without = lanes.remove(Class::ORDINARY).unwrap_or_default().into_iter().peekable();
        let mut phase = phase;
        while with_benefit.peek().is_some() && without.peek().is_some() {
            let cycle = Cycle::at(benefit, ordinary, phase);
            let next = if cycle.slot() == Class::BENEFIT { with_benefit.next() } else { without.next() };
            order.extend(next);
            phase = cycle.next();
        }
        order.extend(with_benefit);
        order.extend(without);
        order
    }
}

/// A cycle of slots: first those with a benefit, then the ordinary ones. The phase is the next slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cycle {
    benefit: u64,
    ordinary: u64,
    phase: u64,
}

impl Cycle {
    pub(super) fn at(benefit: u16, ordinary: u16, phase: u32) -> Cycle {
        let (benefit, ordinary) = (u64::from(benefit), u64::from(ordinary));
        let length = (benefit + ordinary).max(1);
        Cycle { benefit, ordinary, phase: u64::from(phase) % length }
    }

    /// The class that the next slot is for.
    pub(super) fn slot(self) -> Class {
        if self.phase < self.benefit { Class::BENEFIT } else { Class::ORDINARY }
    }

    /// The phase after the next slot.
    pub(super) fn next(self) -> u32 {
        let length = (self.benefit + self.ordinary).max(1);
        u32::try_from((self.phase + 1) % length).unwrap_or_default()
    }

    /// How many of the other class are served before the n-th (from 1) of a class, while both last.
    ///
    /// In closed form: the slots of the class that come before the next slot of the other, then whole rounds.
    pub(super) fn others_before(self, class: Class, n: u64) -> u64 {
        let n = n.max(1);
        let (own, other, own_first, other_first) = if class == Class::BENEFIT {
            let own_first = self.benefit.saturating_sub(self.phase);
            let other_first =
                if self.phase < self.benefit { 0 } else { self.benefit + self.ordinary - self.phase };
            (self.benefit, self.ordinary, own_first, other_first)
        } else {
            let own_first =
                if self.phase < self.benefit { 0 } else { self.benefit + self.ordinary - self.phase };
            let other_first = self.benefit.saturating_sub(self.phase);
            (self.ordinary, self.benefit, own_first, other_first)
        };
        if own == 0 {
            // No slot is ever for this class: all of the other one come first.
            return u64::MAX;
        }
        if n <= own_first {
            return 0;
        }
        // What is left after the slots of the running run falls into whole rounds.
        let rest = n - own_first - 1;
        if own_first > 0 {
            other.saturating_mul(rest / own + 1)
        } else {
            other_first.saturating_add(other.saturating_mul(rest / own))
        }
    }
}
