//! The last touch: unions of closed objects, plain bounds, plain sentences, and files.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Object;

pub(super) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
pub(super) const DEFS: &str = "#/$defs/";

pub(super) fn link(name: &str) -> Value {
    json!({ "$ref": format!("{DEFS}{name}") })
}

fn target<'a>(schema: &Object, defs: &'a Object) -> Option<&'a Object> {
    defs.get(schema.get("$ref")?.as_str()?.strip_prefix(DEFS)?)?.as_object()
}

/// A file about one definition, with all that it leads to.
pub(super) fn file(root: &str, defs: &Object) -> Object {
    let mut file = Object::new();
    file.insert("$schema".to_owned(), DRAFT.into());
    file.insert("title".to_owned(), root.into());
    file.insert("$ref".to_owned(), format!("{DEFS}{root}").into());
    file.insert("$defs".to_owned(), reached([root], defs).into());
    file
}

/// The definitions that some lead to, themselves among them.
pub(super) fn reached<'a>(roots: impl IntoIterator<Item = &'a str>, defs: &Object) -> Object {
    let mut open: Vec<String> = roots.into_iter().map(str::to_owned).collect();
    let mut reached = Object::new();
    while let Some(name) = open.pop() {
        if let Some(schema) = defs.get(&name).filter(|_| !reached.contains_key(&name)) {
            each(schema, &mut |object| {
                let link = object.get("$ref").and_then(Value::as_str);
                open.extend(link.and_then(|link| link.strip_prefix(DEFS)).map(str::to_owned));
            });
            reached.insert(name, schema.clone());
        }
    }
    reached
}

fn each(value: &Value, look: &mut impl FnMut(&Object)) {
    match value {
        Value::Object(object) => {
            look(object);
            object.values().for_each(|value| each(value, look));
        }
        Value::Array(items) => items.iter().for_each(|value| each(value, look)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A definition that flattens an enum, as a union of its variants, each a definition of its own: an object with
/// the enum's fields and those that stand beside it.
pub(super) fn spread(name: &str, suffix: &str, defs: &Object) -> Object {
    let mut spread = Object::new();
    let Some(whole) = defs.get(name).and_then(Value::as_object) else { return spread };
    let variants = variants(whole, defs);
    let mut links = Vec::with_capacity(variants.len());
    for mut variant in variants {
        let own = variant.remove("title").and_then(|title| Some(title.as_str()?.to_owned()));
        let own = own.unwrap_or_else(|| format!("{}{suffix}", camel(tag(&variant))));
        links.push(link(&own));
        spread.insert(own, variant.into());
    }
    let description = whole.get("description").cloned().unwrap_or_default();
    spread.insert(name.to_owned(), json!({ "description": description, "oneOf": links }));
    spread
}

fn variants(schema: &Object, defs: &Object) -> Vec<Object> {
    let mut base = match target(schema, defs) {
        Some(target) => merged(target, schema),
        None => schema.clone(),
    };
    base.remove("$ref");
    for key in ["oneOf", "anyOf"] {
        let members = base.get(key).and_then(Value::as_array);
        let members: Option<Vec<Object>> =
            members.and_then(|members| members.iter().map(|member| member.as_object().cloned()).collect());
        // A union of mere conditions, such as "exactly one of these keys", stays where it is.
        let whole = |member: &Object| member.contains_key("$ref") || member.contains_key("type");
        if let Some(members) = members.filter(|members| members.iter().all(whole)) {
            base.remove(key);
            let each = members.iter().flat_map(|member| variants(member, defs));
            return each.map(|variant| merged(&base, &variant)).collect();
        }
    }
    vec![base]
}

/// Both at once; where both say something, `over` does.
fn merged(under: &Object, over: &Object) -> Object {
    let mut merged = under.clone();
    for (key, value) in over {
        match (merged.get_mut(key), value) {
            (Some(Value::Object(own)), Value::Object(more)) if key == "properties" => {
                own.extend(more.clone());
            }
            (Some(Value::Array(own)), Value::Array(more)) if key == "required" => own.extend(more.clone()),
            (_, value) => {
                merged.insert(key.clone(), value.clone());
            }
        }
    }
    merged
}

/// The name that tells a variant from the others.
fn tag(variant: &Object) -> &str {
    let properties = variant.get("properties").and_then(Value::as_object);
    let mut tags = ["type", "code", "view"].into_iter().filter_map(|tag| properties?.get(tag)?.get("const"));
    tags.next().and_then(Value::as_str).unwrap_or_default()
}

fn camel(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    });
    words.collect()
}

/// Objects are closed, numbers have plain bounds, keys stand in order, descriptions are plain sentences.
pub(super) fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if object.get("type").is_some_and(|kind| kind == "object") && object.contains_key("properties") {
                object.entry("additionalProperties").or_insert(Value::Bool(false));
            }
            number(object);
            if let Some(Value::String(text)) = object.get_mut("description") {
                *text = sentence(text);
            }
            if let Some(Value::Array(required)) = object.get_mut("required") {
                let names: BTreeSet<&str> = required.iter().filter_map(Value::as_str).collect();
                *required = names.into_iter().map(Value::from).collect();
            }
            object.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// `uint32` and the like are no formats of JSON Schema; what they mean are bounds.
fn number(object: &mut Object) {
    let format = object.get("format").and_then(Value::as_str).unwrap_or_default();
    if !format.starts_with("int") && !format.starts_with("uint") {
        return;
    }
    let most = if format == "uint32" { Some(u32::MAX) } else { None };
    object.remove("format");
    if let Some(most) = most {
        object.entry("maximum").or_insert(most.into());
    }
}

/// The first paragraph of a doc comment, on one line, without links into the Rust documentation.
fn sentence(text: &str) -> String {
    let first = text.split("\n\n").next().unwrap_or_default();
    unlinked(&first.lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

/// ``[`Term`]`` and ``[`Term`](crate::Term)`` become `Term` in backticks.
fn unlinked(text: &str) -> String {
    let mut parts = text.split("[`");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("`]").unwrap_or((part, ""));
        let rest =
            rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
        plain.push('`');
        plain.push_str(name);
        plain.push('`');
        plain.push_str(rest);
    }
    plain
}
