//! Zoom's webhooks: the raw bytes go to the service, which verifies and keeps them; the answer is ready in milliseconds.

use axum::{
    body::Bytes,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode, header};
use service::{WebhookAnswer, WebhookRefused};

use crate::app::App;

/// The largest webhook taken, in bytes.
pub(crate) const LARGEST: usize = 1024 * 1024;

/// `POST /webhooks/zoom/{connection}`
pub(crate) async fn take(
    State(app): State<App>,
    Path(connection): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(connection) = connection.parse() else {
        return refused(WebhookRefused::NobodyListens);
    };
    let header = |name| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let (timestamp, signature) = (header("x-zm-request-timestamp"), header("x-zm-signature"));
    match app.service.receive_webhook(connection, timestamp, signature, &body).await {
        Ok(WebhookAnswer::Taken) => StatusCode::OK.into_response(),
        Ok(WebhookAnswer::Validation { json }) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(why) => refused(why),
    }
}

fn refused(why: WebhookRefused) -> Response {
    let status = match why {
        WebhookRefused::NobodyListens => StatusCode::NOT_FOUND,
        WebhookRefused::BadSignature | WebhookRefused::OutOfTime => StatusCode::UNAUTHORIZED,
        WebhookRefused::Unreadable => StatusCode::BAD_REQUEST,
        WebhookRefused::NotStored => StatusCode::SERVICE_UNAVAILABLE,
    };
    tracing::warn!(status = status.as_u16(), %why, "a webhook was refused");
    (status, format!("{why}\n")).into_response()
}
