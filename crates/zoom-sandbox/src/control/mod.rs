//! `/sandbox/v1`: everything that can be steered and seen from outside the process, as JSON.

mod attend;
mod body;
mod calls;
mod limits;
mod meetings;
mod openapi;
mod renewal;
mod routes;
mod settings;
mod snapshots;
mod time;
mod trouble;
mod webhooks;
mod world;

pub use self::attend::{CannotCome, Comer};
pub(crate) use self::{
    attend::join_call,
    limits::{forget_counts, set_newest_token_wins, set_plan},
    meetings::do_in_call,
    routes::routes,
};

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Why a request was not followed.
#[derive(Serialize, utoipa::ToSchema)]
pub(crate) struct Refused {
    /// In one sentence.
    message: String,
}

/// A request that cannot be followed, in one sentence.
pub(crate) fn refused(status: StatusCode, message: impl std::fmt::Display) -> Response {
    (status, Json(Refused { message: message.to_string() })).into_response()
}
