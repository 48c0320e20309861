//! Changes of a JSON value, as the bytes say.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

/// Words of the wire, and numbers and text at the edges of what is read.
const SCALARS: &str = r#"[null, true, false, 0, 1, -1, 2, 3, 5, 7, 99, 100, 999, 1000, 4095, 9999, 10000, 65535, 65536,
    4294967295, 4294967296, 9223372036854775807, -9223372036854775808, 18446744073709551615, 1.5, 1e300, [], {},
    "", " ", "UO.2018.000001.1", "УО.2018.000001.1", "p:child-1", "p:", "991231500016", "991231500017", "1000000101",
    "2018-03-16", "2016-02-29", "1000-01-01", "9999-12-31", "0000-00-00", "10-01", "02-29", "12-31", "00:00", "23:59",
    "2018-03-16T18:20:00+06:00", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+05:00",
    "2018-06-30T23:59:60Z", "akmola-2018", "kz-2025", "bobek", "kk", "ru", "en", "orphan", "keep", "next_in_line",
    "inactive", "queued", "notified", "referred", "under_review", "stop_listed", "enrolled", "closed", "waiting", "open",
    "staff", "operator", "department", "Asia/Qyzylorda", "Asia/Almaty", "kz-five-day", "R47", "R300", "\u0000", "ӘҒҚ",
    {"working_days": 0}, {"working_days": 65535}, {"hours": 1}, {"months": 1}, {"years": 1}, {"calendar_days": 1}]"#;

/// A thing that may stand anywhere.
fn scalar(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=3)? {
        0 => json!(bytes.arbitrary::<i64>()?),
        1 => json!(bytes.arbitrary::<&str>()?),
        _ => {
            let all: Vec<Value> = serde_json::from_str(SCALARS).expect("JSON");
            bytes.choose(&all)?.clone()
        }
    })
}

/// One thing in the value is lost, renamed, nudged, or replaced: by a scalar, or by another part of the same.
pub(crate) fn spoil(value: &mut Value, bytes: &mut Unstructured<'_>) -> Result<()> {
    let nodes = count(value);
    let other = nth(value, bytes.int_in_range(0..=nodes - 1)?).cloned();
    let Some(at) = nth_mut(value, bytes.int_in_range(0..=nodes - 1)?) else { return Ok(()) };
    match (bytes.int_in_range(0..=5)?, at) {
        (0, Value::Object(map)) if !map.is_empty() => {
            let key = key(map, bytes)?;
            map.remove(&key);
        }
        (1, Value::Object(map)) if !map.is_empty() => {
            let key = key(map, bytes)?;
            let value = map.remove(&key).unwrap_or_default();
            map.insert(bytes.arbitrary::<&str>()?.to_owned(), value);
        }
        (2, Value::Object(map)) if !map.is_empty() => {
            let key = key(map, bytes)?;
            map.insert(key, scalar(bytes)?);
        }
        (0, Value::Array(list)) => drop(list.pop()),
        (1, Value::Array(list)) => list.reverse(),
        (2, Value::Array(list)) => list.extend(other),
        (0..=2, Value::Number(number)) if number.is_i64() => {
            let near = number.as_i64().unwrap_or(0).wrapping_add(i64::from(bytes.arbitrary::<i8>()?));
            *number = near.into();
        }
        (0, Value::String(text)) => drop(text.pop()),
        (1, Value::String(text)) => text.insert(0, bytes.arbitrary()?),
        (3, at) => *at = other.unwrap_or_default(),
        (_, at) => *at = scalar(bytes)?,
    }
    Ok(())
}

fn key(map: &Map<String, Value>, bytes: &mut Unstructured<'_>) -> Result<String> {
    Ok(map.keys().nth(bytes.int_in_range(0..=map.len() - 1)?).cloned().unwrap_or_default())
}

/// How many values it is made of, itself among them.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The n-th of them, from the outside in.
fn nth(value: &Value, n: usize) -> Option<&Value> {
    let Some(mut left) = n.checked_sub(1) else { return Some(value) };
    let mut inside: Box<dyn Iterator<Item = &Value>> = match value {
        Value::Array(list) => Box::new(list.iter()),
        Value::Object(map) => Box::new(map.values()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    inside.find_map(|part| {
        let here = count(part);
        let found = (left < here).then(|| nth(part, left));
        left = left.wrapping_sub(here);
        found
    })?
}

fn nth_mut(value: &mut Value, n: usize) -> Option<&mut Value> {
    let Some(mut left) = n.checked_sub(1) else { return Some(value) };
    let mut inside: Box<dyn Iterator<Item = &mut Value>> = match value {
        Value::Array(list) => Box::new(list.iter_mut()),
        Value::Object(map) => Box::new(map.values_mut()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
    };
    inside.find_map(|part| {
        let here = count(part);
        if left < here {
            return Some(nth_mut(part, left));
        }
        left -= here;
        None
    })?
}
