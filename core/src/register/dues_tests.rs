use std::collections::BTreeMap;

use proptest::prelude::*;

use super::Dues;
use crate::Moment;

proptest! {
    #[test]
    fn the_first_is_the_earliest_that_stands(
        changes in proptest::collection::vec((0..12_u32, proptest::option::of(0..6_i64)), 1..400),
    ) {
        let (mut dues, mut plain) = (Dues::default(), BTreeMap::new());
        for (holder, at) in changes {
            dues.set(holder, at.map(Moment::from_unix));
            match at {
                Some(at) => plain.insert(holder, at),
                None => plain.remove(&holder),
            };
            let first = plain.iter().map(|(holder, at)| (Moment::from_unix(*at), *holder)).min();
            prop_assert_eq!(dues.first(), first);
            for one in 0..12 {
                let others = plain.iter().filter(|(other, _)| **other != one).map(|(_, at)| *at).min();
                prop_assert_eq!(dues.first_but(one), others.map(Moment::from_unix));
            }
            prop_assert!(dues.heap.len() <= 2 * plain.len() + 64);
        }
        let at = |holder| plain.get(&holder).copied().map(Moment::from_unix);
        prop_assert_eq!(Dues::of((0..12).map(at)).first(), dues.first());
    }
}
