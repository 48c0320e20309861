//! The API: what can be asked for, and by whom.

mod caller;
mod commands;
mod dossier;
mod events;
mod health;
mod lists;
mod me;
mod openapi;
mod problem;
mod questions;
mod rights;
mod trace;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, RawQuery};
use axum::response::{Html, IntoResponse as _, Redirect};
use axum::routing::{any, get};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;
use tower_http::services::ServeDir;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::Tokens;
use crate::clock::Clock;
use crate::config::Arguments;
use crate::demo::Demo;
use crate::settlement::Settlement;
use crate::store::Store;
use problem::Problem;

/// The most that a request's body may have.
const BODY: usize = 64 * 1024;

/// What every request may need.
pub(crate) struct App {
    /// The settlements by name.
    pub(crate) settlements: BTreeMap<String, Arc<Settlement>>,
    /// Who may come.
    pub(crate) tokens: Tokens,
    /// Where the journals are.
    pub(crate) store: Store,
    /// The clock.
    pub(crate) clock: Arc<Clock>,
    /// The people of the demo, where it is one.
    pub(crate) demo: Option<Demo>,
    /// The metrics.
    pub(crate) prometheus: PrometheusHandle,
    /// True once the portal is about to stop.
    pub(crate) stopping: watch::Receiver<bool>,
}

/// Every route, the parent's page among them.
pub(crate) fn router(app: Arc<App>, arguments: &Arguments) -> Router {
    let (router, document) = OpenApiRouter::with_openapi(openapi::document())
        .routes(routes!(me::me))
        .routes(routes!(lists::settlements))
        .routes(routes!(lists::policy))
        .routes(routes!(commands::command))
        .routes(routes!(commands::check))
        .routes(routes!(dossier::list))
        .routes(routes!(dossier::one))
        .routes(routes!(dossier::position))
        .routes(routes!(events::events))
        .routes(routes!(lists::vacancies))
        .routes(routes!(lists::queue))
        .routes(routes!(questions::ask))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
        .routes(routes!(health::metrics))
        .split_for_parts();
    // Shared: the router is copied for each connection, and with it what its handlers hold.
    let document: Arc<str> = openapi::finished(&document).into();
    let router = router
        .route("/openapi.json", get(async move || openapi::answer(&document)))
        .route("/api/v1/demo", get(me::demo))
        .route("/api/{*rest}", any(async || Problem::not_found()))
        .method_not_allowed_fallback(async || Problem::method_not_allowed());
    let router = match &arguments.page {
        Some(folder) => {
            // The page itself does not know whether a portal serves it: its address says so.
            let first = app.settlements.keys().next().cloned().unwrap_or_default();
            let (index, page) = (folder.join("index.html"), format!("/?portal=/api/v1/settlements/{first}"));
            let at_root = async move |RawQuery(query): RawQuery| match query {
                None => Redirect::to(&page).into_response(),
                Some(_) => match tokio::fs::read_to_string(&index).await {
                    Ok(index) => Html(index).into_response(),
                    Err(_) => Problem::not_found().into_response(),
                },
            };
            router.route("/", get(at_root)).fallback_service(ServeDir::new(folder))
        }
        None => router
            .route(
                "/",
                get(async || "The portal runs. There is no page here; /openapi.json tells of the API.\n"),
            )
            .fallback(async || Problem::not_found()),
    };
    router
        .layer(DefaultBodyLimit::max(BODY))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&app), trace::trace))
        .with_state(app)
}
