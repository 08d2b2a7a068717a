//! `POST /api/v1/rooms`

use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{HeaderMap, StatusCode, header};
use model::RoomId;
use serde::Deserialize;
use service::{Error, Once, OnceKey, RoomView};

use super::{
    super::{
        body::SentAs,
        once,
        refusal::{Problem, Refusal},
    },
    wire::{NewRoom, RoomJson},
};
use crate::{app::App, guard::Signed};

/// Makes a room.
///
/// It is made at Zoom in the background; `at_zoom.state` says when it is there.
///
/// A program that got no answer sends the same body again with the same `Idempotency-Key`: it gets the first request's
/// answer, and no second room is made. Keys are the member's own and are remembered for 24 hours. A request that was
/// refused leaves its key free.
#[utoipa::path(post, path = "/api/v1/rooms", tag = "rooms", operation_id = "createRoom", request_body = NewRoom,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255,
        description = "What the program calls this request, such as a UUID. The same key with another body is refused with 422.")),
    responses((status = 201, body = RoomJson, headers(("Location", description = "The room's address in this API"))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn create(
    State(app): State<App>,
    Signed(actor): Signed,
    headers: HeaderMap,
    SentAs(new, body): SentAs<NewRoom>,
) -> Result<Response, Refusal> {
    let key = once::key(&headers)?;
    let draft = new.draft().map_err(|wrong| Refusal::fields(&wrong))?;
    let Some(key) = key else {
        return made(answer(&app.service.create_room(&actor, draft).await?)?);
    };
    let request = OnceKey { key, operation: "POST /api/v1/rooms", body: &body };
    match app.service.create_room_once(&actor, draft, request, answer).await? {
        Once::Answered { body } => made(body),
        Once::Different => Err(once::different()),
    }
}

fn answer(view: &RoomView) -> Result<Vec<u8>, Error> {
    let failed = |error: serde_json::Error| Error::Internal(format!("a room cannot be written as JSON: {error}"));
    serde_json::to_vec(&RoomJson::from(view)).map_err(failed)
}

/// The answer that says which room was made, now or with the same key before.
fn made(body: Vec<u8>) -> Result<Response, Refusal> {
    #[derive(Deserialize)]
    struct Made {
        id: RoomId,
    }
    let failed = |error: serde_json::Error| Error::Internal(format!("a kept answer is no room: {error}"));
    let Made { id } = serde_json::from_slice(&body).map_err(failed)?;
    let headers =
        [(header::LOCATION, format!("/api/v1/rooms/{id}")), (header::CONTENT_TYPE, "application/json".to_owned())];
    Ok((StatusCode::CREATED, headers, Body::from(body)).into_response())
}
