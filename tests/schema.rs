//! The committed JSON Schemas are those of the types, and they say what the library reads and writes: every
//! scenario's commands, questions, answers, events and policies are held against them.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use kezek::{Command, Form, Opening, Policy, Register};
use serde_json::{Value, json};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn json_files(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<(String, String)> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

fn scenarios() -> Vec<(String, Value)> {
    let parsed = |text: String| serde_json::from_str(&text).expect("JSON");
    let files = json_files(&folder("tests/scenarios")).into_iter();
    files.map(|(name, text)| (name, parsed(text))).collect()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::options().should_validate_formats(true).build(schema).expect("a schema")
}

/// The validator of a file.
fn of(file: &str) -> Validator {
    validator(&kezek::schemas()[file])
}

/// The validators of each view's answer.
fn of_answers() -> BTreeMap<String, Validator> {
    let mut schema = kezek::schemas()["answers"].clone();
    let views = schema["$defs"]["Answers"]["properties"].as_object().expect("views").clone();
    let mut one = |view: String| {
        schema["$ref"] = json!(format!("#/$defs/Answers/properties/{view}"));
        (view, validator(&schema))
    };
    views.into_iter().map(|(view, _)| one(view)).collect()
}

fn holds(validator: &Validator, value: &Value, what: &str) {
    let faults: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {value:#}\n{}", faults.join("\n"));
}

/// What the steps of a scenario do or check, and the error that each is expected to give.
fn commands(scenario: &Value) -> impl Iterator<Item = (&Value, Option<&str>)> {
    let steps = scenario["steps"].as_array().into_iter().flatten();
    steps.filter_map(|step| {
        let error = step.get("expect").and_then(|expect| expect.get("error")).and_then(Value::as_str);
        step.get("do").or(step.get("check")).map(|command| (command, error))
    })
}

fn open(scenario: &Value) -> Option<Register> {
    let opening = Opening::new(Policy::from_json(&scenario["policy"]).ok()?);
    match scenario["prefix"].as_str() {
        Some(prefix) => opening.prefix(prefix).open().ok(),
        None => opening.open().ok(),
    }
}

#[test]
fn the_committed_files_are_those_of_the_types() {
    let remedy = "cargo run -p kezek --features schema --example schema";
    let made: Vec<(String, String)> = kezek::schemas()
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), format!("{schema:#}\n")))
        .collect();
    let committed = json_files(&folder("schema"));
    let names = |files: &[(String, String)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&committed), names(&made), "{remedy}");
    for ((name, committed), (_, made)) in committed.iter().zip(&made) {
        assert!(committed == made, "schema/{name}.json is stale: {remedy}");
    }
}

#[test]
fn every_schema_is_one_and_leads_somewhere() {
    for (name, schema) in kezek::schemas() {
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        let _ = validator(&schema);
        let defs: BTreeSet<&String> = schema["$defs"].as_object().expect("definitions").keys().collect();
        assert!(!defs.contains(&String::new()), "{name}: a variant without a name");
    }
}

/// The schema of commands and the reader of commands agree, but for what a schema cannot say.
#[test]
fn commands_are_read_as_the_schema_says() {
    let schema = of("command");
    let mut refused = 0;
    for (name, scenario) in scenarios() {
        for (command, error) in commands(&scenario) {
            let read = Command::from_json(command).map(|_| ());
            match read {
                Ok(()) => holds(&schema, command, &name),
                Err(error) if unsaid(&error) => {}
                Err(error) => {
                    refused += 1;
                    assert!(!schema.is_valid(command), "{name}: {error}, but the schema takes it: {command}");
                }
            }
            if error.is_none() {
                holds(&schema, command, &name);
            }
        }
    }
    assert!(refused > 40, "only {refused} commands are refused");
}

/// Check digits, what a policy's values are to each other, which days a year has, and sizes in bytes.
fn unsaid(error: &kezek::Error) -> bool {
    let words = ["check digit", "already listed", "not listed yet", "a day of"];
    let text = error.to_string();
    error.code() == kezek::ErrorCode::InvalidPolicy
        || words.iter().any(|word| text.contains(word))
        || error.path() == "ext"
}

