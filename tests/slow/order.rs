//! Who is served first (wire.md 3 "The order of service"; O30, F11, F20).

use super::calendar::Instant;
use super::model::{Application, Model, Place, Seat, Stage};
use super::policy::Order;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    OutOfTurn,
    Benefit,
    Ordinary,
}

impl Model {
    /// These applications by registration instant, then serial.
    pub(crate) fn by_registration(&self, mut those: Vec<usize>) -> Vec<usize> {
        those.sort_by_key(|who| (self.applications[*who].registered_at, self.applications[*who].serial));
        those
    }

    /// These applications of one line in the order of service; and where the cycle stands after the first, if that
    /// moves it.
    pub(crate) fn served(&self, line: i64, those: Vec<usize>) -> (Vec<usize>, Option<usize>) {
        let by_time = self.by_registration(those);
        match self.policy.order {
            Order::Registration => (by_time, None),
            Order::Categories => {
                let mut ranked = by_time;
                // The sort is stable: inside a category by registration. Without a rank, last.
                ranked.sort_by_key(|who| self.rank(&self.applications[*who]));
                (ranked, None)
            }
            Order::Shares { benefit, ordinary } => self.dealt(line, by_time, benefit, ordinary),
        }
    }

    fn rank(&self, one: &Application) -> u64 {
        let row = self.policy.benefit(one.benefit.as_deref());
        row.filter(|row| row.tier != "listed").and_then(|row| row.rank).unwrap_or(u64::MAX)
    }

    /// F11: out of turn first, then the slots of the cycle. When a class has nobody left the other is served, and the
    /// cycle stays.
    fn dealt(
        &self,
        line: i64,
        by_time: Vec<usize>,
        benefit: usize,
        ordinary: usize,
    ) -> (Vec<usize>, Option<usize>) {
        let of = |class: Class| -> Vec<usize> {
            by_time.iter().copied().filter(|who| self.class(&self.applications[*who]) == class).collect()
        };
        let (mut order, mut with, mut without) =
            (of(Class::OutOfTurn), of(Class::Benefit), of(Class::Ordinary));
        let mut cycle = self.cycles.get(&line).copied().unwrap_or(0) % (benefit + ordinary);
        let mut moved = None;
        while !with.is_empty() || !without.is_empty() {
            let benefit_slot = cycle < benefit;
            let (own, other) =
                if benefit_slot { (&mut with, &mut without) } else { (&mut without, &mut with) };
            if own.is_empty() {
                order.push(other.remove(0));
            } else {
                order.push(own.remove(0));
                cycle = (cycle + 1) % (benefit + ordinary);
                if order.len() == 1 {
                    moved = Some(cycle);
                }
            }
        }
        (order, moved)
    }

    fn class(&self, one: &Application) -> Class {
        match self.policy.benefit(one.benefit.as_deref()).map(|row| row.tier.as_str()) {
            Some("out_of_turn") => Class::OutOfTurn,
            Some("priority") => Class::Benefit,
            _ => Class::Ordinary,
        }
    }

    /// Whom a waiting place that no turn is for is offered to, and where the cycle then stands, if that moves it.
    pub(crate) fn next_in_line(&self, seat: Seat, at: Instant) -> Option<(usize, Option<usize>)> {
        let line = self.vacancies[seat.0].line;
        let Place::Waiting { turn: None, passed_by, .. } = self.place(seat) else { return None };
        let able: Vec<usize> = (0..self.applications.len())
            .filter(|who| {
                let one = &self.applications[*who];
                one.line == line
                    && one.stage == Stage::Queued
                    // R36, O28.
                    && !self.too_young(*who, at)
                    && !self.too_old(one.born, at)
                    // O14: a place is offered at most once round the line.
                    && !passed_by.contains(&one.serial)
            })
            .collect();
        let (order, moved) = self.served(line, able);
        order.first().map(|first| (*first, moved))
    }

    /// R26, R42, O34: by registration in the whole city; in the line; inside the same benefit. Zeros when not active.
    pub(crate) fn position(&self, who: usize) -> (usize, usize, usize) {
        let one = &self.applications[who];
        if !one.active() {
            return (0, 0, 0);
        }
        let active = |filter: &dyn Fn(&Application) -> bool| -> Vec<usize> {
            let all = 0..self.applications.len();
            all.filter(|who| self.applications[*who].active() && filter(&self.applications[*who])).collect()
        };
        let place_in =
            |order: Vec<usize>| order.iter().position(|other| *other == who).map_or(0, |at| at + 1);
        let (line, _) = self.served(one.line, active(&|other| other.line == one.line));
        let same = match &one.benefit {
            None => Vec::new(),
            Some(benefit) => active(&|other| other.benefit.as_ref() == Some(benefit)),
        };
        (
            place_in(self.by_registration(active(&|_| true))),
            place_in(line),
            place_in(self.by_registration(same)),
        )
    }
}
