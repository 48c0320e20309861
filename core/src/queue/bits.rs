//! A set of small numbers that knows how many of them come before one: a bit each, and counts on the way.
//!
//! 512 bits are a block (a cache line), 64 blocks a group. A rank is the count before the group, the count before the
//! block inside its group, and the bits before one in the block: three cache lines. An insertion adds one to the counts
//! that come after it: at most 63 of its group, and one for each later group of 32,768 bits.

const WORD: u32 = 64;
const WORDS: usize = 8;
/// The bits of a block.
const BLOCK: u32 = 512;
const BLOCKS: usize = 64;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits {
    blocks: Vec<[u64; WORDS]>,
    /// Of each block: how many come before it in its group (at most 63 blocks of 512).
    in_group: Vec<u16>,
    /// Of each group: how many come before it.
    before: Vec<u32>,
    len: u32,
}

/// Where a number's bit is.
#[derive(Clone, Copy)]
struct Place {
    block: usize,
    word: usize,
    bit: u64,
}

impl Place {
    fn of(number: u32) -> Place {
        let word = usize::try_from(number / WORD).unwrap_or(usize::MAX);
        Place { block: word / WORDS, word: word % WORDS, bit: 1 << (number % WORD) }
    }
}

impl Bits {
    /// Of numbers that are all different, in any order.
    pub(super) fn of(numbers: impl IntoIterator<Item = u32>) -> Bits {
        let mut bits = Bits::default();
        for number in numbers {
            let place = Place::of(number);
            bits.reach(place.block);
            if let Some(word) = bits.word(place) {
                *word |= place.bit;
            }
        }
        bits.count();
        bits
    }

    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// Whether it was not there.
    pub(super) fn insert(&mut self, number: u32) -> bool {
        let place = Place::of(number);
        self.reach(place.block);
        let new = self.word(place).is_some_and(|word| {
            let new = *word & place.bit == 0;
            *word |= place.bit;
            new
        });
        if new {
            self.len += 1;
            self.after(place.block, |count| *count += 1, |count| *count += 1);
        }
        new
    }

    /// Whether it was there.
    pub(super) fn remove(&mut self, number: u32) -> bool {
        let place = Place::of(number);
        let there = self.word(place).is_some_and(|word| {
            let there = *word & place.bit != 0;
            *word &= !place.bit;
            there
        });
        if there {
            self.len -= 1;
            self.after(place.block, |count| *count -= 1, |count| *count -= 1);
        }
        there
    }

    /// How many are below a number.
    pub(super) fn below(&self, number: u32) -> u32 {
        let place = Place::of(number);
        let (Some(block), Some(in_group)) = (self.blocks.get(place.block), self.in_group.get(place.block))
        else {
            return self.len;
        };
        let before = self.before.get(place.block / BLOCKS).copied().unwrap_or_default();
        let words = block.iter().take(place.word).map(|word| word.count_ones()).sum::<u32>();
        let own = block.get(place.word).map_or(0, |word| (word & (place.bit - 1)).count_ones());
        before + u32::from(*in_group) + words + own
    }

    /// The numbers, the smallest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let begin = self.first_block();
        let first = u32::try_from(begin).unwrap_or(u32::MAX).saturating_mul(BLOCK);
        let words = (first..).step_by(64).zip(self.blocks.iter().skip(begin).flatten());
        words.flat_map(|(first, word): (u32, &u64)| {
            let rest = |left: &u64| Some(left & left.wrapping_sub(1)).filter(|left| *left != 0);
            let each = std::iter::successors(Some(*word).filter(|word| *word != 0), rest);
            each.map(move |left| first + left.trailing_zeros())
        })
    }

    /// The block of the first number: of whole groups and blocks without any none is looked at.
    fn first_block(&self) -> usize {
        let group = self.before.partition_point(|before| *before == 0).saturating_sub(1);
        let blocks = self.in_group.iter().skip(group * BLOCKS).take(BLOCKS);
        let empty = blocks.take_while(|before| **before == 0).count();
        group * BLOCKS + empty.saturating_sub(1)
    }

    fn word(&mut self, place: Place) -> Option<&mut u64> {
        self.blocks.get_mut(place.block)?.get_mut(place.word)
    }

    /// Room for a block.
    fn reach(&mut self, block: usize) {
        while self.blocks.len() <= block {
            if self.blocks.len().is_multiple_of(BLOCKS) {
                self.before.push(self.len);
                self.in_group.push(0);
            } else {
                let group = self.before.last().copied().unwrap_or_default();
                self.in_group.push(u16::try_from(self.len - group).unwrap_or(u16::MAX));
            }
            self.blocks.push([0; WORDS]);
        }
    }

    /// Changes the counts of what comes after a block.
    fn after(&mut self, block: usize, in_group: fn(&mut u16), before: fn(&mut u32)) {
        let group = block / BLOCKS;
        let end = ((group + 1) * BLOCKS).min(self.in_group.len());
        self.in_group.get_mut(block + 1..end).into_iter().flatten().for_each(in_group);
        self.before.get_mut(group + 1..).into_iter().flatten().for_each(before);
    }

    /// All counts, from the bits.
    fn count(&mut self) {
        let (mut len, mut group) = (0_u32, 0);
        self.before.clear();
        self.in_group.clear();
        for (number, block) in self.blocks.iter().enumerate() {
            if number.is_multiple_of(BLOCKS) {
                self.before.push(len);
                group = len;
            }
            self.in_group.push(u16::try_from(len - group).unwrap_or(u16::MAX));
            len += block.iter().map(|word| word.count_ones()).sum::<u32>();
        }
        self.len = len;
    }
}

#[cfg(test)]
#[path = "bits_tests.rs"]
mod tests;
