//! Health and metrics, for those who run the portal.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::App;
use crate::clock::Time;
use crate::meter;
use crate::settlement::signed;

/// The process answers.
#[utoipa::path(get, path = "/health/live", tag = "health",
    responses((status = 200, description = "It lives", content_type = "text/plain", body = String)))]
pub(crate) async fn live() -> &'static str {
    "live\n"
}

/// Whether it can do what it is for: the journals can be read and written, the clock believed.
#[utoipa::path(get, path = "/health/ready", tag = "health",
    responses(
        (status = 200, description = "Ready", body = ref("#/components/schemas/Ready")),
        (status = 503, description = "Not ready, and why", body = ref("#/components/schemas/Ready"))
    ))]
pub(crate) async fn ready(State(app): State<Arc<App>>) -> Response {
    let mut faults = Vec::new();
    if *app.stopping.borrow() {
        faults.push("stopping");
    }
    if app.settlements.values().any(|settlement| settlement.clock_leapt()) {
        faults.push("clock_leapt");
    }
    let written = app.settlements.values().all(|settlement| settlement.is_writable());
    let read = match app.settlements.keys().next() {
        Some(first) => {
            let read = tokio::time::timeout(Duration::from_secs(2), app.store.revision(first)).await;
            matches!(read, Ok(Ok(_)))
        }
        None => true,
    };
    if !written || !read {
        faults.push("database");
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, axum::Json(json!({ "ready": faults.is_empty(), "faults": faults }))).into_response()
}

/// Metrics, as Prometheus reads them.
#[utoipa::path(get, path = "/metrics", tag = "health",
    responses((status = 200, description = "Metrics", content_type = "text/plain", body = String)))]
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Response {
    match app.clock.read() {
        Time::Good(_) => meter::clock(true, 0),
        Time::Leapt(apart) => meter::clock(false, apart),
    }
    for (id, settlement) in &app.settlements {
        let (revision, live) = {
            let readers = settlement.read();
            let now = readers.register.now().unwrap_or(kezek::Moment::from_unix(0));
            let live = readers.register.at(now).map_or(0, |view| view.positions().len());
            (readers.register.revision(), live)
        };
        let waiting = tokio::time::timeout(Duration::from_secs(2), app.store.waiting(id)).await;
        meter::standing(id, signed(revision), live, waiting.ok().and_then(Result::ok));
    }
    app.prometheus.run_upkeep();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], app.prometheus.render()).into_response()
}
