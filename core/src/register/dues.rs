//! When each application does something by itself next.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::Moment;

/// After every calendar.
const NEVER: Moment = Moment::from_unix(i64::MAX);

/// The next moment of each holder, and the earliest of all.
///
/// What a holder's moment was before stays in the heap until it comes up, as finding it there would cost more than
/// passing it by; whenever most of the heap is such, it is made anew.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dues {
    /// By holder.
    at: Vec<Moment>,
    /// The first is always one that stands.
    heap: BinaryHeap<Reverse<(Moment, u32)>>,
    /// How many holders have a moment.
    count: usize,
}

impl Dues {
    /// Of all holders at once.
    pub(crate) fn of(moments: impl Iterator<Item = Option<Moment>>) -> Dues {
        let mut dues = Dues { at: moments.map(|at| at.unwrap_or(NEVER)).collect(), ..Dues::default() };
        dues.renew();
        dues
    }

    /// The earliest moment, and the first holder whose it is.
    pub(crate) fn first(&self) -> Option<(Moment, u32)> {
        self.heap.peek().map(|Reverse(first)| *first)
    }

    /// The earliest moment of all holders but one.
    pub(crate) fn first_but(&self, holder: u32) -> Option<Moment> {
        match self.first() {
            Some((_, own)) if own == holder => {
                let others = self.at.iter().zip(0..).filter(|(_, other)| *other != holder);
                others.map(|(at, _)| *at).min().filter(|at| *at != NEVER)
            }
            first => first.map(|(at, _)| at),
        }
    }

    /// From now on it is a holder's moment.
    pub(crate) fn set(&mut self, holder: u32, at: Option<Moment>) {
        let at = at.unwrap_or(NEVER);
        let Ok(place) = usize::try_from(holder) else { return };
        if self.at.len() <= place {
            self.at.resize(place + 1, NEVER);
        }
        let Some(own) = self.at.get_mut(place) else { return };
        let before = std::mem::replace(own, at);
        if before == at {
            return;
        }
        self.count += usize::from(at != NEVER);
        self.count -= usize::from(before != NEVER);
        if at != NEVER {
            self.heap.push(Reverse((at, holder)));
        }
        while let Some(Reverse(first)) = self.heap.peek()
            && !self.stands(*first)
        {
            self.heap.pop();
        }
        const FEW: usize = 64;
        if self.heap.len() > 2 * self.count + FEW {
            self.renew();
        }
    }

    fn stands(&self, (at, holder): (Moment, u32)) -> bool {
        usize::try_from(holder).ok().and_then(|place| self.at.get(place)) == Some(&at)
    }

    fn renew(&mut self) {
        let all = self.at.iter().zip(0..).filter(|(at, _)| **at != NEVER);
        self.heap = all.map(|(at, holder)| Reverse((*at, holder))).collect();
        self.count = self.heap.len();
    }
}

#[cfg(test)]
#[path = "dues_tests.rs"]
mod tests;
