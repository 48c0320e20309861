//! The order of the queue. It knows keys, not applications, and nobody else knows how ranks are kept.

mod bits;
mod line;
mod rank;
mod service;

use line::{Aged, Line};
use rank::{Ranks, Slot, Slots};
pub(crate) use service::{Class, Service};

use crate::sorted::{self, Map};
use crate::{BenefitId, GroupYear, Moment, Seat};

/// What orders an application inside its class: its registration, then its serial (which grows with the holder).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) registered_at: Moment,
    pub(crate) holder: u32,
}

/// What the queue needs to know of an active application.
#[derive(Clone, Debug)]
pub(crate) struct Member<'a> {
    pub(crate) key: Key,
    pub(crate) line: GroupYear,
    pub(crate) class: Class,
    pub(crate) benefit: Option<&'a BenefitId>,
    /// While it is `queued`: when it may be notified.
    pub(crate) able: Option<Able>,
}

/// The time in which somebody in line may be notified (R36, R12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Able {
    /// The age at which a place may be chosen is reached.
    pub(crate) from: Moment,
    /// The age limit is reached; none where that closes an application.
    pub(crate) until: Option<Moment>,
}

/// Where an application stands: from 1; 0 where it does not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) number: u32,
    pub(crate) in_group_year: u32,
    pub(crate) in_benefit: u32,
}

/// A turn to give: the place, whose it is, and where the line's cycle then stands, if it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) seat: Seat,
    pub(crate) holder: u32,
    pub(crate) cycle: Option<u32>,
}

/// All active applications of a register in their orders, and the places that no turn is for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    service: Service,
    slots: Slots,
    /// Where each holder stands, while it is active: all that its numbers need, in half a cache line.
    spots: Vec<Option<Spot>>,
    city: Ranks,
    lines: Map<GroupYear, Line>,
    /// How many places wait without a turn: mostly none, and then no line is looked through.
    waiting: u32,
    /// Nobody comes of age, or is too old, before.
    ripe: Option<Moment>,
    /// What time has changed since the last outcome began.
    aged: Vec<Aged>,
    /// In the order in which they first came. A policy knows few.
    benefits: Vec<(BenefitId, Ranks)>,
}

/// Where a holder stands, in 16 bytes.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// Where its key is.
    slot: Slot,
    line: GroupYear,
    class: Class,
    /// Which of the benefits, from 1.
    benefit: u16,
    /// Whether it waits for a turn.
    able: bool,
}

impl Queue {
    pub(crate) fn new(service: Service) -> Queue {
        Queue { service, ..Queue::default() }
    }

    /// For those who will come, in any order: nobody of them is late.
    pub(crate) fn expecting(service: Service, keys: Vec<Key>) -> Queue {
        Queue { service, slots: Slots::of(keys), ..Queue::default() }
    }

