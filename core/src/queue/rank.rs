//! Ranks: how many stand before one.
//!
//! Every key that was ever in line has a slot, and slots grow with the keys; a list is then a set of bits over the slots,
//! and a rank is a count of bits. Registrations come in order, so that a key's slot is nearly always the next one. A key
//! from the past is late: it waits in a short sorted list beside the bits, until there are so many that all get
//! new slots at once.

use super::Key;
use super::bits::Bits;

/// Which key has which slot.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    /// By slot, ascending.
    keys: Vec<Key>,
    /// Those without a slot, ascending.
    late: Vec<Key>,
}

/// Where a key stands among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    At(u32),
    Late,
}

impl Slots {
    /// Of all keys at once, in any order.
    pub(super) fn of(mut keys: Vec<Key>) -> Slots {
        keys.sort_unstable();
        keys.dedup();
        Slots { keys, late: Vec::new() }
    }

    /// The slot of a key; a new one at the end where it is later than all.
    pub(super) fn enter(&mut self, key: Key) -> Slot {
        if self.keys.last().is_none_or(|last| *last < key) {
            self.keys.push(key);
            return at(self.keys.len() - 1);
        }
        match self.keys.binary_search(&key) {
            Ok(slot) => at(slot),
            Err(_) => {
                put(&mut self.late, key);
                Slot::Late
            }
        }
    }

    /// Whether so many are late that slots for all are cheaper.
    pub(super) fn is_full(&self) -> bool {
        const FEW: usize = 256;
        self.late.len() > FEW.max(4 * self.keys.len().isqrt())
    }

    /// Gives everybody who is late a slot. The new slots of the old ones, by old slot.
    pub(super) fn renew(&mut self) -> Vec<u32> {
        let (old, late) = (std::mem::take(&mut self.keys), std::mem::take(&mut self.late));
        let mut renewed = Vec::with_capacity(old.len());
        let mut late = late.into_iter().peekable();
        self.keys.reserve(old.len() + late.len());
        for key in old {
            while let Some(earlier) = late.next_if(|earlier| *earlier < key) {
                self.keys.push(earlier);
            }
            renewed.push(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
            self.keys.push(key);
        }
        self.keys.extend(late);
        renewed
    }

    /// The key of a holder.
    pub(super) fn key_of(&self, holder: u32, slot: Slot) -> Option<Key> {
        match slot {
            Slot::At(slot) => self.key(slot),
            Slot::Late => self.late_key(holder),
        }
    }

    /// Those without a slot.
    pub(super) fn late(&self) -> impl Iterator<Item = Key> + '_ {
        self.late.iter().copied()
    }

    /// The key of one who is late: there are few.
    fn late_key(&self, holder: u32) -> Option<Key> {
        self.late().find(|key| key.holder == holder)
    }

    fn key(&self, slot: u32) -> Option<Key> {
        self.keys.get(usize::try_from(slot).ok()?).copied()
    }

    /// The first slot that is not before a key.
    fn bound(&self, key: Key) -> u32 {
        u32::try_from(self.keys.partition_point(|other| *other < key)).unwrap_or(u32::MAX)
    }
}

fn at(slot: usize) -> Slot {
    u32::try_from(slot).map_or(Slot::Late, Slot::At)
}

fn put(sorted: &mut Vec<Key>, key: Key) {
    if let Err(place) = sorted.binary_search(&key) {
        sorted.insert(place, key);
    }
}

/// Some of the keys, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranks {
    bits: Bits,
    /// Those that are late.
    late: Vec<Key>,
}

impl Ranks {
    pub(super) fn insert(&mut self, key: Key, slot: Slot) {
        match slot {
            Slot::At(slot) => {
                self.bits.insert(slot);
            }
            Slot::Late => put(&mut self.late, key),
        }
    }

    /// Whether it was there.
    pub(super) fn remove(&mut self, key: Key, slot: Slot) -> bool {
        match slot {
            Slot::At(slot) => self.bits.remove(slot),
            Slot::Late => match self.late.binary_search(&key) {
                Ok(place) => {
                    self.late.remove(place);
                    true
                }
                Err(_) => false,
            },
        }
    }

    /// The rank of a holder that is here, from 1.
    pub(super) fn rank(&self, holder: u32, slot: Slot, slots: &Slots) -> u32 {
        match (slot, self.late.is_empty()) {
            (Slot::At(slot), true) => self.bits.below(slot) + 1,
            (Slot::At(slot), false) => self.bits.below(slot) + self.late_before(slots.key(slot)) + 1,
            (Slot::Late, _) => {
                let key = slots.late_key(holder);
                self.bits.below(key.map_or(0, |key| slots.bound(key))) + self.late_before(key) + 1
            }
        }
    }

    fn late_before(&self, key: Option<Key>) -> u32 {
        let late = key.map_or(0, |key| self.late.partition_point(|other| *other < key));
        u32::try_from(late).unwrap_or(u32::MAX)
    }

    pub(super) fn len(&self) -> u64 {
        u64::from(self.bits.len()) + u64::try_from(self.late.len()).unwrap_or(u64::MAX)
    }

    pub(super) fn iter<'a>(&'a self, slots: &'a Slots) -> impl Iterator<Item = Key> + 'a {
        let mut late = self.late.iter().copied().peekable();
        let mut in_time = self.bits.iter().filter_map(|slot| slots.key(slot)).peekable();
        std::iter::from_fn(move || match (in_time.peek(), late.peek()) {
            (Some(key), Some(other)) if other < key => late.next(),
            (Some(_), _) => in_time.next(),
            (None, _) => late.next(),
        })
    }

    /// Follows [`Slots::renew`]: `renewed` are the new slots of the old ones.
    pub(super) fn renew(&mut self, renewed: &[u32], slots: &Slots) {
        let new = |slot: u32| renewed.get(usize::try_from(slot).ok()?).copied();
        let late = std::mem::take(&mut self.late);
        let late = late.into_iter().map(|key| slots.bound(key));
        self.bits = Bits::of(self.bits.iter().filter_map(new).chain(late));
    }
}

#[cfg(test)]
#[path = "rank_tests.rs"]
mod tests;
