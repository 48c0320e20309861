//! A second opinion on turns and places, made from the events alone: who stands where, what every place is, and
//! whether each turn went to the right one, in the order of service (wire.md 3). Slow and plain.

mod ask;

use std::collections::BTreeMap;

use kezek::{
    ApplicationNumber, CloseReason, Day, Event, Fact, Imported, LaterOpening, Moment, Policy, Seat, SeatGoes,
    Stage, Zone,
};

use super::rules::{Group, Rules};

pub(crate) struct Model {
    zone: Zone,
    rules: Rules,
    /// How far each line's cycle has gone.
    cycles: BTreeMap<u16, usize>,
    paused: bool,
    /// By registration, then serial.
    line: BTreeMap<(Moment, u32), Member>,
    keys: BTreeMap<String, (Moment, u32)>,
    places: BTreeMap<Seat, Place>,
    /// The line of each vacancy, from the first, and when those of its places open that wait since then.
    vacancies: Vec<(u16, Moment)>,
    /// A turn that has just lapsed: its place may open at once.
    lapsed: Option<Seat>,
}

struct Member {
    number: ApplicationNumber,
    line: u16,
    born: Day,
    benefit: Option<String>,
    stage: Stage,
    seat: Option<Seat>,
    /// The place of a child that has left.
    left: Option<Seat>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Since it was given back, or else since its vacancy was published.
    Waiting {
        back: Option<Moment>,
        turn: Option<String>,
        passed_by: Vec<String>,
    },
    Open,
    Referred,
    Filled,
    Gone,
}

/// What is wrong, in words.
type Wrong = String;

fn ensure(right: bool, wrong: impl FnOnce() -> Wrong) -> Result<(), Wrong> {
    if right { Ok(()) } else { Err(wrong()) }
}

impl Model {
    pub(crate) fn new(policy: &Policy) -> Model {
        Model {
            zone: policy.zone(),
            rules: Rules::of(policy),
            cycles: BTreeMap::new(),
            paused: false,
            line: BTreeMap::new(),
            keys: BTreeMap::new(),
            places: BTreeMap::new(),
            vacancies: Vec::new(),
            lapsed: None,
        }
    }

    fn member(&mut self, number: &ApplicationNumber) -> &mut Member {
        let key = self.keys.get(&number.to_string()).expect("a registered application");
        self.line.get_mut(key).expect("a member")
    }

    fn may_be_notified(&self, member: &Member, at: Moment) -> bool {
        let reached = |months: u32| self.zone.midnight(member.born.birthday(months)) <= at;
        member.stage == Stage::Queued && reached(self.rules.choose_from) && !reached(self.rules.until)
    }

    fn vacancy_of(&self, seat: Seat) -> (u16, Moment) {
        self.vacancies[usize::try_from(seat.vacancy).expect("a small number") - 1]
    }

    /// The first who may be offered a place, if it waits without a turn; and where the cycle then stands, if it
    /// moves.
    fn first_for(&self, seat: Seat, at: Moment) -> Option<(&Member, Option<usize>)> {
        let Some(Place::Waiting { turn: None, passed_by, .. }) = self.places.get(&seat) else { return None };
        let (line, _) = self.vacancy_of(seat);
        let able: Vec<&Member> = self
            .line
            .values()
            .filter(|member| {
                member.line == line
                    && self.may_be_notified(member, at)
                    && !passed_by.contains(&member.number.to_string())
            })
            .collect();
        served(&self.rules, self.cycles.get(&line).copied().unwrap_or(0), &able)
    }

