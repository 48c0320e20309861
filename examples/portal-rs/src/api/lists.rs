//! What everybody may read: the settlements, their rules, the free places, the lines.

#![allow(unused_qualifications, reason = "what utoipa makes of `params` says more than it must")]

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use kezek::{Rounding, VacancyFilter};
use serde::Deserialize;
use serde_json::{Value, json as object};
use utoipa::IntoParams;

use super::caller::{At, Somebody};
use super::dossier::{json, written};
use super::{App, Problem};

/// The most rows of a line at a time.
const ROWS: usize = 500;

/// The settlements of this portal.
#[utoipa::path(get, path = "/api/v1/settlements", tag = "public",
    responses((status = 200, description = "One row for each", body = ref("#/components/schemas/Settlements"))))]
pub(crate) async fn settlements(State(app): State<Arc<App>>, Somebody(caller): Somebody) -> Response {
    let open = app
        .settlements
        .values()
        .filter(|settlement| caller.as_ref().is_none_or(|caller| caller.may_enter(&settlement.id)));
    let row = |settlement: &Arc<crate::settlement::Settlement>| {
        let readers = settlement.read();
        let policy = readers.register.policy();
        object!({
            "settlement": settlement.id, "policy": policy.name(), "zone": policy.zone().name(),
            "revision": readers.register.revision(),
        })
    };
    json(Value::Array(open.map(row).collect()).to_string(), 0)
}

/// The rules in force, whole.
#[utoipa::path(get, path = "/api/v1/settlements/{settlement}/policy", tag = "public",
    params(("settlement" = String, Path)),
    responses(
        (status = 200, description = "The policy", body = ref("#/components/schemas/Policy")),
        (status = "4XX", response = super::openapi::Wrong)
    ))]
pub(crate) async fn policy(Somebody(_): Somebody, At(settlement): At) -> Response {
    let readers = settlement.read();
    json(written(&readers, readers.register.policy()), readers.register.revision())
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Which {
    /// For children born in that year.
    #[param(minimum = 0, maximum = 65535)]
    group_year: Option<u16>,
    /// Of this kindergarten.
    #[param(schema_with = super::openapi::kindergarten)]
    kindergarten: Option<String>,
    /// `waiting` or `free_choice`.
    #[param(schema_with = super::openapi::vacancy_state)]
    state: Option<String>,
}

/// The base of free places (R61).
#[utoipa::path(get, path = "/api/v1/settlements/{settlement}/vacancies", tag = "public",
    params(("settlement" = String, Path), Which),
    responses(
        (status = 200, description = "In the order of publication", body = ref("#/components/schemas/Vacancies")),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ))]
pub(crate) async fn vacancies(
    Somebody(_): Somebody,
    At(settlement): At,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(which) = which?;
    let state = which.state.map(|state| serde_json::from_value(state.into())).transpose();
    let filter = VacancyFilter {
        group_year: which.group_year,
        kindergarten: which
            .kindergarten
            .map(|name| name.parse())
            .transpose()
            .map_err(|error| Problem::at_field("kindergarten", &error))?,
        state: state.map_err(|_| Problem::malformed("state", "waiting or free_choice", "something else"))?,
    };
    let answer = settlement.ask(|readers, view, _| {
        let rows = view.vacancies(&filter);
        Ok((written(readers, &rows), readers.register.revision()))
    });
    let (text, revision) = answer.await?;
    Ok(json(text, revision))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    /// Of children born in that year.
    #[param(minimum = 0, maximum = 65535)]
    group_year: u16,
    /// So many rows are passed over.
    #[serde(default)]
    #[param(minimum = 0, maximum = 2147483647, default = 0)]
    offset: usize,
    /// At most so many rows.
    #[serde(default = "hundred")]
    #[param(minimum = 1, maximum = 500, default = 100)]
    limit: usize,
}

fn hundred() -> usize {
    100
}

/// A line in the order of service: no person, no birth date, no number of an application.
#[utoipa::path(get, path = "/api/v1/settlements/{settlement}/queue", tag = "public",
    params(("settlement" = String, Path), Line),
    responses(
        (status = 200, description = "Rows", body = ref("#/components/schemas/Queue")),
        (status = "4XX", response = super::openapi::Wrong), (status = "5XX", response = super::openapi::Wrong)
    ))]
pub(crate) async fn queue(
    Somebody(_): Somebody,
    At(settlement): At,
    line: Result<Query<Line>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(line) = line?;
    if !(1..=ROWS).contains(&line.limit) {
        return Err(Problem::malformed("limit", "1 to 500", &line.limit.to_string()));
    }
    let answer = settlement.ask(|readers, view, _| {
        let rows = view.queue(line.group_year, Rounding::Second, line.offset, line.limit);
        Ok((written(readers, &rows), readers.register.revision()))
    });
    let (text, revision) = answer.await?;
    Ok(json(text, revision))
}
