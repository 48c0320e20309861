//! Structures that tell a rank, beside each other: kezek's own bits with counts, `indexset`'s B-tree, `skiplist`'s ordered
//! list with widths, and a sorted `Vec`.
//!
//! `ranks SIZE` fills each with so many keys and answers each line of standard input, `STRUCTURE OPERATION COUNT`, with one
//! line of JSON. The structures are `kezek`, `indexset`, `skiplist`, `vec`; the operations `append` (a key that is later than
//! all), `past` (a key in the middle, as a takeover brings it), `remove`, `rank` and `select` (which key has a rank).
//! After each round a structure is what it was.
//!
//! The core keeps its structure to itself, and should: so its two files stand here a second time, by path. They know
//! nothing but the key, which is declared as in `queue/mod.rs`. A door in the core for this alone would be one that hosts
//! see; through a `Register` ten other things would be measured with it.

#[path = "../../../core/src/queue/bits.rs"]
mod bits;
#[path = "../../../core/src/queue/rank.rs"]
#[expect(dead_code, reason = "the queue walks through its members; here nobody does")]
mod rank;

use std::hint::black_box;
use std::time::Instant;

use indexset::BTreeSet;
use kezek::Moment;
use kezek_benches::{Failure, LEAP, Words, converse, since};
use rank::{Ranks, Slot, Slots};
use serde_json::{Value, json};
use skiplist::OrderedSkipList;

/// As in the core's `queue/mod.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    registered_at: Moment,
    holder: u32,
}

fn main() -> Result<(), Failure> {
    let size: usize = std::env::args().nth(1).unwrap_or_default().parse()?;
    let mut bench = Bench { size, ..Bench::default() };
    for at in 0..size {
        let key = key(at, 0)?;
        bench.own.order.insert(key);
        Order::insert(&mut bench.tree.order, key);
        bench.list.order.insert(key);
        Order::insert(&mut bench.vec.order, key);
    }
    converse(|question| bench.answer(question))
}

/// The key of the application that came after so many others, ten seconds after the last; `late` seconds more.
fn key(at: usize, late: i64) -> Result<Key, Failure> {
    let seconds = 1_500_000_000 + 10 * i64::try_from(at)? + late;
    Ok(Key { registered_at: Moment::from_unix(seconds), holder: u32::try_from(at)? })
}

/// What a queue asks of its order.
trait Order {
    fn insert(&mut self, key: Key);
    fn remove(&mut self, key: Key);
    /// How many stand before a key that is there, and itself.
    fn rank(&mut self, key: Key) -> usize;
    /// The key of a rank, from 1.
    fn select(&mut self, rank: usize) -> Option<Key>;
}

/// The core's: the slots of all keys, and one list of ranks over them.
#[derive(Default)]
struct Own {
    slots: Slots,
    ranks: Ranks,
    /// By slot: a queue has the slot of each holder at hand, and no search. Here the keys are their own holders.
    spots: Vec<Option<Slot>>,
}

impl Own {
    fn slot(&self, key: Key) -> Slot {
        let at = usize::try_from(key.holder).unwrap_or(usize::MAX);
        self.spots.get(at).copied().flatten().unwrap_or(Slot::Late)
    }

    fn keep(&mut self, key: Key, slot: Option<Slot>) {
        let at = usize::try_from(key.holder).unwrap_or(usize::MAX);
        if self.spots.len() <= at {
            self.spots.resize(at + 1, None);
        }
        if let Some(place) = self.spots.get_mut(at) {
            *place = slot;
        }
    }

    /// As `Queue::renew`: new slots for all.
    fn renew(&mut self) {
        let renewed = self.slots.renew();
        self.ranks.renew(&renewed, &self.slots);
        for key in self.ranks.iter(&self.slots).collect::<Vec<Key>>() {
            let slot = self.slots.enter(key);
            self.keep(key, Some(slot));
        }
    }
}

impl Order for Own {
    fn insert(&mut self, key: Key) {
        let slot = self.slots.enter(key);
        self.ranks.insert(key, slot);
        self.keep(key, Some(slot));
        if self.slots.is_full() {
            self.renew();
        }
    }

    fn remove(&mut self, key: Key) {
        self.ranks.remove(key, self.slot(key));
        self.keep(key, None);
    }

    fn rank(&mut self, key: Key) -> usize {
        usize::try_from(self.ranks.rank(key.holder, self.slot(key), &self.slots)).unwrap_or(usize::MAX)
    }

    /// By walking: the queue is only ever read from its head.
    fn select(&mut self, rank: usize) -> Option<Key> {
        self.ranks.iter(&self.slots).nth(rank.checked_sub(1)?)
    }
}

