//! The Rust side of the batches that `benches/python` measures: the same commands, the same dates.
//!
//! `batch JOURNAL FROM` reads the journal of a city (a JSON object a line), plays its first `FROM` commands, and then
//! answers each line of standard input with one line of JSON: `parse`, `values`, `typed`, `grown`, `positions`, `position
//! COUNT`, `unpack`, `days COUNT TERM FIRST`. So rounds of both languages can be taken in turn. Only the work itself is
//! timed: no reading, no copying of the register before it, no freeing after it. Without arguments it answers each
//! question once, in the town of `examples/data`.

use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead as _, Write as _};
use std::time::Instant;

use kezek::{ApplicationNumber, Calendar, Command, Day, Moment, Outcome, Policy, Register};
use serde_json::{Value, json};

const TOWN: &str = include_str!("../examples/data/kokshetau-2018.jsonl");

/// A prime: leaps over a list in which no neighbours are met.
const LEAP: usize = 7_919;

type Failure = Box<dyn Error>;

/// A line of the journal as it is read: the command, and when.
type Row = (Value, String);

fn main() -> Result<(), Failure> {
    // Cargo says `--bench`.
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    let Some(path) = args.next() else {
        let bench = Bench::of(TOWN, TOWN.lines().count() / 2)?;
        for question in
            ["parse", "values", "typed", "positions", "position 10", "unpack", "days 1000 3 16071"]
        {
            println!("{}", bench.answer(question)?);
        }
        return Ok(());
    };
    let from = args.next().unwrap_or_default().parse()?;
    let bench = Bench::of(&std::fs::read_to_string(path)?, from)?;
    let mut out = std::io::stdout().lock();
    for question in std::io::stdin().lock().lines() {
        writeln!(out, "{}", bench.answer(&question?)?)?;
        out.flush()?;
    }
    Ok(())
}

/// A register in the middle of a journal, and what comes next.
struct Bench {
    register: Register,
    lines: Vec<String>,
    rows: Vec<Row>,
}

impl Bench {
    fn of(text: &str, from: usize) -> Result<Bench, Failure> {
        let lines = || text.lines().filter(|line| line.contains("\"do\":"));
        let mut register = Register::new(Policy::named("akmola-2018")?)?;
        for (command, at) in lines().take(from).map(row).collect::<Result<Vec<Row>, Failure>>()? {
            let _ = register.apply(Command::from_json(&command)?, at.parse()?)?;
        }
        let lines: Vec<String> = lines().skip(from).map(str::to_owned).collect();
        let rows = parsed(&lines)?;
        Ok(Bench { register, lines, rows })
    }

    /// One round of one measurement, in nanoseconds, with what shows that the answer is right.
    fn answer(&self, question: &str) -> Result<Value, Failure> {
        let mut words = question.split(' ');
        Ok(match words.next() {
            Some("parse") => {
                let began = Instant::now();
                let rows = parsed(&self.lines)?;
                json!({ "ns": since(began), "rows": rows.len() })
            }
            // From parsed JSON, as a host has it that is given commands by others.
            Some("values") => {
                let (mut register, rows) = (self.register.clone(), self.rows.clone());
                let began = Instant::now();
                let mut done = Vec::with_capacity(rows.len());
                for (command, at) in &rows {
                    done.push(register.apply(Command::from_json(command)?, at.parse()?)?);
                }
                outcome(since(began), &register, &done, done.len())
            }
            // From the library's own types: what a host in Rust makes itself. A copy has room for nothing new, and
            // moves everything at the first of each kind; a register that has grown by itself has room. So of `grown`
            // the first tenth is not timed.
            Some(question @ ("typed" | "grown")) => {
                let mut register = self.register.clone();
                let typed = |(command, at): &Row| Ok((Command::from_json(command)?, at.parse()?));
                let typed =
                    self.rows.iter().map(typed).collect::<Result<Vec<(Command, Moment)>, Failure>>()?;
                let mut done = Vec::with_capacity(typed.len());
                let first = if question == "grown" { typed.len() / 10 } else { 0 };
                let mut began = Instant::now();
                for (nth, (command, at)) in typed.into_iter().enumerate() {
                    if nth == first {
                        began = Instant::now();
                    }
                    done.push(register.apply(command, at)?);
                }
                let ns = since(began);
                outcome(ns, &register, &done, done.len() - first)
            }
            Some("positions") => {
                let now = self.register.now().ok_or("nothing has happened")?;
                let view = self.register.at(now)?;
                let began = Instant::now();
                let rows = black_box(view.positions());
                let sum: u64 = rows.iter().map(|row| u64::from(row.position.in_group_year)).sum();
                json!({ "ns": since(began), "rows": rows.len(), "sum": sum })
            }
            Some("unpack") => self.unpack()?,
            Some("position") => self.position(words.next().unwrap_or_default().parse()?)?,
            Some("days") => {
                let mut number = || words.next().unwrap_or_default().parse::<i64>();
                let (count, term, first) = (number()?, u16::try_from(number()?)?, number()?);
                days(count, term, first)?
            }
            _ => return Err(format!("{question:?} is no question").into()),
        })
    }
}

