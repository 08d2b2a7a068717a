//! `DELETE /api/v1/rooms/{room}`
#![expect(unused_qualifications, reason = "utoipa's macro names the parameters' type by its full path")]

use axum::extract::{Path, State};
use http::StatusCode;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    super::{
        body::Asked,
        refusal::{Problem, Refusal},
    },
    room_id,
};
use crate::{app::App, guard::Signed};

/// What goes with the room.
#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeleteAsked {
    /// Whether Zoom's meeting or webinar goes too; true where absent.
    at_zoom: Option<bool>,
}

/// Deletes a room.
#[utoipa::path(delete, path = "/api/v1/rooms/{room}", tag = "rooms", operation_id = "deleteRoom",
    params(("room" = String, Path, description = "The room's id"), DeleteAsked),
    responses((status = 204, description = "It is gone here; at Zoom it goes in the background"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn delete(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Asked(asked): Asked<DeleteAsked>,
) -> Result<StatusCode, Refusal> {
    app.service.delete_room(&actor, room_id(&id)?, asked.at_zoom.unwrap_or(true)).await?;
    Ok(StatusCode::NO_CONTENT)
}
