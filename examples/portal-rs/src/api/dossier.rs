//! Dossiers: everything that a family's page shows of an application.

#![allow(unused_qualifications, reason = "what utoipa makes of `params` says more than it must")]

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kezek::{ApplicationNumber, Card, DocumentView, Error, Event, Person, PositionView, Stage, View};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::Problem;
use super::caller::{At, Known, Somebody};
use super::rights::Rights;
use super::trace::Told;
use crate::settlement::Readers;

/// A dossier.
#[derive(Serialize)]
pub(crate) struct Dossier<'a> {
    card: Card,
    position: PositionView,
    history: Vec<&'a Event>,
    documents: Vec<DocumentView>,
    revision: u64,
}

impl Dossier<'_> {
    /// Of an application.
    pub(crate) fn of<'a>(
        readers: &'a Readers,
        view: View<'_>,
        application: &ApplicationNumber,
    ) -> Result<Dossier<'a>, Error> {
        let history: Vec<&Event> =
            readers.index.events_of(application).iter().filter_map(|seq| readers.event(*seq)).collect();
        Ok(Dossier {
            card: view.card(application)?,
            position: view.position(application)?,
            documents: history.iter().flat_map(|event| DocumentView::of(event)).collect(),
            history,
            revision: readers.register.revision(),
        })
    }
}

/// JSON with the instants in the register's zone.
pub(crate) fn written(readers: &Readers, value: &impl Serialize) -> String {
    readers.register.policy().zone().writing(|| kezek::json_text(value))
}

/// An answer that is JSON already.
pub(crate) fn json(text: String, revision: u64) -> Response {
    let mut response = ([(header::CONTENT_TYPE, "application/json")], text).into_response();
    response.extensions_mut().insert(Told(revision));
    response
}

/// What the address names.
#[derive(Deserialize)]
pub(crate) struct Named {
    application: String,
}

impl Named {
    /// The application's number.
    pub(crate) fn number(&self) -> Result<ApplicationNumber, Problem> {
        self.application.parse().map_err(|error| Problem::at_field("application", &error))
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Of this person. For the department and the operator.
    #[param(schema_with = super::openapi::person)]
    iin: Option<String>,
}

/// The applications that concern the caller: an applicant's own; of staff those with a live referral to them; of the
/// department and the operator those of a person, without one those under review.
#[utoipa::path(get, path = "/api/v1/settlements/{settlement}/applications", tag = "applications",
    params(("settlement" = String, Path), Wanted),
    responses(
        (status = 200, description = "Dossiers", body = ref("#/components/schemas/Dossiers")),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ), security(("token" = [])))]
pub(crate) async fn list(
    Known(caller): Known,
    At(settlement): At,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted?;
    let person: Option<Person> = wanted
        .iin
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|error| Problem::at_field("iin", &error))?;
    let text = settlement.ask(|readers, view, _| {
        let rights = Rights::of(&caller.actor, view);
        let numbers: Vec<ApplicationNumber> = match (&rights, &person) {
            (Rights::All, Some(person)) => numbers(view, person),
            (Rights::All, None) => standing(view, readers.index.refused(), &[Stage::UnderReview]),
            (Rights::Own(_), _) => match &caller.actor {
                kezek::Actor::Applicant { iin } => numbers(view, iin),
                kezek::Actor::Staff { .. } | kezek::Actor::Department | kezek::Actor::Operator { .. } => {
                    Vec::new()
                }
            },
            (Rights::Referred(kindergartens), _) => {
                let referred = kindergartens.iter().flat_map(|own| readers.index.referred_to(own));
                let referred: Vec<_> =
                    referred.filter(|one| rights.read(one, &readers.index)).cloned().collect();
                standing(view, &referred, &[Stage::Referred, Stage::UnderReview])
            }
        };
        let dossiers: Result<Vec<_>, _> =
            numbers.iter().map(|number| Dossier::of(readers, view, number)).collect();
        Ok((written(readers, &dossiers?), readers.register.revision()))
    });
    let (text, revision) = text.await?;
    Ok(json(text, revision))
}

fn numbers(view: View<'_>, person: &Person) -> Vec<ApplicationNumber> {
    view.journal(person).into_iter().map(|own| own.application).collect()
}

fn standing(view: View<'_>, of: &[ApplicationNumber], stages: &[Stage]) -> Vec<ApplicationNumber> {
    let stands = |number: &&ApplicationNumber| {
        view.application(number).is_ok_and(|application| stages.contains(&application.stage))
    };
    of.iter().filter(stands).cloned().collect()
}

/// An application with everything that its people may know.
#[utoipa::path(get, path = "/api/v1/settlements/{settlement}/applications/{application}", tag = "applications",
    params(("settlement" = String, Path), ("application" = String, Path),
        ("If-None-Match" = Option<String>, Header, pattern = "^\"[0-9]{1,15}\"$", description = "The revision that is known already: `\"17\"`")),
    responses(
        (status = 200, description = "The dossier; `ETag` is its revision",
            body = ref("#/components/schemas/Dossier"), headers(("ETag" = String))),
        (status = 304, description = "Nothing has changed since"),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ), security(("token" = [])))]
pub(crate) async fn one(
    Known(caller): Known,
    At(settlement): At,
    Path(named): Path<Named>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let number = named.number()?;
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let answer = settlement.ask(|readers, view, _| {
        let _ = view.application(&number)?;
        let revision = readers.register.revision();
        if !Rights::of(&caller.actor, view).read(&number, &readers.index) {
            return Ok((Err(Problem::forbidden()), revision));
        }
        let same = known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == tag_of(revision)));
        let text = if same { None } else { Some(written(readers, &Dossier::of(readers, view, &number)?)) };
        Ok((Ok(text), revision))
    });
    let (text, revision) = answer.await?;
    let mut response = match text? {
        Some(text) => json(text, revision),
        None => StatusCode::NOT_MODIFIED.into_response(),
    };
    if let Ok(tag) = tag_of(revision).parse() {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// The entity tag of a revision.
pub(crate) fn tag_of(revision: u64) -> String {
    format!("\"{revision}\"")
}

/// The numbers of an application, for everybody who knows its own (R26).
#[utoipa::path(get, path = "/api/v1/settlements/{settlement}/applications/{application}/position", tag = "public",
    params(("settlement" = String, Path), ("application" = String, Path)),
    responses(
        (status = 200, description = "The numbers; 0 when it does not count",
            body = ref("#/components/schemas/Position")),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ))]
pub(crate) async fn position(
    Somebody(_): Somebody,
    At(settlement): At,
    Path(named): Path<Named>,
) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Position {
        #[serde(flatten)]
        position: PositionView,
        revision: u64,
    }
    let number = named.number()?;
    let answer = settlement.ask(|readers, view, _| {
        let revision = readers.register.revision();
        let position = Position { position: view.position(&number)?, revision };
        Ok((written(readers, &position), revision))
    });
    let (text, revision) = answer.await?;
    Ok(json(text, revision))
}
