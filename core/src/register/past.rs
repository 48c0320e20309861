//! The orders of a register as they were, and how each event moved them: its history read once more, and of it
//! only what an order follows from. That is little, so that a page may ask.

use std::collections::HashMap;
use std::sync::Arc;

use super::Register;
use crate::error::ErrorCode;
use crate::queue::{Class, Key, Member, Queue, Service, Standing};
use crate::sorted::Map;
use crate::{ApplicationNumber, BenefitId, Error, Event, Fact, GroupYear, Moment, Policy, VacancyId};

/// The orders at a moment that has passed, to be led on event by event.
#[derive(Clone, Debug)]
pub(crate) struct Past<'a> {
    rows: Rows<'a>,
    /// All active applications. Nobody in it is ever offered a place.
    queue: Queue,
}

/// What the orders follow from.
#[derive(Clone, Debug)]
struct Rows<'a> {
    policy: &'a Policy,
    rows: Vec<Row<'a>>,
    holders: HashMap<&'a ApplicationNumber, u32>,
    /// The line of each vacancy, from the first.
    vacancies: Vec<GroupYear>,
    /// Where the cycle of each line stands (F11).
    cycles: Map<GroupYear, u32>,
}

/// All of an application that its place follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row<'a> {
    registered_at: Moment,
    line: GroupYear,
    benefit: Option<&'a BenefitId>,
    active: bool,
}

/// Whose place an event may have moved.
enum Moved<'a> {
    Nobody,
    /// This one's, and perhaps those behind it; what it was.
    One(u32, Row<'a>),
    /// A line's: its cycle has moved.
    Line,
    /// Everybody's: other rules hold.
    All,
}

impl Register {
    /// The orders after everything that happened up to a moment, and the events since, the oldest first.
    ///
    /// # Errors
    /// [`ErrorCode::NotFound`] where the host keeps the history.
    pub(crate) fn past(&self, at: Moment) -> Result<(Past<'_>, &[Arc<Event>]), Error> {
        let history = self.whole_history()?;
        let happened = history.partition_point(|event| event.moment() <= at);
        let (before, since) = history.split_at_checked(happened).unwrap_or((history, &[]));
        let mut rows = Rows::under(self.policy());
        for event in before {
            let _ = rows.take_in(event);
        }
        Ok((Past { queue: rows.queue(), rows }, since))
    }

