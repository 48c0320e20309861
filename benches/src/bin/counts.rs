//! The operations whose instructions are counted: `valgrind --tool=callgrind` runs this program (`benches/beside/counts.py`
//! knows how) and writes a part for each call of [`counted`]. `counts LIVE` prints what they were, a line of JSON each: the
//! name, and how many operations. Run alone it does the same work and nothing is counted.

use std::hint::black_box;
use std::time::Instant;

use kezek::{Action, ApplicationNumber, Calendar, Command, Day, Error, Fact, Register, VacancyId, Which};
use kezek_benches::{Failure, LEAP, Story, Town, YEARS, since};
use serde_json::{Value, json};

/// The one function whose instructions are counted. What it works on was made ready before; a result that it puts aside
/// is freed later.
#[inline(never)]
fn counted(work: &mut dyn FnMut() -> Result<(), Error>) -> Result<(), Error> {
    work()
}

/// Counts so many operations.
fn count(name: &str, operations: usize, mut work: impl FnMut() -> Result<(), Error>) -> Result<(), Failure> {
    let began = Instant::now();
    counted(&mut work)?;
    println!("{}", json!({ "name": name, "operations": operations, "ns": since(began) }));
    Ok(())
}

fn main() -> Result<(), Failure> {
    let live: usize = std::env::args().nth(1).unwrap_or_default().parse()?;
    let town = Town::of(live)?;
    let mut story = town.story();
    // The calendar makes its table once, when it is first asked.
    let _ = story.register.calendar().working_day_after(black_box("2018-05-02".parse()?), 1)?;
    commands(&town, &mut story)?;
    questions(&town)?;
    storage(&story)?;
    calendar()
}

/// What changes a register.
fn commands(town: &Town, story: &mut Story) -> Result<(), Failure> {
    let live = town.numbers.len();
    let rows: Vec<Value> = (0..live)
        .map(|at| {
            json!({
                "type": "submit", "applicant": format!("p:parent-{at}"), "benefit": "large-family", "documents": 1,
                "child": { "iin": format!("p:late-{at}"), "born": "2014-05-02" },
            })
        })
        .collect();
    let mut commands = Vec::with_capacity(live);
    count("read a command", live, || {
        for row in &rows {
            commands.push(Command::from_json(row)?);
        }
        Ok(())
    })?;
    let mut done = Vec::with_capacity(3 * live);
    let mut submitted = commands.into_iter();
    count("submit", live, || {
        for command in submitted.by_ref() {
            done.push(story.register.apply(command, story.now)?);
        }
        Ok(())
    })?;

    let places = live / 10;
    let mut publications = Story::publications(places, &YEARS)?.into_iter();
    count("publish, a turn", places, || {
        for action in publications.by_ref() {
            done.push(story.register.apply(action, story.now)?);
        }
        Ok(())
    })?;
    // Half of those who have a turn choose; what the others let lapse is for all.
    let mut turns: Vec<(ApplicationNumber, VacancyId)> = Vec::with_capacity(places);
    for event in done.iter().flat_map(|outcome| &outcome.events) {
        if let Fact::TurnCame { application, vacancy, .. } = &event.fact {
            turns.push((application.clone(), *vacancy));
        }
    }
    let choice = |(application, vacancy): &(ApplicationNumber, VacancyId)| Action::Choose {
        application: application.clone(),
        vacancy: *vacancy,
    };
    let mut choices = turns.iter().step_by(2).map(choice).collect::<Vec<_>>().into_iter();
    count("choose", choices.len(), || {
        for action in choices.by_ref() {
            done.push(story.register.apply(action, story.now)?);
        }
        Ok(())
    })?;
    let midnight = story.to_the_next_deadline()?;
    count("a deadline", turns.len() / 2, || {
        done.push(story.register.advance(midnight)?);
        Ok(())
    })?;
    let mut attempts =
        town.of_one_year().map(|own| choice(&(own.clone(), 1))).collect::<Vec<_>>().into_iter();
    count("rush, an attempt", attempts.len(), || {
        for action in attempts.by_ref() {
            done.push(story.register.apply(action, story.now)?);
        }
        Ok(())
    })
}

/// What only looks.
fn questions(town: &Town) -> Result<(), Failure> {
    let asked = town.some(town.numbers.len());
    let (register, now) = (&town.register, town.now);
    count("position", asked.len(), || {
        for number in &asked {
            black_box(register.at(now)?.position(number)?);
        }
        Ok(())
    })?;
    count("all positions, a row", asked.len(), || {
        black_box(register.at(now)?.positions());
        Ok(())
    })?;
    let which: Vec<Which> = asked.into_iter().map(Which::Application).collect();
    count("permissions of one application", which.len(), || {
        for one in &which {
            black_box(register.at(now)?.permissions(one, None)?);
        }
        Ok(())
    })
}

/// What is written and read again.
fn storage(story: &Story) -> Result<(), Failure> {
    let events: Vec<_> = story.register.events().to_vec();
    let (many, mut events) = (events.len(), Some(events));
    let mut read: Vec<Register> = Vec::new();
    count("replay, an event", many, || {
        read.push(Register::replay(events.take().into_iter().flatten())?);
        Ok(())
    })?;
    let mut light = story.register.clone();
    drop(light.leave_history());
    let live = light.at(story.now)?.positions().len();
    let mut bytes = Vec::new();
    count("pack, an application", live, || {
        bytes = light.pack();
        Ok(())
    })?;
    count("unpack, an application", live, || {
        read.push(Register::unpack(&bytes)?);
        Ok(())
    })?;
    if read.iter().any(|one| one.digest() != story.register.digest()) {
        return Err("what was read is not what was written".into());
    }
    Ok(())
}

/// Working days.
fn calendar() -> Result<(), Failure> {
    const FIRST: i64 = 16_071;
    const TEN_YEARS: usize = 3_653;
    let days = (0..TEN_YEARS).map(|at| Ok(Day::from_epoch(FIRST + i64::try_from(at * LEAP % TEN_YEARS)?)));
    let days = days.collect::<Result<Vec<Day>, Failure>>()?;
    let calendar = Calendar::kazakhstan();
    // The table is made once, before.
    let _ = calendar.working_day_after(Day::from_epoch(FIRST), 5)?;
    count("the fifth working day", days.len(), || {
        for day in &days {
            black_box(calendar.working_day_after(*day, 5)?);
        }
        Ok(())
    })
}
