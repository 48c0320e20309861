//! A second opinion on turns and places, made from the events alone: who stands where, what every place is, and
//! whether each turn went to the right one (wire.md 3). Slow and plain.

use std::collections::BTreeMap;

use kezek::{
    ApplicationNumber, CloseReason, Day, Event, Fact, Moment, Seat, SeatGoes, Stage, VacancyRow, Zone,
};
use serde_json::Value;

use super::town::months;

pub(crate) struct Model {
    zone: Zone,
    choose_from: u32,
    until: u32,
    /// In the order of service: by registration, then serial.
    line: BTreeMap<(Moment, u32), Member>,
    keys: BTreeMap<String, (Moment, u32)>,
    places: BTreeMap<Seat, Place>,
    /// The line of each vacancy, from the first.
    vacancies: Vec<u16>,
    /// A turn that has just lapsed: its place may open at once.
    lapsed: Option<Seat>,
}

struct Member {
    number: ApplicationNumber,
    line: u16,
    born: Day,
    stage: Stage,
    seat: Option<Seat>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Waiting { opens_at: Moment, turn: Option<String>, passed_by: Vec<String> },
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
    pub(crate) fn new(policy: &Value, zone: Zone) -> Model {
        Model {
            zone,
            choose_from: months(policy, "choose_from"),
            until: months(policy, "until"),
            line: BTreeMap::new(),
            keys: BTreeMap::new(),
            places: BTreeMap::new(),
            vacancies: Vec::new(),
            lapsed: None,
        }
    }

    fn member(&mut self, number: &ApplicationNumber) -> &mut Member {
        let key = self.keys.get(number.as_str()).expect("a registered application");
        self.line.get_mut(key).expect("a member")
    }

    fn may_be_notified(&self, member: &Member, at: Moment) -> bool {
        let reached = |months: u32| self.zone.midnight(member.born.birthday(months)) <= at;
        member.stage == Stage::Queued && reached(self.choose_from) && !reached(self.until)
    }

    /// The first who may be offered a place, if it waits without a turn.
    fn first_for(&self, seat: Seat, at: Moment) -> Option<&Member> {
        let Some(Place::Waiting { turn: None, passed_by, .. }) = self.places.get(&seat) else { return None };
        let line = self.vacancies[usize::try_from(seat.vacancy).expect("a small number") - 1];
        self.line.values().find(|member| {
            member.line == line
                && self.may_be_notified(member, at)
                && !passed_by.contains(&member.number.to_string())
        })
    }

    /// Takes an event in, and says what is wrong with it.
    pub(crate) fn take(&mut self, event: &Event) -> Result<(), Wrong> {
        let Some(at) = event.at else { return Ok(()) };
        let lapsed = self.lapsed.take();
        match &event.fact {
            Fact::Registered { application, serial, child, group_year, registered_at, .. } => {
                let key = (*registered_at, *serial);
                let (number, line, born) = (application.clone(), *group_year, child.born);
                self.keys.insert(number.to_string(), key);
                self.line.insert(key, Member { number, line, born, stage: Stage::Queued, seat: None });
            }
            Fact::VacancyPublished { vacancy, places, group_year, opens_at, .. } => {
                self.vacancies.push(*group_year);
                for place in 1..=*places {
                    let waiting = Place::Waiting { opens_at: *opens_at, turn: None, passed_by: Vec::new() };
                    self.places.insert(Seat { vacancy: *vacancy, place }, waiting);
                }
            }
            Fact::TurnCame { application, vacancy, place, .. } => {
                let seat = Seat { vacancy: *vacancy, place: *place };
                self.right_turn(application, seat, at)?;
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
                    SeatGoes::NextInLine => Place::Waiting { opens_at: at, turn: None, passed_by },
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
            Fact::ReferralRecalled { application, .. } | Fact::ReferralExpired { application, .. } => {
                self.settle(application, Stage::Queued, None);
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

    /// A turn is for the oldest place that anybody can be offered, and goes to the first who can be.
    fn right_turn(&self, number: &ApplicationNumber, seat: Seat, at: Moment) -> Result<(), Wrong> {
        let line = self.vacancies[usize::try_from(seat.vacancy).expect("a small number") - 1];
        let of_line =
            |other: &&Seat| self.vacancies[usize::try_from(other.vacancy).expect("small") - 1] == line;
        let oldest = self.places.keys().filter(of_line).find(|seat| self.first_for(**seat, at).is_some());
        ensure(oldest == Some(&seat), || format!("the turn for {seat:?}: the oldest place is {oldest:?}"))?;
        let first = self.first_for(seat, at).map(|member| &member.number);
        ensure(first == Some(number), || format!("the turn of {number} for {seat:?}: the first is {first:?}"))
    }

    fn right_opening(&self, seat: Seat, at: Moment, lapsed: Option<Seat>) -> Result<(), Wrong> {
        let place = self.places.get(&seat);
        let Some(Place::Waiting { opens_at, turn: None, .. }) = place else {
            return Err(format!("{seat:?} opened, was {place:?}"));
        };
        let first = self.first_for(seat, at).map(|member| &member.number);
        let right = lapsed == Some(seat) || (*opens_at <= at && first.is_none());
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

    /// At the end of a moment: nobody is passed over, and what is due has opened.
    pub(crate) fn at_rest(&self, now: Moment) -> Result<(), Wrong> {
        for (seat, place) in &self.places {
            let first = self.first_for(*seat, now).map(|member| &member.number);
            ensure(first.is_none(), || {
                format!("{seat:?} waits without a turn, and {first:?} may be notified")
            })?;
            if let Place::Waiting { opens_at, turn: None, .. } = place {
                ensure(now < *opens_at, || format!("{seat:?} still waits for nobody"))?;
            }
        }
        Ok(())
    }

    /// (a turn has a seat): each notified one has one waiting place of its line, and no two the same.
    pub(crate) fn turns_have_seats(&self) -> Result<(), Wrong> {
        let mut notified = 0;
        for member in self.line.values().filter(|member| member.stage == Stage::Notified) {
            notified += 1;
            let place = member.seat.and_then(|seat| self.places.get(&seat));
            let own = matches!(place, Some(Place::Waiting { turn: Some(turn), .. }) if *turn == member.number.to_string());
            ensure(own, || format!("the turn of {} is for {place:?}", member.number))?;
        }
        let turns =
            self.places.values().filter(|place| matches!(place, Place::Waiting { turn: Some(_), .. }));
        let turns = turns.count();
        ensure(turns == notified, || format!("{notified} turns for {turns} places"))
    }

    pub(crate) fn stage(&self, number: &ApplicationNumber) -> Option<Stage> {
        self.keys.get(number.as_str()).and_then(|key| self.line.get(key)).map(|member| member.stage)
    }

    /// Whether a row of the base of free places counts what the events tell.
    pub(crate) fn agrees_with(&self, row: &VacancyRow) -> Result<(), Wrong> {
        let count = |is: fn(&Place) -> bool| {
            let own = self.places.iter().filter(|(seat, _)| seat.vacancy == row.vacancy);
            u16::try_from(own.filter(|(_, place)| is(place)).count()).expect("a few places")
        };
        let counted = [
            count(|place| matches!(place, Place::Waiting { .. })),
            count(|place| *place == Place::Open),
            count(|place| *place == Place::Referred),
            count(|place| *place == Place::Filled),
            count(|place| *place == Place::Gone),
        ];
        let shown = [row.waiting, row.open, row.referred, row.filled, row.gone];
        ensure(counted == shown, || format!("vacancy {}: {counted:?} by the events, {shown:?}", row.vacancy))
    }
}
