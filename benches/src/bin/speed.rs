//! What a settlement of so many live applications costs, question by question.
//!
//! `speed LIVE SETTLEMENTS` makes so many settlements of `LIVE` applications each and answers each line of standard
//! input with one line of JSON: `position COUNT`, `positions`, `publish PLACES`, `rush ATTEMPTS PLACES`, `sweep
//! DEADLINES`, `deadline COUNT`, `tick COUNT`, `check COUNT`, `permissions COUNT`, `unpack`, `replay PLACES`, `bdays
//! COUNT TERM FIRST`, `rows FILE`. Only the work itself is timed: no reading, no copying of the register before it, no
//! freeing after it. Each answer has what shows that it is right; `unpack checked` and `replay PLACES checked` compare
//! digests too, which takes long.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::time::Instant;

use bdays::HolidayCalendar as _;
use kezek::{Action, Actor, ApplicationNumber, BenefitId, Moment, Outcome, Register, VacancyId, Which};
use kezek_benches::{Failure, LEAP, Story, Town, Words, YEARS, converse, since};
use serde_json::{Value, json};

fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let mut number = || args.next().unwrap_or_default().parse::<usize>();
    let (live, settlements) = (number()?, number()?);
    let bench = Bench::of(live, settlements)?;
    converse(|question| bench.answer(question))
}

/// A country: one town, and others that are like it.
struct Bench {
    town: Town,
    others: Vec<Register>,
}

impl Bench {
    fn of(live: usize, settlements: usize) -> Result<Bench, Failure> {
        let town = Town::of(live)?;
        let mut light = town.register.clone();
        drop(light.leave_history());
        let bytes = light.pack();
        // Each out of its bytes: nothing of one is shared with another.
        let others = (1..settlements).map(|_| Register::unpack(&bytes)).collect::<Result<_, _>>()?;
        Ok(Bench { town, others })
    }

    /// One round of one measurement, in nanoseconds, with what shows that the answer is right.
    fn answer(&self, question: &str) -> Result<Value, Failure> {
        let mut words = Words::of(question);
        match words.text() {
            "position" => self.position(words.number()?),
            "positions" => self.positions(),
            "publish" => self.publish(words.number()?),
            "rush" => self.rush(words.number()?, words.number()?),
            "sweep" => self.sweep(words.number()?),
            "deadline" => self.deadline(words.number()?),
            "tick" => self.tick(words.number()?),
            "check" => self.check(words.number()?),
            "permissions" => self.permissions(words.number()?),
            "unpack" => self.unpack(words.text() == "checked"),
            "replay" => self.replay(words.number()?, words.text() == "checked"),
            "bdays" => bdays_alone(words.number()?, words.number()?, words.number()?),
            "rows" => self.rows(words.text()),
            _ => Err(format!("{question:?} is no question").into()),
        }
    }

    /// The settlements, one after another, for ever.
    fn registers(&self) -> impl Iterator<Item = &Register> {
        std::iter::once(&self.town.register).chain(&self.others).cycle()
    }

    /// The three numbers of so many applications, one by one: another settlement each time, and in no order that a
    /// cache could know.
    fn position(&self, count: usize) -> Result<Value, Failure> {
        let asked: Vec<(&Register, ApplicationNumber)> =
            self.registers().zip(self.town.some(count)).collect();
        let mut sum = 0_u64;
        let began = Instant::now();
        for (register, number) in &asked {
            let position = register.at(self.town.now)?.position(number)?;
            sum += u64::from(position.number) + u64::from(position.in_group_year);
        }
        Ok(json!({ "ns": since(began), "rows": asked.len(), "sum": sum }))
    }

    fn positions(&self) -> Result<Value, Failure> {
        let view = self.town.register.at(self.town.now)?;
        let began = Instant::now();
        let rows = black_box(view.positions());
        let ns = since(began);
        let sum: u64 = rows.iter().map(|row| u64::from(row.position.in_group_year)).sum();
        Ok(json!({ "ns": ns, "rows": rows.len(), "sum": sum }))
    }