#[test]
fn what_a_register_writes_is_as_the_schema_says() {
    let [event, outcome, snapshot, denial] = ["event", "outcome", "snapshot", "denial"].map(of);
    let [question, error, policy] = ["question", "error", "policy"].map(of);
    let answers = of_answers();
    let mut kinds = BTreeSet::new();
    for (name, scenario) in scenarios() {
        let Some(mut register) = open(&scenario) else { continue };
        holds(&policy, &scenario["policy"], &name);
        for step in scenario["steps"].as_array().into_iter().flatten() {
            let at = step["at"].as_str().expect("at");
            let expected = step.get("expect").and_then(|expect| expect.get("error"));
            let answer = if let Some(command) = step.get("do") {
                register.apply_json(command, at)
            } else {
                match register.advance_json(at) {
                    Err(error) => Err(error),
                    Ok(_) if step.get("check").is_some() => register.check_json(&step["check"], at),
                    Ok(_) if step.get("ask").is_some() => {
                        if expected.is_none() {
                            holds(&question, &step["ask"], &name);
                        }
                        register.ask_json(&step["ask"], at)
                    }
                    Ok(outcome) => Ok(outcome),
                }
            };
            match answer {
                Err(refusal) => holds(&error, &serde_json::to_value(refusal).expect("JSON"), &name),
                Ok(answer) if step.get("ask").is_some() => {
                    holds(&answers[step["ask"]["view"].as_str().expect("a view")], &answer, &name);
                }
                Ok(answer) if step.get("check").is_some() => {
                    for one in answer["denials"].as_array().into_iter().flatten() {
                        holds(&denial, one, &name);
                    }
                }
                Ok(answer) => holds(&outcome, &answer, &name),
            }
        }
        for one in register.events() {
            let written = register.write(one);
            holds(&event, &written, &name);
            kinds.insert(written["type"].as_str().expect("a type").to_owned());
        }
        holds(&snapshot, &serde_json::to_value(register.snapshot()).expect("JSON"), &name);
    }
    let known = variants("event", "Event", "type");
    assert_eq!(known.difference(&kinds).collect::<Vec<_>>(), Vec::<&String>::new(), "never recorded");
}

/// The names by which the variants of a definition are told apart.
fn variants(file: &str, name: &str, tag: &str) -> BTreeSet<String> {
    let schema = &kezek::schemas()[file];
    let links = schema["$defs"][name]["oneOf"].as_array().expect("variants").iter();
    links
        .map(|link| {
            let variant =
                link["$ref"].as_str().and_then(|link| link.strip_prefix("#/$defs/")).expect("a link");
            let tag = &schema["$defs"][variant]["properties"][tag]["const"];
            tag.as_str().expect("a tag").to_owned()
        })
        .collect()
}

