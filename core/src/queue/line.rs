//! One line: who may be notified, in which order, and the places that no turn is for.

use super::rank::{Ranks, Slot, Slots};
use super::service::Cycle;
use super::{Able, Class, Key, Member, Service, Turn};
use crate::sorted::{Agenda, Map};
use crate::{GroupYear, Moment, Seat};

/// The moment of what is in no order of moments.
const ALWAYS: Moment = Moment::from_unix(0);

#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    lanes: Map<Class, Lane>,
    /// The places that wait without a turn, oldest vacancy first (their moment is always the same).
    free: Agenda,
    /// The same, by the moment from which they may open.
    opening: Agenda,
}

/// The members of one class.
#[derive(Clone, Debug, Default)]
struct Lane {
    /// All active ones, by registration.
    order: Ranks,
    /// Those who may be notified now, by registration.
    ready: Ranks,
    /// Those who are still too young, by the moment that ends it.
    young: Agenda,
    /// Those who stay in line beyond the age at which they may still be notified, by the moment at which they reach it.
    waning: Agenda,
}

/// Where a holder stands; none where it does not wait for a turn in that line and class.
type Found<'a> = &'a dyn Fn((GroupYear, Class, u32)) -> Option<(Key, Slot)>;

impl Lane {
    /// The first who may be notified and has not passed the place by.
    fn first(&self, slots: &Slots, passed_by: &[u32]) -> Option<u32> {
        self.ready.iter(slots).map(|key| key.holder).find(|holder| !passed_by.contains(holder))
    }
}

/// What time has changed, so that it can be taken back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aged {
    pub(super) line: GroupYear,
    class: Class,
    holder: u32,
    at: Moment,
    /// It came of age; else it became too old.
    came: bool,
}

impl Line {
    pub(super) fn add(&mut self, member: &Member<'_>, slot: Slot) {
        self.lanes.or_default(member.class).order.insert(member.key, slot);
        self.enable(member);
    }

    pub(super) fn remove(&mut self, member: &Member<'_>, slot: Slot) {
        self.disable(member, slot);
        if let Some(lane) = self.lanes.get_mut(member.class) {
            lane.order.remove(member.key, slot);
        }
    }

    /// One who stands in line may be notified, from its moment on.
    pub(super) fn enable(&mut self, member: &Member<'_>) {
        if let Some(Able { from, until }) = member.able {
            let lane = self.lanes.or_default(member.class);
            lane.young.insert((from, member.key.holder, 0));
            if let Some(until) = until {
                lane.waning.insert((until, member.key.holder, 0));
            }
        }
    }

    /// One who stands in line may no longer be notified.
    pub(super) fn disable(&mut self, member: &Member<'_>, slot: Slot) {
        if let (Some(Able { from, until }), Some(lane)) = (member.able, self.lanes.get_mut(member.class)) {
            if !lane.young.remove(&(from, member.key.holder, 0)) {
                lane.ready.remove(member.key, slot);
            }
            if let Some(until) = until {
                lane.waning.remove(&(until, member.key.holder, 0));
            }
        }
    }

    /// Those who have come of age may be notified, and those who are too old no longer; when the next one is either.
    pub(super) fn age(
        &mut self,
        line: GroupYear,
        now: Moment,
        found: Found<'_>,
        aged: &mut Vec<Aged>,
    ) -> Option<Moment> {
        for (class, lane) in self.lanes.iter_mut() {
            while let Some((at, holder, _)) = lane.young.first().copied()
                && at <= now
            {
                lane.young.pop_first();
                if let Some((key, slot)) = found((line, class, holder)) {
                    lane.ready.insert(key, slot);
                    aged.push(Aged { line, class, holder, at, came: true });
                }
            }
            while let Some((at, holder, _)) = lane.waning.first().copied()
                && at <= now
            {
                lane.waning.pop_first();
                if let Some((key, slot)) = found((line, class, holder)) {
                    lane.ready.remove(key, slot);
                    aged.push(Aged { line, class, holder, at, came: false });
                }
            }
        }
        let next =
            |lane: &Lane| lane.young.first().into_iter().chain(lane.waning.first()).map(|(at, ..)| *at).min();
        self.lanes.values().filter_map(next).min()
    }

    /// Takes back what time has changed. (Whoever has been put back in line since is young again as it is.)
    pub(super) fn grow_young(&mut self, Aged { line, class, holder, at, came }: Aged, found: Found<'_>) {
        let found = found((line, class, holder));
        let Some(((key, slot), lane)) = found.zip(self.lanes.get_mut(class)) else { return };
        if came {
            if lane.ready.remove(key, slot) {
                lane.young.insert((at, holder, 0));
            }
        } else if lane.waning.insert((at, holder, 0)) {
            lane.ready.insert(key, slot);
        }
    }

    /// Whether it did not wait before.
    pub(super) fn free(&mut self, seat: Seat, opens_at: Moment) -> bool {
        self.opening.insert((opens_at, seat.vacancy, seat.place));
        self.free.insert((ALWAYS, seat.vacancy, seat.place))
    }

    /// Whether it waited.
    pub(super) fn taken(&mut self, seat: Seat, opens_at: Moment) -> bool {
        self.opening.remove(&(opens_at, seat.vacancy, seat.place));
        self.free.remove(&(ALWAYS, seat.vacancy, seat.place))
    }

