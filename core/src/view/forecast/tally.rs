//! What a journal tells of its lines, in the few figures that a forecast needs: who stood where since when, and
//! when places came to a line or somebody left it. Filled while a book takes in its events.

use std::sync::Arc;

use crate::application::{Application, Standing};
use crate::register::{Book, Rules, Watcher};
use crate::sorted::Map;
use crate::vacancy::{Place, Vacancy};
use crate::{BenefitId, Day, Event, GroupYear, Moment, Seat, VacancyId, VacancyState, Zone};

/// A local date as days since 1970-01-01, for sums.
pub(super) type Date = i32;

/// What is known of the past of a register.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    zone: Zone,
    /// The date of the event that is taken in.
    today: Date,
    /// The date of the first event after the opening.
    pub(super) began: Option<Date>,
    /// The applications, by holder.
    pub(super) lives: Vec<Life>,
    pub(super) lines: Map<GroupYear, Flow>,
}

/// An application through time.
#[derive(Clone, Debug)]
pub(super) struct Life {
    pub(super) registered_at: Moment,
    pub(super) joined: Date,
    /// Where it stood since when, by date.
    pub(super) steps: Vec<(Date, Step)>,
    /// In which line, by date.
    pub(super) lanes: Vec<(Date, Lane)>,
    /// The place of its last turn: a line, and which of its places.
    turn: Option<(GroupYear, usize)>,
}

/// Where an application stands, as far as the line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// In line; notified from that date at the earliest (the end of a stop-list).
    Waits(Option<Date>),
    /// The turn has come.
    Turn,
    /// With a referral, also under review.
    Referred,
    /// Did not answer (F26).
    Inactive,
    /// Enrolled or closed.
    Out,
}

/// What decides when and in which order it may be notified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    pub(super) line: GroupYear,
    pub(super) born: Day,
    pub(super) benefit: Option<BenefitId>,
}

/// What came to a line and who left it, by date.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    pub(super) places: Vec<Offer>,
    /// Those who left without a turn: withdrawn, closed, or with a place of free choice.
    pub(super) left: Vec<Date>,
    /// Those who joined.
    pub(super) joined: Vec<Date>,
    /// Turns and referrals that were let lapse.
    pub(super) lapsed: Vec<Date>,
    /// Places that were published.
    pub(super) published: Vec<(Date, u16)>,
}

/// A place that came to a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    pub(super) day: Date,
    /// Whose turn it was; none for one that nobody could be offered.
    pub(super) holder: Option<u32>,
    /// When that one was back in line: the place did not move the line.
    pub(super) back: Option<Date>,
}

impl Tally {
    pub(super) fn new(zone: Zone) -> Tally {
        Tally { zone, today: 0, began: None, lives: Vec::new(), lines: Map::default() }
    }

    /// Takes an event in, in the book and here.
    pub(super) fn take_in(&mut self, event: &Event, book: &mut Book) {
        if let Some(at) = event.at {
            self.today = self.zone.day(at).epoch();
            self.began.get_or_insert(self.today);
        }
        book.absorb(event, self);
    }

    /// What a whole journal tells.
    pub(super) fn of(events: &[Arc<Event>], zone: Zone) -> Tally {
        let mut tally = Tally::new(zone);
        let mut events = events.iter();
        if let Some(mut book) = events.next().and_then(|opened| Book::opened(opened)) {
            events.for_each(|event| tally.take_in(event, &mut book));
        }
        tally
    }

    pub(super) fn life(&self, holder: u32) -> Option<&Life> {
        self.lives.get(usize::try_from(holder).ok()?)
    }

    fn step(&self, standing: &Standing) -> Step {
        match standing {
            Standing::Queued => Step::Waits(None),
            Standing::StopListed { until } => Step::Waits(Some(self.zone.day(until.at).epoch())),
            Standing::Notified { .. } => Step::Turn,
            Standing::Referred { .. } | Standing::UnderReview { .. } => Step::Referred,
            Standing::Inactive { .. } => Step::Inactive,
            Standing::Enrolled(_) | Standing::Closed { .. } => Step::Out,
        }
    }

    fn entered(&mut self, new: &Application) {
        let step = self.step(&new.standing);
        self.lives.push(Life {
            registered_at: new.registered_at,
            joined: self.today,
            steps: vec![(self.today, step)],
            lanes: vec![(self.today, Lane::of(new))],
            turn: None,
        });
        self.lines.or_default(new.group_year).joined.push(self.today);
    }

