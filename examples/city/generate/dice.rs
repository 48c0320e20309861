//! Chance that is the same on every machine and in every version.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};

/// Dice over the stream of ChaCha8, which is a published standard. Only whole numbers are made of it, here:
/// the distributions of a library may change with its versions, and floats with the machine.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// Dice with a seed.
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of 0, 1, … `below - 1`; 0 when there is none. (The bias is below 2^-32 for what a city needs.)
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(below);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// From one number to another, both included.
    pub(crate) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u64::try_from(most.saturating_sub(least)).unwrap_or(0).saturating_add(1);
        least.saturating_add(i64::try_from(self.below(span)).unwrap_or(0))
    }

    /// True so many times in a thousand.
    pub(crate) fn in_thousand(&mut self, times: u64) -> bool {
        self.below(1000) < times
    }

    /// One of a list.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let index = self.below(u64::try_from(list.len()).unwrap_or(0));
        list.get(usize::try_from(index).unwrap_or(0))
    }

    /// A moment of somebody's day, in seconds from 00:00: mostly by day, the evening too (R21, R66).
    pub(crate) fn clock(&mut self) -> i64 {
        if self.in_thousand(850) { self.between(7 * 3600, 20 * 3600) } else { self.between(0, 86_399) }
    }

    /// A moment of an office's day.
    pub(crate) fn office_clock(&mut self) -> i64 {
        self.between(9 * 3600, 18 * 3600)
    }
}