    /// Whether all that falls due by a moment has been recorded, be it before or after the last one seen.
    pub(crate) fn check_settled_by(&self, field: &str, at: Moment) -> Result<(), Error> {
        match self.next_due() {
            Some(due) if due <= at => {
                let zone = self.policy().zone();
                let expected = format!("before {}, when something is due", due.in_zone(zone));
                Err(Error::new(ErrorCode::NotSettled, field, expected, at.in_zone(zone).to_string()))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl<'a> Past<'a> {
    /// Takes in the next event. Whether it may have changed anybody's numbers: most events cannot.
    pub(crate) fn take_in(&mut self, event: &'a Event) -> bool {
        match self.rows.take_in(event) {
            Moved::Nobody => return false,
            Moved::One(holder, was) => {
                if was.active {
                    self.queue.remove(&self.rows.member(holder, was));
                }
                if let Some(is) = self.rows.row(holder).filter(|row| row.active) {
                    self.queue.add(&self.rows.member(holder, is));
                }
            }
            Moved::Line => {}
            Moved::All => self.queue = self.rows.queue(),
        }
        true
    }

    /// The three numbers of an application (R26); all 0 where it does not count, or is not there yet.
    pub(crate) fn standing(&self, number: &ApplicationNumber) -> Standing {
        let holder = self.rows.holders.get(number).copied();
        let found = holder.and_then(|holder| Some((holder, self.rows.row(holder)?)));
        let Some((holder, own)) = found.filter(|(_, own)| own.active) else { return Standing::default() };
        let cycle = self.rows.cycles.get(own.line).copied().unwrap_or_default();
        self.queue.standing(holder, |_| cycle)
    }

    /// Whether the application is there.
    pub(crate) fn knows(&self, number: &ApplicationNumber) -> bool {
        self.rows.holders.contains_key(number)
    }
}

impl<'a> Rows<'a> {
    /// Before anything: the opening brings the policy that held first.
    fn under(policy: &'a Policy) -> Rows<'a> {
        Rows {
            policy,
            rows: Vec::new(),
            holders: HashMap::new(),
            vacancies: Vec::new(),
            cycles: Map::default(),
        }
    }

    fn row(&self, holder: u32) -> Option<Row<'a>> {
        self.rows.get(usize::try_from(holder).ok()?).copied()
    }

    fn member(&self, holder: u32, row: Row<'a>) -> Member<'a> {
        Member {
            key: Key { registered_at: row.registered_at, holder },
            line: row.line,
            class: Class::of(row.benefit, self.policy),
            benefit: row.benefit,
            able: None,
        }
    }

    fn queue(&self) -> Queue {
        let keys =
            self.rows.iter().zip(0..).map(|(row, holder)| Key { registered_at: row.registered_at, holder });
        let mut queue = Queue::expecting(Service::of(self.policy), keys.collect());
        for (row, holder) in self.rows.iter().zip(0..).filter(|(row, _)| row.active) {
            queue.add(&self.member(holder, *row));
        }
        queue
    }

    fn take_in(&mut self, event: &'a Event) -> Moved<'a> {
        match &event.fact {
            Fact::Opened { policy, .. } | Fact::PolicyChanged { policy, .. } => {
                self.policy = policy;
                Moved::All
            }
            Fact::Registered { application, group_year, benefit, registered_at, .. } => {
                let (registered_at, line, benefit) = (*registered_at, *group_year, benefit.as_ref());
                self.enter(application, Row { registered_at, line, benefit, active: true })
            }
            Fact::Imported(imported) => {
                let row = Row {
                    registered_at: imported.registered_at,
                    line: imported.group_year,
                    benefit: imported.benefit.as_ref(),
                    active: imported.stage.is_active(),
                };
                self.enter(&imported.application, row)
            }
            Fact::BenefitChanged { application, benefit, .. } => {
                self.change(application, |row| row.benefit = benefit.as_ref())
            }
            Fact::BenefitLost { application } => self.change(application, |row| row.benefit = None),
            Fact::Corrected { application, group_year, benefit, .. } => self.change(application, |row| {
                row.line = *group_year;
                row.benefit = benefit.as_ref();
            }),
            // O34: the queue moves at enrolment.
            Fact::Enrolled { application, .. } | Fact::Closed { application, .. } => {
                self.change(application, |row| row.active = false)
            }
            Fact::Reinstated { application, .. } | Fact::EnrolmentVoided { application, .. } => {
                self.change(application, |row| row.active = true)
            }
            Fact::VacancyPublished { group_year, .. } => {
                self.vacancies.push(*group_year);
                Moved::Nobody
            }
            Fact::TurnCame { vacancy, cycle, .. } => self.turn(*vacancy, *cycle),
            // R42, O10-O12: a turn that lapses, a referral and the stop-list leave everybody where he stands,
            // and so does what is about places, persons, terms and clocks alone. One whose departure is voided
            // is enrolled again, and counts neither before nor after.
            Fact::BenefitProved { .. }
            | Fact::InterestConfirmed { .. }
            | Fact::ParentLinked { .. }
            | Fact::TurnLapsed { .. }
            | Fact::SeatsOpened { .. }
            | Fact::TurnMoved { .. }
            | Fact::SeatReturned { .. }
            | Fact::ReferralIssued { .. }
            | Fact::ReferralExtended { .. }
            | Fact::ReferralRecalled { .. }
            | Fact::ReferralExpired { .. }
            | Fact::ReminderDue { .. }
            | Fact::MadeInactive { .. }
            | Fact::Restored { .. }
            | Fact::StopListed { .. }
            | Fact::StopListEnded { .. }
            | Fact::Visited { .. }
            | Fact::Refused { .. }
            | Fact::RefusalUpheld { .. }
            | Fact::RefusalOverturned { .. }
            | Fact::Departed { .. }
            | Fact::ReferralVoided { .. }
            | Fact::DepartureVoided { .. }
            | Fact::PlacesWithdrawn { .. }
            | Fact::ParentUnlinked { .. }
            | Fact::PolicyAnnounced { .. }
            | Fact::CalendarChanged { .. }
            | Fact::Paused {}
            | Fact::Resumed { .. }
            | Fact::DeadlineMoved { .. } => Moved::Nobody,
        }
    }

    fn enter(&mut self, number: &'a ApplicationNumber, row: Row<'a>) -> Moved<'a> {
        let holder = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.holders.insert(number, holder);
        self.rows.push(row);
        if row.active { Moved::One(holder, Row { active: false, ..row }) } else { Moved::Nobody }
    }

    fn change(&mut self, number: &ApplicationNumber, change: impl FnOnce(&mut Row<'a>)) -> Moved<'a> {
        let Some(holder) = self.holders.get(number).copied() else { return Moved::Nobody };
        let row = usize::try_from(holder).ok().and_then(|at| self.rows.get_mut(at));
        let Some(row) = row else { return Moved::Nobody };
        let was = *row;
        change(row);
        // Who did not count and does not count now has moved nobody: a departure, say.
        if was == *row || !(was.active || row.active) { Moved::Nobody } else { Moved::One(holder, was) }
    }

    /// F11: a turn in a slot of the cycle moves it.
    fn turn(&mut self, vacancy: VacancyId, cycle: Option<u32>) -> Moved<'a> {
        let at = usize::try_from(vacancy).ok().and_then(|id| id.checked_sub(1));
        let line = at.and_then(|at| self.vacancies.get(at)).copied();
        let (Some(line), Some(cycle)) = (line, cycle) else { return Moved::Nobody };
        self.cycles.insert(line, cycle);
        Moved::Line
    }
}
