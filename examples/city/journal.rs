//! Reading a journal of commands. All of it is read before any of it is played.

use std::io::{BufRead, BufReader};
use std::path::Path;

use kezek::{Command, Moment};
use serde_json::{Map, Value};

use super::fault::{Fault, Place};

/// The town that is played when no journal is named, whatever folder this runs in.
const TOWN: &str = include_str!("../data/kokshetau-2018.jsonl");
const TOWN_NAME: &str = "examples/data/kokshetau-2018.jsonl";

/// A line of a journal.
#[derive(Debug)]
pub(crate) struct Step {
    /// Which line, from 1.
    pub(crate) line: usize,
    /// When.
    pub(crate) at: Moment,
    /// What.
    pub(crate) act: Act,
}

/// What a line asks for.
#[derive(Debug)]
pub(crate) enum Act {
    /// A command.
    Command(Box<Command>),
    /// A command with a key, as it was written too: its key stands for that JSON.
    Keyed(Box<Command>, Value),
    /// To let time pass.
    Advance,
}

/// The name of a journal and its steps.
pub(crate) fn read(path: Option<&Path>) -> Result<(String, Vec<Step>), Fault> {
    let Some(path) = path else {
        return Ok((TOWN_NAME.to_owned(), steps(TOWN_NAME, TOWN.as_bytes())?));
    };
    if path.as_os_str() == "-" {
        let name = "standard input";
        return Ok((name.to_owned(), steps(name, std::io::stdin().lock())?));
    }
    let name = path.display().to_string();
    let file = std::fs::File::open(path);
    let file = file.map_err(|error| Place { source: &name, line: None }.unreadable(&error))?;
    let steps = steps(&name, BufReader::with_capacity(1 << 16, file))?;
    Ok((name, steps))
}

fn steps(source: &str, mut from: impl BufRead) -> Result<Vec<Step>, Fault> {
    let mut steps: Vec<Step> = Vec::new();
    let mut bytes = Vec::new();
    for line in 1.. {
        let place = Place { source, line: Some(line) };
        bytes.clear();
        let length = from.read_until(b'\n', &mut bytes).map_err(|error| place.unreadable(&error))?;
        if length == 0 {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let (at, act) = step(&bytes, place)?;
        if let Some(last) = steps.last()
            && at < last.at
        {
            let expected = format!("an instant not before line {}'s, {}", last.line, last.at);
            return Err(place.fault("clock_moved_back", "at", &expected, &at.to_string()));
        }
        steps.push(Step { line, at, act });
    }
    Ok(steps)
}

fn step(bytes: &[u8], place: Place<'_>) -> Result<(Moment, Act), Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let found = format!("a byte that is none, at {}", error.valid_up_to().saturating_add(1));
        place.fault("malformed", "", "UTF-8", &found)
    })?;
    let value: Value = serde_json::from_str(text.trim_end()).map_err(|error| place.not_json(&error))?;
    let Value::Object(mut fields) = value else {
        let expected = "an object {\"at\":…,\"do\":{…}} or {\"at\":…,\"advance\":true}";
        return Err(place.fault("malformed", "", expected, kind(&value)));
    };
    let at = instant(fields.remove("at"), place)?;
    let act = act(&mut fields, place)?;
    match fields.keys().next() {
        None => Ok((at, act)),
        Some(key) => Err(place.fault("malformed", key, "only at, and do or advance", "an unknown key")),
    }
}

fn instant(value: Option<Value>, place: Place<'_>) -> Result<Moment, Fault> {
    let expected = "an instant with an offset such as \"2018-03-16T18:20:00+06:00\"";
    match value {
        Some(Value::String(text)) => text.parse().map_err(|error| place.error("at", &error)),
        Some(other) => Err(place.fault("malformed", "at", expected, kind(&other))),
        None => Err(place.fault("malformed", "at", expected, "nothing")),
    }
}

fn act(fields: &mut Map<String, Value>, place: Place<'_>) -> Result<Act, Fault> {
    match (fields.remove("do"), fields.remove("advance")) {
        (Some(command), None) => {
            let read = Command::from_json(&command).map_err(|error| place.error("do", &error))?;
            let read = Box::new(read);
            Ok(if read.key.is_some() { Act::Keyed(read, command) } else { Act::Command(read) })
        }
        (None, Some(Value::Bool(true))) => Ok(Act::Advance),
        (None, Some(other)) => Err(place.fault("malformed", "advance", "true", &other.to_string())),
        (None, None) => Err(place.fault("malformed", "do", "do: a command, or advance: true", "neither")),
        (Some(_), Some(_)) => Err(place.fault("malformed", "do", "do: a command, or advance: true", "both")),
    }
}

/// What a value is, for messages.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
