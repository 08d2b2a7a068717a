//! `GET /api/v1/rooms/{room}`

use axum::{
    Json,
    extract::{Path, State},
};

use super::{
    super::refusal::{Problem, Refusal},
    room_id,
    wire::RoomJson,
};
use crate::{app::App, guard::Signed};

/// Reads a room.
#[utoipa::path(get, path = "/api/v1/rooms/{room}", tag = "rooms", operation_id = "getRoom",
    params(("room" = String, Path, description = "The room's id")),
    responses((status = 200, body = RoomJson), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn read(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
) -> Result<Json<RoomJson>, Refusal> {
    let view = app.service.room(&actor, room_id(&id)?).await?;
    Ok(Json(RoomJson::from(&view)))
}
