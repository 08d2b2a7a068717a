//! An answer in the making, and Zoom's two shapes of refusal.

use std::{fmt, future::Future};

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde_json::{Value, json};
use zoom_spec::code::{Code, OAuthError};

/// The bytes that an answer's body takes as a rule.
const USUAL_BODY: usize = 4096;

/// What is sent: status, headers beyond the usual ones, and a JSON body or none.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// JSON, as it goes over the wire.
    pub(crate) body: Option<Bytes>,
    /// The meeting it is about, where the request did not say.
    pub(crate) meeting: Option<i64>,
    /// For the log, in one line; empty for what was carried out.
    pub(crate) why: String,
    /// Somebody else must be asked before there is an answer.
    later: Option<BoxFuture<'static, Answer>>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).finish_non_exhaustive()
    }
}

impl Answer {
    /// Carried out, with a body.
    pub(crate) fn json(status: u16, body: impl Into<Value>) -> Self {
        let body = body.into();
        let meeting = body.get("id").and_then(Value::as_i64);
        Self { meeting, ..Self::with(status, &body) }
    }

    /// Carried out, with a body about a meeting or webinar that is JSON already.
    pub(crate) fn of_meeting(status: u16, number: i64, body: Bytes) -> Self {
        Self { meeting: Some(number), body: Some(body), ..Self::empty(status) }
    }

    fn with(status: u16, body: &impl Serialize) -> Self {
        let mut bytes = Vec::with_capacity(USUAL_BODY);
        // All that is answered has names of text for its members, and so can be written.
        if let Err(problem) = serde_json::to_writer(&mut bytes, body) {
            tracing::error!(%problem, "an answer could not be written");
        }
        bytes.shrink_to_fit();
        Self { body: Some(bytes.into()), ..Self::empty(status) }
    }

    /// The body, read again; nothing where there is none.
    pub(crate) fn value(&self) -> Value {
        self.body.as_deref().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default()
    }

    /// Carried out, nothing to say.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: None, meeting: None, why: String::new(), later: None }
    }

    /// The answer that `answer` comes to: for what cannot be decided without asking another server.
    pub(crate) fn later(answer: impl Future<Output = Self> + Send + 'static) -> Self {
        Self { later: Some(Box::pin(answer)), ..Self::empty(202) }
    }

    /// Waits for what is still to be decided; the headers that are known already stay.
    pub(crate) async fn settled(mut self) -> Self {
        let Some(later) = self.later.take() else { return self };
        let mut answer = later.await;
        answer.headers.append(&mut self.headers);
        if answer.why.is_empty() {
            answer.why = self.why;
        }
        answer
    }

    /// A header more; one that cannot be sent is left out.
    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Ok(value) = HeaderValue::try_from(value.into()) {
            self.headers.push((HeaderName::from_static(name), value));
        }
        self
    }

    /// A header more, of which all is known beforehand.
    pub(crate) fn with_fixed_header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((HeaderName::from_static(name), HeaderValue::from_static(value)));
        self
    }

    pub(crate) fn is_allowed(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The HTTP answer.
    pub(crate) fn to_response(&self) -> Response {
        let mut response = Response::new(self.body.clone().map_or_else(Body::empty, Body::from));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.reserve(self.headers.len() + 1);
        if self.body.is_some() {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
        }
        headers.extend(self.headers.iter().cloned());
        response
    }
}

/// A wrong field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldError {
    pub(crate) field: String,
    pub(crate) message: String,
}

impl FieldError {
    pub(crate) fn invalid(field: impl Into<String>) -> Self {
        Self { field: field.into(), message: "Invalid field.".to_owned() }
    }
}

/// A refusal of the REST API.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: u32,
    message: String,
    errors: Vec<FieldError>,
    why: Option<String>,
}

impl Refusal {
    /// A status of success is one of Zoom's documents, which print some refusals under it: real calls get 400.
    pub(crate) fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        let status = if status < 300 { 400 } else { status };
        Self { status, code, message: message.into(), errors: Vec::new(), why: None }
    }

    /// The fields that are wrong.
    pub(crate) fn fields(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::from(zoom_spec::code::VALIDATION_FAILED) }
    }

    pub(crate) fn field(name: &str) -> Self {
        Self::fields(vec![FieldError::invalid(name)])
    }

    /// The code with the message's placeholder filled.
    pub(crate) fn about(code: &Code, value: &str) -> Self {
        Self::new(code.status, code.code, code.message_for(value))
    }

    /// The fields that are wrong, and Zoom's word on each.
    pub(crate) fn wrong_fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.errors.iter().map(|error| (error.field.as_str(), error.message.as_str()))
    }

    /// Zoom's message.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// What readers of the workbench are told instead, where that says more.
    pub(crate) fn reason(&self) -> Option<&str> {
        self.why.as_deref()
    }

    /// Zoom's code.
    pub(crate) fn code(&self) -> u32 {
        self.code
    }

    /// What the log says instead of the message, for readers of the workbench.
    pub(crate) fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// Fills the next placeholder of the message.
    pub(crate) fn filled(mut self, value: &str) -> Self {
        self.message = crate::rest::fill(&self.message, &[value]);
        self
    }

    /// The state could not be written: Zoom would say 500.
    pub(crate) fn disk(problem: &dyn fmt::Display) -> Self {
        tracing::error!(%problem, "a change was not kept");
        Self::new(500, 500, "Internal server error.").because(problem.to_string())
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self::new(code.status, code.code, code.message)
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let mut body = json!({ "code": refusal.code, "message": refusal.message });
        let mut why = refusal.why.unwrap_or_else(|| format!("{}: {}", refusal.code, refusal.message));
        if !refusal.errors.is_empty() {
            let errors: Vec<_> =
                refusal.errors.iter().map(|e| json!({ "field": e.field, "message": e.message })).collect();
            let names: Vec<_> = refusal.errors.iter().map(|error| error.field.as_str()).collect();
            why = format!("{why} Wrong: {}.", names.join(", "));
            if let Value::Object(members) = &mut body {
                members.insert("errors".to_owned(), Value::from(errors));
            }
        }
        Self { why, ..Self::with(refusal.status, &body) }
    }
}

impl From<OAuthError> for Answer {
    fn from(error: OAuthError) -> Self {
        let body = json!({ "reason": error.reason, "error": error.error });
        let why = format!("{}: {}", error.error, error.reason);
        Self { why, ..Self::with(error.status, &body) }
    }
}
