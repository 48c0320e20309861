//! What kindergartens and the department do: they publish places, accept, refuse, decide; and the city's year.

use kezek::{Action, Day, GroupYear, Kindergarten, KindergartenKind, Language, Moment, Reason, Which};

use super::super::args::Generate;
use super::super::clock;
use super::families::Wish;
use super::rates;
use super::world::{Plan, Stopped, World};

/// What staff or the department mean to do. With a child: only while its matter stands as it did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Task {
    /// Publish places somewhere: for that year where it is said, otherwise where many wait.
    Publish(Option<GroupYear>, i64),
    Visit(usize, u32),
    Accept(usize, u32),
    Refuse(usize, u32),
    Decide(usize),
    Depart(usize),
    /// The city asks a family whether it still wants a place.
    Remind(usize),
}

/// The city's plan for all its years: whom it expects, and how many places it makes.
pub(crate) struct Calendar {
    start: Day,
    kindergartens: Vec<(Kindergarten, KindergartenKind)>,
    children: u64,
    /// The weights of all days, and of those so far.
    weights: u64,
    so_far: u64,
    filed: u64,
    places_a_year: u64,
    /// The week's places that are still owed, in hundredths.
    owed: u64,
}

/// Names of kindergartens, as every city has them.
const NAMES: [&str; 12] = [
    "Ақбота",
    "Айгөлек",
    "Балапан",
    "Балдырған",
    "Болашақ",
    "Еркемай",
    "Ертөстік",
    "Күншуақ",
    "Қарлығаш",
    "Нұршуақ",
    "Солнышко",
    "Тополёк",
];

/// So many places a vacancy has at most.
const A_GROUP: i64 = 25;

impl Calendar {
    /// Of a city, from the first day to before the last one.
    pub(crate) fn new(wanted: &Generate, end: Day) -> Calendar {
        let children = u64::from(wanted.children);
        let count = usize::try_from(children / 400 + 3).unwrap_or(3);
        let kindergartens = (0..count).zip(NAMES.iter().cycle()).filter_map(|(i, name)| {
            let kind = match i % 10 {
                2 | 6 => KindergartenKind::Private,
                9 => KindergartenKind::MiniCentre,
                _ => KindergartenKind::State,
            };
            Some((format!("№ {} «{name}»", i + 1).parse().ok()?, kind))
        });
        let mut calendar = Calendar {
            start: wanted.start,
            kindergartens: kindergartens.collect(),
            children,
            weights: 0,
            so_far: 0,
            filed: 0,
            places_a_year: children * rates::PLACES_A_YEAR / 1000 / u64::from(wanted.years.max(1)),
            owed: 0,
        };
        let days = std::iter::successors(Some(wanted.start), |day| Some(day.plus_days(1)));
        let days: Vec<Day> = days.take_while(|day| *day < end).collect();
        calendar.weights = days.iter().map(|day| weight(*day)).sum();
        calendar
    }

    /// How many children are put in the queue on a day: the first four weeks move the paper list in.
    fn filed_on(&mut self, today: Day) -> u64 {
        self.so_far += weight(today);
        let moved_in = self.children * rates::MOVED_IN / 1000;
        let weeks: u64 = (1..=28).map(|day| u64::from(self.start.plus_days(day) <= today.plus_days(1))).sum();
        let flow = (self.children - moved_in) * self.so_far / self.weights.max(1);
        let by_now = moved_in * weeks / 28 + flow;
        let today = by_now.saturating_sub(self.filed);
        self.filed = by_now.max(self.filed);
        today
    }

    /// How many places are published on a day: two campaigns a year, and every Monday some.
    fn places_on(&mut self, today: Day) -> u64 {
        let year = self.places_a_year;
        // The second Tuesday of June, the third one of August.
        if clock::weekday(today) == 2 && today.month() == 6 && (8..15).contains(&today.day()) {
            return year * rates::IN_JUNE / 1000;
        }
        if clock::weekday(today) == 2 && today.month() == 8 && (15..22).contains(&today.day()) {
            return year * rates::IN_AUGUST / 1000;
        }
        if clock::weekday(today) != 1 {
            return 0;
        }
        self.owed += 100 * year * (1000 - rates::IN_JUNE - rates::IN_AUGUST) / 1000 / 52;
        let places = self.owed / 100;
        self.owed -= places * 100;
        places
    }
}

/// Fewer file at the weekend.
fn weight(day: Day) -> u64 {
    if clock::weekday(day) > 5 { 40 } else { 124 }
}