    /// Publishes places and gives the turns for them: one command for a vacancy, one event for a turn.
    fn publish(&self, places: usize) -> Result<Value, Failure> {
        let mut story = self.town.story();
        let publications = Story::publications(places, &YEARS)?;
        let began = Instant::now();
        let done = story.publish(publications)?;
        let ns = since(began);
        Ok(json!({ "ns": ns, "rows": turns(&done) }))
    }

    /// Everybody of one group year tries to choose a place that all may have, again and again.
    fn rush(&self, attempts: usize, places: usize) -> Result<Value, Failure> {
        let (mut story, vacancies) = self.all_may_have(places)?;
        let everybody = self.town.of_one_year().cycle().take(attempts);
        let choices: Vec<Action> = everybody
            .zip(vacancies.iter().cycle())
            .map(|(own, vacancy)| Action::Choose { application: own.clone(), vacancy: *vacancy })
            .collect();
        let mut done = Vec::with_capacity(choices.len());
        let began = Instant::now();
        for choice in choices {
            done.push(story.register.apply(choice, story.now)?);
        }
        let ns = since(began);
        let taken = done.iter().filter(|outcome| outcome.denials.is_empty()).count();
        Ok(json!({ "ns": ns, "rows": done.len(), "taken": taken }))
    }

    /// A town whose first group year has so many places in free choice: offered, and not chosen in time.
    fn all_may_have(&self, places: usize) -> Result<(Story, Vec<VacancyId>), Failure> {
        let mut story = self.town.story();
        let vacancies = story.publish(Story::publications(places, YEARS.get(..1).ok_or("no year")?)?)?.len();
        let deadline = story.to_the_next_deadline()?;
        let _ = story.register.advance(deadline)?;
        Ok((story, (1..=u32::try_from(vacancies)?).collect()))
    }

    /// So many deadlines on one midnight: the windows of those who did not choose. The rest of the town sleeps.
    fn sweep(&self, deadlines: usize) -> Result<Value, Failure> {
        let mut story = self.town.story();
        let _ = story.publish(Story::publications(deadlines, &YEARS)?)?;
        let midnight = story.to_the_next_deadline()?;
        let began = Instant::now();
        let outcome = story.register.advance(midnight)?;
        let ns = since(began);
        let lapsed = outcome.events.iter().filter(|event| event.fact.name() == "turn_lapsed").count();
        Ok(json!({ "ns": ns, "rows": lapsed, "events": outcome.events.len() }))
    }

    /// The next deadline, asked again and again.
    fn deadline(&self, count: usize) -> Result<Value, Failure> {
        let (story, _) = self.with_turns()?;
        let began = Instant::now();
        for _ in 0..count {
            black_box(black_box(&story.register).next_deadline());
        }
        Ok(json!({ "ns": since(began), "rows": count }))
    }

    /// A second goes by in which nothing falls due, and the next deadline is asked.
    fn tick(&self, count: usize) -> Result<Value, Failure> {
        let (mut story, deadline) = self.with_turns()?;
        let began = Instant::now();
        let mut found = 0;
        for _ in 0..count {
            story.now = story.now.plus_seconds(1);
            let _ = story.register.advance(story.now)?;
            found += usize::from(story.register.next_deadline().is_some_and(|next| next.at == deadline));
        }
        Ok(json!({ "ns": since(began), "rows": found }))
    }

    /// A town where a tenth of the applications has a turn.
    fn with_turns(&self) -> Result<(Story, Moment), Failure> {
        let mut story = self.town.story();
        let _ = story.publish(Story::publications(self.town.numbers.len() / 10, &YEARS)?)?;
        let deadline = story.register.next_deadline().ok_or("no deadline")?.at;
        Ok((story, deadline))
    }

    /// May this application choose now, asked by its own applicant? Everybody is too early.
    fn check(&self, count: usize) -> Result<Value, Failure> {
        let (story, _) = self.all_may_have(1)?;
        let staff = Actor::Staff { kindergartens: vec!["bobek".parse()?] };
        let asked: Vec<Action> = (self.town.some(count).into_iter())
            .map(|application| Action::Accept { of: Which::Application(application) })
            .collect();
        let began = Instant::now();
        let mut denied = 0;
        for action in asked {
            let command = kezek::Command::from(action).by(staff.clone());
            denied += usize::from(!story.register.check(command, story.now)?.is_empty());
        }
        Ok(json!({ "ns": since(began), "rows": count, "denied": denied }))
    }

