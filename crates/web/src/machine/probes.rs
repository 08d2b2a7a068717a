//! Probes: whether the process lives, and whether it can serve.

use axum::extract::State;
use http::StatusCode;

use crate::app::App;

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: database and migrations are there; 503 and the reason where they are not.
pub(crate) async fn readyz(State(app): State<App>) -> (StatusCode, String) {
    match app.service.ready().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(not) => {
            tracing::warn!(what = not.what, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready: see the log\n".to_owned())
        }
    }
}