impl World<'_> {
    /// The plans of a day.
    pub(crate) fn plan_day(&mut self, today: Day) {
        for _ in 0..self.calendar.filed_on(today) {
            let at = self.zone.moment(today, self.dice.clock());
            self.new_child(at);
        }
        let mut places = i64::try_from(self.calendar.places_on(today)).unwrap_or(0);
        while places > 0 {
            let group = self.dice.between(1, A_GROUP).min(places);
            places -= group;
            let at = self.zone.moment(today, self.dice.office_clock());
            self.plan(at, Plan::Staff(Task::Publish(None, group)));
        }
        // The yearly refresh: in May every family in the queue is asked.
        if today.month() == 5 && today.day() == 1 {
            let all: Vec<usize> = self.waiting.values().flat_map(|crowd| crowd.all.iter().copied()).collect();
            for child in all {
                if self.dice.in_thousand(rates::REFRESH) {
                    let days = self.dice.between(0, 30);
                    let at = self.in_days(days, 0).plus_seconds(self.dice.clock());
                    self.plan(at, Plan::Staff(Task::Remind(child)));
                }
            }
        }
    }

    /// Staff or the department do what they meant to do.
    pub(crate) fn task(&mut self, task: Task) -> Result<(), Stopped> {
        let current = |world: &Self, child: usize, version: u32| {
            let own = world.children.get(child).filter(|own| own.version == version)?;
            own.number.clone().map(Which::Application)
        };
        let of = |world: &Self, child: usize| world.children.get(child).and_then(|own| own.number.clone());
        let action = match task {
            Task::Publish(year, places) => self.publication(year, places),
            Task::Visit(child, version) => current(self, child, version).map(|of| Action::RecordVisit { of }),
            Task::Accept(child, version) => current(self, child, version).map(|of| Action::Accept { of }),
            Task::Refuse(child, version) => current(self, child, version).map(|of| {
                let reason = Reason {
                    code: Some("papers".to_owned()),
                    text: "неполный пакет документов".to_owned(),
                };
                Action::Refuse { of, reason }
            }),
            Task::Decide(child) => of(self, child).map(|number| {
                let of = Which::Application(number);
                if self.dice.in_thousand(rates::UPHOLD) {
                    Action::UpholdRefusal { of }
                } else {
                    Action::OverturnRefusal { of }
                }
            }),
            Task::Depart(child) => return self.departure(child),
            Task::Remind(child) => {
                let waits = self
                    .children
                    .get(child)
                    .is_some_and(|own| self.waiting.get(&own.year).is_some_and(|crowd| crowd.has(child)));
                return if waits { self.wish(child, Wish::Confirm) } else { Ok(()) };
            }
        };
        action.map_or(Ok(()), |action| self.ask(action).map(|_done| ()))
    }

    /// A child leaves; the staff publish its place anew (R79).
    fn departure(&mut self, child: usize) -> Result<(), Stopped> {
        let Some(own) = self.children.get(child) else { return Ok(()) };
        let (Some(application), year) = (own.number.clone(), own.year) else { return Ok(()) };
        let date = self.today();
        let reason = Reason { code: Some("moved".to_owned()), text: "переезд".to_owned() };
        if self.ask(Action::MarkDeparture { application, date, reason })? {
            let at = self.office_time(1, 10);
            self.plan(at, Plan::Staff(Task::Publish(Some(year), 1)));
        }
        Ok(())
    }

    fn publication(&mut self, year: Option<GroupYear>, places: i64) -> Option<Action> {
        let year = year.or_else(|| self.a_year_that_waits())?;
        let (kindergarten, kind) = self.dice.pick(&self.calendar.kindergartens)?.clone();
        let language = match self.dice.below(100) {
            0..58 => Language::Kk,
            58..95 => Language::Ru,
            _ => Language::En,
        };
        Some(Action::PublishVacancy { kindergarten, group_year: year, language, places, kind: Some(kind) })
    }

    /// A line drawn by how many wait in it, of those that are old enough by the end of the year.
    fn a_year_that_waits(&mut self) -> Option<GroupYear> {
        let this = self.today().year();
        let ages = |year: GroupYear| (2..=6).contains(&(this - i32::from(year)));
        let lines: Vec<(GroupYear, u64)> = self
            .waiting
            .iter()
            .filter(|(year, crowd)| ages(**year) && !crowd.all.is_empty())
            .map(|(year, crowd)| (*year, u64::try_from(crowd.all.len()).unwrap_or(0)))
            .collect();
        let mut drawn = self.dice.below(lines.iter().map(|(_, count)| count).sum());
        lines.into_iter().find_map(|(year, count)| {
            if drawn < count {
                return Some(year);
            }
            drawn -= count;
            None
        })
    }

    /// A task about a child, void as soon as anything happens to its matter.
    pub(crate) fn plan_task(&mut self, at: Moment, child: usize, task: fn(usize, u32) -> Task) {
        if let Some(version) = self.children.get(child).map(|own| own.version) {
            self.plan(at, Plan::Staff(task(child, version)));
        }
    }

    /// The child will be accepted after so many days, while its referral is good.
    pub(crate) fn will_accept(&mut self, child: usize, least: i64, most: i64) {
        let last = self.children.get(child).and_then(|own| own.expires_at).map(|end| end.plus_seconds(-60));
        let at = self.office_time(least, most).max(self.now.plus_seconds(1800));
        let at = last.filter(|last| *last > self.now).map_or(at, |last| at.min(last));
        if self.dice.in_thousand(rates::VISIT) {
            let before = at.plus_seconds(self.dice.between(-7200, -300));
            self.plan_task(before, child, Task::Visit);
        }
        self.plan_task(at, child, Task::Accept);
    }
}
