//! Runs a scenario (wire.md 7).
//!
//! It is run as it is written, then with an `advance` every day between its steps, then every hour: the same things
//! must happen at the same moments (not with `KEZEK_QUICK`). At the end the journal is replayed and the snapshot restored.

use kezek::{Error, Event, Moment, Opening, Policy, Register, Snapshot};
use serde_json::{Map, Value};

/// What differed, in words.
pub(crate) type Differs = String;

/// Runs a scenario; the digest at its end, or how its policy was refused.
pub(crate) fn run_scenario(value: &Value) -> Result<String, Differs> {
    let scenario = Scenario::read(value)?;
    let Some(steps) = scenario.steps else { return scenario.refused() };
    let register = run(scenario.policy, scenario.prefix, &steps, None)?;
    let paces = [("day by day", 86_400), ("hour by hour", 3_600)];
    let paces = if std::env::var_os("KEZEK_QUICK").is_some() { &[][..] } else { &paces };
    for (pace, seconds) in paces {
        let other = run(scenario.policy, scenario.prefix, &steps, Some(*seconds))
            .map_err(|differs| format!("{pace}: {differs}"))?;
        same_history(register.events(), other.events()).map_err(|differs| format!("{pace}: {differs}"))?;
        equal(&format!("the digest {pace}"), &register.digest(), &other.digest())?;
    }
    let journal: Result<Vec<Event>, _> =
        register.events().iter().map(|event| serde_json::from_value(register.write(event))).collect();
    let events = journal.map_err(|error| format!("an event cannot be read back: {error}"))?;
    let replayed = Register::replay(events).map_err(|error| format!("replay: {error}"))?;
    equal("the digest after replay", &register.digest(), &replayed.digest())?;
    equal("the number of events after replay", &register.events().len(), &replayed.events().len())?;
    let stored = serde_json::to_value(register.snapshot()).map_err(|error| error.to_string())?;
    let restored = Snapshot::from_json(stored).and_then(Register::restore);
    let restored = restored.map_err(|error| format!("restore: {error}"))?;
    equal("the digest after restore", &register.digest(), &restored.digest())?;
    let unpacked = Register::unpack(&register.pack()).map_err(|error| format!("unpack: {error}"))?;
    equal("the digest after unpack", &register.digest(), &unpacked.digest())?;
    equal("the events after unpack", &register.events(), &unpacked.events())?;
    Ok(register.digest())
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, one: &T, other: &T) -> Result<(), Differs> {
    if one == other { Ok(()) } else { Err(format!("{what} differs: {one:?} and {other:?}")) }
}

/// The same facts at the same moments; what asked for them may differ only in `seq`, and does not.
fn same_history(one: &[std::sync::Arc<Event>], other: &[std::sync::Arc<Event>]) -> Result<(), Differs> {
    for (one, other) in one.iter().zip(other) {
        let settled = |event: &Event| {
            let mut event = event.clone();
            if let Some(envelope) = &mut event.envelope {
                envelope.settled = None;
            }
            event
        };
        equal("an event", &settled(one), &settled(other))?;
    }
    equal("the number of events", &one.len(), &other.len())
}

struct Scenario<'a> {
    policy: &'a Value,
    prefix: Option<&'a str>,
    /// None where the policy must be refused.
    steps: Option<Vec<Step<'a>>>,
    expect: Option<&'a Map<String, Value>>,
}

struct Step<'a> {
    at: &'a str,
    what: What<'a>,
    expect: Option<&'a Value>,
}

enum What<'a> {
    Do(&'a Value),
    Check(&'a Value),
    Ask(&'a Value),
    Advance,
}

/// The value of an object, none of its keys unknown: an unread key is an error.
fn object<'a>(value: &'a Value, what: &str, known: &[&str]) -> Result<&'a Map<String, Value>, Differs> {
    let map = value.as_object().ok_or_else(|| format!("{what}: expected an object, found {value}"))?;
    match map.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("{what}: unread key {key:?}; known are {}", known.join(", "))),
        None => Ok(map),
    }
}

