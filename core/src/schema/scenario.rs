//! The files of `tests/scenarios/` (wire.md 7).

use serde_json::{Value, json};

use super::Object;
use super::shape::link;

/// Adds a scenario, its steps and what they expect.
pub(super) fn add(defs: &mut Object) {
    let text = || json!({ "type": "string" });
    let list = |items: Value| json!({ "type": "array", "items": items });
    // What is expected to fail may be anything.
    let fails = json!({
        "required": ["expect"],
        "properties": { "expect": { "type": "object", "required": ["error"] } },
    });
    let one = |key: &str| json!({ "required": [key] });
    let scenario = json!({
        "description": "A story that every language must tell alike.",
        "type": "object",
        "properties": {
            "title": text(),
            "rules": list(json!({ "description": "Ids such as R47.", "type": "string", "pattern": "^[A-Z][0-9]+$" })),
            "policy": { "description": "A name or a policy; anything where it must be refused." },
            "prefix": { "description": "Of the numbers that the register gives; else UO.", "type": "string" },
            "note": text(),
            "steps": list(link("ScenarioStep")),
            "expect": {
                "description": "Where the policy must be refused: there are no steps then.",
                "type": "object",
                "properties": { "error": link("ErrorCode"), "fields": list(text()) },
                "required": ["error"],
            },
        },
        "required": ["title", "rules", "policy"],
        "oneOf": [one("steps"), one("expect")],
        "if": fails,
        "else": { "properties": { "policy": link("GivenPolicy") } },
    });
    let step = json!({
        "description": "One thing done, checked or asked at an instant, and what must come of it.",
        "type": "object",
        "properties": {
            "at": { "description": "An instant; anything where the error is malformed.", "type": "string" },
            "do": { "description": "A command." },
            "check": { "description": "A command that is only checked." },
            "ask": { "description": "A question." },
            "advance": { "description": "What has fallen due is settled.", "const": true },
            "expect": { "description": "A question's answer; else events, denials or an error." },
            "note": text(),
        },
        "required": ["at"],
        "oneOf": [one("do"), one("check"), one("ask"), one("advance")],
        "allOf": [
            {
                "if": fails,
                "else": {
                    "properties": {
                        "at": link("Moment"),
                        "do": link("Command"),
                        "check": link("Command"),
                        "ask": link("Question"),
                    },
                },
            },
            { "if": one("ask"), "else": { "properties": { "expect": link("Expected") } } },
        ],
    });
    let expected = json!({
        "description": "Each event contains at least the fields given.",
        "type": "object",
        "properties": {
            "events": list(json!({ "type": "object", "required": ["type"] })),
            "denials": list(text()),
            "error": link("ErrorCode"),
        },
    });
    for (name, schema) in [("Scenario", scenario), ("ScenarioStep", step), ("Expected", expected)] {
        defs.insert(name.to_owned(), schema);
    }
}
