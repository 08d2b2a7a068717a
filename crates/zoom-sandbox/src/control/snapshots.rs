//! Snapshots with a name, kept in memory.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use clock::Timestamp;
use serde::Serialize;

use super::{
    Refused, refused,
    renewal::{Renewed, back_to, failed},
};
use crate::app::App;

/// A snapshot with a name.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Named {
    name: String,
    /// When it was taken, by the sandbox's clock.
    #[schema(value_type = String, format = DateTime)]
    taken_at: Timestamp,
    people: usize,
    /// Meetings and webinars.
    meetings: usize,
}

/// The named snapshots.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Snapshots {
    items: Vec<Named>,
}

fn shown(app: &App) -> Json<Snapshots> {
    let row = |(name, snapshot): (String, crate::world::Snapshot)| Named {
        name,
        taken_at: snapshot.taken_at,
        people: snapshot.state.people.len(),
        meetings: snapshot.state.meetings.values().filter(|meeting| meeting.exists(snapshot.taken_at)).count(),
    };
    Json(Snapshots { items: app.shelf.all().into_iter().map(row).collect() })
}

fn unknown(name: &str) -> Response {
    refused(StatusCode::NOT_FOUND, format_args!("there is no snapshot called {name:?}"))
}

/// Lists the snapshots that have a name.
#[utoipa::path(get, path = "/sandbox/v1/snapshots", tag = "world", operation_id = "listSnapshots",
    responses((status = 200, body = Snapshots)))]
pub(crate) async fn list(State(app): State<App>) -> Json<Snapshots> {
    shown(&app)
}

/// Takes a snapshot and keeps it in memory under this name, in place of one that had it.
#[utoipa::path(put, path = "/sandbox/v1/snapshots/{name}", tag = "world", operation_id = "takeNamedSnapshot",
    params(("name" = String, Path)), responses((status = 200, body = Snapshots), (status = 400, body = Refused)))]
pub(crate) async fn take(State(app): State<App>, Path(name): Path<String>) -> Result<Json<Snapshots>, Response> {
    let kept = app.shelf.put(&name, app.world.snapshot());
    kept.map_err(|problem| refused(StatusCode::BAD_REQUEST, problem))?;
    Ok(shown(&app))
}

/// Goes back to the snapshot with this name.
#[utoipa::path(post, path = "/sandbox/v1/snapshots/{name}/restore", tag = "world",
    operation_id = "restoreNamedSnapshot", params(("name" = String, Path)),
    responses((status = 200, body = Renewed), (status = 404, body = Refused)))]
pub(crate) async fn back(State(app): State<App>, Path(name): Path<String>) -> Result<Json<Renewed>, Response> {
    let snapshot = app.shelf.get(&name).ok_or_else(|| unknown(&name))?;
    back_to(&app, snapshot).map_err(failed)
}

/// Deletes the snapshot with this name.
#[utoipa::path(delete, path = "/sandbox/v1/snapshots/{name}", tag = "world", operation_id = "deleteSnapshot",
    params(("name" = String, Path)), responses((status = 200, body = Snapshots), (status = 404, body = Refused)))]
pub(crate) async fn forget(State(app): State<App>, Path(name): Path<String>) -> Result<Json<Snapshots>, Response> {
    if app.shelf.remove(&name) { Ok(shown(&app)) } else { Err(unknown(&name)) }
}
