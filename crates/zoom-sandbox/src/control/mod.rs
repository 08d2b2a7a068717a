//! `/sandbox/v1`: time, log, limits, faults, webhooks and simulated people, as JSON.

mod calls;
mod limits;
mod settings;
mod time;
mod trouble;
mod webhooks;
mod world;

pub(crate) use self::{
    calls::{clear_calls, counters, one_call, some_calls},
    limits::{set_limits, show_limits},
    settings::set_settings,
    time::{advance, freeze, run, set, show_clock},
    trouble::{add_fault, clear_faults, hide_new_meetings, plug_in, show_faults, unplug},
    webhooks::{deliveries, show_webhooks, subscribe_webhook, unsubscribe_webhooks},
    world::{do_in_call, meetings, ready, record, simulate},
};

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// A request that cannot be followed, in one sentence.
pub(crate) fn refused(status: StatusCode, message: impl std::fmt::Display) -> Response {
    (status, Json(json!({ "message": message.to_string() }))).into_response()
}
