//! The schemas of values that are read and written by hand: each says what its parser takes.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;

use crate::policy::MonthDay;
use crate::{
    ApplicationNumber, BenefitId, Calendar, CalendarYear, Day, Error, ErrorCode, Kindergarten, Moment,
    Person, ReferralNumber, Rule, Snapshot, Sum, Term, Unit, Which, Zone,
};

/// Gives a type its name and its schema; `$generator` leads to other types.
macro_rules! schema {
    ($type:ty, $name:literal, |$generator:ident| $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

schema!(Moment, "Moment", |_generator| json_schema!({
    "description": "An instant: RFC 3339 with an offset, whole seconds.",
    "type": "string",
    "format": "date-time",
    "examples": ["2018-03-16T18:20:00+06:00"],
}));

schema!(Day, "Day", |_generator| json_schema!({
    "description": "A local date of the register's zone.",
    "type": "string",
    "format": "date",
    "examples": ["2018-09-09"],
}));

schema!(MonthDay, "MonthDay", |_generator| json_schema!({
    "description": "A day of every year; 29 February is none.",
    "type": "string",
    "pattern": "^((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)$",
    "examples": ["10-01"],
}));

schema!(Term, "Term", |_generator| {
    let units = Unit::ALL.map(|unit| {
        let unit = unit.as_str();
        json!({
            "type": "object",
            "properties": { unit: { "type": "integer", "minimum": 1, "maximum": 9999 } },
            "required": [unit],
            "additionalProperties": false,
        })
    });
    json_schema!({ "description": "A length of time: so many of one unit.", "oneOf": units })
});

schema!(Zone, "Zone", |_generator| json_schema!({
    "description": "A time zone of Kazakhstan, by its IANA name.",
    "type": "string",
    "enum": Zone::ALL.map(Zone::name),
}));

schema!(Rule, "Rule", |_generator| json_schema!({
    "description": "The id of a rule: stated in an instruction (R47), decided (O13) or a fact (F18).",
    "type": "string",
    "pattern": "^[ROF][0-9]{2,3}$",
}));

schema!(Person, "Person", |_generator| json_schema!({
    "description": "A person: twelve digits with a right check digit (IIN), or \"p:\" and 1 to 64 characters, \
                    a pseudonym of the host's choice. The check digit is not said here.",
    "type": "string",
    "pattern": r"^([0-9]{4}[0-37-9][0-9]{7}|p:[\s\S]{1,64})$",
}));

schema!(Sum, "Sum", |_generator| json_schema!({
    "description": "A SHA-256: 64 hexadecimal digits.",
    "type": "string",
    "pattern": "^[0-9a-f]{64}$",
}));

schema!(ReferralNumber, "ReferralNumber", |_generator| json_schema!({
    "description": "The number of a referral: ten digits. A string: leading zeros are kept.",
    "type": "string",
    "pattern": "^[0-9]{10}$",
}));

/// Text of 1 to 64 characters.
fn short(description: &str) -> Schema {
    json_schema!({ "description": description, "type": "string", "minLength": 1, "maxLength": 64 })
}

schema!(ApplicationNumber, "ApplicationNumber", |_generator| {
    short("The number of an application. Two are the same when they are equal after У→U, О→O.")
});

schema!(Kindergarten, "Kindergarten", |_generator| {
    short("A kindergarten, by a name of the host's choice.")
});

schema!(BenefitId, "BenefitId", |_generator| short("The id of a benefit in the policy's list."));

schema!(Calendar, "Calendar", |generator| json_schema!({
    "description": "A calendar of working days, as it was known on one day.",
    "type": "object",
    "properties": {
        "id": short("Its name."),
        "known_at": generator.subschema_for::<Day>(),
        "years": {
            "description": "The years whose days are known; every other year is projected.",
            "type": "object",
            "patternProperties": {
                "^(20[0-9]{2}|21[0-4][0-9]|2150)$": generator.subschema_for::<CalendarYear>(),
            },
            "additionalProperties": false,
        },
    },
    "required": ["id", "known_at", "years"],
}));

schema!(Error, "Error", |generator| json_schema!({
    "description": "Input that cannot be read. Nothing has changed.",
    "type": "object",
    "properties": {
        "code": generator.subschema_for::<ErrorCode>(),
        "path": { "description": "The field that is wrong, such as child.iin.", "type": "string" },
        "expected": { "description": "What was expected there.", "type": "string" },
        "found": {
            "description": "What was found instead. A personal number is described, never quoted.",
            "type": "string",
        },
        "fields": {
            "description": "With invalid_policy: the path of every fault.",
            "type": "array",
            "items": { "type": "string" },
        },
    },
    "required": ["code"],
}));

schema!(Snapshot, "Snapshot", |generator| json_schema!({
    "description": "A register at rest: its state and its history.",
    "type": "object",
    "properties": {
        "format": { "const": 1 },
        "now": generator.subschema_for::<Option<Moment>>(),
        "digest": digest(generator),
        "book": { "description": "The state: opaque, made by the history.", "type": "object" },
        "history": { "description": "The events.", "type": "array", "items": { "type": "object" } },
        "sum": {
            "description": "The SHA-256 of now and the history; none in a snapshot of an earlier version.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
        },
    },
    "required": ["format", "now", "digest", "book", "history"],
}));

/// The digest of a register.
pub(super) fn digest(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "description": "The SHA-256 of the canonical state, equal in every language.",
        "type": "string",
        "pattern": "^k1:[0-9a-f]{64}$",
    })
}

fn said(mut schema: Schema, description: &str) -> Schema {
    schema.insert("description".to_owned(), description.into());
    schema
}

/// Null is read as if the key were not there, so each key may be null, and exactly one is not.
impl JsonSchema for Which {
    fn schema_name() -> Cow<'static, str> {
        "Which".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = |key: &str| json!({ "required": [key], "properties": { key: { "type": "string" } } });
        json_schema!({
            "type": "object",
            "properties": {
                "referral": said(generator.subschema_for::<Option<ReferralNumber>>(), "By number."),
                "application": said(
                    generator.subschema_for::<Option<ApplicationNumber>>(),
                    "By the application's number.",
                ),
                "child": said(
                    generator.subschema_for::<Option<Person>>(),
                    "By the child: its active application, else the enrolled one, else the latest closed one.",
                ),
            },
            "oneOf": [one("referral"), one("application"), one("child")],
        })
    }
}
