//! The city while it is lived through: its register, its plans, and what everybody there can see.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

use kezek::{
    Action, ApplicationNumber, BenefitId, Command, Day, Event, Fact, GroupYear, Kindergarten, Moment,
    Outcome, Person, Register, Seat, VacancyId, Zone,
};
use serde::Serialize;

use super::super::args::Generate;
use super::super::fault::Fault;
use super::Out;
use super::dice::Dice;
use super::families::{Child, Wish};
use super::staff::{Calendar, Task};

/// Why the journal ends early.
pub(crate) enum Stopped {
    /// The register cannot go on.
    Rules(kezek::Error),
    /// The journal cannot be written.
    Output(Fault),
}

/// Something that somebody means to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Plan {
    /// A day begins.
    Day,
    /// A family, by the index of its child; only while the child's matter stands as it did.
    Family(usize, u32, Wish),
    /// Staff, or the department.
    Staff(Task),
}

/// A line of the journal.
#[derive(Serialize)]
struct Line<'a> {
    at: String,
    #[serde(rename = "do")]
    command: &'a Command,
}

/// The city.
pub(crate) struct World<'a> {
    pub(crate) dice: Dice,
    pub(crate) out: Out<'a>,
    pub(crate) zone: Zone,
    pub(crate) now: Moment,
    pub(crate) benefits: Vec<BenefitId>,
    pub(crate) children: Vec<Child>,
    pub(crate) calendar: Calendar,
    /// Children that wait in each line, in no order.
    pub(crate) waiting: BTreeMap<GroupYear, Crowd>,
    /// The vacancies, from number 1: where, and for whom.
    pub(crate) vacancies: Vec<(Kindergarten, GroupYear)>,
    /// The open places of each line, as a vacancy and how many.
    pub(crate) open: BTreeMap<GroupYear, BTreeMap<VacancyId, u32>>,
    register: Register,
    plans: BinaryHeap<Reverse<(Moment, u64, Plan)>>,
    order: u64,
    open_seats: HashSet<Seat>,
    by_number: HashMap<ApplicationNumber, usize>,
    /// The index of a child.
    pub(crate) by_person: HashMap<Person, usize>,
    ends: Moment,
    written: u64,
    denied: u64,
    lived: u64,
}

/// Children in no order, of whom one can be drawn.
#[derive(Default)]
pub(crate) struct Crowd {
    pub(crate) all: Vec<usize>,
    places: HashMap<usize, usize>,
}

impl Crowd {
    fn join(&mut self, child: usize) {
        if self.places.insert(child, self.all.len()).is_none() {
            self.all.push(child);
        }
    }

    /// Whether a child is among them.
    pub(crate) fn has(&self, child: usize) -> bool {
        self.places.contains_key(&child)
    }

    fn leave(&mut self, child: usize) {
        let Some(place) = self.places.remove(&child) else { return };
        self.all.swap_remove(place);
        if let Some(moved) = self.all.get(place) {
            self.places.insert(*moved, place);
        }
    }
}

