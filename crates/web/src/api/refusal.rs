//! Why a program's request was not carried out, as an RFC 9457 problem document whose `errors` name the fields.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use model::Invalid;
use serde::Serialize;
use service::Error;
use utoipa::ToSchema;

use crate::{
    fault::Fault,
    language::{problem, say},
};

/// What a handler answers with instead.
pub(crate) enum Refusal {
    /// What every surface knows.
    Fault(Fault),
    /// Fields, also ones that we have no name for.
    Fields(StatusCode, Vec<FieldError>),
}

/// One field that cannot be taken.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// The field's path, such as `starts_at`.
    pub(crate) field: String,
    /// A word that programs can match, such as `too-long` or `unknown-field`.
    pub(crate) code: String,
    /// What is wrong, for people.
    pub(crate) message: String,
}

/// An RFC 9457 problem document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `urn:eroom:problem:` and a word that programs can match.
    #[serde(rename = "type")]
    #[schema(example = "urn:eroom:problem:invalid")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    /// The fields, where fields are what is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

impl Refusal {
    /// The wrong fields of a value that was read.
    pub(crate) fn fields(wrong: &[Invalid]) -> Self {
        let error = |invalid: &Invalid| FieldError {
            field: invalid.field.to_owned(),
            code: invalid.problem.key().trim_start_matches("problem-").to_owned(),
            message: problem(&invalid.problem),
        };
        Self::Fields(StatusCode::UNPROCESSABLE_ENTITY, wrong.iter().map(error).collect())
    }

    /// One field, by a word and a sentence.
    pub(crate) fn field(status: StatusCode, field: impl Into<String>, code: &str, message: impl Into<String>) -> Self {
        Self::Fields(status, vec![FieldError { field: field.into(), code: code.to_owned(), message: message.into() }])
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(wrong) => Self::fields(&wrong),
            other => Self::Fault(other.into()),
        }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Service(error) => error.into(),
            other => Self::Fault(other),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, errors) = match self {
            Self::Fault(fault) => return fault.into_response(),
            Self::Fields(status, errors) => (status, errors),
        };
        let detail = errors.iter().map(|e| format!("{}: {}", e.field, e.message)).collect::<Vec<_>>().join(" ");
        let problem = Problem {
            kind: "urn:eroom:problem:invalid".to_owned(),
            title: say("error-invalid-title"),
            status: status.as_u16(),
            detail,
            errors,
        };
        match serde_json::to_vec(&problem) {
            Ok(json) => {
                let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
                (status, headers, json).into_response()
            }
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}
