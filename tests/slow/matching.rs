//! Comparing what was expected with what was found (wire.md 7).

use serde_json::Value;

use super::views::instant;

/// What differed, in words.
pub(crate) type Differs = String;

/// Fields that the model does not know: which place of a vacancy, the terms behind the ends, the envelope, and what a
/// policy or an operator said.
const NOT_MODELLED: [&str; 24] = [
    "place",
    "seats",
    "cycle",
    "terms",
    "prove_by",
    "seq",
    "command",
    "by",
    "signature",
    "key",
    "body",
    "ext",
    "settled",
    "rule",
    "documents",
    "birth_date_differs",
    "serial",
    "projected",
    "authority",
    "grounds",
    "added_by",
    "channel",
    "channel_number",
    "policy",
];

pub(crate) fn equal<T: PartialEq + std::fmt::Debug>(what: &str, one: &T, other: &T) -> Result<(), Differs> {
    if one == other { Ok(()) } else { Err(format!("{what}: expected {one:?}, found {other:?}")) }
}

/// An object matches when it contains the given fields, a list when the given items occur in it in this order,
/// instants when they are the same instant.
pub(crate) fn matches(wanted: &Value, found: &Value) -> Result<(), Differs> {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(map)) => {
            let known = wanted.iter().filter(|(key, _)| !NOT_MODELLED.contains(&key.as_str()));
            for (key, wanted) in known {
                let found = map.get(key).ok_or_else(|| format!("{key}: expected {wanted}, found nothing"))?;
                matches(wanted, found).map_err(|differs| format!("{key}: {differs}"))?;
            }
            Ok(())
        }
        (Value::Array(wanted), Value::Array(found)) => {
            let mut rest = found.iter();
            let missing = wanted.iter().find(|wanted| !rest.any(|found| matches(wanted, found).is_ok()));
            match missing {
                _ if wanted.is_empty() && !found.is_empty() => {
                    Err(format!("expected nothing, found {found:?}"))
                }
                Some(wanted) => Err(format!("expected {wanted} here or later in {found:?}")),
                None => Ok(()),
            }
        }
        (Value::String(one), Value::String(other)) => match (instant(one), instant(other)) {
            (Ok(one), Ok(other)) if one == other => Ok(()),
            (_, _) => equal("the text", one, other),
        },
        (_, _) => equal("the value", wanted, found),
    }
}

/// Events match in number and order.
pub(crate) fn same_events(wanted: &[Value], found: &[Value]) -> Result<(), Differs> {
    let types = |events: &[Value]| -> Vec<String> {
        events.iter().map(|event| event["type"].as_str().unwrap_or("?").to_owned()).collect()
    };
    let odd = || {
        found
            .iter()
            .zip(wanted.iter().chain([&Value::Null]))
            .find(|(found, wanted)| found["type"] != wanted["type"])
    };
    equal("the events", &types(wanted), &types(found)).map_err(|differs| match odd() {
        Some((odd, _)) => format!("{differs}\nthe first that differs: {odd}"),
        None => differs,
    })?;
    for (number, (wanted, event)) in (1..).zip(wanted.iter().zip(found)) {
        matches(wanted, event).map_err(|differs| format!("event {number}: {differs}\nevent: {event}"))?;
    }
    Ok(())
}
