//! The call log.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::refused;
use crate::{
    app::App,
    log::{Decision, Entry, Filter},
};

/// The filter of the log, as a query.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    operation: Option<String>,
    meeting: Option<i64>,
    decision: Option<Decision>,
    /// Only what is new or has changed since this revision.
    since: Option<u64>,
}

pub(crate) async fn some_calls(State(app): State<App>, Query(wanted): Query<Wanted>) -> Json<Value> {
    let filter = Filter { operation: wanted.operation, meeting: wanted.meeting, decision: wanted.decision };
    let news = app.log.news(wanted.since.unwrap_or(0), &filter);
    Json(json!({
        "items": news.entries,
        "revision": news.revision,
        "cleared": news.cleared,
        "unplugged": app.faults.is_unplugged(),
        "now": app.now(),
    }))
}

pub(crate) async fn one_call(State(app): State<App>, Path(id): Path<u64>) -> Result<Json<Entry>, Response> {
    let found = app.log.entry(id).map(Json);
    found.ok_or_else(|| refused(StatusCode::NOT_FOUND, format_args!("no call {id} in the log; old ones are dropped")))
}

pub(crate) async fn clear_calls(State(app): State<App>) -> StatusCode {
    app.log.clear();
    StatusCode::NO_CONTENT
}

pub(crate) async fn counters(State(app): State<App>) -> Json<Value> {
    Json(json!({ "calls": app.log.counters() }))
}
