//! What there really is, and people for a call.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::refused;
use crate::{app::App, wire::instant};

/// Answers once the sandbox is up: its addresses, without a secret.
pub(crate) async fn ready(State(app): State<App>) -> Json<Value> {
    Json(json!({
        "sandbox": app.base,
        "api": format!("{}/v2", app.base),
        "oauth": format!("{}/oauth/token", app.base),
        "sdk": format!("{}/sdk", app.base),
        "tls": app.reach.as_ref().map(|reach| reach.tls),
        "proxy": app.reach.as_ref().and_then(|reach| reach.proxy).map(|proxy| format!("http://{proxy}")),
    }))
}

/// Every meeting and webinar, also those that the visibility fault still keeps out of Zoom's lists.
pub(crate) async fn meetings(State(app): State<App>) -> Json<Value> {
    let rows: Vec<Value> = app
        .world
        .meetings()
        .iter()
        .map(|meeting| {
            json!({
                "number": meeting.number,
                "kind": meeting.kind,
                "topic": meeting.topic,
                "agenda": meeting.agenda,
                "host_id": meeting.host_id,
                "status": meeting.status,
                "start_time": meeting.start.map(instant),
                "created_at": instant(meeting.created_at),
            })
        })
        .collect();
    Json(json!({ "items": rows }))
}

#[derive(Deserialize)]
pub(crate) struct People {
    names: Vec<String>,
    /// What one of them writes to whoever comes in.
    #[serde(default)]
    chat: Option<String>,
}

pub(crate) async fn simulate(
    State(app): State<App>,
    Path(number): Path<u64>,
    Json(people): Json<People>,
) -> Result<StatusCode, Response> {
    match app.calls.simulate(number, &people.names, people.chat) {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(problem) => Err(refused(StatusCode::NOT_FOUND, problem)),
    }
}
