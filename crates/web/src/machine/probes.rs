//! Probes: whether the process lives, and whether it can serve.

use axum::extract::State;
use http::StatusCode;

use crate::app::App;

/// `GET /healthz`: the process answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// A line for each feature of each connection. What is off makes nothing unready: pages work without Zoom.
async fn standings(app: &App) -> String {
    let all = app.service.health().await.unwrap_or_default();
    let mut lines = String::new();
    for _ in all.iter().filter(|connection| connection.leaving) {
        lines.push_str("connection: being disconnected\n");
    }
    for one in all.iter().filter(|connection| !connection.leaving).flat_map(|connection| &connection.features) {
        for part in [one.feature.as_str(), ": ", one.standing.as_str(), "\n"] {
            lines.push_str(part);
        }
    }
    lines
}

/// `GET /readyz`: database and migrations are there, and how each feature of the Zoom account stands; 503 and the reason
/// where they are not.
pub(crate) async fn readyz(State(app): State<App>) -> (StatusCode, String) {
    match app.service.ready().await {
        Ok(()) => (StatusCode::OK, format!("ready\n{}", standings(&app).await)),
        Err(not) => {
            tracing::warn!(what = not.what, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready: see the log\n".to_owned())
        }
    }
}