    fn stepped(&mut self, holder: u32, before: Step, after: Step, line: GroupYear) {
        let today = self.today;
        let Some(life) = usize::try_from(holder).ok().and_then(|at| self.lives.get_mut(at)) else { return };
        life.steps.push((today, after));
        let flow = self.lines.or_default(line);
        match (before, after) {
            // R38: a place has come to the line.
            (_, Step::Turn) => {
                life.turn = Some((line, flow.places.len()));
                flow.places.push(Offer { day: today, holder: Some(holder), back: None });
            }
            // R28, R33: gone before the turn; R41: or with a place of free choice.
            (Step::Waits(_), Step::Out | Step::Referred) => flow.left.push(today),
            // R42, R48, R59: in line again. The place went on to somebody else.
            (Step::Turn | Step::Referred | Step::Inactive | Step::Out, Step::Waits(_)) => {
                if let Step::Turn | Step::Referred = before {
                    flow.lapsed.push(today);
                }
                if let Some((line, at)) = life.turn.take()
                    && let Some(offer) = self.lines.get_mut(line).and_then(|flow| flow.places.get_mut(at))
                {
                    offer.back = Some(today);
                }
            }
            (Step::Waits(_), Step::Waits(_) | Step::Inactive)
            | (
                Step::Turn | Step::Referred | Step::Inactive | Step::Out,
                Step::Referred | Step::Inactive | Step::Out,
            ) => {}
        }
    }
}

impl Life {
    /// Where it stood, and in which line, before a date.
    pub(super) fn before(&self, day: Date) -> Option<(Step, &Lane)> {
        let (_, step) = self.steps.get(self.steps.partition_point(|(at, _)| *at < day).checked_sub(1)?)?;
        let (_, lane) = self.lanes.get(self.lanes.partition_point(|(at, _)| *at < day).checked_sub(1)?)?;
        Some((*step, lane))
    }

    /// What ended its wait from a date on, and when.
    pub(super) fn ended(&self, day: Date) -> Option<(Date, Step)> {
        let later = self.steps.iter().skip(self.steps.partition_point(|(at, _)| *at < day));
        later.copied().find(|(_, step)| !matches!(step, Step::Waits(_)))
    }
}

impl Lane {
    fn of(application: &Application) -> Lane {
        Lane {
            line: application.group_year,
            born: application.child.born,
            benefit: application.benefit.clone(),
        }
    }
}

impl Flow {
    /// The places that came in `from..to`.
    pub(super) fn places_in(&self, from: Date, to: Date) -> &[Offer] {
        let at = |day: Date| self.places.partition_point(|offer| offer.day < day);
        self.places.get(at(from)..at(to)).unwrap_or_default()
    }
}

/// How many dates are in `from..to`; they stand in order.
pub(super) fn within(days: &[Date], from: Date, to: Date) -> &[Date] {
    let at = |day: Date| days.partition_point(|other| *other < day);
    days.get(at(from)..at(to)).unwrap_or_default()
}

impl Watcher for Tally {
    fn application(&mut self, holder: u32, old: Option<Application>, new: &Application) {
        let Some(old) = old else { return self.entered(new) };
        let (before, after) = (self.step(&old.standing), self.step(&new.standing));
        if before != after {
            self.stepped(holder, before, after, new.group_year);
        }
        let (was, is) = (Lane::of(&old), Lane::of(new));
        if was != is
            && let Some(life) = usize::try_from(holder).ok().and_then(|at| self.lives.get_mut(at))
        {
            life.lanes.push((self.today, is));
        }
    }

    fn place(&mut self, seat: Seat, old: Place, _: VacancyState, vacancy: &Vacancy) {
        // A place that nobody has passed by opens only when nobody could be offered it: a longer line would have
        // had it.
        if matches!(&old, Place::Waiting { turn: None, passed_by, .. } if passed_by.is_empty())
            && vacancy.place(seat.place) == Some(&Place::Open)
        {
            let flow = self.lines.or_default(vacancy.group_year);
            flow.places.push(Offer { day: self.today, holder: None, back: None });
        }
    }

    fn published(&mut self, _: VacancyId, vacancy: &Vacancy) {
        let flow = self.lines.or_default(vacancy.group_year);
        flow.published.push((self.today, vacancy.waiting()));
    }

    fn cycle(&mut self, _: GroupYear, _: Option<u32>) {}
    fn rules(&mut self, _: Rules) {}
    fn opens_later(&mut self, _: VacancyId, _: Vacancy) {}
}
