//! Two policies side by side.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Policy;

/// A value in which two policies differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyDifference {
    /// Its path: `choice_window`, `age.until`.
    pub path: String,
    /// The one policy's value.
    pub one: Value,
    /// The other's.
    pub other: Value,
}

impl Policy {
    /// In which values two policies differ, in the order of their fields.
    ///
    /// ```
    /// use kezek::Policy;
    /// let (akmola, aktobe) = (Policy::named("akmola-2018")?, Policy::named("aktobe-2018")?);
    /// let paths: Vec<String> = akmola.compare(&aktobe).into_iter().map(|value| value.path).collect();
    /// assert_eq!(paths, ["interest", "name", "zone"]);
    /// # Ok::<(), kezek::Error>(())
    /// ```
    #[must_use]
    pub fn compare(&self, other: &Policy) -> Vec<PolicyDifference> {
        let mut differences = Vec::new();
        differ("", &whole(self), &whole(other), &mut differences);
        differences
    }
}

fn whole(policy: &Policy) -> Map<String, Value> {
    match crate::written::json_value(policy) {
        Value::Object(map) => super::read::with_the_usual(map),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

fn differ(
    under: &str,
    one: &Map<String, Value>,
    other: &Map<String, Value>,
    found: &mut Vec<PolicyDifference>,
) {
    for key in crate::sorted::Set::from_iter(one.keys().chain(other.keys()).map(|key| (key, ()))).keys() {
        let (one, other) = (one.get(key).unwrap_or(&Value::Null), other.get(key).unwrap_or(&Value::Null));
        let path = if under.is_empty() { key.clone() } else { format!("{under}.{key}") };
        // Records are compared key by key; a term or a list is one value.
        let merged = super::read::MERGED.contains(&key.as_str());
        if let (true, Value::Object(one), Value::Object(other)) = (merged, one, other) {
            differ(&path, one, other, found);
        } else if one != other {
            found.push(PolicyDifference { path, one: one.clone(), other: other.clone() });
        }
    }
}
