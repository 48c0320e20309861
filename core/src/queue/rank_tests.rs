use proptest::prelude::*;

use super::{Ranks, Slot, Slots};
use crate::Moment;
use crate::queue::Key;

/// Two lists of the same keys, as a queue keeps them, beside plain sorted ones.
#[derive(Default)]
struct Both {
    slots: Slots,
    lists: [(Ranks, Vec<Key>); 2],
    members: Vec<(Key, Slot)>,
}

impl Both {
    fn add(&mut self, key: Key, which: usize) {
        let slot = self.slots.enter(key);
        self.members.push((key, slot));
        let (ranks, plain) = &mut self.lists[which];
        if let Err(place) = plain.binary_search(&key) {
            plain.insert(place, key);
            ranks.insert(key, slot);
        }
    }

    fn renew(&mut self) {
        let renewed = self.slots.renew();
        for (ranks, _) in &mut self.lists {
            ranks.renew(&renewed, &self.slots);
        }
        for (key, slot) in &mut self.members {
            *slot = self.slots.enter(*key);
        }
    }

    fn agree(&self) -> Result<(), TestCaseError> {
        for (ranks, plain) in &self.lists {
            prop_assert_eq!(&ranks.iter(&self.slots).collect::<Vec<_>>(), plain);
            prop_assert_eq!(ranks.len(), u64::try_from(plain.len()).unwrap());
            for (key, slot) in &self.members {
                if let Ok(before) = plain.binary_search(key) {
                    let rank = usize::try_from(ranks.rank(key.holder, *slot, &self.slots)).unwrap();
                    prop_assert_eq!(rank, before + 1);
                }
            }
        }
        Ok(())
    }
}

proptest! {
    #[test]
    fn ranks_are_places_in_a_sorted_list(
        steps in proptest::collection::vec((0..6_u8, 0..40_i64, any::<bool>()), 1..120)
    ) {
        let mut both = Both::default();
        for (holder, (what, at, second)) in (0..).zip(steps) {
            match what {
                0 => {
                    let at = usize::try_from(at).unwrap();
                    if let Some((key, slot)) = both.members.get(at).copied() {
                        let (ranks, plain) = &mut both.lists[usize::from(second)];
                        if let Ok(place) = plain.binary_search(&key) {
                            plain.remove(place);
                            ranks.remove(key, slot);
                        }
                    }
                }
                1 => both.renew(),
                // Somebody comes: now, or from the past.
                2 | 3 => both.add(Key { registered_at: Moment::from_unix(at), holder }, usize::from(second)),
                _ => both.add(Key { registered_at: Moment::from_unix(i64::from(holder)), holder }, usize::from(second)),
            }
            both.agree()?;
        }
    }
}

#[test]
fn slots_are_renewed_when_many_are_late() {
    let key = |at: i64, holder| Key { registered_at: Moment::from_unix(at), holder };
    let mut slots = Slots::of(vec![key(1_000, 0)]);
    let mut late = 0;
    while !slots.is_full() {
        late += 1;
        assert_eq!(slots.enter(key(1_000 - i64::from(late), late)), Slot::Late);
    }
    assert_eq!(slots.renew(), [late]);
    assert_eq!(slots.enter(key(1_000 - i64::from(late), late)), Slot::At(0));
}