impl<'a> World<'a> {
    /// A city before its first day.
    pub(crate) fn new(
        wanted: &Generate,
        register: Register,
        benefits: Vec<BenefitId>,
        out: Out<'a>,
    ) -> World<'a> {
        let zone = register.policy().zone();
        let end = wanted.start.plus_months(wanted.years.saturating_mul(12));
        let now = zone.midnight(wanted.start);
        let mut world = World {
            dice: Dice::new(wanted.seed),
            out,
            zone,
            now,
            benefits,
            children: Vec::new(),
            calendar: Calendar::new(wanted, end),
            waiting: BTreeMap::new(),
            vacancies: Vec::new(),
            open: BTreeMap::new(),
            register,
            plans: BinaryHeap::new(),
            order: 0,
            open_seats: HashSet::new(),
            by_number: HashMap::new(),
            by_person: HashMap::new(),
            ends: zone.midnight(end),
            written: 0,
            denied: 0,
            lived: 0,
        };
        world.plan(now, Plan::Day);
        world
    }

    /// Lives through all of it and writes the journal.
    pub(crate) fn live(&mut self) -> Result<(), Stopped> {
        while let Some(Reverse((at, _, plan))) = self.plans.pop()
            && at < self.ends
        {
            self.now = self.now.max(at);
            match plan {
                Plan::Day => self.begin_day()?,
                Plan::Family(child, version, wish) => {
                    if self.children.get(child).is_some_and(|child| child.version == version) {
                        self.wish(child, wish)?;
                    }
                }
                Plan::Staff(task) => self.task(task)?,
            }
        }
        let line = serde_json::json!({"at": self.ends.in_zone(self.zone).to_string(), "advance": true});
        self.out.line(&line).map_err(Stopped::Output)?;
        let _ = self.register.advance(self.ends).map_err(Stopped::Rules)?;
        Ok(())
    }

    /// What fell due since yesterday is seen; the day's plans are made.
    fn begin_day(&mut self) -> Result<(), Stopped> {
        let outcome = self.register.advance(self.now).map_err(Stopped::Rules)?;
        self.see(&outcome);
        let today = self.today();
        self.plan_day(today);
        self.lived +=
            self.waiting.values().map(|crowd| u64::try_from(crowd.all.len()).unwrap_or(0)).sum::<u64>();
        self.plan(self.zone.midnight(today.plus_days(1)), Plan::Day);
        Ok(())
    }

    /// The local date.
    pub(crate) fn today(&self) -> Day {
        self.zone.day(self.now)
    }

    /// Plans something, now at the earliest.
    pub(crate) fn plan(&mut self, at: Moment, plan: Plan) {
        self.order += 1;
        self.plans.push(Reverse((at.max(self.now), self.order, plan)));
    }

    /// Plans a wish of a family, void as soon as anything happens to the child's matter.
    pub(crate) fn plan_wish(&mut self, at: Moment, child: usize, wish: Wish) {
        if let Some(version) = self.children.get(child).map(|child| child.version) {
            self.plan(at, Plan::Family(child, version, wish));
        }
    }

    /// So many days from now at that time of day.
    pub(crate) fn in_days(&self, days: i64, clock: i64) -> Moment {
        let days = i32::try_from(days).unwrap_or(i32::MAX);
        self.zone.moment(self.today().plus_days(days), clock)
    }

    /// A moment of a family's, from so many to so many days from now.
    pub(crate) fn some_time(&mut self, least: i64, most: i64) -> Moment {
        let (days, clock) = (self.dice.between(least, most), self.dice.clock());
        self.in_days(days, clock)
    }

    /// A moment of an office's, from so many to so many days from now.
    pub(crate) fn office_time(&mut self, least: i64, most: i64) -> Moment {
        let (days, clock) = (self.dice.between(least, most), self.dice.office_clock());
        self.in_days(days, clock)
    }

    /// Writes a command down, has it done or denied, and lets everybody see what happened.
    pub(crate) fn ask(&mut self, action: Action) -> Result<bool, Stopped> {
        let command = Command::from(action);
        let line = Line { at: self.now.in_zone(self.zone).to_string(), command: &command };
        self.out.line(&line).map_err(Stopped::Output)?;
        self.written += 1;
        let outcome = self.register.apply(command, self.now).map_err(Stopped::Rules)?;
        let done = outcome.denials.is_empty();
        self.denied += u64::from(!done);
        self.see(&outcome);
        Ok(done)
    }

    fn see(&mut self, outcome: &Outcome) {
        for event in &outcome.events {
            self.happened(event);
        }
    }

    /// What everybody can see of an event, and what those whom it concerns make of it.
    fn happened(&mut self, event: &Arc<Event>) {
        match &event.fact {
            Fact::Registered { application, child, .. } => {
                if let Some(index) = self.by_person.get(&child.iin).copied() {
                    self.by_number.insert(application.clone(), index);
                    if let Some(own) = self.children.get_mut(index) {
                        own.number = Some(application.clone());
                    }
                }
            }
            Fact::VacancyPublished { kindergarten, group_year, .. } => {
                self.vacancies.push((kindergarten.clone(), *group_year));
            }
            Fact::SeatsOpened { vacancy, seats, .. } => {
                for place in seats {
                    self.opened(Seat { vacancy: *vacancy, place: *place });
                }
                self.rush(*vacancy, seats.len());
            }
            Fact::ReferralIssued { vacancy, place, .. } => {
                self.taken(Seat { vacancy: *vacancy, place: *place })
            }
            Fact::SeatReturned { vacancy, place, to: kezek::SeatGoes::FreeChoice, .. } => {
                self.opened(Seat { vacancy: *vacancy, place: *place });
                self.rush(*vacancy, 1);
            }
            _of_one_family => {}
        }
        let child = event.fact.application().and_then(|number| self.by_number.get(number).copied());
        if let Some(child) = child {
            self.concerns(child, &event.fact);
        }
    }

    fn opened(&mut self, seat: Seat) {
        if let Some(year) = self.year_of(seat.vacancy)
            && self.open_seats.insert(seat)
        {
            *self.open.entry(year).or_default().entry(seat.vacancy).or_default() += 1;
        }
    }

    fn taken(&mut self, seat: Seat) {
        if self.open_seats.remove(&seat)
            && let Some(open) = self.year_of(seat.vacancy).and_then(|year| self.open.get_mut(&year))
            && let Some(left) = open.get_mut(&seat.vacancy)
        {
            *left = left.saturating_sub(1);
            if *left == 0 {
                open.remove(&seat.vacancy);
            }
        }
    }

    /// The line that a vacancy is for.
    pub(crate) fn year_of(&self, vacancy: VacancyId) -> Option<GroupYear> {
        let index = usize::try_from(vacancy).ok()?.checked_sub(1)?;
        self.vacancies.get(index).map(|(_, year)| *year)
    }

    /// A child waits in its line, or no longer does.
    pub(crate) fn waits(&mut self, child: usize, waits: bool) {
        let Some(year) = self.children.get(child).map(|child| child.year) else { return };
        let crowd = self.waiting.entry(year).or_default();
        if waits {
            crowd.join(child);
        } else {
            crowd.leave(child);
        }
    }

    /// The figures, on one line.
    pub(crate) fn summary(&self) -> String {
        let events = self.register.events().len();
        // Events for each year that an application stood in the queue.
        let years = (self.lived / 365).max(1);
        let tenths = u64::try_from(events).unwrap_or(u64::MAX).saturating_mul(10) / years;
        format!(
            "{} commands, {} denied, {events} events for {} children ({}.{} an application a year)",
            self.written,
            self.denied,
            self.children.len(),
            tenths / 10,
            tenths % 10,
        )
    }
}
