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

use crate::json::Question;
use crate::{
    ApplicationView, Calendar, Command, DeadlineView, Denial, DocumentView, EnrolledRow, Error, Event,
    Forecast, Outcome, OverrideRow, Permission, Policy, PolicyDifference, PolicyEffect, PositionView,
    QueueRow, ReferralView, Snapshot, VacancyRow,
};

/// A JSON object: a schema, or schemas by their names.
type Object = Map<String, Value>;

/// The JSON Schemas (draft 2020-12) of the wire, by the names of their files.
///
/// `command`, `question` and `policy` say what is read; `event`, `outcome`, `denial`, `error`, `answers` (one
/// property for each view), `snapshot` what is written; `calendar` and `scenario` are both. `kezek` has all of
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
const FILES: [(&str, &str); 12] = [
    ("answers", "Answers"),
    ("calendar", "Calendar"),
    ("command", "Command"),
    ("denial", "Denial"),
    ("difference", "PolicyDifference"),
    ("error", "Error"),
    ("event", "Event"),
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
    add::<Command>(generator);
    add::<Denial>(generator);
    add::<Error>(generator);
    add::<Event>(generator);
    add::<Outcome>(generator);
    add::<Policy>(generator);
    add::<PolicyDifference>(generator);
    add::<Snapshot>(generator);
    let mut defs = written.take_definitions(true);
    // A question is only ever read: what may be missing there is what its type leaves open.
    let mut read = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    add::<Question>(&mut read);
    let questions = shape::spread("Question", "Question", &read.take_definitions(true));
    defs.extend(questions);
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
    position: PositionView,
    permissions: Vec<Permission>,
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
    overrides: Vec<OverrideRow>,
    forecast: Forecast,
    preview_policy: Vec<PolicyEffect>,
    #[schemars(schema_with = "values::digest")]
    digest: String,
}
