//! Where what is read is wider than what is written: reasons, policies, imports.

use serde_json::{Value, json};

use super::Object;
use super::shape::{DEFS, link};
use crate::Policy;
use crate::policy::MERGED;

/// Adds the forms that are read, and lets commands, questions and cards take them.
pub(super) fn add(defs: &mut Object) {
    defs.insert(
        "GivenReason".to_owned(),
        json!({
            "description": "A stated reason; a plain string is read as its text.",
            "anyOf": [{ "type": "string" }, link("Reason")],
        }),
    );
    policy(defs);
    for (name, schema) in defs.iter_mut() {
        if name.ends_with("Command") || name.ends_with("Question") || name == "CardRow" {
            let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
            for property in properties.into_iter().flat_map(|properties| properties.values_mut()) {
                relink(property, "Reason", "GivenReason");
                relink(property, "Policy", "GivenPolicy");
            }
        }
    }
    if let Some(Value::Object(schema)) = defs.get_mut("ImportCommand") {
        import(schema);
    }
}

/// A policy by its name, as a base and what differs, or whole.
fn policy(defs: &mut Object) {
    let names: Vec<&str> = Policy::names().collect();
    let name = json!({ "description": "A shipped policy, by its name.", "type": "string", "enum": names });
    let mut over = object(defs.get("Policy"));
    let mut properties = object(over.get("properties"));
    for key in MERGED {
        let Some(property) = properties.get_mut(key) else { continue };
        let Some(record) = linked(property).map(str::to_owned) else { continue };
        let part = format!("{record}OverBase");
        relink(property, &record, &part);
        let mut merged = object(defs.get(&record));
        merged.remove("required");
        defs.insert(part, merged.into());
    }
    properties.insert("base".to_owned(), link("PolicyName"));
    over.insert("properties".to_owned(), properties.into());
    over.insert("required".to_owned(), json!(["base"]));
    let differs =
        "What differs from a shipped policy: a record is merged key by key, everything else is replaced.";
    over.insert("description".to_owned(), differs.into());
    defs.insert("PolicyName".to_owned(), name);
    defs.insert("PolicyOverBase".to_owned(), over.into());
    defs.insert(
        "GivenPolicy".to_owned(),
        json!({
            "description": "A policy as it is given: a name, what differs from one, or every value.",
            "anyOf": [link("PolicyName"), link("PolicyOverBase"), link("Policy")],
        }),
    );
}

fn object(schema: Option<&Value>) -> Object {
    schema.and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The definition that a schema, or the first of its alternatives, leads to.
fn linked(schema: &Value) -> Option<&str> {
    let link = schema.get("$ref").or_else(|| schema.get("anyOf")?.get(0)?.get("$ref"));
    link?.as_str()?.strip_prefix(DEFS)
}

/// Links inside a schema that lead to one definition lead to another.
fn relink(schema: &mut Value, from: &str, to: &str) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::String(own)) = object.get_mut("$ref")
                && own.strip_prefix(DEFS) == Some(from)
            {
                *own = format!("{DEFS}{to}");
            }
            object.values_mut().for_each(|value| relink(value, from, to));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| relink(value, from, to)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A stage brings its end and its vacancy (`Import::complete`); null is read as nothing.
fn import(schema: &mut Object) {
    let required = schema.get_mut("required").and_then(Value::as_array_mut);
    required.into_iter().for_each(|required| required.retain(|key| key != "benefit"));
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let mut more = |key: &str, word: &str, value: Value| {
            if let Some(Value::Object(property)) = properties.get_mut(key) {
                property.insert(word.to_owned(), value);
            }
        };
        more("stage", "not", json!({ "const": "closed" }));
        more("parents", "type", json!(["array", "null"]));
    }
    let given = |key: &str, kind: &str| json!({ "required": [key], "properties": { key: { "type": kind } } });
    let vacancy = || given("vacancy", "integer");
    let needs = [
        ("notified", json!({ "allOf": [vacancy(), given("choose_by", "string")] })),
        ("referred", json!({ "allOf": [vacancy(), given("expires_at", "string")] })),
        ("under_review", vacancy()),
        ("stop_listed", given("until", "string")),
        ("inactive", given("until", "string")),
        ("enrolled", json!({ "anyOf": [vacancy(), given("kindergarten", "string")] })),
    ];
    let conditions = needs.map(
        |(stage, then)| json!({ "if": { "properties": { "stage": { "const": stage } } }, "then": then }),
    );
    schema.insert("allOf".to_owned(), conditions.to_vec().into());
}
