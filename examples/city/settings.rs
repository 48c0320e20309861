//! By which rules and calendar: names, or the host's own files.

use std::collections::BTreeMap;
use std::path::Path;

use kezek::{BenefitId, Calendar, CalendarYear, Day, Opening, Policy, Register};
use serde::Deserialize;
use serde_json::Value;

use super::fault::{Fault, Place};

/// The register that a journal is played in, still empty.
pub(crate) fn register(rules: &str, days: Option<&Path>) -> Result<Register, Fault> {
    let opening = Opening::new(policy(rules)?).name("city");
    let (source, opening) = match days {
        Some(path) => (path.display().to_string(), opening.calendar(calendar(path)?)),
        None => (format!("policy {rules}"), opening),
    };
    opening.open().map_err(|error| Place { source: &source, line: None }.error("", &error))
}

/// A shipped policy, or the one of a file.
pub(crate) fn policy(wanted: &str) -> Result<Policy, Fault> {
    let is_file = wanted.ends_with(".json") || wanted.contains(['/', '\\']);
    if !is_file {
        let place = Place { source: "--policy", line: None };
        return Policy::named(wanted).map_err(|error| place.error("", &error));
    }
    let place = Place { source: wanted, line: None };
    let value: Value = json(Path::new(wanted), place)?;
    Policy::from_json(&value).map_err(|error| place.error("", &error))
}

/// A calendar of the host's, as the library writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    known_at: Day,
    years: BTreeMap<i32, CalendarYear>,
}

fn calendar(path: &Path) -> Result<Calendar, Fault> {
    let source = path.display().to_string();
    let place = Place { source: &source, line: None };
    let value: Value = json(path, place)?;
    let written: Written = serde_path_to_error::deserialize(value).map_err(|error| {
        let field = error.path().to_string();
        let field = if field == "." { String::new() } else { field };
        let expected = "a calendar {\"id\",\"known_at\",\"years\":{\"2018\":{\"off\":[],\"on\":[]}}}";
        place.fault("malformed", &field, expected, &error.into_inner().to_string())
    })?;
    let built = Calendar::new(&written.id, written.known_at, written.years);
    built.map_err(|error| place.error("", &error))
}

fn json(path: &Path, place: Place<'_>) -> Result<Value, Fault> {
    let bytes = std::fs::read(path).map_err(|error| place.unreadable(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| place.not_json(&error))
}

/// The ids of a policy's benefits, as its JSON lists them.
pub(crate) fn benefits(policy: &Policy) -> Vec<BenefitId> {
    let value = serde_json::to_value(policy).unwrap_or_default();
    let rows = value.get("benefits").and_then(Value::as_array);
    let ids = rows.into_iter().flatten().filter_map(|row| row.get("id")?.as_str());
    ids.filter_map(|id| id.parse().ok()).collect()
}
