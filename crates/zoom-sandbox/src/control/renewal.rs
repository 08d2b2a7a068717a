//! Beginning anew, one's own people and meetings, and the world as a document.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use super::{
    Refused,
    body::{Body, Whole},
    refused,
};
use crate::{
    app::App,
    renew::{self, RenewError},
    seed::Seed,
    world::Snapshot,
};

/// How to begin.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reset {
    /// What ids and secrets are drawn from; the seed of the world there is, where it is left out.
    seed: Option<u64>,
}

/// What there is now.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Renewed {
    /// What ids and secrets are drawn from.
    seed: u64,
    people: usize,
    /// Meetings and webinars.
    meetings: usize,
}

fn renewed(app: &App) -> Json<Renewed> {
    let now = app.now();
    Json(app.world.read(|state| Renewed {
        seed: state.seed,
        people: state.people.len(),
        meetings: state.meetings.values().filter(|meeting| meeting.exists(now)).count(),
    }))
}

/// Why there is no other world, as an answer.
pub(super) fn failed(problem: RenewError) -> Response {
    let status = match problem {
        RenewError::Seed(_) => StatusCode::BAD_REQUEST,
        RenewError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        RenewError::Disk(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    refused(status, problem)
}

/// Begins anew, as the sandbox was started: the same seed gives the same ids and secrets. Ends all faults, calls and
/// deliveries; named snapshots stay.
#[utoipa::path(post, path = "/sandbox/v1/reset", tag = "world", operation_id = "reset", request_body = Option<Reset>,
    responses((status = 200, body = Renewed), (status = 400, body = Refused)))]
pub(crate) async fn reset(State(app): State<App>, Body(how): Body<Reset>) -> Result<Json<Renewed>, Response> {
    renew::reset(&app, how.seed).map_err(failed)?;
    Ok(renewed(&app))
}

/// Adds people, meetings and webinars of one's own, all of them or none. Nobody is told of them by webhook.
#[utoipa::path(post, path = "/sandbox/v1/seed", tag = "world", operation_id = "seed", request_body = Object,
    responses((status = 200, body = Renewed), (status = 400, body = Refused)))]
pub(crate) async fn seed(State(app): State<App>, Whole(bytes): Whole) -> Result<Json<Renewed>, Response> {
    let seed = Seed::from_json(&bytes).map_err(|problem| failed(problem.into()))?;
    renew::plant(&app, &seed).map_err(failed)?;
    Ok(renewed(&app))
}

/// Gives the whole world as JSON, with its secrets, tokens and clock.
#[utoipa::path(get, path = "/sandbox/v1/snapshot", tag = "world", operation_id = "takeSnapshot",
    responses((status = 200, body = Object)))]
pub(crate) async fn snapshot(State(app): State<App>) -> Response {
    match app.world.snapshot().to_json() {
        Ok(json) => {
            let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
            (headers, json).into_response()
        }
        Err(problem) => refused(StatusCode::INTERNAL_SERVER_ERROR, problem),
    }
}

/// Restores a world that was given as JSON, and its clock. Whoever was in a call is sent away.
#[utoipa::path(put, path = "/sandbox/v1/snapshot", tag = "world", operation_id = "restoreSnapshot",
    request_body = Object, responses((status = 200, body = Renewed), (status = 400, body = Refused)))]
pub(crate) async fn restore(State(app): State<App>, Whole(bytes): Whole) -> Result<Json<Renewed>, Response> {
    let snapshot = Snapshot::from_json(&bytes).map_err(|why| {
        refused(StatusCode::BAD_REQUEST, format_args!("this is no snapshot of a sandbox: {why}; nothing was changed"))
    })?;
    renew::restore(&app, snapshot).map_err(failed)?;
    Ok(renewed(&app))
}

/// The same as an answer, for snapshots with a name.
pub(super) fn back_to(app: &App, snapshot: Snapshot) -> Result<Json<Renewed>, RenewError> {
    renew::restore(app, snapshot)?;
    Ok(renewed(app))
}
