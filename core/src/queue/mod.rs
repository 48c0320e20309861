//! The order of the queue. It knows keys, not applications, and nobody else knows how ranks are kept.

mod line;
mod rank;
mod service;

use line::Line;
use rank::Ranks;
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
    /// While it is `queued`: from when until when it may be notified.
    pub(crate) able: Option<(Moment, Moment)>,
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
    city: Ranks,
    lines: Map<GroupYear, Line>,
    /// A policy knows few.
    benefits: Vec<(BenefitId, Ranks)>,
}

impl Queue {
    pub(crate) fn new(service: Service) -> Queue {
        Queue { service, ..Queue::default() }
    }

    pub(crate) fn add(&mut self, member: &Member<'_>) {
        self.city.insert(member.key);
        self.lines.or_default(member.line).add(member);
        if let Some(benefit) = member.benefit {
            match self.with_benefit(benefit) {
                Some(ranks) => ranks.insert(member.key),
                None => self.benefits.push((benefit.clone(), Ranks::of(member.key))),
            }
        }
    }

    pub(crate) fn remove(&mut self, member: &Member<'_>) {
        self.city.remove(member.key);
        if let Some(line) = self.lines.get_mut(member.line) {
            line.remove(member);
        }
        if let Some(ranks) = member.benefit.and_then(|benefit| self.with_benefit(benefit)) {
            ranks.remove(member.key);
        }
    }

    fn with_benefit(&mut self, benefit: &BenefitId) -> Option<&mut Ranks> {
        self.benefits.iter_mut().find(|(own, _)| own == benefit).map(|(_, ranks)| ranks)
    }

    /// A member changed. Whoever keeps its place is only taken in or out of those who may be notified.
    pub(crate) fn change(&mut self, old: &Member<'_>, new: &Member<'_>) {
        let place = |member: &Member<'_>| (member.key, member.line, member.class);
        if place(old) != place(new) || old.benefit != new.benefit {
            self.remove(old);
            self.add(new);
        } else if old.able != new.able
            && let Some(line) = self.lines.get_mut(new.line)
        {
            line.disable(old);
            line.enable(new);
        }
    }

    /// The three numbers of an active application (R26, R42); its line's cycle stands at `cycle`.
    pub(crate) fn standing(&self, member: &Member<'_>, cycle: u32) -> Standing {
        let line = self.lines.get(member.line);
        let same_benefit = |(benefit, _): &&(BenefitId, Ranks)| Some(benefit) == member.benefit;
        let in_benefit = self.benefits.iter().find(same_benefit);
        Standing {
            number: self.city.rank(member.key),
            in_group_year: line.map(|line| line.place(member, self.service, cycle)).unwrap_or_default(),
            in_benefit: in_benefit.map(|(_, ranks)| ranks.rank(member.key)).unwrap_or_default(),
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
        tell(&mut self.city.iter(), |standing| &mut standing.number);
        for (year, line) in self.lines.iter() {
            let order = line.in_order(self.service, cycle(year));
            tell(&mut order.into_iter(), |standing| &mut standing.in_group_year);
        }
        for (_, ranks) in &self.benefits {
            tell(&mut ranks.iter(), |standing| &mut standing.in_benefit);
        }
        all
    }

    /// A line's members in the order of service.
    pub(crate) fn line(&self, group_year: GroupYear, cycle: u32) -> impl Iterator<Item = Key> + '_ {
        let line = self.lines.get(group_year).into_iter();
        line.flat_map(move |line| line.in_order(self.service, cycle))
    }

    /// The group years that have somebody in line.
    pub(crate) fn group_years(&self) -> impl Iterator<Item = GroupYear> + '_ {
        self.lines.iter().filter(|(_, line)| line.has_members()).map(|(year, _)| year)
    }

    /// A place begins to wait without a turn.
    pub(crate) fn free(&mut self, line: GroupYear, seat: Seat, opens_at: Moment) {
        self.lines.or_default(line).free(seat, opens_at);
    }

    /// A place no longer waits without a turn.
    pub(crate) fn taken(&mut self, line: GroupYear, seat: Seat, opens_at: Moment) {
        if let Some(line) = self.lines.get_mut(line) {
            line.taken(seat, opens_at);
        }
    }

    /// Time goes on: those who have come of age may be notified.
    pub(crate) fn ripen(&mut self, now: Moment) {
        for line in self.lines.values_mut() {
            line.ripen(now);
        }
    }

    /// Time was taken back: those who came of age since are too young again.
    pub(crate) fn unripen(&mut self, now: Moment) {
        for line in self.lines.values_mut() {
            line.unripen(now);
        }
    }

    /// The next place to offer and to whom: by group year, vacancy and place, to the first in the order of
    /// service who may be notified and has not passed it by. `cycle` tells where a line's cycle stands.
    pub(crate) fn next_turn<'a>(
        &self,
        now: Moment,
        cycle: impl Fn(GroupYear) -> u32,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> Option<Turn> {
        self.lines.iter().find_map(|(year, line)| line.next_turn(now, self.service, cycle(year), &passed_by))
    }

    /// The places that open now because nobody can be offered them, in order of vacancy over all lines.
    pub(crate) fn openings(&self, now: Moment) -> Vec<Seat> {
        let seats = self.lines.values().flat_map(|line| line.openings(now)).collect();
        sorted::by(seats, |seat: &Seat| (seat.vacancy.into(), seat.place.into()))
    }

    /// When the next place opens that nobody can be offered.
    pub(crate) fn next_opening(&self) -> Option<(Moment, Seat)> {
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

    /// The same of all but one.
    pub(crate) fn next_birthday_but<'a>(
        &self,
        holder: Option<u32>,
        passed_by: impl Fn(Seat) -> &'a [u32],
    ) -> Option<(Moment, u32)> {
        self.lines.values().filter_map(|line| line.next_birthday(holder, &passed_by)).min()
    }
}
