//! Questions of the wire (wire.md 4), for those who may ask them.

use axum::response::Response;
use kezek::{Actor, View, Which};
use serde_json::{Map, Value};

use super::Problem;
use super::caller::{At, Known, Object};
use super::dossier::{json, written};
use super::rights::Rights;
use crate::settlement::Readers;

/// Any question of the wire. Applicants ask about their own applications and what is public, staff also about
/// referrals to them and the children in their kindergartens, the department and the operator about everything.
#[utoipa::path(post, path = "/api/v1/settlements/{settlement}/questions", tag = "questions",
    params(("settlement" = String, Path)),
    request_body(content = ref("#/components/schemas/Question"), content_type = "application/json"),
    responses(
        (status = 200, description = "The answer to that question", body = ref("#/components/schemas/QuestionAnswer")),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ), security(("token" = [])))]
pub(crate) async fn ask(
    Known(caller): Known,
    At(settlement): At,
    Object(question): Object,
) -> Result<Response, Problem> {
    let answer = settlement.ask(|readers, view, now| {
        let rights = Rights::of(&caller.actor, view);
        let revision = readers.register.revision();
        if !may(&question, &caller.actor, &rights, readers, view) {
            return Ok((Err(Problem::forbidden()), revision));
        }
        let answer = readers.register.ask_json(&Value::Object(question.clone()), &now.to_string())?;
        Ok((Ok(written(readers, &answer)), revision))
    });
    let (text, revision) = answer.await.map_err(|error| Problem::of_question(error, &question))?;
    Ok(json(text?, revision))
}

/// Whether somebody may ask that. What cannot be read may be asked: the answer says what is wrong with it.
fn may(
    question: &Map<String, Value>,
    actor: &Actor,
    rights: &Rights,
    readers: &Readers,
    view: View<'_>,
) -> bool {
    if let Rights::All = rights {
        return true;
    }
    let named = |field: &str| question.get(field).and_then(Value::as_str);
    let of = || match (named("application"), named("referral"), named("child")) {
        (Some(application), ..) => application.parse().ok(),
        (None, Some(referral), _) => {
            let which = Which::Referral(referral.parse().ok()?);
            view.referral(&which).ok().map(|referral| referral.application)
        }
        (None, None, Some(child)) => {
            let which = Which::Child(child.parse().ok()?);
            view.referral(&which).ok().map(|referral| referral.application)
        }
        (None, None, None) => None,
    };
    match named("view") {
        Some("position" | "vacancies" | "queue" | "form" | "seal") | None => true,
        // A whole journal of the caller's own would be replayed: the portal has its own.
        Some("explain_position") => {
            !question.contains_key("events")
                && of().is_some_and(|number| rights.read(&number, &readers.index))
        }
        Some(
            "application" | "card" | "deadlines" | "history" | "documents" | "forecast" | "buttons"
            | "referral" | "proof",
        ) => of().is_some_and(|number| rights.read(&number, &readers.index)),
        Some("permissions") => match named("kindergarten") {
            Some(kindergarten) => rights.serve(kindergarten),
            None => of().is_some_and(|number| rights.read(&number, &readers.index)),
        },
        Some("enrolled") => named("kindergarten").is_some_and(|kindergarten| rights.serve(kindergarten)),
        Some("journal") => match actor {
            Actor::Applicant { iin } => named("iin") == Some(iin.reveal().as_str()),
            Actor::Staff { .. } | Actor::Department | Actor::Operator { .. } => false,
        },
        Some(_) => false,
    }
}
