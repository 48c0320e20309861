//! The register's state, and how it takes in what happened. It only assigns: no rule, no calendar and no
//! policy is asked, so that a journal replays to the same state under every later version.

use std::sync::Arc;

use serde::Serialize;

use super::lookup::Lookup;
use crate::application::{Application, Held};
use crate::event::{CalendarStamp, Cause, Event, LaterOpening};
use crate::policy::{Deadline, Start};
use crate::sorted::Map;
use crate::vacancy::{Place, Published, Vacancy};
use crate::{
    ApplicationNumber, Calendar, Fact, GroupYear, Moment, Policy, Seat, SeatGoes, VacancyId, VacancyState,
};

/// All that a register is, without its history.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Book {
    pub(crate) format: u32,
    pub(crate) name: String,
    pub(crate) rules: Rules,
    pub(crate) prefix: String,
    /// The last event's number.
    pub(crate) revision: u64,
    /// The last serial that was given.
    pub(crate) serial: u32,
    pub(crate) applications: Vec<Application>,
    pub(crate) vacancies: Vec<Vacancy>,
    /// Where the cycle of each line stands (F11).
    pub(super) cycles: Map<GroupYear, u32>,
    #[serde(skip)]
    pub(super) numbers: Lookup,
}

/// What an operator can change for all: kept together, so that it is taken back together.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Rules {
    pub(crate) policy: Arc<Policy>,
    /// The policies that will hold, the earliest first.
    pub(crate) announced: Vec<Announced>,
    pub(crate) calendar: CalendarStamp,
    /// The calendar itself, where an operator has changed it.
    pub(crate) own_calendar: Option<Calendar>,
    /// Since when every clock stands.
    pub(crate) paused: Option<Moment>,
    /// Since when they hold without a pause, where that is not from the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<Moment>,
}

/// A policy that will hold.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Announced {
    pub(crate) from: Moment,
    pub(crate) policy: Arc<Policy>,
}

/// Who is told of every change while a fact is taken in.
pub(crate) trait Watcher {
    /// An application changed, or is new (`old` is none).
    fn application(&mut self, holder: u32, old: Option<Application>, new: &Application);
    /// A place changed; with the vacancy's state before.
    fn place(&mut self, seat: Seat, old: Place, state: VacancyState, vacancy: &Vacancy);
    /// The cycle of a line moved; where it stood before.
    fn cycle(&mut self, line: GroupYear, old: Option<u32>);
    /// The rules changed; what they were.
    fn rules(&mut self, old: Rules);
    /// The places of a vacancy open later; what it was.
    fn opens_later(&mut self, id: VacancyId, old: Vacancy);
    /// A vacancy is new.
    fn published(&mut self, id: VacancyId, vacancy: &Vacancy);
}

/// Nobody is told: on replay the indexes are built at the end.
impl Watcher for () {
    fn application(&mut self, _: u32, _: Option<Application>, _: &Application) {}
    fn place(&mut self, _: Seat, _: Place, _: VacancyState, _: &Vacancy) {}
    fn cycle(&mut self, _: GroupYear, _: Option<u32>) {}
    fn rules(&mut self, _: Rules) {}
    fn opens_later(&mut self, _: VacancyId, _: Vacancy) {}
    fn published(&mut self, _: VacancyId, _: &Vacancy) {}
}