impl Order for BTreeSet<Key> {
    fn insert(&mut self, key: Key) {
        BTreeSet::insert(self, key);
    }

    fn remove(&mut self, key: Key) {
        BTreeSet::remove(self, &key);
    }

    fn rank(&mut self, key: Key) -> usize {
        BTreeSet::rank(self, &key) + 1
    }

    fn select(&mut self, rank: usize) -> Option<Key> {
        self.get_index(rank.checked_sub(1)?).copied()
    }
}

impl Order for OrderedSkipList<Key> {
    fn insert(&mut self, key: Key) {
        OrderedSkipList::insert(self, key);
    }

    fn remove(&mut self, key: Key) {
        OrderedSkipList::take(self, &key);
    }

    fn rank(&mut self, key: Key) -> usize {
        OrderedSkipList::rank(self, &key).map_or(0, |before| before + 1)
    }

    fn select(&mut self, rank: usize) -> Option<Key> {
        self.get_by_index(rank.checked_sub(1)?).copied()
    }
}

impl Order for Vec<Key> {
    fn insert(&mut self, key: Key) {
        if let Err(place) = self.binary_search(&key) {
            Vec::insert(self, place, key);
        }
    }

    fn remove(&mut self, key: Key) {
        if let Ok(place) = self.binary_search(&key) {
            Vec::remove(self, place);
        }
    }

    fn rank(&mut self, key: Key) -> usize {
        self.partition_point(|other| *other < key) + 1
    }

    fn select(&mut self, rank: usize) -> Option<Key> {
        self.get(rank.checked_sub(1)?).copied()
    }
}

/// A structure, and how many keys of other rounds it has seen: a key that came once is never new again.
#[derive(Default)]
struct Side<T> {
    order: T,
    seen: usize,
}

/// All structures with the same keys.
#[derive(Default)]
struct Bench {
    size: usize,
    own: Side<Own>,
    tree: Side<BTreeSet<Key>>,
    list: Side<OrderedSkipList<Key>>,
    vec: Side<Vec<Key>>,
}

impl Bench {
    fn answer(&mut self, question: &str) -> Result<Value, Failure> {
        let mut words = Words::of(question);
        let (name, operation, count) = (words.text(), words.text(), words.number()?);
        match name {
            "kezek" => self.own.round(operation, self.size, count),
            "indexset" => self.tree.round(operation, self.size, count),
            "skiplist" => self.list.round(operation, self.size, count),
            "vec" => self.vec.round(operation, self.size, count),
            _ => Err(format!("{name:?} is no structure").into()),
        }
    }
}

impl<T: Order> Side<T> {
    /// So many operations on a structure of `size` keys, in no order that a cache could know.
    fn round(&mut self, operation: &str, size: usize, count: usize) -> Result<Value, Failure> {
        let order = &mut self.order;
        let (mut sum, ns);
        match operation {
            "append" | "past" => {
                let first = size + self.seen;
                self.seen += count;
                let new = (first..first + count).map(|at| {
                    if operation == "append" { key(at, 0) } else { from_the_past(at * LEAP % size, at) }
                });
                let new = new.collect::<Result<Vec<Key>, Failure>>()?;
                let began = Instant::now();
                new.iter().for_each(|key| order.insert(*key));
                ns = since(began);
                sum = new.iter().map(|key| order.rank(*key)).sum();
                new.iter().for_each(|key| order.remove(*key));
            }
            "remove" | "rank" => {
                let there = (0..count).map(|at| key(at * LEAP % size, 0));
                let there = there.collect::<Result<Vec<Key>, Failure>>()?;
                sum = 0;
                let began = Instant::now();
                if operation == "rank" {
                    for key in &there {
                        sum += order.rank(black_box(*key));
                    }
                    ns = since(began);
                } else {
                    there.iter().for_each(|key| order.remove(*key));
                    ns = since(began);
                    there.iter().for_each(|key| order.insert(*key));
                }
            }
            "select" => {
                sum = 0;
                let began = Instant::now();
                for at in 0..count {
                    let found = order.select(black_box(at * LEAP % size + 1)).ok_or("no such rank")?;
                    sum += usize::try_from(found.holder)?;
                }
                ns = since(began);
            }
            _ => return Err(format!("{operation:?} is no operation").into()),
        }
        Ok(json!({ "ns": ns, "rows": count, "sum": sum }))
    }
}

/// The key of one who was registered shortly after another, and is only taken over now.
fn from_the_past(after: usize, holder: usize) -> Result<Key, Failure> {
    Ok(Key { holder: u32::try_from(holder)?, ..key(after, 5)? })
}
