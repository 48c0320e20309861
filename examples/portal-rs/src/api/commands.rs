//! Commands: what the rules do or deny.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use kezek::{ApplicationNumber, Event, Outcome, View, Which};
use serde::Serialize;
use serde_json::{Map, Value};

use super::Problem;
use super::caller::{At, Known, Object};
use super::dossier::{Dossier, json, written};
use super::rights::Rights;
use crate::auth::Caller;
use crate::settlement::Readers;

/// The longest key.
const KEY: usize = 200;

/// Has a command done. It is on the disk when this answers. The same command with the same key again is harmless:
/// it is answered with what was done then.
#[utoipa::path(post, path = "/api/v1/settlements/{settlement}/commands", tag = "commands",
    params(("settlement" = String, Path),
        ("Idempotency-Key" = String, Header, description = "The host's name of this request", min_length = 1, max_length = 200),
        ("If-Match" = Option<String>, Header, pattern = "^\"[0-9]{1,15}\"$", description = "Only at this revision: `\"17\"`")),
    request_body(content = ref("#/components/schemas/PortalCommand"), content_type = "application/json"),
    responses(
        (status = 200, description = "Done", body = ref("#/components/schemas/CommandAnswer")),
        (status = 409, description = "Denied, with every reason", body = ref("#/components/schemas/CommandAnswer")),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ), security(("token" = [])))]
pub(crate) async fn command(
    Known(caller): Known,
    At(settlement): At,
    headers: HeaderMap,
    Object(body): Object,
) -> Result<Response, Problem> {
    let key = text(&headers, "idempotency-key")?.unwrap_or_default();
    if key.is_empty() || key.chars().count() > KEY {
        let found = format!("{} characters", key.chars().count());
        return Err(Problem::malformed("Idempotency-Key", "1 to 200 characters", &found));
    }
    let mut command = full(body, &caller, &headers)?;
    command.insert("key".to_owned(), key.into());
    let command = Value::Object(command);
    let done = settlement.command(command.clone()).await?;
    let answer = settlement.ask(|readers, view, _| {
        let rights = Rights::of(&caller.actor, view);
        let about = concerned(readers, view, &command, &done.outcome);
        let about = about.filter(|about| rights.read(about, &readers.index));
        let dossier = about.and_then(|about| Dossier::of(readers, view, &about).ok());
        let answer = Answer {
            revision: done.revision,
            events: done
                .outcome
                .events
                .iter()
                .map(AsRef::as_ref)
                .filter(|event| rights.see(event, readers))
                .collect(),
            denials: &done.outcome.denials,
            dossier,
        };
        Ok(written(readers, &answer))
    });
    let mut response = json(answer.await?, done.revision);
    if !done.outcome.denials.is_empty() {
        *response.status_mut() = StatusCode::CONFLICT;
    }
    Ok(response)
}

#[derive(Serialize)]
struct Answer<'a> {
    revision: u64,
    events: Vec<&'a Event>,
    denials: &'a [kezek::Denial],
    dossier: Option<Dossier<'a>>,
}

/// What stands against a command. Nothing happens.
#[utoipa::path(post, path = "/api/v1/settlements/{settlement}/checks", tag = "commands",
    params(("settlement" = String, Path),
        ("If-Match" = Option<String>, Header, pattern = "^\"[0-9]{1,15}\"$", description = "Only at this revision: `\"17\"`")),
    request_body(content = ref("#/components/schemas/PortalCommand"), content_type = "application/json"),
    responses(
        (status = 200, description = "Nothing, or every reason", body = ref("#/components/schemas/Check")),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ), security(("token" = [])))]
pub(crate) async fn check(
    Known(caller): Known,
    At(settlement): At,
    headers: HeaderMap,
    Object(body): Object,
) -> Result<Response, Problem> {
    let command = Value::Object(full(body, &caller, &headers)?);
    let answer = settlement.ask(|readers, _, now| {
        let denials = readers.register.check_wire(command.clone(), now)?;
        let answer = Map::from_iter([("denials".to_owned(), readers.register.write(&denials))]);
        Ok((written(readers, &answer), readers.register.revision()))
    });
    let (text, revision) = answer.await?;
    Ok(json(text, revision))
}

/// The command as the rules read it: with who asks, and at which revision.
fn full(
    mut body: Map<String, Value>,
    caller: &Caller,
    headers: &HeaderMap,
) -> Result<Map<String, Value>, Problem> {
    for (field, instead) in [
        ("by", "the token says it"),
        ("key", "the header Idempotency-Key"),
        ("expected_revision", "the header If-Match"),
    ] {
        if body.contains_key(field) {
            return Err(Problem::malformed(field, instead, "the field"));
        }
    }
    body.insert("by".to_owned(), kezek::json_value(&caller.actor));
    if let Some(revision) = expected(headers)? {
        body.insert("expected_revision".to_owned(), revision.into());
    }
    Ok(body)
}

/// The revision that `If-Match` names.
fn expected(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(tag) = text(headers, header::IF_MATCH.as_str())? else { return Ok(None) };
    if tag == "*" {
        return Ok(None);
    }
    let revision = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')?.parse().ok());
    revision
        .map(Some)
        .ok_or_else(|| Problem::malformed("If-Match", "a revision such as \"17\"", "something else"))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Problem> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    // Letters beyond ASCII do not belong into a header.
    let plain = value.to_str().map_err(|_| Problem::malformed(name, "plain ASCII", "something else"))?;
    Ok(Some(plain.trim()))
}

/// The application that a command was about.
fn concerned(
    readers: &Readers,
    view: View<'_>,
    command: &Value,
    outcome: &Outcome,
) -> Option<ApplicationNumber> {
    let named = |field: &str| command.get(field).and_then(Value::as_str);
    if let Some(application) = named("application").and_then(|number| number.parse().ok()) {
        return Some(application);
    }
    let which = match (named("referral"), command.get("child").and_then(Value::as_str)) {
        (Some(referral), _) => Some(Which::Referral(referral.parse().ok()?)),
        (None, Some(child)) => Some(Which::Child(child.parse().ok()?)),
        (None, None) => None,
    };
    if let Some(which) = which {
        return view.referral(&which).ok().map(|referral| referral.application);
    }
    // A registration: the number that it was given.
    let own =
        outcome.events.iter().find(|event| event.fact.name() == "registered" && event.command.is_some());
    let own = own.and_then(|event| event.fact.application()).cloned();
    own.filter(|own| !readers.index.events_of(own).is_empty())
}
