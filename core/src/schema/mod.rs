//! JSON Schema of the wire, made from the types themselves: one truth for every language.
//!
//! The types derive their schemas, values that are read by hand say theirs in `values`. `shape` then makes of
//! each flattened enum a union of closed objects, which validators and generators of types both understand.

mod given;
mod scenario;
mod shape;
mod values;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};

use crate::json::{Question, WhichEvent};
use crate::{
    ApplicationView, ButtonRow, Calendar, CardRow, CheckedForm, Command, DeadlineView, Denial, DocumentView,
    Effect, EnrolledRow, Error, Event, Forecast, Form, Message, Outcome, OverrideRow, Permission, Policy,
    PolicyDifference, PolicyEffect, PositionChange, PositionView, Proof, QueueRow, ReferralView, Seal,
    Snapshot, VacancyRow,
};

/// A JSON object: a schema, or schemas by their names.
type Object = Map<String, Value>;

/// The JSON Schemas (draft 2020-12) of the wire, by the names of their files.
///
/// `command`, `question`, `form` and `policy` say what is read; `event`, `outcome`, `denial`, `error`, `answers`
/// (one property for each view), `checked_form`, `snapshot` what is written, and what a `card` and its `effect`s are;
/// `calendar` and `scenario` are both. `kezek` has all of
/// them in its `$defs`, for generators of types.
///
/// ```
/// let schemas = kezek::schemas();
/// assert_eq!(schemas["command"]["$ref"], "#/$defs/Command");
/// ```
#[must_use]
pub fn schemas() -> BTreeMap<&'static str, Value> {
    let defs = definitions();
    let mut schemas: BTreeMap<_, _> =
        FILES.iter().map(|(file, root)| (*file, Value::Object(shape::file(root, &defs)))).collect();
    let roots = FILES.iter().map(|(_, root)| *root);
    let all = json!({ "$schema": shape::DRAFT, "title": "kezek", "$defs": shape::reached(roots, &defs) });
    schemas.insert("kezek", all);
    schemas
}

/// Each file and the definition that it is about.
const FILES: [(&str, &str); 16] = [
    ("answers", "Answers"),
    ("calendar", "Calendar"),
    ("card", "CardRow"),
    ("checked_form", "CheckedForm"),
    ("command", "Command"),
    ("denial", "Denial"),
    ("difference", "PolicyDifference"),
    ("effect", "Effect"),
    ("error", "Error"),
    ("event", "Event"),
    ("form", "Form"),
    ("outcome", "Outcome"),
    ("policy", "GivenPolicy"),
    ("question", "Question"),
    ("scenario", "Scenario"),
    ("snapshot", "Snapshot"),
];

/// Everything by its name.
fn definitions() -> Object {
    let mut written = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let generator = &mut written;
    add::<Answers>(generator);
    add::<Calendar>(generator);
    add::<CardRow>(generator);
    add::<CheckedForm>(generator);
    add::<Command>(generator);
    add::<Denial>(generator);
    add::<Effect>(generator);
    add::<Error>(generator);
    add::<Event>(generator);
    add::<Outcome>(generator);
    add::<Policy>(generator);
    add::<PolicyDifference>(generator);
    add::<Snapshot>(generator);
    add::<WhichEvent>(generator);
    let mut defs = written.take_definitions(true);
    // Questions and forms are only ever read: what may be missing there is what their types leave open.
    let mut read = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    add::<Form>(&mut read);
    add::<Question>(&mut read);
    let read = read.take_definitions(true);
    defs.extend(shape::spread("Question", "Question", &read));
    for (name, schema) in read {
        defs.entry(name).or_insert(schema);
    }
    for (name, suffix) in [("Command", "Command"), ("Event", "Event"), ("Denial", "Denial")] {
        let variants = shape::spread(name, suffix, &defs);
        defs.extend(variants);
    }
    given::add(&mut defs);
    scenario::add(&mut defs);
    defs.values_mut().for_each(shape::tidy);
    defs
}

fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
    let _ = generator.subschema_for::<T>();
}

/// The answer to each question, by its view.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is never made: it names the type of each answer")]
struct Answers {
    application: ApplicationView,
    card: CardRow,
    form: CheckedForm,
    position: PositionView,
    explain_position: PositionChange,
    permissions: Vec<Permission>,
    buttons: Vec<ButtonRow>,
    next_deadline: Option<DeadlineView>,
    deadlines: Vec<DeadlineView>,
    vacancies: Vec<VacancyRow>,
    journal: Vec<ApplicationView>,
    archive: Vec<ApplicationView>,
    referral: ReferralView,
    enrolled: Vec<EnrolledRow>,
    queue: Vec<QueueRow>,
    history: Vec<Event>,
    documents: Vec<DocumentView>,
    messages: Vec<Message>,
    overrides: Vec<OverrideRow>,
    forecast: Forecast,
    preview_policy: Vec<PolicyEffect>,
    seal: Seal,
    proof: Proof,
    #[schemars(schema_with = "values::digest")]
    digest: String,
}
