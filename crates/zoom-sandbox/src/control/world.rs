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
use crate::{
    app::App,
    wire::instant,
    world::{CannotDo, ChangeError, Doings},
};

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
    /// What they do at once: `chats`, `answers`, `questions`.
    #[serde(flatten)]
    doings: Doings,
}

pub(crate) async fn simulate(
    State(app): State<App>,
    Path(number): Path<u64>,
    Json(people): Json<People>,
) -> Result<StatusCode, Response> {
    app.calls
        .simulate(number, &people.names, people.chat)
        .map_err(|problem| refused(StatusCode::NOT_FOUND, problem))?;
    match do_in_call(&app, number, &people.doings) {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(ChangeError::Refused(problem)) => Err(refused(StatusCode::BAD_REQUEST, problem)),
        Err(problem @ ChangeError::Disk(_)) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
    }
}

/// Begins to record a call, as its host would by a button.
pub(crate) async fn record(State(app): State<App>, Path(number): Path<i64>) -> Result<StatusCode, Response> {
    let begun = app.world.change(|change| Ok::<_, std::convert::Infallible>(change.begin_recording(number)));
    match begun {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(refused(
            StatusCode::CONFLICT,
            "nothing to record: no call is on, it is recorded already, or its host cannot record in the cloud",
        )),
        Err(problem) => Err(refused(StatusCode::INTERNAL_SERVER_ERROR, problem)),
    }
}

/// Lets people who are in a call write, answer and ask.
pub(crate) fn do_in_call(app: &App, number: u64, doings: &Doings) -> Result<(), ChangeError<CannotDo>> {
    app.world.change(|change| change.take_part(i64::try_from(number).unwrap_or(-1), doings))?;
    for line in &doings.chats {
        if !app.calls.speak(number, &line.name, &line.text) {
            return Err(ChangeError::Refused(CannotDo::Nobody(line.name.clone())));
        }
    }
    Ok(())
}