impl Bench {
    /// The state alone, from its bytes.
    fn unpack(&self) -> Result<Value, Failure> {
        let mut light = self.register.clone();
        let _ = light.leave_history();
        let bytes = light.pack();
        let began = Instant::now();
        let read = black_box(Register::unpack(&bytes)?);
        let ns = since(began);
        let same = read.digest() == light.digest();
        Ok(json!({ "ns": ns, "bytes": bytes.len(), "same": same }))
    }

    /// The numbers of so many applications, one by one and in no order that a cache could know.
    fn position(&self, count: usize) -> Result<Value, Failure> {
        let now = self.register.now().ok_or("nothing has happened")?;
        let rows = self.register.at(now)?.positions();
        let some = rows.iter().cycle().step_by(LEAP).take(count).map(|row| row.application.clone());
        let numbers: Vec<ApplicationNumber> = some.collect();
        let mut sum = 0_u64;
        let began = Instant::now();
        for number in &numbers {
            sum += u64::from(self.register.at(now)?.position(number)?.number);
        }
        Ok(json!({ "ns": since(began), "rows": numbers.len(), "sum": sum }))
    }
}

fn row(line: &str) -> Result<Row, Failure> {
    let mut line: Value = serde_json::from_str(line)?;
    let at = line.get("at").and_then(Value::as_str).ok_or("a line without `at`")?.to_owned();
    let command = line.get_mut("do").map(Value::take).ok_or("a line without `do`")?;
    Ok((command, at))
}

fn parsed(lines: &[String]) -> Result<Vec<Row>, Failure> {
    lines.iter().map(|line| row(line)).collect()
}

fn since(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

fn outcome(ns: u64, register: &Register, done: &[Outcome], timed: usize) -> Value {
    let denied = done.iter().filter(|outcome| !outcome.denials.is_empty()).count();
    json!({ "ns": ns, "rows": timed, "denied": denied, "digest": register.digest() })
}

/// The `term`-th working day after each of many days: `first` (days since 1970) and those that follow it in leaps,
/// over ten years.
fn days(count: i64, term: u16, first: i64) -> Result<Value, Failure> {
    const TEN_YEARS: i64 = 3_653;
    let (calendar, leap) = (Calendar::kazakhstan(), i64::try_from(LEAP)?);
    let days: Vec<Day> = (0..count).map(|i| Day::from_epoch(first + i * leap % TEN_YEARS)).collect();
    let began = Instant::now();
    let mut ends = Vec::with_capacity(days.len());
    for day in days {
        ends.push(calendar.working_day_after(day, term)?.day);
    }
    let ns = since(began);
    let sum: i64 = ends.iter().map(|day| i64::from(day.epoch())).sum();
    Ok(json!({ "ns": ns, "rows": ends.len(), "sum": sum }))
}