    /// Takes an event in, and says what is wrong with it.
    pub(crate) fn take(&mut self, event: &Event) -> Result<(), Wrong> {
        let Some(at) = event.at else { return Ok(()) };
        let lapsed = self.lapsed.take();
        match &event.fact {
            Fact::Registered { application, serial, child, group_year, registered_at, benefit, .. } => {
                let (number, line, born) = (application.clone(), *group_year, child.born);
                let benefit = benefit.as_ref().map(ToString::to_string);
                let stage = Stage::Queued;
                let member = Member { number, line, born, benefit, stage, seat: None, left: None };
                self.enter((*registered_at, *serial), member);
            }
            Fact::Imported(imported) => self.import(imported)?,
            Fact::VacancyPublished { vacancy, places, group_year, opens_at, .. } => {
                self.vacancies.push((*group_year, *opens_at));
                for place in 1..=*places {
                    let waiting = Place::Waiting { back: None, turn: None, passed_by: Vec::new() };
                    self.places.insert(Seat { vacancy: *vacancy, place }, waiting);
                }
            }
            Fact::TurnCame { application, vacancy, place, cycle, .. } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                let moved = self.right_turn(application, seat, at)?;
                let told = cycle.map(|cycle| usize::try_from(cycle).expect("a small number"));
                ensure(told == moved, || format!("the cycle goes to {told:?}, and should to {moved:?}"))?;
                if let Some(cycle) = moved {
                    self.cycles.insert(self.vacancy_of(seat).0, cycle);
                }
                self.turn(seat, application)?;
            }
            Fact::TurnMoved { application, vacancy, place } => {
                self.turn(Seat { vacancy: *vacancy, place: *place }, application)?;
            }
            Fact::TurnLapsed { application, vacancy, place } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                self.drop_turn(seat, Some(application.to_string()));
                self.settle(application, Stage::Queued, None);
                self.lapsed = Some(seat);
            }
            Fact::SeatsOpened { vacancy, seats, .. } => {
                for place in seats {
                    let seat = Seat { vacancy: *vacancy, place: *place };
                    self.right_opening(seat, at, lapsed)?;
                    self.places.insert(seat, Place::Open);
                }
            }
            Fact::SeatReturned { vacancy, place, to, given_back_by } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                let before = self.places.get(&seat);
                ensure(before == Some(&Place::Referred), || format!("{seat:?} was {before:?}"))?;
                let passed_by = vec![given_back_by.to_string()];
                let new = match to {
                    SeatGoes::NextInLine => Place::Waiting { back: Some(at), turn: None, passed_by },
                    SeatGoes::FreeChoice => Place::Open,
                    SeatGoes::Staff => Place::Gone,
                };
                self.places.insert(seat, new);
            }
            Fact::ReferralIssued { application, vacancy, place, .. } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                let before = self.places.get(&seat).cloned();
                let free = matches!(before, Some(Place::Waiting { .. } | Place::Open));
                ensure(free, || format!("{seat:?} was {before:?}"))?;
                let member = self.member(application);
                let own = (member.stage == Stage::Notified).then_some(member.seat).flatten();
                if let Some(own) = own.filter(|own| *own != seat) {
                    self.drop_turn(own, None);
                }
                self.places.insert(seat, Place::Referred);
                self.settle(application, Stage::Referred, Some(seat));
            }
            Fact::ReferralRecalled { application, .. }
            | Fact::ReferralExpired { application, .. }
            | Fact::ReferralVoided { application, .. }
            | Fact::Restored { application }
            | Fact::Reinstated { application, .. } => self.settle(application, Stage::Queued, None),
            Fact::MadeInactive { application, .. } => {
                self.settle(application, Stage::Inactive, None);
                self.lapsed = lapsed;
            }
            Fact::EnrolmentVoided { application, .. } => {
                let seat = self.member(application).seat.ok_or("an enrolment without a place")?;
                let before = self.places.insert(seat, Place::Referred);
                ensure(before == Some(Place::Filled), || format!("{seat:?} was {before:?}"))?;
                self.settle(application, Stage::Referred, Some(seat));
            }
            Fact::DepartureVoided { application, .. } => {
                let left = self.member(application).left;
                let filled = left.is_none_or(|seat| self.places.get(&seat) == Some(&Place::Filled));
                ensure(filled, || format!("{left:?} is no longer filled"))?;
                self.settle(application, Stage::Enrolled, left);
            }
            Fact::BenefitChanged { application, benefit, .. } => {
                self.member(application).benefit = benefit.as_ref().map(ToString::to_string);
            }
            Fact::BenefitLost { application } => self.member(application).benefit = None,
            Fact::Corrected { application, born, group_year, benefit } => {
                let member = self.member(application);
                (member.born, member.line) = (*born, *group_year);
                member.benefit = benefit.as_ref().map(ToString::to_string);
            }
            Fact::PlacesWithdrawn { vacancy, seats, .. } => {
                for place in seats {
                    let seat = Seat { vacancy: *vacancy, place: *place };
                    let before = self.places.insert(seat, Place::Gone);
                    let free = matches!(before, Some(Place::Open | Place::Waiting { turn: None, .. }));
                    ensure(free, || format!("{seat:?} was withdrawn, and was {before:?}"))?;
                }
            }
            Fact::PolicyChanged { policy, .. } => self.rules = Rules::of(policy),
            Fact::CalendarChanged { vacancies, .. } => self.open_later(vacancies)?,
            Fact::Paused {} => self.paused = true,
            Fact::Resumed { vacancies } => {
                self.paused = false;
                self.open_later(vacancies)?;
            }
            Fact::StopListed { application, .. } => self.settle(application, Stage::StopListed, None),
            Fact::StopListEnded { application } => self.settle(application, Stage::Queued, None),
            Fact::Refused { application, .. } => self.member(application).stage = Stage::UnderReview,
            Fact::RefusalOverturned { application, .. } => self.member(application).stage = Stage::Referred,
            Fact::Enrolled { application, .. } => {
                let seat = self.member(application).seat.ok_or("enrolled without a place")?;
                self.places.insert(seat, Place::Filled);
                self.settle(application, Stage::Enrolled, Some(seat));
            }
            Fact::Closed { application, reason } => {
                let member = self.member(application);
                member.left = member.seat.filter(|_| member.stage == Stage::Enrolled);
                if let (Stage::Notified, Some(seat)) = (member.stage, member.seat) {
                    self.drop_turn(seat, None);
                }
                self.settle(application, Stage::Closed, None);
                // The lapse of a turn goes on: its place opens after the closing.
                self.lapsed = lapsed.filter(|_| *reason == CloseReason::NoAnswer);
            }
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, key: (Moment, u32), member: Member) {
        self.keys.insert(member.number.to_string(), key);
        self.line.insert(key, member);
    }

    /// One of a running portal, and the place that it holds: a free one.
    fn import(&mut self, imported: &Imported) -> Result<(), Wrong> {
        let seat = imported.vacancy.zip(imported.place).map(|(vacancy, place)| Seat { vacancy, place });
        if let Some(seat) = seat {
            let before = self.places.get_mut(&seat).ok_or("no such place")?;
            let waits = matches!(before, Place::Waiting { turn: None, .. });
            let free = waits || imported.stage != Stage::Notified && *before == Place::Open;
            ensure(free, || format!("{seat:?} was {before:?}"))?;
            match (imported.stage, before) {
                (Stage::Notified, Place::Waiting { turn, .. }) => {
                    *turn = Some(imported.application.to_string())
                }
                (Stage::Referred | Stage::UnderReview, place) => *place = Place::Referred,
                (Stage::Enrolled, place) => *place = Place::Filled,
                (_, _) => {}
            }
        }
        let holds = matches!(
            imported.stage,
            Stage::Notified | Stage::Referred | Stage::UnderReview | Stage::Enrolled
        );
        let member = Member {
            number: imported.application.clone(),
            line: imported.group_year,
            born: imported.child.born,
            benefit: imported.benefit.as_ref().map(ToString::to_string),
            stage: imported.stage,
            seat: seat.filter(|_| holds),
            left: None,
        };
        self.enter((imported.registered_at, imported.serial), member);
        Ok(())
    }

    /// Never earlier.
    fn open_later(&mut self, later: &[LaterOpening]) -> Result<(), Wrong> {
        for LaterOpening { vacancy, opens_at, .. } in later {
            let row = &mut self.vacancies[usize::try_from(*vacancy).expect("a small number") - 1];
            ensure(row.1 < *opens_at, || format!("{vacancy} opens at {opens_at}, not at {}", row.1))?;
            row.1 = *opens_at;
        }
        Ok(())
    }

    /// A turn is for the oldest place that anybody can be offered, and goes to the first who can be. Where the
    /// cycle stands then, if that moves it.
    fn right_turn(&self, number: &ApplicationNumber, seat: Seat, at: Moment) -> Result<Option<usize>, Wrong> {
        let (line, _) = self.vacancy_of(seat);
        let of_line = |other: &&Seat| self.vacancy_of(**other).0 == line;
        let oldest = self.places.keys().filter(of_line).find(|seat| self.first_for(**seat, at).is_some());
        ensure(oldest == Some(&seat), || format!("the turn for {seat:?}: the oldest place is {oldest:?}"))?;
        let (first, moved) = self.first_for(seat, at).ok_or("nobody may be notified")?;
        ensure(first.number == *number, || {
            format!("the turn of {number} for {seat:?}: the first is {}", first.number)
        })?;
        Ok(moved)
    }

    fn opens_at(&self, seat: Seat, back: Option<Moment>) -> Moment {
        back.unwrap_or(self.vacancy_of(seat).1)
    }

    fn right_opening(&self, seat: Seat, at: Moment, lapsed: Option<Seat>) -> Result<(), Wrong> {
        let place = self.places.get(&seat);
        let Some(Place::Waiting { back, turn: None, .. }) = place else {
            return Err(format!("{seat:?} opened, was {place:?}"));
        };
        let opens_at = self.opens_at(seat, *back);
        let first = self.first_for(seat, at).map(|(member, _)| &member.number);
        let right = lapsed == Some(seat) || (opens_at <= at && first.is_none());
        ensure(right, || format!("{seat:?} opened at {at}; may from {opens_at}; the first is {first:?}"))
    }

    fn turn(&mut self, seat: Seat, number: &ApplicationNumber) -> Result<(), Wrong> {
        match self.places.get_mut(&seat) {
            Some(Place::Waiting { turn: turn @ None, .. }) => *turn = Some(number.to_string()),
            other => return Err(format!("a turn for {seat:?}, which is {other:?}")),
        }
        self.settle(number, Stage::Notified, Some(seat));
        Ok(())
    }

    fn drop_turn(&mut self, seat: Seat, by: Option<String>) {
        if let Some(Place::Waiting { turn, passed_by, .. }) = self.places.get_mut(&seat) {
            *turn = None;
            passed_by.extend(by);
        }
    }

    fn settle(&mut self, number: &ApplicationNumber, stage: Stage, seat: Option<Seat>) {
        let member = self.member(number);
        (member.stage, member.seat) = (stage, seat);
    }
}

/// Who of these is served first, and where the cycle stands then, if that moves it.
fn served<'a>(rules: &Rules, cycle: usize, able: &[&'a Member]) -> Option<(&'a Member, Option<usize>)> {
    let group = |member: &&&Member| rules.group(member.benefit.as_deref());
    let Some(slots) = rules.slots() else {
        // `min_by_key` keeps the first of equals: by registration inside a group.
        return able.iter().min_by_key(group).map(|member| (*member, None));
    };
    if let Some(first) = able.iter().find(|member| group(member) == Group::OutOfTurn) {
        return Some((first, None));
    }
    let cycle = cycle % slots.len();
    match able.iter().find(|member| (group(member) == Group::Benefit) == slots[cycle]) {
        Some(own) => Some((own, Some((cycle + 1) % slots.len()))),
        None => able.first().map(|other| (*other, None)),
    }
}
