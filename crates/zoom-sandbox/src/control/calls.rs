//! The call log.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use clock::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Refused, refused};
use crate::{
    app::App,
    log::{Decision, Entry, Filter},
};

/// The filter of the log, as a query.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
pub(crate) struct Wanted {
    /// Zoom's operation id, `token` or `webhook`.
    operation: Option<String>,
    /// The number of a meeting or webinar.
    meeting: Option<i64>,
    /// What became of the call.
    decision: Option<Decision>,
    /// Only what is new or has changed since this revision, what changed first before the rest.
    since: Option<u64>,
    /// Only calls before the one with this id: the page before. Not together with `since`.
    before: Option<u64>,
    /// How many calls at most, 1 to 1000: the newest ones, or with `since` those that changed first.
    #[param(default = 100, minimum = 1, maximum = 1000)]
    limit: Option<usize>,
}

/// How many calls an answer has where nobody says.
const PAGE: usize = 100;
/// How many it has at most.
const LARGEST_PAGE: usize = 1000;

/// A part of the call log.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Calls {
    items: Vec<Entry>,
    /// There are more: older ones, to be had with `before` and the first id; or with `since`, newer ones, to be had with
    /// `since` and this revision.
    more: bool,
    /// What to send as `since` next.
    revision: u64,
    /// The log was emptied since: what the reader has is gone.
    cleared: bool,
    /// Whether every call is cut.
    unplugged: bool,
    #[schema(value_type = String, format = DateTime)]
    now: Timestamp,
}

/// Lists the newest calls, or what changed since a revision; oldest first, secrets hidden.
#[utoipa::path(get, path = "/sandbox/v1/calls", tag = "calls", operation_id = "listCalls", params(Wanted),
    responses((status = 200, body = Calls), (status = 400, body = Refused)))]
pub(crate) async fn some_calls(State(app): State<App>, Query(wanted): Query<Wanted>) -> Result<Json<Calls>, Response> {
    let limit = wanted.limit.unwrap_or(PAGE);
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(refused(StatusCode::BAD_REQUEST, format_args!("limit must be 1 to {LARGEST_PAGE}")));
    }
    let filter = Filter { operation: wanted.operation, meeting: wanted.meeting, decision: wanted.decision };
    let news = match (wanted.since, wanted.before) {
        (Some(_), Some(_)) => {
            return Err(refused(StatusCode::BAD_REQUEST, "since and before exclude each other"));
        }
        (Some(since), None) => app.log.news(since, limit, &filter),
        (None, before) => app.log.page(before, limit, &filter),
    };
    Ok(Json(Calls {
        items: news.entries,
        more: news.more,
        revision: news.revision,
        cleared: news.cleared,
        unplugged: app.faults.is_unplugged(),
        now: app.now(),
    }))
}

/// Shows one call with request, decision and answer.
#[utoipa::path(get, path = "/sandbox/v1/calls/{id}", tag = "calls", operation_id = "getCall",
    params(("id" = u64, Path)), responses((status = 200, body = Entry), (status = 404, body = Refused)))]
pub(crate) async fn one_call(State(app): State<App>, Path(id): Path<u64>) -> Result<Json<Entry>, Response> {
    let found = app.log.entry(id).map(Json);
    found.ok_or_else(|| refused(StatusCode::NOT_FOUND, format_args!("no call {id} in the log; old ones are dropped")))
}

/// Empties the log and the counters.
#[utoipa::path(delete, path = "/sandbox/v1/calls", tag = "calls", operation_id = "clearCalls",
    responses((status = 204)))]
pub(crate) async fn clear_calls(State(app): State<App>) -> StatusCode {
    app.log.clear();
    StatusCode::NO_CONTENT
}

/// How many calls each operation had.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Counters {
    calls: BTreeMap<&'static str, u64>,
}

/// Counts the calls of each operation since the log was emptied.
#[utoipa::path(get, path = "/sandbox/v1/counters", tag = "calls", operation_id = "countCalls",
    responses((status = 200, body = Counters)))]
pub(crate) async fn counters(State(app): State<App>) -> Json<Counters> {
    Json(Counters { calls: app.log.counters() })
}