    /// The lines that there are, by group year.
    pub(crate) fn years(&self) -> impl Iterator<Item = GroupYear> + '_ {
        self.lines.iter().map(|(year, _)| year)
    }

    pub(crate) fn add(&mut self, member: &Member<'_>) {
        let key = member.key;
        let slot = self.slots.enter(key);
        let benefit = member.benefit.map(|benefit| self.benefit(benefit));
        self.city.insert(key, slot);
        self.expect(member);
        self.lines.or_default(member.line).add(member, slot);
        if let Some(ranks) = benefit.and_then(|benefit| self.of_benefit(benefit)) {
            ranks.insert(key, slot);
        }
        let (line, class) = (member.line, member.class);
        let spot =
            Spot { slot, line, class, benefit: benefit.unwrap_or_default(), able: member.able.is_some() };
        if let Some(place) = self.spot(key.holder) {
            *place = Some(spot);
        }
        if self.slots.is_full() {
            self.renew();
        }
    }

    pub(crate) fn remove(&mut self, member: &Member<'_>) {
        let key = member.key;
        let Some(spot) = self.spot(key.holder).and_then(Option::take) else { return };
        self.city.remove(key, spot.slot);
        if let Some(line) = self.lines.get_mut(member.line) {
            line.remove(member, spot.slot);
        }
        if let Some(ranks) = self.of_benefit(spot.benefit) {
            ranks.remove(key, spot.slot);
        }
    }

    /// One who comes of age. (Nobody is too old before.)
    fn expect(&mut self, member: &Member<'_>) {
        let from = member.able.map(|able| able.from);
        self.ripe = [self.ripe, from].into_iter().flatten().min();
    }

    /// Where a holder stands that waits for a turn in that line and class.
    fn found(
        spots: &[Option<Spot>],
        slots: &Slots,
        (line, class, holder): (GroupYear, Class, u32),
    ) -> Option<(Key, Slot)> {
        let spot = (*spots.get(usize::try_from(holder).ok()?)?)?;
        let waits = spot.able && (spot.line, spot.class) == (line, class);
        Some((slots.key_of(holder, spot.slot).filter(|_| waits)?, spot.slot))
    }

    fn spot(&mut self, holder: u32) -> Option<&mut Option<Spot>> {
        let at = usize::try_from(holder).ok()?;
        if self.spots.len() <= at {
            self.spots.resize(at + 1, None);
        }
        self.spots.get_mut(at)
    }

    /// Which of the list a benefit is, from 1; a new one where it is not there.
    fn benefit(&mut self, id: &BenefitId) -> u16 {
        let at = self.benefits.iter().position(|(own, _)| own == id).unwrap_or_else(|| {
            self.benefits.push((id.clone(), Ranks::default()));
            self.benefits.len() - 1
        });
        u16::try_from(at + 1).unwrap_or(u16::MAX)
    }

    fn of_benefit(&mut self, benefit: u16) -> Option<&mut Ranks> {
        self.benefits.get_mut(usize::from(benefit).checked_sub(1)?).map(|(_, ranks)| ranks)
    }

    /// New slots for all, and none is late.
    fn renew(&mut self) {
        let late: Vec<Key> = self.slots.late().collect();
        let renewed = self.slots.renew();
        let slots = &self.slots;
        self.city.renew(&renewed, slots);
        self.lines.values_mut().for_each(|line| line.renew(&renewed, slots));
        self.benefits.iter_mut().for_each(|(_, ranks)| ranks.renew(&renewed, slots));
        for spot in self.spots.iter_mut().flatten() {
            if let Slot::At(old) = spot.slot {
                let new = usize::try_from(old).ok().and_then(|old| renewed.get(old));
                spot.slot = new.map_or(Slot::Late, |new| Slot::At(*new));
            }
        }
        for key in late {
            let slot = self.slots.enter(key);
            if let Some(Some(spot)) = self.spot(key.holder) {
                spot.slot = slot;
            }
        }
    }

    /// A member changed. Whoever keeps its place is only taken in or out of those who may be notified.
    pub(crate) fn change(&mut self, old: &Member<'_>, new: &Member<'_>) {
        let place = |member: &Member<'_>| (member.key, member.line, member.class);
        if place(old) != place(new) || old.benefit != new.benefit {
            self.remove(old);
            self.add(new);
        } else if old.able != new.able {
            self.expect(new);
            let Some(Some(spot)) = self.spot(new.key.holder) else { return };
            spot.able = new.able.is_some();
            let slot = spot.slot;
            if let Some(line) = self.lines.get_mut(new.line) {
                line.disable(old, slot);
                line.enable(new);
            }
        }
    }

    /// The three numbers of an application (R26, R42), all 0 of one that is not active; `cycle` tells where a line's
    /// cycle stands.
    pub(crate) fn standing(&self, holder: u32, cycle: impl Fn(GroupYear) -> u32) -> Standing {
        let spot = usize::try_from(holder).ok().and_then(|at| *self.spots.get(at)?);
        let Some(Spot { slot, line, class, benefit, able: _ }) = spot else {
            return Standing::default();
        };
        let own = |ranks: &Ranks| ranks.rank(holder, slot, &self.slots);
        let place = |line: &Line, cycle| line.place(class, own, self.service, cycle);
        let benefit = usize::from(benefit).checked_sub(1).and_then(|at| self.benefits.get(at));
        Standing {
            number: own(&self.city),
            in_group_year: self.lines.get(line).map_or(0, |members| place(members, cycle(line))),
            in_benefit: benefit.map_or(0, |(_, ranks)| own(ranks)),
        }
    }

    /// The numbers of all members at once, each at its holder's place in the list: what [`Queue::standing`] tells
    /// of each.
    pub(crate) fn standings(&self, holders: usize, cycle: impl Fn(GroupYear) -> u32) -> Vec<Standing> {
        let mut all = vec![Standing::default(); holders];
        let mut tell = |keys: &mut dyn Iterator<Item = Key>, number: fn(&mut Standing) -> &mut u32| {
            for (place, key) in (1..).zip(keys) {
                let holder = usize::try_from(key.holder).ok();
                if let Some(standing) = holder.and_then(|holder| all.get_mut(holder)) {
                    *number(standing) = place;
                }
            }
        };
        tell(&mut self.city.iter(&self.slots), |standing| &mut standing.number);
        for (year, line) in self.lines.iter() {
            let order = line.in_order(&self.slots, self.service, cycle(year));
            tell(&mut order.into_iter(), |standing| &mut standing.in_group_year);
        }
        for (_, ranks) in &self.benefits {
            tell(&mut ranks.iter(&self.slots), |standing| &mut standing.in_benefit);
        }
        all
    }

    /// A line's members in the order of service.
    pub(crate) fn line(&self, group_year: GroupYear, cycle: u32) -> impl Iterator<Item = Key> + '_ {
        let line = self.lines.get(group_year).into_iter();
        line.flat_map(move |line| line.in_order(&self.slots, self.service, cycle))
    }

    /// The group years that have somebody in line.
    pub(crate) fn group_years(&self) -> impl Iterator<Item = GroupYear> + '_ {
        self.lines.iter().filter(|(_, line)| line.has_members()).map(|(year, _)| year)
    }

    /// A place begins to wait without a turn.
    pub(crate) fn free(&mut self, line: GroupYear, seat: Seat, opens_at: Moment) {
        if self.lines.or_default(line).free(seat, opens_at) {
            self.waiting = self.waiting.saturating_add(1);
        }
    }

    /// A place no longer waits without a turn.
    pub(crate) fn taken(&mut self, line: GroupYear, seat: Seat, opens_at: Moment) {
        if self.lines.get_mut(line).is_some_and(|line| line.taken(seat, opens_at)) {
            self.waiting = self.waiting.saturating_sub(1);
        }
    }

    /// Time goes on: those who have come of age may be notified.
    pub(crate) fn ripen(&mut self, now: Moment) {
        if self.ripe.is_some_and(|ripe| ripe <= now) {
            let found = |who| Queue::found(&self.spots, &self.slots, who);
            let lines = self.lines.iter_mut();
            self.ripe = lines.filter_map(|(year, line)| line.age(year, now, &found, &mut self.aged)).min();
        }
    }

    /// An outcome begins: what time has changed before stays.
    pub(crate) fn stays(&mut self) {
        self.aged.clear();
    }

    /// Time is taken back to where the outcome began.
    pub(crate) fn unripen(&mut self) {
        let found = |who| Queue::found(&self.spots, &self.slots, who);
        while let Some(aged) = self.aged.pop() {
            if let Some(line) = self.lines.get_mut(aged.line) {
                line.grow_young(aged, &found);
            }
        }
        self.ripe = Some(Moment::from_unix(i64::MIN));
    }

    /// The next place to offer and to whom: by group year, vacancy and place, to the first in the order of
    /// service who may be notified and has not passed it by. `cycle` tells where a line's cycle stands.
    pub(crate) fn next_turn<'a>(
        &self,
        cycle: impl Fn(GroupYear) -> u32,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> Option<Turn> {
        if self.waiting == 0 {
            return None;
        }
        self.lines
            .iter()
            .find_map(|(year, line)| line.next_turn(&self.slots, self.service, cycle(year), &passed_by))
    }

    /// The places that open now because nobody can be offered them, in order of vacancy over all lines.
    pub(crate) fn openings(&self, now: Moment) -> Vec<Seat> {
        if self.waiting == 0 {
            return Vec::new();
        }
        let seats = self.lines.values().flat_map(|line| line.openings(now)).collect();
        sorted::by(seats, |seat: &Seat| (seat.vacancy.into(), seat.place.into()))
    }

    /// When the next place opens that nobody can be offered.
    pub(crate) fn next_opening(&self) -> Option<(Moment, Seat)> {
        if self.waiting == 0 {
            return None;
        }
        self.lines.values().filter_map(Line::next_opening).min()
    }

    /// The places that no turn is for, each with the moment at which it opens.
    pub(crate) fn to_open(&self) -> impl Iterator<Item = (Moment, Seat)> + '_ {
        self.lines.values().flat_map(Line::to_open)
    }

    /// All birthdays that make a turn, as things stand now.
    pub(crate) fn birthdays<'a>(
        &self,
        passed_by: impl Fn(Seat) -> &'a [u32] + Copy,
    ) -> impl Iterator<Item = (Moment, u32)> {
        self.lines.values().flat_map(move |line| line.birthdays(passed_by))
    }

    /// The next birthday that makes a turn: only while a place waits that could then be offered.
    pub(crate) fn next_birthday<'a>(&self, passed_by: impl Fn(Seat) -> &'a [u32]) -> Option<(Moment, u32)> {
        self.next_birthday_but(None, passed_by)
    }

    /// The same, no later than a moment: mostly nobody comes of age before, and nobody is looked for.
    pub(crate) fn next_birthday_by<'a>(
        &self,
        last: Moment,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> Option<Moment> {
        if self.ripe.is_none_or(|ripe| last < ripe) {
            return None;
        }
        self.next_birthday(passed_by).map(|(at, _)| at).filter(|at| *at <= last)
    }

    /// The same of all but one.
    pub(crate) fn next_birthday_but<'a>(
        &self,
        holder: Option<u32>,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> Option<(Moment, u32)> {
        if self.waiting == 0 {
            return None;
        }
        self.lines.values().filter_map(|line| line.next_birthday(holder, &passed_by)).min()
    }
}
