//! What is wrong, as `application/problem+json` (RFC 9457).

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kezek::{Error, ErrorCode};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::settlement::Refusal;

/// What is wrong with a request, or with the portal.
#[derive(Debug)]
pub(crate) struct Problem(Box<Told>);

/// What is wrong with a request, or with the portal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Told {
    /// Always `about:blank`: `code` tells more.
    #[serde(rename = "type")]
    kind: &'static str,
    /// In a few words, for people.
    title: String,
    /// The HTTP status.
    status: u16,
    /// For programs: an error code of the library, or one of the portal's own.
    code: &'static str,
    /// The field that is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// What was expected there.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// What was found. A personal number is described, never quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: &str) -> Problem {
        Problem(Box::new(Told {
            kind: "about:blank",
            title: title.to_owned(),
            status: status.as_u16(),
            code,
            path: None,
            expected: None,
            found: None,
        }))
    }

    /// A field is not what it should be.
    pub(crate) fn malformed(path: &str, expected: &str, found: &str) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "malformed", "The request cannot be read")
            .at(path, expected, found)
    }

    /// A field of the address cannot be read.
    pub(crate) fn at_field(path: &str, error: &Error) -> Problem {
        Problem::malformed(path, error.expected(), error.found())
    }

    /// Where, and what was expected and found there.
    fn at(mut self, path: &str, expected: &str, found: &str) -> Problem {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (self.0.path, self.0.expected, self.0.found) = (text(path), text(expected), text(found));
        self
    }

    /// No token, or one that nobody knows.
    pub(crate) fn unauthorized() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", "A bearer token is needed")
    }

    /// The actor may not see that.
    pub(crate) fn forbidden() -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "forbidden", "Not for this actor")
    }

    /// There is no such thing.
    pub(crate) fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not_found", "There is no such thing")
    }

    /// Not with this method.
    pub(crate) fn method_not_allowed() -> Problem {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Not with this method")
    }

    /// More than a request may have.
    pub(crate) fn too_large() -> Problem {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The request is too large")
    }

    /// Nothing can be written now, or nobody knows whether it was.
    pub(crate) fn unavailable() -> Problem {
        let title = "Try again, with the same Idempotency-Key";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", title)
    }

    /// What is wrong with a question: an instant that it names, and that has not come or is not in the calendar, is
    /// the asker's, where one of the register's own is not.
    pub(crate) fn of_question(error: Error, question: &Map<String, Value>) -> Problem {
        let named = question.contains_key(error.path());
        let mut problem = Problem::from(error);
        if named && problem.0.status == StatusCode::SERVICE_UNAVAILABLE.as_u16() {
            problem.0.status = StatusCode::BAD_REQUEST.as_u16();
            "The request cannot be read".clone_into(&mut problem.0.title);
        }
        problem
    }

    /// The clock cannot be believed.
    pub(crate) fn clock_leapt() -> Problem {
        let title = "The portal's clock has leapt: nothing is written until people have looked at it";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "clock_leapt", title)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        let status = match error.code() {
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::StaleRevision => StatusCode::PRECONDITION_FAILED,
            ErrorCode::KeyConflict => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::NumbersExhausted => StatusCode::CONFLICT,
            ErrorCode::NotSettled | ErrorCode::ClockMovedBack | ErrorCode::OutsideCalendar => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            // What somebody sent: a journal, too, may come with a question. (The portal's own is read elsewhere.)
            ErrorCode::Malformed
            | ErrorCode::UnknownPolicy
            | ErrorCode::InvalidPolicy
            | ErrorCode::UnsupportedFormat
            | ErrorCode::CorruptHistory
            | _ => StatusCode::BAD_REQUEST,
        };
        let title = match status {
            StatusCode::NOT_FOUND => "There is no such thing",
            StatusCode::PRECONDITION_FAILED => "The revision is not the one that was expected",
            StatusCode::UNPROCESSABLE_ENTITY => "The key was used for another command",
            StatusCode::CONFLICT => "The numbers are used up",
            StatusCode::SERVICE_UNAVAILABLE => "The register cannot answer now",
            _ => "The request cannot be read",
        };
        let problem = Problem::new(status, error.code().as_str(), title);
        problem.at(error.path(), error.expected(), error.found())
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Input(error) => error.into(),
            Refusal::ClockLeapt => Problem::clock_leapt(),
            Refusal::Unavailable => Problem::unavailable(),
        }
    }
}

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Problem {
        Problem::not_found()
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Problem {
        Problem::malformed("query", "what the OpenAPI says", &rejection.body_text())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self.0).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
