//! What the model is asked once it has taken the events in.

use kezek::{ApplicationNumber, Moment, Stage, VacancyRow};

use super::{Member, Model, Place, Wrong, ensure, served};

impl Model {
    /// The members of a line, as they would be served one by one from now on.
    pub(crate) fn in_order(&self, line: u16) -> Vec<&ApplicationNumber> {
        let mut waiting: Vec<&Member> =
            self.line.values().filter(|member| member.line == line && member.stage.is_active()).collect();
        let mut cycle = self.cycles.get(&line).copied().unwrap_or(0);
        let mut order = Vec::new();
        while let Some((next, moved)) = served(&self.rules, cycle, &waiting) {
            order.push(&next.number);
            cycle = moved.unwrap_or(cycle);
            waiting.retain(|member| member.number != next.number);
        }
        order
    }

    pub(crate) fn lines(&self) -> Vec<u16> {
        let mut lines: Vec<u16> = self.line.values().map(|member| member.line).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// At the end of a moment: nobody is passed over, and what is due has opened. A pause keeps all as it is.
    pub(crate) fn at_rest(&self, now: Moment) -> Result<(), Wrong> {
        for (seat, place) in self.places.iter().filter(|_| !self.paused) {
            let first = self.first_for(*seat, now).map(|(member, _)| &member.number);
            ensure(first.is_none(), || {
                format!("{seat:?} waits without a turn, and {first:?} may be notified")
            })?;
            if let Place::Waiting { back, turn: None, .. } = place {
                ensure(now < self.opens_at(*seat, *back), || format!("{seat:?} still waits for nobody"))?;
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
        self.keys.get(&number.to_string()).and_then(|key| self.line.get(key)).map(|member| member.stage)
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
