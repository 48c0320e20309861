//! What handlers take out of a request: the caller, the settlement, the body.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{App, Problem};
use crate::auth::Caller;
use crate::settlement::Settlement;

/// Whoever asks: known by a token, or nobody in particular.
pub(crate) struct Somebody(pub(crate) Option<Caller>);

/// Somebody with a token.
pub(crate) struct Known(pub(crate) Caller);

/// The settlement that the address names, where the caller's token is good.
pub(crate) struct At(pub(crate) Arc<Settlement>);

/// A JSON object.
pub(crate) struct Object(pub(crate) Map<String, Value>);

#[derive(Deserialize)]
struct Named {
    settlement: String,
}

impl FromRequestParts<Arc<App>> for Somebody {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Somebody, Problem> {
        let Some(header) = parts.headers.get(AUTHORIZATION) else { return Ok(Somebody(None)) };
        let token = header.to_str().ok().and_then(|header| {
            let (scheme, token) = header.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
        });
        let caller = token.and_then(|token| app.tokens.caller(token)).cloned();
        caller.map(|caller| Somebody(Some(caller))).ok_or_else(Problem::unauthorized)
    }
}

impl FromRequestParts<Arc<App>> for Known {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Known, Problem> {
        let Somebody(caller) = Somebody::from_request_parts(parts, app).await?;
        caller.map(Known).ok_or_else(Problem::unauthorized)
    }
}

impl FromRequestParts<Arc<App>> for At {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<At, Problem> {
        let Somebody(caller) = Somebody::from_request_parts(parts, app).await?;
        let Path(Named { settlement }) = Path::<Named>::from_request_parts(parts, app).await?;
        let found = app.settlements.get(&settlement).ok_or_else(Problem::not_found)?;
        if caller.is_some_and(|caller| !caller.may_enter(&settlement)) {
            return Err(Problem::forbidden());
        }
        Ok(At(Arc::clone(found)))
    }
}

impl<S: Send + Sync> FromRequest<S> for Object {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Object, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::too_large()
            } else {
                Problem::malformed("", "a whole body", "a part of one")
            }
        })?;
        match serde_json::from_slice(&bytes) {
            Ok(Value::Object(object)) => Ok(Object(object)),
            Ok(_) => Err(Problem::malformed("", "a JSON object", "other JSON")),
            // What stands there is not repeated: it may be anything.
            Err(error) => {
                let place = format!("something else at line {} column {}", error.line(), error.column());
                Err(Problem::malformed("", "JSON", &place))
            }
        }
    }
}
