//! The take-over itself: vacancies are published, then the applications are imported.
//!
//! All imports happen at one moment, and the register gives turns as soon as somebody stands in a line. So those
//! who hold places come first, then the lines in their order of service; referrals that have run out come last,
//! so that their places find the next in line. Of one kind, whoever was registered first comes first; of one
//! instant, whoever stands first in the file.

use std::collections::{HashMap, HashSet};

use kezek::{
    Action, ApplicationNumber, Command, Deed, Fact, Import, Moment, Register, Stage, VacancyFilter, VacancyId,
};
use serde_json::{Map, Value, json};

use super::super::fault::{Fault, Place};
use super::bad::Bad;
use super::read::{Row, Rows};

/// What the run says of every row.
pub(crate) struct Said {
    /// The moment of the take-over.
    pub(crate) at: Moment,
    /// Why.
    pub(crate) reason: String,
    /// On whose authority, as on the wire.
    pub(crate) authority: Value,
}

/// What was taken over.
pub(crate) struct Taken {
    /// The register as it is then.
    pub(crate) register: Register,
    /// The commands that were done, each with its moment.
    pub(crate) journal: Vec<(Value, Value)>,
    /// How many vacancies were published.
    pub(crate) vacancies: usize,
    /// How many applications were taken over.
    pub(crate) applications: usize,
    /// How many of them were closed at once: an end had passed.
    pub(crate) closed: usize,
}

impl Taken {
    /// Nothing yet.
    pub(crate) fn by(register: Register) -> Taken {
        Taken { register, journal: Vec::new(), vacancies: 0, applications: 0, closed: 0 }
    }

    /// Does a command and keeps it; nothing when it is denied or cannot be read.
    fn apply(&mut self, step: Step, at: Moment, rows: &Rows) -> Result<(), Bad> {
        let place = Place { source: &rows.source, line: Some(step.line) };
        let began = self.register.events().len();
        let outcome = self.register.apply(step.command, at);
        let outcome = outcome.map_err(|error| Bad::error(place, &error, rows.in_sheet))?;
        if !outcome.denials.is_empty() {
            let denials = self.register.write(&outcome.denials);
            return Err(Bad::denied(place, &denials, self.register.policy().zone()));
        }
        let own = self.register.events().get(began..).unwrap_or_default();
        self.closed += own.iter().filter(|event| matches!(event.fact, Fact::Closed { .. })).count();
        self.journal.push((self.register.write(&at), step.written));
        Ok(())
    }

    /// Publishes the vacancies, each at its own moment (at the take-over where it names none).
    pub(crate) fn publish(&mut self, rows: &mut Rows, said: &Said) -> Result<(), Fault> {
        let mut last = None;
        for row in std::mem::take(&mut rows.good) {
            let published = self.publication(row, last, rows, said).and_then(|(step, at)| {
                last = Some(at);
                self.apply(step, at, rows)
            });
            match published {
                Ok(()) => self.vacancies += 1,
                Err(bad) => rows.bad.push(bad),
            }
        }
        // What fell due before the take-over is not of its doing.
        let settled = self.register.advance(said.at);
        let _ = settled.map_err(|error| Place { source: "--at", line: None }.error("", &error))?;
        self.closed = 0;
        Ok(())
    }

    fn publication(
        &self,
        row: Row,
        last: Option<Moment>,
        rows: &Rows,
        said: &Said,
    ) -> Result<(Step, Moment), Bad> {
        let Row { line, mut fields } = row;
        let place = Place { source: &rows.source, line: Some(line) };
        let at = match fields.remove("published_at") {
            None | Some(Value::Null) => said.at,
            Some(written) => {
                let form = "an instant with an offset such as \"2018-03-16T18:20:00+06:00\"";
                let text = written.as_str().ok_or("another value").map_err(|found| (form, found.to_owned()));
                let read = text.and_then(|text| text.parse().map_err(|_| (form, format!("{text:?}"))));
                read.map_err(|(form, found)| Bad::unreadable(place, "published_at", form, &found))?
            }
        };
        let zone = self.register.policy().zone();
        let order = |expected: String| {
            Bad::unreadable(place, "published_at", &expected, &at.in_zone(zone).to_string())
        };
        if at > said.at {
            return Err(order(format!("an instant up to the take-over, {}", said.at.in_zone(zone))));
        }
        if let Some(last) = last.filter(|last| at < *last) {
            return Err(order(format!("an instant not before the row above, {}", last.in_zone(zone))));
        }
        let _none = fields.insert("type".to_owned(), "publish_vacancy".into());
        Step::read(line, fields, rows).map(|step| (step, at))
    }

    /// Takes the applications over; the bad ones are left out.
    pub(crate) fn import(&mut self, rows: &mut Rows, said: &Said, before: &Register) {
        for step in in_order(steps(rows, said), &self.register, before, said.at) {
            match self.apply(step, said.at, rows) {
                Ok(()) => self.applications += 1,
                Err(bad) => rows.bad.push(bad),
            }
        }
    }
}

