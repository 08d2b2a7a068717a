//! What a control is sent: JSON, read strictly, with the reason where it cannot be.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    response::Response,
};
use serde::de::DeserializeOwned;

use super::refused;

/// A JSON body; none at all stands for `{}`.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

/// A body that the handler reads by itself.
#[derive(Debug)]
pub(crate) struct Whole(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Whole {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_json = kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/json"));
        let bytes = Bytes::from_request(request, state).await.map_err(|problem| refused(problem.status(), problem))?;
        // A page elsewhere can make a browser send a form or a text, but no JSON.
        if !is_json && !bytes.is_empty() {
            return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send JSON, with content-type: application/json"));
        }
        Ok(Self(bytes))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let Whole(bytes) = Whole::from_request(request, state).await?;
        let bytes: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let unread = |problem| refused(StatusCode::BAD_REQUEST, format_args!("the body cannot be read: {problem}"));
        serde_json::from_slice(bytes).map(Self).map_err(unread)
    }
}
