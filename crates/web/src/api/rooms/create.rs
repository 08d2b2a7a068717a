//! `POST /api/v1/rooms`

use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{StatusCode, header};

use super::{
    super::{
        body::Sent,
        refusal::{Problem, Refusal},
    },
    wire::{NewRoom, RoomJson},
};
use crate::{app::App, guard::Signed};

/// Makes a room.
///
/// It is made at Zoom in the background; `at_zoom.state` says when it is there.
#[utoipa::path(post, path = "/api/v1/rooms", tag = "rooms", operation_id = "createRoom", request_body = NewRoom,
    responses((status = 201, body = RoomJson, headers(("Location", description = "The room's address in this API"))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    Signed(actor): Signed,
    Sent(new): Sent<NewRoom>,
) -> Result<Response, Refusal> {
    let draft = new.draft().map_err(|wrong| Refusal::fields(&wrong))?;
    let view = app.service.create_room(&actor, draft).await?;
    let location = format!("/api/v1/rooms/{}", view.room.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(RoomJson::from(&view))).into_response())
}