impl<'a> Scenario<'a> {
    fn read(value: &'a Value) -> Result<Scenario<'a>, Differs> {
        let map =
            object(value, "scenario", &["title", "rules", "policy", "prefix", "steps", "expect", "note"])?;
        for needed in ["title", "rules", "policy"] {
            if !map.contains_key(needed) {
                return Err(format!("scenario: no {needed}"));
            }
        }
        let steps = match map.get("steps") {
            None => None,
            Some(steps) => {
                let steps = steps.as_array().ok_or("steps: expected a list")?;
                Some(steps.iter().map(Step::read).collect::<Result<_, _>>()?)
            }
        };
        let expect = match map.get("expect") {
            None => None,
            Some(expect) => Some(object(expect, "expect", &["error", "fields"])?),
        };
        let prefix = match map.get("prefix") {
            None => None,
            Some(prefix) => Some(prefix.as_str().ok_or("prefix: expected text")?),
        };
        Ok(Scenario { policy: &value["policy"], prefix, steps, expect })
    }

    /// A scenario whose policy must be refused.
    fn refused(&self) -> Result<String, Differs> {
        let expect = self.expect.ok_or("neither steps nor expect")?;
        let error = match open(self.policy, self.prefix) {
            Ok(_) => return Err("the policy was taken".to_owned()),
            Err(error) => error,
        };
        equal("the error", &expect["error"].as_str().unwrap_or_default(), &error.code().as_str())?;
        if let Some(fields) = expect.get("fields").and_then(Value::as_array) {
            let mut wanted: Vec<&str> = fields.iter().filter_map(Value::as_str).collect();
            let mut found: Vec<&str> = error.fields().collect();
            wanted.sort_unstable();
            found.sort_unstable();
            equal("the faulty fields", &wanted, &found)?;
        }
        Ok(format!("refused: {}", error.code().as_str()))
    }
}

impl<'a> Step<'a> {
    fn read(value: &'a Value) -> Result<Step<'a>, Differs> {
        let map = object(value, "step", &["at", "do", "check", "ask", "advance", "expect", "note"])?;
        let at = map.get("at").and_then(Value::as_str).ok_or_else(|| format!("step without at: {value}"))?;
        let kinds = [
            map.get("do").map(What::Do),
            map.get("check").map(What::Check),
            map.get("ask").map(What::Ask),
            map.get("advance").map(|_| What::Advance),
        ];
        let mut given = kinds.into_iter().flatten();
        match (given.next(), given.next()) {
            (Some(what), None) => Ok(Step { at, what, expect: map.get("expect") }),
            _ => Err(format!("step: expected exactly one of do, check, ask, advance: {value}")),
        }
    }
}

fn open(policy: &Value, prefix: Option<&str>) -> Result<Register, Error> {
    let opening = Opening::new(Policy::from_json(policy)?);
    match prefix {
        Some(prefix) => opening.prefix(prefix).open(),
        None => opening.open(),
    }
}

/// Runs the steps; with a pace the clock is looked at so often between them.
fn run(
    policy: &Value,
    prefix: Option<&str>,
    steps: &[Step<'_>],
    pace: Option<i64>,
) -> Result<Register, Differs> {
    let mut register = open(policy, prefix).map_err(|error| format!("the policy: {error}"))?;
    for (number, step) in (1..).zip(steps) {
        let before = register.events().len();
        if let Some(pace) = pace {
            walk(&mut register, step, pace);
        }
        // What fell due on the walk belongs to the step as well.
        let walked: Vec<Value> =
            register.events().iter().skip(before).map(|event| register.write(event)).collect();
        let mut outcome = step.run(&mut register);
        if let Ok(done) = &mut outcome
            && let Some(events) = done.get_mut("events").and_then(Value::as_array_mut)
        {
            events.splice(0..0, walked);
        }
        let expect = step.expect.cloned().unwrap_or_else(|| Value::Object(Map::new()));
        step.compare(&expect, outcome)
            .map_err(|differs| format!("step {number} at {}: {differs}", step.at))?;
    }
    Ok(register)
}

/// Looks at the clock in steps until just before a step's instant.
fn walk(register: &mut Register, step: &Step<'_>, pace: i64) {
    // A step that is an error must find the register as it would without the walk.
    let error = step.expect.is_some_and(|expect| expect.get("error").is_some());
    // So must one that is compared with the revision, or answered by its key, before anything is settled.
    let keyed = match step.what {
        What::Do(command) | What::Check(command) => {
            command.get("key").is_some() || command.get("expected_revision").is_some()
        }
        What::Ask(_) | What::Advance => false,
    };
    let (Some(mut at), Ok(end), false) = (register.now(), step.at.parse::<Moment>(), error || keyed) else {
        return;
    };
    loop {
        at = Moment::from_unix((at.unix().div_euclid(pace) + 1) * pace);
        if at >= end || register.advance(at).is_err() {
            return;
        }
    }
}

impl Step<'_> {
    fn run(&self, register: &mut Register) -> Result<Value, Error> {
        match self.what {
            What::Do(command) => register.apply_json(command, self.at),
            What::Advance => register.advance_json(self.at),
            What::Check(command) => {
                register.advance_json(self.at)?;
                register.check_json(command, self.at)
            }
            What::Ask(question) => {
                register.advance_json(self.at)?;
                register.ask_json(question, self.at)
            }
        }
    }

    fn compare(&self, expect: &Value, outcome: Result<Value, Error>) -> Result<(), Differs> {
        let wanted_error = expect.get("error").and_then(Value::as_str);
        let found = match (wanted_error, outcome) {
            (Some(wanted), Err(error)) => return equal("the error", &wanted, &error.code().as_str()),
            (Some(wanted), Ok(found)) => return Err(format!("expected the error {wanted}, found {found}")),
            (None, Err(error)) => return Err(format!("expected no error, found {error}")),
            (None, Ok(found)) => found,
        };
        if let What::Ask(_) = self.what {
            return matches(expect, &found).map_err(|differs| format!("{differs}\nanswer: {found}"));
        }
        let map = object(expect, "expect", &["events", "denials", "error"])?;
        let codes: Vec<&str> =
            list(&found, "denials").iter().filter_map(|denial| denial["code"].as_str()).collect();
        let wanted: Option<Vec<&str>> = list(expect, "denials").iter().map(Value::as_str).collect();
        let wanted = wanted.ok_or("denials: expected codes")?;
        equal("denials", &wanted, &codes)?;
        let Some(wanted) = map.get("events").and_then(Value::as_array) else { return Ok(()) };
        let events = list(&found, "events");
        let types = |events: &[Value]| -> Vec<String> {
            events.iter().map(|event| event["type"].as_str().unwrap_or("?").to_owned()).collect()
        };
        equal("the types of the events", &types(wanted), &types(events))?;
        for (index, (wanted, event)) in wanted.iter().zip(events).enumerate() {
            matches(wanted, event)
                .map_err(|differs| format!("event {}: {differs}\nevent: {event}", index + 1))?;
        }
        Ok(())
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// An object matches when it contains the given fields, a list when the given items occur in it in this order,
/// instants when they are the same instant. A denial may be given by its code alone.
fn matches(wanted: &Value, found: &Value) -> Result<(), Differs> {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(map)) => {
            for (key, wanted) in wanted {
                let found = map.get(key).ok_or_else(|| format!("{key}: expected {wanted}, found nothing"))?;
                matches(wanted, found).map_err(|differs| format!("{key}: {differs}"))?;
            }
            Ok(())
        }
        (Value::Array(wanted), Value::Array(found)) => {
            if wanted.is_empty() && !found.is_empty() {
                return Err(format!("expected an empty list, found {}", found.len()));
            }
            let mut rest = found.iter();
            for wanted in wanted {
                if !rest.any(|found| matches(wanted, found).is_ok()) {
                    return Err(format!(
                        "expected {wanted} here or later in {}",
                        Value::Array(found.clone())
                    ));
                }
            }
            Ok(())
        }
        (Value::String(code), Value::Object(denial)) if denial.get("code").is_some() => {
            equal("the code", &Some(code.as_str()), &denial["code"].as_str())
        }
        (Value::String(wanted), Value::String(found)) => {
            match (wanted.parse::<Moment>(), found.parse::<Moment>()) {
                (Ok(one), Ok(other)) if one == other => Ok(()),
                _ => equal("the text", wanted, found),
            }
        }
        (wanted, found) => equal("the value", wanted, found),
    }
}
