//! The laws of the house on the same stories (house.md "Laws"): what holds whatever the rules say.
//!
//! 9 (every event names a rule) is judged where events are compared, 10 (whoever keeps the number keeps the place) by
//! the numbers of the model, 11 (no panic) by every story; 12 (three languages) needs other runners.

use std::collections::BTreeSet;

use kezek::{Error, Event, Register, Snapshot};
use serde_json::Value;

use super::matching::{Differs, equal};
use super::model::{Model, Place, Stage, rfc};
use super::story::Told;

/// A second register that is told the same, with a stop and a look before each command.
pub(crate) struct Walked(pub(crate) Register);

impl Walked {
    /// 1: a stop on the way changes nothing. 3: what is denied changes nothing. 4: `check` says what `apply` says.
    pub(crate) fn tell(&mut self, told: &Told, said: &Result<Value, &'static str>) -> Result<(), Differs> {
        let at = rfc(told.at);
        let Some(command) = &told.command else {
            let _ = self.0.advance_json(&at);
            return Ok(());
        };
        // A key is answered, and a revision compared, before anything is settled; an error changes nothing at all.
        let before = ["key", "expected_revision"].iter().any(|field| command.get(*field).is_some());
        let Ok(said) = said else { return Ok(()) };
        if before {
            let _ = self.0.apply_json(command, &at);
            return Ok(());
        }
        let walked = self.walk(command, &at).map_err(|error| format!("after a stop: {error}"))?;
        let [settled, checked, done] = walked;
        let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
        let codes = |denials: &Value| -> Vec<Value> {
            denials.as_array().into_iter().flatten().map(|denial| denial["code"].clone()).collect()
        };
        equal("check and apply", &codes(&checked["denials"]), &codes(&said["denials"]))?;
        let count = list(&settled, "events").len() + list(&done, "events").len();
        equal("the number of events after a stop", &list(said, "events").len(), &count)?;
        match codes(&said["denials"]).is_empty() {
            true => Ok(()),
            false => equal("events of a denied command", &0, &list(&done, "events").len()),
        }
    }

    fn walk(&mut self, command: &Value, at: &str) -> Result<[Value; 3], Error> {
        let settled = self.0.advance_json(at)?;
        let checked = self.0.check_json(command, at)?;
        Ok([settled, checked, self.0.apply_json(command, at)?])
    }
}

/// 2: the journal, read again, is the register; so is the snapshot. 1: so is the one that stopped on the way.
pub(crate) fn same_register(register: &Register, walked: &Walked) -> Result<(), Differs> {
    equal("the digest of one that stopped", &register.digest(), &walked.0.digest())?;
    let events: Result<Vec<Event>, _> =
        register.events().iter().map(|event| serde_json::from_value(register.write(event))).collect();
    let replayed = Register::replay(events.map_err(|error| error.to_string())?);
    let replayed = replayed.map_err(|error| format!("replay: {error}"))?;
    equal("the digest after replay", &register.digest(), &replayed.digest())?;
    let stored = serde_json::to_value(register.snapshot()).map_err(|error| error.to_string())?;
    let restored = Snapshot::from_json(stored).and_then(Register::restore);
    let restored = restored.map_err(|error| format!("restore: {error}"))?;
    equal("the digest after restore", &register.digest(), &restored.digest())
}

/// 5 to 8, judged of the model, whose every stage, number and place is the core's.
pub(crate) fn sound(model: &Model) -> Result<(), Differs> {
    // 5: what is due next is later than now.
    if let (Some(now), Some(due)) = (model.now, model.next_deadline())
        && due <= now
    {
        return Err(format!("{due} is due at {now}"));
    }
    one_place_one_child(model)?;
    // 8: the numbers are 1..n.
    let active: Vec<usize> =
        (0..model.applications.len()).filter(|who| model.applications[*who].active()).collect();
    let numbers: BTreeSet<usize> = active.iter().map(|who| model.position(*who).0).collect();
    equal("the numbers", &(1..=active.len()).collect(), &numbers)?;
    let lines: BTreeSet<i64> = active.iter().map(|who| model.applications[*who].line).collect();
    for line in lines {
        let of_line: Vec<&usize> =
            active.iter().filter(|who| model.applications[**who].line == line).collect();
        let numbers: BTreeSet<usize> = of_line.iter().map(|who| model.position(**who).1).collect();
        equal("the numbers of a line", &(1..=of_line.len()).collect(), &numbers)?;
    }
    Ok(())
}

/// 6: no place has two children, no child two places. 7: every turn is for a waiting place of its line, no two for one.
fn one_place_one_child(model: &Model) -> Result<(), Differs> {
    let mut taken = BTreeSet::new();
    for one in &model.applications {
        let holds =
            matches!(one.stage, Stage::Notified | Stage::Referred | Stage::UnderReview | Stage::Enrolled);
        let Some(seat) = one.seat.filter(|_| holds) else { continue };
        if !taken.insert(seat) {
            return Err(format!("{seat:?} has two children"));
        }
        let right = match (one.stage, model.place(seat)) {
            (Stage::Notified, Place::Waiting { turn, .. }) => {
                *turn == Some(one.serial) && model.vacancies[seat.0].line == one.line
            }
            (Stage::Referred | Stage::UnderReview, place) => *place == Place::Referred,
            (Stage::Enrolled, place) => *place == Place::Filled,
            (_, _) => false,
        };
        if !right {
            return Err(format!("{} is {:?}, its place {:?}", one.number, one.stage, model.place(seat)));
        }
    }
    Ok(())
}
