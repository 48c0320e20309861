//! Ranks: how many stand before one.
//!
//! Simple here: one sorted list. Registrations come in order, so that an insertion is a push and a rank one
//! binary search; a removal moves what stands behind.

use super::Key;

#[derive(Clone, Debug, Default)]
pub(super) struct Ranks {
    keys: Vec<Key>,
}

impl Ranks {
    /// One alone.
    pub(super) fn of(key: Key) -> Ranks {
        Ranks { keys: vec![key] }
    }

    pub(super) fn insert(&mut self, key: Key) {
        if self.keys.last().is_none_or(|last| *last < key) {
            self.keys.push(key);
        } else if let Err(place) = self.keys.binary_search(&key) {
            self.keys.insert(place, key);
        }
    }

    pub(super) fn remove(&mut self, key: Key) {
        if let Ok(place) = self.keys.binary_search(&key) {
            self.keys.remove(place);
        }
    }

    /// From 1; 0 for a key that is not here.
    pub(super) fn rank(&self, key: Key) -> u32 {
        match self.keys.binary_search(&key) {
            Ok(before) => u32::try_from(before).map_or(u32::MAX, |before| before.saturating_add(1)),
            Err(_) => 0,
        }
    }

    pub(super) fn len(&self) -> u64 {
        u64::try_from(self.keys.len()).unwrap_or(u64::MAX)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Key> + '_ {
        self.keys.iter().copied()
    }
}
