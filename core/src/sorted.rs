//! Sorting by numbers, and small maps. The standard library's sort and its `BTreeMap` are some 5 KB of code for each type
//! that they are used with; here a sort is made once, for all that is sorted rarely, and a map of few entries is a list.

use std::collections::BTreeSet;
use std::mem;
use std::ops::Deref;

use serde::{Serialize, Serializer};

use crate::Moment;

/// The same items, the smallest key first; equal ones stay in their order.
pub(crate) fn by<T>(items: Vec<T>, key: impl Fn(&T) -> (i64, u32)) -> Vec<T> {
    let mut order: Vec<((i64, u32), usize)> =
        items.iter().enumerate().map(|(at, item)| (key(item), at)).collect();
    order.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, at)| items.get_mut(at)?.take()).collect()
}

/// A map of a few entries, in the order of its keys: the group years of a city, the classes of a line. A `BTreeMap` is
/// some 5 KB of code for each type that it is used with, and for so few entries no quicker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map<K, V>(Vec<(K, V)>);

impl<K, V> Default for Map<K, V> {
    fn default() -> Map<K, V> {
        Map(Vec::new())
    }
}

impl<K: Ord + Copy, V> Map<K, V> {
    /// The entry of a key, or where it would stand.
    fn find(&self, key: K) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.cmp(&key))
    }

    pub(crate) fn get(&self, key: K) -> Option<&V> {
        let at = self.find(key).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    pub(crate) fn contains(&self, key: K) -> bool {
        self.find(key).is_ok()
    }

    /// Puts an entry in; what stood there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(key) {
            Ok(at) => self.0.get_mut(at).map(|(_, own)| mem::replace(own, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        let at = self.find(key).ok()?;
        Some(self.0.remove(at).1)
    }

    /// The value of a key, which begins as the default.
    #[allow(clippy::indexing_slicing, reason = "the entry was found there, or has just been put there")]
    pub(crate) fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = self.find(key).unwrap_or_else(|at| {
            self.0.insert(at, (key, V::default()));
            at
        });
        &mut self.0[at].1
    }

    /// The entries before a key.
    pub(crate) fn before(&self, key: K) -> impl Iterator<Item = (K, &V)> {
        let at = self.find(key).unwrap_or_else(|at| at);
        self.0.get(..at).unwrap_or_default().iter().map(|(key, value)| (*key, value))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (K, &V)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (K, &mut V)> {
        self.0.iter_mut().map(|(key, value)| (*key, value))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.0.iter().map(|(key, _)| *key)
    }
}

impl<K, V> Map<K, V> {
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().map(|(_, value)| value)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<K: Ord + Copy, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Map<K, V> {
        let mut map = Map::default();
        for (key, value) in pairs {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Serialize + Ord + Copy, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

/// A few keys in their order.
pub(crate) type Set<K> = Map<K, ()>;

/// A list that is nearly always empty, in eight bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::box_collection, reason = "a thin pointer: most have none, and there are a million of them")]
pub(crate) struct Few<T>(Option<Box<Vec<T>>>);

impl<T> Default for Few<T> {
    fn default() -> Few<T> {
        Few(None)
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Few<T> {
        let items: Vec<T> = items.into_iter().collect();
        Few((!items.is_empty()).then(|| Box::new(items)))
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for Few<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self)
    }
}

/// Many things in the order of their moments: a holder (and 0), or a vacancy and its place. One type for all of them, as
/// every type of a `BTreeSet` is code of its own.
pub(crate) type Agenda = BTreeSet<(Moment, u32, u16)>;

#[cfg(test)]
mod tests {
    use super::{Map, by};

    #[test]
    fn a_map_keeps_the_order_of_its_keys() {
        let mut map: Map<u16, &str> = [(2017, "c"), (2015, "a"), (2016, "b")].into_iter().collect();
        assert!(map.keys().eq([2015, 2016, 2017]));
        assert!(map.before(2016).eq([(2015, &"a")]));
        assert_eq!((map.insert(2016, "B"), map.insert(2014, "0"), map.remove(2018)), (Some("b"), None, None));
        assert_eq!(
            (map.get(2016).copied(), map.remove(2015), map.contains(2015)),
            (Some("B"), Some("a"), false)
        );
        assert_eq!((map.len(), *map.or_default(2030)), (3, ""));
    }

    #[test]
    fn equal_keys_keep_their_order() {
        let sorted = by(vec!["b2", "a1", "b1", "a0"], |text| (i64::from(text.as_bytes()[0]), 0));
        assert_eq!(sorted, ["a1", "a0", "b2", "b1"]);
    }
}