    /// Every button of an application, each with what stands against it.
    fn permissions(&self, count: usize) -> Result<Value, Failure> {
        let asked: Vec<Which> = self.town.some(count).into_iter().map(Which::Application).collect();
        let began = Instant::now();
        let mut buttons = 0;
        for which in &asked {
            buttons += self.town.register.at(self.town.now)?.permissions(which, None)?.len();
        }
        Ok(json!({ "ns": since(began), "rows": count, "buttons": buttons }))
    }

    /// The state alone, from its bytes.
    fn unpack(&self, checked: bool) -> Result<Value, Failure> {
        let mut light = self.town.register.clone();
        drop(light.leave_history());
        let bytes = light.pack();
        let began = Instant::now();
        let read = black_box(Register::unpack(&bytes)?);
        let ns = since(began);
        Ok(json!({
            "ns": ns, "rows": self.town.numbers.len(), "bytes": bytes.len(), "same": checked && read.digest() == light.digest(),
        }))
    }

    /// The whole history again: everybody submits, some have a turn, let it lapse and choose later.
    fn replay(&self, places: usize, checked: bool) -> Result<Value, Failure> {
        let (mut story, vacancies) = self.all_may_have(places)?;
        for (own, vacancy) in self.town.of_one_year().take(places).zip(vacancies.iter().cycle()) {
            let choice = Action::Choose { application: own.clone(), vacancy: *vacancy };
            let _ = story.register.apply(choice, story.now)?;
        }
        let events: Vec<_> = story.register.events().to_vec();
        let count = events.len();
        let began = Instant::now();
        let again = black_box(Register::replay(events)?);
        let ns = since(began);
        Ok(json!({ "ns": ns, "rows": count, "same": checked && again.digest() == story.register.digest() }))
    }

    /// The live applications as a table: what a database would keep, and the numbers that it should find.
    fn rows(&self, path: &str) -> Result<Value, Failure> {
        let mut out = BufWriter::new(File::create(path)?);
        let view = self.town.register.at(self.town.now)?;
        let rows = view.positions();
        for (serial, row) in (1_u32..).zip(&rows) {
            let own = view.application(row.application)?;
            let benefit = row.benefit.map_or("", BenefitId::as_str);
            let (at, year, position) = (own.registered_at.unix(), row.group_year, row.position);
            let (number, in_group_year, in_benefit) =
                (position.number, position.in_group_year, position.in_benefit);
            writeln!(out, "{serial},{at},{year},{benefit},{number},{in_group_year},{in_benefit}")?;
        }
        out.flush()?;
        Ok(json!({ "ns": 0, "rows": rows.len() }))
    }
}

/// How many turns came of some outcomes.
fn turns(done: &[Outcome]) -> usize {
    let events = done.iter().flat_map(|outcome| &outcome.events);
    events.filter(|event| event.fact.name() == "turn_came").count()
}

/// The peer of the calendar: `bdays` with Brazil's holidays in its own table, as its documentation advises.
#[expect(clippy::disallowed_methods, reason = "the peer as it is: one day late for a start on a day off")]
fn bdays_alone(count: usize, term: usize, first: usize) -> Result<Value, Failure> {
    const TEN_YEARS: usize = 3_653;
    let begins = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).ok_or("no day")?;
    let day = |epoch: usize| begins.checked_add_days(chrono::Days::new(epoch.try_into().unwrap_or_default()));
    let days: Vec<_> = (0..count).filter_map(|i| day(first + i * LEAP % TEN_YEARS)).collect();
    let (from, to) = (day(first).ok_or("no day")?, day(first + 2 * TEN_YEARS).ok_or("no day")?);
    let table = bdays::HolidayCalendarCache::new(bdays::calendars::brazil::BRSettlement, from, to);
    let term = i32::try_from(term)?;
    let began = Instant::now();
    let mut ends = Vec::with_capacity(days.len());
    for day in days {
        ends.push(table.advance_bdays(day, term));
    }
    let ns = since(began);
    Ok(json!({ "ns": ns, "rows": ends.len() }))
}
