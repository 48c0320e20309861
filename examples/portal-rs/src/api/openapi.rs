//! The OpenAPI document. The addresses come from the handlers; what stands in bodies comes from the library's own
//! JSON Schema, so that the two cannot part.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Info, OpenApi, Ref, RefOr, Schema};
use utoipa::{OpenApi as _, ToResponse};

use super::problem::Told;

/// The schema of the wire.
const WIRE: &str = include_str!("../../../../schema/kezek.json");

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(Told), responses(Wrong)))]
struct Base;

/// What is wrong.
#[derive(ToResponse)]
#[response(description = "What is wrong", content_type = "application/problem+json")]
pub(crate) struct Wrong(#[allow(dead_code, reason = "only its schema counts")] Told);

/// The document before the routes are added.
pub(crate) fn document() -> OpenApi {
    let mut document = Base::openapi();
    document.info = Info::new("kezek portal", env!("CARGO_PKG_VERSION"));
    document.info.description = Some(
        "The queue for kindergarten places of a settlement: a JSON API over the journal of kezek.".to_owned(),
    );
    if let Some(components) = &mut document.components {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.security_schemes.insert("token".to_owned(), SecurityScheme::Http(bearer).into());
    }
    document
}

/// A person of the wire.
pub(crate) fn person() -> RefOr<Schema> {
    Ref::from_schema_name("Person").into()
}

/// A kindergarten of the wire.
pub(crate) fn kindergarten() -> RefOr<Schema> {
    Ref::from_schema_name("Kindergarten").into()
}

/// The two words of a vacancy's state.
pub(crate) fn vacancy_state() -> RefOr<Schema> {
    let words = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["waiting", "free_choice"]));
    words.build().into()
}

/// The document with every schema that it names.
pub(crate) fn finished(document: &OpenApi) -> String {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    let mut wire: Value = serde_json::from_str(WIRE).unwrap_or_default();
    rename(&mut wire);
    let mut known =
        wire.get_mut("$defs").and_then(Value::as_object_mut).map(std::mem::take).unwrap_or_default();
    known.extend(own(&known));
    let mut needed = Map::new();
    let mut wanted = names(&document);
    while let Some(name) = wanted.pop() {
        if let Some(schema) = known.get(&name)
            && !needed.contains_key(&name)
        {
            wanted.extend(names(schema));
            needed.insert(name, schema.clone());
        }
    }
    settle(&mut document);
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        schemas.extend(needed);
    }
    document.to_string()
}

/// What utoipa cannot say of a schema that it does not know: a body is required, and a header is never null.
fn settle(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let operations = paths.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut);
    for operation in operations.flat_map(Map::values_mut) {
        if let Some(Value::Object(body)) = operation.get_mut("requestBody") {
            body.insert("required".to_owned(), true.into());
        }
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            if let Some(kind) = parameter.pointer_mut("/schema/type")
                && let Some(first) = kind.as_array().and_then(|kinds| kinds.first()).cloned()
            {
                *kind = first;
            }
        }
    }
}

/// The document, as an answer.
pub(crate) fn answer(document: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document.to_owned()).into_response()
}

/// The portal's own shapes around those of the wire.
fn own(wire: &Map<String, Value>) -> Map<String, Value> {
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let list = |name: &str| json!({ "type": "array", "items": of(name) });
    let object = |fields: Value| {
        let required: Vec<String> = fields.as_object().into_iter().flat_map(Map::keys).cloned().collect();
        json!({ "type": "object", "properties": fields, "required": required })
    };
    let revision = json!({ "type": "integer", "minimum": 1 });
    let text = json!({ "type": "string" });
    let dossier = object(json!({
        "card": of("CardRow"), "position": of("PositionView"), "history": list("Event"),
        "documents": list("DocumentView"), "revision": revision,
    }));
    let position = object(json!({
        "number": { "type": "integer" }, "in_group_year": { "type": "integer" },
        "in_benefit": { "type": "integer" }, "revision": revision,
    }));
    let answer = object(json!({
        "revision": revision, "events": list("Event"), "denials": list("Denial"),
        "dossier": { "anyOf": [of("Dossier"), { "type": "null" }] },
    }));
    let row = object(json!({ "settlement": text, "policy": text, "zone": text, "revision": revision }));
    let me = json!({
        "type": "object", "required": ["role", "settlements"],
        "properties": {
            "role": { "enum": ["applicant", "staff", "department", "operator"] }, "iin": text, "name": text,
            "kindergartens": { "type": "array", "items": text }, "settlements": { "type": "array", "items": text },
        },
    });
    let ready =
        object(json!({ "ready": { "type": "boolean" }, "faults": { "type": "array", "items": text } }));
    let own = [
        ("Dossier", dossier),
        ("Dossiers", list("Dossier")),
        ("Position", position),
        ("CommandAnswer", answer),
        ("Check", object(json!({ "denials": list("Denial") }))),
        ("Settlements", json!({ "type": "array", "items": row })),
        ("Me", me),
        ("Ready", ready),
        ("Vacancies", list("VacancyRow")),
        ("Queue", list("QueueRow")),
        ("QuestionAnswer", json!({ "description": "What the view of that name answers" })),
        ("PortalCommand", portal_command(wire)),
    ];
    own.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// The commands of the wire, without what the request itself says.
fn portal_command(wire: &Map<String, Value>) -> Value {
    let mut commands = Vec::new();
    gather(wire.get("Command").unwrap_or(&Value::Null), wire, &mut commands);
    json!({ "anyOf": commands })
}

/// The objects of a choice, of choices and of names; what an object itself leaves to choose stays in it.
fn gather(schema: &Value, wire: &Map<String, Value>, commands: &mut Vec<Value>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next()) {
        return gather(wire.get(name).unwrap_or(&Value::Null), wire, commands);
    }
    let mut schema = schema.clone();
    let Some(Value::Object(fields)) = schema.get_mut("properties") else {
        let choices = ["anyOf", "oneOf"].iter().filter_map(|key| schema.get(key)?.as_array());
        return choices.flatten().for_each(|branch| gather(branch, wire, commands));
    };
    fields.retain(|name, _| !["by", "key", "expected_revision"].contains(&name.as_str()));
    commands.push(schema);
}

/// What a schema refers to.
fn names(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
            own.map(str::to_owned).into_iter().chain(fields.values().flat_map(names)).collect()
        }
        Value::Array(items) => items.iter().flat_map(names).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// `#/$defs/X` is `#/components/schemas/X` here.
fn rename(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(name)) = fields.get_mut("$ref") {
                *name = name.replace("#/$defs/", "#/components/schemas/");
            }
            fields.values_mut().for_each(rename);
        }
        Value::Array(items) => items.iter_mut().for_each(rename),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