    pub(super) fn next_turn<'a>(
        &self,
        slots: &Slots,
        service: Service,
        phase: u32,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> Option<Turn> {
        if self.free.is_empty() || self.lanes.values().all(|lane| lane.ready.len() == 0) {
            return None;
        }
        self.free.iter().find_map(|(_, vacancy, place)| {
            let seat = Seat { vacancy: *vacancy, place: *place };
            let passed = passed_by(seat);
            let (holder, cycle) = match service {
                Service::Classes => (self.lanes.values().find_map(|lane| lane.first(slots, passed))?, None),
                Service::Shares { benefit, ordinary } => {
                    self.by_shares(slots, Cycle::at(benefit, ordinary, phase), passed)?
                }
            };
            Some(Turn { seat, holder, cycle })
        })
    }

    /// Out of turn first; then the class of the slot, which moves the cycle; when nobody of it may be notified,
    /// the other class, and the cycle stays.
    fn by_shares(&self, slots: &Slots, cycle: Cycle, passed: &[u32]) -> Option<(u32, Option<u32>)> {
        let first = |class: Class| self.lanes.get(class).and_then(|lane| lane.first(slots, passed));
        let slot = cycle.slot();
        let other = if slot == Class::BENEFIT { Class::ORDINARY } else { Class::BENEFIT };
        let out_of_turn = first(Class::OUT_OF_TURN).map(|holder| (holder, None));
        let in_turn = || first(slot).map(|holder| (holder, Some(cycle.next())));
        out_of_turn.or_else(in_turn).or_else(|| first(other).map(|holder| (holder, None)))
    }

    /// Follows [`Slots::renew`].
    pub(super) fn renew(&mut self, renewed: &[u32], slots: &Slots) {
        for lane in self.lanes.values_mut() {
            lane.order.renew(renewed, slots);
            lane.ready.renew(renewed, slots);
        }
    }

    /// The place in the order of service from the present phase, from 1, of a member of that class; `rank` tells where
    /// it stands inside the class.
    pub(super) fn place(
        &self,
        class: Class,
        rank: impl Fn(&Ranks) -> u32,
        service: Service,
        phase: u32,
    ) -> u32 {
        let Some(lane) = self.lanes.get(class) else { return 0 };
        let own = u64::from(rank(&lane.order));
        let all = |class: Class| self.lanes.get(class).map_or(0, |lane| lane.order.len());
        let before = match service {
            Service::Shares { benefit, ordinary } if class != Class::OUT_OF_TURN => {
                let other = if class == Class::BENEFIT { Class::ORDINARY } else { Class::BENEFIT };
                let cycle = Cycle::at(benefit, ordinary, phase);
                all(Class::OUT_OF_TURN) + cycle.others_before(class, own).min(all(other))
            }
            Service::Shares { .. } => 0,
            Service::Classes => self.lanes.before(class).map(|(_, lane)| lane.order.len()).sum(),
        };
        u32::try_from(before.saturating_add(own)).unwrap_or(u32::MAX)
    }

    pub(super) fn has_members(&self) -> bool {
        self.lanes.values().any(|lane| lane.order.len() > 0)
    }

    /// All members in the order of service from the present phase.
    pub(super) fn in_order(&self, slots: &Slots, service: Service, phase: u32) -> Vec<Key> {
        let lanes = self.lanes.iter().map(|(class, lane)| (class, lane.order.iter(slots).collect()));
        service.arrange(phase, lanes.collect())
    }

    pub(super) fn openings(&self, now: Moment) -> impl Iterator<Item = Seat> + '_ {
        self.to_open().take_while(move |(at, _)| *at <= now).map(|(_, seat)| seat)
    }

    /// The places that no turn is for, by the moment from which they may open.
    pub(super) fn to_open(&self) -> impl Iterator<Item = (Moment, Seat)> + '_ {
        self.opening.iter().map(|(at, vacancy, place)| (*at, Seat { vacancy: *vacancy, place: *place }))
    }

    pub(super) fn next_opening(&self) -> Option<(Moment, Seat)> {
        self.to_open().next()
    }

    pub(super) fn next_birthday<'a>(
        &self,
        but: Option<u32>,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> Option<(Moment, u32)> {
        if self.opening.is_empty() {
            return None;
        }
        let of = |lane| self.birthdays_of(lane, &passed_by).find(|(_, holder)| Some(*holder) != but);
        self.lanes.values().filter_map(of).min()
    }

    /// The birthdays that make a turn, as things stand now: of each class the earliest first.
    pub(super) fn birthdays<'a>(
        &self,
        passed_by: impl Fn(Seat) -> &'a [u32] + Copy,
    ) -> impl Iterator<Item = (Moment, u32)> {
        self.lanes.values().flat_map(move |lane| self.birthdays_of(lane, passed_by))
    }

    fn birthdays_of<'a>(
        &self,
        lane: &Lane,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> impl Iterator<Item = (Moment, u32)> {
        // After the last of the places that wait has opened nobody's birthday matters, and without one nobody's ever.
        let last = self.opening.last().map(|(at, ..)| *at);
        let young = lane.young.iter().map(|(from, holder, _)| (*from, *holder));
        let young = young.take_while(move |(from, _)| last.is_some_and(|last| *from <= last));
        young.filter(move |(from, holder)| self.offered(*holder, *from, &passed_by))
    }

    /// Whether a place will still wait here at a moment that this one could then be offered. (In one moment
    /// turns are given before places open.)
    fn offered<'a>(&self, holder: u32, at: Moment, passed_by: impl Fn(Seat) -> &'a [u32]) -> bool {
        let waiting = self.opening.range((at, 0, 0)..);
        let mut seats = waiting.map(|(_, vacancy, place)| Seat { vacancy: *vacancy, place: *place });
        seats.any(|seat| !passed_by(seat).contains(&holder))
    }
}
