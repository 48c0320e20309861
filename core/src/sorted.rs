//! Sorting by numbers. The standard library's sort is some 5 KB of code for each type that it is used with; here it is
//! made once, for all that is sorted rarely.

use std::collections::{BTreeMap, BTreeSet};

/// The same items, the smallest key first; equal ones stay in their order.
pub(crate) fn by<T>(items: Vec<T>, key: impl Fn(&T) -> (i64, u32)) -> Vec<T> {
    let mut order: Vec<((i64, u32), usize)> =
        items.iter().enumerate().map(|(at, item)| (key(item), at)).collect();
    order.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, at)| items.get_mut(at)?.take()).collect()
}

/// A map of pairs, one by one: `collect` would sort them first.
pub(crate) fn map<K: Ord, V>(pairs: impl Iterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// A set, likewise.
pub(crate) fn set<K: Ord>(items: impl Iterator<Item = K>) -> BTreeSet<K> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

#[cfg(test)]
mod tests {
    use super::by;

    #[test]
    fn equal_keys_keep_their_order() {
        let sorted = by(vec!["b2", "a1", "b1", "a0"], |text| (i64::from(text.as_bytes()[0]), 0));
        assert_eq!(sorted, ["a1", "a0", "b2", "b1"]);
    }
}
