//! A line in the log and a figure in the metrics for every request. Neither holds anything about a person: of the
//! address only its template, of the settlement only a name that is known here.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::App;
use crate::meter;

/// The revision that an answer tells of.
#[derive(Clone, Copy)]
pub(crate) struct Told(pub(crate) u64);

static REQUESTS: AtomicU64 = AtomicU64::new(1);

/// Measures and logs a request, and gives it a number: `x-request-id` of the answer.
pub(crate) async fn trace(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let number = format!("{:x}-{}", std::process::id(), REQUESTS.fetch_add(1, Ordering::Relaxed));
    let method = method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("page", MatchedPath::as_str).to_owned();
    let part = request.uri().path().split('/').nth(4).filter(|_| route.contains("{settlement}"));
    let settlement = part.and_then(|part| app.settlements.get_key_value(part)).map(|(id, _)| id.clone());
    let mut response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed());
    let revision = response.extensions().get::<Told>().map(|told| told.0).filter(|revision| *revision > 0);
    meter::request(method, &route, status, took);
    tracing::info!(
        request = number,
        method,
        route,
        status,
        milliseconds = took.as_secs_f64() * 1_000.0,
        settlement,
        revision,
        "request"
    );
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert("x-request-id", number);
    }
    response
}

/// A label has few values, whatever somebody sends.
fn method(method: &Method) -> &'static str {
    let known = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];
    known.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}