/// The commands of the rows that can be read.
pub(crate) fn steps(rows: &mut Rows, said: &Said) -> Vec<Step> {
    let mut steps = Vec::new();
    for Row { line, mut fields } in std::mem::take(&mut rows.good) {
        for (key, value) in [
            ("type", "import".into()),
            ("reason", said.reason.as_str().into()),
            ("authority", said.authority.clone()),
        ] {
            let _none = fields.insert(key.to_owned(), value);
        }
        match Step::read(line, fields, rows) {
            Ok(step) => steps.push(step),
            Err(bad) => rows.bad.push(bad),
        }
    }
    steps
}

/// A row that can be read: the command, and as it is written.
pub(crate) struct Step {
    line: usize,
    command: Command,
    written: Value,
}

impl Step {
    fn read(line: usize, fields: Map<String, Value>, rows: &Rows) -> Result<Step, Bad> {
        let written = Value::Object(fields);
        let place = Place { source: &rows.source, line: Some(line) };
        let command =
            Command::from_json(&written).map_err(|error| Bad::error(place, &error, rows.in_sheet))?;
        Ok(Step { line, command, written })
    }

    fn import(&self) -> Option<&Import> {
        let Action::Operate(operation) = &self.command.action else { return None };
        let Deed::Import(import) = &operation.deed else { return None };
        Some(import)
    }
}

/// Where in the take-over an application comes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// It holds a place.
    Holds,
    /// It holds one that waits, and its end has passed: later the place would be somebody's turn.
    HeldWaiting,
    /// It holds none.
    Stands,
    /// It holds one of a vacancy in free choice, and its end has passed: the place goes to the next in line.
    HeldOpen,
}

fn part(import: &Import, at: Moment, waiting: &HashSet<VacancyId>) -> Part {
    let passed = |end: Option<Moment>| end.is_some_and(|end| end <= at);
    match (import.stage, import.vacancy) {
        (Stage::Notified, _) if passed(import.choose_by) => Part::HeldWaiting,
        (Stage::Referred, Some(vacancy)) if passed(import.expires_at) => {
            if waiting.contains(&vacancy) {
                Part::HeldWaiting
            } else {
                Part::HeldOpen
            }
        }
        (Stage::Notified | Stage::Referred | Stage::UnderReview | Stage::Enrolled, _) => Part::Holds,
        _without_a_place => Part::Stands,
    }
}

/// The imports in the order in which they are done; `before` is the register before anything was published.
fn in_order(steps: Vec<Step>, register: &Register, before: &Register, at: Moment) -> Vec<Step> {
    let vacancies = register.at(at).map(|view| view.vacancies(&VacancyFilter::default()));
    let waiting: HashSet<VacancyId> =
        vacancies.into_iter().flatten().filter(|row| row.waiting > 0).map(|row| row.vacancy).collect();
    let mut keyed: Vec<_> = steps
        .into_iter()
        .filter_map(|step| {
            let import = step.import()?;
            Some(((part(import, at, &waiting), import.registered_at), step))
        })
        .collect();
    // Stable: of one instant the first in the file is the first.
    keyed.sort_by_key(|(key, _)| *key);
    if !by_registration(register) {
        let served = order_of_service(&keyed, before, at);
        let place = |step: &Step| served.get(&step.import()?.application).copied();
        keyed.sort_by_cached_key(|((part, _), step)| (*part, place(step)));
    }
    keyed.into_iter().map(|(_, step)| step).collect()
}

fn by_registration(register: &Register) -> bool {
    let policy = register.write(register.policy());
    policy.pointer("/order/by").and_then(Value::as_str) == Some("registration")
}

/// Where a policy serves by benefits, the register itself says in which order: one without any place is asked.
fn order_of_service(
    steps: &[((Part, Moment), Step)],
    before: &Register,
    at: Moment,
) -> HashMap<ApplicationNumber, u32> {
    let mut asked = before.clone();
    let standing = steps.iter().filter(|((part, _), _)| *part == Part::Stands);
    let numbers: Vec<&ApplicationNumber> = standing
        .filter_map(|(_, step)| {
            let done = asked.apply(step.command.clone(), at).ok()?.denials.is_empty();
            step.import().map(|import| &import.application).filter(|_| done)
        })
        .collect();
    let Ok(view) = asked.at(at) else { return HashMap::new() };
    let place =
        |number: &ApplicationNumber| Some((number.clone(), view.position(number).ok()?.in_group_year));
    numbers.into_iter().filter_map(place).collect()
}

/// A line of a journal.
pub(crate) fn line((at, command): &(Value, Value)) -> Value {
    json!({"at": at, "do": command})
}
