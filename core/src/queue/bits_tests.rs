use std::collections::BTreeSet;

use proptest::prelude::*;

use super::Bits;

/// Numbers near the ends of words, blocks and groups, and anywhere.
fn number() -> impl Strategy<Value = u32> {
    prop_oneof![0..130_u32, (500..530_u32), (32_700..32_900_u32), 0..200_000_u32]
}

proptest! {
    #[test]
    fn it_counts_as_a_sorted_set_does(
        changes in proptest::collection::vec((any::<bool>(), number()), 1..200),
        asked in proptest::collection::vec(number(), 1..20),
    ) {
        let (mut bits, mut set) = (Bits::default(), BTreeSet::new());
        for (come, number) in changes {
            if come {
                prop_assert_eq!(bits.insert(number), set.insert(number));
            } else {
                prop_assert_eq!(bits.remove(number), set.remove(&number));
            }
        }
        for number in asked {
            prop_assert_eq!(bits.below(number), u32::try_from(set.range(..number).count()).unwrap());
        }
        prop_assert_eq!(bits.iter().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
        prop_assert_eq!(u32::try_from(set.len()).unwrap(), bits.len());
        // Made at once, it counts the same.
        let at_once = Bits::of(set.iter().rev().copied());
        prop_assert!(set.iter().all(|number| at_once.below(*number) == bits.below(*number)));
    }
}

#[test]
fn a_full_group_is_counted_to_its_last_block() {
    let all = 0..3 * 32_768_u32;
    let mut bits = Bits::of(all.clone());
    assert!(all.clone().step_by(511).all(|number| bits.below(number) == number));
    assert_eq!(bits.below(u32::MAX), 3 * 32_768);
    assert!(all.clone().step_by(3).all(|number| bits.remove(number)));
    assert!(all.step_by(97).all(|number| bits.below(number) == number - number.div_ceil(3)));
}

/// In every group and block that begins, and with the next one near and far.
#[test]
fn the_first_is_found_wherever_it_is() {
    let firsts =
        [0, 1, 511, 512, 513, 1_024, 32_255, 32_767, 32_768, 32_769, 33_280, 65_535, 65_536, 66_048, 200_000];
    for first in firsts {
        for more in [None, Some(1), Some(512), Some(1_024), Some(32_768), Some(33_792), Some(70_000)] {
            let all: Vec<u32> = [first].into_iter().chain(more.map(|more| first + more)).collect();
            assert_eq!(Bits::of(all.clone()).iter().collect::<Vec<_>>(), all);
            // What was there and is gone is not found.
            let mut less =
                Bits::of([0, 600, 40_000].into_iter().filter(|gone| !all.contains(gone)).chain(all.clone()));
            [0, 600, 40_000]
                .into_iter()
                .filter(|gone| !all.contains(gone))
                .for_each(|gone| assert!(less.remove(gone)));
            assert_eq!(less.iter().collect::<Vec<_>>(), all);
        }
    }
}