/// Every command, question and error of the library has its schema: their names are held against messages and
/// codes of the library itself.
#[test]
fn nothing_is_missing() {
    let mut register = Register::new(Policy::named("akmola-2018").expect("a policy")).expect("a register");
    let at = "2018-01-10T09:00:00+06:00";
    let error = register.ask_json(&json!({ "view": "?" }), at).expect_err("no such view");
    let named: BTreeSet<String> =
        error.expected().trim_start_matches("one of ").split(", ").map(str::to_owned).collect();
    assert_eq!(variants("question", "Question", "view"), named);
    let answers = &kezek::schemas()["answers"]["$defs"]["Answers"]["properties"];
    let answered: BTreeSet<String> = answers.as_object().expect("views").keys().cloned().collect();
    assert_eq!(answered, named);
    for name in variants("command", "Command", "type") {
        let error = register.apply_json(&json!({ "type": name }), at).expect_err("nothing but a type");
        assert_ne!(error.path(), "type", "{name}");
    }
    let used: BTreeSet<String> = scenarios()
        .iter()
        .flat_map(|(_, scenario)| commands(scenario))
        .filter_map(|(command, _)| command["type"].as_str().map(str::to_owned))
        .collect();
    let known = variants("command", "Command", "type");
    assert_eq!(used.difference(&known).collect::<Vec<_>>(), ["abolish"]);
    assert_eq!(known.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn scenarios_are_as_their_schema_says() {
    let schema = of("scenario");
    for (name, scenario) in scenarios() {
        holds(&schema, &scenario, &name);
    }
    let wrong = json!({ "title": "t", "rules": [], "policy": "akmola-2018", "steps": [{ "at": "2018" }] });
    assert!(!schema.is_valid(&wrong));
}

#[test]
fn shipped_policies_are_taken_and_broken_ones_are_not() {
    let schema = of("policy");
    for name in Policy::names() {
        let whole = serde_json::to_value(Policy::named(name).expect("a policy")).expect("JSON");
        holds(&schema, &whole, name);
        holds(&schema, &json!(name), name);
        holds(&schema, &json!({ "base": name, "age": { "until": { "years": 6 } } }), name);
        holds(&schema, &json!({ "base": name, "public_list": {} }), name);
        // Without a base every field must be given, null or not.
        for field in whole.as_object().expect("an object").keys() {
            let mut less = whole.clone();
            less.as_object_mut().expect("an object").remove(field);
            assert!(!schema.is_valid(&less) && Policy::from_json(&less).is_err(), "{name} without {field}");
        }
    }
    let base = |key: &str, value: Value| json!({ "base": "akmola-2018", key: value });
    let broken = [
        json!("nowhere-2018"),
        json!({ "choice_window": { "working_days": 3 } }),
        base("colour", json!("blue")),
        base("age", json!({ "limit": { "years": 7 } })),
        base("choice_window", json!(3)),
        base("choice_window", json!({})),
        base("choice_window", json!({ "working_days": 0 })),
        base("choice_window", json!({ "working_days": 10_000 })),
        base("choice_window", json!({ "working_days": 3, "hours": 1 })),
        base("zone", json!("Europe/Paris")),
        base("benefits", json!([{ "id": "", "tier": "listed" }])),
        base("interest", json!({ "yearly_by": "02-29" })),
        base("lapses_to_removal", json!(0)),
        base("blackouts", json!(["01.05.2018"])),
        base("public_list", json!({ "benefit_from": 0 })),
        base("public_list", json!({ "from": 5 })),
    ];
    for policy in &broken {
        assert!(Policy::from_json(policy).is_err(), "read: {policy}");
        assert!(!schema.is_valid(policy), "the schema takes {policy}");
    }
}

#[test]
fn forms_and_what_is_found_in_them() {
    let [form, checked] = ["form", "checked_form"].map(of);
    let policy = Policy::named("akmola-2018").expect("a policy");
    let at = "2018-01-10T09:00:00+06:00";
    let good = [
        json!({}),
        json!({ "applicant": { "iin": null, "email": "" }, "child": {}, "instruction_read": false }),
        json!({
            "applicant": { "iin": "p:parent-1", "email": "parent@example.kz", "phone": "7777777777" },
            "child": { "iin": "p:child-1", "born": "02.05.2015" },
            "benefit": "orphan", "documents": 1, "instruction_read": true,
            "channel": "egov", "channel_number": "1", "application": "A-1",
        }),
    ];
    for typed in &good {
        holds(&form, typed, "a form");
        holds(&checked, &Form::check_json(typed, &policy, at).expect("a form"), "what is found");
    }
    let bad = [
        json!([]),
        json!({ "applicant": null }),
        json!({ "child": { "iin": 1 } }),
        json!({ "applicant": { "surname": "x" } }),
        json!({ "instruction_read": "yes" }),
        json!({ "documents": -1 }),
        json!({ "channel": "post" }),
        json!({ "application": "" }),
    ];
    for typed in &bad {
        assert!(Form::from_json(typed).is_err(), "read: {typed}");
        assert!(!form.is_valid(typed), "the schema takes {typed}");
    }
}

#[test]
fn commands_at_the_edges() {
    let schema = of("command");
    let command = |more: Value| {
        let mut command = json!({ "type": "recall_referral", "reason": "moved" });
        command.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        command
    };
    let good = [
        command(json!({ "referral": "0000000101" })),
        command(json!({ "application": "A", "referral": null })),
        command(json!({ "child": "p:child-1", "reason": { "text": "moved" } })),
        command(json!({ "child": "p:child-1", "reason": { "code": null, "text": "" } })),
        command(json!({ "application": "A", "by": null, "ext": { "any": [1] } })),
        command(json!({ "application": "A", "by": { "role": "department" }, "expected_revision": 7 })),
    ];
    let bad = [
        command(json!({})),
        command(json!({ "application": "A", "referral": "1000000101" })),
        command(json!({ "application": null })),
        command(json!({ "referral": "101" })),
        command(json!({ "application": "A", "reason": null })),
        command(json!({ "application": "A", "reason": { "code": "x" } })),
        command(json!({ "application": "A", "by": { "role": "department", "name": "x" } })),
        command(json!({ "application": "A", "ext": "any" })),
        command(json!({ "application": "A", "colour": "blue" })),
        json!({ "type": "change_benefit", "application": "A" }),
        json!({ "type": "submit", "applicant": "p:p", "child": { "iin": "p:c", "born": "2015-02-30" } }),
        json!({ "application": "A" }),
        json!([]),
    ];
    for command in &good {
        assert!(Command::from_json(command).is_ok(), "not read: {command}");
        holds(&schema, command, "good");
    }
    for command in &bad {
        assert!(Command::from_json(command).is_err(), "read: {command}");
        assert!(!schema.is_valid(command), "the schema takes {command}");
    }
}
