//! Who the caller is; and in the demo, whom one may be.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::json as object;

use super::caller::Known;
use super::dossier::json;
use super::{App, Problem};

/// Whom the token stands for, and where it is good.
#[utoipa::path(get, path = "/api/v1/me", tag = "public",
    responses(
        (status = 200, description = "The actor", body = ref("#/components/schemas/Me")),
        (status = "4XX", response = super::openapi::Wrong)
    ), security(("token" = [])))]
pub(crate) async fn me(State(app): State<Arc<App>>, Known(caller): Known) -> Response {
    let mut me = kezek::json_value(&caller.actor);
    let open: Vec<&str> = app
        .settlements
        .keys()
        .map(String::as_str)
        .filter(|settlement| caller.may_enter(settlement))
        .collect();
    if let Some(me) = me.as_object_mut() {
        me.insert("settlements".to_owned(), open.into());
    }
    json(me.to_string(), 0)
}

/// The people of the demo with their tokens, and its clock; elsewhere there is no such thing.
pub(crate) async fn demo(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let demo = app.demo.as_ref().ok_or_else(Problem::not_found)?;
    let settlement = app.settlements.get(&demo.settlement).ok_or_else(Problem::not_found)?;
    let zone = settlement.read().register.policy().zone();
    let now = zone.writing(|| kezek::json_value(&app.clock.believed()));
    Ok(json(object!({ "settlement": demo.settlement, "now": now, "people": demo.people }).to_string(), 0))
}
