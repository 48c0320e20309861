//! Where what is read is wider than what is written: reasons, policies, imports.

use serde_json::{Value, json};

use super::Object;
use super::shape::link;
use crate::Policy;
use crate::policy::MERGED;

/// Adds the forms that are read, and lets commands and questions take them.
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
        if name.ends_with("Command") || name.ends_with("Question") {
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
    let mut over = defs.get("Policy").cloned().unwrap_or_default();
    over["description"] =
        "What differs from a shipped policy: a record is merged key by key, everything else is replaced."
            .into();
    over["required"] = json!(["base"]);
    over["properties"]["base"] = link("PolicyName");
    for key in MERGED {
        let property = &mut over["properties"][key];
        let Some(record) = linked(property).map(str::to_owned) else { continue };
        let part = format!("{record}OverBase");
        relink(property, &record, &part);
        let mut merged = defs.get(&record).cloned().unwrap_or_default();
        merged["required"] = json!([]);
        defs.insert(part, merged);
    }
    defs.insert("PolicyName".to_owned(), name);
    defs.insert("PolicyOverBase".to_owned(), over);
    defs.insert(
        "GivenPolicy".to_owned(),
        json!({
            "description": "A policy as it is given: a name, what differs from one, or every value.",
            "anyOf": [link("PolicyName"), link("PolicyOverBase"), link("Policy")],
        }),
    );
}

/// The definition that a schema, or the first of its alternatives, leads to.
fn linked(schema: &Value) -> Option<&str> {
    let link = schema.get("$ref").or_else(|| schema.get("anyOf")?.get(0)?.get("$ref"));
    link?.as_str()?.rsplit('/').next()
}

/// Links inside a schema that lead to one definition lead to another.
fn relink(schema: &mut Value, from: &str, to: &str) {
    match schema {
        Value::Object(object) => {
            if object.get("$ref") == link(from).get("$ref") {
                object.insert("$ref".to_owned(), link(to)["$ref"].clone());
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
        let stage = properties.entry("stage").or_insert_with(|| json!({}));
        stage["not"] = json!({ "const": "closed" });
        let parents = properties.entry("parents").or_insert_with(|| json!({}));
        parents["type"] = json!(["array", "null"]);
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
