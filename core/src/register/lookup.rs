//! Finding applications by a person or a number without a second copy of either.

use std::hash::{BuildHasher as _, Hash};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Applications by something that they hold, such as the child: of each only a piece of the hash and the holder, eight
/// bytes. Whoever asks compares what is found with what was meant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookup {
    entries: HashTable<Entry>,
    hasher: DefaultHashBuilder,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    hash: u32,
    holder: u32,
}

impl Entry {
    /// The hash that the table goes by: it takes its upper and its lower bits.
    fn spread(self) -> u64 {
        spread(self.hash)
    }
}

fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Lookup {
    pub(crate) fn with_room_for(count: usize) -> Lookup {
        Lookup { entries: HashTable::with_capacity(count), hasher: DefaultHashBuilder::default() }
    }

    fn hash(&self, key: &(impl Hash + ?Sized)) -> u32 {
        let [a, b, c, d, ..] = self.hasher.hash_one(key).to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    pub(crate) fn insert(&mut self, key: &(impl Hash + ?Sized), holder: u32) {
        let entry = Entry { hash: self.hash(key), holder };
        self.entries.insert_unique(entry.spread(), entry, |entry| entry.spread());
    }

    pub(crate) fn remove(&mut self, key: &(impl Hash + ?Sized), holder: u32) {
        let hash = spread(self.hash(key));
        if let Ok(entry) = self.entries.find_entry(hash, |entry| entry.holder == holder) {
            entry.remove();
        }
    }

    /// The one that is meant: at most one is.
    pub(crate) fn one(&self, key: &(impl Hash + ?Sized), is_meant: impl Fn(u32) -> bool) -> Option<u32> {
        let hash = self.hash(key);
        let found = self.entries.find(spread(hash), |entry| entry.hash == hash && is_meant(entry.holder));
        found.map(|entry| entry.holder)
    }

    /// All that may be meant, in any order, without a list of them.
    pub(crate) fn each(&self, key: &(impl Hash + ?Sized)) -> impl Iterator<Item = u32> + '_ {
        let hash = self.hash(key);
        let alike = self.entries.iter_hash(spread(hash)).filter(move |entry| entry.hash == hash);
        alike.map(|entry| entry.holder)
    }
}
