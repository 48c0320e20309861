//! One line: who may be notified, and the places that no turn is for.

use std::collections::{BTreeMap, BTreeSet};

use super::Key;
use super::rank::Ranks;
use crate::{Moment, Seat};

#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// All active members, in the order of service.
    pub(super) order: Ranks,
    /// Those who may be notified now: since when, and until when.
    ready: BTreeMap<Key, (Moment, Moment)>,
    /// Those who are still too young, by the moment that ends it; and the end of the time after.
    young: BTreeSet<(Moment, Key, Moment)>,
    /// The places that wait without a turn, oldest vacancy first.
    free: BTreeSet<Seat>,
    /// The same, by the moment from which they may open.
    opening: BTreeSet<(Moment, Seat)>,
}

impl Line {
    /// Somebody is `queued`, able to be notified from one moment until another.
    pub(super) fn enter(&mut self, key: Key, (from, until): (Moment, Moment)) {
        self.young.insert((from, key, until));
    }

    pub(super) fn leave(&mut self, key: Key, (from, until): (Moment, Moment)) {
        if !self.young.remove(&(from, key, until)) {
            self.ready.remove(&key);
        }
    }

    pub(super) fn ripen(&mut self, now: Moment) {
        while let Some(&(from, key, until)) = self.young.first()
            && from <= now
        {
            self.young.pop_first();
            self.ready.insert(key, (from, until));
        }
    }

    /// Time was taken back.
    pub(super) fn unripen(&mut self, now: Moment) {
        let early = self.ready.extract_if(.., |_, (from, _)| now < *from);
        self.young.extend(early.map(|(key, (from, until))| (from, key, until)));
    }

    pub(super) fn free(&mut self, seat: Seat, opens_at: Moment) {
        self.free.insert(seat);
        self.opening.insert((opens_at, seat));
    }

    pub(super) fn taken(&mut self, seat: Seat, opens_at: Moment) {
        self.free.remove(&seat);
        self.opening.remove(&(opens_at, seat));
    }

    pub(super) fn next_turn<'a>(
        &self,
        now: Moment,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> Option<(Seat, u32)> {
        if self.ready.is_empty() {
            return None;
        }
        self.free.iter().find_map(|seat| {
            let passed = passed_by(*seat);
            let mut able = self.ready.iter().filter(|(_, (_, until))| now < *until);
            let (key, _) = able.find(|(key, _)| !passed.contains(&key.holder))?;
            Some((*seat, key.holder))
        })
    }

    pub(super) fn openings(&self, now: Moment) -> impl Iterator<Item = Seat> + '_ {
        self.opening.iter().take_while(move |(at, _)| *at <= now).map(|(_, seat)| *seat)
    }

    pub(super) fn next_opening(&self) -> Option<(Moment, Seat)> {
        self.opening.first().copied()
    }

    pub(super) fn next_birthday<'a>(&self, passed_by: impl Fn(Seat) -> &'a [u32]) -> Option<(Moment, u32)> {
        let mut young = self.young.iter().map(|(from, key, _)| (*from, key.holder));
        young.find(|(_, holder)| self.offered(*holder, &passed_by))
    }

    /// Whether a place waits here that this one could be offered.
    pub(super) fn offered<'a>(&self, holder: u32, passed_by: impl Fn(Seat) -> &'a [u32]) -> bool {
        self.free.iter().any(|seat| !passed_by(*seat).contains(&holder))
    }
}
