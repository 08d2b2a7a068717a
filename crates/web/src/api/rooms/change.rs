//! `PATCH /api/v1/rooms/{room}`

use axum::{
    Json,
    extract::{Path, State},
};

use super::{
    super::{
        body::Sent,
        refusal::{Problem, Refusal},
    },
    room_id,
    wire::{RoomChange, RoomJson},
};
use crate::{app::App, guard::Signed};

/// Changes a room.
///
/// Fields that are absent stay as they are. The change goes to Zoom in the background.
#[utoipa::path(patch, path = "/api/v1/rooms/{room}", tag = "rooms", operation_id = "changeRoom", request_body = RoomChange,
    params(("room" = String, Path, description = "The room's id")),
    responses((status = 200, body = RoomJson),
        (status = 409, description = "The room is not at that version any more", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn change(
    State(app): State<App>,
    Signed(actor): Signed,
    Path(id): Path<String>,
    Sent(change): Sent<RoomChange>,
) -> Result<Json<RoomJson>, Refusal> {
    let view = app.service.room(&actor, room_id(&id)?).await?;
    let draft = change.draft(&view.room).map_err(|wrong| Refusal::fields(&wrong))?;
    let version = change.version.unwrap_or(view.room.version);
    let view = app.service.edit_room(&actor, view.room.id, draft, version).await?;
    Ok(Json(RoomJson::from(&view)))
}