pub(super) fn index(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

pub(super) fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl Book {
    /// The book that an opening begins; `None` for any other fact.
    pub(crate) fn opened(event: &Event) -> Option<Book> {
        let Fact::Opened { format, register, policy, calendar, prefix } = &event.fact else { return None };
        Some(Book {
            format: *format,
            name: register.clone(),
            rules: Rules {
                policy: Arc::clone(policy),
                announced: Vec::new(),
                calendar: calendar.clone(),
                own_calendar: None,
                paused: None,
                since: None,
            },
            prefix: prefix.clone(),
            revision: event.seq,
            serial: 0,
            applications: Vec::new(),
            vacancies: Vec::new(),
            cycles: Map::default(),
            numbers: Lookup::default(),
        })
    }

    pub(crate) fn holder(&self, number: &ApplicationNumber) -> Option<u32> {
        let is_meant = |holder: &u32| self.application(*holder).is_some_and(|own| own.number == *number);
        let by_serial = number.serial().and_then(|serial| self.with_serial(serial)).filter(is_meant);
        by_serial.or_else(|| self.numbers.one(number, |holder| is_meant(&holder)))
    }

    pub(crate) fn application(&self, holder: u32) -> Option<&Application> {
        self.applications.get(index(holder))
    }

    /// The holder with that serial: serials grow with the holders.
    pub(crate) fn with_serial(&self, serial: u32) -> Option<u32> {
        // Where no serial was left out it is the next holder's.
        let next = serial.checked_sub(1)?;
        if self.application(next).is_some_and(|application| application.serial == serial) {
            return Some(next);
        }
        self.applications.binary_search_by_key(&serial, |application| application.serial).ok().map(count)
    }

    pub(crate) fn vacancy(&self, id: VacancyId) -> Option<&Vacancy> {
        self.vacancies.get(index(id).checked_sub(1)?)
    }

    /// Where the cycle of a line stands.
    pub(crate) fn cycle(&self, line: GroupYear) -> u32 {
        self.cycles.get(line).copied().unwrap_or_default()
    }

    pub(crate) fn place(&self, seat: Seat) -> Option<&Place> {
        self.vacancy(seat.vacancy)?.place(seat.place)
    }

    /// Takes a fact in. Total: what names nothing that exists changes nothing (replay looks before, with
    /// [`Book::fits`]).
    pub(crate) fn absorb(&mut self, event: &Event, watcher: &mut impl Watcher) {
        self.revision = event.seq;
        let holder = event.fact.application().and_then(|number| self.holder(number));
        // What it held before it takes the fact in.
        let held =
            holder.and_then(|holder| self.application(holder)).map_or(Held::Nothing, Application::held);
        match &event.fact {
            Fact::Registered { .. } => {
                if let Some(new) = Application::registered(&event.fact) {
                    self.enter(new, watcher);
                }
            }
            Fact::VacancyPublished { .. } => self.publish(event, watcher),
            Fact::TurnMoved { vacancy, place, .. } => {
                self.set_turn(Seat { vacancy: *vacancy, place: *place }, holder, watcher);
            }
            Fact::TurnCame { vacancy, place, cycle, .. } => {
                self.set_turn(Seat { vacancy: *vacancy, place: *place }, holder, watcher);
                let line = self.vacancy(*vacancy).map(|vacancy| vacancy.group_year);
                if let (Some(line), Some(cycle)) = (line, cycle) {
                    watcher.cycle(line, self.cycles.insert(line, *cycle));
                }
            }
            Fact::TurnLapsed { .. } => {
                if let (Held::Turn(seat), Some(holder)) = (held, holder) {
                    self.pass_by(seat, holder, watcher);
                }
            }
            Fact::Imported(imported) => {
                if let Some(new) = Application::imported(imported, event) {
                    self.take_over(new, watcher);
                }
            }
            Fact::EnrolmentVoided { .. } => {
                let seat = holder.and_then(|holder| self.application(holder)?.enrolment()?.seat);
                if let (Some(seat), Some(by)) = (seat, holder) {
                    self.set_place(seat, Place::Referred { by }, watcher);
                }
            }
            Fact::PlacesWithdrawn { vacancy, seats, .. } => {
                for place in seats {
                    self.set_place(Seat { vacancy: *vacancy, place: *place }, Place::Gone, watcher);
                }
            }
            Fact::PolicyAnnounced { .. }
            | Fact::PolicyChanged { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. } => self.absorb_rules(event, watcher),
            Fact::SeatsOpened { vacancy, seats, .. } => {
                for place in seats {
                    self.set_place(Seat { vacancy: *vacancy, place: *place }, Place::Open, watcher);
                }
            }
            Fact::SeatReturned { vacancy, place, to, .. } => {
                let new = match to {
                    SeatGoes::NextInLine => Place::Waiting {
                        opens_at: event.moment(),
                        turn: None,
                        // O14: not to the one who gave it back.
                        passed_by: holder.into_iter().collect(),
                    },
                    SeatGoes::FreeChoice => Place::Open,
                    SeatGoes::Staff => Place::Gone,
                };
                self.set_place(Seat { vacancy: *vacancy, place: *place }, new, watcher);
            }
            Fact::ReferralIssued { vacancy, place, .. } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                if let Held::Turn(own) = held
                    && own != seat
                {
                    self.set_turn(own, None, watcher);
                }
                if let Some(by) = holder {
                    self.set_place(seat, Place::Referred { by }, watcher);
                }
            }
            Fact::Enrolled { .. } => {
                if let (Held::Referral(seat), Some(by)) = (held, holder) {
                    self.set_place(seat, Place::Filled { by }, watcher);
                }
            }
            Fact::Closed { .. } => {
                // Leaving while notified frees the place of the turn.
                if let Held::Turn(seat) = held {
                    self.set_turn(seat, None, watcher);
                }
            }
            Fact::Opened { .. }
            | Fact::BenefitChanged { .. }
            | Fact::BenefitProved { .. }
            | Fact::BenefitLost { .. }
            | Fact::ReminderDue { .. }
            | Fact::MadeInactive { .. }
            | Fact::Restored { .. }
            | Fact::InterestConfirmed { .. }
            | Fact::ParentLinked { .. }
            | Fact::ReferralExtended { .. }
            | Fact::ReferralRecalled { .. }
            | Fact::ReferralExpired { .. }
            | Fact::StopListed { .. }
            | Fact::StopListEnded { .. }
            | Fact::Visited { .. }
            | Fact::Refused { .. }
            | Fact::RefusalUpheld { .. }
            | Fact::RefusalOverturned { .. }
            | Fact::Departed { .. }
            | Fact::Reinstated { .. }
            | Fact::ReferralVoided { .. }
            | Fact::DepartureVoided { .. }
            | Fact::ParentUnlinked { .. }
            | Fact::Corrected { .. }
            | Fact::DeadlineMoved { .. } => {}
        }
        if let Some(holder) = holder
            && let Some(application) = self.applications.get_mut(index(holder))
        {
            let old = application.clone();
            application.absorb(event);
            watcher.application(holder, Some(old), application);
        }
    }

    /// A number that tells the application's serial is found by that.
    pub(super) fn list(&mut self, holder: u32, new: &Application) {
        if new.number.serial() != Some(new.serial) {
            self.numbers.insert(&new.number, holder);
        }
    }

    fn enter(&mut self, new: Application, watcher: &mut impl Watcher) {
        let holder = count(self.applications.len());
        self.serial = new.serial;
        self.list(holder, &new);
        watcher.application(holder, None, &new);
        self.applications.push(new);
    }

    /// An application of a running portal, and the place that it holds.
    fn take_over(&mut self, new: Application, watcher: &mut impl Watcher) {
        let holder = count(self.applications.len());
        let (held, enrolled) = (new.held(), new.enrolment().and_then(|enrolment| enrolment.seat));
        self.enter(new, watcher);
        match held {
            Held::Turn(seat) => self.set_turn(seat, Some(holder), watcher),
            Held::Referral(seat) => self.set_place(seat, Place::Referred { by: holder }, watcher),
            Held::Nothing => {
                if let Some(seat) = enrolled {
                    self.set_place(seat, Place::Filled { by: holder }, watcher);
                }
            }
        }
    }

    fn absorb_rules(&mut self, event: &Event, watcher: &mut impl Watcher) {
        watcher.rules(self.rules.clone());
        if let Fact::PolicyAnnounced { policy, from } = &event.fact {
            let announced = Announced { from: *from, policy: Arc::clone(policy) };
            let after = self.rules.announced.partition_point(|other| other.from <= *from);
            self.rules.announced.insert(after, announced);
        } else if let Fact::PolicyChanged { policy, from } = &event.fact {
            let before = std::mem::replace(&mut self.rules.policy, Arc::clone(policy));
            self.rules.since = event.at;
            if before.terms != policy.terms {
                self.keep_terms(&before, policy, watcher);
            }
            // It was the first that was announced, unless it came at once: then none is due.
            if self.rules.announced.first().is_some_and(|next| next.from <= *from) {
                self.rules.announced.remove(0);
            }
        } else if let Fact::CalendarChanged { calendar, stamp, vacancies } = &event.fact {
            self.rules.calendar = stamp.clone();
            self.rules.own_calendar = Some(calendar.clone());
            self.open_later(vacancies, watcher);
        } else if let Fact::Resumed { vacancies } = &event.fact {
            self.rules.paused = None;
            self.rules.since = event.at;
            self.open_later(vacancies, watcher);
        } else if let Fact::Paused {} = &event.fact {
            self.rules.paused = event.at;
        }
    }

    /// Running terms are counted on as they began.
    fn keep_terms(&mut self, before: &Policy, policy: &Policy, watcher: &mut impl Watcher) {
        for (application, holder) in self.applications.iter_mut().zip(0..) {
            let ends = application.ends().into_iter();
            let kept = ends.map(|(which, end)| (which, end, policy.took_over(end, before)));
            let kept: Vec<_> = kept.filter(|(_, end, kept)| end != kept).collect();
            if !kept.is_empty() {
                let old = application.clone();
                for (which, _, kept) in kept {
                    if let Some(end) = application.end_mut(which) {
                        *end = kept;
                    }
                }
                watcher.application(holder, Some(old), application);
            }
        }
        for (vacancy, id) in self.vacancies.iter_mut().zip(1..) {
            let kept = policy.took_over(vacancy.opens_at, before);
            if vacancy.opens_at != kept {
                watcher.opens_later(id, vacancy.clone());
                vacancy.opens_at = kept;
            }
        }
    }

    fn open_later(&mut self, later: &[LaterOpening], watcher: &mut impl Watcher) {
        for LaterOpening { vacancy: id, opens_at, gained } in later {
            let vacancy = index(*id).checked_sub(1).and_then(|at| self.vacancies.get_mut(at));
            if let Some(vacancy) = vacancy {
                watcher.opens_later(*id, vacancy.clone());
                vacancy.open_later(*opens_at, *gained);
            }
        }
    }

    fn publish(&mut self, event: &Event, watcher: &mut impl Watcher) {
        let Fact::VacancyPublished {
            vacancy: _,
            kindergarten,
            kind,
            group_year,
            language,
            places,
            opens_at,
            terms,
            projected,
        } = &event.fact
        else {
            return;
        };
        let start = Start { at: event.moment(), by_itself: event.cause == Cause::Due };
        let vacancy = Vacancy::publish(Published {
            kindergarten: kindergarten.clone(),
            kind: *kind,
            group_year: *group_year,
            language: *language,
            places: *places,
            at: event.moment(),
            by: event.envelope.as_ref().and_then(|envelope| envelope.by.clone()),
            opens_at: Deadline {
                at: *opens_at,
                projected: *projected,
                start,
                term: terms.opens_at,
                gained: 0,
                counted: None,
            },
        });
        watcher.published(count(self.vacancies.len()).saturating_add(1), &vacancy);
        self.vacancies.push(vacancy);
    }

    /// INVARIANT (a turn has a seat): a turn is set on its place here, and in the application beside it.
    fn set_turn(&mut self, seat: Seat, holder: Option<u32>, watcher: &mut impl Watcher) {
        if let Some(Place::Waiting { opens_at, turn: _, passed_by }) = self.place(seat) {
            let new = Place::Waiting { opens_at: *opens_at, turn: holder, passed_by: passed_by.clone() };
            self.set_place(seat, new, watcher);
        }
    }

    fn pass_by(&mut self, seat: Seat, holder: u32, watcher: &mut impl Watcher) {
        if let Some(Place::Waiting { opens_at, turn: _, passed_by }) = self.place(seat) {
            let mut passed_by = passed_by.clone();
            passed_by.push(holder);
            self.set_place(seat, Place::Waiting { opens_at: *opens_at, turn: None, passed_by }, watcher);
        }
    }

    fn set_place(&mut self, seat: Seat, new: Place, watcher: &mut impl Watcher) {
        let vacancy = index(seat.vacancy).checked_sub(1).and_then(|at| self.vacancies.get_mut(at));
        if let Some(vacancy) = vacancy
            && let Some((old, state)) = vacancy.set(seat.place, new)
        {
            watcher.place(seat, old, state, vacancy);
        }
    }
}
